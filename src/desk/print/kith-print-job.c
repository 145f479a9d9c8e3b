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

struct _KithPrintJob
{
  gatomicrefcount refs;
  GMutex lock;         /* one thread at a time makes it, lays it out or draws it */
  gboolean of_client;  /* else a record's */
  gboolean of_contact, of_service, of_agency;
  KithPaper paper;
  KithPaperFacts facts;
  GPtrArray *parts[KITH_N_PARTS];
  KithRecordFacts record;
  GPtrArray *places;   /* of a service or an agency */
  GPtrArray *offered;  /* of an agency: its services */
  GPtrArray *more;     /* (element-type KithHandoutMore) further services; NULL: none */
  KithWaitingFacts waiting; /* its parts are the job's; NULL: no list */
  char *title;
  GPtrArray *kept;     /* (element-type GPtrArray) of frozen rows: what all these point to */
  char *language, *printer, *agency, *agency_id, *consent;
  gint64 now;
  KithCatalogue *catalogue;
  KithPages *sheet;    /* NULL: not made yet */
  guint pages;         /* 0: not laid out yet */
};

KithPrintJob *
kith_print_job_ref (KithPrintJob *job)
{
  g_atomic_ref_count_inc (&job->refs);
  return job;
}

/**
 * kith_print_job_unref:
 * @job: (transfer full): a #KithPrintJob; a gpointer, so that it can be handed on as a GDestroyNotify
 */
void
kith_print_job_unref (gpointer data)
{
  KithPrintJob *job = data;

  if (!g_atomic_ref_count_dec (&job->refs))
    return;
  g_clear_pointer (&job->sheet, kith_pages_free);
  g_clear_pointer (&job->catalogue, kith_catalogue_free);
  g_ptr_array_unref (job->kept);
  g_free (job->language);
  g_free (job->printer);
  g_free (job->agency);
  g_free (job->agency_id);
  g_free (job->consent);
  g_free (job->title);
  g_clear_pointer (&job->waiting.parts, g_ptr_array_unref);
  g_clear_pointer (&job->more, g_ptr_array_unref);
  g_mutex_clear (&job->lock);
  g_free (job);
}

/* As the rows are now: they may change in their place while another thread reads. Borrowed */
static GPtrArray *
freeze (KithPrintJob *job, GPtrArray *rows)
{
  GPtrArray *frozen;

  if (!rows)
    return NULL;
  frozen = g_ptr_array_new_full (rows->len, g_object_unref);
  for (guint i = 0; i < rows->len; i++)
    g_ptr_array_add (frozen, kith_row_freeze (rows->pdata[i]));
  g_ptr_array_add (job->kept, frozen);
  return frozen;
}

static KithPages *
make_sheet (KithPrintJob *job)
{
  if (job->of_client)
    return kith_paper_new (job->paper, &job->facts, job->catalogue);
  if (job->waiting.parts)
    return kith_waiting_paper_new (&job->waiting, job->catalogue);
  if (job->of_service)
    {
      KithHandoutFacts handout = { job->record.record, job->places, job->agency, job->now };

      handout.offered = job->offered;
      handout.more = job->more;
      return job->of_agency ? kith_handout_new_agency (&handout, job->catalogue) : kith_handout_new (&handout, job->catalogue);
    }
  return job->of_contact ? kith_contact_paper_new (&job->record, job->catalogue) : kith_referral_paper_new (&job->record, job->catalogue);
}

/**
 * kith_print_job_begin:
 *
 * Locks the paper for the calling thread, and makes its words if nobody has yet: once, whatever becomes of it.
 */
void
kith_print_job_begin (KithPrintJob *job)
{
  g_mutex_lock (&job->lock);
  if (job->sheet)
    return;
  job->catalogue = kith_catalogue_new (job->language);
  job->sheet = make_sheet (job);
}

void
kith_print_job_end (KithPrintJob *job)
{
  g_mutex_unlock (&job->lock);
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

static void
take_more (KithPrintWindow *self, KithPrintJob *job)
{
  job->more = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; self->more && i < self->more->len; i++)
    {
      const KithPrintMore *more = self->more->pdata[i];
      KithHandoutMore *frozen = g_new0 (KithHandoutMore, 1);

      frozen->service = freeze (job, more->service);
      frozen->places = freeze (job, more->places);
      g_ptr_array_add (job->more, frozen);
    }
}

static void
take_record (KithPrintWindow *self, KithPrintJob *job)
{
  GPtrArray *rows[N_ASKED];

  for (guint i = 0; i < N_ASKED; i++)
    rows[i] = freeze (job, self->rows[i]);
  job->of_service = is_handout (self);
  job->of_agency = is_agency (self);
  job->of_contact = is_contact (self);
  job->record.record = rows[ASKED_RECORD]->pdata[0];
  job->record.printer = job->printer;
  job->record.agency = job->agency;
  job->record.now = job->now;
  job->places = rows[ASKED_PLACES];
  job->offered = rows[ASKED_OFFERED];
  take_more (self, job);
  if (job->of_service)
    return;
  if (job->of_contact)
    {
      job->record.needs = rows[ASKED_NEEDS];
      job->record.referrals = rows[ASKED_REFERRALS];
      job->record.resources = rows[ASKED_RESOURCES];
      job->record.answers = rows[ASKED_ANSWERS];
      job->record.files = rows[ASKED_CONTACT_FILES];
      return;
    }
  job->record.events = rows[ASKED_EVENTS];
  job->record.answers = rows[ASKED_REFERRAL_ANSWERS];
  job->record.files = rows[ASKED_REFERRAL_FILES];
  job->record.consents = rows[ASKED_REFERRAL_CONSENTS];
}

