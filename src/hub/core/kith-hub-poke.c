/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-hub-private.h"

/* Whom a commit concerns (sync.md 2.11): everybody who holds a scope in which something changed, and everybody whose way
 * to a scope began or ended. Those who wait are asked again only then; what they may see is decided by asking, so one name
 * too many costs a look and tells nothing. */

#define MAX_SCOPES 64 /* a commit that touches more is an import: everybody is asked */

struct _KithHubPokes
{
  gboolean everybody;
  GHashTable *users;
};

static KithHubPokes *
pokes_new (gboolean everybody)
{
  KithHubPokes *self = g_new0 (KithHubPokes, 1);

  self->everybody = everybody;
  self->users = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

/**
 * kith_hub_pokes_free:
 * @self: (transfer full): not NULL
 */
void
kith_hub_pokes_free (KithHubPokes *self)
{
  g_hash_table_unref (self->users);
  g_free (self);
}

gboolean
kith_hub_pokes_concern (KithHubPokes *self, const char *user)
{
  return self->everybody || user == NULL || g_hash_table_contains (self->users, user);
}

/**
 * kith_hub_take_pokes:
 *
 * Returns: (transfer full) (nullable): whom the commits since the last call concern; %NULL: nobody. From the first call on
 *   it is kept track of, so that answer names everybody.
 */
KithHubPokes *
kith_hub_take_pokes (KithHub *self)
{
  if (!self->watched)
    {
      self->watched = TRUE;
      return pokes_new (TRUE);
    }
  return g_steal_pointer (&self->pokes);
}

void
kith_hub_poke_scope (KithHub *self, gint64 sid)
{
  if (self->watched)
    g_hash_table_add (self->poked_scopes, g_memdup2 (&sid, sizeof sid));
}

/* Of one whose access ended without a commit that tells of it: they are asked again, and refused. */
void
kith_hub_poke_user (KithHub *self, const char *user)
{
  self->refusals++;
  if (!self->watched)
    return;
  if (self->pokes == NULL)
    self->pokes = pokes_new (FALSE);
  g_hash_table_add (self->pokes->users, g_strdup (user));
}

/**
 * kith_hub_get_moment:
 *
 * Returns: a number that grows whenever somebody who waits may be concerned: what was looked at before it did may be out of date
 */
gint64
kith_hub_get_moment (KithHub *self)
{
  return self->q + self->refusals;
}

static gboolean
add_users (KithHub *self, const char *query, gint64 number, GError **error)
{
  g_autoptr (KithDbStmt) stmt = kith_db_query (self->db, query, error);
  KithDbStep step;

  if (stmt == NULL)
    return FALSE;
  kith_db_bind_int (stmt, 1, number);
  while ((step = kith_db_step (stmt, error)) == KITH_DB_ROW)
    if (!g_hash_table_contains (self->pokes->users, kith_db_text (stmt, 0)))
      g_hash_table_add (self->pokes->users, g_strdup (kith_db_text (stmt, 0)));
  return step == KITH_DB_DONE;
}

static gboolean
add_rows (KithHub *self, const char *query, const KithHubMarks *marks, GError **error)
{
  for (guint i = 0; i < marks->opened->len; i++)
    if (!add_users (self, query, g_array_index (marks->opened, gint64, i), error))
      return FALSE;
  for (guint i = 0; i < marks->closed->len; i++)
    if (!add_users (self, query, g_array_index (marks->closed, gint64, i), error))
      return FALSE;
  return TRUE;
}

static gboolean
add_scopes (KithHub *self, GError **error)
{
  GHashTableIter iter;
  gpointer sid;

  g_hash_table_iter_init (&iter, self->poked_scopes);
  while (g_hash_table_iter_next (&iter, &sid, NULL))
    if (!add_users (self, "poke-scope", *(gint64 *) sid, error))
      return FALSE;
  return TRUE;
}

/* After the commit, while what it touched is still known. */
void
kith_hub_note_pokes (KithHub *self)
{
  guint n = g_hash_table_size (self->poked_scopes) + self->grants.opened->len + self->grants.closed->len +
            self->members.opened->len + self->members.closed->len;
  g_autoptr (GError) error = NULL;

  if (!self->watched || n == 0)
    return;
  if (self->pokes == NULL)
    self->pokes = pokes_new (FALSE);
  if (self->pokes->everybody)
    return;
  if (n > MAX_SCOPES)
    self->pokes->everybody = TRUE;
  else if (!add_scopes (self, &error) || !add_rows (self, "poke-grant", &self->grants, &error) ||
           !add_rows (self, "poke-member", &self->members, &error))
    {
      g_warning ("who is to be told of a commit: %s", error->message);
      self->pokes->everybody = TRUE;
    }
}
