/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-import-form-private.h"

#include <glib/gi18n.h>

#include "kith-format.h"
#include "kith-importer.h"
#include "kith-store-import.h"

/* What would come in, what came, and taking it back. */

typedef struct
{
  char *id, *state;
  KithImportTally tally;
  gboolean fill;
} Look;

static void
look_free (gpointer data)
{
  Look *look = data;

  g_free (look->id);
  g_free (look->state);
  g_free (look);
}

static Look *
look_new (KithImportForm *self)
{
  Look *look = g_new0 (Look, 1);

  look->id = g_strdup (self->id);
  return look;
}

static KithDesktop *
desktop_of (KithImportForm *self)
{
  return kith_context_get_desktop (kith_form_get_context (KITH_FORM (self)));
}

/* always: FALSE: hidden where it is 0 */
void
kith_import_form_show_count (AdwActionRow *row,
                             guint64       count,
                             gboolean      always)
{
  GtkWidget *label = g_object_get_data (G_OBJECT (row), "count");
  g_autofree char *text = g_strdup_printf ("%'u", (guint) count);

  if (!label)
    {
      label = gtk_label_new (NULL);
      gtk_widget_add_css_class (label, "numeric");
      gtk_widget_add_css_class (label, "title-4");
      adw_action_row_add_suffix (row, label);
      g_object_set_data (G_OBJECT (row), "count", label);
    }
  gtk_label_set_text (GTK_LABEL (label), text);
  gtk_widget_set_visible (GTK_WIDGET (row), always || count > 0);
}

/* How many rows something would come of. */
static guint64
count_coming (KithImportForm        *self,
              const KithImportTally *tally)
{
  return tally->fresh + tally->joined + (kith_switch_row_get_active (self->fill_row) ? tally->lacking : 0);
}

static char *
words_for (KithImportForm *self,
           const char     *state,
           const KithImportTally *tally)
{
  if (g_str_equal (state, "reading"))
    return g_strconcat (count_coming (self, tally) + tally->maybe == 0 ? _("Nothing new would come in.") : _("This would come in. Nothing is taken yet."),
                        self->date_words ? " " : NULL, self->date_words, NULL);
  if (g_str_equal (state, "running"))
    return g_strdup (_("The import is running. Leave this page and go on working: it goes on by itself, after a break in the network too."));
  if (g_str_equal (state, "undoing"))
    return g_strdup (_("The import is being taken back."));
  if (g_str_equal (state, "undone"))
    return tally->still_here == 0
             ? g_strdup (_("The import was taken back."))
             : g_strdup_printf (ngettext ("The import was taken back. %u client is still here: somebody has changed it or worked with it since, and nobody’s work is thrown away; or the hub has not answered yet. Look again when nothing waits in the Outbox. A client who stays is under Clients.",
                                          "The import was taken back. %u clients are still here: somebody has changed them or worked with them since, and nobody’s work is thrown away; or the hub has not answered yet. Look again when nothing waits in the Outbox. Those who stay are under Clients.",
                                          (guint) tally->still_here),
                                (guint) tally->still_here);
  if (tally->maybe > 0)
    return g_strdup_printf (ngettext ("The import is done. %u row waits for you to say who it is.", "The import is done. %u rows wait for you to say who they are.", (guint) tally->maybe),
                            (guint) tally->maybe);
  return g_strdup (_("The import is done."));
}

static gpointer
look_job (gpointer      store,
          gpointer      data,
          GCancellable *cancellable,
          GError      **error)
{
  Look *look = data, *found = g_new0 (Look, 1);

  if (kith_store_import_counts (store, look->id, &found->tally, &found->state, error))
    return found;
  look_free (found);
  return NULL;
}

static void
show_lacking (KithImportForm *self,
              guint           lacking,
              gboolean        before)
{
  g_autofree char *words = g_strdup_printf (ngettext ("The list says something of %'u client that their record does not. What somebody took away there stays away.",
                                                      "The list says something of %'u clients that their records do not. What somebody took away there stays away.", lacking),
                                            lacking);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->fill_row), words);
  gtk_widget_set_visible (GTK_WIDGET (self->fill_row), before && lacking > 0);
}

void
kith_import_form_show_coming (KithImportForm *self)
{
  gboolean before = g_strcmp0 (self->state, "reading") == 0 || g_strcmp0 (self->state, "nothing") == 0, any = before && count_coming (self, &self->tally) > 0;
  g_autofree char *words = words_for (self, before ? "reading" : self->state, &self->tally);

  gtk_label_set_text (self->result_text, words);
  kith_import_form_show (self, "result", any ? C_("verb", "Import") : NULL);
  if (before)
    {
      g_free (self->state);
      self->state = g_strdup (any ? "reading" : "nothing");
    }
}

