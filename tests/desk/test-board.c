/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The status board: looking, moving by keys and by drag, filtering; network staff set up the queues (P1, P2, P6, P21). */

#include "desk-fixture.h"
#include "board/kith-board-lane.h"
#include "board/kith-queue-links-window.h"
#include "board/kith-queue-stats-window.h"
#include "board/kith-queues-window.h"
#include "board/kith-statuses-window.h"
#include "referrals/kith-reason-window.h"

#include <glib/gstdio.h>

#define HOUSING "9e000000-0000-7000-8000-000000000001"
#define AALIYAH "e0000000-0000-7000-8000-000000000001"
#define STATUS(n) "9e500000-0000-7000-8000-0000000000" n

static KithBoardLane *
lane_at (Fixture *fixture, guint at)
{
  GtkWidget *lane = gtk_widget_get_first_child (find_widget (GTK_WIDGET (fixture->window), "lanes_box"));

  for (; lane && at > 0; at--)
    lane = gtk_widget_get_next_sibling (lane);
  return KITH_BOARD_LANE (lane);
}

static const char *
label_of (gpointer lane, const char *name)
{
  return gtk_label_get_text (GTK_LABEL (find_widget (GTK_WIDGET (lane), name)));
}

static gboolean
is_shown (gpointer within, const char *name)
{
  GtkWidget *widget = find_widget (GTK_WIDGET (within), name);

  return widget && gtk_widget_get_visible (widget);
}

/* Enters the board and waits for the focus to be on its first card. */
static void
open_board (Fixture *fixture)
{
  open_place (fixture, "board");
  pump (150);
  kith_board_lane_enter (lane_at (fixture, 0));
  pump (30);
}

/* P1: a lane for each status in its order, with its number and its oldest. */
static void
test_lanes (Fixture *fixture, gconstpointer data)
{
  open_board (fixture);
  g_assert_cmpstr (kith_board_lane_get_name (lane_at (fixture, 0)), ==, "Referred");
  g_assert_cmpstr (label_of (lane_at (fixture, 0), "count"), ==, "4");
  g_assert_cmpstr (label_of (lane_at (fixture, 0), "meta"), ==, "oldest 11 days");
  g_assert_cmpstr (kith_board_lane_get_name (lane_at (fixture, 6)), ==, "Declined");
  g_assert_null (lane_at (fixture, 7));
  /* An empty lane keeps its header. */
  g_assert_cmpstr (label_of (lane_at (fixture, 5), "count"), ==, "0");
  g_assert_cmpstr (label_of (fixture->window, "summary"), ==, "9 referrals · longest in one status: 14 days · 2 moved today");
  g_assert_cmpstr (kith_row_get_id (kith_board_lane_get_card (lane_at (fixture, 0))), ==, AALIYAH);
}

/* Over midnight with the board open: cards, lanes and the line above say how long by the clock of now, and the day that is counted is the new one. */
static void
test_midnight (Fixture *fixture, gconstpointer data)
{
  open_board (fixture);
  g_assert_true (says (GTK_WIDGET (lane_at (fixture, 0)), "11 days"));
  g_assert_cmpstr (label_of (lane_at (fixture, 0), "meta"), ==, "oldest 11 days");
  kith_manual_clock_advance (KITH_MANUAL_CLOCK (fixture->clock), G_GINT64_CONSTANT (86400000));
  g_assert_true (act (fixture, "board.look"));
  pump (150);
  g_assert_true (says (GTK_WIDGET (lane_at (fixture, 0)), "12 days"));
  g_assert_false (says (GTK_WIDGET (lane_at (fixture, 0)), "11 days"));
  g_assert_cmpstr (label_of (lane_at (fixture, 0), "meta"), ==, "oldest 12 days");
  g_assert_nonnull (strstr (label_of (fixture->window, "summary"), "longest in one status: 15 days"));
  g_assert_cmpstr (kith_row_get_id (kith_board_lane_get_card (lane_at (fixture, 0))), ==, AALIYAH); /* and nothing else moved */
}

/* P12: a card names the call it was made from, as everybody knows it; without one the referral's own number. */
static void
test_number (Fixture *fixture, gconstpointer data)
{
  JsonArray *cards = fake_desktop_list (fixture->desktop, "board-cards");

  for (guint i = 0; i < json_array_get_length (cards); i++)
    if (g_strcmp0 (kith_json_string (json_array_get_object_element (cards, i), "id"), AALIYAH) == 0)
      json_object_set_string_member (json_array_get_object_element (cards, i), "contact_number", "NA-0042");
  open_board (fixture);
  g_assert_true (says (GTK_WIDGET (lane_at (fixture, 0)), "NA-0042 · not assigned yet"));
  g_assert_true (says (GTK_WIDGET (lane_at (fixture, 0)), "MF-0032 · not assigned yet"));
}

