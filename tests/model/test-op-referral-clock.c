/* SPDX-License-Identifier: GPL-3.0-or-later */

/* referral.remind, .expire, .check_in, .snooze: D2, C16, and the days of domain.md 1e. The fixture begins on Monday 2026-03-02 at 09:00 UTC;
 * B has set no time zone. */

#include "kith-referral-rules.h"
#include "op-fixture.h"

#define HOUR G_GINT64_CONSTANT (3600000)

static OpFixture *
waiting (void)
{
  OpFixture *t = op_fixture_new ();

  op_register (t, "a-cc", "C1");
  op_consent (t, "a-cc", "K1", "C1", "B");
  op_send (t, "a-cc", "R1", "C1", "S");
  return t;
}

static const char *
tick (OpFixture *t, const char *operation)
{
  return op_run (t, "hub", operation, kith_json_new ("referral", "s", op_id ("R1"), NULL));
}

/* "b-rm b-sup": whom notices of that type name. */
static char *
told (OpFixture *t, const char *type)
{
  static const char *const people[] = { "a-cc", "a-sup", "a-rm", "b-rm", "b-rm2", "b-cc", "b-cc2", "b-sup", "b-admin", "b-portal", "c-sup" };
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    {
      g_autofree char *scope = g_strconcat ("user:", op_id (people[i]), NULL);
      g_autoptr (GPtrArray) notices = kith_world_find (op_world (t), scope, "notice", NULL, NULL, NULL, NULL);

      for (guint n = 0; n < notices->len; n++)
        if (kith_record_is (g_ptr_array_index (notices, n), "type", type))
          {
            g_string_append_printf (names, "%s%s", names->len > 0 ? " " : "", people[i]);
            break;
          }
    }
  return g_string_free (names, FALSE);
}

static void
assert_told (OpFixture *t, const char *type, const char *expected)
{
  g_autofree char *names = told (t, type);

  g_assert_cmpstr (names, ==, expected);
}

static void
leave (OpFixture *t, const char *who, const char *from, const char *until)
{
  op_assert (t, who, "staff.set_leave", kith_json_new ("staff", "s", op_id (who), "away_from", "s", from, "away_until", "s", until, NULL), "applied");
}

/* A small partner: nobody there but the portal account, which follows the service. */
static void
make_portal_only (OpFixture *t, gboolean changes_status)
{
  static const char *const people[] = { "b-rm", "b-rm2", "b-cc", "b-cc2", "b-sup", "b-admin" };

  op_assert (t, "net", "portal.assign", kith_json_new ("staff", "s", op_id ("b-portal"), "resource", "s", op_id ("S"), NULL), "applied");
  if (changes_status)
    op_assert (t, "net", "portal.set_permissions", kith_json_new ("staff", "s", op_id ("b-portal"), "changes_status", "b", TRUE, NULL), "applied");
  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    op_assert (t, "net", "staff.deactivate", kith_json_new ("staff", "s", op_id (people[i]), "reason", "s", "Left", NULL), "applied");
}

/* Who is told what on which day: due Wednesday, grace until Friday. */
static void
test_steps (void)
{
  static const struct { guint days; const char *result, *due, *overdue, *unanswered; gint64 reminded;
  } cases[] = {
    { 0, "noop", "", "", "", 0 },
    { 1, "noop", "", "", "", 0 },
    { 2, "applied", "b-rm b-cc2", "", "", 1 },
    { 2, "noop", "b-rm b-cc2", "", "", 1 },
    { 3, "applied", "b-rm b-cc2", "b-rm b-cc2", "a-cc", 2 },
    { 3, "noop", "b-rm b-cc2", "b-rm b-cc2", "a-cc", 2 },
    { 4, "applied", "b-rm b-cc2", "b-rm b-cc2 b-sup", "a-cc", 3 },
    { 4, "noop", "b-rm b-cc2", "b-rm b-cc2 b-sup", "a-cc", 3 },
    { 5, "noop", "b-rm b-cc2", "b-rm b-cc2 b-sup", "a-cc", 3 },
  };
  g_autoptr (OpFixture) t = waiting ();
  guint day = 0;

  g_assert_cmpstr (op_course_field (t, "R1", "due_on"), ==, "2026-03-04");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("case %u", i);
      op_advance (t, (cases[i].days - day) * OP_DAY);
      day = cases[i].days;
      g_assert_cmpstr (tick (t, "referral.remind"), ==, cases[i].result);
      assert_told (t, "due", cases[i].due);
      assert_told (t, "overdue", cases[i].overdue);
      assert_told (t, "unanswered", cases[i].unanswered);
      g_assert_cmpint (kith_record_int (op_natural (t, "referral_course", "R1"), "reminded"), ==, cases[i].reminded);
    }
  g_assert_cmpstr (tick (t, "referral.expire"), ==, "applied");
  g_assert_cmpstr (tick (t, "referral.remind"), ==, "noop");
}

