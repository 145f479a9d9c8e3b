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

/* Searching could not be brought up to date: it is when somebody asks for it once more. */
void
fake_desktop_set_refind_trouble (KithDesktop *self, const char *trouble)
{
  g_free (self->refind_trouble);
  self->refind_trouble = g_strdup (trouble);
  g_object_notify (G_OBJECT (self), "refind-trouble");
}

void
kith_desktop_refind_again (KithDesktop *self)
{
  fake_desktop_set_refind_trouble (self, NULL);
  fake_desktop_set_coming (self, FALSE, 100);
}

void
fake_desktop_set_coming (KithDesktop *self, gboolean filling, int refound)
{
  self->filling = filling;
  self->to_refind = 100 - refound;
  g_object_notify (G_OBJECT (self), "filling");
  g_object_notify (G_OBJECT (self), "refound");
}

void
kith_desktop_try_now (KithDesktop *self)
{
  self->tries++;
}

guint
fake_desktop_count_tries (KithDesktop *self)
{
  return self->tries;
}
