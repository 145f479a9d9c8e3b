/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The state machine of referrals (domain.md 2e) against the operations: what it offers is done, what it does not offer
 * is refused. */

#include "kith-referral-rules.h"
#include "op-fixture.h"

static const char *const phases[] = {
  "draft",  "pending_consent", "sent",     "accepted", "contacting",      "in_service",        "waitlisted",
  "paused", "declined",        "recalled", "expired",  "closed_resolved", "closed_unresolved", "voided",
  "given"
};

static const char *const people[] = { "a-cc",     "a-cc2",  "a-rm",     "a-sup", "a-admin", "a-new", "a-gone",
                                      "a-portal", "b-rm",   "b-rm2",    "b-cc",  "b-cc2",   "b-sup", "b-admin",
                                      "b-new",    "b-gone", "b-portal", "c-rm",  "c-sup",   "net",   "hub" };

/* Every operation that acts on a referral, with the phases it may aim at. */
static const struct { const char *operation, *to;
} steps[] = {
  { "referral.accept", "accepted" },
  { "referral.decline", "declined" },
  { "referral.recall", "recalled" },
  { "referral.expire", "expired" },
  { "referral.assign", NULL },
  { "referral.set_status", "contacting" },
  { "referral.set_status", "in_service" },
  { "referral.set_status", "waitlisted" },
  { "referral.set_status", "paused" },
  { "referral.record_contact", NULL },
  { "referral.close", "closed_resolved" },
  { "referral.close", "closed_unresolved" },
  { "referral.reopen", "accepted" },
  { "referral.reopen", "sent" },
  { "referral.note", NULL },
  { "referral.private_note", NULL },
  { "referral.void", "voided" },
  { "referral.check_in", NULL },
  { "referral.snooze", NULL },
  { "referral.confirm_decline", "declined" },
  { "referral.introduce", NULL },
  { "referral.reroute", NULL },
};

static JsonObject *
args_for (const char *operation, const char *from, const char *to)
{
  JsonObject *args = kith_json_new ("referral", "s", op_id ("R1"), NULL);
  const KithOperation *table = kith_operation_get (operation);

  for (guint i = 0; i < table->n_args; i++)
    {
      const char *name = table->args[i].name;

      if (g_str_equal (name, "from"))
        json_object_set_string_member (args, "from", from);
      else if (g_str_equal (name, "phase"))
        json_object_set_string_member (args, "phase", to);
      else if (g_str_equal (name, "reason"))
        json_object_set_string_member (args, "reason", "no_capacity");
      else if (g_str_equal (name, "outcome"))
        json_object_set_string_member (args, "outcome", g_str_equal (to, "closed_resolved") ? "need_met" : "no_show");
      else if (g_str_equal (name, "staff"))
        json_object_set_string_member (args, "staff", op_id ("b-cc2"));
      else if (g_str_equal (name, "text"))
        json_object_set_string_member (args, "text", "Words.");
      else if (g_str_equal (name, "until"))
        json_object_set_string_member (args, "until", "2026-06-01T08:00:00.000Z");
      else if (g_str_equal (name, "service"))
        json_object_set_string_member (args, "service", op_id ("S2")); /* of the receiver's */
      else if (g_str_equal (name, "how"))
        json_object_set_string_member (args, "how", "phone");
      else if (g_str_equal (name, "result"))
        json_object_set_string_member (args, "result", "reached");
    }
  return args;
}

static gboolean
offered (OpFixture *t, const char *who, const char *operation, const char *to)
{
  g_autoptr (KithActor) actor = op_actor (t, who);
  g_autoptr (GPtrArray) next = kith_referral_next (op_world (t), actor, op_get (t, "referral", op_id ("R1")), NULL);

  for (guint i = 0; i < next->len; i++)
    {
      const KithReferralStep *step = g_ptr_array_index (next, i);

      if (g_str_equal (step->operation, operation) && g_strcmp0 (step->to, to) == 0)
        return TRUE;
    }
  return FALSE;
}

/* Another service of the receiver's, to which it may be passed on. */
static void
put_second_service (OpFixture *t)
{
  op_put (t, "service", op_id ("S2"), kith_json_new ("organization_id", "s", op_id ("B"), "name", "s", "Service S2", "status", "s", "active", "direct", "b", TRUE, NULL));
}

/* Notes and contacts written down before an end are taken after it, so more is done than offered: from the receiver,
 * who was there. */
static gboolean
taken_late (const char *operation, const char *phase)
{
  return (g_str_equal (operation, "referral.record_contact") || g_str_equal (operation, "referral.note")) &&
         !kith_referral_phase_is_live (phase);
}

