/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How common a value is among the people compared: that two share "garcia" says less than that they share "efthimiou". */

#include "kith-match-private.h"

struct _KithMatchCommon
{
  GHashTable *counts[KITH_MATCH_N_FIELDS]; /* value → guint64 */
  guint64 people;
};

/**
 * kith_match_common_new:
 *
 * Returns: (transfer full): nothing is known to be common yet, so every value weighs the same
 */
KithMatchCommon *
kith_match_common_new (void)
{
  KithMatchCommon *self = g_new0 (KithMatchCommon, 1);

  for (guint i = 0; i < KITH_MATCH_N_FIELDS; i++)
    self->counts[i] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

/**
 * kith_match_common_free:
 * @self: (transfer full): not NULL
 */
void
kith_match_common_free (KithMatchCommon *self)
{
  for (guint i = 0; i < KITH_MATCH_N_FIELDS; i++)
    g_hash_table_unref (self->counts[i]);
  g_free (self);
}

static guint64 *
count_of (KithMatchCommon *self, KithMatchField field, const char *value)
{
  guint64 *count = g_hash_table_lookup (self->counts[field], value);

  if (count == NULL)
    {
      count = g_new0 (guint64, 1);
      g_hash_table_insert (self->counts[field], g_strdup (value), count);
    }
  return count;
}

/**
 * kith_match_common_count:
 *
 * One more person, with the first given name, family name, postcode and city: the fields in which rare values say more (domain.md 5a).
 */
void
kith_match_common_count (KithMatchCommon *self, const KithMatchPerson *person)
{
  static const KithMatchField fields[] = { KITH_MATCH_GIVEN, KITH_MATCH_FAMILY, KITH_MATCH_POSTCODE, KITH_MATCH_CITY };

  self->people++;
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (kith_match_person_has (person, fields[i]))
      (*count_of (self, fields[i], kith_match_person_get (person, fields[i])))++;
}

/**
 * kith_match_common_set:
 * @normalised: as kith_match_person_get() has it
 * @n: people that bear it; takes the place of what was counted
 */
void
kith_match_common_set (KithMatchCommon *self, KithMatchField field, const char *normalised, guint64 n)
{
  *count_of (self, field, normalised) = n;
}

/**
 * kith_match_common_set_people:
 * @n: of how many people the counts are; takes the place of what was counted
 */
void
kith_match_common_set_people (KithMatchCommon *self, guint64 n)
{
  self->people = n;
}

double
kith_match_common_share (const KithMatchCommon *self, KithMatchField field, const char *normalised)
{
  const guint64 *count = self != NULL ? g_hash_table_lookup (self->counts[field], normalised) : NULL;

  return count != NULL && self->people > 0 ? (double) *count / (double) self->people : 0;
}
