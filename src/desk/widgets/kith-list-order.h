/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A list whose lines are put in order by hand: buttons, and the keys of KITH_KEYS_ORDER. */
#define KITH_ORDER_UP "order.up"
#define KITH_ORDER_DOWN "order.down"

/* Moves the line of which inside is a part by so many places; what had the focus in it keeps it. Returns: where it was; -1: nothing was moved */
int kith_list_order_move (GtkListBox *list, GtkWidget *inside, int by);
/* The same of the line with the focus. */
int kith_list_order_move_focused (GtkListBox *list, int by);

/* (transfer floating): a button that says what it does, and its key; action: one of the two, which the caller does when it is clicked */
GtkWidget *kith_list_order_button_new (const char *action, const char *label);

G_END_DECLS
