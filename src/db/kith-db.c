/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-db-private.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <openssl/crypto.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

/* A connection: opening, keys and pragmas. Runs on whatever one thread owns it. */

#define BUSY_TIMEOUT_MS 5000
#define PROGRESS_STEPS 2000 /* virtual machine steps between two looks at the cancellable: well under a millisecond */
#define MIN_CIPHER_MAJOR 4
#define MIN_CIPHER_MINOR 5

/* SQLite's and SQLCipher's own logs go to stderr and may name pages of a store; every failure reaches the
 * caller as a GError anyway. */
static gpointer
configure (gpointer data)
{
  sqlite3_config (SQLITE_CONFIG_LOG, NULL, NULL);
  /* Nobody asks how much memory SQLite uses: without the count an allocation takes no lock. */
  sqlite3_config (SQLITE_CONFIG_MEMSTATUS, 0);
  /* Nor what OpenSSL calls its errors: its words for them lie all over the library, of which half a megabyte more would be read. */
  OPENSSL_init_crypto (OPENSSL_INIT_NO_LOAD_CRYPTO_STRINGS, NULL);
  sqlite3_initialize ();
  return GINT_TO_POINTER (1);
}

/**
 * kith_db_hold:
 * @path: of a database, which need not be there
 *
 * Takes its writer's lock without opening it.
 *
 * Returns: a descriptor whose closing lets it go; -1 with KITH_DB_ERROR_IN_USE while a writer has it open, or another error
 */
