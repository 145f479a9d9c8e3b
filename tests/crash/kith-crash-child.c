/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kith-crash-child make FOLDER SEED | work FOLDER SEED OPERATIONS KILL-AT | revoke FOLDER SEED | wipe FOLDER SEED KILL-AT | check FOLDER SEED
 *
 * work goes on with a seeded piece of work until so many operations stand in the ledger, and dies by SIGKILL in the middle of the
 * KILL-AT-th write or sync of any of the three databases. wipe dies in the midst of rewriting a store after the forget that
 * revoke made due. check says whether I2, I3 and I4 hold over what is left. */
#include "crash-net.h"
#include "faulty-vfs.h"
#include "kith-id.h"
#include "kith-store-file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#include "kith-db-private.h"

static char *
new_id (CrashNet *net)
{
  return kith_id_new (net->clock, net->random);
}

static void
register_and_send (CrashNet *net)
{
  g_autofree char *client = new_id (net), *consent = new_id (net), *referral = new_id (net);
  g_autofree char *email = g_strconcat ("canary-", client, "@example.org", NULL); /* in the client's own record alone (I6) */
  g_autofree char *client_number = kith_store_next_number (net->desks[0].store, NULL), *number = kith_store_next_number (net->desks[0].store, NULL);

  crash_net_submit (net, 0, "client.register",
    kith_json_new ("id", "s", client, "number", "s", client_number, "values", "o", kith_json_new ("given_name", "s", "Mara", "family_name", "s", "Canary", "email", "s", email, NULL),
                   "consent", "o", kith_json_new ("id", "s", consent, "permission", "s", "granted", "classes", "a", kith_json_strings ("client", "care", NULL),
                                                  "receivers", "a", kith_json_strings (kith_json_string (net->facts, "b"), NULL), "how", "s", "verbal",
                                                  "purpose", "s", "Referral", "term", "s", "2099-01-01T00:00:00.000Z", NULL), NULL));
  crash_net_submit (net, 0, "referral.send",
    kith_json_new ("id", "s", referral, "number", "s", number, "client", "s", client, "type", "s", "direct",
                   "service", "s", kith_json_string (net->facts, "service"), "need", "s", "A bed", "urgency", "s", "soon", NULL));
  if (kith_random_below (net->random, 4) == 0)
    crash_net_attach (net, 0, client);
}

/* As on a new computer of the same person: a file that is at the hub is fetched again. */
static void
fetch_again (CrashNet *net)
{
  KithStore *store = net->desks[0].store;
  g_autofree char *document = NULL;
  gboolean here;

  if (kith_random_below (net->random, 4) > 0)
    return;
  {
    g_autoptr (KithDbStmt) stmt = kith_db_prepare (kith_store_get_db (store), "SELECT document FROM file WHERE sent = size ORDER BY document DESC LIMIT 1", NULL);

    if (kith_db_step (stmt, NULL) != KITH_DB_ROW)
      return;
    document = g_strdup (kith_db_text (stmt, 0));
  }
  if (!kith_db_exec (kith_store_get_db (store), "DELETE FROM file WHERE sent = size", NULL) || !kith_store_want_file (store, document, &here, NULL))
    g_error ("A file could not be asked for");
}

/* B answers whatever waits, and closes what it accepted. */
static void
answer (CrashNet *net)
{
  static const char *const phases[] = { "sent", "accepted" };
  KithWorld *world = kith_store_get_world (net->desks[1].store);

  for (guint p = 0; p < G_N_ELEMENTS (phases); p++)
    {
      g_autoptr (GPtrArray) found = kith_world_find (world, NULL, "referral", "phase", phases[p], NULL, NULL);

      for (guint i = 0; found != NULL && i < found->len; i++)
        {
          const char *id = kith_record_get_id (found->pdata[i]);

          if (p == 1)
            crash_net_submit (net, 1, "referral.close", kith_json_new ("referral", "s", id, "from", "s", "accepted", "outcome", "s", "need_met", NULL));
          else if (kith_random_below (net->random, 4) > 0)
            crash_net_submit (net, 1, "referral.accept", kith_json_new ("referral", "s", id, "from", "s", "sent", NULL));
          else
            crash_net_submit (net, 1, "referral.decline", kith_json_new ("referral", "s", id, "from", "s", "sent", "reason", "s", "no_capacity", NULL));
        }
    }
}

