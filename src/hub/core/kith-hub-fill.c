/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-hub-pull.h"

#include <string.h>

/* Fills: everything in a scope that is new to its reader since q, after which whatever else the reader has of it is
 * dropped. The first sync, access gained and a cursor too old to follow are all this, and so is a scope that is followed but
 * asked for anew, because it differs at the reader's. */

#define MARK_ROWS 500
#define MAX_LISTS 64

typedef struct
{
  int priority;
  gint64 sid;
  gboolean asked; /* followed, and wanted anew all the same */
} Item;

/* The scopes a round fills, in order, and those it follows on although a path to them began after q. Both depend on
 * history up to H only, which does not change any more, so they may be kept. */
struct _KithHubFill
{
  GArray *items;
  GArray *followed; /* gint64 scope numbers */
};

/**
 * kith_hub_fill_get_followed:
 *
 * Returns: (transfer none) (element-type gint64): numbers of scopes the round follows on, though a path to them began after its q
 */
GArray *
kith_hub_fill_get_followed (KithHubFill *self)
{
  return self->followed;
}

/**
 * kith_hub_fill_free:
 * @self: (transfer full): not NULL
 */
void
kith_hub_fill_free (KithHubFill *self)
{
  g_array_unref (self->items);
  g_array_unref (self->followed);
  g_free (self);
}

static int
compare_items (gconstpointer a, gconstpointer b)
{
  const Item *x = a, *y = b;

  if (x->priority != y->priority)
    return x->priority < y->priority ? -1 : 1;
  return x->sid < y->sid ? -1 : x->sid > y->sid;
}

static gboolean
own_principal (KithHub *self, const char *user, gint64 *pid, GError **error)
{
  g_autofree char *name = g_strconcat ("user:", user, NULL);

  return kith_hub_principal_number (self, name, FALSE, pid, error);
}

/* Everything the person holds at H. */
static gboolean
list_all (KithHub *self, KithHubPage *page, GArray *items, GError **error)
{
  g_autoptr (KithDbStmt) stmt = NULL;
  KithDbStep step;
  gint64 own;

  if (!own_principal (self, page->user, &own, error) ||
      (stmt = kith_db_query (self->db, "scopes-to-fill", error)) == NULL)
    return FALSE;
  kith_db_bind_text (stmt, 1, page->user);
  kith_db_bind_int (stmt, 2, page->cursor.H);
  kith_db_bind_int (stmt, 3, own);
  while ((step = kith_db_step (stmt, error)) == KITH_DB_ROW)
    {
      Item item = { (int) kith_db_int (stmt, 1), kith_db_int (stmt, 0) };
      if (kith_db_int (stmt, 2) > page->cursor.q)
        g_array_append_val (items, item);
    }
  return step == KITH_DB_DONE;
}

static gboolean
priority_of (KithHub *self, gint64 sid, gint64 own, int *priority, GError **error)
{
  g_autoptr (KithDbStmt) stmt = kith_db_query (self->db, "scope-priority", error);

  if (stmt == NULL)
    return FALSE;
  kith_db_bind_int (stmt, 1, sid);
  kith_db_bind_int (stmt, 2, own);
  if (kith_db_step (stmt, error) != KITH_DB_ROW)
    return FALSE;
  *priority = (int) kith_db_int (stmt, 0);
  return TRUE;
}

/* Only what began after q: a few scopes in most rounds. */
static gboolean
list_begun (KithHub *self, KithHubPage *page, KithHubFill *list, GError **error)
{
  g_autoptr (KithDbStmt) stmt = kith_db_query (self->db, "scopes-begun", error);
  KithDbStep step;

  if (stmt == NULL)
    return FALSE;
  kith_db_bind_text (stmt, 1, page->user);
  kith_db_bind_int (stmt, 2, page->cursor.q);
  while ((step = kith_db_step (stmt, error)) == KITH_DB_ROW)
    {
      Item item = { 0, kith_db_int (stmt, 0) };
      KithHubPageScope *scope = kith_hub_page_scope (self, page, item.sid, error);

      if (scope == NULL)
        return FALSE;
      if (!scope->paths.live)
        continue;
      if (scope->paths.since <= page->cursor.q)
        {
          g_array_append_val (list->followed, item.sid);
          continue;
        }
      if (!priority_of (self, item.sid, 0, &item.priority, error))
        return FALSE;
      g_array_append_val (list->items, item);
    }
  return step == KITH_DB_DONE;
}

/* Of the scopes asked for, those that are followed; the others are filled anyway, or not for this reader, who is told nothing then:
 * what is not seen is as what does not exist. */
static gboolean
list_asked (KithHub *self, KithHubPage *page, GArray *items, GError **error)
{
  for (guint i = 0; i < page->refill->len; i++)
    {
      Item item = { 0, g_array_index (page->refill, gint64, i), TRUE };
      KithHubPageScope *scope = kith_hub_page_scope (self, page, item.sid, error);

      if (scope == NULL)
        return FALSE;
      if (!scope->paths.live || scope->paths.since > page->cursor.q)
        continue;
      if (!priority_of (self, item.sid, 0, &item.priority, error))
        return FALSE;
      g_array_append_val (items, item);
    }
  return TRUE;
}

