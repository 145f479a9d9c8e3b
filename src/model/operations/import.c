/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An import: how far it came, and taking it back. The rows themselves go in through their own operations, so that each is
 * judged like one that a person typed. */

#include "kith-import-id.h"
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

/* The id follows from agency and source, and is no other: nobody learns by naming one whether it is there (design.md 2.4). */
static gboolean
record_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  static const char *const fields[] = { "agency", "source",    "format",  "started",  "finished", "state",
                                        "taken",  "unchanged", "refused", "position", NULL };
  const char *id = kith_json_string (args, "id");
  g_autofree char *expected = kith_import_id (kith_json_string (args, "agency"), kith_json_string (args, "source"));
  g_autoptr (KithRecord) import = NULL;

  if (strcmp (id, expected) != 0)
    return kith_op_not_found (error);
  if (kith_json_string (args, "agency") != NULL && !kith_op_holds_none_here (cx, kith_json_string (args, "agency"), error)) /* C15: not even what the list is called */
    return FALSE;
  import = kith_op_new ("import", id);
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
  { "position", KITH_FIELD_STRING, N_("Position"), .max_length = 4000 },
};

/* ---- client.import_undo ---- */

/* What client.import makes beside the client, what the hub only proposes of it, and whom its author said with it that it is not; anything
 * else is somebody's work. */
static gboolean
goes_along (KithOpContext *cx, const KithKind *kind, KithRecord *record, const char *agency)
{
  if (strcmp (kind->name, "match") == 0)
    return kith_record_is (record, "state", "proposed") ||
           (kith_record_is (record, "state", "dismissed") && kith_record_is (record, "decided_by", cx->actor->user) &&
            kith_record_string (record, "proposed_at") == NULL);
  /* What was changed of it since is told by its history (was_patched). */
  if (strcmp (kind->name, "care") == 0)
    return kith_record_is (record, "agency", agency);
  /* One that a form began, which left no history before an empty field had any, says when its fields were set; one from a list does not. */
  if (strcmp (kind->name, "client_billing") == 0)
    return kith_record_is (record, "agency", agency) && kith_record_object (record, "_hlc") == NULL;
  return strcmp (kind->name, "assignment") == 0 && kith_record_is (record, "staff", cx->actor->user) &&
         kith_record_string (record, "case") == NULL;
}

static gboolean
collect_of (KithOpContext *cx, const KithKind *kind, const char *field, const char *client, const char *agency, GPtrArray *found, gboolean *touched, GError **error)
{
  g_autoptr (GPtrArray) records = kith_world_find (cx->world, NULL, kind->name, field, client, NULL, error);

  if (records == NULL)
    return FALSE;
  for (guint k = 0; k < records->len; k++)
    {
      *touched |= !goes_along (cx, kind, records->pdata[k], agency);
      g_ptr_array_add (found, g_object_ref (records->pdata[k]));
    }
  return TRUE;
}

/* Every record that names the client, whatever its kind and field: those that go along with it into found, *touched when there are others.
 * Who looked at it stays written down (C13), and is no work on it. */
static gboolean
collect (KithOpContext *cx, const char *client, const char *agency, GPtrArray *found, gboolean *touched, GError **error)
{
  guint n;
  const KithKind *const *kinds = kith_kinds_list (&n);

  for (guint i = 0; i < n; i++)
    for (guint k = 0; strcmp (kinds[i]->name, "audit_entry") != 0 && k < kinds[i]->n_fields; k++)
      {
        const KithField *field = &kinds[i]->fields[k];

        if (field->type == KITH_FIELD_REF && (field->flags & KITH_FIELD_INDEXED) && g_strcmp0 (field->target, "client") == 0 &&
            !collect_of (cx, kinds[i], field->name, client, agency, found, touched, error))
          return FALSE;
      }
  return TRUE;
}

/* All that a form can change, as one sum. */
static char *
sum_of (KithRecord *client)
{
  const KithKind *kind = kith_record_get_kind (client);
  g_autoptr (JsonObject) values = json_object_new ();
  g_autofree char *text = NULL;

  for (guint i = 0; i < kind->n_fields; i++)
    {
      JsonNode *node = json_object_get_member (kith_record_get_body (client), kind->fields[i].name);

      if (kind->fields[i].merge != KITH_MERGE_FIXED && node != NULL)
        json_object_set_member (values, kind->fields[i].name, json_node_copy (node));
    }
  text = kith_json_print_object (values);
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
}

void
kith_op_mark_imported (KithRecord *client)
{
  g_autofree char *sum = sum_of (client);

  kith_record_set_string (client, "imported_as", sum);
}

/* Nobody has changed a field since: what was written then is what is there. The record says it, not who asks. */
static gboolean
is_as_imported (KithRecord *client)
{
  g_autofree char *sum = sum_of (client);

  return kith_record_is (client, "imported_as", sum) && !kith_record_bool (client, "restricted");
}

/* A word that was changed and changed back leaves what it said between; of the client, and of what was imported of its insurance. */
static gboolean
was_patched (KithOpContext *cx, const char *client, gboolean *patched, GError **error)
{
  g_autofree char *billing = kith_op_natural_id ("client_billing", client, NULL);
  const char *const forms[] = { client, billing };

  *patched = FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_autoptr (GPtrArray) history = kith_world_find (cx->world, NULL, "field_history", "record", forms[i], NULL, error);

      if (history == NULL)
        return FALSE;
      *patched |= history->len > 0;
    }
  return TRUE;
}

/* One client of the import. Somebody has worked with it since: it stays, and *kept says so. */
static gboolean
undo_client (KithOpContext *cx, const char *agency, const char *source, JsonObject *row, gboolean *kept, GError **error)
{
  const char *source_id = kith_json_string (row, "source_id");
  g_autofree char *id = kith_import_client_id (agency, source, source_id);
  g_autoptr (KithRecord) client = NULL;
  g_autoptr (GPtrArray) along = g_ptr_array_new_with_free_func (g_object_unref);
  gboolean touched = FALSE, patched;

  if (!kith_op_get (cx, "client", id, &client, error))
    return FALSE;
  if (client == NULL)
    return TRUE;
  if (!collect (cx, id, agency, along, &touched, error) || !was_patched (cx, id, &patched, error))
    return FALSE;
  *kept = touched || patched || !kith_record_is (client, "registered_by", cx->actor->user) || !is_as_imported (client);
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

      if (row == NULL || kith_json_string (row, "source_id") == NULL)
        return kith_refuse (error, KITH_REFUSAL_INVALID, _("What is to be taken back is not described as it should be."));
    }
  return TRUE;
}

/* Takes imported clients back as long as nobody has done anything with them: not changed, no consent, referral, enrollment or case, nobody
 * else assigned. The others stay; the author is told by looking: they are still there. Each takes back what came in by itself: the hub what came at its
 * console, whichever agency it is of. */
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

      if (!undo_client (cx, kith_json_string (args, "agency"), kith_json_string (args, "source"), json_array_get_object_element (rows, i), &kept, error))
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
