/* SPDX-License-Identifier: GPL-3.0-or-later */

/* referral.close, .reopen, .void: how a referral ends, and how an end is taken back (domain.md 2e, 2f). */

#include "operations/capacity-common.h"
#include "operations/reason-common.h"
#include "operations/referral-common.h"

/* ---- close ---- */

/* domain.md 2e: an end without the need met has an outcome and a reason. */
static gboolean
check_outcome (KithOpContext *cx, JsonObject *args, char **words, GError **error)
{
  const char *outcome = kith_json_string (args, "outcome");
  gboolean says;

  if (kith_text_blank (outcome))
    return kith_refuse (error, KITH_REFUSAL_REASON_REQUIRED,
                        _("Choose the outcome, so that the sender knows how it ended."));
  if (!kith_op_reason_words (cx, args, "outcome", outcome, words, &says, error))
    return FALSE;
  if (!kith_referral_end_says_why ("outcome", outcome) && !says && kith_op_blank (args, "text"))
    return kith_refuse (error, KITH_REFUSAL_REASON_REQUIRED,
                        g_str_equal (outcome, "other") ? _("Say in words how it ended.")
                                                       : _("Say why the client was referred elsewhere. The sender needs it to help on."));
  if (kith_referral_outcome_phase (outcome) == NULL)
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("This outcome is not one of the choices offered."));
  return TRUE;
}

/* The same phase with another outcome is not the same end: the second to close learns of the first, where they read how it ended at all (P12). */
static gboolean
is_another_end (KithOpContext *cx, KithRecord *referral, const char *to, const char *outcome, gboolean *another, GError **error)
{
  g_autofree char *scope = g_strconcat ("referral_detail:", kith_record_get_id (referral), NULL);
  g_autoptr (KithRecord) detail = NULL;

  *another = FALSE;
  if (!kith_record_is (referral, "phase", to) || kith_world_sees (cx->world, cx->actor, scope) != KITH_SEES_NOW)
    return TRUE;
  if (!kith_op_detail (cx, referral, &detail, error))
    return FALSE;
  *another = detail != NULL && !kith_record_is (detail, "outcome", outcome);
  return TRUE;
}

static gboolean
close_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  const char *outcome = kith_json_string (args, "outcome");
  const char *to = kith_referral_outcome_phase (outcome);
  g_autoptr (KithRecord) referral = NULL;
  g_autofree char *from = NULL;
  g_autofree char *words = NULL;
  gboolean go, another;

  if (!check_outcome (cx, args, &words, error) || !kith_op_referral (cx, args, &referral, error))
    return FALSE;
  if (referral == NULL)
    return TRUE;
  if (!is_another_end (cx, referral, to, outcome, &another, error))
    return FALSE;
  if (another)
    return kith_op_stale (cx, referral, error);
  from = g_strdup (kith_record_string (referral, "phase"));
  if (!kith_op_step (cx, args, referral, to, &go, error))
    return FALSE;
  if (!go)
    return TRUE;
  return kith_op_enter_phase (cx, referral, to, NULL, error) && kith_world_put (cx->world, referral, error) && kith_op_put_outcome (cx, referral, outcome, words, error) &&
         kith_op_add_event (cx, referral, "closed",
                            kith_json_new ("from_phase", "s", from, "to_phase", "s", to, "outcome", "s", outcome, "term_name", "s", words,
                                           "text", "s", kith_json_string (args, "text"), NULL),
                            error);
}

static gboolean
close_derive (KithOpContext *cx, JsonObject *args, GError **error)
{
  g_autoptr (KithRecord) referral = NULL;

  return kith_op_referral (cx, args, &referral, error) &&
         kith_capacity_close_hold (cx, referral, kith_record_is (referral, "phase", "closed_resolved"), error) &&
         kith_op_notify (cx, referral, "closed", KITH_NOTIFY_SENDER, error);
}

/* ---- reopen ---- */

/* What was closed goes back to work; what was never taken up goes back to waiting, for which consent must (again) be
 * there. */
