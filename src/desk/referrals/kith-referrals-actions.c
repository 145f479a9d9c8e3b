/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-referrals-actions-private.h"

#include <glib/gi18n.h>

#include "kith-format.h"
#include "kith-reason-window.h"
#include "kith-watch.h"
#include "staff/kith-staff-choices.h"
#include "widgets/kith-action-strip.h"

/* The next steps first: those stand in sight (kith-action-strip.c). */
static const KithActionStripItem items[] = {
  { "referral.take-call", N_("Take the Call…"), "suggested-action" },
  { "referral.accept", N_("Accept"), "suggested-action" },
  { "referral.dispatch", N_("Send Now"), "suggested-action" },
  { "referral.decline", N_("Decline…"), NULL },
  { "referral.decline-duplicate", N_("Duplicate…"), NULL, .before = TRUE }, /* 1, 2, 3 */
  { "referral.confirm-decline", N_("Confirm Decline…"), "suggested-action" },
  { "referral.edit", N_("Change…"), "suggested-action" },
  { "referral.go-on", N_("Refer On…"), "suggested-action" },
  { "referral.assign", N_("Assign…"), NULL },
  { "referral.status", N_("Status…"), NULL },
  { "referral.contact", N_("Contact"), NULL },
  { "referral.close", N_("Close…"), NULL },
  { "referral.check-in", N_("Check In…"), NULL },
  { "referral.hold-place", N_("Keep a Place"), NULL },
  { "referral.take-up", N_("Place Taken Up"), NULL },
  { "referral.give-back", N_("Give Place Back"), NULL },
  { "referral.introduce", N_("Introduction…"), NULL },
  { "referral.note", N_("Message"), NULL },
  { "referral.private-note", N_("Private Note"), NULL },
  { "referral.queue", N_("Queue…"), NULL },
  { "referral.reroute", N_("Send Elsewhere…"), NULL },
  { "referral.snooze", N_("Snooze"), NULL },
  { "referral.recall", N_("Recall…"), NULL },
  { "referral.take-back", N_("Consent Withdrawn…"), NULL },
  { "referral.reopen", N_("Reopen…"), NULL },
  { "referral.void", N_("Void…"), NULL },
};

/* What each submits, in the same order. */
static const char *const operations[] = {
  "contact.record", "referral.accept", "referral.dispatch", "referral.decline", "referral.decline", "referral.confirm_decline",
  "referral.edit", "referral.send", "referral.assign", "referral.set_status", "referral.record_contact", "referral.close",
  "referral.check_in", "hold.place", "hold.convert", "hold.release", "referral.introduce", "referral.note", "referral.private_note",
  "queue.place", "referral.reroute", "referral.snooze", "referral.recall", "consent.revoke", "referral.reopen", "referral.void",
};

G_STATIC_ASSERT (G_N_ELEMENTS (items) == G_N_ELEMENTS (operations));

const char *
kith_act_operation (const char *action)
{
  for (guint i = 0; i < G_N_ELEMENTS (items); i++)
    if (g_str_equal (items[i].action, action))
      return operations[i];
  g_return_val_if_reached (NULL);
}

/* Returns: (transfer floating): buttons of the actions, each with its key */
GtkWidget *
kith_referrals_action_bar_new (void)
{
  return kith_action_strip_new (items, G_N_ELEMENTS (items));
}

