/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where a referral stands and goes: which queues it is in (P1, P13), and who it goes to while nobody answered. */

#include "kith-referrals-actions-private.h"

#include <glib/gi18n.h>

#include "kith-clock.h"
#include "kith-format.h"
#include "kith-reason-window.h"
#include "kith-watch.h"
#include "widgets/kith-ask-window.h"

#define OUT "out:" /* before the id of a queue to take it out of */

static void
queue_chosen_cb (KithReasonWindow *window,
                 const char       *code,
                 const char       *text,
                 KithAct          *act)
{
  gboolean out = g_str_has_prefix (code, OUT);

  if (!*code)
    return;
  if (out)
    {
      g_free (act->op);
      act->op = g_strdup ("queue.take_out");
    }
  kith_act_carry_out (act, kith_json_new ("queue", "s", out ? code + strlen (OUT) : code, NULL));
}

static void
open_cb (GPtrArray *rows,
         gpointer   user_data)
{
  KithReasonWindow *window = user_data;

  if (g_object_get_data (G_OBJECT (window), "open-filled"))
    return;
  g_object_set_data (G_OBJECT (window), "open-filled", GINT_TO_POINTER (TRUE));
  for (guint i = 0; i < rows->len; i++)
    kith_reason_window_add_choice (window, kith_row_get_id (rows->pdata[i]), kith_row_get_text (rows->pdata[i], "name"),
                                   kith_row_get_text (rows->pdata[i], "description"), FALSE);
}

static void
standing_cb (GPtrArray *rows,
             gpointer   user_data)
{
  KithReasonWindow *window = user_data;

  if (g_object_get_data (G_OBJECT (window), "standing-filled"))
    return;
  g_object_set_data (G_OBJECT (window), "standing-filled", GINT_TO_POINTER (TRUE));
  for (guint i = 0; i < rows->len; i++)
    {
      g_autofree char *code = g_strconcat (OUT, kith_row_get_id (rows->pdata[i]), NULL);
      g_autofree char *label = g_strdup_printf (_("Take it out of “%s”"), kith_row_get_text (rows->pdata[i], "name"));

      kith_reason_window_add_choice (window, code, label, kith_row_get_text (rows->pdata[i], "status"), FALSE);
    }
}

static void
queue_action (GtkWidget  *widget,
              const char *name,
              GVariant   *target)
{
  static const char *const kinds[] = { "queue", "queue_item", NULL };
  KithContext *context = kith_page_get_context (KITH_PAGE (widget));
  const char *id = kith_split_page_get_id (KITH_SPLIT_PAGE (widget));
  GtkWidget *window = kith_reason_window_new (kith_act_root (widget), _("Put in a Queue"), _("Whoever works in a queue follows the referral there, by the statuses of that queue."),
                                              NULL, NULL, NULL, _("Continue"), FALSE);

  kith_reason_window_type_ahead (KITH_REASON_WINDOW (window));
  g_object_set_data_full (G_OBJECT (window), "open", kith_watch_new (context, "referral-queues-open", kinds, id, open_cb, window), g_object_unref);
  g_object_set_data_full (G_OBJECT (window), "standing", kith_watch_new (context, "referral-queues", kinds, id, standing_cb, window), g_object_unref);
  kith_act_ask (widget, window, G_CALLBACK (queue_chosen_cb), kith_act_new (widget, name, _("Queues changed"), TRUE));
}

#define AGREED_MS (90 * G_GINT64_CONSTANT (86400000))

/* C1: of a caller without a record in Kith another agency is told when they agree, on the telephone; a queue alone needed nothing of the kind. */
static void
add_agreed (KithAskWindow *window,
            KithContext   *context)
{
  g_autofree char *until = kith_time_format (kith_context_get_now (context) + AGREED_MS);

  kith_ask_window_add_switch (window, "agreed", _("The caller agrees"), _("That this agency is told who they are, for three months. Ask them first."), FALSE,
                              kith_json_new ("release", "o",
                                             kith_json_new ("classes", "a", kith_json_strings ("client", NULL), "until", "s", until, "basis", "s", "spoken_release", NULL), NULL));
}

static void
reroute_action (GtkWidget  *widget,
                const char *name,
                GVariant   *target)
{
  KithContext *context = kith_page_get_context (KITH_PAGE (widget));
  const char *id = kith_split_page_get_id (KITH_SPLIT_PAGE (widget));
  KithReferralView *view = kith_referrals_page_get_view (KITH_REFERRALS_PAGE (widget));
  g_autofree char *done = kith_page_done (widget, _("Sent elsewhere")), *scope = g_strconcat ("referral_detail:", id, NULL);
  gboolean of_caller = kith_referral_view_get_call (view) && !kith_referral_view_get_client (view) && !kith_referral_view_is_for_one_agency (view);
  const char *words = of_caller ? _("Nobody has answered yet. The agency it goes to is told who called.")
                      : kith_referral_view_is_for_one_agency (view)
                        ? _("The client agreed to that agency alone, so only another of its services can be chosen here. For another agency, recall it and refer on.")
                        : _("Nobody has answered yet. Who has it now loses sight of it and is not told where it went.");
  GtkWidget *window = kith_ask_window_new (kith_act_root (widget), context, "referral.reroute", _("Send Elsewhere"), words, _("Send"), done,
                                           kith_json_new ("referral", "s", id, "from", "s", kith_referral_view_get_phase (view), "turn", "i",
                                                          kith_referral_view_get_turn (view), NULL),
                                           NULL);

  kith_ask_window_add_service (KITH_ASK_WINDOW (window), "service", _("To which service"));
  if (of_caller)
    add_agreed (KITH_ASK_WINDOW (window), context);
  kith_ask_window_keep_draft (KITH_ASK_WINDOW (window), scope, NULL);
  gtk_window_present (GTK_WINDOW (window));
}

void
kith_referrals_queue_actions_install (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "referral.reroute", NULL, reroute_action);
  gtk_widget_class_install_action (klass, "referral.queue", NULL, queue_action);
}
