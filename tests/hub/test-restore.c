/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "console.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

/* kith-hub backup and restore: what is put back is whole, and at no moment is anything lost. */

/* A backup that was cut off left its folder: the next one says what that is and what to do, and takes nothing away. */
static void
test_backup_cut_off (void)
{
  g_auto (Console) c;
  g_autofree char *to = NULL, *part = NULL;

  console_init (&c);
  to = kith_test_dir_file (c.dir, "monday");
  part = g_strconcat (to, ".part", NULL);
  g_assert_cmpint (g_mkdir (part, 0700), ==, 0);
  g_assert_cmpint (console_run (&c, "backup --database %s --to %s", c.database, to), ==, 1);
  assert_says (c.err, "cut off");
  assert_says (c.err, part);
  g_assert_true (g_file_test (part, G_FILE_TEST_IS_DIR));
  g_assert_cmpint (g_rmdir (part), ==, 0);
  g_assert_cmpint (console_run (&c, "backup --database %s --to %s", c.database, to), ==, 0);
}

static char *
epoch_of (Console *c)
{
  g_autoptr (KithHub) hub = console_open_hub (c);

  return g_strdup (kith_hub_get_epoch (hub));
}

/* Names in the console's folder that begin so. */
static guint
count_named (Console *c, const char *prefix)
{
  g_autoptr (GDir) dir = g_dir_open (kith_test_dir_path (c->dir), 0, NULL);
  const char *name;
  guint n = 0;

  while ((name = g_dir_read_name (dir)) != NULL)
    n += g_str_has_prefix (name, prefix);
  return n;
}

/* A backup comes back as another life of the hub; it stays as it is, and so does what was there. */
static void
test_restore (void)
{
  g_auto (Console) c;
  g_autofree char *monday = NULL, *before = NULL, *first = NULL, *second = NULL, *former = NULL;

  console_init (&c);
  monday = kith_test_dir_file (c.dir, "monday");
  before = epoch_of (&c);
  g_assert_cmpint (console_run (&c, "backup --database %s --to %s", c.database, monday), ==, 0);
  g_assert_cmpint (console_run (&c, "service direct Lunch on --database %s", c.database), ==, 0);
  g_assert_cmpint (console_run (&c, "restore --from %s --database %s", monday, c.database), ==, 0);
  assert_says (c.out, ".former-");
  first = epoch_of (&c);
  g_assert_cmpstr (first, !=, before);
  g_assert_cmpint (console_run (&c, "check --database %s", c.database), ==, 0);
  g_assert_cmpuint (count_named (&c, "town.db.part"), ==, 0);

  /* what was there is whole under its other name */
  {
    g_autoptr (GDir) dir = g_dir_open (kith_test_dir_path (c.dir), 0, NULL);
    const char *name;

    while (former == NULL && (name = g_dir_read_name (dir)) != NULL)
      if (g_str_has_prefix (name, "town.db.former-"))
        former = kith_test_dir_file (c.dir, name);
  }
  g_assert_cmpint (console_run (&c, "check --database %s", former), ==, 0);

  /* again: a third life */
  g_assert_cmpint (console_run (&c, "restore --from %s --database %s", monday, c.database), ==, 0);
  second = epoch_of (&c);
  g_assert_cmpstr (second, !=, first);

  /* the disk was lost, and with it all that was there */
  g_assert_cmpint (g_unlink (c.database), ==, 0);
  g_assert_cmpint (console_run (&c, "restore --from %s --database %s", monday, c.database), ==, 0);
  g_assert_null (strstr (c.out, "former"));
  g_assert_cmpint (console_run (&c, "check --database %s", c.database), ==, 0);
}

/* Under its own name the database is never without what belongs to it: it goes first, and the other one comes last. */
static void
test_restore_order (void)
{
  g_auto (Console) c;
  g_autofree char *monday = NULL, *log = NULL, *names = NULL;
  g_autoptr (GString) moved = g_string_new (NULL);
  char events[16384] __attribute__ ((aligned (8)));
  const struct inotify_event *event;
  int watch;
  gssize n;

  console_init (&c);
  monday = kith_test_dir_file (c.dir, "monday");
  g_assert_cmpint (console_run (&c, "backup --database %s --to %s", c.database, monday), ==, 0);
  log = g_strconcat (c.database, "-wal", NULL);
  g_assert_true (g_file_set_contents (log, "", 0, NULL));
  watch = inotify_init1 (IN_NONBLOCK | IN_CLOEXEC);
  g_assert_cmpint (inotify_add_watch (watch, kith_test_dir_path (c.dir), IN_MOVE), >=, 0);
  g_assert_cmpint (console_run (&c, "restore --from %s --database %s", monday, c.database), ==, 0);
  n = read (watch, events, sizeof events);
  g_assert_cmpint (n, >, 0);
  for (gssize at = 0; at < n; at += (gssize) (sizeof *event + event->len))
    {
      event = (const struct inotify_event *) (events + at);
      if (g_str_equal (event->name, "town.db") || g_str_equal (event->name, "town.db-wal") || g_str_equal (event->name, "town.db-files"))
        g_string_append_printf (moved, "%c%s ", event->mask & IN_MOVED_FROM ? '-' : '+', event->name);
    }
  close (watch);
  names = g_string_free (g_steal_pointer (&moved), FALSE);
  g_test_message ("%s", names);
  g_assert_true (g_str_has_prefix (names, "-town.db "));
  g_assert_nonnull (strstr (names, " -town.db-wal "));
  g_assert_true (g_str_has_suffix (names, " +town.db-files +town.db "));
}

