/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "operations/referral-target.h"

/**
 * kith_target_clear:
 *
 * Drops the records. The agency was borrowed and is no longer good after it.
 */
void
kith_target_clear (KithTarget *self)
{
  g_clear_object (&self->service);
  g_clear_object (&self->organization);
  g_clear_object (&self->queue);
}

gboolean
kith_target_find (KithOpContext *cx, JsonObject *args, KithTarget *target, GError **error)
{
  const char *service = kith_json_string (args, "service");
  const char *agency = kith_json_string (args, "agency_to");
  const char *queue = kith_json_string (args, "queue");

  if (service == NULL && agency == NULL && queue == NULL)
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("Choose the service, the agency or the queue this goes to."));
  if (queue != NULL && !kith_op_need (cx, "queue", queue, &target->queue, error))
    return FALSE;
  if (service != NULL && !kith_op_need (cx, "service", service, &target->service, error))
    return FALSE;
  target->agency = agency;
  if (target->service != NULL)
    {
      target->agency = kith_record_string (target->service, "organization_id");
      if (agency != NULL && g_strcmp0 (agency, target->agency) != 0)
        return kith_refuse (error, KITH_REFUSAL_INVALID,
                            _("This service belongs to another agency than the one chosen."));
    }
  return target->agency == NULL || kith_op_need (cx, "organization", target->agency, &target->organization, error);
}

/* D2, D4: every agency of the directory could be chosen, also one that never heard of Kith: what is said of the client would lie there until it expires. A
 * desk goes by what the hub says of the agency; one of before says nothing. */
static gboolean
check_answered (KithOpContext *cx, const KithTarget *target, GError **error)
{
  const char *name = kith_record_string (target->organization, "name");
  gboolean answered = TRUE;

  if (cx->hub && !kith_op_is_answered (cx, target->agency, NULL, &answered, error))
    return FALSE;
  if (!cx->hub && json_object_has_member (kith_record_get_body (target->organization), "answered"))
    answered = kith_record_bool (target->organization, "answered");
  return answered || kith_refuse (error, KITH_REFUSAL_NOT_DIRECT,
                                  _("Nobody at %s answers referrals in Kith. Give the client the information, or call the agency; nothing was sent to it."),
                                  name != NULL ? name : "?");
}

gboolean
kith_target_check (KithOpContext *cx, const char *type, JsonObject *args, const KithTarget *target, GError **error)
{
  const char *service_id = kith_json_string (args, "service");
  const char *name = target->service != NULL ? kith_record_string (target->service, "name") : NULL;
  const char *status = target->service != NULL ? kith_record_string (target->service, "status") : NULL;

  if (g_strcmp0 (type, "informational") == 0)
    {
      if (kith_json_string (args, "queue") != NULL)
        return kith_refuse (error, KITH_REFUSAL_INVALID, _("What is only given to the client goes into no queue."));
      return TRUE;
    }
  if (service_id == NULL && kith_json_string (args, "queue") == NULL && g_strcmp0 (type, "direct") == 0)
    return kith_refuse (error, KITH_REFUSAL_NOT_DIRECT,
                        _("A direct referral goes to a service. Choose one that takes direct referrals."));
  if (service_id == NULL && target->organization != NULL && !check_answered (cx, target, error))
    return FALSE;
  if (target->service == NULL)
    return TRUE;
  if (!kith_record_bool (target->service, "direct"))
    return kith_refuse (error, KITH_REFUSAL_NOT_DIRECT,
                        _("%s does not take direct referrals. You can give the client the information instead."),
                        name != NULL ? name : "?");
  if (status != NULL && !g_str_equal (status, "active"))
    return kith_refuse (error, KITH_REFUSAL_NOT_DIRECT, _("%s does not take referrals at present."),
                        name != NULL ? name : "?");
  return TRUE;
}

void
kith_target_set (const KithTarget *target, JsonObject *args, KithRecord *referral)
{
  const char *ids[4] = { NULL };
  guint n = 0;

  kith_record_set_string (referral, "agency_to", target->agency);
  kith_record_set_string (referral, "service", kith_json_string (args, "service"));
  if (kith_json_string (args, "service") != NULL)
    ids[n++] = kith_json_string (args, "service");
  if (target->service != NULL && kith_record_string (target->service, "program_id") != NULL)
    ids[n++] = kith_record_string (target->service, "program_id");
  if (target->agency != NULL)
    ids[n++] = target->agency;
  kith_record_set_strings (referral, "resources", ids);
}

const char *
kith_target_name (const KithTarget *target)
{
  if (target->service != NULL)
    return kith_record_string (target->service, "name");
  return target->organization != NULL ? kith_record_string (target->organization, "name") : NULL;
}
