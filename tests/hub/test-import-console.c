/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "console.h"
#include "kith-json.h"

#include <glib/gstdio.h>
#include <string.h>

/* Lists brought in at the console, as somebody does it who comes back next month with a mended file of another name. */

typedef struct
{
  Console c;
  char *path; /* of the list */
} Town;

static void
town_init (Town *t)
{
  console_init (&t->c);
  t->path = NULL;
}

static void
town_clear (Town *t)
{
  g_free (t->path);
  console_clear (&t->c);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Town, town_clear)

/* rest: the other options. The exit status. */
static int
import (Town *t, const char *name, const char *text, const char *rest)
{
  g_free (t->path);
  t->path = kith_test_dir_write (t->c.dir, name, text);
  return console_run (&t->c, "import clients %s --agency Harbor%%House --database %s%s%s", t->path, t->c.database, *rest != '\0' ? " " : "", rest);
}

static void
assert_people (Town *t, const char *expected)
{
  g_autofree char *people = console_read_sql (&t->c, "SELECT coalesce (group_concat (p, ' '), '') FROM (SELECT body ->> '$.given_name' || ':' || "
                                                     "coalesce (body ->> '$.date_of_birth', '') AS p FROM client ORDER BY p)");

  g_assert_cmpstr (people, ==, expected);
}

#define TWO "id,given_name,family_name,date_of_birth\n1,Ana,Lopez,1980-01-02\n2,Ben,Osei,1981-03-04\n"

/* The same list saved under another name doubles nobody: it asks which of the two is meant, and says how to answer. */
static void
test_same_clients (void)
{
  g_auto (Town) t;

  town_init (&t);
  g_assert_cmpint (import (&t, "people.csv", TWO, ""), ==, 0);
  assert_says (t.c.out, "“people.csv”");
  assert_says (t.c.out, "--source people.csv");
  g_assert_cmpint (import (&t, "people-2.csv", TWO "3,Cyd,Marsh,1982-05-06\n", ""), ==, 1);
  assert_says (t.c.err, "2 of the 3");
  assert_says (t.c.err, "“people.csv”");
  assert_says (t.c.err, "--source people.csv");
  assert_says (t.c.err, "--new-source");
  assert_says (t.c.err, "Nothing was imported");
  assert_people (&t, "Ana:1980-01-02 Ben:1981-03-04");

  g_assert_cmpint (import (&t, "people-2.csv", TWO "3,Cyd,Marsh,1982-05-06\n", "--source people.csv"), ==, 0);
  assert_says (t.c.out, "Taken: 1. Unchanged: 2.");
  assert_people (&t, "Ana:1980-01-02 Ben:1981-03-04 Cyd:1982-05-06");

  /* Another program's numbers begin at 1, too. */
  g_assert_cmpint (import (&t, "other.csv", "id,given_name,family_name\n1,Dee,Frost\n", ""), ==, 1);
  g_assert_cmpint (import (&t, "other.csv", "id,given_name,family_name\n1,Dee,Frost\n", "--new-source"), ==, 0);
  g_assert_cmpint (import (&t, "other.csv", "id,given_name,family_name\n1,Dee,Frost\n2,Eve,Gray\n", ""), ==, 0); /* known by now */
  assert_says (t.c.out, "Taken: 1. Unchanged: 1.");
  /* Numbers that were given anew: the people tell. */
  g_assert_cmpint (import (&t, "third.csv", "id,given_name,family_name,date_of_birth\n71,ana,LOPEZ,1980-01-02\n", ""), ==, 1);
  assert_says (t.c.err, "--source people.csv");
  g_assert_cmpint (import (&t, "fourth.csv", "id,given_name,family_name,date_of_birth\n72,Fay,Hill,1980-01-02\n", ""), ==, 0);
  /* Another agency's are its own. */
  g_assert_cmpint (console_run (&t.c, "import clients %s --agency City%%Pantry --database %s", t.path, t.c.database), ==, 0);
  g_assert_cmpint (import (&t, "people.csv", TWO, "--source "), ==, 2);
  assert_says (t.c.err, "--source");
}

