/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-client-reader.h"
#include "kith-column-map.h"
#include "kith-json.h"
#include "kith-kind.h"
#include "kith-test.h"

#include <string.h>

/* Lists as people have them: what cannot be taken is told, with whom it is about and why, and nothing is guessed that the file contradicts. */

static KithReader *
open_file (const char *path, const char *map)
{
  KithClientReaderOptions options = { .path = path, .agency = "01890000-0000-7000-8000-000000000001", .source = "test", .map = map, .today = "2026-11-22" };
  g_autoptr (GError) error = NULL;
  KithReader *reader = kith_client_reader_new (&options, &error);

  g_assert_no_error (error);
  return reader;
}

static KithReader *
open_text (KithTestDir *dir, const char *text)
{
  g_autofree char *path = kith_test_dir_write (dir, "list.csv", text);

  return open_file (path, NULL);
}

/* Good rows as their values and what is said of insurance, bad ones as "who: reason", a line each. */
static char *
read_all (KithReader *reader)
{
  GString *text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  KithClientRow row;

  while (kith_client_reader_next_row (reader, &row, &error))
    {
      JsonObject *billing = row.args != NULL ? kith_json_object (row.args, "billing") : NULL;
      g_autofree char *values = row.args != NULL ? kith_json_print_object (kith_json_object (row.args, "values")) : NULL;
      g_autofree char *insured = billing != NULL ? kith_json_print_object (billing) : NULL;

      if (values != NULL)
        g_string_append_printf (text, "%s%s%s\n", values, insured != NULL ? " " : "", insured != NULL ? insured : "");
      else
        g_string_append_printf (text, "%d %s: %s\n", (int) row.row, row.who != NULL ? row.who : "-", row.reason);
      kith_client_row_clear (&row);
    }
  g_assert_no_error (error);
  return g_string_free (text, FALSE);
}

static void
assert_read (const char *file, const char *expected)
{
  g_autoptr (KithTestDir) dir = kith_test_dir_new ();
  g_autoptr (KithReader) reader = open_text (dir, file);
  g_autofree char *got = read_all (reader);

  g_assert_cmpstr (got, ==, expected);
}

/* A1: a heading that names an insurance over a column of yes and no: no insurance is called so, whoever chose the column. */
static void
test_yes_no (void)
{
  static const char *const files[] = {
    "id,first name,Insurance\n1,Ana,Yes\n2,Ben,No\n3,Cyd,yes\n",
    "id,first name,Medicaid\n1,Ana,1\n2,Ben,0\n3,Cyd,1\n",
    "id,first name,Medicaid\n1,Ana,X\n2,Ben,\n3,Cyd,x\n",
    "id,nombre,seguro\n1,Ana,Sí\n2,Ben,No\n3,Cyd,S\n",
    "id,nombre,¿Asegurado?\n1,Ana,SI\n2,Ben,NO\n3,Cyd,N/A\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_test_message ("%u", i);
      assert_read (files[i], "{\"given_name\":\"Ana\"}\n{\"given_name\":\"Ben\"}\n{\"given_name\":\"Cyd\"}\n");
    }
  assert_read ("id,first name,Insurance,Policy number\n1,Ana,Medi-Cal,1\n2,Ben,No,\n3,Cyd,Yes,2\n",
               "{\"given_name\":\"Ana\"} {\"insurance_number\":\"1\",\"insurance_provider\":\"Medi-Cal\"}\n{\"given_name\":\"Ben\"}\n"
               "{\"given_name\":\"Cyd\"} {\"insurance_number\":\"2\"}\n");
  assert_read ("id,first name,Insurance,Group number\n1,Ana,Medi-Cal,NA\n2,Ben,Blue,S\n3,Cyd,Blue,77\n",
               "{\"given_name\":\"Ana\"} {\"insurance_group\":\"NA\",\"insurance_provider\":\"Medi-Cal\"}\n"
               "{\"given_name\":\"Ben\"} {\"insurance_group\":\"S\",\"insurance_provider\":\"Blue\"}\n"
               "{\"given_name\":\"Cyd\"} {\"insurance_group\":\"77\",\"insurance_provider\":\"Blue\"}\n");
  assert_read ("id,first name,middle name\n1,Ana,N\n2,Ben,Y\n", "{\"given_name\":\"Ana\",\"middle_name\":\"N\"}\n{\"given_name\":\"Ben\",\"middle_name\":\"Y\"}\n");
}