int
kith_db_hold (const char *path, GError **error)
{
  g_autofree char *lock = g_strconcat (path, ".lock", NULL);
  int fd = g_open (lock, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

  if (fd < 0)
    {
      int saved = errno;
      g_set_error (error, KITH_DB_ERROR, KITH_DB_ERROR_FAILED, "%s: %s", lock, g_strerror (saved));
      return -1;
    }
  if (flock (fd, LOCK_EX | LOCK_NB) == 0)
    return fd;
  close (fd);
  g_set_error (error, KITH_DB_ERROR, KITH_DB_ERROR_IN_USE, _("“%s” is in use by another running Kith. Close it first."), path);
  return -1;
}

/* SQLite would make the file readable by everybody; its companions (-wal, -shm) copy the mode. Only a file that is not
 * there is touched: closing any descriptor of an open database would drop the locks SQLite holds on it. */
gboolean
kith_db_make_file (const char *path, GError **error)
{
  int fd;

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;

  fd = g_open (path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd < 0)
    {
      int saved = errno;
      g_set_error (error, KITH_DB_ERROR, saved == ENOSPC ? KITH_DB_ERROR_FULL : KITH_DB_ERROR_FAILED, "%s: %s",
                   path, g_strerror (saved));
      return FALSE;
    }
  close (fd);
  return TRUE;
}

static gboolean
open_handle (KithDb *self, GError **error)
{
  g_autofree char *uri = NULL;
  int flags = SQLITE_OPEN_NOMUTEX;
  int code;

  if (self->memory)
    {
      g_autofree char *escaped = g_uri_escape_string (self->path, NULL, FALSE);
      uri = g_strdup_printf ("file:/%s?vfs=memdb", escaped);
      flags |= SQLITE_OPEN_URI | SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    }
  else
    flags |= self->readonly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;

  code = sqlite3_open_v2 (uri != NULL ? uri : self->path, &self->handle, flags, NULL);
  if (code != SQLITE_OK)
    {
      kith_db_set_error (self, code, self->path, error);
      return FALSE;
    }
  sqlite3_extended_result_codes (self->handle, 1);
  /* At once: a reader without it met "database is locked" (platform.md 5). */
  sqlite3_busy_timeout (self->handle, BUSY_TIMEOUT_MS);
  return kith_db_add_functions (self, error);
}

/* One value of a pragma, NULL when it answers nothing. */
static char *
pragma_text (KithDb *self, const char *sql)
{
  sqlite3_stmt *stmt = NULL;
  char *text = NULL;

  if (sqlite3_prepare_v2 (self->handle, sql, -1, &stmt, NULL) == SQLITE_OK && sqlite3_step (stmt) == SQLITE_ROW)
    text = g_strdup ((const char *) sqlite3_column_text (stmt, 0));
  sqlite3_finalize (stmt);
  return text;
}

static gboolean
check_library (KithDb *self, GError **error)
{
  g_autofree char *version = pragma_text (self, "PRAGMA cipher_version");
  int major = 0, minor = 0;

  if (version != NULL && sscanf (version, "%d.%d", &major, &minor) == 2 &&
      (major > MIN_CIPHER_MAJOR || (major == MIN_CIPHER_MAJOR && minor >= MIN_CIPHER_MINOR)) &&
      sqlite3_compileoption_used ("ENABLE_FTS5"))
    return TRUE;

  g_set_error (error, KITH_DB_ERROR, KITH_DB_ERROR_FAILED,
               "this program was built against SQLCipher %s; Kith needs 4.5 or newer with FTS5",
               version != NULL ? version : "(none)");
  return FALSE;
}

void
kith_db_write_key (const guint8 *key, char text[KITH_DB_KEY_TEXT + 1])
{
  memcpy (text, "x'", 2);
  for (guint i = 0; i < 32; i++)
    g_snprintf (text + 2 + 2 * i, 3, "%02x", key[i]);
  memcpy (text + 66, "'", 2);
}

static gboolean
set_key (KithDb *self, const guint8 *key, GError **error)
{
  char text[KITH_DB_KEY_TEXT + 1];
  int code;

  if (key == NULL)
    return TRUE;

  kith_db_write_key (key, text);
  code = sqlite3_key (self->handle, text, KITH_DB_KEY_TEXT);
  explicit_bzero (text, sizeof text);

  if (code == SQLITE_OK)
    return TRUE;
  kith_db_set_error (self, code, "key", error);
  return FALSE;
}

/* The first read tells whether the key is right. */
static gboolean
check_key (KithDb *self, GError **error)
{
  int code = sqlite3_exec (self->handle, "SELECT count(*) FROM sqlite_master", NULL, NULL, NULL);

  if (code == SQLITE_OK)
    return TRUE;
  if ((code & 0xff) == SQLITE_NOTADB)
    g_set_error (error, KITH_DB_ERROR, KITH_DB_ERROR_WRONG_KEY, _("“%s” does not open with this key."), self->path);
  else
    kith_db_set_error (self, code, self->path, error);
  return FALSE;
}

static gboolean
set_synchronous (KithDb *self, gboolean lazy, GError **error)
{
  return kith_db_exec (self, lazy ? "PRAGMA synchronous=NORMAL;" : "PRAGMA synchronous=FULL;", error);
}

/* Pages in memory, and in the log before they are put in their places. In bulk each page is written to by many transactions: it is read and
 * deciphered once, and put in its place seldom. */
static gboolean
set_room (KithDb *self, gboolean bulk, GError **error)
{
  return kith_db_exec (self, bulk ? "PRAGMA wal_autocheckpoint=16000; PRAGMA cache_size=-98304;"
                                  : "PRAGMA wal_autocheckpoint=2000; PRAGMA cache_size=-16384;",
                       error);
}

/* Of a database without a page. */
static gboolean
set_page_size (KithDb *self, guint bytes, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("PRAGMA page_size=%u;", bytes);

  return bytes == 0 || kith_db_exec (self, sql, error);
}

static gboolean
set_pragmas (KithDb *self, GError **error)
{
  if (!kith_db_exec (self, "PRAGMA temp_store=MEMORY; PRAGMA mmap_size=0; PRAGMA secure_delete=ON; "
                           "PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON; PRAGMA foreign_keys=ON;",
                     error))
    return FALSE;

  if (self->memory)
    return kith_db_exec (self, self->readonly ? "PRAGMA query_only=ON;" : "PRAGMA synchronous=OFF;", error);

  if (self->readonly)
    {
      /* Checkpoints are the writer's alone: two connections that checkpoint meet the WAL-reset fault (sync.md D11). */
      sqlite3_db_config (self->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
      return kith_db_exec (self, "PRAGMA query_only=ON; PRAGMA wal_autocheckpoint=0; PRAGMA cache_size=-16384;", error);
    }

  return kith_db_exec (self, "PRAGMA journal_mode=WAL; PRAGMA journal_size_limit=16777216;", error) && set_room (self, FALSE, error) &&
         set_synchronous (self, self->lazy_sync, error);
}

static int
progress_cb (void *data)
{
  return g_cancellable_is_cancelled (data);
}

/**
 * kith_db_open:
 * @options: what to open; nothing of it is kept
 *
 * Opens a connection. The one writer of a file also takes a lock beside it ("PATH.lock"), so that a second process, or a
 * second writer in this one, is told KITH_DB_ERROR_IN_USE; readers need no lock. A memory database has no such limit.
 * A wrong key, a missing key and a file that is no database are all KITH_DB_ERROR_WRONG_KEY: they cannot be told apart.
 *
 * Returns: (transfer full): the connection, for one thread at a time
 */
KithDb *
kith_db_open (const KithDbOptions *options, GError **error)
{
  static GOnce once = G_ONCE_INIT;
  g_autoptr (KithDb) self = NULL;

  g_return_val_if_fail (options != NULL && options->path != NULL, NULL);

  g_once (&once, configure, NULL);

  self = g_new0 (KithDb, 1);
  self->path = g_strdup (options->path);
  self->readonly = options->readonly;
  self->memory = options->memory;
  self->lazy_sync = options->lazy_sync;
  self->lock_fd = -1;
  kith_db_statements_init (self);

  if (options->queries != NULL)
    {
      self->queries = kith_db_queries_load (options->queries, error);
      if (self->queries == NULL)
        return NULL;
    }
  if (!self->memory && !self->readonly && ((self->lock_fd = kith_db_hold (self->path, error)) < 0 || !kith_db_make_file (self->path, error)))
    return NULL;
  if (!open_handle (self, error))
    return NULL;
  if (!check_library (self, error) || !set_key (self, options->key, error))
    return NULL;
  /* After the key: the first key of a process sets SQLCipher up, its log on stderr too. */
  sqlite3_exec (self->handle, "PRAGMA cipher_log_level=NONE", NULL, NULL, NULL);
  if (!check_key (self, error) || !set_page_size (self, options->page_size, error) || !set_pragmas (self, error))
    return NULL;

  return g_steal_pointer (&self);
}

/* One number of a pragma; -1: it could not be read. */
static gint64
pragma_int (KithDb *self, const char *sql)
{
  g_autofree char *text = pragma_text (self, sql);

  return text != NULL ? g_ascii_strtoll (text, NULL, 10) : -1;
}

/**
 * kith_db_copy:
 * @path: a file that is not there yet; on failure what is there is no database
 * @key: (nullable): 32 bytes, the very key @self was opened with, or NULL for one that is not encrypted: pages are copied as they are
 *
 * One snapshot, for which @self may be a reader beside the writer.
 */
gboolean
kith_db_copy (KithDb *self, const char *path, const guint8 *key, GError **error)
{
  const gint64 size = pragma_int (self, "PRAGMA page_size");
  /* SQLite does not copy into pages of another size. */
  const KithDbOptions options = { .path = path, .key = key, .page_size = key == NULL && size > 0 ? (guint) size : 0 };
  g_autoptr (KithDb) to = NULL;
  sqlite3_backup *backup;
  int code;

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS, _("“%s” is there already and was left as it is."), path);
      return FALSE;
    }
  to = kith_db_open (&options, error);
  if (to == NULL)
    return FALSE;
  backup = sqlite3_backup_init (to->handle, "main", self->handle, "main");
  if (backup != NULL)
    sqlite3_backup_step (backup, -1);
  code = backup != NULL ? sqlite3_backup_finish (backup) : sqlite3_errcode (to->handle);
  if (code == SQLITE_OK)
    return TRUE;
  kith_db_set_error (to, code, path, error);
  return FALSE;
}

