/* SPDX-License-Identifier: GPL-3.0-or-later */

/* consent.record, .refuse, .revoke, .expire: C1 to C5. */

#include "kith-signature.h"
#include "op-fixture.h"

static JsonObject *
consent_args (const char *consent)
{
  return kith_json_new ("id", "s", op_id (consent), "client", "s", op_id ("C1"), "classes", "a",
                        kith_json_strings ("client", "care", NULL), "receivers", "a",
                        kith_json_strings (op_id ("B"), NULL), "how", "s", "signed", "purpose", "s", "Food", NULL);
}

static void
test_record_roles (void)
{
  /* Whoever sees the client may record; for all others it does not exist. */
  static const struct { const char *who, *expected;
  } cases[] = {
    { "a-cc", "applied" },    { "a-rm", "applied" },    { "a-sup", "applied" }, { "hub", "applied" },
    { "a-cc2", "not_found" }, { "a-new", "not_found" }, { "a-gone", "denied" }, { "a-portal", "not_found" },
    { "b-rm", "not_found" },  { "b-sup", "not_found" }, { "net", "not_found" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OpFixture) t = op_fixture_new ();

      op_register (t, "a-cc", "C1");
      op_assert (t, cases[i].who, "consent.record", consent_args ("K1"), cases[i].expected);
      op_assert (t, cases[i].who, "consent.refuse",
                 kith_json_new ("id", "s", op_id ("K2"), "client", "s", op_id ("C1"), NULL), cases[i].expected);
    }
}

static void
test_record (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  JsonObject *args = consent_args ("K2");
  g_autofree char *term = op_time (t, 30 * OP_DAY);
  KithRecord *consent;

  op_register (t, "a-cc", "C1");
  op_assert (t, "a-cc", "consent.record", consent_args ("K1"), "applied");
  consent = op_get (t, "consent", op_id ("K1"));
  g_assert_cmpstr (kith_record_string (consent, "agency"), ==, op_id ("A"));
  g_assert_cmpstr (kith_record_string (consent, "permission"), ==, "granted");
  g_assert_cmpstr (kith_record_string (consent, "status"), ==, "in_force");
  g_assert_cmpstr (kith_record_string (consent, "grantor"), ==, "self");
  g_assert_cmpstr (kith_record_string (consent, "start"), ==, "2026-03-02T09:00:00.000Z");
  g_assert_cmpstr (kith_record_string (consent, "term"), ==, "2027-03-02T09:00:00.000Z");
  g_assert_cmpstr (kith_record_string (consent, "recorded_by"), ==, op_id ("a-cc"));
  g_assert_cmpstr (kith_record_string (consent, "recorded_by_name"), ==, "a-cc");
  json_object_set_string_member (args, "term", term);
  op_assert (t, "a-cc", "consent.record", args, "applied");
  /* Of the same scope: the newer one has taken its place. */
  g_assert_cmpuint (op_count_with (t, "consent", "status", "in_force"), ==, 1);
  g_assert_cmpstr (op_field (t, "consent", op_id ("K1"), "superseded_by"), ==, op_id ("K2"));
  g_assert_cmpstr (op_field (t, "consent", op_id ("K2"), "term"), ==, term);
  op_assert (t, "a-cc", "consent.record", consent_args ("K1"), "exists");
}

static JsonObject *
signed_args (const char *consent, const char *how, const char *day)
{
  JsonObject *args = consent_args (consent);

  json_object_set_string_member (args, "how", how);
  json_object_set_string_member (args, "signed_on", day);
  return args;
}

/* C3: a paper has the day it was signed on. It opens nothing before it is recorded; the agency's own term goes from that day, so that nothing is shared for
 * longer than was agreed to. */
static void
test_signed_on (void)
{
  static const struct { const char *how, *day; gboolean said; const char *expected, *term; } cases[] = {
    { "written", "2026-02-20", FALSE, "applied", "2027-02-20T00:00:00.000Z" },
    { "scanned", "2026-02-20", FALSE, "applied", "2027-02-20T00:00:00.000Z" },
    { "scanned", "2026-02-20", TRUE, "applied", "2026-06-01T00:00:00.000Z" },
    { "written", "2026-03-02", FALSE, "applied", "2027-03-02T09:00:00.000Z" }, /* today: from now */
    { "written", "2026-03-04", FALSE, "invalid", NULL },
    { "written", "2025-02-20", FALSE, "invalid", NULL }, /* its year is over */
    { "written", "2025-02-20", TRUE, "applied", "2026-06-01T00:00:00.000Z" },
    { "signed", "2026-02-20", FALSE, "invalid", NULL }, /* here and now */
    { "verbal", "2026-02-20", FALSE, "invalid", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OpFixture) t = op_fixture_new ();
      JsonObject *args = signed_args ("K1", cases[i].how, cases[i].day);

      g_test_message ("%u", i);
      op_register (t, "a-cc", "C1");
      if (cases[i].said)
        json_object_set_string_member (args, "term", "2026-06-01T00:00:00.000Z");
      op_assert (t, "a-cc", "consent.record", args, cases[i].expected);
      if (cases[i].term == NULL)
        continue;
      g_assert_cmpstr (op_field (t, "consent", op_id ("K1"), "signed_on"), ==, cases[i].day);
      g_assert_cmpstr (op_field (t, "consent", op_id ("K1"), "start"), ==, "2026-03-02T09:00:00.000Z");
      g_assert_cmpstr (op_field (t, "consent", op_id ("K1"), "term"), ==, cases[i].term);
    }
}

