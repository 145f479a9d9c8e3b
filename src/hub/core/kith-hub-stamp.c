/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-hub-private.h"

/* Order of commits (sync.md 2.8). Touched records are collected in memory; numbers are given at the very end, one for
 * each record, so that the highest number always ends a commit and nobody can see a number while a lower one is still
 * to come. */

/* Where the numbers stand, as committed. Not known, nothing may be written: what was given twice would be below every desk's cursor. */
static gboolean
read_q (KithHub *self, GError **error)
{
  gint64 q = -1;

  self->q = -1;
  if (!kith_db_fetch_int (self->db, &q, error, "state-read-q", ""))
    return FALSE;
  if (q < 0)
    {
      g_set_error_literal (error, KITH_DB_ERROR, KITH_DB_ERROR_CORRUPT, "the hub's state is missing");
      return FALSE;
    }
  self->q = q;
  return TRUE;
}

gboolean
kith_hub_begin (KithHub *self, GError **error)
{
  g_return_val_if_fail (!self->writing, FALSE);

  if (!kith_hub_need_clock (self, error) || (self->q < 0 && !read_q (self, error)))
    return FALSE;
  if (!kith_db_begin (self->db, error))
    return FALSE;
  self->writing = TRUE;
  self->op_start = 0;
  return TRUE;
}

static void
forget_transaction (KithHub *self)
{
  self->writing = FALSE;
  g_ptr_array_set_size (self->touches, 0);
  g_array_set_size (self->grants.opened, 0);
  g_array_set_size (self->grants.closed, 0);
  g_array_set_size (self->members.opened, 0);
  g_array_set_size (self->members.closed, 0);
  g_hash_table_remove_all (self->poked_scopes);
  self->op_start = 0;
}

/**
 * kith_hub_rollback:
 *
 * Gives the transaction up, with what was touched and numbered in it. Never fails: a hub that cannot read its number back says so in the log.
 */
void
kith_hub_rollback (KithHub *self)
{
  g_autoptr (GError) error = NULL;

  kith_db_rollback (self->db);
  kith_hub_end_run_begin (self, FALSE);
  forget_transaction (self);
  /* Stamping may have gone ahead of what was committed. When this cannot be read now, the next write tries again first. */
  if (!read_q (self, &error))
    g_warning ("reading the hub's state: %s", error->message);
}

/**
 * kith_hub_commit:
 * @error: what the database says; all is rolled back then
 *
 * After kith_hub_stamp(). Notes whom it concerns, and when the next grant ends by itself.
 */
gboolean
kith_hub_commit (KithHub *self, GError **error)
{
  gboolean access = self->grants.opened->len > 0 || self->grants.closed->len > 0;

  if (!kith_db_commit (self->db, error))
    {
      kith_hub_rollback (self);
      return FALSE;
    }
  kith_hub_end_run_begin (self, TRUE);
  kith_hub_note_pokes (self);
  forget_transaction (self);
  if (access)
    {
      g_autoptr (GError) local = NULL;
      if (!kith_hub_read_next_end (self, &local))
        g_warning ("%s", local->message);
    }
  return TRUE;
}

/**
 * kith_hub_touch:
 * @before: (nullable): kept, so it must not be changed afterwards
 * @after: (nullable): copied; NULL: the record is gone
 *
 * Every change of a record is told here, by the world that makes it: only what was touched gets a number and reaches desks.
 */
void
kith_hub_touch (KithHub *self, const KithKind *kind, const char *id, KithRecord *before, KithRecord *after)
{
  KithHubTouch *touch = g_new0 (KithHubTouch, 1);

  touch->kind = kind;
  touch->id = g_strdup (id);
  touch->before = before != NULL ? g_object_ref (before) : NULL;
  touch->after = after != NULL ? kith_record_copy (after) : NULL;
  touch->scope = after != NULL ? kith_record_scope (after) : NULL;
  g_ptr_array_add (self->touches, touch);
  if (self->files != NULL && g_str_equal (kind->name, "document") && (after == NULL || kith_record_string (after, "removed_at") != NULL))
    self->files_stale = TRUE;
  kith_hub_note_waiting (self, before, after);
}

/**
 * kith_hub_point:
 *
 * Returns: how long the transaction's lists are, for kith_hub_cut()
 */
KithHubPoint
kith_hub_point (KithHub *self)
{
  return (KithHubPoint){
    .touches = self->touches->len,
    .grants_opened = self->grants.opened->len,
    .grants_closed = self->grants.closed->len,
    .members_opened = self->members.opened->len,
    .members_closed = self->members.closed->len,
  };
}

/**
 * kith_hub_cut:
 * @point: taken before the operation that is undone; rows it opened went with the savepoint, here they leave the lists
 */