/* ux.md 2.1: what a drag does a menu does too, for a finger, for whoever cannot drag, and by the menu key; each line with its key. */
static void
test_menu (Fixture *fixture, gconstpointer data)
{
  static const char *const lines[] = { "Open", "Move to…", "Take Out of the Queue" };
  GtkWidget *menu, *button;
  GtkWindow *window;

  open_board (fixture);
  for (int by_key = 0; by_key < 2; by_key++)
    {
      if (by_key)
        g_assert_true (act (fixture, "board.menu"));
      else
        g_signal_emit_by_name (find_button (GTK_WIDGET (lane_at (fixture, 0)), "What can be done (Shift+F10)"), "clicked");
      pump (100);
      menu = find_widget (GTK_WIDGET (lane_at (fixture, 0)), "card_menu");
      g_assert_nonnull (menu);
      for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
        g_assert_true (says (menu, lines[i]));
      g_assert_true (says (menu, "M"));
      g_assert_true (says (menu, "X"));
      gtk_popover_popdown (GTK_POPOVER (menu));
      pump (100);
      g_assert_true (gtk_widget_is_ancestor (gtk_root_get_focus (GTK_ROOT (fixture->window)), GTK_WIDGET (lane_at (fixture, 0)))); /* where one was */
    }
  g_assert_true (act (fixture, "board.menu"));
  pump (100);
  menu = find_widget (GTK_WIDGET (lane_at (fixture, 0)), "card_menu");
  button = gtk_widget_get_next_sibling (gtk_widget_get_first_child (gtk_popover_get_child (GTK_POPOVER (menu))));
  g_signal_emit_by_name (button, "clicked");
  pump (150);
  window = front_window (fixture);
  g_assert_true (KITH_IS_REASON_WINDOW (window)); /* where to */
  gtk_window_destroy (window);
  pump (50);

  g_assert_true (act (fixture, "board.menu"));
  pump (100);
  menu = find_widget (GTK_WIDGET (lane_at (fixture, 0)), "card_menu");
  button = gtk_widget_get_last_child (gtk_popover_get_child (GTK_POPOVER (menu)));
  g_signal_emit_by_name (button, "clicked");
  pump (100);
  g_assert_cmpstr (kith_json_string (last_submitted (fixture, "queue.take_out"), "referral"), ==, AALIYAH);
}

/* A colleague takes the card away for which the menu is open: what it offers is not done with the one that stands there now. */
static void
test_menu_card_goes (Fixture *fixture, gconstpointer data)
{
  static const char *const kinds[] = { "queue_item", "referral", NULL };
  JsonArray *cards = fake_desktop_list (fixture->desktop, "board-cards");
  GtkWidget *menu;

  open_board (fixture);
  g_assert_true (act (fixture, "board.menu"));
  pump (100);
  menu = find_widget (GTK_WIDGET (lane_at (fixture, 0)), "card_menu");
  g_assert_nonnull (menu);
  for (guint i = 0; i < json_array_get_length (cards); i++)
    if (g_strcmp0 (kith_json_string (json_array_get_object_element (cards, i), "id"), AALIYAH) == 0)
      json_array_remove_element (cards, i--);
  g_signal_emit_by_name (fixture->desktop, "changed", kinds);
  for (guint i = 0; i < 100 && gtk_widget_get_visible (menu); i++)
    pump (50);
  g_assert_false (gtk_widget_get_visible (menu));
}

/* A card opens where its referral is this account's: received, or sent; what stands in a queue alone is 2-1-1's to answer. */
static void
test_open (Fixture *fixture, gconstpointer data)
{
#define OTHER "a0000000-0000-7000-8000-000000000002"
#define OURS "a0000000-0000-7000-8000-000000000001"
  static const struct { KithLevel level; const char *from, *to, *page; } cases[] = {
    { KITH_LEVEL_STANDARD, OURS, OTHER, "sent" },     { KITH_LEVEL_STANDARD, OTHER, OURS, "inbox" }, { KITH_LEVEL_STANDARD, OURS, OURS, "inbox" },
    { KITH_LEVEL_NETWORK, "network", OTHER, "sent" }, { KITH_LEVEL_NETWORK, OTHER, NULL, "inbox" },  { KITH_LEVEL_NETWORK, "network", NULL, "inbox" },
    { KITH_LEVEL_PORTAL, OTHER, OURS, "inbox" },
  };
  JsonArray *cards = fake_desktop_list (fixture->desktop, "board-cards");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("case %u", i);
      for (guint k = 0; k < json_array_get_length (cards); k++)
        {
          JsonObject *card = json_array_get_object_element (cards, k);

          if (g_strcmp0 (kith_json_string (card, "id"), AALIYAH) != 0)
            continue;
          json_object_set_string_member (card, "agency", cases[i].from);
          if (cases[i].to)
            json_object_set_string_member (card, "agency_to", cases[i].to);
          else
            json_object_remove_member (card, "agency_to");
        }
      fake_desktop_set_level (fixture->desktop, cases[i].level);
      g_signal_emit_by_name (fixture->context, "actor-changed");
      g_signal_emit_by_name (fixture->desktop, "changed", NULL);
      pump (100);
      open_board (fixture);
      gtk_widget_activate_action (GTK_WIDGET (lane_at (fixture, 0)), "board.open", "s", AALIYAH);
      pump (100);
      g_assert_cmpstr (KITH_PAGE_GET_CLASS (kith_frame_get_page (kith_window_get_frame (fixture->window)))->name, ==, cases[i].page);
    }
}

