/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"

G_BEGIN_DECLS

/* The last move of work by whoever is signed in that stands and can be taken back: of which client, to whom, when. */
typedef struct _KithStaffMoved KithStaffMoved;
typedef void (*KithStaffMovedFunc) (gpointer user_data); /* it is another now, or its words are */

KithStaffMoved *kith_staff_moved_new (KithContext *context, KithStaffMovedFunc func, gpointer user_data);
void kith_staff_moved_free (KithStaffMoved *self);
const char *kith_staff_moved_get_transfer (KithStaffMoved *self); /* its id; NULL: there is none */
char *kith_staff_moved_words (KithStaffMoved *self);              /* yours */

G_END_DECLS