/* C3, 42 CFR 2.31(a)(7): beside the day an event may end it, in words. It changes nothing about who sees what; an older hub would leave it out, so it waits. */
static void
test_end_event (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  g_autoptr (JsonObject) kept = consent_args ("K1");
  JsonObject *args = consent_args ("K1");

  json_object_set_string_member (args, "end_event", "I leave the shelter");
  json_object_set_string_member (kept, "end_event", "I leave the shelter");
  op_register (t, "a-cc", "C1");
  op_assert (t, "a-cc", "consent.record", args, "applied");
  g_assert_cmpstr (op_field (t, "consent", op_id ("K1"), "end_event"), ==, "I leave the shelter");
  g_assert_cmpstr (op_field (t, "consent", op_id ("K1"), "term"), ==, "2027-03-02T09:00:00.000Z");
  g_assert_cmpint (kith_operation_needs (kith_operation_get ("consent.record"), kept, 5), ==, 6);
  g_assert_cmpint (kith_operation_needs (kith_operation_get ("consent.record"), kept, 6), ==, 0);
}

/* C4: a paper that was signed before the client took everything back, or agreed anew, does not undo that, however late somebody records it. */
static void
test_signed_before (void)
{
  static const struct { const char *revoked, *day, *status; } cases[] = {
    { "client", "2026-03-05", "revoked" },
    { "client", "2026-03-06", "revoked" }, /* the same day: nobody knows which was first */
    { "client", "2026-03-07", "in_force" },
    { "consent", "2026-03-05", "revoked" },
    { "consent", "2026-03-07", "in_force" },
    { NULL, "2026-02-20", "superseded" },
    { NULL, "2026-03-05", "in_force" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OpFixture) t = op_fixture_new ();
      gboolean all = g_strcmp0 (cases[i].revoked, "client") == 0;

      g_test_message ("%u", i);
      op_register (t, "a-cc", "C1");
      op_assert (t, "a-cc", "consent.record", consent_args ("K1"), "applied");
      op_advance (t, 4 * OP_DAY);
      if (cases[i].revoked != NULL)
        op_assert (t, "a-cc", "consent.revoke",
                   kith_json_new (cases[i].revoked, "s", all ? op_id ("C1") : op_id ("K1"), "reason", "s", "Changed her mind", NULL), "applied");
      op_advance (t, 6 * OP_DAY);
      op_assert (t, "a-cc", "consent.record", signed_args ("K2", "written", cases[i].day), "applied");
      g_assert_cmpstr (op_field (t, "consent", op_id ("K2"), "status"), ==, cases[i].status);
      if (cases[i].revoked == NULL)
        g_assert_cmpstr (op_field (t, "consent", op_id ("K1"), "status"), ==, g_str_equal (cases[i].status, "in_force") ? "superseded" : "in_force");
    }
}

/* C4: nor when what the client agreed to since is over by now, or was made narrower: what it had taken the place of stays so. */
static void
test_signed_before_ended (void)
{
  static const gboolean narrowed[] = { FALSE, TRUE };

  for (guint i = 0; i < G_N_ELEMENTS (narrowed); i++)
    {
      g_autoptr (OpFixture) t = op_fixture_new ();
      JsonObject *newer = consent_args ("K1"), *narrow = consent_args ("K2");

      g_test_message ("%u", i);
      op_register (t, "a-cc", "C1");
      json_object_set_string_member (newer, "term", "2026-03-20T00:00:00.000Z");
      op_assert (t, "a-cc", "consent.record", newer, "applied");
      json_object_set_array_member (narrow, "classes", kith_json_strings ("client", NULL));
      json_object_set_array_member (narrow, "replaces", kith_json_strings (op_id ("K1"), NULL));
      if (narrowed[i])
        op_assert (t, "a-cc", "consent.record", narrow, "applied");
      else
        json_object_unref (narrow);
      op_advance (t, 30 * OP_DAY);
      if (!narrowed[i])
        op_assert (t, "hub", "consent.expire", kith_json_new ("consent", "s", op_id ("K1"), NULL), "applied");
      g_assert_cmpstr (op_field (t, "consent", op_id ("K1"), "status"), ==, narrowed[i] ? "superseded" : "expired");
      op_assert (t, "a-cc", "consent.record", signed_args ("K3", "written", "2026-02-20"), "applied");
      g_assert_cmpstr (op_field (t, "consent", op_id ("K3"), "status"), ==, "superseded");
      g_assert_cmpstr (op_field (t, "consent", op_id ("K3"), "superseded_by"), ==, op_id ("K1"));
      /* What is agreed to after it counts. */
      op_assert (t, "a-cc", "consent.record", signed_args ("K4", "written", "2026-03-25"), "applied");
      g_assert_cmpstr (op_field (t, "consent", op_id ("K4"), "status"), ==, "in_force");
    }
}

