/* SPDX-License-Identifier: GPL-3.0-or-later */

/* queue.place, .move, .take_out: a referral in a queue (P1, P6, P13, P21). A status stands for a phase: to move a referral to one of another
 * phase is the step of the referral that leads there, with all that belongs to it and by those who may take it. */

#include "operations/queue-common.h"
#include "operations/reason-common.h"
#include "operations/referral-common.h"

/* ---- who ---- */

static gboolean
permit (KithOpContext *cx, JsonObject *args, guint allowed, GError **error)
{
  g_autoptr (KithRecord) referral = NULL;
  guint sides;

  if (kith_op_is_network (cx))
    return TRUE;
  /* Of the provider portal: whoever follows where it went and may change the status (P10). */
  if ((cx->actor->level != KITH_LEVEL_PORTAL && !kith_op_permit_worker (cx, args, error)) || !kith_op_referral (cx, args, &referral, error))
    return FALSE;
  if (referral == NULL)
    return TRUE;
  sides = kith_referral_sides (cx->world, cx->actor, referral, error);
  if (sides == G_MAXUINT)
    return FALSE;
  if ((sides & allowed) != 0)
    return TRUE;
  return kith_refuse (error, KITH_REFUSAL_DENIED,
                      cx->actor->level == KITH_LEVEL_PORTAL ? _("Your account may look at referrals and not change their status. Ask who gave you the account.")
                                                            : _("Only those who work on this referral can do that."));
}

static gboolean
permit_both (KithOpContext *cx, JsonObject *args, GError **error)
{
  return permit (cx, args, KITH_SIDES_SENDER | KITH_SIDES_RECEIVER, error);
}

static gboolean
permit_receiver (KithOpContext *cx, JsonObject *args, GError **error)
{
  return permit (cx, args, KITH_SIDES_RECEIVER | KITH_SIDE_PORTAL, error);
}

/* By the two agencies and nothing else: whose caseload it is on not every desk knows, and all have to write the same (I23). */
static gboolean
is_of_receiver (KithOpContext *cx, KithRecord *referral)
{
  return !kith_op_is_network (cx) && !kith_record_is (referral, "agency", cx->actor->agency) &&
         kith_record_is (referral, "agency_to", cx->actor->agency);
}

static gboolean
load (KithOpContext *cx, JsonObject *args, KithRecord **referral, KithRecord **item, GError **error)
{
  g_autofree char *id = kith_op_natural_id ("queue_item", kith_json_string (args, "referral"), kith_json_string (args, "queue"), NULL);

  return kith_op_referral (cx, args, referral, error) && kith_op_get (cx, "queue_item", id, item, error);
}

static gboolean
add_event (KithOpContext *cx, KithRecord *referral, const char *queue, const char *status, GError **error)
{
  g_autofree char *text = status != NULL ? g_strdup_printf ("%s: %s", queue, status) : g_strdup_printf ("%s: –", queue);

  return kith_op_add_event (cx, referral, "queue", kith_json_new ("text", "s", text, NULL), error);
}

/* Where it stands lies with the detail (P12). Whoever holds the eight fields alone goes by them, to move it in the queue they name; the hub
 * tells such an account no more than that either. */
static gboolean
knows_places (KithOpContext *cx, KithRecord *referral)
{
  g_autofree char *scope = g_strconcat ("referral_detail:", kith_record_get_id (referral), NULL);

  if (cx->hub && cx->actor->level == KITH_LEVEL_PORTAL)
    return kith_world_sees (cx->world, cx->actor, scope) == KITH_SEES_NOW;
  return kith_world_holds (cx->world, scope);
}

/* ---- queue.place ---- */

static gboolean
place_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  g_autoptr (KithRecord) referral = NULL;
  g_autoptr (KithRecord) item = NULL;
  g_autoptr (KithRecord) queue = NULL;

  if (!load (cx, args, &referral, &item, error) || !kith_op_need (cx, "queue", kith_json_string (args, "queue"), &queue, error))
    return FALSE;
  if (referral == NULL || queue == NULL)
    return TRUE;
  if (!kith_referral_phase_was_sent (kith_record_string (referral, "phase")) ||
      kith_referral_phase_is_ended (kith_record_string (referral, "phase")))
    return kith_op_stale (cx, referral, error);
  if (!knows_places (cx, referral))
    return TRUE;
  if (item != NULL && kith_record_string (item, "status") != NULL)
    {
      kith_op_noop (cx);
      return TRUE;
    }
  if (!is_of_receiver (cx, referral))
    kith_record_set_bool (referral, "to_queue", TRUE);
  return kith_queue_enter (cx, queue, referral, error) && kith_world_put (cx->world, referral, error) &&
         add_event (cx, referral, kith_record_string (queue, "name"), kith_record_string (referral, "status"), error);
}

