/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Asking the network for a person (U3, C14), and records that may be one person, over the fake desktop. */

#include "desk-fixture.h"

#include "attention/kith-match-card.h"
#include "clients/kith-network-window.h"

#define NORA "c0000000-0000-7000-8000-0000000000c1"
#define NORA_FOUND "f0000000-0000-8000-8000-0000000000c1" /* what the network calls her until she is opened (C14) */

static const char *
page_of (Fixture *fixture)
{
  return gtk_stack_get_visible_child_name (GTK_STACK (in_front (fixture, "stack")));
}

static guint
n_hits (Fixture *fixture)
{
  guint n = 0;

  while (gtk_list_box_get_row_at_index (GTK_LIST_BOX (in_front (fixture, "list")), n))
    n++;
  return n;
}

static void
ask (Fixture *fixture, const char *text)
{
  open_place (fixture, "clients");
  type_into (fixture, "search_entry", text);
  g_assert_true (act (fixture, "win.ask-network"));
  pump (100);
}

static GtkWindow *
window_over (GtkWindow *window)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l; l = l->next)
    if (gtk_window_get_transient_for (l->data) == window)
      return l->data;
  return NULL;
}

static GtkTextView *
text_view_in (GtkWidget *widget)
{
  GtkTextView *found = GTK_IS_TEXT_VIEW (widget) ? GTK_TEXT_VIEW (widget) : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child && !found; child = gtk_widget_get_next_sibling (child))
    found = text_view_in (child);
  return found;
}

static void
write_reason (GtkWindow *window)
{
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (text_view_in (GTK_WIDGET (window))), "She asked for us", -1);
  pump (50);
  gtk_widget_activate_action (GTK_WIDGET (window), "form.commit", NULL);
  pump (200);
}

/* The reason is written and sent. */
static void
give_reason (Fixture *fixture)
{
  GtkWindow *window = window_over (front_window (fixture));

  g_assert_nonnull (window);
  gtk_widget_activate_action (GTK_WIDGET (window), "form.commit", NULL); /* without one nothing is opened */
  pump (50);
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 0);
  write_reason (window);
}

static void
test_opens (Fixture *fixture, gconstpointer data)
{
  const char *op;
  JsonObject *args;
  g_autofree char *place = NULL;

  ask (fixture, "nora qu");
  g_assert_cmpstr (page_of (fixture), ==, "hits");
  g_assert_cmpuint (n_hits (fixture), ==, 3);
  gtk_widget_activate_action (GTK_WIDGET (front_window (fixture)), "network.open", "(ss)", NORA_FOUND, "Nora Quinn");
  pump (50);
  give_reason (fixture);
  args = fake_desktop_get_submitted (fixture->desktop, 0, &op);
  g_assert_cmpstr (op, ==, "client.open_shared");
  g_assert_cmpstr (kith_json_string (args, "client"), ==, NORA_FOUND);
  g_assert_cmpstr (kith_json_string (args, "reason"), ==, "She asked for us");
  g_assert_null (front_window (fixture));
  place = kith_frame_get_place (kith_window_get_frame (fixture->window));
  g_assert_cmpstr (place, ==, "clients/" NORA);
}

/* A record that somebody opened before comes meanwhile: it is not the one that was asked for. And one that is here already, because a
 * colleague opened it, ends the wait at once. */
