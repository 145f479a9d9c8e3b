/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "kith-desktop.h"

G_BEGIN_DECLS

/* One line of the query "referral-timeline", in words: a KithTimelineEntry (transfer floating). now: ms, for days as people say them; internal: of a referral
 * that stays within one agency (domain.md 2b) */
GtkWidget *kith_referral_event_new (KithRow *row, gint64 now, gboolean internal);

G_END_DECLS
