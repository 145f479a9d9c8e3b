/* SPDX-License-Identifier: GPL-3.0-or-later */

/* contact.record, .answer, .add_need, .assign; contact.print, referral.print, referral.print_list; what lies in contact:N: P11, P12, P17, P20, P21, P22, U7, D2, C1, C15. */

#include "op-fixture.h"

static JsonObject *
record_args (OpFixture *t)
{
  JsonArray *needs = json_array_new ();
  JsonArray *phones = json_array_new ();
  g_autofree char *at = op_time (t, -OP_DAY);

  json_array_add_object_element (needs, kith_json_new ("id", "s", op_id ("N1"), "words", "s", "A bed tonight", NULL));
  json_array_add_object_element (needs, kith_json_new ("id", "s", op_id ("N2"), "words", "s", "Food", "status", "s", "met", NULL));
  json_array_add_object_element (phones, kith_json_new ("number", "s", "619-555-0142", NULL));
  return kith_json_new ("id", "s", op_id ("N"), "number", "s", "NA-0007", "submitted_at", "s", at, "how", "s", "phone", "caller_kind", "s",
                        "family", "caller_name", "s", "Rosa", "name", "s", "Ana Lopez", "date_of_birth", "s", "1988", "phones", "a", phones, "postal_code", "s",
                        "92101", "notes", "s", "Sleeps in the car", "resources", "a", kith_json_strings (op_id ("S"), NULL), "needs", "a", needs, NULL);
}

static JsonObject *
assign_args (OpFixture *t, const char *referral, const char *service, const char *queue, gboolean release)
{
  g_autofree char *until = op_time (t, 10 * OP_DAY);
  JsonObject *args = kith_json_new ("contact", "s", op_id ("N"), "need", "s", op_id ("N1"), "id", "s", op_id (referral), "number", "s", "NA-0008", "service",
                                    "s", service != NULL ? op_id (service) : NULL, "queue", "s", queue != NULL ? op_id (queue) : NULL, "request", "s",
                                    "Tonight, please", "note", "s", "Call after six", NULL);

  if (release)
    json_object_set_object_member (args, "release",
                                   kith_json_new ("classes", "a", kith_json_strings ("client", NULL), "until", "s", until, "basis", "s", "spoken_release", NULL));
  return args;
}

/* A call taken by "net", and a queue Q. */
static OpFixture *
with_call (void)
{
  OpFixture *t = op_fixture_new ();

  op_assert (t, "net", "queue.create", kith_json_new ("id", "s", op_id ("Q"), "name", "s", "Housing", NULL), "applied");
  op_assert (t, "net", "contact.record", record_args (t), "applied");
  return t;
}

static const char *
field (OpFixture *t, const char *referral, const char *name)
{
  return op_field (t, "referral", op_id (referral), name);
}

static JsonObject *
patch_args (const char *kind, const char *id, const char *name, const char *old, const char *value)
{
  JsonObject *set = json_object_new ();

  json_object_set_object_member (set, name, kith_json_new ("old", "s", old, "new", "s", value, NULL));
  return kith_json_new ("t", "s", kind, "id", "s", op_id (id), "set", "o", set, NULL);
}

/* The network's staff, and nobody else, takes calls. */
static void
test_who (void)
{
  static const struct { const char *who, *expected; } cases[] = {
    { "net", "applied" }, { "hub", "applied" }, { "a-cc", "denied" }, { "b-sup", "denied" }, { "a-admin", "denied" }, { "b-portal", "denied" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OpFixture) t = op_fixture_new ();

      op_assert (t, cases[i].who, "contact.record", record_args (t), cases[i].expected);
    }
}

/* Default is no: of everybody, only 2-1-1 sees it. */
static void
test_sees (void)
{
  static const char *const others[] = { "a-sup", "a-rm", "a-cc", "b-sup", "b-rm", "b-portal", "a-admin", "net" };
  g_autoptr (OpFixture) t = with_call ();

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    g_assert_cmpint (op_sees (t, others[i], "contact:N"), ==, g_str_equal (others[i], "net"));
}

static void
test_form (void)
{
  g_autoptr (OpFixture) t = with_call ();
  JsonObject *empty = kith_json_new ("id", "s", op_id ("N3"), "number", "s", "NA-0009", "how", "s", "phone", NULL);
  JsonObject *later = record_args (t);
  g_autofree char *day_before = op_time (t, -OP_DAY);

  g_assert_cmpstr (op_field (t, "contact_record", op_id ("N"), "submitted_at"), ==, day_before);
  g_assert_cmpstr (op_field (t, "contact_record", op_id ("N"), "author"), ==, op_id ("net"));
  g_assert_cmpstr (op_field (t, "contact_need", op_id ("N1"), "status"), ==, "open");
  g_assert_cmpstr (op_field (t, "contact_need", op_id ("N2"), "status"), ==, "met");
  op_assert (t, "net", "contact.record", record_args (t), "exists");
  op_assert (t, "net", "contact.record", empty, "invalid");
  json_object_set_string_member (later, "id", op_id ("N3"));
  json_object_set_string_member (later, "submitted_at", "2199-01-01T00:00:00.000Z");
  op_assert (t, "net", "contact.record", later, "invalid");
}

