/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-hub-private.h"

#include <glib/gi18n.h>

/* A hub's life (its epoch) goes on as long as its database does. Whoever puts an older copy to use begins another: what came since the copy is not
 * known there, numbers are given a second time, and desks must notice (sync.md 2.1, 2.12).
 *
 * A copy that “kith-hub backup” made says what it is: whoever opens it first to work with it draws the new epoch, so that the same copy used a second
 * time is a third life. A copy made by other means says nothing. Therefore each process that changes anything leaves a line (a run) with the number at
 * which it began, and a cursor tells in which run it was given and how far that had come by then. A cursor from beyond what this database knows of
 * that run, or of a run it has never seen, was given by a database that went on where this one did not. */

#define RUN_BYTES 8
#define TAG_LENGTH 16
#define LANES_SKIPPED 50      /* codes of computers that came since the copy was made, which it knows nothing of */
#define LANES_SKIPPED_MOST 100000 /* two lives that begin from one copy do not meet */

/* A database that has never been a hub's becomes one. */
static gboolean
make_state (KithHub *self, GError **error)
{
  g_autofree char *epoch = NULL, *secret = NULL;

  if (self->options.reader)
    {
      g_set_error_literal (error, KITH_DB_ERROR, KITH_DB_ERROR_FAILED, _("The database is no hub’s yet: it was never started. Nothing was changed."));
      return FALSE;
    }
  epoch = kith_id_new (self->clock, self->random);
  secret = kith_hub_random_hex (self, 32);
  return kith_db_run (self->db, error, "state-new", "ss", epoch, secret);
}

/* *there FALSE without error: it has none. */
static gboolean
read_state (KithHub *self, gboolean *there, gboolean *copy, GError **error)
{
  g_autoptr (KithDbStmt) stmt = kith_db_query (self->db, "state-read", error);
  KithDbStep step;

  if (stmt == NULL || (step = kith_db_step (stmt, error)) == KITH_DB_FAILED)
    return FALSE;
  *there = step == KITH_DB_ROW;
  if (!*there)
    return TRUE;
  self->epoch = g_strdup (kith_db_text (stmt, 0));
  self->q = kith_db_int (stmt, 1);
  self->horizon = kith_db_int (stmt, 2);
  self->secret = g_strdup (kith_db_text (stmt, 3));
  *copy = !kith_db_is_null (stmt, 4);
  self->former = g_strsplit (kith_db_text (stmt, 5), " ", -1);
  return TRUE;
}

static gboolean
write_life (KithHub *self, const char *epoch, const char *run, GError **error)
{
  gint64 lanes = LANES_SKIPPED + kith_random_below (self->random, LANES_SKIPPED_MOST);
  g_autoptr (KithDbTransaction) transaction = kith_db_transaction_begin (self->db, error);

  return transaction != NULL && kith_db_run (self->db, error, "state-begin-anew", "si", epoch, lanes) &&
         kith_db_run (self->db, error, "runs-clear", "") && kith_db_run (self->db, error, "run-add", "si", run, self->q) &&
         kith_db_transaction_commit (transaction, error);
}

/* The first of its lives, which is the same in every life that began from a copy. */
const char *
kith_hub_get_origin (KithHub *self)
{
  return self->former != NULL && self->former[0] != NULL ? self->former[0] : self->epoch;
}

/* The epoch that ends stands in the database by now. */
static void
note_former (KithHub *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  g_strv_builder_addv (builder, (const char **) self->former);
  g_strv_builder_add (builder, self->epoch);
  g_strfreev (self->former);
  self->former = g_strv_builder_end (builder);
}

/* From here on every desk finds that the hub is another, sends again what it lacks and fetches anew what it shows. */
static gboolean
begin_life (KithHub *self, GError **error)
{
  g_autofree char *epoch = kith_id_new (self->clock, self->random), *run = kith_hub_random_hex (self, RUN_BYTES);

  if (!write_life (self, epoch, run, error))
    return FALSE;
  note_former (self);
  g_free (self->epoch);
  self->epoch = g_steal_pointer (&epoch);
  g_free (self->run);
  self->run = g_steal_pointer (&run);
  g_clear_pointer (&self->next_run, g_free);
  g_hash_table_remove_all (self->fills);
  g_hash_table_remove_all (self->waits);
  g_hash_table_remove_all (self->told);
  return TRUE;
}

