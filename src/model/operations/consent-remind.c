/* SPDX-License-Identifier: GPL-3.0-or-later */

/* consent.remind: who works with the client is told 30 and 7 days before a consent ends, so that it can be asked for again. */

#include "kith-consent-days.h"
#include "operations/op-common.h"

#define DAY_MS (G_GINT64_CONSTANT (24) * 60 * 60 * 1000)

/**
 * kith_consent_reminder_due:
 * @now_ms: the hub's time
 *
 * A consent that was given for less than that many days is not announced that many days ahead.
 *
 * Returns: 30 or 7 when that reminder is due and was not given yet; 0: nothing to do
 */
guint
kith_consent_reminder_due (KithRecord *consent, gint64 now_ms)
{
  static const guint days[] = { 7, 30 };
  gint64 reminded = kith_record_int (consent, "reminded_days");
  gint64 start, end;

  if (!kith_record_is (consent, "status", "in_force") || !kith_time_parse (kith_record_string (consent, "term"), &end) ||
      !kith_time_parse (kith_record_string (consent, "start"), &start) || end <= now_ms)
    return 0;
  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    if (end - now_ms <= days[i] * DAY_MS && end - start > days[i] * DAY_MS)
      return reminded == 0 || reminded > days[i] ? days[i] : 0;
  return 0;
}

static gboolean
remind_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  g_autoptr (KithRecord) consent = NULL;
  guint days;

  if (!kith_op_need (cx, "consent", kith_json_string (args, "consent"), &consent, error))
    return FALSE;
  days = consent != NULL ? kith_consent_reminder_due (consent, cx->time_ms) : 0;
  if (days == 0)
    {
      kith_op_noop (cx);
      return TRUE;
    }
  kith_record_set_int (consent, "reminded_days", days);
  return kith_world_put (cx->world, consent, error);
}

static gboolean
remind_derive (KithOpContext *cx, JsonObject *args, GError **error)
{
  g_autoptr (KithRecord) consent = NULL;

  return kith_op_need (cx, "consent", kith_json_string (args, "consent"), &consent, error) &&
         kith_op_notify_client (cx, kith_record_string (consent, "client"), kith_record_string (consent, "agency"), "consent_expiring", error);
}

static const KithField remind_args[] = {
  { "consent", KITH_FIELD_REF, N_("Consent"), KITH_FIELD_REQUIRED, .target = "consent" },
};

const KithOperation kith_operations_consent_remind[] = {
  { "consent.remind", N_("Announce the end of a consent"), KITH_RUNS_CLOCK, 0, remind_args, G_N_ELEMENTS (remind_args),
    kith_op_permit_hub, remind_apply, remind_derive },
  { NULL },
};
