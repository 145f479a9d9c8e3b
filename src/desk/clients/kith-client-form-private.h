/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-client-form.h"
#include "kith-consent-fields.h"
#include "kith-similar-pane.h"
#include "kith-watch.h"

struct _KithClientForm
{
  KithForm parent_instance;
  char *client;         /* NULL: a new one */
  JsonObject *before;   /* the record as it was when the form opened; NULL for a new client */
  AdwFlap *flap;
  AdwBin *similar_place, *consent_place;
  KithSimilarPane *similar;
  KithConsentFields *consent;
  GtkWidget *consent_group;
  AdwEntryRow *given_name, *middle_name, *family_name, *second_family_name, *described_as, *date_of_birth, *pronouns;
  AdwEntryRow *phone, *email, *address_1, *city, *postal_code, *contact_note, *languages;
  AdwComboRow *sex, *consent_choice;
  GtkSwitch *safe_to_call, *interpreter_needed, *do_not_contact;
  GtkLabel *date_hint;
  GtkWidget *matches_button;
  GtkLabel *matches_label;
  KithWatch *watch;
};

/* kith-client-form-fields.c: between the entries and a client's record. */
int kith_client_form_year (KithClientForm *self);
JsonObject *kith_client_form_values (KithClientForm *self);  /* as the entries say it, blank ones left out; transfer full */
JsonObject *kith_client_form_changes (KithClientForm *self); /* record.patch's set: only what was changed; transfer full */
void kith_client_form_show (KithClientForm *self, JsonObject *values);
