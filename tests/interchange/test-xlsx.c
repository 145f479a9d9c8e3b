/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-client-reader.h"
#include "kith-json.h"
#include "kith-sheet.h"
#include "kith-test.h"

#include <archive.h>
#include <archive_entry.h>
#include <string.h>
#include <xlsxwriter.h>

#define XML "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
#define MAIN "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\""
#define RELATIONS "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\""

/* The rows of a file, fields in brackets, what was odd behind them. */
static char *
read_all (const char *path, GError **error)
{
  g_autoptr (KithSheet) sheet = kith_sheet_open (path, TRUE, error);
  g_autoptr (GError) local = NULL;
  GString *out;

  if (sheet == NULL)
    return NULL;
  out = g_string_new (NULL);
  for (guint i = 0; i < kith_sheet_n_columns (sheet); i++)
    g_string_append_printf (out, "[%s]", kith_sheet_column_name (sheet, i));
  while (kith_sheet_next (sheet, &local))
    {
      g_autofree char *problem = kith_sheet_row_problem (sheet);

      g_string_append_printf (out, "\n%" G_GUINT64_FORMAT ":", kith_sheet_row (sheet));
      for (guint i = 0; i < kith_sheet_n_fields (sheet); i++)
        g_string_append_printf (out, "<%s>", kith_sheet_get (sheet, i));
      if (problem != NULL)
        g_string_append (out, "!");
    }
  if (local != NULL)
    g_string_append_printf (out, "\nerror");
  return g_string_free (out, FALSE);
}

/* A package of parts that the test writes itself: name, text, name, text, …, NULL. */
static char *
write_package (KithTestDir *dir, const char *const *parts)
{
  char *path = kith_test_dir_file (dir, "made.xlsx");
  struct archive *archive = archive_write_new ();

  archive_write_set_format_zip (archive);
  g_assert_cmpint (archive_write_open_filename (archive, path), ==, ARCHIVE_OK);
  for (guint i = 0; parts[i] != NULL; i += 2)
    {
      struct archive_entry *entry = archive_entry_new ();
      gsize length = strlen (parts[i + 1]);

      archive_entry_set_pathname (entry, parts[i]);
      archive_entry_set_size (entry, (la_int64_t) length);
      archive_entry_set_filetype (entry, AE_IFREG);
      archive_entry_set_perm (entry, 0600);
      g_assert_cmpint (archive_write_header (archive, entry), ==, ARCHIVE_OK);
      g_assert_cmpint (archive_write_data (archive, parts[i + 1], length), ==, (int) length);
      archive_entry_free (entry);
    }
  archive_write_free (archive);
  return path;
}

#define WORKBOOK XML "<workbook " MAIN " " RELATIONS "><sheets><sheet name=\"old\" sheetId=\"1\" state=\"hidden\" r:id=\"r1\"/>" \
                     "<sheet name=\"people\" sheetId=\"2\" r:id=\"r2\"/></sheets></workbook>"
#define WORKBOOK_RELATIONS XML "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">" \
                               "<Relationship Id=\"r1\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"r2\" Target=\"/xl/worksheets/sheet2.xml\"/></Relationships>"

static char *
read_sheet (const char *sheet, const char *strings, GError **error)
{
  g_autoptr (KithTestDir) dir = kith_test_dir_new ();
  const char *const parts[] = { "xl/workbook.xml", WORKBOOK, "xl/_rels/workbook.xml.rels", WORKBOOK_RELATIONS, "xl/worksheets/sheet1.xml", XML "<no/>",
                                "xl/worksheets/sheet2.xml", sheet, strings != NULL ? "xl/sharedStrings.xml" : NULL, strings, NULL };
  g_autofree char *path = write_package (dir, parts);

  return read_all (path, error);
}

