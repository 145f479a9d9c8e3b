/* SPDX-License-Identifier: GPL-3.0-or-later */

/* amendment.ask, .decide, .disagree, .end: a client asks for a correction of what the agency has on record, is answered, and may write what
 * they think of a refusal (C19; 45 CFR 164.526: within 60 days, a refusal with its reason; the disagreement stays with the record); or asks that
 * something is kept from somebody, or to be reached in another way (164.522): the agency answers, and what it agreed to binds it until that is
 * ended. Each stays as it was said. */

#include "kith-amendment-days.h"
#include "kith-refusal.h"
#include "operations/op-common.h"

#define DAYS_TO_ANSWER 60

gboolean
kith_amendment_is_correction (KithRecord *request)
{
  const char *type = kith_record_string (request, "type");

  return type == NULL || strcmp (type, "amendment") == 0;
}

gboolean
kith_amendment_holds (KithRecord *request)
{
  return !kith_amendment_is_correction (request) && kith_record_is (request, "state", "accepted") &&
         (kith_record_string (request, "ended_on") == NULL || !kith_record_bool (request, "end_agreed"));
}

/* ---- amendment.ask ---- */

/* The ISO day some days after another. Yours; NULL: not a day. */
static char *
day_after (const char *day, int days)
{
  g_autofree char *noon = g_strconcat (day, "T12:00:00Z", NULL);
  g_autoptr (GDateTime) from = g_date_time_new_from_iso8601 (noon, NULL);
  g_autoptr (GDateTime) to = from != NULL ? g_date_time_add_days (from, days) : NULL;

  return to != NULL ? g_date_time_format (to, "%Y-%m-%d") : NULL;
}

static gboolean
ask_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  static const char *const copied[] = { "client", "type", "whom", "asked_on", "about", "wanted", NULL };
  const char *id = kith_json_string (args, "id");
  g_autofree char *scope = g_strconcat ("amendment:", id, NULL), *whose = g_strconcat ("client:", kith_json_string (args, "client"), NULL);
  g_autofree char *due = NULL;
  g_autoptr (KithRecord) request = NULL;
  g_autoptr (KithRecord) client = NULL;

  if (!kith_op_check_day (cx, args, "asked_on", error) || !kith_op_refuse_taken (cx, "amendment_request", id, error) ||
      !kith_op_get (cx, "client", kith_json_string (args, "client"), &client, error))
    return FALSE;
  request = kith_op_new ("amendment_request", id);
  kith_op_copy (request, args, copied);
  due = day_after (kith_json_string (args, "asked_on"), DAYS_TO_ANSWER);
  kith_record_set_string (request, "agency", cx->actor->agency);
  /* Who has nothing but its own record of care learns no number of another's record. */
  if (client != NULL && kith_world_sees (cx->world, cx->actor, whose) == KITH_SEES_NOW)
    kith_record_set_string (request, "number", kith_record_string (client, "number"));
  kith_record_set_string (request, "due_on", due);
  kith_record_set_string (request, "state", "asked");
  kith_op_sign (cx, request, "at", "by", "by_name");
  return kith_world_begin_scope (cx->world, scope, error) && kith_world_put (cx->world, request, error);
}

static gboolean
ask_derive (KithOpContext *cx, JsonObject *args, GError **error)
{
  g_autoptr (KithRecord) request = NULL;

  return kith_op_need (cx, "amendment_request", kith_json_string (args, "id"), &request, error) &&
         kith_op_notify_deciders (cx, request, "amendment_asked", error);
}

/* ---- amendment.decide ---- */

static gboolean
find_request (KithOpContext *cx, JsonObject *args, KithRecord **request, GError **error)
{
  return kith_op_need (cx, "amendment_request", kith_json_string (args, "request"), request, error);
}

