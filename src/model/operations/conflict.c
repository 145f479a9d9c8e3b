/* SPDX-License-Identifier: GPL-3.0-or-later */

/* conflict.settle: somebody picks between two values of one field. Whatever loses stays in the conflict or in the
 * field's history (I14). */

#include "kith-access.h"
#include "kith-merge.h"
#include "operations/op-common.h"

static gboolean
load (KithOpContext *cx, JsonObject *args, KithRecord **conflict, KithRecord **record, GError **error)
{
  *record = NULL;
  if (!kith_op_need (cx, "conflict", kith_json_string (args, "conflict"), conflict, error))
    return FALSE;
  if (*conflict == NULL)
    return TRUE;
  if (kith_kind_get (kith_record_string (*conflict, "t")) == NULL)
    return kith_refuse (error, KITH_REFUSAL_INVALID,
                        _("This version of Kith does not know that kind of record. Please update."));
  return kith_op_need (cx, kith_record_string (*conflict, "t"), kith_record_string (*conflict, "record"), record,
                       error);
}

/* Whose word may take the place of what is there says which of the two stands; a proposal is not its author's to accept. */
static gboolean
check_replaces (KithOpContext *cx, KithRecord *conflict, KithRecord *record, GError **error)
{
  const char *name = kith_record_string (conflict, "field");
  const KithField *field = kith_kind_get_field (kith_record_get_kind (record), name != NULL ? name : "");
  gboolean may = TRUE;

  if (field != NULL && !kith_access_may_replace (cx->world, cx->actor, record, field, &may, error))
    return FALSE;
  return may || kith_refuse (error, KITH_REFUSAL_DENIED,
                             _("The agency that registered this client decides which of the two stands, or one where the client is enrolled."));
}

/* Who may change the field may settle what became of it. */
static gboolean
settle_permit (KithOpContext *cx, JsonObject *args, GError **error)
{
  g_autoptr (KithRecord) conflict = NULL;
  g_autoptr (KithRecord) record = NULL;
  g_autoptr (JsonObject) patch = NULL;

  if (!load (cx, args, &conflict, &record, error))
    return FALSE;
  if (record == NULL)
    return TRUE;
  patch = kith_json_new ("t", "s", kith_record_string (conflict, "t"), "id", "s",
                         kith_record_string (conflict, "record"), NULL);
  return kith_operation_get ("record.patch")->permit (cx, patch, error) && check_replaces (cx, conflict, record, error);
}

static JsonNode *
value_of (KithRecord *record, const char *field)
{
  return json_object_get_member (kith_record_get_body (record), field);
}

static const char *
in_book (KithRecord *record, const char *book, const char *field)
{
  JsonObject *entries = kith_record_object (record, book);

  return entries != NULL ? kith_json_string (entries, field) : NULL;
}

static void
set_book (KithRecord *record, const char *book, const char *field, const char *text)
{
  JsonObject *before = kith_record_object (record, book);
  g_autoptr (JsonObject) after = before != NULL ? kith_json_copy_object (before) : json_object_new ();

  if (text == NULL)
    return;
  json_object_set_string_member (after, field, text);
  kith_record_set_node (record, book, json_node_init_object (json_node_alloc (), after));
}

static gboolean
put_history (KithOpContext *cx, KithRecord *conflict, JsonNode *value, const char *by_name, const char *hlc, const char *kept_hlc, gboolean aside,
             GError **error)
{
  g_autofree char *id = kith_op_derive_id (cx, "field_history", kith_record_string (conflict, "field"));
  g_autofree char *time = kith_op_time (cx);
  g_autoptr (KithRecord) history = kith_op_new ("field_history", id);

  kith_record_set_string (history, "t", kith_record_string (conflict, "t"));
  kith_record_set_string (history, "record", kith_record_string (conflict, "record"));
  kith_record_set_string (history, "field", kith_record_string (conflict, "field"));
  kith_record_set_string (history, "scope", kith_record_string (conflict, "scope"));
  kith_record_set_node (history, "value", value != NULL ? json_node_copy (value) : NULL);
  kith_record_set_string (history, "by_name", by_name);
  kith_record_set_string (history, "hlc", hlc);
  kith_record_set_string (history, "at", time);
  kith_record_set_string (history, "kept_hlc", kept_hlc);
  if (aside)
    kith_record_set_bool (history, "set_aside", TRUE);
  kith_op_sign_change (cx, history);
  return kith_world_put (cx->world, history, error);
}

