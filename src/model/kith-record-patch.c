/* SPDX-License-Identifier: GPL-3.0-or-later */

/* record.patch: plain forms. Every field carries what its author saw and what it should be; what two people changed is merged by
 * the field's class (sync.md 2.5), and whatever loses is kept where it can be found (I14). */

#include "kith-access.h"
#include "kith-merge.h"
#include "kith-model-private.h"
#include "kith-refusal.h"
#include "operations/op-common.h"

/* When and by whom each field was last set, by name of the field. They travel in the body and are in no field table. */
#define FIELD_TIMES "_hlc"
#define FIELD_AUTHORS KITH_FIELD_AUTHORS

#define YIELDS_SINCE 6 /* the schema of the first hub that knows "yields" */

/* Kinds whose records are edited as forms. Everything else changes by operations of its own only. */
static const struct
{
  const char *name;
  gint64 since; /* the schema of the first hub that takes a form of it; 0: all do */
} patched_kinds[] = {
  { "client" }, { "client_billing" }, { "client_health" }, { "care" }, { "case" }, { "goal" }, { "task", 6 }, { "enrollment", 6 }, { "care_team_member", 6 }, { "staff" }, { "contact_record" }, { "contact_need" },
};

/* -1: of none of these */
static gint64
patched_since (const char *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (patched_kinds); i++)
    if (g_strcmp0 (patched_kinds[i].name, kind) == 0)
      return patched_kinds[i].since;
  return -1;
}

typedef struct
{
  KithOpContext *cx;
  KithRecord *record;
  char *scope;
  const char *key; /* begins the key of what is kept; NULL: one record is all the operation changes so */
  gboolean yields; /* this field: to whatever is there that its author had not seen */
  guint n_applied;
  guint n_merged;
} Patch;

static JsonNode *
node_for_string (const char *text)
{
  return text != NULL ? json_node_init_string (json_node_alloc (), text) : NULL;
}

static JsonNode *
member (JsonObject *change, const char *name)
{
  JsonNode *node = json_object_get_member (change, name);
  return node != NULL && !JSON_NODE_HOLDS_NULL (node) ? node : NULL;
}

/* Writes name → text into one of the two books of the body. */
static void
note_in_book (KithRecord *record, const char *book, const char *name, const char *text)
{
  JsonObject *before = kith_record_object (record, book);
  JsonObject *after = before != NULL ? kith_json_copy_object (before) : json_object_new ();

  json_object_set_string_member (after, name, text);
  kith_record_set_node (record, book, json_node_init_object (json_node_alloc (), after));
  json_object_unref (after);
}

/* For whom a task is: given to somebody, not only written down otherwise. */
static gboolean
gives_task (Patch *self, const KithField *field)
{
  return strcmp (kith_record_get_kind (self->record)->name, "task") == 0 && strcmp (field->name, "staff") == 0;
}

static void
set_field (Patch *self, const KithField *field, JsonNode *value)
{
  g_autofree char *time = kith_op_time (self->cx);

  kith_record_set_node (self->record, field->name, value != NULL ? json_node_ref (value) : NULL);
  if (gives_task (self, field))
    kith_record_set_string (self->record, "assigned_at", time);
  if (self->cx->hlc != NULL)
    note_in_book (self->record, FIELD_TIMES, field->name, self->cx->hlc);
  if (self->cx->actor->name != NULL)
    note_in_book (self->record, FIELD_AUTHORS, field->name, self->cx->actor->name);
}

static const char *
look_in_book (Patch *self, const char *book, const KithField *field)
{
  JsonObject *entries = kith_record_object (self->record, book);
  return entries != NULL ? kith_json_string (entries, field->name) : NULL;
}

