/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Papers laid out as a PDF, and what stands on them read back (poppler's pdftotext). For a test program of papers. */

#include "desk-fixture.h"
#include "print/kith-pages.h"
#include "print/kith-print-window.h"

#include <cairo-pdf.h>
#include <glib/gstdio.h>

/* The whole text of a paper as a PDF has it, pages one after the other. */
G_GNUC_UNUSED G_NO_INLINE static char *
text_of_pdf (const char *path)
{
  g_autofree char *tool = g_find_program_in_path ("pdftotext");
  char *text = NULL;
  int status = 0;

  g_assert_nonnull (tool);
  g_assert_true (g_spawn_sync (NULL, (char *[]) { tool, (char *) "-raw", (char *) path, (char *) "-", NULL }, NULL, G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, &text,
                               NULL, &status, NULL));
  g_assert_cmpint (status, ==, 0);
  /* Where lines break is of no interest. */
  for (char *c = text; *c; c++)
    if (*c == '\n' || *c == '\f')
      *c = ' ';
  return text;
}

/* What stands on it; pdf: where it lies, to be removed; NULL: nobody looks. */
static inline char *
print_sheet (KithPages *sheet, int *unknown, char **pdf)
{
  g_autofree char *path = NULL;
  cairo_surface_t *surface;
  cairo_t *cr;
  PangoContext *context;
  guint pages;
  int fd = g_file_open_tmp ("kith-print-XXXXXX.pdf", &path, NULL);
  char *text;
  const char *keep = g_getenv ("KITH_KEEP_PDF");

  g_assert_cmpint (fd, >=, 0);
  g_close (fd, NULL);
  surface = cairo_pdf_surface_create (path, 595, 842);
  cr = cairo_create (surface);
  context = pango_cairo_create_context (cr);
  pages = kith_pages_layout (sheet, context, 595 - 113, 842 - 91);
  for (guint i = 0; i < pages; i++)
    {
      cairo_save (cr);
      cairo_translate (cr, 56.7, 56.7);
      kith_pages_draw (sheet, cr, i);
      cairo_restore (cr);
      cairo_show_page (cr);
    }
  g_object_unref (context);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  *unknown = kith_pages_count_unknown (sheet);
  text = text_of_pdf (path);
  if (keep)
    {
      static guint n;
      g_autofree char *to = g_strdup_printf ("%s/paper-%u.pdf", keep, n++);
      g_autofree char *data = NULL;
      gsize length;

      if (g_file_get_contents (path, &data, &length, NULL))
        g_file_set_contents (to, data, (gssize) length, NULL);
    }
  if (pdf)
    *pdf = g_steal_pointer (&path);
  else
    g_unlink (path);
  return text;
}

static inline void
assert_has (const char *text, const char *part)
{
  if (!strstr (text, part))
    g_test_message ("%s", text);
  g_assert_nonnull (strstr (text, part));
}

static inline KithRow *
row_of (JsonObject *columns)
{
  g_autoptr (JsonObject) owned = columns;

  return fake_row_new (owned);
}

static inline GPtrArray *
rows_of (JsonObject *first, JsonObject *second)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (rows, row_of (first));
  if (second)
    g_ptr_array_add (rows, row_of (second));
  return rows;
}

/* A window's paper as a PDF, which is made and written beside the windows. */
typedef struct
{
  gboolean done, saved;
  GError **error;
} Export;

static inline void
exported_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Export *export = user_data;

  export->saved = kith_print_window_export_finish (KITH_PRINT_WINDOW (source), result, export->error);
  export->done = TRUE;
}

static inline gboolean
export_to (KithPrintWindow *window, const char *path, GError **error)
{
  Export export = { FALSE, FALSE, error };

  kith_print_window_export_async (window, path, exported_cb, &export);
  while (!export.done)
    g_main_context_iteration (NULL, TRUE);
  return export.saved;
}
