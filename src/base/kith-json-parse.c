/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-json.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define DEFAULT_MAX_BYTES (4 * 1024 * 1024)
#define DEFAULT_MAX_DEPTH 32
#define CEILING_DEPTH 256   /* values are read by recursion: no caller may ask for more than the stack of a thread bears */
#define SHORT_NAME 64       /* bytes; longer names of members are copied to the heap */
#define MAX_MEMBERS 4096    /* of one object: keys made to collide in its hash table would cost quadratic time */
#define MAX_NUMBER 64       /* characters of one number */
#define MAX_EXACT G_GINT64_CONSTANT (9007199254740992) /* 2^53 */

/**
 * kith_json_error_quark:
 *
 * Returns: the domain of what kith_json_parse() refuses; its messages may be shown
 */
G_DEFINE_QUARK (kith-json-error-quark, kith_json_error)

typedef struct
{
  const char *start;
  const char *at;
  const char *end;
  guint depth;
  guint max_depth;
  GString *buffer; /* the string being read */
  GError **error;
} Reader;

static gboolean read_value (Reader *reader, JsonNode **node);

/* Errors. */

static void
find_place (Reader *reader, guint *line, guint *column)
{
  *line = 1;
  *column = 1;
  for (const char *at = reader->start; at < reader->at; at++)
    {
      if (*at == '\n')
        {
          (*line)++;
          *column = 1;
        }
      else if (((guchar) *at & 0xc0) != 0x80)
        (*column)++;
    }
}

/* The sentence says what is wrong; where is added here. */
static gboolean
fail (Reader *reader, KithJsonError code, const char *what)
{
  guint line, column;

  find_place (reader, &line, &column);
  g_set_error (reader->error, KITH_JSON_ERROR, code, _("%s (line %u, column %u)."), what, line, column);
  return FALSE;
}

static gboolean
fail_syntax (Reader *reader)
{
  if (reader->at >= reader->end)
    return fail (reader, KITH_JSON_ERROR_SYNTAX, _("The data ends too early"));
  return fail (reader, KITH_JSON_ERROR_SYNTAX, _("The data is not valid JSON"));
}

/* Reading. */

static void
skip_space (Reader *reader)
{
  while (reader->at < reader->end
         && (*reader->at == ' ' || *reader->at == '\t' || *reader->at == '\n' || *reader->at == '\r'))
    reader->at++;
}

static int
peek (Reader *reader)
{
  return reader->at < reader->end ? (guchar) *reader->at : -1;
}

static gboolean
read_hex4 (Reader *reader, gunichar *unit)
{
  *unit = 0;
  for (guint i = 0; i < 4; i++, reader->at++)
    {
      if (reader->at >= reader->end || !g_ascii_isxdigit (*reader->at))
        return fail_syntax (reader);
      *unit = *unit << 4 | (gunichar) g_ascii_xdigit_value (*reader->at);
    }
  return TRUE;
}

/* After the backslash and the u. */
static gboolean
read_unicode_escape (Reader *reader)
{
  gunichar c, low;

  if (!read_hex4 (reader, &c))
    return FALSE;
  if (c == 0)
    return fail (reader, KITH_JSON_ERROR_SYNTAX, _("The data has a NUL character in a text"));
  if (c >= 0xd800 && c <= 0xdfff)
    {
      if (c >= 0xdc00 || reader->end - reader->at < 6 || reader->at[0] != '\\' || reader->at[1] != 'u')
        return fail (reader, KITH_JSON_ERROR_SYNTAX, _("The data has half a character (a lone surrogate) in a text"));
      reader->at += 2;
      if (!read_hex4 (reader, &low))
        return FALSE;
      if (low < 0xdc00 || low > 0xdfff)
        return fail (reader, KITH_JSON_ERROR_SYNTAX, _("The data has half a character (a lone surrogate) in a text"));
      c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
    }
  g_string_append_unichar (reader->buffer, c);
  return TRUE;
}

static gboolean
read_escape (Reader *reader)
{
  static const char names[] = "\"\\/bfnrt";
  static const char values[] = "\"\\/\b\f\n\r\t";
  int c = peek (reader);
  const char *found;

  if (c == 'u')
    {
      reader->at++;
      return read_unicode_escape (reader);
    }
  found = c > 0 ? strchr (names, c) : NULL;
  if (found == NULL)
    return fail_syntax (reader);
  reader->at++;
  g_string_append_c (reader->buffer, values[found - names]);
  return TRUE;
}

/* From the opening quote to behind the closing one; leaves the text in the buffer. */
static gboolean
read_string (Reader *reader)
{
  reader->at++;
  g_string_truncate (reader->buffer, 0);
  for (;;)
    {
      const char *run = reader->at;

      while (reader->at < reader->end && *reader->at != '"' && *reader->at != '\\' && (guchar) *reader->at >= 0x20)
        reader->at++;
      g_string_append_len (reader->buffer, run, reader->at - run);
      switch (peek (reader))
        {
        case '"':
          reader->at++;
          return TRUE;
        case '\\':
          reader->at++;
          if (!read_escape (reader))
            return FALSE;
          break;
        default: /* the end, or a bare control character */
          return fail_syntax (reader);
        }
    }
}