/* P12: number, name, date and postal code are the call's, not the referral's; P20: the note is there. The portal sees nothing more. */
static void
test_eight_fields (void)
{
  g_autoptr (OpFixture) t = with_call ();
  g_autofree char *day_before = op_time (t, -OP_DAY);

  op_assert (t, "net", "portal.assign", kith_json_new ("staff", "s", op_id ("b-portal"), "resource", "s", op_id ("S"), NULL), "applied");
  op_assert (t, "net", "contact.assign", assign_args (t, "R", "S", "Q", TRUE), "applied");
  g_assert_cmpstr (field (t, "R", "queue_name"), ==, "Housing");
  g_assert_cmpstr (field (t, "R", "resource_name"), ==, op_field (t, "service", op_id ("S"), "name"));
  g_assert_cmpstr (field (t, "R", "contact_number"), ==, "NA-0007");
  g_assert_cmpstr (field (t, "R", "contact_name"), ==, "Ana Lopez");
  g_assert_cmpstr (field (t, "R", "contact_date"), ==, day_before);
  g_assert_cmpstr (field (t, "R", "postal_code"), ==, "92101");
  g_assert_cmpstr (field (t, "R", "note"), ==, "Call after six");
  g_assert_cmpuint (op_count_with (t, "referral_event", "text", "Call after six"), ==, 1); /* P20: the next note takes that place alone */
  g_assert_cmpstr (field (t, "R", "number"), ==, "NA-0008");
  g_assert_cmpstr (field (t, "R", "agency"), ==, "network");
  g_assert_true (op_sees (t, "b-portal", "referral:R"));
  g_assert_false (op_sees (t, "b-portal", "referral_detail:R"));
  g_assert_false (op_sees (t, "b-portal", "contact:N"));
  g_assert_cmpstr (kith_record_string (op_natural (t, "referral_detail", "R"), "need"), ==, "A bed tonight");
}

/* Who did not say a name goes by who called. */
static void
test_caller_name (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  JsonObject *args = record_args (t);

  json_object_remove_member (args, "name");
  op_assert (t, "net", "contact.record", args, "applied");
  op_assert (t, "net", "contact.assign", assign_args (t, "R", "S", NULL, TRUE), "applied");
  g_assert_cmpstr (field (t, "R", "contact_name"), ==, "Rosa");
}

/* P11: with the switch the whole record, as long as the account holds the detail of a referral made from it. */
static void
test_portal_details (void)
{
  g_autoptr (OpFixture) t = with_call ();

  op_assert (t, "net", "portal.assign", kith_json_new ("staff", "s", op_id ("b-portal"), "resource", "s", op_id ("S"), NULL), "applied");
  op_assert (t, "net", "portal.set_permissions", kith_json_new ("staff", "s", op_id ("b-portal"), "sees_details", "b", TRUE, NULL), "applied");
  g_assert_false (op_sees (t, "b-portal", "contact:N"));
  op_assert (t, "net", "contact.assign", assign_args (t, "R", "S", "Q", TRUE), "applied");
  g_assert_true (op_sees (t, "b-portal", "contact:N"));
  g_assert_false (op_sees (t, "b-rm", "contact:N")); /* the agency's own staff have the referral */
  g_assert_false (op_sees (t, "a-portal", "contact:N"));
  op_assert (t, "b-portal", "record.patch", patch_args ("contact_record", "N", "notes", "Sleeps in the car", "x"), "denied");
  op_assert (t, "net", "portal.set_permissions", kith_json_new ("staff", "s", op_id ("b-portal"), "sees_details", "b", FALSE, NULL), "applied");
  g_assert_false (op_sees (t, "b-portal", "contact:N"));
  op_assert (t, "net", "portal.set_permissions", kith_json_new ("staff", "s", op_id ("b-portal"), "sees_details", "b", TRUE, NULL), "applied");
  op_assert (t, "b-rm", "referral.decline", kith_json_new ("referral", "s", op_id ("R"), "from", "s", "sent", "reason", "s", "no_capacity", NULL), "applied");
  g_assert_false (op_sees (t, "b-portal", "contact:N"));
}

/* The release ends, and with it the sight of the record. */
static void
test_release_ends (void)
{
  g_autoptr (OpFixture) t = with_call ();

  op_assert (t, "net", "portal.assign", kith_json_new ("staff", "s", op_id ("b-portal"), "resource", "s", op_id ("S"), NULL), "applied");
  op_assert (t, "net", "portal.set_permissions", kith_json_new ("staff", "s", op_id ("b-portal"), "sees_details", "b", TRUE, NULL), "applied");
  op_assert (t, "net", "contact.assign", assign_args (t, "R", "S", "Q", TRUE), "applied");
  g_assert_true (op_sees (t, "b-portal", "contact:N"));
  op_advance (t, 11 * OP_DAY);
  g_assert_false (op_sees (t, "b-portal", "contact:N"));
  g_assert_true (op_sees (t, "net", "contact:N"));
}

/* C1, C15: to another agency nothing goes without the caller's word; into the network's own queue it needs none. */
static void
test_consent (void)
{
  g_autoptr (OpFixture) t = with_call ();

  op_assert (t, "net", "contact.assign", assign_args (t, "R", "S", NULL, FALSE), "consent_missing");
  op_assert (t, "net", "contact.assign", assign_args (t, "R", "S", "Q", FALSE), "consent_missing");
  op_assert (t, "net", "contact.assign", assign_args (t, "R", NULL, "Q", FALSE), "applied");
  g_assert_true (op_sees (t, "net", "referral_detail:R"));
  g_assert_false (op_sees (t, "b-sup", "referral:R"));
  op_assert (t, "net", "contact.assign", assign_args (t, "R2", "S-info", NULL, TRUE), "not_direct");
}

