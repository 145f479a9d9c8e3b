/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-hub-private.h"

#include "kith-capacity-plan.h"
#include "kith-consent-days.h"
#include "kith-referral-rules.h"

#define EASTERNMOST_MS (G_GINT64_CONSTANT (14) * 60 * 60 * 1000) /* where the day begins first */
#define DAY_MS (G_GINT64_CONSTANT (24) * 60 * 60 * 1000)

/* The clock's operations: what comes to its end by time alone. They go through the same code as a person's. */

static GPtrArray *
list_due (KithHub *self, const char *query, const char *until, GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (KithDbStmt) stmt = kith_db_query (self->db, query, error);
  KithDbStep step;

  if (stmt == NULL)
    return NULL;
  kith_db_bind_text (stmt, 1, until);
  while ((step = kith_db_step (stmt, error)) == KITH_DB_ROW)
    g_ptr_array_add (ids, g_strdup (kith_db_text (stmt, 0)));
  return step == KITH_DB_DONE ? g_steal_pointer (&ids) : NULL;
}

static GPtrArray *
list_live_plans (KithHub *self, GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (KithDbStmt) stmt = kith_db_query (self->db, "plans-live", error);
  KithDbStep step;

  if (stmt == NULL)
    return NULL;
  kith_db_bind_int (stmt, 1, 1);
  while ((step = kith_db_step (stmt, error)) == KITH_DB_ROW)
    g_ptr_array_add (ids, g_strdup (kith_db_text (stmt, 0)));
  return step == KITH_DB_DONE ? g_steal_pointer (&ids) : NULL;
}

/* A refusal leaves the record as it is: somebody was quicker. */
static gboolean
submit (KithHub *self, const KithActor *hub, const char *op, JsonObject *args, guint *n_done, GError **error)
{
  g_autoptr (GError) local = NULL;

  if (kith_hub_submit (self, hub, op, args, NULL, &local))
    {
      (*n_done)++;
      return TRUE;
    }
  if (local->domain == KITH_REFUSAL)
    {
      g_debug ("%s: %s", op, local->message);
      return TRUE;
    }
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
expire (KithHub *self, const KithActor *hub, const char *op, const char *argument, const char *id, guint *n_done,
        GError **error)
{
  g_autoptr (JsonObject) args = kith_json_new (argument, "s", id, NULL);

  return submit (self, hub, op, args, n_done, error);
}

/* What waits for an answer: reminders, and the end of its grace, in working days of the receiver's calendar and time zone. */
static gboolean
run_referral (KithHub *self, const KithActor *hub, const char *id, guint *n_done, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (KithRecord) referral = kith_world_get (self->world, "referral", id, &local);
  KithReferralReminder reminder = KITH_REMINDER_NONE;

  if (referral != NULL)
    kith_referral_reminder (self->world, referral, kith_hub_now (self), &reminder, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (reminder == KITH_REMINDER_EXPIRED)
    return expire (self, hub, "referral.expire", "referral", id, n_done, error);
  return reminder == KITH_REMINDER_NONE || kith_record_int (referral, "reminded") >= (gint64) reminder ||
         expire (self, hub, "referral.remind", "referral", id, n_done, error);
}

/* Consents that end within a month or a week and were not announced yet. */
static GPtrArray *
list_ending (KithHub *self, GError **error)
{
  g_autofree char *now = kith_time_format (kith_hub_now (self));
  g_autofree char *month = kith_time_format (kith_hub_now (self) + 30 * DAY_MS);
  g_autofree char *week = kith_time_format (kith_hub_now (self) + 7 * DAY_MS);
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (KithDbStmt) stmt = kith_db_query (self->db, "consents-ending", error);
  KithDbStep step;

  if (stmt == NULL)
    return NULL;
  kith_db_bind_text (stmt, 1, now);
  kith_db_bind_text (stmt, 2, month);
  kith_db_bind_text (stmt, 3, week);
  while ((step = kith_db_step (stmt, error)) == KITH_DB_ROW)
    g_ptr_array_add (ids, g_strdup (kith_db_text (stmt, 0)));
  return step == KITH_DB_DONE ? g_steal_pointer (&ids) : NULL;
}

static gboolean
remind (KithHub *self, const KithActor *hub, const char *id, guint *n_done, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (KithRecord) consent = kith_world_get (self->world, "consent", id, &local);

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  return consent == NULL || kith_consent_reminder_due (consent, kith_hub_now (self)) == 0 ||
         expire (self, hub, "consent.remind", "consent", id, n_done, error);
}

static gboolean
begin_plan (KithHub *self, const KithActor *hub, const char *id, guint *n_done, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (KithRecord) plan = kith_world_get (self->world, "capacity_plan", id, &local);
  g_autoptr (JsonObject) args = NULL;
  g_autofree char *day = NULL;
  g_autofree char *at = NULL;

  if (plan == NULL || !kith_capacity_plan_due (self->world, plan, kith_hub_now (self), &day, &at, &local))
    {
      if (local != NULL)
        g_propagate_error (error, g_steal_pointer (&local));
      return error == NULL || *error == NULL;
    }
  if (day == NULL)
    return TRUE;
  args = kith_json_new ("plan", "s", id, "day", "s", day, "at", "s", at, NULL);
  return submit (self, hub, "capacity.begin", args, n_done, error);
}

/* Counts that were planned for an hour that has come (P4). */
static gboolean
begin_plans (KithHub *self, const KithActor *hub, guint *n_done, GError **error)
{
  g_autoptr (GPtrArray) plans = list_live_plans (self, error);

  for (guint i = 0; plans != NULL && i < plans->len; i++)
    if (!begin_plan (self, hub, plans->pdata[i], n_done, error))
      return FALSE;
  return plans != NULL;
}

gboolean
kith_hub_run_clock (KithHub *self, guint *n_done, GError **error)
{
  g_autoptr (KithActor) hub = kith_actor_new_hub ();
  g_autofree char *now = kith_time_format (kith_hub_now (self));
  g_autofree char *ahead = kith_time_format (kith_hub_now (self) + EASTERNMOST_MS);
  g_autofree char *day = g_strndup (ahead, strlen ("2026-11-22"));
  g_autoptr (GPtrArray) consents = list_due (self, "consents-due", now, error);
  g_autoptr (GPtrArray) referrals = consents != NULL ? list_due (self, "referrals-due", day, error) : NULL;
  g_autoptr (GPtrArray) ending = referrals != NULL ? list_ending (self, error) : NULL;

  *n_done = 0;
  if (ending == NULL)
    return FALSE;
  for (guint i = 0; i < consents->len; i++)
    if (!expire (self, hub, "consent.expire", "consent", consents->pdata[i], n_done, error))
      return FALSE;
  for (guint i = 0; i < ending->len; i++)
    if (!remind (self, hub, ending->pdata[i], n_done, error))
      return FALSE;
  for (guint i = 0; i < referrals->len; i++)
    if (!run_referral (self, hub, referrals->pdata[i], n_done, error))
      return FALSE;
  return begin_plans (self, hub, n_done, error) && kith_hub_end_due (self, error) && kith_hub_match_clients (self, n_done, error) && kith_hub_sweep_files (self, error) && kith_hub_queue_weeks (self, error) && kith_hub_prune (self, error);
}
