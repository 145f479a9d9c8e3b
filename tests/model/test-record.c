/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <locale.h>

#include "kind-samples.h"
#include "kith-json.h"
#include "kith-record-cache.h"

static KithRecord *
parse (const char *kind, const char *json)
{
  g_autofree char *text = g_strdelimit (g_strdup (json), "'", '"');
  g_autoptr (GError) error = NULL;
  KithRecord *record = kith_record_parse (kith_kind_get (kind), SAMPLE_ID, text, -1, &error);

  g_assert_no_error (error);
  return record;
}

/* I20: an older Kith loses no field it does not know. */
static void
test_unknown_members_kept (void)
{
  g_autoptr (KithRecord) record = parse ("client", "{'given_name':'Ana','agency':'" SAMPLE_ID "','zodiac':{'sign':['Leo',1.5,null]}}");
  g_autofree char *text = NULL;

  g_assert_true (kith_record_check (record, NULL));
  kith_record_set_string (record, "given_name", "Anna");
  text = kith_record_print (record);
  g_assert_nonnull (strstr (text, "\"zodiac\":{\"sign\":[\"Leo\",1.5,null]}"));
}

static void
test_copies_share_until_changed (void)
{
  g_autoptr (KithRecord) record = parse ("client", "{'given_name':'Ana','family_name':'Lopez'}");
  g_autoptr (KithRecord) copy = kith_record_copy (record);
  const char *family = kith_record_string (record, "family_name");

  g_assert_true (kith_record_get_body (record) == kith_record_get_body (copy));
  kith_record_set_string (copy, "given_name", "Eva");
  g_assert_cmpstr (kith_record_string (record, "given_name"), ==, "Ana");
  g_assert_cmpstr (kith_record_string (copy, "given_name"), ==, "Eva");
  kith_record_set_string (record, "given_name", "Ida");
  g_assert_cmpstr (kith_record_string (copy, "given_name"), ==, "Eva");
  /* What was borrowed stays while its own field does not change. */
  g_assert_cmpstr (family, ==, "Lopez");
  g_assert_false (kith_record_equal (record, copy));
}

static void
test_body_kept_by_others (void)
{
  JsonObject *body = kith_json_new ("given_name", "s", "Ana", NULL);
  g_autoptr (KithRecord) record = kith_record_new_for_body (kith_kind_get ("client"), SAMPLE_ID, body);
  JsonObject *kept = json_object_ref (kith_record_get_body (record));

  kith_record_set_bool (record, "restricted", TRUE);
  g_assert_false (json_object_has_member (body, "restricted"));
  kith_record_set_string (record, "given_name", NULL);
  g_assert_cmpstr (kith_json_string (kept, "given_name"), ==, "Ana");
  json_object_unref (kept);
  json_object_unref (body);
}

static void
test_setters (void)
{
  static const char *const names[] = { "Anita", "Nita", NULL };
  g_autoptr (KithRecord) record = kith_record_new (kith_kind_get ("client"), SAMPLE_ID);
  g_autofree char *text = NULL;

  kith_record_set_string (record, "given_name", "Ana");
  kith_record_set_string (record, "given_name", "");
  kith_record_set_strings (record, "other_names", names);
  kith_record_set_bool (record, "restricted", FALSE);
  kith_record_set_int (record, "turn", 7);
  kith_record_set_node (record, "address", sample_json ("null"));
  text = kith_record_print (record);
  g_assert_cmpstr (text, ==, "{\"other_names\":[\"Anita\",\"Nita\"],\"restricted\":false,\"turn\":7}");
  g_assert_true (kith_record_list_has (record, "other_names", "Nita"));
  g_assert_false (kith_record_list_has (record, "other_names", "Ana"));
  g_assert_false (kith_record_list_has (record, "phones", "Ana"));
  g_assert_true (kith_record_is (record, "given_name", NULL));
  kith_record_set_strings (record, "other_names", NULL);
  g_assert_null (kith_record_array (record, "other_names"));
}

