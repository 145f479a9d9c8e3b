/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What could not be read does not pass for empty: on every page, in every search. It says so, and is read again. */

#include "desk-fixture.h"
#include "board/kith-queue-stats-window.h"

#include "kith-desktop-reads.h"

#define COULD_NOT "could not be read"

typedef enum
{
  FULL,
  EMPTY,
  UNREADABLE
} How;

static const struct
{
  const char *place;
  gboolean network;
} places[] = {
  { "today" }, { "clients" }, { "inbox" }, { "sent" }, { "board" }, { "cases" }, { "capacity" }, { "staff" }, { "agency" }, { "corrections" }, { "log" },
  { "directory" }, { "attention" }, { "contacts", TRUE }, { "board", TRUE },
};

/* What can be read on a page just now; a button says how many lie behind it, or not. */
static void
collect_words (GtkWidget *widget, GHashTable *words)
{
  if (!gtk_widget_get_mapped (widget) || GTK_IS_BUTTON (widget))
    return;
  if (GTK_IS_LABEL (widget) && *gtk_label_get_text (GTK_LABEL (widget)))
    g_hash_table_add (words, g_strdup (gtk_label_get_text (GTK_LABEL (widget))));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    collect_words (child, words);
}

static GHashTable *
words_of (GtkWidget *widget)
{
  GHashTable *words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  collect_words (widget, words);
  return words;
}

static GtkWidget *
page_of (Fixture *fixture)
{
  return GTK_WIDGET (kith_frame_get_page (kith_window_get_frame (fixture->window)));
}

static void
open_as (Fixture *fixture, guint i, How how)
{
  set_up (fixture, NULL);
  fake_desktop_set_duties (fixture->desktop, KITH_DUTY_SUPERVISOR | KITH_DUTY_ADMIN | KITH_DUTY_PRIVACY);
  if (places[i].network)
    fake_desktop_set_network_staff (fixture->desktop);
  g_signal_emit_by_name (fixture->context, "actor-changed");
  if (how == EMPTY)
    fake_desktop_set_empty (fixture->desktop, TRUE);
  if (how == UNREADABLE)
    fake_desktop_set_unreadable (fixture->desktop, TRUE);
  /* "today" was built before the actor changed; anything else is built now. */
  kith_frame_open (kith_window_get_frame (fixture->window), places[i].place);
  pump (150);
}

/* What the page says only while it is empty. */
static GHashTable *
empty_words (guint i)
{
  Fixture fixture = { 0 };
  GHashTable *words;
  g_autoptr (GHashTable) full = NULL;
  GHashTableIter iter;
  gpointer word;

  open_as (&fixture, i, FULL);
  full = words_of (page_of (&fixture));
  tear_down (&fixture, NULL);
  open_as (&fixture, i, EMPTY);
  words = words_of (page_of (&fixture));
  tear_down (&fixture, NULL);
  g_hash_table_iter_init (&iter, full);
  while (g_hash_table_iter_next (&iter, &word, NULL))
    g_hash_table_remove (words, word);
  return words;
}

static void
test_pages (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      Fixture one = { 0 }, *fixture = &one;
      g_autoptr (GHashTable) empty = empty_words (i);
      g_autoptr (GHashTable) unread = NULL;
      GHashTableIter iter;
      gpointer word;

      g_test_message ("%s%s", places[i].place, places[i].network ? " of the network" : "");
      open_as (fixture, i, UNREADABLE);
      if (!g_str_equal (places[i].place, "today")) /* built while all could be read: what stood there stays */
        {
          unread = words_of (page_of (fixture));
          g_hash_table_iter_init (&iter, unread);
          while (g_hash_table_iter_next (&iter, &word, NULL))
            if (g_hash_table_contains (empty, word))
              g_error ("%s could not be read and says “%s”", places[i].place, (const char *) word);
        }
      SAYS (COULD_NOT);
      SAYS ("Try Again");
      SAYS ("what you saved stays as it is");
      tear_down (fixture, NULL);
    }
}

