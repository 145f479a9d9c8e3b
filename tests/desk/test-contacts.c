/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Calls to 2-1-1: taken down with services looked for in place, assigned when saved (P12, P21), needs with their own status (P22), drafts that
 * outlive a lock, and whole records on paper only for who may (P11). */

#include "desk-fixture.h"
#include "contacts/kith-contact-edit.h"
#include "contacts/kith-contact-form.h"
#include "contacts/kith-contact-view.h"
#include "kith-split-page.h"
#include "print/kith-print-window.h"
#include "widgets/kith-question-rows.h"

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

/* The first widget inside that has this tooltip, or NULL. */
static GtkWidget *
find_tooltip (GtkWidget *in, const char *tooltip)
{
  if (g_strcmp0 (gtk_widget_get_tooltip_text (in), tooltip) == 0)
    return in;
  for (GtkWidget *child = gtk_widget_get_first_child (in); child; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_tooltip (child, tooltip);

      if (found)
        return found;
    }
  return NULL;
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

static JsonObject *
phone_of (Fixture *fixture)
{
  return json_array_get_object_element (kith_json_array (submitted (fixture, 0, "contact.record"), "phones"), 0);
}

/* Whether a message is safe: yes, no, and nothing at all where nobody asked. */
static void
test_safe_message (Fixture *fixture, gconstpointer data)
{
  static const struct { guint answer; const char *draft; } cases[] = { { 0, "{}" }, { 1, "{\"message\":true}" }, { 2, NULL } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonNode) draft = cases[i].draft ? json_from_string (cases[i].draft, NULL) : NULL; /* of before there were three answers */

      if (draft)
        kith_store_save_draft ((KithStore *) (gpointer) fixture->desktop, "contact:new", NULL, json_node_get_object (draft), NULL);
      open_place (fixture, "contacts/new");
      pump (200);
      if (draft)
        g_assert_cmpuint (adw_combo_row_get_selected (ADW_COMBO_ROW (named (fixture, "message"))), ==, cases[i].answer);
      else
        adw_combo_row_set_selected (ADW_COMBO_ROW (named (fixture, "message")), cases[i].answer);
      type (fixture, "who", "Ana Lopez");
      type (fixture, "phone", "619-555-0142");
      take_need (fixture, "A bed tonight");
      commit (fixture);
      g_assert_cmpint (json_object_has_member (phone_of (fixture), "safe_to_leave_message"), ==, cases[i].answer != 0);
      g_assert_cmpint (kith_json_bool (phone_of (fixture), "safe_to_leave_message", FALSE), ==, cases[i].answer == 1);
      pump (100);
    }
}

/* What was said to a client, and the call that is taken of the same referral, are two drafts. */
static void
test_two_drafts (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonObject) said = kith_json_new ("text", "s", "Rang twice", NULL), call = kith_json_new ("name", "s", "Ana Lopez", NULL);

  kith_store_save_draft ((KithStore *) (gpointer) fixture->desktop, "contact:referral:e0000000-0000-7000-8000-000000000001", NULL, said, NULL);
  kith_store_save_draft ((KithStore *) (gpointer) fixture->desktop, "call:referral:e0000000-0000-7000-8000-000000000001", NULL, call, NULL);
  open_place (fixture, "contacts/new:e0000000-0000-7000-8000-000000000001");
  pump (200);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (named (fixture, "who"))), ==, "Ana Lopez");
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

/* P21: a queue that was chosen is never passed over: one who is only told about a service waits there too, and so does the one for whom nothing
 * was found. */
