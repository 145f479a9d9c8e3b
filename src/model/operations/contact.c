/* SPDX-License-Identifier: GPL-3.0-or-later */

/* contact.record, .answer, .add_need, .assign: a call to 2-1-1 taken down, and what is done for it straight from the form (P12, P21, P22, U7). What is
 * changed later in the record or a need goes by record.patch. */

#include "operations/form-common.h"
#include "operations/referral-common.h"

static KithRecord *
new_need (const char *contact, JsonObject *line, gint64 place)
{
  static const char *const fields[] = { "words", "term", "status", "note", NULL };
  KithRecord *need = kith_op_new ("contact_need", kith_json_string (line, "id"));

  kith_record_set_string (need, "contact", contact);
  kith_record_set_int (need, "place", place);
  kith_op_copy (need, line, fields);
  if (kith_record_string (need, "status") == NULL)
    kith_record_set_string (need, "status", "open");
  return need;
}

static gboolean
put_needs (KithOpContext *cx, JsonObject *args, GError **error)
{
  JsonArray *lines = kith_json_array (args, "needs");

  for (guint i = 0; lines != NULL && i < json_array_get_length (lines); i++)
    {
      g_autoptr (KithRecord) need = new_need (kith_json_string (args, "id"), json_array_get_object_element (lines, i), i);

      if (!kith_op_refuse_taken (cx, "contact_need", kith_record_get_id (need), error) || !kith_world_put (cx->world, need, error))
        return FALSE;
    }
  return TRUE;
}

/* A call nobody could be helped by is a call all the same; an empty form is not. */
static gboolean
check_said_something (JsonObject *args, GError **error)
{
  JsonArray *needs = kith_json_array (args, "needs");

  if ((needs != NULL && json_array_get_length (needs) > 0) || !kith_op_blank (args, "notes") || !kith_op_blank (args, "name") ||
      !kith_op_blank (args, "caller_name"))
    return TRUE;
  return kith_refuse (error, KITH_REFUSAL_INVALID, _("Write down who called, what they need, or a note."));
}

/* U7: whoever takes the call that a referral to 2-1-1 asks for has answered it: it is accepted, and its timeline says how the person was spoken to. What
 * cannot be accepted any more (taken back, its consent ended) is a call all the same. */
static gboolean
take_up (KithOpContext *cx, JsonObject *args, KithRecord *referral, const char *at, GError **error)
{
  const char *phase = kith_record_string (referral, "phase"), *how = kith_json_string (args, "how");
  gboolean for_self = kith_json_string (args, "caller_kind") == NULL || g_str_equal (kith_json_string (args, "caller_kind"), "self");
  guint sides = kith_referral_sides (cx->world, cx->actor, referral, error);
  g_autoptr (GError) local = NULL;

  if (sides == G_MAXUINT)
    return FALSE;
  if ((sides & KITH_SIDE_NETWORK) == 0 || !kith_referral_step_exists ("referral.record_contact", phase, NULL))
    return TRUE;
  if (g_str_equal (phase, "sent"))
    {
      g_autoptr (JsonObject) with = kith_json_new ("referral", "s", kith_record_get_id (referral), "from", "s", phase, NULL);

      if (!kith_op_run_step (cx, "referral.accept", with, NULL, &local) && local->domain != KITH_REFUSAL)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      if (local != NULL)
        return TRUE;
    }
  return kith_op_add_second_event (cx, referral, "contact",
                                   kith_json_new ("how", "s", kith_vocabulary_has (kith_vocabulary_get ("contact_how"), how) ? how : "other", "result", "s",
                                                  for_self ? "reached" : "other", "text", "s", kith_json_string (args, "number"), "at", "s", at, NULL),
                                   error);
}

