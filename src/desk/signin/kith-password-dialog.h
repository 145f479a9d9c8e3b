/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"

G_BEGIN_DECLS

/* The hub does not take the password this computer was unlocked with: it was changed elsewhere, or set anew by whoever runs the hub. Asks for the one it takes,
 * and seals this computer's copy with it (sync.md 4). Nothing that is open is closed by it. */
void kith_password_dialog_present (KithContext *context, GtkWindow *parent);

G_END_DECLS
