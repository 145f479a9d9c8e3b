/* SPDX-License-Identifier: GPL-3.0-or-later */

/* referral.send and referral.recall: what the sender does (D1, D3, D4, D9, P12, C15). */

#include "operations/form-common.h"
#include "operations/queue-common.h"
#include "operations/referral-common.h"
#include "operations/referral-target.h"

gboolean
kith_op_check_victim_service (KithOpContext *cx, const char *agency, const char *client, JsonObject *given, GError **error)
{
  g_autoptr (KithRecord) settings = NULL;

  if (!kith_op_settings (cx, agency, &settings, error))
    return FALSE;
  if (settings == NULL || !kith_record_bool (settings, "victim_service"))
    return TRUE;
  if (client != NULL)
    return kith_refuse (error, KITH_REFUSAL_DENIED, _("A victim service agency refers without a client record."));
  if (given == NULL || g_strcmp0 (kith_json_string (given, "basis"), "written_release") != 0)
    return kith_refuse (error, KITH_REFUSAL_CONSENT_MISSING,
                        _("A victim service agency needs the client’s written, time-limited release."));
  return TRUE;
}

/* What is only given to the client goes to nobody, and is noted at the hub all the same: of a victim service agency's client nothing but that (C15). */
static gboolean
check_victim_given (KithOpContext *cx, JsonObject *args, GError **error)
{
  static const char *const says[] = { "contact_name", "date_of_birth", "phone", "request", "note", "answers", NULL };
  g_autoptr (KithRecord) settings = NULL;

  if (!kith_op_settings (cx, kith_actor_side (cx->actor), &settings, error))
    return FALSE;
  for (guint i = 0; settings != NULL && kith_record_bool (settings, "victim_service") && says[i] != NULL; i++)
    if (json_object_has_member (args, says[i]))
      return kith_refuse (error, KITH_REFUSAL_CONSENT_MISSING,
                          _("What a victim service agency only gives to its client is noted without a word on them. Leave out the name and all else; nothing was saved."));
  return TRUE;
}

/* ---- the records ---- */

static gboolean
has_name (KithRecord *client)
{
  return kith_record_string (client, "given_name") != NULL || kith_record_string (client, "family_name") != NULL ||
         kith_record_string (client, "second_family_name") != NULL;
}

/* Both family names: without the second, two people of one first family name are one (P12: it is the text of one field). */
static char *
name_of (KithRecord *client)
{
  static const char *const parts[] = { "given_name", "family_name", "second_family_name" };
  JsonArray *others = kith_record_array (client, "other_names");
  GString *name;

  if (!has_name (client) && others != NULL && json_array_get_length (others) > 0)
    return g_strdup (json_array_get_string_element (others, 0));
  if (!has_name (client))
    return g_strdup (kith_record_string (client, "described_as"));
  name = g_string_new (NULL);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (kith_record_string (client, parts[i]) != NULL)
      g_string_append_printf (name, "%s%s", name->len > 0 ? " " : "", kith_record_string (client, parts[i]));
  return g_string_free (name, FALSE);
}

static const char *
contact_name (KithRecord *contact)
{
  return kith_record_string (contact, kith_record_string (contact, "name") != NULL ? "name" : "caller_name");
}

