/* SPDX-License-Identifier: GPL-3.0-or-later */

/* match.propose by the hub, match.link, .unlink and .dismiss by people (domain.md 5): two records that may be one person. Records are
 * never merged; what was decided is remembered until one of the two says something else about who it is. */

#include "kith-access.h"
#include "kith-match.h"
#include "kith-refusal.h"
#include "operations/op-common.h"

/* ---- match.propose ---- */

/* Within an agency its own clients; across agencies only those whom the network may find (C14, C15). Restricted ones never. */
static gboolean
is_allowed (KithOpContext *cx, KithRecord *first, KithRecord *second, gboolean *allowed, GError **error)
{
  g_autoptr (GError) local = NULL;

  *allowed = !kith_record_bool (first, "restricted") && !kith_record_bool (second, "restricted");
  if (*allowed && !kith_record_is (first, "agency", kith_record_string (second, "agency")))
    *allowed = kith_access_findable (cx->world, first, cx->now_ms, &local) && local == NULL &&
               kith_access_findable (cx->world, second, cx->now_ms, &local);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
same_values (KithRecord *match, const char *field, JsonNode *values)
{
  JsonNode *known = json_object_get_member (kith_record_get_body (match), field);

  return known != NULL && kith_json_equal (known, values);
}

/* A decision stands until what was compared has changed. */
static gboolean
is_settled (KithRecord *match, JsonNode *first_values, JsonNode *second_values, const char *zone)
{
  gboolean same = same_values (match, "first_values", first_values) && same_values (match, "second_values", second_values);

  if (kith_record_is (match, "state", "linked"))
    return TRUE;
  return same && (kith_record_is (match, "state", "dismissed") || kith_record_is (match, "zone", zone));
}

static gboolean
withdraw (KithOpContext *cx, KithRecord *match, GError **error)
{
  if (match == NULL || !kith_record_is (match, "state", "proposed"))
    {
      kith_op_noop (cx);
      return TRUE;
    }
  return kith_world_remove (cx->world, "match", kith_record_get_id (match), error);
}

static gboolean
put_proposal (KithOpContext *cx, KithRecord *match, KithRecord *first, KithRecord *second, const char *zone, GError **error)
{
  g_autoptr (JsonNode) first_values = kith_match_values (first), second_values = kith_match_values (second);
  g_autofree char *time = kith_op_time (cx);

  if (is_settled (match, first_values, second_values, zone))
    {
      kith_op_noop (cx);
      return TRUE;
    }
  kith_record_set_string (match, "first", kith_record_get_id (first));
  kith_record_set_string (match, "second", kith_record_get_id (second));
  kith_record_set_string (match, "state", "proposed");
  kith_record_set_string (match, "zone", zone);
  kith_record_set_node (match, "first_values", g_steal_pointer (&first_values));
  kith_record_set_node (match, "second_values", g_steal_pointer (&second_values));
  kith_match_set_levels (match, first, second);
  kith_record_set_string (match, "proposed_at", time);
  kith_record_set_string (match, "decided_at", NULL);
  kith_record_set_string (match, "decided_by", NULL);
  kith_record_set_string (match, "decided_by_name", NULL);
  return kith_world_put (cx->world, match, error);
}

/* By the hub, after it compared; zone "no": the two do not look alike any more. */
static gboolean
propose_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  const char *first_id = kith_json_string (args, "first"), *second_id = kith_json_string (args, "second"), *zone = kith_json_string (args, "zone");
  g_autofree char *id = kith_op_natural_id ("match", first_id, second_id, NULL);
  g_autoptr (KithRecord) first = NULL;
  g_autoptr (KithRecord) second = NULL;
  g_autoptr (KithRecord) match = NULL;
  gboolean allowed;

  if (strcmp (first_id, second_id) >= 0)
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("A match is of two clients, in the order of their ids."));
  if (!kith_op_need (cx, "client", first_id, &first, error) || !kith_op_need (cx, "client", second_id, &second, error) ||
      !kith_op_get (cx, "match", id, &match, error))
    return FALSE;
  if (first == NULL || second == NULL)
    return kith_op_not_found (error);
  if (!is_allowed (cx, first, second, &allowed, error))
    return FALSE;
  if (!allowed || g_str_equal (zone, "no"))
    return withdraw (cx, match, error);
  if (match == NULL)
    match = kith_op_new ("match", id);
  return put_proposal (cx, match, first, second, zone, error);
}

