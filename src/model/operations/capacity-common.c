/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-capacity-time.h"
#include "operations/capacity-common.h"
#include "operations/capacity-number.h"

#include "operations/referral-common.h"

/* Holds that are passed by a count lose their mark in portions: no transaction stamps more than a thousand records (design.md 2.2). Those
 * left over change nothing, since their moments are older than the count. */
#define UNMARK_AT_ONCE 400

/* ---- a count ---- */

static gboolean
is_full (const char *status)
{
  return g_strcmp0 (status, "none") == 0 || g_strcmp0 (status, "waitlist") == 0;
}

gboolean
kith_capacity_is_counted (KithRecord *capacity)
{
  return kith_record_has (capacity, "observed") || kith_record_string (capacity, "observed_status") != NULL;
}

gboolean
kith_capacity_contradicts (JsonObject *values)
{
  JsonNode *free = json_object_get_member (values, "free");
  const char *status = kith_json_string (values, "status");

  return status != NULL && free != NULL && !JSON_NODE_HOLDS_NULL (free) && is_full (status) == (json_node_get_int (free) > 0);
}

/* A number says whether there is room, and "full" says the number. Where the two that were said do not agree, the one that is new counts: a
 * window sends along what it found there. was_status (nullable), was_free (-1: none): what stood before. */
static gboolean
agree (KithRecord *capacity, JsonObject *values, const char *was_status, gint64 was_free, GError **error)
{
  const char *said = kith_record_string (capacity, "observed_status");
  gboolean status = kith_json_string (values, "status") != NULL, number = json_object_has_member (values, "free");

  if (kith_capacity_contradicts (values))
    {
      gboolean new_status = g_strcmp0 (said, was_status) != 0, new_number = kith_record_int (capacity, "observed") != was_free;

      if (new_status && new_number)
        return kith_refuse (error, KITH_REFUSAL_INVALID, _("The number of free places and the state do not agree. Change one of them. Nothing was changed."));
      status = new_status;
      number = !new_status;
    }
  if (status && is_full (said))
    kith_record_set_int (capacity, "observed", 0);
  else if (status && !number && kith_record_has (capacity, "observed") && kith_record_int (capacity, "observed") == 0)
    kith_record_set_node (capacity, "observed", NULL); /* there is room, how much nobody said */
  else if (!status && kith_record_has (capacity, "observed") && (said == NULL || is_full (said) != (kith_record_int (capacity, "observed") == 0)))
    kith_record_set_string (capacity, "observed_status",
                            kith_record_int (capacity, "observed") > 0 ? "open" : kith_record_int (capacity, "waiting") > 0 ? "waitlist" : "none");
  return TRUE;
}

static gboolean
put_observation (KithOpContext *cx, KithRecord *capacity, gboolean counted, const char *observed_at, const char *plan, gboolean late,
                 GError **error)
{
  static const char *const same[] = { "maximum", "reserved", "waiting", "assess_first", "kind", "note", "target_group", "until" };
  g_autofree char *id = kith_op_derive_id (cx, "capacity_observation", plan != NULL ? plan : kith_record_get_id (capacity)); /* one of each plan */
  g_autoptr (KithRecord) row = kith_op_new ("capacity_observation", id);

  kith_record_set_string (row, "capacity", kith_record_get_id (capacity));
  kith_record_set_string (row, "service", kith_record_string (capacity, "service"));
  kith_record_set_string (row, "unit", kith_record_string (capacity, "unit"));
  for (guint i = 0; i < G_N_ELEMENTS (same); i++)
    kith_op_set_node (row, same[i], kith_record_get_body (capacity), same[i]);
  kith_op_set_node (row, "free", kith_record_get_body (capacity), "observed");
  kith_op_set_node (row, "status", kith_record_get_body (capacity), "observed_status");
  kith_record_set_string (row, "observed_at", observed_at);
  kith_record_set_string (row, "plan", plan);
  if (late)
    kith_record_set_bool (row, "late", TRUE);
  if (!counted)
    kith_record_set_bool (row, "words", TRUE);
  kith_op_sign (cx, row, "at", "by", "by_name");
  return kith_world_put (cx->world, row, error);
}

/* What the count has overtaken can no longer change the number, unless it still holds: then its end may. */
static gboolean
unmark_passed (KithOpContext *cx, KithRecord *capacity, GError **error)
{
  const char *observed_at = kith_record_string (capacity, "observed_at");
  g_autoptr (GPtrArray) holds = kith_capacity_find_counting (cx, capacity, NULL, error);
  guint n = 0;

  if (holds == NULL)
    return FALSE;
  for (guint i = 0; i < holds->len && n < UNMARK_AT_ONCE; i++)
    {
      KithRecord *hold = g_ptr_array_index (holds, i);

      if (kith_record_is (hold, "state", "placed") || kith_capacity_change_since (hold, observed_at) != 0 || kith_capacity_is_after (hold, "ended_at", observed_at))
        continue;
      kith_record_set_string (hold, "counts", NULL);
      if (!kith_world_put (cx->world, hold, error))
        return FALSE;
      n++;
    }
  return TRUE;
}

