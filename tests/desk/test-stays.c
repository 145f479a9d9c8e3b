/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What comes in from others: lists are read again whenever something of their kinds changes, mostly somebody else's record. What says nothing new stays as it
 * stands, and whoever stands in a list stays with their row as long as it is there. */

#include "cases/kith-case-composer.h"
#include "consent-fixture.h"
#include "kith-form.h"
#include "widgets/kith-cards.h"

#define CASE "ca000000-0000-7000-8000-000000000001"
#define CALL "cc000000-0000-7000-8000-000000000001"
#define REFERRAL "e0000000-0000-7000-8000-000000000001"
#define NEXT_CASE "ca000000-0000-7000-8000-000000000002"

static void
come (Fixture *fixture, const char *kind)
{
  const char *kinds[] = { kind, NULL };

  g_signal_emit_by_name (fixture->desktop, "changed", kinds);
  pump (80);
}

static GtkWidget *
focus_of (Fixture *fixture)
{
  return gtk_root_get_focus (GTK_ROOT (fixture->window));
}

static JsonObject *
row_of (Fixture *fixture, const char *list, const char *id)
{
  JsonArray *rows = fake_desktop_list (fixture->desktop, list);

  for (guint i = 0; i < json_array_get_length (rows); i++)
    if (g_strcmp0 (kith_json_string (json_array_get_object_element (rows, i), "id"), id) == 0)
      return json_array_get_object_element (rows, i);
  g_assert_not_reached ();
}

static GtkWidget *
find_card (GtkWidget *inside, const char *key)
{
  GtkWidget *found = g_strcmp0 (kith_cards_get_name (inside), key) == 0 ? inside : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (inside); child && !found; child = gtk_widget_get_next_sibling (child))
    found = find_card (child, key);
  return found;
}

static GtkWidget *
find_label (GtkWidget *inside, const char *words)
{
  GtkWidget *found = GTK_IS_LABEL (inside) && g_str_equal (gtk_label_get_text (GTK_LABEL (inside)), words) ? inside : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (inside); child && !found; child = gtk_widget_get_next_sibling (child))
    found = find_label (child, words);
  return found;
}

static void
test_consents (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GtkWidget) button = NULL;

  open_tab (fixture, MARIA);
  button = g_object_ref (button_of (GTK_WIDGET (fixture->window), "Revoke…"));
  g_assert_true (gtk_widget_grab_focus (button));
  come (fixture, "consent");
  g_assert_true (focus_of (fixture) == button);

  add_another (fixture);
  come (fixture, "consent");
  g_assert_false (focus_of (fixture) == button); /* the cards were made anew */
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (focus_of (fixture))), ==, "Revoke…");
  g_assert_true (gtk_widget_is_ancestor (focus_of (fixture), find_card (GTK_WIDGET (fixture->window), IN_FORCE)));
}

/* A name somebody has begun to select. */
static void
test_team (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GtkWidget) label = NULL;

  open_place (fixture, "clients/" MARIA);
  label = g_object_ref (find_label (GTK_WIDGET (fixture->window), "Dr. Priya Nair"));
  come (fixture, "assignment");
  g_assert_true (find_label (GTK_WIDGET (fixture->window), "Dr. Priya Nair") == label);
  json_object_set_string_member (row_of (fixture, "client-team", "t2"), "staff_name", "Dr. Priya Nair-Osei");
  come (fixture, "assignment");
  g_assert_nonnull (find_label (GTK_WIDGET (fixture->window), "Dr. Priya Nair-Osei"));
}

