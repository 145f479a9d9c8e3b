/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"
#include "widgets/kith-status-pill.h"

G_BEGIN_DECLS

/* How a count of free places reads, here and wherever a service is chosen. row: with the columns of a count (lists-capacity.sql). */

char *kith_capacity_words (KithRow *row, gint64 now_ms);                     /* "4 of 12 beds free", "Full, with a wait list". Yours */
/* Of free places: that an assessment comes before, or is what they are for (domain.md 2h), in a sentence; NULL: neither. Borrowed */
const char *kith_capacity_assess_words (KithRow *row);
char *kith_capacity_phones (KithRow *row);                                   /* of a row with phones: whom to call where that comes first; else NULL. Yours */
const char *kith_capacity_caution (void); /* who may have a place is told by the service, never by a number (domain.md 2h) */
char *kith_capacity_amount (KithRow *row);                                   /* "4 free", or the state where no number was said. Yours */
char *kith_capacity_reserved_words (KithRow *row);                           /* "2 more kept back"; none: NULL. Yours */
void kith_capacity_pill (KithStatusPill *pill, KithRow *row, gint64 now_ms); /* the same, with a glyph and a tint; no count: hidden */
void kith_capacity_glyph (GtkImage *image, KithRow *row, gint64 now_ms);     /* the glyph alone, beside the words */
char *kith_capacity_age (KithRow *row, gint64 now_ms, gboolean *stale);      /* "counted 07:42"; stale: a day old, or past the last day it is for. Yours */
gboolean kith_capacity_confirmed_today (KithRow *row, gint64 now_ms);        /* counted on the day it is at the agency, or here, where it has set no time zone */
/* Of a row of capacity-own: the number is not with the hub yet, or it has another one than this person saved, and both stand here until that is decided at
 * Needs Attention. NULL: neither. Yours */
char *kith_capacity_unsent_words (KithRow *row);
/* Those kept back are not given to a referral. all, kept: NULL: nobody said. "At most 99 can be free: there are 99". NULL: so many can be. Yours */
char *kith_capacity_too_many_of (const char *all, const char *kept, int number);
char *kith_capacity_too_many (KithRow *row, int number);                     /* the same, of all there are by the row */
gboolean kith_capacity_period_over (KithRow *row, gint64 now_ms);            /* it was what was left of a day, week or month that is over */

G_END_DECLS
