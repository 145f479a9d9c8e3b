/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "documents/kith-files.h"
#include "kith-client-list.h"
#include "kith-context.h"

G_BEGIN_DECLS

/* One client: who, how to reach, consent, referrals, who looks after them, and what has been done so far. Follows changes. */
#define KITH_TYPE_CLIENT_VIEW (kith_client_view_get_type ())
G_DECLARE_FINAL_TYPE (KithClientView, kith_client_view, KITH, CLIENT_VIEW, AdwBin)

GtkWidget *kith_client_view_new (KithContext *context);
void kith_client_view_set_client (KithClientView *self, const char *id); /* NULL: none */
/* overview, cases, services, referrals, consent, household, health, documents, history */
void kith_client_view_show_tab (KithClientView *self, const char *name);
const char *kith_client_view_get_tab (KithClientView *self);
GHashTable *kith_client_view_get_scrolled (KithClientView *self); /* where the record is left, for when it is shown again */
void kith_client_view_set_scrolled (KithClientView *self, GHashTable *scrolled); /* transfer full */
void kith_client_view_move_tab (KithClientView *self, int by); /* 1 or -1, round at the ends */

/* For actions on what it shows. */
KithFiles *kith_client_view_get_files (KithClientView *self);
KithRow *kith_client_view_find (KithClientView *self, KithClientListKind kind, const char *id); /* a row of one of its lists, borrowed; NULL: not shown */
KithRow *kith_client_view_find_document (KithClientView *self, const char *id);                 /* the same, of its files */
const char *kith_client_view_find_end_event (KithClientView *self, const char *consent); /* what was to end it, in words; NULL: nothing, or not shown */
const char *kith_client_view_find_consent (KithClientView *self, const char *consent); /* whose it is: of a linked record, that one's; NULL: not shown */
gboolean kith_client_view_has_health (KithClientView *self); /* this person may read, and add to, the client's health information (U10) */

const char *kith_client_view_get_name (KithClientView *self); /* NULL: nobody is shown */
/* Sharing has ended, and only what the own agency did is here. Signal "withheld": it may be otherwise now. */
gboolean kith_client_view_is_withheld (KithClientView *self);
gboolean kith_client_view_offers (KithClientView *self, const char *action); /* "client.restrict", "client.revoke-all": by their keys as by their buttons */
gboolean kith_client_view_is_restricted (KithClientView *self); /* C19 */

G_END_DECLS
