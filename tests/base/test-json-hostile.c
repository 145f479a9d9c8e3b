/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-json.h"

#include <string.h>

/* What a stranger may send. Each row is refused with its code and a sentence. */
typedef struct
{
  const char *name;
  const char *text;
  KithJsonError code;
} Row;

static const Row rows[] = {
  { "empty", "", KITH_JSON_ERROR_SYNTAX },
  { "only-space", "  \n", KITH_JSON_ERROR_SYNTAX },
  { "bom", "\357\273\277{}", KITH_JSON_ERROR_SYNTAX },
  { "trailing-garbage", "{} x", KITH_JSON_ERROR_SYNTAX },
  { "two-values", "{\"a\":[]}{\"a\":[\n]}", KITH_JSON_ERROR_SYNTAX },
  { "trailing-comma-object", "{\"a\":1,}", KITH_JSON_ERROR_SYNTAX },
  { "trailing-comma-array", "[1,]", KITH_JSON_ERROR_SYNTAX },
  { "leading-comma", "[,1]", KITH_JSON_ERROR_SYNTAX },
  { "double-comma", "[1,,2]", KITH_JSON_ERROR_SYNTAX },
  { "no-comma", "[1 2]", KITH_JSON_ERROR_SYNTAX },
  { "no-colon", "{\"a\" 1}", KITH_JSON_ERROR_SYNTAX },
  { "no-value", "{\"a\":}", KITH_JSON_ERROR_SYNTAX },
  { "bare-name", "{a:1}", KITH_JSON_ERROR_SYNTAX },
  { "number-name", "{1:1}", KITH_JSON_ERROR_SYNTAX },
  { "single-quotes", "{'a':1}", KITH_JSON_ERROR_SYNTAX },
  { "comment", "{/* x */}", KITH_JSON_ERROR_SYNTAX },
  { "line-comment", "// x\n{}", KITH_JSON_ERROR_SYNTAX },
  { "assignment", "var x = {}", KITH_JSON_ERROR_SYNTAX },
  { "html", "<!DOCTYPE html><html>Sign in to the Wi-Fi</html>", KITH_JSON_ERROR_SYNTAX },
  { "cut-object", "{\"a\":1", KITH_JSON_ERROR_SYNTAX },
  { "cut-array", "[1", KITH_JSON_ERROR_SYNTAX },
  { "cut-text", "\"abc", KITH_JSON_ERROR_SYNTAX },
  { "cut-escape", "\"abc\\", KITH_JSON_ERROR_SYNTAX },
  { "cut-word", "tru", KITH_JSON_ERROR_SYNTAX },
  { "cut-number", "-", KITH_JSON_ERROR_SYNTAX },
  { "wrong-bracket", "[}", KITH_JSON_ERROR_SYNTAX },
  { "closing-only", "]", KITH_JSON_ERROR_SYNTAX },
  { "long-word", "trueish", KITH_JSON_ERROR_SYNTAX },
  { "capital-word", "True", KITH_JSON_ERROR_SYNTAX },
  { "bare-newline", "\"a\nb\"", KITH_JSON_ERROR_SYNTAX },
  { "bare-tab", "\"a\tb\"", KITH_JSON_ERROR_SYNTAX },
  { "unknown-escape", "\"\\x41\"", KITH_JSON_ERROR_SYNTAX },
  { "short-escape", "\"\\u00e\"", KITH_JSON_ERROR_SYNTAX },
  { "bad-escape", "\"\\u00g0\"", KITH_JSON_ERROR_SYNTAX },
  { "nul-escape", "\"\\u0000\"", KITH_JSON_ERROR_SYNTAX },
  { "nul-escape-name", "{\"a\\u0000b\":1}", KITH_JSON_ERROR_SYNTAX },
  { "lone-high", "\"\\ud800\"", KITH_JSON_ERROR_SYNTAX },
  { "lone-high-then-text", "\"\\ud800abcdef\"", KITH_JSON_ERROR_SYNTAX },
  { "lone-high-then-letter", "\"\\ud800\\u0041\"", KITH_JSON_ERROR_SYNTAX },
  { "two-high", "\"\\ud800\\ud800\"", KITH_JSON_ERROR_SYNTAX },
  { "lone-low", "\"\\udc00\"", KITH_JSON_ERROR_SYNTAX },
  { "cut-pair", "\"\\ud83d\\ude", KITH_JSON_ERROR_SYNTAX },
  { "form-feed-space", "\f{}", KITH_JSON_ERROR_SYNTAX },
  { "no-break-space", "\302\240{}", KITH_JSON_ERROR_SYNTAX },
  { "plus", "+1", KITH_JSON_ERROR_SYNTAX },
  { "leading-zero", "012", KITH_JSON_ERROR_SYNTAX },
  { "hex", "0x10", KITH_JSON_ERROR_SYNTAX },
  { "bare-point", ".5", KITH_JSON_ERROR_SYNTAX },
  { "point-at-end", "1.", KITH_JSON_ERROR_SYNTAX },
  { "empty-exponent", "1e", KITH_JSON_ERROR_SYNTAX },
  { "signed-empty-exponent", "1e+", KITH_JSON_ERROR_SYNTAX },
  { "nan", "NaN", KITH_JSON_ERROR_NUMBER },
  { "nan-inside", "{\"a\":NaN}", KITH_JSON_ERROR_NUMBER },
  { "infinity", "Infinity", KITH_JSON_ERROR_NUMBER },
  { "minus-infinity", "-Infinity", KITH_JSON_ERROR_SYNTAX },
  { "infinite-by-exponent", "1e999", KITH_JSON_ERROR_NUMBER },
  { "minus-infinite-by-exponent", "-1e999", KITH_JSON_ERROR_NUMBER },
  { "above-2^53", "9007199254740993", KITH_JSON_ERROR_NUMBER },
  { "below-minus-2^53", "-9007199254740993", KITH_JSON_ERROR_NUMBER },
  { "above-int64", "9223372036854775808", KITH_JSON_ERROR_NUMBER },
  { "wraps-to-one", "18446744073709551617", KITH_JSON_ERROR_NUMBER },
  { "long-number", "0.00000000000000000000000000000000000000000000000000000000000000001", KITH_JSON_ERROR_NUMBER },
  { "duplicate", "{\"a\":1,\"a\":2}", KITH_JSON_ERROR_DUPLICATE },
  { "duplicate-escaped", "{\"a\":1,\"\\u0061\":2}", KITH_JSON_ERROR_DUPLICATE },
  { "duplicate-escaped-pair", "{\"😀\":1,\"\\ud83d\\ude00\":2}", KITH_JSON_ERROR_DUPLICATE },
  { "duplicate-empty", "{\"\":1,\"\":2}", KITH_JSON_ERROR_DUPLICATE },
  { "duplicate-inside", "{\"a\":[{\"b\":{\"c\":1,\"d\":2,\"c\":3}}]}", KITH_JSON_ERROR_DUPLICATE },
  { "overlong-slash", "\"\300\257\"", KITH_JSON_ERROR_NOT_UTF8 },
  { "overlong-nul", "\"\300\200\"", KITH_JSON_ERROR_NOT_UTF8 },
  { "overlong-three", "\"\340\200\257\"", KITH_JSON_ERROR_NOT_UTF8 },
  { "utf8-surrogate", "\"\355\240\200\"", KITH_JSON_ERROR_NOT_UTF8 },
  { "beyond-unicode", "\"\364\220\200\200\"", KITH_JSON_ERROR_NOT_UTF8 },
  { "cut-utf8", "\"\303\"", KITH_JSON_ERROR_NOT_UTF8 },
  { "latin1", "\"caf\351\"", KITH_JSON_ERROR_NOT_UTF8 },
  { "utf16", "\376\377{}", KITH_JSON_ERROR_NOT_UTF8 },
};

