/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-client-reader.h"
#include "kith-column-map.h"
#include "kith-json.h"
#include "kith-kind.h"
#include "kith-test.h"

#include <string.h>

#include <glib/gstdio.h>

#define AGENCY "01890000-0000-7000-8000-000000000001"

static KithReader *
open_file (const char *path, const char *map, GError **error)
{
  KithClientReaderOptions options = { .path = path, .agency = AGENCY, .source = "test", .map = map, .today = "2026-11-22" };

  return kith_client_reader_new (&options, error);
}

static KithReader *
open_data (const char *name, const char *map)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", name, NULL);
  g_autoptr (GError) error = NULL;
  KithReader *reader = open_file (path, map, &error);

  g_assert_no_error (error);
  return reader;
}

static GPtrArray *
read_all (KithReader *reader)
{
  const KithKind *client = kith_kind_get ("client");
  GPtrArray *operations = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  g_autoptr (GError) error = NULL;
  JsonObject *args;

  g_assert_cmpstr (kith_reader_get_operation (reader), ==, "client.import");
  while (kith_reader_next (reader, &args, &error))
    {
      g_autoptr (JsonObject) body = kith_json_copy_object (kith_json_object (args, "values"));

      json_object_set_string_member (body, "agency", AGENCY);
      g_assert_true (kith_fields_check (client->fields, client->n_fields, body, FALSE, &error));
      g_assert_no_error (error);
      g_assert_cmpstr (kith_json_string (args, "agency"), ==, AGENCY);
      g_assert_cmpstr (kith_json_string (args, "source"), ==, "test");
      g_ptr_array_add (operations, args);
    }
  g_assert_no_error (error);
  return operations;
}

static char *
print_values (GPtrArray *operations, guint i)
{
  g_assert_cmpuint (i, <, operations->len);
  return kith_json_print_object (kith_json_object (operations->pdata[i], "values"));
}

static char *
list_problems (KithReader *reader)
{
  KithProblems *problems = kith_reader_get_problems (reader);
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < kith_problems_kept (problems); i++)
    {
      const KithProblem *problem = kith_problems_get (problems, i);

      g_string_append_printf (out, "%d:%s:%d\n", (int) problem->row, problem->field != NULL ? problem->field : "", problem->taken);
    }
  return g_string_free (out, FALSE);
}

/* How a column of dates is read where both orders occur: it is asked whichever is written more often, as long as there is a row that could be either. One that
 * is wrong by itself, or written so that nobody mistakes it, is no reason to ask. */
static void
test_both_orders (void)
{
  static const struct { const char *rows, *doubtful; guint64 ways[2]; } cases[] = {
    { "07/13/1988\n13/07/1990\n03/04/1990\n", "date_of_birth", { 2, 3 } },
    { "07/13/1988\n07/14/1988\n13/07/1990\n03/04/1990\n", "date_of_birth", { 2, 4 } },
    { "13/07/1988\n07/14/1988\n14/07/1990\n03/04/1990\n", "date_of_birth", { 2, 3 } },
    { "07/13/1988\n07/14/1988\n13/07/1990\n", NULL, { 0, 0 } },
    { "07/13/1988\n07/14/1988\n13/13/1990\n03/04/1990\n", NULL, { 0, 0 } },
    { "1988-07-13\n1988-13-07\n1990-03-04\n", NULL, { 0, 0 } },
    { "07/13/1988\n07/14/1988\n1990-03-04\n13 Jul 1990\n", NULL, { 0, 0 } },
  };
  g_autofree char *folder = g_dir_make_tmp ("kith-dates-XXXXXX", NULL), *path = g_build_filename (folder, "dates.csv", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strconcat ("DOB\n", cases[i].rows, NULL);
      g_autoptr (KithReader) reader = NULL;
      g_autoptr (GError) error = NULL;
      const char *format;
      guint64 ways[2] = { 0 };

      g_file_set_contents (path, text, -1, &error);
      reader = open_file (path, NULL, &error);
      g_assert_no_error (error);
      g_test_message ("case %u", i);
      g_assert_cmpstr (kith_client_reader_get_doubtful (reader, &format), ==, cases[i].doubtful);
      g_assert_cmpint (kith_client_reader_get_ways (reader, "date_of_birth", ways), ==, cases[i].ways[0] != 0);
      g_assert_cmpuint (ways[0], ==, cases[i].ways[0]);
      g_assert_cmpuint (ways[1], ==, cases[i].ways[1]);
    }
  g_unlink (path);
  g_rmdir (folder);
}

