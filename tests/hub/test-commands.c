/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "console.h"
#include "queue-town.h"
#include "kith-hub.h"
#include "kith-id.h"
#include "kith-json.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/wait.h>

/* The program kith-hub as somebody at a console has it: what is refused leaves nothing half done, and the sentence says what to do. */

/* How many staff records have this sign-in name, and whose account it opens. */
static guint
count_staff (Console *c, const char *login, char **account)
{
  g_autoptr (KithHub) hub = console_open_hub (c);
  g_autoptr (GPtrArray) found = kith_world_find (kith_hub_get_world (hub), NULL, "staff", "login", login, NULL, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (kith_hub_find_account (hub, login, account, &error));
  g_assert_no_error (error);
  return found->len;
}

static void
assert_staff (Console *c, const char *login, guint records, gboolean has_account)
{
  g_autofree char *account = NULL;

  g_assert_cmpuint (count_staff (c, login, &account), ==, records);
  g_assert_cmpint (account != NULL, ==, has_account);
}

#define ADD(c, rest) console_run (c, "account add --database %s --password-file %s --given-name Ana --agency Harbor%%House " rest, (c)->database, (c)->password)

/* Nothing is written before all of it was understood: the name stays free. */
static void
test_account_refused (void)
{
  g_auto (Console) c;

  console_init (&c);
  g_assert_cmpint (ADD (&c, "--login ana --role boss"), ==, 1);
  assert_says (c.err, "“boss” is not one of the choices: care_coordinator, referral_manager.");
  g_assert_cmpint (ADD (&c, "--login ana --level portal --may fly"), ==, 2);
  assert_says (c.err, "edit-capacity, change-status, see-details");
  assert_staff (&c, "ana", 0, FALSE);
  g_assert_cmpint (ADD (&c, "--login ana --follows Detox"), ==, 2);
  assert_says (c.err, "--level portal");
  assert_staff (&c, "ana", 0, FALSE);
  g_assert_cmpint (ADD (&c, "--login ana --may see-details"), ==, 2);
  assert_staff (&c, "ana", 0, FALSE);
  g_assert_cmpint (ADD (&c, "--login ana --level portal"), ==, 2); /* it would see nothing */
  assert_says (c.err, "--follows");
  g_assert_cmpint (ADD (&c, "--login ana --level portal --follows Nowhere"), ==, 1);
  assert_says (c.err, "Detox");
  assert_staff (&c, "ana", 0, FALSE);
  g_assert_cmpint (ADD (&c, "--login ana --level portal --follows Lunch"), ==, 1); /* another agency's */
  assert_says (c.err, "its own agency");
  assert_staff (&c, "ana", 0, FALSE);

  /* What nobody could type or send mail to; and a supervisor is named as one signs in. */
  g_assert_cmpint (ADD (&c, "--login ana%%lopez"), ==, 2);
  assert_says (c.err, "has no spaces");
  g_assert_cmpint (ADD (&c, "--login ana --email nowhere"), ==, 2);
  assert_says (c.err, "ana@example.org");
  g_assert_cmpint (ADD (&c, "--login ana --supervisor nobody"), ==, 1);
  assert_says (c.err, "“nobody”");
  assert_staff (&c, "ana", 0, FALSE);
  g_assert_cmpint (ADD (&c, "--login sue --duty supervisor --email sue@example.org"), ==, 0);
  g_assert_cmpint (ADD (&c, "--login bea --supervisor sue"), ==, 0);

  /* P3: the portal is there where a queue is. */
  g_assert_cmpint (ADD (&c, "--login ana --level portal --follows Detox"), ==, 1);
  assert_says (c.err, "once a queue is in use");
  assert_staff (&c, "ana", 0, FALSE);
  add_queue (c.database);
  g_assert_cmpint (ADD (&c, "--login ana --level portal --follows Detox --follows Harbor%%House --may see-details"), ==, 0);
  assert_staff (&c, "ana", 1, TRUE);
}

/* A staff record of the agency that has no account, because the program was stopped before or because a desk added it: it gets one. */
static void
test_account_finished (void)
{
  g_auto (Console) c;
  g_autoptr (KithHub) hub = NULL;
  g_autoptr (KithActor) actor = kith_actor_new_hub ();
  g_autoptr (KithClock) clock = kith_clock_new_system ();
  g_autoptr (KithRandom) random = kith_random_new_system ();
  g_autofree char *id = kith_id_new (clock, random), *agency = NULL, *account = NULL, *source = NULL, *key = NULL;
  g_autoptr (JsonObject) args = NULL;
  g_auto (KithOpContext) result = { 0 };
  g_autoptr (GError) error = NULL;

  console_init (&c);
  hub = console_open_hub (&c);
  source = g_path_get_basename (kith_test_dir_path (c.dir));
  key = g_strconcat (source, "/1", NULL);
  agency = kith_id_natural ("organization", key);
  args = kith_json_new ("id", "s", id, "agency", "s", agency, "given_name", "s", "Ana", "level", "s", "standard", "role", "s", "care_coordinator",
                        "login", "s", "ana", NULL);
  kith_hub_submit (hub, actor, "staff.add", args, &result, &error);
  g_assert_no_error (error);
  g_clear_pointer (&hub, kith_hub_free);

  g_assert_cmpint (ADD (&c, "--login ana --level portal --follows Detox"), ==, 1); /* not what is there */
  assert_says (c.err, "standard");
  g_assert_cmpint (console_run (&c, "account add --database %s --password-file %s --given-name Ana --agency City%%Pantry --login ana", c.database, c.password), ==, 1);
  assert_says (c.err, "taken");
  assert_staff (&c, "ana", 1, FALSE);

  g_assert_cmpint (ADD (&c, "--login ana"), ==, 0);
  assert_says (c.out, "without a sign-in");
  g_assert_cmpuint (count_staff (&c, "ana", &account), ==, 1);
  g_assert_cmpstr (account, ==, id);
}

/* Who has an account keeps it, however the name is written. */
static void
test_account_taken (void)
{
  static const char *const names[] = { "ana", "Ana", "ANA" };
  g_auto (Console) c;
  g_autofree char *first = NULL;

  console_init (&c);
  g_assert_cmpint (ADD (&c, "--login ana"), ==, 0);
  count_staff (&c, "ana", &first);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *now = NULL;

      g_assert_cmpint (console_run (&c, "account add --database %s --password-file %s --given-name Ann --agency Harbor%%House --login %s", c.database, c.password,
                            names[i]), ==, 1);
      assert_says (c.err, "taken");
      count_staff (&c, "ana", &now);
      g_assert_cmpstr (now, ==, first);
    }
  assert_staff (&c, "ANA", 0, TRUE);
}

