/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "board/kith-queue-stats-window.h"

#include <glib/gi18n.h>

#include "board/kith-stats-period.h"
#include "kith-csv-writer.h"
#include "kith-desktop-reads.h"
#include "kith-format.h"
#include "kith-queue-stats.h"
#include "kith-referral-rules.h"
#include "widgets/kith-choice-row.h"
#include "widgets/kith-fit.h"
#include "widgets/kith-unread.h"

typedef struct
{
  char *group, *name, *value; /* group: NULL for what belongs to all */
} Line;

struct _KithQueueStatsWindow
{
  AdwWindow parent_instance;
  KithContext *context;
  char *queue, *name; /* queue NULL: of what this side sent and gave (D3); name: the queue's, or the side's */
  AdwComboRow *period;
  GtkBox *groups;
  GtkStack *stack;
  KithUnread *unread; /* in the place of numbers that are not there yet, or cannot be counted */
  GtkWidget *export;
  GtkLabel *problem;
  AdwStatusPage *none;
  GtkFileChooserNative *chooser;
  GCancellable *job;
  GPtrArray *lines; /* (element-type Line): as they are shown, and written out */
  KithStatsPeriod counted; /* whose they are; KITH_STATS_N_PERIODS: none are there */
};

G_DEFINE_FINAL_TYPE (KithQueueStatsWindow, kith_queue_stats_window, ADW_TYPE_WINDOW)

static void
line_free (gpointer data)
{
  Line *self = data;

  g_free (self->group);
  g_free (self->name);
  g_free (self->value);
  g_free (self);
}

static KithStatsPeriod
chosen_period (KithQueueStatsWindow *self)
{
  return (KithStatsPeriod) MIN (adw_combo_row_get_selected (self->period), KITH_STATS_N_PERIODS - 1);
}

/* ---- the numbers, on the reader's thread */

static gboolean
add_row (KithRow *row, gpointer data, GError **error)
{
  const KithQueueEntry entry = { .came = kith_row_get_text (row, "came"), .sent_at = kith_row_get_text (row, "sent_at"),
                                 .accepted_at = kith_row_get_text (row, "accepted_at"), .closed_at = kith_row_get_text (row, "closed_at"),
                                 .phase = kith_row_get_text (row, "phase"), .outcome = kith_row_get_text (row, "outcome"),
                                 .reason = kith_row_get_text (row, "reason"), .outcome_name = kith_row_get_text (row, "outcome_name"),
                                 .reason_name = kith_row_get_text (row, "reason_name"), .status = kith_row_get_text (row, "status"),
                                 .kind = kith_referral_kind (kith_row_get_text (row, "type"), kith_row_get_text (row, "agency"), kith_row_get_text (row, "agency_to")),
                                 .place = kith_row_get_int (row, "place"), .accepted = kith_row_get_int (row, "accepted") != 0 };

  kith_queue_stats_add (data, &entry);
  return TRUE;
}

static gpointer
stats_job (gpointer db, gpointer data, GCancellable *cancellable, GError **error)
{
  KithQueueStats *stats = kith_queue_stats_new ();
  const char *const *args = data; /* the query first */

  if (!kith_desktop_each_row (db, args[0], args + 1, add_row, stats, cancellable, error))
    {
      kith_queue_stats_free (stats);
      return NULL;
    }
  kith_queue_stats_finish (stats);
  return stats;
}

/* ---- what is shown */

static void
add_line (KithQueueStatsWindow *self, const char *group, const char *name, char *value)
{
  Line *line = g_new0 (Line, 1);

  line->group = g_strdup (group);
  line->name = g_strdup (name);
  line->value = value;
  g_ptr_array_add (self->lines, line);
}

static void
add_number (KithQueueStatsWindow *self, const char *name, guint n)
{
  add_line (self, NULL, name, g_strdup_printf ("%u", n));
}

static void
add_counts (KithQueueStatsWindow *self, const char *group, const char *vocabulary, GPtrArray *counts)
{
  for (guint i = 0; i < counts->len; i++)
    {
      KithQueueCount *count = g_ptr_array_index (counts, i);

      add_line (self, group, vocabulary ? kith_format_code (vocabulary, count->name) : count->name, g_strdup_printf ("%u", count->n));
      for (guint k = 0; count->own && k < count->own->len; k++)
        {
          const KithQueueCount *own = g_ptr_array_index (count->own, k);
          /* Translators: a reason and, of these, what the network calls some: "No capacity: Wait list closed for the season" */
          g_autofree char *name = g_strdup_printf (_("%s: %s"), kith_format_code (vocabulary, count->name), own->name);

          add_line (self, group, name, g_strdup_printf ("%u", own->n));
        }
    }
}

