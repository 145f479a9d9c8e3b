/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-page.h"

G_BEGIN_DECLS

/* Capacity, Ctrl+8: how many places each of one's services has free (P4, P5). */
#define KITH_TYPE_CAPACITY_PAGE (kith_capacity_page_get_type ())
G_DECLARE_FINAL_TYPE (KithCapacityPage, kith_capacity_page, KITH, CAPACITY_PAGE, KithPage)

G_END_DECLS