static void
test_refused (gconstpointer data)
{
  const Row *row = data;
  g_autoptr (GError) error = NULL;
  /* A copy of just that length: the sanitizers see a read behind the end. */
  g_autofree char *exact = g_memdup2 (row->text, strlen (row->text) + (*row->text == '\0'));
  g_autoptr (JsonNode) node = kith_json_parse (exact, (gssize) strlen (row->text), NULL, &error);

  g_assert_null (node);
  g_assert_error (error, KITH_JSON_ERROR, (int) row->code);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  g_assert_true (g_str_has_suffix (error->message, "."));
  g_assert_null (kith_json_parse (row->text, -1, NULL, NULL)); /* nobody asks why */
}

static char *
nested (const char *open, guint depth, const char *inner, const char *close)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < depth; i++)
    g_string_append (text, open);
  g_string_append (text, inner);
  for (guint i = 0; close != NULL && i < depth; i++)
    g_string_append (text, close);
  return g_string_free (text, FALSE);
}

static void
check_depth (const char *text, const KithJsonLimits *limits, gboolean taken)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = kith_json_parse (text, -1, limits, &error);

  if (taken)
    g_assert_no_error (error);
  else
    g_assert_error (error, KITH_JSON_ERROR, KITH_JSON_ERROR_TOO_DEEP);
}

