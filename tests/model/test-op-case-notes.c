/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is written in a case, where it lies and who may (U10, design.md 2.4), and tasks. */

#include "op-fixture.h"

/* K1 of C1: a-cc with the flag (U10) and a-cc2 without are on it. */
static OpFixture *
new_network (void)
{
  OpFixture *t = op_fixture_new ();
  JsonArray *changes = json_array_new ();

  op_set (t, "staff", op_id ("a-cc"), "health_access", json_node_init_boolean (json_node_alloc (), TRUE));
  op_register (t, "a-cc", "C1");
  op_assert (t, "a-cc", "case.open",
             kith_json_new ("id", "s", op_id ("K1"), "number", "s", "KA-0007", "client", "s", op_id ("C1"), "title", "s", "A home", NULL),
             "applied");
  json_array_add_object_element (changes, kith_json_new ("do", "s", "add", "staff", "s", op_id ("a-cc2"), "case", "s", op_id ("K1"), NULL));
  op_assert (t, "a-sup", "assignment.apply", kith_json_new ("client", "s", op_id ("C1"), "changes", "a", changes, NULL), "applied");
  return t;
}

static JsonObject *
note_args (const char *id, const char *sensitivity)
{
  return kith_json_new ("id", "s", op_id (id), "case", "s", op_id ("K1"), "sensitivity", "s", sensitivity, "type", "s", "progress", "text", "s",
                        "Slept at the shelter.", NULL);
}

static char *
scope_of (OpFixture *t, const char *kind, const char *id)
{
  return kith_record_scope (op_get (t, kind, op_id (id)));
}

static void
test_where (void)
{
  static const struct { const char *sensitivity, *scope, *cc2; } cases[] = {
    { "general", "case:K1", "applied" },
    { "health", "case_health:K1", "denied" },
    { "part2", "case_health:K1", "denied" },
    { "secret", NULL, "invalid" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OpFixture) t = new_network ();
      g_autofree char *scope = NULL;
      g_autofree char *expected = cases[i].scope != NULL ? op_expand (cases[i].scope) : NULL;
      const char *sensitivity = cases[i].sensitivity;

      /* To write there one must be allowed to look there. */
      g_assert_cmpstr (op_try (t, "a-cc2", "note.add", note_args ("N1", sensitivity)), ==, cases[i].cc2);
      g_assert_cmpstr (op_try (t, "a-cc2", "assessment.record",
                               kith_json_new ("id", "s", op_id ("S1"), "case", "s", op_id ("K1"), "name", "s", "VI-SPDAT", "assessed_on", "s",
                                              "2026-03-02", "sensitivity", "s", sensitivity, NULL)),
                       ==, cases[i].cc2);
      g_assert_cmpstr (op_try (t, "a-cc2", "goal.set",
                               kith_json_new ("id", "s", op_id ("G1"), "case", "s", op_id ("K1"), "title", "s", "A job", "sensitivity", "s",
                                              sensitivity, NULL)),
                       ==, cases[i].cc2);
      if (expected == NULL)
        continue;
      op_assert (t, "a-cc", "note.add", note_args ("N1", sensitivity), "applied");
      scope = scope_of (t, "case_note", "N1");
      g_assert_cmpstr (scope, ==, expected);
      g_assert_cmpuint (op_count_with (t, "case_event", "record", op_id ("N1")), ==, 1);
    }
}

static void
find_event_cb (gpointer record, gpointer data)
{
  KithRecord **found = data;

  if (kith_record_is (record, "type", "note"))
    g_set_object (found, KITH_RECORD (record));
}

