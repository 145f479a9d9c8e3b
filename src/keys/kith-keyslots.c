/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-keyslots.h"

#include "kith-json.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>
#include <unistd.h>

/**
 * kith_keyslots_error_quark:
 *
 * Returns: the domain of #KithKeyslotsError; a file that cannot be read or written keeps #GFileError
 */
G_DEFINE_QUARK (kith-keyslots-error-quark, kith_keyslots_error)

#define NONCE crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define BOX (crypto_kdf_KEYBYTES + crypto_aead_xchacha20poly1305_ietf_ABYTES)
#define DATABASE_KEY_ID 1
#define VERSION 1

/**
 * kith_keyslots_info_clear:
 *
 * Frees the texts. Salt and cost stay: they are no secrets, and lie open in the file.
 */
void
kith_keyslots_info_clear (KithKeyslotsInfo *info)
{
  g_clear_pointer (&info->hub, g_free);
  g_clear_pointer (&info->login, g_free);
  g_clear_pointer (&info->device, g_free);
}

/* The slot is bound to whose it is: a box moved to another hub's or user's file does not open. */
static char *
associated_data (const KithKeyslotsInfo *info)
{
  return g_strdup_printf ("kith-keyslot-1\n%s\n%s\n%s", info->hub, info->login, info->device);
}

/* A file that was damaged must not look as if the password were wrong: nobody would come in any more. No secret; what protects the key is the seal, and
 * one that opens is whole whatever became of the sum. */
static char *
sum_of (JsonObject *object)
{
  g_autofree char *text = kith_json_print_object (object);

  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
}

/* One without a sum was written by an older Kith. */
static gboolean
is_as_written (JsonObject *object)
{
  g_autofree char *sum = g_strdup (kith_json_string (object, "sum")), *now = NULL;

  if (sum == NULL)
    return TRUE;
  json_object_remove_member (object, "sum");
  now = sum_of (object);
  return g_str_equal (sum, now);
}

static gboolean
write_slots (const char *path, const KithKeyslotsInfo *info, KithSecret *data_key, KithSecret *store_key, GError **error)
{
  g_autofree char *ad = associated_data (info);
  g_autofree char *salt = kith_hex_encode (info->salt, sizeof info->salt);
  g_autofree char *nonce_hex = NULL, *box_hex = NULL, *text = NULL, *sum = NULL;
  g_autoptr (JsonObject) object = NULL;
  guint8 nonce[NONCE], box[BOX];
  unsigned long long length = 0;

  randombytes_buf (nonce, sizeof nonce);
  crypto_aead_xchacha20poly1305_ietf_encrypt (box, &length, kith_secret_bytes (data_key), kith_secret_length (data_key),
                                              (const guint8 *) ad, strlen (ad), NULL, nonce, kith_secret_bytes (store_key));
  nonce_hex = kith_hex_encode (nonce, sizeof nonce);
  box_hex = kith_hex_encode (box, sizeof box);
  object = kith_json_new ("v", "i", (gint64) VERSION, "hub", "s", info->hub, "login", "s", info->login, "device", "s", info->device,
                          "salt", "s", salt, "ops", "i", (gint64) info->ops, "memory", "i", (gint64) info->memory,
                          "nonce", "s", nonce_hex, "box", "s", box_hex, NULL);
  sum = sum_of (object);
  json_object_set_string_member (object, "sum", sum);
  text = kith_json_print_object (object);
  return g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, error);
}

static void
say_damaged (GError **error)
{
  g_set_error_literal (error, KITH_KEYSLOTS_ERROR, KITH_KEYSLOTS_ERROR_DAMAGED,
                       _("The file that holds the key of this computer’s copy is damaged. What was sent is safe at the hub. "
                         "Sign in again to make a new copy; keep the old folder until somebody has looked at it."));
}

