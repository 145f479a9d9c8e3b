/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-kept.h"

static gboolean
finds_any (KithDb *db, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KithDbStmt) stmt = kith_db_prepare (db, sql, &error);
  gboolean any;

  g_assert_no_error (error);
  any = kith_db_step (stmt, &error) == KITH_DB_ROW;
  g_assert_no_error (error);
  return any;
}

static gboolean
same_rows (KithDb *db, const char *kept, const char *found)
{
  g_autofree char *more = g_strdup_printf ("%s EXCEPT %s", kept, found), *fewer = g_strdup_printf ("%s EXCEPT %s", found, kept);

  return !finds_any (db, more) && !finds_any (db, fewer);
}

const char *
kith_kept_differs (KithDb *db)
{
  static const struct { const char *table, *kept, *found; } tables[] = {
    { "client_count", "SELECT n FROM client_count", "SELECT count(*) FROM client" },
    { "care_alone", "SELECT rid, client, id FROM care_alone",
      "SELECT rid, client, id FROM care WHERE client IS NOT NULL AND client NOT IN (SELECT id FROM client)" },
    /* By the queue of the status, where that is here: a board has no other lanes. */
    { "queue_alone", "SELECT a.status, a.id FROM queue_alone a JOIN queue_status s ON s.id = a.status",
      "SELECT s.id, r.id FROM referral r JOIN queue_status s ON s.id = r.queue_status "
      "WHERE NOT EXISTS (SELECT 1 FROM queue_item i WHERE i.referral = r.id AND i.queue = s.queue)" },
    { "queue_alone", "SELECT id FROM queue_alone", "SELECT a.id FROM queue_alone a JOIN referral r ON r.id = a.id AND r.queue_status = a.status" },
    { "lane_count", "SELECT queue, status, n FROM lane_count WHERE n != 0",
      "SELECT * FROM (SELECT queue, status, count(*) FROM queue_item WHERE queue IS NOT NULL AND status IS NOT NULL GROUP BY queue, status "
      "UNION ALL SELECT '', status, count(*) FROM queue_alone GROUP BY status)" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    if (!same_rows (db, tables[i].kept, tables[i].found))
      return tables[i].table;
  return NULL;
}
