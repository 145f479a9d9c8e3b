/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-hub-private.h"

#include <glib/gi18n.h>
#include <string.h>

/* Every path, what it takes and who answers it. What can be refused by its outside is refused before a byte is parsed. */

typedef gboolean (*OpenHandler) (KithHub *self, const KithHubRequest *request, KithHubAnswer *answer, GError **error);
typedef gboolean (*SessionHandler) (KithHub *self, const KithHubRequest *request, KithHubSession *session,
                                    KithHubAnswer *answer, GError **error);

typedef struct
{
  const char *path;         /* ends with a slash: what comes behind it is the handler's */
  const char *method;
  const char *content_type; /* NULL: no body */
  gsize max_body;
  OpenHandler open;         /* one of the two */
  SessionHandler handler;
  gboolean closed;          /* answered only when no access that is over stands open (kith_hub_end_due()) */
  gboolean any_time;        /* also when the hub's clock cannot be believed */
} Route;

static gboolean
hello (KithHub *self, const KithHubRequest *request, KithHubAnswer *answer, GError **error)
{
  g_autofree char *now = kith_time_format (kith_hub_now (self));
  JsonArray *proto = json_array_new ();
  JsonObject *schema = kith_json_new ("min", "i", (gint64) KITH_PROTOCOL_SCHEMA_MIN, "cur", "i",
                                      (gint64) KITH_PROTOCOL_SCHEMA, NULL);
  JsonObject *limits = kith_json_new ("body", "i", (gint64) KITH_LIMIT_BODY, "depth", "i", (gint64) KITH_LIMIT_DEPTH,
                                      "ops", "i", (gint64) KITH_LIMIT_PUSH_OPS, NULL);

  json_array_add_int_element (proto, KITH_PROTOCOL_VERSION);
  kith_hub_answer_json (answer, 200,
                        kith_json_new ("kith", "i", (gint64) 1, "epoch", "s", self->epoch, "proto", "a", proto, "schema",
                                       "o", schema, "now", "s", now, "limits", "o", limits, "enc", "a",
                                       kith_json_strings ("gzip", NULL), NULL));
  return TRUE;
}

static gboolean
health (KithHub *self, const KithHubRequest *request, KithHubAnswer *answer, GError **error)
{
  gint64 q = -1;

  if (!kith_db_fetch_int (self->db, &q, error, "state-read-q", ""))
    return FALSE;
  kith_hub_answer_json (answer, 200, kith_json_new ("ok", "b", TRUE, NULL));
  return TRUE;
}

static gboolean
metrics (KithHub *self, const KithHubRequest *request, KithHubAnswer *answer, GError **error)
{
  kith_hub_print_metrics (self, request, answer);
  return TRUE;
}

static const Route routes[] = {
  { KITH_PATH_HELLO, "GET", NULL, 0, hello, NULL },
  { KITH_PATH_HEALTH, "GET", NULL, 0, health, NULL },
  { KITH_PATH_METRICS, "GET", NULL, 0, metrics, NULL, .any_time = TRUE },
  { KITH_PATH_SIGN_IN_START, "POST", KITH_TYPE_JSON_TEXT, KITH_LIMIT_SMALL_BODY, kith_hub_start_sign_in, NULL },
  { KITH_PATH_SIGN_IN, "POST", KITH_TYPE_JSON_TEXT, KITH_LIMIT_SMALL_BODY, kith_hub_sign_in, NULL },
  { KITH_PATH_TOKEN, "POST", KITH_TYPE_JSON_TEXT, KITH_LIMIT_SMALL_BODY, kith_hub_refresh, NULL },
  { KITH_PATH_LANE, "POST", KITH_TYPE_JSON_TEXT, KITH_LIMIT_SMALL_BODY, NULL, kith_hub_new_lane },
  { KITH_PATH_PUSH, "POST", KITH_TYPE_LINES, KITH_LIMIT_BODY, NULL, kith_hub_push, TRUE },
  { KITH_PATH_PULL, "POST", KITH_TYPE_JSON_TEXT, KITH_LIMIT_PULL_BODY, NULL, kith_hub_pull, TRUE },
  { KITH_PATH_WAIT, "GET", NULL, 0, NULL, kith_hub_wait },
  { KITH_PATH_VERIFY, "POST", KITH_TYPE_JSON_TEXT, KITH_LIMIT_SMALL_BODY, NULL, kith_hub_verify, TRUE },
  { KITH_PATH_SEARCH, "POST", KITH_TYPE_JSON_TEXT, KITH_LIMIT_SMALL_BODY, NULL, kith_hub_look_up },
  { KITH_PATH_BLOB, "GET", NULL, 0, NULL, kith_hub_blob, TRUE },
  { KITH_PATH_BLOB, "PUT", KITH_TYPE_BYTES, KITH_LIMIT_BLOB_PART, NULL, kith_hub_blob },
  { KITH_PATH_OP, "POST", KITH_TYPE_JSON_TEXT, KITH_LIMIT_OP, NULL, kith_hub_online },
};

