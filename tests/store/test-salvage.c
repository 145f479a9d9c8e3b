/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-store-file.h"
#include "kith-store-salvage.h"
#include "store-fixture.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/* What is taken out of a damaged store into a new one: what waits, what was refused, and what was sent of late (I2, I3), but nothing that the hub
 * would have made forget meanwhile (I6). */

static void
change_email (Fixture *f, const char *client, const char *email, char **id)
{
  g_autofree char *args = g_strdup_printf ("{'t':'client','id':'%s','set':{'email':{'old':null,'new':'%s'}}}", client, email);

  *id = submit (f, "record.patch", args);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autofree char *refused = NULL, *taken = NULL, *closed = NULL, *waiting = NULL, *lines = NULL;
  g_autoptr (JsonObject) sent = NULL;
  guint n = 0;

  fixture_set_up (f, f);
  fixture_fill (f);
  change_email (f, CLIENT_C, "refused@example.org", &refused);
  change_email (f, CLIENT_C, "taken@example.org", &taken);
  change_email (f, CLIENT_D, "closed@example.org", &closed);
  sent = push (f, &n);
  g_assert_cmpuint (n, ==, 3);
  lines = g_strdup_printf ("{'n':1,'id':'%s','st':'rejected','code':'denied','message':'Not now.'}\n{'n':2,'id':'%s','st':'applied','q':900}\n"
                           "{'n':3,'id':'%s','st':'applied','q':901}\n", refused, taken, closed);
  answer (f, lines);
  change_email (f, CLIENT_C, "waiting@example.org", &waiting);
}

/* From now on the fixture's store is the new one. */
static KithSalvaged
rescue_from (Fixture *f, gint64 hub_n)
{
  const KithDbOptions options = { .path = "salvage new", .memory = TRUE, .queries = "/org/kith/sql/store/queries" };
  g_autofree char *files = g_build_filename (kith_test_dir_path (f->dir), "new", NULL);
  g_autoptr (GError) error = NULL;
  KithSalvaged salvaged;
  KithDb *db;

  g_clear_object (&f->store);
  db = kith_db_open (&options, &error);
  g_assert_no_error (error);
  f->store = kith_store_new (db, KITH_CLOCK (f->clock), f->random, &error);
  g_assert_no_error (error);
  g_assert_true (kith_store_set_identity (f->store, "device-2", USER_U, "KB", EPOCH, &error));
  g_assert_true (kith_store_set_files (f->store, files, &error));
  g_assert_no_error (error);
  kith_store_salvage (f->store, kith_test_dir_path (f->dir), NULL, hub_n, &salvaged, &error);
  g_assert_no_error (error);
  g_assert_true (salvaged.opened);
  return salvaged;
}

static KithSalvaged
rescue (Fixture *f)
{
  return rescue_from (f, G_MAXINT64);
}

/* I2: a hub that was put back from a plain copy says nothing of it, but knows up to where it has what that computer sent. */
static void
test_hub_lacks (Fixture *f, gconstpointer data)
{
  rescue_from (f, 2);
  g_assert_cmpint (count (f, "SELECT count(*) FROM op WHERE st = 'waiting' AND outcome IS NULL AND args LIKE '%closed@%'"), ==, 1);
  g_assert_cmpint (count (f, "SELECT count(*) FROM op WHERE st = 'done' AND args LIKE '%taken@%'"), ==, 1);
  g_assert_cmpint (count (f, "SELECT count(*) FROM op WHERE st = 'done' AND args LIKE '%refused@%'"), ==, 1);
}