/* A word that is not understood is told with the choices, before anything is done. */
static void
test_options (void)
{
  g_auto (Console) c;
  g_autofree char *people = NULL;

  console_init (&c);
  people = kith_test_dir_write (c.dir, "people.csv", "id,given_name,date_of_birth\n1,Ana,1990-12-01\n2,Ben,1990-13-01\n");
  g_assert_cmpint (console_run (&c, "import clients %s --agency Harbor%%House --database %s --report xml", people, c.database), ==, 2);
  assert_says (c.err, "text or json");
  g_assert_cmpint (console_run (&c, "import hsds %s --database %s --report JSON", kith_test_dir_path (c.dir), c.database), ==, 2);
  assert_says (c.err, "text or json");
  g_assert_cmpint (console_run (&c, "serve --database %s --listen 127.0.0.1:0 bogus extra", c.database), ==, 2);
  assert_says (c.err, "bogus");
  g_assert_cmpint (console_run (&c, "check --database %s bogus", c.database), ==, 2);
  g_assert_cmpint (console_run (&c, "serve --database %s --listen 127.0.0.1:0 --rate -3", c.database), ==, 2);
  assert_says (c.err, "--rate");
  g_assert_cmpint (console_run (&c, "serve --database %s --mail %s/nothing.conf", c.database, kith_test_dir_path (c.dir)), ==, 1);
  assert_says (c.err, "nothing.conf");
  g_assert_cmpint (console_run (&c, "import clients %s --agency Harbor%%House --database %s --map given_name=first", people, c.database), ==, 1);
  assert_says (c.err, "id, given_name, date_of_birth");
  g_assert_cmpint (console_run (&c, "account add --help"), ==, 0);
  assert_says (c.out, "Name to sign in with; required");

  g_assert_cmpint (console_run (&c, "import clients %s --agency Harbor%%House --database %s --report json", people, c.database), ==, 0);
  {
    g_autoptr (JsonObject) report = kith_json_parse_object (c.out, -1, NULL, NULL);

    g_assert_nonnull (report);
    g_assert_cmpint (kith_json_int (report, "taken", -1), ==, 1);
    g_assert_cmpint (kith_json_int (report, "refused", -1), ==, 1);
  }
  g_assert_cmpint (console_run (&c, "import clients %s --agency Harbor%%House --database %s --report text", people, c.database), ==, 0);
  assert_says (c.out, "Taken: 0. Unchanged: 1. Not taken: 1.");
}

