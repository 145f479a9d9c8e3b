/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-db.h"
#include "kith-match.h"

G_BEGIN_DECLS

/* Who of the clients here may be the person somebody is typing (domain.md 5; ux.md, New client). Reads only, on any connection to a store. */
typedef struct
{
  char *id; /* a client */
  KithMatchResult result;
} KithSimilar;

void kith_similar_free (KithSimilar *self);

/* values: a client's fields as far as they are typed, by name (given_name, family_name, date_of_birth, phones, address …); what is no valid
 * value yet is passed over. At most limit, likeliest first; nobody is left out for a reason but not being alike.
 * (transfer full) (element-type KithSimilar) */
GPtrArray *kith_similar_run (KithDb *db, JsonObject *values, guint limit, GError **error);

/* The same of these clients alone (element-type utf8: their ids), which must be few. */
GPtrArray *kith_similar_weigh (KithDb *db, JsonObject *values, GPtrArray *clients, GError **error);

G_END_DECLS
