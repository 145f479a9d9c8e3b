/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-json.h"

#include <math.h>

static void
test_canonical (void)
{
  static const struct
  {
    const char *text;
    const char *printed;
  } rows[] = {
    { "{}", "{}" },
    { " [ ] ", "[]" },
    { "{\"b\":1,\"a\":2}", "{\"a\":2,\"b\":1}" },
    { "{\"b\":{\"d\":1,\"c\":[{\"z\":1,\"y\":2}]},\"a\":null}", "{\"a\":null,\"b\":{\"c\":[{\"y\":2,\"z\":1}],\"d\":1}}" },
    { "[true, false, null]", "[true,false,null]" },
    { "[0,-0,7,-7,9007199254740992,-9007199254740992]", "[0,0,7,-7,9007199254740992,-9007199254740992]" },
    { "[1.0,1e3,-2.5,0.1,1e-7,-0.0]", "[1,1000,-2.5,0.1,1e-07,0]" },
    { "[3.141592653589793,1e300]", "[3.141592653589793,1e+300]" },
    { "\"\\u0041\\n\\t\\r\\b\\f\\/\\\\\\\"\"", "\"A\\n\\t\\r\\u0008\\u000c/\\\\\\\"\"" },
    { "\"\\u00e9\\ud83d\\ude00\"", "\"é😀\"" },
    { "\"\"", "\"\"" },
    { "\"\177\"", "\"\177\"" },
    { "{\"\":1}", "{\"\":1}" },
    { "7", "7" },
    { "\r\n\t null \n", "null" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) node = kith_json_parse (rows[i].text, -1, NULL, &error);
      g_autoptr (JsonNode) again = NULL;
      g_autofree char *printed = NULL;

      g_assert_no_error (error);
      printed = kith_json_print (node);
      g_assert_cmpstr (printed, ==, rows[i].printed);
      again = kith_json_parse (printed, -1, NULL, &error);
      g_assert_no_error (error);
      g_assert_true (kith_json_equal (node, again));
    }
}

static void
test_print_what_json_cannot_say (void)
{
  g_autoptr (JsonNode) node = json_node_init_double (json_node_alloc (), INFINITY);
  g_autofree char *text = kith_json_print (node);

  g_assert_cmpstr (text, ==, "null");
}

static void
test_length (void)
{
  /* The text ends where the length says, without a NUL. */
  g_autoptr (JsonObject) object = kith_json_parse_object ("{\"a\":12}garbage", 8, NULL, NULL);
  g_autoptr (JsonNode) number = kith_json_parse ("123", 2, NULL, NULL);

  g_assert_nonnull (object);
  g_assert_cmpint (kith_json_int (object, "a", 0), ==, 12);
  g_assert_cmpint (json_node_get_int (number), ==, 12);
}

static void
test_equal (void)
{
  g_autoptr (JsonNode) a = kith_json_parse ("{\"x\":[1,{\"y\":2.0}],\"z\":\"t\"}", -1, NULL, NULL);
  g_autoptr (JsonNode) b = kith_json_parse ("{\"z\":\"\\u0074\",\"x\":[1.0,{\"y\":2}]}", -1, NULL, NULL);
  g_autoptr (JsonNode) c = kith_json_parse ("{\"z\":\"t\",\"x\":[{\"y\":2},1]}", -1, NULL, NULL);

  g_assert_true (kith_json_equal (a, b));
  g_assert_false (kith_json_equal (a, c));
  g_assert_false (kith_json_equal (a, NULL));
  g_assert_true (kith_json_equal (NULL, NULL));
}

