/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-csv.h"

#include <string.h>

/* A row as the reader sees it: fields joined with ⟨⟩, flags behind it. */
static char *
read_all (const char *data, gssize length, const KithCsvOptions *options)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (data, length, NULL);
  g_autoptr (KithCsv) csv = kith_csv_new (stream, options);
  g_autoptr (GError) error = NULL;
  GString *out = g_string_new (NULL);

  while (kith_csv_next (csv, &error))
    {
      g_string_append_printf (out, "%" G_GUINT64_FORMAT ":", kith_csv_row (csv));
      for (guint i = 0; i < kith_csv_n_fields (csv); i++)
        g_string_append_printf (out, "<%s>", kith_csv_get (csv, i));
      if (kith_csv_flags (csv) != 0)
        g_string_append_printf (out, "!%u", kith_csv_flags (csv));
      g_string_append_c (out, '\n');
    }
  if (error != NULL)
    g_string_append (out, g_quark_to_string (error->domain));
  return g_string_free (out, FALSE);
}

typedef struct
{
  const char *name, *in, *out;
  gboolean trim;
} Case;

static const Case cases[] = {
  { "plain", "a,b\n1,2\n", "1:<a><b>\n2:<1><2>\n" },
  { "no-last-newline", "a,b\n1,2", "1:<a><b>\n2:<1><2>\n" },
  { "crlf", "a,b\r\n1,2\r\n", "1:<a><b>\n2:<1><2>\n" },
  { "cr", "a,b\r1,2\r", "1:<a><b>\n2:<1><2>\n" },
  { "byte-order-mark", "\xef\xbb\xbf" "a\n1\n", "1:<a>\n2:<1>\n" },
  { "quotes", "\"a,b\",\"say \"\"hi\"\"\",\"\"\n", "1:<a,b><say \"hi\"><>\n" },
  { "quotes-over-lines", "\"a\r\nb\nc\",d\n", "1:<a\r\nb\nc><d>\n" },
  { "quote-inside", "a\"b,\"c\"d\n", "1:<a\"b><cd>\n" },
  { "empty-fields", ",,\na,,\n", "2:<a><><>\n" },
  { "empty-rows-count", "a\n\n\r\n ,\nb\n", "1:<a>\n5:<b>\n" },
  { "semicolons", "a;b\n1,5;2\n", "1:<a><b>\n2:<1,5><2>\n" },
  { "tabs", "a\tb\n1,5\t2\n", "1:<a><b>\n2:<1,5><2>\n" },
  { "delimiter-in-quotes", "\"a;b;c\",d\n", "1:<a;b;c><d>\n" },
  { "spaces-stay", "a, b ,c\n", "1:<a>< b ><c>\n" },
  { "spaces-trimmed", "rec, \"Ann \" , b \n", "1:<rec><Ann ><b>\n", TRUE },
  { "utf-8", "\xc5\x81ukasz,\xe7\x94\xb0\n", "1:<\xc5\x81ukasz><\xe7\x94\xb0>\n" },
  { "windows-1252", "Ren\xe9,\x80 5\n\xc3\xa9\n", "1:<Ren\xc3\xa9><\xe2\x82\xac 5>!1\n2:<\xc3\xa9>\n" },
  /* A quotation mark that is not closed ends with its line: the rows below it are read, and it is told of itself. */
  { "unclosed", "a\n\"b,c\nd\n", "1:<a>\n2:<b,c>!4\n3:<d>\n" },
  { "unclosed-crlf", "\xef\xbb\xbf" "a,b\r\n1,\"x\r\n2,y\r\n", "1:<a><b>\n2:<1><x>!4\n3:<2><y>\n" },
  { "unclosed-cr", "a,b\r1,\"x\r2,y\r", "1:<a><b>\n2:<1><x>!4\n3:<2><y>\n" },
  { "unclosed-alone", "a\n\"\nb\n", "1:<a>\n2:<>!4\n3:<b>\n" },
  { "unclosed-at-end", "a\n\"b", "1:<a>\n2:<b>!4\n" },
  { "unclosed-twice", "a,b\n1,\"x\n2,y\n3,\"z\n4,w\n", "1:<a><b>\n2:<1><x>!4\n3:<2><y>\n4:<3><z>!4\n5:<4><w>\n" },
  /* The next quotation mark is another row's, which begins a field there. */
  { "closed-by-another", "a,b\n1,\"x\n2,\"y, z\"\n3,w\n", "1:<a><b>\n2:<1><x>!4\n3:<2><y, z>\n4:<3><w>\n" },
  /* One that ends a field by chance, and makes a row of fewer columns, or of more. */
  { "closed-with-fewer", "a,b,c\n1,\"x,y\n2,z,5\"\n", "1:<a><b><c>\n2:<1><x,y>!4\n3:<2><z><5\">\n" },
  { "closed-with-more", "a,b\n1,\"x\n2\",y,z\n3,w\n", "1:<a><b>\n2:<1><x>!4\n3:<2\"><y><z>\n4:<3><w>\n" },
  { "lines-in-quotes-crlf", "\xef\xbb\xbf" "a,b\r\n1,\"x\r\n\"\"y\"\"\r\n\"\r\n2,\"\r\n\" \r\n", "1:<a><b>\n2:<1><x\r\n\"y\"\r\n>\n3:<2><\r\n>\n", TRUE },
  { "nothing", "", "" },
  { "utf-16", "\xff\xfe" "a", "kith-csv-error-quark" },
};

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  KithCsvOptions options = { .trim = c->trim };
  g_autofree char *out = read_all (c->in, (gssize) strlen (c->in), &options);

  g_assert_cmpstr (out, ==, c->out);
}

