/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is answered to forms (P2, P21), for the operations that carry answers. */

#include "operations/form-common.h"

#include "kith-answers.h"

#define MOST_ANSWERS 100

static const KithField entry_fields[] = {
  { "form", KITH_FIELD_ID, N_("Form"), KITH_FIELD_REQUIRED },
  { "version", KITH_FIELD_INT, N_("Version"), KITH_FIELD_REQUIRED },
  { "answers", KITH_FIELD_PARTS, N_("Answers"), KITH_FIELD_REQUIRED, .target = "answer" },
};

gboolean
kith_op_check_answers (JsonArray *entries, GError **error)
{
  guint n = entries != NULL ? json_array_get_length (entries) : 0;

  if (n > KITH_ANSWERS_MOST_FORMS)
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("The answers are not described as they should be."));
  for (guint i = 0; i < n; i++)
    {
      JsonNode *node = json_array_get_element (entries, i);
      JsonObject *entry = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

      if (entry == NULL)
        return kith_refuse (error, KITH_REFUSAL_INVALID, _("The answers are not described as they should be."));
      if (!kith_fields_check (entry_fields, G_N_ELEMENTS (entry_fields), entry, FALSE, error))
        return FALSE;
      if (json_array_get_length (kith_json_array (entry, "answers")) > MOST_ANSWERS)
        return kith_refuse (error, KITH_REFUSAL_INVALID, _("The answers are not described as they should be."));
    }
  return TRUE;
}

static gboolean
is_empty (JsonObject *answer)
{
  JsonArray *values = answer != NULL ? kith_json_array (answer, "values") : NULL;

  return answer == NULL || (kith_op_blank (answer, "value") && (values == NULL || json_array_get_length (values) == 0));
}

static gboolean
fits (JsonObject *question, JsonObject *answer)
{
  const char *type = kith_json_string (question, "type"), *value = kith_json_string (answer, "value");
  JsonArray *values = kith_json_array (answer, "values");
  char *end = NULL;

  if (g_str_equal (type, "yes_no"))
    return g_strcmp0 (value, "yes") == 0 || g_strcmp0 (value, "no") == 0;
  if (g_str_equal (type, "date"))
    return value != NULL && kith_text_is_date (value);
  if (g_str_equal (type, "number"))
    return value != NULL && (g_ascii_strtod (value, &end), *end == '\0');
  if (g_str_equal (type, "choice"))
    return kith_json_array_has (kith_json_array (question, "choices"), value);
  if (g_str_equal (type, "choices") && values == NULL)
    return FALSE;
  for (guint i = 0; values != NULL && i < json_array_get_length (values); i++)
    if (!kith_json_array_has (kith_json_array (question, "choices"), json_array_get_string_element (values, i)))
      return FALSE;
  return TRUE;
}

/* What was answered before and stays: the choices may be others since. */
static gboolean
stays (JsonArray *before, JsonObject *answer)
{
  JsonObject *was = kith_op_find_question (before, kith_json_string (answer, "key"));

  return was != NULL && kith_json_equal (json_object_get_member (was, "value"), json_object_get_member (answer, "value")) &&
         kith_json_equal (json_object_get_member (was, "values"), json_object_get_member (answer, "values"));
}

/* Each to a question of this form, and as that is answered; the choices of an older version were others. before: what is corrected; NULL: nothing. */
static gboolean
check_given (JsonObject *entry, KithRecord *form, JsonArray *before, GError **error)
{
  gboolean current = kith_json_int (entry, "version", 0) == kith_record_int (form, "version");
  JsonArray *given = kith_json_array (entry, "answers");

  if (kith_json_int (entry, "version", 0) > kith_record_int (form, "version"))
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("The answers are not described as they should be."));
  for (guint i = 0; i < json_array_get_length (given); i++)
    {
      JsonObject *answer = json_array_get_object_element (given, i);
      JsonObject *question = kith_op_find_question (kith_record_array (form, "questions"), kith_json_string (answer, "key"));

      if (question == NULL)
        return kith_refuse (error, KITH_REFUSAL_INVALID, _("One of the answers belongs to no question of this form. Open it again; nothing was sent."));
      if (current && !is_empty (answer) && !stays (before, answer) && !fits (question, answer))
        return kith_refuse (error, KITH_REFUSAL_INVALID, _("The answer to “%s” is not understood. Nothing was sent."), kith_json_string (question, "text"));
    }
  return TRUE;
}

