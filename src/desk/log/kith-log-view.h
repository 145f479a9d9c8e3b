/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"

G_BEGIN_DECLS

/* One entry of the access log in full, with the ways to others like it: "log.only-person", "log.only-client". */
#define KITH_TYPE_LOG_VIEW (kith_log_view_get_type ())
G_DECLARE_FINAL_TYPE (KithLogView, kith_log_view, KITH, LOG_VIEW, AdwBin)

GtkWidget *kith_log_view_new (KithContext *context);
void kith_log_view_set_entry (KithLogView *self, const char *id); /* NULL: none */
KithRow *kith_log_view_get_row (KithLogView *self);               /* NULL: none, or not loaded yet */

G_END_DECLS
