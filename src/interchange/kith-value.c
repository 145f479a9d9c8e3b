/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-value.h"

#include "kith-clock.h"
#include "kith-text.h"

#include <glib/gi18n.h>
#include <string.h>

#define MAX_STRING 200 /* what a field without a length of its own takes, see KithField */
#define MAX_TEXT 20000
#define SHOWN 60 /* characters of a value quoted in a reason */

static JsonNode *
text_node (const char *text)
{
  return json_node_init_string (json_node_alloc (), text);
}

static JsonNode *
refuse (char **reason, const char *format, const char *text)
{
  g_autofree char *shown = g_utf8_substring (text, 0, MIN (g_utf8_strlen (text, -1), SHOWN));

  /* Every format passed here is a literal of this file. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  *reason = g_strdup_printf (format, shown);
#pragma GCC diagnostic pop
  return NULL;
}

/* White space at the ends and characters that are no text go; line ends become one kind, or a space where one line is meant. */
static char *
clean (const char *text, gboolean lines)
{
  GString *out = g_string_new (NULL);

  for (const char *c = text; *c != '\0'; c++)
    {
      if (*c == '\r' && c[1] == '\n')
        continue;
      if (*c == '\n' || *c == '\r' || *c == '\t')
        g_string_append_c (out, !lines ? ' ' : *c == '\t' ? '\t' : '\n');
      else if ((guchar) *c >= 0x20 && *c != 0x7f)
        g_string_append_c (out, *c);
    }
  return g_strstrip (g_string_free (out, FALSE));
}

static JsonNode *
from_words (const KithField *field, const char *text, char **reason)
{
  gboolean lines = field->type == KITH_FIELD_TEXT;
  guint max = field->max_length > 0 ? field->max_length : lines ? MAX_TEXT : MAX_STRING;
  g_autofree char *cleaned = clean (text, lines);

  if (strlen (cleaned) > max && g_utf8_strlen (cleaned, -1) > (glong) max)
    {
      *g_utf8_offset_to_pointer (cleaned, max) = '\0';
      *reason = g_strdup_printf (_("longer than %u characters; the rest was cut off"), max);
    }
  return text_node (cleaned);
}

static JsonNode *
from_number (const KithField *field, const char *text, char **reason)
{
  char *end = NULL;
  double value = g_ascii_strtod (text, &end);

  if (end == text || *end != '\0' || !(value > -1e15 && value < 1e15) || g_ascii_isalpha (*text))
    return refuse (reason, _("“%s” is not a number"), text);
  if (value == (double) (gint64) value)
    return json_node_init_int (json_node_alloc (), (gint64) value);
  if (field->type == KITH_FIELD_INT)
    return refuse (reason, _("“%s” is not a whole number"), text);
  return json_node_init_double (json_node_alloc (), value);
}

/**
 * kith_value_is_yes:
 *
 * Returns: whether it is a word for yes, as lists have it, in any case
 */
gboolean
kith_value_is_yes (const char *text)
{
  static const char *const yes[] = { "true", "yes", "y", "t", "1", "x", "sí", "si", NULL };
  g_autofree char *lower = g_utf8_strdown (text, -1);

  return g_strv_contains (yes, lower);
}

/**
 * kith_value_is_yes_no:
 *
 * Returns: whether it is a word for yes or for no
 */
gboolean
kith_value_is_yes_no (const char *text)
{
  static const char *const no[] = { "false", "no", "n", "f", "0", NULL };
  g_autofree char *lower = g_utf8_strdown (text, -1);

  return kith_value_is_yes (text) || g_strv_contains (no, lower);
}

static JsonNode *
from_yes_no (const char *text, char **reason)
{
  if (!kith_value_is_yes_no (text))
    return refuse (reason, _("“%s” is neither yes nor no"), text);
  return json_node_init_boolean (json_node_alloc (), kith_value_is_yes (text));
}

/* "Temporarily closed" is the code temporarily_closed; a label serves as well as its code. */
static JsonNode *
from_code (const KithField *field, const char *text, char **reason)
{
  const KithVocabulary *vocabulary = kith_vocabulary_get (field->vocabulary);
  g_autofree char *lower = g_strdelimit (g_ascii_strdown (text, -1), " -", '_');

  if (vocabulary == NULL)
    return refuse (reason, _("“%s” is not one of the codes"), text);
  for (guint i = 0; i < kith_vocabulary_size (vocabulary); i++)
    {
      const char *code = kith_vocabulary_code (vocabulary, i);

      if (g_ascii_strcasecmp (code, lower) == 0 || g_ascii_strcasecmp (code, text) == 0 ||
          g_ascii_strcasecmp (kith_vocabulary_label (vocabulary, code), text) == 0)
        return text_node (code);
    }
  return refuse (reason, _("“%s” is not one of the codes"), text);
}

static JsonNode *
from_time (const char *text, char **reason)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) time = NULL;
  g_autofree char *date = NULL;
  g_autofree char *iso = NULL;
  gint64 ms;

  if (kith_time_parse (text, &ms))
    return text_node (text);
  time = g_date_time_new_from_iso8601 (text, utc);
  if (time == NULL)
    {
      date = kith_date_guess (text, FALSE);
      iso = date != NULL ? g_strconcat (date, "T00:00:00Z", NULL) : NULL;
      time = iso != NULL ? g_date_time_new_from_iso8601 (iso, utc) : NULL;
    }
  if (time == NULL)
    return refuse (reason, _("“%s” is not a point in time"), text);
  date = (g_free (date), kith_time_format (g_date_time_to_unix (time) * 1000 + g_date_time_get_microsecond (time) / 1000));
  return text_node (date);
}

