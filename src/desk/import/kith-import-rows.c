/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-import-form-private.h"

#include <glib/gi18n.h>

#include "kith-csv-writer.h"
#include "kith-file-out.h"
#include "kith-format.h"

/* Rows that are not taken, and those of which something is left out or read in another way than it stands there: the first ones with whom they are about
 * and why, and all of them back as a file. */

/* ---- the first ones ---- */

static void
fill (AdwPreferencesGroup *group,
      GPtrArray           *shown,
      GPtrArray           *rows)
{
  for (guint i = 0; i < shown->len; i++)
    adw_preferences_group_remove (group, shown->pdata[i]);
  g_ptr_array_set_size (shown, 0);
  for (guint i = 0; i < rows->len; i++)
    {
      GtkWidget *row = adw_action_row_new ();
      g_autofree char *number = g_strdup_printf (_("Row %s"), kith_row_get_text (rows->pdata[i], "row"));
      g_autofree char *title = kith_format_join (number, kith_row_get_text (rows->pdata[i], "who"));
      const char *reason = kith_row_get_text (rows->pdata[i], "reason");

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), reason ? reason : "");
      adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
      adw_preferences_group_add (group, row);
      g_ptr_array_add (shown, row);
    }
  gtk_widget_set_visible (GTK_WIDGET (group), rows->len > 0);
}

static void
bad_cb (GPtrArray *rows,
        gpointer   user_data)
{
  KithImportForm *self = user_data;

  fill (self->bad_group, self->bad_rows, rows);
}

static void
remarks_cb (GPtrArray *rows,
            gpointer   user_data)
{
  KithImportForm *self = user_data;

  fill (self->remark_group, self->remark_rows, rows);
}

static void
watch (KithImportForm *self,
       KithWatch     **watch,
       const char     *query,
       KithWatchFunc   func,
       guint64         count)
{
  if (!*watch && count > 0)
    *watch = kith_watch_new (kith_form_get_context (KITH_FORM (self)), query, (const char *const[]) { "op", NULL }, self->id, func, self);
}

/**
 * kith_import_form_show_rows:
 * @state: of the import
 * @tally: its counts
 *
 * What is in the way is said at each row, below; of what never came in nothing is to be taken back.
 */
void
kith_import_form_show_rows (KithImportForm        *self,
                            const char            *state,
                            const KithImportTally *tally)
{
  gboolean before = g_str_equal (state, "reading"), back = g_str_equal (state, "undoing") || g_str_equal (state, "undone");

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->bad_row), before ? _("Cannot be taken") : _("Were not taken"));
  adw_action_row_set_subtitle (self->bad_row, back ? _("They never came in: there is nothing of them to take back.")
                                                   : _("Why stands below, at each. Save these rows, mend them and import that file."));
  adw_preferences_group_set_title (self->bad_group, before ? _("Why Rows Cannot Be Taken") : _("Why Rows Were Not Taken"));
  kith_import_form_show_count (self->bad_row, tally->bad + tally->refused, FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->remark_row), before ? _("Something is left out or changed") : _("Something was left out or changed"));
  adw_action_row_set_subtitle (self->remark_row, before ? _("These people come in all the same. What it is stands below, at each.")
                                                        : _("What it was stands below, at each. Save these rows, and put it right at the clients."));
  adw_preferences_group_set_title (self->remark_group, before ? _("What Is Left Out or Changed") : _("What Was Left Out or Changed"));
  kith_import_form_show_count (self->remark_row, tally->remarked, FALSE);
  watch (self, &self->bad_watch, "import-bad-first", bad_cb, tally->bad + tally->refused);
  watch (self, &self->remark_watch, "import-remarked-first", remarks_cb, tally->remarked);
}

/* Another import is shown from here on, or it is checked anew. */
void
kith_import_form_forget_rows (KithImportForm *self)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();

  g_clear_object (&self->bad_watch);
  g_clear_object (&self->remark_watch);
  if (!self->stack)
    return;
  bad_cb (none, self);
  remarks_cb (none, self);
}

/* ---- all of them, as a file ---- */

typedef struct
{
  char *id, *path;
  KithImportRows which;
  KithCsvWriter *writer;
} Save;

