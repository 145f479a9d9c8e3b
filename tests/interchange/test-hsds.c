/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-hsds.h"
#include "kith-id.h"
#include "kith-json.h"
#include "kith-kind.h"
#include "kith-test.h"

#include <glib/gstdio.h>
#include <string.h>

#define SOURCE "test"

/* "t source_id" of each operation, a line each. */
static char *
read_all (KithReader *reader, GPtrArray *operations)
{
  GString *out = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  JsonObject *args;

  g_assert_cmpstr (kith_reader_get_operation (reader), ==, "directory.put");
  while (kith_reader_next (reader, &args, &error))
    {
      const KithKind *kind = kith_kind_get (kith_json_string (args, "t"));

      g_assert_cmpstr (kith_json_string (args, "source"), ==, SOURCE);
      g_assert_true (kith_fields_check (kind->fields, kind->n_fields, kith_json_object (args, "body"), TRUE, &error));
      g_assert_no_error (error);
      g_string_append_printf (out, "%s %s\n", kith_json_string (args, "t"), kith_json_string (args, "source_id"));
      g_ptr_array_add (operations, args);
    }
  g_assert_no_error (error);
  return g_string_free (out, FALSE);
}

static JsonObject *
body_of (GPtrArray *operations, const char *source_id)
{
  for (guint i = 0; i < operations->len; i++)
    if (g_strcmp0 (kith_json_string (operations->pdata[i], "source_id"), source_id) == 0)
      return kith_json_object (operations->pdata[i], "body");
  g_assert_not_reached ();
}

static void
assert_ref (JsonObject *body, const char *field, const char *kind, const char *source_id)
{
  g_autofree char *key = g_strconcat (SOURCE, "/", source_id, NULL);
  g_autofree char *id = kith_id_natural (kind, key);

  g_assert_cmpstr (kith_json_string (body, field), ==, id);
}

static JsonObject *
first_of (JsonObject *body, const char *list)
{
  JsonArray *array = kith_json_array (body, list);

  g_assert_nonnull (array);
  return json_array_get_object_element (array, 0);
}

/* "file:row:field:taken" of each problem. */
static char *
list_problems (KithReader *reader)
{
  KithProblems *problems = kith_reader_get_problems (reader);
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < kith_problems_kept (problems); i++)
    {
      const KithProblem *problem = kith_problems_get (problems, i);

      g_string_append_printf (out, "%s:%d:%s:%d\n", problem->file, (int) problem->row, problem->field != NULL ? problem->field : "",
                              problem->taken);
    }
  return g_string_free (out, FALSE);
}

static KithReader *
open_data (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", name, NULL);
  g_autoptr (GError) error = NULL;
  KithReader *reader = kith_hsds_reader_new (path, SOURCE, &error);

  g_assert_no_error (error);
  return reader;
}

