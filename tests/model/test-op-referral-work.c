/* SPDX-License-Identifier: GPL-3.0-or-later */

/* set_status, record_contact, note, private_note, close, reopen, void, expire: D7, D8, P12, P20, domain.md 2e and 2f.
 */

#include "op-fixture.h"

static JsonObject *
status_args (const char *from, const char *to, const char *reason, const char *text)
{
  return kith_json_new ("referral", "s", op_id ("R1"), "from", "s", from, "phase", "s", to, "reason", "s", reason,
                        "text", "s", text, NULL);
}

static JsonObject *
close_args (const char *from, const char *outcome, const char *text)
{
  return kith_json_new ("referral", "s", op_id ("R1"), "from", "s", from, "outcome", "s", outcome, "text", "s", text,
                        NULL);
}

static JsonObject *
note_args (const char *text)
{
  return kith_json_new ("referral", "s", op_id ("R1"), "text", "s", text, NULL);
}

static JsonObject *
contact_args (void)
{
  return kith_json_new ("referral", "s", op_id ("R1"), "how", "s", "phone", "result", "s", "reached", "text", "s",
                        "Comes tomorrow.", "at", "s", "2026-03-02T08:30:00.000Z", NULL);
}

/* Accepted, and assigned to b-cc. */
static OpFixture *
at_work (void)
{
  OpFixture *t = op_fixture_new ();

  op_accepted (t, "R1");
  op_assert (t, "b-rm", "referral.assign",
             kith_json_new ("referral", "s", op_id ("R1"), "staff", "s", op_id ("b-cc"), NULL), "applied");
  return t;
}

/* U15: those who manage, supervisors, the assignee; the sender reads. */
static void
test_roles (void)
{
  static const struct { const char *who, *work, *note;
  } cases[] = {
    { "b-rm", "applied", "applied" },         { "b-cc2", "applied", "applied" },
    { "b-sup", "applied", "applied" },        { "b-cc", "applied", "applied" },
    { "b-rm2", "denied", "denied" },          { "b-admin", "not_found", "not_found" },
    { "b-new", "not_found", "not_found" },    { "b-gone", "denied", "denied" },
    { "b-portal", "not_found", "not_found" }, { "a-cc", "denied", "applied" },
    { "a-rm", "denied", "applied" },          { "a-sup", "denied", "applied" },
    { "a-cc2", "not_found", "not_found" },    { "c-rm", "not_found", "not_found" },
    { "net", "not_found", "not_found" },      { "hub", "denied", "denied" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OpFixture) t = at_work ();

      op_assert (t, cases[i].who, "referral.note", note_args ("Hello."), cases[i].note);
      op_assert (t, cases[i].who, "referral.private_note", note_args ("Careful."), cases[i].note);
      op_assert (t, cases[i].who, "referral.record_contact", contact_args (), cases[i].work);
      op_assert (t, cases[i].who, "referral.set_status", status_args ("accepted", "contacting", NULL, NULL),
                 cases[i].work);
      op_assert (t, cases[i].who, "referral.close", close_args ("contacting", "need_met", NULL),
                 g_str_equal (cases[i].work, "applied") ? "applied" : cases[i].work);
    }
}

/* Every pair of phases: what the table does not allow is refused as stale, with the legal next steps. */
static void
test_transitions (void)
{
  static const char *const all[] = {
    "draft",  "pending_consent", "sent",     "accepted", "contacting",      "in_service",        "waitlisted",
    "paused", "declined",        "recalled", "expired",  "closed_resolved", "closed_unresolved", "voided",
    "given"
  };
  static const char *const open[] = { "accepted", "contacting", "in_service", "waitlisted", "paused", NULL };
  static const char *const targets[] = { "contacting", "in_service", "waitlisted", "paused", NULL };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    {
      g_autoptr (OpFixture) t = at_work ();

      op_set (t, "referral", op_id ("R1"), "phase", json_node_init_string (json_node_alloc (), all[i]));
      for (guint j = 0; j < G_N_ELEMENTS (all); j++)
        {
          const char *result =
              op_run (t, "b-sup", "referral.set_status", status_args (all[i], all[j], "no_capacity", NULL));

          if (i == j && g_str_equal (result, "noop"))
            continue;
          if (g_strv_contains (open, all[i]) && g_strv_contains (targets, all[j]))
            {
              g_assert_cmpstr (result, ==, "applied");
              op_set (t, "referral", op_id ("R1"), "phase", json_node_init_string (json_node_alloc (), all[i]));
              continue;
            }
          /* Before sending and after voiding the receiver has no part in it at all. */
          if (g_str_equal (result, "denied") || g_str_equal (result, "not_found"))
            g_assert_true (g_str_equal (all[i], "draft") || g_str_equal (all[i], "pending_consent") ||
                           g_str_equal (all[i], "voided") || g_str_equal (all[i], "given"));
          else
            g_assert_cmpstr (result, ==, "stale_state");
        }
    }
}

