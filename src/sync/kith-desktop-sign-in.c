/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Signing in for the first time, and unlocking later without any network (sync.md 5.1 to 5.3). The password's two halves
 * part here: the authenticator goes to the hub, the other opens the keyslot and goes nowhere. */

#include "kith-desktop-private.h"

#include "kith-keyslots.h"
#include "kith-protocol.h"
#include "kith-store-lease.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>

/* Somebody locked while the key was being derived or the hub asked: then nothing may be left open. */
gboolean
kith_desktop_check_not_locked (KithDesktop *desktop, int locks, GError **error)
{
  if (g_atomic_int_get (&desktop->locks) == locks)
    return TRUE;
  kith_session_close (desktop);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _("Kith was locked meanwhile. Nothing is lost; unlock it again."));
  return FALSE;
}

/* --- first time ------------------------------------------------------------------------------------------------- */

typedef struct
{
  GTask *task;
  int locks; /* of the desktop when it was asked for */
  char *hub, *login, *password, *device, *folder, *slots;
  char *former_device;   /* of a lane that forked, or of a copy that is damaged: what the other one follows */
  gboolean known;        /* the device is one that stands here, made up by nobody just now */
  char *former;          /* the password that is to be changed; NULL: none is */
  KithSecret *former_key; /* what it opens: the data key */
  gboolean changed;      /* the hub has taken the new one */
  KithPassword *former_keys; /* until the hub has been asked to take the new one */
  gboolean other_device; /* the one of the key file was not the store's */
  KithTransport *transport;
  KithPassword *keys;
  KithKeyslotsInfo info;
  gboolean anew; /* what is here is damaged: it is set aside as soon as the hub has taken the new computer */
} SignIn;

static void
wipe (char *text)
{
  if (text != NULL)
    explicit_bzero (text, strlen (text));
  g_free (text);
}

static void
sign_in_free (SignIn *self)
{
  g_clear_object (&self->task);
  g_clear_object (&self->transport);
  g_clear_pointer (&self->keys, kith_password_free);
  g_clear_pointer (&self->former_keys, kith_password_free);
  g_clear_pointer (&self->former_key, kith_secret_free);
  kith_keyslots_info_clear (&self->info);
  wipe (self->password);
  wipe (self->former);
  g_free (self->hub);
  g_free (self->login);
  g_free (self->device);
  g_free (self->former_device);
  g_free (self->folder);
  g_free (self->slots);
  g_free (self);
}

static void
sign_in_fail (SignIn *self, const GError *error)
{
  GError *told = g_error_copy (error);

  if (self->changed)
    g_prefix_error (&told, "%s ", _("The hub has your new password, but this computer could not take it: it still opens with the former one. Change it once more, or sign in with the new one."));
  g_task_return_error (self->task, told);
  sign_in_free (self);
}

/* Whose the key file is; how the key is derived is there already. */
static void
fill_info (SignIn *self)
{
  g_free (self->info.hub);
  g_free (self->info.login);
  g_free (self->info.device);
  self->info.hub = g_strdup (self->hub);
  self->info.login = g_strdup (self->login);
  self->info.device = g_strdup (self->device);
}

/* The data key: of the file that is there, or a new one. */
static KithSecret *
open_keyslots (SignIn *self, GError **error)
{
  if (g_file_test (self->slots, G_FILE_TEST_EXISTS))
    {
      g_autoptr (GError) failure = NULL;
      KithSecret *key = kith_keyslots_open_with_key (self->slots, self->keys->store, &failure);

      if (g_error_matches (failure, KITH_KEYSLOTS_ERROR, KITH_KEYSLOTS_ERROR_WRONG_PASSWORD))
        g_set_error_literal (error, KITH_KEYSLOTS_ERROR, KITH_KEYSLOTS_ERROR_WRONG_PASSWORD,
                             _("The hub knows this password, but what is kept on this computer is locked with your former one. "
                               "Nothing is lost: unlock with the former password, and Kith asks for the new one."));
      else if (failure != NULL)
        g_propagate_error (error, g_steal_pointer (&failure));
      return key;
    }
  if (g_mkdir_with_parents (self->folder, 0700) != 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, _("No folder for your data could be made: %s"), self->folder);
      return NULL;
    }
  fill_info (self);
  return kith_keyslots_create (self->slots, &self->info, self->keys->store, error);
}

static void signed_in_cb (KithDesktop *desktop, JsonObject *answer, const GError *error, gpointer user_data);

/* The store that was opened knows best which computer it is: after lane_forked that is a new one, or (asked for, not yet
 * given) none. Then the key file is written anew with it and the hub is asked once more; going on under the old name would
 * share the lane with the other copy again. */
