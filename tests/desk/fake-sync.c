/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How the fake desktop stands with its hub. */

#include "fake-desktop-private.h"

void
fake_desktop_set_sync (KithDesktop *self, KithSyncState state, guint waiting, guint attention, gint64 last_contact_ms, gint64 offline_since_ms)
{
  self->state = state;
  self->waiting = waiting;
  self->attention = attention;
  self->last_contact = last_contact_ms;
  self->offline_since = offline_since_ms;
  g_object_notify (G_OBJECT (self), "sync-state");
  g_object_notify (G_OBJECT (self), "attention");
  g_object_notify (G_OBJECT (self), "offline-since");
}

void
fake_desktop_set_coming (KithDesktop *self, gboolean filling, int refound)
{
  self->filling = filling;
  self->to_refind = 100 - refound;
  g_object_notify (G_OBJECT (self), "filling");
  g_object_notify (G_OBJECT (self), "refound");
}
