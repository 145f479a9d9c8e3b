/* SPDX-License-Identifier: GPL-3.0-or-later */

/* form.put, and the answers a referral carries: P2, P21, U10, C8. */

#include "op-fixture.h"

static JsonObject *
question (const char *key, const char *type, gboolean required, gboolean health)
{
  g_autofree char *text = g_strconcat ("What about ", key, "?", NULL);

  return kith_json_new ("key", "s", key, "text", "s", text, "type", "s", type, "required", "b", required, "health", "b", health, "choices", "a",
                        g_str_has_prefix (type, "choice") ? kith_json_strings ("Red", "Blue", NULL) : NULL, NULL);
}

static JsonArray *
questions (JsonObject *first, ...)
{
  JsonArray *list = json_array_new ();
  va_list rest;

  va_start (rest, first);
  for (JsonObject *next = first; next != NULL; next = va_arg (rest, JsonObject *))
    json_array_add_object_element (list, next);
  va_end (rest);
  return list;
}

static JsonObject *
put_args (const char *form, const char *use, const char *record, JsonArray *list)
{
  return kith_json_new ("id", "s", op_id (form), "use", "s", use, "record", "s", record != NULL ? op_id (record) : NULL, "name", "s", "Before you come",
                        "questions", "a", list, NULL);
}

/* Form F of service S: rooms must be answered, colour is one of two, meds is about health. */
static void
put_form (OpFixture *t)
{
  op_assert (t, "net", "form.put",
             put_args ("F", "service", "S",
                       questions (question ("rooms", "number", TRUE, FALSE), question ("colour", "choice", FALSE, FALSE),
                                  question ("meds", "long_text", TRUE, TRUE), NULL)),
             "applied");
}

static void
add_answer (JsonArray *answers, const char *key, const char *value)
{
  json_array_add_object_element (answers, kith_json_new ("key", "s", key, "value", "s", value, NULL));
}

/* One entry of a referral's answers: "key=value" each */
static JsonArray *
answers (gint64 version, const char *first, ...)
{
  JsonArray *list = json_array_new (), *entries = json_array_new ();
  va_list rest;

  va_start (rest, first);
  for (const char *next = first; next != NULL; next = va_arg (rest, const char *))
    {
      g_auto (GStrv) halves = g_strsplit (next, "=", 2);

      add_answer (list, halves[0], halves[1]);
    }
  va_end (rest);
  json_array_add_object_element (entries, kith_json_new ("form", "s", op_id ("F"), "version", "i", version, "answers", "a", list, NULL));
  return entries;
}

/* C1 of A with consent for B; classes client and, with health, client_health. */
static void
ready (OpFixture *t, gboolean health)
{
  put_form (t);
  op_register (t, "a-cc", "C1");
  op_assert (t, "a-cc", "consent.record",
             kith_json_new ("id", "s", op_id ("K1"), "client", "s", op_id ("C1"), "classes", "a",
                            kith_json_strings ("client", health ? "client_health" : NULL, NULL), "receivers", "a", kith_json_strings (op_id ("B"), NULL), "how",
                            "s", "verbal", NULL),
             "applied");
}

static const char *
send (OpFixture *t, const char *who, JsonArray *with)
{
  JsonObject *args = op_send_args ("R1", "C1", "direct", "S");

  json_object_set_array_member (args, "answers", with);
  return op_run (t, who, "referral.send", args);
}

/* The answer to one question of F that lies at a record of this kind; "" when there is none. */
static const char *
answer_at (OpFixture *t, const char *kind, const char *key)
{
  g_autofree char *record = kith_id_natural (kind, op_id ("R1"));
  g_autofree char *natural = g_strconcat (record, ":", op_id ("F"), NULL);
  g_autofree char *id = kith_id_natural ("form_answer", natural);
  KithRecord *given = op_get (t, "form_answer", id);
  JsonArray *list = given != NULL ? kith_record_array (given, "answers") : NULL;

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    if (g_strcmp0 (kith_json_string (json_array_get_object_element (list, i), "key"), key) == 0)
      return g_intern_string (kith_json_string (json_array_get_object_element (list, i), "value"));
  return "";
}