/* Whoever may not see the note sees that there is one, by whom and when, and nothing of what it says. */
static void
test_timeline (void)
{
  g_autoptr (OpFixture) t = new_network ();
  g_autoptr (KithRecord) event = NULL;
  g_autofree char *scope = NULL;
  g_autofree char *expected = op_expand ("case:K1");
  g_autofree char *body = NULL;

  op_assert (t, "a-cc", "note.add", note_args ("N1", "health"), "applied");
  kith_memory_world_foreach (KITH_MEMORY_WORLD (op_world (t)), "case_event", find_event_cb, &event);
  g_assert_nonnull (event);
  scope = kith_record_scope (event);
  g_assert_cmpstr (scope, ==, expected);
  body = kith_record_print (event);
  g_assert_null (strstr (body, "shelter"));
  g_assert_cmpstr (kith_record_string (event, "author_name"), ==, "a-cc");
  g_assert_cmpstr (kith_record_string (event, "sensitivity"), ==, "health");
  g_assert_true (op_sees (t, "a-cc2", "case:K1"));
  g_assert_false (op_sees (t, "a-cc2", "case_health:K1"));
}

static JsonObject *
amend_args (const char *id, const char *note, const char *text)
{
  return kith_json_new ("id", "s", op_id (id), "note", "s", op_id (note), "text", "s", text, NULL);
}

/* Append-only: the note stays, amendments name it; two of one version are both kept. */
static void
test_amend (void)
{
  g_autoptr (OpFixture) t = new_network ();
  g_autofree char *scope = NULL;
  g_autofree char *expected = op_expand ("case_health:K1");

  op_set (t, "staff", op_id ("a-sup"), "health_access", json_node_init_boolean (json_node_alloc (), TRUE));
  op_assert (t, "a-cc", "note.add", note_args ("N1", "health"), "applied");
  op_assert (t, "a-cc", "note.amend", amend_args ("N2", "N1", "Slept outside."), "applied");
  op_assert (t, "a-sup", "note.amend", amend_args ("N3", "N1", "Slept at a friend’s."), "applied");
  op_assert (t, "a-cc", "note.amend", amend_args ("N4", "N2", "Slept in a car."), "applied");
  g_assert_cmpstr (op_field (t, "case_note", op_id ("N1"), "text"), ==, "Slept at the shelter.");
  g_assert_cmpstr (op_field (t, "case_note", op_id ("N1"), "amends"), ==, "");
  g_assert_cmpuint (op_count_with (t, "case_note", "amends", op_id ("N1")), ==, 2);
  g_assert_cmpuint (op_count_with (t, "case_note", "first", op_id ("N1")), ==, 3);
  g_assert_cmpstr (op_field (t, "case_note", op_id ("N3"), "author"), ==, op_id ("a-sup"));
  g_assert_cmpstr (op_field (t, "case_note", op_id ("N4"), "sensitivity"), ==, "health");
  scope = scope_of (t, "case_note", "N4");
  g_assert_cmpstr (scope, ==, expected);
  g_assert_cmpuint (op_count_with (t, "case_event", "type", "amendment"), ==, 3);

  op_assert (t, "a-cc2", "note.amend", amend_args ("N5", "N1", "x"), "not_found");
  op_assert (t, "b-cc", "note.amend", amend_args ("N5", "N1", "x"), "not_found");
  op_assert (t, "a-cc", "note.amend", amend_args ("N5", "N1", "  "), "invalid");
  op_assert (t, "a-cc", "note.amend", amend_args ("N4", "N1", "x"), "exists");
  op_assert (t, "a-cc", "record.patch",
             kith_json_new ("t", "s", "case_note", "id", "s", op_id ("N1"), "set", "o",
                            kith_json_new ("text", "o", kith_json_new ("old", "s", "Slept at the shelter.", "new", "s", "x", NULL), NULL), NULL),
             "invalid");
}

