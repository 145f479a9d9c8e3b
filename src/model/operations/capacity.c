/* SPDX-License-Identifier: GPL-3.0-or-later */

/* capacity.observe, .schedule, .cancel, .stop, .begin: how many places a service has free, as counted and as planned (P4, P5; sync.md 2.5). */

#include "kith-capacity-plan.h"
#include "operations/capacity-common.h"
#include "operations/queue-common.h"

#include <stdio.h>

/* ---- who ---- */

static gboolean
has_service (const KithActor *actor, const char *service)
{
  for (guint i = 0; actor->services != NULL && i < actor->services->len; i++)
    if (g_strcmp0 (g_ptr_array_index (actor->services, i), service) == 0)
      return TRUE;
  return FALSE;
}

/* P14: an agency that is followed stands for those of its programs that are in a queue. */
static gboolean
permit_by_agency (KithOpContext *cx, KithRecord *service, GError **error)
{
  gboolean has, known;

  if (!kith_queue_has_service (cx, service, &has, &known, error))
    return FALSE;
  return has || !known ||
         kith_refuse (error, KITH_REFUSAL_DENIED,
                      _("This service is in no queue, so its places are not counted here. The network’s staff can put it in one. Nothing was changed."));
}

/* P9, P14: the service itself, its program or its agency is followed. */
static gboolean
permit_portal (KithOpContext *cx, KithRecord *service, GError **error)
{
  const KithActor *actor = cx->actor;
  gboolean itself;

  if (service == NULL || !actor->active)
    return kith_op_not_found (error);
  itself = kith_actor_follows (actor, kith_record_get_id (service)) || kith_actor_follows (actor, kith_record_string (service, "program_id"));
  if (!itself && !kith_actor_follows (actor, kith_record_string (service, "organization_id")))
    return kith_refuse (error, KITH_REFUSAL_DENIED, _("This service belongs to another agency. Nothing was changed."));
  if (!actor->edits_capacity)
    return kith_refuse (error, KITH_REFUSAL_DENIED, _("Your account may look at free places and not change them. Ask who gave you the account."));
  return itself || permit_by_agency (cx, service, error);
}

/* Those who have the service on their list, in whatever role (U11): who stands at the desk counts the beds. Beyond them the agency's
 * supervisors, administrators and listings editors. */
static gboolean
permit_service (KithOpContext *cx, JsonObject *args, GError **error)
{
  const KithActor *actor = cx->actor;
  const char *id = kith_json_string (args, "service");
  g_autoptr (KithRecord) service = NULL;

  if (actor->level == KITH_LEVEL_HUB)
    return TRUE;
  if (actor->level == KITH_LEVEL_PORTAL)
    return kith_op_need (cx, "service", id, &service, error) && permit_portal (cx, service, error);
  if (!kith_op_permit_worker (cx, args, error) || !kith_op_need (cx, "service", id, &service, error))
    return FALSE;
  if (service != NULL && !kith_record_is (service, "organization_id", actor->agency))
    return kith_refuse (error, KITH_REFUSAL_DENIED, _("This service belongs to another agency. Nothing was changed."));
  if (id == NULL || has_service (actor, id) || (actor->duties & (KITH_DUTY_SUPERVISOR | KITH_DUTY_ADMIN | KITH_DUTY_LISTINGS)) != 0)
    return TRUE;
  return kith_refuse (error, KITH_REFUSAL_DENIED,
                      _("Only those who work in this service, and the agency’s supervisors, can say how many places are free."));
}

/* ---- capacity.observe ---- */

/* A count is of now or of before: what is to come is a plan. An hour's grace for a clock that is ahead. */
static gboolean
check_time (KithOpContext *cx, const char *at, GError **error)
{
  g_autofree char *latest = kith_time_format (cx->time_ms + 60 * 60 * 1000);

  if (strcmp (at, latest) <= 0)
    return TRUE;
  return kith_refuse (error, KITH_REFUSAL_INVALID, _("Places cannot be counted ahead of time. Plan them instead. Nothing was changed."));
}