/* My Day from the start: unlocked while nothing can be read. */
static void
test_today (Fixture *fixture, gconstpointer data)
{
  kith_window_lock (fixture->window);
  pump (50);
  fake_desktop_set_unreadable (fixture->desktop, TRUE);
  kith_desktop_sign_in_async (fixture->desktop, NULL, NULL, "right", NULL, NULL, NULL);
  pump (150);
  SAYS ("“My Day” " COULD_NOT);
  g_assert_false (says (GTK_WIDGET (fixture->window), "Nothing Waits for You"));
}

/* Beside a list that came late it is said what to do, as beside one that was there at once. */
static void
test_placeholder (Fixture *fixture, gconstpointer data)
{
  static const char *const kinds[] = { "client", NULL };

  fake_desktop_set_unreadable (fixture->desktop, TRUE);
  kith_frame_open (kith_window_get_frame (fixture->window), "clients");
  pump (150);
  g_assert_false (says (GTK_WIDGET (fixture->window), "Type a name, a birth date"));
  fake_desktop_set_unreadable (fixture->desktop, FALSE);
  g_signal_emit_by_name (fixture->desktop, "changed", kinds);
  pump (150);
  SAYS ("Type a name, a birth date");
}

/* ux.md 2.1: where nothing is there to choose nobody is told to choose. */
static void
test_nothing_to_choose (Fixture *fixture, gconstpointer data)
{
  static const char *const kinds[] = { "referral", NULL };
  JsonArray *rows = fake_desktop_list (fixture->desktop, "inbox-new");

  while (json_array_get_length (rows) > 0)
    json_array_remove_element (rows, 0);
  kith_frame_open (kith_window_get_frame (fixture->window), "inbox");
  pump (150);
  g_signal_emit_by_name (fixture->desktop, "changed", kinds);
  for (guint i = 0; i < 100 && !says (GTK_WIDGET (fixture->window), "Nothing Waits for an Answer"); i++)
    pump (20);
  SAYS ("Nothing Waits for an Answer");
  SAYS ("New referrals to your services appear here.");
  json_array_add_object_element (fake_desktop_list (fixture->desktop, "inbox-answered"), kith_json_new ("id", "s", "n", "answered", "i", (gint64) 3, NULL));
  g_signal_emit_by_name (fixture->desktop, "changed", kinds);
  pump (150);
  SAYS ("3 referrals were answered today."); /* inbox zero, with today's count */
  g_assert_false (says (GTK_WIDGET (fixture->window), "Choose a referral to see it here."));
}

static GtkWidget *
find_first_button (GtkWidget *widget)
{
  GtkWidget *found = GTK_IS_BUTTON (widget) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child && !found; child = gtk_widget_get_next_sibling (child))
    found = find_first_button (child);
  return found;
}

/* The page has a list that could not be read in its own place; Try Again there reads it. */
static void
test_again (Fixture *fixture, gconstpointer data)
{
  GtkWidget *button;

  fake_desktop_set_unreadable (fixture->desktop, TRUE);
  open_place (fixture, "clients");
  SAYS ("“Clients” " COULD_NOT);
  g_assert_null (find_widget (GTK_WIDGET (fixture->window), "unread_text")); /* the page says it, and it is said once */
  gtk_test_accessible_assert_role (gtk_widget_get_first_child (find_widget (GTK_WIDGET (fixture->window), "KithUnread")), GTK_ACCESSIBLE_ROLE_ALERT);
  open_place (fixture, "today");
  g_assert_nonnull (find_widget (GTK_WIDGET (fixture->window), "unread_text")); /* what was read before stays there: nothing else says it */
  open_place (fixture, "clients");
  g_assert_null (find_widget (GTK_WIDGET (fixture->window), "unread_text"));
  button = find_first_button (find_widget (GTK_WIDGET (fixture->window), "KithUnread"));
  g_assert_true (GTK_IS_BUTTON (button));
  g_signal_emit_by_name (button, "clicked"); /* it still cannot */
  pump (50);
  SAYS ("“Clients” " COULD_NOT);
  fake_desktop_set_unreadable (fixture->desktop, FALSE);
  kith_desktop_read_again (fixture->desktop); /* pages that read by themselves, too */
  pump (50);
  g_assert_false (says (GTK_WIDGET (fixture->window), COULD_NOT));
  SAYS ("clients on this computer");
}

