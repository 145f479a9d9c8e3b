/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A list over a named query. It knows how many rows there are and has those that somebody looked at, page by page; the
 * others are placeholders. When a kind it names changes it looks again, tells only what is different, and keeps the row
 * objects of what stayed, so that selection and scroll position stay too. */

#include "kith-list-load.h"

#define PAGE 70 /* more than a window shows; three of them are the 205 rows a GtkListView asks for at first */
#define AT_ONCE 2 /* pages under way: one is read while the other is taken */
#define WINDOW 1000 /* rows looked at again when something changes */

struct _KithListModel
{
  GObject parent_instance;

  KithDesktop *desktop;
  char *query;
  char **kinds, **args;
  guint total, unsure;  /* rows there are; of those the last ones, of which it is not sure that they belong there */
  GHashTable *rows;     /* position → KithRow, of those that somebody looked at: the others take no room */
  GPtrArray *columns;   /* shared with the rows; filled by the first answer */
  GHashTable *asked;    /* pages under way, and those that wait */
  GArray *waiting;      /* guint: pages; the last goes first */
  guint under_way, first; /* first: rows of the first look */
  guint last_position;  /* looked at last */
  guint generation;     /* raised when what is under way is of no interest any more */
  guint opening;        /* of the desktop, as it was when the rows were asked for last */
  gboolean loading, again, known, failed;
  GCancellable *cancellable;
};

static void list_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (KithListModel, kith_list_model, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_iface_init))

enum
{
  PROP_LOADING = 1,
  PROP_TOTAL,
  PROP_KNOWN,
  PROP_UNSURE,
  N_PROPS
};
static GParamSpec *props[N_PROPS];
static void reload (KithListModel *self);

static KithRow *
row_at (KithListModel *self, guint position)
{
  return g_hash_table_lookup (self->rows, GUINT_TO_POINTER (position));
}

static void
set_loading (KithListModel *self, gboolean loading)
{
  self->loading = loading;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_LOADING]);
}

gboolean
kith_list_model_is_known (KithListModel *self)
{
  return self->known && !self->failed;
}

static void
set_known (KithListModel *self, gboolean known, gboolean failed)
{
  gboolean before = kith_list_model_is_known (self);

  self->known = known;
  self->failed = failed;
  if (before != kith_list_model_is_known (self))
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_KNOWN]);
}

/* How it went, when it was not called off. */
static void
tell_read (KithListModel *self, const GError *error)
{
  if (kith_read_failed (error))
    {
      g_warning ("list %s: %s", self->query, error->message);
      set_known (self, self->known, TRUE);
    }
  kith_desktop_tell_read (self->desktop, self, error, (KithReadAgain) reload);
}

/* --- one page --------------------------------------------------------------------------------------------------- */

typedef struct
{
  KithListModel *model;
  guint generation, page;
} Asked;

/* The query's columns become the rows' once: placeholders made before share the same array. */
static void
take_columns (KithListModel *self, KithListLoad *load)
{
  if (self->columns->len > 0 || load->columns == NULL)
    return;
  for (guint i = 0; i < load->columns->len; i++)
    g_ptr_array_add (self->columns, g_strdup (load->columns->pdata[i]));
}

static void
put_row (KithListModel *self, guint position, GPtrArray *values)
{
  KithRow *row;

  if (position >= self->total)
    return;
  row = row_at (self, position);
  if (row == NULL)
    g_hash_table_insert (self->rows, GUINT_TO_POINTER (position), kith_row_new (self->columns, g_ptr_array_ref (values)));
  else if (!kith_row_equal (row, values))
    kith_row_fill (row, g_ptr_array_ref (values));
}

static void send_pages (KithListModel *self);