static void
save_free (gpointer data)
{
  Save *save = data;

  g_free (save->id);
  g_free (save->path);
  g_free (save);
}

/* The header comes without a reason. */
static gboolean
write_row (const char *cells,
           const char *reason,
           gpointer    user_data,
           GError    **error)
{
  Save *save = user_data;

  kith_csv_writer_add_list (save->writer, cells);
  kith_csv_writer_add (save->writer, reason ? reason : save->which == KITH_IMPORT_REMARKED ? _("What was left out or changed") : _("Why it was not taken"));
  return kith_csv_writer_end_row (save->writer, error);
}

static gpointer
save_job (gpointer      store,
          gpointer      data,
          GCancellable *cancellable,
          GError      **error)
{
  Save *save = data;
  g_autoptr (GFile) file = g_file_new_for_path (save->path);
  g_autoptr (GFileOutputStream) stream = kith_file_out_begin (file, cancellable, error);
  g_autoptr (KithCsvWriter) writer = stream ? kith_csv_writer_new (G_OUTPUT_STREAM (stream)) : NULL;

  save->writer = writer;
  if (writer)
    kith_file_out_end (stream, kith_store_import_each (store, save->id, save->which, write_row, save, error), cancellable, error);
  return NULL;
}

static void
saved (KithImportForm *self,
       GAsyncResult   *result,
       const char     *words)
{
  g_autoptr (GError) error = NULL;

  kith_desktop_job_finish (kith_context_get_desktop (kith_form_get_context (KITH_FORM (self))), result, &error);
  if (!self->stack)
    return;
  if (error)
    kith_form_tell (KITH_FORM (self), error->message);
  else
    kith_context_toast (kith_form_get_context (KITH_FORM (self)), words);
}

static void
bad_saved_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (KithImportForm) self = user_data;

  saved (self, result, _("Saved. Mend the rows and import the file under the same name."));
}

static void
remarked_saved_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (KithImportForm) self = user_data;

  saved (self, result, g_strcmp0 (self->state, "reading") == 0 ? _("Saved. Mend the list and check it again, or import it as it is.")
                                                               : _("Saved. The last column says what to put right."));
}

/* Names and birth dates leave Kith, readable by whoever has the file: that is noted before they do (C13). */
void
kith_import_form_write_rows (KithImportForm *self,
                             KithImportRows  which,
                             GFile          *file)
{
  KithContext *context = kith_form_get_context (KITH_FORM (self));
  Save *save = g_new0 (Save, 1);

  kith_context_audit (context, "exported", NULL, "import", self->id, "CSV");
  save->id = g_strdup (self->id);
  save->path = g_file_get_path (file);
  save->which = which;
  kith_desktop_store_async (kith_context_get_desktop (context), save_job, save, save_free, NULL, which == KITH_IMPORT_REMARKED ? remarked_saved_cb : bad_saved_cb,
                            g_object_ref (self));
}

static void
chosen_cb (GtkNativeDialog *dialog,
           int              response,
           KithImportForm  *self)
{
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog)) : NULL;

  if (file && self->id)
    kith_import_form_write_rows (self, (KithImportRows) GPOINTER_TO_INT (g_object_get_data (G_OBJECT (dialog), "which")), file);
}

static void
choose_file (KithImportForm *self,
             KithImportRows  which)
{
  g_clear_object (&self->chooser);
  self->chooser = gtk_file_chooser_native_new (_("Save These Rows"), GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), GTK_FILE_CHOOSER_ACTION_SAVE,
                                               _("_Save"), _("_Cancel"));
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), which == KITH_IMPORT_REMARKED ? _("left out or changed.csv") : _("not imported.csv"));
  g_object_set_data (G_OBJECT (self->chooser), "which", GINT_TO_POINTER (which));
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (chosen_cb), self, 0);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

/* Asks where to, then writes the rows that were not taken as CSV, with the reason behind each. */
void
kith_import_form_save_bad (KithImportForm *self)
{
  choose_file (self, KITH_IMPORT_NOT_TAKEN);
}

/* The same for those that are taken, with what is left out of each. */
void
kith_import_form_save_remarked (KithImportForm *self)
{
  choose_file (self, KITH_IMPORT_REMARKED);
}
