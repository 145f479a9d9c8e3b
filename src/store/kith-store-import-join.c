/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a row says that the record of its person does not: filled in, and taken back. */

#include "kith-store-import-private.h"

#include <glib/gi18n.h>
#include <string.h>

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

JsonObject *
kith_import_missing (JsonObject *values, JsonObject *client, JsonObject *billing, const char *agency)
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

/* TRUE: somebody said something else there before, so that it is empty for a reason: a phone that is not to be called is not brought back by a list. */
static gboolean
was_emptied (KithStore *self, const char *record, const char *field, gboolean *emptied, GError **error)
{
  gint64 found = 0;

  if (!kith_db_fetch_int (self->db, &found, error, "import-emptied", "ss", record, field))
    return FALSE;
  *emptied = found != 0;
  return TRUE;
}

static gboolean
leave_in (KithStore *self, const char *record, JsonObject *set, GError **error)
{
  g_autoptr (GList) fields = json_object_get_members (set);

  for (GList *l = fields; l != NULL; l = l->next)
    {
      gboolean emptied = FALSE;

      if (!g_str_equal (l->data, KITH_IMPORT_BILLING) && !was_emptied (self, record, l->data, &emptied, error))
        return FALSE;
      if (emptied)
        json_object_remove_member (set, l->data);
    }
  return TRUE;
}

gboolean
kith_import_leave_emptied (KithStore *self, const char *client, JsonObject *set, GError **error)
{
  g_autofree char *billing = kith_id_natural ("client_billing", client);
  JsonObject *insured = kith_json_object (set, KITH_IMPORT_BILLING);

  if (!leave_in (self, client, set, error) || (insured != NULL && !leave_in (self, billing, insured, error)))
    return FALSE;
  if (insured != NULL && json_object_get_size (insured) == 0)
    json_object_remove_member (set, KITH_IMPORT_BILLING);
  return TRUE;
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

gboolean
kith_import_load_client (KithStore *self, const char *id, JsonObject **client, JsonObject **billing, GError **error)
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

/* Of what kith_import_missing() told; *taken has what was taken of it, in the same shape. (transfer full) */
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
  gboolean own; /* the client the row itself became, not one it was said to be */
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
                    g_strdup (kith_db_text (stmt, 2)), kith_db_int (stmt, 3) != 0 };

      g_array_append_val (list, join);
    }
  return step == KITH_DB_DONE ? g_steal_pointer (&list) : NULL;
}

static gboolean
join_row (KithStore *self, const char *id, const char *agency, const Join *join, GError **error)
{
  g_autoptr (JsonObject) client = NULL, billing = NULL, set = NULL, taken = NULL;
  g_autofree char *filled = NULL;

  if (!kith_import_load_client (self, join->client, &client, &billing, error))
    return FALSE;
  if (client == NULL)
    return kith_db_run (self->db, error, "import-row-refused", "sis", id, join->row, _("Whom it was said to be is not on this computer. Nothing of this row was taken. Import it again when you have access to them."));
  set = kith_import_missing (join->values, client, billing, agency);
  if (join->own && !kith_import_leave_emptied (self, join->client, set, error))
    return FALSE;
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

  if (!kith_import_load_client (self, join->client, &client, &billing, error))
    return FALSE;
  set = taken_back (join->values, client);
  of_billing = insured != NULL && client != NULL ? taken_back (insured, billing) : NULL;
  if (of_billing != NULL && json_object_get_size (of_billing) > 0)
    json_object_set_object_member (set, KITH_IMPORT_BILLING, g_steal_pointer (&of_billing));
  return patch (self, join->client, set, NULL, error) && kith_db_run (self->db, error, "import-row-set", "siss", id, join->row, join->own ? "same" : "skipped", NULL);
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

