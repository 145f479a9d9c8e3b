/* SPDX-License-Identifier: GPL-3.0-or-later */

/* referral.decline in two steps, referral.send that goes on from one that came to nothing, and referral.introduce: domain.md 1e, 2b, 2f, D8, D9, D10. */

#include "op-fixture.h"

static OpFixture *
waiting (gboolean two_steps)
{
  OpFixture *t = op_fixture_new ();

  if (two_steps)
    op_assert (t, "net", "agency.configure",
               kith_json_new ("agency", "s", op_id ("B"), "set", "o", kith_json_new ("confirm_declines", "b", TRUE, NULL), NULL), "applied");
  op_register (t, "a-cc", "C1");
  op_consent (t, "a-cc", "K1", "C1", "B");
  op_send (t, "a-cc", "R1", "C1", "S");
  return t;
}

static JsonObject *
decline_args (void)
{
  JsonObject *args = op_step_args ("R1", "sent");

  json_object_set_string_member (args, "reason", "no_capacity");
  json_object_set_string_member (args, "text", "Full until Monday.");
  return args;
}

static JsonObject *
confirm_args (gboolean confirm, const char *text)
{
  JsonObject *args = op_step_args ("R1", "sent");

  json_object_set_boolean_member (args, "confirm", confirm);
  if (text != NULL)
    json_object_set_string_member (args, "text", text);
  return args;
}

/* The reason that waits to be confirmed at the receiver's; NULL: none does. */
static const char *
proposed_reason (OpFixture *t)
{
  g_autofree char *key = g_strconcat (op_id ("R1"), ":", op_id ("B"), NULL);
  g_autofree char *id = kith_id_natural ("referral_own", key);
  KithRecord *own = op_get (t, "referral_own", id);

  return own != NULL ? kith_record_string (own, "decline_reason") : NULL;
}

/* Whether there are two steps says the network alone. */
static void
test_setting (void)
{
  static const struct { const char *who, *result;
  } cases[] = { { "b-admin", "denied" }, { "b-sup", "denied" }, { "net", "applied" } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OpFixture) t = op_fixture_new ();

      op_assert (t, cases[i].who, "agency.configure",
                 kith_json_new ("agency", "s", op_id ("B"), "set", "o", kith_json_new ("confirm_declines", "b", TRUE, NULL), NULL), cases[i].result);
    }
}

/* Set before agencies showed it: saved once more as it is, it is shown. */
static void
test_setting_shown (void)
{
  g_autoptr (OpFixture) t = waiting (TRUE);
  g_autoptr (KithRecord) agency = kith_record_copy (op_get (t, "organization", op_id ("B")));

  kith_record_set_node (agency, "confirm_declines", NULL);
  g_assert_true (kith_world_put (op_world (t), agency, NULL));
  for (guint i = 0; i < 2; i++)
    {
      op_assert (t, "net", "agency.configure",
                 kith_json_new ("agency", "s", op_id ("B"), "set", "o", kith_json_new ("confirm_declines", "b", TRUE, NULL), NULL), i == 0 ? "applied" : "noop");
      g_assert_true (kith_record_bool (op_get (t, "organization", op_id ("B")), "confirm_declines"));
    }
}

static gboolean
is_told (OpFixture *t, const char *who, const char *type)
{
  g_autoptr (GPtrArray) notices = kith_world_find (op_world (t), NULL, "notice", "staff", op_id (who), NULL, NULL);
  gboolean told = FALSE;

  for (guint i = 0; i < notices->len; i++)
    told |= kith_record_is (notices->pdata[i], "type", type);
  return told;
}

/* A portal account holds no settings: that a supervisor confirms its decline it knows by the agency's own entry, offline too; that one waits is told to
 * it and to the others of its kind, and that it was sent back. */
