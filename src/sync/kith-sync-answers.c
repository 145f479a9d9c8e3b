/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What an answer means. Only what is recognisably the hub's counts: anything else is "offline". */

#include "kith-store-lease.h"
#include "kith-sync-engine-private.h"
#include "kith-text.h"

#include <string.h>

#define STUCK_MOST 5

static KithRetry *
retry_of (KithSyncEngine *self, KithSyncRequestType type)
{
  switch (type)
    {
    case KITH_SYNC_PUSH:
      return &self->push;
    case KITH_SYNC_WAIT:
      return &self->wait;
    case KITH_SYNC_VERIFY:
      return &self->verify;
    case KITH_SYNC_TOKEN:
      return &self->tokens;
    case KITH_SYNC_LANE:
      return &self->lane;
    case KITH_SYNC_ONLINE_OP:
      return &self->online;
    case KITH_SYNC_FETCH:
    case KITH_SYNC_SEND_FILE:
      return &self->files;
    default:
      return &self->pull;
    }
}

void
kith_sync_engine_came_through (KithSyncEngine *self)
{
  if (self->state == KITH_SYNC_OFFLINE)
    self->state = KITH_SYNC_WORKING;
  self->token_proven = TRUE;
  kith_store_note_contact (self->store, 0, NULL);
}

/* The same, and it was an answer to a good token: the lease begins anew. */
void
kith_sync_engine_was_met (KithSyncEngine *self)
{
  kith_sync_engine_came_through (self);
  kith_store_note_met (self->store);
}

void
kith_sync_engine_went_wrong (KithSyncEngine *self, KithSyncRequestType type, guint retry_after, gboolean offline)
{
  KithRetry *retry = retry_of (self, type);

  if (retry_after > 0)
    kith_retry_hold (retry, kith_sync_engine_now (self), retry_after, self->random);
  else
    kith_retry_fail (retry, kith_sync_engine_now (self), self->random);
  if (type == KITH_SYNC_WAIT)
    {
      /* The long poll may only have met a proxy that does not hold it: a pull tells, at the same later time. */
      self->want_pull = TRUE;
      self->pull.at_ms = MAX (self->pull.at_ms, retry->at_ms);
      return;
    }
  if (type == KITH_SYNC_VERIFY)
    self->want_verify = TRUE;
  if (type == KITH_SYNC_ONLINE_OP)
    kith_sync_online_fail (self);
  if (type == KITH_SYNC_TOKEN)
    kith_sync_online_no_token (self);
  if (offline && self->state != KITH_SYNC_SIGN_IN)
    self->state = KITH_SYNC_OFFLINE;
}

/* --- errors the hub tells --------------------------------------------------------------------------------------- */

static KithClosed
read_closed (JsonObject *answer)
{
  const char *error = kith_json_string (answer, "error");

  return g_strcmp0 (error, KITH_ERROR_DEACTIVATED) == 0 ? KITH_CLOSED_ACCOUNT : g_strcmp0 (error, KITH_ERROR_REVOKED) == 0 ? KITH_CLOSED_COMPUTER : KITH_CLOSED_NOT;
}

/* Whether whoever answers lives that life, or has lived it. */
static gboolean
has_lived (JsonObject *answer, const char *life)
{
  return life != NULL && (g_strcmp0 (life, kith_json_string (answer, "epoch")) == 0 || kith_json_array_has (kith_json_array (answer, "former"), life));
}

/* Whatever answers at an address may say that an account is closed. What is here is taken away for it only where it is this one, at the hub that
 * told what is here. Put back to before the life that was met last, that hub knows nothing of it; the first of its lives it always knows. */
static gboolean
is_own (KithSyncEngine *self, JsonObject *answer)
{
  const char *user = kith_store_get_user (self->store);

  return user != NULL && g_strcmp0 (user, kith_json_string (answer, "user")) == 0 &&
         (has_lived (answer, kith_store_get_epoch (self->store)) || has_lived (answer, kith_store_get_origin (self->store)));
}

/**
 * kith_sync_engine_take_closed:
 * @answer: the hub's refusal
 *
 * The account is closed (C22), or this computer was revoked (I21): nothing the hub told stays here, and a page that is still on its way is not
 * taken.
 */
gboolean
kith_sync_engine_take_closed (KithSyncEngine *self, JsonObject *answer)
{
  KithClosed why = read_closed (answer);
  g_autoptr (GError) error = NULL;

  if (why == KITH_CLOSED_NOT || !is_own (self, answer))
    return FALSE;
  if (!kith_store_close_account (self->store, why, &error))
    g_warning ("taking away what may be read here no more: %s", error->message);
  self->current = 0;
  kith_sync_engine_set_sign_in (self, kith_json_string (answer, "error"));
  return TRUE;
}

