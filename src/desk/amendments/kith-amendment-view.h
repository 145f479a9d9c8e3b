/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"

G_BEGIN_DECLS

/* What a client asks, whole: what was asked, what the agency answered, what the client wrote against it, or how it ended. */
#define KITH_TYPE_AMENDMENT_VIEW (kith_amendment_view_get_type ())
G_DECLARE_FINAL_TYPE (KithAmendmentView, kith_amendment_view, KITH, AMENDMENT_VIEW, AdwBin)

GtkWidget *kith_amendment_view_new (KithContext *context);
void kith_amendment_view_set_row (KithAmendmentView *self, KithRow *row); /* NULL: nothing */
KithRow *kith_amendment_view_get_row (KithAmendmentView *self);          /* borrowed */

G_END_DECLS
