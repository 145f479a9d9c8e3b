/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What was answered in a call (P2), put right in "Edit the Call", and what was changed in a call read beside it (I14). */

#include "desk-fixture.h"
#include "contacts/kith-contact-answers.h"
#include "kith-draft.h"
#include "kith-store.h"
#include "widgets/kith-question-rows.h"

#define A_CALL "cc000000-0000-7000-8000-000000000001"
#define FORM "f0000000-0000-7000-8000-0000000000c1"

static void
set_up_network (Fixture *fixture, gconstpointer data)
{
  set_up (fixture, data);
  fake_desktop_set_network_staff (fixture->desktop);
  g_signal_emit_by_name (fixture->context, "actor-changed");
  pump (30);
}

static void
edit (Fixture *fixture)
{
  open_place (fixture, "contacts/edit:" A_CALL);
  pump (200);
}

static GtkWidget *
answers (Fixture *fixture)
{
  GtkWidget *widget = find_widget (GTK_WIDGET (fixture->window), "edit-answers");

  g_assert_nonnull (widget);
  return widget;
}

static GtkWidget *
find_of (GtkWidget *in, GType type)
{
  GtkWidget *found = g_type_is_a (G_OBJECT_TYPE (in), type) ? in : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (in); child && !found; child = gtk_widget_get_next_sibling (child))
    found = find_of (child, type);
  return found;
}

static KithQuestionRows *
rows (Fixture *fixture)
{
  return KITH_QUESTION_ROWS (find_of (answers (fixture), KITH_TYPE_QUESTION_ROWS));
}

static void
answer (Fixture *fixture, const char *key, const char *value)
{
  g_autoptr (JsonObject) entry = kith_json_new ("answers", "a", json_array_new (), NULL);

  json_array_add_object_element (kith_json_array (entry, "answers"), kith_json_new ("key", "s", key, "value", "s", value, NULL));
  kith_question_rows_restore (rows (fixture), entry);
  pump (30);
}

static JsonObject *
find_answer (JsonArray *list, const char *key)
{
  for (guint i = 0; list && i < json_array_get_length (list); i++)
    if (g_strcmp0 (kith_json_string (json_array_get_object_element (list, i), "key"), key) == 0)
      return json_array_get_object_element (list, i);
  return NULL;
}

/* As it stands in its editor; NULL: not answered */
static const char *
shown (Fixture *fixture, const char *key)
{
  g_autoptr (JsonObject) entry = kith_question_rows_collect (rows (fixture));
  JsonObject *found = find_answer (kith_json_array (entry, "answers"), key);

  return found ? g_intern_string (kith_json_string (found, "value")) : NULL;
}

static void
do_action (Fixture *fixture, const char *action)
{
  gtk_widget_activate_action (answers (fixture), action, NULL);
  pump (200);
}

static JsonObject *
last (Fixture *fixture, const char *op)
{
  const char *got;
  JsonObject *args = fake_desktop_get_submitted (fixture->desktop, fake_desktop_get_n_submitted (fixture->desktop) - 1, &got);

  g_assert_cmpstr (got, ==, op);
  return args;
}

/* What was answered, in the words in which it was asked then; what is asked since, and what was asked and is no more. */
static void
test_shown (Fixture *fixture, gconstpointer data)
{
  static const char *const keys[] = { "children", "safe", "school", "car", NULL };

  edit (fixture);
  g_assert_true (g_strv_equal (kith_question_rows_keys (rows (fixture)), keys));
  g_assert_cmpstr (shown (fixture, "children"), ==, "2");
  g_assert_cmpstr (shown (fixture, "car"), ==, "yes");
  g_assert_null (shown (fixture, "school"));
  {
    g_autoptr (JsonObject) entry = kith_question_rows_collect (rows (fixture));

    g_assert_cmpstr (kith_json_string (find_answer (kith_json_array (entry, "answers"), "children"), "text"), ==, "How many children come along?");
  }
}

