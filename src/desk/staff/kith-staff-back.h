/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "kith-context.h"

G_BEGIN_DECLS

/* Says what was moved, with an Undo that takes all of it back. inside: of the window that says it; transfer: kith_staff_move_get_transfer() */
void kith_staff_offer_back (GtkWidget *inside, KithContext *context, const char *words, const char *transfer);
/* What a taking back has come to; n: parts of it, 0: nothing was done */
void kith_staff_tell_back (KithContext *context, gboolean done, guint n, const GError *error);

G_END_DECLS
