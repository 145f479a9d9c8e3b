/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Somebody is at the desk for the first time: what they came for goes on with them. */

#include "desk-fixture.h"
#include "kith-draft.h"

/* ux.md 2.1 (New client: who, reach, need): what they came for goes on as a referral that has it already, and is kept before anybody has sent that. */
static void
test_need_refer (Fixture *fixture, gconstpointer data)
{
  g_autofree char *key = NULL, *place = NULL;
  JsonObject *registered;
  const char *op;

  open_place (fixture, "clients/new");
  g_assert_null (find_widget (GTK_WIDGET (fixture->window), "need_then")); /* nothing to ask yet */
  type_into (fixture, "given_name", "Rosa");
  type_into (fixture, "need", "A bed tonight");
  g_assert_nonnull (find_widget (GTK_WIDGET (fixture->window), "need_then"));
  kith_window_lock (fixture->window);
  pump (100);
  kith_desktop_unlock_async (fixture->desktop, "right", NULL, NULL, NULL);
  pump (400);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (find_widget (GTK_WIDGET (fixture->window), "need"))), ==, "A bed tonight");
  g_assert_true (act (fixture, "form.commit"));
  pump (300);
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 1);
  registered = fake_desktop_get_submitted (fixture->desktop, 0, &op);
  g_assert_cmpstr (op, ==, "client.register");
  g_assert_false (json_object_has_member (kith_json_object (registered, "values"), "need"));
  key = g_strconcat ("refer:client:", kith_json_string (registered, "id"), NULL);
  g_assert_cmpstr (kith_json_string (fake_desktop_get_draft (fixture->desktop, key), "need"), ==, "A bed tonight");
  g_assert_nonnull (find_widget (GTK_WIDGET (fixture->window), "suggest_place"));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (find_widget (GTK_WIDGET (fixture->window), "need"))), ==, "A bed tonight");
  g_assert_false (says (GTK_WIDGET (fixture->window), "Draft from")); /* nobody left one */
  /* What is written there then is a draft like any. */
  type_into (fixture, "need", "A bed tonight, and a meal");
  pump (700);
  open_place (fixture, "inbox");
  open_place (fixture, place = g_strconcat ("clients/refer:", kith_json_string (registered, "id"), NULL));
  pump (300);
  SAYS ("Draft from");
}

static void
pick_maria (Fixture *fixture, guint then)
{
  open_place (fixture, "clients/new");
  type_into (fixture, "given_name", "María");
  type_into (fixture, "family_name", "López");
  type_into (fixture, "need", "A bed tonight");
  adw_combo_row_set_selected (ADW_COMBO_ROW (find_widget (GTK_WIDGET (fixture->window), "need_then")), then);
  pump (300);
}

static void
this_is_them (Fixture *fixture)
{
  g_signal_emit_by_name (button_of (GTK_WIDGET (fixture->window), "This Is Them"), "clicked");
  pump (300);
}

static void
assert_form_empty (Fixture *fixture)
{
  open_place (fixture, "clients/new");
  pump (200);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (find_widget (GTK_WIDGET (fixture->window), "given_name"))), ==, "");
  gtk_expander_set_expanded (GTK_EXPANDER (find_widget (GTK_WIDGET (fixture->window), "billing_group")), FALSE);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (find_widget (GTK_WIDGET (fixture->window), "need"))), ==, "");
}

/* Where the person is here already it goes along to them, and the next new client is not shown what another came for. */
static void
test_need_found (Fixture *fixture, gconstpointer data)
{
  pick_maria (fixture, 0);
  this_is_them (fixture);
  g_assert_null (fake_desktop_get_draft (fixture->desktop, "client:new"));
  g_assert_cmpstr (kith_json_string (fake_desktop_get_draft (fixture->desktop, "refer:client:" MARIA), "need"), ==, "A bed tonight");
  g_assert_true (kith_json_bool (fake_desktop_get_draft (fixture->desktop, "refer:client:" MARIA), KITH_DRAFT_CARRIED, FALSE)); /* nobody left it */
  g_assert_nonnull (find_widget (GTK_WIDGET (fixture->window), "suggest_place"));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (find_widget (GTK_WIDGET (fixture->window), "need"))), ==, "A bed tonight");
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 0);
  g_assert_true (act (fixture, "form.cancel"));
  pump (200);
  assert_form_empty (fixture);

  /* A referral of theirs that was begun keeps what it says. */
  pick_maria (fixture, 0);
  type_into (fixture, "need", "Baby food");
  pump (100);
  this_is_them (fixture);
  g_assert_cmpstr (kith_json_string (fake_desktop_get_draft (fixture->desktop, "refer:client:" MARIA), "need"), ==, "A bed tonight\nBaby food");
}

