/* SPDX-License-Identifier: GPL-3.0-or-later */

/* task.add, .done, .snooze: what is to be done, by whom and until when; and what of it a form may change (record.patch). */

#include "operations/case-common.h"

/* ---- task.add ---- */

static guint
count_subjects (JsonObject *args)
{
  return (kith_json_string (args, "client") != NULL) + (kith_json_string (args, "case") != NULL) +
         (kith_json_string (args, "referral") != NULL);
}

/* A task on a referral lies among the own side's words on it: whoever sees those may write there. */
static gboolean
check_own_side (KithOpContext *cx, const char *referral, GError **error)
{
  g_autofree char *scope = g_strconcat ("referral_own:", referral, ":", cx->actor->agency, NULL);

  if (kith_world_sees (cx->world, cx->actor, scope) == KITH_SEES_NOW)
    return TRUE;
  return kith_refuse (error, KITH_REFUSAL_DENIED, _("Your agency does not work on this referral. Nothing was saved."));
}

/* The subject must be one the author sees, so that the task lies where the author finds it again. */
static gboolean
add_permit (KithOpContext *cx, JsonObject *args, GError **error)
{
  const char *client = kith_json_string (args, "client");
  const char *referral = kith_json_string (args, "referral");
  const char *staff = kith_json_string (args, "staff");

  if (!kith_op_permit_worker (cx, args, error))
    return FALSE;
  if (count_subjects (args) > 1)
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("A task belongs to one thing: a client, a case or a referral."));
  if ((client != NULL && !kith_op_check_care (cx, client, error)) ||
      (kith_json_string (args, "case") != NULL && !kith_op_permit_case (cx, args, error)) ||
      (referral != NULL && !check_own_side (cx, referral, error)))
    return FALSE;
  if (staff == NULL || g_strcmp0 (staff, cx->actor->user) == 0)
    return TRUE;
  if (count_subjects (args) == 0)
    return kith_refuse (error, KITH_REFUSAL_INVALID,
                        _("A task for somebody else needs a client, a case or a referral that you both work on."));
  return kith_op_check_assignable (cx, staff, cx->actor->agency, NULL, error);
}

/* Does whoever it is given to see where it lies? Only the hub knows. */
static gboolean
is_seen (KithOpContext *cx, KithRecord *task, const char *staff, gboolean *seen, GError **error)
{
  g_autofree char *scope = kith_record_scope (task);

  *seen = TRUE;
  return !cx->hub || g_strcmp0 (staff, cx->actor->user) == 0 || kith_op_is_seen_by (cx, staff, scope, seen, error);
}

/* Who was taken off what it is about before its author could know sees it no more: it is nobody's, as if it had been there before that (A6), and waits for
 * somebody where those see it who work there. */
static gboolean
free_unseen (KithOpContext *cx, KithRecord *task, GError **error)
{
  gboolean seen;

  if (!is_seen (cx, task, kith_record_string (task, "staff"), &seen, error))
    return FALSE;
  return seen || kith_op_set_kept (cx, task, "staff", NULL, error); /* whom the author meant is read in its history (D12) */
}

static gboolean
add_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  static const char *const fields[] = { "client", "case", "referral", "subject", "due_on", "remind_at", NULL };
  const char *id = kith_json_string (args, "id");
  const char *staff = kith_json_string (args, "staff");
  g_autofree char *time = kith_op_time (cx);
  g_autoptr (KithRecord) task = NULL;

  if (kith_op_blank (args, "subject"))
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("Say what is to be done."));
  if (!kith_op_refuse_taken (cx, "task", id, error))
    return FALSE;
  task = kith_op_new ("task", id);
  kith_op_copy (task, args, fields);
  kith_record_set_string (task, "staff", staff != NULL ? staff : cx->actor->user);
  kith_record_set_string (task, "agency", cx->actor->agency);
  kith_record_set_bool (task, "done", FALSE);
  kith_record_set_string (task, "at", time);
  kith_record_set_string (task, "author", cx->actor->user);
  return free_unseen (cx, task, error) && kith_world_put (cx->world, task, error);
}

/* The author had said for whom, and it is for nobody. */
static gboolean
add_derive (KithOpContext *cx, JsonObject *args, GError **error)
{
  g_autoptr (KithRecord) task = NULL;
  g_autofree char *client = NULL;

  return kith_op_need (cx, "task", kith_json_string (args, "id"), &task, error) &&
         (kith_record_string (task, "staff") != NULL ||
          (kith_op_client_of_task (cx, task, &client, error) && kith_op_notify_author (cx, client, "unassigned", error)));
}

/* ---- done, later ---- */

static gboolean
load (KithOpContext *cx, JsonObject *args, KithRecord **task, GError **error)
{
  return kith_op_need (cx, "task", kith_json_string (args, "task"), task, error);
}

