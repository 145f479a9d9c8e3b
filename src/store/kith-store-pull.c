/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Applying a page of a pull in one transaction (sync.md 2.3, 2.6, 2.7). */

#include "kith-protocol.h"
#include "kith-store-page.h"
#include "kith-store-private.h"

/* --- the request ------------------------------------------------------------------------------------------------ */

static JsonArray *
list_sids (KithStore *self, const char *query, GError **error)
{
  g_autoptr (KithDbStmt) stmt = kith_db_query (self->db, query, error);
  g_autoptr (JsonArray) array = json_array_new ();
  KithDbStep step;

  if (stmt == NULL)
    return NULL;
  while ((step = kith_db_step (stmt, error)) == KITH_DB_ROW)
    json_array_add_int_element (array, kith_db_int (stmt, 0));
  return step == KITH_DB_DONE ? g_steal_pointer (&array) : NULL;
}

/**
 * kith_store_next_pull:
 * @max_rows: rows of a page at most
 *
 * Returns: (transfer full): the request, with a nonce that its answer must bring back: an answer to an earlier one is not taken
 */
GBytes *
kith_store_next_pull (KithStore *self, guint max_rows, GError **error)
{
  g_autoptr (JsonArray) forgot = list_sids (self, "forgotten-all", error);
  g_autoptr (JsonArray) refill = forgot != NULL ? list_sids (self, "refill-all", error) : NULL;
  const char *cursor = kith_store_get_cursor (self);
  g_autoptr (JsonObject) request = NULL;
  char *text;

  if (refill == NULL)
    return NULL;
  g_free (self->nonce);
  self->nonce = g_strdup_printf ("%016" G_GINT64_MODIFIER "x", kith_random_next (self->random));
  request = kith_json_new ("v", "i", (gint64) KITH_PROTOCOL_VERSION, "device", "s", self->device, "user", "s", self->user,
                           "schema", "i", (gint64) KITH_PROTOCOL_SCHEMA, "cursor", "s", *cursor != '\0' ? cursor : NULL,
                           "max_rows", "i", (gint64) max_rows, "max_bytes", "i", (gint64) KITH_LIMIT_PAGE_BYTES, "forgot", "a",
                           json_array_ref (forgot), "nonce", "s", self->nonce, NULL);
  if (json_array_get_length (refill) > 0)
    json_object_set_array_member (request, "refill", json_array_ref (refill));
  text = kith_json_print_object (request);
  return g_bytes_new_take (text, strlen (text));
}

/* --- lines ------------------------------------------------------------------------------------------------------ */

typedef struct
{
  char *name;
  gint64 number;
  gboolean fresh; /* it began in this round: nothing to sweep */
} Scope;

static void
scope_free (gpointer data)
{
  Scope *self = data;

  g_free (self->name);
  g_free (self);
}

typedef struct
{
  KithStore *store;
  KithPage *page;
  GHashTable *scopes; /* sid → Scope, looked up once a page */
  gboolean kept;      /* there may be records that the hub cannot read */
  gboolean refilling; /* some are asked for anew, one by one */
} Apply;

/* name: taken */
static Scope *
keep_scope (Apply *self, gint64 sid, char *name, gint64 number, gboolean fresh)
{
  Scope *scope = g_new0 (Scope, 1);

  scope->name = name;
  scope->number = number;
  scope->fresh = fresh;
  g_hash_table_replace (self->scopes, g_memdup2 (&sid, sizeof sid), scope);
  return scope;
}

