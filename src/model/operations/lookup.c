/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The look-up across agencies (U3, C14, design.md 2.4): what a search showed is noted for both sides, and a client that was
 * found is opened as far as consent goes. */

#include "kith-access.h"
#include "operations/op-common.h"

#define MAX_SHOWN 20

/* One line for the privacy officers of an agency: who was shown, or opened, what. */
static gboolean
note (KithOpContext *cx, const char *agency, const char *what, const char *staff, const char *name, const char *client,
      const char *detail, GError **error)
{
  g_autofree char *key = g_strjoin (":", agency != NULL ? agency : "", what, client, NULL);
  g_autofree char *id = kith_op_derive_id (cx, "audit_entry", key);
  g_autofree char *time = kith_op_time (cx);
  g_autofree char *shown = kith_op_clip (name, 255);
  g_autofree char *clipped = kith_op_clip (detail, 500);
  g_autoptr (KithRecord) entry = kith_op_new ("audit_entry", id);

  kith_record_set_string (entry, "agency", agency);
  kith_record_set_string (entry, "staff", staff);
  kith_record_set_string (entry, "staff_name", shown);
  kith_record_set_string (entry, "what", what);
  kith_record_set_string (entry, "at", time);
  kith_record_set_string (entry, "client", client);
  kith_record_set_string (entry, "detail", clipped);
  return kith_world_put (cx->world, entry, error);
}

/* ---- client.looked_up ---- */

static gboolean
note_shown (KithOpContext *cx, KithRecord *staff, const char *client, GError **error)
{
  const char *id = kith_record_get_id (staff), *name = kith_record_string (staff, "name");
  g_autoptr (KithRecord) record = NULL;

  if (!kith_op_need (cx, "client", client, &record, error))
    return FALSE;
  return record == NULL || note (cx, kith_record_string (record, "agency"), "disclosed", id, name, client, NULL, error);
}

/* By the hub, in the transaction before it answers a search: what was not noted is not shown. The searcher's own log does not name who was
 * found (C14): it lies on its agency's computers, and an id says when and leads to the record. The owner's log does. */
static gboolean
looked_up_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  const char *detail = kith_json_string (args, "detail");
  JsonArray *clients = kith_json_array (args, "clients");
  guint n = clients != NULL ? json_array_get_length (clients) : 0;
  g_autoptr (KithRecord) staff = NULL;

  if (n > MAX_SHOWN)
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("A search shows twenty people at most."));
  if (!kith_op_need (cx, "staff", kith_json_string (args, "staff"), &staff, error))
    return FALSE;
  if (!note (cx, kith_record_string (staff, "agency"), "searched", kith_record_get_id (staff), kith_record_string (staff, "name"), NULL, detail,
             error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (!note_shown (cx, staff, json_array_get_string_element (clients, i), error))
      return FALSE;
  return TRUE;
}

/* ---- client.open_shared ---- */

static gboolean
put_care (KithOpContext *cx, KithRecord *client, const char *reason, GError **error)
{
  const char *id = kith_record_get_id (client), *agency = cx->actor->agency;
  g_autofree char *care_id = kith_op_natural_id ("care", id, agency, NULL);
  g_autoptr (KithRecord) care = NULL;

  if (!kith_op_get (cx, "care", care_id, &care, error))
    return FALSE;
  if (care == NULL)
    care = kith_op_new_care (cx, client, agency);
  if (kith_record_string (care, "opened_at") == NULL)
    {
      kith_op_sign (cx, care, "opened_at", "opened_by", "opened_by_name");
      kith_record_set_string (care, "open_reason", reason);
    }
  return kith_world_put (cx->world, care, error);
}

/* Whoever the network may not find is as absent as who does not exist; found, but not to be seen here, is said. */
static gboolean
find_client (KithOpContext *cx, const char *id, KithRecord **client, GError **error)
{
  const char *owner;
  gboolean findable, consented;
  g_autoptr (GError) local = NULL;

  if (!kith_op_need (cx, "client", id, client, error))
    return FALSE;
  owner = kith_record_string (*client, "agency");
  findable = kith_access_findable (cx->world, *client, cx->now_ms, &local);
  consented = local == NULL && findable &&
              kith_access_consented (cx->world, id, "client", owner, cx->actor->agency, cx->now_ms, NULL, NULL, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (!findable || g_strcmp0 (owner, cx->actor->agency) == 0)
    return kith_op_not_found (error);
  if (!consented)
    return kith_refuse (error, KITH_REFUSAL_CONSENT_MISSING,
                        _("There is no consent that lets your agency see this person’s record. Ask the person, or send them to the "
                          "agency that knows them. Nothing was opened."));
  return TRUE;
}

static gboolean
open_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  const char *id = kith_json_string (args, "client"), *reason = kith_json_string (args, "reason");
  const char *agency = cx->actor->agency, *user = cx->actor->user, *name = cx->actor->name;
  g_autoptr (KithRecord) client = NULL;

  if (!kith_op_holds_none_here (cx, agency, error) || !find_client (cx, id, &client, error) || !put_care (cx, client, reason, error) ||
      !kith_op_assign_to_client (cx, id, agency, user, NULL, error) || !note (cx, agency, "opened", user, name, id, reason, error) ||
      !note (cx, kith_record_string (client, "agency"), "disclosed", user, name, id, reason, error))
    return FALSE;
  /* Whoever opened it knew but what stood for it in the search. */
  kith_op_now (cx, kith_json_new ("client", "s", id, NULL));
  return TRUE;
}

/* ---- the table ---- */

static const KithField looked_up_args[] = {
  { "staff", KITH_FIELD_REF, N_("Who"), KITH_FIELD_REQUIRED, .target = "staff" },
  { "clients", KITH_FIELD_REFS, N_("Clients"), .target = "client" },
  { "detail", KITH_FIELD_STRING, N_("Detail"), .max_length = 500 },
};
/* Loose: nobody sees the client before it is opened. */
static const KithField open_args[] = {
  { "client", KITH_FIELD_REF, N_("Client"), KITH_FIELD_REQUIRED | KITH_FIELD_LOOSE, .target = "client" },
  { "reason", KITH_FIELD_TEXT, N_("Reason"), KITH_FIELD_REQUIRED, .max_length = 500 },
};

const KithOperation kith_operations_lookup[] = {
  { "client.looked_up", N_("Note a search of the network"), KITH_RUNS_CLOCK, 0, looked_up_args, G_N_ELEMENTS (looked_up_args),
    kith_op_permit_hub, looked_up_apply },
  { "client.open_shared", N_("Open a shared record"), KITH_RUNS_ONLINE, 0, open_args, G_N_ELEMENTS (open_args),
    kith_op_permit_worker, open_apply },
  { NULL },
};
