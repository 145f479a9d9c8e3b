/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "log/kith-log-export.h"

#include <glib/gi18n.h>

#include "kith-csv-writer.h"
#include "kith-file-out.h"
#include "kith-format.h"
#include "log/kith-log-row.h"

typedef struct
{
  KithContext *context;
  KithLogFilter filter;
  GFile *to;
  KithCsvWriter *writer; /* while the job runs */
  guint n;               /* entries written */
} Export;

static void
export_free (gpointer data)
{
  Export *export = data;

  g_clear_object (&export->context);
  g_clear_object (&export->to);
  kith_log_filter_clear (&export->filter);
  g_free (export);
}

static Export *
export_new (KithContext         *context,
            const KithLogFilter *filter,
            GFile               *to)
{
  Export *export = g_new0 (Export, 1);

  export->context = g_object_ref (context);
  export->filter.args = g_strdupv (filter->args);
  export->filter.in_words = g_strdup (filter->in_words);
  export->to = to ? g_object_ref (to) : NULL;
  return export;
}

/* ---- on the reader's thread */

static gboolean
write_header (KithCsvWriter *writer,
              GError       **error)
{
  const char *const titles[] = { _("When"), _("Who"), _("What"), _("Client"), _("Name"), _("Kind of record"), _("Detail") };

  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    kith_csv_writer_add (writer, titles[i]);
  return kith_csv_writer_end_row (writer, error);
}

static gboolean
write_entry (KithRow  *row,
             gpointer  data,
             GError  **error)
{
  Export *export = data;
  const char *t = kith_row_get_text (row, "t");
  const KithKind *kind = t ? kith_kind_get (t) : NULL;
  const char *number = kith_row_get_text (row, "number"); /* without one the record is not here, or it is of no client */
  g_autofree char *name = number ? kith_format_row_name (row) : NULL;

  kith_csv_writer_add (export->writer, kith_row_get_text (row, "at"));
  kith_csv_writer_add (export->writer, kith_row_get_text (row, "staff_name"));
  kith_csv_writer_add (export->writer, kith_format_code ("audit_action", kith_row_get_text (row, "what")));
  kith_csv_writer_add (export->writer, number);
  kith_csv_writer_add (export->writer, name);
  kith_csv_writer_add (export->writer, kind ? _(kind->label) : NULL);
  kith_csv_writer_add (export->writer, kith_log_detail (row));
  export->n++;
  return kith_csv_writer_end_row (export->writer, error);
}

static gboolean
write_all (gpointer       db,
           Export        *export,
           GOutputStream *stream,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autoptr (KithCsvWriter) writer = kith_csv_writer_new (stream);

  export->writer = writer;
  return write_header (writer, error) &&
         kith_desktop_each_row (db, "audit-log", (const char *const *) export->filter.args, write_entry, export, cancellable, error);
}

static gpointer
export_job (gpointer      db,
            gpointer      data,
            GCancellable *cancellable,
            GError      **error)
{
  Export *export = data;
  g_autoptr (GFileOutputStream) stream = kith_file_out_begin (export->to, cancellable, error);

  if (!stream || !kith_file_out_end (stream, write_all (db, export, G_OUTPUT_STREAM (stream), cancellable, error), cancellable, error))
    return NULL;
  return GUINT_TO_POINTER (export->n + 1); /* not NULL */
}

/* ---- on the main thread */

static void
exported_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  Export *asked = user_data;
  g_autoptr (GError) error = NULL;
  guint n = GPOINTER_TO_UINT (kith_desktop_job_finish (KITH_DESKTOP (source), result, &error));

  if (n == 0)
    kith_context_problem (asked->context, _("The log was not saved"), error);
  else
    kith_context_toast (asked->context, _("The log was saved. The file is not encrypted: keep it where others cannot read it."));
  export_free (asked);
}

void
kith_log_export_to (GFile               *to,
                    KithContext         *context,
                    const KithLogFilter *filter)
{
  /* Before it leaves Kith: nobody can be noted once it is locked. */
  kith_context_audit (context, "exported", NULL, "audit_entry", NULL, filter->in_words);
  kith_desktop_read_async (kith_context_get_desktop (context), export_job, export_new (context, filter, to), export_free, NULL, exported_cb,
                           export_new (context, filter, NULL));
}

static void
chosen_cb (GtkNativeDialog *dialog,
           int              response,
           gpointer         user_data)
{
  Export *asked = user_data;
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog)) : NULL;

  if (file)
    kith_log_export_to (file, asked->context, &asked->filter);
  g_object_unref (dialog);
}

static void
forget_cb (gpointer  export,
           GClosure *closure)
{
  export_free (export);
}

void
kith_log_export (GtkWidget           *parent,
                 KithContext         *context,
                 const KithLogFilter *filter)
{
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (_("Export the Access Log"), GTK_WINDOW (gtk_widget_get_root (parent)),
                                                               GTK_FILE_CHOOSER_ACTION_SAVE, _("_Export"), _("_Cancel"));

  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), _("access log.csv"));
  g_signal_connect_data (chooser, "response", G_CALLBACK (chosen_cb), export_new (context, filter, NULL), forget_cb, 0);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}
