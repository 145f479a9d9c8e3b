/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The windows of a small partner's portal account and of 2-1-1: what waits for them and what they are told (D2, P12, P13, P16, P17, P20, C17). */

#include "desk-fixture.h"
#include "kith-form.h"
#include "kith-shortcuts.h"
#include "kith-split-page.h"
#include "referrals/kith-referral-left.h"

#define SENT_HERE "e0000000-0000-7000-8000-000000000001"
#define CLOSED "e0000000-0000-7000-8000-000000000024"
#define GONE "e0000000-0000-7000-8000-0000000000ff"

static void
be (Fixture *fixture, KithLevel level)
{
  fake_desktop_set_level (fixture->desktop, level);
  fake_desktop_set_duties (fixture->desktop, 0);
  /* What was built for the account before goes, as it does when somebody else unlocks. */
  kith_window_lock (fixture->window);
  pump (100);
  kith_desktop_unlock_async (fixture->desktop, "right", NULL, NULL, NULL);
  pump (200);
}

static JsonArray *
set_rows (Fixture *fixture, const char *query)
{
  JsonArray *rows = json_array_new ();

  json_object_set_array_member (fake_desktop_get_data (fixture->desktop), query, rows);
  return rows;
}

static JsonObject *
row_of (Fixture *fixture, const char *query, const char *id)
{
  JsonArray *rows = fake_desktop_list (fixture->desktop, query);

  for (guint i = 0; i < json_array_get_length (rows); i++)
    if (g_strcmp0 (kith_json_string (json_array_get_object_element (rows, i), "id"), id) == 0)
      return json_array_get_object_element (rows, i);
  g_assert_not_reached ();
}

static gboolean
window_says (Fixture *fixture, const char *words)
{
  return says (GTK_WIDGET (fixture->window), words);
}

static guint
count_words (GtkWidget *widget, const char *words)
{
  guint n = gtk_widget_get_mapped (widget) && GTK_IS_LABEL (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), words) != NULL;

  if (!gtk_widget_get_mapped (widget))
    return 0;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    n += count_words (child, words);
  return n;
}

/* What is read arrives from another thread: waits for it, with a bound. */
static void
await_times (Fixture *fixture, const char *words, guint n)
{
  for (guint i = 0; i < 100 && count_words (GTK_WIDGET (fixture->window), words) != n; i++)
    pump (50);
  g_test_message ("%s", words);
  g_assert_cmpuint (count_words (GTK_WIDGET (fixture->window), words), ==, n);
}

/* P12, P16: the number is the contact record's, which the mail names, in the list, beside it, and in what anybody finds. */
static void
test_number (Fixture *fixture, gconstpointer data)
{
  static const char *const kinds[] = { "referral", NULL };

  json_object_set_string_member (row_of (fixture, "inbox-new", SENT_HERE), "contact_number", "NA-0007");
  json_object_set_string_member (kith_json_object (row_of (fixture, "referral", SENT_HERE), "body"), "contact_number", "NA-0007");
  be (fixture, KITH_LEVEL_PORTAL);
  open_place (fixture, "inbox/" SENT_HERE);
  pump (200);
  g_assert_true (window_says (fixture, "NA-0007"));
  g_assert_false (window_says (fixture, "EC-0031"));
  g_assert_true (window_says (fixture, "Service")); /* one word for it, as on the card, in the list and beside the others */
  g_assert_false (window_says (fixture, "Resource"));
  /* With the details it is that number all the same, here and on its day; the other stands behind it. */
  json_array_add_object_element (set_rows (fixture, "referrals-waiting"),
                                 kith_json_new ("id", "s", SENT_HERE, "number", "s", "EC-0031", "contact_number", "s", "NA-0007", "phase", "s", "sent", "contact_name", "s", "Ana Lopez",
                                                "resource_name", "s", "Bed", "waits", "s", "answer", NULL));
  ((KithActor *) kith_desktop_get_actor (fixture->desktop))->sees_details = TRUE;
  be (fixture, KITH_LEVEL_PORTAL);
  open_place (fixture, "today");
  g_signal_emit_by_name (fixture->desktop, "changed", kinds);
  pump (200);
  g_assert_true (window_says (fixture, "Ana Lopez · NA-0007"));
  open_place (fixture, "inbox/" SENT_HERE);
  g_signal_emit_by_name (fixture->desktop, "changed", kinds);
  pump (200);
  g_assert_true (window_says (fixture, "NA-0007 · EC-0031"));
  ((KithActor *) kith_desktop_get_actor (fixture->desktop))->sees_details = FALSE;
  be (fixture, KITH_LEVEL_STANDARD);
  open_place (fixture, "inbox/" SENT_HERE);
  pump (200);
  g_assert_true (window_says (fixture, "EC-0031 · contact record NA-0007")); /* whoever phones names either */
  json_object_set_string_member (kith_json_object (row_of (fixture, "referral", SENT_HERE), "body"), "contact_number", "EC-0031"); /* from no call: it has one number */
  g_signal_emit_by_name (fixture->desktop, "changed", kinds);
  await_times (fixture, "contact record NA-0007", 0);
  await_times (fixture, "contact record EC-0031", 0);
}

