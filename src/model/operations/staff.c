/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Accounts: who works where, in which role, with which duties (U1, U2, U10 to U12, U17, U21 to U23). All of it at the
 * hub, at once. */

#include "kith-login.h"
#include "operations/op-common.h"

/* ---- who may ---- */

static gboolean
refuse_admin (GError **error)
{
  return kith_refuse (error, KITH_REFUSAL_DENIED,
                      _("Only your agency’s administrator or network staff can change accounts."));
}

static gboolean
staff_permit (KithOpContext *cx, JsonObject *args, GError **error)
{
  g_autoptr (KithRecord) staff = NULL;

  if (!kith_op_need (cx, "staff", kith_json_string (args, "staff"), &staff, error))
    return FALSE;
  return staff == NULL || kith_op_administers (cx, kith_record_string (staff, "agency")) || refuse_admin (error);
}

static gboolean
refuse_training (GError **error)
{
  return kith_refuse (error, KITH_REFUSAL_DENIED, _("Only network staff can confirm that the training is complete."));
}

static gboolean
add_permit (KithOpContext *cx, JsonObject *args, GError **error)
{
  if (!kith_op_administers (cx, kith_json_string (args, "agency")))
    return refuse_admin (error);
  return !kith_json_bool (args, "trained", FALSE) || kith_op_is_network (cx) || refuse_training (error);
}

/* ---- services of a person (U11, U12) ---- */

static const KithField service_fields[] = {
  { "service", KITH_FIELD_ID, N_("Service"), KITH_FIELD_REQUIRED },
  { "role", KITH_FIELD_CODE, N_("Role"), .vocabulary = "role" },
};

static gboolean
check_services (KithOpContext *cx, JsonArray *services, const char *agency, GError **error)
{
  for (guint i = 0; services != NULL && i < json_array_get_length (services); i++)
    {
      JsonNode *node = json_array_get_element (services, i);
      JsonObject *entry = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      g_autoptr (KithRecord) service = NULL;

      if (entry == NULL)
        return kith_refuse (error, KITH_REFUSAL_INVALID,
                            _("A service of this person is not described as it should be."));
      if (!kith_fields_check (service_fields, G_N_ELEMENTS (service_fields), entry, FALSE, error) ||
          !kith_op_need (cx, "service", kith_json_string (entry, "service"), &service, error))
        return FALSE;
      if (service != NULL && !kith_record_is (service, "organization_id", agency))
        return kith_refuse (error, KITH_REFUSAL_INVALID, _("Staff can be given services of their own agency only."));
    }
  return TRUE;
}

static gboolean
put_service (KithOpContext *cx, const char *staff, const char *agency, JsonObject *entry, gboolean *changed,
             GError **error)
{
  const char *service = kith_json_string (entry, "service");
  const char *role = kith_json_string (entry, "role");
  g_autofree char *id = kith_op_natural_id ("staff_service", staff, service, NULL);
  g_autoptr (KithRecord) link = NULL;

  if (!kith_op_get (cx, "staff_service", id, &link, error))
    return FALSE;
  if (link != NULL && kith_record_is (link, "role", role))
    return TRUE;
  if (link == NULL)
    link = kith_op_new ("staff_service", id);
  kith_record_set_string (link, "staff", staff);
  kith_record_set_string (link, "service", service);
  kith_record_set_string (link, "agency", agency);
  kith_record_set_string (link, "role", role);
  *changed = TRUE;
  return kith_world_put (cx->world, link, error);
}

