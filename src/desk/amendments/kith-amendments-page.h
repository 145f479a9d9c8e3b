/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-split-page.h"

G_BEGIN_DECLS

/* What clients ask about the record (C19): corrections, restrictions; for those who answer: supervisors and privacy officers, also such that work with no client. */
#define KITH_TYPE_AMENDMENTS_PAGE (kith_amendments_page_get_type ())
G_DECLARE_FINAL_TYPE (KithAmendmentsPage, kith_amendments_page, KITH, AMENDMENTS_PAGE, KithSplitPage)

gboolean kith_amendments_may_answer (KithContext *context);

G_END_DECLS
