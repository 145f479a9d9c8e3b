/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A client comes into the records of an agency: registered by a person, or imported from the agency's former program.
 */

#include "kith-import-id.h"
#include "operations/op-common.h"

/* Set by the operations themselves. */
static const char *const kept_fields[] = { "agency", "number", "registered_at", "registered_by", "registered_by_name", "source", "source_id", "imported_as",
                                           "restricted", "restricted_at", "restricted_by", "restricted_by_name", "restricted_reason", "consents_revoked_at",
                                           "consents_revoked_by", "consents_revoked_by_name", "consents_revoked_agency", "consents_revoke_reason", NULL };
static const char *const kept_form_fields[] = { "client", "agency", NULL };

static gboolean
fill (KithRecord *record, JsonObject *values, const char *const *kept, GError **error)
{
  const KithKind *kind = kith_record_get_kind (record);
  g_autoptr (GList) members = json_object_get_members (values);

  for (GList *l = members; l != NULL; l = l->next)
    {
      const char *name = l->data;

      if (kith_kind_get_field (kind, name) == NULL || g_strv_contains (kept, name))
        return kith_refuse (error, KITH_REFUSAL_INVALID, _("“%s” cannot be filled in here."), name);
      kith_op_set_node (record, name, values, name);
    }
  return TRUE;
}

static gboolean
begin_scopes (KithOpContext *cx, const char *client, const char *agency, GError **error)
{
  g_autofree char *identity = g_strconcat ("client:", client, NULL);
  g_autofree char *billing = g_strconcat ("client_billing:", client, NULL);
  g_autofree char *health = g_strconcat ("client_health:", client, NULL);
  g_autofree char *care = g_strconcat ("care:", client, ":", agency, NULL);

  if (cx->actor->health && !kith_world_begin_scope (cx->world, health, error))
    return FALSE;
  return kith_world_begin_scope (cx->world, identity, error) && kith_world_begin_scope (cx->world, billing, error) &&
         kith_world_begin_scope (cx->world, care, error);
}

/* What the agency knows the client as: it stays with it whatever becomes of consent (C1). */
static gboolean
put_care (KithOpContext *cx, KithRecord *client, const char *agency, GError **error)
{
  g_autoptr (KithRecord) care = kith_op_new_care (cx, client, agency);

  return kith_world_put (cx->world, care, error);
}

static gboolean
put_form (KithOpContext *cx, const char *kind, const char *client, const char *agency, JsonObject *values, GError **error)
{
  g_autofree char *id = kith_op_natural_id (kind, client, NULL);
  g_autoptr (KithRecord) form = kith_op_new (kind, id);

  if (!fill (form, values, kept_form_fields, error))
    return FALSE;
  kith_record_set_string (form, "client", client);
  kith_record_set_string (form, "agency", agency);
  return kith_world_put (cx->world, form, error);
}

/* U10: who may not read health information does not write it either. */
static gboolean
put_health (KithOpContext *cx, const char *client, const char *agency, JsonObject *values, GError **error)
{
  if (!cx->actor->health)
    return kith_refuse (error, KITH_REFUSAL_DENIED, _("Your account does not include health information."));
  return put_form (cx, "client_health", client, agency, values, error);
}

/* ---- client.register ---- */

/* U4: the consent that was given or refused belongs to the same act. Not asked: the client stays private to the agency.
 */
static gboolean
put_consent (KithOpContext *cx, const char *client, JsonObject *given, GError **error)
{
  g_autoptr (JsonObject) values = kith_json_copy_object (given);
  const char *permission = kith_json_string (values, "permission");
  gboolean granted = g_strcmp0 (permission, "refused") != 0;

  return kith_op_make_consent (cx, client, values, granted, error);
}

static gboolean
object_argument (JsonObject *args, const char *name, gboolean required, JsonObject **object, GError **error)
{
  *object = kith_json_object (args, name);
  if (*object == NULL && (required || json_object_has_member (args, name)))
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("The client’s details are not described as they should be."));
  return TRUE;
}

static gboolean
register_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  const char *id = kith_json_string (args, "id");
  const char *agency = cx->actor->agency;
  g_autofree char *time = kith_op_time (cx);
  g_autoptr (KithRecord) client = NULL;
  JsonObject *values, *billing, *health, *consent;

  if (!object_argument (args, "values", TRUE, &values, error) ||
      !object_argument (args, "billing", FALSE, &billing, error) ||
      !object_argument (args, "health", FALSE, &health, error) ||
      !object_argument (args, "consent", FALSE, &consent, error) || !kith_op_check_number (args, error) ||
      !kith_op_holds_none_here (cx, agency, error) || !kith_op_refuse_taken (cx, "client", id, error))
    return FALSE;

  client = kith_op_new ("client", id);
  if (!fill (client, values, kept_fields, error) || !kith_op_check_identity (client, error))
    return FALSE;
  kith_record_set_string (client, "agency", agency);
  kith_record_set_string (client, "number", kith_json_string (args, "number"));
  kith_op_sign (cx, client, "registered_at", "registered_by", "registered_by_name");

  /* The author is put on the client, or could not see what was just written (design.md 2.2, 7). */
  return begin_scopes (cx, id, agency, error) && kith_world_put (cx->world, client, error) &&
         put_care (cx, client, agency, error) &&
         kith_op_assign_to_client (cx, id, agency, cx->actor->user, NULL, error) &&
         (billing == NULL || put_form (cx, "client_billing", id, agency, billing, error)) &&
         (health == NULL || put_health (cx, id, agency, health, error)) &&
         (consent == NULL || put_consent (cx, id, consent, error)) && kith_op_tell_apart (cx, client, kith_json_array (args, "not_same"), error);
}

