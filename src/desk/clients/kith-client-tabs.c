/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-client-tabs.h"

static GtkWidget *
find (KithWrapBox *tabs,
      const char  *name)
{
  GtkWidget *button = gtk_widget_get_first_child (GTK_WIDGET (tabs));

  while (button && g_strcmp0 (gtk_widget_get_name (button), name) != 0)
    button = gtk_widget_get_next_sibling (button);
  return button;
}

static void
toggled_cb (GtkToggleButton *button,
            GtkWidget       *page)
{
  if (gtk_toggle_button_get_active (button))
    gtk_stack_set_visible_child (GTK_STACK (gtk_widget_get_parent (page)), page);
}

void
kith_client_tabs_fill (KithWrapBox *tabs,
                       GtkStack    *stack)
{
  g_autoptr (GtkSelectionModel) pages = gtk_stack_get_pages (stack);
  GtkToggleButton *first = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (pages)); i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (G_LIST_MODEL (pages), i);
      GtkStackPage *page = GTK_STACK_PAGE (item);
      GtkWidget *button = gtk_toggle_button_new_with_label (gtk_stack_page_get_title (page));

      gtk_widget_set_name (button, gtk_stack_page_get_name (page));
      gtk_widget_add_css_class (button, "chip");
      if (first)
        gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), first);
      else
        gtk_toggle_button_set_active (first = GTK_TOGGLE_BUTTON (button), TRUE);
      g_signal_connect_object (button, "toggled", G_CALLBACK (toggled_cb), gtk_stack_page_get_child (page), 0);
      kith_wrap_box_append (tabs, button);
    }
}

/**
 * kith_client_tabs_show:
 * @name: of a page of the stack; one without a button is passed over
 */
void
kith_client_tabs_show (KithWrapBox *tabs,
                       const char  *name)
{
  GtkWidget *button = find (tabs, name);

  if (button)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), TRUE);
}

void
kith_client_tabs_move (KithWrapBox *tabs,
                       int          by)
{
  GtkWidget *button = gtk_widget_get_first_child (GTK_WIDGET (tabs)), *next;

  while (button && !gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (button)))
    button = gtk_widget_get_next_sibling (button);
  next = button;
  do
    {
      next = !next ? NULL : by > 0 ? gtk_widget_get_next_sibling (next) : gtk_widget_get_prev_sibling (next);
      if (!next) /* round */
        next = by > 0 ? gtk_widget_get_first_child (GTK_WIDGET (tabs)) : gtk_widget_get_last_child (GTK_WIDGET (tabs));
    }
  while (!gtk_widget_get_visible (next));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (next), TRUE);
  gtk_widget_grab_focus (next); /* what had it may be in the part that went */
}

/* Where the one that goes is in front, the first comes to the front. */
void
kith_client_tabs_set_shown (KithWrapBox *tabs,
                            const char  *name,
                            gboolean     shown)
{
  GtkWidget *button = find (tabs, name);

  if (!button)
    return;
  gtk_widget_set_visible (button, shown);
  if (!shown && gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (button)))
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (gtk_widget_get_first_child (GTK_WIDGET (tabs))), TRUE);
}
