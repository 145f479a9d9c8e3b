/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The outbox and the attention list as a person sees them. */

#include "kith-store-file.h"
#include "kith-store-private.h"

#include <glib/gi18n.h>

gboolean
kith_store_get_status (KithStore *self, KithStoreStatus *status, GError **error)
{
  gint64 waiting = 0, attention = 0;

  if (!kith_db_fetch_int (self->db, &waiting, error, "op-count-waiting", "") ||
      !kith_db_fetch_int (self->db, &attention, error, "op-count-attention", ""))
    return FALSE;
  *status = (KithStoreStatus) { .waiting = waiting + kith_store_count_unsent_files (self), .attention = attention, .last_contact_ms = self->last_contact_ms,
                                .filling = self->device != NULL && (self->cursor == NULL || *self->cursor == '\0' || self->round != 0) };
  return TRUE;
}

/* Columns as op-list-outbox has them. */
static const char *
state_of (KithDbStmt *stmt)
{
  const char *st = kith_db_text (stmt, 6);
  const char *outcome = kith_db_text (stmt, 9);

  if (outcome != NULL && (g_str_equal (outcome, "rejected") || g_str_equal (outcome, "merged") || g_str_equal (outcome, "parked")))
    return outcome;
  if (!kith_db_is_null (stmt, 7) && !g_str_equal (st, "sent") && !g_str_equal (st, "done"))
    return "will_not_apply";
  return g_str_equal (st, "done") ? "sent" : st;
}

static void
set_number (JsonObject *object, const char *name, KithDbStmt *stmt, int column)
{
  if (!kith_db_is_null (stmt, column))
    json_object_set_int_member (object, name, kith_db_int (stmt, column));
}

/* Until it is newer; what is refused here meanwhile is somebody's to deal with. */
static gboolean
waits_for_hub (KithDbStmt *stmt)
{
  return kith_db_is_null (stmt, 9) && kith_db_is_null (stmt, 7) && kith_db_int (stmt, 14) != 0;
}

static JsonObject *
build_entry (KithDbStmt *stmt)
{
  const char *name = kith_db_text (stmt, 2);
  const KithOperation *operation = kith_operation_get (name);
  gboolean answered = !kith_db_is_null (stmt, 9);
  JsonObject *now = !kith_db_is_null (stmt, 12) ? kith_json_parse_object (kith_db_text (stmt, 12), -1, NULL, NULL) : NULL;
  g_autofree char *at = kith_time_format (kith_db_int (stmt, 4));
  JsonObject *entry = kith_json_new ("op_id", "s", kith_db_text (stmt, 1), "op", "s", name, "label", "s",
                                     operation != NULL ? _(operation->label) : name, "args", "o",
                                     kith_store_parse_args (kith_db_text (stmt, 3)), "at", "s", at, "st", "s",
                                     state_of (stmt), "code", "s", kith_db_text (stmt, answered ? 10 : 7), "message", "s",
                                     kith_db_text (stmt, answered ? 11 : 8), "now", "o", now, NULL);

  set_number (entry, "n", stmt, 5);
  if (waits_for_hub (stmt))
    {
      json_object_set_boolean_member (entry, "older_hub", TRUE);
      json_object_set_string_member (entry, "code", "hub_older");
      json_object_set_string_member (entry, "message", _("The hub is older than this Kith and does not know this yet. It is sent once the hub has been updated."));
    }
  return entry;
}

static gboolean
add_records (KithStore *self, JsonObject *entry, gint64 i, GError **error)
{
  g_autoptr (KithDbStmt) stmt = kith_db_query (self->db, "op-records", error);
  g_autoptr (JsonArray) records = json_array_new ();
  KithDbStep step;

  if (stmt == NULL)
    return FALSE;
  kith_db_bind_int (stmt, 1, i);
  while ((step = kith_db_step (stmt, error)) == KITH_DB_ROW)
    {
      g_autofree char *record = g_strconcat (kith_db_text (stmt, 0), "/", kith_db_text (stmt, 1), NULL);
      json_array_add_string_element (records, record);
    }
  json_object_set_array_member (entry, "records", g_steal_pointer (&records));
  return step == KITH_DB_DONE;
}

static gboolean
is_of (KithDbStmt *stmt, JsonObject *set)
{
  JsonObject *change = kith_json_object (set, kith_db_text (stmt, 0));
  JsonNode *new = change != NULL ? json_object_get_member (change, "new") : NULL;
  g_autoptr (JsonNode) mine = !kith_db_is_null (stmt, 4) ? kith_json_parse (kith_db_text (stmt, 4), -1, NULL, NULL) : NULL;

  return new != NULL && mine != NULL && kith_json_equal (new, mine);
}

/* C1: a value that is another agency's to decide on is a suggestion. Its author is told whose it is, and what became of it: "proposal" is open, or
 * which of the two was kept; of several, one that still waits. */
static gboolean
add_proposal (KithStore *self, JsonObject *entry, GError **error)
{
  JsonObject *args = kith_json_object (entry, "args"), *set = args != NULL ? kith_json_object (args, "set") : NULL;
  g_autoptr (KithDbStmt) stmt = NULL;
  KithDbStep step;

  if (set == NULL || g_strcmp0 (kith_json_string (entry, "st"), "merged") != 0)
    return TRUE;
  stmt = kith_db_query (self->db, "op-proposals", error);
  if (stmt == NULL)
    return FALSE;
  kith_db_bind_text (stmt, 1, kith_json_string (args, "t"));
  kith_db_bind_text (stmt, 2, kith_json_string (args, "id"));
  while ((step = kith_db_step (stmt, error)) == KITH_DB_ROW && !json_object_has_member (entry, "proposal"))
    if (is_of (stmt, set))
      {
        const char *kept = kith_db_text (stmt, 2), *by = kith_db_text (stmt, 3), *agency = kith_db_text (stmt, 5);

        json_object_set_string_member (entry, "proposal", kept != NULL ? kept : "open");
        if (agency != NULL)
          json_object_set_string_member (entry, "decides", agency);
        if (by != NULL)
          json_object_set_string_member (entry, "decided_by", by);
      }
  return step != KITH_DB_FAILED;
}

