/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-page.h"

G_BEGIN_DECLS

/* My Day: what this person has to do, tasks and reminders first, then the next steps of their cases, then what others did that they were told of. */
#define KITH_TYPE_TODAY_PAGE (kith_today_page_get_type ())
G_DECLARE_FINAL_TYPE (KithTodayPage, kith_today_page, KITH, TODAY_PAGE, KithPage)

G_END_DECLS
