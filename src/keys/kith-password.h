/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What a password is turned into (sync.md 5.1, 5.2): m = argon2id (password, salt); auth = kdf (m, "auth") goes to the hub,
 * store = kdf (m, "store") never leaves the computer and opens the keyslot. Knowing one says nothing of the other. */
#define KITH_PASSWORD_ERROR (kith_password_error_quark ())
GQuark kith_password_error_quark (void);
typedef enum
{
  KITH_PASSWORD_ERROR_TOO_SHORT,
  KITH_PASSWORD_ERROR_WEAK_PARAMETERS, /* the cost asked for lies below what Kith accepts */
  KITH_PASSWORD_ERROR_NO_MEMORY,
} KithPasswordError;

#define KITH_PASSWORD_SALT 16      /* bytes */
#define KITH_PASSWORD_MIN 15       /* characters, where it is the only factor */
#define KITH_PASSWORD_DIFFERENT 5  /* of them; what repeats itself is guessed first, however long */
#define KITH_PASSWORD_OPS 3        /* argon2id passes on the desktop … */
#define KITH_PASSWORD_MEMORY ((guint64) 128 << 20) /* … and bytes: 280–400 ms */

/* Bytes in locked memory, wiped when freed. */
typedef struct _KithSecret KithSecret;
KithSecret *kith_secret_new (gsize length);
KithSecret *kith_secret_new_random (gsize length);
void kith_secret_free (KithSecret *self);
guint8 *kith_secret_bytes (KithSecret *self);
gsize kith_secret_length (KithSecret *self);
KithSecret *kith_secret_subkey (KithSecret *self, guint64 id, const char context[8]); /* 32 bytes; self must be 32 bytes */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KithSecret, kith_secret_free)

typedef struct
{
  KithSecret *auth;  /* 32 bytes, for the hub */
  KithSecret *store; /* 32 bytes, for the keyslot */
} KithPassword;

/* Takes 0.3–0.4 s and 128 MiB: never on the main thread. The password is normalised (NFC) first, so that it can be typed on any keyboard. */
KithPassword *kith_password_derive (const char *password, const guint8 salt[KITH_PASSWORD_SALT], guint64 ops, guint64 memory, GError **error);
void kith_password_free (KithPassword *self);
gboolean kith_password_check_length (const char *password, GError **error);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KithPassword, kith_password_free)

char *kith_hex_encode (const guint8 *bytes, gsize length);
gboolean kith_hex_decode (const char *text, guint8 *bytes, gsize length); /* FALSE: not exactly length bytes of hex */

G_END_DECLS
