/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <locale.h>

#include "kind-samples.h"
#include "kith-json.h"
#include "kith-scope.h"

typedef void (*KindFunc) (const KithKind *kind);

/* Runs func for every kind with a table and, by way of their fields, every part. */
static void
foreach_kind (KindFunc func)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  g_autoptr (GPtrArray) queue = g_ptr_array_new ();
  guint n;
  const KithKind *const *kinds = kith_kinds_list (&n);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (queue, (gpointer) kinds[i]);
  while (queue->len > 0)
    {
      const KithKind *kind = g_ptr_array_steal_index (queue, queue->len - 1);

      if (!g_hash_table_add (seen, (gpointer) kind))
        continue;
      func (kind);
      for (guint i = 0; i < kind->n_fields; i++)
        if (kind->fields[i].type == KITH_FIELD_PART || kind->fields[i].type == KITH_FIELD_PARTS)
          g_ptr_array_add (queue, (gpointer) kith_kind_get (kind->fields[i].target));
    }
  g_assert_cmpuint (g_hash_table_size (seen), >=, 37);
}

static void
check_table (const KithKind *kind)
{
  g_assert_true (kith_kind_get (kind->name) == kind);
  g_assert_cmpint (g_ascii_strncasecmp (kind->type_name, "Kith", 4), ==, 0);
  g_assert_nonnull (kind->label);
  for (guint i = 0; i < kind->n_fields; i++)
    {
      const KithField *field = &kind->fields[i];

      g_test_message ("%s.%s", kind->name, field->name);
      g_assert_true (kith_kind_get_field (kind, field->name) == field); /* no name twice */
      g_assert_cmpstr (field->label, !=, NULL);
      for (const char *c = field->name; *c != '\0'; c++)
        g_assert_true (g_ascii_islower (*c) || *c == '_' || g_ascii_isdigit (*c));
      if (field->type == KITH_FIELD_CODE || field->type == KITH_FIELD_CODES)
        g_assert_nonnull (kith_vocabulary_get (field->vocabulary));
      else
        g_assert_null (field->vocabulary);
      if (field->type == KITH_FIELD_REF || field->type == KITH_FIELD_REFS || field->type == KITH_FIELD_PART || field->type == KITH_FIELD_PARTS)
        g_assert_nonnull (kith_kind_get (field->target));
      else
        g_assert_null (field->target);
    }
  g_assert_null (kith_kind_get_field (kind, "no_such_field"));
}

static void
test_tables (void)
{
  foreach_kind (check_table);
  g_assert_null (kith_kind_get ("no_such_kind"));
  g_assert_null (kith_kind_get (NULL));
}

/* The names of the issues, in which others are written. */
static void
test_names (void)
{
  static const char *const names[] = {
    "organization", "program", "service", "location", "service_at_location", "taxonomy", "taxonomy_term", "calendar_day", "staff", "staff_service",
    "client", "client_billing", "consent", "care", "assignment", "past_assignment", "agency_settings", "conflict", "field_history", "referral",
    "referral_course", "referral_detail", "referral_own", "referral_event", "notice", "import",
    /* issue 3 */
    "client_health", "household_member", "alert", "document", "enrollment", "care_team_member", "service_event", "amendment_request", "audit_entry",
    "case", "case_event", "case_note", "assessment", "goal", "task",
    "transfer", "transfer_part", "match",
    /* issue 4 */
    "capacity", "capacity_plan", "capacity_observation", "hold", "queue", "queue_status", "queue_resource", "queue_item", "form", "form_answer", "referral_health",
    "contact_record", "contact_need",
    /* domain.md 2f */
    "reason_term",
    "client_reason",
  };
  guint n;
  const KithKind *const *kinds = kith_kinds_list (&n);

  g_assert_cmpuint (n, ==, G_N_ELEMENTS (names));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      guint k = 0;
      while (k < n && strcmp (kinds[k]->name, names[i]) != 0)
        k++;
      g_assert_cmpuint (k, <, n);
    }
}

