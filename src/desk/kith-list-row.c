/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-list-row.h"

#include "kith-desktop-hits.h"

typedef struct
{
  KithContext *context;
  KithRow *row;
  gulong loaded_id;
} KithListRowPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (KithListRow, kith_list_row, ADW_TYPE_BIN)

/* Until its columns are there nothing is seen of it, nor read out: it may still have the words of another, and would be somebody else's name. */
static void
update (KithListRow *self)
{
  KithListRowPrivate *priv = kith_list_row_get_instance_private (self);
  gboolean loaded = priv->row && kith_row_is_loaded (priv->row);
  g_autofree char *label = NULL;

  gtk_widget_set_opacity (GTK_WIDGET (self), loaded ? 1 : 0);
  if (!loaded)
    {
      gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
      return;
    }
  label = KITH_LIST_ROW_GET_CLASS (self)->update (self, priv->row);
  gtk_accessible_reset_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_HIDDEN);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label ? label : "", -1);
}

/**
 * kith_list_row_set_row:
 * @row: (nullable): kept; of one whose columns have not arrived nothing shows until they do
 */
void
kith_list_row_set_row (KithListRow *self,
                       KithRow     *row)
{
  KithListRowPrivate *priv = kith_list_row_get_instance_private (self);

  if (priv->row)
    g_clear_signal_handler (&priv->loaded_id, priv->row);
  g_set_object (&priv->row, row);
  if (row)
    priv->loaded_id = g_signal_connect_object (row, "notify::loaded", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

static void
kith_list_row_dispose (GObject *object)
{
  KithListRow *self = KITH_LIST_ROW (object);
  KithListRowPrivate *priv = kith_list_row_get_instance_private (self);

  if (priv->row)
    g_clear_signal_handler (&priv->loaded_id, priv->row);
  g_clear_object (&priv->row);
  g_clear_object (&priv->context);
  G_OBJECT_CLASS (kith_list_row_parent_class)->dispose (object);
}

static void
kith_list_row_class_init (KithListRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kith_list_row_dispose;
}

static void
kith_list_row_init (KithListRow *self)
{
}

/**
 * kith_list_row_get_context:
 *
 * Returns: (transfer none): what the list was made with
 */
KithContext *
kith_list_row_get_context (KithListRow *self)
{
  KithListRowPrivate *priv = kith_list_row_get_instance_private (self);

  return priv->context;
}

/**
 * kith_list_row_get_row:
 *
 * Returns: (transfer none) (nullable): the row shown; its columns may still be on their way
 */
KithRow *
kith_list_row_get_row (KithListRow *self)
{
  KithListRowPrivate *priv = kith_list_row_get_instance_private (self);

  return priv->row;
}

/* Returns: (transfer floating): a row of that type */
GtkWidget *
kith_list_row_new (GType        type,
                   KithContext *context)
{
  KithListRow *self = g_object_new (type, NULL);
  KithListRowPrivate *priv = kith_list_row_get_instance_private (self);

  priv->context = g_object_ref (context);
  return GTK_WIDGET (self);
}

/* What was selected last, to find it again among new rows. */
typedef struct
{
  char *id;
  guint position;
  gboolean select_first, asked_for; /* asked_for: id was asked for and is not here yet: nothing else is taken for it */
  gboolean stays, moves_on, moving, moved_on; /* moves_on: the next one is waited for; moving: it is selected, which is told later; moved_on: it was */
} Remembered;

static void
remembered_free (gpointer data)
{
  Remembered *remembered = data;

  g_free (remembered->id);
  g_free (remembered);
}

/* Returns: (transfer none) (nullable): NULL: nothing is selected, or its row has not arrived */
const char *
kith_list_selection_get_id (GtkSingleSelection *selection)
{
  KithRow *row = gtk_single_selection_get_selected_item (selection);

  return row ? kith_row_get_id (row) : NULL;
}

static void
selected_cb (GtkSingleSelection *selection,
             GParamSpec         *pspec,
             Remembered         *remembered)
{
  const char *id = kith_list_selection_get_id (selection);

  if (!id)
    return;
  remembered->asked_for = FALSE;
  if (g_strcmp0 (id, remembered->id) != 0)
    {
      remembered->moves_on = FALSE;
      remembered->moved_on = remembered->moving;
    }
  remembered->moving = FALSE;
  g_free (remembered->id);
  remembered->id = g_strdup (id);
  remembered->position = gtk_single_selection_get_selected (selection);
}

#define NEARBY 60 /* rows searched around the old place; asking for far ones would load them */

static guint
find_between (GtkSingleSelection *selection,
              Remembered         *remembered,
              guint               from,
              guint               to)
{
  for (guint i = from; remembered->id && i < to; i++)
    {
      g_autoptr (KithRow) row = g_list_model_get_item (G_LIST_MODEL (selection), i);

      if (g_strcmp0 (kith_row_get_id (row), remembered->id) == 0)
        return i;
    }
  return GTK_INVALID_LIST_POSITION;
}

static void
end_loaded_cb (GtkSingleSelection *selection,
               GParamSpec         *pspec,
               KithRow            *row)
{
  Remembered *remembered = g_object_get_data (G_OBJECT (selection), "kith-remembered");
  guint n = g_list_model_get_n_items (G_LIST_MODEL (selection));

  if (!remembered->asked_for || g_strcmp0 (kith_row_get_id (row), remembered->id) != 0)
    return;
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (KithRow) there = i < NEARBY || i + NEARBY >= n ? g_list_model_get_item (G_LIST_MODEL (selection), i) : NULL;

      if (there == row)
        gtk_single_selection_set_selected (selection, i);
    }
}

/* What was asked for and was not here is new: in a list by time it stands at one of the ends, wherever one was before. Rows there that have not arrived are
 * looked at when they do. */
static guint
find_at_ends (GtkSingleSelection *selection,
              Remembered         *remembered)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (selection)), last = n > NEARBY ? n - NEARBY : 0;
  guint found = find_between (selection, remembered, 0, MIN (n, NEARBY));

  if (found == GTK_INVALID_LIST_POSITION)
    found = find_between (selection, remembered, last, n);
  for (guint i = 0; found == GTK_INVALID_LIST_POSITION && i < n; i = i + 1 == NEARBY ? MAX (last, NEARBY) : i + 1)
    {
      g_autoptr (KithRow) row = g_list_model_get_item (G_LIST_MODEL (selection), i);

      if (kith_row_get_id (row) || g_object_get_data (G_OBJECT (row), "kith-looked-for") == selection)
        continue;
      g_object_set_data (G_OBJECT (row), "kith-looked-for", selection);
      g_signal_connect_object (row, "notify::loaded", G_CALLBACK (end_loaded_cb), selection, G_CONNECT_SWAPPED);
    }
  return found;
}

