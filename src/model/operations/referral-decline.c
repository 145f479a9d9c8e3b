/* SPDX-License-Identifier: GPL-3.0-or-later */

/* referral.decline, .confirm_decline: the receiver's no (domain.md 2f). Where the network asks for it, a manager proposes it and a
 * supervisor of the same agency confirms it or sends it back; until then the referral waits, its clock runs on, and the sender
 * learns nothing. */

#include "operations/reason-common.h"
#include "operations/referral-common.h"

static gboolean
check_reason (KithOpContext *cx, JsonObject *args, char **words, GError **error)
{
  const char *reason = kith_json_string (args, "reason");
  gboolean says;

  if (kith_text_blank (reason))
    return kith_refuse (error, KITH_REFUSAL_REASON_REQUIRED,
                        _("Choose why you decline this referral, so that the sender can help the client on."));
  if (!kith_op_reason_words (cx, args, "decline_reason", reason, words, &says, error))
    return FALSE;
  if (!kith_referral_end_says_why ("decline_reason", reason) && !says && kith_op_blank (args, "text"))
    return kith_refuse (error, KITH_REFUSAL_REASON_REQUIRED, _("Say in words why you decline this referral."));
  return TRUE;
}

static gboolean
decline (KithOpContext *cx, KithRecord *referral, const char *reason, const char *words, const char *text, GError **error)
{
  return kith_op_enter_phase (cx, referral, "declined", reason, error) && kith_world_put (cx->world, referral, error) &&
         kith_op_add_event (cx, referral, "declined",
                            kith_json_new ("from_phase", "s", "sent", "to_phase", "s", "declined", "reason", "s",
                                           reason, "term_name", "s", words, "text", "s", text, NULL),
                            error);
}

/* Somebody at work who could confirm it. */
static gboolean
has_supervisor (KithOpContext *cx, const char *agency, gboolean *yes, GError **error)
{
  g_autofree char *scope = g_strconcat ("agency:", agency, NULL);
  g_autoptr (GPtrArray) all = kith_world_find (cx->world, scope, "staff", NULL, NULL, NULL, error);

  *yes = FALSE;
  for (guint i = 0; all != NULL && i < all->len; i++)
    *yes |= kith_op_works (all->pdata[i]) && kith_record_list_has (all->pdata[i], "duties", "supervisor");
  return all != NULL;
}

/* A desk that does not hold the settings, a portal account's, goes by what stands with the agency. One without a supervisor declines at once, whatever
 * that desk took it for: what nobody can confirm would wait until it expires. */
static gboolean
needs_second (KithOpContext *cx, KithRecord *referral, gboolean *yes, GError **error)
{
  const char *agency = kith_record_string (referral, "agency_to");
  g_autofree char *scope = g_strconcat ("agency:", agency, NULL);
  g_autoptr (KithRecord) settings = NULL;
  g_autoptr (KithRecord) organization = NULL;
  guint sides;

  *yes = FALSE;
  if (agency == NULL || !kith_op_settings (cx, agency, &settings, error))
    return agency == NULL;
  if (settings == NULL && !kith_world_holds (cx->world, scope))
    {
      if (!kith_op_get (cx, "organization", agency, &organization, error))
        return FALSE;
      *yes = organization != NULL && kith_record_bool (organization, "confirm_declines");
      return TRUE;
    }
  if (settings == NULL || !kith_record_bool (settings, "confirm_declines"))
    return TRUE;
  sides = kith_referral_sides (cx->world, cx->actor, referral, error);
  if (sides == G_MAXUINT)
    return FALSE;
  return (sides & KITH_SIDE_CHIEF) != 0 || has_supervisor (cx, agency, yes, error);
}

