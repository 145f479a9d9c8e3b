/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One act on a referral: what it is about when it begins, and the window that asks for the rest. */

#include "kith-referrals-actions-private.h"

#include "kith-reason-window.h"

void
kith_act_free (gpointer data,
          GClosure *closure)
{
  KithAct *act = data;

  g_object_unref (act->page);
  g_free (act->referral);
  g_free (act->from);
  g_free (act->op);
  g_free (act->done);
  g_free (act);
}

/* What takes a referral out of the list it waits in. */
static gboolean
is_decision (const char *op)
{
  static const char *const decisions[] = { "referral.accept", "referral.decline", "referral.confirm_decline", "referral.close", NULL };

  return g_strv_contains (decisions, op);
}

KithAct *
kith_act_new (GtkWidget  *widget,
         const char *action,
         const char *done,
         gboolean    undo)
{
  KithReferralsPage *page = KITH_REFERRALS_PAGE (widget);
  KithAct *act = g_new0 (KithAct, 1);

  act->page = g_object_ref (page);
  act->referral = g_strdup (kith_split_page_get_id (KITH_SPLIT_PAGE (page)));
  act->from = g_strdup (kith_referral_view_get_phase (kith_referrals_page_get_view (page)));
  act->op = g_strdup (kith_act_operation (action));
  act->done = kith_page_done (widget, done);
  act->undo = undo;
  act->goes_on = KITH_IS_INBOX_PAGE (page) && is_decision (act->op) && kith_split_page_is_in_list (KITH_SPLIT_PAGE (page));
  return act;
}

void
kith_act_carry_out (KithAct        *act,
           JsonObject *extra)
{
  json_object_set_string_member (extra, "referral", act->referral);
  if (act->goes_on)
    kith_referrals_page_go_on (act->page, act->referral);
  if (act->window)
    kith_reason_window_submit (KITH_REASON_WINDOW (act->window), kith_page_get_context (KITH_PAGE (act->page)), act->op, extra, act->done, act->undo);
  else
    kith_context_submit (kith_page_get_context (KITH_PAGE (act->page)), act->op, extra, act->done, act->undo, NULL, NULL);
}

void
kith_act_ask_with (GtkWidget *window,
                   KithAct   *act)
{
  g_autofree char *scope = g_strconcat ("referral_detail:", act->referral, NULL), *of = act->variant ? g_strdup_printf ("%s:%s:%s", act->op, act->variant, act->referral) : g_strdup_printf ("%s:%s", act->op, act->referral);

  act->window = window;
  kith_reason_window_keep_draft (KITH_REASON_WINDOW (window), kith_page_get_context (KITH_PAGE (act->page)), scope, of);
}

void
kith_act_ask (GtkWidget *widget,
     GtkWidget *window,
     GCallback  chosen,
     KithAct       *act)
{
  kith_act_ask_with (window, act);
  g_signal_connect_data (window, "chosen", chosen, act, kith_act_free, 0);
  gtk_window_present (GTK_WINDOW (window));
}

/* Returns: (transfer none) (nullable): the window the widget is in */
GtkWindow *
kith_act_root (GtkWidget *widget)
{
  return GTK_WINDOW (gtk_widget_get_root (widget));
}
