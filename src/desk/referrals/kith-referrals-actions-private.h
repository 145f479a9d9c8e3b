/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-referrals-actions.h"

G_BEGIN_DECLS

/* Shared by the kith-referrals-*actions.c files only. */

/* One act on the referral shown when the action began, however long its window stood open. */
typedef struct
{
  KithReferralsPage *page;
  GtkWidget *window; /* that asks for the rest, and outlives this; NULL: none does */
  char *referral, *from, *op, *done;
  gboolean undo;
  gboolean goes_on; /* decided by key from the Inbox's list: the next one follows (ux.md 2.1) */
  const char *variant; /* of the window that asks: what is begun in one is no draft of the other; NULL: there is one */
} KithAct;

const char *kith_act_operation (const char *action); /* what it submits */
/* done: what is said when it is done, with the name added. widget: the page */
KithAct *kith_act_new (GtkWidget *widget, const char *action, const char *done, gboolean undo);
void kith_act_free (gpointer data, GClosure *closure); /* as a GClosureNotify */
/* extra: transfer full; its members join the referral and the phase it is in. */
void kith_act_carry_out (KithAct *act, JsonObject *extra);
void kith_act_ask (GtkWidget *widget, GtkWidget *window, GCallback chosen, KithAct *act); /* takes act */
void kith_act_ask_with (GtkWidget *window, KithAct *act); /* the same, for whoever connects and presents it; act stays the caller's */
GtkWindow *kith_act_root (GtkWidget *widget);

/* kith-referrals-wait-actions.c */
void kith_referrals_wait_actions_install (GtkWidgetClass *klass);

/* kith-referrals-status-actions.c */
void kith_referrals_status_actions_install (GtkWidgetClass *klass);

/* kith-referrals-queue-actions.c */
void kith_referrals_queue_actions_install (GtkWidgetClass *klass);

G_END_DECLS
