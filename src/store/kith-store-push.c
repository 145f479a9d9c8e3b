/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The push side of sync.md 2.4: what is sent next, and what its answer changes. */

#include "kith-protocol.h"
#include "kith-store-private.h"

#include <string.h>

/* How long an undo toast still holds the operation back; after a reboot it is over. */
static gint64
hold_left (KithStore *self, gint64 hold_until, const char *boot)
{
  if (hold_until == 0 || g_strcmp0 (boot, kith_clock_boot_id (self->clock)) != 0)
    return 0;
  return MAX (0, hold_until - kith_clock_mono_ms (self->clock));
}

gboolean
kith_store_has_unsent (KithStore *self, gint64 *hold_ms)
{
  g_autoptr (KithDbStmt) stmt = kith_db_query (self->db, "op-first-unsent", NULL);
  KithDbStep step;

  if (hold_ms != NULL)
    *hold_ms = 0;
  /* What cannot be read is not nothing: whoever then asks for it hears why. */
  if (stmt == NULL || (step = kith_db_step (stmt, NULL)) == KITH_DB_FAILED)
    return TRUE;
  if (step != KITH_DB_ROW)
    return FALSE;
  if (hold_ms != NULL && kith_db_is_null (stmt, 2))
    *hold_ms = hold_left (self, kith_db_int (stmt, 0), kith_db_text (stmt, 1));
  return TRUE;
}

typedef struct
{
  gint64 i, n;
  gboolean numbered; /* it was in a push before */
  char *line;
} Outgoing;

static void
outgoing_free (gpointer data)
{
  Outgoing *self = data;

  g_free (self->line);
  g_free (self);
}

static void
append_text (GString *line, const char *name, const char *text)
{
  if (text == NULL)
    return;
  g_string_append_printf (line, ",\"%s\":", name);
  kith_json_append_string (line, text);
}

static void
append_int (GString *line, const char *name, gint64 value)
{
  g_string_append_printf (line, ",\"%s\":%" G_GINT64_FORMAT, name, value);
}

/* Columns of op-unsent: i, op_id, name, args, hlc, wall, mono, boot, seen, base, n, hold_until. Arguments and base lie in the
 * table as they go out: nothing is read only to be written again. An operation whose arguments went with their record is
 * sent as what no hub knows: it parks, and those after it go on. */
static char *
build_line (KithDbStmt *stmt, gint64 n)
{
  const char *args = kith_db_text (stmt, 3);
  const char *base = kith_db_text (stmt, 9);
  GString *line = g_string_sized_new (512);

  g_string_append_printf (line, "{\"a\":%s,\"base\":%s", args != NULL ? args : "{}", base != NULL ? base : "{}");
  append_text (line, "boot", kith_db_text (stmt, 7));
  append_text (line, "hlc", kith_db_text (stmt, 4));
  append_text (line, "id", kith_db_text (stmt, 1));
  append_int (line, "mono", kith_db_int (stmt, 6));
  append_int (line, "n", n);
  append_text (line, "op", args != NULL ? kith_db_text (stmt, 2) : "forgotten");
  append_int (line, "seen", kith_db_int (stmt, 8));
  append_int (line, "wall", kith_db_int (stmt, 5));
  g_string_append_c (line, '}');
  return g_string_free (line, FALSE);
}

/* The operations that may go now, in order, with their numbers; the first whose undo toast shows holds back the rest. The numbers of one push
 * follow each other: where those between have their answer already, what comes after them waits for the next. */
static GPtrArray *
collect (KithStore *self, guint max_ops, gsize max_bytes, GError **error)
{
  g_autoptr (GPtrArray) outgoing = g_ptr_array_new_with_free_func (outgoing_free);
  g_autoptr (KithDbStmt) stmt = kith_db_query (self->db, "op-unsent", error);
  gint64 next_n = self->next_n;
  gsize bytes = 0;
  KithDbStep step = KITH_DB_DONE;

  if (stmt == NULL)
    return NULL;
  while (outgoing->len < max_ops && (step = kith_db_step (stmt, error)) == KITH_DB_ROW)
    {
      gboolean numbered = !kith_db_is_null (stmt, 10);
      gint64 n = numbered ? kith_db_int (stmt, 10) : next_n;
      Outgoing *op;

      if (!numbered && hold_left (self, kith_db_int (stmt, 11), kith_db_text (stmt, 7)) > 0)
        return g_steal_pointer (&outgoing);
      if (outgoing->len > 0 && n != ((Outgoing *) outgoing->pdata[outgoing->len - 1])->n + 1)
        return g_steal_pointer (&outgoing);
      bytes += 300 + (kith_db_text (stmt, 3) != NULL ? strlen (kith_db_text (stmt, 3)) : 0);
      if (outgoing->len > 0 && bytes > max_bytes)
        return g_steal_pointer (&outgoing);

      op = g_new0 (Outgoing, 1);
      op->i = kith_db_int (stmt, 0);
      op->numbered = numbered;
      op->n = n;
      next_n = MAX (next_n, n + 1);
      op->line = build_line (stmt, op->n);
      g_ptr_array_add (outgoing, op);
    }
  if (outgoing->len < max_ops && step == KITH_DB_FAILED)
    return NULL;
  return g_steal_pointer (&outgoing);
}

