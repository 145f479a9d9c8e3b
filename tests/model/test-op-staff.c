/* SPDX-License-Identifier: GPL-3.0-or-later */

/* staff.*, agency.configure: U1, U2, U10 to U12, U17, U21 to U23, C15. */

#include "op-fixture.h"

/* The agency's administrator, network staff, the hub; for staff of other agencies the person does not exist. */
static const struct { const char *who, *expected;
} administrators[] = {
  { "a-admin", "applied" },    { "net", "applied" },       { "hub", "applied" },     { "a-sup", "denied" },
  { "a-rm", "denied" },        { "a-cc", "denied" },       { "a-new", "not_found" }, { "a-gone", "denied" },
  { "a-portal", "not_found" }, { "b-admin", "not_found" },
};

static JsonObject *
staff_args (const char *staff)
{
  return kith_json_new ("staff", "s", op_id (staff), NULL);
}

static JsonObject *
services_args (const char *staff, const char *service, const char *role)
{
  JsonArray *services = json_array_new ();

  if (service != NULL)
    json_array_add_object_element (services, kith_json_new ("service", "s", op_id (service), "role", "s", role, NULL));
  return kith_json_new ("staff", "s", op_id (staff), "services", "a", services, NULL);
}

static JsonObject *
args_for (const char *operation)
{
  JsonObject *args = g_str_equal (operation, "staff.set_services") ? services_args ("a-cc2", "SA", "referral_manager")
                                                                   : staff_args ("a-cc2");

  if (g_str_equal (operation, "staff.change_role"))
    json_object_set_string_member (args, "role", "referral_manager");
  if (g_str_equal (operation, "staff.set_duties"))
    json_object_set_array_member (args, "duties", kith_json_strings ("supervisor", NULL));
  if (g_str_equal (operation, "staff.set_health_access"))
    json_object_set_boolean_member (args, "health_access", TRUE);
  if (g_str_equal (operation, "staff.set_services"))
    json_object_set_array_member (args, "services", json_array_new ());
  return args;
}

