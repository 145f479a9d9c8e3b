/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is typed outlives a lock: in every window and form in which something can be typed that is more than a word to search by. A lock comes in
 * the middle of a word, before half a second has passed. */

#include "desk-fixture.h"

#include "import/kith-import-form.h"
#include "kith-test.h"
#include "widgets/kith-pick-row.h"

#define TYPED "Kept through the lock"
#define A_CASE "ca000000-0000-7000-8000-000000000001"
#define QUEUE "9e000000-0000-7000-8000-000000000001"

/* The window in front of all others; the main one when there is none. */
static GtkWidget *
top (Fixture *fixture)
{
  GtkWindow *window = GTK_WINDOW (fixture->window);
  gboolean found = TRUE;

  while (found)
    {
      g_autoptr (GList) all = gtk_window_list_toplevels ();

      found = FALSE;
      for (GList *l = all; l && !found; l = l->next)
        if (gtk_window_get_transient_for (l->data) == window && gtk_widget_get_mapped (l->data))
          {
            window = l->data;
            found = TRUE;
          }
    }
  return GTK_WIDGET (window);
}

/* Nothing one writes: a search, a number, a password. */
static gboolean
is_for_words (GtkWidget *widget)
{
  GtkWidget *suggest = gtk_widget_get_ancestor (widget, g_type_from_name ("KithSuggest") ? g_type_from_name ("KithSuggest") : G_TYPE_NONE);

  return gtk_widget_get_mapped (widget) && gtk_widget_is_sensitive (widget) && !suggest && !gtk_widget_get_ancestor (widget, GTK_TYPE_SEARCH_ENTRY) &&
         !gtk_widget_get_ancestor (widget, GTK_TYPE_SPIN_BUTTON) && !gtk_widget_get_ancestor (widget, GTK_TYPE_PASSWORD_ENTRY);
}

/* The first place for words below widget, or the one of that name. */
static GtkWidget *
first_words (GtkWidget *widget, const char *name)
{
  if (name && g_strcmp0 (gtk_widget_get_name (widget), name) != 0 && g_strcmp0 (gtk_buildable_get_buildable_id (GTK_BUILDABLE (widget)), name) != 0)
    {
      for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
        {
          GtkWidget *found = first_words (child, name);

          if (found)
            return found;
        }
      return NULL;
    }
  if (((GTK_IS_TEXT (widget) && gtk_editable_get_editable (GTK_EDITABLE (widget))) || GTK_IS_TEXT_VIEW (widget)) && is_for_words (widget))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = first_words (child, NULL);

      if (found)
        return found;
    }
  return NULL;
}

static char *
words_in (GtkWidget *widget)
{
  GtkTextIter start, end;

  if (GTK_IS_TEXT (widget))
    return g_strdup (gtk_editable_get_text (GTK_EDITABLE (widget)));
  gtk_text_buffer_get_bounds (gtk_text_view_get_buffer (GTK_TEXT_VIEW (widget)), &start, &end);
  return gtk_text_buffer_get_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (widget)), &start, &end, FALSE);
}