static JsonObject *
read_slots (const char *path, KithKeyslotsInfo *info, GError **error)
{
  g_autofree char *text = NULL;
  g_autoptr (JsonObject) object = NULL;
  gsize length = 0;
  gint64 version = 0;

  if (!g_file_get_contents (path, &text, &length, error))
    return NULL;
  object = kith_json_parse_object (text, length, NULL, NULL);
  if (object != NULL)
    {
      info->spoilt = !is_as_written (object);
      version = kith_json_int (object, "v", 0);
    }
  if (version > VERSION && !info->spoilt)
    {
      g_set_error_literal (error, KITH_KEYSLOTS_ERROR, KITH_KEYSLOTS_ERROR_NEWER,
                           _("What is kept on this computer was written by a newer Kith. Update Kith to open it. Nothing was changed."));
      return NULL;
    }
  if (object == NULL || (version != VERSION && !info->spoilt) || kith_json_string (object, "hub") == NULL || kith_json_string (object, "login") == NULL ||
      kith_json_string (object, "device") == NULL || !kith_hex_decode (kith_json_string (object, "salt"), info->salt, sizeof info->salt))
    {
      say_damaged (error);
      return NULL;
    }
  info->hub = g_strdup (kith_json_string (object, "hub"));
  info->login = g_strdup (kith_json_string (object, "login"));
  info->device = g_strdup (kith_json_string (object, "device"));
  info->ops = (guint64) kith_json_int (object, "ops", 0);
  info->memory = (guint64) kith_json_int (object, "memory", 0);
  return g_steal_pointer (&object);
}

/**
 * kith_keyslots_create:
 * @info: copied into the file as it is, and bound to the sealed key: whoever changes hub, login or device in the file makes it useless
 * @store_key: 32 bytes, the store part of the derived password
 * @error: KITH_KEYSLOTS_ERROR_FAILED when @path is there already, #GFileError when it cannot be written
 *
 * On the disk before it returns, readable by its owner only.
 *
 * Returns: (transfer full): the new data key, 32 random bytes, never on a disk in the clear
 */
KithSecret *
kith_keyslots_create (const char *path, const KithKeyslotsInfo *info, KithSecret *store_key, GError **error)
{
  g_autoptr (KithSecret) data_key = NULL;

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_set_error_literal (error, KITH_KEYSLOTS_ERROR, KITH_KEYSLOTS_ERROR_FAILED,
                           _("There is a key file for this person on this computer already. It was left as it is."));
      return NULL;
    }
  data_key = kith_secret_new_random (crypto_kdf_KEYBYTES);
  if (!write_slots (path, info, data_key, store_key, error))
    return NULL;
  return g_steal_pointer (&data_key);
}

/**
 * kith_keyslots_read_info:
 * @info: (out caller-allocates): zeroed before; clear it with kith_keyslots_info_clear()
 * @error: KITH_KEYSLOTS_ERROR_DAMAGED for a file that is none of Kith's, KITH_KEYSLOTS_ERROR_NEWER, #GFileError when there is none
 *
 * Needs no password. Nothing of it is proven until the slot opens.
 */
gboolean
kith_keyslots_read_info (const char *path, KithKeyslotsInfo *info, GError **error)
{
  g_autoptr (JsonObject) object = read_slots (path, info, error);

  return object != NULL;
}

/**
 * kith_keyslots_open_with_key:
 * @store_key: 32 bytes
 * @error: KITH_KEYSLOTS_ERROR_WRONG_PASSWORD when the seal does not open: another key, or a changed file, which cannot be told apart;
 *   KITH_KEYSLOTS_ERROR_DAMAGED when it does not open and not all of the file is as it was written; KITH_KEYSLOTS_ERROR_NEWER; #GFileError
 *
 * Returns: (transfer full): the data key, 32 bytes
 */
