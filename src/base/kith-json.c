/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-json.h"

#include <math.h>
#include <string.h>

#define USUAL_TEXT 512 /* bytes of most records and lines */
#define INT_MAX_EXACT G_GINT64_CONSTANT (9007199254740992) /* 2^53 */

static void print_node (GString *out, JsonNode *node);

/* Printing. */

static void
print_escape (GString *out, guchar c)
{
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
      g_string_append_printf (out, "\\u%04x", c);
    }
}

/* text: valid UTF-8; only what JSON demands is escaped: quotes, backslashes and characters below U+0020 */
void
kith_json_append_string (GString *out, const char *text)
{
  const char *run = text, *at;

  g_string_append_c (out, '"');
  for (at = text; *at != '\0'; at++)
    if ((guchar) *at < 0x20 || *at == '"' || *at == '\\')
      {
        g_string_append_len (out, run, at - run);
        print_escape (out, (guchar) *at);
        run = at + 1;
      }
  g_string_append_len (out, run, at - run);
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
    kith_json_append_string (out, json_node_get_string (node) != NULL ? json_node_get_string (node) : "");
  else if (type == G_TYPE_BOOLEAN)
    g_string_append (out, json_node_get_boolean (node) ? "true" : "false");
  else if (type == G_TYPE_DOUBLE || type == G_TYPE_FLOAT)
    print_double (out, json_node_get_double (node));
  else
    g_string_append_printf (out, "%" G_GINT64_FORMAT, json_node_get_int (node));
}

typedef struct
{
  const char *name;
  JsonNode *node;
} Member;

#define FEW_MEMBERS 32 /* as many find room on the stack, and are sorted faster by insertion */

static int
compare_members (const void *a, const void *b)
{
  return strcmp (((const Member *) a)->name, ((const Member *) b)->name);
}

/* Puts the object's members in order into members, which has room for all. */
static void
sort_members (JsonObject *object, Member *members)
{
  JsonObjectIter iter;
  Member next;
  guint n = 0;
  gboolean few = json_object_get_size (object) <= FEW_MEMBERS;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &next.name, &next.node))
    {
      guint place = n++;

      for (; few && place > 0 && strcmp (next.name, members[place - 1].name) < 0; place--)
        members[place] = members[place - 1];
      members[place] = next;
    }
  if (!few)
    qsort (members, n, sizeof (Member), compare_members);
}

static void
print_object (GString *out, JsonObject *object)
{
  guint size = json_object_get_size (object);
  Member few[FEW_MEMBERS];
  g_autofree Member *many = size > FEW_MEMBERS ? g_new (Member, size) : NULL;
  Member *members = many != NULL ? many : few;

  sort_members (object, members);
  g_string_append_c (out, '{');
  for (guint i = 0; i < size; i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      kith_json_append_string (out, members[i].name);
      g_string_append_c (out, ':');
      print_node (out, members[i].node);
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
  GString *out = g_string_sized_new (USUAL_TEXT);

  g_return_val_if_fail (object != NULL, g_string_free (out, FALSE));
  print_object (out, object);
  return g_string_free (out, FALSE);
}

static gboolean
equal_arrays (JsonArray *a, JsonArray *b)
{
  guint length = json_array_get_length (a);

  if (length != json_array_get_length (b))
    return FALSE;
  for (guint i = 0; i < length; i++)
    if (!kith_json_equal (json_array_get_element (a, i), json_array_get_element (b, i)))
      return FALSE;
  return TRUE;
}

/* The same number is equal whichever way it is held: by its text, as it is printed. */
static gboolean
equal_texts (JsonNode *a, JsonNode *b)
{
  g_autofree char *text_a = kith_json_print (a);
  g_autofree char *text_b = kith_json_print (b);

  return g_str_equal (text_a, text_b);
}

static gboolean
equal_values (JsonNode *a, JsonNode *b)
{
  GType type = json_node_get_value_type (a);

  if (type != json_node_get_value_type (b) || type == G_TYPE_DOUBLE)
    return equal_texts (a, b);
  if (type == G_TYPE_STRING)
    return g_strcmp0 (json_node_get_string (a), json_node_get_string (b)) == 0;
  if (type == G_TYPE_BOOLEAN)
    return json_node_get_boolean (a) == json_node_get_boolean (b);
  return json_node_get_int (a) == json_node_get_int (b);
}

gboolean
kith_json_equal_objects (JsonObject *a, JsonObject *b)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  if (a == b)
    return TRUE;
  if (json_object_get_size (a) != json_object_get_size (b))
    return FALSE;
  json_object_iter_init (&iter, a);
  while (json_object_iter_next (&iter, &name, &node))
    if (!kith_json_equal (node, json_object_get_member (b, name)))
      return FALSE;
  return TRUE;
}

/**
 * kith_json_equal:
 * @a: (nullable): as @b; two NULLs are equal
 *
 * Compares values, not how they are held: 1 and 1.0 are equal, the order of members does not matter.
 */
gboolean
kith_json_equal (JsonNode *a, JsonNode *b)
{
  if (a == b || a == NULL || b == NULL)
    return a == b;
  if (json_node_get_node_type (a) != json_node_get_node_type (b))
    return equal_texts (a, b);
  switch (json_node_get_node_type (a))
    {
    case JSON_NODE_OBJECT:
      return kith_json_equal_objects (json_node_get_object (a), json_node_get_object (b));
    case JSON_NODE_ARRAY:
      return equal_arrays (json_node_get_array (a), json_node_get_array (b));
    case JSON_NODE_VALUE:
      return equal_values (a, b);
    case JSON_NODE_NULL:
    default:
      return TRUE;
    }
}

/* Copying. json_node_copy() only takes a reference on objects and arrays. */

static JsonNode *copy_node (JsonNode *node);

/* Returns (transfer full): nothing in it is shared with object; members keep the order they were put in */
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

/* Returns: the integer; 3.0 is taken as 3, while 3.5, a text and a missing member give fallback */
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

/* Returns: the switch; a missing member and any other type give fallback */
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