/* The questions that must be answered and are not; answers NULL: none is; corrects: what is corrected, of which nothing else is asked; NULL: nothing
 * is. "" when nothing is missing. */
static char *
missing_words (KithRecord *form, JsonArray *answers, JsonArray *corrects)
{
  JsonArray *questions = kith_record_array (form, "questions");
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; questions != NULL && i < json_array_get_length (questions); i++)
    {
      JsonObject *question = json_array_get_object_element (questions, i);

      if (kith_json_bool (question, "required", FALSE) && !kith_json_bool (question, "retired", FALSE) && !kith_json_bool (question, "health", FALSE) &&
          is_empty (kith_op_find_question (answers, kith_json_string (question, "key"))) &&
          (corrects == NULL || !is_empty (kith_op_find_question (corrects, kith_json_string (question, "key")))))
        g_string_append_printf (words, "%s“%s”", words->len > 0 ? ", " : "", kith_json_string (question, "text"));
    }
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static gboolean
refuse_missing (KithRecord *form, JsonArray *answers, JsonArray *corrects, GError **error)
{
  g_autofree char *missing = missing_words (form, answers, corrects);

  return *missing == '\0' || kith_refuse (error, KITH_REFUSAL_INVALID, _("This must be answered first: %s. Nothing was sent."), missing);
}

static gboolean
check_required (JsonObject *entry, KithRecord *form, JsonArray *corrects, GError **error)
{
  return kith_json_int (entry, "version", 0) != kith_record_int (form, "version") ||
         refuse_missing (form, kith_json_array (entry, "answers"), corrects, error);
}

/* The answers of one of the two parts, each with its question's words and kind. Yours. */
static JsonArray *
take_part (JsonObject *entry, KithRecord *form, gboolean health)
{
  JsonArray *given = kith_json_array (entry, "answers"), *taken = json_array_new ();

  for (guint i = 0; i < json_array_get_length (given); i++)
    {
      JsonObject *answer = json_array_get_object_element (given, i);
      JsonObject *question = kith_op_find_question (kith_record_array (form, "questions"), kith_json_string (answer, "key"));
      const char *text = kith_json_string (answer, "text");
      JsonObject *kept;

      if (is_empty (answer) || kith_json_bool (question, "health", FALSE) != health)
        continue;
      kept = kith_json_new ("key", "s", kith_json_string (answer, "key"), "text", "s", text != NULL ? text : kith_json_string (question, "text"),
                            "type", "s", kith_json_string (question, "type"), NULL);
      for (const char *const *name = (const char *const[]) { "value", "values", NULL }; *name != NULL; name++)
        if (json_object_has_member (answer, *name))
          json_object_set_member (kept, *name, json_node_copy (json_object_get_member (answer, *name)));
      json_array_add_object_element (taken, kept);
    }
  return taken;
}

static char *
answer_id (KithRecord *to, KithRecord *form)
{
  return kith_op_natural_id ("form_answer", kith_record_get_id (to), kith_record_get_id (form), NULL);
}

/* Of whom and what; the answers themselves are there already. */
static gboolean
put_signed (KithOpContext *cx, JsonObject *entry, KithRecord *form, KithRecord *to, KithRecord *record, GError **error)
{
  g_autofree char *scope = kith_record_scope (to);

  kith_record_set_string (record, "t", kith_record_get_kind (to)->name);
  kith_record_set_string (record, "record", kith_record_get_id (to));
  kith_record_set_string (record, "agency", cx->actor->agency);
  kith_record_set_string (record, "form", kith_record_get_id (form));
  kith_record_set_string (record, "form_name", kith_record_string (form, "name"));
  kith_record_set_int (record, "version", kith_json_int (entry, "version", 0));
  kith_op_sign (cx, record, "at", "by", "by_name");
  kith_record_set_string (record, "scope", scope);
  return kith_world_put (cx->world, record, error);
}

