/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How the computer of a picture stands with its hub. Included by kith-scenes.h alone. */

static void
make_offline (Shot *shot)
{
  gint64 now = kith_clock_wall_ms (shot->clock);

  fake_desktop_set_sync (shot->desktop, KITH_SYNC_OFFLINE, 7, 0, now - 25 * 60 * 1000, now - 24 * 60 * 1000);
}

static void
make_filling (Shot *shot)
{
  fake_desktop_set_sync (shot->desktop, KITH_SYNC_WORKING, 0, 0, kith_clock_wall_ms (shot->clock), 0);
  fake_desktop_set_coming (shot->desktop, TRUE, 100);
}

static void
make_refound (Shot *shot)
{
  fake_desktop_set_coming (shot->desktop, FALSE, 43);
}

static void
make_refind_stopped (Shot *shot)
{
  make_refound (shot);
  fake_desktop_set_refind_trouble (shot->desktop, "database or disk is full");
}

/* The longest the chip in the header says. */
static void
make_offline_long (Shot *shot)
{
  gint64 now = kith_clock_wall_ms (shot->clock);

  fake_desktop_set_sync (shot->desktop, KITH_SYNC_OFFLINE, 0, 0, now - 25 * 3600 * 1000, now - 24 * 3600 * 1000);
}

static void
make_attention (Shot *shot)
{
  fake_desktop_set_sync (shot->desktop, KITH_SYNC_IDLE, 2, 4, kith_clock_wall_ms (shot->clock) - 60 * 1000, 0);
}

/* Nothing more can be read from the store: what a page says then. */
static void
make_unreadable (Shot *shot)
{
  fake_desktop_set_unreadable (shot->desktop, TRUE);
  g_signal_emit_by_name (shot->desktop, "changed", NULL);
}

/* Nothing is read yet, and that takes long: what a page says until then (ux.md 2.0). */
static void
make_reading (Shot *shot)
{
  fake_desktop_set_late (shot->desktop, FAKE_ALL);
}

static void
read_on (Shot *shot)
{
  pump (1500);
}

/* More waits than a page shows at first. */
static void
make_many (Shot *shot)
{
  JsonArray *rows = fake_desktop_list (shot->desktop, "referrals-waiting"), *stepless = fake_desktop_list (shot->desktop, "cases-stepless");

  for (guint i = 0; i < 60; i++)
    {
      g_autofree char *id = g_strdup_printf ("e0000000-0000-7000-8000-0000000001%02u", i), *number = g_strdup_printf ("EC-01%02u", i);

      json_array_add_object_element (rows, kith_json_new ("id", "s", id, "number", "s", number, "phase", "s", "sent", "sent_at", "s", "2026-11-19T18:00:00.000Z", "contact_name", "s", "Thu Nguyễn",
                                                          "resource_name", "s", "Emergency overnight bed", "agency_name", "s", "Eastlake Family Clinic", "waits", "s", "answer", NULL));
      if (i < 8)
        json_array_add_object_element (stepless, kith_json_new ("id", "s", id, "number", "s", number, "title", "s", "Benefits and papers", "given_name", "s", "Ana", "family_name", "s", "Ruiz", NULL));
    }
  json_object_set_int_member (json_array_get_object_element (rows, 0), "n_waiting", 63);
  g_signal_emit_by_name (shot->desktop, "changed", NULL);
}
