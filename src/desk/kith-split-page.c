/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-split-page-private.h"

#include <glib/gi18n.h>

#include "kith-form.h"
#include "kith-list-slot.h"
#include "widgets/kith-pane.h"
#include "widgets/kith-stack.h"
#include "widgets/kith-unread.h"

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (KithSplitPage, kith_split_page, KITH_TYPE_PAGE)

#define RECORD_WIDTH 680 /* px, as the views’ own clamps: the strip stands in line with what is below it */

/* Returns (transfer none): for the files of the split page alone */
KithSplitPagePrivate *
kith_split_page_get_private (KithSplitPage *self)
{
  return kith_split_page_get_instance_private (self);
}

static void
show_id (KithSplitPage *self,
         const char    *id)
{
  KithSplitPagePrivate *priv = kith_split_page_get_instance_private (self);

  if (g_strcmp0 (priv->id, id) != 0)
    {
      g_free (priv->id);
      priv->id = g_strdup (id);
      if (priv->strip)
        kith_action_strip_let_go (priv->strip);
      KITH_SPLIT_PAGE_GET_CLASS (self)->selected (self, id);
    }
  gtk_stack_set_visible_child_name (priv->detail_stack, id ? "detail" : "placeholder");
  if (id && priv->record_awaited)
    kith_split_page_open_detail (self);
}

static void
selection_cb (KithSplitPage *self)
{
  KithSplitPagePrivate *priv = kith_split_page_get_instance_private (self);
  const char *id = kith_list_selection_get_id (priv->selection);

  /* Rows still on their way, or a list that has just been exchanged: what is shown stays. */
  if (!id)
    return;
  if (priv->row_awaited && g_strcmp0 (id, priv->id) == 0)
    {
      priv->row_awaited = FALSE;
      kith_split_page_show_selected (self);
    }
  show_id (self, id);
}

/* A list that empties while something of it is shown: nothing is left to act on. */
static void
items_changed_cb (KithSplitPage *self)
{
  kith_split_page_keep_focus (self);
  kith_split_page_update_list (self);
  selection_cb (self);
}

static void
row_loaded_cb (KithSplitPage *self)
{
  selection_cb (self);
}

static void
selected_item_cb (KithSplitPage *self)
{
  KithSplitPagePrivate *priv = kith_split_page_get_instance_private (self);
  KithRow *row = gtk_single_selection_get_selected_item (priv->selection);

  priv->record_awaited = FALSE;
  if (row && !kith_row_get_id (row))
    g_signal_connect_object (row, "notify::loaded", G_CALLBACK (row_loaded_cb), self, G_CONNECT_SWAPPED);
  selection_cb (self);
}

static void
activate_cb (KithSplitPage *self,
             guint          position)
{
  KithSplitPagePrivate *priv = kith_split_page_get_instance_private (self);

  gtk_single_selection_set_selected (priv->selection, position);
  kith_split_page_open_detail (self);
}

static void
open_chosen (KithSplitPage *self)
{
  if (kith_split_page_choose_first (self) && kith_split_page_get_id (self))
    kith_split_page_open_detail (self);
}

static void
search_activate_cb (KithSplitPage *self)
{
  kith_split_page_when_found (self, open_chosen);
}

static void
search_stop_cb (KithSplitPage *self)
{
  KithSplitPagePrivate *priv = kith_split_page_get_instance_private (self);

  gtk_editable_set_text (GTK_EDITABLE (priv->search_entry), "");
  if (KITH_SPLIT_PAGE_GET_CLASS (self)->search_stopped)
    KITH_SPLIT_PAGE_GET_CLASS (self)->search_stopped (self);
  if (priv->always) /* the next name is typed at once; the bar has taken Escape for itself and is gone by now */
    {
      gtk_search_bar_set_search_mode (priv->search_bar, TRUE);
      gtk_widget_grab_focus (GTK_WIDGET (priv->search_entry));
      return;
    }
  gtk_search_bar_set_search_mode (priv->search_bar, FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (priv->view));
}