static void
page_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Asked *asked = user_data;
  g_autoptr (KithListModel) self = asked->model;
  g_autoptr (GError) error = NULL;
  g_autoptr (KithListLoad) load = kith_list_load_finish (KITH_DESKTOP (source), result, &error);

  if (asked->generation != self->generation)
    return;
  g_hash_table_remove (self->asked, GUINT_TO_POINTER (asked->page));
  self->under_way--;
  send_pages (self);
  if (load == NULL)
    {
      tell_read (self, error);
      return;
    }
  take_columns (self, load);
  for (guint i = 0; i < load->rows->len; i++)
    put_row (self, load->from + i, load->rows->pdata[i]);
}

/* The last one asked for is where somebody looks now: it waits for none that they have passed. */
static void
send_pages (KithListModel *self)
{
  while (self->under_way < AT_ONCE && self->waiting->len > 0)
    {
      Asked *asked = g_new0 (Asked, 1);

      asked->model = g_object_ref (self);
      asked->generation = self->generation;
      asked->page = g_array_index (self->waiting, guint, self->waiting->len - 1);
      g_array_set_size (self->waiting, self->waiting->len - 1);
      self->under_way++;
      kith_list_load_async (self->desktop, self->query, self->args, FALSE, asked->page * PAGE, PAGE, self->cancellable, page_cb, asked);
    }
}

static void
ask_page (KithListModel *self, guint page)
{
  guint at = self->waiting->len;

  if (!g_hash_table_add (self->asked, GUINT_TO_POINTER (page)))
    {
      while (at > 0 && g_array_index (self->waiting, guint, at - 1) != page)
        at--;
      if (at == 0 || at == self->waiting->len) /* under way, or the next */
        return;
      g_array_remove_index (self->waiting, at - 1);
    }
  g_array_append_val (self->waiting, page);
  send_pages (self);
}

/* What is under way is of no interest any more. */
static void
forget_asked (KithListModel *self)
{
  self->generation++;
  self->under_way = 0;
  g_array_set_size (self->waiting, 0);
  g_hash_table_remove_all (self->asked);
}

/* --- looking again ---------------------------------------------------------------------------------------------- */

static gboolean
is_same (KithListModel *self, guint position, GPtrArray *values)
{
  KithRow *row = row_at (self, position);

  return row == NULL || kith_row_same_id (row, values); /* what nobody has seen is as it was */
}

/* Replaces removed rows at position by added unknown ones: what lies behind moves, as far as it is known. */
static void
splice (KithListModel *self, guint position, guint removed, guint added)
{
  g_autoptr (GHashTable) before = g_steal_pointer (&self->rows);
  GHashTableIter iter;
  gpointer at, row;

  self->rows = g_hash_table_new_full (NULL, NULL, NULL, g_object_unref);
  self->total = self->total - removed + added;
  g_hash_table_iter_init (&iter, before);
  while (g_hash_table_iter_next (&iter, &at, &row))
    {
      guint i = GPOINTER_TO_UINT (at);

      if (i < position || i >= position + removed)
        g_hash_table_insert (self->rows, GUINT_TO_POINTER (i < position ? i : i - removed + added), g_object_ref (row));
    }
}

/* Rows outside the window are unknown from here on; nobody shows them, and they come again when somebody does. */
static void
forget_outside (KithListModel *self, guint from, guint to)
{
  GHashTableIter iter;
  gpointer at;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, &at, NULL))
    if (GPOINTER_TO_UINT (at) < from || GPOINTER_TO_UINT (at) >= to)
      g_hash_table_iter_remove (&iter);
}

/* What is different: removed rows at head became added ones. Where the window does not tell, all counts as different. */
typedef struct
{
  guint head, removed, added;
} Difference;

static Difference
compare_window (KithListModel *self, KithListLoad *load)
{
  guint old_n = self->total, new_n = load->total;
  guint old_end = MIN (old_n, load->from + WINDOW);
  guint new_end = MIN (new_n, load->from + load->rows->len);
  gint64 shift = (gint64) new_n - old_n;
  guint head = load->from, tail = 0;

  if (load->from > MIN (old_n, new_n))
    return (Difference) { 0, old_n, new_n };
  while (head < old_end && head < new_end && is_same (self, head, load->rows->pdata[head - load->from]))
    head++;
  while (old_end - tail > head && (gint64) old_end - tail + shift > head && (gint64) old_end - tail + shift <= new_end &&
         is_same (self, old_end - tail - 1, load->rows->pdata[old_end - tail - 1 + shift - load->from]))
    tail++;
  if ((gint64) old_end - tail - head + shift < 0) /* more went than the window shows */
    return (Difference) { 0, old_n, new_n };
  return (Difference) { head, old_end - tail - head, (guint) (old_end - tail - head + shift) };
}