static void
waiting_part_free (gpointer data)
{
  KithWaitingPart *part = data;

  g_free (part->title);
  g_free (part);
}

static void
take_waiting (KithPrintWindow *self, KithPrintJob *job)
{
  job->waiting.parts = g_ptr_array_new_with_free_func (waiting_part_free);
  kith_print_window_fill_waiting (self, &job->waiting);
  job->waiting.title = job->title = g_strdup (job->waiting.title);
  for (guint i = 0; i < job->waiting.parts->len; i++)
    {
      KithWaitingPart *part = job->waiting.parts->pdata[i];
      g_autoptr (GPtrArray) rows = part->rows;

      part->rows = freeze (job, rows);
    }
  job->waiting.printer = job->printer;
  job->waiting.agency = job->agency;
  job->waiting.now = job->now;
}

static void
take_client (KithPrintWindow *self, KithPrintJob *job)
{
  GPtrArray *client = freeze (job, self->rows[ASKED_CLIENT]), *parts[KITH_N_PARTS];

  job->of_client = TRUE;
  job->paper = chosen_paper (self);
  job->consent = g_strdup (chosen_consent (self));
  job->facts = (KithPaperFacts) { .client = client->len > 0 ? client->pdata[0] : NULL, .printer = job->printer, .agency = job->agency, .now = job->now, .agency_id = job->agency_id,
                                 .consent = job->consent };
  job->facts.consents = freeze (job, self->rows[ASKED_CONSENTS]);
  job->facts.team = freeze (job, self->rows[ASKED_TEAM]);
  job->facts.enrolled = freeze (job, self->rows[ASKED_ENROLLED]);
  job->facts.alerts = freeze (job, self->rows[ASKED_ALERTS]);
  job->facts.corrections = freeze (job, self->rows[ASKED_CORRECTIONS]);
  if (job->paper == KITH_PAPER_FACE_SHEET)
    {
      job->parts[KITH_PART_HOUSEHOLD] = freeze (job, self->parts[KITH_PART_HOUSEHOLD].rows);
      job->facts.parts = job->parts;
    }
  if (!is_whole (self))
    return;
  kith_print_window_list_parts (self, parts);
  for (guint i = 0; i < KITH_N_PARTS; i++)
    job->parts[i] = freeze (job, parts[i]);
  job->facts.parts = job->parts;
  job->facts.without_health = hides_health (self);
}

/* The foot of each page says the minute. */
#define MINUTE(ms) ((ms) / 60000)

/**
 * kith_print_window_get_job:
 *
 * Returns: (transfer full): the paper as the choices stand. The same one until something changes, or the minute has passed it is printed in
 */
KithPrintJob *
kith_print_window_get_job (KithPrintWindow *self)
{
  gint64 now = kith_context_get_now (self->context);
  guint language = adw_combo_row_get_selected (self->language);
  KithPrintJob *job;

  if (self->job && MINUTE (self->job->now) == MINUTE (now))
    return kith_print_job_ref (self->job);
  g_clear_pointer (&self->job, kith_print_job_unref);
  job = self->job = g_new0 (KithPrintJob, 1);
  g_atomic_ref_count_init (&job->refs);
  g_mutex_init (&job->lock);
  job->kept = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  job->now = now;
  job->language = g_strdup (language < self->languages->len ? self->languages->pdata[language] : NULL);
  g_object_get (kith_context_get_desktop (self->context), "user-name", &job->printer, "agency-name", &job->agency, NULL);
  job->agency_id = g_strdup (kith_context_get_agency (self->context));
  if (self->client)
    take_client (self, job);
  else if (is_waiting (self))
    take_waiting (self, job);
  else
    take_record (self, job);
  return kith_print_job_ref (job);
}

/* Those of the sheet; the job's thread alone may ask, or whoever prints it once that is through. */

KithPages *
kith_print_job_get_sheet (KithPrintJob *job)
{
  return job->sheet;
}

guint
kith_print_job_get_pages (KithPrintJob *job)
{
  return job->pages;
}

void
kith_print_job_set_pages (KithPrintJob *job, guint pages)
{
  job->pages = pages;
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
  kith_print_job_unref (self->job);
  g_free (self);
}

static void
laid_out_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  kith_print_job_lay_out_finish (result, NULL, NULL); /* without a file nothing can fail */
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
      gtk_print_operation_set_n_pages (operation, (int) kith_print_job_get_pages (self->job));
      return TRUE;
    }
  g_usleep (1000);
  return FALSE;
}

static void
draw_cb (GtkPrintOperation *operation, GtkPrintContext *print, int page, Printing *self)
{
  kith_pages_draw (kith_print_job_get_sheet (self->job), gtk_print_context_get_cairo_context (print), (guint) page);
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
  printing->job = kith_print_window_get_job (self);
  g_clear_pointer (&self->job, kith_print_job_unref); /* it is drawn from while pages are printed: nobody else lays it out again */
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