/**
 * kith_hub_answer_clear:
 *
 * Frees what it owns and makes it fit to be filled again.
 */
void
kith_hub_answer_clear (KithHubAnswer *answer)
{
  g_clear_pointer (&answer->body, g_bytes_unref);
  g_clear_pointer (&answer->user, g_free);
  g_clear_pointer (&answer->range, g_free);
  g_clear_pointer (&answer->work, kith_hub_work_free);
  answer->status = 0;
}

void
kith_hub_answer_json (KithHubAnswer *answer, guint status, JsonObject *object)
{
  char *text = kith_json_print_object (object);

  json_object_unref (object);
  g_clear_pointer (&answer->body, g_bytes_unref);
  answer->status = status;
  answer->content_type = KITH_TYPE_JSON_TEXT;
  answer->body = g_bytes_new_take (text, strlen (text));
}

/**
 * kith_hub_answer_error:
 * @code: of kith-protocol.h
 * @message: a sentence for a person
 * @more: (nullable) (transfer full): further members of the answer
 */
void
kith_hub_answer_error (KithHubAnswer *answer, guint status, const char *code, const char *message, JsonObject *more)
{
  JsonObject *object = more != NULL ? more : json_object_new ();

  json_object_set_string_member (object, "error", code);
  json_object_set_string_member (object, "message", message);
  kith_hub_answer_json (answer, status, object);
}

JsonObject *
kith_hub_read_body (const KithHubRequest *request, gsize max_bytes, KithHubAnswer *answer)
{
  const KithJsonLimits limits = { .max_bytes = max_bytes, .max_depth = KITH_LIMIT_DEPTH };
  g_autoptr (GError) error = NULL;
  gsize length = 0;
  const char *data = request->body != NULL ? g_bytes_get_data (request->body, &length) : NULL;
  JsonObject *object = kith_json_parse_object (data != NULL ? data : "", (gssize) length, &limits, &error);

  if (object == NULL)
    kith_hub_answer_error (answer, 400, KITH_ERROR_BAD_REQUEST, error->message, NULL);
  return object;
}

/**
 * kith_hub_query_value:
 * @query: (nullable): as it came, "c=AAF&t=55"
 *
 * Returns: (transfer full) (nullable): the first of that name, unescaped; NULL: none, or badly escaped
 */
char *
kith_hub_query_value (const char *query, const char *name)
{
  g_auto (GStrv) pairs = g_strsplit (query != NULL ? query : "", "&", -1);
  gsize length = strlen (name);

  for (guint i = 0; pairs[i] != NULL; i++)
    if (strncmp (pairs[i], name, length) == 0 && pairs[i][length] == '=')
      return g_uri_unescape_string (pairs[i] + length + 1, NULL);
  return NULL;
}

static gboolean
is_on (const Route *route, const char *path)
{
  return g_str_has_suffix (route->path, "/") ? g_str_has_prefix (path, route->path) : g_str_equal (route->path, path);
}

/* The one for this method, or another of the path; NULL: there is no such path. */
static const Route *
find_route (const char *path, const char *method)
{
  const Route *found = NULL;

  for (guint i = 0; path != NULL && i < G_N_ELEMENTS (routes); i++)
    if (is_on (&routes[i], path) && (found == NULL || g_strcmp0 (routes[i].method, method) == 0))
      found = &routes[i];
  return found;
}

gsize
kith_hub_body_limit (const char *path)
{
  gsize most = 0;

  for (guint i = 0; i < G_N_ELEMENTS (routes); i++)
    if (is_on (&routes[i], path))
      most = MAX (most, routes[i].max_body);
  return most;
}

static gboolean
type_fits (const char *expected, const char *type)
{
  gsize length = strlen (expected);

  return g_ascii_strncasecmp (type, expected, length) == 0 && (type[length] == '\0' || type[length] == ';' || type[length] == ' ');
}

