/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "board/kith-board-page-private.h"

#include <glib/gi18n.h>

#include "board/kith-board-move.h"
#include "board/kith-queue-stats-window.h"
#include "board/kith-queues-window.h"
#include "kith-format.h"
#include "kith-places.h"
#include "kith-referral-rules.h"
#include "print/kith-print-window.h"
#include "referrals/kith-reason-window.h"

#define LOOK_AGAIN_S 300

/* Keys */

static void
go_action (GtkWidget  *widget,
           const char *name,
           GVariant   *target)
{
  KithBoardPage *self = KITH_BOARD_PAGE (widget);
  int at = kith_board_page_current (self);
  KithBoardLane *lane = at < 0 ? kith_board_page_lane_at (self, 0) : kith_board_page_lane_at (self, at + (g_str_equal (name, "board.left") ? -1 : 1));

  if (lane)
    kith_board_lane_enter (lane);
}

static void
move_by_action (GtkWidget  *widget,
                const char *name,
                GVariant   *target)
{
  KithBoardPage *self = KITH_BOARD_PAGE (widget);
  int at = kith_board_page_current (self), by = g_str_equal (name, "board.move-left") ? -1 : 1;
  KithBoardLane *lane = kith_board_page_lane_at (self, at), *to = NULL;
  KithRow *card = lane ? kith_board_lane_get_card (lane) : NULL;

  for (int i = at + by; lane && !to && i >= 0 && i < (int) self->lanes->len; i += by)
    if (!kith_board_lane_is_retired (self->lanes->pdata[i]))
      to = self->lanes->pdata[i];
  if (card && to)
    kith_board_move (widget, kith_board_page_context (self), self->queue, card, to);
}

static void
open_action (GtkWidget  *widget,
             const char *name,
             GVariant   *target)
{
  KithBoardPage *self = KITH_BOARD_PAGE (widget);
  int at = kith_board_page_current (self);
  KithBoardLane *lane = kith_board_page_lane_at (self, at);
  KithRow *card = lane ? kith_board_lane_get_card (lane) : NULL;
  const KithActor *actor = kith_desktop_get_actor (kith_context_get_desktop (kith_board_page_context (self)));
  const char *side = kith_context_get_side (kith_board_page_context (self));
  const char *from = card ? kith_row_get_text (card, "agency") : NULL, *to = card ? kith_row_get_text (card, "agency_to") : NULL;
  /* What waits in a queue alone is 2-1-1's to answer, whoever sent it. */
  gboolean sent = g_strcmp0 (to ? to : "network", side) != 0 && (g_strcmp0 (from, side) == 0 || (actor && actor->level == KITH_LEVEL_STANDARD));
  g_autofree char *place = g_strconcat (sent && kith_place_is_of (actor, "sent") ? "sent/" : "inbox/", g_variant_get_string (target, NULL), NULL);

  gtk_widget_activate_action (widget, "win.go", "s", place);
}

static void
taken_out_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *target)
{
  KithBoardPage *self = KITH_BOARD_PAGE (widget);
  KithBoardLane *lane = kith_board_page_lane_at (self, kith_board_page_current (self));
  KithRow *card = lane ? kith_board_lane_get_card (lane) : NULL;
  g_autofree char *done = card ? kith_format_done (_("Taken out of the queue"), kith_row_get_text (card, "contact_name")) : NULL;

  if (card)
    kith_context_submit (kith_board_page_context (self), "queue.take_out", kith_json_new ("referral", "s", kith_row_get_id (card), "queue", "s", self->queue, NULL), done,
                         TRUE, NULL, NULL);
}

static void
menu_action (GtkWidget  *widget,
             const char *name,
             GVariant   *target)
{
  KithBoardPage *self = KITH_BOARD_PAGE (widget);
  KithBoardLane *lane = kith_board_page_lane_at (self, kith_board_page_current (self));
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));

  if (lane && kith_board_lane_get_card (lane))
    kith_board_lane_open_menu (lane, focus && gtk_widget_is_ancestor (focus, GTK_WIDGET (lane)) ? focus : GTK_WIDGET (lane));
}

static void
filter_action (GtkWidget  *widget,
               const char *name,
               GVariant   *target)
{
  gtk_widget_grab_focus (GTK_WIDGET (KITH_BOARD_PAGE (widget)->search));
}

/* Move to…, and dragging: where it can go is known before it is let go. */

static void
unblock (KithBoardPage *self)
{
  for (guint i = 0; i < self->lanes->len; i++)
    kith_board_lane_block (self->lanes->pdata[i], NULL);
}

