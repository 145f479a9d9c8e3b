/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-password.h"

#include <glib/gi18n.h>
#include <sodium.h>
#include <string.h>

/**
 * kith_password_error_quark:
 *
 * Returns: the domain of #KithPasswordError; its messages are sentences for a person
 */
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

/**
 * kith_secret_new:
 *
 * Ends the program when the system gives no such memory: to go on with a key in ordinary memory would be worse.
 *
 * Returns: (transfer full): @length zero bytes between guard pages, kept out of the swap as far as the system allows
 */
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

/**
 * kith_secret_new_random:
 *
 * Returns: (transfer full): @length bytes of libsodium's random source, not of a #KithRandom: no seed replays a key
 */
KithSecret *
kith_secret_new_random (gsize length)
{
  KithSecret *self = kith_secret_new (length);

  randombytes_buf (self->bytes, length);
  return self;
}

/**
 * kith_secret_free:
 * @self: (nullable) (transfer full): wiped first
 */
void
kith_secret_free (KithSecret *self)
{
  if (self == NULL)
    return;
  sodium_free (self->bytes);
  g_free (self);
}

/**
 * kith_secret_bytes:
 *
 * Returns: (transfer none): to be read, or filled right after kith_secret_new(); until the secret is freed
 */
guint8 *
kith_secret_bytes (KithSecret *self)
{
  return self->bytes;
}

/**
 * kith_secret_length:
 *
 * Returns: bytes
 */
gsize
kith_secret_length (KithSecret *self)
{
  return self->length;
}

/**
 * kith_secret_subkey:
 * @self: 32 bytes, else the program ends
 * @id: tells subkeys of one context apart
 * @context: exactly eight characters, what it is for
 *
 * Returns: (transfer full): 32 bytes, always the same for the same arguments; they say nothing of @self
 */
KithSecret *
kith_secret_subkey (KithSecret *self, guint64 id, const char context[8])
{
  KithSecret *subkey = kith_secret_new (crypto_kdf_KEYBYTES);

  g_assert (self->length == crypto_kdf_KEYBYTES);
  crypto_kdf_derive_from_key (subkey->bytes, subkey->length, id, context, self->bytes);
  return subkey;
}

static gboolean
repeats_itself (const char *password)
{
  gunichar seen[KITH_PASSWORD_DIFFERENT];
  guint n = 0;

  for (const char *at = password; *at != '\0' && n < KITH_PASSWORD_DIFFERENT; at = g_utf8_next_char (at))
    {
      guint i = 0;

      while (i < n && seen[i] != g_utf8_get_char (at))
        i++;
      if (i == n)
        seen[n++] = g_utf8_get_char (at);
    }
  explicit_bzero (seen, sizeof seen);
  return n < KITH_PASSWORD_DIFFERENT;
}

/**
 * kith_password_check_length:
 * @password: (nullable): as typed, to be somebody's from now on
 *
 * Counts characters, not bytes, as typed: before they are normalised. One letter over and over counts as short.
 *
 * Returns: FALSE with KITH_PASSWORD_ERROR_TOO_SHORT, also for what is not UTF-8
 */
gboolean
kith_password_check_length (const char *password, GError **error)
{
  if (password != NULL && g_utf8_validate (password, -1, NULL) && g_utf8_strlen (password, -1) >= KITH_PASSWORD_MIN)
    {
      if (!repeats_itself (password))
        return TRUE;
      g_set_error_literal (error, KITH_PASSWORD_ERROR, KITH_PASSWORD_ERROR_TOO_SHORT,
                           _("The password is the same few characters over and over, which is guessed first. Use a few words in a row; they are easy to remember."));
      return FALSE;
    }
  g_set_error (error, KITH_PASSWORD_ERROR, KITH_PASSWORD_ERROR_TOO_SHORT,
               _("The password is too short. Use at least %d characters; a few words in a row are easy to remember."),
               KITH_PASSWORD_MIN);
  return FALSE;
}

/**
 * kith_password_derive:
 * @password: as typed; its normalised copy is wiped, this one is the caller's to wipe
 * @salt: random, of this person
 * @ops: argon2id passes, 2 at least
 * @memory: bytes, 19 MiB at least and 2 GiB at most
 * @error: KITH_PASSWORD_ERROR_WEAK_PARAMETERS for a cost out of these bounds, before anything is derived; KITH_PASSWORD_ERROR_NO_MEMORY
 *
 * Returns: (transfer full): both keys (sync.md 5.1)
 */
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

/**
 * kith_password_free:
 * @self: (nullable) (transfer full): both keys are wiped
 */
void
kith_password_free (KithPassword *self)
{
  if (self == NULL)
    return;
  kith_secret_free (self->auth);
  kith_secret_free (self->store);
  g_free (self);
}

/**
 * kith_hex_encode:
 *
 * Returns: (transfer full): two small hex digits a byte; in ordinary memory, so for a secret the caller wipes it
 */
char *
kith_hex_encode (const guint8 *bytes, gsize length)
{
  char *text = g_malloc (length * 2 + 1);

  return sodium_bin2hex (text, length * 2 + 1, bytes, length);
}

/**
 * kith_hex_decode:
 * @text: (nullable): in either case of letters
 * @bytes: (out caller-allocates): @length bytes; not to be used when FALSE is returned
 */
gboolean
kith_hex_decode (const char *text, guint8 *bytes, gsize length)
{
  size_t got = 0;

  return text != NULL && strlen (text) == length * 2 &&
         sodium_hex2bin (bytes, length, text, length * 2, NULL, &got, NULL) == 0 && got == length;
}
