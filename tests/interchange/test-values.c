/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-column-map.h"
#include "kith-json.h"
#include "kith-problems.h"
#include "kith-value.h"

#include <string.h>

typedef struct
{
  KithFieldType type;
  const char *text;
  const char *json;     /* NULL: no value */
  gboolean with_reason; /* refused, or mended when there is a value */
  const char *vocabulary;
} Case;

static const Case cases[] = {
  { KITH_FIELD_STRING, "  Ana \r\n Lopez\t", "\"Ana   Lopez\"" },
  { KITH_FIELD_TEXT, "one\r\ntwo\x01", "\"one\\ntwo\"" },
  { KITH_FIELD_STRING, " \t ", NULL },
  { KITH_FIELD_INT, "12", "12" },
  { KITH_FIELD_INT, "12.0", "12" },
  { KITH_FIELD_INT, "12.5", NULL, TRUE },
  { KITH_FIELD_NUMBER, "-117.16", "-117.16" },
  { KITH_FIELD_NUMBER, "nan", NULL, TRUE },
  { KITH_FIELD_NUMBER, "1e300", NULL, TRUE },
  { KITH_FIELD_NUMBER, "12 years", NULL, TRUE },
  { KITH_FIELD_BOOL, "Yes", "true" },
  { KITH_FIELD_BOOL, "0", "false" },
  { KITH_FIELD_BOOL, "perhaps", NULL, TRUE },
  { KITH_FIELD_DATE, "2026-02-28", "\"2026-02-28\"" },
  { KITH_FIELD_DATE, "2026-02-28 00:00:00.000", "\"2026-02-28\"" },
  { KITH_FIELD_DATE, "2026-02-28T10:00:00", NULL, TRUE },
  { KITH_FIELD_DATE, "20260228", "\"2026-02-28\"" },
  { KITH_FIELD_DATE, "2026-02-29", NULL, TRUE },
  { KITH_FIELD_DATE, "2026-02", NULL, TRUE },
  { KITH_FIELD_DATE, "02/03/2026", NULL, TRUE }, /* either way round: not guessed from one value */
  { KITH_FIELD_PARTIAL_DATE, "1988", "\"1988\"" },
  { KITH_FIELD_PARTIAL_DATE, "1988-04", "\"1988-04\"" },
  { KITH_FIELD_PARTIAL_DATE, "19880400", "\"1988-04\"" },
  { KITH_FIELD_PARTIAL_DATE, "19880000", "\"1988\"" },
  { KITH_FIELD_PARTIAL_DATE, "19339026", NULL, TRUE },
  { KITH_FIELD_TIME, "2023-03-15T10:30:45.123Z", "\"2023-03-15T10:30:45.123Z\"" },
  { KITH_FIELD_TIME, "2023-03-15T10:30:45+02:00", "\"2023-03-15T08:30:45.000Z\"" },
  { KITH_FIELD_TIME, "2023-03-15", "\"2023-03-15T00:00:00.000Z\"" },
  { KITH_FIELD_TIME, "yesterday", NULL, TRUE },
  { KITH_FIELD_CODE, "Temporarily Closed", "\"temporarily_closed\"", FALSE, "service_status" },
  { KITH_FIELD_CODE, "asleep", NULL, TRUE, "service_status" },
  { KITH_FIELD_STRINGS, "Spanish; Tagalog;;", "[\"Spanish\",\"Tagalog\"]" },
  { KITH_FIELD_STRINGS, "Lopez, Ana", "[\"Lopez, Ana\"]" },
};

static void
test_from_text (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      KithField field = { .name = "f", .type = cases[i].type, .label = "F", .vocabulary = cases[i].vocabulary };
      g_autofree char *reason = NULL;
      g_autoptr (JsonNode) node = kith_value_from_text (&field, cases[i].text, &reason);
      g_autofree char *json = node != NULL ? kith_json_print (node) : NULL;

      g_test_message ("%s", cases[i].text);
      g_assert_cmpstr (json, ==, cases[i].json);
      g_assert_cmpint (reason != NULL, ==, cases[i].with_reason);
      g_assert_true (node == NULL || kith_field_check (&field, node, NULL));
    }
}

static void
test_cut (void)
{
  KithField field = { .name = "f", .type = KITH_FIELD_STRING, .label = "F", .max_length = 3 };
  g_autofree char *reason = NULL;
  g_autoptr (JsonNode) node = kith_value_from_text (&field, "\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9", &reason);

  g_assert_cmpstr (json_node_get_string (node), ==, "\xc3\xa9\xc3\xa9\xc3\xa9");
  g_assert_nonnull (reason);
}

