/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-hub-private.h"

/* What the hub keeps only so that a desk that was away can follow (sync.md 2.12): which records left a scope, access that
 * ended, lines of deleted records, outcomes. After 400 days it goes, in small steps. The horizon is raised before anything is
 * deleted: a cursor from before it is answered "refill", never followed over a hole. */

#define DAY_MS (G_GINT64_CONSTANT (24) * 3600 * 1000)
#define STEP 500 /* rows of one table in one transaction */

/* The number reached on each day the hub was up: how old a number is at least. */
static gboolean
note_day (KithHub *self, gint64 day, GError **error)
{
  if (self->noted_day == day)
    return TRUE;
  if (!kith_db_run (self->db, error, "day-note", "ii", day, self->q))
    return FALSE;
  self->noted_day = day;
  self->pruning = TRUE;
  return TRUE;
}

static gboolean
raise_horizon (KithHub *self, gint64 last_day, GError **error)
{
  gint64 horizon = 0;

  if (!kith_db_fetch_int (self->db, &horizon, error, "day-number", "i", last_day))
    return FALSE;
  if (horizon <= self->horizon)
    return TRUE;
  if (!kith_db_run (self->db, error, "state-set-horizon", "i", horizon) || !kith_db_run (self->db, error, "days-prune", "i", last_day) ||
      !kith_db_run (self->db, error, "prune-runs", "i", horizon))
    return FALSE;
  self->horizon = horizon;
  g_hash_table_remove_all (self->fills);
  g_hash_table_remove_all (self->waits);
  return TRUE;
}

/* One step of each table. *n: how many rows went. */
static gboolean
prune_step (KithHub *self, gint64 before_ms, guint *n, GError **error)
{
  static const char *const by_number[] = { "prune-moved", "prune-rows", "prune-grants", "prune-members" };
  static const char *const by_time[] = { "prune-refused", "prune-lanes", "prune-ops", "prune-tries" };
  g_autoptr (KithDbTransaction) transaction = kith_db_transaction_begin (self->db, error);

  if (transaction == NULL)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (by_number); i++)
    {
      if (!kith_db_run (self->db, error, by_number[i], "ii", self->horizon, (gint64) STEP))
        return FALSE;
      *n += (guint) kith_db_changes (self->db);
    }
  for (guint i = 0; i < G_N_ELEMENTS (by_time); i++)
    {
      if (!kith_db_run (self->db, error, by_time[i], "ii", before_ms, (gint64) STEP))
        return FALSE;
      *n += (guint) kith_db_changes (self->db);
    }
  return kith_db_transaction_commit (transaction, error);
}

/* A step of what is due, from the hub's clock: once a day there is something to look for. */
gboolean
kith_hub_prune (KithHub *self, GError **error)
{
  gint64 now = kith_hub_now (self), keep = (gint64) self->options.keep_days;
  guint n = 0;

  if (!kith_hub_note_time (self, error) || !note_day (self, now / DAY_MS, error))
    return FALSE;
  if (!self->pruning)
    return TRUE;
  if (!raise_horizon (self, now / DAY_MS - keep, error) || !prune_step (self, now - keep * DAY_MS, &n, error))
    return FALSE;
  self->pruning = n > 0;
  return TRUE;
}
