/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Consent of a client: given, refused, run out (C1 to C4). What follows for access is computed from these records
 * alone. */

#include "kith-consent.h"
#include "kith-referral-rules.h"
#include "kith-signature.h"
#include "operations/op-common.h"

#include <stdio.h>
#include <string.h>

#define DEFAULT_TERM_DAYS 365
#define DAY_MS (G_GINT64_CONSTANT (24) * 60 * 60 * 1000)

/* consent.record takes all but the last, a consent inside client.register all but the first. */
static const KithField consent_args[] = {
  { "client", KITH_FIELD_REF, N_("Client"), KITH_FIELD_REQUIRED | KITH_FIELD_LOOSE, .target = "client" }, /* record_permit() asks for sight */
  { "id", KITH_FIELD_ID, N_("Consent"), KITH_FIELD_REQUIRED },
  { "classes", KITH_FIELD_CODES, N_("What may be shared"), .vocabulary = "data_class" },
  { "receivers", KITH_FIELD_REFS, N_("Agencies that may see it"), .target = "organization" },
  { "receiver_classes", KITH_FIELD_CODES, N_("Groups that may see it"), .vocabulary = "receiver_class" },
  { "disclosers", KITH_FIELD_REFS, N_("Agencies that may share it"), .target = "organization" },
  { "purpose", KITH_FIELD_STRING, N_("Purpose"), .max_length = 500 },
  { "term", KITH_FIELD_TIME, N_("Ends") },
  { "how", KITH_FIELD_CODE, N_("How it was given"), .vocabulary = "consent_how" },
  { "witness", KITH_FIELD_STRING, N_("Witness") },
  { "signature", KITH_FIELD_TEXT, N_("Signature"), .max_length = KITH_SIGNATURE_MOST },
  { "signer", KITH_FIELD_STRING, N_("Signed by"), .max_length = 200 },
  { "language", KITH_FIELD_STRING, N_("Language") },
  { "wording", KITH_FIELD_STRING, N_("Version of the wording") },
  { "grantor", KITH_FIELD_CODE, N_("Given by"), .vocabulary = "grantor" },
  { "relation", KITH_FIELD_STRING, N_("Relation to the client") },
  { "findable", KITH_FIELD_BOOL, N_("May be found by the network") },
  /* Attached afterwards: the file belongs to the consent. */
  { "document", KITH_FIELD_REF, N_("Document"), KITH_FIELD_LOOSE, .target = "document" },
  { "replaces", KITH_FIELD_REFS, N_("Replaces"), KITH_FIELD_LOOSE, .target = "consent" },
  { "signed_on", KITH_FIELD_DATE, N_("Signed on"), KITH_FIELD_MEANT, .since = 6 }, /* of a paper; an older hub would let it hold for longer */
  /* By an agency that keeps its own part of the client alone: the person stands there and agrees. An older hub would refuse it. */
  { "in_person", KITH_FIELD_BOOL, N_("Said by the client in person"), KITH_FIELD_MEANT, .since = 6 },
  { "end_event", KITH_FIELD_STRING, N_("Or when this happens"), KITH_FIELD_MEANT, .max_length = 500, .since = 6 }, /* an older hub would leave out why it ends sooner */
  { "reason", KITH_FIELD_TEXT, N_("Reason"), .max_length = 2000 },
  { "permission", KITH_FIELD_CODE, N_("Decision"), .vocabulary = "permission" },
};
#define N_CONSENT_ARGS G_N_ELEMENTS (consent_args)

static const char *const copied[] = { "classes",  "receivers", "receiver_classes", "disclosers", "purpose",  "how", "witness",
                                      "language", "wording",   "grantor",          "relation",   "findable", "document",
                                      "signature", "signer",   "signed_on",       "end_event",  NULL };

/* ---- giving and refusing ---- */

/* A deficient consent is none (C4), so it is not taken: it must say what, to whom, how, and who gave it (C3). */
static gboolean
check_granted (JsonObject *values, GError **error)
{
  JsonArray *classes = kith_json_array (values, "classes");
  JsonArray *receivers = kith_json_array (values, "receivers");
  JsonArray *groups = kith_json_array (values, "receiver_classes");
  JsonArray *disclosers = kith_json_array (values, "disclosers");

  if (classes == NULL || json_array_get_length (classes) == 0)
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("Choose what may be shared."));
  if ((receivers == NULL || json_array_get_length (receivers) == 0) && (groups == NULL || json_array_get_length (groups) == 0))
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("Choose which agencies may see it."));
  if (disclosers != NULL && json_array_get_length (disclosers) == 0)
    return kith_refuse (error, KITH_REFUSAL_INVALID,
                        _("Choose which agencies may share it, or leave it open for all."));
  if (kith_op_blank (values, "how"))
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("Say how the consent was given."));
  return TRUE;
}

