/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What belongs to the client's record: health information (U10), alerts, household, documents (C20), restriction (C19), audit (C13). */

#include "kith-access.h"
#include "kith-document.h"
#include "kith-id.h"
#include "op-fixture.h"

#define SHA "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

static JsonObject *
patch_args (const char *kind, const char *field, const char *old, const char *new)
{
  g_autofree char *id = kith_id_natural (kind, op_id ("C1"));
  g_autoptr (JsonObject) change = kith_json_new ("new", "s", new, NULL);

  if (old != NULL)
    json_object_set_string_member (change, "old", old);
  return kith_json_new ("t", "s", kind, "id", "s", id, "client", "s", op_id ("C1"), "set", "o",
                        kith_json_new (field, "o", json_object_ref (change), NULL), NULL);
}

static void
give_health (OpFixture *t, const char *who)
{
  op_set (t, "staff", op_id (who), "health_access", json_node_init_boolean (json_node_alloc (), TRUE));
}

/* U10: only with the flag, to read and to write; the record is made by whoever writes first. */
static void
test_health (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();

  op_register (t, "a-cc", "C1");
  op_assert (t, "a-cc", "record.patch", patch_args ("client_health", "health_note", NULL, "Asthma"), "not_found");
  g_assert_false (op_sees (t, "a-cc", "client_health:C1"));
  give_health (t, "a-cc");
  g_assert_true (op_sees (t, "a-cc", "client_health:C1"));
  op_assert (t, "a-cc", "record.patch", patch_args ("client_health", "health_note", NULL, "Asthma"), "applied");
  g_assert_cmpstr (kith_record_string (op_natural (t, "client_health", "C1"), "health_note"), ==, "Asthma");
  g_assert_cmpstr (kith_record_string (op_natural (t, "client_health", "C1"), "agency"), ==, op_id ("A"));
  op_assert (t, "a-cc", "record.patch", patch_args ("client_health", "health_note", "Asthma", "Asthma, mild"), "applied");
  op_assert (t, "a-sup", "record.patch", patch_args ("client_health", "health_note", "Asthma", "x"), "not_found");
  /* The flag alone opens nothing: the client must be theirs. */
  give_health (t, "a-cc2");
  give_health (t, "b-rm");
  op_assert (t, "a-cc2", "record.patch", patch_args ("client_health", "health_note", NULL, "x"), "not_found");
  op_assert (t, "b-rm", "record.patch", patch_args ("client_health", "health_note", NULL, "x"), "not_found");
  /* Insurance needs no flag. */
  op_assert (t, "a-rm", "record.patch", patch_args ("client_billing", "insurance_provider", NULL, "Medi-Cal"), "applied");
}

static JsonObject *
change_args (const char *field, JsonNode *old, JsonNode *new)
{
  JsonObject *change = json_object_new ();

  if (old != NULL)
    json_object_set_member (change, "old", json_node_copy (old));
  json_object_set_member (change, "new", new);
  return kith_json_new ("t", "s", "client", "id", "s", op_id ("C1"), "set", "o", kith_json_new (field, "o", change, NULL), NULL);
}

static JsonNode *
text_node (const char *text)
{
  return json_node_init_string (json_node_alloc (), text);
}

static JsonNode *
value_of (OpFixture *t, const char *field)
{
  return json_object_get_member (kith_record_get_body (op_get (t, "client", op_id ("C1"))), field);
}

/* C1: who a client is, the agency that registered them says, and one where they are enrolled now. A partner who sees the record by consent
 * puts right how to reach the person, fills in what is missing, and proposes the rest: nothing is written over, nothing is lost. */
static void
test_partner (void)
{
  static const struct { const char *who, *field, *value; gboolean enrolled; const char *expected; gboolean proposed; } cases[] = {
    { "a-cc", "given_name", "Anna", FALSE, "applied", FALSE },   { "a-sup", "date_of_birth", "1988-04-08", FALSE, "applied", FALSE },
    { "b-rm", "given_name", "Anna", FALSE, "merged", TRUE },     { "b-rm", "date_of_birth", "1988-04-08", FALSE, "merged", TRUE },
    { "b-sup", "family_name", "Lopes", FALSE, "merged", TRUE },  { "b-rm", "race_detail", "Other", FALSE, "merged", TRUE },
    { "b-rm", "given_name", "Ana", FALSE, "noop", FALSE },       { "b-rm", "middle_name", "Maria", FALSE, "applied", FALSE }, /* nobody said */
    { "b-rm", "email", "new@example.org", FALSE, "applied", FALSE }, { "b-rm", "contact_note", "Rings twice", FALSE, "applied", FALSE },
    { "b-rm", "preferred_name", "Anita", FALSE, "applied", FALSE }, { "b-rm", "given_name", "Anna", TRUE, "applied", FALSE },
    { "b-sup", "date_of_birth", "1988-04-08", TRUE, "applied", FALSE }, { "c-rm", "given_name", "Anna", FALSE, "not_found", FALSE },
    { "a-cc2", "given_name", "Anna", FALSE, "not_found", FALSE }, { "net", "given_name", "Anna", FALSE, "not_found", FALSE },
  };
  static const char *const set[] = { "email", "contact_note", "preferred_name", "race_detail" };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OpFixture) t = op_fixture_new ();
      g_autoptr (JsonNode) before = NULL;
      gboolean taken = g_str_equal (cases[i].expected, "applied");

      op_accepted (t, "R1");
      for (guint k = 0; k < G_N_ELEMENTS (set); k++)
        op_set (t, "client", op_id ("C1"), set[k], text_node ("before"));
      op_put (t, "program", op_id ("PB"), kith_json_new ("organization_id", "s", op_id ("B"), "name", "s", "Clinic", NULL));
      if (cases[i].enrolled)
        op_assert (t, "b-rm", "enrollment.start",
                   kith_json_new ("id", "s", op_id ("E1"), "client", "s", op_id ("C1"), "program", "s", op_id ("PB"), "started_on", "s",
                                  "2026-03-01", NULL),
                   "applied");
      before = value_of (t, cases[i].field) != NULL ? json_node_copy (value_of (t, cases[i].field)) : NULL;
      g_test_message ("%s: %s", cases[i].who, cases[i].field);
      op_assert (t, cases[i].who, "record.patch", change_args (cases[i].field, before, text_node (cases[i].value)), cases[i].expected);
      g_assert_cmpuint (op_count (t, "conflict"), ==, cases[i].proposed);
      if (taken)
        g_assert_cmpstr (op_field (t, "client", op_id ("C1"), cases[i].field), ==, cases[i].value);
      else
        g_assert_true (before == value_of (t, cases[i].field) || kith_json_equal (before, value_of (t, cases[i].field)));
    }
}

