/* SPDX-License-Identifier: GPL-3.0-or-later */

/* assignment.apply: A1, A9, U17, and who may. */

#include "op-fixture.h"

/* changes: "+a-cc -a-rm" */
static JsonObject *
apply_args (const char *client, const char *changes)
{
  g_auto (GStrv) list = g_strsplit (changes, " ", -1);
  JsonArray *array = json_array_new ();

  for (guint i = 0; list[i] != NULL; i++)
    json_array_add_object_element (array, kith_json_new ("do", "s", list[i][0] == '+' ? "add" : "remove", "staff", "s",
                                                         op_id (list[i] + 1), NULL));
  return kith_json_new ("client", "s", op_id (client), "changes", "a", array, NULL);
}

static void
test_roles (void)
{
  static const struct { const char *who, *expected;
  } cases[] = {
    { "a-sup", "applied" },     { "a-cc", "denied" },     { "a-rm", "denied" },   { "a-cc2", "not_found" },
    { "a-admin", "not_found" }, { "a-new", "denied" },    { "a-gone", "denied" }, { "a-portal", "denied" },
    { "b-sup", "not_found" },   { "c-sup", "not_found" }, { "net", "denied" },    { "hub", "denied" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OpFixture) t = op_fixture_new ();

      op_register (t, "a-cc", "C1");
      op_assert (t, cases[i].who, "assignment.apply", apply_args ("C1", "+a-cc2"), cases[i].expected);
    }
}

/* A9: the changes of one Save, in their order. */
static void
test_order (void)
{
  static const struct { const char *changes, *expected; gboolean cc, cc2;
  } cases[] = {
    { "+a-cc2", "applied", TRUE, TRUE },         { "-a-cc", "applied", FALSE, FALSE },
    { "+a-cc2 -a-cc2", "applied", TRUE, FALSE }, { "-a-cc2 +a-cc2", "applied", TRUE, TRUE },
    { "-a-cc +a-cc", "applied", TRUE, FALSE },   { "+a-cc", "noop", TRUE, FALSE },
    { "-a-cc2", "noop", TRUE, FALSE },           { "+a-cc2 -a-cc", "applied", FALSE, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OpFixture) t = op_fixture_new ();

      op_register (t, "a-cc", "C1");
      op_assert (t, "a-sup", "assignment.apply", apply_args ("C1", cases[i].changes), cases[i].expected);
      g_assert_true ((op_natural (t, "assignment", "C1:a-cc") != NULL) == cases[i].cc);
      g_assert_true ((op_natural (t, "assignment", "C1:a-cc2") != NULL) == cases[i].cc2);
      g_assert_true (op_sees (t, "a-cc2", "client:C1") == cases[i].cc2);
      g_assert_true (op_sees (t, "a-cc", "client:C1") == cases[i].cc);
    }
}

/* D12: an assignment that was ended leaves who, from when to when, and who said so; what was staged and taken back in one Save never was (A8). */
static void
test_past (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  KithRecord *past;
  g_autoptr (GPtrArray) all = NULL;

  op_register (t, "a-cc", "C1");
  op_assert (t, "a-sup", "assignment.apply", apply_args ("C1", "+a-cc2 -a-cc2"), "applied");
  g_assert_cmpuint (op_count (t, "past_assignment"), ==, 0);
  op_assert (t, "a-sup", "assignment.apply", apply_args ("C1", "-a-cc +a-cc2"), "applied");
  all = kith_world_find (op_world (t), NULL, "past_assignment", "client", op_id ("C1"), NULL, NULL);
  g_assert_cmpuint (all->len, ==, 1);
  past = all->pdata[0];
  g_assert_cmpstr (kith_record_string (past, "staff"), ==, op_id ("a-cc"));
  g_assert_cmpstr (kith_record_string (past, "agency"), ==, op_id ("A"));
  g_assert_nonnull (kith_record_string (past, "name"));
  g_assert_cmpstr (kith_record_string (past, "by"), ==, op_id ("a-cc")); /* who registered */
  g_assert_cmpstr (kith_record_string (past, "ended_by"), ==, op_id ("a-sup"));
  g_assert_nonnull (kith_record_string (past, "since"));
  g_assert_nonnull (kith_record_string (past, "ended_at"));
  g_assert_false (op_sees (t, "a-cc", "care:C1:A")); /* it tells, it opens nothing */
  op_assert (t, "a-sup", "assignment.apply", apply_args ("C1", "-a-cc"), "noop");
  g_assert_cmpuint (op_count (t, "past_assignment"), ==, 1);
}