/* What is said beside the number and the state. */
static const char *const said_beside[] = { "unit_name", "period", "kind", "maximum", "reserved", "waiting", "assess_first", "note", "target_group", "until", "per_referral", NULL };

/* A number that was counted after the day the one before held until is no more of that time. FALSE: the world failed. */
static gboolean
forget_past_end (KithOpContext *cx, KithRecord *capacity, JsonObject *values, const char *observed_at, GError **error)
{
  g_autofree char *day = NULL;
  gint64 ms;

  if (json_object_has_member (values, "until") || kith_record_string (capacity, "until") == NULL || !kith_time_parse (observed_at, &ms))
    return TRUE;
  day = kith_referral_day (cx->world, kith_record_string (capacity, "agency"), ms, error);
  if (day != NULL && strcmp (kith_record_string (capacity, "until"), day) < 0)
    kith_record_set_string (capacity, "until", NULL);
  return day != NULL;
}

/* Words go by when they were said, as numbers by when they were counted: what was said later and is here already stands. So does how many there are in all,
 * though sync.md 2.5 has it in class B, where the hub's value would stand and a conflict wait. A count says it in the same breath as what is free and kept
 * back, and these two are never more than it (I16): beside another number than its own a true count would be refused, or places that are there not shown,
 * until somebody settles it. And a conflict lies where its record does, here on every desk of the network. Nothing is lost that class B keeps (I14): a desk
 * sends the numbers that somebody changed and no others, and each that was said stays among the counts with who said it.
 */
static gboolean
came_late (KithOpContext *cx, JsonObject *before)
{
  const char *last = kith_json_string (before, "words_at");
  g_autofree char *now = kith_op_time (cx);

  return last != NULL && strcmp (last, now) > 0;
}

static void
keep_words (KithOpContext *cx, KithRecord *capacity, JsonObject *before, JsonObject *values)
{
  g_autofree char *now = kith_op_time (cx);
  gboolean late = came_late (cx, before);

  for (guint i = 0; said_beside[i] != NULL; i++)
    {
      JsonNode *was = json_object_get_member (before, said_beside[i]);

      if (!json_object_has_member (values, said_beside[i]))
        continue;
      if (late)
        kith_record_set_node (capacity, said_beside[i], was != NULL ? json_node_copy (was) : NULL);
      else
        kith_record_set_string (capacity, "words_at", now);
    }
}

static KithRecord *
new_capacity (KithRecord *service, const char *id, const char *unit)
{
  KithRecord *capacity = kith_op_new ("capacity", id);

  kith_record_set_string (capacity, "service", kith_record_get_id (service));
  kith_record_set_string (capacity, "agency", kith_record_string (service, "organization_id"));
  kith_record_set_string (capacity, "unit", unit);
  kith_record_set_bool (capacity, "per_referral", TRUE);
  return capacity;
}

/* A number that was planned was seen by nobody: it is theirs who planned it, and says so. */
static void
set_who (KithOpContext *cx, KithRecord *capacity, JsonObject *values, gboolean planned)
{
  g_autofree char *name = kith_op_clip (cx->actor->name, 255);

  kith_record_set_string (capacity, "observed_by", planned ? kith_json_string (values, "by") : cx->actor->user);
  kith_record_set_string (capacity, "observed_by_name", planned ? kith_json_string (values, "by_name") : name);
  if (planned)
    kith_record_set_bool (capacity, "planned", TRUE);
  else
    kith_record_set_node (capacity, "planned", NULL);
}

