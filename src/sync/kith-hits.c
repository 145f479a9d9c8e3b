/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Hits of a search and their rows, from one snapshot: what was found is what is shown. To know who is found takes an index; to say how they are
 * called takes the whole record of each. So the rows are read for those in sight, and the others' when there is time. */

#include "kith-hits.h"

#include "kith-search.h"

#define LOOKED_AT 1000 /* hits of which a narrower list may have a few */

void
kith_hits_free (KithHits *self)
{
  g_clear_pointer (&self->ids, g_ptr_array_unref);
  g_clear_pointer (&self->columns, g_ptr_array_unref);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_free (self);
}

/* The list whose columns a kind's hits have; its first argument is the signed-in person. by_row: the same rows by their numbers. */
static const struct { const char *kind, *query, *by_row; } lists[] = {
  { "client", "clients-all", "clients-hits" }, { "service", "services-all" }, { "organization", "organizations-all" },
  { "staff", "staff-all" }, { "referral", "referrals-all" }, { "case", "cases-known" },
  { "taxonomy_term", "terms-all" }, { "contact_record", "contacts-all" },
};

static const char *
list_of (const char *kind, const char **by_row)
{
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    if (g_str_equal (lists[i].kind, kind))
      {
        *by_row = lists[i].by_row;
        return lists[i].query;
      }
  *by_row = NULL;
  return kind;
}

static void
row_free (gpointer row)
{
  if (row != NULL)
    g_ptr_array_unref (row);
}

static KithHits *
hits_new (void)
{
  KithHits *self = g_new0 (KithHits, 1);

  self->rows = g_ptr_array_new_with_free_func (row_free);
  return self;
}

static char *
read_me (KithDb *db)
{
  char *me = kith_db_fetch_text (db, NULL, "state-get", "s", "user");

  return me != NULL ? me : g_strdup ("");
}

/* "[4,1,9]": the rows in sight of those hits that have one of their own. */
static char *
print_rids (GArray *rids, guint at_once)
{
  GString *text = g_string_new ("[");

  for (guint i = 0; i < MIN (rids->len, at_once); i++)
    if (g_array_index (rids, gint64, i) != 0)
      g_string_append_printf (text, "%s%" G_GINT64_FORMAT, text->len > 1 ? "," : "", g_array_index (rids, gint64, i));
  g_string_append_c (text, ']');
  return g_string_free (text, FALSE);
}

/* One statement for all rows in sight. */
static GPtrArray *
read_by_row (KithDb *db, const char *query, const char *me, GArray *rids, guint at_once, KithHits *hits, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (row_free);
  g_autofree char *text = print_rids (rids, at_once);
  g_autoptr (KithDbStmt) stmt = kith_db_query (db, query, error);
  KithDbStep step;

  if (stmt == NULL)
    return NULL;
  kith_db_bind_text (stmt, 1, me);
  kith_db_bind_text (stmt, 2, text);
  hits->columns = kith_row_read_columns (stmt);
  while ((step = kith_db_step (stmt, error)) == KITH_DB_ROW)
    g_ptr_array_add (rows, kith_row_read (stmt));
  return step == KITH_DB_DONE ? g_steal_pointer (&rows) : NULL;
}

/* Whoever has no record of their own here is looked up in the list, which may not have them: then they are no hit. Those are few. */
static gboolean
add_rows (KithDb *db, const char *query, const char *me, GPtrArray *read, GArray *rids, guint at_once, KithHits *hits, GError **error)
{
  g_autoptr (GPtrArray) found = g_steal_pointer (&hits->ids), one = g_ptr_array_new ();
  char *args[] = { (char *) me, NULL };
  guint next = 0;

  hits->ids = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < found->len; i++)
    {
      guint before = hits->rows->len;

      if (g_array_index (rids, gint64, i) != 0)
        {
          gboolean now = i < at_once && next < read->len && g_strcmp0 (((GPtrArray *) read->pdata[next])->pdata[0], found->pdata[i]) == 0;

          g_ptr_array_add (hits->rows, now ? g_ptr_array_ref (read->pdata[next++]) : NULL);
        }
      else
        {
          g_ptr_array_set_size (one, 0);
          g_ptr_array_add (one, found->pdata[i]);
          if (!kith_list_read_ids (db, query, args, one, G_MAXUINT, &hits->columns, hits->rows, error))
            return FALSE;
        }
      if (hits->rows->len > before)
        g_ptr_array_add (hits->ids, g_strdup (found->pdata[i]));
    }
  return TRUE;
}