static void
test_depth (void)
{
  static const KithJsonLimits three = { 0, 3 };
  static const KithJsonLimits no_end = { 0, G_MAXUINT };
  g_autofree char *arrays_32 = nested ("[", 32, "1", "]");
  g_autofree char *arrays_33 = nested ("[", 33, "1", "]");
  g_autofree char *objects_32 = nested ("{\"a\":", 32, "1", "}");
  g_autofree char *objects_33 = nested ("{\"a\":", 33, "1", "}");
  g_autofree char *open_100k = nested ("[", 100000, "", NULL);
  g_autofree char *closed_100k = nested ("[", 100000, "", "]");
  g_autofree char *objects_100k = nested ("{\"a\":", 100000, "1", "}");

  check_depth (arrays_32, NULL, TRUE);
  check_depth (arrays_33, NULL, FALSE);
  check_depth (objects_32, NULL, TRUE);
  check_depth (objects_33, NULL, FALSE);
  check_depth ("[[[]],{}]", &three, TRUE);
  check_depth ("[[[[]]],{}]", &three, FALSE);
  check_depth ("[[],[],[],[],{},{}]", &three, TRUE); /* side by side is not deep */
  check_depth (open_100k, NULL, FALSE);
  check_depth (closed_100k, &no_end, FALSE); /* nobody can ask for more than the stack bears */
  check_depth (objects_100k, &no_end, FALSE);
}

static void
test_size (void)
{
  static const KithJsonLimits ten = { 10, 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) fits = kith_json_parse ("\"12345678\"", -1, &ten, &error);
  g_autoptr (JsonNode) over = NULL;
  g_autofree char *large = NULL;

  g_assert_no_error (error);
  g_assert_nonnull (fits);
  over = kith_json_parse ("\"123456789\"", -1, &ten, &error);
  g_assert_error (error, KITH_JSON_ERROR, KITH_JSON_ERROR_TOO_LARGE);
  g_clear_error (&error);

  large = g_strnfill (4 * 1024 * 1024 + 1, ' ');
  large[0] = '1';
  g_assert_null (kith_json_parse (large, -1, NULL, &error));
  g_assert_error (error, KITH_JSON_ERROR, KITH_JSON_ERROR_TOO_LARGE);
  g_clear_error (&error);
  large[4 * 1024 * 1024] = '\0';
  over = kith_json_parse (large, -1, NULL, &error);
  g_assert_no_error (error);
}

