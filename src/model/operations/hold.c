/* SPDX-License-Identifier: GPL-3.0-or-later */

/* hold.place, .release, .convert: the place kept for an accepted referral. Accepting one asks for it by itself; these are for what people
 * know better. On a desk they are requests: only the hub knows who came first (sync.md 2.5). */

#include "operations/capacity-common.h"
#include "operations/referral-common.h"

static gboolean
permit (KithOpContext *cx, JsonObject *args, GError **error)
{
  g_autoptr (KithRecord) referral = NULL;
  guint sides;

  if (!kith_op_permit_worker (cx, args, error) || !kith_op_referral (cx, args, &referral, error))
    return FALSE;
  if (referral == NULL)
    return TRUE;
  sides = kith_referral_sides (cx->world, cx->actor, referral, error);
  if (sides == G_MAXUINT)
    return FALSE;
  return (sides & KITH_SIDES_RECEIVER) != 0 ||
         kith_refuse (error, KITH_REFUSAL_DENIED, _("Only those who work on this referral can do that."));
}

static gboolean
place_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  g_autoptr (KithRecord) referral = NULL;

  if (!kith_op_referral (cx, args, &referral, error))
    return FALSE;
  if (referral == NULL)
    return TRUE;
  if (!kith_referral_phase_is_open (kith_record_string (referral, "phase")))
    return kith_op_stale (cx, referral, error);
  return !cx->hub || kith_capacity_take_place (cx, referral, FALSE, error);
}

static gboolean
end (KithOpContext *cx, JsonObject *args, const char *state, GError **error)
{
  g_autoptr (KithRecord) referral = NULL;

  if (!kith_op_referral (cx, args, &referral, error))
    return FALSE;
  return referral == NULL || !cx->hub || kith_capacity_end_hold (cx, referral, state, error);
}

static gboolean
release_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  return end (cx, args, "released", error);
}

static gboolean
convert_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  return end (cx, args, "converted", error);
}

static const KithField hold_args[] = { KITH_ARG_REFERRAL };

const KithOperation kith_operations_hold[] = {
  { "hold.place", N_("Hold a place"), KITH_RUNS_DESK, KITH_OPERATION_UNDO, hold_args, G_N_ELEMENTS (hold_args), permit, place_apply },
  { "hold.release", N_("Give a held place back"), KITH_RUNS_DESK, KITH_OPERATION_UNDO, hold_args, G_N_ELEMENTS (hold_args), permit,
    release_apply },
  { "hold.convert", N_("Client takes up the held place"), KITH_RUNS_DESK, KITH_OPERATION_UNDO, hold_args, G_N_ELEMENTS (hold_args), permit,
    convert_apply },
  { NULL },
};
