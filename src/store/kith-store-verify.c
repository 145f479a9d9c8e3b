/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Do this desktop and the hub agree on what is here? Sums over (id, q) of the hub's rows, pending changes left out. */

#include "kith-protocol.h"
#include "kith-store-lease.h"
#include "kith-store-private.h"

#define CHECK_MS ((gint64) 24 * 60 * 60 * 1000)

static gboolean
note_checked (KithStore *self, GError **error)
{
  self->unclean = FALSE;
  self->checked_ms = kith_store_hub_ms (self);
  return kith_store_set_state_int (self, "checked", self->checked_ms, error);
}

static gboolean
set_mending (KithStore *self, gboolean mending, GError **error)
{
  self->mending = mending;
  return kith_store_set_state_int (self, "mending", mending, error);
}

/* The next question is the widest again. */
static void
widen (KithStore *self)
{
  self->by_scope = FALSE;
  g_clear_pointer (&self->parts, json_array_unref);
}

gboolean
kith_store_is_mended (KithStore *self)
{
  gint64 waiting = 0;

  return self->mending && self->round == 0 && kith_db_fetch_int (self->db, &waiting, NULL, "refill-any", "") && waiting == 0;
}

/**
 * kith_store_check_due:
 *
 * Once a day, over all the times the program was opened and closed, after an end without a close, and after what differed was
 * fetched anew (sync.md 2.7).
 *
 * Returns: whether the hub should be asked for its sums
 */
gboolean
kith_store_check_due (KithStore *self)
{
  gint64 now = kith_store_hub_ms (self);

  if (self->cursor == NULL || *self->cursor == '\0')
    return FALSE;
  if (self->checked_ms == 0 && !self->unclean)
    {
      note_checked (self, NULL); /* filled just now */
      return FALSE;
    }
  return self->unclean || ABS (now - self->checked_ms) >= CHECK_MS || kith_store_is_mended (self);
}

/**
 * kith_store_look_due:
 *
 * A page that nobody reads may be damaged for long, until it is wanted or the copies of it elsewhere are gone (sync.md 4).
 *
 * Returns: whether it is a week since the whole file was read
 */
gboolean
kith_store_look_due (KithStore *self)
{
  if (self->looked_ms == 0)
    kith_store_note_looked (self, NULL); /* written just now, or by a Kith that did not look */
  return ABS (kith_store_hub_ms (self) - self->looked_ms) >= 7 * CHECK_MS;
}

gboolean
kith_store_note_looked (KithStore *self, GError **error)
{
  self->looked_ms = kith_store_hub_ms (self);
  return kith_store_set_state_int (self, "looked", self->looked_ms, error);
}

GBytes *
kith_store_next_verify (KithStore *self, GError **error)
{
  g_autoptr (JsonObject) request = NULL;
  char *text;

  if (self->cursor == NULL || self->round != 0 || self->refilling)
    {
      widen (self);
      return NULL;
    }
  request = kith_json_new ("cursor", "s", self->cursor, "by", "s", self->by_scope ? "scope" : "type", NULL);
  if (self->parts != NULL)
    json_object_set_array_member (request, "parts", json_array_ref (self->parts));
  text = kith_json_print_object (request);
  self->sums_asked = self->n_hidings;
  return g_bytes_new_take (text, strlen (text));
}

/* --- what is here ------------------------------------------------------------------------------------------------ */

typedef struct
{
  gint64 rows;
  guint64 sum;
} Sum;

/* A row that an operation has changed counts as the hub has it, and so does one the hub cannot read, whether or not it is here. */
static KithDbStmt *
list_rows (KithStore *self, const KithKind *kind, GError **error)
{
  g_autofree char *sql = kith_store_sql (kind, "SELECT id, q, scope FROM %s WHERE id NOT IN (SELECT id FROM shadow WHERE t = '%s' UNION ALL SELECT id FROM kept_row WHERE t = '%s') "
                                               "UNION ALL SELECT id, q, scope FROM shadow WHERE t = '%s' AND body IS NOT NULL AND id NOT IN (SELECT id FROM kept_row WHERE t = '%s') "
                                               "UNION ALL SELECT id, q, scope FROM kept_row WHERE t = '%s'");

  return kith_db_prepare (self->db, sql, error);
}

