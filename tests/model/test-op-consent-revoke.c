/* SPDX-License-Identifier: GPL-3.0-or-later */

/* consent.revoke: C4, C5, C17. Giving, refusing and running out are in test-op-consent.c. */

#include "op-fixture.h"

static JsonObject *
revoke_args (const char *member, const char *name)
{
  return kith_json_new (member, "s", op_id (name), "reason", "s", "The client changed their mind.", NULL);
}

static void
test_revoke_one (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();

  op_accepted (t, "R1");
  g_assert_true (op_sees (t, "b-rm", "client:C1"));
  g_assert_true (op_sees (t, "b-rm", "referral_detail:R1"));
  op_advance (t, 1000);
  op_assert (t, "a-cc", "consent.revoke", revoke_args ("consent", "K1"), "applied");
  g_assert_cmpstr (op_field (t, "consent", op_id ("K1"), "status"), ==, "revoked");
  g_assert_cmpstr (op_field (t, "consent", op_id ("K1"), "revoked_at"), ==, "2026-03-02T09:00:01.000Z");
  g_assert_cmpuint (op_count_with (t, "client_reason", "text", "The client changed their mind."), ==, 1);
  g_assert_false (op_sees (t, "b-rm", "client:C1"));
  g_assert_false (op_sees (t, "b-rm", "referral_detail:R1"));
  /* What was done in reliance stays: the accepted referral and B's own record of care (C4). */
  g_assert_true (op_sees (t, "b-rm", "referral:R1"));
  g_assert_true (op_sees (t, "b-rm", "care:C1:B"));
  op_assert (t, "a-cc", "consent.revoke", revoke_args ("consent", "K1"), "noop");
}

/* C5: any agency that knows the client takes it down; who did is told with it, not the one that had recorded the consent. */
static void
test_revoke_elsewhere (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();

  op_accepted (t, "R1");
  op_assert (t, "b-rm", "consent.revoke", revoke_args ("consent", "K1"), "applied");
  g_assert_cmpstr (op_field (t, "consent", op_id ("K1"), "agency"), ==, op_id ("A"));
  g_assert_cmpstr (op_field (t, "consent", op_id ("K1"), "revoked_agency"), ==, op_id ("B"));
  g_assert_cmpstr (op_field (t, "consent", op_id ("K1"), "revoked_by_name"), ==, "b-rm");
}

/* C15: not of a victim service agency, by whatever it takes back; its own consents it asked for openly. */
static void
test_revoke_victim_service (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  JsonObject *args = op_send_args ("R2", "C1", "warm", NULL);

  op_accepted (t, "R1");
  op_consent (t, "a-cc", "K2", "C1", "V");
  json_object_set_string_member (args, "agency_to", op_id ("V"));
  op_assert (t, "a-cc", "referral.send", args, "applied");
  op_assert (t, "v-rm", "referral.accept", op_step_args ("R2", "sent"), "applied");
  op_consent (t, "v-rm", "K3", "C1", "B");
  op_advance (t, 1000);
  op_assert (t, "v-rm", "consent.revoke", revoke_args ("client", "C1"), "applied");
  g_assert_cmpstr (op_field (t, "consent", op_id ("K2"), "status"), ==, "revoked");
  g_assert_cmpstr (op_field (t, "consent", op_id ("K2"), "revoked_agency"), ==, "");
  g_assert_cmpstr (op_field (t, "consent", op_id ("K2"), "revoked_by_name"), ==, "");
  g_assert_cmpstr (op_field (t, "consent", op_id ("K3"), "revoked_agency"), ==, op_id ("V"));
  g_assert_cmpstr (op_field (t, "client", op_id ("C1"), "consents_revoked_at"), !=, "");
  g_assert_cmpstr (op_field (t, "client", op_id ("C1"), "consents_revoked_agency"), ==, "");
  g_assert_cmpstr (op_field (t, "client", op_id ("C1"), "consents_revoked_by_name"), ==, "");
}

static void
test_revoke_client (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();

  op_register (t, "a-cc", "C1");
  op_register (t, "a-cc", "C2");
  op_consent (t, "a-cc", "K1", "C1", "B");
  op_consent (t, "a-cc", "K2", "C1", "C");
  op_consent (t, "a-cc", "K3", "C2", "B");
  op_assert (t, "a-cc", "consent.revoke", revoke_args ("client", "C1"), "applied");
  g_assert_cmpuint (op_count_with (t, "consent", "status", "revoked"), ==, 2);
  g_assert_cmpstr (op_field (t, "consent", op_id ("K3"), "status"), ==, "in_force");
  op_assert (t, "a-cc", "consent.revoke", revoke_args ("client", "C1"), "noop");
}