/* A note is taken in whatever phase the case is, and also when it was written before access ended (sync.md 2.4). */
static void
test_late (void)
{
  g_autoptr (OpFixture) t = new_network ();
  JsonArray *changes = json_array_new ();

  op_assert (t, "a-cc", "case.close", kith_json_new ("case", "s", op_id ("K1"), "outcome", "s", "need_met", NULL), "applied");
  op_assert (t, "a-cc", "note.add", note_args ("N1", "general"), "applied");
  json_array_add_object_element (changes, kith_json_new ("do", "s", "remove", "staff", "s", op_id ("a-cc"), NULL));
  op_assert (t, "a-sup", "assignment.apply", kith_json_new ("client", "s", op_id ("C1"), "changes", "a", changes, NULL), "applied");
  op_set_ended (t, "a-cc");
  op_assert (t, "a-cc", "note.add", note_args ("N2", "health"), "access_ended");
  op_set_late (t, "a-cc");
  op_assert (t, "a-cc", "note.add", note_args ("N2", "health"), "applied");
}

static void
test_goal (void)
{
  g_autoptr (OpFixture) t = new_network ();
  JsonObject *change;

  op_assert (t, "a-cc", "goal.set",
             kith_json_new ("id", "s", op_id ("G1"), "case", "s", op_id ("K1"), "title", "s", "A job", "target_on", "s", "2026-06-01",
                            "sensitivity", "s", "general", NULL),
             "applied");
  g_assert_cmpstr (op_field (t, "goal", op_id ("G1"), "status"), ==, "active");
  op_assert (t, "a-cc2", "goal.set",
             kith_json_new ("id", "s", op_id ("G1"), "case", "s", op_id ("K1"), "status", "s", "completed", "sensitivity", "s", "general", NULL),
             "applied");
  g_assert_cmpstr (op_field (t, "goal", op_id ("G1"), "status"), ==, "completed");
  g_assert_cmpstr (op_field (t, "goal", op_id ("G1"), "title"), ==, "A job");
  op_assert (t, "a-cc2", "goal.set",
             kith_json_new ("id", "s", op_id ("G1"), "case", "s", op_id ("K1"), "status", "s", "completed", "sensitivity", "s", "general", NULL),
             "noop");
  op_assert (t, "a-cc", "goal.set",
             kith_json_new ("id", "s", op_id ("G2"), "case", "s", op_id ("K1"), "sensitivity", "s", "general", NULL), "invalid");
  /* under another sensitivity it is another goal, and that id is taken */
  op_assert (t, "a-cc", "goal.set",
             kith_json_new ("id", "s", op_id ("G1"), "case", "s", op_id ("K1"), "title", "s", "x", "sensitivity", "s", "health", NULL), "exists");
  change = kith_json_new ("old", "s", "A job", "new", "s", "A steady job", NULL);
  op_assert (t, "a-cc2", "record.patch",
             kith_json_new ("t", "s", "goal", "id", "s", op_id ("G1"), "set", "o", kith_json_new ("title", "o", change, NULL), NULL), "applied");
}

/* ---- tasks ---- */

static JsonObject *
task_args (const char *id, const char *subject, const char *about, const char *staff)
{
  return kith_json_new ("id", "s", op_id (id), "subject", "s", "Call back", "due_on", "s", "2026-03-04", subject != NULL ? subject : "remind_at",
                        "s", subject != NULL ? op_id (about) : "2026-03-04T08:00:00.000Z", "staff", "s", staff != NULL ? op_id (staff) : NULL,
                        NULL);
}

