/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define KITH_TYPE_TIMELINE_ENTRY (kith_timeline_entry_get_type ())
G_DECLARE_FINAL_TYPE (KithTimelineEntry, kith_timeline_entry, KITH, TIMELINE_ENTRY, AdwBin)

GtkWidget *kith_timeline_entry_new (const char *icon_name, const char *tone, const char *title, const char *meta, const char *text, gboolean secret,
                                    const char *action);
void kith_timeline_entry_set_last (KithTimelineEntry *self, gboolean last); /* the last has no line below its dot */

G_END_DECLS