/* Opened to be read, and read on when another one comes in. */
static void
test_assessments (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GtkWidget) line = NULL;

  open_place (fixture, "cases/" CASE);
  line = g_object_ref (find_card (GTK_WIDGET (fixture->window), "as2"));
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (line), TRUE);
  g_assert_true (gtk_widget_child_focus (line, GTK_DIR_TAB_FORWARD));
  come (fixture, "assessment");
  g_assert_true (gtk_widget_is_ancestor (focus_of (fixture), line));

  json_object_set_string_member (row_of (fixture, "case-assessments", "a5000000-0000-7000-8000-000000000001"), "summary", "First in line.");
  come (fixture, "assessment");
  g_assert_null (gtk_widget_get_parent (line));
  g_assert_true (adw_expander_row_get_expanded (ADW_EXPANDER_ROW (find_card (GTK_WIDGET (fixture->window), "as2"))));
  g_assert_true (gtk_widget_is_ancestor (focus_of (fixture), find_card (GTK_WIDGET (fixture->window), "as2")));
}

/* The newest of each case is read at once, whatever was open in the one read before; what was folded stays so. */
static void
test_assessments_of_next (Fixture *fixture, gconstpointer data)
{
  json_array_add_object_element (fake_desktop_list (fixture->desktop, "case-assessments"),
                                 kith_json_new ("_arg", "s", NEXT_CASE, "id", "s", "as9", "name", "s", "Food", "assessed_on", "s", "2026-11-13", "summary", "s", "Eats once a day.", NULL));
  open_place (fixture, "cases/" CASE);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (find_card (GTK_WIDGET (fixture->window), "a5000000-0000-7000-8000-000000000001")), FALSE);
  open_place (fixture, "cases/" NEXT_CASE);
  g_assert_true (adw_expander_row_get_expanded (ADW_EXPANDER_ROW (find_card (GTK_WIDGET (fixture->window), "as9"))));
}

/* From the first key or click on, nothing but hands moves the focus there. */
static void
click_into (GtkWidget *page)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (page);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_GESTURE_CLICK (controller))
        g_signal_emit_by_name (controller, "pressed", 1, 0.0, 0.0);
    }
}

/* Two drafts of one case lead to the same place, and are two lines. */
static void
test_drafts (Fixture *fixture, gconstpointer data)
{
  static const char *const keys[] = { "note:case:" CASE, "task:case:" CASE };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    json_array_add_object_element (fake_desktop_list (fixture->desktop, "drafts-begun"), kith_json_new ("id", "s", keys[i], "at", "s", "1795170000000", NULL));
  open_place (fixture, "today");
  click_into (GTK_WIDGET (kith_frame_get_page (kith_window_get_frame (fixture->window))));
  come (fixture, "op");
  g_assert_true (gtk_widget_grab_focus (gtk_widget_get_ancestor (find_label (GTK_WIDGET (fixture->window), "A task"), GTK_TYPE_LIST_BOX_ROW)));
  json_object_set_string_member (row_of (fixture, "drafts-begun", keys[0]), "at", "1795170060000");
  come (fixture, "op");
  g_assert_true (focus_of (fixture) == gtk_widget_get_ancestor (find_label (GTK_WIDGET (fixture->window), "A task"), GTK_TYPE_LIST_BOX_ROW));
}

static GtkWidget *
find_menu (GtkWidget *inside)
{
  GtkWidget *found = GTK_IS_MENU_BUTTON (inside) ? inside : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (inside); child && !found; child = gtk_widget_get_next_sibling (child))
    found = find_menu (child);
  return found;
}

/* Every few minutes My Day is looked at again. Only the lines that say something else are others then: a menu stays open over its line, whatever came above it. */
static void
test_day (Fixture *fixture, gconstpointer data)
{
  static const char first[] = "7a000000-0000-7000-8000-000000000001", second[] = "7a000000-0000-7000-8000-000000000002";
  g_autoptr (GtkWidget) line = NULL;
  g_autoptr (GtkWidget) other = NULL;
  GtkPopover *menu;

  open_place (fixture, "today");
  click_into (GTK_WIDGET (kith_frame_get_page (kith_window_get_frame (fixture->window))));
  line = g_object_ref (find_card (GTK_WIDGET (fixture->window), second));
  other = g_object_ref (find_card (GTK_WIDGET (fixture->window), first));
  g_assert_true (gtk_widget_grab_focus (line));
  g_signal_emit_by_name (fixture->context, "actor-changed");
  pump (200);
  g_assert_true (focus_of (fixture) == line);
  g_assert_true (find_card (GTK_WIDGET (fixture->window), first) == other);

  gtk_menu_button_popup (GTK_MENU_BUTTON (find_menu (line)));
  pump (50);
  menu = gtk_menu_button_get_popover (GTK_MENU_BUTTON (find_menu (line)));
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (menu)));
  g_signal_emit_by_name (fixture->context, "actor-changed");
  pump (200);
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (menu)));

  json_object_set_string_member (row_of (fixture, "tasks-due", first), "subject", "Fetch another letter");
  come (fixture, "task");
  g_assert_true (find_card (GTK_WIDGET (fixture->window), second) == line);
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (menu)));
  g_assert_false (find_card (GTK_WIDGET (fixture->window), first) == other);
  g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (find_card (GTK_WIDGET (fixture->window), first))), ==, "Fetch another letter");
}

