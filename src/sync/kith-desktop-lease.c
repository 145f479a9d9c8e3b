/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How long what the hub told may show without it, and what is left when it closed the account (C22, sync.md 5.3): the worker's side. */

#include "kith-desktop-session-private.h"

#include "kith-store-lease.h"
#include "kith-sync-engine-private.h"

#include <glib/gi18n.h>

/**
 * kith_session_close_account:
 *
 * The hub says that the account is closed (C22): what it told goes from this computer, and with it what would sign in again.
 */
void
kith_session_close_account (KithSession *self)
{
  kith_sync_engine_close_account (self->engine);
  g_clear_pointer (&self->auth, kith_secret_free);
  self->password_changed = FALSE;
}

static void
fail_wait (KithSession *self, GQuark domain, int code, const char *sentence)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->until_met);

  g_task_return_new_error (task, domain, code, "%s", sentence);
}

void
kith_session_drop_wait (KithSession *self)
{
  if (self->until_met != NULL)
    fail_wait (self, G_IO_ERROR, G_IO_ERROR_CANCELLED, _("Kith was locked meanwhile. Nothing is lost; unlock it again."));
}

/* After every answer and failure, as the last thing: the session may be gone then. Whom the hub does not know with this password any more stays
 * asked for the new one; what is here is not theirs to see before. */
void
kith_session_end_wait (KithSession *self)
{
  KithDesktop *desktop = self->desktop;

  if (self->until_met == NULL)
    return;
  if (!kith_store_is_lease_over (self->store))
    {
      g_autoptr (GTask) task = g_steal_pointer (&self->until_met);

      self->lease_over = FALSE;
      kith_desktop_post_opened (desktop);
      kith_session_post_view (self);
      g_task_return_boolean (task, TRUE);
    }
  else if (self->password_changed)
    fail_wait (self, KITH_KEYSLOTS_ERROR, KITH_KEYSLOTS_ERROR_WRONG_PASSWORD,
               _("The hub takes another password by now. Enter the new one. Nothing is lost."));
  else if (!self->online || (kith_sync_engine_get_state (self->engine) == KITH_SYNC_SIGN_IN && !self->signing_in))
    {
      g_autofree char *sentence = g_strdup_printf (ngettext ("Kith has not reached the hub for more than %d day. What is kept here shows again as soon as the hub "
                                                             "was reached; what you have not sent is safe.",
                                                             "Kith has not reached the hub for more than %d days. What is kept here shows again as soon as the hub "
                                                             "was reached; what you have not sent is safe.", KITH_STORE_LEASE_DAYS),
                                                   KITH_STORE_LEASE_DAYS);

      fail_wait (self, KITH_ACCOUNT_ERROR, KITH_ACCOUNT_ERROR_LEASE, sentence);
      kith_session_close (desktop);
    }
}

void
kith_session_show_once_met (KithSession *self, GTask *task)
{
  self->until_met = task;
  self->lease_over = TRUE;
  self->online = TRUE; /* until it proves otherwise */
  kith_session_pump (self);
  kith_session_end_wait (self);
}

gboolean
kith_session_wants_password (KithSession *self)
{
  return self != NULL && self->password_changed && kith_store_is_lease_over (self->store);
}

/* Nobody may read on in what is open when its time comes. */
void
kith_session_check_lease (KithSession *self)
{
  if (self->lease_over || !kith_store_is_lease_over (self->store))
    return;
  self->lease_over = TRUE;
  kith_desktop_post_lease_over (self->desktop);
}