/* It is drawn again on other computers: what is no path is not taken. */
static gboolean
check_signature (JsonObject *values, GError **error)
{
  g_autoptr (GArray) points = kith_signature_parse (kith_json_string (values, "signature"));

  if (points != NULL || kith_json_string (values, "signature") == NULL)
    return TRUE;
  return kith_refuse (error, KITH_REFUSAL_INVALID, _("The signature cannot be read. Clear it and let the client sign again."));
}

/* A consent inside client.register is not looked through by the generic checks. */
static gboolean
check_agencies (KithOpContext *cx, JsonArray *agencies, GError **error)
{
  for (guint i = 0; agencies != NULL && i < json_array_get_length (agencies); i++)
    {
      const char *id = json_array_get_string_element (agencies, i);
      g_autoptr (KithRecord) agency = NULL;

      if (strcmp (id, "network") != 0 && !kith_op_need (cx, "organization", id, &agency, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_grantor (JsonObject *values, GError **error)
{
  if (g_strcmp0 (kith_json_string (values, "grantor"), "representative") == 0 && kith_op_blank (values, "relation"))
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("Say how the representative is related to the client."));
  return TRUE;
}

/* C3. What is said or signed here and now has no other day. */
static gboolean
check_signed_on (KithOpContext *cx, JsonObject *values, GError **error)
{
  const char *how = kith_json_string (values, "how");

  if (kith_json_string (values, "signed_on") == NULL)
    return TRUE;
  if (g_strcmp0 (how, "written") != 0 && g_strcmp0 (how, "scanned") != 0)
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("Only what was signed on paper has a day of its own."));
  return kith_op_check_day (cx, values, "signed_on", error);
}

/* The beginning of the day on the paper, where the agency is; *given_ms stays what it is when that is today. */
static gboolean
find_given (KithOpContext *cx, KithRecord *consent, gint64 *given_ms, GError **error)
{
  const char *day = kith_record_string (consent, "signed_on");
  g_autoptr (GTimeZone) zone = NULL;
  g_autoptr (GDateTime) begin = NULL;
  g_autofree char *today = NULL, *text = NULL;
  int y, m, d;

  if (day == NULL || sscanf (day, "%4d-%2d-%2d", &y, &m, &d) != 3)
    return TRUE;
  zone = kith_agency_zone (cx->world, kith_record_string (consent, "agency"), error);
  today = zone != NULL ? kith_referral_day (cx->world, kith_record_string (consent, "agency"), cx->time_ms, error) : NULL;
  if (today == NULL)
    return FALSE;
  begin = g_date_time_new (zone, y, m, d, 0, 0, 0);
  if (begin == NULL || strcmp (day, today) >= 0)
    return TRUE;
  *given_ms = g_date_time_to_unix (begin) * 1000;
  text = kith_time_format (*given_ms);
  kith_record_set_string (consent, "given_at", text);
  return TRUE;
}

/* The end: what was said, else the agency's own term from when it was given (C3). */
static gboolean
set_term (KithOpContext *cx, KithRecord *consent, JsonObject *values, gint64 given_ms, GError **error)
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

  if (given_ms + days * DAY_MS <= cx->time_ms)
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("This was signed so long ago that it is over by your agency’s own term. Ask the client anew, or say until when it holds."));

  g_autofree char *text = kith_time_format (given_ms + days * DAY_MS);
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
  gint64 given_ms = cx->time_ms;

  if (!find_agency (cx, client, &agency, error) ||
      !kith_fields_check (consent_args + 1, N_CONSENT_ARGS - 1, values, FALSE, error) ||
      !check_grantor (values, error) || !check_agencies (cx, kith_json_array (values, "receivers"), error) ||
      !check_agencies (cx, kith_json_array (values, "disclosers"), error) ||
      (granted && !check_granted (values, error)) || !check_signature (values, error) || !check_signed_on (cx, values, error) ||
      !kith_op_refuse_taken (cx, "consent", id, error))
    return FALSE;

  consent = kith_op_new ("consent", id);
  kith_op_copy (consent, values, copied);
  kith_record_set_string (consent, "client", client);
  kith_record_set_string (consent, "agency", agency);
  kith_record_set_string (consent, "permission", granted ? "granted" : "refused");
  kith_record_set_string (consent, "status", granted ? "in_force" : "refused");
  if (kith_record_string (consent, "grantor") == NULL)
    kith_record_set_string (consent, "grantor", "self");
  kith_op_sign (cx, consent, "start", "recorded_by", "recorded_by_name");
  /* Who heard it is its witness, unless somebody else is named. */
  if (kith_record_is (consent, "how", "verbal") && kith_record_string (consent, "witness") == NULL)
    {
      g_autofree char *name = kith_op_clip (cx->actor->name, 200);

      kith_record_set_string (consent, "witness", name);
    }
  if (granted && (!find_given (cx, consent, &given_ms, error) || !set_term (cx, consent, values, given_ms, error) || !kith_op_name_receivers (cx, consent, error) ||
                  !kith_op_supersede (cx, consent, kith_json_array (values, "replaces"), error)))
    return FALSE;
  /* Every agency that a consent lets in reads the record: why is the agency's that was told (C11). */
  return kith_world_put (cx->world, consent, error) &&
         (kith_op_blank (values, "reason") || kith_op_put_reason (cx, client, granted ? "granted" : "refused", kith_json_string (values, "reason"), error));
}

