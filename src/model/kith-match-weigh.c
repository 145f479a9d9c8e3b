/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Fellegi and Sunter with fixed weights (domain.md 5a, 5c): each field has a level, each level a weight of log2 (m / u) bits, where m is how
 * often two records of one person stand so and u how often two of different people do. The figures are reasoned, not learnt; what each
 * rests on is said beside it. They are one table, so that a town's own can take its place. */

#include "kith-match-private.h"

#include <math.h>
#include <string.h>

#define ALIKE 0.92  /* Jaro-Winkler of names, domain.md 5a */
#define FAINT 0.85

#define LINK 0.9    /* probability from which two are proposed as the same */
#define REVIEW 0.1  /* below it nobody is asked */

#define SWAP -1.0   /* given and family name in each other's place: about one record in fifty, against which the two chances to agree stand */
#define PLACEHOLDER 4.0 /* taken from a shared first of January: what is written when only the year is known */
#define CAP 20.0    /* all of phone and address together: they come and go together, so they do not prove each by itself */

typedef struct
{
  double differs, far, near, exact;
  double m;           /* of exact: for the rare-value correction; 0: none */
  double least, most; /* what a common or a rare value may make of exact */
} Weights;

static const Weights weights[KITH_MATCH_N_FIELDS] = {
  /* 3 in 4 records of one person have the very same given name, 1 in 12 one that is not even alike; the commonest names are had by 1 in 30. */
  [KITH_MATCH_GIVEN] = { -3.5, 1.5, 4.5, 7.0, 0.75, 4.0, 11.0 },
  /* Family names are rarer, and change by marriage. */
  [KITH_MATCH_FAMILY] = { -3.0, 1.5, 5.0, 8.0, 0.75, 4.5, 11.0 },
  /* 25,000 days in 70 years, not evenly used: 13 bits. Near: one slip or day and month swapped, about 60 such dates. */
  [KITH_MATCH_BIRTH] = { -5.0, 0.5, 6.0, 13.0, 0, 0, 0 },
  /* Seven digits; but families, shelters and advocates lend theirs, and numbers change. */
  [KITH_MATCH_PHONE] = { -0.5, 0, 3.0, 9.0, 0, 0, 0 },
  /* People move: little is said by another address. */
  [KITH_MATCH_POSTCODE] = { -1.5, 0, 3.0, 6.0, 0.8, 3.0, 9.0 },
  [KITH_MATCH_STREET] = { -1.5, 3.0, 7.0, 10.0, 0, 0, 0 },
  [KITH_MATCH_UNIT] = { -0.5, 1.0, 4.0, 6.0, 0, 0, 0 },
  [KITH_MATCH_CITY] = { -1.0, 1.0, 3.0, 5.0, 0.8, 1.0, 8.0 },
  [KITH_MATCH_STATE] = { -0.5, 0, 0.5, 1.0, 0, 0, 0 },
  /* An office gives a number once; but they are borrowed, and mistyped. */
  [KITH_MATCH_NUMBER] = { -4.0, 1.0, 7.0, 16.0, 0, 0, 0 },
};

static const guint of_household = KITH_MATCH_BIT (KITH_MATCH_PHONE) | KITH_MATCH_BIT (KITH_MATCH_POSTCODE) | KITH_MATCH_BIT (KITH_MATCH_STREET)
                                  | KITH_MATCH_BIT (KITH_MATCH_UNIT) | KITH_MATCH_BIT (KITH_MATCH_CITY) | KITH_MATCH_BIT (KITH_MATCH_STATE);

/* --- levels ----------------------------------------------------------------------------------------------------------- */

static KithMatchLevel
level_of_texts (const char *a, const char *b)
{
  double alike;

  if (strcmp (a, b) == 0)
    return KITH_MATCH_EXACT;
  alike = kith_match_jaro_winkler (a, b);
  return alike >= ALIKE ? KITH_MATCH_NEAR : alike >= FAINT ? KITH_MATCH_FAR : KITH_MATCH_DIFFERS;
}

