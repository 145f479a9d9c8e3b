/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-import-form-private.h"

#include <glib/gi18n.h>

#include "kith-column-map.h"
#include "kith-import-id.h"
#include "kith-importer.h"
#include "widgets/kith-choice-row.h"

G_DEFINE_FINAL_TYPE (KithImportForm, kith_import_form, KITH_TYPE_FORM)

/* How dates are written, as the menu shows them; the first: looked up in the file. */
static const struct
{
  const char *format, *label;
} date_formats[] = {
  { NULL, N_("As the file shows") },          { "%Y-%m-%d", N_("year-month-day: 1988-04-07") },  { "%m/%d/%Y", N_("month/day/year: 4/7/1988") },
  { "%d/%m/%Y", N_("day/month/year: 7/4/1988") }, { "%d.%m.%Y", N_("day.month.year: 7.4.1988") }, { "%Y%m%d", N_("without signs: 19880407") },
};

static KithContext *
context_of (KithImportForm *self)
{
  return kith_form_get_context (KITH_FORM (self));
}

/**
 * kith_import_form_show:
 * @page: of the stack
 * @verb: what the form's button does there
 *
 * When the page changes, the focus goes to that button: what had it is out of sight.
 */
void
kith_import_form_show (KithImportForm *self,
                       const char     *page,
                       const char     *verb)
{
  gboolean moved = g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), page) != 0;

  gtk_stack_set_visible_child_name (self->stack, page);
  kith_form_set_verb (KITH_FORM (self), verb);
  if (moved)
    kith_form_focus_verb (KITH_FORM (self));
}

/* ---- which column is which ---- */

static const char *
target_at (KithImportForm *self,
           guint           at)
{
  return at > 0 ? self->targets->pdata[at - 1] : NULL;
}

static void
fill_columns (KithImportForm *self)
{
  g_autoptr (GHashTable) used = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);

  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->columns, self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
  gtk_string_list_append (labels, _("Not used"));
  for (guint i = 0; i < self->targets->len; i++)
    gtk_string_list_append (labels, kith_column_label (self->targets->pdata[i]));

  for (guint i = 0; i < self->file->columns->len; i++)
    {
      GtkWidget *row = adw_combo_row_new ();
      g_autofree char *guess = kith_column_guess (self->file->columns->pdata[i]);
      const char *sample = self->file->samples->pdata[i];
      guint at = 0;

      for (guint k = 0; guess && k < self->targets->len; k++)
        if (g_str_equal (self->targets->pdata[k], guess) && g_hash_table_add (used, self->targets->pdata[k]))
          at = k + 1;
      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), self->file->columns->pdata[i]);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), *sample ? sample : _("Empty in the first rows"));
      adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 1);
      kith_choice_row_set_words (ADW_COMBO_ROW (row), labels);
      adw_combo_row_set_selected (ADW_COMBO_ROW (row), at);
      adw_preferences_group_add (self->columns, row);
      g_ptr_array_add (self->rows, row);
    }
}

