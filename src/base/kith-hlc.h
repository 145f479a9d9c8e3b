/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-clock.h"

G_BEGIN_DECLS

/* Hybrid logical time: text that sorts like the events it marks ("0193c4f2a1b0-0003-laneab"). For display
 * and for tie-breaks in merges only; the hub's q decides order (sync.md 2.9). */
typedef struct
{
  gint64 ms;
  guint counter;
} KithHlc;

char *kith_hlc_tick (KithHlc *self, gint64 wall_ms, const char *node);         /* a time later than all given or witnessed so far */
gboolean kith_hlc_witness (KithHlc *self, const char *text, gint64 max_ms);    /* FALSE: malformed, or clamped because more than max_ms */
gboolean kith_hlc_parse (const char *text, gint64 *ms, guint *counter);
const char *kith_hlc_node (const char *text);                                  /* (transfer none) (nullable): who gave it; NULL: malformed */

G_END_DECLS