gboolean
kith_capacity_observe (KithOpContext *cx, KithRecord *service, const char *unit, JsonObject *values, const char *observed_at,
                       const char *plan, GError **error)
{
  g_autofree char *id = kith_op_natural_id ("capacity", kith_record_get_id (service), unit, NULL);
  g_autofree char *was_status = NULL;
  g_autofree char *counted_at = NULL;
  g_autoptr (JsonObject) before = NULL;
  g_autoptr (KithRecord) capacity = NULL;
  gboolean counted = json_object_has_member (values, "free") || kith_json_string (values, "status") != NULL;
  gboolean late;
  gint64 was_free;

  if (!kith_op_get (cx, "capacity", id, &capacity, error))
    return FALSE;
  if (!counted && (capacity == NULL || !kith_capacity_is_counted (capacity)))
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("Say how many places are free, or whether there are any. Nothing was changed."));
  if (capacity == NULL)
    capacity = new_capacity (service, id, unit);
  before = kith_json_copy_object (kith_record_get_body (capacity));
  /* Words about a count that stands: the number, and when and by whom it was read, stay. */
  if (!counted)
    observed_at = counted_at = g_strdup (kith_record_string (capacity, "observed_at"));
  late = kith_record_string (capacity, "observed_at") != NULL && strcmp (kith_record_string (capacity, "observed_at"), observed_at) > 0;
  was_status = g_strdup (kith_record_string (capacity, "observed_status"));
  was_free = kith_record_has (capacity, "observed") ? kith_record_int (capacity, "observed") : -1;
  kith_op_copy (capacity, values, said_beside);
  kith_op_set_node (capacity, "observed", values, "free");
  kith_op_set_node (capacity, "observed_status", values, "status");
  if (plan != NULL && kith_record_has (capacity, "observed")) /* it was planned before somebody said how many are kept back, or there are */
    kith_record_set_int (capacity, "observed", MIN (kith_record_int (capacity, "observed"), kith_capacity_most_free (capacity)));
  if ((counted && !forget_past_end (cx, capacity, values, observed_at, error)) || !agree (capacity, values, was_status, was_free, error) ||
      !kith_capacity_check_numbers (capacity, error) ||
      !put_observation (cx, capacity, counted, observed_at, plan, late || (!counted && came_late (cx, before)), error))
    return FALSE;
  if (late || (!counted && came_late (cx, before)))
    return TRUE;
  keep_words (cx, capacity, before, values);
  if (!counted)
    return kith_capacity_settle (cx, capacity, error);
  kith_record_set_string (capacity, "observed_at", observed_at);
  set_who (cx, capacity, values, plan != NULL);
  return kith_capacity_check_numbers (capacity, error) && kith_capacity_settle (cx, capacity, error) && unmark_passed (cx, capacity, error);
}

/* ---- a place for a referral ---- */

/* By now, at the hub: a count that somebody makes later knows of the place, one made before cannot (sync.md 2.5). */
static char *
decided_at (KithOpContext *cx)
{
  return kith_time_format (cx->now_ms != 0 ? cx->now_ms : cx->time_ms);
}

static gboolean
go_to_wait_list (KithOpContext *cx, KithRecord *referral, GError **error)
{
  g_autofree char *from = g_strdup (kith_record_string (referral, "phase"));

  return kith_op_enter_phase (cx, referral, "waitlisted", "no_capacity", error) && kith_world_put (cx->world, referral, error) &&
         kith_op_add_second_event (cx, referral, "status",
                                   kith_json_new ("from_phase", "s", from, "to_phase", "s", "waitlisted", "reason", "s", "no_capacity", NULL), error) &&
         kith_op_notify_actor (cx, referral, "no_place", FALSE, error);
}

/* The referral's hold in that state, or none. */
static gboolean
find_hold (KithOpContext *cx, KithRecord *referral, const char *state, KithRecord **hold, GError **error)
{
  g_autofree char *scope = g_strconcat ("service:", kith_record_string (referral, "service"), NULL);
  g_autoptr (GPtrArray) found = NULL;

  *hold = NULL;
  if (kith_record_string (referral, "service") == NULL)
    return TRUE;
  found = kith_world_find (cx->world, scope, "hold", "referral", kith_record_get_id (referral), NULL, error);
  for (guint i = 0; found != NULL && i < found->len; i++)
    if (kith_record_is (g_ptr_array_index (found, i), "state", state))
      g_set_object (hold, g_ptr_array_index (found, i));
  return found != NULL;
}

/* Kept for it, or taken up: one referral is of one client, who takes one place. */
static gboolean
has_place (KithOpContext *cx, KithRecord *referral, gboolean *has, GError **error)
{
  g_autoptr (KithRecord) placed = NULL;
  g_autoptr (KithRecord) converted = NULL;

  if (!find_hold (cx, referral, "placed", &placed, error) || !find_hold (cx, referral, "converted", &converted, error))
    return FALSE;
  *has = placed != NULL || converted != NULL;
  return TRUE;
}