static gboolean
read_rows (KithDb *db, const char *kind, GArray *rids, guint at_once, KithHits *hits, GError **error)
{
  const char *by_row, *query = list_of (kind, &by_row);
  g_autofree char *me = read_me (db);
  g_autoptr (GPtrArray) read = NULL;
  char *args[] = { me, NULL };

  if (hits->ids->len == 0)
    return TRUE;
  if (by_row == NULL)
    return kith_list_read_ids (db, query, args, hits->ids, hits->ids->len, &hits->columns, hits->rows, error);
  read = read_by_row (db, by_row, me, rids, at_once, hits, error);
  return read != NULL && add_rows (db, query, me, read, rids, at_once, hits, error);
}

static KithHits *
end_snapshot (KithDb *db, KithHits *hits, gboolean ok, GError **error)
{
  if (ok && kith_db_release (db, "hits", error))
    return hits;
  kith_db_rollback_to (db, "hits");
  kith_hits_free (hits);
  return NULL;
}

/**
 * kith_hits_read:
 * @kind: all of it
 * @limit: hits at most
 * @at_once: how many are in sight: their rows are read. Of kinds whose rows cannot be read by their numbers all are
 *
 * Returns: (transfer full): what a list of that kind shows for @text, best first
 */
KithHits *
kith_hits_read (KithDb *db, const char *kind, const char *text, guint limit, guint at_once, GError **error)
{
  g_autoptr (GArray) rids = g_array_new (FALSE, FALSE, sizeof (gint64));
  KithHits *self;

  if (!kith_db_savepoint (db, "hits", error))
    return NULL;
  self = hits_new ();
  self->ids = kith_search_find (db, kind, text, limit, rids, &self->more, error);
  return end_snapshot (db, self, self->ids != NULL && read_rows (db, kind, rids, at_once, self, error), error);
}

/**
 * kith_hits_read_in:
 * @list: the name of a narrower list of that kind; @args: its own
 *
 * Which hits it has shows when their rows are read, so all of them are.
 *
 * Returns: (transfer full): the hits that are in @list, with its columns
 */
KithHits *
kith_hits_read_in (KithDb *db, const char *kind, const char *list, char *const *args, const char *text, guint limit, GError **error)
{
  KithHits *self;

  if (!kith_db_savepoint (db, "hits", error))
    return NULL;
  self = hits_new ();
  self->ids = kith_search_run (db, kind, text, MAX (LOOKED_AT, limit), &self->more, error);
  return end_snapshot (db, self, self->ids != NULL && kith_list_read_ids (db, list, args, self->ids, limit, &self->columns, self->rows, error), error);
}

/**
 * kith_hits_read_told:
 * @list: (nullable): as of kith_hits_read_in(); @args: its own
 * @text: a sentence, as it was told
 *
 * Returns: (transfer full): what has all of its words, as ever; where nothing has, what has some of them, the most first
 */
KithHits *
kith_hits_read_told (KithDb *db, const char *kind, const char *list, char *const *args, const char *text, guint limit, GError **error)
{
  g_autoptr (GArray) none = g_array_new (FALSE, TRUE, sizeof (gint64));
  KithHits *self = list != NULL ? kith_hits_read_in (db, kind, list, args, text, limit, error) : kith_hits_read (db, kind, text, limit, limit, error);
  gboolean ok;

  if (self == NULL || self->ids->len > 0)
    return self;
  kith_hits_free (self);
  if (!kith_db_savepoint (db, "hits", error))
    return NULL;
  self = hits_new ();
  self->ids = kith_search_any (db, kind, text, list != NULL ? MAX (LOOKED_AT, limit) : limit, error);
  if (self->ids != NULL)
    g_array_set_size (none, self->ids->len);
  ok = self->ids != NULL && (list != NULL ? kith_list_read_ids (db, list, args, self->ids, limit, &self->columns, self->rows, error)
                                          : read_rows (db, kind, none, limit, self, error));
  return end_snapshot (db, self, ok, error);
}

/**
 * kith_hits_read_rows:
 * @ids: (element-type utf8): of hits whose rows were not in sight
 * @rows: (element-type GPtrArray): takes them; none for what the list does not have any more
 */
gboolean
kith_hits_read_rows (KithDb *db, const char *kind, GPtrArray *ids, GPtrArray *rows, GError **error)
{
  const char *by_row, *query = list_of (kind, &by_row);
  g_autofree char *me = read_me (db);
  g_autoptr (GPtrArray) columns = NULL;
  char *args[] = { me, NULL };

  return kith_list_read_ids (db, query, args, ids, ids->len, &columns, rows, error);
}
