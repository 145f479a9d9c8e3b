/* SPDX-License-Identifier: GPL-3.0-or-later */

/* amendment.remind: those who answer a client's request are told before its sixty days are over, and when they are (C19). */

#include "kith-amendment-days.h"
#include "kith-referral-rules.h"
#include "operations/op-common.h"

#define DAY_MS (G_GINT64_CONSTANT (24) * 60 * 60 * 1000)

/**
 * kith_amendment_reminder:
 * @now_ms: the hub's time
 * @reminder: (out): the furthest that has come, told or not
 *
 * Days are the agency's, in its time zone.
 *
 * Returns: %FALSE: the world failed
 */
gboolean
kith_amendment_reminder (KithWorld *world, KithRecord *request, gint64 now_ms, KithAmendmentReminder *reminder, GError **error)
{
  const char *agency = kith_record_string (request, "agency"), *due = kith_record_string (request, "due_on");
  g_autofree char *today = NULL;
  g_autofree char *soon = NULL;

  *reminder = KITH_AMENDMENT_WAITS;
  if (due == NULL || !kith_record_is (request, "state", "asked"))
    return TRUE;
  today = kith_referral_day (world, agency, now_ms, error);
  soon = today != NULL ? kith_referral_day (world, agency, now_ms + KITH_AMENDMENT_DAYS_AHEAD * DAY_MS, error) : NULL;
  if (soon == NULL)
    return FALSE;
  if (strcmp (due, today) < 0)
    *reminder = KITH_AMENDMENT_OVERDUE;
  else if (strcmp (due, soon) <= 0)
    *reminder = KITH_AMENDMENT_DUE;
  return TRUE;
}

static gboolean
find_reminder (KithOpContext *cx, JsonObject *args, KithRecord **request, KithAmendmentReminder *reminder, GError **error)
{
  *reminder = KITH_AMENDMENT_WAITS;
  return kith_op_need (cx, "amendment_request", kith_json_string (args, "request"), request, error) &&
         (*request == NULL || kith_amendment_reminder (cx->world, *request, cx->time_ms, reminder, error));
}

static gboolean
remind_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  g_autoptr (KithRecord) request = NULL;
  KithAmendmentReminder reminder;

  if (!find_reminder (cx, args, &request, &reminder, error))
    return FALSE;
  if (request == NULL || kith_record_int (request, "reminded") >= (gint64) reminder)
    {
      kith_op_noop (cx);
      return TRUE;
    }
  kith_record_set_int (request, "reminded", reminder);
  return kith_world_put (cx->world, request, error);
}

static gboolean
remind_derive (KithOpContext *cx, JsonObject *args, GError **error)
{
  g_autoptr (KithRecord) request = NULL;
  KithAmendmentReminder reminder;

  return find_reminder (cx, args, &request, &reminder, error) &&
         kith_op_notify_deciders (cx, request, reminder == KITH_AMENDMENT_OVERDUE ? "amendment_overdue" : "amendment_due", error);
}

static const KithField remind_args[] = {
  { "request", KITH_FIELD_REF, N_("Request of the client"), KITH_FIELD_REQUIRED, .target = "amendment_request" },
};

const KithOperation kith_operations_amendment_remind[] = {
  { "amendment.remind", N_("Remind of a client’s request"), KITH_RUNS_CLOCK, 0, remind_args, G_N_ELEMENTS (remind_args),
    kith_op_permit_hub, remind_apply, remind_derive },
  { NULL },
};
