/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-refusal.h"

/* A refusal made at the hub is said again in the language of the windows, out of the rule's own sentence and what was put into it. Nothing that came is believed. */

static const char *
spanish (const char *sentence)
{
  static const char *const words[][2] = {
    { "%s said it on %s.", "El %2$s lo dijo %1$s." },
    { "Free: %" G_GINT64_FORMAT " of %d, at most %u (100%%).", "Libres: %" G_GINT64_FORMAT " de %d, como máximo %u (100 %%)." },
    { "%s has two.", "%s tiene %s." }, { "%s is one.", "uno" }, { "Date of birth", "Fecha de nacimiento" }, { "this must be filled in.", "debe rellenarse." },
    { "Phones", "Teléfonos" }, { "Number", "Número" }, { "this must be at most %u characters long.", "debe tener como máximo %u caracteres." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (words[i][0], sentence))
      return words[i][1];
  return sentence;
}

static char *
say (GError *error)
{
  g_autoptr (GError) copy = g_error_copy (error);
  g_autoptr (JsonObject) words = kith_refusal_get_words (copy);

  g_error_free (error);
  return words != NULL ? kith_refusal_say (words, spanish) : NULL;
}

static void
test_said_again (void)
{
  GError *error = NULL;
  g_autofree char *names = NULL, *numbers = NULL, *plain = NULL;

  kith_refuse (&error, KITH_REFUSAL_INVALID, "%s said it on %s.", "Ana %s", "lunes");
  g_assert_cmpstr (error->message, ==, "Ana %s said it on lunes.");
  names = say (g_steal_pointer (&error));
  g_assert_cmpstr (names, ==, "El lunes lo dijo Ana %s.");
  kith_refuse (&error, KITH_REFUSAL_INVALID, "Free: %" G_GINT64_FORMAT " of %d, at most %u (100%%).", (gint64) 7, -2, 5u);
  g_assert_cmpstr (error->message, ==, "Free: 7 of -2, at most 5 (100%).");
  numbers = say (g_steal_pointer (&error));
  g_assert_cmpstr (numbers, ==, "Libres: 7 de -2, como máximo 5 (100 %).");
  kith_refuse (&error, KITH_REFUSAL_INVALID, "%s", "Nothing was changed.");
  plain = say (g_steal_pointer (&error));
  g_assert_null (plain);
}

/* What is wrong with a field: its label and what is said of the value are in the catalogue each, and so is what is wrong in a part of it. */
static void
test_fields (void)
{
  static const KithField fields[] = { { "date_of_birth", KITH_FIELD_DATE, "Date of birth", KITH_FIELD_REQUIRED },
                                      { "phones", KITH_FIELD_PARTS, "Phones", .target = "client_phone" } };
  g_autofree char *digits = g_strnfill (201, '7'), *long_one = g_strdup_printf ("{\"phones\":[{\"number\":\"%s\"}]}", digits);
  g_autoptr (JsonObject) none = json_object_new (), more = kith_json_parse_object (long_one, -1, NULL, NULL);
  GError *error = NULL;
  g_autofree char *first = NULL, *inner = NULL;

  kith_kinds_register ();
  g_assert_false (kith_fields_check (fields, 2, none, FALSE, &error));
  g_assert_error (error, KITH_MODEL_ERROR, KITH_MODEL_ERROR_INVALID);
  g_assert_cmpstr (error->message, ==, "Date of birth: this must be filled in.");
  kith_refusal_from_invalid (&error);
  g_assert_error (error, KITH_REFUSAL, KITH_REFUSAL_INVALID);
  first = say (g_steal_pointer (&error));
  g_assert_cmpstr (first, ==, "Fecha de nacimiento: debe rellenarse.");
  g_assert_false (kith_fields_check (fields + 1, 1, more, FALSE, &error));
  g_assert_cmpstr (error->message, ==, "Phones: Number: this must be at most 200 characters long.");
  inner = say (g_steal_pointer (&error));
  g_assert_cmpstr (inner, ==, "Teléfonos: Número: debe tener como máximo 200 caracteres.");
}

/* A value is told in another language only where it is no name: a person may be called as a field is. */
static void
test_marked (void)
{
  GError *error = NULL;
  g_autofree char *marked = NULL, *typed = NULL;

  kith_refuse (&error, KITH_REFUSAL_INVALID, "%s said it on %s.", "Phones", "Number");
  kith_refusal_mark_words (&error, 1);
  marked = say (g_steal_pointer (&error));
  g_assert_cmpstr (marked, ==, "El Número lo dijo Phones.");
  kith_refuse (&error, KITH_REFUSAL_INVALID, "%s said it on %s.", "Phones", "Number");
  typed = say (g_steal_pointer (&error));
  g_assert_cmpstr (typed, ==, "El Number lo dijo Phones.");
}

static void
test_bounded (void)
{
  g_autofree char *large = g_strnfill (1001, 'x'), *told = NULL;
  GError *error = NULL;

  kith_refuse (&error, KITH_REFUSAL_INVALID, "%s said it on %s.", large, "lunes");
  told = say (error);
  g_assert_null (told);
}

/* What does not fit is told as it came. */
static void
test_not_believed (void)
{
  static const char *const lines[] = {
    "{\"message\":\"m\",\"words\":{\"s\":\"%s is unknown here.\",\"v\":[\"a\"]}}",
    "{\"message\":\"m\",\"words\":{\"s\":\"%s said it on %s.\",\"v\":[\"a\"]}}",
    "{\"message\":\"m\",\"words\":{\"s\":\"%s said it on %s.\",\"v\":[\"a\",\"b\",\"c\"]}}",
    "{\"message\":\"m\",\"words\":{\"s\":\"%s said it on %s.\",\"v\":[\"a\",2]}}",
    "{\"message\":\"m\",\"words\":{\"s\":\"%s said it on %s.\",\"v\":{}}}",
    "{\"message\":\"m\",\"words\":{\"s\":\"\",\"v\":[\"a\"]}}",
    "{\"message\":\"m\",\"words\":{\"s\":\"%n\",\"v\":[\"a\"]}}",
    "{\"message\":\"m\",\"words\":{\"s\":\"%s has two.\",\"v\":[\"a\"]}}",
    "{\"message\":\"m\",\"words\":{\"s\":\"%s is one.\",\"v\":[\"a\"]}}",
    "{\"message\":\"m\",\"words\":{\"v\":[\"a\"]}}",
    "{\"message\":\"m\",\"words\":{\"s\":\"%s: %s\",\"v\":[\"a\",\"b\"]}}",
    "{\"message\":\"m\",\"words\":{\"s\":\"Phones\"}}",
    "{\"message\":\"m\",\"words\":{\"s\":\"%s said it on %s.\",\"v\":[\"a\",{\"s\":\"%s has two.\",\"v\":[]}]}}",
    "{\"message\":\"m\",\"words\":{\"s\":\"%s: %s\",\"v\":[{\"s\":\"Phones\"},{\"s\":\"%s: %s\",\"v\":[\"a\",{\"s\":\"%s: %s\",\"v\":[\"a\",{\"s\":\"%s: %s\",\"v\":[\"a\","
    "{\"s\":\"Phones\"}]}]}]}]}}",
    "{\"message\":\"m\",\"words\":\"x\"}",
    "{\"message\":\"m\"}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autoptr (JsonObject) line = kith_json_parse_object (lines[i], -1, NULL, NULL);
      JsonObject *words = kith_json_object (line, "words");
      g_autofree char *said = words != NULL ? kith_refusal_say (words, spanish) : NULL, *told = kith_refusal_told (line);

      g_assert_null (said);
      g_assert_cmpstr (told, ==, "m");
    }
}

/* A hub that names one value again and again, in a sentence that is a value itself, gets no room for it. */
static void
test_named_again (void)
{
  g_autoptr (GString) sentence = g_string_new (NULL);
  JsonObject *words = NULL;
  g_autoptr (JsonObject) line = NULL;
  g_autofree char *told = NULL;

  for (guint i = 0; i < 200; i++)
    g_string_append (sentence, "%1$s ");
  for (guint deep = 0; deep < 3; deep++)
    {
      JsonArray *values = json_array_new ();

      if (words == NULL)
        json_array_add_string_element (values, "a");
      else
        json_array_add_object_element (values, words);
      words = kith_json_new ("s", "s", sentence->str, "v", "a", values, NULL);
    }
  line = kith_json_new ("message", "s", "m", "words", "o", words, NULL);
  told = kith_refusal_told (line);
  g_assert_cmpstr (told, ==, "m");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/refusal/said-again", test_said_again);
  g_test_add_func ("/refusal/fields", test_fields);
  g_test_add_func ("/refusal/marked", test_marked);
  g_test_add_func ("/refusal/bounded", test_bounded);
  g_test_add_func ("/refusal/not-believed", test_not_believed);
  g_test_add_func ("/refusal/named-again", test_named_again);
  return g_test_run ();
}