/* P12: in an opened row of Capacity too it is the contact record's number, and since when a place is kept, or somebody waits, is none of the eight fields. */
static void
test_capacity_brief (Fixture *fixture, gconstpointer data)
{
  JsonObject *waits = row_of (fixture, "capacity-waiting", "e0000000-0000-7000-8000-000000000031");

  json_object_set_string_member (row_of (fixture, "capacity-holds", "ca930000-0000-7000-8000-000000000001"), "contact_number", "NA-0007");
  json_object_set_string_member (waits, "contact_number", "NA-0031");
  for (guint i = 0; i < 2; i++)
    {
      GtkListBox *rows;

      ((KithActor *) kith_desktop_get_actor (fixture->desktop))->sees_details = i == 1; /* P11 */
      be (fixture, KITH_LEVEL_PORTAL);
      open_place (fixture, "capacity");
      rows = GTK_LIST_BOX (find_widget (GTK_WIDGET (fixture->window), "rows"));
      adw_expander_row_set_expanded (ADW_EXPANDER_ROW (gtk_list_box_get_row_at_index (rows, 0)), TRUE);
      pump (300);
      g_assert_true (window_says (fixture, i == 0 ? "Maria Lopez, NA-0007" : "Maria Lopez, NA-0007, since 09:12"));
      g_assert_true (window_says (fixture, i == 0 ? "Samira Haddad, NA-0031" : "Samira Haddad, NA-0031, since"));
      g_assert_false (window_says (fixture, "FC-0102"));
      g_assert_cmpint (window_says (fixture, ", since"), ==, i == 1);
    }
  json_object_remove_member (waits, "since"); /* its timeline is not here */
  g_signal_emit_by_name (fixture->desktop, "changed", NULL);
  pump (100);
  g_assert_true (window_says (fixture, "Samira Haddad, NA-0031"));
  g_assert_false (window_says (fixture, "Samira Haddad, NA-0031, since"));
}

/* P12, P20: what a portal account wrote stands with its name and time, not as what is asked for; another's note is one of the eight fields. */
static void
test_said (Fixture *fixture, gconstpointer data)
{
  static const char *const kinds[] = { "referral", NULL };
  JsonObject *row = row_of (fixture, "referral", SENT_HERE);

  json_object_set_string_member (kith_json_object (row, "body"), "note", "Came by at nine");
  set_rows (fixture, "referral-said");
  be (fixture, KITH_LEVEL_PORTAL);
  open_place (fixture, "inbox/" SENT_HERE);
  await_times (fixture, "Came by at nine", 1);
  await_times (fixture, "What is asked for", 0);
  await_times (fixture, "What you wrote here", 0);
  json_object_set_int_member (row, "note_said", 1);
  json_array_add_object_element (set_rows (fixture, "referral-said"),
                                 kith_json_new ("id", "s", "90000000-0000-7000-8000-0000000000b1", "type", "s", "note", "at", "s", "2026-11-20T13:35:00.000Z", "actor_name", "s", "Ana Delgado",
                                                "agency_name", "s", "Harbor House", "text", "s", "Came by at nine", NULL));
  json_array_add_object_element (fake_desktop_list (fixture->desktop, "referral-said"),
                                 kith_json_new ("id", "s", "90000000-0000-7000-8000-0000000000b2", "type", "s", "status", "at", "s", "2026-11-20T13:30:00.000Z", "actor_name", "s", "Ana Delgado",
                                                "agency_name", "s", "Harbor House", "to_phase", "s", "contacting", "status", "s", "Trying by phone", "text", "s", "Line busy", NULL));
  g_signal_emit_by_name (fixture->desktop, "changed", kinds);
  await_times (fixture, "Line busy", 1); /* the words of a status */
  await_times (fixture, "Trying by phone", 1);
  await_times (fixture, "Came by at nine", 1);
  await_times (fixture, "What you wrote here", 1);
  await_times (fixture, "Ana Delgado · Harbor House", 2);
  await_times (fixture, "What is asked for", 0);
}

