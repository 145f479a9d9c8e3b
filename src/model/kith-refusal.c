/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-refusal.h"

#include <glib/gi18n.h>
#include <string.h>

/* A refusal with a name or a number in it is made at the hub, which speaks English and is not told who reads it. So what it was made of goes with it: the
 * rule's own sentence, which every Kith has in its catalogue, and what was put into it. Whoever shows it makes it again in the language of
 * its windows. The values are those of the English sentence, no more. */

#define MOST_VALUES 8
#define MOST_BYTES 1000 /* of the sentence, and of each value */
#define MOST_DEEP 4     /* a value may be a sentence of the catalogue too, with values of its own: "Phones: Number: this must be filled in." */

/* What hangs on an error of the domains KITH_REFUSAL and KITH_MODEL_ERROR: {"s","v"} as they go on the wire; NULL: the message is all there is. */
typedef struct
{
  JsonObject *words;
} Words;

typedef Words KithRefusalPrivate;
typedef Words KithModelErrorPrivate;

static void
kith_refusal_private_init (Words *self)
{
  self->words = NULL;
}

static void
kith_refusal_private_copy (const Words *from, Words *to)
{
  to->words = from->words != NULL ? json_object_ref (from->words) : NULL;
}

static void
kith_refusal_private_clear (Words *self)
{
  g_clear_pointer (&self->words, json_object_unref);
}

#define kith_model_error_private_init kith_refusal_private_init
#define kith_model_error_private_copy kith_refusal_private_copy
#define kith_model_error_private_clear kith_refusal_private_clear

/**
 * kith_refusal_quark:
 *
 * Returns: the domain of #KithRefusal: what an operation may not do. The message is a sentence for a person, kith_refusal_code() the word for the
 *   wire.
 */
G_DEFINE_EXTENDED_ERROR (KithRefusal, kith_refusal)

/**
 * kith_model_error_quark:
 *
 * Returns: the domain of what is wrong with a record or a field's value
 */
G_DEFINE_EXTENDED_ERROR (KithModelError, kith_model_error)

static Words *
words_of (const GError *error)
{
  return error == NULL ? NULL : error->domain == KITH_REFUSAL ? kith_refusal_get_private (error) : error->domain == KITH_MODEL_ERROR ? kith_model_error_get_private (error) : NULL;
}

/* ---- places of a sentence */

typedef enum
{
  PLACE_NONE, /* the sentence has no more */
  PLACE_TEXT,
  PLACE_INT,
  PLACE_UINT,
  PLACE_INT64,
  PLACE_PERCENT,
  PLACE_OTHER, /* one that is not known here */
} Place;

/* The next place: where it begins and ends, and which value is meant, from 1 (0: the next one). */
static Place
next_place (const char *text, const char **begin, const char **end, guint *which)
{
  static const struct
  {
    const char *word;
    Place place;
  } words[] = {
    { "s", PLACE_TEXT }, { "d", PLACE_INT }, { "i", PLACE_INT }, { "u", PLACE_UINT }, { G_GINT64_FORMAT, PLACE_INT64 }, { "%", PLACE_PERCENT },
  };
  const char *at = strchr (text, '%'), *digits;

  *which = 0;
  if (at == NULL)
    return PLACE_NONE;
  *begin = at++;
  for (digits = at; g_ascii_isdigit (*digits) && digits - at < 2; digits++)
    ;
  if (digits > at && *digits == '$')
    {
      *which = (guint) g_ascii_strtoull (at, NULL, 10);
      at = digits + 1;
    }
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_has_prefix (at, words[i].word))
      {
        *end = at + strlen (words[i].word);
        return words[i].place;
      }
  return PLACE_OTHER;
}

/* ---- said */

static char *say (JsonObject *words, KithRefusalTranslate translate);

