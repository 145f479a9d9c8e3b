/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* A line to sign on, by pen, finger or mouse, or what was signed. What is drawn is the text of kith-signature.h. Signal "changed":
 * a stroke was finished, or all were cleared. Who cannot draw types the name instead: that is for whoever shows the pad. */
#define KITH_TYPE_SIGNATURE_PAD (kith_signature_pad_get_type ())
G_DECLARE_FINAL_TYPE (KithSignaturePad, kith_signature_pad, KITH, SIGNATURE_PAD, GtkWidget)

GtkWidget *kith_signature_pad_new (gboolean editable);
void kith_signature_pad_set_text (KithSignaturePad *self, const char *text); /* NULL, or what cannot be read: empty */
char *kith_signature_pad_get_text (KithSignaturePad *self);                  /* NULL: nothing was drawn. Yours */
void kith_signature_pad_stroke (KithSignaturePad *self, double x, double y, gboolean begins); /* in pixels of the widget */

G_END_DECLS