/* The only earlier value of the field, which the record never had. */
static void
assert_filled (OpFixture *t, const char *record, const char *field, const char *who)
{
  g_autoptr (GPtrArray) found = kith_world_find (op_world (t), NULL, "field_history", "record", record, NULL, NULL);
  guint n = 0;

  for (guint i = 0; i < found->len; i++)
    if (kith_record_is (found->pdata[i], "field", field))
      {
        g_assert_null (json_object_get_member (kith_record_get_body (found->pdata[i]), "value"));
        g_assert_cmpstr (kith_record_string (found->pdata[i], "changed_by_name"), ==, who);
        g_assert_nonnull (kith_record_string (found->pdata[i], "at"));
        n++;
      }
  g_assert_cmpuint (n, ==, 1);
}

/* D12: what fills in an empty field is a change as any other: who entered it, and when, is read in the history. C16 above all. What was said when the
 * client was registered is no change, and neither is "no" where nobody had said yes. */
static void
test_filled_in (void)
{
  static const struct { const char *kind, *field, *value; } cases[] = {
    { "client", "email", "'ana@example.org'" },  { "client", "phones", "[{'number':'619-555-0142'}]" },
    { "client", "languages", "['es']" },         { "client", "preferred_name", "'Anita'" },
    { "client", "do_not_contact", "true" },      { "client_billing", "insurance_number", "'91234567A'" },
    { "client_health", "health_note", "'Asthma'" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OpFixture) t = op_fixture_new ();
      gboolean client = g_str_equal (cases[i].kind, "client");
      g_autofree char *id = client ? g_strdup (op_id ("C1")) : kith_id_natural (cases[i].kind, op_id ("C1"));
      g_autofree char *text = g_strdup_printf ("{'%s':{'new':%s}}", cases[i].field, cases[i].value);
      g_autofree char *json = g_strdelimit (g_strdup (text), "'", '"');
      g_autoptr (JsonObject) set = kith_json_parse_object (json, -1, NULL, NULL);

      op_register (t, "a-cc", "C1");
      give_health (t, "a-cc");
      g_assert_cmpuint (op_count (t, "field_history"), ==, 0);
      g_test_message ("%s", cases[i].field);
      op_assert (t, "a-cc", "record.patch",
                 kith_json_new ("t", "s", cases[i].kind, "id", "s", id, "client", "s", client ? NULL : op_id ("C1"), "set", "o",
                                json_object_ref (set), NULL),
                 "applied");
      assert_filled (t, id, cases[i].field, "a-cc");
      g_assert_cmpuint (op_count (t, "field_history"), ==, 1);
    }
}

/* C16: who set it, who took it back, and who set it again; that nobody may not contact them is no news. */
static void
test_switch_history (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  g_autoptr (JsonNode) yes = json_node_init_boolean (json_node_alloc (), TRUE), no = json_node_init_boolean (json_node_alloc (), FALSE);

  op_register (t, "a-cc", "C1");
  op_assert (t, "a-cc", "record.patch", change_args ("interpreter_needed", NULL, json_node_copy (no)), "applied");
  g_assert_cmpuint (op_count (t, "field_history"), ==, 0);
  op_assert (t, "a-cc", "record.patch", change_args ("do_not_contact", NULL, json_node_copy (yes)), "applied");
  op_assert (t, "a-sup", "record.patch", change_args ("do_not_contact", yes, json_node_copy (no)), "applied");
  op_assert (t, "a-cc", "record.patch", change_args ("do_not_contact", no, json_node_copy (yes)), "applied");
  g_assert_cmpuint (op_count (t, "field_history"), ==, 3);
  g_assert_cmpuint (op_count_with (t, "field_history", "changed_by_name", "a-sup"), ==, 1);
}

static KithRecord *
only_conflict (OpFixture *t)
{
  g_autoptr (GPtrArray) found = kith_world_find (op_world (t), NULL, "conflict", "record", op_id ("C1"), NULL, NULL);

  g_assert_cmpuint (found->len, ==, 1);
  return op_get (t, "conflict", kith_record_get_id (found->pdata[0]));
}

static JsonObject *
settle_args (const char *conflict, const char *keep)
{
  return kith_json_new ("conflict", "s", conflict, "keep", "s", keep, NULL);
}

