/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A spreadsheet on its way in. Rows: new → queued → taken or refused; see 0002-import.sql, 0007-import-choices.sql and 0009-import-remarks.sql. */

#include "kith-store-import-private.h"

#include "kith-import-id.h"
#include "kith-protocol.h"

#include <glib/gi18n.h>
#include <string.h>

#define STEP 50        /* rows made into operations in one transaction */
#define ON_THE_WAY 400 /* not more than these wait for the hub: every rebase replays them */

gboolean
kith_import_load_job (KithStore *self, const char *id, char **source, char **state, char **started, GError **error)
{
  g_autoptr (KithDbStmt) stmt = kith_db_query (self->db, "import-job-get", error);

  *state = NULL;
  if (stmt == NULL)
    return FALSE;
  kith_db_bind_text (stmt, 1, id);
  switch (kith_db_step (stmt, error))
    {
    case KITH_DB_ROW:
      if (source != NULL)
        *source = g_strdup (kith_db_text (stmt, 1));
      if (started != NULL)
        *started = g_strdup (kith_db_text (stmt, 4));
      *state = g_strdup (kith_db_text (stmt, 3));
      return TRUE;
    case KITH_DB_DONE:
      return TRUE;
    case KITH_DB_FAILED:
    default:
      return FALSE;
    }
}

gboolean
kith_import_refuse_missing (GError **error)
{
  g_set_error_literal (error, KITH_STORE_ERROR, KITH_STORE_ERROR_FAILED, _("This import is not here any more. Choose the file again."));
  return FALSE;
}

/* What is looked at anew was imported before, and that can still be taken back: "ID@STARTED", of this computer alone. */
static gboolean
keep_earlier (KithStore *self, const char *id, const char *state, const char *started, GError **error)
{
  g_autofree char *kept = g_strconcat (id, "@", started, NULL);

  return g_strcmp0 (state, "done") != 0 || (kith_db_run (self->db, error, "import-job-keep", "ss", id, kept) &&
                                            kith_db_run (self->db, error, "import-rows-keep", "ss", id, kept));
}

/**
 * kith_store_import_begin:
 * @id: of the import record; follows from agency and source
 * @file: what the file is called
 * @source: what the source is called; ids of its clients are kept apart by it
 * @header: (nullable): the file's first row, a JSON list of texts
 * @begun: (out): FALSE: this import runs or was undone half way, and goes on by itself
 */
gboolean
kith_store_import_begin (KithStore *self, const char *id, const char *file, const char *source, const char *header, gboolean *begun, GError **error)
{
  g_autoptr (KithDbTransaction) transaction = kith_db_transaction_begin (self->db, error);
  g_autofree char *state = NULL, *started = NULL, *now = kith_time_format (kith_store_hub_ms (self));

  *begun = FALSE;
  if (transaction == NULL || !kith_import_load_job (self, id, NULL, &state, &started, error))
    return FALSE;
  if (g_strcmp0 (state, "running") == 0 || g_strcmp0 (state, "undoing") == 0)
    return TRUE;
  *begun = TRUE;
  return kith_store_end (self, transaction,
                         keep_earlier (self, id, state, started, error) && kith_db_run (self->db, error, "import-rows-drop", "s", id) &&
                           kith_db_run (self->db, error, "import-job-put", "ssssss", id, file, source, header, "reading", now),
                         error);
}

/* A row's body is what it says of the client, and within it, by the name of the argument, what it says of their insurance. NULL: nothing */
static char *
print_body (JsonObject *args)
{
  JsonObject *values = args != NULL ? kith_json_object (args, "values") : NULL, *billing = args != NULL ? kith_json_object (args, "billing") : NULL;
  g_autoptr (JsonObject) body = values != NULL && billing != NULL ? kith_json_copy_object (values) : NULL;

  if (body != NULL)
    json_object_set_object_member (body, KITH_IMPORT_BILLING, json_object_ref (billing));
  return values != NULL ? kith_json_print_object (body != NULL ? body : values) : NULL;
}