/* FALSE: answered. */
static gboolean
check_outside (const Route *route, const KithHubRequest *request, gsize length, KithHubAnswer *answer)
{
  if (route == NULL)
    kith_hub_answer_error (answer, 404, KITH_ERROR_UNKNOWN_PATH, _("There is nothing here."), NULL);
  else if (g_strcmp0 (route->method, request->method) != 0)
    kith_hub_answer_error (answer, 405, KITH_ERROR_METHOD, _("This is asked for in another way."), NULL);
  else if (length > route->max_body)
    kith_hub_answer_error (answer, 413, KITH_ERROR_TOO_LARGE, _("This is larger than the hub takes. Nothing was stored."), NULL);
  else if (route->content_type != NULL && request->content_type != NULL && !type_fits (route->content_type, request->content_type))
    kith_hub_answer_error (answer, 415, KITH_ERROR_CONTENT_TYPE, _("The hub does not read this type of content."),
                           NULL);
  else
    return TRUE;
  return FALSE;
}

/**
 * kith_hub_check_head:
 * @head: what the head of a request says; its body is not looked at, a content_type of "" is none
 * @length: what it says of the body's length in bytes; 0 when it says nothing
 * @needs_token: (out): whether only somebody signed in is answered there
 *
 * Path, method, length, type and the form of the token, without a hub and on any thread: a server asks before it reads a body.
 *
 * Returns: FALSE: refused, and @answer says why
 */
gboolean
kith_hub_check_head (const KithHubRequest *head, gsize length, gboolean *needs_token, KithHubAnswer *answer)
{
  const Route *route = find_route (head->path, head->method);

  *answer = (KithHubAnswer){ 0 };
  if (!check_outside (route, head, length, answer))
    return FALSE;
  *needs_token = route->handler != NULL;
  if (!*needs_token || kith_hub_is_token (head->token))
    return TRUE;
  kith_hub_answer_error (answer, 401, KITH_ERROR_SIGN_IN, _("Sign in again."), NULL);
  return FALSE;
}

static gboolean
dispatch (KithHub *self, const Route *route, const KithHubRequest *request, KithHubAnswer *answer, GError **error)
{
  g_auto (KithHubSession) session = { 0 };
  g_autoptr (GError) local = NULL;
  gboolean left;

  if (!route->any_time && !kith_hub_check_clock (self, answer))
    return TRUE;
  if (route->open != NULL)
    return route->open (self, request, answer, error);
  if (!kith_hub_authenticate (self, request->token, &session, answer, &local))
    {
      if (local == NULL)
        return TRUE;
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (!kith_hub_end_due (self, &left, error))
    return FALSE;
  if (!left || !route->closed)
    return route->handler (self, request, &session, answer, error);
  kith_hub_answer_error (answer, 503, KITH_ERROR_UNAVAILABLE, _("The hub is closing access that has come to its end. It is asked again in a moment."), NULL);
  answer->retry_after = 1;
  return TRUE;
}

static void
answer_failure (KithHubAnswer *answer, const GError *error)
{
  gboolean passing = error->domain == KITH_DB_ERROR &&
                     (error->code == KITH_DB_ERROR_BUSY || error->code == KITH_DB_ERROR_FULL);

  g_message ("a request failed: %s", error->message);
  if (passing)
    {
      kith_hub_answer_error (answer, 503, KITH_ERROR_UNAVAILABLE,
                             _("The hub cannot store anything right now. Nothing is lost; it is tried again."), NULL);
      answer->retry_after = 30;
    }
  else
    kith_hub_answer_error (answer, 500, KITH_ERROR_FAILED, _("The hub could not answer. What it had taken is safe, and the rest is sent again."), NULL);
}

void
kith_hub_handle (KithHub *self, const KithHubRequest *request, KithHubAnswer *answer)
{
  const Route *route = find_route (request->path, request->method);
  g_autoptr (GError) error = NULL;

  *answer = (KithHubAnswer){ 0 };
  self->counts.requests++;
  if (request->body != NULL)
    self->counts.bytes_in += g_bytes_get_size (request->body);
  if (check_outside (route, request, request->body != NULL ? g_bytes_get_size (request->body) : 0, answer) &&
      !dispatch (self, route, request, answer, &error))
    {
      if (self->writing)
        kith_hub_rollback (self);
      answer_failure (answer, error);
    }
  if (answer->status >= 400)
    self->counts.refused_requests++;
  if (answer->body != NULL)
    self->counts.bytes_out += g_bytes_get_size (answer->body);
}