static void
items_changed_cb (GtkSingleSelection *selection,
                  guint               position,
                  guint               removed,
                  guint               added,
                  Remembered         *remembered)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (selection));
  guint from = remembered->position > NEARBY ? remembered->position - NEARBY : 0;
  guint found;
  gboolean stays = remembered->stays && remembered->id && !remembered->moves_on;

  if (n == 0)
    remembered->moves_on = FALSE; /* there was no next one: what comes later is not taken for it */
  if (n == 0 || (!remembered->id && !remembered->select_first))
    return;
  found = find_between (selection, remembered, from, MIN (n, remembered->position + NEARBY));
  if (found == GTK_INVALID_LIST_POSITION && remembered->asked_for)
    found = find_at_ends (selection, remembered);
  /* In a list to work off, what came after it is next; in one to look things up, what is shown stays though its row is gone. */
  if (found == GTK_INVALID_LIST_POSITION && remembered->select_first && !remembered->asked_for && !stays)
    {
      found = MIN (remembered->position, n - 1);
      remembered->moving = remembered->moves_on;
    }
  gtk_single_selection_set_selected (selection, found);
}

void
kith_list_selection_look_for (GtkSingleSelection *selection,
                              const char         *id)
{
  Remembered *remembered = g_object_get_data (G_OBJECT (selection), "kith-remembered");
  guint n = MIN (500, g_list_model_get_n_items (G_LIST_MODEL (selection)));
  guint found = GTK_INVALID_LIST_POSITION;

  for (guint i = 0; id && i < n && found == GTK_INVALID_LIST_POSITION; i++)
    {
      g_autoptr (KithRow) row = g_list_model_get_item (G_LIST_MODEL (selection), i);

      if (g_strcmp0 (kith_row_get_id (row), id) == 0)
        found = i;
    }
  gtk_single_selection_set_selected (selection, found);
  if (found == GTK_INVALID_LIST_POSITION)
    {
      /* It may still be on its way into the list. */
      g_free (remembered->id);
      remembered->id = g_strdup (id);
      remembered->asked_for = id != NULL;
    }
}

