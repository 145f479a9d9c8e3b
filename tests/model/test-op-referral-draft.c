/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A draft stands with the sender alone until it is sent, can be written anew, and leaves nothing of what it said before (domain.md 2e; design.md 2.4). */

#include "op-fixture.h"

static JsonObject *
draft_args (const char *referral, const char *service, const char *need)
{
  JsonObject *args = op_send_args (referral, "C1", "direct", service);

  json_object_set_boolean_member (args, "draft", TRUE);
  json_object_set_string_member (args, "need", need);
  return args;
}

/* It needs no consent, tells nobody, stands with the author and those who work with the client, and has no clock. */
static void
test_kept (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();

  op_register (t, "a-cc", "C1");
  op_assert (t, "a-cc", "referral.send", draft_args ("R1", "S", "A bed"), "applied");
  g_assert_cmpstr (op_phase (t, "R1"), ==, "draft");
  g_assert_cmpstr (op_course_field (t, "R1", "sent_at"), ==, "");
  g_assert_cmpstr (op_course_field (t, "R1", "due_on"), ==, "");
  g_assert_cmpuint (op_count (t, "referral_event"), ==, 0);
  g_assert_true (op_sees (t, "a-cc", "referral_detail:R1"));
  op_assert_only_sender (t, "R1");
  g_assert_cmpuint (op_count (t, "notice"), ==, 0);
  op_consent (t, "a-cc", "K1", "C1", "B"); /* what covers it does not send it */
  op_advance (t, 30 * OP_DAY);
  g_assert_cmpstr (op_phase (t, "R1"), ==, "draft");
  op_assert_only_sender (t, "R1");
  g_assert_cmpuint (op_count (t, "notice"), ==, 0);
  /* Nobody else can do anything with it, also where they guess its id; and it goes no other way. */
  op_assert (t, "b-rm", "referral.accept", op_step_args ("R1", "sent"), "not_found");
  op_assert (t, "b-rm", "referral.void", kith_json_new ("referral", "s", op_id ("R1"), "from", "s", "draft", "reason", "s", "x", NULL), "not_found");
  op_assert (t, "a-cc", "referral.recall", op_step_args ("R1", "draft"), "stale_state");
  op_assert (t, "a-cc", "referral.dispatch", op_step_args ("R1", "draft"), "stale_state");
  g_assert_cmpstr (op_run (t, "b-rm", "referral.send", draft_args ("R1", "S", "Mine")), !=, "applied");
  g_assert_nonnull (strstr (op_detail_field (t, "R1", "need"), "A bed"));
}

/* What is only given to the client goes nowhere: no draft of it is kept. */
static void
test_whose (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  JsonObject *args;

  op_register (t, "a-cc", "C1");
  args = op_send_args ("R1", "C1", "informational", "S");
  json_object_set_boolean_member (args, "draft", TRUE);
  op_assert (t, "a-cc", "referral.send", args, "invalid");
}

/* Written anew as often as one likes, also for another service; sent, it has its number, and of what it said before nothing is anywhere. */
static void
test_sent (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  JsonObject *args;

  op_register (t, "a-cc", "C1");
  op_assert (t, "a-cc", "referral.send", draft_args ("R1", "SA", "Secret words"), "applied");
  op_advance (t, OP_DAY);
  args = draft_args ("R1", "S", "A bed");
  json_object_set_string_member (args, "number", "KA-0009"); /* another computer's next: the draft keeps its own */
  op_assert (t, "a-cc", "referral.send", args, "applied");
  g_assert_cmpstr (op_phase (t, "R1"), ==, "draft");
  g_assert_cmpstr (op_field (t, "referral", op_id ("R1"), "number"), ==, "KA-0002");
  g_assert_cmpstr (op_field (t, "referral", op_id ("R1"), "agency_to"), ==, op_id ("B"));
  op_assert_only_sender (t, "R1");
  g_assert_cmpuint (op_count (t, "notice"), ==, 0);
  /* C1: it goes as any other. */
  op_assert (t, "a-cc", "referral.send", op_send_args ("R1", "C1", "direct", "S"), "consent_missing");
  g_assert_cmpstr (op_phase (t, "R1"), ==, "draft");
  op_consent (t, "a-cc", "K1", "C1", "B");
  op_assert (t, "a-cc", "referral.send", op_send_args ("R1", "C1", "direct", "S"), "applied");
  g_assert_cmpstr (op_phase (t, "R1"), ==, "sent");
  g_assert_cmpstr (op_course_field (t, "R1", "sent_at"), !=, "");
  g_assert_cmpstr (op_course_field (t, "R1", "due_on"), !=, "");
  g_assert_true (op_sees (t, "b-rm", "referral_detail:R1"));
  g_assert_cmpuint (op_count_with (t, "notice", "type", "sent"), >, 0);
  g_assert_cmpuint (op_count (t, "referral_event"), ==, 1);
  g_assert_null (strstr (op_detail_field (t, "R1", "need"), "Secret"));
  /* It is nobody's draft any more. */
  op_assert (t, "a-cc", "referral.send", draft_args ("R1", "S", "Again"), "exists");
  op_assert (t, "b-rm", "referral.accept", op_step_args ("R1", "sent"), "applied");
}

