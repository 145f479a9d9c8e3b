/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a person decides about an entry of the attention list, or about words that could not be sent. */

#include "kith-store-private.h"

#include <glib/gi18n.h>

#include "kith-id.h"

/* "Redo on current state": what the operation expected to find is replaced by what is there now. */
static gboolean
bring_up_to_date (KithStore *self, JsonObject *args, GError **error)
{
  const char *referral_id = kith_json_string (args, "referral");
  JsonObject *set = kith_json_object (args, "set");
  g_autoptr (KithRecord) record = NULL;
  g_autoptr (GError) failure = NULL;
  JsonObjectIter iter;
  const char *field;
  JsonNode *node;

  if (referral_id != NULL && json_object_has_member (args, "from"))
    {
      record = kith_world_get (self->world, "referral", referral_id, &failure);
      if (record != NULL && kith_record_string (record, "phase") != NULL)
        json_object_set_string_member (args, "from", kith_record_string (record, "phase"));
    }
  else if (set != NULL && kith_json_string (args, "t") != NULL && kith_kind_get (kith_json_string (args, "t")) != NULL)
    {
      record = kith_world_get (self->world, kith_json_string (args, "t"), kith_json_string (args, "id"), &failure);
      json_object_iter_init (&iter, set);
      while (record != NULL && json_object_iter_next (&iter, &field, &node))
        if (JSON_NODE_HOLDS_OBJECT (node))
          {
            JsonNode *now = json_object_get_member (kith_record_get_body (record), field);
            json_object_set_member (json_node_get_object (node), "old", now != NULL ? json_node_copy (now) : json_node_new (JSON_NODE_NULL));
          }
    }
  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  return failure == NULL;
}

typedef struct
{
  gint64 i;
  char *op_id, *name;
  JsonObject *args;
} Again;

static void
again_free (gpointer data)
{
  Again *self = data;

  g_free (self->op_id);
  g_free (self->name);
  json_object_unref (self->args);
  g_free (self);
}

static GPtrArray *
load_chain (KithStore *self, const char *query, gint64 i, GError **error)
{
  g_autoptr (GPtrArray) chain = g_ptr_array_new_with_free_func (again_free);
  g_autoptr (KithDbStmt) stmt = kith_db_query (self->db, query, error);
  KithDbStep step;

  if (stmt == NULL)
    return NULL;
  kith_db_bind_int (stmt, 1, i);
  while ((step = kith_db_step (stmt, error)) == KITH_DB_ROW)
    {
      Again *again = g_new0 (Again, 1);
      again->op_id = g_strdup (kith_db_text (stmt, 0));
      again->name = g_strdup (kith_db_text (stmt, 1));
      again->args = kith_store_parse_args (kith_db_text (stmt, 2));
      again->i = kith_db_int (stmt, 3);
      g_ptr_array_add (chain, again);
    }
  return step == KITH_DB_DONE ? g_steal_pointer (&chain) : NULL;
}

/* Refused once more: it stays where it is. By itself, or, where it names what another one that stays was to make, with that one. */
static gboolean
leave (KithStore *self, Again *again, gint64 root, const GError *refusal, GError **error)
{
  if (root != 0)
    return kith_db_run (self->db, error, "op-stays", "iiss", again->i, root, kith_refusal_code (KITH_REFUSAL_AFTER_REFUSED), NULL);
  g_ptr_array_add (self->outcomes, g_strdup (again->op_id));
  return kith_db_run (self->db, error, "op-stays", "iiss", again->i, (gint64) 0, kith_refusal_code (refusal->code), refusal->message);
}

