/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim.h"

#include <stdio.h>

/* One seed from its first event to the verdict. */

#define MAX_CALM_EVENTS 6000

void
sim_fail (Sim *self, const char *invariant, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  if (self->failure != NULL)
    return;
  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  self->failure = g_strdup_printf ("seed %" G_GUINT64_FORMAT " event %u: %s: %s", self->seed, self->event, invariant, text);
  if (self->verbose)
    g_printerr ("%s\n", self->failure);
}

void
sim_log (Sim *self, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  if (!self->verbose)
    return;
  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  g_printerr ("%5u %9" G_GINT64_FORMAT "  %s\n", self->event, self->now, text);
}

guint
sim_below (Sim *self, guint bound)
{
  return kith_random_below (self->random, bound);
}

gboolean
sim_chance (Sim *self, guint per_mille)
{
  return per_mille > 0 && sim_below (self, 1000) < per_mille;
}

guint
sim_later_below (Sim *self, guint bound)
{
  return kith_random_below (self->later_random, bound);
}

gboolean
sim_later_chance (Sim *self, guint per_mille)
{
  return per_mille > 0 && sim_later_below (self, 1000) < per_mille;
}

const char *
sim_pick (Sim *self, GPtrArray *texts)
{
  return texts->len > 0 ? g_ptr_array_index (texts, sim_below (self, texts->len)) : NULL;
}

/* The hub's time, as long as it is believed; else what it should be. */
gint64
sim_wall (Sim *self)
{
  return kith_clock_wall_ms (KITH_CLOCK (self->hub_clock)) - self->clock_off;
}

void
sim_sql_text (KithDb *db, const char *sql, const char *arg, char **text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KithDbStmt) stmt = kith_db_prepare (db, sql, &error);

  *text = NULL;
  if (stmt == NULL)
    g_error ("%s: %s", sql, error->message);
  if (arg != NULL)
    kith_db_bind_text (stmt, 1, arg);
  if (kith_db_step (stmt, &error) == KITH_DB_ROW)
    *text = g_strdup (kith_db_text (stmt, 0));
  if (error != NULL)
    g_error ("%s: %s", sql, error->message);
}

static void
person_free (gpointer data)
{
  SimPerson *person = data;

  g_free (person->id);
  g_free (person->login);
  g_free (person);
}

static Sim *
sim_new (guint64 seed, guint n_events, gboolean verbose)
{
  Sim *self = g_new0 (Sim, 1);

  self->seed = seed;
  self->n_events = n_events;
  self->verbose = verbose;
  self->base = G_GINT64_CONSTANT (1795311000000); /* 2026-11-22 */
  self->random = kith_random_new_seeded (seed);
  self->hub_random = kith_random_new_seeded (sim_hub_seed (self));
  self->hub_clock = kith_manual_clock_new (self->base);
  self->queue = g_sequence_new (sim_event_free);
  self->held = g_ptr_array_new_with_free_func (sim_event_free);
  self->people = g_ptr_array_new_with_free_func (person_free);
  self->desks = g_ptr_array_new_with_free_func ((GDestroyNotify) sim_desk_free);
  self->clients = g_ptr_array_new_with_free_func (g_free);
  self->referrals = g_ptr_array_new_with_free_func (g_free);
  self->consents = g_ptr_array_new_with_free_func (g_free);
  self->cases = g_ptr_array_new_with_free_func (g_free);
  self->plans = g_ptr_array_new_with_free_func (g_free);
  self->notes = g_ptr_array_new_with_free_func (g_free);
  self->tasks = g_ptr_array_new_with_free_func (g_free);
  self->transfers = g_ptr_array_new_with_free_func (g_free);
  self->mirror = kith_memory_world_new ();
  self->oracle = kith_oracle_new ();
  self->marked = g_hash_table_new (g_str_hash, g_str_equal);
  self->outcomes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->changes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_array_unref);
  self->scope_names = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  self->left = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->places = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->lost = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->late_random = kith_random_new_seeded (seed ^ G_GUINT64_CONSTANT (0x6261636b00000000));
  self->later_random = kith_random_new_seeded (seed ^ G_GUINT64_CONSTANT (0x6275737900000000));
  self->clock_random = kith_random_new_seeded (seed ^ G_GUINT64_CONSTANT (0x636c6f636b000000));
  self->upgrade_random = kith_random_new_seeded (seed ^ G_GUINT64_CONSTANT (0x7570677200000000));
  self->old_random = kith_random_new_seeded (seed ^ G_GUINT64_CONSTANT (0x6f6c640000000000));
  self->pair_random = kith_random_new_seeded (seed ^ G_GUINT64_CONSTANT (0x7061697200000000));
  self->term_random = kith_random_new_seeded (seed ^ G_GUINT64_CONSTANT (0x7465726d00000000));
  if (kith_random_below (self->term_random, 4) > 0)
    g_clear_pointer (&self->term_random, kith_random_free);
  self->counted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->served = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->waits = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->opened = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->joined = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->told_at = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->uncovered = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->phases = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->acceptances = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  return self;
}

