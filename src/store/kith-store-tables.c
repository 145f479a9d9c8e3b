/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The kinds' tables, made from their field tables when the store is opened: a new kind gets its table, a new field of a
 * kind its generated column, without touching a row. */

#include "kith-store-private.h"

#include <string.h>

#define FOUND "\n-- fold "
#define WITHOUT_TRIGGERS ", without triggers"

/* The names of the tables that are there; asked for one by one each would be looked for among all. */
static GHashTable *
list_tables (KithStore *self, GError **error)
{
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (KithDbStmt) stmt = kith_db_query (self->db, "tables-made", error);
  KithDbStep step;

  if (stmt == NULL)
    return NULL;
  while ((step = kith_db_step (stmt, error)) == KITH_DB_ROW)
    g_hash_table_add (names, g_strdup (kith_db_text (stmt, 0)));
  return step == KITH_DB_DONE ? g_steal_pointer (&names) : NULL;
}

/* kith-store-rows.c keeps the index for searching itself. */
static gboolean
drop_triggers (KithStore *self, const KithKind *kind, GError **error)
{
  g_autofree char *sql = kith_store_sql (kind, "DROP TRIGGER IF EXISTS %s_find_insert; DROP TRIGGER IF EXISTS %s_find_delete; "
                                               "DROP TRIGGER IF EXISTS %s_find_update");

  return kith_db_exec (self->db, sql, error);
}

/* A newer Kith prints another table: it is made anew around its rows. */
static gboolean
rebuild_table (KithStore *self, const KithKind *kind, const char *ddl, GError **error)
{
  g_autofree char *put_aside = kith_store_sql (kind, "CREATE TABLE put_aside AS SELECT id, scope, q, body FROM %s;"
                                                     "DROP TABLE %s; DROP TABLE IF EXISTS %s_find");
  g_autoptr (KithDbStmt) stmt = NULL;
  KithDbStep step;

  if (!kith_db_exec (self->db, put_aside, error) || !kith_db_exec (self->db, ddl, error) || !drop_triggers (self, kind, error))
    return FALSE;
  stmt = kith_db_prepare (self->db, "SELECT id, scope, q, body FROM put_aside", error);
  if (stmt == NULL)
    return FALSE;
  while ((step = kith_db_step (stmt, error)) == KITH_DB_ROW)
    if (!kith_store_write_row (self, kind, kith_db_text (stmt, 0), kith_db_int (stmt, 1), kith_db_int (stmt, 2),
                               kith_db_text (stmt, 3), NULL, error))
      return FALSE;
  g_clear_pointer (&stmt, kith_db_reset);
  return step == KITH_DB_DONE && kith_db_exec (self->db, "DROP TABLE put_aside", error);
}

/* What its rows are found by. No column says so: a field that comes to be searched is written for the rows there are too. */
static char *
searched_by (const KithKind *kind)
{
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < kind->n_fields; i++)
    {
      guint flags = kind->fields[i].flags & (KITH_FIELD_SEARCHED | KITH_FIELD_DIGITS);

      if (flags != 0)
        g_string_append_printf (names, " %s/%x", kind->fields[i].name, flags);
    }
  return g_string_free (names, FALSE);
}

/* How its rows are found is behind the table's own text. Of an older Kith's, which kept its index by triggers, nothing is. */
static gboolean
is_same_table (const char *known, const char *ddl)
{
  gsize length = strlen (ddl);

  return known != NULL && strncmp (known, ddl, length) == 0 && g_str_has_prefix (known + length, FOUND) && strstr (known + length, WITHOUT_TRIGGERS) != NULL;
}

/* known: (nullable): as it was printed when it was made; it is not as this Kith prints it */
static gboolean
bring_up_to_date (KithStore *self, const KithKind *kind, const char *known, const char *ddl, gboolean triggers, GError **error)
{
  if (!is_same_table (known, ddl))
    return kith_store_refind_drop (self, kind->name, error) && rebuild_table (self, kind, ddl, error);
  return (!triggers || drop_triggers (self, kind, error)) && (kith_store_sql_for (self, kind)->old == NULL || kith_store_refind_begin (self, kind, error));
}

