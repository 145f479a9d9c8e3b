/* SPDX-License-Identifier: GPL-3.0-or-later */

/* consent.revoke: one act, dated, with its reason, by any agency concerned and however late (C4, C5). */

#include "kith-access.h"
#include "kith-referral-rules.h"
#include "operations/consent-common.h"

/* Whose consent is meant. TRUE with *client NULL: not known here, or a referral without a client record. */
static gboolean
find_client (KithOpContext *cx, JsonObject *args, char **client, KithRecord **referral, GError **error)
{
  const char *consent_id = kith_json_string (args, "consent");
  const char *referral_id = kith_json_string (args, "referral");
  g_autoptr (KithRecord) record = NULL;

  if (kith_json_string (args, "client") != NULL)
    {
      if (!kith_op_need (cx, "client", kith_json_string (args, "client"), &record, error))
        return FALSE;
      *client = g_strdup (kith_json_string (args, "client"));
      return TRUE;
    }
  if (consent_id != NULL)
    {
      if (!kith_op_need (cx, "consent", consent_id, &record, error))
        return FALSE;
    }
  else if (!kith_op_need (cx, "referral", referral_id, &record, error))
    {
      return FALSE;
    }
  *client = record != NULL ? g_strdup (kith_record_string (record, "client")) : NULL;
  if (referral_id != NULL)
    *referral = g_steal_pointer (&record);
  return TRUE;
}

/* Does the actor's agency hold any scope of the client, or did it once? A revocation may come late. */
static gboolean
concerns_agency (KithOpContext *cx, const char *client, KithRecord *referral, gboolean *concerns, GError **error)
{
  const char *agency = cx->actor->agency;
  g_autofree char *client_scope = g_strconcat ("client:", client, NULL);
  g_autofree char *care_id = NULL;
  g_autoptr (KithRecord) record = NULL;
  g_autoptr (GPtrArray) referrals = NULL;
  gboolean complete;

  *concerns = TRUE;
  if (referral != NULL &&
      (kith_record_is (referral, "agency", agency) || kith_record_is (referral, "agency_to", agency)))
    return TRUE;
  if (client != NULL)
    {
      if (kith_world_sees (cx->world, cx->actor, client_scope) != KITH_SEES_NOTHING)
        return TRUE;
      if (!kith_op_get (cx, "client", client, &record, error))
        return FALSE;
      if (record != NULL && kith_record_is (record, "agency", agency))
        return TRUE;
      g_clear_object (&record);
      care_id = kith_op_natural_id ("care", client, agency, NULL);
      if (!kith_op_get (cx, "care", care_id, &record, error))
        return FALSE;
      if (record != NULL)
        return TRUE;
      referrals = kith_world_find (cx->world, NULL, "referral", "client", client, &complete, error);
      if (referrals == NULL)
        return FALSE;
      for (guint i = 0; i < referrals->len; i++)
        {
          KithRecord *sent = g_ptr_array_index (referrals, i);

          if (kith_record_is (sent, "agency", agency) ||
              (kith_record_is (sent, "agency_to", agency) && kith_access_referral_sent (sent)))
            return TRUE;
        }
    }
  *concerns = FALSE;
  return TRUE;
}

/* Any agency that holds any scope of the client may record it, naming a consent, the client or a referral
 * (design.md 2.4). */
static gboolean
revoke_permit (KithOpContext *cx, JsonObject *args, GError **error)
{
  g_autofree char *client = NULL;
  g_autoptr (KithRecord) referral = NULL;
  gboolean concerns;
  guint named = 0;

  for (guint i = 0; i < 3; i++)
    named += !kith_op_blank (args, ((const char *[]){ "consent", "client", "referral" })[i]);
  if (named != 1)
    return kith_refuse (error, KITH_REFUSAL_INVALID,
                        _("Say what is revoked: one consent, one referral, or everything of one client."));
  if (cx->actor->level == KITH_LEVEL_HUB)
    return TRUE;
  if (!kith_op_permit_worker (cx, args, error) || !find_client (cx, args, &client, &referral, error))
    return FALSE;
  if (client == NULL && referral == NULL)
    return TRUE; /* not here: the hub knows */
  if (!concerns_agency (cx, client, referral, &concerns, error))
    return FALSE;
  if (!concerns && cx->hub)
    return kith_op_not_found (error);
  return TRUE;
}

/* Any agency that knows the client may, and everybody who knows the client reads which it was and who: but of a victim service agency that would tell whose
 * client this is (C15). */