/* An older Kith's backup is brought to this one's form. */
static void
test_restore_older (void)
{
  g_auto (Console) c;
  g_autofree char *monday = NULL, *copy = NULL, *before = NULL, *after = NULL, *former = NULL;

  console_init (&c);
  monday = kith_test_dir_file (c.dir, "monday");
  before = epoch_of (&c);
  g_assert_cmpint (console_run (&c, "backup --database %s --to %s", c.database, monday), ==, 0);
  copy = g_build_filename (monday, "town.db", NULL);
  {
    g_autoptr (GError) error = NULL;
    g_autoptr (KithDb) db = kith_db_open (&(KithDbOptions) { .path = copy, .queries = KITH_HUB_QUERIES }, &error);

    g_assert_no_error (error);
    g_assert_true (kith_db_exec (db, "ALTER TABLE hub_state DROP COLUMN seen_ms; ALTER TABLE lane DROP COLUMN former; ALTER TABLE lane DROP COLUMN computer; ALTER TABLE lane DROP COLUMN seen_at; ALTER TABLE hub_state DROP COLUMN former; ALTER TABLE hub_state DROP COLUMN copied_at; DROP TABLE online_try; DROP TABLE hub_run;"
                                     "DELETE FROM schema_migration WHERE number >= 9", &error));
    g_assert_no_error (error);
  }
  g_assert_cmpint (console_run (&c, "restore --from %s --database %s", monday, c.database), ==, 0);
  after = epoch_of (&c);
  g_assert_cmpstr (after, !=, before);
  former = console_read_sql (&c, "SELECT former FROM hub_state");
  g_assert_cmpstr (former, ==, before);
  g_assert_cmpint (console_run (&c, "check --database %s", c.database), ==, 0);
}

static void
test_restore_refused (void)
{
  g_auto (Console) c;
  g_autofree char *monday = NULL, *copy = NULL, *epoch = NULL, *again = NULL, *bytes = NULL;
  gsize length;

  console_init (&c);
  monday = kith_test_dir_file (c.dir, "monday");
  copy = g_build_filename (monday, "town.db", NULL);
  epoch = epoch_of (&c);
  g_assert_cmpint (console_run (&c, "restore --database %s", c.database), ==, 2);
  g_assert_cmpint (console_run (&c, "restore --from %s --database %s", monday, c.database), ==, 1);
  assert_says (c.err, "is no backup");
  g_assert_cmpint (console_run (&c, "backup --database %s --to %s", c.database, monday), ==, 0);
  {
    g_autoptr (KithHub) serving = console_open_hub (&c);

    g_assert_cmpint (console_run (&c, "restore --from %s --database %s", monday, c.database), ==, 1);
    assert_says (c.err, "Stop “kith-hub serve” first");
  }

  /* a page of it is spoilt */
  g_assert_true (g_file_get_contents (copy, &bytes, &length, NULL));
  g_assert_cmpuint (length, >, 12 * 4096);
  for (gsize i = 8 * 4096; i < 12 * 4096; i++)
    bytes[i] ^= 0x5a;
  g_assert_true (g_file_set_contents (copy, bytes, (gssize) length, NULL));
  g_assert_cmpint (console_run (&c, "restore --from %s --database %s", monday, c.database), ==, 1);
  assert_says (c.err, "Nothing was changed. Take an older one");
  g_assert_cmpuint (count_named (&c, "town.db.former"), ==, 0);
  again = epoch_of (&c);
  g_assert_cmpstr (again, ==, epoch);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  kith_kinds_register ();
  g_test_add_func ("/hub/restore/backup-cut-off", test_backup_cut_off);
  g_test_add_func ("/hub/restore/put-back", test_restore);
  g_test_add_func ("/hub/restore/order", test_restore_order);
  g_test_add_func ("/hub/restore/older", test_restore_older);
  g_test_add_func ("/hub/restore/refused", test_restore_refused);
  return g_test_run ();
}
