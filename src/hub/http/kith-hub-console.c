/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-hub-console.h"

#include "kith-hub-mail.h"
#include "kith-json.h"

#include <gio/gunixsocketaddress.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#define MOST (4 * 1024 * 1024) /* bytes of a request or an answer; each comes after its length, four bytes, the highest first */
#define DEEPEST 64        /* a directory's entry, within a request */
#define PATIENCE_S 10     /* for a command that says nothing */
#define ANSWER_S 60       /* for a hub that is busy */

/* ---- what may be asked */

static gboolean
run_submit (KithHub *hub, JsonObject *request, JsonObject *answer, GError **error)
{
  g_autoptr (KithActor) actor = kith_actor_new_hub ();
  g_auto (KithOpContext) result = { 0 };

  return kith_hub_submit (hub, actor, kith_json_string (request, "op"), kith_json_object (request, "a"), &result, error);
}

static gboolean
run_low_cost (KithHub *hub, JsonObject *request, JsonObject *answer, GError **error)
{
  return kith_hub_set_low_cost (hub, kith_json_string (request, "login"), kith_json_bool (request, "low", FALSE), error);
}

static gboolean
run_account (KithHub *hub, JsonObject *request, JsonObject *answer, GError **error)
{
  gsize length = 0;
  g_autofree guchar *auth = g_base64_decode (kith_json_string (request, "auth"), &length);

  return kith_hub_set_account (hub, kith_json_string (request, "login"), kith_json_string (request, "staff"), auth, length, error);
}

static gboolean
run_revoke (KithHub *hub, JsonObject *request, JsonObject *answer, GError **error)
{
  guint n = 0;

  if (!kith_hub_revoke_computer (hub, kith_json_string (request, "staff"), kith_json_string (request, "device"), &n, error))
    return FALSE;
  json_object_set_int_member (answer, "n", n);
  return TRUE;
}

static gboolean
run_drop (KithHub *hub, JsonObject *request, JsonObject *answer, GError **error)
{
  return kith_db_run (kith_hub_get_db (hub), error, "parked-drop", "i", kith_json_int (request, "number", 0));
}

static gboolean
run_mail_again (KithHub *hub, JsonObject *request, JsonObject *answer, GError **error)
{
  guint n = 0;

  if (!kith_hub_revive_mail (hub, &n, error))
    return FALSE;
  json_object_set_int_member (answer, "n", n);
  return TRUE;
}

/* Rows of a list that comes in: as many as nobody notices to be waiting for. */
static gboolean
run_rows (KithHub *hub, JsonObject *request, JsonObject *answer, GError **error)
{
  g_autoptr (KithActor) actor = kith_actor_new_hub ();
  g_autoptr (GPtrArray) ops = g_ptr_array_new (), outcomes = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  JsonArray *rows = kith_json_array (request, "ops"), *list;

  for (guint i = 0; rows != NULL && i < json_array_get_length (rows); i++)
    {
      JsonNode *node = json_array_get_element (rows, i);

      if (!JSON_NODE_HOLDS_OBJECT (node))
        {
          g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _("What is to be imported is not described as it should be. Nothing was changed."));
          return FALSE;
        }
      g_ptr_array_add (ops, json_node_get_object (node));
    }
  if (ops->len > 0 && !kith_hub_submit_guarded (hub, actor, kith_json_string (request, "mark"), ops, outcomes, error))
    return FALSE;
  list = json_array_new ();
  for (guint i = 0; i < outcomes->len; i++)
    json_array_add_object_element (list, json_object_ref (outcomes->pdata[i]));
  json_object_set_array_member (answer, "outcomes", list);
  return TRUE;
}

static gboolean
run_rows_over (KithHub *hub, JsonObject *request, JsonObject *answer, GError **error)
{
  return kith_hub_guard_over (hub, kith_json_string (request, "mark"), error);
}

static gboolean
run_mend (KithHub *hub, JsonObject *request, JsonObject *answer, GError **error)
{
  guint n = 0;

  if (!kith_hub_mend_indexes (hub, &n, error))
    return FALSE;
  json_object_set_int_member (answer, "n", n);
  return TRUE;
}

