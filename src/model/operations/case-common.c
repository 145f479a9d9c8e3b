/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "operations/case-common.h"

/* ---- who may ---- */

gboolean
kith_op_case (KithOpContext *cx, JsonObject *args, KithRecord **record, GError **error)
{
  return kith_op_need (cx, "case", kith_json_string (args, "case"), record, error);
}

/* A partner that may read the case by consent does not work on it. */
gboolean
kith_op_check_case_agency (KithOpContext *cx, KithRecord *record, GError **error)
{
  if (kith_record_is (record, "agency", cx->actor->agency))
    return TRUE;
  return kith_refuse (error, KITH_REFUSAL_DENIED, _("Only the agency that runs this case can do this. Nothing was changed."));
}

gboolean
kith_op_permit_case (KithOpContext *cx, JsonObject *args, GError **error)
{
  g_autoptr (KithRecord) record = NULL;

  if (!kith_op_permit_worker (cx, args, error) || !kith_op_case (cx, args, &record, error))
    return FALSE;
  return record == NULL || kith_op_check_case_agency (cx, record, error);
}

gboolean
kith_op_check_sensitivity (KithOpContext *cx, const char *case_id, const char *sensitivity, GError **error)
{
  g_autofree char *scope = g_strconcat ("case_health:", case_id, NULL);

  if (g_strcmp0 (sensitivity, "general") == 0)
    return TRUE;
  switch (kith_world_sees (cx->world, cx->actor, scope))
    {
    case KITH_SEES_NOW:
      return TRUE;
    case KITH_SEES_ENDED:
      return kith_refuse (error, KITH_REFUSAL_ACCESS_ENDED,
                          _("Your access to the health information of this case has ended. Nothing was saved."));
    case KITH_SEES_NOTHING:
      break;
    }
  return kith_refuse (error, KITH_REFUSAL_DENIED,
                      _("To write health information you need to be allowed to see it. Ask your agency’s administrator."));
}

/* ---- the timeline ---- */

gboolean
kith_op_add_case_event (KithOpContext *cx, const char *case_id, const char *type, JsonObject *values, GError **error)
{
  static const char *const fields[] = { "record", "sensitivity", "outcome", "term_name", "text", "at", NULL };
  g_autoptr (JsonObject) owned = values;
  g_autofree char *id = kith_op_derive_id (cx, "case_event", type);
  g_autofree char *agency_name = kith_op_clip (cx->actor->agency_name, 255);
  g_autoptr (KithRecord) event = kith_op_new ("case_event", id);

  kith_record_set_string (event, "case", case_id);
  kith_record_set_string (event, "type", type);
  kith_op_sign (cx, event, "at", "author", "author_name");
  kith_record_set_string (event, "agency_name", agency_name);
  if (values != NULL)
    kith_op_copy (event, values, fields);
  return kith_world_put (cx->world, event, error);
}

/* ---- who is on it ---- */

gboolean
kith_op_set_name_of (KithOpContext *cx, KithRecord *record, const char *field, const char *staff, GError **error)
{
  g_autoptr (KithRecord) person = NULL;
  g_autofree char *name = NULL;

  if (g_strcmp0 (staff, cx->actor->user) != 0 && !kith_op_get (cx, "staff", staff, &person, error))
    return FALSE;
  if (person == NULL && g_strcmp0 (staff, cx->actor->user) != 0)
    return TRUE;
  name = kith_op_clip (person != NULL ? kith_record_string (person, "name") : cx->actor->name, 255);
  kith_record_set_string (record, field, name);
  return TRUE;
}

static gboolean
put_assignment (KithOpContext *cx, const char *id, const char *client, const char *case_id, const char *agency, const char *staff,
                gboolean *changed, GError **error)
{
  g_autoptr (KithRecord) assignment = NULL;

  if (!kith_op_get (cx, "assignment", id, &assignment, error))
    return FALSE;
  if (assignment != NULL)
    return TRUE;

  *changed = TRUE;
  assignment = kith_op_new ("assignment", id);
  kith_record_set_string (assignment, "client", client);
  kith_record_set_string (assignment, "case", case_id);
  kith_record_set_string (assignment, "staff", staff);
  kith_record_set_string (assignment, "agency", agency);
  kith_op_sign (cx, assignment, "since", "by", "by_name");
  return kith_op_set_name_of (cx, assignment, "name", staff, error) && kith_world_put (cx->world, assignment, error);
}

/* That they worked with the client, until when, and who ended it, stays (D12). */
static gboolean
put_past (KithOpContext *cx, KithRecord *assignment, GError **error)
{
  static const char *const copied[] = { "client", "case", "staff", "name", "agency", "since", "by", "by_name", NULL };
  g_autofree char *id = kith_op_derive_id (cx, "past_assignment", kith_record_get_id (assignment));
  g_autofree char *now = kith_op_time (cx);
  g_autoptr (KithRecord) past = kith_op_new ("past_assignment", id);

  if (kith_record_is (assignment, "since", now) && kith_record_is (assignment, "by", cx->actor->user))
    return TRUE; /* staged and taken back before one Save (A8): it never was */
  kith_op_copy (past, kith_record_get_body (assignment), copied);
  kith_op_sign (cx, past, "ended_at", "ended_by", "ended_by_name");
  return kith_op_set_name_of (cx, past, "name", kith_record_string (assignment, "staff"), error) &&
         kith_op_set_name_of (cx, past, "by_name", kith_record_string (assignment, "by"), error) && kith_world_put (cx->world, past, error);
}

