/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-random.h"

G_BEGIN_DECLS

/* When to try again (sync.md 2.11). Pure: what time it is comes from outside. */

#define KITH_RETRY_LEAST_MS 1000
#define KITH_RETRY_MOST_MS (5 * 60 * 1000)

/* Full jitter: somewhere between 1 s and a ceiling that doubles with each failure up to 5 min. attempt counts from 0. */
gint64 kith_retry_delay_ms (guint attempt, KithRandom *random);

/* One thing that is tried again and again, each with a memory of its own. */
typedef struct
{
  guint attempts;  /* failures in a row */
  gint64 at_ms;    /* mono; not before */
  gint64 held_ms;  /* mono; not before, nudged or not: the hub asked for patience */
} KithRetry;

void kith_retry_fail (KithRetry *self, gint64 now_ms, KithRandom *random);
void kith_retry_hold (KithRetry *self, gint64 now_ms, guint seconds, KithRandom *random); /* Retry-After: at least that long */
void kith_retry_reset (KithRetry *self);                                                  /* progress */
void kith_retry_nudge (KithRetry *self);                                                  /* try at once, unless held */
gboolean kith_retry_due (const KithRetry *self, gint64 now_ms);

G_END_DECLS