static gboolean
record_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  g_autoptr (JsonObject) values = kith_json_copy_object (args);

  json_object_remove_member (values, "client");
  return kith_op_make_consent (cx, kith_json_string (args, "client"), values, TRUE, error);
}

/* Had the agency that class before this consent, by another one that is in force, or was until this one took its place? owner: whose record it is */
static gboolean
had_before (KithOpContext *cx, KithRecord *consent, GPtrArray *all, const char *data_class, const char *owner)
{
  g_autofree char *time = kith_op_time (cx);
  gboolean had = FALSE;

  for (guint i = 0; i < all->len; i++)
    {
      KithRecord *other = g_ptr_array_index (all, i);
      const char *term = kith_record_string (other, "term"); /* the hub's clock may not have swept it yet */

      had |= !g_str_equal (kith_record_get_id (other), kith_record_get_id (consent)) &&
              kith_consent_covers (kith_record_get_body (other), data_class, owner, cx->actor->agency) && (term == NULL || strcmp (term, time) > 0) &&
              (kith_record_is (other, "status", "in_force") || (kith_record_is (other, "status", "superseded") && kith_record_is (other, "superseded_at", time)));
    }
  return had;
}

/* What had ended was given anew where the person stood, or more is given now, to the agency that wrote it down itself: it opened somebody else's record to itself in the
 * client's name, and whose record it is learns of it, by its number alone (C1, C17). Who sees the record sees the rest there. */
static gboolean
tell_owner (KithOpContext *cx, KithRecord *consent, GError **error)
{
  const char *client_id = kith_record_string (consent, "client"), *owner;
  JsonArray *classes = kith_record_array (consent, "classes");
  g_autofree char *scope = kith_record_scope (consent);
  g_autoptr (KithRecord) client = NULL;
  g_autoptr (GPtrArray) all = NULL;
  gboolean gains = FALSE;

  if (cx->actor->agency == NULL || !kith_op_get (cx, "client", client_id, &client, error))
    return cx->actor->agency == NULL;
  owner = client != NULL ? kith_record_string (client, "agency") : NULL;
  if (owner == NULL || g_str_equal (owner, cx->actor->agency))
    return TRUE;
  all = kith_world_find (cx->world, scope, "consent", NULL, NULL, NULL, error);
  if (all == NULL)
    return FALSE;
  for (guint i = 0; classes != NULL && i < json_array_get_length (classes); i++)
    {
      const char *data_class = json_array_get_string_element (classes, i);

      gains |= kith_consent_covers (kith_record_get_body (consent), data_class, owner, cx->actor->agency) && !had_before (cx, consent, all, data_class, owner);
    }
  return !gains || kith_op_notify_client (cx, client_id, owner, "consent_given", error);
}