/* C1, I5: to somebody who does not see the client, what it agreed to, refused or took back reads the same as nothing at all. */
static void
test_consent_is_not_told (void)
{
  g_autofree char *never = NULL;
  g_autoptr (OpFixture) t = with_call ();

  op_register (t, "a-cc", "C1");
  op_set (t, "contact_record", op_id ("N"), "client", json_node_init_string (json_node_alloc (), op_id ("C1")));
  op_assert (t, "net", "contact.assign", assign_args (t, "R", "S", NULL, FALSE), "consent_missing");
  never = g_strdup (op_message (t));
  op_consent (t, "a-cc", "K", "C1", "C");
  op_assert (t, "net", "contact.assign", assign_args (t, "R", "S", NULL, FALSE), "consent_missing");
  g_assert_cmpstr (op_message (t), ==, never);
  op_assert (t, "a-cc", "consent.revoke", kith_json_new ("consent", "s", op_id ("K"), "reason", "s", "No.", NULL), "applied");
  op_assert (t, "net", "contact.assign", assign_args (t, "R", "S", NULL, FALSE), "consent_missing");
  g_assert_cmpstr (op_message (t), ==, never);
  g_assert_null (strstr (never, "revoked"));
}

/* C17: what mails carry is a number, no other text. P16: a portal account is told the one of its eight fields, whether or not it may change the
 * status (P10): the switch and the address are the two conditions there are. */
static void
test_numbers (void)
{
  static const char *const bad[] = { "Ana Ruiz http://x.example", "NA-", "N-1", "NA-1\xe2\x80\xae", "na-1", "", "-1" };
  g_autoptr (OpFixture) t = with_call ();
  g_autoptr (GPtrArray) notices = NULL;

  op_assert (t, "net", "portal.assign", kith_json_new ("staff", "s", op_id ("b-portal"), "resource", "s", op_id ("S"), NULL), "applied");
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      JsonObject *args = assign_args (t, "R", "S", "Q", TRUE), *record = record_args (t);

      json_object_set_string_member (args, "number", bad[i]);
      op_assert (t, "net", "contact.assign", args, "invalid");
      json_object_set_string_member (record, "id", op_id ("N2"));
      json_object_set_string_member (record, "number", bad[i]);
      op_assert (t, "net", "contact.record", record, "invalid");
    }
  op_assert (t, "net", "contact.assign", assign_args (t, "R", "S", "Q", TRUE), "applied");
  g_assert_cmpstr (field (t, "R", "contact_number"), ==, "NA-0007");
  notices = kith_world_find (op_world (t), NULL, "notice", "staff", op_id ("b-portal"), NULL, NULL);
  g_assert_cmpuint (notices->len, ==, 1);
  g_assert_cmpstr (kith_record_string (notices->pdata[0], "number"), ==, "NA-0007");
}

/* P16: also that its own acceptance went to the wait list is told a portal account by the number it finds. */
static void
test_no_place_number (void)
{
  g_autoptr (OpFixture) t = with_call ();
  g_autoptr (GPtrArray) notices = NULL;
  guint n = 0;

  op_assert (t, "net", "portal.assign", kith_json_new ("staff", "s", op_id ("b-portal"), "resource", "s", op_id ("S"), NULL), "applied");
  op_assert (t, "net", "portal.set_permissions", kith_json_new ("staff", "s", op_id ("b-portal"), "changes_status", "b", TRUE, NULL), "applied");
  op_assert (t, "b-rm", "capacity.observe", kith_json_new ("service", "s", op_id ("S"), "unit", "s", "bed", "free", "i", (gint64) 0, NULL), "applied");
  op_assert (t, "net", "contact.assign", assign_args (t, "R", "S", "Q", TRUE), "applied");
  op_assert (t, "b-portal", "referral.accept", op_step_args ("R", "sent"), "applied");
  g_assert_cmpstr (field (t, "R", "phase"), ==, "waitlisted");
  notices = kith_world_find (op_world (t), NULL, "notice", "staff", op_id ("b-portal"), NULL, NULL);
  for (guint i = 0; i < notices->len; i++)
    if (kith_record_is (notices->pdata[i], "type", "no_place"))
      {
        g_assert_cmpstr (kith_record_string (notices->pdata[i], "number"), ==, "NA-0007");
        n++;
      }
  g_assert_cmpuint (n, ==, 1);
}

/* P20: what a portal user writes reaches who took the call, and what 2-1-1 writes back reaches the portal user. */
static void
test_notes (void)
{
  g_autoptr (OpFixture) t = with_call ();

  op_assert (t, "net", "portal.assign", kith_json_new ("staff", "s", op_id ("b-portal"), "resource", "s", op_id ("S"), NULL), "applied");
  op_assert (t, "net", "contact.assign", assign_args (t, "R", "S", "Q", TRUE), "applied");
  op_assert (t, "b-portal", "referral.note", kith_json_new ("referral", "s", op_id ("R"), "text", "s", "Which bus?", NULL), "applied");
  g_assert_cmpuint (op_count_with (t, "notice", "staff", op_id ("net")), ==, 1);
  op_assert (t, "net", "referral.note", kith_json_new ("referral", "s", op_id ("R"), "text", "s", "Line 7.", NULL), "applied");
  g_assert_cmpuint (op_count_with (t, "notice", "staff", op_id ("b-portal")), ==, 2); /* that it was sent, and the note */
}