static void
test_portal (void)
{
  static const char *const scopes[] = { "dir", "user:b-portal", "account:b-portal", "referral:R1", NULL };

  for (gboolean two_steps = FALSE; two_steps <= TRUE; two_steps++)
    {
      g_autoptr (OpFixture) t = waiting (two_steps);

      op_assert (t, "net", "portal.assign", kith_json_new ("staff", "s", op_id ("b-portal"), "resource", "s", op_id ("S"), NULL), "applied");
      op_assert (t, "net", "portal.set_permissions", kith_json_new ("staff", "s", op_id ("b-portal"), "changes_status", "b", TRUE, NULL), "applied");
      g_assert_cmpint (kith_record_bool (op_get (t, "organization", op_id ("B")), "confirm_declines"), ==, two_steps);
      g_assert_cmpstr (op_run_desk (t, "b-portal", scopes, "referral.decline", decline_args ()), ==, "applied");
      {
        g_autoptr (KithRecord) there = kith_world_get (op_desk (t), "referral", op_id ("R1"), NULL);
        g_autoptr (GPtrArray) told = kith_world_find (op_desk (t), NULL, "notice", "staff", op_id ("b-portal"), NULL, NULL);

        g_assert_cmpstr (kith_record_string (there, "phase"), ==, two_steps ? "sent" : "declined");
        g_assert_cmpuint (told->len, ==, two_steps);
      }
      op_assert (t, "b-portal", "referral.decline", decline_args (), "applied");
      g_assert_cmpstr (op_phase (t, "R1"), ==, two_steps ? "sent" : "declined");
      g_assert_cmpint (is_told (t, "b-portal", "decline_waits"), ==, two_steps);
      g_assert_false (is_told (t, "a-cc", "decline_waits"));
      if (!two_steps)
        continue;
      op_assert (t, "b-sup", "referral.confirm_decline", confirm_args (FALSE, "There is a bed"), "applied");
      g_assert_true (is_told (t, "b-portal", "decline_sent_back"));
      op_assert (t, "net", "agency.configure",
                 kith_json_new ("agency", "s", op_id ("B"), "set", "o", kith_json_new ("confirm_declines", "b", FALSE, NULL), NULL), "applied");
      g_assert_false (kith_record_bool (op_get (t, "organization", op_id ("B")), "confirm_declines"));
    }
}

/* Who declines at once, and who only proposes. */
static void
test_two_steps (void)
{
  static const struct { gboolean two_steps; const char *who, *phase;
  } cases[] = {
    { FALSE, "b-rm", "declined" }, { FALSE, "b-sup", "declined" }, { TRUE, "b-rm", "sent" }, { TRUE, "b-cc2", "sent" }, { TRUE, "b-sup", "declined" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OpFixture) t = waiting (cases[i].two_steps);
      gboolean declined = g_str_equal (cases[i].phase, "declined");

      op_assert (t, cases[i].who, "referral.decline", decline_args (), "applied");
      g_assert_cmpstr (op_phase (t, "R1"), ==, cases[i].phase);
      g_assert_cmpuint (op_count_with (t, "notice", "type", "declined"), ==, declined ? 1 : 0);
      g_assert_cmpuint (op_count_with (t, "notice", "type", "decline_proposed"), ==, declined ? 0 : 1);
      g_assert_cmpuint (op_count_with (t, "referral_event", "type", "declined"), ==, declined ? 1 : 0);
    }
}

/* Until it is confirmed the sender learns nothing: neither reason nor words lie where that side looks. */
static void
test_sender_learns_nothing (void)
{
  g_autoptr (OpFixture) t = waiting (TRUE);
  g_autoptr (GPtrArray) events = NULL;
  g_autofree char *scope = op_expand ("referral_detail:R1");

  op_assert (t, "b-rm", "referral.decline", decline_args (), "applied");
  op_assert (t, "b-rm", "referral.decline", decline_args (), "noop");
  events = kith_world_find (op_world (t), scope, "referral_event", NULL, NULL, NULL, NULL);
  g_assert_cmpuint (events->len, ==, 1); /* that it was sent */
  g_assert_false (op_sees (t, "a-cc", "referral_own:R1:B"));
  g_assert_true (op_sees (t, "b-sup", "referral_own:R1:B"));
  g_assert_cmpstr (op_course_field (t, "R1", "reason"), ==, "");
}