static void
test_queue_beside_information (Fixture *fixture, gconstpointer data)
{
  JsonObject *assign, *data_of_all = fake_desktop_get_data (fixture->desktop);
  g_autoptr (GList) lists = json_object_get_members (data_of_all);
  guint before;

  for (GList *l = lists; l; l = l->next)
    {
      JsonArray *rows = kith_json_array (data_of_all, l->data);

      for (guint i = 0; rows && i < json_array_get_length (rows); i++)
        if (JSON_NODE_HOLDS_OBJECT (json_array_get_element (rows, i)) && json_object_has_member (json_array_get_object_element (rows, i), "direct"))
          json_object_set_int_member (json_array_get_object_element (rows, i), "direct", 0);
    }
  for (guint second = 0; second < 2; second++)
    {
      open_place (fixture, "contacts/new");
      pump (100);
      type (fixture, "who", "Ana Lopez");
      take_need (fixture, "shelter");
      g_signal_emit_by_name (find_widget (gtk_widget_get_ancestor (named (fixture, "need"), KITH_TYPE_CONTACT_FORM), "entry"), "entry-activated"); /* the first hit */
      pump (150);
      if (second)
        take_need (fixture, "A bed tonight");
      adw_combo_row_set_selected (ADW_COMBO_ROW (named (fixture, "queue")), 1);
      before = fake_desktop_get_n_submitted (fixture->desktop);
      commit (fixture);
      g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, before + 3);
      assign = submitted (fixture, 1, "contact.assign");
      g_assert_cmpstr (kith_json_string (assign, "type"), ==, "informational");
      g_assert_null (kith_json_string (assign, "queue"));
      assign = submitted (fixture, 0, "contact.assign");
      g_assert_nonnull (kith_json_string (assign, "queue"));
      g_assert_null (kith_json_string (assign, "service"));
      g_assert_cmpstr (kith_json_string (assign, "type"), ==, "direct");
      g_assert_cmpint (g_strcmp0 (kith_json_string (assign, "need"), kith_json_string (submitted (fixture, 1, "contact.assign"), "need")) != 0, ==, second);
    }
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
  kith_switch_row_set_active (KITH_SWITCH_ROW (named (fixture, "agreed")), TRUE);
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

static GtkWidget *
questions_of (Fixture *fixture, guint i)
{
  GtkWidget *child = gtk_widget_get_first_child (named (fixture, "questions"));

  while (child && i-- > 0)
    child = gtk_widget_get_next_sibling (child);
  g_assert_true (KITH_IS_QUESTION_ROWS (child));
  return child;
}

static void
answer (Fixture *fixture, guint i, const char *key, const char *value)
{
  g_autoptr (JsonObject) entry = kith_json_new ("answers", "a", json_array_new (), NULL);

  json_array_add_object_element (kith_json_array (entry, "answers"), kith_json_new ("key", "s", key, "value", "s", value, NULL));
  kith_question_rows_restore (KITH_QUESTION_ROWS (questions_of (fixture, i)), entry);
  pump (30);
}

/* The value of the first answer of the only entry, which is of this form. */
static const char *
answered (JsonObject *args, const char *form)
{
  JsonArray *entries = kith_json_array (args, "answers");
  JsonObject *entry;

  g_assert_nonnull (entries);
  g_assert_cmpuint (json_array_get_length (entries), ==, 1);
  entry = json_array_get_object_element (entries, 0);
  g_assert_cmpstr (kith_json_string (entry, "form"), ==, form);
  return kith_json_string (json_array_get_object_element (kith_json_array (entry, "answers"), 0), "value");
}

#define OF_CALLS "f0000000-0000-7000-8000-0000000000c1"
#define OF_QUEUE "f0000000-0000-7000-8000-0000000000c2"

