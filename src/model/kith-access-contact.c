/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-access-private.h"

#include <string.h>

/* The record of a call (design.md 2.4): the network's, its author's, and for portal users with P11 as long as they hold the detail of a
 * referral made from it. */

/* One referral made from it: whoever of the portal holds its detail, until then. */
static gboolean
open_by_referral (KithAccessFacts *self, const char *scope, KithRecord *referral, GError **error)
{
  const char *client = kith_record_string (referral, "client");
  g_autofree char *subject = client != NULL ? g_strconcat ("client:", client, NULL) : g_strconcat ("referral:", kith_record_get_id (referral), NULL);
  g_autofree char *detail = g_strconcat ("referral_detail:", kith_record_get_id (referral), NULL);
  g_autofree char *made = g_strconcat ("made:", kith_record_get_id (referral), NULL);
  g_autoptr (GPtrArray) grants = kith_access_grants (self->world, subject, self->now_ms, error);

  for (guint i = 0; grants != NULL && i < grants->len; i++)
    {
      KithGrant *grant = g_ptr_array_index (grants, i);

      if (strcmp (grant->scope, detail) == 0 && g_str_has_prefix (grant->principal, "resource_detail:"))
        kith_access_open (self, scope, grant->principal, grant->not_after != 0 ? grant->not_after : G_MAXINT64, made, NULL);
    }
  return grants != NULL;
}

gboolean
kith_access_contact_grants (KithAccessFacts *self, const char *id, GError **error)
{
  g_autofree char *scope = g_strconcat ("contact:", id, NULL);
  g_autofree char *author = NULL;
  g_autoptr (GError) local = NULL;
  g_autoptr (KithRecord) contact = kith_world_get (self->world, "contact_record", id, &local);
  g_autoptr (GPtrArray) referrals = NULL;

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (contact == NULL)
    return TRUE;
  kith_access_open (self, scope, "network", G_MAXINT64, "fixed", NULL);
  author = g_strconcat ("user:", kith_record_string (contact, "author"), NULL);
  if (kith_record_string (contact, "author") != NULL)
    kith_access_open (self, scope, author, G_MAXINT64, "author", NULL);
  referrals = kith_world_find (self->world, NULL, "referral", "contact_record", id, NULL, error);
  for (guint i = 0; referrals != NULL && i < referrals->len; i++)
    if (!open_by_referral (self, scope, g_ptr_array_index (referrals, i), error))
      return FALSE;
  return referrals != NULL;
}

static void
add_contact (GPtrArray *subjects, KithRecord *referral)
{
  const char *contact = kith_record_string (referral, "contact_record");
  g_autofree char *subject = g_strconcat ("contact:", contact, NULL);

  if (contact != NULL && !g_ptr_array_find_with_equal_func (subjects, subject, g_str_equal, NULL))
    g_ptr_array_add (subjects, g_steal_pointer (&subject));
}

gboolean
kith_access_contact_dependents (KithWorld *world, const char *subject, GPtrArray *subjects, GError **error)
{
  g_autoptr (GPtrArray) referrals = NULL;

  if (g_str_has_prefix (subject, "referral:"))
    {
      g_autoptr (GError) local = NULL;
      g_autoptr (KithRecord) referral = kith_world_get (world, "referral", subject + strlen ("referral:"), &local);

      if (local != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      if (referral != NULL)
        add_contact (subjects, referral);
      return TRUE;
    }
  if (!g_str_has_prefix (subject, "client:"))
    return TRUE;
  referrals = kith_world_find (world, NULL, "referral", "client", subject + strlen ("client:"), NULL, error);
  for (guint i = 0; referrals != NULL && i < referrals->len; i++)
    add_contact (subjects, g_ptr_array_index (referrals, i));
  return referrals != NULL;
}
