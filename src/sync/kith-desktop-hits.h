/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-desktop.h"

G_BEGIN_DECLS

/* A search for a list of which only the first are in sight: their rows are read before anything shows, of the others there may be no more than the id
 * yet. kith_desktop_search_finish () */
void kith_desktop_search_seen_async (KithDesktop *self, const char *kind, const char *text, guint limit, guint at_once, GCancellable *cancellable,
                                     GAsyncReadyCallback callback, gpointer user_data);
/* The others come with this, when those in sight are shown. */
void kith_desktop_search_rest_async (KithDesktop *self, const char *kind, GPtrArray *rows, GCancellable *cancellable, GAsyncReadyCallback callback,
                                     gpointer user_data);
gboolean kith_desktop_search_rest_finish (KithDesktop *self, GAsyncResult *result, GError **error);
gboolean kith_row_is_loaded (KithRow *self); /* FALSE: kith_row_get_id () is all there is of it, if that */

G_END_DECLS