static void
check_natural_key (const KithKind *kind)
{
  g_auto (GStrv) names = NULL;

  if (kind->natural_key == NULL)
    return;
  names = g_strsplit (kind->natural_key, ":", -1);
  for (guint i = 0; names[i] != NULL; i++)
    {
      const KithField *field = kith_kind_get_field (kind, names[i]);
      g_assert_nonnull (field);
      g_assert_true (field->type == KITH_FIELD_REF || field->type == KITH_FIELD_CODE);
      g_assert_true (field->flags & KITH_FIELD_REQUIRED);
      g_assert_cmpint (field->merge, ==, KITH_MERGE_FIXED);
    }
}

static void
test_natural_keys (void)
{
  foreach_kind (check_natural_key);
}

static void
check_round_trip (const KithKind *kind)
{
  g_autoptr (KithRecord) record = sample_record (kind);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *again = NULL;
  g_autoptr (KithRecord) back = NULL;

  g_test_message ("%s", kind->name);
  kith_record_check (record, &error);
  g_assert_no_error (error);
  text = kith_record_print (record);
  back = kith_record_parse (kind, SAMPLE_ID, text, -1, &error);
  g_assert_no_error (error);
  g_assert_true (kith_record_equal (record, back));
  again = kith_record_print (back);
  g_assert_cmpstr (text, ==, again);
  for (guint i = 0; i < kind->n_fields; i++)
    {
      g_autoptr (JsonNode) expected = sample_value (&kind->fields[i]);
      JsonNode *got = json_object_get_member (kith_record_get_body (back), kind->fields[i].name);

      g_assert_nonnull (got);
      g_assert_true (kith_json_equal (expected, got));
    }
}

static void
test_round_trip (void)
{
  foreach_kind (check_round_trip);
}

/* Values no field of that type may take. */
static const char *const *
bad_values (const KithField *field)
{
  static const char *const ids[] = { "''", "'x'", "1", "true", "[]", "{}", "'0190A1B2-C3D4-7E5F-8A6B-000000000001'", NULL };
  static const char *const strings[] = { "1", "true", "[]", "{}", "'two\\nlines'", "'bell\\u0007'", NULL };
  static const char *const texts[] = { "1", "true", "['x']", "{}", "'\\u0000'", "'\\u001b[2J'", NULL };
  static const char *const dates[] = { "''", "'2023-02-29'", "'2026-13-01'", "'22.11.2026'", "'2026-11'", "20261122", "[]", NULL };
  static const char *const partials[] = { "''", "'88'", "'1988-13'", "'1988-04-31'", "'April'", "1988", "{}", NULL };
  static const char *const times[] = { "''", "'2026-11-22'", "'2026-11-22T01:34:00Z'", "'2026-11-22 01:34:00.123'", "1763772000", NULL };
  static const char *const ints[] = { "'1'", "1.5", "true", "[]", NULL };
  static const char *const numbers[] = { "'1'", "true", "{}", NULL };
  static const char *const bools[] = { "'true'", "1", "0", "[]", NULL };
  static const char *const codes[] = { "''", "'no_such_code'", "1", "[]", NULL };
  static const char *const code_lists[] = { "'x'", "['no_such_code']", "[1]", "{}", NULL };
  static const char *const ref_lists[] = { "'x'", "['x']", "[null]",
    "['" SAMPLE_ID "','" SAMPLE_ID "']", NULL };
  static const char *const string_lists[] = { "'x'", "[1]", "['a\\nb']", "[['x']]", NULL };
  static const char *const parts[] = { "'x'", "1", "[]", NULL };
  static const char *const part_lists[] = { "{}", "['x']", "[1]", "[[]]", NULL };
  static const char *const none[] = { NULL };

  switch (field->type)
    {
    case KITH_FIELD_ID:
    case KITH_FIELD_REF: return ids;
    case KITH_FIELD_STRING: return strings;
    case KITH_FIELD_TEXT: return texts + 0;
    case KITH_FIELD_DATE: return dates;
    case KITH_FIELD_PARTIAL_DATE: return partials;
    case KITH_FIELD_TIME: return times;
    case KITH_FIELD_INT: return ints;
    case KITH_FIELD_NUMBER: return numbers;
    case KITH_FIELD_BOOL: return bools;
    case KITH_FIELD_CODE: return codes;
    case KITH_FIELD_CODES: return code_lists;
    case KITH_FIELD_REFS: return ref_lists;
    case KITH_FIELD_STRINGS: return string_lists;
    case KITH_FIELD_PART: return parts;
    case KITH_FIELD_PARTS: return part_lists;
    case KITH_FIELD_JSON: return none;
    }
  g_assert_not_reached ();
}

