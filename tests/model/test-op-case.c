/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Cases and who is on them: A1 to A8, A11; how a case ends; what is written in it (U10), and tasks. */

#include "kith-import-id.h"
#include "op-fixture.h"

static const char *
tie (const char *of, const char *who)
{
  g_autofree char *key = g_strconcat (op_id (of), ":", op_id (who), NULL);
  g_autofree char *id = kith_id_natural ("assignment", key);

  return g_intern_string (id);
}

static gboolean
is_on (OpFixture *t, const char *of, const char *who)
{
  return op_get (t, "assignment", tie (of, who)) != NULL;
}

static JsonObject *
open_args (const char *of, const char *client)
{
  return kith_json_new ("id", "s", op_id (of), "number", "s", "KA-0007", "client", "s", op_id (client), "title", "s", "A home", "type", "s",
                        "housing", NULL);
}

static void
open_case (OpFixture *t, const char *who, const char *of, const char *client)
{
  op_assert (t, who, "case.open", open_args (of, client), "applied");
}

static void
close_case (OpFixture *t, const char *who, const char *of)
{
  op_assert (t, who, "case.close", kith_json_new ("case", "s", op_id (of), "outcome", "s", "need_met", NULL), "applied");
}

/* changes: "+a-cc" the client, "+a-cc@K1" the case */
static JsonObject *
apply_args (const char *client, const char *changes)
{
  g_auto (GStrv) list = g_strsplit (changes, " ", -1);
  JsonArray *array = json_array_new ();

  for (guint i = 0; list[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (list[i] + 1, "@", 2);

      json_array_add_object_element (array, kith_json_new ("do", "s", list[i][0] == '+' ? "add" : "remove", "staff", "s", op_id (parts[0]),
                                                           "case", "s", parts[1] != NULL ? op_id (parts[1]) : NULL, NULL));
    }
  return kith_json_new ("client", "s", op_id (client), "changes", "a", array, NULL);
}

static void
check_stray_cb (gpointer record, gpointer data)
{
  OpFixture *t = data;
  const char *of = kith_record_string (record, "case");
  g_autofree char *key = g_strconcat (kith_record_string (record, "client"), ":", kith_record_string (record, "staff"), NULL);
  g_autofree char *id = kith_id_natural ("assignment", key);

  if (of != NULL)
    g_assert_nonnull (op_get (t, "assignment", id));
}

/* A11, for closed cases too: removing reaches them (A6). */
static void
assert_subset (OpFixture *t)
{
  kith_memory_world_foreach (KITH_MEMORY_WORLD (op_world (t)), "assignment", check_stray_cb, t);
}

/* C1 of a-cc with K1 open (a-cc on it), K2 open and K3 closed (a-rm on both). */
static OpFixture *
new_network (void)
{
  OpFixture *t = op_fixture_new ();

  op_register (t, "a-cc", "C1");
  open_case (t, "a-cc", "K1", "C1");
  open_case (t, "a-rm", "K2", "C1");
  open_case (t, "a-rm", "K3", "C1");
  close_case (t, "a-rm", "K3");
  return t;
}

/* Every rule that says who ends up where, by one Save. "c" the client, "1" "2" "3" the cases. */
static void
test_rules (void)
{
  static const struct { const char *rule, *changes, *expected, *cc2, *cc, *rm; } cases[] = {
    { "A3 onto the client: onto every case active now, not onto the closed one", "+a-cc2", "applied", "c12", "c1", "c23" },
    { "A3 once more for whoever is there: onto the cases of now", "+a-cc", "applied", "", "c12", "c23" },
    { "A4 onto a case: onto the client, no other case", "+a-cc2@K1", "applied", "c1", "c1", "c23" },
    { "A4 twice", "+a-cc2@K1 +a-cc2@K2", "applied", "c12", "c1", "c23" },
    { "A4 not onto a closed case", "+a-cc2@K3", "stale_state", "", "c1", "c23" },
    { "A6 off the client: off all its cases, the closed one too", "-a-rm", "applied", "", "c1", "" },
    { "A6 nobody there", "-a-cc2", "noop", "", "c1", "c23" },
    { "A7 off a case: on the client still", "-a-cc@K1", "applied", "", "c", "c23" },
    { "A7 off a closed case", "-a-rm@K3", "applied", "", "c1", "c2" },
    { "A8 client only: on, then off every case, one Save", "+a-cc2 -a-cc2@K1 -a-cc2@K2", "applied", "c", "c1", "c23" },
    { "A9 in order: off wins when it comes last", "+a-cc2@K1 -a-cc2", "applied", "", "c1", "c23" },
    { "A9 in order: on wins when it comes last", "-a-cc +a-cc@K2", "applied", "", "c2", "c23" },
    { "A9 all or nothing", "+a-cc2 +a-new@K1", "not_eligible", "", "c1", "c23" },
    { "A9 all or nothing, the case", "-a-cc +a-cc2@K3", "stale_state", "", "c1", "c23" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      static const char *const people[] = { "a-cc2", "a-cc", "a-rm" };
      const char *const where[] = { cases[i].cc2, cases[i].cc, cases[i].rm };
      g_autoptr (OpFixture) t = new_network ();

      g_test_message ("%s", cases[i].rule);
      op_assert (t, "a-sup", "assignment.apply", apply_args ("C1", cases[i].changes), cases[i].expected);
      for (guint p = 0; p < G_N_ELEMENTS (people); p++)
        {
          g_assert_true (is_on (t, "C1", people[p]) == (strchr (where[p], 'c') != NULL));
          g_assert_true (is_on (t, "K1", people[p]) == (strchr (where[p], '1') != NULL));
          g_assert_true (is_on (t, "K2", people[p]) == (strchr (where[p], '2') != NULL));
          g_assert_true (is_on (t, "K3", people[p]) == (strchr (where[p], '3') != NULL));
          g_assert_true (op_sees (t, people[p], "case:K2") == (strchr (where[p], '2') != NULL));
          g_assert_true (op_sees (t, people[p], "case:K3") == (strchr (where[p], '3') != NULL));
        }
      assert_subset (t);
    }
}

/* "client_assigned HA-0001 | case_assigned KA-0007": what this person was told, by the type */
static char *
told (OpFixture *t, const char *who)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) notices = kith_world_find (op_world (t), NULL, "notice", "staff", op_id (who), NULL, &error);
  g_autoptr (GString) text = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < notices->len; i++)
    {
      KithRecord *notice = g_ptr_array_index (notices, i);

      g_assert_null (kith_record_string (notice, "name"));
      g_string_append_printf (text, "%s%s %s", text->len > 0 ? " | " : "", kith_record_string (notice, "type"), kith_record_string (notice, "number"));
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* C17: whoever is put on a client or a case is told so once, by its number; whoever is there already, or did it, is not. */
static void
test_told (void)
{
  static const struct { const char *changes, *who, *expected; } cases[] = {
    { "+a-cc2", "a-cc2", "client_assigned CLIENT" },
    { "+a-cc2@K1", "a-cc2", "client_assigned CLIENT" },
    { "+a-cc@K2", "a-cc", "case_assigned KA-0007" },
    { "+a-cc2 -a-cc2@K1 -a-cc2@K2", "a-cc2", "client_assigned CLIENT" },
    { "+a-cc2 -a-cc2", "a-cc2", "" },
    { "+a-cc@K1 -a-rm", "a-cc", "" },
    { "+a-cc@K1 -a-rm", "a-rm", "" },
    { "+a-sup", "a-sup", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OpFixture) t = new_network ();
      g_auto (GStrv) parts = g_strsplit (cases[i].expected, "CLIENT", 2);
      g_autofree char *expected = g_strjoinv (op_field (t, "client", op_id ("C1"), "number"), parts);
      g_autofree char *found = NULL;

      op_advance (t, 1000);
      g_test_message ("%s: %s", cases[i].changes, cases[i].who);
      op_run (t, "a-sup", "assignment.apply", apply_args ("C1", cases[i].changes));
      found = told (t, cases[i].who);
      g_assert_cmpstr (found, ==, expected);
    }
}

static void
set_flag (OpFixture *t, const char *who, gboolean flag)
{
  op_set (t, "staff", op_id (who), "health_access", json_node_init_boolean (json_node_alloc (), flag));
}

/* A1: on the client, nothing of its cases, not even that there are some. A2: on the case, the client and the case; with the flag (U10)
 * also what is kept apart. */
static void
test_access (void)
{
  static const struct { const char *who; gboolean flag; const char *changes; gboolean client, kase, health; } cases[] = {
    { "a-cc2", FALSE, "+a-cc2 -a-cc2@K1 -a-cc2@K2", TRUE, FALSE, FALSE }, /* A1 */
    { "a-cc2", TRUE, "+a-cc2 -a-cc2@K1 -a-cc2@K2", TRUE, FALSE, FALSE },
    { "a-cc2", FALSE, "+a-cc2@K1", TRUE, TRUE, FALSE }, /* A2 */
    { "a-cc2", TRUE, "+a-cc2@K1", TRUE, TRUE, TRUE },
    { "a-rm", TRUE, "-a-cc2", TRUE, FALSE, FALSE }, /* all the agency's clients, cases only by assignment */
    { "a-sup", FALSE, "-a-cc2", TRUE, TRUE, FALSE },
    { "a-sup", TRUE, "-a-cc2", TRUE, TRUE, TRUE },
    { "a-admin", TRUE, "-a-cc2", FALSE, FALSE, FALSE },
    { "b-sup", TRUE, "-a-cc2", FALSE, FALSE, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OpFixture) t = new_network ();

      set_flag (t, cases[i].who, cases[i].flag);
      op_run (t, "a-sup", "assignment.apply", apply_args ("C1", cases[i].changes));
      g_test_message ("%u: %s %s", i, cases[i].who, cases[i].changes);
      g_assert_true (op_sees (t, cases[i].who, "client:C1") == cases[i].client);
      g_assert_true (op_sees (t, cases[i].who, "client_billing:C1") == cases[i].client);
      g_assert_true (op_sees (t, cases[i].who, "case:K1") == cases[i].kase);
      g_assert_true (op_sees (t, cases[i].who, "case_health:K1") == cases[i].health);
    }
}

/* Access to a case lasts when it closes. */
static void
test_access_lasts (void)
{
  g_autoptr (OpFixture) t = new_network ();

  g_assert_true (op_sees (t, "a-rm", "case:K3"));
  g_assert_true (is_on (t, "K3", "a-rm"));
}

/* A restricted client: supervisors in place of all referral managers; a case was never theirs. */
static void
test_restricted (void)
{
  g_autoptr (OpFixture) t = new_network ();

  op_set (t, "client", op_id ("C1"), "restricted", json_node_init_boolean (json_node_alloc (), TRUE));
  g_assert_true (op_sees (t, "a-sup", "client:C1"));
  g_assert_true (op_sees (t, "a-sup", "case:K1"));
  g_assert_true (op_sees (t, "a-cc", "case:K1"));
  g_assert_true (op_sees (t, "a-rm", "case:K2"));
  op_assert (t, "a-sup", "assignment.apply", apply_args ("C1", "-a-rm"), "applied");
  g_assert_false (op_sees (t, "a-rm", "client:C1"));
  g_assert_false (op_sees (t, "a-rm", "case:K2"));
}

/* What A holds for B by consent, class by class: its supervisors and those who work with the client there, not its referral managers. */
static void
test_partner (void)
{
  static const struct { const char *classes[3]; gboolean kase, health; } cases[] = {
    { { "client", "care", NULL }, FALSE, FALSE },
    { { "client", "case", NULL }, TRUE, FALSE },
    { { "client", "case_health", NULL }, FALSE, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OpFixture) t = op_fixture_new ();
      JsonArray *classes = json_array_new ();

      op_accepted (t, "R1");
      for (const char *const *name = cases[i].classes; *name != NULL; name++)
        json_array_add_string_element (classes, *name);
      op_assert (t, "a-cc", "consent.record",
                 kith_json_new ("id", "s", op_id ("K9"), "client", "s", op_id ("C1"), "classes", "a", classes, "receivers", "a",
                                kith_json_strings (op_id ("B"), NULL), "how", "s", "verbal", NULL),
                 "applied");
      open_case (t, "a-cc", "K1", "C1");
      op_put_assignment (t, "C1", "b-cc", "B");
      set_flag (t, "b-sup", TRUE);
      g_assert_true (op_sees (t, "b-sup", "case:K1") == cases[i].kase);
      g_assert_true (op_sees (t, "b-sup", "case_health:K1") == cases[i].health);
      g_assert_true (op_sees (t, "b-cc", "case:K1") == cases[i].kase);
      g_assert_false (op_sees (t, "b-cc", "case_health:K1"));
      g_assert_false (op_sees (t, "b-rm", "case:K1"));
      g_assert_false (op_sees (t, "c-sup", "case:K1"));
      /* who may read it does not work on it */
      op_assert (t, "b-sup", "case.close", kith_json_new ("case", "s", op_id ("K1"), "outcome", "s", "need_met", NULL),
                 cases[i].kase ? "denied" : "not_found");
      op_assert (t, "a-cc", "consent.revoke", kith_json_new ("client", "s", op_id ("C1"), "reason", "s", "x", NULL), "applied");
      g_assert_false (op_sees (t, "b-sup", "case:K1"));
      g_assert_false (op_sees (t, "b-sup", "case_health:K1"));
    }
}

/* A5: the author and the author's supervisor, nobody else who is on the client. */
static void
test_new_case (void)
{
  static const struct { const char *supervisor; gboolean joins; } cases[] = {
    { NULL, FALSE }, { "a-sup", TRUE }, { "a-admin", TRUE }, { "a-gone", FALSE }, { "a-new", FALSE }, { "b-sup", FALSE }, { "nobody", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *supervisor = cases[i].supervisor;
      g_autoptr (OpFixture) t = op_fixture_new ();

      op_register (t, "a-cc", "C1");
      op_put_assignment (t, "C1", "a-cc2", "A");
      if (supervisor != NULL)
        op_set (t, "staff", op_id ("a-cc"), "supervisor", json_node_init_string (json_node_alloc (), op_id (supervisor)));
      open_case (t, "a-cc", "K1", "C1");
      g_assert_true (is_on (t, "K1", "a-cc"));
      g_assert_true (is_on (t, "C1", "a-cc"));
      g_assert_false (is_on (t, "K1", "a-cc2"));
      g_assert_true (is_on (t, "C1", "a-cc2"));
      g_assert_cmpuint (op_count_with (t, "assignment", "case", op_id ("K1")), ==, cases[i].joins ? 2 : 1);
      if (supervisor != NULL)
        g_assert_true (is_on (t, "K1", supervisor) == cases[i].joins && is_on (t, "C1", supervisor) == cases[i].joins);
      assert_subset (t);
    }
}

/* A5 on a computer that holds nobody of the agency: the author alone, and no refusal; the hub puts the supervisor there. */
static void
test_new_case_desk (void)
{
  static const char *const without[] = { "dir", "client:C1", "care:C1:A", "user:a-cc", NULL };
  static const char *const with[] = { "dir", "client:C1", "care:C1:A", "user:a-cc", "agency:A", NULL };
  g_autoptr (OpFixture) t = op_fixture_new ();

  op_register (t, "a-cc", "C1");
  op_set (t, "staff", op_id ("a-cc"), "supervisor", json_node_init_string (json_node_alloc (), op_id ("a-sup")));
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GPtrArray) on = NULL;

      g_assert_cmpstr (op_run_desk (t, "a-cc", i == 0 ? without : with, "case.open",
                                    kith_json_new ("id", "s", op_id ("K1"), "number", "s", "KA-0007", "client", "s", op_id ("C1"), "title", "s",
                                                   "A home", NULL)),
                       ==, "applied");
      on = kith_world_find (op_desk (t), NULL, "assignment", "case", op_id ("K1"), NULL, NULL);
      g_assert_cmpuint (on->len, ==, 1 + i);
    }
  open_case (t, "a-cc", "K1", "C1");
  g_assert_true (is_on (t, "K1", "a-sup") && is_on (t, "C1", "a-sup"));
  assert_subset (t);
}

