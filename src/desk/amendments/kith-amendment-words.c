/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "amendments/kith-amendment-words.h"

#include <glib/gi18n.h>

#include "kith-format.h"

gboolean
kith_amendment_row_is_correction (KithRow *row)
{
  const char *type = kith_row_get_text (row, "type");

  return !type || g_str_equal (type, "amendment");
}

gboolean
kith_amendment_row_holds (KithRow *row)
{
  return !kith_amendment_row_is_correction (row) && g_strcmp0 (kith_row_get_text (row, "state"), "accepted") == 0 &&
         (!kith_row_get_text (row, "ended_on") || !kith_row_get_int (row, "end_agreed"));
}

gboolean
kith_amendment_row_holds_for_before (KithRow *row)
{
  return kith_amendment_row_holds (row) && kith_row_get_text (row, "ended_on");
}

char *
kith_amendment_about (KithRow *row)
{
  const char *about = kith_row_get_text (row, "about"), *whom = kith_row_get_text (row, "whom");
  g_autofree char *said = NULL;

  if (kith_amendment_row_is_correction (row))
    return g_strdup (about ? about : "");
  /* Translators: what a client asks for, then their words: "Restriction: do not tell my employer" */
  said = g_strdup_printf (_("%s: %s"), kith_format_code ("amendment_type", kith_row_get_text (row, "type")), about ? about : "");
  /* Translators: the client's words; from whom it is kept */
  return whom ? g_strdup_printf (_("%s (kept from: %s)"), said, whom) : g_steal_pointer (&said);
}

const char *
kith_amendment_state (KithRow     *row,
                      const char **icon,
                      const char **tone)
{
  const char *state = kith_row_get_text (row, "state");
  gboolean asked = g_strcmp0 (state, "asked") == 0, accepted = g_strcmp0 (state, "accepted") == 0;

  if (accepted && kith_row_get_text (row, "ended_on"))
    {
      *icon = "object-select-symbolic";
      *tone = "";
      return kith_amendment_row_holds (row) ? _("Ended; what came before stays restricted") : _("Ended");
    }
  *icon = asked ? "document-open-recent-symbolic" : accepted ? "object-select-symbolic" : "action-unavailable-symbolic";
  *tone = asked ? "" : accepted ? "good" : "warn";
  return kith_format_code ("amendment_state", state);
}

JsonObject *
kith_amendment_given (KithRow *row)
{
  gboolean correction = kith_amendment_row_is_correction (row);
  JsonObject *given = kith_json_new ("request", "s", kith_row_get_id (row), "type", "s", correction ? NULL : kith_row_get_text (row, "type"), NULL);

  if (correction)
    json_object_set_null_member (given, "type"); /* what every hub knows */
  json_object_set_null_member (given, correction ? "keep" : "basis"); /* the grounds are a correction's alone */
  return given;
}

char *
kith_amendment_answer_words (KithRow *row)
{
  const char *type = kith_row_get_text (row, "type"), *about = kith_row_get_text (row, "about"), *whom = kith_row_get_text (row, "whom");
  /* Translators: the client's words; from whom it is kept */
  g_autofree char *said = whom ? g_strdup_printf (_("“%s” Kept from: %s."), about ? about : "", whom) : g_strdup_printf ("“%s”", about ? about : "");
  const char *words = kith_amendment_row_is_correction (row)
                        ? _("Accepted: correct the record, and tell the client. Refused: choose why, and tell the client, who may answer in writing.")
                      : g_strcmp0 (type, "contact") == 0
                        ? _("Accepted, as every reasonable wish is: say what colleagues keep to. Everybody of your agency who works with this client reads that above the record, "
                            "and not the client’s words. It changes nothing by itself. Refused: say why, and tell the client.")
                        : _("Accepted: it binds your agency until it is ended. Say what colleagues keep to: everybody of your agency who works with this client reads that above "
                            "the record, and not the client’s words. It changes nothing by itself. Refused: say why. You need not agree, unless it keeps from a health plan what was "
                            "paid for without it.");

  return g_strconcat (said, "\n", words, NULL);
}

const char *
kith_amendment_end_words (void)
{
  return _("With the client’s agreement it is over for all. Without, the client is told, and what came into the record until then stays restricted.");
}
