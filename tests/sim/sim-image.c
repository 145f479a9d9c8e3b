/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim.h"

#include <sqlite3.h>

#include "kith-db-private.h"
#include "kith-hub-private.h"

/* Making the tables of a store or a hub takes longer than a short life in it: they are made once per process and copied page by page.
 * There is one for each size of pages. The image has a clock and a randomness of its own, so that a seed does not know whether it is the first. */

#define SMALL_PAGE 1024
#define USUAL_PAGE 4096

/* Hundreds of tables and indexes have next to nothing in them, and each has a page of its own at least: small ones are copied and rewritten sooner, and
 * what is in them is shared out between pages as more would be. "kilobyte": a disk without room (sim-full.c) has none at another moment then. */
guint
sim_image_page_bytes (void)
{
  return sim_faults_has ("kilobyte") ? SMALL_PAGE : USUAL_PAGE;
}

static void
set_page_size (KithDb *empty)
{
  g_autofree char *sql = g_strdup_printf ("PRAGMA page_size = %u", sim_image_page_bytes ());
  g_autoptr (GError) error = NULL;

  if (!kith_db_exec (empty, sql, &error))
    g_error ("%s", error->message);
}

/* All pages of a database in another, which is empty. */
void
sim_image_copy (KithDb *to, KithDb *from)
{
  sqlite3_backup *backup;

  set_page_size (to);
  backup = sqlite3_backup_init (to->handle, "main", from->handle, "main");
  if (backup == NULL || sqlite3_backup_step (backup, -1) != SQLITE_DONE || sqlite3_backup_finish (backup) != SQLITE_OK)
    g_error ("the image cannot be copied: %s", sqlite3_errmsg (to->handle));
}

static KithDb *
make_hub (const char *name)
{
  g_autoptr (GError) error = NULL;
  KithDb *image = kith_hub_open_db (name, TRUE, NULL, &error);

  g_assert_no_error (error);
  set_page_size (image);
  /* Without a life: each has its own. */
  if (!kith_db_migrate (image, "/org/kith/sql/hub", &error) || !kith_hub_make_tables (&(KithHub) { .db = image }, &error))
    g_error ("%s", error->message);
  return image;
}

static KithDb *
make_store (const char *name)
{
  const KithDbOptions options = { .path = name, .memory = TRUE, .page_size = sim_image_page_bytes (), .queries = "/org/kith/sql/store/queries" };
  g_autoptr (GError) error = NULL;
  g_autoptr (KithManualClock) clock = kith_manual_clock_new (0);
  g_autoptr (KithRandom) random = kith_random_new_seeded (1);
  KithDb *image = kith_db_open (&options, &error);
  KithStore *store;

  g_assert_no_error (error);
  store = kith_store_new (kith_db_open (&options, &error), KITH_CLOCK (clock), random, &error);
  g_assert_no_error (error);
  kith_store_close (store);
  g_object_unref (store);
  return image;
}

void
sim_image_hub (KithDb *to)
{
  static KithDb *small, *usual;
  KithDb **image = sim_image_page_bytes () == SMALL_PAGE ? &small : &usual;

  if (*image == NULL)
    *image = make_hub (image == &small ? "sim-image-hub-small" : "sim-image-hub");
  sim_image_copy (to, *image);
}

void
sim_image_store (KithDb *to)
{
  static KithDb *small, *usual;
  KithDb **image = sim_image_page_bytes () == SMALL_PAGE ? &small : &usual;

  if (*image == NULL)
    *image = make_store (image == &small ? "sim-image-store-small" : "sim-image-store");
  sim_image_copy (to, *image);
}
