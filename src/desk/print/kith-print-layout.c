/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The words of a paper, where everything on it stands, and the PDF of it: in a thread of its own, for a record may be hundreds of pages long. */

#include "kith-print-window-private.h"

#include <cairo-pdf.h>

#include "kith-file-out.h"

typedef struct
{
  KithPrintJob *job;
  gboolean any_size;
  KithPrintSize size;
  char *pdf;
  guint n_lost; /* by now */
} LayOut;

static void
lay_out_free (gpointer data)
{
  LayOut *self = data;

  kith_print_job_unref (self->job);
  g_free (self->pdf);
  g_free (self);
}

/* Fonts of its own: what one thread has made is drawn by another later, never by both at once. */
static PangoContext *
context_new (void)
{
  g_autoptr (PangoFontMap) fonts = pango_cairo_font_map_new ();
  PangoContext *context = pango_font_map_create_context (fonts);
  cairo_font_options_t *options = cairo_font_options_create ();

  /* As a printer has it: letters stand where they would without a screen's dots. */
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options (context, options);
  cairo_font_options_destroy (options);
  return context;
}

typedef struct
{
  GOutputStream *stream;
  GCancellable *cancellable;
  GError **error;
} Write;

static cairo_status_t
write_cb (void *data, const unsigned char *bytes, unsigned int length)
{
  Write *write = data;

  return g_output_stream_write_all (write->stream, bytes, length, NULL, write->cancellable, write->error) ? CAIRO_STATUS_SUCCESS : CAIRO_STATUS_WRITE_ERROR;
}

static gboolean
draw (LayOut *self, cairo_surface_t *surface, GError **error)
{
  cairo_t *cr = cairo_create (surface);
  cairo_status_t status;

  for (guint i = 0; i < kith_print_job_get_pages (self->job); i++)
    {
      cairo_save (cr);
      cairo_translate (cr, self->size.left, self->size.top);
      kith_pages_draw (kith_print_job_get_sheet (self->job), cr, i);
      cairo_restore (cr);
      cairo_show_page (cr);
    }
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  status = cairo_surface_status (surface);
  if (status != CAIRO_STATUS_SUCCESS && error && !*error)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, cairo_status_to_string (status));
  return status == CAIRO_STATUS_SUCCESS;
}

static gboolean
write_pdf (LayOut *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (self->pdf);
  g_autoptr (GFileOutputStream) stream = kith_file_out_begin (file, cancellable, error);
  Write write = { G_OUTPUT_STREAM (stream), cancellable, error };
  cairo_surface_t *surface;
  gboolean drawn;

  if (!stream)
    return FALSE;
  surface = cairo_pdf_surface_create_for_stream (write_cb, &write, self->size.paper_width, self->size.paper_height);
  drawn = draw (self, surface, error);
  cairo_surface_destroy (surface);
  return kith_file_out_end (stream, drawn, cancellable, error);
}

static void
lay_out_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  LayOut *self = data;
  g_autoptr (GObject) context = G_OBJECT (context_new ());
  GError *error = NULL;

  kith_print_job_begin (self->job);
  if (!self->any_size || kith_print_job_get_pages (self->job) == 0)
    kith_print_job_set_pages (self->job, kith_pages_layout (kith_print_job_get_sheet (self->job), PANGO_CONTEXT (context), self->size.width, self->size.height));
  self->n_lost = kith_pages_count_lost (kith_print_job_get_sheet (self->job));
  if (self->pdf)
    write_pdf (self, cancellable, &error);
  kith_print_job_end (self->job);
  if (error)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

void
kith_print_job_lay_out_async (KithPrintJob *job, const KithPrintSize *size, const char *pdf, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);
  LayOut *self = g_new0 (LayOut, 1);

  self->job = kith_print_job_ref (job);
  self->any_size = size == NULL;
  self->size = size ? *size : (KithPrintSize) { .width = 480, .height = 700 };
  self->pdf = g_strdup (pdf);
  g_task_set_task_data (task, self, lay_out_free);
  g_task_run_in_thread (task, lay_out_thread);
}

/**
 * kith_print_job_lay_out_finish:
 * @n_lost: (out) (optional): texts with letters that this computer has no font for. Whoever is told may not ask the sheet: another thread may lay it out by now
 */
gboolean
kith_print_job_lay_out_finish (GAsyncResult *result, guint *n_lost, GError **error)
{
  LayOut *self = g_task_get_task_data (G_TASK (result));

  if (n_lost)
    *n_lost = self->n_lost;
  return g_task_propagate_boolean (G_TASK (result), error);
}