static void
test_recognised (void)
{
  g_autoptr (KithReader) reader = open_data ("clients.csv", NULL);
  g_autoptr (GPtrArray) operations = read_all (reader);
  g_autofree char *ana = print_values (operations, 0);
  g_autofree char *jose = print_values (operations, 1);
  g_autofree char *quoted = print_values (operations, 2);
  g_autofree char *problems = list_problems (reader);
  g_autofree char *described = kith_client_reader_describe (reader);

  g_assert_cmpuint (operations->len, ==, 4);
  g_assert_cmpstr (kith_json_string (operations->pdata[0], "source_id"), ==, "1");
  g_assert_cmpstr (ana, ==,
                   "{\"address\":{\"postal_code\":\"92101\"},\"date_of_birth\":\"1988-04-07\",\"family_name\":\"Lopez\",\"given_name\":\"Ana\","
                   "\"interpreter_needed\":true,\"phones\":[{\"number\":\"619-555-0100\"}]}");
  g_assert_cmpstr (jose, ==,
                   "{\"address\":{\"postal_code\":\"92102\"},\"date_of_birth\":\"1990-12-31\",\"family_name\":\"Núñez\",\"given_name\":\"José\","
                   "\"interpreter_needed\":false}");
  g_assert_cmpstr (quoted, ==, "{\"date_of_birth\":\"1970-01-02\",\"family_name\":\"Line break\",\"given_name\":\"Quoted, with comma\"}");
  g_assert_cmpstr (problems, ==,
                   "5:date_of_birth:0\n6::0\n7::0\n8:source_id:0\n9:source_id:0\n10:interpreter_needed:0\n");
  g_assert_nonnull (strstr (described, "date_of_birth ← DOB, read as %m/%d/%Y\n"));
  g_assert_nonnull (strstr (described, "not used: Shoe size\n"));
}

static void
test_mapped (void)
{
  g_autoptr (KithReader) reader = open_data ("clients.csv", "given_name=first name+last name, date_of_birth=dob:%d/%m/%Y");
  g_autoptr (GPtrArray) operations = read_all (reader);
  g_autofree char *ana = print_values (operations, 0);

  g_assert_cmpstr (ana, ==, "{\"date_of_birth\":\"1988-07-04\",\"given_name\":\"Ana Lopez\"}");
}

static char *
print_billing (GPtrArray *operations, guint i)
{
  JsonObject *billing = kith_json_object (operations->pdata[i], "billing");

  return billing != NULL ? kith_json_print_object (billing) : g_strdup ("-");
}

/* Insurance and billing, by their headings in English and in Spanish: a form of its own (A1), which who is meant does not hang on. What ends in the future
 * is no mistake there; what is wrong keeps the row out, with its reason. */