void
kith_referrals_actions_update (GtkWidget        *page,
                               GtkWidget        *bar,
                               KithReferralView *view)
{
  gboolean draft = view && g_strcmp0 (kith_referral_view_get_phase (view), "draft") == 0;
  gboolean served = view && g_strcmp0 (kith_referral_view_get_phase (view), "in_service") == 0; /* what is left is how it ends */

  /* Of a draft nothing has to be undone: it is written on, or thrown away. */
  if (bar) /* no referral was shown yet */
    {
      kith_action_strip_set_words (KITH_ACTION_STRIP (bar), "referral.edit", draft ? _("Finish…") : NULL);
      kith_action_strip_set_words (KITH_ACTION_STRIP (bar), "referral.void", draft ? _("Discard") : NULL);
      /* ux.md 2.1: the place goes to whoever comes first at the hub. */
      kith_action_strip_set_words (KITH_ACTION_STRIP (bar), "referral.accept", view && kith_referral_view_asks_for_place (view) ? _("Ask for the Place") : NULL);
      kith_action_strip_set_first (KITH_ACTION_STRIP (bar), served ? "referral.close" : NULL);
    }
  for (guint i = 0; i < G_N_ELEMENTS (items); i++)
    {
      g_autoptr (GPtrArray) steps = view ? kith_referral_view_steps (view, operations[i]) : NULL;
      g_autoptr (GPtrArray) moves = view && g_str_equal (operations[i], "referral.set_status") ? kith_referral_view_steps (view, "queue.move") : NULL; /* the same, in its queue */

      gtk_widget_action_set_enabled (page, items[i].action, steps != NULL || moves != NULL);
    }
}

static void
accept_action (GtkWidget  *widget,
               const char *name,
               GVariant   *target)
{
  KithReferralView *view = kith_referrals_page_get_view (KITH_REFERRALS_PAGE (widget));
  const char *of_place = kith_referral_view_get_accepted_words (view);
  KithAct *act = kith_act_new (widget, name, of_place ? of_place : _("Accepted"), TRUE);

  kith_act_carry_out (act, kith_json_new ("from", "s", act->from, NULL));
  kith_act_free (act, NULL);
}

/* What waited for consent. */
static void
dispatch_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *target)
{
  KithAct *act = kith_act_new (widget, name, _("Referral goes out"), TRUE);

  kith_act_carry_out (act, kith_json_new ("from", "s", act->from, NULL));
  kith_act_free (act, NULL);
}

/* Asked for: the hub decides, and the page says so until then. */
static void
place_action (GtkWidget  *widget,
              const char *name,
              GVariant   *target)
{
  const char *done = g_str_equal (name, "referral.hold-place") ? _("A place is asked for") : g_str_equal (name, "referral.take-up") ? _("Place taken up") : _("Place given back");
  KithAct *act = kith_act_new (widget, name, done, TRUE);

  kith_act_carry_out (act, kith_json_new (NULL, NULL));
  kith_act_free (act, NULL);
}

static void
decline_chosen_cb (KithReasonWindow *window,
                   const char       *code,
                   const char       *text,
                   KithAct              *act)
{
  kith_act_carry_out (act, kith_json_new ("from", "s", act->from, "reason", "s", code, "text", "s", text, NULL));
}

static void
decline_action (GtkWidget  *widget,
                const char *name,
                GVariant   *target)
{
  KithReferralView *view = kith_referrals_page_get_view (KITH_REFERRALS_PAGE (widget));
  gboolean steps = kith_referral_view_declines_in_steps (view);

  GtkWidget *window = kith_reason_window_new (kith_act_root (widget), _("Decline"),
                                              steps ? _("A supervisor confirms it. Then the sender sees the reason, and can refer elsewhere.")
                                              : kith_referral_view_is_internal (view) ? _("Your colleague who sent it sees the reason, and can refer elsewhere.")
                                                    : _("The sender sees the reason, and can refer elsewhere."),
                                              NULL, _("In words, for the sender"), NULL, _("Decline"), TRUE);

  KithAct *act = kith_act_new (widget, name, steps ? _("Declined, waits for confirmation") : _("Declined"), TRUE);

  act->goes_on &= !steps; /* it stays in its list */
  kith_reason_window_offer (KITH_REASON_WINDOW (window), kith_page_get_context (KITH_PAGE (widget)), "decline_reason", NULL);
  if (g_str_equal (name, "referral.decline-duplicate"))
    {
      kith_reason_window_choose (KITH_REASON_WINDOW (window), "duplicate");
      act->variant = "duplicate";
    }
  kith_act_ask (widget, window, G_CALLBACK (decline_chosen_cb), act);
}

static void
close_chosen_cb (KithReasonWindow *window,
                 const char       *code,
                 const char       *text,
                 KithAct              *act)
{
  kith_act_carry_out (act, kith_json_new ("from", "s", act->from, "outcome", "s", code, "text", "s", text, NULL));
}