static JsonObject *
with_answer (JsonObject *args, const char *key, const char *value)
{
  JsonArray *list = json_array_new (), *entries = json_array_new ();

  json_array_add_object_element (list, kith_json_new ("key", "s", key, "value", "s", value, NULL));
  json_array_add_object_element (entries, kith_json_new ("form", "s", op_id ("F"), "version", "i", (gint64) 1, "answers", "a", list, NULL));
  json_object_set_array_member (args, "answers", entries);
  return args;
}

/* P2: what must be answered may be missing until it is sent, and an answer to one service's questions does not go along to another. */
static void
test_answers (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  JsonArray *questions = json_array_new ();

  json_array_add_object_element (questions, kith_json_new ("key", "s", "rooms", "text", "s", "Rooms?", "type", "s", "number", "required", "b", TRUE, NULL));
  json_array_add_object_element (questions, kith_json_new ("key", "s", "colour", "text", "s", "Colour?", "type", "s", "text", NULL));
  op_assert (t, "net", "form.put",
             kith_json_new ("id", "s", op_id ("F"), "use", "s", "service", "record", "s", op_id ("S"), "name", "s", "Before you come", "questions", "a", questions, NULL), "applied");
  op_advance (t, OP_DAY);
  op_register (t, "a-cc", "C1");
  op_consent (t, "a-cc", "K1", "C1", "B");
  op_assert (t, "a-cc", "referral.send", draft_args ("R1", "S", "A bed"), "applied");
  op_assert (t, "a-cc", "referral.send", with_answer (draft_args ("R1", "S", "A bed"), "colour", "Red"), "applied");
  op_assert (t, "a-cc", "referral.send", with_answer (draft_args ("R1", "S", "A bed"), "rooms", "3"), "applied");
  g_assert_cmpuint (op_count (t, "form_answer"), ==, 1);
  op_assert (t, "a-cc", "referral.send", draft_args ("R1", "SA", "A bed"), "applied"); /* whose service asks nothing */
  g_assert_cmpuint (op_count (t, "form_answer"), ==, 0);
  op_assert (t, "a-cc", "referral.send", op_send_args ("R1", "C1", "direct", "S"), "invalid");
  op_assert (t, "a-cc", "referral.send", with_answer (op_send_args ("R1", "C1", "direct", "S"), "rooms", "2"), "applied");
  g_assert_cmpuint (op_count (t, "form_answer"), ==, 1);
}

/* U10: who may not see what was said about health writes the rest anew and can send it there, and nowhere else. */
static void
test_health (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  JsonArray *questions = json_array_new ();

  json_array_add_object_element (questions, kith_json_new ("key", "s", "meds", "text", "s", "Medicines?", "type", "s", "text", "health", "b", TRUE, NULL));
  op_assert (t, "net", "form.put",
             kith_json_new ("id", "s", op_id ("F"), "use", "s", "service", "record", "s", op_id ("S"), "name", "s", "Before you come", "questions", "a", questions, NULL), "applied");
  op_set (t, "staff", op_id ("a-cc"), "health_access", json_node_init_boolean (json_node_alloc (), TRUE));
  op_advance (t, OP_DAY);
  op_register (t, "a-cc", "C1");
  op_consent (t, "a-cc", "K1", "C1", "B");
  op_assert (t, "a-cc", "referral.send", with_answer (draft_args ("R1", "S", "A bed"), "meds", "Insulin"), "applied");
  g_assert_cmpuint (op_count (t, "form_answer"), ==, 1);
  op_assert (t, "a-sup", "referral.send", draft_args ("R1", "S", "A bed for two"), "applied");
  g_assert_cmpuint (op_count (t, "form_answer"), ==, 1);
  g_assert_nonnull (strstr (op_detail_field (t, "R1", "need"), "for two"));
  op_assert (t, "a-sup", "referral.send", draft_args ("R1", "SA", "A bed"), "denied");
  op_assert (t, "a-sup", "referral.send", op_send_args ("R1", "C1", "direct", "SA"), "denied");
  g_assert_cmpuint (op_count (t, "form_answer"), ==, 1);
  op_assert (t, "a-cc", "referral.send", draft_args ("R1", "SA", "A bed"), "applied"); /* who may see it takes it away */
  g_assert_cmpuint (op_count (t, "form_answer"), ==, 0);
  g_assert_cmpuint (op_count (t, "referral_health"), ==, 0); /* nor that there was something */
  g_assert_cmpstr (op_field (t, "referral", op_id ("R1"), "author"), ==, op_id ("a-cc"));
}