static void
test_opens_that_one (Fixture *fixture, gconstpointer data)
{
  g_autofree char *place = NULL;

  ask (fixture, "nora qu");
  fake_desktop_set_network (fixture->desktop, FAKE_NETWORK_LATE);
  gtk_widget_activate_action (GTK_WIDGET (front_window (fixture)), "network.open", "(ss)", NORA_FOUND, "Nora Quinn");
  pump (50);
  give_reason (fixture);
  g_assert_cmpstr (page_of (fixture), ==, "working");
  fake_network_arrive (fixture->desktop, "f0000000-0000-8000-8000-0000000000c4");
  pump (100);
  g_assert_cmpstr (page_of (fixture), ==, "working");
  fake_network_arrive (fixture->desktop, NORA_FOUND);
  pump (200);
  g_assert_null (front_window (fixture));
  place = kith_frame_get_place (kith_window_get_frame (fixture->window));
  g_assert_cmpstr (place, ==, "clients/" NORA);

  fake_desktop_set_network (fixture->desktop, FAKE_NETWORK_WELL);
  ask (fixture, "nora qu");
  fake_desktop_set_network (fixture->desktop, FAKE_NETWORK_LATE); /* nothing comes any more: it is here */
  gtk_widget_activate_action (GTK_WIDGET (front_window (fixture)), "network.open", "(ss)", "f0000000-0000-8000-8000-0000000000c4", "Nora Quispe");
  pump (50);
  write_reason (window_over (front_window (fixture)));
  g_assert_null (front_window (fixture));
}

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  GtkWindow *window;

  ask (fixture, "nora qu");
  gtk_widget_activate_action (GTK_WIDGET (front_window (fixture)), "network.open", "(ss)", NORA_FOUND, "Nora Quinn");
  pump (50);
  fake_desktop_refuse_next (fixture->desktop, "There is no consent that lets your agency see this person's record.");
  window = window_over (front_window (fixture));
  write_reason (window);
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (find_widget (GTK_WIDGET (window), "problem"))), ==,
                   "There is no consent that lets your agency see this person's record.");
  g_assert_cmpstr (page_of (fixture), ==, "hits"); /* the hits are still there */
}

/* Registering: asked with what is typed; "opened" ends the form and its draft. */
static void
test_while_registering (Fixture *fixture, gconstpointer data)
{
  open_place (fixture, "clients/new");
  type_into (fixture, "given_name", "Nora");
  type_into (fixture, "family_name", "Quinn");
  type_into (fixture, "date_of_birth", "1990");
  g_assert_true (act (fixture, "win.ask-network"));
  pump (100);
  g_assert_cmpuint (n_hits (fixture), ==, 1);
  gtk_widget_activate_action (GTK_WIDGET (front_window (fixture)), "network.open", "(ss)", NORA_FOUND, "Nora Quinn");
  pump (50);
  give_reason (fixture);
  g_assert_null (find_widget (GTK_WIDGET (fixture->window), "given_name"));
  g_assert_null (fake_desktop_get_draft (fixture->desktop, "client:new"));
}

static void
test_offline (Fixture *fixture, gconstpointer data)
{
  fake_desktop_set_sync (fixture->desktop, KITH_SYNC_OFFLINE, 0, 0, NOW_MS - 60 * 1000, NOW_MS - 60 * 1000);
  fake_desktop_set_network (fixture->desktop, FAKE_NETWORK_CUT);
  ask (fixture, "nora quinn");
  g_assert_cmpuint (fake_desktop_get_n_asked (fixture->desktop), ==, 0);
  g_assert_cmpstr (page_of (fixture), ==, "trouble");
  gtk_widget_activate_action (GTK_WIDGET (front_window (fixture)), "form.commit", NULL);
  pump (50);
  g_assert_cmpuint (fake_desktop_get_n_asked (fixture->desktop), ==, 1);
  g_assert_cmpstr (page_of (fixture), ==, "trouble");
  fake_desktop_set_network (fixture->desktop, FAKE_NETWORK_MANY);
  gtk_widget_activate_action (GTK_WIDGET (front_window (fixture)), "form.commit", NULL);
  pump (50);
  g_assert_cmpuint (n_hits (fixture), ==, 20);
  gtk_editable_set_text (GTK_EDITABLE (in_front (fixture, "name")), "Nora Quin"); /* what was found is no answer any more */
  pump (50);
  g_assert_cmpstr (page_of (fixture), ==, "before");
}

/* C14: nobody among those looked at is not nobody. */
static void
test_stopped_looking (Fixture *fixture, gconstpointer data)
{
  fake_desktop_set_network (fixture->desktop, FAKE_NETWORK_TIRED);
  ask (fixture, "zora zor");
  g_assert_cmpuint (fake_desktop_get_n_asked (fixture->desktop), ==, 1);
  g_assert_cmpstr (page_of (fixture), ==, "trouble");
  g_assert_true (gtk_widget_get_sensitive (in_front (fixture, "search_button")));
}

