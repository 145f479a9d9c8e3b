/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim.h"

#include <glib/gstdio.h>

#include "kith-store-private.h"

/* The hub's disk breaks, and whoever runs it puts the last copy to use: what came since is not known there. Most copies were made by the program
 * (kith_hub_back_up); in some seeds the file was copied as it lay there (cp), which says nothing of itself: the hub notices by what the first desk
 * tells that was there later (kith-hub-life.c). Each desk notices (another epoch), sends again what the hub once took and fetches anew what it shows
 * (sync.md 2.4, 2.12). All that must hold otherwise must hold
 * after it, but for what nobody has any more:
 *
 * - what was done online or at the hub itself since the copy: no desk keeps it. Accounts and revocations are made once more here;
 * - what a computer sent that is no longer in use, or whose words it forgot with their scope (sync.md 2.3);
 * - what the hub had refused or put aside: it left nothing there, so it is not sent again.
 *
 * Numbers of the hub's former life mean nothing: what a desk did on them is not judged by them (I13), and of an answer that the former hub made
 * nothing is compared with this one. Until its whole refill has come a desk goes on showing what it had (sync.md 2.12): I6 and I7 begin again then. */

struct _SimBackup
{
  char *folder, *file, *files;
  KithDb *pages; /* copied as they lay there; NULL: the file is the program's own backup */
  gint64 q;
  GHashTable *phases, *acceptances; /* as they were */
};

static void
drop_folder (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      g_unlink (file);
    }
  g_rmdir (path);
}

void
sim_backup_free (SimBackup *self)
{
  drop_folder (self->files);
  drop_folder (self->folder);
  g_clear_pointer (&self->pages, kith_db_close);
  g_free (self->folder);
  g_free (self->file);
  g_free (self->files);
  g_hash_table_unref (self->phases);
  g_hash_table_unref (self->acceptances);
  g_free (self);
}

static GHashTable *
copy_texts (GHashTable *from, gboolean texts)
{
  GHashTable *to = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, texts ? g_free : NULL);
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, from);
  while (g_hash_table_iter_next (&iter, &key, &value))
    g_hash_table_insert (to, g_strdup (key), texts ? g_strdup (value) : value);
  return to;
}

static void
copy_file (const char *from, const char *to)
{
  g_autofree char *bytes = NULL;
  gsize length;

  if (!g_file_get_contents (from, &bytes, &length, NULL) || !g_file_set_contents (to, bytes, (gssize) length, NULL))
    g_error ("%s cannot be copied", from);
}

/* cp, and cp -r of its files. */
static void
copy_as_it_lies (Sim *sim, SimBackup *self)
{
  static guint count;
  g_autofree char *name = g_strdup_printf ("sim-hub-copy-%u", count++);
  const KithDbOptions options = { .path = name, .memory = TRUE };
  g_autoptr (GDir) dir = sim->hub_files != NULL ? g_dir_open (sim->hub_files, 0, NULL) : NULL;
  g_autoptr (GError) error = NULL;
  const char *file;

  self->pages = kith_db_open (&options, &error);
  g_assert_no_error (error);
  sim_image_copy (self->pages, kith_hub_get_db (sim->hub));
  g_mkdir (self->files, 0700);
  while (dir != NULL && (file = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *from = g_build_filename (sim->hub_files, file, NULL), *to = g_build_filename (self->files, file, NULL);

      copy_file (from, to);
    }
}

static void
back_up_whole (Sim *sim, SimBackup *self)
{
  g_autofree char *none = sim->hub_files == NULL ? g_dir_make_tmp ("kith-sim-none-XXXXXX", NULL) : NULL;
  KithHubBackup backup = { .from = kith_hub_get_db (sim->hub), .files = none != NULL ? none : sim->hub_files, .to = self->file, .to_files = self->files,
                           .clock = KITH_CLOCK (sim->hub_clock) };
  g_autoptr (GString) report = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  guint n_files = 0, n = 0;

  if (!kith_hub_back_up (&backup, &n_files, report, &n, &error))
    sim_fail (sim, "hub", "backup: %s", error->message);
  else if (n > 0)
    sim_fail (sim, "hub", "a backup with %u problems: %s", n, report->str);
  if (none != NULL)
    g_rmdir (none);
}

static void
back_up (Sim *sim)
{
  g_autoptr (GError) error = NULL;
  SimBackup *self = g_new0 (SimBackup, 1);

  self->folder = g_dir_make_tmp ("kith-sim-XXXXXX", &error);
  g_assert_no_error (error);
  self->file = g_build_filename (self->folder, "hub.db", NULL);
  self->files = g_build_filename (self->folder, "files", NULL);
  self->q = kith_hub_get_q (sim->hub);
  self->phases = copy_texts (sim->phases, TRUE);
  self->acceptances = copy_texts (sim->acceptances, FALSE);
  if (sim->faults.copied)
    copy_as_it_lies (sim, self);
  else
    back_up_whole (sim, self);
  sim_log (sim, "the hub is copied at q %" G_GINT64_FORMAT, self->q);
  g_clear_pointer (&sim->backup, sim_backup_free);
  sim->backup = self;
}

/* ---- what is known of the hub goes back with it ---- */

/* What it said of operations that it does not know any more. */
static void
lose_outcomes (Sim *sim)
{
  GHashTableIter iter;
  gpointer op_id, line;

  g_hash_table_iter_init (&iter, sim->outcomes);
  while (g_hash_table_iter_next (&iter, &op_id, &line))
    {
      g_autofree char *known = NULL;

      sim_sql_text (kith_hub_get_db (sim->hub), "SELECT 1 FROM op_log WHERE op_id = ?1", op_id, &known);
      if (known != NULL)
        continue;
      g_hash_table_insert (sim->lost, g_strdup (op_id), g_strdup (line));
      g_hash_table_iter_remove (&iter);
    }
}

static void
cut_changes (Sim *sim, gint64 q)
{
  GHashTableIter iter;
  gpointer changes;

  g_hash_table_iter_init (&iter, sim->changes);
  while (g_hash_table_iter_next (&iter, NULL, &changes))
    for (guint i = ((GArray *) changes)->len; i > 0; i--)
      if (g_array_index ((GArray *) changes, SimChange, i - 1).q > q)
        g_array_remove_index (changes, i - 1);
}

static void
cut_counted (Sim *sim)
{
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, sim->counted);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      g_autoptr (KithRecord) count = kith_world_get (KITH_WORLD (sim->mirror), "capacity_observation", id, NULL);

      if (count == NULL)
        g_hash_table_iter_remove (&iter);
    }
}

