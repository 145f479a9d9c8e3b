/* SPDX-License-Identifier: GPL-3.0-or-later */

/* referral.set_status, .record_contact, .introduce, .note, .private_note: the work between acceptance and outcome (D7, D8, D9, P20). */

#include "operations/capacity-common.h"
#include "operations/queue-common.h"
#include "operations/referral-common.h"

/* ---- set_status ---- */

static gboolean
is_pause (const char *phase)
{
  return g_strcmp0 (phase, "waitlisted") == 0 || g_strcmp0 (phase, "paused") == 0;
}

/* Waiting needs a reason: a code or words; "other" alone says nothing. */
static gboolean
check_pause (JsonObject *args, GError **error)
{
  const char *reason = kith_json_string (args, "reason");

  if (!is_pause (kith_json_string (args, "phase")) || !kith_op_blank (args, "text"))
    return TRUE;
  if (kith_text_blank (reason) || g_str_equal (reason, "other"))
    return kith_refuse (error, KITH_REFUSAL_REASON_REQUIRED, _("Say why the client has to wait."));
  return TRUE;
}

gboolean
kith_op_set_status (KithOpContext *cx, JsonObject *args, GError **error)
{
  const char *to = kith_json_string (args, "phase");
  const char *reason = kith_json_string (args, "reason");
  const char *text = kith_json_string (args, "text");
  g_autofree char *from = NULL;
  g_autoptr (KithRecord) referral = NULL;
  gboolean go;

  if (!check_pause (args, error) || !kith_op_referral (cx, args, &referral, error))
    return FALSE;
  if (referral == NULL)
    return TRUE;
  from = g_strdup (kith_record_string (referral, "phase"));
  if (!kith_op_step (cx, args, referral, to, &go, error))
    return FALSE;
  if (!go)
    return TRUE;
  return kith_op_enter_phase (cx, referral, to, !is_pause (to) ? NULL : kith_text_blank (reason) ? "other" : reason, error) && kith_world_put (cx->world, referral, error) &&
         kith_op_add_event (cx, referral, "status",
                            kith_json_new ("from_phase", "s", from, "to_phase", "s", to, "reason", "s", reason, "text",
                                           "s", text, NULL),
                            error);
}

/* P6: whoever works on it by the queue it stands in, a portal account or 2-1-1, brings it to statuses of that queue alone; whether it may move at all is
 * said first. Of the receiver's own staff a referral may be in several, and what one of them has no status for stays there where it was. */
static gboolean
status_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  const char *to = kith_json_string (args, "phase");
  g_autoptr (KithRecord) referral = NULL;

  if (!kith_op_referral (cx, args, &referral, error))
    return FALSE;
  if (referral != NULL && cx->actor->level != KITH_LEVEL_STANDARD && kith_record_is (referral, "phase", kith_json_string (args, "from")) && !kith_record_is (referral, "phase", to) &&
      kith_referral_step_exists (cx->operation->name, kith_record_string (referral, "phase"), to) && !kith_queue_check_phase (cx, referral, to, error))
    return FALSE;
  return kith_op_set_status (cx, args, error);
}

/* Who waits keeps no place (sync.md 2.5); whose turn it is takes one that is free. Without one work goes on all the same: people know more than
 * what was counted. */
static gboolean
settle_place (KithOpContext *cx, KithRecord *referral, GError **error)
{
  g_autoptr (KithRecord) event = NULL;
  g_autoptr (GError) local = NULL;

  if (kith_record_is (referral, "phase", "in_service"))
    return kith_capacity_take_up (cx, referral, error);
  if (kith_record_is (referral, "phase", "waitlisted"))
    return kith_capacity_give_back (cx, referral, error);
  if (!kith_op_find_event (cx, referral, "status", &event, error))
    return FALSE;
  if (event != NULL && kith_record_is (event, "from_phase", "in_service") && kith_op_keeps_place (referral))
    return kith_capacity_keep_again (cx, referral, error);
  if (event == NULL || !kith_record_is (event, "from_phase", "waitlisted") || !kith_op_keeps_place (referral) ||
      kith_capacity_take_place (cx, referral, FALSE, &local) || g_error_matches (local, KITH_REFUSAL, KITH_REFUSAL_CAPACITY_EXHAUSTED))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
status_derive (KithOpContext *cx, JsonObject *args, GError **error)
{
  g_autoptr (KithRecord) referral = NULL;

  if (!kith_op_referral (cx, args, &referral, error))
    return FALSE;
  if (!settle_place (cx, referral, error))
    return FALSE;
  return kith_op_notify (cx, referral, "status", KITH_NOTIFY_SENDER, error);
}

/* ---- documentation: taken in whatever phase the referral is by now (sync.md 2.4) ---- */

static gboolean
contact_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  g_autofree char *at = NULL;
  g_autoptr (KithRecord) referral = NULL;

  if (!kith_op_check_time (cx, args, "at", &at, error) || !kith_op_referral (cx, args, &referral, error))
    return FALSE;
  return referral == NULL || kith_op_add_event (cx, referral, "contact",
                                                kith_json_new ("how", "s", kith_json_string (args, "how"), "result",
                                                               "s", kith_json_string (args, "result"), "text", "s",
                                                               kith_json_string (args, "text"), "at", "s", at, NULL),
                                                error);
}