/* What fell with the entry, once that was done again; each by itself: one that is refused takes nothing down with it that does not build on it. */
static gboolean
redo_link (KithStore *self, Again *again, GError **error)
{
  g_autoptr (GError) failure = NULL;
  gint64 root = 0;

  if (!kith_db_fetch_int (self->db, &root, error, "op-chain-root", "i", again->i))
    return FALSE;
  if (root != 0)
    return leave (self, again, root, NULL, error);
  if (!kith_db_savepoint (self->db, "redo", error))
    return FALSE;
  if (bring_up_to_date (self, again->args, &failure) && kith_store_submit_within (self, again->name, again->args, 0, NULL, &failure))
    return kith_db_release (self->db, "redo", error) && kith_db_run (self->db, error, "op-settle-one", "i", again->i);
  kith_db_rollback_to (self->db, "redo");
  if (failure->domain == KITH_REFUSAL)
    return leave (self, again, 0, failure, error);
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static gboolean
redo (KithStore *self, gint64 i, char **new_op_id, GError **error)
{
  g_autoptr (GPtrArray) chain = load_chain (self, "op-chain", i, error);
  Again *first = chain != NULL && chain->len > 0 ? chain->pdata[0] : NULL;
  g_autofree char *id = NULL;

  if (first == NULL)
    return chain != NULL;
  if (!bring_up_to_date (self, first->args, error) || !kith_store_submit_within (self, first->name, first->args, 0, &id, error) ||
      !kith_db_run (self->db, error, "import-redone", "is", i, id) || !kith_db_run (self->db, error, "op-settle-one", "i", i))
    return FALSE;
  for (guint k = 1; k < chain->len; k++)
    if (!redo_link (self, chain->pdata[k], error))
      return FALSE;
  if (new_op_id != NULL)
    *new_op_id = g_steal_pointer (&id);
  return TRUE;
}

/* Which act it was and of which record, and nothing that was written in it. */
static JsonObject *
tell_of (const char *op, JsonObject *args)
{
  const char *of = kith_json_string (args, "referral") != NULL ? "referral" : kith_json_string (args, "case") != NULL ? "case" : NULL;
  const char *kind = of != NULL ? of : kith_json_string (args, "t"), *record = kith_json_string (args, of != NULL ? of : "id"), *client = kith_json_string (args, "client");
  gboolean names = kind != NULL && kith_kind_get (kind) != NULL && record != NULL && kith_id_is_valid (record);

  if (client == NULL && names && g_str_equal (kind, "client"))
    client = record;
  return kith_json_new ("what", "s", "discarded", "op", "s", op, "client", "s", client != NULL && kith_id_is_valid (client) ? client : NULL, "t", "s",
                        names ? kind : NULL, "record", "s", names ? record : NULL, NULL);
}

/* C13: of what was never sent nothing else is left. Whose account has ended can note nothing any more, and may still clear what is left. */
static gboolean
note_discarded (KithStore *self, JsonObject *entry, GError **error)
{
  return !kith_store_may (self, "audit.record", entry, NULL) || kith_store_submit_within (self, "audit.record", entry, 0, NULL, error);
}

typedef struct
{
  gint64 i;
  gboolean unsent, answered;
  gboolean waits; /* unsent, and nothing is wrong with it: what builds on it cannot be without it */
  gboolean taken; /* beside another change: nothing of it is discarded */
} Entry;

static void
read_entry (Entry *entry, KithDbStmt *stmt)
{
  entry->i = kith_db_int (stmt, 0);
  entry->unsent = kith_db_is_null (stmt, 5) && g_strcmp0 (kith_db_text (stmt, 6), "waiting") == 0;
  entry->answered = !kith_db_is_null (stmt, 9);
  entry->waits = entry->unsent && kith_db_is_null (stmt, 7);
  entry->taken = g_strcmp0 (kith_db_text (stmt, 9), "merged") == 0;
}

/* With everything that goes with it: each is an act of its own. */
static gboolean
note_all_discarded (KithStore *self, GPtrArray *gone, GError **error)
{
  for (guint k = 0; k < gone->len; k++)
    {
      Again *one = gone->pdata[k];
      g_autoptr (JsonObject) about = NULL;

      if (g_str_equal (one->name, "audit.record"))
        continue;
      about = tell_of (one->name, one->args);
      if (!note_discarded (self, about, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
take_back (KithStore *self, GPtrArray *gone, GError **error)
{
  if (!kith_store_restore (self, error))
    return FALSE;
  for (guint k = 0; k < gone->len; k++)
    {
      Again *one = gone->pdata[k];

      if (!kith_db_run (self->db, error, "op-lean-anew", "i", one->i) || !kith_store_drop_op (self, one->i, error))
        return FALSE;
    }
  return kith_store_replay (self, error);
}

/* An entry that was never sent, and will not apply or waits, can still be taken back; one the hub may have cannot. */
static gboolean
settle (KithStore *self, const Entry *entry, gboolean again, char **new_op_id, GError **error)
{
  g_autoptr (GPtrArray) gone = load_chain (self, entry->waits ? "op-builds-on" : "op-chain", entry->i, error);

  kith_store_touch_outbox (self);
  if (gone == NULL || (again && !redo (self, entry->i, new_op_id, error)))
    return FALSE;
  if (!again && !entry->unsent && !kith_db_run (self->db, error, "op-settle", "i", entry->i))
    return FALSE;
  if (entry->unsent && !take_back (self, gone, error))
    return FALSE;
  return again || entry->taken || note_all_discarded (self, gone, error);
}

/**
 * kith_store_settle:
 * @redo: submit it again on what is there now, with everything that fell with it; else discard, which the audit log tells of, act by act
 * @new_op_id: (out) (optional): the first new operation, when redone
 *
 * A Redo that is refused again leaves the entry where it is. Of what fell with it that alone stays which is refused again, as an entry of its own, and
 * what builds on that. One that waits for a newer hub can be discarded too, and what builds on it goes with it.
 */
gboolean
kith_store_settle (KithStore *self, const char *op_id, gboolean again, char **new_op_id, GError **error)
{
  g_autoptr (KithDbTransaction) transaction = NULL;
  g_autoptr (KithDbStmt) stmt = kith_db_query (self->db, "op-get", error);
  Entry entry = { 0 };

  if (stmt == NULL)
    return FALSE;
  kith_db_bind_text (stmt, 1, op_id);
  if (kith_db_step (stmt, NULL) != KITH_DB_ROW)
    return TRUE; /* settled meanwhile */
  read_entry (&entry, stmt);
  g_clear_pointer (&stmt, kith_db_reset);
  if (!entry.unsent && !entry.answered)
    {
      g_set_error_literal (error, KITH_STORE_ERROR, KITH_STORE_ERROR_FAILED,
                           _("This is on its way to the hub. Decide when its answer is here."));
      return FALSE;
    }

  transaction = kith_db_transaction_begin (self->db, error);
  if (transaction == NULL)
    return FALSE;
  return kith_store_end (self, transaction, settle (self, &entry, again, new_op_id, error), error);
}

/* ---- words that could not be sent */

/* By the scope it was kept with: of which record, and of which client. */
static JsonObject *
tell_of_draft (const char *op, const char *scope)
{
  static const struct { const char *scope, *kind; } scopes[] = {
    { "client", "client" }, { "client_billing", "client" }, { "client_health", "client" }, { "care", "client" }, { "case", "case" }, { "case_health", "case" },
    { "referral", "referral" }, { "referral_detail", "referral" }, { "referral_health", "referral" }, { "referral_own", "referral" }, { "contact", "contact_record" },
  };
  g_auto (GStrv) parts = g_strsplit (scope != NULL ? scope : "", ":", 3);
  JsonObject *entry = kith_json_new ("what", "s", "discarded", "op", "s", op, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (scopes); i++)
    if (g_strcmp0 (parts[0], scopes[i].scope) == 0 && parts[1] != NULL && kith_id_is_valid (parts[1]))
      {
        json_object_set_string_member (entry, "t", scopes[i].kind);
        json_object_set_string_member (entry, "record", parts[1]);
        if (g_str_equal (scopes[i].kind, "client"))
          json_object_set_string_member (entry, "client", parts[1]);
      }
  return entry;
}

static gboolean
discard_draft (KithStore *self, const char *key, const char *op, GError **error)
{
  g_autoptr (KithDbStmt) stmt = kith_db_query (self->db, "draft-scope", error);
  g_autoptr (JsonObject) entry = NULL, aside = NULL;
  g_autofree char *scope = NULL;
  KithDbStep step;

  if (stmt == NULL)
    return FALSE;
  kith_db_bind_text (stmt, 1, key);
  step = kith_db_step (stmt, error);
  if (step != KITH_DB_ROW)
    return step == KITH_DB_DONE; /* gone meanwhile */
  scope = g_strdup (kith_db_text (stmt, 0));
  g_clear_pointer (&stmt, kith_db_reset);
  if (scope == NULL) /* one that cannot be read can be discarded all the same */
    aside = kith_store_load_draft (self, key, NULL, NULL);
  entry = tell_of_draft (op, aside != NULL ? kith_json_string (aside, KITH_STORE_DRAFT_OF) : scope);
  return note_discarded (self, entry, error) && kith_store_save_draft (self, key, NULL, NULL, error);
}

/**
 * kith_store_discard_draft:
 * @key: of kith_store_list_unsendable()
 * @op: what it was to become: the name of an operation, or "draft" where nobody knows
 *
 * The audit log tells of it, as of a change that was refused, and of nothing that was written in it (C13).
 */
gboolean
kith_store_discard_draft (KithStore *self, const char *key, const char *op, GError **error)
{
  g_autoptr (KithDbTransaction) transaction = kith_db_transaction_begin (self->db, error);

  return transaction != NULL && kith_store_end (self, transaction, discard_draft (self, key, op, error), error);
}