/* Someone is always on leave: it goes to the other managers, and where none is at work to the supervisor. */
static void
test_leave (void)
{
  static const struct { const char *away, *away_too; guint days; const char *due, *overdue;
  } cases[] = {
    { "b-rm", NULL, 2, "b-cc2", "" },
    { "b-rm", "b-cc2", 2, "b-sup", "" },
    { "b-rm", NULL, 3, "", "b-rm b-cc2" },
    { "b-rm", "b-cc2", 3, "", "b-rm b-cc2 b-sup" },
    { "b-rm2", NULL, 2, "b-rm b-cc2", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OpFixture) t = waiting ();

      g_test_message ("case %u", i);
      leave (t, cases[i].away, "2026-03-03", "2026-03-20");
      if (cases[i].away_too != NULL)
        leave (t, cases[i].away_too, "2026-03-04", NULL);
      op_advance (t, cases[i].days * OP_DAY);
      g_assert_cmpstr (tick (t, "referral.remind"), ==, "applied");
      assert_told (t, "due", cases[i].due);
      assert_told (t, "overdue", cases[i].overdue);
    }
}

static void
test_away (void)
{
  static const struct { const char *from, *until, *day; gboolean away;
  } cases[] = {
    { NULL, NULL, "2026-03-04", FALSE },           { "2026-03-04", NULL, "2026-03-03", FALSE },
    { "2026-03-04", NULL, "2026-03-04", TRUE },    { "2026-03-04", NULL, "2027-03-04", TRUE },
    { "2026-03-04", "2026-03-06", "2026-03-06", TRUE }, { "2026-03-04", "2026-03-06", "2026-03-07", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (KithRecord) staff = kith_record_new (kith_kind_get ("staff"), op_id ("somebody"));

      kith_record_set_string (staff, "away_from", cases[i].from);
      kith_record_set_string (staff, "away_until", cases[i].until);
      g_assert_true (kith_referral_is_away (staff, cases[i].day) == cases[i].away);
    }
}

/* Someone is always on leave: what asks the sender for something does not wait for an author who is away, and what is said to whoever works on it
 * not for them; mere news waits. */
static void
test_stand_in (void)
{
  static const struct { const char *away, *away_too, *who, *operation, *type, *told; } cases[] = {
    { NULL, NULL, "b-rm", "referral.decline", "declined", "a-cc" },
    { "a-cc", NULL, "b-rm", "referral.decline", "declined", "a-cc a-sup" },
    { "a-cc", NULL, "b-rm", "referral.accept", "accepted", "a-cc" },
    { NULL, NULL, "a-cc", "referral.note", "note", "b-cc" },
    { "b-cc", NULL, "a-cc", "referral.note", "note", "b-rm b-cc b-cc2" },
    { "b-cc", "b-rm", "a-cc", "referral.note", "note", "b-cc b-cc2" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OpFixture) t = waiting ();
      JsonObject *args = op_step_args ("R1", "sent");

      g_test_message ("case %u", i);
      if (g_str_equal (cases[i].type, "note"))
        {
          op_assert (t, "b-rm", "referral.accept", op_step_args ("R1", "sent"), "applied");
          op_assert (t, "b-rm", "referral.assign", kith_json_new ("referral", "s", op_id ("R1"), "staff", "s", op_id ("b-cc"), NULL), "applied");
          json_object_remove_member (args, "from");
          json_object_set_string_member (args, "text", "Hello.");
        }
      else if (g_str_equal (cases[i].type, "declined"))
        json_object_set_string_member (args, "reason", "no_capacity");
      if (cases[i].away != NULL)
        leave (t, cases[i].away, "2026-03-01", "2026-03-20");
      if (cases[i].away_too != NULL)
        leave (t, cases[i].away_too, "2026-03-01", NULL);
      op_assert (t, cases[i].who, cases[i].operation, args, "applied");
      assert_told (t, cases[i].type, cases[i].told);
    }
}

/* Per agency: how many days, how much grace, which days it is closed, and whose clock counts. */
static void
test_agency (void)
{
  static const struct { gint64 days, grace; const char *zone, *closed, *due; gint64 expires_h; /* after sending on Monday 09:00 UTC */
  } cases[] = {
    { 2, 2, NULL, NULL, "2026-03-04", 111 },
    { 2, 0, NULL, NULL, "2026-03-04", 63 },
    { 1, 1, NULL, NULL, "2026-03-03", 63 },
    { 2, 2, NULL, "2026-03-04", "2026-03-05", 183 }, /* Wednesday is no working day; grace reaches Monday */
    { 2, 2, "America/Los_Angeles", NULL, "2026-03-04", 119 },
    { 2, 2, "Pacific/Auckland", NULL, "2026-03-04", 98 },
    { 10, 2, NULL, NULL, "2026-03-16", 399 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OpFixture) t = op_fixture_new ();
      JsonObject *set = kith_json_new ("response_days", "i", cases[i].days, "grace_days", "i", cases[i].grace, "time_zone", "s", cases[i].zone, NULL);

      g_test_message ("case %u", i);
      if (cases[i].zone == NULL)
        json_object_remove_member (set, "time_zone");
      op_run (t, "b-admin", "agency.configure", kith_json_new ("agency", "s", op_id ("B"), "set", "o", set, NULL)); /* a noop where it is so already */
      if (cases[i].closed != NULL)
        op_put (t, "calendar_day", op_id ("holiday"),
                kith_json_new ("date", "s", cases[i].closed, "agency", "s", op_id ("B"), "name", "s", "Closed", "closed", "b", TRUE, NULL));
      op_register (t, "a-cc", "C1");
      op_consent (t, "a-cc", "K1", "C1", "B");
      op_send (t, "a-cc", "R1", "C1", "S");
      g_assert_cmpstr (op_course_field (t, "R1", "due_on"), ==, cases[i].due);
      op_advance (t, (cases[i].expires_h - 1) * HOUR);
      g_assert_cmpstr (tick (t, "referral.expire"), ==, "noop");
      op_advance (t, HOUR);
      g_assert_cmpstr (tick (t, "referral.expire"), ==, "applied");
    }
}

/* D2: what goes to a queue alone is answered by 2-1-1's days, in its own time zone. */
static void
test_network_days (void)
{
  static const struct { const char *zone, *due; } cases[] = { { NULL, "2026-03-05" }, { "America/Los_Angeles", "2026-03-04" } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OpFixture) t = op_fixture_new ();
      JsonObject *args = op_send_args ("R1", "C1", "warm", NULL);

      if (cases[i].zone != NULL)
        op_assert (t, "net", "agency.configure",
                   kith_json_new ("agency", "s", "network", "set", "o", kith_json_new ("time_zone", "s", cases[i].zone, NULL), NULL), "applied");
      op_assert (t, "b-admin", "agency.configure", kith_json_new ("agency", "s", "network", "set", "o", kith_json_new ("time_zone", "s", "UTC", NULL), NULL), "denied");
      op_assert (t, "net", "queue.create", kith_json_new ("id", "s", op_id ("Q"), "name", "s", "Housing", NULL), "applied");
      op_advance (t, 17 * HOUR); /* Tuesday, two in the morning UTC: Monday evening there */
      op_register (t, "a-cc", "C1");
      op_assert (t, "a-cc", "consent.record",
                 kith_json_new ("id", "s", op_id ("K"), "client", "s", op_id ("C1"), "classes", "a", kith_json_strings ("client", NULL), "receivers", "a",
                                kith_json_strings ("network", NULL), "how", "s", "verbal", NULL),
                 "applied");
      json_object_set_string_member (args, "queue", op_id ("Q"));
      op_assert (t, "a-cc", "referral.send", args, "applied");
      g_assert_cmpstr (op_course_field (t, "R1", "due_on"), ==, cases[i].due);
    }
}

