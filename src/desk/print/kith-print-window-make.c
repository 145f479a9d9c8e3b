/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is made of a paper: a PDF, something for a printer, and before either a look whether there is a font for every letter. */

#include "kith-print-window-private.h"

#include <glib/gi18n.h>

#include "kith-format.h"

/* The window, the paper, and who waits for the file. */
typedef struct
{
  KithPrintWindow *window;
  KithPrintJob *job;
  GTask *task; /* NULL: fonts are looked at */
} Making;

static void
exported_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Making *making = user_data;
  g_autoptr (KithPrintWindow) self = making->window;
  g_autoptr (GTask) task = making->task;
  GError *error = NULL;

  kith_print_job_unref (making->job);
  self->exporting = FALSE;
  if (!kith_print_job_lay_out_finish (result, NULL, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  if (self->context)
    kith_print_window_note (self, "exported");
  g_task_return_boolean (task, TRUE);
}

/**
 * kith_print_window_export_async:
 * @path: of the PDF; what is there is replaced once the new one is whole
 */
void
kith_print_window_export_async (KithPrintWindow    *self,
                                const char         *path,
                                GAsyncReadyCallback callback,
                                gpointer            user_data)
{
  g_autoptr (GtkPageSetup) setup = kith_print_setup_new ();
  KithPrintSize size = { gtk_page_setup_get_page_width (setup, GTK_UNIT_POINTS),  gtk_page_setup_get_page_height (setup, GTK_UNIT_POINTS),
                         gtk_page_setup_get_left_margin (setup, GTK_UNIT_POINTS), gtk_page_setup_get_top_margin (setup, GTK_UNIT_POINTS),
                         gtk_page_setup_get_paper_width (setup, GTK_UNIT_POINTS), gtk_page_setup_get_paper_height (setup, GTK_UNIT_POINTS) };
  Making *making;

  g_return_if_fail (kith_print_window_is_allowed (self, "exported")); /* no paper before the hub said so */
  making = g_new0 (Making, 1);
  making->window = g_object_ref (self);
  making->job = kith_print_window_get_job (self);
  making->task = g_task_new (self, NULL, callback, user_data);
  self->exporting = TRUE;
  kith_print_job_lay_out_async (making->job, &size, path, exported_cb, making);
}

gboolean
kith_print_window_export_finish (KithPrintWindow *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void check_fonts (KithPrintWindow *self);

static void
checked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Making *making = user_data;
  g_autoptr (KithPrintWindow) self = making->window;
  gboolean again = self->check_again;
  guint n_lost;

  kith_print_job_lay_out_finish (result, &n_lost, NULL);
  self->checking = self->check_again = FALSE;
  if (self->context && !again && !self->asking && !self->untold && !self->exporting) /* what is told of the hub and of a file stays */
    kith_print_window_tell (self, n_lost > 0
                  ? _("This computer has no font for some letters of this record. They are printed as […]; with fonts for that script, Noto for instance, they are whole.")
                  : NULL);
  kith_print_job_unref (making->job);
  if (self->context && again)
    check_fonts (self);
}

/* Before it is on paper: are there letters that this computer cannot print? */
static void
check_fonts (KithPrintWindow *self)
{
  Making *making;

  if (!kith_print_window_ready (self) || self->asking || self->untold)
    return;
  self->check_again = self->checking;
  if (self->checking)
    return;
  self->checking = TRUE;
  making = g_new0 (Making, 1);
  making->window = g_object_ref (self);
  making->job = kith_print_window_get_job (self);
  kith_print_job_lay_out_async (making->job, NULL, NULL, checked_cb, making);
}

/* What it is made of has changed. */
void
kith_print_window_check_fonts (KithPrintWindow *self)
{
  g_clear_pointer (&self->job, kith_print_job_unref);
  check_fonts (self);
}

void
kith_print_window_print (GtkWidget *widget, const char *name, GVariant *target)
{
  g_autoptr (KithPrintWindow) self = g_object_ref (KITH_PRINT_WINDOW (widget)); /* GTK's loop outlives the window where Kith is locked in it */
  g_autoptr (GtkPrintOperation) operation = NULL;
  g_autoptr (GError) error = NULL;
  GtkPrintOperationResult result;

  if (!kith_print_window_ready (self) || self->exporting || !kith_print_window_may_print (self, name))
    return;
  if (!self->untold)
    kith_print_window_tell (self, NULL);
  operation = kith_print_operation_new (self);
  self->running = operation;
  result = gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, GTK_WINDOW (self), &error);
  self->running = NULL;
  if (!self->context)
    return;
  if (result == GTK_PRINT_OPERATION_RESULT_APPLY || result == GTK_PRINT_OPERATION_RESULT_IN_PROGRESS)
    {
      kith_print_window_note (self, "printed");
      if (self->untold)
        kith_context_toast (self->context, _("Printed. The hub will be told when it answers."));
      gtk_window_destroy (GTK_WINDOW (self));
    }
  else if (result == GTK_PRINT_OPERATION_RESULT_ERROR)
    {
      g_autofree char *words = g_strdup_printf (_("It was not printed: %s. You can save it as PDF."), error->message);

      kith_print_window_tell (self, words);
    }
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  KithPrintWindow *self = KITH_PRINT_WINDOW (source);
  g_autoptr (GError) error = NULL;
  gboolean saved = kith_print_window_export_finish (self, result, &error);
  g_autofree char *words = NULL;

  if (!self->context) /* locked, or closed meanwhile */
    return;
  kith_print_window_set_asking (self, FALSE);
  if (saved)
    {
      kith_context_toast (self->context, _("The PDF was saved. It is not encrypted: keep it where others cannot read it."));
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }
  words = g_strdup_printf (_("The PDF was not saved: %s"), error->message);
  kith_print_window_tell (self, words);
}

