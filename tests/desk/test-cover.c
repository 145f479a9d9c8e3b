/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The privacy screen (ux.md 2.0): nothing is in sight, nothing is lost. */

#include "keys-fixture.h"

static gboolean
in_sight (GtkWidget *widget, const char *words)
{
  if (!gtk_widget_get_mapped (widget))
    return FALSE;
  if (GTK_IS_LABEL (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), words))
    return TRUE;
  if (GTK_IS_TEXT (widget) && strstr (gtk_editable_get_text (GTK_EDITABLE (widget)), words))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    if (in_sight (child, words))
      return TRUE;
  return FALSE;
}

static gboolean
anywhere (const char *words)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l; l = l->next)
    if (in_sight (l->data, words))
      return TRUE;
  return FALSE;
}

static GtkWidget *
focus_in (GtkWindow *window)
{
  return gtk_root_get_focus (GTK_ROOT (window));
}

/* Half a name is typed: it goes on where it was, with the next letter. */
static void
test_typed (Fixture *fixture, gconstpointer data)
{
  GtkWidget *entry;

  key (fixture, "ctrl+n");
  word (fixture, "Marisol");
  key (fixture, "Left");
  entry = focus_in (GTK_WINDOW (fixture->window));
  g_assert_true (GTK_IS_TEXT (entry));
  key (fixture, "F8");
  g_assert_false (anywhere ("Marisol"));
  g_assert_false (gtk_widget_get_mapped (entry));
  word (fixture, "xyz"); /* goes nowhere */
  key (fixture, "ctrl+3");
  ASSERT_PLACE (fixture, "clients/new");
  key (fixture, "F8");
  g_assert_true (focus_in (GTK_WINDOW (fixture->window)) == entry);
  word (fixture, "e");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "Marisoel");
}

/* A window over it goes out of sight too, with what is typed there, and both come back by the button. */
static void
test_over (Fixture *fixture, gconstpointer data)
{
  g_autofree char *name = NULL;
  GtkWindow *over;
  GtkWidget *focus;

  kith_frame_open (kith_window_get_frame (fixture->window), "clients/" MARIA);
  pump (200);
  g_assert_true (anywhere ("María"));
  key (fixture, "t");
  over = front_window (fixture);
  g_assert_true (over != GTK_WINDOW (fixture->window));
  word (fixture, "Ask her landlord");
  focus = focus_in (over);
  key (fixture, "F8");
  g_assert_true (front_window (fixture) == GTK_WINDOW (fixture->window));
  g_assert_false (anywhere ("María"));
  g_assert_false (anywhere ("Ask her landlord"));
  g_assert_cmpstr (gtk_widget_get_name (focus_in (GTK_WINDOW (fixture->window))), ==, "show-again");
  key (fixture, "Return");
  g_assert_true (front_window (fixture) == over);
  g_assert_true (anywhere ("María"));
  g_assert_true (focus_in (over) == focus);
  word (fixture, " today");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (focus)), ==, "Ask her landlord today");
}

/* It is no lock: the lock takes it down, and what is unlocked is in sight. */
static void
test_locked (Fixture *fixture, gconstpointer data)
{
  kith_frame_open (kith_window_get_frame (fixture->window), "clients/" MARIA);
  pump (200);
  key (fixture, "F8");
  key (fixture, "ctrl+l");
  g_assert_null (kith_window_get_frame (fixture->window));
  key (fixture, "F8"); /* nothing to hide or to show */
  g_assert_false (anywhere ("María"));
  kith_desktop_unlock_async (fixture->desktop, "right", NULL, NULL, NULL);
  pump (300);
  g_assert_true (anywhere ("María"));
  key (fixture, "ctrl+1");
  ASSERT_PLACE (fixture, "today");
}