static void
test_roles (void)
{
  static const char *const names[] = { "staff.change_role", "staff.set_duties", "staff.set_health_access",
                                       "staff.set_services", "staff.deactivate" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    for (guint j = 0; j < G_N_ELEMENTS (administrators); j++)
      {
        g_autoptr (OpFixture) t = op_fixture_new ();

        op_assert (t, administrators[j].who, names[i], args_for (names[i]), administrators[j].expected);
        if (g_str_equal (administrators[j].expected, "applied"))
          op_assert (t, administrators[j].who, names[i], args_for (names[i]), "noop");
      }
}

static void
test_online (void)
{
  static const char *const scopes[] = { "dir", "agency:A", NULL };
  static const char *const names[] = { "staff.change_role", "staff.set_duties", "staff.set_health_access",
                                       "staff.set_services", "staff.deactivate" };
  g_autoptr (OpFixture) t = op_fixture_new ();

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_cmpstr (op_run_desk (t, "a-admin", scopes, names[i], args_for (names[i])), ==, "online_only");
  g_assert_cmpstr (op_run_desk (t, "a-admin", scopes, "agency.configure",
                                kith_json_new ("agency", "s", op_id ("A"), "set", "o", json_object_new (), NULL)),
                   ==, "online_only");
}

static JsonObject *
add_args (const char *agency, const char *level, const char *role)
{
  return kith_json_new ("id", "s", op_id ("x-one"), "agency", "s", agency != NULL ? op_id (agency) : NULL, "given_name",
                        "s", "Kim", "family_name", "s", "Park", "level", "s", level, "role", "s", role, "login", "s",
                        "kim", NULL);
}

static void
test_add (void)
{
  static const struct { const char *who, *agency, *level, *role, *expected;
  } cases[] = {
    { "a-admin", "A", "standard", "care_coordinator", "applied" },
    { "net", "A", "standard", "care_coordinator", "applied" },
    { "hub", "A", NULL, "referral_manager", "applied" },
    { "a-sup", "A", "standard", "care_coordinator", "denied" },
    { "a-cc", "A", "standard", "care_coordinator", "denied" },
    { "b-admin", "A", "standard", "care_coordinator", "denied" },
    { "a-admin", "A", "standard", NULL, "invalid" }, /* U2: exactly one role */
    { "net", NULL, "network", NULL, "applied" },
    { "a-admin", NULL, "network", NULL, "denied" },
    { "a-admin", "A", "network", NULL, "invalid" },
    { "net", NULL, "standard", "care_coordinator", "invalid" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OpFixture) t = op_fixture_new ();

      op_assert (t, cases[i].who, "staff.add", add_args (cases[i].agency, cases[i].level, cases[i].role),
                 cases[i].expected);
      if (g_str_equal (cases[i].expected, "applied"))
        {
          KithRecord *staff = op_get (t, "staff", op_id ("x-one"));

          g_assert_cmpstr (kith_record_string (staff, "name"), ==, "Kim Park");
          g_assert_true (kith_record_bool (staff, "active"));
          g_assert_false (kith_record_bool (staff, "trained"));
          op_assert (t, cases[i].who, "staff.add", add_args (cases[i].agency, cases[i].level, cases[i].role), "exists");
        }
    }
}

/* P3: accounts of the provider portal are there where queues are, and only while one is in use; those there are stay. */
static void
test_portal_needs_queue (void)
{
  static const char *const who[] = { "a-admin", "net", "hub" };

  for (guint i = 0; i < G_N_ELEMENTS (who); i++)
    {
      g_autoptr (OpFixture) t = op_fixture_new ();
      JsonObject *second = add_args ("A", "portal", NULL);

      op_assert (t, who[i], "staff.add", add_args ("A", "portal", NULL), "not_eligible");
      g_assert_nonnull (strstr (op_message (t), "Nothing was added."));
      g_assert_null (op_get (t, "staff", op_id ("x-one")));
      op_assert (t, "net", "queue.create", kith_json_new ("id", "s", op_id ("Q"), "name", "s", "Housing", NULL), "applied");
      op_assert (t, who[i], "staff.add", add_args ("A", "portal", NULL), "applied");
      g_assert_true (kith_record_bool (op_get (t, "staff", op_id ("x-one")), "active"));
      op_assert (t, "net", "queue.deactivate", kith_json_new ("queue", "s", op_id ("Q"), NULL), "applied");
      json_object_set_string_member (second, "id", op_id ("x-two"));
      json_object_remove_member (second, "login");
      op_assert (t, who[i], "staff.add", second, "not_eligible");
      op_assert (t, who[i], "portal.assign", kith_json_new ("staff", "s", op_id ("x-one"), "resource", "s", op_id ("A"), NULL), "applied");
      op_assert (t, who[i], "staff.add", add_args ("A", "standard", "care_coordinator"), "exists"); /* others need none */
    }
}

/* U17: an agency adds people, the network confirms that they have completed the training; before that nobody gives them work. */
static void
test_trained (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  JsonObject *trained = kith_json_new ("staff", "s", op_id ("x-one"), "trained", "b", TRUE, NULL);

  op_assert (t, "a-admin", "staff.add", add_args ("A", "standard", "care_coordinator"), "applied");
  g_assert_false (kith_record_bool (op_get (t, "staff", op_id ("x-one")), "trained"));
  op_assert (t, "a-admin", "staff.set_trained", json_object_ref (trained), "denied");
  op_assert (t, "a-sup", "staff.set_trained", json_object_ref (trained), "denied");
  g_assert_false (kith_record_bool (op_get (t, "staff", op_id ("x-one")), "trained"));
  op_assert (t, "net", "staff.set_trained", json_object_ref (trained), "applied");
  g_assert_true (kith_record_bool (op_get (t, "staff", op_id ("x-one")), "trained"));
  op_assert (t, "net", "staff.set_trained", trained, "noop");
  op_assert (t, "net", "staff.set_trained", kith_json_new ("staff", "s", op_id ("x-one"), "trained", "b", FALSE, NULL), "applied");
  g_assert_false (kith_record_bool (op_get (t, "staff", op_id ("x-one")), "trained"));
}

static void
test_add_details (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  JsonObject *args = add_args ("A", "standard", "care_coordinator");
  JsonArray *services = json_array_new ();

  /* U17: the network confirms the training. */
  json_object_set_boolean_member (args, "trained", TRUE);
  op_assert (t, "a-admin", "staff.add", json_object_ref (args), "denied");
  json_array_add_object_element (services, kith_json_new ("service", "s", op_id ("S"), NULL));
  json_object_set_array_member (args, "services", services);
  op_assert (t, "net", "staff.add", json_object_ref (args), "invalid"); /* a service of another agency */
  services = json_array_new ();
  json_array_add_object_element (services,
                                 kith_json_new ("service", "s", op_id ("SA"), "role", "s", "referral_manager", NULL));
  json_object_set_array_member (args, "services", services);
  json_object_set_string_member (args, "supervisor", op_id ("b-sup"));
  op_assert (t, "net", "staff.add", json_object_ref (args), "not_eligible");
  json_object_set_string_member (args, "supervisor", op_id ("a-gone"));
  op_assert (t, "net", "staff.add", json_object_ref (args), "not_eligible");
  json_object_set_string_member (args, "supervisor", op_id ("a-sup"));
  op_assert (t, "net", "staff.add", args, "applied");
  g_assert_true (kith_record_bool (op_get (t, "staff", op_id ("x-one")), "trained"));
  g_assert_cmpstr (kith_record_string (op_natural (t, "staff_service", "x-one:SA"), "role"), ==, "referral_manager");

  args = add_args ("A", "standard", "care_coordinator");
  json_object_set_string_member (args, "id", op_id ("x-two"));
  op_assert (t, "a-admin", "staff.add", args, "exists"); /* the login is taken */
  /* … however it is written: who signs in is found by the name alone */
  for (guint i = 0; i < 3; i++)
    {
      static const char *const written[] = { "KIM", "Kim", " kim " };
      JsonObject *again = add_args ("A", "standard", "care_coordinator");

      json_object_set_string_member (again, "id", op_id ("x-two"));
      json_object_set_string_member (again, "login", written[i]);
      op_assert (t, "a-admin", "staff.add", again, "exists");
    }
}

/* U12: services are named as a whole; what is no longer named goes, the role for one may differ from the person's own.
 */
static void
test_services (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();

  op_assert (t, "b-admin", "staff.set_services", services_args ("b-cc", "S-info", NULL), "applied");
  g_assert_null (op_natural (t, "staff_service", "b-cc:S"));
  g_assert_nonnull (op_natural (t, "staff_service", "b-cc:S-info"));
  op_assert (t, "b-admin", "staff.set_services", services_args ("b-cc", "S-info", "referral_manager"), "applied");
  g_assert_cmpstr (kith_record_string (op_natural (t, "staff_service", "b-cc:S-info"), "role"), ==, "referral_manager");
  op_assert (t, "b-admin", "staff.set_services", services_args ("b-cc", "S-info", "referral_manager"), "noop");
  op_assert (t, "b-admin", "staff.set_services", services_args ("b-cc", "S-info", "care_coordinator"), "applied");
  op_assert (t, "b-admin", "staff.set_services", services_args ("b-cc", "S-info", NULL), "applied");
  g_assert_null (kith_record_string (op_natural (t, "staff_service", "b-cc:S-info"), "role"));
  op_assert (t, "b-admin", "staff.set_services", services_args ("b-cc", "SA", NULL), "invalid");
  op_assert (t, "b-admin", "staff.set_services", services_args ("b-cc", "S", "chief"), "invalid");
  op_assert (t, "b-admin", "staff.set_services", services_args ("b-cc", "nowhere", NULL), "not_found");
  op_assert (t, "b-admin", "staff.set_services", services_args ("b-portal", "S", NULL), "not_eligible");
  op_assert (t, "b-admin", "staff.set_services", services_args ("b-cc", NULL, NULL), "applied");
  g_assert_cmpuint (op_count_with (t, "staff_service", "staff", op_id ("b-cc")), ==, 0);
}

/* The change of role decides who may answer, from that moment. */
static void
test_role_effect (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();

  op_register (t, "a-cc", "C1");
  op_consent (t, "a-cc", "K1", "C1", "B");
  op_send (t, "a-cc", "R1", "C1", "S");
  op_assert (t, "b-cc", "referral.accept", op_step_args ("R1", "sent"), "not_found");
  op_assert (t, "b-admin", "staff.change_role",
             kith_json_new ("staff", "s", op_id ("b-cc"), "role", "s", "referral_manager", NULL), "applied");
  op_assert (t, "b-admin", "staff.change_role",
             kith_json_new ("staff", "s", op_id ("b-rm"), "role", "s", "care_coordinator", NULL), "applied");
  op_assert (t, "b-rm", "referral.accept", op_step_args ("R1", "sent"), "not_found");
  op_assert (t, "b-cc", "referral.accept", op_step_args ("R1", "sent"), "applied");
}

/* U21: at once, everywhere; what the person held stays as facts. */
static void
test_deactivate (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  JsonObject *args = staff_args ("b-cc");

  op_accepted (t, "R1");
  op_assert (t, "b-rm", "referral.assign",
             kith_json_new ("referral", "s", op_id ("R1"), "staff", "s", op_id ("b-cc"), NULL), "applied");
  json_object_set_string_member (args, "reason", "Left.");
  op_advance (t, 1000);
  op_assert (t, "b-admin", "staff.deactivate", args, "applied");
  g_assert_false (kith_record_bool (op_get (t, "staff", op_id ("b-cc")), "active"));
  g_assert_cmpstr (op_field (t, "staff", op_id ("b-cc"), "deactivated_at"), ==, "2026-03-02T09:00:01.000Z");
  /* C11: why is for those who answer for the log; colleagues read the account. */
  g_assert_cmpstr (op_field (t, "staff", op_id ("b-cc"), "deactivate_reason"), ==, "");
  g_assert_cmpuint (op_count_with (t, "audit_entry", "detail", "b-cc: Left."), ==, 1);
  g_assert_cmpuint (op_count_with (t, "audit_entry", "record", op_id ("b-cc")), ==, 1);
  g_assert_cmpuint (op_count_with (t, "audit_entry", "agency", op_id ("B")), ==, 1);
  g_assert_nonnull (op_natural (t, "assignment", "C1:b-cc"));
  g_assert_cmpstr (op_field (t, "referral", op_id ("R1"), "assignee"), ==, op_id ("b-cc"));
  g_assert_false (op_sees (t, "b-cc", "referral:R1"));
  g_assert_false (op_sees (t, "b-cc", "user:b-cc"));
  op_assert (t, "b-cc", "referral.note", kith_json_new ("referral", "s", op_id ("R1"), "text", "s", "x", NULL),
             "denied");
  op_assert (t, "b-rm", "referral.assign",
             kith_json_new ("referral", "s", op_id ("R1"), "staff", "s", op_id ("b-admin"), NULL), "applied");
  op_assert (t, "b-admin", "staff.deactivate", staff_args ("b-admin"), "denied");
}

static JsonObject *
supervisor_args (const char *staff, const char *supervisor)
{
  return kith_json_new ("staff", "s", op_id (staff), "supervisor", "s", supervisor != NULL ? op_id (supervisor) : NULL, NULL);
}

/* A5: whose supervisor joins a new case. Of the same agency, active, and no ring. */
static void
test_supervisor (void)
{
  static const struct { const char *who, *staff, *supervisor, *expected; } cases[] = {
    { "a-admin", "a-cc", "a-rm", "applied" },       { "net", "a-cc", "a-rm", "applied" },         { "hub", "a-cc", "a-rm", "applied" },
    { "a-sup", "a-cc", "a-rm", "denied" },          { "a-cc", "a-cc", "a-rm", "denied" },         { "b-admin", "a-cc", "b-rm", "not_found" },
    { "a-admin", "a-cc", "b-sup", "not_found" },    { "net", "a-cc", "b-sup", "not_eligible" },   { "a-admin", "a-cc", "a-gone", "not_eligible" },
    { "a-admin", "a-cc", "a-portal", "not_eligible" }, { "a-admin", "a-cc", "a-cc", "invalid" },  { "a-admin", "a-portal", "a-sup", "not_eligible" },
    { "a-admin", "a-cc", "nowhere", "not_found" },
  };
  g_autoptr (OpFixture) t = op_fixture_new ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s: %s under %s", cases[i].who, cases[i].staff, cases[i].supervisor);
      g_assert_cmpstr (op_try (t, cases[i].who, "staff.set_supervisor", supervisor_args (cases[i].staff, cases[i].supervisor)), ==,
                       cases[i].expected);
    }
  op_assert (t, "a-admin", "staff.set_supervisor", supervisor_args ("a-cc", "a-rm"), "applied");
  op_assert (t, "a-admin", "staff.set_supervisor", supervisor_args ("a-cc", "a-rm"), "noop");
  op_assert (t, "a-admin", "staff.set_supervisor", supervisor_args ("a-cc2", "a-cc"), "applied");
  op_assert (t, "a-admin", "staff.set_supervisor", supervisor_args ("a-rm", "a-cc2"), "not_eligible"); /* cc2 < cc < rm */
  op_assert (t, "a-admin", "staff.set_supervisor", supervisor_args ("a-cc", NULL), "applied");
  g_assert_cmpstr (op_field (t, "staff", op_id ("a-cc"), "supervisor"), ==, "");
  op_assert (t, "a-admin", "staff.set_supervisor", supervisor_args ("a-rm", "a-cc2"), "applied");
  /* a ring made elsewhere does not hang it */
  op_set (t, "staff", op_id ("a-cc"), "supervisor", json_node_init_string (json_node_alloc (), op_id ("a-cc2")));
  op_assert (t, "a-admin", "staff.set_supervisor", supervisor_args ("a-sup", "a-cc"), "applied");

  /* A5 */
  op_assert (t, "a-admin", "staff.set_supervisor", supervisor_args ("a-cc", "a-sup"), "not_eligible");
  op_assert (t, "a-admin", "staff.set_supervisor", supervisor_args ("a-sup", NULL), "applied");
  op_assert (t, "a-admin", "staff.set_supervisor", supervisor_args ("a-cc", "a-sup"), "applied");
  op_register (t, "a-cc", "C1");
  op_assert (t, "a-cc", "case.open", kith_json_new ("id", "s", op_id ("K1"), "number", "s", "KA-0001", "client", "s", op_id ("C1"), "title", "s", "A home", NULL),
             "applied");
  g_assert_nonnull (op_natural (t, "assignment", "K1:a-sup"));
}

