/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* What else waits on My Day: numbers of free places that nobody confirmed today, what the hub refused, records that may be one
 * person, and what was begun and not sent.
 * Hidden while there is none. Signal "changed": its lines were made anew; argument: which of them had the focus, a
 * KithCardsPlace * (transfer full), NULL: none. */
#define KITH_TYPE_TODAY_OTHERS (kith_today_others_get_type ())
G_DECLARE_FINAL_TYPE (KithTodayOthers, kith_today_others, KITH, TODAY_OTHERS, GtkBox)

void kith_today_others_look (KithTodayOthers *self, KithContext *context); /* again: the day may be another one, and a draft tells of itself to nobody */
GtkListBox *kith_today_others_get_list (KithTodayOthers *self);
gboolean kith_today_others_is_known (KithTodayOthers *self); /* all of it was read */
guint kith_today_others_get_n (KithTodayOthers *self);       /* lines */
guint kith_today_others_get_n_to_do (KithTodayOthers *self); /* of them what the sidebar counts here: what needs attention has a number of its own */

void kith_today_others_show_more (KithTodayOthers *self, guint which); /* of the line that was chosen: KITH_TODAY_MORE_OTHERS or more */

G_END_DECLS
