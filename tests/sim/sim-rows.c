/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim.h"

/* What lies in a store or in the hub, row by row. */

static void
row_free (gpointer data)
{
  SimRow *row = data;

  g_free (row->scope);
  g_free (row->body);
  g_free (row);
}

static void
read_rows (GHashTable *rows, KithDb *db, const char *kind, const char *sql, const char *arg)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KithDbStmt) stmt = kith_db_prepare (db, sql, &error);

  if (stmt == NULL)
    g_error ("%s: %s", sql, error->message);
  if (arg != NULL)
    kith_db_bind_text (stmt, 1, arg);
  while (kith_db_step (stmt, &error) == KITH_DB_ROW)
    {
      char *key = g_strconcat (kind != NULL ? kind : kith_db_text (stmt, 4), "/", kith_db_text (stmt, 0), NULL);
      SimRow *row;

      if (kith_db_is_null (stmt, 3))
        {
          g_hash_table_remove (rows, key);
          g_free (key);
          continue;
        }
      row = g_new0 (SimRow, 1);
      row->scope = g_strdup (kith_db_text (stmt, 1));
      row->q = kith_db_int (stmt, 2);
      row->body = g_strdup (kith_db_text (stmt, 3));
      g_hash_table_insert (rows, key, row);
    }
  if (error != NULL)
    g_error ("%s: %s", sql, error->message);
}

static GHashTable *
rows_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, row_free);
}

/* hub_part: without what the person's own waiting operations wrote. */
GHashTable *
sim_rows_of_store (KithStore *store, gboolean hub_part)
{
  KithDb *db = kith_store_get_db (store);
  GHashTable *rows = rows_new ();
  guint n;
  const KithKind *const *kinds = kith_kinds_list (&n);

  for (guint k = 0; k < n; k++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT r.id, s.name, r.q, r.body FROM \"%s\" r LEFT JOIN scope s ON s.i = r.scope", kinds[k]->name);

      read_rows (rows, db, kinds[k]->name, sql, NULL);
    }
  if (hub_part)
    read_rows (rows, db, NULL, "SELECT w.id, s.name, w.q, w.body, w.t FROM shadow w LEFT JOIN scope s ON s.i = w.scope", NULL);

  return rows;
}

/* Whatever of the hub's rows that person sees by the oracle. */
GHashTable *
sim_rows_of_hub (Sim *self)
{
  GHashTable *rows = rows_new ();
  guint n;
  const KithKind *const *kinds = kith_kinds_list (&n);

  for (guint k = 0; k < n; k++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT r.id, s.name, r.q, k.body FROM sync_row r JOIN scope s ON s.sid = r.sid JOIN \"%s\" k "
                                              "ON k.id = r.id WHERE r.t = ?1 AND r.del = 0",
                                              kinds[k]->name);

      read_rows (rows, kith_hub_get_db (self->hub), kinds[k]->name, sql, kinds[k]->name);
    }

  return rows;
}

/* which: a key where they differ. */
gboolean
sim_rows_equal (GHashTable *a, GHashTable *b, const char **which)
{
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, a);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      SimRow *x = value, *y = g_hash_table_lookup (b, key);

      if (y == NULL || x->q != y->q || g_strcmp0 (x->scope, y->scope) != 0 || !g_str_equal (x->body, y->body))
        {
          *which = key;
          return FALSE;
        }
    }

  return g_hash_table_size (a) == g_hash_table_size (b);
}