static void
make_lines (KithQueueStatsWindow *self, const KithQueueStats *stats)
{
  double median = kith_queue_stats_median (stats);

  g_ptr_array_set_size (self->lines, 0);
  add_number (self, self->queue ? _("Referrals that came in") : _("Referrals made"), stats->n);
  if (!self->queue)
    add_number (self, _("Given to the client, nothing sent"), stats->given);
  add_number (self, _("Accepted"), stats->accepted);
  add_number (self, _("Declined"), stats->declined);
  add_number (self, _("Recalled"), stats->recalled);
  add_number (self, _("Expired without an answer"), stats->expired);
  add_number (self, _("Wait for an answer"), stats->waiting);
  if (stats->oldest)
    add_line (self, NULL, _("The first of these waits since"), kith_format_time (stats->oldest, kith_context_get_now (self->context)));
  add_number (self, _("In work"), stats->in_work);
  add_number (self, C_("referrals", "Closed"), stats->closed);
  if (self->queue && stats->taken_out > 0)
    add_number (self, _("Taken out of the queue"), stats->taken_out);
  if (median >= 0)
    add_line (self, NULL, _("Days to the answer (median)"), g_strdup_printf ("%.1f", median));
  add_counts (self, _("By kind"), "referral_kind", stats->kinds);
  add_counts (self, _("Declined, by reason"), "decline_reason", stats->reasons);
  add_counts (self, _("Closed, by outcome"), "outcome", stats->outcomes);
  add_counts (self, _("Referral results, as HUD counts them"), "hmis_referral_result", stats->results);
  add_counts (self, _("Where they stand now"), NULL, stats->statuses);
}

static GtkWidget *
row_new (const Line *line)
{
  GtkWidget *row = adw_action_row_new (), *value = gtk_label_new (line->value);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), line->name);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  gtk_widget_add_css_class (value, "numeric");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), value);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, line->value, -1);
  return row;
}

static void
show_lines (KithQueueStatsWindow *self)
{
  GtkWidget *child, *group = NULL;
  const char *before = "";

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->groups))))
    gtk_box_remove (self->groups, child);
  for (guint i = 0; i < self->lines->len; i++)
    {
      const Line *line = g_ptr_array_index (self->lines, i);

      if (!group || g_strcmp0 (before, line->group) != 0)
        {
          group = adw_preferences_group_new ();
          if (line->group)
            adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), line->group);
          gtk_box_append (self->groups, group);
          before = line->group;
        }
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row_new (line));
    }
}

static void
tell (KithQueueStatsWindow *self, const char *words)
{
  gtk_label_set_text (self->problem, words ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), words != NULL);
}

static void look (KithQueueStatsWindow *self);

static void
counted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (KithQueueStatsWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (KithQueueStats) stats = kith_desktop_job_finish (KITH_DESKTOP (source), result, &error);

  if (!self->context || g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result)))) /* another period was chosen since */
    return;
  kith_desktop_tell_read (KITH_DESKTOP (source), self, error, (KithReadAgain) look);
  tell (self, stats || kith_read_failed (error) ? NULL : error->message);
  if (!stats)
    return;
  self->counted = chosen_period (self);
  make_lines (self, stats);
  show_lines (self);
  gtk_widget_set_sensitive (self->export, stats->n > 0);
  gtk_stack_set_visible_child_name (self->stack, stats->n > 0 ? "table" : "none");
}

/* Another time's numbers neither stand under this one's name nor are written out under it, not even where these cannot be counted. */
static void
look (KithQueueStatsWindow *self)
{
  g_autofree char *from = NULL, *to = NULL;
  const char *args[5] = { NULL };

  if (!self->context)
    return;
  if (self->counted != chosen_period (self))
    {
      self->counted = KITH_STATS_N_PERIODS;
      gtk_stack_set_visible_child_name (self->stack, "counting");
      gtk_widget_set_sensitive (self->export, FALSE);
    }
  g_cancellable_cancel (self->job);
  g_clear_object (&self->job);
  self->job = g_cancellable_new ();
  kith_stats_period_bounds (chosen_period (self), kith_context_get_now (self->context), &from, &to);
  args[0] = self->queue ? "queue-referrals" : "side-referrals";
  args[1] = self->queue ? self->queue : kith_context_get_side (self->context);
  args[2] = from;
  args[3] = to;
  kith_desktop_read_async (kith_context_get_desktop (self->context), stats_job, g_strdupv ((char **) args), (GDestroyNotify) g_strfreev,
                           self->job, counted_cb, g_object_ref (self));
}

