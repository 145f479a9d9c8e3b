/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kith-referral-rules.h"

#include <glib/gi18n.h>

#include "kith-id.h"
#include "kith-json.h"
#include "kith-clock.h"

/* Phases as bits, so that a row of the table can name several. */
enum
{
  DRAFT = 1 << 0,
  PENDING = 1 << 1,
  SENT = 1 << 2,
  ACCEPTED = 1 << 3,
  CONTACTING = 1 << 4,
  IN_SERVICE = 1 << 5,
  WAITLISTED = 1 << 6,
  PAUSED = 1 << 7,
  DECLINED = 1 << 8,
  RECALLED = 1 << 9,
  EXPIRED = 1 << 10,
  RESOLVED = 1 << 11,
  UNRESOLVED = 1 << 12,
  VOIDED = 1 << 13,
  GIVEN = 1 << 14,

  OPEN = ACCEPTED | CONTACTING | IN_SERVICE | WAITLISTED | PAUSED,
  CLOSED = RESOLVED | UNRESOLVED,
  LIVE = SENT | OPEN | CLOSED,
  FAILED = DECLINED | RECALLED | EXPIRED | UNRESOLVED,
  ENDED = DECLINED | RECALLED | EXPIRED | CLOSED | VOIDED,
};

static const struct
{
  const char *code;
  guint bit;
  const char *sentence;
} phases[] = {
  { "draft", DRAFT, N_("This referral has not been sent.") },
  { "pending_consent", PENDING, N_("This referral waits for the client’s consent.") },
  { "sent", SENT, N_("This referral waits for an answer.") },
  { "accepted", ACCEPTED, N_("This referral is accepted.") },
  { "contacting", CONTACTING, N_("The receiving agency is trying to reach the client.") },
  { "in_service", IN_SERVICE, N_("The client is in service with the receiving agency.") },
  { "waitlisted", WAITLISTED, N_("The client is on the wait list of the receiving agency.") },
  { "paused", PAUSED, N_("Work on this referral is paused.") },
  { "declined", DECLINED, N_("The receiving agency declined this referral.") },
  { "recalled", RECALLED, N_("The sender recalled this referral.") },
  { "expired", EXPIRED, N_("This referral expired without an answer.") },
  { "closed_resolved", RESOLVED, N_("This referral is closed: the need was met.") },
  { "closed_unresolved", UNRESOLVED, N_("This referral is closed: the need was not met.") },
  { "voided", VOIDED, N_("This referral was made by mistake and does not count.") },
  { "given", GIVEN, N_("This information was given to the client; nothing was sent.") },
};

#define ANSWERER (KITH_SIDE_MANAGER | KITH_SIDE_CHIEF)
#define WORKER KITH_SIDES_RECEIVER
#define NETWORK KITH_SIDE_NETWORK
#define PORTAL KITH_SIDE_PORTAL
#define CHIEFS (KITH_SIDE_CHIEF | KITH_SIDE_SENDER_CHIEF)

