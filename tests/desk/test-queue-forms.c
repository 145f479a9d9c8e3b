/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which forms of calls a queue has, as the network's staff link them (P2), and a call that is asked by several of them. */

#include "desk-fixture.h"
#include "board/kith-queue-forms-window.h"
#include "directory/kith-form-window.h"
#include "kith-answers.h"
#include "widgets/kith-cards.h"
#include "widgets/kith-question-rows.h"

#define A_CALL "cc000000-0000-7000-8000-000000000001"
#define HOUSING "9e000000-0000-7000-8000-000000000001"
#define FOOD "9e000000-0000-7000-8000-000000000002"
#define WINTER "9e000000-0000-7000-8000-000000000003"
#define SHARED "f0000000-0000-7000-8000-0000000000c1"    /* asked in Housing and Winter */
#define OF_EVERY "f0000000-0000-7000-8000-0000000000c3"  /* asked of every call */
#define OF_FOOD "f0000000-0000-7000-8000-0000000000c4"   /* asked in Food alone */
#define NOT_ASKED "f0000000-0000-7000-8000-0000000000c5" /* not in use */

static void
set_up_network (Fixture *fixture, gconstpointer data)
{
  set_up (fixture, data);
  fake_desktop_set_network_staff (fixture->desktop);
  g_signal_emit_by_name (fixture->context, "actor-changed");
  pump (30);
}

static GtkWidget *
open_forms (Fixture *fixture)
{
  GtkWidget *window = kith_queue_forms_window_new (GTK_WINDOW (fixture->window), fixture->context, HOUSING, "Housing");

  gtk_window_present (GTK_WINDOW (window));
  pump (150);
  return window;
}

static JsonObject *
row_of (Fixture *fixture, const char *form)
{
  JsonArray *rows = fake_desktop_list (fixture->desktop, "forms-of-calls");

  for (guint i = 0; i < json_array_get_length (rows); i++)
    if (g_strcmp0 (kith_json_string (json_array_get_object_element (rows, i), "id"), form) == 0)
      return json_array_get_object_element (rows, i);
  g_assert_not_reached ();
}

static void
read_again (Fixture *fixture)
{
  static const char *const kinds[] = { "form", NULL };

  g_signal_emit_by_name (fixture->desktop, "changed", kinds);
  pump (150);
}

static gboolean
names (JsonObject *args, const char *queue)
{
  return kith_json_array_has (kith_json_array (args, "queues"), queue);
}

static void
act_on (GtkWidget *window, const char *action, const char *form)
{
  gtk_widget_activate_action (window, action, "s", form);
  pump (100);
}