/* Up and Down walk the list while the entry keeps the focus. */
static gboolean
search_key_cb (KithSplitPage  *self,
               guint           key,
               guint           code,
               GdkModifierType mods)
{
  KithSplitPagePrivate *priv = kith_split_page_get_instance_private (self);

  if ((key != GDK_KEY_Down && key != GDK_KEY_Up) || (mods & GDK_CONTROL_MASK))
    return GDK_EVENT_PROPAGATE;
  return kith_list_selection_move (priv->selection, priv->view, key == GDK_KEY_Down ? 1 : -1);
}

static void
kith_split_page_search (KithPage *page)
{
  KithSplitPagePrivate *priv = kith_split_page_get_instance_private (KITH_SPLIT_PAGE (page));

  if (priv->form)
    return;
  priv->record_awaited = FALSE;
  adw_leaflet_set_visible_child (priv->leaflet, priv->list_pane);
  gtk_search_bar_set_search_mode (priv->search_bar, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (priv->search_entry));
}

static void
back_to_list_cb (KithSplitPage *self)
{
  kith_page_back (KITH_PAGE (self));
}

static char *
kith_split_page_get_place (KithPage *page)
{
  KithSplitPagePrivate *priv = kith_split_page_get_instance_private (KITH_SPLIT_PAGE (page));

  return g_strdup (priv->form ? kith_form_get_place (KITH_FORM (priv->form)) : priv->id);
}

static void
kith_split_page_flush (KithPage *page)
{
  KithSplitPagePrivate *priv = kith_split_page_get_instance_private (KITH_SPLIT_PAGE (page));

  if (priv->form)
    kith_form_flush (KITH_FORM (priv->form));
}

static void
move_action (GtkWidget  *widget,
             const char *name,
             GVariant   *target)
{
  kith_split_page_move (KITH_SPLIT_PAGE (widget), g_str_equal (name, "list.next") ? 1 : -1);
}

static void
show_tab (KithSplitPage *self,
          guint          i)
{
  kith_split_page_show_tab (self);
}

static gboolean
kith_split_page_show_record (KithPage   *page,
                             const char *place)
{
  kith_split_page_show_form (KITH_SPLIT_PAGE (page), NULL);
  kith_split_page_select_id (KITH_SPLIT_PAGE (page), place);
  kith_split_page_open_detail (KITH_SPLIT_PAGE (page));
  return TRUE;
}

static gboolean
after_folding_cb (gpointer user_data)
{
  KithSplitPagePrivate *priv = kith_split_page_get_instance_private (user_data);

  int width = gtk_widget_get_width (GTK_WIDGET (priv->leaflet));

  if (!priv->detail_chip)
    return G_SOURCE_REMOVE;
  /* Where the long words are what makes it fold, and without them it would not, it must not go to and fro. */
  if (adw_leaflet_get_folded (priv->leaflet) && !kith_sync_chip_get_compact (priv->detail_chip))
    priv->tight = width;
  kith_sync_chip_set_compact (priv->detail_chip, adw_leaflet_get_folded (priv->leaflet) || width <= priv->tight);
  return G_SOURCE_REMOVE;
}

/* Told in the middle of an allocation, when nothing may change its size. */
static void
folded_cb (KithSplitPage *self)
{
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, after_folding_cb, g_object_ref (self), g_object_unref);
}

static gboolean
kith_split_page_leave (KithPage   *page,
                       const char *next)
{
  KithSplitPagePrivate *priv = kith_split_page_get_instance_private (KITH_SPLIT_PAGE (page));

  return !KITH_IS_FORM (priv->form) || kith_form_leave (KITH_FORM (priv->form), next);
}

