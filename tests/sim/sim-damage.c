/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim.h"

#include <string.h>

#include "kith-store-private.h"

/* A desk's rows go astray without a word: one is lost, one is not what it was, one is there that the hub does not have. Its sums tell, the
 * scopes in question are fetched anew and no others, whatever happens to the answers on the way (sync.md 2.7). Its person does not work
 * meanwhile: what is done on wrong rows says nothing. */

struct _SimDamage
{
  GHashTable *scopes; /* names: what differs */
  GHashTable *strayed; /* names: those with a row that the hub does not have, which stays until all of the scope has come anew */
  GHashTable *held;   /* names: what else was here then, and was not forgotten since */
  gint64 q;           /* the desk's cursor then */
  char *nonce;        /* of its last question before that */
  gboolean fresh;     /* the answer that is looked at is to a later one */
  gboolean noticed;   /* the sums were compared, or everything is filled anew */
  gboolean whole;     /* everything may be filled anew: the hub said that the cursor is too old, or is another, or the lane is */
};

void
sim_damage_free (SimDamage *self)
{
  g_hash_table_unref (self->scopes);
  g_hash_table_unref (self->strayed);
  g_hash_table_unref (self->held);
  g_free (self->nonce);
  g_free (self);
}

static GHashTable *
list_held (SimDesk *desk)
{
  GHashTable *held = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (KithDbStmt) stmt = kith_db_prepare (kith_store_get_db (desk->store), "SELECT name FROM scope WHERE sid IS NOT NULL", NULL);

  while (kith_db_step (stmt, NULL) == KITH_DB_ROW)
    g_hash_table_add (held, g_strdup (kith_db_text (stmt, 0)));

  return held;
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* From one of these scopes. */
static char *
pick_row (SimDesk *desk, GHashTable *rows, GHashTable *held)
{
  g_autoptr (GPtrArray) keys = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer key, row;

  g_hash_table_iter_init (&iter, rows);
  while (g_hash_table_iter_next (&iter, &key, &row))
    if (((SimRow *) row)->scope != NULL && g_hash_table_contains (held, ((SimRow *) row)->scope))
      g_ptr_array_add (keys, key);
  g_ptr_array_sort (keys, compare_texts);

  return keys->len > 0 ? g_strdup (keys->pdata[sim_below (desk->sim, keys->len)]) : NULL;
}

/* unseen: the sums do not tell of it; it lies where they tell of something else. */
static gboolean
spoil_row (SimDesk *desk, SimDamage *damage, const KithKind *kind, const char *id, const char *scope, gboolean unseen, GError **error)
{
  g_auto (KithStoreRow) row = { 0 };
  g_autoptr (JsonObject) body = NULL;
  g_autofree char *text = NULL;
  g_autofree char *other = NULL;
  gboolean found;

  if (!kith_store_read_row (desk->store, kind, id, &row, &found, error))
    return FALSE;
  if (!found)
    return TRUE;
  switch (unseen ? 1 : sim_below (desk->sim, 3))
    {
    case 0:
      return kith_store_delete_row (desk->store, kind, id, error);
    case 1:
      body = kith_json_parse_object (row.body, -1, NULL, NULL);
      json_object_set_boolean_member (body, "spoilt", TRUE);
      text = kith_json_print_object (body);
      return kith_store_write_row (desk->store, kind, id, row.scope, row.q - !unseen, text, NULL, error);
    default:
      other = kith_id_natural ("sim", id);
      g_hash_table_add (damage->strayed, g_strdup (scope));
      return kith_store_write_row (desk->store, kind, other, row.scope, row.q, row.body, NULL, error);
    }
}

static gboolean
spoil (SimDesk *desk, SimDamage *damage, GError **error)
{
  g_autoptr (GHashTable) rows = sim_rows_of_store (desk->store, FALSE);
  g_autoptr (KithDbStmt) stmt = kith_db_prepare (kith_store_get_db (desk->store), "SELECT t || '/' || id FROM shadow", NULL);

  while (kith_db_step (stmt, NULL) == KITH_DB_ROW)
    g_hash_table_remove (rows, kith_db_text (stmt, 0));
  for (guint n = 1 + sim_below (desk->sim, 5); n > 0; n--)
    {
      gboolean unseen = g_hash_table_size (damage->strayed) > 0 && sim_chance (desk->sim, 600);
      g_autofree char *key = pick_row (desk, rows, unseen ? damage->strayed : damage->held);
      g_auto (GStrv) parts = NULL;
      SimRow *row;

      if (key == NULL)
        continue;
      parts = g_strsplit (key, "/", 2);
      row = g_hash_table_lookup (rows, key);
      sim_log (desk->sim, "desk %u: %s of %s goes astray", desk->index, key, row->scope);
      if (!spoil_row (desk, damage, kith_kind_get (parts[0]), parts[1], row->scope, unseen, error))
        return FALSE;
      g_hash_table_add (damage->scopes, g_strdup (row->scope));
      g_hash_table_remove (rows, key);
    }
  return TRUE;
}

/* Between two rounds, so that what differs is what was spoilt. */
static gboolean
is_whole (SimDesk *desk)
{
  KithStore *store = desk->store;

  return desk->damage == NULL && !desk->closed && store->round == 0 && !store->refilling && !store->mending && !store->by_scope &&
         sim_desk_cursor_q (desk) > 0;
}

void
sim_damage_desk (SimDesk *desk)
{
  KithStore *store = desk->store;
  SimDamage *damage;
  g_autoptr (KithDbTransaction) transaction = NULL;
  g_autoptr (GError) error = NULL;

  if (!is_whole (desk))
    return;
  damage = g_new0 (SimDamage, 1);
  damage->scopes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  damage->strayed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  damage->held = list_held (desk);
  damage->q = sim_desk_cursor_q (desk);
  damage->nonce = g_strdup (desk->nonce);
  transaction = kith_db_transaction_begin (store->db, &error);
  if (transaction == NULL || !kith_store_end (store, transaction, spoil (desk, damage, &error), &error))
    g_error ("a desk cannot be spoilt: %s", error->message);
  if (g_hash_table_size (damage->scopes) == 0)
    {
      sim_damage_free (damage);
      return;
    }
  desk->sim->n_spoilt++;
  desk->damage = damage;
  kith_sync_engine_verify_soon (desk->engine);
  desk->dirty = TRUE;
}

static gboolean
is_spoilt_cb (gpointer key, gpointer value, gpointer data)
{
  const SimRow *row = value;

  return strstr (row->body, "\"spoilt\":true") != NULL;
}

/* Whoever takes a desk for mended too early looks at it as if nothing had been wrong. */
static void
check_mended (SimDesk *desk)
{
  g_autoptr (GHashTable) rows = sim_rows_of_store (desk->store, FALSE);
  const SimRow *row = g_hash_table_find (rows, is_spoilt_cb, NULL);

  if (row != NULL)
    sim_fail (desk->sim, "2.7", "desk %u is taken for mended, but a spoilt row of %s is still there: %s", desk->index, row->scope, row->body);
}

/* After an answer was taken: sums that count what has been hidden since they were asked for are not compared, the desk asks once more (2.7). */
gboolean
sim_damage_were_compared (SimDesk *desk)
{
  return desk->store->sums_asked == desk->store->n_hidings;
}

/* An answer was delivered. compared: it told the hub's sums. */
void
sim_damage_answered (SimDesk *desk, guint status, gboolean compared)
{
  SimDamage *damage = desk->damage;
  KithStore *store = desk->store;

  if (damage == NULL)
    return;
  damage->whole = damage->whole || status == 410 || status == 401; /* a closed account forgets all (C22), one that is to sign in again nothing */
  if (store->refilling && !damage->whole)
    sim_fail (desk->sim, "2.7", "desk %u fetches everything anew for %u scopes", desk->index, g_hash_table_size (damage->scopes));
  /* What was spoilt may have been changed since, and is as it should be again. That everything may be filled anew does not say that it is: a hub
   * put back from a plain copy takes the cursors that it had given out by then. */
  if (store->mending || store->refilling || store->cursor == NULL || (compared && !store->by_scope))
    damage->noticed = TRUE;
  if (!damage->noticed || store->mending || store->refilling || store->round != 0 || store->by_scope)
    return;
  sim_log (desk->sim, "desk %u is mended", desk->index);
  check_mended (desk);
  desk->sim->n_mended++;
  g_clear_pointer (&desk->damage, sim_damage_free);
  desk->verified = desk->sim->verifying;
}

/* How long its person has held that scope without a break. */
static gint64
held_since (SimDesk *desk, const char *scope)
{
  g_autofree char *sql = g_strdup_printf ("SELECT min(max(m.since_q, g.since_q)) FROM member m JOIN scope_grant g ON g.pid = m.pid JOIN scope s ON "
                                          "s.sid = g.sid WHERE s.name = ?1 AND m.user_id = '%s' AND m.until_q IS NULL AND g.until_q IS NULL",
                                          desk->person->id);
  g_autofree char *since = NULL;

  sim_sql_text (kith_hub_get_db (desk->sim->hub), sql, scope, &since);

  return since != NULL ? g_ascii_strtoll (since, NULL, 10) : G_MAXINT64;
}

/* The first line of a page: whether it answers a question that was asked since. */
void
sim_damage_header (SimDesk *desk, JsonObject *header)
{
  const char *nonce = kith_json_string (header, "nonce");

  if (desk->damage != NULL)
    desk->damage->fresh = g_strcmp0 (nonce, desk->nonce) == 0 && g_strcmp0 (nonce, desk->damage->nonce) != 0;
}

/* A row on its way: what the desk had and what was right is not sent again. */
void
sim_damage_row (SimDesk *desk, const char *scope, gint64 q)
{
  SimDamage *damage = desk->damage;

  if (damage == NULL || scope == NULL || q > damage->q || damage->whole || !damage->fresh)
    return;
  if (g_hash_table_contains (damage->scopes, scope))
    desk->sim->n_refetched++;
  else if (g_hash_table_contains (damage->held, scope) && held_since (desk, scope) <= damage->q)
    sim_fail (desk->sim, "2.7", "desk %u is sent a row of %s anew, which is as it should be", desk->index, scope);
}

/* A desk that is not what it should be asks for a scope anew that it never had, or that does not exist: what comes is what its person may
 * see all the same (I5). NULL: not this time. */
GBytes *
sim_damage_forge (SimDesk *desk, GBytes *body)
{
  Sim *self = desk->sim;
  g_autoptr (JsonObject) request = NULL;
  g_autofree char *most = NULL;
  JsonArray *refill;
  char *text;

  if (self->calm || desk->damage != NULL || !sim_chance (self, self->faults.forge))
    return NULL;
  request = kith_json_parse_object (g_bytes_get_data (body, NULL), (gssize) g_bytes_get_size (body), NULL, NULL);
  if (json_object_has_member (request, "refill"))
    return NULL;
  sim_sql_text (kith_hub_get_db (self->hub), "SELECT max(sid) FROM scope", NULL, &most);
  refill = json_array_new ();
  for (guint n = 1 + sim_below (self, 8); n > 0; n--)
    json_array_add_int_element (refill, 1 + sim_below (self, (guint) g_ascii_strtoull (most, NULL, 10) + 1));
  json_object_set_array_member (request, "refill", refill);
  text = kith_json_print_object (request);
  self->n_forged++;

  return g_bytes_new_take (text, strlen (text));
}

void
sim_damage_all (SimDesk *desk)
{
  desk->damage->whole = TRUE;
}

void
sim_damage_forget (SimDesk *desk, const char *scope)
{
  if (desk->damage != NULL && scope != NULL)
    g_hash_table_remove (desk->damage->held, scope);
}