static void
add_row (Sum *sum, KithDbStmt *stmt)
{
  sum->rows++;
  sum->sum += kith_protocol_row_hash (kith_db_text (stmt, 0), kith_db_int (stmt, 1));
}

static gboolean
is_same (const Sum *ours, JsonObject *theirs)
{
  g_autofree char *text = NULL;

  if (ours == NULL || theirs == NULL)
    return (ours == NULL || ours->rows == 0) && kith_json_int (theirs, "rows", 0) == 0;
  text = kith_protocol_print_sum (ours->sum);
  return ours->rows == kith_json_int (theirs, "rows", -1) && g_strcmp0 (text, kith_json_string (theirs, "sum")) == 0;
}

static gboolean
kind_agrees (KithStore *self, const KithKind *kind, JsonObject *types, gboolean *equal, GError **error)
{
  g_autoptr (KithDbStmt) stmt = list_rows (self, kind, error);
  Sum sum = { 0 };
  KithDbStep step;

  if (stmt == NULL)
    return FALSE;
  while ((step = kith_db_step (stmt, error)) == KITH_DB_ROW)
    add_row (&sum, stmt);
  *equal = is_same (&sum, kith_json_object (types, kind->name));
  return step == KITH_DB_DONE;
}

static gboolean
kinds_agree (KithStore *self, JsonObject *types, gboolean *equal, GError **error)
{
  guint n;
  const KithKind *const *kinds = kith_kinds_list (&n);

  *equal = TRUE;
  for (guint k = 0; k < n && *equal; k++)
    if (!kind_agrees (self, kinds[k], types, equal, error))
      return FALSE;
  return TRUE;
}

/* Our number of a scope → the hub's, 0: it has none. */
static GHashTable *
load_scopes (KithStore *self, GError **error)
{
  g_autoptr (GHashTable) sids = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  g_autoptr (KithDbStmt) stmt = kith_db_query (self->db, "scope-numbers", error);
  KithDbStep step;

  if (stmt == NULL)
    return NULL;
  while ((step = kith_db_step (stmt, error)) == KITH_DB_ROW)
    {
      gint64 pair[2] = { kith_db_int (stmt, 0), kith_db_int (stmt, 1) };

      g_hash_table_insert (sids, g_memdup2 (&pair[0], sizeof (gint64)), g_memdup2 (&pair[1], sizeof (gint64)));
    }
  return step == KITH_DB_DONE ? g_steal_pointer (&sids) : NULL;
}

/* Sums by the hub's number of the scope, modulo parts where that is not 0. Rows of no scope the hub knows are in none. */
static GHashTable *
sum_scopes (KithStore *self, gint64 parts, GError **error)
{
  g_autoptr (GHashTable) sums = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  g_autoptr (GHashTable) sids = load_scopes (self, error);
  guint n;
  const KithKind *const *kinds = kith_kinds_list (&n);

  for (guint k = 0; sids != NULL && k < n; k++)
    {
      g_autoptr (KithDbStmt) stmt = list_rows (self, kinds[k], error);
      KithDbStep step = stmt != NULL ? KITH_DB_ROW : KITH_DB_FAILED;

      while (stmt != NULL && (step = kith_db_step (stmt, error)) == KITH_DB_ROW)
        {
          gint64 scope = kith_db_int (stmt, 2);
          const gint64 *sid = g_hash_table_lookup (sids, &scope);
          gint64 key = sid == NULL ? 0 : parts != 0 && *sid != 0 ? *sid % parts : *sid;
          Sum *sum;

          if (sid == NULL || *sid == 0)
            continue;
          sum = g_hash_table_lookup (sums, &key);
          if (sum == NULL)
            g_hash_table_insert (sums, g_memdup2 (&key, sizeof key), sum = g_new0 (Sum, 1));
          add_row (sum, stmt);
        }
      if (step == KITH_DB_FAILED)
        return NULL;
    }
  return sids != NULL ? g_steal_pointer (&sums) : NULL;
}

