/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-hub-private.h"

#include <glib/gi18n.h>
#include <string.h>

/* Tokens and lanes. A sign-in begins a family of tokens: short access tokens and refresh tokens of one use each. Only
 * their hashes are kept, so a stolen copy of the database signs nobody in. A refresh token that comes back after what
 * it was changed into has been used was stolen, or the newer one was: the whole family ends. */

#define TOKEN_BYTES 32
#define REFRESH_MS (G_GINT64_CONSTANT (30) * 24 * 3600 * 1000)
#define MAX_DEVICE 64
#define LANES_A_DAY 30 /* new ones of a person: each takes a code for good, and a row that is kept */
#define DAY_MS (G_GINT64_CONSTANT (24) * 3600 * 1000)

void
kith_hub_session_clear (KithHubSession *self)
{
  g_clear_pointer (&self->family, g_free);
  g_clear_pointer (&self->user, g_free);
  g_clear_pointer (&self->device, g_free);
}

static char *
hash_token (const char *token)
{
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, token, -1);
}

/* Consonants only: codes are read aloud and must not make words. */
static const char letters[] = "KBCDFGHJLMNPQRSTVWXZ";

static char *
lane_code (gint64 number)
{
  const guint base = sizeof letters - 1;
  GString *code = g_string_new (NULL);

  for (gint64 rest = number; rest > 0 || code->len < 2; rest /= base)
    g_string_prepend_c (code, letters[rest % base]);
  return g_string_free (code, FALSE);
}

/* The number lane_code() makes this code of; -1: of none. */
static gint64
lane_of_code (const char *code)
{
  g_autofree char *again = NULL;
  gint64 number = 0;

  for (const char *c = code; *c != '\0'; c++)
    {
      const char *letter = strchr (letters, *c);

      if (letter == NULL || number > G_MAXINT32)
        return -1;
      number = number * (gint64) (sizeof letters - 1) + (letter - letters);
    }
  again = lane_code (number);
  return g_str_equal (again, code) ? number : -1;
}

/**
 * kith_hub_check_series:
 * @number: as an operation of @user's names a record it makes, "KB-0042"
 * @own: (out): it is of a series of theirs
 *
 * The numbers people read are one series a lane (design.md 2.2, 4): what is made under another's would have the number of something else sooner or later. A
 * person's former lanes are theirs too, and what is sent again to a hub that was restored from a backup may be of a lane that backup knows nothing
 * of: its code was passed over then and is given to nobody.
 */
gboolean
kith_hub_check_series (KithHub *self, const char *user, const char *number, gboolean *own, GError **error)
{
  const char *hyphen = strchr (number, '-');
  g_autofree char *code = g_strndup (number, hyphen != NULL ? (gsize) (hyphen - number) : 0);
  g_autoptr (KithDbStmt) stmt = kith_db_query (self->db, "lane-of-code", error);
  gint64 lane = lane_of_code (code), taken = 0;
  KithDbStep step;

  *own = FALSE;
  if (stmt == NULL)
    return FALSE;
  kith_db_bind_text (stmt, 1, code);
  if ((step = kith_db_step (stmt, error)) == KITH_DB_FAILED)
    return FALSE;
  if (step == KITH_DB_ROW)
    *own = g_strcmp0 (kith_db_text (stmt, 0), user) == 0;
  else if (lane >= 0)
    {
      if (!kith_db_fetch_int (self->db, &taken, error, "lanes-taken", ""))
        return FALSE;
      *own = lane < taken;
    }
  return TRUE;
}

/* The same store goes on under another lane: what it was told, and what may have reached it, it still knows. What it was not told it could not
 * have known when it wrote (sync.md 2.4). */