/* Is it there, wherever it stands? */
static gboolean
holds (GtkWidget *widget, const char *words)
{
  if ((GTK_IS_TEXT (widget) || GTK_IS_TEXT_VIEW (widget)) && gtk_widget_get_mapped (widget))
    {
      g_autofree char *here = words_in (widget);

      if (strstr (here, words))
        return TRUE;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    if (holds (child, words))
      return TRUE;
  return FALSE;
}

/* ---- ways to where something is typed ---- */

static void
open_queues (Fixture *fixture)
{
  g_assert_true (act (fixture, "board.manage"));
  pump (80);
}

static void
open_statuses (Fixture *fixture)
{
  open_queues (fixture);
  gtk_widget_activate_action (top (fixture), "queues.statuses", "(sss)", QUEUE, "Housing", "");
  pump (80);
}

static void
open_questions (Fixture *fixture)
{
  open_queues (fixture);
  gtk_widget_activate_action (top (fixture), "queues.questions", "(sss)", QUEUE, "Housing", "");
  pump (80);
}

static void
open_call_questions (Fixture *fixture)
{
  open_queues (fixture);
  gtk_widget_activate_action (top (fixture), "queues.calls", "(sss)", QUEUE, "Housing", "");
  pump (150);
  gtk_widget_activate_action (top (fixture), "forms.edit", "s", "f0000000-0000-7000-8000-0000000000c1");
  pump (150);
}

static void
open_new_call_questions (Fixture *fixture)
{
  open_queues (fixture);
  gtk_widget_activate_action (top (fixture), "queues.calls", "(sss)", QUEUE, "Housing", "");
  pump (150);
  gtk_widget_activate_action (top (fixture), "forms.create", NULL);
  pump (150);
}

static void
open_new_queue (Fixture *fixture)
{
  open_queues (fixture);
  gtk_widget_activate_action (top (fixture), "queues.create", NULL);
  pump (80);
}

static void
open_rename (Fixture *fixture)
{
  open_queues (fixture);
  gtk_widget_activate_action (top (fixture), "queues.rename", "(sss)", QUEUE, "Housing", "");
  pump (80);
}

static void
open_service_questions (Fixture *fixture)
{
  g_signal_emit_by_name (find_widget (GTK_WIDGET (fixture->window), "questions"), "clicked");
  pump (80);
}

static void
open_plan (Fixture *fixture)
{
  gtk_widget_child_focus (find_widget (GTK_WIDGET (fixture->window), "rows"), GTK_DIR_TAB_FORWARD);
  g_assert_true (act (fixture, "capacity.plan"));
}

static void
open_count (Fixture *fixture)
{
  gtk_widget_child_focus (find_widget (GTK_WIDGET (fixture->window), "rows"), GTK_DIR_TAB_FORWARD);
  g_assert_true (act (fixture, "capacity.edit"));
}

typedef struct
{
  const char *name, *place, *action; /* action NULL: the place is what is typed in */
  void (*open) (Fixture *fixture);   /* in the place of an action */
  const char *field;                 /* NULL: the first place for words */
  gboolean network, admin;
  gboolean form;                     /* stands at its place again after the lock; else it is opened again */
} Typing;

static const Typing typings[] = {
  { "alert", "clients/" MARIA, "client.raise-alert" },
  { "task", "clients/" MARIA, "client.add-task" },
  { "service", "clients/" MARIA, "client.record-service", .field = "note" },
  { "correction", "clients/" MARIA, "client.ask-amendment" },
  { "restriction", "clients/" MARIA, "client.ask-restriction" },
  { "care-team", "clients/" MARIA, "client.join-team" },
  { "open-case", "clients/" MARIA, "client.open-case" },
  { "client-note", "clients/" MARIA, "client.note" },
  { "restrict", "clients/" MARIA, "client.restrict" },
  { "revoke", "clients/" MARIA, "client.revoke-all" },
  { "decline", "inbox/e0000000-0000-7000-8000-000000000001", "referral.decline" },
  { "status", "inbox/e0000000-0000-7000-8000-000000000006", "referral.status" },
  { "elsewhere", "inbox/e0000000-0000-7000-8000-000000000001", "referral.reroute" },
  { "private-note", "inbox/e0000000-0000-7000-8000-000000000006", "referral.private-note" },
  { "message", "inbox/e0000000-0000-7000-8000-000000000006", "referral.note" },
  { "close", "inbox/e0000000-0000-7000-8000-000000000006", "referral.close" },
  { "recall", "sent/e0000000-0000-7000-8000-000000000021", "referral.recall" },
  { "take-back", "sent/e0000000-0000-7000-8000-000000000022", "referral.take-back" },
  { "void", "sent/e0000000-0000-7000-8000-000000000021", "referral.void" },
  { "close-case", "cases/" A_CASE, "case.close" },
  { "assess", "cases/" A_CASE, "case.assess" },
  { "delegate", "cases/" A_CASE, "case.delegate" },
  { "case-note", "cases/" A_CASE, "case.note" },
  { "case-task", "cases/" A_CASE, "case.task" },
  { "case-goal", "cases/" A_CASE, "case.goal" },
  { "case-step", "cases/" A_CASE, "case.step" },
  { "plan", "capacity", .open = open_plan },
  { "count", "capacity", .open = open_count },
  { "leave", "staff/50000000-0000-7000-8000-000000000001", "staff.leave" },
  { "holiday", "agency", "agency.add-holiday", .admin = TRUE },
  { "settings", "agency", .admin = TRUE, .form = TRUE, .field = "time_zone" },
  { "queue", "board", .open = open_new_queue, .network = TRUE },
  { "queue-rename", "board", .open = open_rename, .network = TRUE },
  { "statuses", "board", .open = open_statuses, .network = TRUE },
  { "questions-queue", "board", .open = open_questions, .network = TRUE },
  { "questions-calls", "board", .open = open_call_questions, .network = TRUE },
  { "questions-calls-new", "board", .open = open_new_call_questions, .network = TRUE },
  { "questions-service", "directory/d0000000-0000-7000-8000-000000000004", .open = open_service_questions, .admin = TRUE },
  { "answer-correction", "corrections", "correction.answer", .admin = TRUE },
  { "new-client", "clients/new", .form = TRUE, .field = "given_name" },
  { "edit-client", "clients/edit:" MARIA, .form = TRUE, .field = "given_name" },
  { "consent", "clients/consent:" MARIA, .form = TRUE },
  { "refer", "clients/refer:" MARIA, .form = TRUE, .field = "need" },
  { "release", "sent/new", .form = TRUE, .field = "need" },
  { "call", "contacts/new", .form = TRUE, .network = TRUE },
  { "call-edit", "contacts/edit:cc000000-0000-7000-8000-000000000001", .form = TRUE, .network = TRUE },
};

static void
go (Fixture *fixture, const Typing *typing)
{
  open_place (fixture, typing->place);
  pump (80);
  if (typing->action)
    {
      g_test_message ("%s", typing->action);
      g_assert_true (act (fixture, typing->action));
    }
  if (typing->open)
    typing->open (fixture);
  pump (120);
}

static void
add_question_if_none (Fixture *fixture)
{
  GtkWidget *add;

  if (first_words (top (fixture), NULL))
    return;
  add = find_widget (top (fixture), "add");
  if (add)
    g_signal_emit_by_name (add, "clicked");
  pump (50);
}

static void
test_kept (gconstpointer data)
{
  const Typing *typing = data;
  Fixture one = { 0 }, *fixture = &one;
  GtkWidget *words;

  set_up (fixture, NULL);
  fake_desktop_set_duties (fixture->desktop, KITH_DUTY_SUPERVISOR | (typing->admin ? KITH_DUTY_ADMIN | KITH_DUTY_PRIVACY | KITH_DUTY_LISTINGS : 0));
  if (typing->network)
    fake_desktop_set_network_staff (fixture->desktop);
  g_signal_emit_by_name (fixture->context, "actor-changed");
  go (fixture, typing);
  add_question_if_none (fixture);
  words = first_words (top (fixture), typing->field);
  g_assert_nonnull (words);
  for (GtkWidget *at = words; at; at = gtk_widget_get_parent (at))
    if (GTK_IS_LIST_BOX_ROW (at))
      g_test_message ("typed in %s (%s)", gtk_widget_get_name (at), ADW_IS_PREFERENCES_ROW (at) ? adw_preferences_row_get_title (ADW_PREFERENCES_ROW (at)) : "");
  if (GTK_IS_TEXT (words))
    gtk_editable_set_text (GTK_EDITABLE (words), TYPED);
  else
    gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (words)), TYPED, -1);
  kith_window_lock (fixture->window);
  pump (100);
  g_assert_null (front_window (fixture));
  kith_desktop_unlock_async (fixture->desktop, "right", NULL, NULL, NULL);
  pump (250);
  if (!typing->form)
    go (fixture, typing);
  pump (200);
  g_assert_true (holds (top (fixture), TYPED));
  tear_down (fixture, NULL);
}

