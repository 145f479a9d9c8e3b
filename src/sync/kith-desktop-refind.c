/* SPDX-License-Identifier: GPL-3.0-or-later */

/* After an update that finds rows in another way: what they are found by is made anew by the worker, a turn whenever it has nothing else to do. */

#include "kith-desktop-session-private.h"

#define AGAIN_MS 60000 /* a full disk is emptied, a file that another program held is let go */

static gboolean
turn_cb (gpointer data)
{
  KithSession *self = data;
  g_autoptr (GError) error = NULL;
  gboolean more = FALSE;

  g_clear_pointer (&self->refind_trouble, g_free);
  if (!kith_store_refind (self->store, &more, &error))
    {
      g_warning ("what rows are found by could not be made anew: %s", error->message);
      self->refind_trouble = g_strdup (error->message);
      self->refind_again = kith_clock_mono_ms (self->desktop->clock) + AGAIN_MS; /* it goes on where it was */
      more = FALSE;
    }
  if (!more)
    g_clear_pointer (&self->refind, g_source_unref);
  kith_session_post_view (self);
  return more ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

void
kith_session_begin_refind (KithSession *self)
{
  if (self->refind != NULL || self->damaged || kith_store_get_refound (self->store) >= 1 ||
      (self->refind_trouble != NULL && kith_clock_mono_ms (self->desktop->clock) < self->refind_again))
    return;
  self->refind = g_idle_source_new ();
  g_source_set_priority (self->refind, G_PRIORITY_LOW);
  g_source_set_callback (self->refind, turn_cb, self, NULL);
  g_source_attach (self->refind, kith_db_thread_get_context (self->desktop->worker));
}

void
kith_session_refind_now (KithSession *self)
{
  self->refind_again = 0;
  kith_session_begin_refind (self);
  kith_session_post_view (self);
}

static gpointer
again_job (gpointer data, GCancellable *cancellable, GError **error)
{
  KithDesktop *desktop = data;

  if (desktop->session != NULL)
    kith_session_refind_now (desktop->session);
  return NULL;
}

/**
 * kith_desktop_refind_again:
 *
 * Where "refind-trouble" says that searching could not be brought up to date: at once, and not when it next tries by itself.
 */
void
kith_desktop_refind_again (KithDesktop *self)
{
  kith_db_thread_run_async (self->worker, G_PRIORITY_DEFAULT, again_job, g_object_ref (self), g_object_unref, NULL, NULL, NULL);
}

void
kith_session_end_refind (KithSession *self)
{
  if (self->refind != NULL)
    g_source_destroy (self->refind);
  g_clear_pointer (&self->refind, g_source_unref);
  g_clear_pointer (&self->refind_trouble, g_free);
}
