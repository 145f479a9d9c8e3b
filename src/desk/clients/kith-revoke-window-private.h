/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-draft.h"
#include "kith-revoke-window.h"
#include "kith-watch.h"
#include "widgets/kith-switch-row.h"

struct _KithRevokeWindow
{
  AdwWindow parent_instance;
  KithContext *context;
  char *client, *consent;
  GtkButton *commit_button;
  GtkLabel *problem, *no_losers, *restored, *linked;
  AdwEntryRow *reason;
  GtkWidget *losers_group, *referrals_group, *offline;
  KithSwitchRow *everything;
  GtkListBox *losers;
  GtkBox *referrals;
  GPtrArray *decisions; /* of this agency's open referrals: kith-revoke-referrals.c */
  GPtrArray *rows;      /* (element-type KithRow): all of the client's referrals; NULL: not there yet */
  GPtrArray *consents;  /* (element-type KithRow): the client's, to see what another one still covers; NULL: not there yet */
  JsonArray *receivers; /* of the consent */
  KithWatch *referral_watch, *consent_watch, *linked_watch;
  GPtrArray *linked_rows; /* (element-type KithRow): consents, those of linked records too; NULL: not there yet */
  GCancellable *asked;
  guint n_losers;
  KithDraft *draft; /* of the reason */
  gboolean closed;
};

/* kith-revoke-window.c */
gboolean kith_revoke_window_takes_everything (KithRevokeWindow *self); /* not one consent alone */

/* kith-revoke-referrals.c */
GPtrArray *kith_revoke_decisions_new (void);
void kith_revoke_window_show_referrals (KithRevokeWindow *self);
/* Is there one that nobody decided about? It is shown then, with the focus (C5). */
gboolean kith_revoke_window_is_undecided (KithRevokeWindow *self);
/* What was decided goes into args; the counts for the words afterwards. */
void kith_revoke_window_decide (KithRevokeWindow *self, JsonObject *args, guint *n_recalled, guint *n_kept);