static void
take_window (KithListModel *self, KithListLoad *load)
{
  Difference change = compare_window (self, load);
  gboolean resized = load->total != self->total || load->unsure != self->unsure;

  self->unsure = load->unsure;
  if (change.removed > 0 || change.added > 0)
    splice (self, change.head, change.removed, change.added);
  for (guint i = 0; i < load->rows->len; i++)
    put_row (self, load->from + i, load->rows->pdata[i]);
  if (change.removed > 0 || change.added > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), change.head, change.removed, change.added);
  if (resized)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_TOTAL]);
}

static void
window_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Asked *asked = user_data;
  g_autoptr (KithListModel) self = asked->model;
  g_autoptr (GError) error = NULL;
  g_autoptr (KithListLoad) load = kith_list_load_finish (KITH_DESKTOP (source), result, &error);

  if (asked->generation != self->generation)
    return;
  if (load != NULL)
    {
      take_columns (self, load);
      take_window (self, load);
      set_known (self, TRUE, FALSE);
    }
  tell_read (self, error);
  set_loading (self, FALSE);
  if (self->again)
    reload (self);
}

static void
reload (KithListModel *self)
{
  guint from = self->last_position > WINDOW / 2 ? (self->last_position - WINDOW / 2) / PAGE * PAGE : 0;
  Asked *asked;

  if (!self->desktop->unlocked) /* it is looked once there is something to look at */
    return;
  self->again = self->loading;
  if (self->loading)
    return;
  self->opening = self->desktop->openings;
  /* Pages under way describe the list as it was. */
  forget_asked (self);
  forget_outside (self, from, from + WINDOW);
  set_loading (self, TRUE);
  asked = g_new0 (Asked, 1);
  asked->model = g_object_ref (self);
  asked->generation = self->generation;
  /* The first look is for what a window shows at once; the rest comes when somebody scrolls there. */
  kith_list_load_async (self->desktop, self->query, self->args, TRUE, from, self->known ? WINDOW : self->first, self->cancellable, window_cb, asked);
}

static void
changed_cb (KithDesktop *desktop, char **kinds, KithListModel *self)
{
  gboolean mine = kinds[0] == NULL && !(self->loading && self->opening == desktop->openings); /* all, by opening: what was asked since knows */

  if (mine || (kinds[0] != NULL && self->kinds != NULL && kith_reads_concern ((const char *const *) self->kinds, (const char *const *) kinds)))
    reload (self);
}

static void
unlocked_cb (KithDesktop *desktop, GParamSpec *pspec, KithListModel *self)
{
  gboolean unlocked;
  guint n = self->total;

  g_object_get (desktop, "unlocked", &unlocked, NULL);
  if (unlocked)
    return;
  forget_asked (self); /* nothing of what is under way may show on a locked screen */
  self->loading = self->again = FALSE;
  set_known (self, FALSE, FALSE);
  g_hash_table_remove_all (self->rows);
  self->total = 0;
  if (n > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, n, 0);
}

/* --- the model -------------------------------------------------------------------------------------------------- */

static GType
list_get_item_type (GListModel *model)
{
  return KITH_TYPE_ROW;
}

static guint
list_get_n_items (GListModel *model)
{
  return KITH_LIST_MODEL (model)->total;
}

