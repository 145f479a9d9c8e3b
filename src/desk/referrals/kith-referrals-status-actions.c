/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How it goes with a referral that somebody works on: by the statuses of the queue it stands in (P1, P6), else by the phases everybody knows. */

#include "kith-referrals-actions-private.h"

#include <glib/gi18n.h>

#include "kith-format.h"
#include "kith-queue-move.h"
#include "kith-reason-window.h"
#include "kith-watch.h"

#define PHASE "phase:" /* before one that is no status of a queue */

/* Chosen among the statuses of a queue, as that stood when the window came up */
typedef struct
{
  KithAct *act;
  GPtrArray *places;   /* ids: the queue, and the status it stands in */
  GPtrArray *statuses; /* ids of those it can come to */
  GPtrArray *phases;   /* those the person may set; NULL: none */
  GPtrArray *rows;     /* (element-type KithRow): the queue's, once they are here */
  char *about;
  const char *of_place; /* what an answer is told by where places are counted (sync.md 2.5); NULL: nobody counts */
} Choice;

static void
choice_free (gpointer  data,
             GClosure *closure)
{
  Choice *self = data;

  kith_act_free (self->act, NULL);
  g_ptr_array_unref (self->places);
  g_ptr_array_unref (self->statuses);
  g_clear_pointer (&self->phases, g_ptr_array_unref);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_free (self->about);
  g_free (self);
}

static gboolean
waits (const char *phase)
{
  return g_str_equal (phase, "waitlisted") || g_str_equal (phase, "paused");
}

static void
set_phase (KithAct    *act,
           const char *phase,
           const char *text)
{
  kith_act_carry_out (act, kith_json_new ("from", "s", act->from, "phase", "s", phase, "reason", "s", waits (phase) ? "other" : NULL, "text", "s", text, NULL));
}

static void
add_phase (KithReasonWindow *window,
           const char       *code,
           const char       *phase)
{
  kith_reason_window_add_choice (window, code, kith_format_code ("phase", phase), waits (phase) ? _("Say why the client waits") : NULL, waits (phase));
}

static void
phase_chosen_cb (KithReasonWindow *window,
                 const char       *code,
                 const char       *text,
                 KithAct          *act)
{
  set_phase (act, code, text);
}

static KithQueueMove
move_of (Choice  *self,
         KithRow *row)
{
  return (KithQueueMove) { .queue = self->places->pdata[0], .was = self->places->pdata[1], .referral = self->act->referral, .status = kith_row_get_id (row),
                           .from = self->act->from, .phase = kith_row_get_text (row, "phase"), .name = kith_row_get_text (row, "name"), .about = self->about,
                           .of_place = self->of_place };
}

static void
chosen_cb (KithReasonWindow *window,
           const char       *code,
           const char       *text,
           Choice           *choice)
{
  if (g_str_has_prefix (code, PHASE))
    set_phase (choice->act, code + strlen (PHASE), text);
  for (guint i = 0; choice->rows && i < choice->rows->len; i++)
    {
      KithQueueMove move = move_of (choice, choice->rows->pdata[i]);

      if (!g_str_equal (move.status, code))
        continue;
      if (g_strcmp0 (move.status, move.was) == 0) /* it stood there for want of one of its phase */
        set_phase (choice->act, move.phase, text);
      else
        kith_queue_move (GTK_WIDGET (choice->act->page), kith_page_get_context (KITH_PAGE (choice->act->page)), &move, window, text);
      return;
    }
}

static gboolean
has (GPtrArray  *strings,
     const char *string)
{
  return strings && g_ptr_array_find_with_equal_func (strings, string, g_str_equal, NULL);
}

static void
add_status (KithReasonWindow *window,
            Choice           *self,
            KithRow          *row)
{
  KithQueueMove move = move_of (self, row);
  const char *phase = kith_format_code ("phase", move.phase);
  gboolean wants = kith_queue_move_waits (&move);

  kith_reason_window_add_choice (window, move.status, move.name, wants ? _("Say why the client waits") : g_strcmp0 (move.name, phase) == 0 ? NULL : phase, wants);
}

/* In their order, by their own names. What the receiver's staff may do and the queue has no status for comes after them: the referral stays in its place there. */
static void
statuses_cb (GPtrArray *rows,
             gpointer   user_data)
{
  KithReasonWindow *window = user_data;
  Choice *choice = g_object_get_data (G_OBJECT (window), "choice");

  if (choice->rows)
    return;
  choice->rows = g_ptr_array_ref (rows);
  for (guint i = 0; i < rows->len; i++)
    if (has (choice->statuses, kith_row_get_id (rows->pdata[i])))
      add_status (window, choice, rows->pdata[i]);
  for (guint i = 0; choice->phases && i < choice->phases->len; i++)
    {
      const char *phase = choice->phases->pdata[i];
      g_autofree char *code = g_strconcat (PHASE, phase, NULL);
      gboolean any = !*phase;

      for (guint k = 0; k < rows->len; k++)
        any |= g_strcmp0 (kith_row_get_text (rows->pdata[k], "phase"), phase) == 0;
      if (!any)
        add_phase (window, code, phase);
    }
  kith_reason_window_type_ahead (window);
}

/* Takes places and statuses. */
static void
ask_status (GtkWidget *widget,
            GtkWidget *window,
            KithAct   *act,
            GPtrArray *places,
            GPtrArray *statuses)
{
  static const char *const kinds[] = { "queue_status", NULL };
  KithReferralView *view = kith_referrals_page_get_view (KITH_REFERRALS_PAGE (widget));
  Choice *choice = g_new0 (Choice, 1);

  choice->act = act;
  choice->places = places;
  choice->statuses = statuses;
  choice->phases = kith_referral_view_steps (view, act->op);
  choice->about = g_strdup (kith_referral_view_get_about (view));
  choice->of_place = kith_referral_view_get_accepted_words (view);
  g_object_set_data (G_OBJECT (window), "choice", choice);
  g_object_set_data_full (G_OBJECT (window), "statuses",
                          kith_watch_new (kith_page_get_context (KITH_PAGE (widget)), "queue-statuses", kinds, places->pdata[0], statuses_cb, window), g_object_unref);
  kith_act_ask_with (window, act);
  g_signal_connect_data (window, "chosen", G_CALLBACK (chosen_cb), choice, choice_free, 0);
  gtk_window_present (GTK_WINDOW (window));
}

static void
status_action (GtkWidget  *widget,
               const char *name,
               GVariant   *target)
{
  KithReferralView *view = kith_referrals_page_get_view (KITH_REFERRALS_PAGE (widget));
  GtkWidget *window = kith_reason_window_new (kith_act_root (widget), _("Change the Status"), NULL, NULL, _("In words, for the sender"), NULL, _("Change"), FALSE);
  KithAct *act = kith_act_new (widget, name, _("Status changed"), TRUE);
  GPtrArray *statuses = kith_referral_view_steps (view, "queue.move");
  g_autoptr (GPtrArray) phases = NULL;

  if (statuses)
    {
      ask_status (widget, window, act, kith_referral_view_steps (view, "queue"), statuses);
      return;
    }
  phases = kith_referral_view_steps (view, act->op);
  for (guint i = 0; phases && i < phases->len; i++)
    if (*(const char *) phases->pdata[i])
      add_phase (KITH_REASON_WINDOW (window), phases->pdata[i], phases->pdata[i]);
  kith_reason_window_type_ahead (KITH_REASON_WINDOW (window));
  kith_act_ask (widget, window, G_CALLBACK (phase_chosen_cb), act);
}

void
kith_referrals_status_actions_install (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "referral.status", NULL, status_action);
}