/* C16: who said on the phone that nobody is to contact them is not the reason of any notice, from the record as it is now. */
static void
test_do_not_contact (void)
{
  for (guint later = 0; later < 2; later++)
    {
      g_autoptr (OpFixture) t = op_fixture_new ();
      JsonObject *args = record_args (t), *set = json_object_new ();

      op_assert (t, "net", "queue.create", kith_json_new ("id", "s", op_id ("Q"), "name", "s", "Housing", NULL), "applied");
      json_object_set_boolean_member (args, "do_not_contact", !later);
      op_assert (t, "net", "contact.record", args, "applied");
      json_object_set_object_member (set, "do_not_contact", kith_json_new ("old", "b", FALSE, "new", "b", TRUE, NULL));
      if (later)
        op_assert (t, "net", "record.patch", kith_json_new ("t", "s", "contact_record", "id", "s", op_id ("N"), "set", "o", json_object_ref (set), NULL), "applied");
      json_object_unref (set);
      op_assert (t, "net", "contact.assign", assign_args (t, "R", "S", "Q", TRUE), "applied");
      g_assert_cmpuint (op_count (t, "notice"), ==, 0);
      g_assert_true (kith_json_bool (kith_record_object (op_natural (t, "referral_detail", "R"), "snapshot"), "do_not_contact", FALSE));
    }
}

static gboolean
carries_no_contact (OpFixture *t, const char *referral)
{
  return kith_json_bool (kith_record_object (op_natural (t, "referral_detail", referral), "snapshot"), "do_not_contact", FALSE);
}

/* old: transfer full */
static JsonObject *
no_contact_args (const char *kind, const char *id, JsonNode *old, gboolean now)
{
  JsonObject *set = json_object_new (), *change = kith_json_new ("new", "b", now, NULL);

  json_object_set_member (change, "old", old);
  json_object_set_object_member (set, "do_not_contact", change);
  return kith_json_new ("t", "s", kind, "id", "s", op_id (id), "set", "o", set, NULL);
}

/* C16: what the call's record says after its needs were assigned reaches who received them, and is taken back there too. */
static void
test_do_not_contact_later (void)
{
  g_autoptr (OpFixture) t = with_call ();

  op_assert (t, "net", "contact.assign", assign_args (t, "R", "S", "Q", TRUE), "applied");
  g_assert_false (carries_no_contact (t, "R"));
  op_assert (t, "net", "record.patch", no_contact_args ("contact_record", "N", json_node_new (JSON_NODE_NULL), TRUE), "applied");
  g_assert_true (carries_no_contact (t, "R"));
  op_assert (t, "net", "record.patch", no_contact_args ("contact_record", "N", json_node_init_boolean (json_node_alloc (), TRUE), FALSE), "applied");
  g_assert_false (carries_no_contact (t, "R"));
}

/* P21 and the loop: 2-1-1 assigns, the receiver answers, 2-1-1 is told, sees the outcome, and may take it back. */
static void
test_loop (void)
{
  g_autoptr (OpFixture) t = with_call ();

  op_assert (t, "net", "contact.assign", assign_args (t, "R", "S", "Q", TRUE), "applied");
  g_assert_cmpuint (op_count_with (t, "notice", "staff", op_id ("b-rm")), ==, 1); /* D2 */
  op_assert (t, "a-cc", "contact.assign", assign_args (t, "R2", "S", "Q", TRUE), "not_found");
  op_assert (t, "b-rm", "referral.accept", op_step_args ("R", "sent"), "applied");
  g_assert_cmpuint (op_count_with (t, "notice", "staff", op_id ("net")), ==, 1);
  op_assert (t, "b-rm", "referral.close",
             kith_json_new ("referral", "s", op_id ("R"), "from", "s", "accepted", "outcome", "s", "need_met", "text", "s", "Graduated", NULL), "applied");
  g_assert_cmpstr (op_detail_field (t, "R", "outcome"), ==, "need_met");
  g_assert_true (op_sees (t, "net", "referral_detail:R"));
  g_assert_true (op_sees (t, "net", "referral_own:R:network"));
  g_assert_false (op_sees (t, "net", "referral_own:R:B"));
  g_assert_false (op_sees (t, "b-rm", "referral_own:R:network"));
}

static void
test_sender_acts (void)
{
  g_autoptr (OpFixture) t = with_call ();

  op_assert (t, "net", "contact.assign", assign_args (t, "R", "S", NULL, TRUE), "applied");
  op_assert (t, "net", "referral.accept", op_step_args ("R", "sent"), "denied"); /* it is with B */
  op_assert (t, "net", "referral.private_note", kith_json_new ("referral", "s", op_id ("R"), "text", "s", "Ours", NULL), "applied");
  op_assert (t, "net", "referral.note", kith_json_new ("referral", "s", op_id ("R"), "text", "s", "For both", NULL), "applied");
  g_assert_cmpstr (field (t, "R", "note"), ==, "For both");
  op_assert (t, "net", "referral.recall", op_step_args ("R", "sent"), "applied");
  g_assert_cmpstr (field (t, "R", "phase"), ==, "recalled");
}