/* A portal account reads neither: that its decline waits is told to it, so that it stands there offline too, and to the others of its kind. */
static gboolean
propose (KithOpContext *cx, KithRecord *referral, const char *reason, const char *words, const char *text, GError **error)
{
  g_autofree char *name = kith_op_clip (cx->actor->name, 255);
  g_autofree char *key = g_strconcat (kith_record_get_id (referral), ":decline_proposed", NULL);
  g_autofree char *event = kith_op_derive_id (cx, "referral_event", key); /* as kith_op_add_event() makes it */
  g_autoptr (KithRecord) own = NULL;

  if (!kith_op_receiver_own (cx, referral, &own, error))
    return FALSE;
  if (own == NULL)
    own = kith_op_new_own (referral, kith_record_string (referral, "agency_to"));
  if (kith_record_is (own, "decline_reason", reason) && g_strcmp0 (kith_record_string (own, "decline_name"), words) == 0 &&
      g_strcmp0 (kith_record_string (own, "decline_text"), text) == 0)
    {
      kith_op_noop (cx);
      return TRUE;
    }
  kith_record_set_string (own, "decline_reason", reason);
  kith_record_set_string (own, "decline_name", words);
  kith_record_set_string (own, "decline_text", text);
  kith_record_set_string (own, "declined_by", name);
  kith_record_set_string (own, "decline_event", event);
  return kith_world_put (cx->world, own, error) &&
         (cx->actor->level != KITH_LEVEL_PORTAL || kith_op_notify_actor (cx, referral, "decline_waits", TRUE, error)) &&
         kith_op_add_event (cx, referral, "decline_proposed", kith_json_new ("reason", "s", reason, "term_name", "s", words, "text", "s", text, "private", "b", TRUE, NULL),
                            error);
}

static gboolean
decline_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  const char *reason = kith_json_string (args, "reason"), *text = kith_json_string (args, "text");
  g_autoptr (KithRecord) referral = NULL;
  g_autofree char *words = NULL;
  gboolean go, second;

  if (!check_reason (cx, args, &words, error) || !kith_op_referral (cx, args, &referral, error))
    return FALSE;
  if (referral == NULL)
    return TRUE;
  if (!kith_op_step (cx, args, referral, "declined", &go, error))
    return FALSE;
  if (!go)
    return TRUE;
  if (!needs_second (cx, referral, &second, error))
    return FALSE;
  if (second)
    return propose (cx, referral, reason, words, text, error);
  return kith_op_drop_proposal (cx, referral, error) && decline (cx, referral, reason, words, text, error);
}

static gboolean
decline_derive (KithOpContext *cx, JsonObject *args, GError **error)
{
  g_autoptr (KithRecord) referral = NULL;

  if (!kith_op_referral (cx, args, &referral, error))
    return FALSE;
  if (kith_record_is (referral, "phase", "declined"))
    return kith_op_notify (cx, referral, "declined", KITH_NOTIFY_SENDER, error);
  return kith_op_notify (cx, referral, "decline_proposed", KITH_NOTIFY_CHIEFS, error) && kith_op_notify (cx, referral, "decline_waits", KITH_NOTIFY_PORTAL, error);
}

/* ---- confirm_decline ---- */

static gboolean
end_proposal (KithOpContext *cx, KithRecord *own, GError **error)
{
  if (kith_record_string (own, "decline_reason") == NULL)
    return TRUE;
  kith_record_set_string (own, "decline_reason", NULL);
  kith_record_set_string (own, "decline_name", NULL);
  kith_record_set_string (own, "decline_text", NULL);
  kith_record_set_string (own, "declined_by", NULL);
  kith_record_set_string (own, "decline_event", NULL);
  return kith_world_put (cx->world, own, error);
}

gboolean
kith_op_drop_proposal (KithOpContext *cx, KithRecord *referral, GError **error)
{
  g_autoptr (KithRecord) own = NULL;

  return kith_op_receiver_own (cx, referral, &own, error) && (own == NULL || end_proposal (cx, own, error));
}

/* seen: NULL: an older desk does not say. Sent back and proposed again with the same words it is another proposal. */
static gboolean
is_what_was_seen (KithRecord *own, JsonObject *seen)
{
  if (seen == NULL)
    return TRUE;
  if (kith_json_string (seen, "event") != NULL)
    return kith_record_is (own, "decline_event", kith_json_string (seen, "event"));
  return kith_record_is (own, "decline_reason", kith_json_string (seen, "reason")) &&
         g_strcmp0 (kith_record_string (own, "decline_text"), kith_json_string (seen, "text")) == 0;
}

