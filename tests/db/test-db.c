/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-db.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* What every engine behind kith-db.h must do. The tests run on a plain file, an encrypted file and a memory database. */

#define QUERIES "/org/kith/test/db/queries"
#define ONE "/org/kith/test/db/one"
#define TWO "/org/kith/test/db/two"
#define BROKEN "/org/kith/test/db/broken"

static const guint8 key_a[32] = { 1, 2, 3, 4, 255 };
static const guint8 key_b[32] = { 1, 2, 3, 4, 254 };

typedef enum
{
  PLAIN,
  ENCRYPTED,
  MEMORY,
} Engine;

typedef struct
{
  char *folder;
  char *path;
  KithDbOptions options;
  KithDb *db;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  Engine engine = GPOINTER_TO_INT (data);
  static int counter;

  f->folder = g_dir_make_tmp ("kith-db-XXXXXX", &error);
  g_assert_no_error (error);
  f->path = engine == MEMORY ? g_strdup_printf ("test memory/%d", counter++) : g_build_filename (f->folder, "a.db", NULL);
  f->options = (KithDbOptions) {
    .path = f->path,
    .memory = engine == MEMORY,
    .key = engine == ENCRYPTED ? key_a : NULL,
    .queries = QUERIES,
  };
  f->db = kith_db_open (&f->options, &error);
  g_assert_no_error (error);
  g_assert_true (kith_db_migrate (f->db, ONE, &error));
  g_assert_no_error (error);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  static const char *const names[] = { "a.db", "a.db-wal", "a.db-shm", "a.db.lock", "a.db-journal" };

  kith_db_close (f->db);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (f->folder, names[i], NULL);
      g_unlink (path);
    }
  g_assert_cmpint (g_rmdir (f->folder), ==, 0);
  g_free (f->folder);
  g_free (f->path);
}

static void
put (KithDb *db, const char *id, const char *name)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (kith_db_run (db, &error, "person-put", "ssin", id, name, (gint64) 30));
  g_assert_no_error (error);
}

static gint64
count (KithDb *db)
{
  g_autoptr (GError) error = NULL;
  gint64 n = -1;

  g_assert_true (kith_db_fetch_int (db, &n, &error, "person-count", NULL));
  g_assert_no_error (error);
  return n;
}

static gint64
pragma (KithDb *db, const char *sql)
{
  g_autoptr (KithDbStmt) stmt = kith_db_prepare (db, sql, NULL);

  g_assert_cmpint (kith_db_step (stmt, NULL), ==, KITH_DB_ROW);
  return kith_db_int (stmt, 0);
}

/* The number of a row that was added, not of one that a trigger added for it nor of one that was there. */
static void
test_last_row (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (kith_db_exec (f->db,
                               "CREATE TABLE one (i INTEGER PRIMARY KEY, name TEXT UNIQUE); CREATE TABLE other (i INTEGER PRIMARY KEY);"
                               "CREATE TRIGGER one_insert AFTER INSERT ON one BEGIN INSERT INTO other VALUES (new.i + 1000); END;"
                               "INSERT INTO one VALUES (41, 'a'); INSERT INTO one (name) VALUES ('b');",
                               &error));
  g_assert_no_error (error);
  g_assert_cmpint (kith_db_last_row (f->db), ==, 42);
  g_assert_cmpint (kith_db_changes (f->db), ==, 1);
  g_assert_true (kith_db_exec (f->db, "INSERT INTO one (name) VALUES ('a') ON CONFLICT (name) DO NOTHING;", &error));
  g_assert_cmpint (kith_db_changes (f->db), ==, 0);
  g_assert_cmpint (kith_db_last_row (f->db), ==, 42);
}

