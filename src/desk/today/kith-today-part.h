/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "kith-context.h"
#include "kith-watch.h"

G_BEGIN_DECLS

/* A list of My Day that may go on: what waits is never left out in silence. So many lines of it are shown, and the last says how many there are and leads to
 * more of them. Begins as zeros, with its limit set. */
typedef struct
{
  KithWatch *watch;
  GPtrArray *rows;    /* (element-type KithRow): those it shows; NULL: not read */
  guint limit, total; /* lines it may show; rows there are */
  gboolean whole;     /* all rows are read: some of them may have no line */
} KithTodayPart;

typedef GtkWidget *(*KithTodayMake) (KithContext *context, KithRow *row);

void kith_today_part_watch (KithTodayPart *self, KithContext *context, const char *query, const char *const *kinds, const char *const *args, KithWatchFunc func,
                            gpointer user_data);
void kith_today_part_take (KithTodayPart *self, GPtrArray *rows); /* as func was given them */
/* What column says, in each row, of all there are; n: what it comes to in the rows that are here. The first counts where some are not */
guint kith_today_part_of_all (KithTodayPart *self, const char *column, guint n);
/* Its lines, and the one that leads to more. which: whose list that is, for whoever hears that it was chosen */
void kith_today_part_add (KithTodayPart *self, KithContext *context, GPtrArray *lines, guint which, KithTodayMake make);
void kith_today_part_show_more (KithTodayPart *self, guint step);
void kith_today_part_clear (KithTodayPart *self);

#define KITH_TODAY_MORE_OTHERS 100 /* which: from here on of what else waits (kith-today-others.c) */
void kith_today_add_more (GPtrArray *lines, guint which, guint shown, guint total); /* nothing where all are shown */
gboolean kith_today_is_more (GtkWidget *line, guint *which);

G_END_DECLS
