/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-record-papers.h"

#include <glib/gi18n.h>

#include "clients/kith-consent-card.h"
#include "kith-clock.h"
#include "kith-format.h"
#include "kith-papers.h"
#include "kith-referral-rules.h"
#include "referrals/kith-referral-brief.h"
#include "widgets/kith-health-notice.h"

#define T(text) kith_catalogue_get (self->catalogue, text)

typedef struct
{
  const KithRecordFacts *facts;
  const KithCatalogue *catalogue;
  KithPages *sheet;
  JsonObject *body;
} Paper;

/* ---- shared */

/* Yours; NULL: none */
static char *
moment (Paper      *self,
        const char *iso)
{
  gint64 ms;

  return iso && kith_time_parse (iso, &ms) ? kith_paper_moment (self->catalogue, ms) : NULL;
}

static char *
code (Paper      *self,
      const char *vocabulary,
      const char *value)
{
  return kith_catalogue_code (self->catalogue, vocabulary, value);
}

/* A reason or an outcome: in the network's words where it has some, as they were when it was chosen (domain.md 2f). */
static char *
reason (Paper      *self,
        const char *list,
        const char *value,
        const char *words)
{
  return value && words ? g_strdup (words) : code (self, list, value);
}

static void
add_head (Paper      *self,
          const char *title,
          const char *name,
          const char *subtitle)
{
  g_autofree char *kicker = g_strjoin (" · ", self->facts->agency && *self->facts->agency ? self->facts->agency : T (N_("2-1-1, the network’s staff")), title, NULL);

  kith_pages_add_kicker (self->sheet, kicker);
  kith_pages_add_title (self->sheet, name ? name : T (N_("Name not given")));
  kith_pages_add_subtitle (self->sheet, subtitle);
}

/* C16: before anything else. */
static void
add_do_not_contact (Paper *self)
{
  kith_pages_add_notice (self->sheet, T (N_("Do not contact this person.")));
}

static void
set_footer (Paper      *self,
            const char *rests)
{
  g_autofree char *when = kith_paper_moment (self->catalogue, self->facts->now);
  g_autofree char *printed = kith_catalogue_fill (self->catalogue, N_("Printed {when} by {who}, {agency}."), "when", when, "who", self->facts->printer, "agency",
                                                  self->facts->agency && *self->facts->agency ? self->facts->agency : T (N_("2-1-1, the network’s staff")), NULL);
  const char *number = kith_json_string (self->body, "number");
  g_autofree char *footer = g_strjoin (" ", number ? number : "", number ? "·" : "", printed, NULL);

  kith_pages_set_footer (self->sheet, g_strstrip (footer), rests);
  kith_pages_set_lost_notice (self->sheet, T (N_("[…] stands for letters that this computer has no font for. The record itself has them.")));
}

/* Whoever is given it may not pass it on as it likes (C6, C7): of a referral always, of substance use treatment by the federal words. */
static void
add_notice (Paper    *self,
            gboolean  shared,
            gboolean  health)
{
  if (health)
    kith_pages_add_notice (self->sheet, T (kith_health_notice_words ()));
  if (shared)
    kith_pages_add_notice (self->sheet, T (N_("What is written here was shared for this referral alone. It may not be shown to others without the person’s agreement, unless the law asks for it.")));
  kith_pages_add_notice (self->sheet, T (N_("This paper is about a person. Keep it where others cannot read it, and shred it when it is no longer needed.")));
}

/* ---- a contact record */

/* In the language of the paper. Yours */
static char *
answer_words (Paper      *self,
              JsonObject *answer)
{
  const char *type = kith_json_string (answer, "type"), *value = kith_json_string (answer, "value");
  JsonArray *values = kith_json_array (answer, "values");
  GString *words;

  if (g_strcmp0 (type, "yes_no") == 0)
    return g_strdup (g_strcmp0 (value, "yes") == 0 ? T (N_("Yes")) : T (N_("No")));
  if (g_strcmp0 (type, "date") == 0)
    return kith_catalogue_date (self->catalogue, value);
  if (!values)
    return g_strdup (value);
  words = g_string_new (NULL);
  for (guint i = 0; i < json_array_get_length (values); i++)
    g_string_append_printf (words, "%s%s", words->len > 0 ? ", " : "", json_array_get_string_element (values, i));
  return g_string_free (words, FALSE);
}