static void
take (KithBoardPage *self,
      KithBoardLane *lane,
      KithRow       *card)
{
  g_cancellable_cancel (self->job);
  g_clear_object (&self->job);
  g_set_object (&self->taken, card);
  g_free (self->taken_from);
  self->taken_from = g_strdup (lane ? kith_board_lane_get_name (lane) : NULL);
}

static void
block_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (KithBoardPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (KithBoardSides) sides = kith_board_sides_finish (KITH_DESKTOP (source), result, &error);

  if (!sides || !self->taken || g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result))))
    return;
  for (guint i = 0; i < self->lanes->len; i++)
    {
      KithBoardLane *lane = self->lanes->pdata[i];
      g_autofree char *why = g_strcmp0 (kith_board_lane_get_status (lane), kith_row_get_text (self->taken, "status")) == 0
                             ? NULL : kith_board_blocked (sides, self->taken_from, lane);

      kith_board_lane_block (lane, why);
    }
}

static void
take_action (GtkWidget  *widget,
             const char *name,
             GVariant   *target)
{
  KithBoardPage *self = KITH_BOARD_PAGE (widget);
  KithBoardLane *lane = kith_board_page_lane_of (self, g_variant_get_string (target, NULL));
  KithRow *card = lane ? kith_board_lane_get_dragged (lane) : NULL;

  unblock (self);
  take (self, lane, card);
  if (!card)
    return;
  self->job = g_cancellable_new ();
  kith_board_sides_async (kith_board_page_context (self), kith_row_get_id (card), self->job, block_cb, g_object_ref (self));
}

static void
drop_action (GtkWidget  *widget,
             const char *name,
             GVariant   *target)
{
  KithBoardPage *self = KITH_BOARD_PAGE (widget);
  const char *status = g_variant_get_string (target, NULL);
  KithBoardLane *to = kith_board_page_lane_of (self, status);

  if (self->taken && to && g_strcmp0 (kith_row_get_text (self->taken, "status"), status) != 0)
    kith_board_move (widget, kith_board_page_context (self), self->queue, self->taken, to);
}

typedef struct
{
  KithBoardPage *page;
  KithRow *card;
} Choice;

static void
choice_free (gpointer  data,
             GClosure *closure)
{
  Choice *self = data;

  g_object_unref (self->page);
  g_object_unref (self->card);
  g_free (self);
}

static void
chosen_cb (KithReasonWindow *window,
           const char       *code,
           const char       *text,
           Choice           *choice)
{
  KithBoardLane *to = kith_board_page_lane_of (choice->page, code);

  if (to)
    kith_board_move (GTK_WIDGET (choice->page), kith_board_page_context (choice->page), choice->page->queue, choice->card, to);
}

static void
ask_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr (KithBoardPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (KithBoardSides) sides = kith_board_sides_finish (KITH_DESKTOP (source), result, &error);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *window;
  Choice *choice;

  if (g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result)))) /* another card was taken: what had begun answers all the same */
    return;
  if (!sides)
    kith_context_problem (kith_board_page_context (self), _("Where It May Go Could Not Be Read"), error);
  if (!sides || !self->taken || !root)
    return;
  window = kith_reason_window_new (GTK_WINDOW (root), _("Move to…"), kith_row_get_text (self->taken, "contact_name"), NULL, NULL, NULL, _("Move"), FALSE);
  kith_reason_window_type_ahead (KITH_REASON_WINDOW (window));
  for (guint i = 0; i < self->lanes->len; i++)
    {
      KithBoardLane *lane = self->lanes->pdata[i];
      const char *status = kith_board_lane_get_name (lane), *phase = kith_format_code ("phase", kith_board_lane_get_phase (lane));
      g_autofree char *why = kith_board_blocked (sides, self->taken_from, lane);

      if (!why && g_strcmp0 (kith_board_lane_get_status (lane), kith_row_get_text (self->taken, "status")) != 0)
        kith_reason_window_add_choice (KITH_REASON_WINDOW (window), kith_board_lane_get_status (lane), status,
                                       g_strcmp0 (status, phase) == 0 ? NULL : phase, FALSE);
    }
  choice = g_new0 (Choice, 1);
  choice->page = g_object_ref (self);
  choice->card = g_object_ref (self->taken);
  g_signal_connect_data (window, "chosen", G_CALLBACK (chosen_cb), choice, choice_free, 0);
  gtk_window_present (GTK_WINDOW (window));
}

static void
move_action (GtkWidget  *widget,
             const char *name,
             GVariant   *target)
{
  KithBoardPage *self = KITH_BOARD_PAGE (widget);
  KithBoardLane *lane = kith_board_page_lane_at (self, kith_board_page_current (self));
  KithRow *card = lane ? kith_board_lane_get_card (lane) : NULL;

  if (!card)
    return;
  take (self, lane, card);
  self->job = g_cancellable_new ();
  kith_board_sides_async (kith_board_page_context (self), kith_row_get_id (card), self->job, ask_cb, g_object_ref (self));
}

