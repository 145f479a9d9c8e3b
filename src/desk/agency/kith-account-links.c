/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agency/kith-account-links.h"

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
