/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-desktop-private.h"

G_BEGIN_DECLS

/* A stretch of a named query's rows, read on the reader's thread. */
typedef struct
{
  guint from;
  guint total;        /* all rows of the query; 0 when not asked for */
  guint unsure;       /* of those: the ones of which it is not sure that they belong there */
  GPtrArray *columns; /* (element-type utf8) */
  GPtrArray *rows;    /* (element-type GPtrArray of utf8) */
} KithListLoad;

void kith_list_load_async (KithDesktop *desktop, const char *query, char **args, gboolean count, guint from, guint n,
                           GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
KithListLoad *kith_list_load_finish (KithDesktop *desktop, GAsyncResult *result, GError **error);
/* A named query inside another statement: its text is the project's own, values are bound. */
KithDbStmt *kith_list_prepare_around (KithDb *db, const char *query, const char *before, const char *after, GError **error);
/* Rows of a list by their ids (kith-list-load.c says more). */
gboolean kith_list_read_ids (KithDb *db, const char *query, char *const *args, GPtrArray *ids, guint most, GPtrArray **columns, GPtrArray *rows,
                             GError **error);
void kith_list_load_free (KithListLoad *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KithListLoad, kith_list_load_free)

G_END_DECLS
