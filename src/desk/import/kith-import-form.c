/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-import-form-private.h"

#include <glib/gi18n.h>

#include "kith-column-map.h"
#include "kith-import-id.h"
#include "kith-importer.h"
#include "kith-shortcuts.h"

G_DEFINE_FINAL_TYPE (KithImportForm, kith_import_form, KITH_TYPE_FORM)

static KithContext *
context_of (KithImportForm *self)
{
  return kith_form_get_context (KITH_FORM (self));
}

/* It begins with what is to be read first, wherever it was left the last time. */
static gboolean
scroll_up_cb (gpointer user_data)
{
  KithImportForm *self = user_data;
  GtkWidget *page = self->stack ? gtk_stack_get_visible_child (self->stack) : NULL;

  if (GTK_IS_SCROLLED_WINDOW (page))
    gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (page)), 0);
  return G_SOURCE_REMOVE;
}

/**
 * kith_import_form_show:
 * @page: of the stack
 * @verb: (nullable): what the form's button does there; NULL: nothing is left to do
 *
 * When the page changes, the focus goes to that button, or to the way out: what had it is out of sight.
 */
void
kith_import_form_show (KithImportForm *self,
                       const char     *page,
                       const char     *verb)
{
  gboolean moved = g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), page) != 0;

  if (moved) /* or the stack gives it back to what had it on that page the last time, and scrolls there */
    kith_form_focus_verb (KITH_FORM (self));
  gtk_stack_set_visible_child_name (self->stack, page);
  kith_form_set_verb (KITH_FORM (self), verb);
  if (!moved)
    return;
  kith_form_focus_verb (KITH_FORM (self));
  g_idle_add_full (G_PRIORITY_LOW, scroll_up_cb, g_object_ref (self), g_object_unref);
  if (!g_str_equal (page, "map")) /* what was restored is on the page that was left */
    kith_form_put_draft_away (KITH_FORM (self));
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (KithImportForm) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (KithImportFile) file = kith_import_open_finish (result, &error);

  if (!self->stack)
    return;
  gtk_widget_set_sensitive (self->choose_button, TRUE);
  if (!file)
    {
      kith_form_tell (KITH_FORM (self), error->message);
      return;
    }
  kith_form_tell (KITH_FORM (self), NULL);
  g_clear_pointer (&self->file, kith_import_file_free);
  self->file = g_steal_pointer (&file);
  kith_import_form_fill_columns (self);
  kith_import_form_show (self, "map", _("Check"));
  gtk_widget_child_focus (GTK_WIDGET (self->columns), GTK_DIR_TAB_FORWARD);
}

void
kith_import_form_open (KithImportForm *self,
                       const char     *path)
{
  gtk_widget_set_sensitive (self->choose_button, FALSE);
  kith_import_open_async (path, opened_cb, g_object_ref (self));
}

static void
chosen_cb (GtkNativeDialog *dialog,
           int              response,
           KithImportForm  *self)
{
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog)) : NULL;
  g_autofree char *path = file ? g_file_get_path (file) : NULL;

  g_clear_pointer (&self->draft, json_object_unref); /* of another file */
  if (path)
    kith_import_form_open (self, path);
}

static void
choose_cb (KithImportForm *self)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  g_clear_object (&self->chooser);
  self->chooser = gtk_file_chooser_native_new (_("Import Clients"), GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), GTK_FILE_CHOOSER_ACTION_OPEN,
                                               _("_Open"), _("_Cancel"));
  gtk_file_filter_set_name (filter, _("Spreadsheets and CSV files"));
  gtk_file_filter_add_suffix (filter, "xlsx");
  gtk_file_filter_add_suffix (filter, "csv");
  gtk_file_filter_add_suffix (filter, "tsv");
  gtk_file_filter_add_suffix (filter, "txt");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->chooser), filter);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (chosen_cb), self, 0);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

/* ---- the dry run ---- */

static void
progress_cb (guint64  rows,
             double   done,
             gpointer user_data)
{
  KithImportForm *self = user_data;
  g_autofree char *text = NULL;

  if (!self->stack)
    return;
  text = g_strdup_printf (ngettext ("%'u row read", "%'u rows read", (guint) rows), (guint) rows);
  gtk_progress_bar_set_fraction (self->progress, done);
  gtk_label_set_text (self->progress_text, text);
}

/* How the whole file's birth dates were read, shown by one of them. Yours */
static char *
read_words (KithImportForm *self,
            const char     *format)
{
  g_autofree char *one = kith_import_form_date_words (self, format, FALSE);

  if (!one) /* none stands in the first rows; Translators: "month/day/year" */
    return g_strdup_printf (_("Birth dates were read as %s."), kith_import_form_name_dates (format));
  /* Translators: "03/04/1988 → 4 Mar 1988" */
  return g_strdup_printf (_("Birth dates were read so: %s."), one);
}

