/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-hub-private.h"

G_BEGIN_DECLS

/* Shared by kith-hub-pull.c (the page) and kith-hub-fill.c (scopes that are new to their reader). */

typedef struct
{
  gint64 sid;
  KithHubPaths paths;
  gboolean announced, until_told;
} KithHubPageScope;

typedef struct
{
  const char *user;
  char *binding;
  KithCursor cursor;
  KithLineWriter *writer;
  GHashTable *scopes;    /* sid → KithHubPageScope */
  GArray *refill;        /* gint64 scope numbers the desktop wants anew, in order: what it has of them is not what it should be */
  const char *nonce;     /* goes back in the first line: this page answers that question and no other; NULL: none was given */
  guint rows, marked_rows, max_rows;
  gsize max_bytes, base; /* base: bytes written before the first row; they do not count */
} KithHubPage;
void kith_hub_page_clear (KithHubPage *page);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KithHubPage, kith_hub_page_clear)

gboolean kith_hub_page_is_full (KithHubPage *page);
KithHubPageScope *kith_hub_page_scope (KithHub *self, KithHubPage *page, gint64 sid, GError **error);
gboolean kith_hub_page_tell_until (KithHub *self, KithHubPage *page, KithHubPageScope *scope, GError **error);
gboolean kith_hub_page_put (KithHub *self, KithHubPage *page, KithHubPageScope *scope, const char *t, const char *id, gint64 q, GError **error);
void kith_hub_page_mark (KithHub *self, KithHubPage *page);
gboolean kith_hub_read_offline_hours (KithHub *self, const char *user, gint64 *hours, GError **error);

KithHubFill *kith_hub_fill_find (KithHub *self, KithHubPage *page, GError **error); /* of the page's round; borrowed */
GArray *kith_hub_fill_get_followed (KithHubFill *self);
/* *done: no fill is left in this round. */
GArray *kith_hub_read_refill (JsonObject *body); /* NULL: too many */
gboolean kith_hub_write_fills (KithHub *self, KithHubPage *page, gboolean *done, GError **error);

G_END_DECLS