static gboolean
add_row (KithStore *self, const char *id, const char *agency, const char *source, const KithImportRow *row, GError **error)
{
  const char *source_id = row->args != NULL ? kith_json_string (row->args, "source_id") : NULL;
  g_autofree char *body = print_body (row->args);
  g_autofree char *client = source_id != NULL ? kith_import_client_id (agency, source, source_id) : NULL;

  return kith_db_run (self->db, error, "import-row-put", "sissssssssi", id, row->row, row->args != NULL ? "new" : "bad", source_id, client, body,
                      row->cells, row->reason, row->who, row->remark, row->like);
}

/* The dry run: rows are kept, and told from those whose client is here and from those who may be. */
gboolean
kith_store_import_add (KithStore *self, const char *id, const KithImportRow *rows, guint n_rows, GError **error)
{
  g_autoptr (KithDbTransaction) transaction = kith_db_transaction_begin (self->db, error);
  g_autoptr (KithActor) actor = kith_store_load_actor (self, error);
  g_autofree char *source = NULL, *state = NULL;
  gboolean ok = TRUE, known = FALSE;

  if (n_rows == 0)
    return TRUE;
  if (transaction == NULL || actor == NULL || !kith_import_load_job (self, id, &source, &state, NULL, error))
    return FALSE;
  if (state == NULL)
    return kith_import_refuse_missing (error);
  for (guint i = 0; ok && i < n_rows; i++)
    ok = add_row (self, id, actor->agency, source, &rows[i], error);
  ok = ok && kith_import_tell_same (self, id, actor->agency, rows[0].row, rows[n_rows - 1].row, error) &&
       kith_db_run (self->db, error, "import-chosen", "sii", id, rows[0].row, rows[n_rows - 1].row) &&
       kith_import_know (self, id, rows[0].row, &known, error) && kith_import_tell_maybes (self, id, rows[0].row, rows[n_rows - 1].row, known, error) &&
       kith_import_tell_twice (self, id, rows[0].row, rows[n_rows - 1].row, error);
  return kith_store_end (self, transaction, ok, error);
}

/**
 * kith_store_import_counts:
 * @counts: (out): zeroed before
 * @state: (out) (transfer full): how far it is
 * @error: KITH_STORE_ERROR_FAILED when there is no such import here
 */
gboolean
kith_store_import_counts (KithStore *self, const char *id, KithImportTally *counts, char **state, GError **error)
{
  const struct
  {
    const char *state;
    guint64 *count;
  } places[] = {
    { "new", &counts->fresh },       { "same", &counts->same },       { "maybe", &counts->maybe },     { "joining", &counts->joined },
    { "joined", &counts->joined },   { "bad", &counts->bad },         { "queued", &counts->queued },   { "taken", &counts->taken },
    { "refused", &counts->refused }, { "skipped", &counts->skipped }, { "undone", &counts->undone },   { "merged", &counts->joined },
    { "merged", &counts->merged },   { "lacking", &counts->same },    { "lacking", &counts->lacking },
    { "filled", &counts->joined },   { "filled", &counts->filled },
  };
  g_autoptr (KithDbStmt) stmt = kith_db_query (self->db, "import-counts", error);
  gint64 still_here = 0, remarked = 0;
  KithDbStep step;

  *counts = (KithImportTally) { 0 };
  if (stmt == NULL || !kith_import_load_job (self, id, NULL, state, NULL, error))
    return FALSE;
  kith_db_bind_text (stmt, 1, id);
  while ((step = kith_db_step (stmt, error)) == KITH_DB_ROW)
    for (guint i = 0; i < G_N_ELEMENTS (places); i++)
      if (strcmp (places[i].state, kith_db_text (stmt, 0)) == 0)
        *places[i].count += (guint64) kith_db_int (stmt, 1);
  if (step != KITH_DB_DONE || (counts->undone > 0 && !kith_db_fetch_int (self->db, &still_here, error, "import-still-here", "s", id)) ||
      !kith_db_fetch_int (self->db, &remarked, error, "import-remarked", "s", id))
    return FALSE;
  counts->remarked = (guint64) remarked;
  counts->still_here = (guint64) still_here;
  return TRUE;
}

gboolean
kith_store_import_drop (KithStore *self, const char *id, GError **error)
{
  g_autoptr (KithDbTransaction) transaction = kith_db_transaction_begin (self->db, error);
  g_autofree char *state = NULL;

  if (transaction == NULL || !kith_import_load_job (self, id, NULL, &state, NULL, error))
    return FALSE;
  if (g_strcmp0 (state, "reading") != 0)
    return TRUE;
  return kith_store_end (self, transaction,
                         kith_db_run (self->db, error, "import-rows-drop", "s", id) && kith_db_run (self->db, error, "import-job-drop", "s", id), error);
}