/* tables: that are there; triggers: some may have been left on them. */
static gboolean
make_table (KithStore *self, const KithKind *kind, GHashTable *tables, gboolean triggers, GError **error)
{
  g_autofree char *ddl = kith_kind_print_ddl (kind, TRUE);
  g_autofree char *key = g_strconcat ("ddl:", kind->name, NULL);
  g_autofree char *known = NULL;
  g_autofree char *secure = NULL;
  g_autofree char *searched = searched_by (kind);
  g_autofree char *print = g_strdup_printf ("%s" FOUND "%d" WITHOUT_TRIGGERS "%s", ddl, KITH_FOLD_VERSION, searched);

  if (g_hash_table_contains (tables, kind->name))
    {
      g_autoptr (GError) failure = NULL;

      known = kith_db_fetch_text (self->db, &failure, "state-get", "s", key);
      if (failure != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return FALSE;
        }
      if (g_strcmp0 (known, print) == 0)
        return !triggers || drop_triggers (self, kind, error);
      if (!bring_up_to_date (self, kind, known, ddl, triggers, error))
        return FALSE;
    }
  else if (!kith_db_exec (self->db, ddl, error) || !drop_triggers (self, kind, error))
    return FALSE;
  secure = kith_kind_sql_secure_delete (kind);
  return (secure == NULL || kith_db_exec (self->db, secure, error)) && kith_store_set_state (self, key, print, error);
}

/* The kinds that any Kith has made a table for. */
static GPtrArray *
list_made (KithStore *self, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (KithDbStmt) stmt = kith_db_query (self->db, "kinds-made", error);
  KithDbStep step;

  if (stmt == NULL)
    return NULL;
  while ((step = kith_db_step (stmt, error)) == KITH_DB_ROW)
    g_ptr_array_add (names, g_strdup (kith_db_text (stmt, 0)));
  return step == KITH_DB_DONE ? g_steal_pointer (&names) : NULL;
}

/* The table stays: what a newer Kith keeps by triggers may read it. They see what goes; the index for searching has none, and is emptied as it is. */
static gboolean
empty_table (KithStore *self, const char *name, GHashTable *tables, GError **error)
{
  const KithKind kind = { .name = name };
  g_autofree char *find = g_strconcat (name, "_find", NULL);
  g_autofree char *sql = kith_store_sql (&kind, "DELETE FROM \"%s\"");
  g_autofree char *find_sql = kith_store_sql (&kind, "INSERT INTO %s_find (%s_find) VALUES ('delete-all')");

  if (g_hash_table_contains (tables, name) && !kith_db_exec (self->db, sql, error))
    return FALSE;
  return !g_hash_table_contains (tables, find) || kith_db_exec (self->db, find_sql, error);
}

/* A newer Kith was here and this one was put back in its place: it would not take away what it does not know when a scope is forgotten (I6), nor would it
 * count it. All of that kind goes now, and is fetched anew by the Kith that knows it (kith-store.c). */
static gboolean
leave_unknown (KithStore *self, GHashTable *tables, GError **error)
{
  static const char *const queries[] = { "hidden-drop-kind", "shadow-drop-kind", "kept-drop-kind", "unknown-kind-add" };
  g_autoptr (GPtrArray) made = list_made (self, error);

  for (guint i = 0; made != NULL && i < made->len; i++)
    {
      if (kith_kind_get (made->pdata[i]) != NULL)
        continue;
      if (!empty_table (self, made->pdata[i], tables, error))
        return FALSE;
      for (guint k = 0; k < G_N_ELEMENTS (queries); k++)
        if (!kith_db_run (self->db, error, queries[k], "s", made->pdata[i]))
          return FALSE;
    }
  return made != NULL;
}

/* What lists would otherwise look for in every record (alone.sql). The triggers go with a table that is made anew, and with them what they kept
 * is of no more use: all of it is found once more. */
