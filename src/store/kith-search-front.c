/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which of the records of one person stands for them in a list. */

#include "kith-search.h"

/**
 * kith_search_front:
 * @me: the signed-in person
 *
 * Returns: (transfer full): an id; %NULL with @error
 */
char *
kith_search_front (KithDb *db, const char *id, const char *me, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autofree char *front = kith_db_fetch_text (db, &local, "client-front", "ss", id, me);

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  return front != NULL ? g_steal_pointer (&front) : g_strdup (id);
}
