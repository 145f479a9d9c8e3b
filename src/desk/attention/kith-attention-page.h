/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-page.h"

G_BEGIN_DECLS

/* What the hub refused, merged or put aside, until somebody has dealt with it; two people's changes to one field; and what still
 * waits to be sent. Nothing here disappears by itself. */
#define KITH_TYPE_ATTENTION_PAGE (kith_attention_page_get_type ())
G_DECLARE_FINAL_TYPE (KithAttentionPage, kith_attention_page, KITH, ATTENTION_PAGE, KithPage)

G_END_DECLS
