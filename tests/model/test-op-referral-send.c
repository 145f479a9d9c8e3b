/* SPDX-License-Identifier: GPL-3.0-or-later */

/* referral.send, referral.recall: D1 to D4, D9, P12, C1, C15, C16. */

#include "op-fixture.h"

static void
with_client (OpFixture *t)
{
  op_register (t, "a-cc", "C1");
  op_consent (t, "a-cc", "K1", "C1", "B");
}

static void
test_roles (void)
{
  static const struct { const char *who, *expected;
  } cases[] = {
    { "a-cc", "applied" },    { "a-rm", "applied" },  { "a-sup", "applied" },      { "a-cc2", "not_found" },
    { "a-new", "not_found" }, { "a-gone", "denied" }, { "a-portal", "not_found" }, { "b-rm", "not_found" },
    { "c-rm", "not_found" },  { "net", "not_found" }, { "hub", "denied" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OpFixture) t = op_fixture_new ();

      with_client (t);
      op_assert (t, cases[i].who, "referral.send", op_send_args ("R1", "C1", "direct", "S"), cases[i].expected);
    }
}

static void
test_eight_fields (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  KithRecord *referral;

  with_client (t);
  op_send (t, "a-cc", "R1", "C1", "S");
  referral = op_get (t, "referral", op_id ("R1"));
  g_assert_null (kith_record_string (referral, "queue_name")); /* it is in no queue */
  g_assert_cmpstr (kith_record_string (referral, "resource_name"), ==, "Service S");
  g_assert_cmpstr (kith_record_string (referral, "contact_number"), ==, "KA-0002");
  g_assert_cmpstr (kith_record_string (referral, "status"), ==, "sent");
  g_assert_cmpstr (kith_record_string (referral, "note"), ==, "Speaks Spanish.");
  g_assert_cmpstr (kith_record_string (referral, "contact_name"), ==, "Ana Lopez");
  g_assert_cmpstr (kith_record_string (referral, "contact_date"), ==, "2026-03-02T09:00:00.000Z");
  g_assert_cmpstr (kith_record_string (referral, "postal_code"), ==, "92101");
}

static void
set_names (OpFixture *t, const char *given, const char *family, const char *second, const char *described_as)
{
  static const char *const fields[] = { "given_name", "family_name", "second_family_name", "described_as" };
  const char *values[] = { given, family, second, described_as };

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    op_set (t, "client", op_id ("C1"), fields[i], values[i] != NULL ? json_node_init_string (json_node_alloc (), values[i]) : NULL);
}

/* C1, D5, P12: both family names go along wherever the client is copied: into the one name of the eight fields, into what the receiver reads before it
 * accepts, and into what it knows the person as for good. The preferred name is only read where the rest of the person is. */
static void
test_second_family_name (void)
{
  static const struct { const char *given, *family, *second, *described, *name, *care_given; } cases[] = {
    { "Ana", "Lopez", "Hernández", NULL, "Ana Lopez Hernández", "Ana" }, { "Ana", "Lopez", NULL, NULL, "Ana Lopez", "Ana" },
    { NULL, "Lopez", "Hernández", NULL, "Lopez Hernández", NULL },      { "Ana", NULL, "Hernández", NULL, "Ana Hernández", "Ana" },
    { NULL, NULL, "Hernández", "Grey coat", "Hernández", NULL },        { NULL, NULL, NULL, "Grey coat", "Grey coat", "Grey coat" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OpFixture) t = op_fixture_new ();
      JsonObject *snapshot;
      KithRecord *care;

      with_client (t);
      set_names (t, cases[i].given, cases[i].family, cases[i].second, cases[i].described);
      op_set (t, "client", op_id ("C1"), "preferred_name", json_node_init_string (json_node_alloc (), "Anita"));
      op_send (t, "a-cc", "R1", "C1", "S");
      g_test_message ("case %u", i);
      g_assert_cmpstr (op_field (t, "referral", op_id ("R1"), "contact_name"), ==, cases[i].name);
      snapshot = kith_record_object (op_natural (t, "referral_detail", "R1"), "snapshot");
      g_assert_cmpstr (kith_json_string (snapshot, "second_family_name"), ==, cases[i].second);
      g_assert_cmpstr (kith_json_string (snapshot, "preferred_name"), ==, "Anita");
      op_assert (t, "b-rm", "referral.accept", op_step_args ("R1", "sent"), "applied");
      care = op_natural (t, "care", "C1:B");
      g_assert_cmpstr (kith_record_string (care, "given_name"), ==, cases[i].care_given);
      g_assert_cmpstr (kith_record_string (care, "family_name"), ==, cases[i].family);
      g_assert_cmpstr (kith_record_string (care, "second_family_name"), ==, cases[i].second);
    }
}