/* One name alone is not asked: the hub would refuse it. */
static void
test_too_little (Fixture *fixture, gconstpointer data)
{
  ask (fixture, "nora q"); /* the hub takes an initial for no name: it is told of before it is asked */
  g_assert_cmpstr (page_of (fixture), ==, "before");
  gtk_widget_activate_action (GTK_WIDGET (front_window (fixture)), "form.commit", NULL);
  pump (50);
  g_assert_cmpuint (fake_desktop_get_n_asked (fixture->desktop), ==, 0);
  g_assert_true (gtk_widget_get_visible (in_front (fixture, "problem")));
}

/* Locking takes the window, the one over it, and the question away. */
static void
test_lock (Fixture *fixture, gconstpointer data)
{
  ask (fixture, "nora quinn");
  gtk_widget_activate_action (GTK_WIDGET (front_window (fixture)), "network.open", "(ss)", NORA_FOUND, "Nora Quinn");
  pump (50);
  g_assert_nonnull (window_over (front_window (fixture)));
  kith_window_lock (fixture->window);
  pump (100);
  g_assert_null (window_over (GTK_WINDOW (fixture->window)));
  {
    g_autoptr (GList) windows = gtk_window_list_toplevels ();

    for (GList *l = windows; l; l = l->next)
      g_assert_true (l->data == fixture->window || gtk_window_get_transient_for (l->data) == NULL);
  }
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 0);
}

static void
test_given_up (Fixture *fixture, gconstpointer data)
{
  GtkWindow *window;

  fake_desktop_set_network (fixture->desktop, FAKE_NETWORK_SLOW);
  ask (fixture, "nora quinn");
  window = front_window (fixture);
  g_assert_cmpstr (page_of (fixture), ==, "working");
  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
  gtk_widget_activate_action (GTK_WIDGET (window), "form.cancel", NULL);
  pump (100);
  g_assert_null (window); /* and nothing of it waits for the hub */
}

static void
test_split (void)
{
  static const struct { const char *text, *name, *birth; } rows[] = {
    { "nora quinn", "nora quinn", NULL }, { "Nguyễn 1988", "Nguyễn", "1988" }, { "1988-04-07 ruiz  ana", "ruiz ana", "1988-04-07" },
    { "Ana Ruiz 7 Apr 1988", "Ana Ruiz", "1988-04-07" }, { "ana ruiz Apr 1988", "ana ruiz", "1988-04" }, { "Ana Ruiz April 7, 1988", "Ana Ruiz", "1988-04-07" },
    { "Ana May 1988", "Ana May", "1988" }, { "7 Apr 1988", NULL, "1988-04-07" }, { "Ana 4/7/88", "Ana", "1988-04-07" },
    { "", NULL, NULL }, { "619555", NULL, NULL }, { NULL, NULL, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *name = NULL, *birth = NULL;

      kith_network_window_split (rows[i].text, &name, &birth);
      g_assert_cmpstr (name, ==, rows[i].name);
      g_assert_cmpstr (birth, ==, rows[i].birth);
    }
}

/* ---- records that may be one person ---- */

static guint
count_of (Fixture *fixture)
{
  return kith_page_get_count (kith_frame_get_page (kith_window_get_frame (fixture->window)));
}

static GtkWidget *
match_list (Fixture *fixture)
{
  return find_widget (GTK_WIDGET (fixture->window), "matches");
}

static guint
n_matches (Fixture *fixture)
{
  guint n;

  g_object_get (match_list (fixture), "count", &n, NULL);
  return n;
}

static void
choose (Fixture *fixture, const char *action)
{
  gtk_widget_child_focus (match_list (fixture), GTK_DIR_TAB_FORWARD);
  pump (50);
  g_assert_true (act (fixture, action));
  pump (100);
}

/* They come to the Inbox, and My Day says so; what needs attention does not count them a second time. */
static void
test_matches_come (Fixture *fixture, gconstpointer data)
{
  GtkWidget *lines, *button;
  guint found = 0;

  open_place (fixture, "today");
  pump (300);
  lines = find_widget (GTK_WIDGET (fixture->window), "others");
  for (GtkWidget *line = gtk_widget_get_first_child (find_widget (lines, "list")); line; line = gtk_widget_get_next_sibling (line))
    if (g_strcmp0 (g_object_get_data (G_OBJECT (line), "place"), "inbox/same") == 0 &&
        g_str_equal (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (line)), "Maybe the same person"))
      found++;
  g_assert_cmpuint (found, ==, 2);
  open_place (fixture, "inbox");
  pump (300);
  button = find_widget (GTK_WIDGET (fixture->window), "same");
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (button)), ==, "Maybe the Same: 2 People");
  gtk_widget_activate (button);
  pump (300);
  g_assert_cmpuint (n_matches (fixture), ==, 2);
}