static void
add_needs (Paper *self)
{
  GPtrArray *needs = self->facts->needs;

  if (!needs || needs->len == 0)
    return;
  kith_pages_add_heading (self->sheet, T (N_("Needs")));
  for (guint i = 0; i < needs->len; i++)
    {
      const char *words = kith_row_get_text (needs->pdata[i], "words"), *term = kith_row_get_text (needs->pdata[i], "term_name");
      g_autofree char *status = code (self, "need_status", kith_row_get_text (needs->pdata[i], "status"));

      const char *note = kith_row_get_text (needs->pdata[i], "note");
      g_autoptr (GString) line = g_string_new (status);

      if (term)
        g_string_append_printf (line, "%s%s", line->len > 0 ? " · " : "", term);
      if (note)
        g_string_append_printf (line, "\n%s", note);
      kith_pages_add_fact (self->sheet, words ? words : "", line->str);
    }
}

/* P2: what the forms asked. TRUE: some of it is about health. */
static gboolean
add_answers (Paper *self)
{
  GPtrArray *rows = self->facts->answers;
  gboolean health = FALSE;

  for (guint i = 0; rows && i < rows->len; i++)
    {
      JsonObject *body = kith_row_body (rows->pdata[i], "body");
      JsonArray *answers = body ? kith_json_array (body, "answers") : NULL;
      const char *name = body ? kith_json_string (body, "form_name") : NULL;

      if (!answers || json_array_get_length (answers) == 0)
        continue;
      health |= g_strcmp0 (kith_json_string (body, "t"), "referral_health") == 0;
      kith_pages_add_heading (self->sheet, name ? name : T (N_("Questions answered")));
      for (guint k = 0; k < json_array_get_length (answers); k++)
        {
          JsonObject *answer = json_array_get_object_element (answers, k);
          const char *text = kith_json_string (answer, "text");

          kith_pages_take_fact (self->sheet, text ? text : "", answer_words (self, answer));
        }
    }
  return health;
}

/* P11: what is attached stays in Kith; the paper says that it is there. TRUE: some of it is about health. */
static gboolean
add_files (Paper *self)
{
  GPtrArray *files = self->facts->files;
  gboolean health = FALSE;

  if (!files || files->len == 0)
    return FALSE;
  kith_pages_add_heading (self->sheet, T (N_("Attached files")));
  for (guint i = 0; i < files->len; i++)
    {
      kith_pages_add_item (self->sheet, kith_row_get_text (files->pdata[i], "name"));
      health |= g_strcmp0 (kith_row_get_text (files->pdata[i], "t"), "referral_health") == 0;
    }
  return health;
}

static void
add_assigned (Paper *self)
{
  GPtrArray *referrals = self->facts->referrals;

  if (!referrals || referrals->len == 0)
    return;
  kith_pages_add_heading (self->sheet, T (N_("Referrals made")));
  for (guint i = 0; i < referrals->len; i++)
    {
      KithRow *row = referrals->pdata[i];
      const char *phase = kith_row_get_text (row, "phase"), *status = kith_row_get_text (row, "status"), *resource = kith_row_get_text (row, "resource_name");
      const char *queue = kith_row_get_text (row, "queue_name"), *number = kith_row_get_text (row, "number");
      g_autofree char *state = kith_catalogue_status (self->catalogue, phase, status);
      g_autofree char *outcome = reason (self, "outcome", kith_row_get_text (row, "outcome"), kith_row_get_text (row, "outcome_name")), *sent = moment (self, kith_row_get_text (row, "sent_at"));
      g_autofree char *text = g_strjoin (" · ", resource ? resource : queue ? queue : "", state ? state : "", outcome ? outcome : sent ? sent : "",
                                         outcome ? sent : NULL, NULL);

      kith_pages_add_fact (self->sheet, number ? number : "", text);
    }
}

static void
add_looked_at (Paper *self)
{
  GPtrArray *resources = self->facts->resources;

  if (!resources || resources->len == 0)
    return;
  kith_pages_add_heading (self->sheet, T (N_("Services looked at")));
  for (guint i = 0; i < resources->len; i++)
    {
      const char *name = kith_row_get_text (resources->pdata[i], "name"), *agency = kith_row_get_text (resources->pdata[i], "organization_name");
      g_autofree char *line = g_strjoin (", ", name ? name : "", agency, NULL);

      kith_pages_add_item (self->sheet, line);
    }
}

