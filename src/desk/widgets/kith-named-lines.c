/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "widgets/kith-named-lines.h"

#include <glib/gi18n.h>

#include "widgets/kith-cards.h"

static GtkWidget *
change_new (const KithNamedThing *thing)
{
  GtkWidget *button = gtk_menu_button_new ();
  g_autofree char *label = g_strdup_printf (_("Change “%s”"), thing->name);

  gtk_menu_button_set_label (GTK_MENU_BUTTON (button), _("Change"));
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), thing->menu);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  return button;
}

static GtkWidget *
again_new (const KithNamedThing *thing)
{
  GtkWidget *button = gtk_button_new_with_label (thing->again);

  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, thing->again_label, -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), thing->again_action);
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (button), thing->target);
  return button;
}

static GtkWidget *
line_new (const KithNamedThing *thing)
{
  GtkWidget *line = adw_action_row_new (), *button = thing->menu ? change_new (thing) : again_new (thing);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (line), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (line), thing->name);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (line), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (line), 0);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (line), button);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (line), button); /* where the line itself has the focus, Enter does it */
  kith_cards_name (line, thing->id);
  return line;
}

static GtkListBoxRow *
find_from (GtkListBox *box,
           guint       position,
           const char *key)
{
  GtkListBoxRow *line;

  for (guint i = position; (line = gtk_list_box_get_row_at_index (box, (int) i)); i++)
    if (g_strcmp0 (g_object_get_data (G_OBJECT (line), "key"), key) == 0)
      return line;
  return NULL;
}

/**
 * kith_named_lines_put:
 * @position: where it stands, from 0
 * @thing: read at once; what it names stays the caller's
 *
 * The line at @position is @thing's afterwards.
 */
void
kith_named_lines_put (GtkListBox           *box,
                      guint                 position,
                      const KithNamedThing *thing)
{
  g_autofree char *key = g_strjoin ("\n", thing->id, thing->menu ? "" : "-", thing->name, thing->key ? thing->key : "", NULL);
  g_autoptr (GVariant) target = thing->target ? g_variant_ref_sink (thing->target) : NULL;
  GtkListBoxRow *line = find_from (box, position, key);

  if (line) /* what stood before it has gone, or comes later and is made anew */
    while (gtk_list_box_get_row_at_index (box, (int) position) != line)
      gtk_list_box_remove (box, GTK_WIDGET (gtk_list_box_get_row_at_index (box, (int) position)));
  else
    {
      line = GTK_LIST_BOX_ROW (line_new (thing));
      g_object_set_data_full (G_OBJECT (line), "key", g_steal_pointer (&key), g_free);
      gtk_list_box_insert (box, GTK_WIDGET (line), (int) position);
    }
  adw_action_row_set_subtitle (ADW_ACTION_ROW (line), thing->words ? thing->words : "");
}

void
kith_named_lines_end (GtkListBox *box,
                      guint       n)
{
  GtkListBoxRow *line;

  while ((line = gtk_list_box_get_row_at_index (box, (int) n)))
    gtk_list_box_remove (box, GTK_WIDGET (line));
}

void
kith_named_choice (GMenu      *menu,
                   const char *words,
                   const char *action,
                   GVariant   *target)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (words, NULL);

  g_menu_item_set_action_and_target_value (item, action, target);
  g_menu_append_item (menu, item);
}