/* D5: before any contact the receiver of a direct referral reads who it is about and how to reach them, as the sender had it then: from the referral,
 * not from the client's record, which it does not see before it accepts. */
static void
test_before_contact (void)
{
  static const struct { const char *who; gboolean reads; } people[] = {
    { "b-rm", TRUE }, { "b-sup", TRUE }, { "b-cc", FALSE }, { "b-portal", FALSE }, { "c-rm", FALSE }, { "c-sup", FALSE }, { "a-cc", TRUE },
  };
  g_autoptr (OpFixture) t = op_fixture_new ();
  JsonArray *phones = json_array_new ();
  JsonObject *set = kith_json_new ("languages", "o", kith_json_new ("new", "a", kith_json_strings ("es", NULL), NULL), "do_not_contact", "o", kith_json_new ("new", "b", TRUE, NULL), NULL);
  JsonObject *snapshot;

  with_client (t);
  json_array_add_object_element (phones, kith_json_new ("number", "s", "619 555 0100", "safe_to_call", "b", FALSE, NULL));
  json_object_set_object_member (set, "phones", kith_json_new ("new", "a", phones, NULL));
  op_assert (t, "a-cc", "record.patch", kith_json_new ("t", "s", "client", "id", "s", op_id ("C1"), "set", "o", set, NULL), "applied");
  op_send (t, "a-cc", "R1", "C1", "S");
  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    {
      g_test_message ("%s", people[i].who);
      g_assert_true (op_sees (t, people[i].who, "referral_detail:R1") == people[i].reads);
      if (!g_str_equal (people[i].who, "a-cc"))
        g_assert_false (op_sees (t, people[i].who, "client:C1"));
    }
  snapshot = kith_record_object (op_natural (t, "referral_detail", "R1"), "snapshot");
  g_assert_cmpstr (kith_json_string (snapshot, "given_name"), ==, "Ana");
  g_assert_cmpstr (kith_json_string (snapshot, "date_of_birth"), ==, "1988-04-07");
  g_assert_cmpstr (kith_json_string (json_array_get_object_element (kith_json_array (snapshot, "phones"), 0), "number"), ==, "619 555 0100");
  g_assert_false (kith_json_bool (json_array_get_object_element (kith_json_array (snapshot, "phones"), 0), "safe_to_call", TRUE));
  g_assert_true (kith_json_array_has (kith_json_array (snapshot, "languages"), "es"));
  g_assert_true (kith_json_bool (snapshot, "do_not_contact", FALSE)); /* C16 */
  op_assert (t, "a-cc", "record.patch",
             kith_json_new ("t", "s", "client", "id", "s", op_id ("C1"), "set", "o",
                            kith_json_new ("given_name", "o", kith_json_new ("old", "s", "Ana", "new", "s", "Anita", NULL), NULL), NULL), "applied");
  g_assert_cmpstr (kith_json_string (kith_record_object (op_natural (t, "referral_detail", "R1"), "snapshot"), "given_name"), ==, "Ana");
}