/* P6: to the next status, at once and with undo; from where it stood. */
static void
test_move (Fixture *fixture, gconstpointer data)
{
  JsonObject *args;

  open_board (fixture);
  g_assert_true (act (fixture, "board.move-right"));
  for (guint i = 0; i < 100 && fake_desktop_get_n_submitted (fixture->desktop) == 0; i++)
    pump (50);
  args = last_submitted (fixture, "queue.move");
  g_assert_cmpstr (kith_json_string (args, "referral"), ==, AALIYAH);
  g_assert_cmpstr (kith_json_string (args, "queue"), ==, HOUSING);
  g_assert_cmpstr (kith_json_string (args, "was"), ==, STATUS ("01"));
  g_assert_cmpstr (kith_json_string (args, "status"), ==, STATUS ("02"));
  g_assert_false (act (fixture, "board.move-left") && fake_desktop_get_n_submitted (fixture->desktop) > 1); /* there is none before it */
}

/* Sync.md 2.5: by a status it is accepted as well, and no more is promised by that than in the Inbox; where nobody counts it is told where it came to. */
static void
test_accepts (Fixture *fixture, gconstpointer data)
{
  static const struct { int counted; const char *free, *told; } cases[] = {
    { 1, "2", "Accepted. A place is asked for, not confirmed yet: Aaliyah Washington" },
    { 1, "0", "Accepted. No place is free here: it goes on the wait list: Aaliyah Washington" },
    { 0, NULL, "Moved to “Attempting contact”: Aaliyah Washington" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      JsonArray *rows = json_array_new ();

      json_array_add_object_element (rows, kith_json_new ("id", "s", "x", "_arg", "s", "x", "counted", "i", (gint64) 1, "free", "s", "9", NULL));
      json_array_add_object_element (rows, kith_json_new ("id", "s", AALIYAH, "_arg", "s", AALIYAH, "counted", "i", (gint64) cases[i].counted, "free", "s", cases[i].free, NULL));
      json_object_set_array_member (fake_desktop_get_data (fixture->desktop), "referral-place", rows);
      open_board (fixture);
      kith_board_lane_drag (lane_at (fixture, 0), kith_board_lane_get_card (lane_at (fixture, 0)));
      gtk_widget_activate_action (GTK_WIDGET (lane_at (fixture, 1)), "board.drop", "s", STATUS ("02"));
      for (guint k = 0; k < 100 && !says (GTK_WIDGET (fixture->window), cases[i].told); k++)
        pump (50);
      g_assert_cmpstr (kith_json_string (last_submitted (fixture, "queue.move"), "status"), ==, STATUS ("02"));
      SAYS (cases[i].told);
    }
}

static guint
count_words (GtkWidget *widget, const char *words)
{
  guint n = GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget) && g_strcmp0 (gtk_label_get_text (GTK_LABEL (widget)), words) == 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    n += count_words (child, words);
  return n;
}

/* Move to…: a status that is called as its phase is says so once. */
static void
test_move_words (Fixture *fixture, gconstpointer data)
{
  GtkWindow *window;

  open_board (fixture);
  g_assert_true (act (fixture, "board.move"));
  pump (200);
  window = front_window (fixture);
  g_assert_cmpstr (gtk_window_get_title (window), ==, "Move to…");
  g_assert_cmpuint (count_words (GTK_WIDGET (window), "Declined"), ==, 1);
}

/* Where the step wants an outcome, only those that end there are offered. */
static void
test_outcome (Fixture *fixture, gconstpointer data)
{
  JsonObject *args;
  GtkWindow *window;

  open_board (fixture);
  kith_board_lane_drag (lane_at (fixture, 0), kith_board_lane_get_card (lane_at (fixture, 0)));
  pump (50);
  gtk_widget_activate_action (GTK_WIDGET (lane_at (fixture, 4)), "board.drop", "s", STATUS ("05"));
  pump (50);
  window = front_window (fixture);
  g_assert_true (KITH_IS_REASON_WINDOW (window));
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 0);
  g_signal_emit_by_name (window, "chosen", "need_met", NULL);
  pump (50);
  args = last_submitted (fixture, "queue.move");
  g_assert_cmpstr (kith_json_string (args, "outcome"), ==, "need_met");
  g_assert_null (kith_json_string (args, "reason"));
  g_assert_cmpstr (kith_json_string (args, "status"), ==, STATUS ("05"));
}

/* A drop that is not possible is explained before it is let go, and nothing is submitted. */
static void
test_blocked (Fixture *fixture, gconstpointer data)
{
  KithBoardLane *declined;

  open_board (fixture);
  declined = lane_at (fixture, 6);
  kith_board_lane_enter (lane_at (fixture, 2));
  kith_board_lane_drag (lane_at (fixture, 2), kith_board_lane_get_card (lane_at (fixture, 2))); /* in service */
  pump (50);
  g_assert_true (is_shown (declined, "blocked"));
  g_assert_cmpstr (label_of (declined, "blocked"), ==, "No step leads here from “Enrolled”.");
  g_assert_false (is_shown (lane_at (fixture, 3), "blocked"));
  kith_board_lane_drag (lane_at (fixture, 2), NULL);
  g_assert_false (is_shown (declined, "blocked"));
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 0);
}