/* Some take their consent back when all is done: what B was given goes from its computer, killed at any moment or not. */
static void
take_back (CrashNet *net)
{
  KithWorld *world = kith_store_get_world (net->desks[0].store);
  g_autoptr (GPtrArray) closed = kith_world_find (world, NULL, "referral", "phase", "closed_resolved", NULL, NULL);

  for (guint i = 0; closed != NULL && i < closed->len; i++)
    {
      const char *client = kith_record_string (closed->pdata[i], "client");
      g_autoptr (GPtrArray) consents = kith_world_find (world, NULL, "consent", "client", client, NULL, NULL);

      if (consents != NULL && consents->len > 0 && kith_record_is (consents->pdata[0], "status", "in_force") && kith_random_below (net->random, 2) == 0)
        crash_net_submit (net, 0, "consent.revoke", kith_json_new ("client", "s", client, "reason", "s", "She asked", NULL));
    }
}

/* As in a quiet moment or at a lock; killed in the midst of it, it is due still (I6). */
static void
wipe (CrashNet *net, guint i)
{
  g_autoptr (GError) error = NULL;

  if (!kith_store_wipe (net->desks[i].store, &error))
    g_error ("desk %u: %s", i, error->message);
}

static guint
ledger_lines (CrashNet *net)
{
  g_autofree char *path = g_build_filename (net->folder, "ledger", NULL), *text = NULL;
  guint n = 0;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  for (const char *c = text; *c != '\0'; c++)
    n += *c == '\n';
  return n;
}

/* Each process over a folder draws differently, or ids would come twice; a seed that failed does the same again. */
static guint64
draw_from (const char *folder, guint64 seed)
{
  g_autofree char *path = g_build_filename (folder, "lives", NULL);
  g_autofree char *before = NULL, *now = NULL;
  guint64 life;

  g_file_get_contents (path, &before, NULL, NULL);
  life = before != NULL ? g_ascii_strtoull (before, NULL, 10) + 1 : 1;
  now = g_strdup_printf ("%" G_GUINT64_FORMAT, life);
  g_assert_true (g_file_set_contents (path, now, -1, NULL));
  return seed * 1000003 + life;
}

static int
work (const char *folder, guint64 seed, guint operations, guint kill_at)
{
  CrashNet *net;

  kith_faulty_vfs_install ();
  if (kill_at > 0)
    kith_faulty_vfs_arm (KITH_FAULT_KILL, kill_at, FALSE);
  net = crash_net_open (folder, draw_from (folder, seed));
  while (ledger_lines (net) < operations)
    {
      register_and_send (net);
      for (guint i = 0; i < 3; i++)
        crash_net_sync (net, kith_random_below (net->random, CRASH_DESKS));
      answer (net);
      take_back (net);
      fetch_again (net);
      crash_net_sync (net, kith_random_below (net->random, CRASH_DESKS));
      if (kith_random_below (net->random, 2) == 0)
        wipe (net, kith_random_below (net->random, CRASH_DESKS));
    }
  crash_net_close (net);
  return 0;
}

/* Until something was taken from B's computer that its pages may hold still. */
static int
make_due (const char *folder, guint64 seed)
{
  CrashNet *net = crash_net_open (folder, draw_from (folder, seed));

  while (kith_store_get_wipe (net->desks[1].store) == KITH_WIPE_NONE)
    {
      register_and_send (net);
      crash_net_sync (net, 0);
      crash_net_sync (net, 1);
      answer (net);
      crash_net_sync (net, 1);
      crash_net_sync (net, 0);
      take_back (net);
      crash_net_sync (net, 0);
      crash_net_sync (net, 1);
    }
  crash_net_close (net);
  return 0;
}

#define NOT_DUE 3

static int
rewrite (const char *folder, guint64 seed, guint kill_at)
{
  CrashNet *net;

  kith_faulty_vfs_install ();
  net = crash_net_open (folder, seed);
  if (kith_store_get_wipe (net->desks[1].store) == KITH_WIPE_NONE)
    return NOT_DUE;
  kith_faulty_vfs_arm (KITH_FAULT_KILL, kill_at, FALSE);
  wipe (net, 1);
  kith_faulty_vfs_disarm ();
  crash_net_close (net);
  return 0;
}

