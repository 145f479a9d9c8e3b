/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "operations/capacity-common.h"

G_BEGIN_DECLS

GPtrArray *kith_capacity_find_counting (KithOpContext *cx, KithRecord *capacity, gboolean *complete, GError **error); /* holds that may change its number */
gboolean kith_capacity_is_after (KithRecord *hold, const char *field, const char *observed_at);
int kith_capacity_change_since (KithRecord *hold, const char *observed_at);
gint64 kith_capacity_most_free (KithRecord *capacity);
gboolean kith_capacity_check_numbers (KithRecord *capacity, GError **error); /* refuses what does not go together */

G_END_DECLS