/* C3: the paper follows what was said on the telephone the same day. Which was first the day does not tell; who names the one that it replaces does. */
static void
test_signed_same_day (void)
{
  static const struct { const char *day; gboolean names; const char *status, *other; } cases[] = {
    { "2026-03-02", TRUE, "in_force", "superseded" },
    { "2026-03-02", FALSE, "superseded", "in_force" },
    { "2026-03-01", TRUE, "superseded", "in_force" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OpFixture) t = op_fixture_new ();
      JsonObject *args = signed_args ("K2", "written", cases[i].day);

      g_test_message ("%u", i);
      op_register (t, "a-cc", "C1");
      op_assert (t, "a-cc", "consent.record", consent_args ("K1"), "applied");
      op_advance (t, 3 * OP_DAY);
      if (cases[i].names)
        json_object_set_array_member (args, "replaces", kith_json_strings (op_id ("K1"), NULL));
      op_assert (t, "a-cc", "consent.record", args, "applied");
      g_assert_cmpstr (op_field (t, "consent", op_id ("K2"), "status"), ==, cases[i].status);
      g_assert_cmpstr (op_field (t, "consent", op_id ("K1"), "status"), ==, cases[i].other);
    }
}

/* A newer consent takes the place of each whose whole scope it has (domain.md 2g), and of those it names; of no other. What it is for is only written
 * down: the form says so, and nobody sees more or less by it. */
static void
test_supersede (void)
{
  static const struct { const char *classes, *receivers, *purpose, *replaces; gboolean gone;
  } cases[] = {
    { "client care", "B", "Food", NULL, TRUE },
    { "client care client_billing", "B", "Food", NULL, TRUE },
    { "client care", "B C", "Food", NULL, TRUE },
    { "client", "B", "Food", NULL, FALSE },
    { "client care", "C", "Food", NULL, FALSE },
    { "client care", "B", "Shelter", NULL, TRUE },
    { "client care", "B", NULL, NULL, TRUE },
    { "client", "B", "Shelter", NULL, FALSE },
    /* Narrowed: the person who records it says what it replaces. */
    { "client", "B", "Food", "K1", TRUE },
    { "client", "B", "Food", "nobody", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OpFixture) t = op_fixture_new ();
      g_auto (GStrv) classes = g_strsplit (cases[i].classes, " ", -1);
      g_auto (GStrv) receivers = g_strsplit (cases[i].receivers, " ", -1);
      JsonArray *class_list = json_array_new (), *receiver_list = json_array_new ();
      JsonObject *args = consent_args ("K2");

      op_register (t, "a-cc", "C1");
      op_assert (t, "a-cc", "consent.record", consent_args ("K1"), "applied");
      op_advance (t, OP_DAY);
      for (guint k = 0; classes[k] != NULL; k++)
        json_array_add_string_element (class_list, classes[k]);
      for (guint k = 0; receivers[k] != NULL; k++)
        json_array_add_string_element (receiver_list, op_id (receivers[k]));
      json_object_set_array_member (args, "classes", class_list);
      json_object_set_array_member (args, "receivers", receiver_list);
      json_object_remove_member (args, "purpose");
      if (cases[i].purpose != NULL)
        json_object_set_string_member (args, "purpose", cases[i].purpose);
      if (cases[i].replaces != NULL)
        json_object_set_array_member (args, "replaces", kith_json_strings (op_id (cases[i].replaces), NULL));
      op_assert (t, "a-cc", "consent.record", args, "applied");
      g_test_message ("%u", i);
      g_assert_cmpstr (op_field (t, "consent", op_id ("K1"), "status"), ==, cases[i].gone ? "superseded" : "in_force");
      g_assert_cmpstr (op_field (t, "consent", op_id ("K2"), "status"), ==, "in_force");
    }
}

/* C4: the client says it anew, for less long and in other words: when that ends nothing of before is left that goes on. */
static void
test_supersede_purpose (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  g_autofree char *term = op_time (t, 10 * OP_DAY);
  JsonObject *args = consent_args ("K2");

  op_accepted (t, "R1"); /* K1, for a year */
  op_advance (t, OP_DAY);
  json_object_set_string_member (args, "purpose", "Food, and a place to sleep");
  json_object_set_string_member (args, "term", term);
  op_assert (t, "a-cc", "consent.record", args, "applied");
  g_assert_cmpstr (op_field (t, "consent", op_id ("K1"), "status"), ==, "superseded");
  g_assert_true (op_sees (t, "b-rm", "client:C1"));
  op_advance (t, 10 * OP_DAY);
  op_assert (t, "hub", "consent.expire", kith_json_new ("consent", "s", op_id ("K2"), NULL), "applied");
  g_assert_false (op_sees (t, "b-rm", "client:C1"));
}

