/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "referrals/kith-referral-need.h"

#include <glib/gi18n.h>

#include "kith-format.h"
#include "kith-json.h"

/**
 * kith_referral_note:
 * @body: the referral
 * @events: (element-type KithRow): its timeline
 *
 * Returns: (nullable): the note that stands above the timeline, which has all that followed (P20): what went along with it. Where the timeline
 *   does not have that, the newest, unless it is there.
 */
const char *
kith_referral_note (JsonObject *body,
                    GPtrArray  *events)
{
  const char *newest = kith_json_string (body, "note");
  gboolean told = FALSE;

  for (guint i = 0; i < events->len; i++)
    {
      const char *type = kith_row_get_text (events->pdata[i], "type"), *text = kith_row_get_text (events->pdata[i], "text");

      if (g_strcmp0 (type, "sent") == 0 && text && *text)
        return text;
      told |= g_strcmp0 (type, "note") == 0 && g_strcmp0 (text, newest) == 0;
    }
  return told ? NULL : newest;
}

char *
kith_referral_end_title (const char *phase,
                         const char *reason,
                         const char *outcome)
{
  if (g_strcmp0 (phase, "declined") == 0)
    /* Translators: the reason of a decline: "Declined: No capacity" */
    return reason ? g_strdup_printf (_("Declined: %s"), kith_format_code ("decline_reason", reason)) : g_strdup (_("Declined"));
  if (!outcome || !phase || !g_str_has_prefix (phase, "closed"))
    return NULL;
  return g_strdup_printf (_("Outcome: %s"), kith_format_code ("outcome", outcome));
}

/**
 * kith_referral_end_words:
 * @events: (element-type KithRow): the timeline, oldest first
 *
 * Returns: (nullable): what was written with the end it has now: words of an end that was taken back are none of it.
 */
const char *
kith_referral_end_words (GPtrArray *events)
{
  for (guint i = events->len; i > 0; i--)
    {
      const char *type = kith_row_get_text (events->pdata[i - 1], "type");

      if (g_strcmp0 (type, "closed") == 0 || g_strcmp0 (type, "declined") == 0)
        return kith_row_get_text (events->pdata[i - 1], "text");
    }
  return NULL;
}

static gboolean
was_served (const char *phase,
            GPtrArray  *events)
{
  gboolean served = g_strcmp0 (phase, "closed_resolved") == 0; /* a need that was met, at least in part */

  for (guint i = 0; events && i < events->len && !served; i++)
    served = g_strcmp0 (kith_row_get_text (events->pdata[i], "to_phase"), "in_service") == 0 || g_strcmp0 (kith_row_get_text (events->pdata[i], "from_phase"), "in_service") == 0;
  return served;
}

void
kith_referral_need_show (KithFacts *facts,
                         KithLoop  *loop,
                         KithRow   *row,
                         GPtrArray *events,
                         gboolean   brief)
{
  JsonObject *body = kith_row_body (row, "body"), *detail = brief ? NULL : kith_row_body (row, "detail");

  const char *phase = kith_json_string (body, "phase");

  kith_loop_set (loop, phase, kith_json_bool (body, "accepted", FALSE), was_served (phase, events), detail ? kith_json_string (detail, "outcome") : NULL);
  kith_facts_clear (facts);
  if (detail)
    {
      kith_facts_add (facts, _("Need"), kith_json_string (detail, "need"));
      kith_facts_add (facts, _("Request"), kith_json_string (detail, "request"));
    }
  if (brief)
    kith_facts_add (facts, _("Note"), kith_json_string (body, "note"));
  else if (events)
    kith_facts_add (facts, _("Note"), kith_referral_note (body, events));
}