static gboolean
confirm_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  g_autoptr (KithRecord) referral = NULL;
  g_autoptr (KithRecord) own = NULL;
  g_autofree char *reason = NULL;
  g_autofree char *words = NULL;
  g_autofree char *text = NULL;
  gboolean go;

  if (!kith_op_referral (cx, args, &referral, error))
    return FALSE;
  if (referral == NULL)
    return TRUE;
  if (!kith_op_step (cx, args, referral, "declined", &go, error) || (go && !kith_op_receiver_own (cx, referral, &own, error)))
    return FALSE;
  if (!go || (own == NULL && !cx->hub))
    return TRUE;
  if (own == NULL || kith_record_string (own, "decline_reason") == NULL)
    return kith_refuse (error, KITH_REFUSAL_STALE_STATE, _("No decline waits to be confirmed here. Somebody has dealt with it."));
  if (!is_what_was_seen (own, kith_json_object (args, "seen")))
    return kith_refuse (error, KITH_REFUSAL_STALE_STATE, _("The decline proposed here has changed since you read it. Read it again; nothing was changed."));
  reason = g_strdup (kith_record_string (own, "decline_reason"));
  words = g_strdup (kith_record_string (own, "decline_name"));
  text = g_strdup (kith_op_blank (args, "text") ? kith_record_string (own, "decline_text") : kith_json_string (args, "text"));
  if (!end_proposal (cx, own, error))
    return FALSE;
  if (kith_json_bool (args, "confirm", TRUE))
    return decline (cx, referral, reason, words, text, error);
  if (kith_op_blank (args, "text"))
    return kith_refuse (error, KITH_REFUSAL_REASON_REQUIRED, _("Say why the decline is not confirmed."));
  return kith_op_add_event (cx, referral, "decline_sent_back", kith_json_new ("text", "s", kith_json_string (args, "text"), "private", "b", TRUE, NULL),
                            error);
}

static gboolean
confirm_derive (KithOpContext *cx, JsonObject *args, GError **error)
{
  g_autoptr (KithRecord) referral = NULL;

  if (!kith_op_referral (cx, args, &referral, error))
    return FALSE;
  if (kith_record_is (referral, "phase", "declined"))
    return kith_op_notify (cx, referral, "declined", KITH_NOTIFY_SENDER, error);
  return kith_op_notify (cx, referral, "decline_sent_back", KITH_NOTIFY_MANAGERS, error);
}

static const KithField decline_args[] = {
  KITH_ARG_REFERRAL,
  KITH_ARG_FROM,
  { "reason", KITH_FIELD_CODE, N_("Reason"), .vocabulary = "decline_reason" },
  KITH_ARGS_TERM,
  { "text", KITH_FIELD_TEXT, N_("In words"), 0, 4000 },
};

static const KithField confirm_args[] = {
  KITH_ARG_REFERRAL,
  KITH_ARG_FROM,
  { "confirm", KITH_FIELD_BOOL, N_("Confirm the decline") }, /* absent: yes, and words take the place of those proposed; no: they say why */
  { "text", KITH_FIELD_TEXT, N_("In words"), 0, 4000 },
  { "seen", KITH_FIELD_JSON, N_("What was proposed") }, /* as it was read: event; of an older desk reason and text */
};

const KithOperation kith_operations_referral_decline[] = {
  { "referral.decline", N_("Decline referral"), KITH_RUNS_DESK, KITH_OPERATION_UNDO, decline_args,
    G_N_ELEMENTS (decline_args), kith_op_permit_referral, decline_apply, decline_derive },
  { "referral.confirm_decline", N_("Confirm decline"), KITH_RUNS_DESK, KITH_OPERATION_UNDO, confirm_args,
    G_N_ELEMENTS (confirm_args), kith_op_permit_referral, confirm_apply, confirm_derive },
  { NULL },
};
