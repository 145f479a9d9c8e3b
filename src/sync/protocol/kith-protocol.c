/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-protocol.h"

/* A 64-bit FNV-1a over "id:q" with a last mix, so that sums of many rows do not cancel out. It finds divergence, it
 * does not defend against anybody: the numbers come from the hub over TLS. */
guint64
kith_protocol_row_hash (const char *id, gint64 q)
{
  guint64 hash = G_GUINT64_CONSTANT (0xcbf29ce484222325);

  for (const char *p = id; *p != '\0'; p++)
    hash = (hash ^ (guchar) *p) * G_GUINT64_CONSTANT (0x100000001b3);
  hash = (hash ^ ':') * G_GUINT64_CONSTANT (0x100000001b3);
  for (guint i = 0; i < 8; i++)
    hash = (hash ^ (((guint64) q >> (8 * i)) & 0xff)) * G_GUINT64_CONSTANT (0x100000001b3);
  hash ^= hash >> 32;
  hash *= G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  return hash ^ (hash >> 29);
}

/**
 * kith_protocol_print_sum:
 *
 * Returns: (transfer full): 16 hex digits, as sums are compared: JSON's numbers are too small
 */
char *
kith_protocol_print_sum (guint64 sum)
{
  return g_strdup_printf ("%016" G_GINT64_MODIFIER "x", sum);
}
