/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim.h"

#include <sqlite3.h>

#include "kith-db-private.h"
#include "kith-hub-private.h"
#include "kith-store-private.h"

/* A disk that is full: the n-th page by which the file of a desk or of the hub is to grow in one piece of work finds no room (SQLITE_FULL), now and
 * then again and again for a while. What must hold (sync.md 4): nothing of that transaction is there; what the program keeps in memory says what the file says; whoever
 * asked is told, a person that nothing was saved and a desk that it shall come again; nobody's operation is put aside for it; and when there is
 * room again all goes on, which the other checks see. */

#define MOST_PAGES 4

struct _SimFull
{
  GHashTable *rows;  /* of a desk, before; NULL: not compared */
  char *outbox;      /* its operations */
};

static sqlite3 *armed; /* the connection that may not let its file grow; NULL: none */
static gboolean fired;

void
sim_full_draw (Sim *self)
{
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
limit (sqlite3 *handle, gint64 pages)
{
  g_autofree char *sql = g_strdup_printf ("PRAGMA max_page_count = %" G_GINT64_FORMAT, pages);

  if (sqlite3_exec (handle, sql, NULL, NULL, NULL) != SQLITE_OK)
    g_error ("%s: %s", sql, sqlite3_errmsg (handle));
}

static void
arm (Sim *self, KithDb *db, gint64 until)
{
  g_autofree char *pages = NULL;

  sim_sql_text (db, "PRAGMA page_count", NULL, &pages);
  limit (db->handle, g_ascii_strtoll (pages, NULL, 10) + (self->now < until ? 0 : sim_later_below (self, MOST_PAGES)));
  armed = db->handle;
  fired = FALSE;
}

/* What SQLite answers, from sim-crash.c. */
void
sim_full_note (int code)
{
  fired |= armed != NULL && (code & 0xff) == SQLITE_FULL;
}

static char *
list_outbox (SimDesk *desk)
{
  char *text;

  sim_sql_text (kith_store_get_db (desk->store), "SELECT group_concat(i || ' ' || op_id || ' ' || st, char(10)) FROM (SELECT * FROM op ORDER BY i)", NULL, &text);
  return text;
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
  self->outbox = list_outbox (desk);
  arm (desk->sim, kith_store_get_db (desk->store), desk->full_until);
  return self;
}

gboolean
sim_full_arm_hub (Sim *self)
{
  if (!draw (self, self->faults.full_hub, &self->full_until))
    return FALSE;
  arm (self, kith_hub_get_db (self->hub), self->full_until);
  return TRUE;
}

/**
 * sim_full_disarm:
 * @died: with its process the connection is gone, or goes now
 *
 * Returns: whether a page found no room
 */
gboolean
sim_full_disarm (Sim *self, gboolean died)
{
  gboolean happened = sim_full_happened ();

  if (armed != NULL && !died)
    limit (armed, G_MAXUINT32 - 1);
  armed = NULL;
  self->n_full += happened;
  return happened;
}

gboolean
sim_full_happened (void)
{
  return armed != NULL && fired;
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
  compare_number (desk, "last operation", MAX (memory->last_i, file->last_i), memory->last_i); /* its number is given no second time after an undo */
  sim_copy_free (copy);
}

/* refused: nothing may have changed. */
static void
check_unchanged (SimDesk *desk, const SimFull *before)
{
  g_autoptr (GHashTable) rows = sim_rows_of_store (desk->store, FALSE);
  g_autofree char *outbox = list_outbox (desk);
  const char *which = "";

  if (!sim_rows_equal (before->rows, rows, &which) || !sim_rows_equal (rows, before->rows, &which))
    sim_fail (desk->sim, "full", "desk %u saved nothing for lack of room, and shows another %s", desk->index, which);
  if (g_strcmp0 (before->outbox, outbox) != 0)
    sim_fail (desk->sim, "full", "desk %u saved nothing for lack of room, and its operations are others:\n%s\n  before\n%s", desk->index, outbox, before->outbox);
}

/**
 * sim_full_check_desk:
 * @before: (transfer full)
 * @refused: nothing was to be done
 * @died: its process is gone: there is nothing in memory
 *
 * Returns: whether there was no room: what was to be done may not have been
 */
gboolean
sim_full_check_desk (SimDesk *desk, SimFull *before, gboolean refused, gboolean died)
{
  gboolean happened = sim_full_disarm (desk->sim, died);

  if (happened && !died && desk->sim->failure == NULL)
    {
      sim_log (desk->sim, "desk %u has no room", desk->index);
      check_mirrors (desk);
      sim_check_indexes (desk);
      if (refused)
        check_unchanged (desk, before);
    }
  g_hash_table_unref (before->rows);
  g_free (before->outbox);
  g_free (before);
  return happened;
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
