/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How long what the hub told may show without it, and what is left when it closed the account (C22, sync.md 5.3): the worker's side. */

#include "kith-desktop-session-private.h"

#include "kith-store-lease.h"
#include "kith-sync-engine-private.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

/**
 * kith_session_take_closed:
 * @answer: (nullable): what the hub answered to somebody who signed in
 *
 * Says it that this account is closed (C22), or this computer revoked (I21), then what it told goes from this computer, and with it what would
 * sign in again.
 */
void
kith_session_take_closed (KithSession *self, JsonObject *answer)
{
  if (answer == NULL || !kith_sync_engine_take_closed (self->engine, answer))
    return;
  g_clear_pointer (&self->auth, kith_secret_free);
  self->password_changed = FALSE;
  kith_session_check_closed (self);
}

/**
 * kith_session_is_spent:
 *
 * Only the hub's own word of this time counts: a store that is opened because somebody signs in anew is used again.
 */
gboolean
kith_session_is_spent (KithSession *self)
{
  return self->engine != NULL && self->store != NULL && kith_sync_engine_get_sign_in_reason (self->engine) != NULL && kith_store_is_spent (self->store);
}

/* After every answer: damaged copies go with what is whole, once the hub has said so. */
void
kith_session_check_closed (KithSession *self)
{
  if (self->cleared || kith_store_get_closed (self->store) == KITH_CLOSED_NOT || kith_sync_engine_get_sign_in_reason (self->engine) == NULL)
    return;
  self->cleared = TRUE;
  kith_rescue_clear (self->desktop, self->folder, TRUE, TRUE);
}

/* Not what links lead to. */
static void
remove_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
        remove_files (path);
      else
        g_unlink (path);
    }
  g_rmdir (folder);
}

/**
 * kith_session_erase:
 * @folder: of a hub and user
 *
 * The key first: without it every block of the store that a disk may still have is noise (sync.md 5.2, 5.3). Whoever signs in next begins anew.
 */
void
kith_session_erase (const char *folder)
{
  g_autofree char *slots = g_build_filename (folder, "keyslots", NULL);
  g_autoptr (GError) error = NULL;

  if (!kith_keyslots_destroy (slots, &error))
    g_warning ("erasing what is not to be read here any more: %s", error->message);
  else
    remove_files (folder);
}

static void
fail_wait (KithSession *self, GQuark domain, int code, const char *sentence)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->until_met);

  g_task_return_new_error (task, domain, code, "%s", sentence);
}

static char *
lease_words (int hours)
{
  if (hours % 24 == 0)
    return g_strdup_printf (ngettext ("Kith has not reached the hub for more than %d day. What is kept here shows again as soon as the hub "
                                      "was reached; what you have not sent is safe.",
                                      "Kith has not reached the hub for more than %d days. What is kept here shows again as soon as the hub "
                                      "was reached; what you have not sent is safe.", (gulong) hours / 24),
                            hours / 24);
  return g_strdup_printf (ngettext ("Kith has not reached the hub for more than %d hour. What is kept here shows again as soon as the hub "
                                    "was reached; what you have not sent is safe.",
                                    "Kith has not reached the hub for more than %d hours. What is kept here shows again as soon as the hub "
                                    "was reached; what you have not sent is safe.", (gulong) hours),
                          hours);
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
      kith_session_post_opened (self);
      g_task_return_boolean (task, TRUE);
    }
  else if (self->password_changed)
    fail_wait (self, KITH_KEYSLOTS_ERROR, KITH_KEYSLOTS_ERROR_WRONG_PASSWORD,
               _("The hub takes another password by now. Enter the new one. Nothing is lost."));
  else if (self->online && !self->signing_in && !kith_sync_engine_is_asking (self->engine) && kith_sync_engine_get_state (self->engine) != KITH_SYNC_SIGN_IN)
    {
      /* it is there and in trouble: nobody is left to wait for */
      fail_wait (self, KITH_ACCOUNT_ERROR, KITH_ACCOUNT_ERROR_LEASE,
                 _("The hub was found, but it cannot answer just now. What is kept here shows again as soon as it does; what you have not sent is safe. "
                   "Try again in a few minutes, or ask whoever looks after the hub."));
      kith_session_close (desktop);
    }
  else if (!self->online || (kith_sync_engine_get_state (self->engine) == KITH_SYNC_SIGN_IN && !self->signing_in))
    {
      g_autofree char *sentence = lease_words ((int) kith_store_get_lease_hours (self->store));

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
  kith_rescue_clear (self->desktop, self->folder, FALSE, TRUE);
  kith_desktop_post_lease_over (self->desktop);
}
