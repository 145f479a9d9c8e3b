/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What is asked in a window of its own about the case that the page shows: case.assess, case.delegate, case.amend (note id), case.goal-status
 * ("goal id:sensitivity"), case.edit-goal (goal id), case.edit. */
void kith_case_actions_install (GtkWidgetClass *klass);

G_END_DECLS
