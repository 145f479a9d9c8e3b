/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Scenes of a client's record and of registration that kith-scenes.h has no room for. */

static void
consent_tab_end (Shot *shot)
{
  consent_tab (shot);
  pump (200);
  scroll_to_end (shot);
}