/* ---- when the draft goes ---- */

static void
write_reason (Fixture *fixture)
{
  open_place (fixture, "inbox/e0000000-0000-7000-8000-000000000001");
  g_assert_true (act (fixture, "referral.decline"));
  gtk_list_box_select_row (GTK_LIST_BOX (in_front (fixture, "list")), gtk_list_box_get_row_at_index (GTK_LIST_BOX (in_front (fixture, "list")), 1));
  gtk_editable_set_text (GTK_EDITABLE (in_front (fixture, "text")), TYPED);
}

/* Refused: the words are there again. Taken: they are not. */
static void
test_reason_refused (Fixture *fixture, gconstpointer data)
{
  static const char *const key = "reason:referral.decline:e0000000-0000-7000-8000-000000000001";

  write_reason (fixture);
  fake_desktop_refuse_next (fixture->desktop, "Somebody accepted it meanwhile.");
  commit_front (fixture);
  pump (50);
  SAYS ("Somebody accepted it meanwhile.");
  g_assert_nonnull (fake_desktop_get_draft (fixture->desktop, key));
  open_place (fixture, "inbox/e0000000-0000-7000-8000-000000000001");
  g_assert_true (act (fixture, "referral.decline"));
  pump (50);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (in_front (fixture, "text"))), ==, TYPED);
  commit_front (fixture);
  pump (50);
  last_submitted (fixture, "referral.decline");
  g_assert_null (fake_desktop_get_draft (fixture->desktop, key));
}