static void
add_caller (Paper *self)
{
  g_autofree char *kind = code (self, "caller_kind", kith_json_string (self->body, "caller_kind"));
  const char *caller = kith_json_string (self->body, "caller_name");

  kith_pages_take_fact (self->sheet, T (N_("Who called")), caller && kind ? g_strdup_printf ("%s (%s)", caller, kind) : g_strdup (caller ? caller : kind));
  kith_pages_take_fact (self->sheet, T (N_("How")), code (self, "contact_channel", kith_json_string (self->body, "how")));
  kith_pages_take_fact (self->sheet, T (N_("Submitted")), moment (self, kith_json_string (self->body, "submitted_at")));
  kith_pages_add_fact (self->sheet, T (N_("Taken by")), kith_json_string (self->body, "author_name"));
  kith_pages_take_fact (self->sheet, T (N_("Phone")), kith_paper_phones (self->catalogue, self->body));
  kith_pages_add_fact (self->sheet, T (N_("Email")), kith_json_string (self->body, "email"));
  kith_pages_add_fact (self->sheet, T (N_("City")), kith_json_string (self->body, "city"));
  kith_pages_add_fact (self->sheet, T (N_("Postal code")), kith_json_string (self->body, "postal_code"));
  kith_pages_take_fact (self->sheet, T (N_("Date of birth")), kith_catalogue_date (self->catalogue, kith_json_string (self->body, "date_of_birth")));
  kith_pages_take_fact (self->sheet, T (N_("Languages")), kith_paper_languages (self->catalogue, self->body));
}

/**
 * kith_contact_paper_new:
 * @facts: borrowed for the call
 * @catalogue: kept, not owned: must outlive the pages
 *
 * Returns: (transfer full): the pages, not laid out yet; with the notice against passing on where referrals were made from it
 */
KithPages *
kith_contact_paper_new (const KithRecordFacts *facts,
                        const KithCatalogue   *catalogue)
{
  Paper paper = { facts, catalogue, kith_pages_new (catalogue), kith_row_body (facts->record, "body") }, *self = &paper;
  const char *name = kith_json_string (self->body, "name"), *notes = kith_json_string (self->body, "notes");

  add_head (self, T (N_("Contact record")), name ? name : kith_json_string (self->body, "caller_name"), kith_json_string (self->body, "number"));
  if (kith_json_bool (self->body, "do_not_contact", FALSE))
    add_do_not_contact (self);
  add_caller (self);
  add_needs (self);
  add_answers (self);
  if (notes)
    {
      kith_pages_add_heading (self->sheet, T (N_("Notes")));
      kith_pages_add_paragraph (self->sheet, notes);
    }
  add_files (self);
  add_assigned (self);
  add_looked_at (self);
  add_notice (self, facts->referrals && facts->referrals->len > 0, FALSE);
  set_footer (self, NULL);
  return self->sheet;
}

/* ---- a referral */

static char *
party (Paper      *self,
       const char *name,
       const char *agency)
{
  return g_strdup (name ? name : g_strcmp0 (agency, "network") == 0 ? T (N_("2-1-1, the network’s staff")) : NULL);
}

static void
add_parties (Paper *self)
{
  KithRow *row = self->facts->record;
  JsonObject *detail = kith_row_body (row, "detail"), *course = kith_row_body (row, "course");

  kith_pages_take_fact (self->sheet, T (N_("From")), party (self, kith_row_get_text (row, "agency_name"), kith_json_string (self->body, "agency")));
  kith_pages_take_fact (self->sheet, T (N_("To")), party (self, kith_row_get_text (row, "agency_to_name"), kith_json_string (self->body, "agency_to")));
  kith_pages_add_fact (self->sheet, T (N_("Service")), kith_json_string (self->body, "resource_name"));
  kith_pages_add_fact (self->sheet, T (N_("Queue")), kith_json_string (self->body, "queue_name"));
  kith_pages_add_fact (self->sheet, T (N_("Contact record")), kith_json_string (self->body, "contact_number"));
  kith_pages_take_fact (self->sheet, T (N_("Type")), code (self, "referral_kind", course ? kith_referral_kind (kith_json_string (course, "type"), kith_json_string (self->body, "agency"), kith_json_string (self->body, "agency_to")) : NULL));
  kith_pages_take_fact (self->sheet, T (N_("Status")), kith_catalogue_status (self->catalogue, kith_json_string (self->body, "phase"), kith_json_string (self->body, "status")));
  kith_pages_take_fact (self->sheet, T (N_("Outcome")), reason (self, "outcome", detail ? kith_json_string (detail, "outcome") : NULL, detail ? kith_json_string (detail, "outcome_name") : NULL));
  kith_pages_take_fact (self->sheet, T (N_("Sent")), moment (self, course ? kith_json_string (course, "sent_at") : NULL));
  kith_pages_add_fact (self->sheet, T (N_("Assigned to")), kith_row_get_text (row, "assignee_name"));
}

