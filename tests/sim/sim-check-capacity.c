/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim.h"

#include <stdio.h>

/* I16, after every commit of the hub that touched places: the free number is what all counts and holds there ever were add up to, from the
 * formula of sync.md 2.5 and nothing of the program; it is not negative; with those kept back it is no more than there are; and a hold was confirmed only where a place was free. Beside it: a
 * referral that was taken up, by whatever act, to a service whose places are counted for each referral holds one; and one that went to the wait
 * list holds none, neither kept nor taken up, unless somebody kept one for it after that; and no referral ever has two. */

typedef struct
{
  Sim *sim;
  KithRecord *capacity;
  KithRecord *newest; /* count; owned */
  gint64 taken, given_back;
} Ledger;

/* Its place among all counts. */
static guint
came_at (Sim *sim, KithRecord *count)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (sim->counted, kith_record_get_id (count)));
}

/* The moment at which it was counted decides; of two at one moment the one that came last: two operations of one push may have the same, a count
 * and its end among them. What the program says of a count (that it came late) is not asked. */
static gboolean
is_newer (Ledger *self, KithRecord *count)
{
  int order = strcmp (kith_record_string (count, "observed_at"), kith_record_string (self->newest, "observed_at"));

  return order > 0 || (order == 0 && came_at (self->sim, count) > came_at (self->sim, self->newest));
}

static void
count_cb (gpointer data, gpointer user_data)
{
  Ledger *self = user_data;

  if (kith_record_is (data, "capacity", kith_record_get_id (self->capacity)) && (self->newest == NULL || is_newer (self, data)))
    g_set_object (&self->newest, data);
}

static void
hold_cb (gpointer data, gpointer user_data)
{
  Ledger *self = user_data;
  KithRecord *hold = data;
  const char *since = kith_record_string (self->newest, "observed_at");

  if (!kith_record_is (hold, "capacity", kith_record_get_id (self->capacity)))
    return;
  if (strcmp (kith_record_string (hold, "placed_at"), since) > 0)
    self->taken++;
  if (kith_record_is (hold, "state", "released") && strcmp (kith_record_string (hold, "ended_at"), since) > 0)
    self->given_back++;
}

/* From then on the number says nothing: after the day that was said, else the last one of the period it was counted in. Everybody's clock is UTC here.
 * G_MAXINT64: never. */
static gint64
ends_ms (KithRecord *capacity)
{
  const char *until = kith_record_string (capacity, "until"), *at = kith_record_string (capacity, "observed_at");
  const char *period = kith_record_string (capacity, "period");
  g_autoptr (GDateTime) counted = NULL, first = NULL, end = NULL;
  int year, month, day;

  if (until == NULL && (period == NULL || g_str_equal (period, "now") || at == NULL))
    return G_MAXINT64;
  if (sscanf (until != NULL ? until : at, "%4d-%2d-%2d", &year, &month, &day) != 3)
    return G_MAXINT64;
  counted = g_date_time_new_utc (year, month, day, 0, 0, 0);
  if (until != NULL || g_str_equal (period, "day"))
    end = g_date_time_add_days (counted, 1);
  else if (g_str_equal (period, "week"))
    end = g_date_time_add_days (counted, 8 - g_date_time_get_day_of_week (counted));
  else
    {
      first = g_date_time_new_utc (year, month, 1, 0, 0, 0);
      end = g_date_time_add_months (first, 1);
    }
  return g_date_time_to_unix (end) * 1000;
}

/* What others read it by, who do not hold the agency's settings. */
static void
check_end (Sim *sim, KithRecord *capacity)
{
  gint64 end = ends_ms (capacity), shown = G_MAXINT64;
  const char *text = kith_record_string (capacity, "ends_at");

  if (text != NULL)
    kith_time_parse (text, &shown);
  if (shown != end)
    sim_fail (sim, "I16", "%s ends at %s, not %" G_GINT64_FORMAT, kith_record_get_id (capacity), text, end);
}