static void
test_filter (Fixture *fixture, gconstpointer data)
{
  open_board (fixture);
  gtk_editable_set_text (GTK_EDITABLE (find_widget (GTK_WIDGET (fixture->window), "search")), "nguyen");
  pump (400);
  g_assert_cmpstr (label_of (lane_at (fixture, 0), "count"), ==, "1 of 4");
  g_assert_cmpstr (label_of (lane_at (fixture, 1), "nothing"), ==, "Nothing here fits the filter.");
  act (fixture, "board.clear");
  pump (50);
  g_assert_cmpstr (label_of (lane_at (fixture, 0), "count"), ==, "4");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (find_widget (GTK_WIDGET (fixture->window), "long_ones")), TRUE);
  pump (50);
  g_assert_cmpstr (label_of (lane_at (fixture, 0), "count"), ==, "1 of 4");
}

/* P2: who does not run the queues has no button for it. */
static void
test_not_staff (Fixture *fixture, gconstpointer data)
{
  open_board (fixture);
  g_assert_false (is_shown (fixture->window, "manage"));
}

/* P2: the agencies, programs and services a queue is for are added and taken off; what is linked is not offered again, and with none it takes all. */
static void
test_links (Fixture *fixture, gconstpointer data)
{
  static const char *const kinds[] = { "queue_resource", NULL };
  static const char *const bed = "d0000000-0000-7000-8000-000000000004", *const program = "b0000000-0000-7000-8000-0000000000a1";
  JsonArray *offered = json_array_new (), *links = json_array_new ();
  JsonObject *args;
  GtkWidget *window, *button;

  json_array_add_object_element (offered, kith_json_new ("_arg", "s", "a0000000-0000-7000-8000-000000000001", "id", "s", bed, "name", "s", "Emergency overnight bed", "t", "s", "service", NULL));
  json_array_add_object_element (offered, kith_json_new ("_arg", "s", "a0000000-0000-7000-8000-000000000001", "id", "s", program, "name", "s", "Harbor nights", "t", "s", "program", NULL));
  json_object_set_array_member (fake_desktop_get_data (fixture->desktop), "agency-resources", offered);
  fake_desktop_set_network_staff (fixture->desktop);
  window = kith_queue_links_window_new (GTK_WINDOW (fixture->window), fixture->context, HOUSING, "Housing");
  gtk_window_present (GTK_WINDOW (window));
  pump (150);
  g_assert_true (says (window, "Emergency overnight bed"));
  g_assert_false (is_shown (window, "all"));
  gtk_editable_set_text (GTK_EDITABLE (find_widget (window, "entry")), "harbor");
  pump (400);
  g_signal_emit_by_name (find_widget (window, "entry"), "entry-activated");
  pump (200);
  g_assert_null (find_widget (find_widget (window, "choices"), bed));
  g_signal_emit_by_name (find_widget (find_widget (window, "choices"), program), "clicked");
  args = last_submitted (fixture, "queue.link");
  g_assert_cmpstr (kith_json_string (args, "queue"), ==, HOUSING);
  g_assert_cmpstr (json_array_get_string_element (kith_json_array (args, "add"), 0), ==, program);
  g_assert_false (json_object_has_member (args, "remove"));
  g_signal_emit_by_name (find_widget (find_widget (window, "links"), bed), "clicked");
  args = last_submitted (fixture, "queue.link");
  g_assert_cmpstr (json_array_get_string_element (kith_json_array (args, "remove"), 0), ==, bed);
  json_object_set_array_member (fake_desktop_get_data (fixture->desktop), "queue-links", json_array_new ());
  g_signal_emit_by_name (fixture->desktop, "changed", kinds);
  pump (150);
  g_assert_true (is_shown (window, "all"));
  g_assert_nonnull (find_widget (find_widget (window, "choices"), bed)); /* it can be added again */
  /* What is refused is told here, and by keyboard the next one is at hand. */
  button = find_widget (find_widget (window, "choices"), program);
  gtk_widget_grab_focus (button);
  fake_desktop_refuse_next (fixture->desktop, "There is no network now.");
  g_signal_emit_by_name (button, "clicked");
  pump (50);
  g_assert_true (says (window, "There is no network now."));
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (window)) == button);
  json_array_add_object_element (links, kith_json_new ("_arg", "s", HOUSING, "id", "s", program, "name", "s", "Harbor nights", "t", "s", "program", NULL));
  json_object_set_array_member (fake_desktop_get_data (fixture->desktop), "queue-links", links);
  g_signal_emit_by_name (button, "clicked");
  g_signal_emit_by_name (fixture->desktop, "changed", kinds);
  pump (150);
  g_assert_false (is_shown (window, "problem"));
  g_assert_null (find_widget (find_widget (window, "choices"), program));
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (window)) == find_widget (find_widget (window, "choices"), bed));
  /* Another agency whose own cannot be read: those of the one before do not stand under its name. */
  gtk_editable_set_text (GTK_EDITABLE (find_widget (window, "entry")), "eastlake");
  pump (400);
  fake_desktop_set_unreadable (fixture->desktop, TRUE);
  g_signal_emit_by_name (find_widget (window, "entry"), "entry-activated");
  pump (150);
  g_assert_false (is_shown (window, "choices"));
  fake_desktop_set_unreadable (fixture->desktop, FALSE);
  gtk_window_destroy (GTK_WINDOW (window));
}

