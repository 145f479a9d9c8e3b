/* SPDX-License-Identifier: GPL-3.0-or-later */

/* referral.reroute: while nobody has answered it goes to somebody else: by its sender, by 2-1-1 out of a queue, by its receiver to another of
 * the own services. The former receiver's sight of it ends, its own words stay its own; nobody learns who had it before. */

#include "operations/queue-common.h"
#include "operations/referral-common.h"
#include "operations/referral-target.h"

/* What the former receiver has written of it in the shared timeline, or attached, is between it and the sender: another agency must not read
 * it, nor who wrote it. */
static gboolean
refuse_touched (GError **error)
{
  return kith_refuse (error, KITH_REFUSAL_INVALID,
                      _("The agency that has it wrote something in its story already, which another agency must not read. Recall it and refer on instead; nothing was changed."));
}

static gboolean
check_files (KithOpContext *cx, KithRecord *referral, const char *kind, const char *former, GError **error)
{
  g_autofree char *scope = g_strconcat (kind, ":", kith_record_get_id (referral), NULL);
  g_autofree char *record = kith_op_natural_id (kind, kith_record_get_id (referral), NULL);
  g_autoptr (GPtrArray) files = kith_world_find (cx->world, scope, "document", "record", record, NULL, error);

  for (guint i = 0; files != NULL && i < files->len; i++)
    if (kith_record_is (files->pdata[i], "agency", former))
      return refuse_touched (error);
  return files != NULL;
}

static gboolean
check_untouched (KithOpContext *cx, KithRecord *referral, const char *former, GError **error)
{
  g_autofree char *scope = g_strconcat ("referral_detail:", kith_record_get_id (referral), NULL);
  g_autoptr (GPtrArray) events = kith_world_find (cx->world, scope, "referral_event", "referral", kith_record_get_id (referral), NULL, error);

  if (events == NULL)
    return FALSE;
  for (guint i = 0; i < events->len; i++)
    {
      KithRecord *event = g_ptr_array_index (events, i);

      if (!kith_record_bool (event, "private") && kith_record_is (event, "agency", former))
        return refuse_touched (error);
    }
  return check_files (cx, referral, "referral_detail", former, error) && check_files (cx, referral, "referral_health", former, error);
}

static gboolean
check_move (KithOpContext *cx, KithRecord *referral, const KithTarget *target, GError **error)
{
  const char *former = kith_record_string (referral, "agency_to");
  gboolean same = g_strcmp0 (former, target->agency) == 0;
  guint sides = kith_referral_sides (cx->world, cx->actor, referral, error);

  if (sides == G_MAXUINT)
    return FALSE;
  if (!same && (sides & (KITH_SIDES_SENDER | KITH_SIDE_NETWORK)) == 0)
    return kith_refuse (error, KITH_REFUSAL_DENIED,
                        _("You can pass it to another service of your own agency. For another agency, decline it with the reason, so that the sender can refer on."));
  if (same || former == NULL || g_strcmp0 (former, kith_record_string (referral, "agency")) == 0)
    return TRUE;
  return check_untouched (cx, referral, former, error);
}

/* What the side it leaves keeps of it, with where it was: its people of then go on reading their own words. */
static gboolean
keep_former (KithOpContext *cx, KithRecord *referral, GError **error)
{
  const char *agency = kith_record_string (referral, "agency_to"), *service = kith_record_string (referral, "service");
  g_autofree char *was = g_strdup_printf ("%" G_GINT64_FORMAT ":%s", kith_record_int (referral, "turn"), service != NULL ? service : "");
  g_autoptr (KithRecord) own = NULL;
  g_autoptr (GPtrArray) all = g_ptr_array_new ();
  JsonArray *before;

  if (agency == NULL)
    return TRUE;
  if (!kith_referral_get_own (cx->world, referral, agency, &own, error))
    return FALSE;
  if (own == NULL)
    own = kith_op_new_own (referral, agency);
  before = kith_record_array (own, "was_with");
  for (guint i = 0; before != NULL && i < json_array_get_length (before); i++)
    g_ptr_array_add (all, (gpointer) json_array_get_string_element (before, i));
  g_ptr_array_add (all, was);
  g_ptr_array_add (all, NULL);
  {
    g_auto (GStrv) list = g_strdupv ((char **) all->pdata);

    kith_record_set_strings (own, "was_with", (const char *const *) list);
  }
  kith_record_set_string (own, "decline_reason", NULL);
  kith_record_set_string (own, "decline_name", NULL);
  kith_record_set_string (own, "decline_text", NULL);
  kith_record_set_string (own, "declined_by", NULL);
  kith_record_set_string (own, "decline_event", NULL);
  return kith_world_put (cx->world, own, error);
}

