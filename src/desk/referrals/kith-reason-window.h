/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "kith-context.h"

G_BEGIN_DECLS

/* One question with a list of answers: type to narrow it, Enter takes the first. Some answers want words with them.
 * Signal "chosen" (code, text): code is "" when there was no list, text NULL when nothing was written. */
#define KITH_TYPE_REASON_WINDOW (kith_reason_window_get_type ())
G_DECLARE_FINAL_TYPE (KithReasonWindow, kith_reason_window, KITH, REASON_WINDOW, AdwWindow)

/* vocabulary NULL: no list, or one made with kith_reason_window_add_choice(). text_label NULL: no words. wants_text: the code that wants
 * words, "" for all, NULL for none. */
GtkWidget *kith_reason_window_new (GtkWindow *parent, const char *title, const char *description, const char *vocabulary, const char *text_label,
                                   const char *wants_text, const char *verb, gboolean destructive);
GtkWidget *kith_reason_window_add_choice (KithReasonWindow *self, const char *code, const char *label, const char *detail, gboolean wants_text);
/* Offers what the network has on a list (reason_term): one of Kith's own by its name there, and the words that count as one; "chosen" says the code,
 * kith_reason_window_submit() adds the entry. one that does not say why wants words. phase (nullable): only the outcomes that end there. Once, instead of a vocabulary. */
void kith_reason_window_offer (KithReasonWindow *self, KithContext *context, const char *list, const char *phase);
void kith_reason_window_choose (KithReasonWindow *self, const char *code); /* this answer, unless a draft has another: Enter takes it */
/* The words, and which answer they go with, outlive a lock and Escape, until what "chosen" does was taken. scope: as kith_draft_new() has it; of: what
 * is asked about which record. Nothing to keep where no words are asked for. */
void kith_reason_window_keep_draft (KithReasonWindow *self, KithContext *context, const char *scope, const char *of);
/* What "chosen" does: op, as kith_context_submit() has it; args: transfer full. Taken, the draft goes; refused, the words are there again. */
void kith_reason_window_submit (KithReasonWindow *self, KithContext *context, const char *op, JsonObject *args, const char *done, gboolean undo);
/* What was written goes on to the question that comes of the answer: it is typed once. */
void kith_reason_window_pass_on (KithReasonWindow *self, KithReasonWindow *next);
void kith_reason_window_warn (KithReasonWindow *self, const char *words); /* a line more above the list */
void kith_reason_window_type_ahead (KithReasonWindow *self); /* one types at once, however few the answers are */

G_END_DECLS