static gboolean
observe_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  g_autofree char *now = kith_op_time (cx);
  const char *given = kith_json_string (args, "observed_at");
  const char *at = given != NULL ? given : now;
  g_autoptr (KithRecord) service = NULL;

  if (!check_time (cx, at, error) || !kith_op_need (cx, "service", kith_json_string (args, "service"), &service, error))
    return FALSE;
  if (json_object_get_size (args) <= 2) /* the service and the unit alone */
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("Say how many places are free, or whether there are any. Nothing was changed."));
  return service == NULL || kith_capacity_observe (cx, service, kith_json_string (args, "unit"), args, at, NULL, error);
}

/* ---- capacity.schedule ---- */

static gboolean
check_hour (const char *hour, GError **error)
{
  guint h, m;
  char rest;

  if (strlen (hour) == 5 && hour[2] == ':' && sscanf (hour, "%2u:%2u%c", &h, &m, &rest) == 2 && h < 24 && m < 60)
    return TRUE;
  return kith_refuse (error, KITH_REFUSAL_INVALID, _("Give the time of day as hours and minutes, such as 07:30."));
}

static gboolean
check_days (KithOpContext *cx, JsonObject *args, GError **error)
{
  JsonArray *weekdays = json_object_has_member (args, "weekdays") ? json_object_get_array_member (args, "weekdays") : NULL;
  gboolean every = weekdays != NULL && json_array_get_length (weekdays) > 0;
  const char *on = kith_json_string (args, "planned_on");
  const char *ends_on = kith_json_string (args, "ends_on");
  g_autofree char *earliest = kith_time_format (cx->time_ms - G_GINT64_CONSTANT (12) * 60 * 60 * 1000);

  if (every == (on != NULL))
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("Choose one day, or the days of the week. Nothing was planned."));
  if ((on != NULL && strncmp (on, earliest, strlen ("2026-11-22")) < 0) ||
      (ends_on != NULL && strncmp (ends_on, earliest, strlen ("2026-11-22")) < 0))
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("That day is over. Nothing was planned."));
  return TRUE;
}

static GPtrArray *
find_plans (KithOpContext *cx, const char *service, GError **error)
{
  g_autofree char *scope = g_strconcat ("service:", service, NULL);

  return kith_world_find (cx->world, scope, "capacity_plan", "service", service, NULL, error);
}

static gboolean
put_cancelled (KithOpContext *cx, KithRecord *plan, GError **error)
{
  kith_record_set_bool (plan, "live", FALSE);
  kith_op_sign (cx, plan, "cancelled_at", "cancelled_by", "cancelled_by_name");
  return kith_world_put (cx->world, plan, error);
}

/* What a plan of every week is for; without the last of these it is cancelled. None of them: as it was. */
static gboolean
take_days (KithOpContext *cx, KithRecord *plan, JsonArray *taken, gboolean *any, GError **error)
{
  JsonArray *days = kith_record_array (plan, "weekdays");
  g_autoptr (GPtrArray) left = g_ptr_array_new ();
  guint n = days != NULL ? json_array_get_length (days) : 0;

  for (guint i = 0; i < n; i++)
    {
      const char *day = json_array_get_string_element (days, i);

      if (!kith_json_array_has (taken, day))
        g_ptr_array_add (left, (gpointer) day);
    }
  *any = left->len < n;
  if (!*any)
    return TRUE;
  if (left->len == 0)
    return put_cancelled (cx, plan, error);
  g_ptr_array_add (left, NULL);
  kith_record_set_strings (plan, "weekdays", (const char *const *) left->pdata);
  return kith_world_put (cx->world, plan, error);
}

/* Whether the plan comes again after that day. */
static gboolean
comes_again (KithRecord *plan, const char *day)
{
  const char *ends_on = kith_record_string (plan, "ends_on");

  return kith_record_string (plan, "planned_on") == NULL && (ends_on == NULL || strcmp (day, ends_on) < 0);
}

/* A count that somebody made after the plan's hour stands; so the plan's moment is its count's time, not the clock's. */
static gboolean
enter (KithOpContext *cx, KithRecord *service, KithRecord *plan, GPtrArray *plans, const char *day, const char *at, GError **error)
{
  gboolean counts = kith_capacity_plan_is_for (plan, day) && kith_capacity_plan_stands (plan, plans, day, at);

  kith_record_set_string (plan, "done_on", day);
  kith_record_set_bool (plan, "live", comes_again (plan, day));
  return kith_world_put (cx->world, plan, error) &&
         (!counts ||
          kith_capacity_observe (cx, service, kith_record_string (plan, "unit"), kith_record_get_body (plan), at, kith_record_get_id (plan), error));
}