/* A task lies where its subject does; its author must see that. */
static void
test_task_places (void)
{
  static const struct { const char *who, *subject, *about, *staff, *expected, *scope; } cases[] = {
    { "a-cc", "case", "K1", NULL, "applied", "case:K1" },
    { "a-cc", "case", "K1", "a-sup", "applied", "case:K1" },
    { "a-cc", "client", "C1", NULL, "applied", "care:C1:A" },
    { "a-cc", "referral", "R1", NULL, "applied", "referral_own:R1:A" },
    { "b-rm", "referral", "R1", NULL, "applied", "referral_own:R1:B" },
    { "a-cc", NULL, NULL, NULL, "applied", "user:a-cc" },
    { "a-cc", NULL, NULL, "a-cc", "applied", "user:a-cc" },
    { "a-cc", NULL, NULL, "a-cc2", "invalid", NULL },
    { "a-cc", "case", "K1", "a-new", "not_eligible", NULL },
    { "a-cc", "case", "K1", "b-cc", "not_found", NULL },
    { "b-cc", "case", "K1", NULL, "not_found", NULL },
    { "b-cc", "client", "C1", NULL, "not_found", NULL },
    { "c-cc", "referral", "R1", NULL, "not_found", NULL },
    { "a-new", NULL, NULL, NULL, "denied", NULL },
    { "net", NULL, NULL, NULL, "denied", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OpFixture) t = op_fixture_new ();

      op_accepted (t, "R1");
      op_assert (t, "a-cc", "case.open",
                 kith_json_new ("id", "s", op_id ("K1"), "number", "s", "KA-0007", "client", "s", op_id ("C1"), "title", "s", "A home", NULL),
                 "applied");
      g_test_message ("%u: %s", i, cases[i].who);
      op_assert (t, cases[i].who, "task.add", task_args ("T1", cases[i].subject, cases[i].about, cases[i].staff), cases[i].expected);
      if (cases[i].scope != NULL)
        {
          g_autofree char *scope = scope_of (t, "task", "T1");
          g_autofree char *expected = op_expand (cases[i].scope);

          g_assert_cmpstr (scope, ==, expected);
          g_assert_true (op_sees (t, cases[i].who, cases[i].scope));
          g_assert_cmpstr (op_field (t, "task", op_id ("T1"), "staff"), ==, op_id (cases[i].staff != NULL ? cases[i].staff : cases[i].who));
        }
    }
}

static void
test_task (void)
{
  g_autoptr (OpFixture) t = new_network ();
  const char *t1 = op_id ("T1");
  JsonObject *two = task_args ("T2", "case", "K1", NULL);

  json_object_set_string_member (two, "client", op_id ("C1"));
  op_assert (t, "a-cc", "task.add", two, "invalid");
  op_assert (t, "a-cc", "task.add", task_args ("T1", "case", "K1", NULL), "applied");
  op_assert (t, "a-cc", "task.add", task_args ("T1", "case", "K1", NULL), "exists");
  op_assert (t, "a-cc2", "task.snooze", kith_json_new ("task", "s", t1, "until", "s", "2026-03-05T08:00:00.000Z", NULL), "applied");
  op_assert (t, "a-cc2", "task.snooze", kith_json_new ("task", "s", t1, "until", "s", "2026-03-05T08:00:00.000Z", NULL), "noop");
  op_assert (t, "a-cc2", "task.done", kith_json_new ("task", "s", t1, NULL), "applied");
  g_assert_cmpstr (op_field (t, "task", t1, "done_by"), ==, op_id ("a-cc2"));
  op_assert (t, "a-cc", "task.done", kith_json_new ("task", "s", t1, NULL), "noop");
  op_assert (t, "a-cc", "task.done", kith_json_new ("task", "s", t1, "done", "b", FALSE, NULL), "applied");
  g_assert_cmpstr (op_field (t, "task", t1, "done_at"), ==, "");
  op_assert (t, "a-rm", "task.done", kith_json_new ("task", "s", t1, NULL), "not_found");
  op_assert (t, "b-cc", "task.done", kith_json_new ("task", "s", t1, NULL), "not_found");
}

static JsonArray *
case_change (const char *who)
{
  JsonArray *changes = json_array_new ();

  json_array_add_object_element (changes, kith_json_new ("do", "s", "add", "staff", "s", op_id (who), "case", "s", op_id ("K1"), NULL));
  return changes;
}

static JsonArray *
remove_change (const char *who)
{
  JsonArray *changes = json_array_new ();

  json_array_add_object_element (changes, kith_json_new ("do", "s", "remove", "staff", "s", op_id (who), NULL));
  return changes;
}

