/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-split-page.h"

G_BEGIN_DECLS

/* Calls to 2-1-1: for the network's staff (P21, P22). Places: "ID", "new", "new:REFERRAL" (a warm one it answers), "assign:ID". */
#define KITH_TYPE_CONTACTS_PAGE (kith_contacts_page_get_type ())
G_DECLARE_FINAL_TYPE (KithContactsPage, kith_contacts_page, KITH, CONTACTS_PAGE, KithSplitPage)

G_END_DECLS