/* What is wrong, what is safe, what to do. */
static void
test_errors (void)
{
  g_auto (Console) c;
  g_autofree char *letter = NULL;
  g_autoptr (KithHub) serving = NULL;

  console_init (&c);
  letter = kith_test_dir_write (c.dir, "letter.txt", "Dear Ana, this is no database at all, but a letter of more than a few bytes.\n");
  g_assert_cmpint (console_run (&c, "check --database %s", letter), ==, 1);
  assert_says (c.err, "no Kith database");
  assert_says (c.err, "--key-file");
  g_assert_cmpint (console_run (&c, "init --database %s/none/town.db", kith_test_dir_path (c.dir)), ==, 1);
  assert_says (c.err, "/none” does not exist");
  /* design.md 2, row db: what is not encrypted is served to nobody else */
  g_assert_cmpint (console_run (&c, "serve --database %s --listen 0.0.0.0:0 --behind-proxy", c.database), ==, 1);
  assert_says (c.err, "--key-file");
  assert_says (c.err, "kith-hub encrypt --database");
  serving = console_open_hub (&c);
  g_assert_cmpint (ADD (&c, "--login ana"), ==, 1);
  assert_says (c.err, "Stop “kith-hub serve” first");
}

static gboolean
is_readable (const char *path)
{
  g_autofree char *bytes = NULL;
  gsize length = 0;

  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  return memmem (bytes, length, "Harbor House", strlen ("Harbor House")) != NULL;
}

/* design.md 2, row db: a database made without a key gets one; until it has it, it is as it was, and what it was is kept until somebody removes it. */
static void
test_encrypt (void)
{
  g_auto (Console) c;
  g_autofree char *key = NULL, *other = NULL, *former = NULL, *part = NULL;
  g_autoptr (KithHub) serving = NULL;

  console_init (&c);
  key = kith_test_dir_write (c.dir, "key", "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f\n");
  other = kith_test_dir_write (c.dir, "other", "ff0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f\n");
  former = g_strconcat (c.database, ".unencrypted", NULL);
  part = g_strconcat (c.database, ".part", NULL);
  g_assert_cmpint (ADD (&c, "--login ana"), ==, 0);

  g_assert_cmpint (console_run (&c, "encrypt --database %s", c.database), ==, 2);
  assert_says (c.err, "openssl rand -hex 32");
  g_assert_cmpint (console_run (&c, "encrypt --database %s --key-file %s/none", c.database, kith_test_dir_path (c.dir)), ==, 1);
  assert_says (c.err, "not touched");
  serving = console_open_hub (&c);
  g_assert_cmpint (console_run (&c, "encrypt --database %s --key-file %s", c.database, key), ==, 1);
  assert_says (c.err, "Stop “kith-hub serve” first");
  g_clear_pointer (&serving, kith_hub_free);
  g_assert_true (g_file_set_contents (former, "something else", -1, NULL));
  g_assert_cmpint (console_run (&c, "encrypt --database %s --key-file %s", c.database, key), ==, 1);
  assert_says (c.err, "nothing was changed");
  g_assert_cmpint (g_unlink (former), ==, 0);
  g_assert_cmpint (console_run (&c, "check --database %s", c.database), ==, 0);
  g_assert_true (is_readable (c.database));

  g_assert_true (g_file_set_contents (part, "of an attempt that was cut off", -1, NULL));
  g_assert_cmpint (console_run (&c, "encrypt --database %s --key-file %s", c.database, key), ==, 0);
  assert_says (c.out, former);
  g_assert_false (g_file_test (part, G_FILE_TEST_EXISTS));
  g_assert_false (is_readable (c.database));
  g_assert_true (is_readable (former));
  g_assert_cmpint (console_run (&c, "check --database %s", c.database), ==, 1);
  g_assert_cmpint (console_run (&c, "check --database %s --key-file %s", c.database, other), ==, 1);
  g_assert_cmpint (console_run (&c, "check --database %s --key-file %s", c.database, key), ==, 0);
  assert_says (c.out, "in order");
  g_assert_cmpint (console_run (&c, "account computers --login ana --database %s --key-file %s", c.database, key), ==, 0);
  g_assert_cmpint (console_run (&c, "encrypt --database %s --key-file %s", c.database, key), ==, 1);
  assert_says (c.err, "encrypted already");
  g_assert_cmpint (console_run (&c, "check --database %s", former), ==, 0);

  g_assert_cmpint (console_run (&c, "encrypt --database %s --key-file %s --remove-former", former, key), ==, 0);
  assert_says (c.out, "was removed");
  g_assert_false (is_readable (former));
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* What lies in the folder beside the database, by names, and the database's own bytes. */
static char *
state_of (Console *c)
{
  g_autoptr (GDir) dir = g_dir_open (kith_test_dir_path (c->dir), 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *bytes = NULL, *list = NULL;
  const char *name;
  gsize length;

  while ((name = g_dir_read_name (dir)) != NULL)
    if (!g_str_has_suffix (name, "-wal") && !g_str_has_suffix (name, "-shm"))
      g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);
  list = g_strjoinv ("|", (char **) names->pdata);
  g_assert_true (g_file_get_contents (c->database, &bytes, &length, NULL));
  {
    g_autofree char *sum = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) bytes, length);

    return g_strjoin ("|", list, sum, NULL);
  }
}