/* When the page has its size: it scrolls there. */
static gboolean
focus_dates_cb (gpointer user_data)
{
  KithImportForm *self = user_data;

  if (self->stack)
    gtk_widget_grab_focus (GTK_WIDGET (self->dates));
  return G_SOURCE_REMOVE;
}

/* Both ways occur. format: what the first of the two rows is written by. Yours */
static char *
both_words (const char    *format,
            const guint64  ways[2])
{
  gboolean month_first = strstr (format, "%m") < strstr (format, "%d");
  g_autofree char *month = g_strdup_printf ("%" G_GUINT64_FORMAT, ways[month_first ? 0 : 1]);
  g_autofree char *day = g_strdup_printf ("%" G_GUINT64_FORMAT, ways[month_first ? 1 : 0]);

  /* Translators: numbers of rows */
  return g_strdup_printf (_("Dates are written in two ways in this file: the month comes first in row %s, and the day in row %s. Write them the same way there and open it "
                            "again, or choose below how most are written: rows that are written otherwise are listed, and not taken."), month, day);
}

/* Nobody can see from the file which of the numbers is the month: whoever knows the list says so, before anything of it is taken. */
static void
ask_for_dates (KithImportForm *self,
               const char     *format,
               const guint64   ways[2])
{
  g_autofree char *one = kith_import_form_date_words (self, format, TRUE);
  /* Translators: "03/04/1988 → 4 Mar 1988, or 3 Apr 1988" */
  g_autofree char *words = ways[0] ? both_words (format, ways)
                           : one   ? g_strdup_printf (_("The dates in this file can be read in two ways: %s. Choose below how dates are written, then check again."), one)
                                   : g_strdup (_("The dates in this file can be read in two ways. Choose below how dates are written, then check again."));

  kith_form_tell (KITH_FORM (self), words);
  g_idle_add_full (G_PRIORITY_LOW, focus_dates_cb, g_object_ref (self), g_object_unref);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (KithImportForm) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *format = NULL;
  guint64 ways[2];
  gboolean ok = kith_import_read_finish (result, &format, ways, &error);

  if (!self->stack || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  kith_form_set_busy (KITH_FORM (self), FALSE);
  if (!ok)
    {
      kith_import_form_show (self, "map", _("Check"));
      if (g_error_matches (error, G_IO_ERROR, KITH_IMPORT_ASKS))
        ask_for_dates (self, format, ways);
      else
        kith_form_tell (KITH_FORM (self), error->message);
      return;
    }
  g_free (self->date_words);
  self->date_words = format ? read_words (self, format) : NULL;
  kith_import_form_look (self);
}

static void
check (KithImportForm *self)
{
  KithContext *context = context_of (self);
  g_autofree char *map = kith_import_form_print_map (self), *source = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->source))));

  if (!map)
    return;
  if (!*source)
    {
      kith_form_tell (KITH_FORM (self), _("Give the list a name. It tells apart people of several lists who have the same number."));
      return;
    }
  g_free (self->id);
  self->id = kith_import_id (kith_context_get_agency (context), source);
  kith_switch_row_set_active (self->fill_row, FALSE); /* that was said of another reading */
  kith_form_tell (KITH_FORM (self), NULL);
  kith_form_set_busy (KITH_FORM (self), TRUE);
  gtk_label_set_text (self->progress_title, _("Reading the File"));
  gtk_label_set_text (self->progress_text, "");
  gtk_progress_bar_set_fraction (self->progress, 0);
  kith_import_form_show (self, "progress", C_("verb", "Import"));
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  kith_import_form_forget_rows (self); /* the reasons of the check before */
  kith_import_read_async (context, self->file, self->id, source, map, self->cancellable, progress_cb, read_cb, g_object_ref (self));
}

static void
kith_import_form_commit (KithForm *form)
{
  KithImportForm *self = KITH_IMPORT_FORM (form);
  const char *page = gtk_stack_get_visible_child_name (self->stack);

  if (g_str_equal (page, "choose"))
    choose_cb (self);
  else if (g_str_equal (page, "map"))
    check (self);
  else if (g_str_equal (page, "result"))
    kith_import_form_go_on (self);
}

static void
back_cb (KithImportForm *self)
{
  kith_import_form_show (self, "map", _("Check"));
}

static void
fill_cb (KithImportForm *self)
{
  if (self->tally.lacking > 0 && g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "result") == 0)
    kith_import_form_show_coming (self);
}

static void
choice_action (GtkWidget  *widget,
               const char *name,
               GVariant   *target)
{
  KithImportForm *self = KITH_IMPORT_FORM (widget);

  if (g_str_equal (gtk_stack_get_visible_child_name (self->stack), "result"))
    kith_import_maybes_choose (self->maybes, g_str_equal (name, "attention.first") ? 0 : g_str_equal (name, "attention.second") ? 1 : 2);
}

