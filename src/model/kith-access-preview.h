/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-access.h"

G_BEGIN_DECLS

/* What one agency sees of a client that another agency holds, before and after something that is only thought of. The lists are codes of the
 * vocabulary data_class in its order, then "referral": what a referral to it says. */
typedef struct
{
  char *agency; /* organization id */
  char *name;   /* of the agency; NULL: not in the directory here */
  char **before;
  char **after;
  char **later; /* what it will see as soon as it has a reason of its own: it accepts a referral of the client, or opens the record */
  gint64 until; /* ms: when the last of what it sees after ends; 0: no end, or nothing */
} KithSight;
void kith_sight_free (KithSight *self);

/* "Agency X will see: …": runs an operation (consent.record, consent.revoke …) over the world without changing it and compares who sees what by
 * the very function that makes the grants (kith_access_grants). */
GPtrArray *kith_access_preview (KithWorld *world, const KithActor *actor, const char *client, const char *operation, JsonObject *args,
                                gint64 now_ms, GError **error); /* (element-type KithSight), by name */

char **kith_sight_lost (const KithSight *self);          /* in before, not in after */
char *kith_sight_words (const char *const *classes);      /* "Identity, contact and household; History of care"; NULL when there is nothing */

G_END_DECLS
