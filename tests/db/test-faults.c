/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "faulty-vfs.h"
#include "kith-db.h"
#include "kith-test.h"

#include <glib/gstdio.h>
#include <sys/wait.h>
#include <unistd.h>

/* Every write, sync and truncate fails in turn: once, for ever, or by death of the process. Afterwards a transaction is
 * there whole or not at all, whatever was acknowledged is there, and the file is sound. */

#define QUERIES "/org/kith/test/db/queries"
#define TWO "/org/kith/test/db/two"
#define BATCH 120      /* rows in a transaction: several pages */
#define TRANSACTIONS 4 /* each followed by a checkpoint now and then */

static const guint8 key[32] = { 9 };

typedef struct
{
  KithFault fault;
  gboolean for_ever;
} Case;

static char *
make_store (const char *folder)
{
  g_autoptr (GError) error = NULL;
  char *path = g_build_filename (folder, "a.db", NULL);
  KithDbOptions options = { .path = path, .key = key, .queries = QUERIES };
  g_autoptr (KithDb) db = kith_db_open (&options, &error);

  g_assert_no_error (error);
  g_assert_true (kith_db_migrate (db, TWO, &error));
  g_assert_no_error (error);
  return path;
}

static void
drop_store (const char *path)
{
  static const char *const tails[] = { "", "-wal", "-shm", ".lock", "-journal" };

  for (guint i = 0; i < G_N_ELEMENTS (tails); i++)
    {
      g_autofree char *name = g_strconcat (path, tails[i], NULL);
      g_unlink (name);
    }
}

static gboolean
put_batch (KithDb *db, guint batch, GError **error)
{
  g_autoptr (KithDbTransaction) tx = kith_db_transaction_begin (db, error);

  if (tx == NULL)
    return FALSE;
  for (guint i = 0; i < BATCH; i++)
    {
      g_autofree char *id = g_strdup_printf ("%u-%u", batch, i);
      g_autofree char *name = g_strnfill (120, (char) ('a' + batch));

      if (!kith_db_run (db, error, "person-put", "ssin", id, name, (gint64) batch))
        return FALSE;
    }
  return kith_db_transaction_commit (tx, error);
}

/* Bit b of the answer: batch b was acknowledged. */
static guint
work (const char *path, guint *failures)
{
  g_autoptr (GError) error = NULL;
  KithDbOptions options = { .path = path, .key = key, .queries = QUERIES };
  g_autoptr (KithDb) db = kith_db_open (&options, &error);
  guint acked = 0;

  *failures = 0;
  if (db == NULL)
    {
      *failures = 1;
      return 0;
    }
  for (guint batch = 0; batch < TRANSACTIONS; batch++)
    {
      if (put_batch (db, batch, &error))
        acked |= 1u << batch;
      else
        {
          g_assert_true (g_error_matches (error, KITH_DB_ERROR, KITH_DB_ERROR_FULL) ||
                         g_error_matches (error, KITH_DB_ERROR, KITH_DB_ERROR_FAILED));
          (*failures)++;
        }
      g_clear_error (&error);
      g_assert_false (kith_db_in_transaction (db));
      if (batch == 1 && !kith_db_exec (db, "PRAGMA wal_checkpoint(TRUNCATE)", NULL))
        (*failures)++;
    }
  return acked;
}

static void
check (const char *path, guint acked)
{
  g_autoptr (GError) error = NULL;
  KithDbOptions options = { .path = path, .key = key, .queries = QUERIES };
  g_autoptr (KithDb) db = kith_db_open (&options, &error);
  g_autoptr (KithDbStmt) sound = NULL;
  g_autoptr (KithDbStmt) batches = NULL;
  KithDbStep step;
  guint seen = 0;

  g_assert_no_error (error);
  sound = kith_db_prepare (db, "PRAGMA integrity_check", &error);
  g_assert_cmpint (kith_db_step (sound, &error), ==, KITH_DB_ROW);
  g_assert_cmpstr (kith_db_text (sound, 0), ==, "ok");

  batches = kith_db_prepare (db, "SELECT age, count(*) FROM person GROUP BY age", &error);
  while ((step = kith_db_step (batches, &error)) == KITH_DB_ROW)
    {
      g_assert_cmpint (kith_db_int (batches, 1), ==, BATCH);
      seen |= 1u << kith_db_int (batches, 0);
    }
  g_assert_no_error (error);
  g_assert_cmpint (step, ==, KITH_DB_DONE);
  g_assert_cmpuint (seen & acked, ==, acked);
}

static guint
count_acts (const char *folder)
{
  g_autofree char *path = make_store (folder);
  guint failures, acts;

  kith_faulty_vfs_disarm ();
  g_assert_cmpuint (work (path, &failures), ==, (1u << TRANSACTIONS) - 1);
  g_assert_cmpuint (failures, ==, 0);
  acts = kith_faulty_vfs_acts ();
  check (path, (1u << TRANSACTIONS) - 1);
  drop_store (path);
  return acts;
}

