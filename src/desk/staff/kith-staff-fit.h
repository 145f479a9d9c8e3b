/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-balance.h"
#include "kith-context.h"

G_BEGIN_DECLS

#define KITH_STAFF_MUCH 40 /* in hand: what fills the bar; it is no limit */

/* A person one may give work to, as a list shows them: rows of the queries "colleagues" and "staff-load" (languages and skills as JSON,
 * away_from, away_until, load, sites: JSON of the locations where they work, id and name). What fits whom is the model's answer (kith-balance.h). */

/* What somebody needs of whoever works with them; NULL-ended, may be NULL. Where they are helped (JSON as of a colleague, may be NULL) rules nobody out:
 * of those who fit, whoever works there comes first. */
typedef struct
{
  char **languages, **skills;
  JsonObject *sites;
} KithStaffNeed;

char **kith_staff_list (const char *json);                       /* ["es","en"] as a list; NULL for none. Yours */
gboolean kith_staff_is_away (KithRow *row, gint64 now_ms);       /* on leave today */
char *kith_staff_words (KithRow *row, gint64 now_ms);            /* "away until 3 Dec · 18 of 40 in hand · Spanish, English". Yours */
char *kith_staff_leave_words (KithRow *row, gint64 now_ms);      /* "away until 3 Dec"; NULL: no leave. Yours */
char *kith_staff_languages_words (char **codes);                 /* "Spanish, English". Yours */
char *kith_staff_skills_words (char **codes);                    /* kinds of case. Yours */
void kith_staff_need_clear (KithStaffNeed *self);

void kith_staff_need_read (KithStaffNeed *self, KithRow *client);
void kith_staff_need_read_person (KithStaffNeed *self, JsonObject *person);
void kith_staff_need_read_sites (KithStaffNeed *self, KithRow *row); /* of a query with the column "sites"; NULL: none is known */
gboolean kith_staff_is_overloaded (KithRow *row); /* more in hand than fills the bar */
void kith_staff_mark_load (GtkWidget *widget, KithRow *row); /* striped at its beginning where row (NULL: nobody) is; the words say it too */

/* The same of one who may be chosen, and first why work should not go there: "does not speak Spanish", of several needs "does not fit 2 of 3: does not speak
 * Spanish"; of one need also where they work of the places it names: "at Harbor North". Yours */
char *kith_staff_choice_words (KithRow *row, const KithStaffNeed *needs, guint n_needs, gint64 now_ms);

/* Why the first of best, as kith_staff_best_first() gives them, is the first: "Best fit: speaks Spanish, least in hand"; where they work stands in
 * kith_staff_choice_words(). NULL: that one does not fit either, or nothing else speaks for them but that they are at work. Yours */
char *kith_staff_best_words (GPtrArray *best, const KithStaffNeed *needs, guint n_needs, gint64 now_ms);

/* Which need none of rows has who is at work: "Nobody at work here speaks Tagalog."; where somebody has it, but nobody who works where the client is
 * helped: "Nobody at Harbor North speaks Tagalog."; NULL: there is somebody for each. Yours */
char *kith_staff_nobody_words (GPtrArray *rows, const KithStaffNeed *needs, guint n_needs, gint64 now_ms);

/* The best first: who fits the most of them, then who speaks the first one's preferred language, then who has clearly less in hand (by a quarter of the bar),
 * then who works where the most of them are helped, then who has least.
 * (transfer full) (element-type KithRow) */
GPtrArray *kith_staff_best_first (GPtrArray *rows, const KithStaffNeed *needs, guint n_needs, gint64 now_ms);
char *kith_staff_codes_words (const char *vocabulary, const char *json); /* a JSON list of codes as words; yours, NULL: none */

G_END_DECLS