/* Another type than the table says is read as missing, and never crashes. */
static void
test_wrong_types_read_as_missing (void)
{
  g_autoptr (KithRecord) record = parse ("client", "{'given_name':7,'restricted':'yes','phones':{},'address':[],'number':null}");

  g_assert_null (kith_record_string (record, "given_name"));
  g_assert_false (kith_record_bool (record, "restricted"));
  g_assert_null (kith_record_array (record, "phones"));
  g_assert_null (kith_record_object (record, "address"));
  g_assert_null (kith_record_string (record, "number"));
  g_assert_cmpint (kith_record_int (record, "given_name"), ==, 7);
}

static void
check_property (KithRecord *record, const KithField *field)
{
  g_autofree char *name = g_strdelimit (g_strdup (field->name), "_", '-');
  g_auto (GValue) value = G_VALUE_INIT;
  GParamSpec *pspec = g_object_class_find_property (G_OBJECT_GET_CLASS (record), name);

  g_test_message ("%s", field->name);
  g_assert_nonnull (pspec);
  g_object_get_property (G_OBJECT (record), name, &value);
  switch (field->type)
    {
    case KITH_FIELD_INT:
      g_assert_cmpint (g_value_get_int64 (&value), ==, kith_record_int (record, field->name));
      break;
    case KITH_FIELD_NUMBER:
      g_assert_cmpfloat (g_value_get_double (&value), ==, 32.5);
      break;
    case KITH_FIELD_BOOL:
      g_assert_true (g_value_get_boolean (&value));
      break;
    case KITH_FIELD_CODES:
    case KITH_FIELD_REFS:
    case KITH_FIELD_STRINGS:
      g_assert_cmpuint (g_strv_length (g_value_get_boxed (&value)), ==, 1);
      break;
    case KITH_FIELD_PART:
      g_assert_true (KITH_IS_RECORD (g_value_get_object (&value)));
      break;
    case KITH_FIELD_PARTS:
      g_assert_cmpuint (g_list_model_get_n_items (g_value_get_object (&value)), ==, 1);
      break;
    case KITH_FIELD_JSON:
      g_assert_nonnull (g_value_get_boxed (&value));
      break;
    default:
      g_assert_cmpstr (g_value_get_string (&value), ==, kith_record_string (record, field->name));
      g_assert_nonnull (g_value_get_string (&value));
      break;
    }
}

static void
test_properties (void)
{
  guint n;
  const KithKind *const *kinds = kith_kinds_list (&n);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (KithRecord) record = sample_record (kinds[i]);
      g_autofree char *id = NULL;

      g_assert_cmpstr (G_OBJECT_TYPE_NAME (record), ==, kinds[i]->type_name);
      g_object_get (record, "id", &id, NULL);
      g_assert_cmpstr (id, ==, SAMPLE_ID);
      for (guint k = 0; k < kinds[i]->n_fields; k++)
        check_property (record, &kinds[i]->fields[k]);
    }
}

static void
count_cb (GObject *object, GParamSpec *pspec, gpointer data)
{
  (*(guint *) data)++;
}

static void
test_property_changes (void)
{
  g_autoptr (KithRecord) record = parse ("client", "{'given_name':'Ana','sex':'0'}");
  g_autofree char *label = NULL;
  guint n_notified = 0;

  g_signal_connect (record, "notify::given-name", G_CALLBACK (count_cb), &n_notified);
  g_object_set (record, "given-name", "Eva", "do-not-contact", TRUE, NULL);
  g_assert_cmpstr (kith_record_string (record, "given_name"), ==, "Eva");
  g_assert_true (kith_record_bool (record, "do_not_contact"));
  g_assert_cmpuint (n_notified, ==, 1);
  kith_record_set_string (record, "given_name", "Eva");
  g_assert_cmpuint (n_notified, ==, 1);
  g_object_get (record, "sex-label", &label, NULL);
  g_assert_cmpstr (label, ==, "Female");
}