static JsonObject *
skills_args (const char *staff, const char *language, const char *skill)
{
  JsonArray *languages = json_array_new (), *skills = json_array_new ();

  json_array_add_string_element (languages, language);
  json_array_add_string_element (skills, skill);
  return kith_json_new ("staff", "s", op_id (staff), "languages", "a", languages, "skills", "a", skills, NULL);
}

static JsonObject *
leave_args (const char *staff, const char *from, const char *until)
{
  return kith_json_new ("staff", "s", op_id (staff), "away_from", "s", from, "away_until", "s", until, NULL);
}

/* Of oneself, and supervisors and administrators of the agency; what is said is what a list for giving out work shows. */
static void
test_skills_and_leave (void)
{
  static const struct { const char *who, *expected; } cases[] = {
    { "a-cc", "applied" },  { "a-sup", "applied" },    { "a-admin", "applied" }, { "net", "applied" },
    { "a-rm", "denied" },   { "b-sup", "not_found" },  { "b-cc", "not_found" },  { "a-new", "not_found" },
  };
  g_autoptr (OpFixture) t = op_fixture_new ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].who);
      g_assert_cmpstr (op_try (t, cases[i].who, "staff.set_skills", skills_args ("a-cc", "es", "housing")), ==, cases[i].expected);
      g_assert_cmpstr (op_try (t, cases[i].who, "staff.set_leave", leave_args ("a-cc", "2026-03-02", NULL)), ==, cases[i].expected);
    }
  op_assert (t, "a-cc", "staff.set_skills", skills_args ("a-cc", "es", "housing"), "applied");
  op_assert (t, "a-cc", "staff.set_skills", skills_args ("a-cc", "es", "housing"), "noop");
  op_assert (t, "a-cc", "staff.set_skills", skills_args ("a-cc", "es", "juggling"), "invalid");
  g_assert_true (kith_record_list_has (op_get (t, "staff", op_id ("a-cc")), "skills", "housing"));
  op_assert (t, "a-cc", "staff.set_skills", kith_json_new ("staff", "s", op_id ("a-cc"), NULL), "applied"); /* none */
  g_assert_false (kith_record_list_has (op_get (t, "staff", op_id ("a-cc")), "languages", "es"));
  op_assert (t, "a-cc", "staff.set_skills", kith_json_new ("staff", "s", op_id ("a-cc"), NULL), "noop");
  op_assert (t, "a-cc", "staff.set_leave", leave_args ("a-cc", "2026-03-02", "2026-03-01"), "invalid");
  op_assert (t, "a-cc", "staff.set_leave", leave_args ("a-cc", NULL, "2026-03-01"), "invalid");
  op_assert (t, "a-cc", "staff.set_leave", leave_args ("a-cc", "2026-03-02", "2026-03-02"), "applied");
  op_assert (t, "a-cc", "staff.set_leave", leave_args ("a-cc", "2026-03-02", "2026-03-02"), "noop");
  op_assert (t, "a-cc", "staff.set_leave", leave_args ("a-cc", NULL, NULL), "applied");
  g_assert_cmpstr (op_field (t, "staff", op_id ("a-cc"), "away_from"), ==, "");
  op_assert (t, "a-admin", "staff.set_leave", leave_args ("a-portal", "2026-03-02", NULL), "not_eligible");
}

