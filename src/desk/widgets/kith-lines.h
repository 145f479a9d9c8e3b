/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"

G_BEGIN_DECLS

/* The rows of a named query as lines in a record: a part of a page that scrolls as a whole, where lines may be of any height. A list that grows for
 * years shows its first rows and a button for more; lines are made a few at a time, and those of rows that did not change stay, with the focus. */
#define KITH_TYPE_LINES (kith_lines_get_type ())
G_DECLARE_FINAL_TYPE (KithLines, kith_lines, KITH, LINES, AdwBin)

typedef GtkWidget *(*KithLinesMake) (KithRow *row, gpointer user_data); /* (transfer floating): the line of a row */
typedef void (*KithLinesTold) (guint n, gpointer user_data);            /* so many rows there are: read, or changed since */

/* place: where the lines stand: a GtkListBox (they are its rows), a GtkBox or a KithTimeline (its entries). step: so many are shown at first, and so many more
 * each time more is asked for; 0: all. told may be NULL; user_data is borrowed: it is to outlive the lines. */
GtkWidget *kith_lines_new (KithContext *context, GtkWidget *place, guint step, KithLinesMake make, KithLinesTold told, gpointer user_data);
void kith_lines_set_query (KithLines *self, const char *query, const char *const *kinds, const char *const *args); /* NULL: no lines, and nothing is asked for */
KithRow *kith_lines_find (KithLines *self, const char *id); /* among those shown: borrowed, or NULL */

G_END_DECLS