static void
set_health (OpFixture *t, const char *who)
{
  op_set (t, "staff", op_id (who), "health_access", json_node_init_boolean (json_node_alloc (), TRUE));
}

/* P2: the network's staff write any form, an agency those of its own services, by who keeps its listings. */
static void
test_who (void)
{
  static const struct { const char *who, *use, *record, *expected; } rows[] = {
    { "net", "service", "S", "applied" }, { "hub", "service", "S", "applied" }, { "b-admin", "service", "S", "applied" },
    { "a-admin", "service", "S", "denied" }, { "b-rm", "service", "S", "denied" }, { "b-sup", "service", "S", "denied" },
    { "b-portal", "service", "S", "denied" }, { "b-new", "service", "S", "denied" }, { "b-admin", "queue", "Q", "denied" },
    { "net", "queue", "Q", "applied" }, { "net", "contact", NULL, "applied" }, { "b-admin", "contact", NULL, "denied" },
    { "net", "contact", "Q", "invalid" }, { "net", "service", NULL, "invalid" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (OpFixture) t = op_fixture_new ();

      g_test_message ("%s %s", rows[i].who, rows[i].use);
      op_assert (t, "net", "queue.create", kith_json_new ("id", "s", op_id ("Q"), "name", "s", "Housing", NULL), "applied");
      op_assert (t, rows[i].who, "form.put", put_args ("F", rows[i].use, rows[i].record, questions (question ("rooms", "number", TRUE, FALSE), NULL)),
                 rows[i].expected);
    }
  g_assert_cmpint (kith_operation_get ("form.put")->runs, ==, KITH_RUNS_ONLINE);
}

/* What an answer means stays: a question left out is retired, its kind never changes, a second form is none. */
static void
test_versions (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  JsonArray *list;

  put_form (t);
  op_assert (t, "net", "form.put", put_args ("F", "service", "S", questions (question ("meds", "long_text", TRUE, TRUE), question ("pets", "yes_no", FALSE, FALSE), NULL)),
             "applied");
  g_assert_cmpint (kith_record_int (op_get (t, "form", op_id ("F")), "version"), ==, 2);
  list = kith_record_array (op_get (t, "form", op_id ("F")), "questions");
  g_assert_cmpuint (json_array_get_length (list), ==, 4);
  g_assert_cmpstr (kith_json_string (json_array_get_object_element (list, 1), "key"), ==, "pets");
  g_assert_false (kith_json_bool (json_array_get_object_element (list, 1), "retired", FALSE));
  g_assert_cmpstr (kith_json_string (json_array_get_object_element (list, 2), "key"), ==, "rooms");
  g_assert_true (kith_json_bool (json_array_get_object_element (list, 2), "retired", FALSE));

  op_assert (t, "net", "form.put", put_args ("F", "service", "S", questions (question ("meds", "long_text", TRUE, FALSE), NULL)), "invalid");
  op_assert (t, "net", "form.put", put_args ("F", "service", "S", questions (question ("rooms", "text", TRUE, FALSE), NULL)), "invalid");
  op_assert (t, "net", "form.put", put_args ("F", "service", "SA", NULL), "invalid");
  op_assert (t, "net", "form.put", put_args ("F2", "service", "S", NULL), "exists");
  g_assert_cmpint (kith_record_int (op_get (t, "form", op_id ("F")), "version"), ==, 2);
}

static void
test_bad_questions (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  JsonObject *lonely = question ("colour", "choice", FALSE, FALSE);
  JsonArray *many = json_array_new ();

  json_object_set_array_member (lonely, "choices", kith_json_strings ("Red", NULL));
  for (guint i = 0; i < 41; i++)
    {
      g_autofree char *key = g_strdup_printf ("q%u", i);

      json_array_add_object_element (many, question (key, "text", FALSE, FALSE));
    }
  op_assert (t, "net", "form.put", put_args ("F", "service", "S", questions (lonely, NULL)), "invalid");
  op_assert (t, "net", "form.put", put_args ("F", "service", "S", many), "invalid");
  op_assert (t, "net", "form.put", put_args ("F", "service", "S", questions (question ("a", "text", FALSE, FALSE), question ("a", "text", FALSE, FALSE), NULL)), "invalid");
  op_assert (t, "net", "form.put", put_args ("F", "service", "S", questions (question ("a", "guess", FALSE, FALSE), NULL)), "invalid");
  op_assert (t, "net", "form.put", put_args ("F", "contact", NULL, questions (question ("a", "text", FALSE, TRUE), NULL)), "invalid");
}

/* U10, C8: what is answered lies with the detail; what is about health apart, for those with the flag, and at the receiver only by a consent
 * that covers health. */
static void
test_where (void)
{
  static const gboolean consents[] = { TRUE, FALSE };

  for (guint i = 0; i < G_N_ELEMENTS (consents); i++)
    {
      g_autoptr (OpFixture) t = op_fixture_new ();

      ready (t, consents[i]);
      set_health (t, "a-cc");
      set_health (t, "b-rm");
      g_assert_cmpstr (send (t, "a-cc", answers (1, "rooms=2", "colour=Red", "meds=Insulin", NULL)), ==, "applied");
      g_assert_cmpstr (answer_at (t, "referral_detail", "rooms"), ==, "2");
      g_assert_cmpstr (answer_at (t, "referral_detail", "colour"), ==, "Red");
      g_assert_cmpstr (answer_at (t, "referral_detail", "meds"), ==, "");
      g_assert_cmpstr (answer_at (t, "referral_health", "meds"), ==, "Insulin");
      g_assert_cmpstr (answer_at (t, "referral_health", "rooms"), ==, "");
      g_assert_true (op_sees (t, "b-rm", "referral_detail:R1"));
      g_assert_true (op_sees (t, "b-rm", "referral_health:R1") == consents[i]);
      g_assert_false (op_sees (t, "b-sup", "referral_health:R1"));
      g_assert_true (op_sees (t, "a-cc", "referral_health:R1"));
      g_assert_false (op_sees (t, "a-sup", "referral_health:R1"));
      g_assert_false (op_sees (t, "c-rm", "referral_health:R1"));
    }
}

/* Who may not see health information cannot write any, and is not held up by such questions. */
static void
test_flag (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();

  ready (t, TRUE);
  g_assert_cmpstr (send (t, "a-cc", answers (1, "rooms=2", "meds=Insulin", NULL)), ==, "denied");
  g_assert_cmpuint (op_count (t, "referral"), ==, 0);
  g_assert_cmpstr (send (t, "a-cc", answers (1, "rooms=2", NULL)), ==, "applied");
  g_assert_cmpuint (op_count (t, "referral_health"), ==, 0);
}

static JsonObject *
file_args (const char *kind)
{
  g_autofree char *record = kith_id_natural (kind, op_id ("R1"));

  return kith_json_new ("id", "s", op_id ("FILE"), "t", "s", kind, "record", "s", record, "type", "s", "letter", "name", "s", "Letter.pdf", "media_type", "s",
                        "application/pdf", "size", "i", (gint64) 10, "sha256", "s", "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", NULL);
}

/* A file sent with a referral lies with its detail, one about health apart; neither opens another file of the client. */
static void
test_files (void)
{
  static const char *const kinds[] = { "referral_detail", "referral_health" };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (OpFixture) t = op_fixture_new ();
      JsonObject *args = op_send_args ("R1", "C1", "direct", "S");
      JsonObject *other = file_args ("client");
      g_autofree char *scope = NULL;

      ready (t, TRUE);
      set_health (t, "a-cc");
      set_health (t, "b-rm");
      json_object_set_string_member (other, "id", op_id ("OTHER"));
      json_object_set_string_member (other, "record", op_id ("C1"));
      op_assert (t, "a-cc", "document.attach", other, "applied");
      json_object_set_boolean_member (args, "health", i == 1);
      json_object_set_array_member (args, "answers", answers (1, "rooms=2", NULL));
      op_assert (t, "a-cc", "referral.send", args, "applied");
      op_assert (t, "a-cc", "document.attach", file_args (kinds[i]), "applied");
      scope = kith_record_scope (op_get (t, "document", op_id ("FILE")));
      g_assert_true (op_sees (t, "b-rm", i == 0 ? "referral_detail:R1" : "referral_health:R1"));
      g_assert_true (op_sees (t, "b-rm", scope));
      g_assert_true (op_sees (t, "b-sup", scope) == (i == 0));
      g_free (scope);
      scope = kith_record_scope (op_get (t, "document", op_id ("OTHER")));
      g_assert_false (op_sees (t, "b-rm", scope));
      op_assert (t, "b-rm", "referral.decline",
                 kith_json_new ("referral", "s", op_id ("R1"), "from", "s", "sent", "reason", "s", "no_capacity", NULL), "applied");
      g_assert_false (op_sees (t, "b-rm", i == 0 ? "referral_detail:R1" : "referral_health:R1"));
    }
  {
    g_autoptr (OpFixture) t = op_fixture_new ();
    JsonObject *args = op_send_args ("R1", "C1", "direct", "S");

    ready (t, TRUE);
    json_object_set_array_member (args, "answers", answers (1, "rooms=2", NULL));
    json_object_set_boolean_member (args, "health", TRUE);
    op_assert (t, "a-cc", "referral.send", args, "denied");
  }
}