/* One operation with the rest of the form: what was read goes along, what nobody touched stays as it was answered, and nothing must be answered that was not. */
static void
test_corrected (Fixture *fixture, gconstpointer data)
{
  guint before = fake_desktop_get_n_submitted (fixture->desktop);
  JsonObject *args, *entry, *seen;

  edit (fixture);
  answer (fixture, "children", "3");
  answer (fixture, "car", NULL);
  do_action (fixture, "form.commit");
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, before + 1);
  args = last (fixture, "contact.answer");
  g_assert_cmpstr (kith_json_string (args, "contact"), ==, A_CALL);
  g_assert_cmpuint (json_array_get_length (kith_json_array (args, "answers")), ==, 1);
  entry = json_array_get_object_element (kith_json_array (args, "answers"), 0);
  seen = json_array_get_object_element (kith_json_array (args, "seen"), 0);
  g_assert_cmpstr (kith_json_string (entry, "form"), ==, FORM);
  g_assert_cmpstr (kith_json_string (seen, "form"), ==, FORM);
  g_assert_cmpint (kith_json_int (entry, "version", 0), ==, 3);
  g_assert_cmpstr (kith_json_string (find_answer (kith_json_array (entry, "answers"), "children"), "value"), ==, "3");
  g_assert_cmpstr (kith_json_string (find_answer (kith_json_array (entry, "answers"), "safe"), "value"), ==, "no");
  g_assert_false (json_object_has_member (find_answer (kith_json_array (entry, "answers"), "car"), "value")); /* taken back */
  g_assert_cmpstr (kith_json_string (find_answer (kith_json_array (seen, "answers"), "children"), "value"), ==, "2");
  g_assert_cmpstr (kith_json_string (find_answer (kith_json_array (seen, "answers"), "car"), "value"), ==, "yes");
}

/* What must be answered, and was, is not taken back; and nothing changed is nothing said. */
static void
test_not_sent (Fixture *fixture, gconstpointer data)
{
  guint before = fake_desktop_get_n_submitted (fixture->desktop);

  edit (fixture);
  answer (fixture, "children", NULL);
  do_action (fixture, "form.commit");
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, before);
  answer (fixture, "children", "many");
  do_action (fixture, "form.commit");
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, before);
  answer (fixture, "children", "2");
  do_action (fixture, "form.commit");
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, before);
  g_assert_null (fake_desktop_get_draft (fixture->desktop, "contact:edit:" A_CALL));
}

/* Somebody else corrects the call: another number of children, and whether it is safe to call. */
static void
correct_elsewhere (Fixture *fixture)
{
  JsonObject *row = json_array_get_object_element (fake_desktop_list (fixture->desktop, "contact-answered"), 0), *body = kith_json_copy_object (kith_json_object (row, "body"));
  JsonArray *list = json_array_new ();

  json_array_add_object_element (list, kith_json_new ("key", "s", "children", "text", "s", "How many children come along?", "type", "s", "number", "value", "s", "5", NULL));
  json_array_add_object_element (list, kith_json_new ("key", "s", "safe", "text", "s", "Is it safe to call back?", "type", "s", "yes_no", "value", "s", "yes", NULL));
  json_object_set_array_member (body, "answers", list);
  json_object_set_object_member (row, "body", body);
}

static gboolean
says_meanwhile (GtkWidget *in)
{
  gboolean says = GTK_IS_LABEL (in) && gtk_widget_get_mapped (in) && g_str_has_prefix (gtk_label_get_text (GTK_LABEL (in)), "Somebody else corrected these answers");

  for (GtkWidget *child = gtk_widget_get_first_child (in); child && !says; child = gtk_widget_get_next_sibling (child))
    says = says_meanwhile (child);
  return says;
}

/* A draft comes back over what is read then: what was typed stays, what nobody touched is as somebody else corrected it, and it is said. What is compared is what
 * was read last. */