/* C5, C15: a release was for the agency that was meant then. Another one needs a consent, or a release of its own, which the sender alone can
 * bring: whoever receives would open to itself what the client did not give. What the network was given so that it finds somebody (U7) covers
 * whom it finds. */
static gboolean
renew_release (KithOpContext *cx, JsonObject *args, KithRecord *referral, KithRecord *detail, const char *former, GError **error)
{
  JsonObject *release = kith_json_object (args, "release");
  const char *sender = kith_record_string (referral, "agency"), *client = kith_record_string (referral, "client");
  gboolean elsewhere = !kith_record_is (referral, "agency_to", former);
  guint sides = kith_referral_sides (cx->world, cx->actor, referral, error);
  gboolean changed = release != NULL;

  if (sides == G_MAXUINT)
    return FALSE;
  if (release != NULL && (sides & KITH_SIDES_SENDER) == 0)
    return kith_refuse (error, KITH_REFUSAL_DENIED, _("Only the agency that sent this referral can bring a release of the client. Nothing was changed."));
  /* Without a record it rests on its release, which stays with whom it was for. */
  if ((release != NULL || (client != NULL && elsewhere)) && !kith_op_check_victim_service (cx, sender, client, release, error))
    return FALSE;
  if (detail != NULL && former != NULL && elsewhere)
    changed |= kith_op_drop_release (detail);
  /* A desk without the detail leaves the release to the hub. */
  return (detail == NULL || kith_op_set_release (cx, args, referral, detail, error)) && kith_op_check_covered_with (cx, referral, detail, error) &&
         (detail == NULL || !changed || kith_world_put (cx->world, detail, error));
}

/* The queues it stands in must be for where it goes (P2). */
static gboolean
check_queues (KithOpContext *cx, KithRecord *referral, GError **error)
{
  g_autofree char *scope = g_strconcat ("referral_detail:", kith_record_get_id (referral), NULL);
  g_autoptr (GPtrArray) items = kith_world_find (cx->world, scope, "queue_item", "referral", kith_record_get_id (referral), NULL, error);

  for (guint i = 0; items != NULL && i < items->len; i++)
    {
      g_autoptr (KithRecord) queue = NULL;

      if (kith_record_string (items->pdata[i], "status") == NULL)
        continue;
      if (!kith_op_get (cx, "queue", kith_record_string (items->pdata[i], "queue"), &queue, error) ||
          (queue != NULL && !kith_queue_check_resource (cx, queue, referral, error)))
        return FALSE;
    }
  return items != NULL;
}

static gboolean
put_story (KithOpContext *cx, KithRecord *referral, const char *from, const char *to, const char *text, GError **error)
{
  g_autofree char *words = g_strdup_printf ("%s → %s", from != NULL ? from : "–", to != NULL ? to : "?");

  if (!kith_op_add_event (cx, referral, "rerouted", kith_json_new ("text", "s", text, NULL), error))
    return FALSE;
  return !kith_record_is (referral, "agency", kith_actor_side (cx->actor)) || kith_op_add_own_event (cx, referral, "rerouted", words, error);
}

static gboolean
reroute_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  g_autoptr (KithRecord) referral = NULL;
  g_autoptr (KithRecord) course = NULL;
  g_autoptr (KithRecord) detail = NULL;
  g_auto (KithTarget) target = { NULL };
  g_autofree char *from = NULL, *former = NULL;

  if (!kith_op_referral (cx, args, &referral, error) || !kith_target_find (cx, args, &target, error) ||
      (referral != NULL && !kith_referral_get_course (cx->world, referral, &course, error)))
    return FALSE;
  if (referral == NULL)
    return TRUE;
  if (!kith_record_is (referral, "phase", kith_json_string (args, "from")) ||
      !kith_referral_step_exists (cx->operation->name, kith_record_string (referral, "phase"), NULL))
    return kith_op_stale (cx, referral, error);
  if (kith_json_int (args, "turn", 0) != 0 && kith_json_int (args, "turn", 0) != kith_record_int (referral, "turn"))
    return kith_op_refuse_elsewhere (error);
  if (g_strcmp0 (kith_record_string (referral, "agency_to"), target.agency) == 0 &&
      g_strcmp0 (kith_record_string (referral, "service"), kith_json_string (args, "service")) == 0)
    {
      kith_op_noop (cx);
      return TRUE;
    }
  if (!kith_target_check (cx, course != NULL ? kith_record_string (course, "type") : NULL, args, &target, error))
    return FALSE;
  /* A desk that does not know whose service it is leaves it to the hub. */
  if (target.agency == NULL)
    return TRUE;
  if (!check_move (cx, referral, &target, error) || !keep_former (cx, referral, error))
    return FALSE;
  from = g_strdup (kith_record_string (referral, "resource_name"));
  former = g_strdup (kith_record_string (referral, "agency_to"));
  kith_target_set (&target, args, referral);
  kith_record_set_string (referral, "resource_name", kith_target_name (&target));
  kith_record_set_string (referral, "assignee", NULL);
  kith_record_set_node (referral, "accepted", NULL);
  kith_record_set_int (referral, "turn", kith_record_int (referral, "turn") + 1);
  return check_queues (cx, referral, error) && kith_op_detail (cx, referral, &detail, error) && renew_release (cx, args, referral, detail, former, error) && kith_world_put (cx->world, referral, error) &&
         put_story (cx, referral, from, kith_target_name (&target), kith_json_string (args, "text"), error);
}