static GtkWidget *
entry_at (Fixture *fixture, int i)
{
  GtkListBoxRow *line = gtk_list_box_get_row_at_index (GTK_LIST_BOX (find_widget (top (fixture), "rows")), i);

  return line ? first_words (GTK_WIDGET (line), NULL) : NULL;
}

static int
n_lines (Fixture *fixture)
{
  int n = 0;

  while (gtk_list_box_get_row_at_index (GTK_LIST_BOX (find_widget (top (fixture), "rows")), n))
    n++;
  return n;
}

static void
unlock (Fixture *fixture)
{
  kith_desktop_unlock_async (fixture->desktop, "right", NULL, NULL, NULL);
  pump (250);
}

/* What a colleague did to the statuses while the desk was locked is there too: one added, one retired, one of mine renamed. */
static void
test_statuses_merged (Fixture *fixture, gconstpointer data)
{
  JsonArray *list, *statuses, *retire;
  JsonObject *args, *first;
  g_autofree char *was = NULL;
  int n;

  fake_desktop_set_network_staff (fixture->desktop);
  open_place (fixture, "board");
  open_statuses (fixture);
  n = n_lines (fixture);
  was = words_in (entry_at (fixture, 0));
  gtk_editable_set_text (GTK_EDITABLE (entry_at (fixture, 0)), TYPED);
  gtk_widget_activate_action (top (fixture), "statuses.add", NULL);
  gtk_editable_set_text (GTK_EDITABLE (entry_at (fixture, n)), "A new one");
  kith_window_lock (fixture->window);
  pump (100);
  list = fake_desktop_list (fixture->desktop, "queue-statuses");
  json_array_add_object_element (list, kith_json_new ("_arg", "s", QUEUE, "id", "s", "9f000000-0000-7000-8000-0000000000aa", "name", "s", "A colleague’s", "phase",
                                                      "s", "contacting", "n", "i", (gint64) 0, NULL));
  unlock (fixture);
  open_place (fixture, "board");
  open_statuses (fixture);
  g_assert_true (says (top (fixture), "Draft from"));
  g_assert_cmpint (n_lines (fixture), ==, n + 2);
  gtk_widget_activate_action (top (fixture), "form.commit", NULL);
  pump (50);
  args = last_submitted (fixture, "queue.set_statuses");
  statuses = kith_json_array (args, "statuses");
  retire = kith_json_array (args, "retire");
  first = json_array_get_object_element (statuses, 0);
  g_assert_cmpstr (kith_json_string (first, "name"), ==, TYPED);
  g_assert_cmpstr (kith_json_string (first, "was"), ==, was);
  g_assert_cmpuint (json_array_get_length (statuses), ==, (guint) n + 2);
  g_assert_cmpuint (json_array_get_length (retire), ==, 0);
  g_assert_null (fake_desktop_get_draft (fixture->desktop, "statuses:" QUEUE));
}

