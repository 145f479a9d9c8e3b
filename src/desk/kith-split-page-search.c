/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-split-page-private.h"

#include <glib/gi18n.h>

#include "kith-shortcuts.h"

static void
name_button (GtkWidget  *button,
             const char *words)
{
  gtk_widget_set_tooltip_text (button, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

/* What Ctrl+F brings, for whoever does not know the key. */
static void
add_button (KithSplitPage *self)
{
  KithSplitPagePrivate *priv = kith_split_page_get_private (self);
  gboolean first = gtk_widget_get_first_child (GTK_WIDGET (priv->list_buttons)) == NULL;

  priv->search_button = gtk_toggle_button_new ();
  gtk_button_set_icon_name (GTK_BUTTON (priv->search_button), "system-search-symbolic");
  name_button (priv->search_button, _("Search (Ctrl+F)"));
  g_object_bind_property (priv->search_bar, "search-mode-enabled", priv->search_button, "active", G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
  kith_split_page_add_list_button (self, priv->search_button);
  if (!first) /* a narrow header has room for one beside the way back; Find Anything is there too */
    g_object_bind_property (self, "narrow", priv->search_button, "visible", G_BINDING_SYNC_CREATE | G_BINDING_INVERT_BOOLEAN);
}

void
kith_split_page_set_search (KithSplitPage *self,
                            const char    *placeholder,
                            gboolean       always)
{
  KithSplitPagePrivate *priv = kith_split_page_get_private (self);

  g_object_set (priv->search_entry, "placeholder-text", placeholder, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (priv->search_entry), GTK_ACCESSIBLE_PROPERTY_LABEL, placeholder, -1);
  priv->always = always;
  gtk_search_bar_set_search_mode (priv->search_bar, always);
  kith_split_page_set_type_ahead (self, always);
  if (!always && !priv->search_button)
    add_button (self);
}

void
kith_split_page_set_type_ahead (KithSplitPage *self,
                                gboolean       type_ahead)
{
  KithSplitPagePrivate *priv = kith_split_page_get_private (self);

  gtk_search_entry_set_key_capture_widget (priv->search_entry, type_ahead ? GTK_WIDGET (priv->view) : NULL);
}

void
kith_split_page_set_search_extra (KithSplitPage *self,
                                  GtkWidget     *widget,
                                  const char    *tooltip)
{
  KithSplitPagePrivate *priv = kith_split_page_get_private (self);

  gtk_revealer_set_child (priv->search_extra, widget);
  if (tooltip && priv->search_button)
    name_button (priv->search_button, tooltip);
}

gboolean
kith_split_page_choose_first (KithSplitPage *self)
{
  KithSplitPagePrivate *priv = kith_split_page_get_private (self);

  if (gtk_single_selection_get_selected (priv->selection) == GTK_INVALID_LIST_POSITION)
    kith_list_selection_move (priv->selection, priv->view, 0);
  return g_list_model_get_n_items (G_LIST_MODEL (priv->selection)) > 0;
}

/* The entry tells a moment after it was made too, with nothing in it: that would exchange the list, and with it the record a link has led to. */
void
kith_split_page_search_changed (KithSplitPage *self)
{
  KithSplitPagePrivate *priv = kith_split_page_get_private (self);
  const char *text = gtk_editable_get_text (GTK_EDITABLE (priv->search_entry));

  if (g_str_equal (text, priv->sought ? priv->sought : ""))
    return;
  priv->awaited = NULL;
  g_free (priv->sought);
  priv->sought = g_strdup (text);
  if (KITH_SPLIT_PAGE_GET_CLASS (self)->searched)
    KITH_SPLIT_PAGE_GET_CLASS (self)->searched (self, text);
}

void
kith_split_page_when_found (KithSplitPage *self,
                            void         (*act) (KithSplitPage *))
{
  kith_split_page_search_changed (self); /* which the entry tells of a moment later */
  if (KITH_SPLIT_PAGE_GET_CLASS (self)->is_searching && KITH_SPLIT_PAGE_GET_CLASS (self)->is_searching (self))
    kith_split_page_get_private (self)->awaited = act;
  else
    act (self);
}

void
kith_split_page_found (KithSplitPage *self)
{
  void (*act) (KithSplitPage *) = kith_split_page_get_private (self)->awaited;

  kith_split_page_get_private (self)->awaited = NULL;
  if (act)
    act (self);
}

/* The margins of a row are its own, too. */
KithRow *
kith_split_page_find_row (KithSplitPage *self,
                          double         x,
                          double         y)
{
  GtkWidget *there = gtk_widget_pick (GTK_WIDGET (kith_split_page_get_private (self)->view), x, y, GTK_PICK_DEFAULT);
  GtkWidget *row = there ? gtk_widget_get_ancestor (there, KITH_TYPE_LIST_ROW) : NULL;

  for (; there && !row; there = gtk_widget_get_first_child (there))
    if (KITH_IS_LIST_ROW (there))
      row = there;
  return row ? kith_list_row_get_row (KITH_LIST_ROW (row)) : NULL;
}

void
kith_split_page_add_list_controller (KithSplitPage      *self,
                                     GtkEventController *controller)
{
  gtk_widget_add_controller (GTK_WIDGET (kith_split_page_get_private (self)->view), controller);
}

void
kith_split_page_add_list_key (KithSplitPage *self,
                              const char    *action)
{
  kith_shortcuts_install_first (kith_split_page_get_private (self)->list_pane, action);
}

/* As if it had been typed. */
void
kith_split_page_set_search_text (KithSplitPage *self,
                                 const char    *text)
{
  KithSplitPagePrivate *priv = kith_split_page_get_private (self);

  gtk_editable_set_text (GTK_EDITABLE (priv->search_entry), text);
}

/* The entry is empty again; the list is the whole one. */
void
kith_split_page_clear_search (KithSplitPage *self)
{
  kith_split_page_set_search_text (self, "");
}

/* Returns: (transfer none): as typed, until the next change */
const char *
kith_split_page_get_search (KithSplitPage *self)
{
  KithSplitPagePrivate *priv = kith_split_page_get_private (self);

  return gtk_editable_get_text (GTK_EDITABLE (priv->search_entry));
}