/* Who had it until now, as the referral stood then; *former stays NULL when it was with nobody. */
static gboolean
find_former (KithOpContext *cx, KithRecord *referral, KithRecord **former, GError **error)
{
  g_autofree char *prefix = g_strdup_printf ("%" G_GINT64_FORMAT ":", kith_record_int (referral, "turn") - 1);
  g_autoptr (GPtrArray) own = kith_world_find (cx->world, NULL, "referral_own", "referral", kith_record_get_id (referral), NULL, error);

  for (guint i = 0; own != NULL && i < own->len; i++)
    {
      JsonArray *was = kith_record_array (own->pdata[i], "was_with");
      guint n = was != NULL ? json_array_get_length (was) : 0;
      const char *last = n > 0 ? json_array_get_string_element (was, n - 1) : NULL;
      g_autoptr (JsonObject) args = NULL;
      g_auto (KithTarget) target = { NULL };
      g_autoptr (GError) local = NULL;

      if (last == NULL || !g_str_has_prefix (last, prefix))
        continue;
      last += strlen (prefix);
      args = kith_json_new ("service", "s", *last != 0 ? last : NULL, "agency_to", "s", kith_record_string (own->pdata[i], "agency"), NULL);
      /* The service is another agency's by now: nobody is told, the referral went on all the same. */
      if (!kith_target_find (cx, args, &target, &local))
        {
          if (local->domain == KITH_REFUSAL)
            continue;
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      *former = kith_record_copy (referral);
      kith_target_set (&target, args, *former);
    }
  return own != NULL;
}

/* P17: who had it learns that it is gone, and nothing of where; D2: who has it now is asked, with days of its own. */
static gboolean
reroute_derive (KithOpContext *cx, JsonObject *args, GError **error)
{
  g_autoptr (KithRecord) referral = NULL;
  g_autoptr (KithRecord) former = NULL;

  if (!kith_op_referral (cx, args, &referral, error) || !kith_op_set_due (cx, referral, error) || !find_former (cx, referral, &former, error))
    return FALSE;
  if (former != NULL && !kith_op_notify (cx, former, "rerouted", KITH_NOTIFY_RECEIVER, error))
    return FALSE;
  return kith_op_notify (cx, referral, "sent", KITH_NOTIFY_RECEIVER, error) && kith_op_notify (cx, referral, "went_elsewhere", KITH_NOTIFY_SENDER, error);
}

static const KithField reroute_args[] = {
  KITH_ARG_REFERRAL,
  KITH_ARG_FROM,
  { "service", KITH_FIELD_REF, N_("Service"), .target = "service" },
  { "agency_to", KITH_FIELD_REF, N_("Agency"), .target = "organization" },
  { "text", KITH_FIELD_TEXT, N_("In words, for who gets it now"), 0, 4000 },
  { "release", KITH_FIELD_JSON, N_("Release") },
  { "turn", KITH_FIELD_INT, N_("How often it had gone somewhere") }, /* as it was seen; absent: whoever has it now */
};

const KithOperation kith_operations_referral_reroute[] = {
  { "referral.reroute", N_("Send a referral elsewhere"), KITH_RUNS_DESK, KITH_OPERATION_UNDO, reroute_args, G_N_ELEMENTS (reroute_args),
    kith_op_permit_referral, reroute_apply, reroute_derive },
  { NULL },
};
