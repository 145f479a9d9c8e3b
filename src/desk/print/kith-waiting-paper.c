/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-waiting-paper.h"

#include <glib/gi18n.h>

#include "kith-clock.h"
#include "kith-format.h"
#include "kith-papers.h"
#include "kith-referral-rules.h"
#include "referrals/kith-referral-brief.h"

#define DAY_MS G_GINT64_CONSTANT (86400000)
#define T(text) kith_catalogue_get (self->catalogue, text)

typedef struct
{
  const KithWaitingFacts *facts;
  const KithCatalogue *catalogue;
  KithPages *sheet;
} Paper;

/* "M. L. H.": whoever works there knows whose line it is, whoever passes by does not. Yours; NULL: no name */
static char *
initials (const char *name)
{
  g_auto (GStrv) words = g_strsplit_set (name ? name : "", " \t", -1);
  GString *text = g_string_new (NULL);

  for (guint i = 0; words[i]; i++)
    if (*words[i])
      {
        g_string_append (text, text->len > 0 ? " " : "");
        g_string_append_unichar (text, g_unichar_toupper (g_utf8_get_char (words[i])));
        g_string_append_c (text, '.');
      }
  return g_string_free (text, text->len == 0);
}

typedef enum
{
  WAITS,  /* for what it is for */
  STANDS, /* in a status, and waits for nothing */
  SENT,   /* then; since when it stands where it stands is not known */
} Since;

static const char *const since_words[][3] = {
  [WAITS] = { N_("Waits since {day}, less than a day"), N_("Waits since {day}, 1 day"), N_("Waits since {day}, {n} days") },
  [STANDS] = { N_("In this status since {day}, less than a day"), N_("In this status since {day}, 1 day"), N_("In this status since {day}, {n} days") },
  [SENT] = { N_("Sent {day}, less than a day ago"), N_("Sent {day}, 1 day ago"), N_("Sent {day}, {n} days ago") },
};

/* Whoever is in service, or whose referral is over, waits no more. Yours; NULL: it is not known since when, or not for this reader */
static char *
since_when (Paper   *self,
            KithRow *row)
{
  const char *since = kith_row_get_text (row, "moved_at") ? kith_row_get_text (row, "moved_at") : kith_row_get_text (row, "sent_at");
  g_autofree char *iso = NULL, *day = NULL, *n = NULL;
  Since how;
  gint64 ms;

  if (self->facts->brief || !since || !kith_time_parse (since, &ms))
    return NULL;
  iso = kith_format_today (ms);
  day = kith_catalogue_date (self->catalogue, iso);
  n = g_strdup_printf ("%" G_GINT64_FORMAT, MAX (0, self->facts->now - ms) / DAY_MS);
  how = kith_referral_phase_waits (kith_row_get_text (row, "phase")) ? WAITS : kith_row_get_text (row, "moved_at") ? STANDS : SENT;
  return kith_catalogue_fill (self->catalogue, since_words[how][g_str_equal (n, "0") ? 0 : g_str_equal (n, "1") ? 1 : 2], "day", day, "n", n, NULL);
}

static void
append (GString    *text,
        const char *words)
{
  if (words && *words)
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", words);
}

static void
add_person (Paper   *self,
            KithRow *row,
            guint    place)
{
  const char *name = kith_row_get_text (row, "contact_name"), *number = self->facts->by_call ? kith_referral_brief_number (row) : kith_row_get_text (row, "number");
  const char *urgency = self->facts->brief ? NULL : kith_row_get_text (row, "urgency"), *assignee = kith_row_get_text (row, "assignee_name");
  g_autofree char *label = g_strdup_printf ("%u.  \u2066%s\u2069", place, number ? number : "");
  g_autofree char *letters = initials (name), *since = since_when (self, row);
  g_autofree char *urgent = urgency && !g_str_equal (urgency, "routine") ? kith_catalogue_code (self->catalogue, "urgency", urgency) : NULL;
  g_autofree char *phase = self->facts->phases ? kith_catalogue_status (self->catalogue, kith_row_get_text (row, "phase"), kith_row_get_text (row, "status")) : NULL;
  g_autofree char *with = !self->facts->brief && assignee ? kith_catalogue_fill (self->catalogue, N_("With {who}"), "who", assignee, NULL) : NULL;
  g_autoptr (GString) first = g_string_new (NULL);
  g_autoptr (GString) second = g_string_new (NULL);

  append (first, self->facts->without_names ? letters : name ? name : T (N_("Name withheld")));
  append (first, urgent);
  append (first, kith_row_get_text (row, "resource_name"));
  append (second, since);
  append (second, phase);
  append (second, with ? with : self->facts->brief ? NULL : T (N_("not assigned yet")));
  if (second->len > 0)
    g_string_append_printf (first, "%s%s", first->len > 0 ? "\n" : "", second->str);
  kith_pages_add_fact (self->sheet, label, first->str);
}