/* What a partner proposes names it, follows its second thoughts, and is the owner's to take. */
static void
test_proposal (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  g_autoptr (JsonNode) ana = text_node ("Ana"), yes = json_node_init_boolean (json_node_alloc (), TRUE);
  g_autofree char *conflict = NULL;

  op_accepted (t, "R1");
  op_assert (t, "b-rm", "record.patch", change_args ("given_name", ana, text_node ("Hanna")), "merged");
  g_assert_true (kith_record_bool (only_conflict (t), "proposed"));
  g_assert_cmpstr (kith_record_string (only_conflict (t), "mine"), ==, "Hanna");
  g_assert_cmpstr (kith_record_string (only_conflict (t), "mine_by"), ==, "b-rm");
  g_assert_cmpstr (kith_record_string (only_conflict (t), "mine_agency"), ==, "Agency B");
  op_assert (t, "b-rm", "record.patch", change_args ("given_name", ana, text_node ("Hanna")), "noop");
  op_assert (t, "b-rm", "record.patch", change_args ("given_name", ana, text_node ("Anna")), "merged");
  g_assert_cmpstr (kith_record_string (only_conflict (t), "mine"), ==, "Anna");
  g_assert_cmpuint (op_count_with (t, "field_history", "value", "Hanna"), ==, 1);
  g_assert_cmpuint (op_count_with (t, "field_history", "changed_by_name", "b-rm"), ==, 1); /* who said something else */
  conflict = g_strdup (kith_record_get_id (only_conflict (t)));
  op_assert (t, "b-rm", "conflict.settle", settle_args (conflict, "mine"), "denied");
  op_assert (t, "b-sup", "conflict.settle", settle_args (conflict, "theirs"), "denied");
  op_assert (t, "c-rm", "conflict.settle", settle_args (conflict, "mine"), "not_found");
  op_assert (t, "a-cc", "conflict.settle", settle_args (conflict, "mine"), "applied");
  g_assert_cmpstr (op_field (t, "client", op_id ("C1"), "given_name"), ==, "Anna");
  g_assert_cmpuint (op_count_with (t, "field_history", "value", "Ana"), ==, 1);

  /* C16: that a person must not be contacted every agency may say at once; that they may be again, the own one. */
  op_assert (t, "b-rm", "record.patch", change_args ("do_not_contact", NULL, json_node_copy (yes)), "applied");
  op_assert (t, "b-rm", "record.patch", change_args ("do_not_contact", yes, json_node_init_boolean (json_node_alloc (), FALSE)), "merged");
  g_assert_true (kith_record_bool (op_get (t, "client", op_id ("C1")), "do_not_contact"));
}

static gboolean
carries_no_contact (OpFixture *t, const char *referral)
{
  return kith_json_bool (kith_record_object (op_natural (t, "referral_detail", referral), "snapshot"), "do_not_contact", FALSE);
}

/* C16: it shows to every receiver, also of what was sent before somebody said so and before anybody answered, when nobody there holds the client's record. What is over for
 * the receiver, as long as it is, and what is another client's stays as it was; that they may be contacted again reaches them alike. */
static void
test_no_contact_carried (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  g_autoptr (JsonNode) yes = json_node_init_boolean (json_node_alloc (), TRUE);

  op_register (t, "a-cc", "C1");
  op_register (t, "a-cc", "C2");
  op_consent (t, "a-cc", "K1", "C1", "B");
  op_consent (t, "a-cc", "K2", "C2", "B");
  op_send (t, "a-cc", "R1", "C1", "S");
  op_send (t, "a-cc", "R2", "C2", "S");
  op_send (t, "a-cc", "R3", "C1", "S");
  op_assert (t, "a-cc", "referral.recall", kith_json_new ("referral", "s", op_id ("R3"), "from", "s", "sent", "reason", "s", "Twice", NULL), "applied");
  g_assert_false (op_sees (t, "b-rm", "client:C1"));
  g_assert_true (op_sees (t, "b-rm", "referral_detail:R1"));
  op_assert (t, "a-cc", "record.patch", change_args ("do_not_contact", NULL, json_node_copy (yes)), "applied");
  g_assert_true (carries_no_contact (t, "R1"));
  g_assert_false (carries_no_contact (t, "R2"));
  g_assert_false (carries_no_contact (t, "R3"));
  op_assert (t, "a-sup", "referral.reopen", op_step_args ("R3", "recalled"), "applied"); /* what goes back to them brings it along */
  g_assert_true (carries_no_contact (t, "R3"));
  g_assert_false (op_sees (t, "b-rm", "client:C1")); /* and nothing more */
  op_assert (t, "a-cc", "record.patch", change_args ("do_not_contact", yes, json_node_init_boolean (json_node_alloc (), FALSE)), "applied");
  g_assert_false (carries_no_contact (t, "R1"));
}

/* C16: the same where somebody settles which of two entries stands: a partner proposed that they may be contacted again. */
static void
test_no_contact_settled (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  g_autoptr (JsonNode) yes = json_node_init_boolean (json_node_alloc (), TRUE);

  op_accepted (t, "R1");
  op_assert (t, "a-cc", "record.patch", change_args ("do_not_contact", NULL, json_node_copy (yes)), "applied");
  op_assert (t, "b-rm", "record.patch", change_args ("do_not_contact", yes, json_node_init_boolean (json_node_alloc (), FALSE)), "merged");
  g_assert_true (carries_no_contact (t, "R1"));
  op_assert (t, "a-cc", "conflict.settle", settle_args (kith_record_get_id (only_conflict (t)), "mine"), "applied");
  g_assert_false (carries_no_contact (t, "R1"));
}