static void
test_nul (void)
{
  g_autofree char *out = read_all ("a\0b,c\n", 6, NULL);

  g_assert_cmpstr (out, ==, "1:<ab><c>!2\n");
}

/* A quote that is never closed takes no more of the file than its own line, however much follows. */
static void
test_too_long (void)
{
  KithCsvOptions options = { .max_row = 1000 };
  g_autoptr (GString) in = g_string_new ("x\n\"");
  g_autofree char *out = NULL;
  g_auto (GStrv) lines = NULL;

  for (guint i = 0; i < 1000; i++)
    g_string_append (in, "0123456789\n");
  out = read_all (in->str, (gssize) in->len, &options);
  lines = g_strsplit (out, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 1002); /* the header, the one that is told, 999 more, and the end */
  g_assert_cmpstr (lines[1], ==, "2:<0123456789>!4");
  g_assert_true (g_str_has_suffix (out, "\n1001:<0123456789>\n"));
}

/* What is read on for its end lies in several buffers: nothing of it is lost, and a row that is none of a quote's is told as before. */
static void
test_unclosed_across_buffers (void)
{
  g_autoptr (GString) in = g_string_new ("id,name,text\n");
  g_autofree char *out = NULL;
  g_auto (GStrv) lines = NULL;

  for (guint i = 0; i < 40000; i++)
    g_string_append_printf (in, i % 9000 == 4 ? "%u,\"Broken,x\n" : i % 5 == 0 ? "%u,\"A, b\",\"1\n2\"\n" : "%u,A b,\n", i);
  out = read_all (in->str, (gssize) in->len, NULL);
  lines = g_strsplit (out, "\n", -1);
  for (guint i = 0, at = 1; i < 40000; i++, at++)
    {
      g_autofree char *expected = g_strdup_printf (i % 9000 == 4 ? "%u:<%u><Broken,x>!4" : i % 5 == 0 ? "%u:<%u><A, b><1" : "%u:<%u><A b><>", i + 2, i);

      g_assert_cmpstr (lines[at], ==, expected);
      at += i % 9000 != 4 && i % 5 == 0; /* its second line */
    }
}

/* Lines of which each opens one anew are not read over and over: the whole takes no time. */
static void
test_many_unclosed (void)
{
  g_autoptr (GString) in = g_string_new ("a,b,c\n");
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (KithCsv) csv = NULL;
  guint rows = 0, told = 0;

  for (guint i = 0; i < 200000; i++)
    g_string_append (in, i % 2 == 0 ? "a\",\"b\",\"\n" : "1,\"x\n");
  stream = g_memory_input_stream_new_from_data (in->str, (gssize) in->len, NULL);
  csv = kith_csv_new (stream, NULL);
  for (; kith_csv_next (csv, NULL); rows++)
    told += (kith_csv_flags (csv) & KITH_SHEET_UNCLOSED) != 0;
  g_assert_cmpuint (rows, ==, 200001);
  g_assert_cmpuint (told, ==, 200000);
}

/* Signs that are dropped make no row longer, and what is kept to be read again no larger than its measure. */
static void
test_unclosed_nuls (void)
{
  g_autoptr (GString) in = g_string_new ("a\n\"b\n");
  KithCsvOptions options = { .max_row = 1000 };
  g_autofree char *out = NULL;

  for (guint i = 0; i < 400000; i++)
    g_string_append_c (in, '\0');
  out = read_all (in->str, (gssize) in->len, &options);
  g_assert_true (g_str_has_prefix (out, "1:<a>\n2:<b"));
}

