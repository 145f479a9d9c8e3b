/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-search.h"

/* A need as somebody told it ("needs help with the rent since she lost her job") is looked for like a service's name, and nothing has all of its words. What
 * has the most of them is meant. */

#define SHORTEST 4   /* letters: shorter words stand in every sentence */
#define MOST_WORDS 12

typedef struct
{
  char *id;
  guint words, first; /* how many of them it has, and when it was found first */
} Partly;

static void
partly_free (gpointer data)
{
  Partly *self = data;

  g_free (self->id);
  g_free (self);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const Partly *first = *(Partly *const *) a, *second = *(Partly *const *) b;

  return first->words != second->words ? (int) second->words - (int) first->words : (int) first->first - (int) second->first;
}

static gboolean
count (KithDb *db, const char *kind, const char *word, guint limit, GHashTable *found, GError **error)
{
  g_autoptr (GPtrArray) ids = kith_search_run (db, kind, word, limit, NULL, error);

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      Partly *partly = g_hash_table_lookup (found, ids->pdata[i]);

      if (partly == NULL)
        {
          partly = g_new0 (Partly, 1);
          partly->id = g_strdup (ids->pdata[i]);
          partly->first = g_hash_table_size (found);
          g_hash_table_insert (found, partly->id, partly);
        }
      partly->words++;
    }
  return ids != NULL;
}

/**
 * kith_search_any:
 * @text: several words of which nothing has all; one alone was looked for already
 *
 * Returns: (transfer full) (element-type utf8): ids of what has some of the longer words of @text, first what has the most of them; or %NULL with @error
 */
GPtrArray *
kith_search_any (KithDb *db, const char *kind, const char *text, guint limit, GError **error)
{
  g_autoptr (KithSearchText) parsed = kith_search_text_parse (text);
  g_autoptr (GHashTable) found = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, partly_free);
  g_autoptr (GPtrArray) order = g_ptr_array_new (), ids = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  gpointer partly;
  guint n = 0;

  for (guint i = 0; parsed->words->len > 1 && i < parsed->words->len; i++)
    if (g_utf8_strlen (parsed->words->pdata[i], -1) >= SHORTEST && n++ < MOST_WORDS && !count (db, kind, parsed->words->pdata[i], limit, found, error))
      return NULL;
  g_hash_table_iter_init (&iter, found);
  while (g_hash_table_iter_next (&iter, NULL, &partly))
    g_ptr_array_add (order, partly);
  g_ptr_array_sort (order, compare);
  for (guint i = 0; i < order->len && i < limit; i++)
    g_ptr_array_add (ids, g_strdup (((Partly *) order->pdata[i])->id));
  return g_steal_pointer (&ids);
}
