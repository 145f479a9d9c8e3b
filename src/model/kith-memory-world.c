/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kith-world.h"

#include "kith-model-private.h"

/* The scope, among the names of fields. */
#define BY_SCOPE ""

/* Per kind: records by id, and for each INDEXED field and the scope its values with the records that have them. */
typedef struct
{
  GHashTable *records; /* id → KithRecord */
  GHashTable *indexes; /* field name → (value → set of records) */
} Table;

typedef struct
{
  const KithKind *kind;
  char *id;
  KithRecord *before; /* NULL: was not there */
} Undo;

struct _KithMemoryWorld
{
  GObject parent_instance;
  GHashTable *tables; /* KithKind → Table */
  GPtrArray *undo;    /* (element-type Undo), since the outermost begin */
  GArray *marks;      /* (element-type guint) length of undo at each begin that is still open */
  KithSeesFunc sees;
  gpointer sees_data;
};

static void world_iface_init (KithWorldInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (KithMemoryWorld, kith_memory_world, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (KITH_TYPE_WORLD, world_iface_init))

static void
table_free (gpointer data)
{
  Table *table = data;

  g_hash_table_unref (table->indexes);
  g_hash_table_unref (table->records);
  g_free (table);
}

static void
undo_free (gpointer data)
{
  Undo *undo = data;

  g_free (undo->id);
  g_clear_object (&undo->before);
  g_free (undo);
}

static void
add_index (Table *table, const char *name)
{
  g_hash_table_insert (table->indexes, (gpointer) name,
                       g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_hash_table_unref));
}

static Table *
get_table (KithMemoryWorld *self, const KithKind *kind)
{
  Table *table = g_hash_table_lookup (self->tables, kind);

  if (table == NULL)
    {
      table = g_new0 (Table, 1);
      table->records = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
      table->indexes = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_hash_table_unref);
      add_index (table, BY_SCOPE);
      for (guint i = 0; i < kind->n_fields; i++)
        if (kind->fields[i].flags & KITH_FIELD_INDEXED)
          add_index (table, kind->fields[i].name);
      g_hash_table_insert (self->tables, (gpointer) kind, table);
    }
  return table;
}

/* A field's value as text, the way the databases compare it: a switch reads "1" or "0". NULL: missing, or a list. */
static char *
field_text (KithRecord *record, const char *field)
{
  JsonNode *node;

  if (strcmp (field, BY_SCOPE) == 0)
    return kith_record_scope (record);
  node = json_object_get_member (kith_record_peek_body (record), field);
  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return NULL;
  if (json_node_get_value_type (node) == G_TYPE_STRING)
    return g_strdup (json_node_get_string (node));
  if (json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    return g_strdup (json_node_get_boolean (node) ? "1" : "0");
  if (json_node_get_value_type (node) == G_TYPE_INT64)
    return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));
  return NULL;
}

static void
index_record (Table *table, KithRecord *record, gboolean add)
{
  GHashTableIter iter;
  gpointer field, values;

  g_hash_table_iter_init (&iter, table->indexes);
  while (g_hash_table_iter_next (&iter, &field, &values))
    {
      g_autofree char *text = field_text (record, field);
      GHashTable *set = text != NULL ? g_hash_table_lookup (values, text) : NULL;

      if (text == NULL)
        continue;
      if (set == NULL && add)
        {
          set = g_hash_table_new (NULL, NULL);
          g_hash_table_insert (values, g_steal_pointer (&text), set);
        }
      if (add)
        g_hash_table_add (set, record);
      else if (set != NULL && g_hash_table_remove (set, record) && g_hash_table_size (set) == 0)
        g_hash_table_remove (values, text);
    }
}

static void
remember (KithMemoryWorld *self, const KithKind *kind, const char *id, KithRecord *before)
{
  Undo *undo;

  if (self->marks->len == 0)
    return;
  undo = g_new0 (Undo, 1);
  undo->kind = kind;
  undo->id = g_strdup (id);
  undo->before = before != NULL ? g_object_ref (before) : NULL;
  g_ptr_array_add (self->undo, undo);
}

/* record: kept as it is; NULL removes. */
static void
replace (KithMemoryWorld *self, const KithKind *kind, const char *id, KithRecord *record)
{
  Table *table = get_table (self, kind);
  KithRecord *before = g_hash_table_lookup (table->records, id);

  if (before != NULL)
    {
      index_record (table, before, FALSE);
      g_hash_table_remove (table->records, id);
    }
  if (record != NULL)
    {
      g_hash_table_insert (table->records, (gpointer) kith_record_get_id (record), g_object_ref (record));
      index_record (table, record, TRUE);
    }
}

static KithRecord *
memory_get (KithWorld *world, const KithKind *kind, const char *id, GError **error)
{
  KithRecord *record = g_hash_table_lookup (get_table (KITH_MEMORY_WORLD (world), kind)->records, id);
  return record != NULL ? kith_record_copy (record) : NULL;
}

static gboolean
memory_put (KithWorld *world, KithRecord *record, GError **error)
{
  KithMemoryWorld *self = KITH_MEMORY_WORLD (world);
  const KithKind *kind = kith_record_get_kind (record);
  g_autoptr (KithRecord) copy = kith_record_copy (record);

  remember (self, kind, kith_record_get_id (record), g_hash_table_lookup (get_table (self, kind)->records, kith_record_get_id (record)));
  replace (self, kind, kith_record_get_id (record), copy);
  return TRUE;
}

static gboolean
memory_remove (KithWorld *world, const KithKind *kind, const char *id, GError **error)
{
  KithMemoryWorld *self = KITH_MEMORY_WORLD (world);

  remember (self, kind, id, g_hash_table_lookup (get_table (self, kind)->records, id));
  replace (self, kind, id, NULL);
  return TRUE;
}

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  return strcmp (kith_record_get_id (*(KithRecord *const *) a), kith_record_get_id (*(KithRecord *const *) b));
}

