/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Is there anybody at an agency who answers what comes (D2, P10, U12)? Whose accounts another agency has is not for its desks to hold, so what follows
 * from them stands with the agency, for the hub to refuse by and for a desk to say before anything is written (D4, D9). */

#include "operations/op-common.h"

gboolean
kith_op_manages (KithOpContext *cx, KithRecord *staff, const char *service, gboolean *yes, GError **error)
{
  g_autoptr (KithRecord) link = NULL;
  g_autofree char *id = NULL;

  *yes = kith_record_is (staff, "role", "referral_manager");
  if (service == NULL)
    return TRUE;
  id = kith_op_natural_id ("staff_service", kith_record_get_id (staff), service, NULL);
  if (!kith_op_get (cx, "staff_service", id, &link, error))
    return FALSE;
  if (link == NULL)
    *yes = FALSE;
  else if (kith_record_string (link, "role") != NULL)
    *yes = kith_record_is (link, "role", "referral_manager");
  return TRUE;
}

/* P10: a portal account that follows the service, its program or its agency, and answers. */
static gboolean
has_portal (KithOpContext *cx, const char *agency, KithRecord *service, gboolean *yes, GError **error)
{
  const char *followed[] = { agency, service != NULL ? kith_record_get_id (service) : NULL, service != NULL ? kith_record_string (service, "program_id") : NULL };
  g_autoptr (GPtrArray) all = kith_world_find (cx->world, NULL, "staff", "level", "portal", NULL, error);

  for (guint i = 0; all != NULL && i < all->len && !*yes; i++)
    for (guint k = 0; k < G_N_ELEMENTS (followed); k++)
      *yes |= followed[k] != NULL && kith_record_bool (all->pdata[i], "active") && kith_record_bool (all->pdata[i], "changes_status") &&
              kith_record_list_has (all->pdata[i], "resources", followed[k]);
  return all != NULL;
}

gboolean
kith_op_is_answered (KithOpContext *cx, const char *agency, KithRecord *service, gboolean *answered, GError **error)
{
  g_autofree char *scope = g_strconcat ("agency:", agency, NULL);
  g_autoptr (GPtrArray) all = kith_world_find (cx->world, scope, "staff", NULL, NULL, NULL, error);

  *answered = FALSE;
  for (guint i = 0; all != NULL && i < all->len && !*answered; i++)
    if (kith_op_works (all->pdata[i]) && !(*answered = kith_record_list_has (all->pdata[i], "duties", "supervisor")) &&
        !kith_op_manages (cx, all->pdata[i], service != NULL ? kith_record_get_id (service) : NULL, answered, error))
      return FALSE;
  return all != NULL && (*answered || has_portal (cx, agency, service, answered, error));
}

gboolean
kith_op_show_answered (KithOpContext *cx, JsonObject *args, GError **error)
{
  const char *id = kith_json_string (args, "staff") != NULL ? kith_json_string (args, "staff") : kith_json_string (args, "id");
  g_autoptr (KithRecord) staff = NULL;
  g_autoptr (KithRecord) agency = NULL;
  gboolean answered;

  if (!kith_op_get (cx, "staff", id, &staff, error))
    return FALSE;
  if (staff == NULL || kith_record_string (staff, "agency") == NULL) /* 2-1-1's own */
    return TRUE;
  if (!kith_op_get (cx, "organization", kith_record_string (staff, "agency"), &agency, error))
    return FALSE;
  if (agency == NULL)
    return TRUE;
  if (!kith_op_is_answered (cx, kith_record_get_id (agency), NULL, &answered, error))
    return FALSE;
  if (json_object_has_member (kith_record_get_body (agency), "answered") && kith_record_bool (agency, "answered") == answered)
    return TRUE;
  kith_record_set_bool (agency, "answered", answered);
  return kith_world_put (cx->world, agency, error);
}