/* P2: what a queue's forms ask is asked when the call is put in it: the record keeps what the form of calls asks, the referral what the queue does. */
static void
test_questions (Fixture *fixture, gconstpointer data)
{
  guint before = fake_desktop_get_n_submitted (fixture->desktop);

  open_place (fixture, "contacts/new");
  pump (100);
  type (fixture, "who", "Ana Lopez");
  take_need (fixture, "A bed tonight");
  g_assert_null (find_widget (GTK_WIDGET (fixture->window), "questions"));
  adw_combo_row_set_selected (ADW_COMBO_ROW (named (fixture, "queue")), 1);
  pump (100);
  answer (fixture, 0, "children", "many");
  commit (fixture);
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, before); /* not a number */
  answer (fixture, 0, "children", "3");
  answer (fixture, 1, "rent", "yes");
  pump (700);
  g_assert_cmpuint (json_array_get_length (kith_json_array (fake_desktop_get_draft (fixture->desktop, "contact:new"), "answers")), ==, 2);
  adw_combo_row_set_selected (ADW_COMBO_ROW (named (fixture, "queue")), 2); /* another queue, and back: nothing typed is lost */
  pump (100);
  g_assert_null (find_widget (GTK_WIDGET (fixture->window), "questions"));
  adw_combo_row_set_selected (ADW_COMBO_ROW (named (fixture, "queue")), 1);
  pump (100);
  commit (fixture);
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, before + 2);
  g_assert_cmpstr (answered (submitted (fixture, 1, "contact.record"), OF_CALLS), ==, "3");
  g_assert_cmpstr (answered (submitted (fixture, 0, "contact.assign"), OF_QUEUE), ==, "yes");
}

/* P2: of a record that is there, with what was answered before; only what was answered anew is written. */
static void
test_questions_later (Fixture *fixture, gconstpointer data)
{
  guint before = fake_desktop_get_n_submitted (fixture->desktop);

  open_place (fixture, "contacts/assign:" A_CALL);
  pump (150);
  adw_combo_row_set_selected (ADW_COMBO_ROW (named (fixture, "queue")), 1);
  pump (100);
  commit (fixture);
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, before + 1);
  g_assert_null (kith_json_array (submitted (fixture, 0, "contact.assign"), "answers"));
  open_place (fixture, "contacts/assign:" A_CALL);
  pump (150);
  adw_combo_row_set_selected (ADW_COMBO_ROW (named (fixture, "queue")), 1);
  pump (100);
  {
    g_autoptr (JsonObject) known = kith_question_rows_collect (KITH_QUESTION_ROWS (questions_of (fixture, 0)));

    g_assert_cmpstr (kith_json_string (json_array_get_object_element (kith_json_array (known, "answers"), 0), "value"), ==, "2");
  }
  answer (fixture, 0, "children", "4");
  commit (fixture);
  g_assert_cmpstr (answered (submitted (fixture, 1, "contact.answer"), OF_CALLS), ==, "4");
  submitted (fixture, 0, "contact.assign");
}

/* P2, C13, I18: the answers are shown with the record, and reading it is one entry, however often it is looked at. */
static void
test_shown (Fixture *fixture, gconstpointer data)
{
  guint before = fake_desktop_get_n_noted (fixture->desktop);
  JsonObject *noted;

  open_place (fixture, "contacts/" A_CALL);
  pump (200);
  g_assert_true (says (named (fixture, "answers"), "How many children come along?"));
  g_assert_true (says (named (fixture, "answers"), "2"));
  g_assert_cmpuint (fake_desktop_get_n_noted (fixture->desktop), ==, before); /* passed over */
  pump (1600);
  g_assert_cmpuint (fake_desktop_get_n_noted (fixture->desktop), ==, before + 1);
  noted = fake_desktop_get_noted (fixture->desktop, before);
  g_assert_cmpstr (kith_json_string (noted, "what"), ==, "opened");
  g_assert_cmpstr (kith_json_string (noted, "t"), ==, "contact_record");
  g_assert_cmpstr (kith_json_string (noted, "record"), ==, A_CALL);
  open_place (fixture, "today");
  open_place (fixture, "contacts/" A_CALL);
  pump (1700);
  g_assert_cmpuint (fake_desktop_get_n_noted (fixture->desktop), ==, before + 1);
}

