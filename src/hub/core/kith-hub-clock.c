/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-hub-private.h"

#include "kith-amendment-days.h"
#include "kith-capacity-plan.h"
#include "kith-consent-days.h"
#include "kith-referral-rules.h"

/* What comes to its end by time alone. The clock's operations go through the same code as a person's.
 *
 * Nobody is answered during a turn, so a turn looks at so many records and carries out so many operations, in one transaction, and the
 * next goes on behind the last one it looked at. A round goes through every list once; when all are through, the next turn begins anew. */

#define EASTERNMOST_MS (G_GINT64_CONSTANT (14) * 60 * 60 * 1000) /* where the day begins first */
#define DAY_MS (G_GINT64_CONSTANT (24) * 60 * 60 * 1000)
#define DAY_BEGINS_MS (G_GINT64_CONSTANT (15) * 60 * 1000) /* whichever time zone: a day begins with a quarter of an hour */
#define LOOKS 200     /* of a turn */
#define OPERATIONS 10 /* likewise */

typedef struct
{
  KithHub *hub;
  gint64 now_ms;
  char *now, *day, *soon, *month, *week;
  KithReferralDays *days; /* settings and calendars, read once an agency and turn */
  GPtrArray *ops;         /* (element-type JsonObject) for kith_hub_submit_batch() */
  guint looks;
} Turn;