static gboolean
read_former (KithHub *self, gint64 former, gint64 *acked, GError **error)
{
  g_autoptr (KithDbStmt) stmt = kith_db_query (self->db, "lane-get", error);
  KithDbStep step;

  if (stmt == NULL)
    return FALSE;
  kith_db_bind_int (stmt, 1, former);
  if ((step = kith_db_step (stmt, error)) == KITH_DB_ROW)
    *acked = kith_db_int (stmt, 6);
  return step != KITH_DB_FAILED;
}

gboolean
kith_hub_find_lane (KithHub *self, const char *device, const char *user, gint64 former, gint64 *lane, GError **error)
{
  g_autofree char *code = NULL;
  gint64 taken = 0, lately = 0, acked = self->q, now = kith_hub_now (self), *told;

  *lane = 0;
  if (!kith_db_fetch_int (self->db, lane, error, "lane-find", "ss", device, user))
    return FALSE;
  if (*lane != 0)
    return TRUE;
  if (!kith_db_fetch_int (self->db, &lately, error, "lanes-lately", "si", user, now - DAY_MS))
    return FALSE;
  if (lately >= LANES_A_DAY)
    return TRUE;
  if (!kith_db_fetch_int (self->db, &taken, error, "lanes-taken", "") ||
      !kith_db_run (self->db, error, "lanes-take", ""))
    return FALSE;
  code = lane_code (taken);
  if ((former != 0 && !read_former (self, former, &acked, error)) ||
      !kith_db_run (self->db, error, "lane-new", "sssiii", device, user, code, acked, now, former) ||
      !kith_db_fetch_int (self->db, lane, error, "lane-find", "ss", device, user))
    return FALSE;
  if (former != 0 && (told = g_hash_table_lookup (self->told, &former)) != NULL)
    g_hash_table_replace (self->told, g_memdup2 (lane, sizeof *lane), g_memdup2 (told, sizeof *told));
  return TRUE;
}

void
kith_hub_refuse_lane (KithHubAnswer *answer)
{
  kith_hub_answer_error (answer, 429, KITH_ERROR_SLOW_DOWN,
                         _("You have signed in on too many new computers today. Nothing is lost; try again tomorrow."), NULL);
  answer->retry_after = 3600;
}

JsonObject *
kith_hub_describe_lane (KithHub *self, gint64 lane, GError **error)
{
  g_autoptr (KithDbStmt) stmt = kith_db_query (self->db, "lane-get", error);

  if (stmt == NULL)
    return NULL;
  kith_db_bind_int (stmt, 1, lane);
  if (kith_db_step (stmt, error) != KITH_DB_ROW)
    return NULL;
  return kith_json_new ("code", "s", kith_db_text (stmt, 2), "next_number", "i", (gint64) 1, "last_n", "i",
                        kith_db_int (stmt, 3), NULL);
}

/* A new pair of tokens for the family, and the members of the answer that tell of it: who gets them is there. In the caller's transaction. */
static gboolean
issue (KithHub *self, const char *family, gint64 lane, gint64 step, JsonObject *answer, GError **error)
{
  g_autofree char *access = kith_hub_random_hex (self, TOKEN_BYTES);
  g_autofree char *refresh = kith_hub_random_hex (self, TOKEN_BYTES);
  g_autofree char *access_hash = hash_token (access);
  g_autofree char *refresh_hash = hash_token (refresh);
  gint64 now = kith_hub_now (self), access_ms = (gint64) self->options.token_minutes * 60 * 1000;

  if (!kith_db_run (self->db, error, "lane-seen", "ii", lane, now) ||
      !kith_db_run (self->db, error, "token-add", "ssiii", access_hash, family, step, (gint64) 0, now + access_ms) ||
      !kith_db_run (self->db, error, "token-add", "ssiii", refresh_hash, family, step, (gint64) 1, now + REFRESH_MS))
    return FALSE;
  json_object_set_string_member (answer, "token", access);
  json_object_set_string_member (answer, "refresh", refresh);
  json_object_set_int_member (answer, "expires_s", access_ms / 1000);
  return TRUE;
}

