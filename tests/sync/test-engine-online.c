/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine-fixture.h"

/* Operations and questions that wait for the hub: sent beside what the engine does by itself, answered, given up. */

typedef struct
{
  guint calls;
  JsonObject *outcome;
  GError *error;
} Done;

static void
done_cb (JsonObject *outcome, const GError *error, gpointer user_data)
{
  Done *done = user_data;

  done->calls++;
  done->outcome = outcome != NULL ? json_object_ref (outcome) : NULL;
  done->error = error != NULL ? g_error_copy (error) : NULL;
}

static void
test_online (Fixture *f, gconstpointer data)
{
  g_autoptr (JsonObject) args = json_object_new ();
  Done done = { 0 };

  kith_sync_engine_submit_online (f->engine, "agency.configure", args, done_cb, &done);
  fail_next (f, KITH_SYNC_ONLINE_OP); /* the answer is lost: asked for again under the same id */
  kith_manual_clock_advance (f->clock, 5000);
  reply (f, KITH_SYNC_ONLINE_OP, 200, JSON, "{'id':'x','st':'applied','q':3}", 0);
  g_assert_cmpuint (done.calls, ==, 1);
  g_assert_no_error (done.error);
  g_assert_cmpstr (kith_json_string (done.outcome, "st"), ==, "applied");
  json_object_unref (done.outcome);
}

static void
test_online_gives_up (Fixture *f, gconstpointer data)
{
  g_autoptr (JsonObject) args = json_object_new ();
  Done done = { 0 };

  kith_sync_engine_submit_online (f->engine, "agency.configure", args, done_cb, &done);
  for (guint i = 0; i < 3; i++)
    {
      fail_next (f, KITH_SYNC_ONLINE_OP);
      kith_manual_clock_advance (f->clock, KITH_RETRY_MOST_MS);
    }
  g_assert_cmpuint (done.calls, ==, 1);
  g_assert_error (done.error, G_IO_ERROR, G_IO_ERROR_NOT_CONNECTED);
  g_error_free (done.error);
}

/* An online operation is never kept for later: who asks for it while no token is to be had is told so, and it does not
 * happen an hour after (sync.md 2.4). */
static void
test_online_without_token (Fixture *f, gconstpointer data)
{
  g_autoptr (JsonObject) args = json_object_new ();
  Done done = { 0 };

  kith_store_set_refresh (f->store, "refresh-1", NULL);
  kith_sync_engine_set_token (f->engine, NULL);
  kith_sync_engine_submit_online (f->engine, "agency.configure", args, done_cb, &done);
  for (guint i = 0; i < 3; i++)
    {
      fail_next (f, KITH_SYNC_TOKEN);
      kith_manual_clock_advance (f->clock, KITH_RETRY_MOST_MS);
    }
  g_assert_cmpuint (done.calls, ==, 1);
  g_assert_error (done.error, G_IO_ERROR, G_IO_ERROR_NOT_CONNECTED);
  g_clear_error (&done.error);
  reply (f, KITH_SYNC_TOKEN, 200, JSON, "{'token':'t2','refresh':'r2'}", 0);
  first_pull (f);
}

static void
test_online_signed_out (Fixture *f, gconstpointer data)
{
  g_autoptr (JsonObject) args = json_object_new ();
  Done before = { 0 }, after = { 0 };

  kith_store_set_refresh (f->store, "refresh-1", NULL);
  kith_sync_engine_submit_online (f->engine, "agency.configure", args, done_cb, &before);
  reply (f, KITH_SYNC_ONLINE_OP, 401, JSON, "{'error':'sign_in','message':'Sign in.'}", 0);
  reply (f, KITH_SYNC_TOKEN, 401, JSON, "{'error':'bad_sign_in','message':'Sign in.'}", 0);
  assert_state (f, KITH_SYNC_SIGN_IN);
  g_assert_cmpuint (before.calls, ==, 1);
  g_assert_error (before.error, G_IO_ERROR, G_IO_ERROR_NOT_CONNECTED);
  g_clear_error (&before.error);

  kith_sync_engine_submit_online (f->engine, "agency.configure", args, done_cb, &after);
  g_assert_cmpuint (after.calls, ==, 1);
  g_assert_error (after.error, G_IO_ERROR, G_IO_ERROR_NOT_CONNECTED);
  g_clear_error (&after.error);
  kith_sync_engine_set_token (f->engine, "token-3");
  first_pull (f);
}