/* A named one shares only by those it names: it covers no consent for all, while that one covers it. */
static void
test_supersede_disclosers (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  JsonObject *args = consent_args ("K1");

  op_register (t, "a-cc", "C1");
  json_object_set_array_member (args, "disclosers", kith_json_strings (op_id ("A"), NULL));
  op_assert (t, "a-cc", "consent.record", args, "applied");
  op_assert (t, "a-cc", "consent.record", consent_args ("K2"), "applied");
  g_assert_cmpstr (op_field (t, "consent", op_id ("K1"), "status"), ==, "superseded");
  args = consent_args ("K3");
  json_object_set_array_member (args, "disclosers", kith_json_strings (op_id ("A"), NULL));
  op_assert (t, "a-cc", "consent.record", args, "applied");
  g_assert_cmpstr (op_field (t, "consent", op_id ("K2"), "status"), ==, "in_force");
}

/* a-rm wrote every late one; the notice says which client by number, and nothing else (C17). */
static void
assert_told_late (OpFixture *t, guint n)
{
  g_autoptr (GPtrArray) notices = kith_world_find (op_world (t), NULL, "notice", "staff", op_id ("a-rm"), NULL, NULL);

  g_assert_cmpuint (op_count_with (t, "notice", "type", "consent_late"), ==, n);
  g_assert_cmpuint (notices->len, >=, n);
  for (guint i = 0; i < notices->len; i++)
    if (kith_record_is (notices->pdata[i], "type", "consent_late"))
      {
        g_assert_cmpstr (kith_record_string (notices->pdata[i], "client"), ==, op_id ("C1"));
        g_assert_cmpstr (kith_record_string (notices->pdata[i], "number"), ==, op_field (t, "client", op_id ("C1"), "number"));
        n--;
      }
  g_assert_cmpuint (n, ==, 0);
}

/* Who came home late with an older consent does not undo the newer word: neither a newer consent nor a revocation (C4). */
static void
test_supersede_late (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();

  op_register (t, "a-cc", "C1");
  op_advance (t, 2 * OP_DAY);
  op_assert (t, "a-cc", "consent.record", consent_args ("K1"), "applied");
  op_advance (t, -OP_DAY);
  op_assert (t, "a-rm", "consent.record", consent_args ("K2"), "applied");
  g_assert_cmpstr (op_field (t, "consent", op_id ("K1"), "status"), ==, "in_force");
  g_assert_cmpstr (op_field (t, "consent", op_id ("K2"), "status"), ==, "superseded");
  g_assert_cmpstr (op_field (t, "consent", op_id ("K2"), "superseded_by"), ==, op_id ("K1"));
  assert_told_late (t, 1);

  op_advance (t, 3 * OP_DAY);
  op_assert (t, "a-cc", "consent.revoke", kith_json_new ("client", "s", op_id ("C1"), "reason", "s", "Asked", NULL), "applied");
  op_advance (t, -OP_DAY);
  op_assert (t, "a-rm", "consent.record", consent_args ("K3"), "applied");
  g_assert_cmpstr (op_field (t, "consent", op_id ("K3"), "status"), ==, "revoked");
  assert_told_late (t, 2);
  op_advance (t, 2 * OP_DAY);
  op_assert (t, "a-rm", "consent.record", consent_args ("K4"), "applied");
  g_assert_cmpstr (op_field (t, "consent", op_id ("K4"), "status"), ==, "in_force");
  assert_told_late (t, 2); /* what stands is no news */
}

/* C4: everything was taken back when nothing was in force, and a consent given before that comes home late. It opens nothing again, in
 * whatever order the three arrive; what is given afterwards does. */
static void
test_late_after_revocation (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  JsonObject *broad = consent_args ("K2");

  op_register (t, "a-cc", "C1");
  op_advance (t, 2 * OP_DAY);
  op_assert (t, "a-cc", "consent.revoke", kith_json_new ("client", "s", op_id ("C1"), "reason", "s", "Asked", NULL), "applied");
  op_advance (t, -OP_DAY);
  op_assert (t, "a-rm", "consent.record", consent_args ("K1"), "applied");
  g_assert_cmpstr (op_field (t, "consent", op_id ("K1"), "status"), ==, "revoked");
  g_assert_cmpstr (op_field (t, "consent", op_id ("K1"), "revoked_at"), ==, op_field (t, "client", op_id ("C1"), "consents_revoked_at"));
  g_assert_cmpstr (op_field (t, "consent", op_id ("K1"), "revoke_reason"), ==, "");
  g_assert_cmpstr (op_field (t, "consent", op_id ("K1"), "revoked_by"), ==, op_id ("a-cc"));
  g_assert_cmpstr (op_field (t, "consent", op_id ("K1"), "revoked_by_name"), ==, "a-cc");
  g_assert_cmpstr (op_field (t, "consent", op_id ("K1"), "revoked_agency"), ==, op_id ("A"));

  /* Nor does a late one take the place of what was given since. */
  op_advance (t, 2 * OP_DAY);
  op_assert (t, "a-rm", "consent.record", consent_args ("K3"), "applied");
  g_assert_cmpstr (op_field (t, "consent", op_id ("K3"), "status"), ==, "in_force");
  op_advance (t, -2 * OP_DAY);
  json_object_set_array_member (broad, "receivers", kith_json_strings (op_id ("B"), op_id ("C"), NULL));
  json_object_set_array_member (broad, "replaces", kith_json_strings (op_id ("K3"), NULL));
  op_assert (t, "a-rm", "consent.record", broad, "applied");
  g_assert_cmpstr (op_field (t, "consent", op_id ("K2"), "status"), ==, "revoked");
  g_assert_cmpstr (op_field (t, "consent", op_id ("K3"), "status"), ==, "in_force");
}

