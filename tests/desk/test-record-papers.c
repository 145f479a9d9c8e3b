/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whole records on paper (P11): a contact record, and a referral with its history. */

#include "paper-fixture.h"
#include "print/kith-papers.h"
#include "print/kith-record-papers.h"

/* A contact record: its needs with their status (P22), what was made of it, who printed it. */
static void
test_contact (Fixture *fixture, gconstpointer data)
{
  JsonArray *phones = json_array_new ();
  g_autoptr (KithCatalogue) english = kith_catalogue_new (NULL);
  g_autoptr (KithRow) record = NULL;
  g_autoptr (GPtrArray) needs = rows_of (kith_json_new ("words", "s", "A bed tonight", "status", "s", "referred", "term_name", "s", "Shelter", "note", "s", "Four people", NULL), kith_json_new ("words", "s", "Food", "status", "s", "met", NULL));
  g_autoptr (GPtrArray) referrals = rows_of (kith_json_new ("number", "s", "NA-0008", "phase", "s", "closed_resolved", "status", "s", "Graduated", "queue_name", "s", "Housing",
                                                            "resource_name", "s", "Family Shelter", "outcome", "s", "need_met", "outcome_name", "s", "Housed", NULL), NULL);
  g_autoptr (GPtrArray) answers_rows = NULL;
  g_autoptr (KithPages) sheet = NULL;
  g_autofree char *text = NULL;
  KithRecordFacts facts = { .needs = needs, .referrals = referrals, .printer = "Ana Delgado", .now = NOW_MS };
  int unknown;

  json_array_add_object_element (phones, kith_json_new ("number", "s", "619-555-0142", "safe_to_call", "b", FALSE, "safe_to_leave_message", "b", FALSE, NULL));
  record = row_of (kith_json_new ("body", "o", kith_json_new ("number", "s", "NA-0007", "submitted_at", "s", "2026-11-20T13:20:00.000Z", "name", "s", "Nguyễn Thị Hằng", "caller_kind",
                                                              "s", "family", "caller_name", "s", "Łukasz", "phones", "a", phones, "postal_code", "s", "92101", "notes", "s",
                                                              "Sleeps in the car", "languages", "a", kith_json_strings ("uk", NULL), "interpreter_needed", "b", TRUE, NULL),
                                  NULL));
  {
    JsonArray *answers = json_array_new ();

    json_array_add_object_element (answers, kith_json_new ("text", "s", "How many children come along?", "type", "s", "number", "value", "s", "3", NULL));
    json_array_add_object_element (answers, kith_json_new ("text", "s", "Is it safe to call back?", "type", "s", "yes_no", "value", "s", "no", NULL));
    facts.answers = answers_rows = rows_of (kith_json_new ("body", "o", kith_json_new ("form_name", "s", "Before a bed", "answers", "a", answers, NULL), NULL), NULL);
  }
  facts.record = record;
  sheet = kith_contact_paper_new (&facts, english);
  text = print_sheet (sheet, &unknown, NULL);
  g_assert_cmpint (unknown, ==, 0);
  assert_has (text, "Nguyễn Thị Hằng");
  assert_has (text, "Łukasz (Family)");
  assert_has (text, "NA-0007");
  assert_has (text, "619-555-0142");
  assert_has (text, "(not safe to call, not safe to leave a message)");
  assert_has (text, "Ukrainian, needs an interpreter");
  assert_has (text, "A bed tonight Referred · Shelter Four people");
  assert_has (text, "Food Met");
  assert_has (text, "Before a bed"); /* P2: what was asked of who called */
  assert_has (text, "How many children come");
  assert_has (text, "3");
  assert_has (text, "Graduated · Housed"); /* domain.md 2f */
  assert_has (text, "by Ana Delgado, 2-1-1");
  assert_has (text, "may not be shown to others");
  assert_has (text, "Page 1 of 1");
}