/* P2: what is asked here stands apart from what other queues ask, in the order it is asked; each says where else. */
static void
test_shown (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window = open_forms (fixture), *asked = find_widget (window, "asked"), *others = find_widget (window, "others");

  g_assert_true (says (asked, "Before a bed is looked for"));
  g_assert_true (says (asked, "2 questions · also asked in Winter shelter 2025")); /* the one that is not asked any more is not counted */
  g_assert_true (says (asked, "1 question · asked of every call"));
  g_assert_false (says (asked, "Household"));
  g_assert_true (says (others, "3 questions · asked in Food and meals"));
  g_assert_true (says (find_widget (window, "retired"), "Storm of 2024"));
  g_assert_false (says (others, "Storm of 2024"));
  g_assert_false (says (others, "Before a bed is looked for"));
  g_assert_null (find_widget (window, "none"));
  json_object_set_array_member (fake_desktop_get_data (fixture->desktop), "forms-of-calls", json_array_new ());
  read_again (fixture);
  g_assert_nonnull (find_widget (window, "none"));
  g_assert_null (find_widget (window, "others_group"));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* An older Kith sends all answers of a call with its record, and a hub takes those of four forms: the fifth form of a queue is linked knowing that. */
static void
test_many (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window;
  JsonArray *rows = fake_desktop_list (fixture->desktop, "forms-of-calls");

  for (guint i = 0; i < 3; i++)
    {
      JsonObject *row = kith_json_copy_object (row_of (fixture, SHARED));
      g_autofree char *id = g_strdup_printf ("f0000000-0000-7000-8000-0000000002%02u", i);

      json_object_set_string_member (row, "id", id);
      if (i < 2)
        json_array_add_object_element (rows, row);
      else
        {
          window = open_forms (fixture); /* four, with that of every call */
          g_assert_null (find_widget (window, "many"));
          json_array_add_object_element (rows, row);
          read_again (fixture);
          g_assert_nonnull (find_widget (window, "many"));
          gtk_window_destroy (GTK_WINDOW (window));
        }
    }
}

/* P2: asked here too, the form stays the other queue's as well, with its questions, and is changed as it was read. */
static void
test_link (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window = open_forms (fixture);
  JsonObject *args;
  guint n;

  fake_desktop_hold_answers (fixture->desktop);
  act_on (window, "forms.link", OF_FOOD);
  args = last_submitted (fixture, "form.put");
  n = fake_desktop_get_n_submitted (fixture->desktop);
  g_assert_cmpstr (kith_json_string (args, "id"), ==, OF_FOOD);
  g_assert_cmpstr (kith_json_string (args, "use"), ==, "contact");
  g_assert_cmpstr (kith_json_string (args, "name"), ==, "Household");
  g_assert_cmpuint (json_array_get_length (kith_json_array (args, "queues")), ==, 2);
  g_assert_true (names (args, FOOD) && names (args, HOUSING));
  g_assert_cmpuint (json_array_get_length (kith_json_array (args, "questions")), ==, 3);
  g_assert_cmpint (kith_json_int (args, "seen", -1), ==, 4);
  g_assert_false (kith_json_bool (args, "inactive", TRUE));
  act_on (window, "forms.link", NOT_ASKED); /* one change at a time */
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, n);
  fake_desktop_answer_held (fixture->desktop, NULL);
  pump (100);
  act_on (window, "forms.link", NOT_ASKED); /* what was not in use is, where it is asked */
  args = last_submitted (fixture, "form.put");
  g_assert_cmpstr (kith_json_string (args, "id"), ==, NOT_ASKED);
  g_assert_false (kith_json_bool (args, "inactive", TRUE));
  g_assert_cmpuint (json_array_get_length (kith_json_array (args, "queues")), ==, 1);
  g_assert_true (names (args, HOUSING));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* P2: not asked here any more, it stays where else it is asked. Without a queue it would be asked of every call: off its last one it is not in use. */
static void
test_unlink (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window = open_forms (fixture);
  JsonObject *args, *row = row_of (fixture, SHARED);

  act_on (window, "forms.unlink", SHARED);
  args = last_submitted (fixture, "form.put");
  g_assert_cmpstr (kith_json_string (args, "id"), ==, SHARED);
  g_assert_cmpuint (json_array_get_length (kith_json_array (args, "queues")), ==, 1);
  g_assert_true (names (args, WINTER));
  g_assert_false (kith_json_bool (args, "inactive", TRUE));
  g_assert_cmpuint (json_array_get_length (kith_json_array (args, "questions")), ==, 2); /* what is retired the hub keeps by itself */
  g_assert_cmpstr (kith_json_string (args, "introduction"), ==, "So that the right bed is found.");
  json_object_set_array_member (kith_json_object (row, "body"), "queues", kith_json_strings (HOUSING, NULL));
  json_object_remove_member (row, "queues");
  json_object_set_int_member (kith_json_object (row, "body"), "version", 3);
  read_again (fixture);
  g_assert_false (says (window, "also asked in"));
  act_on (window, "forms.unlink", SHARED);
  args = last_submitted (fixture, "form.put");
  g_assert_cmpuint (json_array_get_length (kith_json_array (args, "queues")), ==, 0);
  g_assert_true (kith_json_bool (args, "inactive", FALSE));
  g_assert_cmpint (kith_json_int (args, "seen", -1), ==, 3);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* The focus is on the line of this form, in this list. */
static void
assert_on_line (GtkWidget *window, const char *list, const char *form)
{
  GtkWidget *line = gtk_widget_get_ancestor (gtk_window_get_focus (GTK_WINDOW (window)), GTK_TYPE_LIST_BOX_ROW);

  g_assert_true (gtk_widget_is_ancestor (line, find_widget (window, list)));
  g_assert_cmpstr (kith_cards_get_name (line), ==, form);
}

/* What is refused is told here, over the window that would tell of it. Who asked for a form goes on with that one, wherever its line stands now. */
static void
test_refused (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window = open_forms (fixture), *again = button_of (find_widget (window, "others"), "Ask Here Too");
  JsonObject *row;

  gtk_widget_grab_focus (again);
  fake_desktop_refuse_next (fixture->desktop, "Somebody else changed these questions meanwhile.");
  g_signal_emit_by_name (again, "clicked");
  pump (100);
  g_assert_true (says (window, "Somebody else changed these questions meanwhile."));
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (window)) == again);
  g_signal_emit_by_name (again, "clicked");
  pump (100);
  g_assert_null (find_widget (window, "problem"));
  row = row_of (fixture, OF_FOOD);
  json_object_set_string_member (row, "linked", "1");
  json_array_add_string_element (kith_json_array (kith_json_object (row, "body"), "queues"), HOUSING);
  read_again (fixture);
  g_assert_true (says (find_widget (window, "asked"), "3 questions · also asked in Food and meals"));
  assert_on_line (window, "asked", OF_FOOD);
  gtk_window_destroy (GTK_WINDOW (window));
}