static void
looked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (KithImportForm) self = user_data;
  g_autoptr (GError) error = NULL;
  Look *found = kith_desktop_job_finish (KITH_DESKTOP (source), result, &error);
  gboolean before;

  self->looking = FALSE;
  if (!found || !found->state || !self->stack)
    {
      g_clear_pointer (&found, look_free);
      return;
    }
  before = g_str_equal (found->state, "reading");
  kith_import_form_show_count (self->fresh_row, found->tally.fresh, before);
  kith_import_form_show_count (self->same_row, found->tally.same, FALSE);
  kith_import_form_show_count (self->maybe_row, found->tally.maybe, FALSE);
  gtk_widget_set_visible (self->save_maybe, !before);
  show_lacking (self, (guint) found->tally.lacking, before);
  kith_import_form_show_count (self->filled_row, found->tally.filled, FALSE);
  kith_import_form_show_count (self->joined_row, found->tally.joined - found->tally.filled, FALSE);
  kith_import_form_show_count (self->skipped_row, found->tally.skipped, FALSE);
  kith_import_maybes_look (self->maybes, self->id, before);
  kith_import_form_show_count (self->way_row, found->tally.queued, FALSE);
  kith_import_form_show_count (self->taken_row, found->tally.taken, !before && found->tally.undone == 0);
  kith_import_form_show_count (self->undone_row, found->tally.undone, FALSE);
  kith_import_form_show_rows (self, found->state, &found->tally);
  gtk_widget_set_visible (self->back_button, before && self->file);
  gtk_widget_set_visible (self->undo_button, !before && found->tally.taken + found->tally.queued + found->tally.joined > 0 && !g_str_equal (found->state, "undoing"));
  g_free (self->state);
  self->state = g_strdup (found->state);
  self->tally = found->tally;
  kith_import_form_show_coming (self);
  look_free (found);
}

/* Counts of the import that is shown. */
void
kith_import_form_look (KithImportForm *self)
{
  if (!self->id || self->looking || !self->stack)
    return;
  self->looking = TRUE;
  kith_desktop_store_async (desktop_of (self), look_job, look_new (self), look_free, NULL, looked_cb, g_object_ref (self));
}

static void
started_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (KithImportForm) self = user_data;
  g_autoptr (GError) error = NULL;

  kith_desktop_job_finish (KITH_DESKTOP (source), result, &error);
  if (!self->stack)
    return;
  kith_form_set_busy (KITH_FORM (self), FALSE);
  kith_form_focus_verb (KITH_FORM (self)); /* what had it could not be pressed meanwhile */
  if (error)
    kith_form_tell (KITH_FORM (self), error->message);
  else
    kith_importer_wake (kith_importer_get (kith_form_get_context (KITH_FORM (self))));
  kith_import_form_look (self);
}

static gpointer
start_job (gpointer      store,
           gpointer      data,
           GCancellable *cancellable,
           GError      **error)
{
  Look *look = data;

  if (kith_store_import_start (store, look->id, look->fill, error)) /* the store has it from here on, whatever becomes of the form */
    kith_store_save_draft (store, KITH_IMPORT_DRAFT, NULL, NULL, error);
  return NULL;
}

static gpointer
undo_job (gpointer      store,
          gpointer      data,
          GCancellable *cancellable,
          GError      **error)
{
  kith_store_import_undo (store, ((Look *) data)->id, error);
  return NULL;
}

/* The verb of the header: import what was looked at, or leave. */
void
kith_import_form_go_on (KithImportForm *self)
{
  Look *look;

  if (g_strcmp0 (self->state, "reading") != 0)
    {
      kith_form_done (KITH_FORM (self), NULL);
      return;
    }
  kith_form_set_busy (KITH_FORM (self), TRUE);
  look = look_new (self);
  look->fill = kith_switch_row_get_active (self->fill_row);
  kith_desktop_store_async (desktop_of (self), start_job, look, look_free, NULL, started_cb, g_object_ref (self));
}

/* ---- taking it back ---- */

