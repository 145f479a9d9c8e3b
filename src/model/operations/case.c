/* SPDX-License-Identifier: GPL-3.0-or-later */

/* case.open, .close, .reopen: a piece of work with a client begins and ends. */

#include "kith-referral-rules.h"
#include "operations/case-common.h"
#include "operations/reason-common.h"

/* ---- case.open ---- */

/* Whoever sees what the agency does with the client may open a case; the client's identity need not be visible. */
static gboolean
open_permit (KithOpContext *cx, JsonObject *args, GError **error)
{
  return kith_op_permit_worker (cx, args, error) && kith_op_check_care (cx, kith_json_string (args, "client"), error) &&
         kith_op_holds_none_here (cx, cx->actor->agency, error);
}

static gboolean
begin_scopes (KithOpContext *cx, const char *id, GError **error)
{
  g_autofree char *scope = g_strconcat ("case:", id, NULL);
  g_autofree char *health = g_strconcat ("case_health:", id, NULL);

  return kith_world_begin_scope (cx->world, scope, error) &&
         (!cx->actor->health || kith_world_begin_scope (cx->world, health, error));
}

/* The author's supervisor, if work can be given to that person; NULL: nobody, or not on this computer. */
static gboolean
find_supervisor (KithOpContext *cx, char **supervisor, GError **error)
{
  g_autoptr (KithRecord) author = NULL;
  g_autoptr (KithRecord) person = NULL;

  *supervisor = NULL;
  if (!kith_op_get (cx, "staff", cx->actor->user, &author, error) ||
      !kith_op_get (cx, "staff", author != NULL ? kith_record_string (author, "supervisor") : NULL, &person, error))
    return FALSE;
  if (person != NULL && kith_record_is (person, "agency", cx->actor->agency) && kith_record_is (person, "level", "standard") &&
      kith_record_bool (person, "active") && kith_record_bool (person, "trained"))
    *supervisor = g_strdup (kith_record_get_id (person));
  return TRUE;
}

static gboolean
open_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  static const char *const fields[] = { "client", "number", "title", "type", "next_step", "next_step_on", NULL };
  const char *id = kith_json_string (args, "id");
  const char *client = kith_json_string (args, "client");
  const char *agency = cx->actor->agency;
  g_autofree char *supervisor = NULL;
  g_autoptr (KithRecord) record = NULL;
  gboolean changed = FALSE;

  if (kith_op_blank (args, "title"))
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("Say in a few words what the case is about."));
  if (!kith_op_check_number (args, error) || !kith_op_refuse_taken (cx, "case", id, error) || !find_supervisor (cx, &supervisor, error))
    return FALSE;

  record = kith_op_new ("case", id);
  kith_op_copy (record, args, fields);
  kith_record_set_string (record, "agency", agency);
  kith_record_set_string (record, "phase", "open");
  kith_op_sign (cx, record, "opened_at", "author", "author_name");

  /* A5: the author and the author's supervisor, nobody else; A4 puts both on the client. */
  return begin_scopes (cx, id, error) && kith_world_put (cx->world, record, error) &&
         kith_op_add_case_event (cx, id, "opened", NULL, error) &&
         kith_op_join_case (cx, client, id, agency, cx->actor->user, &changed, error) &&
         (supervisor == NULL || kith_op_join_case (cx, client, id, agency, supervisor, &changed, error));
}

/* ---- how it ends, and how the end is taken back ---- */

static gboolean
refuse_stale (KithOpContext *cx, KithRecord *record, const char *message, GError **error)
{
  kith_op_now (cx, kith_json_new ("phase", "s", kith_record_string (record, "phase"), "outcome", "s", kith_record_string (record, "outcome"),
                                  "closed_at", "s", kith_record_string (record, "closed_at"), NULL));
  return kith_refuse (error, KITH_REFUSAL_STALE_STATE, "%s", message);
}