static GtkWidget *
form_window (GtkWidget *over)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l; l = l->next)
    if (KITH_IS_FORM_WINDOW (l->data) && gtk_window_get_transient_for (l->data) == GTK_WINDOW (over) && gtk_widget_get_mapped (l->data))
      return l->data;
  return NULL;
}

/* P2: who changes a form that several queues share is told so, and it stays with all of them. */
static void
test_shared (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window = open_forms (fixture), *form, *question;
  g_autofree char *text = NULL;
  JsonObject *args;

  act_on (window, "forms.edit", SHARED);
  form = form_window (window);
  g_assert_nonnull (form);
  pump (100);
  g_assert_true (says (form, "The same questions are also asked in: Winter shelter 2025. What you change here is changed there too."));
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (form)), find_widget (form, "question"))); /* one goes on at the first question */
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (find_widget (form, "called"))), ==, "Before a bed is looked for");
  gtk_editable_set_text (GTK_EDITABLE (find_widget (form, "called")), "Beds");
  pump (700);
  g_assert_cmpstr (kith_json_string (fake_desktop_get_draft (fixture->desktop, "form:contact:" SHARED), "name"), ==, "Beds"); /* of the form, whichever queue it is changed from */
  question = find_widget (form, "question");
  text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (question)));
  gtk_editable_set_text (GTK_EDITABLE (question), " "); /* emptied is not removed */
  gtk_widget_activate_action (form, "form.commit", NULL);
  g_assert_true (says (form, "A question has no text. Write it, or remove the question: nothing was saved."));
  gtk_editable_set_text (GTK_EDITABLE (question), text);
  g_assert_false (says (form, "A question has no text. Write it, or remove the question: nothing was saved.")); /* it is mended */
  gtk_widget_activate_action (form, "form.commit", NULL);
  pump (150);
  args = last_submitted (fixture, "form.put");
  g_assert_cmpstr (kith_json_string (args, "id"), ==, SHARED);
  g_assert_cmpstr (kith_json_string (args, "name"), ==, "Beds");
  g_assert_true (names (args, HOUSING) && names (args, WINTER));
  g_assert_cmpint (kith_json_int (args, "seen", -1), ==, 2);
  g_assert_null (form_window (window));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* P2: what every call is asked says so, and is not made one queue's by changing it; no queue alone takes it off. */
static void
test_every_call (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window, *form;
  JsonObject *args;

  json_object_set_string_member (row_of (fixture, OF_EVERY), "_arg2", OF_EVERY); /* found by its id alone */
  window = open_forms (fixture);
  act_on (window, "forms.edit", OF_EVERY);
  form = form_window (window);
  pump (100);
  g_assert_true (says (form, "These questions are asked of every call."));
  g_assert_false (says (form, "when the call goes into this queue"));
  gtk_widget_activate_action (form, "form.commit", NULL);
  pump (150);
  args = last_submitted (fixture, "form.put");
  g_assert_nonnull (kith_json_array (args, "queues"));
  g_assert_cmpuint (json_array_get_length (kith_json_array (args, "queues")), ==, 0);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* P2: a new one is this queue's alone, and has a name of its own where the queue's is taken. */
static void
test_new (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window = open_forms (fixture), *form;
  JsonObject *args;
  guint n;

  g_signal_emit_by_name (button_of (window, "_New Questions…"), "clicked");
  pump (150);
  form = form_window (window);
  g_assert_nonnull (form);
  g_assert_null (find_widget (form, "shared"));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (find_widget (form, "called"))), ==, "Housing");
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (form)), find_widget (form, "called"))); /* or where what is new begins */
  gtk_editable_set_text (GTK_EDITABLE (find_widget (form, "called")), " ");
  n = fake_desktop_get_n_submitted (fixture->desktop);
  gtk_widget_activate_action (form, "form.commit", NULL);
  pump (100);
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, n);
  g_assert_true (says (form, "Give the form a name"));
  gtk_editable_set_text (GTK_EDITABLE (find_widget (form, "called")), "Pets");
  gtk_widget_activate_action (form, "form.commit", NULL);
  pump (150);
  args = last_submitted (fixture, "form.put");
  g_assert_cmpstr (kith_json_string (args, "name"), ==, "Pets");
  g_assert_cmpstr (kith_json_string (args, "use"), ==, "contact");
  g_assert_false (json_object_has_member (args, "record"));
  g_assert_cmpuint (json_array_get_length (kith_json_array (args, "queues")), ==, 1);
  g_assert_true (names (args, HOUSING));
  g_assert_cmpint (kith_json_int (args, "seen", -1), ==, 0);
  json_object_set_string_member (kith_json_object (row_of (fixture, OF_FOOD), "body"), "name", "Housing");
  read_again (fixture);
  gtk_widget_activate_action (window, "forms.create", NULL);
  pump (150);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (find_widget (form_window (window), "called"))), ==, "");
  gtk_window_destroy (GTK_WINDOW (form_window (window)));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Not in use any more, with queues of before: asked here again it is asked here alone. */
