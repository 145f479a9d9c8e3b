/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Any words. libadwaita cuts what is chosen at 20 characters; here it is whole while the row has room. */
void kith_choice_row_set_words (AdwComboRow *row, GtkStringList *words);

void kith_drop_down_let_shrink (GtkDropDown *drop_down);

/* Combo rows over a vocabulary: what is shown is the label, what is read is the code. */
void kith_choice_row_set_vocabulary (AdwComboRow *row, const char *vocabulary, const char *none); /* none: words for "no code", first; NULL: there is none */
const char *kith_choice_row_get_code (AdwComboRow *row);                                          /* NULL: none */
void kith_choice_row_set_code (AdwComboRow *row, const char *code);

/* Combo rows of a question that is answered by yes or no, or was not asked: what is not asked is not in the object. */
void kith_answer_row_set_up (AdwComboRow *row);
void kith_answer_row_show (AdwComboRow *row, JsonObject *of, const char *member); /* of: NULL, as without the member: not asked */
void kith_answer_row_put (AdwComboRow *row, JsonObject *into, const char *member);

/* Entry rows. */
char *kith_entry_text (AdwEntryRow *row);  /* trimmed; NULL when blank. Yours */
void kith_entry_set (AdwEntryRow *row, const char *text); /* NULL: empty; Ctrl+Z does not take it back */
void kith_entry_fill (GtkEditable *entry, const char *text); /* the same of any */
void kith_entry_set_error (AdwEntryRow *row, gboolean wrong);

G_END_DECLS