/* P17: a mail's number, or the notice it came with, leads to what has gone elsewhere: in words, whichever way one comes. */
static void
test_left (Fixture *fixture, gconstpointer data)
{
  be (fixture, KITH_LEVEL_PORTAL);
  open_place (fixture, "inbox/" GONE);
  pump (200);
  g_assert_true (window_says (fixture, "Reassigned: Contact the Partner"));
  g_assert_true (window_says (fixture, "This record is not on this computer."));
  json_array_add_object_element (set_rows (fixture, "referral-left"), kith_json_new ("id", "s", GONE, "number", "s", "NA-0099", NULL));
  open_place (fixture, "inbox/" SENT_HERE); /* what is here is shown as ever */
  pump (200);
  g_assert_false (window_says (fixture, "Reassigned: Contact the Partner"));
  open_place (fixture, "inbox/" GONE);
  pump (200);
  g_assert_true (window_says (fixture, "NA-0099 is not with you any more."));
  open_place (fixture, "inbox/" SENT_HERE);
  pump (100);
  g_assert_true (act (fixture, "win.search"));
  type_into (fixture, "search_entry", "NA-0099");
  pump (400);
  g_assert_true (window_says (fixture, "Reassigned: Contact the Partner"));
  g_assert_true (window_says (fixture, "NA-0099 is not with you any more."));
  set_rows (fixture, "referral-left");
  type_into (fixture, "search_entry", "NA-0098");
  pump (400);
  g_assert_true (window_says (fixture, "Nothing Matches"));
}

static void
arrive (Fixture *fixture, const char *type, const char *number)
{
  static const char *const kinds[] = { "notice", NULL };

  json_array_add_object_element (set_rows (fixture, "notices-new"),
                                 kith_json_new ("id", "s", "90000000-0000-7000-8000-0000000000a1", "type", "s", type, "number", "s", number, "referral", "s", SENT_HERE,
                                                "at", "s", "2026-11-20T14:04:00.000Z", NULL));
  g_signal_emit_by_name (fixture->desktop, "changed", kinds);
  pump (150);
}

/* D2, P20, C17: what they are told stands on My Day, by number alone, and can be put away; also what was there before they came. */
static void
test_news (Fixture *fixture, gconstpointer data)
{
  static const KithLevel levels[] = { KITH_LEVEL_PORTAL, KITH_LEVEL_NETWORK };

  for (guint i = 0; i < G_N_ELEMENTS (levels); i++)
    {
      const char *op;
      JsonObject *args;

      arrive (fixture, "note", "NA-0007");
      be (fixture, levels[i]);
      open_place (fixture, "today");
      pump (200);
      g_assert_true (window_says (fixture, "New note"));
      g_assert_true (window_says (fixture, "NA-0007"));
      g_signal_emit_by_name (find_widget (GTK_WIDGET (fixture->window), "90000000-0000-7000-8000-0000000000a1"), "clicked");
      pump (50);
      args = fake_desktop_get_submitted (fixture->desktop, fake_desktop_get_n_submitted (fixture->desktop) - 1, &op);
      g_assert_cmpstr (op, ==, "notice.read");
      g_assert_cmpstr (kith_json_string (args, "notice"), ==, "90000000-0000-7000-8000-0000000000a1");
    }
}