static void
test_records (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  KithRecord *referral, *detail;
  JsonObject *snapshot;

  with_client (t);
  op_send (t, "a-cc", "R1", "C1", "S");
  referral = op_get (t, "referral", op_id ("R1"));
  g_assert_cmpstr (kith_record_string (referral, "agency"), ==, op_id ("A"));
  g_assert_cmpstr (kith_record_string (referral, "agency_to"), ==, op_id ("B"));
  g_assert_cmpstr (kith_record_string (referral, "author"), ==, op_id ("a-cc"));
  g_assert_cmpstr (kith_record_string (referral, "phase"), ==, "sent");
  g_assert_cmpstr (op_course_field (t, "R1", "sent_at"), ==, "2026-03-02T09:00:00.000Z");
  g_assert_true (kith_record_list_has (referral, "resources", op_id ("S")));
  g_assert_true (kith_record_list_has (referral, "resources", op_id ("P")));
  g_assert_true (kith_record_list_has (referral, "resources", op_id ("B")));
  detail = op_natural (t, "referral_detail", "R1");
  g_assert_cmpstr (kith_record_string (detail, "request"), ==, "Needs food today.");
  g_assert_cmpstr (kith_record_string (detail, "urgency"), ==, "soon");
  snapshot = kith_record_object (detail, "snapshot");
  g_assert_cmpstr (kith_json_string (snapshot, "family_name"), ==, "Lopez");
  g_assert_cmpstr (kith_json_string (snapshot, "date_of_birth"), ==, "1988-04-07");
  g_assert_nonnull (op_natural (t, "referral_own", "R1:A"));
  g_assert_cmpuint (op_count (t, "referral_event"), ==, 1);
  g_assert_cmpuint (op_count_with (t, "referral_event", "actor_name", "a-cc"), ==, 1);
  g_assert_cmpuint (op_count_with (t, "referral_event", "agency_name", "Agency A"), ==, 1);
  g_assert_cmpuint (op_count_with (t, "referral_event", "to_phase", "sent"), ==, 1);
  op_assert (t, "a-cc", "referral.send", op_send_args ("R1", "C1", "direct", "S"), "exists");
  g_assert_true (op_sees (t, "b-rm", "referral_detail:R1"));
  g_assert_true (op_sees (t, "b-sup", "referral_detail:R1"));
  g_assert_false (op_sees (t, "b-cc", "referral:R1"));
  g_assert_false (op_sees (t, "c-sup", "referral:R1"));
}

/* D4 */
static void
test_direct (void)
{
  static const struct { const char *type, *service, *expected;
  } cases[] = {
    { "direct", "S", "applied" },
    { "direct", "S-info", "not_direct" },
    { "direct", "S-shut", "not_direct" },
    { "direct", NULL, "not_direct" },
    { "warm", "S", "applied" },
    { "warm", "S-info", "not_direct" },
    { "warm", "S-shut", "not_direct" },
    { "warm", NULL, "applied" },
    { "informational", "S", "applied" },
    { "informational", "S-info", "applied" },
    { "informational", "S-shut", "applied" },
    { "informational", NULL, "applied" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OpFixture) t = op_fixture_new ();
      JsonObject *args = op_send_args ("R1", "C1", cases[i].type, cases[i].service);

      with_client (t);
      if (cases[i].service == NULL)
        json_object_set_string_member (args, "agency_to", op_id ("B"));
      op_assert (t, "a-cc", "referral.send", args, cases[i].expected);
    }
}

static void
test_target (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  JsonObject *args;

  with_client (t);
  op_assert (t, "a-cc", "referral.send", op_send_args ("R1", "C1", "direct", "nowhere"), "not_found");
  op_assert (t, "a-cc", "referral.send", op_send_args ("R1", "C1", "informational", NULL), "invalid");
  op_assert (t, "a-cc", "referral.send", op_send_args ("R1", "C1", "sideways", "S"), "invalid");
  args = op_send_args ("R1", "C1", "direct", "S");
  json_object_set_string_member (args, "agency_to", op_id ("C"));
  op_assert (t, "a-cc", "referral.send", args, "invalid");
  g_assert_cmpuint (op_count (t, "referral"), ==, 0);
}

