/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Unlocking what is on this computer, without any network (sync.md 5.3). */

#include "kith-desktop-private.h"

#include "kith-store-lease.h"

#include <glib/gi18n.h>
#include <string.h>

typedef struct
{
  GTask *task;
  char *password;
  int locks; /* of the desktop when it was asked for */
} Unlock;

static void
unlock_free (gpointer data)
{
  Unlock *self = data;

  explicit_bzero (self->password, strlen (self->password));
  g_free (self->password);
  g_clear_object (&self->task);
  g_free (self);
}

/**
 * kith_desktop_open_slots:
 * @folder: of a hub and user
 * @keys: (out) (optional) (transfer full): what the password gives
 *
 * Wrong passwords are counted, whoever asks for one: there is no other place to guess at.
 *
 * Returns: (transfer full) (nullable): the data key; NULL with WRONG_PASSWORD, also when there were too many, or another error
 */
KithSecret *
kith_desktop_open_slots (KithDesktop *desktop, const char *folder, const char *password, KithPassword **keys, GError **error)
{
  g_autofree char *slots = g_build_filename (folder, "keyslots", NULL);
  g_auto (KithKeyslotsInfo) info = { 0 };
  g_autoptr (GError) failure = NULL;
  g_autoptr (KithPassword) derived = NULL;
  KithSecret *data_key;

  if (!kith_keyslots_read_info (slots, &info, error))
    return NULL;
  if (kith_desktop_tries_left_ms (folder, desktop->clock) > 0)
    {
      g_set_error_literal (error, KITH_KEYSLOTS_ERROR, KITH_KEYSLOTS_ERROR_WRONG_PASSWORD,
                           _("There were too many wrong passwords. Wait a while; nothing is lost."));
      return NULL;
    }
  derived = kith_password_derive (password, info.salt, info.ops, info.memory, &failure);
  if (derived == NULL && info.spoilt) /* with a cost that was never written */
    {
      g_clear_error (&failure);
      g_set_error_literal (&failure, KITH_KEYSLOTS_ERROR, KITH_KEYSLOTS_ERROR_DAMAGED, "");
    }
  if (derived == NULL)
    {
      kith_rescue_explain (g_steal_pointer (&failure), error);
      return NULL;
    }
  data_key = kith_keyslots_open_with_key (slots, derived->store, &failure);
  if (g_error_matches (failure, KITH_KEYSLOTS_ERROR, KITH_KEYSLOTS_ERROR_WRONG_PASSWORD))
    kith_desktop_tries_note_wrong (folder, desktop->clock);
  else if (failure == NULL)
    {
      kith_desktop_tries_forget (folder);
      if (info.spoilt && !kith_keyslots_rewrap (slots, data_key, &info, derived->store, NULL))
        g_warning ("%s opens, and could not be written as it should be", slots);
    }
  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  if (data_key != NULL && keys != NULL)
    *keys = g_steal_pointer (&derived);
  return data_key;
}

/* The same, for somebody who unlocks. */
static KithSecret *
open_slots (KithDesktop *desktop, const char *folder, const char *password, KithPassword **keys, GError **error)
{
  GError *failure = NULL;
  KithSecret *data_key = kith_desktop_open_slots (desktop, folder, password, keys, &failure);

  if (g_error_matches (failure, KITH_KEYSLOTS_ERROR, KITH_KEYSLOTS_ERROR_WRONG_PASSWORD) && kith_rescue_try_former (desktop, folder, password))
    {
      g_clear_error (&failure);
      g_set_error_literal (&failure, KITH_KEYSLOTS_ERROR, KITH_KEYSLOTS_ERROR_WRONG_PASSWORD,
                           _("This is your former password. Enter the present one now: what it locked is taken over then."));
    }
  if (failure != NULL)
    g_propagate_error (error, failure);
  return data_key;
}

static gboolean
open_session (KithDesktop *desktop, const char *hub, const char *login, const char *folder, KithSecret *data_key, KithPassword *keys, GError **error)
{
  if (!kith_rescue_is_noted (folder))
    return kith_session_open (desktop, hub, login, folder, data_key, keys, error);
  g_set_error_literal (error, KITH_DB_ERROR, KITH_DB_ERROR_CORRUPT, "");
  return FALSE;
}

/* The hub may take another password by now, and this one is what opens the copy. keys: transfer full */
static void
meet_damage (KithDesktop *desktop, const char *folder, KithPassword *keys)
{
  kith_rescue_note (folder);
  g_clear_pointer (&desktop->former, kith_password_free);
  desktop->former = keys;
  kith_desktop_post_damage (desktop);
}

/* TRUE: the task is ended, or will be. */
static gboolean
unlock (Unlock *self, KithDesktop *desktop, GError **error)
{
  g_autofree char *hub = NULL;
  g_autofree char *login = NULL;
  g_autofree char *folder = NULL;
  g_autoptr (KithPassword) keys = NULL;
  g_autoptr (KithSecret) data_key = NULL;
  GError *failure = NULL;

  if (!kith_desktop_last_place (desktop, &hub, &login))
    {
      g_set_error_literal (error, KITH_KEYSLOTS_ERROR, KITH_KEYSLOTS_ERROR_FAILED, _("Nobody has signed in on this computer yet."));
      return FALSE;
    }
  if (kith_session_wants_password (desktop->session))
    {
      kith_sign_in_again (desktop, g_steal_pointer (&self->task), self->locks, hub, login, NULL, self->password);
      return TRUE;
    }
  folder = kith_desktop_place (desktop, hub, login);
  data_key = open_slots (desktop, folder, self->password, &keys, error);
  if (data_key == NULL && g_error_matches (*error, KITH_KEYSLOTS_ERROR, KITH_KEYSLOTS_ERROR_DAMAGED))
    kith_desktop_post_damage (desktop);
  if (data_key == NULL || !kith_desktop_check_not_locked (desktop, self->locks, error))
    return FALSE;
  desktop->opened = self->locks;
  if (!open_session (desktop, hub, login, folder, data_key, keys, &failure))
    {
      if (kith_rescue_is_damage (failure))
        meet_damage (desktop, folder, g_steal_pointer (&keys));
      kith_rescue_explain (failure, error);
      return FALSE;
    }
  if (!kith_desktop_check_not_locked (desktop, self->locks, error))
    return FALSE;
  if (kith_store_get_user (kith_session_get_store (desktop->session)) != NULL)
    kith_rescue_resume (desktop, folder, self->password);
  if (kith_store_is_lease_over (kith_session_get_store (desktop->session)))
    {
      kith_session_show_once_met (desktop->session, g_steal_pointer (&self->task));
      return TRUE;
    }
  kith_session_post_opened (desktop->session);
  g_task_return_boolean (self->task, TRUE);
  kith_session_pump (desktop->session);
  return TRUE;
}

static gpointer
unlock_job (gpointer data, GCancellable *cancellable, GError **error)
{
  Unlock *self = data;
  g_autoptr (KithDesktop) desktop = g_object_ref (g_task_get_source_object (self->task));
  GError *failure = NULL;

  if (!unlock (self, desktop, &failure))
    g_task_return_error (self->task, failure);
  return NULL;
}

void
kith_desktop_unlock_async (KithDesktop *self, const char *password, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  Unlock *unlock = g_new0 (Unlock, 1);

  unlock->task = g_task_new (self, cancellable, callback, user_data);
  unlock->password = g_strdup (password);
  unlock->locks = g_atomic_int_get (&self->locks);
  kith_db_thread_run_async (self->worker, G_PRIORITY_DEFAULT, unlock_job, unlock, unlock_free, NULL, NULL, NULL);
}
