/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-hub-hash.h"
#include "kith-hub-private.h"

#include "kith-login.h"

#include <glib/gi18n.h>
#include <sodium.h>
#include <string.h>

/* Signing in (sync.md 5.1). The desktop derives an authenticator from the password; the hub keeps argon2id of that, so
 * a stolen hub opens no store. A login that does not exist costs the same, waits the same and is answered the same as
 * one that does. */

#define SALT_BYTES 16
#define DESK_OPS 3
#define DESK_MEMORY (128 * 1024 * 1024)
#define LOW_DESK_OPS 2 /* the least a desk takes (kith_password_derive) */
#define LOW_DESK_MEMORY (19 * 1024 * 1024)
#define MAX_COMPUTER 63 /* a host's name */
#define FREE_FAILURES 10
#define MAX_DELAY_MS (15 * 60 * 1000)
#define KEEP_FAILURES_MS (G_GINT64_CONSTANT (7) * 24 * 3600 * 1000)
#define MAX_FAILING 10000 /* sign-in names of which it is known that somebody guessed */

void
kith_hub_get_salt (KithHub *self, const char *login, guint8 salt[16])
{
  g_autofree char *folded = kith_login_fold (login);
  g_autofree char *text = g_strconcat ("salt:", folded != NULL ? folded : "", NULL);
  g_autofree char *mac = g_compute_hmac_for_string (G_CHECKSUM_SHA256, (const guchar *) self->secret,
                                                    strlen (self->secret), text, -1);

  sodium_hex2bin (salt, SALT_BYTES, mac, 2 * SALT_BYTES, NULL, NULL, NULL);
}

static gboolean
has_low_cost (KithHub *self, const char *folded, gboolean *low, GError **error)
{
  gint64 n = 0;

  if (!kith_db_fetch_int (self->db, &n, error, "account-is-low", "s", folded != NULL ? folded : ""))
    return FALSE;
  *low = n > 0;
  return TRUE;
}

/**
 * kith_hub_find_account:
 * @login: a sign-in name in whatever case
 * @staff: (out) (nullable) (transfer full): id of the staff record who signs in with it
 */
gboolean
kith_hub_find_account (KithHub *self, const char *login, char **staff, GError **error)
{
  g_autofree char *folded = kith_login_fold (login);
  g_autoptr (KithDbStmt) stmt = kith_db_query (self->db, "account-get", error);
  KithDbStep step;

  *staff = NULL;
  if (stmt == NULL)
    return FALSE;
  kith_db_bind_text (stmt, 1, folded != NULL ? folded : "");
  step = kith_db_step (stmt, error);
  if (step == KITH_DB_ROW)
    *staff = g_strdup (kith_db_text (stmt, 0));
  return step == KITH_DB_ROW || step == KITH_DB_DONE;
}

gboolean
kith_hub_set_low_cost (KithHub *self, const char *login, gboolean low, GError **error)
{
  g_autofree char *folded = kith_login_fold (login);

  return folded == NULL || kith_db_run (self->db, error, low ? "account-low" : "account-not-low", "s", folded);
}

/**
 * kith_hub_set_account:
 * @staff: id of the staff record who signs in with it; an earlier login of the same person ends
 * @authenticator: what the desktop derives from the password and the salt of kith_hub_get_salt()
 *
 * Makes an account, or gives it a new password. Every computer signed in with the former one is asked for the new one at its next
 * contact (sync.md 4, last row); what it has not sent yet stays there until then.
 */
