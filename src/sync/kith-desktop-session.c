/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The worker's side of KithDesktop: a store, its engine and the transport that carries the engine's requests. */

#include "kith-desktop-session-private.h"

#include "kith-keyslots.h"
#include "kith-protocol.h"
#include "kith-store-file.h"
#include "kith-store-lease.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>

#define SIGN_IN_AGAIN_MS 60000

KithStore *
kith_session_get_store (KithSession *self)
{
  return self->store;
}

/* Returns (transfer none): for the worker thread, until the session is closed */
KithSyncEngine *
kith_session_get_engine (KithSession *self)
{
  return self->engine;
}

/* Returns (transfer none): for the worker thread; kith_session_move() puts another in its place */
KithTransport *
kith_session_get_transport (KithSession *self)
{
  return self->transport;
}

/* Returns (transfer none): the list kith-desktop-asked.c keeps: what the hub is asked before it is done here */
GPtrArray *
kith_session_get_asked (KithSession *self)
{
  return self->asked;
}

/* --- what the windows show -------------------------------------------------------------------------------------- */

static void
changed_cb (KithStore *store, char **kinds, gpointer user_data)
{
  static const char *const of_actor[] = { "staff", "staff_service", "agency_settings", "organization", NULL };
  KithSession *self = user_data;

  for (guint i = 0; of_actor[i] != NULL; i++)
    self->actor_stale = self->actor_stale || g_strv_contains ((const char *const *) kinds, of_actor[i]);
  kith_desktop_post_changed (self->desktop, g_strdupv (kinds));
}

static void
outcome_cb (KithStore *store, const char *op_id, gpointer user_data)
{
  kith_desktop_post_outcome (((KithSession *) user_data)->desktop, op_id);
}

/* --- requests --------------------------------------------------------------------------------------------------- */

/* Holds nothing alive: a long poll may be out for a minute, and a desktop that is let go closes its session. */
typedef struct
{
  KithSession *session; /* only looked at while cancellable says that it is there */
  GCancellable *cancellable, *line;
  guint64 serial;
} Flight;

static void
flight_free (Flight *self)
{
  g_object_unref (self->cancellable);
  g_object_unref (self->line);
  g_free (self);
}

/* A sentence for who wonders why nothing is sent. error: NULL: something answered that is no hub. */
static char *
trouble_words (const GError *error)
{
  if (error == NULL)
    return g_strdup (_("Something answers at this address, but it is not a Kith hub."));
  if (error->domain == G_TLS_ERROR)
    return g_strdup_printf (_("The hub’s certificate is not trusted, so nothing was sent (%s)."), error->message);
  if (error->domain == G_RESOLVER_ERROR)
    return g_strdup (_("The name of the hub’s computer is not known in this network."));
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED))
    return g_strdup (_("The computer answers, but no hub runs there at this address."));
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT) || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return g_strdup (_("There was no answer in time."));
  return g_strdup_printf (_("There was no answer (%s)."), error->message);
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Flight *flight = user_data;
  g_auto (KithTransportAnswer) answer = { 0 };
  g_autoptr (GError) error = NULL;
  gboolean ok = kith_transport_send_finish (KITH_TRANSPORT (source), result, &answer, &error);
  KithSession *self = flight->session;

  if (g_cancellable_is_cancelled (flight->cancellable)) /* the session was closed */
    {
      flight_free (flight);
      return;
    }
  self->tried_ms = kith_clock_wall_ms (self->desktop->clock);
  if (ok)
    kith_sync_engine_answer (self->engine, flight->serial, answer.status, answer.content_type, answer.body, answer.retry_after);
  else
    kith_sync_engine_fail (self->engine, flight->serial);
  self->online = kith_sync_engine_get_state (self->engine) != KITH_SYNC_OFFLINE;
  g_free (self->trouble);
  self->trouble = self->online ? NULL : ok && kith_sync_engine_get_told (self->engine) ? g_strdup (kith_sync_engine_get_told (self->engine)) : trouble_words (error);
  if (g_cancellable_is_cancelled (flight->line)) /* it was on its way to the former address */
    kith_sync_engine_nudge (self->engine);
  flight_free (flight);
  kith_session_tell_asked (self);
  kith_session_pump (self);
  kith_session_end_wait (self);
}