static void
note_left_cb (gpointer data, gpointer user_data)
{
  Sim *sim = user_data;
  const char *id = kith_record_get_id (data);
  const gint64 *was = g_hash_table_lookup (sim->left, id);

  if (kith_record_bool (data, "active"))
    g_hash_table_remove (sim->left, id);
  else if (was == NULL || *was > sim->backup->q)
    g_hash_table_insert (sim->left, g_strdup (id), g_memdup2 (&sim->backup->q, sizeof sim->backup->q));
}

static gboolean
is_gone_cb (gpointer key, gpointer value, gpointer user_data)
{
  g_autoptr (KithRecord) staff = kith_world_get (KITH_WORLD (((Sim *) user_data)->mirror), "staff", key, NULL);

  return staff == NULL;
}

static void
rewind_facts (Sim *sim)
{
  SimBackup *backup = sim->backup;

  sim_hub_read_anew (sim);
  lose_outcomes (sim);
  cut_changes (sim, backup->q);
  cut_counted (sim);
  g_hash_table_remove_all (sim->scope_names);
  g_hash_table_foreach_remove (sim->left, is_gone_cb, sim);
  kith_memory_world_foreach (sim->mirror, "staff", note_left_cb, sim);
  g_hash_table_unref (sim->phases);
  g_hash_table_unref (sim->acceptances);
  sim->phases = copy_texts (backup->phases, TRUE);
  sim->acceptances = copy_texts (backup->acceptances, FALSE);
}

/* ---- whoever runs the hub does once more what is known to be missing ---- */

static void
restore_account (Sim *sim, SimPerson *person)
{
  g_autoptr (KithRecord) staff = kith_world_get (KITH_WORLD (sim->mirror), "staff", person->id, NULL);
  g_autofree char *account = NULL;

  sim_sql_text (kith_hub_get_db (sim->hub), "SELECT 1 FROM account WHERE staff = ?1", person->id, &account);
  if (account != NULL)
    return;
  if (staff == NULL)
    sim_hub_submit (sim, "staff.add",
                    kith_json_new ("id", "s", person->id, "agency", "s", person->agency < SIM_N_AGENCIES ? sim->agencies[person->agency] : NULL, "given_name", "s",
                                   person->login, "family_name", "s", "Roe", "level", "s", "standard", "role", "s", "care_coordinator", "trained", "b", TRUE,
                                   "login", "s", person->login, NULL));
  sim_give_account (sim, person);
}

/* A computer the copy does not know cannot be revoked there; its person knows that it is lost. */
static void
restore_revoked (Sim *sim, SimDesk *desk)
{
  gboolean closed = desk->closed;
  g_autofree char *known = NULL;

  sim_sql_text (kith_hub_get_db (sim->hub), "SELECT 1 FROM lane WHERE device = ?1 AND revoked_at IS NOT NULL", desk->device, &known);
  if (!desk->revoked || known != NULL)
    return;
  sim_hub_revoke (sim, desk);
  desk->closed = closed || !desk->revoked;
}