gboolean
kith_hub_set_account (KithHub *self, const char *login, const char *staff, const guint8 *authenticator, gsize length,
                      GError **error)
{
  g_autofree char *folded = kith_login_fold (login);
  g_autofree char *hash = NULL;
  g_autoptr (KithDbTransaction) transaction = NULL;
  gboolean low;
  KithHubCost cost;

  if (folded == NULL || length < KITH_AUTHENTICATOR_MIN || length > KITH_AUTHENTICATOR_MAX)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                           _("An account needs a sign-in name and a password."));
      return FALSE;
    }
  if (!has_low_cost (self, folded, &low, error))
    return FALSE;
  cost = kith_hub_draw_cost (self, low);
  if ((hash = kith_hub_make_hash (&cost, authenticator, length, error)) == NULL)
    return FALSE;
  transaction = kith_db_transaction_begin (self->db, error);
  if (transaction == NULL || !kith_db_run (self->db, error, "account-drop-staff", "ss", staff, folded) ||
      !kith_db_run (self->db, error, "account-set", "sss", folded, staff, hash) || !kith_db_run (self->db, error, "sessions-drop-user", "s", staff) ||
      !kith_db_run (self->db, error, "failure-clear", "s", folded) || !kith_db_transaction_commit (transaction, error))
    return FALSE;
  kith_hub_poke_user (self, staff);
  return TRUE;
}

gboolean
kith_hub_start_sign_in (KithHub *self, const KithHubRequest *request, KithHubAnswer *answer, GError **error)
{
  g_autoptr (JsonObject) body = kith_hub_read_body (request, KITH_LIMIT_SMALL_BODY, answer);
  g_autofree char *text = NULL, *folded = NULL;
  guint8 salt[SALT_BYTES];
  gboolean low;

  if (body == NULL)
    return TRUE;
  if (kith_json_string (body, "login") == NULL)
    {
      kith_hub_answer_error (answer, 400, KITH_ERROR_BAD_REQUEST, _("Say who wants to sign in."), NULL);
      return TRUE;
    }
  folded = kith_login_fold (kith_json_string (body, "login"));
  if (!has_low_cost (self, folded, &low, error))
    return FALSE;
  kith_hub_get_salt (self, kith_json_string (body, "login"), salt);
  text = kith_hub_hex (salt, sizeof salt);
  kith_hub_answer_json (
      answer, 200,
      kith_json_new ("salt", "s", text, "ops", "i", (gint64) (low ? LOW_DESK_OPS : DESK_OPS), "memory", "i",
                     (gint64) (low ? LOW_DESK_MEMORY : DESK_MEMORY), NULL));
  return TRUE;
}

typedef struct
{
  gint64 failures, until_ms;
} Failures;

static gboolean
read_failures (KithHub *self, const char *login, Failures *failures, GError **error)
{
  g_autoptr (KithDbStmt) stmt = kith_db_query (self->db, "failure-get", error);
  KithDbStep step;

  *failures = (Failures){ 0 };
  if (stmt == NULL)
    return FALSE;
  kith_db_bind_text (stmt, 1, login);
  if ((step = kith_db_step (stmt, error)) == KITH_DB_ROW)
    *failures = (Failures){ kith_db_int (stmt, 0), kith_db_int (stmt, 1) };
  return step != KITH_DB_FAILED;
}

static gboolean
refuse_sign_in (KithHub *self, const char *login, const Failures *before, KithHubAnswer *answer, GError **error)
{
  gint64 failures = before->failures + 1, now = kith_hub_now (self), until = 0;
  gboolean kept;

  if (failures >= FREE_FAILURES)
    until = now + MIN (MAX_DELAY_MS, (gint64) 1000 << MIN (failures - FREE_FAILURES, 20));
  self->counts.failed_sign_ins++;
  kith_hub_answer_error (answer, 401, KITH_ERROR_BAD_SIGN_IN, _("The sign-in name or the password is not right."), NULL);
  /* Nothing is lost when a power failure takes it away, and nobody makes the disk wait by guessing. */
  if (!kith_db_set_lazy_sync (self->db, TRUE, error))
    return FALSE;
  kept = kith_db_run (self->db, error, "failure-prune", "i", now - KEEP_FAILURES_MS) &&
         kith_db_run (self->db, error, "failure-bound", "ii", now, (gint64) MAX_FAILING) &&
         kith_db_run (self->db, error, "failure-set", "siii", login, failures, until, now);
  return kith_db_set_lazy_sync (self->db, FALSE, kept ? error : NULL) && kept;
}