static void
check_refused (const KithField *field, JsonNode *value)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *begin = g_strdup_printf ("%s: ", field->label);

  g_assert_false (kith_field_check (field, value, &error));
  g_assert_error (error, KITH_MODEL_ERROR, KITH_MODEL_ERROR_INVALID);
  g_assert_true (g_str_has_prefix (error->message, begin));
  g_assert_true (g_str_has_suffix (error->message, "."));
}

static void
check_length (const KithField *field)
{
  guint max = field->max_length > 0 ? field->max_length : field->type == KITH_FIELD_TEXT ? 20000 : 200;
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < max; i++)
    g_string_append (text, "ż");

  g_autoptr (JsonNode) fits = json_node_init_string (json_node_alloc (), text->str);
  g_assert_true (kith_field_check (field, fits, NULL));
  g_string_append (text, "ż");
  g_autoptr (JsonNode) longer = json_node_init_string (json_node_alloc (), text->str);
  check_refused (field, longer);
  g_string_free (text, TRUE);
}

static void
check_bad_values (const KithKind *kind)
{
  for (guint i = 0; i < kind->n_fields; i++)
    {
      const KithField *field = &kind->fields[i];
      const char *const *bad = bad_values (field);

      g_test_message ("%s.%s", kind->name, field->name);
      for (guint k = 0; bad[k] != NULL; k++)
        {
          if (field->type == KITH_FIELD_TEXT && strstr (bad[k], "u0000") != NULL)
            continue; /* the JSON guard never lets it come so far */
          g_autoptr (JsonNode) value = sample_json (bad[k]);
          g_test_message ("not %s", bad[k]);
          check_refused (field, value);
        }
      if (field->type == KITH_FIELD_STRING || field->type == KITH_FIELD_TEXT)
        check_length (field);
    }
}

static void
test_bad_values (void)
{
  foreach_kind (check_bad_values);
}

static void
check_required (const KithKind *kind)
{
  for (guint i = 0; i < kind->n_fields; i++)
    {
      const KithField *field = &kind->fields[i];
      g_autoptr (KithRecord) record = sample_record (kind);
      g_autoptr (GError) error = NULL;
      gboolean required = field->flags & KITH_FIELD_REQUIRED;

      kith_record_set_node (record, field->name, NULL);
      g_assert_cmpint (kith_record_check (record, &error), ==, !required);
      if (required)
        g_assert_nonnull (strstr (error->message, field->label));
    }
}

static void
test_required (void)
{
  foreach_kind (check_required);
}

/* A bad value deep inside is named by both labels. */
static void
test_nested_bad_value (void)
{
  g_autoptr (KithRecord) record = sample_record (kith_kind_get ("client"));
  g_autoptr (GError) error = NULL;

  kith_record_set_node (record, "phones", sample_json ("[{'number':'555 0142'},{'number':''}]"));
  g_assert_false (kith_record_check (record, &error));
  g_assert_cmpstr (error->message, ==, "Phones: Number: this must be filled in.");
}

