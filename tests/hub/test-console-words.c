/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "console.h"
#include "kith-hub.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What kith-hub says to somebody at a console who has made a mistake, or has met with one: in its own words, with what is safe and what to do. */

/* Nothing of the libraries' own. */
static void
assert_own_words (const char *text)
{
  static const char *const others[] = { "malformed", "Failed to open", "Error opening", "Error binding", "numeric port", "Unknown service", "Key file", "No such file", "Is a directory", "Permission denied", "unable to open" };

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      if (strstr (text, others[i]) != NULL)
        g_test_message ("“%s” is not ours: %s", others[i], text);
      g_assert_null (strstr (text, others[i]));
    }
}

static void
assert_fails (Console *c, int status, const char *part)
{
  if (part != NULL)
    assert_says (c->err, part);
  assert_own_words (c->err);
  g_assert_cmpint (status, !=, 0);
}

/* Bytes in the middle of the file become others, where there is a page of rows. */
static void
damage (const char *path)
{
  GStatBuf there;
  FILE *file;

  g_assert_cmpint (g_stat (path, &there), ==, 0);
  file = fopen (path, "r+b");
  g_assert_nonnull (file);
  for (long at = 4096; at + 4096 <= there.st_size; at += 4096)
    {
      fseek (file, at, SEEK_SET);
      for (guint i = 0; i < 512; i++)
        fputc (0xa5, file);
    }
  fclose (file);
}

static void
test_damaged (void)
{
  g_auto (Console) c;
  g_autofree char *monday = NULL, *tuesday = NULL, *copy = NULL;

  console_init (&c);
  monday = kith_test_dir_file (c.dir, "monday");
  tuesday = kith_test_dir_file (c.dir, "tuesday");
  copy = g_build_filename (monday, "town.db", NULL);
  g_assert_cmpint (console_run (&c, "backup --database %s --to %s", c.database, monday), ==, 0);
  damage (copy);
  assert_fails (&c, console_run (&c, "restore --from %s --database %s", monday, c.database), "is damaged");
  assert_says (c.err, "Nothing was changed");
  assert_says (c.err, "older one");
  damage (c.database);
  assert_fails (&c, console_run (&c, "backup --database %s --to %s", c.database, tuesday), "is damaged");
  assert_says (c.err, "kith-hub restore");
  g_assert_false (g_file_test (tuesday, G_FILE_TEST_EXISTS));
  assert_fails (&c, console_run (&c, "check --database %s", c.database), "is damaged");
}

/* What records are found by is made from them: it is no damage, and the console mends it. */
static void
test_repair (void)
{
  g_auto (Console) c;

  console_init (&c);
  g_assert_cmpint (console_run (&c, "check --database %s --repair", c.database), ==, 0);
  g_assert_null (strstr (c.out, "made anew"));
  {
    g_autoptr (KithHub) hub = console_open_hub (&c);
    g_autoptr (GError) error = NULL;

    kith_db_exec (kith_hub_get_db (hub), "INSERT INTO service_find (rowid, find) VALUES (4711, 'nobody')", &error);
    g_assert_no_error (error);
  }
  g_assert_cmpint (console_run (&c, "check --database %s --repair", c.database), ==, 0);
  assert_says (c.out, "made anew");
  g_assert_cmpint (console_run (&c, "check --database %s --repair", c.database), ==, 0);
  g_assert_null (strstr (c.out, "made anew"));
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static char *
list_folder (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autoptr (GString) all = g_string_new (NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, (gpointer) g_intern_string (name));
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++)
    g_string_append_printf (all, "%s ", (const char *) names->pdata[i]);
  return g_string_free (g_steal_pointer (&all), FALSE);
}