/* Whoever answers for the agency: not everybody who writes in its records. */
static gboolean
decide_permit (KithOpContext *cx, JsonObject *args, GError **error)
{
  g_autoptr (KithRecord) request = NULL;

  if (!kith_op_permit_worker (cx, args, error) || !find_request (cx, args, &request, error))
    return FALSE;
  if (request != NULL && !kith_record_is (request, "agency", cx->actor->agency))
    return kith_refuse (error, KITH_REFUSAL_DENIED, _("Only the agency that was asked answers it."));
  if ((cx->actor->duties & (KITH_DUTY_SUPERVISOR | KITH_DUTY_PRIVACY)) == 0)
    return kith_refuse (error, KITH_REFUSAL_DENIED, _("A supervisor or the privacy officer of your agency answers this."));
  return TRUE;
}

static gboolean
is_same (KithRecord *request, JsonObject *args, const char *field)
{
  return g_strcmp0 (kith_record_string (request, field), kith_json_string (args, field)) == 0;
}

/* The first answer stands. The same once more changes nothing; another, also where it refuses for another reason, is not lost without
 * a word. */
static gboolean
refuse_second (KithOpContext *cx, KithRecord *request, JsonObject *args, GError **error)
{
  const char *by = kith_record_string (request, "decided_by_name");

  if (kith_record_is (request, "state", kith_json_string (args, "answer")) && is_same (request, args, "basis") && is_same (request, args, "reason") &&
      is_same (request, args, "keep"))
    {
      kith_op_noop (cx);
      return TRUE;
    }
  kith_op_now (cx, kith_json_new ("state", "s", kith_record_string (request, "state"), "decided_on", "s", kith_record_string (request, "decided_on"), NULL));
  kith_refuse (error, KITH_REFUSAL_STALE_STATE, _("%s has already answered this, on %s. Nothing was changed."), by != NULL ? by : _("Somebody"),
               kith_record_string (request, "decided_on"));
  return by != NULL ? FALSE : kith_refusal_mark_words (error, 0);
}

/* A correction is refused on one of the grounds of 164.526(a)(2). A restriction need not be agreed to (164.522(a)(1)(ii)), and another way to be reached is
 * refused where the wish is not reasonable (164.522(b)): the client is told why, in words. */
static gboolean
check_answer (JsonObject *args, gboolean accepted, gboolean correction, GError **error)
{
  if (accepted && kith_json_string (args, "basis") != NULL)
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("What is accepted needs no reason for a refusal."));
  if (!accepted && correction && kith_json_string (args, "basis") == NULL)
    return kith_refuse (error, KITH_REFUSAL_REASON_REQUIRED, _("Choose why it is refused: the client is told."));
  if (accepted && !correction && kith_op_blank (args, "keep"))
    return kith_refuse (error, KITH_REFUSAL_REASON_REQUIRED, _("Say what colleagues keep to: they read that, and not the client’s words."));
  if (!accepted && kith_json_string (args, "keep") != NULL)
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("There is nothing for colleagues to keep to where it is refused. Leave that empty."));
  if (!accepted && !correction && kith_op_blank (args, "reason"))
    return kith_refuse (error, KITH_REFUSAL_REASON_REQUIRED, _("Say why it is refused: the client is told."));
  return TRUE;
}

/* An older desk shows every request as a correction: what was meant for one is no answer to another, which it would bind the agency to unseen. */
static gboolean
check_type (KithRecord *request, JsonObject *args, GError **error)
{
  const char *type = kith_json_string (args, "type");
  gboolean same = kith_amendment_is_correction (request) ? type == NULL || strcmp (type, "amendment") == 0 : is_same (request, args, "type");

  return same || kith_refuse (error, KITH_REFUSAL_INVALID,
                              _("This client asks for something else than a correction, which this computer does not show. Nothing was changed. Update Kith, then answer."));
}