static gboolean
keep_alone (KithStore *self, GError **error)
{
  g_autoptr (GBytes) sql = NULL;
  gint64 missing = 0;

  if (!kith_db_fetch_int (self->db, &missing, error, "alone-missing", ""))
    return FALSE;
  if (missing == 0)
    return TRUE;
  sql = g_resources_lookup_data ("/org/kith/sql/store/alone.sql", G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  return sql != NULL && kith_db_exec (self->db, g_bytes_get_data (sql, NULL), error);
}

/* The counts whose time is not over (kith-capacity-time.h), and of those where there is room. ends_at says when that is; a count of a hub of before has none,
 * and its last day is taken as it would be here. Of this connection alone: a table that is made anew knows nothing of it. */
static gboolean
show_capacity (KithDb *db, GError **error)
{
  return kith_db_exec (db,
                       "CREATE TEMP VIEW IF NOT EXISTS capacity_counted AS SELECT c.service, c.free, c.status, c.observed_at, "
                       "coalesce(c.body ->> 'per_referral', 0) AS per_referral, c.body ->> 'observed_by_name' AS observed_by_name, c.body ->> 'planned' AS planned, "
                       "CASE WHEN c.body ->> 'kind' = 'assess' THEN 2 ELSE coalesce(c.body ->> 'assess_first', 0) END AS assess FROM capacity c WHERE c.status IS NOT NULL AND "
                       "CASE WHEN c.body ->> 'ends_at' IS NOT NULL THEN c.body ->> 'ends_at' > strftime('%Y-%m-%dT%H:%M:%fZ', 'now') "
                       "ELSE coalesce(c.body ->> 'until', CASE c.body ->> 'period' "
                       "WHEN 'day' THEN date(c.observed_at, 'localtime') WHEN 'week' THEN date(c.observed_at, 'localtime', 'weekday 0') "
                       "WHEN 'month' THEN date(c.observed_at, 'localtime', 'start of month', '+1 month', '-1 day') ELSE '9' END) "
                       ">= date('now', 'localtime') END;"
                       "CREATE TEMP VIEW IF NOT EXISTS capacity_now AS SELECT service, free, status, observed_at, observed_by_name, planned, assess FROM capacity_counted "
                       "WHERE status IN ('open', 'limited');",
                       error);
}

/* What stands in the course of a referral stood in the referral once. A store of then has it there until the hub has sent what it made of it: the lists
 * go by that, as long as there is one such referral: some may have a course already, made here or come since. */
static gboolean
show_course (KithDb *db, GError **error)
{
  gint64 before = 0;

  if (!kith_db_fetch_int (db, &before, error, "course-of-before", ""))
    return FALSE;
  return kith_db_exec (db,
                       before == 0 ? "CREATE TEMP VIEW IF NOT EXISTS course_known AS SELECT referral, type, sent_at, accepted_at, closed_at, due_on, reason, body "
                                     "FROM referral_course;"
                                   : "CREATE TEMP VIEW IF NOT EXISTS course_known AS SELECT referral, type, sent_at, accepted_at, closed_at, due_on, reason, body "
                                     "FROM referral_course UNION ALL SELECT r.id, r.body ->> 'type', r.body ->> 'sent_at', r.body ->> 'accepted_at', "
                                     "r.body ->> 'closed_at', r.body ->> 'due_on', r.body ->> 'reason', json_patch('{}', json_object('referral', r.id, "
                                     "'type', r.body ->> 'type', 'sent_at', r.body ->> 'sent_at', 'accepted_at', r.body ->> 'accepted_at', 'closed_at', "
                                     "r.body ->> 'closed_at', 'due_on', r.body ->> 'due_on', 'reason', r.body ->> 'reason')) FROM referral r "
                                     "WHERE r.body ->> 'type' IS NOT NULL AND NOT EXISTS (SELECT 1 FROM referral_course c WHERE c.referral = r.id);",
                       error);
}

/**
 * kith_store_prepare_reader:
 * @db: a connection that only reads, just opened
 *
 * Gives it what the named queries need and no file has. A view of this connection alone counts as writing for SQLite, though it writes nothing.
 */
gboolean
kith_store_prepare_reader (KithDb *db, GError **error)
{
  return kith_db_exec (db, "PRAGMA query_only=OFF;", error) && show_capacity (db, error) && show_course (db, error) && kith_import_make_known (db, error) &&
         kith_db_exec (db, "PRAGMA query_only=ON;", error);
}

gboolean
kith_store_make_tables (KithStore *self, GError **error)
{
  g_autoptr (KithDbTransaction) transaction = kith_db_transaction_begin (self->db, error);
  g_autoptr (GHashTable) tables = transaction != NULL ? list_tables (self, error) : NULL;
  const KithKind *const *kinds;
  gint64 triggers = 0;
  guint n;

  if (tables == NULL || !kith_db_fetch_int (self->db, &triggers, error, "find-triggers", ""))
    return FALSE;
  kinds = kith_kinds_list (&n);
  for (guint i = 0; i < n; i++)
    if (!make_table (self, kinds[i], tables, triggers != 0, error))
      return FALSE;
  return leave_unknown (self, tables, error) && keep_alone (self, error) && show_capacity (self->db, error) && show_course (self->db, error) &&
         kith_import_make_known (self->db, error) && kith_db_transaction_commit (transaction, error);
}
