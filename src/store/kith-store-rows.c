/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The one place that writes a kind's table. What is searched follows by the table's own triggers. */

#include "kith-store-private.h"

#include <string.h>

/* A statement for one kind's table: every %s of format becomes the table's name. Kind names come from the field tables
 * compiled in, never from outside. */
char *
kith_store_sql (const KithKind *kind, const char *format)
{
  GString *sql = g_string_new (format);

  g_string_replace (sql, "%s", kind->name, 0);
  return g_string_free (sql, FALSE);
}

static const KithStoreSql *
sql_for (KithStore *self, const KithKind *kind)
{
  KithStoreSql *sql = g_hash_table_lookup (self->sql, kind);

  if (sql == NULL)
    {
      sql = g_new0 (KithStoreSql, 1);
      sql->get = kith_kind_sql_get (kind, TRUE);
      sql->put = kith_kind_sql_put (kind, TRUE);
      sql->remove = kith_kind_sql_remove (kind);
      sql->searched = kith_kind_is_searched (kind);
      sql->digits = kith_kind_has_digits (kind);
      g_hash_table_insert (self->sql, (gpointer) kind, sql);
    }
  return sql;
}

void
kith_store_sql_free (gpointer data)
{
  KithStoreSql *self = data;

  g_free (self->get);
  g_free (self->put);
  g_free (self->remove);
  g_free (self);
}

/* TRUE when records of this kind can lie in scopes of that sort: spares most tables a look when a scope is dropped. */
gboolean
kith_kind_may_lie_in (const KithKind *kind, const char *scope)
{
  gsize length;

  if (kind->scope == NULL)
    return TRUE;
  length = strcspn (kind->scope, ":");
  if (kind->scope[0] == '{')
    return TRUE;
  return strncmp (kind->scope, scope, length) == 0 && (scope[length] == ':' || scope[length] == '\0');
}

gboolean
kith_store_read_row (KithStore *self, const KithKind *kind, const char *id, KithStoreRow *row, gboolean *found, GError **error)
{
  g_autoptr (KithDbStmt) stmt = kith_db_prepare (self->db, sql_for (self, kind)->get, error);
  KithDbStep step;

  *found = FALSE;
  if (stmt == NULL)
    return FALSE;
  kith_db_bind_text (stmt, 1, id);
  step = kith_db_step (stmt, error);
  if (step != KITH_DB_ROW)
    return step == KITH_DB_DONE;
  row->body = g_strdup (kith_db_text (stmt, 0));
  row->scope = kith_db_int (stmt, 1);
  row->q = kith_db_int (stmt, 2);
  *found = TRUE;
  return TRUE;
}

/* Writes one row as it stands after a put or an operation. record spares parsing body again; NULL: it is parsed when
 * the kind is searched. */
gboolean
kith_store_write_row (KithStore *self, const KithKind *kind, const char *id, gint64 scope, gint64 q, const char *body,
                      KithRecord *record, GError **error)
{
  const KithStoreSql *sql = sql_for (self, kind);
  g_autoptr (KithRecord) parsed = NULL;
  g_autoptr (KithDbStmt) stmt = NULL;
  int index = 5;

  kith_store_touch (self, kind);
  if ((sql->searched || sql->digits) && record == NULL)
    {
      record = parsed = kith_record_parse (kind, id, body, -1, error);
      if (record == NULL)
        return FALSE;
    }
  stmt = kith_db_prepare (self->db, sql->put, error);
  if (stmt == NULL)
    return FALSE;
  kith_db_bind_text (stmt, 1, id);
  kith_db_bind_int (stmt, 2, scope);
  kith_db_bind_int (stmt, 3, q);
  kith_db_bind_text (stmt, 4, body);
  if (sql->searched)
    {
      g_autofree char *find = kith_record_find_text (record);
      kith_db_bind_text (stmt, index++, find);
    }
  if (sql->digits)
    {
      g_autofree char *digits = kith_record_digits (record);
      kith_db_bind_text (stmt, index, digits);
    }
  return kith_db_step_done (stmt, error);
}

gboolean
kith_store_delete_row (KithStore *self, const KithKind *kind, const char *id, GError **error)
{
  g_autoptr (KithDbStmt) stmt = kith_db_prepare (self->db, sql_for (self, kind)->remove, error);

  kith_store_touch (self, kind);
  if (stmt == NULL)
    return FALSE;
  kith_db_bind_text (stmt, 1, id);
  return kith_db_step_done (stmt, error);
}

/* Runs a statement of one parameter over a kind's rows of a scope: format as in kith_store_sql(). */
gboolean
kith_store_run_for_scope (KithStore *self, const KithKind *kind, const char *name, gint64 scope, const char *format, GError **error)
{
  g_autofree char *sql = NULL;
  g_autoptr (KithDbStmt) stmt = NULL;

  if (!kith_kind_may_lie_in (kind, name))
    return TRUE;
  sql = kith_store_sql (kind, format);
  stmt = kith_db_prepare (self->db, sql, error);
  if (stmt == NULL)
    return FALSE;
  kith_db_bind_int (stmt, 1, scope);
  if (!kith_db_step_done (stmt, error))
    return FALSE;
  if (kith_db_changes (self->db) > 0)
    kith_store_touch (self, kind);
  return TRUE;
}

gboolean
kith_store_delete_scope_rows (KithStore *self, const char *name, gint64 scope, GError **error)
{
  const KithKind *const *kinds;
  guint n;

  kinds = kith_kinds_list (&n);
  for (guint k = 0; k < n; k++)
    if (!kith_store_run_for_scope (self, kinds[k], name, scope, "DELETE FROM %s WHERE scope = ?1", error))
      return FALSE;
  return TRUE;
}