/* A referral with its history: the notice goes along (C6), of health records the federal one (C7); one side's own words do not. */
static void
test_referral (Fixture *fixture, gconstpointer data)
{
  g_autoptr (KithCatalogue) english = kith_catalogue_new (NULL);
  g_autoptr (GPtrArray) events = rows_of (kith_json_new ("type", "s", "note", "at", "s", "2026-11-20T13:30:00.000Z", "actor_name", "s", "Ben Okafor", "agency_name", "s",
                                                         "Bridge Street Clinic", "text", "s", "Bring the letter", "private", "i", (gint64) 0, NULL),
                                          kith_json_new ("type", "s", "private_note", "at", "s", "2026-11-20T13:31:00.000Z", "actor_name", "s", "Ben Okafor", "text", "s",
                                                         "Between us", "private", "i", (gint64) 1, NULL));
  /* P20, D7: the note it was sent with, which another has taken the place of, and how a contact was made. */
  g_ptr_array_add (events, row_of (kith_json_new ("type", "s", "sent", "to_phase", "s", "sent", "text", "s", "Comes with a small dog", NULL)));
  g_ptr_array_add (events, row_of (kith_json_new ("type", "s", "contact", "how", "s", "phone", "result", "s", "left_message", "actor_name", "s", "Ben Okafor", NULL)));
  g_ptr_array_add (events, row_of (kith_json_new ("type", "s", "declined", "to_phase", "s", "declined", "reason", "s", "no_capacity", "term_name", "s", "Beds under repair", NULL)));
  for (int health = 0; health < 2; health++)
    {
      JsonArray *classes = health ? kith_json_strings ("client", "client_health", NULL) : kith_json_strings ("client", NULL);
      g_autoptr (KithRow) record = row_of (kith_json_new (
          "agency_to_name", "s", "Bridge Street Clinic", "first_note", "s", "Comes with a small dog", "detail", "o", kith_json_new ("need", "s", "A bed tonight", "urgency", "s", "urgent", "request", "s", "Tonight, please",
                                                                                   "release_classes", "a", classes, "release_basis", "s", "spoken_release", "release_until", "s",
                                                                                   "2027-01-20T13:30:00.000Z", NULL),
          "body", "o",
          kith_json_new ("number", "s", "NA-0008", "agency", "s", "network", "contact_name", "s", "Олена Коваленко", "phase", "s", "accepted", "contact_number", "s", "NA-0007",
                         "queue_name", "s", "Housing", "resource_name", "s", "Family Shelter", "note", "s", "Bring the letter", NULL),
          NULL));
      KithRecordFacts facts = { .record = record, .events = events, .printer = "Ben Okafor", .agency = "Bridge Street Clinic", .now = NOW_MS };
      g_autoptr (KithPages) sheet = kith_referral_paper_new (&facts, english);
      int unknown;
      g_autofree char *text = print_sheet (sheet, &unknown, NULL);

      g_assert_cmpint (unknown, ==, 0);
      assert_has (text, "Олена Коваленко");
      assert_has (text, "NA-0008");
      assert_has (text, "From 2-1-1");
      assert_has (text, "Bring the letter");
      assert_has (text, "Note Comes with a small dog");
      assert_has (text, "Contact: Phone, Left a message – Ben Okafor");
      assert_has (text, "Declined, Beds under repair"); /* domain.md 2f */
      assert_has (text, "Basis: Spoken agreement");
      assert_has (text, "20 January 2027");
      assert_has (text, "may not be shown to others");
      g_assert_null (strstr (text, "Between us"));
      g_assert_cmpint (strstr (text, "42 CFR") != NULL, ==, health);
    }
}