static JsonNode *
from_list (const KithField *field, const char *text, char **reason)
{
  const char *separators = strpbrk (text, ";|") != NULL ? ";|" : field->type == KITH_FIELD_STRINGS ? "" : ",";
  g_auto (GStrv) items = *separators != '\0' ? g_strsplit_set (text, separators, -1) : g_strsplit (text, "\n", -1);
  g_autoptr (JsonArray) array = json_array_new ();

  for (guint i = 0; items[i] != NULL; i++)
    {
      g_autoptr (JsonNode) node = NULL;

      if (kith_text_blank (items[i]))
        continue;
      g_strstrip (items[i]);
      node = field->type == KITH_FIELD_CODES ? from_code (field, items[i], reason) : from_words (field, items[i], reason);
      if (node == NULL)
        return NULL;
      json_array_add_element (array, g_steal_pointer (&node));
    }
  return json_node_init_array (json_node_alloc (), array);
}

JsonNode *
kith_value_from_text (const KithField *field, const char *text, char **reason)
{
  g_autofree char *trimmed = NULL;
  g_autofree char *date = NULL;

  *reason = NULL;
  if (kith_text_blank (text))
    return NULL;
  trimmed = g_strstrip (g_strdup (text));

  switch (field->type)
    {
    case KITH_FIELD_ID:
    case KITH_FIELD_REF:
    case KITH_FIELD_STRING:
    case KITH_FIELD_TEXT:
      return from_words (field, trimmed, reason);
    case KITH_FIELD_DATE:
    case KITH_FIELD_PARTIAL_DATE:
      date = kith_date_guess (trimmed, field->type == KITH_FIELD_PARTIAL_DATE);
      return date != NULL ? text_node (date) : refuse (reason, _("“%s” is not a date"), trimmed);
    case KITH_FIELD_TIME:
      return from_time (trimmed, reason);
    case KITH_FIELD_INT:
    case KITH_FIELD_NUMBER:
      return from_number (field, trimmed, reason);
    case KITH_FIELD_BOOL:
      return from_yes_no (trimmed, reason);
    case KITH_FIELD_CODE:
      return from_code (field, trimmed, reason);
    case KITH_FIELD_CODES:
    case KITH_FIELD_STRINGS:
      return from_list (field, trimmed, reason);
    case KITH_FIELD_REFS:
    case KITH_FIELD_PART:
    case KITH_FIELD_PARTS:
    case KITH_FIELD_JSON:
      break;
    }
  return refuse (reason, _("“%s” cannot be read from plain text"), trimmed);
}

/* Numbers come as text and text as numbers in files of other makers: what a field takes goes by the field. */
JsonNode *
kith_value_from_json (const KithField *field, JsonNode *node, char **reason)
{
  g_autofree char *text = NULL;
  GType type;

  *reason = NULL;
  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return NULL;
  if (!JSON_NODE_HOLDS_VALUE (node))
    {
      gboolean list = field->type >= KITH_FIELD_CODES && field->type <= KITH_FIELD_STRINGS;

      if (field->type == KITH_FIELD_JSON || (list && JSON_NODE_HOLDS_ARRAY (node)) ||
          (field->type == KITH_FIELD_PART && JSON_NODE_HOLDS_OBJECT (node)) ||
          (field->type == KITH_FIELD_PARTS && JSON_NODE_HOLDS_ARRAY (node)))
        return json_node_copy (node);
      *reason = g_strdup (_("a single value is meant here"));
      return NULL;
    }

  type = json_node_get_value_type (node);
  if (field->type == KITH_FIELD_JSON || (field->type == KITH_FIELD_BOOL && type == G_TYPE_BOOLEAN) ||
      (field->type == KITH_FIELD_NUMBER && (type == G_TYPE_INT64 || type == G_TYPE_DOUBLE)) ||
      (field->type == KITH_FIELD_INT && type == G_TYPE_INT64))
    return json_node_copy (node);
  if (type == G_TYPE_STRING)
    return kith_value_from_text (field, json_node_get_string (node), reason);

  text = json_to_string (node, FALSE);
  return kith_value_from_text (field, text, reason);
}
