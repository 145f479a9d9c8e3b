/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cases/kith-assign-plan.h"
#include "staff/kith-staff-fit.h"

G_BEGIN_DECLS

/* One side of Assign Staff (A10): who is on the client or on one of its open cases, each with a cross, and a type-ahead to put somebody on it.
 * It shows a plan and changes nothing itself. Signals: "add", "remove" (staff id). */
#define KITH_TYPE_ASSIGN_PANE (kith_assign_pane_get_type ())
G_DECLARE_FINAL_TYPE (KithAssignPane, kith_assign_pane, KITH, ASSIGN_PANE, AdwBin)

GtkWidget *kith_assign_pane_new (KithContext *context, const char *place, const char *title, const char *description); /* place "": the client */
const char *kith_assign_pane_get_place (KithAssignPane *self);
const char *kith_assign_pane_get_title (KithAssignPane *self);
GtkWidget *kith_assign_pane_get_entry (KithAssignPane *self); /* where one types a name */
void kith_assign_pane_set_present (KithAssignPane *self, GPtrArray *staff);
/* rows: (element-type KithRow), of "colleagues": whom the type-ahead finds; need: the client's */
void kith_assign_pane_set_colleagues (KithAssignPane *self, GPtrArray *rows, const KithStaffNeed *need);
void kith_assign_pane_show (KithAssignPane *self, KithAssignPlan *plan, GHashTable *names); /* names: staff id to name */
void kith_assign_pane_set_editable (KithAssignPane *self, gboolean editable);

G_END_DECLS
