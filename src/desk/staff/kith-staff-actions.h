/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What the keys and buttons of the Staff page do: staff.assign, .move-all, .take-back, .drop, .take, .select-all, .skills, .leave, .supervisor. */
void kith_staff_actions_install (GtkWidgetClass *klass);
void kith_staff_actions_stop (GtkWidget *page); /* it goes: work under way is ended without it */

G_END_DECLS
