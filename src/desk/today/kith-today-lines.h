/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "kith-context.h"
#include "kith-desktop.h"

G_BEGIN_DECLS

/* Lines of My Day. place: where Enter leads, or NULL */
GtkWidget *kith_today_line_new (const char *title, const char *subtitle, const char *place);
void kith_today_line_add_due (GtkWidget *line, KithContext *context, const char *date); /* nothing without a day */
void kith_today_line_add_pill (GtkWidget *line, const char *icon, const char *words, const char *tone);

void kith_today_line_add_end (GtkWidget *line, GtkWidget *widget);
GtkWidget *kith_today_key_new (const char *action);

/* A referral that waits for this person: row of "referrals-waiting" */
GtkWidget *kith_today_referral_new (KithContext *context, KithRow *row);

/* A call with a need for which nothing was done yet: row of "contacts-waiting" */
GtkWidget *kith_today_call_new (KithContext *context, KithRow *row);

/* What comes next in a case: row of "cases-due", or of "cases-stepless" */
GtkWidget *kith_today_step_new (KithContext *context, KithRow *row);

GtkWidget *kith_today_task_new (KithContext *context, KithRow *row, gboolean *due); /* row of "tasks-due" */
char *kith_today_task_place (KithContext *context, KithRow *row);

G_END_DECLS