static void
test_offered_is_done (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  guint n_done = 0;

  op_accepted (t, "R1");
  put_second_service (t);
  op_assert (t, "b-rm", "referral.assign",
             kith_json_new ("referral", "s", op_id ("R1"), "staff", "s", op_id ("b-cc"), NULL), "applied");
  op_advance (t, 20 * OP_DAY);
  /* A decline waits for its second step, so that this step is offered too. */
  op_set (t, "referral_own", kith_record_get_id (op_natural (t, "referral_own", "R1:B")), "decline_reason",
          json_node_init_string (json_node_alloc (), "no_capacity"));
  for (guint p = 0; p < G_N_ELEMENTS (phases); p++)
    {
      op_set (t, "referral", op_id ("R1"), "phase", json_node_init_string (json_node_alloc (), phases[p]));
      for (guint w = 0; w < G_N_ELEMENTS (people); w++)
        for (guint s = 0; s < G_N_ELEMENTS (steps); s++)
          {
            gboolean sees = g_str_equal (people[w], "hub") || op_sees (t, people[w], "referral:R1");
            gboolean is_offered = offered (t, people[w], steps[s].operation, steps[s].to);
            const char *result =
                op_try (t, people[w], steps[s].operation, args_for (steps[s].operation, phases[p], steps[s].to));

            /* Where reopening leads follows from where it starts. */
            if (g_str_equal (steps[s].operation, "referral.reopen") &&
                g_str_equal (steps[s].to, "accepted") != g_str_has_prefix (phases[p], "closed_"))
              continue;
            n_done += g_str_equal (result, "applied");
            if (is_offered && sees && !g_str_equal (result, "applied"))
              g_error ("%s to %s offered to %s in %s, but %s: %s", steps[s].operation, steps[s].to, people[w],
                       phases[p], result, op_message (t));
            if (!is_offered && g_str_equal (result, "applied") && !taken_late (steps[s].operation, phases[p]))
              g_error ("%s to %s not offered to %s in %s, but done", steps[s].operation, steps[s].to, people[w],
                       phases[p]);
          }
    }
  g_assert_cmpuint (n_done, >, 200);
}

/* design.md 2.2, 6: what a desk refuses, whatever part of what its person may see it holds, the hub refuses too. */
static void
test_desk_refusal (void)
{
  static const char *const scopes[] = {
    "dir",       "agency:A",    "agency:B",           "client:C1",         "care:C1:A",
    "care:C1:B", "referral:R1", "referral_detail:R1", "referral_own:R1:A", "referral_own:R1:B"
  };
  static const char *const some[] = {
    "sent", "accepted", "paused", "closed_resolved", "declined", "recalled", "expired"
  };
  static const char *const desks[] = { "a-cc", "a-cc2", "a-rm", "a-sup", "b-rm", "b-rm2", "b-cc", "b-sup" };
  g_autoptr (OpFixture) t = op_fixture_new ();
  guint seed = 1, n_refused = 0, n_applied = 0;

  op_accepted (t, "R1");
  put_second_service (t);
  op_put_assignment (t, "C1", "a-cc2", "A");
  op_assert (t, "b-rm", "referral.assign",
             kith_json_new ("referral", "s", op_id ("R1"), "staff", "s", op_id ("b-cc"), NULL), "applied");
  for (guint p = 0; p < G_N_ELEMENTS (some); p++)
    {
      op_set (t, "referral", op_id ("R1"), "phase", json_node_init_string (json_node_alloc (), some[p]));
      for (guint w = 0; w < G_N_ELEMENTS (desks); w++)
        for (guint s = 0; s < G_N_ELEMENTS (steps); s++)
          {
            const char *held[G_N_ELEMENTS (scopes) + 1] = { NULL };
            guint n = 0;
            const char *desk, *hub;

            for (guint i = 0; i < G_N_ELEMENTS (scopes); i++)
              {
                seed = seed * 1103515245 + 12345;
                if ((seed >> 16) % 4 != 0 && op_sees (t, desks[w], scopes[i]))
                  held[n++] = scopes[i];
              }
            desk = op_run_desk (t, desks[w], held, steps[s].operation,
                                args_for (steps[s].operation, some[p], steps[s].to));
            hub = op_try (t, desks[w], steps[s].operation, args_for (steps[s].operation, some[p], steps[s].to));
            n_applied += g_str_equal (desk, "applied");
            if (g_str_equal (desk, "applied") || g_str_equal (desk, "noop"))
              continue;
            n_refused++;
            if (g_str_equal (hub, "applied") || g_str_equal (hub, "noop"))
              g_error ("%s by %s in %s: the desk says %s, the hub %s", steps[s].operation, desks[w], some[p], desk,
                       hub);
          }
    }
  g_assert_cmpuint (n_refused, >, 100);
  g_assert_cmpuint (n_applied, >, 100);
}