static const KithField register_args[] = {
  { "id", KITH_FIELD_ID, N_("Client"), KITH_FIELD_REQUIRED },
  { "number", KITH_FIELD_STRING, N_("Number"), KITH_FIELD_REQUIRED, 40 },
  { "values", KITH_FIELD_JSON, N_("Details"), KITH_FIELD_REQUIRED },
  { "billing", KITH_FIELD_JSON, N_("Insurance and billing") },
  { "health", KITH_FIELD_JSON, N_("Health information") },
  { "consent", KITH_FIELD_JSON, N_("Consent") },
  { "not_same", KITH_FIELD_REFS, N_("Other people, who look alike"), KITH_FIELD_LOOSE, .target = "client" },
};

/* ---- client.import ---- */

/* The hub's importers for any agency, staff for their own. */
static gboolean
import_permit (KithOpContext *cx, JsonObject *args, GError **error)
{
  if (cx->actor->level == KITH_LEVEL_HUB)
    return TRUE;
  if (!kith_op_permit_worker (cx, args, error))
    return FALSE;
  if (g_strcmp0 (cx->actor->agency, kith_json_string (args, "agency")) != 0)
    return kith_refuse (error, KITH_REFUSAL_DENIED, _("You can import clients only for your own agency."));
  return TRUE;
}

/* The id follows from the source, so the same row read again is the same client: what people changed since then is left
 * alone. */
static gboolean
import_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  const char *agency = kith_json_string (args, "agency");
  const char *source = kith_json_string (args, "source");
  const char *source_id = kith_json_string (args, "source_id");
  g_autofree char *id = kith_import_client_id (agency, source, source_id);
  g_autofree char *time = kith_op_time (cx);
  g_autoptr (KithRecord) client = NULL;
  JsonObject *values, *billing;

  /* One from elsewhere stands in the source_id: the number is ours, and mails carry it (C17). */
  if (!object_argument (args, "values", TRUE, &values, error) || !object_argument (args, "billing", FALSE, &billing, error) ||
      (kith_json_string (args, "number") != NULL && !kith_op_check_number (args, error)) || !kith_op_holds_none_here (cx, agency, error) ||
      !kith_op_get (cx, "client", id, &client, error))
    return FALSE;
  if (client != NULL)
    {
      kith_op_noop (cx);
      return TRUE;
    }

  client = kith_op_new ("client", id);
  if (!fill (client, values, kept_fields, error) || !kith_op_check_identity (client, error))
    return FALSE;
  kith_record_set_string (client, "agency", agency);
  kith_record_set_string (client, "number", kith_json_string (args, "number"));
  kith_record_set_string (client, "source", source);
  kith_record_set_string (client, "source_id", source_id);
  kith_op_sign (cx, client, "registered_at", "registered_by", "registered_by_name");
  kith_op_mark_imported (client);

  return begin_scopes (cx, id, agency, error) && kith_world_put (cx->world, client, error) &&
         put_care (cx, client, agency, error) &&
         (cx->actor->level == KITH_LEVEL_HUB ||
          kith_op_assign_to_client (cx, id, agency, cx->actor->user, NULL, error)) &&
         (billing == NULL || put_form (cx, "client_billing", id, agency, billing, error)) &&
         kith_op_tell_apart (cx, client, kith_json_array (args, "not_same"), error);
}

static const KithField import_args[] = {
  { "agency", KITH_FIELD_REF, N_("Agency"), KITH_FIELD_REQUIRED, .target = "organization" },
  { "source", KITH_FIELD_STRING, N_("Source"), KITH_FIELD_REQUIRED },
  { "source_id", KITH_FIELD_STRING, N_("Number in the source"), KITH_FIELD_REQUIRED },
  { "number", KITH_FIELD_STRING, N_("Number"), 0, 40 },
  { "values", KITH_FIELD_JSON, N_("Details"), KITH_FIELD_REQUIRED },
  { "import", KITH_FIELD_REF, N_("Import"), KITH_FIELD_LOOSE, .target = "import" },
  { "not_same", KITH_FIELD_REFS, N_("Other people, who look alike"), KITH_FIELD_LOOSE, .target = "client", .since = 3 },
  { "billing", KITH_FIELD_JSON, N_("Insurance and billing"), KITH_FIELD_MEANT, .since = 6 }, /* what a list says of it is not left behind at an older hub */
};

const KithOperation kith_operations_client[] = {
  { "client.register", N_("Register client"), KITH_RUNS_DESK, 0, register_args, G_N_ELEMENTS (register_args),
    kith_op_permit_worker, register_apply },
  { "client.import", N_("Import client"), KITH_RUNS_DESK, 0, import_args, G_N_ELEMENTS (import_args), import_permit,
    import_apply },
  { NULL },
};