static JsonObject *
check_in_args (void)
{
  JsonObject *args = op_step_args ("R1", "sent");

  json_object_set_string_member (args, "text", "Has anybody looked?");
  return args;
}

/* Either side gains the days anew; the other is told. */
static void
test_check_in (void)
{
  static const struct { const char *who, *result, *asked, *more_time;
  } cases[] = {
    { "a-cc", "applied", "b-rm b-cc2", "" }, { "a-rm", "applied", "b-rm b-cc2", "" }, { "b-rm", "applied", "", "a-cc" },
    { "b-sup", "applied", "", "a-cc" },      { "b-cc", "not_found", "", "" },         { "a-admin", "not_found", "", "" },
    { "c-rm", "not_found", "", "" },         { "b-portal", "not_found", "", "" },     { "net", "not_found", "", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OpFixture) t = waiting ();
      gboolean done = g_str_equal (cases[i].result, "applied");

      g_test_message ("%s", cases[i].who);
      op_advance (t, 3 * OP_DAY);
      tick (t, "referral.remind");
      op_assert (t, cases[i].who, "referral.check_in", check_in_args (), cases[i].result);
      g_assert_cmpstr (op_course_field (t, "R1", "due_on"), ==, done ? "2026-03-09" : "2026-03-04");
      g_assert_cmpint (kith_record_int (op_natural (t, "referral_course", "R1"), "reminded"), ==, done ? 0 : 2);
      assert_told (t, "check_in", cases[i].asked);
      assert_told (t, "more_time", cases[i].more_time);
      g_assert_cmpuint (op_count_with (t, "referral_event", "type", "check_in"), ==, done ? 1 : 0);
      op_advance (t, 3 * OP_DAY); /* Sunday: the first clock would have ended */
      g_assert_cmpstr (tick (t, "referral.expire"), ==, done ? "noop" : "applied");
    }
}