/* What followed a refused operation and fell with it, or goes with one that is taken back: one entry, with the words of each, which are its author's as
 * much as the entry's own. */
static gboolean
add_chain (KithStore *self, JsonObject *entry, const char *query, gint64 i, GError **error)
{
  g_autoptr (KithDbStmt) stmt = kith_db_query (self->db, query, error);
  g_autoptr (JsonArray) chain = json_array_new ();
  KithDbStep step;

  if (stmt == NULL)
    return FALSE;
  kith_db_bind_int (stmt, 1, i);
  while ((step = kith_db_step (stmt, error)) == KITH_DB_ROW)
    {
      const KithOperation *operation = kith_operation_get (kith_db_text (stmt, 1));
      json_array_add_object_element (chain, kith_json_new ("op_id", "s", kith_db_text (stmt, 0), "op", "s", kith_db_text (stmt, 1), "label", "s",
                                                           operation != NULL ? _(operation->label) : kith_db_text (stmt, 1), "args", "o",
                                                           kith_store_parse_args (kith_db_text (stmt, 2)), NULL));
    }
  if (json_array_get_length (chain) > 1)
    json_object_set_array_member (entry, "chain", g_steal_pointer (&chain));
  return step == KITH_DB_DONE;
}

/* stmt: bound. Each with all that belongs to it. */
static GPtrArray *
list (KithStore *self, KithDbStmt *stmt, GError **error)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  KithDbStep step;

  while ((step = kith_db_step (stmt, error)) == KITH_DB_ROW)
    {
      JsonObject *entry = build_entry (stmt);
      const char *chain = waits_for_hub (stmt) ? "op-builds-on" : !kith_db_is_null (stmt, 9) ? "op-chain" : NULL;

      g_ptr_array_add (entries, entry);
      if (!add_records (self, entry, kith_db_int (stmt, 0), error) || (chain != NULL && !add_chain (self, entry, chain, kith_db_int (stmt, 0), error)) ||
          !add_proposal (self, entry, error))
        return NULL;
    }
  return step == KITH_DB_DONE ? g_steal_pointer (&entries) : NULL;
}

/* A file is work of a person's, too: it is on its way until the hub has all of it. */
static gboolean
add_files (KithStore *self, GPtrArray *entries, guint most, GError **error)
{
  g_autoptr (KithDbStmt) stmt = kith_db_query (self->db, "files-unsent", error);
  KithDbStep step = KITH_DB_DONE;

  if (stmt == NULL)
    return FALSE;
  while (entries->len < most && (step = kith_db_step (stmt, error)) == KITH_DB_ROW)
    {
      g_autofree char *client = kith_db_text (stmt, 1) != NULL ? g_strconcat ("client/", kith_db_text (stmt, 1), NULL) : NULL;
      g_autofree char *at = kith_time_format (kith_db_int (stmt, 2));

      g_ptr_array_add (entries, kith_json_new ("op_id", "s", kith_db_text (stmt, 0), "op", "s", "document.attach", "label", "s", _("Send a file"), "args", "o",
                                               json_object_new (), "records", "a", client != NULL ? kith_json_strings (client, NULL) : json_array_new (), "at",
                                               "s", at, "st", "s", kith_db_int (stmt, 3) != 0 ? "sending" : "waiting", NULL));
    }
  return step != KITH_DB_FAILED;
}

/**
 * kith_store_list_outbox:
 * @held: what waits for a newer hub; else all else that is on its way
 * @most: so many are read, the oldest
 * @n_all: (out) (optional): how many there are
 *
 * Returns: (transfer full): what nobody has to deal with
 */
GPtrArray *
kith_store_list_outbox (KithStore *self, gboolean held, guint most, guint *n_all, GError **error)
{
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (KithDbStmt) stmt = NULL;
  gint64 n = 0;

  if (!kith_db_fetch_int (self->db, &n, error, "op-count-outbox", "i", (gint64) held))
    return NULL;
  if (n_all != NULL)
    *n_all = (guint) n + (held ? 0 : kith_store_count_unsent_files (self));
  stmt = kith_db_query (self->db, "op-list-outbox", error);
  if (stmt == NULL)
    return NULL;
  kith_db_bind_int (stmt, 1, held);
  kith_db_bind_int (stmt, 2, most);
  entries = list (self, stmt, error);
  return entries != NULL && (held || add_files (self, entries, most, error)) ? g_steal_pointer (&entries) : NULL;
}

/**
 * kith_store_list_attention:
 * @most: so many are read, the oldest, and all that were merged: what they left open may tell of those
 * @n_all: (out) (optional): how many there are
 *
 * Returns: (transfer full): as kith_store_list_outbox(): what was refused, merged or parked and nobody has dealt with
 */
GPtrArray *
kith_store_list_attention (KithStore *self, guint most, guint *n_all, GError **error)
{
  g_autoptr (KithDbStmt) stmt = NULL;
  gint64 n = 0;

  if (!kith_db_fetch_int (self->db, &n, error, "op-count-attention", ""))
    return NULL;
  if (n_all != NULL)
    *n_all = (guint) n;
  stmt = kith_db_query (self->db, "op-list-attention", error);
  if (stmt == NULL)
    return NULL;
  kith_db_bind_int (stmt, 1, most);
  return list (self, stmt, error);
}