/* D10, P21: what 2-1-1 sent from a call and came back is referred on from that call: for the same need, as one that names the old. */
static void
test_refer_on (Fixture *fixture, gconstpointer data)
{
  static const char *const declined = "e0000000-0000-7000-8000-000000000025";
  JsonArray *rows = fake_desktop_list (fixture->desktop, "referral");
  JsonObject *assign;
  GtkWidget *form;
  const char *op;
  guint before, links = 0;

  for (guint i = 0; i < json_array_get_length (rows); i++)
    if (g_strcmp0 (kith_json_string (json_array_get_object_element (rows, i), "id"), declined) == 0)
      {
        JsonObject *row = json_array_get_object_element (rows, i), *body = kith_json_object (row, "body");

        json_object_set_string_member (body, "agency", "network");
        json_object_set_string_member (body, "contact_record", A_CALL);
        json_object_set_object_member (row, "detail", kith_json_new ("contact_need", "s", FOOD, NULL));
      }
  g_signal_emit_by_name (fixture->desktop, "changed", NULL);
  open_place (fixture, "sent/e0000000-0000-7000-8000-000000000025");
  pump (200);
  g_assert_true (act (fixture, "referral.go-on"));
  pump (300);
  form = gtk_widget_get_ancestor (named (fixture, "need"), KITH_TYPE_CONTACT_FORM);
  g_assert_nonnull (form);
  gtk_editable_set_text (GTK_EDITABLE (find_widget (form, "entry")), "e");
  pump (400);
  g_signal_emit_by_name (find_widget (form, "entry"), "entry-activated"); /* the first hit */
  pump (150);
  kith_switch_row_set_active (KITH_SWITCH_ROW (named (fixture, "agreed")), TRUE);
  before = fake_desktop_get_n_submitted (fixture->desktop);
  commit (fixture);
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), >, before);
  for (guint i = before; i < fake_desktop_get_n_submitted (fixture->desktop); i++)
    {
      assign = fake_desktop_get_submitted (fixture->desktop, i, &op);
      g_assert_cmpstr (op, ==, "contact.assign");
      g_assert_cmpstr (kith_json_string (assign, "contact"), ==, A_CALL);
      if (!kith_json_string (assign, "previous"))
        continue;
      links++;
      g_assert_cmpstr (kith_json_string (assign, "previous"), ==, declined);
      g_assert_cmpstr (kith_json_string (assign, "need"), ==, FOOD);
    }
  g_assert_cmpuint (links, ==, 1);
}

/* 2-1-1 sends from a call: the key for a referral without a client record takes one. */
static void
test_send_new (Fixture *fixture, gconstpointer data)
{
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.go", "s", "sent/new");
  pump (200);
  g_assert_null (find_widget (GTK_WIDGET (fixture->window), "suggest_place"));
  g_assert_null (kith_split_page_get_form (KITH_SPLIT_PAGE (kith_frame_get_page (kith_window_get_frame (fixture->window)))));
}

/* 2-1-1 has no clients: where nothing is sent yet it is told of calls. */
static void
test_sent_empty (Fixture *fixture, gconstpointer data)
{
  json_object_set_array_member (fake_desktop_get_data (fixture->desktop), "sent-open", json_array_new ());
  g_signal_emit_by_name (fixture->desktop, "changed", (const char *[]) { "referral", NULL });
  open_place (fixture, "sent");
  pump (200);
  SAYS ("Open a call and assign its needs");
  g_assert_false (says (GTK_WIDGET (fixture->window), "Open a client"));
}

/* What the caller speaks, and what the taxonomy calls a need, go with the record. */
static void
test_language_and_term (Fixture *fixture, gconstpointer data)
{
  JsonObject *record, *need;
  GtkWidget *button;

  open_place (fixture, "contacts/new");
  pump (100);
  type (fixture, "who", "Ana Lopez");
  gtk_editable_set_text (GTK_EDITABLE (find_widget (named (fixture, "languages_place"), "entry")), "Mixtec");
  take_need (fixture, "A bed tonight");
  button = find_tooltip (named (fixture, "needs_group"), "Kind of need, in the words of the taxonomy…");
  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
  pump (300);
  gtk_editable_set_text (GTK_EDITABLE (find_widget (GTK_WIDGET (front_window (fixture)), "entry")), "shelter");
  pump (400);
  g_signal_emit_by_name (find_widget (GTK_WIDGET (front_window (fixture)), "entry"), "entry-activated");
  pump (100);
  commit (fixture);
  record = submitted (fixture, 0, "contact.record");
  need = json_array_get_object_element (kith_json_array (record, "needs"), 0);
  g_assert_cmpstr (kith_json_string (need, "term"), ==, "7e000000-0000-7000-8000-000000000001");
  g_assert_cmpstr (json_array_get_string_element (kith_json_array (record, "languages"), 0), ==, "Mixtec");
}

