/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The directory as its publishers describe it, and what Kith adds: to a service whether it takes direct referrals (D4, D18), to an agency whether a
 * supervisor confirms its declines (agency.configure), and whether anybody answers there (answered.c). */

#include "operations/op-common.h"

static const char *const directory_kinds[] = { "organization",        "program",  "service",       "location",
                                               "service_at_location", "taxonomy", "taxonomy_term", "calendar_day", NULL };

/* ---- directory.put ---- */

/* What is the network's to say of an agency, whatever the publisher writes. One that is new has no accounts yet. */
static gboolean
keep_own (KithOpContext *cx, KithRecord *before, KithRecord *record, GError **error)
{
  static const char *const kept[] = { "confirm_declines", "time_zone", "answered" };
  gboolean answered = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (kept); i++)
    {
      kith_record_set_node (record, kept[i], NULL);
      if (before != NULL)
        kith_op_set_node (record, kept[i], kith_record_get_body (before), kept[i]);
    }
  if (json_object_has_member (kith_record_get_body (record), "answered"))
    return TRUE;
  if (before != NULL && !kith_op_is_answered (cx, kith_record_get_id (record), NULL, &answered, error))
    return FALSE;
  kith_record_set_bool (record, "answered", answered);
  return TRUE;
}

/* The id follows from the source and its id there: the same row read again is the same record, and an unchanged one
 * changes nothing. */
static gboolean
put_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  const char *t = kith_json_string (args, "t");
  const char *source = kith_json_string (args, "source");
  const char *source_id = kith_json_string (args, "source_id");
  JsonObject *body = kith_json_object (args, "body");
  g_autofree char *key = g_strconcat (source, "/", source_id, NULL);
  g_autofree char *id = NULL;
  g_autoptr (KithRecord) before = NULL;
  g_autoptr (KithRecord) record = NULL;

  if (!g_strv_contains (directory_kinds, t))
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("“%s” is not a kind of the directory."), t);
  if (body == NULL)
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("The directory entry is not described as it should be."));
  id = kith_id_natural (t, key);
  if (!kith_op_get (cx, t, id, &before, error))
    return FALSE;
  record = kith_record_new_for_body (kith_kind_get (t), id, body);
  if (g_str_equal (t, "service"))
    kith_record_set_node (record, "direct", NULL);
  if (g_str_equal (t, "organization") && !keep_own (cx, before, record, error))
    return FALSE;
  if (before != NULL && json_object_has_member (kith_record_get_body (before), "direct"))
    kith_record_set_bool (record, "direct", kith_record_bool (before, "direct"));
  if (kith_kind_get_field (kith_kind_get (t), "source") != NULL)
    {
      kith_record_set_string (record, "source", source);
      kith_record_set_string (record, "source_id", source_id);
    }
  if (before != NULL && kith_record_equal (before, record))
    {
      kith_op_noop (cx);
      return TRUE;
    }
  return kith_world_put (cx->world, record, error);
}

static const KithField put_args[] = {
  { "t", KITH_FIELD_STRING, N_("Kind"), KITH_FIELD_REQUIRED },
  { "source", KITH_FIELD_STRING, N_("Source"), KITH_FIELD_REQUIRED },
  { "source_id", KITH_FIELD_STRING, N_("Id at the source"), KITH_FIELD_REQUIRED, 255 },
  { "body", KITH_FIELD_JSON, N_("Entry"), KITH_FIELD_REQUIRED },
};

/* ---- service.set_direct ---- */

/* Whose staff answer what comes: that agency's administrators and supervisors. */
static gboolean
direct_permit (KithOpContext *cx, JsonObject *args, GError **error)
{
  g_autoptr (KithRecord) service = NULL;
  const char *agency;

  if (kith_op_is_network (cx))
    return TRUE;
  if (!kith_op_need (cx, "service", kith_json_string (args, "service"), &service, error))
    return FALSE;
  agency = service != NULL ? kith_record_string (service, "organization_id") : NULL;
  return kith_op_administers (cx, agency) ||
         (kith_op_permit_worker (cx, args, NULL) && kith_actor_has_duty (cx->actor, KITH_DUTY_SUPERVISOR) && g_strcmp0 (cx->actor->agency, agency) == 0) ||
         kith_refuse (error, KITH_REFUSAL_DENIED, _("Only the agency’s administrators and supervisors, and network staff, can say whether a service takes direct referrals."));
}

/* D2: a referral that nobody is told of waits until it expires. The network says it ahead of time, for an agency that is being set up. */
static gboolean
check_answered (KithOpContext *cx, KithRecord *service, GError **error)
{
  gboolean answered;

  if (kith_op_is_network (cx))
    return TRUE;
  if (!kith_op_is_answered (cx, kith_record_string (service, "organization_id"), service, &answered, error))
    return FALSE;
  return answered || kith_refuse (error, KITH_REFUSAL_INVALID,
                                  _("Nobody would be told of a referral. First make somebody a supervisor, or referral manager of this service. Nothing was changed."));
}

static gboolean
direct_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  gboolean direct = kith_json_bool (args, "direct", FALSE);
  g_autoptr (KithRecord) service = NULL;

  if (!kith_op_need (cx, "service", kith_json_string (args, "service"), &service, error))
    return FALSE;
  if (service == NULL)
    return TRUE;
  if (kith_record_bool (service, "direct") == direct)
    {
      kith_op_noop (cx);
      return TRUE;
    }
  if (direct && !check_answered (cx, service, error))
    return FALSE;
  kith_record_set_bool (service, "direct", direct);
  return kith_world_put (cx->world, service, error);
}

static const KithField direct_args[] = {
  { "service", KITH_FIELD_REF, N_("Service"), KITH_FIELD_REQUIRED, .target = "service" },
  { "direct", KITH_FIELD_BOOL, N_("Takes direct referrals"), KITH_FIELD_REQUIRED },
};

const KithOperation kith_operations_directory[] = {
  { "directory.put", N_("Take over directory entry"), KITH_RUNS_ONLINE, 0, put_args, G_N_ELEMENTS (put_args),
    kith_op_permit_network, put_apply },
  { "service.set_direct", N_("Switch direct referrals on or off"), KITH_RUNS_ONLINE, 0, direct_args,
    G_N_ELEMENTS (direct_args), direct_permit, direct_apply },
  { NULL },
};
