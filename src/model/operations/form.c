/* SPDX-License-Identifier: GPL-3.0-or-later */

/* form.put: the questions of a service, a queue or a call (P2, P21). */

#include "operations/form-common.h"

#define MOST_QUESTIONS 40
#define MOST_KEPT 200 /* with those not asked any more: everybody in the network holds every form */
#define MOST_CHOICES 30

static const KithField *
part_fields (const char *name, guint *n)
{
  const KithKind *part = kith_kind_get (name);

  *n = part->n_fields;
  return part->fields;
}

JsonObject *
kith_op_find_question (JsonArray *questions, const char *key)
{
  for (guint i = 0; questions != NULL && i < json_array_get_length (questions); i++)
    {
      JsonObject *question = json_array_get_object_element (questions, i);

      if (g_strcmp0 (kith_json_string (question, "key"), key) == 0)
        return question;
    }
  return NULL;
}

/* ---- form.put: who ---- */

/* The network's staff all of them; an agency its services', by who keeps its listings. */
static gboolean
put_permit (KithOpContext *cx, JsonObject *args, GError **error)
{
  g_autoptr (KithRecord) service = NULL;

  if (kith_op_is_network (cx))
    return TRUE;
  if (!kith_op_permit_worker (cx, args, error))
    return FALSE;
  if (g_strcmp0 (kith_json_string (args, "use"), "service") == 0)
    {
      if (!kith_op_need (cx, "service", kith_json_string (args, "record"), &service, error))
        return FALSE;
      if (service == NULL || (kith_record_is (service, "organization_id", cx->actor->agency) &&
                              (kith_actor_has_duty (cx->actor, KITH_DUTY_LISTINGS) || kith_actor_has_duty (cx->actor, KITH_DUTY_ADMIN))))
        return TRUE;
    }
  return kith_refuse (error, KITH_REFUSAL_DENIED,
                      _("The questions of a service are written by its agency’s listings editor or administrator; those of queues and calls by the network’s staff."));
}

/* ---- form.put: the questions ---- */

static gboolean
check_choices (JsonObject *question, GError **error)
{
  const char *type = kith_json_string (question, "type");
  JsonArray *choices = kith_json_array (question, "choices");
  guint n = choices != NULL ? json_array_get_length (choices) : 0;
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  if (!g_str_has_prefix (type, "choice"))
    return TRUE;
  if (n < 2 || n > MOST_CHOICES)
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("“%s” needs at least two choices, and at most %d."), kith_json_string (question, "text"), MOST_CHOICES);
  for (guint i = 0; i < n; i++)
    {
      const char *choice = json_array_get_string_element (choices, i);

      if (kith_text_blank (choice) || !g_hash_table_add (seen, (gpointer) choice))
        return kith_refuse (error, KITH_REFUSAL_INVALID, _("The choices of “%s” must be different words."), kith_json_string (question, "text"));
    }
  return TRUE;
}

static gboolean
check_question (JsonObject *args, JsonNode *node, GHashTable *keys, GError **error)
{
  JsonObject *question = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const KithField *fields;
  guint n;

  fields = part_fields ("question", &n);
  if (question == NULL)
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("A question is not described as it should be."));
  if (!kith_fields_check (fields, n, question, FALSE, error))
    return FALSE;
  if (!g_hash_table_add (keys, (gpointer) kith_json_string (question, "key")))
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("“%s” is there twice. Nothing was changed."), kith_json_string (question, "text"));
  /* Calls lie where the network's staff read them, whoever may see health information. */
  if (kith_json_bool (question, "health", FALSE) && g_strcmp0 (kith_json_string (args, "use"), "contact") == 0)
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("A form of calls asks nothing about health. Ask it in the referral."));
  return check_choices (question, error);
}

static gboolean
check_questions (JsonObject *args, GError **error)
{
  JsonArray *questions = kith_json_array (args, "questions");
  guint n = questions != NULL ? json_array_get_length (questions) : 0;
  g_autoptr (GHashTable) keys = g_hash_table_new (g_str_hash, g_str_equal);

  if (n > MOST_QUESTIONS)
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("A form has at most %d questions. Nobody answers more."), MOST_QUESTIONS);
  for (guint i = 0; i < n; i++)
    if (!check_question (args, json_array_get_element (questions, i), keys, error))
      return FALSE;
  return TRUE;
}

static gboolean
is_same_kind (JsonObject *a, JsonObject *b)
{
  return g_strcmp0 (kith_json_string (a, "type"), kith_json_string (b, "type")) == 0 &&
         kith_json_bool (a, "health", FALSE) == kith_json_bool (b, "health", FALSE);
}

