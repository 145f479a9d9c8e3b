/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A hub that moved to another address. What is kept of it here stays in the folder it was first known by; a small file says which address leads there. */

#include "kith-desktop-private.h"

#include "kith-protocol.h"

#include <glib/gi18n.h>
#include <string.h>

/* "moved": a line for each address that is not the first: the address now, a tab, the first one. */
static char *
moved_path (KithDesktop *self)
{
  return g_build_filename (self->data_dir, "moved", NULL);
}

char *
kith_desktop_first_address (KithDesktop *self, const char *hub)
{
  g_autofree char *path = moved_path (self);
  g_autofree char *text = NULL;
  g_autofree char *folded = kith_desktop_fold_address (hub);
  g_auto (GStrv) lines = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return g_steal_pointer (&folded);
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) pair = g_strsplit (lines[i], "\t", 2);
      g_autofree char *moved = g_strv_length (pair) == 2 ? kith_desktop_fold_address (pair[0]) : NULL;

      if (g_strcmp0 (moved, folded) == 0)
        return kith_desktop_fold_address (pair[1]);
    }
  return g_steal_pointer (&folded);
}

/* The address itself may come back: then it leads to its own folder again, without a line. */
static gboolean
note_moved (KithDesktop *self, const char *first, const char *hub, GError **error)
{
  g_autofree char *path = moved_path (self);
  g_autofree char *text = NULL;
  g_autoptr (GString) now = g_string_new (NULL);
  g_auto (GStrv) lines = NULL;

  if (g_file_get_contents (path, &text, NULL, NULL))
    lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines != NULL && lines[i] != NULL; i++)
    {
      g_auto (GStrv) pair = g_strsplit (lines[i], "\t", 2);

      if (g_strv_length (pair) == 2 && !g_str_equal (pair[0], hub))
        g_string_append_printf (now, "%s\n", lines[i]);
    }
  if (!g_str_equal (first, hub))
    g_string_append_printf (now, "%s\t%s\n", hub, first);
  return g_file_set_contents_full (path, now->str, now->len, G_FILE_SET_CONTENTS_CONSISTENT, 0600, error);
}

typedef struct
{
  GTask *task;
  int locks; /* of the desktop when it was asked for */
  char *hub, *from;
  KithTransport *transport;
} Move;

static void
move_free (Move *self)
{
  g_clear_object (&self->task);
  g_clear_object (&self->transport);
  g_free (self->hub);
  g_free (self->from);
  g_free (self);
}

static void
move_fail (Move *self, GError *error) /* transfer full */
{
  g_task_return_error (self->task, error);
  move_free (self);
}

/* People's ids are made once and for all: who answers with this one holds the same records. */
static gboolean
check_same_hub (KithSession *session, JsonObject *answer, GError **error)
{
  KithStore *store = kith_session_get_store (session);

  if (g_strcmp0 (kith_json_string (answer, "user"), kith_store_get_user (store)) == 0 && kith_store_get_user (store) != NULL)
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                       _("A Kith hub answers there, but it is not the one that keeps your records. Nothing was changed; ask who runs your hub for its address."));
  return FALSE;
}

static void
answered_cb (KithDesktop *desktop, JsonObject *answer, const GError *error, gpointer user_data)
{
  Move *self = user_data;
  KithSession *session = desktop->session;
  g_autofree char *first = NULL;
  GError *failure = NULL;

  if (error != NULL)
    {
      move_fail (self, g_error_copy (error));
      return;
    }
  if (session == NULL || g_atomic_int_get (&desktop->locks) != self->locks)
    {
      move_fail (self, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, _("Kith was locked meanwhile. Nothing is lost; unlock it again.")));
      return;
    }
  first = kith_desktop_first_address (desktop, self->from);
  if (!check_same_hub (session, answer, &failure) || !note_moved (desktop, first, self->hub, &failure) ||
      !kith_desktop_note_last (desktop, self->hub, kith_session_get_login (session), &failure))
    {
      move_fail (self, failure);
      return;
    }
  kith_session_move (session, self->hub, self->transport);
  if (!kith_session_take_sign_in (session, kith_store_get_device (kith_session_get_store (session)), answer, &failure))
    {
      move_fail (self, failure);
      return;
    }
  g_task_return_boolean (self->task, TRUE);
  move_free (self);
  kith_session_pump (session);
}

/* What a person types: without the scheme, or with a slash at its end. Yours */
static char *
tidy (const char *typed)
{
  g_autofree char *text = g_strstrip (g_strdup (typed));

  while (g_str_has_suffix (text, "/"))
    text[strlen (text) - 1] = '\0';
  return strstr (text, "://") != NULL ? g_steal_pointer (&text) : g_strconcat ("https://", text, NULL);
}

static gpointer
begin_move (gpointer data, GCancellable *cancellable, GError **error)
{
  Move *self = data;
  KithDesktop *desktop = g_task_get_source_object (self->task);
  KithSession *session = desktop->session;
  GError *failure = NULL;

  if (session == NULL || kith_store_get_device (kith_session_get_store (session)) == NULL)
    g_set_error_literal (&failure, G_IO_ERROR, G_IO_ERROR_CANCELLED, _("Kith was locked meanwhile. Nothing is lost; unlock it again."));
  else if (kith_session_get_auth (session) == NULL)
    g_set_error_literal (&failure, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED, _("Your password was changed elsewhere. Sign in with it first."));
  else if (!kith_desktop_last_place (desktop, &self->from, NULL))
    g_set_error_literal (&failure, G_IO_ERROR, G_IO_ERROR_FAILED, _("Nobody has signed in on this computer yet."));
  else
    self->transport = desktop->factory (self->hub, desktop->factory_data, &failure);
  if (self->transport == NULL)
    move_fail (self, failure);
  else
    kith_sign_in_send (desktop, self->transport, kith_session_get_login (session), kith_session_get_auth (session), NULL,
                       kith_store_get_device (kith_session_get_store (session)), NULL, answered_cb, self);
  return NULL;
}

void
kith_desktop_move_async (KithDesktop *self, const char *hub_url, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  Move *move = g_new0 (Move, 1);

  move->task = g_task_new (self, cancellable, callback, user_data);
  move->locks = g_atomic_int_get (&self->locks);
  move->hub = tidy (hub_url);
  kith_db_thread_run_async (self->worker, G_PRIORITY_DEFAULT, begin_move, move, NULL, NULL, NULL, NULL);
}

static gpointer
try_job (gpointer data, GCancellable *cancellable, GError **error)
{
  KithDesktop *desktop = data;

  if (desktop->session != NULL)
    {
      kith_sync_engine_nudge (kith_session_get_engine (desktop->session));
      kith_session_pump (desktop->session);
    }
  return NULL;
}

void
kith_desktop_try_now (KithDesktop *self)
{
  kith_db_thread_run_async (self->worker, G_PRIORITY_DEFAULT, try_job, g_object_ref (self), g_object_unref, NULL, NULL, NULL);
}