static void
write_directory (Town *t, const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (kith_test_dir_path (t->c.dir), folder, NULL);
  g_autofree char *organizations = g_build_filename (path, "organizations.csv", NULL), *services = g_build_filename (path, "services.csv", NULL);
  g_autofree char *text = g_strdup_printf ("id,name,description\na1,%s,Care\n", name);

  g_mkdir_with_parents (path, 0700);
  g_assert_true (g_file_set_contents (organizations, text, -1, NULL));
  g_assert_true (g_file_set_contents (services, "id,organization_id,name,status\ns1,a1,Nurse,active\n", -1, NULL));
  g_free (t->path);
  t->path = g_steal_pointer (&path);
}

static void
assert_agencies (Town *t, const char *expected)
{
  g_autofree char *names = console_read_sql (&t->c, "SELECT group_concat (n, '|') FROM (SELECT body ->> '$.name' AS n FROM organization ORDER BY n)");

  g_assert_cmpstr (names, ==, expected);
}

/* Next month's directory, unpacked beside the last. */
static void
test_same_directory (void)
{
  g_auto (Town) t;

  town_init (&t);
  write_directory (&t, "nov", "Mile End Clinic");
  g_assert_cmpint (console_run (&t.c, "import hsds %s --database %s", t.path, t.c.database), ==, 0);
  assert_says (t.c.out, "--source nov");
  write_directory (&t, "dec", "Mile End Clinic & Pharmacy");
  g_assert_cmpint (console_run (&t.c, "import hsds %s --database %s", t.path, t.c.database), ==, 1);
  assert_says (t.c.err, "--source nov");
  assert_says (t.c.err, "--new-source");
  assert_agencies (&t, "City Pantry|Harbor House|Mile End Clinic");
  g_assert_cmpint (console_run (&t.c, "import hsds %s --source nov --database %s --report json", t.path, t.c.database), ==, 0);
  assert_says (t.c.out, "\"source\":\"nov\"");
  assert_agencies (&t, "City Pantry|Harbor House|Mile End Clinic & Pharmacy");

  write_directory (&t, "web", "Mile End Clinic & Pharmacy"); /* by its name, with ids of its own */
  {
    g_autofree char *organizations = g_build_filename (t.path, "organizations.csv", NULL), *services = g_build_filename (t.path, "services.csv", NULL);

    g_assert_true (g_file_set_contents (organizations, "id,name,description\nw9,mile end clinic & pharmacy,Care\n", -1, NULL));
    g_assert_true (g_file_set_contents (services, "id,organization_id,name,status\nw8,w9,Nurse,active\n", -1, NULL));
  }
  g_assert_cmpint (console_run (&t.c, "import hsds %s --database %s", t.path, t.c.database), ==, 1);
  assert_says (t.c.err, "--source nov");
  g_assert_cmpint (console_run (&t.c, "import hsds %s --new-source --database %s", t.path, t.c.database), ==, 0);
}