/* The columns as the reader wants them; NULL: something is told. Several columns of one field are joined. */
static char *
print_map (KithImportForm *self)
{
  g_autoptr (GString) map = g_string_new (NULL);
  gboolean named = FALSE;

  for (guint k = 0; k < self->targets->len; k++)
    {
      const char *target = self->targets->pdata[k], *format = date_formats[adw_combo_row_get_selected (self->dates)].format;
      gboolean first = TRUE;

      for (guint i = 0; i < self->rows->len; i++)
        {
          if (target_at (self, adw_combo_row_get_selected (self->rows->pdata[i])) != target)
            continue;
          if (first)
            g_string_append_printf (map, "%s%s=#%u", map->len > 0 ? "," : "", target, i + 1);
          else
            g_string_append_printf (map, "+#%u", i + 1);
          first = FALSE;
        }
      if (!first && format && g_str_has_prefix (target, "date_"))
        g_string_append_printf (map, ":%s", format);
      named |= !first && (g_str_has_suffix (target, "_name") || g_str_equal (target, "other_names") || g_str_equal (target, "described_as"));
    }
  if (named)
    return g_string_free (g_steal_pointer (&map), FALSE);
  kith_form_tell (KITH_FORM (self), _("Say which column holds the names. A person without a name cannot be found again."));
  return NULL;
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (KithImportForm) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (KithImportFile) file = kith_import_open_finish (result, &error);
  char *dot;

  if (!self->stack)
    return;
  gtk_widget_set_sensitive (self->choose_button, TRUE);
  if (!file)
    {
      kith_form_tell (KITH_FORM (self), error->message);
      return;
    }
  g_autofree char *source_name = g_strdup (file->name);

  dot = strrchr (source_name, '.');
  if (dot && dot != source_name)
    *dot = '\0';
  kith_form_tell (KITH_FORM (self), NULL);
  g_clear_pointer (&self->file, kith_import_file_free);
  self->file = g_steal_pointer (&file);
  fill_columns (self);
  gtk_editable_set_text (GTK_EDITABLE (self->source), source_name);
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

static const char *
name_of_format (const char *format)
{
  for (guint i = 1; format && i < G_N_ELEMENTS (date_formats); i++)
    if (g_str_equal (date_formats[i].format, format))
      return _(date_formats[i].label);
  return format;
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (KithImportForm) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *format = NULL;
  gboolean ambiguous, ok = kith_import_read_finish (result, &format, &ambiguous, &error);

  if (!self->stack || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  kith_form_set_busy (KITH_FORM (self), FALSE);
  if (!ok)
    {
      kith_import_form_show (self, "map", _("Check"));
      kith_form_tell (KITH_FORM (self), error->message);
      return;
    }
  g_free (self->date_words);
  self->date_words = !format    ? NULL
                     /* Translators: "month/day/year: 4/7/1988" */
                     : ambiguous ? g_strdup_printf (_("Birth dates were read as %s, but day and month could be meant the other way round in every row. "
                                                      "If that is wrong, go back and choose how dates are written."), name_of_format (format))
                                 : g_strdup_printf (_("Birth dates were read as %s."), name_of_format (format));
  kith_import_form_look (self);
}

static void
check (KithImportForm *self)
{
  KithContext *context = context_of (self);
  g_autofree char *map = print_map (self), *source = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->source))));

  if (!map)
    return;
  if (!*source)
    {
      kith_form_tell (KITH_FORM (self), _("Give the list a name. It tells apart people of several lists who have the same number."));
      return;
    }
  g_free (self->id);
  self->id = kith_import_id (kith_context_get_agency (context), source);
  kith_form_tell (KITH_FORM (self), NULL);
  kith_form_set_busy (KITH_FORM (self), TRUE);
  gtk_label_set_text (self->progress_title, _("Reading the File"));
  gtk_label_set_text (self->progress_text, "");
  gtk_progress_bar_set_fraction (self->progress, 0);
  kith_import_form_show (self, "progress", C_("verb", "Import"));
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  g_clear_object (&self->bad_watch); /* the reasons of the check before */
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

/* What is kept of an import is kept by the store. */
static JsonObject *
kith_import_form_collect (KithForm *form)
{
  return NULL;
}

static void
kith_import_form_restore (KithForm   *form,
                          JsonObject *draft)
{
}

static void
kith_import_form_dispose (GObject *object)
{
  KithImportForm *self = KITH_IMPORT_FORM (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->chooser);
  g_clear_object (&self->bad_watch);
  g_clear_object (&self->jobs_watch);
  gtk_widget_dispose_template (GTK_WIDGET (self), KITH_TYPE_IMPORT_FORM);
  self->stack = NULL;
  g_clear_pointer (&self->file, kith_import_file_free);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->bad_rows, g_ptr_array_unref);
  g_clear_pointer (&self->job_rows, g_ptr_array_unref);
  g_clear_pointer (&self->targets, g_ptr_array_unref);
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
  CHILD (maybe_row);
  CHILD (with_maybe);
  CHILD (way_row);
  CHILD (taken_row);
  CHILD (undone_row);
  CHILD (bad_row);
  CHILD (bad_group);
  CHILD (back_button);
  CHILD (undo_button);
#undef CHILD
  gtk_widget_class_bind_template_callback (widget_class, choose_cb);
  gtk_widget_class_bind_template_callback (widget_class, back_cb);
  gtk_widget_class_bind_template_callback_full (widget_class, "save_bad_cb", G_CALLBACK (kith_import_form_save_bad));
  gtk_widget_class_bind_template_callback_full (widget_class, "undo_cb", G_CALLBACK (kith_import_form_undo));
}

static void
kith_import_form_init (KithImportForm *self)
{
  g_autoptr (GtkStringList) formats = gtk_string_list_new (NULL);

  gtk_widget_init_template (GTK_WIDGET (self));
  self->rows = g_ptr_array_new ();
  self->bad_rows = g_ptr_array_new ();
  self->targets = kith_column_targets ();
  for (guint i = 0; i < G_N_ELEMENTS (date_formats); i++)
    gtk_string_list_append (formats, _(date_formats[i].label));
  kith_choice_row_set_words (self->dates, formats);
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

  kith_form_set_up (KITH_FORM (self), context, "import", "import:file", NULL, _("Import Clients"), _("Choose…"));
  g_signal_connect_object (kith_importer_get (context), "moved", G_CALLBACK (kith_import_form_look), self, G_CONNECT_SWAPPED);
  kith_import_form_list_jobs (self);
  return GTK_WIDGET (self);
}