static Remembered *
get_remembered (GtkSingleSelection *selection)
{
  return g_object_get_data (G_OBJECT (selection), "kith-remembered");
}

void
kith_list_selection_set_stays (GtkSingleSelection *selection)
{
  get_remembered (selection)->stays = TRUE;
}

void
kith_list_selection_move_on (GtkSingleSelection *selection)
{
  get_remembered (selection)->moves_on = TRUE;
}

gboolean
kith_list_selection_has_moved_on (GtkSingleSelection *selection)
{
  return get_remembered (selection)->moved_on;
}

GtkSingleSelection *
kith_list_selection_new (GListModel *model,
                         gboolean    select_first)
{
  GtkSingleSelection *selection = gtk_single_selection_new (NULL);
  Remembered *remembered = g_new0 (Remembered, 1);

  remembered->select_first = select_first;
  gtk_single_selection_set_autoselect (selection, FALSE);
  gtk_single_selection_set_can_unselect (selection, TRUE);
  gtk_single_selection_set_model (selection, model);
  g_object_set_data_full (G_OBJECT (selection), "kith-remembered", remembered, remembered_free);
  g_signal_connect (selection, "notify::selected-item", G_CALLBACK (selected_cb), remembered);
  g_signal_connect_after (selection, "items-changed", G_CALLBACK (items_changed_cb), remembered);
  items_changed_cb (selection, 0, 0, 0, remembered);
  return selection;
}

/* The place in the list that shows the row; NULL: it has not been laid out yet */
static GtkWidget *
place_of (GtkWidget *view,
          KithRow   *row)
{
  for (GtkWidget *place = gtk_widget_get_first_child (view); place; place = gtk_widget_get_next_sibling (place))
    {
      GtkWidget *shown = gtk_widget_get_first_child (place);

      if (KITH_IS_LIST_ROW (shown) && kith_list_row_get_row (KITH_LIST_ROW (shown)) == row)
        return place;
    }
  return NULL;
}

/* Where one stands in the list one goes along: Enter, and whoever reads the screen aloud, go by the focus. */
static void
take_focus_along (GtkSingleSelection *selection,
                  GtkWidget          *view)
{
  GtkRoot *root = gtk_widget_get_root (view);
  GtkWidget *focus = root ? gtk_root_get_focus (root) : NULL;
  GtkWidget *place = focus && (focus == view || gtk_widget_is_ancestor (focus, view)) ? place_of (view, gtk_single_selection_get_selected_item (selection)) : NULL;

  if (place)
    gtk_widget_grab_focus (place);
}

/**
 * kith_list_selection_move:
 * @view: (nullable): scrolled to what is selected then, and the focus goes along if it is in it
 * @by: rows down, or up when negative; held at the ends
 *
 * Returns: FALSE when the list is empty
 */
gboolean
kith_list_selection_move (GtkSingleSelection *selection,
                          GtkListView        *view,
                          int                 by)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (selection));
  guint old = gtk_single_selection_get_selected (selection), new;
  const Remembered *remembered = get_remembered (selection);
  gint64 from = remembered->stays && remembered->id ? (gint64) remembered->position - (by > 0) : -MAX (0, by); /* a row that is gone: from where it was */

  if (n == 0)
    return FALSE;
  new = (guint) CLAMP ((old == GTK_INVALID_LIST_POSITION ? from : (gint64) old) + by, 0, (gint64) n - 1);
  gtk_single_selection_set_selected (selection, new);
  if (view)
    {
      gtk_widget_activate_action (GTK_WIDGET (view), "list.scroll-to-item", "u", new);
      take_focus_along (selection, GTK_WIDGET (view));
    }
  return TRUE;
}