static void
check_numbers (Sim *sim, const Ledger *self)
{
  const char *id = kith_record_get_id (self->capacity);
  gint64 shown = kith_record_int (self->capacity, "free");
  gint64 left = kith_record_int (self->newest, "free") - self->taken + self->given_back;
  gint64 all = kith_record_int (self->capacity, "maximum"), kept = kith_record_int (self->capacity, "reserved");

  if (!kith_record_has (self->newest, "free"))
    {
      if (kith_record_has (self->capacity, "free"))
        sim_fail (sim, "I16", "%s: no number was said, %" G_GINT64_FORMAT " is shown", id, shown);
      return;
    }
  if (kith_record_has (self->capacity, "maximum"))
    {
      if (shown + kept > all)
        sim_fail (sim, "I16", "%s: %" G_GINT64_FORMAT " free and %" G_GINT64_FORMAT " kept back of %" G_GINT64_FORMAT, id, shown, kept, all);
      left = MIN (left, all - kept);
    }
  if (shown != MAX (left, 0))
    sim_fail (sim, "I16", "%s: %" G_GINT64_FORMAT " free by the counts and holds, %" G_GINT64_FORMAT " shown", id, MAX (left, 0), shown);
  if (left < 0 && GPOINTER_TO_INT (g_hash_table_lookup (sim->places, id)) == 2)
    sim_fail (sim, "I16", "%s: a place was held where none was free", id);
}

static void
check_cb (gpointer data, gpointer user_data)
{
  Sim *sim = user_data;
  Ledger self = { .sim = sim, .capacity = data };

  if (!g_hash_table_contains (sim->places, kith_record_get_id (data)))
    return;
  kith_memory_world_foreach (sim->mirror, "capacity_observation", count_cb, &self);
  if (self.newest == NULL)
    {
      sim_fail (sim, "I16", "%s has a number and was never counted", kith_record_get_id (data));
      return;
    }
  kith_memory_world_foreach (sim->mirror, "hold", hold_cb, &self);
  check_numbers (sim, &self);
  check_end (sim, self.capacity);
  g_object_unref (self.newest);
}

/* 1: something changed; 2: a place was held and nothing was counted. */
static void
note (Sim *self, const char *capacity, int what)
{
  int was = GPOINTER_TO_INT (g_hash_table_lookup (self->places, capacity));

  g_hash_table_insert (self->places, g_strdup (capacity), GINT_TO_POINTER (was == 1 ? 1 : what));
}

static gboolean
is_waiting_or_over (KithRecord *referral)
{
  static const char *const phases[] = { "sent", "declined", "recalled", "expired", "closed_resolved", "closed_unresolved", NULL };
  const char *phase = kith_record_string (referral, "phase");

  return phase != NULL && g_strv_contains (phases, phase);
}

static gboolean
keeps_place (KithRecord *referral)
{
  return kith_record_is (referral, "phase", "accepted") || kith_record_is (referral, "phase", "contacting") || kith_record_is (referral, "phase", "paused");
}

/* Taken up in this commit. */
static void
note_taken (Sim *self, KithRecord *before, KithRecord *after)
{
  if (before != NULL && is_waiting_or_over (before) && keeps_place (after) && kith_record_string (after, "service") != NULL)
    g_hash_table_insert (self->taken, g_strdup (kith_record_get_id (after)), g_strdup (kith_record_string (after, "service")));
}

/* Went to the wait list in this commit, or got a place kept in it. */
static void
note_waits (Sim *self, const char *referral, gboolean held)
{
  if (held || !g_hash_table_contains (self->waits, referral))
    g_hash_table_insert (self->waits, g_strdup (referral), GINT_TO_POINTER (held ? 2 : 1));
}

typedef struct
{
  const char *referral;
  gboolean held;
} Waits;

static void
waits_hold_cb (gpointer data, gpointer user_data)
{
  Waits *self = user_data;

  self->held |= kith_record_is (data, "referral", self->referral) && !kith_record_is (data, "state", "released");
}

static void
check_waits (Sim *self)
{
  GHashTableIter iter;
  gpointer referral, what;

  g_hash_table_iter_init (&iter, self->waits);
  while (g_hash_table_iter_next (&iter, &referral, &what))
    {
      Waits waits = { .referral = referral };

      if (GPOINTER_TO_INT (what) == 2)
        continue;
      kith_memory_world_foreach (self->mirror, "hold", waits_hold_cb, &waits);
      if (waits.held)
        sim_fail (self, "2.5", "referral %s went to the wait list and keeps a place", (char *) referral);
    }
  g_hash_table_remove_all (self->waits);
}

static void
count_held_cb (gpointer data, gpointer user_data)
{
  if (!kith_record_is (data, "state", "released"))
    g_hash_table_insert (user_data, (gpointer) kith_record_string (data, "referral"),
                         GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (user_data, kith_record_string (data, "referral"))) + 1));
}