/* C7: a file about health is a disclosure like an answer: where it is all there is about health, the federal words go along. */
static void
test_referral_file_health (Fixture *fixture, gconstpointer data)
{
  g_autoptr (KithCatalogue) english = kith_catalogue_new (NULL);

  for (int health = 0; health < 2; health++)
    {
      g_autoptr (KithRow) record = row_of (kith_json_new ("body", "o", kith_json_new ("number", "s", "HA-0008", "agency", "s", "a1", "agency_to", "s", "a2", "contact_name", "s", "Ana Lopez",
                                                                                      "phase", "s", "accepted", NULL), NULL));
      g_autoptr (GPtrArray) files = rows_of (kith_json_new ("t", "s", health ? "referral_health" : "referral_detail", "name", "s", "Letter.pdf", NULL), NULL);
      KithRecordFacts facts = { .record = record, .files = files, .printer = "Ben Okafor", .agency = "Bridge Street Clinic", .now = NOW_MS };
      g_autoptr (KithPages) sheet = kith_referral_paper_new (&facts, english);
      int unknown;
      g_autofree char *text = print_sheet (sheet, &unknown, NULL);

      assert_has (text, "Letter.pdf");
      g_assert_cmpint (strstr (text, "42 CFR part 2") != NULL, ==, health);
    }
}

/* P1, domain.md 2b: on paper, too, a status is called what its queue calls it, and what stays within an agency so. */
static void
test_referral_words (Fixture *fixture, gconstpointer data)
{
  static const struct { const char *agency_to, *status, *kind, *state; } cases[] = {
    { "a1", "Sleeping here", "Type Within the agency", "Status Sleeping here" }, { "a2", "in_service", "Type Direct", "Status In service" }, { "a2", NULL, "Type Direct", "Status In service" },
  };
  g_autoptr (KithCatalogue) english = kith_catalogue_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (KithRow) record = row_of (kith_json_new ("course", "o", kith_json_new ("type", "s", "direct", NULL), "body", "o",
                                                          kith_json_new ("number", "s", "NA-0008", "agency", "s", "a1", "agency_to", "s", cases[i].agency_to, "phase", "s", "in_service",
                                                                         "status", "s", cases[i].status, "resource_name", "s", "Family Shelter", NULL),
                                                          NULL));
      KithRecordFacts facts = { .record = record, .printer = "Ben Okafor", .agency = "Bridge Street Clinic", .now = NOW_MS };
      g_autoptr (KithPages) sheet = kith_referral_paper_new (&facts, english);
      int unknown;
      g_autofree char *text = print_sheet (sheet, &unknown, NULL);

      assert_has (text, cases[i].kind);
      assert_has (text, cases[i].state);
    }
}

/* C16: whoever has only the paper reads whom not to contact, and what was answered; about health with the federal notice. */
static void
test_referral_snapshot (Fixture *fixture, gconstpointer data)
{
  g_autoptr (KithCatalogue) english = kith_catalogue_new (NULL);

  for (int health = 0; health < 2; health++)
    {
      JsonArray *phones = json_array_new (), *answers = json_array_new ();
      g_autoptr (KithRow) record = NULL;
      g_autoptr (GPtrArray) answered = NULL;
      g_autoptr (KithPages) sheet = NULL;
      KithRecordFacts facts = { .printer = "Ben Okafor", .agency = "Bridge Street Clinic", .now = NOW_MS };
      g_autofree char *text = NULL;
      int unknown;

      json_array_add_object_element (phones, kith_json_new ("number", "s", "619-555-0142", "safe_to_text", "b", FALSE, "safe_to_leave_message", "b", FALSE, NULL));
      json_array_add_object_element (answers, kith_json_new ("key", "s", "wheelchair", "text", "s", "Comes in a wheelchair?", "type", "s", "yes_no", "value", "s", "yes", NULL));
      record = row_of (kith_json_new ("body", "o", kith_json_new ("number", "s", "NA-0008", "contact_name", "s", "Maria", NULL), "detail", "o",
                                      kith_json_new ("need", "s", "A bed tonight", "snapshot", "o",
                                                     kith_json_new ("do_not_contact", "b", TRUE, "phones", "a", phones, "languages", "a", kith_json_strings ("vi", NULL),
                                                                    "interpreter_needed", "b", TRUE, "address", "o",
                                                                    kith_json_new ("use", "s", "mailing", "address_1", "s", "12 Oak St", "safe_to_write", "b", FALSE, "note", "s",
                                                                                   "c/o the library", NULL),
                                                                    NULL),
                                                     NULL),
                                      NULL));
      answered = rows_of (kith_json_new ("body", "o", kith_json_new ("t", "s", health ? "referral_health" : "referral_detail", "answers", "a", answers, NULL), NULL), NULL);
      facts.record = record;
      facts.answers = answered;
      sheet = kith_referral_paper_new (&facts, english);
      text = print_sheet (sheet, &unknown, NULL);
      g_assert_cmpint (unknown, ==, 0);
      assert_has (text, "Do not contact this person.");
      assert_has (text, "619-555-0142 (not safe to text, not safe to leave a message)");
      assert_has (text, "12 Oak St (Mail only, not safe to send letters) – c/o the library");
      assert_has (text, "Vietnamese, needs an interpreter");
      assert_has (text, "Comes in a wheelchair? Yes");
      g_assert_cmpint (strstr (text, "42 CFR") != NULL, ==, health);
    }
}