/* ---- queue.move ---- */

/* In the order in which they follow each other. */
static const struct { const char *operation, *event;
} steps[] = {
  { "referral.accept", "accepted" }, { "referral.decline", "declined" },  { "referral.decline", "decline_proposed" }, { "referral.recall", "recalled" },
  { "referral.reopen", "reopened" }, { "referral.set_status", "status" }, { "referral.close", "closed" }, { "referral.note", "note" },
};

static JsonObject *
step_args (JsonObject *args, const char *from, const char *to)
{
  return kith_json_new ("referral", "s", kith_json_string (args, "referral"), "from", "s", from, "phase", "s", to, "reason", "s",
                        kith_json_string (args, "reason"), "outcome", "s", kith_json_string (args, "outcome"), "reason_term", "s",
                        kith_json_string (args, "reason_term"), "term_name", "s", kith_json_string (args, "term_name"), "text", "s",
                        kith_json_string (args, "text"), NULL);
}

/* What the step itself asks for, checked as it checks it (domain.md 2f: a reason of the list). Yours. */
static JsonObject *
take_known (const KithOperation *step, JsonObject *all)
{
  JsonObject *known = json_object_new ();

  for (guint i = 0; i < step->n_args; i++)
    if (json_object_has_member (all, step->args[i].name))
      json_object_set_member (known, step->args[i].name, json_node_copy (json_object_get_member (all, step->args[i].name)));
  return known;
}

static gboolean
take_step (KithOpContext *cx, JsonObject *args, const char *name, const char *from, const char *to, GError **error)
{
  g_autoptr (JsonObject) all = step_args (args, from, to);
  g_autoptr (JsonObject) with = take_known (kith_operation_get (name), all);

  return kith_op_run_step (cx, name, with, g_str_equal (name, "referral.set_status") ? kith_op_set_status : NULL, error);
}

/* What the hub derives from a step it derives here too. What is taken up or over at once needs no place kept before (sync.md 2.5). */
static gboolean
move_derive (KithOpContext *cx, JsonObject *args, GError **error)
{
  g_autoptr (JsonObject) with = step_args (args, NULL, NULL);
  g_autoptr (KithRecord) referral = NULL;

  if (!kith_op_referral (cx, args, &referral, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      const KithOperation *step = kith_operation_get (steps[i].operation);
      g_autoptr (KithRecord) event = NULL;

      /* The step left its line in the timeline. */
      if (!kith_op_find_event (cx, referral, steps[i].event, &event, error))
        return FALSE;
      if (event != NULL && step->derive != NULL && (kith_op_keeps_place (referral) || !g_str_equal (steps[i].operation, "referral.accept")) &&
          !step->derive (cx, with, error))
        return FALSE;
    }
  return TRUE;
}

/* From waiting for an answer to work on it there are two: the answer, and the work. */
static gboolean
take_steps (KithOpContext *cx, JsonObject *args, KithRecord *referral, const char *to, GError **error)
{
  g_autofree char *from = g_strdup (kith_record_string (referral, "phase"));
  const char *outcome = kith_json_string (args, "outcome");
  const char *step, *answer;

  if (g_str_equal (from, to))
    return TRUE;
  if (outcome != NULL && g_str_has_prefix (to, "closed_") && g_strcmp0 (kith_referral_outcome_phase (outcome), to) != 0)
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("This outcome does not belong to the status chosen. Nothing was changed."));
  step = kith_referral_step_between (from, to);
  if (step != NULL)
    return take_step (cx, args, step, from, to, error);
  answer = kith_referral_step_between (from, "accepted");
  step = kith_referral_step_between ("accepted", to);
  if (answer == NULL || step == NULL)
    return kith_op_stale (cx, referral, error);
  return take_step (cx, args, answer, from, "accepted", error) && take_step (cx, args, step, "accepted", to, error);
}

static gboolean
refuse_moved (KithOpContext *cx, KithRecord *item, GError **error)
{
  g_autoptr (KithRecord) status = NULL;
  const char *name;

  if (kith_record_string (item, "status") == NULL)
    return kith_refuse (error, KITH_REFUSAL_STALE_STATE, _("This referral is not in that queue any more."));
  if (!kith_op_get (cx, "queue_status", kith_record_string (item, "status"), &status, error))
    return FALSE;
  name = status != NULL ? kith_record_string (status, "name") : "?";
  kith_op_now (cx, kith_json_new ("status", "s", kith_record_string (item, "status"), "name", "s", name, "at", "s",
                                  kith_record_string (item, "moved_at"), NULL));
  return kith_refuse (error, KITH_REFUSAL_STALE_STATE, _("Somebody else moved this referral: it stands in “%s” now."), name);
}