static void
test_billing (void)
{
  static const struct { const char *text, *billing[3], *problems; } cases[] = {
    { "id,first,last,Insurance,Policy number,Medicaid ID,SSN,Insured until\n1,Ana,Lopez,Medi-Cal,P-1,M-77,123-45-6789,2031-12-31\n2,Ben,Ruiz,,,,,\n",
      { "{\"insurance_number\":\"P-1\",\"insurance_provider\":\"Medi-Cal\",\"insurance_until\":\"2031-12-31\",\"medicaid_number\":\"M-77\",\"ssn\":\"123-45-6789\"}", "-" },
      "" },
    { "expediente,nombre,apellido,Aseguradora,Número de póliza,Número de seguro social,Asegurado desde\n1,Ana,Lopez,Kaiser,P-2,123-45-6789,2024-01-31\n",
      { "{\"insurance_from\":\"2024-01-31\",\"insurance_number\":\"P-2\",\"insurance_provider\":\"Kaiser\",\"ssn\":\"123-45-6789\"}" }, "" },
    { "id,first,last,insurance_until\n1,Ana,Lopez,soon\n2,Ben,Ruiz,2031-01-31\n", { "{\"insurance_until\":\"2031-01-31\"}" }, "2:insurance_until:0\n" },
    { "first,last,insurance\nAna,Lopez,Kaiser\nAna,Lopez,Medi-Cal\n", { "{\"insurance_provider\":\"Kaiser\"}" }, "3::0\n" },
  };

  g_autoptr (KithTestDir) dir = kith_test_dir_new ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = kith_test_dir_write (dir, "insured.csv", cases[i].text);
      g_autoptr (GError) error = NULL;
      g_autoptr (KithReader) reader = open_file (path, NULL, &error);
      g_autoptr (GPtrArray) operations = NULL;
      g_autofree char *problems = NULL;

      g_assert_no_error (error);
      operations = read_all (reader);
      problems = list_problems (reader);
      g_test_message ("%u", i);
      for (guint k = 0; k < operations->len; k++)
        {
          g_autofree char *billing = print_billing (operations, k);

          g_assert_cmpstr (billing, ==, cases[i].billing[k]);
        }
      g_assert_cmpstr (problems, ==, cases[i].problems);
    }
}

static void
test_bad_maps (void)
{
  static const char *const maps[] = { "given_name=nope",        "nonsense=dob",         "agency=client id", "given_name", "given_name=first name,given_name=dob",
                                      "given_name=first name:%Y", "number=client id" };
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "clients.csv", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (maps); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (open_file (path, maps[i], &error));
      g_assert_error (error, KITH_READER_ERROR, KITH_READER_ERROR_MAPPING);
    }
}

/* A byte order mark, semicolons, CR LF, an old code page, a quote never closed. */
static void
test_odd_file (void)
{
  g_autoptr (KithReader) reader = open_data ("clients-odd.csv", NULL);
  g_autoptr (GPtrArray) operations = read_all (reader);
  g_autofree char *first = print_values (operations, 0);
  g_autofree char *second = print_values (operations, 1);
  g_autofree char *third = print_values (operations, 2);
  g_autofree char *problems = list_problems (reader);

  g_assert_cmpuint (operations->len, ==, 3);
  g_assert_cmpstr (first, ==, "{\"date_of_birth\":\"1981\",\"family_name\":\"d'Arc\",\"given_name\":\"Zoë\"}");
  g_assert_cmpstr (second, ==, "{\"date_of_birth\":\"1988-04\",\"family_name\":\"Müller\",\"given_name\":\"Renée\"}");
  g_assert_cmpstr (third, ==, "{\"date_of_birth\":\"2000\",\"family_name\":\"row\",\"given_name\":\"last\"}");
  g_assert_cmpstr (problems, ==, "3::1\n5::0\n");
}

/* One quotation mark too many costs its own row; the others are taken, and the one is told with its reason. */
static void
test_stray_quote (void)
{
  g_autoptr (KithTestDir) dir = kith_test_dir_new ();
  g_autoptr (GString) text = g_string_new ("id,given_name,family_name\r\n");
  g_autofree char *path = NULL, *problems = NULL;
  g_autoptr (KithReader) reader = NULL;
  g_autoptr (GPtrArray) operations = NULL;

  for (guint i = 1; i <= 2000; i++)
    g_string_append_printf (text, i == 5 ? "%u,\"Broken,Name\r\n" : i == 1700 ? "%u,\"Ana, \"\"Nita\"\"\",Lopez\r\n" : "%u,Ana,Lopez\r\n", i);
  path = kith_test_dir_write (dir, "a.csv", text->str);
  reader = open_file (path, NULL, NULL);
  operations = read_all (reader);
  problems = list_problems (reader);
  g_assert_cmpuint (operations->len, ==, 1999);
  g_assert_cmpstr (problems, ==, "6::0\n");
  g_assert_nonnull (strstr (kith_problems_get (kith_reader_get_problems (reader), 0)->reason, "quotation mark"));
  g_assert_cmpstr (kith_json_string (operations->pdata[4], "source_id"), ==, "6");
}

