/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-desktop.h"

G_BEGIN_DECLS

/* Whether kith_desktop_undo_async() would be taken now; kith_desktop_finish() says: FALSE without an error is no. op_id: copied */
void kith_desktop_can_undo_async (KithDesktop *self, const char *op_id, GAsyncReadyCallback callback, gpointer user_data);

G_END_DECLS
