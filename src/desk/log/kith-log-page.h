/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-split-page.h"

G_BEGIN_DECLS

/* The agency's access log, for its privacy officers (C13): who opened, printed, exported or searched what, and when. Nobody else holds its rows. */
#define KITH_TYPE_LOG_PAGE (kith_log_page_get_type ())
G_DECLARE_FINAL_TYPE (KithLogPage, kith_log_page, KITH, LOG_PAGE, KithSplitPage)

G_END_DECLS
