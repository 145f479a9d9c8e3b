/* SPDX-License-Identifier: GPL-3.0-or-later */

/* portal.assign, .remove, .set_permissions: what a provider portal account follows and may (P7 to P11). At the hub, at once. */

#include "operations/op-common.h"

static gboolean
portal_permit (KithOpContext *cx, JsonObject *args, GError **error)
{
  g_autoptr (KithRecord) staff = NULL;

  if (!kith_op_need (cx, "staff", kith_json_string (args, "staff"), &staff, error))
    return FALSE;
  return staff == NULL || kith_op_administers (cx, kith_record_string (staff, "agency")) ||
         kith_refuse (error, KITH_REFUSAL_DENIED, _("Only your agency’s administrator or network staff can change accounts."));
}

static gboolean
load_portal (KithOpContext *cx, JsonObject *args, KithRecord **staff, GError **error)
{
  if (!kith_op_need (cx, "staff", kith_json_string (args, "staff"), staff, error))
    return FALSE;
  if (*staff != NULL && !kith_record_is (*staff, "level", "portal"))
    return kith_refuse (error, KITH_REFUSAL_NOT_ELIGIBLE, _("Only accounts of the provider portal follow directory records."));
  return TRUE;
}

/* The agency behind an agency, program or service of the directory. found: FALSE, there is no such record. */
static gboolean
find_resource (KithOpContext *cx, const char *id, char **agency, gboolean *found, GError **error)
{
  static const struct { const char *kind, *agency; } kinds[] = {
    { "organization", NULL }, { "program", "organization_id" }, { "service", "organization_id" },
  };

  *agency = NULL;
  *found = FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (kinds) && !*found; i++)
    {
      g_autoptr (KithRecord) record = NULL;

      if (!kith_op_get (cx, kinds[i].kind, id, &record, error))
        return FALSE;
      if (record == NULL)
        continue;
      *found = TRUE;
      *agency = g_strdup (kinds[i].agency != NULL ? kith_record_string (record, kinds[i].agency) : id);
    }
  return TRUE;
}

/* An account belongs to one agency, and follows that agency, its programs and its services. */
static gboolean
check_resource (KithOpContext *cx, KithRecord *staff, const char *id, GError **error)
{
  g_autofree char *agency = NULL;
  gboolean found;

  if (!find_resource (cx, id, &agency, &found, error))
    return FALSE;
  if (!found)
    return kith_op_not_found (error);
  return kith_record_is (staff, "agency", agency) ||
         kith_refuse (error, KITH_REFUSAL_NOT_ELIGIBLE, _("An account follows its own agency, and the programs and services of that agency."));
}

static gboolean
put_resources (KithOpContext *cx, KithRecord *staff, const char *resource, gboolean with, GError **error)
{
  JsonArray *before = kith_record_array (staff, "resources");
  JsonArray *after = json_array_new ();
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);

  for (guint i = 0; before != NULL && i < json_array_get_length (before); i++)
    if (g_strcmp0 (json_array_get_string_element (before, i), resource) != 0)
      json_array_add_string_element (after, json_array_get_string_element (before, i));
  if (with)
    json_array_add_string_element (after, resource);
  json_node_take_array (node, after);
  kith_record_set_node (staff, "resources", node);
  return kith_world_put (cx->world, staff, error);
}

static gboolean
assign_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  const char *resource = kith_json_string (args, "resource");
  g_autoptr (KithRecord) staff = NULL;

  if (!load_portal (cx, args, &staff, error))
    return FALSE;
  if (staff == NULL)
    return TRUE;
  if (!check_resource (cx, staff, resource, error))
    return FALSE;
  if (kith_record_list_has (staff, "resources", resource))
    {
      kith_op_noop (cx);
      return TRUE;
    }
  return put_resources (cx, staff, resource, TRUE, error);
}

/* Taking away needs no look at the directory: the record may be gone from it. */
static gboolean
remove_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  const char *resource = kith_json_string (args, "resource");
  g_autoptr (KithRecord) staff = NULL;

  if (!load_portal (cx, args, &staff, error))
    return FALSE;
  if (staff == NULL)
    return TRUE;
  if (!kith_record_list_has (staff, "resources", resource))
    {
      kith_op_noop (cx);
      return TRUE;
    }
  return put_resources (cx, staff, resource, FALSE, error);
}

/* What is not said stays as it is. */
static gboolean
permissions_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  static const char *const switches[] = { "edits_capacity", "changes_status", "sees_details" };
  g_autoptr (KithRecord) staff = NULL;
  gboolean changed = FALSE;

  if (!load_portal (cx, args, &staff, error))
    return FALSE;
  if (staff == NULL)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (switches); i++)
    {
      gboolean before = kith_record_bool (staff, switches[i]);
      gboolean now = kith_json_bool (args, switches[i], before);

      if (now != before)
        kith_record_set_bool (staff, switches[i], now);
      changed |= now != before;
    }
  if (!changed)
    {
      kith_op_noop (cx);
      return TRUE;
    }
  return kith_world_put (cx->world, staff, error);
}

#define ARG_STAFF { "staff", KITH_FIELD_REF, N_("Account"), KITH_FIELD_REQUIRED, .target = "staff" }

static const KithField resource_args[] = {
  ARG_STAFF,
  { "resource", KITH_FIELD_ID, N_("Agency, program or service"), KITH_FIELD_REQUIRED },
};

static const KithField permissions_args[] = {
  ARG_STAFF,
  { "edits_capacity", KITH_FIELD_BOOL, N_("Can edit capacity") },
  { "changes_status", KITH_FIELD_BOOL, N_("Can change status") },
  { "sees_details", KITH_FIELD_BOOL, N_("May see contact record details") },
};

const KithOperation kith_operations_portal[] = {
  { "portal.assign", N_("Let an account follow a directory record"), KITH_RUNS_ONLINE, 0, resource_args, G_N_ELEMENTS (resource_args),
    portal_permit, assign_apply, kith_op_show_answered },
  { "portal.remove", N_("Take a directory record from an account"), KITH_RUNS_ONLINE, 0, resource_args, G_N_ELEMENTS (resource_args),
    portal_permit, remove_apply, kith_op_show_answered },
  { "portal.set_permissions", N_("Change what a portal account may"), KITH_RUNS_ONLINE, 0, permissions_args, G_N_ELEMENTS (permissions_args),
    portal_permit, permissions_apply, kith_op_show_answered },
  { NULL },
};
