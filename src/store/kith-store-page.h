/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-kind.h"
#include "kith-lines.h"

G_BEGIN_DECLS

typedef struct _KithPageAhead KithPageAhead; /* kith-store-page-ahead.c */

/* A line as it is applied. A record that came is made ready for its table where its line is read, by whichever thread: what is left for the one that
 * writes is to write. All else, and a put that is none of a kind known here, stays as it was read. */
typedef struct
{
  JsonObject *object;   /* NULL: it is a put, and nothing else */
  const KithKind *kind; /* of a put; NULL: it is none */
  char *id, *body;
  char *texts[2];       /* what it is found by: words, digits; NULL where its kind has none */
  gint64 sid, q;
} KithPageLine;

typedef struct
{
  JsonObject *header;
  GPtrArray *lines;     /* KithPageLine: what counts, up to the last mark or the end; NULL: they are read while they are applied */
  guint at;             /* the next of them */
  KithPageAhead *ahead; /* who reads them then */
  JsonObject *last;     /* the end line then */
  const char *cursor;   /* of that mark or end; NULL: only lines that stand alone came through */
  const char *epoch;
  gint64 H, round;
  gboolean whole;       /* the end line came */
  gboolean more;        /* the round goes on */
  gboolean ended;       /* read while it is applied: the end line was given */
} KithPage;

KithPageLine *kith_page_line_new (JsonObject *object); /* taken */
void kith_page_line_free (KithPageLine *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KithPageLine, kith_page_line_free)

KithPage *kith_page_read (GBytes *body, gboolean ahead, GError **error); /* ahead: a long one while it is applied */
gboolean kith_page_next (KithPage *self, KithPageLine **line, GError **error); /* borrowed until the next call; NULL behind the last; FALSE: read ahead, and this line is none */
void kith_page_free (KithPage *self);
gboolean kith_page_is_empty (KithPage *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KithPage, kith_page_free)

KithPageAhead *kith_page_ahead_new (KithLineReader **lines, const char *last);
KithPageLine *kith_page_ahead_next (KithPageAhead *self, gboolean *end);
void kith_page_ahead_free (KithPageAhead *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KithPageAhead, kith_page_ahead_free)

G_END_DECLS
