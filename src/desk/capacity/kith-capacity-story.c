/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "capacity/kith-capacity-story.h"

#include <glib/gi18n.h>

#include "kith-format.h"
#include "kith-watch.h"

struct _KithCapacityStory
{
  AdwPreferencesRow parent_instance;
  KithContext *context;
  GtkBox *about, *plans, *holds, *counts; /* each with its title, hidden while empty */
  KithWatch *plan_watch, *hold_watch, *count_watch;
};

G_DEFINE_FINAL_TYPE (KithCapacityStory, kith_capacity_story, ADW_TYPE_PREFERENCES_ROW)

static GtkBox *
section_new (const char *title)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4), *label = gtk_label_new (title);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "section-title");
  gtk_box_append (GTK_BOX (box), label);
  gtk_widget_set_visible (box, FALSE);
  return GTK_BOX (box);
}

static void
clear (GtkBox *box)
{
  GtkWidget *title = gtk_widget_get_first_child (GTK_WIDGET (box)), *line;

  while ((line = gtk_widget_get_next_sibling (title)))
    gtk_box_remove (box, line);
}

static GtkWidget *
add_line (GtkBox     *box,
          const char *words)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12), *label = gtk_label_new (words);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (line), label);
  gtk_box_append (box, line);
  return line;
}

/* "4", or the state where no number was said */
static char *
amount (KithRow *row)
{
  const char *free = kith_row_get_text (row, "free");

  return free ? g_strdup_printf (_("%s free"), free) : g_strdup (kith_format_code ("capacity_status", kith_row_get_text (row, "status")));
}

void
kith_capacity_story_describe (KithCapacityStory *self,
                              KithRow           *row)
{
  g_autofree char *until = kith_row_get_text (row, "until") ? kith_format_date (kith_row_get_text (row, "until")) : NULL;
  g_autofree char *holds = until ? g_strdup_printf (_("Holds until %s"), until) : NULL;
  const char *parts[] = { kith_row_get_text (row, "target_group"), kith_row_get_text (row, "note"), holds };
  gboolean any = FALSE;

  clear (self->about);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (parts[i])
      {
        add_line (self->about, parts[i]);
        any = TRUE;
      }
  gtk_widget_set_visible (GTK_WIDGET (self->about), any);
}

/* What is planned */

static char *
plan_days (KithRow *row)
{
  JsonNode *days = kith_row_get_text (row, "weekdays") ? json_from_string (kith_row_get_text (row, "weekdays"), NULL) : NULL;
  g_autofree char *names = days ? kith_format_codes ("weekday", json_node_get_array (days), ", ") : NULL;
  g_autofree char *last = kith_row_get_text (row, "ends_on") ? kith_format_date (kith_row_get_text (row, "ends_on")) : NULL;

  g_clear_pointer (&days, json_node_unref);
  if (!names)
    return kith_format_date (kith_row_get_text (row, "planned_on"));
  /* Translators: days of the week, and the last day of a plan */
  return last ? g_strdup_printf (_("%s, until %s"), names, last) : g_strdup (names);
}

static void
cancel_cb (KithCapacityStory *self,
           GtkButton         *button)
{
  kith_context_submit (self->context, "capacity.cancel", kith_json_new ("plan", "s", g_object_get_data (G_OBJECT (button), "plan"), NULL), _("Plan cancelled"),
                       TRUE, NULL, NULL);
}

static void
plans_cb (GPtrArray *rows,
          gpointer   user_data)
{
  KithCapacityStory *self = user_data;

  clear (self->plans);
  for (guint i = 0; i < rows->len; i++)
    {
      g_autofree char *days = plan_days (rows->pdata[i]);
      g_autofree char *free = amount (rows->pdata[i]);
      const char *hour = kith_row_get_text (rows->pdata[i], "hour");
      /* Translators: when, at what time of day, and how many places are free then */
      g_autofree char *words = g_strdup_printf (_("%s, %s: %s"), days ? days : "", hour ? hour : "", free);
      g_autofree char *label = g_strdup_printf (_("Cancel the plan: %s"), words);
      GtkWidget *line = add_line (self->plans, words), *cancel = gtk_button_new_with_mnemonic (_("_Cancel Plan"));

      g_object_set_data_full (G_OBJECT (cancel), "plan", g_strdup (kith_row_get_id (rows->pdata[i])), g_free);
      gtk_accessible_update_property (GTK_ACCESSIBLE (cancel), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
      gtk_widget_add_css_class (cancel, "flat");
      g_signal_connect_object (cancel, "clicked", G_CALLBACK (cancel_cb), self, G_CONNECT_SWAPPED);
      gtk_box_append (GTK_BOX (line), cancel);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->plans), rows->len > 0);
}