/* D12: the assignment names whom and by whom for who does not know the agency's staff, from its first day on. */
static void
test_names (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  KithRecord *assignment;

  op_register (t, "a-cc", "C1");
  assignment = op_natural (t, "assignment", "C1:a-cc");
  g_assert_cmpstr (kith_record_string (assignment, "name"), ==, op_field (t, "staff", op_id ("a-cc"), "name"));
  g_assert_cmpstr (kith_record_string (assignment, "by_name"), ==, op_field (t, "staff", op_id ("a-cc"), "name"));
  op_assert (t, "a-sup", "assignment.apply", apply_args ("C1", "+a-cc2"), "applied");
  assignment = op_natural (t, "assignment", "C1:a-cc2");
  g_assert_nonnull (kith_record_string (assignment, "name"));
  g_assert_cmpstr (kith_record_string (assignment, "name"), ==, op_field (t, "staff", op_id ("a-cc2"), "name"));
  g_assert_cmpstr (kith_record_string (assignment, "by_name"), ==, op_field (t, "staff", op_id ("a-sup"), "name"));
}

/* D12: the same on a case. */
static void
test_names_on_case (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  JsonArray *changes = json_array_new ();
  KithRecord *assignment;

  op_register (t, "a-cc", "C1");
  op_assert (t, "a-cc", "case.open", kith_json_new ("id", "s", op_id ("K1"), "number", "s", "KA-0007", "client", "s", op_id ("C1"), "title", "s", "A home", NULL), "applied");
  json_array_add_object_element (changes, kith_json_new ("do", "s", "add", "staff", "s", op_id ("a-cc2"), "case", "s", op_id ("K1"), NULL));
  op_assert (t, "a-sup", "assignment.apply", kith_json_new ("client", "s", op_id ("C1"), "changes", "a", changes, NULL), "applied");
  assignment = op_natural (t, "assignment", "K1:a-cc");
  g_assert_cmpstr (kith_record_string (assignment, "name"), ==, op_field (t, "staff", op_id ("a-cc"), "name"));
  assignment = op_natural (t, "assignment", "K1:a-cc2");
  g_assert_nonnull (kith_record_string (assignment, "name"));
  g_assert_cmpstr (kith_record_string (assignment, "name"), ==, op_field (t, "staff", op_id ("a-cc2"), "name"));
  g_assert_cmpstr (kith_record_string (assignment, "by_name"), ==, op_field (t, "staff", op_id ("a-sup"), "name"));
}

/* D12: whose record is not here keeps the name that the assignment had, in what it leaves behind too; one without a name gets none. */
static void
test_names_away (void)
{
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (OpFixture) t = op_fixture_new ();
      g_autofree char *key = g_strconcat (op_id ("C1"), ":", op_id ("a-away"), NULL), *id = kith_id_natural ("assignment", key);
      g_autoptr (GPtrArray) all = NULL;

      op_register (t, "a-cc", "C1");
      op_put (t, "assignment", id, kith_json_new ("client", "s", op_id ("C1"), "staff", "s", op_id ("a-away"), "agency", "s", op_id ("A"), "by", "s", op_id ("a-away"), "since", "s",
                                                  "2026-01-04T00:00:00.000Z", "name", "s", i == 0 ? "Amy Away" : NULL, "by_name", "s", i == 0 ? "Amy Away" : NULL, NULL));
      op_assert (t, "a-sup", "assignment.apply", apply_args ("C1", "-a-away"), "applied");
      all = kith_world_find (op_world (t), NULL, "past_assignment", "client", op_id ("C1"), NULL, NULL);
      g_assert_cmpuint (all->len, ==, 1);
      g_assert_cmpstr (kith_record_string (all->pdata[0], "name"), ==, i == 0 ? "Amy Away" : NULL);
      g_assert_cmpstr (kith_record_string (all->pdata[0], "by_name"), ==, i == 0 ? "Amy Away" : NULL);
    }
}

/* A1: client access is identity, billing and the agency's own record of care. */
static void
test_access (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();

  op_register (t, "a-cc", "C1");
  op_assert (t, "a-sup", "assignment.apply", apply_args ("C1", "+a-cc2"), "applied");
  g_assert_cmpstr (kith_record_string (op_natural (t, "assignment", "C1:a-cc2"), "by"), ==, op_id ("a-sup"));
  g_assert_true (op_sees (t, "a-cc2", "client:C1"));
  g_assert_true (op_sees (t, "a-cc2", "client_billing:C1"));
  g_assert_true (op_sees (t, "a-cc2", "care:C1:A"));
}

/* U17 and own staff only; one that cannot be assigned undoes the whole Save. */
static void
test_whom (void)
{
  static const struct { const char *staff, *expected;
  } cases[] = {
    { "a-new", "not_eligible" }, { "a-gone", "not_eligible" }, { "a-portal", "not_found" },
    { "b-cc", "not_found" },     { "net", "not_found" },       { "nobody", "not_found" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OpFixture) t = op_fixture_new ();
      g_autofree char *changes = g_strconcat ("-a-cc +", cases[i].staff, NULL);

      op_register (t, "a-cc", "C1");
      op_assert (t, "a-sup", "assignment.apply", apply_args ("C1", changes), cases[i].expected);
      g_assert_nonnull (op_natural (t, "assignment", "C1:a-cc"));
    }
}