static void
test_confirm (void)
{
  static const struct { const char *who; gboolean confirm; const char *text, *result, *phase;
  } cases[] = {
    { "b-sup", TRUE, NULL, "applied", "declined" },      { "b-sup", FALSE, "There is a bed.", "applied", "sent" },
    { "b-sup", TRUE, "Full until Tuesday.", "applied", "declined" },
    { "b-sup", FALSE, "  ", "reason_required", "sent" }, { "b-rm", TRUE, NULL, "denied", "sent" },
    { "a-sup", TRUE, NULL, "denied", "sent" },           { "c-sup", TRUE, NULL, "not_found", "sent" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OpFixture) t = waiting (TRUE);
      gboolean done = g_str_equal (cases[i].result, "applied");

      g_test_message ("case %u", i);
      op_assert (t, "b-rm", "referral.decline", decline_args (), "applied");
      op_assert (t, cases[i].who, "referral.confirm_decline", confirm_args (cases[i].confirm, cases[i].text), cases[i].result);
      g_assert_cmpstr (op_phase (t, "R1"), ==, cases[i].phase);
      if (g_str_equal (cases[i].phase, "declined"))
        {
          g_assert_cmpstr (op_course_field (t, "R1", "reason"), ==, "no_capacity");
          g_assert_cmpuint (op_count_with (t, "notice", "type", "declined"), ==, 1);
          g_assert_cmpuint (op_count_with (t, "referral_event", "text", cases[i].text != NULL ? cases[i].text : "Full until Monday."), ==,
                            cases[i].text != NULL ? 1 : 2);
        }
      else if (done)
        {
          g_assert_cmpuint (op_count_with (t, "notice", "type", "decline_sent_back"), ==, 2); /* both who manage the service */
          op_assert (t, "b-sup", "referral.confirm_decline", confirm_args (TRUE, NULL), "stale_state");
          op_assert (t, "b-rm", "referral.accept", op_step_args ("R1", "sent"), "applied");
        }
      g_assert_true ((kith_record_string (op_natural (t, "referral_own", "R1:B"), "decline_reason") == NULL) == done);
    }
}

/* What was proposed before a recall is none of what comes after it. */
static void
test_proposal_ends (void)
{
  g_autoptr (OpFixture) t = waiting (TRUE);

  op_assert (t, "b-rm", "referral.decline", decline_args (), "applied");
  op_assert (t, "a-cc", "referral.recall", op_step_args ("R1", "sent"), "applied");
  op_assert (t, "a-sup", "referral.reopen", op_step_args ("R1", "recalled"), "applied");
  op_assert (t, "b-sup", "referral.confirm_decline", confirm_args (TRUE, NULL), "stale_state");
  g_assert_cmpstr (op_phase (t, "R1"), ==, "sent");
}

/* 2f: what is confirmed is what the supervisor has read. */
static void
test_confirm_seen (void)
{
  static const struct { const char *reason, *text, *result;
  } cases[] = {
    { "no_capacity", "Full until Monday.", "applied" }, { "no_capacity", "Full.", "stale_state" }, { "no_capacity", NULL, "stale_state" },
    { "other", "Full until Monday.", "stale_state" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OpFixture) t = waiting (TRUE);
      JsonObject *args = confirm_args (TRUE, NULL);

      g_test_message ("case %u", i);
      op_assert (t, "b-rm", "referral.decline", decline_args (), "applied");
      json_object_set_object_member (args, "seen", kith_json_new ("reason", "s", cases[i].reason, "text", "s", cases[i].text, NULL));
      op_assert (t, "b-sup", "referral.confirm_decline", args, cases[i].result);
      g_assert_cmpstr (op_phase (t, "R1"), ==, g_str_equal (cases[i].result, "applied") ? "declined" : "sent");
    }
}

