/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "board/kith-board-move.h"

#include <glib/gi18n.h>

#include "kith-format.h"
#include "kith-referral-rules.h"
#include "kith-store.h"
#include "referrals/kith-reason-window.h"

/**
 * kith_board_sides_free:
 * @self: (transfer full): not NULL
 */
void
kith_board_sides_free (KithBoardSides *self)
{
  g_free (self->phase);
  g_free (self);
}

static gpointer
sides_job (gpointer      store,
           gpointer      data,
           GCancellable *cancellable,
           GError      **error)
{
  g_autoptr (KithActor) actor = kith_store_load_actor (store, error);
  g_autoptr (KithRecord) referral = actor ? kith_world_get (kith_store_get_world (store), "referral", data, error) : NULL;
  g_autoptr (KithBoardSides) sides = g_new0 (KithBoardSides, 1);

  if (!referral)
    return NULL;
  sides->phase = g_strdup (kith_record_string (referral, "phase"));
  sides->network = actor->level == KITH_LEVEL_NETWORK;
  sides->sides = kith_referral_sides (kith_store_get_world (store), actor, referral, error);
  return sides->sides == G_MAXUINT ? NULL : g_steal_pointer (&sides);
}

/**
 * kith_board_sides_async:
 * @referral: its id, copied
 * @cancellable: (nullable)
 *
 * Asks the store's thread; @callback runs in the main context and calls kith_board_sides_finish().
 */
void
kith_board_sides_async (KithContext        *context,
                        const char         *referral,
                        GCancellable       *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer            user_data)
{
  kith_desktop_store_async (kith_context_get_desktop (context), sides_job, g_strdup (referral), g_free, cancellable, callback, user_data);
}

KithBoardSides *
kith_board_sides_finish (KithDesktop  *desktop,
                         GAsyncResult *result,
                         GError      **error)
{
  return kith_desktop_job_finish (desktop, result, error);
}

char *
kith_board_blocked (const KithBoardSides *sides,
                    const char           *from_name,
                    KithBoardLane        *to)
{
  const char *phase = kith_board_lane_get_phase (to);
  guint who = kith_referral_path_sides (sides->phase, phase);

  if (kith_board_lane_is_retired (to))
    return g_strdup (_("This status is not used any more."));
  if (who == 0)
    return g_strdup_printf (_("No step leads here from “%s”."), from_name ? from_name : kith_format_code ("phase", sides->phase));
  if ((who & sides->sides) != 0 || (sides->network && g_strcmp0 (sides->phase, phase) == 0))
    return NULL;
  return g_strdup (_("Only the agency that has this referral can move it here."));
}

/* One move, however long its window stands open */
typedef struct
{
  KithContext *context;
  char *queue, *referral, *was, *status, *phase, *done;
} Move;

static void
move_free (gpointer  data,
           GClosure *closure)
{
  Move *self = data;

  g_object_unref (self->context);
  g_free (self->queue);
  g_free (self->referral);
  g_free (self->was);
  g_free (self->status);
  g_free (self->phase);
  g_free (self->done);
  g_free (self);
}

/* window NULL: nothing had to be asked. */
static void
carry_out (Move             *self,
           KithReasonWindow *window,
           const char       *reason,
           const char       *outcome,
           const char       *text)
{
  JsonObject *args = kith_json_new ("referral", "s", self->referral, "queue", "s", self->queue, "was", "s", self->was, "status", "s", self->status,
                                    "reason", "s", reason, "outcome", "s", outcome, "text", "s", text, NULL);

  if (window)
    kith_reason_window_submit (window, self->context, "queue.move", args, self->done, TRUE);
  else
    kith_context_submit (self->context, "queue.move", args, self->done, TRUE, NULL, NULL);
}

static gboolean
waits (const char *phase)
{
  return g_strcmp0 (phase, "waitlisted") == 0 || g_strcmp0 (phase, "paused") == 0;
}

static void
chosen_cb (KithReasonWindow *window,
           const char       *code,
           const char       *text,
           Move             *self)
{
  gboolean closes = g_str_has_prefix (self->phase, "closed_");

  if (waits (self->phase))
    carry_out (self, window, "other", NULL, text);
  else
    carry_out (self, window, closes ? NULL : code, closes ? code : NULL, text);
}

/* Of the outcomes only those that end where the status says. */
static GtkWidget *
ask (GtkWindow   *parent,
     KithContext *context,
     const char  *phase,
     const char  *name)
{
  g_autofree char *title = g_strdup_printf (_("Move to “%s”"), name);
  gboolean declines = g_strcmp0 (phase, "declined") == 0;
  GtkWidget *window;

  if (waits (phase))
    return kith_reason_window_new (parent, title, _("Say why the client waits"), NULL, _("Why"), "", _("Move"), FALSE);
  if (!declines && !(phase && g_str_has_prefix (phase, "closed_")))
    return NULL;
  window = kith_reason_window_new (parent, title,
                                   declines ? _("The sender sees the reason, and can refer elsewhere.") : _("This closes the loop: the sender sees how it ended."), NULL,
                                   _("In words, for the sender"), NULL, declines ? _("Decline") : _("Close Referral"), declines);
  kith_reason_window_offer (KITH_REASON_WINDOW (window), context, declines ? "decline_reason" : "outcome", declines ? NULL : phase);
  return window;
}

void
kith_board_move (GtkWidget     *page,
                 KithContext   *context,
                 const char    *queue,
                 KithRow       *card,
                 KithBoardLane *to)
{
  Move *move = g_new0 (Move, 1);
  const char *name = kith_row_get_text (card, "contact_name");
  g_autofree char *words = g_strdup_printf (_("Moved to “%s”"), kith_board_lane_get_name (to));
  g_autofree char *scope = NULL, *of = NULL;
  GtkWidget *window = NULL;

  move->context = g_object_ref (context);
  move->queue = g_strdup (queue);
  move->referral = g_strdup (kith_row_get_id (card));
  move->was = g_strdup (kith_row_get_text (card, "status"));
  move->status = g_strdup (kith_board_lane_get_status (to));
  move->phase = g_strdup (kith_board_lane_get_phase (to));
  move->done = kith_format_done (words, name);
  if (g_strcmp0 (kith_row_get_text (card, "phase"), move->phase) != 0)
    window = ask (GTK_WINDOW (gtk_widget_get_root (page)), context, move->phase, kith_board_lane_get_name (to));
  if (!window)
    {
      carry_out (move, NULL, NULL, NULL, NULL);
      move_free (move, NULL);
      return;
    }
  scope = g_strconcat ("referral_detail:", move->referral, NULL);
  of = g_strdup_printf ("move:%s:%s", move->status, move->referral);
  kith_reason_window_keep_draft (KITH_REASON_WINDOW (window), context, scope, of);
  g_signal_connect_data (window, "chosen", G_CALLBACK (chosen_cb), move, move_free, 0);
  gtk_window_present (GTK_WINDOW (window));
}
