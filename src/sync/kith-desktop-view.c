/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the windows show of a session, taken together on the worker. */

#include "kith-desktop-session-private.h"

static KithDesktopView *
take_view (KithSession *self)
{
  KithDesktopView *view = g_new0 (KithDesktopView, 1);
  KithStoreStatus status = { 0 };

  kith_store_get_status (self->store, &status, NULL);
  view->state = kith_sync_engine_get_state (self->engine);
  view->waiting = status.waiting;
  view->attention = status.attention;
  view->last_contact_ms = status.last_contact_ms;
  view->filling = status.filling;
  view->refound = (int) (100 * kith_store_get_refound (self->store));
  view->refind_trouble = g_strdup (self->refind_trouble);
  view->online = self->online;
  view->trouble = self->online ? NULL : g_strdup (self->trouble);
  view->tried_ms = self->tried_ms;
  view->next_ms = self->next_ms;
  view->password_changed = self->password_changed;
  view->closed = kith_store_get_closed (self->store);
  if (self->actor_stale)
    {
      view->actor = kith_store_load_actor (self->store, NULL);
      self->actor_stale = view->actor == NULL;
    }
  return view;
}

void
kith_session_post_view (KithSession *self)
{
  kith_desktop_post_view (self->desktop, take_view (self));
}

/* With whose account it is: a page that is made before that is known asks for everything twice. */
void
kith_session_post_opened (KithSession *self)
{
  kith_desktop_post_opened (self->desktop, take_view (self));
}