/* U7: a warm referral to 2-1-1 is answered by a call; what it says is in the form already. */
static void
test_take_call (Fixture *fixture, gconstpointer data)
{
  JsonArray *rows = fake_desktop_list (fixture->desktop, "referral");
  JsonObject *body = NULL, *course = NULL, *detail = NULL, *record;

#define REFERRAL "e0000000-0000-7000-8000-000000000001"
  for (guint i = 0; i < json_array_get_length (rows); i++)
    if (g_strcmp0 (kith_json_string (json_array_get_object_element (rows, i), "id"), REFERRAL) == 0)
      {
        body = kith_json_object (json_array_get_object_element (rows, i), "body");
        course = kith_json_object (json_array_get_object_element (rows, i), "course");
        detail = kith_json_object (json_array_get_object_element (rows, i), "detail");
      }
  json_object_set_object_member (detail, "snapshot",
                                 kith_json_new ("address", "o", kith_json_new ("city", "s", "National City", NULL), "interpreter_needed", "b", TRUE, "do_not_contact", "b", TRUE, NULL));
  open_place (fixture, "inbox/" REFERRAL);
  pump (150);
  g_assert_false (act (fixture, "referral.take-call") && GTK_IS_WIDGET (find_widget (GTK_WIDGET (fixture->window), "who"))); /* to an agency, and not warm */
  /* As referral.send makes it: to a queue, and to no agency. */
  json_object_remove_member (body, "agency_to");
  json_object_remove_member (body, "service");
  json_object_set_string_member (body, "queue", "70000000-0000-7000-8000-000000000001");
  json_object_set_string_member (body, "queue_name", "Housing");
  json_object_set_boolean_member (body, "to_queue", TRUE);
  json_object_set_string_member (course, "type", "warm");
  open_place (fixture, "today");
  g_signal_emit_by_name (fixture->desktop, "changed", NULL);
  open_place (fixture, "inbox/" REFERRAL);
  pump (150);
  g_assert_true (act (fixture, "referral.take-call"));
  pump (150);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (named (fixture, "who"))), ==, kith_json_string (body, "contact_name"));
  commit (fixture);
  record = submitted (fixture, 0, "contact.record");
  g_assert_cmpstr (kith_json_string (record, "referral"), ==, REFERRAL);
  g_assert_cmpstr (kith_json_string (record, "city"), ==, "National City");
  g_assert_true (kith_json_bool (record, "interpreter_needed", FALSE));
  g_assert_true (kith_json_bool (record, "do_not_contact", FALSE)); /* C16 */
}

/* C16, P12: what the caller wants of nobody, and what the receivers are told beside the need, the note among the eight fields. It comes back with a
 * draft. */
static void
test_told (Fixture *fixture, gconstpointer data)
{
  JsonObject *record, *assign;

  open_place (fixture, "contacts/new");
  pump (100);
  type (fixture, "who", "Ana Lopez");
  take_need (fixture, "A bed tonight");
  g_assert_null (find_widget (GTK_WIDGET (fixture->window), "receiver_group")); /* nothing goes anywhere yet */
  adw_combo_row_set_selected (ADW_COMBO_ROW (named (fixture, "queue")), 1);
  pump (50);
  kith_switch_row_set_active (KITH_SWITCH_ROW (named (fixture, "do_not_contact")), TRUE);
  gtk_editable_set_text (GTK_EDITABLE (find_widget (named (fixture, "receiver_place"), "note")), "Call after six");
  adw_combo_row_set_selected (ADW_COMBO_ROW (find_widget (named (fixture, "receiver_place"), "urgency")), 3);
  pump (700);
  gtk_widget_activate_action (named (fixture, "need"), "form.cancel", NULL);
  pump (100);
  open_place (fixture, "contacts/new");
  pump (200);
  commit (fixture);
  record = submitted (fixture, 1, "contact.record");
  assign = submitted (fixture, 0, "contact.assign");
  g_assert_true (kith_json_bool (record, "do_not_contact", FALSE));
  g_assert_cmpstr (kith_json_string (assign, "note"), ==, "Call after six");
  g_assert_cmpstr (kith_json_string (assign, "urgency"), ==, "urgent");
  g_assert_false (json_object_has_member (assign, "request"));
}

