/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"

G_BEGIN_DECLS

/* What stands in the place of a list until it was read: nothing while it is on its way, that it is being read where that takes longer than a second, and when it could not be read, that, what of it is
 * safe and "Try Again". A page of a stack beside "list" and "none"; on a KithPage it finds its context, elsewhere it is told. */
#define KITH_TYPE_UNREAD (kith_unread_get_type ())
G_DECLARE_FINAL_TYPE (KithUnread, kith_unread, KITH, UNREAD, AdwBin)

void kith_unread_set_context (KithUnread *self, KithContext *context);
/* The same as a strip, for the frame and each window that stands over it: in front of sibling, in its box, as long as anything could not be read and no page of
 * that window says so. */
GtkWidget *kith_unread_add_strip (GtkWidget *sibling, KithContext *context);
const char *kith_unread_words (void); /* what is safe and what to do, translated */

G_END_DECLS