/* FALSE: the database failed. *scope NULL: a number never announced. */
static gboolean
find_scope (Apply *self, gint64 sid, Scope **scope, GError **error)
{
  g_autoptr (GError) failure = NULL;
  gint64 number = 0, fresh = 0;
  char *name;

  *scope = g_hash_table_lookup (self->scopes, &sid);
  if (*scope != NULL)
    return TRUE;
  name = kith_store_scope_of (self->store, sid, &number, &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (name == NULL)
    return TRUE;
  if (!kith_db_fetch_int (self->store->db, &fresh, error, "scope-fresh", "i", sid))
    {
      g_free (name);
      return FALSE;
    }
  *scope = keep_scope (self, sid, name, number, fresh != 0 && fresh == self->page->round);
  return TRUE;
}

/* The same, but a number that was never announced is an error. */
static Scope *
known_scope (Apply *self, gint64 sid, GError **error)
{
  Scope *scope;

  if (!find_scope (self, sid, &scope, error))
    return NULL;
  if (scope == NULL)
    g_set_error (error, KITH_STORE_ERROR, KITH_STORE_ERROR_PROTOCOL, "scope %" G_GINT64_FORMAT " was not announced", sid);
  return scope;
}

static gboolean
apply_forget (Apply *self, JsonArray *sids, GError **error)
{
  for (guint k = 0; k < json_array_get_length (sids); k++)
    {
      gint64 sid = json_array_get_int_element (sids, k);
      Scope *scope;

      if (!find_scope (self, sid, &scope, error))
        return FALSE;
      if (scope == NULL)
        continue;
      if (!kith_store_forget_scope (self->store, scope->name, error) ||
          !kith_db_run (self->store->db, error, "forgotten-add", "i", sid))
        return FALSE;
      g_hash_table_remove (self->scopes, &sid);
    }
  return TRUE;
}

static gboolean
apply_scope (Apply *self, JsonObject *line, GError **error)
{
  gint64 sid = kith_json_int (line, "scope", 0);
  const char *name = kith_json_string (line, "name");
  gint64 number;

  if (sid <= 0 || name == NULL)
    {
      g_set_error_literal (error, KITH_STORE_ERROR, KITH_STORE_ERROR_PROTOCOL, "a scope line without number or name");
      return FALSE;
    }
  g_hash_table_remove (self->scopes, &sid);
  if (!kith_store_announce_scope (self->store, sid, name, self->page->round, &number, error))
    return FALSE;
  if (number != 0)
    keep_scope (self, sid, g_strdup (name), number, self->page->round != 0);
  return TRUE;
}

/* A row of a scope that had rows before this round is marked: when the fill ends, what has no mark goes. */
static gboolean
mark_row (Apply *self, Scope *scope, const KithKind *kind, const char *id, GError **error)
{
  return scope->fresh || kith_db_run (self->store->db, error, "mark-add", "iss", scope->number, kind->name, id);
}

static gboolean
apply_put (Apply *self, KithPageLine *put, GError **error)
{
  Scope *scope = known_scope (self, put->sid, error);
  const KithStoreRow row = { .scope = scope != NULL ? scope->number : 0, .q = put->q, .body = put->body };

  return scope != NULL && mark_row (self, scope, put->kind, put->id, error) &&
         (!self->kept || kith_db_run (self->store->db, error, "kept-drop", "ss", put->kind->name, put->id)) &&
         kith_store_take_row (self->store, put->kind, put->id, &row, put->texts, error);
}

/* One that was not made ready: of a newer hub's kind, remembered and fetched once this desktop knows it, or no put at all. */
static gboolean
apply_unknown_put (Apply *self, JsonObject *put, GError **error)
{
  const char *kind = kith_json_string (put, "t");

  if (kind != NULL && kith_kind_get (kind) == NULL && kith_json_string (put, "id") != NULL && kith_json_object (put, "body") != NULL)
    return kith_db_run (self->store->db, error, "unknown-kind-add", "s", kind);
  g_set_error_literal (error, KITH_STORE_ERROR, KITH_STORE_ERROR_PROTOCOL, "a put line without kind, id or body");
  return FALSE;
}

/* The hub has this record and cannot read it: a good copy that is here is the last one perhaps. It stays when the fill ends, and sums count it as
 * the hub counts it. */
static gboolean
apply_kept (Apply *self, JsonObject *kept, GError **error)
{
  const KithKind *kind = kith_kind_get (kith_json_string (kept, "t"));
  const char *id = kith_json_string (kept, "id");
  Scope *scope;

  if (kind == NULL || id == NULL)
    return TRUE;
  scope = known_scope (self, kith_json_int (kept, "s", 0), error);
  self->kept = TRUE;
  return scope != NULL && mark_row (self, scope, kind, id, error) &&
         kith_db_run (self->store->db, error, "kept-add", "ssii", kind->name, id, scope->number, kith_json_int (kept, "q", 0));
}

/* Goes only if it still lies where it went from, and nothing newer came: the order within a page does not matter. */
static gboolean
apply_gone (Apply *self, JsonObject *gone, GError **error)
{
  const KithKind *kind = kith_kind_get (kith_json_string (gone, "t"));
  const char *id = kith_json_string (gone, "id");
  g_auto (KithStoreRow) row = { 0 };
  Scope *scope;
  gboolean found;

  if (kind == NULL || id == NULL)
    return TRUE;
  if (!find_scope (self, kith_json_int (gone, "s", 0), &scope, error) ||
      !kith_store_read_row (self->store, kind, id, &row, &found, error))
    return FALSE;
  if (self->kept && !kith_db_run (self->store->db, error, "kept-drop", "ss", kind->name, id))
    return FALSE;
  if (scope == NULL || !found || row.scope != scope->number || row.q > kith_json_int (gone, "q", 0))
    return TRUE;
  self->store->dropped = TRUE;
  return kith_store_delete_row (self->store, kind, id, error);
}

/* A fill replaces: what the hub did not send is no longer there. */
static gboolean
apply_filled (Apply *self, JsonObject *line, GError **error)
{
  Scope *scope;
  const KithKind *const *kinds;
  guint n;

  if (!find_scope (self, kith_json_int (line, "filled", 0), &scope, error))
    return FALSE;
  /* It was to be filled when the round began and is closed by now: the hub no longer names it, nothing of it is here. */
  if (scope == NULL)
    return TRUE;
  self->store->dropped = self->store->dropped || !scope->fresh;
  kinds = kith_kinds_list (&n);
  for (guint k = 0; k < n && !scope->fresh; k++)
    if (!kith_store_delete_where (self->store, kinds[k], scope->name, scope->number,
                                  "AND NOT EXISTS (SELECT 1 FROM fill_mark m WHERE m.scope = ?1 AND m.t = '%s' AND m.id = %s.id)", error))
      return FALSE;
  return (scope->fresh || kith_db_run (self->store->db, error, "kept-sweep", "i", scope->number)) &&
         kith_db_run (self->store->db, error, "scope-set-filled", "i", scope->number) &&
         (!self->refilling || kith_db_run (self->store->db, error, "refill-drop", "i", scope->number));
}

static gboolean
apply_object (Apply *self, JsonObject *line, GError **error)
{
  JsonObject *object;
  JsonArray *array;
  gboolean rebase; /* a page does that anyway */

  if ((object = kith_json_object (line, "put")) != NULL)
    return apply_unknown_put (self, object, error);
  if ((object = kith_json_object (line, "gone")) != NULL)
    return apply_gone (self, object, error);
  if ((object = kith_json_object (line, "kept")) != NULL)
    return apply_kept (self, object, error);
  if ((array = kith_json_array (line, "forget")) != NULL)
    return apply_forget (self, array, error);
  if (json_object_has_member (line, "scope"))
    return apply_scope (self, line, error);
  if ((object = kith_json_object (line, "until")) != NULL)
    return kith_store_set_until (self->store, object, error);
  if (json_object_has_member (line, "filled"))
    return apply_filled (self, line, error);
  if ((object = kith_json_object (line, "op")) != NULL)
    return kith_store_take_result (self->store, object, &rebase, error);
  return TRUE; /* mark, end, and what a newer hub may add */
}

/* --- the page --------------------------------------------------------------------------------------------------- */

static gboolean
take_round (KithStore *self, gint64 round, GError **error)
{
  if (self->round == round)
    return TRUE;
  self->round = round;
  return kith_db_run (self->db, error, "mark-clear", "") && kith_store_set_state_int (self, "round", round, error);
}

/* Scopes the whole refill did not confirm are closed to us by now. */
static gboolean
sweep_scopes (KithStore *self, GError **error)
{
  g_autoptr (GPtrArray) stale = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (KithDbStmt) stmt = kith_db_query (self->db, "scopes-stale", error);
  KithDbStep step;

  if (stmt == NULL)
    return FALSE;
  while ((step = kith_db_step (stmt, error)) == KITH_DB_ROW)
    g_ptr_array_add (stale, g_strdup (kith_db_text (stmt, 0)));
  if (step == KITH_DB_FAILED)
    return FALSE;
  g_clear_pointer (&stmt, kith_db_reset);
  for (guint k = 0; k < stale->len; k++)
    if (!kith_store_forget_scope (self, stale->pdata[k], error))
      return FALSE;
  self->refilling = FALSE;
  return kith_store_set_state_int (self, "refilling", 0, error);
}

static gboolean
take_cursor (KithStore *self, KithPage *page, GError **error)
{
  if (page->cursor == NULL)
    return TRUE;
  g_free (self->cursor);
  self->cursor = g_strdup (page->cursor);
  if (!kith_store_set_state (self, "cursor", self->cursor, error))
    return FALSE;
  if (!page->whole || page->more)
    return TRUE;
  if (self->refilling && !sweep_scopes (self, error))
    return FALSE;
  self->cursor_q = MAX (self->cursor_q, page->H);
  /* Scopes asked for that were not filled in the round are not ours to have: the hub says no more of them. */
  return kith_db_run (self->db, error, "refill-clear", "") && kith_store_set_state_int (self, "cursor_q", self->cursor_q, error) &&
         take_round (self, 0, error);
}

static gboolean
apply_lines (KithStore *self, KithPage *page, GError **error)
{
  g_autoptr (GHashTable) scopes = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, scope_free);
  Apply apply = { .store = self, .page = page, .scopes = scopes };
  gint64 kept = 0, refills = 0;
  KithPageLine *line;

  if (!kith_db_fetch_int (self->db, &kept, error, "kept-any", "") || !kith_db_fetch_int (self->db, &refills, error, "refill-any", ""))
    return FALSE;
  apply.kept = kept != 0;
  apply.refilling = refills != 0;
  while (kith_page_next (page, &line, error))
    if (line == NULL)
      return TRUE;
    else if (!(line->kind != NULL ? apply_put (&apply, line, error) : apply_object (&apply, line->object, error)))
      return FALSE;
  return FALSE;
}