static void
test_draft (Fixture *fixture, gconstpointer data)
{
  JsonObject *draft, *entry, *seen;

  edit (fixture);
  g_assert_false (says_meanwhile (answers (fixture)));
  answer (fixture, "children", "3");
  pump (700);
  draft = fake_desktop_get_draft (fixture->desktop, "contact:edit:" A_CALL);
  g_assert_nonnull (draft);
  g_assert_nonnull (kith_json_array (draft, "answers"));
  do_action (fixture, "form.cancel");
  edit (fixture);
  g_assert_cmpstr (shown (fixture, "children"), ==, "3");
  g_assert_false (says_meanwhile (answers (fixture)));
  do_action (fixture, "form.cancel");
  correct_elsewhere (fixture);
  edit (fixture);
  g_assert_true (says_meanwhile (answers (fixture)));
  g_assert_cmpstr (shown (fixture, "children"), ==, "3");
  g_assert_cmpstr (shown (fixture, "safe"), ==, "yes");
  g_assert_null (shown (fixture, "car"));
  do_action (fixture, "form.commit");
  entry = json_array_get_object_element (kith_json_array (last (fixture, "contact.answer"), "answers"), 0);
  seen = json_array_get_object_element (kith_json_array (last (fixture, "contact.answer"), "seen"), 0);
  g_assert_cmpstr (kith_json_string (find_answer (kith_json_array (entry, "answers"), "children"), "value"), ==, "3");
  g_assert_cmpstr (kith_json_string (find_answer (kith_json_array (seen, "answers"), "children"), "value"), ==, "5");
}

/* ---- access that ended, and has come back */

#define DRAFT "contact:edit:" A_CALL
#define A_NEED "cd000000-0000-7000-8000-000000000002"
#define OTHER_NEED "cd000000-0000-7000-8000-0000000000ff"

/* As the store keeps it once access has ended (I6): the author's words alone. */
static void
keep_own_words (Fixture *fixture)
{
  g_autoptr (JsonObject) draft =
      kith_json_parse_object ("{\"person\":{\"values\":{\"city\":\"Mine City\"}},"
                              "\"needs\":[{\"id\":\"cd000000-0000-7000-8000-000000000001\",\"values\":{}},{\"id\":\"" A_NEED "\",\"values\":{\"note\":\"Mine Note\"}},"
                              "{\"id\":\"" OTHER_NEED "\",\"values\":{\"note\":\"Mine Elsewhere\"}}],"
                              "\"answers\":[{\"form\":\"" FORM "\",\"answers\":[{\"key\":\"children\",\"text\":\"How many children come along?\",\"value\":\"7\"},"
                              "{\"key\":\"car\"}]},{\"form\":\"elsewhere\",\"answers\":[{\"key\":\"a\",\"value\":\"Mine Too\"}]}]}",
                              -1, NULL, NULL);

  g_assert_nonnull (draft);
  kith_store_save_draft ((KithStore *) (gpointer) fixture->desktop, DRAFT, NULL, draft, NULL);
}

static void
write_on (Fixture *fixture)
{
  type_into (fixture, "name", "Ana L.");
  kith_drafts_flush (fixture->context);
  pump (100);
}

static const char *
value_in (JsonObject *part, const char *what, const char *field)
{
  return kith_json_string (kith_json_object (part, what), field);
}

static JsonObject *
need_in (JsonObject *draft, const char *id)
{
  JsonArray *needs = kith_json_array (draft, "needs");

  for (guint i = 0; needs && i < json_array_get_length (needs); i++)
    if (g_strcmp0 (kith_json_string (json_array_get_object_element (needs, i), "id"), id) == 0)
      return json_array_get_object_element (needs, i);
  return NULL;
}

/* All of the words are there, those of what is not here as well. whole: over the record */
static void
assert_kept (Fixture *fixture, gboolean whole)
{
  JsonObject *draft = fake_desktop_get_draft (fixture->desktop, DRAFT), *person = draft ? kith_json_object (draft, "person") : NULL;
  g_autofree char *text = draft ? kith_json_print_object (draft) : NULL;

  g_assert_nonnull (person);
  g_assert_cmpstr (value_in (person, "values", "city"), ==, "Mine City");
  g_assert_cmpstr (value_in (person, "values", "name"), ==, "Ana L.");
  g_assert_cmpstr (value_in (person, "values", "postal_code"), ==, whole ? "92101" : NULL);
  g_assert_cmpint (json_object_has_member (person, "before"), ==, whole);
  g_assert_cmpstr (value_in (need_in (draft, A_NEED), "values", "note"), ==, "Mine Note");
  g_assert_cmpstr (value_in (need_in (draft, A_NEED), "values", "words"), ==, whole ? "Food until Friday" : NULL);
  g_assert_cmpstr (value_in (need_in (draft, OTHER_NEED), "values", "note"), ==, "Mine Elsewhere");
  g_assert_nonnull (strstr (text, "Mine Too"));
  g_assert_nonnull (strstr (text, "\"7\""));
}

