/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-clock.h"
#include "kith-hlc.h"

static void
test_format (void)
{
  static const struct
  {
    gint64 ms;
    const char *text;
  } rows[] = {
    { 0, "1970-01-01T00:00:00.000Z" },
    { -1, "1969-12-31T23:59:59.999Z" },
    { G_GINT64_CONSTANT (1795311240123), "2026-11-22T01:34:00.123Z" },
    { G_GINT64_CONSTANT (951782399999), "2000-02-28T23:59:59.999Z" },
    { G_GINT64_CONSTANT (951782400000), "2000-02-29T00:00:00.000Z" },
    { G_GINT64_CONSTANT (253402300799999), "9999-12-31T23:59:59.999Z" },
    { -G_GINT64_CONSTANT (62135596800000), "0001-01-01T00:00:00.000Z" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = kith_time_format (rows[i].ms);
      gint64 ms = 42;

      g_assert_cmpstr (text, ==, rows[i].text);
      g_assert_true (kith_time_parse (text, &ms));
      g_assert_cmpint (ms, ==, rows[i].ms);
    }
}

static void
test_format_beyond (void)
{
  g_autofree char *late = kith_time_format (G_MAXINT64);
  g_autofree char *early = kith_time_format (G_MININT64);

  g_assert_cmpstr (late, ==, "9999-12-31T23:59:59.999Z");
  g_assert_cmpstr (early, ==, "0001-01-01T00:00:00.000Z");
}

static void
test_parse_refuses (void)
{
  static const char *const rows[] = {
    "",
    "2026-11-22",
    "2026-11-22T01:34:00Z",
    "2026-11-22T01:34:00.12Z",
    "2026-11-22T01:34:00.1234Z",
    "2026-11-22T01:34:00.123",
    "2026-11-22T01:34:00.123z",
    "2026-11-22 01:34:00.123Z",
    "2026-11-22T01:34:00.123+00:00",
    "2026-13-22T01:34:00.123Z",
    "2026-02-29T01:34:00.123Z",
    "2026-11-00T01:34:00.123Z",
    "2026-11-22T24:00:00.000Z",
    "2026-11-22T01:60:00.000Z",
    "2026-11-22T01:34:60.000Z",
    "0000-01-01T00:00:00.000Z",
    "2026-11-22T01:34:00.123Z ",
    "2026-11-22T01:34:00.-23Z",
    "٢026-11-22T01:34:00.123",
  };
  gint64 ms = 42;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      if (kith_time_parse (rows[i], &ms))
        g_error ("taken: %s", rows[i]);
    }
  g_assert_false (kith_time_parse (NULL, &ms));
  g_assert_cmpint (ms, ==, 42);
}

static void
test_manual (void)
{
  g_autoptr (KithManualClock) manual = kith_manual_clock_new (1000);
  KithClock *clock = KITH_CLOCK (manual);
  g_autofree char *boot = g_strdup (kith_clock_boot_id (clock));

  g_assert_cmpint (kith_clock_wall_ms (clock), ==, 1000);
  g_assert_cmpint (kith_clock_mono_ms (clock), ==, 0);
  kith_manual_clock_advance (manual, 50);
  g_assert_cmpint (kith_clock_wall_ms (clock), ==, 1050);
  g_assert_cmpint (kith_clock_mono_ms (clock), ==, 50);
  kith_manual_clock_set_wall (manual, 7);
  g_assert_cmpint (kith_clock_wall_ms (clock), ==, 7);
  g_assert_cmpint (kith_clock_mono_ms (clock), ==, 50);
  g_assert_cmpstr (kith_clock_boot_id (clock), ==, boot);
  kith_manual_clock_reboot (manual);
  g_assert_cmpint (kith_clock_wall_ms (clock), ==, 7);
  g_assert_cmpint (kith_clock_mono_ms (clock), ==, 0);
  g_assert_cmpstr (kith_clock_boot_id (clock), !=, boot);
}

static void
test_system (void)
{
  g_autoptr (KithClock) clock = kith_clock_new_system ();
  g_autoptr (KithClock) other = kith_clock_new_system ();
  gint64 wall = g_get_real_time () / 1000;
  gint64 mono = kith_clock_mono_ms (clock);

  g_assert_cmpint (ABS (kith_clock_wall_ms (clock) - wall), <, 60000);
  g_assert_cmpint (mono, >, 0);
  g_assert_cmpint (kith_clock_mono_ms (other), >=, mono);
  g_assert_cmpstr (kith_clock_boot_id (clock), ==, kith_clock_boot_id (other));
  g_assert_cmpuint (strlen (kith_clock_boot_id (clock)), >=, 32);
}

