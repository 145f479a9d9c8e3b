/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim.h"

#include <sqlite3.h>
#include <string.h>

#include "kith-db-private.h"
#include "kith-store-private.h"

/* What access that ended leaves behind. The words people write here are each used once: they are the canaries. */

/* I6: in no page of the file, used or free, stands a word that its person may not read; own words apart, which outlive a purge until
 * somebody has dealt with the refusal, and what these say they replace or settle, until the hub has answered. What is hidden because its
 * time is over waits for the hub's forget. */
static gboolean
names_word (JsonObject *args, const char *quoted)
{
  g_autofree char *text = kith_json_print_object (args);

  return strstr (text, quoted) != NULL;
}

/* The same without what an operation only found: the values it was to replace, or picked between. */
static gboolean
writes_word (const SimOp *op, const char *quoted)
{
  g_autofree char *text = kith_json_print_object (op->args);
  g_autoptr (JsonObject) args = kith_json_parse_object (text, -1, NULL, NULL);
  JsonObject *set = kith_json_object (args, "set");
  JsonObjectIter iter;
  JsonNode *change;

  if (g_str_equal (op->op, "conflict.settle"))
    json_object_remove_member (args, "mine");
  if (set != NULL)
    {
      json_object_iter_init (&iter, set);
      while (json_object_iter_next (&iter, NULL, &change))
        if (JSON_NODE_HOLDS_OBJECT (change))
          json_object_remove_member (json_node_get_object (change), "old");
    }
  return names_word (args, quoted);
}

static gboolean
is_unanswered (SimDesk *desk, const SimOp *op)
{
  g_autofree char *waits = NULL;

  sim_sql_text (kith_store_get_db (desk->store), "SELECT 1 FROM op WHERE op_id = ?1 AND st IN ('waiting', 'sending')", op->op_id, &waits);
  return waits != NULL;
}

static gboolean
is_own (SimDesk *desk, const SimOp *op, const char *word)
{
  g_autofree char *quoted = g_strdup_printf ("\"%s\"", word);

  for (guint i = 0; i < desk->ops->len; i++)
    {
      const SimOp *own = g_ptr_array_index (desk->ops, i);

      if (own == op || (names_word (own->args, quoted) && (writes_word (own, quoted) || is_unanswered (desk, own))))
        return TRUE;
    }

  return FALSE;
}

typedef struct
{
  const char *excused;
  char *word;       /* that may not be there; NULL: none is */
  const SimOp *op;
} Stray;

static void
look_at_word_cb (SimDesk *desk, const char *word, gpointer user_data)
{
  Stray *self = user_data;
  Sim *sim = desk->sim;
  const SimOp *op = g_hash_table_lookup (sim->marked, word);

  if (self->word != NULL || op == NULL || sim_may_read (desk, op, sim_wall (sim)) || sim_may_read (desk, op, desk->answer_ms))
    return;
  if (strstr (self->excused, word) != NULL || is_own (desk, op, word))
    return;
  self->word = g_strdup (word);
  self->op = op;
}

/* In all pages of the file, used or free. */
static void
look_for_stray (SimDesk *desk, Stray *stray)
{
  KithDb *db = kith_store_get_db (desk->store);
  sqlite3_int64 size = 0;
  unsigned char *bytes = sqlite3_serialize (db->handle, "main", &size, 0);

  if (bytes == NULL)
    g_error ("a desk's pages cannot be read: %s", sqlite3_errmsg (db->handle));
  sim_foreach_word (desk, (const char *) bytes, (gsize) size, look_at_word_cb, stray);
  sqlite3_free (bytes);
}

static KithDbStmt *
prepare (SimDesk *desk, const char *sql)
{
  g_autoptr (GError) error = NULL;
  KithDbStmt *stmt = kith_db_prepare (kith_store_get_db (desk->store), sql, &error);

  if (stmt == NULL)
    g_error ("%s: %s", sql, error->message);

  return stmt;
}

/* Of what operations wrote in a scope that was here and is forgotten no image is left (op_row). One that only own operations began, which the
 * hub never announced, or begin again after it was forgotten, holds nothing but own words. */
void
sim_check_images (SimDesk *desk)
{
  g_autoptr (KithDbStmt) begun = prepare (desk, "SELECT name FROM scope WHERE sid IS NULL");
  g_autoptr (KithDbStmt) here = prepare (desk, "SELECT name FROM scope WHERE sid IS NOT NULL");
  g_autoptr (KithDbStmt) left = prepare (desk, "SELECT w.scope, o.name, o.st FROM op_row w JOIN op o ON o.i = w.i WHERE w.body IS NOT NULL "
                                               "AND w.kept = 0 AND w.scope NOT IN (SELECT name FROM scope)");

  while (kith_db_step (begun, NULL) == KITH_DB_ROW)
    g_hash_table_remove (desk->announced, kith_db_text (begun, 0));
  while (kith_db_step (here, NULL) == KITH_DB_ROW)
    if (!g_hash_table_contains (desk->announced, kith_db_text (here, 0)))
      g_hash_table_add (desk->announced, g_strdup (kith_db_text (here, 0)));
  while (kith_db_step (left, NULL) == KITH_DB_ROW)
    if (g_hash_table_contains (desk->announced, kith_db_text (left, 0)))
      sim_fail (desk->sim, "I6", "desk %u (%s) still has what %s (%s) wrote in %s", desk->index, desk->person->login, kith_db_text (left, 1),
                kith_db_text (left, 2), kith_db_text (left, 0));
}