/* P12: exactly these are shown without the right to the detail. */
static void
set_eight_fields (KithOpContext *cx, JsonObject *args, KithRecord *referral, KithRecord *client, KithRecord *contact, const KithTarget *target)
{
  JsonObject *address = client != NULL ? kith_record_object (client, "address") : NULL;
  g_autofree char *whole = client != NULL ? name_of (client) : g_strdup (kith_json_string (args, "contact_name"));
  g_autofree char *name = kith_op_clip (whole, 255);
  g_autofree char *time = kith_op_time (cx);

  /* queue_name and status are the queue's, where it goes to one. */
  kith_record_set_string (referral, "resource_name", kith_target_name (target));
  kith_record_set_string (referral, "contact_number", kith_json_string (args, "number"));
  kith_record_set_string (referral, "status", kith_record_string (referral, "phase"));
  kith_record_set_string (referral, "note", kith_json_string (args, "note"));
  kith_record_set_string (referral, "contact_name", name);
  kith_record_set_string (referral, "contact_date", time);
  kith_record_set_string (referral, "postal_code", address != NULL ? kith_json_string (address, "postal_code") : NULL);
  if (contact == NULL)
    return;
  /* The call's, whenever the referral follows; who called stands for a person who did not say who they are. */
  kith_record_set_string (referral, "contact_record", kith_record_get_id (contact));
  kith_record_set_string (referral, "contact_number", kith_record_string (contact, "number"));
  kith_record_set_string (referral, "contact_name", contact_name (contact));
  kith_record_set_string (referral, "contact_date", kith_record_string (contact, "submitted_at"));
  kith_record_set_string (referral, "postal_code", kith_record_string (contact, "postal_code"));
}

/* The client as carried: what the receiver sees before the first contact (D5). Later changes do not reach it. */
JsonObject *
kith_op_referral_snapshot (JsonObject *args, KithRecord *client)
{
  static const char *const carried[] = { "given_name", "family_name", "second_family_name", "preferred_name", "date_of_birth", "phones", "languages",
                                         "interpreter_needed", "do_not_contact", "address", NULL };
  JsonObject *snapshot = json_object_new ();

  if (client != NULL)
    {
      JsonObject *body = kith_record_get_body (client);

      for (guint i = 0; carried[i] != NULL; i++)
        if (json_object_has_member (body, carried[i]))
          json_object_set_member (snapshot, carried[i], json_node_copy (json_object_get_member (body, carried[i])));
      if (!has_name (client))
        {
          g_autofree char *name = name_of (client);
          if (name != NULL)
            json_object_set_string_member (snapshot, "given_name", name);
        }
      return snapshot;
    }
  if (!kith_op_blank (args, "contact_name"))
    json_object_set_string_member (snapshot, "given_name", kith_json_string (args, "contact_name"));
  if (!kith_op_blank (args, "date_of_birth"))
    json_object_set_string_member (snapshot, "date_of_birth", kith_json_string (args, "date_of_birth"));
  if (!kith_op_blank (args, "phone"))
    {
      JsonArray *phones = json_array_new ();

      json_array_add_object_element (phones, kith_json_new ("number", "s", kith_json_string (args, "phone"), NULL));
      json_object_set_array_member (snapshot, "phones", phones);
    }
  return snapshot;
}

/* What the service or the queue asks (P2): with the detail, about health apart from it. */
static gboolean
put_answers (KithOpContext *cx, JsonObject *args, KithRecord *detail, GError **error)
{
  gboolean kept = kith_json_bool (args, "draft", FALSE);
  const char *referral = kith_record_string (detail, "referral");
  g_autofree char *id = kith_op_natural_id ("referral_health", referral, NULL);
  g_autoptr (KithRecord) health = kith_op_new ("referral_health", id);

  if (json_object_has_member (args, "answers") && kith_json_array (args, "answers") == NULL)
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("The answers are not described as they should be."));
  kith_record_set_string (health, "referral", referral);
  kith_record_set_string (health, "agency", kith_actor_side (cx->actor));
  /* Files that are health information hang on it; they are attached after this. */
  if (kith_json_bool (args, "health", FALSE) && !kith_op_put_health (cx, health, error))
    return FALSE;
  return kept ? kith_op_keep_answers (cx, kith_json_array (args, "answers"), detail, health, error)
              : kith_op_put_answers (cx, kith_json_array (args, "answers"), detail, health, error);
}

