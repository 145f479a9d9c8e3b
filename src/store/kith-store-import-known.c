/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whom the rows of a long list are told apart by: the birth date and the names of the clients here, in memory while the list is read. The clients with a
 * row's birth date lie all over the file: a list of hundreds of thousands would have each page of it read, and deciphered, hundreds of times. */

#include "kith-store-import-private.h"

#define MOST 500000 /* clients: of each some 60 bytes. Where there are more, or a list is short, the records themselves are asked */

/**
 * kith_import_make_known:
 * @db: of a store, or that reads one beside it
 *
 * The table is there, empty, so that the named queries find it.
 */
gboolean
kith_import_make_known (KithDb *db, GError **error)
{
  return kith_db_exec (db,
                       "CREATE TEMP TABLE IF NOT EXISTS import_known (born TEXT NOT NULL, rid INTEGER NOT NULL, family TEXT, given TEXT, "
                       "PRIMARY KEY (born, rid)) WITHOUT ROWID;",
                       error);
}

/* Its triggers are what says that it is filled: a transaction that fails takes them back with it. */
static gboolean
is_filled (KithStore *self, gboolean *filled, GError **error)
{
  gint64 n = 0;

  if (!kith_db_fetch_int (self->db, &n, error, "import-known-kept", ""))
    return FALSE;
  *filled = n != 0;
  return TRUE;
}

/**
 * kith_import_know:
 * @first: of the rows that are to be told apart; what came before them is in the list already
 * @known: (out): whether "import-alike-known" can be asked: it says what "import-alike" does
 *
 * Within a transaction. With the first rows of a list the records are asked: somebody waits for these, and most lists have no more.
 */
gboolean
kith_import_know (KithStore *self, const char *id, gint64 first, gboolean *known, GError **error)
{
  g_autoptr (GBytes) sql = NULL;
  gint64 worth = 0;

  if (!is_filled (self, known, error))
    return FALSE;
  if (*known)
    return TRUE;
  if (!kith_db_fetch_int (self->db, &worth, error, "import-known-worth", "sii", id, first, (gint64) MOST))
    return FALSE;
  if (worth == 0)
    return TRUE;
  sql = g_resources_lookup_data ("/org/kith/sql/store/import-known.sql", G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  *known = sql != NULL && kith_db_exec (self->db, g_bytes_get_data (sql, NULL), error);
  return *known;
}

/**
 * kith_store_import_end_reading:
 *
 * No more rows come: the memory is free again, and no change of a client is followed. Nothing of the list changes.
 */
gboolean
kith_store_import_end_reading (KithStore *self, GError **error)
{
  gboolean filled;

  if (!is_filled (self, &filled, error))
    return FALSE;
  return !filled || kith_db_exec (self->db,
                                  "DROP TRIGGER temp.import_known_insert; DROP TRIGGER temp.import_known_update; DROP TRIGGER temp.import_known_delete; "
                                  "DELETE FROM temp.import_known;",
                                  error);
}
