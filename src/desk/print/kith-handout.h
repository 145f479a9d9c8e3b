/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"
#include "kith-pages.h"

G_BEGIN_DECLS

/* What a client takes along of a service (D3): where, when, what to bring; in their language, in large type. It names no client: whoever finds it
 * learns nothing of anybody. */
typedef struct
{
  KithRow *service;       /* of the query service */
  GPtrArray *places;      /* of service-locations; (element-type KithRow) */
  const char *agency;     /* who gives it; NULL: the network's staff */
  gint64 now;             /* wall ms */
} KithHandoutFacts;

KithPages *kith_handout_new (const KithHandoutFacts *facts, const KithCatalogue *catalogue);

G_END_DECLS