static gboolean
apply_page (KithStore *self, KithPage *page, GError **error)
{
  gint64 now = 0;
  guint finished;

  kith_time_parse (kith_json_string (page->header, "now"), &now);
  /* What the hub's time is comes first: by it is reckoned how long a person's words are kept that the page takes from their record. */
  if (!kith_store_note_contact (self, now, error) || !kith_store_restore (self, error) || !kith_store_unhide_all (self, error) ||
      !kith_store_take_life (self, page->epoch, kith_json_int (page->header, "last_n", -1), kith_json_int (page->header, "H", G_MAXINT64), error) ||
      !kith_store_take_origin (self, page->header, error) || !kith_store_take_policy (self, page->header, error) ||
      !take_round (self, page->round, error) || !kith_db_run (self->db, error, "forgotten-clear", "") ||
      !apply_lines (self, page, error) || !take_cursor (self, page, error) ||
      !kith_store_note_gone_out (self, error) || !kith_store_hide_due (self, kith_store_ratchet (self), NULL, error) ||
      !kith_store_finish_reached (self, &finished, error))
    return FALSE;
  return kith_store_replay (self, error);
}

/* A poll that brought nothing and moves nothing writes nothing. */
static gboolean
is_idle (KithStore *self, KithPage *page)
{
  return kith_page_is_empty (page) && !page->more && g_strcmp0 (page->cursor, self->cursor) == 0 && self->round == 0 &&
         g_strcmp0 (page->epoch, self->epoch) == 0 && kith_store_has_origin (self, page->header) && kith_store_has_policy (self, page->header);
}