static gboolean
record_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  static const char *const fields[] = { "number", "how", "caller_kind", "caller_name", "name", "date_of_birth", "phones", "email", "city",
                                        "postal_code", "languages", "interpreter_needed", "do_not_contact", "referral", "notes", "resources", NULL };
  const char *id = kith_json_string (args, "id");
  g_autofree char *scope = g_strconcat ("contact:", id, NULL);
  g_autofree char *at = NULL;
  g_autofree char *author = kith_op_clip (cx->actor->name, 255);
  g_autoptr (KithRecord) referral = NULL;
  g_autoptr (KithRecord) contact = NULL;

  if (json_object_has_member (args, "answers") && kith_json_array (args, "answers") == NULL)
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("The answers are not described as they should be."));
  if (!check_said_something (args, error) || !kith_op_refuse_taken (cx, "contact_record", id, error) || !kith_op_check_number (args, error) ||
      !kith_op_check_time (cx, args, "submitted_at", &at, error) ||
      (kith_json_string (args, "referral") != NULL && !kith_op_referral (cx, args, &referral, error)))
    return FALSE;
  contact = kith_op_new ("contact_record", id);
  kith_op_copy (contact, args, fields);
  kith_record_set_string (contact, "submitted_at", at);
  kith_record_set_string (contact, "author", cx->actor->user);
  kith_record_set_string (contact, "author_name", author);
  if (referral != NULL)
    kith_record_set_string (contact, "client", kith_record_string (referral, "client"));
  return kith_world_begin_scope (cx->world, scope, error) && kith_world_put (cx->world, contact, error) && put_needs (cx, args, error) &&
         kith_op_put_answers (cx, kith_json_array (args, "answers"), contact, NULL, error) && (referral == NULL || take_up (cx, args, referral, at, error));
}

/* The sender learns that it was taken. */
static gboolean
record_derive (KithOpContext *cx, JsonObject *args, GError **error)
{
  const KithOperation *accept = kith_operation_get ("referral.accept");
  g_autoptr (KithRecord) referral = NULL;
  g_autoptr (KithRecord) event = NULL;

  if (kith_json_string (args, "referral") == NULL)
    return TRUE;
  return kith_op_referral (cx, args, &referral, error) && kith_op_find_event (cx, referral, "accepted", &event, error) &&
         (event == NULL || accept->derive (cx, args, error));
}

static gboolean
get_contact (KithOpContext *cx, JsonObject *args, KithRecord **contact, GError **error)
{
  return kith_op_need (cx, "contact_record", kith_json_string (args, "contact"), contact, error);
}

/* P2: what the forms of calls ask, of a record that is there: when it goes into a queue that asks more, somebody calls again, or what was taken down
 * is put right by whoever may edit the call ("seen"). What was answered before is read in the record's history. */
static gboolean
answer_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  g_autoptr (KithRecord) contact = NULL;
  gboolean changed = FALSE;

  if (kith_json_array (args, "answers") == NULL || (json_object_has_member (args, "seen") && kith_json_array (args, "seen") == NULL))
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("The answers are not described as they should be."));
  if (!get_contact (cx, args, &contact, error))
    return FALSE;
  if (contact == NULL)
    return TRUE;
  if (!kith_op_correct_answers (cx, kith_json_array (args, "answers"), kith_json_array (args, "seen"), contact, &changed, error))
    return FALSE;
  if (!changed)
    kith_op_noop (cx);
  return TRUE;
}

static gboolean
add_need_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  const char *contact_id = kith_json_string (args, "contact");
  g_autofree char *scope = g_strconcat ("contact:", contact_id, NULL);
  g_autoptr (KithRecord) contact = NULL;
  g_autoptr (KithRecord) need = NULL;
  g_autoptr (GPtrArray) others = NULL;

  if (!get_contact (cx, args, &contact, error) || !kith_op_refuse_taken (cx, "contact_need", kith_json_string (args, "id"), error))
    return FALSE;
  others = kith_world_find (cx->world, scope, "contact_need", "contact", contact_id, NULL, error);
  if (others == NULL)
    return FALSE;
  need = new_need (contact_id, args, others->len);
  return kith_world_put (cx->world, need, error);
}

/* P21: into a queue, to a resource, or both: a referral of the network's own, which carries the record's number, name, date and postal
 * code (P12). */

