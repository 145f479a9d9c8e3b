/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Two supervisors move the same work: who comes second saw it moved on their own computer and is told by the hub that it went another way. What
 * that computer changed it says with the operation (sync.md 2.4); what it had heard of before it left alone, and of that nobody is told. */

#include "operations/caseload-common.h"

typedef struct
{
  KithOpContext *cx;
  const char *transfer;
  gboolean back;         /* it is taken back */
  JsonObject *args;
  GHashTable *done;      /* id of an assignment, a referral or a task -> change (borrowed): what this act did, or of it was taken back */
  GHashTable *clients;   /* id of an assignment -> client (utf8): whose it is, as far as that is known */
  GPtrArray *parts;      /* own what is borrowed */
} Crossed;

static char *
assignment_of (const char *case_id, const char *client, const char *staff)
{
  return kith_op_natural_id ("assignment", case_id != NULL ? case_id : client, staff, NULL);
}

/* Of a transfer what was ended, of one that is taken back what had been begun: by these an assignment is gone now. */
static void
add_change (Crossed *self, JsonObject *change)
{
  const char *what = kith_json_string (change, "do"), *id = kith_json_string (change, "id"), *client = kith_json_string (change, "client");
  const char *staff = kith_json_string (change, self->back ? "to" : "from");
  char *assignment;

  if (g_strcmp0 (what, "referral") == 0 || g_strcmp0 (what, "task") == 0)
    {
      g_hash_table_insert (self->done, g_strdup (id), change);
      return;
    }
  if (g_strcmp0 (what, self->back ? "join" : "leave") != 0)
    return;
  assignment = assignment_of (id, client, staff);
  g_hash_table_insert (self->clients, g_strdup (assignment), g_strdup (client));
  g_hash_table_insert (self->done, assignment, change);
}

/* All of the act, however many operations carried it: the hub may be further with it than its author's computer was. */
static gboolean
load_changes (Crossed *self, GError **error)
{
  g_autofree char *scope = g_strconcat ("user:", self->cx->actor->user, NULL);

  self->parts = kith_world_find (self->cx->world, scope, "transfer_part", "transfer", self->transfer, NULL, error);
  for (guint i = 0; self->parts != NULL && i < self->parts->len; i++)
    {
      JsonArray *changes = kith_record_array (self->parts->pdata[i], "changes");

      if (self->back && !kith_record_bool (self->parts->pdata[i], "undone"))
        continue;
      for (guint k = 0; changes != NULL && k < json_array_get_length (changes); k++)
        if (JSON_NODE_HOLDS_OBJECT (json_array_get_element (changes, k)))
          add_change (self, json_array_get_object_element (changes, k));
    }
  return self->parts != NULL;
}

/* Whose an assignment was that is no more cannot be read off its id: of a list, the clients are known. */
static gboolean
load_listed (Crossed *self, GError **error)
{
  JsonArray *moves = kith_json_array (self->args, "moves");

  for (guint i = 0; moves != NULL && i < json_array_get_length (moves); i++)
    {
      JsonObject *move = json_array_get_object_element (moves, i);
      const char *client = kith_json_string (move, "client"), *from = kith_json_string (move, "from");
      g_autoptr (GPtrArray) cases = from != NULL ? kith_world_find (self->cx->world, NULL, "case", "client", client, NULL, error) : NULL;

      if (from == NULL)
        continue;
      if (cases == NULL)
        return FALSE;
      g_hash_table_insert (self->clients, assignment_of (NULL, client, from), g_strdup (client));
      for (guint k = 0; k < cases->len; k++)
        g_hash_table_insert (self->clients, assignment_of (kith_record_get_id (cases->pdata[k]), client, from), g_strdup (client));
    }
  return TRUE;
}

/* Of which client is said where a list or the act that is taken back named it; else that there was something (C17). */
static gboolean
tell (Crossed *self, const char *client, GError **error)
{
  gboolean named = client != NULL && (self->back || kith_json_array (self->args, "moves") != NULL);
  g_autofree char *of = named ? kith_op_derive_id (self->cx, "move_crossed", client) : g_strdup (self->transfer);

  return kith_op_notify_author_of (self->cx, of, named ? client : NULL, "move_crossed", error);
}

static gboolean
look_at_assignment (Crossed *self, const char *id, GError **error)
{
  gboolean done = g_hash_table_contains (self->done, id);
  g_autoptr (KithRecord) assignment = NULL;

  if (!kith_op_get (self->cx, "assignment", id, &assignment, error))
    return FALSE;
  /* What is another agency's is to its author as if it were not there, whatever was said with the operation. */
  if (assignment != NULL && !kith_record_is (assignment, "agency", self->cx->actor->agency))
    g_clear_object (&assignment);
  /* One that stands is this act's to move still, or is kept by what came after it. */
  if (self->back ? !done || assignment == NULL : done || assignment != NULL)
    return TRUE;
  return tell (self, g_hash_table_lookup (self->clients, id), error);
}

