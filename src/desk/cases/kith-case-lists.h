/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"
#include "kith-watch.h"

G_BEGIN_DECLS

/* The lists of one case, from the rows of their queries: case-team, case-goals, case-tasks; and a line of case-timeline. */
void kith_case_show_team (GtkListBox *list, KithContext *context, GPtrArray *rows);
void kith_case_show_assessments (GtkListBox *list, KithContext *context, GPtrArray *rows); /* of case-assessments */
char *kith_case_assessment_answers (KithRow *row); /* in words; yours; NULL: none */
void kith_case_show_goals (GtkListBox *list, KithContext *context, GPtrArray *rows); /* a click: case.goal-status; the pencil: case.edit-goal */
void kith_case_show_tasks (GtkListBox *list, KithContext *context, GPtrArray *rows);
void kith_case_show_task (AdwActionRow *line, KithContext *context, KithRow *row); /* one of those, of a case or a client */
GtkWidget *kith_case_event_new (KithRow *row, gint64 now_ms); /* transfer floating; case.amend on a note */

G_END_DECLS
