/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An import: how far it came, and taking it back. The rows themselves go in through their own operations, so that each is
 * judged like one that a person typed. */

#include "operations/op-common.h"

#define MAX_UNDO 100 /* clients of one operation: care, billing and assignment go with each */

/* The hub's importers for any agency and for none, staff for their own. */
static gboolean
own_permit (KithOpContext *cx, JsonObject *args, GError **error)
{
  if (cx->actor->level == KITH_LEVEL_HUB)
    return TRUE;
  if (!kith_op_permit_worker (cx, args, error))
    return FALSE;
  if (g_strcmp0 (cx->actor->agency, kith_json_string (args, "agency")) != 0)
    return kith_refuse (error, KITH_REFUSAL_DENIED, _("You can import clients only for your own agency."));
  return TRUE;
}

/* ---- import.record ---- */

/* An id is worked out from agency and source, so another agency's could be named: that one is not found. */
static gboolean
record_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  static const char *const fields[] = { "agency", "source",    "format",  "started",  "finished", "state",
                                        "taken",  "unchanged", "refused", "position", NULL };
  const char *agency = kith_json_string (args, "agency");
  g_autoptr (KithRecord) import = kith_op_new ("import", kith_json_string (args, "id"));
  g_autoptr (KithRecord) there = NULL;

  if (!kith_op_get (cx, "import", kith_json_string (args, "id"), &there, error))
    return FALSE;
  if (there != NULL && g_strcmp0 (kith_record_string (there, "agency"), agency) != 0)
    return kith_op_not_found (error);
  kith_op_copy (import, args, fields);
  return kith_world_put (cx->world, import, error);
}

static const KithField record_args[] = {
  { "id", KITH_FIELD_ID, N_("Import"), KITH_FIELD_REQUIRED },
  { "agency", KITH_FIELD_REF, N_("Agency"), .target = "organization" },
  { "source", KITH_FIELD_STRING, N_("Source"), KITH_FIELD_REQUIRED, .max_length = 255 },
  { "format", KITH_FIELD_STRING, N_("Format") },
  { "started", KITH_FIELD_TIME, N_("Started") },
  { "finished", KITH_FIELD_TIME, N_("Finished") },
  { "state", KITH_FIELD_CODE, N_("State"), KITH_FIELD_REQUIRED, .vocabulary = "import_state" },
  { "taken", KITH_FIELD_INT, N_("Taken") },
  { "unchanged", KITH_FIELD_INT, N_("Unchanged") },
  { "refused", KITH_FIELD_INT, N_("Refused") },
  { "position", KITH_FIELD_STRING, N_("Position") },
};

/* ---- client.import_undo ---- */

/* What client.import makes beside the client, and what the hub only proposes of it; anything else is somebody's work. */
static gboolean
goes_along (KithOpContext *cx, const KithKind *kind, KithRecord *record)
{
  if (strcmp (kind->name, "match") == 0)
    return kith_record_is (record, "state", "proposed");
  if (strcmp (kind->name, "care") == 0)
    return kith_record_is (record, "agency", cx->actor->agency);
  return strcmp (kind->name, "assignment") == 0 && kith_record_is (record, "staff", cx->actor->user) &&
         kith_record_string (record, "case") == NULL;
}

static gboolean
collect_of (KithOpContext *cx, const KithKind *kind, const char *field, const char *client, GPtrArray *found, gboolean *touched, GError **error)
{
  g_autoptr (GPtrArray) records = kith_world_find (cx->world, NULL, kind->name, field, client, NULL, error);

  if (records == NULL)
    return FALSE;
  for (guint k = 0; k < records->len; k++)
    {
      *touched |= !goes_along (cx, kind, records->pdata[k]);
      g_ptr_array_add (found, g_object_ref (records->pdata[k]));
    }
  return TRUE;
}

/* Every record that names the client, whatever its kind and field: those that go along with it into found, *touched when there are others.
 * Who looked at it stays written down (C13), and is no work on it. */
static gboolean
collect (KithOpContext *cx, const char *client, GPtrArray *found, gboolean *touched, GError **error)
{
  guint n;
  const KithKind *const *kinds = kith_kinds_list (&n);

  for (guint i = 0; i < n; i++)
    for (guint k = 0; strcmp (kinds[i]->name, "audit_entry") != 0 && k < kinds[i]->n_fields; k++)
      {
        const KithField *field = &kinds[i]->fields[k];

        if (field->type == KITH_FIELD_REF && (field->flags & KITH_FIELD_INDEXED) && g_strcmp0 (field->target, "client") == 0 &&
            !collect_of (cx, kinds[i], field->name, client, found, touched, error))
          return FALSE;
      }
  return TRUE;
}

