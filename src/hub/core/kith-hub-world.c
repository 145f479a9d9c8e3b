/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-hub-private.h"

/* The hub's world: the kinds' tables. It holds everything, so absence is absence; who sees what is read off the grants. */
#define KITH_TYPE_HUB_WORLD (kith_hub_world_get_type ())
G_DECLARE_FINAL_TYPE (KithHubWorld, kith_hub_world, KITH, HUB_WORLD, GObject)

struct _KithHubWorld
{
  GObject parent_instance;
  KithHub *hub; /* not owned: the hub owns the world */
};

static void kith_hub_world_iface_init (KithWorldInterface *iface);

G_DEFINE_TYPE_WITH_CODE (KithHubWorld, kith_hub_world, G_TYPE_OBJECT,
                         G_IMPLEMENT_INTERFACE (KITH_TYPE_WORLD, kith_hub_world_iface_init))

/* Statements are printed from the field tables, never from input; the connection keeps them prepared. */
struct _KithHubTable
{
  char *get, *put, *set_body, *set_columns, *remove, *all;
};

/**
 * kith_hub_table_free:
 * @self: (transfer full): texts of one kind's statements
 */
void
kith_hub_table_free (KithHubTable *self)
{
  g_free (self->get);
  g_free (self->put);
  g_free (self->set_body);
  g_free (self->set_columns);
  g_free (self->remove);
  g_free (self->all);
  g_free (self);
}

static KithHubTable *
table_of (KithHub *hub, const KithKind *kind)
{
  KithHubTable *table = g_hash_table_lookup (hub->tables, kind);

  if (table != NULL)
    return table;
  table = g_new0 (KithHubTable, 1);
  table->get = kith_kind_sql_get (kind, FALSE);
  table->put = kith_kind_sql_put (kind, FALSE);
  table->set_body = kith_kind_sql_set_body (kind);
  table->set_columns = kith_kind_sql_set_columns (kind);
  table->remove = kith_kind_sql_remove (kind);
  table->all = kith_kind_sql_find (kind, NULL, FALSE);
  g_hash_table_insert (hub->tables, (gpointer) kind, table);
  return table;
}

char *
kith_hub_world_read_body (KithHub *self, const KithKind *kind, const char *id, GError **error)
{
  g_autoptr (KithDbStmt) stmt = kith_db_prepare (self->db, table_of (self, kind)->get, error);

  if (stmt == NULL)
    return NULL;
  kith_db_bind_text (stmt, 1, id);
  return kith_db_step (stmt, error) == KITH_DB_ROW ? g_strdup (kith_db_text (stmt, 0)) : NULL;
}

static KithRecord *
hub_world_get (KithWorld *world, const KithKind *kind, const char *id, GError **error)
{
  KithHub *hub = KITH_HUB_WORLD (world)->hub;
  g_autoptr (KithDbStmt) stmt = kith_db_prepare (hub->db, table_of (hub, kind)->get, error);

  if (stmt == NULL)
    return NULL;
  kith_db_bind_text (stmt, 1, id);
  if (kith_db_step (stmt, error) != KITH_DB_ROW)
    return NULL;
  return kith_record_cache_parse (hub->parsed, kind, id, kith_db_text (stmt, 0), error);
}

/* Most changes leave names and numbers as they are: words to be found by need not be made again. What lists are sorted and found by stays mostly, too:
 * then no index is touched. */
static gboolean
change_row (KithHub *hub, KithRecord *before, KithRecord *record, const char *body, GError **error)
{
  KithHubTable *table = table_of (hub, kith_record_get_kind (record));
  g_autoptr (KithDbStmt) stmt = NULL;

  if (!kith_record_found_alike (before, record))
    return kith_hub_world_write_row (hub, record, body, error);
  stmt = kith_db_prepare (hub->db, kith_kind_sql_columns_alike (before, record) ? table->set_body : table->set_columns, error);
  if (stmt == NULL)
    return FALSE;
  kith_db_bind_text (stmt, 1, kith_record_get_id (record));
  kith_db_bind_text (stmt, 2, body);
  return kith_db_step_done (stmt, error);
}

gboolean
kith_hub_world_write_row (KithHub *hub, KithRecord *record, const char *body, GError **error)
{
  const KithKind *kind = kith_record_get_kind (record);
  gboolean searched = kith_kind_is_searched (kind), digits = kith_kind_has_digits (kind);
  g_autofree char *find = searched ? kith_record_find_text (record) : NULL;
  g_autofree char *digit_text = digits ? kith_record_digits (record) : NULL;
  g_autoptr (KithDbStmt) stmt = kith_db_prepare (hub->db, table_of (hub, kind)->put, error);
  int index = 3;

  if (stmt == NULL)
    return FALSE;
  kith_db_bind_text (stmt, 1, kith_record_get_id (record));
  kith_db_bind_text (stmt, 2, body);
  if (searched)
    kith_db_bind_text (stmt, index++, find);
  if (digits)
    kith_db_bind_text (stmt, index, digit_text);
  return kith_db_step_done (stmt, error);
}