/* D10, P21: what came back goes on from the call it was made from, as a new one that names the old; from another call it does not. */
static void
test_goes_on (void)
{
  static const struct { const char *phase, *who, *contact, *expected; } cases[] = {
    { "declined", "net", "N", "applied" }, { "expired", "net", "N", "applied" },     { "recalled", "net", "N", "applied" },
    { "sent", "net", "N", "stale_state" }, { "closed_resolved", "net", "N", "stale_state" }, { "declined", "net", "M", "invalid" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OpFixture) t = with_call ();
      JsonObject *args = assign_args (t, "R2", "S", NULL, TRUE), *other = record_args (t);

      g_test_message ("%s, call %s", cases[i].phase, cases[i].contact);
      json_object_set_string_member (other, "id", op_id ("M"));
      json_object_remove_member (other, "needs");
      op_assert (t, "net", "contact.record", other, "applied");
      op_assert (t, "net", "contact.assign", assign_args (t, "R", "S", NULL, TRUE), "applied");
      op_set (t, "referral", op_id ("R"), "phase", json_node_init_string (json_node_alloc (), cases[i].phase));
      json_object_set_string_member (args, "previous", op_id ("R"));
      json_object_set_string_member (args, "number", "NA-0011");
      json_object_set_string_member (args, "contact", op_id (cases[i].contact));
      if (g_str_equal (cases[i].contact, "M"))
        json_object_remove_member (args, "need");
      op_assert (t, cases[i].who, "contact.assign", args, cases[i].expected);
      if (!g_str_equal (cases[i].expected, "applied"))
        continue;
      g_assert_cmpstr (kith_record_string (op_natural (t, "referral_own", "R2:network"), "previous"), ==, op_id ("R"));
      g_assert_cmpuint (op_count_with (t, "referral_event", "type", "went_on"), ==, 1);
      g_assert_cmpuint (op_count_with (t, "referral_event", "type", "goes_on"), ==, 1);
      g_assert_false (op_sees (t, "b-rm", "referral_own:R2:network"));
    }
}

/* P22: the need's status is its own; a referral made for it says so once, and closes nothing by itself. */
static void
test_need_status (void)
{
  g_autoptr (OpFixture) t = with_call ();
  JsonObject *other = NULL;

  op_assert (t, "net", "contact.assign", assign_args (t, "R", "S", NULL, TRUE), "applied");
  g_assert_cmpstr (op_field (t, "contact_need", op_id ("N1"), "status"), ==, "referred");
  op_assert (t, "b-rm", "referral.accept", op_step_args ("R", "sent"), "applied");
  op_assert (t, "b-rm", "referral.close", kith_json_new ("referral", "s", op_id ("R"), "from", "s", "accepted", "outcome", "s", "need_met", NULL), "applied");
  g_assert_cmpstr (op_field (t, "contact_need", op_id ("N1"), "status"), ==, "referred");
  op_assert (t, "net", "record.patch", patch_args ("contact_need", "N1", "status", "referred", "met"), "applied");
  g_assert_cmpstr (op_field (t, "contact_need", op_id ("N1"), "status"), ==, "met");
  op_assert (t, "b-rm", "record.patch", patch_args ("contact_need", "N1", "status", "met", "open"), "not_found");
  op_assert (t, "net", "contact.add_need", kith_json_new ("contact", "s", op_id ("N"), "id", "s", op_id ("N3"), "words", "s", "Clothes", NULL), "applied");
  g_assert_cmpint (kith_record_int (op_get (t, "contact_need", op_id ("N3")), "place"), ==, 2);
  other = record_args (t);
  json_object_set_string_member (other, "id", op_id ("M"));
  json_object_remove_member (other, "needs");
  op_assert (t, "net", "contact.record", other, "applied");
  other = assign_args (t, "R3", "S", NULL, TRUE);
  json_object_set_string_member (other, "contact", op_id ("M"));
  op_assert (t, "net", "contact.assign", other, "invalid"); /* N1 is of N */
}