/* More room while very much is written, and as much as ever behind it, with all of it in its place. */
static void
test_bulk (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 pages = pragma (f->db, "PRAGMA cache_size"), log = pragma (f->db, "PRAGMA wal_autocheckpoint");

  g_assert_true (kith_db_set_bulk (f->db, TRUE, &error));
  g_assert_no_error (error);
  g_assert_cmpint (pragma (f->db, "PRAGMA cache_size"), <, pages); /* in KiB below nothing */
  g_assert_cmpint (pragma (f->db, "PRAGMA wal_autocheckpoint"), >, log);
  g_assert_true (kith_db_exec (f->db, "CREATE TABLE much (i INTEGER PRIMARY KEY, name TEXT); INSERT INTO much (name) VALUES ('a');", &error));
  g_assert_true (kith_db_set_bulk (f->db, FALSE, &error));
  g_assert_no_error (error);
  g_assert_cmpint (pragma (f->db, "PRAGMA cache_size"), ==, pages);
  g_assert_cmpint (pragma (f->db, "PRAGMA wal_autocheckpoint"), ==, log);
  g_assert_cmpint (pragma (f->db, "SELECT count(*) FROM much"), ==, 1);
}

static void
test_round_trip (Fixture *f, gconstpointer data)
{
  static const char *const texts[] = { "", "Ana", "Łukasz Ñ 田 👩‍👩‍👧", "a'b\"c;--", "line\nline", "\xc2\x80" };
  static const gint64 numbers[] = { 0, 1, -1, G_MAXINT64, G_MININT64, G_GINT64_CONSTANT (9007199254740993) };
  g_autoptr (GError) error = NULL;
  guint8 bytes[256];

  for (guint i = 0; i < 256; i++)
    bytes[i] = (guint8) i;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (KithDbStmt) in = kith_db_query (f->db, "person-put", &error);
      g_autoptr (KithDbStmt) out = NULL;
      const void *blob;
      gsize length;

      kith_db_bind_text (in, 1, "p");
      kith_db_bind_text (in, 2, texts[i]);
      kith_db_bind_int (in, 3, numbers[i]);
      kith_db_bind_blob (in, 4, bytes, i == 0 ? 0 : sizeof bytes);
      g_assert_true (kith_db_step_done (in, &error));
      g_assert_cmpint (kith_db_changes (f->db), ==, 1);

      out = kith_db_prepare (f->db, "SELECT name, age, photo FROM person WHERE id = 'p'", &error);
      g_assert_no_error (error);
      g_assert_cmpint (kith_db_step (out, &error), ==, KITH_DB_ROW);
      g_assert_cmpstr (kith_db_text (out, 0), ==, texts[i]);
      g_assert_cmpint (kith_db_int (out, 1), ==, numbers[i]);
      blob = kith_db_blob (out, 2, &length);
      g_assert_cmpmem (blob, length, bytes, i == 0 ? 0 : sizeof bytes);
      g_assert_false (kith_db_is_null (out, 2));
      g_assert_cmpint (kith_db_step (out, &error), ==, KITH_DB_DONE);
      g_assert_no_error (error);
    }
}

static void
test_null (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KithDbStmt) out = NULL;
  g_autofree char *none = NULL;
  gint64 untouched = 7;
  gsize length = 1;

  g_assert_true (kith_db_run (f->db, &error, "person-put", "ssnn", "p", "x"));
  out = kith_db_prepare (f->db, "SELECT age, photo, ?1 FROM person", &error);
  kith_db_bind_text (out, 1, NULL);
  g_assert_cmpint (kith_db_step (out, &error), ==, KITH_DB_ROW);
  g_assert_true (kith_db_is_null (out, 0));
  g_assert_cmpint (kith_db_int (out, 0), ==, 0);
  g_assert_null (kith_db_text (out, 2));
  g_assert_null (kith_db_blob (out, 1, &length));
  g_assert_cmpuint (length, ==, 0);

  none = kith_db_fetch_text (f->db, &error, "person-name", "s", "nobody");
  g_assert_no_error (error);
  g_assert_null (none);
  g_assert_true (kith_db_fetch_int (f->db, &untouched, &error, "person-name", "s", "nobody"));
  g_assert_cmpint (untouched, ==, 7);
}

static void
test_queries (Fixture *f, gconstpointer data)
{
  static const char *const expected[] = { "person-ages-up", "person-count", "person-name", "person-odd", "person-put", NULL };
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) names = kith_db_query_names (f->db);
  g_autofree char *odd = NULL;

  g_assert_cmpstrv (names, expected);
  odd = kith_db_fetch_text (f->db, &error, "person-odd", "ss", "N", "I");
  g_assert_no_error (error);
  g_assert_cmpstr (odd, ==, ":nameI:NI");

  g_assert_null (kith_db_query (f->db, "person-nothing", &error));
  g_assert_error (error, KITH_DB_ERROR, KITH_DB_ERROR_NO_QUERY);
  g_clear_error (&error);
  g_assert_false (kith_db_run (f->db, &error, "person-name", "ss", "too", "many"));
  g_assert_error (error, KITH_DB_ERROR, KITH_DB_ERROR_FAILED);
}