/* ---- decided by people ---- */

/* Said while registering: it is not the one who looks alike, whichever agency looks after that one. Remembered as if it had been proposed and dismissed,
 * so that nobody is asked again; seen by those alone who hold both records. */
static gboolean
tell_apart (KithOpContext *cx, KithRecord *client, const char *other_id, GError **error)
{
  const char *id = kith_record_get_id (client);
  gboolean before = strcmp (id, other_id) < 0;
  g_autofree char *match_id = kith_op_natural_id ("match", before ? id : other_id, before ? other_id : id, NULL);
  g_autofree char *scope = g_strconcat ("client:", other_id, NULL);
  g_autoptr (KithRecord) other = NULL;
  g_autoptr (KithRecord) match = NULL;
  KithRecord *first, *second;

  if (!kith_op_get (cx, "client", other_id, &other, error) || !kith_op_get (cx, "match", match_id, &match, error))
    return FALSE;
  if (other == NULL || match != NULL || g_str_equal (id, other_id) ||
      kith_world_sees (cx->world, cx->actor, scope) != KITH_SEES_NOW)
    return TRUE;
  first = before ? client : other;
  second = before ? other : client;
  match = kith_op_new ("match", match_id);
  kith_record_set_string (match, "first", kith_record_get_id (first));
  kith_record_set_string (match, "second", kith_record_get_id (second));
  kith_record_set_string (match, "state", "dismissed");
  kith_record_set_string (match, "zone", "review");
  kith_record_set_node (match, "first_values", kith_match_values (first));
  kith_record_set_node (match, "second_values", kith_match_values (second));
  kith_match_set_levels (match, first, second);
  kith_op_sign (cx, match, "decided_at", "decided_by", "decided_by_name");
  return kith_world_put (cx->world, match, error);
}

gboolean
kith_op_tell_apart (KithOpContext *cx, KithRecord *client, JsonArray *others, GError **error)
{
  for (guint i = 0; others != NULL && i < json_array_get_length (others); i++)
    if (!tell_apart (cx, client, json_array_get_string_element (others, i), error))
      return FALSE;
  return TRUE;
}

/* Whoever has the match before them: staff who hold both records, or the network's. */
static gboolean
decide_permit (KithOpContext *cx, JsonObject *args, GError **error)
{
  return (kith_op_is_network (cx) && cx->actor->level != KITH_LEVEL_HUB) || kith_op_permit_worker (cx, args, error);
}

/* match: NULL: not on this computer */
static gboolean
decide (KithOpContext *cx, KithRecord *match, const char *state, GError **error)
{
  if (match == NULL)
    return TRUE;
  if (kith_record_is (match, "state", state))
    {
      kith_op_noop (cx);
      return TRUE;
    }
  kith_record_set_string (match, "state", state);
  kith_op_sign (cx, match, "decided_at", "decided_by", "decided_by_name");
  return kith_world_put (cx->world, match, error);
}

/* Somebody else may have said meanwhile that they are two: what was decided is not undecided without a word (domain.md 5). */
static const char *
decided_by (KithRecord *match)
{
  const char *name = kith_record_string (match, "decided_by_name");

  return name != NULL ? name : _("Somebody");
}

static gboolean
decided_by_somebody (KithRecord *match, GError **error)
{
  return kith_record_string (match, "decided_by_name") != NULL ? FALSE : kith_refusal_mark_words (error, 0);
}

