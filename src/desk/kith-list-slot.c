/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-list-slot.h"

#define LOW 44.0  /* px: with ordinary text no row is lower, so no more of them fit than this says */
#define LOW_TALL 70.0 /* the same of rows with three lines */
#define MARGIN 8  /* rows above and below what is shown that are ready, so that a turn of the wheel shows no empty one */
#define TALL 1000 /* px: taken for the list's height when not even its window has one */

typedef struct
{
  GType type;
  double height; /* px: of a row, as it was laid out last; LOW or LOW_TALL before */
  KithContext *context;
  GtkListView *view;    /* not owned: it holds the factory */
  GtkAdjustment *bar;   /* where it is scrolled to */
  GPtrArray *behind;    /* GtkListItem, not owned: bound, and no row shows it yet */
  guint tick_id;
} Owner;

/* What is not shown is not made, nor set: a list binds a hundred rows on either side of what is in sight, all of them anew when it is scrolled fast.
 * Until then nothing is seen of a row (kith-list-row.c). The heights are those of the style: they do not wait for it. */
static void
show (Owner       *owner,
      GtkListItem *item)
{
  GtkWidget *row = gtk_list_item_get_child (item);

  if (!row)
    {
      row = kith_list_row_new (owner->type, owner->context);
      gtk_list_item_set_child (item, row);
    }
  kith_list_row_set_row (KITH_LIST_ROW (row), gtk_list_item_get_item (item));
}

/* What a list that has not been laid out yet will show at most: it lies in something that was, in its window at last. */
static double
guess_height (Owner *owner)
{
  GtkWidget *around = GTK_WIDGET (owner->view);

  while (around && gtk_widget_get_height (around) == 0)
    around = gtk_widget_get_parent (around);
  return around ? gtk_widget_get_height (around) : TALL;
}

/* The first and the last position near what is shown. Rows are of one height, so that follows from the scroll bar. Before the first
 * layout only those for the first look: the others come right behind it. */
static void
find_range (Owner *owner,
            guint *first,
            guint *last)
{
  double page = gtk_adjustment_get_page_size (owner->bar);
  double top = gtk_adjustment_get_value (owner->bar) / owner->height;

  *first = (guint) MAX (0, top - MARGIN);
  *last = (guint) (top + (page > 0 ? page / owner->height + MARGIN : guess_height (owner) / owner->height));
}

/* A row that is there already may come a page earlier: it is only set, and Page Down finds it. */
static gboolean
is_near (GtkListItem *item,
         guint        first,
         guint        last)
{
  guint position = gtk_list_item_get_position (item);
  guint wider = gtk_list_item_get_child (item) ? last - first : 0;

  return position != GTK_INVALID_LIST_POSITION && position + wider >= first && position <= last + wider;
}

static gboolean
look_cb (GtkWidget     *view,
         GdkFrameClock *clock,
         gpointer       user_data)
{
  Owner *owner = user_data;
  guint first, last;

  owner->tick_id = 0;
  find_range (owner, &first, &last);
  for (guint i = owner->behind->len; i > 0; i--)
    {
      GtkListItem *item = owner->behind->pdata[i - 1];

      if (!is_near (item, first, last))
        continue;
      g_ptr_array_remove_index_fast (owner->behind, i - 1);
      show (owner, item);
    }
  return G_SOURCE_REMOVE;
}

/* Before the next frame is laid out: the scroll bar may tell in the middle of a layout, where no widget may be added. */
static void
scrolled_cb (Owner *owner)
{
  if (owner->tick_id == 0 && owner->behind->len > 0)
    owner->tick_id = gtk_widget_add_tick_callback (GTK_WIDGET (owner->view), look_cb, owner, NULL);
}

/* The bar is told of with a layout alone, so it tells of as many rows as there are now. Between layouts it does not: where many came it would say that each is
 * a few pixels high. */
static void
laid_out_cb (Owner *owner)
{
  GListModel *model = owner->view ? G_LIST_MODEL (gtk_list_view_get_model (owner->view)) : NULL; /* it may go before the bar */
  guint n = model ? g_list_model_get_n_items (model) : 0;
  double upper = gtk_adjustment_get_upper (owner->bar);

  if (n > 0 && upper > gtk_adjustment_get_page_size (owner->bar))
    owner->height = upper / n;
  scrolled_cb (owner);
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *item,
         Owner                    *owner)
{
  guint first, last;

  find_range (owner, &first, &last);
  if (is_near (item, first, last))
    show (owner, item);
  else
    g_ptr_array_add (owner->behind, item);
}

static void
unbind_cb (GtkSignalListItemFactory *factory,
           GtkListItem              *item,
           Owner                    *owner)
{
  GtkWidget *row = gtk_list_item_get_child (item);

  g_ptr_array_remove_fast (owner->behind, item);
  if (row)
    kith_list_row_set_row (KITH_LIST_ROW (row), NULL);
}

static void
owner_free (gpointer data)
{
  Owner *owner = data;

  if (owner->view)
    {
      if (owner->tick_id != 0)
        gtk_widget_remove_tick_callback (GTK_WIDGET (owner->view), owner->tick_id);
      g_object_remove_weak_pointer (G_OBJECT (owner->view), (gpointer *) &owner->view);
    }
  g_signal_handlers_disconnect_by_data (owner->bar, owner);
  g_object_unref (owner->bar);
  g_ptr_array_unref (owner->behind);
  g_object_unref (owner->context);
  g_free (owner);
}

GtkListItemFactory *
kith_list_slot_factory_new (GType        type,
                            KithContext *context,
                            GtkListView *view)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr (KithListRowClass) klass = g_type_class_ref (type);
  Owner *owner = g_new0 (Owner, 1);

  if (klass->tall)
    gtk_widget_add_css_class (GTK_WIDGET (view), "tall");
  owner->type = type;
  owner->height = klass->tall ? LOW_TALL : LOW;
  owner->context = g_object_ref (context);
  owner->view = view;
  g_object_add_weak_pointer (G_OBJECT (view), (gpointer *) &owner->view);
  owner->bar = g_object_ref (gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (view)));
  owner->behind = g_ptr_array_new ();
  g_object_set_data_full (G_OBJECT (factory), "kith-owner", owner, owner_free);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), owner);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), owner);
  g_signal_connect_swapped (owner->bar, "value-changed", G_CALLBACK (scrolled_cb), owner);
  g_signal_connect_swapped (owner->bar, "changed", G_CALLBACK (laid_out_cb), owner);
  return factory;
}
