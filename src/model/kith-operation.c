/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kith-operation.h"

#include <glib/gi18n.h>

#include "kith-clock.h"
#include "kith-id.h"
#include "kith-json.h"
#include "kith-model-private.h"
#include "kith-refusal.h"
#include "operations/operations.h"

static const char *const refusal_codes[] = {
  [KITH_REFUSAL_INVALID] = "invalid",
  [KITH_REFUSAL_UNKNOWN] = "unknown_operation",
  [KITH_REFUSAL_NOT_FOUND] = "not_found",
  [KITH_REFUSAL_ACCESS_ENDED] = "access_ended",
  [KITH_REFUSAL_DENIED] = "denied",
  [KITH_REFUSAL_STALE_STATE] = "stale_state",
  [KITH_REFUSAL_CONSENT_MISSING] = "consent_missing",
  [KITH_REFUSAL_REASON_REQUIRED] = "reason_required",
  [KITH_REFUSAL_NOT_DIRECT] = "not_direct",
  [KITH_REFUSAL_NOT_ELIGIBLE] = "not_eligible",
  [KITH_REFUSAL_EXISTS] = "exists",
  [KITH_REFUSAL_CAPACITY_EXHAUSTED] = "capacity_exhausted",
  [KITH_REFUSAL_ONLINE_ONLY] = "online_only",
  [KITH_REFUSAL_AFTER_REFUSED] = "after_refused",
};

static const char *const outcome_codes[] = {
  [KITH_OUTCOME_APPLIED] = "applied",
  [KITH_OUTCOME_MERGED] = "merged",
  [KITH_OUTCOME_NOOP] = "noop",
  [KITH_OUTCOME_REJECTED] = "rejected",
  [KITH_OUTCOME_PARKED] = "parked",
};

static int
find_code (const char *const *codes, guint n, const char *code)
{
  for (guint i = 0; code != NULL && i < n; i++)
    if (strcmp (codes[i], code) == 0)
      return (int) i;
  return -1;
}

const char *
kith_refusal_code (int refusal)
{
  return refusal >= 0 && refusal < (int) G_N_ELEMENTS (refusal_codes) ? refusal_codes[refusal] : "invalid";
}

int
kith_refusal_from_code (const char *code)
{
  return find_code (refusal_codes, G_N_ELEMENTS (refusal_codes), code);
}

/**
 * kith_outcome_code:
 *
 * Returns: (transfer none): the word on the wire: "applied", "merged", "noop", "rejected", "parked"
 */
const char *
kith_outcome_code (KithOutcome outcome)
{
  g_return_val_if_fail ((guint) outcome < G_N_ELEMENTS (outcome_codes), "parked");
  return outcome_codes[outcome];
}

/**
 * kith_outcome_from_code:
 * @code: (nullable): from the hub
 * @outcome: (out): untouched for a word this version does not know
 */
gboolean
kith_outcome_from_code (const char *code, KithOutcome *outcome)
{
  int found = find_code (outcome_codes, G_N_ELEMENTS (outcome_codes), code);

  if (found < 0)
    return FALSE;
  *outcome = (KithOutcome) found;
  return TRUE;
}

/* The table */

static void
add_family (GHashTable *by_name, GPtrArray *all, const KithOperation *family)
{
  for (; family->name != NULL; family++)
    {
      g_ptr_array_add (all, (gpointer) family);
      if (!g_hash_table_insert (by_name, (gpointer) family->name, (gpointer) family))
        g_error ("two operations are called %s", family->name);
    }
}

static GHashTable *
operations_by_name (GPtrArray **list)
{
  static GHashTable *by_name;
  static GPtrArray *all;
  static gsize done = 0;

  if (g_once_init_enter (&done))
    {
      all = g_ptr_array_new ();
      by_name = g_hash_table_new (g_str_hash, g_str_equal);
      add_family (by_name, all, kith_operations_record_patch);
      for (guint i = 0; kith_operation_families[i] != NULL; i++)
        add_family (by_name, all, kith_operation_families[i]);
      g_once_init_leave (&done, 1);
    }
  if (list != NULL)
    *list = all;
  return by_name;
}

/**
 * kith_operation_get:
 * @name: (nullable): "referral.accept"
 *
 * Returns: (transfer none) (nullable): its one static description; NULL: this version knows no such operation
 */
const KithOperation *
kith_operation_get (const char *name)
{
  return name != NULL ? g_hash_table_lookup (operations_by_name (NULL), name) : NULL;
}

/**
 * kith_operations_list:
 * @n: (out): how many
 *
 * Returns: (transfer none) (array length=n): all of them, family by family, for the life of the process
 */
const KithOperation *const *
kith_operations_list (guint *n)
{
  GPtrArray *all;

  operations_by_name (&all);
  *n = all->len;
  return (const KithOperation *const *) all->pdata;
}

JsonObject *
kith_operation_args_for (const KithOperation *operation, JsonObject *args, gint64 schema)
{
  JsonObject *known = NULL;

  for (guint i = 0; i < operation->n_args; i++)
    {
      const KithField *field = &operation->args[i];

      if ((gint64) field->since <= schema || !json_object_has_member (args, field->name))
        continue;
      if (known == NULL)
        known = kith_json_copy_object (args);
      json_object_remove_member (known, field->name);
    }
  return known;
}