static void
test_again (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window;
  JsonObject *args;

  json_object_set_array_member (kith_json_object (row_of (fixture, NOT_ASKED), "body"), "queues", kith_json_strings (FOOD, WINTER, NULL));
  json_object_set_string_member (row_of (fixture, NOT_ASKED), "queues", "Food and meals, Winter shelter 2025");
  window = open_forms (fixture);
  g_assert_true (says (find_widget (window, "retired"), "1 question · asked before in Food and meals, Winter shelter 2025"));
  act_on (window, "forms.link", NOT_ASKED);
  args = last_submitted (fixture, "form.put");
  g_assert_cmpstr (kith_json_string (args, "id"), ==, NOT_ASKED);
  g_assert_false (kith_json_bool (args, "inactive", TRUE));
  g_assert_cmpuint (json_array_get_length (kith_json_array (args, "queues")), ==, 1);
  g_assert_true (names (args, HOUSING));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* ---- drafts ---- */

static JsonObject *
draft_of (Fixture *fixture, const char *key)
{
  return fake_desktop_get_draft (fixture->desktop, key);
}

/* What is typed of a form, or of a new one of a queue, outlives its window, with its name, and is given up by Discard. */
static void
test_draft (Fixture *fixture, gconstpointer data)
{
  static const struct { const char *form, *key, *name; guint n; } cases[] = {
    { SHARED, "form:contact:" SHARED, "Before a bed is looked for", 2 }, { NULL, "form:contact:new:" HOUSING, "Housing", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GtkWidget *window = open_forms (fixture), *form;

      for (guint k = 0; k < 3; k++)
        {
          kith_queue_forms_window_open (KITH_QUEUE_FORMS_WINDOW (window), cases[i].form ? cases[i].form : "new");
          pump (200);
          form = form_window (window);
          g_assert_nonnull (form);
          g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (find_widget (form, "called"))), ==, k == 1 ? "Beds and cots" : cases[i].name);
          g_assert_true (says (form, "restored") == (k == 1));
          if (k == 0)
            {
              gtk_editable_set_text (GTK_EDITABLE (find_widget (form, "called")), "Beds and cots");
              g_signal_emit_by_name (find_widget (form, "add"), "clicked");
            }
          else if (k == 1)
            {
              g_assert_cmpuint (json_array_get_length (kith_json_array (draft_of (fixture, cases[i].key), "questions")), ==, cases[i].n + 1);
              gtk_widget_activate_action (form, "form.discard", NULL);
            }
          pump (50);
          gtk_window_close (GTK_WINDOW (form));
          pump (100);
          g_assert_true ((draft_of (fixture, cases[i].key) != NULL) == (k == 0));
        }
      gtk_window_destroy (GTK_WINDOW (window));
      pump (50);
    }
}

/* A mere link makes a new version of a form: nobody is told that the questions changed, unless they did. */
static void
test_draft_linked (Fixture *fixture, gconstpointer data)
{
  JsonObject *rows[2] = { row_of (fixture, SHARED), NULL };
  JsonArray *all = fake_desktop_list (fixture->desktop, "forms-of-calls");

  for (guint i = 0; i < json_array_get_length (all); i++)
    if (g_strcmp0 (kith_json_string (json_array_get_object_element (all, i), "_arg2"), SHARED) == 0)
      rows[1] = json_array_get_object_element (all, i);
  for (guint i = 0; i < 3; i++)
    {
      GtkWidget *window = open_forms (fixture), *form;

      act_on (window, "forms.edit", SHARED);
      pump (150);
      form = form_window (window);
      g_assert_true (says (form, "restored") == (i > 0));
      g_assert_true (says (form, "Somebody changed the questions since") == (i == 2));
      gtk_editable_set_text (GTK_EDITABLE (find_widget (form, "called")), i == 0 ? "Beds" : "More beds");
      pump (50);
      gtk_window_close (GTK_WINDOW (form));
      pump (100);
      g_assert_nonnull (draft_of (fixture, "form:contact:" SHARED));
      for (guint k = 0; k < 2; k++)
        {
          JsonObject *body = kith_json_object (rows[k], "body");

          json_object_set_int_member (body, "version", 3 + i);
          if (i == 1)
            json_object_set_string_member (json_array_get_object_element (kith_json_array (body, "questions"), 0), "text", "How many children?");
        }
      gtk_window_destroy (GTK_WINDOW (window));
      pump (50);
    }
}