static gboolean
sign_revoked (KithOpContext *cx, KithRecord *record, const char *at, const char *by, const char *by_name, const char *agency, GError **error)
{
  g_autoptr (KithRecord) settings = NULL;

  if (!kith_op_settings (cx, cx->actor->agency, &settings, error))
    return FALSE;
  kith_op_sign (cx, record, at, by, by_name);
  kith_record_set_string (record, agency, cx->actor->agency);
  if (settings != NULL && kith_record_bool (settings, "victim_service") && !kith_record_is (record, "agency", cx->actor->agency))
    {
      kith_record_set_string (record, by_name, NULL);
      kith_record_set_string (record, agency, NULL);
    }
  return TRUE;
}

static gboolean
revoke_consent (KithOpContext *cx, KithRecord *consent, gboolean *changed, GError **error)
{
  if (!kith_record_is (consent, "status", "in_force"))
    return TRUE;
  kith_record_set_string (consent, "status", "revoked");
  *changed = TRUE;
  return sign_revoked (cx, consent, "revoked_at", "revoked_by", "revoked_by_name", "revoked_agency", error) && kith_world_put (cx->world, consent, error);
}

/* C4: for the consents that were given before this and come later. The latest revocation counts. */
static gboolean
mark_client (KithOpContext *cx, const char *id, gboolean *changed, GError **error)
{
  g_autofree char *time = kith_op_time (cx);
  g_autoptr (KithRecord) client = NULL;

  if (!kith_op_get (cx, "client", id, &client, error))
    return FALSE;
  if (client == NULL || g_strcmp0 (kith_record_string (client, "consents_revoked_at"), time) >= 0)
    return TRUE;
  kith_record_set_string (client, "consents_revoke_reason", NULL); /* of an older Kith, and of another day */
  *changed = TRUE;
  return sign_revoked (cx, client, "consents_revoked_at", "consents_revoked_by", "consents_revoked_by_name", "consents_revoked_agency", error) &&
         kith_world_put (cx->world, client, error);
}

static gboolean
revoke_all (KithOpContext *cx, const char *client, gboolean *changed, GError **error)
{
  g_autofree char *scope = g_strconcat ("client:", client, NULL);
  gboolean complete;
  g_autoptr (GPtrArray) consents = kith_world_find (cx->world, scope, "consent", NULL, NULL, &complete, error);

  if (consents == NULL)
    return FALSE;
  for (guint i = 0; i < consents->len; i++)
    if (!revoke_consent (cx, g_ptr_array_index (consents, i), changed, error))
      return FALSE;
  if (!complete)
    *changed = TRUE; /* asked for: the hub finds the rest */
  return mark_client (cx, client, changed, error);
}

/* ---- who is told ---- */

/* The agencies that what this act revoked named or came from. */
static gboolean
add_concerned (KithOpContext *cx, const char *client, GHashTable *agencies, GError **error)
{
  g_autofree char *scope = g_strconcat ("client:", client, NULL);
  g_autofree char *time = kith_op_time (cx);
  g_autoptr (GPtrArray) consents = kith_world_find (cx->world, scope, "consent", "status", "revoked", NULL, error);

  for (guint i = 0; consents != NULL && i < consents->len; i++)
    {
      KithRecord *consent = g_ptr_array_index (consents, i);
      JsonArray *receivers = kith_record_array (consent, "receivers");

      if (!kith_record_is (consent, "revoked_at", time) || !kith_record_is (consent, "revoked_by", cx->actor->user))
        continue;
      if (kith_record_string (consent, "agency") != NULL)
        g_hash_table_add (agencies, g_strdup (kith_record_string (consent, "agency")));
      for (guint k = 0; receivers != NULL && k < json_array_get_length (receivers); k++)
        if (!g_str_equal (json_array_get_string_element (receivers, k), "network"))
          g_hash_table_add (agencies, g_strdup (json_array_get_string_element (receivers, k)));
    }
  return consents != NULL;
}

/* Who works with the client, by the client's number; who was only asked, by the number of the referral; nobody else: a receiver that
 * holds nothing is not told that there is such a client. */
static gboolean
tell_agency_of (KithOpContext *cx, KithRecord *client, const char *agency, GError **error)
{
  g_autofree char *care_id = kith_op_natural_id ("care", kith_record_get_id (client), agency, NULL);
  g_autoptr (KithRecord) care = NULL;
  g_autoptr (GPtrArray) referrals = NULL;

  if (!kith_op_get (cx, "care", care_id, &care, error))
    return FALSE;
  if (care != NULL || kith_record_is (client, "agency", agency))
    return kith_op_notify_client (cx, kith_record_get_id (client), agency, "consent_revoked", error);
  referrals = kith_world_find (cx->world, NULL, "referral", "client", kith_record_get_id (client), NULL, error);
  for (guint i = 0; referrals != NULL && i < referrals->len; i++)
    {
      KithRecord *referral = g_ptr_array_index (referrals, i);

      if (kith_record_is (referral, "agency_to", agency) && kith_record_is (referral, "phase", "sent") &&
          !kith_op_notify (cx, referral, "consent_revoked", KITH_NOTIFY_RECEIVER, error))
        return FALSE;
    }
  return referrals != NULL;
}

