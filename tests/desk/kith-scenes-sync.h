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