/* Most pairs differ in length by more: they need no table. */
static gboolean
one_edit (const char *a, const char *b)
{
  gsize n = strlen (a), other = strlen (b);

  return MAX (n, other) - MIN (n, other) <= 4 && kith_match_damerau (a, b) == 1; /* bytes: a letter has up to four */
}

static gboolean
is_initial (const char *a, const char *b)
{
  return g_utf8_strlen (a, -1) == 1 && g_str_has_prefix (b, a);
}

static KithMatchLevel
level_of_names (const char *a, const char *b)
{
  KithMatchLevel level = level_of_texts (a, b);
  char sound_a[KITH_MATCH_WORD_SIZE], sound_b[KITH_MATCH_WORD_SIZE];

  if (level >= KITH_MATCH_NEAR)
    return level;
  if (kith_match_same_nickname (a, b) || one_edit (a, b))
    return KITH_MATCH_NEAR;
  if (level == KITH_MATCH_FAR || is_initial (a, b) || is_initial (b, a))
    return KITH_MATCH_FAR;
  kith_match_sound_word (a, sound_a);
  kith_match_sound_word (b, sound_b);
  return *sound_a != '\0' && strcmp (sound_a, sound_b) == 0 ? KITH_MATCH_FAR : KITH_MATCH_DIFFERS;
}

typedef struct
{
  KithMatchLevel level;
  const char *value; /* what is shared, when EXACT */
} Found;

/* The best of all wholes; a word of one that is a word of the other makes them near. */
static Found
compare_names (const KithMatchPerson *a, KithMatchField of_a, const KithMatchPerson *b, KithMatchField of_b)
{
  Found found = { KITH_MATCH_MISSING, NULL };

  for (guint i = 0; i < a->n_wholes[of_a]; i++)
    for (guint k = 0; k < b->n_wholes[of_b]; k++)
      {
        KithMatchLevel level = level_of_names (a->wholes[of_a][i], b->wholes[of_b][k]);
        if (level > found.level)
          found = (Found){ level, a->wholes[of_a][i] };
      }
  if (found.level == KITH_MATCH_MISSING || found.level >= KITH_MATCH_NEAR)
    return found;
  for (guint i = 0; i < a->n_wholes[of_a]; i++)
    for (guint k = 0; k < b->n_words[of_b]; k++)
      if (strcmp (a->wholes[of_a][i], b->words[of_b][k]) == 0)
        found.level = KITH_MATCH_NEAR;
  for (guint i = 0; i < a->n_words[of_a]; i++)
    {
      for (guint k = 0; k < b->n_wholes[of_b]; k++)
        if (strcmp (a->words[of_a][i], b->wholes[of_b][k]) == 0)
          found.level = KITH_MATCH_NEAR;
      for (guint k = 0; k < b->n_words[of_b]; k++)
        if (strcmp (a->words[of_a][i], b->words[of_b][k]) == 0)
          found.level = KITH_MATCH_NEAR;
    }
  return found;
}

static gboolean
same_part (const char *a, const char *b, guint from, guint n)
{
  return memcmp (a + from, b + from, n) == 0;
}

static gboolean
is_swapped_day (const char *a, const char *b)
{
  return same_part (a, b, 0, 4) && memcmp (a + 4, b + 6, 2) == 0 && memcmp (a + 6, b + 4, 2) == 0;
}

static KithMatchLevel
level_of_births (const char *a, const char *b)
{
  gsize shorter = MIN (strlen (a), strlen (b));
  guint edits;

  if (shorter < KITH_MATCH_FULL_BIRTH)
    return memcmp (a, b, shorter) == 0 ? KITH_MATCH_NEAR : KITH_MATCH_DIFFERS;
  if (strcmp (a, b) == 0)
    return KITH_MATCH_EXACT;
  edits = kith_match_damerau (a, b);
  if (edits == 1 || is_swapped_day (a, b))
    return KITH_MATCH_NEAR;
  if (edits == 2 || same_part (a, b, 0, 6) || same_part (a, b, 4, 4) || (same_part (a, b, 0, 4) && same_part (a, b, 6, 2)))
    return KITH_MATCH_FAR;
  return KITH_MATCH_DIFFERS;
}

