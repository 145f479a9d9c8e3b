/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Rows of a spreadsheet that may mean a client who is here: somebody looks at each beside the other and says so, or that it is somebody else. */

#include "kith-store-import-private.h"

#include "kith-match.h"
#include "kith-similar.h"

#include <glib/gi18n.h>
#include <string.h>

/* A row and somebody here whom it may mean. */
typedef struct
{
  gint64 row;
  char *body, *client;
} Alike;

static void
alike_clear (gpointer data)
{
  g_free (((Alike *) data)->body);
  g_free (((Alike *) data)->client);
}

static GArray *
list_alike (KithStore *self, const char *id, gint64 first, gint64 last, gboolean known, GError **error)
{
  g_autoptr (GArray) list = g_array_new (FALSE, FALSE, sizeof (Alike));
  g_autoptr (KithDbStmt) stmt = kith_db_query (self->db, known ? "import-alike-known" : "import-alike", error);
  KithDbStep step;

  if (stmt == NULL)
    return NULL;
  g_array_set_clear_func (list, alike_clear);
  kith_db_bind_text (stmt, 1, id);
  kith_db_bind_int (stmt, 2, first);
  kith_db_bind_int (stmt, 3, last);
  while ((step = kith_db_step (stmt, error)) == KITH_DB_ROW)
    {
      Alike alike = { kith_db_int (stmt, 0), g_strdup (kith_db_text (stmt, 1)), g_strdup (kith_db_text (stmt, 2)) };

      g_array_append_val (list, alike);
    }
  return step == KITH_DB_DONE ? g_steal_pointer (&list) : NULL;
}

/* Rows that may be somebody here, and who: the matcher says. */
gboolean
kith_import_tell_maybes (KithStore *self, const char *id, gint64 first, gint64 last, gboolean known, GError **error)
{
  g_autoptr (GArray) list = list_alike (self, id, first, last, known, error);

  if (list == NULL)
    return FALSE;
  for (guint i = 0, next; i < list->len; i = next)
    {
      const Alike *alike = &g_array_index (list, Alike, i);
      g_autoptr (GPtrArray) clients = g_ptr_array_new ();
      g_autoptr (JsonObject) values = kith_json_parse_object (alike->body, -1, NULL, error);
      g_autoptr (GPtrArray) similar = NULL;
      const KithSimilar *likeliest;

      for (next = i; next < list->len && g_array_index (list, Alike, next).row == alike->row; next++)
        g_ptr_array_add (clients, g_array_index (list, Alike, next).client);
      similar = values != NULL ? kith_similar_weigh (self->db, values, clients, error) : NULL;
      if (similar == NULL)
        return FALSE;
      likeliest = similar->len > 0 ? similar->pdata[0] : NULL;
      if (likeliest != NULL && likeliest->result.zone != KITH_MATCH_NO &&
          !kith_db_run (self->db, error, "import-maybe", "sis", id, alike->row, likeliest->id))
        return FALSE;
    }
  return TRUE;
}

char *
kith_import_undecided (const char *number, gint64 like)
{
  g_autofree char *row = g_strdup_printf ("%" G_GINT64_FORMAT, like);

  if (number == NULL && like > 0) /* Translators: the number of a row */
    return g_strdup_printf (_("Perhaps the same person as row %s; nobody has decided"), row);
  /* Translators: a client's number */
  return number != NULL ? g_strdup_printf (_("Perhaps the same person as %s; nobody has decided"), number)
                        : g_strdup (_("Perhaps the same person as somebody who was here; nobody has decided"));
}

/* ---- to look at, and to decide ---- */

static void
add_fields (JsonArray *fields, JsonObject *set)
{
  g_autoptr (GList) missed = json_object_get_members (set);

  for (GList *l = missed; l != NULL; l = l->next)
    if (g_str_equal (l->data, KITH_IMPORT_BILLING))
      add_fields (fields, kith_json_object (set, l->data));
    else
      json_array_add_string_element (fields, l->data);
}

/* Of an earlier row, what it will be: the agency's. */
static void
take_row (JsonObject *body, const char *agency, JsonObject **billing)
{
  JsonObject *insured = kith_json_object (body, KITH_IMPORT_BILLING);

  if (insured != NULL)
    {
      json_object_unref (*billing);
      *billing = json_object_ref (insured);
      json_object_remove_member (body, KITH_IMPORT_BILLING);
    }
  json_object_set_string_member (body, "agency", agency);
}

