/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* The clock is an object that is handed down, so that a test or the simulator can turn it. Nothing else
 * in Kith asks the system for the time of day; spans of a running program alone are measured by g_get_monotonic_time (). */
#define KITH_TYPE_CLOCK (kith_clock_get_type ())
G_DECLARE_DERIVABLE_TYPE (KithClock, kith_clock, KITH, CLOCK, GObject)

struct _KithClockClass
{
  GObjectClass parent_class;

  gint64 (*wall_ms) (KithClock *self);
  gint64 (*mono_ms) (KithClock *self);
  const char *(*boot_id) (KithClock *self);
};

gint64 kith_clock_wall_ms (KithClock *self);      /* milliseconds since 1970, UTC; may jump */
gint64 kith_clock_mono_ms (KithClock *self);      /* milliseconds since boot; never jumps, means nothing after a reboot */
const char *kith_clock_boot_id (KithClock *self); /* two mono times compare only under the same boot id */

KithClock *kith_clock_new_system (void);

/* A clock that stands still until told otherwise. */
#define KITH_TYPE_MANUAL_CLOCK (kith_manual_clock_get_type ())
G_DECLARE_FINAL_TYPE (KithManualClock, kith_manual_clock, KITH, MANUAL_CLOCK, KithClock)

KithManualClock *kith_manual_clock_new (gint64 wall_ms);
void kith_manual_clock_advance (KithManualClock *self, gint64 ms);   /* both wall and mono */
void kith_manual_clock_set_wall (KithManualClock *self, gint64 wall_ms); /* a jump: mono goes on */
void kith_manual_clock_reboot (KithManualClock *self);               /* mono starts at 0, new boot id */

/* Times on the wire and in records are ISO 8601 UTC with milliseconds: "2026-11-22T01:34:00.123Z". */
char *kith_time_format (gint64 wall_ms);
gboolean kith_time_parse (const char *text, gint64 *wall_ms);

G_END_DECLS
