/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-bench-server.h"

#include "kith-hub-server.h"
#include "kith-protocol.h"

struct _BenchServer
{
  KithHubServer *server;
  char *url;
};

BenchServer *
bench_server_new (BenchNet *net, GError **error)
{
  const KithHubServerOptions options = { 0 };
  g_autoptr (BenchServer) self = g_new0 (BenchServer, 1);
  KithDbThread *thread = kith_db_thread_new ("bench-hub");

  self->server = kith_hub_server_new (thread, g_steal_pointer (&net->hub), &options);
  if (!kith_hub_server_listen (self->server, "127.0.0.1:0", error))
    return NULL;
  self->url = kith_hub_server_get_url (self->server);
  return g_steal_pointer (&self);
}

void
bench_server_free (BenchServer *self)
{
  if (self == NULL)
    return;
  kith_hub_server_stop (self->server);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_object (&self->server);
  g_free (self->url);
  g_free (self);
}

const char *
bench_server_get_url (BenchServer *self)
{
  return self->url;
}

typedef struct
{
  GThreadFunc func;
  gpointer data;
  gboolean done; /* in the server's thread */
} Run;

static gboolean
done_cb (gpointer data)
{
  ((Run *) data)->done = TRUE;
  return G_SOURCE_REMOVE;
}

static gpointer
run_thread (gpointer data)
{
  Run *run = data;
  gpointer result = run->func (run->data);

  g_main_context_invoke_full (NULL, G_PRIORITY_DEFAULT, done_cb, run, NULL);
  return result;
}

gboolean
bench_server_run (BenchServer *self, GThreadFunc func, gpointer data)
{
  Run run = { func, data, FALSE };
  GThread *thread = g_thread_new ("bench-client", run_thread, &run);

  while (!run.done)
    g_main_context_iteration (NULL, TRUE);
  return g_thread_join (thread) != NULL;
}

double
bench_round_trip (SoupSession *session, const char *url, const char *path, const char *token, GBytes *body)
{
  g_autofree char *uri = g_strconcat (url, path, NULL);
  g_autoptr (SoupMessage) message = soup_message_new (body != NULL ? "POST" : "GET", uri);
  g_autoptr (GBytes) answer = NULL;
  gint64 begun;

  if (token != NULL)
    {
      g_autofree char *bearer = g_strconcat ("Bearer ", token, NULL);
      soup_message_headers_append (soup_message_get_request_headers (message), "Authorization", bearer);
    }
  if (body != NULL)
    soup_message_set_request_body_from_bytes (message, KITH_TYPE_JSON_TEXT, body);
  begun = g_get_monotonic_time ();
  answer = soup_session_send_and_read (session, message, NULL, NULL);
  return answer != NULL && soup_message_get_status (message) == 200 ? bench_seconds (begun) * 1000 : -1;
}