static gboolean
put_part (KithOpContext *cx, JsonObject *entry, KithRecord *form, KithRecord *to, JsonArray *answers, GError **error)
{
  g_autofree char *id = answer_id (to, form);
  g_autoptr (KithRecord) record = kith_op_new ("form_answer", id);

  kith_record_set_node (record, "answers", json_node_init_array (json_node_alloc (), answers));
  return put_signed (cx, entry, form, to, record, error);
}

/* Whose answers they are is the record's own word until they are corrected the first time; from then on each field tells. */
static void
note_author (KithRecord *record)
{
  g_autoptr (JsonObject) authors = kith_json_new ("answers", "s", kith_record_string (record, "by_name"), NULL);

  if (kith_record_object (record, KITH_FIELD_AUTHORS) == NULL)
    kith_record_set_node (record, KITH_FIELD_AUTHORS, json_node_init_object (json_node_alloc (), authors));
}

/* In place of what was answered before, which is kept. *changed stays as it is where they say the same. */
static gboolean
put_over (KithOpContext *cx, JsonObject *entry, KithRecord *form, KithRecord *to, KithRecord *before, JsonArray *answers, gboolean *changed, GError **error)
{
  g_autoptr (JsonNode) node = json_node_init_array (json_node_alloc (), answers);

  if (kith_json_equal (json_object_get_member (kith_record_get_body (before), "answers"), node))
    return TRUE;
  *changed = TRUE;
  note_author (before);
  return kith_op_set_kept_node (cx, before, "answers", node, error) && put_signed (cx, entry, form, to, before, error);
}

gboolean
kith_op_put_health (KithOpContext *cx, KithRecord *health, GError **error)
{
  g_autofree char *scope = health != NULL ? kith_record_scope (health) : NULL;

  if (health == NULL)
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("Nothing about health is written here. Nothing was saved."));
  if (!cx->actor->health && cx->actor->level != KITH_LEVEL_HUB)
    return kith_refuse (error, KITH_REFUSAL_DENIED, _("Your account may not see health information, so it cannot write any. Ask your agency’s administrator."));
  return kith_world_begin_scope (cx->world, scope, error) && kith_world_put (cx->world, health, error);
}

static gboolean
put_entry (KithOpContext *cx, JsonObject *entry, KithRecord *to, KithRecord *health, gboolean partly, GError **error)
{
  g_autoptr (KithRecord) form = NULL;
  g_autoptr (JsonArray) open = NULL;
  g_autoptr (JsonArray) about_health = NULL;

  if (!kith_op_need (cx, "form", kith_json_string (entry, "form"), &form, error))
    return FALSE;
  if (form == NULL)
    return TRUE;
  if (!check_given (entry, form, NULL, error) || (!partly && !check_required (entry, form, NULL, error)))
    return FALSE;
  open = take_part (entry, form, FALSE);
  about_health = take_part (entry, form, TRUE);
  return (json_array_get_length (open) == 0 || put_part (cx, entry, form, to, open, error)) &&
         (json_array_get_length (about_health) == 0 ||
          (kith_op_put_health (cx, health, error) && put_part (cx, entry, form, health, about_health, error)));
}

static JsonObject *
find_entry (JsonArray *entries, const char *form)
{
  for (guint i = 0; entries != NULL && i < json_array_get_length (entries); i++)
    {
      JsonNode *node = json_array_get_element (entries, i);

      if (JSON_NODE_HOLDS_OBJECT (node) && g_strcmp0 (kith_json_string (json_node_get_object (node), "form"), form) == 0)
        return json_node_get_object (node);
    }
  return NULL;
}

