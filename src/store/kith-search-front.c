/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which of the records of one person stands for them in a list. */

#include "kith-search.h"

/**
 * kith_search_front:
 * @me: the signed-in person
 *
 * Of a chain of links each goes on to one that comes before it, so it ends.
 *
 * Returns: (transfer full): an id; %NULL with @error
 */
char *
kith_search_front (KithDb *db, const char *id, const char *me, GError **error)
{
  g_autofree char *front = g_strdup (id);

  for (;;)
    {
      g_autoptr (GError) local = NULL;
      g_autofree char *next = kith_db_fetch_text (db, &local, "client-front", "ss", front, me);

      if (local != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return NULL;
        }
      if (next == NULL || g_str_equal (next, front))
        return g_steal_pointer (&front);
      g_free (front);
      front = g_steal_pointer (&next);
    }
}
