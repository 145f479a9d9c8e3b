/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-client-consents.h"
#include "kith-health-pane.h"
#include "kith-client-links.h"
#include "kith-client-view.h"
#include "kith-service-line.h"
#include "kith-reading.h"
#include "kith-watch.h"
#include "widgets/kith-absent.h"
#include "widgets/kith-facts.h"
#include "widgets/kith-status-pill.h"
#include "widgets/kith-lines.h"
#include "widgets/kith-timeline.h"
#include "widgets/kith-pinned.h"
#include "widgets/kith-wrap-box.h"

struct _KithClientView
{
  AdwBin parent_instance;
  KithContext *context;
  char *id;

  KithAbsent *absent; /* in the place of what is not here */
  GtkWidget *scroller, *content, *pending, *no_history, *withheld_card;
  AdwAvatar *avatar;
  GtkLabel *name, *meta, *language, *alert, *no_referrals;
  GtkBox *alerts; /* those that count today, above all parts */
  KithStatusPill *consent_pill;
  KithFacts *reach, *about, *billing, *team;
  GtkListBox *referrals;
  AdwPreferencesGroup *referrals_group;
  AdwBin *consents_place;
  KithClientConsents *consents;
  GtkLabel *restricted;
  gboolean is_restricted;
  GPtrArray *consent_rows; /* (element-type KithRow): as they were read; NULL: not yet */
  gint64 next_end; /* of them, by its term; G_MAXINT64: none ends */
  guint term_id;   /* looks whether it is reached */
  const char *consent_status; /* of the best one for this record; interned, NULL: none */
  gboolean ours; /* the agency's own client */
  GPtrArray *billing_rows; /* (element-type KithRow): of this record and of those linked with it; NULL: not read yet */
  gboolean never_shared; /* the consents were read, and none was ever given */
  gboolean withheld; /* sharing has ended: only the own record of care is here */
  AdwBin *service_place; /* of the line a service is recorded in, while there is one */
  AdwBin *history_place;
  KithLines *history;
  KithWrapBox *tabs;
  GtkStack *stack;
  GtkBox *overview, *health_page, *cases, *services, *consent, *household, *documents, *history_page, *log;
  KithHealthPane *health;
  KithFiles *files;
  KithClientList *lists[KITH_N_CLIENT_LISTS];
  KithClientLinks *links;
  KithReading *reading;
  GHashTable *filled; /* names of the tabs whose queries run for this client */

  KithWatch *client_watch, *billing_watch, *consent_watch, *referral_watch, *team_watch, *alert_watch;
};

/* kith-client-view-facts.c: the rows of the queries "client", "client-record-billing" and "client-alerts". */
void kith_client_view_update_alerts (KithClientView *self);
void kith_client_view_alerts_cb (GPtrArray *rows, gpointer self);
void kith_client_view_client_cb (GPtrArray *rows, gpointer self);
void kith_client_view_billing_cb (GPtrArray *rows, gpointer self);
void kith_client_view_team_cb (GPtrArray *rows, gpointer self);
void kith_client_view_set_withheld (KithClientView *self, gboolean withheld);
gboolean kith_client_is_told (const KithField *field); /* people wrote its value, no operation keeps it */
/* What of the kind's fields has a value, but those named (NULL: none): a new field is seen at once. */
void kith_client_add_fields (KithFacts *facts, const KithKind *kind, const char *const *but, JsonObject *body, JsonObject *before); /* before: as the hub has it; NULL: nothing waits */