/* Its hour has come and the hub's clock has not: the new plan is for the days after, so that day is still the old one's. */
static gboolean
enter_due (KithOpContext *cx, KithRecord *service, KithRecord *plan, GPtrArray *plans, GError **error)
{
  g_autofree char *day = NULL, *at = NULL;

  return kith_capacity_plan_due (cx->world, plan, cx->time_ms, &day, &at, error) &&
         (day == NULL || service == NULL || enter (cx, service, plan, plans, day, at, error));
}

/* Of what was planned for the same hour before, what can never be entered any more is no plan: one of the same day is cancelled, and one of every week is
 * from now on for its other days. */
static gboolean
take_over (KithOpContext *cx, KithRecord *service, KithRecord *plan, GError **error)
{
  const char *on = kith_record_string (plan, "planned_on"), *ends_on = kith_record_string (plan, "ends_on");
  g_autoptr (GPtrArray) plans = find_plans (cx, kith_record_string (plan, "service"), error);

  for (guint i = 0; plans != NULL && i < plans->len; i++)
    {
      KithRecord *old = plans->pdata[i];
      const char *old_ends_on = kith_record_string (old, "ends_on");
      /* One that ends before the other only goes before it (kith_capacity_plan_stands ()). */
      gboolean loses = on != NULL ? kith_record_is (old, "planned_on", on)
                                  : ends_on == NULL || (old_ends_on != NULL && strcmp (old_ends_on, ends_on) <= 0);
      gboolean any;

      if (!loses || !kith_record_bool (old, "live") || !kith_record_is (old, "unit", kith_record_string (plan, "unit")) ||
          !kith_record_is (old, "hour", kith_record_string (plan, "hour")))
        continue;
      if (!enter_due (cx, service, old, plans, error))
        return FALSE;
      if (kith_record_bool (old, "live") &&
          !(on != NULL ? put_cancelled (cx, old, error) : take_days (cx, old, kith_record_array (plan, "weekdays"), &any, error)))
        return FALSE;
    }
  return plans != NULL;
}

static gboolean
schedule_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  static const char *const copied[] = { "service", "unit", "planned_on", "weekdays", "hour", "ends_on", "status", "free", "note", NULL };
  const char *id = kith_json_string (args, "id");
  g_autoptr (KithRecord) service = NULL;
  g_autoptr (KithRecord) plan = NULL;

  if (!check_hour (kith_json_string (args, "hour"), error) || !check_days (cx, args, error) ||
      !kith_op_need (cx, "service", kith_json_string (args, "service"), &service, error) ||
      !kith_op_refuse_taken (cx, "capacity_plan", id, error))
    return FALSE;
  if (!json_object_has_member (args, "free") && kith_json_string (args, "status") == NULL)
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("Say how many places will be free, or whether there will be any. Nothing was planned."));
  if (kith_capacity_contradicts (args))
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("The number of free places and the state do not agree. Change one of them. Nothing was planned."));
  plan = kith_op_new ("capacity_plan", id);
  kith_op_copy (plan, args, copied);
  kith_record_set_string (plan, "agency", service != NULL ? kith_record_string (service, "organization_id") : cx->actor->agency);
  kith_record_set_bool (plan, "live", TRUE);
  kith_op_sign (cx, plan, "at", "by", "by_name");
  return take_over (cx, service, plan, error) && kith_world_put (cx->world, plan, error);
}

/* ---- capacity.cancel ---- */

static gboolean
load_plan (KithOpContext *cx, JsonObject *args, KithRecord **plan, GError **error)
{
  return kith_op_need (cx, "capacity_plan", kith_json_string (args, "plan"), plan, error);
}

