/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Children side by side, in as many lines as they need: buttons that stay reachable in a narrow window and with large text. */
#define KITH_TYPE_WRAP_BOX (kith_wrap_box_get_type ())
G_DECLARE_FINAL_TYPE (KithWrapBox, kith_wrap_box, KITH, WRAP_BOX, GtkWidget)

GtkWidget *kith_wrap_box_new (void);
void kith_wrap_box_append (KithWrapBox *self, GtkWidget *child);

G_END_DECLS