/* The machine. Rows in the order in which pages show the steps; a step to the phase it starts from is none. */
static const struct
{
  guint from;
  KithReferralStep step;
  guint sides;
} table[] = {
  { PENDING, { "referral.dispatch", "sent" }, KITH_SIDES_SENDER },
  { SENT, { "referral.accept", "accepted" }, ANSWERER | NETWORK | PORTAL },
  { SENT, { "referral.decline", "declined" }, ANSWERER | NETWORK | PORTAL },
  { SENT, { "referral.confirm_decline", "declined" }, KITH_SIDE_CHIEF },
  { SENT, { "referral.recall", "recalled" }, KITH_SIDE_SENDER },
  { SENT, { "referral.reroute", NULL }, KITH_SIDE_SENDER | ANSWERER | NETWORK },
  { SENT, { "referral.check_in", NULL }, KITH_SIDES_SENDER | ANSWERER | NETWORK | PORTAL },
  { SENT, { "referral.expire", "expired" }, KITH_SIDE_CLOCK },

  { OPEN, { "referral.assign", NULL }, ANSWERER },
  { OPEN, { "referral.set_status", "contacting" }, WORKER | NETWORK | PORTAL },
  { OPEN, { "referral.set_status", "in_service" }, WORKER | NETWORK | PORTAL },
  { OPEN, { "referral.set_status", "waitlisted" }, WORKER | NETWORK | PORTAL },
  { OPEN, { "referral.set_status", "paused" }, WORKER | NETWORK | PORTAL },
  { LIVE, { "referral.record_contact", NULL }, WORKER | NETWORK | PORTAL },
  { OPEN, { "referral.close", "closed_resolved" }, WORKER | NETWORK | PORTAL },
  { OPEN, { "referral.close", "closed_unresolved" }, WORKER | NETWORK | PORTAL },

  { FAILED, { "referral.send", NULL }, KITH_SIDES_SENDER }, /* goes on as a new one */

  { CLOSED, { "referral.reopen", "accepted" }, KITH_SIDE_CHIEF | NETWORK },
  { DECLINED, { "referral.reopen", "sent" }, KITH_SIDE_CHIEF | NETWORK },
  { RECALLED, { "referral.reopen", "sent" }, KITH_SIDE_SENDER_CHIEF },
  { EXPIRED, { "referral.reopen", "sent" }, CHIEFS | NETWORK },

  { LIVE, { "referral.introduce", NULL }, KITH_SIDES_SENDER | WORKER },
  { LIVE, { "referral.note", NULL }, KITH_SIDES_SENDER | WORKER | NETWORK | KITH_SIDE_FOLLOWER },
  { DRAFT | PENDING | SENT | OPEN | DECLINED | EXPIRED, { "referral.snooze", NULL }, KITH_SIDES_SENDER | WORKER },
  { DRAFT | PENDING | LIVE | ENDED | GIVEN, { "referral.private_note", NULL }, KITH_SIDES_SENDER | WORKER },
  { DRAFT | PENDING | LIVE | DECLINED | RECALLED | EXPIRED | GIVEN, { "referral.void", "voided" }, KITH_SIDE_SENDER },
};

static guint
phase_bit (const char *phase)
{
  for (guint i = 0; phase != NULL && i < G_N_ELEMENTS (phases); i++)
    if (strcmp (phases[i].code, phase) == 0)
      return phases[i].bit;
  return 0;
}

gboolean
kith_referral_phase_is_live (const char *phase)
{
  return (phase_bit (phase) & LIVE) != 0;
}

gboolean
kith_referral_phase_is_open (const char *phase)
{
  return (phase_bit (phase) & OPEN) != 0;
}

gboolean
kith_referral_phase_was_sent (const char *phase)
{
  return (phase_bit (phase) & (LIVE | DECLINED | RECALLED | EXPIRED)) != 0;
}

/**
 * kith_referral_phase_is_ended:
 * @phase: (nullable): of the vocabulary; an unknown one has not ended
 *
 * Returns: whether it was declined, taken back, has expired, is closed either way or void (domain.md 2e); some of these can be reopened
 */
gboolean
kith_referral_phase_is_ended (const char *phase)
{
  return (phase_bit (phase) & ENDED) != 0;
}

gboolean
kith_referral_phase_waits (const char *phase)
{
  return (phase_bit (phase) & (PENDING | SENT | ACCEPTED | CONTACTING | WAITLISTED | PAUSED)) != 0;
}

gboolean
kith_referral_phase_failed (const char *phase)
{
  return (phase_bit (phase) & FAILED) != 0;
}

const char *
kith_referral_phase_sentence (const char *phase)
{
  for (guint i = 0; phase != NULL && i < G_N_ELEMENTS (phases); i++)
    if (strcmp (phases[i].code, phase) == 0)
      return _(phases[i].sentence);
  return _("The state of this referral is not known here.");
}

gboolean
kith_referral_step_exists (const char *operation, const char *from, const char *to)
{
  if (to != NULL && g_strcmp0 (from, to) == 0)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    if (strcmp (table[i].step.operation, operation) == 0 && (table[i].from & phase_bit (from)) != 0 &&
        g_strcmp0 (table[i].step.to, to) == 0)
      return TRUE;
  return FALSE;
}

