/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is done while an answer is awaited, and after one that does not help: check in, put away, the second step of a decline, the
 * introduction of a warm hand-off, refer on. */

#include "kith-referrals-actions-private.h"

#include <glib/gi18n.h>

#include "kith-format.h"
#include "kith-reason-window.h"

static void
check_in_chosen_cb (KithReasonWindow *window,
                    const char       *code,
                    const char       *text,
                    KithAct          *act)
{
  kith_act_carry_out (act, kith_json_new ("from", "s", act->from, "text", "s", text, NULL));
}

static void
check_in_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *target)
{
  kith_act_ask (widget, kith_reason_window_new (kith_act_root (widget), _("Check In"), _("The other agency is told, and the days to answer begin anew."), NULL,
                                                _("In words, for the other agency"), NULL, _("Check In"), FALSE),
                G_CALLBACK (check_in_chosen_cb), kith_act_new (widget, name, _("Checked in"), FALSE));
}

static void
snooze_action (GtkWidget  *widget,
               const char *name,
               GVariant   *target)
{
  KithAct *act = kith_act_new (widget, name, _("Put away until tomorrow"), TRUE);
  g_autofree char *until = kith_format_day_after (kith_context_get_now (kith_page_get_context (KITH_PAGE (widget))), 1);

  kith_act_carry_out (act, kith_json_new ("until", "s", until, NULL));
  kith_act_free (act, NULL);
}

static void
confirm_chosen_cb (KithReasonWindow *window,
                   const char       *code,
                   const char       *text,
                   KithAct          *act)
{
  gboolean confirm = g_str_equal (code, "confirm");
  JsonObject *seen = g_object_get_data (G_OBJECT (window), "seen");

  act->goes_on &= confirm; /* sent back it waits on in its list */
  kith_act_carry_out (act, kith_json_new ("from", "s", act->from, "confirm", "b", confirm, "text", "s", text, "seen", "o",
                                          seen ? json_object_ref (seen) : NULL, NULL));
}

static void
confirm_action (GtkWidget  *widget,
                const char *name,
                GVariant   *target)
{
  GtkWidget *window = kith_reason_window_new (kith_act_root (widget), _("Confirm the Decline"), _("The sender learns of it when you confirm it."), NULL,
                                              _("In words"), NULL, _("Continue"), FALSE);
  JsonObject *seen = kith_referral_view_get_proposal (kith_referrals_page_get_view (KITH_REFERRALS_PAGE (widget)));

  /* Somebody may propose another one while this is open: that one is not what is confirmed. */
  if (seen)
    g_object_set_data_full (G_OBJECT (window), "seen", json_object_ref (seen), (GDestroyNotify) json_object_unref);
  kith_reason_window_add_choice (KITH_REASON_WINDOW (window), "confirm", _("Confirm"), _("The referral is declined; your words take the place of those proposed"), FALSE);
  kith_reason_window_add_choice (KITH_REASON_WINDOW (window), "back", _("Send Back"), _("Say why: the referral still waits for an answer"), TRUE);
  kith_act_ask (widget, window, G_CALLBACK (confirm_chosen_cb), kith_act_new (widget, name, _("Decided"), TRUE));
}

static void
introduce_chosen_cb (KithReasonWindow *window,
                     const char       *code,
                     const char       *text,
                     KithAct          *act)
{
  kith_act_carry_out (act, kith_json_new ("how", "s", code, "text", "s", text, NULL));
}

static void
introduce_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *target)
{
  kith_act_ask (widget, kith_reason_window_new (kith_act_root (widget), _("Record the Introduction"), _("How the client was introduced to a person of the other agency."),
                                                "contact_how", _("Who was there"), "", _("Record"), FALSE),
                G_CALLBACK (introduce_chosen_cb), kith_act_new (widget, name, _("Introduction recorded"), FALSE));
}

/* The form stands beside the lists, pre-filled from this one. What 2-1-1 made of a call goes on from the call (P21). */
static void
go_on_action (GtkWidget  *widget,
              const char *name,
              GVariant   *target)
{
  KithReferralView *view = kith_referrals_page_get_view (KITH_REFERRALS_PAGE (widget));
  const char *client = kith_referral_view_get_client (view), *call = kith_referral_view_get_call (view), *id = kith_split_page_get_id (KITH_SPLIT_PAGE (widget));
  g_autofree char *place = call ? g_strdup_printf ("contacts/again:%s:%s", call, id) : g_strdup_printf ("sent/again:%s:%s", id, client ? client : "");

  gtk_widget_activate_action (widget, "win.go", "s", place);
}

/* It has not gone out: written otherwise in its place. */
static void
edit_action (GtkWidget  *widget,
             const char *name,
             GVariant   *target)
{
  KithReferralView *view = kith_referrals_page_get_view (KITH_REFERRALS_PAGE (widget));
  const char *client = kith_referral_view_get_client (view), *id = kith_split_page_get_id (KITH_SPLIT_PAGE (widget));
  g_autofree char *place = g_strdup_printf ("sent/edit:%s:%s", id, client ? client : "");

  gtk_widget_activate_action (widget, "win.go", "s", place);
}

/* U7: the call is taken on the page of calls, with what the referral says. */
static void
take_call_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *target)
{
  g_autofree char *place = g_strconcat ("contacts/new:", kith_split_page_get_id (KITH_SPLIT_PAGE (widget)), NULL);

  gtk_widget_activate_action (widget, "win.go", "s", place);
}

void
kith_referrals_wait_actions_install (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "referral.take-call", NULL, take_call_action);
  gtk_widget_class_install_action (klass, "referral.edit", NULL, edit_action);
  gtk_widget_class_install_action (klass, "referral.check-in", NULL, check_in_action);
  gtk_widget_class_install_action (klass, "referral.snooze", NULL, snooze_action);
  gtk_widget_class_install_action (klass, "referral.confirm-decline", NULL, confirm_action);
  gtk_widget_class_install_action (klass, "referral.introduce", NULL, introduce_action);
  gtk_widget_class_install_action (klass, "referral.go-on", NULL, go_on_action);
}