static gboolean
reopen_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  const char *asked = kith_json_string (args, "from");
  gboolean was_closed = g_strcmp0 (asked, "closed_resolved") == 0 || g_strcmp0 (asked, "closed_unresolved") == 0;
  const char *to = was_closed ? "accepted" : "sent";
  g_autoptr (KithRecord) referral = NULL;
  gboolean go;

  if (!kith_op_referral (cx, args, &referral, error))
    return FALSE;
  if (referral == NULL)
    return TRUE;
  if (!kith_op_step (cx, args, referral, to, &go, error))
    return FALSE;
  if (!go)
    return TRUE;
  if (!was_closed && !kith_op_check_covered (cx, referral, error))
    return FALSE;
  return kith_op_enter_phase (cx, referral, to, NULL, error) && kith_world_put (cx->world, referral, error) && kith_op_put_outcome (cx, referral, NULL, NULL, error) && kith_op_drop_proposal (cx, referral, error) &&
         kith_op_add_event (cx, referral, "reopened",
                            kith_json_new ("from_phase", "s", asked, "to_phase", "s", to, "text", "s",
                                           kith_json_string (args, "reason"), NULL),
                            error);
}

static gboolean
reopen_derive (KithOpContext *cx, JsonObject *args, GError **error)
{
  g_autoptr (KithRecord) referral = NULL;

  if (!kith_op_referral (cx, args, &referral, error))
    return FALSE;
  if (kith_record_is (referral, "phase", "sent") && !kith_op_set_due (cx, referral, error))
    return FALSE;
  if (kith_op_keeps_place (referral) && !kith_capacity_come_back (cx, referral, error))
    return FALSE;
  if (!kith_op_carry_do_not_contact (cx, referral, error)) /* C16: said while it was over */
    return FALSE;
  return kith_op_notify (cx, referral, "reopened", KITH_NOTIFY_SENDER | KITH_NOTIFY_ASSIGNEE, error);
}

/* ---- void: made by mistake; the receiver's basis ends with it ---- */

static gboolean
void_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  g_autoptr (KithRecord) referral = NULL;
  g_autofree char *from = NULL;
  gboolean go;

  if (!kith_op_referral (cx, args, &referral, error))
    return FALSE;
  if (referral == NULL)
    return TRUE;
  from = g_strdup (kith_record_string (referral, "phase"));
  if (!kith_op_step (cx, args, referral, "voided", &go, error))
    return FALSE;
  if (!go)
    return TRUE;
  kith_record_set_node (referral, "accepted", NULL);
  return kith_op_enter_phase (cx, referral, "voided", NULL, error) && kith_world_put (cx->world, referral, error) && kith_op_put_outcome (cx, referral, NULL, NULL, error) &&
         kith_op_add_event (cx, referral, "voided",
                            kith_json_new ("from_phase", "s", from, "to_phase", "s", "voided", "text", "s",
                                           kith_json_string (args, "reason"), NULL),
                            error);
}

/* Of what was waiting for them, at work or done, all lists of the receiver lose it: those who answer, whoever works on it, and the portal account learn
 * that it was a mistake, as when it is taken back. What never came to them, or came back from them, is nothing to them. */
static gboolean
void_derive (KithOpContext *cx, JsonObject *args, GError **error)
{
  g_autoptr (KithRecord) referral = NULL;
  g_autoptr (KithRecord) event = NULL;

  if (!kith_op_referral (cx, args, &referral, error) || !kith_capacity_give_back (cx, referral, error) || !kith_op_find_event (cx, referral, "voided", &event, error))
    return FALSE;
  return event == NULL || !kith_referral_phase_is_live (kith_record_string (event, "from_phase")) ||
         kith_op_notify (cx, referral, "voided", KITH_NOTIFY_ASSIGNEE | KITH_NOTIFY_RECEIVER, error);
}

static const KithField close_args[] = {
  KITH_ARG_REFERRAL,
  KITH_ARG_FROM,
  { "outcome", KITH_FIELD_CODE, N_("Outcome"), .vocabulary = "outcome" },
  KITH_ARGS_TERM,
  { "text", KITH_FIELD_TEXT, N_("In words"), 0, 4000 },
};

static const KithField back_args[] = {
  KITH_ARG_REFERRAL,
  KITH_ARG_FROM,
  { "reason", KITH_FIELD_TEXT, N_("Reason"), 0, 4000 },
};

const KithOperation kith_operations_referral_close[] = {
  { "referral.close", N_("Close referral"), KITH_RUNS_DESK, KITH_OPERATION_UNDO, close_args, G_N_ELEMENTS (close_args),
    kith_op_permit_referral, close_apply, close_derive },
  { "referral.reopen", N_("Reopen referral"), KITH_RUNS_DESK, KITH_OPERATION_UNDO, back_args, G_N_ELEMENTS (back_args),
    kith_op_permit_referral, reopen_apply, reopen_derive },
  { "referral.void", N_("Void referral"), KITH_RUNS_DESK, KITH_OPERATION_UNDO, back_args, G_N_ELEMENTS (back_args),
    kith_op_permit_referral, void_apply, void_derive },
  { NULL },
};
