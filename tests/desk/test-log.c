/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The agency's access log (C13): read by privacy officers, narrowed down, and written out with an entry of its own. */

#include "desk-fixture.h"
#include "import/kith-import-form-private.h"
#include "kith-split-page.h"
#include "log/kith-log-export.h"
#include "log/kith-log-filter.h"

#include <glib/gstdio.h>

#define ENTRY "b1000000-0000-7000-8000-000000000004"
#define OTHER "b1000000-0000-7000-8000-00000000000f"

static KithSplitPage *
log_page (Fixture *fixture)
{
  return KITH_SPLIT_PAGE (kith_frame_get_page (kith_window_get_frame (fixture->window)));
}

static void
open_log (Fixture *fixture, const char *place)
{
  fake_desktop_set_duties (fixture->desktop, KITH_DUTY_PRIVACY);
  open_place (fixture, place);
  pump (200);
}

/* A month is counted as people here count it, and the query gets wire times. */
static void
test_filter (void)
{
  const gint64 now = G_GINT64_CONSTANT (1795183200000); /* 2026-11-20T14:00Z */
  g_auto (KithLogFilter) filter = { 0 };
  g_autoptr (GtkStringList) months = kith_log_filter_months (now);

  g_assert_cmpstr (gtk_string_list_get_string (months, 1), ==, "November 2026");
  g_assert_cmpstr (gtk_string_list_get_string (months, 12), ==, "December 2025");
  kith_log_filter_make (&filter, "A", now, 1, 0, "");
  g_assert_cmpstr (filter.args[1], ==, "2026-11-01T00:00:00.000Z");
  g_assert_cmpstr (filter.args[2], ==, "~");
  g_assert_cmpuint (g_strv_length (filter.args), ==, 7);
  kith_log_filter_make (&filter, "A", now, 12, 2, "López  KB-0012");
  g_assert_cmpstr (filter.args[1], ==, "2025-12-01T00:00:00.000Z");
  g_assert_cmpstr (filter.args[2], ==, "2026-01-01T00:00:00.000Z");
  g_assert_cmpstr (filter.args[3], ==, "searched");
  g_assert_cmpstr (filter.args[4], ==, "lopez");
  g_assert_cmpstr (filter.args[5], ==, "kb");
  g_assert_cmpstr (filter.args[6], ==, "0012");
  g_assert_nonnull (strstr (filter.in_words, "December 2025"));
  kith_log_filter_make (&filter, "A", now, 0, 0, NULL);
  g_assert_cmpstr (filter.args[1], ==, "");
  g_assert_cmpstr (filter.args[4], ==, "");
}

/* From an entry to all of the same person, and to the client. */
static void
test_entry (Fixture *fixture, gconstpointer data)
{
  KithSplitPage *page;

  open_log (fixture, "log/" ENTRY);
  page = log_page (fixture);
  g_assert_cmpstr (kith_split_page_get_id (page), ==, ENTRY);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (page), "log.only-person", NULL));
  g_assert_cmpstr (kith_split_page_get_search (page), ==, "Ben Osei");
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (page), "log.only-client", NULL));
  g_assert_cmpstr (kith_split_page_get_search (page), ==, "HA-0021");
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (page), "log.clear", NULL));
  g_assert_cmpstr (kith_split_page_get_search (page), ==, "");
}

/* C13: what was discarded is told as people call it. */
static void
test_discarded (Fixture *fixture, gconstpointer data)
{
  JsonArray *entries = json_array_new ();

  json_array_add_object_element (entries, kith_json_new ("_arg", "s", ENTRY, "id", "s", ENTRY, "what", "s", "discarded", "at", "s", "2026-11-20T13:58:00.000Z", "staff_name", "s",
                                                         "Ana Delgado", "detail", "s", "referral.accept", NULL));
  json_array_add_object_element (entries, kith_json_new ("_arg", "s", OTHER, "id", "s", OTHER, "what", "s", "discarded", "at", "s", "2026-11-20T13:58:00.000Z", "staff_name", "s",
                                                         "Ana Delgado", "detail", "s", "draft", NULL));
  json_object_set_array_member (fake_desktop_get_data (fixture->desktop), "audit-entry", entries);
  open_log (fixture, "log/" ENTRY);
  SAYS ("Discarded a change of their own");
  SAYS ("Accept referral");
  g_assert_false (says (GTK_WIDGET (fixture->window), "referral.accept"));
  open_log (fixture, "log/" OTHER); /* words of no one act */
  SAYS ("Something that was being written");
}

/* Whoever is no privacy officer is told so; nothing can be written out. */
static void
test_others (Fixture *fixture, gconstpointer data)
{
  GtkWidget *page;

  fake_desktop_set_duties (fixture->desktop, 0);
  fake_desktop_set_empty (fixture->desktop, TRUE);
  open_place (fixture, "log");
  pump (200);
  page = GTK_WIDGET (log_page (fixture));
  g_assert_cmpstr (adw_status_page_get_title (ADW_STATUS_PAGE (find_widget (page, "empty"))), ==, "For Privacy Officers");
  g_assert_false (gtk_widget_is_sensitive (find_widget (page, "export")));
}