static gboolean
read_account (KithHub *self, const char *login, char **staff, char **hash, GError **error)
{
  g_autoptr (KithDbStmt) stmt = kith_db_query (self->db, "account-get", error);
  KithDbStep step;

  if (stmt == NULL)
    return FALSE;
  kith_db_bind_text (stmt, 1, login);
  if ((step = kith_db_step (stmt, error)) == KITH_DB_ROW)
    {
      *staff = g_strdup (kith_db_text (stmt, 0));
      *hash = g_strdup (kith_db_text (stmt, 1));
    }
  return step != KITH_DB_FAILED;
}

gboolean
kith_hub_revoke_computer (KithHub *self, const char *staff, const char *device, guint *n, GError **error)
{
  if (!kith_db_run (self->db, error, "lane-revoke", "ssi", staff, device != NULL ? device : "", kith_hub_now (self)))
    return FALSE;
  *n = (guint) kith_db_changes (self->db);
  if (*n > 0)
    kith_hub_poke_user (self, staff);
  return TRUE;
}

/**
 * kith_hub_name_computer:
 * @name: (nullable): what a desk says its computer is called; no more than a hint for people: letters, digits, . - and _, 63 at most, or it is left out
 */
gboolean
kith_hub_name_computer (KithHub *self, gint64 lane, const char *name, GError **error)
{
  gsize length = name != NULL ? strlen (name) : 0;

  if (length == 0 || length > MAX_COMPUTER)
    return TRUE;
  for (const char *c = name; *c != '\0'; c++)
    if (!g_ascii_isalnum (*c) && strchr (".-_", *c) == NULL)
      return TRUE;
  return kith_db_run (self->db, error, "lane-computer", "is", lane, name);
}

/* The lane that @device follows: of a computer that goes by another name since its lane forked, or what was kept there was damaged. 0: of none this
 * person has here. What it sent beyond n this database does not have, whatever it was told by one that went on where this one did not. */
static gboolean
find_former (KithHub *self, const char *former, const char *staff, gint64 *lane, gint64 *n, GError **error)
{
  *lane = *n = 0;
  return !kith_hub_valid_device (former) || (kith_db_fetch_int (self->db, lane, error, "lane-find", "ss", former, staff) &&
                                             kith_db_fetch_int (self->db, n, error, "lane-last", "i", *lane));
}

/* next_hash: (nullable): what the account is signed in with from now on; every other computer is asked for it */
static gboolean
open_session (KithHub *self, const char *login, const char *staff, JsonObject *body, const char *next_hash, KithHubAnswer *answer, GError **error)
{
  g_autoptr (KithActor) actor = kith_hub_load_actor (self, staff, error);
  g_autoptr (JsonObject) reply = NULL;
  g_autoptr (KithDbTransaction) transaction = NULL;
  g_autofree char *now = kith_time_format (kith_hub_now (self));
  JsonObject *description;
  gint64 lane, former, former_n;

  if (actor == NULL || (transaction = kith_db_transaction_begin (self->db, error)) == NULL)
    return FALSE;
  reply = kith_json_new ("user", "s", actor->user, "name", "s", actor->name, "agency", "s", actor->agency,
                         "agency_name", "s", actor->agency_name, "epoch", "s", self->epoch, "now", "s", now, NULL);
  if (!kith_db_run (self->db, error, "failure-clear", "s", login) || !find_former (self, kith_json_string (body, "former"), staff, &former, &former_n, error) ||
      !kith_hub_find_lane (self, kith_json_string (body, "device"), staff, former, &lane, error))
    return FALSE;
  if (lane == 0)
    {
      kith_hub_refuse_lane (answer);
      return TRUE;
    }
  if (!kith_hub_name_computer (self, lane, kith_json_string (body, "computer"), error) ||
      (former != 0 && !kith_db_run (self->db, error, "lane-follows", "ii", lane, former)))
    return FALSE;
  if (next_hash != NULL && (!kith_db_run (self->db, error, "account-set", "sss", login, staff, next_hash) ||
                            !kith_db_run (self->db, error, "sessions-drop-user", "s", staff)))
    return FALSE;
  if ((description = kith_hub_describe_lane (self, lane, error)) == NULL)
    return FALSE;
  json_object_set_object_member (reply, "lane", description);
  if (kith_json_string (body, "former") != NULL)
    json_object_set_int_member (reply, "former_n", former_n);
  if (next_hash != NULL)
    json_object_set_boolean_member (reply, "changed", TRUE);
  if (!kith_hub_open_session (self, staff, lane, reply, error) || !kith_db_transaction_commit (transaction, error))
    return FALSE;
  if (next_hash != NULL)
    kith_hub_poke_user (self, staff);
  self->counts.sign_ins++;
  kith_hub_answer_json (answer, 200, json_object_ref (reply));
  return TRUE;
}