/**
 * kith_db_get_size:
 *
 * Returns: bytes, free pages included, and of a file also those whose newest pages are still in the log; -1 when they cannot be read
 */
gint64
kith_db_get_size (KithDb *self)
{
  gint64 pages = pragma_int (self, "PRAGMA page_count"), size = pragma_int (self, "PRAGMA page_size");

  return pages < 0 || size < 0 ? -1 : pages * size;
}

/**
 * kith_db_rewrite:
 *
 * Readers see what they saw and go on. Needs the room of the file once more, on the disk and for a while in memory. It is one transaction: killed
 * before its end, the file is as it was. Errors: KITH_DB_ERROR_BUSY when a reader in the middle of something kept the log from being
 * emptied: the former pages are still there then, and it is to be done again.
 */
gboolean
kith_db_rewrite (KithDb *self, GError **error)
{
  g_return_val_if_fail (!self->readonly && !kith_db_in_transaction (self), FALSE);

  if (!kith_db_exec (self, "VACUUM", error))
    return FALSE;
  if (self->memory || pragma_int (self, "PRAGMA wal_checkpoint (TRUNCATE)") == 0) /* its first column: kept from it by a reader */
    return TRUE;
  g_set_error (error, KITH_DB_ERROR, KITH_DB_ERROR_BUSY, "%s: the log could not be emptied", self->path);
  return FALSE;
}