/* Statistics that cannot be counted: that, what is safe and what to do, not the disk's own words; Try Again counts them. */
static void
test_statistics (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window, *again;

  fake_desktop_set_unreadable (fixture->desktop, TRUE);
  window = kith_queue_stats_window_new (GTK_WINDOW (fixture->window), fixture->context, "9e000000-0000-7000-8000-000000000001", "Housing");
  gtk_window_present (GTK_WINDOW (window));
  pump (200);
  g_assert_true (says (window, COULD_NOT));
  g_assert_true (says (window, "what you saved stays as it is"));
  g_assert_false (says (window, "disk I/O error"));
  g_assert_null (find_widget (window, "unread_text"));
  again = find_first_button (find_widget (window, "KithUnread"));
  g_assert_nonnull (again);
  fake_desktop_set_unreadable (fixture->desktop, FALSE);
  g_signal_emit_by_name (again, "clicked");
  pump (200);
  g_assert_true (says (window, "Referrals that came in"));
  g_assert_false (says (window, COULD_NOT));
  /* Counted anew in vain, the numbers stay, and it is said beside them. */
  fake_desktop_set_unreadable (fixture->desktop, TRUE);
  g_signal_emit_by_name (fixture->desktop, "changed", NULL);
  pump (200);
  g_assert_true (says (window, "Referrals that came in"));
  g_assert_nonnull (find_widget (window, "unread_text"));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* The strip's button, too; and who is told of it hears it as an alert. */
static void
test_strip (Fixture *fixture, gconstpointer data)
{
  GtkWidget *words, *box;
  KithDesktop *desktop = fixture->desktop;
  gboolean unread;

  fake_desktop_set_unreadable (desktop, TRUE);
  pump (50);
  words = find_widget (GTK_WIDGET (fixture->window), "unread_text");
  g_assert_nonnull (words);
  box = gtk_widget_get_parent (words);
  gtk_test_accessible_assert_role (box, GTK_ACCESSIBLE_ROLE_ALERT);
  g_signal_emit_by_name (gtk_widget_get_last_child (box), "clicked");
  pump (50);
  g_object_get (desktop, "unread", &unread, NULL);
  g_assert_true (unread);
  kith_window_lock (fixture->window);
  pump (50);
  g_object_get (desktop, "unread", &unread, NULL);
  g_assert_false (unread);
}

static void
test_searches (Fixture *fixture, gconstpointer data)
{
  open_place (fixture, "directory");
  open_place (fixture, "clients");
  fake_desktop_set_unreadable (fixture->desktop, TRUE);
  type_into (fixture, "search_entry", "qqqq");
  SAYS ("“Clients” " COULD_NOT);
  g_assert_false (says (GTK_WIDGET (fixture->window), "No Match"));
  fake_desktop_set_unreadable (fixture->desktop, FALSE);
  kith_desktop_read_again (fixture->desktop);
  pump (80);
  SAYS ("No Match for “qqqq”");
  open_place (fixture, "directory");
  fake_desktop_set_unreadable (fixture->desktop, TRUE);
  act (fixture, "win.search");
  type_into (fixture, "search_entry", "qqqq");
  SAYS ("“Directory” " COULD_NOT);
  g_assert_false (says (GTK_WIDGET (fixture->window), "No Service Matches"));
}

static void
test_find (Fixture *fixture, gconstpointer data)
{
  fake_desktop_set_unreadable (fixture->desktop, TRUE);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.find", NULL));
  pump (80);
  gtk_editable_set_text (GTK_EDITABLE (in_front (fixture, "entry")), "qqqq");
  pump (80);
  g_assert_true (says (GTK_WIDGET (front_window (fixture)), COULD_NOT));
  g_assert_false (says (GTK_WIDGET (front_window (fixture)), "Nothing Matches"));
  g_assert_false (says (GTK_WIDGET (front_window (fixture)), "Look for “qqqq” at Clients"));
  fake_desktop_set_unreadable (fixture->desktop, FALSE);
  kith_desktop_read_again (fixture->desktop);
  pump (80);
  g_assert_false (says (GTK_WIDGET (front_window (fixture)), COULD_NOT));
  g_assert_true (says (GTK_WIDGET (front_window (fixture)), "Look for “qqqq” at Clients"));
}

/* A search in a form: services to refer to. */
static void
test_suggest (Fixture *fixture, gconstpointer data)
{
  open_place (fixture, "clients/" MARIA);
  act (fixture, "client.refer");
  pump (100);
  fake_desktop_set_unreadable (fixture->desktop, TRUE);
  gtk_editable_set_text (GTK_EDITABLE (find_widget (GTK_WIDGET (fixture->window), "entry")), "qqqq");
  pump (80);
  SAYS ("This could not be searched");
  g_assert_false (says (GTK_WIDGET (fixture->window), "Nothing matches"));
  fake_desktop_set_unreadable (fixture->desktop, FALSE);
  kith_desktop_read_again (fixture->desktop);
  pump (80);
  SAYS ("Nothing matches");
}

/* ux.md 2.0: what takes long to be read says so, and what is read sooner says nothing of it. */
static void
test_reading (Fixture *fixture, gconstpointer data)
{
  static const char *const slow[] = { "today", "board", "capacity", "cases" };
  gint64 begun;

  g_assert_false (says (GTK_WIDGET (fixture->window), "Reading…"));
  fake_desktop_set_late (fixture->desktop, FAKE_ALL);
  gtk_window_destroy (GTK_WINDOW (fixture->window)); /* nothing of the pages that were read already, nor of what they counted */
  g_object_unref (fixture->context);
  fixture->context = kith_context_new (fixture->desktop, fixture->clock);
  fixture->window = KITH_WINDOW (kith_window_new (GTK_APPLICATION (application), fixture->context));
  begun = g_get_monotonic_time ();
  gtk_window_present (GTK_WINDOW (fixture->window));
  pump (100);
  for (guint i = 0; i < G_N_ELEMENTS (slow); i++)
    {
      g_test_message ("%s", slow[i]);
      open_place (fixture, slow[i]);
      if (g_get_monotonic_time () - begun < G_USEC_PER_SEC) /* a busy computer takes longer to open it */
        g_assert_false (says (GTK_WIDGET (fixture->window), "Reading…"));
      pump (1300);
      SAYS ("Reading…");
      begun = g_get_monotonic_time ();
    }
  fake_desktop_set_late (fixture->desktop, NULL);
  g_signal_emit_by_name (fixture->desktop, "changed", NULL);
  pump (300);
  g_assert_false (says (GTK_WIDGET (fixture->window), "Reading…"));
}

int
main (int argc, char **argv)
{
  fixture_begin (&argc, &argv);
  g_test_add_func ("/desk/unread/pages", test_pages);
  ADD ("unread/today", NULL, test_today);
  ADD ("unread/placeholder", NULL, test_placeholder);
  ADD ("unread/nothing-to-choose", NULL, test_nothing_to_choose);
  ADD ("unread/again", NULL, test_again);
  ADD ("unread/statistics", NULL, test_statistics);
  ADD ("unread/reading", NULL, test_reading);
  ADD ("unread/strip", NULL, test_strip);
  ADD ("unread/searches", NULL, test_searches);
  ADD ("unread/find", NULL, test_find);
  ADD ("unread/suggest", NULL, test_suggest);
  return g_test_run ();
}
