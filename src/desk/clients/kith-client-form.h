/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-form.h"

G_BEGIN_DECLS

/* Registers a client, or changes one. People of a similar name or the same birth date appear beside while one types: they warn, they never block. */
#define KITH_TYPE_CLIENT_FORM (kith_client_form_get_type ())
G_DECLARE_FINAL_TYPE (KithClientForm, kith_client_form, KITH, CLIENT_FORM, KithForm)

/* client: whose record to change; NULL: a new one, whose name begins with text (may be NULL). */
GtkWidget *kith_client_form_new (KithContext *context, const char *client, const char *text);
/* A new one who lives with somebody who is here. */
GtkWidget *kith_client_form_new_member (KithContext *context, const char *with, const char *text);

/* The person being registered, as typed so far. Yours; NULL where nothing is. Another person's form says nothing. */
void kith_client_form_get_person (KithClientForm *self, char **name, char **birth);
/* The person was found elsewhere: nothing is registered, the form is over. */
void kith_client_form_take_found (KithClientForm *self, const char *id);

G_END_DECLS
