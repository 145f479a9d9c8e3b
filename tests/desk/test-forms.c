/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The forms that are made from field tables, the ways a referral goes out, and the filters of the lists. */

#include "clients/kith-client-view.h"
#include "desk-fixture.h"
#include "directory/kith-form-window.h"
#include "kith-languages.h"
#include "kith-split-page.h"
#include "print/kith-print-window.h"
#include "referrals/kith-referral-filter.h"
#include "widgets/kith-question-rows.h"

static JsonObject *
patch_of (Fixture *fixture, guint i, const char *kind)
{
  const char *op;
  JsonObject *args = fake_desktop_get_submitted (fixture->desktop, i, &op);

  g_assert_cmpstr (op, ==, "record.patch");
  g_assert_cmpstr (kith_json_string (args, "t"), ==, kind);
  return kith_json_object (args, "set");
}

/* Two phones with all they have, other names, languages by name, and the form of the kind's own fields: nothing that was there is lost. */
static void
test_edit_lists (Fixture *fixture, gconstpointer data)
{
  JsonObject *set, *change, *phone;
  JsonArray *phones;
  GtkWidget *suggest;

  open_place (fixture, "clients/edit:" MARIA);
  type_into (fixture, "number", "619-555-0100"); /* the first phone */
  suggest = find_widget (GTK_WIDGET (fixture->window), "languages");
  gtk_editable_set_text (GTK_EDITABLE (find_widget (suggest, "entry")), "vietn");
  pump (400);
  g_signal_emit_by_name (find_widget (suggest, "entry"), "entry-activated");
  pump (50);
  g_assert_true (act (fixture, "form.commit"));
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 1); /* nothing of billing was changed */
  set = patch_of (fixture, 0, "client");
  g_assert_cmpuint (json_object_get_size (set), ==, 2);
  change = kith_json_object (set, "phones");
  phones = kith_json_array (change, "new");
  g_assert_cmpuint (json_array_get_length (phones), ==, 2);
  phone = json_array_get_object_element (phones, 0);
  g_assert_cmpstr (kith_json_string (phone, "number"), ==, "619-555-0100");
  g_assert_cmpstr (kith_json_string (phone, "type"), ==, "mobile");
  g_assert_true (kith_json_bool (phone, "safe_to_call", FALSE));
  phone = json_array_get_object_element (phones, 1);
  g_assert_false (kith_json_bool (phone, "safe_to_call", TRUE));
  g_assert_cmpstr (kith_json_string (phone, "note"), ==, "sister");
  g_assert_true (kith_json_array_has (kith_json_array (kith_json_object (set, "languages"), "new"), "vi"));
}

/* Billing is a record of its own: changed by an operation of its own, and begun where nothing was recorded. */
static void
test_edit_billing (Fixture *fixture, gconstpointer data)
{
  const char *op;
  JsonObject *set;

  open_place (fixture, "clients/edit:" MARIA);
  type_into (fixture, "insurance_provider", "Kaiser");
  g_assert_true (act (fixture, "form.commit"));
  set = kith_json_object (patch_of (fixture, 0, "client_billing"), "insurance_provider");
  g_assert_cmpstr (kith_json_string (set, "old"), ==, "Medi-Cal");
  g_assert_cmpstr (kith_json_string (set, "new"), ==, "Kaiser");
  g_assert_null (kith_json_string (fake_desktop_get_submitted (fixture->desktop, 0, &op), "client"));

  open_place (fixture, "clients/edit:" NO_BILLING);
  type_into (fixture, "insurance_provider", "Medi-Cal");
  g_assert_true (act (fixture, "form.commit"));
  patch_of (fixture, 1, "client_billing");
  g_assert_cmpstr (kith_json_string (fake_desktop_get_submitted (fixture->desktop, 1, &op), "client"), ==, NO_BILLING);
}

static void
test_languages (void)
{
  g_autofree char *spanish = kith_language_name ("es"), *long_code = kith_language_name ("spa"), *greek = kith_language_name ("el");
  g_autofree char *words = kith_language_name ("Plautdietsch of the village");
  g_autoptr (GPtrArray) found = kith_language_find ("span", 6);
  g_autoptr (GPtrArray) nothing = kith_language_find ("qqqq", 6);

  g_assert_cmpstr (spanish, ==, "Spanish");
  g_assert_cmpstr (long_code, ==, "Spanish");
  g_assert_cmpstr (greek, ==, "Modern Greek");
  g_assert_cmpstr (words, ==, "Plautdietsch of the village"); /* what is no code stays */
  g_assert_cmpuint (found->len, >, 0);
  g_assert_cmpstr (found->pdata[0], ==, "es");
  g_assert_cmpuint (nothing->len, ==, 0);
}

static guint
n_listed (Fixture *fixture)
{
  GtkWidget *view = find_widget (GTK_WIDGET (fixture->window), "view");

  return view ? g_list_model_get_n_items (G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (view)))) : 0;
}

