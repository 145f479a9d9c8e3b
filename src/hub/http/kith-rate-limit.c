/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-rate-limit.h"

#include <math.h>

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

KithRateLimit *
kith_rate_limit_new (guint per_second, guint burst)
{
  KithRateLimit *self = g_new0 (KithRateLimit, 1);

  self->per_second = MAX (per_second, 1);
  self->burst = MAX (burst, 1);
  self->buckets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

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

gboolean
kith_rate_limit_take (KithRateLimit *self, const char *caller, gint64 now_us, guint *retry_after_s)
{
  Bucket *bucket;

  if (now_us - self->swept_us > FORGET_US)
    {
      self->swept_us = now_us;
      g_hash_table_foreach_remove (self->buckets, is_idle, &now_us);
    }
  bucket = g_hash_table_lookup (self->buckets, caller);
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
      g_hash_table_insert (self->buckets, g_strdup (caller), bucket);
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