/* However the bytes arrive, the rows are the same. */
static void
test_across_buffers (void)
{
  g_autoptr (GString) in = g_string_new ("id,text\r\n");
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (KithCsv) csv = NULL;
  g_autoptr (GError) error = NULL;
  guint rows = 0;

  for (guint i = 0; i < 30000; i++)
    g_string_append_printf (in, "%u,\"\"\"%u\"\" \xc3\xa9\r\n\"\r\n", i, i);
  stream = g_memory_input_stream_new_from_data (in->str, (gssize) in->len, NULL);
  csv = kith_csv_new (stream, NULL);
  g_assert_true (kith_csv_next (csv, &error));
  while (kith_csv_next (csv, &error))
    {
      g_autofree char *id = g_strdup_printf ("%u", rows);
      g_autofree char *text = g_strdup_printf ("\"%u\" \xc3\xa9\r\n", rows);

      g_assert_cmpstr (kith_csv_get (csv, 0), ==, id);
      g_assert_cmpstr (kith_csv_get (csv, 1), ==, text);
      g_assert_cmpstr (kith_csv_get (csv, 2), ==, "");
      g_assert_cmpuint (kith_csv_flags (csv), ==, 0);
      rows++;
    }
  g_assert_no_error (error);
  g_assert_cmpuint (rows, ==, 30000);
  g_assert_cmpuint (kith_csv_bytes_read (csv), ==, in->len);
}

static void
test_header (void)
{
  static const char data[] = " First Name ,dob,,x\n1,2,3,4\n";
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (data, -1, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (KithSheet) sheet = kith_csv_open_sheet (stream, FALSE, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (kith_sheet_n_columns (sheet), ==, 4);
  g_assert_cmpstr (kith_sheet_column_name (sheet, 0), ==, "First Name");
  g_assert_cmpstr (kith_sheet_column_name (sheet, 2), ==, "column 3");
  g_assert_cmpint (kith_sheet_find_column (sheet, "FIRST NAME "), ==, 0);
  g_assert_cmpint (kith_sheet_find_column (sheet, "nope"), ==, -1);
  g_assert_true (kith_sheet_next (sheet, &error));
  g_assert_cmpstr (kith_sheet_get (sheet, 3), ==, "4");
}

static void
test_bad_header (void)
{
  static const char *const bad[] = { "a,b,A\n", "", "\n\n" };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (bad[i], (gssize) strlen (bad[i]), NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (KithSheet) sheet = kith_csv_open_sheet (stream, FALSE, &error);

      g_assert_null (sheet);
      g_assert_error (error, KITH_SHEET_ERROR, KITH_SHEET_ERROR_HEADER);
    }
}

static void
test_unclosed_header (void)
{
  static const char data[] = "a,\"b\n1,2\n";
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (data, -1, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (KithSheet) sheet = kith_csv_open_sheet (stream, FALSE, &error);

  g_assert_null (sheet);
  g_assert_error (error, KITH_SHEET_ERROR, KITH_SHEET_ERROR_HEADER);
}

/* Random bytes, many quotes among them: it ends, and what it yields is UTF-8. */
static void
test_noise (void)
{
  static const char alphabet[] = "ab,;\t\"\"\"\r\n \xc3\xa9\xff";

  for (guint round = 0; round < 300; round++)
    {
      char data[400];
      g_autofree char *out = NULL;

      for (guint i = 0; i < sizeof data; i++)
        data[i] = alphabet[g_test_rand_int_range (0, sizeof alphabet)];
      data[0] = 'a';
      out = read_all (data, sizeof data, NULL);
      g_assert_true (g_utf8_validate (out, -1, NULL));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/interchange/csv/", cases[i].name, NULL);
      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/interchange/csv/nul", test_nul);
  g_test_add_func ("/interchange/csv/too-long", test_too_long);
  g_test_add_func ("/interchange/csv/across-buffers", test_across_buffers);
  g_test_add_func ("/interchange/csv/unclosed-across-buffers", test_unclosed_across_buffers);
  g_test_add_func ("/interchange/csv/many-unclosed", test_many_unclosed);
  g_test_add_func ("/interchange/csv/unclosed-nuls", test_unclosed_nuls);
  g_test_add_func ("/interchange/csv/unclosed-header", test_unclosed_header);
  g_test_add_func ("/interchange/csv/header", test_header);
  g_test_add_func ("/interchange/csv/bad-header", test_bad_header);
  g_test_add_func ("/interchange/csv/noise", test_noise);

  return g_test_run ();
}
