/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-random.h"

static void
test_replays (void)
{
  g_autoptr (KithRandom) a = kith_random_new_seeded (42);
  g_autoptr (KithRandom) b = kith_random_new_seeded (42);
  g_autoptr (KithRandom) c = kith_random_new_seeded (43);
  guint same = 0;

  for (guint i = 0; i < 1000; i++)
    {
      guint64 value = kith_random_next (a);

      g_assert_cmpuint (value, ==, kith_random_next (b));
      same += value == kith_random_next (c);
    }
  g_assert_cmpuint (same, ==, 0);
}

/* A failing seed of last year must still fail the same way. */
static void
test_is_fixed (void)
{
  g_autoptr (KithRandom) random = kith_random_new_seeded (0);
  guint64 values[3];

  for (guint i = 0; i < 3; i++)
    values[i] = kith_random_next (random);
  g_assert_cmphex (values[0], ==, G_GUINT64_CONSTANT (0x99ec5f36cb75f2b4));
  g_assert_cmphex (values[1], ==, G_GUINT64_CONSTANT (0xbf6e1f784956452a));
  g_assert_cmphex (values[2], ==, G_GUINT64_CONSTANT (0x1a5f849d4933e6e0));
}

static void
test_below (void)
{
  g_autoptr (KithRandom) random = kith_random_new_seeded (7);
  guint counts[6] = { 0 };

  for (guint i = 0; i < 60000; i++)
    counts[kith_random_below (random, 6)]++;
  for (guint i = 0; i < 6; i++)
    {
      g_assert_cmpuint (counts[i], >, 9500);
      g_assert_cmpuint (counts[i], <, 10500);
    }
  for (guint i = 0; i < 100; i++)
    g_assert_cmpuint (kith_random_below (random, 1), ==, 0);
}

static void
test_unit (void)
{
  g_autoptr (KithRandom) random = kith_random_new_seeded (7);
  double sum = 0;

  for (guint i = 0; i < 10000; i++)
    {
      double value = kith_random_unit (random);

      g_assert_true (value >= 0 && value < 1);
      sum += value;
    }
  g_assert_cmpfloat_with_epsilon (sum / 10000, 0.5, 0.02);
}

static void
test_bytes (gconstpointer data)
{
  g_autoptr (KithRandom) random = GPOINTER_TO_INT (data) ? kith_random_new_seeded (7) : kith_random_new_system ();

  for (gsize length = 0; length <= 40; length++)
    {
      guint8 bytes[42];
      guint changed = 0;

      /* Each byte is written in one of some rounds, and none beyond the length. */
      memset (bytes, 0xaa, sizeof bytes);
      for (guint round = 0; round < 20 && changed < length; round++)
        {
          changed = 0;
          kith_random_bytes (random, bytes, length);
          for (gsize i = 0; i < length; i++)
            changed += bytes[i] != 0xaa;
        }
      g_assert_cmpuint (changed, ==, length);
      g_assert_cmphex (bytes[length], ==, 0xaa);
      g_assert_cmphex (bytes[length + 1], ==, 0xaa);
    }
}

static void
test_system_differs (void)
{
  g_autoptr (KithRandom) a = kith_random_new_system ();
  g_autoptr (KithRandom) b = kith_random_new_system ();

  g_assert_cmpuint (kith_random_next (a), !=, kith_random_next (b));
  g_assert_cmpuint (kith_random_next (a), !=, kith_random_next (a));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/random/replays", test_replays);
  g_test_add_func ("/base/random/is-fixed", test_is_fixed);
  g_test_add_func ("/base/random/below", test_below);
  g_test_add_func ("/base/random/unit", test_unit);
  g_test_add_data_func ("/base/random/bytes/system", GINT_TO_POINTER (0), test_bytes);
  g_test_add_data_func ("/base/random/bytes/seeded", GINT_TO_POINTER (1), test_bytes);
  g_test_add_func ("/base/random/system-differs", test_system_differs);
  return g_test_run ();
}
