/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Where the focus stands among the cards of a box, to put it there again once they are made anew; -1: elsewhere. */
int kith_cards_get_focused (GtkWidget *box);
void kith_cards_focus (GtkWidget *box, int i); /* the last one when there are fewer; -1: nothing */

/* The same where a key decides something of the card in focus: what comes or goes above it must not put another one under that key. */
typedef struct _KithCardsPlace KithCardsPlace;

void kith_cards_name (GtkWidget *card, const char *key); /* what it is about: found by it when it is made anew */
const char *kith_cards_get_name (GtkWidget *card);
KithCardsPlace *kith_cards_leave (GtkWidget *box);
KithCardsPlace *kith_cards_clear (GtkWidget *box);
void kith_cards_append (GtkWidget *box, GtkWidget *card, const char *key);
void kith_cards_return (GtkWidget *box, KithCardsPlace *place);

/* A list that is read again and again: of its cards only those that say something else are made anew. */
void kith_cards_say (GtkWidget *card, const char *words); /* nullable; added to what it says: two of one key that say the same are one */
KithCardsPlace *kith_cards_fill (GtkListBox *list, GPtrArray *cards);

G_END_DECLS
