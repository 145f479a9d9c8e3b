/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kind-samples.h"

#include "kith-json.h"

JsonNode *
sample_json (const char *json)
{
  g_autofree char *text = g_strdelimit (g_strdup (json), "'", '"');
  g_autofree char *wrapped = g_strdup_printf ("{\"v\":%s}", text);
  g_autoptr (GError) error = NULL;
  JsonObject *object = kith_json_parse_object (wrapped, -1, NULL, &error);

  g_assert_no_error (error);
  JsonNode *node = json_node_ref (json_object_get_member (object, "v"));
  json_object_unref (object);
  return node;
}

static JsonNode *
sample_text (const char *text)
{
  return json_node_init_string (json_node_alloc (), text);
}

static JsonNode *
sample_part (const char *name)
{
  const KithKind *part = kith_kind_get (name);
  g_autoptr (KithRecord) record = NULL;

  g_assert_nonnull (part);
  record = sample_record (part);
  return json_node_init_object (json_node_alloc (), kith_record_get_body (record));
}

static JsonNode *
in_list (JsonNode *element)
{
  g_autoptr (JsonArray) array = json_array_new ();

  json_array_add_element (array, element);
  return json_node_init_array (json_node_alloc (), array);
}

static const char *
sample_code (const KithField *field)
{
  const KithVocabulary *vocabulary = kith_vocabulary_get (field->vocabulary);

  g_assert_nonnull (vocabulary);
  return kith_vocabulary_code (vocabulary, kith_vocabulary_size (vocabulary) - 1);
}

JsonNode *
sample_value (const KithField *field)
{
  switch (field->type)
    {
    case KITH_FIELD_ID:
    case KITH_FIELD_REF:
      return sample_text (SAMPLE_ID);
    case KITH_FIELD_STRING:
      return sample_text ((field->flags & KITH_FIELD_DIGITS) ? "619-555-0142" : "Żó \"1\"");
    case KITH_FIELD_TEXT:
      return sample_text ("One line\n\tand another");
    case KITH_FIELD_DATE:
      return sample_text ("2024-02-29");
    case KITH_FIELD_PARTIAL_DATE:
      return sample_text ("1988-04");
    case KITH_FIELD_TIME:
      return sample_text ("2026-11-22T01:34:00.123Z");
    case KITH_FIELD_INT:
      return json_node_init_int (json_node_alloc (), -42);
    case KITH_FIELD_NUMBER:
      return json_node_init_double (json_node_alloc (), 32.5);
    case KITH_FIELD_BOOL:
      return json_node_init_boolean (json_node_alloc (), TRUE);
    case KITH_FIELD_CODE:
      return sample_text (sample_code (field));
    case KITH_FIELD_CODES:
      return in_list (sample_text (sample_code (field)));
    case KITH_FIELD_REFS:
      return in_list (sample_text (SAMPLE_ID));
    case KITH_FIELD_STRINGS:
      return in_list (sample_text ("Another name"));
    case KITH_FIELD_PART:
      return sample_part (field->target);
    case KITH_FIELD_PARTS:
      return in_list (sample_part (field->target));
    case KITH_FIELD_JSON:
      return sample_json ("{'any':['thing',1]}");
    }
  g_assert_not_reached ();
}

KithRecord *
sample_record (const KithKind *kind)
{
  KithRecord *record = kith_record_new (kind, SAMPLE_ID);

  for (guint i = 0; i < kind->n_fields; i++)
    kith_record_set_node (record, kind->fields[i].name, sample_value (&kind->fields[i]));
  return record;
}