/* C16: on paper too it is what the client's record says now, where that is here: what was sent said nothing of it. */
static void
test_no_contact_since (Fixture *fixture, gconstpointer data)
{
  g_autoptr (KithCatalogue) english = kith_catalogue_new (NULL);

  for (gint64 since = 0; since < 2; since++)
    {
      g_autoptr (KithRow) record = row_of (kith_json_new ("body", "o", kith_json_new ("number", "s", "NA-0008", "contact_name", "s", "Maria", NULL), "detail", "o",
                                                          kith_json_new ("need", "s", "A bed tonight", "snapshot", "o", kith_json_new ("interpreter_needed", "b", TRUE, NULL), NULL), "no_contact", "i",
                                                          since, NULL));
      KithRecordFacts facts = { .record = record, .printer = "Ben Okafor", .agency = "Bridge Street Clinic", .now = NOW_MS };
      g_autoptr (KithPages) sheet = kith_referral_paper_new (&facts, english);
      int unknown;
      g_autofree char *text = print_sheet (sheet, &unknown, NULL);

      g_assert_cmpint (strstr (text, "Do not contact this person.") != NULL, ==, since);
    }
}

/* C7: a client's referral says how far the consent goes that it went under; where the consent is not here, who has it; and of a release it says that
 * alone. Files that are attached are named (P11). */