static void
take_unauthorised (KithSyncEngine *self, KithSyncRequestType type, JsonObject *answer)
{
  if (kith_sync_engine_take_closed (self, answer))
    return;
  if (read_closed (answer) != KITH_CLOSED_NOT) /* somebody else's: no answer to us */
    {
      kith_sync_engine_went_wrong (self, type, 0, TRUE);
      return;
    }
  if (type == KITH_SYNC_TOKEN)
    {
      kith_store_set_refresh (self->store, NULL, NULL);
      kith_sync_engine_set_sign_in (self, NULL);
      return;
    }
  if (type == KITH_SYNC_WAIT)
    self->want_pull = TRUE;
  if (!self->token_proven) /* the one before was refused too: no storm */
    kith_retry_fail (&self->tokens, kith_sync_engine_now (self), self->random);
  kith_sync_engine_drop_token (self); /* the next request is for a new one */
}

static void
take_conflict (KithSyncEngine *self, KithSyncRequestType type, const char *error, JsonObject *answer)
{
  g_autoptr (GError) failure = NULL;
  gboolean ok = TRUE;

  if (g_str_equal (error, KITH_ERROR_GAP))
    ok = kith_store_resend_from (self->store, kith_json_int (answer, "expect", 1), &failure);
  else if (g_str_equal (error, KITH_ERROR_LANE_FORKED))
    ok = kith_store_fork_lane (self->store, &failure);
  else if (g_str_equal (error, KITH_ERROR_WRONG_EPOCH))
    self->epoch_open = self->want_pull = TRUE;
  else
    ok = FALSE;
  if (failure != NULL)
    g_warning ("%s: %s", error, failure->message);
  /* The same again and again must not become a storm. */
  if (!ok || self->push.attempts > 0)
    kith_sync_engine_went_wrong (self, type, 0, FALSE);
  else
    self->push.attempts = 1;
}

static void
take_expired (KithSyncEngine *self)
{
  g_autoptr (GError) error = NULL;

  if (!kith_store_refill (self->store, &error))
    g_warning ("refill: %s", error->message);
  self->want_pull = TRUE;
  if (self->pull.attempts > 0 || error != NULL)
    kith_sync_engine_went_wrong (self, KITH_SYNC_PULL, 0, FALSE);
  else
    self->pull.attempts = 1;
}

/* The hub knows the token as another computer's: it was restored from a backup that is older than this lane. */
static void
take_wrong_lane (KithSyncEngine *self, KithSyncRequestType type)
{
  self->wrong_lane = TRUE;
  kith_sync_engine_came_through (self);
  kith_sync_engine_went_wrong (self, type, 0, FALSE);
}

/* The hub takes what this Kith sends and sends it nothing (sync.md 2.10): told where people look who wonder why nothing comes. */
static void
take_too_old (KithSyncEngine *self, KithSyncRequestType type, JsonObject *answer)
{
  const char *epoch = kith_json_string (answer, "epoch");
  g_autoptr (GError) error = NULL;

  g_free (self->told);
  self->told = g_strdup (kith_text_told (kith_json_string (answer, "message")));
  kith_sync_engine_went_wrong (self, type, 0, TRUE);
  if (!self->epoch_open || epoch == NULL)
    return;
  /* No page will say in which life the hub is, and nothing is pushed before that is known. */
  if (!kith_store_begin_life (self->store, epoch, kith_json_int (answer, "last_n", -1), &error))
    {
      g_warning ("update: %s", error->message);
      return;
    }
  self->epoch_open = FALSE;
  kith_retry_reset (&self->push);
}

const char *
kith_sync_engine_get_told (KithSyncEngine *self)
{
  return self->told;
}

/* Whoever says so, the hub or a proxy before it: the same push would meet the same again. */
static void
note_too_large (KithSyncEngine *self, KithSyncRequestType type, guint status)
{
  if (status == 413 && type == KITH_SYNC_PUSH)
    self->push_ops = MAX (MIN (self->push_ops, self->pushed_ops) / 2, 1);
}