/* C4: one act, dated, with its reason and who took it down, where the sides of the referral read it. */
static void
assert_taken_back (OpFixture *t, const char *referral, const char *who)
{
  g_autoptr (GPtrArray) events = kith_world_find (op_world (t), NULL, "referral_event", "referral", op_id (referral), NULL, NULL);
  KithRecord *found = NULL;

  for (guint i = 0; i < events->len; i++)
    if (kith_record_is (events->pdata[i], "type", "taken_back"))
      found = events->pdata[i];
  g_assert_nonnull (found);
  g_assert_cmpstr (kith_record_string (found, "text"), ==, "The client changed their mind.");
  g_assert_true (kith_record_is (found, "actor", op_id (who)));
  g_assert_nonnull (kith_record_string (found, "at"));
  g_assert_false (kith_record_bool (found, "private"));
}

/* Naming a referral: its release and its basis end, and the receiver's rows of it, whatever consents remain. */
static void
test_revoke_referral (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();

  op_accepted (t, "R1");
  op_assert (t, "a-cc", "consent.revoke", revoke_args ("referral", "R1"), "applied");
  g_assert_cmpstr (op_field (t, "consent", op_id ("K1"), "status"), ==, "in_force");
  g_assert_true (kith_record_bool (op_get (t, "referral", op_id ("R1")), "revoked"));
  g_assert_false (op_sees (t, "b-rm", "client:C1"));
  g_assert_false (op_sees (t, "b-rm", "referral_detail:R1"));
  g_assert_true (op_sees (t, "b-rm", "referral:R1"));
  assert_taken_back (t, "R1", "a-cc");
  op_assert (t, "a-cc", "consent.revoke", revoke_args ("referral", "R1"), "noop");
  g_assert_cmpuint (op_count_with (t, "referral_event", "type", "taken_back"), ==, 1);
}

/* By the receiver too: the sender, who keeps sight of it, reads why. */
static void
test_revoke_referral_receiver (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();

  op_accepted (t, "R1");
  op_assert (t, "b-rm", "consent.revoke", revoke_args ("referral", "R1"), "applied");
  assert_taken_back (t, "R1", "b-rm");
  g_assert_true (op_sees (t, "a-cc", "referral_detail:R1"));
}

/* ---- what may still be written of an accepted referral ---- */

#define SECRET "Moved to her sister’s, 12 Elm St."

/* Where these words stand: 'n' the note among the eight fields, 't' the shared timeline, 'o' one side's own; "" nowhere. */
static char *
where_it_stands (OpFixture *t, const char *words)
{
  g_autoptr (GPtrArray) events = kith_world_find (op_world (t), NULL, "referral_event", "referral", op_id ("R1"), NULL, NULL);
  GString *where = g_string_new (g_strcmp0 (op_field (t, "referral", op_id ("R1"), "note"), words) == 0 ? "n" : "");

  for (guint i = 0; i < events->len; i++)
    if (kith_record_is (events->pdata[i], "text", words) || kith_record_is (events->pdata[i], "reason", words))
      g_string_append_c (where, kith_record_bool (events->pdata[i], "private") ? 'o' : 't');
  return g_string_free (where, FALSE);
}

static JsonObject *
words_args (const char *operation)
{
  JsonObject *args = op_step_args ("R1", "accepted");

  json_object_set_string_member (args, "text", SECRET);
  if (g_str_equal (operation, "referral.close"))
    json_object_set_string_member (args, "outcome", "moved_away");
  else if (g_str_equal (operation, "referral.set_status"))
    json_object_set_string_member (args, "phase", "contacting");
  else
    json_object_remove_member (args, "from");
  if (g_str_equal (operation, "referral.record_contact"))
    {
      json_object_set_string_member (args, "how", "phone");
      json_object_set_string_member (args, "result", "reached");
    }
  return args;
}

/* C1, C4, C5: consent in force lets both sides tell each other; a release that was written stands for it. Once it has ended a message is refused; the work
 * goes on and is told in codes, its words stay with who wrote them; one's own notes are one's own. */
