/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-balance.h"
#include "kith-context.h"

G_BEGIN_DECLS

/* A person one may give work to, as a list shows them: rows of the queries "colleagues" and "staff-load" (languages and skills as JSON,
 * away_from, away_until, load). What fits whom is the model's answer (kith-balance.h). */

/* What somebody needs of whoever works with them; NULL-ended, may be NULL. */
typedef struct
{
  char **languages, **skills;
} KithStaffNeed;

char **kith_staff_list (const char *json);                       /* ["es","en"] as a list; NULL for none. Yours */
gboolean kith_staff_is_away (KithRow *row, gint64 now_ms);       /* on leave today */
char *kith_staff_words (KithRow *row, gint64 now_ms);            /* "18 in hand · Spanish, English · away until 3 Dec". Yours */
char *kith_staff_leave_words (KithRow *row, gint64 now_ms);      /* "away until 3 Dec"; NULL: no leave. Yours */
char *kith_staff_languages_words (char **codes);                 /* "Spanish, English". Yours */
char *kith_staff_skills_words (char **codes);                    /* kinds of case. Yours */
void kith_staff_need_clear (KithStaffNeed *self);

/* Why work should not go there: "does not speak Spanish", of several "does not fit 2 of 3: does not speak Spanish"; NULL: fits. Yours */
char *kith_staff_lacks (KithRow *row, const KithStaffNeed *needs, guint n_needs, gint64 now_ms);

/* The best first: who fits the most of them, then who speaks the first one's preferred language, then who has least.
 * (transfer full) (element-type KithRow) */
GPtrArray *kith_staff_best_first (GPtrArray *rows, const KithStaffNeed *needs, guint n_needs, gint64 now_ms);

G_END_DECLS