static gboolean
device_differs (SignIn *self, KithDesktop *desktop)
{
  KithStore *store = kith_session_get_store (desktop->session);

  return kith_store_get_user (store) != NULL && g_strcmp0 (kith_store_get_device (store), self->device) != 0;
}

static void
name_other_device (SignIn *self, KithDesktop *desktop)
{
  g_autoptr (KithRandom) random = kith_random_new_system ();
  const char *device = kith_store_get_device (kith_session_get_store (desktop->session));
  char *known = device != NULL ? g_strdup (device) : kith_id_new (desktop->clock, random);

  g_free (self->former_device);
  self->former_device = g_strdup (kith_store_get_former_device (kith_session_get_store (desktop->session)));
  g_free (self->device);
  self->device = known;
  self->other_device = TRUE;
}

static gboolean
take_other_device (SignIn *self, KithDesktop *desktop, KithSecret *data_key, GError **error)
{
  g_auto (KithKeyslotsInfo) info = { 0 };

  name_other_device (self, desktop);
  kith_session_close (desktop);
  if (!kith_keyslots_read_info (self->slots, &info, error))
    return FALSE;
  g_free (info.device);
  info.device = g_strdup (self->device);
  return kith_keyslots_rewrap (self->slots, data_key, &info, self->keys->store, error);
}

/* This person is unlocked here, with a password that was changed elsewhere since: everything stays open, and the file takes the new one. */
static void
renew (SignIn *self, KithDesktop *desktop, JsonObject *answer)
{
  g_autoptr (GError) failure = NULL;

  if (!self->other_device && device_differs (self, desktop))
    {
      name_other_device (self, desktop); /* the key file takes its name below */
      kith_sign_in_send (desktop, self->transport, self->login, self->keys->auth, NULL, self->device, self->former_device, signed_in_cb, self);
      return;
    }
  fill_info (self);
  if (!kith_session_rewrap (desktop->session, &self->info, self->keys, &failure) ||
      !kith_session_take_sign_in (desktop->session, self->device, answer, &failure))
    {
      sign_in_fail (self, failure);
      return;
    }
  kith_session_post_opened (desktop->session); /* it may have waited for this */
  g_task_return_boolean (self->task, TRUE);
  sign_in_free (self);
  kith_session_pump (desktop->session);
}

/* The hub has the new password: the key file gets it at once, unlocked or not. */
static gboolean
take_change (SignIn *self, JsonObject *answer, GError **error)
{
  g_auto (KithKeyslotsInfo) info = { 0 };

  if (!kith_json_bool (answer, "changed", FALSE))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                           _("This hub is older than your Kith and cannot take another password yet. Nothing was changed. Ask whoever looks after the hub."));
      return FALSE;
    }
  self->changed = TRUE;
  g_clear_pointer (&self->former_keys, kith_password_free);
  if (!kith_keyslots_read_info (self->slots, &info, error))
    return FALSE;
  memcpy (info.salt, self->info.salt, sizeof info.salt);
  info.ops = self->info.ops;
  info.memory = self->info.memory;
  return kith_keyslots_rewrap (self->slots, self->former_key, &info, self->keys->store, error);
}

/* The former password opens what is here, and the hub does not take it: it may have taken the new one already, with an answer that was lost. */
static void
ask_with_new (SignIn *self, KithDesktop *desktop)
{
  g_clear_pointer (&self->former_keys, kith_password_free);
  kith_sign_in_send (desktop, self->transport, self->login, self->keys->auth, NULL, self->device, self->former_device, signed_in_cb, self);
}

/* What is here is damaged. It will be kept elsewhere, and this becomes another computer: the numbers of what was recorded on the former one are its own.
 * The hub is told which that was: it is the same disk, and is revoked with it (I21). */
static void
become_another (SignIn *self, KithDesktop *desktop)
{
  g_autoptr (KithRandom) random = kith_random_new_system ();

  kith_session_close (desktop);
  self->anew = TRUE;
  if (self->known)
    {
      g_free (self->former_device);
      self->former_device = g_steal_pointer (&self->device);
    }
  g_free (self->device);
  self->device = kith_id_new (desktop->clock, random);
}

/* The hub is asked before anything is moved. */
static void
begin_anew (SignIn *self, KithDesktop *desktop)
{
  become_another (self, desktop);
  kith_sign_in_send (desktop, self->transport, self->login, self->keys->auth, NULL, self->device, self->former_device, signed_in_cb, self);
}

