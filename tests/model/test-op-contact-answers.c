/* SPDX-License-Identifier: GPL-3.0-or-later */

/* contact.answer: what a form of calls asks (P2), taken down wrongly, and put right by whoever may edit the call: who corrects what somebody else corrected
 * meanwhile reads it first, and what was answered before is kept (I14). */

#include "op-fixture.h"

#define FORM_ANSWER "form_answer"

static JsonObject *
answer (const char *key, const char *value)
{
  return kith_json_new ("key", "s", key, "value", "s", value, NULL);
}

/* One entry of the form F. Takes the answers, NULL-ended. */
static JsonArray *
entry (gint64 version, JsonObject *first, ...)
{
  JsonArray *entries = json_array_new (), *list = json_array_new ();
  va_list more;

  va_start (more, first);
  for (JsonObject *one = first; one != NULL; one = va_arg (more, JsonObject *))
    json_array_add_object_element (list, one);
  va_end (more);
  json_array_add_object_element (entries, kith_json_new ("form", "s", op_id ("F"), "version", "i", version, "answers", "a", list, NULL));
  return entries;
}

static const char *
answer_id (void)
{
  g_autofree char *natural = g_strconcat (op_id ("N"), ":", op_id ("F"), NULL);
  g_autofree char *id = kith_id_natural (FORM_ANSWER, natural);

  return g_intern_string (id);
}

/* What stands, as a desk reads it. */
static JsonArray *
read_now (OpFixture *t)
{
  JsonArray *entries = json_array_new ();
  KithRecord *record = op_get (t, FORM_ANSWER, answer_id ());

  if (record != NULL && json_array_get_length (kith_record_array (record, "answers")) > 0)
    json_array_add_object_element (entries, kith_json_new ("form", "s", op_id ("F"), "version", "i", kith_record_int (record, "version"), "answers", "a",
                                                           json_array_ref (kith_record_array (record, "answers")), NULL));
  return entries;
}

static JsonObject *
correct_args (JsonArray *answers, JsonArray *seen)
{
  return kith_json_new ("contact", "s", op_id ("N"), "answers", "a", answers, "seen", "a", seen, NULL);
}

static JsonObject *
question (const char *key, const char *text, const char *type, gboolean required, JsonArray *choices)
{
  return kith_json_new ("key", "s", key, "text", "s", text, "type", "s", type, "required", "b", required, "choices", "a", choices, NULL);
}

/* more: of another version: one that must be answered, and a choice less. */
static void
put_form (OpFixture *t, gboolean more)
{
  JsonArray *questions = json_array_new ();

  json_array_add_object_element (questions, question ("children", "How many children?", "number", TRUE, NULL));
  json_array_add_object_element (questions, question ("sleeps", "Where do they sleep?", "choice", FALSE,
                                                      more ? kith_json_strings ("At a friend’s", "Outside", NULL) : kith_json_strings ("In a car", "At a friend’s", "Outside", NULL)));
  if (more)
    json_array_add_object_element (questions, question ("dog", "Is there a dog?", "yes_no", TRUE, NULL));
  op_assert (t, "net", "form.put", kith_json_new ("id", "s", op_id ("F"), "use", "s", "contact", "name", "s", "Calls", "questions", "a", questions, NULL), "applied");
}

/* A call taken by "net" whose form F was answered: two children, in a car. */
static OpFixture *
with_answers (void)
{
  OpFixture *t = op_fixture_new ();

  put_form (t, FALSE);
  op_assert (t, "net", "contact.record", kith_json_new ("id", "s", op_id ("N"), "number", "s", "NA-0007", "name", "s", "Ana Lopez", "answers", "a",
                                                        entry (1, answer ("children", "2"), answer ("sleeps", "In a car"), NULL), NULL), "applied");
  return t;
}

static const char *
value_of (OpFixture *t, guint i)
{
  KithRecord *record = op_get (t, FORM_ANSWER, answer_id ());
  JsonArray *answers = record != NULL ? kith_record_array (record, "answers") : NULL;

  return answers != NULL && i < json_array_get_length (answers) ? kith_json_string (json_array_get_object_element (answers, i), "value") : NULL;
}

/* The entries that are kept of it, the first one first. Yours. */
static GPtrArray *
kept (OpFixture *t)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *found = kith_world_find (op_world (t), NULL, "field_history", "record", answer_id (), NULL, &error);

  g_assert_no_error (error);
  return found;
}