/* D2, 1e: however short the grace, and however long the hub stood still: on the last day the supervisors are told, and once the day is
 * over the sender is, each once. */
static void
test_short (void)
{
  static const struct { gint64 grace; guint days; const char *due, *overdue, *unanswered;
  } cases[] = {
    { 0, 2, "b-rm b-cc2 b-sup", "", "" },
    { 1, 2, "b-rm b-cc2", "", "" },
    { 1, 3, "b-rm b-cc2", "b-rm b-cc2 b-sup", "a-cc" },
    { 2, 4, "", "b-rm b-cc2 b-sup", "a-cc" },
  };
  g_autoptr (OpFixture) t = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gboolean goes_on = i > 0 && cases[i].grace == cases[i - 1].grace;

      g_test_message ("case %u", i);
      if (!goes_on)
        {
          g_clear_pointer (&t, op_fixture_free);
          t = op_fixture_new ();
          op_run (t, "b-admin", "agency.configure",
                  kith_json_new ("agency", "s", op_id ("B"), "set", "o", kith_json_new ("grace_days", "i", cases[i].grace, NULL), NULL));
          op_register (t, "a-cc", "C1");
          op_consent (t, "a-cc", "K1", "C1", "B");
          op_send (t, "a-cc", "R1", "C1", "S");
        }
      op_advance (t, (cases[i].days - (goes_on ? cases[i - 1].days : 0)) * OP_DAY);
      g_assert_cmpstr (tick (t, "referral.remind"), ==, "applied");
      g_assert_cmpstr (tick (t, "referral.remind"), ==, "noop");
      assert_told (t, "due", cases[i].due);
      assert_told (t, "overdue", cases[i].overdue);
      assert_told (t, "unanswered", cases[i].unanswered);
    }
}