/**
 * kith_hub_open_session:
 * @user: staff id
 * @lane: the lane its pushes come by
 * @answer: gets the tokens as members
 *
 * Begins a family of tokens. In the caller's transaction.
 */
gboolean
kith_hub_open_session (KithHub *self, const char *user, gint64 lane, JsonObject *answer, GError **error)
{
  g_autofree char *family = kith_hub_random_hex (self, 16);
  gint64 now = kith_hub_now (self);

  return kith_db_run (self->db, error, "tokens-prune", "i", now) &&
         kith_db_run (self->db, error, "session-new", "ssii", family, user, lane, now) &&
         issue (self, family, lane, 1, answer, error);
}

typedef struct
{
  char *family;
  gint64 step, expires;
  gboolean refresh, used;
} Token;

static gboolean
read_token (KithHub *self, const char *hash, Token *token, GError **error)
{
  g_autoptr (KithDbStmt) stmt = kith_db_query (self->db, "token-get", error);
  KithDbStep step;

  *token = (Token){ 0 };
  if (stmt == NULL)
    return FALSE;
  kith_db_bind_text (stmt, 1, hash);
  if ((step = kith_db_step (stmt, error)) == KITH_DB_ROW)
    {
      token->family = g_strdup (kith_db_text (stmt, 0));
      token->step = kith_db_int (stmt, 1);
      token->refresh = kith_db_int (stmt, 2) != 0;
      token->expires = kith_db_int (stmt, 3);
      token->used = kith_db_int (stmt, 4) != 0;
    }
  return step != KITH_DB_FAILED;
}

static gboolean
read_session (KithHub *self, const char *family, KithHubSession *session, GError **error)
{
  g_autoptr (KithDbStmt) stmt = kith_db_query (self->db, "session-get", error);
  g_autoptr (KithDbStmt) lane = NULL;
  KithDbStep step;

  if (stmt == NULL)
    return FALSE;
  kith_db_bind_text (stmt, 1, family);
  if ((step = kith_db_step (stmt, error)) != KITH_DB_ROW)
    return step == KITH_DB_DONE;
  session->family = g_strdup (family);
  session->user = g_strdup (kith_db_text (stmt, 0));
  session->lane = kith_db_int (stmt, 1);
  if ((lane = kith_db_query (self->db, "lane-get", error)) == NULL)
    return FALSE;
  kith_db_bind_int (lane, 1, session->lane);
  if ((step = kith_db_step (lane, error)) == KITH_DB_ROW)
    session->device = g_strdup (kith_db_text (lane, 0));
  return step != KITH_DB_FAILED;
}

static gboolean
refuse_token (KithHubAnswer *answer, const char *code, const char *message)
{
  kith_hub_answer_error (answer, 401, code, message, NULL);
  return FALSE;
}

/* Reads the same everywhere. Whose it is and where, because a computer forgets everything by it: it must not take another's for its own. */
void
kith_hub_refuse_person (KithHub *self, const char *user, const char *code, KithHubAnswer *answer)
{
  g_autoptr (JsonArray) former = json_array_new ();

  for (guint i = 0; self->former != NULL && self->former[i] != NULL; i++)
    json_array_add_string_element (former, self->former[i]);
  kith_hub_answer_error (answer, 401, code,
                         g_str_equal (code, KITH_ERROR_REVOKED)
                             ? _("This computer may not be used for this account any more. Whoever runs your network’s hub can say why; what was not sent yet stays here.")
                             : _("This account is closed. Ask your agency’s administrator."),
                         kith_json_new ("user", "s", user, "epoch", "s", self->epoch, "former", "a", g_steal_pointer (&former), NULL));
}

static gboolean
check_person (KithHub *self, const char *user, KithHubAnswer *answer, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (KithRecord) staff = kith_world_get (self->world, "staff", user, &local);

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (staff != NULL && kith_record_bool (staff, "active"))
    return TRUE;
  kith_hub_refuse_person (self, user, KITH_ERROR_DEACTIVATED, answer);
  return FALSE;
}