/* Rows that lie in no scope: nobody may see them, and no forget would find them. */
static gboolean
drop_stray (KithStore *self, guint *dropped, GError **error)
{
  guint n;
  const KithKind *const *kinds = kith_kinds_list (&n);

  for (guint k = 0; k < n; k++)
    {
      g_autofree char *sql = kith_store_sql (kinds[k], "SELECT id FROM %s WHERE scope NOT IN (SELECT i FROM scope)");
      g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
      g_autoptr (KithDbStmt) stmt = kith_db_prepare (self->db, sql, error);
      KithDbStep step;

      if (stmt == NULL)
        return FALSE;
      while ((step = kith_db_step (stmt, error)) == KITH_DB_ROW)
        g_ptr_array_add (ids, g_strdup (kith_db_text (stmt, 0)));
      if (step == KITH_DB_FAILED)
        return FALSE;
      for (guint i = 0; i < ids->len; i++)
        if (!kith_store_delete_row (self, kinds[k], ids->pdata[i], error))
          return FALSE;
      *dropped += ids->len;
    }
  self->purged = self->purged || *dropped > 0;
  self->forgot = self->forgot || *dropped > 0;
  return TRUE;
}

/* --- what differs ------------------------------------------------------------------------------------------------ */

static gboolean
is_asked (JsonArray *parts, gint64 sid)
{
  if (parts == NULL)
    return TRUE;
  for (guint i = 0; i < json_array_get_length (parts); i++)
    if (json_array_get_int_element (parts, i) == sid % KITH_VERIFY_PARTS)
      return TRUE;
  return FALSE;
}

/* Numbers that stand on one side only, or with other sums. parts: not 0, numbers of parts and not of scopes; asked: the parts that
 * were asked for, NULL: all. */
static JsonArray *
list_differing (KithStore *self, JsonObject *theirs, gint64 parts, JsonArray *asked, GError **error)
{
  g_autoptr (GHashTable) ours = sum_scopes (self, parts, error);
  JsonArray *differing;
  JsonObjectIter members;
  GHashTableIter iter;
  gpointer key, sum;
  const char *name;
  JsonNode *node;

  if (ours == NULL)
    return NULL;
  differing = json_array_new ();
  g_hash_table_iter_init (&iter, ours);
  while (g_hash_table_iter_next (&iter, &key, &sum))
    {
      g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, *(gint64 *) key);

      if (is_asked (asked, *(gint64 *) key) && !is_same (sum, kith_json_object (theirs, number)))
        json_array_add_int_element (differing, *(gint64 *) key);
    }
  json_object_iter_init (&members, theirs);
  while (json_object_iter_next (&members, &name, &node))
    {
      gint64 number = g_ascii_strtoll (name, NULL, 10);

      if (!g_hash_table_contains (ours, &number))
        json_array_add_int_element (differing, number);
    }
  return differing;
}

/* What is here of a scope gives way to whatever the hub has of it, and shows until that has come. */
static gboolean
age_scope (KithStore *self, gint64 sid, GError **error)
{
  g_autoptr (GError) failure = NULL;
  gint64 number = 0;
  g_autofree char *name = kith_store_scope_of (self, sid, &number, &failure);
  guint n;
  const KithKind *const *kinds = kith_kinds_list (&n);

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  for (guint k = 0; name != NULL && k < n; k++)
    if (!kith_store_run_for_scope (self, kinds[k], name, number, "UPDATE %s SET q = 0 WHERE scope = ?1", error))
      return FALSE;
  return kith_db_run (self->db, error, "shadow-age", "i", number) && kith_db_run (self->db, error, "hidden-age", "i", number) &&
         kith_db_run (self->db, error, "scope-set-refill", "i", sid) && kith_db_run (self->db, error, "refill-add", "i", sid);
}

/* Everything anew where too much differs, or where it still does after the scopes in question had been fetched. */
static gboolean
fetch_everything (KithStore *self, KithVerify *result, GError **error)
{
  *result = KITH_VERIFY_FETCH;
  return set_mending (self, FALSE, error) && kith_store_refill (self, error) && note_checked (self, error);
}

