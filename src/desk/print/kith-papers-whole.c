/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The whole record of a client on paper (C19): what the face sheet leaves out. Of linked records it says which one a line is of. */

#include "kith-papers.h"

#include <glib/gi18n.h>

#include "cases/kith-case-lists.h"
#include "clients/kith-consent-card.h"
#include "kith-format.h"

#define T(text) kith_catalogue_get (self->catalogue, text)

typedef struct
{
  const KithPaperFacts *facts;
  const KithCatalogue *catalogue;
  KithPages *sheet;
} Whole;

/* What belongs together in one line: NULL and "" are left out. Yours */
static char *
line_of (const char *first, ...)
{
  GString *line = g_string_new (NULL);
  va_list list;

  va_start (list, first);
  for (const char *part = first; part != (const char *) -1; part = va_arg (list, const char *))
    if (part && *part)
      g_string_append_printf (line, "%s%s", line->len > 0 ? " · " : "", part);
  va_end (list);
  return g_string_free (line, FALSE);
}

#define LINE(...) line_of (__VA_ARGS__, (const char *) -1)

static char *
day (Whole *self, KithRow *row, const char *column)
{
  return kith_catalogue_date (self->catalogue, kith_row_get_text (row, column));
}

static char *
code (Whole *self, const char *vocabulary, KithRow *row, const char *column)
{
  return kith_catalogue_code (self->catalogue, vocabulary, kith_row_get_text (row, column));
}

/* In the network's words where it has some, as they were when it was chosen (domain.md 2f). */
static char *
outcome_of (Whole *self, KithRow *row)
{
  const char *words = kith_row_get_text (row, "outcome_name");

  return words ? g_strdup (words) : code (self, "outcome", row, "outcome");
}

static void
add_relative (Whole *self, KithRow *row)
{
  g_autofree char *name = kith_format_row_name (row);
  g_autofree char *birth = day (self, row, "date_of_birth"), *relation = code (self, "hmis_relationship", row, "relationship");
  g_autofree char *line = LINE (name, birth, kith_row_get_text (row, "number"), kith_row_get_text (row, "source"));

  kith_pages_add_fact (self->sheet, relation ? relation : "", line);
}

/* The number that is asked for by whoever wants to be somebody else stays in Kith. */
static void
add_billing (Whole *self, KithRow *row)
{
  static const char *const shown[] = { "client", "agency", "ssn", NULL };

  kith_pages_add_subtitle (self->sheet, kith_row_get_text (row, "source"));
  kith_paper_add_fields (self->sheet, kith_kind_get ("client_billing"), shown, kith_row_body (row, "body"), NULL, self->catalogue);
}

static void
add_health (Whole *self, KithRow *row)
{
  static const char *const shown[] = { "client", "agency", NULL };
  g_autofree char *source = kith_row_get_int (row, "own") ? NULL : LINE (kith_row_get_text (row, "number"), kith_row_get_text (row, "agency_name"));

  kith_pages_add_subtitle (self->sheet, source);
  kith_paper_add_fields (self->sheet, kith_kind_get ("client_health"), shown, kith_row_body (row, "body"), NULL, self->catalogue);
}

static void
add_case (Whole *self, KithRow *row)
{
  g_autofree char *type = code (self, "case_type", row, "type"), *outcome = outcome_of (self, row), *from = day (self, row, "opened_at");
  g_autofree char *until = day (self, row, "closed_at"), *when = until ? g_strdup_printf ("%s – %s", from ? from : "", until) : g_strdup (from);
  g_autofree char *line = LINE (kith_row_get_text (row, "title"), type, kith_row_get_text (row, "agency_name"), when, outcome, kith_row_get_text (row, "next_step"),
                                kith_row_get_text (row, "source"));
  const char *number = kith_row_get_text (row, "number");

  kith_pages_add_fact (self->sheet, number ? number : "", line);
}