static gpointer
list_get_item (GListModel *model, guint position)
{
  KithListModel *self = KITH_LIST_MODEL (model);
  KithRow *row;

  if (position >= self->total)
    return NULL;
  self->last_position = position;
  row = row_at (self, position);
  if (row == NULL)
    {
      row = kith_row_new_placeholder (self->columns);
      g_hash_table_insert (self->rows, GUINT_TO_POINTER (position), row);
    }
  if (kith_row_get_id (row) == NULL)
    ask_page (self, position / PAGE);
  return g_object_ref (row);
}

static void
list_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = list_get_item_type;
  iface->get_n_items = list_get_n_items;
  iface->get_item = list_get_item;
}

static void
kith_list_model_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  KithListModel *self = KITH_LIST_MODEL (object);

  if (id == PROP_LOADING)
    g_value_set_boolean (value, self->loading);
  else if (id == PROP_KNOWN)
    g_value_set_boolean (value, kith_list_model_is_known (self));
  else
    g_value_set_uint (value, id == PROP_UNSURE ? self->unsure : self->total);
}

static void
kith_list_model_dispose (GObject *object)
{
  KithListModel *self = KITH_LIST_MODEL (object);

  g_cancellable_cancel (self->cancellable);
  if (self->desktop != NULL)
    g_signal_handlers_disconnect_by_data (self->desktop, self);
  g_clear_object (&self->desktop);
  G_OBJECT_CLASS (kith_list_model_parent_class)->dispose (object);
}

static void
kith_list_model_finalize (GObject *object)
{
  KithListModel *self = KITH_LIST_MODEL (object);

  g_clear_object (&self->cancellable);
  g_hash_table_unref (self->asked);
  g_array_unref (self->waiting);
  g_hash_table_unref (self->rows);
  g_ptr_array_unref (self->columns);
  g_free (self->query);
  g_strfreev (self->kinds);
  g_strfreev (self->args);
  G_OBJECT_CLASS (kith_list_model_parent_class)->finalize (object);
}

static void
kith_list_model_class_init (KithListModelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = kith_list_model_get_property;
  object_class->dispose = kith_list_model_dispose;
  object_class->finalize = kith_list_model_finalize;
  props[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE, flags);
  props[PROP_TOTAL] = g_param_spec_uint ("total", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_UNSURE] = g_param_spec_uint ("unsure", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_KNOWN] = g_param_spec_boolean ("known", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
kith_list_model_init (KithListModel *self)
{
  self->rows = g_hash_table_new_full (NULL, NULL, NULL, g_object_unref);
  self->columns = g_ptr_array_new_with_free_func (g_free);
  self->asked = g_hash_table_new (NULL, NULL);
  self->waiting = g_array_new (FALSE, FALSE, sizeof (guint));
  self->cancellable = g_cancellable_new ();
}

KithListModel *
kith_list_model_new (KithDesktop *desktop, const char *query, const char *const *kinds, const char *const *args)
{
  return kith_list_model_new_first (desktop, query, kinds, args, PAGE);
}

KithListModel *
kith_list_model_new_first (KithDesktop *desktop, const char *query, const char *const *kinds, const char *const *args, guint first)
{
  KithListModel *self = g_object_new (KITH_TYPE_LIST_MODEL, NULL);

  self->first = first;
  self->desktop = g_object_ref (desktop);
  self->query = g_strdup (query);
  self->kinds = g_strdupv ((char **) kinds);
  self->args = g_strdupv ((char **) args);
  g_signal_connect (desktop, "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect (desktop, "notify::unlocked", G_CALLBACK (unlocked_cb), self);
  reload (self);
  return self;
}

/* Other arguments are another list: nothing of the one before stays. */
void
kith_list_model_set_args (KithListModel *self, const char *const *args)
{
  guint n = self->total;

  if (self->args != NULL && args != NULL && g_strv_equal ((const char *const *) self->args, args))
    return;
  g_strfreev (self->args);
  self->args = g_strdupv ((char **) args);
  forget_asked (self);
  self->loading = FALSE;
  set_known (self, FALSE, FALSE);
  self->last_position = 0;
  g_hash_table_remove_all (self->rows);
  self->total = self->unsure = 0;
  if (n > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, n, 0);
  reload (self);
}