static char *
key_of (KithHubPage *page)
{
  GString *key = g_string_new (NULL);

  g_string_printf (key, "%s/%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT, page->user, page->cursor.q, page->cursor.H);
  for (guint i = 0; i < page->refill->len; i++)
    g_string_append_printf (key, "/%" G_GINT64_FORMAT, g_array_index (page->refill, gint64, i));
  return g_string_free (key, FALSE);
}

KithHubFill *
kith_hub_fill_find (KithHub *self, KithHubPage *page, GError **error)
{
  g_autofree char *key = key_of (page);
  KithHubFill *list = g_hash_table_lookup (self->fills, key);
  gboolean ok;

  if (list != NULL)
    return list;
  if (g_hash_table_size (self->fills) >= MAX_LISTS)
    g_hash_table_remove_all (self->fills);
  list = g_new0 (KithHubFill, 1);
  list->items = g_array_new (FALSE, FALSE, sizeof (Item));
  list->followed = g_array_new (FALSE, FALSE, sizeof (gint64));
  ok = page->cursor.q == 0 ? list_all (self, page, list->items, error)
                           : list_begun (self, page, list, error) && list_asked (self, page, list->items, error);
  if (!ok)
    {
      kith_hub_fill_free (list);
      return NULL;
    }
  g_array_sort (list->items, compare_items);
  g_hash_table_insert (self->fills, g_steal_pointer (&key), list);
  return list;
}

static void
set_position (KithCursor *cursor, const Item *item, const char *t, const char *id)
{
  cursor->priority = item->priority;
  cursor->sid = item->sid;
  g_free (cursor->t);
  g_free (cursor->id);
  cursor->t = g_strdup (t);
  cursor->id = g_strdup (id);
}

/* Rows of one scope from the cursor's position on. *done: it is complete. */
static gboolean
fill_rows (KithHub *self, KithHubPage *page, const Item *item, KithHubPageScope *scope, gboolean *done, GError **error)
{
  KithCursor *cursor = &page->cursor;
  gboolean begun = cursor->sid == item->sid && cursor->priority == item->priority && cursor->t != NULL;
  g_autoptr (KithDbStmt) stmt = kith_db_query (self->db, "rows-of-scope", error);
  KithDbStep step;

  *done = FALSE;
  if (stmt == NULL)
    return FALSE;
  kith_db_bind_int (stmt, 1, item->sid);
  kith_db_bind_text (stmt, 2, begun ? cursor->t : "");
  kith_db_bind_text (stmt, 3, begun ? cursor->id : "");
  while ((step = kith_db_step (stmt, error)) == KITH_DB_ROW)
    {
      if (kith_hub_page_is_full (page))
        return TRUE;
      if (!kith_hub_page_put (self, page, scope, kith_db_text (stmt, 0), kith_db_text (stmt, 1), kith_db_int (stmt, 2),
                              error))
        return FALSE;
      set_position (cursor, item, kith_db_text (stmt, 0), kith_db_text (stmt, 1));
    }
  *done = step == KITH_DB_DONE;
  return *done;
}

static gboolean
fill_scope (KithHub *self, KithHubPage *page, const Item *item, gboolean *done, GError **error)
{
  KithHubPageScope *scope = kith_hub_page_scope (self, page, item->sid, error);

  *done = TRUE;
  if (scope == NULL)
    return FALSE;
  if (scope->paths.open &&
      (!kith_hub_page_tell_until (self, page, scope, error) || !fill_rows (self, page, item, scope, done, error)))
    return FALSE;
  if (!*done)
    return TRUE;
  if (scope->paths.open || !item->asked)
    g_string_append_printf (kith_line_writer_get_buffer (page->writer),
                            "{\"filled\":%" G_GINT64_FORMAT ",\"g\":%" G_GINT64_FORMAT "}\n", item->sid, page->cursor.round);
  set_position (&page->cursor, item, NULL, NULL);
  return TRUE;
}

gboolean
kith_hub_write_fills (KithHub *self, KithHubPage *page, gboolean *done, GError **error)
{
  KithHubFill *list = kith_hub_fill_find (self, page, error);

  if (list == NULL)
    return FALSE;
  for (guint i = 0; i < list->items->len; i++)
    {
      Item item = g_array_index (list->items, Item, i);
      Item at = { page->cursor.priority, page->cursor.sid };
      int order = compare_items (&item, &at);
      gboolean complete;

      if (order < 0 || (order == 0 && page->cursor.t == NULL))
        continue;
      if (kith_hub_page_is_full (page))
        return TRUE;
      if (!fill_scope (self, page, &item, &complete, error))
        return FALSE;
      if (!complete)
        return TRUE;
      if (page->rows - page->marked_rows >= MARK_ROWS)
        kith_hub_page_mark (self, page);
    }
  *done = TRUE;
  return TRUE;
}

static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  gint64 x = *(const gint64 *) a, y = *(const gint64 *) b;

  return x < y ? -1 : x > y;
}

/* "refill": a desktop whose sums differ names the scopes, with every page of the round until each is filled. NULL: too many. */
GArray *
kith_hub_read_refill (JsonObject *body)
{
  GArray *sids = g_array_new (FALSE, FALSE, sizeof (gint64));
  JsonArray *asked = kith_json_array (body, "refill");
  guint n = asked != NULL ? json_array_get_length (asked) : 0;

  if (n > KITH_LIMIT_REFILL)
    {
      g_array_unref (sids);
      return NULL;
    }
  for (guint i = 0; i < n; i++)
    {
      JsonNode *node = json_array_get_element (asked, i);
      gint64 sid = JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64 ? json_node_get_int (node) : 0;

      if (sid > 0)
        g_array_append_val (sids, sid);
    }
  g_array_sort (sids, compare_numbers);
  for (guint i = sids->len; i > 1; i--)
    if (g_array_index (sids, gint64, i - 1) == g_array_index (sids, gint64, i - 2))
      g_array_remove_index (sids, i - 1);
  return sids;
}