static void
test_members (void)
{
  for (guint count = 4096; count <= 4097; count++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GString) text = g_string_new ("{");
      g_autoptr (JsonNode) node = NULL;

      for (guint i = 0; i < count; i++)
        g_string_append_printf (text, "%s\"m%u\":0", i > 0 ? "," : "", i);
      g_string_append_c (text, '}');
      node = kith_json_parse (text->str, -1, NULL, &error);
      if (count == 4096)
        g_assert_no_error (error);
      else
        g_assert_error (error, KITH_JSON_ERROR, KITH_JSON_ERROR_TOO_LARGE);
    }
}

static void
test_nul (void)
{
  static const char text[] = "{\"a\":\"b\0c\"}";
  g_autoptr (GError) error = NULL;

  g_assert_null (kith_json_parse (text, sizeof text - 1, NULL, &error));
  g_assert_error (error, KITH_JSON_ERROR, KITH_JSON_ERROR_SYNTAX);
}

static void
test_not_object (void)
{
  static const char *const texts[] = { "[]", "1", "\"{}\"", "null", "true" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (kith_json_parse_object (texts[i], -1, NULL, &error));
      g_assert_error (error, KITH_JSON_ERROR, KITH_JSON_ERROR_NOT_OBJECT);
    }
}

/* Each beginning of a valid text is refused, and none reads behind its end. */
static void
test_every_cut (void)
{
  static const char text[] = "{\"a\":[1,-2.5e3,true,null,\"x\\u00e9\\ud83d\\ude00\\n\"],\"b\":{\"c\":false}}";

  for (gsize length = 0; length < sizeof text - 1; length++)
    {
      g_autofree char *cut = g_memdup2 (text, length > 0 ? length : 1);
      g_autoptr (GError) error = NULL;

      g_assert_null (kith_json_parse (cut, (gssize) length, NULL, &error));
      g_assert_error (error, KITH_JSON_ERROR, KITH_JSON_ERROR_SYNTAX);
    }
}

/* Any one byte of a valid text changed to any other gives an error or a value that prints and reads back. */
static void
test_every_byte (void)
{
  static const char text[] = "{\"a\":[1,-2.5e3,true,null,\"\\u00e9\\ud83d\\ude00\"],\"b\":0}";

  for (gsize at = 0; at < sizeof text - 1; at++)
    for (guint byte = 0; byte < 256; byte++)
      {
        g_autofree char *changed = g_memdup2 (text, sizeof text - 1);
        g_autoptr (GError) error = NULL;
        g_autoptr (JsonNode) node = NULL;

        changed[at] = (char) byte;
        node = kith_json_parse (changed, sizeof text - 1, NULL, &error);
        g_assert_true ((node != NULL) != (error != NULL));
        if (node != NULL)
          {
            g_autofree char *printed = kith_json_print (node);
            g_autoptr (JsonNode) again = kith_json_parse (printed, -1, NULL, &error);

            g_assert_no_error (error);
            g_assert_true (kith_json_equal (node, again));
          }
      }
}

static void
test_place (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (kith_json_parse ("{\n  \"é\": x\n}", -1, NULL, &error));
  g_assert_nonnull (strstr (error->message, "line 2, column 8"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/base/json/hostile/%s", rows[i].name);

      g_test_add_data_func (path, &rows[i], test_refused);
    }
  g_test_add_func ("/base/json/hostile/depth", test_depth);
  g_test_add_func ("/base/json/hostile/size", test_size);
  g_test_add_func ("/base/json/hostile/members", test_members);
  g_test_add_func ("/base/json/hostile/nul", test_nul);
  g_test_add_func ("/base/json/hostile/not-object", test_not_object);
  g_test_add_func ("/base/json/hostile/every-cut", test_every_cut);
  g_test_add_func ("/base/json/hostile/every-byte", test_every_byte);
  g_test_add_func ("/base/json/place", test_place);
  return g_test_run ();
}