/* P12: on My Day too a referral is its eight fields: no sender, no day. */
static void
test_waiting (Fixture *fixture, gconstpointer data)
{
  set_rows (fixture, "tasks-due");
  json_array_add_object_element (set_rows (fixture, "referrals-waiting"),
                                 kith_json_new ("id", "s", SENT_HERE, "number", "s", "NA-0017", "contact_number", "s", "NA-0007", "phase", "s", "sent", "due_on", "s",
                                                "2026-11-20", "contact_name", "s", "Ana Lopez", "resource_name", "s", "Beds", "agency_name", "s", "Eastlake Family Clinic",
                                                "waits", "s", "answer", NULL));
  be (fixture, KITH_LEVEL_PORTAL);
  open_place (fixture, "today");
  pump (200);
  g_assert_true (window_says (fixture, "NA-0007"));
  g_assert_false (window_says (fixture, "NA-0017"));
  g_assert_false (window_says (fixture, "Eastlake Family Clinic"));
  g_assert_false (window_says (fixture, "Due today"));
}

/* What the rules refuse is not offered: a portal account puts nothing off, and 2-1-1 what it sent itself alone. */
static void
test_snooze (Fixture *fixture, gconstpointer data)
{
  static const struct { KithLevel level; const char *from; gboolean may; } cases[] = {
    { KITH_LEVEL_PORTAL, "network", FALSE }, { KITH_LEVEL_NETWORK, "a0000000-0000-7000-8000-000000000001", FALSE }, { KITH_LEVEL_NETWORK, "network", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint n = fake_desktop_get_n_submitted (fixture->desktop);

      json_array_add_object_element (set_rows (fixture, "referrals-waiting"),
                                     kith_json_new ("id", "s", SENT_HERE, "number", "s", "EC-0031", "phase", "s", "sent", "contact_name", "s", "Ana Lopez", "queue_name", "s",
                                                    "Roofs and rents", "waits", "s", "answer", "agency", "s", cases[i].from, NULL));
      be (fixture, cases[i].level);
      open_place (fixture, "today");
      pump (200);
      gtk_widget_grab_focus (GTK_WIDGET (gtk_list_box_get_row_at_index (GTK_LIST_BOX (find_widget (GTK_WIDGET (fixture->window), "referrals")), 0)));
      g_assert_true (act (fixture, "today.snooze"));
      g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop) - n, ==, cases[i].may ? 1 : 0);
    }
}

/* P12: the sender writes the note that is among the eight fields; a draft keeps it, and what is only given to the client carries none (D3). */
static void
test_note (Fixture *fixture, gconstpointer data)
{
  const char *op;
  JsonObject *args;

  for (guint given = 0; given < 2; given++)
    {
      open_place (fixture, "clients/refer:" MARIA);
      type_into (fixture, "entry", "prim");
      g_signal_emit_by_name (find_widget (GTK_WIDGET (fixture->window), "entry"), "entry-activated");
      pump (50);
      type_into (fixture, "need", "A family doctor");
      type_into (fixture, "note", "Best in the morning");
      pump (700);
      g_assert_true (act (fixture, "form.cancel"));
      pump (100);
      open_place (fixture, "clients/refer:" MARIA);
      pump (200);
      if (given)
        adw_combo_row_set_selected (ADW_COMBO_ROW (find_widget (GTK_WIDGET (fixture->window), "type")), 2);
      gtk_widget_grab_focus (find_widget (GTK_WIDGET (fixture->window), "need"));
      g_assert_true (act (fixture, "form.commit"));
      args = fake_desktop_get_submitted (fixture->desktop, fake_desktop_get_n_submitted (fixture->desktop) - 1, &op);
      g_assert_cmpstr (op, ==, "referral.send");
      g_assert_cmpstr (kith_json_string (args, "type"), ==, given ? "informational" : "direct");
      g_assert_cmpstr (kith_json_string (args, "note"), ==, given ? NULL : "Best in the morning");
    }
}

