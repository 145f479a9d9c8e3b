/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

#include <string.h>

/* What rows are found by, after an update that finds them in another way (design.md 2.4, ux.md “index rebuilding”): nobody waits for it, nothing is lost
 * meanwhile, and it goes on where it was. */

#define MANY 1000

static void
fill_many (Fixture *f)
{
  Page *page = page_new (2000, 2);

  page_scope (page, 100, "client:" CLIENT_X);
  for (guint i = 0; i < MANY; i++)
    {
      g_autofree char *id = g_strdup_printf ("0197f000-0000-7000-8000-00000000%04u", i);
      g_autofree char *body = g_strdup_printf ("{'agency':'" AGENCY_A "','given_name':'Zo\xc3\xab','family_name':'Number%u'}", i);

      page_put (page, "client", id, 100, 1000 + i, body);
    }
  page_end (page, "c2000", FALSE);
  page_apply (f, page);
}

static gint64
n_found (Fixture *f, const char *word)
{
  g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM client_find WHERE client_find MATCH '%s'", word);

  return count (f, sql);
}

/* As an older Kith left it: the rows in spoilt are found as "formerly", and the table says another way of finding. */
static void
age (Fixture *f, const char *spoilt)
{
  g_autofree char *sql = g_strdup_printf ("UPDATE client SET find = 'formerly' WHERE rid %% 2 = 0 AND %s; INSERT INTO client_find (client_find) VALUES ('rebuild');"
                                          "UPDATE state SET value = replace(value, '-- fold ', '-- fold 9') WHERE key = 'ddl:client'", spoilt);
  g_autoptr (GError) error = NULL;

  kith_db_exec (kith_store_get_db (f->store), sql, &error);
  g_assert_no_error (error);
  fixture_reopen (f);
}

static guint
take_turns (Fixture *f, guint most)
{
  g_autoptr (GError) error = NULL;
  gboolean more = TRUE;
  guint n = 0;

  for (; more && n < most; n++)
    {
      g_assert_true (kith_store_refind (f->store, &more, &error));
      g_assert_no_error (error);
    }
  return n;
}

static void
test_turns (Fixture *f, gconstpointer data)
{
  double before = 0;
  guint n;

  fixture_fill (f);
  fill_many (f);
  g_assert_cmpfloat (kith_store_get_refound (f->store), ==, 1);
  age (f, "1");
  g_assert_cmpfloat (kith_store_get_refound (f->store), ==, 0);
  g_assert_cmpint (n_found (f, "formerly"), >=, MANY / 2); /* still found as before */
  take_turns (f, 5);
  before = kith_store_get_refound (f->store);
  g_assert_cmpfloat (before, >, 0);
  g_assert_cmpfloat (before, <, 1);
  g_assert_cmpint (n_found (f, "formerly"), >, 0);
  fixture_reopen (f);
  g_assert_cmpfloat (kith_store_get_refound (f->store), ==, before);
  n = take_turns (f, 1000);
  g_assert_cmpuint (n, >, 10); /* no turn does it all */
  g_assert_cmpfloat (kith_store_get_refound (f->store), ==, 1);
  g_assert_cmpint (n_found (f, "formerly"), ==, 0);
  g_assert_cmpint (n_found (f, "zoe"), ==, MANY);
  g_assert_cmpint (n_found (f, "number77"), ==, 1);
  g_assert_cmpint (count (f, "SELECT count(*) FROM state WHERE key LIKE 'refind:%'"), ==, 0);
  kith_db_exec (kith_store_get_db (f->store), "INSERT INTO client_find (client_find, rank) VALUES ('integrity-check', 1)", NULL);
  fixture_reopen (f);
  g_assert_cmpfloat (kith_store_get_refound (f->store), ==, 1);
  g_assert_cmpuint (take_turns (f, 1000), ==, 1);
}

/* Most texts fold as before: these are read and not written. */
static void
test_same (Fixture *f, gconstpointer data)
{
  gint64 changes;

  fixture_fill (f);
  fill_many (f);
  age (f, "0");
  changes = count (f, "SELECT total_changes()");
  g_assert_cmpuint (take_turns (f, 1000), <, 10);
  g_assert_cmpint (count (f, "SELECT total_changes()") - changes, <, 20);
  g_assert_cmpfloat (kith_store_get_refound (f->store), ==, 1);
}

/* What comes from the hub meanwhile is found at once, and what is taken away is gone (I6). A record that cannot be read stops nobody. */
static void
test_meanwhile (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  Page *page;

  fixture_fill (f);
  fill_many (f);
  kith_db_exec (kith_store_get_db (f->store), "UPDATE client SET body = '[]' WHERE id LIKE '%0010'", &error);
  g_assert_no_error (error);
  age (f, "1");
  take_turns (f, 3);
  page = page_new (2100, 3);
  page_put (page, "client", "0197f000-0000-7000-8000-000000000990", 100, 2050, "{'agency':'" AGENCY_A "','given_name':'Quirin','family_name':'New'}");
  page_gone (page, "client", "0197f000-0000-7000-8000-000000000991", 100, 2051);
  page_end (page, "c2100", FALSE);
  page_apply (f, page);
  g_assert_cmpint (n_found (f, "quirin"), ==, 1);
  take_turns (f, 1000);
  g_assert_cmpfloat (kith_store_get_refound (f->store), ==, 1);
  g_assert_cmpint (n_found (f, "quirin"), ==, 1);
  g_assert_cmpint (n_found (f, "number991"), ==, 0);
  g_assert_cmpint (n_found (f, "number992"), ==, 1);
  g_assert_cmpint (n_found (f, "formerly"), <=, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/store/refind/" name, Fixture, "on disk", fixture_set_up, func, fixture_tear_down)
  ADD ("turns", test_turns);
  ADD ("same", test_same);
  ADD ("meanwhile-I6", test_meanwhile);
  return g_test_run ();
}
