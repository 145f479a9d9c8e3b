/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-referrals-page.h"
#include <glib/gi18n.h>
struct _KithInboxPage { KithPage parent_instance; };
G_DEFINE_FINAL_TYPE (KithInboxPage, kith_inbox_page, KITH_TYPE_PAGE)
static void kith_inbox_page_class_init (KithInboxPageClass *klass)
{ KITH_PAGE_CLASS (klass)->name = "inbox"; KITH_PAGE_CLASS (klass)->title = N_("Inbox"); KITH_PAGE_CLASS (klass)->icon_name = "mail-unread-symbolic"; }
static void kith_inbox_page_init (KithInboxPage *self) {}
struct _KithSentPage { KithPage parent_instance; };
G_DEFINE_FINAL_TYPE (KithSentPage, kith_sent_page, KITH_TYPE_PAGE)
static void kith_sent_page_class_init (KithSentPageClass *klass)
{ KITH_PAGE_CLASS (klass)->name = "sent"; KITH_PAGE_CLASS (klass)->title = N_("Sent"); KITH_PAGE_CLASS (klass)->icon_name = "document-send-symbolic"; }
static void kith_sent_page_init (KithSentPage *self) {}
