/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The source of randomness, handed down like the clock. The seeded one (xoshiro256**) replays; it is for
 * the simulator, the demo network and tests, never for keys. */
typedef struct _KithRandom KithRandom;

KithRandom *kith_random_new_system (void);
KithRandom *kith_random_new_seeded (guint64 seed);
void kith_random_free (KithRandom *self);

guint64 kith_random_next (KithRandom *self);
guint32 kith_random_below (KithRandom *self, guint32 bound); /* 0 … bound-1, unbiased; bound > 0 */
double kith_random_unit (KithRandom *self);                  /* 0 ≤ x < 1 */
void kith_random_bytes (KithRandom *self, guint8 *bytes, gsize length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KithRandom, kith_random_free)

G_END_DECLS