/* The person of a call, as the call's record has them. */
static JsonObject *
contact_snapshot (KithRecord *contact)
{
  static const char *const carried[] = { "date_of_birth", "phones", "languages", "interpreter_needed", "do_not_contact", NULL };
  JsonObject *body = kith_record_get_body (contact);
  JsonObject *snapshot = kith_json_new ("given_name", "s", contact_name (contact), NULL);

  for (guint i = 0; carried[i] != NULL; i++)
    if (json_object_has_member (body, carried[i]))
      json_object_set_member (snapshot, carried[i], json_node_copy (json_object_get_member (body, carried[i])));
  if (kith_record_string (contact, "postal_code") != NULL || kith_record_string (contact, "city") != NULL)
    json_object_set_object_member (snapshot, "address",
                                   kith_json_new ("city", "s", kith_record_string (contact, "city"), "postal_code", "s",
                                                  kith_record_string (contact, "postal_code"), NULL));
  return snapshot;
}

static gboolean
put_detail (KithOpContext *cx, JsonObject *args, KithRecord *referral, KithRecord *detail, KithRecord *client, KithRecord *contact, KithRecord *need, GError **error)
{
  static const char *const fields[] = { "need", "urgency", "request", NULL };

  kith_op_copy (detail, args, fields);
  if (kith_record_is (referral, "phase", "draft"))
    kith_record_set_string (detail, "draft", cx->op_id);
  if (need != NULL)
    kith_record_set_string (detail, "contact_need", kith_record_get_id (need));
  if (kith_record_string (detail, "urgency") == NULL)
    kith_record_set_string (detail, "urgency", "routine");
  if (!kith_record_is (referral, "phase", "given"))
    {
      g_autoptr (JsonObject) snapshot = contact != NULL ? contact_snapshot (contact) : kith_op_referral_snapshot (args, client);
      JsonNode *node = json_node_new (JSON_NODE_OBJECT);

      json_node_set_object (node, snapshot);
      kith_record_set_node (detail, "snapshot", node);
    }
  return kith_world_put (cx->world, detail, error) && put_answers (cx, args, detail, error);
}

/* A new referral may go on from one that came to nothing: the sender's own record of it, both timelines, and nobody else's. contact (nullable): the
 * call it is made from; 2-1-1 goes on from one of the same call. */
static gboolean
find_previous (KithOpContext *cx, JsonObject *args, KithRecord *contact, KithRecord **previous, GError **error)
{
  const char *id = kith_json_string (args, "previous");
  guint sides;

  if (id == NULL || !kith_op_need (cx, "referral", id, previous, error))
    return id == NULL;
  if (*previous == NULL)
    return TRUE;
  sides = kith_referral_sides (cx->world, cx->actor, *previous, error);
  if (sides == G_MAXUINT)
    return FALSE;
  if ((sides & KITH_SIDES_SENDER) == 0)
    return kith_op_not_found (error);
  if (g_strcmp0 (kith_record_string (*previous, "client"), kith_json_string (args, "client")) != 0)
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("The referral this goes on from is another client’s."));
  if (contact != NULL && !kith_record_is (*previous, "contact_record", kith_record_get_id (contact)))
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("The referral this goes on from was made from another call. Nothing was changed."));
  return kith_referral_phase_failed (kith_record_string (*previous, "phase")) || kith_op_stale (cx, *previous, error);
}

/* The timelines say nothing of a draft: it may never go. */
static gboolean
put_own (KithOpContext *cx, KithRecord *referral, KithRecord *previous, const char *previous_id, GError **error)
{
  g_autoptr (KithRecord) own = kith_op_new_own (referral, kith_actor_side (cx->actor));

  kith_record_set_string (own, "previous", previous_id);
  return kith_world_put (cx->world, own, error) &&
         (previous == NULL || kith_record_is (referral, "phase", "draft") ||
          (kith_op_add_own_event (cx, referral, "goes_on", kith_record_string (previous, "number"), error) &&
           kith_op_add_own_event (cx, previous, "went_on", kith_record_string (referral, "number"), error)));
}

