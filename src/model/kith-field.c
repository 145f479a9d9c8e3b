/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Values against their descriptions. Both the desktop and the hub run this before anything is stored, and on arguments of
 * operations before any code of theirs sees them: what passes here has the type the rules expect. */

#include <glib/gi18n.h>

#include "kith-clock.h"
#include "kith-id.h"
#include "kith-kind.h"
#include "kith-refusal.h"
#include "kith-text.h"

#define MAX_STRING 200
#define MAX_TEXT 20000
#define MAX_LIST 500

static gboolean invalid_with (const KithField *field, const GError *inner, GError **error, const char *format, ...) G_GNUC_PRINTF (4, 5);

#define invalid(field, error, ...) invalid_with (field, NULL, error, __VA_ARGS__)

/* inner: what is wrong in the part that the value is; then format is not looked at. */
static gboolean
invalid_with (const KithField *field, const GError *inner, GError **error, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  /* TRANSLATORS: a field's label, then what is wrong with its value: "Date of birth: this is not a date." */
  kith_invalid_value (error, _("%s: %s"), field->label != NULL ? _(field->label) : field->name, inner, format, args);
  va_end (args);
  return FALSE;
}

static const char *
node_text (JsonNode *value)
{
  return JSON_NODE_HOLDS_VALUE (value) && json_node_get_value_type (value) == G_TYPE_STRING ? json_node_get_string (value) : NULL;
}

static gboolean
has_control (const char *text, gboolean lines)
{
  for (const guchar *c = (const guchar *) text; *c != '\0'; c++)
    if ((*c < 0x20 || *c == 0x7f) && !(lines && (*c == '\n' || *c == '\t')))
      return TRUE;
  return FALSE;
}

static gboolean
check_text (const KithField *field, JsonNode *value, gboolean lines, GError **error)
{
  const char *text = node_text (value);
  guint max = field->max_length > 0 ? field->max_length : lines ? MAX_TEXT : MAX_STRING;

  if (text == NULL)
    return invalid (field, error, _("this must be text."));
  /* Bytes are never fewer than characters: most values need no counting. */
  if (strlen (text) > max && g_utf8_strlen (text, -1) > (glong) max)
    return invalid (field, error, _("this must be at most %u characters long."), max);
  if (has_control (text, lines))
    return invalid (field, error, lines ? _("this contains characters that are not text.") : _("this must be one line of text."));
  if ((field->flags & KITH_FIELD_REQUIRED) && kith_text_blank (text))
    return invalid (field, error, _("this must be filled in."));
  return TRUE;
}

static gboolean
check_ref (const KithField *field, const char *text, GError **error)
{
  if (text != NULL && kith_id_is_valid (text))
    return TRUE;
  if (text != NULL && field->type != KITH_FIELD_ID && g_strcmp0 (field->target, "staff") == 0 && strcmp (text, "hub") == 0)
    return TRUE;
  if (text != NULL && field->type != KITH_FIELD_ID && g_strcmp0 (field->target, "organization") == 0 && strcmp (text, "network") == 0)
    return TRUE;
  return invalid (field, error, _("this must name a record."));
}

#define MOST_LISTED 12

/* NULL: too many to be told */
static char *
list_codes (const KithVocabulary *vocabulary)
{
  GString *codes = g_string_new (NULL);

  if (vocabulary == NULL || kith_vocabulary_size (vocabulary) > MOST_LISTED)
    return g_string_free (codes, TRUE);
  for (guint i = 0; i < kith_vocabulary_size (vocabulary); i++)
    g_string_append_printf (codes, "%s%s", i > 0 ? ", " : "", kith_vocabulary_code (vocabulary, i));
  return g_string_free (codes, FALSE);
}

static gboolean
check_code (const KithField *field, const char *code, GError **error)
{
  const KithVocabulary *vocabulary = kith_vocabulary_get (field->vocabulary);

  if (code == NULL)
    return invalid (field, error, _("this must be one of the choices offered."));
  if (vocabulary == NULL || !kith_vocabulary_has (vocabulary, code))
    {
      g_autofree char *shown = g_utf8_substring (code, 0, MIN (g_utf8_strlen (code, -1), 40)), *codes = list_codes (vocabulary);

      /* Who types codes is at a console: there the choices are of use. */
      return codes != NULL ? invalid (field, error, _("“%s” is not one of the choices: %s."), shown, codes)
                           : invalid (field, error, _("“%s” is not one of the choices offered."), shown);
    }
  return TRUE;
}

static gboolean
check_number (const KithField *field, JsonNode *value, GError **error)
{
  GType type = JSON_NODE_HOLDS_VALUE (value) ? json_node_get_value_type (value) : G_TYPE_INVALID;

  if (field->type == KITH_FIELD_BOOL)
    return type == G_TYPE_BOOLEAN || invalid (field, error, _("this must be yes or no."));
  if (field->type == KITH_FIELD_INT)
    return type == G_TYPE_INT64 || invalid (field, error, _("this must be a whole number."));
  return type == G_TYPE_INT64 || type == G_TYPE_DOUBLE || invalid (field, error, _("this must be a number."));
}

static gboolean
check_when (const KithField *field, JsonNode *value, GError **error)
{
  const char *text = node_text (value);
  gint64 ms;

  if (field->type == KITH_FIELD_TIME)
    return (text != NULL && kith_time_parse (text, &ms)) || invalid (field, error, _("this must be a point in time."));
  if (field->type == KITH_FIELD_DATE)
    return (text != NULL && kith_text_is_date (text)) || invalid (field, error, _("this must be a date like 2026-11-22."));
  return (text != NULL && kith_text_is_partial_date (text))
         || invalid (field, error, _("this must be a date like 1988-04-07, a month like 1988-04 or a year like 1988."));
}

