/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "referrals/kith-reason-window.h"
#include "staff/kith-staff-fit.h"

G_BEGIN_DECLS

/* The colleagues as answers of a window: the best first, each as the type-ahead of colleagues has them (kith-staff-suggest.h); above them which need nobody has.
 * rows: of "colleagues"; except: whom not, or NULL */
void kith_staff_choices_add (KithReasonWindow *window, KithContext *context, GPtrArray *rows, const KithStaffNeed *needs, guint n_needs, const char *except);

G_END_DECLS