static void
test_answered (Fixture *f, gconstpointer data)
{
  KithSalvaged salvaged;
  KithStoreStatus status = { 0 };
  gint64 former;

  kith_db_exec (kith_store_get_db (f->store), "UPDATE op SET name = 'audit.record' WHERE i = (SELECT max(i) FROM op)", NULL);
  former = count (f, "SELECT count(*) FROM op");
  g_assert_cmpint (former, ==, 4);
  salvaged = rescue (f);
  g_assert_cmpuint (salvaged.ops, ==, 0); /* that somebody read something is no change of theirs */
  g_assert_cmpuint (salvaged.attention, ==, 1);
  g_assert_cmpuint (salvaged.unreadable, ==, 0);
  g_assert_false (salvaged.cut);
  g_assert_cmpint (count (f, "SELECT count(*) FROM op"), ==, former);
  g_assert_true (kith_store_get_status (f->store, &status, NULL));
  g_assert_cmpuint (status.attention, ==, 1);
  g_assert_cmpint (count (f, "SELECT count(*) FROM op WHERE st = 'done' AND attention = 1 AND outcome = 'rejected' AND code = 'denied' AND message = 'Not now.' "
                             "AND args LIKE '%refused@%' AND answered IS NOT NULL"), ==, 1);
  g_assert_cmpint (count (f, "SELECT count(*) FROM op WHERE st = 'done' AND attention = 0 AND n IS NULL AND args LIKE '%taken@%'"), ==, 1);
  g_assert_cmpint (count (f, "SELECT count(*) FROM op WHERE st = 'waiting' AND args LIKE '%waiting@%'"), ==, 1);
}

/* Client D is not this person's any more: nobody says so to a computer that never had it. */
static void
test_closed_meanwhile (Fixture *f, gconstpointer data)
{
  Page *page;

  rescue (f);
  g_assert_cmpint (count (f, "SELECT count(*) FROM op WHERE args LIKE '%closed@%'"), ==, 1);
  page = page_new (1000, 1);
  page_scope (page, SID_CLIENT_C, "client:" CLIENT_C);
  page_filled (page, SID_CLIENT_C, 1);
  page_end (page, "cursor", FALSE);
  page_apply (f, page);
  g_assert_cmpint (count (f, "SELECT count(*) FROM op WHERE args LIKE '%closed@%'"), ==, 0);
  g_assert_cmpint (count (f, "SELECT count(*) FROM op WHERE args LIKE '%taken@%'"), ==, 1);
}

static gint64
n_drafts (Fixture *f, const char *key, const char *condition)
{
  g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM draft WHERE key = '%s' AND %s", key, condition);

  return count (f, sql);
}

static void
save (Fixture *f, const char *key, const char *scope, const char *words)
{
  g_autoptr (JsonObject) draft = kith_json_new ("text", "s", words, NULL);
  g_autoptr (GError) error = NULL;

  kith_store_save_draft (f->store, key, scope, draft, &error);
  g_assert_no_error (error);
}

/* I6: what was typed and not sent is the person's, but of a record that is not theirs any more it goes, as it would have. */
static void
test_drafts (Fixture *f, gconstpointer data)
{
  Page *page;

  save (f, "note:c", "client:" CLIENT_C, "mine");
  save (f, "note:d", "client:" CLIENT_D, "closed by now");
  save (f, "note:new", "care:" CLIENT_C ":a1", "the first in a scope the hub has nothing of");
  save (f, "note:gone", "client:" CLIENT_D, "was to go already");
  kith_db_exec (kith_store_get_db (f->store), "UPDATE draft SET expires = 12345 WHERE key = 'note:gone'", NULL);
  rescue (f);
  g_assert_cmpint (n_drafts (f, "note:gone", "expires = 12345"), ==, 1);
  page = page_new (1000, 1);
  page_scope (page, SID_CLIENT_C, "client:" CLIENT_C);
  page_filled (page, SID_CLIENT_C, 1);
  page_end (page, "cursor", FALSE);
  page_apply (f, page);
  g_assert_cmpint (n_drafts (f, "note:c", "expires IS NULL"), ==, 1);
  g_assert_cmpint (n_drafts (f, "note:new", "expires IS NULL"), ==, 1);
  g_assert_cmpint (n_drafts (f, "note:d", "expires IS NOT NULL"), ==, 1);
}

/* The damaged copy opens only weeks later: what was typed since stands. */
static void
test_drafts_since (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  KithSalvaged salvaged;

  save (f, "note:c", "client:" CLIENT_C, "of then");
  rescue (f);
  kith_manual_clock_advance (f->clock, 60000);
  save (f, "note:c", "client:" CLIENT_C, "of now");
  kith_store_salvage (f->store, kith_test_dir_path (f->dir), NULL, G_MAXINT64, &salvaged, &error);
  g_assert_no_error (error);
  g_assert_cmpint (n_drafts (f, "note:c", "body LIKE '%of now%'"), ==, 1);
}