static gboolean
names_service (JsonArray *services, const char *service)
{
  for (guint i = 0; services != NULL && i < json_array_get_length (services); i++)
    if (g_strcmp0 (kith_json_string (json_array_get_object_element (services, i), "service"), service) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
drop_services (KithOpContext *cx, const char *staff, const char *agency, JsonArray *keep, gboolean *changed,
               GError **error)
{
  g_autofree char *scope = g_strconcat ("agency:", agency, NULL);
  g_autoptr (GPtrArray) links = kith_world_find (cx->world, scope, "staff_service", "staff", staff, NULL, error);

  if (links == NULL)
    return FALSE;
  for (guint i = 0; i < links->len; i++)
    {
      KithRecord *link = g_ptr_array_index (links, i);

      if (names_service (keep, kith_record_string (link, "service")))
        continue;
      *changed = TRUE;
      if (!kith_world_remove (cx->world, "staff_service", kith_record_get_id (link), error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
set_services (KithOpContext *cx, const char *staff, const char *agency, JsonArray *services, gboolean *changed,
              GError **error)
{
  if (!check_services (cx, services, agency, error) || !drop_services (cx, staff, agency, services, changed, error))
    return FALSE;
  for (guint i = 0; services != NULL && i < json_array_get_length (services); i++)
    if (!put_service (cx, staff, agency, json_array_get_object_element (services, i), changed, error))
      return FALSE;
  return TRUE;
}

/* ---- staff.add ---- */

/* U2: a standard account has exactly one role. Duties and services go with standard accounts; network staff belong to
 * no agency. */
static gboolean
check_account (KithOpContext *cx, JsonObject *args, const char *level, GError **error)
{
  const char *agency = kith_json_string (args, "agency");
  JsonArray *duties = kith_json_array (args, "duties");
  JsonArray *services = kith_json_array (args, "services");
  gboolean standard = g_str_equal (level, "standard");

  if (g_str_equal (level, "network") != (agency == NULL))
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("Network staff belong to no agency, all others to one."));
  if (standard && kith_op_blank (args, "role"))
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("Choose a role: Referral Manager or Care Coordinator."));
  if (!standard && ((duties != NULL && json_array_get_length (duties) > 0) ||
                    (services != NULL && json_array_get_length (services) > 0)))
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("Only standard accounts have duties and services."));
  if (json_object_has_member (args, "services") && services == NULL)
    return kith_refuse (error, KITH_REFUSAL_INVALID,
                        _("The services of this person are not described as they should be."));
  return TRUE;
}

static gboolean
check_supervisor (KithOpContext *cx, JsonObject *args, GError **error)
{
  const char *id = kith_json_string (args, "supervisor");
  g_autoptr (KithRecord) supervisor = NULL;

  if (id == NULL)
    return TRUE;
  if (!kith_op_need (cx, "staff", id, &supervisor, error))
    return FALSE;
  if (supervisor != NULL && (!kith_record_is (supervisor, "agency", kith_json_string (args, "agency")) ||
                             !kith_record_bool (supervisor, "active")))
    return kith_refuse (error, KITH_REFUSAL_NOT_ELIGIBLE,
                        _("The supervisor must be an active person of the same agency."));
  return TRUE;
}

/* P3: the portal shows what stands in queues, and is there where one is. */
static gboolean
check_portal (KithOpContext *cx, const char *level, GError **error)
{
  g_autoptr (GPtrArray) queues = NULL;

  if (!g_str_equal (level, "portal"))
    return TRUE;
  queues = kith_world_find (cx->world, NULL, "queue", NULL, NULL, NULL, error);
  if (queues == NULL)
    return FALSE;
  for (guint i = 0; i < queues->len; i++)
    if (!kith_record_bool (g_ptr_array_index (queues, i), "inactive"))
      return TRUE;
  return kith_refuse (error, KITH_REFUSAL_NOT_ELIGIBLE,
                      _("The provider portal is there once a queue is in use. Network staff create one at Board, “Queues”; then add the account. Nothing was added."));
}

static gboolean
check_login (KithOpContext *cx, JsonObject *args, GError **error)
{
  g_autofree char *login = kith_login_fold (kith_json_string (args, "login"));
  g_autoptr (GPtrArray) others = NULL;

  if (!json_object_has_member (args, "login"))
    return TRUE;
  if (login == NULL)
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("A sign-in name has at least one character, and not more than 200."));
  others = kith_world_find (cx->world, NULL, "staff", "login", login, NULL, error);
  if (others == NULL)
    return FALSE;
  return others->len == 0 || kith_refuse (error, KITH_REFUSAL_EXISTS, _("This sign-in name is taken. Choose another one."));
}

static gboolean
add_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  static const char *const fields[] = { "agency", "given_name", "family_name", "email", "role",
                                        "duties", "supervisor", NULL };
  const char *id = kith_json_string (args, "id");
  const char *level = kith_json_string (args, "level");
  const char *family = kith_json_string (args, "family_name");
  g_autofree char *name = g_strjoin (" ", kith_json_string (args, "given_name"), family, NULL);
  g_autofree char *login = kith_login_fold (kith_json_string (args, "login"));
  g_autofree char *shown = kith_op_clip (name, 255);
  g_autoptr (KithRecord) staff = NULL;
  gboolean changed = FALSE;

  if (level == NULL)
    level = "standard";
  if (!check_account (cx, args, level, error) || !check_portal (cx, level, error) || !check_supervisor (cx, args, error) ||
      !check_login (cx, args, error) || !kith_op_refuse_taken (cx, "staff", id, error))
    return FALSE;
  staff = kith_op_new ("staff", id);
  kith_op_copy (staff, args, fields);
  kith_record_set_string (staff, "login", login);
  kith_record_set_string (staff, "name", shown);
  kith_record_set_string (staff, "level", level);
  kith_record_set_bool (staff, "health_access", kith_json_bool (args, "health_access", FALSE));
  kith_record_set_bool (staff, "trained", kith_json_bool (args, "trained", FALSE));
  kith_record_set_bool (staff, "active", TRUE);
  if (!kith_world_put (cx->world, staff, error))
    return FALSE;
  return kith_json_array (args, "services") == NULL ||
         set_services (cx, id, kith_json_string (args, "agency"), kith_json_array (args, "services"), &changed, error);
}

/* ---- one thing at a time ---- */

static gboolean
load_standard (KithOpContext *cx, JsonObject *args, KithRecord **staff, GError **error)
{
  if (!kith_op_need (cx, "staff", kith_json_string (args, "staff"), staff, error))
    return FALSE;
  if (*staff != NULL && !kith_record_is (*staff, "level", "standard"))
    return kith_refuse (error, KITH_REFUSAL_NOT_ELIGIBLE,
                        _("Only standard accounts have a role, duties and services."));
  return TRUE;
}

static gboolean
role_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  const char *role = kith_json_string (args, "role");
  g_autoptr (KithRecord) staff = NULL;

  if (!load_standard (cx, args, &staff, error))
    return FALSE;
  if (staff == NULL)
    return TRUE;
  if (kith_record_is (staff, "role", role))
    {
      kith_op_noop (cx);
      return TRUE;
    }
  kith_record_set_string (staff, "role", role);
  return kith_world_put (cx->world, staff, error);
}

