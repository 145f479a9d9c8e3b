/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-id.h"

static void
test_new (void)
{
  g_autoptr (KithManualClock) clock = kith_manual_clock_new (G_GINT64_CONSTANT (0x0193c4f2a1b0));
  g_autoptr (KithRandom) random = kith_random_new_seeded (1);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < 1000; i++)
    {
      char *id = kith_id_new (KITH_CLOCK (clock), random);

      g_assert_true (kith_id_is_valid (id));
      g_assert_true (g_str_has_prefix (id, "0193c4f2-a1b0-7"));
      g_assert_nonnull (strchr ("89ab", id[19]));
      g_assert_true (g_hash_table_add (seen, id));
    }
}

static void
test_new_sorts_by_time (void)
{
  g_autoptr (KithManualClock) clock = kith_manual_clock_new (1000);
  g_autoptr (KithRandom) random = kith_random_new_seeded (1);
  g_autofree char *first = kith_id_new (KITH_CLOCK (clock), random);
  g_autofree char *second = NULL;

  kith_manual_clock_advance (clock, 1);
  second = kith_id_new (KITH_CLOCK (clock), random);
  g_assert_cmpstr (first, <, second);
}

/* These are on disks and on other computers: they never change. */
static void
test_derived_are_fixed (void)
{
  g_autofree char *derived = kith_id_derive ("0193c4f2-a1b0-7000-8000-000000000000", "referral_event", "sent");
  g_autofree char *natural = kith_id_natural ("care", "client:agency");

  g_assert_true (kith_id_is_valid (derived));
  g_assert_true (kith_id_is_valid (natural));
  g_assert_cmpint (derived[14], ==, '8');
  g_assert_cmpint (natural[14], ==, '8');
  g_assert_cmpstr (derived, ==, "e86e6f87-842b-8015-8d6e-bcea3d526986");
  g_assert_cmpstr (natural, ==, "ff083e60-9199-8f85-a71d-c30d7638d74a");
}

static void
test_derived_differ (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  g_assert_true (g_hash_table_add (seen, kith_id_derive ("a", "b", "c")));
  g_assert_true (g_hash_table_add (seen, kith_id_derive ("ab", "", "c")));
  g_assert_true (g_hash_table_add (seen, kith_id_derive ("a", "bc", "")));
  g_assert_true (g_hash_table_add (seen, kith_id_derive ("", "ab", "c")));
  g_assert_true (g_hash_table_add (seen, kith_id_natural ("a", "b")));
  g_assert_true (g_hash_table_add (seen, kith_id_natural ("ab", "")));
  g_assert_true (g_hash_table_add (seen, kith_id_natural ("", "ab")));
  g_assert_false (g_hash_table_add (seen, kith_id_derive ("a", "b", "c")));
}

static void
test_valid (void)
{
  static const struct
  {
    const char *text;
    gboolean valid;
  } rows[] = {
    { "0193c4f2-a1b0-7abc-9def-0123456789ab", TRUE },
    { "ac148810-d857-441c-9679-408f346de14b", TRUE },
    { "0193C4F2-a1b0-7abc-9def-0123456789ab", FALSE },
    { "0193c4f2-a1b0-7abc-9def-0123456789a", FALSE },
    { "0193c4f2-a1b0-7abc-9def-0123456789abc", FALSE },
    { "0193c4f2a1b0-7abc-9def-0123456789ab-", FALSE },
    { "0193c4f2-a1b0-7abc-9def-0123456789ag", FALSE },
    { "{193c4f2-a1b0-7abc-9def-0123456789ab", FALSE },
    { "", FALSE },
    { NULL, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (kith_id_is_valid (rows[i].text) != rows[i].valid)
      g_error ("wrong about %s", rows[i].text);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/id/new", test_new);
  g_test_add_func ("/base/id/sorts-by-time", test_new_sorts_by_time);
  g_test_add_func ("/base/id/derived-are-fixed", test_derived_are_fixed);
  g_test_add_func ("/base/id/derived-differ", test_derived_differ);
  g_test_add_func ("/base/id/valid", test_valid);
  return g_test_run ();
}