/* The other way round: a heading that asks yes or no, or names one of several, over words that say neither. */
static void
test_no_yes_no (void)
{
  assert_read ("id,first name,Interpreter\n1,Ana,Spanish\n2,Ben,Farsi\n3,Cyd,\n", "{\"given_name\":\"Ana\"}\n{\"given_name\":\"Ben\"}\n{\"given_name\":\"Cyd\"}\n");
  assert_read ("id,first name,Veteran\n1,Ana,Army 1990\n2,Ben,Navy\n", "{\"given_name\":\"Ana\"}\n{\"given_name\":\"Ben\"}\n");
  /* Whether somebody may be called is never left behind in silence. */
  assert_read ("id,first name,DNC\n1,Ana,only in the morning\n", "2 Ana: Do not contact: “only in the morning” is neither yes nor no\n");
  assert_read ("id,first name,phone,safe to call\n1,Ana,415 555 0134,after 5\n", "2 Ana: Phone: Safe to call: “after 5” is neither yes nor no\n");
  /* One that is wrong among those that are right is told as ever. */
  assert_read ("id,first name,Interpreter\n1,Ana,yes\n2,Ben,no\n3,Cyd,Farsi\n",
               "{\"given_name\":\"Ana\",\"interpreter_needed\":true}\n{\"given_name\":\"Ben\",\"interpreter_needed\":false}\n"
               "4 Cyd: Needs an interpreter: “Farsi” is neither yes nor no\n");
}

/* What is not recorded of a row that is taken is told. */
static void
test_yes_no_told (void)
{
  g_autoptr (KithTestDir) dir = kith_test_dir_new ();
  g_autoptr (KithReader) reader = open_text (dir, "id,first name,Insurance\n1,Ana,Medi-Cal\n2,Ben,No\n");
  g_autofree char *got = read_all (reader);
  const KithProblem *problem;

  g_assert_cmpuint (kith_problems_total (kith_reader_get_problems (reader)), ==, 1);
  problem = kith_problems_get (kith_reader_get_problems (reader), 0);
  g_assert_true (problem->taken && problem->row == 3);
  g_assert_cmpstr (problem->field, ==, "insurance_provider");
}

/* first: of 700 rows all are this, except the one at the row of a spreadsheet that is named. */
static KithReader *
open_dates (KithTestDir *dir, const char *all, guint row, const char *other)
{
  g_autoptr (GString) text = g_string_new ("id,first name,DOB\n");

  for (guint i = 2; i <= 701; i++)
    g_string_append_printf (text, "%u,Ana,%s\n", i, i == row ? other : i == 4 ? all : strchr (all, '-') != NULL ? all : "03/04/1990");
  return open_text (dir, text->str);
}

