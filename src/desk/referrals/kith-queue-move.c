/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "referrals/kith-queue-move.h"

#include <glib/gi18n.h>

#include "kith-format.h"

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

gboolean
kith_queue_move_waits (const KithQueueMove *move)
{
  return waits (move->phase) && g_strcmp0 (move->from, move->phase) != 0;
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
  Move *self = g_new0 (Move, 1);
  g_autofree char *words = g_strdup_printf (_("Moved to “%s”"), what->name);

  self->context = g_object_ref (context);
  self->queue = g_strdup (what->queue);
  self->referral = g_strdup (what->referral);
  self->was = g_strdup (what->was);
  self->status = g_strdup (what->status);
  self->phase = g_strdup (what->phase);
  self->done = kith_format_done (what->done ? what->done : words, what->about);
  return self;
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
  GtkWidget *window = steps && !said ? ask (GTK_WINDOW (gtk_widget_get_root (page)), context, what->phase, what->name) : NULL;
  g_autofree char *scope = NULL, *of = NULL;

  if (!window)
    {
      carry_out (move, asked, said ? "other" : NULL, NULL, text);
      move_free (move, NULL);
      return;
    }
  scope = g_strconcat ("referral_detail:", what->referral, NULL);
  of = g_strdup_printf ("move:%s:%s", what->status, what->referral);
  kith_reason_window_keep_draft (KITH_REASON_WINDOW (window), context, scope, of);
  if (asked)
    kith_reason_window_pass_on (asked, KITH_REASON_WINDOW (window));
  g_signal_connect_data (window, "chosen", G_CALLBACK (chosen_cb), move, move_free, 0);
  gtk_window_present (GTK_WINDOW (window));
}