static KithMatchLevel
level_of_digits (const char *a, const char *b, gboolean far)
{
  guint edits = kith_match_damerau (a, b);

  return edits == 0 ? KITH_MATCH_EXACT : edits == 1 ? KITH_MATCH_NEAR : edits == 2 && far ? KITH_MATCH_FAR : KITH_MATCH_DIFFERS;
}

static const char *
after_number (const char *street)
{
  const char *at = street + strspn (street, "0123456789");

  return at > street && *at == ' ' ? at + 1 : street;
}

static KithMatchLevel
level_of_streets (const char *a, const char *b)
{
  const char *name_a = after_number (a), *name_b = after_number (b);
  gsize number_a = (gsize) (name_a - a), number_b = (gsize) (name_b - b);
  gboolean same_number = number_a == number_b && memcmp (a, b, number_a) == 0;
  double alike;

  if (strcmp (a, b) == 0)
    return KITH_MATCH_EXACT;
  alike = kith_match_levenshtein_similarity (name_a, name_b);
  if (same_number && number_a > 0 && alike >= 0.6)
    return KITH_MATCH_NEAR;
  return alike >= 0.8 ? KITH_MATCH_FAR : KITH_MATCH_DIFFERS;
}

static KithMatchLevel
level_of_field (KithMatchField field, const char *a, const char *b)
{
  switch (field)
    {
    case KITH_MATCH_BIRTH:
      return level_of_births (a, b);
    case KITH_MATCH_PHONE:
    case KITH_MATCH_POSTCODE:
      return level_of_digits (a, b, FALSE);
    case KITH_MATCH_NUMBER:
      return level_of_digits (a, b, TRUE);
    case KITH_MATCH_STREET:
      return level_of_streets (a, b);
    default:
      return level_of_texts (a, b);
    }
}

static Found
compare_field (const KithMatchPerson *a, const KithMatchPerson *b, KithMatchField field)
{
  Found found = { KITH_MATCH_MISSING, NULL };

  for (guint i = 0; i < a->n_wholes[field]; i++)
    for (guint k = 0; k < b->n_wholes[field]; k++)
      {
        KithMatchLevel level = level_of_field (field, a->wholes[field][i], b->wholes[field][k]);
        if (level > found.level)
          found = (Found){ level, a->wholes[field][i] };
      }
  return found;
}

/* --- weights ---------------------------------------------------------------------------------------------------------- */

static double
weight_of (KithMatchField field, const Found *found, const KithMatchCommon *common)
{
  const Weights *table = &weights[field];
  double share;

  switch (found->level)
    {
    case KITH_MATCH_MISSING:
      return 0;
    case KITH_MATCH_DIFFERS:
      return table->differs;
    case KITH_MATCH_FAR:
      return table->far;
    case KITH_MATCH_NEAR:
      return table->near;
    case KITH_MATCH_EXACT:
      if (field == KITH_MATCH_BIRTH && g_str_has_suffix (found->value, "0101"))
        return table->exact - PLACEHOLDER;
      share = table->m > 0 ? kith_match_common_share (common, field, found->value) : 0;
      return share > 0 ? CLAMP (log2 (table->m / share), table->least, table->most) : table->exact;
    default:
      g_assert_not_reached ();
    }
}