static void
add_request (Paper      *self,
             JsonObject *detail)
{
  JsonObject *snapshot = detail ? kith_json_object (detail, "snapshot") : NULL;
  const char *request = detail ? kith_json_string (detail, "request") : NULL;
  const char *note = kith_row_get_text (self->facts->record, "first_note");

  if (!detail && !note)
    return;
  kith_pages_add_heading (self->sheet, T (N_("What is asked for")));
  if (detail)
    {
      kith_pages_add_fact (self->sheet, T (N_("Need")), kith_json_string (detail, "need"));
      kith_pages_take_fact (self->sheet, T (N_("Urgency")), code (self, "urgency", kith_json_string (detail, "urgency")));
    }
  if (request)
    kith_pages_add_paragraph (self->sheet, request);
  kith_pages_add_fact (self->sheet, T (N_("Note")), note);
  if (!snapshot)
    return;
  kith_pages_add_heading (self->sheet, T (N_("How to reach")));
  kith_pages_add_fact (self->sheet, T (N_("Preferred name")), kith_json_string (snapshot, "preferred_name"));
  kith_pages_take_fact (self->sheet, T (N_("Phone")), kith_paper_phones (self->catalogue, snapshot));
  kith_pages_take_fact (self->sheet, T (N_("Address")), kith_paper_home (self->catalogue, kith_json_object (snapshot, "address")));
  kith_pages_take_fact (self->sheet, T (N_("Date of birth")), kith_catalogue_date (self->catalogue, kith_json_string (snapshot, "date_of_birth")));
  kith_pages_take_fact (self->sheet, T (N_("Languages")), kith_paper_languages (self->catalogue, snapshot));
}

/* One side's own words never leave it by the other's paper, nor by its own: a paper goes where nobody knows. */
static void
add_history (Paper *self)
{
  GPtrArray *events = self->facts->events;
  gboolean headed = FALSE;

  for (guint i = 0; events && i < events->len; i++)
    {
      KithRow *row = events->pdata[i];
      g_autofree char *when = moment (self, kith_row_get_text (row, "at")), *what = code (self, "event_type", kith_row_get_text (row, "type"));
      g_autofree char *phase = code (self, "phase", kith_row_get_text (row, "to_phase")), *outcome = reason (self, "outcome", kith_row_get_text (row, "outcome"), kith_row_get_text (row, "term_name"));
      g_autofree char *why = reason (self, "decline_reason", kith_row_get_text (row, "reason"), kith_row_get_text (row, "term_name"));
      g_autofree char *how = code (self, "contact_how", kith_row_get_text (row, "how")), *result = code (self, "contact_result", kith_row_get_text (row, "result"));
      const char *who = kith_row_get_text (row, "actor_name"), *agency = kith_row_get_text (row, "agency_name");
      const char *text = g_strcmp0 (kith_row_get_text (row, "type"), "sent") == 0 ? NULL : kith_row_get_text (row, "text"); /* stands with what is asked for */
      g_autoptr (GString) line = g_string_new (what ? what : "");

      if (kith_row_get_int (row, "private"))
        continue;
      if (!headed)
        kith_pages_add_heading (self->sheet, T (N_("History")));
      headed = TRUE;
      if (phase && g_strcmp0 (phase, what) != 0)
        g_string_append_printf (line, ": %s", phase);
      if (outcome)
        g_string_append_printf (line, ", %s", outcome);
      if (why)
        g_string_append_printf (line, ", %s", why);
      if (how)
        g_string_append_printf (line, ": %s", how);
      if (result)
        g_string_append_printf (line, ", %s", result);
      if (who)
        g_string_append_printf (line, " – %s%s%s", who, agency ? ", " : "", agency ? agency : "");
      if (text)
        g_string_append_printf (line, "\n%s", text);
      kith_pages_add_fact (self->sheet, when ? when : "", line->str);
    }
}

/* What sharing it rested on (C1, C5). Yours */
static char *
basis (Paper      *self,
       JsonObject *detail)
{
  const char *rests = detail ? kith_json_string (detail, "release_basis") : NULL;
  g_autofree char *until = rests ? kith_catalogue_date (self->catalogue, kith_json_string (detail, "release_until")) : NULL;
  g_autofree char *words = code (self, "legal_basis", rests);

  if (!rests)
    return NULL;
  if (until && *until)
    return kith_catalogue_fill (self->catalogue, N_("Basis: {basis}, until {day}."), "basis", words, "day", until, NULL);
  return kith_catalogue_fill (self->catalogue, N_("Basis: {basis}."), "basis", words, NULL);
}

