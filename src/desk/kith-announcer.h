/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"

G_BEGIN_DECLS

/* Says outside the window that something arrived: a referral, an answer to one, a task's reminder. Never more of it than how many and the
 * numbers of the records (C17). What was there when somebody signed in or unlocked is on My Day and is not announced.
 * Signals: "announce" (group, title, body or NULL, place): one stands for a group, a later one takes its place; "withdraw" (group). */
#define KITH_TYPE_ANNOUNCER (kith_announcer_get_type ())
G_DECLARE_FINAL_TYPE (KithAnnouncer, kith_announcer, KITH, ANNOUNCER, GObject)

/* Is what a group is about before the person's eyes now? page: "inbox", "sent", "today". */
typedef gboolean (*KithAnnouncerShows) (gpointer user_data, const char *page);

KithAnnouncer *kith_announcer_new (KithContext *context, KithAnnouncerShows shows, gpointer user_data);
void kith_announcer_check (KithAnnouncer *self); /* reminders whose time has come; it looks by itself every half minute */
void kith_announcer_seen (KithAnnouncer *self);  /* the person is at the window: what stands outside goes */

G_END_DECLS
