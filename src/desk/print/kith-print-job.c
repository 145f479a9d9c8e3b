/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is put on paper, as it was chosen in the window. */

#include "kith-print-window-private.h"

#include <glib/gi18n.h>

#include "clients/kith-consent-card.h"
#include "kith-format.h"
#include "kith-handout.h"
#include "kith-record-papers.h"
#include "widgets/kith-choice-row.h"

#define MARGIN 20.0 /* mm */

/**
 * kith_print_job_free:
 * @job: (transfer full): a #KithPrintJob; a gpointer, so that it can be handed on as a GDestroyNotify
 */
void
kith_print_job_free (gpointer data)
{
  KithPrintJob *job = data;

  g_clear_pointer (&job->sheet, kith_pages_free);
  g_clear_pointer (&job->catalogue, kith_catalogue_free);
  g_free (job);
}

static KithPages *
record_paper (KithPrintWindow *self, const char *printer, const char *agency, KithCatalogue *catalogue)
{
  KithRecordFacts facts = { .record = self->rows[ASKED_RECORD]->pdata[0], .printer = printer, .agency = agency, .now = kith_context_get_now (self->context) };

  if (is_handout (self))
    {
      KithHandoutFacts handout = { self->rows[ASKED_RECORD]->pdata[0], self->rows[ASKED_PLACES], agency, facts.now };

      return kith_handout_new (&handout, catalogue);
    }
  if (!is_contact (self))
    {
      facts.events = self->rows[ASKED_EVENTS];
      facts.answers = self->rows[ASKED_REFERRAL_ANSWERS];
      facts.files = self->rows[ASKED_REFERRAL_FILES];
      facts.consents = self->rows[ASKED_REFERRAL_CONSENTS];
      return kith_referral_paper_new (&facts, catalogue);
    }
  facts.needs = self->rows[ASKED_NEEDS];
  facts.referrals = self->rows[ASKED_REFERRALS];
  facts.resources = self->rows[ASKED_RESOURCES];
  facts.answers = self->rows[ASKED_ANSWERS];
  facts.files = self->rows[ASKED_CONTACT_FILES];
  return kith_contact_paper_new (&facts, catalogue);
}

/* The last choice is a blank form, to be signed by whoever agrees now, after a refusal, a revocation or when one ends. */
static const char *
chosen_consent (KithPrintWindow *self)
{
  guint chosen = adw_combo_row_get_selected (self->consent);

  return self->consents && chosen < self->consents->len ? kith_row_get_id (self->consents->pdata[chosen]) : "";
}

static void
fill_consents (KithPrintWindow *self)
{
  GPtrArray *rows = self->rows[ASKED_CONSENTS];
  KithPaperFacts facts = { .consents = rows, .now = kith_context_get_now (self->context) };
  KithRow *counts = kith_paper_consent (&facts);
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);
  g_autofree char *before = self->picked ? g_strdup (chosen_consent (self)) : NULL;
  guint chosen = rows->len;

  self->filling = TRUE;
  g_clear_pointer (&self->consents, g_ptr_array_unref);
  self->consents = g_ptr_array_ref (rows);
  for (guint i = 0; i < rows->len; i++)
    {
      g_autofree char *line = kith_paper_consent_words (rows->pdata[i], facts.now);

      gtk_string_list_append (words, line);
      if (before ? g_strcmp0 (kith_row_get_id (rows->pdata[i]), before) == 0
                 : rows->pdata[i] == counts && g_strcmp0 (kith_consent_status (kith_row_body (counts, "body"), facts.now), "in_force") == 0)
        chosen = i; /* else there is none to print, but one to be asked for */
    }
  gtk_string_list_append (words, _("A blank form, to be signed"));
  kith_choice_row_set_words (self->consent, words);
  adw_combo_row_set_selected (self->consent, chosen);
  self->filling = FALSE;
}

void
kith_print_window_show_consents (KithPrintWindow *self)
{
  if (self->client && self->rows[ASKED_CONSENTS] && self->rows[ASKED_CONSENTS] != self->consents) /* first, or given or taken back since */
    fill_consents (self);
  gtk_widget_set_visible (GTK_WIDGET (self->consent),
                          self->client && chosen_paper (self) == KITH_PAPER_CONSENT && self->consents && self->consents->len > 0);
}