static void
test_copy_is_deep (void)
{
  g_autoptr (JsonObject) original = kith_json_parse_object ("{\"a\":[{\"b\":1}],\"c\":{\"d\":\"x\"}}", -1, NULL, NULL);
  g_autoptr (JsonObject) copy = kith_json_copy_object (original);
  g_autofree char *text = NULL;
  g_autofree char *changed = NULL;

  json_object_set_int_member (json_array_get_object_element (kith_json_array (copy, "a"), 0), "b", 2);
  json_object_remove_member (kith_json_object (copy, "c"), "d");
  text = kith_json_print_object (original);
  changed = kith_json_print_object (copy);
  g_assert_cmpstr (text, ==, "{\"a\":[{\"b\":1}],\"c\":{\"d\":\"x\"}}");
  g_assert_cmpstr (changed, ==, "{\"a\":[{\"b\":2}],\"c\":{}}");
}

static void
test_getters (void)
{
  g_autoptr (JsonObject) object
      = kith_json_parse_object ("{\"s\":\"t\",\"i\":3,\"f\":1.5,\"w\":2.0,\"b\":true,\"n\":null,\"o\":{},\"a\":[\"x\",1,null]}",
                                -1, NULL, NULL);
  static const char *const names[] = { "s", "i", "f", "w", "b", "n", "o", "a", "absent" };

  g_assert_cmpstr (kith_json_string (object, "s"), ==, "t");
  g_assert_cmpint (kith_json_int (object, "i", -1), ==, 3);
  g_assert_cmpint (kith_json_int (object, "w", -1), ==, 2);
  g_assert_cmpint (kith_json_int (object, "f", -1), ==, -1);
  g_assert_true (kith_json_bool (object, "b", FALSE));
  g_assert_nonnull (kith_json_object (object, "o"));
  g_assert_true (kith_json_array_has (kith_json_array (object, "a"), "x"));
  g_assert_false (kith_json_array_has (kith_json_array (object, "a"), "1"));
  g_assert_false (kith_json_array_has (NULL, "x"));

  /* Each getter on each wrong type: no critical (they are fatal here), and the fallback. */
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *name = names[i];

      if (*name != 's' || name[1] != '\0')
        g_assert_null (kith_json_string (object, name));
      if (strcmp (name, "i") != 0 && strcmp (name, "w") != 0)
        g_assert_cmpint (kith_json_int (object, name, 99), ==, 99);
      if (strcmp (name, "b") != 0)
        g_assert_true (kith_json_bool (object, name, TRUE));
      if (strcmp (name, "o") != 0)
        g_assert_null (kith_json_object (object, name));
      if (strcmp (name, "a") != 0 || name[1] != '\0')
        g_assert_null (kith_json_array (object, name));
    }
  g_assert_null (kith_json_string (NULL, "s"));
  g_assert_cmpint (kith_json_int (NULL, "i", 5), ==, 5);
}

static void
test_new (void)
{
  g_autoptr (JsonObject) object
      = kith_json_new ("text", "s", "t", "left_out", "s", NULL, "count", "i", (gint64) 3, "yes", "b", TRUE, "child", "o",
                       kith_json_new ("x", "i", (gint64) 1, NULL), "no_child", "o", NULL, "list", "a",
                       kith_json_strings ("a", "b", NULL), "no_list", "a", NULL, "nothing", "n", NULL);
  g_autoptr (JsonObject) empty = kith_json_new (NULL, NULL);
  g_autofree char *text = kith_json_print_object (object);
  g_autofree char *empty_text = kith_json_print_object (empty);

  g_assert_cmpstr (text, ==,
                   "{\"child\":{\"x\":1},\"count\":3,\"list\":[\"a\",\"b\"],\"nothing\":null,\"text\":\"t\",\"yes\":true}");
  g_assert_cmpstr (empty_text, ==, "{}");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/json/canonical", test_canonical);
  g_test_add_func ("/base/json/what-json-cannot-say", test_print_what_json_cannot_say);
  g_test_add_func ("/base/json/length", test_length);
  g_test_add_func ("/base/json/equal", test_equal);
  g_test_add_func ("/base/json/copy-is-deep", test_copy_is_deep);
  g_test_add_func ("/base/json/getters", test_getters);
  g_test_add_func ("/base/json/new", test_new);
  return g_test_run ();
}