static void
close_action (GtkWidget  *widget,
              const char *name,
              GVariant   *target)
{
  GtkWidget *window = kith_reason_window_new (kith_act_root (widget), _("Close the Referral"), _("This closes the loop: the sender sees how it ended."), NULL,
                                              _("In words, for the sender"), NULL, _("Close Referral"), FALSE);

  kith_reason_window_offer (KITH_REASON_WINDOW (window), kith_page_get_context (KITH_PAGE (widget)), "outcome", NULL);
  kith_act_ask (widget, window, G_CALLBACK (close_chosen_cb), kith_act_new (widget, name, C_("referral", "Closed"), TRUE));
}

static void
reason_chosen_cb (KithReasonWindow *window,
                  const char       *code,
                  const char       *text,
                  KithAct              *act)
{
  kith_act_carry_out (act, kith_json_new ("from", "s", act->from, "reason", "s", text, NULL));
}

static void
recall_action (GtkWidget  *widget,
               const char *name,
               GVariant   *target)
{
  kith_act_ask (widget, kith_reason_window_new (kith_act_root (widget), _("Recall"), kith_referral_view_is_internal (kith_referrals_page_get_view (KITH_REFERRALS_PAGE (widget)))
                                         ? _("Your colleagues have not answered yet. It leaves their Inbox.")
                                         : _("The other agency has not answered yet. It loses sight of the client’s details."), NULL,
                                       _("Why"), NULL, _("Recall"), TRUE),
       G_CALLBACK (reason_chosen_cb), kith_act_new (widget, name, _("Recalled"), TRUE));
}

static void
taken_back_cb (KithReasonWindow *window,
               const char       *code,
               const char       *text,
               KithAct          *act)
{
  kith_act_carry_out (act, kith_json_new ("reason", "s", text, NULL));
}

/* C4, C5: by either side, for this referral alone. */
static void
take_back_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *target)
{
  kith_act_ask (widget, kith_reason_window_new (kith_act_root (widget), _("The Client Takes This Back"),
                                       _("For this referral alone, and for good: the agency it went to loses sight of what it says, whatever else the client agreed to. What was done "
                                         "stays with those who did it."),
                                       NULL, _("Why, in the client’s words"), "", _("Take Back"), TRUE),
       G_CALLBACK (taken_back_cb), kith_act_new (widget, name, _("Taken back. The agency it went to loses sight of it at its next contact."), FALSE));
}

static void
reopen_action (GtkWidget  *widget,
               const char *name,
               GVariant   *target)
{
  kith_act_ask (widget, kith_reason_window_new (kith_act_root (widget), _("Reopen"), NULL, NULL, _("Why"), "", _("Reopen"), FALSE),
       G_CALLBACK (reason_chosen_cb), kith_act_new (widget, name, _("Reopened"), TRUE));
}

/* Of a draft nobody else knows: it goes without being asked why, and Undo brings it back. */
static void
discard (GtkWidget  *widget,
         const char *name)
{
  KithAct *act = kith_act_new (widget, name, _("Draft discarded"), TRUE);

  kith_act_carry_out (act, kith_json_new ("from", "s", "draft", "reason", "s", _("Draft discarded"), NULL));
  kith_act_free (act, NULL);
}

static void
void_action (GtkWidget  *widget,
             const char *name,
             GVariant   *target)
{
  if (g_strcmp0 (kith_referral_view_get_phase (kith_referrals_page_get_view (KITH_REFERRALS_PAGE (widget))), "draft") == 0)
    {
      discard (widget, name);
      return;
    }
  kith_act_ask (widget, kith_reason_window_new (kith_act_root (widget), _("Void"), _("For a referral that was made by mistake: it never counts."), NULL, _("Why"), "",
                                       _("Void"), TRUE),
       G_CALLBACK (reason_chosen_cb), kith_act_new (widget, name, _("Voided"), TRUE));
}

/* Assigning: the colleagues come from the list of this agency's staff, whom the client can talk to first. */

static void
assign_chosen_cb (KithReasonWindow *window,
                  const char       *code,
                  const char       *text,
                  KithAct              *act)
{
  kith_act_carry_out (act, kith_json_new ("staff", "s", code, NULL));
}

