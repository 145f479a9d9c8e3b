/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-plan.h"

#include <string.h>

#define ROOT_IN_REGISTER 0x10 /* of P5: the page is not known yet */

/* Page a table or index of the whole table begins at → the table's name. */
static GHashTable *
load_roots (KithDb *db)
{
  GHashTable *roots = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (KithDbStmt) stmt =
      kith_db_prepare (db, "SELECT rootpage, tbl_name FROM sqlite_master WHERE rootpage > 0 AND NOT (type = 'index' AND coalesce(sql, '') LIKE '% WHERE %')", &error);

  g_assert_no_error (error);
  while (kith_db_step (stmt, &error) == KITH_DB_ROW)
    g_hash_table_insert (roots, GINT_TO_POINTER ((int) kith_db_int (stmt, 0)), g_strdup (kith_db_text (stmt, 1)));
  g_assert_no_error (error);
  return roots;
}

static void
note_steps (KithDbStmt *stmt, GHashTable *roots, GHashTable *cursors, GHashTable *first, GHashTable *bounded, GPtrArray *found)
{
  enum { ADDRESS, OPCODE, P1, P2, P3, P4, P5 };
  static const char *const opens[] = { "OpenRead", "OpenWrite", NULL };
  static const char *const firsts[] = { "Rewind", "Last", NULL };
  static const char *const bounds[] = { "IdxGT", "IdxGE", "IdxLT", "IdxLE", NULL };
  static const char *const nexts[] = { "Next", "Prev", "Count", NULL };
  const char *opcode = kith_db_text (stmt, OPCODE), *table;
  gpointer cursor = GINT_TO_POINTER ((int) kith_db_int (stmt, P1));

  if (g_strv_contains (opens, opcode) && !(kith_db_int (stmt, P5) & ROOT_IN_REGISTER) && kith_db_int (stmt, P3) == 0)
    g_hash_table_insert (cursors, cursor, GINT_TO_POINTER ((int) kith_db_int (stmt, P2)));
  if (g_strv_contains (firsts, opcode))
    g_hash_table_add (first, cursor);
  if (g_strv_contains (bounds, opcode)) /* from the beginning of an index, as far as a value */
    g_hash_table_add (bounded, cursor);
  if (!g_strv_contains (nexts, opcode) || !g_hash_table_contains (cursors, cursor) || g_hash_table_contains (bounded, cursor) ||
      (*opcode != 'C' && !g_hash_table_contains (first, cursor)))
    return;
  table = g_hash_table_lookup (roots, g_hash_table_lookup (cursors, cursor));
  if (table != NULL && !g_ptr_array_find_with_equal_func (found, table, g_str_equal, NULL))
    g_ptr_array_add (found, (gpointer) table);
}

char *
kith_plan_scans (KithDb *db, const char *sql)
{
  g_autoptr (GHashTable) roots = load_roots (db);
  g_autoptr (GHashTable) cursors = g_hash_table_new (NULL, NULL), first = g_hash_table_new (NULL, NULL), bounded = g_hash_table_new (NULL, NULL);
  g_autoptr (GPtrArray) found = g_ptr_array_new ();
  g_autofree char *explain = g_strconcat ("EXPLAIN ", sql, NULL);

  for (int pass = 0; pass < 2; pass++) /* what is opened, begun or bounded may stand behind its use */
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (KithDbStmt) stmt = kith_db_prepare (db, explain, &error);

      g_assert_no_error (error);
      g_ptr_array_set_size (found, 0);
      while (kith_db_step (stmt, &error) == KITH_DB_ROW)
        note_steps (stmt, roots, cursors, first, bounded, found);
      g_assert_no_error (error);
    }
  if (found->len == 0)
    return NULL;
  g_ptr_array_add (found, NULL);
  return g_strjoinv (" ", (char **) found->pdata);
}

static gboolean
all_small (const char *tables, const char *const *small)
{
  g_auto (GStrv) each = g_strsplit (tables, " ", -1);

  for (guint i = 0; each[i] != NULL; i++)
    if (!g_strv_contains (small, each[i]))
      return FALSE;
  return TRUE;
}

void
kith_plan_assert_queries (KithDb *db, const char *const *small, const KithPlanException *exceptions, guint n_exceptions)
{
  g_auto (GStrv) names = kith_db_query_names (db);
  guint n_seen = 0;

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *tables = kith_plan_scans (db, kith_db_query_text (db, names[i]));
      gboolean excepted = FALSE;

      for (guint k = 0; k < n_exceptions && !excepted; k++)
        excepted = strcmp (exceptions[k].query, names[i]) == 0;
      n_seen += excepted;
      if ((tables != NULL && !all_small (tables, small)) == excepted)
        continue;
      g_test_message ("%s reads %s from end to end%s", names[i], tables != NULL ? tables : "nothing", excepted ? ", though it is excepted" : "");
      g_test_fail ();
    }
  g_assert_cmpuint (n_seen, ==, n_exceptions); /* each names a query that is there */
}
