/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who must not be contacted (C16): what is known of them now, by whichever of the records that are said to be one person. */

#include "kith-referral-rules.h"
#include "operations/op-common.h"

static gboolean
add_others (KithOpContext *cx, GPtrArray *ids, const char *id, const char *side, const char *other, GError **error)
{
  g_autoptr (GPtrArray) matches = kith_world_find (cx->world, NULL, "match", side, id, NULL, error);

  for (guint i = 0; matches != NULL && i < matches->len; i++)
    {
      const char *found = kith_record_string (matches->pdata[i], other);

      if (kith_record_is (matches->pdata[i], "state", "linked") && !g_ptr_array_find_with_equal_func (ids, found, g_str_equal, NULL))
        g_ptr_array_add (ids, g_strdup (found));
    }
  return matches != NULL;
}

gboolean
kith_op_is_client_silent (KithOpContext *cx, const char *client, gboolean *silent, GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);

  *silent = FALSE;
  g_ptr_array_add (ids, g_strdup (client));
  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr (KithRecord) record = NULL;

      if (!kith_op_get (cx, "client", ids->pdata[i], &record, error))
        return FALSE;
      *silent = record != NULL && kith_record_bool (record, "do_not_contact");
      if (*silent)
        return TRUE;
      if (!add_others (cx, ids, ids->pdata[i], "first", "second", error) || !add_others (cx, ids, ids->pdata[i], "second", "first", error))
        return FALSE;
    }
  return TRUE;
}

/* Nobody is notified; the referral waits in the lists all the same. It goes by the client's record, by the call's; without either by what the
 * referral carried. */
gboolean
kith_op_is_silent (KithOpContext *cx, KithRecord *referral, gboolean *silent, GError **error)
{
  const char *client_id = kith_record_string (referral, "client");
  g_autofree char *id = kith_op_natural_id ("referral_detail", kith_record_get_id (referral), NULL);
  g_autoptr (KithRecord) client = NULL;
  g_autoptr (KithRecord) contact = NULL;
  g_autoptr (KithRecord) detail = NULL;
  JsonObject *snapshot;

  *silent = FALSE;
  if (!kith_op_get (cx, "client", client_id, &client, error) ||
      !kith_op_get (cx, "contact_record", kith_record_string (referral, "contact_record"), &contact, error) ||
      !kith_op_get (cx, "referral_detail", id, &detail, error) || (client != NULL && !kith_op_is_client_silent (cx, client_id, silent, error)))
    return FALSE;
  snapshot = detail != NULL ? kith_record_object (detail, "snapshot") : NULL;
  if (contact != NULL)
    *silent |= kith_record_bool (contact, "do_not_contact");
  else if (client == NULL)
    *silent = snapshot != NULL && kith_json_bool (snapshot, "do_not_contact", FALSE);
  return TRUE;
}

/* What the records say it goes by: the client's own, and that of the call it was made from; *known: there is one of them. What a record says that is only linked with the
 * client's is not put into what another agency reads. */
static gboolean
find_said (KithOpContext *cx, KithRecord *referral, gboolean *known, gboolean *silent, GError **error)
{
  static const char *const kinds[] = { "client", "contact_record" };

  *known = *silent = FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (KithRecord) record = NULL;

      if (!kith_op_get (cx, kinds[i], kith_record_string (referral, kinds[i]), &record, error))
        return FALSE;
      *known |= record != NULL;
      *silent |= record != NULL && kith_record_bool (record, "do_not_contact");
    }
  return TRUE;
}

gboolean
kith_op_carry_do_not_contact (KithOpContext *cx, KithRecord *referral, GError **error)
{
  g_autofree char *id = kith_op_natural_id ("referral_detail", kith_record_get_id (referral), NULL);
  g_autoptr (KithRecord) detail = NULL;
  gboolean known, silent;
  JsonObject *snapshot;
  JsonNode *node;

  if (!kith_referral_phase_is_live (kith_record_string (referral, "phase")))
    return TRUE;
  if (!find_said (cx, referral, &known, &silent, error) || !kith_op_get (cx, "referral_detail", id, &detail, error))
    return FALSE;
  snapshot = detail != NULL ? kith_record_object (detail, "snapshot") : NULL;
  if (!known || snapshot == NULL || kith_json_bool (snapshot, "do_not_contact", FALSE) == silent)
    return TRUE;
  snapshot = kith_json_copy_object (snapshot);
  json_object_set_boolean_member (snapshot, "do_not_contact", silent);
  node = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (node, snapshot);
  kith_record_set_node (detail, "snapshot", node);
  return kith_world_put (cx->world, detail, error);
}

gboolean
kith_op_carry_do_not_contact_of (KithOpContext *cx, const char *kind, const char *id, const char *field, GError **error)
{
  g_autoptr (GPtrArray) referrals = NULL;

  if (g_strcmp0 (field, "do_not_contact") != 0 || (g_strcmp0 (kind, "client") != 0 && g_strcmp0 (kind, "contact_record") != 0))
    return TRUE;
  referrals = kith_world_find (cx->world, NULL, "referral", kind, id, NULL, error);
  for (guint i = 0; referrals != NULL && i < referrals->len; i++)
    if (!kith_op_carry_do_not_contact (cx, referrals->pdata[i], error))
      return FALSE;
  return referrals != NULL;
}