static void
restore_desk (Sim *sim, SimDesk *desk)
{
  desk->answer_q = -1;
  restore_revoked (sim, desk);
  if (desk->damage != NULL)
    sim_damage_all (desk);
  /* whom the hub takes for somebody with an account again, with a computer that was emptied */
  desk->forsaken |= desk->closed && !g_hash_table_contains (sim->left, desk->person->id);
}

/* The copy's files lie where the next hub looks for its own. */
static void
put_files (Sim *sim)
{
  g_autofree char *folder = sim_files_hub (sim);
  g_autoptr (GDir) dir = folder != NULL ? g_dir_open (sim->backup->files, 0, NULL) : NULL;
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *from = g_build_filename (sim->backup->files, name, NULL), *to = g_build_filename (folder, name, NULL);

      if (g_rename (from, to) < 0)
        g_error ("a file of the copy cannot be moved");
    }
}

static KithDb *
open_copy (SimBackup *self)
{
  const KithDbOptions options = { .path = self->file };
  g_autoptr (GError) error = NULL;
  KithDb *copy = kith_db_open (&options, &error);

  g_assert_no_error (error);
  if (!kith_db_exec (copy, "PRAGMA journal_mode = DELETE", &error)) /* in memory there is no write-ahead log */
    g_error ("%s", error->message);
  return copy;
}

static void
restore (Sim *sim)
{
  sim_log (sim, "the hub is put back from its copy of q %" G_GINT64_FORMAT ", it was at %" G_GINT64_FORMAT, sim->backup->q, kith_hub_get_q (sim->hub));
  sim->n_restored++;
  sim->hub_life++;
  put_files (sim);
  sim_network_drop_held (sim);
  if (sim->backup->pages == NULL)
    sim->backup->pages = open_copy (sim->backup);
  sim_hub_replace (sim, sim->backup->pages);
  rewind_facts (sim);
  for (guint i = 0; i < sim->people->len && sim->failure == NULL; i++)
    if (((SimPerson *) sim->people->pdata[i])->account)
      restore_account (sim, sim->people->pdata[i]);
  for (guint i = 0; i < sim->desks->len && sim->failure == NULL; i++)
    restore_desk (sim, sim->desks->pdata[i]);
  g_clear_pointer (&sim->backup, sim_backup_free);
  sim_check_access (sim, "*");
}

void
sim_restore_draw (Sim *self)
{
  self->faults.copied = self->faults.restore > 0 && sim_later_chance (self, 400);
}

/* Before somebody works. A source of its own: seeds without this fault are as they were before there was one. */
void
sim_restore_step (Sim *sim)
{
  if (sim->faults.restore == 0 || kith_random_below (sim->late_random, 1000) >= sim->faults.restore)
    return;
  if (sim->backup == NULL || kith_random_below (sim->late_random, 4) == 0)
    back_up (sim);
  else
    restore (sim);
}

/* ---- a desk meets the hub's next life ---- */

/* After an answer was applied. */
void
sim_restore_met (SimDesk *desk)
{
  const char *epoch = kith_store_get_epoch (desk->store);

  if (desk->sim->faults.restore == 0)
    return;
  desk->anew = desk->anew && desk->store->refilling;
  if (g_strcmp0 (desk->epoch, epoch) == 0)
    return;
  desk->anew = desk->epoch != NULL;
  desk->n_forgets += desk->anew;
  g_free (desk->epoch);
  desk->epoch = g_strdup (epoch);
  g_hash_table_remove_all (desk->announced);
  g_queue_clear_full (&desk->pages, (GDestroyNotify) g_bytes_unref);
}

/* Done while its desk was in another life of the hub than this: the numbers it was done on say nothing. */
gboolean
sim_restore_was_before (Sim *sim, const SimOp *op)
{
  return sim->n_restored > 0 && (op->life != sim->hub_life || g_strcmp0 (op->epoch, kith_hub_get_epoch (sim->hub)) != 0);
}

/* What the hub acknowledged and lost, and what nobody can send again. */
gboolean
sim_restore_is_gone (SimDesk *desk, const SimOp *op)
{
  const char *line = g_hash_table_lookup (desk->sim->lost, op->op_id);
  g_autofree char *words = NULL;

  if (line == NULL)
    return FALSE;
  if (desk->closed || strstr (line, "\"st\":\"rejected\"") != NULL || strstr (line, "\"st\":\"parked\"") != NULL)
    return TRUE;
  sim_sql_text (kith_store_get_db (desk->store), "SELECT 1 FROM op WHERE op_id = ?1 AND args IS NOT NULL", op->op_id, &words);
  return words == NULL;
}
