/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Label and value, line by line, in a card: denser than rows, selectable, and as tall as its words need. Hidden while empty. */
#define KITH_TYPE_FACTS (kith_facts_get_type ())
G_DECLARE_FINAL_TYPE (KithFacts, kith_facts, KITH, FACTS, GtkWidget)

void kith_facts_clear (KithFacts *self);
void kith_facts_set_title (KithFacts *self, const char *title);
void kith_facts_set_stacked (KithFacts *self);                                      /* each label above its value: labels that are sentences */
void kith_facts_set_guarded (KithFacts *self); /* what is copied out of it does not stay in the clipboard (kith_clipboard_guard()) */
void kith_facts_add_heading (KithFacts *self, const char *words);                   /* what the lines after it belong to; NULL or "": none */
void kith_facts_add (KithFacts *self, const char *label, const char *value);       /* value NULL or "": left out */
void kith_facts_take (KithFacts *self, const char *label, char *value);            /* the same; value: transfer full */

G_END_DECLS
