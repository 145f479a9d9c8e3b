/* SPDX-License-Identifier: GPL-3.0-or-later */

/* referral.dispatch: what was written and kept until the client agrees goes out (domain.md 2e). Until then nobody but the sender has it. */

#include "operations/queue-common.h"
#include "operations/referral-common.h"
#include "operations/referral-target.h"

/* Where it goes, as the directory stands now (P14): the service may have been switched off meanwhile, or be another agency's. */
static gboolean
set_target (KithOpContext *cx, KithRecord *referral, KithTarget *target, GError **error)
{
  const char *service = kith_record_string (referral, "service");
  g_autoptr (KithRecord) course = NULL;
  g_autoptr (JsonObject) to = kith_json_new ("service", "s", service, "agency_to", "s", service == NULL ? kith_record_string (referral, "agency_to") : NULL, "queue", "s",
                                             kith_record_string (referral, "queue"), NULL);

  if (!kith_referral_get_course (cx->world, referral, &course, error) || !kith_target_find (cx, to, target, error) ||
      !kith_target_check (cx, course != NULL ? kith_record_string (course, "type") : NULL, to, target, error))
    return FALSE;
  if (service != NULL && target->service == NULL) /* not on this computer */
    return TRUE;
  kith_target_set (target, to, referral);
  kith_record_set_string (referral, "resource_name", kith_target_name (target));
  return TRUE;
}

static gboolean
put_sent (KithOpContext *cx, KithRecord *referral, KithRecord *queue, GError **error)
{
  g_autofree char *time = kith_op_time (cx);
  g_autoptr (KithRecord) course = NULL;

  kith_record_set_int (referral, "turn", 1);
  if (!kith_op_enter_phase (cx, referral, "sent", NULL, error) || (queue != NULL && !kith_queue_enter (cx, queue, referral, error)) ||
      !kith_world_put (cx->world, referral, error) || !kith_referral_get_course (cx->world, referral, &course, error))
    return FALSE;
  if (course == NULL)
    return TRUE;
  kith_record_set_string (course, "sent_at", time);
  return kith_world_put (cx->world, course, error);
}

/* The client as they are now: what was written while they thought it over may be weeks old. Whoever sends it reads what it carries, so where they see the client
 * no more it goes as they wrote it (C11). */
static gboolean
put_snapshot (KithOpContext *cx, KithRecord *referral, KithRecord *detail, GError **error)
{
  g_autofree char *scope = g_strconcat ("client:", kith_record_string (referral, "client"), NULL);
  g_autoptr (KithRecord) client = NULL;
  JsonNode *node;

  if (kith_world_sees (cx->world, cx->actor, scope) != KITH_SEES_NOW)
    return TRUE;
  if (detail == NULL || !kith_op_get (cx, "client", kith_record_string (referral, "client"), &client, error))
    return detail == NULL;
  if (client == NULL)
    return TRUE;
  node = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (node, kith_op_referral_snapshot (NULL, client));
  kith_record_set_node (detail, "snapshot", node);
  return kith_world_put (cx->world, detail, error);
}

static gboolean
dispatch_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  g_auto (KithTarget) target = { NULL };
  g_autoptr (KithRecord) referral = NULL;
  g_autoptr (KithRecord) detail = NULL;
  gboolean go;

  if (!kith_op_referral (cx, args, &referral, error))
    return FALSE;
  if (referral == NULL)
    return TRUE;
  if (!kith_op_step (cx, args, referral, "sent", &go, error))
    return FALSE;
  if (!go)
    return TRUE;
  return kith_op_check_victim_service (cx, kith_record_string (referral, "agency"), kith_record_string (referral, "client"), NULL, error) &&
         kith_op_detail (cx, referral, &detail, error) && set_target (cx, referral, &target, error) && kith_op_check_covered_with (cx, referral, detail, error) &&
         put_sent (cx, referral, target.queue, error) && put_snapshot (cx, referral, detail, error) &&
         kith_op_add_event (cx, referral, "sent", kith_json_new ("from_phase", "s", "pending_consent", "to_phase", "s", "sent", NULL), error);
}

/* D2, as when it is sent at once. */
static gboolean
dispatch_derive (KithOpContext *cx, JsonObject *args, GError **error)
{
  g_autoptr (JsonObject) sent = kith_json_new ("id", "s", kith_json_string (args, "referral"), NULL);

  return kith_op_send_derive (cx, sent, error);
}

static const KithField dispatch_args[] = { KITH_ARG_REFERRAL, KITH_ARG_FROM };

const KithOperation kith_operations_referral_wait[] = {
  { "referral.dispatch", N_("Send what waited for consent"), KITH_RUNS_DESK, KITH_OPERATION_UNDO, dispatch_args, G_N_ELEMENTS (dispatch_args),
    kith_op_permit_referral, dispatch_apply, dispatch_derive },
  { NULL },
};
