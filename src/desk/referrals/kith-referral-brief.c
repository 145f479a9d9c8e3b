/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "referrals/kith-referral-brief.h"

#include <glib/gi18n.h>

#include "kith-format.h"

gboolean
kith_referral_is_brief (KithContext *context)
{
  const KithActor *actor = kith_desktop_get_actor (kith_context_get_desktop (context));

  return actor && actor->level == KITH_LEVEL_PORTAL && !actor->sees_details;
}

const char *
kith_referral_brief_number (KithRow *row)
{
  const char *number = kith_row_field (row, "contact_number");

  return number ? number : kith_row_field (row, "number");
}

const char *
kith_referral_call_number (KithRow *row)
{
  const char *number = kith_row_field (row, "contact_number");

  return number && g_strcmp0 (number, kith_row_field (row, "number")) != 0 ? number : NULL;
}

gboolean
kith_referral_is_by_call (KithContext *context)
{
  const KithActor *actor = kith_desktop_get_actor (kith_context_get_desktop (context));

  return actor && actor->level == KITH_LEVEL_PORTAL;
}

const char *
kith_referral_number (KithContext *context,
                      KithRow     *row)
{
  return kith_referral_is_by_call (context) ? kith_referral_brief_number (row) : kith_row_field (row, "number");
}

const char *
kith_referral_other_number (KithContext *context,
                            KithRow     *row)
{
  const char *call = kith_referral_call_number (row);

  if (!call || kith_referral_is_brief (context))
    return NULL;
  return kith_referral_is_by_call (context) ? kith_row_field (row, "number") : call;
}

gboolean
kith_referral_no_contact (KithRow    *row,
                          JsonObject *detail)
{
  JsonObject *snapshot = detail ? kith_json_object (detail, "snapshot") : NULL;

  return (snapshot && kith_json_bool (snapshot, "do_not_contact", FALSE)) || kith_row_get_int (row, "no_contact") != 0;
}

void
kith_referral_brief_show (KithContext *context,
                          KithFacts   *facts,
                          KithRow     *row)
{
  JsonObject *body = kith_row_body (row, "body");
  const char *number = kith_json_string (body, "contact_number"), *phase = kith_json_string (body, "phase"), *status = kith_json_string (body, "status");

  kith_facts_clear (facts);
  kith_facts_add (facts, _("Queue"), kith_json_string (body, "queue_name"));
  kith_facts_add (facts, _("Service"), kith_json_string (body, "resource_name"));
  kith_facts_add (facts, _("Contact record"), number ? number : kith_json_string (body, "number"));
  kith_facts_add (facts, _("Status"), kith_format_status (phase, status));
  kith_facts_take (facts, _("Contact date"), kith_format_time (kith_json_string (body, "contact_date"), kith_context_get_now (context)));
  kith_facts_add (facts, _("Postal code"), kith_json_string (body, "postal_code"));
  /* Whose it is and since when is not among the eight: what this account wrote itself stands with that below (P20). */
  if (kith_row_get_int (row, "note_said") == 0)
    kith_facts_add (facts, _("Note"), kith_json_string (body, "note"));
}