KithPrintJob *
kith_print_job_new (KithPrintWindow *self)
{
  KithPrintJob *job = g_new0 (KithPrintJob, 1);
  g_autofree char *printer = NULL, *agency = NULL;
  GPtrArray *parts[KITH_N_PARTS];
  guint language = adw_combo_row_get_selected (self->language);
  KithPaperFacts facts = { client_row (self), self->rows[ASKED_CONSENTS], self->rows[ASKED_TEAM], self->rows[ASKED_ENROLLED],
                           self->rows[ASKED_ALERTS], .now = kith_context_get_now (self->context) };

  g_object_get (kith_context_get_desktop (self->context), "user-name", &printer, "agency-name", &agency, NULL);
  facts.printer = printer;
  facts.agency = agency;
  facts.corrections = self->rows[ASKED_CORRECTIONS];
  facts.consent = chosen_consent (self);
  kith_print_window_list_parts (self, parts);
  facts.parts = is_whole (self) ? parts : NULL;
  facts.without_health = is_whole (self) && hides_health (self);
  job->catalogue = kith_catalogue_new (language < self->languages->len ? self->languages->pdata[language] : NULL);
  job->sheet = self->client ? kith_paper_new (chosen_paper (self), &facts, job->catalogue) : record_paper (self, printer, agency, job->catalogue);
  return job;
}

/* ---- to a printer */

/* The printing and the thread that lays out: whichever ends last lets the job go. */
typedef struct
{
  gatomicrefcount refs;
  KithPrintJob *job;
} Printing;

static void
printing_unref (gpointer data)
{
  Printing *self = data;

  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  kith_print_job_free (self->job);
  g_free (self);
}

static void
laid_out_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  kith_print_job_lay_out_finish (result, NULL); /* without a file nothing can fail */
  printing_unref (user_data);
}

static void
begin_cb (GtkPrintOperation *operation, GtkPrintContext *print, Printing *self)
{
  KithPrintSize size = { .width = gtk_print_context_get_width (print), .height = gtk_print_context_get_height (print) };

  g_atomic_ref_count_inc (&self->refs);
  kith_print_job_lay_out_async (self->job, &size, NULL, laid_out_cb, self);
}

/* Asked again and again, between all else that the windows do. */
static gboolean
paginate_cb (GtkPrintOperation *operation, GtkPrintContext *print, Printing *self)
{
  if (g_atomic_ref_count_compare (&self->refs, 1)) /* the thread has done its part */
    {
      gtk_print_operation_set_n_pages (operation, (int) self->job->pages);
      return TRUE;
    }
  g_usleep (1000);
  return FALSE;
}

static void
draw_cb (GtkPrintOperation *operation, GtkPrintContext *print, int page, Printing *self)
{
  kith_pages_draw (self->job->sheet, gtk_print_context_get_cairo_context (print), (guint) page);
}

/**
 * kith_print_setup_new:
 *
 * Returns: (transfer full): the paper of this computer, with the margins of all that is printed
 */
GtkPageSetup *
kith_print_setup_new (void)
{
  GtkPageSetup *setup = gtk_page_setup_new ();

  gtk_page_setup_set_top_margin (setup, MARGIN, GTK_UNIT_MM);
  gtk_page_setup_set_bottom_margin (setup, MARGIN * 0.6, GTK_UNIT_MM);
  gtk_page_setup_set_left_margin (setup, MARGIN, GTK_UNIT_MM);
  gtk_page_setup_set_right_margin (setup, MARGIN, GTK_UNIT_MM);
  return setup;
}

/**
 * kith_print_operation_new:
 *
 * Takes the paper and the language that are chosen now. The job's name in the printer's queue says nothing of a client.
 *
 * Returns: (transfer full): to be run; it owns the laid out paper
 */
GtkPrintOperation *
kith_print_operation_new (KithPrintWindow *self)
{
  GtkPrintOperation *operation = gtk_print_operation_new ();
  g_autoptr (GtkPageSetup) setup = kith_print_setup_new ();
  Printing *printing = g_new0 (Printing, 1);

  g_atomic_ref_count_init (&printing->refs);
  printing->job = kith_print_job_new (self);
  gtk_print_operation_set_default_page_setup (operation, setup);
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_embed_page_setup (operation, TRUE);
  gtk_print_operation_set_job_name (operation, "Kith"); /* no name of a client in a queue others read */
  g_object_set_data_full (G_OBJECT (operation), "printing", printing, printing_unref);
  g_signal_connect (operation, "begin-print", G_CALLBACK (begin_cb), printing);
  g_signal_connect (operation, "paginate", G_CALLBACK (paginate_cb), printing);
  g_signal_connect (operation, "draw-page", G_CALLBACK (draw_cb), printing);
  return operation;
}