/* Whoever was offered nothing, is told nothing: no operation succeeds for a person who does not see the referral. */
static void
test_unseen (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  static const char *const strangers[] = {
    "a-cc2", "a-admin", "c-rm", "c-sup", "net", "a-portal", "b-portal", "b-admin"
  };

  op_accepted (t, "R1");
  put_second_service (t);
  for (guint w = 0; w < G_N_ELEMENTS (strangers); w++)
    for (guint s = 0; s < G_N_ELEMENTS (steps); s++)
      {
        const char *result =
            op_try (t, strangers[w], steps[s].operation, args_for (steps[s].operation, "accepted", steps[s].to));
        g_autofree char *message = g_strdup (op_message (t));
        JsonObject *absent = args_for (steps[s].operation, "accepted", steps[s].to);

        if (g_str_equal (steps[s].operation, "referral.expire") || g_str_equal (steps[s].operation, "referral.remind"))
          {
            g_assert_cmpstr (result, ==, "denied");
            json_object_unref (absent);
            continue;
          }
        g_assert_cmpstr (result, ==, "not_found");
        g_assert_null (op_now (t));
        json_object_set_string_member (absent, "referral", op_id ("nothing"));
        g_assert_cmpstr (op_try (t, strangers[w], steps[s].operation, absent), ==, "not_found");
        g_assert_cmpstr (op_message (t), ==, message);
      }
}

/* At most one acceptance, and only from sent: nothing leads past it (I15). */
static void
test_machine (void)
{
  static const char *const worked[] = { "contacting",      "in_service",        "waitlisted", "paused",
                                        "closed_resolved", "closed_unresolved", NULL };

  for (guint p = 0; p < G_N_ELEMENTS (phases); p++)
    for (guint s = 0; s < G_N_ELEMENTS (steps); s++)
      {
        const char *to = steps[s].to;

        if (to == NULL || !kith_referral_step_exists (steps[s].operation, phases[p], to))
          continue;
        g_assert_cmpstr (phases[p], !=, to);
        g_assert_cmpstr (phases[p], !=, "voided");
        if (g_str_equal (to, "accepted"))
          g_assert_true (g_str_equal (phases[p], "sent") || g_str_has_prefix (phases[p], "closed_"));
        if (g_strv_contains (worked, to))
          g_assert_true (kith_referral_phase_is_open (phases[p]));
        g_assert_cmpuint (kith_referral_step_sides (steps[s].operation, phases[p], to), !=, 0);
      }
}

static void
test_phases (void)
{
  const KithVocabulary *vocabulary = kith_vocabulary_get ("phase");
  const KithVocabulary *outcomes = kith_vocabulary_get ("outcome");

  g_assert_cmpuint (kith_vocabulary_size (vocabulary), ==, G_N_ELEMENTS (phases));
  for (guint i = 0; i < kith_vocabulary_size (vocabulary); i++)
    {
      const char *phase = kith_vocabulary_code (vocabulary, i);
      gboolean open = kith_referral_phase_is_open (phase);

      g_assert_false (strstr (kith_referral_phase_sentence (phase), "not known") != NULL);
      g_assert_true (!open || kith_referral_phase_is_live (phase));
      g_assert_true (!kith_referral_phase_is_live (phase) || kith_referral_phase_was_sent (phase));
      g_assert_false (open && kith_referral_phase_is_ended (phase));
    }
  for (guint i = 0; i < kith_vocabulary_size (outcomes); i++)
    g_assert_nonnull (kith_referral_outcome_phase (kith_vocabulary_code (outcomes, i)));
  g_assert_null (kith_referral_outcome_phase ("splendid"));
  g_assert_null (kith_referral_outcome_phase (NULL));
}

/* domain.md 2d: whatever a queue calls it, a phase is one status of FHIR's Task (2e), and a step of ours is one of the guide's diagram. Two are
 * not, and each is known by its name: what was ended by mistake is opened again, and what was never sent is taken back. */
