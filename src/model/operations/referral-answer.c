/* SPDX-License-Identifier: GPL-3.0-or-later */

/* referral.accept, .assign: the receiver's yes and who works on it (D2, U13, U14, P17). */

#include "operations/capacity-common.h"
#include "operations/referral-common.h"

/* ---- accept ---- */

/* What the receiver keeps of the client: names and birth date as the referral carried them (design.md 2.4). */
static gboolean
put_care (KithOpContext *cx, KithRecord *referral, GError **error)
{
  static const char *const carried[] = { "given_name", "family_name", "second_family_name", "date_of_birth", NULL };
  const char *client = kith_record_string (referral, "client");
  const char *agency = kith_record_string (referral, "agency_to");
  g_autoptr (KithRecord) care = NULL;
  g_autoptr (KithRecord) detail = NULL;
  g_autofree char *id = NULL;
  g_autofree char *time = kith_op_time (cx);
  JsonObject *snapshot;

  if (client == NULL || agency == NULL)
    return TRUE;
  id = kith_op_natural_id ("care", client, agency, NULL);
  if (!kith_op_get (cx, "care", id, &care, error))
    return FALSE;
  if (care != NULL)
    return TRUE;
  if (!kith_op_detail (cx, referral, &detail, error))
    return FALSE;
  if (!cx->hub && (detail == NULL || cx->actor->level == KITH_LEVEL_PORTAL))
    return TRUE; /* what it carried is not on this computer, or the record will not be (a portal account): the hub writes it */

  care = kith_op_new ("care", id);
  kith_record_set_string (care, "client", client);
  kith_record_set_string (care, "agency", agency);
  kith_record_set_string (care, "since", time);
  snapshot = detail != NULL ? kith_record_object (detail, "snapshot") : NULL;
  if (snapshot != NULL)
    kith_op_copy (care, snapshot, carried);
  return kith_world_put (cx->world, care, error);
}

/* Whatever is refused is refused before anything is written: a call that takes the referral up goes on without it (contact.c). */
static gboolean
accept_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  g_autoptr (KithRecord) referral = NULL;
  gboolean go;

  if (!kith_op_referral (cx, args, &referral, error))
    return FALSE;
  if (referral == NULL)
    return TRUE;
  if (!kith_op_step (cx, args, referral, "accepted", &go, error))
    return FALSE;
  if (!go)
    return TRUE;
  if (!kith_op_check_covered (cx, referral, error))
    return FALSE;
  kith_record_set_bool (referral, "accepted", TRUE);
  return kith_op_enter_phase (cx, referral, "accepted", NULL, error) && kith_world_put (cx->world, referral, error) && put_care (cx, referral, error) && kith_op_drop_proposal (cx, referral, error) &&
         kith_op_add_event (cx, referral, "accepted",
                            kith_json_new ("from_phase", "s", "sent", "to_phase", "s", "accepted", NULL), error);
}

static gboolean
accept_derive (KithOpContext *cx, JsonObject *args, GError **error)
{
  g_autoptr (KithRecord) referral = NULL;

  return kith_op_referral (cx, args, &referral, error) && kith_capacity_take_place (cx, referral, TRUE, error) &&
         kith_op_notify (cx, referral, "accepted", KITH_NOTIFY_SENDER, error);
}

/* ---- assign ---- */

gboolean
kith_op_receiver_own (KithOpContext *cx, KithRecord *referral, KithRecord **own, GError **error)
{
  return kith_referral_get_own (cx->world, referral, kith_record_string (referral, "agency_to"), own, error);
}

KithRecord *
kith_op_new_own (KithRecord *referral, const char *agency)
{
  g_autofree char *id = kith_op_natural_id ("referral_own", kith_record_get_id (referral), agency, NULL);
  KithRecord *own = kith_op_new ("referral_own", id);

  kith_record_set_string (own, "referral", kith_record_get_id (referral));
  kith_record_set_string (own, "agency", agency);
  return own;
}

static gboolean
put_own (KithOpContext *cx, KithRecord *referral, const char *staff, GError **error)
{
  const char *agency = kith_record_string (referral, "agency_to");
  g_autofree char *time = kith_op_time (cx);
  g_autoptr (KithRecord) own = NULL;

  if (!kith_op_receiver_own (cx, referral, &own, error))
    return FALSE;
  if (own == NULL)
    own = kith_op_new_own (referral, agency);
  kith_record_set_string (own, "assignee", staff);
  kith_record_set_string (own, "assigned_at", time);
  return kith_world_put (cx->world, own, error);
}

gboolean
kith_op_assign_referral (KithOpContext *cx, KithRecord *referral, const char *staff, const char *name, GError **error)
{
  const char *client = kith_record_string (referral, "client");

  kith_record_set_string (referral, "assignee", staff);
  return kith_world_put (cx->world, referral, error) && put_own (cx, referral, staff, error) &&
         (client == NULL ||
          kith_op_assign_to_client (cx, client, kith_record_string (referral, "agency_to"), staff, NULL, error)) &&
         kith_op_add_event (cx, referral, "assigned", kith_json_new ("text", "s", name, "staff", "s", staff, NULL), error);
}

/* Only after acceptance, only to the receiver's own active, trained staff; the coordinator comes onto the client too.
 * The one who had it before loses the referral (P17) and stays on the client until taken off. */
static gboolean
assign_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  const char *staff = kith_json_string (args, "staff");
  g_autoptr (KithRecord) referral = NULL;
  g_autoptr (KithRecord) person = NULL;
  const char *agency, *phase;

  if (!kith_op_referral (cx, args, &referral, error))
    return FALSE;
  if (referral == NULL)
    return TRUE;
  phase = kith_record_string (referral, "phase");
  agency = kith_record_string (referral, "agency_to");
  if (!kith_referral_step_exists (cx->operation->name, phase, NULL))
    return kith_op_stale (cx, referral, error);
  if (!kith_op_check_assignable (cx, staff, agency, &person, error))
    return FALSE;
  if (kith_record_is (referral, "assignee", staff))
    {
      kith_op_noop (cx);
      return TRUE;
    }
  return kith_op_assign_referral (cx, referral, staff, person != NULL ? kith_record_string (person, "name") : NULL, error);
}

static gboolean
assign_derive (KithOpContext *cx, JsonObject *args, GError **error)
{
  g_autoptr (KithRecord) referral = NULL;

  return kith_op_referral (cx, args, &referral, error) &&
         kith_op_notify (cx, referral, "assigned", KITH_NOTIFY_ASSIGNEE, error);
}

static const KithField accept_args[] = { KITH_ARG_REFERRAL, KITH_ARG_FROM };

static const KithField assign_args[] = {
  KITH_ARG_REFERRAL,
  { "staff", KITH_FIELD_REF, N_("Staff member"), KITH_FIELD_REQUIRED, .target = "staff" },
};

const KithOperation kith_operations_referral_answer[] = {
  { "referral.accept", N_("Accept referral"), KITH_RUNS_DESK, KITH_OPERATION_UNDO, accept_args,
    G_N_ELEMENTS (accept_args), kith_op_permit_referral, accept_apply, accept_derive },
  { "referral.assign", N_("Assign referral"), KITH_RUNS_DESK, KITH_OPERATION_UNDO, assign_args,
    G_N_ELEMENTS (assign_args), kith_op_permit_referral, assign_apply, assign_derive },
  { NULL },
};