/* Nobody has changed a field since: what the file said is what is there. */
static gboolean
is_as_imported (KithRecord *client, JsonObject *values)
{
  const KithKind *kind = kith_record_get_kind (client);

  for (guint i = 0; i < kind->n_fields; i++)
    {
      const KithField *field = &kind->fields[i];
      JsonNode *now, *then;

      if (field->merge == KITH_MERGE_FIXED)
        continue;
      now = json_object_get_member (kith_record_get_body (client), field->name);
      then = json_object_get_member (values, field->name);
      if ((now == NULL) != (then == NULL) || (now != NULL && !kith_json_equal (now, then)))
        return FALSE;
    }
  return !kith_record_bool (client, "restricted");
}

/* One client of the import. Somebody has worked with it since: it stays, and *kept says so. */
static gboolean
undo_client (KithOpContext *cx, const char *source, JsonObject *row, gboolean *kept, GError **error)
{
  const char *source_id = kith_json_string (row, "source_id");
  JsonObject *values = kith_json_object (row, "values");
  g_autofree char *key = g_strconcat (cx->actor->agency, "/", source, "/", source_id, NULL);
  g_autofree char *id = kith_id_natural ("client", key);
  g_autoptr (KithRecord) client = NULL;
  g_autoptr (GPtrArray) along = g_ptr_array_new_with_free_func (g_object_unref);
  gboolean touched = FALSE;

  if (!kith_op_get (cx, "client", id, &client, error))
    return FALSE;
  if (client == NULL)
    return TRUE;
  if (!collect (cx, id, along, &touched, error))
    return FALSE;
  *kept = touched || !kith_record_is (client, "registered_by", cx->actor->user) || !is_as_imported (client, values);
  if (*kept)
    return TRUE;
  for (guint i = 0; i < along->len; i++)
    if (!kith_world_remove (cx->world, kith_record_get_kind (along->pdata[i])->name, kith_record_get_id (along->pdata[i]), error))
      return FALSE;
  return kith_world_remove (cx->world, "client", id, error);
}

static gboolean
check_rows (JsonArray *rows, GError **error)
{
  if (rows == NULL || json_array_get_length (rows) == 0 || json_array_get_length (rows) > MAX_UNDO)
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("Between 1 and %u clients can be taken back at once."), MAX_UNDO);
  for (guint i = 0; i < json_array_get_length (rows); i++)
    {
      JsonNode *node = json_array_get_element (rows, i);
      JsonObject *row = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

      if (row == NULL || kith_json_string (row, "source_id") == NULL || kith_json_object (row, "values") == NULL)
        return kith_refuse (error, KITH_REFUSAL_INVALID, _("What is to be taken back is not described as it should be."));
    }
  return TRUE;
}

/* Takes imported clients back as long as nobody has done anything with them: not changed, no consent, referral, enrollment or case, nobody
 * else assigned. The others stay; the author is told by looking: they are still there. */
static gboolean
undo_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  JsonArray *rows = kith_json_array (args, "clients");
  gboolean all_kept = TRUE;

  if (!check_rows (rows, error))
    return FALSE;
  for (guint i = 0; i < json_array_get_length (rows); i++)
    {
      gboolean kept = FALSE;

      if (!undo_client (cx, kith_json_string (args, "source"), json_array_get_object_element (rows, i), &kept, error))
        return FALSE;
      all_kept &= kept;
    }
  if (all_kept)
    kith_op_noop (cx);
  return TRUE;
}

static const KithField undo_args[] = {
  { "agency", KITH_FIELD_REF, N_("Agency"), KITH_FIELD_REQUIRED, .target = "organization" },
  { "source", KITH_FIELD_STRING, N_("Source"), KITH_FIELD_REQUIRED, .max_length = 255 },
  { "clients", KITH_FIELD_JSON, N_("Clients"), KITH_FIELD_REQUIRED },
};

const KithOperation kith_operations_import[] = {
  { "import.record", N_("Note an import’s progress"), KITH_RUNS_DESK, 0, record_args, G_N_ELEMENTS (record_args), own_permit, record_apply },
  { "client.import_undo", N_("Take an import back"), KITH_RUNS_DESK, 0, undo_args, G_N_ELEMENTS (undo_args), own_permit, undo_apply },
  { NULL },
};
