/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-split-page.h"
#include "staff/kith-staff-view.h"

G_BEGIN_DECLS

/* The supervisor's page: who has how much in hand, and work from one to another, by key and by dragging. */
#define KITH_TYPE_STAFF_PAGE (kith_staff_page_get_type ())
G_DECLARE_FINAL_TYPE (KithStaffPage, kith_staff_page, KITH, STAFF_PAGE, KithSplitPage)

/* What its actions (kith-staff-actions.c) need of it. */
KithStaffView *kith_staff_page_get_view (KithStaffPage *self);
GPtrArray *kith_staff_page_get_colleagues (KithStaffPage *self); /* (element-type KithRow), of "colleagues". Borrowed */
gboolean kith_staff_page_is_supervisor (KithStaffPage *self);
gboolean kith_staff_page_is_admin (KithStaffPage *self);

G_END_DECLS