/* The list as it shall be; what is left out stays at its end, retired. */
static gboolean
merge_questions (JsonArray *before, JsonArray *given, JsonArray **merged, GError **error)
{
  guint n = given != NULL ? json_array_get_length (given) : 0;

  *merged = json_array_new ();
  for (guint i = 0; i < n; i++)
    {
      JsonObject *question = json_array_get_object_element (given, i);
      JsonObject *old = kith_op_find_question (before, kith_json_string (question, "key"));

      if (old != NULL && !is_same_kind (old, question))
        return kith_refuse (error, KITH_REFUSAL_INVALID,
                            _("How “%s” is answered cannot change: it was answered so before. Remove it and add another question. Nothing was changed."),
                            kith_json_string (old, "text"));
      json_array_add_element (*merged, json_node_copy (json_array_get_element (given, i)));
    }
  for (guint i = 0; before != NULL && i < json_array_get_length (before); i++)
    {
      g_autoptr (JsonNode) node = json_node_copy (json_array_get_element (before, i));
      JsonObject *old = json_node_get_object (node);

      if (kith_op_find_question (given, kith_json_string (old, "key")) != NULL)
        continue;
      json_object_set_boolean_member (old, "retired", TRUE);
      json_array_add_element (*merged, g_steal_pointer (&node));
    }
  if (json_array_get_length (*merged) > MOST_KEPT)
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("This form keeps too many questions that are not asked any more. Retire it and make a new one; nothing was changed."));
  return TRUE;
}

/* ---- form.put: whose ---- */

static gboolean
check_of (KithOpContext *cx, JsonObject *args, KithRecord *form, GError **error)
{
  const char *use = kith_json_string (args, "use"), *record = kith_json_string (args, "record");
  g_autoptr (KithRecord) of = NULL;
  g_autoptr (GPtrArray) same = NULL;

  if (g_str_equal (use, "contact"))
    return record == NULL || kith_refuse (error, KITH_REFUSAL_INVALID, _("A form of calls belongs to no single service or queue."));
  if (record == NULL)
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("Say which service or queue asks this."));
  if (!kith_op_need (cx, use, record, &of, error))
    return FALSE;
  if (of != NULL && g_str_equal (use, "service"))
    kith_record_set_string (form, "agency", kith_record_string (of, "organization_id"));
  same = kith_world_find (cx->world, "dir", "form", "record", record, NULL, error);
  for (guint i = 0; same != NULL && i < same->len; i++)
    if (!g_str_equal (kith_record_get_id (g_ptr_array_index (same, i)), kith_record_get_id (form)))
      return kith_refuse (error, KITH_REFUSAL_EXISTS, _("There is a form here already. Read it again and change that one; nothing was changed."));
  return same != NULL;
}

static gboolean
put_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  static const char *const copied[] = { "use", "record", "queues", "name", "introduction", "inactive", NULL };
  const char *id = kith_json_string (args, "id");
  g_autoptr (KithRecord) before = NULL;
  g_autoptr (KithRecord) form = NULL;
  g_autoptr (JsonArray) questions = NULL;
  JsonNode *node;

  if (!check_questions (args, error) || !kith_op_get (cx, "form", id, &before, error))
    return FALSE;
  if (before != NULL && (!kith_record_is (before, "use", kith_json_string (args, "use")) ||
                         g_strcmp0 (kith_record_string (before, "record"), kith_json_string (args, "record")) != 0))
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("A form stays with what it was made for."));
  /* Questions are saved as a whole: what a colleague added meanwhile would be taken away unseen. */
  if (json_object_has_member (args, "seen") && kith_json_int (args, "seen", 0) != (before != NULL ? kith_record_int (before, "version") : 0))
    return kith_refuse (error, KITH_REFUSAL_STALE_STATE, _("Somebody else changed these questions meanwhile. Read them again, then change them; nothing was changed."));
  form = kith_op_new ("form", id);
  kith_op_copy (form, args, copied);
  if (!check_of (cx, args, form, error) ||
      !merge_questions (before != NULL ? kith_record_array (before, "questions") : NULL, kith_json_array (args, "questions"), &questions, error))
    return FALSE;
  node = json_node_new (JSON_NODE_ARRAY);
  json_node_set_array (node, questions);
  kith_record_set_node (form, "questions", node);
  kith_record_set_int (form, "version", before != NULL ? kith_record_int (before, "version") + 1 : 1);
  kith_op_sign (cx, form, "changed_at", "changed_by", "changed_by_name");
  return kith_world_put (cx->world, form, error);
}

static const KithField put_args[] = {
  { "id", KITH_FIELD_ID, N_("Form"), KITH_FIELD_REQUIRED },
  { "use", KITH_FIELD_CODE, N_("Asked for"), KITH_FIELD_REQUIRED, .vocabulary = "form_use" },
  { "record", KITH_FIELD_ID, N_("Of") },
  { "queues", KITH_FIELD_REFS, N_("Queues"), .target = "queue" },
  { "name", KITH_FIELD_STRING, N_("Name"), KITH_FIELD_REQUIRED, .max_length = 120 },
  { "introduction", KITH_FIELD_TEXT, N_("Said before the questions"), .max_length = 1000 },
  { "questions", KITH_FIELD_JSON, N_("Questions") }, /* in their order; a key that was there keeps its question */
  { "inactive", KITH_FIELD_BOOL, N_("Not in use") },
  { "seen", KITH_FIELD_INT, N_("Version that was changed") }, /* 0: there was none */
};

const KithOperation kith_operations_form[] = {
  { "form.put", N_("Change a form"), KITH_RUNS_ONLINE, 0, put_args, G_N_ELEMENTS (put_args), put_permit, put_apply },
  { NULL },
};