static gboolean
run_here (KithHub *hub, JsonObject *request, JsonObject *answer, GError **error)
{
  return TRUE;
}

static const struct
{
  const char *what;
  const char *needs[3]; /* texts it must have */
  gboolean (*run) (KithHub *hub, JsonObject *request, JsonObject *answer, GError **error);
} requests[] = {
  { "here", { NULL }, run_here },
  { "submit", { "op", NULL }, run_submit },
  { "low_cost", { "login", NULL }, run_low_cost },
  { "account", { "login", "staff", "auth" }, run_account },
  { "revoke", { "staff", NULL }, run_revoke },
  { "drop", { NULL }, run_drop },
  { "mail_again", { NULL }, run_mail_again },
  { "mend", { NULL }, run_mend },
  { "rows", { "mark", NULL }, run_rows },
  { "rows_over", { "mark", NULL }, run_rows_over },
};

/**
 * kith_hub_console_run:
 * @request: as the header says
 *
 * Returns: (transfer full): what comes back; NULL with an error when it was refused, and nothing was changed
 */
JsonObject *
kith_hub_console_run (KithHub *hub, JsonObject *request, GError **error)
{
  g_autoptr (JsonObject) answer = json_object_new ();
  const char *what = kith_json_string (request, "what");

  for (guint i = 0; what != NULL && i < G_N_ELEMENTS (requests); i++)
    {
      gboolean whole = g_str_equal (requests[i].what, what) && (requests[i].run != run_submit || kith_json_object (request, "a") != NULL);

      for (guint k = 0; whole && k < G_N_ELEMENTS (requests[i].needs) && requests[i].needs[k] != NULL; k++)
        whole = kith_json_string (request, requests[i].needs[k]) != NULL;
      if (whole)
        return requests[i].run (hub, request, answer, error) ? g_steal_pointer (&answer) : NULL;
    }
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                       _("The hub that serves is of another version of Kith and does not know this command. Nothing was changed; restart it."));
  return NULL;
}

/* ---- what a command sends */

char *
kith_hub_console_path (const char *database)
{
  return g_strconcat (database, ".socket", NULL);
}

/* GIO would cut off what is too long, and come to a socket of another name. */
static GSocketAddress *
address_of (const char *path, GError **error)
{
  if (strlen (path) < sizeof ((struct sockaddr_un *) NULL)->sun_path)
    return g_unix_socket_address_new (path);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FILENAME_TOO_LONG, _("The path is too long for a socket"));
  return NULL;
}

static const KithJsonLimits limits = { .max_bytes = MOST, .max_depth = DEEPEST };

static GBytes *
pack (JsonObject *object)
{
  g_autofree char *text = kith_json_print_object (object);
  guint32 length = GUINT32_TO_BE ((guint32) strlen (text));
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  g_byte_array_append (bytes, (const guint8 *) &length, sizeof length);
  g_byte_array_append (bytes, (const guint8 *) text, (guint) strlen (text));
  explicit_bzero (text, strlen (text));
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

static gboolean
exchange (GSocketConnection *connection, JsonObject *request, JsonObject **answer, GError **error)
{
  GInputStream *in = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  g_autoptr (GBytes) bytes = pack (request);
  g_autofree char *text = NULL;
  guint32 length = 0;
  gsize n = 0;

  if (!g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL, NULL, error) ||
      !g_input_stream_read_all (in, &length, sizeof length, &n, NULL, error))
    return FALSE;
  length = GUINT32_FROM_BE (length);
  if (n == sizeof length && length <= MOST)
    {
      text = g_malloc (length + 1);
      if (!g_input_stream_read_all (in, text, length, &n, NULL, error))
        return FALSE;
      if (n == length && (*answer = kith_json_parse_object (text, length, &limits, NULL)) != NULL)
        return TRUE;
    }
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT, "no whole answer");
  return FALSE;
}

