/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-split-page.h"

G_BEGIN_DECLS

/* Referrals that came in, to be answered and worked on; and those sent, to see how the loop closes. Letters act on the one shown. */
#define KITH_TYPE_REFERRALS_PAGE (kith_referrals_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (KithReferralsPage, kith_referrals_page, KITH, REFERRALS_PAGE, KithSplitPage)

typedef struct
{
  const char *query, *label; /* label: N_() */
  const char *icon_name, *empty_title, *empty_text;
} KithReferralTab;

struct _KithReferralsPageClass
{
  KithSplitPageClass parent_class;
  const KithReferralTab *tabs;
  guint n_tabs;
};

#define KITH_TYPE_INBOX_PAGE (kith_inbox_page_get_type ())
G_DECLARE_FINAL_TYPE (KithInboxPage, kith_inbox_page, KITH, INBOX_PAGE, KithReferralsPage)

#define KITH_TYPE_SENT_PAGE (kith_sent_page_get_type ())
G_DECLARE_FINAL_TYPE (KithSentPage, kith_sent_page, KITH, SENT_PAGE, KithReferralsPage)

G_END_DECLS
