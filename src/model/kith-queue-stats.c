/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-queue-stats.h"

#include <string.h>

#include "kith-clock.h"
#include "kith-kind.h"
#include "kith-referral-rules.h"

#define DAY_MS 86400000.0

static void
count_free (gpointer data)
{
  KithQueueCount *self = data;

  g_clear_pointer (&self->own, g_ptr_array_unref);
  g_free (self->name);
  g_free (self);
}

/**
 * kith_queue_stats_new:
 *
 * Returns: (transfer full): nothing counted yet
 */
KithQueueStats *
kith_queue_stats_new (void)
{
  KithQueueStats *self = g_new0 (KithQueueStats, 1);

  self->reasons = g_ptr_array_new_with_free_func (count_free);
  self->outcomes = g_ptr_array_new_with_free_func (count_free);
  self->results = g_ptr_array_new_with_free_func (count_free);
  self->kinds = g_ptr_array_new_with_free_func (count_free);
  self->statuses = g_ptr_array_new_with_free_func (count_free);
  self->days = g_array_new (FALSE, FALSE, sizeof (double));
  return self;
}

/**
 * kith_queue_stats_free:
 * @self: (transfer full): not NULL
 */
void
kith_queue_stats_free (KithQueueStats *self)
{
  g_ptr_array_unref (self->reasons);
  g_ptr_array_unref (self->outcomes);
  g_ptr_array_unref (self->results);
  g_ptr_array_unref (self->kinds);
  g_ptr_array_unref (self->statuses);
  g_array_unref (self->days);
  g_free (self->oldest);
  g_free (self);
}

/* A few dozen names at most. */
static KithQueueCount *
count (GPtrArray *counts, const char *name, gint64 place)
{
  KithQueueCount *fresh;

  for (guint i = 0; i < counts->len; i++)
    {
      KithQueueCount *known = g_ptr_array_index (counts, i);

      if (strcmp (known->name, name) == 0)
        {
          known->n++;
          return known;
        }
    }
  fresh = g_new0 (KithQueueCount, 1);
  fresh->name = g_strdup (name);
  fresh->place = place;
  fresh->n = 1;
  g_ptr_array_add (counts, fresh);
  return fresh;
}

/* Words somebody typed would say who it is about: only what the list has is told. */
static const char *
of_vocabulary (const char *vocabulary, const char *code)
{
  return code != NULL && kith_vocabulary_has (kith_vocabulary_get (vocabulary), code) ? code : "other";
}

/* By the code, which all understand; beside it by the network's words. */
static void
count_end (KithQueueStats *self, GPtrArray *counts, const char *list, const char *code, const char *words)
{
  const char *known = of_vocabulary (list, code), *result = kith_referral_hud_result (list, known);
  KithQueueCount *of = count (counts, known, 0);

  count (self->results, result, g_ascii_strtoll (result, NULL, 10));
  if (words == NULL)
    return;
  if (of->own == NULL)
    of->own = g_ptr_array_new_with_free_func (count_free);
  count (of->own, words, 0);
}

static void
count_answer (KithQueueStats *self, const KithQueueEntry *entry)
{
  gboolean declined = g_strcmp0 (entry->phase, "declined") == 0;
  const char *at = entry->accepted_at != NULL ? entry->accepted_at : declined ? entry->closed_at : NULL;
  gint64 from, to;
  double days;

  if (at == NULL || entry->sent_at == NULL || !kith_time_parse (entry->sent_at, &from) || !kith_time_parse (at, &to))
    return;
  days = MAX (0, to - from) / DAY_MS;
  g_array_append_val (self->days, days);
}