/* D3: nothing is sent, nobody is told, and the named agency sees nothing. */
static void
test_informational (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  static const char *const nobody[] = { "b-rm", "b-sup", "b-cc2" };

  op_register (t, "a-cc", "C1");
  op_assert (t, "a-cc", "referral.send", op_send_args ("R1", "C1", "informational", "S"), "applied");
  g_assert_cmpstr (op_phase (t, "R1"), ==, "given");
  g_assert_cmpstr (op_course_field (t, "R1", "sent_at"), ==, "");
  g_assert_cmpstr (op_course_field (t, "R1", "due_on"), ==, "");
  g_assert_null (kith_record_object (op_natural (t, "referral_detail", "R1"), "snapshot"));
  g_assert_cmpuint (op_count (t, "notice"), ==, 0);
  op_consent (t, "a-cc", "K1", "C1", "B");
  for (guint i = 0; i < G_N_ELEMENTS (nobody); i++)
    {
      g_assert_false (op_sees (t, nobody[i], "referral:R1"));
      g_assert_false (op_sees (t, nobody[i], "referral_detail:R1"));
      op_assert (t, nobody[i], "referral.accept", op_step_args ("R1", "given"), "not_found");
    }
  g_assert_true (op_sees (t, "a-cc", "referral_detail:R1"));
}

/* C1: without consent it is refused, and the sentence says what is missing. */
static void
test_consent (void)
{
  enum { NONE, REFUSED, OTHER_RECEIVER, OTHER_CLASS, OTHER_DISCLOSER, REVOKED, EXPIRED, FITS, FITS_DISCLOSER };
  static const struct { int have; const char *expected, *says; } cases[] = {
    { NONE, "consent_missing", "no consent" },
    { REFUSED, "consent_missing", "refused" },
    { OTHER_RECEIVER, "consent_missing", "does not cover" },
    { OTHER_CLASS, "consent_missing", "does not cover" },
    { OTHER_DISCLOSER, "consent_missing", "does not let your agency" },
    { REVOKED, "consent_missing", "ended or was revoked" },
    { EXPIRED, "consent_missing", "ended or was revoked" },
    { FITS, "applied", "" },
    { FITS_DISCLOSER, "applied", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OpFixture) t = op_fixture_new ();
      int have = cases[i].have;

      op_register (t, "a-cc", "C1");
      if (have == REFUSED)
        op_assert (t, "a-cc", "consent.refuse",
                   kith_json_new ("id", "s", op_id ("K1"), "client", "s", op_id ("C1"), NULL), "applied");
      else if (have != NONE)
        op_assert (t, "a-cc", "consent.record",
                   kith_json_new ("id", "s", op_id ("K1"), "client", "s", op_id ("C1"), "classes", "a",
                                  kith_json_strings (have == OTHER_CLASS ? "care" : "client", NULL), "receivers", "a",
                                  kith_json_strings (op_id (have == OTHER_RECEIVER ? "C" : "B"), NULL), "disclosers",
                                  "a",
                                  have == OTHER_DISCLOSER  ? kith_json_strings (op_id ("C"), NULL)
                                  : have == FITS_DISCLOSER ? kith_json_strings (op_id ("A"), NULL)
                                                           : NULL,
                                  "how", "s", "verbal", NULL),
                   "applied");
      if (have == REVOKED)
        op_assert (t, "a-cc", "consent.revoke", kith_json_new ("consent", "s", op_id ("K1"), "reason", "s", "x", NULL),
                   "applied");
      if (have == EXPIRED)
        op_advance (t, 366 * OP_DAY);
      op_assert (t, "a-cc", "referral.send", op_send_args ("R1", "C1", "direct", "S"), cases[i].expected);
      g_assert_nonnull (strstr (op_message (t), cases[i].says));
      g_assert_cmpuint (op_count (t, "referral"), ==, g_str_equal (cases[i].expected, "applied") ? 1 : 0);
    }
}

/* An internal referral needs no consent. */
static void
test_internal (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();

  op_register (t, "a-cc", "C1");
  op_send (t, "a-cc", "R1", "C1", "SA");
  g_assert_cmpstr (op_phase (t, "R1"), ==, "sent");
  g_assert_true (op_sees (t, "a-rm", "referral_detail:R1"));
}

static JsonObject *
lone_args (OpFixture *t, const char *data_class, gint64 until, const char *basis)
{
  JsonObject *args = op_send_args ("R1", NULL, "direct", "S");
  g_autofree char *time = op_time (t, until);

  json_object_set_string_member (args, "contact_name", "Jo");
  json_object_set_string_member (args, "date_of_birth", "1990");
  json_object_set_string_member (args, "phone", "619 555 0100");
  if (data_class != NULL)
    json_object_set_object_member (args, "release",
                                   kith_json_new ("classes", "a", kith_json_strings (data_class, NULL), "until", "s",
                                                  time, "basis", "s", basis, NULL));
  return args;
}

