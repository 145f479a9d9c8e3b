/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where the focus is, where it goes to and comes back to: the list, the record beside it, a form in the place of both. */

#include "kith-split-page-private.h"

#include "kith-form.h"

/* Where one types at once the entry walks the list, from what is selected on. */
static void
focus_list (KithSplitPage *self)
{
  KithSplitPagePrivate *priv = kith_split_page_get_private (self);

  gtk_widget_grab_focus (priv->always ? GTK_WIDGET (priv->search_entry) : GTK_WIDGET (priv->view));
}

/* The record itself, not the first thing on it: then its letters act at once, and Tab goes to its first button. There is none before the first one was
 * shown. */
static gboolean
focus_record (KithSplitPage *self)
{
  KithSplitPageClass *klass = KITH_SPLIT_PAGE_GET_CLASS (self);
  GtkWidget *record = adw_bin_get_child (kith_split_page_get_private (self)->detail);

  if (klass->enter_record && klass->enter_record (self))
    return TRUE;
  return record && gtk_widget_grab_focus (record);
}

/* Folded: what is shown; else: where the focus is. */
static gboolean
is_in_detail (KithSplitPage *self)
{
  KithSplitPagePrivate *priv = kith_split_page_get_private (self);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root ? gtk_root_get_focus (root) : NULL;

  if (adw_leaflet_get_folded (priv->leaflet))
    return adw_leaflet_get_visible_child (priv->leaflet) == priv->detail_pane;
  return focus && gtk_widget_is_ancestor (focus, priv->detail_pane);
}

gboolean
kith_split_page_is_in_list (KithSplitPage *self)
{
  return !is_in_detail (self);
}

/* Found by a search and walked to with Tab, or still on its way: not chosen, so what is shown beside is of another, that may not be in the list at all. */
gboolean
kith_split_page_marks_another (KithSplitPage *self)
{
  KithSplitPagePrivate *priv = kith_split_page_get_private (self);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root ? gtk_root_get_focus (root) : NULL;

  return priv->id && !priv->form && focus && focus != GTK_WIDGET (priv->view) && gtk_widget_is_ancestor (focus, GTK_WIDGET (priv->view)) &&
         g_strcmp0 (kith_list_selection_get_id (priv->selection), priv->id) != 0;
}

gboolean
kith_split_page_back (KithPage *page)
{
  KithSplitPage *self = KITH_SPLIT_PAGE (page);
  KithSplitPagePrivate *priv = kith_split_page_get_private (self);

  if (priv->form)
    {
      gtk_widget_activate_action (priv->form, "form.cancel", NULL);
      return TRUE;
    }
  priv->record_awaited = FALSE;
  if (!is_in_detail (self))
    return FALSE;
  adw_leaflet_set_visible_child (priv->leaflet, priv->list_pane);
  focus_list (self);
  return TRUE;
}

/* The page's focus vfunc: entered, it goes to where one types at once, else to the list, which may still be on its way. */
gboolean
kith_split_page_focus (GtkWidget       *widget,
                       GtkDirectionType direction)
{
  KithSplitPagePrivate *priv = kith_split_page_get_private (KITH_SPLIT_PAGE (widget));
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root ? gtk_root_get_focus (root) : NULL;
  gboolean moved;

  /* Entered (kith_page_enter()): to the entry where one types at once, else to the list. Tab goes through all there is. */
  if (!priv->form && direction == GTK_DIR_TAB_FORWARD && !focus)
    {
      if (priv->always && gtk_widget_grab_focus (GTK_WIDGET (priv->search_entry)))
        return TRUE;
      if (gtk_widget_get_mapped (GTK_WIDGET (priv->view)) && gtk_widget_grab_focus (GTK_WIDGET (priv->view)))
        return TRUE;
      priv->list_awaited = TRUE;
    }
  moved = GTK_WIDGET_CLASS (g_type_class_peek (KITH_TYPE_PAGE))->focus (widget, direction);
  if (priv->list_awaited && !focus)
    priv->awaiting_focus = root ? gtk_root_get_focus (root) : NULL;
  return moved;
}

/* Not from where somebody has begun to do something else. */
void
kith_split_page_list_came (KithSplitPage *self)
{
  KithSplitPagePrivate *priv = kith_split_page_get_private (self);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root ? gtk_root_get_focus (root) : NULL;

  if (priv->list_awaited && !priv->form && (!focus || focus == priv->awaiting_focus))
    gtk_widget_grab_focus (GTK_WIDGET (priv->view));
  priv->list_awaited = FALSE;
}

void
kith_split_page_move_on (KithSplitPage *self)
{
  kith_list_selection_move_on (kith_split_page_get_private (self)->selection);
}

gboolean
kith_split_page_has_moved_on (KithSplitPage *self)
{
  return kith_list_selection_has_moved_on (kith_split_page_get_private (self)->selection);
}

static gboolean
after_rows_went_cb (gpointer user_data)
{
  KithSplitPage *self = user_data;
  KithSplitPagePrivate *priv = kith_split_page_get_private (self);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root ? gtk_root_get_focus (root) : NULL;

  if (root && gtk_widget_get_mapped (GTK_WIDGET (self)) && !priv->form && (!focus || !gtk_widget_is_ancestor (focus, GTK_WIDGET (self))) &&
      !gtk_widget_grab_focus (GTK_WIDGET (priv->view)))
    gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
  return G_SOURCE_REMOVE;
}