gboolean
kith_import_note_state (KithStore *self, const char *id, const char *state, GError **error)
{
  g_autofree char *source = NULL, *job_state = NULL, *started = NULL, *now = kith_time_format (kith_store_hub_ms (self));
  g_autoptr (KithActor) actor = kith_store_load_actor (self, error);
  gboolean finished = strcmp (state, "running") != 0;
  g_autoptr (JsonObject) args = NULL;
  KithImportTally tally;

  g_autofree char *unused = NULL;

  if (strchr (id, '@') != NULL) /* one that was kept: the list's record tells of the newest */
    return TRUE;
  if (actor == NULL || !kith_import_load_job (self, id, &source, &job_state, &started, error) || !kith_store_import_counts (self, id, &tally, &unused, error))
    return FALSE;
  args = kith_json_new ("id", "s", id, "agency", "s", actor->agency, "source", "s", source, "format", "s", "spreadsheet", "started", "s", started,
                        "finished", "s", finished ? now : NULL, "state", "s", state, "taken", "i", (gint64) tally.taken, "unchanged", "i",
                        (gint64) (tally.same + tally.joined), "refused", "i", (gint64) (tally.bad + tally.refused), NULL);
  return kith_store_submit_within (self, "import.record", args, 0, NULL, error);
}

gboolean
kith_store_import_start (KithStore *self, const char *id, gboolean fill, GError **error)
{
  g_autoptr (KithDbTransaction) transaction = kith_db_transaction_begin (self->db, error);
  g_autofree char *state = NULL;

  if (transaction == NULL || !kith_import_load_job (self, id, NULL, &state, NULL, error))
    return FALSE;
  if (g_strcmp0 (state, "reading") != 0)
    return kith_import_refuse_missing (error);
  return kith_store_end (self, transaction,
                         kith_db_run (self->db, error, "import-lacking-choose", "is", (gint64) fill, id) &&
                           kith_db_run (self->db, error, "import-job-state", "ss", id, "running") && kith_import_note_state (self, id, "running", error),
                         error);
}

typedef struct
{
  gint64 row;
  char *source_id;
  JsonObject *values, *billing; /* billing: NULL: nothing is said of it */
  JsonArray *others; /* said not to be these; or NULL */
} Row;

static void
row_free (gpointer data)
{
  Row *self = data;

  g_free (self->source_id);
  json_object_unref (self->values);
  g_clear_pointer (&self->billing, json_object_unref);
  g_clear_pointer (&self->others, json_array_unref);
  g_free (self);
}

static JsonArray *
parse_ids (const char *text)
{
  g_autoptr (JsonNode) node = text != NULL ? json_from_string (text, NULL) : NULL;

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_dup_array (node) : NULL;
}

static GPtrArray *
load_rows (KithStore *self, const char *query, const char *id, guint limit, GError **error)
{
  g_autoptr (KithDbStmt) stmt = kith_db_query (self->db, query, error);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (row_free);
  KithDbStep step;

  if (stmt == NULL)
    return NULL;
  kith_db_bind_text (stmt, 1, id);
  kith_db_bind_int (stmt, 2, limit);
  while ((step = kith_db_step (stmt, error)) == KITH_DB_ROW)
    {
      Row *row = g_new0 (Row, 1);

      row->row = kith_db_int (stmt, 0);
      row->source_id = g_strdup (kith_db_text (stmt, 1));
      row->values = kith_store_parse_args (kith_db_text (stmt, 2));
      row->billing = kith_json_object (row->values, KITH_IMPORT_BILLING);
      if (row->billing != NULL)
        json_object_ref (row->billing);
      json_object_remove_member (row->values, KITH_IMPORT_BILLING);
      row->others = parse_ids (kith_db_text (stmt, 3));
      g_ptr_array_add (rows, row);
    }
  return step == KITH_DB_DONE ? g_steal_pointer (&rows) : NULL;
}