/* Ctrl+F narrows the list shown; nothing found offers to clear, and everything is there again. */
static void
test_filter (Fixture *fixture, gconstpointer data)
{
  guint all;
  const char *count;

  open_place (fixture, "inbox");
  all = n_listed (fixture);
  g_assert_true (act (fixture, "win.search"));
  type_into (fixture, "search_entry", "nguyen");
  pump (300); /* a search entry waits for the next key */
  g_assert_cmpuint (n_listed (fixture), ==, 1);
  count = gtk_label_get_text (GTK_LABEL (find_widget (GTK_WIDGET (fixture->window), "count_label")));
  g_assert_cmpstr (count, ==, "1 of 4");
  type_into (fixture, "search_entry", "nobody of that name");
  pump (300);
  g_assert_cmpuint (n_listed (fixture), ==, 0);
  g_assert_true (gtk_widget_activate_action (find_widget (GTK_WIDGET (fixture->window), "empty_button"), "list.clear-filters", NULL));
  pump (300);
  g_assert_cmpuint (n_listed (fixture), ==, all);
  g_assert_null (find_widget (GTK_WIDGET (fixture->window), "count_label"));

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (find_widget (GTK_WIDGET (fixture->window), "late")), TRUE);
  pump (50);
  g_assert_cmpuint (n_listed (fixture), ==, 1); /* Bartholomew's answer was due yesterday */
}

/* Before the services have come nothing is filtered: else every list would open empty. */
static void
test_filter_begins (Fixture *fixture, gconstpointer data)
{
  static const char *const phases[] = { "sent", NULL };
  g_autoptr (KithReferralFilter) filter = g_object_ref_sink (g_object_new (KITH_TYPE_REFERRAL_FILTER, NULL)); /* nobody brings it any */

  kith_referral_filter_set_phases (filter, phases, TRUE);
  g_assert_false (kith_referral_filter_is_active (filter));
}

/* A colleague found by name leads to what lies with them. */
static void
test_filter_person (Fixture *fixture, gconstpointer data)
{
  guint all;

  open_place (fixture, "inbox");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (gtk_widget_get_next_sibling (gtk_widget_get_first_child (
                                find_widget (GTK_WIDGET (fixture->window), "filters")))), TRUE);
  pump (50);
  all = n_listed (fixture);
  g_assert_cmpuint (all, >, 0);
  open_place (fixture, "inbox/staff:50000000-0000-7000-8000-0000000000ff:Nobody Here");
  g_assert_cmpuint (n_listed (fixture), ==, 0);
  open_place (fixture, "inbox/e0000000-0000-7000-8000-000000000001"); /* what is looked for is not hidden by a filter */
  g_assert_cmpuint (n_listed (fixture), >, 0);
}

/* D9: person to person, to a service that takes referrals, or to the agency as a whole. */
static void
test_refer_warm (Fixture *fixture, gconstpointer data)
{
  const char *op;
  JsonObject *args;

  open_place (fixture, "clients/refer:" MARIA);
  type_into (fixture, "entry", "prim");
  g_signal_emit_by_name (find_widget (GTK_WIDGET (fixture->window), "entry"), "entry-activated");
  pump (50);
  adw_combo_row_set_selected (ADW_COMBO_ROW (find_widget (GTK_WIDGET (fixture->window), "type")), 1);
  type_into (fixture, "need", "A family doctor");
  g_assert_true (act (fixture, "form.commit"));
  args = fake_desktop_get_submitted (fixture->desktop, 0, &op);
  g_assert_cmpstr (op, ==, "referral.send");
  g_assert_cmpstr (kith_json_string (args, "type"), ==, "warm");
  g_assert_nonnull (kith_json_string (args, "service"));
  g_assert_null (kith_json_object (args, "release"));
}

/* D3: nothing is sent to anybody; it is noted, and the client takes a hand-out along, in a language of theirs. */
static void
test_refer_information (Fixture *fixture, gconstpointer data)
{
  const char *op;
  JsonObject *args;
  GtkWidget *window;

  open_place (fixture, "clients/refer:" MARIA);
  type_into (fixture, "entry", "prim");
  g_signal_emit_by_name (find_widget (GTK_WIDGET (fixture->window), "entry"), "entry-activated");
  pump (50);
  adw_combo_row_set_selected (ADW_COMBO_ROW (find_widget (GTK_WIDGET (fixture->window), "type")), 2);
  SAYS ("You give the client the information");
  g_assert_true (act (fixture, "form.commit"));
  pump (300);
  args = fake_desktop_get_submitted (fixture->desktop, 0, &op);
  g_assert_cmpstr (op, ==, "referral.send");
  g_assert_cmpstr (kith_json_string (args, "type"), ==, "informational");
  g_assert_null (kith_json_object (args, "release"));
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 1);
  window = GTK_WIDGET (front_window (fixture));
  g_assert_true (KITH_IS_PRINT_WINDOW (window));
  g_assert_null (find_widget (window, "paper"));
  gtk_widget_activate_action (window, "print.cancel", NULL);
}

