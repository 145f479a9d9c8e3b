/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "kith-protocol.h"

/* What both sides of the wire share: lines, gzip, cursors. */

static GBytes *
bytes_of (const char *text)
{
  return g_bytes_new (text, strlen (text));
}

static void
test_lines (void)
{
  g_autoptr (KithLineWriter) writer = kith_line_writer_new ();
  g_autoptr (GBytes) body = NULL;
  g_autoptr (KithLineReader) reader = NULL;
  g_autoptr (JsonObject) first = NULL;
  g_autoptr (JsonObject) second = NULL;
  g_autoptr (GError) error = NULL;

  kith_line_writer_add (writer, kith_json_new ("text", "s", "a \"line\"\nbreak", NULL));
  kith_line_writer_add_text (writer, "{\"n\":2}");
  body = kith_line_writer_finish (writer);
  g_assert_cmpuint (kith_line_writer_get_size (writer), ==, 0);

  reader = kith_line_reader_new (body, 0);
  first = kith_line_reader_next_object (reader, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (kith_json_string (first, "text"), ==, "a \"line\"\nbreak");
  second = kith_line_reader_next_object (reader, &error);
  g_assert_no_error (error);
  g_assert_cmpint (kith_json_int (second, "n", 0), ==, 2);
  g_assert_null (kith_line_reader_next_object (reader, &error));
  g_assert_no_error (error);
  g_assert_false (kith_line_reader_is_cut (reader));
}

/* A cut answer gives its whole lines, never half of one. */
static void
test_cut (void)
{
  static const char whole[] = "{\"a\":1}\n\r\n{\"b\":2}\r\n{\"c\":3}\n";

  for (gsize length = 0; length < sizeof whole - 1; length++)
    {
      g_autoptr (GBytes) body = g_bytes_new (whole, length);
      g_autoptr (KithLineReader) reader = kith_line_reader_new (body, 0);
      g_autoptr (GError) error = NULL;
      JsonObject *line;
      guint n = 0;

      while ((line = kith_line_reader_next_object (reader, &error)) != NULL)
        {
          n++;
          json_object_unref (line);
        }
      g_assert_no_error (error);
      g_assert_cmpuint (n, ==, (length >= 8) + (length >= 19));
      g_assert_true (kith_line_reader_is_cut (reader) == (length > 0 && whole[length - 1] != '\n'));
    }
}

static void
test_bad_lines (void)
{
  static const char *const lines[] = { "[1]\n",
                                       "{\n",
                                       "{\"a\":1,\"a\":2}\n",
                                       "{\"a\":NaN}\n",
                                       "{\"a\":\"\\ud800\"}\n",
                                       "{\"a\":\"\xff\"}\n",
                                       "{\"a\":9007199254740993}\n",
                                       "<html>\n" };
  g_autoptr (GString) deep = g_string_new ("{\"a\":");
  g_autoptr (GBytes) long_body = NULL;
  g_autoptr (KithLineReader) long_reader = NULL;
  g_autofree char *filler = g_strnfill (4000, 'x');
  g_autofree char *long_line = g_strdup_printf ("{\"a\":\"%s\"}\n", filler);
  g_autoptr (GError) too_long = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autoptr (GBytes) body = bytes_of (lines[i]);
      g_autoptr (KithLineReader) reader = kith_line_reader_new (body, 0);
      g_autoptr (GError) error = NULL;

      g_assert_null (kith_line_reader_next_object (reader, &error));
      g_assert_nonnull (error);
      g_assert_true (error->domain == KITH_JSON_ERROR);
    }

  for (guint depth = 0; depth < 100000; depth++)
    g_string_append_c (deep, '[');
  g_string_append_c (deep, '\n');
  {
    g_autoptr (GBytes) body = bytes_of (deep->str);
    g_autoptr (KithLineReader) reader = kith_line_reader_new (body, 0);
    g_autoptr (GError) error = NULL;

    g_assert_null (kith_line_reader_next_object (reader, &error));
    g_assert_error (error, KITH_JSON_ERROR, KITH_JSON_ERROR_TOO_DEEP);
  }

  long_body = bytes_of (long_line);
  long_reader = kith_line_reader_new (long_body, 1000);
  g_assert_null (kith_line_reader_next_object (long_reader, &too_long));
  g_assert_error (too_long, KITH_JSON_ERROR, KITH_JSON_ERROR_TOO_LARGE);
}

