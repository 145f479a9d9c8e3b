/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-hub-private.h"

#include "kith-scope.h"

#include <string.h>

/* A grant without an end is looked at again when something changes what it follows from. What can be read no longer changes no more: so once a
 * day, in turns, the records are read that such grants rest on, and what rests on one that cannot be read is closed, as what has come to its
 * end is (kith_hub_close_damaged()). */

#define DAY_MS (G_GINT64_CONSTANT (24) * 60 * 60 * 1000)
#define ROWS 1000 /* of a turn */
#define READ 200  /* records, likewise */

/* gone: cannot be read; one that is not there is settled by what removed it. */
static gboolean
is_unreadable (KithHub *self, const char *kind, const char *id, gboolean *unreadable, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (KithRecord) record = kith_world_get (self->world, kind, id, &local);

  *unreadable = local != NULL;
  if (local == NULL || !kith_hub_is_the_machines (local))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* "on:U" and "on_case:U" do not say which assignment. */
static gboolean
is_assignment_unreadable (KithHub *self, const char *subject, const char *reason, gboolean *unreadable, GError **error)
{
  g_auto (GStrv) atoms = g_strsplit (reason, " ", -1);
  const char *client = g_str_has_prefix (subject, "client:") ? subject + strlen ("client:") : NULL;

  for (guint i = 0; atoms[i] != NULL && client != NULL; i++)
    {
      const char *staff = g_str_has_prefix (atoms[i], "on:") || g_str_has_prefix (atoms[i], "on_case:") ? strchr (atoms[i], ':') + 1 : NULL;
      g_autoptr (GPtrArray) all = NULL;
      g_autoptr (KithDbStmt) stmt = NULL;
      KithDbStep step = KITH_DB_DONE;

      if (staff == NULL)
        continue;
      if ((stmt = kith_db_query (self->db, "assignments-of", error)) == NULL)
        return FALSE;
      kith_db_bind_text (stmt, 1, client);
      kith_db_bind_text (stmt, 2, staff);
      all = g_ptr_array_new_with_free_func (g_free);
      while ((step = kith_db_step (stmt, error)) == KITH_DB_ROW)
        g_ptr_array_add (all, g_strdup (kith_db_text (stmt, 0)));
      if (step == KITH_DB_FAILED)
        return FALSE;
      for (guint k = 0; k < all->len && !*unreadable; k++)
        if (!is_unreadable (self, "assignment", all->pdata[k], unreadable, error))
          return FALSE;
    }
  return TRUE;
}

/**
 * kith_hub_rests_on_damaged:
 * @n_read: (nullable): counts the records that were read for it
 * @damaged: (out): a record that the grant rests on is there and cannot be read
 */
gboolean
kith_hub_rests_on_damaged (KithHub *self, const char *subject, const char *scope, const char *reason, guint *n_read, gboolean *damaged, GError **error)
{
  g_autoptr (GPtrArray) causes = kith_access_causes (scope, reason);

  *damaged = FALSE;
  for (guint i = 0; i < causes->len && !*damaged; i++)
    {
      g_auto (GStrv) cause = g_strsplit (causes->pdata[i], "/", 2);

      if (n_read != NULL)
        (*n_read)++;
      if (!is_unreadable (self, cause[0], cause[1], damaged, error))
        return FALSE;
    }
  return *damaged || is_assignment_unreadable (self, subject, reason, damaged, error);
}

/* The subjects of this turn that have a grant to close. */
static GPtrArray *
look_on (KithHub *self, gboolean *more, GError **error)
{
  g_autoptr (GPtrArray) subjects = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (KithDbStmt) stmt = kith_db_query (self->db, "grants-endless", error);
  KithDbStep step = KITH_DB_DONE;
  guint rows = 0, n_read = 0;

  if (stmt == NULL)
    return NULL;
  kith_db_bind_int (stmt, 1, self->causes_after);
  kith_db_bind_int (stmt, 2, ROWS);
  while (n_read < READ && (step = kith_db_step (stmt, error)) == KITH_DB_ROW)
    {
      const char *subject = kith_db_text (stmt, 1);
      gboolean damaged;

      rows++;
      self->causes_after = kith_db_int (stmt, 0);
      if (!kith_hub_rests_on_damaged (self, subject, kith_db_text (stmt, 2), kith_db_text (stmt, 3), &n_read, &damaged, error))
        return NULL;
      if (damaged && !g_ptr_array_find_with_equal_func (subjects, subject, g_str_equal, NULL))
        g_ptr_array_add (subjects, g_strdup (subject));
    }
  *more = rows == ROWS || n_read >= READ;
  return step == KITH_DB_FAILED ? NULL : g_steal_pointer (&subjects);
}

static gboolean
close_subjects (KithHub *self, GPtrArray *subjects, GError **error)
{
  gint64 q;

  if (subjects->len == 0)
    return TRUE;
  if (!kith_hub_begin (self, error))
    return FALSE;
  for (guint i = 0; i < subjects->len; i++)
    {
      g_warning ("Access to %s rests on a record that cannot be read, and was closed. Run kith-hub check, which names what is damaged.", (char *) subjects->pdata[i]);
      self->counts.damaged++;
      if (!kith_hub_close_damaged (self, subjects->pdata[i], FALSE, error))
        {
          kith_hub_rollback (self);
          return FALSE;
        }
    }
  if (kith_hub_stamp (self, &q, error))
    return kith_hub_commit (self, error);
  kith_hub_rollback (self);
  return FALSE;
}

/**
 * kith_hub_look_at_causes:
 *
 * A turn of the day's look at what grants without an end rest on.
 */
gboolean
kith_hub_look_at_causes (KithHub *self, GError **error)
{
  g_autoptr (GPtrArray) subjects = NULL;
  gint64 day = kith_hub_now (self) / DAY_MS, before;
  gboolean more;

  if (day != self->causes_day)
    {
      self->causes_after = 0;
      self->causes_left = TRUE;
      self->causes_day = day;
    }
  if (!self->causes_left)
    return TRUE;
  before = self->causes_after;
  subjects = look_on (self, &more, error);
  if (subjects == NULL || !close_subjects (self, subjects, error))
    {
      self->causes_after = before; /* what was found is still open: it is looked at again */
      return FALSE;
    }
  self->causes_left = more;
  return TRUE;
}