/* A11 through concurrency: two desks that did not know of each other; the hub takes one after the other, in either order. */
static void
test_concurrent (void)
{
  static const struct { const char *first, *second; gboolean client, kase; } cases[] = {
    { "+a-cc2@K1", "-a-cc2", FALSE, FALSE },
    { "-a-cc2", "+a-cc2@K1", TRUE, TRUE },
    { "-a-cc2@K1", "-a-cc2", FALSE, FALSE },
    { "+a-cc2", "-a-cc2@K1", TRUE, FALSE },
    { "-a-cc2", "+a-cc2", TRUE, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (guint there = 0; there < 2; there++)
      {
        g_autoptr (OpFixture) t = new_network ();

        if (there)
          op_assert (t, "a-sup", "assignment.apply", apply_args ("C1", "+a-cc2"), "applied");
        op_run (t, "a-sup", "assignment.apply", apply_args ("C1", cases[i].first));
        assert_subset (t);
        op_run (t, "a-sup", "assignment.apply", apply_args ("C1", cases[i].second));
        assert_subset (t);
        g_assert_true (is_on (t, "C1", "a-cc2") == cases[i].client);
        g_assert_true (is_on (t, "K1", "a-cc2") == cases[i].kase);
      }
}

/* A11 when a case is opened again: whoever was taken off the client meanwhile is not back. */
static void
test_reopened (void)
{
  g_autoptr (OpFixture) t = new_network ();

  op_assert (t, "a-sup", "assignment.apply", apply_args ("C1", "-a-rm"), "applied");
  op_assert (t, "a-sup", "case.reopen", kith_json_new ("case", "s", op_id ("K3"), "reason", "s", "The need is back", NULL), "applied");
  g_assert_false (is_on (t, "K3", "a-rm"));
  g_assert_false (op_sees (t, "a-rm", "case:K3"));
  assert_subset (t);
}

/* A desk that holds only part of it changes that part; the rest is the hub's. */
static void
test_partial (void)
{
  static const char *const half[] = { "dir", "user:a-sup", "agency:A", "care:C1:A", "case:K1", NULL };
  static const char *const nothing[] = { "dir", "user:a-sup", "agency:A", NULL };
  g_autoptr (OpFixture) t = new_network ();
  g_autofree char *begun = op_expand ("case:K4");
  g_autoptr (KithRecord) on_k1 = NULL;
  g_autoptr (KithRecord) on_k2 = NULL;

  g_assert_cmpstr (op_run_desk (t, "a-sup", half, "assignment.apply", apply_args ("C1", "+a-cc2")), ==, "applied");
  on_k1 = kith_world_get (op_desk (t), "assignment", tie ("K1", "a-cc2"), NULL);
  on_k2 = kith_world_get (op_desk (t), "assignment", tie ("K2", "a-cc2"), NULL);
  g_assert_nonnull (on_k1);
  g_assert_null (on_k2);
  g_assert_cmpstr (op_run_desk (t, "a-sup", nothing, "assignment.apply", apply_args ("C1", "+a-cc2@K2 -a-cc")), ==, "applied");
  g_assert_cmpstr (op_run_desk (t, "a-cc", half, "case.open", open_args ("K4", "C1")), ==, "applied");
  g_assert_true (kith_world_holds (op_desk (t), begun));
}

/* ---- who may open, close, reopen ---- */

static void
test_who (void)
{
  static const struct { const char *who, *open, *close, *reopen; } cases[] = {
    { "a-cc", "applied", "applied", "denied" },         { "a-sup", "applied", "applied", "applied" },
    { "a-rm", "applied", "not_found", "not_found" },    { "a-cc2", "not_found", "not_found", "not_found" },
    { "a-new", "denied", "not_found", "not_found" },    { "a-gone", "denied", "denied", "denied" },
    { "a-portal", "denied", "not_found", "not_found" }, { "b-sup", "not_found", "not_found", "not_found" },
    { "net", "denied", "not_found", "not_found" },      { "hub", "denied", "denied", "denied" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OpFixture) t = op_fixture_new ();
      const char *who = cases[i].who;

      op_register (t, "a-cc", "C1");
      open_case (t, "a-cc", "K1", "C1");
      g_assert_cmpstr (op_try (t, who, "case.open", open_args ("K2", "C1")), ==, cases[i].open);
      g_assert_cmpstr (op_try (t, who, "case.close", kith_json_new ("case", "s", op_id ("K1"), "outcome", "s", "need_met", NULL)), ==,
                       cases[i].close);
      close_case (t, "a-cc", "K1");
      g_assert_cmpstr (op_try (t, who, "case.reopen", kith_json_new ("case", "s", op_id ("K1"), "reason", "s", "x", NULL)), ==,
                       cases[i].reopen);
    }
}

static void
test_phases (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  const char *k1 = op_id ("K1");

  op_register (t, "a-cc", "C1");
  open_case (t, "a-cc", "K1", "C1");
  g_assert_cmpstr (op_field (t, "case", k1, "number"), ==, "KA-0007");
  g_assert_cmpstr (op_field (t, "case", k1, "phase"), ==, "open");
  g_assert_cmpstr (op_field (t, "case", k1, "author"), ==, op_id ("a-cc"));
  op_assert (t, "a-cc", "case.open", open_args ("K1", "C1"), "exists");
  op_assert (t, "a-cc", "case.close", kith_json_new ("case", "s", k1, NULL), "reason_required");
  op_assert (t, "a-cc", "case.close", kith_json_new ("case", "s", k1, "outcome", "s", "other", NULL), "reason_required");
  op_assert (t, "a-cc", "case.close", kith_json_new ("case", "s", k1, "outcome", "s", "referred_elsewhere", NULL), "reason_required");
  op_assert (t, "a-cc", "case.close", kith_json_new ("case", "s", k1, "outcome", "s", "need_met", "text", "s", "Moved in", NULL), "applied");
  g_assert_cmpstr (op_field (t, "case", k1, "outcome"), ==, "need_met");
  g_assert_cmpstr (op_field (t, "case", k1, "closed_at"), !=, "");
  /* twice by two desks: the same is nothing new, another outcome does not overwrite it */
  op_assert (t, "a-cc", "case.close", kith_json_new ("case", "s", k1, "outcome", "s", "need_met", NULL), "noop");
  op_assert (t, "a-cc", "case.close", kith_json_new ("case", "s", k1, "outcome", "s", "moved_away", NULL), "stale_state");
  g_assert_cmpstr (kith_json_string (op_now (t), "outcome"), ==, "need_met");
  op_assert (t, "a-sup", "case.reopen", kith_json_new ("case", "s", k1, "reason", "s", " ", NULL), "reason_required");
  op_assert (t, "a-sup", "case.reopen", kith_json_new ("case", "s", k1, "reason", "s", "Lost the flat", NULL), "applied");
  op_assert (t, "a-sup", "case.reopen", kith_json_new ("case", "s", k1, "reason", "s", "Lost the flat", NULL), "noop");
  g_assert_cmpstr (op_field (t, "case", k1, "phase"), ==, "open");
  g_assert_cmpstr (op_field (t, "case", k1, "outcome"), ==, "");
  g_assert_cmpuint (op_count_with (t, "case_event", "type", "opened"), ==, 1);
  g_assert_cmpuint (op_count_with (t, "case_event", "type", "closed"), ==, 1);
  g_assert_cmpuint (op_count_with (t, "case_event", "type", "reopened"), ==, 1);
}

/* C15: a victim service agency's clients and cases are not kept here. */
static void
test_victim_service (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  g_autofree char *import = kith_import_id (op_id ("V"), "shelter.csv");
  g_autofree char *key = g_strconcat (op_id ("C1"), ":", op_id ("V"), NULL);
  g_autofree char *care = kith_id_natural ("care", key);

  op_register (t, "a-cc", "C1");
  op_put (t, "care", care, kith_json_new ("client", "s", op_id ("C1"), "agency", "s", op_id ("V"), NULL));
  op_assert (t, "v-sup", "case.open", open_args ("K1", "C1"), "denied");
  /* nor what a list of them is called, and how long it is */
  op_assert (t, "v-rm", "import.record",
             kith_json_new ("id", "s", import, "agency", "s", op_id ("V"), "source", "s", "shelter.csv", "state", "s", "running", NULL), "denied");
}

/* The form of a case: two people change it, neither's words are lost. */
static void
test_form (void)
{
  g_autoptr (OpFixture) t = new_network ();
  JsonObject *change = kith_json_new ("old", "n", "new", "s", "Call the landlord", NULL);

  op_assert (t, "a-cc", "record.patch",
             kith_json_new ("t", "s", "case", "id", "s", op_id ("K1"), "set", "o", kith_json_new ("next_step", "o", change, NULL), NULL), "applied");
  change = kith_json_new ("old", "n", "new", "s", "Visit", NULL);
  op_assert (t, "a-sup", "record.patch",
             kith_json_new ("t", "s", "case", "id", "s", op_id ("K1"), "set", "o", kith_json_new ("next_step", "o", change, NULL), NULL), "merged");
  g_assert_cmpuint (op_count (t, "field_history"), ==, 2); /* that it said nothing, and what lost */
  g_assert_cmpuint (op_count_with (t, "field_history", "value", "Call the landlord") + op_count_with (t, "field_history", "value", "Visit"), ==, 1);
  change = kith_json_new ("old", "s", "open", "new", "s", "closed", NULL);
  op_assert (t, "a-cc", "record.patch",
             kith_json_new ("t", "s", "case", "id", "s", op_id ("K1"), "set", "o", kith_json_new ("phase", "o", change, NULL), NULL), "invalid");
}

/* A1, A2: whoever sees the case of their agency puts right what its title and its type say; others know of no case, and a type is one of the list's. */
static void
test_corrected (void)
{
  static const struct { const char *who, *field, *old, *new, *expected; } cases[] = {
    { "a-cc", "title", "A home", "A home for four", "applied" }, { "a-cc", "type", "housing", "food", "applied" },
    { "a-sup", "type", "housing", "food", "applied" },           { "a-cc", "type", "housing", "no such type", "invalid" },
    { "b-rm", "type", "housing", "food", "not_found" },          { "a-cc", "number", "KA-0007", "KA-0008", "invalid" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OpFixture) t = new_network ();
      JsonObject *change = kith_json_new ("old", "s", cases[i].old, "new", "s", cases[i].new, NULL);

      g_test_message ("%s %s", cases[i].who, cases[i].field);
      op_assert (t, cases[i].who, "record.patch",
                 kith_json_new ("t", "s", "case", "id", "s", op_id ("K1"), "set", "o", kith_json_new (cases[i].field, "o", change, NULL), NULL), cases[i].expected);
      if (g_str_equal (cases[i].expected, "applied"))
        g_assert_cmpstr (kith_record_string (op_get (t, "case", op_id ("K1")), cases[i].field), ==, cases[i].new);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/op-case/A3-A4-A6-A7-A8-A9-one-save", test_rules);
  g_test_add_func ("/model/op-case/C17-told", test_told);
  g_test_add_func ("/model/op-case/A1-A2-corrected", test_corrected);
  g_test_add_func ("/model/op-case/A1-A2-U10-access", test_access);
  g_test_add_func ("/model/op-case/access-lasts-when-it-closes", test_access_lasts);
  g_test_add_func ("/model/op-case/restricted", test_restricted);
  g_test_add_func ("/model/op-case/C1-partner-class-by-class", test_partner);
  g_test_add_func ("/model/op-case/A5-new-case", test_new_case);
  g_test_add_func ("/model/op-case/A5-new-case-desk", test_new_case_desk);
  g_test_add_func ("/model/op-case/A11-concurrent", test_concurrent);
  g_test_add_func ("/model/op-case/A11-reopened", test_reopened);
  g_test_add_func ("/model/op-case/partial-knowledge", test_partial);
  g_test_add_func ("/model/op-case/who", test_who);
  g_test_add_func ("/model/op-case/phases", test_phases);
  g_test_add_func ("/model/op-case/C15-victim-service", test_victim_service);
  g_test_add_func ("/model/op-case/form", test_form);
  return g_test_run ();
}
