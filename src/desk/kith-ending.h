/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"

G_BEGIN_DECLS

/* The access that a scope gives, followed while something of it stands open to be written: what may not be seen any more stands in no form either, nor
 * whose it is (C4, I6). */
#define KITH_TYPE_ENDING (kith_ending_get_type ())
G_DECLARE_FINAL_TYPE (KithEnding, kith_ending, KITH, ENDING, GObject)

typedef void (*KithEndingFunc) (gboolean ended, gpointer user_data); /* FALSE: it has come back */

KithEnding *kith_ending_new (KithContext *context, const char *scope, KithEndingFunc func, gpointer user_data); /* NULL: nothing of that scope ends so */
const char *kith_ending_get_words (KithEnding *self); /* what is told in place of what stood there, translated */
/* Closes @window, which writes its draft then, when that access ends, and says so. */
void kith_ending_close (KithContext *context, const char *scope, GtkWindow *window);

G_END_DECLS
