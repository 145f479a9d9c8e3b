/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim.h"

#include "kith-store-private.h"

/* A desk or the hub is updated in mid-run: what an older Kith left is opened by this one. Tables of kinds come in another shape, lack an index, or are not
 * there because the kind was not known, and columns of the own tables are missing. Opened again it has every row it had, each found by its words; what an
 * older desk passed over because it did not know the kind is fetched, and nothing that was done is lost (sync.md 2.10; I1, I3). */

static guint
below (Sim *self, guint bound)
{
  return kith_random_below (self->upgrade_random, bound);
}

void
sim_upgrade_draw (Sim *self)
{
  if (below (self, 1000) < 200)
    self->faults.upgrade = 20 + below (self, 100);
}

static const char *
draw_kind (Sim *self)
{
  guint n;
  const KithKind *const *kinds = kith_kinds_list (&n);

  return kinds[below (self, n)]->name;
}

static void
run (Sim *self, KithDb *db, const char *sql)
{
  g_autoptr (GError) error = NULL;

  if (!kith_db_exec (db, sql, &error))
    sim_fail (self, "upgrade", "%s: %s", sql, error->message);
}

static gboolean
is_there (KithDb *db, const char *format, const char *kind)
{
  g_autoptr (GString) sql = g_string_new (format);
  g_autofree char *found = NULL;

  g_string_replace (sql, "KIND", kind, 0);
  sim_sql_text (db, sql->str, NULL, &found);
  return found != NULL;
}

static void
check_rows (Sim *self, const char *whose, GHashTable *before, GHashTable *after)
{
  const char *which = "";

  if (!sim_rows_equal (before, after, &which) || !sim_rows_equal (after, before, &which))
    sim_fail (self, "upgrade", "%s has another %s after it was updated", whose, which);
}

/* ---- a desk ---- */

/* Nothing was done here with the kind, so one that did not know it could do all that. */
#define KNOWN "SELECT 1 WHERE EXISTS (SELECT 1 FROM op_row WHERE t = 'KIND') OR EXISTS (SELECT 1 FROM shadow WHERE t = 'KIND') OR EXISTS (SELECT 1 FROM recent WHERE t = 'KIND')"

/* TRUE: rows of it are missing until they were fetched. */
static gboolean
set_desk_back (Sim *self, SimDesk *desk, const char *kind)
{
  KithDb *db = kith_store_get_db (desk->store);
  g_autoptr (GString) sql = g_string_new (NULL);
  gboolean missing = below (self, 3) == 0 && !is_there (db, KNOWN, kind);

  if (below (self, 2) == 0 && !is_there (db, "SELECT 1 FROM op WHERE needs > 0", kind))
    g_string_append (sql, "DROP TABLE undo_draft; ALTER TABLE op DROP COLUMN needs; DROP INDEX import_row_remark; ALTER TABLE import_row DROP COLUMN who; ALTER TABLE import_row DROP COLUMN remark; "
                          "ALTER TABLE import_row DROP COLUMN like_row; DELETE FROM schema_migration WHERE number >= 8; ");
  if (missing)
    g_string_append (sql, "DROP TABLE \"KIND\"; DROP TABLE IF EXISTS KIND_find; DELETE FROM state WHERE key = 'ddl:KIND'; DELETE FROM hidden_row WHERE t = 'KIND'; "
                          "DELETE FROM kept_row WHERE t = 'KIND'; INSERT OR IGNORE INTO unknown_kind VALUES ('KIND');");
  else
    g_string_append (sql, "UPDATE state SET value = 'as it was printed before' WHERE key = 'ddl:KIND';");
  g_string_replace (sql, "KIND", kind, 0);
  sim_log (self, "desk %u is updated: %s", desk->index, sql->str);
  run (self, db, sql->str);
  return missing;
}

static void
update_desk (Sim *self, SimDesk *desk)
{
  const char *kind = draw_kind (self);
  g_autoptr (GHashTable) hub_part = sim_rows_of_store (desk->store, TRUE), all = sim_rows_of_store (desk->store, FALSE);
  g_autofree char *whose = g_strdup_printf ("desk %u", desk->index);
  gboolean missing = set_desk_back (self, desk, kind);

  desk->n_forgets++;
  sim_desk_close (desk);
  g_clear_pointer (&desk->token, g_free);
  g_clear_pointer (&desk->refresh, g_free);
  sim_desk_open (desk);
  sim_check_local_writes (desk);
  sim_check_indexes (desk);
  if (missing && g_hash_table_size (hub_part) > 0 && !desk->store->refilling)
    sim_fail (self, "upgrade", "desk %u does not fetch what it passed over", desk->index);
  if (!missing)
    {
      g_autoptr (GHashTable) hub_part_after = sim_rows_of_store (desk->store, TRUE), all_after = sim_rows_of_store (desk->store, FALSE);

      check_rows (self, whose, hub_part, hub_part_after);
      check_rows (self, whose, all, all_after);
    }
}

/* ---- the hub ---- */

static void
set_hub_back (Sim *self, const char *kind)
{
  KithDb *db = kith_hub_get_db (self->hub);
  g_autoptr (GString) sql = g_string_new (NULL);
  g_autofree char *indexes = NULL;

  switch (below (self, 3))
    {
    case 0:
      sim_sql_text (db, "SELECT group_concat('DROP INDEX ' || name || ';', ' ') FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name = ?1", kind, &indexes);
      g_string_append (sql, indexes != NULL ? indexes : "");
      break;
    case 1:
      if (!is_there (db, "SELECT 1 FROM \"KIND\" LIMIT 1", kind))
        {
          g_string_append (sql, "DROP TABLE \"KIND\"; DROP TABLE IF EXISTS KIND_find;");
          break;
        }
      G_GNUC_FALLTHROUGH;
    default:
      g_string_append (sql, "CREATE TABLE before AS SELECT id, body FROM \"KIND\"; DROP TABLE \"KIND\"; DROP TABLE IF EXISTS KIND_find; "
                            "CREATE TABLE \"KIND\" (id text NOT NULL PRIMARY KEY, body text NOT NULL); INSERT INTO \"KIND\" SELECT id, body FROM before; DROP TABLE before;");
      break;
    }
  if (!sim_clock_in_doubt () && self->faults.clock == 0 && below (self, 2) == 0)
    g_string_append (sql, "ALTER TABLE hub_state DROP COLUMN seen_ms; DELETE FROM schema_migration WHERE number >= 16;");
  g_string_replace (sql, "KIND", kind, 0);
  sim_log (self, "the hub is updated: %s", sql->str);
  run (self, db, sql->str);
}

static void
update_hub (Sim *self)
{
  g_autoptr (GHashTable) before = sim_rows_of_hub (self), after = NULL;

  set_hub_back (self, draw_kind (self));
  sim_twin_note (self, SIM_ASK_REOPEN, NULL, NULL, NULL, NULL, NULL, NULL);
  sim_hub_close (self);
  sim_network_drop_held (self);
  sim_hub_open (self);
  sim_hub_after (self);
  after = sim_rows_of_hub (self);
  check_rows (self, "the hub", before, after);
}

/* Now and then, before somebody works. */
void
sim_upgrade_step (Sim *self)
{
  SimDesk *desk;

  if (self->faults.upgrade == 0 || below (self, 1000) >= self->faults.upgrade)
    return;
  self->n_updated++;
  if (below (self, 3) == 0)
    {
      update_hub (self);
      return;
    }
  desk = self->desks->pdata[below (self, self->desks->len)];
  if (!desk->closed && desk->damage == NULL)
    update_desk (self, desk);
}