/* A birth date that can be read in two ways is not taken in one of them. What is to be written is said whole. */
static void
test_dates (void)
{
  g_auto (Town) t;
  g_autoptr (GString) late = g_string_new ("id,first,last,dob\n");

  town_init (&t);
  g_assert_cmpint (import (&t, "people.csv", "id,first,last,dob\n1,Ana,Lopez,01/02/1980\n2,Ben,Osei,03/04/1981\n", ""), ==, 1);
  assert_says (t.c.err, "--map source_id=id,given_name=first,family_name=last,date_of_birth=dob:%m/%d/%Y");
  assert_says (t.c.err, "--map source_id=id,given_name=first,family_name=last,date_of_birth=dob:%d/%m/%Y");
  assert_says (t.c.err, "Nothing was imported");
  assert_people (&t, "");
  g_assert_cmpint (import (&t, "people.csv", "id,first,last,dob\n1,Ana,Lopez,01/02/1980\n2,Ben,Osei,03/04/1981\n",
                           "--map source_id=id,given_name=first,family_name=last,date_of_birth=dob:\x01" "d/\x01m/\x01Y"), ==, 0);
  assert_people (&t, "Ana:1980-02-01 Ben:1981-04-03");

  /* Where both ways occur, that is what is said, with a row of each: the first sentence would be false. */
  g_assert_cmpint (import (&t, "both.csv", "id,first,last,dob\n1,Ana,Lopez,13/07/1988\n2,Ben,Osei,07/13/1988\n3,Cyd,Marsh,03/04/1990\n", "--new-source"), ==, 1);
  assert_says (t.c.err, "the month comes first in row 3");
  assert_says (t.c.err, "the day in row 2");
  g_assert_null (strstr (t.c.err, "In every row"));
  assert_says (t.c.err, "date_of_birth=dob:%m/%d/%Y");
  assert_says (t.c.err, "date_of_birth=dob:%d/%m/%Y");

  /* One day that is no month decides for all, wherever it stands. */
  for (guint i = 0; i < 700; i++)
    g_string_append_printf (late, "%u,Given%u,Late,02/03/19%02u\n", i, i, 20 + i % 70);
  g_string_append (late, "701,Zoe,Late,31/12/1990\n");
  g_assert_cmpint (import (&t, "late.csv", late->str, "--new-source"), ==, 0);
  {
    g_autofree char *born = console_read_sql (&t.c, "SELECT body ->> '$.date_of_birth' FROM client WHERE body ->> '$.given_name' = 'Given0'");

    g_assert_cmpstr (born, ==, "1920-03-02");
  }

  g_assert_cmpint (import (&t, "q.csv", "id,first,last,dob\n1,Ana,Lopez,01/02/1980\n", "--map given_name=first,date_of_birth=dob:\x01Q"), ==, 1);
  assert_says (t.c.err, "%Q");
  assert_says (t.c.err, "%Y");
}

/* What is here already is left to its agency; that the list says something else of it is told, with the field, and counted apart. */
static void
test_differs (void)
{
  g_auto (Town) t;
  g_autoptr (JsonObject) report = NULL;

  town_init (&t);
  g_assert_cmpint (import (&t, "people.csv", TWO, ""), ==, 0);
  g_assert_cmpint (import (&t, "people.csv", "id,given_name,family_name,date_of_birth\n1,Ana,López-Smith,1980-02-01\n2,Ben,Osei,1981-03-04\n", ""), ==, 0);
  assert_says (t.c.out, "people.csv, row 2, family_name: ");
  assert_says (t.c.out, "people.csv, row 2, date_of_birth: ");
  assert_says (t.c.out, "(already here, not touched)");
  assert_says (t.c.out, "Taken: 0. Unchanged: 1. Already here with other details, not touched: 1. Not taken: 0.");
  g_assert_cmpint (import (&t, "people.csv", "id,given_name,family_name,date_of_birth\n1,Ana,López-Smith,1980-01-02\n2,Ben,Osei,1981-03-04\n", "--report json"), ==, 0);
  report = kith_json_parse_object (t.c.out, -1, NULL, NULL);
  g_assert_cmpint (kith_json_int (report, "unchanged", -1), ==, 1);
  g_assert_cmpint (kith_json_int (report, "differs", -1), ==, 1);
  g_assert_cmpint (kith_json_int (report, "refused", -1), ==, 0);
  assert_says (t.c.out, "\"field\":\"family_name\"");
  assert_says (t.c.out, "\"here\":true");
  assert_people (&t, "Ana:1980-01-02 Ben:1981-03-04");
}

static void
assert_billing (Town *t, const char *expected)
{
  g_autofree char *numbers = console_read_sql (&t->c, "SELECT coalesce (group_concat (body ->> '$.medicaid_number', ' '), '') FROM client_billing");

  g_assert_cmpstr (numbers, ==, expected);
}

