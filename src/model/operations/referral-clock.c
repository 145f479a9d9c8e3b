/* SPDX-License-Identifier: GPL-3.0-or-later */

/* referral.remind, .expire, .check_in, .snooze: the time in which an answer is due (D2, domain.md 1e: two working days and two of
 * grace, by the receiver's calendar). */

#include "operations/referral-common.h"

/* ---- remind: whoever is to answer, then those who can answer for them ---- */

static gboolean
find_reminder (KithOpContext *cx, JsonObject *args, KithRecord **referral, KithReferralReminder *reminder, GError **error)
{
  *reminder = KITH_REMINDER_NONE;
  return kith_op_referral (cx, args, referral, error) &&
         (*referral == NULL || kith_referral_reminder (cx->world, *referral, cx->time_ms, reminder, error));
}

/* The clock asks often; each step is taken once. */
static gboolean
remind_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  g_autoptr (KithRecord) referral = NULL;
  g_autoptr (KithRecord) course = NULL;
  KithReferralReminder reminder;

  if (!find_reminder (cx, args, &referral, &reminder, error) || (referral != NULL && !kith_referral_get_course (cx->world, referral, &course, error)))
    return FALSE;
  if (reminder == KITH_REMINDER_NONE || reminder == KITH_REMINDER_EXPIRED || kith_record_int (course, "reminded") >= (gint64) reminder)
    kith_op_noop (cx);
  return TRUE; /* what was told is written with the telling */
}

/* A receiver whose sight of it ended with the consent is not told of it. */
static gboolean
is_covered (KithOpContext *cx, KithRecord *referral, gboolean *covered, GError **error)
{
  g_autoptr (GError) local = NULL;

  *covered = kith_op_check_covered (cx, referral, &local);
  if (*covered || local->domain == KITH_REFUSAL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* The receiver's people: on the day those at work, the day after all who manage the service, on the last day the supervisors too. */
static gboolean
remind_receiver (KithOpContext *cx, KithRecord *referral, KithReferralReminder reminder, gboolean today, GError **error)
{
  gboolean covered;

  return is_covered (cx, referral, &covered, error) &&
         (!covered || kith_op_notify (cx, referral, today ? "due" : "overdue",
                                      reminder == KITH_REMINDER_DUE       ? KITH_NOTIFY_AT_WORK
                                      : reminder == KITH_REMINDER_OVERDUE ? KITH_NOTIFY_MANAGERS
                                                                          : KITH_NOTIFY_MANAGERS | KITH_NOTIFY_CHIEFS,
                                      error));
}

/* Somebody is always on leave. A step that was left out, by a short grace or a hub that stood still, is told with the next: that tells all
 * whom the one before would have told, and the sender when the day is over. */
static gboolean
remind_derive (KithOpContext *cx, JsonObject *args, GError **error)
{
  g_autoptr (KithRecord) referral = NULL;
  g_autoptr (KithRecord) course = NULL;
  g_autofree char *day = NULL;
  KithReferralReminder reminder;
  gboolean today, told;

  if (!find_reminder (cx, args, &referral, &reminder, error) || !kith_referral_get_course (cx->world, referral, &course, error))
    return FALSE;
  day = kith_referral_day (cx->world, kith_referral_answerer (referral), cx->time_ms, error);
  if (day == NULL)
    return FALSE;
  today = kith_record_is (course, "due_on", day);
  told = kith_record_int (course, "reminded") >= KITH_REMINDER_OVERDUE;
  kith_record_set_int (course, "reminded", reminder);
  return kith_world_put (cx->world, course, error) && remind_receiver (cx, referral, reminder, today, error) &&
         (today || told || kith_op_notify (cx, referral, "unanswered", KITH_NOTIFY_SENDER, error));
}

/* ---- expire ---- */

static gboolean
expire_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  g_autoptr (KithRecord) referral = NULL;
  KithReferralReminder reminder;

  if (!find_reminder (cx, args, &referral, &reminder, error))
    return FALSE;
  if (referral == NULL)
    return TRUE;
  if (reminder != KITH_REMINDER_EXPIRED)
    {
      kith_op_noop (cx);
      return TRUE;
    }
  return kith_op_enter_phase (cx, referral, "expired", "no_response", error) && kith_world_put (cx->world, referral, error) &&
         kith_op_add_event (cx, referral, "expired",
                            kith_json_new ("from_phase", "s", "sent", "to_phase", "s", "expired", "reason", "s",
                                           "no_response", NULL),
                            error);
}

static gboolean
expire_derive (KithOpContext *cx, JsonObject *args, GError **error)
{
  g_autoptr (KithRecord) referral = NULL;

  return kith_op_referral (cx, args, &referral, error) && kith_op_notify (cx, referral, "expired", KITH_NOTIFY_SENDER, error);
}

/* ---- check_in: the sender asks how it stands, or the receiver for more time; the days to answer begin anew ---- */

static gboolean
check_in_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  g_autoptr (KithRecord) referral = NULL;
  gboolean go;

  if (!kith_op_referral (cx, args, &referral, error))
    return FALSE;
  if (referral == NULL)
    return TRUE;
  if (!kith_op_step (cx, args, referral, NULL, &go, error))
    return FALSE;
  return !go || kith_op_add_event (cx, referral, "check_in", kith_json_new ("text", "s", kith_json_string (args, "text"), NULL), error);
}