/* Linked to another queue while its window stands open: what is saved keeps that link, and is not refused for it. Where the questions changed it is. */
static void
test_linked_open (Fixture *fixture, gconstpointer data)
{
  JsonArray *all = fake_desktop_list (fixture->desktop, "forms-of-calls");
  GtkWidget *window = open_forms (fixture), *form;
  JsonObject *body = NULL, *args;

  act_on (window, "forms.edit", SHARED);
  pump (150);
  form = form_window (window);
  for (guint i = 0; i < json_array_get_length (all); i++)
    if (g_strcmp0 (kith_json_string (json_array_get_object_element (all, i), "_arg2"), SHARED) == 0)
      body = kith_json_object (json_array_get_object_element (all, i), "body");
  for (guint i = 0; i < 2; i++)
    {
      json_object_set_int_member (body, "version", 3 + i);
      json_object_set_array_member (body, "queues", kith_json_strings (HOUSING, WINTER, FOOD, NULL));
      if (i == 1)
        json_object_set_string_member (json_array_get_object_element (kith_json_array (body, "questions"), 0), "text", "How many children?");
      read_again (fixture);
      fake_desktop_refuse_next (fixture->desktop, "Not just now.");
      gtk_widget_activate_action (form, "form.commit", NULL);
      pump (150);
      args = last_submitted (fixture, "form.put");
      g_assert_true (names (args, FOOD));
      g_assert_cmpint (kith_json_int (args, "seen", -1), ==, 3); /* the hub refuses what was read before the questions changed */
    }
  gtk_window_destroy (GTK_WINDOW (form));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* What was begun of a form that no queue asks any more is opened from any of them, given up there, or saved without being asked of every call. */
static void
test_draft_unlinked (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window, *form;
  JsonObject *args;

  json_object_set_string_member (row_of (fixture, NOT_ASKED), "_arg2", NOT_ASKED);
  window = open_forms (fixture);
  kith_queue_forms_window_open (KITH_QUEUE_FORMS_WINDOW (window), NOT_ASKED);
  pump (200);
  form = form_window (window);
  g_assert_true (says (form, "These questions are not asked anywhere."));
  g_assert_false (says (form, "goes into this queue"));
  gtk_editable_set_text (GTK_EDITABLE (find_widget (form, "called")), "Storms");
  gtk_widget_activate_action (form, "form.commit", NULL);
  pump (150);
  args = last_submitted (fixture, "form.put");
  g_assert_cmpstr (kith_json_string (args, "id"), ==, NOT_ASKED);
  g_assert_true (kith_json_bool (args, "inactive", FALSE));
  gtk_window_destroy (GTK_WINDOW (window));
}

static GtkWidget *
line_to (GtkWidget *widget, const char *place)
{
  GtkWidget *found = GTK_IS_LIST_BOX_ROW (widget) && g_strcmp0 (g_object_get_data (G_OBJECT (widget), "place"), place) == 0 ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child && !found; child = gtk_widget_get_next_sibling (child))
    found = line_to (child, place);
  return found;
}

