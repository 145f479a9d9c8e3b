/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-hub-private.h"

/* A path is one membership and one grant: it lasts from the later beginning to the earlier end (sync.md 2.3). Its
 * history up to H never changes any more, so what is said as of H holds for a whole round; what is said of now holds
 * for one page. */
gboolean
kith_hub_paths (KithHub *self, gint64 sid, const char *user, gint64 q, gint64 H, KithHubPaths *paths, GError **error)
{
  g_autoptr (KithDbStmt) stmt = kith_db_query (self->db, "scope-paths", error);
  gint64 now = kith_hub_now (self);
  gboolean endless = FALSE;
  KithDbStep step;

  *paths = (KithHubPaths){ .since = G_MAXINT64 };
  if (stmt == NULL)
    return FALSE;
  kith_db_bind_int (stmt, 1, sid);
  kith_db_bind_text (stmt, 2, user);
  while ((step = kith_db_step (stmt, error)) == KITH_DB_ROW)
    {
      gint64 since = MAX (kith_db_int (stmt, 0), kith_db_int (stmt, 2));
      gint64 member_until = kith_db_is_null (stmt, 1) ? G_MAXINT64 : kith_db_int (stmt, 1);
      gint64 grant_until = kith_db_is_null (stmt, 3) ? G_MAXINT64 : kith_db_int (stmt, 3);
      gint64 until = MIN (member_until, grant_until);
      gint64 not_after = kith_db_is_null (stmt, 4) ? 0 : kith_db_int (stmt, 4);

      if (since >= until)
        continue;
      paths->any = TRUE;
      if (until == G_MAXINT64 && (not_after == 0 || not_after > now))
        {
          paths->open = TRUE;
          endless = endless || not_after == 0;
          paths->not_after = MAX (paths->not_after, not_after);
        }
      if (until != G_MAXINT64)
        {
          paths->last_until = MAX (paths->last_until, until);
          paths->ended_after = paths->ended_after || until > q;
          paths->changed_after_h = paths->changed_after_h || until > H;
        }
      paths->changed_after_h = paths->changed_after_h || since > H;
      if (since <= H && until > H)
        {
          paths->live = TRUE;
          paths->since = MIN (paths->since, since);
        }
    }
  if (endless)
    paths->not_after = 0;
  return step == KITH_DB_DONE;
}
