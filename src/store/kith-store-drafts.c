/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What somebody is typing, what they opened last, and the nightly tidying up. */

#include "kith-store-private.h"

#include <string.h>

#include "kith-referral-rules.h"

/* What a form had before it when it was opened: "before" and "was" are the record of "values", or of what stands beside it; "…_was" that of "…". */
#define SUFFIX "_was"

#define ARCHIVE_MS (30 * G_TIME_SPAN_DAY / 1000)

/* ---- own words */

static void
drop_same (JsonObject *values, JsonObject *before)
{
  g_autoptr (GList) names = json_object_get_members (before);

  for (GList *l = names; values != NULL && l != NULL; l = l->next)
    if (json_object_has_member (values, l->data) && kith_json_equal (json_object_get_member (values, l->data), json_object_get_member (before, l->data)))
      json_object_remove_member (values, l->data);
}

/* Where what was typed stands of which this is the record; NULL: name is none of these. */
static JsonObject *
typed_beside (JsonObject *draft, const char *name)
{
  g_autofree char *of = g_str_has_suffix (name, SUFFIX) ? g_strndup (name, strlen (name) - strlen (SUFFIX)) : NULL;

  if (of != NULL)
    return kith_json_object (draft, of) != NULL ? kith_json_object (draft, of) : draft;
  if (!g_str_equal (name, "was") && !g_str_equal (name, "before"))
    return NULL;
  return kith_json_object (draft, "values") != NULL ? kith_json_object (draft, "values") : draft;
}