/* Something between here and the hub may answer with a page it has kept. It would move the cursor back and take for a whole fill what
 * is the last part of one. */
static gboolean
check_nonce (KithStore *self, KithPage *page, GError **error)
{
  const char *nonce = kith_json_string (page->header, "nonce");

  if (nonce == NULL || self->nonce == NULL || g_str_equal (nonce, self->nonce))
    return TRUE;
  g_set_error_literal (error, KITH_STORE_ERROR, KITH_STORE_ERROR_PROTOCOL, "the answer is to another question");
  return FALSE;
}

static gboolean
set_bulk (KithStore *self, gboolean bulk, GError **error)
{
  if (self->bulk == bulk)
    return TRUE;
  self->bulk = bulk;
  return kith_db_set_bulk (self->db, bulk, error);
}

static gboolean
apply_in_transaction (KithStore *self, KithPage *page, GError **error)
{
  g_autoptr (KithDbTransaction) transaction = kith_db_transaction_begin (self->db, error);

  return transaction != NULL && kith_store_end (self, transaction, apply_page (self, page, error), error);
}

/* A long page of a round that fetches everything. Losing power loses the last of them, with their cursor: they are asked for once more. All are on
 * the disk with the round's last, and with whatever its user does meanwhile. */
static gboolean
apply_of_many (KithStore *self, KithPage *page, GError **error)
{
  gboolean lazy = page->more, done;

  if (!set_bulk (self, TRUE, error) || (lazy && !kith_db_set_lazy_sync (self->db, TRUE, error)))
    return FALSE;
  done = apply_in_transaction (self, page, error);
  return (!lazy || kith_db_set_lazy_sync (self->db, FALSE, done ? error : NULL)) && done;
}

