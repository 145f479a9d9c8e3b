/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* What happened, newest first: a dot with a glyph, who and when, and the words. */
#define KITH_TYPE_TIMELINE (kith_timeline_get_type ())
G_DECLARE_FINAL_TYPE (KithTimeline, kith_timeline, KITH, TIMELINE, GtkWidget)

GtkWidget *kith_timeline_new (void);
void kith_timeline_insert (KithTimeline *self, GtkWidget *entry, guint position); /* entry: a KithTimelineEntry, transfer floating */
void kith_timeline_remove (KithTimeline *self, GtkWidget *entry);

G_END_DECLS
