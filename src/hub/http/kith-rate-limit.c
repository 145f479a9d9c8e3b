/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-rate-limit.h"

#include <gio/gio.h>
#include <math.h>
#include <string.h>

#define MAX_CALLERS 65536
#define FORGET_US (60 * G_USEC_PER_SEC)

typedef struct
{
  double tokens;
  gint64 at_us;
} Bucket;

struct _KithRateLimit
{
  double per_second, burst;
  GHashTable *buckets; /* (element-type utf8 Bucket) */
  gint64 swept_us;
};

/**
 * kith_rate_limit_new:
 * @per_second: requests one caller may make in the long run; 0 is taken as 1
 * @burst: as many at once after a pause; 0 is taken as 1
 *
 * Returns: (transfer full): nobody is known yet; of one thread at a time
 */
KithRateLimit *
kith_rate_limit_new (guint per_second, guint burst)
{
  KithRateLimit *self = g_new0 (KithRateLimit, 1);

  self->per_second = MAX (per_second, 1);
  self->burst = MAX (burst, 1);
  self->buckets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

/**
 * kith_rate_limit_free:
 * @self: (nullable) (transfer full)
 */
void
kith_rate_limit_free (KithRateLimit *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->buckets);
  g_free (self);
}

static gboolean
is_idle (gpointer key, gpointer value, gpointer now)
{
  return *(gint64 *) now - ((Bucket *) value)->at_us > FORGET_US;
}

/**
 * kith_rate_limit_key:
 *
 * Whoever has one address of IPv6 has the whole /64 it lies in; one of IPv4 written as IPv6 is one of IPv4.
 *
 * Returns: (transfer full): what limits of @caller are counted by
 */
char *
kith_rate_limit_key (const char *caller)
{
  g_autoptr (GInetAddress) inet = strchr (caller, ':') != NULL ? g_inet_address_new_from_string (caller) : NULL;
  static const guint8 mapped[12] = { [10] = 0xff, [11] = 0xff };
  const guint8 *bytes;

  if (inet == NULL || g_inet_address_get_family (inet) != G_SOCKET_FAMILY_IPV6)
    return g_strdup (caller);
  bytes = g_inet_address_to_bytes (inet);
  if (memcmp (bytes, mapped, sizeof mapped) == 0)
    return g_strdup_printf ("%u.%u.%u.%u", bytes[12], bytes[13], bytes[14], bytes[15]);
  return g_strdup_printf ("%02x%02x:%02x%02x:%02x%02x:%02x%02x::/64", bytes[0], bytes[1], bytes[2], bytes[3], bytes[4], bytes[5], bytes[6], bytes[7]);
}

gboolean
kith_rate_limit_take (KithRateLimit *self, const char *caller, gint64 now_us, guint *retry_after_s)
{
  g_autofree char *key = kith_rate_limit_key (caller);
  Bucket *bucket;

  if (now_us - self->swept_us > FORGET_US)
    {
      self->swept_us = now_us;
      g_hash_table_foreach_remove (self->buckets, is_idle, &now_us);
    }
  bucket = g_hash_table_lookup (self->buckets, key);
  if (bucket == NULL)
    {
      /* A flood of made-up callers fills the table: then newcomers wait, those known go on. */
      if (g_hash_table_size (self->buckets) >= MAX_CALLERS)
        {
          *retry_after_s = 60;
          return FALSE;
        }
      bucket = g_new0 (Bucket, 1);
      bucket->tokens = self->burst;
      bucket->at_us = now_us;
      g_hash_table_insert (self->buckets, g_steal_pointer (&key), bucket);
    }

  bucket->tokens = MIN (self->burst, bucket->tokens + (now_us - bucket->at_us) / (double) G_USEC_PER_SEC * self->per_second);
  bucket->at_us = now_us;
  if (bucket->tokens >= 1)
    {
      bucket->tokens -= 1;
      return TRUE;
    }
  *retry_after_s = (guint) ceil ((1 - bucket->tokens) / self->per_second);
  return FALSE;
}
