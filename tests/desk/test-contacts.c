/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Calls to 2-1-1: taken down with services looked for in place, assigned when saved (P12, P21), needs with their own status (P22), drafts that
 * outlive a lock, and whole records on paper only for who may (P11). */

#include "desk-fixture.h"
#include "contacts/kith-contact-form.h"
#include "contacts/kith-contact-view.h"
#include "print/kith-print-window.h"

#define A_CALL "cc000000-0000-7000-8000-000000000001"
#define FOOD "cd000000-0000-7000-8000-000000000002"

static void
set_up_network (Fixture *fixture, gconstpointer data)
{
  set_up (fixture, data);
  fake_desktop_set_network_staff (fixture->desktop);
  g_signal_emit_by_name (fixture->context, "actor-changed");
  pump (30);
}

static GtkWidget *
named (Fixture *fixture, const char *name)
{
  GtkWidget *widget = find_widget (GTK_WIDGET (fixture->window), name);

  g_assert_nonnull (widget);
  return widget;
}

static void
type (Fixture *fixture, const char *name, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (named (fixture, name)), text);
  pump (50);
}

static void
take_need (Fixture *fixture, const char *words)
{
  type (fixture, "need", words);
  g_signal_emit_by_name (named (fixture, "need"), "entry-activated");
  pump (200);
}

static void
commit (Fixture *fixture)
{
  gtk_widget_activate_action (named (fixture, "need"), "form.commit", NULL);
  pump (200);
}

static JsonObject *
submitted (Fixture *fixture, guint from_end, const char *op)
{
  const char *got;
  JsonObject *args = fake_desktop_get_submitted (fixture->desktop, fake_desktop_get_n_submitted (fixture->desktop) - 1 - from_end, &got);

  g_assert_cmpstr (got, ==, op);
  return args;
}

/* P21: the call and what is assigned from it, in one act; the network's own queue needs no agreement. */
static void
test_queue (Fixture *fixture, gconstpointer data)
{
  JsonObject *record, *assign;
  JsonArray *needs;

  open_place (fixture, "contacts/new");
  pump (100);
  type (fixture, "who", "Ana Lopez");
  type (fixture, "phone", "619-555-0142");
  type (fixture, "postal_code", "92101");
  take_need (fixture, "A bed tonight");
  adw_combo_row_set_selected (ADW_COMBO_ROW (named (fixture, "queue")), 1);
  commit (fixture);
  record = submitted (fixture, 1, "contact.record");
  assign = submitted (fixture, 0, "contact.assign");
  needs = kith_json_array (record, "needs");
  g_assert_cmpstr (kith_json_string (record, "name"), ==, "Ana Lopez");
  g_assert_cmpstr (kith_json_string (record, "postal_code"), ==, "92101");
  g_assert_cmpstr (kith_json_string (record, "how"), ==, "phone");
  g_assert_cmpstr (kith_json_string (record, "caller_kind"), ==, "self");
  g_assert_cmpuint (json_array_get_length (needs), ==, 1);
  g_assert_cmpstr (kith_json_string (assign, "contact"), ==, kith_json_string (record, "id"));
  g_assert_cmpstr (kith_json_string (assign, "need"), ==, kith_json_string (json_array_get_object_element (needs, 0), "id"));
  g_assert_nonnull (kith_json_string (assign, "queue"));
  g_assert_null (kith_json_object (assign, "release"));
  g_assert_cmpstr (kith_json_string (assign, "number"), !=, kith_json_string (record, "number"));
}

/* C1: a service of an agency only when the caller agreed. */
static void
test_service (Fixture *fixture, gconstpointer data)
{
  KithContactForm *form;
  JsonObject *release;
  guint before;

  open_place (fixture, "contacts/new");
  pump (100);
  type (fixture, "who", "Ana Lopez");
  take_need (fixture, "shelter");
  form = KITH_CONTACT_FORM (gtk_widget_get_ancestor (named (fixture, "need"), KITH_TYPE_CONTACT_FORM));
  g_signal_emit_by_name (find_widget (GTK_WIDGET (form), "entry"), "entry-activated"); /* the first hit */
  pump (150);
  g_assert_true (gtk_widget_get_visible (named (fixture, "release_group")));
  before = fake_desktop_get_n_submitted (fixture->desktop);
  commit (fixture);
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, before);
  gtk_switch_set_active (GTK_SWITCH (named (fixture, "agreed")), TRUE);
  commit (fixture);
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, before + 2);
  release = kith_json_object (submitted (fixture, 0, "contact.assign"), "release");
  g_assert_cmpstr (kith_json_string (release, "basis"), ==, "spoken_release");
  g_assert_nonnull (kith_json_string (submitted (fixture, 0, "contact.assign"), "service"));
  g_assert_cmpuint (json_array_get_length (kith_json_array (submitted (fixture, 1, "contact.record"), "resources")), ==, 1);
}