/* What was typed lies over the record; one more key takes nothing of it away, and what is saved is that alone. */
static void
test_typed_alone (Fixture *fixture, gconstpointer data)
{
  guint before = fake_desktop_get_n_submitted (fixture->desktop);
  JsonObject *args, *entry;
  const char *op;

  keep_own_words (fixture);
  edit (fixture);
  g_assert_cmpstr (shown (fixture, "children"), ==, "7");
  g_assert_cmpstr (shown (fixture, "safe"), ==, "no");
  g_assert_null (shown (fixture, "car"));
  g_assert_false (says_meanwhile (answers (fixture))); /* nobody knows */
  write_on (fixture);
  assert_kept (fixture, TRUE);
  do_action (fixture, "form.cancel");
  edit (fixture); /* as it was kept */
  write_on (fixture);
  assert_kept (fixture, TRUE);

  do_action (fixture, "form.commit");
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, before + 3);
  args = kith_json_object (fake_desktop_get_submitted (fixture->desktop, before, &op), "set");
  g_assert_cmpstr (op, ==, "record.patch");
  g_assert_cmpuint (json_object_get_size (args), ==, 2);
  g_assert_cmpstr (value_in (args, "city", "new"), ==, "Mine City");
  args = fake_desktop_get_submitted (fixture->desktop, before + 1, &op);
  g_assert_cmpstr (kith_json_string (args, "id"), ==, A_NEED);
  g_assert_cmpuint (json_object_get_size (kith_json_object (args, "set")), ==, 1);
  g_assert_cmpstr (value_in (kith_json_object (args, "set"), "note", "new"), ==, "Mine Note");
  entry = json_array_get_object_element (kith_json_array (last (fixture, "contact.answer"), "answers"), 0);
  g_assert_cmpstr (kith_json_string (find_answer (kith_json_array (entry, "answers"), "children"), "value"), ==, "7");
  g_assert_cmpstr (kith_json_string (find_answer (kith_json_array (entry, "answers"), "safe"), "value"), ==, "no");
}

/* It is here before the record is, or the record does not come: a key takes nothing away either. */
static void
test_typed_before_record (Fixture *fixture, gconstpointer data)
{
  static const char *const lists[] = { "contact", "contact-needs", "contact-answered" };
  JsonObject *all = fake_desktop_get_data (fixture->desktop);
  JsonArray *kept[G_N_ELEMENTS (lists)];

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      kept[i] = json_array_ref (fake_desktop_list (fixture->desktop, lists[i]));
      json_object_set_array_member (all, lists[i], json_array_new ());
    }
  keep_own_words (fixture);
  edit (fixture);
  write_on (fixture);
  assert_kept (fixture, FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    json_object_set_array_member (all, lists[i], kept[i]);
  g_signal_emit_by_name (fixture->desktop, "changed", (const char *const[]) { "contact_record", "contact_need", "form_answer", NULL });
  pump (300);
  g_assert_cmpstr (shown (fixture, "children"), ==, "7");
  write_on (fixture);
  kith_drafts_flush (fixture->context);
  pump (700);
  assert_kept (fixture, TRUE);
}

#define OF_CALL "Read by 2-1-1, and by portal accounts that may see contact record details and get a referral from this call."
#define OF_REFERRAL "What is sent with a referral is read by 2-1-1, and by whoever gets it and may see its details."

