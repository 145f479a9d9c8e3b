/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"

G_BEGIN_DECLS

/* When a record counts as read (C13): shown for a moment. Who only passes by with the arrow keys has not read it; where the store is slow the moment
 * begins when the record is there. One entry for a reading, not one for each time it is drawn (kith_context_audit()). */
#define KITH_TYPE_READING (kith_reading_get_type ())
G_DECLARE_FINAL_TYPE (KithReading, kith_reading, KITH, READING, GObject)

KithReading *kith_reading_new (KithContext *context, GtkWidget *content); /* content: in sight while the record is; borrowed, outlives this */
/* What content shows from now on; NULL: nothing. The same again changes nothing. client: whose it is, or NULL. */
void kith_reading_show (KithReading *self, const char *kind, const char *record, const char *client);
void kith_reading_set_moment (guint ms); /* how long it is to be in sight; 0: as always. For tests: they wait for nothing */

G_END_DECLS
