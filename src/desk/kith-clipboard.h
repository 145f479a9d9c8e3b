/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "kith-kind.h"

G_BEGIN_DECLS

/* What of Kith lies in the clipboard of the whole desktop (ux.md 2.0, Privacy). What another program put there is never touched. */

#define KITH_CLIPBOARD_KEEP_S 45 /* how long the number of an insurance lies there */

void kith_clipboard_clear (GtkWidget *widget); /* now, where it is Kith's */
void kith_clipboard_clear_soon (GtkWidget *widget); /* what was just put there, after KITH_CLIPBOARD_KEEP_S, where it lies there still */
void kith_clipboard_guard (GtkWidget *text); /* a label or an entry: what is copied out of it is cleared soon */
gboolean kith_clipboard_is_guarded (const KithField *field); /* a number one is known by: social security, insurance, Medicaid */

G_END_DECLS
