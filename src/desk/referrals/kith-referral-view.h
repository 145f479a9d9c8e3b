/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"
#include "kith-composer.h"

G_BEGIN_DECLS

/* One referral: how far it has come, what is asked for, who it is about, and everything that happened. Follows changes.
 * Signal "steps-changed": what this person may do has changed. */
#define KITH_TYPE_REFERRAL_VIEW (kith_referral_view_get_type ())
G_DECLARE_FINAL_TYPE (KithReferralView, kith_referral_view, KITH, REFERRAL_VIEW, AdwBin)

GtkWidget *kith_referral_view_new (KithContext *context);
void kith_referral_view_set_referral (KithReferralView *self, const char *id); /* NULL: none */
gboolean kith_referral_view_declines_in_steps (KithReferralView *self); /* what this person declines waits for a supervisor */
const char *kith_referral_view_get_phase (KithReferralView *self);             /* as shown; NULL before it is */
const char *kith_referral_view_get_name (KithReferralView *self);              /* of whom it is about; NULL before it is shown */
const char *kith_referral_view_get_about (KithReferralView *self);             /* that name with the number: "Maria Lopez, HA-0012"; NULL before it is shown */
const char *kith_referral_view_get_status (KithReferralView *self);            /* in words; NULL before it is shown */
void kith_referral_view_tell (KithReferralView *self, const char *words);      /* above it, and to a screen reader: why it is shown, what became of it; NULL: nothing */
gboolean kith_referral_view_asks_for_place (KithReferralView *self); /* whoever accepts it asks for a free place, which others may get first */
const char *kith_referral_view_get_accepted_words (KithReferralView *self); /* what an acceptance is told by; NULL: of a place nothing is to be said */
const char *kith_referral_view_get_client (KithReferralView *self);            /* NULL: without a client record, or not shown yet */
KithRow *kith_referral_view_get_row (KithReferralView *self);                 /* of the query "referral"; NULL: none is shown. Borrowed */
JsonObject *kith_referral_view_get_person (KithReferralView *self);            /* what it took of the client's record with it; NULL: none, or not seen here */
const char *kith_referral_view_get_call (KithReferralView *self);              /* the contact record it was made from; NULL: none, or not shown yet */
gint64 kith_referral_view_get_turn (KithReferralView *self);                    /* how often it has gone somewhere, as shown; 0: not shown */
gboolean kith_referral_view_is_internal (KithReferralView *self);              /* it stays within one agency (domain.md 2b) */
gboolean kith_referral_view_is_for_one_agency (KithReferralView *self);        /* without a client record, sent by a release for one agency (C5, C15) */
/* The phases an operation may lead to now ("" for one that leaves the phase alone); NULL: it is not allowed. (element-type utf8) */
GPtrArray *kith_referral_view_steps (KithReferralView *self, const char *operation);
/* The decline that waits to be confirmed, as it is shown: reason and text. NULL: none. */
JsonObject *kith_referral_view_get_proposal (KithReferralView *self);
void kith_referral_view_compose (KithReferralView *self, KithCompose what);
int kith_referral_view_get_compose (KithReferralView *self); /* what is being written; -1: nothing */
void kith_referral_view_flush (KithReferralView *self);

G_END_DECLS
