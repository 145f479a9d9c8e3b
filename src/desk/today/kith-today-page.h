/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-page.h"

G_BEGIN_DECLS

/* My Day: what this person has to do, what waits of referrals first, then tasks and reminders, the next steps of their cases, and what others did that they were told of. */
#define KITH_TYPE_TODAY_PAGE (kith_today_page_get_type ())
G_DECLARE_FINAL_TYPE (KithTodayPage, kith_today_page, KITH, TODAY_PAGE, KithPage)

G_END_DECLS