static void
test_nth_write (gconstpointer data)
{
  const Case *c = data;
  g_autofree char *folder = g_dir_make_tmp ("kith-faults-XXXXXX", NULL);
  guint acts = count_acts (folder);
  guint step = g_test_thorough () ? 1 : KITH_TEST_STEP (3, 9);
  guint with_failure = 0;

  g_assert_cmpuint (acts, >, 20);
  for (guint nth = 1; nth <= acts; nth += step)
    {
      g_autofree char *path = make_store (folder);
      guint failures, acked;

      kith_faulty_vfs_arm (c->fault, nth, c->for_ever);
      acked = work (path, &failures);
      g_assert_cmpuint (kith_faulty_vfs_fired (), >, 0);
      if (failures > 0)
        with_failure++;
      kith_faulty_vfs_disarm ();
      check (path, acked);
      drop_store (path);
    }
  g_assert_cmpuint (with_failure, >, acts / step / 2);
  g_rmdir (folder);
}

/* The child writes a byte after each commit it was told of; the parent reads how far it came. */
static void
test_kill (void)
{
  g_autofree char *folder = g_dir_make_tmp ("kith-faults-XXXXXX", NULL);
  guint acts = count_acts (folder);
  guint step = g_test_thorough () ? 1 : KITH_TEST_STEP (3, 9);

  for (guint nth = 1; nth <= acts; nth += step)
    {
      g_autofree char *path = make_store (folder);
      int pipes[2], status;
      guint acked = 0;
      guint8 batch;
      pid_t child;

      g_assert_cmpint (pipe (pipes), ==, 0);
      child = fork ();
      if (child == 0)
        {
          KithDbOptions options = { .path = path, .key = key, .queries = QUERIES };
          KithDb *db;

          kith_faulty_vfs_arm (KITH_FAULT_KILL, nth, FALSE);
          db = kith_db_open (&options, NULL);
          for (batch = 0; batch < TRANSACTIONS; batch++)
            if (put_batch (db, batch, NULL) && write (pipes[1], &batch, 1) != 1)
              _exit (1);
          kith_db_close (db);
          _exit (0);
        }
      close (pipes[1]);
      while (read (pipes[0], &batch, 1) == 1)
        acked |= 1u << batch;
      close (pipes[0]);
      g_assert_cmpint (waitpid (child, &status, 0), ==, child);
      g_assert_true (WIFSIGNALED (status) || (WIFEXITED (status) && WEXITSTATUS (status) == 0));
      check (path, acked);
      drop_store (path);
    }
  g_rmdir (folder);
}

/* A commit for this process's own sake waits for no disk; the next ordinary one does, for both. */
static void
test_lazy_sync (void)
{
  g_autofree char *folder = g_dir_make_tmp ("kith-faults-XXXXXX", NULL);
  g_autofree char *path = make_store (folder);
  g_autoptr (GError) error = NULL;
  KithDbOptions options = { .path = path, .key = key, .queries = QUERIES };
  KithDb *db = kith_db_open (&options, &error);

  g_assert_no_error (error);
  g_assert_true (put_batch (db, 0, &error));
  kith_faulty_vfs_disarm ();
  g_assert_true (kith_db_set_lazy_sync (db, TRUE, &error));
  g_assert_true (put_batch (db, 1, &error));
  g_assert_cmpuint (kith_faulty_vfs_acts (), >, 0);
  g_assert_cmpuint (kith_faulty_vfs_syncs (), ==, 0);
  g_assert_true (kith_db_set_lazy_sync (db, FALSE, &error));
  g_assert_cmpuint (kith_faulty_vfs_syncs (), ==, 0);
  g_assert_true (put_batch (db, 2, &error));
  g_assert_cmpuint (kith_faulty_vfs_syncs (), >, 0);
  g_assert_no_error (error);
  kith_db_close (db);
  check (path, 7);
  drop_store (path);
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  static const Case full_once = { KITH_FAULT_FULL, FALSE }, full_for_ever = { KITH_FAULT_FULL, TRUE };
  static const Case ioerr_once = { KITH_FAULT_IOERR, FALSE }, ioerr_for_ever = { KITH_FAULT_IOERR, TRUE };

  g_test_init (&argc, &argv, NULL);
  kith_faulty_vfs_install ();

  g_test_add_data_func ("/db/faults/full-once", &full_once, test_nth_write);
  g_test_add_data_func ("/db/faults/full-for-ever", &full_for_ever, test_nth_write);
  g_test_add_data_func ("/db/faults/ioerr-once", &ioerr_once, test_nth_write);
  g_test_add_data_func ("/db/faults/ioerr-for-ever", &ioerr_for_ever, test_nth_write);
  g_test_add_func ("/db/faults/kill", test_kill);
  g_test_add_func ("/db/faults/lazy-sync", test_lazy_sync);

  return g_test_run ();
}
