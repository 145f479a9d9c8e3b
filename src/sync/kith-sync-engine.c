/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The cycle of sync.md 2.11: push until empty, pull until nothing is left, wait. A failure of one does not stop the
 * others. What came back is dealt with in kith-sync-answers.c. */

#include "kith-store-lease.h"
#include "kith-sync-engine-private.h"


#include <string.h>

#define TIMEOUT_S 60
#define WAIT_S 55
#define WIPE_SHORT_MS ((gint64) 2 * 1000)      /* quiet for so long before the file is rewritten after a forget */
#define WIPE_LONG_MS ((gint64) 2 * 60 * 1000)  /* the same, where that takes seconds */
#define VERIFY_AGAIN_MS ((gint64) 10 * 60 * 1000) /* not more often, while nothing could be said */

/**
 * kith_sync_engine_new:
 * @store: kept, as is @clock
 * @random: (transfer none): must outlive the engine
 *
 * Returns: (transfer full): an engine without a token, whose first wish is a pull; of the store's thread
 */
KithSyncEngine *
kith_sync_engine_new (KithStore *store, KithClock *clock, KithRandom *random)
{
  KithSyncEngine *self = g_new0 (KithSyncEngine, 1);

  self->store = g_object_ref (store);
  self->clock = g_object_ref (clock);
  self->random = random;
  self->state = KITH_SYNC_WORKING;
  self->want_pull = TRUE;
  self->page_rows = KITH_LIMIT_PAGE_ROWS;
  self->push_ops = KITH_LIMIT_PUSH_OPS;
  self->verify_asked_ms = kith_sync_engine_now (self) - VERIFY_AGAIN_MS;
  self->busy_ms = kith_sync_engine_now (self);
  return self;
}

/**
 * kith_sync_engine_free:
 * @self: (transfer full): those who wait for an online operation are told before it goes
 */
void
kith_sync_engine_free (KithSyncEngine *self)
{
  kith_sync_online_clear (self);
  g_clear_object (&self->store);
  g_clear_object (&self->clock);
  g_free (self->token);
  g_free (self->sign_in_reason);
  g_free (self->told);
  g_free (self->new_device);
  g_free (self->last_cursor);
  g_free (self->file);
  g_free (self);
}

/**
 * kith_sync_request_free:
 * @request: (transfer full): not NULL
 */
void
kith_sync_request_free (KithSyncRequest *request)
{
  g_free (request->method);
  g_free (request->path);
  g_free (request->token);
  g_free (request->range);
  g_clear_pointer (&request->body, g_bytes_unref);
  g_free (request);
}

/* Returns: ms since boot, the only time the engine counts in: a wall clock may jump */
gint64
kith_sync_engine_now (KithSyncEngine *self)
{
  return kith_clock_mono_ms (self->clock);
}

/* --- state ------------------------------------------------------------------------------------------------------ */

/* Returns: what the windows show; it changes only in calls of the engine, never by itself */
KithSyncState
kith_sync_engine_get_state (KithSyncEngine *self)
{
  return self->state;
}

const char *
kith_sync_engine_get_sign_in_reason (KithSyncEngine *self)
{
  return self->sign_in_reason;
}

void
kith_sync_engine_set_token (KithSyncEngine *self, const char *token)
{
  char *copy = g_strdup (token);

  g_free (self->token);
  self->token = copy;
  g_clear_pointer (&self->sign_in_reason, g_free);
  if (token == NULL)
    return;
  if (self->state == KITH_SYNC_SIGN_IN)
    self->state = KITH_SYNC_WORKING;
  self->token_proven = TRUE;
  kith_retry_reset (&self->tokens);
  kith_sync_engine_nudge (self);
}

/* The token is gone; the refresh token in the store is not, so the next request asks for another. */
void
kith_sync_engine_drop_token (KithSyncEngine *self)
{
  g_clear_pointer (&self->token, g_free);
}

/**
 * kith_sync_engine_set_sign_in:
 * @reason: (nullable): the hub's error code ("deactivated"), copied
 *
 * Ends pushing and pulling until kith_sync_engine_set_token(). The long poll is given up, online operations that wait are refused.
 */