/* Rows that come late: nothing can be added or saved before they are here, and then all of them stand there. */
static void
test_late (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window;

  fake_desktop_set_network_staff (fixture->desktop);
  open_place (fixture, "board");
  open_queues (fixture);
  fake_desktop_set_unreadable (fixture->desktop, TRUE);
  gtk_widget_activate_action (top (fixture), "queues.statuses", "(sss)", QUEUE, "Housing", "");
  pump (80);
  window = top (fixture);
  g_assert_true (says (window, "could not be read")); /* where it can be read, and tried again: this window stands over the page */
  gtk_widget_activate_action (window, "statuses.add", NULL);
  g_assert_cmpint (n_lines (fixture), ==, 0);
  gtk_widget_activate_action (window, "form.commit", NULL);
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 0);
  fake_desktop_set_unreadable (fixture->desktop, FALSE);
  pump (80);
  g_assert_cmpint (n_lines (fixture), >, 1);
  gtk_window_destroy (GTK_WINDOW (window));
  pump (50);

  fake_desktop_set_unreadable (fixture->desktop, TRUE);
  gtk_widget_activate_action (top (fixture), "queues.questions", "(sss)", QUEUE, "Housing", "");
  pump (80);
  window = top (fixture);
  g_assert_false (gtk_widget_get_sensitive (find_widget (window, "add")));
  g_assert_false (says (window, "Nothing is asked yet"));
  gtk_widget_activate_action (window, "form.commit", NULL);
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 0);
  fake_desktop_set_unreadable (fixture->desktop, FALSE);
  pump (80);
  g_assert_true (gtk_widget_get_sensitive (find_widget (window, "add")));
}

#ifndef __SANITIZE_ADDRESS__ /* GTK's own chooser of files loses a little, which the search for leaks would tell */
/* A chooser of files belongs to what opened it: a lock closes it as its Cancel does, and pulls it from under nobody. */
static void
test_chooser (Fixture *fixture, gconstpointer data)
{
  open_place (fixture, "clients/import");
  gtk_widget_activate_action (find_widget (GTK_WIDGET (fixture->window), "choose_button"), "form.commit", NULL);
  pump (100);
  g_assert_true (GTK_IS_FILE_CHOOSER (top (fixture)));
  kith_window_lock (fixture->window);
  pump (100);
  g_assert_true (top (fixture) == GTK_WIDGET (fixture->window));
  unlock (fixture);
  g_assert_true (top (fixture) == GTK_WIDGET (fixture->window));
}
#endif

/* ---- a lock while it is saved ---- */

static guint
n_of (Fixture *fixture, const char *wanted)
{
  guint n = 0;

  for (guint i = 0; i < fake_desktop_get_n_submitted (fixture->desktop); i++)
    {
      const char *op;

      fake_desktop_get_submitted (fixture->desktop, i, &op);
      n += g_str_equal (op, wanted);
    }
  return n;
}

/* Save, and a lock before the answer is here. */
static void
save_and_lock (Fixture *fixture)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (fixture->window));

  g_assert_true (gtk_widget_activate_action (focus, "form.commit", NULL));
  kith_window_lock (fixture->window);
  pump (100);
  kith_desktop_unlock_async (fixture->desktop, "right", NULL, NULL, NULL);
  pump (250);
}

