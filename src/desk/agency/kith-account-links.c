/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agency/kith-account-links.h"

#include <glib/gi18n.h>

#include "kith-format.h"

/* As the drop-down beside a service has them: none of its own first. */
static const char *const roles[] = { NULL, "referral_manager", "care_coordinator" };

guint
kith_account_links_role (const char *role)
{
  for (guint i = 1; i < G_N_ELEMENTS (roles); i++)
    if (g_strcmp0 (roles[i], role) == 0)
      return i;
  return 0;
}

/* Lines */

static GtkWidget *
role_new (const char *role)
{
  const char *words[] = { _("As the account"), kith_format_code ("role", "referral_manager"), kith_format_code ("role", "care_coordinator"), NULL };
  GtkWidget *pick = gtk_drop_down_new_from_strings (words);

  gtk_drop_down_set_selected (GTK_DROP_DOWN (pick), kith_account_links_role (role));
  gtk_widget_set_valign (pick, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (pick, _("Role for this service"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (pick), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Role for this service"), -1);
  return pick;
}

/**
 * kith_account_links_kind_words:
 * @t: (nullable): the record's kind; NULL: it is no longer in the directory
 *
 * Returns: (transfer none): what following it brings: an agency stands for its programs too (P14)
 */
const char *
kith_account_links_kind_words (const char *t)
{
  if (!t)
    return _("Not in the directory any more");
  if (g_str_equal (t, "organization"))
    return _("The agency, with all its programs");
  return g_str_equal (t, "program") ? _("Program") : _("Service");
}

static GtkWidget *
line_new (const char *id,
          const char *name,
          GtkWidget  *pick)
{
  GtkWidget *line = adw_action_row_new (), *remove = gtk_button_new_from_icon_name ("window-close-symbolic");
  g_autofree char *words = g_strdup_printf (_("Remove %s"), name ? name : id);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (line), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (line), name ? name : id);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (line), 0);
  if (pick)
    adw_action_row_add_suffix (ADW_ACTION_ROW (line), pick);
  gtk_widget_set_valign (remove, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (remove, "flat");
  gtk_widget_set_tooltip_text (remove, _("Remove"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (remove), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (line), remove);
  g_object_set_data_full (G_OBJECT (line), "id", g_strdup (id), g_free);
  g_object_set_data_full (G_OBJECT (line), "name", g_strdup (name), g_free);
  g_object_set_data (G_OBJECT (line), "role", pick);
  g_object_set_data (G_OBJECT (line), "remove", remove);
  return line;
}

GtkWidget *
kith_account_links_service_new (const char *id,
                                const char *name,
                                const char *role)
{
  return line_new (id, name, role_new (role));
}

GtkWidget *
kith_account_links_followed_new (const char *id,
                                 const char *name,
                                 const char *t)
{
  GtkWidget *line = line_new (id, name, NULL);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (line), kith_account_links_kind_words (t));
  g_object_set_data_full (G_OBJECT (line), "t", g_strdup (t), g_free);
  return line;
}

/* What they say */

static const char *
id_of (GtkListBoxRow *line)
{
  return g_object_get_data (G_OBJECT (line), "id");
}

GtkListBoxRow *
kith_account_links_find (GtkListBox *list,
                         const char *id)
{
  GtkListBoxRow *line;

  for (int i = 0; (line = gtk_list_box_get_row_at_index (list, i)); i++)
    if (g_strcmp0 (id_of (line), id) == 0)
      return line;
  return NULL;
}

JsonArray *
kith_account_links_collect (GtkListBox *list)
{
  JsonArray *links = json_array_new ();
  GtkListBoxRow *line;

  for (int i = 0; (line = gtk_list_box_get_row_at_index (list, i)); i++)
    {
      GtkDropDown *role = g_object_get_data (G_OBJECT (line), "role");

      if (role)
        json_array_add_object_element (links, kith_json_new ("service", "s", id_of (line), "role", "s", roles[gtk_drop_down_get_selected (role)], NULL));
      else
        json_array_add_string_element (links, id_of (line));
    }
  return links;
}

JsonArray *
kith_account_links_describe (GtkListBox *list)
{
  JsonArray *lines = json_array_new ();
  GtkListBoxRow *line;

  for (int i = 0; (line = gtk_list_box_get_row_at_index (list, i)); i++)
    {
      GtkDropDown *role = g_object_get_data (G_OBJECT (line), "role");

      json_array_add_object_element (lines, kith_json_new ("id", "s", id_of (line), "name", "s", g_object_get_data (G_OBJECT (line), "name"), "t", "s",
                                                          g_object_get_data (G_OBJECT (line), "t"), "role", "s",
                                                          role ? roles[gtk_drop_down_get_selected (role)] : NULL, NULL));
    }
  return lines;
}

JsonArray *
kith_account_links_of_rows (GPtrArray *rows,
                            gboolean   portal)
{
  JsonArray *links = json_array_new ();

  for (guint i = 0; i < rows->len; i++)
    if (portal)
      json_array_add_string_element (links, kith_row_get_id (rows->pdata[i]));
    else
      json_array_add_object_element (links, kith_json_new ("service", "s", kith_row_get_id (rows->pdata[i]), "role", "s",
                                                          roles[kith_account_links_role (kith_row_get_text (rows->pdata[i], "role"))], NULL));
  return links;
}

gboolean
kith_account_links_get (JsonArray   *links,
                        const char  *id,
                        const char **role)
{
  *role = NULL;
  for (guint i = 0; i < json_array_get_length (links); i++)
    {
      JsonNode *node = json_array_get_element (links, i);
      JsonObject *link = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

      if (g_strcmp0 (link ? kith_json_string (link, "service") : json_node_get_string (node), id) != 0)
        continue;
      *role = link ? kith_json_string (link, "role") : NULL;
      return TRUE;
    }
  return FALSE;
}

void
kith_account_links_follow (GtkListBox *list,
                           JsonArray  *before,
                           JsonArray  *now)
{
  GtkListBoxRow *line;

  for (int i = 0; (line = gtk_list_box_get_row_at_index (list, i)); i++)
    {
      GtkDropDown *pick = g_object_get_data (G_OBJECT (line), "role");
      const char *was, *is;

      if (!kith_account_links_get (before, id_of (line), &was) || (pick && gtk_drop_down_get_selected (pick) != kith_account_links_role (was)))
        continue;
      if (!kith_account_links_get (now, id_of (line), &is))
        {
          gtk_list_box_remove (list, GTK_WIDGET (line));
          i--;
        }
      else if (pick && kith_account_links_role (was) != kith_account_links_role (is))
        gtk_drop_down_set_selected (pick, kith_account_links_role (is));
    }
}