static void
test_wrong_queries (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  KithDbOptions options = { .path = "wrong", .memory = TRUE, .queries = "/org/kith/test/db/wrong" };

  g_assert_null (kith_db_open (&options, &error));
  g_assert_error (error, KITH_DB_ERROR, KITH_DB_ERROR_NO_QUERY);
}

static void
test_bind_errors (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KithDbStmt) stmt = kith_db_query (f->db, "person-name", &error);

  kith_db_bind_text (stmt, 2, "there is no second");
  g_assert_cmpint (kith_db_step (stmt, &error), ==, KITH_DB_FAILED);
  g_assert_error (error, KITH_DB_ERROR, KITH_DB_ERROR_FAILED);
  g_clear_error (&error);
  g_clear_pointer (&stmt, kith_db_reset);

  g_assert_null (kith_db_prepare (f->db, "SELECT nothing FROM nowhere", &error));
  g_assert_error (error, KITH_DB_ERROR, KITH_DB_ERROR_FAILED);
  g_clear_error (&error);
  g_assert_null (kith_db_prepare (f->db, "-- only a comment", &error));
  g_assert_error (error, KITH_DB_ERROR, KITH_DB_ERROR_NO_QUERY);
}

static void
test_cache (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  KithDbStmt *first, *second, *third;

  put (f->db, "a", "Ana");
  put (f->db, "b", "Ben");

  first = kith_db_query (f->db, "person-name", &error);
  kith_db_bind_text (first, 1, "a");
  g_assert_cmpint (kith_db_step (first, &error), ==, KITH_DB_ROW);

  second = kith_db_query (f->db, "person-name", &error);
  g_assert_true (second != first);
  kith_db_bind_text (second, 1, "b");
  g_assert_cmpint (kith_db_step (second, &error), ==, KITH_DB_ROW);
  g_assert_cmpstr (kith_db_text (first, 0), ==, "Ana");
  g_assert_cmpstr (kith_db_text (second, 0), ==, "Ben");

  kith_db_reset (first);
  third = kith_db_query (f->db, "person-name", &error);
  g_assert_true (third == first);
  g_assert_cmpint (kith_db_step (third, &error), ==, KITH_DB_DONE); /* the old value is gone */
  kith_db_reset (third);
  kith_db_reset (second);

  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT %u", i);
      g_autoptr (KithDbStmt) stmt = kith_db_prepare (f->db, sql, &error);

      g_assert_cmpint (kith_db_step (stmt, &error), ==, KITH_DB_ROW);
      g_assert_cmpint (kith_db_int (stmt, 0), ==, i);
    }
  g_assert_cmpint (count (f->db), ==, 2);
}

static void
test_close_with_statement (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KithDbStmt) stmt = NULL;

  put (f->db, "a", "Ana");
  stmt = kith_db_query (f->db, "person-count", &error);
  g_assert_cmpint (kith_db_step (stmt, &error), ==, KITH_DB_ROW);
  g_clear_pointer (&f->db, kith_db_close);
  g_assert_cmpint (kith_db_step (stmt, &error), ==, KITH_DB_FAILED);
  g_assert_error (error, KITH_DB_ERROR, KITH_DB_ERROR_FAILED);
}

static void
test_transactions (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  {
    g_autoptr (KithDbTransaction) tx = kith_db_transaction_begin (f->db, &error);
    put (f->db, "a", "Ana");
    g_assert_true (kith_db_in_transaction (f->db));
    g_assert_true (kith_db_transaction_commit (tx, &error));
  }
  g_assert_cmpint (count (f->db), ==, 1);
  {
    g_autoptr (KithDbTransaction) tx = kith_db_transaction_begin (f->db, &error);
    put (f->db, "b", "Ben");
    g_assert_false (kith_db_begin (f->db, &error)); /* does not nest */
    g_assert_error (error, KITH_DB_ERROR, KITH_DB_ERROR_FAILED);
    g_clear_error (&error);
  }
  g_assert_false (kith_db_in_transaction (f->db));
  g_assert_cmpint (count (f->db), ==, 1);

  g_assert_false (kith_db_commit (f->db, &error));
  g_assert_error (error, KITH_DB_ERROR, KITH_DB_ERROR_FAILED);
  kith_db_rollback (f->db);
}

