/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a client asked about the record, with the answers and what the client wrote against them: it goes along with the record (C19; 45 CFR
 * 164.522, 164.526(d)). */

#include "kith-papers.h"

#include <glib/gi18n.h>

#include "amendments/kith-amendment-words.h"
#include "kith-format.h"

#define T(text) kith_catalogue_get (catalogue, text)

/* "12 November 2026, Ana Delgado". Yours; NULL: no day */
static char *
day_and_name (KithRow             *row,
              const KithCatalogue *catalogue,
              const char          *day,
              const char          *name)
{
  g_autofree char *date = kith_catalogue_date (catalogue, kith_row_get_text (row, day));

  return date && *date ? g_strjoin (", ", date, kith_row_get_text (row, name), NULL) : NULL;
}

static void
add_one (KithPages           *sheet,
         KithRow             *row,
         const KithCatalogue *catalogue)
{
  const char *state = kith_row_get_text (row, "state");
  gboolean correction = kith_amendment_row_is_correction (row);

  kith_pages_add_heading (sheet, T (N_("What the client asks")));
  kith_pages_take_fact (sheet, T (N_("What")), correction ? NULL : kith_catalogue_code (catalogue, "amendment_type", kith_row_get_text (row, "type")));
  kith_pages_add_fact (sheet, correction ? T (N_("What is wrong")) : T (N_("The client’s words")), kith_row_get_text (row, "about"));
  kith_pages_add_fact (sheet, T (N_("Kept from")), kith_row_get_text (row, "whom"));
  kith_pages_add_fact (sheet, T (N_("Should say")), kith_row_get_text (row, "wanted"));
  kith_pages_take_fact (sheet, T (N_("Asked")), day_and_name (row, catalogue, "asked_on", "by_name"));
  kith_pages_add_fact (sheet, T (N_("Asked of")), kith_row_get_text (row, "agency_name"));
  kith_pages_take_fact (sheet, T (N_("Answer")), kith_catalogue_code (catalogue, "amendment_state", state));
  if (g_strcmp0 (state, "asked") == 0)
    {
      kith_pages_take_fact (sheet, T (N_("Answer by")), kith_catalogue_date (catalogue, kith_row_get_text (row, "due_on")));
      return;
    }
  kith_pages_take_fact (sheet, T (N_("Why")), kith_catalogue_code (catalogue, "amendment_refusal", kith_row_get_text (row, "basis")));
  kith_pages_add_fact (sheet, T (N_("What the client is told")), kith_row_get_text (row, "reason"));
  kith_pages_add_fact (sheet, T (N_("What colleagues keep to")), kith_row_get_text (row, "keep"));
  kith_pages_take_fact (sheet, T (N_("Answered")), day_and_name (row, catalogue, "decided_on", "decided_by_name"));
  kith_pages_take_fact (sheet, T (N_("Ended")), day_and_name (row, catalogue, "ended_on", "ended_by_name"));
  kith_pages_add_fact (sheet, T (N_("Why it ended")), kith_row_get_text (row, "end_reason"));
  kith_pages_add_fact (sheet, T (N_("The client")), kith_row_get_text (row, "ended_on") && kith_row_get_int (row, "end_agreed") ? T (N_("Agreed to the end")) : NULL);
  kith_pages_add_fact (sheet, T (N_("What came before")),
                       kith_amendment_row_holds_for_before (row) ? T (N_("It stays restricted: the client did not agree to the end.")) : NULL);
  kith_pages_add_fact (sheet, T (N_("What the client wrote against it")), kith_row_get_text (row, "disagreement"));
  if (kith_row_get_text (row, "disagreement"))
    kith_pages_take_fact (sheet, T (N_("Written on")), day_and_name (row, catalogue, "disagreed_on", "disagreed_by_name"));
  else if (correction && g_strcmp0 (state, "refused") == 0)
    kith_pages_add_paragraph (sheet, T (N_("You can write to us that you disagree, and why. What you write is kept with your record and goes along with it. Instead you can ask "
                                           "that this request and this answer go along with whatever is passed on.")));
}

/**
 * kith_paper_add_corrections:
 * @rows: (nullable) (element-type KithRow): of the query client-amendments; NULL or none: a sentence says so
 */
void
kith_paper_add_corrections (KithPages           *sheet,
                            GPtrArray           *rows,
                            const KithCatalogue *catalogue)
{
  if (!rows || rows->len == 0)
    kith_pages_add_paragraph (sheet, T (N_("Nothing was asked for.")));
  for (guint i = 0; rows && i < rows->len; i++)
    add_one (sheet, rows->pdata[i], catalogue);
}