/* Whose it was, what it was, and who changed it: also the first answers, which nobody had corrected. */
static void
test_kept (void)
{
  g_autoptr (OpFixture) t = with_answers ();
  g_autoptr (GPtrArray) none = kept (t);
  g_autoptr (GPtrArray) one = NULL;
  g_autoptr (GPtrArray) two = NULL;
  g_autoptr (KithActor) net = op_actor (t, "net");
  g_autofree char *scope = op_expand ("contact:N");
  g_autofree char *first_at = g_strdup (op_field (t, FORM_ANSWER, answer_id (), "at"));
  KithRecord *history;

  g_assert_cmpuint (none->len, ==, 0);
  op_advance (t, OP_DAY);
  op_assert (t, "net", "contact.answer", correct_args (entry (1, answer ("children", "3"), answer ("sleeps", "In a car"), NULL), read_now (t)), "applied");
  g_assert_cmpstr (value_of (t, 0), ==, "3");
  g_assert_cmpstr (value_of (t, 1), ==, "In a car");
  g_assert_cmpstr (op_field (t, FORM_ANSWER, answer_id (), "at"), >, first_at); /* signed anew */
  one = kept (t);
  g_assert_cmpuint (one->len, ==, 1);
  history = one->pdata[0];
  g_assert_cmpstr (kith_record_string (history, "t"), ==, FORM_ANSWER);
  g_assert_cmpstr (kith_record_string (history, "field"), ==, "answers");
  g_assert_cmpstr (kith_json_string (json_array_get_object_element (kith_json_array (kith_record_get_body (history), "value"), 0), "value"), ==, "2");
  g_assert_cmpstr (kith_record_string (history, "by_name"), ==, net->name);
  g_assert_cmpstr (kith_record_string (history, "changed_by_name"), ==, net->name);
  g_assert_cmpstr (kith_record_string (history, "scope"), ==, scope);
  /* What took its place is told by the logical time, as of every other field. */
  g_assert_cmpstr (kith_record_string (history, "kept_hlc"), ==,
                   kith_json_string (kith_record_object (op_get (t, FORM_ANSWER, answer_id ()), "_hlc"), "answers"));
  op_assert (t, "net", "contact.answer", correct_args (entry (1, answer ("children", "3"), answer ("sleeps", "In a car"), NULL), read_now (t)), "noop");
  op_assert (t, "net", "contact.answer", correct_args (entry (1, answer ("children", "4"), NULL), read_now (t)), "applied");
  g_assert_null (value_of (t, 1)); /* taken back */
  two = kept (t);
  g_assert_cmpuint (two->len, ==, 2);
}

/* Of two who correct the same the second reads it again; what either did not read is compared, whatever form it is of. */
static void
test_meanwhile (void)
{
  g_autoptr (OpFixture) t = with_answers ();
  g_autoptr (JsonArray) read = read_now (t);
  g_autoptr (GPtrArray) one = NULL;

  op_assert (t, "net", "contact.answer", correct_args (entry (1, answer ("children", "3"), NULL), json_array_ref (read)), "applied");
  op_assert (t, "net", "contact.answer", correct_args (entry (1, answer ("children", "4"), NULL), json_array_ref (read)), "stale_state");
  g_assert_nonnull (strstr (op_message (t), "nothing was changed"));
  g_assert_cmpstr (value_of (t, 0), ==, "3");
  op_assert (t, "net", "contact.answer", correct_args (entry (1, answer ("children", "4"), NULL), json_array_new ()), "stale_state"); /* had read none */
  one = kept (t);
  g_assert_cmpuint (one->len, ==, 1);
  op_assert (t, "net", "contact.answer", correct_args (entry (1, answer ("children", "4"), NULL), read_now (t)), "applied");
  /* Answered anew, by who calls again: what was read is not said, and what was there is kept all the same. */
  op_assert (t, "net", "contact.answer", kith_json_new ("contact", "s", op_id ("N"), "answers", "a", entry (1, answer ("children", "5"), NULL), NULL), "applied");
  g_assert_cmpstr (value_of (t, 0), ==, "5");
  {
    g_autoptr (GPtrArray) three = kept (t);

    g_assert_cmpuint (three->len, ==, 3);
  }
}

