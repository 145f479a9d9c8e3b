/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim.h"

/* A copy of a desk's store, to see what it would make of something. */

struct _SimCopy
{
  KithRandom *random;
  KithStore *store;
};

SimCopy *
sim_copy_new (SimDesk *desk)
{
  static guint count;
  g_autofree char *name = g_strdup_printf ("sim-copy-%u", count++);
  const KithDbOptions options = { .path = name, .memory = TRUE, .queries = "/org/kith/sql/store/queries" };
  g_autoptr (GError) error = NULL;
  SimCopy *self = g_new0 (SimCopy, 1);
  KithDb *db;

  self->random = kith_random_new_seeded (desk->index + 1);
  db = kith_db_open (&options, &error);
  g_assert_no_error (error);
  sim_image_copy (db, kith_store_get_db (desk->store));
  self->store = kith_store_new (db, KITH_CLOCK (desk->clock), self->random, &error);
  g_assert_no_error (error);

  return self;
}

KithStore *
sim_copy_get_store (SimCopy *self)
{
  return self->store;
}

void
sim_copy_free (SimCopy *self)
{
  kith_store_close (self->store);
  g_object_unref (self->store);
  kith_random_free (self->random);
  g_free (self);
}