gboolean
kith_hub_check_computer (KithHub *self, const char *user, const char *device, KithHubAnswer *answer, GError **error)
{
  gint64 n = 0;

  if (!kith_db_fetch_int (self->db, &n, error, "lane-revoked", "ss", device, user))
    return FALSE;
  if (n != 0)
    kith_hub_refuse_person (self, user, KITH_ERROR_REVOKED, answer);
  return n == 0;
}

gboolean
kith_hub_is_token (const char *text)
{
  return text != NULL && strlen (text) == 2 * TOKEN_BYTES && strspn (text, "0123456789abcdef") == 2 * TOKEN_BYTES;
}

gboolean
kith_hub_knows_token (KithHub *self, const char *token, gboolean *known, GError **error)
{
  g_autofree char *hash = kith_hub_is_token (token) ? hash_token (token) : NULL;
  Token found = { 0 };

  *known = FALSE;
  if (hash != NULL && !read_token (self, hash, &found, error))
    return FALSE;
  *known = found.family != NULL && !found.refresh && found.expires > kith_hub_now (self);
  g_free (found.family);
  return TRUE;
}

gboolean
kith_hub_authenticate (KithHub *self, const char *token, KithHubSession *session, KithHubAnswer *answer, GError **error)
{
  g_autofree char *hash = kith_hub_is_token (token) ? hash_token (token) : NULL;
  g_autofree char *family = NULL;
  Token found = { 0 };

  if (hash != NULL && !read_token (self, hash, &found, error))
    return FALSE;
  family = found.family;
  if (family == NULL || found.refresh || found.expires <= kith_hub_now (self))
    return refuse_token (answer, KITH_ERROR_SIGN_IN, _("Sign in again."));
  if (!read_session (self, family, session, error))
    return FALSE;
  if (session->device == NULL)
    return refuse_token (answer, KITH_ERROR_SIGN_IN, _("Sign in again."));
  if (!check_person (self, session->user, answer, error) || !kith_hub_check_computer (self, session->user, session->device, answer, error))
    return FALSE;
  /* its first use: from now on the refresh token before it must not come back */
  return found.used || kith_db_run (self->db, error, "token-use", "s", hash);
}

static gboolean
end_family (KithHub *self, const char *family, GError **error)
{
  return kith_db_run (self->db, error, "tokens-drop-family", "s", family) &&
         kith_db_run (self->db, error, "session-drop", "s", family);
}

/* Changes a refresh token into a new pair. A used one is taken again only while nothing of what it was changed into has
 * been used: then it was the answer that got lost. In the caller's transaction. */
static gboolean
rotate (KithHub *self, const char *hash, const Token *token, gint64 lane, JsonObject *answer, gboolean *refused, GError **error)
{
  gint64 newer = 0;

  *refused = FALSE;
  if (token->used)
    {
      if (!kith_db_fetch_int (self->db, &newer, error, "tokens-newer-used", "si", token->family, token->step))
        return FALSE;
      if (newer > 0)
        {
          *refused = TRUE;
          return end_family (self, token->family, error);
        }
      if (!kith_db_run (self->db, error, "tokens-drop-step", "si", token->family, token->step + 1))
        return FALSE;
    }
  return kith_db_run (self->db, error, "token-use", "s", hash) &&
         issue (self, token->family, lane, token->step + 1, answer, error);
}