static GtkWidget *
find_menu (GtkWidget *inside)
{
  GtkWidget *found = GTK_IS_MENU_BUTTON (inside) ? inside : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (inside); child && !found; child = gtk_widget_get_next_sibling (child))
    found = find_menu (child);
  return found;
}

/* On a busy day something comes into a queue every few seconds: whoever has its menu open keeps it, and the numbers go on. */
static void
test_menu_stays (Fixture *fixture, gconstpointer data)
{
  static const char *const kinds[] = { "queue_item", NULL };
  JsonObject *housing = json_array_get_object_element (fake_desktop_list (fixture->desktop, "queues"), 0);
  GtkWindow *queues;
  GtkWidget *menu;

  fake_desktop_set_network_staff (fixture->desktop);
  open_board (fixture);
  act (fixture, "board.manage");
  pump (50);
  queues = front_window (fixture);
  menu = find_menu (GTK_WIDGET (queues));
  gtk_menu_button_popup (GTK_MENU_BUTTON (menu));
  pump (50);
  json_object_set_int_member (housing, "n", 77);
  g_signal_emit_by_name (fixture->desktop, "changed", kinds);
  pump (200);
  g_assert_true (says (GTK_WIDGET (queues), "77 referrals"));
  g_assert_true (find_menu (GTK_WIDGET (queues)) == menu);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (gtk_menu_button_get_popover (GTK_MENU_BUTTON (menu)))));
  gtk_menu_button_popdown (GTK_MENU_BUTTON (menu));
}

/* P3: with the last queue goes the provider portal, for whoever would be added. */
static void
test_last_queue (Fixture *fixture, gconstpointer data)
{
  JsonArray *rows = fake_desktop_list (fixture->desktop, "queues");
  g_autoptr (GList) windows = NULL;
  GtkWindow *queues;
  const char *body = NULL;

  fake_desktop_set_network_staff (fixture->desktop);
  for (guint i = 1; i < json_array_get_length (rows); i++)
    json_object_set_int_member (json_array_get_object_element (rows, i), "inactive", 1);
  open_board (fixture);
  act (fixture, "board.manage");
  pump (50);
  queues = front_window (fixture);
  gtk_widget_activate_action (GTK_WIDGET (queues), "queues.deactivate", "(sss)", HOUSING, "Housing", "");
  pump (50);
  windows = gtk_window_list_toplevels ();
  for (GList *l = windows; l; l = l->next)
    if (ADW_IS_MESSAGE_DIALOG (l->data))
      body = adw_message_dialog_get_body (l->data);
  g_assert_nonnull (strstr (body, "9 referrals"));
  g_assert_nonnull (strstr (body, "It is the last queue in use"));
}

/* P2: the warning says what is still in it; nothing happens before it is answered. */
static void
test_manage (Fixture *fixture, gconstpointer data)
{
  GtkWindow *queues;
  GtkWidget *menu;
  g_autoptr (GList) windows = NULL;
  AdwMessageDialog *dialog = NULL;

  fake_desktop_set_network_staff (fixture->desktop);
  open_board (fixture);
  act (fixture, "board.manage");
  pump (50);
  queues = front_window (fixture);
  g_assert_true (KITH_IS_QUEUES_WINDOW (queues));
  menu = find_menu (GTK_WIDGET (queues)); /* what can be done stands there in words */
  g_assert_cmpstr (gtk_menu_button_get_label (GTK_MENU_BUTTON (menu)), ==, "Change");
  g_assert_cmpint (g_menu_model_get_n_items (gtk_menu_button_get_menu_model (GTK_MENU_BUTTON (menu))), ==, 6);
  gtk_widget_activate_action (GTK_WIDGET (queues), "queues.deactivate", "(sss)", HOUSING, "Housing", "");
  pump (50);
  windows = gtk_window_list_toplevels ();
  for (GList *l = windows; l; l = l->next)
    if (ADW_IS_MESSAGE_DIALOG (l->data))
      dialog = l->data;
  g_assert_nonnull (strstr (adw_message_dialog_get_body (dialog), "9 referrals"));
  g_assert_null (strstr (adw_message_dialog_get_body (dialog), "It is the last queue in use")); /* there is another */
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 0);
  adw_message_dialog_response (dialog, "deactivate");
  pump (50);
  g_assert_cmpstr (kith_json_string (last_submitted (fixture, "queue.deactivate"), "queue"), ==, HOUSING);
  gtk_window_destroy (GTK_WINDOW (dialog));
}