static gboolean
get_need (KithOpContext *cx, JsonObject *args, KithRecord **need, GError **error)
{
  if (kith_json_string (args, "need") == NULL)
    return TRUE;
  if (!kith_op_need (cx, "contact_need", kith_json_string (args, "need"), need, error))
    return FALSE;
  return *need == NULL || kith_record_is (*need, "contact", kith_json_string (args, "contact")) ||
         kith_refuse (error, KITH_REFUSAL_INVALID, _("That need belongs to another contact record. Nothing was changed."));
}

static JsonObject *
send_args (JsonObject *args, KithRecord *contact, KithRecord *need)
{
  JsonObject *with = kith_json_copy_object (args);

  json_object_remove_member (with, "need");
  if (kith_json_string (with, "type") == NULL)
    json_object_set_string_member (with, "type", "direct");
  if (kith_record_string (contact, "client") != NULL)
    json_object_set_string_member (with, "client", kith_record_string (contact, "client"));
  if (need != NULL)
    json_object_set_string_member (with, "need", kith_record_string (need, "words"));
  return with;
}

/* Whoever sent the client to 2-1-1 learns that help was asked for; of whom is between the client and 2-1-1 (U7). */
static gboolean
tell_taken_for (KithOpContext *cx, KithRecord *contact, const char *type, GError **error)
{
  const char *id = kith_record_string (contact, "referral");
  g_autoptr (KithRecord) referral = NULL;
  guint sides;

  if (id == NULL || g_strcmp0 (type, "informational") == 0 || !kith_op_get (cx, "referral", id, &referral, error))
    return id == NULL || g_strcmp0 (type, "informational") == 0;
  if (referral == NULL)
    return TRUE;
  sides = kith_referral_sides (cx->world, cx->actor, referral, error);
  if (sides == G_MAXUINT)
    return FALSE;
  return (sides & KITH_SIDE_NETWORK) == 0 || !kith_referral_phase_is_live (kith_record_string (referral, "phase")) ||
         kith_op_add_event (cx, referral, "went_on", NULL, error);
}

static gboolean
assign_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  g_autoptr (KithRecord) contact = NULL;
  g_autoptr (KithRecord) need = NULL;
  g_autoptr (JsonObject) with = NULL;

  if (!get_contact (cx, args, &contact, error) || !get_need (cx, args, &need, error))
    return FALSE;
  if (contact == NULL)
    return TRUE;
  with = send_args (args, contact, need);
  if (!kith_op_send_referral (cx, with, contact, need, error) || !tell_taken_for (cx, contact, kith_json_string (args, "type"), error))
    return FALSE;
  if (need == NULL || !kith_record_is (need, "status", "open"))
    return TRUE;
  kith_op_set_noted (cx, need, "status", "referred");
  return kith_world_put (cx->world, need, error);
}

static const KithField record_args[] = {
  { "id", KITH_FIELD_ID, N_("Contact record"), KITH_FIELD_REQUIRED },
  { "number", KITH_FIELD_STRING, N_("Number"), KITH_FIELD_REQUIRED, 40 },
  { "submitted_at", KITH_FIELD_TIME, N_("Submitted") },
  { "how", KITH_FIELD_CODE, N_("How"), .vocabulary = "contact_channel" },
  { "caller_kind", KITH_FIELD_CODE, N_("Who called"), .vocabulary = "caller_kind" },
  { "caller_name", KITH_FIELD_STRING, N_("Name of the caller"), 0, 255 },
  { "name", KITH_FIELD_STRING, N_("Name"), 0, 255 },
  { "date_of_birth", KITH_FIELD_PARTIAL_DATE, N_("Date of birth") },
  { "phones", KITH_FIELD_PARTS, N_("Phones"), .target = "client_phone" },
  { "email", KITH_FIELD_STRING, N_("Email") },
  { "city", KITH_FIELD_STRING, N_("City") },
  { "postal_code", KITH_FIELD_STRING, N_("Postal code"), 0, 20 },
  { "languages", KITH_FIELD_STRINGS, N_("Languages") },
  { "interpreter_needed", KITH_FIELD_BOOL, N_("Needs an interpreter") },
  { "do_not_contact", KITH_FIELD_BOOL, N_("Do not contact") },
  { "referral", KITH_FIELD_REF, N_("Warm referral"), .target = "referral" },
  { "notes", KITH_FIELD_TEXT, N_("Notes") },
  { "resources", KITH_FIELD_REFS, N_("Resources searched"), .target = "service" },
  { "needs", KITH_FIELD_PARTS, N_("Needs"), .target = "contact_need_line" },
  { "answers", KITH_FIELD_JSON, N_("Answers") }, /* of the forms of calls: form-common.h */
};

