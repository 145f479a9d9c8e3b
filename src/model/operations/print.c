/* SPDX-License-Identifier: GPL-3.0-or-later */

/* contact.print, referral.print, referral.print_list: who makes a paper or a PDF of a whole record must be allowed to have it in sight (P11), and it stands in the
 * agency's log (C13). The rule is the desk's and the hub's. The hub decides before the paper exists, as the facts stand there then
 * (kith_desktop_submit_asked_async()). Where no hub answers, what a computer holds is its reader's to read until the hub's forget or the end
 * of the scope (sync.md 2.3), and so it may be printed; the entry is queued, and taken like a note written before access ended
 * (ADDITIVE), marked so: a paper that exists must stand in the log. */

#include "operations/op-common.h"

/* That a contact record is in sight is asked of every argument that names a record. */
static gboolean
contact_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  g_autoptr (KithRecord) contact = NULL;

  return kith_op_get (cx, "contact_record", kith_json_string (args, "contact"), &contact, error) &&
         kith_op_audit (cx, "printed", "contact_record", kith_json_string (args, "contact"),
                        contact != NULL ? kith_record_string (contact, "client") : NULL, kith_json_string (args, "detail"), error);
}

/* The eight fields alone (P12) are not the record. */
static gboolean
referral_permit (KithOpContext *cx, JsonObject *args, GError **error)
{
  g_autofree char *detail = g_strconcat ("referral_detail:", kith_json_string (args, "referral"), NULL);

  if (cx->actor->level == KITH_LEVEL_HUB || cx->late || kith_world_sees (cx->world, cx->actor, detail) == KITH_SEES_NOW)
    return TRUE;
  return kith_refuse (error, KITH_REFUSAL_DENIED, _("Your account does not see the details of this referral, so it cannot be printed."));
}

static gboolean
referral_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  g_autoptr (KithRecord) referral = NULL;

  return kith_op_get (cx, "referral", kith_json_string (args, "referral"), &referral, error) &&
         kith_op_audit (cx, "printed", "referral", kith_json_string (args, "referral"),
                        referral != NULL ? kith_record_string (referral, "client") : NULL, kith_json_string (args, "detail"), error);
}

/* A list of who waits: each of them must be in sight, and each has it in the log. */
static gboolean
list_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  JsonArray *referrals = kith_json_array (args, "referrals");

  for (guint i = 0; i < json_array_get_length (referrals); i++)
    {
      const char *id = json_array_get_string_element (referrals, i);
      g_autoptr (KithRecord) referral = NULL;

      if (!kith_op_get (cx, "referral", id, &referral, error) ||
          !kith_op_audit_of (cx, id, "printed", "referral", id, referral != NULL ? kith_record_string (referral, "client") : NULL, kith_json_string (args, "detail"), error))
        return FALSE;
    }
  return TRUE;
}

static const KithField contact_args[] = {
  { "contact", KITH_FIELD_REF, N_("Contact record"), KITH_FIELD_REQUIRED, .target = "contact_record" },
  { "detail", KITH_FIELD_STRING, N_("Detail"), .max_length = 500 },
};

static const KithField referral_args[] = {
  { "referral", KITH_FIELD_REF, N_("Referral"), KITH_FIELD_REQUIRED, .target = "referral" },
  { "detail", KITH_FIELD_STRING, N_("Detail"), .max_length = 500 },
};

static const KithField list_args[] = {
  { "referrals", KITH_FIELD_REFS, N_("Referrals"), KITH_FIELD_REQUIRED | KITH_FIELD_MEANT, .target = "referral", .since = 6 },
  { "detail", KITH_FIELD_STRING, N_("Detail"), .max_length = 500, .since = 6 },
};

const KithOperation kith_operations_print[] = {
  { "contact.print", N_("Print contact record"), KITH_RUNS_DESK, KITH_OPERATION_ADDITIVE, contact_args, G_N_ELEMENTS (contact_args), NULL,
    contact_apply },
  { "referral.print", N_("Print referral"), KITH_RUNS_DESK, KITH_OPERATION_ADDITIVE, referral_args, G_N_ELEMENTS (referral_args), referral_permit,
    referral_apply },
  { "referral.print_list", N_("Print a list of referrals"), KITH_RUNS_DESK, KITH_OPERATION_ADDITIVE, list_args, G_N_ELEMENTS (list_args), NULL,
    list_apply },
  { NULL },
};
