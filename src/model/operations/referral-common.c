/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "operations/referral-common.h"

#include "kith-access.h"
#include "operations/queue-common.h"

/* ---- who may ---- */

static gboolean
refuse_side (KithOpContext *cx, guint allowed, GError **error)
{
  if (cx->actor->level == KITH_LEVEL_PORTAL)
    return kith_refuse (error, KITH_REFUSAL_DENIED, (allowed & KITH_SIDE_PORTAL) != 0
                                                        ? _("Your account may look at referrals and not change their status. Ask who gave you the account.")
                                                        : _("This is not done in the provider portal. Ask the agency that sent the referral."));
  if ((allowed & ~(guint) KITH_SIDES_SENDER) == 0)
    return kith_refuse (error, KITH_REFUSAL_DENIED, _("Only the agency that sent this referral can do that."));
  if ((allowed & ~(guint) (KITH_SIDE_CHIEF | KITH_SIDE_SENDER_CHIEF)) == 0)
    return kith_refuse (error, KITH_REFUSAL_DENIED, _("Only a supervisor can do that."));
  if ((allowed & KITH_SIDE_ASSIGNEE) == 0)
    return kith_refuse (error, KITH_REFUSAL_DENIED,
                        _("Only a referral manager of this service or a supervisor can do that."));
  return kith_refuse (error, KITH_REFUSAL_DENIED, _("Only those who work on this referral can do that."));
}

gboolean
kith_op_referral (KithOpContext *cx, JsonObject *args, KithRecord **referral, GError **error)
{
  return kith_op_need (cx, "referral", kith_json_string (args, "referral"), referral, error);
}

/* Documentation by somebody whose part in it has ended (re-assigned, taken off the client): the hub still shows it such
 * words' place when they were written before (sync.md 2.4), so what counts is that the actor's agency is a side and
 * that the place is in sight. */
static gboolean
may_document (KithOpContext *cx, KithRecord *referral, guint allowed)
{
  const char *agency = kith_actor_side (cx->actor);
  g_autofree char *scope = NULL;

  if ((cx->operation->flags & KITH_OPERATION_ADDITIVE) == 0)
    return FALSE;
  if (!kith_record_is (referral, "agency_to", agency) &&
      !((allowed & KITH_SIDES_SENDER) != 0 && kith_record_is (referral, "agency", agency)))
    return FALSE;
  if (g_str_equal (cx->operation->name, "referral.private_note"))
    scope = g_strconcat ("referral_own:", kith_record_get_id (referral), ":", agency, NULL);
  else
    scope = g_strconcat ("referral_detail:", kith_record_get_id (referral), NULL);
  return kith_world_sees (cx->world, cx->actor, scope) == KITH_SEES_NOW;
}

gboolean
kith_op_refuse_elsewhere (GError **error)
{
  return kith_refuse (error, KITH_REFUSAL_STALE_STATE, _("Somebody sent this referral elsewhere already. See where it is now, then decide; nothing was changed."));
}

/* 2-1-1 works as one: that a colleague handed on what waited in a queue is how it stands now, and no question of who may. */
static gboolean
refuse_or_tell (KithOpContext *cx, JsonObject *args, KithRecord *referral, guint allowed, GError **error)
{
  if (!kith_op_is_network (cx) || (allowed & KITH_SIDE_NETWORK) == 0 || !kith_record_bool (referral, "to_queue") ||
      kith_record_string (referral, "agency_to") == NULL || kith_record_int (referral, "turn") < 2 || kith_json_string (args, "from") == NULL)
    return refuse_side (cx, allowed, error);
  return kith_record_is (referral, "phase", kith_json_string (args, "from")) ? kith_op_refuse_elsewhere (error) : kith_op_stale (cx, referral, error);
}

gboolean
kith_op_permit_referral (KithOpContext *cx, JsonObject *args, GError **error)
{
  guint allowed = kith_referral_step_sides (cx->operation->name, NULL, NULL);
  g_autoptr (KithRecord) referral = NULL;
  guint sides;

  if (!kith_op_is_network (cx) && cx->actor->level != KITH_LEVEL_PORTAL && !kith_op_permit_worker (cx, args, error))
    return FALSE;
  if (!kith_op_referral (cx, args, &referral, error))
    return FALSE;
  if (referral == NULL || cx->late)
    return TRUE;
  sides = kith_referral_sides (cx->world, cx->actor, referral, error);
  if (sides == G_MAXUINT)
    return FALSE;
  return (sides & allowed) != 0 || may_document (cx, referral, allowed) || refuse_or_tell (cx, args, referral, allowed, error);
}