/* Is it with somebody whom this act does not name for it? */
static gboolean
is_elsewhere (Crossed *self, const char *id, const char *client, const char *holder)
{
  JsonObject *change = g_hash_table_lookup (self->done, id);
  JsonArray *moves = kith_json_array (self->args, "moves");

  if (self->back)
    return change != NULL && g_strcmp0 (holder, kith_json_string (change, "from")) != 0;
  if (change != NULL)
    return FALSE;
  if (moves == NULL)
    return g_strcmp0 (holder, kith_json_string (self->args, "from")) != 0 && g_strcmp0 (holder, kith_json_string (self->args, "to")) != 0;
  for (guint i = 0; i < json_array_get_length (moves); i++)
    {
      JsonObject *move = json_array_get_object_element (moves, i);

      if (g_strcmp0 (client, kith_json_string (move, "client")) == 0)
        return g_strcmp0 (holder, kith_json_string (move, "from")) != 0 && g_strcmp0 (holder, kith_json_string (move, "to")) != 0;
    }
  return FALSE;
}

/* What its author does not see, whatever was said with the operation, is not told of. */
static gboolean
sees (Crossed *self, KithRecord *record)
{
  g_autofree char *scope = kith_record_scope (record);

  return scope != NULL && kith_world_sees (self->cx->world, self->cx->actor, scope) == KITH_SEES_NOW;
}

static gboolean
look_at_referral (Crossed *self, const char *id, GError **error)
{
  g_autoptr (KithRecord) referral = NULL;
  const char *client;

  if (!kith_op_get (self->cx, "referral", id, &referral, error))
    return FALSE;
  if (referral == NULL || !kith_record_is (referral, "agency_to", self->cx->actor->agency) || !sees (self, referral) ||
      !kith_referral_step_exists ("referral.assign", kith_record_string (referral, "phase"), NULL))
    return TRUE;
  client = kith_record_string (referral, "client");
  return !is_elsewhere (self, id, client, kith_record_string (referral, "assignee")) || tell (self, client, error);
}

static gboolean
look_at_task (Crossed *self, const char *id, GError **error)
{
  g_autoptr (KithRecord) task = NULL;
  g_autofree char *client = NULL;

  if (!kith_op_get (self->cx, "task", id, &task, error))
    return FALSE;
  if (task == NULL || !kith_record_is (task, "agency", self->cx->actor->agency) || kith_record_bool (task, "done") || !sees (self, task))
    return TRUE;
  return kith_op_client_of_task (self->cx, task, &client, error) &&
         (!is_elsewhere (self, id, client, kith_record_string (task, "staff")) || tell (self, client, error));
}

static gboolean
look (Crossed *self, GError **error)
{
  static const struct { const char *prefix; gboolean (*look) (Crossed *self, const char *id, GError **error); } kinds[] = {
    { "assignment/", look_at_assignment }, { "referral/", look_at_referral }, { "task/", look_at_task },
  };
  JsonObjectIter iter;
  const char *key;

  json_object_iter_init (&iter, self->cx->base);
  while (json_object_iter_next (&iter, &key, NULL))
    for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
      if (g_str_has_prefix (key, kinds[i].prefix) && !kinds[i].look (self, key + strlen (kinds[i].prefix), error))
        return FALSE;
  return TRUE;
}

/* Given to somebody as nobody had them, and a colleague had given them to another: both are on the client now. */
static gboolean
look_at_given (Crossed *self, JsonObject *move, GError **error)
{
  const char *client = kith_json_string (move, "client");
  g_autoptr (GPtrArray) held = NULL;
  gboolean crossed = FALSE;

  if (kith_json_string (move, "from") != NULL)
    return TRUE;
  held = kith_world_find (self->cx->world, NULL, "assignment", "client", client, NULL, error);
  for (guint i = 0; held != NULL && i < held->len && !crossed; i++)
    {
      KithRecord *assignment = held->pdata[i];

      if (kith_record_is (assignment, "agency", self->cx->actor->agency) && kith_record_string (assignment, "case") == NULL &&
          !kith_record_is (assignment, "staff", kith_json_string (move, "to")) && !kith_record_is (assignment, "by", self->cx->actor->user) &&
          !kith_op_is_news (self->cx, assignment, &crossed, error))
        return FALSE;
    }
  return held != NULL && (!crossed || tell (self, client, error));
}

/**
 * kith_op_tell_crossed:
 * @args: of caseload.transfer or caseload.undo
 * @back: the second of them
 *
 * The hub's derive. Its author is told, by the client's number where a list named it, what did not go as it looked on their computer.
 */
gboolean
kith_op_tell_crossed (KithOpContext *cx, JsonObject *args, gboolean back, GError **error)
{
  g_autoptr (GHashTable) done = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) clients = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  Crossed self = { .cx = cx, .transfer = kith_json_string (args, "transfer"), .back = back, .args = args, .done = done, .clients = clients };
  g_autoptr (GPtrArray) parts = NULL;
  JsonArray *moves = kith_json_array (args, "moves");

  if (cx->base == NULL)
    return TRUE;
  if (!load_changes (&self, error))
    return FALSE;
  parts = self.parts;
  if (!load_listed (&self, error) || !look (&self, error))
    return FALSE;
  for (guint i = 0; moves != NULL && i < json_array_get_length (moves); i++)
    if (!look_at_given (&self, json_array_get_object_element (moves, i), error))
      return FALSE;
  return TRUE;
}
