/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim.h"

#include "faulty-vfs.h"
#include "kith-hub-private.h"
#include "kith-store-private.h"

/* A disk that is full: the n-th page that a desk or the hub writes in one piece of work finds no room (SQLITE_FULL), now and then again and again
 * for a while. What must hold (sync.md 4): nothing of that transaction is there; what the program keeps in memory says what the file says; whoever
 * asked is told, a person that nothing was saved and a desk that it shall come again; nobody's operation is put aside for it; and when there is
 * room again all goes on, which the other checks see. */

#define MOST_PAGES 30

struct _SimFull
{
  GHashTable *rows;  /* of a desk, before; NULL: not compared */
  gint64 last_i;     /* of its operations */
};

static gboolean armed;

/* The databases in memory lie over a file system of their own, that one is laid over. */
static void
install (void)
{
  const KithDbOptions options = { .path = "sim-full", .memory = TRUE };
  g_autoptr (GError) error = NULL;
  KithDb *first = kith_db_open (&options, &error); /* sets SQLite up, before anything is asked of it */

  g_assert_no_error (error);
  kith_faulty_vfs_install_over ("memdb");
  kith_db_close (first);
}

void
sim_full_draw (Sim *self)
{
  static gboolean installed;

  if (!installed)
    install ();
  installed = TRUE;
  if (sim_later_chance (self, 200))
    self->faults.full_desk = 1 + sim_later_below (self, 30);
  if (sim_later_chance (self, 200))
    self->faults.full_hub = 1 + sim_later_below (self, 30);
}

static gboolean
draw (Sim *self, guint per_mille, gint64 *until)
{
  if (self->calm || per_mille == 0)
    return FALSE;
  if (self->now < *until)
    return TRUE;
  if (!sim_later_chance (self, per_mille))
    return FALSE;
  if (sim_later_chance (self, 300))
    *until = self->now + sim_later_below (self, 4000);
  return TRUE;
}

static void
arm (Sim *self, gint64 until)
{
  /* Once: what is taken back writes over what is there, for which there is room. */
  kith_faulty_vfs_arm (KITH_FAULT_FULL, self->now < until ? 1 : 1 + sim_later_below (self, MOST_PAGES), FALSE);
  armed = TRUE;
}

/**
 * sim_full_arm_desk:
 *
 * Returns: what was there before, for sim_full_check_desk(); NULL: there is room
 */
SimFull *
sim_full_arm_desk (SimDesk *desk)
{
  SimFull *self;

  if (!draw (desk->sim, desk->sim->faults.full_desk, &desk->full_until))
    return NULL;
  self = g_new0 (SimFull, 1);
  self->rows = sim_rows_of_store (desk->store, FALSE);
  self->last_i = desk->store->last_i;
  arm (desk->sim, desk->full_until);
  return self;
}

gboolean
sim_full_arm_hub (Sim *self)
{
  if (!draw (self, self->faults.full_hub, &self->full_until))
    return FALSE;
  arm (self, self->full_until);
  return TRUE;
}

/* Returns: whether a page found no room */
gboolean
sim_full_disarm (Sim *self)
{
  gboolean happened = sim_full_happened ();

  if (armed)
    kith_faulty_vfs_disarm ();
  armed = FALSE;
  self->n_full += happened;
  return happened;
}

gboolean
sim_full_happened (void)
{
  return armed && kith_faulty_vfs_fired () > 0;
}

/* ---- a desk ---- */

static void
compare_text (SimDesk *desk, const char *what, const char *memory, const char *file)
{
  if (g_strcmp0 (memory, file) != 0)
    sim_fail (desk->sim, "full", "desk %u takes its %s for %s, its file says %s", desk->index, what, memory, file);
}

static void
compare_number (SimDesk *desk, const char *what, gint64 memory, gint64 file)
{
  if (memory != file)
    sim_fail (desk->sim, "full", "desk %u takes its %s for %" G_GINT64_FORMAT ", its file says %" G_GINT64_FORMAT, desk->index, what, memory, file);
}