static JsonObject *
with_seen (JsonObject *args, const char *seen)
{
  json_object_set_string_member (args, "draft_seen", seen);
  return args;
}

/* Two who change one draft: the second has not seen what the first wrote, and takes nothing of it away. */
static void
test_seen (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  g_autofree char *detail = kith_id_natural ("referral_detail", op_id ("R1"));
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  op_register (t, "a-cc", "C1");
  op_consent (t, "a-cc", "K1", "C1", "B");
  op_assert (t, "a-cc", "referral.send", draft_args ("R1", "S", "A bed"), "applied");
  first = g_strdup (kith_record_string (op_get (t, "referral_detail", detail), "draft"));
  g_assert_nonnull (first);
  op_assert (t, "a-sup", "referral.send", with_seen (draft_args ("R1", "S", "A bed for two"), first), "applied");
  op_assert (t, "a-cc", "referral.send", with_seen (draft_args ("R1", "S", "A bed for three"), first), "stale_state");
  op_assert (t, "a-cc", "referral.send", with_seen (op_send_args ("R1", "C1", "direct", "S"), first), "stale_state");
  g_assert_nonnull (strstr (op_detail_field (t, "R1", "need"), "for two"));
  second = g_strdup (kith_record_string (op_get (t, "referral_detail", detail), "draft"));
  g_assert_cmpstr (second, !=, first);
  op_assert (t, "a-cc", "referral.send", with_seen (op_send_args ("R1", "C1", "direct", "S"), second), "applied");
  g_assert_null (kith_record_string (op_get (t, "referral_detail", detail), "draft"));
}

static JsonObject *
attach_args (const char *document, const char *name)
{
  g_autofree char *detail = kith_id_natural ("referral_detail", op_id ("R1"));

  return kith_json_new ("id", "s", op_id (document), "t", "s", "referral_detail", "record", "s", detail, "type", "s", "other", "name", "s", name, "media_type", "s", "application/pdf", "size",
                        "i", (gint64) 1000, "sha256", "s", "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", NULL);
}

/* A file that was taken off a draft does not go along, nor that it was there; the others do. */
static void
test_files (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();

  op_register (t, "a-cc", "C1");
  op_consent (t, "a-cc", "K1", "C1", "B");
  op_assert (t, "a-cc", "referral.send", draft_args ("R1", "S", "A bed"), "applied");
  op_assert (t, "a-cc", "document.attach", attach_args ("D1", "diagnosis.pdf"), "applied");
  op_assert (t, "a-cc", "document.attach", attach_args ("D2", "lease.pdf"), "applied");
  op_assert (t, "a-cc", "document.remove", kith_json_new ("document", "s", op_id ("D1"), "reason", "s", "Not needed", NULL), "applied");
  op_assert (t, "a-cc", "referral.send", op_send_args ("R1", "C1", "direct", "S"), "applied");
  g_assert_null (op_get (t, "document", op_id ("D1")));
  g_assert_nonnull (op_get (t, "document", op_id ("D2")));
}

static JsonObject *
taking_off (JsonObject *args, const char *document)
{
  JsonArray *off = json_array_new ();

  json_array_add_string_element (off, op_id (document));
  json_object_set_array_member (args, "taken_off", off);
  return args;
}

