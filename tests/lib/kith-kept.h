/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-db.h"

G_BEGIN_DECLS

/**
 * kith_kept_differs:
 * @db: a desktop's store
 *
 * What the triggers of alone.sql keep, against a look at every record.
 *
 * Returns: (nullable): the first table that has something else than it stands for; NULL: none
 */
const char *kith_kept_differs (KithDb *db);

G_END_DECLS
