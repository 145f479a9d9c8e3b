/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "today/kith-today-next.h"

#include <glib/gi18n.h>
#include <string.h>

#include "kith-format.h"
#include "kith-watch.h"
#include "today/kith-today-lines.h"

#define EVER "9999-12-31"

struct _KithTodayNext
{
  AdwBin parent_instance;
  KithContext *context; /* NULL: not asked for */
  KithWatch *task_watch, *step_watch;
  KithRow *task, *step; /* the nearest of each, or NULL */
};

G_DEFINE_FINAL_TYPE (KithTodayNext, kith_today_next, ADW_TYPE_BIN)

/* What was put off waits for the day it comes back. Returns: (transfer full) (nullable): NULL: it has no day */
static char *
day_of_task (KithRow *row)
{
  const char *due = kith_row_get_text (row, "due_on"), *snoozed = kith_row_get_text (row, "snoozed_until");
  g_autofree char *back = NULL;
  gint64 ms;

  if (snoozed && kith_time_parse (snoozed, &ms))
    back = kith_format_today (ms);
  return g_strdup (back && g_strcmp0 (back, due) > 0 ? back : due);
}

static void
activated_cb (KithTodayNext *self,
              GtkWidget     *line)
{
  g_autofree char *place = g_strdup (g_object_get_data (G_OBJECT (line), "place"));

  if (place)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.go", "s", place);
}

static GtkWidget *
line_of (KithTodayNext *self)
{
  g_autofree char *of_task = self->task ? day_of_task (self->task) : NULL;
  const char *of_step = self->step ? kith_row_get_text (self->step, "next_step_on") : NULL;
  gboolean step = of_step && (!of_task || strcmp (of_step, of_task) < 0);
  KithRow *row = step ? self->step : self->task;
  g_autofree char *name = row && (kith_row_get_text (row, "given_name") || kith_row_get_text (row, "family_name")) ? kith_format_row_name (row) : NULL;
  g_autofree char *day = kith_format_date (step ? of_step : of_task);
  g_autofree char *subtitle = kith_format_join (day, name, NULL);
  g_autofree char *place = NULL;
  const char *what;

  if (!row)
    return NULL;
  place = step ? g_strconcat ("cases/", kith_row_get_id (row), NULL) : kith_today_task_place (self->context, row);
  what = kith_row_get_text (row, step ? "next_step" : "subject");
  return kith_today_line_new (what ? what : _("Next step"), subtitle, place);
}

static void
fill (KithTodayNext *self)
{
  GtkWidget *line = line_of (self), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8), *list = gtk_list_box_new (), *title = gtk_label_new (_("Next"));

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_add_css_class (title, "section-title");
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Next"), -1);
  g_signal_connect_object (list, "row-activated", G_CALLBACK (activated_cb), self, G_CONNECT_SWAPPED);
  if (line)
    gtk_list_box_append (GTK_LIST_BOX (list), line);
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), list);
  adw_bin_set_child (ADW_BIN (self), box);
  gtk_widget_set_visible (GTK_WIDGET (self), line != NULL);
}

static void
tasks_cb (GPtrArray *rows,
          gpointer   user_data)
{
  KithTodayNext *self = user_data;
  g_autofree char *nearest = NULL;

  g_clear_object (&self->task);
  for (guint i = 0; i < rows->len; i++)
    {
      g_autofree char *day = day_of_task (rows->pdata[i]);

      if (!day || (nearest && strcmp (day, nearest) >= 0))
        continue;
      g_clear_object (&self->task);
      self->task = g_object_ref (rows->pdata[i]);
      g_free (nearest);
      nearest = g_steal_pointer (&day);
    }
  fill (self);
}

static void
steps_cb (GPtrArray *rows,
          gpointer   user_data)
{
  KithTodayNext *self = user_data;

  g_clear_object (&self->step);
  if (rows->len > 0)
    self->step = g_object_ref (rows->pdata[0]);
  fill (self);
}

/**
 * kith_today_next_look:
 * @context: (nullable): kept; %NULL: nothing is looked for any more
 */
void
kith_today_next_look (KithTodayNext *self,
                      KithContext   *context)
{
  static const char *const task_kinds[] = { "task", "case", "client", NULL };
  static const char *const step_kinds[] = { "case", "assignment", NULL };

  if (self->context == context)
    return;
  g_clear_object (&self->task_watch);
  g_clear_object (&self->step_watch);
  g_clear_object (&self->task);
  g_clear_object (&self->step);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  g_set_object (&self->context, context);
  if (context)
    {
      const char *step_args[] = { kith_context_get_user (context), EVER, NULL };

      self->task_watch = kith_watch_new (context, "tasks-mine", task_kinds, step_args[0], tasks_cb, self);
      self->step_watch = kith_watch_new_args (context, "cases-due", step_kinds, step_args, steps_cb, self);
    }
}

static void
kith_today_next_dispose (GObject *object)
{
  kith_today_next_look (KITH_TODAY_NEXT (object), NULL);
  G_OBJECT_CLASS (kith_today_next_parent_class)->dispose (object);
}

static void
kith_today_next_class_init (KithTodayNextClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kith_today_next_dispose;
}

static void
kith_today_next_init (KithTodayNext *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}