/* C4, the other orders: of two revocations the later one counts, whichever arrives first; an older one that comes after the consent ends it
 * all the same (sync.md 2.4). */
static void
test_revocation_orders (void)
{
  static const struct { const char *first, *second, *third; const char *expected;
  } cases[] = {
    /* day of each: r revokes everything, k records the consent of day 2 */
    { "r3", "r1", "k2", "revoked" }, { "r1", "r3", "k2", "revoked" }, { "r3", "k2", "r1", "revoked" },
    { "k2", "r3", "r1", "revoked" }, { "k2", "r1", "r3", "revoked" }, { "r1", "k2", "r3", "revoked" },
    { "r1", "k2", "", "in_force" },  { "k2", "r1", "", "revoked" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OpFixture) t = op_fixture_new ();
      const char *const steps[] = { cases[i].first, cases[i].second, cases[i].third };
      int day = 0;

      g_test_message ("%u", i);
      op_register (t, "a-cc", "C1");
      for (guint k = 0; k < 3 && *steps[k]; k++)
        {
          op_advance (t, (steps[k][1] - '0' - day) * OP_DAY);
          day = steps[k][1] - '0';
          if (*steps[k] == 'k')
            op_assert (t, "a-cc", "consent.record", consent_args ("K1"), "applied");
          else
            op_run (t, "a-rm", "consent.revoke", kith_json_new ("client", "s", op_id ("C1"), "reason", "s", "Asked", NULL));
        }
      g_assert_cmpstr (op_field (t, "consent", op_id ("K1"), "status"), ==, cases[i].expected);
    }
}

/* The receiver keeps what it holds when the consent is renewed, and loses what a narrower one leaves out. */
static void
test_supersede_access (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  JsonObject *args = consent_args ("K2");

  op_accepted (t, "R1");
  json_object_remove_member (args, "purpose");
  op_assert (t, "a-cc", "consent.record", args, "applied");
  g_assert_cmpstr (op_field (t, "consent", op_id ("K1"), "status"), ==, "superseded");
  g_assert_true (op_sees (t, "b-rm", "client:C1"));
  g_assert_true (op_sees (t, "b-rm", "care:C1:A"));
  args = consent_args ("K3");
  json_object_set_array_member (args, "classes", kith_json_strings ("client", NULL));
  json_object_set_array_member (args, "replaces", kith_json_strings (op_id ("K2"), NULL));
  op_assert (t, "a-cc", "consent.record", args, "applied");
  g_assert_true (op_sees (t, "b-rm", "client:C1"));
  g_assert_false (op_sees (t, "b-rm", "care:C1:A"));
}

/* C3: a group of receivers becomes the agencies it means on that day. */
static void
test_groups (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  JsonObject *args = consent_args ("K1");
  KithRecord *consent;

  op_register (t, "a-cc", "C1");
  json_object_remove_member (args, "receivers");
  json_object_set_array_member (args, "receiver_classes", kith_json_strings ("direct", NULL));
  op_assert (t, "a-cc", "consent.record", args, "applied");
  consent = op_get (t, "consent", op_id ("K1"));
  /* S of B and SA of A take direct referrals; S-info does not, S-shut is closed. */
  g_assert_cmpuint (json_array_get_length (kith_record_array (consent, "receivers")), ==, 2);
  g_assert_true (kith_record_list_has (consent, "receivers", op_id ("A")));
  g_assert_true (kith_record_list_has (consent, "receivers", op_id ("B")));

  args = consent_args ("K2");
  json_object_set_array_member (args, "receivers", kith_json_strings (op_id ("C"), NULL));
  json_object_set_array_member (args, "receiver_classes", kith_json_strings ("referred", NULL));
  op_assert (t, "a-cc", "consent.record", args, "applied");
  g_assert_cmpuint (json_array_get_length (kith_record_array (op_get (t, "consent", op_id ("K2")), "receivers")), ==, 1);
  op_send (t, "a-cc", "R1", "C1", "S");
  args = consent_args ("K3");
  json_object_remove_member (args, "receivers");
  json_object_set_array_member (args, "receiver_classes", kith_json_strings ("referred", NULL));
  op_assert (t, "a-cc", "consent.record", args, "applied");
  g_assert_true (kith_record_list_has (op_get (t, "consent", op_id ("K3")), "receivers", op_id ("B")));

  op_register (t, "a-cc", "C2");
  args = consent_args ("K4");
  json_object_set_string_member (args, "client", op_id ("C2"));
  json_object_remove_member (args, "receivers");
  json_object_set_array_member (args, "receiver_classes", kith_json_strings ("referred", NULL));
  op_assert (t, "a-cc", "consent.record", args, "invalid");
}