static void
test_words_after (void)
{
  static const struct { const char *ends, *who, *operation, *expected, *where; } rows[] = {
    { NULL, "a-cc", "referral.note", "applied", "nt" },
    { NULL, "b-rm", "referral.note", "applied", "nt" },
    { NULL, "b-rm", "referral.record_contact", "applied", "t" },
    { NULL, "b-rm", "referral.close", "applied", "t" },
    { "consent", "a-cc", "referral.note", "consent_missing", "" },
    { "client", "a-cc", "referral.note", "consent_missing", "" },
    { "referral", "a-cc", "referral.note", "consent_missing", "" },
    { "term", "a-cc", "referral.note", "consent_missing", "" },
    { "consent", "b-rm", "referral.note", "consent_missing", "" },
    { "referral", "b-rm", "referral.note", "consent_missing", "" },
    { "release", "a-cc", "referral.note", "applied", "nt" },
    { "release", "b-rm", "referral.note", "applied", "nt" },
    { "consent", "a-cc", "referral.private_note", "applied", "o" },
    { "consent", "b-rm", "referral.private_note", "applied", "o" },
    { "consent", "b-rm", "referral.record_contact", "applied", "o" },
    { "referral", "b-rm", "referral.record_contact", "applied", "o" },
    { "release", "b-rm", "referral.record_contact", "applied", "t" },
    { "consent", "b-rm", "referral.set_status", "applied", "o" },
    { "consent", "b-rm", "referral.close", "applied", "o" },
    { "client", "b-rm", "referral.close", "applied", "o" },
    { "term", "b-rm", "referral.close", "applied", "o" },
    { "release", "b-rm", "referral.close", "applied", "t" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (OpFixture) t = op_fixture_new ();
      g_autofree char *where = NULL;

      g_test_message ("%u: %s after %s by %s", i, rows[i].operation, rows[i].ends, rows[i].who);
      op_accepted (t, "R1");
      op_advance (t, 1000);
      if (g_strcmp0 (rows[i].ends, "release") == 0)
        {
          KithRecord *detail = op_natural (t, "referral_detail", "R1");

          op_set (t, "referral_detail", kith_record_get_id (detail), "release_classes", json_from_string ("[\"client\"]", NULL));
          op_assert (t, "a-cc", "consent.revoke", revoke_args ("consent", "K1"), "applied");
        }
      else if (g_strcmp0 (rows[i].ends, "term") == 0)
        op_set (t, "consent", op_id ("K1"), "status", json_node_init_string (json_node_alloc (), "expired"));
      else if (rows[i].ends != NULL)
        op_assert (t, "a-cc", "consent.revoke", revoke_args (rows[i].ends, g_str_equal (rows[i].ends, "consent") ? "K1" : g_str_equal (rows[i].ends, "client") ? "C1" : "R1"),
                   "applied");
      op_assert (t, rows[i].who, rows[i].operation, words_args (rows[i].operation), rows[i].expected);
      where = where_it_stands (t, SECRET);
      g_assert_cmpstr (where, ==, rows[i].where);
    }
}

/* A reason in words is words: before the end both read it, after it whoever wrote it; the sender reads that there is one. */
static void
test_reason_after (void)
{
  for (guint ended = 0; ended < 2; ended++)
    {
      g_autoptr (OpFixture) t = op_fixture_new ();
      JsonObject *args = op_step_args ("R1", "accepted");
      g_autofree char *where = NULL;

      op_accepted (t, "R1");
      op_advance (t, 1000);
      if (ended)
        op_assert (t, "a-cc", "consent.revoke", revoke_args ("consent", "K1"), "applied");
      json_object_set_string_member (args, "phase", "waitlisted");
      json_object_set_string_member (args, "reason", SECRET);
      op_assert (t, "b-rm", "referral.set_status", args, "applied");
      where = where_it_stands (t, SECRET);
      g_assert_cmpstr (where, ==, ended ? "o" : "t");
      g_assert_cmpuint (op_count_with (t, "referral_event", "reason", "other"), ==, ended);
    }
}

/* The end is told, in its code, and the sender is none the wiser about the rest. */
static void
test_end_is_told (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();

  op_accepted (t, "R1");
  op_advance (t, 1000);
  op_assert (t, "a-cc", "consent.revoke", revoke_args ("consent", "K1"), "applied");
  op_assert (t, "b-rm", "referral.close", words_args ("referral.close"), "applied");
  g_assert_cmpstr (op_phase (t, "R1"), ==, "closed_unresolved");
  g_assert_cmpstr (op_detail_field (t, "R1", "outcome"), ==, "moved_away");
  g_assert_cmpuint (op_count_with (t, "referral_event", "type", "closed"), ==, 1);
  g_assert_cmpuint (op_count_with (t, "referral_event", "type", "private_note"), ==, 1);
}

/* By any agency that holds any scope of the client, naming any of the three. */
static void
test_revoke_who (void)
{
  static const struct { const char *who, *expected;
  } cases[] = {
    { "a-cc", "applied" }, { "a-cc2", "applied" },   { "a-sup", "applied" },  { "b-rm", "applied" },
    { "b-cc", "applied" }, { "hub", "applied" },     { "c-rm", "not_found" }, { "c-sup", "not_found" },
    { "net", "denied" },   { "b-portal", "denied" }, { "b-new", "denied" },   { "b-gone", "denied" },
  };
  static const struct
  {
    const char *member, *name;
  } named[] = { { "consent", "K1" }, { "client", "C1" }, { "referral", "R1" } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (guint j = 0; j < G_N_ELEMENTS (named); j++)
      {
        g_autoptr (OpFixture) t = op_fixture_new ();

        op_accepted (t, "R1");
        op_assert (t, cases[i].who, "consent.revoke", revoke_args (named[j].member, named[j].name), cases[i].expected);
      }
}

/* The answer for a client that is not there is the same, to the letter, as for one that may not be seen. */
static void
test_revoke_hidden (void)
{
  static const char *const members[] = { "consent", "client", "referral" };
  static const char *const names[] = { "K1", "C1", "R1" };
  g_autoptr (OpFixture) t = op_fixture_new ();

  op_accepted (t, "R1");
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *hidden = NULL;

      op_assert (t, "c-rm", "consent.revoke", revoke_args (members[i], names[i]), "not_found");
      hidden = g_strdup (op_message (t));
      op_assert (t, "c-rm", "consent.revoke", revoke_args (members[i], "nothing"), "not_found");
      g_assert_cmpstr (op_message (t), ==, hidden);
    }
}

/* However late: the agency lost sight of the client, and still can pass on what the client said. */
static void
test_revoke_always (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();

  op_accepted (t, "R1");
  op_consent (t, "a-cc", "K2", "C1", "C");
  op_assert (t, "a-cc", "consent.revoke", revoke_args ("consent", "K1"), "applied");
  g_assert_false (op_sees (t, "b-rm", "client:C1"));
  op_assert (t, "b-rm", "consent.revoke", revoke_args ("client", "C1"), "applied");
  g_assert_cmpstr (op_field (t, "consent", op_id ("K2"), "status"), ==, "revoked");
  g_assert_true (kith_operation_get ("consent.revoke")->flags & KITH_OPERATION_ALWAYS);
}

static void
test_revoke_form (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  JsonObject *args;

  op_accepted (t, "R1");
  op_assert (t, "a-cc", "consent.revoke", kith_json_new ("reason", "s", "x", NULL), "invalid");
  args = revoke_args ("client", "C1");
  json_object_set_string_member (args, "consent", op_id ("K1"));
  op_assert (t, "a-cc", "consent.revoke", args, "invalid");
  op_assert (t, "a-cc", "consent.revoke", kith_json_new ("client", "s", op_id ("C1"), NULL), "reason_required");
  op_assert (t, "a-cc", "consent.revoke", kith_json_new ("client", "s", op_id ("C1"), "reason", "s", "  ", NULL),
             "reason_required");
}

static guint
told (OpFixture *t, const char *who, const char *type)
{
  gboolean complete;
  g_autoptr (GPtrArray) notices = kith_world_find (op_world (t), NULL, "notice", "staff", op_id (who), &complete, NULL);
  guint n = 0;

  for (guint i = 0; i < notices->len; i++)
    n += kith_record_is (g_ptr_array_index (notices, i), "type", type);
  return n;
}

/* C5, C17: the agencies concerned are told, each once a person, by number; who holds nothing is told nothing. */
static void
test_revoke_told (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();

  op_accepted (t, "R1");
  op_consent (t, "a-cc", "K2", "C1", "C");
  op_assert (t, "a-cc", "consent.revoke", revoke_args ("client", "C1"), "applied");
  /* Nobody at B is on the client: its supervisors. C was named and holds nothing. */
  g_assert_cmpuint (op_count_with (t, "notice", "type", "consent_revoked"), >, 0);
  g_assert_cmpuint (told (t, "b-sup", "consent_revoked"), ==, 1);
  g_assert_cmpuint (told (t, "c-sup", "consent_revoked"), ==, 0);
  g_assert_cmpuint (told (t, "a-cc", "consent_revoked"), ==, 0); /* did it */
}

/* C17: who was asked and has not answered learns the referral's number, not the client. A recalled one is told as recalled. */
static void
test_revoke_told_asked (void)
{
  static const struct { gboolean recall; guint revoked, recalled;
  } cases[] = { { FALSE, 1, 0 }, { TRUE, 0, 1 } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OpFixture) t = op_fixture_new ();
      JsonObject *args = revoke_args ("consent", "K1");
      gboolean complete;
      g_autoptr (GPtrArray) notices = NULL;

      op_register (t, "a-cc", "C1");
      op_consent (t, "a-cc", "K1", "C1", "B");
      op_send (t, "a-cc", "R1", "C1", "S");
      if (cases[i].recall)
        json_object_set_array_member (args, "recall", kith_json_strings (op_id ("R1"), NULL));
      op_advance (t, 1000);
      op_assert (t, "a-cc", "consent.revoke", args, "applied");
      g_assert_cmpuint (told (t, "b-rm", "consent_revoked"), ==, cases[i].revoked);
      g_assert_cmpuint (told (t, "b-rm", "recalled"), ==, cases[i].recalled);
      notices = kith_world_find (op_world (t), NULL, "notice", "staff", op_id ("b-rm"), &complete, NULL);
      for (guint k = 0; k < notices->len; k++)
        g_assert_null (kith_record_string (g_ptr_array_index (notices, k), "client"));
      /* Again, when nothing is left to end: nobody is told twice. */
      op_advance (t, 1000);
      args = revoke_args ("client", "C1");
      json_object_set_array_member (args, "recall", kith_json_strings (op_id ("R1"), NULL));
      op_run (t, "a-cc", "consent.revoke", args);
      g_assert_cmpuint (told (t, "b-rm", "recalled"), ==, 1);
    }
}

