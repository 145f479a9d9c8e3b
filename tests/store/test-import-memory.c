/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import-fixture.h"

#include "kith-client-reader.h"

#include <stdio.h>

/* A long list is looked through as the window does it: a thousand rows at a time are read, and kept in the file. In memory
 * stays what tells that an earlier row is like this one, a hundred bytes each, and nothing else: of three hundred thousand that would be 30 MB. The pages
 * of the database that are kept at hand (cache_size) are full after the first list, which a shorter one would not do. */

#define CHUNK 1000

/* The most memory this program had at one time, in KiB. */
static gint64
most_memory (void)
{
  g_autofree char *text = NULL;
  const char *line;

  g_assert_true (g_file_get_contents ("/proc/self/status", &text, NULL, NULL));
  line = strstr (text, "VmHWM:");
  g_assert_nonnull (line);
  return g_ascii_strtoll (line + strlen ("VmHWM:"), NULL, 10);
}

/* One row at a time. Returns KiB */
static gint64
write_people (const char *path, guint rows)
{
  FILE *file = fopen (path, "w");
  gint64 length;

  g_assert_nonnull (file);
  fputs ("id,given_name,family_name,date_of_birth,phone,address_1,city,postal_code\n", file);
  for (guint i = 0; i < rows; i++)
    fprintf (file, "%u,Ana%u,Lopez%u,%u-%02u-%02u,619-555-%04u,%u Harbor Street,San Diego,92113\n", i, i % 997, i, 1940 + i % 70, 1 + i % 12, 1 + i % 28,
             i % 10000, i);
  length = ftell (file) / 1024;
  g_assert_cmpint (fclose (file), ==, 0);
  return length;
}

static void
keep (Fixture *f, KithImportRow *rows, guint n)
{
  g_autoptr (GError) error = NULL;

  kith_store_import_add (f->store, JOB, rows, n, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < n; i++)
    {
      g_clear_pointer (&rows[i].args, json_object_unref);
      g_clear_pointer (&rows[i].cells, g_free);
      g_clear_pointer (&rows[i].reason, g_free);
      g_clear_pointer (&rows[i].who, g_free);
      g_clear_pointer (&rows[i].remark, g_free);
    }
}

static gint64
look_through (Fixture *f, guint n_rows, gint64 *length)
{
  g_autofree char *path = kith_test_dir_file (f->dir, "people.csv");
  g_autofree KithImportRow *rows = g_new0 (KithImportRow, CHUNK);
  const KithClientReaderOptions options = { .path = path, .agency = AGENCY_A, .source = "clients", .import = JOB };
  g_autoptr (KithReader) reader = NULL;
  g_autoptr (GError) error = NULL;
  KithClientRow row;
  KithImportTally counts;
  guint n = 0;

  *length = write_people (path, n_rows);
  import_begin (f);
  reader = kith_client_reader_new (&options, &error);
  g_assert_no_error (error);
  while (kith_client_reader_next_row (reader, &row, &error))
    {
      g_autoptr (JsonNode) cells = json_node_init_array (json_node_alloc (), row.cells);

      rows[n++] = (KithImportRow) { .row = (gint64) row.row, .args = g_steal_pointer (&row.args), .reason = g_steal_pointer (&row.reason),
                                    .who = g_steal_pointer (&row.who), .remark = g_steal_pointer (&row.remark), .like = (gint64) row.like,
                                    .cells = kith_json_print (cells) };
      kith_client_row_clear (&row);
      if (n == CHUNK)
        {
          keep (f, rows, n);
          n = 0;
        }
    }
  g_assert_no_error (error);
  keep (f, rows, n);
  counts = import_tally (f, "reading");
  g_assert_cmpuint (counts.fresh, ==, n_rows);
  return most_memory ();
}

static void
test_bounded (Fixture *f, gconstpointer data)
{
  gint64 few, many, short_list, long_list;

#ifdef __SANITIZE_ADDRESS__ /* what was given back is kept, to see who uses it still */
  look_through (f, 2000, &short_list);
  return;
#endif
  few = look_through (f, 25000, &short_list);
  many = look_through (f, 60000, &long_list);
  g_test_message ("%d KiB of a list of %d KiB, %d KiB of one of %d KiB", (int) few, (int) short_list, (int) many, (int) long_list);
  g_assert_cmpint (many - few, <=, 8 * 1024);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/store/import-memory/looked-through", Fixture, "on disk", fixture_set_up, test_bounded, fixture_tear_down);
  return g_test_run ();
}