/* What the store has in memory is what one that is opened anew reads. */
static void
check_mirrors (SimDesk *desk)
{
  SimCopy *copy = sim_copy_new (desk);
  KithStore *memory = desk->store, *file = sim_copy_get_store (copy);

  compare_text (desk, "computer", memory->device, file->device);
  compare_text (desk, "person", memory->user, file->user);
  compare_text (desk, "lane", memory->lane_code, file->lane_code);
  compare_text (desk, "hub's life", memory->epoch, file->epoch);
  compare_text (desk, "cursor", memory->cursor, file->cursor);
  compare_number (desk, "q", memory->cursor_q, file->cursor_q);
  compare_number (desk, "next n", memory->next_n, file->next_n);
  compare_number (desk, "next record number", memory->next_number, file->next_number);
  compare_number (desk, "round", memory->round, file->round);
  compare_number (desk, "refill", memory->refilling, file->refilling);
  compare_number (desk, "mending", memory->mending, file->mending);
  compare_number (desk, "rewriting", memory->wipe_due, file->wipe_due);
  compare_number (desk, "end", (gint64) memory->closed, (gint64) file->closed);
  compare_number (desk, "last operation", memory->last_i, file->last_i);
  sim_copy_free (copy);
}

/* refused: nothing may have changed. */
static void
check_unchanged (SimDesk *desk, const SimFull *before)
{
  g_autoptr (GHashTable) rows = sim_rows_of_store (desk->store, FALSE);
  const char *which = "";

  if (!sim_rows_equal (before->rows, rows, &which) || !sim_rows_equal (rows, before->rows, &which))
    sim_fail (desk->sim, "full", "desk %u saved nothing for lack of room, and shows another %s", desk->index, which);
  compare_number (desk, "last operation", desk->store->last_i, before->last_i);
}

/**
 * sim_full_check_desk:
 * @before: (transfer full)
 * @refused: nothing was to be done
 * @died: its process is gone: there is nothing in memory
 */
void
sim_full_check_desk (SimDesk *desk, SimFull *before, gboolean refused, gboolean died)
{
  if (sim_full_disarm (desk->sim) && !died && desk->sim->failure == NULL)
    {
      sim_log (desk->sim, "desk %u has no room", desk->index);
      check_mirrors (desk);
      if (refused)
        check_unchanged (desk, before);
    }
  g_hash_table_unref (before->rows);
  g_free (before);
}

/* ---- the hub ---- */

/* answer: what it said then; NULL: nobody asked. */
void
sim_full_check_hub (Sim *self, const KithHubAnswer *answer)
{
  KithDb *db = kith_hub_get_db (self->hub);
  g_autofree char *epoch = NULL, *seq = NULL, *open = NULL;

  sim_sql_text (db, "SELECT epoch FROM hub_state", NULL, &epoch);
  sim_sql_text (db, "SELECT q FROM hub_state", NULL, &seq);
  sim_sql_text (db, "SELECT 1 FROM scope_grant WHERE since_q > 0x3fffffffffffffff OR until_q > 0x3fffffffffffffff UNION ALL "
                    "SELECT 1 FROM member WHERE since_q > 0x3fffffffffffffff OR until_q > 0x3fffffffffffffff LIMIT 1", NULL, &open);
  sim_log (self, "the hub has no room");
  if (g_strcmp0 (epoch, kith_hub_get_epoch (self->hub)) != 0)
    sim_fail (self, "full", "the hub takes its life for %s, its file says %s", kith_hub_get_epoch (self->hub), epoch);
  if (g_ascii_strtoll (seq, NULL, 10) != kith_hub_get_q (self->hub))
    sim_fail (self, "full", "the hub is at %" G_GINT64_FORMAT ", its file says %s", kith_hub_get_q (self->hub), seq);
  if (open != NULL)
    sim_fail (self, "full", "the hub has paths that no commit has numbered");
  if (self->hub->writing)
    sim_fail (self, "full", "the hub is in the middle of a transaction");
  if (answer != NULL && answer->status >= 500 && (answer->status != 503 || answer->retry_after == 0))
    sim_fail (self, "full", "the hub has no room and answers %u, Retry-After %u", answer->status, answer->retry_after);
  self->no_room = TRUE;
}