static void
turn_clear (Turn *self)
{
  g_free (self->now);
  g_free (self->day);
  g_free (self->soon);
  g_free (self->month);
  g_free (self->week);
  g_clear_pointer (&self->days, kith_referral_days_free);
  g_clear_pointer (&self->ops, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Turn, turn_clear)

static void
turn_init (Turn *self, KithHub *hub)
{
  g_autofree char *ahead = kith_time_format (kith_hub_now (hub) + EASTERNMOST_MS);
  g_autofree char *soon = kith_time_format (kith_hub_now (hub) + EASTERNMOST_MS + KITH_AMENDMENT_DAYS_AHEAD * DAY_MS);

  self->hub = hub;
  self->now_ms = kith_hub_now (hub);
  self->now = kith_time_format (self->now_ms);
  self->day = g_strndup (ahead, strlen ("2026-11-22"));
  self->soon = g_strndup (soon, strlen ("2026-11-22"));
  self->month = kith_time_format (self->now_ms + 30 * DAY_MS);
  self->week = kith_time_format (self->now_ms + 7 * DAY_MS);
  self->days = kith_referral_days_new (hub->world);
  self->ops = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
}

static void
add_op (Turn *self, const char *op, JsonObject *args)
{
  kith_hub_add_own (self->hub, self->ops, kith_json_new ("op", "s", op, "a", "o", args, NULL));
}

/* ---- one record each ---- */

static gboolean
expire_consent (Turn *self, const char *id, GError **error)
{
  add_op (self, "consent.expire", kith_json_new ("consent", "s", id, NULL));
  return TRUE;
}

static gboolean
remind_of_consent (Turn *self, const char *id, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (KithRecord) consent = kith_world_get (self->hub->world, "consent", id, &local);

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (consent != NULL && kith_consent_reminder_due (consent, self->now_ms) != 0)
    add_op (self, "consent.remind", kith_json_new ("consent", "s", id, NULL));
  return TRUE;
}

/* What waits for an answer: reminders, and the end of its grace, in working days of the receiver's calendar and time zone. */
static gboolean
run_referral (Turn *self, const char *id, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (KithRecord) referral = kith_world_get (self->hub->world, "referral", id, &local);
  g_autoptr (KithRecord) course = NULL;
  KithReferralReminder reminder = KITH_REMINDER_NONE;

  if (referral != NULL && kith_referral_get_course (self->hub->world, referral, &course, &local))
    kith_referral_days_reminder (self->days, referral, self->now_ms, &reminder, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (reminder == KITH_REMINDER_EXPIRED)
    add_op (self, "referral.expire", kith_json_new ("referral", "s", id, NULL));
  else if (reminder != KITH_REMINDER_NONE && kith_record_int (course, "reminded") < (gint64) reminder)
    add_op (self, "referral.remind", kith_json_new ("referral", "s", id, NULL));
  return TRUE;
}

/* Counts that were planned for an hour that has come (P4). */
static gboolean
begin_plan (Turn *self, const char *id, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (KithRecord) plan = kith_world_get (self->hub->world, "capacity_plan", id, &local);
  g_autofree char *day = NULL;
  g_autofree char *at = NULL;

  if (plan != NULL)
    kith_capacity_plan_due (self->hub->world, plan, self->now_ms, &day, &at, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (day != NULL)
    add_op (self, "capacity.begin", kith_json_new ("plan", "s", id, "day", "s", day, "at", "s", at, NULL));
  return TRUE;
}

/* A client's request for correction that nobody has answered (C19). */
static gboolean
remind_of_amendment (Turn *self, const char *id, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (KithRecord) request = kith_world_get (self->hub->world, "amendment_request", id, &local);
  KithAmendmentReminder reminder = KITH_AMENDMENT_WAITS;

  if (request != NULL)
    kith_amendment_reminder (self->hub->world, request, self->now_ms, &reminder, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (request != NULL && kith_record_int (request, "reminded") < (gint64) reminder)
    add_op (self, "amendment.remind", kith_json_new ("request", "s", id, NULL));
  return TRUE;
}

/* ---- the lists ---- */

typedef struct
{
  const char *query;
  const char *inputs; /* n: now, d: the day it is somewhere, s: the same in two weeks, m, w: in a month, in a week, 1: a one */
  gboolean (*look) (Turn *self, const char *id, GError **error);
} List;

static const List lists[KITH_HUB_LISTS] = {
  { "consents-due", "n", expire_consent },
  { "consents-ending", "nmw", remind_of_consent },
  { "referrals-due", "d", run_referral },
  { "plans-live", "1", begin_plan },
  { "amendments-due", "s", remind_of_amendment },
};

static int
bind_inputs (Turn *self, const List *list, KithDbStmt *stmt)
{
  int index = 1;

  for (const char *input = list->inputs; *input != '\0'; input++, index++)
    if (*input == '1')
      kith_db_bind_int (stmt, index, 1);
    else
      kith_db_bind_text (stmt, index,
                         *input == 'n'   ? self->now
                         : *input == 'd' ? self->day
                         : *input == 's' ? self->soon
                         : *input == 'm' ? self->month
                                         : self->week);
  return index;
}

/* The next of a list, no more than this turn has left. */
static GPtrArray *
list_next (Turn *self, const List *list, const char *after, GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (KithDbStmt) stmt = kith_db_query (self->hub->db, list->query, error);
  KithDbStep step;
  int index;

  if (stmt == NULL)
    return NULL;
  index = bind_inputs (self, list, stmt);
  kith_db_bind_text (stmt, index, after != NULL ? after : "");
  kith_db_bind_int (stmt, index + 1, LOOKS - self->looks);
  while ((step = kith_db_step (stmt, error)) == KITH_DB_ROW)
    g_ptr_array_add (ids, g_strdup (kith_db_text (stmt, 0)));
  return step == KITH_DB_DONE ? g_steal_pointer (&ids) : NULL;
}

/* One that cannot be read does not keep the clock from the others. */
static gboolean
look_or_pass (Turn *self, const List *list, const char *id, GError **error)
{
  g_autoptr (GError) local = NULL;

  if (list->look (self, id, &local))
    return TRUE;
  if (kith_hub_is_the_machines (local))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (g_hash_table_add (self->hub->put_aside, g_strconcat (list->query, " ", id, NULL)))
    g_warning ("The clock passes over %s of %s, which cannot be read: %s. Run kith-hub check.", id, list->query, local->message);
  self->hub->counts.damaged++;
  return TRUE;
}

/* Goes on with a list as far as this turn goes. */
static gboolean
go_through (Turn *self, const List *list, KithHubRound *round, GError **error)
{
  g_autoptr (GPtrArray) ids = list_next (self, list, round->after, error);
  guint most = LOOKS - self->looks;

  if (ids == NULL)
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    {
      if (self->ops->len == OPERATIONS)
        return TRUE;
      if (!look_or_pass (self, list, ids->pdata[i], error))
        return FALSE;
      self->looks++;
      self->hub->counts.clock_looks++;
      g_free (round->after);
      round->after = g_strdup (ids->pdata[i]);
    }
  round->left = ids->len == most;
  return TRUE;
}

/* ---- a turn ---- */

static gboolean
is_through (KithHub *self)
{
  for (guint i = 0; i < KITH_HUB_LISTS; i++)
    if (self->rounds[i].left)
      return FALSE;
  return TRUE;
}

/* Referrals that were told of as far as their day has come are not looked at again until a day begins somewhere, or settings, a calendar
 * or a referral that waits have changed. */
static void
begin_round (KithHub *self, gint64 now_ms)
{
  gint64 slot = now_ms / DAY_BEGINS_MS;

  for (guint i = 0; i < KITH_HUB_LISTS; i++)
    {
      KithHubRound *round = &self->rounds[i];

      round->left = lists[i].look != run_referral || slot != self->waiting_slot || self->waiting_stale;
      g_clear_pointer (&round->after, g_free);
    }
  self->waiting_slot = slot;
  self->waiting_stale = FALSE;
}

static gboolean
has_come_somewhere (KithHub *self, const char *day)
{
  g_autofree char *ahead = kith_time_format (kith_hub_now (self) + EASTERNMOST_MS);

  return day != NULL && strncmp (day, ahead, strlen ("2026-11-22")) <= 0;
}

/**
 * kith_hub_note_waiting:
 * @before: (nullable): as it was
 * @after: (nullable): as it is; of the same kind
 *
 * Told of every change: one that can bring another day to a referral that waits has the clock look at them all again.
 */
void
kith_hub_note_waiting (KithHub *self, KithRecord *before, KithRecord *after)
{
  const char *kind = kith_record_get_kind (after != NULL ? after : before)->name;

  if (g_str_equal (kind, "agency_settings") || g_str_equal (kind, "calendar_day"))
    self->waiting_stale = TRUE;
  else if (self->waiting_stale || after == NULL)
    return;
  else if (g_str_equal (kind, "referral")) /* opened again: its day may be the one it had */
    self->waiting_stale = before != NULL && !kith_record_is (before, "phase", "sent") && kith_record_is (after, "phase", "sent");
  else if (g_str_equal (kind, "referral_course") &&
           (before == NULL || g_strcmp0 (kith_record_string (before, "due_on"), kith_record_string (after, "due_on")) != 0))
    self->waiting_stale = has_come_somewhere (self, kith_record_string (after, "due_on"));
}

static gboolean
run_turn (KithHub *self, guint *n_done, GError **error)
{
  g_auto (Turn) turn = { 0 };

  turn_init (&turn, self);
  if (is_through (self))
    begin_round (self, turn.now_ms);
  for (guint i = 0; i < KITH_HUB_LISTS && turn.looks < LOOKS && turn.ops->len < OPERATIONS; i++)
    if (self->rounds[i].left && !go_through (&turn, &lists[i], &self->rounds[i], error))
      return FALSE;
  return kith_hub_carry_out (self, turn.ops, n_done, error);
}

/* The first that failed is told of; what it does not concern is done all the same. */
static void
keep_first (GError **first, gboolean done, GError *error)
{
  if (done || *first != NULL)
    g_clear_error (&error);
  else
    *first = error;
}

gboolean
kith_hub_run_clock (KithHub *self, guint *n_done, GError **error)
{
  GError *local = NULL, *first = NULL;
  gboolean left, done;

  *n_done = 0;
  if (!kith_hub_clock_is_sound (self))
    return TRUE;
  done = kith_hub_mend_what_broke (self, &local);
  keep_first (&first, done, g_steal_pointer (&local));
  done = run_turn (self, n_done, &local);
  keep_first (&first, done, g_steal_pointer (&local));
  if (!done)
    {
      /* What was not carried out is looked at again: the next turn begins anew. */
      for (guint i = 0; i < KITH_HUB_LISTS; i++)
        self->rounds[i].left = FALSE;
      self->waiting_stale = TRUE;
    }
  done = kith_hub_end_due (self, &left, &local);
  keep_first (&first, done, g_steal_pointer (&local));
  done = kith_hub_look_at_causes (self, &local);
  keep_first (&first, done, g_steal_pointer (&local));
  done = kith_hub_match_clients (self, n_done, &local);
  keep_first (&first, done, g_steal_pointer (&local));
  done = kith_hub_sweep_files (self, &local);
  keep_first (&first, done, g_steal_pointer (&local));
  done = kith_hub_queue_weeks (self, &local);
  keep_first (&first, done, g_steal_pointer (&local));
  done = kith_hub_prune (self, &local);
  keep_first (&first, done, g_steal_pointer (&local));
  if (first == NULL)
    return TRUE;
  g_propagate_error (error, first);
  return FALSE;
}

gboolean
kith_hub_is_behind (KithHub *self)
{
  return self->matching || self->causes_left || self->due_after != NULL || self->due_again || !is_through (self);
}
