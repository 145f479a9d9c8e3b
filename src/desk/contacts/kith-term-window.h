/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"

G_BEGIN_DECLS

typedef void (*KithTermPicked) (KithRow *term, gpointer user_data); /* the column "name" is the term's */

/* What the taxonomy calls a need: for statistics, and for those who search by it. words: the need, as it was said; searched for at once. func is called
 * when a term is picked, and the window goes; data lives as long as the window. */
void kith_term_window_present (GtkWidget *over, KithContext *context, const char *words, KithTermPicked func, gpointer data, GDestroyNotify destroy);

G_END_DECLS
