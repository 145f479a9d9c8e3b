/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim.h"

#include <sqlite3.h>

#include "kith-db-private.h"
#include "kith-hub-private.h"

/* Making the tables of a store or a hub takes longer than a short life in it: they are made once per process and copied page by page.
 * The image has a clock and a randomness of its own, so that a seed does not know whether it is the first. */

/* All pages of a database in another, which is empty. */
void
sim_image_copy (KithDb *to, KithDb *from)
{
  sqlite3_backup *backup = sqlite3_backup_init (to->handle, "main", from->handle, "main");

  if (backup == NULL || sqlite3_backup_step (backup, -1) != SQLITE_DONE || sqlite3_backup_finish (backup) != SQLITE_OK)
    g_error ("the image cannot be copied: %s", sqlite3_errmsg (to->handle));
}

void
sim_image_hub (KithDb *to)
{
  static KithDb *image;

  if (image == NULL)
    {
      g_autoptr (GError) error = NULL;

      image = kith_hub_open_db ("sim-image-hub", TRUE, NULL, &error);
      g_assert_no_error (error);
      /* Without a life: each has its own. */
      if (!kith_db_migrate (image, "/org/kith/sql/hub", &error) || !kith_hub_make_tables (&(KithHub) { .db = image }, &error))
        g_error ("%s", error->message);
    }
  sim_image_copy (to, image);
}

void
sim_image_store (KithDb *to)
{
  static KithDb *image;

  if (image == NULL)
    {
      const KithDbOptions options = { .path = "sim-image-store", .memory = TRUE, .queries = "/org/kith/sql/store/queries" };
      g_autoptr (GError) error = NULL;
      g_autoptr (KithManualClock) clock = kith_manual_clock_new (0);
      g_autoptr (KithRandom) random = kith_random_new_seeded (1);
      KithStore *store;

      image = kith_db_open (&options, &error);
      g_assert_no_error (error);
      store = kith_store_new (kith_db_open (&options, &error), KITH_CLOCK (clock), random, &error);
      g_assert_no_error (error);
      kith_store_close (store);
      g_object_unref (store);
    }
  sim_image_copy (to, image);
}
