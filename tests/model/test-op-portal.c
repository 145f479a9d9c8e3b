/* SPDX-License-Identifier: GPL-3.0-or-later */

/* portal.*, and what an account of the provider portal sees and does: P7 to P14, P17, P20. */

#include "op-fixture.h"

static JsonObject *
resource_args (const char *staff, const char *resource)
{
  return kith_json_new ("staff", "s", op_id (staff), "resource", "s", op_id (resource), NULL);
}

static void
allow (OpFixture *t, const char *staff, const char *which)
{
  op_assert (t, "net", "portal.set_permissions", kith_json_new ("staff", "s", op_id (staff), which, "b", TRUE, NULL), "applied");
}

static void
follow (OpFixture *t, const char *staff, const char *resource)
{
  op_assert (t, "net", "portal.assign", resource_args (staff, resource), "applied");
}

/* R: of A's client C1, sent to B's service S, with consent. */
static OpFixture *
with_referral (void)
{
  OpFixture *t = op_fixture_new ();

  op_register (t, "a-cc", "C1");
  op_consent (t, "a-cc", "K1", "C1", "B");
  op_send (t, "a-cc", "R", "C1", "S");
  return t;
}

/* P8: what the accounts of an agency follow is the agency's, and the network's, to say: its own directory records. */
static void
test_assign (void)
{
  static const struct { const char *who, *staff, *resource, *expected; } cases[] = {
    { "net", "b-portal", "S", "applied" },         { "hub", "b-portal", "S", "applied" },       { "b-admin", "b-portal", "S", "applied" },
    { "b-admin", "b-portal", "P", "applied" },     { "b-admin", "b-portal", "B", "applied" },   { "net", "b-portal", "SA", "not_eligible" },
    { "b-admin", "b-portal", "SA", "not_eligible" }, { "b-admin", "b-portal", "A", "not_eligible" }, { "a-admin", "b-portal", "S", "not_found" },
    { "b-sup", "b-portal", "S", "not_found" },     { "b-cc", "b-portal", "S", "not_found" },    { "b-portal", "b-portal", "S", "denied" },
    { "net", "b-portal", "nowhere", "not_found" }, { "net", "b-cc", "S", "not_eligible" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OpFixture) t = op_fixture_new ();

      op_assert (t, cases[i].who, "portal.assign", resource_args (cases[i].staff, cases[i].resource), cases[i].expected);
    }
}

static void
test_remove (void)
{
  g_autoptr (OpFixture) t = with_referral ();

  follow (t, "b-portal", "S");
  op_assert (t, "net", "portal.assign", resource_args ("b-portal", "S"), "noop");
  g_assert_true (op_sees (t, "b-portal", "referral:R"));
  op_assert (t, "b-admin", "portal.remove", resource_args ("b-portal", "S"), "applied");
  op_assert (t, "b-admin", "portal.remove", resource_args ("b-portal", "S"), "noop");
  g_assert_false (op_sees (t, "b-portal", "referral:R"));
  op_assert (t, "b-portal", "referral.accept", op_step_args ("R", "sent"), "not_found"); /* P17 says the rest, at the hub */
}

/* P7: not in the agency: only the account itself, those who set it, and nobody's colleagues list. */
static void
test_account_scope (void)
{
  static const struct { const char *who; gboolean sees; } cases[] = {
    { "b-portal", TRUE }, { "b-admin", TRUE }, { "net", TRUE }, { "b-sup", FALSE }, { "b-cc", FALSE }, { "a-admin", FALSE }, { "a-portal", FALSE },
  };
  g_autoptr (OpFixture) t = op_fixture_new ();
  g_autofree char *scope = kith_record_scope (op_get (t, "staff", op_id ("b-portal")));
  g_autofree char *wanted = op_expand ("account:b-portal");

  g_assert_cmpstr (scope, ==, wanted);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (op_sees (t, cases[i].who, "account:b-portal"), ==, cases[i].sees);
  g_assert_false (op_sees (t, "b-portal", "agency:B"));
  /* P15, P16: nothing of it by a general change either */
  op_assert (t, "b-portal", "record.patch",
             kith_json_new ("t", "s", "staff", "id", "s", op_id ("b-portal"), "set", "o",
                            kith_json_new ("email", "o", kith_json_new ("new", "s", "me@example.org", NULL), NULL), NULL),
             "denied");
}

