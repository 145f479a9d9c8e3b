/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"

G_BEGIN_DECLS

/* What is done in the parts of a client's record, as actions of the clients' page: alerts, the care team, programs, cases, services, the household. */
/* The last service of the own agency once more, today, of a client that a page shows; client: NULL does nothing. */
void kith_client_services_repeat (GtkWidget *page, const char *client);
/* Asks why, and takes back a service given: a row of the query client-services. */
void kith_client_services_take_back (GtkWidget *page, const char *client, KithRow *row);
void kith_client_actions_install (GtkWidgetClass *klass); /* the class of KithClientsPage */
GtkWidget *kith_client_strip_new (void); /* the acts above a client's record, for which the class has the actions */

G_END_DECLS