/* What only some may see says so wherever it goes (U10, C7). Yours; NULL: everybody on the case may */
static char *
secrecy (Whole *self, KithRow *row)
{
  return g_strcmp0 (kith_row_get_text (row, "sensitivity"), "general") != 0 ? code (self, "sensitivity", row, "sensitivity") : NULL;
}

/* What it is, and what was written. Yours */
static char *
with_text (char *line, const char *text)
{
  g_autofree char *first = line;

  return text && *text ? g_strjoin (*first ? "\n" : "", first, text, NULL) : g_steal_pointer (&first);
}

static void
add_goal (Whole *self, KithRow *row)
{
  g_autofree char *since = day (self, row, "since"), *status = code (self, "goal_status", row, "status"), *target = day (self, row, "target_on"), *secret = secrecy (self, row);
  g_autofree char *by = target ? kith_catalogue_fill (self->catalogue, N_("to be reached by {date}"), "date", target, NULL) : NULL;
  char *line = LINE (kith_row_get_text (row, "title"), status, by, kith_row_get_text (row, "number"), kith_row_get_text (row, "agency_name"), kith_row_get_text (row, "author_name"),
                     secret, kith_row_get_text (row, "source"));

  kith_pages_take_fact (self->sheet, since ? since : "", with_text (line, kith_row_get_text (row, "description")));
}

static void
add_assessment (Whole *self, KithRow *row)
{
  g_autofree char *on = day (self, row, "assessed_on"), *how = code (self, "hmis_assessment_type", row, "type"), *level = code (self, "hmis_assessment_level", row, "level");
  const char *score = kith_row_get_text (row, "score");
  g_autofree char *points = score ? kith_catalogue_fill (self->catalogue, N_("score {number}"), "number", score, NULL) : NULL, *secret = secrecy (self, row);
  g_autofree char *answers = kith_case_assessment_answers (row);
  const char *why = kith_row_get_text (row, "void_reason");
  char *line = LINE (kith_row_get_text (row, "name"), how, level, points, kith_row_get_text (row, "number"), kith_row_get_text (row, "agency_name"),
                     kith_row_get_text (row, "author_name"), secret, kith_row_get_text (row, "source"), why ? T (N_("Taken back")) : NULL, why);

  kith_pages_take_fact (self->sheet, on ? on : "", with_text (with_text (line, kith_row_get_text (row, "summary")), answers));
}

/* An amendment stands behind what it amends, and both say so. */
static void
add_note (Whole *self, KithRow *row)
{
  g_autofree char *on = day (self, row, "at"), *type = code (self, "note_type", row, "type"), *amends = day (self, row, "amends_at"), *secret = secrecy (self, row);
  g_autofree char *amending = amends ? kith_catalogue_fill (self->catalogue, N_("amends the note of {date}"), "date", amends, NULL) : NULL;
  char *line = LINE (kith_row_get_text (row, "number"), type, amending, kith_row_get_int (row, "amended") > 0 ? T (N_("amended later")) : NULL,
                     kith_row_get_text (row, "agency_name"), kith_row_get_text (row, "author_name"), secret, kith_row_get_text (row, "source"));

  kith_pages_take_fact (self->sheet, on ? on : "", with_text (line, kith_row_get_text (row, "text")));
}

static void
add_program (Whole *self, KithRow *row)
{
  g_autofree char *from = day (self, row, "started_on"), *until = day (self, row, "ended_on"), *why = code (self, "enrollment_end", row, "end_reason");
  g_autofree char *label = until ? g_strdup_printf ("%s – %s", from ? from : "", until) : g_strdup (from ? from : "");
  g_autofree char *line = LINE (kith_row_get_text (row, "program_name"), kith_row_get_text (row, "agency_name"), why, kith_row_get_text (row, "note"),
                                kith_row_get_text (row, "end_note"), kith_row_get_text (row, "source"));

  kith_pages_add_fact (self->sheet, label, line);
}