static gboolean
set_number (KithStore *self, gint64 i, gint64 n, GError **error)
{
  self->next_n = n + 1;
  return kith_db_run (self->db, error, "op-number", "ii", i, n);
}

static gboolean
keep_next_n (KithStore *self, gint64 before, GError **error)
{
  return self->next_n == before || (kith_store_set_state_int (self, "next_n", self->next_n, error) && kith_db_run (self->db, error, "undo-drafts-over", ""));
}

/* Inside the transaction that took an answer: what goes out next gets its numbers with it, so that they need no
 * transaction, and no wait for the disk, of their own. */
static gboolean
number_ahead (KithStore *self, GError **error)
{
  g_autoptr (GArray) ahead = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (KithDbStmt) stmt = kith_db_query (self->db, "op-to-number", error);
  gint64 before = self->next_n;
  KithDbStep step;

  if (stmt == NULL || !kith_store_fit_to_hub (self, error))
    return FALSE;
  kith_db_bind_int (stmt, 1, KITH_LIMIT_PUSH_OPS);
  while ((step = kith_db_step (stmt, error)) == KITH_DB_ROW)
    {
      gint64 i = kith_db_int (stmt, 0);

      if (!kith_db_is_null (stmt, 1))
        continue;
      if (hold_left (self, kith_db_int (stmt, 2), kith_db_text (stmt, 3)) > 0)
        break;
      g_array_append_val (ahead, i);
    }
  if (step == KITH_DB_FAILED)
    return FALSE;
  g_clear_pointer (&stmt, kith_db_reset);
  for (guint k = 0; k < ahead->len; k++)
    if (!set_number (self, g_array_index (ahead, gint64, k), self->next_n, error))
      return FALSE;
  return keep_next_n (self, before, error);
}

/* Numbers are on the disk before the push leaves: after a crash the same operation goes out under the same number. */
static gboolean
number_ops (KithStore *self, GPtrArray *outgoing, GError **error)
{
  g_autoptr (KithDbTransaction) transaction = NULL;
  Outgoing *last = outgoing->pdata[outgoing->len - 1];
  gint64 before = self->next_n;
  gboolean ok = TRUE;

  if (last->numbered)
    return TRUE;
  transaction = kith_db_transaction_begin (self->db, error);
  if (transaction == NULL)
    return FALSE;
  for (guint k = 0; ok && k < outgoing->len; k++)
    {
      Outgoing *op = outgoing->pdata[k];
      ok = op->numbered || set_number (self, op->i, op->n, error);
    }
  return kith_store_end (self, transaction, ok && keep_next_n (self, before, error), error);
}

static JsonObject *
build_header (KithStore *self, gint64 first_n)
{
  JsonObject *header = kith_json_new ("v", "i", (gint64) KITH_PROTOCOL_VERSION, "device", "s", self->device, "user", "s", self->user,
                                      "epoch", "s", self->epoch, "schema", "i", (gint64) KITH_PROTOCOL_SCHEMA, "first_n", "i", first_n,
                                      "wall", "i", kith_clock_wall_ms (self->clock), "mono", "i", kith_clock_mono_ms (self->clock),
                                      "boot", "s", kith_clock_boot_id (self->clock), NULL);

  /* by which a hub that is an older copy of itself finds out before it takes anything */
  if (self->cursor != NULL && *self->cursor != '\0')
    json_object_set_string_member (header, "cursor", self->cursor);
  return kith_json_new ("h", "o", header, NULL);
}

/**
 * kith_store_next_push:
 * @n_ops: (out) (optional)
 *
 * Returns: (transfer full) (nullable): the body of the next push; NULL without error when there is nothing to send now
 */
GBytes *
kith_store_next_push (KithStore *self, guint max_ops, gsize max_bytes, guint *n_ops, GError **error)
{
  g_autoptr (GPtrArray) outgoing = kith_store_fit_to_hub (self, error) ? collect (self, max_ops, max_bytes, error) : NULL;
  g_autoptr (KithLineWriter) writer = NULL;

  if (n_ops != NULL)
    *n_ops = outgoing != NULL ? outgoing->len : 0;
  if (outgoing == NULL || outgoing->len == 0 || !number_ops (self, outgoing, error))
    return NULL;

  writer = kith_line_writer_new ();
  kith_line_writer_add (writer, build_header (self, ((Outgoing *) outgoing->pdata[0])->n));
  for (guint k = 0; k < outgoing->len; k++)
    kith_line_writer_add_text (writer, ((Outgoing *) outgoing->pdata[k])->line);
  return kith_line_writer_finish (writer);
}

