/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-json.h"

G_BEGIN_DECLS

typedef struct
{
  JsonObject *header;
  GPtrArray *lines;   /* JsonObject: what counts, up to the last mark or the end */
  const char *cursor; /* of that mark or end; NULL: only lines that stand alone came through */
  const char *epoch;
  gint64 H, round;
  gboolean whole;     /* the end line came */
  gboolean more;      /* the round goes on */
} KithPage;

KithPage *kith_page_read (GBytes *body, GError **error);
void kith_page_free (KithPage *self);
gboolean kith_page_is_empty (KithPage *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KithPage, kith_page_free)

G_END_DECLS
