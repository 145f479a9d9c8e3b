/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-access-private.h"

#include <string.h>

/* A match (design.md 2.4): for each principal that itself holds the scopes of both clients; people who reach the two by different
 * principals are not worked out. Where there is none, and both may be found by the network (C14), for the steward. */

/* The principals of client:C and until when each holds it; facts: what is known of the client. Adds to the table: name → gint64 *. */
static GHashTable *
read_holders (KithAccessFacts *facts, const char *client, GError **error)
{
  g_autofree char *scope = g_strconcat ("client:", client, NULL);
  GHashTable *holders;

  if (!kith_access_client_grants (facts, client, error))
    return NULL;
  holders = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < facts->grants->len; i++)
    {
      KithGrant *grant = g_ptr_array_index (facts->grants, i);
      gint64 until = grant->not_after != 0 ? grant->not_after : G_MAXINT64;
      gint64 *known = g_hash_table_lookup (holders, grant->principal);

      if (strcmp (grant->scope, scope) != 0)
        continue;
      if (known != NULL)
        *known = MAX (*known, until);
      else
        g_hash_table_insert (holders, g_strdup (grant->principal), g_memdup2 (&until, sizeof until));
    }
  return holders;
}

/* When the last consent in force ends that lets the network find the client; 0: none does. */
static gint64
findable_until (KithAccessFacts *facts)
{
  gint64 latest = 0;

  for (guint i = 0; facts->consents != NULL && i < facts->consents->len; i++)
    {
      const KithConsentFact *consent = g_ptr_array_index (facts->consents, i);

      if (kith_record_bool (consent->record, "findable"))
        latest = MAX (latest, consent->until);
    }
  return latest;
}

static void
open_rows (KithAccessFacts *self, KithRecord *match, KithAccessFacts *first, GHashTable *first_holders, KithAccessFacts *second,
           GHashTable *second_holders)
{
  g_autofree char *scope = g_strconcat ("match:", kith_record_get_id (match), NULL);
  gboolean linked = kith_record_is (match, "state", "linked"), anybody = FALSE;
  gint64 until = MIN (findable_until (first), findable_until (second));
  GHashTableIter iter;
  gpointer name, end;

  if ((first->restricted || second->restricted) && !linked)
    return;
  g_hash_table_iter_init (&iter, first_holders);
  while (g_hash_table_iter_next (&iter, &name, &end))
    {
      const gint64 *other = g_hash_table_lookup (second_holders, name);

      if (other == NULL)
        continue;
      kith_access_open (self, scope, name, MIN (*(gint64 *) end, *other), "both", NULL);
      anybody = TRUE;
    }
  if (!anybody && kith_record_is (match, "state", "proposed"))
    kith_access_open (self, scope, "steward", until, "alone", NULL);
}

/**
 * kith_access_match_grants:
 * @id: a match; one that is not there opens nothing
 *
 * Adds the rows of match:M to @self: "both" for each principal that itself holds client:C of the two, while both hold; where there is none and the
 * match is only proposed, "alone" for the steward, as long as consents let the network find both (C14). A restricted client hides a match that is not
 * linked.
 */
gboolean
kith_access_match_grants (KithAccessFacts *self, const char *id, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (KithRecord) match = kith_world_get (self->world, "match", id, &local);
  g_autoptr (KithAccessFacts) first = kith_access_facts_new (self->world, self->now_ms);
  g_autoptr (KithAccessFacts) second = kith_access_facts_new (self->world, self->now_ms);
  g_autoptr (GHashTable) first_holders = NULL;
  g_autoptr (GHashTable) second_holders = NULL;

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (match == NULL)
    return TRUE;
  first_holders = read_holders (first, kith_record_string (match, "first"), error);
  second_holders = first_holders != NULL ? read_holders (second, kith_record_string (match, "second"), error) : NULL;
  if (second_holders == NULL)
    return FALSE;
  open_rows (self, match, first, first_holders, second, second_holders);
  return TRUE;
}

/**
 * kith_access_dependents:
 * @subject: a subject that was recomputed
 * @changed: (element-type KithGrant): its rows that are new or gone since; scope and principal are read
 *
 * A match follows from what both its clients' scopes say, a contact record from what those of its referrals do.
 *
 * Returns: (transfer full) (element-type utf8): subjects to recompute after it; %NULL with @error when the world failed
 */
GPtrArray *
kith_access_dependents (KithWorld *world, const char *subject, GPtrArray *changed, GError **error)
{
  static const char *const fields[] = { "first", "second" };
  g_autoptr (GPtrArray) subjects = g_ptr_array_new_with_free_func (g_free);

  for (guint f = 0; g_str_has_prefix (subject, "client:") && f < G_N_ELEMENTS (fields); f++)
    {
      g_autoptr (GPtrArray) matches = kith_world_find (world, NULL, "match", fields[f], subject + strlen ("client:"), NULL, error);

      if (matches == NULL)
        return NULL;
      for (guint i = 0; i < matches->len; i++)
        g_ptr_array_add (subjects, g_strconcat ("match:", kith_record_get_id (matches->pdata[i]), NULL));
    }
  if (!kith_access_contact_dependents (world, changed, subjects, error))
    return NULL;
  return g_steal_pointer (&subjects);
}
