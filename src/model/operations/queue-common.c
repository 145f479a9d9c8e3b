/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where a referral stands in its queues (P1, P13, domain.md 2e). */

#include "operations/queue-common.h"

#include "kith-referral-rules.h"

static int
compare_places (gconstpointer a, gconstpointer b)
{
  KithRecord *x = *(KithRecord *const *) a;
  KithRecord *y = *(KithRecord *const *) b;
  gint64 by = kith_record_int (x, "place") - kith_record_int (y, "place");

  return by != 0 ? (by < 0 ? -1 : 1) : strcmp (kith_record_get_id (x), kith_record_get_id (y));
}

GPtrArray *
kith_queue_statuses (KithOpContext *cx, const char *queue, GError **error)
{
  g_autofree char *scope = g_strconcat ("queue:", queue, NULL);
  GPtrArray *statuses = kith_world_find (cx->world, scope, "queue_status", "queue", queue, NULL, error);

  if (statuses != NULL)
    g_ptr_array_sort (statuses, compare_places);
  return statuses;
}

KithRecord *
kith_queue_lane (GPtrArray *statuses, const char *phase)
{
  for (guint i = 0; i < statuses->len; i++)
    {
      KithRecord *status = g_ptr_array_index (statuses, i);

      if (!kith_record_bool (status, "retired") && (phase == NULL || kith_record_is (status, "phase", phase)))
        return status;
    }
  return NULL;
}

static gboolean
is_for_service (KithOpContext *cx, const char *queue, KithRecord *service, gboolean *is, GError **error)
{
  g_autofree char *scope = g_strconcat ("queue:", queue, NULL);
  g_autoptr (GPtrArray) links = kith_world_find (cx->world, scope, "queue_resource", "queue", queue, NULL, error);

  *is = links != NULL && links->len == 0;
  for (guint i = 0; links != NULL && !*is && i < links->len; i++)
    {
      const char *resource = kith_record_string (links->pdata[i], "resource");

      *is = g_strcmp0 (resource, kith_record_get_id (service)) == 0 || kith_record_is (service, "program_id", resource) ||
            kith_record_is (service, "organization_id", resource);
    }
  return links != NULL;
}

gboolean
kith_queue_has_service (KithOpContext *cx, KithRecord *service, gboolean *has, gboolean *known, GError **error)
{
  g_autoptr (GPtrArray) queues = kith_world_find (cx->world, NULL, "queue", NULL, NULL, known, error);

  *has = FALSE;
  for (guint i = 0; queues != NULL && !*has && i < queues->len; i++)
    if (!kith_record_bool (queues->pdata[i], "inactive") && !is_for_service (cx, kith_record_get_id (queues->pdata[i]), service, has, error))
      return FALSE;
  return queues != NULL;
}

gboolean
kith_queue_check_resource (KithOpContext *cx, KithRecord *queue, KithRecord *referral, GError **error)
{
  g_autofree char *scope = g_strconcat ("queue:", kith_record_get_id (queue), NULL);
  g_autoptr (GPtrArray) links = kith_world_find (cx->world, scope, "queue_resource", "queue", kith_record_get_id (queue), NULL, error);

  if (links == NULL)
    return FALSE;
  if (links->len == 0 || kith_record_string (referral, "agency_to") == NULL)
    return TRUE;
  for (guint i = 0; i < links->len; i++)
    if (kith_record_list_has (referral, "resources", kith_record_string (g_ptr_array_index (links, i), "resource")))
      return TRUE;
  return kith_refuse (error, KITH_REFUSAL_INVALID, _("The queue “%s” is not for this service. Nothing was changed."),
                      kith_record_string (queue, "name"));
}

static void
stand (KithOpContext *cx, KithRecord *item, KithRecord *status)
{
  g_autofree char *time = kith_op_time (cx);

  kith_record_set_string (item, "status", status != NULL ? kith_record_get_id (status) : NULL);
  kith_record_set_string (item, "moved_at", time);
}

void
kith_queue_show_status (KithRecord *referral, KithRecord *status)
{
  kith_record_set_string (referral, "queue_status", kith_record_get_id (status));
  kith_record_set_string (referral, "status", kith_record_string (status, "name"));
}

/* What a phase is called where a queue has no status for it: an end is one that came to nothing, and work that was taken up does not look as if
 * it waited for an answer (or, opened again, as if it had ended). */
static KithRecord *
lane_for (GPtrArray *statuses, const char *phase)
{
  static const struct { const char *phase, *as; } stands_in[] = {
    { "accepted", "contacting" }, { "declined", "closed_unresolved" }, { "recalled", "closed_unresolved" }, { "expired", "closed_unresolved" },
  };
  KithRecord *lane = kith_queue_lane (statuses, phase);

  for (guint i = 0; lane == NULL && i < G_N_ELEMENTS (stands_in); i++)
    if (g_str_equal (phase, stands_in[i].phase))
      lane = kith_queue_lane (statuses, stands_in[i].as);
  return lane;
}

/* What it enters with. */
static KithRecord *
first_lane (GPtrArray *statuses, const char *phase)
{
  KithRecord *lane = lane_for (statuses, phase);

  return lane != NULL ? lane : kith_queue_lane (statuses, NULL);
}

