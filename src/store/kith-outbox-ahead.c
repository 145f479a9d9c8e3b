/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A revocation is told to the hub first (C4): it takes its place before what waits in the outbox and has nothing to do with that client. Numbers are given
 * when something goes out, in the order of the outbox, so none of them changes. What was done for the same client before keeps its place before it: it was
 * done while it was allowed, and a consent that is taken back has to be there first. */

#include "kith-store-private.h"

/* The last of those before it that have to go first; 0: none. key: the client, or the referral that has no client's record; NULL: not known here. */
static gboolean
find_before (KithStore *self, gint64 i, const char *key, gint64 *before, GError **error)
{
  gint64 numbered = 0, related = 0;

  if (!kith_db_fetch_int (self->db, &numbered, error, "op-before-sent", "i", i) ||
      (key != NULL && !kith_db_fetch_int (self->db, &related, error, "op-before-related", "iis", i, numbered, key)))
    return FALSE;
  *before = key != NULL ? MAX (numbered, related) : i - 1;
  return TRUE;
}

static gboolean
renumber (KithStore *self, gint64 i, gint64 to, GError **error)
{
  static const char *const room[] = { "op-room", "op-row-room", "op-scope-room", NULL };
  static const char *const placed[] = { "op-placed", "op-row-placed", "op-scope-placed", NULL };
  static const char *const moved[] = { "op-moved", "op-row-moved", "op-scope-moved", NULL };

  for (guint k = 0; room[k] != NULL; k++)
    if (!kith_db_run (self->db, error, room[k], "i", to) || !kith_db_run (self->db, error, placed[k], "ii", -(i + 1), to) ||
        !kith_db_run (self->db, error, moved[k], ""))
      return FALSE;
  return TRUE;
}

/* Ids of those that are refused here; NULL with an error. Yours */
static char *
list_refused (KithStore *self, GError **error)
{
  return kith_db_fetch_text (self->db, error, "op-will-not", "");
}

/* Nothing here comes out otherwise than before, or it stays where it was. */
static gboolean
move (KithStore *self, gint64 i, gint64 to, gboolean *kept, GError **error)
{
  g_autofree char *refused = list_refused (self, error), *now = NULL;

  *kept = FALSE;
  if (refused == NULL || !kith_store_restore (self, error) || !renumber (self, i, to, error) || !kith_store_replay (self, error))
    return FALSE;
  now = list_refused (self, error);
  *kept = g_strcmp0 (now, refused) == 0;
  return now != NULL;
}

/**
 * kith_store_send_ahead:
 * @i: the last of the outbox: a revocation that was just applied here, within its transaction
 * @key: (nullable): whom it is about
 *
 * Nor does an undo toast of what still goes before it hold it back.
 */
gboolean
kith_store_send_ahead (KithStore *self, gint64 i, const char *key, GError **error)
{
  gint64 before;
  gboolean kept;

  if (!find_before (self, i, key, &before, error))
    return FALSE;
  if (before + 1 < i)
    {
      if (!kith_db_savepoint (self->db, "ahead", error))
        return FALSE;
      if (!move (self, i, before + 1, &kept, error))
        return FALSE;
      if (kept)
        i = before + 1;
      else
        kith_db_rollback_to (self->db, "ahead");
      if (kept && !kith_db_release (self->db, "ahead", error))
        return FALSE;
    }
  return kith_db_run (self->db, error, "op-end-holds-before", "i", i);
}