/* A1: insurance comes in at the console too, is compared when the list comes again, and goes when the import is taken back. */
static void
test_billing (void)
{
  g_auto (Town) t;

  town_init (&t);
  g_assert_cmpint (import (&t, "people.csv", "id,given_name,family_name,Medicaid ID\n1,Ana,Lopez,M-1\n", "--dry-run"), ==, 0);
  assert_billing (&t, "");
  g_assert_cmpint (import (&t, "people.csv", "id,given_name,family_name,Medicaid ID\n1,Ana,Lopez,M-1\n", ""), ==, 0);
  assert_billing (&t, "M-1");
  g_assert_cmpint (import (&t, "people.csv", "id,given_name,family_name,Medicaid ID\n1,Ana,Lopez,M-2\n", ""), ==, 0);
  assert_says (t.c.out, "people.csv, row 2, medicaid_number: ");
  assert_billing (&t, "M-1");
  g_assert_cmpint (console_run (&t.c, "import undo people.csv --agency Harbor%%House --database %s", t.c.database), ==, 0);
  assert_billing (&t, "");
}

/* Without numbers of their own people are told apart by all that is said of them; with a column more they are the same people all the same. */
static void
test_no_ids (void)
{
  g_auto (Town) t;

  town_init (&t);
  g_assert_cmpint (import (&t, "people.csv", "given_name,family_name,date_of_birth,phone\nAna,Lopez,1980-01-02,555 1\nBen,Osei,1981-03-04,555 2\n",
                           "--map given_name=given_name,family_name=family_name,date_of_birth=date_of_birth"), ==, 0);
  g_assert_cmpint (import (&t, "people.csv", "given_name,family_name,date_of_birth,phone\nAna,Lopez,1980-01-02,555 1\nCyd,Marsh,1982-05-06,555 3\n", ""), ==, 0);
  assert_says (t.c.out, "row 2: ");
  assert_says (t.c.out, "Taken: 1. Unchanged: 0. Already here with other details, not touched: 1. Not taken: 0.");
  assert_people (&t, "Ana:1980-01-02 Ben:1981-03-04 Cyd:1982-05-06");
}

/* To see first: what would come in is counted, nothing is written. */
static void
test_dry (void)
{
  g_auto (Town) t;

  town_init (&t);
  g_assert_cmpint (import (&t, "people.csv", TWO "3,Cyd,Marsh,soon\n", "--dry-run"), ==, 0);
  assert_says (t.c.out, "Would be taken: 2. Unchanged: 0. Not taken: 1.");
  assert_people (&t, "");
  g_assert_cmpint (import (&t, "people.csv", TWO, ""), ==, 0);
  g_assert_cmpint (import (&t, "people.csv", TWO "3,Cyd,Marsh,1982-05-06\n", "--dry-run --report json"), ==, 0);
  assert_says (t.c.out, "\"dry_run\":true");
  assert_says (t.c.out, "\"taken\":1");
  assert_says (t.c.out, "\"unchanged\":2");
  assert_people (&t, "Ana:1980-01-02 Ben:1981-03-04");
}

/* Of a list of which nothing could be taken a script hears as well. */
static void
test_nothing_taken (void)
{
  g_auto (Town) t;

  town_init (&t);
  g_assert_cmpint (import (&t, "people.csv", "id,given_name,date_of_birth\n1,Ana,soon\n", ""), ==, 1);
  assert_says (t.c.out, "Taken: 0.");
  assert_says (t.c.err, "Nothing was taken");
  g_assert_cmpint (import (&t, "people.csv", TWO, ""), ==, 0);
  g_assert_cmpint (import (&t, "people.csv", TWO, ""), ==, 0); /* all there: as it should be */
}

