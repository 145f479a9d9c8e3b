/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "kith-context.h"

G_BEGIN_DECLS

/* What comes next for somebody for whom nothing waits today: the task or the step of a case with the nearest day. In sight only when there is one. */
#define KITH_TYPE_TODAY_NEXT (kith_today_next_get_type ())
G_DECLARE_FINAL_TYPE (KithTodayNext, kith_today_next, KITH, TODAY_NEXT, AdwBin)

void kith_today_next_look (KithTodayNext *self, KithContext *context); /* NULL: it is not asked for any more */

G_END_DECLS