static JsonObject *
correct_args (const char *field, const char *old, const char *new)
{
  JsonObject *change = kith_json_new ("old", "s", old, "new", "s", new, NULL);

  return kith_json_new ("t", "s", "task", "id", "s", op_id ("T1"), "set", "o", kith_json_new (field, "o", change, NULL), NULL);
}

/* A1, A2: what was mistyped is put right by whoever of the agency sees what the task is about: its words, its days, and for whom it is. It stays where it
 * lies, so nobody sees more by it, and what it said before is kept. */
static void
test_task_corrected (void)
{
  static const struct { const char *who, *subject, *about, *field, *old, *new, *expected; } cases[] = {
    { "a-cc", "case", "K1", "subject", "Call back", "Call back on Monday", "applied" },
    { "a-cc2", "case", "K1", "due_on", "2026-03-04", "2026-03-09", "applied" },
    { "a-sup", "case", "K1", "due_on", "2026-03-04", NULL, "applied" },
    { "a-cc", "client", "C1", "remind_at", NULL, "2026-03-08T08:00:00.000Z", "applied" },
    { "a-cc", "case", "K1", "staff", "a-cc", "a-cc2", "applied" },
    { "a-cc", "referral", "R1", "staff", "a-cc", "a-rm", "applied" },
    { "a-cc", NULL, NULL, "subject", "Call back", "Fetch the form", "applied" },
    { "a-cc", "case", "K1", "subject", "Call back", "  ", "invalid" },
    { "a-cc", "case", "K1", "subject", "Call back", NULL, "invalid" },
    { "a-cc", "case", "K1", "staff", "a-cc", NULL, "invalid" },
    { "a-cc", "case", "K1", "staff", "a-cc", "a-new", "not_eligible" },
    { "a-cc", "case", "K1", "staff", "a-cc", "b-cc", "not_found" },
    { "a-cc", NULL, NULL, "staff", "a-cc", "a-cc2", "invalid" }, /* it is that person's alone */
    { "a-cc", "case", "K1", "case", "K1", "K2", "invalid" },
    { "a-cc", "case", "K1", "done", NULL, "x", "invalid" },
    { "a-rm", "case", "K1", "subject", "Call back", "x", "not_found" },
    { "b-cc", "case", "K1", "subject", "Call back", "x", "not_found" },
    { "a-sup", NULL, NULL, "subject", "Call back", "x", "not_found" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OpFixture) t = op_fixture_new ();
      gboolean id = g_str_equal (cases[i].field, "staff");
      const char *old = id ? op_id (cases[i].old) : cases[i].old, *new = id && cases[i].new != NULL ? op_id (cases[i].new) : cases[i].new;
      g_autofree char *before = NULL;
      g_autofree char *after = NULL;

      op_accepted (t, "R1");
      op_assert (t, "a-cc", "case.open",
                 kith_json_new ("id", "s", op_id ("K1"), "number", "s", "KA-0007", "client", "s", op_id ("C1"), "title", "s", "A home", NULL), "applied");
      op_assert (t, "a-sup", "assignment.apply", kith_json_new ("client", "s", op_id ("C1"), "changes", "a", case_change ("a-cc2"), NULL), "applied");
      op_assert (t, "a-cc", "task.add", task_args ("T1", cases[i].subject, cases[i].about, NULL), "applied");
      if (cases[i].subject == NULL)
        op_set (t, "task", op_id ("T1"), "remind_at", NULL);
      before = scope_of (t, "task", "T1");
      g_test_message ("%u: %s %s", i, cases[i].who, cases[i].field);
      op_assert (t, cases[i].who, "record.patch", correct_args (cases[i].field, old, new), cases[i].expected);
      after = scope_of (t, "task", "T1");
      g_assert_cmpstr (before, ==, after);
      if (!g_str_equal (cases[i].expected, "applied"))
        {
          g_assert_cmpuint (op_count_with (t, "field_history", "record", op_id ("T1")), ==, 0);
          continue;
        }
      g_assert_cmpstr (op_field (t, "task", op_id ("T1"), cases[i].field), ==, new != NULL ? new : "");
      g_assert_cmpuint (op_count_with (t, "field_history", "record", op_id ("T1")), ==, 1);
      g_assert_cmpint (*op_field (t, "task", op_id ("T1"), "assigned_at") != '\0', ==, id);
    }
}