/* Sent late, it may meet what the client decided since (C4). On its author's computer it was in force: they are told that it is not. */
static gboolean
record_derive (KithOpContext *cx, JsonObject *args, GError **error)
{
  g_autoptr (KithRecord) consent = NULL;

  if (!kith_op_get (cx, "consent", kith_json_string (args, "id"), &consent, error))
    return FALSE;
  if (consent == NULL)
    return TRUE;
  if (!kith_record_is (consent, "status", "in_force"))
    return kith_op_notify_author (cx, kith_json_string (args, "client"), "consent_late", error);
  return tell_owner (cx, consent, error);
}

/* C2: the refusal is recorded, the client is served all the same, the record stays private. */
static gboolean
refuse_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  g_autoptr (JsonObject) values = kith_json_copy_object (args);

  json_object_remove_member (values, "client");
  return kith_op_make_consent (cx, kith_json_string (args, "client"), values, FALSE, error);
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
  if (!kith_record_is (consent, "status", "in_force") ||
      !kith_time_parse (kith_record_string (consent, "term"), &end) || end > cx->time_ms)
    {
      kith_op_noop (cx);
      return TRUE;
    }
  kith_record_set_string (consent, "status", "expired");
  return kith_world_put (cx->world, consent, error);
}

static gboolean
refuse_permit (KithOpContext *cx, JsonObject *args, GError **error)
{
  return cx->actor->level == KITH_LEVEL_HUB || kith_op_permit_worker (cx, args, error);
}

/* Without sight of the record nobody else is spoken for: neither who sees it, nor whether it is found, nor what was agreed to before (design.md 2.4). */
static gboolean
check_own_alone (KithOpContext *cx, JsonObject *args, GError **error)
{
  JsonArray *receivers = kith_json_array (args, "receivers"), *groups = kith_json_array (args, "receiver_classes"), *replaces = kith_json_array (args, "replaces");
  gboolean own = !kith_json_bool (args, "findable", FALSE) && (groups == NULL || json_array_get_length (groups) == 0) &&
                 (replaces == NULL || json_array_get_length (replaces) == 0);

  for (guint i = 0; receivers != NULL && i < json_array_get_length (receivers); i++)
    own = own && g_strcmp0 (json_array_get_string_element (receivers, i), cx->actor->agency) == 0;
  return own || kith_refuse (error, KITH_REFUSAL_DENIED,
                             _("Your agency does not see this record, so the client can open it here for your agency alone. Name no other agency; once the record is open again, record what else they agree to."));
}

/* Whoever sees the client; and an agency's own reason to know the client outlives every consent (design.md 2.4), so where that is all it has, the person
 * who stands there may open it again, for that agency. Nothing of the record is read for it. */
static gboolean
record_permit (KithOpContext *cx, JsonObject *args, GError **error)
{
  const char *client = kith_json_string (args, "client");
  g_autofree char *scope = g_strconcat ("client:", client, NULL);
  g_autoptr (KithRecord) record = NULL;

  if (cx->actor->level == KITH_LEVEL_HUB)
    return TRUE;
  if (kith_json_bool (args, "in_person", FALSE) && kith_world_sees (cx->world, cx->actor, scope) != KITH_SEES_NOW)
    return kith_op_check_care (cx, client, error) && kith_op_permit_worker (cx, args, error) && check_own_alone (cx, args, error);
  return kith_op_need (cx, "client", client, &record, error) && (record == NULL || kith_op_visible (cx, record, error)) && kith_op_permit_worker (cx, args, error);
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

static const KithField expire_args[] = {
  { "consent", KITH_FIELD_REF, N_("Consent"), KITH_FIELD_REQUIRED, .target = "consent" },
};

const KithOperation kith_operations_consent[] = {
  { "consent.record", N_("Record consent"), KITH_RUNS_DESK, 0, consent_args, N_CONSENT_ARGS - 2, record_permit,
    record_apply, record_derive },
  { "consent.refuse", N_("Record refusal of consent"), KITH_RUNS_DESK, 0, refuse_args, G_N_ELEMENTS (refuse_args),
    refuse_permit, refuse_apply },
  { "consent.expire", N_("End consent at its term"), KITH_RUNS_CLOCK, 0, expire_args, G_N_ELEMENTS (expire_args),
    kith_op_permit_hub, expire_apply },
  { NULL },
};