static void
test_dates_of_birth (void)
{
  static const struct
  {
    const char *date;
    guint taken;
  } rows[] = { { "2026-11-22", 1 }, { "2026-11-23", 0 }, { "1879-12-31", 0 }, { "1880", 1 }, { "1900-02-29", 0 } };
  g_autoptr (KithTestDir) dir = kith_test_dir_new ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = g_strdup_printf ("family_name,date_of_birth\nX,%s\n", rows[i].date);
      g_autofree char *path = kith_test_dir_write (dir, "a.csv", text);
      g_autoptr (KithReader) reader = open_file (path, NULL, NULL);
      g_autoptr (GPtrArray) operations = read_all (reader);

      g_assert_cmpuint (operations->len, ==, rows[i].taken);
    }
}

/* Without an id of the other program, equal rows are one person and the id follows from the row. */
static void
test_without_source_id (void)
{
  g_autoptr (KithTestDir) dir = kith_test_dir_new ();
  g_autofree char *path = kith_test_dir_write (dir, "a.csv", "given_name,family_name\nAna,Lopez\nBen,Ito\nAna,Lopez\n");
  g_autoptr (KithReader) reader = open_file (path, NULL, NULL);
  g_autoptr (KithReader) again = open_file (path, NULL, NULL);
  g_autoptr (GPtrArray) operations = read_all (reader);
  g_autoptr (GPtrArray) second = read_all (again);
  g_autofree char *problems = list_problems (reader);

  g_assert_cmpuint (operations->len, ==, 2);
  g_assert_cmpstr (problems, ==, "4::0\n");
  g_assert_cmpstr (kith_json_string (operations->pdata[1], "source_id"), ==, kith_json_string (second->pdata[1], "source_id"));
}

/* A person known by the name they go by is a person with a name, however the column is written. */
static void
test_preferred_name (void)
{
  static const char *const headers[] = { "PreferredName", "Preferred name" };

  for (guint i = 0; i < G_N_ELEMENTS (headers); i++)
    {
      g_autoptr (KithTestDir) dir = kith_test_dir_new ();
      g_autofree char *text = g_strconcat (headers[i], "\nTito\n", NULL);
      g_autofree char *path = kith_test_dir_write (dir, "a.csv", text);
      g_autoptr (KithReader) reader = open_file (path, NULL, NULL);
      g_autoptr (GPtrArray) operations = read_all (reader);
      g_autofree char *values = print_values (operations, 0);

      g_assert_cmpstr (values, ==, "{\"preferred_name\":\"Tito\"}");
    }
}

/* C16: what stands beside a number about calling it comes in with it, by the headings people write, or is a reason not to take the row; it is never left
 * behind. Of a number that is not there nothing is said. */
static void
test_phones (void)
{
  static const struct { const char *text, *values, *problems; } files[] = {
    { "id,given_name,Phone,Phone type,Safe to call,Safe to text,OK to leave message,Home phone,Phone 2 safe to call\n"
      "1,Ana,619-555-0100,Cell,No,yes,N,619-555-0101,0\n",
      "{\"given_name\":\"Ana\",\"phones\":[{\"number\":\"619-555-0100\",\"safe_to_call\":false,\"safe_to_leave_message\":false,\"safe_to_text\":true,"
      "\"type\":\"mobile\"},{\"number\":\"619-555-0101\",\"safe_to_call\":false}]}", "" },
    { "Número,Nombre,¿Es seguro llamar?,Teléfono,Tipo de teléfono\n1,Ana,Sí,619-555-0100,casa\n",
      "{\"given_name\":\"Ana\",\"phones\":[{\"number\":\"619-555-0100\",\"safe_to_call\":true,\"type\":\"home\"}]}", "" },
    { "id,given_name,phone,safe to call\n1,Ana,,No\n", "{\"given_name\":\"Ana\"}", "" },
    { "id,given_name,phone,phone type\n1,Ana,619-555-0100,Pager\n", "{\"given_name\":\"Ana\",\"phones\":[{\"number\":\"619-555-0100\",\"type\":\"other\"}]}",
      "2:phone_type:1\n" },
    { "id,given_name,phone,safe to call\n1,Ana,619-555-0100,ask first\n", NULL, "2:phone_safe_to_call:0\n" },
  };
  g_autoptr (KithTestDir) dir = kith_test_dir_new ();

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = kith_test_dir_write (dir, "a.csv", files[i].text);
      g_autoptr (KithReader) reader = open_file (path, NULL, NULL);
      g_autoptr (GPtrArray) operations = read_all (reader);
      g_autofree char *values = files[i].values != NULL ? print_values (operations, 0) : NULL, *problems = list_problems (reader);

      g_assert_cmpstr (values, ==, files[i].values);
      g_assert_cmpuint (operations->len, ==, files[i].values != NULL ? 1 : 0);
      g_assert_cmpstr (problems, ==, files[i].problems);
    }
}