/* Two people of one name are two: the words of one do not take the place of the other's. Whoever changes their own name goes on in the same. */
static void
test_namesakes (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  g_autoptr (JsonNode) ana = text_node ("Ana");

  op_accepted (t, "R1");
  op_set (t, "staff", op_id ("b-sup"), "name", text_node ("b-rm"));
  op_assert (t, "b-rm", "record.patch", change_args ("given_name", ana, text_node ("Hanna")), "merged");
  op_assert (t, "b-sup", "record.patch", change_args ("given_name", ana, text_node ("Anna")), "merged");
  g_assert_cmpuint (op_count (t, "conflict"), ==, 2);
  g_assert_cmpuint (op_count_with (t, "conflict", "mine", "Hanna"), ==, 1);
  g_assert_cmpuint (op_count_with (t, "conflict", "mine_staff", op_id ("b-sup")), ==, 1);
  op_set (t, "staff", op_id ("b-rm"), "name", text_node ("Married Name"));
  op_assert (t, "b-rm", "record.patch", change_args ("given_name", ana, text_node ("Johanna")), "merged");
  g_assert_cmpuint (op_count (t, "conflict"), ==, 2);
  g_assert_cmpuint (op_count_with (t, "conflict", "mine", "Johanna"), ==, 1);
}

/* A partner's desk that holds its own care knows as much as the hub; one that does not leaves it to the hub. */
static void
test_partner_desk (void)
{
  static const char *const with_care[] = { "dir", "agency:B", "client:C1", "care:C1:B", NULL }, *const without[] = { "dir", "agency:B", "client:C1", NULL };
  g_autoptr (OpFixture) t = op_fixture_new ();
  g_autoptr (JsonNode) ana = text_node ("Ana");

  op_accepted (t, "R1");
  g_assert_cmpstr (op_run_desk (t, "b-rm", with_care, "record.patch", change_args ("given_name", ana, text_node ("Anna"))), ==, "merged");
  g_assert_cmpstr (op_run_desk (t, "b-rm", without, "record.patch", change_args ("given_name", ana, text_node ("Anna"))), ==, "applied");
}

/* The id must be that of the client named, or one could write into another's; whether there is such a record is not told (I5). */
static void
test_whose_form (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  JsonObject *args = patch_args ("client_billing", "ssn", NULL, "1");
  g_autofree char *other = NULL;

  op_register (t, "a-cc", "C1");
  op_register (t, "a-cc2", "C2");
  other = kith_id_natural ("client_billing", op_id ("C2"));
  json_object_set_string_member (args, "id", other);
  op_assert (t, "a-cc", "record.patch", args, "not_found");
}

/* U10 at registering */
static void
test_register_health (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  JsonObject *args[2];

  for (guint i = 0; i < 2; i++)
    args[i] = kith_json_new ("id", "s", op_id ("C1"), "number", "s", "KA-1", "values", "o", kith_json_new ("given_name", "s", "Ana", NULL),
                             "health", "o", kith_json_new ("disabling_condition", "s", "99", NULL), NULL);
  op_assert (t, "a-cc", "client.register", args[0], "denied");
  give_health (t, "a-cc");
  op_assert (t, "a-cc", "client.register", args[1], "applied");
  g_assert_cmpstr (kith_record_string (op_natural (t, "client_health", "C1"), "disabling_condition"), ==, "99");
}

/* Class by class, and only for the flag on the other side too (U10, C1). */
static void
test_health_shared (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();

  op_accepted (t, "R1"); /* K1: client and care */
  give_health (t, "b-rm");
  g_assert_false (op_sees (t, "b-rm", "client_health:C1"));
  op_assert (t, "a-cc", "consent.record",
             kith_json_new ("id", "s", op_id ("K2"), "client", "s", op_id ("C1"), "classes", "a",
                            kith_json_strings ("client_health", NULL), "receivers", "a", kith_json_strings (op_id ("B"), NULL), "how", "s",
                            "signed", NULL),
             "applied");
  g_assert_true (op_sees (t, "b-rm", "client_health:C1"));
  g_assert_false (op_sees (t, "b-sup", "client_health:C1"));
  op_assert (t, "a-cc", "consent.revoke", kith_json_new ("consent", "s", op_id ("K2"), "reason", "s", "x", NULL), "applied");
  g_assert_false (op_sees (t, "b-rm", "client_health:C1"));
}

static void
test_alerts (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  JsonObject *args;

  op_accepted (t, "R1");
  args = kith_json_new ("id", "s", op_id ("L1"), "client", "s", op_id ("C1"), "level", "s", "danger", "text", "s", " ", NULL);
  op_assert (t, "a-cc", "alert.raise", args, "invalid");
  args = kith_json_new ("id", "s", op_id ("L1"), "client", "s", op_id ("C1"), "level", "s", "danger", "text", "s", "Dog bites", NULL);
  op_assert (t, "b-rm", "alert.raise", args, "applied");
  g_assert_cmpstr (op_field (t, "alert", op_id ("L1"), "agency"), ==, op_id ("B"));
  args = kith_json_new ("id", "s", op_id ("L2"), "client", "s", op_id ("C1"), "level", "s", "info", "text", "s", "Hard of hearing", NULL);
  op_assert (t, "a-cc", "alert.raise", args, "applied");
  args = kith_json_new ("id", "s", op_id ("L3"), "client", "s", op_id ("C1"), "level", "s", "info", "text", "s", "x", NULL);
  op_assert (t, "c-rm", "alert.raise", args, "not_found");

  op_assert (t, "b-rm", "alert.clear", kith_json_new ("alert", "s", op_id ("L2"), NULL), "denied");
  op_assert (t, "c-rm", "alert.clear", kith_json_new ("alert", "s", op_id ("L2"), NULL), "not_found");
  op_assert (t, "a-cc", "alert.clear", kith_json_new ("alert", "s", op_id ("L1"), "reason", "s", "Dog is gone", NULL), "applied");
  g_assert_cmpstr (op_field (t, "alert", op_id ("L1"), "cleared_by"), ==, op_id ("a-cc"));
  op_assert (t, "b-rm", "alert.clear", kith_json_new ("alert", "s", op_id ("L1"), NULL), "noop");
  g_assert_cmpuint (op_count (t, "alert"), ==, 2);
}

