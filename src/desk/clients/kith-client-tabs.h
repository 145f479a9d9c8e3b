/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "widgets/kith-wrap-box.h"

G_BEGIN_DECLS

/* The parts of a record as buttons that wrap into further lines: all of them stay in sight in a narrow window and with large text. */
void kith_client_tabs_fill (KithWrapBox *tabs, GtkStack *stack); /* one for each page of the stack, by its name and title */
void kith_client_tabs_show (KithWrapBox *tabs, const char *name);
void kith_client_tabs_move (KithWrapBox *tabs, int by);          /* 1 or -1, round at the ends, past those that are not shown */
void kith_client_tabs_set_shown (KithWrapBox *tabs, const char *name, gboolean shown);

G_END_DECLS