static JsonObject *
configure_args (const char *agency, const char *setting, const char *type, gint64 number, const char *text)
{
  JsonObject *set = json_object_new ();

  if (*type == 'i')
    json_object_set_int_member (set, setting, number);
  else if (*type == 'b')
    json_object_set_boolean_member (set, setting, number != 0);
  else if (*type == 's')
    json_object_set_string_member (set, setting, text);
  else
    json_object_set_null_member (set, setting);
  return kith_json_new ("agency", "s", op_id (agency), "set", "o", set, NULL);
}

static void
test_configure (void)
{
  static const struct { const char *who, *setting, *type; gint64 number; const char *text, *expected;
  } cases[] = {
    { "a-admin", "narrow", "b", 1, NULL, "applied" },
    { "net", "narrow", "b", 1, NULL, "applied" },
    { "hub", "narrow", "b", 1, NULL, "applied" },
    { "a-sup", "narrow", "b", 1, NULL, "denied" },
    { "a-cc", "narrow", "b", 1, NULL, "denied" },
    { "b-admin", "narrow", "b", 1, NULL, "denied" },
    { "a-new", "narrow", "b", 1, NULL, "not_found" },
    { "a-gone", "narrow", "b", 1, NULL, "denied" },
    { "a-admin", "victim_service", "b", 1, NULL, "denied" },
    { "net", "victim_service", "b", 1, NULL, "applied" }, /* C15 */
    { "a-admin", "response_days", "i", 5, NULL, "applied" },
    { "a-admin", "response_days", "i", 2, NULL, "noop" },
    { "a-admin", "response_days", "i", 0, NULL, "invalid" },
    { "a-admin", "response_days", "i", 61, NULL, "invalid" },
    { "a-admin", "response_days", "s", 0, "two", "invalid" },
    { "a-admin", "grace_days", "i", -1, NULL, "invalid" },
    { "a-admin", "grace_days", "i", 0, NULL, "applied" },
    { "a-admin", "consent_term_days", "i", 0, NULL, "invalid" },
    { "a-admin", "response_days", "n", 0, NULL, "applied" },
    { "a-admin", "time_zone", "s", 0, "America/Los_Angeles", "applied" },
    { "a-admin", "time_zone", "s", 0, "Moon/Tycho", "invalid" },
    { "a-admin", "agency", "s", 0, "x", "invalid" },
    { "a-admin", "colour", "s", 0, "blue", "invalid" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OpFixture) t = op_fixture_new ();

      op_assert (t, cases[i].who, "agency.configure",
                 configure_args ("A", cases[i].setting, cases[i].type, cases[i].number, cases[i].text),
                 cases[i].expected);
    }
}