static JsonObject *
join_args (const char *client, const char *with)
{
  return kith_json_new ("client", "s", op_id (client), "with", "s", op_id (with), "relationship", "s", "2", NULL);
}

static const char *
household_of (OpFixture *t, const char *client)
{
  KithRecord *member = op_natural (t, "household_member", client);

  return member != NULL ? g_intern_string (kith_record_string (member, "household")) : NULL;
}

static void
test_household (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();

  op_register (t, "a-cc", "C1");
  op_register (t, "a-cc", "C2");
  op_register (t, "a-cc", "C3");
  op_register (t, "b-cc", "C4");
  op_assert (t, "a-cc", "household.join", join_args ("C1", "C1"), "invalid");
  op_assert (t, "a-cc", "household.join", join_args ("C1", "C4"), "not_found");
  op_assert (t, "a-cc", "household.join", join_args ("C2", "C1"), "applied");
  g_assert_nonnull (household_of (t, "C1"));
  g_assert_true (household_of (t, "C1") == household_of (t, "C2"));
  g_assert_cmpstr (kith_record_string (op_natural (t, "household_member", "C1"), "relationship"), ==, "1");
  g_assert_cmpstr (kith_record_string (op_natural (t, "household_member", "C2"), "relationship"), ==, "2");
  op_assert (t, "a-cc", "household.join", join_args ("C3", "C2"), "applied");
  g_assert_true (household_of (t, "C3") == household_of (t, "C1"));
  op_assert (t, "a-cc", "household.join", join_args ("C3", "C2"), "noop");
  op_assert (t, "a-cc", "household.leave", kith_json_new ("client", "s", op_id ("C2"), NULL), "applied");
  op_assert (t, "a-cc", "household.leave", kith_json_new ("client", "s", op_id ("C2"), NULL), "noop");
  g_assert_null (op_natural (t, "household_member", "C2"));
  g_assert_cmpuint (op_count (t, "household_member"), ==, 3); /* with the one that is over */
}

static JsonObject *
join_since (const char *client, const char *with, const char *since)
{
  JsonObject *args = join_args (client, with);

  json_object_set_string_member (args, "since", since);
  return args;
}

static void
assert_since (OpFixture *t, const char *client, const char *since)
{
  g_assert_cmpstr (kith_record_string (op_natural (t, "household_member", client), "since"), ==, since);
}

/* The only record of that client's that is over. */
static KithRecord *
past_of (OpFixture *t, const char *client)
{
  g_autoptr (GPtrArray) all = kith_world_find (op_world (t), NULL, "household_member", "client", op_id (client), NULL, NULL);
  const char *past = NULL;

  for (guint i = 0; i < all->len; i++)
    if (kith_record_string (all->pdata[i], "ended_on") != NULL)
      {
        g_assert_null (past);
        past = kith_record_get_id (all->pdata[i]);
      }
  return op_get (t, "household_member", past);
}

/* D12: who lived with whom since when is kept: by those who come, by a word put right, by moving out and moving in again. */
static void
test_household_history (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  g_autofree char *first = NULL, *today = op_time (t, 0);
  JsonObject *args;

  for (guint i = 1; i <= 4; i++)
    {
      g_autofree char *client = g_strdup_printf ("C%u", i);

      op_register (t, "a-cc", client);
    }
  today[strlen ("2026-11-22")] = '\0';
  op_assert (t, "a-cc", "household.join", join_since ("C2", "C1", "2020-02-02"), "applied");
  first = g_strdup (household_of (t, "C1"));
  op_assert (t, "a-cc", "household.join", join_since ("C3", "C2", "2021-03-03"), "applied");
  assert_since (t, "C1", "2020-02-02");
  assert_since (t, "C2", "2020-02-02");
  op_assert (t, "a-cc", "household.join", join_since ("C1", "C4", "2022-04-04"), "applied"); /* C4 comes to them */
  g_assert_cmpstr (household_of (t, "C4"), ==, first);
  assert_since (t, "C1", "2020-02-02");
  assert_since (t, "C4", "2022-04-04");

  /* A word put right is no new stay; a date is one's own to put right. */
  args = join_args ("C3", "C1");
  json_object_set_string_member (args, "relationship", "4");
  op_assert (t, "a-cc", "household.join", args, "applied");
  g_assert_cmpstr (kith_record_string (op_natural (t, "household_member", "C3"), "relationship"), ==, "4");
  assert_since (t, "C3", "2021-03-03");
  args = join_since ("C3", "C1", "2021-03-04");
  json_object_set_string_member (args, "relationship", "4");
  op_assert (t, "a-cc", "household.join", args, "applied");
  assert_since (t, "C3", "2021-03-04");
  g_assert_cmpuint (op_count (t, "household_member"), ==, 4);

  /* Out, and in again: the first stay can still be read. */
  op_assert (t, "a-cc2", "household.leave", kith_json_new ("client", "s", op_id ("C3"), NULL), "not_found");
  op_assert (t, "a-cc", "household.leave", kith_json_new ("client", "s", op_id ("C3"), NULL), "applied");
  g_assert_null (op_natural (t, "household_member", "C3"));
  op_assert (t, "a-cc", "household.join", join_args ("C3", "C1"), "applied");
  assert_since (t, "C3", NULL);
  g_assert_cmpstr (kith_record_string (past_of (t, "C3"), "since"), ==, "2021-03-04");
  g_assert_cmpstr (kith_record_string (past_of (t, "C3"), "ended_on"), ==, today);
  g_assert_cmpstr (kith_record_string (past_of (t, "C3"), "ended_by"), ==, op_id ("a-cc"));
  g_assert_cmpstr (kith_record_string (past_of (t, "C3"), "household"), ==, first);

  /* Into another household: the first ends when the next begins. */
  op_register (t, "a-cc", "C5");
  op_register (t, "a-cc", "C6");
  op_assert (t, "a-cc", "household.join", join_since ("C6", "C5", "2023-01-01"), "applied");
  op_assert (t, "a-cc", "household.join", join_since ("C2", "C5", "2024-05-05"), "applied");
  g_assert_cmpstr (household_of (t, "C2"), ==, household_of (t, "C6"));
  assert_since (t, "C2", "2024-05-05");
  g_assert_cmpstr (kith_record_string (past_of (t, "C2"), "ended_on"), ==, "2024-05-05");
  g_assert_cmpstr (kith_record_string (past_of (t, "C2"), "since"), ==, "2020-02-02");
}