/* U7: a warm referral to 2-1-1 becomes a call; its client is known by it, and what goes on is by the client's consent. */
static void
test_warm (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  JsonObject *args = op_send_args ("W", "C1", "warm", NULL);

  op_assert (t, "net", "queue.create", kith_json_new ("id", "s", op_id ("Q"), "name", "s", "Housing", NULL), "applied");
  op_register (t, "a-cc", "C1");
  op_assert (t, "a-cc", "consent.record",
             kith_json_new ("id", "s", op_id ("K"), "client", "s", op_id ("C1"), "classes", "a", kith_json_strings ("client", NULL), "receivers", "a",
                            kith_json_strings ("network", op_id ("B"), NULL), "how", "s", "verbal", NULL),
             "applied");
  json_object_set_string_member (args, "queue", op_id ("Q"));
  op_assert (t, "a-cc", "referral.send", args, "applied");
  args = record_args (t);
  json_object_set_string_member (args, "referral", op_id ("W"));
  g_assert_cmpuint (op_count_with (t, "notice", "type", "accepted"), ==, 0);
  op_assert (t, "net", "contact.record", args, "applied");
  g_assert_cmpstr (op_field (t, "contact_record", op_id ("N"), "client"), ==, op_id ("C1"));
  /* Taking the call accepts it, and who sent it learns so; how the client was spoken to, that help was asked for, and how it ends. */
  g_assert_cmpstr (field (t, "W", "phase"), ==, "accepted");
  g_assert_cmpuint (op_count_with (t, "referral_event", "type", "accepted"), ==, 1);
  g_assert_cmpuint (op_count_with (t, "referral_event", "type", "contact"), ==, 1);
  g_assert_cmpuint (op_count_with (t, "notice", "type", "accepted"), ==, 1);
  op_assert (t, "net", "contact.assign", assign_args (t, "R", "S", NULL, FALSE), "applied");
  g_assert_cmpuint (op_count_with (t, "referral_event", "type", "went_on"), ==, 1);
  args = op_step_args ("W", "accepted");
  json_object_set_string_member (args, "outcome", "need_met");
  op_assert (t, "net", "referral.close", args, "applied");
  g_assert_cmpuint (op_count_with (t, "notice", "type", "closed"), ==, 1);
  g_assert_cmpstr (field (t, "R", "client"), ==, op_id ("C1"));
  g_assert_true (op_sees (t, "b-rm", "referral_detail:R"));
  g_assert_false (op_sees (t, "net", "client:C1"));
  g_assert_false (op_sees (t, "a-sup", "contact:N"));
  g_assert_false (carries_no_contact (t, "R"));
  /* C16: what the client's record says since goes along with what the caller said. */
  op_assert (t, "a-cc", "record.patch", no_contact_args ("client", "C1", json_node_new (JSON_NODE_NULL), TRUE), "applied");
  g_assert_true (carries_no_contact (t, "R"));
  op_assert (t, "net", "contact.assign", assign_args (t, "R2", "S", NULL, FALSE), "applied");
  g_assert_true (carries_no_contact (t, "R2"));
  op_assert (t, "a-cc", "consent.revoke", kith_json_new ("client", "s", op_id ("C1"), "reason", "s", "Asked", NULL), "applied");
  g_assert_false (op_sees (t, "b-rm", "referral_detail:R"));
  g_assert_true (op_sees (t, "net", "referral_detail:R")); /* the sender's own (C4) */
}

/* P21, C1: what waits in a queue alone, of a caller without a record, goes to an agency when the caller agrees to that. */
static void
test_queue_alone (void)
{
  g_autoptr (OpFixture) t = with_call ();
  g_autofree char *until = op_time (t, 10 * OP_DAY);
  JsonObject *args = op_step_args ("R", "sent");

  op_assert (t, "net", "contact.assign", assign_args (t, "R", NULL, "Q", FALSE), "applied");
  json_object_set_string_member (args, "service", op_id ("S"));
  op_assert (t, "net", "referral.reroute", json_object_ref (args), "consent_missing");
  json_object_set_object_member (args, "release", kith_json_new ("classes", "a", kith_json_strings ("client", NULL), "until", "s", until, "basis", "s", "spoken_release", NULL));
  op_assert (t, "net", "referral.reroute", args, "applied");
  g_assert_true (op_sees (t, "b-rm", "referral_detail:R"));
  op_assert (t, "b-rm", "referral.accept", op_step_args ("R", "sent"), "applied");
}

/* U7: the call of a referral that was taken back, or answered before, is a call all the same; so is one about another agency's. */
static void
test_warm_over (void)
{
  static const struct { const char *who, *op, *phase; guint contacts; } cases[] = {
    { "a-cc", "referral.recall", "recalled", 0 }, { "net", "referral.accept", "accepted", 1 }, { NULL, NULL, "sent", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OpFixture) t = op_fixture_new ();
      JsonObject *args = op_send_args ("W", "C1", "warm", cases[i].op != NULL ? NULL : "S");

      op_assert (t, "net", "queue.create", kith_json_new ("id", "s", op_id ("Q"), "name", "s", "Housing", NULL), "applied");
      op_register (t, "a-cc", "C1");
      op_consent (t, "a-cc", "K", "C1", "B");
      op_assert (t, "a-cc", "consent.record",
                 kith_json_new ("id", "s", op_id ("K2"), "client", "s", op_id ("C1"), "classes", "a", kith_json_strings ("client", NULL), "receivers", "a",
                                kith_json_strings ("network", NULL), "how", "s", "verbal", NULL), "applied");
      json_object_set_string_member (args, "queue", op_id ("Q"));
      op_assert (t, "a-cc", "referral.send", args, "applied");
      if (cases[i].op != NULL)
        op_assert (t, cases[i].who, cases[i].op, op_step_args ("W", "sent"), "applied");
      args = record_args (t);
      json_object_set_string_member (args, "referral", op_id ("W"));
      op_assert (t, "net", "contact.record", args, "applied");
      g_assert_cmpstr (field (t, "W", "phase"), ==, cases[i].phase);
      g_assert_cmpuint (op_count_with (t, "referral_event", "type", "contact"), ==, cases[i].contacts);
    }
}

/* U7: whom the client's consent does not name is told what the person on the telephone agrees to; without that, nobody. */
static void
test_warm_released (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  JsonObject *args = op_send_args ("W", "C1", "warm", NULL);

  op_assert (t, "net", "queue.create", kith_json_new ("id", "s", op_id ("Q"), "name", "s", "Housing", NULL), "applied");
  op_register (t, "a-cc", "C1");
  op_assert (t, "a-cc", "consent.record",
             kith_json_new ("id", "s", op_id ("K"), "client", "s", op_id ("C1"), "classes", "a", kith_json_strings ("client", NULL), "receivers", "a",
                            kith_json_strings ("network", NULL), "how", "s", "verbal", NULL),
             "applied");
  json_object_set_string_member (args, "queue", op_id ("Q"));
  op_assert (t, "a-cc", "referral.send", args, "applied");
  args = record_args (t);
  json_object_set_string_member (args, "referral", op_id ("W"));
  op_assert (t, "net", "contact.record", args, "applied");
  op_assert (t, "net", "contact.assign", assign_args (t, "R", "S", NULL, FALSE), "consent_missing");
  op_assert (t, "net", "contact.assign", assign_args (t, "R", "S", NULL, TRUE), "applied");
  g_assert_true (op_sees (t, "b-rm", "referral_detail:R"));
}