/* C15: a victim service agency refers without a client record, under a written, time-limited release, and only what it
 * names. */
static void
test_victim_service (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  JsonObject *args;

  op_assert (t, "v-rm", "referral.send", lone_args (t, NULL, 0, NULL), "consent_missing");
  op_assert (t, "v-rm", "referral.send", lone_args (t, "client", -1, "written_release"), "invalid");
  op_assert (t, "v-rm", "referral.send", lone_args (t, "client", OP_DAY, NULL), "consent_missing");
  op_assert (t, "v-rm", "referral.send", lone_args (t, "client", OP_DAY, "emergency"), "consent_missing");
  op_assert (t, "v-rm", "referral.send", lone_args (t, "care", OP_DAY, "written_release"), "consent_missing");
  args = lone_args (t, "client", OP_DAY, "written_release");
  json_object_set_string_member (args, "release", "yes");
  op_assert (t, "v-rm", "referral.send", args, "consent_missing");
  op_assert (t, "v-rm", "referral.send", lone_args (t, "client", OP_DAY, "written_release"), "applied");
  g_assert_cmpstr (op_field (t, "referral", op_id ("R1"), "contact_name"), ==, "Jo");
  g_assert_cmpstr (op_field (t, "referral", op_id ("R1"), "client"), ==, "");
  g_assert_true (op_sees (t, "b-rm", "referral_detail:R1"));
  op_advance (t, OP_DAY);
  g_assert_false (op_sees (t, "b-rm", "referral_detail:R1"));
}

/* C15: what it only gives to a client goes to no agency and needs no release; it is noted at the hub, and so without a word on them. */
static void
test_victim_service_given (void)
{
  static const char *const says[] = { "contact_name", "date_of_birth", "phone", "request", "note" };
  g_autoptr (OpFixture) t = op_fixture_new ();
  JsonObject *args = op_send_args ("R1", NULL, "informational", "S-info");

  json_object_remove_member (args, "request");
  json_object_remove_member (args, "note");
  for (guint i = 0; i < G_N_ELEMENTS (says); i++)
    {
      JsonObject *with = kith_json_copy_object (args);

      json_object_set_string_member (with, says[i], "1990");
      op_assert (t, "v-rm", "referral.send", with, "consent_missing");
      g_assert_null (op_get (t, "referral", op_id ("R1")));
    }
  op_assert (t, "v-rm", "referral.send", args, "applied");
  g_assert_cmpstr (op_phase (t, "R1"), ==, "given");
  args = op_send_args ("R2", NULL, "informational", "S-info"); /* another agency's are its own to note */
  json_object_set_string_member (args, "contact_name", "Jo");
  op_assert (t, "a-cc", "referral.send", args, "applied");
}

static void
test_victim_service_client (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  JsonObject *args = op_send_args ("R1", "C1", "direct", "S");
  g_autofree char *settings = kith_id_natural ("agency_settings", op_id ("A"));
  g_autofree char *until = op_time (t, OP_DAY);

  with_client (t);
  op_assert (t, "net", "agency.configure",
             kith_json_new ("agency", "s", op_id ("A"), "set", "o", kith_json_new ("victim_service", "b", TRUE, NULL),
                            NULL),
             "applied");
  json_object_set_object_member (args, "release",
                                 kith_json_new ("classes", "a", kith_json_strings ("client", NULL), "until", "s", until,
                                                "basis", "s", "written_release", NULL));
  op_assert (t, "a-cc", "referral.send", args, "denied");
}

/* Any other agency, too, may refer somebody it has no record of: with a release, for a year at most. For whom there is a record a release that
 * somebody writes does not stand in for the consent (C5, C15, design.md 2.4). */