/* 2f: sent back and proposed again with the same words, it is another proposal: who has read the first has not read what spoke against it. */
static void
test_confirm_again (void)
{
  g_autoptr (OpFixture) t = waiting (TRUE);
  g_autofree char *first = NULL;
  JsonObject *args;

  op_assert (t, "b-rm", "referral.decline", decline_args (), "applied");
  first = g_strdup (kith_record_string (op_natural (t, "referral_own", "R1:B"), "decline_event"));
  g_assert_cmpstr (op_field (t, "referral_event", first, "type"), ==, "decline_proposed");
  op_assert (t, "b-sup", "referral.confirm_decline", confirm_args (FALSE, "Ask for Tuesday."), "applied");
  g_assert_null (kith_record_string (op_natural (t, "referral_own", "R1:B"), "decline_event"));
  op_assert (t, "b-rm", "referral.decline", decline_args (), "applied");
  g_assert_cmpstr (kith_record_string (op_natural (t, "referral_own", "R1:B"), "decline_event"), !=, first);

  args = confirm_args (TRUE, NULL);
  json_object_set_object_member (args, "seen", kith_json_new ("reason", "s", "no_capacity", "text", "s", "Full until Monday.", "event", "s", first, NULL));
  op_assert (t, "b-sup", "referral.confirm_decline", args, "stale_state");
  g_assert_cmpstr (op_phase (t, "R1"), ==, "sent");
  args = confirm_args (TRUE, NULL);
  json_object_set_object_member (args, "seen", kith_json_new ("event", "s", kith_record_string (op_natural (t, "referral_own", "R1:B"), "decline_event"), NULL));
  op_assert (t, "b-sup", "referral.confirm_decline", args, "applied");
  g_assert_cmpstr (op_phase (t, "R1"), ==, "declined");
}

/* What was accepted is declined by nobody any more. */
static void
test_accept_ends (void)
{
  g_autoptr (OpFixture) t = waiting (TRUE);

  op_assert (t, "b-rm", "referral.decline", decline_args (), "applied");
  op_assert (t, "b-rm", "referral.accept", op_step_args ("R1", "sent"), "applied");
  g_assert_null (kith_record_string (op_natural (t, "referral_own", "R1:B"), "decline_reason"));
  g_assert_null (kith_record_string (op_natural (t, "referral_own", "R1:B"), "declined_by"));
}

/* C16: what colleagues settle among themselves reaches no client; they are told all the same, or it would wait until it expires. */
static void
test_silent (void)
{
  g_autoptr (OpFixture) t = waiting (TRUE);

  op_set (t, "client", op_id ("C1"), "do_not_contact", json_node_init_boolean (json_node_alloc (), TRUE));
  op_assert (t, "b-rm", "referral.decline", decline_args (), "applied");
  g_assert_cmpuint (op_count_with (t, "notice", "type", "decline_proposed"), ==, 1);
  op_assert (t, "b-sup", "referral.confirm_decline", confirm_args (FALSE, "Ask for Tuesday."), "applied");
  g_assert_cmpuint (op_count_with (t, "notice", "type", "decline_sent_back"), >, 0);
}

/* ---- a new referral that goes on from one that came to nothing ---- */

static JsonObject *
again_args (const char *id, const char *client)
{
  JsonObject *args = op_send_args (id, client, "direct", "S");

  json_object_set_string_member (args, "number", "KA-0003");
  json_object_set_string_member (args, "previous", op_id ("R1"));
  return args;
}

