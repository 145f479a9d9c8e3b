/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Unlocking what is on this computer, without any network (sync.md 5.3). */

#include "kith-desktop-private.h"

#include <glib/gi18n.h>
#include <string.h>

typedef struct
{
  KithDesktop *desktop;
  char *password;
  int locks; /* of the desktop when it was asked for */
} Unlock;

static void
unlock_free (gpointer data)
{
  Unlock *self = data;

  memset (self->password, 0, strlen (self->password));
  g_free (self->password);
  g_object_unref (self->desktop);
  g_free (self);
}

static gpointer
unlock_job (gpointer data, GCancellable *cancellable, GError **error)
{
  Unlock *self = data;
  g_autofree char *hub = NULL;
  g_autofree char *login = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *slots = NULL;
  g_auto (KithKeyslotsInfo) info = { 0 };
  g_autoptr (KithPassword) keys = NULL;
  g_autoptr (KithSecret) data_key = NULL;
  g_autoptr (GError) failure = NULL;

  if (!kith_desktop_last_place (self->desktop, &hub, &login))
    {
      g_set_error_literal (error, KITH_KEYSLOTS_ERROR, KITH_KEYSLOTS_ERROR_FAILED, _("Nobody has signed in on this computer yet."));
      return NULL;
    }
  folder = kith_desktop_place (self->desktop, hub, login);
  slots = g_build_filename (folder, "keyslots", NULL);
  if (!kith_keyslots_read_info (slots, &info, error))
    return NULL;
  if (kith_desktop_tries_left_ms (folder, self->desktop->clock) > 0)
    {
      g_set_error_literal (error, KITH_KEYSLOTS_ERROR, KITH_KEYSLOTS_ERROR_WRONG_PASSWORD,
                           _("There were too many wrong passwords. Wait a while; nothing is lost."));
      return NULL;
    }
  keys = kith_password_derive (self->password, info.salt, info.ops, info.memory, error);
  if (keys == NULL)
    return NULL;
  data_key = kith_keyslots_open_with_key (slots, keys->store, &failure);
  if (g_error_matches (failure, KITH_KEYSLOTS_ERROR, KITH_KEYSLOTS_ERROR_WRONG_PASSWORD))
    kith_desktop_tries_note_wrong (folder, self->desktop->clock);
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  kith_desktop_tries_forget (folder);
  if (!kith_desktop_check_not_locked (self->desktop, self->locks, error))
    return NULL;
  self->desktop->opened = self->locks;
  if (!kith_session_open (self->desktop, hub, login, folder, data_key, keys, error) ||
      !kith_desktop_check_not_locked (self->desktop, self->locks, error))
    return NULL;
  kith_desktop_post_opened (self->desktop);
  kith_session_pump (self->desktop->session);
  return self->desktop; /* anything but NULL */
}

static void
unlocked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (kith_db_thread_run_finish (KITH_DB_THREAD (source), result, &error) != NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
kith_desktop_unlock_async (KithDesktop *self, const char *password, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  Unlock *unlock = g_new0 (Unlock, 1);

  unlock->desktop = g_object_ref (self);
  unlock->password = g_strdup (password);
  unlock->locks = g_atomic_int_get (&self->locks);
  kith_db_thread_run_async (self->worker, G_PRIORITY_DEFAULT, unlock_job, unlock, unlock_free, cancellable, unlocked_cb,
                            g_task_new (self, cancellable, callback, user_data));
}