static void
test_release (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  JsonObject *args = op_send_args ("R2", "C1", "direct", "S");
  g_autofree char *until = op_time (t, OP_DAY);
  JsonObject *snapshot;

  op_assert (t, "a-cc", "referral.send", lone_args (t, "client", OP_DAY, NULL), "invalid");
  op_assert (t, "a-cc", "referral.send", lone_args (t, NULL, 0, NULL), "consent_missing");
  op_assert (t, "a-cc", "referral.send", lone_args (t, "client", OP_DAY, "Her lawyer Jo Doe said so"), "invalid"); /* a code, no words (C11) */
  op_assert (t, "a-cc", "referral.send", lone_args (t, "client", 400 * (gint64) OP_DAY, "written_release"), "invalid");
  op_assert (t, "a-cc", "referral.send", lone_args (t, "client", OP_DAY, "written_release"), "applied");
  g_assert_cmpstr (op_detail_field (t, "R1", "release_basis"), ==, "written_release");
  snapshot = kith_record_object (op_natural (t, "referral_detail", "R1"), "snapshot");
  g_assert_cmpstr (kith_json_string (snapshot, "given_name"), ==, "Jo");
  g_assert_cmpstr (kith_json_string (snapshot, "date_of_birth"), ==, "1990");
  op_register (t, "a-cc", "C1");
  json_object_set_object_member (args, "release",
                                 kith_json_new ("classes", "a", kith_json_strings ("client", NULL), "until", "s", until,
                                                "basis", "s", "emergency", NULL));
  op_assert (t, "a-cc", "referral.send", args, "consent_missing");
  g_assert_false (op_sees (t, "b-rm", "referral_detail:R2"));
}

/* D2: who manages the service and the supervisors, each once; nobody else. U12 decides who manages. */
static void
test_notices (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  static const char *const told[] = { "b-rm", "b-sup", "b-cc2" };

  with_client (t);
  op_send (t, "a-cc", "R1", "C1", "S");
  g_assert_cmpuint (op_count (t, "notice"), ==, G_N_ELEMENTS (told));
  for (guint i = 0; i < G_N_ELEMENTS (told); i++)
    g_assert_cmpuint (op_count_with (t, "notice", "staff", op_id (told[i])), ==, 1);
  g_assert_cmpuint (op_count_with (t, "notice", "type", "sent"), ==, 3);
  g_assert_cmpuint (op_count_with (t, "notice", "number", "KA-0002"), ==, 3);
}

static void
collect_names (gpointer data, gpointer user_data)
{
  g_autofree char *body = kith_record_print (data);

  /* C17: no client detail. */
  g_assert_null (strstr (body, "Ana"));
  g_assert_null (strstr (body, "Lopez"));
  g_assert_null (strstr (body, op_id ("C1")));
  ++*(guint *) user_data;
}

static void
test_notice_content (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  guint n = 0;

  op_accepted (t, "R1");
  kith_memory_world_foreach (KITH_MEMORY_WORLD (op_world (t)), "notice", collect_names, &n);
  g_assert_cmpuint (n, ==, 4);
}

/* C16 */
static void
test_do_not_contact (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();

  with_client (t);
  op_set (t, "client", op_id ("C1"), "do_not_contact", json_node_init_boolean (json_node_alloc (), TRUE));
  op_send (t, "a-cc", "R1", "C1", "S");
  g_assert_cmpuint (op_count (t, "notice"), ==, 0);
  g_assert_true (kith_json_bool (kith_record_object (op_natural (t, "referral_detail", "R1"), "snapshot"),
                                 "do_not_contact", FALSE));
  g_assert_cmpstr (op_course_field (t, "R1", "due_on"), ==, "2026-03-04");
}