static void
test_savepoints (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KithDbTransaction) tx = kith_db_transaction_begin (f->db, &error);

  put (f->db, "a", "Ana");
  g_assert_true (kith_db_savepoint (f->db, "op_1", &error));
  put (f->db, "b", "Ben");
  g_assert_true (kith_db_savepoint (f->db, "op_2", &error));
  put (f->db, "c", "Cy");
  kith_db_rollback_to (f->db, "op_2");
  g_assert_cmpint (count (f->db), ==, 2);
  g_assert_true (kith_db_savepoint (f->db, "op_2", &error));
  put (f->db, "d", "Di");
  g_assert_true (kith_db_release (f->db, "op_2", &error));
  kith_db_rollback_to (f->db, "op_1");
  g_assert_cmpint (count (f->db), ==, 1);
  g_assert_false (kith_db_release (f->db, "op_1", &error)); /* it is gone */
  g_clear_error (&error);
  g_assert_true (kith_db_transaction_commit (tx, &error));
  g_assert_cmpint (count (f->db), ==, 1);
}

static void
test_constraint (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (kith_db_run (f->db, &error, "person-put", "snnn", "a"));
  g_assert_error (error, KITH_DB_ERROR, KITH_DB_ERROR_CONSTRAINT);
  put (f->db, "a", "Ana"); /* the statement is usable again */
}

static void
test_migrate (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *tables = NULL;

  put (f->db, "a", "Ana");
  g_assert_true (kith_db_migrate (f->db, ONE, &error)); /* again: nothing to do */
  g_assert_true (kith_db_migrate (f->db, TWO, &error));
  g_assert_true (kith_db_exec (f->db, "UPDATE person SET city = 'here'", &error));
  g_assert_no_error (error);
  g_assert_cmpint (count (f->db), ==, 1);

  g_assert_false (kith_db_migrate (f->db, ONE, &error));
  g_assert_error (error, KITH_DB_ERROR, KITH_DB_ERROR_NEWER);
}

static void
test_migrate_broken (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (kith_db_migrate (f->db, BROKEN, &error));
  g_assert_error (error, KITH_DB_ERROR, KITH_DB_ERROR_FAILED);
  g_clear_error (&error);
  g_assert_false (kith_db_in_transaction (f->db));
  g_assert_null (kith_db_prepare (f->db, "SELECT * FROM half", &error)); /* whole or not at all */
  g_clear_error (&error);
  g_assert_true (kith_db_migrate (f->db, TWO, &error));
  g_assert_no_error (error);
}

static gpointer
cancel_soon (gpointer data)
{
  g_usleep (20000);
  g_cancellable_cancel (data);
  return NULL;
}

static void
test_cancel (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (KithDbStmt) endless = kith_db_prepare (
      f->db, "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n", &error);
  GThread *thread;

  g_assert_no_error (error);
  g_assert_true (kith_db_begin (f->db, &error));
  put (f->db, "a", "Ana");

  kith_db_set_cancellable (f->db, cancellable);
  thread = g_thread_new ("cancel", cancel_soon, cancellable);
  g_assert_cmpint (kith_db_step (endless, &error), ==, KITH_DB_FAILED);
  g_assert_error (error, KITH_DB_ERROR, KITH_DB_ERROR_CANCELLED);
  g_clear_error (&error);
  g_thread_join (thread);

  /* What is already cancelled does not start, but a rollback always works. */
  g_assert_false (kith_db_run (f->db, &error, "person-count", NULL));
  g_assert_error (error, KITH_DB_ERROR, KITH_DB_ERROR_CANCELLED);
  g_clear_pointer (&endless, kith_db_reset);
  kith_db_rollback (f->db);
  g_assert_false (kith_db_in_transaction (f->db));

  kith_db_set_cancellable (f->db, NULL);
  g_assert_cmpint (count (f->db), ==, 0);
}