gboolean
kith_op_require_answers (KithOpContext *cx, JsonArray *entries, const char *record, GError **error)
{
  g_autoptr (GPtrArray) forms = record != NULL ? kith_world_find (cx->world, "dir", "form", "record", record, NULL, error) : NULL;

  for (guint i = 0; forms != NULL && i < forms->len; i++)
    {
      KithRecord *form = g_ptr_array_index (forms, i);
      gboolean news;

      if (kith_record_bool (form, "inactive") || find_entry (entries, kith_record_get_id (form)) != NULL)
        continue;
      if (!kith_op_is_news (cx, form, &news, error) || (!news && !refuse_missing (form, NULL, NULL, error)))
        return FALSE;
    }
  return record == NULL || forms != NULL;
}

static gboolean
put_entries (KithOpContext *cx, JsonArray *entries, KithRecord *to, KithRecord *health, gboolean partly, GError **error)
{
  if (!kith_op_check_answers (entries, error))
    return FALSE;
  for (guint i = 0; entries != NULL && i < json_array_get_length (entries); i++)
    if (!put_entry (cx, json_array_get_object_element (entries, i), to, health, partly, error))
      return FALSE;
  return TRUE;
}

gboolean
kith_op_put_answers (KithOpContext *cx, JsonArray *entries, KithRecord *to, KithRecord *health, GError **error)
{
  return put_entries (cx, entries, to, health, FALSE, error);
}

gboolean
kith_op_keep_answers (KithOpContext *cx, JsonArray *entries, KithRecord *to, KithRecord *health, GError **error)
{
  return put_entries (cx, entries, to, health, TRUE, error);
}

/* Of an entry, or of a form_answer; NULL: it says nothing. */
static JsonNode *
answers_of (JsonObject *holder)
{
  JsonArray *answers = holder != NULL ? kith_json_array (holder, "answers") : NULL;

  return answers != NULL && json_array_get_length (answers) > 0 ? json_object_get_member (holder, "answers") : NULL;
}

static gboolean
is_as_seen (KithRecord *before, JsonArray *seen, const char *form)
{
  return kith_json_equal (answers_of (find_entry (seen, form)), answers_of (before != NULL ? kith_record_get_body (before) : NULL));
}

static gboolean
correct_entry (KithOpContext *cx, JsonObject *entry, JsonArray *seen, KithRecord *to, gboolean *changed, GError **error)
{
  g_autoptr (KithRecord) form = NULL;
  g_autoptr (KithRecord) before = NULL;
  g_autoptr (JsonArray) answers = NULL;
  g_autofree char *id = NULL;
  JsonArray *was;

  if (!kith_op_need (cx, "form", kith_json_string (entry, "form"), &form, error))
    return FALSE;
  if (form == NULL)
    return TRUE;
  id = answer_id (to, form);
  if (!kith_op_get (cx, "form_answer", id, &before, error))
    return FALSE;
  /* What is not on this computer yet proves nothing. */
  if (seen != NULL && (before != NULL || cx->hub) && !is_as_seen (before, seen, kith_record_get_id (form)))
    return kith_refuse (error, KITH_REFUSAL_STALE_STATE, _("Somebody else corrected these answers meanwhile. Read them again, then correct them; nothing was changed."));
  was = seen != NULL && before != NULL ? kith_record_array (before, "answers") : NULL;
  if (!check_given (entry, form, was, error) || !check_required (entry, form, was, error))
    return FALSE;
  answers = take_part (entry, form, FALSE);
  if (before != NULL && (seen != NULL || json_array_get_length (answers) > 0))
    return put_over (cx, entry, form, to, before, answers, changed, error);
  if (json_array_get_length (answers) == 0)
    return TRUE;
  *changed = TRUE;
  return put_part (cx, entry, form, to, answers, error);
}

gboolean
kith_op_correct_answers (KithOpContext *cx, JsonArray *entries, JsonArray *seen, KithRecord *to, gboolean *changed, GError **error)
{
  if (!kith_op_check_answers (entries, error) || !kith_op_check_answers (seen, error))
    return FALSE;
  for (guint i = 0; entries != NULL && i < json_array_get_length (entries); i++)
    if (!correct_entry (cx, json_array_get_object_element (entries, i), seen, to, changed, error))
      return FALSE;
  return TRUE;
}
