/* SPDX-License-Identifier: GPL-3.0-or-later */

/* All pairs of a list, or of two, that share a key: each compared once. */

#include "kith-match.h"

#include <stdlib.h>

/* Keys that so many share say nothing; whoever is alike shares another one too. */
#define MAX_BLOCK 2000
#define PROGRESS_EVERY 65536

typedef struct
{
  guint64 key;
  guint32 person; /* those of the second list come after those of the first */
} Entry;

/**
 * kith_match_batch_free:
 * @self: (transfer full): with its pairs; not NULL
 */
void
kith_match_batch_free (KithMatchBatch *self)
{
  g_array_unref (self->pairs);
  g_free (self);
}

/* FNV-1a: two keys that fall together cost one comparison more, no answer. */
static guint64
hash_key (const char *key)
{
  guint64 hash = G_GUINT64_CONSTANT (14695981039346656037);

  for (; *key != '\0'; key++)
    hash = (hash ^ (guint8) *key) * G_GUINT64_CONSTANT (1099511628211);
  return hash;
}

static void
add_entries (GArray *entries, GPtrArray *people, guint first, guint fields)
{
  for (guint i = 0; i < people->len; i++)
    {
      g_autoptr (GPtrArray) keys = kith_match_person_keys (people->pdata[i], fields);

      for (guint k = 0; k < keys->len; k++)
        {
          Entry entry = { hash_key (keys->pdata[k]), first + i };
          g_array_append_val (entries, entry);
        }
    }
}

static int
compare_entries (const void *a, const void *b)
{
  const Entry *left = a, *right = b;

  if (left->key != right->key)
    return left->key < right->key ? -1 : 1;
  return left->person < right->person ? -1 : left->person > right->person;
}

static int
compare_numbers (const void *a, const void *b)
{
  guint64 left = *(const guint64 *) a, right = *(const guint64 *) b;

  return left < right ? -1 : left > right;
}

/* The pairs of one block, as two places in one number. In two lists (split > 0) one is of each. */
static void
add_block (GArray *pairs, const Entry *block, guint n, guint split)
{
  if (n > MAX_BLOCK)
    return;
  for (guint i = 0; i < n; i++)
    for (guint k = i + 1; k < n; k++)
      if (block[i].person != block[k].person && (split == 0 || (block[i].person < split && block[k].person >= split)))
        {
          guint64 pair = (guint64) block[i].person << 32 | block[k].person;
          g_array_append_val (pairs, pair);
        }
}

static GArray *
find_pairs (GArray *entries, guint split)
{
  GArray *pairs = g_array_new (FALSE, FALSE, sizeof (guint64));
  const Entry *all = (const Entry *) (gpointer) entries->data;
  guint kept = 0;

  for (guint from = 0, to; from < entries->len; from = to)
    {
      for (to = from + 1; to < entries->len && all[to].key == all[from].key; to++)
        ;
      add_block (pairs, all + from, to - from, split);
    }
  if (pairs->len > 0)
    qsort (pairs->data, pairs->len, sizeof (guint64), compare_numbers);
  for (guint i = 0; i < pairs->len; i++)
    {
      guint64 *values = (guint64 *) (gpointer) pairs->data;
      if (i == 0 || values[i] != values[i - 1])
        values[kept++] = values[i];
    }
  g_array_set_size (pairs, kept);
  return pairs;
}

static KithMatchCommon *
count_all (GPtrArray *people, GPtrArray *others)
{
  KithMatchCommon *common = kith_match_common_new ();

  for (guint i = 0; i < people->len; i++)
    kith_match_common_count (common, people->pdata[i]);
  for (guint i = 0; others != NULL && i < others->len; i++)
    kith_match_common_count (common, others->pdata[i]);
  return common;
}

/**
 * kith_match_batch:
 * @people: (element-type KithMatchPerson): a list
 * @others: (nullable) (element-type KithMatchPerson): another one to match it with; %NULL: duplicates within the first
 * @fields: which fields count
 * @progress: (nullable): called now and then with pairs compared and pairs in all
 * @user_data: for @progress
 *
 * Returns: (transfer full): the pairs that somebody should see; nothing is joined
 */
KithMatchBatch *
kith_match_batch (GPtrArray *people, GPtrArray *others, guint fields, KithMatchProgress progress, gpointer user_data)
{
  KithMatchBatch *self = g_new0 (KithMatchBatch, 1);
  g_autoptr (KithMatchCommon) common = count_all (people, others);
  g_autoptr (GArray) entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  g_autoptr (GArray) pairs = NULL;
  guint split = others != NULL ? people->len : 0;
  guint64 one_of = others != NULL ? others->len : people->len;

  self->pairs = g_array_new (FALSE, FALSE, sizeof (KithMatchPair));
  add_entries (entries, people, 0, fields);
  if (others != NULL)
    add_entries (entries, others, split, fields);
  if (entries->len > 0)
    qsort (entries->data, entries->len, sizeof (Entry), compare_entries);
  pairs = find_pairs (entries, split);
  self->candidates = pairs->len;
  for (guint i = 0; i < pairs->len; i++)
    {
      guint64 both = g_array_index (pairs, guint64, i);
      KithMatchPair pair = { .a = (guint) (both >> 32), .b = (guint) (both & G_MAXUINT32) - split };
      KithMatchResult result;

      kith_match_weigh (people->pdata[pair.a], (others != NULL ? others : people)->pdata[pair.b], common, one_of, fields, &result);
      if (progress != NULL && i % PROGRESS_EVERY == 0)
        progress (i, pairs->len, user_data);
      if (result.zone == KITH_MATCH_NO)
        continue;
      pair.weight = (float) result.weight;
      pair.probability = (float) result.probability;
      pair.zone = result.zone;
      g_array_append_val (self->pairs, pair);
    }
  return self;
}

static guint
root_of (guint *clusters, guint i)
{
  while (clusters[i] != i)
    i = clusters[i] = clusters[clusters[i]];
  return i;
}

guint *
kith_match_clusters (guint n, const KithMatchBatch *batch)
{
  guint *clusters = g_new (guint, MAX (n, 1));

  for (guint i = 0; i < n; i++)
    clusters[i] = i;
  for (guint i = 0; i < batch->pairs->len; i++)
    {
      const KithMatchPair *pair = &g_array_index (batch->pairs, KithMatchPair, i);
      guint a = root_of (clusters, pair->a), b = root_of (clusters, pair->b);

      if (pair->zone == KITH_MATCH_LINK)
        clusters[MAX (a, b)] = MIN (a, b);
    }
  for (guint i = 0; i < n; i++)
    clusters[i] = root_of (clusters, i);
  return clusters;
}
