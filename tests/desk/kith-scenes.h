/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What kith-shots takes pictures of. Included by it alone. */

static void
make_offline (Shot *shot)
{
  gint64 now = kith_clock_wall_ms (shot->clock);

  fake_desktop_set_sync (shot->desktop, KITH_SYNC_OFFLINE, 7, 0, now - 25 * 60 * 1000, now - 24 * 60 * 1000);
}

static const Scene scenes[] = {
  { "01-sign-in", .no_store = TRUE },
  { "02-locked", .locked = TRUE },
  { "10-clients", "clients" },
  { "11-clients-offline", "clients", make_offline },
};