static JsonObject *
template_args (const char *agency, guint n, const char *text)
{
  JsonArray *templates = json_array_new ();

  for (guint i = 0; i < n; i++)
    json_array_add_string_element (templates, text);
  return kith_json_new ("agency", "s", op_id (agency), "set", "o", kith_json_new ("note_templates", "a", templates, NULL), NULL);
}

/* ux.md 2.1: templates of the note that goes with a referral (P12): an agency's own, by its administrator or a supervisor; few and short. */
static void
test_note_templates (void)
{
  static const struct { const char *who, *agency; guint n; const char *expected;
  } cases[] = {
    { "a-admin", "A", 2, "applied" }, { "a-sup", "A", 2, "applied" }, { "net", "A", 30, "applied" }, { "a-cc", "A", 2, "denied" },
    { "a-sup", "B", 2, "denied" },    { "b-sup", "A", 2, "denied" },  { "a-sup", "A", 31, "invalid" }, { "a-gone", "A", 2, "denied" },
  };
  g_autofree char *text = g_strnfill (501, 'x');
  g_autoptr (OpFixture) t = op_fixture_new ();
  JsonObject *args;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OpFixture) one = op_fixture_new ();

      g_test_message ("case %u", i);
      op_assert (one, cases[i].who, "agency.configure", template_args (cases[i].agency, cases[i].n, "Please call before noon."), cases[i].expected);
    }
  op_assert (t, "a-sup", "agency.configure", template_args ("A", 1, text), "invalid");
  op_assert (t, "a-sup", "agency.configure", template_args ("A", 1, text + 1), "applied");
  op_assert (t, "a-sup", "agency.configure", template_args ("A", 1, text + 1), "noop");
  args = template_args ("A", 1, "Please call before noon.");
  json_object_set_int_member (kith_json_object (args, "set"), "response_days", 9); /* the administrator's, whatever it comes with */
  op_assert (t, "a-sup", "agency.configure", args, "denied");
  op_assert (t, "a-sup", "agency.configure", configure_args ("A", "note_templates", "s", 0, "no list"), "invalid");
  op_assert (t, "a-sup", "agency.configure", configure_args ("A", "note_templates", "n", 0, NULL), "applied");
}