/* U7: what went to a queue alone says which, in the list, beside it and on My Day. */
static void
test_queue (Fixture *fixture, gconstpointer data)
{
  JsonObject *row = row_of (fixture, "inbox-new", SENT_HERE), *body = kith_json_object (row_of (fixture, "referral", SENT_HERE), "body");

  json_object_remove_member (row, "resource_name");
  json_object_set_string_member (row, "queue_name", "Roofs and rents");
  json_object_remove_member (body, "resource_name");
  json_object_set_string_member (body, "queue_name", "Roofs and rents");
  json_array_add_object_element (set_rows (fixture, "referrals-waiting"),
                                 kith_json_new ("id", "s", SENT_HERE, "number", "s", "EC-0031", "phase", "s", "sent", "contact_name", "s", "Ana Lopez", "queue_name", "s",
                                                "Roofs and rents", "waits", "s", "answer", NULL));
  be (fixture, KITH_LEVEL_NETWORK);
  open_place (fixture, "inbox/" SENT_HERE);
  pump (200);
  g_assert_true (window_says (fixture, "Roofs and rents"));
  g_assert_true (window_says (fixture, "Roofs and rents · EC-0031"));
  open_place (fixture, "today");
  pump (200);
  g_assert_true (window_says (fixture, "Answer: Roofs and rents"));
}

/* P21, P22: a call with a need for which nothing was done waits on 2-1-1's day, and is nobody else's. */
static void
test_calls (Fixture *fixture, gconstpointer data)
{
  json_array_add_object_element (set_rows (fixture, "contacts-waiting"),
                                 kith_json_new ("id", "s", "cc000000-0000-7000-8000-000000000001", "number", "s", "NA-0007", "submitted_at", "s",
                                                "2026-11-20T13:20:00.000Z", "name", "s", "Ana Lopez", "open", "i", (gint64) 2, NULL));
  be (fixture, KITH_LEVEL_NETWORK);
  open_place (fixture, "today");
  pump (200);
  g_assert_true (window_says (fixture, "Calls with an open need"));
  g_assert_true (window_says (fixture, "2 open"));
  be (fixture, KITH_LEVEL_PORTAL);
  open_place (fixture, "today");
  pump (200);
  g_assert_false (window_says (fixture, "Ana Lopez"));
}

static void
await_queues (Fixture *fixture, guint n)
{
  AdwComboRow *queue = ADW_COMBO_ROW (find_widget (GTK_WIDGET (fixture->window), "queue"));

  for (guint i = 0; i < 100 && g_list_model_get_n_items (adw_combo_row_get_model (queue)) != n; i++)
    pump (50);
  g_assert_cmpuint (g_list_model_get_n_items (adw_combo_row_get_model (queue)), ==, n);
}

/* P2, P14: with a service chosen a call offers the queues alone that take it, and says what became of another that was chosen. */
static void
test_queues_fit (Fixture *fixture, gconstpointer data)
{
  JsonArray *rows = fake_desktop_list (fixture->desktop, "queues-for");

  json_object_set_string_member (json_array_get_object_element (rows, 1), "_arg", "[]"); /* for nothing the directory has */
  be (fixture, KITH_LEVEL_NETWORK);
  open_place (fixture, "contacts/new");
  pump (200);
  await_queues (fixture, 3);
  adw_combo_row_set_selected (ADW_COMBO_ROW (find_widget (GTK_WIDGET (fixture->window), "queue")), 2);
  type_into (fixture, "need", "shelter");
  g_signal_emit_by_name (find_widget (GTK_WIDGET (fixture->window), "need"), "entry-activated");
  pump (400);
  g_assert_false (window_says (fixture, "The queue chosen before does not take this service."));
  g_signal_emit_by_name (find_widget (gtk_widget_get_ancestor (find_widget (GTK_WIDGET (fixture->window), "need"), KITH_TYPE_FORM), "entry"), "entry-activated"); /* the first hit */
  await_queues (fixture, 2);
  g_assert_cmpuint (adw_combo_row_get_selected (ADW_COMBO_ROW (find_widget (GTK_WIDGET (fixture->window), "queue"))), ==, 0);
  g_assert_true (window_says (fixture, "The queue chosen before does not take this service."));
  adw_combo_row_set_selected (ADW_COMBO_ROW (find_widget (GTK_WIDGET (fixture->window), "queue")), 1);
  g_assert_false (window_says (fixture, "The queue chosen before does not take this service."));
  json_object_set_string_member (json_array_get_object_element (rows, 1), "_arg", ""); /* for no service at all */
  json_array_add_object_element (rows, kith_json_new ("id", "s", "9e000000-0000-7000-8000-000000000009", "name", "s", "Rent", NULL));
  g_signal_emit_by_name (fixture->desktop, "changed", NULL);
  await_queues (fixture, 3);
  g_assert_cmpuint (adw_combo_row_get_selected (ADW_COMBO_ROW (find_widget (GTK_WIDGET (fixture->window), "queue"))), ==, 1); /* what fits stays chosen */
}

