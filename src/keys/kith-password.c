/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-password.h"

#include <glib/gi18n.h>
#include <sodium.h>
#include <string.h>

G_DEFINE_QUARK (kith-password-error-quark, kith_password_error)

struct _KithSecret
{
  gsize length;
  guint8 *bytes; /* owned; sodium_malloc: guarded, locked, wiped by sodium_free */
};

static void
need_sodium (void)
{
  if (sodium_init () < 0)
    g_error ("libsodium could not be started: no key can be made or opened safely");
}

KithSecret *
kith_secret_new (gsize length)
{
  KithSecret *self = g_new0 (KithSecret, 1);

  need_sodium ();
  self->length = length;
  self->bytes = sodium_malloc (length);
  if (self->bytes == NULL)
    g_error ("No locked memory left for a key of %" G_GSIZE_FORMAT " bytes", length);
  memset (self->bytes, 0, length);
  return self;
}

KithSecret *
kith_secret_new_random (gsize length)
{
  KithSecret *self = kith_secret_new (length);

  randombytes_buf (self->bytes, length);
  return self;
}

void
kith_secret_free (KithSecret *self)
{
  if (self == NULL)
    return;
  sodium_free (self->bytes);
  g_free (self);
}

guint8 *
kith_secret_bytes (KithSecret *self)
{
  return self->bytes;
}

gsize
kith_secret_length (KithSecret *self)
{
  return self->length;
}

KithSecret *
kith_secret_subkey (KithSecret *self, guint64 id, const char context[8])
{
  KithSecret *subkey = kith_secret_new (crypto_kdf_KEYBYTES);

  g_assert (self->length == crypto_kdf_KEYBYTES);
  crypto_kdf_derive_from_key (subkey->bytes, subkey->length, id, context, self->bytes);
  return subkey;
}

gboolean
kith_password_check_length (const char *password, GError **error)
{
  if (password != NULL && g_utf8_validate (password, -1, NULL) && g_utf8_strlen (password, -1) >= KITH_PASSWORD_MIN)
    return TRUE;
  g_set_error (error, KITH_PASSWORD_ERROR, KITH_PASSWORD_ERROR_TOO_SHORT,
               _("The password is too short. Use at least %d characters; a few words in a row are easy to remember."),
               KITH_PASSWORD_MIN);
  return FALSE;
}

KithPassword *
kith_password_derive (const char *password, const guint8 salt[KITH_PASSWORD_SALT], guint64 ops, guint64 memory, GError **error)
{
  g_autofree char *normal = NULL;
  g_autoptr (KithSecret) master = NULL;
  KithPassword *self;
  int rc;

  need_sodium ();
  /* A hub that asks for less would get an authenticator that is cheap to guess back into the password; one that asks for much more, a computer
   * that is busy for hours. */
  if (ops < 2 || ops > 64 || memory < ((guint64) 19 << 20) || memory > ((guint64) 2 << 30))
    {
      g_set_error_literal (error, KITH_PASSWORD_ERROR, KITH_PASSWORD_ERROR_WEAK_PARAMETERS,
                           _("The hub asked for a way of protecting the password that Kith does not accept. "
                             "Nothing was sent. Ask who runs the hub."));
      return NULL;
    }

  normal = g_utf8_normalize (password, -1, G_NORMALIZE_NFC);
  if (normal == NULL)
    normal = g_strdup ("");
  master = kith_secret_new (crypto_kdf_KEYBYTES);
  G_STATIC_ASSERT (KITH_PASSWORD_SALT == crypto_pwhash_argon2id_SALTBYTES);
  rc = crypto_pwhash (master->bytes, master->length, normal, strlen (normal), salt, ops, (size_t) memory,
                      crypto_pwhash_ALG_ARGON2ID13);
  sodium_memzero (normal, strlen (normal));
  if (rc != 0)
    {
      g_set_error_literal (error, KITH_PASSWORD_ERROR, KITH_PASSWORD_ERROR_NO_MEMORY,
                           _("There is not enough free memory to check the password. Close other programs and try again."));
      return NULL;
    }

  self = g_new0 (KithPassword, 1);
  self->auth = kith_secret_subkey (master, 1, "kithauth");
  self->store = kith_secret_subkey (master, 2, "kithstor");
  return self;
}

void
kith_password_free (KithPassword *self)
{
  if (self == NULL)
    return;
  kith_secret_free (self->auth);
  kith_secret_free (self->store);
  g_free (self);
}

char *
kith_hex_encode (const guint8 *bytes, gsize length)
{
  char *text = g_malloc (length * 2 + 1);

  return sodium_bin2hex (text, length * 2 + 1, bytes, length);
}

gboolean
kith_hex_decode (const char *text, guint8 *bytes, gsize length)
{
  size_t got = 0;

  return text != NULL && strlen (text) == length * 2 &&
         sodium_hex2bin (bytes, length, text, length * 2, NULL, &got, NULL) == 0 && got == length;
}