/* Lists are saved as a whole: who saves says which list was seen, or what a colleague took away meanwhile would come back. */
static gboolean
refuse_unseen (GError **error)
{
  return kith_refuse (error, KITH_REFUSAL_STALE_STATE, _("Somebody else changed this account meanwhile. Look at it again, then decide; nothing was changed."));
}

static gboolean
duties_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  JsonArray *duties = kith_json_array (args, "duties");
  g_autoptr (KithRecord) staff = NULL;

  if (!load_standard (cx, args, &staff, error))
    return FALSE;
  if (staff == NULL)
    return TRUE;
  if (kith_op_same_list (kith_record_array (staff, "duties"), duties))
    {
      kith_op_noop (cx);
      return TRUE;
    }
  if (json_object_has_member (args, "was") && !kith_op_same_list (kith_record_array (staff, "duties"), kith_json_array (args, "was")))
    return refuse_unseen (error);
  kith_op_set_node (staff, "duties", args, "duties");
  return kith_world_put (cx->world, staff, error);
}

static gboolean
health_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  gboolean health = kith_json_bool (args, "health_access", FALSE);
  g_autoptr (KithRecord) staff = NULL;

  if (!kith_op_need (cx, "staff", kith_json_string (args, "staff"), &staff, error))
    return FALSE;
  if (staff == NULL)
    return TRUE;
  if (kith_record_bool (staff, "health_access") == health)
    {
      kith_op_noop (cx);
      return TRUE;
    }
  kith_record_set_bool (staff, "health_access", health);
  return kith_world_put (cx->world, staff, error);
}