/* C5, C15: without a client record there is only the release, for one agency. */
static void
test_elsewhere_released (Fixture *fixture, gconstpointer data)
{
  JsonArray *rows = fake_desktop_list (fixture->desktop, "referral");

  for (guint i = 0; i < json_array_get_length (rows); i++)
    if (g_strcmp0 (kith_json_string (json_array_get_object_element (rows, i), "id"), "e0000000-0000-7000-8000-000000000021") == 0)
      json_object_remove_member (kith_json_object (json_array_get_object_element (rows, i), "body"), "client");
  open_place (fixture, "sent/e0000000-0000-7000-8000-000000000021");
  g_assert_true (act (fixture, "referral.reroute"));
  g_assert_true (says (GTK_WIDGET (front_window (fixture)), "The client agreed to that agency alone"));
}

/* Where it stands and goes: taken out of a queue, put into one, sent to another service while nobody has answered. */
static void
test_elsewhere (Fixture *fixture, gconstpointer data)
{
  JsonObject *args;
  const char *op;
  guint n;

  open_place (fixture, "sent/e0000000-0000-7000-8000-000000000021");
  g_assert_true (act (fixture, "referral.reroute"));
  g_assert_nonnull (front_window (fixture));
  g_assert_false (says (GTK_WIDGET (front_window (fixture)), "The client agreed to that agency alone"));
  gtk_editable_set_text (GTK_EDITABLE (in_front (fixture, "entry")), "overnight");
  pump (400);
  g_signal_emit_by_name (in_front (fixture, "entry"), "entry-activated");
  pump (50);
  n = fake_desktop_get_n_submitted (fixture->desktop);
  g_assert_true (commit_front (fixture));
  args = fake_desktop_get_submitted (fixture->desktop, n, &op);
  g_assert_cmpstr (op, ==, "referral.reroute");
  g_assert_cmpstr (kith_json_string (args, "from"), ==, "sent");
  g_assert_cmpint (kith_json_int (args, "turn", -1), ==, 1); /* as it was seen: who was faster is not passed over */
  g_assert_cmpstr (kith_json_string (args, "service"), ==, "d0000000-0000-7000-8000-000000000004");

  open_place (fixture, "sent/" WORKED_ON); /* answered: the step is not there */
  n = fake_desktop_get_n_submitted (fixture->desktop);
  act (fixture, "referral.reroute");
  g_assert_null (front_window (fixture));
  g_assert_true (act (fixture, "referral.queue"));
  gtk_widget_activate_action (GTK_WIDGET (front_window (fixture)), "form.commit", NULL);
  g_signal_emit_by_name (front_window (fixture), "chosen", "9e000000-0000-7000-8000-000000000002", NULL);
  args = fake_desktop_get_submitted (fixture->desktop, n, &op);
  g_assert_cmpstr (op, ==, "queue.place");
  g_assert_cmpstr (kith_json_string (args, "queue"), ==, "9e000000-0000-7000-8000-000000000002");
}

/* Editable until sent: what waits in the outbox is written otherwise in its place, with what was answered. */
static void
test_refer_edit (Fixture *fixture, gconstpointer data)
{
  JsonObject *args, *entry;
  const char *op;
  guint n;

  open_place (fixture, "sent/e0000000-0000-7000-8000-000000000021");
  g_assert_true (act (fixture, "referral.edit"));
  pump (400);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (find_widget (GTK_WIDGET (fixture->window), "need"))), ==, "A bed for two nights");
  type_into (fixture, "need", "A bed for three nights");
  n = fake_desktop_get_n_submitted (fixture->desktop);
  g_assert_true (act (fixture, "form.commit"));
  pump (100);
  args = fake_desktop_get_submitted (fixture->desktop, n, &op);
  g_assert_cmpstr (op, ==, "edit");
  g_assert_cmpstr (kith_json_string (args, "id"), ==, "e0000000-0000-7000-8000-000000000021");
  g_assert_cmpstr (kith_json_string (args, "need"), ==, "A bed for three nights");
  g_assert_cmpstr (kith_json_string (args, "request"), ==, "Comes by bus at eight.");
  g_assert_cmpstr (kith_json_string (args, "service"), ==, "d0000000-0000-7000-8000-000000000004");
  g_assert_nonnull (kith_json_string (args, "number"));
  entry = json_array_get_object_element (kith_json_array (args, "answers"), 0);
  g_assert_cmpstr (kith_json_string (json_array_get_object_element (kith_json_array (entry, "answers"), 0), "value"), ==, "3");
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, n + 1); /* no second referral */

  open_place (fixture, "sent/" WORKED_ON); /* it has gone out */
  act (fixture, "referral.edit");
  pump (100);
  g_assert_null (find_widget (GTK_WIDGET (fixture->window), "suggest_place"));
}

/* What is typed in it outlives a lock, and the original does not stand in its place; opened and not touched it is no draft. */
static void
test_refer_edit_draft (Fixture *fixture, gconstpointer data)
{
  static const char *const key = "refer:edit:e0000000-0000-7000-8000-000000000021";

  open_place (fixture, "sent/e0000000-0000-7000-8000-000000000021");
  g_assert_true (act (fixture, "referral.edit"));
  pump (800); /* a draft is written half a second after the last change */
  g_assert_null (fake_desktop_get_draft (fixture->desktop, key));
  type_into (fixture, "need", "A bed for five nights");
  kith_window_lock (fixture->window);
  pump (100);
  kith_desktop_unlock_async (fixture->desktop, "right", NULL, NULL, NULL);
  pump (800);
  SAYS ("Draft from");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (find_widget (GTK_WIDGET (fixture->window), "need"))), ==, "A bed for five nights");
  g_assert_cmpstr (kith_json_string (fake_desktop_get_draft (fixture->desktop, key), "need"), ==, "A bed for five nights");
  g_assert_true (act (fixture, "form.commit"));
  g_assert_cmpstr (kith_json_string (last_submitted (fixture, "edit"), "need"), ==, "A bed for five nights");
}

