/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"

G_BEGIN_DECLS

/* One line of the register of services given: what, how many, at which service, when. It begins as the last one that was recorded; Enter records it and
 * stands at the beginning of the next. What is typed is kept as a draft. It stands in a place of the client's page and leaves it by itself. */
#define KITH_TYPE_SERVICE_LINE (kith_service_line_get_type ())
G_DECLARE_FINAL_TYPE (KithServiceLine, kith_service_line, KITH, SERVICE_LINE, AdwBin)

void kith_service_line_open (AdwBin *place, KithContext *context, const char *client); /* the one that stands there already takes the keys */
void kith_service_line_close (AdwBin *place);                                          /* what was typed is kept */

G_END_DECLS