/* Whoever sees what the task is about may do it. */
static gboolean
task_permit (KithOpContext *cx, JsonObject *args, GError **error)
{
  g_autoptr (KithRecord) task = NULL;

  if (!kith_op_permit_worker (cx, args, error) || !load (cx, args, &task, error))
    return FALSE;
  if (task != NULL && !kith_record_is (task, "agency", cx->actor->agency))
    return kith_refuse (error, KITH_REFUSAL_DENIED, _("This is another agency’s task. Nothing was changed."));
  return TRUE;
}

static gboolean
done_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  gboolean done = kith_json_bool (args, "done", TRUE);
  g_autofree char *time = kith_op_time (cx);
  g_autoptr (KithRecord) task = NULL;

  if (!load (cx, args, &task, error))
    return FALSE;
  if (task == NULL)
    return TRUE;
  if (kith_record_bool (task, "done") == done)
    {
      kith_op_noop (cx);
      return TRUE;
    }
  kith_record_set_bool (task, "done", done);
  kith_record_set_string (task, "done_at", done ? time : NULL);
  kith_record_set_string (task, "done_by", done ? cx->actor->user : NULL);
  return kith_world_put (cx->world, task, error);
}

static gboolean
snooze_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  const char *until = kith_json_string (args, "until");
  g_autoptr (KithRecord) task = NULL;

  if (!load (cx, args, &task, error))
    return FALSE;
  if (task == NULL)
    return TRUE;
  if (kith_record_is (task, "snoozed_until", until))
    {
      kith_op_noop (cx);
      return TRUE;
    }
  kith_record_set_string (task, "snoozed_until", until);
  return kith_world_put (cx->world, task, error);
}

/* ---- corrected ---- */

/* What a form wants a field to say; FALSE: nothing about it. */
static gboolean
wants (JsonObject *set, const char *field, const char **text)
{
  JsonObject *change = set != NULL ? kith_json_object (set, field) : NULL;

  *text = change != NULL ? kith_json_string (change, "new") : NULL;
  return change != NULL;
}

/* Whoever it is given to finds it where it lies, as when it was added; about nothing, it lies with its person alone. */
static gboolean
check_taker (KithOpContext *cx, KithRecord *task, const char *staff, GError **error)
{
  g_autoptr (KithRecord) person = NULL;
  const char *name;
  gboolean seen;

  if (staff == NULL)
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("Say for whom the task is."));
  if (task == NULL || kith_record_is (task, "staff", staff))
    return TRUE;
  if (kith_op_is_own_task (task))
    return kith_refuse (error, KITH_REFUSAL_INVALID,
                        _("A task for somebody else needs a client, a case or a referral that you both work on."));
  if (!kith_op_check_assignable (cx, staff, cx->actor->agency, &person, error) || !is_seen (cx, task, staff, &seen, error))
    return FALSE;
  name = person != NULL ? kith_record_string (person, "name") : NULL;
  return seen || kith_refuse (error, KITH_REFUSAL_NOT_ELIGIBLE, _("%s does not work on what this task is about, and would not see it. Give it to somebody who does."),
                              name != NULL ? name : "?");
}

gboolean
kith_op_check_task_patch (KithOpContext *cx, KithRecord *task, JsonObject *set, GError **error)
{
  const char *text;

  if (wants (set, "subject", &text) && kith_text_blank (text))
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("Say what is to be done."));
  return !wants (set, "staff", &text) || check_taker (cx, task, text, error);
}

#define ARG_TASK { "task", KITH_FIELD_REF, N_("Task"), KITH_FIELD_REQUIRED, .target = "task" }

static const KithField add_args[] = {
  { "id", KITH_FIELD_ID, N_("Task"), KITH_FIELD_REQUIRED },
  { "subject", KITH_FIELD_STRING, N_("What"), KITH_FIELD_REQUIRED, 500 },
  { "client", KITH_FIELD_REF, N_("Client"), KITH_FIELD_LOOSE, .target = "client" },
  { "case", KITH_FIELD_REF, N_("Case"), .target = "case" },
  { "referral", KITH_FIELD_REF, N_("Referral"), .target = "referral" },
  { "staff", KITH_FIELD_REF, N_("For"), .target = "staff" },
  { "due_on", KITH_FIELD_DATE, N_("Due") },
  { "remind_at", KITH_FIELD_TIME, N_("Reminder") },
};
static const KithField done_args[] = { ARG_TASK, { "done", KITH_FIELD_BOOL, N_("Done") } };
static const KithField snooze_args[] = { ARG_TASK, { "until", KITH_FIELD_TIME, N_("Until"), KITH_FIELD_REQUIRED } };

const KithOperation kith_operations_task[] = {
  { "task.add", N_("Add task"), KITH_RUNS_DESK, KITH_OPERATION_UNDO, add_args, G_N_ELEMENTS (add_args), add_permit, add_apply,
    add_derive },
  { "task.done", N_("Task done"), KITH_RUNS_DESK, KITH_OPERATION_UNDO, done_args, G_N_ELEMENTS (done_args), task_permit, done_apply },
  { "task.snooze", N_("Snooze task"), KITH_RUNS_DESK, KITH_OPERATION_UNDO, snooze_args, G_N_ELEMENTS (snooze_args), task_permit,
    snooze_apply },
  { NULL },
};