/* The backup's folder stays as it is, to the last file; all that is left of the former database is named. */
static void
test_leaves_nothing (void)
{
  g_auto (Console) c;
  g_autofree char *monday = NULL, *before = NULL, *after = NULL, *log = NULL;
  g_autoptr (GDir) dir = NULL;
  const char *name;

  console_init (&c);
  monday = kith_test_dir_file (c.dir, "monday");
  log = g_strconcat (c.database, "-wal", NULL);
  g_assert_cmpint (console_run (&c, "backup --database %s --to %s", c.database, monday), ==, 0);
  before = list_folder (monday);
  if (!g_file_test (log, G_FILE_TEST_EXISTS))
    g_assert_true (g_file_set_contents (log, "", 0, NULL)); /* as after a cut */
  g_assert_cmpint (console_run (&c, "restore --from %s --database %s", monday, c.database), ==, 0);
  after = list_folder (monday);
  g_assert_cmpstr (after, ==, before);
  dir = g_dir_open (kith_test_dir_path (c.dir), 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    if (strstr (name, ".former-") != NULL)
      assert_says (c.out, name);
}

static void
test_usage (void)
{
  g_auto (Console) c;
  g_autofree char *key = NULL;

  console_init (&c);
  g_assert_cmpint (console_run (&c, "account frob"), ==, 2);
  assert_says (c.err, "there is no command “account frob”");
  g_assert_cmpint (console_run (&c, "account"), ==, 2);
  g_assert_cmpint (console_run (&c, "account --help"), ==, 0);
  assert_says (c.out, "account computers  ");
  g_assert_cmpint (console_run (&c, "init --help"), ==, 0);
  assert_says (c.out, "kith-hub init [OPTION");
  g_assert_cmpint (console_run (&c, "check"), ==, 2);
  assert_says (c.err, "kith-hub check: ");
  assert_says (c.err, "--database");
  g_assert_cmpint (console_run (&c, "check --database %s --files %s/none", c.database, kith_test_dir_path (c.dir)), ==, 1);
  assert_says (c.err, "/none” does not exist");
  g_assert_cmpint (console_run (&c, "serve --help"), ==, 0);
  assert_says (c.out, "without it, 100");

  /* A key that others on this computer can read */
  key = kith_test_dir_write (c.dir, "key", "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f\n");
  g_assert_cmpint (g_chmod (key, 0644), ==, 0);
  g_assert_cmpint (console_run (&c, "encrypt --database %s --key-file %s", c.database, key), ==, 0);
  assert_says (c.err, "chmod 600");
  g_assert_cmpint (g_chmod (key, 0600), ==, 0);
  g_assert_cmpint (console_run (&c, "check --database %s --key-file %s", c.database, key), ==, 0);
  g_assert_null (strstr (c.err, "chmod"));
}

static void
test_words (void)
{
  static const struct { const char *name, *text, *says; } mails[] = {
    { "nothing.conf", "frob", "mail.conf" },
    { "unknown.conf", "[mail]\nserver=mail.example.org:587\nfrom=kith@example.org\npassword-fiel=/etc/kith/p\n", "password-fiel" },
    { "none.conf", "[mail]\nserver=mail.example.org:587\nfrom=kith@example.org\nuser=u\npassword-file=/nowhere/p\n", "none.conf" },
  };
  g_auto (Console) c;
  const char *folder;
  g_autoptr (GSocket) socket = NULL;
  g_autoptr (GSocketAddress) any = NULL, bound = NULL;
  guint port;

  console_init (&c);
  folder = kith_test_dir_path (c.dir);
  any = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL);
  g_assert_true (g_socket_bind (socket, any, FALSE, NULL) && g_socket_listen (socket, NULL));
  bound = g_socket_get_local_address (socket, NULL);
  port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));

  assert_fails (&c, console_run (&c, "serve --database %s --listen 127.0.0.1:%u", c.database, port), "is taken by another program");
  assert_fails (&c, console_run (&c, "serve --database %s --listen 127.0.0.1:99999", c.database), "127.0.0.1:99999");
  assert_fails (&c, console_run (&c, "serve --database %s --listen foo:bar", c.database), "foo:bar");
  assert_fails (&c, console_run (&c, "import hsds %s/none --database %s", folder, c.database), "/none” does not exist");
  assert_fails (&c, console_run (&c, "import clients %s/none.csv --agency Harbor%%House --database %s", folder, c.database), "/none.csv” does not exist");
  assert_fails (&c, console_run (&c, "import clients %s --agency Harbor%%House --database %s", folder, c.database), "is a folder");
  assert_fails (&c, console_run (&c, "check --database %s --key-file %s/none", c.database, folder), "/none” does not exist");
  assert_fails (&c, console_run (&c, "account password --login ana --password-file %s/none --database %s", folder, c.database), "/none” does not exist");
  for (guint i = 0; i < G_N_ELEMENTS (mails); i++)
    {
      g_autofree char *path = kith_test_dir_write (c.dir, mails[i].name, mails[i].text);

      assert_fails (&c, console_run (&c, "serve --database %s --listen 127.0.0.1:0 --mail %s", c.database, path), mails[i].says[0] == 'm' ? mails[i].name : mails[i].says);
    }
}