/* D13, P21 */
static void
statistics_action (GtkWidget  *widget,
                   const char *name,
                   GVariant   *target)
{
  KithBoardPage *self = KITH_BOARD_PAGE (widget);
  GObject *chosen = gtk_drop_down_get_selected_item (self->pick);

  if (self->queue && chosen)
    gtk_window_present (GTK_WINDOW (kith_queue_stats_window_new (GTK_WINDOW (gtk_widget_get_root (widget)), kith_board_page_context (self), self->queue,
                                                                 gtk_string_object_get_string (GTK_STRING_OBJECT (chosen)))));
}

/* The lane one stands in, or all of them that are not over, on paper. */
static void
print_action (GtkWidget  *widget,
              const char *name,
              GVariant   *target)
{
  KithBoardPage *self = KITH_BOARD_PAGE (widget);
  GObject *queue = gtk_drop_down_get_selected_item (self->pick);
  g_autoptr (GPtrArray) lists = g_ptr_array_new_with_free_func (kith_print_list_free);
  int current = kith_board_page_current (self), chosen = -1;

  for (guint i = 0; i < self->lanes->len; i++)
    {
      KithBoardLane *lane = self->lanes->pdata[i];
      g_auto (GStrv) args = NULL;
      const char *query = kith_board_lane_get_list (lane, &args);

      if ((int) i != current && kith_referral_phase_is_ended (kith_board_lane_get_phase (lane)))
        continue;
      if ((int) i == current)
        chosen = (int) lists->len;
      g_ptr_array_add (lists, kith_print_list_new (kith_board_lane_get_name (lane), kith_referral_phase_waits (kith_board_lane_get_phase (lane)), query, (const char *const *) args));
    }
  if (queue && lists->len > 0)
    gtk_window_present (GTK_WINDOW (kith_print_window_new_waiting (GTK_WINDOW (gtk_widget_get_root (widget)), kith_board_page_context (self),
                                                                   gtk_string_object_get_string (GTK_STRING_OBJECT (queue)), lists, chosen)));
}

static void
manage_action (GtkWidget  *widget,
               const char *name,
               GVariant   *target)
{
  KithBoardPage *self = KITH_BOARD_PAGE (widget);
  GtkWidget *window = kith_queues_window_new (GTK_WINDOW (gtk_widget_get_root (widget)), kith_board_page_context (self));

  gtk_window_present (GTK_WINDOW (window));
}

/* How long something stands, what moved today: both change by the clock alone, also over midnight with the board open. */
static void
look_action (GtkWidget  *widget,
             const char *name,
             GVariant   *target)
{
  KithBoardPage *self = KITH_BOARD_PAGE (widget);

  for (guint i = 0; i < self->lanes->len; i++)
    kith_board_lane_tell_time (self->lanes->pdata[i]);
  if (self->queue)
    {
      g_autofree char *queue = g_strdup (self->queue);

      kith_board_page_show_queue (self, queue);
    }
}

static gboolean
look_cb (gpointer user_data)
{
  look_action (user_data, NULL, NULL);
  return G_SOURCE_CONTINUE;
}

void
kith_board_page_follow_time (KithBoardPage *self)
{
  self->look_id = g_timeout_add_seconds (LOOK_AGAIN_S, look_cb, self);
}

/**
 * kith_board_page_install_actions:
 *
 * From class_init: all actions named "board.…".
 */
void
kith_board_page_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "board.look", NULL, look_action);
  gtk_widget_class_install_action (widget_class, "board.left", NULL, go_action);
  gtk_widget_class_install_action (widget_class, "board.right", NULL, go_action);
  gtk_widget_class_install_action (widget_class, "board.move-left", NULL, move_by_action);
  gtk_widget_class_install_action (widget_class, "board.move-right", NULL, move_by_action);
  gtk_widget_class_install_action (widget_class, "board.move", NULL, move_action);
  gtk_widget_class_install_action (widget_class, "board.take-out", NULL, taken_out_action);
  gtk_widget_class_install_action (widget_class, "board.menu", NULL, menu_action);
  gtk_widget_class_install_action (widget_class, "board.filter", NULL, filter_action);
  gtk_widget_class_install_action (widget_class, "board.open", "s", open_action);
  gtk_widget_class_install_action (widget_class, "board.take", "s", take_action);
  gtk_widget_class_install_action (widget_class, "board.drop", "s", drop_action);
  gtk_widget_class_install_action (widget_class, "board.manage", NULL, manage_action);
  gtk_widget_class_install_action (widget_class, "board.statistics", NULL, statistics_action);
  gtk_widget_class_install_action (widget_class, "board.print", NULL, print_action);
}