/**
 * kith_hub_console_ask:
 * @path: of kith_hub_console_path()
 * @request: as the header says
 *
 * Returns: (transfer full): what comes back; NULL with an error, which says whether anything may have been changed
 */
JsonObject *
kith_hub_console_ask (const char *path, JsonObject *request, GError **error)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GError) local = NULL;
  g_autoptr (GSocketAddress) address = address_of (path, &local);
  g_autoptr (GSocketConnection) connection = NULL;
  g_autoptr (JsonObject) answer = NULL;
  JsonObject *failed;
  const char *domain;

  g_socket_client_set_timeout (client, ANSWER_S);
  connection = address != NULL ? g_socket_client_connect (client, G_SOCKET_CONNECTABLE (address), NULL, &local) : NULL;
  if (connection == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_CONNECTED, _("The hub that serves cannot be reached at “%s”: %s. Nothing was changed."), path, local->message);
      return NULL;
    }
  if (!exchange (connection, request, &answer, &local))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                   _("The hub that serves did not answer (%s). It may have been done or not: look at the hub, then run the same command again."), local->message);
      return NULL;
    }
  if ((failed = kith_json_object (answer, "error")) == NULL)
    return g_steal_pointer (&answer);
  domain = kith_json_string (failed, "domain");
  g_set_error (error, domain != NULL ? g_quark_from_string (domain) : G_IO_ERROR, (int) kith_json_int (failed, "code", 0), "%s", kith_json_string (failed, "message"));
  return NULL;
}

/* ---- where the hub that serves listens */

struct _KithHubConsole
{
  GObject *server;
  KithDbThread *thread;
  KithHub *hub;
  KithHubTold told;
  gpointer user_data;
  GSocketService *service; /* owned; NULL: it does not listen */
  GCancellable *stopped;   /* owned */
  char *path;
};

/* One request on its way. */
typedef struct
{
  KithHubConsole *console;
  GObject *server; /* owned: keeps the console and the hub */
  GSocketConnection *connection; /* owned */
  guint32 length;
  char *text;
  GBytes *answer;
  gint64 moment;
  KithHubPokes *pokes;
} Call;

static void
call_free (Call *call)
{
  if (call->text != NULL)
    explicit_bzero (call->text, call->length);
  g_free (call->text);
  g_clear_pointer (&call->answer, g_bytes_unref);
  g_object_unref (call->connection);
  g_object_unref (call->server);
  g_free (call);
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, NULL); /* it hung up: it is done all the same */
  call_free (user_data);
}

static void
ran_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Call *call = user_data;
  KithHubConsole *self = call->console;
  g_autoptr (KithHubPokes) pokes = g_steal_pointer (&call->pokes);

  kith_db_thread_run_finish (self->thread, result, NULL);
  self->told (call->moment, pokes, self->user_data);
  /* Not cut off by the end of serve: it was done, and who asked is to know. */
  g_output_stream_write_all_async (g_io_stream_get_output_stream (G_IO_STREAM (call->connection)), g_bytes_get_data (call->answer, NULL),
                                   g_bytes_get_size (call->answer), G_PRIORITY_DEFAULT, NULL, answered_cb, call);
}

static gpointer
run_on_thread (gpointer data, GCancellable *cancellable, GError **error)
{
  Call *call = data;
  KithHub *hub = call->console->hub;
  g_autoptr (GError) local = NULL;
  g_autoptr (JsonObject) request = kith_json_parse_object (call->text, call->length, &limits, &local);
  g_autoptr (JsonObject) answer = request != NULL ? kith_hub_console_run (hub, request, &local) : NULL;

  if (answer == NULL)
    answer = kith_json_new ("error", "o", kith_json_new ("domain", "s", g_quark_to_string (local->domain), "code", "i", (gint64) local->code,
                                                         "message", "s", local->message, NULL), NULL);
  call->answer = pack (answer);
  call->moment = kith_hub_get_moment (hub);
  call->pokes = kith_hub_take_pokes (hub);
  return NULL;
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Call *call = user_data;
  gsize n = 0;

  if (!g_input_stream_read_all_finish (G_INPUT_STREAM (source), result, &n, NULL) || n < call->length || g_cancellable_is_cancelled (call->console->stopped))
    call_free (call);
  else
    kith_db_thread_run_async (call->console->thread, G_PRIORITY_DEFAULT, run_on_thread, call, NULL, NULL, ran_cb, call);
}