/* Far down a value may prove the other order: it is found before anything is taken, and told with both rows; where it alone decides, it decides for all. */
static void
test_far_down (void)
{
  static const struct { const char *all, *other, *doubtful, *format; guint row; guint64 ways[2]; } cases[] = {
    { "07/13/1988", "13/07/1988", "date_of_birth", "%m/%d/%Y", 650, { 4, 650 } },
    { "13/07/1988", "07/13/1988", "date_of_birth", "%d/%m/%Y", 650, { 4, 650 } },
    { "03/04/1990", "13/07/1988", NULL, "%d/%m/%Y", 650, { 0, 0 } },
    { "03/04/1990", "07/13/1988", NULL, "%m/%d/%Y", 701, { 0, 0 } },
    { "1990-04-03", "13/07/1988", NULL, "%d/%m/%Y", 650, { 0, 0 } },
    { "1990-04-03", "03/07/1988", "date_of_birth", "%m/%d/%Y", 650, { 0, 0 } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (KithTestDir) dir = kith_test_dir_new ();
      g_autoptr (KithReader) reader = open_dates (dir, cases[i].all, cases[i].row, cases[i].other);
      const char *format = NULL;
      guint64 ways[2] = { 0 };
      gboolean ambiguous;

      g_test_message ("%u", i);
      g_assert_cmpstr (kith_client_reader_get_doubtful (reader, &format), ==, cases[i].doubtful);
      g_assert_cmpstr (kith_client_reader_get_date_format (reader, "date_of_birth", &ambiguous), ==, cases[i].format);
      g_assert_cmpint (kith_client_reader_get_ways (reader, "date_of_birth", ways), ==, cases[i].ways[0] > 0);
      g_assert_cmpuint (ways[0], ==, cases[i].ways[0]);
      g_assert_cmpuint (ways[1], ==, cases[i].ways[1]);
      if (cases[i].doubtful == NULL)
        {
          g_autofree char *got = read_all (reader);

          g_assert_null (strstr (got, "is not a date"));
        }
    }
}

/* Why a date is none is said by what is wrong with it. */
static void
test_date_reasons (void)
{
  assert_read ("id,first name,DOB\n1,Ana,13/07/1988\n2,Ben,07/13/1988\n3,Cyd,14/07/88\n4,Dee,soon\n5,Eva,15/07/1988 12:00\n6,Fay,16/07/1988 0:00:00\n"
               "7,Gus,17/07/1988 1:30 p. m.\n8,Hal,18/07/1988 25:00\n",
               "{\"date_of_birth\":\"1988-07-13\",\"given_name\":\"Ana\"}\n"
               "3 Ben: Date of birth: “07/13/1988” is not a date with the day first, as the others are read\n"
               "4 Cyd: Date of birth: the year of “14/07/88” needs all its four digits\n"
               "5 Dee: Date of birth: “soon” is not a date\n"
               "{\"date_of_birth\":\"1988-07-15\",\"given_name\":\"Eva\"}\n{\"date_of_birth\":\"1988-07-16\",\"given_name\":\"Fay\"}\n"
               "{\"date_of_birth\":\"1988-07-17\",\"given_name\":\"Gus\"}\n9 Hal: Date of birth: “18/07/1988 25:00” is not a date\n");
}

/* Names in one column: family name, comma, given names; which of three words are the family's is not guessed. */
static void
test_whole_names (void)
{
  assert_read ("id,Name\n1,\"López Ruiz, Ana María\"\n2,Ben Ito\n3,Cyd\n4,\"Hill, Dee, Jr.\"\n5,Eva María Paz\n6,\"Sosa, Fay, x, y\"\n",
               "{\"family_name\":\"López Ruiz\",\"given_name\":\"Ana María\"}\n{\"family_name\":\"Ito\",\"given_name\":\"Ben\"}\n{\"given_name\":\"Cyd\"}\n"
               "{\"family_name\":\"Hill\",\"given_name\":\"Dee\",\"name_suffix\":\"Jr.\"}\n"
               "6 Eva María Paz: Whole name: family name, given names: which of the names “Eva María Paz” are the family’s cannot be seen; write them first, with a comma behind them\n"
               "7 Sosa, Fay, x, y: Whole name: family name, given names: “Sosa, Fay, x, y” is not a family name, a comma and given names\n");
  assert_read ("id,nombre\n1,\"López, Ana\"\n2,\"Ito, Ben\"\n", "{\"family_name\":\"López\",\"given_name\":\"Ana\"}\n{\"family_name\":\"Ito\",\"given_name\":\"Ben\"}\n");
}

/* A part that is too long is cut, and that is told whatever the others are. */
static void
test_whole_names_cut (void)
{
  g_autoptr (KithTestDir) dir = kith_test_dir_new ();
  g_autofree char *many = g_strnfill (300, 'x'), *file = g_strdup_printf ("id,Name\n1,\"%s, Ana\"\n2,\"%s, %s\"\n3,\"Ito, Ben\"\n", many, many, many);
  g_autoptr (KithReader) reader = open_text (dir, file);
  g_autofree char *got = read_all (reader);

  g_assert_cmpuint (kith_problems_total (kith_reader_get_problems (reader)), ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      const KithProblem *problem = kith_problems_get (kith_reader_get_problems (reader), i);

      g_assert_true (problem->taken && problem->row == i + 2);
      g_assert_cmpstr (problem->reason, ==, "longer than 200 characters; the rest was cut off");
    }
}

/* "3: remark", "4 like 2", a line each of the rows that can be taken and have one. */
static char *
read_remarks (KithReader *reader)
{
  GString *text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  KithClientRow row;

  while (kith_client_reader_next_row (reader, &row, &error))
    {
      if (row.remark != NULL)
        g_string_append_printf (text, "%d: %s\n", (int) row.row, row.remark);
      if (row.like > 0)
        g_string_append_printf (text, "%d like %d\n", (int) row.row, (int) row.like);
      kith_client_row_clear (&row);
    }
  g_assert_no_error (error);
  return g_string_free (text, FALSE);
}

/* What is left out of a row that is taken, or cut, is told with that row; what is wrong with one that is not is no remark. */
static void
test_remarks (void)
{
  g_autoptr (KithTestDir) dir = kith_test_dir_new ();
  g_autofree char *many = g_strnfill (300, 'x');
  g_autofree char *file = g_strdup_printf ("id,Last name,First name,Insurance,Sex\n1,Paz,Ana,No,F\n2,%s,%s,Aetna,F\n3,Ito,Ben,Aetna,F\n4,%s,Cyd,,X\n", many, many, many);
  g_autoptr (KithReader) reader = open_text (dir, file);
  g_autofree char *got = read_remarks (reader);

  g_assert_cmpstr (got, ==, "2: Insurance: “No” does not say which; nothing is recorded of it\n"
                            "3: Family name: longer than 200 characters; the rest was cut off; Given name: longer than 200 characters; the rest was cut off\n");
}

/* An id of their own, and else the same person: names so or exchanged, with and without accents, born on one day. */
static void
test_like (void)
{
  g_autoptr (KithTestDir) dir = kith_test_dir_new ();
  g_autoptr (KithReader) reader = open_text (dir, "id,First name,Last name,DOB\n1,Ana,Paz,1988-04-07\n2,Ben,Ito,1988-04-07\n3,ANA,Páz,1988-04-07\n4,paz,ana,1988-04-07\n"
                                                  "5,Ana,Paz,1988-07-04\n6,Ana,Paz,\n7,Ana,Paz,\n8,Ben,Ito,1988\n9,Ben,Ito,1988\n2,Ben,Ito,1988-04-07\n");
  g_autofree char *got = read_remarks (reader);
  KithProblems *problems = kith_reader_get_problems (reader);

  g_assert_cmpstr (got, ==, "4 like 2\n5 like 2\n");
  g_assert_cmpuint (kith_problems_total (problems), ==, 3); /* the id that comes twice too */
  g_assert_cmpuint (kith_problems_left_out (problems), ==, 1);
  g_assert_cmpstr (kith_problems_get (problems, 1)->reason, ==, "the same names and birth date as row 2");
  g_assert_true (kith_problems_get (problems, 1)->taken);
}

/* Under a heading with the family name first nobody can say of words without a comma which are whose: they are not turned round. */
static void
test_family_first (void)
{
  static const char *const headings[] = { "Apellidos y nombres", "LastFirst", "Last name, first name", "Apellidos" };

  for (guint i = 0; i < G_N_ELEMENTS (headings); i++)
    {
      g_autofree char *file = g_strdup_printf ("id,\"%s\"\n1,\"López Ruiz, Ana\"\n2,\"Paz, Eva\"\n3,\"Sosa, Leo\"\n4,Ito Ben\n5,Cyd\n6,\"Hill,\"\n", headings[i]);

      g_test_message ("%s", headings[i]);
      assert_read (file, "{\"family_name\":\"López Ruiz\",\"given_name\":\"Ana\"}\n{\"family_name\":\"Paz\",\"given_name\":\"Eva\"}\n"
                         "{\"family_name\":\"Sosa\",\"given_name\":\"Leo\"}\n"
                         "5 Ito Ben: Whole name: family name, given names: the heading has the family name first, and “Ito Ben” has no comma behind it\n"
                         "6 Cyd: Whole name: family name, given names: the heading has the family name first, and “Cyd” has no comma behind it\n"
                         "{\"family_name\":\"Hill\"}\n");
    }
  assert_read ("id,Nombre y apellidos\n1,Ben Ito\n", "{\"family_name\":\"Ito\",\"given_name\":\"Ben\"}\n");
}

/* "Name" beside the family's is the given one; what says that it is one part is that beside the other. */
static void
test_names_beside (void)
{
  assert_read ("id,Name,Last name\n1,Ana María,López\n2,Ben,Ito\n", "{\"family_name\":\"López\",\"given_name\":\"Ana María\"}\n{\"family_name\":\"Ito\",\"given_name\":\"Ben\"}\n");
  assert_read ("id,Surname,Name\n1,López,Ana\n", "{\"family_name\":\"López\",\"given_name\":\"Ana\"}\n");
  assert_read ("id,Name,First name\n1,López,Ana\n", "{\"given_name\":\"Ana\"}\n");
  assert_read ("id,Full name,First name,Last name\n1,Ana López,Ana,López\n", "{\"family_name\":\"López\",\"given_name\":\"Ana\"}\n");
  assert_read ("id,nombre,apellidos\n1,Ana,\"López, Ruiz\"\n", "{\"family_name\":\"López, Ruiz\",\"given_name\":\"Ana\"}\n");
}

static void
test_names_twice (void)
{
  static const char *const maps[] = { "full_name=a,given_name=b", "family_name=b,full_name=a" };
  g_autoptr (KithTestDir) dir = kith_test_dir_new ();
  g_autofree char *path = kith_test_dir_write (dir, "list.csv", "a,b\nx,y\n");

  for (guint i = 0; i < G_N_ELEMENTS (maps); i++)
    {
      KithClientReaderOptions options = { .path = path, .agency = "01890000-0000-7000-8000-000000000001", .source = "test", .map = maps[i], .today = "2026-11-22" };
      g_autoptr (GError) error = NULL;

      g_assert_null (kith_client_reader_new (&options, &error));
      g_assert_error (error, KITH_READER_ERROR, KITH_READER_ERROR_MAPPING);
      g_assert_cmpstr (error->message, ==, "Names come from one column of whole names, or from those of given and family names, not from both. Nothing was read.");
    }
}

/* Numbers whose digits a spreadsheet has thrown away, and what stands below a table. */
static void
test_no_person (void)
{
  assert_read ("id,first name,last name,phone,Policy number\n1,Ana,Paz,5.55E+09,\n2,Ben,Ito,,\"5,55E+11\"\n1.2E+12,Cyd,Hill,,\n3,Total,,3,\n4,Dee,Total,,\n,TOTAL: 4 people,,,\n",
               "2 Ana Paz: Phone: of the number “5.55E+09” the spreadsheet shows the beginning alone; let it show all digits there, and save it again\n"
               "3 Ben Ito: Insurance number: of the number “5,55E+11” the spreadsheet shows the beginning alone; let it show all digits there, and save it again\n"
               "4 Cyd Hill: Number in the list: of the number “1.2E+12” the spreadsheet shows the beginning alone; let it show all digits there, and save it again\n"
               "5 Total: this is a total, nobody’s name\n{\"family_name\":\"Total\",\"given_name\":\"Dee\"}\n7 TOTAL: 4 people: this is a total, nobody’s name\n");
}

/* M is a man beside F, and "mujer" beside H; in a Spanish list that has neither it is asked. */
static void
test_sex (void)
{
  assert_read ("id,first name,sex\n1,Ana,F\n2,Ben,M\n", "{\"given_name\":\"Ana\",\"sex\":\"0\"}\n{\"given_name\":\"Ben\",\"sex\":\"1\"}\n");
  assert_read ("id,nombre,sexo\n1,Ana,M\n2,Ben,H\n", "{\"given_name\":\"Ana\",\"sex\":\"0\"}\n{\"given_name\":\"Ben\",\"sex\":\"1\"}\n");
  assert_read ("id,nombre,género\n1,Ana,Mujer\n2,Ben,masculino\n", "{\"given_name\":\"Ana\",\"sex\":\"0\"}\n{\"given_name\":\"Ben\",\"sex\":\"1\"}\n");
  assert_read ("id,first name,gender\n2,Ben,M\n", "{\"given_name\":\"Ben\",\"sex\":\"1\"}\n");
  assert_read ("id,nombre,sexo\n1,Ana,F\n2,Ben,H\n3,Cyd,M\n4,Dee,H\n5,Eva,F\n",
               "{\"given_name\":\"Ana\",\"sex\":\"0\"}\n{\"given_name\":\"Ben\",\"sex\":\"1\"}\n4 Cyd: Sex: “M” may be a man or “mujer”; write the whole word\n"
               "{\"given_name\":\"Dee\",\"sex\":\"1\"}\n{\"given_name\":\"Eva\",\"sex\":\"0\"}\n");
  assert_read ("id,nombre,sexo\n1,Ana,M\n", "2 Ana: Sex: “M” may be a man or “mujer”; write the whole word\n");
}

static void
assert_messy (const char *path)
{
  static const struct { guint row; const char *who, *reason; } bad[] = {
    { 5, "López, José", "Phone: of the number “5,55E+09”" },
    { 7, "Pérez Luna, María José", "the same as a row before" },
    { 9, "Vidal, Inés", "Date of birth: “30/02/1985 12:00” is not a date" },
    { 11, "14/05/1990 12:00 M", "no name" },
    { 12, "Herrera, Pablo", "Date of birth: “04/25/1983 12:00” is not a date with the day first" },
    { 15, "Blanco, Rosa", "Date of birth: the year of “16/10/78 12:00” needs all its four digits" },
    { 16, "Molina Paz, Daniel", "Insurance number: of the number “5,55E+11”" },
    { 20, "Navarro, Luis", "Sex: “X” is not one of the codes" },
    { 23, "Peña, Sofía", "Date of birth: 2031-02-02 is in the future" },
    { 28, "Ana María López Garrido", "Whole name: family name, given names: which of the names" },
    { 29, "Torres, Julia", "Date of birth: “#¡REF!” is not a date" },
    { 30, "Duarte, Emilio", "12 columns instead of 13" },
    { 34, "Total", "this is a total, nobody’s name" },
  };
  g_autoptr (KithReader) first = open_file (path, NULL), reader = NULL;
  g_autofree char *map = NULL, *described = kith_client_reader_describe (first);
  g_autoptr (GError) error = NULL;
  const char *format;
  guint64 ways[2];
  guint n = 0, taken = 0, rows = 0;
  KithClientRow row;

  /* One row has the month first: asked, before anything is taken. */
  g_assert_nonnull (strstr (described, "full_name ← Nombre\n"));
  g_assert_nonnull (strstr (described, "not used: Medicaid\n"));
  g_assert_cmpstr (kith_client_reader_get_doubtful (first, &format), ==, "date_of_birth");
  g_assert_true (kith_client_reader_get_ways (first, "date_of_birth", ways));
  g_assert_cmpuint (ways[0], ==, 3);
  g_assert_cmpuint (ways[1], ==, 12);

  map = kith_client_reader_print_map (first, "date_of_birth", "%d/%m/%Y");
  reader = open_file (path, map);
  while (kith_client_reader_next_row (reader, &row, &error))
    {
      rows++;
      if (row.args != NULL)
        taken++;
      else
        {
          g_test_message ("%u %s: %s", (guint) row.row, row.who, row.reason);
          g_assert_cmpuint (n, <, G_N_ELEMENTS (bad));
          g_assert_cmpuint (row.row, ==, bad[n].row);
          g_assert_cmpstr (row.who, ==, bad[n].who);
          g_assert_true (g_str_has_prefix (row.reason, bad[n].reason));
          n++;
        }
      if (row.row == 2)
        {
          JsonObject *values = kith_json_object (row.args, "values");

          g_assert_cmpstr (kith_json_string (values, "family_name"), ==, "Pérez Luna");
          g_assert_cmpstr (kith_json_string (values, "given_name"), ==, "María José");
          g_assert_cmpstr (kith_json_string (values, "date_of_birth"), ==, "1980-04-03");
          g_assert_cmpstr (kith_json_string (values, "sex"), ==, "0");
          g_assert_cmpstr (kith_json_string (kith_json_object (row.args, "billing"), "insurance_provider"), ==, "Salud Primero");
          g_assert_null (kith_json_string (kith_json_object (row.args, "billing"), "medicaid_number"));
        }
      kith_client_row_clear (&row);
    }
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, G_N_ELEMENTS (bad));
  g_assert_cmpuint (taken, ==, 18);
  g_assert_cmpuint (rows, ==, 31); /* thirty people and what they are in all; empty rows are nobody */
}