static gboolean
decide_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  static const char *const copied[] = { "decided_on", "reason", "basis", NULL }, *const of_others[] = { "decided_on", "reason", "keep", NULL };
  const char *state = kith_json_string (args, "answer");
  gboolean accepted = g_strcmp0 (state, "accepted") == 0, correction;
  g_autoptr (KithRecord) request = NULL;

  if (!kith_op_check_day (cx, args, "decided_on", error) || !find_request (cx, args, &request, error))
    return FALSE;
  if (request == NULL)
    return TRUE;
  if (!kith_record_is (request, "state", "asked"))
    return refuse_second (cx, request, args, error); /* whatever would be wrong with it: nobody asks for it any more */
  correction = kith_amendment_is_correction (request);
  if (!check_type (request, args, error) || !check_answer (args, accepted, correction, error))
    return FALSE;
  if (strcmp (kith_json_string (args, "decided_on"), kith_record_string (request, "asked_on")) < 0)
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("This cannot be answered before it was asked, on %s."), kith_record_string (request, "asked_on"));
  kith_op_copy (request, args, correction ? copied : of_others);
  kith_record_set_string (request, "state", state);
  kith_op_sign (cx, request, "decided_at", "decided_by", "decided_by_name");
  return kith_world_put (cx->world, request, error);
}

static char *
alert_id (KithRecord *request)
{
  return kith_op_natural_id ("alert", kith_record_get_id (request), NULL);
}

/* C11: those who work with the client keep to what was agreed by the words of whoever answered, and read no word of the client's. */
static gboolean
raise_agreed (KithOpContext *cx, KithRecord *request, GError **error)
{
  static const char *const copied[] = { "client", "agency", NULL };
  g_autofree char *id = alert_id (request);
  g_autoptr (KithRecord) alert = kith_op_new ("alert", id);

  kith_op_copy (alert, kith_record_get_body (request), copied);
  kith_record_set_string (alert, "level", "caution");
  kith_record_set_string (alert, "text", kith_record_string (request, "keep"));
  kith_record_set_string (alert, "request", kith_record_get_id (request));
  kith_record_set_string (alert, "kept", kith_record_string (request, "type"));
  kith_op_sign (cx, alert, "raised_at", "raised_by", "raised_by_name");
  return kith_world_put (cx->world, alert, error);
}

/* Whoever took it down tells the client, and corrects the record where it was accepted. */
static gboolean
decide_derive (KithOpContext *cx, JsonObject *args, GError **error)
{
  g_autoptr (KithRecord) request = NULL;

  return find_request (cx, args, &request, error) && (!kith_amendment_holds (request) || raise_agreed (cx, request, error)) &&
         kith_op_notify_work (cx, kith_record_get_id (request), kith_record_string (request, "by"), "amendment_decided",
                              kith_record_string (request, "client"), NULL, kith_record_string (request, "number"), error);
}

/* ---- amendment.disagree ---- */

/* Whoever has the client before them: those who answer, and who took the request down. */
static gboolean
disagree_permit (KithOpContext *cx, JsonObject *args, GError **error)
{
  g_autoptr (KithRecord) request = NULL;

  if (!kith_op_permit_worker (cx, args, error) || !find_request (cx, args, &request, error))
    return FALSE;
  if (request == NULL)
    return TRUE;
  if (!kith_record_is (request, "agency", cx->actor->agency))
    return kith_refuse (error, KITH_REFUSAL_DENIED, _("Only the agency that was asked keeps what the client says about its answer."));
  if ((cx->actor->duties & (KITH_DUTY_SUPERVISOR | KITH_DUTY_PRIVACY)) == 0 && !kith_record_is (request, "by", cx->actor->user))
    return kith_refuse (error, KITH_REFUSAL_DENIED, _("A supervisor, the privacy officer or whoever took down the request records this."));
  return TRUE;
}

static gboolean
disagree_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  static const char *const copied[] = { "disagreement", "disagreed_on", NULL };
  g_autoptr (KithRecord) request = NULL;

  if (!kith_op_check_day (cx, args, "disagreed_on", error) || !find_request (cx, args, &request, error))
    return FALSE;
  if (request == NULL)
    return TRUE;
  if (!kith_record_is (request, "state", "refused") || !kith_amendment_is_correction (request))
    return kith_refuse (error, KITH_REFUSAL_STALE_STATE, _("Only a correction that was refused can be disagreed with. Nothing was changed."));
  if (kith_record_string (request, "disagreement") != NULL && is_same (request, args, "disagreement"))
    {
      kith_op_noop (cx);
      return TRUE;
    }
  if (kith_record_string (request, "disagreement") != NULL)
    return kith_refuse (error, KITH_REFUSAL_EXISTS, _("The client’s disagreement was recorded already, on %s. It stays as it was written."),
                        kith_record_string (request, "disagreed_on"));
  if (strcmp (kith_json_string (args, "disagreed_on"), kith_record_string (request, "decided_on")) < 0)
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("This cannot be from before the answer, on %s."), kith_record_string (request, "decided_on"));
  kith_op_copy (request, args, copied);
  kith_op_sign (cx, request, "disagreed_at", "disagreed_by", "disagreed_by_name");
  return kith_world_put (cx->world, request, error);
}

