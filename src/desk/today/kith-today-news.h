/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "kith-context.h"

G_BEGIN_DECLS

/**
 * kith_today_news_row_new:
 * @notice: a row of "notices-new"
 *
 * What somebody was told and has not read: by number, and by who it is about as far as the record on this computer says that (C17), with Renew where a consent ends, and a button that says it is read.
 *
 * Returns: (transfer floating): a row of a list. Its data: "place" (where it is about; none: nowhere here) and "notice" (the id)
 */
GtkWidget *kith_today_news_row_new (KithContext *context, KithRow *notice);

/* Somebody has seen it. */
void kith_today_news_read (KithContext *context, const char *notice);

/* All that stand in a list of such rows; total: how many there are, also those not shown: nobody has seen these. */
void kith_today_news_read_all (KithContext *context, GtkListBox *list, guint total);

G_END_DECLS