static void
write_sql (Console *c, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KithDb) db = kith_hub_open_db (c->database, FALSE, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (kith_db_exec (db, sql, &error));
  g_assert_no_error (error);
}

/* check looks and changes nothing: beside a hub that serves, without a folder of files, at a database of an older Kith, at one that is spoilt. */
static void
test_check (void)
{
  g_auto (Console) c;
  g_autofree char *before = NULL, *after = NULL, *files = NULL, *lock = NULL;

  console_init (&c);
  files = g_strconcat (c.database, "-files", NULL);
  lock = g_strconcat (c.database, ".lock", NULL);
  g_assert_cmpint (g_rmdir (files), ==, 0);
  g_unlink (lock);
  before = state_of (&c);
  g_assert_cmpint (console_run (&c, "check --database %s", c.database), ==, 0);
  assert_says (c.out, "Everything is in order");
  after = state_of (&c);
  g_assert_cmpstr (after, ==, before);
  {
    g_autoptr (KithHub) serving = console_open_hub (&c);

    g_assert_cmpint (console_run (&c, "check --database %s", c.database), ==, 0);
    assert_says (c.out, "Everything is in order");
  }
  g_assert_false (g_file_test (files, G_FILE_TEST_EXISTS));

  write_sql (&c, "DELETE FROM scope_grant WHERE reason = 'fixed'");
  g_assert_cmpint (console_run (&c, "check --database %s", c.database), ==, 1);
  assert_says (c.out, "should be open to everyone");

  write_sql (&c, "DELETE FROM schema_migration WHERE number = (SELECT max(number) FROM schema_migration)");
  g_clear_pointer (&before, g_free);
  g_clear_pointer (&after, g_free);
  before = state_of (&c);
  g_assert_cmpint (console_run (&c, "check --database %s", c.database), ==, 1);
  assert_says (c.err, "older Kith");
  assert_says (c.err, "kith-hub serve");
  after = state_of (&c);
  g_assert_cmpstr (after, ==, before);
}

/* A database one page of which is spoilt: told in words of what to do, by check, and by backup, whose copy is not to be relied on. */
static void
test_damaged (void)
{
  g_auto (Console) c;
  g_autofree char *text = NULL, *to = NULL, *page = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  console_init (&c);
  to = kith_test_dir_file (c.dir, "backup");
  g_assert_cmpint (console_run (&c, "backup --database %s --to %s/nowhere/monday", c.database, to), ==, 1);
  assert_says (c.err, "/nowhere” does not exist. Make it first; nothing was copied");
  g_assert_true (g_file_get_contents (c.database, &text, &length, &error));
  g_assert_cmpuint (length, >, 200 * 4096);
  page = console_read_sql (&c, "SELECT rootpage FROM sqlite_master WHERE name = 'referral'");
  memset (text + (g_ascii_strtoull (page, NULL, 10) - 1) * 4096, 0xa5, 4096);
  g_assert_true (g_file_set_contents (c.database, text, (gssize) length, &error));
  g_assert_cmpint (console_run (&c, "check --database %s", c.database), ==, 1);
  g_assert_true (strstr (c.err, "is damaged. Stop the hub, and put the last backup") || strstr (c.out, "database: "));
  g_assert_cmpint (console_run (&c, "backup --database %s --to %s", c.database, to), ==, 1);
  assert_says (c.out, "database: damaged");
}

