/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-client-actions.h"
#include "widgets/kith-ask-window.h"

/* What the actions of the client's page share. given and preset: transfer full. */
KithAskWindow *kith_client_ask (GtkWidget *page, const char *op, const char *title, const char *description, const char *verb, const char *done,
                                JsonObject *given, JsonObject *preset);
/* The same on a page that shows a client beside something else. */
KithAskWindow *kith_client_ask_of (GtkWidget *page, const char *client, const char *op, const char *title, const char *description, const char *verb,
                                   const char *done, JsonObject *given, JsonObject *preset);
JsonObject *kith_client_today (GtkWidget *page, const char *field); /* that field: today. The day can be changed to one in the past */

/* kith-client-requests.c: client.ask-amendment, .ask-restriction, .answer-amendment, .disagree-amendment, .end-amendment */
void kith_client_requests_install (GtkWidgetClass *klass);
/* kith-client-same.c: client.same-person, .link-again, .unlink */
void kith_client_same_install (GtkWidgetClass *klass);
/* kith-client-services.c: client.record-service, .repeat-service, .void-service, .void-last-service */
void kith_client_services_install (GtkWidgetClass *klass);