static void
add_parts (Paper *self)
{
  for (guint p = 0; p < self->facts->parts->len; p++)
    {
      const KithWaitingPart *part = self->facts->parts->pdata[p];
      g_autofree char *n = g_strdup_printf ("%u", part->n);

      if (self->facts->title)
        {
          g_autofree char *heading = g_strdup_printf ("%s (%s)", part->title, n);

          kith_pages_add_heading (self->sheet, heading);
        }
      if (part->n == 0)
        kith_pages_add_paragraph (self->sheet, part->waits ? T (N_("Nobody waits here.")) : T (N_("Nobody is here.")));
      for (guint i = 0; i < part->n; i++)
        add_person (self, part->rows->pdata[i], i + 1);
    }
}

static void
set_footer (Paper *self)
{
  g_autofree char *when = kith_paper_moment (self->catalogue, self->facts->now);
  g_autofree char *printed = kith_catalogue_fill (self->catalogue, N_("Printed {when} by {who}, {agency}."), "when", when, "who", self->facts->printer, "agency",
                                                  self->facts->agency && *self->facts->agency ? self->facts->agency : T (N_("2-1-1, the network’s staff")), NULL);

  kith_pages_set_footer (self->sheet, printed, T (N_("Basis: that of each referral; its own paper says which.")));
  kith_pages_set_lost_notice (self->sheet, T (N_("[…] stands for letters that this computer has no font for. The record itself has them.")));
}

static gboolean
only_waits (const KithWaitingFacts *facts)
{
  for (guint i = 0; i < facts->parts->len; i++)
    if (!((const KithWaitingPart *) facts->parts->pdata[i])->waits)
      return FALSE;
  return TRUE;
}

/**
 * kith_waiting_paper_new:
 * @facts: borrowed for the call
 * @catalogue: kept, not owned: must outlive the pages
 *
 * Returns: (transfer full): the pages, not laid out yet, with the notice against passing on (C6)
 */
KithPages *
kith_waiting_paper_new (const KithWaitingFacts *facts,
                        const KithCatalogue    *catalogue)
{
  Paper paper = { facts, catalogue, kith_pages_new (catalogue) }, *self = &paper;
  const KithWaitingPart *only = facts->parts->pdata[0];
  const char *what = only_waits (facts) ? T (N_("Who waits")) : T (N_("Referrals"));
  g_autofree char *kicker = g_strjoin (" · ", facts->agency && *facts->agency ? facts->agency : T (N_("2-1-1, the network’s staff")), what, NULL);

  kith_pages_add_kicker (self->sheet, kicker);
  kith_pages_add_title (self->sheet, facts->title ? facts->title : only->title);
  add_parts (self);
  if (facts->left_out > 0)
    {
      g_autofree char *n = g_strdup_printf ("%u", facts->left_out);
      g_autofree char *more = kith_catalogue_fill (self->catalogue, N_("{n} more are not on this paper."), "n", n, NULL);

      kith_pages_add_notice (self->sheet, more);
    }
  kith_pages_add_notice (self->sheet, T (N_("What is written here was shared for these referrals alone. It may not be shown to others without the person’s agreement, unless the law asks for it.")));
  kith_pages_add_notice (self->sheet, facts->without_names ? T (N_("This paper is about people. Numbers and initials can tell who they are to those who know them: shred it when it is no longer needed."))
                                                           : T (N_("This paper is about people, by name. Keep it where others cannot read it, and shred it when it is no longer needed.")));
  set_footer (self);
  return self->sheet;
}