/* My Day says of each which form or queue it is about, and leads to the window in which it is. */
static void
test_draft_my_day (Fixture *fixture, gconstpointer data)
{
  static const char *const places[] = { "board/calls:" HOUSING ":" SHARED, "board/calls:" HOUSING ":new", "board/calls:" FOOD ":" OF_FOOD };
  JsonArray *begun = json_array_new ();
  g_autoptr (JsonObject) draft = kith_json_new ("name", "s", "Pets", "version", "i", (gint64) 0, "questions", "a", json_array_new (), "read", "a", json_array_new (), NULL);

  json_object_set_array_member (fake_desktop_get_data (fixture->desktop), "drafts-begun", begun);
  json_array_add_object_element (begun, kith_json_new ("id", "s", "form:contact:" SHARED, "at", "s", "1795176000000", "scope", "s", "dir", "about_name", "s",
                                                       "Before a bed is looked for", "queue", "s", HOUSING, "queue_name", "s", "Housing", NULL));
  json_array_add_object_element (begun, kith_json_new ("id", "s", "form:contact:new:" HOUSING, "at", "s", "1795176000000", "scope", "s", "dir", "about_name", "s", "Housing",
                                                       "queue", "s", HOUSING, "queue_name", "s", "Housing", NULL));
  json_array_add_object_element (begun, kith_json_new ("id", "s", "form:contact:" OF_FOOD, "at", "s", "1795176000000", "scope", "s", "dir", "about_name", "s", "Household",
                                                       "queue", "s", FOOD, "queue_name", "s", "Food and meals", NULL));
  kith_store_save_draft ((KithStore *) (gpointer) fixture->desktop, "form:contact:new:" HOUSING, "dir", draft, NULL);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GList) windows = NULL;
      GtkWidget *page, *window, *form;

      open_place (fixture, "today");
      read_again (fixture);
      page = GTK_WIDGET (kith_window_get_frame (fixture->window));
      for (guint k = 0; k < G_N_ELEMENTS (places); k++)
        g_assert_nonnull (line_to (page, places[k]));
      g_assert_true (says (line_to (page, places[0]), "Before a bed is looked for · Housing"));
      g_assert_true (says (line_to (page, places[1]), "New questions to callers"));
      g_assert_true (says (line_to (page, places[1]), "Housing · "));
      g_assert_true (says (line_to (page, places[2]), "Household · Food and meals"));
      gtk_widget_activate (line_to (page, places[i])); /* the board is made now, then it is there */
      pump (500);
      window = NULL;
      windows = gtk_window_list_toplevels ();
      for (GList *l = windows; l; l = l->next)
        if (KITH_IS_QUEUE_FORMS_WINDOW (l->data) && gtk_window_get_transient_for (l->data) == GTK_WINDOW (fixture->window) && gtk_widget_get_mapped (l->data))
          {
            g_assert_null (window); /* once */
            window = l->data;
          }
      g_assert_nonnull (window);
      g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (window)), ==, "Housing");
      form = form_window (window);
      g_assert_nonnull (form);
      g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (find_widget (form, "called"))), ==, i == 0 ? "Before a bed is looked for" : "Pets");
      gtk_window_destroy (GTK_WINDOW (form));
      gtk_window_destroy (GTK_WINDOW (window));
      pump (50);
    }
}

/* The way there: "Questions to Callers…" of a queue. */
static void
test_way (Fixture *fixture, gconstpointer data)
{
  GtkWindow *queues;
  g_autoptr (GList) windows = NULL;
  gboolean found = FALSE;

  open_place (fixture, "board");
  pump (150);
  g_assert_true (act (fixture, "board.manage"));
  pump (100);
  queues = front_window (fixture);
  gtk_widget_activate_action (GTK_WIDGET (queues), "queues.calls", "(sss)", HOUSING, "Housing", "");
  pump (150);
  windows = gtk_window_list_toplevels ();
  for (GList *l = windows; l; l = l->next)
    found = found || (KITH_IS_QUEUE_FORMS_WINDOW (l->data) && gtk_window_get_transient_for (l->data) == queues && says (l->data, "Household"));
  g_assert_true (found);
}

/* ---- a call ---- */

static GtkWidget *
named (Fixture *fixture, const char *name)
{
  GtkWidget *widget = find_widget (GTK_WIDGET (fixture->window), name);

  g_assert_nonnull (widget);
  return widget;
}

/* Housing asks by so many forms, one of them every call's. call: for one that is there already, or NULL */
static void
ask_much (Fixture *fixture, guint n, const char *call)
{
  JsonArray *rows = json_array_new ();

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = g_strdup_printf ("f0000000-0000-7000-8000-0000000001%02u", i), *name = g_strdup_printf ("Form %u", i);
      JsonArray *questions = json_array_new ();

      json_array_add_object_element (questions, kith_json_new ("key", "s", "how", "text", "s", name, "type", "s", "number", NULL));
      json_array_add_object_element (rows, kith_json_new ("_arg", "s", call ? "[]" : "[\"" HOUSING "\"]", "id", "s", id, "body", "o",
                                                          kith_json_new ("use", "s", "contact", "queues", "a", i ? kith_json_strings (HOUSING, FOOD, NULL) : NULL, "name", "s",
                                                                         name, "version", "i", (gint64) 1, "questions", "a", questions, NULL), NULL));
    }
  json_object_set_array_member (fake_desktop_get_data (fixture->desktop), "forms-asked", rows);
}