/* Same person, different, later: one key each; the number beside the page is of the referrals that wait, these have a number of their own where they stand. */
static void
test_matches (Fixture *fixture, gconstpointer data)
{
  const char *op;
  JsonObject *args;
  guint all;

  open_place (fixture, "inbox/same");
  pump (300);
  all = count_of (fixture);
  g_assert_cmpuint (n_matches (fixture), ==, 2);
  choose (fixture, "attention.third");
  g_assert_cmpuint (n_matches (fixture), ==, 1);
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 0);
  g_assert_cmpuint (count_of (fixture), ==, all);
  choose (fixture, "attention.second");
  args = fake_desktop_get_submitted (fixture->desktop, 0, &op);
  g_assert_cmpstr (op, ==, "match.dismiss");
  g_assert_cmpstr (kith_json_string (args, "match"), ==, "fa000000-0000-7000-8000-000000000002");
  pump (300);
  g_assert_null (match_list (fixture));
  g_assert_cmpuint (count_of (fixture), ==, all);
  g_assert_cmpuint (all, ==, json_array_get_length (fake_desktop_list (fixture->desktop, "inbox-new")));
}

/* What was put off is still there: only when all is decided is nobody here twice. */
static void
test_matches_later (Fixture *fixture, gconstpointer data)
{
  open_place (fixture, "inbox/same");
  pump (300);
  choose (fixture, "attention.third");
  choose (fixture, "attention.third");
  g_assert_null (match_list (fixture));
  g_assert_false (says (GTK_WIDGET (fixture->window), "Nobody Is Here Twice"));
  g_assert_true (says (GTK_WIDGET (fixture->window), "Put Off for Later"));
  g_assert_true (says (GTK_WIDGET (fixture->window), "2 pairs of records"));
  g_signal_emit_by_name (find_widget (GTK_WIDGET (fixture->window), "again"), "clicked");
  pump (100);
  g_assert_cmpuint (n_matches (fixture), ==, 2);
  choose (fixture, "attention.third");
  choose (fixture, "attention.second");
  pump (300);
  g_assert_true (says (GTK_WIDGET (fixture->window), "1 pair of records"));
  g_signal_emit_by_name (find_widget (GTK_WIDGET (fixture->window), "again"), "clicked");
  pump (100);
  choose (fixture, "attention.second");
  pump (300);
  g_assert_true (says (GTK_WIDGET (fixture->window), "Nobody Is Here Twice"));
}