static void
test_consent (Fixture *fixture, gconstpointer data)
{
  g_autoptr (KithCatalogue) english = kith_catalogue_new (NULL);

  for (int here = 0; here < 3; here++) /* not here, here, ended */
    {
      JsonArray *answers = json_array_new ();
      g_autoptr (KithRow) record = row_of (kith_json_new (
        "agency_name", "s", "Harbor House", "agency_to_name", "s", "Bridge Street Clinic", "detail", "o", kith_json_new ("need", "s", "A bed tonight", NULL), "body", "o",
        kith_json_new ("number", "s", "NA-0008", "client", "s", MARIA, "agency", "s", "a1", "agency_to", "s", "a2", "contact_name", "s", "Maria", NULL), NULL));
      g_autoptr (GPtrArray) consents = rows_of (
        kith_json_new ("id", "s", "k1", "agency_name", "s", "Harbor House", "receiver_names", "s", "Bridge Street Clinic", "receiver_list", "s", "[\"Bridge Street Clinic\"]", "body", "o",
                       kith_json_new ("status", "s", "in_force", "permission", "s", "granted", "classes", "a", kith_json_strings ("referral", "client_health", NULL), "receivers", "a",
                                      kith_json_strings ("a2", NULL), "purpose", "s", "Housing and health", "end_event", "s", "I leave the shelter", "start", "s", "2026-11-01T09:00:00.000Z", "term", "s",
                                      here == 1 ? "2027-11-01T09:00:00.000Z" : "2026-11-02T09:00:00.000Z", NULL),
                       NULL),
        kith_json_new ("id", "s", "k2", "agency_name", "s", "Harbor House", "receiver_names", "s", "City Pantry", "receiver_list", "s", "[\"City Pantry\"]", "body", "o",
                       kith_json_new ("status", "s", "in_force", "permission", "s", "granted", "classes", "a", kith_json_strings ("care", NULL), "receivers", "a",
                                      kith_json_strings ("a3", NULL), "start", "s", "2026-11-01T09:00:00.000Z", "term", "s", "2027-11-01T09:00:00.000Z", NULL),
                       NULL));
      g_autoptr (GPtrArray) files = rows_of (kith_json_new ("name", "s", "discharge letter.pdf", NULL), NULL), answered = NULL;
      KithRecordFacts facts = { .record = record, .consents = here ? consents : NULL, .files = files, .printer = "Ben Okafor", .agency = "Bridge Street Clinic", .now = NOW_MS };
      g_autoptr (KithPages) sheet = NULL;
      g_autofree char *text = NULL;
      int unknown;

      json_array_add_object_element (answers, kith_json_new ("text", "s", "In treatment?", "type", "s", "yes_no", "value", "s", "yes", NULL));
      facts.answers = answered = rows_of (kith_json_new ("body", "o", kith_json_new ("t", "s", "referral_health", "answers", "a", answers, NULL), NULL), NULL);
      sheet = kith_referral_paper_new (&facts, english);
      text = print_sheet (sheet, &unknown, NULL);
      g_assert_cmpint (unknown, ==, 0);
      assert_has (text, "42 CFR part 2");
      assert_has (text, "The consent it was shared under");
      assert_has (text, "discharge letter.pdf");
      g_assert_null (strstr (text, "City Pantry")); /* that one does not carry it */
      if (here == 1)
        {
          assert_has (text, "Who may see it Bridge Street Clinic");
          assert_has (text, "Purpose Housing and health");
          assert_has (text, "Until 1 November 2027");
          assert_has (text, "Or when this happens I leave the shelter"); /* C3 */
          assert_has (text, "Basis: consent of the client, shared with Bridge Street Clinic until 1 November 2027, or until this happens: I leave the shelter.");
        }
      else
        {
          assert_has (text, "under a consent of the client that Harbor House has");
          assert_has (text, "Basis: consent of the client to this referral.");
          g_assert_null (strstr (text, "Housing and health"));
        }
    }
}

/* C3: what a paper rests on ends on a day, by an event, by whichever comes first, or by neither. */
static void
test_basis (Fixture *fixture, gconstpointer data)
{
  static const struct { const char *term, *event, *says; } cases[] = {
    { "2027-11-01T09:00:00.000Z", "I leave", "Basis: consent of the client, shared with City Pantry until 1 November 2027, or until this happens: I leave." },
    { "2027-11-01T09:00:00.000Z", NULL, "Basis: consent of the client, shared with City Pantry until 1 November 2027." },
    { NULL, "I leave", "Basis: consent of the client, shared with City Pantry until this happens: I leave." },
    { NULL, NULL, "Basis: consent of the client, shared with City Pantry." },
  };
  g_autoptr (KithCatalogue) english = kith_catalogue_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) rows = rows_of (
        kith_json_new ("id", "s", "k1", "receiver_names", "s", "City Pantry", "receiver_list", "s", "[\"City Pantry\"]", "body", "o",
                       kith_json_new ("status", "s", "in_force", "receivers", "a", kith_json_strings ("a3", NULL), "term", "s", cases[i].term, "end_event", "s", cases[i].event, NULL), NULL),
        NULL);
      g_autofree char *said = kith_paper_consent_basis (rows->pdata[0], english);

      g_assert_cmpstr (said, ==, cases[i].says);
    }
}

/* C7: it names no consent where there is none: what is kept was shared with nobody, a group that the hub has made agencies of reaches those alone, and what
 * was taken back says so. */