static GtkWidget *
line_at (GtkWindow *window, int at)
{
  return GTK_WIDGET (gtk_list_box_get_row_at_index (GTK_LIST_BOX (find_widget (GTK_WIDGET (window), "rows")), at));
}

/* P1: the list in its order goes to the hub; those that are there keep their ids and what they stand for. With it goes what each was called
 * and which ones shall be retired, so that a colleague's changes stay. */
static void
test_statuses (Fixture *fixture, gconstpointer data)
{
  GtkWindow *window;
  JsonArray *list;

  fake_desktop_set_network_staff (fixture->desktop);
  open_board (fixture);
  window = GTK_WINDOW (kith_statuses_window_new (GTK_WINDOW (fixture->window), fixture->context, HOUSING, "Housing"));
  gtk_window_present (window);
  pump (100);
  gtk_editable_set_text (GTK_EDITABLE (g_object_get_data (G_OBJECT (line_at (window, 1)), "entry")), "Ringing");
  gtk_widget_activate_action (GTK_WIDGET (window), "statuses.add", NULL);
  gtk_widget_activate_action (GTK_WIDGET (window), "form.commit", NULL); /* without a name nothing goes out */
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 0);
  gtk_editable_set_text (GTK_EDITABLE (g_object_get_data (G_OBJECT (line_at (window, 7)), "entry")), "Called back");
  g_signal_emit_by_name (find_button (line_at (window, 6), "Retire: nothing comes into it any more"), "clicked");
  gtk_widget_activate_action (GTK_WIDGET (window), "form.commit", NULL);
  list = kith_json_array (last_submitted (fixture, "queue.set_statuses"), "retire");
  g_assert_cmpuint (json_array_get_length (list), ==, 1);
  g_assert_cmpstr (json_array_get_string_element (list, 0), ==, STATUS ("07"));
  list = kith_json_array (last_submitted (fixture, "queue.set_statuses"), "statuses");
  g_assert_cmpuint (json_array_get_length (list), ==, 7);
  g_assert_cmpstr (kith_json_string (json_array_get_object_element (list, 1), "was"), ==, "Attempting contact");
  g_assert_null (kith_json_string (json_array_get_object_element (list, 6), "was"));
  g_assert_cmpstr (kith_json_string (json_array_get_object_element (list, 1), "id"), ==, STATUS ("02"));
  g_assert_cmpstr (kith_json_string (json_array_get_object_element (list, 1), "name"), ==, "Ringing");
  g_assert_null (kith_json_string (json_array_get_object_element (list, 6), "id"));
  g_assert_cmpstr (kith_json_string (json_array_get_object_element (list, 6), "phase"), ==, "contacting");
  pump (50);
}

static KithQueueStatsWindow *
open_statistics (Fixture *fixture)
{
  GtkWindow *window;

  open_board (fixture);
  act (fixture, "board.statistics");
  pump (200);
  window = front_window (fixture);
  g_assert_true (KITH_IS_QUEUE_STATS_WINDOW (window));
  return KITH_QUEUE_STATS_WINDOW (window);
}

static GtkWidget *
find_number (GtkWidget *inside)
{
  GtkWidget *found = gtk_widget_has_css_class (inside, "numeric") ? inside : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (inside); child && !found; child = gtk_widget_get_next_sibling (child))
    found = find_number (child);
  return found;
}

/* What stands beside a line's words in the table; NULL: no such line. */
static const char *
value_beside (GtkWidget *inside, const char *words)
{
  const char *found = NULL;

  if (ADW_IS_ACTION_ROW (inside) && g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (inside)), words) == 0)
    {
      GtkWidget *value = find_number (inside);

      return value ? gtk_label_get_text (GTK_LABEL (value)) : NULL;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (inside); child && !found; child = gtk_widget_get_next_sibling (child))
    found = value_beside (child, words);
  return found;
}

/* It is written aside; what is said of it comes after. */
static char *
read_exported (const char *path)
{
  char *text = NULL;

  /* It is there before there is anything in it. */
  for (int i = 0; i < 100 && (!g_file_get_contents (path, &text, NULL, NULL) || *text == '\0'); i++)
    {
      g_clear_pointer (&text, g_free);
      pump (50);
    }
  pump (100);
  g_assert_nonnull (text);
  return text;
}