gboolean
kith_hub_read_life (KithHub *self, GError **error)
{
  g_autoptr (GError) local = NULL;
  gboolean there = FALSE, copy = FALSE;

  if (!read_state (self, &there, &copy, error) || (!there && (!make_state (self, error) || !read_state (self, &there, &copy, error))))
    return FALSE;
  if (!there)
    {
      g_set_error_literal (error, KITH_DB_ERROR, KITH_DB_ERROR_FAILED, "the hub's state cannot be read back");
      return FALSE;
    }
  self->run = kith_db_fetch_text (self->db, &local, "run-last", "");
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (self->options.reader)
    return TRUE;
  self->next_run = kith_hub_random_hex (self, RUN_BYTES);
  return !copy || begin_life (self, error);
}

/* An opening that changes nothing leaves nothing. */
gboolean
kith_hub_begin_run (KithHub *self, gint64 q, GError **error)
{
  if (self->next_run == NULL || self->run_begins)
    return TRUE;
  self->run_begins = TRUE;
  return kith_db_run (self->db, error, "run-add", "si", self->next_run, q);
}

void
kith_hub_end_run_begin (KithHub *self, gboolean committed)
{
  if (committed && self->run_begins)
    {
      g_free (self->run);
      self->run = g_steal_pointer (&self->next_run);
    }
  self->run_begins = FALSE;
}

/* Nobody else than the hub says in which run a cursor was given: else anybody could end its life. */
static char *
tag_of (KithHub *self, const char *run, gint64 served, const char *binding)
{
  g_autofree char *text = g_strdup_printf ("run\n%s\n%" G_GINT64_FORMAT "\n%s", run, served, binding);
  g_autofree char *mac = g_compute_hmac_for_string (G_CHECKSUM_SHA256, (const guchar *) self->secret, strlen (self->secret), text, -1);

  return g_strndup (mac, TAG_LENGTH);
}

void
kith_hub_mark_cursor (KithHub *self, const char *binding, KithCursor *cursor)
{
  const char *run = self->run != NULL ? self->run : "";
  g_autofree char *tag = tag_of (self, run, self->q, binding);

  cursor->served = self->q;
  g_free (cursor->run);
  cursor->run = g_strconcat (run, "-", tag, NULL);
}

/* How far the database came in that run; -1: it does not know of it. */
static gboolean
run_end (KithHub *self, const char *run, gint64 *end, GError **error)
{
  *end = -1;
  if (g_strcmp0 (run, self->run != NULL ? self->run : "") != 0)
    return kith_db_fetch_int (self->db, end, error, "run-end", "s", run);
  *end = self->q;
  return TRUE;
}

/**
 * kith_hub_knows_cursor:
 * @cursor: of this epoch
 * @known: (out): whether what its holder was told is in this database. When the hub itself says that it is not, a new life has begun by then.
 */
gboolean
kith_hub_knows_cursor (KithHub *self, const char *binding, const KithCursor *cursor, gboolean *known, GError **error)
{
  g_auto (GStrv) part = g_strsplit (cursor->run != NULL ? cursor->run : "", "-", 2);
  g_autofree char *tag = NULL;
  gint64 end;

  *known = FALSE;
  if (self->q < 0) /* it could not be read back: that tells nothing of the cursor */
    {
      g_set_error_literal (error, KITH_DB_ERROR, KITH_DB_ERROR_FAILED, "the hub's number is not known");
      return FALSE;
    }
  if (g_strv_length (part) != 2)
    return TRUE;
  if (!run_end (self, part[0], &end, error))
    return FALSE;
  *known = cursor->served <= end;
  if (*known)
    return TRUE;
  tag = tag_of (self, part[0], cursor->served, binding);
  if (!g_str_equal (tag, part[1]))
    return TRUE;
  g_message ("This database is an older copy of one that answered the desks since. It begins a new life: they send again what it lacks.");
  return begin_life (self, error);
}