static const KithField answer_args[] = {
  { "contact", KITH_FIELD_REF, N_("Contact record"), KITH_FIELD_REQUIRED, .target = "contact_record" },
  { "answers", KITH_FIELD_JSON, N_("Answers"), KITH_FIELD_REQUIRED }, /* of the forms of calls: form-common.h */
  /* A correction: of the same forms what its author read. An older hub would write over what it does not compare, and keep nothing of it. */
  { "seen", KITH_FIELD_JSON, N_("Answers as they were read"), KITH_FIELD_MEANT, .since = 6 },
};

static const KithField add_need_args[] = {
  { "contact", KITH_FIELD_REF, N_("Contact record"), KITH_FIELD_REQUIRED, .target = "contact_record" },
  { "id", KITH_FIELD_ID, N_("Need"), KITH_FIELD_REQUIRED },
  { "words", KITH_FIELD_STRING, N_("Need"), KITH_FIELD_REQUIRED, 500 },
  { "term", KITH_FIELD_REF, N_("Taxonomy term"), .target = "taxonomy_term" },
  { "status", KITH_FIELD_CODE, N_("Need status"), .vocabulary = "need_status" },
  { "note", KITH_FIELD_STRING, N_("Note"), 0, 500 },
};

static const KithField assign_args[] = {
  { "contact", KITH_FIELD_REF, N_("Contact record"), KITH_FIELD_REQUIRED, .target = "contact_record" },
  { "need", KITH_FIELD_REF, N_("Need"), .target = "contact_need" },
  { "id", KITH_FIELD_ID, N_("Referral"), KITH_FIELD_REQUIRED },
  { "number", KITH_FIELD_STRING, N_("Number"), KITH_FIELD_REQUIRED, 40 },
  { "type", KITH_FIELD_CODE, N_("Type"), .vocabulary = "referral_type" },
  { "queue", KITH_FIELD_REF, N_("Queue"), .target = "queue" },
  { "service", KITH_FIELD_REF, N_("Service"), .target = "service" },
  { "agency_to", KITH_FIELD_REF, N_("Agency"), .target = "organization" },
  { "urgency", KITH_FIELD_CODE, N_("Urgency"), .vocabulary = "urgency" },
  { "request", KITH_FIELD_TEXT, N_("Request") },
  { "note", KITH_FIELD_TEXT, N_("Note"), 0, 4000 },
  { "release", KITH_FIELD_JSON, N_("Release") },
  { "answers", KITH_FIELD_JSON, N_("Answers") }, /* of the service's or the queue's form */
  { "previous", KITH_FIELD_REF, N_("Goes on from"), .target = "referral" },
};

#define DESK(name, label, args, apply, derive) { name, label, KITH_RUNS_DESK, 0, args, G_N_ELEMENTS (args), kith_op_permit_network, apply, derive }

const KithOperation kith_operations_contact[] = {
  DESK ("contact.record", N_("Record contact with a caller"), record_args, record_apply, record_derive),
  DESK ("contact.answer", N_("Answer questions of a call"), answer_args, answer_apply, NULL),
  DESK ("contact.add_need", N_("Add need to a contact record"), add_need_args, add_need_apply, NULL),
  DESK ("contact.assign", N_("Assign contact record"), assign_args, assign_apply, kith_op_send_derive),
  { NULL },
};
