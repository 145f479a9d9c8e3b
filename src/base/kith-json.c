/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-json.h"

#include <math.h>
#include <string.h>

#define INT_MAX_EXACT G_GINT64_CONSTANT (9007199254740992) /* 2^53 */

static void print_node (GString *out, JsonNode *node);

/* Printing. */

static void
print_string (GString *out, const char *text)
{
  g_string_append_c (out, '"');
  for (const char *at = text; *at != '\0'; at++)
    {
      guchar c = (guchar) *at;

      switch (c)
        {
        case '"':
          g_string_append (out, "\\\"");
          break;
        case '\\':
          g_string_append (out, "\\\\");
          break;
        case '\n':
          g_string_append (out, "\\n");
          break;
        case '\r':
          g_string_append (out, "\\r");
          break;
        case '\t':
          g_string_append (out, "\\t");
          break;
        default:
          if (c < 0x20)
            g_string_append_printf (out, "\\u%04x", c);
          else
            g_string_append_c (out, (char) c);
        }
    }
  g_string_append_c (out, '"');
}

/* The shortest text that reads back as the same number. A whole number has no fraction, whichever way it is held, so
 * that 1 and 1.0 are the same bytes. JSON has no word for infinity: it becomes null. */
static void
print_double (GString *out, double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  if (!isfinite (value))
    {
      g_string_append (out, "null");
      return;
    }
  if (value == floor (value) && fabs (value) <= (double) INT_MAX_EXACT)
    {
      g_string_append_printf (out, "%" G_GINT64_FORMAT, (gint64) value);
      return;
    }
  for (int precision = 15; precision <= 17; precision++)
    {
      char format[8];

      g_snprintf (format, sizeof format, "%%.%dg", precision);
      g_ascii_formatd (text, sizeof text, format, value);
      if (g_ascii_strtod (text, NULL) == value)
        break;
    }
  g_string_append (out, text);
}

static void
print_value (GString *out, JsonNode *node)
{
  GType type = json_node_get_value_type (node);

  if (type == G_TYPE_STRING)
    print_string (out, json_node_get_string (node) != NULL ? json_node_get_string (node) : "");
  else if (type == G_TYPE_BOOLEAN)
    g_string_append (out, json_node_get_boolean (node) ? "true" : "false");
  else if (type == G_TYPE_DOUBLE || type == G_TYPE_FLOAT)
    print_double (out, json_node_get_double (node));
  else
    g_string_append_printf (out, "%" G_GINT64_FORMAT, json_node_get_int (node));
}

static void
print_object (GString *out, JsonObject *object)
{
  g_autoptr (GList) names = g_list_sort (json_object_get_members (object), (GCompareFunc) strcmp);

  g_string_append_c (out, '{');
  for (GList *l = names; l != NULL; l = l->next)
    {
      if (l != names)
        g_string_append_c (out, ',');
      print_string (out, l->data);
      g_string_append_c (out, ':');
      print_node (out, json_object_get_member (object, l->data));
    }
  g_string_append_c (out, '}');
}

static void
print_array (GString *out, JsonArray *array)
{
  guint length = json_array_get_length (array);

  g_string_append_c (out, '[');
  for (guint i = 0; i < length; i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      print_node (out, json_array_get_element (array, i));
    }
  g_string_append_c (out, ']');
}

static void
print_node (GString *out, JsonNode *node)
{
  switch (json_node_get_node_type (node))
    {
    case JSON_NODE_OBJECT:
      print_object (out, json_node_get_object (node));
      break;
    case JSON_NODE_ARRAY:
      print_array (out, json_node_get_array (node));
      break;
    case JSON_NODE_VALUE:
      print_value (out, node);
      break;
    case JSON_NODE_NULL:
    default:
      g_string_append (out, "null");
    }
}

char *
kith_json_print (JsonNode *node)
{
  GString *out = g_string_new (NULL);

  g_return_val_if_fail (node != NULL, g_string_free (out, FALSE));
  print_node (out, node);
  return g_string_free (out, FALSE);
}

char *
kith_json_print_object (JsonObject *object)
{
  GString *out = g_string_new (NULL);

  g_return_val_if_fail (object != NULL, g_string_free (out, FALSE));
  print_object (out, object);
  return g_string_free (out, FALSE);
}

gboolean
kith_json_equal (JsonNode *a, JsonNode *b)
{
  g_autofree char *text_a = NULL;
  g_autofree char *text_b = NULL;

  if (a == b || a == NULL || b == NULL)
    return a == b;
  text_a = kith_json_print (a);
  text_b = kith_json_print (b);
  return g_str_equal (text_a, text_b);
}