guint
kith_referral_step_sides (const char *operation, const char *from, const char *to)
{
  guint sides = 0;

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    if (strcmp (table[i].step.operation, operation) == 0 && (from == NULL || (table[i].from & phase_bit (from)) != 0) &&
        (to == NULL || g_strcmp0 (table[i].step.to, to) == 0))
      sides |= table[i].sides;
  return sides;
}

const char *
kith_referral_step_between (const char *from, const char *to)
{
  for (guint i = 0; from != NULL && to != NULL && i < G_N_ELEMENTS (table); i++)
    if ((table[i].from & phase_bit (from)) != 0 && g_strcmp0 (table[i].step.to, to) == 0 && table[i].sides != KITH_SIDE_CLOCK)
      return table[i].step.operation;
  return NULL;
}

guint
kith_referral_path_sides (const char *from, const char *to)
{
  const char *step = kith_referral_step_between (from, to);
  const char *answer;

  if (g_strcmp0 (from, to) == 0)
    return KITH_SIDES_RECEIVER | KITH_SIDE_NETWORK | KITH_SIDE_PORTAL;
  if (step != NULL)
    return kith_referral_step_sides (step, from, to);
  answer = kith_referral_step_between (from, "accepted");
  step = kith_referral_step_between ("accepted", to);
  return answer != NULL && step != NULL ? kith_referral_step_sides (answer, from, "accepted") & kith_referral_step_sides (step, "accepted", to) : 0;
}

gboolean
kith_referral_may_move (gboolean network, guint sides, const char *from, const char *to)
{
  if (!network && (sides & (KITH_SIDES_RECEIVER | KITH_SIDE_PORTAL)) == 0)
    return FALSE;
  return (network && g_strcmp0 (from, to) == 0) || (kith_referral_path_sides (from, to) & sides) != 0;
}

/* P13: whatever queue it came by, it went to a directory record this account follows. */
static guint
portal_sides (const KithActor *actor, KithRecord *referral)
{
  JsonArray *resources = kith_record_array (referral, "resources");

  if (!kith_referral_phase_was_sent (kith_record_string (referral, "phase")))
    return 0;
  for (guint i = 0; resources != NULL && i < json_array_get_length (resources); i++)
    if (kith_actor_follows (actor, json_array_get_string_element (resources, i)))
      return KITH_SIDE_FOLLOWER | (actor->changes_status ? KITH_SIDE_PORTAL : 0);
  return 0;
}

/* 2-1-1 works as one: what one of them sent (P21) any of them sees to, and what waits in a queue. */
static guint
network_sides (const KithActor *actor, KithRecord *referral)
{
  guint sides = 0;

  if (!actor->active)
    return 0;
  if (kith_record_is (referral, "agency", "network"))
    sides |= KITH_SIDES_SENDER;
  if (kith_record_string (referral, "queue") != NULL && kith_record_string (referral, "agency_to") == NULL &&
      kith_referral_phase_was_sent (kith_record_string (referral, "phase")))
    sides |= KITH_SIDE_NETWORK;
  return sides;
}

/* A desk that does not hold the agency's care of this client cannot know, and absence proves nothing: then the hub
 * decides. */
static gboolean
is_assigned (KithWorld *world, const KithActor *actor, const char *client, gboolean *assigned, GError **error)
{
  g_autofree char *key = g_strconcat (client, ":", actor->user, NULL);
  g_autofree char *id = kith_id_natural ("assignment", key);
  g_autofree char *scope = g_strconcat ("care:", client, ":", actor->agency, NULL);
  g_autoptr (GError) local = NULL;
  g_autoptr (KithRecord) assignment = kith_world_get (world, "assignment", id, &local);

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  *assigned = assignment != NULL || !kith_world_holds (world, scope);
  return TRUE;
}

