/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-split-page.h"

G_BEGIN_DECLS

/* Referrals that came in, to be answered and worked on; and those sent, to see how the loop closes. Letters act on the one shown. */
#define KITH_TYPE_REFERRALS_PAGE (kith_referrals_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (KithReferralsPage, kith_referrals_page, KITH, REFERRALS_PAGE, KithSplitPage)

typedef struct
{
  KithSplitTab list;
  const char *phases[9];      /* NULL-ended: what lies in it */
  gboolean answers;           /* its referrals have a day they should be answered by */
} KithReferralTab;

struct _KithReferralsPageClass
{
  KithSplitPageClass parent_class;
  const KithReferralTab *tabs;
  guint n_tabs;
  const char *found, *services; /* named queries: what a filter leaves, and the services there are */
};

char **kith_referrals_page_get_asked (KithReferralsPage *self, const char **query);
void kith_referrals_page_go_on (KithReferralsPage *self, const char *id); /* when it leaves its list the next one is shown, and that is said; id: what is shown */

#define KITH_TYPE_INBOX_PAGE (kith_inbox_page_get_type ())
G_DECLARE_FINAL_TYPE (KithInboxPage, kith_inbox_page, KITH, INBOX_PAGE, KithReferralsPage)

#define KITH_TYPE_SENT_PAGE (kith_sent_page_get_type ())
G_DECLARE_FINAL_TYPE (KithSentPage, kith_sent_page, KITH, SENT_PAGE, KithReferralsPage)

G_END_DECLS