static gboolean
refuse_brief (KithRecord *referral, GError **error)
{
  const char *status = kith_record_string (referral, "status");

  return kith_refuse (error, KITH_REFUSAL_STALE_STATE, _("Somebody else moved this referral: it stands in “%s” now."), status != NULL ? status : "?");
}

static gboolean
find_target (KithOpContext *cx, JsonObject *args, KithRecord **status, GError **error)
{
  if (!kith_op_need (cx, "queue_status", kith_json_string (args, "status"), status, error))
    return FALSE;
  if (*status == NULL)
    return TRUE;
  if (!kith_record_is (*status, "queue", kith_json_string (args, "queue")))
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("That status belongs to another queue. Nothing was changed."));
  if (kith_record_bool (*status, "retired"))
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("The status “%s” is not in use any more. Choose another."), kith_record_string (*status, "name"));
  return TRUE;
}

/* A step keeps what was written with it (P20); between two statuses of one phase there is none, and it is a message. */
static gboolean
add_words (KithOpContext *cx, KithRecord *referral, JsonObject *args, GError **error)
{
  return kith_op_blank (args, "text") || kith_op_add_event (cx, referral, "note", kith_json_new ("text", "s", kith_json_string (args, "text"), NULL), error);
}

static gboolean
move_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  const char *to = kith_json_string (args, "status");
  g_autoptr (KithRecord) referral = NULL;
  g_autoptr (KithRecord) item = NULL;
  g_autoptr (KithRecord) status = NULL;
  g_autoptr (KithRecord) queue = NULL;
  g_autofree char *time = kith_op_time (cx);
  KithRecord *stands;
  const char *field;
  gboolean brief, stepped;

  if (!find_target (cx, args, &status, error) || !load (cx, args, &referral, &item, error))
    return FALSE;
  if (referral == NULL || status == NULL)
    return TRUE;
  brief = !knows_places (cx, referral);
  if (item == NULL && !brief)
    return !cx->hub || kith_refuse (error, KITH_REFUSAL_STALE_STATE, _("This referral is not in that queue any more."));
  if (brief && !kith_record_is (referral, "queue", kith_json_string (args, "queue")))
    return !cx->hub || kith_refuse (error, KITH_REFUSAL_STALE_STATE, _("This referral is not in that queue any more."));
  stands = brief ? referral : item;
  field = brief ? "queue_status" : "status";
  if (kith_record_is (stands, field, to))
    {
      kith_op_noop (cx);
      return TRUE;
    }
  if (!kith_record_is (stands, field, kith_json_string (args, "was")))
    return brief ? !cx->hub || refuse_brief (referral, error) : refuse_moved (cx, item, error);
  stepped = !kith_record_is (referral, "phase", kith_record_string (status, "phase"));
  if (!take_steps (cx, args, referral, kith_record_string (status, "phase"), error))
    return FALSE;

  /* The steps wrote both anew. */
  g_clear_object (&referral);
  g_clear_object (&item);
  if (!load (cx, args, &referral, &item, error) || !kith_op_get (cx, "queue", kith_json_string (args, "queue"), &queue, error))
    return FALSE;
  g_return_val_if_fail (referral != NULL && (brief || item != NULL), FALSE);
  /* A decline that somebody has to confirm: the referral waits, and so does its place. */
  if (!kith_record_is (referral, "phase", kith_record_string (status, "phase")))
    return TRUE;
  if (item != NULL)
    {
      kith_record_set_string (item, "status", to);
      kith_record_set_string (item, "moved_at", time);
    }
  kith_record_set_string (referral, "queue", kith_json_string (args, "queue"));
  if (queue != NULL)
    kith_record_set_string (referral, "queue_name", kith_record_string (queue, "name"));
  kith_queue_show_status (referral, status);
  return (item == NULL || kith_world_put (cx->world, item, error)) && kith_world_put (cx->world, referral, error) &&
         (stepped || add_words (cx, referral, args, error)) &&
         add_event (cx, referral, queue != NULL ? kith_record_string (queue, "name") : "", kith_record_string (status, "name"), error);
}

/* ---- queue.take_out ---- */