static void
send_request (KithSession *self, KithSyncRequest *request)
{
  Flight *flight = g_new0 (Flight, 1);

  flight->session = self;
  flight->cancellable = g_object_ref (self->cancellable);
  flight->line = g_object_ref (self->line);
  flight->serial = request->serial;
  kith_transport_send_async (self->transport, request, self->line, sent_cb, flight);
  kith_sync_request_free (request);
}

/* --- signing in again ------------------------------------------------------------------------------------------- */

static void
signed_in_again_cb (KithDesktop *desktop, JsonObject *answer, const GError *error, gpointer user_data)
{
  KithSession *self = desktop->session;
  g_autoptr (GError) failure = NULL;

  if (self == NULL || self != user_data)
    return;
  self->signing_in = FALSE;
  /* Changed on another computer: what was derived from the former one is of no use, and asking with it again looks like guessing. */
  if (g_error_matches (error, KITH_KEYSLOTS_ERROR, KITH_KEYSLOTS_ERROR_WRONG_PASSWORD))
    {
      g_clear_pointer (&self->auth, kith_secret_free);
      self->password_changed = TRUE;
    }
  if (error != NULL)
    kith_session_take_closed (self, answer);
  else if (!kith_session_take_sign_in (self, self->signing_as, answer, &failure))
    g_warning ("sign-in: %s", failure->message);
  kith_session_pump (self);
  kith_session_end_wait (self);
}

/* The refresh token is gone but this person unlocked with their password a while ago: ask the hub with what came of it. Where the lane forked and no new one
 * was given yet, as another computer, the same one until the hub answers. */
static void
sign_in_again (KithSession *self)
{
  gint64 now = kith_clock_mono_ms (self->desktop->clock);
  const char *device = kith_store_get_device (self->store);

  if (kith_sync_engine_get_state (self->engine) != KITH_SYNC_SIGN_IN || self->auth == NULL || self->signing_in ||
      kith_sync_engine_get_sign_in_reason (self->engine) != NULL || kith_store_get_user (self->store) == NULL ||
      (self->signed_in_at != 0 && now - self->signed_in_at < SIGN_IN_AGAIN_MS))
    return;
  if (device != NULL || self->signing_as == NULL)
    {
      char *name = device != NULL ? g_strdup (device) : kith_id_new (self->desktop->clock, self->random);

      g_free (self->signing_as);
      self->signing_as = name;
    }
  self->signed_in_at = now;
  self->signing_in = TRUE;
  kith_sign_in_send (self->desktop, self->transport, self->login, self->auth, NULL, self->signing_as, kith_store_get_former_device (self->store), signed_in_again_cb, self);
}

/* --- the pump --------------------------------------------------------------------------------------------------- */

static gboolean
timer_cb (gpointer user_data)
{
  kith_session_pump (user_data);
  return G_SOURCE_CONTINUE;
}

static void
stop_timer (KithSession *self)
{
  if (self->timer == NULL)
    return;
  g_source_destroy (self->timer);
  g_clear_pointer (&self->timer, g_source_unref);
}

static void
start_timer (KithSession *self, gint64 wake_ms)
{
  gint64 delay = wake_ms < 0 ? SIGN_IN_AGAIN_MS : CLAMP (wake_ms - kith_clock_mono_ms (self->desktop->clock), 1, SIGN_IN_AGAIN_MS);

  stop_timer (self);
  self->next_ms = wake_ms < 0 ? 0 : kith_clock_wall_ms (self->desktop->clock) + delay;
  self->timer = g_timeout_source_new ((guint) delay);
  g_source_set_callback (self->timer, timer_cb, self, NULL);
  g_source_attach (self->timer, kith_db_thread_get_context (self->desktop->worker));
}

/* Sends what the engine has to send, and asks to be called again when it wants. */
void
kith_session_pump (KithSession *self)
{
  gint64 wake = -1;
  KithSyncRequest *request;

  if (self->pumping)
    return;
  self->pumping = TRUE;
  while ((request = kith_sync_engine_next (self->engine, &wake)) != NULL)
    send_request (self, request);
  sign_in_again (self);
  self->pumping = FALSE;
  start_timer (self, wake);
  kith_session_watch_file (self);
  kith_session_begin_refind (self);
  kith_session_check_lease (self);
  kith_session_check_closed (self);
  kith_session_post_view (self);
}

/* --- open and close --------------------------------------------------------------------------------------------- */