/**
 * kith_db_close:
 * @self: (nullable) (transfer full): the connection
 *
 * Rolls back what is open and lets the lock of the file go. A statement somebody still holds fails from now on and is freed at its kith_db_reset().
 */
void
kith_db_close (KithDb *self)
{
  int code;

  if (self == NULL)
    return;

  kith_db_set_cancellable (self, NULL);
  kith_db_statements_clear (self);
  code = sqlite3_close (self->handle); /* rolls back what is open */
  if (code != SQLITE_OK)
    g_critical ("closing a database: %s", sqlite3_errstr (code));
  if (self->lock_fd >= 0)
    close (self->lock_fd);
  g_free (self->path);
  g_free (self);
}

/**
 * kith_db_exec:
 * @sql: one statement or several, without parameters; rows are dropped
 *
 * No cache and no transaction of its own: when the second of several fails, the first has run.
 */
gboolean
kith_db_exec (KithDb *self, const char *sql, GError **error)
{
  int code = sqlite3_exec (self->handle, sql, NULL, NULL, NULL);

  if (code == SQLITE_OK)
    return TRUE;
  kith_db_set_error (self, code, "schema", error);
  return FALSE;
}

/**
 * kith_db_set_lazy_sync:
 *
 * Nothing changes for a connection that was opened lazy_sync, or in memory.
 */
gboolean
kith_db_set_lazy_sync (KithDb *self, gboolean lazy, GError **error)
{
  g_return_val_if_fail (!self->readonly && !kith_db_in_transaction (self), FALSE);

  return self->memory || self->lazy_sync || set_synchronous (self, lazy, error);
}

/**
 * kith_db_set_bulk:
 *
 * Nothing changes in memory. When it is over what it took of memory is given back, and the log put in its place: the next commit, perhaps one that a
 * person waits for, would do it instead.
 */
gboolean
kith_db_set_bulk (KithDb *self, gboolean bulk, GError **error)
{
  g_return_val_if_fail (!self->readonly && !kith_db_in_transaction (self), FALSE);

  return self->memory || (set_room (self, bulk, error) && (bulk || kith_db_exec (self, "PRAGMA wal_checkpoint (PASSIVE); PRAGMA shrink_memory;", error)));
}

/**
 * kith_db_set_cancellable:
 * @cancellable: (nullable): looked at while statements run
 *
 * A cancelled statement fails with KITH_DB_ERROR_CANCELLED; when it was writing, SQLite has rolled back the whole transaction.
 */
void
kith_db_set_cancellable (KithDb *self, GCancellable *cancellable)
{
  if (!g_set_object (&self->cancellable, cancellable))
    return;
  if (cancellable != NULL)
    sqlite3_progress_handler (self->handle, PROGRESS_STEPS, progress_cb, cancellable);
  else
    sqlite3_progress_handler (self->handle, 0, NULL, NULL);
}