static void
add_task (Whole *self, KithRow *row)
{
  g_autofree char *due = day (self, row, "due_on");
  g_autofree char *line = LINE (kith_row_get_text (row, "subject"), kith_row_get_text (row, "staff_name"), kith_row_get_int (row, "done") ? T (N_("Done")) : NULL,
                                kith_row_get_text (row, "source"));

  kith_pages_add_fact (self->sheet, due ? due : "–", line);
}

static void
add_document (Whole *self, KithRow *row)
{
  g_autofree char *when = day (self, row, "at");
  gboolean removed = kith_row_get_text (row, "removed_at") != NULL;
  g_autofree char *type = removed ? code (self, "document_type", row, "type") : NULL;
  g_autofree char *line = LINE (removed ? type : kith_row_get_text (row, "name"), kith_row_get_text (row, "by_name"), removed ? T (N_("Removed")) : NULL,
                                kith_row_get_text (row, "source"));

  kith_pages_add_fact (self->sheet, when ? when : "", line);
}

static void
add_service (Whole *self, KithRow *row)
{
  g_autofree char *when = day (self, row, "given_on"), *type = code (self, "service_type", row, "type");
  gint64 count = kith_row_get_int (row, "count");
  g_autofree char *times = count > 1 ? g_strdup_printf ("× %" G_GINT64_FORMAT, count) : NULL;
  const char *name = kith_row_get_text (row, "service_name");
  g_autofree char *line = LINE (type, name, times, kith_row_get_text (row, "agency_name"), kith_row_get_text (row, "note"),
                                kith_row_get_text (row, "voided_at") ? T (N_("Taken back")) : NULL, kith_row_get_text (row, "source"));

  kith_pages_add_fact (self->sheet, when ? when : "", line);
}

/* The two sides, and what became of it; its own paper has all that was written. */
static void
add_referral (Whole *self, KithRow *row)
{
  g_autofree char *sent = day (self, row, "sent_at"), *phase = kith_catalogue_status (self->catalogue, kith_row_get_text (row, "phase"), kith_row_get_text (row, "status")), *outcome = outcome_of (self, row);
  g_autofree char *line = LINE (kith_row_get_text (row, "resource_name"), kith_row_get_text (row, "sender_name"), kith_row_get_text (row, "agency_name"), sent, phase, outcome,
                                kith_row_get_text (row, "source"));
  const char *number = kith_row_get_text (row, "number");

  kith_pages_add_fact (self->sheet, number ? number : "", line);
}

static const struct
{
  const char *query, *heading; /* N_() */
  void (*add) (Whole *self, KithRow *row);
} parts[KITH_N_PARTS] = {
  [KITH_PART_HOUSEHOLD] = { "client-household", N_("Household"), add_relative },
  [KITH_PART_BILLING] = { "client-record-billing", N_("Insurance and billing"), add_billing },
  [KITH_PART_HEALTH] = { "client-health", N_("Health information"), add_health },
  [KITH_PART_CASES] = { "client-cases", N_("Cases"), add_case },
  [KITH_PART_GOALS] = { "client-goals", N_("Goals"), add_goal },
  [KITH_PART_ASSESSMENTS] = { "client-assessments", N_("Assessments"), add_assessment },
  [KITH_PART_NOTES] = { "client-case-notes", N_("Case notes"), add_note },
  [KITH_PART_PROGRAMS] = { "client-enrollments", N_("Programs"), add_program },
  [KITH_PART_TASKS] = { "client-tasks", N_("Follow-up"), add_task },
  [KITH_PART_DOCUMENTS] = { "client-record-documents", N_("Documents"), add_document },
  [KITH_PART_SERVICES] = { "client-services", N_("Services given"), add_service },
  [KITH_PART_REFERRALS] = { "client-referrals", N_("Referrals"), add_referral },
};

const char *
kith_paper_part_query (KithPaperPart part)
{
  return parts[part].query;
}

gboolean
kith_paper_part_is_of_cases (KithPaperPart part)
{
  return part == KITH_PART_GOALS || part == KITH_PART_ASSESSMENTS || part == KITH_PART_NOTES;
}

