/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-client-form.h"
#include "kith-consent-fields.h"
#include "kith-household-rows.h"
#include "kith-similar-pane.h"
#include "kith-watch.h"
#include "widgets/kith-field-rows.h"

#define KITH_CLIENT_ROWS 5 /* who, who_more, reach, language, more: fields of the client's own record */

struct _KithClientForm
{
  KithForm parent_instance;
  char *client;                   /* NULL: a new one */
  JsonObject *before;             /* the record as it was when the form opened; NULL for a new client */
  JsonObject *typed;              /* a draft that has no more than what was typed; NULL: none */
  JsonObject *taken;              /* what was taken over from a member of the household, who may be out of sight before this is sent; NULL: nothing */
  gboolean gone;                  /* the record is not in sight */
  JsonObject *billing_before;     /* the same of client_billing; NULL: there is none yet */
  gboolean billing_known;         /* whether there is any to change was read */
  gboolean billing_taken;         /* it is shown as the draft that goes on has it */
  char *billing_id;               /* of the record to change; NULL: of a new client, or not in sight */
  AdwFlap *flap;
  AdwBin *similar_place, *consent_place, *refusal_place, *who_place, *who_more_place, *reach_place, *language_place, *household_place, *more_place, *billing_place, *health_place;
  KithFieldRows *who, *who_more, *reach, *language, *more, *billing;
  KithFieldRows *health;  /* a record of its own (U10), which is registered with a new client; NULL: of one who is here, it has a form of its own */
  KithHouseholdRows *household; /* NULL: of one who is here, whose record has a part for it */
  KithSimilarPane *similar;
  KithConsentFields *consent;
  KithFieldRows *refusal; /* how and why they do not agree; NULL: of a client who is here */
  AdwEntryRow *need;      /* what they came for; of a new client */
  AdwComboRow *need_then; /* where it goes on: NEED_ of kith-client-form-need.c */
  GtkWidget *need_group, *who_group, *consent_group, *household_group, *more_group, *billing_group, *health_group;
  AdwComboRow *consent_choice;
  GtkButton *more_members;
  GtkWidget *matches_button, *matches_line;
  GtkLabel *matches_words;
  GtkLabel *matches_label;
  KithWatch *watch, *billing_watch;
};

/* kith-client-form-fields.c: between the rows and a client's records. All results are yours. */
void kith_client_form_make_rows (KithClientForm *self, KithContext *context);
JsonObject *kith_client_form_values (KithClientForm *self, gboolean raw);  /* as the rows say it, blank ones left out; raw: as typed, for a draft */
gboolean kith_client_form_says_more (KithClientForm *self);                /* than a name and a birth date: what a search asks for anyway */
JsonObject *kith_client_form_billing (KithClientForm *self, gboolean raw); /* NULL: nothing was said */
void kith_client_form_make_health (KithClientForm *self, KithContext *context); /* of a new client */
JsonObject *kith_client_form_health (KithClientForm *self, gboolean raw);  /* NULL: nothing was said, or this person may not say it (U10) */
JsonObject *kith_client_form_changes (KithClientForm *self);               /* record.patch's set: only what was changed */
JsonObject *kith_client_form_billing_changes (KithClientForm *self);
void kith_client_form_show (KithClientForm *self, JsonObject *values);
void kith_client_form_make_household (KithClientForm *self, KithContext *context); /* of a new client */
char *kith_client_form_problem (KithClientForm *self);                     /* NULL: can be sent; else words, and the field has the focus */

char *kith_client_form_gone_words (void);

/* kith-client-form-need.c: what a new client came for */
void kith_client_form_begin_need (KithClientForm *self);
void kith_client_form_show_need (KithClientForm *self);                    /* what follows is asked once there is one */
void kith_client_form_collect_need (KithClientForm *self, JsonObject *draft);
void kith_client_form_restore_need (KithClientForm *self, JsonObject *draft);
char *kith_client_form_need_problem (KithClientForm *self);                /* NULL: can be sent. Yours */
/* Where it is kept, as a step of the same Save; the place one goes to then, yours; NULL: to the record */
char *kith_client_form_add_need (KithClientForm *self, GPtrArray *steps, const char *client);
/* Where the person is here already: it goes along to them, and out of the form; what comes back as above. Where it cannot be kept that is
 * said with its words */
char *kith_client_form_hand_over_need (KithClientForm *self, const char *client);

/* kith-client-form-send.c */
void kith_client_form_commit (KithForm *form);
void kith_client_form_commit_more (KithClientForm *self); /* and then a member of the same household */