static guint
count_label (GtkWidget *in, const char *text)
{
  guint n = GTK_IS_LABEL (in) && gtk_widget_get_mapped (in) && g_str_equal (gtk_label_get_text (GTK_LABEL (in)), text);

  for (GtkWidget *child = gtk_widget_get_first_child (in); child; child = gtk_widget_get_next_sibling (child))
    n += count_label (child, text);
  return n;
}

/* P11: who reads what is answered, where it is asked, where it is put right and where it stands; what goes with a referral has other readers. */
static void
test_readers (Fixture *fixture, gconstpointer data)
{
  JsonObject *row = kith_json_copy_object (json_array_get_object_element (fake_desktop_list (fixture->desktop, "contact-answers"), 0));
  JsonObject *body = kith_json_copy_object (kith_json_object (row, "body"));
  GtkWidget *window = GTK_WIDGET (fixture->window);

  open_place (fixture, "contacts/new");
  pump (150);
  g_assert_cmpuint (count_label (window, OF_CALL) + count_label (window, OF_REFERRAL), ==, 0); /* nothing is asked */
  adw_combo_row_set_selected (ADW_COMBO_ROW (find_widget (window, "queue")), 1);
  pump (150);
  g_assert_cmpuint (count_label (window, OF_CALL), ==, 1);
  g_assert_cmpuint (count_label (window, OF_REFERRAL), ==, 1);
  edit (fixture);
  g_assert_cmpuint (count_label (window, OF_CALL), ==, 1);
  do_action (fixture, "form.cancel");
  open_place (fixture, "contacts/" A_CALL);
  pump (300);
  g_assert_cmpuint (count_label (window, OF_CALL), ==, 1);
  json_object_set_string_member (row, "id", "f0000000-0000-7000-8000-0000000000d2");
  json_object_set_string_member (body, "t", "referral_detail");
  json_object_set_object_member (row, "body", body);
  json_array_add_object_element (fake_desktop_list (fixture->desktop, "contact-answers"), row);
  open_place (fixture, "contacts/cc000000-0000-7000-8000-000000000002");
  pump (200);
  g_assert_cmpuint (count_label (window, OF_CALL), ==, 0); /* none was asked anything */
  open_place (fixture, "contacts/" A_CALL);
  pump (300);
  g_assert_cmpuint (count_label (window, OF_CALL " " OF_REFERRAL), ==, 1);
}

static void
add_words (GtkWidget *widget, GString *words)
{
  if (GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget))
    g_string_append_printf (words, "%s|", gtk_label_get_text (GTK_LABEL (widget)));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    add_words (child, words);
}

/* I14: beside the call: of answers only those that are others now, as people read them. */
static void
test_changes (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) words = g_string_new (NULL);

  open_place (fixture, "contacts/" A_CALL);
  pump (300);
  add_words (find_widget (GTK_WIDGET (fixture->window), "call-changes"), words);
  g_assert_nonnull (strstr (words->str, "Answers to “Before a bed is looked for”|"));
  g_assert_nonnull (strstr (words->str, "How many children come along?\nFrom “3” to “2”\nIs it safe to call back?\nFrom nothing to “No”\n"));
  g_assert_nonnull (strstr (words->str, "earlier entry by Ana Delgado"));
  g_assert_null (strstr (words->str, "Is there a car?"));
  g_assert_nonnull (strstr (words->str, "Postal code|From “92110” to “92101”"));
}

#define ADD_ANSWERS(path, test) g_test_add ("/call-answers/" path, Fixture, NULL, set_up_network, test, tear_down)

int
main (int argc, char **argv)
{
  fixture_begin (&argc, &argv);
  ADD_ANSWERS ("shown-P2", test_shown);
  ADD_ANSWERS ("corrected-P2", test_corrected);
  ADD_ANSWERS ("not-sent", test_not_sent);
  ADD_ANSWERS ("draft", test_draft);
  ADD_ANSWERS ("typed-alone-I6", test_typed_alone);
  ADD_ANSWERS ("typed-before-record-I6", test_typed_before_record);
  ADD_ANSWERS ("changes-I14", test_changes);
  ADD_ANSWERS ("readers-P11", test_readers);
  return g_test_run ();
}
