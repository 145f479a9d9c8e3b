/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"
#include "kith-pages.h"

G_BEGIN_DECLS

/* A contact record and a referral with its history, whole, from what this computer holds (P11). */
typedef struct
{
  KithRow *record;                            /* of the query contact or referral */
  GPtrArray *needs, *referrals, *resources;   /* of a contact; (element-type KithRow) of the queries contact-…; NULL: none */
  GPtrArray *answers;                         /* of the query contact-answers or referral-answers; NULL: none */
  GPtrArray *files;                           /* of the query record-documents or referral-documents; NULL: none */
  GPtrArray *consents;                        /* of a referral's client; of the query referral-consents; NULL: none is here */
  GPtrArray *events;                          /* of a referral; of the query referral-events: one side's own words are left out */
  const char *printer, *agency;               /* who prints, at which agency; NULL: the network's staff */
  gint64 now;                                 /* wall ms */
} KithRecordFacts;

KithPages *kith_contact_paper_new (const KithRecordFacts *facts, const KithCatalogue *catalogue);
KithPages *kith_referral_paper_new (const KithRecordFacts *facts, const KithCatalogue *catalogue);

G_END_DECLS
