/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-random.h"

#include <errno.h>
#include <string.h>
#include <sys/random.h>

struct _KithRandom
{
  gboolean seeded;
  guint64 state[4];
};

/**
 * kith_random_new_system:
 *
 * Returns: (transfer full): the kernel's random numbers, fit for ids and keys; it has no state, so any thread may use it. Should the kernel give
 *   none, the program ends.
 */
KithRandom *
kith_random_new_system (void)
{
  return g_new0 (KithRandom, 1);
}

/* splitmix64 spreads one word over the state, which must not be all zero. */
static guint64
split_mix (guint64 *seed)
{
  guint64 z = (*seed += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15));

  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return z ^ (z >> 31);
}

/**
 * kith_random_new_seeded:
 *
 * Returns: (transfer full): the same numbers for the same @seed, on any machine; of one thread at a time, never for keys
 */
KithRandom *
kith_random_new_seeded (guint64 seed)
{
  KithRandom *self = g_new0 (KithRandom, 1);

  self->seeded = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (self->state); i++)
    self->state[i] = split_mix (&seed);
  return self;
}

/**
 * kith_random_free:
 * @self: (nullable) (transfer full): its state is not wiped: a seeded source keeps no secret, the system's has none
 */
void
kith_random_free (KithRandom *self)
{
  g_free (self);
}

/* Ids and keys hang on this: to go on with anything else than randomness would be worse than to stop. */
static void
system_bytes (guint8 *bytes, gsize length)
{
  while (length > 0)
    {
      gssize got = getrandom (bytes, length, 0);

      if (got < 0 && errno == EINTR)
        continue;
      if (got <= 0)
        g_error ("The system gives no random numbers: %s", g_strerror (errno));
      bytes += got;
      length -= (gsize) got;
    }
}

static guint64
rotate_left (guint64 x, guint by)
{
  return (x << by) | (x >> (64 - by));
}

/**
 * kith_random_next:
 *
 * Returns: 64 bits, each as likely as the others; a seeded source moves on by one step of xoshiro256**
 */
guint64
kith_random_next (KithRandom *self)
{
  guint64 *s = self->state;
  guint64 result, t;

  if (!self->seeded)
    {
      system_bytes ((guint8 *) &result, sizeof result);
      return result;
    }

  result = rotate_left (s[1] * 5, 7) * 9;
  t = s[1] << 17;
  s[2] ^= s[0];
  s[3] ^= s[1];
  s[1] ^= s[2];
  s[0] ^= s[3];
  s[2] ^= t;
  s[3] = rotate_left (s[3], 45);
  return result;
}

guint32
kith_random_below (KithRandom *self, guint32 bound)
{
  guint32 threshold, value;

  g_return_val_if_fail (bound > 0, 0);

  /* The first (2^32 mod bound) values would come once too often. */
  threshold = -bound % bound;
  do
    value = (guint32) (kith_random_next (self) >> 32);
  while (value < threshold);
  return value % bound;
}

double
kith_random_unit (KithRandom *self)
{
  return (double) (kith_random_next (self) >> 11) * 0x1p-53;
}

/**
 * kith_random_bytes:
 * @bytes: (out caller-allocates): @length bytes
 *
 * A seeded source takes one step per 8 bytes begun and writes them lowest first, so the bytes are the same on any machine.
 */
void
kith_random_bytes (KithRandom *self, guint8 *bytes, gsize length)
{
  if (!self->seeded)
    {
      system_bytes (bytes, length);
      return;
    }
  for (gsize at = 0; at < length; at += 8)
    {
      guint64 word = GUINT64_TO_LE (kith_random_next (self));

      memcpy (bytes + at, &word, MIN (8, length - at));
    }
}