static void
test_find_text (void)
{
  g_autoptr (KithRecord) record = parse ("client",
    "{'number':'KA-0042','given_name':'José','family_name':'Łukasz-Müller','date_of_birth':'1988-07-04','other_names':['Pépé','El Niño'],"
    "'contact_note':'hidden','phones':[{'number':'+1 (619) 555-0142'},{'number':'12'}]}");
  g_autofree char *find = kith_record_find_text (record);
  g_autofree char *digits = kith_record_digits (record);
  g_autoptr (KithRecord) location = parse ("location", "{'name':'Annex','addresses':[{'city':'Córdoba','postal_code':'92101'}]}");
  g_autofree char *find_location = kith_record_find_text (location);
  g_autoptr (KithRecord) consent = parse ("consent", "{'purpose':'Housing'}");

  g_assert_cmpstr (find, ==, "ka 0042 jose lukasz muller pepe el nino");
  g_assert_cmpstr (digits, ==, "2400 24105559161 21 sj200 sl220 sm460 sp100 se400 sn500 y1988 d0407");
  g_assert_cmpstr (find_location, ==, "annex cordoba 92101"); /* nested parts too */
  g_assert_null (kith_record_find_text (consent));
  g_assert_null (kith_record_digits (consent));
}

/* Whoever trusts it leaves the words of the index as they are: each field they come from must count. */
static void
test_found_alike (void)
{
  static const char before[] = "{'number':'KA-0042','given_name':'José','family_name':'Müller','date_of_birth':'1988-07-04','other_names':['Pépé'],"
                               "'contact_note':'mornings','phones':[{'number':'619 555-0142'}]}";
  static const struct { const char *body; gboolean alike; } cases[] = {
    { before, TRUE },
    { "{'number':'KA-0042','given_name':'José','family_name':'Müller','date_of_birth':'1988-07-04','other_names':['Pépé'],"
      "'contact_note':'evenings','phones':[{'number':'619 555-0142'}]}", TRUE },
    { "{'number':'KA-0043','given_name':'José','family_name':'Müller','date_of_birth':'1988-07-04','other_names':['Pépé'],"
      "'contact_note':'mornings','phones':[{'number':'619 555-0142'}]}", FALSE },
    { "{'number':'KA-0042','given_name':'José','family_name':'Müller','date_of_birth':'1988-07-05','other_names':['Pépé'],"
      "'contact_note':'mornings','phones':[{'number':'619 555-0142'}]}", FALSE },
    { "{'number':'KA-0042','given_name':'José','family_name':'Müller','date_of_birth':'1988-07-04','other_names':['Pepito'],"
      "'contact_note':'mornings','phones':[{'number':'619 555-0142'}]}", FALSE },
    { "{'number':'KA-0042','given_name':'José','family_name':'Müller','date_of_birth':'1988-07-04','other_names':['Pépé'],"
      "'contact_note':'mornings','phones':[{'number':'619 555-0143'}]}", FALSE },
    { "{'number':'KA-0042','given_name':'José','date_of_birth':'1988-07-04','other_names':['Pépé'],"
      "'contact_note':'mornings','phones':[{'number':'619 555-0142'}]}", FALSE },
  };
  g_autoptr (KithRecord) record = parse ("client", before);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (KithRecord) after = parse ("client", cases[i].body);
      g_assert_true (kith_record_found_alike (record, after) == cases[i].alike);
    }
}

static void
test_parse_errors (void)
{
  static const char *const bad[] = { "", "[]", "1", "{", "{\"a\":1,\"a\":2}", "{\"a\":\"\\ud800\"}" };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;
      g_assert_null (kith_record_parse (kith_kind_get ("client"), SAMPLE_ID, bad[i], -1, &error));
      g_assert_nonnull (error);
    }
}

static void
test_equal (void)
{
  g_autoptr (KithRecord) a = parse ("client", "{'given_name':'Ana','family_name':'Lopez'}");
  g_autoptr (KithRecord) b = parse ("client", "{'family_name':'Lopez','given_name':'Ana'}");
  g_autoptr (KithRecord) other_kind = parse ("care", "{'family_name':'Lopez','given_name':'Ana'}");
  g_autoptr (KithRecord) other_id = kith_record_new_for_body (kith_kind_get ("client"), "other", kith_record_get_body (a));

  g_assert_true (kith_record_equal (a, b));
  g_assert_false (kith_record_equal (a, other_kind));
  g_assert_false (kith_record_equal (a, other_id));
}