/* P12: how it ended is with the detail: who has the eight fields alone is told the same whatever they say it was; who reads it is told who was faster. */
static void
test_outcome (void)
{
  for (guint details = 0; details < 2; details++)
    {
      g_autoptr (OpFixture) t = with_referral ();
      JsonObject *close = op_step_args ("R", "accepted");

      follow (t, "b-portal", "S");
      allow (t, "b-portal", "changes_status");
      if (details)
        allow (t, "b-portal", "sees_details");
      op_assert (t, "b-rm", "referral.accept", op_step_args ("R", "sent"), "applied");
      json_object_set_string_member (close, "outcome", "moved_away");
      op_assert (t, "b-rm", "referral.close", json_object_ref (close), "applied");
      op_assert (t, "b-portal", "referral.close", json_object_ref (close), "noop");
      json_object_set_string_member (close, "outcome", "deceased");
      op_assert (t, "b-portal", "referral.close", close, details ? "stale_state" : "noop");
      g_assert_cmpstr (op_detail_field (t, "R", "outcome"), ==, "moved_away");
    }
}

/* P12: whoever has the eight fields alone learns of no other queue, whatever is asked. */
static void
test_places (void)
{
  static const char *const queues[] = { "Q1", "Q2" };
  g_autoptr (OpFixture) t = with_referral ();
  const char *lanes[2][2] = { { NULL } };

  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *scope = g_strconcat ("queue:", op_id (queues[i]), NULL);
      g_autoptr (GPtrArray) rows = NULL;

      op_assert (t, "net", "queue.create", kith_json_new ("id", "s", op_id (queues[i]), "name", "s", queues[i], NULL), "applied");
      op_assert (t, "a-cc", "queue.place", kith_json_new ("referral", "s", op_id ("R"), "queue", "s", op_id (queues[i]), NULL), "applied");
      rows = kith_world_find (op_world (t), scope, "queue_status", NULL, NULL, NULL, NULL);
      for (guint k = 0; k < rows->len; k++)
        if (kith_record_int (rows->pdata[k], "place") < 2)
          lanes[i][kith_record_int (rows->pdata[k], "place")] = g_intern_string (kith_record_get_id (rows->pdata[k]));
    }
  follow (t, "b-portal", "S");
  allow (t, "b-portal", "changes_status");
  for (guint i = 0; i < 2; i++)
    {
      op_assert (t, "b-portal", "queue.move",
                 kith_json_new ("referral", "s", op_id ("R"), "queue", "s", op_id ("Q1"), "was", "s", lanes[0][i], "status", "s", lanes[0][1 - i], NULL),
                 "stale_state");
      g_assert_cmpstr (op_message (t), ==, "This referral is not in that queue any more.");
      g_assert_null (op_now (t));
    }
  op_assert (t, "b-portal", "queue.move",
             kith_json_new ("referral", "s", op_id ("R"), "queue", "s", op_id ("Q2"), "was", "s", lanes[1][1], "status", "s", lanes[1][0], NULL), "noop");
}

/* P11, P12, P13, P14: the eight fields of what went to the service, its program or its agency; the details with the switch only. */
static void
test_sees (void)
{
  static const char *const resources[] = { "S", "P", "B" };

  for (guint i = 0; i < G_N_ELEMENTS (resources); i++)
    {
      g_autoptr (OpFixture) t = with_referral ();

      g_assert_false (op_sees (t, "b-portal", "referral:R"));
      follow (t, "b-portal", resources[i]);
      g_assert_true (op_sees (t, "b-portal", "referral:R"));
      g_assert_false (op_sees (t, "b-portal", "referral_detail:R"));
      g_assert_false (op_sees (t, "b-portal", "client:C1"));
      g_assert_false (op_sees (t, "b-portal", "referral_own:R:B"));
      allow (t, "b-portal", "sees_details");
      g_assert_true (op_sees (t, "b-portal", "referral_detail:R"));
      g_assert_false (op_sees (t, "b-portal", "client:C1"));
      g_assert_false (op_sees (t, "b-portal", "referral_own:R:B"));
    }
}