/* Two working days of the receiver: its weekend, its holidays, its time zone. */
static void
test_due (void)
{
  static const struct { gint64 later; const char *holiday, *holiday_of, *zone, *expected; } cases[] = {
    { 0, NULL, NULL, NULL, "2026-03-04" },
    { 3 * OP_DAY, NULL, NULL, NULL, "2026-03-09" },
    { 4 * OP_DAY, NULL, NULL, NULL, "2026-03-10" },
    { 5 * OP_DAY, NULL, NULL, NULL, "2026-03-10" },
    { 0, "2026-03-03", NULL, NULL, "2026-03-05" },
    { 0, "2026-03-03", "B", NULL, "2026-03-05" },
    { 0, "2026-03-03", "A", NULL, "2026-03-04" },
    { -8 * 3600 * 1000, NULL, NULL, "America/Los_Angeles", "2026-03-03" },
    { 16 * 3600 * 1000, NULL, NULL, "Asia/Tokyo", "2026-03-05" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OpFixture) t = op_fixture_new ();

      with_client (t);
      if (cases[i].holiday != NULL)
        op_put (t, "calendar_day", op_id ("day"),
                kith_json_new ("date", "s", cases[i].holiday, "agency", "s",
                               cases[i].holiday_of != NULL ? op_id (cases[i].holiday_of) : NULL, "name", "s", "Holiday",
                               "closed", "b", TRUE, NULL));
      if (cases[i].zone != NULL)
        op_assert (t, "b-admin", "agency.configure",
                   kith_json_new ("agency", "s", op_id ("B"), "set", "o",
                                  kith_json_new ("time_zone", "s", cases[i].zone, NULL), NULL),
                   "applied");
      op_advance (t, cases[i].later);
      op_send (t, "a-cc", "R1", "C1", "S");
      g_assert_cmpstr (op_course_field (t, "R1", "due_on"), ==, cases[i].expected);
    }
}

/* Sent from a van, told days later: the receiver's time begins when it can know. */
static void
test_due_late (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();

  with_client (t);
  op_set_lag (t, 9 * OP_DAY);
  op_send (t, "a-cc", "R1", "C1", "S");
  g_assert_cmpstr (op_course_field (t, "R1", "sent_at"), ==, "2026-03-02T09:00:00.000Z");
  g_assert_cmpstr (op_course_field (t, "R1", "due_on"), ==, "2026-03-13");
}

/* A desk writes the whole referral for itself, notices and due dates come from the hub alone. */
static void
test_desk (void)
{
  static const char *const scopes[] = { "dir", "agency:A", "user:a-cc", "client:C1", "care:C1:A", NULL };
  g_autoptr (OpFixture) t = op_fixture_new ();
  g_autoptr (KithRecord) referral = NULL;
  g_autoptr (KithRecord) detail = NULL;
  g_autoptr (KithRecord) course = NULL;
  g_autofree char *detail_id = kith_id_natural ("referral_detail", op_id ("R1")), *course_id = kith_id_natural ("referral_course", op_id ("R1"));

  with_client (t);
  g_assert_cmpstr (op_run_desk (t, "a-cc", scopes, "referral.send", op_send_args ("R1", "C1", "direct", "S")), ==,
                   "applied");
  referral = kith_world_get (op_desk (t), "referral", op_id ("R1"), NULL);
  g_assert_cmpstr (kith_record_string (referral, "contact_name"), ==, "Ana Lopez");
  course = kith_world_get (op_desk (t), "referral_course", course_id, NULL);
  g_assert_cmpstr (kith_record_string (course, "type"), ==, "direct");
  g_assert_null (kith_record_string (course, "due_on"));
  detail = kith_world_get (op_desk (t), "referral_detail", detail_id, NULL);
  g_assert_nonnull (detail);
}

/* What a desk does not hold is no reason to refuse: neither the client's consents nor the service (design.md 2.2, 2).
 */
static void
test_partial (void)
{
  static const char *const without_client[] = { "dir", "agency:A", "user:a-cc", NULL };
  static const char *const without_directory[] = { "agency:A", "user:a-cc", "client:C1", "care:C1:A", NULL };
  static const char *const with_all[] = { "dir", "agency:A", "user:a-cc", "client:C1", "care:C1:A", NULL };
  g_autoptr (OpFixture) t = op_fixture_new ();

  op_register (t, "a-cc", "C1");
  g_assert_cmpstr (op_run_desk (t, "a-cc", without_client, "referral.send", op_send_args ("R1", "C1", "direct", "S")),
                   ==, "applied");
  g_assert_cmpstr (op_run_desk (t, "a-cc", with_all, "referral.send", op_send_args ("R1", "C1", "direct", "S")), ==,
                   "consent_missing");
  op_consent (t, "a-cc", "K1", "C1", "B");
  g_assert_cmpstr (op_run_desk (t, "a-cc", without_directory, "referral.send",
                                op_send_args ("R1", "C1", "direct", "S-info")),
                   ==, "applied");
  g_assert_cmpstr (op_run_desk (t, "a-cc", with_all, "referral.send", op_send_args ("R1", "C1", "direct", "S-info")),
                   ==, "not_direct");
}