static JsonObject *
attach_args (const char *document, const char *kind, const char *record)
{
  return kith_json_new ("id", "s", op_id (document), "t", "s", kind, "record", "s", record, "type", "s", "signature", "name", "s",
                        "Signature.png", "media_type", "s", "image/png", "size", "i", (gint64) 1200, "sha256", "s", SHA, NULL);
}

/* C20: a file that is removed changes no consent. */
static void
test_documents (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  g_autofree char *health = NULL;
  g_autofree char *scope = NULL;
  g_autoptr (KithRecord) before = NULL;
  JsonObject *args;

  op_accepted (t, "R1");
  health = kith_id_natural ("client_health", op_id ("C1"));
  op_assert (t, "a-cc", "document.attach", attach_args ("D1", "consent", op_id ("K1")), "applied");
  scope = kith_record_scope (op_get (t, "document", op_id ("D1")));
  g_assert_true (g_str_has_prefix (scope, "client:"));
  g_assert_cmpstr (op_field (t, "document", op_id ("D1"), "client"), ==, op_id ("C1"));

  before = kith_record_copy (op_get (t, "consent", op_id ("K1")));
  op_assert (t, "b-rm", "document.remove", kith_json_new ("document", "s", op_id ("D1"), "reason", "s", "x", NULL), "denied");
  op_assert (t, "c-rm", "document.remove", kith_json_new ("document", "s", op_id ("D1"), "reason", "s", "x", NULL), "not_found");
  op_assert (t, "a-cc", "document.remove", kith_json_new ("document", "s", op_id ("D1"), NULL), "reason_required");
  op_assert (t, "a-cc", "document.remove", kith_json_new ("document", "s", op_id ("D1"), "reason", "s", "Blurred", NULL), "applied");
  g_assert_true (kith_record_equal (before, op_get (t, "consent", op_id ("K1"))));
  g_assert_true (op_sees (t, "b-rm", "client:C1"));
  g_assert_cmpstr (op_field (t, "document", op_id ("D1"), "removed_by"), ==, op_id ("a-cc"));
  g_assert_cmpstr (op_field (t, "document", op_id ("D1"), "name"), ==, "–"); /* C11: it went with the file; what remains says what it was and why it is gone */
  g_assert_cmpstr (op_field (t, "document", op_id ("D1"), "remove_reason"), ==, "Blurred");
  op_assert (t, "a-cc", "document.remove", kith_json_new ("document", "s", op_id ("D1"), "reason", "s", "x", NULL), "noop");

  /* A file lies where its record lies: a scan of a diagnosis needs the flag. */
  op_assert (t, "a-cc", "document.attach", attach_args ("D2", "client_health", health), "not_found");
  give_health (t, "a-cc");
  op_assert (t, "a-cc", "document.attach", attach_args ("D2", "client_health", health), "not_found"); /* nothing was recorded yet */
  args = attach_args ("D2", "client_health", health);
  json_object_set_string_member (args, "client", op_id ("C1"));
  op_assert (t, "a-cc", "document.attach", args, "applied"); /* begins it */
  g_assert_cmpstr (kith_record_string (op_natural (t, "client_health", "C1"), "agency"), ==, op_id ("A"));
  g_assert_true (g_str_has_prefix (op_field (t, "document", op_id ("D2"), "scope"), "client_health:"));
  g_assert_cmpstr (op_field (t, "document", op_id ("D2"), "client"), ==, op_id ("C1"));
  op_assert (t, "a-cc", "record.patch", patch_args ("client_health", "health_note", NULL, "Asthma"), "applied");
  args = attach_args ("D4", "client_health", health);
  json_object_set_string_member (args, "client", op_id ("C1"));
  op_assert (t, "a-cc", "document.attach", args, "applied");
  g_assert_cmpstr (kith_record_string (op_natural (t, "client_health", "C1"), "health_note"), ==, "Asthma"); /* as it was */
  args = attach_args ("D5", "consent", op_id ("K1"));
  json_object_set_string_member (args, "client", op_id ("C1")); /* that is there */
  op_assert (t, "a-cc", "document.attach", args, "applied");
  args = attach_args ("D6", "consent", op_id ("K9"));
  json_object_set_string_member (args, "client", op_id ("C1"));
  op_assert (t, "a-cc", "document.attach", args, "not_found");
  for (guint i = 0; i < 2; i++) /* who lacks the flag, or the client */
    {
      args = attach_args ("D7", "client_health", health);
      json_object_set_string_member (args, "client", op_id ("C1"));
      op_assert (t, i == 0 ? "a-sup" : "c-rm", "document.attach", args, "not_found");
    }

  op_assert (t, "a-cc", "document.attach", attach_args ("D3", "staff", op_id ("a-cc")), "invalid");
  args = attach_args ("D3", "client", op_id ("C1"));
  json_object_set_string_member (args, "sha256", "E3");
  op_assert (t, "a-cc", "document.attach", args, "invalid");
  for (guint i = 0; i < 3; i++)
    {
      const gint64 sizes[] = { -1, 0, KITH_DOCUMENT_MOST + 1 };

      args = attach_args ("D3", "client", op_id ("C1"));
      json_object_set_int_member (args, "size", sizes[i]);
      op_assert (t, "a-cc", "document.attach", args, "invalid");
    }
  args = attach_args ("D3", "client", op_id ("C1"));
  json_object_set_string_member (args, "media_type", "application/x-executable");
  op_assert (t, "a-cc", "document.attach", args, "invalid");
}