/* C1, C3: "every agency this client was referred to" names those of the referrals that whoever records it may know of. Who sees the client by a consent
 * for class client alone must not learn from a consent of its own making where else its client was sent, nor open the client's records to an agency
 * that nobody could name to the client. */
static void
test_group_unseen (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  JsonObject *args = consent_args ("K1"), *sent = op_send_args ("R2", "C1", "warm", NULL), *named;
  KithRecord *consent;

  op_register (t, "a-cc", "C1");
  json_object_set_array_member (args, "classes", kith_json_strings ("client", NULL));
  json_object_set_array_member (args, "receivers", kith_json_strings (op_id ("B"), op_id ("C"), NULL));
  op_assert (t, "a-cc", "consent.record", args, "applied");
  op_send (t, "a-cc", "R1", "C1", "S");
  op_assert (t, "b-rm", "referral.accept", op_step_args ("R1", "sent"), "applied");
  json_object_set_string_member (sent, "agency_to", op_id ("C"));
  op_assert (t, "a-cc", "referral.send", sent, "applied");
  g_assert_true (op_sees (t, "b-rm", "client:C1"));
  g_assert_false (op_sees (t, "b-rm", "referral:R2"));

  args = consent_args ("K2");
  json_object_remove_member (args, "receivers");
  json_object_set_array_member (args, "receiver_classes", kith_json_strings ("referred", NULL));
  named = kith_json_copy_object (args);
  json_object_set_string_member (named, "id", op_id ("K3"));
  op_assert (t, "b-rm", "consent.record", args, "applied");
  consent = op_get (t, "consent", op_id ("K2"));
  g_assert_cmpuint (json_array_get_length (kith_record_array (consent, "receivers")), ==, 1);
  g_assert_true (kith_record_list_has (consent, "receivers", op_id ("B")));
  op_assert (t, "a-cc", "consent.record", named, "applied"); /* who sent both names both */
  g_assert_cmpuint (json_array_get_length (kith_record_array (op_get (t, "consent", op_id ("K3")), "receivers")), ==, 2);
}

/* C3: spoken with a witness, who is the one that heard it unless another is named. */
static void
test_verbal (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  JsonObject *args = consent_args ("K1");

  op_register (t, "a-cc", "C1");
  json_object_set_string_member (args, "how", "verbal");
  op_assert (t, "a-cc", "consent.record", args, "applied");
  g_assert_cmpstr (op_field (t, "consent", op_id ("K1"), "witness"), ==, "a-cc");
  args = consent_args ("K2");
  json_object_set_string_member (args, "how", "verbal");
  json_object_set_string_member (args, "witness", "Sister Maria");
  op_assert (t, "a-cc", "consent.record", args, "applied");
  g_assert_cmpstr (op_field (t, "consent", op_id ("K2"), "witness"), ==, "Sister Maria");
}

/* C3: signed on screen; what is no path of pen strokes is not taken, and never drawn elsewhere. */
static void
test_signature (void)
{
  static const struct { const char *text; gboolean good;
  } cases[] = {
    { "M120 44l3 2l-1 5M200 60l2 0", TRUE },
    { "M0 0", TRUE },
    { "M1000 300l-1000 -300", TRUE },
    { "", FALSE },
    { "l3 2", FALSE },
    { "M1001 0", FALSE },
    { "M10 301", FALSE },
    { "M10 10l-11 0", FALSE },
    { "M10 10l0 99999999999999999999", FALSE },
    { "M10 10 ", FALSE },
    { "M10 10z", FALSE },
    { "M10 10\"/><script>", FALSE },
    { "M10", FALSE },
    { "M-1 0", FALSE },
    { "M10  10", FALSE },
  };
  g_autoptr (OpFixture) t = op_fixture_new ();

  op_register (t, "a-cc", "C1");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = g_strdup_printf ("K%u", i);
      JsonObject *args = consent_args (name);

      g_test_message ("%s", cases[i].text);
      json_object_set_string_member (args, "signature", cases[i].text);
      json_object_set_string_member (args, "signer", "Ana Lopez");
      op_assert (t, "a-cc", "consent.record", args, cases[i].good ? "applied" : "invalid");
    }
  g_assert_cmpstr (op_field (t, "consent", op_id ("K0"), "signature"), ==, cases[0].text);
  g_assert_cmpstr (op_field (t, "consent", op_id ("K0"), "signer"), ==, "Ana Lopez");
}

/* What was drawn comes back as it was; what is too long comes back with the same strokes, thinner. */
static void
test_signature_text (void)
{
  g_autoptr (GArray) points = g_array_new (FALSE, FALSE, sizeof (KithSignaturePoint));
  g_autoptr (GArray) back = NULL;
  g_autofree char *text = NULL;
  g_autofree char *thin = NULL;
  guint strokes = 0;

  g_assert_null (kith_signature_format (points));
  for (int i = 0; i < 200; i++)
    {
      KithSignaturePoint point = { i * 5, (i * 37) % KITH_SIGNATURE_HEIGHT, i % 50 == 0 };

      g_array_append_val (points, point);
    }
  text = kith_signature_format (points);
  back = kith_signature_parse (text);
  g_assert_cmpmem (back->data, back->len * sizeof (KithSignaturePoint), points->data, points->len * sizeof (KithSignaturePoint));

  for (int i = 0; i < 20000; i++)
    {
      KithSignaturePoint point = { (i * 7) % KITH_SIGNATURE_WIDTH, (i * 11) % KITH_SIGNATURE_HEIGHT, i % 1000 == 0 };

      g_array_append_val (points, point);
    }
  thin = kith_signature_format (points);
  g_assert_cmpuint (strlen (thin), <=, KITH_SIGNATURE_MOST);
  g_array_unref (g_steal_pointer (&back));
  back = kith_signature_parse (thin);
  for (guint i = 0; i < back->len; i++)
    strokes += g_array_index (back, KithSignaturePoint, i).begins;
  g_assert_cmpuint (strokes, ==, 24);
}