/* The page on which a table begins. */
static void
spoil (Fixture *f, const char *table)
{
  g_autofree char *sql = g_strdup_printf ("SELECT rootpage FROM sqlite_master WHERE name = '%s'", table);
  gint64 root = count (f, sql), size = count (f, "PRAGMA page_size");
  guint8 noise[64];
  int fd;

  g_clear_object (&f->store); /* the write-ahead log is part of the file then */
  fd = g_open (f->path, O_RDWR | O_CLOEXEC, 0);
  memset (noise, 0xff, sizeof noise);
  g_assert_cmpint (pwrite (fd, noise, sizeof noise, (off_t) ((root - 1) * size)), ==, sizeof noise);
  close (fd);
}

static void
test_cut (Fixture *f, gconstpointer data)
{
  KithSalvaged salvaged;

  spoil (f, "draft");
  salvaged = rescue (f);
  g_assert_true (salvaged.cut);
  g_assert_cmpuint (salvaged.ops, ==, 1);
}

/* The operations are there, and which records they wrote is not. */
static void
test_rows_lost (Fixture *f, gconstpointer data)
{
  spoil (f, "op_row");
  rescue (f);
  g_assert_cmpint (count (f, "SELECT count(*) FROM op WHERE st = 'done' AND attention = 0"), ==, 0);
  g_assert_cmpint (count (f, "SELECT count(*) FROM op WHERE attention = 1 AND expires IS NOT NULL"), ==, 1);
  g_assert_cmpint (count (f, "SELECT count(*) FROM op WHERE st = 'waiting'"), ==, 1);
}

static void
test_bare_file (Fixture *f, gconstpointer data)
{
  KithSalvaged salvaged;
  g_autoptr (GError) error = NULL;

  kith_db_exec (kith_store_get_db (f->store), "INSERT INTO file (document, sha256, size, key, have, sent, used) VALUES ('d', 'a', 5, 'k', 5, 0, 1)", &error);
  g_assert_no_error (error);
  salvaged = rescue (f);
  g_assert_cmpuint (salvaged.bare, ==, 1);
  g_assert_cmpuint (salvaged.files, ==, 0);
}

/* A list that was coming in is told of: only its rows on their way are among what was taken over. One that is through, or was only looked at, is none. */
static void
test_import (Fixture *f, gconstpointer data)
{
  static const struct { const char *job, *row; guint imports;
  } cases[] = { { "running", "new", 1 }, { "running", "queued", 1 }, { "running", "taken", 0 }, { "done", "maybe", 0 }, { "reading", "new", 0 } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *sql = g_strdup_printf ("DELETE FROM import_row; DELETE FROM import_job; INSERT INTO import_job (id, file, source, header, state, started) "
                                              "VALUES ('j', 'a.csv', 'a', '[]', '%s', '2026-11-01T00:00:00.000Z'); "
                                              "INSERT INTO import_row (job, row, state) VALUES ('j', 2, '%s')", cases[i].job, cases[i].row);
      g_autoptr (GError) error = NULL;
      KithSalvaged salvaged;

      if (i > 0)
        {
          fixture_tear_down (f, NULL);
          set_up (f, NULL);
        }
      g_assert_true (kith_db_exec (kith_store_get_db (f->store), sql, &error));
      g_assert_no_error (error);
      salvaged = rescue (f);
      g_assert_cmpuint (salvaged.imports, ==, cases[i].imports);
      g_assert_false (salvaged.cut);
      g_assert_cmpint (count (f, "SELECT count(*) FROM import_row"), ==, 0);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/store/salvage/" name, Fixture, NULL, set_up, func, fixture_tear_down)
  ADD ("answered", test_answered);
  ADD ("hub-lacks-I2", test_hub_lacks);
  ADD ("closed-meanwhile", test_closed_meanwhile);
  ADD ("drafts-I6", test_drafts);
  ADD ("drafts-since", test_drafts_since);
  ADD ("cut", test_cut);
  ADD ("rows-lost", test_rows_lost);
  ADD ("import", test_import);
  ADD ("bare-file", test_bare_file);
  return g_test_run ();
}
