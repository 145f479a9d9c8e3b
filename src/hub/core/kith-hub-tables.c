/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-hub-private.h"

#include "kith-kind-sql.h"

#include <glib/gi18n.h>

/* The kinds' tables of a hub that an older Kith made. What 0002-kinds.sql says is for a new hub; here what the file has is compared with what the
 * field tables print, and made so: a new kind gets its table, a new field its column, a new index is made, without changing a record. */

typedef struct
{
  char *table, *type, *sql;
} Object;

static void
object_free (Object *self)
{
  g_free (self->table);
  g_free (self->type);
  g_free (self->sql);
  g_free (self);
}

/* name → Object; NULL on error */
static GHashTable *
list_objects (KithDb *db, GError **error)
{
  g_autoptr (GHashTable) objects = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) object_free);
  g_autoptr (KithDbStmt) stmt = kith_db_query (db, "schema-objects", error);
  KithDbStep step;

  if (stmt == NULL)
    return NULL;
  while ((step = kith_db_step (stmt, error)) == KITH_DB_ROW)
    {
      Object *object = g_new0 (Object, 1);

      object->table = g_strdup (kith_db_text (stmt, 1));
      object->type = g_strdup (kith_db_text (stmt, 2));
      object->sql = g_strdup (kith_db_text (stmt, 3));
      g_hash_table_insert (objects, g_strdup (kith_db_text (stmt, 0)), object);
    }
  return step == KITH_DB_DONE ? g_steal_pointer (&objects) : NULL;
}

/* What this Kith would make; the same for every hub of this process. */
static GHashTable *
wanted_objects (GError **error)
{
  static GHashTable *wanted;
  static GMutex lock;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);
  KithDbOptions options = { .path = "kinds-as-printed", .memory = TRUE, .queries = KITH_HUB_QUERIES };

  if (wanted == NULL)
    {
      g_autoptr (KithDb) db = kith_db_open (&options, error);
      g_autofree char *sql = kith_kinds_print_schema (FALSE);

      if (db != NULL && kith_db_exec (db, sql, error))
        wanted = list_objects (db, error);
    }
  return wanted;
}

static gboolean
is_alike (GHashTable *objects, GHashTable *wanted, const char *name)
{
  Object *here = g_hash_table_lookup (objects, name), *there = g_hash_table_lookup (wanted, name);

  return here == there || (here != NULL && there != NULL && g_str_equal (here->sql, there->sql));
}

static gboolean
drop (KithDb *db, const char *name, const Object *object, GError **error)
{
  g_autofree char *quoted = kith_sql_name (name);
  g_autofree char *sql = g_strdup_printf ("DROP %s IF EXISTS %s", object->type, quoted);

  return kith_db_exec (db, sql, error);
}

/* A table or its search is another: both are made anew around the records, whose words to be found by are worked out once more. */
static gboolean
rebuild (KithHub *self, const KithKind *kind, GError **error)
{
  g_autofree char *set_aside = kith_kind_sql_set_aside (kind), *ddl = kith_kind_print_ddl (kind, FALSE);
  g_autoptr (KithDbStmt) stmt = NULL;
  KithDbStep step;

  if (!kith_db_exec (self->db, set_aside, error) || !kith_db_exec (self->db, ddl, error))
    return FALSE;
  stmt = kith_db_prepare (self->db, "SELECT id, body FROM set_aside", error);
  if (stmt == NULL)
    return FALSE;
  while ((step = kith_db_step (stmt, error)) == KITH_DB_ROW)
    {
      const char *body = kith_db_text (stmt, 1);
      g_autoptr (KithRecord) record = kith_record_parse (kind, kith_db_text (stmt, 0), body, -1, error);

      if (record == NULL || !kith_hub_world_write_row (self, record, body, error))
        return FALSE;
    }
  g_clear_pointer (&stmt, kith_db_reset);
  return step == KITH_DB_DONE && kith_db_exec (self->db, "DROP TABLE set_aside", error);
}