/* C1: every agency is named to the caller, also one whose name is part of another's; each once. */
static void
test_receivers (Fixture *fixture, gconstpointer data)
{
  static const char *const agencies[] = { "Eastlake Family Clinic", "Family Clinic", "Family Clinic" };
  JsonArray *needs = json_array_new ();
  g_autoptr (JsonObject) draft = kith_json_new ("needs", "a", needs, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (agencies); i++)
    json_array_add_object_element (needs, kith_json_new ("id", "s", i == 0 ? A_CALL : FOOD, "words", "s", "A bed", "service", "s", FOOD, "service_name", "s", "Beds",
                                                         "agency_name", "s", agencies[i], "direct", "b", TRUE, NULL));
  kith_store_save_draft ((KithStore *) (gpointer) fixture->desktop, "contact:new", NULL, draft, NULL);
  open_place (fixture, "contacts/new");
  pump (200);
  g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (named (fixture, "agreed"))), ==, "Eastlake Family Clinic, Family Clinic");
}

static JsonObject *
set_of (JsonObject *patch, const char *kind, const char *id, const char *field)
{
  g_assert_cmpstr (kith_json_string (patch, "t"), ==, kind);
  g_assert_cmpstr (kith_json_string (patch, "id"), ==, id);
  g_assert_cmpuint (json_object_get_size (kith_json_object (patch, "set")), ==, 1);
  return kith_json_object (kith_json_object (patch, "set"), field);
}

/* I14: what was taken down wrongly is put right, the call's and a need's, from what was seen; a draft keeps what was seen then. */
static void
test_edit (Fixture *fixture, gconstpointer data)
{
  guint before = fake_desktop_get_n_submitted (fixture->desktop);
  JsonObject *body, *change;
  GtkWidget *note;

  open_place (fixture, "contacts/" A_CALL);
  pump (200);
  g_assert_true (act (fixture, "contact.edit"));
  pump (200);
  gtk_editable_set_text (GTK_EDITABLE (named (fixture, "postal_code")), "92102");
  note = find_widget (named (fixture, "edit-needs"), "note");
  gtk_editable_set_text (GTK_EDITABLE (note), "With a dog");
  pump (700);
  g_assert_nonnull (fake_desktop_get_draft (fixture->desktop, "contact:edit:" A_CALL));
  gtk_widget_activate_action (named (fixture, "postal_code"), "form.cancel", NULL);
  pump (100);
  /* Somebody else saves meanwhile: what goes out says what was read then. */
  body = kith_json_copy_object (kith_json_object (json_array_get_object_element (fake_desktop_list (fixture->desktop, "contact"), 0), "body"));
  json_object_set_string_member (body, "postal_code", "91950");
  json_object_set_object_member (json_array_get_object_element (fake_desktop_list (fixture->desktop, "contact"), 0), "body", body);
  open_place (fixture, "contacts/edit:" A_CALL);
  pump (200);
  gtk_widget_activate_action (named (fixture, "postal_code"), "form.commit", NULL);
  pump (200);
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, before + 2);
  change = set_of (submitted (fixture, 1, "record.patch"), "contact_record", A_CALL, "postal_code");
  g_assert_cmpstr (kith_json_string (change, "old"), ==, "92101");
  g_assert_cmpstr (kith_json_string (change, "new"), ==, "92102");
  change = set_of (submitted (fixture, 0, "record.patch"), "contact_need", kith_json_string (submitted (fixture, 0, "record.patch"), "id"), "note");
  g_assert_cmpstr (kith_json_string (change, "new"), ==, "With a dog");
  open_place (fixture, "contacts/edit:" A_CALL); /* and nothing changed is nothing said */
  pump (200);
  gtk_widget_activate_action (named (fixture, "postal_code"), "form.commit", NULL);
  pump (200);
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, before + 2);
}