/* A desk that holds only the referral records the revocation and leaves the rest to the hub (design.md 2.2). */
static void
test_partial (void)
{
  static const char *const scopes[] = { "dir", "agency:B", "user:b-rm", "referral:R1", NULL };
  g_autoptr (OpFixture) t = op_fixture_new ();
  g_autoptr (KithRecord) referral = NULL;

  op_accepted (t, "R1");
  g_assert_cmpstr (op_run_desk (t, "b-rm", scopes, "consent.revoke", revoke_args ("client", "C1")), ==, "applied");
  g_assert_cmpstr (op_run_desk (t, "b-rm", scopes, "consent.revoke", revoke_args ("consent", "K1")), ==, "applied");
  g_assert_cmpstr (op_run_desk (t, "b-rm", scopes, "consent.revoke", revoke_args ("referral", "R1")), ==, "applied");
  referral = kith_world_get (op_desk (t), "referral", op_id ("R1"), NULL);
  g_assert_true (kith_record_bool (referral, "revoked"));
}

/* C5: one act decides what becomes of each open referral: recalled, taken back, kept with a legal basis, or left to the revocation. */
static void
test_recall (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  JsonObject *args = revoke_args ("client", "C1");
  JsonArray *recall = kith_json_strings (op_id ("R1"), op_id ("R2"), op_id ("R3"), op_id ("nobody"), NULL);

  op_accepted (t, "R1");
  op_send (t, "a-cc", "R2", "C1", "S");
  op_register (t, "a-cc", "C2");
  op_consent (t, "a-cc", "K2", "C2", "B");
  op_send (t, "a-cc", "R3", "C2", "S");
  json_object_set_array_member (args, "recall", recall);
  op_assert (t, "a-cc", "consent.revoke", args, "applied");
  g_assert_cmpstr (op_phase (t, "R2"), ==, "recalled");
  g_assert_cmpuint (op_count_with (t, "notice", "type", "recalled"), >, 0);
  /* What B had accepted stays its work; its reason to know the client is gone (C4). */
  g_assert_cmpstr (op_phase (t, "R1"), ==, "accepted");
  g_assert_true (kith_record_bool (op_get (t, "referral", op_id ("R1")), "revoked"));
  g_assert_true (op_sees (t, "b-rm", "referral:R1"));
  g_assert_false (op_sees (t, "b-rm", "referral_detail:R1"));
  assert_taken_back (t, "R1", "a-cc");
  /* Another client's is not touched. */
  g_assert_cmpstr (op_phase (t, "R3"), ==, "sent");
}