/* D13, P21: numbers, and no name. */
static void
test_statistics (Fixture *fixture, gconstpointer data)
{
  static const struct { const char *words, *value; } lines[] = {
    { "Referrals that came in", "9" }, { "Accepted", "4" }, { "Declined, by reason", NULL }, { "No capacity", "2" }, { "No capacity: Wait list closed for the season", "1" }, /* domain.md 2f */
    { "Unsuccessful: provider rejected", "3" }, { "Unsuccessful: client rejected", "1" }, { "Successful: client accepted", "1" }, { "Outside the service area", "1" },
    { "Wait for an answer", "2" },     { "In work", "2" },  { "Closed", "2" },               { "Need fully met", "1" }, { "Did not come", "1" },
    { "Graduated", "2" },              { "Days to the answer (median)", "1.0" },
  };
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "kith-test-queue.csv", NULL), *text = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (path);
  KithQueueStatsWindow *window = open_statistics (fixture);
  guint n = fake_desktop_get_n_noted (fixture->desktop);

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    g_assert_cmpstr (value_beside (GTK_WIDGET (window), lines[i].words), ==, lines[i].value);
  g_unlink (path);
  kith_queue_stats_window_export (window, file);
  g_assert_cmpuint (fake_desktop_get_n_noted (fixture->desktop), ==, n); /* design.md 4: not written while the window waits */
  text = read_exported (path);
  g_assert_nonnull (strstr (text, "Housing"));
  g_assert_nonnull (strstr (text, "\"Declined, by reason\",No capacity,2\r\n\"Declined, by reason\",No capacity: Wait list closed for the season,1\r\n"));
  g_assert_nonnull (strstr (text, "Unsuccessful: provider rejected,3\r\n"));
  g_assert_null (strstr (text, "Nguyen"));
  g_assert_cmpuint (fake_desktop_get_n_noted (fixture->desktop), ==, n + 1);
  g_assert_cmpstr (kith_json_string (fake_desktop_get_noted (fixture->desktop, n), "what"), ==, "exported");
  g_unlink (path);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Another time is chosen, and its numbers cannot be read: those of the time before do not stand, nor go out, under its name. */
static void
test_statistics_unread (Fixture *fixture, gconstpointer data)
{
  KithQueueStatsWindow *window = open_statistics (fixture);
  GtkWidget *export = find_widget (GTK_WIDGET (window), "export");

  g_assert_true (says (GTK_WIDGET (window), "Referrals that came in"));
  g_assert_true (gtk_widget_get_sensitive (export));
  fake_desktop_set_unreadable (fixture->desktop, TRUE);
  adw_combo_row_set_selected (ADW_COMBO_ROW (find_widget (GTK_WIDGET (window), "period")), 2);
  pump (200);
  g_assert_false (says (GTK_WIDGET (window), "Referrals that came in"));
  g_assert_false (gtk_widget_get_sensitive (export));
  fake_desktop_set_unreadable (fixture->desktop, FALSE);
  pump (200);
  g_assert_true (says (GTK_WIDGET (window), "Referrals that came in"));
  g_assert_true (gtk_widget_get_sensitive (export));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* A queue that is called like a formula is none in a spreadsheet. */
static void
test_statistics_formula (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "kith-test-queue-formula.csv", NULL), *text = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (path);
  GtkWidget *window = kith_queue_stats_window_new (GTK_WINDOW (fixture->window), fixture->context, HOUSING, "=HYPERLINK(1)");

  gtk_window_present (GTK_WINDOW (window));
  pump (200);
  g_unlink (path);
  kith_queue_stats_window_export (KITH_QUEUE_STATS_WINDOW (window), file);
  text = read_exported (path);
  g_assert_nonnull (strstr (text, "'=HYPERLINK(1)"));
  g_unlink (path);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* D3, D13: of what a side sent there are numbers, with what was only given to clients, by kind; and a table of them. */
static void
test_statistics_sent (Fixture *fixture, gconstpointer data)
{
  static const struct { const char *words, *value; } lines[] = {
    { "Referrals made", "4" }, { "Given to the client, nothing sent", "2" }, { "Informational", "2" }, { "Direct", "1" }, { "Within the agency", "1" }, { "Accepted", "1" },
  };
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "kith-test-sent.csv", NULL), *text = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (path);
  JsonArray *rows = json_array_new ();
  GtkWindow *window;

  json_array_add_object_element (rows, kith_json_new ("id", "s", "s1", "came", "s", "2026-11-18T09:00:00.000Z", "phase", "s", "given", "type", "s", "informational", NULL));
  json_array_add_object_element (rows, kith_json_new ("id", "s", "s2", "came", "s", "2026-11-18T09:00:00.000Z", "phase", "s", "given", "type", "s", "informational", NULL));
  json_array_add_object_element (rows, kith_json_new ("id", "s", "s3", "came", "s", "2026-11-18T09:00:00.000Z", "phase", "s", "sent", "type", "s", "direct", "agency", "s", "a", "agency_to", "s", "b", NULL));
  json_array_add_object_element (rows, kith_json_new ("id", "s", "s4", "came", "s", "2026-11-18T09:00:00.000Z", "phase", "s", "accepted", "accepted", "s", "1", "type", "s", "direct", "agency", "s", "a",
                                                      "agency_to", "s", "a", NULL));
  json_object_set_array_member (fake_desktop_get_data (fixture->desktop), "side-referrals", rows);
  open_place (fixture, "sent");
  g_assert_true (is_shown (fixture->window, "sent-statistics"));
  g_assert_true (act (fixture, "sent.statistics"));
  pump (200);
  window = front_window (fixture);
  g_assert_true (KITH_IS_QUEUE_STATS_WINDOW (window));
  g_assert_cmpstr (gtk_window_get_title (window), ==, "Referrals Sent");
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    g_assert_cmpstr (value_beside (GTK_WIDGET (window), lines[i].words), ==, lines[i].value);
  g_assert_null (value_beside (GTK_WIDGET (window), "Taken out of the queue"));
  g_unlink (path);
  kith_queue_stats_window_export (KITH_QUEUE_STATS_WINDOW (window), file);
  text = read_exported (path);
  g_assert_nonnull (strstr (text, "By kind,Within the agency,1\r\n"));
  g_assert_nonnull (strstr (text, "Referrals sent,Harbor House,Last 30 days\r\n")); /* it is read elsewhere: whose they are */
  g_assert_nonnull (strstr (text, "\"Given to the client, nothing sent\",2\r\n"));
  g_unlink (path);
  gtk_window_destroy (window);
}