guint
kith_referral_sides (KithWorld *world, const KithActor *actor, KithRecord *referral, GError **error)
{
  guint sides = 0;

  if (actor->level == KITH_LEVEL_HUB)
    return KITH_SIDE_CLOCK;
  if (actor->level == KITH_LEVEL_NETWORK)
    return network_sides (actor, referral);
  if (actor->level == KITH_LEVEL_PORTAL)
    return portal_sides (actor, referral);
  if (actor->level != KITH_LEVEL_STANDARD || !actor->active || !actor->trained || actor->agency == NULL)
    return 0;

  gboolean chief = kith_actor_has_duty (actor, KITH_DUTY_SUPERVISOR);

  if (kith_record_is (referral, "agency", actor->agency))
    {
      const char *client = kith_record_string (referral, "client");
      gboolean ours = kith_record_is (referral, "author", actor->user) || kith_actor_sees_all_clients (actor);

      if (!ours && client != NULL && !is_assigned (world, actor, client, &ours, error))
        return G_MAXUINT;
      if (ours)
        sides |= KITH_SIDE_SENDER;
      if (chief)
        sides |= KITH_SIDE_SENDER_CHIEF;
    }
  if (kith_record_is (referral, "agency_to", actor->agency) &&
      kith_referral_phase_was_sent (kith_record_string (referral, "phase")))
    {
      const char *service = kith_record_string (referral, "service");

      if (service != NULL ? kith_actor_manages (actor, service) : actor->role == KITH_ROLE_REFERRAL_MANAGER)
        sides |= KITH_SIDE_MANAGER;
      if (chief)
        sides |= KITH_SIDE_CHIEF;
      if (kith_record_is (referral, "assignee", actor->user))
        sides |= KITH_SIDE_ASSIGNEE;
    }
  return sides;
}

/* What a step needs beside phase and side: a decline that waits to be confirmed; a hand-off from person to person. */
static gboolean
fits (KithWorld *world, KithRecord *referral, const KithReferralStep *step, gboolean *yes, GError **error)
{
  g_autoptr (KithRecord) own = NULL;

  *yes = TRUE;
  if (g_str_equal (step->operation, "referral.introduce"))
    return kith_referral_may_be_warm (world, referral, yes, error);
  if (!g_str_equal (step->operation, "referral.confirm_decline"))
    return TRUE;
  if (!kith_referral_get_own (world, referral, kith_record_string (referral, "agency_to"), &own, error))
    return FALSE;
  *yes = own != NULL && kith_record_string (own, "decline_reason") != NULL;
  return TRUE;
}

/**
 * kith_referral_get_course:
 * @course: (out) (transfer full) (nullable): its type and times; %NULL: not here, as on a computer of a portal account without access to details
 */
