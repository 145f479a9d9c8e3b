/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include "kith-cursor.h"
#include "kith-gzip.h"
#include "kith-hlc.h"
#include "kith-clock.h"
#include "kith-id.h"
#include "kith-json.h"
#include "kith-lines.h"
#include "kith-text.h"

#include <string.h>

/* The parsers below all others: JSON, lines of it, cursors, gzip, ids, times, texts. */

static const char *const seeds[] = {
  "{\"a\":1,\"b\":[true,null,\"x\\u00e9\\ud83d\\ude00\"],\"c\":{\"d\":-0.5}}",
  "{\"h\":{\"kith\":1,\"epoch\":\"7c000000-0000-4000-8000-000000000001\"}}\n{\"put\":{\"t\":\"client\"}}\n{\"end\":{}}\n",
  "0197a000-0000-7000-8000-00000000000a",
  "2026-11-22T01:30:00.000Z",
  "01a200e053c3-0001-KK",
  "Zo\xc3\xab O\xe2\x80\x99" "Brien-L\xc3\xb3pez \xc5\x81ukasz \xe9\x99\xb3",
  "MXwwMWEyMDBkZi1kOWMwLTdlNDMtYWRkNC02ODFiNjk2MDBmYjJ8NjA3fDEwODN8NjN8ODcyOTU3NjAwODQy",
  "1984-02-29",
  "\x1f\x8b\x08",
  NULL,
};
static const char *const words[] = { "null", "true", "1984-13", "\"a\"", "\\u00e9", "{\"a\":", "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[", NULL };
const char *const *fuzz_seeds = seeds;
const char *const *fuzz_words = words;
const guint fuzz_head_lines = 0;

void
fuzz_begin (void)
{
}

void
fuzz_end (void)
{
}

/* What was taken is UTF-8, and prints as what parses to the same. */
static void
try_json (const char *text, gsize size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = kith_json_parse (text, (gssize) size, NULL, &error), again = NULL;
  g_autofree char *printed = NULL, *twice = NULL;

  g_assert_true ((node == NULL) == (error != NULL));
  if (node == NULL)
    return;
  printed = kith_json_print (node);
  g_assert_true (g_utf8_validate (printed, -1, NULL));
  again = kith_json_parse (printed, -1, NULL, NULL);
  g_assert_nonnull (again);
  g_assert_true (kith_json_equal (node, again));
  twice = kith_json_print (again);
  g_assert_cmpstr (printed, ==, twice);
}

static void
try_lines (GBytes *bytes)
{
  g_autoptr (KithLineReader) reader = kith_line_reader_new (bytes, 4096);
  JsonObject *object;

  while ((object = kith_line_reader_next_object (reader, NULL)) != NULL)
    json_object_unref (object);
}

static void
try_text (const char *text)
{
  g_autofree char *folded = NULL, *twice = NULL, *digits = NULL;
  gint64 ms;
  guint counter;
  g_auto (KithCursor) cursor = { 0 };

  if (kith_time_parse (text, &ms))
    {
      g_autofree char *printed = kith_time_format (ms);
      gint64 same;

      g_assert_true (kith_time_parse (printed, &same));
      g_assert_cmpint (same, ==, ms);
    }
  kith_hlc_parse (text, &ms, &counter);
  kith_id_is_valid (text);
  kith_text_is_partial_date (text);
  kith_text_is_date (text);
  kith_text_blank (text);
  kith_cursor_decode (text, "device", &cursor);
  if (!g_utf8_validate (text, -1, NULL))
    return;
  folded = kith_text_fold (text);
  twice = kith_text_fold (folded);
  digits = kith_text_digits (text);
  g_assert_cmpstr (folded, ==, twice);
  g_assert_cmpuint (strspn (digits, "0123456789"), ==, strlen (digits));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  gboolean cut;
  g_autoptr (GBytes) plain = kith_gzip_unpack (bytes, 65536, &cut, NULL);
  g_autoptr (GBytes) packed = kith_gzip_pack (bytes, NULL);
  g_autoptr (GBytes) back = kith_gzip_unpack (packed, size + 1, &cut, NULL);

  g_assert_true (g_bytes_equal (bytes, back));
  try_json ((const char *) data, size);
  try_lines (bytes);
  try_text (text);
  return 0;
}