static void
undo_cb (AdwMessageDialog *dialog,
         const char       *response,
         KithImportForm   *self)
{
  Look *look;

  if (!g_str_equal (response, "undo") || !self->stack)
    return;
  kith_form_set_busy (KITH_FORM (self), TRUE);
  look = g_new0 (Look, 1);
  look->id = g_strdup (g_object_get_data (G_OBJECT (dialog), "id")); /* what was asked about, whatever is shown by now */
  kith_desktop_store_async (desktop_of (self), undo_job, look, look_free, NULL, started_cb, g_object_ref (self));
}

/* What goes and what stays, as far as it can be told before. Yours */
static char *
undo_words (const KithImportTally *tally)
{
  guint clients = (guint) (tally->taken + tally->queued), given = (guint) (tally->joined - tally->merged);
  g_autoptr (GString) words = g_string_new (NULL);

  if (clients > 0)
    {
      g_autofree char *go = g_strdup_printf (ngettext ("%'u client who came in with it goes, at the hub and on every computer. If somebody has changed the client or worked with them since, they stay.",
                                                       "%'u clients who came in with it go, at the hub and on every computer. Those whom somebody has changed or worked with since stay.", clients),
                                             clients);

      g_string_append (words, go);
    }
  if (given > 0)
    {
      g_autofree char *out = g_strdup_printf (ngettext ("%'u client who was here before stays; what was filled in for them goes, unless somebody has changed it since.",
                                                        "%'u clients who were here before stay; what was filled in for them goes, unless somebody has changed it since.", given),
                                              given);

      g_string_append_printf (words, "%s%s", words->len > 0 ? "\n\n" : "", out);
    }
  return g_string_free (g_steal_pointer (&words), FALSE);
}

/* Asks, then takes the whole import back. It goes on without this form. */
void
kith_import_form_undo (KithImportForm *self)
{
  g_autofree char *words = undo_words (&self->tally);
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), _("Take the Whole Import Back?"), words);

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "undo", _("_Take It Back"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "undo", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "id", g_strdup (self->id), g_free);
  g_signal_connect_object (dialog, "response", G_CALLBACK (undo_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* ---- earlier imports ---- */

static void
job_activated_cb (AdwActionRow   *row,
                  KithImportForm *self)
{
  g_free (self->id);
  self->id = g_strdup (g_object_get_data (G_OBJECT (row), "id"));
  kith_import_form_forget_rows (self); /* of the one that was shown before */
  kith_import_form_look (self);
}

static const char *
name_of_state (const char *state)
{
  if (g_strcmp0 (state, "running") == 0)
    return _("running");
  if (g_strcmp0 (state, "undoing") == 0)
    return _("being taken back");
  if (g_strcmp0 (state, "undone") == 0)
    return _("taken back");
  return g_strcmp0 (state, "reading") == 0 ? _("looked at, not imported") : _("done");
}

static void
jobs_cb (GPtrArray *rows,
         gpointer   user_data)
{
  KithImportForm *self = user_data;

  for (guint i = 0; i < self->job_rows->len; i++)
    adw_preferences_group_remove (self->jobs, self->job_rows->pdata[i]);
  g_ptr_array_set_size (self->job_rows, 0);
  for (guint i = 0; i < rows->len; i++)
    {
      GtkWidget *row = adw_action_row_new ();
      g_autofree char *when = kith_format_time (kith_row_get_text (rows->pdata[i], "started"), kith_context_get_now (kith_form_get_context (KITH_FORM (self))));
      guint undecided = (guint) kith_row_get_int (rows->pdata[i], "undecided");
      g_autofree char *open = undecided > 0 ? g_strdup_printf (ngettext ("%u row to decide on", "%u rows to decide on", undecided), undecided) : NULL;
      g_autofree char *subtitle = kith_format_join (when, name_of_state (kith_row_get_text (rows->pdata[i], "state")), open);

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), kith_row_get_text (rows->pdata[i], "source"));
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      g_object_set_data_full (G_OBJECT (row), "id", g_strdup (kith_row_get_id (rows->pdata[i])), g_free);
      g_signal_connect_object (row, "activated", G_CALLBACK (job_activated_cb), self, 0);
      adw_preferences_group_add (self->jobs, row);
      g_ptr_array_add (self->job_rows, row);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->jobs), rows->len > 0);
}

/* Once, by the constructor: follows the imports that are on this computer. */
void
kith_import_form_list_jobs (KithImportForm *self)
{
  self->job_rows = g_ptr_array_new ();
  self->jobs_watch = kith_watch_new (kith_form_get_context (KITH_FORM (self)), "import-jobs", (const char *const[]) { "import", NULL }, NULL, jobs_cb, self);
}
