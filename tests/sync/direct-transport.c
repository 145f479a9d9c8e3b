/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "direct-transport.h"

#include "kith-protocol.h"

#include <string.h>

#define DIRECT_TYPE_TRANSPORT (direct_transport_get_type ())
G_DECLARE_FINAL_TYPE (DirectTransport, direct_transport, DIRECT, TRANSPORT, KithTransport)

struct _DirectTransport
{
  KithTransport parent_instance;
  DirectHub *direct;
};

G_DEFINE_FINAL_TYPE (DirectTransport, direct_transport, KITH_TYPE_TRANSPORT)

typedef struct
{
  char *method, *path, *query, *token, *range;
  GBytes *body;
} Held;

static void
held_free (gpointer data)
{
  Held *self = data;

  g_free (self->method);
  g_free (self->path);
  g_free (self->query);
  g_free (self->token);
  g_free (self->range);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self);
}

static void
answer_free (gpointer data)
{
  kith_transport_answer_clear (data);
  g_free (data);
}

static void
answer_ill (DirectHub *direct, KithHubAnswer *answer)
{
  const char *says = g_atomic_pointer_get (&direct->says);
  const char *text = says != NULL ? says : "{\"error\":\"failed\",\"message\":\"The hub’s disk is full.\"}";

  answer->status = (guint) g_atomic_int_get (&direct->ill);
  answer->content_type = KITH_TYPE_JSON_TEXT;
  answer->body = g_bytes_new_static (text, strlen (text));
}

/* Whether this is the one that is counted down to. */
static gboolean
is_due (gint *count, const char *path)
{
  return g_str_has_suffix (path, "/sign-in") && g_atomic_int_get (count) > 0 && g_atomic_int_dec_and_test (count);
}

/* As a hub of another schema tells it. */
static void
tell_schema (DirectHub *direct, KithHubAnswer *answer)
{
  g_autofree char *other = g_strdup_printf ("\"schema\":%d", g_atomic_int_get (&direct->schema));
  GString *text;

  if (g_atomic_int_get (&direct->schema) == 0 || answer->body == NULL)
    return;
  text = g_string_new_len (g_bytes_get_data (answer->body, NULL), (gssize) g_bytes_get_size (answer->body));
  g_string_replace (text, "\"schema\":" G_STRINGIFY (KITH_PROTOCOL_SCHEMA), other, 1);
  g_bytes_unref (answer->body);
  answer->body = g_string_free_to_bytes (text);
}

static GRecMutex *
lock_of (DirectHub *direct)
{
  return direct->beside != NULL ? &direct->beside->mutex : &direct->mutex;
}

static void
hear (DirectHub *direct, const Held *held)
{
  g_rec_mutex_lock (lock_of (direct));
  if (direct->heard != NULL)
    {
      g_string_append_printf (direct->heard, "%s %s?%s %s %s\n", held->method, held->path,
                              held->query != NULL ? held->query : "", held->token != NULL ? held->token : "", held->range != NULL ? held->range : "");
      if (held->body != NULL)
        g_string_append_len (direct->heard, g_bytes_get_data (held->body, NULL), (gssize) g_bytes_get_size (held->body));
    }
  g_rec_mutex_unlock (lock_of (direct));
}

/* Asks the hub; a long poll without news is asked again after a moment, until the caller gives it up. */
static gboolean
ask_cb (gpointer data)
{
  GTask *task = data;
  DirectTransport *self = g_task_get_source_object (task);
  Held *held = g_task_get_task_data (task);
  KithHubRequest request = { .method = held->method, .path = held->path, .query = held->query, .token = held->token, .body = held->body,
                             .range = held->range };
  g_auto (KithHubAnswer) answer = { 0 };
  KithTransportAnswer *copy;

  if (g_task_return_error_if_cancelled (task))
    return G_SOURCE_REMOVE;
  if (g_atomic_int_get (&self->direct->cut))
    {
      g_atomic_int_inc (&self->direct->asked);
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NETWORK_UNREACHABLE, "cut");
      return G_SOURCE_REMOVE;
    }
  if (g_atomic_int_get (&self->direct->deaf) && g_str_has_suffix (held->path, "/wait"))
    return G_SOURCE_CONTINUE;
  if (g_atomic_int_get (&self->direct->ill) != 0)
    answer_ill (self->direct, &answer);
  else
    {
      g_rec_mutex_lock (lock_of (self->direct));
      kith_hub_handle (self->direct->hub, &request, &answer);
      tell_schema (self->direct, &answer);
      g_rec_mutex_unlock (lock_of (self->direct));
    }
  if (answer.wait)
    return G_SOURCE_CONTINUE;
  if (is_due (&self->direct->lost, held->path))
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NETWORK_UNREACHABLE, "lost");
      return G_SOURCE_REMOVE;
    }

  copy = g_new0 (KithTransportAnswer, 1);
  copy->status = answer.status;
  copy->content_type = g_strdup (answer.content_type);
  copy->body = is_due (&self->direct->garbled, held->path) ? g_bytes_new_static ("{}", 2) : answer.body != NULL ? g_bytes_ref (answer.body) : g_bytes_new_static ("", 0);
  copy->retry_after = answer.retry_after;
  g_atomic_int_inc (&self->direct->asked);
  g_task_return_pointer (task, copy, answer_free);
  return G_SOURCE_REMOVE;
}

static GBytes *
without_next (GBytes *body)
{
  g_autoptr (GString) text = g_string_new_len (g_bytes_get_data (body, NULL), (gssize) g_bytes_get_size (body));

  g_string_replace (text, "\"next_auth\":", "\"not_known\":", 0);
  return g_bytes_new (text->str, text->len);
}

static void
direct_transport_send_async (KithTransport *transport, const KithSyncRequest *request, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (transport, cancellable, callback, user_data);
  g_auto (GStrv) parts = g_strsplit (request->path, "?", 2);
  Held *held = g_new0 (Held, 1);
  g_autoptr (GSource) source = g_timeout_source_new (1);

  held->method = g_strdup (request->method);
  held->path = g_strdup (parts[0]);
  held->query = g_strdup (parts[1]);
  held->token = g_strdup (request->token);
  held->range = g_strdup (request->range);
  held->body = request->body == NULL ? NULL : g_atomic_int_get (&DIRECT_TRANSPORT (transport)->direct->older) ? without_next (request->body) : g_bytes_ref (request->body);
  hear (DIRECT_TRANSPORT (transport)->direct, held);
  g_task_set_task_data (task, held, held_free);
  g_source_set_callback (source, ask_cb, task, g_object_unref);
  g_source_attach (source, g_main_context_get_thread_default ());
}

static gboolean
direct_transport_send_finish (KithTransport *transport, GAsyncResult *result, KithTransportAnswer *answer, GError **error)
{
  KithTransportAnswer *given = g_task_propagate_pointer (G_TASK (result), error);

  if (given == NULL)
    return FALSE;
  *answer = *given;
  g_free (given);
  return TRUE;
}

static void
direct_transport_class_init (DirectTransportClass *klass)
{
  KITH_TRANSPORT_CLASS (klass)->send_async = direct_transport_send_async;
  KITH_TRANSPORT_CLASS (klass)->send_finish = direct_transport_send_finish;
}

static void
direct_transport_init (DirectTransport *self)
{
}

KithTransport *
direct_transport_factory (const char *hub_url, gpointer direct_hub, GError **error)
{
  DirectTransport *self = g_object_new (DIRECT_TYPE_TRANSPORT, NULL);

  self->direct = direct_hub;
  return KITH_TRANSPORT (self);
}