static gboolean
begin_scopes (KithOpContext *cx, const char *referral, const char *agency, GError **error)
{
  g_autofree char *brief = g_strconcat ("referral:", referral, NULL);
  g_autofree char *course = g_strconcat ("referral_course:", referral, NULL);
  g_autofree char *detail = g_strconcat ("referral_detail:", referral, NULL);
  g_autofree char *own = g_strconcat ("referral_own:", referral, ":", agency, NULL);

  return kith_world_begin_scope (cx->world, brief, error) && kith_world_begin_scope (cx->world, course, error) &&
         kith_world_begin_scope (cx->world, detail, error) && kith_world_begin_scope (cx->world, own, error);
}

static KithRecord *
new_referral (KithOpContext *cx, JsonObject *args, const KithTarget *target)
{
  KithRecord *referral = kith_op_new ("referral", kith_json_string (args, "id"));
  gboolean given = g_str_equal (kith_json_string (args, "type"), "informational");

  kith_record_set_string (referral, "client", kith_json_string (args, "client"));
  kith_record_set_string (referral, "agency", kith_actor_side (cx->actor));
  kith_record_set_string (referral, "author", cx->actor->user);
  kith_record_set_string (referral, "number", kith_json_string (args, "number"));
  kith_record_set_string (referral, "phase", given ? "given" : "sent");
  kith_target_set (target, args, referral);
  kith_record_set_string (referral, "queue", kith_json_string (args, "queue"));
  if (kith_json_string (args, "queue") != NULL)
    kith_record_set_bool (referral, "to_queue", TRUE);
  return referral;
}