void
kith_sync_engine_set_sign_in (KithSyncEngine *self, const char *reason)
{
  char *copy = g_strdup (reason);

  kith_sync_engine_drop_token (self);
  g_free (self->sign_in_reason);
  self->sign_in_reason = copy;
  self->state = KITH_SYNC_SIGN_IN;
  self->waiting = 0;
  kith_sync_online_no_token (self);
}

/**
 * kith_sync_engine_nudge:
 *
 * Something was queued, or the network came back: what waits for its turn to try again tries now, unless the hub asked
 * for patience (Retry-After).
 */
void
kith_sync_engine_nudge (KithSyncEngine *self)
{
  self->busy_ms = kith_sync_engine_now (self);
  kith_retry_nudge (&self->push);
  kith_retry_nudge (&self->pull);
  kith_retry_nudge (&self->wait);
  kith_retry_nudge (&self->tokens);
  kith_retry_nudge (&self->lane);
  kith_retry_nudge (&self->files);
  if (self->state == KITH_SYNC_OFFLINE)
    self->want_pull = TRUE;
}

/* Compares the sums at the next quiet moment. */
void
kith_sync_engine_verify_soon (KithSyncEngine *self)
{
  self->want_verify = TRUE;
}

gboolean
kith_sync_engine_is_quiet (KithSyncEngine *self)
{
  return self->current == 0 && self->pulled && !self->want_pull && !self->want_verify && g_queue_is_empty (&self->online_ops) &&
         !kith_store_has_unsent (self->store, NULL) && !kith_store_has_transfers (self->store);
}

/* --- what to send ----------------------------------------------------------------------------------------------- */

/**
 * kith_sync_engine_make_request:
 * @path: with its query
 * @body: (nullable) (transfer full): the bytes to send
 *
 * Marks it as under way: one of the cycle, or the long poll. A request for a token carries none.
 *
 * Returns: (transfer full): the request, with a serial by which its answer is known
 */
KithSyncRequest *
kith_sync_engine_make_request (KithSyncEngine *self, KithSyncRequestType type, const char *method, const char *path, GBytes *body, guint timeout_s)
{
  KithSyncRequest *request = g_new0 (KithSyncRequest, 1);

  request->type = type;
  request->serial = ++self->last_serial;
  request->method = g_strdup (method);
  request->path = g_strdup (path);
  request->token = type == KITH_SYNC_TOKEN ? NULL : g_strdup (self->token);
  request->body = body;
  request->timeout_s = timeout_s;
  if (type == KITH_SYNC_WAIT)
    self->waiting = request->serial;
  else
    {
      self->current = request->serial;
      self->current_type = type;
      if (self->state == KITH_SYNC_IDLE)
        self->state = KITH_SYNC_WORKING;
    }
  return request;
}

static KithSyncRequest *
push_request (KithSyncEngine *self)
{
  g_autoptr (GError) error = NULL;
  GBytes *body;

  body = kith_store_next_push (self->store, self->push_ops, KITH_LIMIT_PUSH, &self->pushed_ops, &error);
  if (error != NULL)
    {
      g_warning ("push: %s", error->message);
      kith_retry_fail (&self->push, kith_sync_engine_now (self), self->random);
      return NULL;
    }
  if (body == NULL)
    return NULL;
  return kith_sync_engine_make_request (self, KITH_SYNC_PUSH, "POST", KITH_PATH_PUSH, body, TIMEOUT_S);
}

static KithSyncRequest *
pull_request (KithSyncEngine *self)
{
  g_autoptr (GError) error = NULL;
  GBytes *body = kith_store_next_pull (self->store, self->page_rows, &error);

  if (body == NULL)
    {
      g_warning ("pull: %s", error->message);
      kith_retry_fail (&self->pull, kith_sync_engine_now (self), self->random);
      return NULL;
    }
  g_free (self->last_cursor);
  self->last_cursor = g_strdup (kith_store_get_cursor (self->store));
  return kith_sync_engine_make_request (self, KITH_SYNC_PULL, "POST", KITH_PATH_PULL, body, TIMEOUT_S);
}