gboolean
kith_capacity_take_place (KithOpContext *cx, KithRecord *referral, gboolean or_wait, GError **error)
{
  g_autofree char *id = kith_op_derive_id (cx, "hold", kith_record_get_id (referral));
  g_autofree char *time = decided_at (cx);
  g_autoptr (KithRecord) capacity = NULL;
  g_autoptr (KithRecord) hold = NULL;
  gboolean has;

  if (!has_place (cx, referral, &has, error) ||
      !kith_capacity_for_referral (cx->world, kith_record_string (referral, "service"), cx->now_ms != 0 ? cx->now_ms : cx->time_ms, &capacity, error))
    return FALSE;
  if (capacity == NULL || has)
    return TRUE;
  if (kith_record_int (capacity, "free") == 0)
    {
      if (or_wait)
        return go_to_wait_list (cx, referral, error);
      return kith_refuse (error, KITH_REFUSAL_CAPACITY_EXHAUSTED, _("No place is free for this referral. It stays as it is."));
    }
  hold = kith_op_new ("hold", id);
  kith_record_set_string (hold, "referral", kith_record_get_id (referral));
  kith_record_set_string (hold, "service", kith_record_string (capacity, "service"));
  kith_record_set_string (hold, "capacity", kith_record_get_id (capacity));
  kith_record_set_string (hold, "unit", kith_record_string (capacity, "unit"));
  kith_record_set_string (hold, "state", "placed");
  kith_record_set_string (hold, "placed_at", time);
  kith_record_set_string (hold, "counts", kith_record_get_id (capacity));
  return kith_world_put (cx->world, hold, error) && kith_capacity_settle (cx, capacity, error);
}

/* What is changed counts again: a count may have passed it. */
static gboolean
change_hold (KithOpContext *cx, KithRecord *referral, const char *from, const char *to, GError **error)
{
  g_autofree char *time = decided_at (cx);
  g_autoptr (KithRecord) capacity = NULL;
  g_autoptr (KithRecord) hold = NULL;

  if (!find_hold (cx, referral, from, &hold, error))
    return FALSE;
  if (hold == NULL)
    return TRUE;
  kith_record_set_string (hold, "state", to);
  kith_record_set_string (hold, "ended_at", g_str_equal (to, "placed") ? NULL : time);
  kith_record_set_string (hold, "counts", kith_record_string (hold, "capacity"));
  return kith_world_put (cx->world, hold, error) && kith_op_get (cx, "capacity", kith_record_string (hold, "capacity"), &capacity, error) &&
         (capacity == NULL || kith_capacity_settle (cx, capacity, error));
}

gboolean
kith_capacity_end_hold (KithOpContext *cx, KithRecord *referral, const char *state, GError **error)
{
  return change_hold (cx, referral, "placed", state, error);
}

gboolean
kith_capacity_give_back (KithOpContext *cx, KithRecord *referral, GError **error)
{
  return change_hold (cx, referral, "placed", "released", error) && change_hold (cx, referral, "converted", "released", error);
}

gboolean
kith_capacity_keep_again (KithOpContext *cx, KithRecord *referral, GError **error)
{
  return change_hold (cx, referral, "converted", "placed", error);
}

gboolean
kith_capacity_close_hold (KithOpContext *cx, KithRecord *referral, gboolean met, GError **error)
{
  return change_hold (cx, referral, "converted", "converted", error) && kith_capacity_end_hold (cx, referral, met ? "converted" : "released", error);
}

/* A hold that a count has passed is let go as of then: that count has the place free, or somebody else in it. */
gboolean
kith_capacity_come_back (KithOpContext *cx, KithRecord *referral, GError **error)
{
  g_autoptr (KithRecord) hold = NULL;
  g_autoptr (KithRecord) capacity = NULL;

  if (!find_hold (cx, referral, "converted", &hold, error) || (hold != NULL && !kith_op_get (cx, "capacity", kith_record_string (hold, "capacity"), &capacity, error)))
    return FALSE;
  if (capacity == NULL || kith_capacity_is_after (hold, "ended_at", kith_record_string (capacity, "observed_at")))
    return kith_capacity_keep_again (cx, referral, error) && kith_capacity_take_place (cx, referral, TRUE, error);
  kith_record_set_string (hold, "state", "released");
  return kith_world_put (cx->world, hold, error) && kith_capacity_take_place (cx, referral, TRUE, error);
}

gboolean
kith_capacity_take_up (KithOpContext *cx, KithRecord *referral, GError **error)
{
  g_autoptr (KithRecord) hold = NULL;
  g_autoptr (GError) local = NULL;

  if (!find_hold (cx, referral, "converted", &hold, error))
    return FALSE;
  if (hold != NULL)
    return TRUE;
  if (!kith_capacity_take_place (cx, referral, FALSE, &local) && !g_error_matches (local, KITH_REFUSAL, KITH_REFUSAL_CAPACITY_EXHAUSTED))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  return kith_capacity_end_hold (cx, referral, "converted", error);
}