static void
sim_free (Sim *self)
{
  g_hash_table_remove_all (self->marked);
  g_ptr_array_unref (self->desks);
  sim_hub_close (self);
  g_clear_pointer (&self->hub_holder, kith_db_close);
  g_sequence_free (self->queue);
  g_ptr_array_unref (self->held);
  g_ptr_array_unref (self->people);
  g_ptr_array_unref (self->clients);
  g_ptr_array_unref (self->referrals);
  g_ptr_array_unref (self->consents);
  g_ptr_array_unref (self->cases);
  g_ptr_array_unref (self->plans);
  g_ptr_array_unref (self->notes);
  g_ptr_array_unref (self->tasks);
  g_ptr_array_unref (self->transfers);
  for (guint i = 0; i < SIM_N_AGENCIES; i++)
    g_free (self->agencies[i]);
  for (guint i = 0; i < SIM_N_QUEUES; i++)
    g_free (self->queues[i]);
  g_free (self->form);
  for (guint i = 0; i < SIM_N_SERVICES; i++)
    g_free (self->services[i]);
  g_object_unref (self->mirror);
  g_object_unref (self->hub_clock);
  kith_oracle_free (self->oracle);
  g_clear_pointer (&self->asks, g_ptr_array_unref);
  g_hash_table_unref (self->marked);
  g_hash_table_unref (self->outcomes);
  g_hash_table_unref (self->changes);
  g_hash_table_unref (self->scope_names);
  g_hash_table_unref (self->left);
  g_hash_table_unref (self->places);
  g_hash_table_unref (self->lost);
  g_clear_pointer (&self->backup, sim_backup_free);
  g_clear_pointer (&self->files, sim_files_free);
  g_clear_pointer (&self->lookup, sim_lookup_free);
  g_clear_pointer (&self->corrected, sim_corrected_free);
  g_clear_pointer (&self->old_hub, sim_old_hub_free);
  g_clear_pointer (&self->papers, sim_papers_free);
  g_clear_pointer (&self->typed_random, kith_random_free);
  g_clear_pointer (&self->anew_random, kith_random_free);
  g_clear_pointer (&self->mended_random, kith_random_free);
  g_clear_pointer (&self->assess_random, kith_random_free);
  g_free (self->hub_files);
  kith_random_free (self->late_random);
  kith_random_free (self->later_random);
  kith_random_free (self->clock_random);
  kith_random_free (self->upgrade_random);
  kith_random_free (self->pair_random);
  kith_random_free (self->old_random);
  g_clear_pointer (&self->rescue_random, kith_random_free);
  g_clear_pointer (&self->term_random, kith_random_free);
  g_hash_table_unref (self->counted);
  g_hash_table_unref (self->taken);
  g_hash_table_unref (self->served);
  g_hash_table_unref (self->waits);
  g_hash_table_unref (self->opened);
  g_hash_table_unref (self->joined);
  g_hash_table_unref (self->told_at);
  g_hash_table_unref (self->told);
  g_hash_table_unref (self->uncovered);
  g_hash_table_unref (self->phases);
  g_hash_table_unref (self->acceptances);
  kith_random_free (self->random);
  kith_random_free (self->hub_random);
  g_free (self->hub_db_name);
  g_free (self->failure);
  g_free (self);
}

/* Every desk has nothing to send, and the hub has nothing to tell it: its question is being held. */
static gboolean
is_quiet (Sim *self)
{
  for (guint i = 0; i < self->desks->len; i++)
    {
      SimDesk *desk = g_ptr_array_index (self->desks, i);

      if (!desk->closed && !(kith_sync_engine_is_quiet (desk->engine) && sim_network_is_held (desk)))
        return FALSE;
    }

  return TRUE;
}

/* Everything must become quiet within a bounded number of steps. */
static void
run_until_quiet (Sim *self)
{
  guint start = self->event;

  while (self->failure == NULL && !is_quiet (self))
    {
      if (self->event - start > MAX_CALM_EVENTS || sim_network_is_empty (self))
        {
          g_autoptr (GString) who = g_string_new (NULL);

          for (guint i = 0; i < self->desks->len; i++)
            {
              SimDesk *desk = g_ptr_array_index (self->desks, i);

              if (!desk->closed)
                g_string_append_printf (who, " desk %u state %d quiet %d q %" G_GINT64_FORMAT, i, kith_sync_engine_get_state (desk->engine),
                                        kith_sync_engine_is_quiet (desk->engine), sim_desk_cursor_q (desk));
            }
          sim_fail (self, "I1", "never became quiet: hub q %" G_GINT64_FORMAT "%s", kith_hub_get_q (self->hub), who->str);
          return;
        }
      sim_network_step (self);
    }
}

