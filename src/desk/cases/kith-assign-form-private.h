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
  GPtrArray *colleagues; /* (element-type KithRow), the best first */
  KithStaffNeed need;   /* of the client */
  JsonArray *restored;  /* a draft's changes, until all that is there has been found */
  GtkBox *client_box, *cases;
  GtkWidget *columns, *content, *no_cases, *saved;
  GtkLabel *summary;
  KithWatch *client_watch, *case_watch, *colleague_watch;
  GCancellable *may_job;
  gboolean cases_found, denied;
};

/* kith-assign-form-staged.c: what is staged, in words, as a draft and when one leaves. */
void kith_assign_form_refresh (KithAssignForm *self);
void kith_assign_form_restage (KithAssignForm *self);
JsonObject *kith_assign_form_collect (KithForm *form);
void kith_assign_form_restore (KithForm *form, JsonObject *draft);
gboolean kith_assign_form_leave (KithForm *form);

G_END_DECLS