/* A computer that was lost: it is listed by its name, and revoked by it. */
static void
test_computers (void)
{
  g_auto (Console) c;
  g_autofree char *staff = NULL;

  console_init (&c);
  g_assert_cmpint (ADD (&c, "--login ana"), ==, 0);
  g_assert_cmpint (console_run (&c, "account computers --database %s", c.database), ==, 2);
  assert_says (c.err, "Usage: kith-hub account computers [OPTION…] [NAME]");
  g_assert_cmpint (console_run (&c, "account computers ana carl --database %s", c.database), ==, 2);
  assert_says (c.err, "“carl” is one word too many");
  g_assert_cmpint (console_run (&c, "account computers ana --login carl --database %s", c.database), ==, 2);
  g_assert_cmpint (console_run (&c, "account computers --database %s --login ben", c.database), ==, 1);
  assert_says (c.err, "Nobody signs in as “ben”");
  g_assert_cmpint (console_run (&c, "account computers ana --database %s", c.database), ==, 0);
  assert_says (c.out, "Nobody signed in");
  g_assert_cmpint (console_run (&c, "account computers --database %s --login Ana", c.database), ==, 0);
  assert_says (c.out, "Nobody signed in by that name yet");
  count_staff (&c, "ana", &staff);
  {
    g_autofree char *sql = g_strdup_printf ("INSERT INTO lane (device, user_id, code, created_at, computer, seen_at) VALUES ('d-1', '%s', 'KB', 1767225600000, NULL, NULL), "
                                            "('d-2', '%s', 'KC', 1767225600000, 'van', 1767312000000), ('d-3', '%s', 'KD', 1767225600000, 'desk', 1767312060000), "
                                            "('d-4', '%s', 'KF', 1767225600000, 'desk', 1767312000000)", staff, staff, staff, staff);

    write_sql (&c, sql);
  }
  {
    g_autoptr (KithHub) serving = console_open_hub (&c);

    g_assert_cmpint (console_run (&c, "account computers --database %s --login ana", c.database), ==, 0);
    g_assert_cmpint (console_run (&c, "account computers --database %s --login ana --revoke van", c.database), ==, 1);
    assert_says (c.err, "Stop “kith-hub serve” first");
  }
  g_assert_cmpint (console_run (&c, "account computers --database %s --login ana", c.database), ==, 0);
  assert_says (c.out, "KB   - ");
  assert_says (c.out, "KD   desk                 since 2026-01-01  last contact 2026-01-02 00:01  d-3");
  g_assert_null (strstr (c.out, "revoked"));
  g_assert_cmpint (console_run (&c, "account computers --database %s --login ana --revoke van-1", c.database), ==, 1);
  assert_says (c.err, "no computer “van-1” in use");
  g_assert_cmpint (console_run (&c, "account computers --database %s --login ana --revoke desk", c.database), ==, 1);
  assert_says (c.err, "2 of their computers");
  g_assert_cmpint (console_run (&c, "account computers --database %s --login ana --revoke KB", c.database), ==, 0);
  assert_says (c.out, "revoked");
  assert_says (c.out, "1 computer gets nothing more");
  g_assert_cmpint (console_run (&c, "account computers --database %s --login ana --revoke van", c.database), ==, 0);
  g_assert_cmpint (console_run (&c, "account computers --database %s --login ana --revoke d-3", c.database), ==, 0);
  g_assert_cmpint (console_run (&c, "account computers --database %s --login ana --revoke desk", c.database), ==, 0); /* the one that is left */
  g_assert_cmpint (console_run (&c, "account computers --database %s --login ana --revoke all", c.database), ==, 1);
  assert_says (c.err, "“ana” has no computer in use");
}