/* C1, 2e: without what covers it it goes nowhere; where the sender says so it is kept until the client agrees, and is nobody else's until then. */
static gboolean
cover (KithOpContext *cx, JsonObject *args, KithRecord *referral, KithRecord *detail, GError **error)
{
  g_autoptr (GError) local = NULL;

  if (kith_json_bool (args, "draft", FALSE))
    {
      kith_record_set_string (referral, "phase", "draft");
      return kith_op_check_release (cx, args, referral, error); /* C15: what lets it lie at the hub has a term, and is of something */
    }
  if (!kith_op_set_release (cx, args, referral, detail, error))
    return FALSE;
  if (kith_op_check_covered_with (cx, referral, detail, &local))
    {
      kith_record_set_int (referral, "turn", 1);
      return TRUE;
    }
  if (kith_json_bool (args, "wait", FALSE) && kith_record_string (referral, "client") != NULL && g_error_matches (local, KITH_REFUSAL, KITH_REFUSAL_CONSENT_MISSING))
    {
      kith_record_set_string (referral, "phase", "pending_consent");
      return TRUE;
    }
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* Its places in queues begin when it goes out. */
static gboolean
enter_queue (KithOpContext *cx, const KithTarget *target, KithRecord *referral, GError **error)
{
  return target->queue == NULL || kith_record_is (referral, "phase", "pending_consent") || kith_record_is (referral, "phase", "draft") || kith_queue_enter (cx, target->queue, referral, error);
}

static gboolean
put_course (KithOpContext *cx, JsonObject *args, KithRecord *referral, GError **error)
{
  g_autoptr (KithRecord) course = kith_op_new_course (referral, kith_json_string (args, "type"));
  g_autofree char *time = kith_op_time (cx);

  if (kith_record_is (referral, "phase", "sent"))
    kith_record_set_string (course, "sent_at", time);
  return kith_world_put (cx->world, course, error);
}

/* P2: what the service and the queue must know. Of what is only given to the client nobody is asked anything (D3). */
static gboolean
check_answered (KithOpContext *cx, JsonObject *args, GError **error)
{
  JsonArray *answers = kith_json_array (args, "answers");

  return g_strcmp0 (kith_json_string (args, "type"), "informational") == 0 || kith_json_bool (args, "draft", FALSE) ||
         (kith_op_require_answers (cx, answers, kith_json_string (args, "service"), error) &&
          kith_op_require_answers (cx, answers, kith_json_string (args, "queue"), error));
}

/* The note that goes along stands in the timeline too: among the eight fields the next one takes its place (P20). */
gboolean
kith_op_send_referral (KithOpContext *cx, JsonObject *args, KithRecord *contact, KithRecord *need, GError **error)
{
  const char *id = kith_json_string (args, "id");
  gboolean given = g_str_equal (kith_json_string (args, "type"), "informational");
  g_auto (KithTarget) target = { NULL };
  g_autoptr (KithRecord) client = NULL;
  g_autoptr (KithRecord) referral = NULL;
  g_autoptr (KithRecord) detail = NULL;
  g_autoptr (KithRecord) previous = NULL;
  g_autoptr (KithRecord) draft = NULL;

  if (!kith_op_check_draft (args, error) || !check_answered (cx, args, error) || !kith_op_find_draft (cx, args, &draft, error) || !kith_op_check_number (args, error) || !kith_target_find (cx, args, &target, error) ||
      !kith_target_check (cx, kith_json_string (args, "type"), args, &target, error) ||
      (given ? !check_victim_given (cx, args, error) : /* a draft too: it goes to the hub (C15) */
       !kith_op_check_victim_service (cx, kith_actor_side (cx->actor), kith_json_string (args, "client"), kith_json_object (args, "release"), error)) ||
      !find_previous (cx, args, contact, &previous, error) ||
      (contact == NULL && !kith_op_get (cx, "client", kith_json_string (args, "client"), &client, error)))
    return FALSE;

  /* D3: what the client takes along is noted at the sender only: it needs no consent, because nothing is disclosed. */
  referral = new_referral (cx, args, &target);
  if (draft != NULL)
    {
      kith_record_set_string (referral, "number", kith_record_string (draft, "number"));
      kith_record_set_string (referral, "author", kith_record_string (draft, "author")); /* for good, whoever writes it anew */
    }
  detail = kith_op_new_detail (referral);
  if (!given && !cover (cx, args, referral, detail, error))
    return FALSE;
  set_eight_fields (cx, args, referral, client, contact, &target);

  return begin_scopes (cx, id, kith_actor_side (cx->actor), error) &&
         enter_queue (cx, &target, referral, error) && kith_world_put (cx->world, referral, error) && put_course (cx, args, referral, error) &&
         put_detail (cx, args, referral, detail, client, contact, need, error) && put_own (cx, referral, previous, kith_json_string (args, "previous"), error) &&
         (kith_record_is (referral, "phase", "draft") ||
          kith_op_add_event (cx, referral, "sent",
                            kith_json_new ("to_phase", "s", kith_record_string (referral, "phase"), "text", "s", kith_json_string (args, "note"), NULL), error));
}

static gboolean
send_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  return kith_op_send_referral (cx, args, NULL, NULL, error);
}

/* D2: the receiver is told and has a day to answer by; D3: an informational one tells nobody. */
gboolean
kith_op_send_derive (KithOpContext *cx, JsonObject *args, GError **error)
{
  g_autoptr (KithRecord) referral = NULL;

  if (!kith_op_get (cx, "referral", kith_json_string (args, "id"), &referral, error))
    return FALSE;
  if (referral == NULL || !kith_record_is (referral, "phase", "sent"))
    return TRUE;
  /* C16: from a call it carries the caller's words; what the client's record says counts as well. */
  return kith_op_carry_do_not_contact (cx, referral, error) && kith_op_set_due (cx, referral, error) &&
         kith_op_notify (cx, referral, "sent", KITH_NOTIFY_RECEIVER, error);
}

