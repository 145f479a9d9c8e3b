/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kith-record.h"

#include "kith-json.h"
#include "kith-model-private.h"

/* Properties of the kinds. Property i + 1 is field i; n_fields + i + 1 is the label of field i's code. */

static GListModel *
list_parts (const KithField *field, JsonArray *array)
{
  const KithKind *part = kith_kind_get (field->target);
  GListStore *store = g_list_store_new (kith_kind_get_gtype (part));

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);
      if (!JSON_NODE_HOLDS_OBJECT (element))
        continue;
      JsonObject *body = json_node_get_object (element);
      g_autoptr (KithRecord) record = kith_record_new_for_body (part, kith_json_string (body, "id"), body);
      g_list_store_append (store, record);
    }
  return G_LIST_MODEL (store);
}

static char **
dup_strings (JsonArray *array)
{
  g_autoptr (GPtrArray) strings = g_ptr_array_new ();

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);
      if (JSON_NODE_HOLDS_VALUE (element) && json_node_get_value_type (element) == G_TYPE_STRING)
        g_ptr_array_add (strings, g_strdup (json_node_get_string (element)));
    }
  g_ptr_array_add (strings, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&strings), FALSE);
}

static double
get_number (KithRecord *self, const char *name)
{
  JsonNode *node = json_object_get_member (kith_record_peek_body (self), name);
  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) != G_TYPE_STRING ? json_node_get_double (node) : 0;
}

static void
get_field_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  KithRecord *self = KITH_RECORD (object);
  const KithKind *kind = KITH_RECORD_GET_CLASS (self)->kind;
  const KithField *field = &kind->fields[(id - 1) % kind->n_fields];

  if (id > kind->n_fields)
    {
      const char *code = kith_record_string (self, field->name);
      const KithVocabulary *vocabulary = kith_vocabulary_get (field->vocabulary);
      g_value_set_string (value, code != NULL && vocabulary != NULL ? kith_vocabulary_label (vocabulary, code) : code);
      return;
    }
  switch (field->type)
    {
    case KITH_FIELD_INT:
      g_value_set_int64 (value, kith_record_int (self, field->name));
      break;
    case KITH_FIELD_NUMBER:
      g_value_set_double (value, get_number (self, field->name));
      break;
    case KITH_FIELD_BOOL:
      g_value_set_boolean (value, kith_record_bool (self, field->name));
      break;
    case KITH_FIELD_CODES:
    case KITH_FIELD_REFS:
    case KITH_FIELD_STRINGS:
      g_value_take_boxed (value, dup_strings (kith_record_array (self, field->name)));
      break;
    case KITH_FIELD_PARTS:
      g_value_take_object (value, list_parts (field, kith_record_array (self, field->name)));
      break;
    case KITH_FIELD_PART:
      {
        JsonObject *part = kith_record_object (self, field->name);
        if (part != NULL)
          g_value_take_object (value, kith_record_new_for_body (kith_kind_get (field->target), kith_json_string (part, "id"), part));
        break;
      }
    case KITH_FIELD_JSON:
      g_value_set_boxed (value, json_object_get_member (kith_record_peek_body (self), field->name));
      break;
    default:
      g_value_set_string (value, kith_record_string (self, field->name));
      break;
    }
}

static void
set_field_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  KithRecord *self = KITH_RECORD (object);
  const KithField *field = &KITH_RECORD_GET_CLASS (self)->kind->fields[id - 1];

  if (field->type == KITH_FIELD_INT)
    kith_record_set_int (self, field->name, g_value_get_int64 (value));
  else if (field->type == KITH_FIELD_NUMBER)
    kith_record_set_node (self, field->name, json_node_init_double (json_node_alloc (), g_value_get_double (value)));
  else if (field->type == KITH_FIELD_BOOL)
    kith_record_set_bool (self, field->name, g_value_get_boolean (value));
  else
    kith_record_set_string (self, field->name, g_value_get_string (value));
}

static GParamSpec *
new_pspec (const KithField *field, const char *name)
{
  const GParamFlags read = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY;
  const GParamFlags both = read | G_PARAM_WRITABLE;

  switch (field->type)
    {
    case KITH_FIELD_INT:
      return g_param_spec_int64 (name, NULL, NULL, G_MININT64, G_MAXINT64, 0, both);
    case KITH_FIELD_NUMBER:
      return g_param_spec_double (name, NULL, NULL, -G_MAXDOUBLE, G_MAXDOUBLE, 0, both);
    case KITH_FIELD_BOOL:
      return g_param_spec_boolean (name, NULL, NULL, FALSE, both);
    case KITH_FIELD_CODES:
    case KITH_FIELD_REFS:
    case KITH_FIELD_STRINGS:
      return g_param_spec_boxed (name, NULL, NULL, G_TYPE_STRV, read);
    case KITH_FIELD_PARTS:
      return g_param_spec_object (name, NULL, NULL, G_TYPE_LIST_MODEL, read);
    case KITH_FIELD_PART:
      return g_param_spec_object (name, NULL, NULL, KITH_TYPE_RECORD, read);
    case KITH_FIELD_JSON:
      return g_param_spec_boxed (name, NULL, NULL, JSON_TYPE_NODE, read);
    default:
      return g_param_spec_string (name, NULL, NULL, NULL, both);
    }
}

static char *
property_name (const char *field, const char *suffix)
{
  char *name = g_strconcat (field, suffix, NULL);
  return g_strdelimit (name, "_", '-');
}

static void
kind_class_init (gpointer class, gpointer data)
{
  const KithKind *kind = data;
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  KITH_RECORD_CLASS (class)->kind = kind;
  object_class->get_property = get_field_property;
  object_class->set_property = set_field_property;
  for (guint i = 0; i < kind->n_fields; i++)
    {
      const KithField *field = &kind->fields[i];
      g_autofree char *name = property_name (field->name, NULL);

      if (strcmp (name, "id") == 0) /* a part's own id: the record's */
        continue;
      g_object_class_install_property (object_class, i + 1, new_pspec (field, name));
      if (field->type == KITH_FIELD_CODE)
        {
          g_autofree char *label = property_name (field->name, "-label");
          g_object_class_install_property (object_class, kind->n_fields + i + 1,
            g_param_spec_string (label, NULL, NULL, NULL, G_PARAM_READABLE));
        }
    }
}

GType
kith_record_register_type (const KithKind *kind)
{
  GTypeInfo info = {
    .class_size = sizeof (KithRecordClass),
    .class_init = kind_class_init,
    .class_data = kind,
    .instance_size = sizeof (KithRecord),
  };
  return g_type_register_static (KITH_TYPE_RECORD, kind->type_name, &info, G_TYPE_FLAG_FINAL);
}
