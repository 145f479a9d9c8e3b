/* SPDX-License-Identifier: GPL-3.0-or-later */

/* After an update that finds rows in another way: what they are found by is made anew by the worker, a turn whenever it has nothing else to do. */

#include "kith-desktop-session-private.h"

static gboolean
turn_cb (gpointer data)
{
  KithSession *self = data;
  g_autoptr (GError) error = NULL;
  gboolean more = FALSE;

  if (!kith_store_refind (self->store, &more, &error))
    {
      g_warning ("what rows are found by could not be made anew: %s", error->message);
      self->refind_failed = TRUE; /* it goes on when the store is opened again */
    }
  if (!more)
    g_clear_pointer (&self->refind, g_source_unref);
  kith_session_post_view (self);
  return more ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

void
kith_session_begin_refind (KithSession *self)
{
  if (self->refind != NULL || self->refind_failed || self->damaged || kith_store_get_refound (self->store) >= 1)
    return;
  self->refind = g_idle_source_new ();
  g_source_set_priority (self->refind, G_PRIORITY_LOW);
  g_source_set_callback (self->refind, turn_cb, self, NULL);
  g_source_attach (self->refind, kith_db_thread_get_context (self->desktop->worker));
}

void
kith_session_end_refind (KithSession *self)
{
  if (self->refind != NULL)
    g_source_destroy (self->refind);
  g_clear_pointer (&self->refind, g_source_unref);
}
