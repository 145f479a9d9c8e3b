/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"

G_BEGIN_DECLS

/* Network staff say what reasons to decline and outcomes are called here, which are offered, and what there is beside Kith's own (domain.md 2f). All of it
 * is asked of the hub at once. */
#define KITH_TYPE_REASONS_WINDOW (kith_reasons_window_get_type ())
G_DECLARE_FINAL_TYPE (KithReasonsWindow, kith_reasons_window, KITH, REASONS_WINDOW, AdwWindow)

GtkWidget *kith_reasons_window_new (GtkWindow *parent, KithContext *context);

G_END_DECLS