/* Whoever stands before the lock changes nothing: neither after how many minutes it comes, nor the password, nor what stands behind it. */
static void
test_lock_obeys_nobody (Fixture *fixture, gconstpointer data)
{
  static const char *const all[] = { "win.find", "win.search", "win.ask-network", "win.new-client", "win.import", "win.assign", "win.undo", "win.back", "win.sidebar", "win.menu",
                                     "win.password", "win.connection", "win.preferences", "win.cover" };
  guint n = fake_desktop_get_n_submitted (fixture->desktop);

  kith_frame_open (kith_window_get_frame (fixture->window), "clients/" MARIA);
  pump (200);
  key (fixture, "ctrl+l");
  g_assert_null (kith_window_get_frame (fixture->window));
  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    {
      gtk_widget_activate_action (GTK_WIDGET (fixture->window), all[i], NULL);
      pump (20);
      g_test_message ("%s", all[i]);
      g_assert_true (front_window (fixture) == GTK_WINDOW (fixture->window));
    }
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.go", "s", "clients/new");
  key (fixture, "ctrl+comma");
  key (fixture, "ctrl+z");
  key (fixture, "ctrl+k");
  g_assert_true (front_window (fixture) == GTK_WINDOW (fixture->window));
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, n);
  kith_desktop_unlock_async (fixture->desktop, "right", NULL, NULL, NULL);
  pump (300);
  ASSERT_PLACE (fixture, "clients/" MARIA);
  key (fixture, "ctrl+comma");
  g_assert_true (front_window (fixture) != GTK_WINDOW (fixture->window));
}

static GtkWindow *
printers (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l; l = l->next)
    if (g_str_equal (G_OBJECT_TYPE_NAME (l->data), "GtkPrintUnixDialog") && gtk_widget_get_mapped (l->data))
      return l->data;
  return NULL;
}

static gboolean
lock_cb (gpointer data)
{
  Fixture *fixture = data;

  if (!printers ())
    return G_SOURCE_CONTINUE;
  kith_window_lock (fixture->window);
  return G_SOURCE_REMOVE;
}

static gboolean
stuck_cb (gpointer data)
{
  g_error ("what waits for the choice of a printer waits for ever");
  return G_SOURCE_REMOVE;
}

/* The choice of a printer is GTK's window, with a loop of its own: a lock takes it away, and what waited for it goes on. */
static void
test_lock_printers (Fixture *fixture, gconstpointer data)
{
  guint id = g_timeout_add_seconds (20, stuck_cb, NULL);

  key (fixture, "ctrl+7");
  word (fixture, "primary");
  key (fixture, "ctrl+p");
  g_assert_cmpstr (G_OBJECT_TYPE_NAME (front_window (fixture)), ==, "KithPrintWindow");
  g_timeout_add (50, lock_cb, fixture);
  key (fixture, "Return");
  for (guint i = 0; i < 100 && kith_window_get_frame (fixture->window); i++)
    pump (50);
  g_assert_null (kith_window_get_frame (fixture->window));
  g_assert_null (printers ());
  g_assert_true (front_window (fixture) == GTK_WINDOW (fixture->window));
  g_source_remove (id);
}

/* What comes while nobody looks waits behind, whoever opens it; and nothing there takes the keys. */
static void
test_new_windows (Fixture *fixture, gconstpointer data)
{
  GtkWidget *dialog, *second, *search;

  kith_frame_open (kith_window_get_frame (fixture->window), "clients/" MARIA);
  pump (200);
  search = gtk_root_get_focus (GTK_ROOT (fixture->window));
  key (fixture, "F8");
  dialog = adw_message_dialog_new (GTK_WINDOW (fixture->window), "Ask María again", NULL);
  gtk_window_present (GTK_WINDOW (dialog));
  second = adw_message_dialog_new (GTK_WINDOW (dialog), "María said no", NULL); /* over what is itself hidden */
  gtk_window_present (GTK_WINDOW (second));
  pump (100);
  g_assert_false (anywhere ("María"));
  gtk_widget_grab_focus (search); /* a page behind has just come in */
  pump (50);
  g_assert_cmpstr (gtk_widget_get_name (focus_in (GTK_WINDOW (fixture->window))), ==, "show-again");
  key (fixture, "ctrl+question");
  key (fixture, "ctrl+comma");
  g_assert_true (front_window (fixture) == GTK_WINDOW (fixture->window));
  key (fixture, "F8");
  g_assert_true (anywhere ("Ask María again"));
  g_assert_true (front_window (fixture) == GTK_WINDOW (second));
  g_assert_true (focus_in (GTK_WINDOW (fixture->window)) == search);
}

