/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "kith-context.h"

G_BEGIN_DECLS

/* What is done with the line of My Day that has the focus, or that has the button. */
void kith_today_acts_install (GtkWidgetClass *klass); /* today.done, .snooze, .snooze-longer, and what its lines' buttons do; from class_init of a page */

/* what: "task" or "referral", of that id; subject: as the page names it, or NULL. A button that says for how long. */
void kith_today_line_add_put_off (GtkWidget *line, KithContext *context, const char *what, const char *id, const char *subject);

G_END_DECLS
