/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a result of SQLite means, and what a connection has met of it. */

#include "kith-db-private.h"

#include <errno.h>

/**
 * kith_db_error_quark:
 *
 * Returns: the domain of #KithDbError, for what the database fails with; a missing resource folder and a target that is there already
 * (kith_db_copy()) keep the domains of GIO
 */
G_DEFINE_QUARK (kith-db-error-quark, kith_db_error)

static int
map_code (KithDb *self, int code)
{
  switch (code & 0xff)
    {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return KITH_DB_ERROR_BUSY;
    case SQLITE_FULL:
      return KITH_DB_ERROR_FULL;
    case SQLITE_IOERR:
      if (self->handle != NULL && sqlite3_system_errno (self->handle) == ENOSPC)
        return KITH_DB_ERROR_FULL;
      return KITH_DB_ERROR_FAILED;
    case SQLITE_CONSTRAINT:
      return KITH_DB_ERROR_CONSTRAINT;
    case SQLITE_CORRUPT:
      if (self->handle != NULL && sqlite3_extended_errcode (self->handle) == SQLITE_CORRUPT_VTAB)
        return KITH_DB_ERROR_INDEX;
      return KITH_DB_ERROR_CORRUPT;
    case SQLITE_NOTADB:
      return KITH_DB_ERROR_CORRUPT;
    case SQLITE_INTERRUPT:
      return KITH_DB_ERROR_CANCELLED;
    default:
      return KITH_DB_ERROR_FAILED;
    }
}

/**
 * kith_db_set_error:
 * @code: a result code of SQLite, extended or not
 * @what: the act, for the message: a query's text or a path, never a value that was bound
 *
 * Anything without a code of its own becomes KITH_DB_ERROR_FAILED. Asks the connection for its last message: call it before anything else runs there.
 */
void
kith_db_set_error (KithDb *self, int code, const char *what, GError **error)
{
  const char *message = self->handle != NULL ? sqlite3_errmsg (self->handle) : sqlite3_errstr (code);

  self->damaged = self->damaged || map_code (self, code) == KITH_DB_ERROR_CORRUPT;
  self->index_broken = self->index_broken || map_code (self, code) == KITH_DB_ERROR_INDEX;
  g_set_error (error, KITH_DB_ERROR, map_code (self, code), "%s: %s (%d)", what, message, code);
}

/**
 * kith_db_is_damaged:
 *
 * Returns: whether anything this connection did since it was opened met KITH_DB_ERROR_CORRUPT, whoever was told
 */
gboolean
kith_db_is_damaged (KithDb *self)
{
  return self->damaged;
}

/**
 * kith_db_take_index_broken:
 *
 * Returns: whether anything this connection did since this was asked last met KITH_DB_ERROR_INDEX, whoever was told
 */
gboolean
kith_db_take_index_broken (KithDb *self)
{
  gboolean broken = self->index_broken;

  self->index_broken = FALSE;
  return broken;
}