/* Who of another agency works with the client is not this agency's to know: as if there were nobody. */
static gboolean
remove_assignment (KithOpContext *cx, const char *id, const char *agency, gboolean *changed, GError **error)
{
  g_autoptr (KithRecord) assignment = NULL;

  if (!kith_op_get (cx, "assignment", id, &assignment, error))
    return FALSE;
  if (assignment == NULL || !kith_record_is (assignment, "agency", agency))
    return TRUE;
  *changed = TRUE;
  return put_past (cx, assignment, error) && kith_world_remove (cx->world, "assignment", id, error);
}

gboolean
kith_op_assign_to_client (KithOpContext *cx, const char *client, const char *agency, const char *staff, gboolean *changed, GError **error)
{
  g_autofree char *id = kith_op_natural_id ("assignment", client, staff, NULL);
  gboolean ignored = FALSE;

  return put_assignment (cx, id, client, NULL, agency, staff, changed != NULL ? changed : &ignored, error);
}

gboolean
kith_op_join_case (KithOpContext *cx, const char *client, const char *case_id, const char *agency, const char *staff, gboolean *changed,
                   GError **error)
{
  g_autofree char *id = kith_op_natural_id ("assignment", case_id, staff, NULL);

  return kith_op_assign_to_client (cx, client, agency, staff, changed, error) &&
         put_assignment (cx, id, client, case_id, agency, staff, changed, error);
}

gboolean
kith_op_leave_case (KithOpContext *cx, const char *case_id, const char *agency, const char *staff, gboolean *changed, GError **error)
{
  g_autofree char *id = kith_op_natural_id ("assignment", case_id, staff, NULL);

  return remove_assignment (cx, id, agency, changed, error);
}

gboolean
kith_op_join_client (KithOpContext *cx, const char *client, const char *agency, const char *staff, gboolean *changed, GError **error)
{
  g_autoptr (GPtrArray) cases = kith_world_find (cx->world, NULL, "case", "client", client, NULL, error);

  if (cases == NULL || !kith_op_assign_to_client (cx, client, agency, staff, changed, error))
    return FALSE;
  for (guint i = 0; i < cases->len; i++)
    {
      KithRecord *record = g_ptr_array_index (cases, i);

      if (kith_record_is (record, "agency", agency) && kith_record_is (record, "phase", "open") &&
          !kith_op_join_case (cx, client, kith_record_get_id (record), agency, staff, changed, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
kith_op_leave_client (KithOpContext *cx, const char *client, const char *agency, const char *staff, gboolean *changed, GError **error)
{
  g_autoptr (GPtrArray) assignments = kith_world_find (cx->world, NULL, "assignment", "client", client, NULL, error);

  if (assignments == NULL)
    return FALSE;
  for (guint i = 0; i < assignments->len; i++)
    {
      KithRecord *assignment = g_ptr_array_index (assignments, i);

      if (kith_record_is (assignment, "staff", staff) &&
          !remove_assignment (cx, kith_record_get_id (assignment), agency, changed, error))
        return FALSE;
    }
  return TRUE;
}

/* ---- what they have to do ---- */

gboolean
kith_op_client_of_task (KithOpContext *cx, KithRecord *task, char **client, GError **error)
{
  static const char *const subjects[] = { "case", "referral" };

  *client = g_strdup (kith_record_string (task, "client"));
  for (guint i = 0; *client == NULL && i < G_N_ELEMENTS (subjects); i++)
    {
      g_autoptr (KithRecord) subject = NULL;

      if (!kith_op_get (cx, subjects[i], kith_record_string (task, subjects[i]), &subject, error))
        return FALSE;
      *client = subject != NULL ? g_strdup (kith_record_string (subject, "client")) : NULL;
    }
  return TRUE;
}

gboolean
kith_op_is_own_task (KithRecord *task)
{
  return kith_record_string (task, "client") == NULL && kith_record_string (task, "case") == NULL && kith_record_string (task, "referral") == NULL;
}

gboolean
kith_op_give_task (KithOpContext *cx, KithRecord *task, const char *to, GError **error)
{
  if (!kith_op_is_own_task (task))
    return kith_op_set_kept (cx, task, "staff", to, error);
  kith_op_set_noted (cx, task, "staff", to);
  return TRUE;
}

static gboolean
free_task (KithOpContext *cx, KithRecord *task, GError **error)
{
  return kith_op_set_kept (cx, task, "staff", NULL, error) && kith_world_put (cx->world, task, error);
}

gboolean
kith_op_free_tasks (KithOpContext *cx, const char *client, const char *case_id, const char *agency, const char *staff, GError **error)
{
  g_autoptr (GPtrArray) tasks = kith_world_find (cx->world, NULL, "task", "staff", staff, NULL, error);

  if (tasks == NULL)
    return FALSE;
  for (guint i = 0; i < tasks->len; i++)
    {
      KithRecord *task = g_ptr_array_index (tasks, i);
      g_autofree char *about = NULL;

      if (!kith_record_is (task, "agency", agency) || kith_record_bool (task, "done") || kith_record_string (task, "referral") != NULL ||
          (case_id != NULL && !kith_record_is (task, "case", case_id)))
        continue;
      if (!kith_op_client_of_task (cx, task, &about, error) ||
          (g_strcmp0 (about, client) == 0 && !free_task (cx, task, error)))
        return FALSE;
    }
  return TRUE;
}