/* P6, P10: only with the switch, and only what the receiver's work is; who follows nothing has no referral at all. */
static void
test_status (void)
{
  static const struct { const char *operation, *from, *without, *with; } cases[] = {
    { "referral.accept", "sent", "denied", "applied" },          { "referral.decline", "sent", "denied", "applied" },
    { "referral.set_status", "accepted", "denied", "applied" },  { "referral.close", "accepted", "denied", "applied" },
    { "referral.record_contact", "accepted", "denied", "applied" },
    { "referral.assign", "accepted", "not_found", "not_found" }, /* nor does it know the staff */
    { "referral.private_note", "accepted", "denied", "denied" },
    { "referral.recall", "sent", "denied", "denied" },           { "referral.void", "accepted", "denied", "denied" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (guint with = 0; with < 2; with++)
      {
        g_autoptr (OpFixture) t = with_referral ();
        JsonObject *args = op_step_args ("R", cases[i].from);

        follow (t, "b-portal", "S");
        if (g_str_equal (cases[i].from, "accepted"))
          op_assert (t, "b-rm", "referral.accept", op_step_args ("R", "sent"), "applied");
        if (with)
          allow (t, "b-portal", "changes_status");
        if (g_str_equal (cases[i].operation, "referral.decline"))
          json_object_set_string_member (args, "reason", "no_capacity");
        if (g_str_equal (cases[i].operation, "referral.set_status"))
          json_object_set_string_member (args, "phase", "contacting");
        if (g_str_equal (cases[i].operation, "referral.close"))
          json_object_set_string_member (args, "outcome", "need_met");
        if (g_str_equal (cases[i].operation, "referral.assign"))
          {
            json_object_remove_member (args, "from");
            json_object_set_string_member (args, "staff", op_id ("b-cc"));
          }
        if (g_str_equal (cases[i].operation, "referral.private_note"))
          {
            json_object_unref (args);
            args = kith_json_new ("referral", "s", op_id ("R"), "text", "s", "Ours", NULL);
          }
        if (g_str_equal (cases[i].operation, "referral.record_contact"))
          {
            json_object_unref (args);
            args = kith_json_new ("referral", "s", op_id ("R"), "how", "s", "phone", "result", "s", "reached", NULL);
          }
        if (g_str_equal (cases[i].operation, "referral.recall") || g_str_equal (cases[i].operation, "referral.void"))
          json_object_set_string_member (args, "reason", "Mistake");
        op_assert (t, "b-portal", cases[i].operation, args, with ? cases[i].with : cases[i].without);
      }
}

/* The receiver's agency has the client in its care afterwards, whoever of it said yes. */
static void
test_accept (void)
{
  static const char *const held[] = { "dir", "user:b-portal", "account:b-portal", "referral:R", NULL };
  static const char *const with_detail[] = { "dir", "user:b-portal", "account:b-portal", "referral:R", "referral_detail:R", NULL };
  g_autoptr (OpFixture) t = with_referral ();

  follow (t, "b-portal", "S");
  allow (t, "b-portal", "changes_status");
  g_assert_cmpstr (op_run_desk (t, "b-portal", held, "referral.accept", op_step_args ("R", "sent")), ==, "applied");
  allow (t, "b-portal", "sees_details");
  g_assert_cmpstr (op_run_desk (t, "b-portal", with_detail, "referral.accept", op_step_args ("R", "sent")), ==, "applied");
  g_assert_null (kith_world_get (op_desk (t), "care", kith_record_get_id (op_natural (t, "care", "C1:A")), NULL)); /* none of it on the desk */
  op_assert (t, "b-portal", "referral.accept", op_step_args ("R", "sent"), "applied");
  g_assert_nonnull (op_natural (t, "care", "C1:B"));
  g_assert_cmpstr (op_phase (t, "R"), ==, "accepted");
}

/* P20: a note goes both ways, whatever else the account may. */
static void
test_note (void)
{
  g_autoptr (OpFixture) t = with_referral ();

  follow (t, "b-portal", "S");
  op_assert (t, "b-portal", "referral.note", kith_json_new ("referral", "s", op_id ("R"), "text", "s", "Come on Monday", NULL), "applied");
  g_assert_cmpstr (op_field (t, "referral", op_id ("R"), "note"), ==, "Come on Monday");
}

/* P13, P20: whose it is there by name hears of the sender's note, and so do the portal accounts of where it went; those of elsewhere do not. */
static void
test_note_told (void)
{
  g_autoptr (OpFixture) t = with_referral ();

  follow (t, "b-portal", "S");
  op_assert (t, "b-rm", "referral.accept", op_step_args ("R", "sent"), "applied");
  op_assert (t, "b-rm", "referral.assign", kith_json_new ("referral", "s", op_id ("R"), "staff", "s", op_id ("b-cc"), NULL), "applied");
  op_assert (t, "a-cc", "referral.note", kith_json_new ("referral", "s", op_id ("R"), "text", "s", "She comes on Monday", NULL), "applied");
  g_assert_cmpuint (op_count_with (t, "notice", "type", "note"), ==, 2);
  {
    KithRecord *notice = NULL;
    g_autoptr (GPtrArray) all = kith_world_find (op_world (t), NULL, "notice", "staff", op_id ("b-portal"), NULL, NULL);

    for (guint i = 0; i < all->len; i++)
      if (kith_record_is (all->pdata[i], "type", "note"))
        notice = all->pdata[i];
    g_assert_nonnull (notice);
    g_assert_cmpstr (kith_record_string (notice, "referral"), ==, op_id ("R"));
  }
}

/* A queue in use that is for one resource; "" for nothing in particular. */
static void
put_queue (OpFixture *t, const char *resource)
{
  op_assert (t, "net", "queue.create", kith_json_new ("id", "s", op_id ("Q1"), "name", "s", "Housing", NULL), "applied");
  if (*resource)
    op_assert (t, "net", "queue.link", kith_json_new ("queue", "s", op_id ("Q1"), "add", "a", kith_json_strings (op_id (resource), NULL), NULL), "applied");
}

/* P9, P14: an agency that is followed stands for those of its programs that are in a queue; what is followed itself needs none. queue: what the one there is
 * is for, NULL: there is none. */
static void
test_capacity (void)
{
  static const struct { const char *follows, *queue, *service; gboolean may; const char *expected; } cases[] = {
    { "S", NULL, "S", FALSE, "denied" }, { "S", NULL, "S", TRUE, "applied" }, { "P", NULL, "S", TRUE, "applied" },
    { "S", "", "SA", TRUE, "denied" },   { "S", "", "S-info", TRUE, "denied" },
    { "B", NULL, "S", TRUE, "denied" },  { "B", "", "S", TRUE, "applied" },   { "B", "S", "S", TRUE, "applied" },
    { "B", "P", "S", TRUE, "applied" },  { "B", "B", "S", TRUE, "applied" },  { "B", "S", "S-info", TRUE, "denied" },
    { "B", "A", "S", TRUE, "denied" },   { "B", "S", "S", FALSE, "denied" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OpFixture) t = op_fixture_new ();

      g_test_message ("%u", i);
      if (cases[i].queue != NULL)
        put_queue (t, cases[i].queue);
      follow (t, "b-portal", cases[i].follows);
      if (cases[i].may)
        allow (t, "b-portal", "edits_capacity");
      op_assert (t, "b-portal", "capacity.observe",
                 kith_json_new ("service", "s", op_id (cases[i].service), "unit", "s", "bed", "free", "i", (gint64) 3, NULL), cases[i].expected);
    }
}

/* P14: a queue that is not in use brings nothing; and no desk refuses for a queue it may not know of. */
static void
test_capacity_queue (void)
{
  static const char *const held[] = { "dir", "user:b-portal", "account:b-portal", NULL };
  g_autoptr (OpFixture) t = op_fixture_new ();

#define COUNT(n) kith_json_new ("service", "s", op_id ("S"), "unit", "s", "bed", "free", "i", (gint64) (n), NULL)
  put_queue (t, "S");
  follow (t, "b-portal", "B");
  allow (t, "b-portal", "edits_capacity");
  op_assert (t, "net", "queue.deactivate", kith_json_new ("queue", "s", op_id ("Q1"), NULL), "applied");
  g_assert_cmpstr (op_run_desk (t, "b-portal", held, "capacity.observe", COUNT (2)), ==, "applied");
  op_assert (t, "b-portal", "capacity.observe", COUNT (2), "denied");
  g_assert_cmpstr (op_message (t), ==, "This service is in no queue, so its places are not counted here. The network’s staff can put it in one. Nothing was changed.");
  op_assert (t, "net", "queue.reactivate", kith_json_new ("queue", "s", op_id ("Q1"), NULL), "applied");
  op_assert (t, "b-portal", "capacity.observe", COUNT (2), "applied");
#undef COUNT
}

/* P15, P16: told of what came in, those who may only look too: what they want of mail is a switch of their own. */
static void
test_notice (void)
{
  for (guint may = 0; may < 2; may++)
    {
      g_autoptr (OpFixture) t = op_fixture_new ();

      follow (t, "b-portal", "S");
      if (may)
        allow (t, "b-portal", "changes_status");
      op_register (t, "a-cc", "C1");
      op_consent (t, "a-cc", "K1", "C1", "B");
      op_send (t, "a-cc", "R", "C1", "S");
      g_assert_cmpuint (op_count_with (t, "notice", "staff", op_id ("b-portal")), ==, 1);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/portal/assign-P8", test_assign);
  g_test_add_func ("/model/portal/remove-P17", test_remove);
  g_test_add_func ("/model/portal/account-scope-P7", test_account_scope);
  g_test_add_func ("/model/portal/outcome-P12", test_outcome);
  g_test_add_func ("/model/portal/sees-P11-P12-P13-P14", test_sees);
  g_test_add_func ("/model/portal/status-P6-P10", test_status);
  g_test_add_func ("/model/portal/accept", test_accept);
  g_test_add_func ("/model/portal/places-P12", test_places);
  g_test_add_func ("/model/portal/note-P20", test_note);
  g_test_add_func ("/model/portal/note-told-P13-P20", test_note_told);
  g_test_add_func ("/model/portal/capacity-P9-P14", test_capacity);
  g_test_add_func ("/model/portal/capacity-queue-P14", test_capacity_queue);
  g_test_add_func ("/model/portal/notice", test_notice);
  return g_test_run ();
}