static void
kith_split_page_constructed (GObject *object)
{
  KithSplitPage *self = KITH_SPLIT_PAGE (object);
  KithSplitPagePrivate *priv = kith_split_page_get_instance_private (self);
  GtkEventController *keys = gtk_event_controller_key_new ();

  G_OBJECT_CLASS (kith_split_page_parent_class)->constructed (object);
  gtk_label_set_text (priv->title, kith_page_get_title (KITH_PAGE (self)));
  kith_sync_chip_set_compact (priv->list_chip, TRUE);
  /* Few words until there is known to be room, or a narrow window would open wider than it was left. */
  kith_sync_chip_set_compact (priv->detail_chip, TRUE);
  g_signal_connect_object (priv->leaflet, "notify::folded", G_CALLBACK (folded_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (priv->leaflet, "map", G_CALLBACK (folded_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (kith_page_get_context (KITH_PAGE (self)), "actor-changed", G_CALLBACK (kith_split_page_actor_changed), self, G_CONNECT_SWAPPED);
  kith_coming_set_context (priv->coming, kith_page_get_context (KITH_PAGE (self)));
  g_signal_connect_object (kith_context_get_desktop (kith_page_get_context (KITH_PAGE (self))), "notify::filling", G_CALLBACK (kith_split_page_tell_coming), self,
                           G_CONNECT_SWAPPED);
  kith_sync_chip_set_context (priv->list_chip, kith_page_get_context (KITH_PAGE (self)));
  kith_sync_chip_set_context (priv->detail_chip, kith_page_get_context (KITH_PAGE (self)));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (search_key_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (priv->search_entry), keys);
  kith_split_page_take_arrows (self);
}

static void
kith_split_page_dispose (GObject *object)
{
  KithSplitPagePrivate *priv = kith_split_page_get_instance_private (KITH_SPLIT_PAGE (object));

  if (priv->selection)
    g_signal_handlers_disconnect_by_data (priv->selection, object);
  if (priv->search_entry)
    gtk_search_entry_set_key_capture_widget (priv->search_entry, NULL);
  /* GTK 4.8 looks for the template in the class of the instance, whose subclasses here have none, so
   * gtk_widget_dispose_template() cannot be used: the children go with the one child, the references to them at finalization. */
  adw_bin_set_child (ADW_BIN (object), NULL);
  g_clear_object (&priv->selection);
  g_clear_pointer (&priv->tabs, g_ptr_array_unref);
  g_clear_pointer (&priv->id, g_free);
  priv->strip = NULL;
  g_clear_pointer (&priv->sought, g_free);
  g_clear_pointer (&priv->empty_title, g_free);
  g_clear_pointer (&priv->empty_text, g_free);
  priv->form = NULL;
  G_OBJECT_CLASS (kith_split_page_parent_class)->dispose (object);
}

static void
kith_split_page_class_init (KithSplitPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  KithPageClass *page_class = KITH_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = kith_split_page_constructed;
  G_OBJECT_CLASS (klass)->dispose = kith_split_page_dispose;
  widget_class->focus = kith_split_page_focus;
  page_class->search = kith_split_page_search;
  page_class->back = kith_split_page_back;
  page_class->leave = kith_split_page_leave;
  page_class->flush = kith_split_page_flush;
  page_class->get_place = kith_split_page_get_place;
  page_class->show_record = kith_split_page_show_record;
  klass->tab_chosen = show_tab;
  gtk_widget_class_install_action (widget_class, "list.next", NULL, move_action);
  gtk_widget_class_install_action (widget_class, "list.previous", NULL, move_action);

  g_type_ensure (KITH_TYPE_PANE);
  g_type_ensure (KITH_TYPE_SYNC_CHIP);
  g_type_ensure (KITH_TYPE_COMING);
  g_type_ensure (KITH_TYPE_UNREAD);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/kith/Kith/kith-split-page.ui");
  gtk_widget_class_bind_template_child_private (widget_class, KithSplitPage, stack);
  gtk_widget_class_bind_template_child_private (widget_class, KithSplitPage, leaflet);
  gtk_widget_class_bind_template_child_private (widget_class, KithSplitPage, list_pane);
  gtk_widget_class_bind_template_child_private (widget_class, KithSplitPage, list_box);
  gtk_widget_class_bind_template_child_private (widget_class, KithSplitPage, detail_pane);
  gtk_widget_class_bind_template_child_private (widget_class, KithSplitPage, title);
  gtk_widget_class_bind_template_child_private (widget_class, KithSplitPage, list_buttons);
  gtk_widget_class_bind_template_child_private (widget_class, KithSplitPage, filters);
  gtk_widget_class_bind_template_child_private (widget_class, KithSplitPage, search_bar);
  gtk_widget_class_bind_template_child_private (widget_class, KithSplitPage, search_entry);
  gtk_widget_class_bind_template_child_private (widget_class, KithSplitPage, search_extra);
  gtk_widget_class_bind_template_child_private (widget_class, KithSplitPage, count_label);
  gtk_widget_class_bind_template_child_private (widget_class, KithSplitPage, coming);
  gtk_widget_class_bind_template_child_private (widget_class, KithSplitPage, list_stack);
  gtk_widget_class_bind_template_child_private (widget_class, KithSplitPage, detail_stack);
  gtk_widget_class_bind_template_child_private (widget_class, KithSplitPage, view);
  gtk_widget_class_bind_template_child_private (widget_class, KithSplitPage, empty);
  gtk_widget_class_bind_template_child_private (widget_class, KithSplitPage, empty_button);
  gtk_widget_class_bind_template_child_private (widget_class, KithSplitPage, placeholder);
  gtk_widget_class_bind_template_child_private (widget_class, KithSplitPage, detail);
  gtk_widget_class_bind_template_child_private (widget_class, KithSplitPage, list_chip);
  gtk_widget_class_bind_template_child_private (widget_class, KithSplitPage, detail_chip);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback_full (widget_class, "search_changed_cb", G_CALLBACK (kith_split_page_search_changed));
  gtk_widget_class_bind_template_callback (widget_class, search_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_stop_cb);
  gtk_widget_class_bind_template_callback (widget_class, back_to_list_cb);
}

static void
kith_split_page_init (KithSplitPage *self)
{
  KithSplitPagePrivate *priv = kith_split_page_get_instance_private (self);

  gtk_widget_init_template (GTK_WIDGET (self));
  kith_stack_tell_readers (priv->stack);
  kith_stack_tell_readers (priv->list_stack);
  kith_stack_tell_readers (priv->detail_stack);
  g_signal_connect_object (priv->view, "map", G_CALLBACK (kith_split_page_list_came), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
}

void
kith_split_page_set_model (KithSplitPage *self,
                           GListModel    *model,
                           gboolean       select_first)
{
  KithSplitPagePrivate *priv = kith_split_page_get_instance_private (self);

  if (priv->selection)
    {
      g_signal_handlers_disconnect_by_data (priv->selection, self);
      g_signal_handlers_disconnect_by_func (gtk_single_selection_get_model (priv->selection), kith_split_page_update_list, self);
    }
  if (!gtk_list_view_get_factory (priv->view))
    {
      GType row_type = KITH_SPLIT_PAGE_GET_CLASS (self)->row_type;
      g_autoptr (GtkListItemFactory) factory = kith_list_slot_factory_new (row_type, kith_page_get_context (KITH_PAGE (self)), priv->view);

      gtk_list_view_set_factory (priv->view, factory);
    }
  g_clear_object (&priv->selection);
  priv->selection = kith_list_selection_new (model, select_first);
  if (KITH_SPLIT_PAGE_GET_CLASS (self)->stays)
    kith_list_selection_set_stays (priv->selection);
  g_signal_connect_object (priv->selection, "notify::selected-item", G_CALLBACK (selected_item_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (priv->selection, "items-changed", G_CALLBACK (items_changed_cb), self, G_CONNECT_SWAPPED);
  if (KITH_IS_LIST_MODEL (model))
    g_signal_connect_object (model, "notify::known", G_CALLBACK (kith_split_page_update_list), self, G_CONNECT_SWAPPED);
  gtk_list_view_set_model (priv->view, GTK_SELECTION_MODEL (priv->selection));
  if (select_first)
    show_id (self, NULL);
  kith_split_page_update_list (self);
  selected_item_cb (self);
}

void
kith_split_page_select_id (KithSplitPage *self,
                           const char    *id)
{
  KithSplitPagePrivate *priv = kith_split_page_get_instance_private (self);

  kith_list_selection_look_for (priv->selection, id);
  priv->row_awaited = gtk_single_selection_get_selected (priv->selection) == GTK_INVALID_LIST_POSITION;
  kith_split_page_show_selected (self);
  show_id (self, id);
}

const char *
kith_split_page_get_id (KithSplitPage *self)
{
  KithSplitPagePrivate *priv = kith_split_page_get_instance_private (self);

  return priv->id;
}

gboolean
kith_split_page_is_shown (KithSplitPage *self)
{
  KithSplitPagePrivate *priv = kith_split_page_get_instance_private (self);

  if (!priv->id || priv->form)
    return FALSE;
  return !adw_leaflet_get_folded (priv->leaflet) || adw_leaflet_get_visible_child (priv->leaflet) == priv->detail_pane ||
         g_strcmp0 (kith_list_selection_get_id (priv->selection), priv->id) == 0;
}

/* by: rows down, or up when negative */
void
kith_split_page_move (KithSplitPage *self,
                      int            by)
{
  KithSplitPagePrivate *priv = kith_split_page_get_instance_private (self);

  kith_list_selection_move (priv->selection, priv->view, by);
}

/* detail: beside the list, floating; it takes the focus when a record is opened */
void
kith_split_page_set_detail (KithSplitPage *self,
                            GtkWidget     *detail)
{
  KithSplitPagePrivate *priv = kith_split_page_get_instance_private (self);

  gtk_widget_set_focusable (detail, TRUE); /* where the focus goes when a record is opened, before it has anything to press */
  adw_bin_set_child (priv->detail, detail);
}

void
kith_split_page_set_record (KithSplitPage *self,
                            GtkWidget     *strip,
                            GtkWidget     *view)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *clamp = adw_clamp_new ();

  kith_split_page_get_private (self)->strip = KITH_ACTION_STRIP (strip);
  gtk_widget_set_vexpand (view, TRUE);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), RECORD_WIDTH);
  adw_clamp_set_child (ADW_CLAMP (clamp), strip);
  gtk_widget_add_css_class (clamp, "record-strip");
  gtk_box_append (GTK_BOX (box), clamp);
  gtk_box_append (GTK_BOX (box), view);
  kith_split_page_set_detail (self, box);
}

void
kith_split_page_set_above (KithSplitPage *self,
                           GtkWidget     *widget)
{
  gtk_box_prepend (GTK_BOX (adw_bin_get_child (kith_split_page_get_private (self)->detail)), widget);
}

void
kith_split_page_set_count_text (KithSplitPage *self,
                                const char    *text)
{
  KithSplitPagePrivate *priv = kith_split_page_get_instance_private (self);

  gtk_label_set_text (priv->count_label, text ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (priv->count_label), text != NULL);
}

void
kith_split_page_add_list_button (KithSplitPage *self,
                                 GtkWidget     *button)
{
  KithSplitPagePrivate *priv = kith_split_page_get_instance_private (self);

  gtk_box_append (priv->list_buttons, button);
}

void
kith_split_page_add_filter (KithSplitPage *self,
                            GtkWidget     *widget)
{
  KithSplitPagePrivate *priv = kith_split_page_get_instance_private (self);

  gtk_widget_set_hexpand (widget, TRUE); /* not all of one width: the longest word would take two lines beside a short one */
  gtk_box_append (priv->filters, widget);
  gtk_widget_set_visible (GTK_WIDGET (priv->filters), TRUE);
}

void
kith_split_page_set_footer (KithSplitPage *self,
                            GtkWidget     *widget)
{
  KithSplitPagePrivate *priv = kith_split_page_get_instance_private (self);

  gtk_box_append (priv->list_box, widget);
}
