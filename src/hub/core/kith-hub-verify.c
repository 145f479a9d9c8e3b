/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-hub-private.h"

#include <glib/gi18n.h>

/* POST /v1/sync/verify: how many rows this person should have, and a sum over their ids and numbers, by type or by
 * scope, so that a desktop that has gone astray finds out and where. */

typedef struct
{
  gint64 rows;
  guint64 sum;
} Sum;

static void
add_to (GHashTable *sums, const char *key, guint64 hash)
{
  Sum *sum = g_hash_table_lookup (sums, key);

  if (sum == NULL)
    {
      sum = g_new0 (Sum, 1);
      g_hash_table_insert (sums, g_strdup (key), sum);
    }
  sum->rows++;
  sum->sum += hash;
}

static gboolean
add_scope (KithHub *self, gint64 sid, gboolean by_scope, GHashTable *sums, Sum *total, GError **error)
{
  g_autoptr (KithDbStmt) stmt = kith_db_query (self->db, "rows-of-scope", error);
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, sid);
  KithDbStep step;

  if (stmt == NULL)
    return FALSE;
  kith_db_bind_int (stmt, 1, sid);
  kith_db_bind_text (stmt, 2, "");
  kith_db_bind_text (stmt, 3, "");
  while ((step = kith_db_step (stmt, error)) == KITH_DB_ROW)
    {
      guint64 hash = kith_protocol_row_hash (kith_db_text (stmt, 1), kith_db_int (stmt, 2));

      add_to (sums, by_scope ? number : kith_db_text (stmt, 0), hash);
      total->rows++;
      total->sum += hash;
    }
  return step == KITH_DB_DONE;
}

static JsonObject *
describe (const Sum *sum)
{
  g_autofree char *text = kith_protocol_print_sum (sum->sum);

  return kith_json_new ("rows", "i", sum->rows, "sum", "s", text, NULL);
}

static JsonObject *
sum_up (KithHub *self, const char *user, gboolean by_scope, GError **error)
{
  g_autoptr (GHashTable) sums = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (KithDbStmt) stmt = kith_db_query (self->db, "scopes-open", error);
  JsonObject *answer, *parts = NULL;
  GHashTableIter iter;
  gpointer key, sum;
  Sum total = { 0 };
  KithDbStep step;

  if (stmt == NULL)
    return NULL;
  kith_db_bind_text (stmt, 1, user);
  kith_db_bind_int (stmt, 2, kith_hub_now (self));
  while ((step = kith_db_step (stmt, error)) == KITH_DB_ROW)
    if (!add_scope (self, kith_db_int (stmt, 0), by_scope, sums, &total, error))
      return NULL;
  if (step == KITH_DB_FAILED)
    return NULL;

  parts = json_object_new ();
  g_hash_table_iter_init (&iter, sums);
  while (g_hash_table_iter_next (&iter, &key, &sum))
    json_object_set_object_member (parts, key, describe (sum));
  answer = describe (&total);
  json_object_set_object_member (answer, by_scope ? "scopes" : "types", parts);
  json_object_set_int_member (answer, "q", self->q);
  json_object_set_boolean_member (answer, "behind", FALSE);
  return answer;
}

gboolean
kith_hub_verify (KithHub *self, const KithHubRequest *request, KithHubSession *session, KithHubAnswer *answer,
                 GError **error)
{
  g_autoptr (JsonObject) body = kith_hub_read_body (request, KITH_LIMIT_SMALL_BODY, answer);
  g_auto (KithCursor) cursor = { 0 };
  JsonObject *sums;
  const char *text;
  gboolean news;

  if (body == NULL)
    return TRUE;
  text = kith_json_string (body, "cursor");
  if (text == NULL || !kith_hub_read_cursor (self, text, session, &cursor))
    {
      kith_hub_answer_error (answer, 410, KITH_ERROR_CURSOR_EXPIRED,
                             _("This computer fetches everything anew. Unsent work stays."),
                             kith_json_new ("action", "s", "refill", NULL));
      return TRUE;
    }
  news = cursor.open;
  if (!news && !kith_hub_has_news (self, session->user, cursor.q, cursor.q, &news, error))
    return FALSE;
  if (news)
    {
      kith_hub_answer_json (answer, 200, kith_json_new ("q", "i", self->q, "behind", "b", TRUE, NULL));
      return TRUE;
    }
  sums = sum_up (self, session->user, g_strcmp0 (kith_json_string (body, "by"), "scope") == 0, error);
  if (sums == NULL)
    return FALSE;
  kith_hub_answer_json (answer, 200, sums);
  return TRUE;
}