/* What the form took off goes with the act that says so: refused, it has taken nothing. A file of something else is no part of it. */
static void
test_taken_off (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  g_autofree char *detail = kith_id_natural ("referral_detail", op_id ("R1"));
  g_autofree char *first = NULL;

  op_register (t, "a-cc", "C1");
  op_consent (t, "a-cc", "K1", "C1", "B");
  op_assert (t, "a-cc", "referral.send", draft_args ("R1", "S", "A bed"), "applied");
  first = g_strdup (kith_record_string (op_get (t, "referral_detail", detail), "draft"));
  op_assert (t, "a-cc", "document.attach", attach_args ("D1", "diagnosis.pdf"), "applied");
  op_assert (t, "a-cc", "document.attach", attach_args ("D2", "lease.pdf"), "applied");
  op_assert (t, "a-cc", "document.attach",
             kith_json_new ("id", "s", op_id ("D3"), "t", "s", "client", "record", "s", op_id ("C1"), "type", "s", "other", "name", "s", "own.pdf", "media_type", "s", "application/pdf", "size", "i",
                            (gint64) 1000, "sha256", "s", "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", NULL),
             "applied");
  op_assert (t, "a-sup", "referral.send", draft_args ("R1", "S", "A bed for two"), "applied");
  op_assert (t, "a-cc", "referral.send", taking_off (with_seen (op_send_args ("R1", "C1", "direct", "S"), first), "D1"), "stale_state");
  g_assert_null (kith_record_string (op_get (t, "document", op_id ("D1")), "removed_at"));
  op_assert (t, "a-cc", "referral.send", taking_off (op_send_args ("R1", "C1", "direct", "S"), "D1"), "applied");
  g_assert_null (op_get (t, "document", op_id ("D1")));
  g_assert_nonnull (op_get (t, "document", op_id ("D2")));
  g_assert_cmpstr (op_phase (t, "R1"), ==, "sent");

  op_assert (t, "a-cc", "referral.send", draft_args ("R2", "S", "A bed"), "applied");
  op_assert (t, "a-cc", "referral.send", taking_off (op_send_args ("R2", "C1", "direct", "S"), "D3"), "applied");
  g_assert_nonnull (op_get (t, "document", op_id ("D3")));
  op_assert (t, "a-cc", "referral.send", taking_off (op_send_args ("R3", "C1", "direct", "S"), "D2"), "applied"); /* a new one has none */
  g_assert_nonnull (op_get (t, "document", op_id ("D2")));
}

/* C15: of a client without a record as well; the release is given when it is sent, and not before. A victim service agency begins so, too. */
static void
test_no_record (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  g_autofree char *detail = kith_id_natural ("referral_detail", op_id ("R1")), *until = op_time (t, OP_DAY);
  JsonObject *args = draft_args ("R1", "S", "A bed");

  json_object_remove_member (args, "client");
  json_object_set_string_member (args, "contact_name", "Rosa");
  json_object_set_string_member (args, "phone", "619 555 0100");
  op_assert (t, "a-cc", "referral.send", kith_json_copy_object (args), "applied");
  g_assert_cmpstr (op_phase (t, "R1"), ==, "draft");
  op_assert_only_sender (t, "R1");
  g_assert_cmpuint (op_count (t, "notice"), ==, 0);
  g_assert_cmpstr (kith_record_string (op_get (t, "referral", op_id ("R1")), "contact_name"), ==, "Rosa");
  g_assert_null (kith_record_array (op_get (t, "referral_detail", detail), "release_classes"));
  json_object_set_boolean_member (args, "draft", FALSE);
  op_assert (t, "a-cc", "referral.send", kith_json_copy_object (args), "consent_missing");
  json_object_set_object_member (args, "release", kith_json_new ("classes", "a", kith_json_strings ("client", NULL), "until", "s", until, "basis", "s", "written_release", NULL));
  op_assert (t, "a-cc", "referral.send", args, "applied");
  g_assert_cmpstr (op_phase (t, "R1"), ==, "sent");
  g_assert_true (op_sees (t, "b-rm", "referral:R1"));
}

/* C15: what a victim service agency writes down does not leave it without the client's release, as a draft neither. */
static void
test_victim_service (void)
{
  static const struct { int days; gboolean of; } wrong[] = { { 0, TRUE }, { -1, TRUE }, { 400, TRUE }, { 1, FALSE } };
  g_autoptr (OpFixture) t = op_fixture_new ();
  g_autofree char *until = op_time (t, OP_DAY);
  JsonObject *args = draft_args ("R1", "S", "A bed");

  json_object_remove_member (args, "client");
  json_object_set_string_member (args, "contact_name", "Rosa");
  op_assert (t, "v-rm", "referral.send", kith_json_copy_object (args), "consent_missing");
  g_assert_null (op_get (t, "referral", op_id ("R1")));
  /* Written, of something, and with a term that has not come yet and comes within a year. */
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autofree char *term = op_time (t, wrong[i].days * OP_DAY);
      JsonObject *release = kith_json_new ("classes", "a", wrong[i].of ? kith_json_strings ("client", NULL) : NULL, "until", "s", wrong[i].days != 0 ? term : NULL, "basis", "s",
                                           "written_release", NULL);

      json_object_set_object_member (args, "release", release);
      op_assert (t, "v-rm", "referral.send", kith_json_copy_object (args), "invalid");
      g_assert_null (op_get (t, "referral", op_id ("R1")));
    }
  json_object_set_object_member (args, "release", kith_json_new ("classes", "a", kith_json_strings ("client", NULL), "until", "s", until, "basis", "s", "written_release", NULL));
  op_assert (t, "v-rm", "referral.send", args, "applied");
  op_assert_only_sender (t, "R1");
}

