/* SPDX-License-Identifier: GPL-3.0-or-later */

/* service.record: nights, meals, rides given to a client; service.void: one that was recorded twice or wrongly. Documentation: what was
 * written before access ended is taken. */

#include "operations/op-common.h"

#define MOST_AT_ONCE 10000

static gboolean
record_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  static const char *const copied[] = { "client", "service", "type", "given_on", "note", NULL };
  const char *id = kith_json_string (args, "id");
  gint64 count = json_object_has_member (args, "count") ? json_object_get_int_member (args, "count") : 1;
  g_autoptr (KithRecord) service = NULL;
  g_autoptr (KithRecord) event = NULL;

  if (count < 1 || count > MOST_AT_ONCE)
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("Enter how many were given: 1 or more."));
  if (!kith_op_check_day (cx, args, "given_on", error) ||
      !kith_op_get (cx, "service", kith_json_string (args, "service"), &service, error) ||
      !kith_op_refuse_taken (cx, "service_event", id, error))
    return FALSE;
  if (service != NULL && !kith_record_is (service, "organization_id", cx->actor->agency))
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("This service belongs to another agency."));

  event = kith_op_new ("service_event", id);
  kith_op_copy (event, args, copied);
  kith_record_set_int (event, "count", count);
  kith_record_set_string (event, "agency", cx->actor->agency);
  if (service != NULL)
    {
      g_autofree char *name = kith_op_clip (kith_record_string (service, "name"), 255);

      kith_record_set_string (event, "service_name", name);
    }
  kith_op_sign (cx, event, "at", "by", "by_name");
  return kith_world_put (cx->world, event, error);
}

/* ---- service.void ---- */

static gboolean
find_event (KithOpContext *cx, JsonObject *args, KithRecord **event, GError **error)
{
  return kith_op_need (cx, "service_event", kith_json_string (args, "event"), event, error);
}

static gboolean
void_permit (KithOpContext *cx, JsonObject *args, GError **error)
{
  g_autoptr (KithRecord) event = NULL;

  if (!kith_op_permit_worker (cx, args, error) || !find_event (cx, args, &event, error))
    return FALSE;
  if (event != NULL && !kith_record_is (event, "agency", cx->actor->agency))
    return kith_refuse (error, KITH_REFUSAL_DENIED, _("Only the agency that recorded this service can take it back."));
  return TRUE;
}

/* Nothing is deleted: what was recorded, and why it does not count, stays to be read. The first reason stands. */
static gboolean
void_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  g_autoptr (KithRecord) event = NULL;

  if (!find_event (cx, args, &event, error))
    return FALSE;
  if (event == NULL)
    return TRUE;
  if (kith_record_string (event, "voided_at") != NULL)
    {
      kith_op_noop (cx);
      return TRUE;
    }
  kith_op_sign (cx, event, "voided_at", "voided_by", "voided_by_name");
  kith_record_set_string (event, "void_reason", kith_json_string (args, "reason"));
  return kith_world_put (cx->world, event, error);
}

static const KithField record_args[] = {
  { "id", KITH_FIELD_ID, N_("Service given"), KITH_FIELD_REQUIRED },
  { "client", KITH_FIELD_REF, N_("Client"), KITH_FIELD_REQUIRED | KITH_FIELD_LOOSE, .target = "client" },
  { "service", KITH_FIELD_REF, N_("Service"), .target = "service" },
  { "type", KITH_FIELD_CODE, N_("What was given"), KITH_FIELD_REQUIRED, .vocabulary = "service_type" },
  { "given_on", KITH_FIELD_DATE, N_("Date"), KITH_FIELD_REQUIRED },
  { "count", KITH_FIELD_INT, N_("How many") },
  { "note", KITH_FIELD_TEXT, N_("Note"), 0, 2000 },
};

static const KithField void_args[] = {
  { "event", KITH_FIELD_REF, N_("Service given"), KITH_FIELD_REQUIRED, .target = "service_event" },
  { "reason", KITH_FIELD_STRING, N_("Why"), KITH_FIELD_REQUIRED, 500 },
};

const KithOperation kith_operations_service_event[] = {
  { "service.record", N_("Record a service given"), KITH_RUNS_DESK, KITH_OPERATION_ADDITIVE | KITH_OPERATION_UNDO, record_args,
    G_N_ELEMENTS (record_args), kith_op_permit_care, record_apply },
  { "service.void", N_("Take back a service recorded"), KITH_RUNS_DESK, KITH_OPERATION_UNDO, void_args, G_N_ELEMENTS (void_args),
    void_permit, void_apply },
  { NULL },
};