/* Of two that nobody proposed: the record they have, or a new one (new: TRUE), whose scope its author holds from now on. */
static gboolean
find_pair (KithOpContext *cx, JsonObject *args, KithRecord **match, gboolean *new, GError **error)
{
  const char *one = kith_json_string (args, "client"), *other = kith_json_string (args, "other");
  gboolean before = g_strcmp0 (one, other) < 0;
  g_autofree char *id = kith_op_natural_id ("match", before ? one : other, before ? other : one, NULL);
  g_autofree char *scope = g_strconcat ("match:", id, NULL);
  g_autoptr (KithRecord) first = NULL;
  g_autoptr (KithRecord) second = NULL;

  *new = FALSE;
  if (!kith_op_need (cx, "client", before ? one : other, &first, error) || !kith_op_need (cx, "client", before ? other : one, &second, error) ||
      !kith_op_get (cx, "match", id, match, error))
    return FALSE;
  if (first == NULL || second == NULL)
    return TRUE; /* not on this computer: the hub has both */
  if (kith_record_bool (first, "restricted") || kith_record_bool (second, "restricted"))
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("A restricted record is not linked with another one. Nothing was changed."));
  if (*match != NULL)
    return TRUE;
  if (!kith_world_begin_scope (cx->world, scope, error))
    return FALSE;
  *new = TRUE;
  *match = kith_op_new ("match", id);
  kith_record_set_string (*match, "first", kith_record_get_id (first));
  kith_record_set_string (*match, "second", kith_record_get_id (second));
  kith_record_set_string (*match, "zone", "review");
  kith_record_set_node (*match, "first_values", kith_match_values (first));
  kith_record_set_node (*match, "second_values", kith_match_values (second));
  kith_match_set_levels (*match, first, second);
  return TRUE;
}

/* Whoever links two sees both, and "different" that somebody said is taken back by who knows of it: by the time it was said. */
static gboolean
is_known (KithOpContext *cx, JsonObject *args, KithRecord *match)
{
  return kith_record_is (match, "decided_by", cx->actor->user) ||
         (kith_json_string (args, "over") != NULL && kith_record_is (match, "decided_at", kith_json_string (args, "over")));
}

static gboolean
link_permit (KithOpContext *cx, JsonObject *args, GError **error)
{
  gboolean by_hand = kith_json_string (args, "client") != NULL || kith_json_string (args, "other") != NULL;

  if (by_hand ? kith_json_string (args, "match") != NULL || kith_json_string (args, "client") == NULL || kith_json_string (args, "other") == NULL ||
                  g_str_equal (kith_json_string (args, "client"), kith_json_string (args, "other"))
              : kith_op_blank (args, "match"))
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("Say which two records are the same person."));
  return by_hand ? kith_op_permit_worker (cx, args, error) : decide_permit (cx, args, error);
}

static gboolean
refuse_by_rights (GError **error)
{
  return kith_refuse (error, KITH_REFUSAL_DENIED, _("You see these two records by different rights, so you cannot link them. Ask a supervisor of your agency."));
}

/* Nobody learns who said something of two records that they reach by different rights. */
static gboolean
may_hear (KithOpContext *cx, KithRecord *match)
{
  g_autofree char *scope = g_strconcat ("match:", kith_record_get_id (match), NULL);

  return kith_world_sees (cx->world, cx->actor, scope) == KITH_SEES_NOW;
}

static gboolean
link_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  g_autoptr (KithRecord) match = NULL;
  gboolean new = FALSE;

  if (kith_json_string (args, "client") != NULL ? !find_pair (cx, args, &match, &new, error)
                                                : !kith_op_need (cx, "match", kith_json_string (args, "match"), &match, error))
    return FALSE;
  if (match != NULL && !new && kith_record_is (match, "state", "dismissed") && !is_known (cx, args, match))
    {
      if (kith_json_string (args, "client") != NULL && !may_hear (cx, match))
        return refuse_by_rights (error);
      kith_refuse (error, KITH_REFUSAL_STALE_STATE,
                   _("%s said meanwhile that the two are different people. Nothing was changed; talk to them if they are the same."), decided_by (match));
      return decided_by_somebody (match, error);
    }
  return decide (cx, match, "linked", error);
}