/* What the form in sight holds. */
static GtkWidget *
content_of (GtkWidget *inside)
{
  GtkWidget *found = KITH_IS_FORM (inside) && gtk_widget_get_mapped (inside) ? find_widget (inside, "content") : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (inside); child && !found; child = gtk_widget_get_next_sibling (child))
    found = content_of (child);
  return found;
}

static JsonArray *
take_away (Fixture *fixture, const char *query, const char *kind)
{
  JsonArray *rows = json_array_ref (fake_desktop_list (fixture->desktop, query));

  json_object_set_array_member (fake_desktop_get_data (fixture->desktop), query, json_array_new ());
  come (fixture, kind);
  return rows;
}

static void
give_back (Fixture *fixture, const char *query, const char *kind, JsonArray *rows) /* transfer full */
{
  json_object_set_array_member (fake_desktop_get_data (fixture->desktop), query, rows);
  come (fixture, kind);
}

static void
work_for_the_network (Fixture *fixture)
{
  fake_desktop_set_network_staff (fixture->desktop);
  g_signal_emit_by_name (fixture->context, "actor-changed");
  pump (30);
}

/* A form about what is taken away: nothing of it stands there any more, and what was typed comes back with the access (C4, I6). */
static void
test_form_ends (Fixture *fixture, gconstpointer data)
{
  static const struct { const char *place, *query, *kind, *words; } forms[] = {
    { "clients/refer:" MARIA, "client", "client", "Your access to this client has ended" },
    { "clients/consent:" MARIA, "client", "client", "Your access to this client has ended" },
    { "cases/assign:" MARIA, "client", "client", "Your access to this client has ended" },
    { "clients/edit:" MARIA, "client", "client", "Your access to this client has ended" },
    { "clients/health:" MARIA, "client-health", "client_health", "Your access to this health information has ended" },
    { "contacts/edit:" CALL, "contact", "contact_record", "Your access to this call has ended" },
    { "contacts/assign:" CALL, "contact", "contact_record", "Your access to this call has ended" },
    { "contacts/new:" REFERRAL, "referral", "referral", "Your access to this referral has ended" },
  };

  fake_desktop_set_health (fixture->desktop, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      GtkWidget *content;
      JsonArray *rows;

      g_test_message ("%s", forms[i].place);
      if (g_str_has_prefix (forms[i].place, "contacts/"))
        work_for_the_network (fixture);
      open_place (fixture, forms[i].place);
      pump (150);
      content = content_of (GTK_WIDGET (fixture->window));
      g_assert_nonnull (content);
      g_assert_true (gtk_widget_get_mapped (content));
      rows = take_away (fixture, forms[i].query, forms[i].kind);
      SAYS (forms[i].words);
      g_assert_false (gtk_widget_get_mapped (content));
      g_assert_false (g_str_equal (forms[i].query, "client") && says (GTK_WIDGET (fixture->window), "López")); /* nor in the form's title */
      give_back (fixture, forms[i].query, forms[i].kind, rows);
      g_assert_true (gtk_widget_get_mapped (content));
    }
}