static void
test_unknown_arguments (void)
{
  static const KithField fields[] = { { "known", KITH_FIELD_STRING, "Known" } };
  g_autoptr (JsonObject) values = kith_json_new ("known", "s", "x", "other", "s", "y", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (kith_fields_check (fields, 1, values, TRUE, NULL));
  g_assert_false (kith_fields_check (fields, 1, values, FALSE, &error));
  g_assert_nonnull (strstr (error->message, "other"));
}

/* The hub acts without a staff record, and a consent may name the whole network. */
static void
test_names_that_are_no_ids (void)
{
  const KithKind *consent = kith_kind_get ("consent");
  g_autoptr (JsonNode) hub = sample_json ("'hub'");
  g_autoptr (JsonNode) network = sample_json ("['network']");

  g_assert_true (kith_field_check (kith_kind_get_field (consent, "recorded_by"), hub, NULL));
  g_assert_true (kith_field_check (kith_kind_get_field (consent, "receivers"), network, NULL));
  g_assert_false (kith_field_check (kith_kind_get_field (consent, "client"), hub, NULL));
  g_assert_false (kith_field_check (kith_kind_get_field (kith_kind_get ("conflict"), "record"), hub, NULL));
}

/* Scope of every kind (design.md 3). In a sample every id is the same, in capitals below. */
static void
test_scopes (void)
{
  static const struct { const char *kind, *body, *scope; } cases[] = {
    { "organization", "{}", "dir" },
    { "program", "{}", "dir" },
    { "service", "{}", "dir" },
    { "location", "{}", "dir" },
    { "service_at_location", "{}", "dir" },
    { "taxonomy", "{}", "dir" },
    { "taxonomy_term", "{}", "dir" },
    { "calendar_day", "{}", "dir" },
    { "calendar_day", "{'agency':'A'}", "agency:A" },
    { "agency_settings", "{'agency':'A'}", "agency:A" },
    { "staff", "{'agency':'A','level':'standard'}", "agency:A" },
    { "staff", "{'level':'network'}", "network" },
    { "staff", "{'agency':'A','level':'portal'}", "account:ID" },
    { "staff", "{'agency':'A'}", "account:ID" }, /* what is not understood gets the least */
    { "staff_service", "{'staff':'U','agency':'A'}", "agency:A" },
    { "staff_service", "{'staff':'U'}", "network" },
    { "client", "{'agency':'A'}", "client:ID" },
    { "client_billing", "{'client':'C','agency':'A'}", "client_billing:C" },
    { "client_health", "{'client':'C','agency':'A'}", "client_health:C" },
    { "household_member", "{'client':'C','household':'H'}", "client:C" },
    { "alert", "{'client':'C','agency':'A'}", "client:C" },
    { "alert", "{'client':'C','agency':'A','kept':'restriction','request':'Q'}", "agreed:Q" },
    { "document", "{'client':'C','scope':'client_health:C'}", "client_health:C" },
    { "enrollment", "{'client':'C','agency':'A'}", "care:C:A" },
    { "care_team_member", "{'client':'C','staff':'U','agency':'A'}", "care:C:A" },
    { "service_event", "{'client':'C','agency':'A'}", "care:C:A" },
    { "amendment_request", "{'client':'C','agency':'A'}", "amendment:ID" },
    { "client_reason", "{'client':'C','agency':'A'}", "why:ID" },
    { "audit_entry", "{'staff':'U','agency':'A','at':'2026-11-22T10:00:00.000Z'}", "audit:A:2026-11" },
    { "audit_entry", "{'staff':'U','at':'2026-11-22T10:00:00.000Z'}", "audit:network:2026-11" },
    { "match", "{'first':'C','second':'D'}", "match:ID" },
    { "consent", "{'client':'C','agency':'A'}", "client:C" },
    { "care", "{'client':'C','agency':'A'}", "care:C:A" },
    { "care", "{'client':'C'}", NULL },
    { "assignment", "{'client':'C','staff':'U','agency':'A'}", "care:C:A" },
    { "assignment", "{'client':'C','case':'K','staff':'U','agency':'A'}", "case:K" },
    { "past_assignment", "{'client':'C','staff':'U','agency':'A'}", "care:C:A" },
    { "past_assignment", "{'client':'C','case':'K','staff':'U','agency':'A'}", "case:K" },
    { "case", "{'client':'C','agency':'A'}", "case:ID" },
    { "case_event", "{'case':'K','sensitivity':'health'}", "case:K" },
    { "case_note", "{'case':'K','sensitivity':'general'}", "case:K" },
    { "case_note", "{'case':'K','sensitivity':'health'}", "case_health:K" },
    { "case_note", "{'case':'K','sensitivity':'part2'}", "case_health:K" },
    { "case_note", "{'case':'K'}", "case_health:K" },
    { "assessment", "{'case':'K','sensitivity':'general'}", "case:K" },
    { "assessment", "{'case':'K','sensitivity':'part2'}", "case_health:K" },
    { "goal", "{'case':'K','sensitivity':'general'}", "case:K" },
    { "goal", "{'case':'K','sensitivity':'health'}", "case_health:K" },
    { "task", "{'case':'K','staff':'U','agency':'A'}", "case:K" },
    { "task", "{'client':'C','staff':'U','agency':'A'}", "care:C:A" },
    { "task", "{'referral':'R','staff':'U','agency':'A'}", "referral_own:R:A" },
    { "task", "{'staff':'U','agency':'A'}", "user:U" },
    { "transfer", "{'agency':'A'}", "agency:A" },
    { "transfer_part", "{'transfer':'X','staff':'U'}", "user:U" },
    { "referral", "{'agency':'A'}", "referral:ID" },
    { "referral_health", "{'referral':'R'}", "referral_health:R" },
    { "form", "{'agency':'A','use':'service','record':'S'}", "dir" },
    { "reason_term", "{'list':'outcome','code':'other'}", "dir" },
    { "form_answer", "{'t':'referral_health','scope':'referral_health:R'}", "referral_health:R" },
    { "referral_course", "{'referral':'R'}", "referral_course:R" },
    { "referral_detail", "{'referral':'R','agency':'A'}", "referral_detail:R" },
    { "referral_own", "{'referral':'R','agency':'A'}", "referral_own:R:A" },
    { "referral_event", "{'referral':'R','agency':'A'}", "referral_detail:R" },
    { "referral_event", "{'referral':'R','agency':'A','private':true}", "referral_own:R:A" },
    { "capacity", "{'service':'S','unit':'bed'}", "dir" },
    { "capacity_observation", "{'capacity':'P','service':'S'}", "service:S" },
    { "capacity_plan", "{'service':'S'}", "service:S" },
    { "hold", "{'service':'S','referral':'R'}", "service:S" },
    { "queue", "{'name':'N'}", "queue:ID" },
    { "queue_status", "{'queue':'Q'}", "queue:Q" },
    { "queue_resource", "{'queue':'Q','resource':'S'}", "queue:Q" },
    { "queue_item", "{'referral':'R','queue':'Q','status':'T'}", "referral_detail:R" },
    { "contact_record", "{}", "contact:ID" },
    { "contact_need", "{'contact':'N'}", "contact:N" },
    { "notice", "{'staff':'U'}", "user:U" },
    { "import", "{'agency':'A'}", "agency:A" },
    { "import", "{}", "network" },
    { "conflict", "{'scope':'client:C'}", "client:C" },
    { "field_history", "{'scope':'care:C:A'}", "care:C:A" },
  };
  guint n;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *body = g_strdelimit (g_strdup (cases[i].body), "'", '"');
      g_autoptr (KithRecord) record = kith_record_parse (kith_kind_get (cases[i].kind), "ID", body, -1, NULL);
      g_autofree char *scope = kith_record_scope (record);
      g_assert_cmpstr (scope, ==, cases[i].scope);
    }

  const KithKind *const *kinds = kith_kinds_list (&n);
  for (guint i = 0; i < n; i++)
    {
      guint k = 0;
      while (k < G_N_ELEMENTS (cases) && strcmp (cases[k].kind, kinds[i]->name) != 0)
        k++;
      g_assert_cmpuint (k, <, G_N_ELEMENTS (cases)); /* a new kind needs its line above */
    }
}