/* What waits is changed together with a consent recorded while doing so: one act (kith_store_edit ()). */
static void
test_refer_edit_consent (Fixture *fixture, gconstpointer data)
{
  JsonArray *consents = fake_desktop_list (fixture->desktop, "client-consents");
  JsonObject *args;
  GtkWidget *record;
  const char *op;
  guint n;

  json_object_set_string_member (json_array_get_object_element (fake_desktop_list (fixture->desktop, "referral-target"), 0), "agency",
                                 "a0000000-0000-7000-8000-000000000002"); /* not one's own */
  for (guint i = 0; i < json_array_get_length (consents); i++) /* it was revoked since */
    json_object_set_string_member (kith_json_object (json_array_get_object_element (consents, i), "body"), "status", "revoked");
  open_place (fixture, "sent/e0000000-0000-7000-8000-000000000021");
  g_assert_true (act (fixture, "referral.edit"));
  pump (400);
  record = find_widget (GTK_WIDGET (fixture->window), "check_button");
  g_assert_true (gtk_widget_get_mapped (record)); /* "Record it now" */
  g_signal_emit_by_name (record, "clicked");
  pump (200);
  type_into (fixture, "need", "A bed for three nights");
  n = fake_desktop_get_n_submitted (fixture->desktop);
  g_assert_true (act (fixture, "form.commit"));
  pump (200);
  args = fake_desktop_get_submitted (fixture->desktop, n, &op);
  g_assert_cmpstr (op, ==, "consent.record");
  g_assert_nonnull (kith_json_string (args, "client"));
  args = fake_desktop_get_submitted (fixture->desktop, n + 1, &op);
  g_assert_cmpstr (op, ==, "edit");
  g_assert_cmpstr (kith_json_string (args, "need"), ==, "A bed for three nights");
  g_assert_null (kith_json_object (args, "release"));
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, n + 2);
}

/* Free capacity: the search keeps what has places free now, as last counted. */
static void
test_refer_free (Fixture *fixture, gconstpointer data)
{
  GtkWidget *place;

  open_place (fixture, "clients/refer:" MARIA);
  place = find_widget (GTK_WIDGET (fixture->window), "suggest_place");
  gtk_editable_set_text (GTK_EDITABLE (find_widget (place, "entry")), "e");
  pump (400);
  g_assert_true (says (place, "Primary care visit"));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (find_widget (GTK_WIDGET (fixture->window), "only_free")), TRUE);
  pump (400);
  g_assert_false (says (place, "Primary care visit"));
  g_assert_true (says (place, "Emergency overnight bed"));
  g_assert_true (says (place, "Harbor House · 3 free, counted 07:42"));
}

/* The first widget of a type inside another. */
static GtkWidget *
find_type (GtkWidget *in, GType type)
{
  if (g_type_is_a (G_OBJECT_TYPE (in), type))
    return in;
  for (GtkWidget *child = gtk_widget_get_first_child (in); child; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_type (child, type);

      if (found)
        return found;
    }
  return NULL;
}

/* P2: what a service asks is written by its agency's administrator or listings editor; what was there keeps its name. */
static void
test_questions (Fixture *fixture, gconstpointer data)
{
  JsonArray *questions;
  JsonObject *args;
  GtkWindow *window;
  const char *op;
  guint n;

  g_assert_false (kith_form_window_may (fixture->context, "a0000000-0000-7000-8000-000000000001"));
  fake_desktop_set_duties (fixture->desktop, KITH_DUTY_LISTINGS);
  g_assert_true (kith_form_window_may (fixture->context, "a0000000-0000-7000-8000-000000000001"));
  g_assert_false (kith_form_window_may (fixture->context, "a0000000-0000-7000-8000-000000000002"));
  window = GTK_WINDOW (kith_form_window_new (GTK_WINDOW (fixture->window), fixture->context, "service", "d0000000-0000-7000-8000-000000000004", "Bed"));
  gtk_window_present (window);
  pump (200);
  n = fake_desktop_get_n_submitted (fixture->desktop);
  gtk_editable_set_text (GTK_EDITABLE (find_type (GTK_WIDGET (window), GTK_TYPE_ENTRY)), "How many are you?");
  gtk_widget_activate_action (GTK_WIDGET (window), "form.commit", NULL);
  pump (100);
  args = fake_desktop_get_submitted (fixture->desktop, n, &op);
  g_assert_cmpstr (op, ==, "form.put");
  g_assert_cmpstr (kith_json_string (args, "id"), ==, "f0000000-0000-7000-8000-0000000000a1");
  questions = kith_json_array (args, "questions");
  g_assert_cmpuint (json_array_get_length (questions), ==, 6);
  g_assert_cmpstr (kith_json_string (json_array_get_object_element (questions, 0), "key"), ==, "people");
  g_assert_cmpstr (kith_json_string (json_array_get_object_element (questions, 0), "text"), ==, "How many are you?");
  g_assert_cmpuint (json_array_get_length (kith_json_array (json_array_get_object_element (questions, 1), "choices")), ==, 4);
}