static gboolean
take_types (KithStore *self, JsonObject *types, KithVerify *result, GError **error)
{
  gboolean equal;

  if (!kinds_agree (self, types, &equal, error))
    return FALSE;
  if (equal)
    return (!self->mending || set_mending (self, FALSE, error)) && note_checked (self, error);
  if (self->mending)
    return fetch_everything (self, result, error);
  self->by_scope = TRUE;
  *result = KITH_VERIFY_AGAIN;
  return TRUE;
}

static gboolean
take_parts (KithStore *self, JsonObject *parts, KithVerify *result, GError **error)
{
  JsonArray *differing = list_differing (self, parts, KITH_VERIFY_PARTS, NULL, error);

  if (differing == NULL)
    return FALSE;
  self->by_scope = TRUE;
  self->parts = differing;
  if (json_array_get_length (differing) > KITH_LIMIT_REFILL)
    return fetch_everything (self, result, error);
  *result = KITH_VERIFY_AGAIN;
  return TRUE;
}

static gboolean
take_scopes (KithStore *self, JsonObject *scopes, JsonArray *parts, KithVerify *result, GError **error)
{
  g_autoptr (JsonArray) differing = list_differing (self, scopes, 0, parts, error);
  guint n, stray = 0;

  if (differing == NULL || !drop_stray (self, &stray, error))
    return FALSE;
  n = json_array_get_length (differing);
  if (n > KITH_LIMIT_REFILL)
    return fetch_everything (self, result, error);
  if (n == 0)
    return stray == 0 || note_checked (self, error);
  for (guint i = 0; i < n; i++)
    if (!age_scope (self, json_array_get_int_element (differing, i), error))
      return FALSE;
  *result = KITH_VERIFY_FETCH;
  return set_mending (self, TRUE, error) && note_checked (self, error);
}

static gboolean
take_sums (KithStore *self, JsonObject *answer, KithVerify *result, GError **error)
{
  JsonObject *types = kith_json_object (answer, "types"), *scopes = kith_json_object (answer, "scopes");
  JsonObject *parts = kith_json_object (answer, "parts");
  g_autoptr (JsonArray) asked = g_steal_pointer (&self->parts);

  self->by_scope = FALSE;
  if (types != NULL)
    return take_types (self, types, result, error);
  if (scopes != NULL)
    return take_scopes (self, scopes, asked, result, error);
  if (parts != NULL)
    return take_parts (self, parts, result, error);
  g_set_error_literal (error, KITH_STORE_ERROR, KITH_STORE_ERROR_PROTOCOL, "the answer to verify has no sums");
  return FALSE;
}

/**
 * kith_store_apply_verify:
 * @result: (out): what comes of it
 *
 * Sums by type come first; where they differ, by scope (of very many, by part of them before that), and the scopes that differ are
 * fetched anew, or everything where these are more than 64, or differ again after that.
 *
 * Errors: KITH_STORE_ERROR_PROTOCOL for an answer without sums; nothing was changed then.
 */
gboolean
kith_store_apply_verify (KithStore *self, GBytes *body, KithVerify *result, GError **error)
{
  g_autoptr (JsonObject) answer = kith_json_parse_object (g_bytes_get_data (body, NULL), g_bytes_get_size (body), NULL, NULL);
  g_autoptr (KithDbTransaction) transaction = NULL;

  *result = KITH_VERIFY_DONE;
  if (answer != NULL && kith_json_bool (answer, "behind", FALSE))
    {
      widen (self);
      return TRUE; /* there is something to pull first: nothing can be said */
    }
  if (answer == NULL)
    {
      g_set_error_literal (error, KITH_STORE_ERROR, KITH_STORE_ERROR_PROTOCOL, "the answer to verify has no sums");
      return FALSE;
    }
  if (self->sums_asked != self->n_hidings)
    {
      widen (self);
      *result = KITH_VERIFY_AGAIN; /* it counts what has been hidden since: compared with that, all would be fetched anew */
      return TRUE;
    }
  transaction = kith_db_transaction_begin (self->db, error);
  return transaction != NULL && kith_store_end (self, transaction, take_sums (self, answer, result, error), error);
}