/* Where the client has not agreed yet it waits for that (2e), under its id. */
static void
test_waits (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  JsonObject *args;

  op_register (t, "a-cc", "C1");
  op_assert (t, "a-cc", "referral.send", draft_args ("R1", "S", "A bed"), "applied");
  args = op_send_args ("R1", "C1", "direct", "S");
  json_object_set_boolean_member (args, "wait", TRUE);
  op_assert (t, "a-cc", "referral.send", args, "applied");
  g_assert_cmpstr (op_phase (t, "R1"), ==, "pending_consent");
  op_assert_only_sender (t, "R1");
  g_assert_cmpuint (op_count (t, "notice"), ==, 0);
  op_consent (t, "a-cc", "K1", "C1", "B");
  op_assert (t, "a-cc", "referral.dispatch", op_step_args ("R1", "pending_consent"), "applied");
  g_assert_true (op_sees (t, "b-rm", "referral:R1"));
}

/* What is done with it before tells nobody on the other side (2e, D3): not that its client took back what there was for it, nor that somebody wrote a
 * note, which no page offers and the hub takes. The sender is told. */
static void
test_untold (void)
{
  static const char *const phases[] = { "draft", "pending_consent", "given" };

  for (guint i = 0; i < G_N_ELEMENTS (phases); i++)
    {
      g_autoptr (OpFixture) t = op_fixture_new ();
      JsonObject *args = i == 0 ? draft_args ("R1", "S", "A bed") : op_send_args ("R1", "C1", i == 1 ? "direct" : "informational", "S");
      JsonObject *revoke = kith_json_new ("referral", "s", op_id ("R1"), "reason", "s", "The client asked", NULL);

      op_register (t, "a-cc", "C1");
      json_object_set_boolean_member (args, "wait", i == 1);
      op_assert (t, "a-cc", "referral.send", args, "applied");
      g_assert_cmpstr (op_phase (t, "R1"), ==, phases[i]);
      op_run (t, "a-sup", "referral.note", kith_json_new ("referral", "s", op_id ("R1"), "text", "s", "By the window", NULL));
      op_assert (t, "a-sup", "consent.revoke", revoke, "applied");
      g_assert_cmpuint (op_count_with (t, "notice", "staff", op_id ("a-cc")), ==, 1);
      g_assert_cmpuint (op_count (t, "notice"), ==, 1);
    }
}

/* Discarded, it is void, and the other agency never learns that there was one. */
static void
test_discarded (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();

  op_register (t, "a-cc", "C1");
  op_consent (t, "a-cc", "K1", "C1", "B");
  op_assert (t, "a-cc", "referral.send", draft_args ("R1", "S", "A bed"), "applied");
  op_assert (t, "a-cc", "referral.void", kith_json_new ("referral", "s", op_id ("R1"), "from", "s", "draft", "reason", "s", "Not needed", NULL), "applied");
  g_assert_cmpstr (op_phase (t, "R1"), ==, "voided");
  op_assert_only_sender (t, "R1");
  g_assert_cmpuint (op_count (t, "notice"), ==, 0);
  op_assert (t, "a-cc", "referral.send", op_send_args ("R1", "C1", "direct", "S"), "exists");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  kith_kinds_register ();
  g_test_add_func ("/referral/2e-draft-kept", test_kept);
  g_test_add_func ("/referral/2e-draft-whose", test_whose);
  g_test_add_func ("/referral/2e-draft-sent", test_sent);
  g_test_add_func ("/referral/2e-P2-draft-answers", test_answers);
  g_test_add_func ("/referral/2e-U10-draft-health", test_health);
  g_test_add_func ("/referral/2e-draft-seen", test_seen);
  g_test_add_func ("/referral/2e-draft-files", test_files);
  g_test_add_func ("/referral/2e-draft-taken-off", test_taken_off);
  g_test_add_func ("/referral/2e-C15-draft-no-record", test_no_record);
  g_test_add_func ("/referral/2e-C15-draft-victim-service", test_victim_service);
  g_test_add_func ("/referral/2e-draft-waits", test_waits);
  g_test_add_func ("/referral/2e-D3-untold", test_untold);
  g_test_add_func ("/referral/2e-draft-discarded", test_discarded);
  return g_test_run ();
}