/* Ctrl+L while Save is under way: what was saved does not come back as a draft, to be saved a second time. */
static void
test_lock_while_saving (Fixture *fixture, gconstpointer data)
{
  guint before = fake_desktop_get_n_submitted (fixture->desktop);

  open_place (fixture, "contacts/new");
  pump (100);
  type (fixture, "who", "Ana Lopez");
  take_need (fixture, "A bed tonight");
  adw_combo_row_set_selected (ADW_COMBO_ROW (named (fixture, "queue")), 1);
  pump (700); /* a draft is on the disk */
  g_assert_nonnull (fake_desktop_get_draft (fixture->desktop, "contact:new"));
  gtk_editable_set_text (GTK_EDITABLE (named (fixture, "postal_code")), "92101"); /* typed just before: not written yet */
  gtk_widget_activate_action (named (fixture, "need"), "form.commit", NULL);
  g_main_context_iteration (NULL, FALSE);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.lock", NULL);
  pump (300);
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, before + 2);
  g_assert_null (fake_desktop_get_draft (fixture->desktop, "contact:new"));
}

/* P22: a need's status is changed where it stands, from what it was. */
static void
test_need_status (Fixture *fixture, gconstpointer data)
{
  JsonObject *args, *change;
  GtkWidget *row;

  json_object_set_int_member (json_array_get_object_element (fake_desktop_list (fixture->desktop, "contact-referrals"), 0), "pending", 1);
  open_place (fixture, "contacts/" A_CALL);
  pump (200);
  g_assert_true (says (named (fixture, "referrals_box"), "NA-0008 · Housing · not sent yet"));
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

/* Windows that ask for a file's name. */
static guint
count_dialogs (void)
{
  GListModel *windows = gtk_window_get_toplevels ();
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      n += GTK_IS_FILE_CHOOSER (window) && gtk_widget_get_visible (window);
    }
  return n;
}

/* A need gets its kind also when the call was recorded long ago: in the words of the taxonomy, against what was seen. */
static void
test_term_later (Fixture *fixture, gconstpointer data)
{
  GtkWidget *button, *suggest;
  JsonObject *change;
  guint n;

  open_place (fixture, "contacts/" A_CALL);
  pump (100);
  button = find_widget (GTK_WIDGET (fixture->window), "term"); /* of the first need */
  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
  pump (100);
  g_assert_true (says (GTK_WIDGET (front_window (fixture)), "A bed tonight for three"));
  suggest = in_front (fixture, "entry");
  gtk_editable_set_text (GTK_EDITABLE (suggest), "emergency");
  pump (100);
  g_signal_emit_by_name (suggest, "entry-activated");
  pump (100);
  g_assert_null (front_window (fixture));
  change = kith_json_object (kith_json_object (last_submitted (fixture, "record.patch"), "set"), "term");
  g_assert_cmpstr (kith_json_string (change, "old"), ==, "7e000000-0000-7000-8000-000000000009");
  g_assert_cmpstr (kith_json_string (change, "new"), ==, "7e000000-0000-7000-8000-000000000001");

  n = fake_desktop_get_n_submitted (fixture->desktop);
  g_signal_emit_by_name (button, "clicked");
  pump (100);
  gtk_window_close (front_window (fixture));
  pump (50);
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, n);
}