/* A value that no longer stands: mine, or the one that was there. An operation that sets fields by key may set one twice: what it said between nobody saw. */
static gboolean
put_history (Patch *self, const KithField *field, JsonNode *value, gboolean mine, GError **error)
{
  g_autofree char *key = self->key != NULL ? g_strconcat (self->key, ":", field->name, NULL) : g_strdup (field->name);
  g_autofree char *id = kith_op_derive_id (self->cx, "field_history", key), *at = kith_op_time (self->cx);
  g_autoptr (KithRecord) history = kith_record_new (kith_kind_get ("field_history"), id), kept = NULL;

  if (self->key != NULL && (!kith_op_get (self->cx, "field_history", id, &kept, error) || kept != NULL))
    return kept != NULL;
  kith_record_set_string (history, "t", kith_record_get_kind (self->record)->name);
  kith_record_set_string (history, "record", kith_record_get_id (self->record));
  kith_record_set_string (history, "field", field->name);
  kith_record_set_node (history, "value", value != NULL ? json_node_ref (value) : NULL);
  kith_record_set_string (history, "by", mine ? self->cx->actor->user : NULL);
  kith_record_set_string (history, "by_name", mine ? self->cx->actor->name : look_in_book (self, FIELD_AUTHORS, field));
  kith_record_set_string (history, "hlc", mine ? self->cx->hlc : look_in_book (self, FIELD_TIMES, field));
  kith_record_set_string (history, "at", at);
  kith_record_set_string (history, "kept_hlc", mine ? look_in_book (self, FIELD_TIMES, field) : self->cx->hlc);
  if (mine)
    kith_record_set_bool (history, "set_aside", TRUE);
  kith_op_sign_change (self->cx, history);
  kith_record_set_string (history, "scope", self->scope);
  return kith_world_put (self->cx->world, history, error);
}

static gboolean
is_authors (Patch *self, KithRecord *conflict)
{
  return kith_record_string (conflict, "mine_staff") != NULL ? kith_record_is (conflict, "mine_staff", self->cx->actor->user)
                                                              : kith_record_is (conflict, "mine_by", self->cx->actor->name);
}

/* The author changed a value of their own that already waits in a conflict: the conflict follows, it is not doubled (I13). What it
 * said before goes to the history. A proposal's author is shown what stands, so the former one is theirs whatever it said. */
static KithRecord *
find_open_conflict (Patch *self, const KithField *field, gboolean proposed, JsonNode *old, GError **error)
{
  g_autoptr (GPtrArray) found = kith_world_find (self->cx->world, self->scope, "conflict", "record",
                                                 kith_record_get_id (self->record), NULL, error);

  for (guint i = 0; found != NULL && i < found->len; i++)
    {
      KithRecord *conflict = g_ptr_array_index (found, i);

      if (kith_record_is (conflict, "state", "open") && kith_record_is (conflict, "field", field->name)
          && is_authors (self, conflict) && kith_record_bool (conflict, "proposed") == proposed
          && (proposed || kith_merge_equal (json_object_get_member (kith_record_get_body (conflict), "mine"), old)))
        return g_object_ref (conflict);
    }
  return NULL;
}

static KithRecord *
new_conflict (Patch *self, const KithField *field, gboolean proposed)
{
  g_autofree char *id = kith_op_derive_id (self->cx, "conflict", field->name), *at = kith_op_time (self->cx);
  g_autofree char *agency = kith_op_clip (self->cx->actor->agency_name, 255);
  KithRecord *conflict = kith_record_new (kith_kind_get ("conflict"), id);

  kith_record_set_string (conflict, "t", kith_record_get_kind (self->record)->name);
  kith_record_set_string (conflict, "record", kith_record_get_id (self->record));
  kith_record_set_string (conflict, "field", field->name);
  kith_record_set_string (conflict, "mine_by", self->cx->actor->name);
  kith_record_set_string (conflict, "mine_staff", self->cx->actor->user);
  kith_record_set_string (conflict, "mine_agency", agency);
  kith_record_set_string (conflict, "at", at);
  kith_record_set_string (conflict, "state", "open");
  kith_record_set_string (conflict, "scope", self->scope);
  if (proposed)
    kith_record_set_bool (conflict, "proposed", TRUE);
  return conflict;
}

static gboolean
put_conflict (Patch *self, const KithField *field, gboolean proposed, JsonNode *old, JsonNode *value, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (KithRecord) conflict = find_open_conflict (self, field, proposed, old, &failure);
  JsonNode *current = json_object_get_member (kith_record_get_body (self->record), field->name), *before;

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  before = conflict != NULL ? json_object_get_member (kith_record_get_body (conflict), "mine") : NULL;
  if (conflict != NULL && proposed && kith_merge_equal (before, value))
    return TRUE; /* said before */
  if (conflict != NULL && !put_history (self, field, before, TRUE, error))
    return FALSE;
  if (conflict == NULL)
    conflict = new_conflict (self, field, proposed);
  self->n_merged++;
  kith_record_set_node (conflict, "mine", value != NULL ? json_node_ref (value) : NULL);
  kith_record_set_node (conflict, "theirs", current != NULL ? json_node_ref (current) : NULL);
  kith_record_set_node (conflict, "theirs_by", node_for_string (look_in_book (self, FIELD_AUTHORS, field)));
  kith_op_conflict (self->cx, kith_record_get_id (conflict));
  return kith_world_put (self->cx->world, conflict, error);
}

