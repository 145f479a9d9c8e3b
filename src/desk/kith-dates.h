/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *kith_dates_format (GDateTime *when, const char *format);
char *kith_dates_whole (const char *day); /* "Fri 4 Dec 2026": a day that was understood, in words; NULL: it is no whole day. Yours */

G_END_DECLS