/* U17: the training is the network's, so only the network says that it is done. */
static gboolean
trained_permit (KithOpContext *cx, JsonObject *args, GError **error)
{
  return kith_op_is_network (cx) || refuse_training (error);
}

static gboolean
trained_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  gboolean trained = kith_json_bool (args, "trained", FALSE);
  g_autoptr (KithRecord) staff = NULL;

  if (!load_standard (cx, args, &staff, error))
    return FALSE;
  if (staff == NULL)
    return TRUE;
  if (kith_record_bool (staff, "trained") == trained)
    {
      kith_op_noop (cx);
      return TRUE;
    }
  kith_record_set_bool (staff, "trained", trained);
  return kith_world_put (cx->world, staff, error);
}

/* was: the services that were seen, with the role for each, in any order. */
static gboolean
is_as_seen (KithOpContext *cx, KithRecord *staff, JsonArray *was, gboolean *same, GError **error)
{
  g_autofree char *scope = g_strconcat ("agency:", kith_record_string (staff, "agency"), NULL);
  g_autoptr (GPtrArray) links = kith_world_find (cx->world, scope, "staff_service", "staff", kith_record_get_id (staff), NULL, error);

  if (links == NULL)
    return FALSE;
  *same = links->len == json_array_get_length (was);
  for (guint i = 0; i < json_array_get_length (was); i++)
    {
      JsonNode *node = json_array_get_element (was, i);
      JsonObject *seen = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      gboolean found = FALSE;

      for (guint k = 0; seen != NULL && k < links->len; k++)
        found |= kith_record_is (links->pdata[k], "service", kith_json_string (seen, "service")) &&
                 g_strcmp0 (kith_record_string (links->pdata[k], "role"), kith_json_string (seen, "role")) == 0;
      *same &= found;
    }
  return TRUE;
}

static gboolean
services_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  JsonArray *services = kith_json_array (args, "services");
  g_autoptr (KithRecord) staff = NULL;
  gboolean changed = FALSE, same = TRUE;

  if (services == NULL || (json_object_has_member (args, "was") && kith_json_array (args, "was") == NULL))
    return kith_refuse (error, KITH_REFUSAL_INVALID,
                        _("The services of this person are not described as they should be."));
  if (!load_standard (cx, args, &staff, error))
    return FALSE;
  if (staff == NULL)
    return TRUE;
  if (kith_json_array (args, "was") != NULL && !is_as_seen (cx, staff, kith_json_array (args, "was"), &same, error))
    return FALSE;
  if (!same)
    return refuse_unseen (error);
  if (!set_services (cx, kith_record_get_id (staff), kith_record_string (staff, "agency"), services, &changed, error))
    return FALSE;
  if (!changed)
    kith_op_noop (cx);
  return TRUE;
}

/* U21: at once. What the person held stays as it was and reads "unassigned" until a supervisor hands it over. */
static gboolean
deactivate_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  const char *reason = kith_json_string (args, "reason"), *name;
  g_autoptr (KithRecord) staff = NULL;
  g_autofree char *time = kith_op_time (cx), *whole = NULL, *detail = NULL;

  if (!kith_op_need (cx, "staff", kith_json_string (args, "staff"), &staff, error))
    return FALSE;
  if (staff == NULL)
    return TRUE;
  if (!kith_record_bool (staff, "active"))
    {
      kith_op_noop (cx);
      return TRUE;
    }
  if (g_strcmp0 (kith_record_get_id (staff), cx->actor->user) == 0)
    return kith_refuse (error, KITH_REFUSAL_DENIED,
                        _("You cannot deactivate your own account. Ask another administrator."));
  kith_record_set_bool (staff, "active", FALSE);
  kith_record_set_string (staff, "deactivated_at", time);
  /* All colleagues read the account: why stands in the log (C11, C13). */
  kith_record_set_string (staff, "deactivate_reason", NULL);
  name = kith_record_string (staff, "name");
  whole = kith_text_blank (reason) ? g_strdup (name) : g_strdup_printf ("%s: %s", name != NULL ? name : "?", reason);
  detail = kith_op_clip (whole, 500);
  return kith_world_put (cx->world, staff, error) && kith_op_audit (cx, "deactivated", "staff", kith_record_get_id (staff), NULL, detail, error);
}