/* A list that should not have come in goes again, as long as nobody has worked with it. */
static void
test_undo (void)
{
  g_auto (Town) t;
  g_autoptr (GString) many = g_string_new (TWO);

  town_init (&t);
  for (guint i = 3; i <= 130; i++)
    g_string_append_printf (many, "%u,Given,Of%u,1980-01-02\n", i, i);
  g_assert_cmpint (import (&t, "people.csv", many->str, ""), ==, 0);
  g_assert_cmpint (import (&t, "other.csv", "id,given_name,family_name\n900,Dee,Frost\n", ""), ==, 0);
  g_assert_cmpint (console_run (&t.c, "import undo nobody.csv --agency Harbor%%House --database %s", t.c.database), ==, 1);
  assert_says (t.c.err, "people.csv");
  assert_says (t.c.err, "other.csv");
  g_assert_cmpint (console_run (&t.c, "import undo people.csv --database %s", t.c.database), ==, 2);
  assert_says (t.c.err, "--agency");
  {
    g_autofree char *folder = g_path_get_basename (kith_test_dir_path (t.c.dir));

    g_assert_cmpint (console_run (&t.c, "import undo %s --agency Harbor%%House --database %s", folder, t.c.database), ==, 1); /* a directory's */
  }
  {
    g_autoptr (KithHub) hub = console_open_hub (&t.c); /* somebody's work */
    g_autoptr (GError) error = NULL;

    g_assert_true (kith_db_exec (kith_hub_get_db (hub), "UPDATE client SET body = json_set (body, '$.family_name', 'Lopez-Smith'), family_name = 'Lopez-Smith' WHERE body ->> '$.given_name' = 'Ana'",
                                 &error));
    g_assert_no_error (error);
  }
  g_assert_cmpint (console_run (&t.c, "import undo people.csv --agency Harbor%%House --database %s", t.c.database), ==, 0);
  assert_says (t.c.out, "Taken back: 129.");
  assert_says (t.c.out, "1 ");
  assert_people (&t, "Ana:1980-01-02 Dee:");
  {
    g_autofree char *state = console_read_sql (&t.c, "SELECT group_concat (body ->> '$.state', ' ') FROM import WHERE body ->> '$.source' = 'people.csv'");

    g_assert_cmpstr (state, ==, "undone");
  }
  {
    g_autofree char *id = console_read_sql (&t.c, "SELECT id FROM import WHERE body ->> '$.source' = 'other.csv'");

    g_assert_cmpint (console_run (&t.c, "import undo %s --database %s", id, t.c.database), ==, 0);
  }
  assert_people (&t, "Ana:1980-01-02");
  g_assert_cmpint (console_run (&t.c, "check --database %s", t.c.database), ==, 0);
  g_assert_cmpint (import (&t, "people.csv", TWO, ""), ==, 0); /* and comes again */
  assert_people (&t, "Ana:1980-01-02 Ben:1981-03-04");

  /* Taken back and brought again under another name: the first name is not one that everybody is known by any more. */
  g_assert_cmpint (import (&t, "jan.csv", "id,given_name,family_name\n800,Gus,Hale\n", ""), ==, 0);
  g_assert_cmpint (console_run (&t.c, "import undo jan.csv --agency Harbor%%House --database %s", t.c.database), ==, 0);
  g_assert_cmpint (import (&t, "feb.csv", "id,given_name,family_name\n800,Gus,Hale\n", ""), ==, 0);
  g_assert_cmpint (import (&t, "jan.csv", "id,given_name,family_name\n800,Gus,Hale\n", ""), ==, 1);
  assert_says (t.c.err, "--source feb.csv");
}

/* --- a real directory --------------------------------------------------------------------------------------------- */

/* "file, row, field: reason" of each problem in the report of the last import, taken or not. */
static char *
reported (Town *t)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) report = kith_json_parse_object (t->c.out, -1, NULL, &error);
  JsonObject *problems;
  JsonArray *all;
  GString *out = g_string_new (NULL);

  g_assert_no_error (error);
  problems = kith_json_object (report, "problems");
  all = kith_json_array (problems, "problems");
  g_assert_cmpint (kith_json_int (problems, "total", -1), ==, json_array_get_length (all));
  for (guint i = 0; i < json_array_get_length (all); i++)
    {
      JsonObject *problem = json_array_get_object_element (all, i);
      const char *field = kith_json_string (problem, "field");

      g_string_append_printf (out, "%s, %d, %s: %s, %s\n", kith_json_string (problem, "file"), (int) kith_json_int (problem, "row", -1),
                              field != NULL ? field : "", kith_json_string (problem, "reason"),
                              kith_json_bool (problem, "taken", FALSE) ? "taken" : "left out");
    }
  return g_string_free (out, FALSE);
}