/* The detail carries the person as the call had them, not what the client's record says: 2-1-1 never saw that. */
static void
test_snapshot (void)
{
  g_autoptr (OpFixture) t = with_call ();
  KithRecord *detail;
  JsonObject *snapshot;

  op_assert (t, "net", "contact.assign", assign_args (t, "R", "S", NULL, TRUE), "applied");
  detail = op_natural (t, "referral_detail", "R");
  snapshot = kith_record_object (detail, "snapshot");
  g_assert_cmpstr (kith_json_string (snapshot, "given_name"), ==, "Ana Lopez");
  g_assert_cmpstr (kith_json_string (snapshot, "date_of_birth"), ==, "1988");
  g_assert_cmpuint (json_array_get_length (kith_json_array (snapshot, "phones")), ==, 1);
  g_assert_cmpstr (kith_record_string (detail, "contact_need"), ==, op_id ("N1"));
}

/* P11, C13: who may not have the record in sight prints none, at the desk and at the hub; who does stands in the log. */
static void
test_print (void)
{
  static const struct { const char *who, *contact, *referral; } before[] = {
    { "net", "applied", "applied" },       { "b-rm", "not_found", "applied" },     { "b-portal", "not_found", "denied" },
    { "a-portal", "not_found", "not_found" }, { "a-sup", "not_found", "not_found" },
  };
  g_autoptr (OpFixture) t = with_call ();

  op_assert (t, "net", "portal.assign", kith_json_new ("staff", "s", op_id ("b-portal"), "resource", "s", op_id ("S"), NULL), "applied");
  op_assert (t, "net", "contact.assign", assign_args (t, "R", "S", "Q", TRUE), "applied");
  for (guint i = 0; i < G_N_ELEMENTS (before); i++)
    {
      op_assert (t, before[i].who, "contact.print", kith_json_new ("contact", "s", op_id ("N"), NULL), before[i].contact);
      op_assert (t, before[i].who, "referral.print", kith_json_new ("referral", "s", op_id ("R"), NULL), before[i].referral);
    }
  g_assert_cmpuint (op_count (t, "audit_entry"), ==, 3);
  /* A list: each in sight, or none of it is printed; each stands in the log. */
  op_assert (t, "a-sup", "referral.print_list", kith_json_new ("referrals", "a", kith_json_strings (op_id ("R"), NULL), NULL), "not_found");
  op_assert (t, "b-rm", "referral.print_list", kith_json_new ("referrals", "a", kith_json_strings (op_id ("R"), op_id ("R9"), NULL), NULL), "not_found");
  g_assert_cmpuint (op_count (t, "audit_entry"), ==, 3);
  op_assert (t, "b-rm", "referral.print_list", kith_json_new ("referrals", "a", kith_json_strings (op_id ("R"), NULL), "detail", "s", "Who waits", NULL), "applied");
  g_assert_cmpuint (op_count (t, "audit_entry"), ==, 4);
  op_assert (t, "net", "portal.set_permissions", kith_json_new ("staff", "s", op_id ("b-portal"), "sees_details", "b", TRUE, NULL), "applied");
  op_assert (t, "b-portal", "contact.print", kith_json_new ("contact", "s", op_id ("N"), NULL), "applied");
  op_assert (t, "b-portal", "referral.print", kith_json_new ("referral", "s", op_id ("R"), NULL), "applied");
  g_assert_cmpuint (op_count_with (t, "audit_entry", "staff", op_id ("b-portal")), ==, 2);
}

static JsonArray *
answers (const char *key, const char *value)
{
  JsonArray *entries = json_array_new (), *list = json_array_new ();

  json_array_add_object_element (list, kith_json_new ("key", "s", key, "value", "s", value, NULL));
  json_array_add_object_element (entries, kith_json_new ("form", "s", op_id ("F"), "version", "i", (gint64) 1, "answers", "a", list, NULL));
  return entries;
}

static JsonObject *
answer_args (const char *key, const char *value)
{
  return kith_json_new ("contact", "s", op_id ("N"), "answers", "a", answers (key, value), NULL);
}