static void
test_tables (void)
{
  g_autoptr (KithReader) reader = open_data ("hsds");
  g_autoptr (GPtrArray) operations = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  g_autofree char *seen = read_all (reader, operations);
  JsonObject *service, *part;

  g_assert_cmpstr (seen, ==,
                   "taxonomy y-1\n"
                   "taxonomy_term n-food\ntaxonomy_term n-odd\n"
                   "organization o-harbor\norganization o-clinic\n"
                   "program p-pantry\n"
                   "location l-dock\nlocation l-web\n"
                   "service s-pantry\nservice s-flu\n"
                   "service_at_location x-1\n");

  service = body_of (operations, "s-pantry");
  assert_ref (service, "organization_id", "organization", "o-harbor");
  assert_ref (service, "program_id", "program", "p-pantry");
  g_assert_cmpstr (kith_json_string (service, "status"), ==, "temporarily_closed");
  g_assert_cmpfloat (json_object_get_double_member (service, "minimum_age"), ==, 16.5);
  g_assert_cmpstr (kith_json_string (service, "last_modified"), ==, "2026-03-15T08:30:45.000Z");
  g_assert_false (json_object_has_member (service, "direct")); /* domain D4: never from a file */
  g_assert_false (json_object_has_member (service, "assured_date"));
  g_assert_false (json_object_has_member (service, "id"));

  part = first_of (service, "phones");
  g_assert_cmpstr (kith_json_string (part, "number"), ==, "619-555-0101");
  g_assert_cmpint (kith_json_int (part, "extension", 0), ==, 12);
  g_assert_false (json_object_has_member (part, "service_id"));
  g_assert_cmpstr (kith_json_string (first_of (part, "languages"), "name"), ==, "Spanish");
  g_assert_cmpint (json_array_get_length (kith_json_array (service, "schedules")), ==, 2);
  g_assert_cmpstr (kith_json_string (first_of (service, "schedules"), "freq"), ==, "WEEKLY");
  g_assert_cmpint (json_array_get_length (kith_json_array (service, "attributes")), ==, 2);
  assert_ref (first_of (service, "attributes"), "taxonomy_term_id", "taxonomy_term", "n-food");

  part = first_of (body_of (operations, "o-harbor"), "contacts");
  g_assert_cmpstr (kith_json_string (first_of (part, "phones"), "id"), ==, "t-2");
  g_assert_cmpstr (kith_json_string (body_of (operations, "o-harbor"), "house_code"), ==, "HF-1"); /* unknown members are kept */
  g_assert_cmpstr (kith_json_string (body_of (operations, "o-clinic"), "description"), ==, "A clinic\non two floors");
  assert_ref (body_of (operations, "o-clinic"), "parent_organization_id", "organization", "o-elsewhere");
  g_assert_cmpstr (kith_json_string (body_of (operations, "l-web"), "location_type"), ==, "virtual");
  g_assert_cmpstr (kith_json_string (first_of (body_of (operations, "l-dock"), "addresses"), "city"), ==, "San Diego");
  assert_ref (body_of (operations, "n-food"), "taxonomy_id", "taxonomy", "y-1");

  /* The publisher's own list of changes, on records and on their parts; of what is gone there is nothing to hang it on. */
  part = first_of (service, "metadata");
  g_assert_cmpstr (kith_json_string (part, "previous_value"), ==, "Food Pantry");
  g_assert_cmpstr (kith_json_string (part, "last_action_date"), ==, "2026-02-01");
  g_assert_false (json_object_has_member (part, "resource_id"));
  g_assert_cmpstr (kith_json_string (first_of (first_of (service, "phones"), "metadata"), "id"), ==, "m-2");
  part = first_of (body_of (operations, "o-harbor"), "metadata");
  g_assert_cmpstr (kith_json_string (part, "id"), ==, "m-4");
  g_assert_false (json_object_has_member (part, "last_action_date"));
}

static void
test_tables_problems (void)
{
  g_autoptr (KithReader) reader = open_data ("hsds");
  g_autoptr (GPtrArray) operations = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  g_autofree char *seen = read_all (reader, operations);
  g_autofree char *problems = list_problems (reader);

  g_assert_cmpstr (problems, ==,
                   "attributes.csv:3:link_id:0\n"
                   "attributes.csv:5:taxonomy_term_id:1\n"
                   "metadata.csv:5:last_action_date:1\n"
                   "phones.csv:3:extension:1\n"
                   "contacts.csv:2:service_id:1\n"
                   "addresses.csv:3:location_id:0\n"
                   "addresses.csv:4::0\n"
                   "schedules.csv:3:valid_from:1\n"
                   "schedules.csv:3:freq:1\n"
                   "taxonomy_terms.csv:3:taxonomy_id:1\n"
                   "organizations.csv:3:year_incorporated:1\n"
                   "organizations.csv:4:name:0\n"
                   "organizations.csv:5:id:0\n"
                   "programs.csv:3:organization_id:0\n"
                   "locations.csv:3:organization_id:1\n"
                   "services.csv:2:assured_date:1\n"
                   "services.csv:3:program_id:1\n"
                   "services.csv:4:organization_id:0\n"
                   "services.csv:5::0\n"
                   "service_at_location.csv:3:service_id:0\n"
                   "service_at_location.csv:4:location_id:0\n");
}

static void
test_nested (void)
{
  g_autoptr (KithReader) reader = open_data ("hsds-json");
  g_autoptr (GPtrArray) operations = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  g_autofree char *seen = read_all (reader, operations);
  g_autofree char *problems = list_problems (reader);
  JsonObject *service, *part;

  g_assert_cmpstr (seen, ==,
                   "taxonomy y-1\ntaxonomy_term n-1\norganization o-1\nprogram p-1\nlocation l-1\nservice s-1\nservice_at_location x-1\n");
  service = body_of (operations, "s-1");
  assert_ref (service, "organization_id", "organization", "o-1");
  assert_ref (service, "program_id", "program", "p-1");
  g_assert_cmpint (kith_json_int (service, "minimum_age", 0), ==, 18);
  g_assert_true (kith_json_bool (kith_json_object (service, "extra"), "kept", FALSE));
  g_assert_false (json_object_has_member (service, "organization"));
  assert_ref (body_of (operations, "p-1"), "organization_id", "organization", "o-1");
  assert_ref (body_of (operations, "x-1"), "service_id", "service", "s-1");
  assert_ref (body_of (operations, "x-1"), "location_id", "location", "l-1");
  assert_ref (first_of (service, "attributes"), "taxonomy_term_id", "taxonomy_term", "n-1");
  part = first_of (body_of (operations, "o-1"), "phones");
  g_assert_cmpstr (kith_json_string (part, "number"), ==, "6195550100");
  assert_ref (body_of (operations, "n-1"), "taxonomy_id", "taxonomy", "y-1");
  g_assert_cmpstr (kith_json_string (body_of (operations, "y-1"), "version"), ==, "1");

  g_assert_cmpstr (problems, ==,
                   "services.json:3::0\n"
                   "services.json:4::0\n"
                   "services.json:2:organization_id:0\n");
}