/* The agencies concerned learn that it ended, by number alone (C5, C17). */
static gboolean
revoke_derive (KithOpContext *cx, JsonObject *args, GError **error)
{
  g_autoptr (GHashTable) agencies = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *client_id = NULL;
  g_autoptr (KithRecord) referral = NULL;
  g_autoptr (KithRecord) client = NULL;
  g_autoptr (GList) names = NULL;

  if (!kith_op_tell_recalled (cx, kith_json_array (args, "recall"), error) || !find_client (cx, args, &client_id, &referral, error))
    return FALSE;
  if (referral != NULL)
    return kith_op_notify (cx, referral, "consent_revoked", KITH_NOTIFY_SENDER | KITH_NOTIFY_ASSIGNEE, error);
  if (!kith_op_get (cx, "client", client_id, &client, error))
    return FALSE;
  if (client == NULL)
    return TRUE;
  if (!add_concerned (cx, client_id, agencies, error))
    return FALSE;
  names = g_list_sort (g_hash_table_get_keys (agencies), (GCompareFunc) strcmp);
  for (GList *l = names; l != NULL; l = l->next)
    if (!tell_agency_of (cx, client, l->data, error))
      return FALSE;
  return TRUE;
}

static gboolean
revoke_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  const char *consent_id = kith_json_string (args, "consent");
  const char *reason = kith_json_string (args, "reason");
  JsonArray *keeps = kith_json_array (args, "keep");
  g_autofree char *client = NULL;
  g_autoptr (KithRecord) referral = NULL;
  g_autoptr (KithRecord) consent = NULL;
  g_autoptr (GHashTable) covered = NULL;
  gboolean changed = FALSE;

  if (kith_text_blank (reason))
    return kith_refuse (error, KITH_REFUSAL_REASON_REQUIRED, _("Say why the consent is revoked."));
  if (!kith_op_check_keeps (cx, keeps, error) || !find_client (cx, args, &client, &referral, error) ||
      (covered = kith_op_find_kept (cx, keeps, client, error)) == NULL)
    return FALSE;

  if (consent_id != NULL)
    {
      if (!kith_op_get (cx, "consent", consent_id, &consent, error))
        return FALSE;
      if (consent == NULL)
        changed = TRUE; /* not on this computer */
      else if (!revoke_consent (cx, consent, &changed, error))
        return FALSE;
    }
  else if (kith_json_string (args, "client") != NULL)
    {
      if (!revoke_all (cx, client, &changed, error))
        return FALSE;
    }
  else if (referral == NULL)
    {
      changed = TRUE;
    }
  else if (!kith_op_take_back (cx, referral, reason, &changed, error))
    {
      return FALSE;
    }

  /* Everybody who reads the record reads that it was and who took it down; why is the agency's that was told (C11). */
  if (changed && client != NULL && kith_json_string (args, "referral") == NULL && !kith_op_put_reason (cx, client, "revoked", reason, error))
    return FALSE;
  if (!kith_op_keep_referrals (cx, keeps, covered, client, kith_json_string (args, "referral"), error) ||
      !kith_op_recall_referrals (cx, kith_json_array (args, "recall"), client, reason, error))
    return FALSE;
  if (!changed && kith_json_array (args, "recall") == NULL && (keeps == NULL || json_array_get_length (keeps) == 0))
    kith_op_noop (cx);
  return TRUE;
}

static const KithField revoke_args[] = {
  { "consent", KITH_FIELD_REF, N_("Consent"), KITH_FIELD_LOOSE, .target = "consent" },
  { "client", KITH_FIELD_REF, N_("Client"), KITH_FIELD_LOOSE, .target = "client" },
  { "referral", KITH_FIELD_REF, N_("Referral"), KITH_FIELD_LOOSE, .target = "referral" },
  { "reason", KITH_FIELD_TEXT, N_("Reason"), .max_length = 2000 },
  { "keep", KITH_FIELD_JSON, N_("Referrals that are kept") },
  { "recall", KITH_FIELD_REFS, N_("Referrals that are recalled"), KITH_FIELD_LOOSE, .target = "referral" },
};

const KithOperation kith_operations_consent_revoke[] = {
  { "consent.revoke", N_("Revoke consent"), KITH_RUNS_DESK, KITH_OPERATION_ALWAYS, revoke_args,
    G_N_ELEMENTS (revoke_args), revoke_permit, revoke_apply, revoke_derive },
  { NULL },
};
