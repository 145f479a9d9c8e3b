/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim.h"

/* The hub's grants and memberships against the oracle, for everybody and every scope that a change could have touched. */

typedef struct
{
  GPtrArray *users;   /* texts of the oracle */
  GHashTable *places; /* user → bit + 1 */
  GHashTable *seen;   /* scope → bits of those who see it by the hub's rows */
} Rows;

static void
read_rows (Sim *self, Rows *rows, const char *where, const char *arg)
{
  g_autofree char *sql = g_strconcat ("SELECT m.user_id, s.name FROM scope_grant g JOIN member m ON m.pid = g.pid JOIN scope s ON s.sid = g.sid "
                                      "WHERE g.until_q IS NULL AND m.until_q IS NULL AND coalesce(nullif(g.not_after, 0), ?1) >= ?1",
                                      where, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (KithDbStmt) stmt = kith_db_prepare (kith_hub_get_db (self->hub), sql, &error);

  if (stmt == NULL)
    g_error ("%s", error->message);
  kith_db_bind_int (stmt, 1, sim_wall (self) + 1);
  if (arg != NULL)
    kith_db_bind_text (stmt, 2, arg);
  while (kith_db_step (stmt, &error) == KITH_DB_ROW)
    {
      const char *scope = kith_db_text (stmt, 1);
      guint place = GPOINTER_TO_UINT (g_hash_table_lookup (rows->places, kith_db_text (stmt, 0)));
      guint bits = GPOINTER_TO_UINT (g_hash_table_lookup (rows->seen, scope));

      if (place == 0)
        sim_fail (self, "access", "a member %s that nobody knows", kith_db_text (stmt, 0));
      else
        g_hash_table_insert (rows->seen, g_strdup (scope), GUINT_TO_POINTER (bits | 1u << (place - 1)));
    }
  if (error != NULL)
    g_error ("%s", error->message);
}

static void
explain (Sim *self, const char *user, const char *scope, gboolean got)
{
  g_autofree char *rows = NULL;
  g_autofree char *in = NULL;
  g_autoptr (KithRecord) staff = kith_world_get (KITH_WORLD (self->mirror), "staff", user, NULL);
  g_autofree char *body = staff != NULL ? kith_record_print (staff) : NULL;

  sim_sql_text (kith_hub_get_db (self->hub),
                "SELECT group_concat(p.name || ' because ' || g.reason || ' ' || coalesce(g.not_after, ''), '; ') FROM scope_grant g JOIN principal p ON p.pid = g.pid "
                "JOIN scope s ON s.sid = g.sid WHERE s.name = ?1 AND g.until_q IS NULL",
                scope, &rows);
  sim_sql_text (kith_hub_get_db (self->hub),
                "SELECT group_concat(p.name, ' ') FROM member m JOIN principal p ON p.pid = m.pid WHERE m.user_id = ?1 AND m.until_q IS NULL", user,
                &in);
  sim_fail (self, "access", "%s %s %s\n  %s\n  in %s\n  rows: %s", user, got ? "must not see" : "should see", scope, body, in, rows);
}

static const char *
first_unknown (Rows *rows, GPtrArray *scopes)
{
  GHashTableIter iter;
  gpointer scope;

  g_hash_table_iter_init (&iter, rows->seen);
  while (g_hash_table_iter_next (&iter, &scope, NULL))
    if (!g_ptr_array_find_with_equal_func (scopes, scope, g_str_equal, NULL))
      return scope;
  return "?";
}

/* user_bits: those to compare. */
static void
compare (Sim *self, Rows *rows, GPtrArray *scopes, guint user_bits)
{
  gint64 now = sim_wall (self);
  guint matched = 0;

  for (guint s = 0; s < scopes->len && self->failure == NULL; s++)
    {
      const char *scope = g_ptr_array_index (scopes, s);
      guint bits = GPOINTER_TO_UINT (g_hash_table_lookup (rows->seen, scope));

      matched += bits != 0;
      for (guint u = 0; u < rows->users->len; u++)
        if (user_bits & 1u << u)
          {
            const char *user = g_ptr_array_index (rows->users, u);
            gboolean got = (bits & 1u << u) != 0;

            self->n_checks++;
            if (got != kith_oracle_visible (self->oracle, user, scope, now))
              {
                explain (self, user, scope, got);
                return;
              }
          }
    }
  if (matched != g_hash_table_size (rows->seen))
    sim_fail (self, "access", "%u scopes have rows, the oracle knows %u of them, not %s", g_hash_table_size (rows->seen), matched,
              first_unknown (rows, scopes));
}

/* A match is a subject of its own: what both its clients say decides; so is the record of a call a referral was made from. */
static void
compare_dependents (Sim *self, Rows *rows, const char *client, guint bits)
{
  g_autoptr (GPtrArray) dependents = kith_oracle_dependents (self->oracle, client);

  for (guint i = 0; i < dependents->len && self->failure == NULL; i++)
    {
      char *scope = g_ptr_array_index (dependents, i);
      g_autoptr (GPtrArray) scopes = g_ptr_array_new ();

      g_ptr_array_add (scopes, scope);
      g_hash_table_remove_all (rows->seen);
      read_rows (self, rows, " AND g.subject = ?2", scope);
      compare (self, rows, scopes, bits);
    }
}

void
sim_check_access (Sim *self, const char *touched)
{
  Rows rows = { kith_oracle_users (self->oracle), g_hash_table_new (g_str_hash, g_str_equal),
                g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL) };
  g_autoptr (GPtrArray) client_scopes = kith_oracle_scopes (self->oracle, touched);
  guint bits = G_MAXUINT;

  g_assert (rows.users->len <= 32);
  for (guint u = 0; u < rows.users->len; u++)
    g_hash_table_insert (rows.places, g_ptr_array_index (rows.users, u), GUINT_TO_POINTER (u + 1));

  if (client_scopes->len > 0)
    {
      g_autofree char *subject = g_strconcat ("client:", touched, NULL);

      read_rows (self, &rows, " AND g.subject = ?2", subject);
      compare (self, &rows, client_scopes, bits);
      compare_dependents (self, &rows, touched, bits);
    }
  else
    {
      g_autoptr (GPtrArray) scopes = kith_oracle_scopes (self->oracle, NULL);
      guint place = GPOINTER_TO_UINT (g_hash_table_lookup (rows.places, touched));

      if (place != 0)
        bits = 1u << (place - 1);
      read_rows (self, &rows, place != 0 ? " AND m.user_id = ?2" : "", place != 0 ? touched : NULL);
      compare (self, &rows, scopes, bits);
    }
  g_ptr_array_unref (rows.users);
  g_hash_table_unref (rows.places);
  g_hash_table_unref (rows.seen);
}

void
sim_check_subset (Sim *self)
{
  g_autofree char *stray = kith_oracle_stray (self->oracle);

  if (stray != NULL)
    sim_fail (self, "A11", "at the hub %s", stray);
}