static void
test_recall (void)
{
  static const struct { const char *who, *expected;
  } cases[] = {
    { "a-cc", "applied" },  { "a-rm", "applied" }, { "a-sup", "applied" },  { "a-cc2", "not_found" },
    { "b-rm", "denied" },   { "b-sup", "denied" }, { "b-cc", "not_found" }, { "c-rm", "not_found" },
    { "net", "not_found" }, { "hub", "denied" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OpFixture) t = op_fixture_new ();

      with_client (t);
      op_send (t, "a-cc", "R1", "C1", "S");
      op_assert (t, cases[i].who, "referral.recall", op_step_args ("R1", "sent"), cases[i].expected);
      if (g_str_equal (cases[i].expected, "applied"))
        {
          g_assert_cmpstr (op_phase (t, "R1"), ==, "recalled");
          g_assert_cmpstr (op_field (t, "referral", op_id ("R1"), "status"), ==, "recalled");
          g_assert_false (op_sees (t, "b-rm", "referral_detail:R1"));
          g_assert_cmpuint (op_count_with (t, "notice", "type", "recalled"), ==, 3); /* whom D2 had prompted */
          op_assert (t, "a-cc", "referral.recall", op_step_args ("R1", "sent"), "noop");
        }
    }
}

/* Recallable until accepted; the loser learns what is there now, and what can be done. */
static void
test_recall_stale (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  JsonObject *now;

  op_accepted (t, "R1");
  op_assert (t, "a-cc", "referral.recall", op_step_args ("R1", "sent"), "stale_state");
  now = op_now (t);
  g_assert_cmpstr (kith_json_string (now, "phase"), ==, "accepted");
  g_assert_cmpstr (kith_json_string (now, "by"), ==, "b-rm");
  g_assert_cmpstr (kith_json_string (now, "agency"), ==, op_field (t, "organization", op_id ("B"), "name")); /* who was faster */
  g_assert_true (kith_json_array_has (kith_json_array (now, "next"), "referral.void"));
  g_assert_false (kith_json_array_has (kith_json_array (now, "next"), "referral.recall"));
  g_assert_false (kith_json_array_has (kith_json_array (now, "next"), "referral.close"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/op-referral/send-roles", test_roles);
  g_test_add_func ("/model/op-referral/send-P12-eight-fields", test_eight_fields);
  g_test_add_func ("/model/op-referral/C1-D5-P12-second-family-name", test_second_family_name);
  g_test_add_func ("/model/op-referral/send-D1-records", test_records);
  g_test_add_func ("/model/op-referral/D5-before-contact", test_before_contact);
  g_test_add_func ("/model/op-referral/send-D4-only-direct-services", test_direct);
  g_test_add_func ("/model/op-referral/send-target", test_target);
  g_test_add_func ("/model/op-referral/send-D3-informational", test_informational);
  g_test_add_func ("/model/op-referral/send-C1-consent", test_consent);
  g_test_add_func ("/model/op-referral/send-internal", test_internal);
  g_test_add_func ("/model/op-referral/send-C15-release", test_victim_service);
  g_test_add_func ("/model/op-referral/send-C15-D3-given", test_victim_service_given);
  g_test_add_func ("/model/op-referral/send-C15-no-client-record", test_victim_service_client);
  g_test_add_func ("/model/op-referral/send-release", test_release);
  g_test_add_func ("/model/op-referral/send-D2-U12-notices", test_notices);
  g_test_add_func ("/model/op-referral/send-C17-notices-carry-no-detail", test_notice_content);
  g_test_add_func ("/model/op-referral/send-C16-do-not-contact", test_do_not_contact);
  g_test_add_func ("/model/op-referral/send-D2-due", test_due);
  g_test_add_func ("/model/op-referral/send-D2-due-from-arrival", test_due_late);
  g_test_add_func ("/model/op-referral/send-desk", test_desk);
  g_test_add_func ("/model/op-referral/send-partial-knowledge", test_partial);
  g_test_add_func ("/model/op-referral/recall-roles", test_recall);
  g_test_add_func ("/model/op-referral/recall-stale", test_recall_stale);
  return g_test_run ();
}