static void
close_front (Fixture *fixture)
{
  for (GtkWindow *window; (window = front_window (fixture)); pump (20))
    gtk_window_destroy (window);
}

/* P7, P12: whatever key is pressed, such an account stays on pages it has, and is asked for no person of the network. */
static void
test_window_keys (Fixture *fixture, gconstpointer data)
{
  static const KithLevel levels[] = { KITH_LEVEL_PORTAL, KITH_LEVEL_NETWORK };
  /* Said here once more, apart from kith_place_is_of(): what waits, referrals, their queues and its places; no clients, cases and places of its own. */
  static const char *const portal[] = { "today", "inbox", "board", "capacity", "attention", NULL }, *const not_network[] = { "clients", "cases", "capacity", NULL };
  guint n;
  const KithShortcut *table = kith_shortcuts_list (&n);

  for (guint l = 0; l < G_N_ELEMENTS (levels); l++)
    {
      be (fixture, levels[l]);
      for (guint i = 0; i < n; i++)
        {
          g_autofree char *name = NULL;
          g_autoptr (GVariant) target = NULL;
          const char *page;

          if (table[i].keys != KITH_KEYS_WINDOW || g_str_equal (table[i].action, "win.lock") || !g_str_has_prefix (table[i].action, "win."))
            continue;
          g_test_message ("%s", table[i].action);
          open_place (fixture, "today");
          g_assert_true (g_action_parse_detailed_name (table[i].action, &name, &target, NULL));
          gtk_widget_activate_action_variant (GTK_WIDGET (fixture->window), name, target);
          pump (80);
          page = KITH_PAGE_GET_CLASS (kith_frame_get_page (kith_window_get_frame (fixture->window)))->name;
          g_assert_true (levels[l] == KITH_LEVEL_PORTAL ? g_strv_contains (portal, page) : !g_strv_contains (not_network, page));
          if (g_str_equal (table[i].action, "win.ask-network"))
            g_assert_null (front_window (fixture));
          close_front (fixture);
          kith_frame_back (kith_window_get_frame (fixture->window)); /* a form that was opened goes */
        }
    }
}

/* P12: what is found by Ctrl+K, and the pages and commands there, are those of the account. */
static void
test_find (Fixture *fixture, gconstpointer data)
{
  static const struct { KithLevel level; gboolean service, directory; } cases[] = {
    { KITH_LEVEL_STANDARD, TRUE, TRUE }, { KITH_LEVEL_NETWORK, TRUE, TRUE }, { KITH_LEVEL_PORTAL, FALSE, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      be (fixture, cases[i].level);
      g_assert_true (act (fixture, "win.find"));
      gtk_editable_set_text (GTK_EDITABLE (in_front (fixture, "entry")), "prim");
      pump (400);
      g_assert_cmpint (says (GTK_WIDGET (front_window (fixture)), "Primary care visit"), ==, cases[i].service);
      gtk_editable_set_text (GTK_EDITABLE (in_front (fixture, "entry")), ">go to");
      pump (200);
      g_assert_cmpint (says (GTK_WIDGET (front_window (fixture)), "Go to Directory"), ==, cases[i].directory);
      g_assert_true (says (GTK_WIDGET (front_window (fixture)), "Go to Inbox"));
      g_assert_cmpint (says (GTK_WIDGET (front_window (fixture)), "Go to Clients"), ==, cases[i].level == KITH_LEVEL_STANDARD);
      close_front (fixture);
    }
}

/* P11: who reads a call takes none and changes none, and goes from it to what was received. */
static void
test_call_read (Fixture *fixture, gconstpointer data)
{
  static const char *const forms[] = { "contacts/new", "contacts/assign:cc000000-0000-7000-8000-000000000001", "contacts/edit:cc000000-0000-7000-8000-000000000001" };

  be (fixture, KITH_LEVEL_PORTAL);
  ((KithActor *) kith_desktop_get_actor (fixture->desktop))->sees_details = TRUE;
  g_signal_emit_by_name (fixture->context, "actor-changed");
  open_place (fixture, "contacts/cc000000-0000-7000-8000-000000000001");
  pump (200);
  SAYS ("Food until Friday");
  g_assert_null (find_widget (GTK_WIDGET (fixture->window), "take-call"));
  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      open_place (fixture, forms[i]);
      g_assert_null (kith_split_page_get_form (KITH_SPLIT_PAGE (kith_frame_get_page (kith_window_get_frame (fixture->window)))));
    }
  open_place (fixture, "contacts/cc000000-0000-7000-8000-000000000001");
  pump (200);
  gtk_widget_activate (GTK_WIDGET (gtk_list_box_get_row_at_index (GTK_LIST_BOX (find_widget (GTK_WIDGET (fixture->window), "referrals_box")), 0)));
  pump (100);
  g_assert_cmpstr (KITH_PAGE_GET_CLASS (kith_frame_get_page (kith_window_get_frame (fixture->window)))->name, ==, "inbox");
  g_assert_cmpstr (kith_split_page_get_id (KITH_SPLIT_PAGE (kith_frame_get_page (kith_window_get_frame (fixture->window)))), ==, WORKED_ON);
}