void
kith_hub_cut (KithHub *self, const KithHubPoint *point)
{
  g_ptr_array_set_size (self->touches, (int) point->touches);
  g_array_set_size (self->grants.opened, point->grants_opened);
  g_array_set_size (self->grants.closed, point->grants_closed);
  g_array_set_size (self->members.opened, point->members_opened);
  g_array_set_size (self->members.closed, point->members_closed);
}

/* The last touch of each record, in the order in which records were touched first. */
static GPtrArray *
last_touches (KithHub *self)
{
  g_autoptr (GHashTable) places = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GPtrArray *touches = g_ptr_array_new ();

  for (guint i = 0; i < self->touches->len; i++)
    {
      KithHubTouch *touch = self->touches->pdata[i];
      g_autofree char *key = g_strconcat (touch->kind->name, "/", touch->id, NULL);
      gpointer place;

      if (g_hash_table_lookup_extended (places, key, NULL, &place))
        touches->pdata[GPOINTER_TO_UINT (place)] = touch;
      else
        {
          g_hash_table_insert (places, g_steal_pointer (&key), GUINT_TO_POINTER (touches->len));
          g_ptr_array_add (touches, touch);
        }
    }
  return touches;
}

guint
kith_hub_count_touched (KithHub *self)
{
  g_autoptr (GPtrArray) touches = NULL;

  /* counting what cannot be too many would be a waste */
  if (self->touches->len <= KITH_LIMIT_STAMPED)
    return self->touches->len;
  touches = last_touches (self);
  return touches->len;
}

static gboolean
stamp_touch (KithHub *self, KithHubTouch *touch, GError **error)
{
  g_autoptr (KithDbStmt) stmt = kith_db_query (self->db, "row-get", error);
  gint64 old_sid = 0, sid = 0;
  gboolean was_there = FALSE, known = FALSE;
  KithDbStep step;

  if (stmt == NULL)
    return FALSE;
  kith_db_bind_text (stmt, 1, touch->kind->name);
  kith_db_bind_text (stmt, 2, touch->id);
  if ((step = kith_db_step (stmt, error)) == KITH_DB_FAILED)
    return FALSE;
  if (step == KITH_DB_ROW)
    {
      known = TRUE;
      old_sid = kith_db_int (stmt, 0);
      was_there = kith_db_int (stmt, 2) == 0;
    }
  g_clear_pointer (&stmt, kith_db_reset);

  if (touch->scope != NULL && !kith_hub_scope_number (self, touch->scope, TRUE, &sid, error))
    return FALSE;
  if (touch->scope == NULL && !known)
    return TRUE; /* made and removed in this transaction: nobody heard of it */

  self->q++;
  if (was_there)
    kith_hub_poke_scope (self, old_sid);
  if (touch->scope != NULL)
    kith_hub_poke_scope (self, sid);
  if (was_there && sid != old_sid &&
      !kith_db_run (self->db, error, "moved-add", "issi", self->q, touch->kind->name, touch->id, old_sid))
    return FALSE;
  return kith_db_run (self->db, error, "row-put", "ssiii", touch->kind->name, touch->id,
                      touch->scope != NULL ? sid : old_sid, self->q, (gint64) (touch->scope == NULL));
}

static gboolean
stamp_rows (KithHub *self, GArray *rows, const char *query, GError **error)
{
  for (guint i = 0; i < rows->len; i++)
    if (!kith_db_run (self->db, error, query, "iii", g_array_index (rows, gint64, i), self->q, KITH_HUB_PENDING))
      return FALSE;
  return TRUE;
}

/* A notice and its mail are one: both are there or neither. */
static gboolean
queue_mail (KithHub *self, KithHubTouch *touch, GError **error)
{
  return touch->after == NULL || touch->before != NULL || strcmp (touch->kind->name, "notice") != 0 || kith_hub_queue_notice (self, touch->after, error);
}

gboolean
kith_hub_stamp (KithHub *self, gint64 *q, GError **error)
{
  g_autoptr (GPtrArray) touches = last_touches (self);
  gint64 first = self->q;
  guint access = self->grants.opened->len + self->grants.closed->len + self->members.opened->len +
                 self->members.closed->len;

  for (guint i = 0; i < touches->len; i++)
    if (!stamp_touch (self, touches->pdata[i], error) || !queue_mail (self, touches->pdata[i], error))
      return FALSE;
  if (access > 0 && self->q == first)
    self->q++;
  if (!stamp_rows (self, self->grants.opened, "grant-stamp-since", error) ||
      !stamp_rows (self, self->grants.closed, "grant-stamp-until", error) ||
      !stamp_rows (self, self->members.opened, "member-stamp-since", error) ||
      !stamp_rows (self, self->members.closed, "member-stamp-until", error))
    return FALSE;
  *q = self->q;
  return self->q == first || (kith_hub_begin_run (self, first, error) && kith_db_run (self->db, error, "state-set-q", "i", self->q) && kith_hub_note_time (self, error));
}
