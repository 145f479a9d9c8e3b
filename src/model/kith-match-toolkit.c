/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The rule of a published guide (domain.md 5b), whose counts are known for four public sets: what the comparators are measured by. */

#include "kith-match.h"

#include <string.h>

#define SURNAME 0.85 /* Jaro-Winkler */
#define ADDRESS 0.85 /* Levenshtein similarity */
#define LINK 3       /* linked above this score */

static gboolean
is_known (const char *a, const char *b)
{
  return a != NULL && b != NULL && *a != '\0' && *b != '\0';
}

static guint
is_same (const char *a, const char *b)
{
  return is_known (a, b) && strcmp (a, b) == 0;
}

static guint
score_pair (const KithMatchRow *a, const KithMatchRow *b)
{
  guint score = 1; /* the given name: they are of one block */

  score += is_known (a->surname, b->surname) && kith_match_jaro_winkler (a->surname, b->surname) >= SURNAME;
  score += is_same (a->birth, b->birth);
  score += is_same (a->suburb, b->suburb);
  score += is_same (a->state, b->state);
  score += is_known (a->address, b->address) && kith_match_levenshtein_similarity (a->address, b->address) >= ADDRESS;
  return score;
}

/**
 * kith_match_toolkit:
 * @rows: a list
 * @n: its length
 * @others: (nullable): a second one to link it with; %NULL: duplicates within the first
 * @n_others: its length
 * @result: filled
 * @link: (nullable): called with each pair linked
 * @user_data: for @link
 *
 * Blocked by equal given name; one point each for given name, surname alike, date of birth, suburb, state and address alike;
 * linked above three points.
 */
void
kith_match_toolkit (const KithMatchRow *rows, guint n, const KithMatchRow *others, guint n_others, KithMatchToolkit *result,
                    KithMatchToolkitLink link, gpointer user_data)
{
  g_autoptr (GHashTable) blocks = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_array_unref);

  memset (result, 0, sizeof *result);
  for (guint k = 0; k < (others != NULL ? n_others : n); k++)
    {
      const KithMatchRow *row = others != NULL ? &others[k] : &rows[k];
      GArray *block = is_known (row->given, row->given) ? g_hash_table_lookup (blocks, row->given) : NULL;

      if (!is_known (row->given, row->given))
        continue;
      if (block == NULL)
        {
          block = g_array_new (FALSE, FALSE, sizeof (guint));
          g_hash_table_insert (blocks, (gpointer) row->given, block);
        }
      g_array_append_val (block, k);
    }
  for (guint i = 0; i < n; i++)
    {
      GArray *block = is_known (rows[i].given, rows[i].given) ? g_hash_table_lookup (blocks, rows[i].given) : NULL;

      for (guint at = 0; block != NULL && at < block->len; at++)
        {
          guint k = g_array_index (block, guint, at), score;

          if (others == NULL && k <= i)
            continue;
          score = score_pair (&rows[i], others != NULL ? &others[k] : &rows[k]);
          result->blocked++;
          result->scores[score]++;
          result->links += score > LINK;
          if (score > LINK && link != NULL)
            link (i, k, user_data);
        }
    }
}
