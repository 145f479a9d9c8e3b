/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "kith-context.h"

G_BEGIN_DECLS

/* The answers of a call, to be put right (P2): each form that was answered in the editors in which it was, with what was not answered. An answer to what is
 * not asked any more stands there too. What others correct meanwhile is shown at once where nobody typed here. Signal "changed": somebody answered. */
#define KITH_TYPE_CONTACT_ANSWERS (kith_contact_answers_get_type ())
G_DECLARE_FINAL_TYPE (KithContactAnswers, kith_contact_answers, KITH, CONTACT_ANSWERS, AdwBin)

GtkWidget *kith_contact_answers_new (KithContext *context, const char *contact);
JsonArray *kith_contact_answers_collect (KithContactAnswers *self); /* for a draft. Yours */
void kith_contact_answers_restore (KithContactAnswers *self, JsonArray *draft); /* over what is, or will be, read */
char *kith_contact_answers_problem (KithContactAnswers *self, GtkWidget **where); /* NULL: all can be sent. Yours */
void kith_contact_answers_add_steps (KithContactAnswers *self, GPtrArray *steps); /* what corrects them: contact.answer; nothing where nothing is corrected */

/* The questions of a form (body) as they are asked in a call, while it is taken and when it is corrected. */
GtkWidget *kith_contact_questions_new (KithContext *context, const char *form, JsonObject *body);

/* Who reads what was answered: with_call: with the call itself; with_referral: with one that was made from it. Yours */
char *kith_contact_readers_words (gboolean with_call, gboolean with_referral);

G_END_DECLS
