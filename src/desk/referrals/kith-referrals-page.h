/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include "kith-page.h"
G_BEGIN_DECLS
#define KITH_TYPE_INBOX_PAGE (kith_inbox_page_get_type ())
G_DECLARE_FINAL_TYPE (KithInboxPage, kith_inbox_page, KITH, INBOX_PAGE, KithPage)
#define KITH_TYPE_SENT_PAGE (kith_sent_page_get_type ())
G_DECLARE_FINAL_TYPE (KithSentPage, kith_sent_page, KITH, SENT_PAGE, KithPage)
G_END_DECLS
