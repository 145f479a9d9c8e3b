/* SPDX-License-Identifier: GPL-3.0-or-later */

/* document.attach, .remove: what is known of an attached file. The file itself travels apart. */

#include "kith-document.h"
#include "operations/op-common.h"

/* What a file may belong to; it then lies where that record lies. */
static const char *const kinds[] = { "client", "client_billing", "client_health", "consent", "enrollment", "service_event",
                                     "referral_detail", "referral_health", "referral_own", NULL };

static gboolean
find_record (KithOpContext *cx, JsonObject *args, KithRecord **record, gboolean *begun, GError **error)
{
  const char *kind = kith_json_string (args, "t");

  *record = NULL;
  if (kind == NULL || !g_strv_contains (kinds, kind))
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("Files cannot be attached to this kind of record."));
  return kith_op_need_of_client (cx, kith_kind_get (kind), kith_json_string (args, "record"), kith_json_string (args, "client"), record, begun, error) &&
         (*record == NULL || kith_op_visible (cx, *record, error));
}

/* What another agency wrote of its own care is read, not added to. */
static gboolean
attach_permit (KithOpContext *cx, JsonObject *args, GError **error)
{
  g_autoptr (KithRecord) record = NULL;
  g_autofree char *scope = NULL;

  if (!find_record (cx, args, &record, NULL, error) || !kith_op_permit_worker (cx, args, error))
    return FALSE;
  scope = record != NULL ? kith_record_scope (record) : NULL;
  if ((kith_scope_is (scope, "care") || kith_scope_is (scope, "referral_own")) &&
      !kith_record_is (record, "agency", cx->actor->agency))
    return kith_refuse (error, KITH_REFUSAL_DENIED, _("This belongs to another agency. You may read it."));
  return TRUE;
}

static gboolean
is_sha256 (const char *text)
{
  return strlen (text) == 64 && strspn (text, "0123456789abcdef") == 64;
}

static gboolean
attach_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  static const char *const copied[] = { "t", "record", "type", "name", "media_type", "size", "sha256", NULL };
  const char *id = kith_json_string (args, "id");
  gint64 size = json_object_get_int_member (args, "size");
  g_autofree char *scope = NULL;
  g_autoptr (KithRecord) record = NULL;
  g_autoptr (KithRecord) document = NULL;
  gboolean begun = FALSE;

  if (size > KITH_DOCUMENT_MOST)
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("This file is larger than 25 MB. Nothing was attached: attach a smaller copy, or a part of it."));
  if (!kith_document_media_allowed (kith_json_string (args, "media_type")))
    return kith_refuse (error, KITH_REFUSAL_INVALID,
                        _("Files of this kind are not attached: a program could harm whoever opens it. Pictures, PDF, text and office documents are."));
  if (size <= 0 || !is_sha256 (kith_json_string (args, "sha256")) || kith_op_blank (args, "name"))
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("This file is not described as it should be. Attach it again."));
  if (!find_record (cx, args, &record, &begun, error) || !kith_op_refuse_taken (cx, "document", id, error))
    return FALSE;
  if (record == NULL)
    return TRUE; /* the hub knows where it lies */

  document = kith_op_new ("document", id);
  kith_op_copy (document, args, copied);
  scope = kith_record_scope (record);
  kith_record_set_string (document, "scope", scope);
  kith_record_set_string (document, "client", g_str_equal (kith_json_string (args, "t"), "client")
                                                  ? kith_record_get_id (record)
                                                  : kith_record_string (record, "client"));
  kith_record_set_string (document, "agency", cx->actor->agency);
  kith_op_sign (cx, document, "at", "by", "by_name");
  return (!begun || kith_world_put (cx->world, record, error)) && kith_world_put (cx->world, document, error);
}

static gboolean
remove_permit (KithOpContext *cx, JsonObject *args, GError **error)
{
  g_autoptr (KithRecord) document = NULL;

  if (!kith_op_permit_worker (cx, args, error) ||
      !kith_op_need (cx, "document", kith_json_string (args, "document"), &document, error))
    return FALSE;
  if (document != NULL && !kith_record_is (document, "agency", cx->actor->agency))
    return kith_refuse (error, KITH_REFUSAL_DENIED, _("Only the agency that attached this file can remove it."));
  return TRUE;
}

/* In the place of the name of a file that is gone. A desk of before wants one. */
#define NO_NAME "–"

/* C20: whatever named it (a consent its signature) stays exactly as it is. C11: its name goes with it, which may say whose it is, or what it was about: what is
 * removed is often another client's. Its type, when it came, who removed it and why remain. */
static gboolean
remove_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  g_autoptr (KithRecord) document = NULL;

  if (kith_op_blank (args, "reason"))
    return kith_refuse (error, KITH_REFUSAL_REASON_REQUIRED, _("Say why this file is removed."));
  if (!kith_op_need (cx, "document", kith_json_string (args, "document"), &document, error))
    return FALSE;
  if (document == NULL)
    return TRUE;
  if (kith_record_string (document, "removed_at") != NULL)
    {
      kith_op_noop (cx);
      return TRUE;
    }
  kith_op_sign (cx, document, "removed_at", "removed_by", "removed_by_name");
  kith_record_set_string (document, "remove_reason", kith_json_string (args, "reason"));
  kith_record_set_string (document, "name", NO_NAME);
  return kith_world_put (cx->world, document, error);
}

static const KithField attach_args[] = {
  { "id", KITH_FIELD_ID, N_("Document"), KITH_FIELD_REQUIRED },
  { "t", KITH_FIELD_STRING, N_("Kind of record"), KITH_FIELD_REQUIRED },
  { "record", KITH_FIELD_ID, N_("Record"), KITH_FIELD_REQUIRED },
  { "type", KITH_FIELD_CODE, N_("Type"), KITH_FIELD_REQUIRED, .vocabulary = "document_type" },
  { "name", KITH_FIELD_STRING, N_("Name"), KITH_FIELD_REQUIRED, 255 },
  { "media_type", KITH_FIELD_STRING, N_("Kind of file"), KITH_FIELD_REQUIRED, 127 },
  { "size", KITH_FIELD_INT, N_("Size in bytes"), KITH_FIELD_REQUIRED },
  { "sha256", KITH_FIELD_STRING, N_("SHA-256"), KITH_FIELD_REQUIRED, 64 },
  /* For what exists once per client, as its health information: begins it where nothing was recorded yet. */
  { "client", KITH_FIELD_REF, N_("Client"), .target = "client" },
};

static const KithField remove_args[] = {
  { "document", KITH_FIELD_REF, N_("Document"), KITH_FIELD_REQUIRED, .target = "document" },
  { "reason", KITH_FIELD_TEXT, N_("Reason"), 0, 1000 },
};

const KithOperation kith_operations_document[] = {
  { "document.attach", N_("Attach file"), KITH_RUNS_DESK, 0, attach_args, G_N_ELEMENTS (attach_args), attach_permit,
    attach_apply },
  { "document.remove", N_("Remove file"), KITH_RUNS_DESK, KITH_OPERATION_UNDO, remove_args, G_N_ELEMENTS (remove_args),
    remove_permit, remove_apply },
  { NULL },
};