/* What a colleague of another agency called it does not decide which program opens it. */
static void
test_file_name (void)
{
  static const struct { const char *name, *media_type, *expected; } cases[] = {
    { "Letter.pdf", "application/pdf", "Letter.pdf" },
    { "Letter.PDF", "application/pdf", "Letter.PDF" },
    { "Intake.html", "application/pdf", "Intake.html.pdf" },
    { "Photo", "image/jpeg", "Photo.jpg" },
    { "Photo.jpeg", "image/jpeg", "Photo.jpeg" },
    { "x.exe", NULL, "x.exe.txt" },
    { "x.desktop", "application/x-desktop", "x.desktop.txt" },
    { "Bill\u202Efdp.exe", "application/pdf", "Bill_fdp.exe.pdf" },
    { "../../.bashrc", "text/plain", "_._.._.bashrc.txt" },
    { "a:b\\c\n.csv", "text/csv", "a_b_c_.csv" },
    { "", "image/png", "file.png" },
    { NULL, "image/png", "file.png" },
    { "Æ 田 \u0645.png", "image/png", "Æ 田 \u0645.png" },
  };
  g_autofree char *many = g_strnfill (300, 'n'), *clipped = kith_document_file_name (many, "text/csv");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = kith_document_file_name (cases[i].name, cases[i].media_type);

      g_assert_cmpstr (name, ==, cases[i].expected);
    }
  g_assert_cmpuint (strlen (clipped), ==, 84);
  g_assert_true (g_str_has_suffix (clipped, "n.csv"));
}

/* C20: the paper may come after the consent that names it, or never, or go again: the consent counts as much. That it names one tells
 * nobody whether there is such a file. */
static void
test_consent_paper (void)
{
  static const struct { const char *document; gboolean attach, remove; } cases[] = {
    { NULL, FALSE, FALSE }, { "D9", FALSE, FALSE }, { "D9", TRUE, FALSE }, { "D9", TRUE, TRUE }, { NULL, TRUE, TRUE }, { "of-other", FALSE, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OpFixture) t = op_fixture_new ();
      JsonObject *args = kith_json_new ("id", "s", op_id ("K2"), "client", "s", op_id ("C1"), "classes", "a", kith_json_strings ("client", NULL),
                                        "receivers", "a", kith_json_strings (op_id ("C"), NULL), "how", "s", "signed", NULL);
      g_autoptr (KithRecord) before = NULL;

      op_register (t, "a-cc", "C1");
      op_register (t, "b-rm", "C2");
      op_assert (t, "b-rm", "document.attach", attach_args ("of-other", "client", op_id ("C2")), "applied");
      if (cases[i].document != NULL)
        json_object_set_string_member (args, "document", op_id (cases[i].document));
      op_assert (t, "a-cc", "consent.record", args, "applied");
      before = kith_record_copy (op_get (t, "consent", op_id ("K2")));
      if (cases[i].attach)
        op_assert (t, "a-cc", "document.attach", attach_args ("D9", "consent", op_id ("K2")), "applied");
      if (cases[i].remove)
        op_assert (t, "a-cc", "document.remove", kith_json_new ("document", "s", op_id ("D9"), "reason", "s", "Blurred", NULL), "applied");
      g_assert_true (kith_record_equal (before, op_get (t, "consent", op_id ("K2"))));
      g_assert_cmpstr (op_field (t, "consent", op_id ("K2"), "status"), ==, "in_force");
    }
}

static JsonObject *
restrict_args (gboolean restricted)
{
  return kith_json_new ("client", "s", op_id ("C1"), "restricted", "b", restricted, "reason", "s", "The client asked.", NULL);
}

/* C19; a restricted client is its supervisors' and those assigned, at every agency (design.md 2.4). */
static void
test_restrict (void)
{
  static const struct { const char *who, *expected;
  } cases[] = {
    { "a-cc", "denied" }, { "a-rm", "denied" }, { "a-sup", "applied" }, { "a-cc2", "not_found" }, { "b-sup", "denied" },
    { "c-sup", "not_found" }, { "net", "not_found" }, { "hub", "denied" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OpFixture) t = op_fixture_new ();

      op_accepted (t, "R1");
      op_assert (t, cases[i].who, "client.restrict", restrict_args (TRUE), cases[i].expected);
    }

  g_autoptr (OpFixture) t = op_fixture_new ();
  JsonObject *args = restrict_args (TRUE);

  op_accepted (t, "R1");
  json_object_remove_member (args, "reason");
  op_assert (t, "a-sup", "client.restrict", args, "reason_required");
  op_assert (t, "a-sup", "client.restrict", restrict_args (TRUE), "applied");
  g_assert_false (op_sees (t, "a-rm", "client:C1"));
  g_assert_true (op_sees (t, "a-cc", "client:C1"));
  g_assert_true (op_sees (t, "a-sup", "client:C1"));
  g_assert_false (op_sees (t, "b-rm", "client:C1"));
  g_assert_true (op_sees (t, "b-sup", "client:C1"));
  g_assert_false (op_sees (t, "b-rm", "care:C1:B"));
  op_assert (t, "a-sup", "client.restrict", restrict_args (TRUE), "noop");
  op_assert (t, "a-sup", "client.restrict", restrict_args (FALSE), "applied");
  g_assert_true (op_sees (t, "a-rm", "client:C1"));
  g_assert_cmpuint (op_count_with (t, "audit_entry", "what", "restricted"), ==, 1);
  g_assert_cmpuint (op_count_with (t, "audit_entry", "what", "unrestricted"), ==, 1);
}