/**
 * kith_operation_needs:
 * @schema: of the hub
 *
 * Returns: the schema that a hub must have for this, because the operation would be another one without an argument that such a hub knows first, or would be
 *   refused there; 0: none
 */
gint64
kith_operation_needs (const KithOperation *operation, JsonObject *args, gint64 schema)
{
  gint64 needs = operation->needs != NULL ? operation->needs (args) : 0;

  if (needs <= schema)
    needs = 0;
  for (guint i = 0; i < operation->n_args; i++)
    {
      const KithField *field = &operation->args[i];

      if ((field->flags & KITH_FIELD_MEANT) != 0 && (gint64) field->since > schema && json_object_has_member (args, field->name) &&
          (field->type != KITH_FIELD_BOOL || kith_json_bool (args, field->name, FALSE)))
        needs = MAX (needs, (gint64) field->since);
    }
  return needs;
}

/* Checks before any code of the operation sees the arguments */

/* One sentence for what is not there and for what was never to be seen: nobody learns which it was. */
static gboolean
refuse_not_found (GError **error)
{
  return kith_refuse (error, KITH_REFUSAL_NOT_FOUND, _("This record was not found. Nothing was changed."));
}

/* P17: whose sight has ended is told the record's number and the partner to ask, nothing more: where it is their own agency's the own agency, for where the client
 * was sent since is not theirs to know (C11). */
static void
tell_partner (KithOpContext *cx, KithRecord *record)
{
  const char *number = kith_record_string (record, "number");
  const char *agency = kith_record_string (record, "agency");
  g_autoptr (KithRecord) partner = NULL;

  partner = agency != NULL ? kith_world_get (cx->world, "organization", agency, NULL) : NULL;
  if (number != NULL || partner != NULL)
    kith_op_now (cx, kith_json_new ("number", "s", number, "agency", "s",
                                    partner != NULL ? kith_record_string (partner, "name") : NULL, NULL));
}

gboolean
kith_op_visible (KithOpContext *cx, KithRecord *record, GError **error)
{
  g_autofree char *scope = NULL;

  if (cx->actor->level == KITH_LEVEL_HUB)
    return TRUE;
  scope = kith_record_scope (record);
  if (scope == NULL)
    return refuse_not_found (error);
  switch (kith_world_sees (cx->world, cx->actor, scope))
    {
    case KITH_SEES_NOW:
      return TRUE;
    case KITH_SEES_ENDED:
      tell_partner (cx, record);
      return kith_refuse (error, KITH_REFUSAL_ACCESS_ENDED,
                          _("Your access to this record has ended. Nothing was changed; please contact the partner agency."));
    case KITH_SEES_NOTHING:
      break;
    }
  return refuse_not_found (error);
}

gboolean
kith_op_is_news (KithOpContext *cx, KithRecord *record, gboolean *news, GError **error)
{
  gint64 number = 0;

  if (cx->seen >= 0 && !kith_world_number (cx->world, kith_record_get_kind (record)->name, kith_record_get_id (record), &number, error))
    return FALSE;
  *news = cx->seen >= 0 && number > cx->seen;
  return TRUE;
}

gboolean
kith_op_need (KithOpContext *cx, const char *kind, const char *id, KithRecord **record, GError **error)
{
  g_autoptr (GError) failure = NULL;

  *record = id != NULL ? kith_world_get (cx->world, kind, id, &failure) : NULL;
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  return *record != NULL || !cx->hub || refuse_not_found (error);
}

static gboolean
check_ref (KithOpContext *cx, const KithField *field, JsonNode *value, GError **error)
{
  const char *id = JSON_NODE_HOLDS_VALUE (value) ? json_node_get_string (value) : NULL;
  g_autoptr (KithRecord) record = NULL;

  if (id == NULL || strcmp (id, "network") == 0 || strcmp (id, "hub") == 0)
    return TRUE;
  if (!kith_op_need (cx, field->target, id, &record, error))
    return FALSE;
  return record == NULL || kith_op_visible (cx, record, error);
}

static gboolean check_refs (KithOpContext *cx, const KithField *fields, guint n_fields, JsonObject *values, GError **error);

