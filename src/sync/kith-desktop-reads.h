/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-desktop.h"
#include "kith-reads.h"

G_BEGIN_DECLS

/* Whoever shows what is kept here tells how reading went, so that nothing unread passes for empty; lists do so by themselves. KithDesktop's
 * property "unread" (boolean) is set as long as one of them could not be read. */
void kith_desktop_tell_read (KithDesktop *self, gpointer reader, const GError *error, KithReadAgain again);
void kith_desktop_read_again (KithDesktop *self); /* what could not be read, by all who tried */

/* It was read, and what it holds is all there is; FALSE before, and when reading failed. Notified as the property "known". */
gboolean kith_list_model_is_known (KithListModel *self);
/* As kith_list_model_new(), where many lists are opened at once: the first look reads so many rows of it, and the others are read when they are asked for. */
KithListModel *kith_list_model_new_first (KithDesktop *desktop, const char *query, const char *const *kinds, const char *const *args, guint first);

G_END_DECLS