static void
test_no_consent (Fixture *fixture, gconstpointer data)
{
  static const struct { const char *phase; gboolean revoked; const char *has, *has_not; } cases[] = {
    { "pending_consent", FALSE, NULL, "consent it was shared under" },
    { "draft", FALSE, NULL, "consent it was shared under" },
    { "given", FALSE, NULL, "consent it was shared under" },
    { "accepted", FALSE, "under a consent of the client that Harbor House has", "Everybody referred to" },
    { "accepted", TRUE, "The client has taken back the consent", "under a consent of the client that Harbor House has" },
  };
  g_autoptr (KithCatalogue) english = kith_catalogue_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (KithRow) record = row_of (kith_json_new (
        "agency_name", "s", "Harbor House", "agency_to_name", "s", "Bridge Street Clinic", "detail", "o", kith_json_new ("need", "s", "A bed tonight", NULL), "body", "o",
        kith_json_new ("number", "s", "NA-0008", "client", "s", MARIA, "agency", "s", "a1", "agency_to", "s", "a2", "contact_name", "s", "Maria", "phase", "s",
                       cases[i].phase, "revoked", "b", cases[i].revoked, NULL), NULL));
      g_autoptr (GPtrArray) consents = rows_of (
        kith_json_new ("id", "s", "k1", "agency_name", "s", "Harbor House", "receiver_names", "s", "Everybody referred to", "receiver_list", "s", "[\"Everybody referred to\"]", "body", "o",
                       kith_json_new ("status", "s", "in_force", "permission", "s", "granted", "classes", "a", kith_json_strings ("referral", NULL), "receivers", "a",
                                      kith_json_strings ("a3", NULL), "receiver_classes", "a", kith_json_strings ("referred", NULL), "start", "s", "2026-11-01T09:00:00.000Z", "term", "s",
                                      "2027-11-01T09:00:00.000Z", NULL),
                       NULL), NULL);
      KithRecordFacts facts = { .record = record, .consents = consents, .printer = "Ben Okafor", .agency = "Bridge Street Clinic", .now = NOW_MS };
      g_autoptr (KithPages) sheet = kith_referral_paper_new (&facts, english);
      int unknown;
      g_autofree char *text = print_sheet (sheet, &unknown, NULL);

      g_test_message ("%s", cases[i].phase);
      assert_has (text, "A bed tonight");
      if (cases[i].has)
        assert_has (text, cases[i].has);
      g_assert_null (strstr (text, cases[i].has_not));
    }
}

/* The face sheet says with whom somebody lives, as far as whoever prints may see them, and that nothing is known where nothing is: no heading stands
 * above nothing. */
static void
test_face_sheet_household (Fixture *fixture, gconstpointer data)
{
  g_autoptr (KithCatalogue) english = kith_catalogue_new (NULL);
  g_autoptr (KithRow) client = row_of (kith_json_new ("id", "s", MARIA, "body", "o", kith_json_new ("given_name", "s", "Ana", NULL), NULL));
  g_autoptr (GPtrArray) household = rows_of (kith_json_new ("id", "s", MARIA, "own", "i", (gint64) 1, "relationship", "s", "1", "given_name", "s", "Ana", NULL),
                                             kith_json_new ("id", "s", "c2", "relationship", "s", "2", NULL)); /* whom this agency does not know */
  GPtrArray *parts[KITH_N_PARTS] = { [KITH_PART_HOUSEHOLD] = household };
  KithPaperFacts facts = { .client = client, .printer = "Ana Delgado", .agency = "Harbor House", .now = NOW_MS, .parts = parts };
  int unknown;

  for (guint known = 0; known < 2; known++)
    {
      g_autoptr (KithPages) sheet = NULL;
      g_autofree char *text = NULL;

      if (known)
        g_ptr_array_add (household, row_of (kith_json_new ("id", "s", "c3", "relationship", "s", "2", "given_name", "s", "Mateo", "date_of_birth", "s", "2015-03-02", NULL)));
      sheet = kith_paper_new (KITH_PAPER_FACE_SHEET, &facts, english);
      text = print_sheet (sheet, &unknown, NULL);
      assert_has (text, "No phone, address or email is known.");
      if (known)
        assert_has (text, "Mateo");
      g_assert_cmpint (strstr (text, "Household") != NULL, ==, known);
    }
}