/* A made-up network is signed in to at the least cost a desk takes; whoever exists is not, whatever the network around it (sync.md 5.1). */
static void
test_low_cost (void)
{
  static const struct { const char *login; gint64 memory; } cases[] = { { "worker1", 19 << 20 }, { "Manager1", 19 << 20 }, { "ana", 128 << 20 }, { "nobody", 128 << 20 } };
  g_auto (Console) c;
  g_autofree char *demo = NULL;
  g_autoptr (KithHub) hub = NULL;

  console_init (&c);
  demo = kith_test_dir_file (c.dir, "demo.db");
  g_assert_cmpint (console_run (&c, "demo --database %s --agencies 2 --clients 4 --accounts 1", demo), ==, 0);
  g_free (c.database);
  c.database = g_steal_pointer (&demo);
  g_assert_cmpint (console_run (&c, "account add --database %s --password-file %s --given-name Ana --level network --login ana", c.database, c.password), ==, 0);
  hub = console_open_hub (&c);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"login\":\"%s\"}", cases[i].login);
      g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));
      KithHubRequest request = { "POST", "/v1/sign-in/start", NULL, NULL, NULL, body };
      g_auto (KithHubAnswer) answer = { 0 };
      g_autoptr (JsonObject) start = NULL;
      gsize length;
      const char *data;

      kith_hub_handle (hub, &request, &answer);
      g_assert_cmpuint (answer.status, ==, 200);
      data = g_bytes_get_data (answer.body, &length);
      start = kith_json_parse_object (data, length, NULL, NULL);
      g_test_message ("%s", cases[i].login);
      g_assert_cmpint (kith_json_int (start, "memory", 0), ==, cases[i].memory);
      g_assert_cmpint (kith_json_int (start, "ops", 0), ==, cases[i].memory == 19 << 20 ? 2 : 3);
    }
}

/* A forgotten password has an end: another one, and whoever holds a session of the former one is asked. */
static void
test_password (void)
{
  g_auto (Console) c;
  g_autofree char *staff = NULL, *before = NULL, *after = NULL;
  g_autoptr (GError) error = NULL;

  console_init (&c);
  g_assert_cmpint (ADD (&c, "--login ana"), ==, 0);
  count_staff (&c, "ana", &staff);
  {
    g_autofree char *sql = g_strdup_printf ("INSERT INTO session (family, user_id, lane, created_at) VALUES ('f', '%s', 1, 1); "
                                            "INSERT INTO sign_in_failure (login, failures, until_ms, at) VALUES ('ana', 12, 4102444800000, 1)", staff);

    write_sql (&c, sql);
  }
  before = console_read_sql (&c, "SELECT hash FROM account WHERE login = 'ana'");
  g_assert_cmpint (console_run (&c, "account password --database %s", c.database), ==, 2);
  g_assert_cmpint (console_run (&c, "account password --database %s --login ben", c.database), ==, 1);
  assert_says (c.err, "Nothing was changed");
  g_assert_true (g_file_set_contents (c.password, "short", -1, &error));
  g_assert_cmpint (console_run (&c, "account password --database %s --login ana --password-file %s", c.database, c.password), ==, 1);
  after = console_read_sql (&c, "SELECT hash FROM account WHERE login = 'ana'");
  g_assert_cmpstr (before, ==, after);
  g_assert_cmpint (console_run (&c, "account password --database %s --login ANA", c.database), ==, 0);
  assert_says (c.out, "Password, shown this once: ");
  g_free (after);
  after = console_read_sql (&c, "SELECT hash FROM account WHERE login = 'ana'");
  g_assert_cmpstr (before, !=, after);
  g_free (after);
  after = console_read_sql (&c, "SELECT count(*) FROM sign_in_failure");
  g_assert_cmpstr (after, ==, "0"); /* who guessed at the forgotten one does not wait for the new one */
  g_free (after);
  after = console_read_sql (&c, "SELECT count(*) FROM session");
  g_assert_cmpstr (after, ==, "0");
  g_free (after);
  after = console_read_sql (&c, "SELECT count(*) FROM account");
  g_assert_cmpstr (after, ==, "1");
}