/* The receiver may record the revocation; only the sender recalls. */
static void
test_recall_sender_only (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  JsonObject *args = revoke_args ("client", "C1");

  op_accepted (t, "R1");
  op_send (t, "a-cc", "R2", "C1", "S");
  json_object_set_array_member (args, "recall", kith_json_strings (op_id ("R2"), NULL));
  op_assert (t, "b-rm", "consent.revoke", args, "applied");
  g_assert_cmpstr (op_phase (t, "R2"), ==, "sent");
  g_assert_cmpstr (op_field (t, "consent", op_id ("K1"), "status"), ==, "revoked");
}

/* Nobody reads more than fifty consents of one client, and nobody can bury a revocation under them: one that replaces none is refused from then on. */
static void
test_most (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();

  op_register (t, "a-cc", "C1");
  for (guint i = 0; i <= 51; i++)
    {
      g_autofree char *name = g_strdup_printf ("M%u", i), *discloser = g_strdup_printf ("D%u", i < 51 ? i : 0);
      JsonObject *args = kith_json_new ("id", "s", op_id (name), "client", "s", op_id ("C1"), "classes", "a", kith_json_strings ("client", NULL), "receivers", "a",
                                        kith_json_strings (op_id ("B"), NULL), "how", "s", "verbal", "disclosers", "a", kith_json_strings (op_id (discloser), NULL), NULL);

      op_put (t, "organization", op_id (discloser), kith_json_new ("name", "s", discloser, NULL));
      op_assert (t, "a-cc", "consent.record", args, i == 50 ? "invalid" : "applied");
    }
  g_assert_cmpuint (op_count_with (t, "consent", "status", "in_force"), ==, 50);
  op_assert (t, "a-cc", "consent.revoke", revoke_args ("client", "C1"), "applied");
  g_assert_cmpuint (op_count_with (t, "consent", "status", "in_force"), ==, 0);
  op_assert (t, "a-cc", "consent.record",
             kith_json_new ("id", "s", op_id ("M99"), "client", "s", op_id ("C1"), "classes", "a", kith_json_strings ("client", NULL), "receivers", "a",
                            kith_json_strings (op_id ("B"), NULL), "how", "s", "verbal", "purpose", "s", "p99", NULL), "applied");
}

