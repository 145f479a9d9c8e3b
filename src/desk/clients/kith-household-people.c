/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-household-people.h"

#include <glib/gi18n.h>

#include "kith-client-list.h"
#include "kith-format.h"
#include "kith-json.h"
#include "widgets/kith-status-pill.h"

GtkWidget *
kith_household_people_new (void)
{
  GtkWidget *group = adw_preferences_group_new (), *list = gtk_list_box_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _("Others in the household"));
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), _("They have no record of their own; they are written down in this one."));
  adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (group), kith_client_list_button_new (N_("Edit"), "client.edit"));
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_widget_set_name (list, "household-people");
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), list);
  g_object_set_data (G_OBJECT (group), "list", list);
  gtk_widget_set_visible (group, FALSE);
  return group;
}

static GtkWidget *
person_new (JsonObject *person,
            gint64      now)
{
  GtkWidget *line = adw_action_row_new ();
  g_autofree char *name = kith_format_client_name (person);
  const char *born = kith_json_string (person, "date_of_birth");
  g_autofree char *birth = born ? kith_format_birth (born, now) : NULL;
  g_autofree char *phone = kith_format_phone (kith_json_string (person, "phone"));
  const char *parts[] = { kith_json_string (person, "relation"), birth, phone };
  g_autofree char *words = kith_format_join_parts (parts, G_N_ELEMENTS (parts));

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (line), FALSE);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (line), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (line), 0);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (line), name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (line), words);
  if (kith_json_bool (person, "emergency_contact", FALSE))
    {
      GtkWidget *pill = kith_status_pill_new ();

      kith_status_pill_set (KITH_STATUS_PILL (pill), "call-start-symbolic", _("To be called in an emergency"), "");
      gtk_widget_set_valign (pill, GTK_ALIGN_CENTER);
      adw_action_row_add_suffix (ADW_ACTION_ROW (line), pill);
    }
  return line;
}

gboolean
kith_household_people_show (GtkWidget  *self,
                            JsonObject *body,
                            gint64      now)
{
  GtkListBox *list = g_object_get_data (G_OBJECT (self), "list");
  JsonArray *people = body ? kith_json_array (body, "household_people") : NULL;
  guint n = people ? json_array_get_length (people) : 0;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (list))))
    gtk_list_box_remove (list, child);
  for (guint i = 0; i < n; i++)
    gtk_list_box_append (list, person_new (json_array_get_object_element (people, i), now));
  gtk_widget_set_visible (self, n > 0);
  return n > 0;
}