/* Copying. json_node_copy() only takes a reference on objects and arrays. */

static JsonNode *copy_node (JsonNode *node);

JsonObject *
kith_json_copy_object (JsonObject *object)
{
  JsonObject *copy = json_object_new ();
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  g_return_val_if_fail (object != NULL, copy);
  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    json_object_set_member (copy, name, copy_node (node));
  return copy;
}

static JsonArray *
copy_array (JsonArray *array)
{
  guint length = json_array_get_length (array);
  JsonArray *copy = json_array_sized_new (length);

  for (guint i = 0; i < length; i++)
    json_array_add_element (copy, copy_node (json_array_get_element (array, i)));
  return copy;
}

static JsonNode *
copy_node (JsonNode *node)
{
  JsonNode *copy;

  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      copy = json_node_new (JSON_NODE_OBJECT);
      json_node_take_object (copy, kith_json_copy_object (json_node_get_object (node)));
      return copy;
    }
  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      copy = json_node_new (JSON_NODE_ARRAY);
      json_node_take_array (copy, copy_array (json_node_get_array (node)));
      return copy;
    }
  return json_node_copy (node);
}

/* Reading. */

static JsonNode *
member (JsonObject *object, const char *name)
{
  return object != NULL ? json_object_get_member (object, name) : NULL;
}

static GType
value_type (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_INVALID;
}

const char *
kith_json_string (JsonObject *object, const char *name)
{
  JsonNode *node = member (object, name);

  return value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;
}

gint64
kith_json_int (JsonObject *object, const char *name, gint64 fallback)
{
  JsonNode *node = member (object, name);
  GType type = value_type (node);

  if (type == G_TYPE_INT64)
    return json_node_get_int (node);
  if (type == G_TYPE_DOUBLE)
    {
      double value = json_node_get_double (node);

      /* "1.0" and "1" are the same number; 1.5 is not an integer. */
      if (value == floor (value) && fabs (value) <= (double) INT_MAX_EXACT)
        return (gint64) value;
    }
  return fallback;
}

gboolean
kith_json_bool (JsonObject *object, const char *name, gboolean fallback)
{
  JsonNode *node = member (object, name);

  return value_type (node) == G_TYPE_BOOLEAN ? json_node_get_boolean (node) : fallback;
}

JsonObject *
kith_json_object (JsonObject *object, const char *name)
{
  JsonNode *node = member (object, name);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

JsonArray *
kith_json_array (JsonObject *object, const char *name)
{
  JsonNode *node = member (object, name);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

gboolean
kith_json_array_has (JsonArray *array, const char *text)
{
  guint length = array != NULL ? json_array_get_length (array) : 0;

  for (guint i = 0; i < length; i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      if (value_type (node) == G_TYPE_STRING && g_strcmp0 (json_node_get_string (node), text) == 0)
        return TRUE;
    }
  return FALSE;
}

/* Building. */

JsonObject *
kith_json_new (const char *first_name, ...)
{
  JsonObject *object = json_object_new ();
  va_list args;

  va_start (args, first_name);
  for (const char *name = first_name; name != NULL; name = va_arg (args, const char *))
    {
      const char *type = va_arg (args, const char *);
      const char *text;
      JsonObject *child;
      JsonArray *array;

      switch (type[0])
        {
        case 's':
          text = va_arg (args, const char *);
          if (text != NULL)
            json_object_set_string_member (object, name, text);
          break;
        case 'i':
          json_object_set_int_member (object, name, va_arg (args, gint64));
          break;
        case 'b':
          json_object_set_boolean_member (object, name, va_arg (args, gboolean) != FALSE);
          break;
        case 'o':
          child = va_arg (args, JsonObject *);
          if (child != NULL)
            json_object_set_object_member (object, name, child);
          break;
        case 'a':
          array = va_arg (args, JsonArray *);
          if (array != NULL)
            json_object_set_array_member (object, name, array);
          break;
        case 'n':
          json_object_set_null_member (object, name);
          break;
        default:
          g_error ("kith_json_new: no such type: %s", type);
        }
    }
  va_end (args);
  return object;
}

JsonArray *
kith_json_strings (const char *first, ...)
{
  JsonArray *array = json_array_new ();
  va_list args;

  va_start (args, first);
  for (const char *text = first; text != NULL; text = va_arg (args, const char *))
    json_array_add_string_element (array, text);
  va_end (args);
  return array;
}
