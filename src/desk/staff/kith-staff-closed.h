/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"

G_BEGIN_DECLS

/* How many referrals somebody closed in the week before this one: the overview by mail has that number too, and names nobody (domain.md 1f, 4). The week is the
 * mail's as well: from Monday to Sunday where the agency is. */
typedef struct _KithStaffClosed KithStaffClosed;
typedef void (*KithStaffClosedFunc) (gpointer user_data); /* the words are others now */

KithStaffClosed *kith_staff_closed_new (KithContext *context, const char *staff, KithStaffClosedFunc func, gpointer user_data); /* NULL: nobody here may know */
void kith_staff_closed_free (KithStaffClosed *self);
char *kith_staff_closed_words (KithStaffClosed *self); /* with the week; yours. NULL: not known yet */

G_END_DECLS