/* Hybrid logical time. */

static void
test_hlc_ticks (void)
{
  KithHlc hlc = { 0 };
  /* The clock stands, jumps back, and goes on. */
  static const gint64 walls[] = { 1000, 1000, 1000, 400, 1001, 999, 2000 };
  g_autofree char *last = g_strdup ("");

  for (guint i = 0; i < G_N_ELEMENTS (walls); i++)
    {
      char *text = kith_hlc_tick (&hlc, walls[i], "desk");

      g_assert_cmpstr (text, >, last);
      g_assert_true (kith_hlc_parse (text, NULL, NULL));
      g_free (last);
      last = text;
    }
  g_assert_cmpstr (last, ==, "0000000007d0-0000-desk");
}

static void
test_hlc_counter_full (void)
{
  KithHlc hlc = { 1000, 0xffff };
  g_autofree char *text = kith_hlc_tick (&hlc, 1000, "a");

  g_assert_cmpstr (text, ==, "0000000003e9-0000-a");
}

static void
test_hlc_witness (void)
{
  KithHlc hlc = { 1000, 3 };
  g_autofree char *after = NULL;

  g_assert_true (kith_hlc_witness (&hlc, "0000000001f4-0009-b", 5000)); /* older: nothing moves */
  g_assert_cmpint (hlc.ms, ==, 1000);
  g_assert_cmpuint (hlc.counter, ==, 3);
  g_assert_true (kith_hlc_witness (&hlc, "0000000003e8-0009-b", 5000)); /* 1000, the ninth */
  g_assert_cmpuint (hlc.counter, ==, 9);
  g_assert_true (kith_hlc_witness (&hlc, "0000000007d0-0001-b", 5000)); /* 2000 */
  after = kith_hlc_tick (&hlc, 1500, "a");
  g_assert_cmpstr (after, ==, "0000000007d0-0002-a");
}

static void
test_hlc_witness_clamps (void)
{
  KithHlc hlc = { 1000, 3 };

  g_assert_false (kith_hlc_witness (&hlc, "ffffffffffff-ffff-b", 5000));
  g_assert_cmpint (hlc.ms, ==, 5000);
  g_assert_cmpuint (hlc.counter, ==, 0);
  g_assert_false (kith_hlc_witness (&hlc, "garbage", 9000));
  g_assert_false (kith_hlc_witness (&hlc, NULL, 9000));
  g_assert_cmpint (hlc.ms, ==, 5000);
}

static void
test_hlc_parse_refuses (void)
{
  static const char *const rows[] = {
    "", "0", "0000000003e8", "0000000003e8-0000", "0000000003e8-0000-", "0000000003E8-0000-a", "000000003e8-0000-a",
    "0000000003e8-000-a", "0000000003e8_0000-a", "0000000003e8-0000-a b", "0000000003e8-0000-\"", " 000000003e8-0000-a",
    "0000000003e8-0000-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      if (kith_hlc_parse (rows[i], NULL, NULL))
        g_error ("taken: %s", rows[i]);
    }
}

static void
test_hlc_node (void)
{
  static const struct { const char *text, *node; } rows[] = {
    { "0193c4f2a1b0-0001-laneaa", "laneaa" }, { "0193c4f2a1b0-0001-lane-1", "lane-1" }, { "0193c4f2a1b0-0001-", NULL }, { "laneaa", NULL }, { NULL, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpstr (kith_hlc_node (rows[i].text), ==, rows[i].node);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/time/format", test_format);
  g_test_add_func ("/base/time/beyond-the-years", test_format_beyond);
  g_test_add_func ("/base/time/refuses", test_parse_refuses);
  g_test_add_func ("/base/clock/manual", test_manual);
  g_test_add_func ("/base/clock/system", test_system);
  g_test_add_func ("/base/hlc/ticks-rise", test_hlc_ticks);
  g_test_add_func ("/base/hlc/counter-full", test_hlc_counter_full);
  g_test_add_func ("/base/hlc/witness", test_hlc_witness);
  g_test_add_func ("/base/hlc/witness-clamps", test_hlc_witness_clamps);
  g_test_add_func ("/base/hlc/refuses", test_hlc_parse_refuses);
  g_test_add_func ("/base/hlc/node", test_hlc_node);
  return g_test_run ();
}
