/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Dates and times as people say and write them. All of them: NULL: not understood; "" for blank. Yours */

/* A birth date: "1988", "4/7/88" (in the order of the reader's country), "7 Apr 1988", "1988-04-07". No year after this_year. */
char *kith_date_read (const char *text, int this_year);
const char *kith_date_examples (void);

/* A day that is near: those, and "today", "tomorrow", "yesterday", "+3", "+2w", "in 2 weeks" (from now), "Friday" (the next one), "next Friday" (that of next
 * week), and "4/12" or "12 Apr" without a year: the one nearest to today. In English, in Spanish and as the windows speak. now_ms: wall, read in local
 * time. */
char *kith_day_read (const char *text, gint64 now_ms);
char *kith_day_examples (gint64 now_ms); /* how to write one, when it was not understood: "Write it as tomorrow, …". Yours */

/* A day and a time of it, "tomorrow 9:30", "4/12 2 pm": as a time is stored (UTC). A day alone means nine in the morning, a time alone the next time it
 * is that late. */
char *kith_moment_read (const char *text, gint64 now_ms);

G_END_DECLS