/* ---- CSV */

static gboolean
write_line (KithCsvWriter *writer, const char *group, const char *name, const char *value, GError **error)
{
  kith_csv_writer_add (writer, group);
  kith_csv_writer_add (writer, name);
  kith_csv_writer_add (writer, value);
  return kith_csv_writer_end_row (writer, error);
}

static const char *
period_name (KithQueueStatsWindow *self)
{
  return kith_stats_period_name (chosen_period (self));
}

static GBytes *
make_csv (KithQueueStatsWindow *self, GError **error)
{
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (KithCsvWriter) writer = kith_csv_writer_new (memory);

  if (!write_line (writer, self->queue ? _("Queue") : _("Referrals sent"), self->name, period_name (self), error))
    return NULL;
  for (guint i = 0; i < self->lines->len; i++)
    {
      const Line *line = g_ptr_array_index (self->lines, i);

      if (!write_line (writer, line->group, line->name, line->value, error))
        return NULL;
    }
  return g_output_stream_close (memory, NULL, error) ? g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory)) : NULL;
}

/* What is exported, from which it is told when it is on the disk: the window may show another time by then. */
typedef struct
{
  KithQueueStatsWindow *window;
  KithContext *context;
  char *queue, *period;
} Export;

static void
export_free (Export *self)
{
  g_object_unref (self->window);
  g_object_unref (self->context);
  g_free (self->queue);
  g_free (self->period);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Export, export_free)

static void
tell_not_saved (KithQueueStatsWindow *self, const GError *error)
{
  g_autofree char *words = g_strdup_printf (_("The numbers were not saved: %s"), error->message);

  tell (self, words);
}

static void
written_cb (GObject *file, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Export) export = user_data;
  g_autoptr (GError) error = NULL;

  if (!g_file_replace_contents_finish (G_FILE (file), result, NULL, &error))
    {
      if (export->window->context)
        tell_not_saved (export->window, error);
      else
        kith_context_problem (export->context, _("Statistics"), error); /* closed meanwhile */
      return;
    }
  if (export->window->context)
    tell (export->window, NULL);
  kith_context_audit (export->context, "exported", NULL, export->queue ? "queue" : "referral", export->queue, export->period);
  kith_context_toast (export->context, _("The numbers were saved."));
}

void
kith_queue_stats_window_export (KithQueueStatsWindow *self, GFile *to)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = make_csv (self, &error);
  Export *export;

  if (!bytes)
    {
      tell_not_saved (self, error);
      return;
    }
  export = g_new0 (Export, 1);
  export->window = g_object_ref (self);
  export->context = g_object_ref (self->context);
  export->queue = g_strdup (self->queue);
  export->period = g_strdup (period_name (self));
  g_file_replace_contents_bytes_async (to, bytes, NULL, FALSE, G_FILE_CREATE_PRIVATE | G_FILE_CREATE_REPLACE_DESTINATION, NULL, written_cb, export);
}

static void
chosen_cb (GtkNativeDialog *dialog, int response, KithQueueStatsWindow *self)
{
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog)) : NULL;

  if (file)
    kith_queue_stats_window_export (self, file);
}

static void
export_action (GtkWidget *widget, const char *name, GVariant *target)
{
  KithQueueStatsWindow *self = KITH_QUEUE_STATS_WINDOW (widget);
  g_autofree char *title = g_strdup_printf ("%s.csv", gtk_window_get_title (GTK_WINDOW (self)));

  if (!gtk_widget_get_sensitive (self->export))
    return;
  g_strdelimit (title, "/\\", '-');
  g_clear_object (&self->chooser);
  self->chooser = gtk_file_chooser_native_new (_("Export Statistics"), GTK_WINDOW (self), GTK_FILE_CHOOSER_ACTION_SAVE, _("_Export"), _("_Cancel"));
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), title);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (chosen_cb), self, 0);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