static void
test_not_hsds (void)
{
  g_autoptr (KithTestDir) dir = kith_test_dir_new ();
  g_autofree char *html = kith_test_dir_write (dir, "page.json", "<html>sign in first</html>");
  g_autofree char *deep_text = g_strnfill (100000, '[');
  g_autofree char *deep = kith_test_dir_write (dir, "deep.json", deep_text);
  g_autofree char *csv = kith_test_dir_write (dir, "sub.csv", "id\n1\n");
  const char *paths[] = { html, deep, csv, kith_test_dir_path (dir) };

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (kith_hsds_reader_new (paths[i], SOURCE, &error));
      g_assert_error (error, KITH_READER_ERROR, KITH_READER_ERROR_FORMAT);
    }
  {
    g_autoptr (GError) error = NULL;

    g_assert_null (kith_hsds_reader_new ("/nowhere/at/all", SOURCE, &error));
    g_assert_error (error, KITH_READER_ERROR, KITH_READER_ERROR_OPEN);
  }
}

/* Stopped after any number of operations: the next reader of the same tables finds how many, and tells all problems anew. */
static void
test_continue (void)
{
  for (guint stop = 0; stop <= 11; stop++)
    {
      g_autoptr (KithReader) first = open_data ("hsds");
      g_autoptr (KithReader) second = open_data ("hsds");
      g_autoptr (GPtrArray) operations = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
      g_autoptr (GError) error = NULL;
      g_autofree char *position = NULL;
      g_autofree char *all = NULL;
      guint64 found = 0;

      for (guint i = 0; i < stop; i++)
        {
          g_autoptr (JsonObject) args = NULL;
          g_assert_true (kith_reader_next (first, &args, &error));
        }
      position = kith_reader_get_position (first, &error);
      g_assert_no_error (error);
      g_assert_true (kith_reader_find (second, position, &found, &error));
      g_assert_cmpuint (found, ==, stop);
      all = read_all (second, operations);
      g_assert_cmpuint (operations->len, ==, 11);
      g_assert_cmpuint (kith_problems_total (kith_reader_get_problems (second)), ==, 21);
      g_assert_cmpfloat (kith_reader_get_progress (second), ==, 1.0);
    }
}

static guint64
find (KithReader *reader, const char *position)
{
  g_autoptr (GError) error = NULL;
  guint64 count = 99;

  g_assert_true (kith_reader_find (reader, position, &count, &error));
  g_assert_no_error (error);
  return count;
}

/* A position holds for no other input, as long as it may be: one byte of one table is enough, in a table of parts too. */
static void
test_continue_other_input (void)
{
  g_autoptr (KithReader) reader = open_data ("hsds");
  g_autoptr (KithTestDir) dir = kith_test_dir_new ();
  g_autofree char *organizations = kith_test_dir_write (dir, "organizations.csv", "id,name,description\n1,Harbor House,Beds\n");
  g_autofree char *phones = kith_test_dir_write (dir, "phones.csv", "id,organization_id,number\n1,1,619-555-0100\n");
  g_autofree char *position = NULL, *again = NULL;
  JsonObject *args;

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (KithReader) first = kith_hsds_reader_new (kith_test_dir_path (dir), SOURCE, NULL);
      g_autoptr (KithReader) second = kith_hsds_reader_new (kith_test_dir_path (dir), SOURCE, NULL);
      g_autoptr (KithReader) third = NULL;

      g_assert_true (kith_reader_next (first, &args, NULL));
      json_object_unref (args);
      g_free (position);
      position = kith_reader_get_position (first, NULL);
      g_assert_cmpuint (find (second, position), ==, 1);
      g_free (again);
      again = i == 0 ? kith_test_dir_write (dir, "phones.csv", "id,organization_id,number\n1,1,619-555-0101\n")
                     : kith_test_dir_write (dir, "organizations.csv", "id,name,description\n1,Harbor House,Bads\n");
      third = kith_hsds_reader_new (kith_test_dir_path (dir), SOURCE, NULL);
      g_assert_cmpuint (find (third, position), ==, 0);
    }
  g_assert_cmpuint (find (reader, "5/12"), ==, 0);
  g_assert_cmpuint (find (reader, ""), ==, 0);
  g_assert_cmpuint (find (reader, "5"), ==, 0);
  g_assert_cmpuint (find (reader, position), ==, 0);
}