static void
test_nothing_said (Fixture *fixture, gconstpointer data)
{
  guint before = fake_desktop_get_n_submitted (fixture->desktop);

  open_place (fixture, "contacts/new");
  pump (100);
  commit (fixture);
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, before);
}

/* What was typed comes back with the needs and what was chosen for them. */
static void
test_draft (Fixture *fixture, gconstpointer data)
{
  JsonObject *draft;

  open_place (fixture, "contacts/new");
  pump (100);
  type (fixture, "who", "Ana Lopez");
  take_need (fixture, "A bed tonight");
  pump (700);
  draft = fake_desktop_get_draft (fixture->desktop, "contact:new");
  g_assert_nonnull (draft);
  g_assert_cmpstr (kith_json_string (draft, "name"), ==, "Ana Lopez");
  g_assert_cmpuint (json_array_get_length (kith_json_array (draft, "needs")), ==, 1);
  gtk_widget_activate_action (named (fixture, "need"), "form.cancel", NULL);
  pump (100);
  open_place (fixture, "contacts/new");
  pump (200);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (named (fixture, "who"))), ==, "Ana Lopez");
}

/* P22: a need's status is changed where it stands, from what it was. */
static void
test_need_status (Fixture *fixture, gconstpointer data)
{
  JsonObject *args, *change;
  GtkWidget *row;

  open_place (fixture, "contacts/" A_CALL);
  pump (200);
  row = gtk_widget_get_next_sibling (gtk_widget_get_first_child (named (fixture, "needs_box")));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), 2); /* met */
  pump (50);
  args = submitted (fixture, 0, "record.patch");
  change = kith_json_object (kith_json_object (args, "set"), "status");
  g_assert_cmpstr (kith_json_string (args, "t"), ==, "contact_need");
  g_assert_cmpstr (kith_json_string (args, "id"), ==, FOOD);
  g_assert_cmpstr (kith_json_string (change, "old"), ==, "open");
  g_assert_cmpstr (kith_json_string (change, "new"), ==, "met");
}

/* P11: nothing is on paper before the rules were asked; who may not gets the reason and no file. */
static void
test_print (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window = kith_print_window_new_for_record (GTK_WINDOW (fixture->window), fixture->context, "contact", A_CALL);

  gtk_window_present (GTK_WINDOW (window));
  pump (300);
  fake_desktop_refuse_next (fixture->desktop, "This record was not found. Nothing was changed.");
  gtk_widget_activate_action (window, "print.save", NULL);
  pump (100);
  submitted (fixture, 0, "contact.print");
  g_assert_true (gtk_widget_get_visible (find_widget (window, "problem")));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_finalised (Fixture *fixture, gconstpointer data)
{
  GtkWidget *widgets[] = { kith_contact_form_new (fixture->context), kith_contact_form_new_assign (fixture->context, A_CALL), kith_contact_view_new (fixture->context) };

  for (guint i = 0; i < G_N_ELEMENTS (widgets); i++)
    g_object_ref_sink (widgets[i]);
  kith_contact_view_set_contact (KITH_CONTACT_VIEW (widgets[2]), A_CALL);
  pump (100);
  for (guint i = 0; i < G_N_ELEMENTS (widgets); i++)
    g_assert_finalize_object (widgets[i]);
}

#define ADD_CALL(path, func) g_test_add ("/contacts/" path, Fixture, NULL, set_up_network, func, tear_down)

int
main (int argc, char **argv)
{
  fixture_begin (&argc, &argv);
  ADD_CALL ("finalised", test_finalised);
  ADD_CALL ("queue-P21", test_queue);
  ADD_CALL ("service-C1", test_service);
  ADD_CALL ("nothing-said", test_nothing_said);
  ADD_CALL ("draft", test_draft);
  ADD_CALL ("need-status-P22", test_need_status);
  ADD_CALL ("print-P11", test_print);
  return g_test_run ();
}
