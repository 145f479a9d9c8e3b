/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-hub-mailer.h"

#define INTERVAL_MS 5000

struct _KithHubMailer
{
  gatomicrefcount refs;
  KithDbThread *thread;
  KithHub *hub;               /* touched on its thread alone; NULL: stopped */
  KithSmtpOptions *options;
  KithClock *clock;
  GCancellable *cancellable;
  guint interval_ms, look_id;
  gboolean failing;           /* was said once */
  int stopped;                /* atomic: jobs still queued leave the hub alone, which goes with a job of its own */
};

/* One look into the queue, and the mail it found. */
typedef struct
{
  KithHubMailer *self;        /* a reference */
  KithHub *hub;
  KithHubMail mail;
  gboolean any;
  gint64 time_ms;
  KithHubMailResult result;
  char *why;
} Turn;

static void look (KithHubMailer *self);

static void
unref (KithHubMailer *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_object_unref (self->thread);
  g_object_unref (self->cancellable);
  g_object_unref (self->clock);
  kith_smtp_options_free (self->options);
  g_free (self);
}

static void
turn_free (Turn *turn)
{
  kith_hub_mail_clear (&turn->mail);
  unref (turn->self);
  g_free (turn->why);
  g_free (turn);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Turn, turn_free)

static gboolean
look_cb (gpointer data)
{
  KithHubMailer *self = data;

  self->look_id = 0;
  look (self);
  return G_SOURCE_REMOVE;
}

static void
look_later (KithHubMailer *self)
{
  if (self->hub != NULL && self->look_id == 0)
    self->look_id = g_timeout_add (self->interval_ms, look_cb, self);
}

/* Once when it begins to fail and once when it goes again: a log is for reading. */
static void
tell (KithHubMailer *self, const Turn *turn)
{
  if (turn->result == KITH_HUB_MAIL_REFUSED)
    g_message ("A mail was refused for good by its receiver’s server: %s. It is kept in the queue, marked as given up.", turn->why);
  if (turn->result == KITH_HUB_MAIL_LATER && !self->failing)
    g_message ("Mail cannot be sent: %s. It waits in the queue and is tried again.", turn->why);
  if (turn->result == KITH_HUB_MAIL_SENT && self->failing)
    g_message ("Mail goes out again.");
  if (turn->result != KITH_HUB_MAIL_REFUSED)
    self->failing = turn->result == KITH_HUB_MAIL_LATER;
}

static gpointer
settle_on_thread (gpointer data, GCancellable *cancellable, GError **error)
{
  Turn *turn = data;

  if (!g_atomic_int_get (&turn->self->stopped))
    kith_hub_settle_mail (turn->hub, turn->mail.id, turn->result, turn->why, error);
  return NULL;
}

static void
settled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Turn) turn = user_data;
  g_autoptr (GError) error = NULL;

  kith_db_thread_run_finish (turn->self->thread, result, &error);
  if (error != NULL)
    g_warning ("The queue of mail could not be written: %s", error->message);
  if (turn->self->hub == NULL)
    return;
  tell (turn->self, turn);
  if (error == NULL && turn->result != KITH_HUB_MAIL_LATER)
    look (turn->self);
  else
    look_later (turn->self);
}

static void
send_on_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Turn *turn = data;

  turn->result = kith_smtp_send (turn->self->options, &turn->mail, turn->time_ms, cancellable, &turn->why);
  g_task_return_boolean (task, TRUE);
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Turn *turn = user_data;

  if (turn->self->hub == NULL) /* stopped meanwhile: what was sent goes a second time, under the same message id */
    turn_free (turn);
  else
    kith_db_thread_run_async (turn->self->thread, G_PRIORITY_DEFAULT_IDLE, settle_on_thread, turn, NULL, NULL, settled_cb, turn);
}

static gpointer
take_on_thread (gpointer data, GCancellable *cancellable, GError **error)
{
  Turn *turn = data;

  if (!g_atomic_int_get (&turn->self->stopped))
    kith_hub_next_mail (turn->hub, &turn->mail, &turn->any, error);
  return NULL;
}

static void
taken_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Turn) turn = user_data;
  g_autoptr (GTask) task = NULL;
  g_autoptr (GError) error = NULL;

  kith_db_thread_run_finish (turn->self->thread, result, &error);
  if (error != NULL)
    g_warning ("The queue of mail could not be read: %s", error->message);
  if (turn->self->hub == NULL)
    return;
  if (error != NULL || !turn->any)
    {
      look_later (turn->self);
      return;
    }
  turn->time_ms = kith_clock_wall_ms (turn->self->clock);
  task = g_task_new (NULL, turn->self->cancellable, sent_cb, turn);
  g_task_set_task_data (task, turn, NULL);
  g_task_run_in_thread (task, send_on_thread);
  g_steal_pointer (&turn);
}

static void
look (KithHubMailer *self)
{
  Turn *turn = g_new0 (Turn, 1);

  g_atomic_ref_count_inc (&self->refs);
  turn->self = self;
  turn->hub = self->hub;
  kith_db_thread_run_async (self->thread, G_PRIORITY_DEFAULT_IDLE, take_on_thread, turn, NULL, NULL, taken_cb, turn);
}

static gpointer
switch_on_thread (gpointer data, GCancellable *cancellable, GError **error)
{
  const char *folder = g_getenv ("KITH_LOCALEDIR"); /* uninstalled: the build directory's po */

  kith_hub_set_translations (data, folder != NULL ? folder : KITH_LOCALEDIR);
  kith_hub_set_mails (data, TRUE);
  return NULL;
}

KithHubMailer *
kith_hub_mailer_new (KithDbThread *thread, KithHub *hub, const KithSmtpOptions *options, guint interval_ms)
{
  KithHubMailer *self = g_new0 (KithHubMailer, 1);

  g_atomic_ref_count_init (&self->refs);
  self->thread = g_object_ref (thread);
  self->hub = hub;
  self->options = kith_smtp_options_copy (options);
  self->cancellable = g_cancellable_new ();
  self->clock = kith_clock_new_system ();
  self->interval_ms = interval_ms > 0 ? interval_ms : INTERVAL_MS;
  kith_db_thread_run (thread, switch_on_thread, hub, NULL);
  look (self);
  return self;
}

void
kith_hub_mailer_free (KithHubMailer *self)
{
  g_clear_handle_id (&self->look_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_atomic_int_set (&self->stopped, TRUE);
  self->hub = NULL;
  unref (self);
}
