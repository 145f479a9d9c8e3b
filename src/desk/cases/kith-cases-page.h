/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cases/kith-case-view.h"
#include "kith-split-page.h"

G_BEGIN_DECLS

/* The cases somebody works on, by what comes next; a supervisor sees all of the agency. Beside it the case, with what can be done. */
#define KITH_TYPE_CASES_PAGE (kith_cases_page_get_type ())
G_DECLARE_FINAL_TYPE (KithCasesPage, kith_cases_page, KITH, CASES_PAGE, KithSplitPage)

KithCaseView *kith_cases_page_get_view (KithCasesPage *self);

G_END_DECLS