/* Yours */
static char *
value_text (JsonArray *values, guint i, KithRefusalTranslate translate)
{
  JsonNode *node = json_array_get_element (values, i);

  return JSON_NODE_HOLDS_OBJECT (node) ? say (json_node_get_object (node), translate) : g_strdup (json_node_get_string (node));
}

/* NULL: a place without a value, or one that is not known. */
static char *
fill (const char *sentence, JsonArray *values, KithRefusalTranslate translate, guint *n_filled)
{
  g_autoptr (GString) text = g_string_new (NULL);
  const char *at = sentence, *begin, *end;
  guint which, next = 0, n = json_array_get_length (values);
  Place place;

  *n_filled = 0;
  while ((place = next_place (at, &begin, &end, &which)) != PLACE_NONE)
    {
      guint i = which > 0 ? which - 1 : next++;
      g_autofree char *value = NULL;

      if (place == PLACE_OTHER || (place != PLACE_PERCENT && i >= n))
        return NULL;
      g_string_append_len (text, at, begin - at);
      at = end;
      if (place == PLACE_PERCENT)
        {
          g_string_append_c (text, '%');
          next -= which == 0;
          continue;
        }
      if (*n_filled == MOST_VALUES) /* one may be named again and again, and hold such a sentence itself */
        return NULL;
      value = value_text (values, i, translate);
      if (value == NULL)
        return NULL;
      g_string_append (text, value);
      (*n_filled)++;
    }
  g_string_append (text, at);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* translate NULL: as the hub says it. */
static char *
say (JsonObject *words, KithRefusalTranslate translate)
{
  const char *sentence = kith_json_string (words, "s"), *told = translate != NULL ? translate (sentence) : sentence;
  JsonArray *values = kith_json_array (words, "v");
  g_autofree char *english = NULL, *text = NULL;
  guint n_english, n_told;

  if (told == NULL)
    told = sentence;
  if (values == NULL)
    return g_strdup (told);
  english = fill (sentence, values, NULL, &n_english);
  text = fill (told, values, translate, &n_told);
  return english != NULL && text != NULL && n_english == json_array_get_length (values) && n_told >= n_english ? g_steal_pointer (&text) : NULL;
}

/* In the catalogue; "%s: %s" may be the same in another language. */
static gboolean
is_known (const char *sentence, KithRefusalTranslate translate)
{
  const char *told = translate (sentence), *begin, *end;
  guint which;

  if (told == NULL || !g_str_equal (told, sentence))
    return told != NULL;
  while (next_place (sentence, &begin, &end, &which) == PLACE_TEXT)
    {
      for (; sentence < begin; sentence++)
        if (!g_ascii_ispunct (*sentence) && *sentence != ' ')
          return FALSE;
      sentence = end;
    }
  return *sentence == '\0';
}

/* ---- made */

/* The values in the order of the sentence; NULL: there are none, or one that cannot be told of here. */
static JsonArray *
take_values (const char *sentence, va_list args)
{
  g_autoptr (JsonArray) values = json_array_new ();
  const char *at = sentence, *begin, *end;
  guint which;
  Place place;

  while ((place = next_place (at, &begin, &end, &which)) != PLACE_NONE)
    {
      g_autofree char *number = NULL;
      const char *text;

      if (place == PLACE_OTHER || which != 0 || json_array_get_length (values) == MOST_VALUES)
        return NULL;
      at = end;
      switch (place)
        {
        case PLACE_TEXT:
          text = va_arg (args, const char *);
          json_array_add_string_element (values, text != NULL ? text : "");
          continue;
        case PLACE_INT: number = g_strdup_printf ("%d", va_arg (args, int)); break;
        case PLACE_UINT: number = g_strdup_printf ("%u", va_arg (args, guint)); break;
        case PLACE_INT64: number = g_strdup_printf ("%" G_GINT64_FORMAT, va_arg (args, gint64)); break;
        default: continue;
        }
      json_array_add_string_element (values, number);
    }
  return json_array_get_length (values) > 0 ? g_steal_pointer (&values) : NULL;
}

/* NULL: the text is all there is. */
static JsonObject *
take_words (const char *format, va_list args)
{
  JsonArray *values = g_str_equal (format, "%s") ? NULL : take_values (format, args);

  return values != NULL ? kith_json_new ("s", "s", format, "v", "a", values, NULL) : NULL;
}

static void
refuse (GError **error, GQuark domain, int code, const char *format, va_list args)
{
  va_list again;

  if (error == NULL)
    return;
  va_copy (again, args);
  *error = g_error_new_valist (domain, code, format, args);
  words_of (*error)->words = take_words (format, again);
  va_end (again);
}

gboolean
kith_refuse (GError **error, KithRefusal code, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  refuse (error, KITH_REFUSAL, code, format, args);
  va_end (args);
  return FALSE;
}

/**
 * kith_invalid:
 * @error: KITH_MODEL_ERROR_INVALID, with the words as kith_refuse() has them
 *
 * Returns: FALSE
 */
gboolean
kith_invalid (GError **error, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  refuse (error, KITH_MODEL_ERROR, KITH_MODEL_ERROR_INVALID, format, args);
  va_end (args);
  return FALSE;
}

/* A value that is in the catalogue too. words: (transfer full) (nullable): what it was made of */
static void
put_sentence (JsonArray *values, const char *text, JsonObject *words)
{
  json_array_add_object_element (values, words != NULL ? words : kith_json_new ("s", "s", text, NULL));
}

/**
 * kith_refusal_mark_words:
 * @error: as kith_refuse() or kith_invalid() just made it
 * @index: of the value, from 0
 *
 * That value is no name that somebody typed, but a text of the catalogue: it is told in the language of the windows, too.
 *
 * Returns: FALSE
 */
gboolean
kith_refusal_mark_words (GError **error, guint index)
{
  Words *more = error != NULL ? words_of (*error) : NULL;
  JsonArray *before = more != NULL && more->words != NULL ? kith_json_array (more->words, "v") : NULL, *values;

  if (before == NULL || index >= json_array_get_length (before))
    return FALSE;
  values = json_array_new ();
  for (guint i = 0; i < json_array_get_length (before); i++)
    if (i == index)
      put_sentence (values, json_array_get_string_element (before, i), NULL);
    else
      json_array_add_element (values, json_node_copy (json_array_get_element (before, i)));
  json_object_set_array_member (more->words, "v", values);
  return FALSE;
}

/**
 * kith_invalid_value:
 * @form: of two places, as it is in the catalogue: "%s: %s"
 * @label: of the field, what stands first
 * @what: is wrong with its value; with values, or NULL: what @inner says
 * @inner: (nullable): of the part that the field holds
 *
 * Sets KITH_MODEL_ERROR_INVALID: "Date of birth: this must be filled in."
 */
void
kith_invalid_value (GError **error, const char *form, const char *label, const GError *inner, const char *what, va_list args)
{
  g_autofree char *text = NULL, *message = NULL;
  Words *of_inner = words_of (inner);
  JsonObject *words;
  JsonArray *values;
  va_list again;

  if (error == NULL)
    return;
  va_copy (again, args);
  text = inner != NULL ? g_strdup (inner->message) : g_strdup_vprintf (what, args);
  words = inner == NULL ? take_words (what, again) : of_inner != NULL && of_inner->words != NULL ? json_object_ref (of_inner->words) : NULL;
  va_end (again);
  values = json_array_new ();
  put_sentence (values, label, NULL);
  put_sentence (values, text, words);
  words = kith_json_new ("s", "s", form, "v", "a", values, NULL);
  message = say (words, NULL);
  *error = g_error_new_literal (KITH_MODEL_ERROR, KITH_MODEL_ERROR_INVALID, message);
  words_of (*error)->words = words;
}

/**
 * kith_refusal_from_invalid:
 * @error: (inout): of the domain KITH_MODEL_ERROR; then KITH_REFUSAL_INVALID with the same message and words
 */
void
kith_refusal_from_invalid (GError **error)
{
  g_autoptr (GError) broken = g_steal_pointer (error);

  /* Made anew: the other domain has no room for these words. */
  *error = g_error_new_literal (KITH_REFUSAL, KITH_REFUSAL_INVALID, broken->message);
  kith_refusal_private_copy (words_of (broken), words_of (*error));
}

/* ---- on the wire */

static gboolean
is_short (const char *text)
{
  return text != NULL && strlen (text) <= MOST_BYTES;
}

static gboolean are_words (JsonObject *words, guint deep);

static gboolean
are_values (JsonArray *values, guint deep)
{
  if (values == NULL || json_array_get_length (values) == 0 || json_array_get_length (values) > MOST_VALUES)
    return FALSE;
  for (guint i = 0; i < json_array_get_length (values); i++)
    {
      JsonNode *node = json_array_get_element (values, i);

      if (JSON_NODE_HOLDS_OBJECT (node) ? !are_words (json_node_get_object (node), deep + 1)
                                        : !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING || !is_short (json_node_get_string (node)))
        return FALSE;
    }
  return TRUE;
}

/* A value may be a sentence without values. */
static gboolean
are_words (JsonObject *words, guint deep)
{
  return deep < MOST_DEEP && is_short (kith_json_string (words, "s")) && *kith_json_string (words, "s") != '\0' &&
         ((deep > 0 && !json_object_has_member (words, "v")) || are_values (kith_json_array (words, "v"), deep));
}

/**
 * kith_refusal_get_words:
 * @error: of the domain KITH_REFUSAL or KITH_MODEL_ERROR
 *
 * Returns: (transfer full) (nullable): {"s": the sentence as it is in the catalogue, "v": [the values, of which each may be such words itself]}; NULL where the message
 *   says it all, or is too long for it
 */
JsonObject *
kith_refusal_get_words (const GError *error)
{
  Words *more = words_of (error);

  return more != NULL && more->words != NULL && are_words (more->words, 0) ? json_object_ref (more->words) : NULL;
}

/**
 * kith_refusal_say:
 * @words: as they came: nothing of them is believed, and no more is shown of them than fits into a sentence of the catalogue
 *
 * Returns: (transfer full) (nullable): NULL: @translate does not know the sentence, or the words do not fit into it
 */
char *
kith_refusal_say (JsonObject *words, KithRefusalTranslate translate)
{
  g_autofree char *text = are_words (words, 0) ? say (words, translate) : NULL, *english = text != NULL ? say (words, NULL) : NULL;

  if (text == NULL || g_strcmp0 (text, english) == 0 || !is_known (kith_json_string (words, "s"), translate))
    return NULL;
  return g_steal_pointer (&text);
}

static const char *
translate_here (const char *sentence)
{
  return g_dgettext (GETTEXT_PACKAGE, sentence);
}

/**
 * kith_refusal_told:
 * @line: the hub's answer to an operation: "message", and "words" where there are any
 *
 * Returns: (transfer full) (nullable): the sentence in the language of the windows; the hub's own where it cannot be told in that
 */
char *
kith_refusal_told (JsonObject *line)
{
  JsonObject *words = kith_json_object (line, "words");
  char *told = words != NULL ? kith_refusal_say (words, translate_here) : NULL;

  return told != NULL ? told : g_strdup (kith_json_string (line, "message"));
}

/**
 * kith_refusal_ended:
 *
 * Returns: (transfer none): what is told in place of a refusal's own sentence, which may name people and days of a record, once its author's access to
 *   that has ended (I5); in English, and in the catalogue
 */
const char *
kith_refusal_ended (void)
{
  return N_("This was not done, and your access to what it was about has ended since. Please contact the partner agency.");
}