static void
add_event (Fixture *fixture, const char *referral, JsonObject *event)
{
  static const char *const kinds[] = { "referral", "referral_event", NULL };
  static int n;
  g_autofree char *id = g_strdup_printf ("ev-added-%d", n++);

  json_object_set_string_member (event, "_arg", referral);
  json_object_set_string_member (event, "id", id);
  json_object_set_string_member (event, "at", "2026-11-20T13:35:00.000Z");
  json_array_add_object_element (fake_desktop_list (fixture->desktop, "referral-events"), event);
  g_signal_emit_by_name (fixture->desktop, "changed", kinds);
}

/* P20: what was written at sending is read once, and stays when the other side's note has taken its place among the eight fields. */
static void
test_note_kept (Fixture *fixture, gconstpointer data)
{
  JsonObject *body = kith_json_object (row_of (fixture, "referral", SENT_HERE), "body");

  json_object_set_string_member (body, "note", "Comes with a small dog");
  add_event (fixture, SENT_HERE, kith_json_new ("type", "s", "sent", "to_phase", "s", "sent", "text", "s", "Comes with a small dog", NULL));
  open_place (fixture, "inbox/" SENT_HERE);
  await_times (fixture, "Comes with a small dog", 1);
  json_object_set_string_member (body, "note", "Called, no answer");
  add_event (fixture, SENT_HERE, kith_json_new ("type", "s", "note", "text", "s", "Called, no answer", NULL));
  await_times (fixture, "Called, no answer", 1);
  await_times (fixture, "Comes with a small dog", 1);
}

/* Words of an end that was taken back do not stand under the next one. */
static void
test_end_words (Fixture *fixture, gconstpointer data)
{
  json_object_set_string_member (kith_json_object (row_of (fixture, "referral", CLOSED), "detail"), "outcome", "need_met");
  add_event (fixture, CLOSED, kith_json_new ("type", "s", "declined", "reason", "s", "no_capacity", "text", "s", "Full until May", NULL));
  add_event (fixture, CLOSED, kith_json_new ("type", "s", "reopened", NULL));
  add_event (fixture, CLOSED, kith_json_new ("type", "s", "closed", "outcome", "s", "need_met", NULL));
  open_place (fixture, "sent/" CLOSED);
  await_times (fixture, "Outcome: ", 1);
  await_times (fixture, "Full until May", 1); /* in the timeline */
}

