/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-agency-picks.h"

#include <glib/gi18n.h>

#include "kith-format.h"
#include "widgets/kith-suggest.h"

struct _KithAgencyPicks
{
  AdwBin parent_instance;
  GtkListBox *list;
  KithSuggest *suggest;
};

G_DEFINE_FINAL_TYPE (KithAgencyPicks, kith_agency_picks, ADW_TYPE_BIN)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
changed (KithAgencyPicks *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->list), !kith_agency_picks_is_empty (self));
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
remove_cb (KithAgencyPicks *self, GtkWidget *button)
{
  gtk_list_box_remove (self->list, gtk_widget_get_ancestor (button, ADW_TYPE_ACTION_ROW));
  changed (self);
}

void
kith_agency_picks_add (KithAgencyPicks *self, const char *id, const char *name)
{
  GtkWidget *row, *button;
  g_autofree char *said = NULL;

  for (row = gtk_widget_get_first_child (GTK_WIDGET (self->list)); row; row = gtk_widget_get_next_sibling (row))
    if (g_strcmp0 (g_object_get_data (G_OBJECT (row), "id"), id) == 0)
      return;
  row = adw_action_row_new ();
  button = gtk_button_new_from_icon_name ("window-close-symbolic");
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  g_object_set_data_full (G_OBJECT (row), "id", g_strdup (id), g_free);
  g_object_set_data_full (G_OBJECT (row), "name", g_strdup (name), g_free);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "circular");
  gtk_widget_set_tooltip_text (button, _("Take away"));
  /* Translators: the name of an agency */
  said = g_strdup_printf (_("Take away: %s"), name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, said, -1);
  g_signal_connect_object (button, "clicked", G_CALLBACK (remove_cb), self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  gtk_list_box_append (self->list, row);
  changed (self);
}

void
kith_agency_picks_clear (KithAgencyPicks *self)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))))
    gtk_list_box_remove (self->list, row);
  changed (self);
}

gboolean
kith_agency_picks_is_empty (KithAgencyPicks *self)
{
  return !gtk_widget_get_first_child (GTK_WIDGET (self->list));
}

static JsonArray *
list_of (KithAgencyPicks *self, const char *what)
{
  JsonArray *array = json_array_new ();

  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->list)); row; row = gtk_widget_get_next_sibling (row))
    json_array_add_string_element (array, g_object_get_data (G_OBJECT (row), what));
  return array;
}

JsonArray *
kith_agency_picks_ids (KithAgencyPicks *self)
{
  return list_of (self, "id");
}

JsonArray *
kith_agency_picks_names (KithAgencyPicks *self)
{
  return list_of (self, "name");
}

void
kith_agency_picks_restore (KithAgencyPicks *self, JsonArray *ids, JsonArray *names)
{
  kith_agency_picks_clear (self);
  for (guint i = 0; ids && i < json_array_get_length (ids); i++)
    {
      const char *id = json_array_get_string_element (ids, i), *name = names && i < json_array_get_length (names) ? json_array_get_string_element (names, i) : NULL;

      if (g_strcmp0 (id, "network") != 0) /* no agency */
        kith_agency_picks_add (self, id, name ? name : id);
    }
}

static void
picked_cb (KithAgencyPicks *self, KithRow *row)
{
  kith_agency_picks_add (self, kith_row_get_id (row), kith_row_field (row, "name"));
  kith_suggest_clear (self->suggest);
}

static void
describe_agency (KithContext *context, gpointer row, AdwActionRow *line)
{
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (line), kith_row_field (row, "name") ? kith_row_field (row, "name") : "");
  if (kith_row_field (row, "alternate_name"))
    adw_action_row_set_subtitle (line, kith_row_field (row, "alternate_name"));
}

static void
kith_agency_picks_class_init (KithAgencyPicksClass *klass)
{
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
kith_agency_picks_init (KithAgencyPicks *self)
{
}

GtkWidget *
kith_agency_picks_new (KithContext *context, const char *label, const char *title)
{
  KithAgencyPicks *self = g_object_new (KITH_TYPE_AGENCY_PICKS, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);

  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  gtk_widget_set_visible (GTK_WIDGET (self->list), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  self->suggest = KITH_SUGGEST (kith_suggest_new (context, "organization", title, describe_agency));
  g_signal_connect_object (self->suggest, "picked", G_CALLBACK (picked_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->list));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->suggest));
  adw_bin_set_child (ADW_BIN (self), box);
  return GTK_WIDGET (self);
}
