/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-hub-private.h"

#include <glib/gi18n.h>

/* Whether the hub's clock can be believed (I19, and sync.md's row "clock jump, 1970, 2106"). What ends by time ends for good: consents, access, what is
 * kept for desks that were away. So the highest time seen is kept in the database, and a clock far from it ends nothing until somebody says that it is right.
 *
 * Back: a step that a time server makes is bridged, the hub's time stands still until the clock has caught up. Further back, what was dated would lie in
 * the past: a consent written offline before a revocation would come after it (C4).
 *
 * Ahead: while the hub runs, time cannot have passed that the computer did not count; a month allows for one that slept. Between two starts nobody
 * counted, and a hub that was off for a season has to start without ceremony: three months, which is far less than what is kept (400 days). */

#define MINUTE_MS (G_GINT64_CONSTANT (60) * 1000)
#define DAY_MS (G_GINT64_CONSTANT (24) * 60 * MINUTE_MS)
#define BRIDGED_MS (10 * MINUTE_MS)
#define AHEAD_RUNNING_MS (30 * DAY_MS)
#define AHEAD_STARTED_MS (100 * DAY_MS)
#define NOTED_MS (5 * MINUTE_MS) /* how far what is on record may be behind when nothing is written */
#define SAID_MS (60 * MINUTE_MS) /* how often the log is told */

/* The clock was right then, and what the computer counted since adds to it. */
static gint64
expected (KithHub *self)
{
  return self->sure_ms + (kith_clock_mono_ms (self->clock) - self->sure_mono);
}

static void
say (KithHub *self, gint64 wall)
{
  gint64 mono = kith_clock_mono_ms (self->clock);
  g_autofree char *now = NULL, *seen = NULL;

  if (self->doubt && mono - self->doubt_said < SAID_MS)
    return;
  now = kith_time_format (wall);
  seen = kith_time_format (self->seen_ms);
  self->doubt_said = mono;
  g_warning ("The clock of this computer says %s, but the hub has last seen %s. Nothing ends, nothing is taken and nothing is answered by that time; what is stored is safe. "
             "Set the clock right, or, if it is right, start once with “kith-hub serve --clock-is-right”.", now, seen);
}

/**
 * kith_hub_clock_is_sound:
 *
 * Looks at the clock. FALSE: it cannot be believed, so nothing is to be done by it.
 */
gboolean
kith_hub_clock_is_sound (KithHub *self)
{
  gint64 wall = kith_clock_wall_ms (self->clock), most = self->sure ? AHEAD_RUNNING_MS : AHEAD_STARTED_MS;

  if (self->seen_ms > 0 && (wall < self->seen_ms - BRIDGED_MS || wall > MAX (expected (self), self->seen_ms) + most))
    {
      say (self, wall);
      self->doubt = TRUE;
      return FALSE;
    }
  if (self->doubt)
    g_message ("The clock can be believed again.");
  self->doubt = FALSE;
  self->sure = TRUE;
  self->sure_ms = wall;
  self->sure_mono = kith_clock_mono_ms (self->clock);
  self->seen_ms = MAX (self->seen_ms, wall);
  return TRUE;
}

/**
 * kith_hub_now:
 *
 * Never before what it said last, as long as the clock can be believed.
 */
gint64
kith_hub_now (KithHub *self)
{
  return kith_hub_clock_is_sound (self) ? self->seen_ms : kith_clock_wall_ms (self->clock);
}

static gboolean
note (KithHub *self, GError **error)
{
  if (!kith_db_run (self->db, error, "state-set-seen", "i", self->seen_ms))
    return FALSE;
  self->seen_noted_ms = self->seen_ms;
  return TRUE;
}

gboolean
kith_hub_note_time (KithHub *self, GError **error)
{
  return self->seen_ms - self->seen_noted_ms < NOTED_MS || note (self, error);
}

/* When it is opened. */
gboolean
kith_hub_read_time (KithHub *self, GError **error)
{
  if (!kith_db_fetch_int (self->db, &self->seen_ms, error, "state-read-seen", ""))
    return FALSE;
  self->seen_noted_ms = self->seen_ms;
  self->sure_ms = self->seen_ms;
  self->sure_mono = kith_clock_mono_ms (self->clock);
  return TRUE;
}

/**
 * kith_hub_accept_clock:
 *
 * Whoever runs the hub has looked at the clock: from here on its time is the hub's, also when it is before what the hub has seen.
 */
gboolean
kith_hub_accept_clock (KithHub *self, GError **error)
{
  gint64 seen = self->seen_ms;

  self->seen_ms = kith_clock_wall_ms (self->clock);
  if (!note (self, error))
    {
      self->seen_ms = seen;
      return FALSE;
    }
  self->sure_ms = self->seen_ms;
  self->sure_mono = kith_clock_mono_ms (self->clock);
  return TRUE;
}

/* FALSE: answered. */
gboolean
kith_hub_check_clock (KithHub *self, KithHubAnswer *answer)
{
  if (kith_hub_clock_is_sound (self))
    return TRUE;
  kith_hub_answer_error (answer, 503, KITH_ERROR_UNAVAILABLE,
                         _("The hub’s clock seems to be wrong, so it takes and gives out nothing. Nothing is lost; whoever runs your network’s hub has to look at it."), NULL);
  answer->retry_after = 300;
  return FALSE;
}

/* What would be dated by a clock that cannot be believed is not written. */
gboolean
kith_hub_need_clock (KithHub *self, GError **error)
{
  if (kith_hub_clock_is_sound (self))
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                       _("The clock of this computer is far from the time the hub has last seen, so nothing was changed. Set the clock right; if it is right, start once with “kith-hub serve --clock-is-right”."));
  return FALSE;
}