/* Where a supervisor confirms declines a portal account sees that its own waits: on the card and in the list, and is told so when it declines. */
static void
test_decline_waits (Fixture *fixture, gconstpointer data)
{
  static const char *const kinds[] = { "referral", NULL };

  json_object_set_int_member (row_of (fixture, "referral", SENT_HERE), "confirm_declines", 1);
  be (fixture, KITH_LEVEL_STANDARD);
  open_place (fixture, "inbox/" SENT_HERE);
  await_times (fixture, "Declined, waits for confirmation", 0);
  pump (300);
  g_assert_true (act (fixture, "referral.decline"));
  for (guint i = 0; i < 100 && !front_window (fixture); i++)
    pump (50);
  g_assert_true (says (GTK_WIDGET (front_window (fixture)), "A supervisor confirms it."));
  gtk_window_destroy (front_window (fixture));
  be (fixture, KITH_LEVEL_PORTAL);
  open_place (fixture, "inbox/" SENT_HERE);
  json_object_set_int_member (row_of (fixture, "referral", SENT_HERE), "decline_waits", 1);
  json_object_set_int_member (row_of (fixture, "inbox-new", SENT_HERE), "decline_waits", 1);
  g_signal_emit_by_name (fixture->desktop, "changed", kinds);
  await_times (fixture, "Declined, waits for confirmation", 1);
  await_times (fixture, "Declined, waits", 2); /* in the list too */
}

/* Begun locked with that page to come back to, which is made while the password is typed, when nobody knows yet whose it will be. */
static void
begin_at (Fixture *fixture, const char *place, KithLevel level)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  pump (50);
  if (!kith_desktop_get_actor (fixture->desktop))
    kith_desktop_unlock_async (fixture->desktop, "right", NULL, NULL, NULL);
  fake_desktop_set_level (fixture->desktop, level);
  kith_desktop_lock (fixture->desktop);
  g_settings_set_string (kith_context_get_settings (fixture->context), "last-page", place);
  fixture->window = KITH_WINDOW (kith_window_new (GTK_APPLICATION (application), fixture->context));
  gtk_window_present (GTK_WINDOW (fixture->window));
  pump (200);
  kith_desktop_unlock_async (fixture->desktop, "right", NULL, NULL, NULL);
  pump (200);
}

/* P12, P21: a page that was made for nobody shows what is its account's, and no more. */
static void
test_prepared (Fixture *fixture, gconstpointer data)
{
  begin_at (fixture, "inbox", KITH_LEVEL_STANDARD);
  g_assert_true (act (fixture, "win.search"));
  pump (100);
  g_assert_nonnull (find_widget (GTK_WIDGET (fixture->window), "late"));
  begin_at (fixture, "inbox", KITH_LEVEL_PORTAL);
  g_assert_true (act (fixture, "win.search"));
  pump (100);
  g_assert_true (window_says (fixture, "Unassigned"));
  g_assert_null (find_widget (GTK_WIDGET (fixture->window), "late"));
  set_rows (fixture, "contacts-open");
  begin_at (fixture, "contacts", KITH_LEVEL_NETWORK);
  g_assert_true (window_says (fixture, "Nothing Open"));
  g_assert_nonnull (find_widget (GTK_WIDGET (fixture->window), "empty_button"));
}

#define ADD_PORTAL(path, func) g_test_add ("/portal/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  fixture_begin (&argc, &argv);
  ADD_PORTAL ("number-P12-P16", test_number);
  ADD_PORTAL ("capacity-P11-P12", test_capacity_brief);
  ADD_PORTAL ("said-P12-P20", test_said);
  ADD_PORTAL ("left-P17", test_left);
  ADD_PORTAL ("news-P20-C17", test_news);
  ADD_PORTAL ("waiting-P12", test_waiting);
  ADD_PORTAL ("note-P12", test_note);
  ADD_PORTAL ("snooze", test_snooze);
  ADD_PORTAL ("queue-U7", test_queue);
  ADD_PORTAL ("calls-P21", test_calls);
  ADD_PORTAL ("queues-fit-P2", test_queues_fit);
  ADD_PORTAL ("window-keys-P7", test_window_keys);
  ADD_PORTAL ("find-P12", test_find);
  ADD_PORTAL ("call-read-P11", test_call_read);
  g_test_add ("/referral/note-kept-P20", Fixture, NULL, set_up, test_note_kept, tear_down);
  ADD_PORTAL ("decline-waits", test_decline_waits);
  ADD_PORTAL ("prepared-P12-P21", test_prepared);
  g_test_add ("/referral/end-words", Fixture, NULL, set_up, test_end_words, tear_down);
  return g_test_run ();
}
