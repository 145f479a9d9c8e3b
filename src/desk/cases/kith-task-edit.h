/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-page.h"
#include "kith-watch.h"

G_BEGIN_DECLS

/* A task that was added can be put right where it stands, on whichever page: its words, its days, and for whom it is. */

/* The action task.edit of a page: of the task in focus, or of the only one shown. */
void kith_task_edit_install (GtkWidgetClass *page_class);

/* Says which task the line is of, a row of case-tasks, client-tasks or tasks-due. Returns: (transfer floating) (nullable): the button that opens it, to be
 * placed on the line; NULL: it is done, or another agency's. */
GtkWidget *kith_task_edit_add_to (GtkWidget *line, KithContext *context, KithRow *row);

G_END_DECLS