/* P11: nothing is on paper before the hub was asked; who may not gets the reason and no file. */
static void
test_print (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window = kith_print_window_new_for_record (GTK_WINDOW (fixture->window), fixture->context, "contact", A_CALL);

  gtk_window_present (GTK_WINDOW (window));
  pump (300);
  fake_desktop_refuse_next (fixture->desktop, "This record was not found. Nothing was changed.");
  gtk_widget_activate_action (window, "print.save", NULL);
  g_assert_false (gtk_widget_get_sensitive (find_widget (window, "save_button"))); /* asked once */
  g_assert_nonnull (strstr (gtk_label_get_text (GTK_LABEL (find_widget (window, "problem"))), "Asking the hub"));
  pump (100);
  submitted (fixture, 0, "contact.print");
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (find_widget (window, "problem"))), ==, "This record was not found. Nothing was changed.");
  g_assert_true (gtk_widget_get_visible (find_widget (window, "problem")));
  g_assert_true (gtk_widget_has_css_class (find_widget (window, "problem"), "field-error"));
  g_assert_true (gtk_widget_get_sensitive (find_widget (window, "save_button")));
  g_assert_cmpuint (count_dialogs (), ==, 0);

  /* Asked for paper, and then it becomes a PDF after all: that is an entry of its own, which says so. */
  kith_print_window_ask (KITH_PRINT_WINDOW (window), "printed");
  pump (100);
  g_assert_cmpstr (kith_json_string (submitted (fixture, 0, "contact.print"), "detail"), ==, "Paper");
  fake_desktop_refuse_next (fixture->desktop, "Your account was closed. Nothing was changed.");
  gtk_widget_activate_action (window, "print.save", NULL);
  pump (100);
  g_assert_cmpstr (kith_json_string (submitted (fixture, 0, "contact.print"), "detail"), ==, "PDF");
  g_assert_cmpuint (count_dialogs (), ==, 0);

#ifndef __SANITIZE_ADDRESS__ /* GTK's own chooser of files loses a little, which the search for leaks would tell */
  /* No hub: what is held here may be printed, and the page says that it could not be asked. */
  fake_desktop_set_sync (fixture->desktop, KITH_SYNC_OFFLINE, 0, 0, NOW_MS, NOW_MS);
  gtk_widget_activate_action (window, "print.save", NULL);
  pump (300);
  submitted (fixture, 0, "contact.print");
  g_assert_nonnull (strstr (gtk_label_get_text (GTK_LABEL (find_widget (window, "problem"))), "The hub could not be asked"));
  g_assert_false (gtk_widget_has_css_class (find_widget (window, "problem"), "field-error"));
  g_assert_cmpuint (count_dialogs (), ==, 1);
#endif
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_finalised (Fixture *fixture, gconstpointer data)
{
  GtkWidget *widgets[] = { kith_contact_edit_new (fixture->context, A_CALL), kith_contact_form_new (fixture->context), kith_contact_form_new_assign (fixture->context, A_CALL), kith_contact_view_new (fixture->context) };

  for (guint i = 0; i < G_N_ELEMENTS (widgets); i++)
    g_object_ref_sink (widgets[i]);
  kith_contact_view_set_contact (KITH_CONTACT_VIEW (widgets[3]), A_CALL);
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
  ADD_CALL ("term-later", test_term_later);
  ADD_CALL ("queue-P21", test_queue);
  ADD_CALL ("service-C1", test_service);
  ADD_CALL ("nothing-said", test_nothing_said);
  ADD_CALL ("questions-P2", test_questions);
  ADD_CALL ("questions-later-P2", test_questions_later);
  ADD_CALL ("shown-I18", test_shown);
  ADD_CALL ("language-and-term", test_language_and_term);
  ADD_CALL ("take-call-U7-C16", test_take_call);
  ADD_CALL ("told-P12-C16", test_told);
  ADD_CALL ("receivers-C1", test_receivers);
  ADD_CALL ("refer-on-D10-P21", test_refer_on);
  ADD_CALL ("send-new", test_send_new);
  ADD_CALL ("sent-empty", test_sent_empty);
  ADD_CALL ("edit-I14", test_edit);
  ADD_CALL ("queue-beside-information-P21", test_queue_beside_information);
  ADD_CALL ("draft", test_draft);
  ADD_CALL ("safe-message", test_safe_message);
  ADD_CALL ("two-drafts", test_two_drafts);
  ADD_CALL ("lock-while-saving", test_lock_while_saving);
  ADD_CALL ("need-status-P22", test_need_status);
  ADD_CALL ("print-P11", test_print);
  return g_test_run ();
}