static void
answer (GtkWidget *questions, guint number)
{
  g_autofree char *value = g_strdup_printf ("%u", number);
  g_autoptr (JsonObject) entry = kith_json_new ("answers", "a", json_array_new (), NULL);

  json_array_add_object_element (kith_json_array (entry, "answers"), kith_json_new ("key", "s", "how", "value", "s", value, NULL));
  kith_question_rows_restore (KITH_QUESTION_ROWS (questions), entry);
}

/* Each answer is its own form's, in the order of the forms, none of them twice, and no operation has more than a hub takes. */
static void
assert_sent (Fixture *fixture, guint before, guint n_forms, gboolean anew)
{
  guint n = 0, answering = 0;

  for (guint k = before; k < fake_desktop_get_n_submitted (fixture->desktop); k++)
    {
      const char *op;
      JsonObject *args = fake_desktop_get_submitted (fixture->desktop, k, &op);
      JsonArray *entries = kith_json_array (args, "answers");

      if (anew && k == before)
        g_assert_cmpstr (op, ==, "contact.record");
      else if (g_str_equal (op, "contact.answer"))
        g_assert_cmpstr (kith_json_string (args, "contact"), ==,
                         anew ? kith_json_string (fake_desktop_get_submitted (fixture->desktop, before, NULL), "id") : A_CALL);
      else
        {
          g_assert_cmpstr (op, ==, "contact.assign");
          continue;
        }
      answering++;
      g_assert_nonnull (entries);
      g_assert_cmpuint (json_array_get_length (entries), >, 0);
      g_assert_cmpuint (json_array_get_length (entries), <=, KITH_ANSWERS_MOST_FORMS);
      for (guint e = 0; e < json_array_get_length (entries); e++, n++)
        {
          JsonObject *entry = json_array_get_object_element (entries, e), *given = json_array_get_object_element (kith_json_array (entry, "answers"), 0);
          g_autofree char *form = g_strdup_printf ("f0000000-0000-7000-8000-0000000001%02u", n), *value = g_strdup_printf ("%u", 10 + n);

          g_assert_cmpstr (kith_json_string (entry, "form"), ==, form);
          g_assert_cmpstr (kith_json_string (given, "value"), ==, value);
        }
    }
  g_assert_cmpuint (n, ==, n_forms);
  g_assert_cmpuint (answering, ==, (n_forms + KITH_ANSWERS_MOST_FORMS - 1) / KITH_ANSWERS_MOST_FORMS);
}

/* P2: every form that a queue has is asked, once, in its place, and its answers are its own. A hub takes those of four forms with one operation: what
 * is more follows the record. */
static void
test_call (Fixture *fixture, gconstpointer data)
{
  static const guint numbers[] = { 7, 4, 5, 8 };

  for (guint k = 0; k < G_N_ELEMENTS (numbers); k++)
    {
      guint before = fake_desktop_get_n_submitted (fixture->desktop), i = 0;
      GtkWidget *child;

      ask_much (fixture, numbers[k], NULL);
      open_place (fixture, "contacts/new");
      pump (150);
      gtk_editable_set_text (GTK_EDITABLE (named (fixture, "who")), "Ana Lopez");
      adw_combo_row_set_selected (ADW_COMBO_ROW (named (fixture, "queue")), 1);
      pump (150);
      for (child = gtk_widget_get_first_child (named (fixture, "questions")); child; child = gtk_widget_get_next_sibling (child), i++)
        {
          g_autofree char *name = g_strdup_printf ("Form %u", i);

          g_assert_true (says (child, name));
          answer (child, 10 + i);
        }
      g_assert_cmpuint (i, ==, numbers[k]);
      pump (50);
      gtk_widget_activate_action (named (fixture, "need"), "form.commit", NULL);
      pump (300);
      assert_sent (fixture, before, numbers[k], TRUE);
      open_place (fixture, "contacts");
      pump (100);
    }
}

/* P2: of a call that is there already the same, by contact.answer alone. */
static void
test_call_again (Fixture *fixture, gconstpointer data)
{
  static const guint numbers[] = { 4, 5, 8 };

  for (guint k = 0; k < G_N_ELEMENTS (numbers); k++)
    {
      guint before = fake_desktop_get_n_submitted (fixture->desktop), i = 0;
      GtkWidget *child;

      ask_much (fixture, numbers[k], A_CALL);
      open_place (fixture, "contacts/assign:" A_CALL);
      pump (200);
      for (child = gtk_widget_get_first_child (named (fixture, "questions")); child; child = gtk_widget_get_next_sibling (child), i++)
        answer (child, 10 + i);
      g_assert_cmpuint (i, ==, numbers[k]);
      pump (50);
      gtk_widget_activate_action (named (fixture, "need"), "form.commit", NULL);
      pump (300);
      assert_sent (fixture, before, numbers[k], FALSE);
      open_place (fixture, "contacts");
      pump (100);
    }
}