/* C3: who agreed for a child is named; where it was spoken nobody signed, and the line is free for whoever does. */
static void
test_agreed_for (Fixture *fixture, gconstpointer data)
{
  g_autoptr (KithCatalogue) english = kith_catalogue_new (NULL);
  g_autoptr (KithRow) client = row_of (kith_json_new ("id", "s", MARIA, "body", "o", kith_json_new ("given_name", "s", "Lucía", "number", "s", "HA-0021", NULL), NULL));
  g_autoptr (GPtrArray) consents = rows_of (kith_json_new ("id", "s", "k1", "agency_name", "s", "Harbor House", "receiver_list", "s", "[\"City Pantry\"]", "body", "o",
                                                           kith_json_new ("status", "s", "in_force", "permission", "s", "granted", "classes", "a", kith_json_strings ("client", NULL), "purpose", "s",
                                                                          "Food", "start", "s", "2026-11-01T09:00:00.000Z", "term", "s", "2027-11-01T09:00:00.000Z", "how", "s", "verbal", "grantor",
                                                                          "s", "representative", "relation", "s", "Mother", "signer", "s", "Elena López", NULL),
                                                           NULL),
                                            NULL);
  KithPaperFacts facts = { client, consents, NULL, NULL, NULL, "Ana Delgado", "Harbor House", NOW_MS };
  g_autoptr (KithPages) sheet = kith_paper_new (KITH_PAPER_CONSENT, &facts, english);
  g_autofree char *text = NULL;
  int unknown;

  text = print_sheet (sheet, &unknown, NULL);
  assert_has (text, "Given by Elena López, A representative (Mother)");
  g_assert_true (strstr (text, "Elena López") == g_strrstr (text, "Elena López"));
}

/* C3: the day on the paper is said beside the day from which it was shared. */
static void
test_signed_on (Fixture *fixture, gconstpointer data)
{
  g_autoptr (KithCatalogue) english = kith_catalogue_new (NULL);
  g_autoptr (KithRow) client = row_of (kith_json_new ("id", "s", MARIA, "body", "o", kith_json_new ("given_name", "s", "María", "number", "s", "HA-0021", NULL), NULL));
  g_autoptr (GPtrArray) consents = rows_of (kith_json_new ("id", "s", "k1", "agency_name", "s", "Harbor House", "receiver_list", "s", "[\"City Pantry\"]", "body", "o",
                                                           kith_json_new ("status", "s", "in_force", "permission", "s", "granted", "classes", "a", kith_json_strings ("client", NULL), "start", "s",
                                                                          "2026-11-01T09:00:00.000Z", "term", "s", "2027-08-03T00:00:00.000Z", "how", "s", "scanned", "signed_on", "s",
                                                                          "2026-08-03", "grantor", "s", "self", NULL),
                                                           NULL),
                                            NULL);
  KithPaperFacts facts = { client, consents, NULL, NULL, NULL, "Ana Delgado", "Harbor House", NOW_MS };
  g_autoptr (KithPages) sheet = kith_paper_new (KITH_PAPER_CONSENT, &facts, english);
  g_autofree char *text = NULL;
  int unknown;

  text = print_sheet (sheet, &unknown, NULL);
  assert_has (text, "Signed on 3 August 2026");
  assert_has (text, "From 1 November 2026");
}

