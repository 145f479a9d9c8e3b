/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

/* kith-bench-window.c */
double bench_thread_ms (void); /* what the main thread has computed so far */
gboolean bench_has_text (GtkWidget *widget);
GtkWidget *bench_window_open (GtkApplication *application, const char *folder, const char *password, const char *place);

/* kith-bench-window-scroll.c. Each prints one line for each frame: what the main thread computed since the frame before, ms; what passed since then,
 * ms; how many rows were in sight; and how many of them had nothing to say yet. */
int bench_window_board (GtkApplication *application, const char *folder, const char *password, guint frames);
/* Prints how long it took from another page, when the key for the board was pressed, to the first frame in which each lane in the window shows its cards, ms;
 * and what the main thread computed until then, ms. */
int bench_window_board_open (GtkApplication *application, const char *folder, const char *password, const char *from);
int bench_window_lanes (GtkApplication *application, const char *sizes, guint frames);