/* D9: a hand-off from person to person is made by introducing them; who was there stands in words. */
static gboolean
introduce_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  g_autofree char *at = NULL;
  g_autoptr (KithRecord) referral = NULL;
  gboolean warm;

  if (!kith_op_check_time (cx, args, "at", &at, error) || !kith_op_referral (cx, args, &referral, error))
    return FALSE;
  if (referral == NULL)
    return TRUE;
  if (!kith_referral_may_be_warm (cx->world, referral, &warm, error))
    return FALSE;
  if (!warm)
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("Only a warm hand-off is made by an introduction. Record a contact instead."));
  return kith_op_add_event (cx, referral, "introduced",
                            kith_json_new ("how", "s", kith_json_string (args, "how"), "text", "s", kith_json_string (args, "text"), "at", "s", at, NULL),
                            error);
}

/* Shared both ways; the newest stands among the eight fields (P12, P20), which who accepted it holds for good: a new sentence is a new disclosure, and
 * needs what sending needed (C4). What stood there before stays: it was told in reliance. */
static gboolean
note_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  const char *text = kith_json_string (args, "text");
  g_autoptr (KithRecord) referral = NULL;

  if (!kith_op_referral (cx, args, &referral, error))
    return FALSE;
  if (referral == NULL)
    return TRUE;
  if (!kith_op_had_referral (cx, referral))
    {
      /* what was only given to the client has gone to nobody (D3) */
      if (kith_record_int (referral, "turn") > 0 && !kith_op_check_covered (cx, referral, error))
        return FALSE;
      kith_record_set_string (referral, "note", text);
    }
  return kith_world_put (cx->world, referral, error) &&
         kith_op_add_event (cx, referral, "note", kith_json_new ("text", "s", text, NULL), error);
}

/* The other side learns that there is one. */
static gboolean
note_derive (KithOpContext *cx, JsonObject *args, GError **error)
{
  g_autoptr (KithRecord) referral = NULL;

  if (!kith_op_referral (cx, args, &referral, error))
    return FALSE;
  if (kith_op_had_referral (cx, referral))
    return TRUE;
  /* P20: the partner's portal accounts read it, and write theirs, whoever works on it there. */
  if (kith_record_is (referral, "agency", kith_actor_side (cx->actor)))
    return kith_op_notify (cx, referral, "note", KITH_NOTIFY_ASSIGNEE | KITH_NOTIFY_PORTAL, error);
  return kith_op_notify (cx, referral, "note", KITH_NOTIFY_SENDER, error);
}

/* One side's own words: they lie where the other side has no way to (referral_own:R:A). */
static gboolean
private_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  g_autoptr (KithRecord) referral = NULL;

  if (!kith_op_referral (cx, args, &referral, error))
    return FALSE;
  return referral == NULL ||
         kith_op_add_event (cx, referral, "private_note",
                            kith_json_new ("text", "s", kith_json_string (args, "text"), "private", "b", TRUE, NULL),
                            error);
}

static const KithField status_args[] = {
  KITH_ARG_REFERRAL,
  KITH_ARG_FROM,
  { "phase", KITH_FIELD_CODE, N_("New phase"), KITH_FIELD_REQUIRED, .vocabulary = "phase" },
  { "reason", KITH_FIELD_STRING, N_("Reason") },
  { "text", KITH_FIELD_TEXT, N_("In words"), 0, 4000 },
};

static const KithField contact_args[] = {
  KITH_ARG_REFERRAL,
  { "how", KITH_FIELD_CODE, N_("How"), KITH_FIELD_REQUIRED, .vocabulary = "contact_how" },
  { "result", KITH_FIELD_CODE, N_("Result"), KITH_FIELD_REQUIRED, .vocabulary = "contact_result" },
  { "text", KITH_FIELD_TEXT, N_("In words"), 0, 4000 },
  { "at", KITH_FIELD_TIME, N_("When") },
};

static const KithField introduce_args[] = {
  KITH_ARG_REFERRAL,
  { "how", KITH_FIELD_CODE, N_("How"), KITH_FIELD_REQUIRED, .vocabulary = "contact_how" },
  { "text", KITH_FIELD_TEXT, N_("Who was there"), KITH_FIELD_REQUIRED, 4000 },
  { "at", KITH_FIELD_TIME, N_("When") },
};

static const KithField note_args[] = {
  KITH_ARG_REFERRAL,
  { "text", KITH_FIELD_TEXT, N_("Note"), KITH_FIELD_REQUIRED, 4000 },
};

const KithOperation kith_operations_referral_work[] = {
  { "referral.set_status", N_("Change status"), KITH_RUNS_DESK, KITH_OPERATION_UNDO, status_args,
    G_N_ELEMENTS (status_args), kith_op_permit_referral, status_apply, status_derive },
  { "referral.record_contact", N_("Record contact"), KITH_RUNS_DESK, KITH_OPERATION_ADDITIVE, contact_args,
    G_N_ELEMENTS (contact_args), kith_op_permit_referral, contact_apply },
  { "referral.introduce", N_("Record introduction"), KITH_RUNS_DESK, KITH_OPERATION_ADDITIVE, introduce_args,
    G_N_ELEMENTS (introduce_args), kith_op_permit_referral, introduce_apply },
  { "referral.note", N_("Write note"), KITH_RUNS_DESK, KITH_OPERATION_ADDITIVE, note_args, G_N_ELEMENTS (note_args),
    kith_op_permit_referral, note_apply, note_derive },
  { "referral.private_note", N_("Write private note"), KITH_RUNS_DESK, KITH_OPERATION_ADDITIVE, note_args,
    G_N_ELEMENTS (note_args), kith_op_permit_referral, private_apply },
  { NULL },
};
