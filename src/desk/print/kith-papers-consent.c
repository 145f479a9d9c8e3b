/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a paper rests on: the consents of the client that are in force when it is printed, by the clock and not by what was recorded last: a term ends
 * without a network too (C4). */

#include "kith-papers.h"

#include <glib/gi18n.h>

#include "clients/kith-consent-card.h"
#include "kith-format.h"

static gboolean
in_force (const KithPaperFacts *facts,
          KithRow              *row)
{
  return g_strcmp0 (kith_consent_status (kith_row_body (row, "body"), facts->now), "in_force") == 0;
}

/**
 * kith_paper_consent:
 *
 * Returns: (transfer none) (nullable): the one that was chosen, else the newest in force, else the newest; %NULL: there is none, or a blank form was chosen
 */
KithRow *
kith_paper_consent (const KithPaperFacts *facts)
{
  GPtrArray *rows = facts->consents;

  if (facts->consent && !*facts->consent)
    return NULL;
  for (guint i = 0; rows && facts->consent && i < rows->len; i++)
    if (g_strcmp0 (kith_row_get_id (rows->pdata[i]), facts->consent) == 0)
      return rows->pdata[i];
  for (guint i = 0; rows && i < rows->len; i++)
    if (in_force (facts, rows->pdata[i]))
      return rows->pdata[i];
  return rows && rows->len > 0 ? rows->pdata[0] : NULL;
}

/**
 * kith_paper_receivers:
 * @row: of client-consents
 *
 * Returns: (transfer full) (nullable): whom it names, in the paper's language; %NULL: nobody
 */
char *
kith_paper_receivers (KithRow             *row,
                      const KithCatalogue *catalogue)
{
  return kith_consent_receivers (row, kith_catalogue_get (catalogue, N_("network staff")));
}

/* kith_catalogue_code() makes words that are the caller's: these live as long as the sentence does. */
typedef struct
{
  const KithCatalogue *catalogue;
  GPtrArray *words;
} Codes;

static const char *
group_words (const char *code,
             gboolean    begins, /* of the group: the sentence has begun already */
             gpointer    user_data)
{
  Codes *codes = user_data;
  char *words = kith_catalogue_code (codes->catalogue, "receiver_class_within", code);

  g_ptr_array_add (codes->words, words);
  return words ? words : "";
}

/**
 * kith_paper_words_for_classes:
 *
 * Returns: (transfer full) (nullable): kinds of information, in the paper's language
 */
char *
kith_paper_words_for_classes (JsonArray           *classes,
                              const KithCatalogue *catalogue)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; classes && i < json_array_get_length (classes); i++)
    {
      g_autofree char *word = kith_catalogue_code (catalogue, "data_class", json_array_get_string_element (classes, i));

      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", word);
    }
  return g_string_free (text, text->len == 0);
}

/**
 * kith_paper_add_scope:
 * @row: of client-consents
 *
 * How far a consent goes: what, to whom, what for, from when and until when (42 CFR 2.32: a clear explanation of its scope goes along).
 */
void
kith_paper_add_scope (KithPages           *sheet,
                      KithRow             *row,
                      const KithCatalogue *catalogue)
{
  JsonObject *agreed = kith_row_body (row, "body");

  kith_pages_take_fact (sheet, kith_catalogue_get (catalogue, N_("What may be seen")), kith_paper_words_for_classes (kith_json_array (agreed, "classes"), catalogue));
  kith_pages_take_fact (sheet, kith_catalogue_get (catalogue, N_("Who may see it")), kith_paper_receivers (row, catalogue));
  kith_pages_take_fact (sheet, kith_catalogue_get (catalogue, N_("Who may share it")), kith_consent_disclosers (row));
  kith_pages_take_fact (sheet, kith_catalogue_get (catalogue, N_("Purpose")), kith_catalogue_code (catalogue, "consent_purpose", kith_json_string (agreed, "purpose")));
  kith_pages_take_fact (sheet, kith_catalogue_get (catalogue, N_("From")), kith_catalogue_date (catalogue, kith_json_string (agreed, "start")));
  kith_pages_take_fact (sheet, kith_catalogue_get (catalogue, N_("Until")), kith_catalogue_date (catalogue, kith_json_string (agreed, "term")));
  kith_pages_add_fact (sheet, kith_catalogue_get (catalogue, N_("Or when this happens")), kith_json_string (agreed, "end_event"));
}