static JsonObject *
day_args (const char *agency, const char *date, const char *name, gboolean closed)
{
  return kith_json_new ("agency", "s", agency != NULL ? op_id (agency) : NULL, "date", "s", date, "name", "s", name, "closed", "b", closed, NULL);
}

/* Holidays: an agency's own by its administrator, those of all by the network; one entry for a day, whatever source it came from. */
static void
test_calendar (void)
{
  static const struct { const char *who, *agency, *date, *name, *expected;
  } cases[] = {
    { "a-admin", "A", "2026-12-24", "Christmas Eve", "applied" }, { "net", "A", "2026-12-24", "Christmas Eve", "applied" },
    { "net", NULL, "2026-12-25", "Christmas", "applied" },        { "a-admin", NULL, "2026-12-25", "Christmas", "denied" },
    { "a-admin", "B", "2026-12-24", "Christmas Eve", "denied" },  { "a-sup", "A", "2026-12-24", "Christmas Eve", "denied" },
    { "a-cc", "A", "2026-12-24", "Christmas Eve", "denied" },     { "a-admin", "A", "2026-12-24", " ", "invalid" },
    { "a-admin", "A", "24 December", "Christmas Eve", "invalid" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OpFixture) t = op_fixture_new ();

      g_test_message ("case %u", i);
      op_assert (t, cases[i].who, "calendar.set", day_args (cases[i].agency, cases[i].date, cases[i].name, TRUE), cases[i].expected);
      g_assert_cmpuint (op_count (t, "calendar_day"), ==, g_str_equal (cases[i].expected, "applied") ? 1 : 0);
    }
  {
    static const char *const held[] = { "dir", "agency:A", NULL };
    g_autoptr (OpFixture) t = op_fixture_new ();

    op_put (t, "calendar_day", op_id ("imported"), kith_json_new ("agency", "s", op_id ("A"), "date", "s", "2026-12-24", "name", "s", "Eve", "closed", "b", TRUE, NULL));
    op_assert (t, "net", "calendar.set", day_args (NULL, "2026-12-24", "For all", TRUE), "applied");
    op_assert (t, "a-admin", "calendar.set", day_args ("A", "2026-12-24", "Eve", TRUE), "noop");
    op_assert (t, "a-admin", "calendar.set", day_args ("A", "2026-12-24", "Christmas Eve", TRUE), "applied");
    g_assert_cmpstr (op_field (t, "calendar_day", op_id ("imported"), "name"), ==, "Christmas Eve");
    g_assert_cmpuint (op_count (t, "calendar_day"), ==, 2);
    g_assert_cmpstr (op_run_desk (t, "a-admin", held, "calendar.set", day_args ("A", "2026-12-24", NULL, FALSE)), ==, "applied");
    op_assert (t, "a-admin", "calendar.set", day_args ("A", "2026-12-24", NULL, FALSE), "applied");
    g_assert_cmpuint (op_count (t, "calendar_day"), ==, 1); /* the network's stays */
    op_assert (t, "a-admin", "calendar.set", day_args ("A", "2026-12-24", NULL, FALSE), "noop");
  }
}

