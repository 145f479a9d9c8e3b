/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-db-private.h"

#include <glib/gi18n.h>

/* Numbered migrations: 0001-why.sql, 0002-… of a compiled-in folder, each run once and in a transaction of its own
 * together with the row that says so. */

#define CREATE_TABLE "CREATE TABLE IF NOT EXISTS schema_migration (number BIGINT PRIMARY KEY, name TEXT NOT NULL)"

static gint64
number_of (const char *file)
{
  return g_ascii_strtoll (file, NULL, 10);
}

static int
compare_files (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

/* The numbered files in order; what is not numbered is left alone. */
static GPtrArray *
list_files (const char *folder, GError **error)
{
  g_auto (GStrv) children = g_resources_enumerate_children (folder, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_free);

  if (children == NULL)
    return NULL;
  for (guint i = 0; children[i] != NULL; i++)
    if (g_str_has_suffix (children[i], ".sql") && number_of (children[i]) > 0)
      g_ptr_array_add (files, g_strdup (children[i]));
  g_ptr_array_sort (files, compare_files);
  return g_steal_pointer (&files);
}

static gboolean
highest (KithDb *self, gint64 *number, GError **error)
{
  g_autoptr (KithDbStmt) there =
      kith_db_prepare (self, "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'schema_migration'", error);
  g_autoptr (KithDbStmt) stmt = NULL;
  KithDbStep step;

  *number = 0;
  if (there == NULL)
    return FALSE;
  step = kith_db_step (there, error);
  if (step != KITH_DB_ROW)
    return step == KITH_DB_DONE;

  stmt = kith_db_prepare (self, "SELECT coalesce(max(number), 0) FROM schema_migration", error);
  if (stmt == NULL || kith_db_step (stmt, error) != KITH_DB_ROW)
    return FALSE;
  *number = kith_db_int (stmt, 0);
  return TRUE;
}

static gboolean
run_file (KithDb *self, const char *folder, const char *file, GError **error)
{
  g_autofree char *path = g_build_path ("/", folder, file, NULL);
  g_autoptr (GBytes) sql = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  g_autoptr (KithDbTransaction) transaction = NULL;
  g_autoptr (KithDbStmt) stmt = NULL;

  if (sql == NULL)
    return FALSE;
  transaction = kith_db_transaction_begin (self, error);
  if (transaction == NULL)
    return FALSE;
  if (!kith_db_exec (self, CREATE_TABLE, error) || !kith_db_exec (self, g_bytes_get_data (sql, NULL), error))
    {
      g_prefix_error (error, "%s: ", path);
      return FALSE;
    }

  stmt = kith_db_prepare (self, "INSERT INTO schema_migration (number, name) VALUES (?1, ?2)", error);
  if (stmt == NULL)
    return FALSE;
  kith_db_bind_int (stmt, 1, number_of (file));
  kith_db_bind_text (stmt, 2, file);
  return kith_db_step_done (stmt, error) && kith_db_transaction_commit (transaction, error);
}

/**
 * kith_db_migrate:
 * @folder: a gresource folder
 *
 * A database that has run a number above the folder's last is KITH_DB_ERROR_NEWER and stays untouched. A reader only checks:
 * one whose schema is older than the folder is KITH_DB_ERROR_FAILED, since its writer has to migrate first.
 */
gboolean
kith_db_migrate (KithDb *self, const char *folder, GError **error)
{
  g_autoptr (GPtrArray) files = list_files (folder, error);
  gint64 done = 0, last = 0;

  if (files == NULL || !highest (self, &done, error))
    return FALSE;
  if (files->len > 0)
    last = number_of (files->pdata[files->len - 1]);

  if (done > last)
    {
      g_set_error (error, KITH_DB_ERROR, KITH_DB_ERROR_NEWER,
                   _("“%s” was made by a newer Kith. Update this one; nothing was changed."), self->path);
      return FALSE;
    }
  if (self->readonly && done < last)
    {
      g_set_error (error, KITH_DB_ERROR, KITH_DB_ERROR_FAILED,
                   _("“%s” was made by an older Kith. What writes to it (of a hub: “kith-hub serve”) brings it up to date when it starts. Nothing was changed."),
                   self->path);
      return FALSE;
    }
  for (guint i = 0; i < files->len; i++)
    if (number_of (files->pdata[i]) > done && !run_file (self, folder, files->pdata[i], error))
      return FALSE;
  return TRUE;
}
