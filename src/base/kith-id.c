/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-id.h"

#include <string.h>

static char *
format_id (guint8 bytes[16], guint version)
{
  static const char digits[] = "0123456789abcdef";
  char *text = g_malloc (37);
  char *at = text;

  bytes[6] = (guint8) ((bytes[6] & 0x0f) | (version << 4));
  bytes[8] = (guint8) ((bytes[8] & 0x3f) | 0x80);
  for (guint i = 0; i < 16; i++)
    {
      if (i == 4 || i == 6 || i == 8 || i == 10)
        *at++ = '-';
      *at++ = digits[bytes[i] >> 4];
      *at++ = digits[bytes[i] & 0x0f];
    }
  *at = '\0';
  return text;
}

/**
 * kith_id_new:
 * @clock: gives the first 48 bits, so that new rows lie together in an index
 * @random: gives the rest
 *
 * Returns: (transfer full): a UUIDv7
 */
char *
kith_id_new (KithClock *clock, KithRandom *random)
{
  guint64 ms = (guint64) kith_clock_wall_ms (clock);
  guint8 bytes[16];

  kith_random_bytes (random, bytes, sizeof bytes);
  for (guint i = 0; i < 6; i++)
    bytes[i] = (guint8) (ms >> (40 - 8 * i));
  return format_id (bytes, 7);
}

/* The parts are separated by NUL, which no text holds: ("ab", "c") and ("a", "bc") differ. */
static char *
digest_id (const char *domain, const char *first, const char *second, const char *third)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  const char *parts[] = { domain, first, second, third };
  guint8 digest[32];
  gsize length = sizeof digest;

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (parts[i] != NULL)
      g_checksum_update (sum, (const guint8 *) parts[i], (gssize) strlen (parts[i]) + 1);
  g_checksum_get_digest (sum, digest, &length);
  return format_id (digest, 8);
}

/**
 * kith_id_derive:
 * @op_id: the operation that makes the row
 * @kind: the row's kind
 * @key: tells rows of one kind made by one operation apart
 *
 * Returns: (transfer full): the same UUIDv8 for the same arguments, on every computer
 */
char *
kith_id_derive (const char *op_id, const char *kind, const char *key)
{
  g_return_val_if_fail (op_id != NULL && kind != NULL && key != NULL, NULL);
  return digest_id ("kith.derive", op_id, kind, key);
}

/**
 * kith_id_natural:
 * @kind: the record's kind
 * @key: its natural key
 *
 * Returns: (transfer full): the same UUIDv8 for the same arguments, on every computer
 */
char *
kith_id_natural (const char *kind, const char *key)
{
  g_return_val_if_fail (kind != NULL && key != NULL, NULL);
  return digest_id ("kith.natural", kind, key, NULL);
}

/**
 * kith_id_is_computed:
 * @id: a valid id
 *
 * Returns: whether @id follows from something else, as those of kith_id_derive() and kith_id_natural() do
 */
gboolean
kith_id_is_computed (const char *id)
{
  g_return_val_if_fail (id != NULL && strlen (id) == 36, FALSE);
  return id[14] == '8';
}

/**
 * kith_id_is_valid:
 * @text: (nullable): what may be an id
 *
 * Returns: whether @text has the form of a UUID in lower case; of any version, as directories bring their own
 */
gboolean
kith_id_is_valid (const char *text)
{
  guint i;

  if (text == NULL)
    return FALSE;
  for (i = 0; text[i] != '\0'; i++)
    {
      gboolean dash = i == 8 || i == 13 || i == 18 || i == 23;

      if (i >= 36 || (dash ? text[i] != '-' : !g_ascii_isxdigit (text[i]) || g_ascii_isupper (text[i])))
        return FALSE;
    }
  return i == 36;
}