static gboolean
cancel_permit (KithOpContext *cx, JsonObject *args, GError **error)
{
  g_autoptr (KithRecord) plan = NULL;
  g_autoptr (JsonObject) of = NULL;

  if (!load_plan (cx, args, &plan, error))
    return FALSE;
  if (plan == NULL)
    return kith_op_permit_worker (cx, args, error);
  of = kith_json_new ("service", "s", kith_record_string (plan, "service"), NULL);
  return permit_service (cx, of, error);
}

static gboolean
cancel_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  JsonArray *days = kith_json_array (args, "weekdays");
  gboolean any = FALSE;
  g_autoptr (KithRecord) plan = NULL;

  if (!load_plan (cx, args, &plan, error))
    return FALSE;
  if (plan == NULL)
    return TRUE;
  if (kith_record_bool (plan, "live") && (days == NULL || json_array_get_length (days) == 0))
    return put_cancelled (cx, plan, error);
  if (kith_record_bool (plan, "live") && !take_days (cx, plan, days, &any, error))
    return FALSE;
  if (!any)
    kith_op_noop (cx);
  return TRUE;
}

/* ---- capacity.stop: a count that says nothing any more, so that an older one that comes in late begins nothing anew ---- */

static gboolean
cancel_plans (KithOpContext *cx, const char *service, const char *unit, GError **error)
{
  g_autoptr (GPtrArray) plans = find_plans (cx, service, error);

  for (guint i = 0; plans != NULL && i < plans->len; i++)
    if (kith_record_bool (plans->pdata[i], "live") && kith_record_is (plans->pdata[i], "unit", unit) && !put_cancelled (cx, plans->pdata[i], error))
      return FALSE;
  return plans != NULL;
}

static gboolean
stop_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  const char *service_id = kith_json_string (args, "service"), *unit = kith_json_string (args, "unit");
  g_autofree char *id = kith_op_natural_id ("capacity", service_id, unit, NULL);
  g_autofree char *now = kith_op_time (cx);
  g_autoptr (JsonObject) nothing = json_object_new ();
  g_autoptr (KithRecord) service = NULL;
  g_autoptr (KithRecord) capacity = NULL;

  if (!kith_op_need (cx, "service", service_id, &service, error) || !kith_op_get (cx, "capacity", id, &capacity, error))
    return FALSE;
  if (service == NULL)
    return TRUE;
  if (capacity == NULL || !kith_capacity_is_counted (capacity))
    {
      kith_op_noop (cx);
      return TRUE;
    }
  json_object_set_null_member (nothing, "free");
  json_object_set_null_member (nothing, "status");
  /* Whoever counts again is shown neither, and would say it without knowing. */
  json_object_set_null_member (nothing, "assess_first");
  json_object_set_null_member (nothing, "kind");
  return kith_capacity_observe (cx, service, unit, nothing, now, NULL, error) && cancel_plans (cx, service_id, unit, error);
}

/* ---- capacity.begin: the hub's clock, for one day of a plan ---- */

static gboolean
begin_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  const char *day = kith_json_string (args, "day");
  const char *at = kith_json_string (args, "at");
  const char *done;
  g_autoptr (KithRecord) plan = NULL;
  g_autoptr (KithRecord) service = NULL;
  g_autoptr (GPtrArray) plans = NULL;

  if (!load_plan (cx, args, &plan, error))
    return FALSE;
  if (plan == NULL || !kith_op_get (cx, "service", kith_record_string (plan, "service"), &service, error))
    return plan == NULL;
  done = kith_record_string (plan, "done_on");
  if (service == NULL || !kith_record_bool (plan, "live") || (done != NULL && strcmp (day, done) <= 0))
    {
      kith_op_noop (cx);
      return TRUE;
    }
  plans = find_plans (cx, kith_record_string (plan, "service"), error);
  if (plans == NULL)
    return FALSE;
  return enter (cx, service, plan, plans, day, at, error);
}

#define ARG_SERVICE { "service", KITH_FIELD_REF, N_("Service"), KITH_FIELD_REQUIRED, .target = "service" }
#define ARG_UNIT { "unit", KITH_FIELD_CODE, N_("Counted in"), KITH_FIELD_REQUIRED, .vocabulary = "capacity_unit" }
#define ARG_FREE { "free", KITH_FIELD_INT, N_("Free") }
#define ARG_STATUS { "status", KITH_FIELD_CODE, N_("State"), .vocabulary = "capacity_status" }
#define ARG_NOTE { "note", KITH_FIELD_STRING, N_("Note to partners"), .max_length = 500 }