/* C4: the referral itself stays, what it says of the person does not. And of a client, what one's own agency keeps of them. */
static void
test_form_ends_partly (Fixture *fixture, gconstpointer data)
{
  JsonObject *row = row_of (fixture, "referral", REFERRAL), *detail = json_object_ref (kith_json_object (row, "detail"));
  GtkWidget *content;

  open_place (fixture, "clients/edit:" MARIA);
  pump (150);
  content = content_of (GTK_WIDGET (fixture->window));
  g_assert_nonnull (content);
  json_object_set_string_member (row_of (fixture, "client", MARIA), "held", "care");
  come (fixture, "client");
  g_assert_false (gtk_widget_get_mapped (content));

  work_for_the_network (fixture);
  open_place (fixture, "contacts/new:" REFERRAL);
  pump (150);
  content = content_of (GTK_WIDGET (fixture->window));
  g_assert_nonnull (content);
  json_object_set_null_member (row, "detail");
  come (fixture, "referral_detail");
  g_assert_false (gtk_widget_get_mapped (content));
  json_object_set_object_member (row, "detail", detail);
  come (fixture, "referral_detail");
  g_assert_true (gtk_widget_get_mapped (content));
}

/* What is being written in a case that is taken away is put away, and kept for whoever wrote it. */
static void
test_composer_ends (Fixture *fixture, gconstpointer data)
{
  static const char *const actions[] = { "case.note", "case.step" }, *const drafts[] = { "note:case:" CASE, "step:case:" CASE };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      GtkWidget *composer;
      JsonArray *rows;

      open_place (fixture, "cases/" CASE);
      pump (150);
      g_assert_true (gtk_widget_activate_action (focus_of (fixture), actions[i], NULL));
      pump (100);
      composer = gtk_widget_get_ancestor (focus_of (fixture), KITH_TYPE_CASE_COMPOSER);
      g_assert_nonnull (composer);
      g_object_add_weak_pointer (G_OBJECT (composer), (gpointer *) &composer);
      if (GTK_IS_TEXT_VIEW (focus_of (fixture)))
        gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (focus_of (fixture))), "Seen at the station", -1);
      else
        gtk_editable_set_text (GTK_EDITABLE (focus_of (fixture)), "Seen at the station");
      rows = take_away (fixture, "case", "case");
      g_assert_null (composer);
      SAYS ("Your access to this case has ended");
      pump (50);
      g_assert_nonnull (fake_desktop_get_draft (fixture->desktop, drafts[i]));
      give_back (fixture, "case", "case", rows);
    }
}

/* What a form makes of rows that go is no typing, and says nothing in place of why nothing stands there. */
static void
test_ended_form_keeps (Fixture *fixture, gconstpointer data)
{
  GtkWidget *entry;
  g_autofree char *draft = NULL, *back = NULL;
  JsonArray *rows;

  open_place (fixture, "clients/edit:" MARIA);
  pump (150);
  entry = find_widget (GTK_WIDGET (fixture->window), "pronouns");
  g_assert_nonnull (entry);
  gtk_editable_set_text (GTK_EDITABLE (entry), "they, when asked");
  rows = take_away (fixture, "client", "client");
  gtk_editable_set_text (GTK_EDITABLE (entry), "");
  SAYS ("Your access to this client has ended");
  pump (600); /* a draft is written half a second after the last key */
  draft = kith_json_print_object (fake_desktop_get_draft (fixture->desktop, "edit:client:" MARIA));
  g_assert_nonnull (strstr (draft, "they, when asked"));
  give_back (fixture, "client", "client", rows);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "they, when asked");
  pump (600);
  back = kith_json_print_object (fake_desktop_get_draft (fixture->desktop, "edit:client:" MARIA));
  g_assert_cmpstr (back, ==, draft);
}

static void
told_cb (KithContext *context, const char *text, const char *op, char **told)
{
  g_free (*told);
  *told = g_strdup (text);
}

