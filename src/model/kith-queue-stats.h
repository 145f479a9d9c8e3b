/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What became of the referrals of a queue that came in a period, or of those one side made (D13, P21): numbers, and nothing of anybody. Belongs to the thread that uses it. */
typedef struct
{
  const char *came;        /* into the queue; ISO */
  const char *sent_at;     /* NULL: not known here */
  const char *accepted_at;
  const char *closed_at;
  const char *phase;
  const char *outcome;     /* of the vocabulary outcome, or NULL */
  const char *reason;      /* where it was declined: of the vocabulary decline_reason; anything else counts as "other" */
  const char *outcome_name; /* the network's words for it, where it has some (domain.md 2f) */
  const char *reason_name;
  const char *status;      /* the name of its status in the queue; NULL: taken out again */
  gint64 place;            /* of that status */
  const char *kind;        /* of the vocabulary referral_kind; NULL: not counted by kind */
  gboolean accepted;       /* once, whatever came after */
} KithQueueEntry;

typedef struct
{
  char *name;
  gint64 place;
  guint n;
  GPtrArray *own;          /* (element-type KithQueueCount): how many of these by which words of the network's, most first; NULL: none */
} KithQueueCount;

typedef struct
{
  guint n;                 /* came in; made by mistake does not count */
  guint accepted, declined, recalled, expired, waiting, in_work, closed, taken_out;
  guint given;             /* to the client, who acts alone: nothing was sent (D3) */
  GPtrArray *reasons;      /* (element-type KithQueueCount): of declines, by code, most first */
  GPtrArray *outcomes;     /* of what was closed */
  GPtrArray *results;      /* of both, by what HUD counts them as (kith_referral_hud_result), in its order */
  GPtrArray *kinds;        /* by the code of their kind, those that go to somebody first */
  GPtrArray *statuses;     /* by name, in the queue's order */
  char *oldest;            /* since when the first of those that wait for an answer has been there; NULL: none waits */
  GArray *days;            /* double: from sending to the answer, of those that have one */
} KithQueueStats;

KithQueueStats *kith_queue_stats_new (void);
void kith_queue_stats_free (KithQueueStats *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KithQueueStats, kith_queue_stats_free)
void kith_queue_stats_add (KithQueueStats *self, const KithQueueEntry *entry);
void kith_queue_stats_finish (KithQueueStats *self);          /* after the last: puts the lists in their order */
double kith_queue_stats_median (const KithQueueStats *self);  /* days, after finish; -1: nothing was answered */

G_END_DECLS
