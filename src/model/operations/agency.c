/* SPDX-License-Identifier: GPL-3.0-or-later */

/* agency.configure, calendar.set: what an agency decides for itself. Whether it is a victim service agency is the network's to say
 * (C15), and so are the holidays of all. */

#include "kith-policy.h"
#include "kith-refusal.h"
#include "operations/op-common.h"

static const struct
{
  const char *field;
  gint64 least, most;
} ranges[] = {
  { "consent_term_days", 1, 3650 },
  { "response_days", 1, 60 },
  { "grace_days", 0, 365 },
  { "lock_minutes", 1, 30 },
  { "offline_hours", 1, KITH_OFFLINE_HOURS }, /* a policy can only shorten (sync.md 5.3) */
};

#define MOST_TEMPLATES 30 /* nobody looks through more beside a note */

/* They decide nothing: who answers for the work keeps them too. */
static gboolean
sets_templates_alone (KithOpContext *cx, const char *agency, JsonObject *set)
{
  return set != NULL && json_object_get_size (set) == 1 && json_object_has_member (set, "note_templates") && agency != NULL &&
         g_strcmp0 (cx->actor->agency, agency) == 0 && kith_actor_has_duty (cx->actor, KITH_DUTY_SUPERVISOR);
}

static gboolean
configure_permit (KithOpContext *cx, JsonObject *args, GError **error)
{
  JsonObject *set = kith_json_object (args, "set");
  const char *agency = kith_json_string (args, "agency");

  if (!kith_op_administers (cx, agency) && !sets_templates_alone (cx, agency, set))
    return kith_refuse (error, KITH_REFUSAL_DENIED,
                        _("Only your agency’s administrator or network staff can change these settings."));
  if (set != NULL && json_object_has_member (set, "victim_service") && !kith_op_is_network (cx))
    return kith_refuse (error, KITH_REFUSAL_DENIED,
                        _("Only network staff can say whether this is a victim service agency."));
  if (set != NULL && json_object_has_member (set, "confirm_declines") && !kith_op_is_network (cx))
    return kith_refuse (error, KITH_REFUSAL_DENIED, _("Only network staff can say whether a supervisor confirms each decline."));
  return TRUE;
}

static gboolean
check_value (const KithKind *kind, JsonObject *set, const char *name, GError **error)
{
  const KithField *field = kith_kind_get_field (kind, name);
  JsonNode *node = json_object_get_member (set, name);

  if (field == NULL || g_str_equal (name, "agency"))
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("“%s” is not a setting."), name);
  if (JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  if (!kith_field_check (field, node, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (ranges); i++)
    if (g_str_equal (ranges[i].field, name) &&
        (json_node_get_int (node) < ranges[i].least || json_node_get_int (node) > ranges[i].most))
      {
        kith_refuse (error, KITH_REFUSAL_INVALID, _("%s: this must be between %d and %d."), _ (field->label), (int) ranges[i].least, (int) ranges[i].most);
        return kith_refusal_mark_words (error, 0);
      }
  if (g_str_equal (name, "note_templates") && json_array_get_length (json_node_get_array (node)) > MOST_TEMPLATES)
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("An agency keeps at most %d templates. Take one off first; nothing was changed."), MOST_TEMPLATES);
  if (g_str_equal (name, "time_zone"))
    {
      g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (json_node_get_string (node));

      if (zone == NULL)
        return kith_refuse (error, KITH_REFUSAL_INVALID,
                            _("This time zone is not known. Write it like America/Los_Angeles."));
    }
  return TRUE;
}

/* A portal account holds no settings; it declines and plans all the same: what it has to know stands with the agency. shown: whether that changed something. */
static gboolean
show_settings (KithOpContext *cx, KithRecord *settings, gboolean *shown, GError **error)
{
  gboolean confirms = kith_record_bool (settings, "confirm_declines");
  const char *zone = kith_record_string (settings, "time_zone");
  g_autoptr (KithRecord) agency = NULL;

  if (!kith_op_get (cx, "organization", kith_record_string (settings, "agency"), &agency, error))
    return FALSE;
  if (agency == NULL || (kith_record_bool (agency, "confirm_declines") == confirms && g_strcmp0 (kith_record_string (agency, "time_zone"), zone) == 0))
    return TRUE;
  if (kith_record_bool (agency, "confirm_declines") != confirms)
    kith_record_set_bool (agency, "confirm_declines", confirms);
  kith_record_set_string (agency, "time_zone", zone);
  *shown = TRUE;
  return kith_world_put (cx->world, agency, error);
}

