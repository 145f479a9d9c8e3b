/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim.h"

/* C1, C4, after every commit of the hub: what one agency wrote of a referral where the other reads it for good was written while something covered it.
 * Who may see a place is the oracle's other question; this one is what may be put there. */

/* What covers it moved in this commit: whether that came before the words or after them is not to be seen from here. */
static void
note_moved (Sim *self, KithRecord *before, KithRecord *after)
{
  const char *kind = kith_record_get_kind (after)->name;

  if (g_str_equal (kind, "consent") && kith_record_string (after, "client") != NULL)
    g_hash_table_add (self->uncovered, g_strdup (kith_record_string (after, "client")));
  else if (g_str_equal (kind, "referral_detail") && kith_record_string (after, "referral") != NULL)
    g_hash_table_add (self->uncovered, g_strdup (kith_record_string (after, "referral")));
  else if (g_str_equal (kind, "referral") && (before != NULL && kith_record_bool (before, "revoked")) != kith_record_bool (after, "revoked"))
    g_hash_table_add (self->uncovered, g_strdup (kith_record_get_id (after)));
}

static gboolean
is_told (Sim *self, KithRecord *event)
{
  const char *text = kith_record_string (event, "text"), *referral_id = kith_record_string (event, "referral");
  g_autoptr (KithRecord) referral = referral_id != NULL ? kith_world_get (KITH_WORLD (self->mirror), "referral", referral_id, NULL) : NULL;

  return text != NULL && referral != NULL && !kith_record_bool (event, "private") && !kith_record_is (event, "type", "taken_back") &&
         kith_record_string (event, "actor") != NULL && !kith_record_is (referral, "agency", kith_record_string (event, "agency"));
}

/* What covered a note when it was written may have ended while it was on its way. */
static void
note_time (Sim *self, KithRecord *event)
{
  gint64 at = 0;

  if (kith_record_string (event, "referral") != NULL && kith_time_parse (kith_record_string (event, "at"), &at))
    g_hash_table_insert (self->told_at, g_strdup (kith_record_string (event, "referral")), g_memdup2 (&at, sizeof at));
}

void
sim_check_note_told (Sim *self, KithRecord *before, KithRecord *after)
{
  const char *kind = kith_record_get_kind (after)->name;

  note_moved (self, before, after);
  if (g_str_equal (kind, "referral_event") && before == NULL && (kith_record_is (after, "type", "note") || kith_record_is (after, "type", "contact")))
    note_time (self, after);
  if (g_str_equal (kind, "referral") && before != NULL && kith_record_string (after, "note") != NULL &&
      !kith_record_is (before, "note", kith_record_string (after, "note")))
    g_hash_table_add (self->told, g_strdup (kith_record_get_id (after)));
  else if (g_str_equal (kind, "referral_event") && before == NULL && is_told (self, after))
    g_hash_table_add (self->told, g_strdup (kith_record_string (after, "referral")));
}

void
sim_check_told (Sim *self)
{
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, self->told);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      g_autoptr (KithRecord) referral = kith_world_get (KITH_WORLD (self->mirror), "referral", id, NULL);
      const gint64 *at = g_hash_table_lookup (self->told_at, id);
      const char *client = referral != NULL ? kith_record_string (referral, "client") : NULL;

      if (referral != NULL && !g_hash_table_contains (self->uncovered, id) && (client == NULL || !g_hash_table_contains (self->uncovered, client)) &&
          !kith_oracle_may_tell (self->oracle, id, sim_wall (self)) && (at == NULL || !kith_oracle_may_tell (self->oracle, id, *at)))
        sim_fail (self, "C4", "words were put into referral %s, and nothing covers them", (const char *) id);
    }
  g_hash_table_remove_all (self->told);
  g_hash_table_remove_all (self->told_at);
  g_hash_table_remove_all (self->uncovered);
}
