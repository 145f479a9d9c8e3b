/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "agency/kith-account-changes.h"
#include "agency/kith-account-links.h"
#include "agency/kith-account-window.h"
#include "kith-draft.h"
#include "kith-watch.h"
#include "widgets/kith-field-rows.h"

G_BEGIN_DECLS

struct _KithAccountWindow
{
  AdwWindow parent_instance;
  KithContext *context;
  char *staff;
  gboolean portal, may, busy, closed;
  GtkLabel *about, *problem, *no_links, *restored;
  GtkWidget *save, *cancel, *add, *restored_strip, *leave_group;
  AdwBin *rows_place;
  AdwPreferencesGroup *links_group;
  GtkListBox *links; /* what is staged: services with a role, or what is followed */
  KithFieldRows *rows;
  JsonObject *before;      /* the account as it is here, what the rows are compared with; NULL: not here yet */
  JsonArray *links_before; /* the services it has; NULL: not here yet */
  GPtrArray *link_rows;    /* (element-type KithRow): the same as it is here now */
  KithDraft *draft;        /* NULL: not here yet, or nothing may be changed */
  GPtrArray *choices;      /* (element-type KithRow): what can be added */
  KithWatch *account_watch, *link_watch, *choice_watch;
};

void kith_account_window_add_line (KithAccountWindow *self, const char *id, const char *name, const char *role, const char *t);
KithAccountChanges *kith_account_window_changes (KithAccountWindow *self);         /* of what is staged. Yours */
void kith_account_window_follow (KithAccountWindow *self, JsonObject *body);       /* the account as it is from here on */
void kith_account_window_take_links (GPtrArray *rows, gpointer self);              /* the same of its services or of what it follows */

/* kith-account-window-draft.c */
void kith_account_window_keep_draft (KithAccountWindow *self);
void kith_account_window_discard (GtkWidget *widget, const char *name, GVariant *target); /* the action account.discard */

G_END_DECLS
