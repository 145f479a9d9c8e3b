/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"

G_BEGIN_DECLS

/* What narrows the list of clients, and a search among them: mine, a program of the agency, how it stands with consent, a language. What is chosen is
 * kept nowhere: it goes with the page. Signal "changed". */
#define KITH_TYPE_CLIENT_FILTER (kith_client_filter_get_type ())
G_DECLARE_FINAL_TYPE (KithClientFilter, kith_client_filter, KITH, CLIENT_FILTER, AdwBin)

GtkWidget *kith_client_filter_new (KithContext *context);
gboolean kith_client_filter_is_active (KithClientFilter *self);
void kith_client_filter_clear (KithClientFilter *self);
void kith_client_filter_update (KithClientFilter *self); /* whose desk it is is known now */
char **kith_client_filter_args (KithClientFilter *self); /* of the query clients-found. Yours */

G_END_DECLS