/* An open menu names what one may do here: it goes with the rest. */
static void
test_menu (Fixture *fixture, gconstpointer data)
{
  key (fixture, "F10");
  g_assert_true (anywhere ("Preferences"));
  key (fixture, "F8");
  g_assert_false (anywhere ("Preferences"));
  g_assert_cmpstr (gtk_widget_get_name (focus_in (GTK_WINDOW (fixture->window))), ==, "show-again");
}

static void
announced_cb (KithAnnouncer *announcer, const char *group, const char *title, const char *body, const char *place, GString *said)
{
  g_string_append_printf (said, "%s|%s|%s;", title, body, place);
}

static void
withdrawn_cb (KithAnnouncer *announcer, const char *group, GString *said)
{
  g_string_append_printf (said, "-%s;", group);
}

static void
arrive (Fixture *fixture, const char *id, const char *number)
{
  static const char *const kinds[] = { "notice", NULL };

  json_array_add_object_element (fake_desktop_list (fixture->desktop, "notices-new"),
                                 kith_json_new ("id", "s", id, "type", "s", "sent", "number", "s", number, "referral", "s", "e0000000-0000-7000-8000-000000000022",
                                                "client", "s", MARIA, "at", "s", "2026-11-20T14:04:00.000Z", NULL));
  g_signal_emit_by_name (fixture->desktop, "changed", kinds);
  pump (150);
}

/* Behind the cover nothing was seen: it is announced, with no more than otherwise (C17), and what it leads to stays behind the cover. */
static void
test_news (Fixture *fixture, gconstpointer data)
{
  KithAnnouncer *announcer = kith_window_get_announcer (fixture->window);
  g_autoptr (GString) said = g_string_new (NULL);
  g_autofree char *here = NULL;

  g_signal_handlers_disconnect_matched (announcer, G_SIGNAL_MATCH_ID | G_SIGNAL_MATCH_DATA, g_signal_lookup ("announce", KITH_TYPE_ANNOUNCER), 0, NULL, NULL,
                                        fixture->window); /* no desktop shows any here */
  g_signal_connect (announcer, "announce", G_CALLBACK (announced_cb), said);
  g_signal_connect (announcer, "withdraw", G_CALLBACK (withdrawn_cb), said);
  key (fixture, "ctrl+1");
  arrive (fixture, "90000000-0000-7000-8000-0000000000e1", "EC-0051"); /* before the eyes */
  g_assert_cmpstr (said->str, ==, "");
  key (fixture, "F8");
  arrive (fixture, "90000000-0000-7000-8000-0000000000e2", "EC-0052");
  g_assert_cmpstr (said->str, ==, "1 new referral|EC-0052|inbox/e0000000-0000-7000-8000-000000000022;");
  kith_window_open_place (fixture->window, "inbox/e0000000-0000-7000-8000-000000000022"); /* a click on it */
  pump (200);
  ASSERT_PLACE (fixture, "today");
  g_assert_cmpstr (gtk_widget_get_name (focus_in (GTK_WINDOW (fixture->window))), ==, "show-again");
  g_string_truncate (said, 0);
  key (fixture, "F8");
  g_assert_cmpstr (said->str, ==, "-referral;");
  here = place (fixture);
  g_assert_nonnull (strstr (here, "e0000000-0000-7000-8000-000000000022"));
  g_signal_handlers_disconnect_by_data (announcer, said);
}

int
main (int argc, char **argv)
{
  if (!keys_begin (&argc, &argv))
    return 77;
  g_test_add ("/desk/cover/typed", Fixture, NULL, set_up, test_typed, tear_down);
  g_test_add ("/desk/cover/over", Fixture, NULL, set_up, test_over, tear_down);
  g_test_add ("/desk/cover/locked", Fixture, NULL, set_up, test_locked, tear_down);
  g_test_add ("/desk/cover/lock-obeys-nobody", Fixture, NULL, set_up, test_lock_obeys_nobody, tear_down);
  g_test_add ("/desk/cover/lock-printers", Fixture, NULL, set_up, test_lock_printers, tear_down);
  g_test_add ("/desk/cover/new-windows", Fixture, NULL, set_up, test_new_windows, tear_down);
  g_test_add ("/desk/cover/menu", Fixture, NULL, set_up, test_menu, tear_down);
  g_test_add ("/desk/cover/news-C17", Fixture, NULL, set_up, test_news, tear_down);
  return g_test_run ();
}
