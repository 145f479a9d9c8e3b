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

/* ---- what is missing ---- */

static gboolean
is_empty (JsonNode *node)
{
  return node == NULL || JSON_NODE_HOLDS_NULL (node) || (JSON_NODE_HOLDS_ARRAY (node) && json_array_get_length (json_node_get_array (node)) == 0) ||
         (JSON_NODE_HOLDS_OBJECT (node) && json_object_get_size (json_node_get_object (node)) == 0) ||
         (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING && *json_node_get_string (node) == '\0');
}

/* Somebody with one name has no other that is missing; a description is of who gave none. */
static gboolean
is_wanted (JsonObject *client, const char *field)
{
  gboolean single = json_object_has_member (client, "single_name") && json_object_get_boolean_member (client, "single_name");

  return !(single && g_str_has_suffix (field, "_name")) && !g_str_equal (field, "described_as");
}

/* Of one form; client: whose it is */
JsonObject *
kith_import_missing_of (JsonObject *values, JsonObject *form, JsonObject *client)
{
  JsonObject *set = json_object_new ();
  JsonObjectIter iter;
  const char *field;
  JsonNode *value;

  json_object_iter_init_ordered (&iter, values);
  while (json_object_iter_next_ordered (&iter, &field, &value))
    if (!g_str_equal (field, KITH_IMPORT_BILLING) && is_empty (json_object_get_member (form, field)) && !is_empty (value) && is_wanted (client, field))
      {
        JsonObject *change = json_object_new ();

        json_object_set_member (change, "new", json_node_copy (value));
        json_object_set_boolean_member (change, "yields", TRUE);
        json_object_set_object_member (set, field, change);
      }
  return set;
}

/* What the row says and the client does not, as record.patch takes it; of the insurance, which is another form, within it. Only a client of the own
 * agency gets anything: what another agency knows is theirs to write. Returns: (transfer full); empty: nothing */
static JsonObject *
missing (JsonObject *values, JsonObject *client, JsonObject *billing, const char *agency)
{
  JsonObject *insured = kith_json_object (values, KITH_IMPORT_BILLING), *set;
  g_autoptr (JsonObject) of_billing = NULL;

  if (g_strcmp0 (client != NULL ? kith_json_string (client, "agency") : NULL, agency) != 0)
    return json_object_new ();
  set = kith_import_missing_of (values, client, client);
  of_billing = insured != NULL ? kith_import_missing_of (insured, billing, client) : NULL;
  if (of_billing != NULL && json_object_get_size (of_billing) > 0)
    json_object_set_object_member (set, KITH_IMPORT_BILLING, g_steal_pointer (&of_billing));
  return set;
}