#define NO(kind, id) "“" kind "” has no entry with the id " id
#define DEFECTS(row) \
  "contacts.csv, " row ", organization_id: " NO ("organization", "ae67a707-5893-4225-b0b1-320ab9cb596b") ", taken\n" \
  "contacts.csv, " row ", service_at_location_id: " NO ("service_at_location", "93eaf18d-1cd2-4ec7-bffb-3c9172ee5070") ", taken\n" \
  "taxonomy_terms.csv, " row ", taxonomy_id: " NO ("taxonomy", "07ff6aee-a219-438c-b694-d2fcb6c5373b") ", taken\n" \
  "locations.csv, " row ", organization_id: " NO ("organization", "985e4a42-bd9f-4edc-911d-0243a4640aca") ", taken\n"

/* HSDS's own examples: what is known to be wrong with them is said, all of it and nothing else, with its place; the rest comes in, and once. */
static void
import_reference (const char *folder)
{
  static const struct
  {
    const char *path;
    int status, taken;
    const char *problems;
  } inputs[] = {
    { "csv", 0, 7, DEFECTS ("2") }, /* the line of the file */
    { "tabular.json", 0, 7, DEFECTS ("1") }, /* the same tables in one file: the entry of the table */
    { "organization_full.json", 0, 7, "" }, { "service_full.json", 0, 7, "" }, { "service_at_location_full.json", 0, 7, "" },
    { "organization_list.json", 0, 1, "" }, { "service_list.json", 0, 3, "" }, { "service_at_location_list.json", 0, 5, "" },
    { "location.json", 0, 1, "" }, { "taxonomy.json", 0, 1, "" }, { "taxonomy_list.json", 0, 1, "" },
    { "taxonomy_term.json", 0, 2, "" }, { "taxonomy_term_list.json", 0, 2, "" },
    { "base.json", 1, 0, "base.json, 1, : this is not a record of an HSDS directory, left out\n" }, /* what an API says of itself */
  };
  g_auto (Town) t;

  town_init (&t);
  for (guint i = 0; i < G_N_ELEMENTS (inputs); i++)
    for (int again = 0; again < 2; again++)
      {
        g_autofree char *problems = NULL, *counts = NULL;
        int status = console_run (&t.c, "import hsds %s/%s --database %s --report json%s", folder, inputs[i].path, t.c.database, again ? "" : " --new-source");

        g_assert_cmpint (status, ==, inputs[i].status);
        problems = reported (&t);
        g_assert_cmpstr (problems, ==, inputs[i].problems);
        counts = g_strdup_printf ("\"taken\":%d,\"unchanged\":%d}", again ? 0 : inputs[i].taken, again ? inputs[i].taken : 0);
        assert_says (t.c.out, counts);
      }

  /* As people read it. */
  g_assert_cmpint (console_run (&t.c, "import hsds %s/csv --database %s", folder, t.c.database), ==, 0);
  assert_says (t.c.out, "locations.csv, row 2, organization_id: " NO ("organization", "985e4a42-bd9f-4edc-911d-0243a4640aca") " (taken all the same)\n");
  assert_says (t.c.out, "Taken: 0. Unchanged: 7. Not taken: 0.");
}

static void
test_reference (void)
{
  g_autofree char *folder = kith_test_reference ("hsds/3.0/examples");

  if (folder != NULL)
    import_reference (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hub/import-console/same-clients", test_same_clients);
  g_test_add_func ("/hub/import-console/same-directory", test_same_directory);
  g_test_add_func ("/hub/import-console/dates", test_dates);
  g_test_add_func ("/hub/import-console/differs", test_differs);
  g_test_add_func ("/hub/import-console/A1-billing", test_billing);
  g_test_add_func ("/hub/import-console/no-ids", test_no_ids);
  g_test_add_func ("/hub/import-console/dry", test_dry);
  g_test_add_func ("/hub/import-console/nothing-taken", test_nothing_taken);
  g_test_add_func ("/hub/import-console/undo", test_undo);
  g_test_add_func ("/hub/import-console/reference", test_reference);
  return g_test_run ();
}
