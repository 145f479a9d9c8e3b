/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "referrals/kith-referral-need.h"

#include <glib/gi18n.h>

#include "kith-format.h"
#include "kith-json.h"

char *
kith_referral_end_title (const char *phase,
                         const char *reason,
                         const char *outcome,
                         const char *words)
{
  if (g_strcmp0 (phase, "declined") == 0)
    /* Translators: the reason of a decline: "Declined: No capacity" */
    return reason ? g_strdup_printf (_("Declined: %s"), kith_format_reason ("decline_reason", reason, words)) : g_strdup (_("Declined"));
  if (!outcome || !phase || !g_str_has_prefix (phase, "closed"))
    return NULL;
  return g_strdup_printf (_("Outcome: %s"), kith_format_reason ("outcome", outcome, words));
}

/**
 * kith_referral_need_show:
 * @row: of the query "referral"; which part of its timeline is shown is no matter
 * @brief: P12: the eight fields alone
 */
void
kith_referral_need_show (KithFacts *facts,
                         KithLoop  *loop,
                         KithRow   *row,
                         gboolean   brief)
{
  JsonObject *body = kith_row_body (row, "body"), *detail = brief ? NULL : kith_row_body (row, "detail");
  const char *phase = kith_json_string (body, "phase");
  gboolean served = kith_row_get_int (row, "served") != 0 || g_strcmp0 (phase, "closed_resolved") == 0; /* a need that was met, at least in part */

  kith_loop_set (loop, phase, kith_json_bool (body, "accepted", FALSE), served, detail ? kith_json_string (detail, "outcome") : NULL);
  kith_facts_clear (facts);
  if (detail)
    {
      kith_facts_add (facts, _("Need"), kith_json_string (detail, "need"));
      kith_facts_add (facts, _("Request"), kith_json_string (detail, "request"));
    }
  if (!brief)
    kith_facts_add (facts, _("Note"), kith_row_get_text (row, "first_note"));
}
