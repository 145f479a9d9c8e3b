/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The world as this desktop knows it: the rows of its tables. What an operation writes here is remembered with it
 * (op_row), and the hub's image of the row is put aside first (shadow), so that a rebase can take it back. */

#include "kith-store-private.h"

#define KITH_TYPE_STORE_WORLD (kith_store_world_get_type ())
G_DECLARE_FINAL_TYPE (KithStoreWorld, kith_store_world, KITH, STORE_WORLD, GObject)

struct _KithStoreWorld
{
  GObject parent_instance;
  KithStore *store; /* borrowed: the store owns its world */
};

static void kith_store_world_iface_init (KithWorldInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (KithStoreWorld, kith_store_world, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (KITH_TYPE_WORLD, kith_store_world_iface_init))

static KithRecord *
store_world_get (KithWorld *world, const KithKind *kind, const char *id, GError **error)
{
  KithStore *store = KITH_STORE_WORLD (world)->store;
  g_auto (KithStoreRow) row = { 0 };
  gboolean found;

  if (!kith_store_read_row (store, kind, id, &row, &found, error) || !found)
    return NULL;
  return kith_record_cache_parse (store->parsed, kind, id, row.body, error);
}

/* Puts the hub's image aside the first time a pending operation touches a row; row is what is there now, without body
 * when there is none. A second time changes nothing. */
gboolean
kith_store_keep_shadow (KithStore *self, const KithKind *kind, const char *id, const KithStoreRow *row, GError **error)
{
  return kith_db_run (self->db, error, "shadow-add", "ssiis", kind->name, id, row->scope, row->q, row->body);
}

static gboolean
remember (KithStore *self, const KithKind *kind, const char *id, const char *scope, const char *body, gboolean made, GError **error)
{
  if (self->running == 0)
    return TRUE;
  return kith_db_run (self->db, error, "op-row-put", "issssii", self->running, kind->name, id, scope, body,
                      (gint64) (body == NULL), (gint64) made);
}

static gboolean
store_world_put (KithWorld *world, KithRecord *record, GError **error)
{
  KithStore *store = KITH_STORE_WORLD (world)->store;
  const KithKind *kind = kith_record_get_kind (record);
  const char *id = kith_record_get_id (record);
  g_autofree char *scope = kith_record_scope (record);
  g_autofree char *body = NULL;
  g_auto (KithStoreRow) before = { 0 };
  gint64 number;
  gboolean found;

  if (scope == NULL)
    {
      g_set_error (error, KITH_STORE_ERROR, KITH_STORE_ERROR_FAILED, "%s %s lies in no scope", kind->name, id);
      return FALSE;
    }
  if (!kith_store_scope_number (store, scope, &number, error))
    return FALSE;
  if (number == 0)
    return TRUE; /* the hub's to write */

  if (!kith_store_read_row (store, kind, id, &before, &found, error) || !kith_store_keep_shadow (store, kind, id, &before, error))
    return FALSE;
  body = kith_record_print (record);
  return kith_store_write_row (store, kind, id, number, before.q, body, record, error) &&
         remember (store, kind, id, scope, body, !found, error);
}

static gboolean
store_world_remove (KithWorld *world, const KithKind *kind, const char *id, GError **error)
{
  KithStore *store = KITH_STORE_WORLD (world)->store;
  g_auto (KithStoreRow) before = { 0 };
  g_autofree char *scope = NULL;
  gboolean found;

  if (!kith_store_read_row (store, kind, id, &before, &found, error))
    return FALSE;
  if (!found)
    return TRUE;
  scope = kith_db_fetch_text (store->db, error, "scope-name", "i", before.scope);
  if (scope == NULL)
    return FALSE;
  return kith_store_keep_shadow (store, kind, id, &before, error) && kith_store_delete_row (store, kind, id, error) &&
         remember (store, kind, id, scope, NULL, FALSE, error);
}

static KithDbStmt *
find_statement (KithStore *self, gboolean with_scope, gint64 scope, const KithKind *kind, const char *field, const char *value,
                GError **error)
{
  g_autofree char *sql = kith_kind_sql_find (kind, field, with_scope);
  KithDbStmt *stmt = kith_db_prepare (self->db, sql, error);

  if (stmt == NULL)
    return NULL;
  if (field != NULL)
    kith_db_bind_text (stmt, 1, value);
  if (with_scope)
    kith_db_bind_int (stmt, field != NULL ? 2 : 1, scope);
  return stmt;
}

/* Number 0: not held. */
static gboolean
look_up_scope (KithStore *self, const char *scope, gint64 *number, gboolean *filled, GError **error)
{
  g_autoptr (KithDbStmt) stmt = kith_db_query (self->db, "scope-look-up", error);
  KithDbStep step;

  *number = 0;
  *filled = FALSE;
  if (stmt == NULL)
    return FALSE;
  kith_db_bind_text (stmt, 1, scope);
  step = kith_db_step (stmt, error);
  if (step == KITH_DB_ROW)
    {
      *number = kith_db_int (stmt, 0);
      *filled = kith_db_int (stmt, 1) != 0;
    }
  return step != KITH_DB_FAILED;
}

static GPtrArray *
store_world_find (KithWorld *world, const char *scope, const KithKind *kind, const char *field, const char *value,
                  gboolean *complete, GError **error)
{
  KithStore *store = KITH_STORE_WORLD (world)->store;
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (KithDbStmt) stmt = NULL;
  gboolean filled = FALSE;
  gint64 number = 0;
  KithDbStep step;

  if (field != NULL && kith_kind_get_field (kind, field) == NULL)
    {
      g_set_error (error, KITH_STORE_ERROR, KITH_STORE_ERROR_FAILED, "%s has no field %s", kind->name, field);
      return NULL;
    }
  if (scope != NULL && !look_up_scope (store, scope, &number, &filled, error))
    return NULL;
  if (complete != NULL)
    *complete = filled;

  stmt = find_statement (store, scope != NULL, number, kind, field, value, error);
  if (stmt == NULL)
    return NULL;
  while ((step = kith_db_step (stmt, error)) == KITH_DB_ROW)
    {
      KithRecord *record = kith_record_cache_parse (store->parsed, kind, kith_db_text (stmt, 0), kith_db_text (stmt, 1), error);
      if (record == NULL)
        return NULL;
      g_ptr_array_add (records, record);
    }
  return step == KITH_DB_DONE ? g_steal_pointer (&records) : NULL;
}

gboolean
kith_store_scope_number (KithStore *self, const char *name, gint64 *number, GError **error)
{
  gboolean filled;

  return look_up_scope (self, name, number, &filled, error);
}

/* It cannot say that it failed: kith_store_run() lets the operation fail then, so that work is not refused because a disk failed to read. */
static gboolean
store_world_holds (KithWorld *world, const char *scope)
{
  KithStore *store = KITH_STORE_WORLD (world)->store;
  g_autoptr (GError) error = NULL;
  gint64 number;

  if (kith_store_scope_number (store, scope, &number, &error))
    return number != 0;
  if (store->read_failure == NULL)
    store->read_failure = g_steal_pointer (&error);
  return FALSE;
}

static gboolean
store_world_begin_scope (KithWorld *world, const char *scope, GError **error)
{
  KithStore *store = KITH_STORE_WORLD (world)->store;

  return kith_db_run (store->db, error, "scope-begin", "s", scope) &&
         (store->running == 0 || kith_db_run (store->db, error, "op-scope-add", "is", store->running, scope));
}

/* What is held is seen. Whether somebody saw more once is for the hub to say. */
static KithSees
store_world_sees (KithWorld *world, const KithActor *actor, const char *scope)
{
  return store_world_holds (world, scope) ? KITH_SEES_NOW : KITH_SEES_NOTHING;
}

static gboolean
store_world_number (KithWorld *world, const KithKind *kind, const char *id, gint64 *number, GError **error)
{
  g_auto (KithStoreRow) row = { 0 };
  gboolean found;

  if (!kith_store_read_row (KITH_STORE_WORLD (world)->store, kind, id, &row, &found, error))
    return FALSE;
  *number = found ? row.q : 0;
  return TRUE;
}

static void
kith_store_world_iface_init (KithWorldInterface *iface)
{
  iface->get = store_world_get;
  iface->put = store_world_put;
  iface->remove = store_world_remove;
  iface->find = store_world_find;
  iface->holds = store_world_holds;
  iface->begin_scope = store_world_begin_scope;
  iface->sees = store_world_sees;
  iface->number = store_world_number;
}

static void
kith_store_world_class_init (KithStoreWorldClass *klass)
{
}

static void
kith_store_world_init (KithStoreWorld *self)
{
}

KithWorld *
kith_store_world_new (KithStore *store)
{
  KithStoreWorld *self = g_object_new (KITH_TYPE_STORE_WORLD, NULL);

  self->store = store;
  return KITH_WORLD (self);
}
