/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fake-tasks.h"

/* At least so long, at least half of that with nothing to do, and until nothing is left to do (at most five seconds: a spinner never ends),
 * nor with another thread (at most twenty: some are made to hang).
 * Where everything is slow (sanitizers, another program on the same processor) the time alone can pass in one frame's work, before what
 * was begun in it is at its end. */
#define TURN_MS 2 /* to look more often costs more than it saves */

G_GNUC_UNUSED static void
pump (guint ms)
{
  gint64 start = g_get_monotonic_time ();
  guint idle = 0; /* times of TURN_MS */

  while (g_get_monotonic_time () < start + (fake_tasks_count_working () ? 20 : 5) * G_USEC_PER_SEC)
    if (!g_main_context_iteration (NULL, FALSE))
      {
        if (2 * idle * TURN_MS >= ms && !fake_tasks_count_working () && g_get_monotonic_time () >= start + ms * 1000)
          return;
        g_usleep (TURN_MS * 1000);
        idle++;
      }
}
