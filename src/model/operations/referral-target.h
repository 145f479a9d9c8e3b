/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "operations/op-common.h"

G_BEGIN_DECLS

/* Where a referral goes, as the directory stands now. Any of these may be missing on a desk. */
typedef struct
{
  KithRecord *service;
  KithRecord *organization;
  KithRecord *queue;
  const char *agency; /* borrowed from the arguments or the service */
} KithTarget;

void kith_target_clear (KithTarget *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KithTarget, kith_target_clear)

/* args: "service", "agency_to", "queue", one of them at least. */
gboolean kith_target_find (KithOpContext *cx, JsonObject *args, KithTarget *target, GError **error);
/* D4: only services set up for direct referrals, and open, get client data; a person-to-person hand-off may also go to a whole agency (D9) where somebody
 * answers. type: NULL: not known here. */
gboolean kith_target_check (KithOpContext *cx, const char *type, JsonObject *args, const KithTarget *target, GError **error);
/* The referral goes there: agency, service and resources (P14). */
void kith_target_set (const KithTarget *target, JsonObject *args, KithRecord *referral);
const char *kith_target_name (const KithTarget *target); /* of the service, else the agency; NULL: a queue alone, or not here */

G_END_DECLS