/* Named itself; or by a group, as long as the hub has not said which agencies these are. */
static gboolean
reaches (KithRow    *consent,
         const char *agency)
{
  JsonObject *body = kith_row_body (consent, "body");
  JsonArray *groups = kith_json_array (body, "receiver_classes"), *receivers = kith_json_array (body, "receivers");

  return kith_json_array_has (receivers, agency) ||
         (groups && json_array_get_length (groups) > 0 && (!receivers || json_array_get_length (receivers) == 0));
}

/* What is kept, or was given to the client alone, went to nobody. */
static gboolean
is_under_consent (Paper      *self,
                  JsonObject *detail)
{
  static const char *const told_nobody[] = { "draft", "pending_consent", "given", NULL };
  const char *agency = kith_json_string (self->body, "agency"), *agency_to = kith_json_string (self->body, "agency_to"), *phase = kith_json_string (self->body, "phase");

  return !(phase && g_strv_contains (told_nobody, phase)) && kith_json_string (self->body, "client") && agency_to && g_strcmp0 (agency, agency_to) != 0 && !(detail && kith_json_string (detail, "release_basis"));
}

/* C7: whoever reads the paper of a client's referral reads how far the consent goes that it went under. Where that is not here, who has it.
 * Returns (transfer full) (nullable): what the paper rests on, for its foot */
static char *
add_consents (Paper      *self,
              JsonObject *detail)
{
  GPtrArray *consents = self->facts->consents;
  const char *from = kith_row_get_text (self->facts->record, "agency_name");
  GString *rests = g_string_new (NULL);

  if (!is_under_consent (self, detail))
    {
      g_string_free (rests, TRUE);
      return NULL;
    }
  kith_pages_add_heading (self->sheet, T (N_("The consent it was shared under")));
  for (guint i = 0; consents && i < consents->len; i++)
    if (g_strcmp0 (kith_consent_status (kith_row_body (consents->pdata[i], "body"), self->facts->now), "in_force") == 0 &&
        reaches (consents->pdata[i], kith_json_string (self->body, "agency_to")))
      {
        g_autofree char *part = kith_paper_consent_basis (consents->pdata[i], self->catalogue);

        kith_paper_add_scope (self->sheet, consents->pdata[i], self->catalogue);
        g_string_append_printf (rests, "%s%s", rests->len > 0 ? " " : "", part);
      }
  if (rests->len == 0 && kith_json_bool (self->body, "revoked", FALSE))
    {
      kith_pages_add_paragraph (self->sheet, T (N_("The client has taken back the consent it was shared under. Nothing on this paper may be shown to others.")));
      g_string_append (rests, T (N_("Basis: a consent of the client, taken back since.")));
    }
  else if (rests->len == 0)
    {
      g_autofree char *words = kith_catalogue_fill (
        self->catalogue, N_("It was shared for this referral alone, under a consent of the client that {agency} has. Ask them before anything on this paper is shown to others."),
        "agency", from ? from : "–", NULL);

      kith_pages_add_paragraph (self->sheet, words);
      g_string_append (rests, T (N_("Basis: consent of the client to this referral.")));
    }
  return g_string_free (rests, FALSE);
}

/**
 * kith_referral_paper_new:
 * @facts: borrowed for the call
 * @catalogue: kept, not owned: must outlive the pages
 *
 * Returns: (transfer full): the pages, not laid out yet, with the notice against passing on and what the referral rests on
 */
KithPages *
kith_referral_paper_new (const KithRecordFacts *facts,
                         const KithCatalogue   *catalogue)
{
  Paper paper = { facts, catalogue, kith_pages_new (catalogue), kith_row_body (facts->record, "body") }, *self = &paper;
  JsonObject *detail = kith_row_body (facts->record, "detail");
  JsonArray *released = detail ? kith_json_array (detail, "release_classes") : NULL;
  gboolean health = kith_json_array_has (released, "client_health") || kith_json_array_has (released, "case_health");
  g_autofree char *released_by = basis (self, detail), *agreed = NULL;

  add_head (self, T (N_("Referral")), kith_json_string (self->body, "contact_name"), kith_json_string (self->body, "number"));
  if (kith_referral_no_contact (facts->record, detail))
    add_do_not_contact (self);
  add_parties (self);
  add_request (self, detail);
  health |= add_answers (self);
  health |= add_files (self);
  add_history (self);
  agreed = add_consents (self, detail);
  add_notice (self, TRUE, health);
  set_footer (self, released_by ? released_by : agreed);
  return self->sheet;
}