gboolean
kith_queue_enter (KithOpContext *cx, KithRecord *queue, KithRecord *referral, GError **error)
{
  const char *queue_id = kith_record_get_id (queue);
  g_autofree char *id = kith_op_natural_id ("queue_item", kith_record_get_id (referral), queue_id, NULL);
  g_autofree char *time = kith_op_time (cx);
  g_autoptr (KithRecord) item = NULL;
  g_autoptr (GPtrArray) statuses = NULL;
  KithRecord *status;

  if (kith_record_bool (queue, "inactive"))
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("The queue “%s” is not in use any more. Choose another."), kith_record_string (queue, "name"));
  if (!kith_queue_check_resource (cx, queue, referral, error) || !kith_op_get (cx, "queue_item", id, &item, error))
    return FALSE;
  statuses = kith_queue_statuses (cx, queue_id, error);
  if (statuses == NULL)
    return FALSE;
  status = first_lane (statuses, kith_record_string (referral, "phase"));
  if (status == NULL)
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("The queue “%s” has no status to put this in."), kith_record_string (queue, "name"));
  if (item == NULL)
    item = kith_op_new ("queue_item", id);
  kith_record_set_string (item, "referral", kith_record_get_id (referral));
  kith_record_set_string (item, "queue", queue_id);
  kith_record_set_string (item, "placed_at", time);
  stand (cx, item, status);
  kith_record_set_string (referral, "queue", queue_id);
  kith_record_set_string (referral, "queue_name", kith_record_string (queue, "name"));
  kith_queue_show_status (referral, status);
  return kith_world_put (cx->world, item, error);
}

static KithRecord *
find_status (GPtrArray *statuses, const char *id)
{
  for (guint i = 0; id != NULL && i < statuses->len; i++)
    if (g_str_equal (kith_record_get_id (g_ptr_array_index (statuses, i)), id))
      return g_ptr_array_index (statuses, i);
  return NULL;
}

/* Where it stands in a queue once it is in that phase; *lane stays NULL where the queue has no status for it: there it stays. */
static gboolean
find_lane (KithOpContext *cx, const char *queue, const char *status, const char *phase, KithRecord **lane, GError **error)
{
  g_autoptr (GPtrArray) statuses = kith_queue_statuses (cx, queue, error);
  KithRecord *now;

  if (statuses == NULL)
    return FALSE;
  now = find_status (statuses, status);
  if (now == NULL || !kith_record_is (now, "phase", phase))
    now = lane_for (statuses, phase);
  if (now != NULL)
    g_set_object (lane, now);
  return TRUE;
}

gboolean
kith_queue_check_phase (KithOpContext *cx, KithRecord *referral, const char *phase, GError **error)
{
  const char *queue = kith_record_string (referral, "queue");
  g_autofree char *scope = g_strconcat ("queue:", queue, NULL);
  g_autoptr (KithRecord) lane = NULL;
  g_autoptr (KithRecord) named = NULL;

  if (queue == NULL || kith_record_string (referral, "queue_status") == NULL || !kith_world_holds (cx->world, scope))
    return TRUE;
  if (!find_lane (cx, queue, kith_record_string (referral, "queue_status"), phase, &lane, error) || (lane == NULL && !kith_op_get (cx, "queue", queue, &named, error)))
    return FALSE;
  return lane != NULL || kith_refuse (error, KITH_REFUSAL_INVALID, _("The queue “%s” has no such status. Choose one that it has; nothing was changed."),
                                      named != NULL ? kith_record_string (named, "name") : "?");
}

static gboolean
follow_in (KithOpContext *cx, KithRecord *item, const char *phase, GError **error)
{
  g_autoptr (KithRecord) lane = NULL;

  if (g_str_equal (phase, "voided"))
    {
      stand (cx, item, NULL);
      return kith_world_put (cx->world, item, error);
    }
  if (!find_lane (cx, kith_record_string (item, "queue"), kith_record_string (item, "status"), phase, &lane, error))
    return FALSE;
  if (lane == NULL || kith_record_is (item, "status", kith_record_get_id (lane)))
    return TRUE;
  stand (cx, item, lane);
  return kith_world_put (cx->world, item, error);
}

/* By the referral alone: whoever does not hold its places shows the same (I23). */
static gboolean
show_following (KithOpContext *cx, KithRecord *referral, const char *phase, GError **error)
{
  const char *status = kith_record_string (referral, "queue_status");
  g_autoptr (KithRecord) lane = NULL;

  if (status == NULL)
    return TRUE;
  if (g_str_equal (phase, "voided"))
    kith_record_set_string (referral, "queue_status", NULL);
  else if (!find_lane (cx, kith_record_string (referral, "queue"), status, phase, &lane, error))
    return FALSE;
  else if (lane != NULL)
    kith_queue_show_status (referral, lane);
  return kith_world_put (cx->world, referral, error);
}

gboolean
kith_queue_follow (KithOpContext *cx, KithRecord *referral, const char *phase, GError **error)
{
  g_autofree char *scope = g_strconcat ("referral_detail:", kith_record_get_id (referral), NULL);
  g_autoptr (GPtrArray) items = kith_world_find (cx->world, scope, "queue_item", "referral", kith_record_get_id (referral), NULL, error);
  gboolean ok = items != NULL && show_following (cx, referral, phase, error);

  for (guint i = 0; ok && i < items->len; i++)
    if (kith_record_string (g_ptr_array_index (items, i), "status") != NULL)
      ok = follow_in (cx, g_ptr_array_index (items, i), phase, error);
  return ok;
}