static void
test_written_by_another (void)
{
  g_autoptr (KithTestDir) dir = kith_test_dir_new ();
  g_autofree char *path = kith_test_dir_file (dir, "people.xlsx"), *text = NULL;
  g_autoptr (GError) error = NULL;
  lxw_workbook *book = workbook_new (path);
  lxw_worksheet *sheet = workbook_add_worksheet (book, "People");
  lxw_format *date = workbook_add_format (book), *moment = workbook_add_format (book), *zip = workbook_add_format (book);
  lxw_datetime birth = { 1988, 4, 7, 0, 0, 0 }, seen = { 2026, 11, 22, 14, 5, 9 }, early = { 1900, 2, 28, 0, 0, 0 };

  format_set_num_format (date, "d-mmm-yyyy");
  format_set_num_format (moment, "yyyy-mm-dd hh:mm");
  format_set_num_format (zip, "00000");
  worksheet_write_string (sheet, 0, 0, " Name ", NULL);
  worksheet_write_string (sheet, 0, 1, "DOB", NULL);
  worksheet_write_string (sheet, 0, 3, "Zip", NULL);
  worksheet_write_string (sheet, 1, 0, "Łukasz Ñ 田 <&>", NULL);
  worksheet_write_datetime (sheet, 1, 1, &birth, date);
  worksheet_write_number (sheet, 1, 3, 2138, zip);
  worksheet_write_datetime (sheet, 3, 1, &seen, moment);
  worksheet_write_number (sheet, 3, 2, 4.1, NULL);
  worksheet_write_number (sheet, 3, 3, 6195550142.0, NULL);
  worksheet_write_boolean (sheet, 4, 0, 1, NULL);
  worksheet_write_datetime (sheet, 4, 1, &early, date);
  worksheet_write_formula_str (sheet, 4, 2, "=\"a\"&\"b\"", NULL, "ab");
  worksheet_write_string (sheet, 5, 0, "=cmd|' /C calc'!A0", NULL);
  g_assert_cmpint (workbook_close (book), ==, LXW_NO_ERROR);

  text = read_all (path, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (text, ==,
                   "[Name][DOB][column 3][Zip]\n"
                   "2:<Łukasz Ñ 田 <&>><1988-04-07><><02138>\n"
                   "4:<><2026-11-22 14:05:09><4.1><6195550142>\n"
                   "5:<TRUE><1900-02-28><ab><>\n"
                   "6:<=cmd|' /C calc'!A0><><><>");
}

/* A number that is no day, though its cell says so: it stays the number it is. */
static void
test_no_such_day (void)
{
  static const double numbers[] = { 1e300, -1e300, 9e14, 2958466, -0.5 };
  g_autoptr (KithTestDir) dir = kith_test_dir_new ();
  g_autofree char *path = kith_test_dir_file (dir, "days.xlsx"), *text = NULL;
  g_autoptr (GError) error = NULL;
  lxw_workbook *book = workbook_new (path);
  lxw_worksheet *sheet = workbook_add_worksheet (book, "Days");
  lxw_format *date = workbook_add_format (book);

  format_set_num_format (date, "yyyy-mm-dd");
  worksheet_write_string (sheet, 0, 0, "DOB", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    worksheet_write_number (sheet, i + 1, 0, numbers[i], date);
  g_assert_cmpint (workbook_close (book), ==, LXW_NO_ERROR);

  text = read_all (path, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, "[DOB]\n2:<1e+300>\n3:<-1e+300>\n4:<900000000000000>\n5:<2958466>\n6:<-0.5>");
}

typedef struct
{
  const char *name, *sheet, *strings, *out;
} Case;

#define SHEET(rows) XML "<worksheet " MAIN "><sheetData>" rows "</sheetData></worksheet>"
#define INLINE(reference, text) "<c r=\"" reference "\" t=\"inlineStr\"><is><t>" text "</t></is></c>"
#define HEAD "<row r=\"1\">" INLINE ("A1", "a") INLINE ("B1", "b") "</row>"

static const Case cases[] = {
  { "hidden-sheet-passed-over", SHEET (HEAD "<row r=\"2\">" INLINE ("A2", "x") "</row>"), NULL, "[a][b]\n2:<x><>" },
  { "rich-text-and-how-it-is-said",
    SHEET (HEAD "<row r=\"2\"><c r=\"B2\" t=\"s\"><v>1</v></c></row>"),
    XML "<sst " MAIN "><si><t>zero</t></si><si><r><t>Jo</t></r><r><rPr/><t xml:space=\"preserve\">hn </t></r><rPh sb=\"0\" eb=\"1\"><t>no</t></rPh></si></sst>",
    "[a][b]\n2:<><John >" },
  { "no-references", SHEET ("<row><c t=\"str\"><v>a</v></c><c t=\"str\"><v>b</v></c></row><row><c><v>1</v></c><c><v>2.50</v></c></row>"), NULL,
    "[a][b]\n2:<1><2.5>" },
  { "prefix", XML "<x:worksheet xmlns:x=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><x:sheetData><x:row r=\"1\"><x:c r=\"A1\" t=\"str\"><x:v>a</x:v></x:c></x:row>"
              "<x:row r=\"7\"><x:c r=\"A7\"><x:v>9</x:v></x:c></x:row></x:sheetData></x:worksheet>", NULL, "[a]\n7:<9>" },
  { "binary-digits", SHEET (HEAD "<row r=\"2\"><c r=\"A2\"><v>0.30000000000000004</v></c><c r=\"B2\"><v>-0</v></c></row>"), NULL, "[a][b]\n2:<0.3><0>" },
  { "error-in-a-cell", SHEET (HEAD "<row r=\"2\"><c r=\"A2\" t=\"e\"><v>#N/A</v></c></row>"), NULL, "[a][b]\n2:<#N/A><>!" },
  { "more-cells-than-columns", SHEET (HEAD "<row r=\"2\">" INLINE ("C2", "x") "</row>"), NULL, "[a][b]\n2:<><><x>!" },
  { "string-that-is-not-there", SHEET (HEAD "<row r=\"2\">" INLINE ("A2", "x") "<c r=\"B2\" t=\"s\"><v>99</v></c></row>"), NULL, "[a][b]\n2:<x><>" },
  { "empty-rows", SHEET (HEAD "<row r=\"2\"/><row r=\"3\"></row><row r=\"4\">" INLINE ("A4", " ") "</row><row r=\"5\">" INLINE ("A5", "x") "</row>"), NULL,
    "[a][b]\n5:<x><>" },
  { "cut-off", XML "<worksheet " MAIN "><sheetData>" HEAD "<row r=\"2\">" INLINE ("A2", "x") "</row><row r=\"3\"><c r=\"A3\"", NULL, "[a][b]\n2:<x><>\nerror" },
};

static void
test_case (gconstpointer data)
{
  const Case *test = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = read_sheet (test->sheet, test->strings, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, test->out);
}

/* Each is refused with a sentence; nothing of it is taken. */
static void
test_refused (void)
{
  static const char *const sheets[] = {
    XML "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><worksheet " MAIN "><sheetData>" HEAD "</sheetData></worksheet>",
    "no xml at all",
    XML "<worksheet " MAIN "></worksheet>",
    SHEET (""),
  };
  g_autoptr (KithTestDir) dir = kith_test_dir_new ();
  const char *const empty[] = { "mimetype", "application/vnd.oasis.opendocument.spreadsheet", NULL };
  g_autofree char *not_a_book = write_package (dir, empty), *old = kith_test_dir_write (dir, "old.xls", "\xd0\xcf\x11\xe0\xa1\xb1");
  g_autofree char *cut = kith_test_dir_write (dir, "cut.xlsx", "PK\003\004 and nothing more"), *picture = kith_test_dir_write (dir, "picture.xlsx", "\x89PNG\r\n\x1a\n\x01IHDR\x1b[2J\n");
  const char *const files[] = { not_a_book, old, cut, picture, "/nowhere/at/all.xlsx" };

  for (guint i = 0; i < G_N_ELEMENTS (sheets); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *text = read_sheet (sheets[i], NULL, &error);

      g_assert_null (text);
      g_assert_nonnull (error);
      g_assert_true (error->domain == KITH_SHEET_ERROR);
    }
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *text = read_all (files[i], &error);

      g_assert_null (text);
      g_assert_true (error->domain == KITH_SHEET_ERROR);
    }
}

/* A workbook is read as clients like the same table in CSV. */
static void
test_clients (void)
{
  g_autoptr (KithTestDir) dir = kith_test_dir_new ();
  g_autofree char *path = kith_test_dir_file (dir, "clients.xlsx");
  g_autoptr (GError) error = NULL;
  g_autoptr (KithReader) reader = NULL;
  lxw_workbook *book = workbook_new (path);
  lxw_worksheet *sheet = workbook_add_worksheet (book, NULL);
  lxw_format *date = workbook_add_format (book);
  lxw_datetime birth = { 1988, 4, 7, 0, 0, 0 };
  JsonObject *args = NULL;

  format_set_num_format (date, "mm/dd/yyyy");
  for (guint i = 0; i < 4; i++)
    worksheet_write_string (sheet, 0, (lxw_col_t) i, ((const char *const[]) { "ID", "First Name", "Last Name", "DOB" })[i], NULL);
  worksheet_write_number (sheet, 1, 0, 17, NULL);
  worksheet_write_string (sheet, 1, 1, "María", NULL);
  worksheet_write_string (sheet, 1, 2, "López", NULL);
  worksheet_write_datetime (sheet, 1, 3, &birth, date);
  worksheet_write_number (sheet, 2, 0, 18, NULL);
  worksheet_write_string (sheet, 2, 1, "Ann", NULL);
  worksheet_write_string (sheet, 2, 3, "long ago", NULL);
  g_assert_cmpint (workbook_close (book), ==, LXW_NO_ERROR);

  reader = kith_client_reader_new (&(KithClientReaderOptions) { .path = path, .agency = "a", .source = "s" }, &error);
  g_assert_no_error (error);
  g_assert_true (kith_reader_next (reader, &args, &error));
  g_assert_cmpstr (kith_json_string (args, "source_id"), ==, "17");
  g_assert_cmpstr (kith_json_string (kith_json_object (args, "values"), "date_of_birth"), ==, "1988-04-07");
  g_assert_cmpstr (kith_json_string (kith_json_object (args, "values"), "family_name"), ==, "López");
  json_object_unref (args);
  g_assert_false (kith_reader_next (reader, &args, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (kith_problems_left_out (kith_reader_get_problems (reader)), ==, 1);
  g_assert_cmpuint (kith_problems_get (kith_reader_get_problems (reader), 0)->row, ==, 3);
}

/* One string without an end: a megabyte as a file, a gigabyte as it is read. */
static void
test_endless_string (void)
{
  g_autoptr (GString) strings = g_string_sized_new (300 << 20);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  if (!g_test_slow () && g_getenv ("ASAN_OPTIONS") != NULL)
    {
      g_test_skip ("300 MB of text, with every byte looked after");
      return;
    }
  g_string_append (strings, XML "<sst " MAIN "><si>");
  while (strings->len < (260u << 20))
    {
      g_string_append (strings, "<r><t>");
      g_string_set_size (strings, strings->len + (1 << 20));
      memset (strings->str + strings->len - (1 << 20), 'x', 1 << 20);
      g_string_append (strings, "</t></r>");
    }
  g_string_append (strings, "</si></sst>");
  text = read_sheet (XML "<worksheet " MAIN "><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row></sheetData></worksheet>", strings->str, &error);
  g_assert_null (text);
  g_assert_nonnull (error);
  g_assert_nonnull (strstr (error->message, "far too much text"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/xlsx/written-by-another", test_written_by_another);
  g_test_add_func ("/xlsx/no-such-day", test_no_such_day);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = g_strconcat ("/xlsx/", cases[i].name, NULL);

      g_test_add_data_func (name, &cases[i], test_case);
    }
  g_test_add_func ("/xlsx/refused", test_refused);
  g_test_add_func ("/xlsx/endless-string", test_endless_string);
  g_test_add_func ("/xlsx/clients", test_clients);
  return g_test_run ();
}