/* A refusal here concerns this row alone: it says why, the others go on. */
static gboolean
queue_row (KithStore *self, const char *id, const char *agency, const char *source, Row *row, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autofree char *number = kith_store_take_number (self, error), *op_id = NULL, *client = kith_import_client_id (agency, source, row->source_id);
  g_autoptr (JsonObject) args = NULL;

  if (number == NULL || !kith_import_merge_twice (self, id, client, row->values, &row->billing, error))
    return FALSE;
  args = kith_json_new ("agency", "s", agency, "source", "s", source, "source_id", "s", row->source_id, "number", "s", number, "values", "o",
                        json_object_ref (row->values), "import", "s", id, "not_same", "a", row->others != NULL ? json_array_ref (row->others) : NULL, "billing", "o",
                        row->billing != NULL ? json_object_ref (row->billing) : NULL, NULL);
  if (!kith_db_savepoint (self->db, "import_row", error))
    return FALSE;
  if (kith_store_submit_within (self, "client.import", args, 0, &op_id, &local))
    return kith_db_release (self->db, "import_row", error) && kith_db_run (self->db, error, "import-queued", "sis", id, row->row, op_id);
  kith_db_rollback_to (self->db, "import_row");
  if (local->domain == KITH_REFUSAL)
    return kith_db_run (self->db, error, "import-row-refused", "sis", id, row->row, local->message);
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
step_import (KithStore *self, const char *id, const char *agency, const char *source, gboolean *more, GError **error)
{
  g_autoptr (GPtrArray) rows = NULL;
  gint64 waiting = 0;
  guint joined = 0;

  if (!kith_db_fetch_int (self->db, &waiting, error, "import-waiting", "s", id))
    return FALSE;
  if (waiting > ON_THE_WAY - STEP)
    return TRUE;
  rows = load_rows (self, "import-next", id, STEP, error);
  if (rows == NULL || !kith_import_join (self, id, STEP, &joined, error))
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    if (!queue_row (self, id, agency, source, rows->pdata[i], error))
      return FALSE;
  *more = rows->len > 0 || joined > 0;
  if (*more || waiting > 0)
    return TRUE;
  return kith_import_settle_twice (self, id, error) && kith_db_run (self->db, error, "import-job-state", "ss", id, "done") &&
         kith_import_note_state (self, id, "done", error);
}

/* Those that never went out, and on which nothing builds: as if they had not been. *n: how many */
static gboolean
drop_unsent (KithStore *self, const char *id, guint *n, GError **error)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (gint64)), ops = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (KithDbStmt) stmt = kith_db_query (self->db, "import-unsent", error);
  KithDbStep step;

  if (stmt == NULL)
    return FALSE;
  kith_db_bind_text (stmt, 1, id);
  kith_db_bind_int (stmt, 2, ON_THE_WAY);
  while ((step = kith_db_step (stmt, error)) == KITH_DB_ROW)
    {
      gint64 row = kith_db_int (stmt, 0), op = kith_db_int (stmt, 1);

      g_array_append_val (rows, row);
      g_array_append_val (ops, op);
    }
  *n = rows->len;
  if (step != KITH_DB_DONE || rows->len == 0)
    return step == KITH_DB_DONE;
  if (!kith_store_restore (self, error))
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    if (!kith_store_drop_op (self, g_array_index (ops, gint64, i), error) ||
        !kith_db_run (self->db, error, "import-undone", "si", id, g_array_index (rows, gint64, i)))
      return FALSE;
  return kith_store_replay (self, error);
}

static gboolean
undo_taken (KithStore *self, const char *id, const char *agency, const char *source, guint *n, GError **error)
{
  g_autoptr (GPtrArray) rows = load_rows (self, "import-undo-next", id, STEP, error);
  g_autoptr (JsonArray) clients = json_array_new ();
  g_autoptr (JsonObject) args = NULL;

  if (rows == NULL)
    return FALSE;
  *n = rows->len;
  if (rows->len == 0)
    return TRUE;
  for (guint i = 0; i < rows->len; i++)
    {
      Row *row = rows->pdata[i];

      json_array_add_object_element (clients, kith_json_new ("source_id", "s", row->source_id, NULL));
      if (!kith_db_run (self->db, error, "import-undone", "si", id, row->row))
        return FALSE;
    }
  args = kith_json_new ("agency", "s", agency, "source", "s", source, "clients", "a", g_steal_pointer (&clients), NULL);
  return kith_store_submit_within (self, "client.import_undo", args, 0, NULL, error);
}

