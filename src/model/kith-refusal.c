/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-refusal.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A refusal with a name or a number in it is made at the hub, which speaks English and is not told who reads it. So what it was made of goes with it: the
 * rule's own sentence, which every Kith has in its catalogue, and what was put into it. Whoever shows it makes it again in the language of
 * its windows. The values are those of the English sentence, no more. */

#define MOST_VALUES 8
#define MOST_BYTES 1000 /* of the sentence, and of each value */

/* What hangs on an error of the domain KITH_REFUSAL. */
typedef struct
{
  char *sentence; /* NULL: the message is all there is */
  GPtrArray *values;
} KithRefusalPrivate;

static void
kith_refusal_private_init (KithRefusalPrivate *self)
{
  self->sentence = NULL;
  self->values = NULL;
}

static void
kith_refusal_private_copy (const KithRefusalPrivate *from, KithRefusalPrivate *to)
{
  to->sentence = g_strdup (from->sentence);
  to->values = from->values != NULL ? g_ptr_array_ref (from->values) : NULL;
}

static void
kith_refusal_private_clear (KithRefusalPrivate *self)
{
  g_free (self->sentence);
  g_clear_pointer (&self->values, g_ptr_array_unref);
}

/**
 * kith_refusal_quark:
 *
 * Returns: the domain of #KithRefusal: what an operation may not do. The message is a sentence for a person, kith_refusal_code() the word for the
 *   wire.
 */
G_DEFINE_EXTENDED_ERROR (KithRefusal, kith_refusal)

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

/* The values in the order of the sentence; NULL: there are none, or one that cannot be told of here. */
static GPtrArray *
take_values (const char *sentence, va_list args)
{
  g_autoptr (GPtrArray) values = g_ptr_array_new_with_free_func (g_free);
  const char *at = sentence, *begin, *end;
  guint which;
  Place place;

  while ((place = next_place (at, &begin, &end, &which)) != PLACE_NONE)
    {
      const char *text;

      if (place == PLACE_OTHER || which != 0 || values->len == MOST_VALUES)
        return NULL;
      at = end;
      switch (place)
        {
        case PLACE_TEXT:
          text = va_arg (args, const char *);
          g_ptr_array_add (values, g_strdup (text != NULL ? text : ""));
          break;
        case PLACE_INT: g_ptr_array_add (values, g_strdup_printf ("%d", va_arg (args, int))); break;
        case PLACE_UINT: g_ptr_array_add (values, g_strdup_printf ("%u", va_arg (args, guint))); break;
        case PLACE_INT64: g_ptr_array_add (values, g_strdup_printf ("%" G_GINT64_FORMAT, va_arg (args, gint64))); break;
        default: break;
        }
    }
  return values->len > 0 ? g_steal_pointer (&values) : NULL;
}

gboolean
kith_refuse (GError **error, KithRefusal code, const char *format, ...)
{
  va_list args, again;

  if (error == NULL)
    return FALSE;
  va_start (args, format);
  va_copy (again, args);
  *error = g_error_new_valist (KITH_REFUSAL, code, format, args);
  if (!g_str_equal (format, "%s"))
    {
      KithRefusalPrivate *more = kith_refusal_get_private (*error);

      more->values = take_values (format, again);
      more->sentence = more->values != NULL ? g_strdup (format) : NULL;
    }
  va_end (again);
  va_end (args);
  return FALSE;
}

/* ---- on the wire */

static gboolean
is_short (const char *text)
{
  return text != NULL && strlen (text) <= MOST_BYTES;
}

/**
 * kith_refusal_get_words:
 * @error: of the domain KITH_REFUSAL
 *
 * Returns: (transfer full) (nullable): {"s": the sentence as it is in the catalogue, "v": [the values]}; NULL where the message says it all, or is too long for it
 */
JsonObject *
kith_refusal_get_words (const GError *error)
{
  KithRefusalPrivate *more = kith_refusal_get_private (error);
  JsonArray *values;

  if (more == NULL || !is_short (more->sentence))
    return NULL;
  for (guint i = 0; i < more->values->len; i++)
    if (!is_short (more->values->pdata[i]))
      return NULL;
  values = json_array_new ();
  for (guint i = 0; i < more->values->len; i++)
    json_array_add_string_element (values, more->values->pdata[i]);
  return kith_json_new ("s", "s", more->sentence, "v", "a", values, NULL);
}

/* NULL: a place without a value, or one that is not known. */
static char *
fill (const char *sentence, JsonArray *values, guint *n_filled)
{
  g_autoptr (GString) text = g_string_new (NULL);
  const char *at = sentence, *begin, *end;
  guint which, next = 0, n = json_array_get_length (values);
  Place place;

  *n_filled = 0;
  while ((place = next_place (at, &begin, &end, &which)) != PLACE_NONE)
    {
      guint i = which > 0 ? which - 1 : next++;

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
      g_string_append (text, json_array_get_string_element (values, i));
      (*n_filled)++;
    }
  g_string_append (text, at);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
are_values (JsonArray *values)
{
  if (values == NULL || json_array_get_length (values) == 0 || json_array_get_length (values) > MOST_VALUES)
    return FALSE;
  for (guint i = 0; i < json_array_get_length (values); i++)
    {
      JsonNode *node = json_array_get_element (values, i);

      if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING || !is_short (json_node_get_string (node)))
        return FALSE;
    }
  return TRUE;
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
  const char *sentence = kith_json_string (words, "s"), *told;
  JsonArray *values = kith_json_array (words, "v");
  g_autofree char *english = NULL, *text = NULL;
  guint n_english, n_told;

  if (!is_short (sentence) || *sentence == '\0' || !are_values (values))
    return NULL;
  told = translate (sentence);
  if (told == NULL || g_str_equal (told, sentence))
    return NULL;
  english = fill (sentence, values, &n_english);
  text = fill (told, values, &n_told);
  if (english == NULL || text == NULL || n_english != json_array_get_length (values) || n_told < n_english)
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
