/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The scenes of calls to 2-1-1, a part of kith-scenes.h. */

#define A_CALL "cc000000-0000-7000-8000-000000000001"

static void
take_call (Shot *shot)
{
  type_into (shot, "who", "Dương Thị Hạnh");
  type_into (shot, "phone", "619-555-0170");
  type_into (shot, "need", "shelter");
  g_signal_emit_by_name (find_widget (GTK_WIDGET (shot->window), "need"), "entry-activated");
}