/* What must be answered is asked for; what was answered to an older form is taken as it was. */
static void
test_answers (void)
{
  static const struct { const char *first, *second; gint64 version; const char *expected; } rows[] = {
    { "rooms=2", NULL, 1, "applied" },          { "rooms=2", "colour=Blue", 1, "applied" }, { "rooms=two", NULL, 1, "invalid" },
    { "rooms=2", "colour=Green", 1, "invalid" }, { "colour=Blue", NULL, 1, "invalid" },     { "rooms= ", NULL, 1, "invalid" },
    { "colour=Green", NULL, 0, "applied" },     { "rooms=2", "nothing=2", 1, "invalid" },  { "rooms=2", NULL, 7, "invalid" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (OpFixture) t = op_fixture_new ();

      g_test_message ("%s %s", rows[i].first, rows[i].second);
      ready (t, FALSE);
      g_assert_cmpstr (send (t, "a-cc", answers (rows[i].version, rows[i].first, rows[i].second, NULL)), ==, rows[i].expected);
    }
}

/* The words of the question stand as they were read; what is empty is not kept; a form retired meanwhile takes it still. */
static void
test_words (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  JsonArray *entries = answers (1, "colour= ", NULL);
  JsonArray *list = kith_json_array (json_array_get_object_element (entries, 0), "answers");

  ready (t, FALSE);
  json_array_add_object_element (list, kith_json_new ("key", "s", "rooms", "text", "s", "How many rooms do you need?", "value", "s", "3", NULL));
  op_assert (t, "net", "form.put", put_args ("F", "service", "S", questions (question ("meds", "long_text", TRUE, TRUE), NULL)), "applied");
  g_assert_cmpstr (send (t, "a-cc", entries), ==, "applied");
  g_assert_cmpstr (answer_at (t, "referral_detail", "rooms"), ==, "3");
  g_assert_cmpstr (answer_at (t, "referral_detail", "colour"), ==, "");
  {
    g_autofree char *record = kith_id_natural ("referral_detail", op_id ("R1"));
    g_autofree char *natural = g_strconcat (record, ":", op_id ("F"), NULL);
    g_autofree char *id = kith_id_natural ("form_answer", natural);
    JsonArray *kept = kith_record_array (op_get (t, "form_answer", id), "answers");

    g_assert_cmpuint (json_array_get_length (kept), ==, 1);
    g_assert_cmpstr (kith_json_string (json_array_get_object_element (kept, 0), "text"), ==, "How many rooms do you need?");
    g_assert_cmpstr (kith_json_string (json_array_get_object_element (kept, 0), "type"), ==, "number");
  }
}

/* P2: what a service or a queue must know is asked for by the rule, not by the page alone; the refusal says what is missing. */
static void
test_required (void)
{
  static const struct { const char *type, *service, *queue, *expected; } rows[] = {
    { "direct", "S", NULL, "invalid" }, { "warm", "S", NULL, "invalid" }, { "informational", "S", NULL, "applied" }, { "direct", "SA", NULL, "applied" },
    { "warm", NULL, "Q", "invalid" },   { "direct", "SA", "Q", "invalid" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (OpFixture) t = op_fixture_new ();
      JsonObject *args = op_send_args ("R1", "C1", rows[i].type, rows[i].service);
      const char *first = rows[i].queue != NULL ? "pets" : "rooms";

      g_test_message ("%s %s %s", rows[i].type, rows[i].service, rows[i].queue);
      ready (t, TRUE);
      op_assert (t, "a-cc", "consent.record",
                 kith_json_new ("id", "s", op_id ("K2"), "client", "s", op_id ("C1"), "classes", "a", kith_json_strings ("client", NULL), "receivers", "a",
                                kith_json_strings ("network", NULL), "how", "s", "verbal", NULL),
                 "applied");
      op_assert (t, "net", "queue.create", kith_json_new ("id", "s", op_id ("Q"), "name", "s", "Housing", NULL), "applied");
      op_assert (t, "net", "form.put", put_args ("FQ", "queue", "Q", questions (question ("pets", "yes_no", TRUE, FALSE), question ("car", "yes_no", TRUE, FALSE), NULL)),
                 "applied");
      if (rows[i].queue != NULL)
        json_object_set_string_member (args, "queue", op_id (rows[i].queue));
      op_assert (t, "a-cc", "referral.send", args, rows[i].expected);
      if (g_str_equal (rows[i].expected, "applied"))
        continue;
      g_assert_nonnull (strstr (op_message (t), first));
      g_assert_true ((strstr (op_message (t), "car") != NULL) == (rows[i].queue != NULL));
      g_assert_null (strstr (op_message (t), "meds")); /* who may not see it is not asked */
      g_assert_cmpuint (op_count (t, "referral"), ==, 0);
    }
}

/* P2, P21: a call that is given to a queue or to a service is held to the same questions as a client's referral, here and at the hub; a form that
 * came after its author had last heard of the hub is not held against it. */
static void
test_required_of_call (void)
{
  static const struct { const char *type, *service, *queue, *answer, *expected; } rows[] = {
    { "direct", NULL, "Q", NULL, "invalid" },  { "direct", NULL, "Q", "pets=yes", "applied" }, { "warm", NULL, "Q", NULL, "invalid" },
    { NULL, NULL, "Q", NULL, "invalid" },      { "direct", "S", NULL, NULL, "invalid" },       { "direct", "S", "Q", "pets=yes", "invalid" },
    { "informational", "S", NULL, NULL, "applied" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (OpFixture) t = op_fixture_new ();
      g_autofree char *until = op_time (t, 10 * OP_DAY);
      JsonObject *args = kith_json_new ("contact", "s", op_id ("N"), "id", "s", op_id ("R1"), "number", "s", "NA-0008", "type", "s", rows[i].type, "service", "s",
                                        rows[i].service != NULL ? op_id (rows[i].service) : NULL, "queue", "s", rows[i].queue != NULL ? op_id (rows[i].queue) : NULL,
                                        "release", "o", kith_json_new ("classes", "a", kith_json_strings ("client", NULL), "until", "s", until, "basis", "s",
                                                                       "spoken_release", NULL), NULL);

      g_test_message ("%u", i);
      ready (t, TRUE);
      op_assert (t, "net", "contact.record", kith_json_new ("id", "s", op_id ("N"), "number", "s", "NA-0007", "name", "s", "Jo", NULL), "applied");
      op_assert (t, "net", "queue.create", kith_json_new ("id", "s", op_id ("Q"), "name", "s", "Housing", NULL), "applied");
      op_assert (t, "net", "form.put", put_args ("FQ", "queue", "Q", questions (question ("pets", "yes_no", TRUE, FALSE), NULL)), "applied");
      if (rows[i].answer != NULL)
        {
          JsonArray *entries = answers (1, rows[i].answer, NULL);

          json_object_set_string_member (json_array_get_object_element (entries, 0), "form", op_id ("FQ"));
          json_object_set_array_member (args, "answers", entries);
        }
      op_assert (t, "net", "contact.assign", args, rows[i].expected);
      g_assert_cmpuint (op_count (t, "referral"), ==, g_str_equal (rows[i].expected, "applied"));
      if (g_str_equal (rows[i].expected, "invalid"))
        g_assert_nonnull (strstr (op_message (t), rows[i].service != NULL ? "rooms" : "pets"));
    }
}

/* A form out of use asks nothing. */
static void
test_out_of_use (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  JsonObject *args = put_args ("F", "service", "S", questions (question ("rooms", "number", TRUE, FALSE), NULL));

  ready (t, FALSE);
  json_object_set_boolean_member (args, "inactive", TRUE);
  op_assert (t, "net", "form.put", args, "applied");
  op_assert (t, "a-cc", "referral.send", op_send_args ("R1", "C1", "direct", "S"), "applied");
}

/* A desk answers a form it has; one that it has not it leaves to the hub. */
static void
test_desk (void)
{
  static const char *const holds[] = { "dir", "agency:A", "client:C1", NULL };
  g_autoptr (OpFixture) t = op_fixture_new ();
  JsonObject *args = op_send_args ("R1", "C1", "direct", "S");
  g_autofree char *record = kith_id_natural ("referral_detail", op_id ("R1"));
  g_autofree char *natural = g_strconcat (record, ":", op_id ("F"), NULL);
  g_autofree char *id = kith_id_natural ("form_answer", natural);
  g_autoptr (KithRecord) given = NULL;

  ready (t, FALSE);
  json_object_set_array_member (args, "answers", answers (1, "rooms=2", NULL));
  g_assert_cmpstr (op_run_desk (t, "a-cc", holds, "referral.send", args), ==, "applied");
  given = kith_world_get (op_desk (t), "form_answer", id, NULL);
  g_assert_nonnull (given);
  g_assert_cmpstr (op_run_desk (t, "a-cc", holds, "referral.send", op_send_args ("R2", "C1", "direct", "S")), ==, "invalid");
}

/* What a colleague added meanwhile is not taken away unseen. */
static void
test_seen (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  JsonObject *mine = put_args ("F", "service", "S", questions (question ("rooms", "number", TRUE, FALSE), NULL));

  put_form (t);
  json_object_set_int_member (mine, "seen", 0);
  op_assert (t, "net", "form.put", json_object_ref (mine), "stale_state");
  json_object_set_int_member (mine, "seen", 1);
  op_assert (t, "net", "form.put", json_object_ref (mine), "applied");
  op_assert (t, "net", "form.put", mine, "stale_state");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/op-form/who", test_who);
  g_test_add_func ("/model/op-form/versions", test_versions);
  g_test_add_func ("/model/op-form/seen", test_seen);
  g_test_add_func ("/model/op-form/bad-questions", test_bad_questions);
  g_test_add_func ("/model/op-form/where", test_where);
  g_test_add_func ("/model/op-form/flag", test_flag);
  g_test_add_func ("/model/op-form/files", test_files);
  g_test_add_func ("/model/op-form/answers", test_answers);
  g_test_add_func ("/model/op-form/words", test_words);
  g_test_add_func ("/model/op-form/P2-required", test_required);
  g_test_add_func ("/model/op-form/P2-required-of-call", test_required_of_call);
  g_test_add_func ("/model/op-form/out-of-use", test_out_of_use);
  g_test_add_func ("/model/op-form/desk", test_desk);
  return g_test_run ();
}