/* Indexes and triggers, each by itself. */
static gboolean
mend_rest (KithHub *self, const KithKind *kind, GHashTable *objects, GHashTable *wanted, GError **error)
{
  GHashTableIter iter;
  gpointer name, value;

  g_hash_table_iter_init (&iter, objects);
  while (g_hash_table_iter_next (&iter, &name, &value))
    if (g_str_equal (((Object *) value)->table, kind->name) && !is_alike (objects, wanted, name) && !drop (self->db, name, value, error))
      return FALSE;
  g_hash_table_iter_init (&iter, wanted);
  while (g_hash_table_iter_next (&iter, &name, &value))
    if (g_str_equal (((Object *) value)->table, kind->name) && !is_alike (objects, wanted, name) && !kith_db_exec (self->db, ((Object *) value)->sql, error))
      return FALSE;
  return TRUE;
}

static gboolean
mend_kind (KithHub *self, const KithKind *kind, GHashTable *objects, GHashTable *wanted, GError **error)
{
  g_autofree char *find = g_strconcat (kind->name, "_find", NULL);
  g_autofree char *ddl = NULL;

  if (g_hash_table_lookup (objects, kind->name) == NULL)
    {
      ddl = kith_kind_print_ddl (kind, FALSE);
      return kith_db_exec (self->db, ddl, error);
    }
  if (!is_alike (objects, wanted, kind->name) || !is_alike (objects, wanted, find))
    return rebuild (self, kind, error);
  return mend_rest (self, kind, objects, wanted, error);
}

/* Names that the kinds' tables, searches, indexes and triggers have and that are not as they should be. */
static gboolean
is_as_wanted (GHashTable *objects, GHashTable *wanted)
{
  GHashTableIter iter;
  gpointer name, value;

  g_hash_table_iter_init (&iter, wanted);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    if (!is_alike (objects, wanted, name))
      return FALSE;
  g_hash_table_iter_init (&iter, objects);
  while (g_hash_table_iter_next (&iter, &name, &value))
    if (g_hash_table_contains (wanted, ((Object *) value)->table) && !is_alike (objects, wanted, name))
      return FALSE;
  return TRUE;
}

/* A numbered file changes bodies; what is looked for goes by the columns. */
static gboolean
mend_columns (KithHub *self, GError **error)
{
  guint n;
  const KithKind *const *kinds = kith_kinds_list (&n);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *sql = kith_kind_sql_columns_rebuild (kinds[i]);

      if (sql != NULL && !kith_db_exec (self->db, sql, error))
        {
          g_prefix_error (error, _("The records of kind “%s” cannot be brought up to date; nothing was changed: "), kinds[i]->name);
          return FALSE;
        }
    }
  return kith_db_run (self->db, error, "columns-made", "");
}

/**
 * kith_hub_make_tables:
 *
 * All in one transaction: a hub that was stopped in the middle is as it was. A reader only looks: KITH_DB_ERROR_FAILED where its writer has to
 * do it first.
 */
gboolean
kith_hub_make_tables (KithHub *self, GError **error)
{
  g_autoptr (GHashTable) objects = list_objects (self->db, error);
  GHashTable *wanted = objects ? wanted_objects (error) : NULL;
  g_autoptr (KithDbTransaction) transaction = NULL;
  const KithKind *const *kinds;
  gint64 behind = 0;
  guint n;

  if (wanted == NULL || !kith_db_fetch_int (self->db, &behind, error, "columns-behind", ""))
    return FALSE;
  if (is_as_wanted (objects, wanted) && !behind)
    return TRUE;
  if (self->options.reader)
    {
      g_set_error_literal (error, KITH_DB_ERROR, KITH_DB_ERROR_FAILED,
                           _("This hub was made by an older Kith. “kith-hub serve” brings it up to date when it starts. Nothing was changed."));
      return FALSE;
    }
  transaction = kith_db_transaction_begin (self->db, error);
  kinds = kith_kinds_list (&n);
  for (guint i = 0; transaction && i < n; i++)
    if (!mend_kind (self, kinds[i], objects, wanted, error))
      {
        g_prefix_error (error, _("The records of kind “%s” cannot be brought up to date; nothing was changed: "), kinds[i]->name);
        return FALSE;
      }
  return transaction && (!behind || mend_columns (self, error)) && kith_db_transaction_commit (transaction, error);
}