static void
save_chosen_cb (GtkNativeDialog *dialog,
                int              response,
                KithPrintWindow *self)
{
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog)) : NULL;
  g_autofree char *path = file ? g_file_get_path (file) : NULL;

  if (!file || self->exporting)
    return;
  if (!path)
    {
      kith_print_window_tell (self, _("A PDF can only be saved on this computer. Choose another place."));
      return;
    }
  kith_print_window_export_async (self, path, saved_cb, NULL);
  gtk_widget_set_sensitive (self->print_button, FALSE);
  gtk_widget_set_sensitive (self->save_button, FALSE);
  kith_print_window_tell_as (self, _("Saving the PDF…"), FALSE);
}

/**
 * kith_print_window_file_name:
 *
 * Returns: (transfer full): what is proposed: the number of whose paper it is, never a name
 */
char *
kith_print_window_file_name (KithPrintWindow *self)
{
  g_autofree char *list = is_waiting (self) ? kith_print_window_waiting_name (self) : NULL;
  const char *number;

  if (list)
    return g_strconcat (list, ".pdf", NULL);
  number = kith_row_field (client_row (self) ? client_row (self) : self->rows[ASKED_CORRECTIONS]->pdata[0], "number");
  return g_strdup_printf ("%s %s.pdf", number ? number : "Kith", kith_print_window_title (self));
}

void
kith_print_window_save (GtkWidget *widget, const char *name, GVariant *target)
{
  KithPrintWindow *self = KITH_PRINT_WINDOW (widget);
  g_autofree char *title = NULL;

  if (!kith_print_window_ready (self) || !kith_print_window_may_print (self, name))
    return;
  title = kith_print_window_file_name (self);
  g_clear_object (&self->chooser);
  self->chooser = gtk_file_chooser_native_new (_("Save as PDF"), GTK_WINDOW (self), GTK_FILE_CHOOSER_ACTION_SAVE, _("_Save"), NULL);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), title);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (save_chosen_cb), self, 0);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}