static gboolean
keep_mine (KithOpContext *cx, KithRecord *conflict, KithRecord *record, GError **error)
{
  const char *field = kith_record_string (conflict, "field");
  JsonNode *mine = value_of (conflict, "mine");

  if (!put_history (cx, conflict, value_of (record, field), in_book (record, "_by", field),
                    in_book (record, "_hlc", field), cx->hlc, FALSE, error))
    return FALSE;
  kith_record_set_node (record, field, mine != NULL ? json_node_copy (mine) : NULL);
  set_book (record, "_hlc", field, cx->hlc);
  set_book (record, "_by", field, cx->actor->name);
  return kith_world_put (cx->world, record, error);
}

/* The author of the later entry may have changed it again while this settlement was under way: nobody picks a value that was not
 * shown. An argument that is not there (an older Kith) is not compared. */
static gboolean
check_shown (KithOpContext *cx, KithRecord *conflict, JsonObject *args, GError **error)
{
  JsonNode *mine = value_of (conflict, "mine");
  JsonObject *now;

  if (!json_object_has_member (args, "mine") || kith_merge_equal (mine, json_object_get_member (args, "mine")))
    return TRUE;
  now = kith_json_new ("state", "s", "open", "by", "s", kith_record_string (conflict, "mine_by"), NULL);
  json_object_set_member (now, "mine", mine != NULL ? json_node_copy (mine) : json_node_new (JSON_NODE_NULL));
  kith_op_now (cx, now);
  return kith_refuse (error, KITH_REFUSAL_STALE_STATE, _("The later entry was changed once more. Please choose again."));
}

static gboolean
settle_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  const char *keep = kith_json_string (args, "keep");
  g_autoptr (KithRecord) conflict = NULL;
  g_autoptr (KithRecord) record = NULL;
  g_autofree char *time = kith_op_time (cx);

  if (!load (cx, args, &conflict, &record, error))
    return FALSE;
  if (conflict == NULL)
    return TRUE;
  if (kith_record_is (conflict, "state", "settled"))
    {
      if (kith_record_is (conflict, "kept", keep))
        {
          kith_op_noop (cx);
          return TRUE;
        }
      kith_op_now (cx, kith_json_new ("state", "s", "settled", "kept", "s", kith_record_string (conflict, "kept"), "by",
                                      "s", kith_record_string (conflict, "settled_by"), "at", "s",
                                      kith_record_string (conflict, "settled_at"), NULL));
      return kith_refuse (error, KITH_REFUSAL_STALE_STATE, _("Somebody else has settled this already."));
    }
  if (!check_shown (cx, conflict, args, error))
    return FALSE;
  if (record != NULL && g_str_equal (keep, "mine") && !keep_mine (cx, conflict, record, error))
    return FALSE;
  /* Both: what stands stays in the field, the other is found beside it in the history. */
  if (record != NULL && g_str_equal (keep, "both") &&
      !put_history (cx, conflict, value_of (conflict, "mine"), kith_record_string (conflict, "mine_by"), NULL,
                    in_book (record, "_hlc", kith_record_string (conflict, "field")), TRUE, error))
    return FALSE;
  kith_record_set_string (conflict, "state", "settled");
  kith_record_set_string (conflict, "kept", keep);
  kith_record_set_string (conflict, "settled_by", cx->actor->name);
  kith_record_set_string (conflict, "settled_at", time);
  return kith_world_put (cx->world, conflict, error);
}

/* C16: whichever of the two stands now reaches those who received a referral, as a change in the form does. */
static gboolean
settle_derive (KithOpContext *cx, JsonObject *args, GError **error)
{
  g_autoptr (KithRecord) conflict = NULL;

  if (!kith_op_get (cx, "conflict", kith_json_string (args, "conflict"), &conflict, error))
    return FALSE;
  return conflict == NULL || kith_op_carry_do_not_contact_of (cx, kith_record_string (conflict, "t"), kith_record_string (conflict, "record"),
                                                              kith_record_string (conflict, "field"), error);
}

static const KithField settle_args[] = {
  { "conflict", KITH_FIELD_REF, N_("Conflict"), KITH_FIELD_REQUIRED, .target = "conflict" },
  { "keep", KITH_FIELD_CODE, N_("What to keep"), KITH_FIELD_REQUIRED, .vocabulary = "kept" },
  { "mine", KITH_FIELD_JSON, N_("Later entry, as it was shown") },
};

const KithOperation kith_operations_conflict[] = {
  { "conflict.settle", N_("Settle conflict"), KITH_RUNS_DESK, 0, settle_args, G_N_ELEMENTS (settle_args),
    settle_permit, settle_apply, settle_derive },
  { NULL },
};