static KithSyncRequest *
verify_request (KithSyncEngine *self)
{
  GBytes *body = kith_store_next_verify (self->store, NULL);

  self->want_verify = FALSE;
  self->verify_asked_ms = kith_sync_engine_now (self);
  kith_store_tidy (self->store, NULL);
  return body != NULL ? kith_sync_engine_make_request (self, KITH_SYNC_VERIFY, "POST", KITH_PATH_VERIFY, body, TIMEOUT_S) : NULL;
}

static KithSyncRequest *
wait_request (KithSyncEngine *self)
{
  g_autofree char *path = g_strdup_printf (KITH_PATH_WAIT "?c=%s&t=%d&s=%" G_GINT64_FORMAT, kith_store_get_cursor (self->store), WAIT_S,
                                           kith_store_get_hub_schema (self->store));

  return kith_sync_engine_make_request (self, KITH_SYNC_WAIT, "GET", path, NULL, WAIT_S + 15);
}

/* --- when ------------------------------------------------------------------------------------------------------- */

typedef struct
{
  KithSyncEngine *engine;
  gint64 now, wake; /* wake -1: only a nudge */
} Schedule;

static void
not_before (Schedule *self, gint64 at)
{
  if (self->wake < 0 || at < self->wake)
    self->wake = at;
}

static gboolean
due (Schedule *self, const KithRetry *retry)
{
  if (kith_retry_due (retry, self->now))
    return TRUE;
  not_before (self, retry->at_ms);
  return FALSE;
}

static KithSyncRequest *
next_push (Schedule *s)
{
  KithSyncEngine *self = s->engine;
  gint64 hold;

  if (self->epoch_open || !kith_store_has_unsent (self->store, &hold))
    return NULL;
  if (hold > 0)
    {
      not_before (s, s->now + hold);
      return NULL;
    }
  return due (s, &self->push) ? push_request (self) : NULL;
}

static KithSyncRequest *
next_of_cycle (Schedule *s)
{
  KithSyncEngine *self = s->engine;
  KithSyncRequest *request;

  if (!g_queue_is_empty (&self->online_ops) && due (s, &self->online))
    return kith_sync_online_request (self);
  if (kith_store_get_device (self->store) == NULL || self->wrong_lane)
    return due (s, &self->lane) ? kith_sync_lane_request (self) : NULL;
  request = next_push (s);
  if (request == NULL && self->state != KITH_SYNC_OFFLINE && due (s, &self->files))
    request = kith_sync_files_fetch (self); /* a person waits for it */
  if (request != NULL)
    return request;
  if (self->want_pull)
    {
      request = due (s, &self->pull) ? pull_request (self) : NULL;
      /* Who is told nothing any more, being too old, brings what is here all the same. */
      return request == NULL && self->told != NULL && due (s, &self->files) ? kith_sync_files_send (self) : request;
    }
  if (s->now - self->verify_asked_ms >= VERIFY_AGAIN_MS && kith_store_check_due (self->store))
    self->want_verify = TRUE;
  if (self->want_verify && !kith_store_has_unsent (self->store, NULL) && due (s, &self->verify))
    return verify_request (self);
  return due (s, &self->files) ? kith_sync_files_send (self) : NULL;
}

static KithSyncRequest *
next_wait (Schedule *s)
{
  KithSyncEngine *self = s->engine;

  if (self->waiting != 0 || self->want_pull || !self->pulled || kith_store_get_device (self->store) == NULL)
    return NULL;
  return due (s, &self->wait) ? wait_request (self) : NULL;
}