/* The row that has the focus may be among those that go, while a window in front has just asked about it: GTK would give the focus to the first
 * button of the window, where no letter acts on the row that is chosen next. */
void
kith_split_page_keep_focus (KithSplitPage *self)
{
  KithSplitPagePrivate *priv = kith_split_page_get_private (self);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root ? gtk_root_get_focus (root) : NULL;

  if (focus && gtk_widget_is_ancestor (focus, GTK_WIDGET (priv->view)))
    g_idle_add_full (G_PRIORITY_LOW, after_rows_went_cb, g_object_ref (self), g_object_unref);
}

/* One that was left while it was being saved leads nowhere any more, and closes no other. */
static void
form_done_cb (GtkWidget     *form,
              const char    *id,
              KithSplitPage *self)
{
  if (form != kith_split_page_get_form (self))
    return;
  kith_split_page_show_form (self, NULL);
  if (!*id)
    return;
  kith_split_page_select_id (self, id);
  kith_split_page_open_detail (self);
}

void
kith_split_page_show_form (KithSplitPage *self,
                           GtkWidget     *form)
{
  KithSplitPagePrivate *priv = kith_split_page_get_private (self);
  GtkWidget *old = priv->form;

  if (old && old != form) /* another form in its place: what was typed in the last half second is kept too */
    kith_form_flush (KITH_FORM (old));
  priv->form = form;
  if (form)
    {
      g_signal_connect_object (form, "done", G_CALLBACK (form_done_cb), self, 0);
      gtk_stack_add_child (priv->stack, form);
      priv->form_from_detail = old ? priv->form_from_detail : is_in_detail (self);
      gtk_stack_set_visible_child (priv->stack, form);
      kith_page_enter (form);
    }
  else
    gtk_stack_set_visible_child (priv->stack, GTK_WIDGET (priv->leaflet));
  if (old)
    gtk_stack_remove (priv->stack, old);
  /* Where the person was when the form came. */
  if (old && !form)
    {
      if (!priv->form_from_detail)
        focus_list (self);
      else if (!focus_record (self))
        gtk_widget_child_focus (priv->detail_pane, GTK_DIR_TAB_FORWARD);
    }
}

/* Returns: (transfer none) (nullable): the form in place of list and detail; NULL: none */
GtkWidget *
kith_split_page_get_form (KithSplitPage *self)
{
  KithSplitPagePrivate *priv = kith_split_page_get_private (self);

  return priv->form;
}

void
kith_split_page_open_detail (KithSplitPage *self)
{
  KithSplitPagePrivate *priv = kith_split_page_get_private (self);

  adw_leaflet_set_visible_child (priv->leaflet, priv->detail_pane);
  priv->record_awaited = !adw_bin_get_child (priv->detail);
  focus_record (self);
}

void
kith_split_page_open_detail_of (GtkWidget *widget)
{
  GtkWidget *page = gtk_widget_get_ancestor (widget, KITH_TYPE_SPLIT_PAGE);

  if (page)
    kith_split_page_open_detail (KITH_SPLIT_PAGE (page));
}

static gboolean
show_selected_cb (GtkWidget     *view,
                  GdkFrameClock *clock,
                  gpointer       user_data)
{
  GtkSelectionModel *model = gtk_list_view_get_model (GTK_LIST_VIEW (view));
  guint position = model ? gtk_single_selection_get_selected (GTK_SINGLE_SELECTION (model)) : GTK_INVALID_LIST_POSITION;

  if (gtk_widget_get_height (view) == 0)
    return G_SOURCE_CONTINUE;
  if (position != GTK_INVALID_LIST_POSITION)
    gtk_widget_activate_action (view, "list.scroll-to-item", "u", position);
  return G_SOURCE_REMOVE;
}

void
kith_split_page_show_selected (KithSplitPage *self)
{
  GtkWidget *view = GTK_WIDGET (kith_split_page_get_private (self)->view);

  /* A list that was never shown, as under the form of a new record, forgets what it was scrolled to. */
  if (show_selected_cb (view, NULL, NULL) == G_SOURCE_CONTINUE)
    gtk_widget_add_tick_callback (view, show_selected_cb, NULL, NULL);
}

/* From the row that is chosen, as J and K: the focus may be on the list alone, or on the row that came into the place of one that is gone. */
static gboolean
list_key_cb (KithSplitPage  *self,
             guint           key,
             guint           code,
             GdkModifierType mods)
{
  KithSplitPagePrivate *priv = kith_split_page_get_private (self);
  gboolean down = key == GDK_KEY_Down || key == GDK_KEY_KP_Down, up = key == GDK_KEY_Up || key == GDK_KEY_KP_Up;

  if ((!down && !up) || (mods & gtk_accelerator_get_default_mod_mask ()))
    return GDK_EVENT_PROPAGATE;
  return kith_list_selection_move (priv->selection, priv->view, down ? 1 : -1);
}

void
kith_split_page_take_arrows (KithSplitPage *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (list_key_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (kith_split_page_get_private (self)->view), keys);
}