gboolean
kith_hub_refresh (KithHub *self, const KithHubRequest *request, KithHubAnswer *answer, GError **error)
{
  g_autoptr (JsonObject) body = kith_hub_read_body (request, KITH_LIMIT_SMALL_BODY, answer);
  g_autoptr (JsonObject) reply = json_object_new ();
  g_autoptr (KithDbTransaction) transaction = NULL;
  g_auto (KithHubSession) session = { 0 };
  g_autofree char *hash = NULL;
  g_autofree char *family = NULL;
  const char *refresh;
  Token token = { 0 };
  gboolean refused;

  if (body == NULL)
    return TRUE;
  refresh = kith_json_string (body, "refresh");
  hash = hash_token (refresh != NULL ? refresh : "");
  if (!read_token (self, hash, &token, error))
    return FALSE;
  family = token.family;
  if (family == NULL || !token.refresh || token.expires <= kith_hub_now (self))
    {
      refuse_token (answer, KITH_ERROR_BAD_SIGN_IN, _("Sign in again."));
      return TRUE;
    }
  if (!read_session (self, family, &session, error))
    return FALSE;
  if (session.user == NULL)
    {
      refuse_token (answer, KITH_ERROR_BAD_SIGN_IN, _("Sign in again."));
      return TRUE;
    }
  if (!check_person (self, session.user, answer, error) ||
      (session.device != NULL && !kith_hub_check_computer (self, session.user, session.device, answer, error)))
    return error == NULL || *error == NULL;

  transaction = kith_db_transaction_begin (self->db, error);
  if (transaction == NULL || !rotate (self, hash, &token, session.lane, reply, &refused, error) ||
      !kith_db_transaction_commit (transaction, error))
    return FALSE;
  if (refused)
    refuse_token (answer, KITH_ERROR_BAD_SIGN_IN, _("Sign in again."));
  else
    kith_hub_answer_json (answer, 200, json_object_ref (reply));
  return TRUE;
}

/**
 * kith_hub_valid_device:
 * @device: (nullable): 64 letters, digits, - and _ at most
 */
gboolean
kith_hub_valid_device (const char *device)
{
  if (device == NULL || *device == '\0' || strlen (device) > MAX_DEVICE)
    return FALSE;
  for (const char *c = device; *c != '\0'; c++)
    if (!g_ascii_isalnum (*c) && *c != '-' && *c != '_')
      return FALSE;
  return TRUE;
}

/**
 * kith_hub_new_lane:
 *
 * POST /v1/lane: {"device"}: this session goes on under another lane, after lane_forked.
 *
 * Returns: FALSE only when the database failed; else it is answered
 */
gboolean
kith_hub_new_lane (KithHub *self, const KithHubRequest *request, KithHubSession *session, KithHubAnswer *answer,
                   GError **error)
{
  g_autoptr (JsonObject) body = kith_hub_read_body (request, KITH_LIMIT_SMALL_BODY, answer);
  g_autoptr (KithDbTransaction) transaction = NULL;
  JsonObject *lane;
  const char *device;
  gint64 number;

  if (body == NULL)
    return TRUE;
  device = kith_json_string (body, "device");
  if (!kith_hub_valid_device (device))
    {
      kith_hub_answer_error (answer, 400, KITH_ERROR_BAD_REQUEST,
                             _("The name of the computer is missing or malformed."), NULL);
      return TRUE;
    }
  if (!kith_hub_check_computer (self, session->user, device, answer, error))
    return error == NULL || *error == NULL;
  transaction = kith_db_transaction_begin (self->db, error);
  if (transaction == NULL || !kith_hub_find_lane (self, device, session->user, session->lane, &number, error))
    return FALSE;
  if (number == 0)
    {
      kith_hub_refuse_lane (answer);
      return TRUE;
    }
  if (!kith_db_run (self->db, error, "lane-follows", "ii", number, session->lane) ||
      !kith_db_run (self->db, error, "session-move", "si", session->family, number) ||
      !kith_db_transaction_commit (transaction, error))
    return FALSE;
  lane = kith_hub_describe_lane (self, number, error);
  if (lane == NULL)
    return FALSE;
  kith_hub_answer_json (answer, 200, kith_json_new ("lane", "o", lane, NULL));
  return TRUE;
}