/* Every field of a number that the kind has can be filled, for each of the three, and has a name of its own. */
static void
test_phone_targets (void)
{
  const KithKind *phone = kith_kind_get ("client_phone");
  g_autoptr (GPtrArray) targets = kith_column_targets ();
  g_autoptr (GHashTable) labels = g_hash_table_new (g_str_hash, g_str_equal);
  guint found = 0;

  for (guint i = 0; i < targets->len; i++)
    {
      found += g_str_has_prefix (targets->pdata[i], "phone");
      g_assert_true (!g_str_has_prefix (targets->pdata[i], "phone") || g_hash_table_add (labels, (gpointer) kith_column_label (targets->pdata[i])));
    }
  g_assert_cmpuint (found, ==, 3 * phone->n_fields);
  g_assert_cmpstr (kith_column_label ("phone_2_safe_to_call"), ==, "Second phone: Safe to call");
}

/* Address sanitizer keeps what was freed for a while: no telling what is used there. */
#ifdef __SANITIZE_ADDRESS__
#define MEMORY_MEANS_NOTHING TRUE
#else
#define MEMORY_MEANS_NOTHING FALSE
#endif

static gint64
resident_kib (void)
{
  g_autofree char *status = NULL;
  const char *line;

  if (!g_file_get_contents ("/proc/self/status", &status, NULL, NULL) || (line = strstr (status, "VmRSS:")) == NULL)
    return 0;
  return g_ascii_strtoll (line + strlen ("VmRSS:"), NULL, 10);
}

/* 300,000 rows: every thousandth has a bad date; memory does not follow the file. */
static void
test_large (void)
{
  g_autoptr (KithTestDir) dir = kith_test_dir_new ();
  g_autoptr (GString) text = g_string_new ("id,given_name,family_name,dob,phone\n");
  g_autoptr (KithReader) reader = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  JsonObject *args;
  guint count = 0;
  G_GNUC_UNUSED gint64 before; /* not asked for under the sanitizers, which keep what is freed */
  double last = 0;

  for (guint i = 0; i < 300000; i++)
    g_string_append_printf (text, "%u,Given%u,Family%u,%s,619-555-%04u\r\n", i, i % 977, i % 3331, i % 1000 == 0 ? "1990-13-01" : "1990-12-01",
                            i % 10000);
  path = kith_test_dir_write (dir, "large.csv", text->str);
  g_string_truncate (text, 0);

  reader = open_file (path, NULL, &error);
  g_assert_no_error (error);
  before = resident_kib ();
  while (kith_reader_next (reader, &args, &error))
    {
      json_object_unref (args);
      count++;
      g_assert_cmpfloat (kith_reader_get_progress (reader), >=, last);
      last = kith_reader_get_progress (reader);
    }
  g_assert_no_error (error);
  g_assert_cmpuint (count, ==, 299700);
  g_assert_cmpuint (kith_problems_total (kith_reader_get_problems (reader)), ==, 300);
  if (!MEMORY_MEANS_NOTHING)
    g_assert_cmpint (resident_kib () - before, <, 20 * 1024);
}