static void
count_phase (KithQueueStats *self, const KithQueueEntry *entry)
{
  const char *phase = entry->phase != NULL ? entry->phase : "";

  if (strcmp (phase, "declined") == 0)
    {
      self->declined++;
      count_end (self, self->reasons, "decline_reason", entry->reason, entry->reason_name);
    }
  else if (strcmp (phase, "recalled") == 0)
    self->recalled++;
  else if (strcmp (phase, "expired") == 0)
    self->expired++;
  else if (strcmp (phase, "sent") == 0)
    {
      self->waiting++;
      if (entry->came != NULL && (self->oldest == NULL || strcmp (entry->came, self->oldest) < 0))
        {
          g_free (self->oldest);
          self->oldest = g_strdup (entry->came);
        }
    }
  else if (g_str_has_prefix (phase, "closed"))
    {
      self->closed++;
      if (entry->outcome != NULL) /* else its detail is not here */
        count_end (self, self->outcomes, "outcome", entry->outcome, entry->outcome_name);
    }
  else if (strcmp (phase, "given") == 0)
    self->given++;
  else if (!kith_referral_phase_is_ended (phase))
    self->in_work++;
}

static gint64
place_of_kind (const char *kind)
{
  static const char *const kinds[] = { "direct", "warm", "internal", "internal_warm", "informational" };
  gint64 place = 0;

  while (place < (gint64) G_N_ELEMENTS (kinds) && strcmp (kinds[place], kind) != 0)
    place++;
  return place;
}

/**
 * kith_queue_stats_add:
 * @entry: borrowed for the call. One made by mistake (voided) is left out of every number; reasons and outcomes that are not of their vocabulary
 *   count as "other", for they may be words somebody typed.
 *
 * Once per referral, in any order; kith_queue_stats_finish() after the last.
 */
void
kith_queue_stats_add (KithQueueStats *self, const KithQueueEntry *entry)
{
  if (g_strcmp0 (entry->phase, "voided") == 0)
    return;
  self->n++;
  self->accepted += entry->accepted;
  count_phase (self, entry);
  count_answer (self, entry);
  if (entry->kind != NULL)
    count (self->kinds, entry->kind, place_of_kind (entry->kind));
  if (entry->status != NULL)
    count (self->statuses, entry->status, entry->place);
  else
    self->taken_out++;
}

static int
compare_counts (gconstpointer a, gconstpointer b)
{
  const KithQueueCount *x = *(KithQueueCount *const *) a, *y = *(KithQueueCount *const *) b;

  return x->n != y->n ? (x->n < y->n ? 1 : -1) : strcmp (x->name, y->name);
}

static int
compare_places (gconstpointer a, gconstpointer b)
{
  const KithQueueCount *x = *(KithQueueCount *const *) a, *y = *(KithQueueCount *const *) b;

  return x->place != y->place ? (x->place < y->place ? -1 : 1) : strcmp (x->name, y->name);
}

static int
compare_days (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return x < y ? -1 : x > y;
}

static void
sort_ends (GPtrArray *counts)
{
  g_ptr_array_sort (counts, compare_counts);
  for (guint i = 0; i < counts->len; i++)
    if (((KithQueueCount *) counts->pdata[i])->own != NULL)
      g_ptr_array_sort (((KithQueueCount *) counts->pdata[i])->own, compare_counts);
}

void
kith_queue_stats_finish (KithQueueStats *self)
{
  sort_ends (self->reasons);
  sort_ends (self->outcomes);
  g_ptr_array_sort (self->results, compare_places);
  g_ptr_array_sort (self->kinds, compare_places);
  g_ptr_array_sort (self->statuses, compare_places);
  g_array_sort (self->days, compare_days);
}

/**
 * kith_queue_stats_median:
 *
 * Half of the answers came within so many days: of an even number, the mean of the two in the middle.
 *
 * Returns: days; -1 when nothing was answered
 */
double
kith_queue_stats_median (const KithQueueStats *self)
{
  guint n = self->days->len;

  if (n == 0)
    return -1;
  return n % 2 == 1 ? g_array_index (self->days, double, n / 2)
                    : (g_array_index (self->days, double, n / 2 - 1) + g_array_index (self->days, double, n / 2)) / 2;
}