#define ARG_STAFF { "staff", KITH_FIELD_REF, N_("Staff member"), KITH_FIELD_REQUIRED, .target = "staff" }

static const KithField add_args[] = {
  { "id", KITH_FIELD_ID, N_("Staff member"), KITH_FIELD_REQUIRED },
  { "agency", KITH_FIELD_REF, N_("Agency"), .target = "organization" },
  { "given_name", KITH_FIELD_STRING, N_("Given name"), KITH_FIELD_REQUIRED },
  { "family_name", KITH_FIELD_STRING, N_("Family name") },
  { "email", KITH_FIELD_STRING, N_("Email"), 0, 254 },
  { "level", KITH_FIELD_CODE, N_("Kind of account"), .vocabulary = "level" },
  { "role", KITH_FIELD_CODE, N_("Role"), .vocabulary = "role" },
  { "duties", KITH_FIELD_CODES, N_("Duties"), .vocabulary = "duty" },
  { "health_access", KITH_FIELD_BOOL, N_("May see health information") },
  { "trained", KITH_FIELD_BOOL, N_("Training complete") },
  { "supervisor", KITH_FIELD_REF, N_("Supervisor"), .target = "staff" },
  { "login", KITH_FIELD_STRING, N_("Sign-in name") },
  { "services", KITH_FIELD_JSON, N_("Services") },
};
static const KithField role_args[] = {
  ARG_STAFF, { "role", KITH_FIELD_CODE, N_("Role"), KITH_FIELD_REQUIRED, .vocabulary = "role" }
};
static const KithField duties_args[] = { ARG_STAFF,
                                         { "duties", KITH_FIELD_CODES, N_("Duties"), .vocabulary = "duty" },
                                         { "was", KITH_FIELD_CODES, N_("Duties as they were"), .vocabulary = "duty" } };
static const KithField health_args[] = {
  ARG_STAFF, { "health_access", KITH_FIELD_BOOL, N_("May see health information"), KITH_FIELD_REQUIRED }
};
static const KithField trained_args[] = {
  ARG_STAFF, { "trained", KITH_FIELD_BOOL, N_("Training complete"), KITH_FIELD_REQUIRED, .since = 6 }
};
static const KithField services_args[] = { ARG_STAFF,
                                           { "services", KITH_FIELD_JSON, N_("Services"), KITH_FIELD_REQUIRED },
                                           { "was", KITH_FIELD_JSON, N_("Services as they were") } };
static const KithField deactivate_args[] = { ARG_STAFF, { "reason", KITH_FIELD_TEXT, N_("Reason"), 0, 2000 } };

const KithOperation kith_operations_staff[] = {
  { "staff.add", N_("Add staff member"), KITH_RUNS_ONLINE, 0, add_args, G_N_ELEMENTS (add_args), add_permit,
    add_apply, kith_op_show_answered },
  { "staff.change_role", N_("Change role"), KITH_RUNS_ONLINE, 0, role_args, G_N_ELEMENTS (role_args), staff_permit,
    role_apply, kith_op_show_answered },
  { "staff.set_duties", N_("Change duties"), KITH_RUNS_ONLINE, 0, duties_args, G_N_ELEMENTS (duties_args),
    staff_permit, duties_apply, kith_op_show_answered },
  { "staff.set_health_access", N_("Change access to health information"), KITH_RUNS_ONLINE, 0, health_args,
    G_N_ELEMENTS (health_args), staff_permit, health_apply },
  { "staff.set_trained", N_("Confirm training"), KITH_RUNS_ONLINE, 0, trained_args, G_N_ELEMENTS (trained_args), trained_permit, trained_apply,
    kith_op_show_answered },
  { "staff.set_services", N_("Change services of a person"), KITH_RUNS_ONLINE, 0, services_args,
    G_N_ELEMENTS (services_args), staff_permit, services_apply },
  { "staff.deactivate", N_("Deactivate account"), KITH_RUNS_ONLINE, 0, deactivate_args, G_N_ELEMENTS (deactivate_args),
    staff_permit, deactivate_apply, kith_op_show_answered },
  { NULL },
};