/* ---- given anew ---- */

static JsonObject *
anew (const char *id, gboolean in_person)
{
  JsonObject *args = kith_json_new ("id", "s", op_id (id), "client", "s", op_id ("C1"), "classes", "a", kith_json_strings ("client", NULL), "receivers", "a",
                                    kith_json_strings (op_id ("B"), NULL), "how", "s", "verbal", NULL);

  if (in_person)
    json_object_set_boolean_member (args, "in_person", TRUE);
  return args;
}

/* C3, C4: what the person took back they give again where they stand: at an agency that has nothing but its own part of them. Before that
 * it has no byte more, and who has no part of them has no way. */
static void
test_given_anew (void)
{
  static const char *const scopes[] = { "dir", "agency:B", "user:b-rm", "care:C1:B", NULL };
  g_autoptr (OpFixture) t = op_fixture_new ();

  op_accepted (t, "R1");
  op_assert (t, "b-rm", "consent.record", anew ("K2", TRUE), "applied"); /* in sight it is as any other */
  op_assert (t, "a-cc", "consent.revoke", kith_json_new ("client", "s", op_id ("C1"), "reason", "s", "Asked", NULL), "applied");
  g_assert_false (op_sees (t, "b-rm", "client:C1"));
  g_assert_true (op_sees (t, "b-rm", "care:C1:B"));
  op_advance (t, OP_DAY);

  op_assert (t, "b-rm", "consent.record", anew ("K3", FALSE), "not_found");
  op_assert (t, "c-sup", "consent.record", anew ("K3", TRUE), "not_found");
  op_assert (t, "b-portal", "consent.record", anew ("K3", TRUE), "not_found");
  g_assert_false (op_sees (t, "b-rm", "client:C1"));

  /* Its desk holds nothing to write it into: the hub opens the record, and no other. */
  g_assert_cmpstr (op_run_desk (t, "b-rm", scopes, "consent.record", anew ("K3", TRUE)), ==, "applied");
  {
    g_autoptr (KithRecord) consent = kith_world_get (op_desk (t), "consent", op_id ("K3"), NULL);

    g_assert_null (consent);
  }
  op_assert (t, "b-rm", "consent.record", anew ("K3", TRUE), "applied");
  g_assert_cmpstr (op_field (t, "consent", op_id ("K3"), "status"), ==, "in_force");
  g_assert_cmpstr (op_field (t, "consent", op_id ("K3"), "agency"), ==, op_id ("B"));
  g_assert_true (op_sees (t, "b-rm", "client:C1"));
  g_assert_true (op_sees (t, "a-cc", "client:C1"));
  g_assert_false (op_sees (t, "c-sup", "client:C1"));

  /* C17: the agency that registered the client, whose record it is, learns of it by the record's number; nobody else does. */
  g_assert_cmpuint (told (t, "a-cc", "consent_given"), ==, 1); /* and not of the first, in sight */
  g_assert_cmpuint (told (t, "b-sup", "consent_given"), ==, 0);
  g_assert_cmpuint (told (t, "c-sup", "consent_given"), ==, 0);
  {
    gboolean complete;
    g_autoptr (GPtrArray) notices = kith_world_find (op_world (t), NULL, "notice", "staff", op_id ("a-cc"), &complete, NULL);

    for (guint i = 0; i < notices->len; i++)
      if (kith_record_is (g_ptr_array_index (notices, i), "type", "consent_given"))
        g_assert_cmpstr (kith_record_string (g_ptr_array_index (notices, i), "number"), ==, op_field (t, "client", op_id ("C1"), "number"));
  }
}