/* Straight or swapped, whatever fits better. */
static double
weigh_names (const KithMatchPerson *a, const KithMatchPerson *b, const KithMatchCommon *common, guint fields, KithMatchResult *result)
{
  Found given = { KITH_MATCH_MISSING, NULL }, family = { KITH_MATCH_MISSING, NULL }, given_family, family_given;
  double straight, crossed;

  if (fields & KITH_MATCH_BIT (KITH_MATCH_GIVEN))
    given = compare_names (a, KITH_MATCH_GIVEN, b, KITH_MATCH_GIVEN);
  if (fields & KITH_MATCH_BIT (KITH_MATCH_FAMILY))
    family = compare_names (a, KITH_MATCH_FAMILY, b, KITH_MATCH_FAMILY);
  straight = weight_of (KITH_MATCH_GIVEN, &given, common) + weight_of (KITH_MATCH_FAMILY, &family, common);
  result->levels[KITH_MATCH_GIVEN] = given.level;
  result->levels[KITH_MATCH_FAMILY] = family.level;
  if ((fields & KITH_MATCH_NAME) != KITH_MATCH_NAME || (given.level >= KITH_MATCH_NEAR && family.level >= KITH_MATCH_NEAR))
    return straight;

  given_family = compare_names (a, KITH_MATCH_GIVEN, b, KITH_MATCH_FAMILY);
  family_given = compare_names (a, KITH_MATCH_FAMILY, b, KITH_MATCH_GIVEN);
  if (given_family.level < KITH_MATCH_NEAR && family_given.level < KITH_MATCH_NEAR)
    return straight;
  /* The name that a gives as given is b's family name: how common it is is known by where b has it. */
  crossed = SWAP + weight_of (KITH_MATCH_FAMILY, &given_family, common) + weight_of (KITH_MATCH_GIVEN, &family_given, common);
  if (crossed <= straight)
    return straight;
  result->swapped = TRUE;
  result->levels[KITH_MATCH_GIVEN] = family_given.level;
  result->levels[KITH_MATCH_FAMILY] = given_family.level;
  return crossed;
}

/* A household shares family name, phone and address, and is several people: whose given name and date of birth both differ is not proposed
 * as the same on these alone. A person may still see it. */
static gboolean
is_household (const KithMatchResult *result)
{
  return result->levels[KITH_MATCH_GIVEN] == KITH_MATCH_DIFFERS && result->levels[KITH_MATCH_BIRTH] == KITH_MATCH_DIFFERS
         && result->levels[KITH_MATCH_NUMBER] < KITH_MATCH_NEAR;
}

/**
 * kith_match_weigh:
 * @a: a person
 * @b: another
 * @common: (nullable): how common names and places are here; without it they count as middling
 * @people: how many people @b is one of: among more of them somebody fits by chance more easily
 * @fields: which fields count
 * @result: filled
 *
 * The weight of all fields and, from the prior that one of @people is the same person, the probability that these are one:
 * odds = 2^weight / people. A field that one of them lacks counts nothing.
 */
void
kith_match_weigh (const KithMatchPerson *a, const KithMatchPerson *b, const KithMatchCommon *common, guint64 people, guint fields,
                  KithMatchResult *result)
{
  double household = 0, odds;

  memset (result, 0, sizeof *result);
  result->weight = weigh_names (a, b, common, fields, result);
  for (KithMatchField field = KITH_MATCH_BIRTH; field < KITH_MATCH_N_FIELDS; field++)
    {
      Found found;

      if (!(fields & KITH_MATCH_BIT (field)))
        continue;
      found = compare_field (a, b, field);
      result->levels[field] = found.level;
      if (of_household & KITH_MATCH_BIT (field))
        household += weight_of (field, &found, common);
      else
        result->weight += weight_of (field, &found, common);
    }
  result->weight += MIN (household, CAP);
  odds = exp2 (result->weight) / (double) MAX (people, 1);
  result->probability = odds / (1 + odds);
  result->zone = result->probability >= LINK ? KITH_MATCH_LINK : result->probability >= REVIEW ? KITH_MATCH_REVIEW : KITH_MATCH_NO;
  if (result->zone == KITH_MATCH_LINK && is_household (result))
    result->zone = KITH_MATCH_REVIEW;
}

const char *
kith_match_zone_name (KithMatchZone zone)
{
  static const char *const names[] = { "no", "review", "link" };

  return names[zone];
}