static gboolean
sees_log (OpFixture *t, const char *who, const char *scope)
{
  g_autoptr (KithActor) actor = op_actor (t, who);

  return kith_world_sees (op_world (t), actor, scope) == KITH_SEES_NOW;
}

/* C13: taken from everybody, read by the privacy officers of that agency, and telling nothing of what it names. */
static void
test_audit (void)
{
  static const char *const writers[] = { "a-cc", "a-rm", "a-new", "a-portal", "b-cc", "net" };
  g_autoptr (OpFixture) t = op_fixture_new ();
  g_autoptr (GPtrArray) own = NULL, others = NULL, grants = NULL;
  g_autofree char *scope = NULL, *of_b = NULL;
  gint64 at, over;

  op_register (t, "a-cc", "C1");
  g_autoptr (JsonArray) duties = kith_json_strings ("privacy_officer", NULL);

  op_set (t, "staff", op_id ("a-admin"), "duties", json_node_init_array (json_node_alloc (), duties));
  for (guint i = 0; i < G_N_ELEMENTS (writers); i++)
    for (guint k = 0; k < 2; k++)
      op_assert (t, writers[i], "audit.record",
                 kith_json_new ("what", "s", "opened", "client", "s", op_id (k == 0 ? "C1" : "nobody"), NULL), "applied");
  g_assert_cmpuint (op_count (t, "audit_entry"), ==, 2 * G_N_ELEMENTS (writers));
  g_assert_cmpuint (op_count_with (t, "audit_entry", "staff", op_id ("b-cc")), ==, 2);
  op_assert (t, "a-cc", "audit.record", kith_json_new ("what", "s", "discarded", "op", "s", "record.patch", NULL), "applied");
  g_assert_cmpuint (op_count_with (t, "audit_entry", "detail", "record.patch"), ==, 1);
  op_assert (t, "a-gone", "audit.record", kith_json_new ("what", "s", "opened", NULL), "denied");
  op_assert (t, "a-cc", "audit.record", kith_json_new ("what", "s", "opened", "t", "s", "nonsense", NULL), "invalid");
  own = kith_world_find (op_world (t), NULL, "audit_entry", "staff", op_id ("a-cc"), NULL, NULL);
  others = kith_world_find (op_world (t), NULL, "audit_entry", "staff", op_id ("b-cc"), NULL, NULL);
  scope = kith_record_scope (own->pdata[0]);
  of_b = kith_record_scope (others->pdata[0]);
  g_assert_true (sees_log (t, "a-admin", scope));
  g_assert_false (sees_log (t, "a-cc", scope));
  g_assert_false (sees_log (t, "a-sup", scope));
  g_assert_false (sees_log (t, "a-admin", of_b));
  g_assert_false (sees_log (t, "net", scope));

  /* A month leaves the computers 400 days after its last day; until then it says when. */
  kith_time_parse (kith_record_string (own->pdata[0], "at"), &at);
  grants = kith_access_grants (op_world (t), scope, at, NULL);
  g_assert_cmpuint (grants->len, ==, 1);
  over = ((KithGrant *) grants->pdata[0])->not_after;
  g_assert_cmpint (over - at, >, G_GINT64_CONSTANT (400) * 24 * 3600 * 1000);
  g_assert_cmpint (over - at, <=, G_GINT64_CONSTANT (431) * 24 * 3600 * 1000);
  g_clear_pointer (&grants, g_ptr_array_unref);
  grants = kith_access_grants (op_world (t), scope, over, NULL);
  g_assert_cmpuint (grants->len, ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/record/U10-health", test_health);
  g_test_add_func ("/model/record/C1-partner", test_partner);
  g_test_add_func ("/model/record/C1-partner-proposal", test_proposal);
  g_test_add_func ("/model/record/D12-filled-in", test_filled_in);
  g_test_add_func ("/model/record/C16-switch-history", test_switch_history);
  g_test_add_func ("/model/record/no-contact-carried-C16", test_no_contact_carried);
  g_test_add_func ("/model/record/no-contact-settled-C16", test_no_contact_settled);
  g_test_add_func ("/model/record/C1-namesakes", test_namesakes);
  g_test_add_func ("/model/record/C1-partner-desk", test_partner_desk);
  g_test_add_func ("/model/record/whose-form", test_whose_form);
  g_test_add_func ("/model/record/U10-register", test_register_health);
  g_test_add_func ("/model/record/U10-C1-health-shared", test_health_shared);
  g_test_add_func ("/model/record/alerts", test_alerts);
  g_test_add_func ("/model/record/household", test_household);
  g_test_add_func ("/model/record/D12-household-history", test_household_history);
  g_test_add_func ("/model/record/C20-documents", test_documents);
  g_test_add_func ("/model/record/C20-consent-paper", test_consent_paper);
  g_test_add_func ("/model/record/file-name", test_file_name);
  g_test_add_func ("/model/record/C19-restrict", test_restrict);
  g_test_add_func ("/model/record/C13-audit", test_audit);
  return g_test_run ();
}