/* The receiver's supervisor assigns by the own record of care, though the client's identity is closed again (C4). */
static void
test_without_consent (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();

  op_accepted (t, "R1");
  op_assert (t, "a-cc", "consent.revoke", kith_json_new ("consent", "s", op_id ("K1"), "reason", "s", "x", NULL),
             "applied");
  g_assert_false (op_sees (t, "b-sup", "client:C1"));
  op_assert (t, "b-sup", "assignment.apply", apply_args ("C1", "+b-cc"), "applied");
  g_assert_true (op_sees (t, "b-cc", "care:C1:B"));
  g_assert_false (op_sees (t, "b-cc", "client:C1"));
  op_assert (t, "b-sup", "assignment.apply", apply_args ("C1", "-a-cc"), "noop");
  g_assert_nonnull (op_natural (t, "assignment", "C1:a-cc"));
}

static void
test_form (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  JsonArray *changes = json_array_new ();

  op_register (t, "a-cc", "C1");
  op_assert (t, "a-sup", "assignment.apply",
             kith_json_new ("client", "s", op_id ("C1"), "changes", "a", json_array_new (), NULL), "invalid");
  op_assert (t, "a-sup", "assignment.apply", kith_json_new ("client", "s", op_id ("C1"), "changes", "s", "all", NULL),
             "invalid");
  json_array_add_object_element (changes, kith_json_new ("do", "s", "swap", "staff", "s", op_id ("a-cc"), NULL));
  op_assert (t, "a-sup", "assignment.apply", kith_json_new ("client", "s", op_id ("C1"), "changes", "a", changes, NULL),
             "invalid");
  changes = json_array_new ();
  json_array_add_string_element (changes, "a-cc");
  op_assert (t, "a-sup", "assignment.apply", kith_json_new ("client", "s", op_id ("C1"), "changes", "a", changes, NULL),
             "invalid");
}

static void
test_partial (void)
{
  static const char *const nothing[] = { "dir", "user:a-sup", NULL };
  static const char *const no_staff[] = { "dir", "user:a-sup", "care:C1:A", NULL };
  g_autoptr (OpFixture) t = op_fixture_new ();

  op_register (t, "a-cc", "C1");
  g_assert_cmpstr (op_run_desk (t, "a-sup", nothing, "assignment.apply", apply_args ("C1", "-a-cc")), ==, "applied");
  g_assert_cmpstr (op_run_desk (t, "a-sup", no_staff, "assignment.apply", apply_args ("C1", "+a-new")), ==, "applied");
}

/* C1, C17: whoever is put on a client of another agency's learns the number of that record where they see it, and no number where all that is in sight is what
 * the own agency does with them. */
static void
test_told_number (void)
{
  static const struct { const char *by, *who; gboolean revoked, number;
  } cases[] = { { "a-sup", "a-cc2", TRUE, TRUE }, { "b-sup", "b-cc", FALSE, TRUE }, { "b-sup", "b-cc", TRUE, FALSE } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OpFixture) t = op_fixture_new ();
      g_autofree char *changes = g_strconcat ("+", cases[i].who, NULL);
      gboolean told = FALSE;
      g_autoptr (GPtrArray) notices = NULL;

      op_accepted (t, "R1");
      if (cases[i].revoked)
        op_assert (t, "a-cc", "consent.revoke", kith_json_new ("client", "s", op_id ("C1"), "reason", "s", "Asked", NULL), "applied");
      op_assert (t, cases[i].by, "assignment.apply", apply_args ("C1", changes), "applied");
      notices = kith_world_find (op_world (t), NULL, "notice", "staff", op_id (cases[i].who), NULL, NULL);
      for (guint k = 0; k < notices->len; k++)
        if (kith_record_is (notices->pdata[k], "type", "client_assigned"))
          {
            told = TRUE;
            g_assert_true (kith_record_is (notices->pdata[k], "client", op_id ("C1")));
            g_assert_true ((kith_record_string (notices->pdata[k], "number") != NULL) == cases[i].number);
          }
      g_assert_true (told);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/op-assignment/roles", test_roles);
  g_test_add_func ("/model/op-assignment/A9-one-save-in-order", test_order);
  g_test_add_func ("/model/op-assignment/D12-past", test_past);
  g_test_add_func ("/model/op-assignment/D12-names", test_names);
  g_test_add_func ("/model/op-assignment/D12-names-on-case", test_names_on_case);
  g_test_add_func ("/model/op-assignment/D12-names-away", test_names_away);
  g_test_add_func ("/model/op-assignment/A1-access", test_access);
  g_test_add_func ("/model/op-assignment/U17-whom", test_whom);
  g_test_add_func ("/model/op-assignment/C4-without-consent", test_without_consent);
  g_test_add_func ("/model/op-assignment/form", test_form);
  g_test_add_func ("/model/op-assignment/partial-knowledge", test_partial);
  g_test_add_func ("/model/op-assignment/told-C1-C17", test_told_number);
  return g_test_run ();
}
