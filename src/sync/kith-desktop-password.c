/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Another password, by its owner. */

#include "kith-desktop-private.h"

#include <glib/gi18n.h>
#include <string.h>

static void
wipe (char *text)
{
  if (text != NULL)
    explicit_bzero (text, strlen (text));
  g_free (text);
}

typedef struct
{
  char *former, *next;
} Change;

static void
change_free (Change *self)
{
  wipe (self->former);
  wipe (self->next);
  g_free (self);
}

static gpointer
begin_change (gpointer data, GCancellable *cancellable, GError **error)
{
  GTask *task = data;
  KithDesktop *desktop = g_task_get_source_object (task);
  Change *change = g_task_get_task_data (task);
  g_autofree char *hub = NULL, *login = NULL;

  if (desktop->session == NULL || !kith_desktop_has_store (desktop, &login, &hub))
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED, _("Unlock Kith first. Nothing was changed."));
      g_object_unref (task);
      return NULL;
    }
  kith_sign_in_again (desktop, task, g_atomic_int_get (&desktop->locks), hub, login, change->former, change->next);
  return NULL;
}

/**
 * kith_desktop_change_password_async:
 * @former: must open what is on this computer
 * @next: what the hub takes, and what opens this computer, from then on; every other computer of this person is asked for it
 *
 * Online. Until the hub has taken it nothing changes; where its answer is lost, asking again finishes it. kith_desktop_finish(): WRONG_PASSWORD (the
 * former one), NOT_CONNECTED, INVALID_ARGUMENT (the new one is too short).
 */
void
kith_desktop_change_password_async (KithDesktop *self, const char *former, const char *next, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);
  Change *change = g_new0 (Change, 1);
  g_autoptr (GError) error = NULL;

  change->former = g_strdup (former);
  change->next = g_strdup (next);
  g_task_set_task_data (task, change, (GDestroyNotify) change_free);
  if (kith_password_check_length (next, &error))
    {
      kith_db_thread_run_async (self->worker, G_PRIORITY_DEFAULT, begin_change, task, NULL, NULL, NULL, NULL);
      return;
    }
  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "%s", error->message);
  g_object_unref (task);
}