static gboolean
configure_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  const char *agency = kith_json_string (args, "agency");
  JsonObject *set = kith_json_object (args, "set");
  g_autofree char *id = kith_op_natural_id ("agency_settings", agency, NULL);
  g_autoptr (KithRecord) before = NULL;
  g_autoptr (KithRecord) settings = NULL;
  g_autoptr (GList) members = NULL;
  gboolean shown = FALSE;

  if (set == NULL)
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("There is nothing to save."));
  if (!kith_op_get (cx, "agency_settings", id, &before, error))
    return FALSE;
  settings = before != NULL ? kith_record_copy (before) : kith_op_new ("agency_settings", id);
  kith_record_set_string (settings, "agency", agency);
  members = json_object_get_members (set);
  for (GList *l = members; l != NULL; l = l->next)
    {
      if (!check_value (kith_record_get_kind (settings), set, l->data, error))
        return FALSE;
      kith_op_set_node (settings, l->data, set, l->data);
    }
  if (!show_settings (cx, settings, &shown, error))
    return FALSE;
  if (before != NULL && kith_record_equal (before, settings))
    {
      if (!shown)
        kith_op_noop (cx);
      return TRUE;
    }
  return kith_world_put (cx->world, settings, error);
}

/* ---- calendar.set ---- */

static gboolean
calendar_permit (KithOpContext *cx, JsonObject *args, GError **error)
{
  const char *agency = kith_json_string (args, "agency");

  if (agency == NULL)
    return kith_op_permit_network (cx, args, error);
  return kith_op_administers (cx, agency) ||
         kith_refuse (error, KITH_REFUSAL_DENIED, _("Only your agency’s administrator or network staff can change its holidays."));
}

/* Every entry for that day of that agency, or of the network: there may be one of another source. */
static GPtrArray *
find_days (KithOpContext *cx, const char *agency, const char *date, GError **error)
{
  g_autofree char *scope = agency != NULL ? g_strconcat ("agency:", agency, NULL) : g_strdup ("dir");
  g_autoptr (GPtrArray) days = kith_world_find (cx->world, scope, "calendar_day", "date", date, NULL, error);

  for (guint i = days != NULL ? days->len : 0; i-- > 0;)
    if (g_strcmp0 (kith_record_string (days->pdata[i], "agency"), agency) != 0)
      g_ptr_array_remove_index (days, i);
  return g_steal_pointer (&days);
}

static gboolean
open_again (KithOpContext *cx, GPtrArray *days, GError **error)
{
  for (guint i = 0; i < days->len; i++)
    if (!kith_world_remove (cx->world, "calendar_day", kith_record_get_id (days->pdata[i]), error))
      return FALSE;
  if (days->len == 0)
    kith_op_noop (cx);
  return TRUE;
}

/* Days in which an answer is due count from the next referral on without it. */
static gboolean
calendar_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  const char *agency = kith_json_string (args, "agency"), *date = kith_json_string (args, "date"), *name = kith_json_string (args, "name");
  g_autofree char *key = g_strconcat (agency != NULL ? agency : "network", "/", date, NULL);
  g_autofree char *id = kith_id_natural ("calendar_day", key);
  g_autoptr (GPtrArray) days = find_days (cx, agency, date, error);
  g_autoptr (KithRecord) day = NULL;

  if (days == NULL)
    return FALSE;
  if (!kith_json_bool (args, "closed", TRUE))
    return open_again (cx, days, error);
  if (kith_op_blank (args, "name"))
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("Say what day it is, like “Thanksgiving”."));
  day = days->len > 0 ? kith_record_copy (days->pdata[0]) : kith_op_new ("calendar_day", id);
  kith_record_set_string (day, "date", date);
  kith_record_set_string (day, "agency", agency);
  kith_record_set_string (day, "name", name);
  kith_record_set_bool (day, "closed", TRUE);
  if (days->len > 0 && kith_record_equal (days->pdata[0], day))
    {
      kith_op_noop (cx);
      return TRUE;
    }
  return kith_world_put (cx->world, day, error);
}

static const KithField calendar_args[] = {
  { "agency", KITH_FIELD_REF, N_("Agency"), .target = "organization" }, /* absent: the whole network */
  { "date", KITH_FIELD_DATE, N_("Day"), KITH_FIELD_REQUIRED },
  { "name", KITH_FIELD_STRING, N_("Name") },
  { "closed", KITH_FIELD_BOOL, N_("Closed") }, /* absent: yes; no takes the day off the list */
};

static const KithField configure_args[] = {
  { "agency", KITH_FIELD_REF, N_("Agency"), KITH_FIELD_REQUIRED, .target = "organization" },
  { "set", KITH_FIELD_JSON, N_("Settings"), KITH_FIELD_REQUIRED },
};

const KithOperation kith_operations_agency[] = {
  { "agency.configure", N_("Change agency settings"), KITH_RUNS_ONLINE, 0, configure_args,
    G_N_ELEMENTS (configure_args), configure_permit, configure_apply },
  { "calendar.set", N_("Change holidays"), KITH_RUNS_DESK, KITH_OPERATION_UNDO, calendar_args, G_N_ELEMENTS (calendar_args), calendar_permit,
    calendar_apply },
  { NULL },
};