/* "No" and an empty text or list are as little of a statement as none. */
static gboolean
is_empty (JsonNode *node)
{
  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  if (JSON_NODE_HOLDS_ARRAY (node))
    return json_array_get_length (json_node_get_array (node)) == 0;
  if (JSON_NODE_HOLDS_OBJECT (node))
    return json_object_get_size (json_node_get_object (node)) == 0;
  if (json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    return !json_node_get_boolean (node);
  return json_node_get_value_type (node) == G_TYPE_STRING && kith_text_blank (json_node_get_string (node));
}

/* What the field said before, also where that was nothing: who filled it in, and when, is read there (D12). That nothing became as little is no
 * change to read. */
static gboolean
put_former (Patch *self, const KithField *field, JsonNode *current, JsonNode *value, GError **error)
{
  return (is_empty (current) && is_empty (value)) || put_history (self, field, current, FALSE, error);
}

gboolean
kith_op_set_kept_node (KithOpContext *cx, KithRecord *record, const char *name, JsonNode *value, GError **error)
{
  const KithField *field = kith_kind_get_field (kith_record_get_kind (record), name);
  JsonNode *current = json_object_get_member (kith_record_get_body (record), name);
  g_autofree char *scope = kith_record_scope (record);
  Patch patch = { .cx = cx, .record = record, .scope = scope, .key = kith_record_get_id (record) };

  if (is_empty (current) ? is_empty (value) : kith_merge_equal (current, value))
    return TRUE;
  if (!put_history (&patch, field, current, FALSE, error))
    return FALSE;
  set_field (&patch, field, value);
  return TRUE;
}

void
kith_op_set_noted (KithOpContext *cx, KithRecord *record, const char *name, const char *text)
{
  g_autoptr (JsonNode) value = node_for_string (text);
  Patch patch = { .cx = cx, .record = record };

  set_field (&patch, kith_kind_get_field (kith_record_get_kind (record), name), value);
}

/* Whose word does not take the place of what is there may fill in what is missing. */
static gboolean
is_proposal (Patch *self, const KithField *field, JsonNode *current, JsonNode *value, gboolean *proposal, GError **error)
{
  gboolean may = TRUE;

  if (!is_empty (current) && !kith_merge_equal (current, value) &&
      !kith_access_may_replace (self->cx->world, self->cx->actor, self->record, field, &may, error))
    return FALSE;
  *proposal = !may;
  return TRUE;
}

/* Whoever gave it to somebody meanwhile, or took them off what it is about (A6), is not overruled by who had not heard of it; nor is anybody by what a list
 * fills in or takes back ("yields"), which nobody said there and then. */
static KithMergeVerdict
merge (Patch *self, const KithField *field, JsonNode *current, JsonNode *old, JsonNode *value, JsonNode **merged)
{
  KithMergeVerdict verdict = kith_merge_field (field, current, old, value, look_in_book (self, FIELD_TIMES, field), self->cx->hlc, merged);
  if (verdict == KITH_MERGE_APPLY && self->yields && !kith_merge_equal (current, old))
    return KITH_MERGE_CONFLICT; /* an own word, which no list had heard of */
  return verdict == KITH_MERGE_MINE && (self->yields || gives_task (self, field)) ? KITH_MERGE_THEIRS : verdict;
}

static gboolean
patch_field (Patch *self, const KithField *field, JsonNode *old, JsonNode *value, GError **error)
{
  JsonNode *current = json_object_get_member (kith_record_get_body (self->record), field->name);
  g_autoptr (JsonNode) merged = NULL;
  gboolean proposal;

  if (!is_proposal (self, field, current, value, &proposal, error))
    return FALSE;
  if (proposal)
    return put_conflict (self, field, TRUE, old, value, error);
  switch (merge (self, field, current, old, value, &merged))
    {
    case KITH_MERGE_SAME:
      return TRUE;
    /* What it said before is the record's history, whoever wrote it. */
    case KITH_MERGE_APPLY:
      self->n_applied++;
      if (!put_former (self, field, current, value, error))
        return FALSE;
      set_field (self, field, value);
      return TRUE;
    case KITH_MERGE_UNION:
      self->n_merged++;
      if (!kith_merge_equal (current, merged) && !put_former (self, field, current, merged, error))
        return FALSE;
      set_field (self, field, merged);
      return TRUE;
    case KITH_MERGE_MINE:
      self->n_merged++;
      if (!put_history (self, field, current, FALSE, error))
        return FALSE;
      set_field (self, field, value);
      return TRUE;
    case KITH_MERGE_THEIRS:
      self->n_merged++;
      return put_history (self, field, value, TRUE, error);
    case KITH_MERGE_CONFLICT:
      return put_conflict (self, field, FALSE, old, value, error);
    }
  g_return_val_if_reached (FALSE);
}

static gboolean
is_yielding (JsonNode *change)
{
  return JSON_NODE_HOLDS_OBJECT (change) && kith_json_bool (json_node_get_object (change), "yields", FALSE);
}

/* One entry of set: a field that may be patched, and {old, new} of its type. */
static gboolean
check_change (const KithKind *kind, const char *name, JsonNode *node, const KithField **field, GError **error)
{
  *field = kith_kind_get_field (kind, name);
  if (*field == NULL)
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("This form names a field that does not belong to it."));
  if ((*field)->merge == KITH_MERGE_FIXED)
    {
      kith_refuse (error, KITH_REFUSAL_INVALID, _("%s: this cannot be changed in a form."), _((*field)->label));
      return kith_refusal_mark_words (error, 0);
    }
  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      kith_refuse (error, KITH_REFUSAL_INVALID, _("%s: this needs the value before and the value after."), _((*field)->label));
      return kith_refusal_mark_words (error, 0);
    }
  return kith_field_check (*field, member (json_node_get_object (node), "new"), error);
}