static void
test_scope_names (void)
{
  g_autofree char *kind = kith_scope_part ("care:C:A", 0);
  g_autofree char *client = kith_scope_part ("care:C:A", 1);
  g_autofree char *agency = kith_scope_part ("care:C:A", 2);

  g_assert_cmpstr (kind, ==, "care");
  g_assert_cmpstr (client, ==, "C");
  g_assert_cmpstr (agency, ==, "A");
  g_assert_null (kith_scope_part ("care:C:A", 3));
  g_assert_true (kith_scope_is ("client:C", "client"));
  g_assert_true (kith_scope_is ("dir", "dir"));
  g_assert_false (kith_scope_is ("client_billing:C", "client"));
  g_assert_false (kith_scope_is (NULL, "client"));
}

static void
test_vocabularies (void)
{
  static const char *const unanswered[] = { "hmis_name_quality", "hmis_dob_quality", "hmis_ssn_quality", "hmis_no_yes", "hmis_race_none",
                                            "hmis_substance", "hmis_health_status", "hmis_sex" };
  static const char *const codes[] = { "8", "9", "99" };
  const KithVocabulary *sex = kith_vocabulary_get ("hmis_sex");
  const KithVocabulary *phases = kith_vocabulary_get ("phase");
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  /* "Doesn't know", "prefers not to answer" and "not collected" round-trip, never becoming nothing (domain.md 3e). */
  g_assert_true (kith_vocabulary_has (sex, "8"));
  g_assert_true (kith_vocabulary_has (sex, "9"));
  g_assert_true (kith_vocabulary_has (sex, "99"));
  g_assert_false (kith_vocabulary_has (sex, "2"));
  g_assert_cmpstr (kith_vocabulary_label (sex, "0"), ==, "Female");
  g_assert_cmpstr (kith_vocabulary_label (sex, "strange"), ==, "strange");
  /* Every question of HMIS that may stay unanswered has the three ways of staying so. */
  for (guint i = 0; i < G_N_ELEMENTS (unanswered); i++)
    for (guint k = 0; k < G_N_ELEMENTS (codes); k++)
      g_assert_true (kith_vocabulary_has (kith_vocabulary_get (unanswered[i]), codes[k]));
  g_assert_cmpuint (kith_vocabulary_size (phases), ==, 15);
  for (guint i = 0; i < kith_vocabulary_size (phases); i++)
    g_assert_true (g_hash_table_add (seen, (gpointer) kith_vocabulary_code (phases, i)));
  g_assert_cmpuint (kith_vocabulary_size (kith_vocabulary_get ("decline_reason")), ==, 11);
  g_assert_cmpuint (kith_vocabulary_size (kith_vocabulary_get ("outcome")), ==, 11);
  g_assert_null (kith_vocabulary_get ("no_such_list"));
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  kith_kinds_register ();
  kith_kinds_register (); /* a second call does nothing */

  g_test_add_func ("/model/kinds/tables", test_tables);
  g_test_add_func ("/model/kinds/names", test_names);
  g_test_add_func ("/model/kinds/natural-keys", test_natural_keys);
  g_test_add_func ("/model/kinds/round-trip-of-every-field", test_round_trip);
  g_test_add_func ("/model/kinds/bad-values-name-the-label", test_bad_values);
  g_test_add_func ("/model/kinds/required", test_required);
  g_test_add_func ("/model/kinds/nested-bad-value", test_nested_bad_value);
  g_test_add_func ("/model/kinds/unknown-arguments", test_unknown_arguments);
  g_test_add_func ("/model/kinds/hub-and-network-as-references", test_names_that_are_no_ids);
  g_test_add_func ("/model/kinds/scopes", test_scopes);
  g_test_add_func ("/model/kinds/scope-names", test_scope_names);
  g_test_add_func ("/model/kinds/vocabularies", test_vocabularies);
  return g_test_run ();
}