static void
kith_import_form_dispose (GObject *object)
{
  KithImportForm *self = KITH_IMPORT_FORM (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->chooser);
  g_clear_object (&self->bad_watch);
  g_clear_object (&self->remark_watch);
  g_clear_object (&self->jobs_watch);
  gtk_widget_dispose_template (GTK_WIDGET (self), KITH_TYPE_IMPORT_FORM);
  self->stack = NULL;
  g_clear_pointer (&self->file, kith_import_file_free);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->bad_rows, g_ptr_array_unref);
  g_clear_pointer (&self->remark_rows, g_ptr_array_unref);
  g_clear_pointer (&self->job_rows, g_ptr_array_unref);
  g_clear_pointer (&self->targets, g_ptr_array_unref);
  g_clear_pointer (&self->draft, json_object_unref);
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->state, g_free);
  g_clear_pointer (&self->date_words, g_free);
  G_OBJECT_CLASS (kith_import_form_parent_class)->dispose (object);
}

static void
kith_import_form_class_init (KithImportFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  KithFormClass *form_class = KITH_FORM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kith_import_form_dispose;
  g_type_ensure (KITH_TYPE_SWITCH_ROW);
  form_class->commit = kith_import_form_commit;
  form_class->collect = kith_import_form_collect;
  form_class->restore = kith_import_form_restore;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/kith/Kith/import/kith-import-form.ui");
#define CHILD(name) gtk_widget_class_bind_template_child (widget_class, KithImportForm, name)
  CHILD (stack);
  CHILD (choose_button);
  CHILD (jobs);
  CHILD (columns);
  CHILD (dates);
  CHILD (source);
  CHILD (progress);
  CHILD (progress_title);
  CHILD (progress_text);
  CHILD (result_text);
  CHILD (fresh_row);
  CHILD (same_row);
  CHILD (fill_row);
  CHILD (filled_row);
  CHILD (maybe_row);
  CHILD (joined_row);
  CHILD (skipped_row);
  CHILD (maybes_place);
  CHILD (save_maybe);
  CHILD (way_row);
  CHILD (taken_row);
  CHILD (undone_row);
  CHILD (bad_row);
  CHILD (bad_group);
  CHILD (remark_row);
  CHILD (remark_group);
  CHILD (back_button);
  CHILD (undo_button);
#undef CHILD
  gtk_widget_class_install_action (widget_class, "attention.first", NULL, choice_action);
  gtk_widget_class_install_action (widget_class, "attention.second", NULL, choice_action);
  gtk_widget_class_install_action (widget_class, "attention.third", NULL, choice_action);
  kith_shortcuts_install_class (widget_class, KITH_KEYS_ATTENTION);
  gtk_widget_class_bind_template_callback (widget_class, choose_cb);
  gtk_widget_class_bind_template_callback (widget_class, back_cb);
  gtk_widget_class_bind_template_callback (widget_class, fill_cb);
  gtk_widget_class_bind_template_callback_full (widget_class, "save_bad_cb", G_CALLBACK (kith_import_form_save_bad));
  gtk_widget_class_bind_template_callback_full (widget_class, "save_remarked_cb", G_CALLBACK (kith_import_form_save_remarked));
  gtk_widget_class_bind_template_callback_full (widget_class, "undo_cb", G_CALLBACK (kith_import_form_undo));
}

static void
kith_import_form_init (KithImportForm *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->rows = g_ptr_array_new ();
  self->bad_rows = g_ptr_array_new ();
  self->remark_rows = g_ptr_array_new ();
  self->targets = kith_column_targets ();
  kith_import_form_list_dates (self);
  kith_form_set_content (KITH_FORM (self), GTK_WIDGET (self->stack));
}

/**
 * kith_import_form_new:
 *
 * Returns: (transfer floating): the form, with the imports that were begun and are not forgotten; it follows one that runs
 */
GtkWidget *
kith_import_form_new (KithContext *context)
{
  KithImportForm *self = g_object_new (KITH_TYPE_IMPORT_FORM, NULL);

  kith_form_set_up (KITH_FORM (self), context, "import", KITH_IMPORT_DRAFT, NULL, _("Import Clients"), NULL);
  g_signal_connect_object (kith_importer_get (context), "moved", G_CALLBACK (kith_import_form_look), self, G_CONNECT_SWAPPED);
  self->maybes = KITH_IMPORT_MAYBES (kith_import_maybes_new (context));
  adw_bin_set_child (self->maybes_place, GTK_WIDGET (self->maybes));
  g_signal_connect_object (self->maybes, "decided", G_CALLBACK (kith_import_form_look), self, G_CONNECT_SWAPPED);
  kith_import_form_list_jobs (self);
  return GTK_WIDGET (self);
}