#define COMPARISONS 4 /* tried: a hub whose clock wrote something in that moment answers "behind", and a desk asks later */

static gboolean
all_compared (Sim *self)
{
  for (guint i = 0; i < self->desks->len; i++)
    {
      SimDesk *desk = g_ptr_array_index (self->desks, i);

      if (!desk->closed && !desk->verified)
        return FALSE;
    }
  return TRUE;
}

static void
compare_soon (Sim *self)
{
  for (guint i = 0; i < self->desks->len && self->failure == NULL; i++)
    {
      SimDesk *desk = g_ptr_array_index (self->desks, i);

      if (!desk->closed && !desk->verified)
        kith_sync_engine_verify_soon (desk->engine);
      desk->dirty = TRUE;
    }
  for (guint i = 0; i < self->desks->len && self->failure == NULL; i++)
    sim_network_pump (g_ptr_array_index (self->desks, i));
  run_until_quiet (self);
}

/* Faults and work stop; when all is quiet each desk compares its sums with the hub's (I1). */
static void
settle (Sim *self)
{
  sim_faults_stop (self);
  run_until_quiet (self);
  if (self->faults.files && self->failure == NULL)
    {
      sim_files_look_at_all (self);
      run_until_quiet (self);
    }
  for (guint i = 0; i < self->desks->len; i++)
    ((SimDesk *) g_ptr_array_index (self->desks, i))->verified = FALSE;
  self->verifying = TRUE;
  for (guint i = 0; i < COMPARISONS && self->failure == NULL && !all_compared (self); i++)
    compare_soon (self);
  if (self->failure == NULL && !all_compared (self))
    sim_fail (self, "I1", "a desk never compared its sums");
}

void
sim_result_clear (SimResult *self)
{
  g_free (self->failure);
  g_free (self->counts);
}

/**
 * sim_run:
 * Returns: what became of one seed
 */
SimResult
sim_run (guint64 seed, guint n_events, gboolean verbose)
{
  Sim *self = sim_new (seed, n_events, verbose);
  SimResult result = { 0 };

  sim_faults_draw (self);
  sim_twin_draw (self);
  sim_setup (self);
  sim_network_schedule_work (self);
  while (self->failure == NULL && self->event < self->n_events)
    sim_network_step (self);
  if (self->failure == NULL)
    settle (self);
  if (self->failure == NULL)
    sim_check_end (self);
  if (self->failure == NULL)
    sim_twin_check (self);

  result.failure = g_strdup (self->failure);
  result.events = self->event;
  result.twins = self->n_twins;
  result.parts = self->n_parts;
  result.asked = self->n_asked;
  result.hits = self->n_hits;
  result.waited = self->n_waited;
  result.typed = self->n_typed;
  result.papers = self->n_papers;
  result.lane_bit = self->lane_bit;
  result.counts = g_strdup_printf ("grant checks %u, rows at the wire %u, forgets %u, applied %u, refused %u, conflicts %u, crashes %u, "
                                   "verdicts %u, over the lane alone %u, twins %u, stale pages %u, purges %u, A11 on desks %u, spoilt %u, mended %u, rows for that %u, forged %u, network asked %u, found %u, opened %u, waited for a newer hub %u, typed %u, of it sent %u, printed %u, cases begun %u, put back %u, files wanted %u, parts sent %u, fetched %u, refused before the hub %u, without room %u, disks put back %u, jumps of the hub’s clock %u, updated %u, second computers %u, taken off %u, older desks updated %u, rescued %u",
                                   self->n_checks, self->n_rows_checked, self->n_forgets, self->n_applied, self->n_refused,
                                   self->n_conflicts, self->n_crashes, self->n_verdicts, self->n_lane_verdicts, self->n_twins, self->n_stale, self->n_purges, self->n_subsets, self->n_spoilt,
                                   self->n_mended, self->n_refetched, self->n_forged, self->n_asked, self->n_hits, self->n_shared, self->n_waited, self->n_typed, self->n_typed_sent, self->n_papers, self->n_opened, self->n_restored, self->n_looked, self->n_sent, self->n_parts, self->n_busy, self->n_full, self->n_forked, self->n_clock, self->n_updated, self->n_paired, self->n_taken_off, self->n_old, self->n_rescued);
  sim_free (self);

  return result;
}