static void
test_goes_on (void)
{
  static const struct { const char *phase, *who, *client, *result;
  } cases[] = {
    { "declined", "a-cc", "C1", "applied" },         { "recalled", "a-cc", "C1", "applied" },
    { "expired", "a-cc", "C1", "applied" },          { "closed_unresolved", "a-rm", "C1", "applied" },
    { "sent", "a-cc", "C1", "stale_state" },         { "accepted", "a-cc", "C1", "stale_state" },
    { "closed_resolved", "a-cc", "C1", "stale_state" }, { "voided", "a-cc", "C1", "stale_state" },
    { "declined", "a-cc", "C2", "invalid" },         { "declined", "b-rm", "C1", "not_found" },
    { "declined", "c-rm", "C1", "not_found" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OpFixture) t = waiting (FALSE);

      g_test_message ("case %u", i);
      op_register (t, "a-cc", "C2");
      op_consent (t, "a-cc", "K2", "C2", "B");
      op_set (t, "referral", op_id ("R1"), "phase", json_node_init_string (json_node_alloc (), cases[i].phase));
      op_assert (t, cases[i].who, "referral.send", again_args ("R2", cases[i].client), cases[i].result);
      if (!g_str_equal (cases[i].result, "applied"))
        continue;
      g_assert_true (kith_record_is (op_natural (t, "referral_own", "R2:A"), "previous", op_id ("R1")));
      g_assert_cmpuint (op_count_with (t, "referral_event", "type", "went_on"), ==, 1);
      g_assert_cmpuint (op_count_with (t, "referral_event", "type", "goes_on"), ==, 1);
    }
}

/* Neither receiver learns of the other: no record outside the sender's own scopes names the one in the other. */
static void
test_goes_on_unseen (void)
{
  static const char *const kinds[] = { "referral", "referral_detail", "referral_event" };
  g_autoptr (OpFixture) t = waiting (FALSE);

  op_assert (t, "b-rm", "referral.decline", decline_args (), "applied");
  op_consent (t, "a-cc", "K2", "C1", "C");
  op_assert (t, "a-cc", "referral.send", again_args ("R2", "C1"), "applied");
  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
    {
      static const char *const scopes[] = { "referral:R1", "referral:R2", "referral_detail:R1", "referral_detail:R2" };

      for (guint s = 0; s < G_N_ELEMENTS (scopes); s++)
        {
          g_autofree char *scope = op_expand (scopes[s]);
          const char *other = g_str_has_suffix (scopes[s], "R1") ? op_id ("R2") : op_id ("R1");
          g_autoptr (GPtrArray) rows = kith_world_find (op_world (t), scope, kinds[k], NULL, NULL, NULL, NULL);

          for (guint i = 0; i < rows->len; i++)
            {
              g_autofree char *text = kith_json_print_object (kith_record_get_body (g_ptr_array_index (rows, i)));

              g_assert_null (strstr (text, other));
              g_assert_null (strstr (text, g_str_has_suffix (scopes[s], "R1") ? "KA-0003" : "KA-0002"));
            }
        }
    }
  g_assert_false (op_sees (t, "b-rm", "referral_own:R1:A"));
  g_assert_false (op_sees (t, "b-rm", "referral_own:R2:A"));
}

/* ---- D9 ---- */

static void
test_introduce (void)
{
  static const struct { const char *type, *who, *result;
  } cases[] = {
    { "warm", "a-cc", "applied" },   { "warm", "b-rm", "applied" },   { "warm", "b-sup", "applied" },
    { "direct", "a-cc", "invalid" }, { "warm", "c-rm", "not_found" }, { "warm", "b-cc", "not_found" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OpFixture) t = op_fixture_new ();

      op_register (t, "a-cc", "C1");
      op_consent (t, "a-cc", "K1", "C1", "B");
      op_assert (t, "a-cc", "referral.send", op_send_args ("R1", "C1", cases[i].type, "S"), "applied");
      op_assert (t, cases[i].who, "referral.introduce",
                 kith_json_new ("referral", "s", op_id ("R1"), "how", "s", "in_person", "text", "s", "Ana and Bo, at the clinic.", NULL), cases[i].result);
      g_assert_cmpuint (op_count_with (t, "referral_event", "type", "introduced"), ==, g_str_equal (cases[i].result, "applied") ? 1 : 0);
    }
}

/* Where nobody is at work who could confirm it, a decline is one: from a partner with a portal account alone, and when the supervisor left while
 * it waited. */