/* Access to a case lasts when it closes: those on it stay on it. */
static gboolean
close_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  const char *outcome = kith_json_string (args, "outcome");
  const char *text = kith_json_string (args, "text");
  g_autofree char *time = kith_op_time (cx);
  g_autofree char *words = NULL;
  g_autoptr (KithRecord) record = NULL;
  gboolean says;

  if (outcome == NULL)
    return kith_refuse (error, KITH_REFUSAL_REASON_REQUIRED, _("Choose how the case ended, so that its outcome counts."));
  if (!kith_op_reason_words (cx, args, "outcome", outcome, &words, &says, error))
    return FALSE;
  if (!kith_referral_end_says_why ("outcome", outcome) && !says && kith_text_blank (text))
    return kith_refuse (error, KITH_REFUSAL_REASON_REQUIRED,
                        g_str_equal (outcome, "other") ? _("Say in words how the case ended.")
                                                       : _("Say why the client was referred elsewhere."));
  if (!kith_op_case (cx, args, &record, error))
    return FALSE;
  if (record == NULL)
    return TRUE;
  if (!kith_record_is (record, "phase", "open"))
    {
      if (!kith_record_is (record, "outcome", outcome))
        return refuse_stale (cx, record, _("This case was closed already, with another outcome. Yours was not saved."), error);
      kith_op_noop (cx);
      return TRUE;
    }

  kith_record_set_string (record, "phase", "closed");
  kith_record_set_string (record, "closed_at", time);
  kith_record_set_string (record, "outcome", outcome);
  kith_record_set_string (record, "outcome_name", words);
  return kith_world_put (cx->world, record, error) &&
         kith_op_add_case_event (cx, kith_record_get_id (record), "closed", kith_json_new ("outcome", "s", outcome, "term_name", "s", words, "text", "s", text, NULL),
                                 error);
}

static gboolean
reopen_permit (KithOpContext *cx, JsonObject *args, GError **error)
{
  if (!kith_op_permit_case (cx, args, error))
    return FALSE;
  return kith_actor_has_duty (cx->actor, KITH_DUTY_SUPERVISOR) ||
         kith_refuse (error, KITH_REFUSAL_DENIED, _("Only a supervisor of your agency can reopen a case."));
}

static gboolean
reopen_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  g_autoptr (KithRecord) record = NULL;

  if (kith_op_blank (args, "reason"))
    return kith_refuse (error, KITH_REFUSAL_REASON_REQUIRED, _("Say why the case is opened again."));
  if (!kith_op_case (cx, args, &record, error))
    return FALSE;
  if (record == NULL)
    return TRUE;
  if (kith_record_is (record, "phase", "open"))
    {
      kith_op_noop (cx);
      return TRUE;
    }

  kith_record_set_string (record, "phase", "open");
  kith_record_set_string (record, "closed_at", NULL);
  kith_record_set_string (record, "outcome", NULL);
  kith_record_set_string (record, "outcome_name", NULL);
  return kith_world_put (cx->world, record, error) &&
         kith_op_add_case_event (cx, kith_record_get_id (record), "reopened",
                                 kith_json_new ("text", "s", kith_json_string (args, "reason"), NULL), error);
}

static const KithField open_args[] = {
  { "id", KITH_FIELD_ID, N_("Case"), KITH_FIELD_REQUIRED },
  { "number", KITH_FIELD_STRING, N_("Number"), KITH_FIELD_REQUIRED, 40 },
  { "client", KITH_FIELD_REF, N_("Client"), KITH_FIELD_REQUIRED | KITH_FIELD_LOOSE, .target = "client" },
  { "title", KITH_FIELD_STRING, N_("Title"), KITH_FIELD_REQUIRED, 255 },
  { "type", KITH_FIELD_CODE, N_("Type"), .vocabulary = "case_type" },
  { "next_step", KITH_FIELD_STRING, N_("Next step"), 0, 500 },
  { "next_step_on", KITH_FIELD_DATE, N_("Next step on") },
};

static const KithField close_args[] = {
  KITH_ARG_CASE,
  { "outcome", KITH_FIELD_CODE, N_("Outcome"), .vocabulary = "outcome" },
  KITH_ARGS_TERM,
  { "text", KITH_FIELD_TEXT, N_("In words"), 0, 4000 },
};

static const KithField reopen_args[] = {
  KITH_ARG_CASE,
  { "reason", KITH_FIELD_TEXT, N_("Reason"), 0, 4000 },
};

const KithOperation kith_operations_case[] = {
  { "case.open", N_("Open case"), KITH_RUNS_DESK, 0, open_args, G_N_ELEMENTS (open_args), open_permit, open_apply },
  { "case.close", N_("Close case"), KITH_RUNS_DESK, KITH_OPERATION_UNDO, close_args, G_N_ELEMENTS (close_args), kith_op_permit_case,
    close_apply },
  { "case.reopen", N_("Reopen case"), KITH_RUNS_DESK, KITH_OPERATION_UNDO, reopen_args, G_N_ELEMENTS (reopen_args), reopen_permit, reopen_apply },
  { NULL },
};