/* ---- life */

static void
kith_queue_stats_window_dispose (GObject *object)
{
  KithQueueStatsWindow *self = KITH_QUEUE_STATS_WINDOW (object);

  g_cancellable_cancel (self->job);
  g_clear_object (&self->job);
  g_clear_object (&self->chooser);
  if (self->context)
    kith_desktop_tell_read (kith_context_get_desktop (self->context), self, NULL, NULL);
  g_clear_object (&self->context);
  gtk_widget_dispose_template (GTK_WIDGET (object), KITH_TYPE_QUEUE_STATS_WINDOW);
  G_OBJECT_CLASS (kith_queue_stats_window_parent_class)->dispose (object);
}

static void
kith_queue_stats_window_finalize (GObject *object)
{
  KithQueueStatsWindow *self = KITH_QUEUE_STATS_WINDOW (object);

  g_ptr_array_unref (self->lines);
  g_free (self->queue);
  g_free (self->name);
  G_OBJECT_CLASS (kith_queue_stats_window_parent_class)->finalize (object);
}

static void
kith_queue_stats_window_class_init (KithQueueStatsWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kith_queue_stats_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = kith_queue_stats_window_finalize;
  g_type_ensure (KITH_TYPE_UNREAD);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/kith/Kith/board/kith-queue-stats-window.ui");
  gtk_widget_class_bind_template_child (widget_class, KithQueueStatsWindow, period);
  gtk_widget_class_bind_template_child (widget_class, KithQueueStatsWindow, groups);
  gtk_widget_class_bind_template_child (widget_class, KithQueueStatsWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, KithQueueStatsWindow, unread);
  gtk_widget_class_bind_template_child (widget_class, KithQueueStatsWindow, export);
  gtk_widget_class_bind_template_child (widget_class, KithQueueStatsWindow, problem);
  gtk_widget_class_bind_template_child (widget_class, KithQueueStatsWindow, none);
  gtk_widget_class_bind_template_callback (widget_class, look);
  gtk_widget_class_install_action (widget_class, "stats.export", NULL, export_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "stats.export", NULL);
}

static void
kith_queue_stats_window_init (KithQueueStatsWindow *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  gtk_widget_init_template (GTK_WIDGET (self));
  kith_fit_to_text (GTK_WINDOW (self));
  self->lines = g_ptr_array_new_with_free_func (line_free);
  self->counted = KITH_STATS_N_PERIODS;
  for (guint i = 0; i < KITH_STATS_N_PERIODS; i++)
    gtk_string_list_append (names, kith_stats_period_name (i));
  kith_choice_row_set_words (self->period, names);
}

static void
changed_cb (KithQueueStatsWindow *self, const char *const *kinds)
{
  static const char *const counted[] = { "referral_detail", "queue", "queue_status", "queue_item", "referral", "referral_course", NULL };

  if (kith_reads_concern (counted, kinds))
    look (self);
}

/**
 * kith_queue_stats_window_new:
 * @queue: (nullable): its id; NULL: what this side sent, and gave to clients (D3)
 * @name: its name; the side's
 *
 * Returns: (transfer none): a window that is not shown yet; GTK keeps it until it is closed
 */
GtkWidget *
kith_queue_stats_window_new (GtkWindow *parent, KithContext *context, const char *queue, const char *name)
{
  KithQueueStatsWindow *self = g_object_new (KITH_TYPE_QUEUE_STATS_WINDOW, "transient-for", parent, NULL);

  self->context = g_object_ref (context);
  self->queue = g_strdup (queue);
  self->name = g_strdup (name);
  kith_unread_add_strip (GTK_WIDGET (self->problem), context); /* the numbers there stay where they cannot be counted anew */
  kith_unread_set_context (self->unread, context);
  gtk_window_set_title (GTK_WINDOW (self), queue ? name : _("Referrals Sent"));
  if (!queue)
    {
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->period), _("Sent, or given to the client"));
      adw_status_page_set_icon_name (self->none, "document-send-symbolic");
      adw_status_page_set_title (self->none, _("Nothing Sent"));
      adw_status_page_set_description (self->none, _("No referral was made in that time. Choose another one above."));
    }
  /* Counted at once, and anew with what comes. */
  g_signal_connect_object (kith_context_get_desktop (context), "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  look (self);
  return GTK_WIDGET (self);
}
