/* SPDX-License-Identifier: GPL-3.0-or-later */

/* audit.record: who opened, searched, exported, printed or discarded what, and when (C13). It is taken from everybody who is active, whatever
 * became of the access meanwhile, and answers nothing about what it names. */

#include "kith-policy.h"
#include "operations/op-common.h"

#define OFFLINE_MS (G_GINT64_CONSTANT (3600000) * KITH_OFFLINE_HOURS)

gboolean
kith_op_audit (KithOpContext *cx, const char *what, const char *kind, const char *record, const char *client,
               const char *detail, GError **error)
{
  return kith_op_audit_of (cx, what, what, kind, record, client, detail, error);
}

/* A computer shows nothing for longer than that without the hub, and says itself when it was: dated back further, an entry would lie where nobody looks any more, or in
 * a month that has left the officers' computers. What was said stands beside it. */
static void
date_entry (KithOpContext *cx, KithRecord *entry)
{
  gint64 first = cx->now_ms != 0 ? cx->now_ms - OFFLINE_MS : G_MININT64;
  g_autofree char *said = kith_op_time (cx), *at = cx->time_ms < first ? kith_time_format (first) : NULL;

  kith_record_set_string (entry, "at", at != NULL ? at : said);
  kith_record_set_string (entry, "said_at", at != NULL ? said : NULL);
}

/* One entry for the privacy officers of the actor's agency; its author cannot read it back. */
gboolean
kith_op_audit_of (KithOpContext *cx, const char *of, const char *what, const char *kind, const char *record, const char *client,
                  const char *detail, GError **error)
{
  g_autofree char *id = kith_op_derive_id (cx, "audit_entry", of);
  g_autofree char *name = kith_op_clip (cx->actor->name, 255);
  g_autoptr (KithRecord) entry = kith_op_new ("audit_entry", id);

  kith_record_set_string (entry, "agency", cx->actor->agency);
  kith_record_set_string (entry, "staff", cx->actor->user);
  kith_record_set_string (entry, "staff_name", name);
  kith_record_set_string (entry, "what", what);
  date_entry (cx, entry);
  kith_record_set_string (entry, "client", client);
  kith_record_set_string (entry, "t", kind);
  kith_record_set_string (entry, "record", record);
  kith_record_set_string (entry, "detail", detail);
  return kith_world_put (cx->world, entry, error);
}

static gboolean
record_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  const char *kind = kith_json_string (args, "t"), *op = kith_json_string (args, "op");

  if (kind != NULL && kith_kind_get (kind) == NULL)
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("This entry names a kind of record that does not exist."));
  return kith_op_audit (cx, kith_json_string (args, "what"), kind, kith_json_string (args, "record"),
                        kith_json_string (args, "client"), op != NULL ? op : kith_json_string (args, "detail"), error);
}

static const KithField record_args[] = {
  { "what", KITH_FIELD_CODE, N_("What"), KITH_FIELD_REQUIRED, .vocabulary = "audit_action" },
  { "client", KITH_FIELD_REF, N_("Client"), KITH_FIELD_LOOSE, .target = "client" },
  { "t", KITH_FIELD_STRING, N_("Kind of record"), .max_length = 60 },
  { "record", KITH_FIELD_ID, N_("Record") },
  { "detail", KITH_FIELD_STRING, N_("Detail"), .max_length = 500 },
  { "op", KITH_FIELD_STRING, N_("What was discarded"), KITH_FIELD_MEANT, 60, .since = 6 }, /* the operation, by its name; "discarded" is as new as this */
};

const KithOperation kith_operations_audit[] = {
  { "audit.record", N_("Note for the access log"), KITH_RUNS_DESK, KITH_OPERATION_ADDITIVE, record_args,
    G_N_ELEMENTS (record_args), NULL, record_apply },
  { NULL },
};
