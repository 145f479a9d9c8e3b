/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a record can be found by: folded words; and words to look up: digits from their end, sounds, years and days. */

#include "kith-match.h"
#include "kith-record.h"

#include "kith-json.h"
#include "kith-model-private.h"
#include "kith-text.h"

#include <string.h>

typedef void (*TextFunc) (GString *out, const char *text);

static void
append_folded (GString *out, const char *text)
{
  g_autofree char *folded = kith_text_fold (text);

  if (folded == NULL || *folded == '\0')
    return;
  if (out->len > 0)
    g_string_append_c (out, ' ');
  g_string_append (out, folded);
}

static void
append_word (GString *out, const char *word)
{
  if (*word == '\0')
    return;
  if (out->len > 0)
    g_string_append_c (out, ' ');
  g_string_append (out, word);
}

#define WHOLE_NUMBER 7 /* digits that a number has without its area */

/* The signs a number may have within it, and blanks of any kind. */
static gboolean
is_within_number (gunichar c)
{
  return g_unichar_digit_value (c) >= 0 || g_unichar_isspace (c) || g_unichar_type (c) == G_UNICODE_DASH_PUNCTUATION || (c < 128 && strchr ("+-().", (int) c) != NULL);
}

/* From here to what no number has within it. */
static const char *
end_of_number (const char *at)
{
  while (*at != '\0' && is_within_number (g_utf8_get_char (at)))
    at = g_utf8_next_char (at);
  return at;
}

static char *
digits_between (const char *from, const char *to)
{
  g_autofree char *part = g_strndup (from, (gsize) (to - from));

  return kith_text_digits (part);
}

/* "619/555-0142" is one number, "619-555-0142/619-555-0199" are two. */
static gboolean
parts_numbers (const char *digits, const char *slash)
{
  g_autofree char *behind = digits_between (slash + 1, end_of_number (slash + 1));

  return strlen (digits) >= WHOLE_NUMBER && strlen (behind) >= WHOLE_NUMBER;
}

/**
 * kith_phone_numbers:
 * @text: what stands where a number is asked for
 *
 * Behind a number may stand an extension, or another number.
 *
 * Returns: (transfer full) (element-type utf8): the digits of each, in their order, an extension among them
 */
GPtrArray *
kith_phone_numbers (const char *text)
{
  GPtrArray *numbers = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  const char *at = valid;

  while (*at != '\0')
    {
      const char *end = end_of_number (at);
      g_autofree char *digits = digits_between (at, end);

      while (*end == '/' && *digits != '\0' && !parts_numbers (digits, end))
        {
          end = end_of_number (end + 1);
          g_free (digits);
          digits = digits_between (at, end);
        }
      if (*digits != '\0')
        g_ptr_array_add (numbers, g_steal_pointer (&digits));
      at = *end != '\0' ? g_utf8_next_char (end) : end;
    }
  return numbers;
}

/* Each is found by its own end. */
static void
append_digits (GString *out, const char *text)
{
  g_autoptr (GPtrArray) numbers = kith_phone_numbers (text);

  for (guint i = 0; i < numbers->len; i++)
    {
      g_autofree char *reversed = kith_text_reverse (numbers->pdata[i]);

      append_word (out, reversed);
    }
}

static void
append_sounds (GString *out, const char *text)
{
  g_autofree char *folded = kith_text_fold (text);
  g_auto (GStrv) words = g_strsplit (folded, " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    {
      char word[KITH_MATCH_WORD_SIZE];
      kith_match_sound_word (words[i], word);
      append_word (out, word);
    }
}

static void
append_days (GString *out, const char *text)
{
  char word[KITH_MATCH_WORD_SIZE];

  kith_match_year_word (text, word);
  append_word (out, word);
  kith_match_day_word (text, word);
  append_word (out, word);
}

static void collect_texts (const KithKind *kind, JsonObject *body, guint flag, TextFunc func, GString *out);

static void
collect_node (const KithField *field, JsonNode *node, guint flag, TextFunc func, GString *out)
{
  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);
      for (guint i = 0; i < json_array_get_length (array); i++)
        collect_node (field, json_array_get_element (array, i), flag, func, out);
    }
  else if (JSON_NODE_HOLDS_OBJECT (node))
    {
      const KithKind *part = field->target != NULL ? kith_kind_get (field->target) : NULL;
      if (part != NULL)
        collect_texts (part, json_node_get_object (node), flag, func, out);
    }
  else if ((field->flags & flag) && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    func (out, json_node_get_string (node));
}

static void
collect_texts (const KithKind *kind, JsonObject *body, guint flag, TextFunc func, GString *out)
{
  for (guint i = 0; i < kind->n_fields; i++)
    {
      const KithField *field = &kind->fields[i];
      gboolean nested = field->type == KITH_FIELD_PART || field->type == KITH_FIELD_PARTS;
      JsonNode *node = (field->flags & flag) || nested ? json_object_get_member (body, field->name) : NULL;

      if (node != NULL)
        collect_node (field, node, flag, func, out);
    }
}

char *
kith_record_find_text (KithRecord *self)
{
  const KithKind *kind = kith_record_get_kind (self);

  if (!kith_kind_is_searched (kind))
    return NULL;

  GString *out = g_string_sized_new (64);
  collect_texts (kind, kith_record_peek_body (self), KITH_FIELD_SEARCHED, append_folded, out);
  return g_string_free (out, FALSE);
}

char *
kith_record_digits (KithRecord *self)
{
  const KithKind *kind = kith_record_get_kind (self);

  if (!kith_kind_has_digits (kind))
    return NULL;

  GString *out = g_string_sized_new (32);
  collect_texts (kind, kith_record_peek_body (self), KITH_FIELD_DIGITS, append_digits, out);
  collect_texts (kind, kith_record_peek_body (self), KITH_FIELD_SOUND, append_sounds, out);
  collect_texts (kind, kith_record_peek_body (self), KITH_FIELD_DAY, append_days, out);
  return g_string_free (out, FALSE);
}

gboolean
kith_record_found_alike (KithRecord *a, KithRecord *b)
{
  const guint flags = KITH_FIELD_SEARCHED | KITH_FIELD_DIGITS | KITH_FIELD_SOUND | KITH_FIELD_DAY;
  const KithKind *kind = kith_record_get_kind (a);

  g_return_val_if_fail (kind == kith_record_get_kind (b), FALSE);

  for (guint i = 0; i < kind->n_fields; i++)
    {
      const KithField *field = &kind->fields[i];
      gboolean nested = field->type == KITH_FIELD_PART || field->type == KITH_FIELD_PARTS;

      if (((field->flags & flags) || nested) && !kith_json_equal (json_object_get_member (kith_record_peek_body (a), field->name),
                                                                  json_object_get_member (kith_record_peek_body (b), field->name)))
        return FALSE;
    }
  return TRUE;
}