/* ---- check */

static gboolean
intact (KithDb *db)
{
  g_autoptr (KithDbStmt) stmt = kith_db_prepare (db, "PRAGMA integrity_check", NULL);

  return stmt != NULL && kith_db_step (stmt, NULL) == KITH_DB_ROW && g_strcmp0 (kith_db_text (stmt, 0), "ok") == 0;
}

static gint64
count (KithDb *db, const char *sql, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KithDbStmt) stmt = kith_db_prepare (db, sql, &error);

  g_assert_no_error (error);
  if (text != NULL)
    kith_db_bind_text (stmt, 1, text);
  g_assert_cmpint (kith_db_step (stmt, &error), ==, KITH_DB_ROW);
  return kith_db_int (stmt, 0);
}

static guint
complain (const char *what, const char *about)
{
  printf ("%s: %s\n", what, about);
  return 1;
}

/* I2, I3, I4: what was committed at a desk is at the hub, once, with an outcome that took effect once. */
static guint
check_ledger (CrashNet *net)
{
  KithDb *db = kith_hub_get_db (net->hub);
  g_autofree char *path = g_build_filename (net->folder, "ledger", NULL), *text = NULL;
  g_auto (GStrv) lines = NULL;
  guint problems = 0, registered = 0, sent = 0;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL && lines[i][0] != '\0'; i++)
    {
      g_auto (GStrv) parts = g_strsplit (lines[i], " ", 3);

      if (count (db, "SELECT count(*) FROM op_log WHERE op_id = ?", parts[1]) != 1)
        problems += complain ("I3, an operation is lost", lines[i]);
      else if (count (db, "SELECT count(*) FROM op_log WHERE status IN ('applied', 'noop', 'merged') AND op_id = ?", parts[1]) != 1)
        problems += complain ("I2, an operation without effect", lines[i]);
      registered += g_str_equal (parts[2], "client.register");
      sent += g_str_equal (parts[2], "referral.send");
    }
  /* An operation may have been committed and its line not written: never the other way round. */
  if (count (db, "SELECT count(*) FROM client", NULL) < registered || count (db, "SELECT count(*) FROM referral", NULL) < sent)
    problems += complain ("I2", "fewer clients or referrals than operations that made them");
  if (count (db, "SELECT count(*) FROM (SELECT body ->> 'referral' AS r, body ->> 'type' AS t FROM referral_event WHERE body ->> 'type' IN "
                 "('sent', 'accepted', 'declined', 'closed') GROUP BY 1, 2 HAVING count(*) > 1)", NULL) != 0)
    problems += complain ("I4", "one step happened twice");
  return problems;
}

/* Every file that was attached is whole at the hub, none is half at a desk, and what is there is what it should be. */
static guint
check_files (CrashNet *net)
{
  KithStore *store = net->desks[0].store;
  g_autoptr (KithDbStmt) stmt = kith_db_prepare (kith_store_get_db (store), "SELECT document FROM file", NULL);
  guint problems = 0;

  if (count (kith_hub_get_db (net->hub), "SELECT count(*) FROM document d LEFT JOIN blob b ON b.document = d.id WHERE coalesce(b.whole, 0) = 0", NULL) != 0)
    problems += complain ("I3, a file", "is not whole at the hub");
  while (kith_db_step (stmt, NULL) == KITH_DB_ROW)
    {
      g_auto (KithStoreFile) file = { 0 };
      g_autofree char *path = kith_store_file_path (store, kith_db_text (stmt, 0)), *hash = NULL;
      gboolean found;

      if (!kith_store_get_file (store, kith_db_text (stmt, 0), &file, &found, NULL) || file.have != file.size)
        problems += complain ("I3, a file is not here", kith_db_text (stmt, 0));
      else if ((hash = kith_blob_hash (path, file.key, file.size, NULL)) == NULL || !g_str_equal (hash, file.sha256))
        problems += complain ("I2, a file is damaged", kith_db_text (stmt, 0));
    }
  return problems;
}

