/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Consent of a client: given, refused, taken back, run out (C1 to C5). What follows for access is computed from these records alone. */

#include "operations/op-common.h"
#include "kith-referral-rules.h"

#define DEFAULT_TERM_DAYS 365
#define DAY_MS (G_GINT64_CONSTANT (24) * 60 * 60 * 1000)

/* consent.record takes all but the last, a consent inside client.register all but the first. */
static const KithField consent_args[] = {
  { "client", KITH_FIELD_REF, N_("Client"), KITH_FIELD_REQUIRED, .target = "client" },
  { "id", KITH_FIELD_ID, N_("Consent"), KITH_FIELD_REQUIRED },
  { "classes", KITH_FIELD_CODES, N_("What may be shared"), .vocabulary = "data_class" },
  { "receivers", KITH_FIELD_REFS, N_("Agencies that may see it"), .target = "organization" },
  { "disclosers", KITH_FIELD_REFS, N_("Agencies that may share it"), .target = "organization" },
  { "purpose", KITH_FIELD_STRING, N_("Purpose"), .max_length = 500 },
  { "term", KITH_FIELD_TIME, N_("Ends") },
  { "how", KITH_FIELD_CODE, N_("How it was given"), .vocabulary = "consent_how" },
  { "witness", KITH_FIELD_STRING, N_("Witness") },
  { "language", KITH_FIELD_STRING, N_("Language") },
  { "wording", KITH_FIELD_STRING, N_("Version of the wording") },
  { "grantor", KITH_FIELD_CODE, N_("Given by"), .vocabulary = "grantor" },
  { "relation", KITH_FIELD_STRING, N_("Relation to the client") },
  { "findable", KITH_FIELD_BOOL, N_("May be found by the network") },
  { "reason", KITH_FIELD_TEXT, N_("Reason"), .max_length = 2000 },
  { "permission", KITH_FIELD_CODE, N_("Decision"), .vocabulary = "permission" },
};
#define N_CONSENT_ARGS G_N_ELEMENTS (consent_args)

static const char *const copied[] = { "classes", "receivers", "disclosers", "purpose", "how", "witness", "language", "wording",
                                      "grantor", "relation", "findable", "reason", NULL };

/* ---- giving and refusing ---- */

/* A deficient consent is none (C4), so it is not taken: it must say what, to whom, how, and who gave it (C3). */
static gboolean
check_granted (JsonObject *values, GError **error)
{
  JsonArray *classes = kith_json_array (values, "classes");
  JsonArray *receivers = kith_json_array (values, "receivers");
  JsonArray *disclosers = kith_json_array (values, "disclosers");

  if (classes == NULL || json_array_get_length (classes) == 0)
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("Choose what may be shared."));
  if (receivers == NULL || json_array_get_length (receivers) == 0)
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("Choose which agencies may see it."));
  if (disclosers != NULL && json_array_get_length (disclosers) == 0)
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("Choose which agencies may share it, or leave it open for all."));
  if (kith_op_blank (values, "how"))
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("Say how the consent was given."));
  return TRUE;
}

static gboolean
check_grantor (JsonObject *values, GError **error)
{
  if (g_strcmp0 (kith_json_string (values, "grantor"), "representative") == 0 && kith_op_blank (values, "relation"))
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("Say how the representative is related to the client."));
  return TRUE;
}

/* The end: what was said, else the agency's own term (C3). */
static gboolean
set_term (KithOpContext *cx, KithRecord *consent, JsonObject *values, GError **error)
{
  const char *term = kith_json_string (values, "term");
  g_autoptr (KithRecord) settings = NULL;
  gint64 days = DEFAULT_TERM_DAYS, end;

  if (term != NULL)
    {
      if (!kith_time_parse (term, &end) || end <= cx->time_ms)
        return kith_refuse (error, KITH_REFUSAL_INVALID, _("A consent must end after today."));
      kith_record_set_string (consent, "term", term);
      return TRUE;
    }
  if (cx->actor->agency != NULL && !kith_op_settings (cx, cx->actor->agency, &settings, error))
    return FALSE;
  if (settings != NULL && kith_record_int (settings, "consent_term_days") > 0)
    days = kith_record_int (settings, "consent_term_days");

  g_autofree char *text = kith_time_format (cx->time_ms + days * DAY_MS);
  kith_record_set_string (consent, "term", text);
  return TRUE;
}