/* I14: whoever was given the task meanwhile, or taken off it (A6), is not overruled by a form that had not heard: what it wanted is kept beside. */
static void
test_task_given_meanwhile (void)
{
  g_autoptr (OpFixture) t = new_network ();

  op_assert (t, "a-cc", "task.add", task_args ("T1", "case", "K1", "a-cc2"), "applied");
  op_assert (t, "a-sup", "assignment.apply", kith_json_new ("client", "s", op_id ("C1"), "changes", "a", remove_change ("a-cc2"), NULL), "applied");
  g_assert_cmpstr (op_field (t, "task", op_id ("T1"), "staff"), ==, "");
  op_assert (t, "a-cc", "record.patch", correct_args ("staff", op_id ("a-cc2"), op_id ("a-cc")), "merged");
  g_assert_cmpstr (op_field (t, "task", op_id ("T1"), "staff"), ==, "");
  g_assert_cmpuint (op_count_with (t, "field_history", "record", op_id ("T1")), ==, 2); /* for whom it was, and what the form wanted */
  op_assert (t, "a-cc", "record.patch", correct_args ("staff", NULL, op_id ("a-cc")), "applied"); /* now with what is there */
  g_assert_cmpstr (op_field (t, "task", op_id ("T1"), "staff"), ==, op_id ("a-cc"));
}

static guint
told_of (OpFixture *t, const char *who, const char *type)
{
  g_autofree char *scope = g_strconcat ("user:", op_id (who), NULL);
  g_autoptr (GPtrArray) notices = kith_world_find (op_world (t), scope, "notice", NULL, NULL, NULL, NULL);
  guint n = 0;

  for (guint i = 0; i < notices->len; i++)
    n += kith_record_is (notices->pdata[i], "type", type);
  return n;
}

/* D12: for whom a task was that is nobody's. */
static guint
was_for (OpFixture *t, const char *task, const char *staff)
{
  g_autoptr (GPtrArray) found = kith_world_find (op_world (t), NULL, "field_history", "record", op_id (task), NULL, NULL);
  guint n = 0;

  for (guint i = 0; i < found->len; i++)
    n += kith_record_is (found->pdata[i], "field", "staff") && kith_record_is (found->pdata[i], "value", staff);
  return n;
}

/* C1: who works with the client by their own agency's care alone is told without the number of the record, which is another's. */
static void
test_task_unseen_number (void)
{
  g_autoptr (OpFixture) t = new_network ();
  g_autofree char *key = g_strconcat (op_id ("C1"), ":", op_id ("B"), NULL), *care = kith_id_natural ("care", key);
  g_autoptr (GPtrArray) notices = NULL;

  op_put (t, "care", care, kith_json_new ("client", "s", op_id ("C1"), "agency", "s", op_id ("B"), "since", "s", "2026-03-01T00:00:00.000Z", NULL));
  op_put_assignment (t, "C1", "b-cc", "B");
  g_assert_false (op_sees (t, "b-cc", "client:C1"));
  op_assert (t, "b-cc", "task.add", task_args ("T1", "client", "C1", "b-cc2"), "applied");
  notices = kith_world_find (op_world (t), NULL, "notice", "staff", op_id ("b-cc"), NULL, NULL);
  g_assert_cmpuint (notices->len, ==, 1);
  g_assert_true (kith_record_is (notices->pdata[0], "type", "unassigned"));
  g_assert_null (kith_record_string (notices->pdata[0], "number"));
}