KithSecret *
kith_keyslots_open_with_key (const char *path, KithSecret *store_key, GError **error)
{
  g_auto (KithKeyslotsInfo) info = { 0 };
  g_autoptr (JsonObject) object = NULL;
  g_autoptr (KithSecret) data_key = NULL;
  g_autofree char *ad = NULL;
  guint8 nonce[NONCE], box[BOX];

  object = read_slots (path, &info, error);
  if (object == NULL)
    return NULL;
  if (!kith_hex_decode (kith_json_string (object, "nonce"), nonce, sizeof nonce) ||
      !kith_hex_decode (kith_json_string (object, "box"), box, sizeof box))
    {
      say_damaged (error);
      return NULL;
    }

  ad = associated_data (&info);
  data_key = kith_secret_new (crypto_kdf_KEYBYTES);
  if (crypto_aead_xchacha20poly1305_ietf_decrypt (kith_secret_bytes (data_key), NULL, NULL, box, sizeof box,
                                                  (const guint8 *) ad, strlen (ad), nonce, kith_secret_bytes (store_key)) != 0)
    {
      if (info.spoilt)
        say_damaged (error);
      else
        g_set_error_literal (error, KITH_KEYSLOTS_ERROR, KITH_KEYSLOTS_ERROR_WRONG_PASSWORD,
                             _("That is not the password. Nothing was lost; try again."));
      return NULL;
    }
  return g_steal_pointer (&data_key);
}

/**
 * kith_keyslots_open:
 * @error: what kith_keyslots_read_info(), kith_password_derive() and kith_keyslots_open_with_key() fail with
 *
 * Derives with the salt and the cost in the file: about 0.3 s and as much memory as was chosen then.
 *
 * Returns: (transfer full): the data key, 32 bytes
 */
KithSecret *
kith_keyslots_open (const char *path, const char *password, GError **error)
{
  g_auto (KithKeyslotsInfo) info = { 0 };
  g_autoptr (KithPassword) derived = NULL;

  if (!kith_keyslots_read_info (path, &info, error))
    return NULL;
  derived = kith_password_derive (password, info.salt, info.ops, info.memory, info.spoilt ? NULL : error);
  if (derived == NULL && info.spoilt) /* with a cost that was never written */
    say_damaged (error);
  if (derived == NULL)
    return NULL;
  return kith_keyslots_open_with_key (path, derived->store, error);
}

/**
 * kith_keyslots_rewrap:
 * @data_key: stays what it is, so the store needs no rewriting
 * @info: with the salt and cost the new password was derived with
 * @store_key: 32 bytes, of the new password
 *
 * Replaces the file as a whole: after a crash the former or the new password opens it. The former one opens a copy made before.
 */
gboolean
kith_keyslots_rewrap (const char *path, KithSecret *data_key, const KithKeyslotsInfo *info, KithSecret *store_key, GError **error)
{
  return write_slots (path, info, data_key, store_key, error);
}

/* Overwrites before it unlinks. On flash storage old blocks may survive; without the password they open nothing. */
gboolean
kith_keyslots_destroy (const char *path, GError **error)
{
  guint8 noise[4096];
  int fd = g_open (path, O_WRONLY | O_CLOEXEC, 0);

  if (fd >= 0)
    {
      randombytes_buf (noise, sizeof noise);
      if (write (fd, noise, sizeof noise) < 0 || fsync (fd) < 0)
        g_debug ("Overwriting the key file: %s", g_strerror (errno));
      g_close (fd, NULL);
    }
  if (g_unlink (path) < 0 && errno != ENOENT)
    {
      g_set_error (error, KITH_KEYSLOTS_ERROR, KITH_KEYSLOTS_ERROR_FAILED,
                   _("The key file of this computer’s copy could not be removed: %s"), g_strerror (errno));
      return FALSE;
    }
  return TRUE;
}

/**
 * kith_keyslots_database_key:
 *
 * Returns: (transfer full): 32 bytes for #KithDbOptions, always the same for one data key
 */
KithSecret *
kith_keyslots_database_key (KithSecret *data_key)
{
  return kith_secret_subkey (data_key, DATABASE_KEY_ID, "kithdata");
}
