/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-consent-fields.h"

#include "kith-agency-picks.h"
#include "kith-consent-preview.h"
#include "kith-format.h"
#include "kith-watch.h"
#include "widgets/kith-choice-row.h"
#include "widgets/kith-date-words.h"
#include "widgets/kith-signature-pad.h"
#include "widgets/kith-switch-row.h"

struct _KithConsentFields
{
  AdwBin parent_instance;
  KithContext *context;
  char *client;         /* NULL: not registered yet */
  GtkCheckButton *everyone, *referred;
  AdwActionRow *referred_row;
  KithSwitchRow *network;
  AdwBin *receivers_place, *disclosers_place;
  KithAgencyPicks *receivers, *disclosers;
  AdwComboRow *sharing; /* whose records it opens: everybody's, or those of the disclosers */
  GtkCheckButton *class_client, *class_care, *class_billing, *class_health;
  GtkCheckButton *class_case, *class_case_health;
  AdwComboRow *how, *term, *grantor;
  AdwEntryRow *witness, *relation, *language, *purpose, *until, *end_event, *signer;
  GtkMenuButton *purposes; /* the usual ones, put into the row as words */
  AdwEntryRow *signed_on; /* the day on the paper; empty: today */
  AdwEntryRow *representative; /* the name; who signs on screen says it there */
  GtkWidget *signing;   /* pad, clear, the signer's name */
  AdwBin *pad_place;
  KithSignaturePad *pad;
  GtkWidget *clear, *scan_hint, *child_hint;
  char *birth;          /* of the client, as far as it is known; NULL: it is not */
  AdwComboRow *scan;    /* which of the client's files it is; first: none yet */
  GPtrArray *scans;     /* ids, as the row has them; the first is NULL */
  char *scan_wanted;    /* by a draft, until the files are there */
  KithWatch *files, *referrals, *person;
  KithSwitchRow *findable;
  GtkLabel *sentence;
  GtkWidget *basis;     /* how it is given, for who shows it where nothing scrolls */
  KithConsentPreview *preview;
  KithWatch *settings;
  char *only, *only_name; /* the one agency it can be for; NULL: any */
  int usual_days;
  gboolean restoring;
  gboolean paper;       /* the purpose is for it to say: nothing is filled in */
};

/* kith-consent-fields.c */
void kith_consent_fields_changed (KithConsentFields *self);
void kith_consent_fields_choose_scan (KithConsentFields *self, const char *document); /* now, or when the client's files are known; NULL: none */

void kith_consent_fields_keep_only (KithConsentFields *self);          /* where there is one agency it can be for, nobody else is chosen */

/* kith-consent-fields-values.c */
int kith_consent_fields_months (KithConsentFields *self);            /* of the term; 0: the agency's own, -1: until a day */
void kith_consent_fields_name_terms (KithConsentFields *self);       /* the words of the choices, with the agency's own term */
JsonArray *kith_consent_fields_classes (KithConsentFields *self);    /* transfer full */
char *kith_consent_fields_until (KithConsentFields *self);           /* "Until 20 Nov 2027."; NULL: no day to come. Yours */
gboolean kith_consent_fields_is_way (KithConsentFields *self, const char *way); /* how it is given */
gboolean kith_consent_fields_is_paper (KithConsentFields *self);     /* which has a day of its own */
char *kith_consent_fields_signed_on (KithConsentFields *self);       /* "2026-03-03"; "": today; NULL: no day, or one to come. Yours */
gboolean kith_consent_fields_names_disclosers (KithConsentFields *self); /* only what some agencies hold, which are named */
gboolean kith_consent_fields_names_nobody (KithConsentFields *self);
gboolean kith_consent_fields_by_another (KithConsentFields *self);   /* a representative gives it */

/* kith-consent-fields-purpose.c */
char *kith_consent_fields_purpose (KithConsentFields *self);         /* as it is kept. Yours; NULL: none */
void kith_consent_fields_offer_purposes (KithConsentFields *self);   /* and the first of them, until another is said */
void kith_consent_fields_fit_purpose (KithConsentFields *self);      /* to how it is given */