/* The same right as to edit the call, and no other. */
static void
test_who (void)
{
  g_autoptr (OpFixture) t = with_answers ();

  op_assert (t, "b-rm", "contact.answer", correct_args (entry (1, answer ("children", "3"), NULL), json_array_new ()), "not_found");
  op_assert (t, "b-portal", "contact.answer", correct_args (entry (1, answer ("children", "3"), NULL), json_array_new ()), "not_found");
  op_assert (t, "hub", "contact.answer", correct_args (entry (1, answer ("children", "3"), NULL), read_now (t)), "applied");
  g_assert_cmpstr (op_run (t, "net", "contact.answer", kith_json_new ("contact", "s", op_id ("N"), "answers", "a", json_array_new (), "seen", "s", "2", NULL)), ==, "invalid");
}

/* The form has changed since the call: what is not corrected stays as it was answered, and what is asked since needs no answer, since the caller is gone.
 * What must be answered is not taken back. */
static void
test_form_changed (void)
{
  g_autoptr (OpFixture) t = with_answers ();

  put_form (t, TRUE);
  op_assert (t, "net", "contact.answer", correct_args (entry (2, answer ("sleeps", "In a car"), NULL), read_now (t)), "invalid");
  op_assert (t, "net", "contact.answer", correct_args (entry (2, answer ("children", "3"), answer ("sleeps", "In a tent"), NULL), read_now (t)), "invalid");
  op_assert (t, "net", "contact.answer", correct_args (entry (2, answer ("children", "3"), answer ("sleeps", "In a car"), NULL), read_now (t)), "applied");
  g_assert_cmpstr (value_of (t, 0), ==, "3");
  g_assert_cmpstr (value_of (t, 1), ==, "In a car");
  op_assert (t, "net", "contact.answer", correct_args (entry (2, answer ("children", "3"), answer ("sleeps", "In a car"), answer ("dog", "maybe"), NULL), read_now (t)), "invalid");
  op_assert (t, "net", "contact.answer", correct_args (entry (2, answer ("children", "3"), answer ("dog", "yes"), NULL), read_now (t)), "applied");
  op_assert (t, "net", "contact.answer", correct_args (entry (2, answer ("children", "3"), NULL), read_now (t)), "invalid"); /* the dog was answered by now */
}

/* Everything of a form that must not be answered may be taken back; the record of it says when and by whom. */
static void
test_taken_back (void)
{
  g_autoptr (OpFixture) t = with_answers ();
  g_autoptr (GPtrArray) one = NULL;
  JsonArray *questions = json_array_new ();

  json_array_add_object_element (questions, question ("children", "How many children?", "number", FALSE, NULL));
  op_assert (t, "net", "form.put", kith_json_new ("id", "s", op_id ("F"), "use", "s", "contact", "name", "s", "Calls", "questions", "a", questions, NULL), "applied");
  op_assert (t, "net", "contact.answer", correct_args (entry (2, answer ("children", NULL), NULL), read_now (t)), "applied");
  g_assert_nonnull (op_get (t, FORM_ANSWER, answer_id ()));
  g_assert_null (value_of (t, 0));
  one = kept (t);
  g_assert_cmpuint (one->len, ==, 1);
  op_assert (t, "net", "contact.answer", correct_args (entry (2, answer ("children", "2"), NULL), read_now (t)), "applied");
  g_assert_cmpstr (value_of (t, 0), ==, "2");
}

/* A desk where the answers are not filled in yet says nothing of them; where they are, it says what the hub will (I23). */
static void
test_desk (void)
{
  static const char *const with[] = { "dir", "contact:N", NULL };
  g_autoptr (OpFixture) t = with_answers ();
  g_autoptr (JsonArray) read = read_now (t);

  op_assert (t, "net", "contact.answer", correct_args (entry (1, answer ("children", "3"), NULL), json_array_ref (read)), "applied");
  g_assert_cmpstr (op_run_desk (t, "net", with, "contact.answer", correct_args (entry (1, answer ("children", "4"), NULL), json_array_ref (read))), ==, "stale_state");
  g_assert_cmpstr (op_run_desk (t, "net", with, "contact.answer", correct_args (entry (1, answer ("children", "4"), NULL), read_now (t))), ==, "applied");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  kith_kinds_register ();
  g_test_add_func ("/op-contact-answers/kept-P2-I14", test_kept);
  g_test_add_func ("/op-contact-answers/meanwhile-I13", test_meanwhile);
  g_test_add_func ("/op-contact-answers/who", test_who);
  g_test_add_func ("/op-contact-answers/form-changed-P2", test_form_changed);
  g_test_add_func ("/op-contact-answers/taken-back", test_taken_back);
  g_test_add_func ("/op-contact-answers/desk-I23", test_desk);
  return g_test_run ();
}