static void
test_task (void)
{
  static const struct { const char *phase, *task;
  } statuses[] = {
    { "draft", "draft" }, { "pending_consent", "draft" }, { "sent", "requested" }, { "accepted", "accepted" }, { "contacting", "in-progress" },
    { "in_service", "in-progress" }, { "waitlisted", "on-hold" }, { "paused", "on-hold" }, { "declined", "rejected" }, { "recalled", "cancelled" },
    { "expired", "cancelled" }, { "closed_resolved", "completed" }, { "closed_unresolved", "failed" }, { "voided", "entered-in-error" },
  };
  static const char *const diagram[] = {
    "draft>requested", "requested>accepted", "requested>rejected", "requested>cancelled", "accepted>in-progress", "accepted>on-hold", "accepted>completed",
    "accepted>failed", "accepted>cancelled", "in-progress>on-hold", "on-hold>in-progress", "in-progress>completed", "in-progress>failed",
    "in-progress>cancelled", "on-hold>completed", "on-hold>failed", "on-hold>cancelled", NULL
  };
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    for (guint k = 0; k < G_N_ELEMENTS (statuses); k++)
      {
        const char *operation = kith_referral_step_between (statuses[i].phase, statuses[k].phase);
        g_autofree char *way = g_strconcat (statuses[i].task, ">", statuses[k].task, NULL);

        if (operation == NULL || i == k || g_str_equal (statuses[i].task, statuses[k].task))
          continue;
        n++;
        g_test_message ("%s: %s to %s", operation, statuses[i].phase, statuses[k].phase);
        if (!g_strv_contains (diagram, way) && !g_str_has_suffix (way, ">entered-in-error"))
          g_assert_true (g_str_equal (operation, "referral.reopen") || (g_str_equal (operation, "referral.recall") && g_str_equal (statuses[i].task, "draft")));
      }
  g_assert_cmpuint (n, >, 20);
  g_assert_cmpuint (G_N_ELEMENTS (statuses), ==, kith_vocabulary_size (kith_vocabulary_get ("phase")) - 1); /* "given" is nobody's task (D3) */
}

static void
test_working_days (void)
{
  static const struct { const char *day; guint n; const char *expected;
  } cases[] = {
    { "2026-03-02", 0, "2026-03-02" }, { "2026-03-02", 1, "2026-03-03" }, { "2026-03-06", 1, "2026-03-09" },
    { "2026-03-07", 1, "2026-03-09" }, { "2026-03-08", 1, "2026-03-09" }, { "2026-02-27", 1, "2026-03-02" },
    { "2028-02-28", 2, "2028-03-01" }, { "2026-12-31", 5, "2027-01-07" },
  };
  g_autoptr (OpFixture) t = op_fixture_new ();
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *day = kith_referral_add_working_days (op_world (t), op_id ("B"), cases[i].day, cases[i].n, NULL);

      g_assert_cmpstr (day, ==, cases[i].expected);
    }
  g_assert_null (kith_referral_add_working_days (op_world (t), op_id ("B"), "2026-02-30", 1, &error));
  g_assert_error (error, KITH_MODEL_ERROR, KITH_MODEL_ERROR_INVALID);
}

/* domain.md 2b: what stays within one agency has words of its own, whichever way it goes; what is only given to the client goes nowhere. */
static void
test_kind (void)
{
  static const struct { const char *type, *agency, *agency_to, *kind; } cases[] = {
    { "direct", "a", "b", "direct" }, { "direct", "a", "a", "internal" }, { "warm", "a", "b", "warm" }, { "warm", "a", "a", "internal_warm" },
    { "informational", "a", "a", "informational" }, { "direct", "network", NULL, "direct" }, { "direct", NULL, NULL, "direct" }, { NULL, "a", "a", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_assert_cmpstr (kith_referral_kind (cases[i].type, cases[i].agency, cases[i].agency_to), ==, cases[i].kind);
      g_assert_true (cases[i].kind == NULL || kith_vocabulary_has (kith_vocabulary_get ("referral_kind"), cases[i].kind));
    }
}

/* P1: a name its queue gave it is its status; a code is nobody's word. */
static void
test_own_status (void)
{
  g_assert_cmpstr (kith_referral_own_status ("in_service", "Enrolled"), ==, "Enrolled");
  g_assert_null (kith_referral_own_status ("in_service", "in_service"));
  g_assert_null (kith_referral_own_status ("in_service", "accepted"));
  g_assert_null (kith_referral_own_status ("in_service", ""));
  g_assert_null (kith_referral_own_status ("in_service", NULL));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/referral-rules/offered-is-done-and-nothing-else", test_offered_is_done);
  g_test_add_func ("/model/referral-rules/I23-a-desk-refusal-is-the-hubs", test_desk_refusal);
  g_test_add_func ("/model/referral-rules/unseen-as-absent", test_unseen);
  g_test_add_func ("/model/referral-rules/I15-machine", test_machine);
  g_test_add_func ("/model/referral-rules/2e-2f-phases-and-outcomes", test_phases);
  g_test_add_func ("/model/referral-rules/2d-2e-task", test_task);
  g_test_add_func ("/model/referral-rules/working-days", test_working_days);
  g_test_add_func ("/model/referral-rules/kind-2b", test_kind);
  g_test_add_func ("/model/referral-rules/own-status-P1", test_own_status);
  return g_test_run ();
}