static void
test_term (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();

  op_register (t, "a-cc", "C1");
  op_assert (t, "a-admin", "agency.configure",
             kith_json_new ("agency", "s", op_id ("A"), "set", "o",
                            kith_json_new ("consent_term_days", "i", (gint64) 10, NULL), NULL),
             "applied");
  op_assert (t, "a-cc", "consent.record", consent_args ("K1"), "applied");
  g_assert_cmpstr (op_field (t, "consent", op_id ("K1"), "term"), ==, "2026-03-12T09:00:00.000Z");
}

/* A deficient consent is none (C3, C4). */
static void
test_deficient (void)
{
  static const char *const missing[] = { "id", "client", "classes", "receivers", "how" };
  g_autoptr (OpFixture) t = op_fixture_new ();
  g_autofree char *past = op_time (t, -1);
  g_autofree char *now = op_time (t, 0);
  JsonObject *args;

  op_register (t, "a-cc", "C1");
  for (guint i = 0; i < G_N_ELEMENTS (missing); i++)
    {
      args = consent_args ("K1");
      json_object_remove_member (args, missing[i]);
      op_assert (t, "a-cc", "consent.record", args, "invalid");
    }
  args = consent_args ("K1");
  json_object_set_array_member (args, "classes", json_array_new ());
  op_assert (t, "a-cc", "consent.record", args, "invalid");
  args = consent_args ("K1");
  json_object_set_array_member (args, "disclosers", json_array_new ());
  op_assert (t, "a-cc", "consent.record", args, "invalid");
  args = consent_args ("K1");
  json_object_set_string_member (args, "term", past);
  op_assert (t, "a-cc", "consent.record", args, "invalid");
  args = consent_args ("K1");
  json_object_set_string_member (args, "term", now);
  op_assert (t, "a-cc", "consent.record", args, "invalid");
  args = consent_args ("K1");
  json_object_set_string_member (args, "grantor", "representative");
  op_assert (t, "a-cc", "consent.record", args, "invalid");
  args = consent_args ("K1");
  json_object_set_string_member (args, "grantor", "representative");
  json_object_set_string_member (args, "relation", "Mother");
  op_assert (t, "a-cc", "consent.record", args, "applied");
  args = consent_args ("K2");
  json_object_set_array_member (args, "receivers", kith_json_strings (op_id ("nobody"), NULL));
  op_assert (t, "a-cc", "consent.record", args, "not_found");
  args = consent_args ("K2");
  json_object_set_array_member (args, "receivers", kith_json_strings ("network", NULL));
  op_assert (t, "a-cc", "consent.record", args, "applied");
}

static void
test_refuse (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();

  op_register (t, "a-cc", "C1");
  op_assert (t, "a-cc", "consent.refuse",
             kith_json_new ("id", "s", op_id ("K1"), "client", "s", op_id ("C1"), "reason", "s", "Afraid.", NULL),
             "applied");
  g_assert_cmpstr (op_field (t, "consent", op_id ("K1"), "permission"), ==, "refused");
  g_assert_cmpstr (op_field (t, "consent", op_id ("K1"), "status"), ==, "refused");
  g_assert_cmpstr (op_field (t, "consent", op_id ("K1"), "reason"), ==, "");
  g_assert_true (op_sees (t, "a-cc", "client:C1"));
  g_assert_false (op_sees (t, "b-rm", "client:C1"));
  op_assert (t, "a-cc", "consent.revoke", kith_json_new ("consent", "s", op_id ("K1"), "reason", "s", "x", NULL),
             "noop");
}

static void
test_expire (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  JsonObject *args = consent_args ("K1");
  g_autofree char *term = op_time (t, OP_DAY);

  op_register (t, "a-cc", "C1");
  json_object_set_string_member (args, "term", term);
  op_assert (t, "a-cc", "consent.record", args, "applied");
  op_assert (t, "hub", "consent.expire", kith_json_new ("consent", "s", op_id ("K1"), NULL), "noop");
  op_advance (t, OP_DAY - 1);
  op_assert (t, "hub", "consent.expire", kith_json_new ("consent", "s", op_id ("K1"), NULL), "noop");
  op_advance (t, 1);
  op_assert (t, "a-sup", "consent.expire", kith_json_new ("consent", "s", op_id ("K1"), NULL), "denied");
  op_assert (t, "hub", "consent.expire", kith_json_new ("consent", "s", op_id ("K1"), NULL), "applied");
  g_assert_cmpstr (op_field (t, "consent", op_id ("K1"), "status"), ==, "expired");
  op_assert (t, "hub", "consent.expire", kith_json_new ("consent", "s", op_id ("K1"), NULL), "noop");
}