gboolean
kith_referral_get_course (KithWorld *world, KithRecord *referral, KithRecord **course, GError **error)
{
  g_autofree char *id = kith_id_natural ("referral_course", kith_record_get_id (referral));
  g_autoptr (GError) local = NULL;

  *course = kith_world_get (world, "referral_course", id, &local);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/**
 * kith_referral_may_be_warm:
 * @warm: (out): %FALSE: it is known to be no hand-off from person to person (D9)
 */
gboolean
kith_referral_may_be_warm (KithWorld *world, KithRecord *referral, gboolean *warm, GError **error)
{
  g_autoptr (KithRecord) course = NULL;

  if (!kith_referral_get_course (world, referral, &course, error))
    return FALSE;
  *warm = course == NULL || kith_record_is (course, "type", "warm");
  return TRUE;
}

/**
 * kith_referral_get_own:
 * @agency: (nullable): one of its two sides
 * @own: (out) (transfer full) (nullable): what that side keeps of it for itself; %NULL: nothing yet, or not here
 */
gboolean
kith_referral_get_own (KithWorld *world, KithRecord *referral, const char *agency, KithRecord **own, GError **error)
{
  g_autofree char *key = g_strconcat (kith_record_get_id (referral), ":", agency != NULL ? agency : "", NULL);
  g_autofree char *id = kith_id_natural ("referral_own", key);
  g_autoptr (GError) local = NULL;

  *own = kith_world_get (world, "referral_own", id, &local);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

GPtrArray *
kith_referral_next (KithWorld *world, const KithActor *actor, KithRecord *referral, GError **error)
{
  const char *phase = kith_record_string (referral, "phase");
  guint bit = phase_bit (phase);
  guint sides = kith_referral_sides (world, actor, referral, error);

  if (sides == G_MAXUINT)
    return NULL;

  g_autoptr (GPtrArray) next = g_ptr_array_new ();
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      gboolean yes;

      if ((table[i].from & bit) == 0 || (table[i].sides & sides) == 0 || g_strcmp0 (table[i].step.to, phase) == 0)
        continue;
      if (!fits (world, referral, &table[i].step, &yes, error))
        return NULL;
      if (yes)
        g_ptr_array_add (next, (gpointer) &table[i].step);
    }
  return g_steal_pointer (&next);
}

/* The step that led to the phase it is in. Ids are derived and have no order, so among several the time decides, then
 * the id. */
static KithRecord *
find_last_event (KithWorld *world, const char *phase, const char *scope, GError **error)
{
  gboolean complete;
  g_autoptr (GPtrArray) events = kith_world_find (world, scope, "referral_event", NULL, NULL, &complete, error);
  KithRecord *last = NULL;

  for (guint i = 0; events != NULL && i < events->len; i++)
    {
      KithRecord *event = g_ptr_array_index (events, i);

      if (!kith_record_is (event, "to_phase", phase))
        continue;
      if (last == NULL || g_strcmp0 (kith_record_string (event, "at"), kith_record_string (last, "at")) >= 0)
        last = event;
    }
  return last != NULL ? g_object_ref (last) : NULL;
}

JsonObject *
kith_referral_now (KithWorld *world, const KithActor *actor, KithRecord *referral, GError **error)
{
  g_autoptr (GPtrArray) next = kith_referral_next (world, actor, referral, error);
  if (next == NULL)
    return NULL;

  JsonArray *operations = json_array_new ();
  const char *before = NULL;
  for (guint i = 0; i < next->len; i++)
    {
      const KithReferralStep *step = g_ptr_array_index (next, i);

      if (g_strcmp0 (before, step->operation) != 0)
        json_array_add_string_element (operations, step->operation);
      before = step->operation;
    }

  JsonObject *now = kith_json_new ("phase", "s", kith_record_string (referral, "phase"), "next", "a", operations, NULL);
  g_autofree char *scope = g_strconcat ("referral_detail:", kith_record_get_id (referral), NULL);

  if (kith_world_sees (world, actor, scope) == KITH_SEES_NOW)
    {
      g_autoptr (GError) local = NULL;
      g_autoptr (KithRecord) last = find_last_event (world, kith_record_string (referral, "phase"), scope, &local);

      if (local != NULL)
        {
          json_object_unref (now);
          g_propagate_error (error, g_steal_pointer (&local));
          return NULL;
        }
      if (last != NULL)
        {
          if (kith_record_string (last, "actor_name") != NULL)
            json_object_set_string_member (now, "by", kith_record_string (last, "actor_name"));
          /* Of one's own agency the colleague says enough. */
          if (kith_record_string (last, "agency_name") != NULL && !kith_record_is (last, "agency", kith_actor_side (actor)))
            json_object_set_string_member (now, "agency", kith_record_string (last, "agency_name"));
          if (kith_record_string (last, "at") != NULL)
            json_object_set_string_member (now, "at", kith_record_string (last, "at"));
        }
    }
  return now;
}

const char *
kith_referral_own_status (const char *phase, const char *status)
{
  return status != NULL && *status != '\0' && g_strcmp0 (status, phase) != 0 && !kith_vocabulary_has (kith_vocabulary_get ("phase"), status) ? status : NULL;
}

const char *
kith_referral_kind (const char *type, const char *agency, const char *agency_to)
{
  gboolean within = agency != NULL && g_strcmp0 (agency, agency_to) == 0;

  if (g_strcmp0 (type, "direct") == 0 && within)
    return "internal";
  return g_strcmp0 (type, "warm") == 0 && within ? "internal_warm" : type;
}