/* P15, P16: one's own switch, a portal user's too; an address that is one. */
static void
test_notices (void)
{
  static const struct { const char *who, *whose, *email; gboolean notices; const char *expected;
  } cases[] = {
    { "a-cc", "a-cc", NULL, FALSE, "applied" },
    { "a-portal", "a-portal", NULL, FALSE, "applied" },
    { "a-portal", "a-portal", "pat@a.example.org", TRUE, "denied" }, /* one thing only */
    { "a-admin", "a-portal", "pat@a.example.org", TRUE, "applied" },
    { "a-admin", "a-cc", "cc@a.example.org", TRUE, "applied" },
    { "net", "b-cc", "cc@b.example.org", TRUE, "applied" },
    { "a-cc", "a-cc", "not an address", TRUE, "invalid" },
    { "a-cc", "a-cc", "a@example.org\r\nBcc: b@example.org", TRUE, "invalid" },
    { "a-cc", "a-cc2", NULL, FALSE, "denied" },
    { "a-sup", "a-cc", NULL, FALSE, "denied" },
    { "b-admin", "a-cc", NULL, FALSE, "not_found" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OpFixture) t = op_fixture_new ();
      JsonObject *args = kith_json_new ("staff", "s", op_id (cases[i].whose), "email", "s", cases[i].email, "mail_notices", "b", cases[i].notices, NULL);

      g_test_message ("case %u", i);
      op_assert (t, cases[i].who, "staff.set_notices", json_object_ref (args), cases[i].expected);
      if (g_str_equal (cases[i].expected, "applied"))
        {
          g_assert_true (kith_record_bool (op_get (t, "staff", op_id (cases[i].whose)), "mail_notices") == cases[i].notices);
          if (cases[i].email != NULL)
            g_assert_cmpstr (op_field (t, "staff", op_id (cases[i].whose), "email"), ==, cases[i].email);
          op_assert (t, cases[i].who, "staff.set_notices", json_object_ref (args), "noop");
        }
      json_object_unref (args);
    }
  {
    g_autoptr (OpFixture) t = op_fixture_new ();

    op_assert (t, "a-portal", "staff.set_notices", kith_json_new ("staff", "s", op_id ("a-portal"), "mail_digest", "b", TRUE, NULL), "denied");
    op_assert (t, "a-portal", "staff.set_notices", kith_json_new ("staff", "s", op_id ("a-portal"), "mail_notices", "b", TRUE, "mail_language", "s", "zh_CN", NULL), "applied");
    op_assert (t, "a-portal", "staff.set_notices", kith_json_new ("staff", "s", op_id ("a-portal"), "mail_language", "s", "../es", NULL), "invalid");
    op_assert (t, "a-portal", "staff.set_notices", kith_json_new ("staff", "s", op_id ("a-portal"), "mail_language", "s", "", NULL), "invalid");
  }
}