static void
signed_in_cb (KithDesktop *desktop, JsonObject *answer, const GError *error, gpointer user_data)
{
  SignIn *self = user_data;
  g_autoptr (KithSecret) data_key = NULL;
  g_autoptr (GError) failure = NULL;

  if (self->former_keys != NULL && g_error_matches (error, KITH_KEYSLOTS_ERROR, KITH_KEYSLOTS_ERROR_WRONG_PASSWORD))
    {
      ask_with_new (self, desktop);
      return;
    }
  if (error != NULL)
    {
      if (kith_session_is_for (desktop->session, self->hub, self->login))
        kith_session_take_closed (desktop->session, answer);
      sign_in_fail (self, error);
      return;
    }
  if (self->former_keys != NULL && !take_change (self, answer, &failure))
    {
      sign_in_fail (self, failure);
      return;
    }
  if (self->changed && g_atomic_int_get (&desktop->locks) != self->locks) /* locked meanwhile: done all the same */
    {
      g_task_return_boolean (self->task, TRUE);
      sign_in_free (self);
      return;
    }
  if (!kith_desktop_check_not_locked (desktop, self->locks, &failure))
    {
      sign_in_fail (self, failure);
      return;
    }
  if (kith_session_is_for (desktop->session, self->hub, self->login))
    {
      renew (self, desktop, answer);
      return;
    }
  desktop->opened = self->locks;
  if (self->anew && !kith_rescue_set_aside (self->folder, self->hub, self->login, kith_json_int (answer, "former_n", -1), desktop->clock, &failure))
    {
      sign_in_fail (self, failure);
      return;
    }
  data_key = open_keyslots (self, &failure);
  if (data_key != NULL && kith_session_open (desktop, self->hub, self->login, self->folder, data_key, self->keys, &failure) &&
      !self->other_device && device_differs (self, desktop))
    {
      if (take_other_device (self, desktop, data_key, &failure))
        kith_sign_in_send (desktop, self->transport, self->login, self->keys->auth, NULL, self->device, self->former_device, signed_in_cb, self);
      else
        sign_in_fail (self, failure);
      return;
    }
  if (!self->anew && kith_rescue_is_damage (failure))
    {
      begin_anew (self, desktop);
      return;
    }
  if (failure == NULL && kith_session_take_sign_in (desktop->session, self->device, answer, &failure))
    kith_rescue_resume (desktop, self->folder, self->password);
  if (failure != NULL || !kith_desktop_note_last (desktop, self->hub, self->login, &failure) || !kith_desktop_check_not_locked (desktop, self->locks, &failure))
    {
      kith_session_close (desktop);
      sign_in_fail (self, failure);
      return;
    }
  kith_session_post_opened (desktop->session);
  g_task_return_boolean (self->task, TRUE);
  sign_in_free (self);
  kith_session_pump (desktop->session);
}

/* Whoever sits here has to know the former one: this computer is unlocked, and its person may have gone for coffee. */
static gboolean
derive_former (SignIn *self, KithDesktop *desktop, GError **error)
{
  g_autoptr (GError) failure = NULL;

  self->former_key = kith_desktop_open_slots (desktop, self->folder, self->former, NULL, &failure);
  if (g_error_matches (failure, KITH_KEYSLOTS_ERROR, KITH_KEYSLOTS_ERROR_WRONG_PASSWORD) && kith_desktop_tries_left_ms (self->folder, desktop->clock) == 0)
    g_set_error_literal (error, KITH_KEYSLOTS_ERROR, KITH_KEYSLOTS_ERROR_WRONG_PASSWORD, _("The current password is not right. Nothing was changed."));
  else if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  else /* with what the hub asks for: it may have raised the cost since the file was made */
    self->former_keys = kith_password_derive (self->former, self->info.salt, self->info.ops, self->info.memory, error);
  return self->former_keys != NULL;
}

/* Before the hub is asked: a key file that opens with nothing any more names no computer that could go on, and the hub need not hear of one that never was. */
static gboolean
check_slots (SignIn *self, KithDesktop *desktop, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (KithSecret) key = NULL;

  if (!g_file_test (self->slots, G_FILE_TEST_EXISTS))
    return TRUE;
  if (kith_rescue_is_noted (self->folder)) /* whatever opens it: the password may be another by now */
    g_set_error_literal (&failure, KITH_DB_ERROR, KITH_DB_ERROR_CORRUPT, "");
  else if (kith_session_is_for (desktop->session, self->hub, self->login))
    return TRUE;
  else
    key = kith_keyslots_open_with_key (self->slots, self->keys->store, &failure);
  if (g_error_matches (failure, KITH_KEYSLOTS_ERROR, KITH_KEYSLOTS_ERROR_NEWER))
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (!kith_rescue_is_damage (failure))
    return TRUE;
  become_another (self, desktop);
  return TRUE;
}