/* C4: a receiver whose sight of it has ended is not told that its sender asks. */
static void
test_check_in_unseen (void)
{
  g_autoptr (OpFixture) t = waiting ();

  op_assert (t, "a-cc", "consent.revoke", kith_json_new ("consent", "s", op_id ("K1"), "reason", "s", "Asked to.", NULL), "applied");
  g_assert_false (op_sees (t, "b-rm", "referral:R1"));
  op_assert (t, "a-cc", "referral.check_in", check_in_args (), "applied");
  assert_told (t, "check_in", "");
}

/* Answered, there is nothing to ask for. */
static void
test_check_in_late (void)
{
  g_autoptr (OpFixture) t = waiting ();

  op_assert (t, "b-rm", "referral.accept", op_step_args ("R1", "sent"), "applied");
  op_assert (t, "a-cc", "referral.check_in", check_in_args (), "stale_state");
  g_assert_cmpstr (kith_json_string (op_now (t), "phase"), ==, "accepted");
  op_advance (t, 10 * OP_DAY);
  g_assert_cmpstr (tick (t, "referral.remind"), ==, "noop");
}

/* C16: silence. C4: who lost sight of it is not told of it; the sender is. */
static void
test_silent (void)
{
  g_autoptr (OpFixture) t = waiting ();
  g_autoptr (OpFixture) u = waiting ();

  op_set (t, "client", op_id ("C1"), "do_not_contact", json_node_init_boolean (json_node_alloc (), TRUE));
  op_advance (t, 3 * OP_DAY);
  g_assert_cmpstr (tick (t, "referral.remind"), ==, "applied");
  assert_told (t, "overdue", "");
  assert_told (t, "unanswered", "");

  op_assert (u, "a-cc", "consent.revoke", kith_json_new ("consent", "s", op_id ("K1"), "reason", "s", "Asked to.", NULL), "applied");
  op_advance (u, 3 * OP_DAY);
  g_assert_cmpstr (op_field (u, "referral", op_id ("R1"), "phase"), ==, "sent");
  g_assert_cmpstr (tick (u, "referral.remind"), ==, "applied");
  assert_told (u, "overdue", "");
  assert_told (u, "unanswered", "a-cc");
}

/* C16: as the client's page has it, whichever of the records that are said to be one person says so, over others too. */
static void
test_silent_linked (void)
{
  static const char *const pairs[][2] = { { "C1", "C2" }, { "C2", "C3" } };

  for (guint says = 0; says < 2; says++)
    {
      g_autoptr (OpFixture) t = waiting ();

      op_register (t, "a-cc", "C2");
      op_register (t, "a-cc", "C3");
      for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
        {
          gboolean turned = strcmp (op_id (pairs[i][0]), op_id (pairs[i][1])) > 0;
          const char *first = op_id (pairs[i][turned]), *second = op_id (pairs[i][!turned]);
          g_autofree char *key = g_strconcat (first, ":", second, NULL), *match = kith_id_natural ("match", key);

          op_assert (t, "hub", "match.propose", kith_json_new ("first", "s", first, "second", "s", second, "zone", "s", "link", NULL), "applied");
          op_assert (t, "a-cc", "match.link", kith_json_new ("match", "s", match, NULL), "applied");
        }
      op_set (t, "client", op_id ("C3"), "do_not_contact", json_node_init_boolean (json_node_alloc (), says));
      op_advance (t, 3 * OP_DAY);
      g_assert_cmpstr (tick (t, "referral.remind"), ==, "applied");
      if (says)
        {
          assert_told (t, "overdue", "");
          assert_told (t, "unanswered", "");
          continue;
        }
      g_assert_cmpuint (op_count_with (t, "notice", "type", "overdue"), >, 0);
    }
}

