/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-sync-retry.h"

#define RETRY_AFTER_MOST_S 3600

gint64
kith_retry_delay_ms (guint attempt, KithRandom *random)
{
  gint64 ceiling = attempt < 9 ? (gint64) KITH_RETRY_LEAST_MS << (attempt + 1) : KITH_RETRY_MOST_MS;

  ceiling = MIN (ceiling, KITH_RETRY_MOST_MS);
  return KITH_RETRY_LEAST_MS + kith_random_below (random, (guint32) (ceiling - KITH_RETRY_LEAST_MS) + 1);
}

/**
 * kith_retry_fail:
 * @now_ms: mono
 *
 * One more failure: not due again before a random moment within a ceiling that doubles each time (sync.md 2.11).
 */
void
kith_retry_fail (KithRetry *self, gint64 now_ms, KithRandom *random)
{
  self->at_ms = now_ms + kith_retry_delay_ms (self->attempts, random);
  self->attempts++;
}

void
kith_retry_hold (KithRetry *self, gint64 now_ms, guint seconds, KithRandom *random)
{
  gint64 asked = (gint64) MIN (seconds, RETRY_AFTER_MOST_S) * 1000;

  kith_retry_fail (self, now_ms, random);
  self->held_ms = now_ms + asked;
  self->at_ms = MAX (self->at_ms, self->held_ms);
}

void
kith_retry_nudge (KithRetry *self)
{
  self->at_ms = self->held_ms;
}

void
kith_retry_reset (KithRetry *self)
{
  *self = (KithRetry) { 0 };
}

/**
 * kith_retry_due:
 * @now_ms: mono
 *
 * Returns: whether it may be tried now
 */
gboolean
kith_retry_due (const KithRetry *self, gint64 now_ms)
{
  return now_ms >= self->at_ms;
}