/* I6: of whom B holds no record any more, nothing stands in any page of its store, used or free: read through the key. */
static guint
check_forgotten (CrashNet *net)
{
  KithDb *db = kith_store_get_db (net->desks[1].store);
  g_autoptr (KithDbStmt) clients = kith_db_prepare (kith_hub_get_db (net->hub), "SELECT id, body ->> 'email' FROM client", NULL);
  sqlite3_int64 size = 0;
  unsigned char *pages;
  guint problems = 0;

  wipe (net, 1);
  pages = sqlite3_serialize (db->handle, "main", &size, 0);
  g_assert_nonnull (pages);
  while (kith_db_step (clients, NULL) == KITH_DB_ROW)
    {
      const char *email = kith_db_text (clients, 1);
      g_autoptr (KithRecord) held = kith_world_get (kith_store_get_world (net->desks[1].store), "client", kith_db_text (clients, 0), NULL);
      gboolean there = memmem (pages, (gsize) size, email, strlen (email)) != NULL;

      if (held == NULL && there)
        problems += complain ("I6, still in its pages", email);
      if (held != NULL && !there)
        problems += complain ("the search for words finds nothing of what is held", email);
    }
  sqlite3_free (pages);
  return problems;
}

static guint
check_same (CrashNet *net)
{
  KithWorld *hub = kith_hub_get_world (net->hub);
  guint problems = 0;

  for (guint d = 0; d < CRASH_DESKS; d++)
    {
      KithWorld *desk = kith_store_get_world (net->desks[d].store);
      g_autoptr (GPtrArray) found = kith_world_find (hub, NULL, "referral", "agency_to", kith_json_string (net->facts, "b"), NULL, NULL);

      for (guint i = 0; found != NULL && i < found->len; i++)
        {
          g_autoptr (KithRecord) here = kith_world_get (desk, "referral", kith_record_get_id (found->pdata[i]), NULL);

          if (here == NULL || !kith_record_equal (here, found->pdata[i]))
            problems += complain ("I1, a desk and the hub differ", kith_record_get_id (found->pdata[i]));
        }
    }
  return problems;
}

static int
check (const char *folder, guint64 seed)
{
  CrashNet *net = crash_net_open (folder, draw_from (folder, seed));
  g_autoptr (GString) report = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  guint problems = 0, found = 0;

  for (guint round = 0; round < 3; round++)
    for (guint i = 0; i < CRASH_DESKS; i++)
      crash_net_sync (net, i);
  if (!intact (kith_hub_get_db (net->hub)))
    problems += complain ("integrity", "hub");
  for (guint i = 0; i < CRASH_DESKS; i++)
    {
      KithStoreStatus status;

      if (!intact (kith_store_get_db (net->desks[i].store)))
        problems += complain ("integrity", "desk");
      g_assert_true (kith_store_get_status (net->desks[i].store, &status, NULL));
      if (status.waiting > 0)
        problems += complain ("I17", "an outbox is not empty");
    }
  problems += check_ledger (net) + check_same (net) + check_files (net) + check_forgotten (net);
  g_assert_true (kith_hub_check (net->hub, report, &found, &error));
  if (found > 0)
    problems += complain ("check", report->str);
  crash_net_close (net);
  return problems == 0 ? 0 : 1;
}

int
main (int argc, char **argv)
{
  guint64 seed = argc > 3 ? g_ascii_strtoull (argv[3], NULL, 10) : 0;

  kith_kinds_register ();
  if (argc == 4 && g_str_equal (argv[1], "make"))
    {
      crash_net_close (crash_net_make (argv[2], seed));
      return 0;
    }
  if (argc == 6 && g_str_equal (argv[1], "work"))
    return work (argv[2], seed, (guint) atoi (argv[4]), (guint) atoi (argv[5]));
  if (argc == 4 && g_str_equal (argv[1], "revoke"))
    return make_due (argv[2], seed);
  if (argc == 5 && g_str_equal (argv[1], "wipe"))
    return rewrite (argv[2], seed, (guint) atoi (argv[4]));
  if (argc == 4 && g_str_equal (argv[1], "check"))
    return check (argv[2], seed);
  fprintf (stderr, "usage: kith-crash-child make|work|revoke|wipe|check FOLDER SEED …\n");
  return 2;
}