static gboolean
check_in_derive (KithOpContext *cx, JsonObject *args, GError **error)
{
  g_autoptr (KithRecord) referral = NULL;
  gboolean covered;

  if (!kith_op_referral (cx, args, &referral, error) || !kith_op_set_due (cx, referral, error) ||
      !is_covered (cx, referral, &covered, error))
    return FALSE;
  if (kith_record_is (referral, "agency", kith_actor_side (cx->actor)))
    return !covered || kith_op_notify (cx, referral, "check_in", KITH_NOTIFY_AT_WORK, error);
  return kith_op_notify (cx, referral, "more_time", KITH_NOTIFY_SENDER, error);
}

/* ---- snooze: one side puts it away until a time; the clock runs on ---- */

static gboolean
snooze_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  const char *until = kith_json_string (args, "until"), *phase;
  g_autoptr (KithRecord) referral = NULL;
  g_autoptr (KithRecord) own = NULL;

  if (!kith_op_referral (cx, args, &referral, error))
    return FALSE;
  if (referral == NULL)
    return TRUE;
  phase = kith_record_string (referral, "phase");
  if (!kith_referral_step_exists (cx->operation->name, phase, NULL))
    return kith_op_stale (cx, referral, error);
  if (!kith_referral_get_own (cx->world, referral, kith_actor_side (cx->actor), &own, error))
    return FALSE;
  if (own == NULL)
    own = kith_op_new_own (referral, kith_actor_side (cx->actor));
  if (g_strcmp0 (kith_record_string (own, "snoozed_until"), until) == 0)
    {
      kith_op_noop (cx);
      return TRUE;
    }
  kith_record_set_string (own, "snoozed_until", until);
  return kith_world_put (cx->world, own, error);
}

static const KithField clock_args[] = { KITH_ARG_REFERRAL };

static const KithField check_in_args[] = {
  KITH_ARG_REFERRAL,
  KITH_ARG_FROM,
  { "text", KITH_FIELD_TEXT, N_("In words"), 0, 4000 },
};

static const KithField snooze_args[] = {
  KITH_ARG_REFERRAL,
  { "until", KITH_FIELD_TIME, N_("Until") }, /* absent: no more */
};

const KithOperation kith_operations_referral_clock[] = {
  { "referral.remind", N_("Remind of a referral"), KITH_RUNS_CLOCK, 0, clock_args, G_N_ELEMENTS (clock_args),
    kith_op_permit_hub, remind_apply, remind_derive },
  { "referral.expire", N_("Expire referral"), KITH_RUNS_CLOCK, 0, clock_args, G_N_ELEMENTS (clock_args),
    kith_op_permit_hub, expire_apply, expire_derive },
  { "referral.check_in", N_("Check in on a referral"), KITH_RUNS_DESK, 0, check_in_args, G_N_ELEMENTS (check_in_args),
    kith_op_permit_referral, check_in_apply, check_in_derive },
  { "referral.snooze", N_("Snooze referral"), KITH_RUNS_DESK, KITH_OPERATION_UNDO, snooze_args, G_N_ELEMENTS (snooze_args),
    kith_op_permit_referral, snooze_apply },
  { NULL },
};
