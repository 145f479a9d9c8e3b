/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* GTK 4.8 tells a screen reader that every page of a stack is visible. From this call on only the one shown is. */
void kith_stack_tell_readers (GtkStack *stack);

G_END_DECLS