static void
take_error (KithSyncEngine *self, KithSyncRequestType type, guint status, JsonObject *answer, guint retry_after)
{
  const char *error = kith_json_string (answer, "error");

  if (status == 401)
    {
      take_unauthorised (self, type, answer);
      return;
    }
  if (g_str_equal (error, KITH_ERROR_WRONG_LANE))
    {
      take_wrong_lane (self, type);
      return;
    }
  kith_sync_engine_came_through (self);
  /* The long poll was asked with the cursor of then. A page may have come since, or be under way: taken for the first of a whole fill it would
   * take away what it does not bring. The pull is told so itself, if it is so. */
  if (status == 410 && type == KITH_SYNC_WAIT)
    kith_sync_engine_went_wrong (self, type, 0, FALSE);
  else if (status == 410)
    take_expired (self);
  else if (g_str_equal (error, KITH_ERROR_UPDATE))
    take_too_old (self, type, answer);
  else if (type == KITH_SYNC_ONLINE_OP)
    kith_sync_online_answer (self, status, answer, retry_after);
  else if (type == KITH_SYNC_FETCH || type == KITH_SYNC_SEND_FILE)
    kith_sync_files_error (self, type, status, error, answer, retry_after);
  else if (status == 409)
    take_conflict (self, type, error, answer);
  else
    {
      if (status >= 400 && status < 500 && status != 429 && status != 413)
        g_warning ("the hub answers %s with %u %s", type == KITH_SYNC_PUSH ? "a push" : "a pull", status, error);
      kith_sync_engine_went_wrong (self, type, retry_after, FALSE);
    }
}

/* --- answers ---------------------------------------------------------------------------------------------------- */

static gboolean
has_type (const char *content_type, const char *expected)
{
  gsize length = strlen (expected);

  return content_type != NULL && g_ascii_strncasecmp (content_type, expected, length) == 0 &&
         (content_type[length] == '\0' || content_type[length] == ';' || content_type[length] == ' ');
}

static void
take_push (KithSyncEngine *self, GBytes *body)
{
  g_autoptr (GError) error = NULL;

  if (!kith_store_apply_push_answer (self->store, body, &error))
    {
      gboolean strange = g_error_matches (error, KITH_STORE_ERROR, KITH_STORE_ERROR_PROTOCOL);
      if (!strange)
        g_warning ("push: %s", error->message);
      kith_sync_engine_went_wrong (self, KITH_SYNC_PUSH, 0, strange);
      return;
    }
  kith_sync_engine_was_met (self);
  self->push_ops = MIN (self->push_ops * 2, KITH_LIMIT_PUSH_OPS);
  self->want_pull = TRUE; /* our own rows come back with their numbers */
  kith_retry_reset (&self->push);
  kith_retry_nudge (&self->pull);
}

/* Electric's loops: an answer that moves nothing, again and again, becomes slow and says so. */
static void
note_progress (KithSyncEngine *self, gboolean more)
{
  if (g_strcmp0 (self->last_cursor, kith_store_get_cursor (self->store)) != 0)
    {
      self->stuck = 0;
      kith_retry_reset (&self->pull);
      if (self->state == KITH_SYNC_SLOW)
        self->state = KITH_SYNC_WORKING;
      return;
    }
  self->stuck++;
  if (!more && self->stuck < STUCK_MOST)
    kith_retry_reset (&self->pull);
  if (self->stuck >= STUCK_MOST && (more || self->wait.attempts > 0))
    {
      self->state = KITH_SYNC_SLOW;
      kith_retry_fail (&self->pull, kith_sync_engine_now (self), self->random);
    }
}

static void
take_pull (KithSyncEngine *self, GBytes *body)
{
  g_autoptr (GError) error = NULL;
  gboolean more = FALSE;

  if (!kith_store_apply_page (self->store, body, &more, &error))
    {
      gboolean strange = g_error_matches (error, KITH_STORE_ERROR, KITH_STORE_ERROR_PROTOCOL);
      if (!strange)
        g_warning ("pull: %s", error->message);
      else
        self->page_rows = MAX (self->page_rows / 2, KITH_LIMIT_PAGE_ROWS_LEAST);
      kith_sync_engine_went_wrong (self, KITH_SYNC_PULL, 0, strange);
      return;
    }
  kith_sync_engine_was_met (self);
  g_clear_pointer (&self->told, g_free);
  self->page_rows = MIN (self->page_rows * 2, KITH_LIMIT_PAGE_ROWS);
  if (self->epoch_open)
    {
      self->epoch_open = FALSE;
      kith_retry_reset (&self->push);
    }
  self->want_pull = more;
  self->pulled = self->pulled || !more;
  self->want_verify = self->want_verify || (!more && kith_store_is_mended (self->store));
  note_progress (self, more);
  /* Pushed while the round went on: nobody pokes for it where it was the last change of all. */
  if (!more && self->stuck == 0 && kith_store_awaits_rows (self->store))
    self->want_pull = TRUE;
}