static GPtrArray *
read_answer (GBytes *body, GError **error)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  g_autoptr (KithLineReader) reader = kith_line_reader_new (body, KITH_LIMIT_LINE);
  g_autoptr (GError) failure = NULL;
  JsonObject *line;

  while ((line = kith_line_reader_next_object (reader, &failure)) != NULL)
    {
      if (json_object_has_member (line, "end"))
        {
          json_object_unref (line);
          return g_steal_pointer (&lines);
        }
      g_ptr_array_add (lines, line);
    }
  /* Cut or garbled: nothing of it counts, the same push goes out again and gets the stored outcomes. */
  g_set_error (error, KITH_STORE_ERROR, KITH_STORE_ERROR_PROTOCOL, "the answer to a push has no end%s%s", failure != NULL ? ": " : "",
               failure != NULL ? failure->message : "");
  return NULL;
}

/**
 * kith_store_apply_push_answer:
 *
 * Errors: KITH_STORE_ERROR_PROTOCOL for an answer that is not whole; nothing was changed then.
 */
gboolean
kith_store_apply_push_answer (KithStore *self, GBytes *body, GError **error)
{
  g_autoptr (GPtrArray) lines = read_answer (body, error);
  g_autoptr (KithDbTransaction) transaction = NULL;
  gboolean rebase = FALSE;
  gboolean ok = TRUE;

  if (lines == NULL)
    return FALSE;
  transaction = kith_db_transaction_begin (self->db, error);
  if (transaction == NULL)
    return FALSE;
  for (guint k = 0; ok && k < lines->len; k++)
    {
      gboolean changed;
      ok = kith_store_take_result (self, lines->pdata[k], &changed, error);
      rebase = rebase || changed;
    }
  if (ok && rebase)
    ok = kith_store_restore (self, error) && kith_store_replay (self, error);
  return kith_store_end (self, transaction, ok && number_ahead (self, error), error);
}

/* Those that go out again close ranks from n on, so that the hub finds no gap where others are left out. */
static gboolean
close_ranks (KithStore *self, gint64 n, GError **error)
{
  g_autoptr (GArray) moved = g_array_new (FALSE, FALSE, sizeof (gint64[2]));
  g_autoptr (KithDbStmt) stmt = kith_db_query (self->db, "op-numbered-from", error);
  KithDbStep step;

  if (stmt == NULL)
    return FALSE;
  kith_db_bind_int (stmt, 1, n);
  for (; (step = kith_db_step (stmt, error)) == KITH_DB_ROW; n++)
    if (kith_db_int (stmt, 1) != n)
      g_array_append_vals (moved, ((gint64[2]) { kith_db_int (stmt, 0), n }), 1);
  if (step == KITH_DB_FAILED)
    return FALSE;
  g_clear_pointer (&stmt, kith_db_reset);
  for (guint k = 0; k < moved->len; k++)
    {
      const gint64 *one = (const gint64 *) (void *) (moved->data + k * sizeof (gint64[2]));

      if (!kith_db_run (self->db, error, "op-set-n", "ii", one[0], -one[1]))
        return FALSE;
    }
  if (!kith_db_run (self->db, error, "op-flip-n", ""))
    return FALSE;
  self->next_n = n;
  return kith_store_set_state_int (self, "next_n", n, error);
}

/* The hub was restored from a backup and misses what it once acknowledged: what it applied of n and after goes out again
 * from the archive (sync.md 2.4). Inside a transaction, with the hub's images in place. */
gboolean
kith_store_resend (KithStore *self, gint64 n, GError **error)
{
  if (n >= self->next_n)
    return TRUE;
  kith_store_touch_outbox (self);
  return kith_db_run (self->db, error, "op-resend-leave", "i", n) && kith_db_run (self->db, error, "op-resend", "i", n) &&
         close_ranks (self, n, error);
}

/* The same for a hub with another life: what went out on a lane before this one has no number, and nobody can say whether the backup has it. It goes
 * out once more with the rest, in the order in which it was done; the hub knows by its id what it has (I2, I4). */
gboolean
kith_store_resend_all (KithStore *self, gint64 n, GError **error)
{
  if (!kith_db_run (self->db, error, "op-resend-former", ""))
    return FALSE;
  if (kith_db_changes (self->db) == 0)
    return kith_store_resend (self, n, error);
  self->next_n = MAX (self->next_n, n + 1); /* there is something to send */
  return kith_store_resend (self, n, error);
}

/**
 * kith_store_resend_from:
 * @n: the hub's next expected number
 *
 * As kith_store_resend(). Where the archive has a hole the lane cannot go on and a new one is asked for.
 */
gboolean
kith_store_resend_from (KithStore *self, gint64 n, GError **error)
{
  g_autoptr (KithDbTransaction) transaction = NULL;
  gint64 here = 0;

  if (!kith_db_fetch_int (self->db, &here, error, "op-count-from", "i", n))
    return FALSE;
  if (n >= self->next_n || here < self->next_n - n)
    return kith_store_fork_lane (self, error);
  transaction = kith_db_transaction_begin (self->db, error);
  if (transaction == NULL)
    return FALSE;
  return kith_store_end (self, transaction,
                         kith_store_restore (self, error) && kith_store_resend (self, n, error) && kith_store_replay (self, error),
                         error);
}
