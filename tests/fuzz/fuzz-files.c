/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include "kith-client-reader.h"
#include "kith-hsds.h"
#include "kith-json.h"
#include "kith-keyslots.h"
#include "kith-sheet.h"
#include "kith-test.h"
#include "kith-value.h"

#include <archive.h>
#include <archive_entry.h>
#include <string.h>

/* Files that people bring: spreadsheets as CSV and as workbooks, a directory as JSON, the file of a computer's key slots. The first letter says what it is. */

#define XML "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"

static const char *const seeds[] = {
  "Cfirst,last,dob,number,street,phone\r\nAna,\"Lopez, Garc\xc3\xad" "a\",1984-02-29,12,\"Main\nStreet\",555 0100\r\nBo,,02/03/1999,,,\r\n",
  "C\xef\xbb\xbf" "given_name;family_name;date_of_birth\nZo\xc3\xab;O'Brien;3 Mar 1971\n\"\"\"x\"\"\";;\n",
  "X" XML "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>first</t></is></c>"
      "<c r=\"B1\" t=\"s\"><v>0</v></c></row><row r=\"3\"><c r=\"A3\" s=\"1\"><v>30742.5</v></c><c r=\"XFD3\" t=\"e\"><v>#N/A</v></c></row></sheetData></worksheet>",
  "H[{\"id\":\"0197e000-0000-7000-8000-000000000001\",\"name\":\"Harbor House\",\"services\":[{\"id\":\"0197e000-0000-7000-8000-000000000002\",\"name\":\"Beds\",\"status\":\"active\","
      "\"schedules\":[{\"id\":\"s1\",\"opens_at\":\"08:00\",\"closes_at\":\"17:00\",\"byday\":\"MO,TU\",\"freq\":\"WEEKLY\"}],\"phones\":[{\"id\":\"p1\",\"number\":\"555 0100\"}]}]}]",
  "K{\"v\":1,\"hub\":\"http://127.0.0.1:1\",\"login\":\"ana\",\"device\":\"d\",\"salt\":\"000102030405060708090a0b0c0d0e0f\",\"ops\":2,\"memory\":19922944,\"slots\":[]}",
  NULL,
};
static const char *const words[] = { "first", "last", "dob", "1984-02-30", "31/31/1999", "=1+1", "inlineStr", "A1048577", "ZZZ1", "row", "sheetData", "&amp;", "&#0;", "organization",
                                     "service", "schedules", "salt", "ops", "memory", "slots", NULL };
const char *const *fuzz_seeds = seeds;
const char *const *fuzz_words = words;
const guint fuzz_head_lines = 0;

static KithTestDir *dir;

void
fuzz_begin (void)
{
  dir = kith_test_dir_new ();
}

void
fuzz_end (void)
{
  g_clear_pointer (&dir, kith_test_dir_free);
}

static void
add_part (struct archive *archive, const char *name, const char *text, gsize length)
{
  struct archive_entry *entry = archive_entry_new ();

  archive_entry_set_pathname (entry, name);
  archive_entry_set_size (entry, (la_int64_t) length);
  archive_entry_set_filetype (entry, AE_IFREG);
  archive_entry_set_perm (entry, 0600);
  g_assert_cmpint (archive_write_header (archive, entry), ==, ARCHIVE_OK);
  archive_write_data (archive, text, length);
  archive_entry_free (entry);
}

/* A workbook of one spoilt sheet. */
static char *
write_workbook (const char *sheet, gsize length)
{
  static const char types[] = XML "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>";
  static const char book[] = XML "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">"
                                 "<sheets><sheet name=\"One\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>";
  static const char relations[] = XML "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
                                      "<Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/>"
                                      "<Relationship Id=\"r2\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings\" Target=\"sharedStrings.xml\"/></Relationships>";
  static const char strings[] = XML "<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><si><t>last</t></si></sst>";
  char *path = kith_test_dir_file (dir, "input.xlsx");
  struct archive *archive = archive_write_new ();

  archive_write_set_format_zip (archive);
  g_assert_cmpint (archive_write_open_filename (archive, path), ==, ARCHIVE_OK);
  add_part (archive, "[Content_Types].xml", types, strlen (types));
  add_part (archive, "xl/workbook.xml", book, strlen (book));
  add_part (archive, "xl/_rels/workbook.xml.rels", relations, strlen (relations));
  add_part (archive, "xl/sharedStrings.xml", strings, strlen (strings));
  add_part (archive, "xl/worksheets/sheet1.xml", sheet, length);
  archive_write_free (archive);
  return path;
}

static char *
write_file (const char *name, const guint8 *data, gsize size)
{
  char *path = kith_test_dir_file (dir, name);

  g_assert_true (g_file_set_contents_full (path, (const char *) data, (gssize) size, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
  return path;
}

/* Good rows are rows of UTF-8; bad ones have a reason. */
static void
try_people (const char *path)
{
  KithClientReaderOptions options = { .path = path, .agency = "0197a000-0000-7000-8000-00000000000a", .source = "test", .today = "2026-11-27" };
  g_autoptr (GError) error = NULL;
  g_autoptr (KithReader) reader = kith_client_reader_new (&options, &error);
  KithClientRow row = { 0 };

  g_assert_true ((reader == NULL) == (error != NULL));
  while (reader != NULL && kith_client_reader_next_row (reader, &row, &error))
    {
      g_assert_true ((row.args != NULL) != (row.reason != NULL));
      if (row.args != NULL)
        {
          g_autofree char *text = kith_json_print_object (row.args);

          g_assert_true (g_utf8_validate (text, -1, NULL));
        }
      else
        g_assert_true (g_utf8_validate (row.reason, -1, NULL));
      kith_client_row_clear (&row);
    }
}

static void
try_directory (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KithReader) reader = kith_hsds_reader_new (path, "test", &error);
  JsonObject *args;

  g_assert_true ((reader == NULL) == (error != NULL));
  while (reader != NULL && kith_reader_next (reader, &args, &error))
    json_object_unref (args);
}

static void
try_key_file (const char *path)
{
  KithKeyslotsInfo info = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_true (kith_keyslots_read_info (path, &info, &error) == (error == NULL));
  kith_keyslots_info_clear (&info);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *path = NULL;

  if (size == 0)
    return 0;
  switch (data[0])
    {
    case 'X':
      path = write_workbook ((const char *) data + 1, size - 1);
      try_people (path);
      break;
    case 'H':
      path = write_file ("input.json", data + 1, size - 1);
      try_directory (path);
      break;
    case 'K':
      path = write_file ("input.keys", data + 1, size - 1);
      try_key_file (path);
      break;
    default:
      path = write_file ("input.csv", data + 1, size - 1);
      try_people (path);
    }
  return 0;
}