/* A6: a task for somebody who was taken off what it is about before its author could know lies with nobody, where those see it who work there, and its author is told;
 * the desk, which cannot know, leaves it as it was said. A form does not give it to who would not see it either. */
static void
test_task_unseen (void)
{
  static const struct { const char *subject, *about, *staff; gboolean seen; } cases[] = {
    { "case", "K1", "a-cc2", FALSE },   { "case", "K1", "a-sup", TRUE },  { "case", "K1", "a-rm", FALSE }, /* A2: the client is a manager's, the case is not */
    { "client", "C1", "a-cc2", FALSE }, { "client", "C1", "a-sup", TRUE }, { "client", "C1", "a-rm", TRUE },
  };
  static const char *const held[] = { "dir", "agency:A", "care:C1:A", "case:K1", "client:C1", NULL };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OpFixture) t = new_network ();
      g_autofree char *scope = NULL;
      const char *staff = op_id (cases[i].staff);

      g_test_message ("%u", i);
      op_assert (t, "a-sup", "assignment.apply", kith_json_new ("client", "s", op_id ("C1"), "changes", "a", remove_change ("a-cc2"), NULL), "applied");
      g_assert_cmpstr (op_run_desk (t, "a-cc", held, "task.add", task_args ("T1", cases[i].subject, cases[i].about, cases[i].staff)), ==, "applied");
      {
        g_autoptr (KithRecord) here = kith_world_get (op_desk (t), "task", op_id ("T1"), NULL);

        g_assert_cmpstr (kith_record_string (here, "staff"), ==, staff);
      }
      op_assert (t, "a-cc", "task.add", task_args ("T1", cases[i].subject, cases[i].about, cases[i].staff), "applied");
      g_assert_cmpstr (op_field (t, "task", op_id ("T1"), "staff"), ==, cases[i].seen ? staff : "");
      g_assert_cmpuint (told_of (t, "a-cc", "unassigned"), ==, !cases[i].seen);
      g_assert_cmpuint (was_for (t, "T1", staff), ==, !cases[i].seen);
      scope = scope_of (t, "task", "T1");
      g_assert_true (g_str_has_prefix (scope, cases[i].subject[1] == 'a' ? "case:" : "care:"));
      op_assert (t, "a-cc", "task.add", task_args ("T2", cases[i].subject, cases[i].about, NULL), "applied");
      op_assert (t, "a-cc", "record.patch",
                 kith_json_new ("t", "s", "task", "id", "s", op_id ("T2"), "set", "o",
                                kith_json_new ("staff", "o", kith_json_new ("old", "s", op_id ("a-cc"), "new", "s", staff, NULL), NULL), NULL),
                 cases[i].seen ? "applied" : "not_eligible");
      g_assert_cmpstr (op_field (t, "task", op_id ("T2"), "staff"), ==, cases[i].seen ? staff : op_id ("a-cc"));
    }
}

static JsonObject *
void_args (const char *reason)
{
  return kith_json_new ("assessment", "s", op_id ("S1"), "reason", "s", reason, NULL);
}

/* A2, U10: an assessment of somebody else, or taken down twice, decides who is housed first: it is taken back by whoever may write it, and stays to be read
 * with the reason. */