static gboolean
skip_digits (Reader *reader)
{
  const char *start = reader->at;

  while (reader->at < reader->end && g_ascii_isdigit (*reader->at))
    reader->at++;
  return reader->at > start || fail_syntax (reader);
}

static gboolean
skip_integer (Reader *reader)
{
  if (peek (reader) == '-')
    reader->at++;
  if (peek (reader) == '0')
    {
      reader->at++; /* no digit may follow: then what follows is the error */
      return TRUE;
    }
  return skip_digits (reader);
}

static gboolean
skip_fraction (Reader *reader, gboolean *whole)
{
  if (peek (reader) == '.')
    {
      *whole = FALSE;
      reader->at++;
      if (!skip_digits (reader))
        return FALSE;
    }
  if (peek (reader) == 'e' || peek (reader) == 'E')
    {
      *whole = FALSE;
      reader->at++;
      if (peek (reader) == '+' || peek (reader) == '-')
        reader->at++;
      if (!skip_digits (reader))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_number (Reader *reader, JsonNode **node)
{
  const char *start = reader->at;
  char text[MAX_NUMBER + 1];
  gboolean whole = TRUE;
  gsize length;

  if (!skip_integer (reader) || !skip_fraction (reader, &whole))
    return FALSE;
  length = (gsize) (reader->at - start);
  if (length > MAX_NUMBER)
    return fail (reader, KITH_JSON_ERROR_NUMBER, _("The data has a number that is too long"));
  memcpy (text, start, length);
  text[length] = '\0';

  if (whole)
    {
      gint64 value = g_ascii_strtoll (text, NULL, 10); /* far too large ends at the limits of the type */

      if (value > MAX_EXACT || value < -MAX_EXACT)
        return fail (reader, KITH_JSON_ERROR_NUMBER, _("The data has a whole number that is too large"));
      *node = json_node_init_int (json_node_alloc (), value);
    }
  else
    {
      double value = g_ascii_strtod (text, NULL);

      if (!isfinite (value))
        return fail (reader, KITH_JSON_ERROR_NUMBER, _("The data has a number that is too large"));
      *node = json_node_init_double (json_node_alloc (), value);
    }
  return TRUE;
}

static gboolean
read_word (Reader *reader, JsonNode **node)
{
  gsize left = (gsize) (reader->end - reader->at);

  if (left >= 4 && memcmp (reader->at, "true", 4) == 0)
    *node = json_node_init_boolean (json_node_alloc (), TRUE);
  else if (left >= 4 && memcmp (reader->at, "null", 4) == 0)
    *node = json_node_init_null (json_node_alloc ());
  else if (left >= 5 && memcmp (reader->at, "false", 5) == 0)
    *node = json_node_init_boolean (json_node_alloc (), FALSE);
  else if (left >= 3 && (memcmp (reader->at, "NaN", 3) == 0 || memcmp (reader->at, "Inf", 3) == 0))
    return fail (reader, KITH_JSON_ERROR_NUMBER, _("The data has a number that is none"));
  else
    return fail_syntax (reader);
  reader->at += *reader->at == 'f' ? 5 : 4;
  return TRUE;
}

static gboolean
enter (Reader *reader)
{
  if (reader->depth >= reader->max_depth)
    return fail (reader, KITH_JSON_ERROR_TOO_DEEP, _("The data is nested too deep"));
  reader->depth++;
  reader->at++;
  skip_space (reader);
  return TRUE;
}

static gboolean
read_elements (Reader *reader, JsonArray *array)
{
  if (peek (reader) == ']')
    return TRUE;
  for (;;)
    {
      JsonNode *node = NULL;

      if (!read_value (reader, &node))
        return FALSE;
      json_array_add_element (array, node);
      skip_space (reader);
      if (peek (reader) == ']')
        return TRUE;
      if (peek (reader) != ',')
        return fail_syntax (reader);
      reader->at++;
      skip_space (reader);
    }
}

static gboolean
read_member (Reader *reader, JsonObject *object)
{
  guint members = json_object_get_size (object);
  char short_name[SHORT_NAME];
  g_autofree char *long_name = NULL;
  const char *name = short_name, *behind_name;
  JsonNode *node = NULL;

  if (peek (reader) != '"')
    return fail_syntax (reader);
  if (!read_string (reader))
    return FALSE;
  if (reader->buffer->len < SHORT_NAME)
    memcpy (short_name, reader->buffer->str, reader->buffer->len + 1);
  else
    name = long_name = g_strndup (reader->buffer->str, reader->buffer->len);
  behind_name = reader->at;
  skip_space (reader);
  if (peek (reader) != ':')
    return fail_syntax (reader);
  reader->at++;
  skip_space (reader);
  if (!read_value (reader, &node))
    return FALSE;
  json_object_set_member (object, name, node);
  if (json_object_get_size (object) > members)
    return TRUE;
  reader->at = behind_name;
  return fail (reader, KITH_JSON_ERROR_DUPLICATE, _("The data has the same member twice in one object"));
}

static gboolean
read_members (Reader *reader, JsonObject *object)
{
  if (peek (reader) == '}')
    return TRUE;
  for (;;)
    {
      if (json_object_get_size (object) >= MAX_MEMBERS)
        return fail (reader, KITH_JSON_ERROR_TOO_LARGE, _("The data has an object with too many members"));
      if (!read_member (reader, object))
        return FALSE;
      skip_space (reader);
      if (peek (reader) == '}')
        return TRUE;
      if (peek (reader) != ',')
        return fail_syntax (reader);
      reader->at++;
      skip_space (reader);
    }
}

static void
leave (Reader *reader)
{
  reader->depth--;
  reader->at++;
}

static gboolean
read_value (Reader *reader, JsonNode **node)
{
  g_autoptr (JsonObject) object = NULL;
  g_autoptr (JsonArray) array = NULL;
  int c = peek (reader);

  switch (c)
    {
    case '{':
      object = json_object_new ();
      if (!enter (reader) || !read_members (reader, object))
        return FALSE;
      leave (reader);
      *node = json_node_init_object (json_node_alloc (), object);
      return TRUE;
    case '[':
      array = json_array_new ();
      if (!enter (reader) || !read_elements (reader, array))
        return FALSE;
      leave (reader);
      *node = json_node_init_array (json_node_alloc (), array);
      return TRUE;
    case '"':
      if (!read_string (reader))
        return FALSE;
      *node = json_node_init_string (json_node_alloc (), reader->buffer->str);
      return TRUE;
    default:
      if (c == '-' || g_ascii_isdigit (c))
        return read_number (reader, node);
      return read_word (reader, node);
    }
}

/* What can be said of the whole text before any of it is read. */
static gboolean
check_bytes (const char *data, gsize length, gsize max_bytes, GError **error)
{
  if (length > max_bytes)
    {
      g_autofree char *size = g_format_size (length);
      g_autofree char *limit = g_format_size (max_bytes);

      g_set_error (error, KITH_JSON_ERROR, KITH_JSON_ERROR_TOO_LARGE,
                   _("The data is too large: %s, where %s is the most."), size, limit);
      return FALSE;
    }
  if (memchr (data, '\0', length) != NULL)
    {
      g_set_error_literal (error, KITH_JSON_ERROR, KITH_JSON_ERROR_SYNTAX, _("The data has a NUL character."));
      return FALSE;
    }
  if (!g_utf8_validate_len (data, length, NULL))
    {
      g_set_error_literal (error, KITH_JSON_ERROR, KITH_JSON_ERROR_NOT_UTF8, _("The data is not text in UTF-8."));
      return FALSE;
    }
  return TRUE;
}

/**
 * kith_json_parse:
 * @data: the text; need not end with NUL when @length is given
 * @length: its bytes, or -1
 * @limits: (nullable): %NULL for 4 MiB and a depth of 32
 *
 * Returns: (transfer full) (nullable): the value, or %NULL with @error set
 */
JsonNode *
kith_json_parse (const char *data, gssize length, const KithJsonLimits *limits, GError **error)
{
  gsize max_bytes = limits != NULL && limits->max_bytes > 0 ? limits->max_bytes : DEFAULT_MAX_BYTES;
  guint max_depth = limits != NULL && limits->max_depth > 0 ? limits->max_depth : DEFAULT_MAX_DEPTH;
  gsize size;
  JsonNode *node = NULL;
  Reader reader = { 0 };

  g_return_val_if_fail (data != NULL || length == 0, NULL);

  size = length < 0 ? strlen (data) : (gsize) length;
  if (size > 0 && !check_bytes (data, size, max_bytes, error))
    return NULL;
  reader.start = reader.at = data;
  reader.end = data != NULL ? data + size : NULL;
  reader.max_depth = MIN (max_depth, CEILING_DEPTH);
  reader.buffer = g_string_new (NULL);
  reader.error = error;

  skip_space (&reader);
  if (read_value (&reader, &node))
    {
      skip_space (&reader);
      if (reader.at != reader.end)
        {
          fail (&reader, KITH_JSON_ERROR_SYNTAX, _("The data goes on after its end"));
          g_clear_pointer (&node, json_node_unref);
        }
    }
  g_string_free (reader.buffer, TRUE);
  return node;
}

/**
 * kith_json_parse_object:
 * @data: the text; need not end with NUL when @length is given
 * @length: its bytes, or -1
 * @limits: (nullable): as for kith_json_parse()
 *
 * Returns: (transfer full) (nullable): the object, or %NULL with @error set
 */
JsonObject *
kith_json_parse_object (const char *data, gssize length, const KithJsonLimits *limits, GError **error)
{
  g_autoptr (JsonNode) node = kith_json_parse (data, length, limits, error);

  if (node == NULL)
    return NULL;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      g_set_error_literal (error, KITH_JSON_ERROR, KITH_JSON_ERROR_NOT_OBJECT, _("The data is not a JSON object."));
      return NULL;
    }
  return json_node_dup_object (node);
}
