/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cases/kith-assign-form.h"
#include "cases/kith-assign-pane.h"
#include "kith-watch.h"

G_BEGIN_DECLS

/* A pane and the query of who is there. */
typedef struct
{
  KithAssignForm *form; /* not owned: it owns this */
  KithAssignPane *pane;
  KithWatch *watch;
  gboolean found;
} KithAssignSide;

struct _KithAssignForm
{
  KithForm parent_instance;
  char *client, *first; /* first: the case where one begins, or NULL */
  KithAssignPlan *plan;
  GPtrArray *sides;     /* (element-type KithAssignSide): the client first */
  GHashTable *names;    /* staff id to name */
  GPtrArray *colleagues; /* (element-type KithRow) */
  KithStaffNeed need;   /* of the client */
  GPtrArray *closed;     /* (element-type KithRow): its closed cases */
  GPtrArray *closed_team; /* (element-type KithRow): who is on those; NULL: not read yet */
  GPtrArray *tasks;      /* (element-type KithRow): what is to be done about the client and its cases; NULL: not read yet */
  GPtrArray *referrals;  /* (element-type KithRow): what was referred and is not over; NULL: not read yet */
  JsonArray *restored;  /* a draft's changes, until all that is there has been found */
  GtkBox *client_box, *cases;
  GtkWidget *columns, *content, *no_cases, *saved;
  GtkLabel *summary;
  KithWatch *client_watch, *case_watch, *closed_watch, *task_watch, *referral_watch, *colleague_watch;
  GCancellable *may_job;
  gboolean cases_found, colleagues_found, denied;
};

void kith_assign_form_add_cb (KithAssignForm *self, const char *staff, KithAssignPane *pane);
void kith_assign_form_remove_cb (KithAssignForm *self, const char *staff, KithAssignPane *pane);

/* kith-assign-form-found.c: what is there, and when it changes. */
void kith_assign_form_side_free (gpointer side);
/* A case somebody closed meanwhile takes with it what was staged at it, that they join the client too (A4): that is said, and the draft has it no more. people: neither
 * has it somebody who was to be added and has left. */
void kith_assign_form_tell_fallen (KithAssignForm *self, JsonArray *staged, gboolean people);
void kith_assign_form_build (KithAssignForm *self); /* nothing is staged; what is there is looked for anew */

/* kith-assign-form-staged.c: what is staged, in words, as a draft and when one leaves. */
void kith_assign_form_refresh (KithAssignForm *self);
void kith_assign_form_restage (KithAssignForm *self);
JsonObject *kith_assign_form_collect (KithForm *form);
void kith_assign_form_restore (KithForm *form, JsonObject *draft);
gboolean kith_assign_form_leave (KithForm *form);

G_END_DECLS