static void
test_from_json (void)
{
  static const struct
  {
    KithFieldType type;
    const char *in, *out;
  } rows[] = {
    { KITH_FIELD_STRING, "[12]", "\"12\"" },   { KITH_FIELD_NUMBER, "[\"12\"]", "12" }, { KITH_FIELD_BOOL, "[1]", "true" },
    { KITH_FIELD_STRING, "[null]", NULL },     { KITH_FIELD_STRING, "[{}]", NULL },     { KITH_FIELD_JSON, "[{\"a\":1}]", "{\"a\":1}" },
    { KITH_FIELD_STRINGS, "[[\"a\"]]", "[\"a\"]" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      KithField field = { .name = "f", .type = rows[i].type, .label = "F" };
      g_autoptr (JsonNode) list = kith_json_parse (rows[i].in, -1, NULL, NULL);
      g_autofree char *reason = NULL;
      g_autoptr (JsonNode) node = kith_value_from_json (&field, json_array_get_element (json_node_get_array (list), 0), &reason);
      g_autofree char *json = node != NULL ? kith_json_print (node) : NULL;

      g_assert_cmpstr (json, ==, rows[i].out);
    }
}

static void
test_date_formats (void)
{
  static const struct
  {
    const char *text, *format, *date;
  } rows[] = {
    { "04/07/1988", "%m/%d/%Y", "1988-04-07" }, { "4/7/1988", "%d/%m/%Y", "1988-07-04" }, { "7-Apr-1988", "%d-%b-%Y", "1988-04-07" },
    { "April 7, 1988", "%b %d, %Y", "1988-04-07" }, { "7.4.1988", "%d.%m.%Y", "1988-04-07" }, { "4/7/88", "%m/%d/%Y", NULL },
    { "31/31/1990", "%m/%d/%Y", NULL }, { "1988-04-07x", "%Y-%m-%d", NULL }, { "198804", "%Y%m%d", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *date = kith_date_from_text (rows[i].text, rows[i].format, TRUE);
      g_assert_cmpstr (date, ==, rows[i].date);
    }
}

/* Without a word about its format a date is read where it reads in one way only: the year first, or a month that is named. */
static void
test_guess (void)
{
  static const struct
  {
    const char *text;
    gboolean partial;
    const char *date;
  } rows[] = {
    { "1988-04-07", FALSE, "1988-04-07" }, { "1988/4/7", FALSE, "1988-04-07" }, { "19880407", FALSE, "1988-04-07" }, { "1988-04", TRUE, "1988-04" },
    { "1988-04", FALSE, NULL }, { "7-Apr-1988", FALSE, "1988-04-07" }, { "7 April 1988", FALSE, "1988-04-07" }, { "Apr 7, 1988", FALSE, "1988-04-07" },
    { "7 de abril de 1988", FALSE, "1988-04-07" }, { "7 DE ENERO DEL 1988", FALSE, "1988-01-07" }, { "07-ago-1988", FALSE, "1988-08-07" },
    { "7 setiembre 1988", FALSE, "1988-09-07" }, { "7 dic. 1988", FALSE, "1988-12-07" }, { "31 de abril de 1988", FALSE, NULL }, { "7 de 4 de 1988", FALSE, NULL },
    { "Sept. 7 1988", FALSE, "1988-09-07" }, { "April 7, 1988 00:00", FALSE, "1988-04-07" }, { "Aprikose 7, 1988", FALSE, NULL },
    { "Ap 7, 1988", FALSE, NULL }, { "31 Apr 1988", FALSE, NULL }, { "7 Apr 88", FALSE, NULL }, { "04/07/1988", FALSE, NULL },
    { "7.4.1988", FALSE, NULL }, { "04-07-1988", TRUE, NULL }, { "soon", TRUE, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *date = kith_date_guess (rows[i].text, rows[i].partial);

      g_test_message ("%s", rows[i].text);
      g_assert_cmpstr (date, ==, rows[i].date);
    }
}

/* What spreadsheets call their columns, in English and in Spanish, with accents or without. */
static void
test_columns (void)
{
  static const struct { const char *name, *target; } columns[] = {
    { "Born", "date_of_birth" }, { "Lang", "languages" }, { "No", "source_id" }, { "No.", "source_id" }, { "Fecha de nacimiento", "date_of_birth" },
    { "Teléfono", "phone" }, { "Primer apellido", "family_name" }, { "SEGUNDO APELLIDO", "second_family_name" }, { "Código postal", "postal_code" },
    { "Safe to call", "phone_safe_to_call" }, { "OK to text?", "phone_safe_to_text" }, { "Leave a message", "phone_safe_to_leave_message" },
    { "Phone type", "phone_type" }, { "Phone 2", "phone_2" }, { "Phone2 - safe to call", "phone_2_safe_to_call" }, { "Safe to call 3", "phone_3_safe_to_call" },
    { "Se puede llamar", "phone_safe_to_call" }, { "¿Es seguro llamar?", "phone_safe_to_call" }, { "Tipo de teléfono", "phone_type" },
    { "Es seguro dejar un mensaje", "phone_safe_to_leave_message" }, { "Teléfono 2", "phone_2" }, { "Do not call", NULL }, { "Phones", NULL },
    { "Veteran", "veteran_status" }, { "Interpreter?", "interpreter_needed" }, { "Needs an interpreter", "interpreter_needed" }, { "Is a veteran", "veteran_status" },
    { "Intérprete", "interpreter_needed" }, { "Veterano", "veteran_status" }, { "About contacting this person", "contact_note" },
    { "Dirección", "address_1" }, { "Género", "sex" }, { "Idioma", "languages" }, { "First Name", "given_name" }, { "Name", NULL }, { "Shoe size", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      g_autofree char *target = kith_column_guess (columns[i].name);

      g_test_message ("%s", columns[i].name);
      g_assert_cmpstr (target, ==, columns[i].target);
    }
}

static void
test_guess_format (void)
{
  static const char *const us[] = { "04/07/1988", "12/31/1990", "wrong" };
  static const char *const eu[] = { "04/07/1988", "31/12/1990" };
  static const char *const either[] = { "04/07/1988", "01/02/1990" };
  static const char *const none[] = { "soon", "later" };
  static const char *const named[] = { "1988-04-07", "7 Apr 1990" };
  static const char *const part[] = { "1988-04-07", "03/04/1990" };
  gboolean ambiguous;

  g_assert_cmpstr (kith_date_guess_format (us, 3, &ambiguous), ==, "%m/%d/%Y");
  g_assert_false (ambiguous);
  g_assert_cmpstr (kith_date_guess_format (eu, 2, &ambiguous), ==, "%d/%m/%Y");
  g_assert_false (ambiguous);
  g_assert_cmpstr (kith_date_guess_format (either, 2, &ambiguous), ==, "%m/%d/%Y");
  g_assert_true (ambiguous);
  g_assert_null (kith_date_guess_format (none, 2, &ambiguous));
  /* Two ways to write that are never mistaken are no doubt, and no reason not to ask where there is one. */
  g_assert_nonnull (kith_date_guess_format (named, 2, &ambiguous));
  g_assert_false (ambiguous);
  g_assert_cmpstr (kith_date_guess_format (part, 2, &ambiguous), ==, "%m/%d/%Y");
  g_assert_true (ambiguous);
}

static void
test_problems (void)
{
  g_autoptr (KithProblems) problems = kith_problems_new (2);
  g_autoptr (JsonObject) json = NULL;
  g_autofree char *text = NULL;
  g_autofree char *printed = NULL;

  kith_problems_add (problems, "a.csv", 2, "dob", FALSE, "wrong");
  kith_problems_add (problems, "a.csv", 0, NULL, TRUE, "odd %d", 7);
  kith_problems_set_muted (problems, TRUE);
  kith_problems_add (problems, "a.csv", 3, NULL, FALSE, "not told");
  kith_problems_set_muted (problems, FALSE);
  for (guint i = 0; i < 100; i++)
    kith_problems_add (problems, "a.csv", 4, NULL, FALSE, "one of many");

  g_assert_cmpuint (kith_problems_total (problems), ==, 102);
  g_assert_cmpuint (kith_problems_left_out (problems), ==, 2); /* rows */
  g_assert_cmpuint (kith_problems_kept (problems), ==, 2);
  text = kith_problems_to_text (problems);
  g_assert_cmpstr (text, ==, "a.csv, row 2, dob: wrong (left out)\na.csv, whole file: odd 7 (taken all the same)\n… and 100 more\n");
  json = kith_problems_to_json (problems);
  printed = kith_json_print_object (json);
  g_assert_cmpstr (printed, ==,
                   "{\"left_out\":2,\"problems\":[{\"field\":\"dob\",\"file\":\"a.csv\",\"reason\":\"wrong\",\"row\":2,\"taken\":false},"
                   "{\"file\":\"a.csv\",\"reason\":\"odd 7\",\"taken\":true}],\"shown\":2,\"total\":102}");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  kith_kinds_register ();

  g_test_add_func ("/interchange/values/from-text", test_from_text);
  g_test_add_func ("/interchange/values/cut", test_cut);
  g_test_add_func ("/interchange/values/from-json", test_from_json);
  g_test_add_func ("/interchange/values/date-formats", test_date_formats);
  g_test_add_func ("/interchange/values/guess", test_guess);
  g_test_add_func ("/interchange/values/columns", test_columns);
  g_test_add_func ("/interchange/values/guess-format", test_guess_format);
  g_test_add_func ("/interchange/problems", test_problems);

  return g_test_run ();
}
