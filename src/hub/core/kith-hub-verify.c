/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-hub-private.h"

#include <glib/gi18n.h>

/* POST /v1/sync/verify: how many rows this person should have, and a sum over their ids and numbers, by type or by
 * scope, so that a desktop that has gone astray finds out and where. Who has very many scopes is told by part of them first, and asks
 * again for those parts that differ: no answer grows with the store. */

#define MOST 20 /* a minute and person: whoever sees very much costs a twentieth of a second each, and nobody else is answered meanwhile */

typedef enum
{
  BY_TYPE,
  BY_SCOPE,
  BY_PART
} By;

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
add_scope (KithHub *self, gint64 sid, By by, GHashTable *sums, Sum *total, GError **error)
{
  g_autoptr (KithDbStmt) stmt = kith_db_query (self->db, "rows-of-scope", error);
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, by == BY_PART ? sid % KITH_VERIFY_PARTS : sid);
  KithDbStep step;

  if (stmt == NULL)
    return FALSE;
  kith_db_bind_int (stmt, 1, sid);
  kith_db_bind_text (stmt, 2, "");
  kith_db_bind_text (stmt, 3, "");
  while ((step = kith_db_step (stmt, error)) == KITH_DB_ROW)
    {
      guint64 hash = kith_protocol_row_hash (kith_db_text (stmt, 1), kith_db_int (stmt, 2));

      add_to (sums, by != BY_TYPE ? number : kith_db_text (stmt, 0), hash);
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

/* The scopes open to this person, of some parts or (NULL) of all. */
static GArray *
list_open (KithHub *self, const char *user, const gboolean *parts, GError **error)
{
  g_autoptr (GArray) sids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (KithDbStmt) stmt = kith_db_query (self->db, "scopes-open", error);
  KithDbStep step;

  if (stmt == NULL)
    return NULL;
  kith_db_bind_text (stmt, 1, user);
  kith_db_bind_int (stmt, 2, kith_hub_now (self));
  while ((step = kith_db_step (stmt, error)) == KITH_DB_ROW)
    {
      gint64 sid = kith_db_int (stmt, 0);

      if (parts == NULL || parts[sid % KITH_VERIFY_PARTS])
        g_array_append_val (sids, sid);
    }
  return step == KITH_DB_DONE ? g_steal_pointer (&sids) : NULL;
}

static JsonObject *
sum_up (KithHub *self, GArray *sids, By by, GError **error)
{
  static const char *const names[] = { "types", "scopes", "parts" };
  g_autoptr (GHashTable) sums = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  JsonObject *answer, *list = json_object_new ();
  GHashTableIter iter;
  gpointer key, sum;
  Sum total = { 0 };

  for (guint i = 0; i < sids->len; i++)
    if (!add_scope (self, g_array_index (sids, gint64, i), by, sums, &total, error))
      {
        json_object_unref (list);
        return NULL;
      }
  g_hash_table_iter_init (&iter, sums);
  while (g_hash_table_iter_next (&iter, &key, &sum))
    json_object_set_object_member (list, key, describe (sum));
  answer = describe (&total);
  json_object_set_object_member (answer, names[by], list);
  json_object_set_int_member (answer, "q", self->q);
  json_object_set_boolean_member (answer, "behind", FALSE);
  return answer;
}

/* FALSE: all of them. */
static gboolean
read_parts (JsonObject *body, gboolean parts[KITH_VERIFY_PARTS])
{
  JsonArray *asked = kith_json_array (body, "parts");

  for (guint i = 0; asked != NULL && i < json_array_get_length (asked); i++)
    {
      JsonNode *node = json_array_get_element (asked, i);

      if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64)
        parts[(guint64) json_node_get_int (node) % KITH_VERIFY_PARTS] = TRUE;
    }
  return asked != NULL;
}

static JsonObject *
compare (KithHub *self, const char *user, JsonObject *body, GError **error)
{
  gboolean parts[KITH_VERIFY_PARTS] = { FALSE };
  gboolean some = read_parts (body, parts);
  g_autoptr (GArray) sids = list_open (self, user, some ? parts : NULL, error);

  if (sids == NULL)
    return NULL;
  if (g_strcmp0 (kith_json_string (body, "by"), "scope") != 0)
    return sum_up (self, sids, BY_TYPE, error);
  return sum_up (self, sids, some || sids->len <= self->options.verify_scopes ? BY_SCOPE : BY_PART, error);
}

/**
 * kith_hub_verify:
 *
 * POST /v1/sync/verify: the sums a desktop compares its own with; {"behind":true} as long as it has not pulled everything.
 *
 * Returns: FALSE only when the database failed; else it is answered
 */
gboolean
kith_hub_verify (KithHub *self, const KithHubRequest *request, KithHubSession *session, KithHubAnswer *answer,
                 GError **error)
{
  g_autoptr (JsonObject) body = kith_hub_read_body (request, KITH_LIMIT_SMALL_BODY, answer);
  g_auto (KithCursor) cursor = { 0 };
  JsonObject *sums;
  const char *text;
  gboolean known, news;

  if (body == NULL)
    return TRUE;
  text = kith_json_string (body, "cursor");
  if (!kith_hub_read_cursor (self, text, session, &cursor, &known, answer, error))
    return FALSE;
  if (!known)
    return TRUE;
  news = cursor.open;
  if (!news && !kith_hub_has_news (self, session->user, cursor.q, cursor.q, &news, error))
    return FALSE;
  if (news)
    {
      kith_hub_answer_json (answer, 200, kith_json_new ("q", "i", self->q, "behind", "b", TRUE, NULL));
      return TRUE;
    }
  if (!kith_hub_take_turn (self, self->verifies, session->user, MOST))
    {
      kith_hub_answer_error (answer, 429, KITH_ERROR_SLOW_DOWN, _("This computer compares too often what it has. It is done again in a minute."), NULL);
      answer->retry_after = 60;
      return TRUE;
    }
  sums = compare (self, session->user, body, error);
  if (sums == NULL)
    return FALSE;
  kith_hub_answer_json (answer, 200, sums);
  return TRUE;
}