static void
test_reader (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KithDb) reader = NULL;
  KithDbOptions options = f->options;

  put (f->db, "a", "Ana");
  options.readonly = TRUE;
  reader = kith_db_open (&options, &error);
  g_assert_no_error (error);
  g_assert_cmpint (count (reader), ==, 1);
  put (f->db, "b", "Ben");
  g_assert_cmpint (count (reader), ==, 2);

  g_assert_false (kith_db_run (reader, &error, "person-put", "ssnn", "c", "Cy"));
  g_assert_error (error, KITH_DB_ERROR, KITH_DB_ERROR_FAILED);
  g_clear_error (&error);
  g_assert_true (kith_db_migrate (reader, ONE, &error));
  g_assert_false (kith_db_migrate (reader, TWO, &error));
  g_clear_error (&error);
}

/* A reader keeps its snapshot while the writer goes on: files only, memory databases have no WAL. */
static void
test_snapshot (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KithDb) reader = NULL;
  KithDbOptions options = f->options;

  options.readonly = TRUE;
  reader = kith_db_open (&options, &error);
  g_assert_no_error (error);
  g_assert_true (kith_db_begin (reader, &error));
  g_assert_cmpint (count (reader), ==, 0);
  put (f->db, "a", "Ana");
  g_assert_cmpint (count (reader), ==, 0);
  g_assert_true (kith_db_commit (reader, &error));
  g_assert_cmpint (count (reader), ==, 1);
}

/* One moment of it, beside a writer that goes on; encrypted as it was, and never over what is there. */
static void
test_copy (Fixture *f, gconstpointer data)
{
  g_autofree char *path = g_build_filename (f->folder, "copy.db", NULL), *lock = g_strconcat (path, ".lock", NULL);
  KithDbOptions options = f->options;
  g_autoptr (GError) error = NULL;
  g_autoptr (KithDb) reader = NULL, copy = NULL;

  put (f->db, "a", "Ana");
  options.readonly = TRUE;
  reader = kith_db_open (&options, &error);
  g_assert_no_error (error);
  put (f->db, "b", "Ben");
  g_assert_true (kith_db_copy (reader, path, options.key, &error));
  g_assert_no_error (error);
  put (f->db, "c", "Cy");
  g_assert_false (kith_db_copy (reader, path, options.key, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS);
  g_clear_error (&error);

  options = f->options;
  options.path = path;
  options.memory = FALSE;
  if (options.key != NULL)
    {
      options.key = NULL;
      g_assert_null (kith_db_open (&options, &error));
      g_assert_error (error, KITH_DB_ERROR, KITH_DB_ERROR_WRONG_KEY);
      g_clear_error (&error);
      options.key = f->options.key;
    }
  copy = kith_db_open (&options, &error);
  g_assert_no_error (error);
  g_assert_cmpint (count (copy), ==, 2);
  g_clear_pointer (&copy, kith_db_close);
  g_unlink (path);
  g_unlink (lock);
}

/* A database with pages of another size, as whoever runs a hub may have made it, is copied as it is. */
static void
test_copy_page_size (void)
{
  const KithDbOptions options = { .path = "small-pages", .memory = TRUE, .page_size = 1024 };
  g_autofree char *folder = g_dir_make_tmp ("kith-test-XXXXXX", NULL), *path = g_build_filename (folder, "copy.db", NULL), *lock = g_strconcat (path, ".lock", NULL);
  const KithDbOptions copied = { .path = path };
  g_autoptr (GError) error = NULL;
  g_autoptr (KithDb) db = kith_db_open (&options, &error), copy = NULL;
  g_autoptr (KithDbStmt) stmt = NULL;

  g_assert_no_error (error);
  g_assert_true (kith_db_exec (db, "CREATE TABLE a (b)", &error));
  g_assert_true (kith_db_copy (db, path, NULL, &error));
  g_assert_no_error (error);
  copy = kith_db_open (&copied, &error);
  g_assert_no_error (error);
  stmt = kith_db_prepare (copy, "SELECT page_size FROM pragma_page_size", &error);
  g_assert_no_error (error);
  g_assert_cmpint (kith_db_step (stmt, &error), ==, KITH_DB_ROW);
  g_assert_cmpint (kith_db_int (stmt, 0), ==, 1024);
  g_clear_pointer (&stmt, kith_db_reset);
  g_clear_pointer (&copy, kith_db_close);
  g_unlink (path);
  g_unlink (lock);
  g_rmdir (folder);
}

static gint64
file_size (const char *path, const char *tail)
{
  g_autofree char *whole = g_strconcat (path, tail, NULL);
  GStatBuf info;

  return g_stat (whole, &info) == 0 ? (gint64) info.st_size : -1;
}

/* sync.md D11: only the writer checkpoints. */
static void
test_reader_never_checkpoints (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KithDb) reader = NULL;
  KithDbOptions options = f->options;
  gint64 before;

  put (f->db, "a", "Ana");
  options.readonly = TRUE;
  reader = kith_db_open (&options, &error);
  before = file_size (f->path, "-wal");
  g_assert_cmpint (before, >, 0);
  g_assert_cmpint (count (reader), ==, 1);
  g_clear_pointer (&reader, kith_db_close);
  g_assert_cmpint (file_size (f->path, "-wal"), ==, before);
  g_clear_pointer (&f->db, kith_db_close);
  g_assert_cmpint (file_size (f->path, "-wal"), <=, 0); /* the writer's last act */
}

