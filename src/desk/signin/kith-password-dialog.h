/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"

G_BEGIN_DECLS

/* The password was changed on another computer while this one was unlocked with the former: asks for the new one, and seals this
 * computer's copy with it (sync.md 4). Nothing that is open is closed by it. */
void kith_password_dialog_present (KithContext *context, GtkWindow *parent);

G_END_DECLS
