/* SPDX-License-Identifier: GPL-3.0-or-later */

/* When a store is compared with the hub: once a day over all the times it was open, and after an end without a close (sync.md). */

#include "store-fixture.h"

#define HOUR_MS ((gint64) 60 * 60 * 1000)

static void
test_once_a_day (Fixture *f, gconstpointer data)
{
  fixture_fill (f);
  g_assert_false (kith_store_check_due (f->store)); /* just filled */
  for (guint day = 0; day < 2; day++)
    {
      g_autoptr (GBytes) request = NULL;
      g_autoptr (GError) error = NULL;

      kith_manual_clock_advance (f->clock, 23 * HOUR_MS);
      fixture_reopen (f);
      g_assert_false (kith_store_check_due (f->store));
      kith_manual_clock_advance (f->clock, HOUR_MS);
      fixture_reopen (f); /* closed every evening: the hours add up */
      g_assert_true (kith_store_check_due (f->store));
      request = kith_store_next_verify (f->store, &error);
      g_assert_nonnull (request);
      g_assert_true (kith_store_check_due (f->store)); /* asked is not answered */
      fixture_verify_equal (f);
      g_assert_false (kith_store_check_due (f->store));
    }
}

/* What the file and its log held when the power went: nobody closed it. */
static void
copy (const char *from, const char *to, const char *tail)
{
  g_autofree char *source = g_strconcat (from, tail, NULL), *target = g_strconcat (to, tail, NULL), *bytes = NULL;
  gsize length;

  if (g_file_get_contents (source, &bytes, &length, NULL))
    g_assert_true (g_file_set_contents (target, bytes, (gssize) length, NULL));
}

static void
test_after_a_crash (Fixture *f, gconstpointer data)
{
  g_autofree char *path = kith_test_dir_file (f->dir, "crashed.db");
  KithDbOptions options = { .path = path, .queries = "/org/kith/sql/store/queries" };
  g_autoptr (GError) error = NULL;
  KithDb *db;
  Fixture next = { .clock = f->clock, .random = f->random };

  fixture_fill (f);
  g_assert_false (kith_store_check_due (f->store));
  copy (f->path, path, "");
  copy (f->path, path, "-wal");
  db = kith_db_open (&options, &error);
  g_assert_no_error (error);
  next.store = kith_store_new (db, KITH_CLOCK (f->clock), f->random, &error);
  g_assert_no_error (error);
  g_assert_true (kith_store_check_due (next.store));
  fixture_verify_equal (&next);
  g_assert_false (kith_store_check_due (next.store));
  g_clear_object (&next.store);
  fixture_reopen (f); /* closed: no reason to ask */
  g_assert_false (kith_store_check_due (f->store));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/store/verify/once-a-day", Fixture, GINT_TO_POINTER (1), fixture_set_up, test_once_a_day, fixture_tear_down);
  g_test_add ("/store/verify/after-a-crash", Fixture, GINT_TO_POINTER (1), fixture_set_up, test_after_a_crash, fixture_tear_down);
  return g_test_run ();
}
