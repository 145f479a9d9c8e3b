/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How many places are free: the last count, and what was held and given back since (sync.md 2.5, I16). */

#include "operations/capacity-number.h"

#include "kith-capacity-time.h"

GPtrArray *
kith_capacity_find_counting (KithOpContext *cx, KithRecord *capacity, gboolean *complete, GError **error)
{
  g_autofree char *scope = g_strconcat ("service:", kith_record_string (capacity, "service"), NULL);

  return kith_world_find (cx->world, scope, "hold", "counts", kith_record_get_id (capacity), complete, error);
}

gboolean
kith_capacity_is_after (KithRecord *hold, const char *field, const char *observed_at)
{
  const char *at = kith_record_string (hold, field);

  return at != NULL && (observed_at == NULL || strcmp (at, observed_at) > 0);
}

/* What happened to this place since the count: −1 taken, +1 given back, else 0. */
int
kith_capacity_change_since (KithRecord *hold, const char *observed_at)
{
  int change = 0;

  if (kith_capacity_is_after (hold, "placed_at", observed_at))
    change--;
  if (kith_record_is (hold, "state", "released") && kith_capacity_is_after (hold, "ended_at", observed_at))
    change++;
  return change;
}

/* Full is full, whatever was said when it was counted. */
static const char *
status_for (KithRecord *capacity, const char *said, gint64 left)
{
  if (left > 0)
    return said;
  if (g_strcmp0 (said, "none") == 0 || g_strcmp0 (said, "waitlist") == 0)
    return said;
  return kith_record_int (capacity, "waiting") > 0 ? "waitlist" : "none";
}

static gboolean
set_end (KithOpContext *cx, KithRecord *capacity, GError **error)
{
  g_autofree char *ends_at = NULL;
  gint64 ends_ms;

  if (!kith_capacity_ends (cx->world, capacity, &ends_ms, error))
    return FALSE;
  if (ends_ms != G_MAXINT64)
    ends_at = kith_time_format (ends_ms);
  kith_record_set_string (capacity, "ends_at", ends_at);
  return TRUE;
}

/* Of all there are, those kept back are beside the free ones, and never given to a referral: a place that comes back fills no more than what is
 * left. G_MAXINT64: nobody said how many there are. */
gint64
kith_capacity_most_free (KithRecord *capacity)
{
  return kith_record_has (capacity, "maximum") ? MAX (kith_record_int (capacity, "maximum") - kith_record_int (capacity, "reserved"), 0) : G_MAXINT64;
}

gboolean
kith_capacity_settle (KithOpContext *cx, KithRecord *capacity, GError **error)
{
  const char *observed_at = kith_record_string (capacity, "observed_at");
  const char *said = kith_record_string (capacity, "observed_status");
  gboolean complete;
  g_autoptr (GPtrArray) holds = kith_capacity_find_counting (cx, capacity, &complete, error);
  gint64 left = kith_record_int (capacity, "observed");
  gint64 held = 0;

  if (holds == NULL || !set_end (cx, capacity, error))
    return FALSE;
  for (guint i = 0; i < holds->len; i++)
    {
      KithRecord *hold = g_ptr_array_index (holds, i);

      left += kith_capacity_change_since (hold, observed_at);
      held += kith_record_is (hold, "state", "placed");
    }
  if (complete || !kith_record_has (capacity, "held")) /* whoever does not see the holds leaves their number as the hub said it */
    kith_record_set_int (capacity, "held", held);
  if (!kith_record_has (capacity, "observed"))
    {
      kith_record_set_node (capacity, "free", NULL); /* "open", without a number: nothing is counted down */
      kith_record_set_string (capacity, "status", said);
    }
  else
    {
      left = MIN (left, kith_capacity_most_free (capacity));
      kith_record_set_int (capacity, "free", MAX (left, 0));
      kith_record_set_string (capacity, "status", status_for (capacity, said, left));
    }
  return kith_world_put (cx->world, capacity, error);
}

gboolean
kith_capacity_check_numbers (KithRecord *capacity, GError **error)
{
  static const char *const numbers[] = { "observed", "maximum", "reserved", "waiting" };

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    if (kith_record_int (capacity, numbers[i]) < 0 || kith_record_int (capacity, numbers[i]) > 1000000)
      return kith_refuse (error, KITH_REFUSAL_INVALID, _("A number of places is between 0 and 1,000,000. Nothing was changed."));
  if (kith_record_has (capacity, "observed") && kith_record_has (capacity, "maximum") && kith_record_int (capacity, "observed") > kith_record_int (capacity, "maximum"))
    return kith_refuse (error, KITH_REFUSAL_INVALID,
                        _("%" G_GINT64_FORMAT " free is more than there are in all (%" G_GINT64_FORMAT "). Nothing was changed."),
                        kith_record_int (capacity, "observed"), kith_record_int (capacity, "maximum"));
  if (kith_record_has (capacity, "maximum") && kith_record_int (capacity, "reserved") > kith_record_int (capacity, "maximum"))
    return kith_refuse (error, KITH_REFUSAL_INVALID,
                        _("%" G_GINT64_FORMAT " kept back is more than there are in all (%" G_GINT64_FORMAT "). Nothing was changed."),
                        kith_record_int (capacity, "reserved"), kith_record_int (capacity, "maximum"));
  if (kith_record_has (capacity, "observed") && kith_record_int (capacity, "observed") > kith_capacity_most_free (capacity))
    return kith_refuse (error, KITH_REFUSAL_INVALID,
                        _("%" G_GINT64_FORMAT " free and %" G_GINT64_FORMAT
                          " kept back are more than there are in all (%" G_GINT64_FORMAT "). Those kept back are not counted as free. Nothing was changed."),
                        kith_record_int (capacity, "observed"), kith_record_int (capacity, "reserved"), kith_record_int (capacity, "maximum"));
  return TRUE;
}
