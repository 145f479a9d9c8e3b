/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"
#include "log/kith-log-filter.h"

G_BEGIN_DECLS

/* Asks where to, writes what the filter shows as CSV, and notes in the log that this was done (C13). parent outlives the question. */
void kith_log_export (GtkWidget *parent, KithContext *context, const KithLogFilter *filter);
/* The same without the question. */
void kith_log_export_to (GFile *to, KithContext *context, const KithLogFilter *filter);

G_END_DECLS
