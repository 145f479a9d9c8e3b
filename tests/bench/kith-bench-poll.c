/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-bench-server.h"

#include "kith-json.h"
#include "kith-protocol.h"

/* A desk that has everything asks whether there is more. Beside it the same server answers what is always the same. */

#define CLIENTS 2000
#define POLLS 1000

typedef struct
{
  const char *url, *token;
  GBytes *body;
  guint polls;
  BenchResult *result;
} Poll;

static gpointer
poll_thread (gpointer data)
{
  Poll *poll = data;
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (SoupSession) session = NULL;
  gboolean ok = TRUE;

  g_main_context_push_thread_default (context);
  session = soup_session_new ();
  for (guint i = 0; ok && i < poll->polls + 20; i++)
    {
      double constant = bench_round_trip (session, poll->url, KITH_PATH_HELLO, NULL, NULL);
      double nothing = bench_round_trip (session, poll->url, KITH_PATH_PULL, poll->token, poll->body);

      ok = constant >= 0 && nothing >= 0;
      if (!ok || i < 20) /* connections are made, caches filled */
        continue;
      bench_add (poll->result->limits, constant);
      bench_add (poll->result->values, nothing);
    }
  g_clear_object (&session);
  g_main_context_pop_thread_default (context);
  return ok ? poll : NULL;
}

gboolean
bench_poll (const BenchOptions *options, GError **error)
{
  guint clients = options->clients > 0 ? options->clients : CLIENTS;
  g_autoptr (BenchNet) net = bench_net_new (options, NULL, clients, error);
  g_autoptr (BenchDesk) desk = net != NULL ? bench_desk_new (net, "ann", NULL, error) : NULL;
  g_autoptr (GBytes) body = NULL;
  g_autoptr (BenchServer) server = NULL;
  BenchResult result;
  Poll poll;

  if (desk == NULL || !bench_desk_pull (desk, NULL, error))
    return FALSE;
  body = kith_store_next_pull (desk->store, KITH_LIMIT_PAGE_ROWS, error);
  server = body != NULL ? bench_server_new (net, error) : NULL;
  if (server == NULL)
    return FALSE;

  bench_result_init (&result, "poll", "ms", "within 2 ms");
  poll = (Poll) { bench_server_get_url (server), desk->token, body, options->runs > 0 ? options->runs : POLLS, &result };
  if (!bench_server_run (server, poll_thread, &poll))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "the hub did not answer");
      return FALSE;
    }
  result.more = kith_json_new ("clients", "i", (gint64) clients, NULL);
  bench_report (options, &result);
  return TRUE;
}