static gboolean
read_authenticator (const char *text, KithAuthenticator *auth)
{
  return text != NULL && strlen (text) <= 2 * KITH_AUTHENTICATOR_MAX && sodium_hex2bin (auth->bytes, sizeof auth->bytes, text, strlen (text), NULL, &auth->length, NULL) == 0 &&
         auth->length >= KITH_AUTHENTICATOR_MIN;
}

/**
 * kith_hub_sign_in:
 *
 * POST /v1/sign-in: {"login","auth","device","former"?,"computer"?} → tokens, lane, person; with "former" also "former_n", up to where the hub has what
 * that computer sent; with "next_auth", that is what the account is signed in with from then on,
 * if "auth" is right: a password is changed by signing in with the former one. Nobody learns here whether a login exists: both cost the same and are answered
 * the same (sync.md 5.1). After ten failures a login waits, longer each time.
 *
 * Returns: FALSE when the database failed, or there was no memory for argon2id; else it is answered
 */
gboolean
kith_hub_sign_in (KithHub *self, const KithHubRequest *request, KithHubAnswer *answer, GError **error)
{
  g_autoptr (JsonObject) body = kith_hub_read_body (request, KITH_LIMIT_SMALL_BODY, answer);
  g_autofree char *login = NULL;
  g_autofree char *staff = NULL;
  g_autofree char *hash = NULL, *next_hash = NULL;
  g_autoptr (KithRecord) person = NULL;
  g_autoptr (GError) local = NULL;
  KithAuthenticator auth = { { 0 }, 0 }, next = { { 0 }, 0 };
  const char *device;
  Failures failures;
  gboolean right, low = FALSE;

  if (body == NULL)
    return TRUE;
  login = kith_login_fold (kith_json_string (body, "login"));
  device = kith_json_string (body, "device");
  if (login == NULL || !read_authenticator (kith_json_string (body, "auth"), &auth) || !kith_hub_valid_device (device) ||
      (json_object_has_member (body, "next_auth") && !read_authenticator (kith_json_string (body, "next_auth"), &next)))
    {
      kith_hub_answer_error (answer, 400, KITH_ERROR_BAD_REQUEST,
                             _("Sign-in name, authenticator or computer is missing or malformed."), NULL);
      return TRUE;
    }
  if (!read_failures (self, login, &failures, error))
    return FALSE;
  if (failures.until_ms > kith_hub_now (self))
    {
      kith_hub_answer_error (answer, 429, KITH_ERROR_SLOW_DOWN,
                             _("Too many wrong tries. Wait a little, then try again."), NULL);
      answer->retry_after = (guint) ((failures.until_ms - kith_hub_now (self) + 999) / 1000);
      return TRUE;
    }
  if (!read_account (self, login, &staff, &hash, error) || (next.length > 0 && !has_low_cost (self, login, &low, error)) ||
      !kith_hub_check_hash (self, request, hash, &auth, &next, low, answer, &right, &next_hash, error))
    return FALSE;
  if (answer->work != NULL)
    return TRUE;
  if (!right)
    return refuse_sign_in (self, login, &failures, answer, error);

  person = kith_world_get (self->world, "staff", staff, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (person == NULL || !kith_record_bool (person, "active"))
    {
      kith_hub_refuse_person (self, staff, KITH_ERROR_DEACTIVATED, answer);
      return TRUE;
    }
  if (!kith_hub_check_computer (self, staff, device, answer, error))
    return error == NULL || *error == NULL;
  return open_session (self, login, staff, body, next_hash, answer, error);
}