/* value has the field's type: kith_fields_check () was there before. */
static gboolean
check_refs_of (KithOpContext *cx, const KithField *field, JsonNode *value, GError **error)
{
  if (field->type == KITH_FIELD_REF)
    return check_ref (cx, field, value, error);
  if (field->type == KITH_FIELD_PART)
    {
      const KithKind *part = kith_kind_get (field->target);
      return check_refs (cx, part->fields, part->n_fields, json_node_get_object (value), error);
    }

  JsonArray *array = json_node_get_array (value);
  const KithKind *part = field->type == KITH_FIELD_PARTS ? kith_kind_get (field->target) : NULL;

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);

      if (part != NULL ? !check_refs (cx, part->fields, part->n_fields, json_node_get_object (element), error)
                       : !check_ref (cx, field, element, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_refs (KithOpContext *cx, const KithField *fields, guint n_fields, JsonObject *values, GError **error)
{
  for (guint i = 0; i < n_fields; i++)
    {
      const KithField *field = &fields[i];
      JsonNode *value;

      if (field->type != KITH_FIELD_REF && field->type != KITH_FIELD_REFS && field->type != KITH_FIELD_PART && field->type != KITH_FIELD_PARTS)
        continue;
      if (field->flags & KITH_FIELD_LOOSE)
        continue;
      value = json_object_get_member (values, field->name);
      if (value != NULL && !JSON_NODE_HOLDS_NULL (value) && !check_refs_of (cx, field, value, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_actor (KithOpContext *cx, GError **error)
{
  const KithActor *actor = cx->actor;

  if (actor->level == KITH_LEVEL_HUB)
    return TRUE;
  if (cx->operation->runs == KITH_RUNS_CLOCK)
    return kith_refuse (error, KITH_REFUSAL_DENIED, _("Only the network itself does this, when the time has come."));
  if (!actor->active)
    return kith_refuse (error, KITH_REFUSAL_DENIED, _("Your account is no longer active. Nothing was changed."));
  if (cx->operation->runs == KITH_RUNS_ONLINE && !cx->hub)
    return kith_refuse (error, KITH_REFUSAL_ONLINE_ONLY, _("This needs a connection to the network. Nothing was changed."));
  return TRUE;
}

/* A rule of form broken by the input, found in the arguments or in a record made of them, is a refusal: the world did not fail. */
static gboolean
as_refusal (GError **error)
{
  if (error != NULL && g_error_matches (*error, KITH_MODEL_ERROR, KITH_MODEL_ERROR_INVALID))
    kith_refusal_from_invalid (error);
  return FALSE;
}

/* All of it but apply, whose arguments are in order. */
static gboolean
is_permitted (KithOpContext *cx, JsonObject *args, GError **error)
{
  const KithOperation *operation = cx->operation;

  return check_actor (cx, error)
         && check_refs (cx, operation->args, operation->n_args, args, error)
         && (operation->permit == NULL || operation->permit (cx, args, error));
}

static gboolean
is_known (KithOpContext *cx, GError **error)
{
  return cx->operation != NULL
         || kith_refuse (error, KITH_REFUSAL_UNKNOWN, _("This version of Kith does not know that action. Please update."));
}

/**
 * kith_operation_may:
 * @args: on what; what a person is still to fill in may be missing, what is there must be as it should
 *
 * To show or hide an action before anything is typed. Changes nothing.
 *
 * Returns: whether the rules would allow it; FALSE with the refusal in @error otherwise
 */
gboolean
kith_operation_may (KithOpContext *cx, JsonObject *args, GError **error)
{
  if (!is_known (cx, error))
    return FALSE;
  if (!kith_fields_check_given (cx->operation->args, cx->operation->n_args, args, error))
    return as_refusal (error);
  return is_permitted (cx, args, error);
}

gboolean
kith_operation_run (KithOpContext *cx, JsonObject *args, GError **error)
{
  g_autoptr (GError) failure = NULL;

  cx->outcome = KITH_OUTCOME_APPLIED;
  if (!is_known (cx, &failure)
      || !kith_fields_check (cx->operation->args, cx->operation->n_args, args, FALSE, &failure)
      || !is_permitted (cx, args, &failure)
      || !cx->operation->apply (cx, args, &failure)
      || (cx->hub && cx->outcome != KITH_OUTCOME_NOOP && cx->operation->derive != NULL && !cx->operation->derive (cx, args, &failure)))
    {
      as_refusal (&failure);
      if (failure->domain == KITH_REFUSAL)
        cx->outcome = KITH_OUTCOME_REJECTED;
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  return TRUE;
}

void
kith_op_context_clear (KithOpContext *cx)
{
  g_clear_pointer (&cx->conflicts, g_ptr_array_unref);
  g_clear_pointer (&cx->now, json_object_unref);
}

/* Helpers for operations' code */

/**
 * kith_op_derive_id:
 * @kind: of the row the operation makes
 * @key: tells its rows of that kind apart
 *
 * Returns: (transfer full): the same at desk and hub (design.md 2.2, 4)
 */
char *
kith_op_derive_id (KithOpContext *cx, const char *kind, const char *key)
{
  return kith_id_derive (cx->op_id, kind, key);
}

char *
kith_op_time (KithOpContext *cx)
{
  return kith_time_format (cx->time_ms);
}

/**
 * kith_op_noop:
 *
 * What was asked for is so already: the outcome says so, and it is not a refusal.
 */
void
kith_op_noop (KithOpContext *cx)
{
  cx->outcome = KITH_OUTCOME_NOOP;
}

void
kith_op_conflict (KithOpContext *cx, const char *id)
{
  if (cx->conflicts == NULL)
    cx->conflicts = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (cx->conflicts, g_strdup (id));
  cx->outcome = KITH_OUTCOME_MERGED;
}

void
kith_op_now (KithOpContext *cx, JsonObject *now)
{
  g_clear_pointer (&cx->now, json_object_unref);
  cx->now = now;
}