static gboolean
take_page (KithStore *self, KithPage *page, gboolean *more, GError **error)
{
  gint64 now = 0;

  if (!check_nonce (self, page, error))
    return FALSE;
  *more = page->more;
  if (is_idle (self, page))
    {
      kith_time_parse (kith_json_string (page->header, "now"), &now);
      return kith_store_note_contact (self, now, error);
    }
  if (!(self->cursor_q == 0 && page->ahead != NULL ? apply_of_many : apply_in_transaction) (self, page, error))
    return FALSE;
  if (self->nonce != NULL)
    *self->nonce = '\0'; /* answered */
  if (self->cursor_q != 0)
    set_bulk (self, FALSE, NULL); /* the page is taken, whatever becomes of this */
  return TRUE;
}

/**
 * kith_store_apply_page:
 * @more: (out): the round goes on; pull again at once
 *
 * Errors: KITH_STORE_ERROR_PROTOCOL when the answer is not a hub's or was cut too early; nothing was changed then.
 */
gboolean
kith_store_apply_page (KithStore *self, GBytes *body, gboolean *more, GError **error)
{
  g_autoptr (KithPage) page = kith_page_read (body, TRUE, error);
  g_autoptr (GError) failure = NULL;

  if (page == NULL)
    return FALSE;
  if (take_page (self, page, more, &failure))
    return TRUE;
  if (page->ahead == NULL || !g_error_matches (failure, KITH_STORE_ERROR, KITH_STORE_ERROR_PROTOCOL))
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  /* A line was none, or one that may stand behind it was not right: how far it counts is known once all of it was read. */
  g_clear_pointer (&page, kith_page_free);
  page = kith_page_read (body, FALSE, error);
  return page != NULL && take_page (self, page, more, error);
}

gint64
kith_store_get_cursor_q (KithStore *self)
{
  return self->cursor_q;
}

const char *
kith_store_get_cursor (KithStore *self)
{
  return self->cursor != NULL ? self->cursor : "";
}
