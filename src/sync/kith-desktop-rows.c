/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A whole list for a file: never more of it in memory than one row. */

#include "kith-list-load.h"

gboolean
kith_desktop_each_row (gpointer db, const char *query, const char *const *args, KithDesktopRowFunc func, gpointer data, GCancellable *cancellable,
                       GError **error)
{
  g_autoptr (KithDbStmt) stmt = kith_db_query (db, query, error);
  g_autoptr (GPtrArray) columns = NULL;
  KithDbStep step;

  if (stmt == NULL)
    return FALSE;
  for (int i = 0; args != NULL && args[i] != NULL; i++)
    kith_db_bind_text (stmt, i + 1, args[i]);
  columns = kith_row_read_columns (stmt);
  while ((step = kith_db_step (stmt, error)) == KITH_DB_ROW)
    {
      g_autoptr (KithRow) row = kith_row_new (columns, kith_row_read (stmt));

      if (g_cancellable_set_error_if_cancelled (cancellable, error) || !func (row, data, error))
        return FALSE;
    }
  return step == KITH_DB_DONE;
}