static void
test_second_writer (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  int status;
  pid_t child;

  g_assert_null (kith_db_open (&f->options, &error));
  g_assert_error (error, KITH_DB_ERROR, KITH_DB_ERROR_IN_USE);
  g_clear_error (&error);

  child = fork ();
  if (child == 0)
    {
      KithDb *db = kith_db_open (&f->options, &error);
      _exit (db == NULL && g_error_matches (error, KITH_DB_ERROR, KITH_DB_ERROR_IN_USE) ? 0 : 1);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_cmpint (status, ==, 0);

  g_clear_pointer (&f->db, kith_db_close);
  f->db = kith_db_open (&f->options, &error);
  g_assert_no_error (error);
}

static void
test_only_owner_reads_file (Fixture *f, gconstpointer data)
{
  GStatBuf info;

  g_assert_cmpint (g_stat (f->path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
}

static void
test_wrong_key (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *bytes = NULL;
  gsize length;
  const guint8 *keys[] = { key_b, NULL };

  put (f->db, "a", "Anastasia Canary");
  g_clear_pointer (&f->db, kith_db_close);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      KithDbOptions options = f->options;

      options.key = keys[i];
      g_assert_null (kith_db_open (&options, &error));
      g_assert_error (error, KITH_DB_ERROR, KITH_DB_ERROR_WRONG_KEY);
      g_clear_error (&error);
    }

  g_assert_true (g_file_get_contents (f->path, &bytes, &length, NULL));
  g_assert_cmpuint (length, >, 4096);
  g_assert_null (memmem (bytes, length, "SQLite format 3", 15));
  g_assert_null (memmem (bytes, length, "Canary", 6));

  f->db = kith_db_open (&f->options, &error);
  g_assert_no_error (error);
  g_assert_cmpint (count (f->db), ==, 1);
}

static void
test_flipped_bit (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *bytes = NULL;
  gsize length;
  gint64 n;

  g_assert_true (kith_db_begin (f->db, &error));
  for (guint i = 0; i < 2000; i++)
    {
      g_autofree char *id = g_strdup_printf ("%05u", i);
      put (f->db, id, "Somebody with a longer name");
    }
  g_assert_true (kith_db_commit (f->db, &error));
  g_clear_pointer (&f->db, kith_db_close);

  g_assert_true (g_file_get_contents (f->path, &bytes, &length, NULL));
  for (gsize page = 4; page < length / 4096; page++)
    bytes[page * 4096 + 100] ^= 1;
  g_assert_true (g_file_set_contents (f->path, bytes, (gssize) length, NULL));

  f->db = kith_db_open (&f->options, &error);
  g_assert_no_error (error);
  g_assert_false (kith_db_fetch_int (f->db, &n, &error, "person-count", NULL) &&
                  kith_db_run (f->db, &error, "person-ages-up", "i", (gint64) 1));
  g_assert_error (error, KITH_DB_ERROR, KITH_DB_ERROR_CORRUPT);
}

static void
test_no_database (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  KithDbOptions options = { .key = key_a };
  int fd = g_file_open_tmp ("kith-XXXXXX.db", &path, &error);

  g_assert_no_error (error);
  g_assert_cmpint (write (fd, "this is a letter, not a database, and long enough to have a whole header of "
                              "one hundred bytes and some more", 107), ==, 107);
  close (fd);
  options.path = path;
  g_assert_null (kith_db_open (&options, &error));
  g_assert_error (error, KITH_DB_ERROR, KITH_DB_ERROR_WRONG_KEY);
  g_clear_error (&error);

  options.path = "/nowhere/at/all.db";
  g_assert_null (kith_db_open (&options, &error));
  g_assert_error (error, KITH_DB_ERROR, KITH_DB_ERROR_FAILED);

  g_unlink (path);
  {
    g_autofree char *lock = g_strconcat (path, ".lock", NULL);
    g_unlink (lock);
  }
}

/* What is closed without a commit is rolled back, as after a crash; what a holder keeps open stays. */
static void
test_memory_shared (void)
{
  g_autoptr (GError) error = NULL;
  KithDbOptions options = { .path = "shared?&=%20/name", .memory = TRUE, .queries = QUERIES };
  g_autoptr (KithDb) holder = kith_db_open (&options, &error);
  g_autoptr (KithDb) desk = NULL;

  g_assert_no_error (error);
  g_assert_true (kith_db_migrate (holder, ONE, &error));
  desk = kith_db_open (&options, &error);
  g_assert_no_error (error);
  put (desk, "a", "Ana");
  g_assert_true (kith_db_begin (desk, &error));
  put (desk, "b", "Ben");
  g_clear_pointer (&desk, kith_db_close);
  g_assert_cmpint (count (holder), ==, 1);

  g_clear_pointer (&holder, kith_db_close);
  holder = kith_db_open (&options, &error);
  g_assert_null (kith_db_query (holder, "person-count", &error)); /* gone with its last connection */
}

static void
add (const char *name, guint engines, void (*test) (Fixture *, gconstpointer))
{
  static const char *const engine_names[] = { "plain", "encrypted", "memory" };

  for (guint i = 0; i < G_N_ELEMENTS (engine_names); i++)
    {
      g_autofree char *path = g_strdup_printf ("/db/%s/%s", engine_names[i], name);

      if (engines & (1u << i))
        g_test_add (path, Fixture, GUINT_TO_POINTER (i), set_up, test, tear_down);
    }
}

int
main (int argc, char **argv)
{
  const guint files = 1u << PLAIN | 1u << ENCRYPTED;
  const guint all = files | 1u << MEMORY;

  g_test_init (&argc, &argv, NULL);

  add ("round-trip", all, test_round_trip);
  add ("last-row", all, test_last_row);
  add ("bulk", files, test_bulk);
  add ("null", all, test_null);
  add ("queries", all, test_queries);
  add ("wrong-queries", 1u << MEMORY, test_wrong_queries);
  add ("bind-errors", all, test_bind_errors);
  add ("statement-cache", all, test_cache);
  add ("close-with-statement", all, test_close_with_statement);
  add ("transactions", all, test_transactions);
  add ("savepoints", all, test_savepoints);
  add ("constraint", all, test_constraint);
  add ("migrate", all, test_migrate);
  add ("migrate-broken", all, test_migrate_broken);
  add ("cancel", all, test_cancel);
  add ("reader", all, test_reader);
  add ("copy", all, test_copy);
  add ("snapshot", files, test_snapshot);
  add ("sync-D11-reader-never-checkpoints", files, test_reader_never_checkpoints);
  add ("second-writer", files, test_second_writer);
  add ("only-owner-reads-file", files, test_only_owner_reads_file);
  add ("wrong-key", 1u << ENCRYPTED, test_wrong_key);
  add ("flipped-bit", 1u << ENCRYPTED, test_flipped_bit);
  g_test_add_func ("/db/no-database", test_no_database);
  g_test_add_func ("/db/copy/page-size", test_copy_page_size);
  g_test_add_func ("/db/memory/shared-by-name", test_memory_shared);

  return g_test_run ();
}
