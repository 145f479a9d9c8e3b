/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"
#include "kith-pages.h"

G_BEGIN_DECLS

/* What a client takes along of a service, or of an agency as a whole (D3): where, when, what to bring; in their language, in large type. It names no client: whoever finds it
 * learns nothing of anybody. */
typedef struct
{
  GPtrArray *service;     /* of the query service: one row, or none where it is there no more */
  GPtrArray *places;      /* of service-locations */
} KithHandoutMore;

typedef struct
{
  KithRow *service;       /* of the query service; of an agency: of organization */
  GPtrArray *places;      /* of service-locations or organization-locations; (element-type KithRow) */
  const char *agency;     /* who gives it; NULL: the network's staff */
  gint64 now;             /* wall ms */
  GPtrArray *offered;     /* of an agency: of organization-services; NULL: none */
  GPtrArray *more;        /* (element-type KithHandoutMore): further services on the same paper; NULL: none */
} KithHandoutFacts;

KithPages *kith_handout_new (const KithHandoutFacts *facts, const KithCatalogue *catalogue);
KithPages *kith_handout_new_agency (const KithHandoutFacts *facts, const KithCatalogue *catalogue);

G_END_DECLS
