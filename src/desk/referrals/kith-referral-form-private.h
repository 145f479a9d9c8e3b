/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "capacity/kith-capacity-box.h"
#include "kith-referral-form.h"
#include "clients/kith-consent-fields.h"
#include "kith-watch.h"
#include "widgets/kith-status-pill.h"
#include "widgets/kith-suggest.h"

struct _KithReferralForm
{
  KithForm parent_instance;
  char *client;         /* NULL: without a client record, under a written release (C15) */
  char *previous;       /* the referral this one goes on from; NULL: none */
  char *sent;           /* the referral's id, once it is made */
  char *service, *service_name, *agency, *agency_name; /* chosen; NULL: not yet */
  gboolean direct;      /* the service takes direct referrals */
  gboolean filled;      /* from the previous one, once */
  gboolean covered;     /* a consent in force covers the agency chosen */

  KithCapacityBox *capacity;
  GtkWidget *scroller, *chosen_group, *who_group, *release_group, *basis_button;
  AdwBin *suggest_place, *consent_place;
  KithSuggest *suggest;
  AdwActionRow *client_row, *previous_row, *chosen_row;
  KithStatusPill *direct_pill;
  AdwEntryRow *need, *contact_name, *date_of_birth, *phone;
  AdwComboRow *urgency, *type, *basis, *until;
  GtkSwitch *health, *network;
  GtkTextView *request;
  GtkWidget *check_card, *check_button;
  GtkImage *check_image;
  GtkLabel *check_title, *check_text;
  KithConsentFields *consent; /* NULL until it is recorded here */

  GPtrArray *consents; /* bodies, (element-type JsonObject) */
  KithWatch *client_watch, *consent_watch, *previous_watch;
};

/* kith-referral-form-check.c */
const char *kith_referral_form_type (KithReferralForm *self);            /* of referral_type, as the drop-down says */
gboolean kith_referral_form_gives_only (KithReferralForm *self);         /* D3 */
void kith_referral_form_set_types (KithReferralForm *self, const char *type); /* what the service chosen takes; type: to select, or NULL */
gboolean kith_referral_form_has_release (KithReferralForm *self);
void kith_referral_form_check (KithReferralForm *self);                  /* says what lets it go out, or what is missing */
JsonObject *kith_referral_form_release (KithReferralForm *self);         /* yours */
void kith_referral_form_fill_release (KithReferralForm *self);

/* kith-referral-form.c */
char *kith_referral_form_read_birth (KithReferralForm *self); /* yours; NULL: not understood */
char *kith_referral_form_request (KithReferralForm *self);    /* yours */

/* kith-referral-form-send.c */
void kith_referral_form_commit (KithForm *form);
