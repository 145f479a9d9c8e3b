/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-hub-private.h"

G_BEGIN_DECLS

/* Shared by kith-hub-push.c (reading and answering) and kith-hub-push-run.c (doing). */
#define MAX_OPS 1000
#define MAX_AHEAD_MS (5 * 60 * 1000)

typedef struct
{
  gint64 first_n, schema, wall, mono;
  char *boot;
  gint64 floor_seen, floor_ms; /* nobody who had seen so much wrote before then; looked up once for each */
} KithPushHeader;

static inline void
kith_push_header_clear (KithPushHeader *self)
{
  g_clear_pointer (&self->boot, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KithPushHeader, kith_push_header_clear)

typedef struct
{
  gint64 number, last_n, trying_n, trying_count, acked_q;
} KithPushLane;
gboolean kith_hub_read_lane (KithHub *self, gint64 number, KithPushLane *lane, GError **error);

typedef struct
{
  gint64 n;
  JsonObject *line;      /* NULL: could not be read */
  char *raw;
  const char *op_id;     /* borrowed from line; NULL: none */
  const char *name;
  JsonObject *args;
  char *hash;
  char *hlc;
  gint64 time_ms;
  gint64 seen;
  char *bad;             /* why it is refused without being run */
  KithHubOutcome outcome;
  gboolean repeated;     /* came before under another lane */
  char *result;          /* the line that answers it */
} KithPushItem;
gboolean kith_push_item_is (const KithPushItem *self, const char *known); /* known: the hash of what was taken before */
void kith_push_item_free (KithPushItem *self);

/* Runs every item without a result, moves lane->last_n on and leaves a result in each. */
gboolean kith_hub_push_run (KithHub *self, const KithHubSession *session, const KithPushHeader *header, KithPushLane *lane,
                            GPtrArray *items, GError **error);

G_END_DECLS
