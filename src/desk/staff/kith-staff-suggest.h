/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "staff/kith-staff-fit.h"
#include "widgets/kith-suggest.h"

G_BEGIN_DECLS

/* A KithSuggest that finds colleagues: the best first, each with what they lack, have in hand and speak, and their leave. */

typedef gboolean (*KithStaffPassed) (const char *staff, gpointer data);

GtkWidget *kith_staff_suggest_new (KithContext *context, const char *title); /* it finds nobody before kith_staff_suggest_set_colleagues() */

/* rows: of "colleagues"; need: of whom they are to work with, read at once */
void kith_staff_suggest_set_colleagues (KithSuggest *suggest, GPtrArray *rows, const KithStaffNeed *need);

/* Whom it does not offer: they are there already. */
void kith_staff_suggest_pass_over (KithSuggest *suggest, KithStaffPassed passed, gpointer data);

/* Of the own agency, for the client it is about (NULL: for nobody); it looks for both itself and shows the first before anything is typed. */
GtkWidget *kith_staff_suggest_new_for (KithContext *context, const char *title, const char *client);

G_END_DECLS