/* One Save is one act, with the end of its draft: a lock in the middle loses nothing and leaves nothing to save a second time. */
static void
test_register_locked (Fixture *fixture, gconstpointer data)
{
  open_place (fixture, "clients/new");
  type_into (fixture, "given_name", "Berta");
  type_into (fixture, "family_name", "Quist");
  gtk_widget_grab_focus (find_widget (GTK_WIDGET (fixture->window), "given_name"));
  pump (700); /* the draft is written */
  g_assert_nonnull (fake_desktop_get_draft (fixture->desktop, "client:new"));
  save_and_lock (fixture);
  g_assert_cmpuint (n_of (fixture, "client.register"), ==, 1);
  g_assert_null (fake_desktop_get_draft (fixture->desktop, "client:new"));
  g_assert_false (says (GTK_WIDGET (fixture->window), "Draft from"));
}

static void
test_edit_locked (Fixture *fixture, gconstpointer data)
{
  open_place (fixture, "clients/edit:" MARIA);
  type_into (fixture, "given_name", "Mariana");
  type_into (fixture, "insurance_provider", "Kaiser");
  gtk_widget_grab_focus (find_widget (GTK_WIDGET (fixture->window), "given_name"));
  pump (700);
  save_and_lock (fixture);
  g_assert_cmpuint (n_of (fixture, "record.patch"), ==, 2); /* the client's, and what lies beside it */
  g_assert_null (fake_desktop_get_draft (fixture->desktop, "edit:client:" MARIA));
}

static void
test_consent_locked (Fixture *fixture, gconstpointer data)
{
  open_place (fixture, "clients/consent:" MARIA);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (find_widget (GTK_WIDGET (fixture->window), "refuses")), TRUE);
  pump (700);
  g_assert_nonnull (fake_desktop_get_draft (fixture->desktop, "consent:client:" MARIA));
  gtk_widget_grab_focus (find_widget (GTK_WIDGET (fixture->window), "refuses"));
  save_and_lock (fixture);
  g_assert_cmpuint (n_of (fixture, "consent.refuse"), ==, 1);
  g_assert_null (fake_desktop_get_draft (fixture->desktop, "consent:client:" MARIA));
}

static KithPickRow *
column_row (GtkWidget *widget, const char *title)
{
  if (KITH_IS_PICK_ROW (widget) && g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title) == 0)
    return KITH_PICK_ROW (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    {
      KithPickRow *found = column_row (child, title);

      if (found)
        return found;
    }
  return NULL;
}

/* Which column of a spreadsheet is which: twenty rows are work too. */
static void
test_import_columns (Fixture *fixture, gconstpointer data)
{
  GtkWidget *form;
  guint before;

  open_place (fixture, "clients/import");
  form = gtk_widget_get_ancestor (find_widget (GTK_WIDGET (fixture->window), "choose_button"), KITH_TYPE_IMPORT_FORM);
  kith_import_form_open (KITH_IMPORT_FORM (form), KITH_TEST_SRCDIR "/data/people.csv");
  kith_test_until (find_widget (form, "columns"));
  g_assert_cmpuint (kith_pick_row_get_selected (column_row (form, "Bed")), ==, 0);
  before = kith_pick_row_get_selected (column_row (form, "Cell"));
  g_assert_cmpuint (before, !=, 0);
  kith_pick_row_set_selected (column_row (form, "Cell"), 0);
  kith_pick_row_set_selected (column_row (form, "Bed"), 3);
  adw_combo_row_set_selected (ADW_COMBO_ROW (find_widget (form, "dates")), 2);
  gtk_editable_set_text (GTK_EDITABLE (find_widget (form, "source")), "Night list");
  kith_window_lock (fixture->window);
  pump (100);
  unlock (fixture);
  if (!find_widget (GTK_WIDGET (fixture->window), "columns"))
    open_place (fixture, "clients/import");
  kith_test_until (find_widget (GTK_WIDGET (fixture->window), "columns"));
  form = gtk_widget_get_ancestor (find_widget (GTK_WIDGET (fixture->window), "columns"), KITH_TYPE_IMPORT_FORM);
  g_assert_cmpuint (kith_pick_row_get_selected (column_row (form, "Cell")), ==, 0);
  g_assert_cmpuint (kith_pick_row_get_selected (column_row (form, "Bed")), ==, 3);
  g_assert_cmpuint (adw_combo_row_get_selected (ADW_COMBO_ROW (find_widget (form, "dates"))), ==, 2);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (find_widget (form, "source"))), ==, "Night list");
  /* It is the store's from the moment it is begun. */
  kith_pick_row_set_selected (column_row (form, "Bed"), 0);
  g_assert_true (gtk_widget_activate_action (form, "form.commit", NULL));
  kith_test_until (find_widget (form, "fresh_row"));
  pump (700);
  g_assert_nonnull (fake_desktop_get_draft (fixture->desktop, "import:file"));
  g_assert_true (gtk_widget_activate_action (form, "form.commit", NULL));
  kith_test_until (find_widget (form, "taken_row"));
  kith_test_until (!fake_desktop_get_draft (fixture->desktop, "import:file"));
}