static gboolean
matches (KithRecord *record, const char *scope, const char *field, const char *value)
{
  g_autofree char *own = scope != NULL ? field_text (record, BY_SCOPE) : NULL;
  g_autofree char *text = field != NULL ? field_text (record, field) : NULL;

  return g_strcmp0 (own, scope) == 0 && g_strcmp0 (text, field != NULL ? value : NULL) == 0;
}

static GPtrArray *
memory_find (KithWorld *world, const char *scope, const KithKind *kind, const char *field, const char *value,
             gboolean *complete, GError **error)
{
  Table *table = get_table (KITH_MEMORY_WORLD (world), kind);
  GHashTable *index = field != NULL ? g_hash_table_lookup (table->indexes, field) : NULL;
  GPtrArray *found = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTable *candidates = table->records;
  GHashTableIter iter;
  gpointer record;

  *complete = TRUE;
  if (index != NULL)
    candidates = g_hash_table_lookup (index, value);
  else if (scope != NULL)
    candidates = g_hash_table_lookup (g_hash_table_lookup (table->indexes, BY_SCOPE), scope);
  if (candidates == NULL)
    return found;
  g_hash_table_iter_init (&iter, candidates);
  while (g_hash_table_iter_next (&iter, NULL, &record))
    if (matches (record, scope, field, value))
      g_ptr_array_add (found, kith_record_copy (record));
  g_ptr_array_sort (found, compare_ids);
  return found;
}

static gboolean
memory_holds (KithWorld *world, const char *scope)
{
  return TRUE;
}

static gboolean
memory_begin_scope (KithWorld *world, const char *scope, GError **error)
{
  return TRUE;
}

static KithSees
memory_sees (KithWorld *world, const KithActor *actor, const char *scope)
{
  KithMemoryWorld *self = KITH_MEMORY_WORLD (world);
  return self->sees != NULL ? self->sees (world, actor, scope, self->sees_data) : KITH_SEES_NOW;
}

static void
world_iface_init (KithWorldInterface *iface)
{
  iface->get = memory_get;
  iface->put = memory_put;
  iface->remove = memory_remove;
  iface->find = memory_find;
  iface->holds = memory_holds;
  iface->begin_scope = memory_begin_scope;
  iface->sees = memory_sees;
}

static void
kith_memory_world_finalize (GObject *object)
{
  KithMemoryWorld *self = KITH_MEMORY_WORLD (object);

  g_ptr_array_unref (self->undo);
  g_array_unref (self->marks);
  g_hash_table_unref (self->tables);
  G_OBJECT_CLASS (kith_memory_world_parent_class)->finalize (object);
}

static void
kith_memory_world_class_init (KithMemoryWorldClass *class)
{
  G_OBJECT_CLASS (class)->finalize = kith_memory_world_finalize;
}

static void
kith_memory_world_init (KithMemoryWorld *self)
{
  self->tables = g_hash_table_new_full (NULL, NULL, NULL, table_free);
  self->undo = g_ptr_array_new_with_free_func (undo_free);
  self->marks = g_array_new (FALSE, FALSE, sizeof (guint));
}

/**
 * kith_memory_world_new:
 *
 * Returns: (transfer full): an empty world that holds every scope and shows everything to everybody
 */
KithMemoryWorld *
kith_memory_world_new (void)
{
  return g_object_new (KITH_TYPE_MEMORY_WORLD, NULL);
}

/**
 * kith_memory_world_set_sees:
 * @func: (nullable): who sees which scope; NULL: everybody everything
 * @user_data: borrowed: must outlive the world
 */
void
kith_memory_world_set_sees (KithMemoryWorld *self, KithSeesFunc func, gpointer user_data)
{
  self->sees = func;
  self->sees_data = user_data;
}

void
kith_memory_world_foreach (KithMemoryWorld *self, const char *kind, GFunc func, gpointer user_data)
{
  const KithKind *table = kith_kind_get (kind);
  g_autoptr (GPtrArray) all = NULL;
  gboolean complete;

  g_return_if_fail (table != NULL);
  all = memory_find (KITH_WORLD (self), NULL, table, NULL, NULL, &complete, NULL);
  g_ptr_array_foreach (all, func, user_data);
}

void
kith_memory_world_begin (KithMemoryWorld *self)
{
  g_array_append_val (self->marks, self->undo->len);
}

static guint
take_mark (KithMemoryWorld *self)
{
  guint mark = g_array_index (self->marks, guint, self->marks->len - 1);

  g_array_set_size (self->marks, self->marks->len - 1);
  return mark;
}

/**
 * kith_memory_world_commit:
 *
 * The changes since the last kith_memory_world_begin() belong to the savepoint around it, or, without one, can be undone no more.
 */
void
kith_memory_world_commit (KithMemoryWorld *self)
{
  g_return_if_fail (self->marks->len > 0);
  take_mark (self);
  if (self->marks->len == 0)
    g_ptr_array_set_size (self->undo, 0);
}

/**
 * kith_memory_world_rollback:
 *
 * Undoes what was changed since the last kith_memory_world_begin(), and ends that savepoint.
 */
void
kith_memory_world_rollback (KithMemoryWorld *self)
{
  guint mark;

  g_return_if_fail (self->marks->len > 0);
  mark = take_mark (self);
  while (self->undo->len > mark)
    {
      Undo *step = g_ptr_array_index (self->undo, self->undo->len - 1);

      replace (self, step->kind, step->id, step->before);
      g_ptr_array_set_size (self->undo, self->undo->len - 1);
    }
}
