/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The one place that writes a kind's table; the index for searching follows in kith-store-index.c. */

#include "kith-store-private.h"

#include <string.h>

/* A statement for one kind's table: in format %s is the table (%s_find its search, '%s' its name as a text), %c its searched columns (", find, digits"), %v as many values
 * after ?1. All of it comes from the field tables compiled in, never from outside. */
char *
kith_store_sql (const KithKind *kind, const char *format)
{
  gboolean searched = kith_kind_is_searched (kind), digits = kith_kind_has_digits (kind);
  g_autofree char *table = kith_sql_name (kind->name);
  g_autofree char *find_table = g_strconcat (kind->name, "_find", NULL);
  g_autofree char *text = g_strconcat ("'", kind->name, "'", NULL);
  GString *sql = g_string_new (format);

  g_string_replace (sql, "%c", searched && digits ? ", find, digits" : searched ? ", find" : ", digits", 0);
  g_string_replace (sql, "%v", searched && digits ? ", ?2, ?3" : ", ?2", 0);
  g_string_replace (sql, "%s_find", find_table, 0);
  g_string_replace (sql, "'%s'", text, 0);
  g_string_replace (sql, "%s", table, 0);
  return g_string_free (sql, FALSE);
}

static void
print_index_sql (KithStoreSql *sql, const KithKind *kind)
{
  sql->old = kith_store_sql (kind, "SELECT rid%c FROM %s WHERE id = ?1");
  sql->unindex = kith_store_sql (kind, "INSERT INTO %s_find (%s_find, rowid%c) VALUES ('delete', ?1%v)");
  sql->index = kith_store_sql (kind, "INSERT INTO %s_find (rowid%c) VALUES (?1%v)");
  sql->last = kith_store_sql (kind, "SELECT max(rid) FROM %s");
  sql->note = kith_store_sql (kind, "INSERT INTO %s_find (%s_find, rank) VALUES ('secure-delete', 0)");
  sql->overwrite = kith_store_sql (kind, "INSERT INTO %s_find (%s_find, rank) VALUES ('secure-delete', 1)");
  sql->anew = kith_store_sql (kind, "INSERT INTO %s_find (%s_find) VALUES ('optimize')");
  sql->proof = kith_store_sql (kind, "INSERT INTO %s_find (%s_find, rank) VALUES ('integrity-check', 1)");
  sql->rebuild = kith_store_sql (kind, "INSERT INTO %s_find (%s_find) VALUES ('rebuild')");
}

/**
 * kith_store_sql_for:
 *
 * Returns: (transfer none): the kind's statements, printed once a store
 */
const KithStoreSql *
kith_store_sql_for (KithStore *self, const KithKind *kind)
{
  KithStoreSql *sql = g_hash_table_lookup (self->sql, kind);

  if (sql == NULL)
    {
      sql = g_new0 (KithStoreSql, 1);
      sql->get = kith_kind_sql_get (kind, TRUE);
      sql->add = kith_kind_sql_add (kind, TRUE);
      sql->put = kith_kind_sql_put (kind, TRUE);
      sql->remove = kith_kind_sql_remove (kind);
      sql->in_scope = kith_store_sql (kind, "SELECT id FROM %s WHERE scope = ?1");
      sql->drop_scope = kith_store_sql (kind, "DELETE FROM %s WHERE scope = ?1");
      sql->searched = kith_kind_is_searched (kind);
      sql->digits = kith_kind_has_digits (kind);
      if (sql->searched || sql->digits)
        print_index_sql (sql, kind);
      g_hash_table_insert (self->sql, (gpointer) kind, sql);
    }
  return sql;
}