/* What an agency records of its own client, or of a record in its sight, is told to nobody: who sees the record sees it there. */
static void
test_given_untold (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();

  op_accepted (t, "R1");
  op_advance (t, OP_DAY);
  op_assert (t, "b-rm", "consent.record", anew ("K3", FALSE), "applied");
  op_assert (t, "a-cc", "consent.record", anew ("K4", TRUE), "applied");
  g_assert_cmpuint (op_count_with (t, "notice", "type", "consent_given"), ==, 0);
}

/* C3: a consent that names the agency and lets somebody else share with it opened nothing of this record; nor does one whose day is over. */
static void
test_given_beside (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();

  op_accepted (t, "R1");
  op_assert (t, "a-cc", "consent.revoke", kith_json_new ("client", "s", op_id ("C1"), "reason", "s", "Asked", NULL), "applied");
  op_advance (t, OP_DAY);
  op_assert (t, "a-cc", "consent.record",
             kith_json_new ("id", "s", op_id ("K2"), "client", "s", op_id ("C1"), "classes", "a", kith_json_strings ("client", NULL), "receivers", "a",
                            kith_json_strings (op_id ("B"), NULL), "disclosers", "a", kith_json_strings (op_id ("C"), NULL), "how", "s", "written", NULL), "applied");
  g_assert_false (op_sees (t, "b-rm", "client:C1"));
  op_assert (t, "b-rm", "consent.record", anew ("K3", TRUE), "applied");
  g_assert_true (op_sees (t, "b-rm", "client:C1"));
  g_assert_cmpuint (told (t, "a-cc", "consent_given"), ==, 1);
}

/* 2.4: what outlives a consent is the agency's own basis: it opens the record again for itself, and speaks for nobody else. */
static void
test_given_for_own (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  JsonObject *args;

  op_accepted (t, "R1");
  op_assert (t, "a-cc", "consent.revoke", kith_json_new ("client", "s", op_id ("C1"), "reason", "s", "Asked", NULL), "applied");
  op_advance (t, OP_DAY);

  args = anew ("K3", TRUE);
  json_object_set_array_member (args, "receivers", kith_json_strings (op_id ("C"), NULL));
  op_assert (t, "b-rm", "consent.record", args, "denied");
  args = anew ("K3", TRUE);
  json_object_set_array_member (args, "receivers", kith_json_strings (op_id ("B"), op_id ("C"), NULL));
  op_assert (t, "b-rm", "consent.record", args, "denied");
  args = anew ("K3", TRUE);
  json_object_set_array_member (args, "receivers", kith_json_strings (op_id ("B"), "network", NULL));
  op_assert (t, "b-rm", "consent.record", args, "denied");
  args = anew ("K3", TRUE);
  json_object_set_array_member (args, "receiver_classes", kith_json_strings ("direct", NULL));
  op_assert (t, "b-rm", "consent.record", args, "denied");
  args = anew ("K3", TRUE);
  json_object_set_array_member (args, "replaces", kith_json_strings (op_id ("K1"), NULL));
  op_assert (t, "b-rm", "consent.record", args, "denied");
  args = anew ("K3", TRUE);
  json_object_set_boolean_member (args, "findable", TRUE);
  op_assert (t, "b-rm", "consent.record", args, "denied");
  g_assert_false (op_sees (t, "b-rm", "client:C1"));
  g_assert_false (op_sees (t, "c-sup", "client:C1"));
  args = anew ("K3", TRUE);
  json_object_set_boolean_member (args, "findable", FALSE);
  op_assert (t, "b-rm", "consent.record", args, "applied");
  g_assert_true (op_sees (t, "b-rm", "client:C1"));
}