/* Two of one name are told apart by where they came from. */
static void
test_twins (void)
{
  g_auto (Console) c;
  g_autofree char *path = NULL, *organizations = NULL, *services = NULL;

  console_init (&c);
  path = g_build_filename (kith_test_dir_path (c.dir), "county", NULL);
  organizations = g_build_filename (path, "organizations.csv", NULL);
  services = g_build_filename (path, "services.csv", NULL);
  g_mkdir_with_parents (path, 0700);
  g_assert_true (g_file_set_contents (organizations, "id,name,description\nc-77,Harbor House,Beds\n", -1, NULL));
  g_assert_true (g_file_set_contents (services, "id,organization_id,name,status\nc-78,c-77,Detox,active\n", -1, NULL));
  g_assert_cmpint (console_run (&c, "import hsds %s --new-source --database %s", path, c.database), ==, 0);
  assert_fails (&c, console_run (&c, "service direct Detox on --database %s", c.database), "county: c-78");
  assert_fails (&c, console_run (&c, "account add --login ana --given-name Ana --agency Harbor%%House --database %s", c.database), "county: c-77");
}

/* The database is another user's, as it is when root has made it and the hub's account is to serve: which file, and what to do. */
static void
test_of_another (void)
{
  g_auto (Console) c;
  g_autofree char *to = NULL, *fresh = NULL;
  const char *folder;
  gboolean root = geteuid () == 0;

  console_init (&c);
  folder = kith_test_dir_path (c.dir);
  to = kith_test_dir_file (c.dir, "copy");
  fresh = kith_test_dir_file (c.dir, "fresh.db");
  g_assert_cmpint (g_chmod (folder, 0555), ==, 0);
  g_assert_cmpint (g_chmod (c.database, root ? 0600 : 0), ==, 0);
  g_assert_true (!root || seteuid (65534) == 0);
  if (faccessat (AT_FDCWD, g_getenv ("KITH_HUB"), X_OK, AT_EACCESS) < 0)
    g_test_skip ("nobody else may run this build");
  else
    {
      assert_fails (&c, console_run (&c, "check --database %s", c.database), "Run it as the user who serves");
      assert_fails (&c, console_run (&c, "account password ana --database %s", c.database), "town.db.lock");
      assert_fails (&c, console_run (&c, "serve --listen 127.0.0.1:0 --database %s", c.database), "nothing was changed");
      assert_fails (&c, console_run (&c, "init --database %s", fresh), "nothing was changed");
      assert_fails (&c, console_run (&c, "backup --database %s --to %s", c.database, to), "may not write in the folder");
    }
  g_assert_true (!root || seteuid (0) == 0);
  g_assert_cmpint (g_chmod (folder, 0700), ==, 0);
  g_assert_cmpint (g_chmod (c.database, 0600), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hub/console-words/damaged", test_damaged);
  g_test_add_func ("/hub/console-words/repair", test_repair);
  g_test_add_func ("/hub/console-words/leaves-nothing", test_leaves_nothing);
  g_test_add_func ("/hub/console-words/usage", test_usage);
  g_test_add_func ("/hub/console-words/words", test_words);
  g_test_add_func ("/hub/console-words/twins", test_twins);
  g_test_add_func ("/hub/console-words/of-another-user", test_of_another);
  return g_test_run ();
}