static void
test_nobody_confirms (void)
{
  for (guint portal = 0; portal < 2; portal++)
    {
      g_autoptr (OpFixture) t = waiting (TRUE);

      op_assert (t, "net", "portal.assign", kith_json_new ("staff", "s", op_id ("b-portal"), "resource", "s", op_id ("S"), NULL), "applied");
      op_assert (t, "net", "portal.set_permissions", kith_json_new ("staff", "s", op_id ("b-portal"), "changes_status", "b", TRUE, NULL), "applied");
      op_assert (t, portal ? "b-portal" : "b-rm", "referral.decline", decline_args (), "applied");
      g_assert_cmpstr (op_phase (t, "R1"), ==, "sent"); /* there is a supervisor, who is told */
      g_assert_cmpuint (op_count_with (t, "notice", "type", "decline_proposed"), ==, 1);
      op_assert (t, "net", "staff.deactivate", kith_json_new ("staff", "s", op_id ("b-sup"), "reason", "s", "Left", NULL), "applied");
      op_assert (t, portal ? "b-portal" : "b-rm", "referral.decline", decline_args (), "applied");
      g_assert_cmpstr (op_phase (t, "R1"), ==, "declined");
      g_assert_cmpuint (op_count_with (t, "notice", "type", "declined"), ==, 1);
      g_assert_cmpstr (proposed_reason (t), ==, NULL); /* nothing waits to be confirmed, were it opened again */
    }
}

/* Sent back, it is told to who proposed it, the portal account too. */
static void
test_sent_back_to_portal (void)
{
  g_autoptr (OpFixture) t = waiting (TRUE);

  op_assert (t, "net", "portal.assign", kith_json_new ("staff", "s", op_id ("b-portal"), "resource", "s", op_id ("S"), NULL), "applied");
  op_assert (t, "net", "portal.set_permissions", kith_json_new ("staff", "s", op_id ("b-portal"), "changes_status", "b", TRUE, NULL), "applied");
  op_assert (t, "b-portal", "referral.decline", decline_args (), "applied");
  g_assert_false (is_told (t, "b-portal", "decline_sent_back"));
  op_assert (t, "b-sup", "referral.confirm_decline", confirm_args (FALSE, "There is a bed."), "applied");
  g_assert_true (is_told (t, "b-portal", "decline_sent_back"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/op-referral-decline/portal", test_portal);
  g_test_add_func ("/model/op-referral-decline/network-says", test_setting);
  g_test_add_func ("/model/op-referral-decline/network-says-again", test_setting_shown);
  g_test_add_func ("/model/op-referral-decline/2f-two-steps", test_two_steps);
  g_test_add_func ("/model/op-referral-decline/D8-sender-learns-when-confirmed", test_sender_learns_nothing);
  g_test_add_func ("/model/op-referral-decline/confirm", test_confirm);
  g_test_add_func ("/model/op-referral-decline/proposal-ends", test_proposal_ends);
  g_test_add_func ("/model/op-referral-decline/2f-confirms-what-was-seen", test_confirm_seen);
  g_test_add_func ("/model/op-referral-decline/2f-confirms-what-was-seen-again", test_confirm_again);
  g_test_add_func ("/model/op-referral-decline/2f-accept-ends-proposal", test_accept_ends);
  g_test_add_func ("/model/op-referral-decline/C16-colleagues-are-told", test_silent);
  g_test_add_func ("/model/op-referral-decline/2f-nobody-confirms", test_nobody_confirms);
  g_test_add_func ("/model/op-referral-decline/2f-sent-back-to-portal", test_sent_back_to_portal);
  g_test_add_func ("/model/op-referral-send/2b-goes-on", test_goes_on);
  g_test_add_func ("/model/op-referral-send/2b-goes-on-unseen", test_goes_on_unseen);
  g_test_add_func ("/model/op-referral/D9-introduce", test_introduce);
  return g_test_run ();
}