/* Whose record it is: the agency that asked; for the hub's console the one that registered the client. */
static gboolean
find_agency (KithOpContext *cx, const char *client, char **agency, GError **error)
{
  g_autoptr (KithRecord) record = NULL;

  if (cx->actor->agency == NULL && !kith_op_need (cx, "client", client, &record, error))
    return FALSE;
  *agency = g_strdup (record != NULL ? kith_record_string (record, "agency") : cx->actor->agency);
  return TRUE;
}

/* Writes the consent record; values as in consent_args without client. */
gboolean
kith_op_make_consent (KithOpContext *cx, const char *client, JsonObject *values, gboolean granted, GError **error)
{
  const char *id = kith_json_string (values, "id");
  g_autofree char *time = kith_op_time (cx);
  g_autofree char *agency = NULL;
  g_autoptr (KithRecord) consent = NULL;

  if (!find_agency (cx, client, &agency, error) || !kith_fields_check (consent_args + 1, N_CONSENT_ARGS - 1, values, FALSE, error) || !check_grantor (values, error) ||
      (granted && !check_granted (values, error)) || !kith_op_refuse_taken (cx, "consent", id, error))
    return FALSE;

  consent = kith_op_new ("consent", id);
  kith_op_copy (consent, values, copied);
  kith_record_set_string (consent, "client", client);
  kith_record_set_string (consent, "agency", agency);
  kith_record_set_string (consent, "permission", granted ? "granted" : "refused");
  kith_record_set_string (consent, "status", granted ? "in_force" : "refused");
  kith_record_set_string (consent, "start", time);
  if (kith_record_string (consent, "grantor") == NULL)
    kith_record_set_string (consent, "grantor", "self");
  kith_record_set_string (consent, "recorded_by", cx->actor->user);
  if (granted && !set_term (cx, consent, values, error))
    return FALSE;
  return kith_world_put (cx->world, consent, error);
}

static gboolean
record_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  g_autoptr (JsonObject) values = kith_json_copy_object (args);

  json_object_remove_member (values, "client");
  return kith_op_make_consent (cx, kith_json_string (args, "client"), values, TRUE, error);
}

/* C2: the refusal is recorded, the client is served all the same, the record stays private. */
static gboolean
refuse_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  g_autoptr (JsonObject) values = kith_json_copy_object (args);

  json_object_remove_member (values, "client");
  return kith_op_make_consent (cx, kith_json_string (args, "client"), values, FALSE, error);
}

/* ---- taking back ---- */

static const KithField keep_fields[] = {
  { "referral", KITH_FIELD_ID, N_("Referral"), KITH_FIELD_REQUIRED },
  { "basis", KITH_FIELD_STRING, N_("Legal basis"), KITH_FIELD_REQUIRED, 500 }, /* of the vocabulary legal_basis, or in words */
  { "classes", KITH_FIELD_CODES, N_("What may be shared"), KITH_FIELD_REQUIRED, .vocabulary = "data_class" },
  { "until", KITH_FIELD_TIME, N_("Until"), KITH_FIELD_REQUIRED },
};

/* The form only: it follows from the arguments and the time, so a desk and the hub agree on it. */
static gboolean
check_keeps (KithOpContext *cx, JsonArray *keeps, GError **error)
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
  if (referral != NULL && (kith_record_is (referral, "agency", agency) || kith_record_is (referral, "agency_to", agency)))
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
              (kith_record_is (sent, "agency_to", agency) && kith_record_string (sent, "sent_at") != NULL))
            return TRUE;
        }
    }
  *concerns = FALSE;
  return TRUE;
}