/* The indexes know what the tables say, neither more nor less. */
void
sim_check_indexes (SimDesk *desk)
{
  guint n;
  const KithKind *const *kinds = kith_kinds_list (&n);

  for (guint k = 0; k < n; k++)
    if (kith_kind_is_searched (kinds[k]) || kith_kind_has_digits (kinds[k]))
      {
        g_autofree char *sql = g_strdup_printf ("INSERT INTO %s_find (%s_find, rank) VALUES ('integrity-check', 1)", kinds[k]->name, kinds[k]->name);
        g_autoptr (GError) error = NULL;

        if (!kith_db_exec (kith_store_get_db (desk->store), sql, &error))
          sim_fail (desk->sim, "I6", "desk %u: the index of %s: %s", desk->index, kinds[k]->name, error->message);
      }
}

/* What is on its way wrote a referral that the hub has not told of: it names a client whom its person saw then. The words go when the rows
 * of the operation, or their absence, have come. */
static void
add_begun (SimDesk *desk, GString *words)
{
  g_autoptr (KithDbStmt) begun = prepare (desk, "SELECT w.scope, w.body FROM op_row w JOIN op o ON o.i = w.i WHERE w.body IS NOT NULL AND "
                                                "o.st IN ('sending', 'sent') AND w.scope NOT IN (SELECT name FROM scope)");

  while (kith_db_step (begun, NULL) == KITH_DB_ROW)
    if (!g_hash_table_contains (desk->announced, kith_db_text (begun, 0)))
      g_string_append (words, kith_db_text (begun, 1));
}

void
sim_check_purged (SimDesk *desk)
{
  KithDb *db = kith_store_get_db (desk->store);
  g_autoptr (GError) error = NULL;
  g_autofree char *hidden = NULL;
  g_autoptr (GString) excused = g_string_new (NULL);
  g_autofree char *word = NULL;
  Stray stray = { 0 };

  desk->sim->n_purges++;
  sim_sql_text (db, "SELECT group_concat(body) FROM hidden_row", NULL, &hidden);
  if (hidden != NULL)
    g_string_append (excused, hidden);
  add_begun (desk, excused);
  stray.excused = excused->str;
  look_for_stray (desk, &stray);
  if (stray.word != NULL && desk->store->wipe_due)
    {
      /* As at the next lock; what was never marked as due is not taken away. Rewriting brings nothing into the file that was not in it. */
      g_clear_pointer (&stray.word, g_free);
      if (!kith_store_wipe (desk->store, &error))
        sim_fail (desk->sim, "store", "desk %u cannot be rewritten: %s", desk->index, error->message);
      look_for_stray (desk, &stray);
    }
  word = stray.word;
  if (word != NULL)
    sim_fail (desk->sim, "I6", "desk %u (%s) still has “%s” of %s somewhere in its file", desk->index, desk->person->login, word, stray.op->op);
  sim_check_indexes (desk);
  sim_files_check_purged (desk);
}

/* I21: what a computer sent after it was revoked was not taken. */
static void
check_revoked_desk (SimDesk *desk)
{
  g_autofree char *sql = g_strdup_printf ("SELECT o.op || ' at ' || o.q FROM op_log o JOIN lane l ON l.lane = o.lane WHERE l.device = ?1 AND o.q > %" G_GINT64_FORMAT
                                          " AND o.status IN ('applied', 'merged') LIMIT 1",
                                          desk->revoked_q);
  g_autofree char *taken = NULL;

  sim_sql_text (kith_hub_get_db (desk->sim->hub), sql, desk->device, &taken);
  if (taken != NULL)
    sim_fail (desk->sim, "I21", "the hub took %s of desk %u, revoked at %" G_GINT64_FORMAT, taken, desk->index, desk->revoked_q);
}

/* I21: after the account was deactivated nothing of its person was taken. That nothing of it is lost sim_check_local_writes() sees, that
 * nothing was sent sim_check_answer(). */
void
sim_check_revoked (Sim *self)
{
  GHashTableIter iter;
  gpointer user, q;

  for (guint i = 0; i < self->desks->len && self->failure == NULL; i++)
    if (((SimDesk *) self->desks->pdata[i])->revoked)
      check_revoked_desk (self->desks->pdata[i]);
  g_hash_table_iter_init (&iter, self->left);
  while (g_hash_table_iter_next (&iter, &user, &q))
    {
      g_autofree char *sql = g_strdup_printf ("SELECT o.op || ' at ' || o.q FROM op_log o WHERE o.user_id = ?1 AND "
                                              "o.q > %" G_GINT64_FORMAT " AND o.status IN ('applied', 'merged') LIMIT 1",
                                              *(gint64 *) q);
      g_autofree char *taken = NULL;

      sim_sql_text (kith_hub_get_db (self->hub), sql, user, &taken);
      if (taken != NULL)
        sim_fail (self, "I21", "the hub took %s of %s, deactivated at %" G_GINT64_FORMAT, taken, (char *) user, *(gint64 *) q);
    }
}
