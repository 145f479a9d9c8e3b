/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-hub-private.h"

#include <glib/gi18n.h>

/* GET /v1/sync/wait and the question behind it: is there anything for this person that the cursor does not know? The
 * answer carries no data, only that it is worth asking (sync.md 2.11). */

#define MAX_REMEMBERED 10000

static gboolean
any_row (KithHub *self, const char *query, const char *user, gint64 q, gboolean *found, GError **error)
{
  g_autoptr (KithDbStmt) stmt = kith_db_query (self->db, query, error);
  KithDbStep step;

  if (stmt == NULL)
    return FALSE;
  kith_db_bind_text (stmt, 1, user);
  kith_db_bind_int (stmt, 2, q);
  step = kith_db_step (stmt, error);
  *found = step == KITH_DB_ROW;
  return step != KITH_DB_FAILED;
}

static gboolean
any_visible (KithHub *self, const char *query, const char *user, gint64 q, gboolean *found, GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (KithDbStmt) stmt = kith_db_query (self->db, query, error);
  KithDbStep step;

  *found = FALSE;
  if (stmt == NULL)
    return FALSE;
  kith_db_bind_int (stmt, 1, q);
  kith_db_bind_int (stmt, 2, self->q);
  while ((step = kith_db_step (stmt, error)) == KITH_DB_ROW)
    {
      gint64 sid = kith_db_int (stmt, 3);
      KithHubPaths paths;

      if (g_hash_table_contains (seen, &sid))
        continue;
      g_hash_table_add (seen, g_memdup2 (&sid, sizeof sid));
      if (!kith_hub_paths (self, sid, user, q, q, &paths, error))
        return FALSE;
      if (paths.open)
        {
          *found = TRUE;
          return TRUE;
        }
    }
  return step != KITH_DB_FAILED;
}

/* path_q: access that began or ended after it is news; row_q: the same for rows. */
gboolean
kith_hub_has_news (KithHub *self, const char *user, gint64 path_q, gint64 row_q, gboolean *news, GError **error)
{
  *news = FALSE;
  if (path_q >= self->q && row_q >= self->q)
    return TRUE;
  if (!any_row (self, "scopes-begun", user, path_q, news, error))
    return FALSE;
  if (!*news && !any_row (self, "scopes-ended", user, path_q, news, error))
    return FALSE;
  if (!*news && !any_visible (self, "rows-after", user, row_q, news, error))
    return FALSE;
  return *news || any_visible (self, "moved-after", user, row_q, news, error);
}

/* The desktop thinks this hub is of another schema: the head of the next page tells it, and what waits there for a newer hub goes out (sync.md 2.10). Without
 * this one that fetched its last page just before the update waited for somebody's next change. */
static gboolean
takes_for_another (const KithHubRequest *request)
{
  g_autofree char *schema = kith_hub_query_value (request->query, "s");
  gint64 thought = schema != NULL ? g_ascii_strtoll (schema, NULL, 10) : 0;

  return thought > 0 && thought != KITH_PROTOCOL_SCHEMA;
}

/**
 * kith_hub_wait:
 *
 * GET /v1/sync/wait?c=CURSOR&s=SCHEMA: {"poke":q} when a pull would bring something, else 204 with answer->wait: the server holds it and asks again.
 *
 * Returns: FALSE only when the database failed; else it is answered
 */
gboolean
kith_hub_wait (KithHub *self, const KithHubRequest *request, KithHubSession *session, KithHubAnswer *answer,
               GError **error)
{
  g_autofree char *text = kith_hub_query_value (request->query, "c");
  g_auto (KithCursor) cursor = { 0 };
  gint64 *looked, from;
  gboolean known, news;

  self->counts.waits++;
  if (!kith_hub_read_cursor (self, text, session, &cursor, &known, answer, error))
    return FALSE;
  if (!known)
    return TRUE;

  /* What was looked at for this very cursor and held nothing need not be looked at again: whatever becomes visible
   * later does so by access that begins, and that is asked for from the cursor's own q. */
  looked = g_hash_table_lookup (self->waits, text);
  from = looked != NULL && *looked <= self->q ? *looked : cursor.q;
  news = cursor.open || takes_for_another (request);
  if (!news && !kith_hub_has_news (self, session->user, cursor.q, from, &news, error))
    return FALSE;
  if (news)
    {
      g_hash_table_remove (self->waits, text);
      kith_hub_answer_json (answer, 200, kith_json_new ("poke", "i", self->q, NULL));
      return TRUE;
    }
  if (g_hash_table_size (self->waits) >= MAX_REMEMBERED)
    g_hash_table_remove_all (self->waits);
  g_hash_table_replace (self->waits, g_strdup (text), g_memdup2 (&self->q, sizeof self->q));
  answer->status = 204;
  answer->content_type = KITH_TYPE_JSON_TEXT;
  answer->wait = TRUE;
  answer->user = g_strdup (session->user);
  return TRUE;
}
