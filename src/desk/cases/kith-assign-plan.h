/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Changes to who works with a client and on its cases, staged until Save (A9). It shows what each of them brings with it: to the client means
 * to every open case (A3), to a case means to the client (A4), from the client means from all cases, closed ones too (A6), from a case only
 * that (A7). What is there may change meanwhile: what is staged is then staged on that. Places: "" is the client, else the id of a case. */
typedef struct _KithAssignPlan KithAssignPlan;

KithAssignPlan *kith_assign_plan_new (void);
void kith_assign_plan_free (KithAssignPlan *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KithAssignPlan, kith_assign_plan_free)

/* What is there now. */
void kith_assign_plan_set_case (KithAssignPlan *self, const char *case_id, gboolean closed);
void kith_assign_plan_drop_case (KithAssignPlan *self, const char *case_id);
gboolean kith_assign_plan_knows (KithAssignPlan *self, const char *place);
void kith_assign_plan_set_found (KithAssignPlan *self, const char *place, GPtrArray *staff); /* (element-type utf8) */

/* Stages. */
void kith_assign_plan_add (KithAssignPlan *self, const char *place, const char *staff);
void kith_assign_plan_remove (KithAssignPlan *self, const char *place, const char *staff);

gboolean kith_assign_plan_has (KithAssignPlan *self, const char *place, const char *staff); /* after Save */
gboolean kith_assign_plan_had (KithAssignPlan *self, const char *place, const char *staff); /* before */
gboolean kith_assign_plan_is_empty (KithAssignPlan *self);                                  /* Save would change nothing */
JsonArray *kith_assign_plan_changes (KithAssignPlan *self);

G_END_DECLS
