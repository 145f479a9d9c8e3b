/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-hub-private.h"

#include <glib/gi18n.h>

/* What one operation does to the hub must not stop the others (sync D5, I17): one whose code ends the process, again each time it comes; one that
 * meets an error of the database that does not pass. Both are put aside for those who run the hub, and what is behind them proceeds. */

#define FAILURES_LEAST 5
#define FAILING_LEAST_MS (10 * 60 * 1000) /* a desk tries again within five minutes; what passes has passed by then */
#define CRASHES_MOST 2
#define DAY_MS (24 * 3600 * G_GINT64_CONSTANT (1000))

typedef struct
{
  gint64 n;        /* the first operation of what failed */
  guint failures;
  gint64 since_ms;
} Trouble;

void
kith_hub_park_crashed (KithHubOutcome *outcome)
{
  kith_hub_outcome_park (outcome, "crashed", _("The hub stopped twice while it did this. It is kept there for its administrators."));
}

void
kith_hub_park_failed (KithHubOutcome *outcome)
{
  kith_hub_outcome_park (outcome, KITH_ERROR_FAILED, _("The hub could not carry this out. It is kept there for its administrators."));
}

/* ---- errors that do not pass */

static gboolean
is_ripe (KithHub *self, const Trouble *trouble)
{
  return trouble->failures >= FAILURES_LEAST && kith_hub_now (self) - trouble->since_ms >= FAILING_LEAST_MS;
}

/* A lock, a full disk: whatever the operation is, it would meet them. */
gboolean
kith_hub_is_the_machines (const GError *error)
{
  if (error->domain != KITH_DB_ERROR)
    return FALSE;
  switch (error->code)
    {
    case KITH_DB_ERROR_BUSY:
    case KITH_DB_ERROR_FULL:
    case KITH_DB_ERROR_CANCELLED:
    case KITH_DB_ERROR_IN_USE:
      return TRUE;
    default:
      return FALSE;
    }
}

/* In a damaged file nobody knows whose the failure is; a copy from before the damage takes everything. It is read from end to end, while everybody
 * waits: once a day, whoever is in trouble. */
static gboolean
is_sound (KithHub *self)
{
  gint64 now = kith_hub_now (self);
  g_autofree char *said = NULL;

  if (self->unsound_ms != 0 && now - self->unsound_ms < DAY_MS)
    return FALSE;
  said = kith_db_fetch_text (self->db, NULL, "db-sound", "");
  self->unsound_ms = g_strcmp0 (said, "ok") == 0 ? 0 : now;
  if (self->unsound_ms != 0)
    g_warning ("The database is damaged (%s). Run kith-hub check, and put the last backup that is in order in its place.", said != NULL ? said : "unreadable");
  return self->unsound_ms == 0;
}

/* Whether a lane's operations are to be run one by one, to find which it is. */
gboolean
kith_hub_trouble_lasts (KithHub *self, gint64 lane)
{
  const Trouble *trouble = g_hash_table_lookup (self->troubles, &lane);

  return trouble != NULL && is_ripe (self, trouble);
}

/* A transaction that began with operation n failed. alone: it held no other. Returns: whether that one is to be put aside */
gboolean
kith_hub_trouble_note (KithHub *self, gint64 lane, gint64 n, gboolean alone, const GError *error)
{
  Trouble *trouble = g_hash_table_lookup (self->troubles, &lane);

  if (kith_hub_is_the_machines (error))
    return FALSE;
  if (trouble == NULL || (trouble->n != n && !alone))
    {
      g_hash_table_replace (self->troubles, g_memdup2 (&lane, sizeof lane), g_memdup2 (&(Trouble) { n, 1, kith_hub_now (self) }, sizeof (Trouble)));
      return FALSE;
    }
  if (trouble->n != n) /* those before it went through: it is this one, if it fails once more */
    {
      trouble->n = n;
      return FALSE;
    }
  trouble->failures++;
  return alone && is_ripe (self, trouble) && is_sound (self);
}

void
kith_hub_trouble_over (KithHub *self, gint64 lane)
{
  g_hash_table_remove (self->troubles, &lane);
}

/* ---- crashes of what has no number, and so no mark of its lane */

/* Before an online operation is run: found again after a restart, the mark says that it did not end well. *crashed: it is not to be run again. Like
 * a lane's it guards against what ends this process, not against the loss of power. */