static void
test_assessment_voided (void)
{
  static const struct { const char *sensitivity, *who, *expected; } cases[] = {
    { "general", "a-cc", "applied" },     { "general", "a-cc2", "applied" }, { "health", "a-cc", "applied" },
    { "health", "a-cc2", "not_found" },   { "general", "a-rm", "not_found" }, { "general", "b-cc", "not_found" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OpFixture) t = new_network ();

      g_test_message ("%u", i);
      op_assert (t, "a-cc", "assessment.record",
                 kith_json_new ("id", "s", op_id ("S1"), "case", "s", op_id ("K1"), "name", "s", "VI-SPDAT", "assessed_on", "s", "2026-03-02", "sensitivity", "s",
                                cases[i].sensitivity, "summary", "s", "Nine points", NULL),
                 "applied");
      op_assert (t, cases[i].who, "assessment.void", void_args ("It was another Ana"), cases[i].expected);
      g_assert_cmpstr (op_field (t, "assessment", op_id ("S1"), "summary"), ==, "Nine points");
      if (!g_str_equal (cases[i].expected, "applied"))
        {
          g_assert_cmpstr (op_field (t, "assessment", op_id ("S1"), "voided_at"), ==, "");
          continue;
        }
      g_assert_cmpstr (op_field (t, "assessment", op_id ("S1"), "void_reason"), ==, "It was another Ana");
      g_assert_cmpstr (op_field (t, "assessment", op_id ("S1"), "voided_by"), ==, op_id (cases[i].who));
      op_assert (t, "a-cc", "assessment.void", void_args ("Again"), "noop"); /* the first reason stands */
      g_assert_cmpstr (op_field (t, "assessment", op_id ("S1"), "void_reason"), ==, "It was another Ana");
    }
}

/* What is written down has happened: not on a day to come, and a clock a little ahead is no other day. */
static void
test_dates (void)
{
  static const struct { const char *at, *expected, *kept; } notes[] = {
    { "2026-03-01T22:00:00.000Z", "applied", "2026-03-01T22:00:00.000Z" },
    { "2026-03-02T09:20:00.000Z", "applied", "2026-03-02T09:00:00.000Z" },
    { "2026-03-04T09:00:00.000Z", "invalid", NULL },
    { "2036-03-02T09:00:00.000Z", "invalid", NULL },
  };
  static const struct { const char *day, *expected; } assessments[] = {
    { "2019-11-30", "applied" }, { "2026-03-02", "applied" }, { "2026-03-04", "invalid" }, { "2036-03-02", "invalid" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (notes); i++)
    {
      g_autoptr (OpFixture) t = new_network ();
      JsonObject *args = note_args ("N1", "general");

      json_object_set_string_member (args, "at", notes[i].at);
      op_assert (t, "a-cc", "note.add", args, notes[i].expected);
      if (notes[i].kept == NULL)
        g_assert_cmpstr (op_message (t), ==, "Choose today or a day in the past.");
      else
        g_assert_cmpstr (op_field (t, "case_note", op_id ("N1"), "at"), ==, notes[i].kept);
    }
  for (guint i = 0; i < G_N_ELEMENTS (assessments); i++)
    {
      g_autoptr (OpFixture) t = new_network ();

      op_assert (t, "a-cc", "assessment.record",
                 kith_json_new ("id", "s", op_id ("S1"), "case", "s", op_id ("K1"), "name", "s", "VI-SPDAT", "assessed_on", "s",
                                assessments[i].day, "sensitivity", "s", "general", NULL),
                 assessments[i].expected);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/op-case-notes/U10-where-it-lies", test_where);
  g_test_add_func ("/model/op-case-notes/timeline", test_timeline);
  g_test_add_func ("/model/op-case-notes/amend", test_amend);
  g_test_add_func ("/model/op-case-notes/late", test_late);
  g_test_add_func ("/model/op-case-notes/goal", test_goal);
  g_test_add_func ("/model/op-case-notes/task-places", test_task_places);
  g_test_add_func ("/model/op-case-notes/task", test_task);
  g_test_add_func ("/model/op-case-notes/A6-task-unseen", test_task_unseen);
  g_test_add_func ("/model/op-case-notes/C1-task-unseen-number", test_task_unseen_number);
  g_test_add_func ("/model/op-case-notes/A1-A2-task-corrected", test_task_corrected);
  g_test_add_func ("/model/op-case-notes/A6-I14-task-given-meanwhile", test_task_given_meanwhile);
  g_test_add_func ("/model/op-case-notes/A2-U10-assessment-voided", test_assessment_voided);
  g_test_add_func ("/model/op-case-notes/dates", test_dates);
  return g_test_run ();
}