static void
test_export (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_dir_make_tmp ("kith-log-XXXXXX", NULL), *path = g_build_filename (folder, "log.csv", NULL), *text = NULL;
  g_autofree char *nowhere = g_build_filename (folder, "none", "log.csv", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path), bad = g_file_new_for_path (nowhere);
  g_auto (KithLogFilter) filter = { 0 };
  JsonObject *noted;
  guint n;

  open_log (fixture, "log");
  n = fake_desktop_get_n_noted (fixture->desktop);
  kith_log_filter_make (&filter, "A", kith_context_get_now (fixture->context), 1, 0, "");
  kith_log_export_to (file, fixture->context, &filter);
  pump (100);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_test_message ("%s", text);
  g_assert_nonnull (strstr (text, "When,Who,What,Client,Name,Kind of record,Detail\r\n"));
  g_assert_nonnull (strstr (text, "2026-11-19T16:20:00.000Z,Ben Osei,Printed,HA-0021,María López,Client,Face sheet\r\n"));
  g_assert_nonnull (strstr (text, "Searched the network,,,,\"maria lopez, 1988: 2 shown\"\r\n"));
  g_assert_cmpuint (fake_desktop_get_n_noted (fixture->desktop), ==, n + 1);
  noted = fake_desktop_get_noted (fixture->desktop, n);
  g_assert_cmpstr (kith_json_string (noted, "what"), ==, "exported");
  g_assert_cmpstr (kith_json_string (noted, "t"), ==, "audit_entry");
  g_assert_cmpstr (kith_json_string (noted, "detail"), ==, filter.in_words);

  /* Before anything is written, as a print: who locks Kith meanwhile is noted, too. */
  kith_log_export_to (bad, fixture->context, &filter);
  g_assert_cmpuint (fake_desktop_get_n_noted (fixture->desktop), ==, n + 2);
  pump (100);
  g_assert_cmpuint (fake_desktop_get_n_noted (fixture->desktop), ==, n + 2);
  g_unlink (path);
  g_rmdir (folder);
}

/* One that could not be written to its end is none: half of a log would look like all of it. What was there stays until the new one is whole, which only
 * its owner may read, whoever could read the one before. */
static void
test_export_whole (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_dir_make_tmp ("kith-log-XXXXXX", NULL), *path = g_build_filename (folder, "log.csv", NULL), *text = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (path);
  JsonArray *rows = kith_json_array (fake_desktop_get_data (fixture->desktop), "audit-log");
  g_auto (KithLogFilter) filter = { 0 };
  GStatBuf info;

  open_log (fixture, "log");
  kith_log_filter_make (&filter, "A", kith_context_get_now (fixture->context), 1, 0, "");
  g_assert_true (g_file_set_contents_full (path, "what was there", -1, G_FILE_SET_CONTENTS_NONE, 0644, NULL));
  json_array_add_object_element (rows, kith_json_new ("breaks", "b", TRUE, NULL));
  kith_log_export_to (file, fixture->context, &filter);
  pump (100);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "what was there");
  json_array_remove_element (rows, json_array_get_length (rows) - 1);
  kith_log_export_to (file, fixture->context, &filter);
  pump (100);
  g_clear_pointer (&text, g_free);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "When,Who,What"));
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0077, ==, 0);
  g_unlink (path);
  g_rmdir (folder);
}

/* Rows that an import did not take hold names and birth dates: written to a file they leave Kith, and that is noted. */
static void
test_import_rows (Fixture *fixture, gconstpointer data)
{
  g_autofree char *from = g_test_build_filename (G_TEST_DIST, "data", "people.csv", NULL), *folder = g_dir_make_tmp ("kith-rows-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "rows.csv", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  KithImportForm *form;
  JsonObject *args;

  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.import", NULL);
  pump (50);
  form = KITH_IMPORT_FORM (gtk_widget_get_ancestor (find_widget (GTK_WIDGET (fixture->window), "choose_button"), KITH_TYPE_IMPORT_FORM));
  kith_import_form_open (form, from);
  for (guint i = 0; i < 100 && !find_widget (GTK_WIDGET (form), "columns"); i++)
    pump (20);
  g_assert_true (act (fixture, "form.commit"));
  for (guint i = 0; i < 100 && !find_widget (GTK_WIDGET (form), "bad_row"); i++)
    pump (20);
  g_assert_cmpuint (fake_desktop_get_n_noted (fixture->desktop), ==, 0);
  kith_import_form_write_rows (form, KITH_IMPORT_NOT_TAKEN, file);
  pump (200);
  g_assert_cmpuint (fake_desktop_get_n_noted (fixture->desktop), ==, 1);
  args = fake_desktop_get_noted (fixture->desktop, 0);
  g_assert_cmpstr (kith_json_string (args, "what"), ==, "exported");
  g_assert_cmpstr (kith_json_string (args, "t"), ==, "import");
  g_unlink (path);
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  fixture_begin (&argc, &argv);
  g_test_add_func ("/desk/log/filter", test_filter);
  ADD ("log/entry", NULL, test_entry);
  ADD ("log/discarded-C13", NULL, test_discarded);
  ADD ("log/others", NULL, test_others);
  ADD ("log/C13-export", NULL, test_export);
  ADD ("log/export-whole-or-not-at-all", NULL, test_export_whole);
  ADD ("log/import-rows-C13", NULL, test_import_rows);
  return g_test_run ();
}