static gboolean
recall_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  const char *reason = kith_json_string (args, "reason");
  g_autoptr (KithRecord) referral = NULL;
  gboolean go;

  if (!kith_op_referral (cx, args, &referral, error))
    return FALSE;
  if (referral == NULL)
    return TRUE;
  if (!kith_op_step (cx, args, referral, "recalled", &go, error))
    return FALSE;
  if (!go)
    return TRUE;
  return kith_op_enter_phase (cx, referral, "recalled", NULL, error) && kith_world_put (cx->world, referral, error) &&
         kith_op_add_event (
             cx, referral, "recalled",
             kith_json_new ("from_phase", "s", "sent", "to_phase", "s", "recalled", "text", "s", reason, NULL), error);
}

/* Who was prompted to answer is told that nothing waits any more (D2). */
static gboolean
recall_derive (KithOpContext *cx, JsonObject *args, GError **error)
{
  g_autoptr (KithRecord) referral = NULL;

  return kith_op_referral (cx, args, &referral, error) &&
         kith_op_notify (cx, referral, "recalled", KITH_NOTIFY_RECEIVER, error);
}

static const KithField send_args[] = {
  { "id", KITH_FIELD_ID, N_("Referral"), KITH_FIELD_REQUIRED },
  { "number", KITH_FIELD_STRING, N_("Number"), KITH_FIELD_REQUIRED, 40 },
  { "client", KITH_FIELD_REF, N_("Client"), .target = "client" },
  { "type", KITH_FIELD_CODE, N_("Type"), KITH_FIELD_REQUIRED, .vocabulary = "referral_type" },
  { "service", KITH_FIELD_REF, N_("Service"), .target = "service" },
  { "agency_to", KITH_FIELD_REF, N_("Agency"), .target = "organization" },
  { "queue", KITH_FIELD_REF, N_("Queue"), .target = "queue" },
  { "need", KITH_FIELD_STRING, N_("Need"), 0, 500 },
  { "urgency", KITH_FIELD_CODE, N_("Urgency"), .vocabulary = "urgency" },
  { "request", KITH_FIELD_TEXT, N_("Request") },
  { "note", KITH_FIELD_TEXT, N_("Note"), 0, 4000 },
  { "contact_name", KITH_FIELD_STRING, N_("Name of the client"), 0, 200 },
  { "date_of_birth", KITH_FIELD_PARTIAL_DATE, N_("Date of birth") },
  { "phone", KITH_FIELD_STRING, N_("Phone") },
  { "release", KITH_FIELD_JSON, N_("Release") },
  { "previous", KITH_FIELD_REF, N_("Goes on from"), .target = "referral" },
  { "answers", KITH_FIELD_JSON, N_("Answers") }, /* of the service's or the queue's form: form-common.h */
  { "health", KITH_FIELD_BOOL, N_("Health information goes along") },
  { "wait", KITH_FIELD_BOOL, N_("Kept until the client agrees, where nothing covers it"), KITH_FIELD_MEANT, .since = 3 },
  { "draft", KITH_FIELD_BOOL, N_("Kept as a draft"), KITH_FIELD_MEANT, .since = 4 },
  { "draft_seen", KITH_FIELD_STRING, N_("Draft as it was read"), .max_length = 64, .since = 4 },
  { "taken_off", KITH_FIELD_STRINGS, N_("Files taken off the draft"), KITH_FIELD_MEANT, .since = 5 }, /* documents; with the draft they go, or not at all */
};

static const KithField recall_args[] = {
  KITH_ARG_REFERRAL,
  KITH_ARG_FROM,
  { "reason", KITH_FIELD_TEXT, N_("Reason"), 0, 4000 },
};

const KithOperation kith_operations_referral_send[] = {
  { "referral.send", N_("Send referral"), KITH_RUNS_DESK, 0, send_args, G_N_ELEMENTS (send_args),
    kith_op_permit_worker, send_apply, kith_op_send_derive },
  { "referral.recall", N_("Recall referral"), KITH_RUNS_DESK, KITH_OPERATION_UNDO, recall_args,
    G_N_ELEMENTS (recall_args), kith_op_permit_referral, recall_apply, recall_derive },
  { NULL },
};