/* What is kept here turns out to be damaged: nobody works on in it, what is being typed is written, and the sign-in says why it is asked for. */
static void
test_damage (Fixture *fixture, gconstpointer data)
{
  GtkWidget *label;

  pump (100);
  g_object_set_data (G_OBJECT (fixture->desktop), "damage", (gpointer) "What Kith keeps on this computer is damaged.");
  g_object_notify (G_OBJECT (fixture->desktop), "damage");
  kith_test_until (find_widget (GTK_WIDGET (fixture->window), "login"));
  label = find_widget (GTK_WIDGET (fixture->window), "error_label");
  g_assert_nonnull (label);
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (label)), ==, "What Kith keeps on this computer is damaged.");
}

/* It turns out while somebody unlocks: first that it is damaged, then that unlocking failed. What is typed from then on goes where it can be seen. */
static void
test_damage_at_unlock (Fixture *fixture, gconstpointer data)
{
  GtkWidget *focus, *window = GTK_WIDGET (fixture->window);

  type_into (fixture, "password", "wrong");
  g_signal_emit_by_name (find_widget (window, "button"), "clicked");
  g_object_set_data (G_OBJECT (fixture->desktop), "damage", (gpointer) "What Kith keeps on this computer is damaged.");
  g_object_notify (G_OBJECT (fixture->desktop), "damage");
  pump (100);
  g_assert_nonnull (find_widget (window, "login"));
  focus = gtk_root_get_focus (GTK_ROOT (window));
  g_assert_nonnull (focus);
  g_assert_true (gtk_widget_get_mapped (focus));
}

int
main (int argc, char **argv)
{
  fixture_begin (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (typings); i++)
    {
      g_autofree char *path = g_strconcat ("/desk/lock/kept/", typings[i].name, NULL);

      g_test_add_data_func (path, &typings[i], test_kept);
    }
  ADD ("lock/reason-refused", NULL, test_reason_refused);
  ADD ("lock/statuses-merged", NULL, test_statuses_merged);
  ADD ("lock/saving/register", NULL, test_register_locked);
  ADD ("lock/saving/edit", NULL, test_edit_locked);
  ADD ("lock/saving/consent", NULL, test_consent_locked);
  ADD ("lock/import-columns", NULL, test_import_columns);
  ADD ("lock/late-rows", NULL, test_late);
  ADD ("lock/damage", NULL, test_damage);
  ADD ("lock/damage-at-unlock", "locked", test_damage_at_unlock);
#ifndef __SANITIZE_ADDRESS__
  ADD ("lock/chooser", NULL, test_chooser);
#endif
  return g_test_run ();
}
