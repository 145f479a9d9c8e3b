/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The hub's time as this computer can tell it, and how long what the hub told may show without it (sync.md 2.9, 5.3). */

#include "kith-store-lease.h"
#include "kith-store-private.h"

G_DEFINE_QUARK (kith-account-error-quark, kith_account_error)

#define SKEW_MOST_MS (5 * 60 * 1000)
#define HOUR_MS (G_TIME_SPAN_HOUR / 1000)

/* The hub's clock as well as this computer can tell: what the hub said last and the time gone since, or after a reboot
 * the wall clock with the skew seen then (sync.md 2.9). */
gint64
kith_store_hub_ms (KithStore *self)
{
  gint64 wall = kith_clock_wall_ms (self->clock);

  if (self->contact_ms == 0)
    return wall;
  if (g_strcmp0 (self->contact_boot, kith_clock_boot_id (self->clock)) == 0)
    return self->contact_ms + (kith_clock_mono_ms (self->clock) - self->contact_mono);
  return wall + (self->contact_ms - self->contact_wall);
}

gint64
kith_store_get_met (KithStore *self)
{
  return self->contact_ms;
}

/* Never runs backwards while the hub is out of reach, so that turning the clock back prolongs nothing. */
gint64
kith_store_ratchet (KithStore *self)
{
  self->ratchet_ms = MAX (self->ratchet_ms, kith_store_hub_ms (self));
  return self->ratchet_ms;
}

static gboolean
keep_contact (KithStore *self, GError **error)
{
  self->kept_ms = self->ratchet_ms;
  self->unwritten = FALSE;
  return kith_store_set_state_int (self, "last_contact", self->last_contact_ms, error) &&
         kith_store_set_state_int (self, "ratchet", self->ratchet_ms, error) &&
         kith_store_set_state_int (self, "met", self->met_ms, error) &&
         kith_store_set_state_int (self, "contact", self->contact_ms, error) &&
         kith_store_set_state_int (self, "contact_wall", self->contact_wall, error) &&
         kith_store_set_state_int (self, "contact_mono", self->contact_mono, error) &&
         kith_store_set_state (self, "contact_boot", self->contact_boot, error);
}

/* An answer with a good token came. Written down only when it tells something new by more than a few minutes: a poll
 * that brings nothing writes nothing (I22). */
gboolean
kith_store_note_contact (KithStore *self, gint64 hub_now_ms, GError **error)
{
  gint64 wall = kith_clock_wall_ms (self->clock);
  gboolean stale = ABS (wall - self->last_contact_ms) > SKEW_MOST_MS;
  gboolean turned = hub_now_ms > 0 && ABS (hub_now_ms - kith_store_ratchet (self)) > SKEW_MOST_MS;
  gboolean new_boot = g_strcmp0 (self->contact_boot, kith_clock_boot_id (self->clock)) != 0;

  self->last_contact_ms = wall;
  if (hub_now_ms > 0)
    {
      self->contact_ms = hub_now_ms;
      self->contact_wall = wall;
      self->contact_mono = kith_clock_mono_ms (self->clock);
      g_free (self->contact_boot);
      self->contact_boot = g_strdup (kith_clock_boot_id (self->clock));
      self->ratchet_ms = self->met_ms = hub_now_ms;
    }
  if (!stale && !turned && !self->unwritten && !(new_boot && hub_now_ms > 0))
    return TRUE;
  if (kith_db_in_transaction (self->db))
    return keep_contact (self, error);

  g_autoptr (KithDbTransaction) transaction = kith_db_transaction_begin (self->db, error);
  if (transaction == NULL)
    return FALSE;
  return kith_store_end (self, transaction, keep_contact (self, error), error);
}

/**
 * kith_store_note_met:
 *
 * The hub has answered to a good token, without telling the time: the lease begins anew. Not written down: kith_store_keep_time() does.
 */
void
kith_store_note_met (KithStore *self)
{
  self->met_ms = kith_store_ratchet (self);
}

/**
 * kith_store_keep_time:
 *
 * Writes down how far the time has come while the hub is out of reach, every few minutes, so that a restart with the clock turned back gives
 * no scope and no lease its time again (sync.md 2.9). Does nothing as long as the hub is met.
 */
gboolean
kith_store_keep_time (KithStore *self, GError **error)
{
  gint64 now = kith_store_ratchet (self);

  if (now - MAX (self->kept_ms, self->met_ms) < SKEW_MOST_MS)
    return TRUE;
  self->kept_ms = now;
  return kith_store_set_state_int (self, "ratchet", now, error) && kith_store_set_state_int (self, "met", self->met_ms, error);
}

/* At the end: the same, however little time has gone. */
void
kith_store_keep_time_last (KithStore *self)
{
  if (self->contact_ms == 0)
    return;
  kith_store_set_state_int (self, "ratchet", kith_store_ratchet (self), NULL);
  kith_store_set_state_int (self, "met", self->met_ms, NULL);
  kith_store_set_state_int (self, "last_contact", self->last_contact_ms, NULL);
}

/* A hub that says nothing changes nothing. */
static gint64
lease_of (KithStore *self, JsonObject *header)
{
  JsonObject *policy = kith_json_object (header, "policy");
  gint64 hours = policy != NULL ? kith_json_int (policy, "offline_h", 0) : 0;

  return hours < 1 ? self->lease_hours : MIN (hours, KITH_OFFLINE_HOURS);
}

/* One that does not say which is its schema is of the first. */
static gint64
schema_of (JsonObject *header)
{
  return kith_json_int (header, "schema", 1);
}

gboolean
kith_store_has_policy (KithStore *self, JsonObject *header)
{
  return lease_of (self, header) == self->lease_hours && schema_of (header) == self->hub_schema;
}

gboolean
kith_store_take_policy (KithStore *self, JsonObject *header, GError **error)
{
  if (kith_store_has_policy (self, header))
    return TRUE;
  self->lease_hours = lease_of (self, header);
  self->hub_schema = schema_of (header);
  kith_store_touch_outbox (self);
  return kith_db_run (self->db, error, "op-end-wait-for-hub", "i", self->hub_schema) &&
         kith_store_set_state_int (self, "lease_hours", self->lease_hours, error) && kith_store_set_state_int (self, "hub_schema", self->hub_schema, error);
}

/**
 * kith_store_get_hub_schema:
 *
 * Returns: the schema (kith-protocol.h) of the hub that sent the last page; 0: none came yet
 */
gint64
kith_store_get_hub_schema (KithStore *self)
{
  return self->hub_schema;
}

gint64
kith_store_get_lease_hours (KithStore *self)
{
  return self->lease_hours;
}

/**
 * kith_store_is_lease_over:
 *
 * Whether the hub was not met for kith_store_get_lease_hours() by the ratchet clock (C22, sync.md 5.3): what it told shows again only when it has
 * been. Of a closed account nothing is left that could show.
 */
gboolean
kith_store_is_lease_over (KithStore *self)
{
  return !self->closed && self->met_ms != 0 && kith_store_ratchet (self) - self->met_ms > self->lease_hours * HOUR_MS;
}