static void
test_reference_csv (void)
{
  g_autofree char *path = kith_test_reference ("hsds/3.0/examples/csv");
  g_autoptr (KithReader) reader = NULL;
  g_autoptr (GPtrArray) operations = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  g_autoptr (GError) error = NULL;
  g_autofree char *seen = NULL;
  g_autofree char *problems = NULL;
  g_autofree char *text = NULL;

  if (path == NULL)
    return;
  reader = kith_hsds_reader_new (path, SOURCE, &error);
  g_assert_no_error (error);
  seen = read_all (reader, operations);
  g_assert_cmpstr (seen, ==,
                   "taxonomy 5c4d79d7-cc55-470e-9f1f-8cad074e4892\n"
                   "taxonomy_term 3f7b145d-84af-42d7-8fae-eaca714b02b2\norganization d9d5e0f5-d3ce-4f73-9a2f-4dd0ecc6c610\n"
                   "program e7ec2e57-4540-43fa-b2c7-6be5a0ef7f42\nlocation 3a19ff88-4620-4d17-9830-ac1d859eb5d5\n"
                   "service ac148810-d857-441c-9679-408f346de14b\nservice_at_location e94c9f38-1e8f-4564-91d4-d53501ab1765\n");

  /* The known defects, all of them and no other. */
  problems = list_problems (reader);
  g_assert_cmpstr (problems, ==,
                   "contacts.csv:2:organization_id:1\ncontacts.csv:2:service_at_location_id:1\n"
                   "taxonomy_terms.csv:2:taxonomy_id:1\nlocations.csv:2:organization_id:1\n");
  text = kith_problems_to_text (kith_reader_get_problems (reader));
  g_assert_nonnull (strstr (text, "ae67a707-"));
  g_assert_nonnull (strstr (text, "93eaf18d-"));
  g_assert_nonnull (strstr (text, "07ff6aee-"));
  g_assert_nonnull (strstr (text, "985e4a42-"));
}

static void
test_reference_json (void)
{
  static const struct
  {
    const char *file;
    guint operations;
    const char *problems;
  } files[] = {
    { "organization_full.json", 7, "" }, { "service_full.json", 7, "" },  { "service_at_location_full.json", 7, "" },
    { "organization_list.json", 1, "" }, { "service_list.json", 3, "" },  { "service_at_location_list.json", 5, "" },
    { "location.json", 1, "" },          { "taxonomy_term.json", 2, "" }, { "taxonomy_term_list.json", 2, "" },
    { "tabular.json", 7, "contacts.csv:1:organization_id:1\ncontacts.csv:1:service_at_location_id:1\n"
                          "taxonomy_terms.csv:1:taxonomy_id:1\nlocations.csv:1:organization_id:1\n" },           { "taxonomy.json", 1, "" },      { "taxonomy_list.json", 1, "" },
    { "base.json", 0, "base.json:1::0\n" },
  };
  g_autofree char *folder = kith_test_reference ("hsds/3.0/examples");

  for (guint i = 0; folder != NULL && i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_build_filename (folder, files[i].file, NULL);
      g_autoptr (GPtrArray) operations = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
      g_autoptr (GError) error = NULL;
      g_autoptr (KithReader) reader = kith_hsds_reader_new (path, SOURCE, &error);
      g_autofree char *seen = NULL;
      g_autofree char *problems = NULL;
      g_autofree char *text = NULL;

      g_test_message ("%s", files[i].file);
      g_assert_no_error (error);
      seen = read_all (reader, operations);
      text = kith_problems_to_text (kith_reader_get_problems (reader));
      g_test_message ("%s%s", seen, text);
      g_assert_cmpuint (operations->len, ==, files[i].operations);
      problems = list_problems (reader);
      g_assert_cmpstr (problems, ==, files[i].problems);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  kith_kinds_register ();

  g_test_add_func ("/interchange/hsds/tables", test_tables);
  g_test_add_func ("/interchange/hsds/tables-problems", test_tables_problems);
  g_test_add_func ("/interchange/hsds/nested", test_nested);
  g_test_add_func ("/interchange/hsds/not-hsds", test_not_hsds);
  g_test_add_func ("/interchange/hsds/continue", test_continue);
  g_test_add_func ("/interchange/hsds/continue-other-input", test_continue_other_input);
  g_test_add_func ("/interchange/hsds/reference-csv", test_reference_csv);
  g_test_add_func ("/interchange/hsds/reference-json", test_reference_json);

  return g_test_run ();
}
