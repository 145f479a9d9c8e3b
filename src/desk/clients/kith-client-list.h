/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"

G_BEGIN_DECLS

/* "linked record KB-0007": what a row says of where it comes from; NULL: of the record that is open. Yours */
char *kith_client_source (KithRow *row);
char *kith_client_alert_words (KithRow *row); /* of the query client-alerts; yours */

/* One list of a client's record with its heading, the button that adds to it, and words for when it is empty. Each is an entry of one
 * table: its query, the kinds it follows, and how a row reads. */
#define KITH_TYPE_CLIENT_LIST (kith_client_list_get_type ())
G_DECLARE_FINAL_TYPE (KithClientList, kith_client_list, KITH, CLIENT_LIST, AdwBin)

#define KITH_CLIENT_STEP 40 /* lines of a list that grows for years which are shown at first, and at each "Show More" */

typedef enum
{
  KITH_CLIENT_ALERTS,
  KITH_CLIENT_TASKS,
  KITH_CLIENT_CARE_TEAM,
  KITH_CLIENT_ENROLLED_HERE,
  KITH_CLIENT_CASES,
  KITH_CLIENT_SERVICES,
  KITH_CLIENT_AMENDMENTS,
  KITH_CLIENT_PROGRAMS,
  KITH_CLIENT_HOUSEHOLD,
  KITH_CLIENT_DOCUMENTS,
  KITH_CLIENT_HEALTH_DOCUMENTS, /* of those who may see health information (U10) */
  KITH_CLIENT_DECISIONS, /* which other records are the same person, and which are not */
  KITH_CLIENT_CHANGES, /* of the forms, field by field */
  KITH_CLIENT_LOG, /* privacy officers alone hold its rows (C13) */
  KITH_N_CLIENT_LISTS, /* of a client's record; the others stand beside something else about the client */
  KITH_CLIENT_CASE_SERVICES = KITH_N_CLIENT_LISTS /* a case's page: as KITH_CLIENT_SERVICES, the last ones */
} KithClientListKind;

void kith_client_list_button_set_words (GtkButton *button, const char *words, const char *action); /* translated; the key stands beside them */
GtkWidget *kith_client_list_button_new (const char *words, const char *action); /* of a heading: it prints its key. words: N_() */
GtkWidget *kith_client_list_new (KithContext *context, KithClientListKind kind);
/* What an empty list may say of it: there is nothing; or nothing that this person may see. */
typedef enum
{
  KITH_SIGHT_WHOLE,    /* nobody else knows the client: what is not here is not there */
  KITH_SIGHT_OWN,      /* the own client, whom others may know as well: what is not here is not the own agency's */
  KITH_SIGHT_PART,     /* other agencies may have what consent does not share with this one */
  KITH_SIGHT_WITHHELD, /* the client's own record is hidden by consent as well */
} KithSightOf;
void kith_client_list_set_sight (KithClientList *self, KithSightOf sight);
const char *kith_client_none_words (KithSightOf sight, const char *empty); /* empty: when nobody else can have any */
KithRow *kith_client_list_find (KithClientList *self, const char *id); /* one of its rows, borrowed, or NULL */
void kith_client_list_set_people (KithClientList *self, JsonObject *body); /* of the household: the client's record, NULL: nothing of it may be said */
void kith_client_list_set_client (KithClientList *self, const char *id); /* NULL: nothing is asked for */

G_END_DECLS