static void
forms_changed (Fixture *fixture)
{
  read_again (fixture);
  pump (100);
}

static GtkWidget *
nth_child (GtkWidget *box, guint n)
{
  GtkWidget *child = gtk_widget_get_first_child (box);

  while (n-- > 0 && child)
    child = gtk_widget_get_next_sibling (child);
  return child;
}

/* P2: while a call is written down its form is linked to another queue: whoever types goes on typing, and answers the version there is now. Where another
 * form is taken off the queue, what was answered to it stays until it is saved, as it was asked; what nobody answered goes. */
static void
test_call_linked (Fixture *fixture, gconstpointer data)
{
  guint before = fake_desktop_get_n_submitted (fixture->desktop);
  GtkWidget *box, *first, *second;
  JsonArray *rows, *entries;

  ask_much (fixture, 7, NULL);
  open_place (fixture, "contacts/new");
  pump (150);
  gtk_editable_set_text (GTK_EDITABLE (named (fixture, "who")), "Ana Lopez");
  adw_combo_row_set_selected (ADW_COMBO_ROW (named (fixture, "queue")), 1);
  pump (150);
  box = named (fixture, "questions");
  first = nth_child (box, 0);
  second = nth_child (box, 1);
  answer (first, 10);
  answer (second, 11);
  rows = fake_desktop_list (fixture->desktop, "forms-asked");
  json_object_set_int_member (kith_json_object (json_array_get_object_element (rows, 0), "body"), "version", 2);
  forms_changed (fixture);
  g_assert_true (nth_child (box, 0) == first); /* with the focus that somebody has there */
  json_array_remove_element (rows, 2);
  json_array_remove_element (rows, 1);
  forms_changed (fixture);
  g_assert_true (nth_child (box, 0) == first);
  g_assert_true (gtk_widget_get_parent (second) == box);
  g_assert_false (says (box, "Form 2"));
  json_object_set_string_member (kith_json_object (json_array_get_object_element (rows, 0), "body"), "name", "Form zero");
  forms_changed (fixture);
  g_assert_true (says (box, "Form zero"));
  gtk_widget_activate_action (named (fixture, "need"), "form.commit", NULL);
  pump (300);
  entries = kith_json_array (fake_desktop_get_submitted (fixture->desktop, before, NULL), "answers");
  g_assert_cmpuint (json_array_get_length (entries), ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      JsonObject *entry = json_array_get_object_element (entries, i);
      gboolean of_first = g_str_has_suffix (kith_json_string (entry, "form"), "100");

      g_assert_cmpint (kith_json_int (entry, "version", 0), ==, of_first ? 2 : 1);
      g_assert_cmpstr (kith_json_string (json_array_get_object_element (kith_json_array (entry, "answers"), 0), "value"), ==, of_first ? "10" : "11");
    }
}

#define ADD_NETWORK(path, func) g_test_add ("/queue-forms/" path, Fixture, NULL, set_up_network, func, tear_down)

int
main (int argc, char *argv[])
{
  fixture_begin (&argc, &argv);
  ADD_NETWORK ("shown-P2", test_shown);
  ADD_NETWORK ("many-P2", test_many);
  ADD_NETWORK ("link-P2", test_link);
  ADD_NETWORK ("unlink-P2", test_unlink);
  ADD_NETWORK ("refused", test_refused);
  ADD_NETWORK ("shared-P2", test_shared);
  ADD_NETWORK ("every-call-P2", test_every_call);
  ADD_NETWORK ("new-P2", test_new);
  ADD_NETWORK ("way-P2", test_way);
  ADD_NETWORK ("again-P2", test_again);
  ADD_NETWORK ("draft-P2", test_draft);
  ADD_NETWORK ("draft-linked-P2", test_draft_linked);
  ADD_NETWORK ("linked-open-P2", test_linked_open);
  ADD_NETWORK ("draft-unlinked-P2", test_draft_unlinked);
  ADD_NETWORK ("draft-my-day", test_draft_my_day);
  ADD_NETWORK ("call-P2", test_call);
  ADD_NETWORK ("call-again-P2", test_call_again);
  ADD_NETWORK ("call-linked-P2", test_call_linked);
  return g_test_run ();
}