gboolean
kith_hub_online_try (KithHub *self, const char *op_id, gboolean *crashed, GError **error)
{
  gint64 tries = 0;
  gboolean marked;

  *crashed = FALSE;
  if (!kith_db_fetch_int (self->db, &tries, error, "online-tries", "s", op_id))
    return FALSE;
  *crashed = tries >= CRASHES_MOST;
  if (*crashed)
    return TRUE;
  if (!kith_db_set_lazy_sync (self->db, TRUE, error))
    return FALSE;
  marked = kith_db_run (self->db, error, "online-try", "si", op_id, kith_hub_now (self));
  return kith_db_set_lazy_sync (self->db, FALSE, marked ? error : NULL) && marked;
}

/* It came back, with or without an error: inside its transaction, or after that was rolled back. */
gboolean
kith_hub_online_came_back (KithHub *self, const char *op_id, GError **error)
{
  return kith_db_run (self->db, error, "online-try-drop", "s", op_id);
}

/* ---- a console's rows: no lane and nobody who waits, but many, and those behind one that ends the program are wanted too */

/* One alone, under a mark of its own. *put_aside: it is not carried out, and its outcome says why. */
static gboolean
submit_alone (KithHub *self, const KithActor *actor, const char *mark, JsonObject *op, GPtrArray *outcomes, gboolean *put_aside, GError **error)
{
  g_autoptr (GPtrArray) one = g_ptr_array_new ();
  g_auto (KithHubOutcome) outcome = { 0 };
  g_autoptr (GError) local = NULL;

  g_ptr_array_add (one, op);
  if (!kith_hub_online_try (self, mark, put_aside, error))
    return FALSE;
  if (*put_aside)
    kith_hub_outcome_park (&outcome, "crashed", _("Kith stopped twice while it took this row. The row was left out; please report it."));
  else if (kith_hub_submit_batch (self, actor, one, outcomes, &local))
    return kith_hub_online_came_back (self, mark, error);
  else
    {
      kith_hub_online_came_back (self, mark, NULL);
      if (kith_hub_is_the_machines (local) || !is_sound (self))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      *put_aside = TRUE;
      kith_hub_outcome_park (&outcome, KITH_ERROR_FAILED, local->message);
    }
  g_ptr_array_add (outcomes, kith_hub_outcome_line (&outcome, 0, "", 0));
  return TRUE;
}

/**
 * kith_hub_submit_guarded:
 * @mark: names what the operations belong to, the same after a restart
 * @ops: as for kith_hub_submit_batch(), which carries them out
 * @outcomes: (element-type JsonObject): likewise; one with "st":"parked" was left out
 *
 * An operation whose code ends the process, or that fails whatever is tried, does not keep those behind it: called again after such an end it
 * runs one by one, and leaves out which ended it twice.
 */
gboolean
kith_hub_submit_guarded (KithHub *self, const KithActor *actor, const char *mark, GPtrArray *ops, GPtrArray *outcomes, GError **error)
{
  guint before = outcomes->len;
  gint64 ended = 0;
  gboolean found = FALSE, crashed;

  if (!kith_db_fetch_int (self->db, &ended, error, "online-tries", "s", mark) || (ended == 0 && !kith_hub_online_try (self, mark, &crashed, error)))
    return FALSE;
  if (ended == 0)
    {
      g_autoptr (GError) local = NULL;

      if (kith_hub_submit_batch (self, actor, ops, outcomes, &local))
        return kith_hub_online_came_back (self, mark, error);
      if (kith_hub_is_the_machines (local))
        {
          kith_hub_online_came_back (self, mark, NULL);
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
    }
  for (guint i = outcomes->len - before; i < ops->len; i++)
    {
      g_autofree char *hash = kith_hub_op_hash (mark, kith_json_string (ops->pdata[i], "op"), kith_json_object (ops->pdata[i], "a"));
      g_autofree char *own = g_strconcat (mark, "/", hash, NULL);
      gboolean put_aside;

      if (!submit_alone (self, actor, own, ops->pdata[i], outcomes, &put_aside, error))
        {
          if (ended == 0)
            kith_hub_online_came_back (self, mark, NULL);
          return FALSE;
        }
      found = found || put_aside;
    }
  /* Until it is found which it is, those that follow are run one by one as well. */
  return ended != 0 && !found ? TRUE : kith_hub_online_came_back (self, mark, error);
}

/**
 * kith_hub_guard_over:
 *
 * All that belonged to @mark came through.
 */
gboolean
kith_hub_guard_over (KithHub *self, const char *mark, GError **error)
{
  return kith_hub_online_came_back (self, mark, error);
}