/* Another pair comes while one looks, and would stand before all: a key, or Enter, still decides of the card one looked at. */
static void
test_matches_keep_their_place (Fixture *fixture, gconstpointer data)
{
  static const char *const kinds[] = { "match", NULL };
  JsonArray *rows = fake_desktop_list (fixture->desktop, "matches-open");
  JsonObject *come = kith_json_copy_object (json_array_get_object_element (rows, 0));
  guint n = json_array_get_length (rows);
  const char *op;
  GtkWidget *focus;
  char *first;

  open_place (fixture, "inbox/same");
  pump (300);
  gtk_widget_child_focus (match_list (fixture), GTK_DIR_TAB_FORWARD);
  focus = gtk_widget_get_ancestor (gtk_root_get_focus (GTK_ROOT (fixture->window)), KITH_TYPE_MATCH_CARD);
  first = g_strdup (kith_match_card_get_match (KITH_MATCH_CARD (focus)));
  g_assert_true (gtk_widget_grab_focus (find_widget (focus, "second")));
  json_object_set_string_member (come, "id", "fa000000-0000-7000-8000-0000000000ff");
  json_array_add_object_element (rows, come);
  for (guint i = 0; i < n; i++) /* to the front */
    {
      json_array_add_element (rows, json_node_copy (json_array_get_element (rows, 0)));
      json_array_remove_element (rows, 0);
    }
  g_signal_emit_by_name (fixture->desktop, "changed", kinds);
  pump (300);
  g_assert_cmpuint (n_matches (fixture), ==, n + 1);
  g_assert_cmpstr (gtk_buildable_get_buildable_id (GTK_BUILDABLE (gtk_root_get_focus (GTK_ROOT (fixture->window)))), ==, "second");
  gtk_widget_activate (gtk_root_get_focus (GTK_ROOT (fixture->window)));
  pump (300);
  g_assert_cmpstr (kith_json_string (fake_desktop_get_submitted (fixture->desktop, 0, &op), "match"), ==, first);
  g_assert_cmpstr (op, ==, "match.dismiss");
  g_free (first);
}

static void
test_match_linked (Fixture *fixture, gconstpointer data)
{
  const char *op;

  open_place (fixture, "inbox/same");
  pump (300);
  choose (fixture, "attention.first");
  fake_desktop_get_submitted (fixture->desktop, 0, &op);
  g_assert_cmpstr (op, ==, "match.link");
  g_assert_cmpuint (n_matches (fixture), ==, 1);
}

/* Linked records: what the other says otherwise, with its source; and they can be told apart again. */
static void
test_unlink (Fixture *fixture, gconstpointer data)
{
  const char *op;
  JsonObject *args;

  open_place (fixture, "clients/" NO_BILLING);
  pump (300);
  /* A third, by way of the second: it reads as one, whichever link is wrong is unlinked there; what was said of the two is not forgotten. */
  g_assert_true (says (GTK_WIDGET (fixture->window), "still linked by way of EC-0107"));
  g_signal_emit_by_name (find_widget (GTK_WIDGET (fixture->window), "unlink"), "clicked");
  pump (100);
  args = fake_desktop_get_submitted (fixture->desktop, 0, &op);
  g_assert_cmpstr (op, ==, "match.unlink");
  g_assert_cmpstr (kith_json_string (args, "match"), ==, "fa000000-0000-7000-8000-000000000003");
  g_assert_null (find_widget (GTK_WIDGET (fixture->window), "unlink"));
  open_place (fixture, "clients/" MARIA); /* nothing of that client stays */
  g_assert_null (find_widget (GTK_WIDGET (fixture->window), "unlink"));
}

int
main (int argc, char **argv)
{
  fixture_begin (&argc, &argv);
  g_test_add_func ("/desk/network/split", test_split);
  ADD ("network/opens-U3", NULL, test_opens);
  ADD ("network/opens-that-one", NULL, test_opens_that_one);
  ADD ("network/refused", NULL, test_refused);
  ADD ("network/while-registering", NULL, test_while_registering);
  ADD ("network/offline", NULL, test_offline);
  ADD ("network/too-little", NULL, test_too_little);
  ADD ("network/C14-stopped-looking", NULL, test_stopped_looking);
  ADD ("network/lock", NULL, test_lock);
  ADD ("network/given-up", NULL, test_given_up);
  ADD ("match/come-to-the-inbox", NULL, test_matches_come);
  ADD ("match/cards", NULL, test_matches);
  ADD ("match/later", NULL, test_matches_later);
  ADD ("match/keeps-its-place", NULL, test_matches_keep_their_place);
  ADD ("match/link", NULL, test_match_linked);
  ADD ("match/unlink", NULL, test_unlink);
  return g_test_run ();
}