/* Scopes whose time is over are hidden when it is over, with or without the hub. */
static void
hide_ended (Schedule *s)
{
  gint64 end = kith_store_next_end_ms (s->engine->store);
  gint64 wall;

  if (end == G_MAXINT64)
    return;
  kith_store_hide_ended (s->engine->store, NULL);
  end = kith_store_next_end_ms (s->engine->store);
  wall = kith_clock_wall_ms (s->engine->clock);
  if (end != G_MAXINT64)
    not_before (s, s->now + CLAMP (end - wall, 1000, 60 * 60 * 1000));
}

/* What was forgotten leaves the last page of the file in the first quiet moment, with or without the hub (I6). */
static void
wipe (Schedule *s)
{
  KithSyncEngine *self = s->engine;
  KithWipe due_now = kith_store_get_wipe (self->store);
  gint64 at = self->busy_ms + (due_now == KITH_WIPE_SHORT ? WIPE_SHORT_MS : WIPE_LONG_MS);
  g_autoptr (GError) error = NULL;

  if (due_now == KITH_WIPE_NONE || !due (s, &self->wipe))
    return;
  if (s->now < at)
    not_before (s, at);
  else if (kith_store_wipe (self->store, &error))
    kith_retry_reset (&self->wipe);
  else
    {
      g_warning ("rewriting the store after a forget: %s", error->message);
      kith_retry_fail (&self->wipe, s->now, self->random);
      not_before (s, self->wipe.at_ms);
    }
}

/**
 * kith_sync_engine_next:
 * @wake_ms: (out): when to ask again, monotonic; -1: not before a nudge or an answer
 *
 * Returns: (transfer full) (nullable): what to send now
 */
KithSyncRequest *
kith_sync_engine_next (KithSyncEngine *self, gint64 *wake_ms)
{
  Schedule schedule = { .engine = self, .now = kith_sync_engine_now (self), .wake = -1 };
  KithSyncRequest *request = NULL;

  hide_ended (&schedule);
  kith_store_keep_time (self->store, NULL);
  if (self->state != KITH_SYNC_SIGN_IN && self->current == 0)
    {
      if (self->token == NULL)
        {
          request = due (&schedule, &self->tokens) ? kith_sync_token_request (self) : NULL;
          if (request == NULL)
            wipe (&schedule);
          *wake_ms = schedule.wake;
          return request;
        }
      request = next_of_cycle (&schedule);
    }
  if (request == NULL && self->token != NULL && self->state != KITH_SYNC_SIGN_IN)
    request = next_wait (&schedule);
  if (self->current == 0 && self->state == KITH_SYNC_WORKING && !self->want_pull && self->pulled &&
      !kith_store_has_unsent (self->store, NULL))
    self->state = KITH_SYNC_IDLE;
  if (request == NULL && self->current == 0)
    wipe (&schedule);
  *wake_ms = schedule.wake;
  return request;
}

/* --- what came back --------------------------------------------------------------------------------------------- */

/* TRUE: one of ours, which is no longer out. */
static gboolean
take_serial (KithSyncEngine *self, guint64 serial, KithSyncRequestType *type)
{
  if (serial == 0)
    return FALSE;
  if (serial == self->current)
    {
      *type = self->current_type;
      self->current = 0;
      return TRUE;
    }
  if (serial == self->waiting)
    {
      *type = KITH_SYNC_WAIT;
      self->waiting = 0;
      return TRUE;
    }
  return FALSE;
}

void
kith_sync_engine_answer (KithSyncEngine *self, guint64 serial, guint status, const char *content_type, GBytes *body, guint retry_after)
{
  KithSyncRequestType type;

  if (!take_serial (self, serial, &type))
    return;
  if (type != KITH_SYNC_WAIT)
    self->busy_ms = kith_sync_engine_now (self);
  kith_sync_engine_take_answer (self, type, status, content_type, body, retry_after);
}

void
kith_sync_engine_fail (KithSyncEngine *self, guint64 serial)
{
  KithSyncRequestType type;

  if (!take_serial (self, serial, &type))
    return;
  if (type == KITH_SYNC_PULL)
    self->page_rows = MAX (self->page_rows / 2, KITH_LIMIT_PAGE_ROWS_LEAST);
  kith_sync_engine_went_wrong (self, type, 0, TRUE);
}