static void
test_pause_reason (void)
{
  static const struct { const char *phase, *reason, *text, *expected;
  } cases[] = {
    { "waitlisted", NULL, NULL, "reason_required" },
    { "paused", NULL, NULL, "reason_required" },
    { "paused", "  ", " ", "reason_required" },
    { "paused", "other", NULL, "reason_required" },
    { "paused", "other", "Client is ill.", "applied" },
    { "waitlisted", "no_capacity", NULL, "applied" },
    { "paused", NULL, "Client is ill.", "applied" },
    { "contacting", NULL, NULL, "applied" },
    { "in_service", NULL, NULL, "applied" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OpFixture) t = at_work ();

      op_assert (t, "b-cc", "referral.set_status",
                 status_args ("accepted", cases[i].phase, cases[i].reason, cases[i].text), cases[i].expected);
      if (g_str_equal (cases[i].expected, "applied"))
        {
          g_assert_cmpstr (op_phase (t, "R1"), ==, cases[i].phase);
          g_assert_cmpstr (op_field (t, "referral", op_id ("R1"), "status"), ==, cases[i].phase);
          g_assert_cmpuint (op_count_with (t, "notice", "type", "status"), ==, 1);
        }
    }
}

static void
test_reason_ends (void)
{
  g_autoptr (OpFixture) t = at_work ();

  op_assert (t, "b-cc", "referral.set_status", status_args ("accepted", "waitlisted", "no_capacity", NULL), "applied");
  g_assert_cmpstr (op_course_field (t, "R1", "reason"), ==, "no_capacity");
  op_assert (t, "b-cc", "referral.set_status", status_args ("waitlisted", "in_service", NULL, NULL), "applied");
  g_assert_cmpstr (op_course_field (t, "R1", "reason"), ==, "");
  op_assert (t, "b-rm", "referral.set_status", status_args ("waitlisted", "in_service", NULL, NULL), "noop");
  op_assert (t, "b-rm", "referral.set_status", status_args ("waitlisted", "contacting", NULL, NULL), "stale_state");
  g_assert_cmpstr (kith_json_string (op_now (t), "phase"), ==, "in_service");
}

static void
test_contact (void)
{
  g_autoptr (OpFixture) t = at_work ();

  op_assert (t, "b-cc", "referral.record_contact", contact_args (), "applied");
  g_assert_cmpuint (op_count_with (t, "referral_event", "how", "phone"), ==, 1);
  g_assert_cmpuint (op_count_with (t, "referral_event", "at", "2026-03-02T08:30:00.000Z"), ==, 1);
  g_assert_true (op_sees (t, "a-cc", "referral_detail:R1"));
  op_assert (t, "b-cc", "referral.record_contact",
             kith_json_new ("referral", "s", op_id ("R1"), "how", "s", "pigeon", "result", "s", "reached", NULL),
             "invalid");

  JsonObject *args = contact_args ();

  json_object_set_string_member (args, "at", "2026-03-05T08:30:00.000Z");
  op_assert (t, "b-cc", "referral.record_contact", args, "invalid");
}

