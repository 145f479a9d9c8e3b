/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is asked of the hub to sign in, and its answers as sentences for a person. */

#include "kith-desktop-private.h"

#include "kith-keyslots.h"
#include "kith-protocol.h"
#include "kith-text.h"

#include <glib/gi18n.h>
#include <string.h>

typedef struct
{
  KithDesktop *desktop;
  KithSignInSent sent;
  gpointer user_data;
} Sending;

/* The hub's JSON; with it, or alone, an error with a sentence for a person. */
static JsonObject *
read_answer (gboolean ok, KithTransportAnswer *answer, const GError *failure, GError **error)
{
  JsonObject *object;
  const char *message, *code;

  if (!ok)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_CONNECTED, _("The hub cannot be reached (%s). Check the address and the network."),
                   failure->message);
      return NULL;
    }
  object = kith_json_parse_object (g_bytes_get_data (answer->body, NULL), g_bytes_get_size (answer->body), NULL, NULL);
  if (object != NULL && answer->status == 200)
    return object;
  message = object != NULL ? kith_text_told (kith_json_string (object, "message")) : NULL;
  code = object != NULL ? kith_json_string (object, "error") : NULL;
  if (answer->status == 401 && (g_strcmp0 (code, KITH_ERROR_DEACTIVATED) == 0 || g_strcmp0 (code, KITH_ERROR_REVOKED) == 0))
    g_set_error_literal (error, KITH_ACCOUNT_ERROR, KITH_ACCOUNT_ERROR_CLOSED,
                         message != NULL ? message : _("This account is closed. Ask your agency’s administrator."));
  else if (answer->status == 401 && g_strcmp0 (code, KITH_ERROR_BAD_SIGN_IN) == 0) /* the hub's word; a proxy knows nothing of Kith's passwords */
    g_set_error_literal (error, KITH_KEYSLOTS_ERROR, KITH_KEYSLOTS_ERROR_WRONG_PASSWORD,
                         message != NULL ? message : _("The sign-in name or the password is not right."));
  else
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                         message != NULL ? message : _("What answers at this address is not a Kith hub. Check the address and the network."));
  return object;
}

static void
sending_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Sending *sending = user_data;
  g_auto (KithTransportAnswer) answer = { 0 };
  g_autoptr (JsonObject) object = NULL;
  g_autoptr (GError) failure = NULL;
  g_autoptr (GError) error = NULL;
  gboolean ok = kith_transport_send_finish (KITH_TRANSPORT (source), result, &answer, &failure);

  object = read_answer (ok, &answer, failure, &error);
  sending->sent (sending->desktop, object, error, sending->user_data);
  g_object_unref (sending->desktop);
  g_free (sending);
}

static void
send_json (KithDesktop *desktop, KithTransport *transport, const char *path, JsonObject *body, KithSignInSent sent, gpointer user_data)
{
  g_autofree char *text = kith_json_print_object (body);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  KithSyncRequest request = { .type = KITH_SYNC_SIGN_IN_REQUEST, .method = (char *) "POST", .path = (char *) path, .body = bytes, .timeout_s = 30 };
  Sending *sending = g_new0 (Sending, 1);

  sending->desktop = g_object_ref (desktop);
  sending->sent = sent;
  sending->user_data = user_data;
  kith_transport_send_async (transport, &request, NULL, sending_cb, sending);
  json_object_unref (body);
}

/* For whoever looks after the hub and is told that this one was lost; NULL where it has no name that says something. */
static const char *
name_of_computer (void)
{
  const char *name = g_get_host_name ();

  return g_str_equal (name, "localhost") ? NULL : name;
}

/* former_device: (nullable): what this computer went by until its lane forked, where this makes another of it (I21) */
void
kith_sign_in_send (KithDesktop *desktop, KithTransport *transport, const char *login, KithSecret *auth, KithSecret *next_auth, const char *device,
                   const char *former_device, KithSignInSent sent, gpointer user_data)
{
  g_autofree char *hex = kith_hex_encode (kith_secret_bytes (auth), kith_secret_length (auth));
  g_autofree char *next_hex = next_auth != NULL ? kith_hex_encode (kith_secret_bytes (next_auth), kith_secret_length (next_auth)) : NULL;

  send_json (desktop, transport, KITH_PATH_SIGN_IN,
             kith_json_new ("login", "s", login, "auth", "s", hex, "next_auth", "s", next_hex, "device", "s", device, "former", "s", former_device, "computer", "s", name_of_computer (),
                            "schema", "i", (gint64) KITH_PROTOCOL_SCHEMA, NULL),
             sent, user_data);
}

/* How the password is derived, which the hub tells to whoever asks. */
void
kith_sign_in_send_start (KithDesktop *desktop, KithTransport *transport, const char *login, KithSignInSent sent, gpointer user_data)
{
  send_json (desktop, transport, KITH_PATH_SIGN_IN_START, kith_json_new ("login", "s", login, NULL), sent, user_data);
}