/* Another queue it stands in, the one in which it moved last; *other stays NULL when there is none. */
static gboolean
find_other (KithOpContext *cx, KithRecord *referral, const char *queue, KithRecord **other, GError **error)
{
  g_autofree char *scope = g_strconcat ("referral_detail:", kith_record_get_id (referral), NULL);
  g_autoptr (GPtrArray) items = kith_world_find (cx->world, scope, "queue_item", "referral", kith_record_get_id (referral), NULL, error);

  for (guint i = 0; items != NULL && i < items->len; i++)
    {
      KithRecord *item = g_ptr_array_index (items, i);

      if (kith_record_string (item, "status") == NULL || kith_record_is (item, "queue", queue))
        continue;
      if (*other == NULL || g_strcmp0 (kith_record_string (item, "moved_at"), kith_record_string (*other, "moved_at")) > 0)
        g_set_object (other, item);
    }
  return items != NULL;
}

/* It is shown in the queue it moved in last; other NULL: in none any more. */
static gboolean
show_in (KithOpContext *cx, KithRecord *referral, KithRecord *other, GError **error)
{
  g_autoptr (KithRecord) queue = NULL;
  g_autoptr (KithRecord) status = NULL;

  if (other != NULL && (!kith_op_get (cx, "queue", kith_record_string (other, "queue"), &queue, error) ||
                        !kith_op_get (cx, "queue_status", kith_record_string (other, "status"), &status, error)))
    return FALSE;
  kith_record_set_string (referral, "queue", other != NULL ? kith_record_string (other, "queue") : NULL);
  kith_record_set_string (referral, "queue_name", queue != NULL ? kith_record_string (queue, "name") : NULL);
  if (status != NULL)
    {
      kith_queue_show_status (referral, status);
      return TRUE;
    }
  kith_record_set_string (referral, "queue_status", NULL);
  kith_record_set_string (referral, "status", kith_record_string (referral, "phase"));
  return TRUE;
}

static gboolean
take_out_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  const char *queue_id = kith_json_string (args, "queue");
  g_autoptr (KithRecord) referral = NULL;
  g_autoptr (KithRecord) item = NULL;
  g_autoptr (KithRecord) queue = NULL;
  g_autoptr (KithRecord) other = NULL;
  g_autofree char *time = kith_op_time (cx);

  if (!load (cx, args, &referral, &item, error) || !kith_op_need (cx, "queue", queue_id, &queue, error))
    return FALSE;
  if (referral == NULL || queue == NULL || !knows_places (cx, referral))
    return TRUE;
  if (item == NULL || kith_record_string (item, "status") == NULL)
    {
      kith_op_noop (cx);
      return TRUE;
    }
  if (!find_other (cx, referral, queue_id, &other, error))
    return FALSE;
  if (other == NULL && kith_record_string (referral, "agency_to") == NULL)
    return kith_refuse (error, KITH_REFUSAL_DENIED, _("This referral is with no agency yet. Put it in another queue first, or nobody would see it."));
  kith_record_set_string (item, "status", NULL);
  kith_record_set_string (item, "moved_at", time);
  if (other == NULL && !is_of_receiver (cx, referral))
    kith_record_set_node (referral, "to_queue", NULL);
  if (kith_record_is (referral, "queue", queue_id) && !show_in (cx, referral, other, error))
    return FALSE;
  return kith_world_put (cx->world, item, error) && kith_world_put (cx->world, referral, error) &&
         add_event (cx, referral, kith_record_string (queue, "name"), NULL, error);
}

static const KithField place_args[] = {
  KITH_ARG_REFERRAL,
  KITH_ARG_QUEUE,
};

static const KithField move_args[] = {
  KITH_ARG_REFERRAL,
  KITH_ARG_QUEUE,
  { "was", KITH_FIELD_REF, N_("Status it was in"), KITH_FIELD_REQUIRED | KITH_FIELD_LOOSE, .target = "queue_status" },
  { "status", KITH_FIELD_REF, N_("New status"), KITH_FIELD_REQUIRED, .target = "queue_status" },
  { "reason", KITH_FIELD_STRING, N_("Reason") },
  { "outcome", KITH_FIELD_CODE, N_("Outcome"), .vocabulary = "outcome" },
  KITH_ARGS_TERM,
  { "text", KITH_FIELD_TEXT, N_("In words"), 0, 4000 },
};

const KithOperation kith_operations_queue_item[] = {
  { "queue.place", N_("Put in a queue"), KITH_RUNS_DESK, KITH_OPERATION_UNDO, place_args, G_N_ELEMENTS (place_args), permit_both, place_apply },
  { "queue.move", N_("Change status in a queue"), KITH_RUNS_DESK, KITH_OPERATION_UNDO, move_args, G_N_ELEMENTS (move_args), permit_receiver,
    move_apply, move_derive },
  { "queue.take_out", N_("Take out of a queue"), KITH_RUNS_DESK, KITH_OPERATION_UNDO, place_args, G_N_ELEMENTS (place_args), permit_both,
    take_out_apply },
  { NULL },
};