static void
test_quoted (void)
{
  g_autoptr (GString) text = g_string_new ("{\"a\":");
  g_autoptr (JsonObject) object = NULL;
  g_autoptr (GError) error = NULL;

  kith_json_append_string (text, "\"\\\n\t\x01 ñ 田");
  g_string_append_c (text, '}');
  object = kith_json_parse_object (text->str, -1, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (kith_json_string (object, "a"), ==, "\"\\\n\t\x01 ñ 田");
}

static void
test_gzip (void)
{
  g_autofree char *text = g_strnfill (300000, 'k');
  g_autoptr (GBytes) plain = bytes_of (text);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) packed = kith_gzip_pack (plain, &error);
  g_autoptr (GBytes) back = NULL;
  g_autoptr (GBytes) half = NULL;
  g_autoptr (GBytes) part = NULL;
  gboolean cut;

  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (packed), <, 3000);
  back = kith_gzip_unpack (packed, 300000, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (plain, back));

  /* a bomb stops at the cap */
  g_assert_null (kith_gzip_unpack (packed, 299999, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
  g_clear_error (&error);

  half = g_bytes_new_from_bytes (packed, 0, g_bytes_get_size (packed) / 2);
  g_assert_null (kith_gzip_unpack (half, 300000, NULL, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  part = kith_gzip_unpack (half, 300000, &cut, &error);
  g_assert_no_error (error);
  g_assert_true (cut);
  g_assert_cmpuint (g_bytes_get_size (part), <, 300000);

  g_assert_null (kith_gzip_unpack (plain, 300000, NULL, &error));
  g_assert_nonnull (error);
}

static void
test_cursor (void)
{
  const KithCursor states[] = {
    { .epoch = (char *) "0190aaaa-0000-7000-8000-000000000001", .q = 0, .served = 0, .n = 0, .round = 9 },
    { .epoch = (char *) "0190aaaa-0000-7000-8000-000000000001",
      .q = 17,
      .served = 30,
      .n = 4,
      .round = 9,
      .open = TRUE,
      .H = 25,
      .priority = 3,
      .sid = 12,
      .t = (char *) "client",
      .id = (char *) "0190aaaa-0000-7000-8000-000000000002",
      .tail = 20 },
    { .epoch = (char *) "0190aaaa-0000-7000-8000-000000000001",
      .q = 17,
      .served = 30,
      .n = 4,
      .round = 9,
      .open = TRUE,
      .H = 25,
      .priority = 0,
      .sid = 0,
      .tail = 17 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      g_autofree char *text = kith_cursor_encode (&states[i], "d1/u1");
      g_auto (KithCursor) back = { 0 };
      g_auto (KithCursor) foreign = { 0 };

      g_assert_true (kith_cursor_decode (text, "d1/u1", &back));
      g_assert_cmpstr (back.epoch, ==, states[i].epoch);
      g_assert_cmpint (back.q, ==, states[i].q);
      g_assert_cmpint (back.served, ==, states[i].served);
      g_assert_cmpint (back.n, ==, states[i].n);
      g_assert_cmpint (back.round, ==, states[i].round);
      g_assert_cmpint (back.open, ==, states[i].open);
      g_assert_cmpint (back.H, ==, states[i].H);
      g_assert_cmpint (back.sid, ==, states[i].sid);
      g_assert_cmpstr (back.t, ==, states[i].t);
      g_assert_cmpstr (back.id, ==, states[i].id);
      g_assert_cmpint (back.tail, ==, states[i].tail);
      g_assert_false (kith_cursor_decode (text, "d1/u2", &foreign));

      /* every truncation and every changed letter is noticed */
      for (gsize k = 0; k < strlen (text); k++)
        {
          g_autofree char *shorter = g_strndup (text, k);
          g_autofree char *changed = g_strdup (text);
          g_auto (KithCursor) bad = { 0 };

          changed[k] = changed[k] == 'A' ? 'B' : 'A';
          g_assert_false (kith_cursor_decode (shorter, "d1/u1", &bad));
          g_assert_false (kith_cursor_decode (changed, "d1/u1", &bad));
        }
    }
}

static void
test_sums (void)
{
  guint64 a = kith_protocol_row_hash ("0190aaaa-0000-7000-8000-000000000001", 5);
  g_autofree char *text = kith_protocol_print_sum (255);

  g_assert_true (a != kith_protocol_row_hash ("0190aaaa-0000-7000-8000-000000000001", 6));
  g_assert_true (a != kith_protocol_row_hash ("0190aaaa-0000-7000-8000-000000000002", 5));
  g_assert_cmpstr (text, ==, "00000000000000ff");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/protocol/lines", test_lines);
  g_test_add_func ("/protocol/lines/cut", test_cut);
  g_test_add_func ("/protocol/lines/bad", test_bad_lines);
  g_test_add_func ("/protocol/lines/quoted", test_quoted);
  g_test_add_func ("/protocol/gzip", test_gzip);
  g_test_add_func ("/protocol/cursor", test_cursor);
  g_test_add_func ("/protocol/sums", test_sums);
  return g_test_run ();
}