/* Sync.md 2.4: what was set aside is there for whoever looks after the hub. What it says is somebody's record: told only when asked for. */
static void
test_parked (void)
{
  g_auto (Console) c;
  g_autofree char *staff = NULL;

  console_init (&c);
  g_assert_cmpint (ADD (&c, "--login ana"), ==, 0);
  g_assert_cmpint (console_run (&c, "parked --database %s", c.database), ==, 0);
  assert_says (c.out, "No operation was set aside");
  count_staff (&c, "ana", &staff);
  {
    g_autofree char *sql = g_strdup_printf ("INSERT INTO parked_op (lane, n, op_id, user_id, why, line, at) VALUES (1, 7, 'x', '%s', 'unknown_op', "
                                            "'{\"n\":7,\"op\":\"client.levitate\",\"a\":{\"given_name\":\"Maria\"}}', 1767225600000), "
                                            "(1, 8, 'y', 'nobody', 'crashed', 'no JSON', 1767225600000)", staff);

    write_sql (&c, sql);
  }
  g_assert_cmpint (console_run (&c, "check --database %s", c.database), ==, 0);
  assert_says (c.out, "2 operations were set aside");
  g_assert_cmpint (console_run (&c, "parked --database %s", c.database), ==, 0);
  assert_says (c.out, "    1  2026-01-01T00:00:00  ana  client.levitate  unknown_op");
  assert_says (c.out, "    2  2026-01-01T00:00:00  -  ?  crashed");
  g_assert_null (strstr (c.out, "Maria"));
  g_assert_cmpint (console_run (&c, "parked --database %s --show 1", c.database), ==, 0);
  assert_says (c.out, "Maria");
  g_assert_cmpint (console_run (&c, "parked --database %s --show 3", c.database), ==, 1);
  assert_says (c.err, "number 3");
  g_assert_cmpint (console_run (&c, "parked --database %s --show 1 --drop 1", c.database), ==, 2);
  g_assert_cmpint (console_run (&c, "parked --database %s --drop 1", c.database), ==, 0);
  g_assert_null (strstr (c.out, "Maria"));
  g_assert_cmpint (console_run (&c, "parked --database %s", c.database), ==, 0);
  g_assert_null (strstr (c.out, "client.levitate"));
  assert_says (c.out, "crashed");
}

/* Mail that was given up is listed for whoever looks after the hub, and tried again when they say so. */
static void
test_mail (void)
{
  g_auto (Console) c;
  g_autofree char *staff = NULL, *sql = NULL, *left = NULL;

  console_init (&c);
  g_assert_cmpint (ADD (&c, "--login ana"), ==, 0);
  g_assert_cmpint (console_run (&c, "mail --database %s", c.database), ==, 0);
  assert_says (c.out, "No mail was given up");
  count_staff (&c, "ana", &staff);
  sql = g_strdup_printf ("INSERT INTO mail (staff, week, at, next_at, attempts, dead, why) VALUES ('%s', '2026-01-05', 1767225600000, 0, 1, 1, '550 5.1.1'), "
                         "('nobody', '2026-01-05', 1767225600000, 0, 0, 0, NULL)", staff);
  write_sql (&c, sql);
  g_assert_cmpint (console_run (&c, "mail --database %s", c.database), ==, 0);
  assert_says (c.out, "    1  2026-01-01T00:00:00  ana  550 5.1.1\n");
  g_assert_null (strstr (c.out, "    2  "));
  g_assert_cmpint (console_run (&c, "mail --database %s --again", c.database), ==, 0);
  assert_says (c.out, "1 mail is tried again.");
  g_assert_cmpint (console_run (&c, "mail --database %s", c.database), ==, 0);
  assert_says (c.out, "No mail was given up");
  left = console_read_sql (&c, "SELECT count(*) FROM mail WHERE dead = 0 AND attempts = 0");
  g_assert_cmpstr (left, ==, "2");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  kith_kinds_register ();
  g_test_add_func ("/hub/commands/account-refused", test_account_refused);
  g_test_add_func ("/hub/commands/account-finished", test_account_finished);
  g_test_add_func ("/hub/commands/account-taken", test_account_taken);
  g_test_add_func ("/hub/commands/options", test_options);
  g_test_add_func ("/hub/commands/errors", test_errors);
  g_test_add_func ("/hub/commands/encrypt", test_encrypt);
  g_test_add_func ("/hub/commands/check-changes-nothing", test_check);
  g_test_add_func ("/hub/commands/damaged", test_damaged);
  g_test_add_func ("/hub/commands/demo-low-cost", test_low_cost);
  g_test_add_func ("/hub/commands/I21-computers", test_computers);
  g_test_add_func ("/hub/commands/password", test_password);
  g_test_add_func ("/hub/commands/parked", test_parked);
  g_test_add_func ("/hub/commands/mail", test_mail);
  return g_test_run ();
}
