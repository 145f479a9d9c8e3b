/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-list-load.h"

G_BEGIN_DECLS

/* What a search found, as the windows show it: ids in order, and the rows of those that are in sight. */
typedef struct
{
  GPtrArray *ids;     /* (element-type utf8) */
  GPtrArray *columns; /* (element-type utf8); NULL: nothing was found */
  GPtrArray *rows;    /* (element-type GPtrArray of utf8); where one is NULL, to be read later, there is one for each id */
  gboolean more;      /* there are, or may be, others */
} KithHits;

KithHits *kith_hits_read (KithDb *db, const char *kind, const char *text, guint limit, guint at_once, GError **error);
KithHits *kith_hits_read_in (KithDb *db, const char *kind, const char *list, char *const *args, const char *text, guint limit, GError **error);
KithHits *kith_hits_read_told (KithDb *db, const char *kind, const char *list, char *const *args, const char *text, guint limit, GError **error);
gboolean kith_hits_read_rows (KithDb *db, const char *kind, GPtrArray *ids, GPtrArray *rows, GError **error);
void kith_hits_free (KithHits *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KithHits, kith_hits_free)

G_END_DECLS