static void
test_reference_febrl (void)
{
  g_autofree char *path = kith_test_reference ("febrl/dataset1.csv");
  g_autoptr (KithReader) reader = NULL;
  g_autoptr (GPtrArray) operations = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *first = NULL;
  g_autofree char *problems = NULL;

  if (path == NULL)
    return;
  reader = open_file (path, "febrl", &error);
  g_assert_no_error (error);
  operations = read_all (reader);
  problems = list_problems (reader);

  /* Three of the thousand have a day that never was. */
  g_assert_cmpuint (operations->len, ==, 997);
  g_assert_cmpuint (kith_problems_left_out (kith_reader_get_problems (reader)), ==, 3);
  /* Of the five hundred who are there twice, these have their names and their day as before; they are told, and taken. */
  g_assert_cmpuint (kith_problems_total (kith_reader_get_problems (reader)), ==, 3 + 245);
  g_assert_cmpstr (kith_json_string (operations->pdata[0], "source_id"), ==, "rec-223-org");
  first = print_values (operations, 0);
  g_assert_cmpstr (first, ==,
                   "{\"address\":{\"address_1\":\"6 tullaroop street\",\"address_2\":\"willaroo\",\"city\":\"st james\",\"postal_code\":\"4011\","
                   "\"state_province\":\"wa\"},\"date_of_birth\":\"1908-12-09\",\"family_name\":\"waller\"}");
}

/* The last record of this one has no line end. */
static void
test_reference_febrl_4a (void)
{
  g_autofree char *path = kith_test_reference ("febrl/dataset4a.csv");
  g_autoptr (KithReader) reader = NULL;
  g_autoptr (GPtrArray) operations = NULL;
  g_autoptr (GError) error = NULL;

  if (path == NULL)
    return;
  reader = open_file (path, "febrl", &error);
  operations = read_all (reader);
  g_assert_cmpuint (operations->len + kith_problems_left_out (kith_reader_get_problems (reader)), ==, 5000);
}

/* What the operations write is no column's: client.import would refuse every row that says it. */
static void
test_targets (void)
{
  g_autoptr (GPtrArray) targets = kith_column_targets ();
  const KithKind *client = kith_kind_get ("client");

  for (guint i = 0; i < targets->len; i++)
    {
      const KithField *field = kith_kind_get_field (client, targets->pdata[i]);

      g_test_message ("%s", (const char *) targets->pdata[i]);
      g_assert_true (field == NULL || field->merge != KITH_MERGE_FIXED || g_str_equal (field->name, "source_id"));
    }
  for (guint i = 0; i < client->n_fields; i++)
    if (client->fields[i].merge == KITH_MERGE_FIXED && !g_str_equal (client->fields[i].name, "source_id"))
      {
        g_autofree char *map = g_strdup_printf ("given_name=first name,%s=last name", client->fields[i].name);
        g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "clients.csv", NULL);
        g_autoptr (GError) error = NULL;

        g_assert_null (open_file (path, map, &error));
        g_assert_nonnull (error);
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  kith_kinds_register ();

  g_test_add_func ("/interchange/clients/both-orders", test_both_orders);
  g_test_add_func ("/interchange/clients/recognised", test_recognised);
  g_test_add_func ("/interchange/clients/mapped", test_mapped);
  g_test_add_func ("/interchange/clients/A1-billing", test_billing);
  g_test_add_func ("/interchange/clients/bad-maps", test_bad_maps);
  g_test_add_func ("/interchange/clients/odd-file", test_odd_file);
  g_test_add_func ("/interchange/clients/stray-quote", test_stray_quote);
  g_test_add_func ("/interchange/clients/dates-of-birth", test_dates_of_birth);
  g_test_add_func ("/interchange/clients/without-source-id", test_without_source_id);
  g_test_add_func ("/interchange/clients/large", test_large);
  g_test_add_func ("/interchange/clients/reference-febrl", test_reference_febrl);
  g_test_add_func ("/interchange/clients/reference-febrl-4a", test_reference_febrl_4a);

  g_test_add_func ("/interchange/clients/targets", test_targets);
  g_test_add_func ("/interchange/clients/phones-C16", test_phones);
  g_test_add_func ("/interchange/clients/phone-targets", test_phone_targets);
  g_test_add_func ("/interchange/clients/preferred-name", test_preferred_name);
  return g_test_run ();
}