/* ---- one step ---- */

gboolean
kith_op_stale (KithOpContext *cx, KithRecord *referral, GError **error)
{
  JsonObject *now = kith_referral_now (cx->world, cx->actor, referral, error);

  if (now == NULL)
    return FALSE;
  kith_op_now (cx, now);
  return kith_refuse (error, KITH_REFUSAL_STALE_STATE, "%s",
                      kith_referral_phase_sentence (kith_record_string (referral, "phase")));
}

gboolean
kith_op_step (KithOpContext *cx, JsonObject *args, KithRecord *referral, const char *to, gboolean *go, GError **error)
{
  const char *operation = cx->operation->name;
  const char *phase = kith_record_string (referral, "phase");
  guint allowed, sides;

  *go = FALSE;
  if (g_strcmp0 (phase, to) == 0)
    {
      kith_op_noop (cx);
      return TRUE;
    }
  if (g_strcmp0 (phase, kith_json_string (args, "from")) != 0 || !kith_referral_step_exists (operation, phase, to))
    return kith_op_stale (cx, referral, error);
  allowed = kith_referral_step_sides (operation, phase, to);
  sides = kith_referral_sides (cx->world, cx->actor, referral, error);
  if (sides == G_MAXUINT)
    return FALSE;
  if ((sides & allowed) == 0)
    return refuse_side (cx, allowed, error);
  *go = TRUE;
  return TRUE;
}

gboolean
kith_op_run_step (KithOpContext *cx, const char *name, JsonObject *with, KithOpApply apply, GError **error)
{
  const KithOperation *outer = cx->operation;
  const KithOperation *step = kith_operation_get (name);
  gboolean ok;

  if (!kith_fields_check (step->args, step->n_args, with, FALSE, error))
    return FALSE;
  cx->operation = step;
  ok = step->permit (cx, with, error) && (apply != NULL ? apply : step->apply) (cx, with, error);
  cx->operation = outer;
  return ok;
}

static gboolean
is_reason (const char *reason)
{
  return g_str_equal (reason, "no_response") || kith_vocabulary_has (kith_vocabulary_get ("decline_reason"), reason);
}

KithRecord *
kith_op_new_course (KithRecord *referral, const char *type)
{
  g_autofree char *id = kith_op_natural_id ("referral_course", kith_record_get_id (referral), NULL);
  KithRecord *course = kith_op_new ("referral_course", id);

  kith_record_set_string (course, "referral", kith_record_get_id (referral));
  kith_record_set_string (course, "type", type);
  return course;
}

/* On a computer that has not the course the hub alone writes it. */
gboolean
kith_op_enter_phase (KithOpContext *cx, KithRecord *referral, const char *to, const char *reason, GError **error)
{
  gboolean accepted = kith_record_is (referral, "phase", "sent") && g_str_equal (to, "accepted");
  g_autofree char *time = kith_op_time (cx);
  g_autoptr (KithRecord) course = NULL;

  kith_record_set_string (referral, "phase", to);
  kith_record_set_string (referral, "status", to);
  if (!kith_referral_get_course (cx->world, referral, &course, error))
    return FALSE;
  if (course == NULL)
    return TRUE;
  if (accepted)
    kith_record_set_string (course, "accepted_at", time);
  /* More people hold this record than the detail: a code stands in it, the words in the timeline (C11). */
  kith_record_set_string (course, "reason", reason == NULL || is_reason (reason) ? reason : "other");
  kith_record_set_string (course, "closed_at", kith_referral_phase_is_ended (to) ? time : NULL);
  return kith_world_put (cx->world, course, error);
}

gboolean
kith_op_had_referral (KithOpContext *cx, KithRecord *referral)
{
  const char *side = kith_actor_side (cx->actor);

  return cx->late && cx->actor->level != KITH_LEVEL_HUB && !kith_record_is (referral, "agency", side) &&
         !kith_record_is (referral, "agency_to", side);
}