/* P2: what a form of calls asks lies with the record: taken down with it, or later, and answered anew it is as it is now. */
static void
test_answers (void)
{
  g_autoptr (OpFixture) t = with_call ();
  g_autofree char *natural = g_strconcat (op_id ("N"), ":", op_id ("F"), NULL);
  g_autofree char *id = kith_id_natural ("form_answer", natural);
  JsonArray *questions = json_array_new ();
  KithRecord *given;

  json_array_add_object_element (questions, kith_json_new ("key", "s", "children", "text", "s", "How many children?", "type", "s", "number", NULL));
  op_assert (t, "net", "form.put", kith_json_new ("id", "s", op_id ("F"), "use", "s", "contact", "queues", "a", kith_json_strings (op_id ("Q"), NULL), "name", "s",
                                                  "Calls", "questions", "a", questions, NULL), "applied");
  op_assert (t, "b-rm", "contact.answer", answer_args ("children", "2"), "not_found");
  op_assert (t, "net", "contact.answer", answer_args ("children", "many"), "invalid");
  op_assert (t, "net", "contact.answer", answer_args ("dogs", "2"), "invalid");
  g_assert_null (op_get (t, "form_answer", id));
  op_assert (t, "net", "contact.answer", answer_args ("children", "2"), "applied");
  op_assert (t, "net", "contact.answer", answer_args ("children", "3"), "applied");
  g_assert_cmpuint (op_count (t, "form_answer"), ==, 1);
  given = op_get (t, "form_answer", id);
  g_assert_nonnull (given);
  g_assert_cmpstr (kith_record_string (given, "t"), ==, "contact_record");
  g_assert_cmpstr (kith_json_string (json_array_get_object_element (kith_record_array (given, "answers"), 0), "value"), ==, "3");
}

static JsonObject *
shared_form (JsonArray *queues, gboolean inactive, gint64 seen)
{
  JsonArray *list = json_array_new ();

  json_array_add_object_element (list, kith_json_new ("key", "s", "children", "text", "s", "How many children come along?", "type", "s", "number", NULL));
  return kith_json_new ("id", "s", op_id ("F"), "use", "s", "contact", "queues", "a", queues, "name", "s", "Who comes along", "questions", "a", list, "inactive", "b",
                        inactive, "seen", "i", seen, NULL);
}

/* P2: one form is asked in several queues; taken off the last it is none's, and answers that were given stay. Of two who link it at the same time the
 * second reads it again, or the first one's link would be gone. */
static void
test_shared_form (void)
{
  g_autoptr (OpFixture) t = with_call ();
  g_autofree char *natural = g_strconcat (op_id ("N"), ":", op_id ("F"), NULL);
  g_autofree char *answer = kith_id_natural ("form_answer", natural);
  KithRecord *form;

  op_assert (t, "net", "queue.create", kith_json_new ("id", "s", op_id ("Q2"), "name", "s", "Food", NULL), "applied");
  op_assert (t, "net", "form.put", shared_form (kith_json_strings (op_id ("Q"), NULL), FALSE, 0), "applied");
  op_assert (t, "net", "contact.answer", answer_args ("children", "2"), "applied");
  op_assert (t, "net", "form.put", shared_form (kith_json_strings (op_id ("Q"), op_id ("Q2"), NULL), FALSE, 1), "applied");
  form = op_get (t, "form", op_id ("F"));
  g_assert_cmpuint (json_array_get_length (kith_record_array (form, "queues")), ==, 2);
  op_assert (t, "net", "form.put", shared_form (kith_json_strings (op_id ("Q2"), NULL), FALSE, 1), "stale_state");
  op_assert (t, "net", "form.put", shared_form (json_array_new (), TRUE, 2), "applied");
  form = op_get (t, "form", op_id ("F"));
  g_assert_true (kith_record_bool (form, "inactive"));
  g_assert_cmpuint (json_array_get_length (kith_record_array (form, "questions")), ==, 1);
  g_assert_nonnull (op_get (t, "form_answer", answer));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  kith_kinds_register ();
  g_test_add_func ("/op-contact/who", test_who);
  g_test_add_func ("/op-contact/sees", test_sees);
  g_test_add_func ("/op-contact/form", test_form);
  g_test_add_func ("/op-contact/eight-fields-p12", test_eight_fields);
  g_test_add_func ("/op-contact/caller-name", test_caller_name);
  g_test_add_func ("/op-contact/portal-details-p11", test_portal_details);
  g_test_add_func ("/op-contact/release-ends", test_release_ends);
  g_test_add_func ("/op-contact/consent-c1", test_consent);
  g_test_add_func ("/op-contact/consent-is-not-told-C1-I5", test_consent_is_not_told);
  g_test_add_func ("/op-contact/numbers-C17-P16", test_numbers);
  g_test_add_func ("/op-contact/no-place-number-P16", test_no_place_number);
  g_test_add_func ("/op-contact/notes-P20", test_notes);
  g_test_add_func ("/op-contact/do-not-contact-C16", test_do_not_contact);
  g_test_add_func ("/op-contact/do-not-contact-later-C16", test_do_not_contact_later);
  g_test_add_func ("/op-contact/loop-p21", test_loop);
  g_test_add_func ("/op-contact/sender-acts", test_sender_acts);
  g_test_add_func ("/op-contact/need-status-p22", test_need_status);
  g_test_add_func ("/op-contact/goes-on-D10-P21", test_goes_on);
  g_test_add_func ("/op-contact/warm-u7", test_warm);
  g_test_add_func ("/op-contact/warm-released-u7", test_warm_released);
  g_test_add_func ("/op-contact/U7-warm-over", test_warm_over);
  g_test_add_func ("/op-contact/P21-queue-alone", test_queue_alone);
  g_test_add_func ("/op-contact/snapshot", test_snapshot);
  g_test_add_func ("/op-contact/print-p11", test_print);
  g_test_add_func ("/op-contact/answers-p2", test_answers);
  g_test_add_func ("/op-contact/shared-form-P2", test_shared_form);
  return g_test_run ();
}