static gboolean
get_patched (KithOpContext *cx, JsonObject *args, const KithKind **kind, KithRecord **record, GError **error)
{
  const char *id = kith_json_string (args, "id"), *client = kith_json_string (args, "client");
  const char *name = kith_json_string (args, "t");

  *record = NULL;
  *kind = patched_since (name) >= 0 ? kith_kind_get (name) : NULL;
  if (*kind == NULL)
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("This kind of record cannot be changed in a form."));
  return kith_op_need_of_client (cx, *kind, id, client, record, NULL, error) && (*record == NULL || kith_op_visible (cx, *record, error));
}

/* A goal is its case's agency's; where the case is not on this computer the hub decides. */
static gboolean
may_patch_goal (KithOpContext *cx, KithRecord *goal, gboolean *may, GError **error)
{
  g_autoptr (KithRecord) of = NULL;

  if (!kith_op_get (cx, "case", kith_record_string (goal, "case"), &of, error))
    return FALSE;
  *may = of == NULL ? !cx->hub : kith_record_is (of, "agency", cx->actor->agency);
  return TRUE;
}

/* A person's own entry, or anybody's of the agency for its administrators; the record of care is its agency's. */
static gboolean
may_patch (KithOpContext *cx, KithRecord *record)
{
  const KithActor *actor = cx->actor;
  const char *kind = kith_record_get_kind (record)->name;

  if (actor->level == KITH_LEVEL_HUB)
    return TRUE;
  /* Of its own account it changes one thing, and not by this (P15). */
  if (actor->level == KITH_LEVEL_PORTAL)
    return FALSE;
  if (strcmp (kind, "staff") == 0)
    return g_strcmp0 (kith_record_get_id (record), actor->user) == 0 || actor->level == KITH_LEVEL_NETWORK
           || (kith_actor_has_duty (actor, KITH_DUTY_ADMIN) && kith_record_is (record, "agency", actor->agency));
  if (g_str_has_prefix (kind, "contact_"))
    return actor->level == KITH_LEVEL_NETWORK;
  if (actor->level != KITH_LEVEL_STANDARD || !actor->trained)
    return FALSE;
  if (strcmp (kind, "care") == 0 || strcmp (kind, "case") == 0 || strcmp (kind, "task") == 0 || strcmp (kind, "enrollment") == 0 ||
      strcmp (kind, "care_team_member") == 0)
    return kith_record_is (record, "agency", actor->agency);
  return TRUE;
}