void
kith_store_sql_free (gpointer data)
{
  KithStoreSql *self = data;

  g_free (self->get);
  g_free (self->add);
  g_free (self->put);
  g_free (self->remove);
  g_free (self->in_scope);
  g_free (self->drop_scope);
  g_free (self->last);
  g_free (self->note);
  g_free (self->overwrite);
  g_free (self->anew);
  g_free (self->proof);
  g_free (self->rebuild);
  g_free (self->old);
  g_free (self->unindex);
  g_free (self->index);
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

/**
 * kith_store_read_row:
 * @row: (out caller-allocates): zeroed before; untouched when there is none
 * @found: (out): FALSE also on failure
 *
 * What the table says now: the hub's image with what is pending on top. The image alone is in the shadow.
 */
gboolean
kith_store_read_row (KithStore *self, const KithKind *kind, const char *id, KithStoreRow *row, gboolean *found, GError **error)
{
  g_autoptr (KithDbStmt) stmt = kith_db_prepare (self->db, kith_store_sql_for (self, kind)->get, error);
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

/* texts: what it is found by; of a kind that is not, they are not looked at. *rid: its number, where a row was added. */
static gboolean
write_texts (KithStore *self, const KithKind *kind, const char *id, const KithStoreRow *row, char *const texts[2], const char *statement,
             gint64 *rid, GError **error)
{
  const KithStoreSql *sql = kith_store_sql_for (self, kind);
  g_autoptr (KithDbStmt) stmt = kith_db_prepare (self->db, statement, error);
  int index = 5;

  if (stmt == NULL)
    return FALSE;
  kith_db_bind_text (stmt, 1, id);
  kith_db_bind_int (stmt, 2, row->scope);
  kith_db_bind_int (stmt, 3, row->q);
  kith_db_bind_text (stmt, 4, row->body);
  if (sql->searched)
    kith_db_bind_text (stmt, index++, texts[0]);
  if (sql->digits)
    kith_db_bind_text (stmt, index, texts[1]);
  if (!kith_db_step_done (stmt, error))
    return FALSE;
  if (rid != NULL)
    *rid = kith_db_changes (self->db) > 0 ? kith_db_last_row (self->db) : 0;
  return TRUE;
}

static gboolean
replace_row (KithStore *self, const KithKind *kind, const char *id, const KithStoreRow *row, char *const texts[2], GError **error)
{
  kith_store_touch (self, kind);
  return kith_store_index_note (self, kind, id, error) &&
         write_texts (self, kind, id, row, texts, kith_store_sql_for (self, kind)->put, NULL, error) && kith_store_index_written (self, error);
}

/* Writes one row as it stands after an operation, or once it is back. record spares parsing body again; NULL: it is parsed when
 * the kind is searched. */
gboolean
kith_store_write_row (KithStore *self, const KithKind *kind, const char *id, gint64 scope, gint64 q, const char *body,
                      KithRecord *record, GError **error)
{
  const KithStoreSql *sql = kith_store_sql_for (self, kind);
  const KithStoreRow row = { .scope = scope, .q = q, .body = (char *) body };
  g_autoptr (KithRecord) parsed = NULL;
  g_autofree char *find = NULL;
  g_autofree char *digits = NULL;

  if (sql->old != NULL && record == NULL)
    {
      record = parsed = kith_record_parse (kind, id, body, -1, error);
      if (record == NULL)
        return FALSE;
    }
  if (sql->old != NULL)
    {
      find = kith_record_find_text (record);
      digits = kith_record_digits (record);
    }
  return replace_row (self, kind, id, &row, (char *const[]) { find, digits }, error);
}

/**
 * kith_store_take_row:
 * @row: as the hub has it
 * @texts: what it is found by: words, digits; taken where they are needed until the end of the transaction
 *
 * One that is newer here stays. Most rows are new, and writing them finds that out: only one that is here already is looked at.
 */
gboolean
kith_store_take_row (KithStore *self, const KithKind *kind, const char *id, const KithStoreRow *row, char *texts[2], GError **error)
{
  g_auto (KithStoreRow) here = { 0 };
  gboolean found;
  gint64 rid;

  if (!write_texts (self, kind, id, row, texts, kith_store_sql_for (self, kind)->add, &rid, error))
    return FALSE;
  if (rid != 0)
    {
      kith_store_touch (self, kind);
      return kith_store_index_made (self, kind, id, rid, texts, error);
    }
  if (!kith_store_read_row (self, kind, id, &here, &found, error))
    return FALSE;
  /* The hub has one text for a number: where ours is another, ours is damaged. */
  if (found && (here.q > row->q || (here.q == row->q && here.scope == row->scope && g_strcmp0 (here.body, row->body) == 0)))
    return TRUE;
  return replace_row (self, kind, id, row, texts, error);
}

/**
 * kith_store_delete_row:
 *
 * No row of that id is no failure. The index for searching follows at the end of the transaction.
 */
gboolean
kith_store_delete_row (KithStore *self, const KithKind *kind, const char *id, GError **error)
{
  const KithStoreSql *sql = kith_store_sql_for (self, kind);
  g_autoptr (KithDbStmt) stmt = kith_db_prepare (self->db, sql->remove, error);

  kith_store_touch (self, kind);
  if (stmt == NULL || !kith_store_index_note (self, kind, id, error))
    return FALSE;
  kith_db_bind_text (stmt, 1, id);
  return kith_db_step_done (stmt, error) && kith_store_index_written (self, error);
}

static gboolean
run_for_scope (KithStore *self, const KithKind *kind, const char *sql, gint64 scope, GError **error)
{
  g_autoptr (KithDbStmt) stmt = kith_db_prepare (self->db, sql, error);

  if (stmt == NULL)
    return FALSE;
  kith_db_bind_int (stmt, 1, scope);
  if (!kith_db_step_done (stmt, error))
    return FALSE;
  if (kith_db_changes (self->db) > 0)
    kith_store_touch (self, kind);
  return TRUE;
}

/* Runs a statement of one parameter over a kind's rows of a scope: format as in kith_store_sql(). */
gboolean
kith_store_run_for_scope (KithStore *self, const KithKind *kind, const char *name, gint64 scope, const char *format, GError **error)
{
  g_autofree char *sql = NULL;

  if (!kith_kind_may_lie_in (kind, name))
    return TRUE;
  sql = kith_store_sql (kind, format);
  return run_for_scope (self, kind, sql, scope, error);
}

/* A statement over a scope's rows, and what also has to be true of them. */
static char *
sql_where (const KithKind *kind, const char *sql, const char *also)
{
  g_autofree char *condition = *also != '\0' ? kith_store_sql (kind, also) : NULL;

  return condition != NULL ? g_strconcat (sql, " ", condition, NULL) : g_strdup (sql);
}

/* Ids of a kind's rows of a scope, all or those of which also is true. */
static GPtrArray *
list_where (KithStore *self, const KithKind *kind, gint64 scope, const char *also, GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *sql = sql_where (kind, kith_store_sql_for (self, kind)->in_scope, also);
  g_autoptr (KithDbStmt) stmt = kith_db_prepare (self->db, sql, error);
  KithDbStep step;

  if (stmt == NULL)
    return NULL;
  kith_db_bind_int (stmt, 1, scope);
  while ((step = kith_db_step (stmt, error)) == KITH_DB_ROW)
    g_ptr_array_add (ids, g_strdup (kith_db_text (stmt, 0)));
  return step == KITH_DB_DONE ? g_steal_pointer (&ids) : NULL;
}

/* Drops a kind's rows of a scope, all or those of which also (SQL, "AND …") is true. Searched ones go one by one, so that the
 * index is told of all the scopes of a forget at once: told scope by scope it would write itself out for each. */
gboolean
kith_store_delete_where (KithStore *self, const KithKind *kind, const char *name, gint64 scope, const char *also, GError **error)
{
  g_autoptr (GPtrArray) ids = NULL;

  if (!kith_kind_may_lie_in (kind, name))
    return TRUE;
  if (kith_store_sql_for (self, kind)->old == NULL)
    {
      g_autofree char *drop = sql_where (kind, kith_store_sql_for (self, kind)->drop_scope, also);

      return run_for_scope (self, kind, drop, scope, error);
    }
  ids = list_where (self, kind, scope, also, error);
  for (guint i = 0; ids != NULL && i < ids->len; i++)
    if (!kith_store_delete_row (self, kind, ids->pdata[i], error))
      return FALSE;
  return ids != NULL;
}

/**
 * kith_store_delete_scope_rows:
 * @name: of the scope, "client:0190…"; kinds that cannot lie in such a scope are not looked at
 * @scope: its number on this lane
 */
gboolean
kith_store_delete_scope_rows (KithStore *self, const char *name, gint64 scope, GError **error)
{
  const KithKind *const *kinds;
  guint n;

  kinds = kith_kinds_list (&n);
  for (guint k = 0; k < n; k++)
    if (!kith_store_delete_where (self, kinds[k], name, scope, "", error))
      return FALSE;
  return TRUE;
}