/* Its end is announced 30 and 7 days ahead, each once, to whoever works with the client; not when it was given for less, and not for a
 * client who must not be contacted (C16). */
static void
test_remind (void)
{
  static const struct { gint64 at; const char *expected; gint64 days;
  } cases[] = {
    { 59, "noop", 0 }, { 60, "applied", 30 }, { 82, "noop", 30 }, { 83, "applied", 7 }, { 89, "noop", 7 }, { 91, "noop", 7 },
  };
  g_autoptr (OpFixture) t = op_fixture_new ();
  g_autofree char *term = op_time (t, 90 * OP_DAY);
  JsonObject *args = consent_args ("K1");
  gint64 day = 0;

  op_register (t, "a-cc", "C1");
  json_object_set_string_member (args, "term", term);
  op_assert (t, "a-cc", "consent.record", args, "applied");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      op_advance (t, (cases[i].at - day) * OP_DAY);
      day = cases[i].at;
      op_assert (t, "hub", "consent.remind", kith_json_new ("consent", "s", op_id ("K1"), NULL), cases[i].expected);
      g_assert_cmpint (kith_record_int (op_get (t, "consent", op_id ("K1")), "reminded_days"), ==, cases[i].days);
    }
  g_assert_cmpuint (op_count_with (t, "notice", "staff", op_id ("a-cc")), ==, 2);
  g_assert_cmpuint (op_count_with (t, "notice", "client", op_id ("C1")), ==, 2);
  op_assert (t, "a-cc", "consent.remind", kith_json_new ("consent", "s", op_id ("K1"), NULL), "denied");
}

static void
test_remind_short (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  g_autofree char *term = op_time (t, 5 * OP_DAY);
  JsonObject *args = consent_args ("K1");

  op_register (t, "a-cc", "C1");
  json_object_set_string_member (args, "term", term);
  op_assert (t, "a-cc", "consent.record", args, "applied");
  op_advance (t, OP_DAY);
  op_assert (t, "hub", "consent.remind", kith_json_new ("consent", "s", op_id ("K1"), NULL), "noop");
}

static void
test_remind_silent (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();

  op_register (t, "a-cc", "C1");
  op_assert (t, "a-cc", "consent.record", consent_args ("K1"), "applied");
  op_set (t, "client", op_id ("C1"), "do_not_contact", json_node_init_boolean (json_node_alloc (), TRUE));
  op_advance (t, 340 * OP_DAY);
  op_assert (t, "hub", "consent.remind", kith_json_new ("consent", "s", op_id ("K1"), NULL), "applied");
  g_assert_cmpuint (op_count (t, "notice"), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/op-consent/record-refuse-roles", test_record_roles);
  g_test_add_func ("/model/op-consent/record-C3", test_record);
  g_test_add_func ("/model/op-consent/C3-signed-on", test_signed_on);
  g_test_add_func ("/model/op-consent/C3-end-event", test_end_event);
  g_test_add_func ("/model/op-consent/C4-signed-before", test_signed_before);
  g_test_add_func ("/model/op-consent/C4-signed-before-what-ended", test_signed_before_ended);
  g_test_add_func ("/model/op-consent/C3-signed-same-day", test_signed_same_day);
  g_test_add_func ("/model/op-consent/superseded", test_supersede);
  g_test_add_func ("/model/op-consent/superseded-C4-purpose", test_supersede_purpose);
  g_test_add_func ("/model/op-consent/superseded-disclosers", test_supersede_disclosers);
  g_test_add_func ("/model/op-consent/superseded-C4-late", test_supersede_late);
  g_test_add_func ("/model/op-consent/C4-late-after-revocation", test_late_after_revocation);
  g_test_add_func ("/model/op-consent/C4-orders-of-revocation", test_revocation_orders);
  g_test_add_func ("/model/op-consent/superseded-access", test_supersede_access);
  g_test_add_func ("/model/op-consent/C3-groups", test_groups);
  g_test_add_func ("/model/op-consent/C1-C3-group-unseen", test_group_unseen);
  g_test_add_func ("/model/op-consent/C3-verbal", test_verbal);
  g_test_add_func ("/model/op-consent/C3-signature", test_signature);
  g_test_add_func ("/model/op-consent/C3-signature-text", test_signature_text);
  g_test_add_func ("/model/op-consent/record-default-term", test_term);
  g_test_add_func ("/model/op-consent/record-C3-C4-deficient", test_deficient);
  g_test_add_func ("/model/op-consent/refuse-C2", test_refuse);
  g_test_add_func ("/model/op-consent/expire-C4", test_expire);
  g_test_add_func ("/model/op-consent/remind-30-7", test_remind);
  g_test_add_func ("/model/op-consent/remind-short", test_remind_short);
  g_test_add_func ("/model/op-consent/remind-C16", test_remind_silent);
  return g_test_run ();
}
