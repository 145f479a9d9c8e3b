/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"

G_BEGIN_DECLS

/* Beside the filters of a search for services: how many of them are not shown, as a button that shows them again. Hidden where there are none. Signal
 * "clear": whoever has the filters takes them away. */
#define KITH_TYPE_LEFT_OUT (kith_left_out_get_type ())
G_DECLARE_FINAL_TYPE (KithLeftOut, kith_left_out, KITH, LEFT_OUT, AdwBin)

GtkWidget *kith_left_out_new (void);
void kith_left_out_set (KithLeftOut *self, guint n, gboolean more); /* more: at least so many */
/* Counts it: what is found by text, less what a list of services ("services-found", with these inputs) has of it. text or args NULL: nothing is left out. */
void kith_left_out_count (KithLeftOut *self, KithContext *context, const char *text, const char *const *args);

G_END_DECLS
