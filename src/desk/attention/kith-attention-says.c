/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a card of "Needs attention" says of what became of an operation, where the hub's own sentence is not enough. */

#include "kith-attention-words.h"

#include <glib/gi18n.h>
#include <string.h>

#include "kith-format.h"
#include "kith-text.h"

/* C1: who decides on a suggestion, and what happens then. Yours; NULL: it is none. */
char *
kith_attention_proposal_words (JsonObject *entry)
{
  const char *state = kith_json_string (entry, "proposal"), *agency = kith_json_string (entry, "decides"), *by = kith_json_string (entry, "decided_by");

  if (!state)
    return NULL;
  agency = agency ? agency : _("The agency that registered the client");
  by = by ? by : agency;
  if (g_str_equal (state, "open"))
    /* Translators: the agency that registered the client */
    return g_strdup_printf (_("%s registered this client and decides, or an agency where the client is enrolled. Until then what stands now counts for everybody. "
                              "Taken, your value stands on every desk; else it is kept in the history. You read here what was decided."), agency);
  if (g_str_equal (state, "mine"))
    return g_strdup_printf (_("%s took your value. It stands now, on every desk."), by);
  return g_strdup_printf (_("%s kept what stands. Your value is found in the history."), by);
}

/* The step was from a phase that the referral has left meanwhile. These mean something else when they come too late: nothing was done of them. */
static gboolean
is_race (JsonObject *entry,
         JsonObject *now)
{
  static const char *const others[] = { "referral.confirm_decline", "referral.reroute", "queue.set_statuses", NULL };
  const char *op = kith_json_string (entry, "op"), *phase = now ? kith_json_string (now, "phase") : NULL;
  JsonObject *args = kith_json_object (entry, "args");
  const char *from = args ? kith_json_string (args, "from") : NULL;

  return g_strcmp0 (kith_json_string (entry, "code"), "stale_state") == 0 && op && (g_str_has_prefix (op, "referral.") || g_str_has_prefix (op, "queue."))
         && !g_strv_contains (others, op) && phase && from && !g_str_equal (phase, from);
}

/* Somebody was faster: what the hub says of it, as one tells a colleague. Yours; NULL: it is none of that. */
char *
kith_attention_race_words (KithContext *context,
            JsonObject  *entry)
{
  JsonObject *now = kith_json_object (entry, "now");
  const char *message = kith_text_told (kith_json_string (entry, "message")), *by = now ? kith_json_string (now, "by") : NULL;
  const char *agency = now ? kith_json_string (now, "agency") : NULL;
  g_autofree char *when = now ? kith_format_time (kith_json_string (now, "at"), kith_context_get_now (context)) : NULL;

  if (!is_race (entry, now))
    return NULL;
  if (g_str_equal (kith_json_string (now, "phase"), "recalled"))
    /* Translators: what became of a referral: "Mission Food Bank recalled this referral. There is nothing to undo." */
    return g_strdup_printf (_("%s There is nothing to undo."), message ? message : "");
  if (agency && by && when)
    /* Translators: what became of a referral, the agency, who did it, and when: "This referral is accepted. Family Health (Linh Trần) was faster (14:03). …" */
    return g_strdup_printf (_("%s %s (%s) was faster (%s). There is nothing to undo."), message ? message : "", agency, by, when);
  if (by && when)
    /* Translators: what became of a referral, who did it, and when: "This referral is accepted. Family Health was faster (14:03). There is nothing to undo." */
    return g_strdup_printf (_("%s %s was faster (%s). There is nothing to undo."), message ? message : "", by, when);
  return g_strdup_printf (_("%s Somebody was faster. There is nothing to undo."), message ? message : "");
}

const char *
kith_attention_access_words (void)
{
  return _("Kith notes who opened, searched, printed or discarded what, for the privacy officer of your agency. The hub has not taken this note. "
           "It stays on this computer, and nothing you wrote is lost. Try again; where that does not help, copy the text and give it to your privacy officer.");
}