/**
 * kith_paper_consent_basis:
 *
 * Returns: (transfer full): that a paper rests on this consent
 */
char *
kith_paper_consent_basis (KithRow             *row,
                          const KithCatalogue *catalogue)
{
  g_autofree char *until = kith_catalogue_date (catalogue, kith_json_string (kith_row_body (row, "body"), "term"));
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  Codes codes = { catalogue, words };
  /* One that was given to a group names each agency of it: the sentence stands at the foot of every page. */
  g_autofree char *group = kith_consent_group (row, group_words, &codes);
  g_autofree char *receivers = group ? g_steal_pointer (&group) : kith_paper_receivers (row, catalogue);
  const char *event = kith_json_string (kith_row_body (row, "body"), "end_event");

  if (until && *until && event)
    return kith_catalogue_fill (catalogue, N_("Basis: consent of the client, shared with {agencies} until {day}, or until this happens: {event}."), "agencies", receivers ? receivers : "–",
                                "day", until, "event", event, NULL);
  if (until && *until)
    return kith_catalogue_fill (catalogue, N_("Basis: consent of the client, shared with {agencies} until {day}."), "agencies", receivers ? receivers : "–", "day", until, NULL);
  if (event)
    return kith_catalogue_fill (catalogue, N_("Basis: consent of the client, shared with {agencies} until this happens: {event}."), "agencies", receivers ? receivers : "–", "event", event, NULL);
  return kith_catalogue_fill (catalogue, N_("Basis: consent of the client, shared with {agencies}."), "agencies", receivers ? receivers : "–", NULL);
}

/**
 * kith_paper_basis:
 *
 * What printing rests on: each consent in force, or the agency's own record (C3, C7).
 *
 * Returns: (transfer full): sentences
 */
char *
kith_paper_basis (const KithPaperFacts *facts,
                  const KithCatalogue  *catalogue)
{
  g_autoptr (GString) words = g_string_new (NULL);

  if (!facts->client)
    return g_strdup (kith_catalogue_get (catalogue, N_("Basis: the client’s right to have a record corrected or restricted, and to see the answer.")));
  for (guint i = 0; facts->consents && i < facts->consents->len; i++)
    if (in_force (facts, facts->consents->pdata[i]))
      {
        g_autofree char *part = kith_paper_consent_basis (facts->consents->pdata[i], catalogue);

        g_string_append_printf (words, "%s%s", words->len > 0 ? " " : "", part);
      }
  if (words->len == 0)
    return g_strdup (kith_catalogue_get (catalogue, N_("Basis: the agency’s own record; no consent to share is in force.")));
  return g_string_free (g_steal_pointer (&words), FALSE);
}

/**
 * kith_paper_shares_health:
 *
 * Returns: whether a consent in force lets health information go: substance use treatment may be among it, whose notice goes along then (C7)
 */
gboolean
kith_paper_shares_health (const KithPaperFacts *facts)
{
  for (guint i = 0; facts->consents && i < facts->consents->len; i++)
    {
      JsonArray *classes = kith_json_array (kith_row_body (facts->consents->pdata[i], "body"), "classes");

      if (in_force (facts, facts->consents->pdata[i]) && (kith_json_array_has (classes, "client_health") || kith_json_array_has (classes, "case_health")))
        return TRUE;
    }
  return FALSE;
}

/**
 * kith_paper_consent_words:
 * @row: of client-consents
 * @now: wall ms
 *
 * Returns: (transfer full): how it is told from the others, to whoever prints: "In force · Harbor House, network staff · 3 May 2026"
 */
char *
kith_paper_consent_words (KithRow *row,
                          gint64   now)
{
  JsonObject *body = kith_row_body (row, "body");
  g_autofree char *start = kith_format_time (kith_json_string (body, "start"), now);
  g_autofree char *receivers = kith_consent_receivers (row, _("network staff")); /* in the window's language, not a paper's */

  return kith_format_join (kith_format_code ("consent_status", kith_consent_status (body, now)), receivers, start);
}
