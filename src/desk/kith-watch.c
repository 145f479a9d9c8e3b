/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-watch.h"

#include "kith-desktop-reads.h"

struct _KithWatch
{
  GObject parent_instance;
  KithListModel *model;
  GPtrArray *rows;  /* those of the last look; their "loaded" is connected */
  GPtrArray *told;  /* those func was called with last; NULL: it is to be called */
  guint told_total;
  gboolean filled;  /* one of them says something else since */
  guint limit;      /* 0: none */
  guint look_id;
  KithWatchFunc func;
  gpointer user_data;
};

G_DEFINE_FINAL_TYPE (KithWatch, kith_watch, G_TYPE_OBJECT)

static void look_soon (KithWatch *self);

static void
forget_rows (KithWatch *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    g_signal_handlers_disconnect_by_data (self->rows->pdata[i], self);
  g_ptr_array_set_size (self->rows, 0);
}

/* Told when a row's columns arrive, and again when its record has changed in its place. */
static void
filled_cb (KithWatch *self)
{
  self->filled = TRUE;
  look_soon (self);
}

/* Those of the last look that are there no more are let go, the new ones are listened to; of a long list nearly all just stay. */
static void
take_rows (KithWatch *self,
           GPtrArray *rows) /* transfer full */
{
  g_autoptr (GHashTable) before = g_hash_table_new (NULL, NULL);
  g_autoptr (GPtrArray) gone = self->rows;

  for (guint i = 0; i < gone->len; i++)
    g_hash_table_add (before, gone->pdata[i]);
  for (guint i = 0; i < rows->len; i++)
    if (!g_hash_table_remove (before, rows->pdata[i]))
      g_signal_connect_swapped (rows->pdata[i], "notify::loaded", G_CALLBACK (filled_cb), self);
  for (guint i = 0; i < gone->len; i++)
    if (g_hash_table_contains (before, gone->pdata[i]))
      g_signal_handlers_disconnect_by_data (gone->pdata[i], self);
  self->rows = rows;
}

/* A list looks again whenever one of its kinds changes, mostly for a record of somebody else's. Whoever shows the rows makes its lines anew when it is told: the
 * focus, what is selected and an open menu would go with the old ones for nothing. */
static gboolean
is_told (KithWatch *self)
{
  if (!self->told || self->filled || self->told->len != self->rows->len || self->told_total != kith_watch_get_total (self))
    return FALSE;
  for (guint i = 0; i < self->rows->len; i++)
    if (self->told->pdata[i] != self->rows->pdata[i])
      return FALSE;
  return TRUE;
}

static void
tell (KithWatch *self)
{
  g_clear_pointer (&self->told, g_ptr_array_unref);
  self->told = g_ptr_array_ref (self->rows);
  self->told_total = kith_watch_get_total (self);
  self->filled = FALSE;
  self->func (self->rows, self->user_data);
}

static void
look (KithWatch *self)
{
  guint total = g_list_model_get_n_items (G_LIST_MODEL (self->model)), n = self->limit ? MIN (total, self->limit) : total;
  GPtrArray *rows = g_ptr_array_new_full (n, g_object_unref);
  gboolean whole = TRUE, loading;

  g_object_get (self->model, "loading", &loading, NULL);
  g_ptr_array_set_size (rows, (int) n);
  /* From the end: around the row asked for last the list looks again when something changes, and what is shown begins at the top. */
  for (guint i = n; i > 0; i--)
    {
      rows->pdata[i - 1] = g_list_model_get_item (G_LIST_MODEL (self->model), i - 1);
      whole = whole && kith_row_get_id (rows->pdata[i - 1]);
    }
  take_rows (self, rows);
  if (whole && (n > 0 || (!loading && kith_list_model_is_known (self->model))) && !is_told (self)) /* what was not read is not empty */
    tell (self);
}

static gboolean
look_cb (gpointer data)
{
  KithWatch *self = data;

  self->look_id = 0;
  look (self);
  return G_SOURCE_REMOVE;
}

/* The rows of a page arrive one by one: they are looked at once, when all have. */
static void
look_soon (KithWatch *self)
{
  if (!self->look_id)
    self->look_id = g_idle_add_full (G_PRIORITY_DEFAULT, look_cb, self, NULL);
}

static void
kith_watch_dispose (GObject *object)
{
  KithWatch *self = KITH_WATCH (object);

  g_clear_handle_id (&self->look_id, g_source_remove);
  forget_rows (self);
  g_clear_pointer (&self->told, g_ptr_array_unref);
  if (self->model)
    g_signal_handlers_disconnect_by_data (self->model, self);
  g_clear_object (&self->model);
  G_OBJECT_CLASS (kith_watch_parent_class)->dispose (object);
}

static void
kith_watch_finalize (GObject *object)
{
  g_ptr_array_unref (KITH_WATCH (object)->rows);
  G_OBJECT_CLASS (kith_watch_parent_class)->finalize (object);
}

static void
kith_watch_class_init (KithWatchClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kith_watch_dispose;
  G_OBJECT_CLASS (klass)->finalize = kith_watch_finalize;
}

static void
kith_watch_init (KithWatch *self)
{
  self->rows = g_ptr_array_new_with_free_func (g_object_unref);
}

KithWatch *
kith_watch_new_args (KithContext       *context,
                     const char        *query,
                     const char *const *kinds,
                     const char *const *args,
                     KithWatchFunc      func,
                     gpointer           user_data)
{
  KithWatch *self = g_object_new (KITH_TYPE_WATCH, NULL);

  self->func = func;
  self->user_data = user_data;
  self->model = kith_list_model_new (kith_context_get_desktop (context), query, kinds, args);
  g_signal_connect_swapped (self->model, "items-changed", G_CALLBACK (look_soon), self);
  g_signal_connect_swapped (self->model, "notify::loading", G_CALLBACK (look_soon), self);
  look (self);
  return self;
}

/**
 * kith_watch_new:
 * @query: of data/sql/store/queries
 * @kinds: (array zero-terminated=1): whose changes reload it; copied
 * @arg: (nullable): the query's one input
 * @func: first called when all rows have arrived, in the main context
 * @user_data: borrowed: must outlive the watch
 *
 * Returns: (transfer full): the watch
 */
KithWatch *
kith_watch_new (KithContext       *context,
                const char        *query,
                const char *const *kinds,
                const char        *arg,
                KithWatchFunc      func,
                gpointer           user_data)
{
  const char *args[] = { arg, NULL };

  return kith_watch_new_args (context, query, kinds, args, func, user_data);
}

/**
 * kith_watch_set_arg:
 * @arg: (nullable): another record: its rows are told when all have arrived
 */
void
kith_watch_set_arg (KithWatch  *self,
                    const char *arg)
{
  const char *args[] = { arg, NULL };

  kith_watch_set_args (self, args);
}

void
kith_watch_set_args (KithWatch         *self,
                     const char *const *args)
{
  g_clear_pointer (&self->told, g_ptr_array_unref); /* that there was none of the former says nothing of these */
  kith_list_model_set_args (self->model, args);
}

/**
 * kith_watch_set_limit:
 * @n: so many of the first rows are read and told, 0: all. A list that grows for years is shown by and by
 */
void
kith_watch_set_limit (KithWatch *self,
                      guint      n)
{
  self->limit = n;
  look_soon (self);
}

/**
 * kith_watch_get_total:
 *
 * Returns: how many rows there are, also those behind the limit
 */
guint
kith_watch_get_total (KithWatch *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->model));
}