static gboolean
load (KithStore *self, const char *query, const char *id, JsonObject **form, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autofree char *body = id != NULL ? kith_db_fetch_text (self->db, &local, query, "s", id) : NULL;

  *form = body != NULL ? kith_store_parse_args (body) : NULL;
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* *client: NULL: not here any more; *billing: empty: nothing is known */
static gboolean
load_client (KithStore *self, const char *id, JsonObject **client, JsonObject **billing, GError **error)
{
  if (!load (self, "import-client", id, client, error) || !load (self, "import-billing", id, billing, error))
    return FALSE;
  if (*billing == NULL)
    *billing = json_object_new ();
  return TRUE;
}

/* Changes of one form of a client; refused: as if there were nothing to change, the row is dealt with all the same. */
static gboolean
patch_form (KithStore *self, const char *kind, const char *client, JsonObject *set, gboolean *taken, GError **error)
{
  gboolean own = g_str_equal (kind, "client");
  g_autofree char *id = own ? g_strdup (client) : kith_id_natural (kind, client);
  g_autoptr (JsonObject) args = kith_json_new ("t", "s", kind, "id", "s", id, "client", "s", own ? NULL : client, "set", "o", json_object_ref (set), NULL);
  g_autoptr (GError) local = NULL;

  *taken = FALSE;
  if (json_object_get_size (set) == 0)
    return TRUE;
  if (!kith_db_savepoint (self->db, "import_row", error))
    return FALSE;
  *taken = kith_store_submit_within (self, "record.patch", args, 0, NULL, &local);
  if (*taken)
    return kith_db_release (self->db, "import_row", error);
  kith_db_rollback_to (self->db, "import_row");
  if (local->domain == KITH_REFUSAL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* Of what missing() told; *taken has what was taken of it, in the same shape. (transfer full) */
static gboolean
patch (KithStore *self, const char *client, JsonObject *set, JsonObject **taken, GError **error)
{
  g_autoptr (JsonObject) own = kith_json_copy_object (set), done = NULL;
  JsonObject *billing = kith_json_object (set, KITH_IMPORT_BILLING);
  gboolean took, took_billing = FALSE;

  if (billing != NULL)
    json_object_remove_member (own, KITH_IMPORT_BILLING);
  if (!patch_form (self, "client", client, own, &took, error) || (billing != NULL && !patch_form (self, "client_billing", client, billing, &took_billing, error)))
    return FALSE;
  done = took ? json_object_ref (own) : json_object_new ();
  if (took_billing)
    json_object_set_object_member (done, KITH_IMPORT_BILLING, json_object_ref (billing));
  if (taken != NULL)
    *taken = g_steal_pointer (&done);
  return TRUE;
}

typedef struct
{
  gint64 row;
  JsonObject *values; /* the row's, or what was filled in */
  char *client;
} Join;

static void
join_clear (gpointer data)
{
  Join *join = data;

  g_clear_pointer (&join->values, json_object_unref);
  g_free (join->client);
}

static GArray *
list_joins (KithStore *self, const char *query, const char *id, guint limit, GError **error)
{
  g_autoptr (GArray) list = g_array_new (FALSE, FALSE, sizeof (Join));
  g_autoptr (KithDbStmt) stmt = kith_db_query (self->db, query, error);
  KithDbStep step;

  if (stmt == NULL)
    return NULL;
  g_array_set_clear_func (list, join_clear);
  kith_db_bind_text (stmt, 1, id);
  kith_db_bind_int (stmt, 2, limit);
  while ((step = kith_db_step (stmt, error)) == KITH_DB_ROW)
    {
      Join join = { kith_db_int (stmt, 0), kith_db_text (stmt, 1) != NULL ? kith_store_parse_args (kith_db_text (stmt, 1)) : json_object_new (),
                    g_strdup (kith_db_text (stmt, 2)) };

      g_array_append_val (list, join);
    }
  return step == KITH_DB_DONE ? g_steal_pointer (&list) : NULL;
}

static gboolean
join_row (KithStore *self, const char *id, const char *agency, const Join *join, GError **error)
{
  g_autoptr (JsonObject) client = NULL, billing = NULL, set = NULL, taken = NULL;
  g_autofree char *filled = NULL;

  if (!load_client (self, join->client, &client, &billing, error))
    return FALSE;
  if (client == NULL)
    return kith_db_run (self->db, error, "import-row-refused", "sis", id, join->row, _("Whom it was said to be is not on this computer. Nothing of this row was taken. Import it again when you have access to them."));
  set = missing (join->values, client, billing, agency);
  if (!patch (self, join->client, set, &taken, error))
    return FALSE;
  filled = json_object_get_size (taken) > 0 ? kith_json_print_object (taken) : NULL;
  return kith_db_run (self->db, error, "import-joined", "sis", id, join->row, filled);
}

gboolean
kith_import_join (KithStore *self, const char *id, guint limit, guint *n, GError **error)
{
  g_autoptr (KithActor) actor = kith_store_load_actor (self, error);
  g_autoptr (GArray) rows = actor != NULL ? list_joins (self, "import-joining", id, limit, error) : NULL;

  *n = rows != NULL ? rows->len : 0;
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    if (!join_row (self, id, actor->agency, &g_array_index (rows, Join, i), error))
      return FALSE;
  return rows != NULL;
}

/* What somebody has changed since stays as they want it. Yours; empty: nothing */
static JsonObject *
taken_back (JsonObject *filled, JsonObject *form)
{
  JsonObject *set = json_object_new ();
  JsonObjectIter iter;
  const char *field;
  JsonNode *change;

  json_object_iter_init_ordered (&iter, filled);
  while (form != NULL && json_object_iter_next_ordered (&iter, &field, &change))
    {
      JsonNode *value = json_object_get_member (json_node_get_object (change), "new"), *now = json_object_get_member (form, field);

      if (!g_str_equal (field, KITH_IMPORT_BILLING) && now != NULL && kith_json_equal (now, value))
        {
          JsonObject *back = json_object_new ();

          json_object_set_member (back, "old", json_node_copy (value));
          json_object_set_boolean_member (back, "yields", TRUE);
          json_object_set_object_member (set, field, back);
        }
    }
  return set;
}

static gboolean
part_row (KithStore *self, const char *id, const Join *join, GError **error)
{
  g_autoptr (JsonObject) client = NULL, billing = NULL, set = NULL, of_billing = NULL;
  JsonObject *insured = kith_json_object (join->values, KITH_IMPORT_BILLING);

  if (!load_client (self, join->client, &client, &billing, error))
    return FALSE;
  set = taken_back (join->values, client);
  of_billing = insured != NULL && client != NULL ? taken_back (insured, billing) : NULL;
  if (of_billing != NULL && json_object_get_size (of_billing) > 0)
    json_object_set_object_member (set, KITH_IMPORT_BILLING, g_steal_pointer (&of_billing));
  return patch (self, join->client, set, NULL, error) && kith_db_run (self->db, error, "import-row-set", "siss", id, join->row, "skipped", NULL);
}

gboolean
kith_import_part (KithStore *self, const char *id, guint limit, guint *n, GError **error)
{
  g_autoptr (GArray) rows = list_joins (self, "import-joined-next", id, limit, error);

  *n = rows != NULL ? rows->len : 0;
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    if (!part_row (self, id, &g_array_index (rows, Join, i), error))
      return FALSE;
  return rows != NULL;
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
  set = missing (values, body, billing, agency);
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