static gboolean
hub_world_put (KithWorld *world, KithRecord *record, GError **error)
{
  KithHub *hub = KITH_HUB_WORLD (world)->hub;
  const KithKind *kind = kith_record_get_kind (record);
  g_autoptr (GError) local = NULL;
  g_autoptr (KithRecord) before = NULL;
  g_autofree char *body = NULL;

  g_return_val_if_fail (hub->writing, FALSE);
  before = hub_world_get (world, kind, kith_record_get_id (record), &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  /* Nothing new: no line in anybody's pull. */
  if (before != NULL && kith_record_equal (before, record))
    return TRUE;
  body = kith_record_print (record);
  if (!(before != NULL ? change_row (hub, before, record, body, error) : kith_hub_world_write_row (hub, record, body, error)))
    return FALSE;
  kith_hub_touch (hub, kind, kith_record_get_id (record), before, record);
  return TRUE;
}

static gboolean
hub_world_remove (KithWorld *world, const KithKind *kind, const char *id, GError **error)
{
  KithHub *hub = KITH_HUB_WORLD (world)->hub;
  g_autoptr (GError) local = NULL;
  g_autoptr (KithRecord) before = NULL;
  g_autoptr (KithDbStmt) stmt = NULL;

  g_return_val_if_fail (hub->writing, FALSE);
  before = hub_world_get (world, kind, id, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (before == NULL)
    return TRUE;
  stmt = kith_db_prepare (hub->db, table_of (hub, kind)->remove, error);
  if (stmt == NULL)
    return FALSE;
  kith_db_bind_text (stmt, 1, id);
  if (!kith_db_step_done (stmt, error))
    return FALSE;
  kith_hub_touch (hub, kind, id, before, NULL);
  return TRUE;
}

static gboolean
take_row (KithHub *hub, GPtrArray *found, const KithKind *kind, const char *id, const char *body, const char *scope,
          GError **error)
{
  g_autoptr (KithRecord) record = kith_record_cache_parse (hub->parsed, kind, id, body, error);

  if (record == NULL)
    return FALSE;
  if (scope != NULL)
    {
      g_autofree char *own = kith_record_scope (record);
      if (g_strcmp0 (own, scope) != 0)
        return TRUE;
    }
  g_ptr_array_add (found, g_steal_pointer (&record));
  return TRUE;
}

static GPtrArray *
find_by_field (KithHub *hub, const char *scope, const KithKind *kind, const char *field, const char *value,
               GError **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *sql = NULL;
  g_autoptr (KithDbStmt) stmt = NULL;
  KithDbStep step;

  if (field != NULL)
    sql = kith_kind_sql_find (kind, field, FALSE);
  stmt = kith_db_prepare (hub->db, field != NULL ? sql : table_of (hub, kind)->all, error);
  if (stmt == NULL)
    return NULL;
  if (field != NULL)
    kith_db_bind_text (stmt, 1, value);
  while ((step = kith_db_step (stmt, error)) == KITH_DB_ROW)
    if (!take_row (hub, found, kind, kith_db_text (stmt, 0), kith_db_text (stmt, 1), scope, error))
      return NULL;
  return step == KITH_DB_DONE ? g_steal_pointer (&found) : NULL;
}

/* Every record of a kind. */
GPtrArray *
kith_hub_world_list (KithHub *self, const KithKind *kind, GError **error)
{
  return find_by_field (self, NULL, kind, NULL, NULL, error);
}

static gint
compare_records (gconstpointer a, gconstpointer b)
{
  return strcmp (kith_record_get_id (*(KithRecord *const *) a), kith_record_get_id (*(KithRecord *const *) b));
}

/* All of one scope: by the field that says so where there is one, else by the lines of the last commits, corrected by
 * what this transaction has touched. */
static GPtrArray *
find_in_scope (KithHub *hub, const char *scope, const KithKind *kind, GError **error)
{
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTableIter iter;
  gpointer id;
  gint64 sid;

  if (!kith_hub_scope_number (hub, scope, FALSE, &sid, error))
    return NULL;
  if (sid != 0)
    {
      g_autoptr (KithDbStmt) stmt = kith_db_query (hub->db, "rows-of-scope-kind", error);
      KithDbStep step;

      if (stmt == NULL)
        return NULL;
      kith_db_bind_int (stmt, 1, sid);
      kith_db_bind_text (stmt, 2, kind->name);
      while ((step = kith_db_step (stmt, error)) == KITH_DB_ROW)
        g_hash_table_add (ids, g_strdup (kith_db_text (stmt, 0)));
      if (step == KITH_DB_FAILED)
        return NULL;
    }
  for (guint i = 0; i < hub->touches->len; i++)
    {
      KithHubTouch *touch = hub->touches->pdata[i];
      if (touch->kind == kind)
        g_hash_table_add (ids, g_strdup (touch->id));
    }

  g_hash_table_iter_init (&iter, ids);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      g_autoptr (GError) local = NULL;
      g_autofree char *body = kith_hub_world_read_body (hub, kind, id, &local);

      if (local != NULL || (body != NULL && !take_row (hub, found, kind, id, body, scope, &local)))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return NULL;
        }
    }
  g_ptr_array_sort (found, compare_records);
  return g_steal_pointer (&found);
}

