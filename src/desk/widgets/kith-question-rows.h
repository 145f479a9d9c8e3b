/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "kith-json.h"

G_BEGIN_DECLS

/* The questions of a form (kind form), to be answered: what a service or a queue asks, or 2-1-1 of who calls. Signal "changed": somebody
 * answered. What is not answered is left out. */
#define KITH_TYPE_QUESTION_ROWS (kith_question_rows_get_type ())
G_DECLARE_FINAL_TYPE (KithQuestionRows, kith_question_rows, KITH, QUESTION_ROWS, AdwBin)

/* id, form: of the record. health: this person is asked about health, too (U10); else such questions are counted, and left
 * out. now_ms: wall, for days as people say them. */
GtkWidget *kith_question_rows_new (const char *id, JsonObject *form, gboolean health, gint64 now_ms);
/* One entry of an operation's answers (form-common.h); NULL: nothing is answered. Yours */
JsonObject *kith_question_rows_collect (KithQuestionRows *self);
/* Of kith_question_rows_collect(), also of an older version of the form. An answer without a value empties its question. */
void kith_question_rows_restore (KithQuestionRows *self, JsonObject *entry);
const char *const *kith_question_rows_keys (KithQuestionRows *self); /* of the questions shown, in their order; NULL-ended, borrowed */
gboolean kith_question_rows_asks (KithQuestionRows *self, const char *key);
void kith_question_rows_set_readers (KithQuestionRows *self, const char *words); /* who will read what is answered: a line below the questions */
void kith_question_rows_set_version (KithQuestionRows *self, gint64 version); /* of the form, where its questions are the same */
/* What is missing or not understood, and where: NULL: all can be sent. Yours */
char *kith_question_rows_problem (KithQuestionRows *self, GtkWidget **where);

G_END_DECLS