/* C15: no record, a name, and a written, time-limited release. */
static void
choose (Fixture *fixture, const char *words)
{
  GtkWidget *entry = find_widget (find_widget (GTK_WIDGET (fixture->window), "suggest_place"), "entry");

  gtk_editable_set_text (GTK_EDITABLE (entry), words);
  pump (400);
  g_signal_emit_by_name (entry, "entry-activated");
  pump (50);
}

/* P2: what the service asks is answered before it is sent; it may go into a queue besides. */
static void
test_refer_questions (Fixture *fixture, gconstpointer data)
{
  JsonObject *args, *entry, *answer;
  GtkWidget *questions, *field;
  const char *op;

  open_place (fixture, "clients/refer:" MARIA);
  choose (fixture, "overnight");
  type_into (fixture, "need", "A bed from tonight");
  questions = find_widget (GTK_WIDGET (fixture->window), "service_questions");
  g_assert_true (gtk_widget_get_visible (questions));
  g_assert_true (act (fixture, "form.commit"));
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 0); /* a question must be answered */

  field = find_type (questions, GTK_TYPE_ENTRY);
  gtk_editable_set_text (GTK_EDITABLE (field), "two");
  g_assert_true (act (fixture, "form.commit"));
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 0); /* not a number */

  gtk_editable_set_text (GTK_EDITABLE (field), "2");
  gtk_drop_down_set_selected (GTK_DROP_DOWN (find_type (questions, GTK_TYPE_DROP_DOWN)), 2);
  adw_combo_row_set_selected (ADW_COMBO_ROW (find_widget (GTK_WIDGET (fixture->window), "queue_row")), 1);
  g_assert_true (act (fixture, "form.commit"));
  args = fake_desktop_get_submitted (fixture->desktop, 0, &op);
  g_assert_cmpstr (op, ==, "referral.send");
  g_assert_nonnull (kith_json_string (args, "queue"));
  entry = json_array_get_object_element (kith_json_array (args, "answers"), 0);
  g_assert_cmpint (kith_json_int (entry, "version", 0), ==, 1);
  g_assert_cmpuint (json_array_get_length (kith_json_array (entry, "answers")), ==, 2);
  answer = json_array_get_object_element (kith_json_array (entry, "answers"), 0);
  g_assert_cmpstr (kith_json_string (answer, "key"), ==, "people");
  g_assert_cmpstr (kith_json_string (answer, "value"), ==, "2");
  answer = json_array_get_object_element (kith_json_array (entry, "answers"), 1);
  g_assert_cmpstr (kith_json_string (answer, "value"), ==, "In a car");
}

/* C3: today in an answer is the agency's, as in every form: there it is the next day already. */
static void
test_question_zone (Fixture *fixture, gconstpointer data)
{
  JsonArray *zones = json_array_new (), *answers = json_array_new ();
  g_autoptr (JsonObject) typed = kith_json_new ("answers", "a", answers, NULL), entry = NULL;
  GtkWidget *questions;

  json_array_add_object_element (answers, kith_json_new ("key", "s", "since", "value", "s", "today", NULL));
  json_array_add_object_element (zones, kith_json_new ("id", "s", "x", "time_zone", "s", "Pacific/Kiritimati", NULL));
  json_object_set_array_member (fake_desktop_get_data (fixture->desktop), "agency-zone", zones);
  g_signal_emit_by_name (fixture->desktop, "changed", (const char *const[]) { "agency_settings", NULL });
  pump (100);
  open_place (fixture, "clients/refer:" MARIA);
  choose (fixture, "overnight");
  questions = find_type (find_widget (GTK_WIDGET (fixture->window), "service_questions"), KITH_TYPE_QUESTION_ROWS);
  kith_question_rows_restore (KITH_QUESTION_ROWS (questions), typed);
  entry = kith_question_rows_collect (KITH_QUESTION_ROWS (questions));
  g_assert_cmpstr (kith_json_string (json_array_get_object_element (kith_json_array (entry, "answers"), 0), "value"), ==, "2026-11-21");
}

/* U7: to a queue alone, which is 2-1-1's: it is the network's staff that the client agrees to. */
static void
test_refer_queue (Fixture *fixture, gconstpointer data)
{
  JsonObject *args;
  const char *op;

  open_place (fixture, "clients/refer:" MARIA);
  choose (fixture, "health and");
  type_into (fixture, "need", "A doctor");
  g_assert_true (act (fixture, "form.commit"));
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 0); /* no consent names the network */
  g_assert_null (find_widget (GTK_WIDGET (fixture->window), "release_group")); /* C5: nothing stands in for it */
  open_place (fixture, "sent/new");
  type_into (fixture, "contact_name", "R.");
  choose (fixture, "health and");
  type_into (fixture, "need", "A doctor");
  adw_combo_row_set_selected (ADW_COMBO_ROW (find_widget (GTK_WIDGET (fixture->window), "type")), 1);
  g_assert_true (act (fixture, "form.commit"));
  args = fake_desktop_get_submitted (fixture->desktop, 0, &op);
  g_assert_cmpstr (op, ==, "referral.send");
  g_assert_cmpstr (kith_json_string (args, "type"), ==, "warm");
  g_assert_nonnull (kith_json_string (args, "queue"));
  g_assert_null (kith_json_string (args, "service"));
  g_assert_null (kith_json_string (args, "agency_to"));
  g_assert_nonnull (kith_json_object (args, "release"));
}

