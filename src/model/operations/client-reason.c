/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Why something was done to a client's record: apart from it, for the agency of whoever did it (kinds/client-reason.c). */

#include "operations/op-common.h"

gboolean
kith_op_put_reason (KithOpContext *cx, const char *client, const char *what, const char *text, GError **error)
{
  g_autofree char *key = g_strjoin (":", client, what, NULL), *id = kith_op_derive_id (cx, "client_reason", key), *scope = g_strconcat ("why:", id, NULL);
  g_autoptr (KithRecord) record = NULL;
  g_autoptr (KithRecord) reason = kith_op_new ("client_reason", id);
  const char *agency = cx->actor->agency;

  /* At the hub's console it is said for the agency whose record it is. */
  if (agency == NULL && !kith_op_get (cx, "client", client, &record, error))
    return FALSE;
  if (record != NULL)
    agency = kith_record_string (record, "agency");
  if (agency == NULL)
    return TRUE;
  kith_record_set_string (reason, "client", client);
  kith_record_set_string (reason, "agency", agency);
  kith_record_set_string (reason, "what", what);
  kith_op_sign (cx, reason, "at", "by", "by_name");
  kith_record_set_string (reason, "text", text);
  return kith_world_begin_scope (cx->world, scope, error) && kith_world_put (cx->world, reason, error);
}