/* ---- the timeline ---- */

/* Does what covers the referral still let its two agencies tell each other of the client (C1)? */
static gboolean
may_tell (KithOpContext *cx, KithRecord *referral, gboolean *may, GError **error)
{
  g_autoptr (GError) local = NULL;

  *may = kith_op_check_covered (cx, referral, &local);
  if (*may || g_error_matches (local, KITH_REFUSAL, KITH_REFUSAL_CONSENT_MISSING))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* The receiver's words about the client: the sender reads the timeline for good, so that they are a disclosure like any other. Its own timeline
 * closes to the receiver by itself. Why a consent was taken back is told to both, whoever took it down (C5). */
static gboolean
tells_sender (KithOpContext *cx, KithRecord *referral, const char *type, JsonObject *values, const char *words)
{
  return !kith_text_blank (words) && !kith_json_bool (values, "private", FALSE) && !g_str_equal (type, "taken_back") &&
         cx->actor->level != KITH_LEVEL_HUB && !kith_record_is (referral, "agency", kith_actor_side (cx->actor)) && !kith_op_had_referral (cx, referral);
}

static gboolean put_event (KithOpContext *cx, KithRecord *referral, const char *key, gint64 at_ms, const char *type, JsonObject *values, GError **error);

/* A reason may be a code, which tells no more than the phase, or words. Yours */
static char *
words_of (JsonObject *values)
{
  const char *reason = kith_json_string (values, "reason"), *text = kith_json_string (values, "text");

  if (kith_text_blank (reason) || is_reason (reason))
    return g_strdup (text);
  return kith_text_blank (text) ? g_strdup (reason) : g_strconcat (reason, "\n", text, NULL);
}

/* Once consent has ended (C4) work goes on and ends, and that much is told, in codes; the words stay with who wrote them, and so does an event that is
 * nothing else. */
static gboolean
withhold_words (KithOpContext *cx, KithRecord *referral, const char *key, gint64 at_ms, const char *type, JsonObject *values, GError **error)
{
  g_autofree char *own = g_strconcat (key, ":words", NULL), *words = words_of (values);
  gboolean may;

  if (!tells_sender (cx, referral, type, values, words))
    return TRUE;
  if (!may_tell (cx, referral, &may, error))
    return FALSE;
  if (may)
    return TRUE;
  if (kith_json_string (values, "to_phase") == NULL)
    {
      json_object_set_boolean_member (values, "private", TRUE);
      return TRUE;
    }
  if (!put_event (cx, referral, own, at_ms + 1, "private_note", kith_json_new ("text", "s", words, "private", "b", TRUE, NULL), error))
    return FALSE;
  json_object_remove_member (values, "text");
  if (!kith_text_blank (kith_json_string (values, "reason")) && !is_reason (kith_json_string (values, "reason")))
    json_object_set_string_member (values, "reason", "other");
  return TRUE;
}

static gboolean
put_event (KithOpContext *cx, KithRecord *referral, const char *key, gint64 at_ms, const char *type, JsonObject *values, GError **error)
{
  g_autoptr (JsonObject) owned = values;
  g_autofree char *id = kith_op_derive_id (cx, "referral_event", key);
  g_autofree char *time = kith_time_format (at_ms);
  g_autofree char *actor_name = kith_op_clip (cx->actor->name, 255);
  g_autofree char *agency_name = kith_op_clip (cx->actor->agency_name, 255);
  g_autoptr (KithRecord) event = kith_op_new ("referral_event", id);

  if (owned != NULL && !withhold_words (cx, referral, key, at_ms, type, owned, error))
    return FALSE;
  kith_record_set_string (event, "referral", kith_record_get_id (referral));
  kith_record_set_string (event, "type", type);
  kith_record_set_string (event, "at", time);
  kith_record_set_string (event, "agency", kith_actor_side (cx->actor));
  kith_record_set_string (event, "actor", cx->actor->user);
  kith_record_set_string (event, "actor_name", actor_name);
  kith_record_set_string (event, "agency_name", agency_name);
  if (owned != NULL)
    {
      g_autoptr (GList) members = json_object_get_members (owned);

      for (GList *l = members; l != NULL; l = l->next)
        kith_op_set_node (event, l->data, owned, l->data);
    }
  if (kith_op_had_referral (cx, referral))
    kith_record_set_bool (event, "private", TRUE);
  /* Whatever leads to another phase writes a line, so this is where its places in queues follow. */
  return kith_world_put (cx->world, event, error) && (owned == NULL || kith_json_string (owned, "to_phase") == NULL ||
                                                      kith_queue_follow (cx, referral, kith_json_string (owned, "to_phase"), error));
}

gboolean
kith_op_add_event (KithOpContext *cx, KithRecord *referral, const char *type, JsonObject *values, GError **error)
{
  g_autofree char *key = g_strconcat (kith_record_get_id (referral), ":", type, NULL);

  return put_event (cx, referral, key, cx->time_ms, type, values, error);
}

gboolean
kith_op_find_event (KithOpContext *cx, KithRecord *referral, const char *type, KithRecord **event, GError **error)
{
  g_autofree char *key = g_strconcat (kith_record_get_id (referral), ":", type, NULL);
  g_autofree char *id = kith_op_derive_id (cx, "referral_event", key);

  return kith_op_get (cx, "referral_event", id, event, error);
}

gboolean
kith_op_add_second_event (KithOpContext *cx, KithRecord *referral, const char *type, JsonObject *values, GError **error)
{
  g_autofree char *key = g_strconcat (kith_record_get_id (referral), ":", type, ":2", NULL);

  return put_event (cx, referral, key, cx->time_ms + 1, type, values, error); /* read after its cause */
}

gboolean
kith_op_add_own_event (KithOpContext *cx, KithRecord *referral, const char *type, const char *text, GError **error)
{
  return kith_op_add_second_event (cx, referral, type, kith_json_new ("text", "s", text, "private", "b", TRUE, NULL), error);
}

/* ---- consent ---- */

static gboolean
in_force (KithOpContext *cx, KithRecord *consent)
{
  gint64 end;

  if (!kith_record_is (consent, "permission", "granted") || !kith_record_is (consent, "status", "in_force"))
    return FALSE;
  return kith_record_string (consent, "term") == NULL ||
         (kith_time_parse (kith_record_string (consent, "term"), &end) && cx->time_ms < end);
}

/* Says what is missing, so that the person can ask the client for just that. */
static gboolean
refuse_uncovered (KithOpContext *cx, const char *client, const char *taker, const char *taker_name, GError **error)
{
  g_autofree char *scope = g_strconcat ("client:", client, NULL);
  g_autoptr (GPtrArray) consents = NULL;
  gboolean any = FALSE, names = FALSE, refused = FALSE, ended = FALSE;

  /* What the client has agreed to, refused or taken back is told to those alone who may read it (C1, I5). */
  if (kith_world_sees (cx->world, cx->actor, scope) != KITH_SEES_NOW)
    return kith_refuse (error, KITH_REFUSAL_CONSENT_MISSING,
                        _("No consent that you can act on covers this. Ask the agency that works with the client, or give the client the information instead."));
  consents = kith_world_find (cx->world, scope, "consent", NULL, NULL, NULL, error);
  if (consents == NULL)
    return FALSE;
  for (guint i = 0; i < consents->len; i++)
    {
      KithRecord *consent = g_ptr_array_index (consents, i);
      gboolean now = in_force (cx, consent);

      any |= now;
      names |= now && kith_record_list_has (consent, "receivers", taker) &&
               kith_record_list_has (consent, "classes", "client");
      refused |= kith_record_is (consent, "status", "refused");
      ended |= !now && !kith_record_is (consent, "status", "refused");
    }
  if (taker_name == NULL)
    taker_name = _("the receiving agency");
  if (names)
    return kith_refuse (error, KITH_REFUSAL_CONSENT_MISSING,
                        _("The client’s consent does not let your agency share with %s. Record a consent that does."),
                        taker_name);
  if (any)
    return kith_refuse (
        error, KITH_REFUSAL_CONSENT_MISSING,
        _("The client’s consent does not cover identity and contact details for %s. Record a consent that does."),
        taker_name);
  if (ended)
    return kith_refuse (error, KITH_REFUSAL_CONSENT_MISSING,
                        _("The client’s consent has ended or was revoked. Record a new one that covers %s."),
                        taker_name);
  if (refused)
    return kith_refuse (
        error, KITH_REFUSAL_CONSENT_MISSING,
        _("The client refused to share with other agencies. You can give the client the information instead."));
  return kith_refuse (error, KITH_REFUSAL_CONSENT_MISSING,
                      _("There is no consent of this client on record. Record one that covers %s."), taker_name);
}

gboolean
kith_op_check_covered (KithOpContext *cx, KithRecord *referral, GError **error)
{
  g_autoptr (KithRecord) detail = NULL;

  return kith_op_detail (cx, referral, &detail, error) && kith_op_check_covered_with (cx, referral, detail, error);
}

gboolean
kith_op_check_covered_with (KithOpContext *cx, KithRecord *referral, KithRecord *detail, GError **error)
{
  g_autofree char *scope = g_strconcat ("referral_detail:", kith_record_get_id (referral), NULL);
  const char *client = kith_record_string (referral, "client");
  const char *giver = kith_record_string (referral, "agency");
  const char *agency_to = kith_record_string (referral, "agency_to");
  const char *taker = agency_to == NULL && kith_record_string (referral, "queue") != NULL ? "network" : agency_to;
  g_autoptr (KithRecord) organization = NULL;
  g_autoptr (GError) local = NULL;
  gboolean covered, complete = FALSE;

  if (taker == NULL || g_strcmp0 (giver, taker) == 0)
    return TRUE;
  if (kith_record_bool (referral, "revoked"))
    return kith_refuse (error, KITH_REFUSAL_CONSENT_MISSING, _("The client took back the consent to this referral."));
  if (detail != NULL ? kith_op_has_release (cx, detail) : !kith_world_holds (cx->world, scope))
    return TRUE;
  if (client == NULL)
    return kith_refuse (
        error, KITH_REFUSAL_CONSENT_MISSING,
        _("A referral without a client record needs a written release that covers identity and contact details."));

  covered = kith_access_consented (cx->world, client, "client", giver, taker, cx->time_ms, NULL, &complete, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (covered || !complete)
    return TRUE;
  if (agency_to == NULL)
    return refuse_uncovered (cx, client, taker, _("the network’s own staff"), error);
  if (!kith_op_get (cx, "organization", taker, &organization, error))
    return FALSE;
  return refuse_uncovered (cx, client, taker, organization != NULL ? kith_record_string (organization, "name") : NULL,
                           error);
}

gboolean
kith_op_keeps_place (KithRecord *referral)
{
  return kith_record_is (referral, "phase", "accepted") || kith_record_is (referral, "phase", "contacting") ||
         kith_record_is (referral, "phase", "paused");
}

gboolean
kith_op_set_due (KithOpContext *cx, KithRecord *referral, GError **error)
{
  const char *agency = kith_referral_answerer (referral);
  g_autoptr (KithRecord) settings = NULL;
  g_autoptr (KithRecord) course = NULL;
  g_autofree char *day = NULL;
  g_autofree char *due = NULL;
  gint64 days = KITH_RESPONSE_DAYS;

  if (agency == NULL || !kith_referral_get_course (cx->world, referral, &course, error))
    return agency == NULL;
  if (course == NULL)
    return TRUE;
  if (!kith_op_settings (cx, agency, &settings, error))
    return FALSE;
  if (settings != NULL && kith_record_int (settings, "response_days") > 0)
    days = kith_record_int (settings, "response_days");
  /* Written days ago in a van without a network, it reaches the receiver only now. */
  day = kith_referral_day (cx->world, agency, MAX (cx->time_ms, cx->now_ms), error);
  if (day == NULL)
    return FALSE;
  due = kith_referral_add_working_days (cx->world, agency, day, (guint) MIN (days, 366), error);
  if (due == NULL)
    return FALSE;
  kith_record_set_string (course, "due_on", due);
  kith_record_set_node (course, "reminded", NULL);
  return kith_world_put (cx->world, course, error);
}