static void
test_refer_release (Fixture *fixture, gconstpointer data)
{
  const char *op;
  JsonObject *args, *release;

  open_place (fixture, "sent/new");
  g_assert_true (act (fixture, "form.commit"));
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 0); /* no name */
  type_into (fixture, "contact_name", "R.");
  type_into (fixture, "entry", "prim");
  g_signal_emit_by_name (find_widget (GTK_WIDGET (fixture->window), "entry"), "entry-activated");
  pump (50);
  type_into (fixture, "need", "A doctor who asks no questions");
  g_assert_false (kith_switch_row_get_active (KITH_SWITCH_ROW (find_widget (GTK_WIDGET (fixture->window), "network")))); /* meant for a receiver: nobody else */
  kith_switch_row_set_active (KITH_SWITCH_ROW (find_widget (GTK_WIDGET (fixture->window), "network")), TRUE);
  g_assert_true (act (fixture, "form.commit"));
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 1);
  args = fake_desktop_get_submitted (fixture->desktop, 0, &op);
  g_assert_cmpstr (op, ==, "referral.send");
  g_assert_null (kith_json_string (args, "client"));
  g_assert_cmpstr (kith_json_string (args, "contact_name"), ==, "R.");
  release = kith_json_object (args, "release");
  g_assert_cmpstr (kith_json_string (release, "basis"), ==, "written_release");
  g_assert_nonnull (kith_json_string (release, "until"));
  g_assert_true (kith_json_array_has (kith_json_array (release, "classes"), "client"));
  g_assert_false (kith_json_array_has (kith_json_array (release, "classes"), "client_health"));
  g_assert_true (kith_json_bool (release, "network", FALSE));
}

/* ---- the record in tabs ---- */

static void
test_tabs (Fixture *fixture, gconstpointer data)
{
  static const char *const names[] = { "overview", "cases", "services", "referrals", "consent", "household", "health", "documents", "history", "overview" };

  open_place (fixture, "clients/" MARIA);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_test_message ("%s", names[i]);
      g_assert_true (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (find_widget (find_widget (GTK_WIDGET (fixture->window), "tabs"), names[i]))));
      g_assert_true (act (fixture, "client.next-tab"));
    }
  g_assert_true (act (fixture, "client.previous-tab"));
  g_assert_true (act (fixture, "client.previous-tab"));
  g_assert_nonnull (find_widget (GTK_WIDGET (fixture->window), "history_page"));
}

/* C13: who looked is seen by privacy officers, and by nobody else. */
static void
test_log (Fixture *fixture, gconstpointer data)
{
  GtkWidget *log, *view;

  open_place (fixture, "clients/" MARIA);
  g_assert_null (find_widget (GTK_WIDGET (fixture->window), "log"));
  fake_desktop_set_duties (fixture->desktop, KITH_DUTY_PRIVACY);
  open_place (fixture, "clients/" NO_BILLING);
  open_place (fixture, "clients/" MARIA);
  log = find_widget (GTK_WIDGET (fixture->window), "log");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (log), TRUE);
  pump (50);
  view = gtk_widget_get_ancestor (log, KITH_TYPE_CLIENT_VIEW); /* the page has a stack of its own */
  g_assert_cmpstr (gtk_stack_get_visible_child_name (GTK_STACK (find_widget (view, "stack"))), ==, "log");
}

/* U5: a program of the own agency, from a day that may be past; without a program nothing is submitted. */
static void
test_enroll (Fixture *fixture, gconstpointer data)
{
  const char *op;
  JsonObject *args;

  open_place (fixture, "clients/" MARIA);
  g_assert_true (act (fixture, "client.enroll"));
  g_assert_true (commit_front (fixture));
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 0);
  g_assert_nonnull (in_front (fixture, "problem"));
  adw_combo_row_set_selected (ADW_COMBO_ROW (in_front (fixture, "program")), 2);
  gtk_editable_set_text (GTK_EDITABLE (in_front (fixture, "started_on")), "2026-11-02");
  fake_desktop_refuse_next (fixture->desktop, "Already enrolled.");
  g_assert_true (commit_front (fixture));
  g_assert_nonnull (in_front (fixture, "problem")); /* and what was chosen is still there */
  g_assert_true (commit_front (fixture));
  g_assert_null (front_window (fixture));
  args = fake_desktop_get_submitted (fixture->desktop, 1, &op);
  g_assert_cmpstr (op, ==, "enrollment.start");
  g_assert_cmpstr (kith_json_string (args, "client"), ==, MARIA);
  g_assert_cmpstr (kith_json_string (args, "program"), ==, "a1000000-0000-7000-8000-000000000002");
  g_assert_cmpstr (kith_json_string (args, "started_on"), ==, "2026-11-02");
}