/* Out of a Spanish Excel: semicolons, decimal commas, a byte order mark or an old code page, a noon behind each date, names in one column, a row twice, numbers
 * cut, empty rows and a total below. Each row is taken, or told with whom it is about and why. */
static void
test_messy (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "personas.csv", NULL), *text = NULL, *old = NULL, *old_path = NULL;
  g_autoptr (KithTestDir) dir = kith_test_dir_new ();
  g_autoptr (GError) error = NULL;
  gsize length;

  assert_messy (path);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  old = g_convert (text + strlen ("\xef\xbb\xbf"), -1, "WINDOWS-1252", "UTF-8", NULL, &length, &error);
  g_assert_no_error (error);
  old_path = kith_test_dir_file (dir, "old.csv");
  g_assert_true (g_file_set_contents (old_path, old, (gssize) length, NULL));
  assert_messy (old_path);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  kith_kinds_register ();
  g_test_add_func ("/interchange/messy/A1-yes-no", test_yes_no);
  g_test_add_func ("/interchange/messy/no-yes-no", test_no_yes_no);
  g_test_add_func ("/interchange/messy/A1-yes-no-told", test_yes_no_told);
  g_test_add_func ("/interchange/messy/dates-far-down", test_far_down);
  g_test_add_func ("/interchange/messy/date-reasons", test_date_reasons);
  g_test_add_func ("/interchange/messy/whole-names", test_whole_names);
  g_test_add_func ("/interchange/messy/whole-names-cut", test_whole_names_cut);
  g_test_add_func ("/interchange/messy/remarks", test_remarks);
  g_test_add_func ("/interchange/messy/like", test_like);
  g_test_add_func ("/interchange/messy/family-first", test_family_first);
  g_test_add_func ("/interchange/messy/names-beside", test_names_beside);
  g_test_add_func ("/interchange/messy/names-twice", test_names_twice);
  g_test_add_func ("/interchange/messy/no-person", test_no_person);
  g_test_add_func ("/interchange/messy/sex", test_sex);
  g_test_add_func ("/interchange/messy/list", test_messy);
  return g_test_run ();
}