/* A poke after a poke that brings nothing counts as no progress: after five of them the poll slows down. */
static void
take_wait (KithSyncEngine *self, guint status)
{
  kith_sync_engine_was_met (self);
  if (status != 200)
    {
      kith_retry_reset (&self->wait);
      self->stuck = 0;
      if (self->state == KITH_SYNC_SLOW)
        self->state = KITH_SYNC_WORKING;
      return;
    }
  self->want_pull = TRUE;
  kith_retry_nudge (&self->pull);
  if (self->stuck >= STUCK_MOST)
    {
      self->state = KITH_SYNC_SLOW;
      kith_retry_fail (&self->wait, kith_sync_engine_now (self), self->random);
    }
  else
    kith_retry_reset (&self->wait);
}

static void
take_verify (KithSyncEngine *self, GBytes *body)
{
  g_autoptr (GError) error = NULL;
  KithVerify result;

  if (!kith_store_apply_verify (self->store, body, &result, &error))
    {
      kith_sync_engine_went_wrong (self, KITH_SYNC_VERIFY, 0, g_error_matches (error, KITH_STORE_ERROR, KITH_STORE_ERROR_PROTOCOL));
      return;
    }
  kith_sync_engine_was_met (self);
  kith_retry_reset (&self->verify);
  self->want_verify = self->want_verify || result == KITH_VERIFY_AGAIN;
  self->want_pull = self->want_pull || result == KITH_VERIFY_FETCH;
}

/**
 * kith_sync_engine_take_answer:
 * @content_type: (nullable): without parameters
 * @body: (nullable): decoded
 * @retry_after: seconds, 0: none
 *
 * A status, a type or a body that the hub would not send is treated as no answer at all: a captive portal must not take anything away.
 */
void
kith_sync_engine_take_answer (KithSyncEngine *self, KithSyncRequestType type, guint status, const char *content_type, GBytes *body,
                              guint retry_after)
{
  gboolean lines = type == KITH_SYNC_PUSH || type == KITH_SYNC_PULL;
  gboolean is_json = has_type (content_type, KITH_TYPE_JSON_TEXT);
  g_autoptr (JsonObject) answer = NULL;

  if (type == KITH_SYNC_WAIT && status == 204)
    {
      take_wait (self, status);
      return;
    }
  if (type == KITH_SYNC_FETCH && status == 206 && has_type (content_type, KITH_TYPE_BYTES) && body != NULL)
    {
      kith_sync_files_answer (self, type, status, body, NULL);
      return;
    }
  if (is_json && body != NULL)
    answer = kith_json_parse_object (g_bytes_get_data (body, NULL), g_bytes_get_size (body), NULL, NULL);
  if (status != 200)
    {
      note_too_large (self, type, status);
      /* An error without the hub's own words may come from anything in between. */
      if (answer != NULL && kith_json_string (answer, "error") != NULL)
        take_error (self, type, status, answer, retry_after);
      else
        kith_sync_engine_went_wrong (self, type, retry_after, TRUE);
      return;
    }
  if (lines ? !has_type (content_type, KITH_TYPE_LINES) || body == NULL : answer == NULL)
    {
      kith_sync_engine_went_wrong (self, type, 0, TRUE);
      return;
    }
  switch (type)
    {
    case KITH_SYNC_PUSH:
      take_push (self, body);
      break;
    case KITH_SYNC_PULL:
      take_pull (self, body);
      break;
    case KITH_SYNC_WAIT:
      take_wait (self, status);
      break;
    case KITH_SYNC_VERIFY:
      take_verify (self, body);
      break;
    case KITH_SYNC_TOKEN:
      kith_sync_token_answer (self, answer);
      break;
    case KITH_SYNC_LANE:
      kith_sync_lane_answer (self, answer);
      break;
    case KITH_SYNC_ONLINE_OP:
      kith_sync_online_answer (self, status, answer, 0);
      break;
    case KITH_SYNC_SEND_FILE:
      kith_sync_files_answer (self, type, status, NULL, answer);
      break;
    case KITH_SYNC_FETCH: /* a whole page where a part was asked for is no hub's */
      kith_sync_engine_went_wrong (self, type, 0, TRUE);
      break;
    default:
      break;
    }
  if (self->token_proven)
    kith_retry_reset (&self->tokens);
}
