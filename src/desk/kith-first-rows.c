/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-first-rows.h"

struct _KithFirstRows
{
  GObject parent_instance;
  GListModel *rows;
  guint first, seen; /* seen: as it was told last */
};

static GType
get_item_type (GListModel *model)
{
  return g_list_model_get_item_type (KITH_FIRST_ROWS (model)->rows);
}

static guint
get_n_items (GListModel *model)
{
  return KITH_FIRST_ROWS (model)->seen;
}

static gpointer
get_item (GListModel *model,
          guint       position)
{
  KithFirstRows *self = KITH_FIRST_ROWS (model);

  return position < self->seen ? g_list_model_get_item (self->rows, position) : NULL;
}

static void
list_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (KithFirstRows, kith_first_rows, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_iface_init))

/* What was seen before in this place, and after: where as many go as come, nothing behind them moves. */
static void
changed_cb (KithFirstRows *self,
            guint          position,
            guint          removed,
            guint          added)
{
  guint before = self->seen;
  gboolean all = self->first == G_MAXUINT;

  self->seen = MIN (self->first, g_list_model_get_n_items (self->rows));
  if (all)
    g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
  else if (position < self->first && removed == added)
    g_list_model_items_changed (G_LIST_MODEL (self), position, MIN (removed, before - position), MIN (added, self->seen - position));
  else if (position < self->first)
    g_list_model_items_changed (G_LIST_MODEL (self), position, before - position, self->seen - position);
}

static void
kith_first_rows_finalize (GObject *object)
{
  g_object_unref (KITH_FIRST_ROWS (object)->rows);
  G_OBJECT_CLASS (kith_first_rows_parent_class)->finalize (object);
}

static void
kith_first_rows_class_init (KithFirstRowsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kith_first_rows_finalize;
}

static void
kith_first_rows_init (KithFirstRows *self)
{
}

/**
 * kith_first_rows_new:
 * @rows: kept
 * @first: how many of them are seen before kith_first_rows_show_all(); G_MAXUINT: all
 *
 * Returns: (transfer full): the list
 */
KithFirstRows *
kith_first_rows_new (GListModel *rows,
                     guint       first)
{
  KithFirstRows *self = g_object_new (KITH_TYPE_FIRST_ROWS, NULL);

  self->rows = g_object_ref (rows);
  self->first = first;
  self->seen = MIN (first, g_list_model_get_n_items (rows));
  g_signal_connect_object (rows, "items-changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  return self;
}

/* What is seen already stays as it is: the others come behind it. */
void
kith_first_rows_show_all (KithFirstRows *self)
{
  guint before = self->seen;

  if (self->first == G_MAXUINT)
    return;
  self->first = G_MAXUINT;
  self->seen = g_list_model_get_n_items (self->rows);
  if (self->seen > before)
    g_list_model_items_changed (G_LIST_MODEL (self), before, 0, self->seen - before);
}