/* D6: who follows up with the client writes down whether the client is eligible, before it answers or after; the sender reads it. */
static void
test_eligibility (void)
{
  static const struct { const char *result, *answer, *expected; } rows[] = {
    { "eligible", "referral.accept", "accepted" }, { "not_eligible", "referral.decline", "declined" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (OpFixture) t = op_fixture_new ();
      JsonObject *contact = contact_args (), *answer = op_step_args ("R1", "sent");

      op_register (t, "a-cc", "C1");
      op_consent (t, "a-cc", "K1", "C1", "B");
      op_send (t, "a-cc", "R1", "C1", "S");
      json_object_set_string_member (contact, "result", rows[i].result);
      op_assert (t, "b-rm", "referral.record_contact", contact, "applied");
      g_assert_cmpuint (op_count_with (t, "referral_event", "result", rows[i].result), ==, 1);
      g_assert_true (op_sees (t, "a-cc", "referral_detail:R1"));
      if (i == 1)
        json_object_set_string_member (answer, "reason", "not_eligible");
      op_assert (t, "b-rm", rows[i].answer, answer, "applied");
      g_assert_cmpstr (op_phase (t, "R1"), ==, rows[i].expected);
    }
}

/* Written down before, told late: documentation is taken though the referral was closed meanwhile. */
static void
test_additive (void)
{
  static const char *const names[] = { "referral.record_contact", "referral.note", "referral.private_note" };
  g_autoptr (OpFixture) t = at_work ();

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_true (kith_operation_get (names[i])->flags & KITH_OPERATION_ADDITIVE);
  op_assert (t, "b-rm", "referral.close", close_args ("accepted", "need_met", NULL), "applied");
  op_assert (t, "b-cc", "referral.record_contact", contact_args (), "applied");
  op_assert (t, "b-cc", "referral.note", note_args ("All done."), "applied");
}

/* P17 and sync.md 2.4: re-assigned or taken off meanwhile, what was written before is taken; a change is not, and a
 * third agency's is not. */
static void
test_late (void)
{
  g_autoptr (OpFixture) t = at_work ();

  op_assert (t, "b-rm", "referral.assign",
             kith_json_new ("referral", "s", op_id ("R1"), "staff", "s", op_id ("b-admin"), NULL), "applied");
  op_assert (t, "b-cc", "referral.note", note_args ("Bring papers."), "denied");
  op_set_late (t, "b-cc");
  op_assert (t, "b-cc", "referral.note", note_args ("Bring papers."), "applied");
  op_assert (t, "b-cc", "referral.private_note", note_args ("Careful."), "applied");
  op_assert (t, "b-cc", "referral.record_contact", contact_args (), "applied");
  op_assert (t, "b-cc", "referral.set_status", status_args ("accepted", "contacting", NULL, NULL), "denied");
  op_assert (t, "b-cc", "referral.close", close_args ("accepted", "need_met", NULL), "denied");
  op_set_late (t, "a-cc");
  op_assert (t, "a-cc", "referral.record_contact", contact_args (), "denied");
  op_set_late (t, "c-rm");
  op_assert (t, "c-rm", "referral.note", note_args ("Hello."), "denied");
}

/* P20: a note reaches the other side, and stands among the eight fields; what was written before, the note of sending too, stays in the timeline. */
static void
test_note (void)
{
  g_autoptr (OpFixture) t = at_work ();

  g_assert_cmpuint (op_count_with (t, "referral_event", "text", "Speaks Spanish."), ==, 1);
  op_assert (t, "b-cc", "referral.note", note_args ("Bring papers."), "applied");
  g_assert_cmpstr (op_field (t, "referral", op_id ("R1"), "note"), ==, "Bring papers.");
  g_assert_cmpuint (op_count_with (t, "referral_event", "text", "Bring papers."), ==, 1);
  g_assert_cmpuint (op_count_with (t, "notice", "type", "note"), ==, 1);
  op_assert (t, "a-cc", "referral.note", note_args ("Will do."), "applied");
  g_assert_cmpstr (op_field (t, "referral", op_id ("R1"), "note"), ==, "Will do.");
  g_assert_cmpuint (op_count_with (t, "referral_event", "text", "Speaks Spanish."), ==, 1);
  g_assert_cmpuint (op_count_with (t, "referral_event", "text", "Bring papers."), ==, 1);
  g_assert_cmpuint (op_count_with (t, "notice", "type", "note"), ==, 2);
  op_assert (t, "a-cc", "referral.note", note_args ("  "), "invalid");
}

static void
check_private (gpointer data, gpointer user_data)
{
  OpFixture *t = user_data;
  g_autofree char *scope = kith_record_scope (data);
  g_autofree char *own = op_expand ("referral_own:R1:B");

  if (!kith_record_is (data, "type", "private_note"))
    return;
  g_assert_cmpstr (scope, ==, own);
  g_assert_false (op_sees (t, "a-cc", "referral_own:R1:B"));
  g_assert_false (op_sees (t, "a-sup", "referral_own:R1:B"));
  g_assert_true (op_sees (t, "b-rm", "referral_own:R1:B"));
}

static void
test_private_note (void)
{
  g_autoptr (OpFixture) t = at_work ();

  op_assert (t, "b-cc", "referral.private_note", note_args ("Careful."), "applied");
  g_assert_cmpuint (op_count_with (t, "referral_event", "type", "private_note"), ==, 1);
  g_assert_cmpstr (op_field (t, "referral", op_id ("R1"), "note"), ==, "Speaks Spanish.");
  g_assert_cmpuint (op_count_with (t, "notice", "type", "note"), ==, 0);
  kith_memory_world_foreach (KITH_MEMORY_WORLD (op_world (t)), "referral_event", check_private, t);
}

/* domain.md 2f: every outcome is resolved or unresolved; without one nothing is closed. 2e: one that is unresolved has a reason: most outcomes are one,
 * "other" and "referred elsewhere" say none by themselves. */
static void
test_close (void)
{
  static const struct { const char *outcome, *text, *expected, *phase; } cases[] = {
    { "need_met", NULL, "applied", "closed_resolved" },
    { "need_partly_met", NULL, "applied", "closed_resolved" },
    { "referred_elsewhere", "No room for families here.", "applied", "closed_unresolved" },
    { "referred_elsewhere", NULL, "reason_required", "accepted" },
    { "referred_elsewhere", " ", "reason_required", "accepted" },
    { "no_longer_interested", NULL, "applied", "closed_unresolved" },
    { "could_not_contact", NULL, "applied", "closed_unresolved" },
    { "not_eligible", NULL, "applied", "closed_unresolved" },
    { "no_show", NULL, "applied", "closed_unresolved" },
    { "waitlist_ended", NULL, "applied", "closed_unresolved" },
    { "moved_away", NULL, "applied", "closed_unresolved" },
    { "deceased", NULL, "applied", "closed_unresolved" },
    { "other", "Found work.", "applied", "closed_unresolved" },
    { "other", NULL, "reason_required", "accepted" },
    { NULL, NULL, "reason_required", "accepted" },
    { NULL, "Fine.", "reason_required", "accepted" },
    { "splendid", NULL, "invalid", "accepted" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OpFixture) t = at_work ();

      op_assert (t, "b-cc", "referral.close", close_args ("accepted", cases[i].outcome, cases[i].text),
                 cases[i].expected);
      g_assert_cmpstr (op_phase (t, "R1"), ==, cases[i].phase);
      if (!g_str_equal (cases[i].expected, "applied"))
        continue;
      g_assert_cmpstr (op_detail_field (t, "R1", "outcome"), ==, cases[i].outcome);
      g_assert_cmpstr (op_course_field (t, "R1", "closed_at"), ==, "2026-03-02T09:00:00.000Z");
      g_assert_cmpuint (op_count_with (t, "notice", "type", "closed"), ==, 1);
      op_assert (t, "b-rm", "referral.close", close_args ("accepted", cases[i].outcome, cases[i].text), "noop");
      /* Closing does not end the receiver's access. */
      g_assert_true (op_sees (t, "b-cc", "client:C1"));
      g_assert_true (op_sees (t, "b-cc", "referral_detail:R1"));
    }
}

static void
test_close_race (void)
{
  g_autoptr (OpFixture) t = at_work ();

  op_assert (t, "b-cc", "referral.close", close_args ("accepted", "need_met", NULL), "applied");
  op_assert (t, "b-rm", "referral.close", close_args ("accepted", "need_partly_met", NULL), "stale_state");
  op_assert (t, "b-rm", "referral.close", close_args ("accepted", "no_show", NULL), "stale_state");
  g_assert_cmpstr (kith_json_string (op_now (t), "phase"), ==, "closed_resolved");
  g_assert_cmpstr (kith_json_string (op_now (t), "by"), ==, "b-cc");
  g_assert_cmpstr (op_detail_field (t, "R1", "outcome"), ==, "need_met");
}

static void
test_close_only_accepted (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();

  op_register (t, "a-cc", "C1");
  op_consent (t, "a-cc", "K1", "C1", "B");
  op_send (t, "a-cc", "R1", "C1", "S");
  op_assert (t, "b-rm", "referral.close", close_args ("sent", "need_met", NULL), "stale_state");
}

/* Supervisors take an end back: of closed and declined the receiver's, of recalled the sender's, of expired both. */
static void
test_reopen (void)
{
  static const struct { const char *from, *who, *expected, *to; } cases[] = {
    { "closed_resolved", "b-sup", "applied", "accepted" }, { "closed_unresolved", "b-sup", "applied", "accepted" },
    { "closed_resolved", "b-rm", "denied", NULL },         { "closed_resolved", "b-cc", "denied", NULL },
    { "closed_resolved", "a-sup", "denied", NULL },        { "closed_resolved", "a-cc", "denied", NULL },
    { "declined", "b-sup", "applied", "sent" },            { "declined", "b-rm", "denied", NULL },
    { "declined", "a-sup", "denied", NULL },               { "recalled", "a-sup", "applied", "sent" },
    { "recalled", "a-cc", "denied", NULL },                { "recalled", "b-sup", "denied", NULL },
    { "expired", "a-sup", "applied", "sent" },             { "expired", "b-sup", "applied", "sent" },
    { "expired", "b-rm", "denied", NULL },                 { "expired", "c-sup", "not_found", NULL },
    { "accepted", "b-sup", "stale_state", NULL },          { "voided", "a-sup", "stale_state", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OpFixture) t = at_work ();

      op_set (t, "referral", op_id ("R1"), "phase", json_node_init_string (json_node_alloc (), cases[i].from));
      op_set (t, "referral_detail", kith_record_get_id (op_natural (t, "referral_detail", "R1")), "outcome", json_node_init_string (json_node_alloc (), "need_met"));
      op_set (t, "referral_course", kith_record_get_id (op_natural (t, "referral_course", "R1")), "closed_at",
              json_node_init_string (json_node_alloc (), "2026-03-02T09:00:00.000Z"));
      op_assert (t, cases[i].who, "referral.reopen", op_step_args ("R1", cases[i].from), cases[i].expected);
      if (cases[i].to == NULL)
        continue;
      g_assert_cmpstr (op_phase (t, "R1"), ==, cases[i].to);
      g_assert_cmpstr (op_detail_field (t, "R1", "outcome"), ==, "");
      g_assert_cmpstr (op_course_field (t, "R1", "closed_at"), ==, "");
      g_assert_cmpuint (op_count_with (t, "referral_event", "type", "reopened"), ==, 1);
    }
}

/* Going out again needs consent again; going back to work does not. */
static void
test_reopen_consent (void)
{
  g_autoptr (OpFixture) t = at_work ();

  op_assert (t, "a-cc", "consent.revoke", kith_json_new ("consent", "s", op_id ("K1"), "reason", "s", "x", NULL),
             "applied");
  op_assert (t, "b-cc", "referral.close", close_args ("accepted", "need_met", NULL), "applied");
  op_assert (t, "b-sup", "referral.reopen", op_step_args ("R1", "closed_resolved"), "applied");
  op_set (t, "referral", op_id ("R1"), "phase", json_node_init_string (json_node_alloc (), "recalled"));
  op_assert (t, "a-sup", "referral.reopen", op_step_args ("R1", "recalled"), "consent_missing");
  op_consent (t, "a-cc", "K2", "C1", "B");
  op_set (t, "referral", op_id ("R1"), "revoked", json_node_init_boolean (json_node_alloc (), TRUE));
  op_assert (t, "a-sup", "referral.reopen", op_step_args ("R1", "recalled"), "consent_missing");
  op_set (t, "referral", op_id ("R1"), "revoked", NULL);
  op_assert (t, "a-sup", "referral.reopen", op_step_args ("R1", "recalled"), "applied");
  g_assert_cmpstr (op_course_field (t, "R1", "due_on"), ==, "2026-03-04");
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

static void
test_void (void)
{
  static const struct { const char *who, *expected;
  } cases[] = {
    { "a-cc", "applied" },  { "a-rm", "applied" }, { "a-sup", "applied" }, { "a-cc2", "not_found" },
    { "b-rm", "denied" },   { "b-sup", "denied" }, { "b-cc", "denied" },   { "c-sup", "not_found" },
    { "net", "not_found" }, { "hub", "denied" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OpFixture) t = at_work ();

      op_assert (t, cases[i].who, "referral.void", op_step_args ("R1", "accepted"), cases[i].expected);
      if (!g_str_equal (cases[i].expected, "applied"))
        continue;
      g_assert_cmpstr (op_phase (t, "R1"), ==, "voided");
      g_assert_false (kith_record_bool (op_get (t, "referral", op_id ("R1")), "accepted"));
      g_assert_false (op_sees (t, "b-rm", "referral:R1"));
      g_assert_false (op_sees (t, "b-cc", "client:C1"));
      g_assert_true (op_sees (t, "b-cc", "care:C1:B"));
      g_assert_true (is_told (t, "b-cc", "voided")); /* who works on it, and who answers for it */
      g_assert_true (is_told (t, "b-rm", "voided"));
      g_assert_true (is_told (t, "b-sup", "voided"));
      g_assert_false (is_told (t, "b-rm2", "voided"));
      op_assert (t, "a-cc", "referral.void", op_step_args ("R1", "accepted"), "noop");
    }
}

/* What goes from the lists of the receiver goes with a word, to a portal account too (P13); what came to nothing long ago does not. */
static void
test_void_told (void)
{
  static const struct { const char *who, *step, *phase; gboolean told; } cases[] = {
    { NULL, NULL, "sent", TRUE }, { "b-portal", "referral.accept", "accepted", TRUE }, { "a-cc", "referral.recall", "recalled", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OpFixture) t = op_fixture_new ();

      op_register (t, "a-cc", "C1");
      op_consent (t, "a-cc", "K1", "C1", "B");
      op_assert (t, "net", "portal.assign", kith_json_new ("staff", "s", op_id ("b-portal"), "resource", "s", op_id ("S"), NULL), "applied");
      op_assert (t, "net", "portal.set_permissions", kith_json_new ("staff", "s", op_id ("b-portal"), "changes_status", "b", TRUE, NULL), "applied");
      op_send (t, "a-cc", "R1", "C1", "S");
      if (cases[i].step != NULL)
        op_assert (t, cases[i].who, cases[i].step, op_step_args ("R1", "sent"), "applied");
      op_assert (t, "a-cc", "referral.void", op_step_args ("R1", cases[i].phase), "applied");
      g_assert_cmpint (is_told (t, "b-portal", "voided"), ==, cases[i].told);
      g_assert_cmpint (is_told (t, "b-rm", "voided"), ==, cases[i].told);
    }
}

/* Two days to answer and two of grace, working days; the day must be over where the receiver is. */
static void
test_expire (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  JsonObject *clock = kith_json_new ("referral", "s", op_id ("R1"), NULL);

  op_register (t, "a-cc", "C1");
  op_consent (t, "a-cc", "K1", "C1", "B");
  op_send (t, "a-cc", "R1", "C1", "S");
  g_assert_cmpstr (op_course_field (t, "R1", "due_on"), ==, "2026-03-04");
  op_advance (t, 4 * OP_DAY + 14 * 3600 * 1000); /* Friday 2026-03-06, 23:00 */
  op_assert (t, "hub", "referral.expire", json_object_ref (clock), "noop");
  op_advance (t, 3600 * 1000);
  op_assert (t, "a-sup", "referral.expire", json_object_ref (clock), "denied");
  op_assert (t, "b-sup", "referral.expire", json_object_ref (clock), "denied");
  op_assert (t, "hub", "referral.expire", json_object_ref (clock), "applied");
  g_assert_cmpstr (op_phase (t, "R1"), ==, "expired");
  g_assert_cmpstr (op_course_field (t, "R1", "reason"), ==, "no_response");
  g_assert_cmpuint (op_count_with (t, "notice", "type", "expired"), ==, 1);
  g_assert_false (op_sees (t, "b-rm", "referral_detail:R1"));
  op_assert (t, "hub", "referral.expire", json_object_ref (clock), "noop");
  json_object_unref (clock);
}

static void
test_expire_answered (void)
{
  g_autoptr (OpFixture) t = at_work ();

  op_advance (t, 30 * OP_DAY);
  op_assert (t, "hub", "referral.expire", kith_json_new ("referral", "s", op_id ("R1"), NULL), "noop");
  g_assert_cmpstr (op_phase (t, "R1"), ==, "accepted");
}

/* The author is gone: the sender's supervisors hear of the outcome instead. */
static void
test_author_gone (void)
{
  g_autoptr (OpFixture) t = at_work ();

  op_assert (t, "a-admin", "staff.deactivate", kith_json_new ("staff", "s", op_id ("a-cc"), NULL), "applied");
  op_assert (t, "b-cc", "referral.close", close_args ("accepted", "need_met", NULL), "applied");
  g_assert_cmpuint (op_count_with (t, "notice", "type", "closed"), ==, 1);
  g_assert_cmpuint (op_count_with (t, "notice", "staff", op_id ("a-sup")), ==, 1);
}

/* A desk without the detail changes the brief record and leaves the timeline to the hub. */
static void
test_partial (void)
{
  static const char *const brief[] = { "dir", "user:b-cc", "referral:R1", NULL };
  g_autoptr (OpFixture) t = at_work ();
  g_autoptr (KithRecord) referral = NULL;

  g_assert_cmpstr (op_run_desk (t, "b-cc", brief, "referral.close", close_args ("accepted", "need_met", NULL)), ==,
                   "applied");
  referral = kith_world_get (op_desk (t), "referral", op_id ("R1"), NULL);
  g_assert_cmpstr (kith_record_string (referral, "phase"), ==, "closed_resolved");
  g_assert_cmpstr (op_run_desk (t, "b-cc", brief, "referral.set_status",
                                status_args ("sent", "contacting", NULL, NULL)),
                   ==, "stale_state");
  g_assert_null (kith_json_string (op_now (t), "by"));
  g_assert_cmpstr (kith_json_string (op_now (t), "phase"), ==, "accepted");
}

/* P12, C11: with the eight fields goes nothing of it, with the course a code; the words on why somebody waits lie with the timeline. */
static void
test_reason_words (void)
{
  g_autoptr (OpFixture) t = at_work ();
  g_autoptr (GPtrArray) events = NULL;
  g_autofree char *wire = NULL;
  guint told = 0;

  op_assert (t, "b-rm", "referral.set_status", status_args ("accepted", "waitlisted", "In detox until Friday", NULL), "applied");
  g_assert_cmpstr (op_course_field (t, "R1", "reason"), ==, "other");
  wire = kith_json_print_object (kith_record_get_body (op_get (t, "referral", op_id ("R1"))));
  g_assert_null (strstr (wire, "detox"));
  g_assert_null (strstr (wire, "other"));
  events = kith_world_find (op_world (t), NULL, "referral_event", "referral", op_id ("R1"), NULL, NULL);
  for (guint i = 0; i < events->len; i++)
    told += kith_record_is (events->pdata[i], "reason", "In detox until Friday");
  g_assert_cmpuint (told, ==, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/op-referral/work-U15-roles", test_roles);
  g_test_add_func ("/model/op-referral/status-2e-every-transition", test_transitions);
  g_test_add_func ("/model/op-referral/status-2f-pause-reason", test_pause_reason);
  g_test_add_func ("/model/op-referral/status-P12-C11-reason-words", test_reason_words);
  g_test_add_func ("/model/op-referral/status-D8-reason-ends", test_reason_ends);
  g_test_add_func ("/model/op-referral/contact-D7", test_contact);
  g_test_add_func ("/model/op-referral/D6-eligibility", test_eligibility);
  g_test_add_func ("/model/op-referral/documentation-is-additive", test_additive);
  g_test_add_func ("/model/op-referral/documentation-P17-late", test_late);
  g_test_add_func ("/model/op-referral/note-P20", test_note);
  g_test_add_func ("/model/op-referral/private-note", test_private_note);
  g_test_add_func ("/model/op-referral/close-2f-outcome", test_close);
  g_test_add_func ("/model/op-referral/close-race", test_close_race);
  g_test_add_func ("/model/op-referral/close-only-accepted", test_close_only_accepted);
  g_test_add_func ("/model/op-referral/reopen-who", test_reopen);
  g_test_add_func ("/model/op-referral/reopen-C1-consent", test_reopen_consent);
  g_test_add_func ("/model/op-referral/void", test_void);
  g_test_add_func ("/model/op-referral/void-told", test_void_told);
  g_test_add_func ("/model/op-referral/expire", test_expire);
  g_test_add_func ("/model/op-referral/expire-answered", test_expire_answered);
  g_test_add_func ("/model/op-referral/close-author-gone", test_author_gone);
  g_test_add_func ("/model/op-referral/work-partial-knowledge", test_partial);
  return g_test_run ();
}
