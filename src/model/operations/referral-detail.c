/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What operations write with the detail of a referral, so that who holds the eight fields alone never gets it (P12): how it ended, and the
 * release that stands in for a consent (C5, C15). */

#include "operations/referral-common.h"

gboolean
kith_op_detail (KithOpContext *cx, KithRecord *referral, KithRecord **detail, GError **error)
{
  g_autofree char *id = kith_op_natural_id ("referral_detail", kith_record_get_id (referral), NULL);

  return kith_op_get (cx, "referral_detail", id, detail, error);
}

KithRecord *
kith_op_new_detail (KithRecord *referral)
{
  g_autofree char *id = kith_op_natural_id ("referral_detail", kith_record_get_id (referral), NULL);
  KithRecord *detail = kith_op_new ("referral_detail", id);

  kith_record_set_string (detail, "referral", kith_record_get_id (referral));
  kith_record_set_string (detail, "client", kith_record_string (referral, "client"));
  kith_record_set_string (detail, "agency", kith_record_string (referral, "agency"));
  return detail;
}

gboolean
kith_op_put_outcome (KithOpContext *cx, KithRecord *referral, const char *outcome, const char *words, GError **error)
{
  g_autoptr (KithRecord) detail = NULL;

  if (!kith_op_detail (cx, referral, &detail, error))
    return FALSE;
  if (detail == NULL || (g_strcmp0 (kith_record_string (detail, "outcome"), outcome) == 0 && g_strcmp0 (kith_record_string (detail, "outcome_name"), words) == 0))
    return TRUE;
  kith_record_set_string (detail, "outcome", outcome);
  kith_record_set_string (detail, "outcome_name", words);
  return kith_world_put (cx->world, detail, error);
}

/* ---- the release ---- */

static const KithField release_fields[] = { KITH_RELEASE_FIELDS };

#define MOST_MS (G_GINT64_CONSTANT (367) * 24 * 60 * 60 * 1000) /* a year, and a day for the calendars of the world */

gboolean
kith_op_is_release_term (KithOpContext *cx, const char *until)
{
  gint64 end;

  return kith_time_parse (until, &end) && end > cx->time_ms && end <= cx->time_ms + MOST_MS;
}

gboolean
kith_op_check_release (KithOpContext *cx, JsonObject *args, KithRecord *referral, GError **error)
{
  JsonObject *release = kith_json_object (args, "release");
  gint64 until;

  if (!json_object_has_member (args, "release"))
    return TRUE;
  if (release == NULL)
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("The release is not described as it should be."));
  /* design.md 2.4: whoever has a record has consents; only a revocation's keep lets a referral of theirs go on without one (C5, C15). 2-1-1 has
   * the person on the telephone and no record of theirs: what they agree to is all there is (U7). */
  if (kith_record_string (referral, "client") != NULL && !kith_op_is_network (cx))
    return kith_refuse (error, KITH_REFUSAL_CONSENT_MISSING,
                        _("A release is for somebody without a client record. Ask this client for their consent, and record it. Nothing was sent."));
  if (!kith_fields_check (release_fields, G_N_ELEMENTS (release_fields), release, FALSE, error))
    return FALSE;
  if (!kith_time_parse (kith_json_string (release, "until"), &until) || until <= cx->time_ms)
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("A release must end after today."));
  if (!kith_op_is_release_term (cx, kith_json_string (release, "until")))
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("A release ends within a year. Choose an earlier day."));
  return TRUE;
}

gboolean
kith_op_set_release (KithOpContext *cx, JsonObject *args, KithRecord *referral, KithRecord *detail, GError **error)
{
  if (!kith_op_check_release (cx, args, referral, error))
    return FALSE;
  if (kith_json_object (args, "release") != NULL)
    kith_op_write_release (kith_json_object (args, "release"), referral, detail);
  return TRUE;
}

void
kith_op_write_release (JsonObject *release, KithRecord *referral, KithRecord *detail)
{
  kith_op_set_node (detail, "release_classes", release, "classes");
  kith_op_set_node (detail, "release_until", release, "until");
  kith_op_set_node (detail, "release_basis", release, "basis");
  /* Where it goes to a queue alone nobody else was meant; that stays so when it is forwarded. */
  if (kith_json_bool (release, "network", FALSE) || kith_record_string (referral, "agency_to") == NULL)
    kith_record_set_bool (detail, "release_network", TRUE);
  else
    kith_record_set_node (detail, "release_network", NULL);
}

gboolean
kith_op_drop_release (KithRecord *detail)
{
  gboolean was = kith_record_array (detail, "release_classes") != NULL;

  kith_record_set_node (detail, "release_classes", NULL);
  kith_record_set_string (detail, "release_until", NULL);
  kith_record_set_string (detail, "release_basis", NULL);
  kith_record_set_node (detail, "release_network", NULL);
  return was;
}

gboolean
kith_op_has_release (KithOpContext *cx, KithRecord *detail)
{
  gint64 until;

  return kith_record_list_has (detail, "release_classes", "client") &&
         (kith_record_string (detail, "release_until") == NULL ||
          (kith_time_parse (kith_record_string (detail, "release_until"), &until) && cx->time_ms < until));
}