/**
 * kith_paper_says_health:
 *
 * Returns: whether the whole record is printed with health information, which treatment for substance use may be among (C7)
 */
gboolean
kith_paper_says_health (const KithPaperFacts *facts)
{
  GPtrArray *rows = facts->parts ? facts->parts[KITH_PART_HEALTH] : NULL;

  for (guint i = 0; rows && i < rows->len; i++)
    if (kith_row_body (rows->pdata[i], "body"))
      return TRUE;
  for (guint p = 0; facts->parts && p < KITH_N_PARTS; p++)
    for (guint i = 0; kith_paper_part_is_of_cases (p) && facts->parts[p] && i < facts->parts[p]->len; i++)
      if (g_strcmp0 (kith_row_get_text (facts->parts[p]->pdata[i], "sensitivity"), "general") != 0)
        return TRUE;
  return FALSE;
}

static void
add_consents (Whole *self)
{
  GPtrArray *rows = self->facts->consents;

  if (rows && rows->len > 0)
    kith_pages_add_heading (self->sheet, T (N_("Consents")));
  for (guint i = 0; rows && i < rows->len; i++)
    {
      kith_pages_take_fact (self->sheet, T (N_("Status")),
                            kith_catalogue_code (self->catalogue, "consent_status", kith_consent_status (kith_row_body (rows->pdata[i], "body"), self->facts->now)));
      kith_paper_add_scope (self->sheet, rows->pdata[i], self->catalogue);
    }
}

/* Who is given it is told what it has not. */
static void
add_left_out (Whole *self)
{
  if (self->facts->parts && self->facts->parts[KITH_PART_NOTES])
    kith_pages_add_paragraph (self->sheet, T (N_("Not on this paper: what was written with each referral, and who changed what. A client who asks for everything is to be given that, too.")));
  else
    kith_pages_add_paragraph (self->sheet, T (N_("Not on this paper: case notes, assessments and goals, what was written with each referral, and who changed what. A client who asks for everything is to be given that, too.")));
  if (self->facts->without_health)
    kith_pages_add_paragraph (self->sheet, T (N_("Health information is not on this paper: whoever printed it may not see that.")));
}

/* Whoever lives alone has no household to print, and of whom this person may not see nothing is said. */
static gboolean
is_told (KithPaperPart part, KithRow *row)
{
  gboolean seen = kith_row_get_text (row, "given_name") || kith_row_get_text (row, "family_name") || kith_row_get_text (row, "number");

  return part != KITH_PART_HOUSEHOLD || (!kith_row_get_int (row, "own") && seen);
}

/**
 * kith_paper_add_part:
 *
 * Its lines below their heading; nothing of one that was not asked for or has no line.
 */
void
kith_paper_add_part (KithPages            *sheet,
                     const KithPaperFacts *facts,
                     const KithCatalogue  *catalogue,
                     KithPaperPart         part)
{
  Whole whole = { facts, catalogue, sheet }, *self = &whole;
  GPtrArray *rows = facts->parts ? facts->parts[part] : NULL;
  gboolean headed = FALSE;

  for (guint i = 0; rows && i < rows->len; i++)
    {
      if (!is_told (part, rows->pdata[i]))
        continue;
      if (!headed)
        kith_pages_add_heading (sheet, T (parts[part].heading));
      headed = TRUE;
      parts[part].add (self, rows->pdata[i]);
    }
}

void
kith_paper_add_parts (KithPages            *sheet,
                      const KithPaperFacts *facts,
                      const KithCatalogue  *catalogue)
{
  Whole whole = { facts, catalogue, sheet }, *self = &whole;

  add_consents (self);
  if (facts->corrections && facts->corrections->len > 0)
    kith_paper_add_corrections (sheet, facts->corrections, catalogue);
  for (guint i = 0; i < KITH_N_PARTS; i++)
    kith_paper_add_part (sheet, facts, catalogue, i);
  add_left_out (self);
}