/* What the hub said at sign-in: the lane, the tokens. */
gboolean
kith_session_take_sign_in (KithSession *self, const char *device, JsonObject *answer, GError **error)
{
  JsonObject *lane = kith_json_object (answer, "lane");
  gint64 now = 0; /* an older hub does not say */

  if (lane == NULL || kith_json_string (lane, "code") == NULL || kith_json_string (answer, "user") == NULL ||
      kith_json_string (answer, "token") == NULL)
    {
      g_set_error_literal (error, KITH_STORE_ERROR, KITH_STORE_ERROR_PROTOCOL, _("The hub’s answer was not understood. Is the address right?"));
      return FALSE;
    }
  /* What is pushed before the first page is kept by the hub's time, whatever this computer's clock says (sync.md 2.9). */
  kith_time_parse (kith_json_string (answer, "now"), &now);
  if (!kith_store_note_contact (self->store, now, error) ||
      !kith_store_set_identity (self->store, device, kith_json_string (answer, "user"), kith_json_string (lane, "code"),
                                kith_json_string (answer, "epoch"), error) ||
      !kith_store_set_lane (self->store, kith_json_int (lane, "last_n", 0), kith_json_int (lane, "next_number", 1), error) ||
      !kith_store_set_refresh (self->store, kith_json_string (answer, "refresh"), error))
    return FALSE;
  self->online = TRUE;
  kith_store_note_met (self->store);
  self->lease_over = FALSE;
  kith_sync_engine_set_token (self->engine, kith_json_string (answer, "token"));
  return TRUE;
}

static gpointer
open_reader (gpointer data, GCancellable *cancellable, GError **error)
{
  KithDesktop *desktop = ((gpointer *) data)[0];
  KithDbOptions *options = ((gpointer *) data)[1];

  g_clear_pointer (&desktop->db, kith_db_close);
  desktop->db = kith_db_open (options, error);
  if (desktop->db != NULL && !kith_store_prepare_reader (desktop->db, error))
    g_clear_pointer (&desktop->db, kith_db_close);
  return NULL;
}

static gboolean
open_databases (KithSession *self, const char *folder, KithSecret *data_key, GError **error)
{
  g_autofree char *path = g_build_filename (folder, "store.db", NULL);
  g_autofree char *files = g_build_filename (folder, "files", NULL);
  g_autoptr (KithSecret) key = kith_keyslots_database_key (data_key);
  KithDbOptions options = { .path = path, .key = kith_secret_bytes (key), .queries = KITH_DESKTOP_QUERIES };
  g_autoptr (GError) failure = NULL;
  KithDb *db = kith_db_open (&options, error);

  if (db == NULL)
    return FALSE;
  self->store = kith_store_new (db, self->desktop->clock, self->random, error);
  if (self->store == NULL || !kith_store_set_files (self->store, files, error))
    return FALSE;
  kith_db_exec (db, "PRAGMA shrink_memory", NULL); /* what was looked at on the way is not looked at again soon */
  options.readonly = TRUE;
  kith_db_thread_run (self->desktop->reader, open_reader, (gpointer[]) { self->desktop, &options }, &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  return TRUE;
}

static gpointer
close_reader (gpointer data, GCancellable *cancellable, GError **error)
{
  KithDesktop *desktop = data;

  g_clear_pointer (&desktop->db, kith_db_close);
  return NULL;
}

/* At lock and at the end, when nobody waits any more: what was forgotten stands in no page of a closed file. Should it not come to that,
 * the store says so when it is opened again. */
static void
wipe (KithSession *self)
{
  g_autoptr (GError) error = NULL;

  if (!kith_store_wipe (self->store, &error))
    g_warning ("rewriting the store after a forget: %s", error->message);
}

static void
session_free (KithSession *self)
{
  gboolean spent = kith_session_is_spent (self);

  stop_timer (self);
  kith_session_end_look (self);
  kith_session_end_refind (self);
  g_cancellable_cancel (self->cancellable);
  g_cancellable_cancel (self->line);
  kith_session_drop_wait (self);
  g_clear_pointer (&self->asked, g_ptr_array_unref);
  g_clear_pointer (&self->engine, kith_sync_engine_free);
  if (self->store != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->store, self);
      if (!spent && !self->damaged) /* what is to be taken over is read from it as it is */
        wipe (self);
      kith_store_close (self->store);
    }
  g_clear_object (&self->store);
  if (spent)
    kith_session_erase (self->folder);
  g_clear_object (&self->transport);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->line);
  g_clear_pointer (&self->random, kith_random_free);
  g_clear_pointer (&self->auth, kith_secret_free);
  g_clear_pointer (&self->data_key, kith_secret_free);
  g_free (self->hub);
  g_free (self->login);
  g_free (self->folder);
  g_free (self->trouble);
  g_free (self->signing_as);
  g_free (self);
}

