/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"

G_BEGIN_DECLS

/* Where one writes in a case: a note, a task, a goal, or what is to be done next. What is being written survives a lock. Signal "closed". */
typedef enum { KITH_CASE_NOTE, KITH_CASE_TASK, KITH_CASE_GOAL, KITH_CASE_STEP } KithCaseWriting;

#define KITH_TYPE_CASE_COMPOSER (kith_case_composer_get_type ())
G_DECLARE_FINAL_TYPE (KithCaseComposer, kith_case_composer, KITH, CASE_COMPOSER, AdwBin)

/* body: of the case, as shown. health: this person may write what only those with the flag see (U10). */
GtkWidget *kith_case_composer_new (KithContext *context, const char *case_id, JsonObject *body, KithCaseWriting what, gboolean health);
void kith_case_composer_flush (KithCaseComposer *self);

G_END_DECLS
