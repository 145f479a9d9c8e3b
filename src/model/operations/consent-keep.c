/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the act that takes a consent back makes of the client's open referrals (C5): each is recalled, taken back or kept with a legal basis by who may decide
 * over it; what may not be done is simply not done, for that must never hold up the revocation. */

#include "kith-access.h"
#include "operations/consent-common.h"

static const KithField keep_fields[] = {
  { "referral", KITH_FIELD_ID, N_("Referral"), KITH_FIELD_REQUIRED },
  KITH_RELEASE_FIELDS,
};

/* The form only: it follows from the arguments and the time, so a desk and the hub agree on it. */
gboolean
kith_op_check_keeps (KithOpContext *cx, JsonArray *keeps, GError **error)
{
  for (guint i = 0; keeps != NULL && i < json_array_get_length (keeps); i++)
    {
      JsonNode *node = json_array_get_element (keeps, i);
      JsonObject *keep = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      JsonArray *classes;
      gint64 until;

      if (keep == NULL)
        return kith_refuse (error, KITH_REFUSAL_INVALID, _("A referral to keep is not described as it should be."));
      if (!kith_fields_check (keep_fields, G_N_ELEMENTS (keep_fields), keep, FALSE, error))
        return FALSE;
      classes = kith_json_array (keep, "classes");
      if (classes == NULL || json_array_get_length (classes) == 0)
        return kith_refuse (error, KITH_REFUSAL_INVALID, _("Choose what a kept referral may still share."));
      if (!kith_time_parse (kith_json_string (keep, "until"), &until) || until <= cx->time_ms)
        return kith_refuse (error, KITH_REFUSAL_INVALID, _("A kept referral must end after today."));
    }
  return TRUE;
}

/* Naming a referral ends its release and its basis, for good, whatever consents remain. When, by whom and why stands in its timeline (C4). */
gboolean
kith_op_take_back (KithOpContext *cx, KithRecord *referral, const char *reason, gboolean *changed, GError **error)
{
  g_autoptr (KithRecord) detail = NULL;

  if (kith_record_bool (referral, "revoked"))
    return TRUE;
  if (!kith_op_detail (cx, referral, &detail, error))
    return FALSE;
  kith_record_set_bool (referral, "revoked", TRUE);
  *changed = TRUE;
  return kith_world_put (cx->world, referral, error) &&
         (detail == NULL || !kith_op_drop_release (detail) || kith_world_put (cx->world, detail, error)) &&
         kith_op_add_event (cx, referral, "taken_back", kith_json_new ("text", "s", reason, NULL), error);
}

/* ---- what this act ends ---- */

/* Does a consent in force let the receiver have what it carries? Inside one agency none is needed, so none covers it. Where not all of the client's
 * consents are here it is unknown: nothing is done then that the hub may not do (I23). */
static gboolean
is_consented (KithOpContext *cx, KithRecord *referral, gboolean unknown, gboolean *covered, GError **error)
{
  const char *giver = kith_record_string (referral, "agency"), *client = kith_record_string (referral, "client"), *taker = kith_referral_answerer (referral);
  g_autoptr (GError) local = NULL;
  gboolean complete = FALSE;

  *covered = FALSE;
  if (client == NULL || giver == NULL || taker == NULL || g_str_equal (giver, taker))
    return TRUE;
  *covered = kith_access_consented (cx->world, client, "client", giver, taker, cx->time_ms, NULL, &complete, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (!*covered && !complete)
    *covered = unknown;
  return TRUE;
}

/* Those to be kept that a consent covers before the act. What it ended before the act has no part in it, and no basis in it to go on. Yours; keys: ids */
GHashTable *
kith_op_find_kept (KithOpContext *cx, JsonArray *keeps, const char *client, GError **error)
{
  g_autoptr (GHashTable) found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; keeps != NULL && i < json_array_get_length (keeps); i++)
    {
      const char *id = kith_json_string (json_array_get_object_element (keeps, i), "referral");
      g_autoptr (KithRecord) referral = NULL;
      gboolean covered = FALSE;

      if (!kith_op_get (cx, "referral", id, &referral, error) ||
          (referral != NULL && client != NULL && kith_record_is (referral, "client", client) && !is_consented (cx, referral, FALSE, &covered, error)))
        return NULL;
      if (covered)
        g_hash_table_add (found, g_strdup (id));
    }
  return g_steal_pointer (&found);
}

/* ---- who decides ---- */

/* Somebody of the sender who has a part in the referral and sees it: any colleague may pass on what the client said, and no more than that (C11). Only over what is
 * open, and what no consent covers after the act. */
static gboolean
may_decide (KithOpContext *cx, KithRecord *referral, const char *client, gboolean *may, GError **error)
{
  g_autofree char *scope = kith_record_scope (referral);
  const char *phase = kith_record_string (referral, "phase");
  gboolean covered;
  guint sides;

  *may = FALSE;
  if (client == NULL || !kith_record_is (referral, "client", client) || (g_strcmp0 (phase, "sent") != 0 && !kith_referral_phase_is_open (phase)))
    return TRUE;
  if (!is_consented (cx, referral, TRUE, &covered, error))
    return FALSE;
  if (covered)
    return TRUE;
  if (cx->actor->level != KITH_LEVEL_HUB)
    {
      sides = kith_referral_sides (cx->world, cx->actor, referral, error);
      if (sides == G_MAXUINT)
        return FALSE;
      if ((sides & KITH_SIDES_SENDER) == 0 || kith_world_sees (cx->world, cx->actor, scope) != KITH_SEES_NOW)
        return TRUE;
    }
  *may = TRUE;
  return TRUE;
}