/* What else was typed is kept as before, without it. */
static void
test_need_found_more (Fixture *fixture, gconstpointer data)
{
  JsonObject *draft, *task;

  pick_maria (fixture, 1);
  gtk_expander_set_expanded (GTK_EXPANDER (find_widget (GTK_WIDGET (fixture->window), "billing_group")), TRUE);
  pump (80);
  type_into (fixture, "medicaid_number", "MC-2231");
  pump (300);
  this_is_them (fixture);
  draft = fake_desktop_get_draft (fixture->desktop, "client:new");
  g_assert_nonnull (draft);
  g_assert_null (kith_json_string (draft, "need"));
  g_assert_null (fake_desktop_get_draft (fixture->desktop, "refer:client:" MARIA));
  task = last_submitted (fixture, "task.add");
  g_assert_cmpstr (kith_json_string (task, "client"), ==, MARIA);
  g_assert_cmpstr (kith_json_string (task, "subject"), ==, "A bed tonight");
}

/* Where it cannot be kept its words stand in what is said: the form they were typed into is gone. */
static void
test_need_found_refused (Fixture *fixture, gconstpointer data)
{
  pick_maria (fixture, 1);
  fake_desktop_refuse_next (fixture->desktop, "Nobody may. Nothing was changed.");
  this_is_them (fixture);
  SAYS ("What they came for was not kept. Write it down in a referral: “A bed tonight”");
}

/* While the others of the household are registered the referral waits: it is said where. */
static void
test_need_then_member (Fixture *fixture, gconstpointer data)
{
  open_place (fixture, "clients/new");
  type_into (fixture, "given_name", "Rosa");
  type_into (fixture, "need", "A bed tonight");
  g_assert_true (act (fixture, "form.commit-more"));
  pump (300);
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 1);
  SAYS ("Client registered, and a referral begun, which waits in My Day");
}

/* Or as something to follow up; where nothing was said, nothing follows. */
static void
test_need_follow_up (Fixture *fixture, gconstpointer data)
{
  JsonObject *task;
  const char *op;

  open_place (fixture, "clients/new");
  type_into (fixture, "given_name", "Rosa");
  type_into (fixture, "need", "A bed tonight");
  adw_combo_row_set_selected (ADW_COMBO_ROW (find_widget (GTK_WIDGET (fixture->window), "need_then")), 1);
  g_assert_true (act (fixture, "form.commit"));
  pump (300);
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 2);
  task = fake_desktop_get_submitted (fixture->desktop, 1, &op);
  g_assert_cmpstr (op, ==, "task.add");
  g_assert_cmpstr (kith_json_string (task, "subject"), ==, "A bed tonight");
  g_assert_cmpstr (kith_json_string (task, "client"), ==, kith_json_string (fake_desktop_get_submitted (fixture->desktop, 0, &op), "id"));
  g_assert_null (find_widget (GTK_WIDGET (fixture->window), "suggest_place"));

  open_place (fixture, "clients/new");
  type_into (fixture, "given_name", "Ruben");
  g_assert_true (act (fixture, "form.commit"));
  pump (300);
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 3);
  g_assert_null (find_widget (GTK_WIDGET (fixture->window), "suggest_place"));
  open_place (fixture, "clients/edit:" MARIA); /* of who is here it is asked elsewhere */
  pump (200);
  g_assert_null (find_widget (GTK_WIDGET (fixture->window), "need"));
}

int
main (int argc, char **argv)
{
  fixture_begin (&argc, &argv);
  ADD ("intake/need-refer", NULL, test_need_refer);
  ADD ("intake/need-follow-up", NULL, test_need_follow_up);
  ADD ("intake/need-found", NULL, test_need_found);
  ADD ("intake/need-found-more", NULL, test_need_found_more);
  ADD ("intake/need-found-refused", NULL, test_need_found_refused);
  ADD ("intake/need-then-member", NULL, test_need_then_member);
  return g_test_run ();
}