static void
test_released (void)
{
  KithRecord *record = parse ("client", "{'phones':[{'number':'1'}],'address':{'city':'X'}}");
  KithRecord *copy = kith_record_copy (record);
  GListModel *phones = NULL;

  g_object_get (record, "phones", &phones, NULL);
  KithRecord *phone = g_list_model_get_item (phones, 0);
  g_assert_cmpstr (kith_record_string (phone, "number"), ==, "1");
  g_assert_finalize_object (record);
  g_assert_finalize_object (copy);
  g_assert_cmpstr (kith_record_string (phone, "number"), ==, "1");
  g_object_unref (phone);
  g_assert_finalize_object (phones);
}

/* The same text is parsed once; another text for the same record is another record; what a reader changes stays with the reader. */
static void
test_cache (void)
{
  g_autoptr (KithRecordCache) cache = kith_record_cache_new (4096);
  const KithKind *kind = kith_kind_get ("client");
  g_autoptr (KithRecord) first = kith_record_cache_parse (cache, kind, "1", "{\"given_name\":\"Ana\"}", NULL);
  g_autoptr (KithRecord) second = kith_record_cache_parse (cache, kind, "1", "{\"given_name\":\"Ana\"}", NULL);
  g_autoptr (KithRecord) changed = kith_record_cache_parse (cache, kind, "1", "{\"given_name\":\"Eva\"}", NULL);
  g_autoptr (KithRecord) other = kith_record_cache_parse (cache, kith_kind_get ("care"), "1", "{\"given_name\":\"Eva\"}", NULL);
  g_autoptr (KithRecord) again = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (first != second);
  g_assert_true (kith_record_get_body (first) == kith_record_get_body (second));
  g_assert_cmpstr (kith_record_string (changed, "given_name"), ==, "Eva");
  g_assert_cmpstr (kith_record_get_kind (other)->name, ==, "care");
  kith_record_set_string (changed, "given_name", "Ida");
  again = kith_record_cache_parse (cache, kind, "1", "{\"given_name\":\"Eva\"}", NULL);
  g_assert_cmpstr (kith_record_string (again, "given_name"), ==, "Eva");
  g_assert_cmpstr (kith_record_string (first, "given_name"), ==, "Ana");
  g_assert_null (kith_record_cache_parse (cache, kind, "1", "{", &error));
  g_assert_nonnull (error);

  /* Far more than it holds. */
  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *id = g_strdup_printf ("%u", i % 300);
      g_autofree char *body = g_strdup_printf ("{\"given_name\":\"%u\"}", i);
      g_autofree char *name = g_strdup_printf ("%u", i);
      g_autoptr (KithRecord) record = kith_record_cache_parse (cache, kind, id, body, NULL);

      g_assert_cmpstr (kith_record_get_id (record), ==, id);
      g_assert_cmpstr (kith_record_string (record, "given_name"), ==, name);
    }
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model/record/I20-unknown-members-kept", test_unknown_members_kept);
  g_test_add_func ("/model/record/copies-share-until-changed", test_copies_share_until_changed);
  g_test_add_func ("/model/record/body-kept-by-others", test_body_kept_by_others);
  g_test_add_func ("/model/record/setters", test_setters);
  g_test_add_func ("/model/record/wrong-types-read-as-missing", test_wrong_types_read_as_missing);
  g_test_add_func ("/model/record/properties-of-every-kind", test_properties);
  g_test_add_func ("/model/record/property-changes", test_property_changes);
  g_test_add_func ("/model/record/find-text", test_find_text);
  g_test_add_func ("/model/record/found-alike", test_found_alike);
  g_test_add_func ("/model/record/parse-errors", test_parse_errors);
  g_test_add_func ("/model/record/equal", test_equal);
  g_test_add_func ("/model/record/released", test_released);
  g_test_add_func ("/model/record/cache", test_cache);
  return g_test_run ();
}