/* Any agency that holds any scope of the client may record it, naming a consent, the client or a referral (design.md 2.4). */
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
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("Say what is revoked: one consent, one referral, or everything of one client."));
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

static gboolean
revoke_consent (KithOpContext *cx, KithRecord *consent, const char *reason, gboolean *changed, GError **error)
{
  g_autofree char *time = kith_op_time (cx);

  if (!kith_record_is (consent, "status", "in_force"))
    return TRUE;
  kith_record_set_string (consent, "status", "revoked");
  kith_record_set_string (consent, "revoked_at", time);
  kith_record_set_string (consent, "revoked_by", cx->actor->user);
  kith_record_set_string (consent, "revoke_reason", reason);
  *changed = TRUE;
  return kith_world_put (cx->world, consent, error);
}

static gboolean
revoke_all (KithOpContext *cx, const char *client, const char *reason, gboolean *changed, GError **error)
{
  g_autofree char *scope = g_strconcat ("client:", client, NULL);
  gboolean complete;
  g_autoptr (GPtrArray) consents = kith_world_find (cx->world, scope, "consent", NULL, NULL, &complete, error);

  if (consents == NULL)
    return FALSE;
  for (guint i = 0; i < consents->len; i++)
    if (!revoke_consent (cx, g_ptr_array_index (consents, i), reason, changed, error))
      return FALSE;
  if (!complete)
    *changed = TRUE; /* asked for: the hub finds the rest */
  return TRUE;
}

/* Naming a referral ends its release and its basis, for good, whatever consents remain. */
static gboolean
revoke_referral (KithOpContext *cx, KithRecord *referral, gboolean *changed, GError **error)
{
  if (kith_record_bool (referral, "revoked"))
    return TRUE;
  kith_record_set_bool (referral, "revoked", TRUE);
  kith_record_set_node (referral, "release_classes", NULL);
  kith_record_set_string (referral, "release_until", NULL);
  kith_record_set_string (referral, "release_basis", NULL);
  *changed = TRUE;
  return kith_world_put (cx->world, referral, error);
}

/* C5: the sender keeps a referral with a legal basis: a release of its own. What may not be kept is simply not kept; that must never
 * hold up the revocation. */
static gboolean
keep_referral (KithOpContext *cx, JsonObject *keep, const char *client, const char *revoked, GError **error)
{
  const char *id = kith_json_string (keep, "referral");
  g_autoptr (KithRecord) referral = NULL;

  if (!kith_op_get (cx, "referral", id, &referral, error))
    return FALSE;
  if (referral == NULL || g_strcmp0 (id, revoked) == 0 || kith_record_bool (referral, "revoked") ||
      !kith_referral_phase_was_sent (kith_record_string (referral, "phase")))
    return TRUE;
  if (client == NULL || !kith_record_is (referral, "client", client))
    return TRUE;
  if (cx->actor->level != KITH_LEVEL_HUB && !kith_record_is (referral, "agency", cx->actor->agency))
    return TRUE;
  kith_op_set_node (referral, "release_classes", keep, "classes");
  kith_op_set_node (referral, "release_until", keep, "until");
  kith_op_set_node (referral, "release_basis", keep, "basis");
  return kith_world_put (cx->world, referral, error);
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
  gboolean changed = FALSE;

  if (kith_text_blank (reason))
    return kith_refuse (error, KITH_REFUSAL_REASON_REQUIRED, _("Say why the consent is revoked."));
  if (!check_keeps (cx, keeps, error) || !find_client (cx, args, &client, &referral, error))
    return FALSE;

  if (consent_id != NULL)
    {
      if (!kith_op_get (cx, "consent", consent_id, &consent, error))
        return FALSE;
      if (consent == NULL)
        changed = TRUE; /* not on this computer */
      else if (!revoke_consent (cx, consent, reason, &changed, error))
        return FALSE;
    }
  else if (kith_json_string (args, "client") != NULL)
    {
      if (!revoke_all (cx, client, reason, &changed, error))
        return FALSE;
    }
  else if (referral == NULL)
    {
      changed = TRUE;
    }
  else if (!revoke_referral (cx, referral, &changed, error))
    {
      return FALSE;
    }

  for (guint i = 0; keeps != NULL && i < json_array_get_length (keeps); i++)
    if (!keep_referral (cx, json_array_get_object_element (keeps, i), client, kith_json_string (args, "referral"), error))
      return FALSE;
  if (!changed && (keeps == NULL || json_array_get_length (keeps) == 0))
    kith_op_noop (cx);
  return TRUE;
}