/* Held */

static void
holds_cb (GPtrArray *rows,
          gpointer   user_data)
{
  KithCapacityStory *self = user_data;

  clear (self->holds);
  for (guint i = 0; i < rows->len; i++)
    {
      g_autofree char *when = kith_format_time (kith_row_get_text (rows->pdata[i], "placed_at"), kith_context_get_now (self->context));
      const char *number = kith_row_get_text (rows->pdata[i], "number"), *name = kith_row_get_text (rows->pdata[i], "contact_name");
      g_autofree char *words = NULL;

      if (name)
        words = g_strdup_printf (_("%s, %s, since %s"), name, number ? number : "", when ? when : "");
      else
        words = g_strdup_printf (_("Referral %s, since %s"), number ? number : "", when ? when : "");
      add_line (self->holds, words);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->holds), rows->len > 0);
}

/* Counted before */

static void
counts_cb (GPtrArray *rows,
           gpointer   user_data)
{
  KithCapacityStory *self = user_data;

  clear (self->counts);
  for (guint i = 0; i < rows->len; i++)
    {
      KithRow *row = rows->pdata[i];
      g_autofree char *when = kith_format_time (kith_row_get_text (row, "observed_at"), kith_context_get_now (self->context));
      g_autofree char *free = amount (row);
      const char *by = kith_row_get_text (row, "plan") ? _("as planned") : kith_row_get_text (row, "by_name"), *note = kith_row_get_text (row, "note");
      const char *parts[] = { when, free, by, note, kith_row_get_int (row, "late") ? _("came in after a newer count") : NULL };
      g_autoptr (GString) words = g_string_new (NULL);

      for (guint p = 0; p < G_N_ELEMENTS (parts); p++)
        if (parts[p] && *parts[p])
          g_string_append_printf (words, "%s%s", words->len > 0 ? " · " : "", parts[p]);
      gtk_widget_add_css_class (add_line (self->counts, words->str), "dim-label");
    }
  gtk_widget_set_visible (GTK_WIDGET (self->counts), rows->len > 0);
}

static void
kith_capacity_story_dispose (GObject *object)
{
  KithCapacityStory *self = KITH_CAPACITY_STORY (object);

  g_clear_object (&self->plan_watch);
  g_clear_object (&self->hold_watch);
  g_clear_object (&self->count_watch);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (kith_capacity_story_parent_class)->dispose (object);
}

static void
kith_capacity_story_class_init (KithCapacityStoryClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kith_capacity_story_dispose;
}

static void
add_button (GtkBox     *box,
            const char *label,
            const char *action)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_box_append (box, button);
}

static void
kith_capacity_story_init (KithCapacityStory *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12), *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  add_button (GTK_BOX (buttons), _("_Edit…"), "capacity.edit");
  add_button (GTK_BOX (buttons), _("_Plan Ahead…"), "capacity.plan");
  self->about = section_new (_("Partners read"));
  self->plans = section_new (_("Planned"));
  self->holds = section_new (_("Held for accepted referrals"));
  self->counts = section_new (_("Counted before"));
  gtk_widget_set_margin_top (box, 12);
  gtk_widget_set_margin_bottom (box, 12);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_box_append (GTK_BOX (box), buttons);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->about));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->plans));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->holds));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->counts));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
  gtk_widget_set_focusable (GTK_WIDGET (self), FALSE);
}

GtkWidget *
kith_capacity_story_new (KithContext *context,
                         const char  *capacity,
                         const char  *service)
{
  static const char *const plan_kinds[] = { "capacity_plan", NULL }, *const hold_kinds[] = { "hold", NULL }, *const count_kinds[] = { "capacity_observation", NULL };
  KithCapacityStory *self = g_object_new (KITH_TYPE_CAPACITY_STORY, NULL);

  self->context = g_object_ref (context);
  self->plan_watch = kith_watch_new (context, "capacity-plans", plan_kinds, service, plans_cb, self);
  self->hold_watch = kith_watch_new (context, "capacity-holds", hold_kinds, capacity, holds_cb, self);
  self->count_watch = kith_watch_new (context, "capacity-counts", count_kinds, capacity, counts_cb, self);
  return GTK_WIDGET (self);
}
