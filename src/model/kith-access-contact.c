/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-access-private.h"

#include <string.h>

/* The record of a call (design.md 2.4): the network's, its author's, and for portal users with P11 as long as they hold the detail of a
 * referral made from it. */

/* Does who holds this row of a referral hold the call it was made from, too? */
static gboolean
opens_contact (const char *scope, const char *principal)
{
  return g_str_has_prefix (scope, "referral_detail:") && g_str_has_prefix (principal, "resource_detail:");
}

/* One referral made from it: whoever of the portal holds its detail, until then. */
static gboolean
open_by_referral (KithAccessFacts *self, const char *scope, KithRecord *referral, GError **error)
{
  g_autoptr (KithAccessFacts) facts = kith_access_facts_new (self->world, self->now_ms);
  g_autofree char *detail = g_strconcat ("referral_detail:", kith_record_get_id (referral), NULL);
  g_autofree char *made = g_strconcat ("made:", kith_record_get_id (referral), NULL);

  if (!kith_access_received_grants (facts, referral, error))
    return FALSE;
  for (guint i = 0; i < facts->grants->len; i++)
    {
      KithGrant *grant = g_ptr_array_index (facts->grants, i);

      if (opens_contact (grant->scope, grant->principal) && strcmp (grant->scope, detail) == 0)
        kith_access_open (self, scope, grant->principal, grant->not_after != 0 ? grant->not_after : G_MAXINT64, made, NULL);
    }
  return TRUE;
}

/**
 * kith_access_contact_grants:
 * @id: a contact record; one that is not there opens nothing
 *
 * Adds the rows of contact:N to @self: the network and its author for good, others by the referrals made from it (P11).
 */
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

void
kith_access_add_contact (GPtrArray *subjects, KithRecord *referral)
{
  const char *contact = kith_record_string (referral, "contact_record");
  g_autofree char *subject = g_strconcat ("contact:", contact, NULL);

  if (contact != NULL && !g_ptr_array_find_with_equal_func (subjects, subject, g_str_equal, NULL))
    g_ptr_array_add (subjects, g_steal_pointer (&subject));
}

/* The calls behind the referrals of which the portal has got or lost the detail: of a client with hundreds of calls those alone, and none
 * when only its own agency's people changed. */
gboolean
kith_access_contact_dependents (KithWorld *world, GPtrArray *changed, GPtrArray *subjects, GError **error)
{
  for (guint i = 0; i < changed->len; i++)
    {
      const KithGrant *grant = g_ptr_array_index (changed, i);
      g_autoptr (GError) local = NULL;
      g_autoptr (KithRecord) referral = NULL;

      if (!opens_contact (grant->scope, grant->principal))
        continue;
      referral = kith_world_get (world, "referral", grant->scope + strlen ("referral_detail:"), &local);
      if (local != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      if (referral != NULL)
        kith_access_add_contact (subjects, referral);
    }
  return TRUE;
}