static void
test_services (Fixture *fixture, gconstpointer data)
{
  const char *op;
  JsonObject *args;

  open_place (fixture, "clients/" MARIA);
  g_assert_true (act (fixture, "client.repeat-service"));
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 1); /* once, though the list has changed by it */
  args = fake_desktop_get_submitted (fixture->desktop, 0, &op);
  g_assert_cmpstr (op, ==, "service.record");
  g_assert_cmpint (kith_json_int (args, "count", 0), ==, 3);
  g_assert_cmpstr (kith_json_string (args, "service"), ==, "d0000000-0000-7000-8000-000000000011");
}

static GtkWidget *
list_of (Fixture *fixture, const char *query)
{
  g_autofree char *name = g_strconcat (query, "-list", NULL);

  return find_widget (GTK_WIDGET (fixture->window), name);
}

/* Recorded twice or wrongly: the key takes back the last that counts, a button any of the own; why is asked, and what is taken back is named. */
static void
test_void (Fixture *fixture, gconstpointer data)
{
  const char *op;
  JsonObject *args;

  open_place (fixture, "clients/" MARIA);
  g_assert_true (act (fixture, "client.void-last-service"));
  pump (50);
  g_assert_nonnull (strstr (gtk_label_get_text (GTK_LABEL (in_front (fixture, "description"))), "Meal × 3"));
  g_assert_true (commit_front (fixture)); /* without a reason nothing is sent */
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 0);
  gtk_editable_set_text (GTK_EDITABLE (in_front (fixture, "reason")), "recorded twice");
  g_assert_true (commit_front (fixture));
  args = fake_desktop_get_submitted (fixture->desktop, 0, &op);
  g_assert_cmpstr (op, ==, "service.void");
  g_assert_cmpstr (kith_json_string (args, "event"), ==, "5e000000-0000-7000-8000-000000000001");
  g_assert_cmpstr (kith_json_string (args, "reason"), ==, "recorded twice");
  g_assert_true (gtk_widget_activate_action (list_of (fixture, "client-services"), "client.void-service", "s", "5e000000-0000-7000-8000-000000000002"));
  pump (50);
  g_assert_nonnull (strstr (gtk_label_get_text (GTK_LABEL (in_front (fixture, "description"))), "Night × 1"));
}

/* C19: taken down in the client's words; a supervisor answers, with the ground of a refusal. */
static void
test_amendment (Fixture *fixture, gconstpointer data)
{
  const char *op;
  JsonObject *args;

  open_place (fixture, "clients/" MARIA);
  g_assert_true (act (fixture, "client.ask-amendment"));
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (g_object_get_data (G_OBJECT (in_front (fixture, "about")), "focus"))), "I never slept there", -1);
  g_assert_true (commit_front (fixture));
  args = fake_desktop_get_submitted (fixture->desktop, 0, &op);
  g_assert_cmpstr (op, ==, "amendment.ask");
  g_assert_cmpstr (kith_json_string (args, "about"), ==, "I never slept there");
  g_assert_cmpstr (kith_json_string (args, "asked_on"), ==, "2026-11-20");
  g_assert_true (gtk_widget_activate_action (list_of (fixture, "client-amendments"), "client.answer-amendment", "s", "aa000000-0000-7000-8000-000000000001"));
  pump (50);
  g_assert_nonnull (strstr (gtk_label_get_text (GTK_LABEL (in_front (fixture, "description"))), "The house was sold"));
  g_assert_true (commit_front (fixture)); /* accepted or refused is never guessed */
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 1);
  adw_combo_row_set_selected (ADW_COMBO_ROW (in_front (fixture, "answer")), 2);
  adw_combo_row_set_selected (ADW_COMBO_ROW (in_front (fixture, "basis")), 1);
  g_assert_true (commit_front (fixture));
  args = fake_desktop_get_submitted (fixture->desktop, 1, &op);
  g_assert_cmpstr (op, ==, "amendment.decide");
  g_assert_cmpstr (kith_json_string (args, "answer"), ==, "refused");
  g_assert_cmpstr (kith_json_string (args, "basis"), ==, "accurate");
}

/* A task about the client, with the day and the hour it reminds of itself; for oneself, or a colleague who is on the client. */
static void
test_client_task (Fixture *fixture, gconstpointer data)
{
  const char *op;
  JsonObject *args;

  open_place (fixture, "clients/" MARIA);
  g_assert_true (act (fixture, "client.add-task"));
  pump (50);
  gtk_editable_set_text (GTK_EDITABLE (in_front (fixture, "subject")), "Call the school");
  gtk_editable_set_text (GTK_EDITABLE (in_front (fixture, "remind_at")), "tomorrow 9:30");
  g_assert_cmpstr (gtk_string_object_get_string (adw_combo_row_get_selected_item (ADW_COMBO_ROW (in_front (fixture, "staff")))), ==, "Me");
  adw_combo_row_set_selected (ADW_COMBO_ROW (in_front (fixture, "staff")), 1);
  g_assert_true (commit_front (fixture));
  args = fake_desktop_get_submitted (fixture->desktop, 0, &op);
  g_assert_cmpstr (op, ==, "task.add");
  g_assert_cmpstr (kith_json_string (args, "client"), ==, MARIA);
  g_assert_nonnull (kith_json_string (args, "remind_at"));
  g_assert_cmpstr (kith_json_string (args, "staff"), ==, "50000000-0000-7000-8000-000000000002");
  pump (50);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.undo", NULL)); /* a slip */
  g_assert_cmpuint (fake_desktop_get_n_undone (fixture->desktop), ==, 1);
}