/* A question is for somebody who looks on: tried once, and those behind it have their own tries (design.md 2.4, network look-up). */
static void
test_question (Fixture *f, gconstpointer data)
{
  g_autoptr (JsonObject) body = kith_json_new ("name", "s", "Ana Ruiz", NULL), args = json_object_new ();
  Done question = { 0 }, op = { 0 };

  first_pull (f);
  kith_sync_engine_ask (f->engine, KITH_PATH_SEARCH, body, done_cb, &question);
  kith_sync_engine_submit_online (f->engine, "agency.configure", args, done_cb, &op);
  fail_next (f, KITH_SYNC_ONLINE_OP);
  g_assert_cmpuint (question.calls, ==, 1);
  g_assert_error (question.error, G_IO_ERROR, G_IO_ERROR_NOT_CONNECTED);
  g_assert_cmpuint (op.calls, ==, 0);
  kith_manual_clock_advance (f->clock, KITH_RETRY_MOST_MS);
  reply (f, KITH_SYNC_ONLINE_OP, 200, JSON, "{'id':'x','st':'applied','q':3}", 0);
  g_assert_cmpuint (op.calls, ==, 1);
  json_object_unref (op.outcome);
  g_clear_error (&question.error);

  question = (Done) { 0 };
  kith_sync_engine_ask (f->engine, KITH_PATH_SEARCH, body, done_cb, &question);
  reply (f, KITH_SYNC_ONLINE_OP, 429, JSON, "{'error':'slow_down','message':'That were many searches in a minute.'}", 60);
  g_assert_cmpstr (question.error->message, ==, "That were many searches in a minute.");
  g_clear_error (&question.error);
  question = (Done) { 0 };
  kith_sync_engine_ask (f->engine, KITH_PATH_SEARCH, body, done_cb, &question);
  reply (f, KITH_SYNC_ONLINE_OP, 200, JSON, "{'hits':[],'more':false}", 0);
  g_assert_nonnull (kith_json_array (question.outcome, "hits"));
  json_object_unref (question.outcome);
}

/* Given up before it is sent: it is never sent, so nobody is on record as shown. Given up while it is out: the answer is dropped. */
static void
test_question_forgotten (Fixture *f, gconstpointer data)
{
  g_autoptr (JsonObject) body = kith_json_new ("name", "s", "Ana Ruiz", NULL);
  g_autoptr (KithSyncRequest) request = NULL;
  g_autoptr (GBytes) answer = g_bytes_new_static ("{\"hits\":[]}", 11);
  Done first = { 0 }, second = { 0 };
  gint64 wake;

  first_pull (f);
  kith_sync_engine_ask (f->engine, KITH_PATH_SEARCH, body, done_cb, &first);
  kith_sync_engine_forget (f->engine, &first);
  g_assert_cmpuint (first.calls, ==, 1);
  g_assert_error (first.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&first.error);
  while ((request = kith_sync_engine_next (f->engine, &wake)) != NULL)
    {
      g_assert_cmpint (request->type, !=, KITH_SYNC_ONLINE_OP);
      kith_sync_engine_fail (f->engine, request->serial);
      g_clear_pointer (&request, kith_sync_request_free);
    }

  kith_sync_engine_ask (f->engine, KITH_PATH_SEARCH, body, done_cb, &second);
  request = kith_sync_engine_next (f->engine, &wake);
  g_assert_cmpint (request->type, ==, KITH_SYNC_ONLINE_OP);
  kith_sync_engine_forget (f->engine, &second);
  g_assert_error (second.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&second.error);
  kith_sync_engine_answer (f->engine, request->serial, 200, JSON, answer, 0);
  g_assert_cmpuint (second.calls, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/sync/engine-online/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("online", test_online);
  ADD ("online-gives-up", test_online_gives_up);
  ADD ("online-without-token", test_online_without_token);
  ADD ("online-signed-out", test_online_signed_out);
  ADD ("question", test_question);
  ADD ("question-forgotten", test_question_forgotten);
  return g_test_run ();
}