/* What is on its way waits for its answer: the hub may say that the client was there before, and that one is not this import's to take back. */
static gboolean
step_undo (KithStore *self, const char *id, const char *agency, const char *source, gboolean *more, GError **error)
{
  guint unsent = 0, taken = 0, joined = 0;
  gint64 waiting = 0;

  if (!drop_unsent (self, id, &unsent, error) || !undo_taken (self, id, agency, source, &taken, error) ||
      !kith_import_part (self, id, STEP, &joined, error) || !kith_db_fetch_int (self->db, &waiting, error, "import-waiting", "s", id))
    return FALSE;
  *more = unsent + taken + joined > 0;
  if (*more || waiting > 0)
    return TRUE;
  return kith_db_run (self->db, error, "import-job-state", "ss", id, "undone") && kith_import_note_state (self, id, "undone", error);
}

static gboolean
step (KithStore *self, const char *id, gboolean *more, GError **error)
{
  g_autoptr (KithActor) actor = kith_store_load_actor (self, error);
  g_autofree char *source = NULL, *state = NULL;

  if (actor == NULL || !kith_import_load_job (self, id, &source, &state, NULL, error) || !kith_db_run (self->db, error, "import-settle-taken", "s", id) ||
      !kith_db_run (self->db, error, "import-settle-refused", "s", id) ||
      !kith_db_run (self->db, error, "import-settle-gone", "ss", id, _("It was discarded under Needs Attention before the hub had it.")) ||
      !kith_db_run (self->db, error, "import-unmerge", "s", id))
    return FALSE;
  return strcmp (state, "undoing") == 0 ? step_undo (self, id, actor->agency, source, more, error)
                                        : step_import (self, id, actor->agency, source, more, error);
}

gboolean
kith_store_import_step (KithStore *self, gboolean *more, char **id, GError **error)
{
  g_autoptr (KithDbTransaction) transaction = NULL;
  g_autofree char *running = kith_db_fetch_text (self->db, NULL, "import-job-running", "");

  *more = FALSE;
  if (id != NULL)
    *id = g_strdup (running);
  if (running == NULL)
    return TRUE;
  transaction = kith_db_transaction_begin (self->db, error);
  return transaction != NULL && kith_store_end (self, transaction, step (self, running, more, error), error);
}

gboolean
kith_store_import_undo (KithStore *self, const char *id, GError **error)
{
  g_autoptr (KithDbTransaction) transaction = kith_db_transaction_begin (self->db, error);
  g_autofree char *state = NULL;

  if (transaction == NULL || !kith_import_load_job (self, id, NULL, &state, NULL, error))
    return FALSE;
  if (state == NULL)
    return kith_import_refuse_missing (error);
  return kith_store_end (self, transaction,
                         kith_db_run (self->db, error, "import-skip-rest", "s", id) && kith_db_run (self->db, error, "import-job-state", "ss", id, "undoing"),
                         error);
}

gboolean
kith_store_import_each (KithStore *self, const char *id, KithImportRows which, KithImportFunc func, gpointer user_data, GError **error)
{
  g_autofree char *header = NULL;
  g_autoptr (KithDbStmt) job = kith_db_query (self->db, "import-job-get", error);
  g_autoptr (KithDbStmt) rows = kith_db_query (self->db, which == KITH_IMPORT_REMARKED ? "import-remarked-rows" : "import-bad-rows", error);
  KithDbStep step;

  if (job == NULL || rows == NULL)
    return FALSE;
  kith_db_bind_text (job, 1, id);
  step = kith_db_step (job, error);
  if (step != KITH_DB_ROW)
    return step == KITH_DB_DONE && kith_import_refuse_missing (error);
  header = g_strdup (kith_db_text (job, 2));
  if (!func (header, NULL, user_data, error))
    return FALSE;
  kith_db_bind_text (rows, 1, id);
  while ((step = kith_db_step (rows, error)) == KITH_DB_ROW)
    {
      g_autofree char *undecided = kith_db_int (rows, 3) != 0 ? kith_import_undecided (kith_db_text (rows, 4), kith_db_int (rows, 5)) : NULL;

      if (!func (kith_db_text (rows, 1), undecided != NULL ? undecided : kith_db_text (rows, 2), user_data, error))
        return FALSE;
    }
  return step == KITH_DB_DONE;
}