/* ---- amendment.end ---- */

/* What an end without the client's agreement said is read in the history, where the client agrees later. */
static gboolean
set_end (KithOpContext *cx, KithRecord *request, JsonObject *args, GError **error)
{
  static const char *const fields[] = { "ended_on", "end_reason" };
  gboolean before = kith_record_string (request, "ended_on") != NULL;

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (!before)
      kith_op_set_noted (cx, request, fields[i], kith_json_string (args, fields[i]));
    else if (!kith_op_set_kept (cx, request, fields[i], kith_json_string (args, fields[i]), error))
      return FALSE;
  return TRUE;
}

/* 164.522(a)(2): the client asks for it or agrees to it, which may be later, or the agency tells the client that it ends: that holds for what comes into the
 * record afterwards, and what came before stays restricted. */
static gboolean
end_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  gboolean agreed = kith_json_bool (args, "agreed", FALSE);
  g_autoptr (KithRecord) request = NULL;
  const char *ended;

  if (!kith_op_check_day (cx, args, "ended_on", error) || !find_request (cx, args, &request, error))
    return FALSE;
  if (request == NULL)
    return TRUE;
  ended = kith_record_string (request, "ended_on");
  if (ended != NULL && is_same (request, args, "ended_on") && is_same (request, args, "end_reason") && kith_record_bool (request, "end_agreed") == agreed)
    {
      kith_op_noop (cx);
      return TRUE;
    }
  if (ended != NULL && (!agreed || kith_record_bool (request, "end_agreed")))
    return kith_refuse (error, KITH_REFUSAL_STALE_STATE, _("This was ended already, on %s. Nothing was changed."), ended);
  if (!kith_amendment_holds (request))
    return kith_refuse (error, KITH_REFUSAL_STALE_STATE, _("Only a restriction that was agreed can be ended. Nothing was changed."));
  if (strcmp (kith_json_string (args, "ended_on"), kith_record_string (request, "decided_on")) < 0)
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("This cannot end before it was agreed, on %s."), kith_record_string (request, "decided_on"));
  if (!set_end (cx, request, args, error))
    return FALSE;
  kith_record_set_bool (request, "end_agreed", agreed);
  kith_op_sign (cx, request, "ended_at", "ended_by", "ended_by_name");
  return kith_world_put (cx->world, request, error);
}

/* With the client's agreement nobody keeps to it any more; without, colleagues read until when what comes in is kept. Whoever took it down tells the client. */
static gboolean
end_derive (KithOpContext *cx, JsonObject *args, GError **error)
{
  g_autoptr (KithRecord) request = NULL;
  g_autoptr (KithRecord) alert = NULL;
  g_autofree char *id = NULL;

  if (!find_request (cx, args, &request, error))
    return FALSE;
  id = alert_id (request);
  if (!kith_op_get (cx, "alert", id, &alert, error))
    return FALSE;
  if (alert != NULL)
    {
      kith_record_set_string (alert, "kept_until", kith_record_string (request, "ended_on"));
      if (!kith_amendment_holds (request))
        kith_op_sign (cx, alert, "cleared_at", "cleared_by", "cleared_by_name");
      if (!kith_world_put (cx->world, alert, error))
        return FALSE;
    }
  return kith_op_notify_work (cx, cx->op_id, kith_record_string (request, "by"), "amendment_ended", kith_record_string (request, "client"), NULL,
                              kith_record_string (request, "number"), error);
}