static gboolean
patch_permit (KithOpContext *cx, JsonObject *args, GError **error)
{
  g_autoptr (KithRecord) record = NULL;
  const KithKind *kind;
  gboolean may = TRUE;

  if (!get_patched (cx, args, &kind, &record, error))
    return FALSE;
  if (record != NULL && may_patch (cx, record) && cx->actor->level != KITH_LEVEL_HUB && strcmp (kind->name, "goal") == 0 &&
      !may_patch_goal (cx, record, &may, error))
    return FALSE;
  if (record != NULL && (!may || !may_patch (cx, record)))
    return kith_refuse (error, KITH_REFUSAL_DENIED, _("You may see this record but not change it."));
  return strcmp (kind->name, "task") != 0 || kith_op_check_task_patch (cx, record, kith_json_object (args, "set"), error);
}

static gboolean
patch_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  JsonObject *set = kith_json_object (args, "set");
  g_autoptr (KithRecord) record = NULL;
  g_autofree char *scope = NULL;
  const KithKind *kind;
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;
  gboolean over; /* of an enrollment, or of work in a care team: it had ended */

  if (set == NULL)
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("This form does not say what to change."));
  if (!get_patched (cx, args, &kind, &record, error))
    return FALSE;
  scope = record != NULL ? kith_record_scope (record) : NULL;
  over = record != NULL && kith_record_string (record, "ended_on") != NULL;

  Patch patch = { .cx = cx, .record = record, .scope = scope };

  json_object_iter_init_ordered (&iter, set);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    {
      const KithField *field;

      if (!check_change (kind, name, node, &field, error))
        return FALSE;
      patch.yields = is_yielding (node);
      if (record != NULL
          && !patch_field (&patch, field, member (json_node_get_object (node), "old"), member (json_node_get_object (node), "new"), error))
        return FALSE;
    }
  if (patch.n_merged > 0)
    cx->outcome = KITH_OUTCOME_MERGED;
  else if (patch.n_applied == 0 && record != NULL)
    kith_op_noop (cx);
  if (patch.n_applied + patch.n_merged == 0)
    return TRUE;
  if ((strcmp (kind->name, "client") == 0 && !kith_op_check_identity (record, error)) ||
      (strcmp (kind->name, "enrollment") == 0 && !kith_op_check_enrollment (cx, record, over, error)) ||
      (strcmp (kind->name, "care_team_member") == 0 && !kith_op_check_member (cx, record, over, error)))
    return FALSE;
  return kith_world_put (cx->world, record, error);
}

/* C16: who received a referral and does not hold the client's record learns of it as well. */
static gboolean
patch_derive (KithOpContext *cx, JsonObject *args, GError **error)
{
  JsonObject *set = kith_json_object (args, "set");

  return set == NULL || !json_object_has_member (set, "do_not_contact") ||
         kith_op_carry_do_not_contact_of (cx, kith_json_string (args, "t"), kith_json_string (args, "id"), "do_not_contact", error);
}

/* An older hub refuses a form of a kind that it knows none of, and would write over what is to be yielded to: it waits. */
static gint64
patch_needs (JsonObject *args)
{
  JsonObject *set = kith_json_object (args, "set");
  g_autoptr (GList) changes = set != NULL ? json_object_get_values (set) : NULL;

  for (GList *l = changes; l != NULL; l = l->next)
    if (is_yielding (l->data))
      return YIELDS_SINCE;
  return MAX (patched_since (kith_json_string (args, "t")), 0);
}

static const KithField patch_args[] = {
  { "t", KITH_FIELD_STRING, N_("Kind of record"), KITH_FIELD_REQUIRED },
  { "id", KITH_FIELD_ID, N_("Record"), KITH_FIELD_REQUIRED },
  { "set", KITH_FIELD_JSON, N_("Changes"), KITH_FIELD_REQUIRED },
  /* For what exists once per client: begins it where nothing was recorded yet. */
  { "client", KITH_FIELD_REF, N_("Client"), .target = "client" },
};

const KithOperation kith_operations_record_patch[] = {
  {
    .name = "record.patch",
    .label = N_("Change details"),
    .args = patch_args,
    .n_args = G_N_ELEMENTS (patch_args),
    .permit = patch_permit,
    .apply = patch_apply,
    .derive = patch_derive,
    .needs = patch_needs,
  },
  { NULL },
};