/* Written down before the client took everything back, and sent later, it opens nothing. */
static void
test_given_before (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();

  op_accepted (t, "R1");
  op_advance (t, OP_DAY);
  op_assert (t, "a-cc", "consent.revoke", kith_json_new ("client", "s", op_id ("C1"), "reason", "s", "Asked", NULL), "applied");
  op_advance (t, -OP_DAY / 2);
  op_assert (t, "b-rm", "consent.record", anew ("K3", TRUE), "applied");
  g_assert_cmpstr (op_field (t, "consent", op_id ("K3"), "status"), ==, "revoked");
  g_assert_false (op_sees (t, "b-rm", "client:C1"));
  g_assert_cmpuint (op_count_with (t, "notice", "type", "consent_late"), ==, 1);
}

/* An older hub would refuse it for want of sight: it waits. */
static void
test_given_older_hub (void)
{
  g_autoptr (JsonObject) plain = anew ("K3", FALSE), in_person = anew ("K3", TRUE);
  const KithOperation *operation = kith_operation_get ("consent.record");

  g_assert_cmpint (kith_operation_needs (operation, plain, 5), ==, 0);
  g_assert_cmpint (kith_operation_needs (operation, in_person, 5), ==, 6);
  g_assert_cmpint (kith_operation_needs (operation, in_person, 6), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/op-consent-revoke/C4-one", test_revoke_one);
  g_test_add_func ("/model/op-consent-revoke/C5-elsewhere", test_revoke_elsewhere);
  g_test_add_func ("/model/op-consent-revoke/C15-victim-service", test_revoke_victim_service);
  g_test_add_func ("/model/op-consent-revoke/C4-most", test_most);
  g_test_add_func ("/model/op-consent-revoke/C5-client", test_revoke_client);
  g_test_add_func ("/model/op-consent-revoke/C5-referral", test_revoke_referral);
  g_test_add_func ("/model/op-consent-revoke/C5-referral-by-receiver", test_revoke_referral_receiver);
  g_test_add_func ("/model/op-consent-revoke/who", test_revoke_who);
  g_test_add_func ("/model/op-consent-revoke/hidden-as-absent", test_revoke_hidden);
  g_test_add_func ("/model/op-consent-revoke/always", test_revoke_always);
  g_test_add_func ("/model/op-consent-revoke/form", test_revoke_form);
  g_test_add_func ("/model/op-consent-revoke/C5-recall", test_recall);
  g_test_add_func ("/model/op-consent-revoke/C5-recall-sender-only", test_recall_sender_only);
  g_test_add_func ("/model/op-consent-revoke/C5-C17-told", test_revoke_told);
  g_test_add_func ("/model/op-consent-revoke/C17-told-asked", test_revoke_told_asked);
  g_test_add_func ("/model/op-consent-revoke/partial-knowledge", test_partial);
  g_test_add_func ("/model/op-consent-revoke/C4-words-after-revocation", test_words_after);
  g_test_add_func ("/model/op-consent-revoke/C4-reason-after-revocation", test_reason_after);
  g_test_add_func ("/model/op-consent-revoke/C4-end-is-told", test_end_is_told);
  g_test_add_func ("/model/op-consent-revoke/C3-C4-given-anew", test_given_anew);
  g_test_add_func ("/model/op-consent-revoke/C4-given-untold", test_given_untold);
  g_test_add_func ("/model/op-consent-revoke/C3-given-beside", test_given_beside);
  g_test_add_func ("/model/op-consent-revoke/C4-given-for-own", test_given_for_own);
  g_test_add_func ("/model/op-consent-revoke/C4-given-before", test_given_before);
  g_test_add_func ("/model/op-consent-revoke/2.10-given-older-hub", test_given_older_hub);
  return g_test_run ();
}
