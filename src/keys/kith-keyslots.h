/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-password.h"

G_BEGIN_DECLS

/* The file beside an encrypted store that holds its key, sealed (sync.md 5.2): a random data key, sealed by the key derived from
 * the password. Opening it needs no network. Destroying it destroys the store for good (crypto-erase). */
#define KITH_KEYSLOTS_ERROR (kith_keyslots_error_quark ())
GQuark kith_keyslots_error_quark (void);
typedef enum
{
  KITH_KEYSLOTS_ERROR_WRONG_PASSWORD,
  KITH_KEYSLOTS_ERROR_DAMAGED,
  KITH_KEYSLOTS_ERROR_FAILED,
  KITH_KEYSLOTS_ERROR_NEWER, /* written by a Kith that this one knows nothing of; nothing is wrong with it */
} KithKeyslotsError;

typedef struct
{
  char *hub;    /* URL */
  char *login;
  char *device; /* id of this computer for that user */
  guint8 salt[KITH_PASSWORD_SALT];
  guint64 ops, memory;
  gboolean spoilt; /* not all of the file is as it was written; whether that matters shows when it is opened */
} KithKeyslotsInfo;
void kith_keyslots_info_clear (KithKeyslotsInfo *info);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KithKeyslotsInfo, kith_keyslots_info_clear)

/* Makes the data key and the file, durably. FAILED when there is a file already. (transfer full) 32 bytes. */
KithSecret *kith_keyslots_create (const char *path, const KithKeyslotsInfo *info, KithSecret *store_key, GError **error);
gboolean kith_keyslots_read_info (const char *path, KithKeyslotsInfo *info, GError **error);
KithSecret *kith_keyslots_open (const char *path, const char *password, GError **error);                 /* derives: slow, never on the main thread */
KithSecret *kith_keyslots_open_with_key (const char *path, KithSecret *store_key, GError **error);
gboolean kith_keyslots_rewrap (const char *path, KithSecret *data_key, const KithKeyslotsInfo *info, KithSecret *store_key, GError **error); /* a changed password */
gboolean kith_keyslots_destroy (const char *path, GError **error);

KithSecret *kith_keyslots_database_key (KithSecret *data_key); /* SQLCipher's raw key */

G_END_DECLS