static void
read_length_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Call *call = user_data;
  gsize n = 0;
  gboolean whole = g_input_stream_read_all_finish (G_INPUT_STREAM (source), result, &n, NULL) && n == sizeof call->length;

  call->length = GUINT32_FROM_BE (call->length);
  if (!whole || call->length > MOST)
    {
      call_free (call);
      return;
    }
  call->text = g_malloc0 (call->length + 1);
  g_input_stream_read_all_async (G_INPUT_STREAM (source), call->text, call->length, G_PRIORITY_DEFAULT, call->console->stopped, read_cb, call);
}

/* Root, and whom the hub runs as: they have the database anyway. */
static gboolean
is_owner (GSocketConnection *connection)
{
  g_autoptr (GCredentials) credentials = g_socket_get_credentials (g_socket_connection_get_socket (connection), NULL);
  uid_t user = credentials != NULL ? g_credentials_get_unix_user (credentials, NULL) : (uid_t) -1;

  return user != (uid_t) -1 && (user == 0 || user == geteuid ());
}

static gboolean
incoming_cb (GSocketService *service, GSocketConnection *connection, GObject *source, gpointer user_data)
{
  KithHubConsole *self = user_data;
  Call *call;

  if (!is_owner (connection))
    {
      g_warning ("Somebody who does not own the hub tried to use its console; nothing was done.");
      return TRUE;
    }
  g_socket_set_timeout (g_socket_connection_get_socket (connection), PATIENCE_S);
  call = g_new0 (Call, 1);
  call->console = self;
  call->server = g_object_ref (self->server);
  call->connection = g_object_ref (connection);
  g_input_stream_read_all_async (g_io_stream_get_input_stream (G_IO_STREAM (connection)), &call->length, sizeof call->length, G_PRIORITY_DEFAULT,
                                 self->stopped, read_length_cb, call);
  return TRUE;
}

KithHubConsole *
kith_hub_console_new (GObject *server, KithDbThread *thread, KithHub *hub, KithHubTold told, gpointer user_data)
{
  KithHubConsole *self = g_new0 (KithHubConsole, 1);

  self->server = server;
  self->thread = thread;
  self->hub = hub;
  self->told = told;
  self->user_data = user_data;
  self->stopped = g_cancellable_new ();
  return self;
}

/**
 * kith_hub_console_listen:
 * @path: of kith_hub_console_path()
 *
 * The socket is its owner's alone to use.
 */
gboolean
kith_hub_console_listen (KithHubConsole *self, const char *path, GError **error)
{
  g_autoptr (GSocketService) service = g_socket_service_new ();
  g_autoptr (GSocketAddress) address = address_of (path, error);
  GStatBuf there;
  mode_t mask;
  gboolean bound;

  if (address == NULL)
    return FALSE;
  if (g_lstat (path, &there) == 0 && S_ISSOCK (there.st_mode))
    g_unlink (path);
  mask = umask (0177); /* at no moment anybody else's */
  bound = g_socket_listener_add_address (G_SOCKET_LISTENER (service), address, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT, NULL, NULL, error);
  umask (mask);
  if (!bound)
    return FALSE;
  g_signal_connect (service, "incoming", G_CALLBACK (incoming_cb), self);
  self->service = g_steal_pointer (&service);
  self->path = g_strdup (path);
  return TRUE;
}

void
kith_hub_console_stop (KithHubConsole *self)
{
  g_cancellable_cancel (self->stopped);
  if (self->service == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->service, self);
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  g_clear_object (&self->service);
  g_unlink (self->path);
}

void
kith_hub_console_free (KithHubConsole *self)
{
  kith_hub_console_stop (self);
  g_object_unref (self->stopped);
  g_free (self->path);
  g_free (self);
}
