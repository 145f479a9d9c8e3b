/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-page.h"

G_BEGIN_DECLS

/* What an agency settles for itself, for its administrators: how long it takes to answer, the usual term of a consent, its holidays, its
 * accounts. Network staff choose the agency, and have the holidays of all. Place: "agency/ID", for network staff. */
#define KITH_TYPE_AGENCY_PAGE (kith_agency_page_get_type ())
G_DECLARE_FINAL_TYPE (KithAgencyPage, kith_agency_page, KITH, AGENCY_PAGE, KithPage)

G_END_DECLS
