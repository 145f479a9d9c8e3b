/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "referrals/kith-queue-move.h"

#include <glib/gi18n.h>

#include "kith-desktop.h"
#include "kith-format.h"
#include "referrals/kith-referral-place.h"

/* One move, however long its window stands open. Counted: the window and whoever looks for the place have one each. */
typedef struct
{
  KithContext *context;
  char *queue, *referral, *was, *status, *phase, *about, *done;
} Move;

static void
move_clear (gpointer data)
{
  Move *self = data;

  g_object_unref (self->context);
  g_free (self->queue);
  g_free (self->referral);
  g_free (self->was);
  g_free (self->status);
  g_free (self->phase);
  g_free (self->about);
  g_free (self->done);
}

static void
move_unref (gpointer  data,
            GClosure *closure)
{
  g_rc_box_release_full (data, move_clear);
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

gboolean
kith_queue_move_waits (const KithQueueMove *move)
{
  return waits (move->phase) && g_strcmp0 (move->from, move->phase) != 0;
}

/* Taken up or over at once it needs no place kept before. */
static gboolean
keeps_place (const char *phase)
{
  return g_strcmp0 (phase, "accepted") == 0 || g_strcmp0 (phase, "contacting") == 0 || g_strcmp0 (phase, "paused") == 0;
}

/* By it a place is asked for, as by accepting. */
static gboolean
accepts_by (const KithQueueMove *move)
{
  return g_strcmp0 (move->from, "sent") == 0 && keeps_place (move->phase);
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

static Move *
move_new (KithContext         *context,
          const KithQueueMove *what)
{
  Move *self = g_rc_box_new0 (Move);
  g_autofree char *words = g_strdup_printf (_("Moved to “%s”"), what->name);
  gboolean accepts = accepts_by (what);

  self->context = g_object_ref (context);
  self->queue = g_strdup (what->queue);
  self->referral = g_strdup (what->referral);
  self->was = g_strdup (what->was);
  self->status = g_strdup (what->status);
  self->phase = g_strdup (what->phase);
  self->about = g_strdup (what->about);
  self->done = kith_format_done (accepts && what->of_place ? what->of_place : words, what->about);
  return self;
}

/* ---- the place of what is accepted by it, looked up where the page that was moved from does not show it ---- */

static gboolean
take_row (KithRow  *row,
          gpointer  data,
          GError  **error)
{
  *(const char **) data = kith_referral_place_told (row);
  return TRUE;
}

static gpointer
place_job (gpointer      db,
           gpointer      data,
           GCancellable *cancellable,
           GError      **error)
{
  const char *args[] = { data, NULL }, *told = NULL;

  kith_desktop_each_row (db, "referral-place", args, take_row, &told, cancellable, error);
  return (gpointer) told;
}

static void
tell_place (Move         *self,
            GObject      *source,
            GAsyncResult *result)
{
  g_autoptr (GError) error = NULL; /* then it is told without: the move itself needs none of it */
  const char *told = kith_desktop_job_finish (KITH_DESKTOP (source), result, &error);

  if (!told)
    return;
  g_free (self->done);
  self->done = kith_format_done (told, self->about);
}

static void
known_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  tell_place (user_data, source, result);
  move_unref (user_data, NULL);
}

static void
known_and_go_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  tell_place (user_data, source, result);
  carry_out (user_data, NULL, NULL, NULL, NULL);
  move_unref (user_data, NULL);
}

static void
look_for_place (Move               *self,
                GAsyncReadyCallback callback)
{
  kith_desktop_read_async (kith_context_get_desktop (self->context), place_job, g_strdup (self->referral), g_free, NULL, callback, g_rc_box_acquire (self));
}

void
kith_queue_move (GtkWidget           *page,
                 KithContext         *context,
                 const KithQueueMove *what,
                 KithReasonWindow    *asked,
                 const char          *text)
{
  Move *move = move_new (context, what);
  gboolean said = asked && kith_queue_move_waits (what), steps = g_strcmp0 (what->from, what->phase) != 0;
  gboolean looks = !asked && accepts_by (what);
  GtkWidget *window = steps && !said ? ask (GTK_WINDOW (gtk_widget_get_root (page)), context, what->phase, what->name) : NULL;
  g_autofree char *scope = NULL, *of = NULL;

  if (looks)
    look_for_place (move, window ? known_cb : known_and_go_cb);
  if (!window)
    {
      if (!looks)
        carry_out (move, asked, said ? "other" : NULL, NULL, text);
      move_unref (move, NULL);
      return;
    }
  scope = g_strconcat ("referral_detail:", what->referral, NULL);
  of = g_strdup_printf ("move:%s:%s", what->status, what->referral);
  kith_reason_window_keep_draft (KITH_REASON_WINDOW (window), context, scope, of);
  if (asked)
    kith_reason_window_pass_on (asked, KITH_REASON_WINDOW (window));
  g_signal_connect_data (window, "chosen", G_CALLBACK (chosen_cb), move, move_unref, 0);
  gtk_window_present (GTK_WINDOW (window));
}