/* One side's own: the other neither sees it nor is it put away there; the clock runs on. */
static void
test_snooze (void)
{
  static const struct { const char *who, *side, *result;
  } cases[] = {
    { "b-rm", "R1:B", "applied" }, { "a-cc", "R1:A", "applied" }, { "c-rm", NULL, "not_found" }, { "b-cc", NULL, "not_found" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OpFixture) t = waiting ();
      JsonObject *args = kith_json_new ("referral", "s", op_id ("R1"), "until", "s", "2026-03-03T08:00:00.000Z", NULL);

      op_assert (t, cases[i].who, "referral.snooze", json_object_ref (args), cases[i].result);
      if (cases[i].side != NULL)
        {
          op_assert (t, cases[i].who, "referral.snooze", json_object_ref (args), "noop");
          g_assert_true (kith_record_is (op_natural (t, "referral_own", cases[i].side), "snoozed_until", "2026-03-03T08:00:00.000Z"));
          op_assert (t, cases[i].who, "referral.snooze", kith_json_new ("referral", "s", op_id ("R1"), NULL), "applied");
        }
      json_object_unref (args);
      op_advance (t, 2 * OP_DAY);
      g_assert_cmpstr (tick (t, "referral.remind"), ==, "applied");
    }
}

/* D2, P20: a partner that has nothing but its portal account is reminded as any other, may it answer or only look; the sender's question reaches
 * it, and its request for more time the sender. P10: more time takes the right to answer. */
static void
test_portal_only (void)
{
  for (guint answers = 0; answers < 2; answers++)
    {
      g_autoptr (OpFixture) t = waiting ();

      make_portal_only (t, answers);
      op_advance (t, 2 * OP_DAY);
      g_assert_cmpstr (tick (t, "referral.remind"), ==, "applied");
      assert_told (t, "due", "b-portal");
      op_advance (t, OP_DAY);
      g_assert_cmpstr (tick (t, "referral.remind"), ==, "applied");
      assert_told (t, "overdue", "b-portal");
      op_assert (t, "a-cc", "referral.check_in", check_in_args (), "applied");
      assert_told (t, "check_in", "b-portal");
      op_assert (t, "b-portal", "referral.check_in", check_in_args (), answers ? "applied" : "denied");
      assert_told (t, "more_time", answers ? "a-cc" : "");
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/op-referral-clock/D2-who-is-told-when", test_steps);
  g_test_add_func ("/model/op-referral-clock/D2-somebody-is-on-leave", test_leave);
  g_test_add_func ("/model/op-referral-clock/leave-days", test_away);
  g_test_add_func ("/model/op-referral-clock/D2-somebody-stands-in", test_stand_in);
  g_test_add_func ("/model/op-referral-clock/1e-per-agency", test_agency);
  g_test_add_func ("/model/op-referral-clock/1e-check-in", test_check_in);
  g_test_add_func ("/model/op-referral-clock/D2-network-days", test_network_days);
  g_test_add_func ("/model/op-referral-clock/P20-portal-only", test_portal_only);
  g_test_add_func ("/model/op-referral-clock/1e-check-in-too-late", test_check_in_late);
  g_test_add_func ("/model/op-referral-clock/D2-short-grace", test_short);
  g_test_add_func ("/model/op-referral-clock/C4-check-in-unseen", test_check_in_unseen);
  g_test_add_func ("/model/op-referral-clock/C16-C4-silent", test_silent);
  g_test_add_func ("/model/op-referral-clock/C16-C4-silent-linked", test_silent_linked);
  g_test_add_func ("/model/op-referral-clock/snooze", test_snooze);
  return g_test_run ();
}