/* ---- kept ---- */

/* What may be shared of it: nobody keeps open what they may not see themselves (U10). NULL: nothing is left. Yours */
static JsonArray *
kept_classes (KithOpContext *cx, JsonObject *keep)
{
  JsonArray *classes = kith_json_array (keep, "classes");
  g_autoptr (JsonArray) kept = json_array_new ();

  for (guint i = 0; i < json_array_get_length (classes); i++)
    if (cx->actor->health || cx->actor->level == KITH_LEVEL_HUB || !g_str_has_suffix (json_array_get_string_element (classes, i), "_health"))
      json_array_add_string_element (kept, json_array_get_string_element (classes, i));
  return json_array_get_length (kept) > 0 ? g_steal_pointer (&kept) : NULL;
}

static gboolean
keep_referral (KithOpContext *cx, JsonObject *keep, const char *client, GError **error)
{
  g_autoptr (JsonArray) classes = kept_classes (cx, keep);
  g_autoptr (JsonObject) release = NULL;
  g_autoptr (KithRecord) referral = NULL;
  g_autoptr (KithRecord) detail = NULL;
  gboolean may;

  if (classes == NULL || !kith_op_is_release_term (cx, kith_json_string (keep, "until")))
    return TRUE;
  if (!kith_op_get (cx, "referral", kith_json_string (keep, "referral"), &referral, error))
    return FALSE;
  if (referral == NULL || kith_record_bool (referral, "revoked"))
    return TRUE;
  if (!may_decide (cx, referral, client, &may, error) || (may && !kith_op_detail (cx, referral, &detail, error)))
    return FALSE;
  if (detail == NULL)
    return TRUE;
  release = kith_json_copy_object (keep);
  json_object_set_array_member (release, "classes", g_steal_pointer (&classes));
  kith_op_write_release (release, referral, detail);
  return kith_world_put (cx->world, detail, error);
}

/* The sender keeps a referral with a legal basis: a release of its own. covered: those that a consent covered before the act; revoked (nullable): the one it names. */
gboolean
kith_op_keep_referrals (KithOpContext *cx, JsonArray *keeps, GHashTable *covered, const char *client, const char *revoked, GError **error)
{
  for (guint i = 0; keeps != NULL && i < json_array_get_length (keeps); i++)
    {
      JsonObject *keep = json_array_get_object_element (keeps, i);
      const char *id = kith_json_string (keep, "referral");

      if (g_hash_table_contains (covered, id) && g_strcmp0 (id, revoked) != 0 && !keep_referral (cx, keep, client, error))
        return FALSE;
    }
  return TRUE;
}

/* ---- recalled ---- */

/* C5: what has not been answered is recalled, what the receiver works on is taken back from it as if the revocation named it. Only the
 * sender can; whatever may not be recalled is left to the revocation itself. */
static gboolean
recall_referral (KithOpContext *cx, const char *id, const char *client, const char *reason, GError **error)
{
  g_autoptr (KithRecord) referral = NULL;
  gboolean changed = FALSE, may = FALSE;

  if (!kith_op_get (cx, "referral", id, &referral, error))
    return FALSE;
  if (referral != NULL && !may_decide (cx, referral, client, &may, error))
    return FALSE;
  if (!may)
    return TRUE;
  if (!kith_record_is (referral, "phase", "sent"))
    return kith_op_take_back (cx, referral, reason, &changed, error);
  return kith_op_enter_phase (cx, referral, "recalled", NULL, error) && kith_world_put (cx->world, referral, error) &&
         kith_op_add_event (cx, referral, "recalled",
                            kith_json_new ("from_phase", "s", "sent", "to_phase", "s", "recalled", "text", "s", reason, NULL), error);
}

gboolean
kith_op_recall_referrals (KithOpContext *cx, JsonArray *recalls, const char *client, const char *reason, GError **error)
{
  for (guint i = 0; recalls != NULL && i < json_array_get_length (recalls); i++)
    if (!recall_referral (cx, json_array_get_string_element (recalls, i), client, reason, error))
      return FALSE;
  return TRUE;
}

/* Who was prompted to answer is told that nothing waits any more (D2). */
gboolean
kith_op_tell_recalled (KithOpContext *cx, JsonArray *recalls, GError **error)
{
  g_autofree char *time = kith_op_time (cx);

  for (guint i = 0; recalls != NULL && i < json_array_get_length (recalls); i++)
    {
      g_autoptr (KithRecord) referral = NULL;
      g_autoptr (KithRecord) course = NULL;

      if (!kith_op_get (cx, "referral", json_array_get_string_element (recalls, i), &referral, error) ||
          (referral != NULL && !kith_referral_get_course (cx->world, referral, &course, error)))
        return FALSE;
      if (course != NULL && kith_record_is (referral, "phase", "recalled") && kith_record_is (course, "closed_at", time) &&
          kith_record_is (referral, "agency", cx->actor->agency) && !kith_op_notify (cx, referral, "recalled", KITH_NOTIFY_RECEIVER, error))
        return FALSE;
    }
  return TRUE;
}