/* A client whose language Kith has no translation for is not handed an English paper without a word to whoever prints it. */
static void
test_untranslated (Fixture *fixture, gconstpointer data)
{
  const char *missing = "Kith has no Vietnamese yet: the paper is in English. Read it to the client in their language.";

  g_assert_false (kith_catalogue_exists ("vi"));
  open_place (fixture, "clients/c0000000-0000-7000-8000-000000000002");
  g_assert_true (act (fixture, "client.print"));
  pump (100);
  g_assert_true (says (GTK_WIDGET (front_window (fixture)), missing));
  gtk_window_destroy (GTK_WINDOW (front_window (fixture)));
  json_object_set_array_member (kith_json_object (json_array_get_object_element (fake_desktop_list (fixture->desktop, "client"), 1), "body"), "languages",
                                kith_json_strings ("en", NULL));
  open_place (fixture, "clients/" MARIA);
  g_assert_true (act (fixture, "client.print"));
  pump (100);
  g_assert_false (says (GTK_WIDGET (front_window (fixture)), "Kith has no"));
  gtk_window_destroy (GTK_WINDOW (front_window (fixture)));
}

/* A paper leaves the agency: who looks after the client stands there by name where it is the own staff; of another agency its name alone, once, also where
 * the person's is known. No line is without what it is about. */
static void
test_face_sheet_team (Fixture *fixture, gconstpointer data)
{
  g_autoptr (KithCatalogue) english = kith_catalogue_new (NULL);
  g_autoptr (KithRow) client = row_of (kith_json_new ("body", "o", kith_json_new ("given_name", "s", "Maria", "family_name", "s", "Lopez", NULL), NULL));
  g_autoptr (GPtrArray) team = g_ptr_array_new_with_free_func (g_object_unref);
  KithPaperFacts facts = { .client = client, .team = team, .printer = "Ana Delgado", .agency = "Harbor House", .agency_id = "a1", .now = NOW_MS };
  static const char *const rows[][3] = { { "Ben Ortiz", "a1", "Harbor House" }, { "Dr. Priya Nair", "a2", "Eastlake Family Clinic" }, { NULL, "a2", "Eastlake Family Clinic" },
                                         { NULL, "a3", "City Pantry" }, { NULL, "a1", "Harbor House" } };
  g_autoptr (KithPages) sheet = NULL;
  g_autofree char *text = NULL;
  const char *team_words;
  int unknown;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_ptr_array_add (team, row_of (kith_json_new ("staff_name", "s", rows[i][0], "agency", "s", rows[i][1], "agency_name", "s", rows[i][2], NULL)));
  sheet = kith_paper_new (KITH_PAPER_FACE_SHEET, &facts, english);
  text = print_sheet (sheet, &unknown, NULL);
  g_assert_cmpint (unknown, ==, 0);
  team_words = strstr (text, "Who looks after them");
  g_assert_nonnull (team_words);
  assert_has (team_words, "Ben Ortiz Harbor House Eastlake Family Clinic City Pantry Harbor House");
  g_assert_null (strstr (text, "Priya"));
}

int
main (int argc, char **argv)
{
  fixture_begin (&argc, &argv);
  ADD ("papers/contact-P11", NULL, test_contact);
  ADD ("papers/face-sheet-household", NULL, test_face_sheet_household);
  ADD ("papers/face-sheet-team", NULL, test_face_sheet_team);
  ADD ("papers/untranslated", NULL, test_untranslated);
  ADD ("papers/consent-for-a-child-C3", NULL, test_agreed_for);
  ADD ("papers/consent-signed-on-C3", NULL, test_signed_on);
  ADD ("papers/referral-P11", NULL, test_referral);
  ADD ("print/referral-file-C7", NULL, test_referral_file_health);
  ADD ("papers/referral-P11-words-P1-2b", NULL, test_referral_words);
  ADD ("papers/referral-snapshot-C16", NULL, test_referral_snapshot);
  ADD ("papers/no-contact-since-C16", NULL, test_no_contact_since);
  ADD ("papers/referral-consent-C7", NULL, test_consent);
  ADD ("papers/basis-C3", NULL, test_basis);
  ADD ("papers/referral-no-consent-C7", NULL, test_no_consent);
  return g_test_run ();
}