static const KithField ask_args[] = {
  { "id", KITH_FIELD_ID, N_("Request of the client"), KITH_FIELD_REQUIRED },
  { "client", KITH_FIELD_REF, N_("Client"), KITH_FIELD_REQUIRED | KITH_FIELD_LOOSE, .target = "client" },
  /* None: a correction, as for every older hub; which would take anything else for one. */
  { "type", KITH_FIELD_CODE, N_("What is asked for"), KITH_FIELD_MEANT, .vocabulary = "amendment_type", .since = 6 },
  { "about", KITH_FIELD_TEXT, N_("In the client’s words"), KITH_FIELD_REQUIRED, 2000 },
  { "whom", KITH_FIELD_STRING, N_("Kept from whom"), .max_length = 500, .since = 6 },
  { "wanted", KITH_FIELD_TEXT, N_("What it should say"), 0, 2000 },
  { "asked_on", KITH_FIELD_DATE, N_("Asked on"), KITH_FIELD_REQUIRED },
};
static const KithField decide_args[] = {
  { "request", KITH_FIELD_REF, N_("Request of the client"), KITH_FIELD_REQUIRED, .target = "amendment_request" },
  { "answer", KITH_FIELD_CODE, N_("Answer"), KITH_FIELD_REQUIRED, .vocabulary = "amendment_answer" },
  { "basis", KITH_FIELD_CODE, N_("Why it is refused"), .vocabulary = "amendment_refusal" },
  { "reason", KITH_FIELD_TEXT, N_("What the client is told"), 0, 2000 },
  /* What is answered; none: a correction. An older hub has nothing else to answer. */
  { "type", KITH_FIELD_CODE, N_("What is asked for"), KITH_FIELD_MEANT, .vocabulary = "amendment_type", .since = 6 },
  { "keep", KITH_FIELD_STRING, N_("What colleagues keep to"), KITH_FIELD_MEANT, 500, .since = 6 },
  { "decided_on", KITH_FIELD_DATE, N_("Answered on"), KITH_FIELD_REQUIRED },
};
static const KithField end_args[] = {
  { "request", KITH_FIELD_REF, N_("Request of the client"), KITH_FIELD_REQUIRED | KITH_FIELD_MEANT, .target = "amendment_request", .since = 6 },
  { "ended_on", KITH_FIELD_DATE, N_("Ends on"), KITH_FIELD_REQUIRED, .since = 6 },
  { "agreed", KITH_FIELD_BOOL, N_("The client agrees that it ends"), KITH_FIELD_MEANT, .since = 6 },
  { "end_reason", KITH_FIELD_TEXT, N_("Why, and what the client was told"), KITH_FIELD_REQUIRED, 1000, .since = 6 },
};
static const KithField disagree_args[] = {
  { "request", KITH_FIELD_REF, N_("Request of the client"), KITH_FIELD_REQUIRED, .target = "amendment_request" },
  { "disagreement", KITH_FIELD_TEXT, N_("What the client writes"), KITH_FIELD_REQUIRED, 4000 },
  { "disagreed_on", KITH_FIELD_DATE, N_("Written on"), KITH_FIELD_REQUIRED },
};

const KithOperation kith_operations_amendment[] = {
  { "amendment.ask", N_("Record what the client asks"), KITH_RUNS_DESK, KITH_OPERATION_UNDO, ask_args, G_N_ELEMENTS (ask_args), kith_op_permit_care,
    ask_apply, ask_derive },
  { "amendment.decide", N_("Answer the client’s request"), KITH_RUNS_DESK, KITH_OPERATION_UNDO, decide_args, G_N_ELEMENTS (decide_args),
    decide_permit, decide_apply, decide_derive },
  { "amendment.disagree", N_("Record what the client says about a refusal"), KITH_RUNS_DESK, KITH_OPERATION_UNDO, disagree_args,
    G_N_ELEMENTS (disagree_args), disagree_permit, disagree_apply },
  { "amendment.end", N_("End a restriction"), KITH_RUNS_DESK, KITH_OPERATION_UNDO, end_args, G_N_ELEMENTS (end_args), decide_permit, end_apply,
    end_derive },
  { NULL },
};