/* P12: an account of the portal has no numbers of a queue. */
static void
test_statistics_portal (Fixture *fixture, gconstpointer data)
{
  fake_desktop_set_level (fixture->desktop, KITH_LEVEL_PORTAL);
  g_signal_emit_by_name (fixture->context, "actor-changed");
  open_board (fixture);
  g_assert_false (is_shown (fixture->window, "statistics"));
  act (fixture, "board.statistics");
  pump (50);
  g_assert_false (KITH_IS_QUEUE_STATS_WINDOW (front_window (fixture)));
}

static GtkDropDown *
queue_pick (Fixture *fixture)
{
  return GTK_DROP_DOWN (find_widget (GTK_WIDGET (fixture->window), "pick"));
}

/* P13: one begins in the first queue in which something waits; what fills later, and what becomes empty, moves nobody. */
static void
test_begins_waiting (Fixture *fixture, gconstpointer data)
{
  static const char *const kinds[] = { "queue", NULL };
  JsonArray *queues = fake_desktop_list (fixture->desktop, "board-queues");

  fake_desktop_set_level (fixture->desktop, KITH_LEVEL_PORTAL);
  g_signal_emit_by_name (fixture->context, "actor-changed");
  open_place (fixture, "board");
  pump (150);
  g_assert_cmpuint (gtk_drop_down_get_selected (queue_pick (fixture)), ==, 0); /* nothing waits anywhere yet */
  json_object_set_int_member (json_array_get_object_element (queues, 1), "waits", 1);
  g_signal_emit_by_name (fixture->desktop, "changed", kinds);
  pump (150);
  g_assert_cmpuint (gtk_drop_down_get_selected (queue_pick (fixture)), ==, 1);
  json_object_set_int_member (json_array_get_object_element (queues, 0), "waits", 1);
  json_object_set_int_member (json_array_get_object_element (queues, 1), "waits", 0);
  g_signal_emit_by_name (fixture->desktop, "changed", kinds);
  pump (150);
  g_assert_cmpuint (gtk_drop_down_get_selected (queue_pick (fixture)), ==, 1);
  gtk_drop_down_set_selected (queue_pick (fixture), 0);
  json_object_set_int_member (json_array_get_object_element (queues, 0), "waits", 0);
  json_object_set_int_member (json_array_get_object_element (queues, 1), "waits", 1);
  g_signal_emit_by_name (fixture->desktop, "changed", kinds);
  pump (150);
  g_assert_cmpuint (gtk_drop_down_get_selected (queue_pick (fixture)), ==, 0);
}

int
main (int argc, char **argv)
{
  fixture_begin (&argc, &argv);
  ADD ("board/P1-lanes", NULL, test_lanes);
  ADD ("board/menu-stays", NULL, test_menu_stays);
  ADD ("board/open", NULL, test_open);
  ADD ("board/menu", NULL, test_menu);
  ADD ("board/menu-card-goes", NULL, test_menu_card_goes);
  ADD ("board/P6-move", NULL, test_move);
  ADD ("board/accepts-2.5", NULL, test_accepts);
  ADD ("board/move-words", NULL, test_move_words);
  ADD ("board/outcome", NULL, test_outcome);
  ADD ("board/blocked", NULL, test_blocked);
  ADD ("board/filter", NULL, test_filter);
  ADD ("board/P2-not-staff", NULL, test_not_staff);
  ADD ("board/P2-links", NULL, test_links);
  ADD ("board/P2-manage", NULL, test_manage);
  ADD ("board/midnight", NULL, test_midnight);
  ADD ("board/last-queue-P3", NULL, test_last_queue);
  ADD ("board/P1-statuses", NULL, test_statuses);
  ADD ("board/P12-number", NULL, test_number);
  ADD ("board/P13-begins-waiting", NULL, test_begins_waiting);
  ADD ("board/D13-statistics", NULL, test_statistics);
  ADD ("board/D13-statistics-unread", NULL, test_statistics_unread);
  ADD ("board/D3-D13-statistics-sent", NULL, test_statistics_sent);
  ADD ("board/statistics-formula", NULL, test_statistics_formula);
  ADD ("board/P12-statistics-portal", NULL, test_statistics_portal);
  return g_test_run ();
}