/* A place that was taken up is the client's as one that is kept. */
static void
check_one_each (Sim *self)
{
  g_autoptr (GHashTable) held = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer referral, n;

  kith_memory_world_foreach (self->mirror, "hold", count_held_cb, held);
  g_hash_table_iter_init (&iter, held);
  while (g_hash_table_iter_next (&iter, &referral, &n))
    if (GPOINTER_TO_UINT (n) > 1)
      sim_fail (self, "2.5", "referral %s has %u places", (char *) referral, GPOINTER_TO_UINT (n));
}

typedef struct
{
  Sim *sim;
  const char *referral, *service;
  gboolean counted, free, unsure, held;
} Taken;

static void
taken_capacity_cb (gpointer data, gpointer user_data)
{
  Taken *self = user_data;

  if (!kith_record_is (data, "service", self->service) || ends_ms (data) <= sim_wall (self->sim))
    return;
  self->counted |= kith_record_bool (data, "per_referral") && kith_record_has (data, "free");
  self->free |= kith_record_bool (data, "per_referral") && kith_record_int (data, "free") > 0;
  /* Counted in the same commit: perhaps after it was taken up. */
  self->unsure |= GPOINTER_TO_INT (g_hash_table_lookup (self->sim->places, kith_record_get_id (data))) == 1;
}

static void
taken_hold_cb (gpointer data, gpointer user_data)
{
  Taken *self = user_data;

  self->held |= kith_record_is (data, "referral", self->referral) && !kith_record_is (data, "state", "released");
}

/* All places were given when it was accepted, so it went to the wait list, and on from there in the same commit. */
static void
waitlisted_cb (gpointer data, gpointer user_data)
{
  Taken *self = user_data;

  self->unsure |= kith_record_is (data, "referral", self->referral) && kith_record_is (data, "to_phase", "waitlisted");
}

static void
check_taken (Sim *self)
{
  GHashTableIter iter;
  gpointer referral, service;

  g_hash_table_iter_init (&iter, self->taken);
  while (g_hash_table_iter_next (&iter, &referral, &service))
    {
      Taken taken = { .sim = self, .referral = referral, .service = service };

      kith_memory_world_foreach (self->mirror, "capacity", taken_capacity_cb, &taken);
      kith_memory_world_foreach (self->mirror, "hold", taken_hold_cb, &taken);
      kith_memory_world_foreach (self->mirror, "referral_event", waitlisted_cb, &taken);
      /* A queue took it into service at once, where work goes on without a place when none is left, and it went on from there. */
      taken.unsure |= !taken.free && g_hash_table_contains (self->served, referral);
      if (taken.counted && !taken.unsure && !taken.held)
        sim_fail (self, "2.5", "referral %s was taken up and holds no place of %s", (char *) referral, (char *) service);
    }
  g_hash_table_remove_all (self->taken);
  g_hash_table_remove_all (self->served);
}

void
sim_check_note_places (Sim *self, KithRecord *before, KithRecord *after)
{
  const char *kind = kith_record_get_kind (after)->name;

  if (g_str_equal (kind, "referral"))
    {
      note_taken (self, before, after);
      if (kith_record_is (after, "phase", "waitlisted") && (before == NULL || !kith_record_is (before, "phase", "waitlisted")))
        note_waits (self, kith_record_get_id (after), FALSE);
    }
  else if (g_str_equal (kind, "referral_event") && before == NULL && kith_record_is (after, "to_phase", "in_service"))
    g_hash_table_add (self->served, g_strdup (kith_record_string (after, "referral")));
  else if (g_str_equal (kind, "capacity_observation"))
    {
      if (before == NULL)
        g_hash_table_insert (self->counted, g_strdup (kith_record_get_id (after)), GUINT_TO_POINTER (++self->n_counted));
      note (self, kith_record_string (after, "capacity"), 1);
    }
  else if (g_str_equal (kind, "hold"))
    {
      note (self, kith_record_string (after, "capacity"),
            kith_record_is (after, "state", "placed") && (before == NULL || kith_record_is (before, "state", "released")) ? 2 : 1);
      if (!kith_record_is (after, "state", "released"))
        note_waits (self, kith_record_string (after, "referral"), TRUE);
    }
}

void
sim_check_places (Sim *self)
{
  check_taken (self);
  check_waits (self);
  if (g_hash_table_size (self->places) == 0)
    return;
  check_one_each (self);
  kith_memory_world_foreach (self->mirror, "capacity", check_cb, self);
  g_hash_table_remove_all (self->places);
}
