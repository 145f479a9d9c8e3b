/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-clock.h"
#include "kith-random.h"

G_BEGIN_DECLS

/* Ids are UUIDs in lower-case text, 36 characters. */
char *kith_id_new (KithClock *clock, KithRandom *random);                             /* UUIDv7 */
char *kith_id_derive (const char *op_id, const char *kind, const char *key);          /* UUIDv8: rows made inside an operation (design.md 2.2, 4) */
char *kith_id_natural (const char *kind, const char *key);                            /* UUIDv8: what exists once per natural key */
gboolean kith_id_is_computed (const char *id);
gboolean kith_id_is_valid (const char *text);

G_END_DECLS
