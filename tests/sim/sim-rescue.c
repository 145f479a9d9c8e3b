/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim.h"

#include <glib/gstdio.h>
#include <string.h>

#include "kith-store-private.h"
#include "kith-store-salvage.h"

/* What is kept on a desk is damaged: a new copy begins as another computer, says at sign-in which it was, and takes over what was not sent (sync.md 4). What
 * must hold: nothing that was not sent is lost (I3), and whoever revokes the one revokes the other (I21, sim_hub_revoke()). What the hub had answered is not
 * taken over unless its person has to deal with it. Here the damage lies where no operation does: what cannot be read tests/sync/test-rescue.c loses. */

void
sim_rescue_draw (Sim *self)
{
  KithRandom *random = kith_random_new_seeded (self->seed ^ G_GUINT64_CONSTANT (0x7265736300000000));

  if (!self->faults.files && kith_random_below (random, 1000) < 120 && sim_faults_has ("rescue"))
    {
      self->faults.rescue = 2 + kith_random_below (random, 10);
      self->rescue_random = g_steal_pointer (&random);
    }
  g_clear_pointer (&random, kith_random_free);
}

/* What lies in its store, as a file in a folder of its own. Yours. */
static char *
set_aside (SimDesk *desk)
{
  g_autoptr (GError) error = NULL;
  char *folder = g_dir_make_tmp ("kith-sim-aside-XXXXXX", &error);
  g_autofree char *path = g_build_filename (folder, "store.db", NULL);
  const KithDbOptions options = { .path = path, .page_size = sim_image_page_bytes () };
  KithDb *file = kith_db_open (&options, &error);

  g_assert_no_error (error);
  sim_image_copy (file, kith_store_get_db (desk->store));
  kith_db_close (file);
  return folder;
}

static void
drop (char *folder)
{
  static const char *const names[] = { "store.db", "store.db-wal", "store.db-shm", "store.db.lock" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (folder, names[i], NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
  g_free (folder);
}

/* All that is known of what it has been told goes with it. */
static void
forget (SimDesk *desk)
{
  g_hash_table_remove_all (desk->announced);
  g_queue_clear_full (&desk->pages, (GDestroyNotify) g_bytes_unref);
  g_clear_pointer (&desk->last_epoch, g_free);
  g_clear_pointer (&desk->epoch, g_free);
  g_clear_pointer (&desk->image, sim_image_free);
  g_clear_pointer (&desk->token, g_free);
  g_clear_pointer (&desk->refresh, g_free);
  desk->last_q = 0;
  desk->answer_q = -1;
  desk->n_forgets++;
  desk->put_back = TRUE;
  for (guint i = 0; i < desk->ops->len; i++)
    ((SimOp *) desk->ops->pdata[i])->shown = FALSE;
}

/* Of what is not in the new copy the hub has had its answer taken, and nobody here is waiting for one. */
static void
note_gone (SimDesk *desk)
{
  for (guint i = 0; i < desk->ops->len; i++)
    {
      SimOp *op = desk->ops->pdata[i];
      g_autofree char *here = NULL, *there = NULL;

      sim_sql_text (kith_store_get_db (desk->store), "SELECT st FROM op WHERE op_id = ?1", op->op_id, &here);
      sim_sql_text (kith_hub_get_db (desk->sim->hub), "SELECT status FROM op_log WHERE op_id = ?1", op->op_id, &there);
      op->gone |= here == NULL && (there != NULL || op->settled);
    }
}

static void
begin_anew (SimDesk *desk, char *aside, JsonObject *answer)
{
  g_autoptr (GError) error = NULL;
  KithSalvaged salvaged = { 0 };

  sim_desk_close (desk);
  sim_image_store (desk->holder);
  forget (desk);
  sim_desk_open (desk);
  sim_desk_take_session (desk, answer);
  if (!kith_store_salvage (desk->store, aside, NULL, kith_json_int (answer, "former_n", G_MAXINT64), &salvaged, &error))
    sim_fail (desk->sim, "I3", "desk %u takes nothing over: %s", desk->index, error->message);
  else if (!salvaged.opened || salvaged.cut || salvaged.unreadable > 0)
    sim_fail (desk->sim, "I3", "desk %u could not read what it was to take over", desk->index);
  sim_log (desk->sim, "desk %u takes over %u operations", desk->index, salvaged.ops);
  note_gone (desk);
  sim_check_local_writes (desk);
}

/* The hub is asked before anything is moved. */
static void
rescue (SimDesk *desk)
{
  g_autofree char *former = g_strdup (desk->device), *device = g_strdup_printf ("device-%u-%u", desk->index, ++desk->n_devices);
  g_auto (KithHubAnswer) reply = { 0 };
  g_autoptr (JsonObject) answer = NULL;

  sim_log (desk->sim, "desk %u is damaged", desk->index);
  g_hash_table_add (desk->names, g_strdup (device));
  if (!sim_desk_ask_to_sign_in (desk, device, former, &reply) || reply.status != 200)
    return;
  answer = kith_json_parse_object (g_bytes_get_data (reply.body, NULL), (gssize) g_bytes_get_size (reply.body), NULL, NULL);
  desk->sim->n_rescued++;
  {
    char *aside = set_aside (desk);

    sim_fork_rename (desk, device);
    begin_anew (desk, aside, answer);
    drop (aside);
  }
}

/* Before somebody works. */
void
sim_rescue_step (Sim *self)
{
  SimDesk *desk;

  if (self->faults.rescue == 0 || kith_random_below (self->rescue_random, 1000) >= self->faults.rescue)
    return;
  desk = self->desks->pdata[kith_random_below (self->rescue_random, self->desks->len)];
  if (!desk->closed && !desk->revoked && desk->damage == NULL && !sim_desk_is_away (desk) && kith_store_get_device (desk->store) != NULL)
    rescue (desk);
}
