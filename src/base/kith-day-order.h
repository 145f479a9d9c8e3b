/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* "4/7/88": the fourth of July or the seventh of April, as the reader's country has it. */

gboolean kith_day_order_of (const char *format);
gboolean kith_day_is_first (void);
char *kith_day_read_slashes (const char *word); /* NULL: no day. Yours */
void kith_day_write_as (const char *format);

G_END_DECLS
