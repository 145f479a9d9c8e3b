/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Changes to who works with a client and on its open cases, staged until Save (A9). It shows what each of them brings with it: to the
 * client means to every open case (A3), to a case means to the client (A4), from the client means from the cases (A6), from a case only
 * that (A7). Places: "" is the client, else the id of a case. */
typedef struct _KithAssignPlan KithAssignPlan;

KithAssignPlan *kith_assign_plan_new (void);
void kith_assign_plan_free (KithAssignPlan *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KithAssignPlan, kith_assign_plan_free)

/* What is there: staff at the place as it was found. */
void kith_assign_plan_add_case (KithAssignPlan *self, const char *case_id);
gboolean kith_assign_plan_knows (KithAssignPlan *self, const char *place);
void kith_assign_plan_found (KithAssignPlan *self, const char *place, const char *staff);

/* Stages. */
void kith_assign_plan_add (KithAssignPlan *self, const char *place, const char *staff);
void kith_assign_plan_remove (KithAssignPlan *self, const char *place, const char *staff);
void kith_assign_plan_reset (KithAssignPlan *self); /* nothing staged */

gboolean kith_assign_plan_has (KithAssignPlan *self, const char *place, const char *staff); /* after Save */
gboolean kith_assign_plan_had (KithAssignPlan *self, const char *place, const char *staff); /* before */
gboolean kith_assign_plan_is_empty (KithAssignPlan *self);                                  /* Save would change nothing */
JsonArray *kith_assign_plan_changes (KithAssignPlan *self); /* assignment.apply's, in the order they were staged. Transfer full */

G_END_DECLS