/* body: of a "match" as the hub writes it, the client first and the row second. */
static JsonObject *
describe (KithDbStmt *stmt, const char *agency, GError **error)
{
  const KithKind *kind = kith_kind_get ("client");
  g_autoptr (JsonObject) values = kith_store_parse_args (kith_db_text (stmt, 1)), set = NULL;
  g_autoptr (JsonObject) body = kith_db_text (stmt, 3) != NULL ? kith_store_parse_args (kith_db_text (stmt, 3)) : json_object_new ();
  g_autoptr (JsonArray) fields = json_array_new ();
  g_autoptr (KithRecord) row = kith_record_new_for_body (kind, NULL, values), client = kith_record_new_for_body (kind, NULL, body);
  g_autoptr (KithRecord) match = kith_record_new (kith_kind_get ("match"), "");
  g_autoptr (JsonObject) billing = kith_db_text (stmt, 6) != NULL ? kith_store_parse_args (kith_db_text (stmt, 6)) : json_object_new ();
  gint64 like = kith_db_int (stmt, 7);

  if (like > 0)
    take_row (body, agency, &billing);
  set = kith_import_missing (values, body, billing, agency);
  add_fields (fields, set);
  kith_record_set_node (match, "first_values", kith_match_values (client));
  kith_record_set_node (match, "second_values", kith_match_values (row));
  kith_match_set_levels (match, client, row);
  return kith_json_new ("row", "i", kith_db_int (stmt, 0), "client", "s", kith_db_text (stmt, 2), "number", "s", kith_db_text (stmt, 4), "agency_name",
                        "s", kith_db_text (stmt, 5), "body", "o", json_object_ref (kith_record_get_body (match)), "missing", "a",
                        g_steal_pointer (&fields), "like", "i", like, NULL);
}

/**
 * kith_store_import_list_maybe:
 *
 * Returns: (transfer full) (element-type JsonObject): the first rows that nobody has decided on: "row", "client" (none: not here any more), its
 *   "number" and "agency_name", or "like": the earlier row of the list that becomes that client (0: is here), "body" as a match has it (first: the client, second: the row), "missing": fields the client would get
 */
GPtrArray *
kith_store_import_list_maybe (KithStore *self, const char *id, guint limit, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  g_autoptr (KithActor) actor = kith_store_load_actor (self, error);
  g_autoptr (KithDbStmt) stmt = actor != NULL ? kith_db_query (self->db, "import-maybes", error) : NULL;
  KithDbStep step;

  if (stmt == NULL)
    return NULL;
  kith_db_bind_text (stmt, 1, id);
  kith_db_bind_int (stmt, 2, limit);
  while ((step = kith_db_step (stmt, error)) == KITH_DB_ROW)
    g_ptr_array_add (list, describe (stmt, actor->agency, error));
  return step == KITH_DB_DONE ? g_steal_pointer (&list) : NULL;
}

/* NULL with an error: it is not for anybody to decide any more. */
static char *
open_row (KithStore *self, const char *id, gint64 row, GError **error)
{
  g_autoptr (KithDbStmt) stmt = kith_db_query (self->db, "import-row-get", error);
  KithDbStep step;

  if (stmt == NULL)
    return NULL;
  kith_db_bind_text (stmt, 1, id);
  kith_db_bind_int (stmt, 2, row);
  step = kith_db_step (stmt, error);
  if (step == KITH_DB_ROW && g_strv_contains ((const char *const[]) { "new", "maybe", "joining", NULL }, kith_db_text (stmt, 1)))
    return g_strdup (kith_db_text (stmt, 0));
  if (step != KITH_DB_FAILED)
    g_set_error_literal (error, KITH_STORE_ERROR, KITH_STORE_ERROR_FAILED, _("This row was dealt with already. Nothing was changed."));
  return NULL;
}

static gboolean
choose (KithStore *self, const char *id, gint64 row, const char *source_id, const char *client, KithImportVerdict verdict, GError **error)
{
  if (client != NULL &&
      !(verdict == KITH_IMPORT_OPEN ? kith_db_run (self->db, error, "import-choice-drop", "sss", id, source_id, client)
                                    : kith_db_run (self->db, error, "import-choice-put", "sssi", id, source_id, client, (gint64) (verdict == KITH_IMPORT_SAME))))
    return FALSE;
  if (verdict == KITH_IMPORT_SAME)
    return kith_db_run (self->db, error, "import-row-set", "siss", id, row, "joining", client);
  /* There may be somebody else here whom it means. */
  return kith_db_run (self->db, error, "import-row-set", "siss", id, row, "new", NULL) && kith_import_tell_maybes (self, id, row, row, FALSE, error) &&
         kith_import_tell_twice (self, id, row, row, error);
}

/**
 * kith_store_import_decide:
 * @row: of the import, as kith_store_import_list_maybe() tells it
 * @client: (nullable): who was beside it
 *
 * Before the import it is only remembered, afterwards the row goes its way at once.
 */
gboolean
kith_store_import_decide (KithStore *self, const char *id, gint64 row, const char *client, KithImportVerdict verdict, GError **error)
{
  g_autoptr (KithDbTransaction) transaction = kith_db_transaction_begin (self->db, error);
  g_autofree char *state = NULL, *source_id = NULL;
  gboolean done;

  if (transaction == NULL || !kith_import_load_job (self, id, NULL, &state, NULL, error))
    return FALSE;
  if (state == NULL)
    return kith_import_refuse_missing (error);
  source_id = open_row (self, id, row, error);
  if (source_id == NULL)
    return FALSE;
  done = strcmp (state, "done") == 0;
  return kith_store_end (self, transaction,
                         choose (self, id, row, source_id, client, verdict, error) &&
                           (!done || (kith_db_run (self->db, error, "import-job-state", "ss", id, "running") &&
                                      kith_import_note_state (self, id, "running", error))),
                         error);
}