static void
colleagues_cb (GPtrArray *rows,
               gpointer   user_data)
{
  KithReasonWindow *window = user_data;
  KithContext *context = g_object_get_data (G_OBJECT (window), "context");
  KithStaffNeed *need = g_object_get_data (G_OBJECT (window), "need");

  if (g_object_get_data (G_OBJECT (window), "filled"))
    return;
  g_object_set_data (G_OBJECT (window), "filled", GINT_TO_POINTER (TRUE));
  kith_staff_choices_add (window, context, rows, need, 1, NULL);
  kith_reason_window_type_ahead (window);
}

static void
need_free (gpointer data)
{
  kith_staff_need_clear (data);
  g_free (data);
}

static void
assign_action (GtkWidget  *widget,
               const char *name,
               GVariant   *target)
{
  static const char *const kinds[] = { "staff", "staff_service", NULL };
  KithContext *context = kith_page_get_context (KITH_PAGE (widget));
  GtkWidget *window = kith_reason_window_new (kith_act_root (widget), _("Assign"), _("This colleague follows up with the client."), NULL, NULL, NULL, _("Assign"), FALSE);
  KithStaffNeed *need = g_new0 (KithStaffNeed, 1);

  kith_staff_need_read_person (need, kith_referral_view_get_person (kith_referrals_page_get_view (KITH_REFERRALS_PAGE (widget))));
  kith_staff_need_read_sites (need, kith_referral_view_get_row (kith_referrals_page_get_view (KITH_REFERRALS_PAGE (widget))));
  g_object_set_data_full (G_OBJECT (window), "need", need, need_free);
  g_object_set_data_full (G_OBJECT (window), "context", g_object_ref (context), g_object_unref);
  g_object_set_data_full (G_OBJECT (window), "colleagues",
                          kith_watch_new (context, "colleagues", kinds, kith_context_get_agency (context), colleagues_cb, window), g_object_unref);
  kith_act_ask (widget, window, G_CALLBACK (assign_chosen_cb), kith_act_new (widget, name, _("Assigned"), TRUE));
}

static void
compose_action (GtkWidget  *widget,
                const char *name,
                GVariant   *target)
{
  kith_referral_view_compose (kith_referrals_page_get_view (KITH_REFERRALS_PAGE (widget)),
                              g_str_equal (name, "referral.contact") ? KITH_COMPOSE_CONTACT
                              : g_str_equal (name, "referral.note") ? KITH_COMPOSE_NOTE : KITH_COMPOSE_PRIVATE);
}

void
kith_referrals_actions_install (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "referral.accept", NULL, accept_action);
  gtk_widget_class_install_action (klass, "referral.dispatch", NULL, dispatch_action);
  gtk_widget_class_install_action (klass, "referral.hold-place", NULL, place_action);
  gtk_widget_class_install_action (klass, "referral.take-up", NULL, place_action);
  gtk_widget_class_install_action (klass, "referral.give-back", NULL, place_action);
  gtk_widget_class_install_action (klass, "referral.decline-duplicate", NULL, decline_action);
  gtk_widget_class_install_action (klass, "referral.decline", NULL, decline_action);
  gtk_widget_class_install_action (klass, "referral.assign", NULL, assign_action);
  gtk_widget_class_install_action (klass, "referral.contact", NULL, compose_action);
  gtk_widget_class_install_action (klass, "referral.note", NULL, compose_action);
  gtk_widget_class_install_action (klass, "referral.private-note", NULL, compose_action);
  gtk_widget_class_install_action (klass, "referral.close", NULL, close_action);
  gtk_widget_class_install_action (klass, "referral.recall", NULL, recall_action);
  gtk_widget_class_install_action (klass, "referral.take-back", NULL, take_back_action);
  gtk_widget_class_install_action (klass, "referral.reopen", NULL, reopen_action);
  gtk_widget_class_install_action (klass, "referral.void", NULL, void_action);
  kith_referrals_wait_actions_install (klass);
  kith_referrals_queue_actions_install (klass);
  kith_referrals_status_actions_install (klass);
}