static void
salted_cb (KithDesktop *desktop, JsonObject *answer, const GError *error, gpointer user_data)
{
  SignIn *self = user_data;
  g_autoptr (GError) failure = NULL;

  if (error != NULL)
    {
      sign_in_fail (self, error);
      return;
    }
  if (kith_json_string (answer, "salt") == NULL || !kith_hex_decode (kith_json_string (answer, "salt"), self->info.salt, KITH_PASSWORD_SALT))
    {
      g_set_error_literal (&failure, KITH_STORE_ERROR, KITH_STORE_ERROR_PROTOCOL, _("What answers at this address is not a Kith hub. Check the address and the network."));
      sign_in_fail (self, failure);
      return;
    }
  self->info.ops = kith_json_int (answer, "ops", KITH_PASSWORD_OPS);
  self->info.memory = kith_json_int (answer, "memory", KITH_PASSWORD_MEMORY);
  self->keys = kith_password_derive (self->password, self->info.salt, self->info.ops, self->info.memory, &failure);
  if (self->keys == NULL || (self->former != NULL && !derive_former (self, desktop, &failure)) || !check_slots (self, desktop, &failure))
    {
      sign_in_fail (self, failure);
      return;
    }
  if (self->former_keys != NULL)
    kith_sign_in_send (desktop, self->transport, self->login, self->former_keys->auth, self->keys->auth, self->device, self->former_device, signed_in_cb, self);
  else
    kith_sign_in_send (desktop, self->transport, self->login, self->keys->auth, NULL, self->device, self->former_device, signed_in_cb, self);
}

/* A store of this hub and user may be here already: then its device goes on. */
static void
find_device (SignIn *self, KithDesktop *desktop)
{
  g_auto (KithKeyslotsInfo) info = { 0 };
  g_autoptr (KithRandom) random = kith_random_new_system ();

  if (g_file_test (self->slots, G_FILE_TEST_EXISTS) && kith_keyslots_read_info (self->slots, &info, NULL))
    self->device = g_strdup (info.device);
  else if (kith_session_is_for (desktop->session, self->hub, self->login))
    self->device = g_strdup (kith_store_get_device (kith_session_get_store (desktop->session)));
  self->known = self->device != NULL;
  if (self->known)
    return;
  self->device = kith_id_new (desktop->clock, random);
  self->former_device = kith_rescue_find_device (desktop, self->folder);
}

static gpointer
begin_sign_in (gpointer data, GCancellable *cancellable, GError **error)
{
  SignIn *self = data;
  KithDesktop *desktop = g_task_get_source_object (self->task);
  g_autoptr (GError) failure = NULL;

  self->folder = kith_desktop_place (desktop, self->hub, self->login);
  self->slots = g_build_filename (self->folder, "keyslots", NULL);
  find_device (self, desktop);
  if (desktop->factory == NULL)
    g_set_error_literal (&failure, KITH_STORE_ERROR, KITH_STORE_ERROR_FAILED, "no transport");
  else
    self->transport = desktop->factory (self->hub, desktop->factory_data, &failure);
  if (self->transport == NULL)
    sign_in_fail (self, failure);
  else
    kith_sign_in_send_start (desktop, self->transport, self->login, salted_cb, self);
  return NULL;
}

/* Worker. The person is unlocked as far as this computer is concerned, and has given the password that the hub takes by now, or the former one with it:
 * then the hub is told to take it. task: transfer full */
void
kith_sign_in_again (KithDesktop *desktop, GTask *task, int locks, const char *hub, const char *login, const char *former, const char *password)
{
  SignIn *sign_in = g_new0 (SignIn, 1);

  sign_in->task = task;
  sign_in->locks = locks;
  sign_in->hub = g_strdup (hub);
  sign_in->login = g_strdup (login);
  sign_in->former = g_strdup (former);
  sign_in->password = g_strdup (password);
  begin_sign_in (sign_in, NULL, NULL);
}

void
kith_desktop_sign_in_async (KithDesktop *self, const char *hub_url, const char *login, const char *password, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data)
{
  SignIn *sign_in = g_new0 (SignIn, 1);

  sign_in->task = g_task_new (self, cancellable, callback, user_data);
  sign_in->locks = g_atomic_int_get (&self->locks);
  sign_in->hub = g_strdup (hub_url);
  sign_in->login = g_strdup (login);
  sign_in->password = g_strdup (password);
  kith_db_thread_run_async (self->worker, G_PRIORITY_DEFAULT, begin_sign_in, sign_in, NULL, NULL, NULL, NULL);
}