/* People who reach the two by different rights hold no record of both (design.md 2.4): what they say would be nobody's to see and take back. */
static gboolean
link_derive (KithOpContext *cx, JsonObject *args, GError **error)
{
  const char *one = kith_json_string (args, "client"), *other = kith_json_string (args, "other");
  gboolean before = g_strcmp0 (one, other) < 0;
  g_autofree char *id = NULL;
  g_autofree char *subject = NULL;
  g_autoptr (GPtrArray) grants = NULL;
  g_autoptr (GPtrArray) principals = NULL;

  if (one == NULL)
    return TRUE;
  id = kith_op_natural_id ("match", before ? one : other, before ? other : one, NULL);
  subject = g_strconcat ("match:", id, NULL);
  principals = kith_access_principals (cx->actor);
  grants = kith_access_grants (cx->world, subject, MAX (cx->now_ms, cx->time_ms), error);
  for (guint i = 0; grants != NULL && i < grants->len; i++)
    if (g_ptr_array_find_with_equal_func (principals, ((KithGrant *) grants->pdata[i])->principal, g_str_equal, NULL))
      return TRUE;
  return grants != NULL && refuse_by_rights (error);
}

/* Taken back: they are two people, and that is remembered. */
static gboolean
unlink_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  g_autoptr (KithRecord) match = NULL;

  return kith_op_need (cx, "match", kith_json_string (args, "match"), &match, error) && decide (cx, match, "dismissed", error);
}

/* Somebody else may have linked them meanwhile: that is taken back in so many words or not at all. */
static gboolean
dismiss_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  g_autoptr (KithRecord) match = NULL;

  if (!kith_op_need (cx, "match", kith_json_string (args, "match"), &match, error))
    return FALSE;
  if (match != NULL && kith_record_is (match, "state", "linked"))
    {
      kith_refuse (error, KITH_REFUSAL_STALE_STATE,
                   _("%s said meanwhile that the two are the same person. Nothing was changed; unlink them in the client’s record if they are not."), decided_by (match));
      return decided_by_somebody (match, error);
    }
  return decide (cx, match, "dismissed", error);
}

static const KithField propose_args[] = {
  { "first", KITH_FIELD_REF, N_("Client"), KITH_FIELD_REQUIRED | KITH_FIELD_LOOSE, .target = "client" },
  { "second", KITH_FIELD_REF, N_("Client"), KITH_FIELD_REQUIRED | KITH_FIELD_LOOSE, .target = "client" },
  { "zone", KITH_FIELD_CODE, N_("How likely"), KITH_FIELD_REQUIRED, .vocabulary = "match_zone" },
};
static const KithField link_args[] = {
  { "match", KITH_FIELD_REF, N_("Match"), .target = "match" },
  /* By hand: two that nobody proposed. An older hub knows a match alone. */
  { "client", KITH_FIELD_REF, N_("Client"), KITH_FIELD_MEANT, .target = "client", .since = 6 },
  { "other", KITH_FIELD_REF, N_("The same person"), KITH_FIELD_MEANT, .target = "client", .since = 6 },
  { "over", KITH_FIELD_TIME, N_("Decision that is taken back"), KITH_FIELD_MEANT, .since = 6 }, /* when it was made */
};
static const KithField decide_args[] = { { "match", KITH_FIELD_REF, N_("Match"), KITH_FIELD_REQUIRED, .target = "match" } };

const KithOperation kith_operations_match[] = {
  { "match.propose", N_("Propose a match"), KITH_RUNS_CLOCK, 0, propose_args, G_N_ELEMENTS (propose_args), kith_op_permit_hub, propose_apply },
  { "match.link", N_("Same person"), KITH_RUNS_DESK, KITH_OPERATION_UNDO, link_args, G_N_ELEMENTS (link_args), link_permit, link_apply, link_derive },
  { "match.unlink", N_("Unlink records"), KITH_RUNS_DESK, KITH_OPERATION_UNDO, decide_args, G_N_ELEMENTS (decide_args), decide_permit,
    unlink_apply },
  { "match.dismiss", N_("Different person"), KITH_RUNS_DESK, KITH_OPERATION_UNDO, decide_args, G_N_ELEMENTS (decide_args), decide_permit,
    dismiss_apply },
  { NULL },
};