/* U21 to U23: a right that was taken away does not come back with what a colleague saves from an older list. */
static void
test_seen_lists (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  JsonObject *duties = staff_args ("a-cc2"), *later = staff_args ("a-cc2"), *services = services_args ("b-rm", "S", "referral_manager");

  op_assert (t, "a-admin", "staff.set_duties", args_for ("staff.set_duties"), "applied");
  json_object_set_array_member (duties, "duties", json_array_new ());
  op_assert (t, "a-admin", "staff.set_duties", duties, "applied"); /* all are taken away */
  json_object_set_array_member (later, "duties", kith_json_strings ("supervisor", "listings_editor", NULL));
  json_object_set_array_member (later, "was", kith_json_strings ("supervisor", NULL));
  op_assert (t, "a-admin", "staff.set_duties", json_object_ref (later), "stale_state");
  json_object_set_array_member (later, "was", json_array_new ());
  op_assert (t, "a-admin", "staff.set_duties", later, "applied");

  json_object_set_array_member (services, "was", json_array_new ()); /* it has S already */
  op_assert (t, "b-admin", "staff.set_services", json_object_ref (services), "stale_state");
  json_object_set_string_member (services, "was", "S");
  op_assert (t, "b-admin", "staff.set_services", services, "invalid");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/op-staff/roles", test_roles);
  g_test_add_func ("/model/op-staff/online-only", test_online);
  g_test_add_func ("/model/op-staff/add-U1-U2", test_add);
  g_test_add_func ("/model/op-staff/trained-U17", test_trained);
  g_test_add_func ("/model/op-staff/add-U11-U12-U17", test_add_details);
  g_test_add_func ("/model/op-staff/services-U11-U12", test_services);
  g_test_add_func ("/model/op-staff/seen-lists-U21-U23", test_seen_lists);
  g_test_add_func ("/model/op-staff/role-U13-U22-effect", test_role_effect);
  g_test_add_func ("/model/op-staff/P3-portal-needs-queue", test_portal_needs_queue);
  g_test_add_func ("/model/op-staff/deactivate-U21-C11-at-once", test_deactivate);
  g_test_add_func ("/model/op-staff/supervisor-A5", test_supervisor);
  g_test_add_func ("/model/op-staff/skills-and-leave", test_skills_and_leave);
  g_test_add_func ("/model/op-staff/notices-P15-P16", test_notices);
  g_test_add_func ("/model/op-agency/configure-C15", test_configure);
  g_test_add_func ("/model/op-agency/note-templates-P12", test_note_templates);
  g_test_add_func ("/model/op-agency/calendar", test_calendar);
  return g_test_run ();
}