/* Typed at once: an alert begins at its words, for its level is said already. */
static void
test_alert (Fixture *fixture, gconstpointer data)
{
  GtkWidget *focus;

  open_place (fixture, "clients/" MARIA);
  g_assert_true (act (fixture, "client.raise-alert"));
  focus = gtk_root_get_focus (GTK_ROOT (front_window (fixture)));
  g_assert_true (focus == in_front (fixture, "text") || gtk_widget_is_ancestor (focus, in_front (fixture, "text")));
}

/* What is written goes, and the next letter acts on the same referral. */
static void
test_written_focus (Fixture *fixture, gconstpointer data)
{
  GtkWidget *focus;

  open_place (fixture, "sent/" WORKED_ON);
  g_assert_true (act (fixture, "referral.note"));
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (gtk_root_get_focus (GTK_ROOT (fixture->window)))), "On the way", -1);
  g_assert_true (act (fixture, "form.commit"));
  pump (300);
  focus = gtk_root_get_focus (GTK_ROOT (fixture->window));
  g_assert_nonnull (focus);
  g_assert_nonnull (gtk_widget_get_ancestor (focus, KITH_TYPE_SPLIT_PAGE));
  g_assert_true (act (fixture, "referral.note"));
}

static void
test_leave_household (Fixture *fixture, gconstpointer data)
{
  const char *op;

  open_place (fixture, "clients/" MARIA);
  g_assert_true (gtk_widget_activate_action (find_widget (GTK_WIDGET (fixture->window), "tabs"), "client.leave-household", "s", MARIA));
  fake_desktop_get_submitted (fixture->desktop, 0, &op);
  g_assert_cmpstr (op, ==, "household.leave");
}

static void
test_open_case (Fixture *fixture, gconstpointer data)
{
  const char *op;
  JsonObject *args;

  open_place (fixture, "clients/" MARIA);
  g_assert_true (act (fixture, "client.open-case"));
  g_assert_true (commit_front (fixture));
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 0); /* no title */
  gtk_editable_set_text (GTK_EDITABLE (in_front (fixture, "title")), "A home");
  g_assert_true (commit_front (fixture));
  args = fake_desktop_get_submitted (fixture->desktop, 0, &op);
  g_assert_cmpstr (op, ==, "case.open");
  g_assert_cmpstr (kith_json_string (args, "title"), ==, "A home");
  g_assert_nonnull (kith_json_string (args, "number"));
}

int
main (int argc, char **argv)
{
  fixture_begin (&argc, &argv);
  ADD ("clients/edit-lists", NULL, test_edit_lists);
  ADD ("clients/edit-billing-A1", NULL, test_edit_billing);
  ADD ("clients/tabs", NULL, test_tabs);
  ADD ("clients/log-C13", NULL, test_log);
  ADD ("clients/enroll-U5", NULL, test_enroll);
  ADD ("clients/services", NULL, test_services);
  ADD ("clients/service-void", NULL, test_void);
  ADD ("clients/C19-amendment", NULL, test_amendment);
  ADD ("clients/task-reminds", NULL, test_client_task);
  ADD ("clients/alert", NULL, test_alert);
  ADD ("clients/leave-household", NULL, test_leave_household);
  ADD ("referrals/written-focus", NULL, test_written_focus);
  ADD ("clients/open-case", NULL, test_open_case);
  ADD ("inbox/filter", NULL, test_filter);
  ADD ("inbox/filter-begins", NULL, test_filter_begins);
  ADD ("inbox/filter-person", NULL, test_filter_person);
  ADD ("refer/warm-D9", NULL, test_refer_warm);
  ADD ("refer/questions-P2", NULL, test_refer_questions);
  ADD ("forms/question-zone-C3", NULL, test_question_zone);
  ADD ("refer/queue-U7", NULL, test_refer_queue);
  ADD ("refer/elsewhere", NULL, test_elsewhere);
  ADD ("refer/elsewhere-released", NULL, test_elsewhere_released);
  ADD ("refer/information-D3", NULL, test_refer_information);
  ADD ("refer/edit", NULL, test_refer_edit);
  ADD ("refer/edit-draft", NULL, test_refer_edit_draft);
  ADD ("refer/edit-with-consent", NULL, test_refer_edit_consent);
  ADD ("refer/form-window-P2", NULL, test_questions);
  ADD ("refer/free-now", NULL, test_refer_free);
  ADD ("refer/release-C15", NULL, test_refer_release);
  g_test_add_func ("/desk/words/languages", test_languages);
  return g_test_run ();
}
