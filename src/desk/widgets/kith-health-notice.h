/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* C7: what goes along with health information that another agency disclosed, wherever it is shown: on screen, on paper and beside a file. */
GtkWidget *kith_health_notice_new (void);         /* transfer floating; named "health_notice" */
const char *kith_health_notice_words (void);      /* the federal words, not translated yet: N_() */
const char *kith_health_notice_short (void);      /* the one sentence that 42 CFR 2.32(a)(2) allows; translated */

G_END_DECLS
