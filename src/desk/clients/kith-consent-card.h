/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"

G_BEGIN_DECLS

/* The status as it is now: "expired" from its term on, also where the hub was not heard since (C4). NULL for no body. */
const char *kith_consent_status (JsonObject *body, gint64 now);
gint64 kith_consent_next_end (GPtrArray *rows, gint64 now); /* of those in force, with a body: when the next ends, by its term; G_MAXINT64: none does */

/* Whom a consent names, of a row that has receiver_list, or receiver_names alone; network: what the network's staff are called. Yours; NULL: nobody */
char *kith_consent_receivers (KithRow *row, const char *network);
JsonArray *kith_consent_row_names (KithRow *row, const char *column); /* "receiver_list", "discloser_list"; NULL: none is named. Yours */
char *kith_consent_disclosers (KithRow *row); /* the agencies whose records it opens alone, "A, B"; NULL: everybody's. Yours */
/* The same in short: the group it was given to ("receiver_classes", of the row or its body) and how many agencies these are; NULL: to no group. begins: of several
 * groups the first: its words begin the line. Yours */
char *kith_consent_group (KithRow *row, const char *(*code_words) (const char *code, gboolean begins, gpointer user_data), gpointer user_data);
char *kith_consent_receiver_words (KithRow *row); /* in a window: the group, else all names; never NULL. Yours */

/* One consent in plain words: who may see what, until when, how it was given, the signature; and what can be done with it. */
GtkWidget *kith_consent_card_new (KithRow *row, JsonObject *body, gint64 now);

#define KITH_CONSENT_CARD_AGENCIES "agencies" /* the name of what opens the agencies of a group, where the card names the group alone */
gboolean kith_consent_card_is_open (GtkWidget *card); /* whether these are shown */
void kith_consent_card_open (GtkWidget *card);        /* shows them, if there are any to be shown */

G_END_DECLS