static KithSecret *
copy_secret (KithSecret *secret)
{
  KithSecret *copy = kith_secret_new (kith_secret_length (secret));

  memcpy (kith_secret_bytes (copy), kith_secret_bytes (secret), kith_secret_length (secret));
  return copy;
}

/* Opens store and reader of a hub and user and makes them the desktop's session. The engine does not run yet. */
gboolean
kith_session_open (KithDesktop *desktop, const char *hub, const char *login, const char *folder, KithSecret *data_key,
                   KithPassword *password, GError **error)
{
  KithSession *self;

  kith_session_close (desktop);
  self = g_new0 (KithSession, 1);
  self->desktop = desktop;
  self->hub = g_strdup (hub);
  self->login = g_strdup (login);
  self->folder = g_strdup (folder);
  self->data_key = copy_secret (data_key);
  self->random = kith_random_new_system ();
  self->cancellable = g_cancellable_new ();
  self->line = g_cancellable_new ();
  self->auth = copy_secret (password->auth);
  self->actor_stale = TRUE;
  self->asked = g_ptr_array_new_with_free_func (kith_session_asked_free);
  if (desktop->factory == NULL)
    g_set_error_literal (error, KITH_STORE_ERROR, KITH_STORE_ERROR_FAILED, "no transport");
  else
    self->transport = desktop->factory (hub, desktop->factory_data, error);
  if (self->transport == NULL || !open_databases (self, folder, data_key, error))
    {
      kith_db_thread_run (desktop->reader, close_reader, desktop, NULL);
      session_free (self);
      return FALSE;
    }
  self->engine = kith_sync_engine_new (self->store, desktop->clock, self->random);
  g_signal_connect (self->store, "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect (self->store, "outcome", G_CALLBACK (outcome_cb), self);
  desktop->session = self;
  return TRUE;
}

/* Returns (transfer none): until the session is closed */
const char *
kith_session_get_login (KithSession *self)
{
  return self->login;
}

KithSecret *
kith_session_get_auth (KithSession *self)
{
  return self->auth;
}

/* What is under way to the former address counts as not answered, and is tried again here. */
void
kith_session_move (KithSession *self, const char *hub, KithTransport *transport)
{
  g_free (self->hub);
  self->hub = g_strdup (hub);
  g_set_object (&self->transport, transport);
  g_cancellable_cancel (self->line);
  g_object_unref (self->line);
  self->line = g_cancellable_new ();
  g_clear_pointer (&self->trouble, g_free);
  kith_sync_engine_nudge (self->engine);
}

/**
 * kith_session_is_for:
 * @self: (nullable): NULL: no session, so FALSE
 */
gboolean
kith_session_is_for (KithSession *self, const char *hub, const char *login)
{
  return self != NULL && g_str_equal (self->hub, hub) && g_str_equal (self->login, login);
}

/* The hub took this password: the key file is sealed with it from now on, and opens with the former one no more (sync.md 4). */
gboolean
kith_session_rewrap (KithSession *self, const KithKeyslotsInfo *info, KithPassword *password, GError **error)
{
  g_autofree char *slots = g_build_filename (self->folder, "keyslots", NULL);

  if (!kith_keyslots_rewrap (slots, self->data_key, info, password->store, error))
    return FALSE;
  g_clear_pointer (&self->auth, kith_secret_free);
  self->auth = copy_secret (password->auth);
  self->password_changed = FALSE;
  return TRUE;
}

/**
 * kith_session_close:
 * @desktop: on its worker, with or without a session
 *
 * Waits for the reader to give its connection up, rewrites the file where a forget left that due (I6), then frees store, engine and transport and
 * wipes both keys. Online operations without an answer hear G_IO_ERROR_CANCELLED.
 */
void
kith_session_close (KithDesktop *desktop)
{
  KithSession *self = g_steal_pointer (&desktop->session);

  kith_db_thread_run (desktop->reader, close_reader, desktop, NULL);
  if (self != NULL)
    session_free (self);
}