static gboolean
check_part (const KithField *field, JsonNode *value, GError **error)
{
  const KithKind *part = kith_kind_get (field->target);
  g_autoptr (GError) inner = NULL;

  if (!JSON_NODE_HOLDS_OBJECT (value))
    return invalid (field, error, _("this must be an entry with fields of its own."));
  if (part == NULL)
    return invalid (field, error, _("this kind of entry is unknown."));
  if (!kith_fields_check (part->fields, part->n_fields, json_node_get_object (value), TRUE, &inner))
    return invalid_with (field, inner, error, "%s", "");
  return TRUE;
}

static gboolean
check_element (const KithField *field, JsonNode *value, GError **error)
{
  switch (field->type)
    {
    case KITH_FIELD_CODES:
      return check_code (field, node_text (value), error);
    case KITH_FIELD_REFS:
      return check_ref (field, node_text (value), error);
    case KITH_FIELD_STRINGS:
      return check_text (field, value, FALSE, error);
    default:
      return check_part (field, value, error);
    }
}

static gboolean
check_list (const KithField *field, JsonNode *value, GError **error)
{
  if (!JSON_NODE_HOLDS_ARRAY (value))
    return invalid (field, error, _("this must be a list."));

  JsonArray *array = json_node_get_array (value);
  guint n = json_array_get_length (array);

  if (n > MAX_LIST)
    return invalid (field, error, _("this list may have at most %u entries."), (guint) MAX_LIST);
  if (n == 0 && (field->flags & KITH_FIELD_REQUIRED))
    return invalid (field, error, _("this must have at least one entry."));
  for (guint i = 0; i < n; i++)
    if (!check_element (field, json_array_get_element (array, i), error))
      return FALSE;
  if (field->type == KITH_FIELD_CODES || field->type == KITH_FIELD_REFS)
    for (guint i = 1; i < n; i++)
      for (guint k = 0; k < i; k++)
        if (strcmp (json_array_get_string_element (array, i), json_array_get_string_element (array, k)) == 0)
          return invalid (field, error, _("this list names the same entry twice."));
  return TRUE;
}

/**
 * kith_field_check:
 * @value: (nullable): NULL and null are missing
 * @error: KITH_MODEL_ERROR_INVALID with a sentence that begins with the field's label
 *
 * Form alone: type, length, vocabulary, parts. Whether what a reference names is there is not asked.
 */
gboolean
kith_field_check (const KithField *field, JsonNode *value, GError **error)
{
  if (value == NULL || JSON_NODE_HOLDS_NULL (value))
    return !(field->flags & KITH_FIELD_REQUIRED) || invalid (field, error, _("this must be filled in."));

  switch (field->type)
    {
    case KITH_FIELD_ID:
    case KITH_FIELD_REF:
      return check_ref (field, node_text (value), error);
    case KITH_FIELD_STRING:
      return check_text (field, value, FALSE, error);
    case KITH_FIELD_TEXT:
      return check_text (field, value, TRUE, error);
    case KITH_FIELD_DATE:
    case KITH_FIELD_PARTIAL_DATE:
    case KITH_FIELD_TIME:
      return check_when (field, value, error);
    case KITH_FIELD_INT:
    case KITH_FIELD_NUMBER:
    case KITH_FIELD_BOOL:
      return check_number (field, value, error);
    case KITH_FIELD_CODE:
      return check_code (field, node_text (value), error);
    case KITH_FIELD_PART:
      return check_part (field, value, error);
    case KITH_FIELD_CODES:
    case KITH_FIELD_REFS:
    case KITH_FIELD_STRINGS:
    case KITH_FIELD_PARTS:
      return check_list (field, value, error);
    case KITH_FIELD_JSON:
      return TRUE;
    }
  g_return_val_if_reached (FALSE);
}

static gboolean
check_unknown (const KithField *fields, guint n_fields, JsonObject *values, GError **error)
{
  JsonObjectIter iter;
  const char *name;

  json_object_iter_init (&iter, values);
  while (json_object_iter_next (&iter, &name, NULL))
    {
      guint i = 0;
      while (i < n_fields && strcmp (fields[i].name, name) != 0)
        i++;
      if (i == n_fields)
        {
          g_autofree char *shown = g_utf8_substring (name, 0, MIN (g_utf8_strlen (name, -1), 40));
          return kith_invalid (error, _("“%s” is not a field that belongs here."), shown);
        }
    }
  return TRUE;
}

/**
 * kith_fields_check:
 * @values: by field name
 * @unknown_ok: whether members without a field may be there: a record keeps them, an operation's arguments may have none
 * @error: as kith_field_check(); the first that is wrong
 */
gboolean
kith_fields_check (const KithField *fields, guint n_fields, JsonObject *values, gboolean unknown_ok, GError **error)
{
  for (guint i = 0; i < n_fields; i++)
    {
      JsonNode *value = json_object_get_member (values, fields[i].name);

      if (value == NULL && !(fields[i].flags & KITH_FIELD_REQUIRED))
        continue;
      if (!kith_field_check (&fields[i], value, error))
        return FALSE;
    }
  return unknown_ok || check_unknown (fields, n_fields, values, error);
}

gboolean
kith_fields_check_given (const KithField *fields, guint n_fields, JsonObject *values, GError **error)
{
  for (guint i = 0; i < n_fields; i++)
    {
      JsonNode *value = json_object_get_member (values, fields[i].name);

      if (value != NULL && !kith_field_check (&fields[i], value, error))
        return FALSE;
    }
  return check_unknown (fields, n_fields, values, error);
}