/* What is asked about somebody stands over their record: it goes with the access, and what was typed is kept (C4, I6). */
static void
test_asked_ends (Fixture *fixture, gconstpointer data)
{
  static const struct { const char *place, *action, *query, *words, *draft; } asked[] = {
    { "clients/" MARIA, "client.note", "client", "Your access to this client has ended", "ask:note.add:client_health:" MARIA ":{}" },
    { "clients/" MARIA, "client.note", "client-health", "Your access to this health information has ended", "ask:note.add:client_health:" MARIA ":{}" },
    { "clients/" MARIA, "client.open-case", "client", "Your access to this client has ended", NULL },
    { "clients/" MARIA, "client.revoke-all", "client", "Your access to this client has ended", NULL },
    { "cases/" CASE, "case.close", "case", "Your access to this case has ended", NULL },
  };

  g_autofree char *told = NULL; /* the next toast waits until the last one is gone */
  gulong id = g_signal_connect (fixture->context, "toast", G_CALLBACK (told_cb), &told);

  for (guint i = 0; i < G_N_ELEMENTS (asked); i++)
    {
      JsonArray *rows;

      g_test_message ("%s", asked[i].action);
      open_place (fixture, asked[i].place);
      pump (150);
      g_assert_true (act (fixture, asked[i].action));
      g_assert_nonnull (front_window (fixture));
      come (fixture, "client"); /* somebody else's */
      g_assert_nonnull (front_window (fixture));
      if (asked[i].draft)
        gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (gtk_window_get_focus (front_window (fixture)))), "Seen at the station", -1);
      rows = take_away (fixture, asked[i].query, g_str_has_prefix (asked[i].query, "client") ? "client" : "case");
      g_assert_null (front_window (fixture));
      g_assert_nonnull (strstr (told, asked[i].words));
      pump (50);
      g_assert_true (!asked[i].draft || fake_desktop_get_draft (fixture->desktop, asked[i].draft));
      give_back (fixture, asked[i].query, "client", rows);
    }
  g_signal_handler_disconnect (fixture->context, id);
}

/* A list of many, by and by: the line that says something else now is the one somebody stands on. */
static void
test_lines (Fixture *fixture, gconstpointer data)
{
  static const char task[] = "70000000-0000-7000-8000-0000000000b2";
  GtkWidget *line;

  json_array_add_object_element (fake_desktop_list (fixture->desktop, "client-tasks"),
                                 kith_json_new ("_arg", "s", MARIA, "id", "s", task, "subject", "s", "Ask about the train", "done", "i", (gint64) 0, NULL));
  open_place (fixture, "clients/" MARIA);
  line = find_card (GTK_WIDGET (fixture->window), task);
  g_assert_true (gtk_widget_child_focus (line, GTK_DIR_TAB_FORWARD));
  json_object_set_string_member (row_of (fixture, "client-tasks", task), "subject", "Ask about the bus");
  come (fixture, "task");
  g_assert_false (find_card (GTK_WIDGET (fixture->window), task) == line);
  line = find_card (GTK_WIDGET (fixture->window), task);
  g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (line)), ==, "Ask about the bus");
  g_assert_true (focus_of (fixture) == line || gtk_widget_is_ancestor (focus_of (fixture), line));
}

int
main (int argc, char **argv)
{
  fixture_begin (&argc, &argv);
  ADD ("stays/consents", NULL, test_consents);
  ADD ("stays/team", NULL, test_team);
  ADD ("stays/assessments", NULL, test_assessments);
  ADD ("stays/assessments-of-next", NULL, test_assessments_of_next);
  ADD ("stays/drafts", NULL, test_drafts);
  ADD ("stays/day", NULL, test_day);
  ADD ("stays/form-ends-C4", NULL, test_form_ends);
  ADD ("stays/form-ends-partly-C4", NULL, test_form_ends_partly);
  ADD ("stays/composer-ends-C4", NULL, test_composer_ends);
  ADD ("stays/ended-form-keeps-C4", NULL, test_ended_form_keeps);
  ADD ("stays/asked-ends-C4", NULL, test_asked_ends);
  ADD ("stays/lines", NULL, test_lines);
  return g_test_run ();
}
