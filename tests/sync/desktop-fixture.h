/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "direct-transport.h"
#include "kith-desktop.h"
#include "kith-json.h"
#include "kith-keyslots.h"
#include "kith-password.h"
#include "kith-test.h"
#include "network.h"

#include <string.h>

/* The facade of the windows, threads and files and all, over a hub of the same process. */

#define PASSWORD "correct horse battery"

typedef struct
{
  Network *net;
  DirectHub direct;
  KithTestDir *dir;
  KithClock *clock;
  KithDesktop *desktop;
  char *ana;
} Fixture;

/* What the desk will derive from the password and the salt its hub gives, for somebody at a hub. */
G_GNUC_UNUSED static void
set_password_at (Fixture *f, KithHub *hub, const char *staff, const char *login, const char *password)
{
  g_auto (KithHubAnswer) answer = { 0 };
  g_autofree char *text = g_strdup_printf ("{\"login\":\"%s\"}", login);
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));
  g_autoptr (JsonObject) start = NULL;
  g_autoptr (KithPassword) keys = NULL;
  g_autoptr (GError) error = NULL;
  guint8 salt[KITH_PASSWORD_SALT];

  g_rec_mutex_lock (&f->direct.mutex); /* what a desk asked before it was locked may be under way still */
  /* The full cost would be three quarters of the time of these tests: it is for what guesses passwords. */
  g_assert_true (kith_hub_set_low_cost (f->net->hub, login, TRUE, NULL));
  g_assert_true (kith_hub_set_low_cost (hub, login, TRUE, NULL));
  kith_hub_handle (f->net->hub, &(KithHubRequest) { .method = "POST", .path = "/v1/sign-in/start", .body = body }, &answer);
  start = kith_json_parse_object (g_bytes_get_data (answer.body, NULL), g_bytes_get_size (answer.body), NULL, &error);
  g_assert_no_error (error);
  g_assert_true (kith_hex_decode (kith_json_string (start, "salt"), salt, sizeof salt));
  keys = kith_password_derive (password, salt, kith_json_int (start, "ops", 0), kith_json_int (start, "memory", 0), &error);
  g_assert_no_error (error);
  kith_hub_set_account (hub, login, staff, kith_secret_bytes (keys->auth), kith_secret_length (keys->auth), &error);
  g_assert_no_error (error);
  g_rec_mutex_unlock (&f->direct.mutex);
}

G_GNUC_UNUSED static void
set_password_to (Fixture *f, const char *login, const char *password)
{
  set_password_at (f, f->net->hub, f->ana, login, password);
}

G_GNUC_UNUSED static void
open_desktop (Fixture *f)
{
  f->desktop = kith_desktop_new (kith_test_dir_path (f->dir), f->clock);
  kith_desktop_set_transport_factory (f->desktop, direct_transport_factory, &f->direct, NULL);
}

G_GNUC_UNUSED static void
set_up (Fixture *f, gconstpointer data)
{
  f->net = network_new ();
  f->ana = network_add_staff (f->net, "ana", f->net->a, "care_coordinator", NULL);
  g_rec_mutex_init (&f->direct.mutex);
  f->direct.hub = f->net->hub;
  f->net->guard = &f->direct.mutex;
  f->dir = kith_test_dir_new ();
  f->clock = kith_clock_new_system ();
  set_password_to (f, "ana", PASSWORD);
  open_desktop (f);
}

static void
gone_cb (gpointer gone)
{
  *(gboolean *) gone = TRUE;
}

/* Nobody keeps it. A job on another thread may hold it a moment longer than its answer took, and send news to the main context just as the last
 * reference is dropped: then it goes after those. (What an object is given goes when it is finalized; a weak pointer, when it is only disposed of.) */
G_GNUC_UNUSED static void
close_desktop (Fixture *f)
{
  gboolean gone = FALSE;

  kith_test_until (g_atomic_int_get (&G_OBJECT (f->desktop)->ref_count) == 1);
  g_object_set_data_full (G_OBJECT (f->desktop), "gone", &gone, gone_cb);
  g_clear_object (&f->desktop);
  kith_test_until (gone);
}

G_GNUC_UNUSED static void
tear_down (Fixture *f, gconstpointer data)
{
  close_desktop (f);
  g_rec_mutex_clear (&f->direct.mutex);
  g_object_unref (f->clock);
  kith_test_dir_free (f->dir);
  g_free (f->ana);
  network_free (f->net);
}

static void
keep_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

#define AWAIT(result) kith_test_until ((result) != NULL)

G_GNUC_UNUSED static void
sign_in (Fixture *f)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  kith_desktop_sign_in_async (f->desktop, "http://127.0.0.1:1", "ana", PASSWORD, NULL, keep_cb, &result);
  AWAIT (result);
  kith_desktop_finish (f->desktop, result, &error);
  g_assert_no_error (error);
  kith_test_until (kith_desktop_get_actor (f->desktop) != NULL);
}

G_GNUC_UNUSED static char *
submit (Fixture *f, const char *op, JsonObject *args, gint64 undo_ms)
{
  g_autoptr (JsonObject) owned = args;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  char *id;

  kith_desktop_submit_async (f->desktop, op, owned, undo_ms, NULL, keep_cb, &result);
  AWAIT (result);
  id = kith_desktop_submit_finish (f->desktop, result, &error);
  g_assert_no_error (error);
  return id;
}

G_GNUC_UNUSED static char *
register_client (Fixture *f, const char *given, const char *family)
{
  char *id = network_id (f->net);
  static int number;
  g_autofree char *op = submit (f, "client.register",
    network_json ("{'id':'%s','number':'ZZ-%04d','values':{'given_name':'%s','family_name':'%s'}}", id, ++number, given, family), 0);

  return id;
}

G_GNUC_UNUSED static guint
get_uint (Fixture *f, const char *property)
{
  guint value;

  g_object_get (f->desktop, property, &value, NULL);
  return value;
}

G_GNUC_UNUSED static gboolean
get_bool (gpointer object, const char *property)
{
  gboolean value;

  g_object_get (object, property, &value, NULL);
  return value;
}

G_GNUC_UNUSED static gint64
hub_q (Fixture *f)
{
  gint64 q;

  g_rec_mutex_lock (&f->direct.mutex);
  q = kith_hub_get_q (f->net->hub);
  g_rec_mutex_unlock (&f->direct.mutex);
  return q;
}

G_GNUC_UNUSED static gpointer
drop_refresh_job (gpointer store, gpointer data, GCancellable *cancellable, GError **error)
{
  kith_store_set_refresh (store, NULL, error);
  return NULL;
}

G_GNUC_UNUSED static void
lock_again (Fixture *f)
{
  kith_desktop_lock (f->desktop);
  close_desktop (f);
  open_desktop (f);
}

G_GNUC_UNUSED static gboolean
unlock (Fixture *f, const char *password, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  kith_desktop_unlock_async (f->desktop, password, NULL, keep_cb, &result);
  AWAIT (result);
  return kith_desktop_finish (f->desktop, result, error);
}

G_GNUC_UNUSED static void
restart_at (Fixture *f, gint64 wall_ms)
{
  close_desktop (f);
  g_object_unref (f->clock);
  f->clock = KITH_CLOCK (kith_manual_clock_new (wall_ms));
  open_desktop (f);
}