/* ---- running out (C4) ---- */

static gboolean
expire_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  g_autoptr (KithRecord) consent = NULL;
  gint64 end;

  if (!kith_op_need (cx, "consent", kith_json_string (args, "consent"), &consent, error))
    return FALSE;
  if (consent == NULL)
    return TRUE;
  if (!kith_record_is (consent, "status", "in_force") || !kith_time_parse (kith_record_string (consent, "term"), &end) || end > cx->time_ms)
    {
      kith_op_noop (cx);
      return TRUE;
    }
  kith_record_set_string (consent, "status", "expired");
  return kith_world_put (cx->world, consent, error);
}

static gboolean
record_permit (KithOpContext *cx, JsonObject *args, GError **error)
{
  return cx->actor->level == KITH_LEVEL_HUB || kith_op_permit_worker (cx, args, error);
}

static const KithField refuse_args[] = {
  { "id", KITH_FIELD_ID, N_("Consent"), KITH_FIELD_REQUIRED },
  { "client", KITH_FIELD_REF, N_("Client"), KITH_FIELD_REQUIRED, .target = "client" },
  { "how", KITH_FIELD_CODE, N_("How it was refused"), .vocabulary = "consent_how" },
  { "witness", KITH_FIELD_STRING, N_("Witness") },
  { "language", KITH_FIELD_STRING, N_("Language") },
  { "grantor", KITH_FIELD_CODE, N_("Refused by"), .vocabulary = "grantor" },
  { "relation", KITH_FIELD_STRING, N_("Relation to the client") },
  { "reason", KITH_FIELD_TEXT, N_("Reason"), .max_length = 2000 },
};

static const KithField revoke_args[] = {
  { "consent", KITH_FIELD_REF, N_("Consent"), KITH_FIELD_LOOSE, .target = "consent" },
  { "client", KITH_FIELD_REF, N_("Client"), KITH_FIELD_LOOSE, .target = "client" },
  { "referral", KITH_FIELD_REF, N_("Referral"), KITH_FIELD_LOOSE, .target = "referral" },
  { "reason", KITH_FIELD_TEXT, N_("Reason"), .max_length = 2000 },
  { "keep", KITH_FIELD_JSON, N_("Referrals that are kept") },
};

static const KithField expire_args[] = {
  { "consent", KITH_FIELD_REF, N_("Consent"), KITH_FIELD_REQUIRED, .target = "consent" },
};

const KithOperation kith_operations_consent[] = {
  { "consent.record", N_("Record consent"), KITH_RUNS_DESK, 0, consent_args, N_CONSENT_ARGS - 2, record_permit, record_apply },
  { "consent.refuse", N_("Record refusal of consent"), KITH_RUNS_DESK, 0, refuse_args, G_N_ELEMENTS (refuse_args), record_permit, refuse_apply },
  { "consent.revoke", N_("Revoke consent"), KITH_RUNS_DESK, KITH_OPERATION_ALWAYS, revoke_args, G_N_ELEMENTS (revoke_args),
    revoke_permit, revoke_apply },
  { "consent.expire", N_("End consent at its term"), KITH_RUNS_CLOCK, 0, expire_args, G_N_ELEMENTS (expire_args), kith_op_permit_hub, expire_apply },
  { NULL },
};