static JsonObject *
entry_at (JsonArray *list, guint i)
{
  JsonNode *node = json_array_get_element (list, i);

  return JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static JsonObject *
answer_to (JsonArray *answers, const char *key)
{
  for (guint i = 0; i < json_array_get_length (answers); i++)
    {
      JsonObject *answer = entry_at (answers, i);

      if (answer != NULL && g_strcmp0 (kith_json_string (answer, "key"), key) == 0)
        return answer;
    }
  return NULL;
}

/* As kith-contact-answers.c has it: the question may be in other words by now. */
static gboolean
says_the_same (JsonObject *answer, JsonObject *read)
{
  return kith_json_equal (json_object_get_member (answer, "value"), json_object_get_member (read, "value")) &&
         kith_json_equal (json_object_get_member (answer, "values"), json_object_get_member (read, "values"));
}

/* Of all answers to a form, with those that were read: what its author answered, and (the key alone) what they emptied. */
static gboolean
keep_own_answers (JsonObject *entry)
{
  JsonArray *read = kith_json_array (entry, "read"), *answers = kith_json_array (entry, "answers");
  g_autoptr (JsonArray) own = NULL;

  if (read == NULL || answers == NULL)
    return FALSE;
  own = json_array_new ();
  for (guint i = 0; i < json_array_get_length (answers); i++)
    {
      JsonObject *answer = entry_at (answers, i), *was = answer != NULL ? answer_to (read, kith_json_string (answer, "key")) : NULL;

      if (answer != NULL && (was == NULL || !says_the_same (answer, was)))
        json_array_add_object_element (own, json_object_ref (answer));
    }
  for (guint i = 0; i < json_array_get_length (read); i++)
    {
      JsonObject *was = entry_at (read, i);
      const char *key = was != NULL ? kith_json_string (was, "key") : NULL;

      if (key != NULL && answer_to (answers, key) == NULL)
        json_array_add_object_element (own, kith_json_new ("key", "s", key, NULL));
    }
  json_object_remove_member (entry, "read");
  json_object_set_array_member (entry, "answers", g_steal_pointer (&own));
  return TRUE;
}

static gboolean keep_own_words (JsonObject *draft);

static gboolean
keep_own_words_of_all (JsonArray *list)
{
  gboolean any = FALSE;

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    {
      JsonObject *entry = entry_at (list, i);

      any |= entry != NULL && keep_own_words (entry);
    }
  return any;
}

/* Takes the record out of it, and what of it nobody changed (I6). Returns: whether there was any */
static gboolean
keep_own_words (JsonObject *draft)
{
  gboolean any = keep_own_answers (draft);
  g_autoptr (GList) names = json_object_get_members (draft);

  for (GList *l = names; l != NULL; l = l->next)
    {
      JsonObject *part = kith_json_object (draft, l->data), *typed = part != NULL ? typed_beside (draft, l->data) : NULL;

      if (typed != NULL)
        {
          drop_same (typed, part);
          json_object_remove_member (draft, l->data);
          any = TRUE;
        }
      else
        any |= part != NULL ? keep_own_words (part) : keep_own_words_of_all (kith_json_array (draft, l->data));
    }
  return any;
}

/* Those of a scope that is taken away: they can be sent no more, and are their author's for a while. */
gboolean
kith_store_forget_drafts (KithStore *self, const char *scope, gint64 expires, GError **error)
{
  g_autoptr (GPtrArray) keys = g_ptr_array_new_with_free_func (g_free), bodies = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (KithDbStmt) stmt = kith_db_query (self->db, "drafts-of-scope", error);
  KithDbStep step;

  if (stmt == NULL)
    return FALSE;
  kith_db_bind_text (stmt, 1, scope);
  while ((step = kith_db_step (stmt, error)) == KITH_DB_ROW)
    {
      g_autoptr (JsonObject) draft = kith_store_parse_args (kith_db_text (stmt, 1));

      keep_own_words (draft);
      g_ptr_array_add (keys, g_strdup (kith_db_text (stmt, 0)));
      g_ptr_array_add (bodies, kith_json_print_object (draft));
    }
  for (guint i = 0; step == KITH_DB_DONE && i < keys->len; i++)
    if (!kith_db_run (self->db, error, "draft-keep", "ssi", keys->pdata[i], bodies->pdata[i], expires))
      return FALSE;
  return step == KITH_DB_DONE;
}

/**
 * kith_store_save_draft:
 * @key: which form: "note:referral:0197…"
 * @scope: (nullable): scope of the record it is about; when that is taken away the draft can no longer be sent, and keeps its author's words alone, for
 *   seven days: a form that still stands open and writes it once more begins no other seven. The same of whatever is written while the account is closed
 * @draft: (nullable): NULL drops it
 */
gboolean
kith_store_save_draft (KithStore *self, const char *key, const char *scope, JsonObject *draft, GError **error)
{
  g_autoptr (JsonObject) own = NULL;
  g_autofree char *text = NULL;
  gboolean closed = self->closed != KITH_CLOSED_NOT;
  gint64 held, expires = 0;

  if (draft == NULL)
    return kith_db_run (self->db, error, "draft-drop", "s", key);
  held = scope == NULL;
  if (scope != NULL && !kith_db_fetch_int (self->db, &held, error, "scope-any-number", "s", scope))
    return FALSE;
  if (held == 0 || closed)
    {
      own = kith_json_copy_object (draft);
      expires = keep_own_words (own) || closed ? kith_store_hub_ms (self) + KITH_STORE_UNSENDABLE_MS : 0;
    }
  text = kith_json_print_object (own != NULL ? own : draft);
  return kith_db_run (self->db, error, "draft-save", "sssiii", key, scope, text, kith_clock_wall_ms (self->clock), expires, (gint64) closed);
}

/* ---- aside ---- */

/* A key that no other has, whatever the clock did: what is written over one that was put aside would be lost. Yours; NULL: an error */
static char *
key_aside (KithStore *self, const char *key, gint64 at, GError **error)
{
  for (;; at++)
    {
      g_autofree char *aside = g_strdup_printf (KITH_STORE_DRAFT_ASIDE "%" G_GINT64_FORMAT ":%s", at, key);
      gint64 taken = 0;

      if (!kith_db_fetch_int (self->db, &taken, error, "draft-is-there", "s", aside))
        return NULL;
      if (!taken)
        return g_steal_pointer (&aside);
    }
}

/* It has no scope any more, so that no access that comes back makes it a draft like others; which it had stands in it (#KITH_STORE_DRAFT_OF). */
static gboolean
put_aside (KithStore *self, const char *key, const char *scope, JsonObject *draft, gint64 at, GError **error)
{
  g_autofree char *aside = key_aside (self, key, at, error), *text = NULL;

  if (aside == NULL)
    return FALSE;
  keep_own_words (draft);
  if (scope != NULL)
    json_object_set_string_member (draft, KITH_STORE_DRAFT_OF, scope);
  text = kith_json_print_object (draft);
  return kith_db_run (self->db, error, "draft-save", "sssiii", aside, NULL, text, at, kith_store_hub_ms (self) + KITH_STORE_UNSENDABLE_MS, (gint64) 1);
}

/**
 * kith_store_put_draft_aside:
 *
 * What stands under @key, before something else is written there: whoever wrote it reads it under "Needs attention", and can copy it, for seven days. What
 * Kith began (#KITH_STORE_DRAFT_CARRIED) is nobody's words. No error where nothing stands there.
 */
gboolean
kith_store_put_draft_aside (KithStore *self, const char *key, gboolean *aside, GError **error)
{
  g_autoptr (GError) local = NULL;
  gint64 at = 0;
  g_autoptr (JsonObject) draft = kith_store_load_draft (self, key, &at, &local);
  g_autoptr (KithDbTransaction) transaction = NULL;
  g_autofree char *scope = local == NULL ? kith_db_fetch_text (self->db, &local, "draft-scope", "s", key) : NULL;

  if (aside != NULL)
    *aside = FALSE;
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (draft == NULL || kith_json_bool (draft, KITH_STORE_DRAFT_CARRIED, FALSE))
    return TRUE;
  transaction = kith_db_transaction_begin (self->db, error);
  if (transaction == NULL ||
      !kith_store_end (self, transaction, put_aside (self, key, scope, draft, at, error) && kith_db_run (self->db, error, "draft-drop", "s", key), error))
    return FALSE;
  if (aside != NULL)
    *aside = TRUE;
  return TRUE;
}

gboolean
kith_store_put_words_aside (KithStore *self, const char *key, const char *scope, JsonObject *draft, GError **error)
{
  g_autoptr (JsonObject) own = kith_json_copy_object (draft);

  return put_aside (self, key, scope, own, kith_clock_wall_ms (self->clock), error);
}

/* ---- with the operation it became ---- */

gboolean
kith_store_end_draft (KithStore *self, const char *key, const char *op_id, GError **error)
{
  return (op_id == NULL || kith_db_run (self->db, error, "undo-draft-keep", "ss", op_id, key)) && kith_db_run (self->db, error, "draft-drop", "s", key);
}

/* Within the transaction that takes the operation back. What was begun under its key since stays, and this is put aside. */
gboolean
kith_store_put_draft_back (KithStore *self, const char *op_id, char **key, GError **error)
{
  g_autoptr (KithDbStmt) stmt = kith_db_query (self->db, "undo-draft-get", error);
  g_autoptr (GError) local = NULL;
  g_autoptr (JsonObject) draft = NULL, there = NULL;
  g_autofree char *of = NULL, *scope = NULL;
  KithDbStep step;
  gint64 at;

  *key = NULL;
  if (stmt == NULL)
    return FALSE;
  kith_db_bind_text (stmt, 1, op_id);
  step = kith_db_step (stmt, error);
  if (step != KITH_DB_ROW)
    return step == KITH_DB_DONE;
  of = g_strdup (kith_db_text (stmt, 0));
  scope = g_strdup (kith_db_text (stmt, 1));
  draft = kith_store_parse_args (kith_db_text (stmt, 2));
  at = kith_db_int (stmt, 3);
  there = kith_store_load_draft (self, of, NULL, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (!(there != NULL ? put_aside (self, of, scope, draft, at, error) : kith_store_save_draft (self, of, scope, draft, error)) ||
      !kith_db_run (self->db, error, "undo-draft-drop", "s", op_id))
    return FALSE;
  *key = g_steal_pointer (&of);
  return TRUE;
}

JsonObject *
kith_store_load_draft (KithStore *self, const char *key, gint64 *saved_ms, GError **error)
{
  g_autoptr (KithDbStmt) stmt = kith_db_query (self->db, "draft-load", error);

  if (stmt == NULL)
    return NULL;
  kith_db_bind_text (stmt, 1, key);
  if (kith_db_step (stmt, error) != KITH_DB_ROW)
    return NULL;
  if (saved_ms != NULL)
    *saved_ms = kith_db_int (stmt, 1);
  return kith_json_parse_object (kith_db_text (stmt, 0), -1, NULL, error);
}

GPtrArray *
kith_store_list_unsendable (KithStore *self, GError **error)
{
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  g_autoptr (KithDbStmt) stmt = kith_db_query (self->db, "drafts-unsendable", error);
  KithDbStep step;

  if (stmt == NULL)
    return NULL;
  while ((step = kith_db_step (stmt, error)) == KITH_DB_ROW)
    {
      const char *phase = kith_db_text (stmt, 4);
      gboolean sent = phase != NULL ? kith_referral_phase_was_sent (phase) : kith_db_int (stmt, 5) != 0;

      g_ptr_array_add (drafts, kith_json_new ("key", "s", kith_db_text (stmt, 0), "draft", "o", kith_store_parse_args (kith_db_text (stmt, 1)), "at", "i", kith_db_int (stmt, 2),
                                              "expires", "i", kith_db_int (stmt, 3), "sent", "b", sent, NULL));
    }
  return step == KITH_DB_DONE ? g_steal_pointer (&drafts) : NULL;
}

gboolean
kith_store_note_opened (KithStore *self, const char *kind, const char *id, GError **error)
{
  return kith_db_run (self->db, error, "recent-note", "ssi", kind, id, kith_clock_wall_ms (self->clock)) &&
         kith_db_run (self->db, error, "recent-trim", "s", kind);
}

/**
 * kith_store_tidy:
 *
 * Nightly, after a pull: drops what the archive has kept for 30 days, and what of taken-away records was kept for seven, both by the hub's clock
 * (sync.md 2.9): a wall clock that jumps takes nothing away.
 */
gboolean
kith_store_tidy (KithStore *self, GError **error)
{
  gint64 now = kith_store_hub_ms (self);
  g_autofree char *old = kith_time_format (now - ARCHIVE_MS);
  g_autoptr (KithDbTransaction) transaction = kith_db_transaction_begin (self->db, error);
  gint64 over = 0;

  if (transaction == NULL || !kith_db_fetch_int (self->db, &over, error, "unsendable-over", "i", now))
    return FALSE;
  self->dropped = over != 0;
  return kith_store_end (self, transaction,
                         kith_db_run (self->db, error, "import-prune", "s", old) && kith_db_run (self->db, error, "import-prune-choices", "s", old) &&
                             kith_db_run (self->db, error, "import-prune-jobs", "s", old) &&
                             kith_db_run (self->db, error, "op-prune", "ii", now - ARCHIVE_MS, now) &&
                             kith_db_run (self->db, error, "op-row-prune", "") &&
                             kith_db_run (self->db, error, "op-scope-prune", "") &&
                             kith_db_run (self->db, error, "drafts-expire", "i", now) && kith_store_drop_unused_files (self, error),
                         error);
}