static GPtrArray *
hub_world_find (KithWorld *world, const char *scope, const KithKind *kind, const char *field, const char *value,
                gboolean *complete, GError **error)
{
  KithHub *hub = KITH_HUB_WORLD (world)->hub;

  if (complete != NULL)
    *complete = TRUE;
  if (field == NULL && scope != NULL)
    {
      g_autofree char *key_value = NULL;
      const char *key;

      if (!kith_kind_scope_key (kind, scope, &key, &key_value))
        return find_in_scope (hub, scope, kind, error);
      return find_by_field (hub, scope, kind, key, key_value, error);
    }
  return find_by_field (hub, scope, kind, field, value, error);
}

static gboolean
hub_world_holds (KithWorld *world, const char *scope)
{
  return TRUE;
}

static gboolean
hub_world_begin_scope (KithWorld *world, const char *scope, GError **error)
{
  return TRUE;
}

/* A note written before access ended is taken as such: the lane had not been told of the end when it was written, nor
 * since. */
static gboolean
is_late (KithHub *hub, const KithHubPaths *paths)
{
  gint64 ended = paths->last_until == KITH_HUB_PENDING ? G_MAXINT64 : paths->last_until;

  return hub->late_seen >= 0 && ended > 0 && hub->late_seen < ended && hub->late_acked < ended;
}

static KithSees
hub_world_sees (KithWorld *world, const KithActor *actor, const char *scope)
{
  KithHub *hub = KITH_HUB_WORLD (world)->hub;
  g_autoptr (GError) error = NULL;
  KithHubPaths paths = { 0 };
  gint64 sid;

  if (actor->level == KITH_LEVEL_HUB)
    return KITH_SEES_NOW;
  if (!kith_hub_scope_number (hub, scope, FALSE, &sid, &error) ||
      (sid != 0 && !kith_hub_paths (hub, sid, actor->user, 0, 0, &paths, &error)))
    {
      /* Not to be told from "never saw it" by the operation: kith_hub_apply() lets the transaction fail, so that work is not
       * refused for good because a disk failed to read. */
      if (hub->read_failure == NULL)
        hub->read_failure = g_steal_pointer (&error);
      return KITH_SEES_NOTHING;
    }
  if (sid == 0 || !paths.any)
    return KITH_SEES_NOTHING;
  if (paths.open)
    return KITH_SEES_NOW;
  if (actor->active && is_late (hub, &paths))
    {
      hub->late_cx->late = TRUE;
      return KITH_SEES_NOW;
    }
  return KITH_SEES_ENDED;
}

static gboolean
hub_world_number (KithWorld *world, const KithKind *kind, const char *id, gint64 *number, GError **error)
{
  g_autoptr (KithDbStmt) stmt = kith_db_query (KITH_HUB_WORLD (world)->hub->db, "row-get", error);
  KithDbStep step;

  if (stmt == NULL)
    return FALSE;
  kith_db_bind_text (stmt, 1, kind->name);
  kith_db_bind_text (stmt, 2, id);
  step = kith_db_step (stmt, error);
  if (step == KITH_DB_ROW)
    *number = kith_db_int (stmt, 1);
  return step != KITH_DB_FAILED;
}

static void
kith_hub_world_iface_init (KithWorldInterface *iface)
{
  iface->get = hub_world_get;
  iface->put = hub_world_put;
  iface->remove = hub_world_remove;
  iface->find = hub_world_find;
  iface->holds = hub_world_holds;
  iface->begin_scope = hub_world_begin_scope;
  iface->sees = hub_world_sees;
  iface->number = hub_world_number;
}

static void
kith_hub_world_class_init (KithHubWorldClass *klass)
{
}

static void
kith_hub_world_init (KithHubWorld *self)
{
}

KithWorld *
kith_hub_world_new (KithHub *hub)
{
  KithHubWorld *self = g_object_new (KITH_TYPE_HUB_WORLD, NULL);

  self->hub = hub;
  return KITH_WORLD (self);
}