static const KithField observe_args[] = {
  ARG_SERVICE,
  ARG_UNIT,
  ARG_FREE,
  ARG_STATUS,
  { "assess_first", KITH_FIELD_BOOL, N_("Call first: an assessment is needed"), KITH_FIELD_MEANT, .since = 6 },
  { "kind", KITH_FIELD_CODE, N_("The places are for"), KITH_FIELD_MEANT, .vocabulary = "capacity_kind", .since = 6 },
  ARG_NOTE,
  { "target_group", KITH_FIELD_STRING, N_("For whom"), .max_length = 200 },
  { "until", KITH_FIELD_DATE, N_("Holds until") },
  { "maximum", KITH_FIELD_INT, N_("In all") },
  { "reserved", KITH_FIELD_INT, N_("Kept back, beside those free") },
  { "waiting", KITH_FIELD_INT, N_("On the wait list") },
  { "period", KITH_FIELD_CODE, N_("The number is for"), .vocabulary = "capacity_period" },
  { "unit_name", KITH_FIELD_STRING, N_("Counted in, in words"), .max_length = 60 },
  { "per_referral", KITH_FIELD_BOOL, N_("An accepted referral takes one") },
  { "observed_at", KITH_FIELD_TIME, N_("Counted at") },
};

static const KithField schedule_args[] = {
  { "id", KITH_FIELD_ID, N_("Plan"), KITH_FIELD_REQUIRED },
  ARG_SERVICE,
  ARG_UNIT,
  { "planned_on", KITH_FIELD_DATE, N_("On") },
  { "weekdays", KITH_FIELD_CODES, N_("Every"), .vocabulary = "weekday" },
  { "hour", KITH_FIELD_STRING, N_("At"), KITH_FIELD_REQUIRED, .max_length = 20 },
  { "ends_on", KITH_FIELD_DATE, N_("Last day") },
  ARG_STATUS,
  ARG_FREE,
  ARG_NOTE,
};

static const KithField cancel_args[] = {
  { "plan", KITH_FIELD_REF, N_("Plan"), KITH_FIELD_REQUIRED, .target = "capacity_plan" },
  { "weekdays", KITH_FIELD_CODES, N_("Only these days of each week"), KITH_FIELD_MEANT, .vocabulary = "weekday", .since = 6 },
};

static const KithField stop_args[] = { ARG_SERVICE, ARG_UNIT };

static const KithField begin_args[] = {
  { "plan", KITH_FIELD_REF, N_("Plan"), KITH_FIELD_REQUIRED, .target = "capacity_plan" },
  { "day", KITH_FIELD_DATE, N_("Day"), KITH_FIELD_REQUIRED },
  { "at", KITH_FIELD_TIME, N_("Its hour"), KITH_FIELD_REQUIRED },
};

const KithOperation kith_operations_capacity[] = {
  { "capacity.observe", N_("Update free places"), KITH_RUNS_DESK, KITH_OPERATION_UNDO, observe_args, G_N_ELEMENTS (observe_args),
    permit_service, observe_apply },
  { "capacity.schedule", N_("Plan free places"), KITH_RUNS_DESK, KITH_OPERATION_UNDO, schedule_args, G_N_ELEMENTS (schedule_args),
    permit_service, schedule_apply },
  { "capacity.cancel", N_("Cancel a plan of free places"), KITH_RUNS_DESK, KITH_OPERATION_UNDO, cancel_args,
    G_N_ELEMENTS (cancel_args), cancel_permit, cancel_apply },
  { "capacity.stop", N_("Stop counting free places"), KITH_RUNS_DESK, KITH_OPERATION_UNDO, stop_args, G_N_ELEMENTS (stop_args), permit_service,
    stop_apply },
  { "capacity.begin", N_("Planned free places"), KITH_RUNS_CLOCK, 0, begin_args, G_N_ELEMENTS (begin_args), kith_op_permit_hub,
    begin_apply },
  { NULL },
};
