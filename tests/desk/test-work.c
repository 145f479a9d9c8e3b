/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a worker's day is made of, from page to page: a hub that is away or moved, who works with whom, what was said wrong and is put right. */

#include "attention/kith-attention-card.h"
#include "desk-fixture.h"
#include "kith-json.h"
#include "kith-test.h"
#include "widgets/kith-choice-row.h"
#include "widgets/kith-suggest.h"
#include "widgets/kith-sync-chip.h"

/* The parameter is the test's own, not how the desktop begins. */
static void
set_up_open (Fixture *fixture, gconstpointer data)
{
  set_up (fixture, NULL);
}

static JsonObject *
last (Fixture *fixture, const char *op)
{
  guint n = fake_desktop_get_n_submitted (fixture->desktop);
  const char *is = NULL;
  JsonObject *args;

  g_assert_cmpuint (n, >, 0);
  args = fake_desktop_get_submitted (fixture->desktop, n - 1, &is);
  g_assert_cmpstr (is, ==, op);
  return args;
}

#define UNSENT "e0000000-0000-7000-8000-000000000021"

static gboolean
leads_to (GtkWidget *widget, const char *place)
{
  gboolean found = GTK_IS_LIST_BOX_ROW (widget) && g_strcmp0 (g_object_get_data (G_OBJECT (widget), "place"), place) == 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child && !found; child = gtk_widget_get_next_sibling (child))
    found = leads_to (child, place);
  return found;
}

/* Offline the state of the line leads to what was tried, what is safe, and another address; only the own hub is taken there. */
static void
test_moved (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window;

  fake_desktop_set_sync (fixture->desktop, KITH_SYNC_OFFLINE, 3, 0, NOW_MS - 3600 * 1000, NOW_MS - 1800 * 1000);
  pump (50);
  g_assert_true (act (fixture, "win.connection"));
  window = GTK_WIDGET (front_window (fixture));
  g_assert_nonnull (window);
  g_assert_true (says (window, "the hub answered last at 13:05"));
  g_assert_true (says (window, "was asked at 14:04. The computer answers, but no hub runs there at this address."));
  g_assert_true (says (window, "3 changes are kept on this computer, encrypted."));
  gtk_editable_set_text (GTK_EDITABLE (in_front (fixture, "address")), "https://another.example.org");
  commit_front (fixture);
  g_assert_true (says (GTK_WIDGET (front_window (fixture)), "not the one that keeps your records"));
  gtk_editable_set_text (GTK_EDITABLE (in_front (fixture, "address")), "https://moved.example.org");
  commit_front (fixture);
  g_assert_null (front_window (fixture));
}

static GtkWidget *
find_chip (GtkWidget *widget)
{
  GtkWidget *found = KITH_IS_SYNC_CHIP (widget) && gtk_widget_get_mapped (widget) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child && !found; child = gtk_widget_get_next_sibling (child))
    found = find_chip (child);
  return found;
}

static const char *
chip_action (Fixture *fixture)
{
  return gtk_actionable_get_action_name (GTK_ACTIONABLE (gtk_widget_get_first_child (find_chip (GTK_WIDGET (fixture->window)))));
}

/* rows: kept by the list. */
static void
put_rows (Fixture *fixture, const char *query, JsonArray *rows)
{
  json_object_set_array_member (fake_desktop_get_data (fixture->desktop), query, json_array_ref (rows));
  g_signal_emit_by_name (fixture->desktop, "changed", (const char *[]) { "conflict", "op", NULL });
}

/* What needs somebody is more than a line that is down; it is counted as Needs Attention counts it. */
static void
test_chip_leads (Fixture *fixture, gconstpointer data)
{
  JsonObject *all = fake_desktop_get_data (fixture->desktop);
  g_autoptr (JsonArray) refused = json_array_ref (kith_json_array (all, "attention"));
  g_autoptr (JsonArray) conflicts = json_array_ref (kith_json_array (all, "conflicts-open"));
  g_autoptr (JsonArray) none = json_array_new ();
  guint n = json_array_get_length (refused);

  g_assert_cmpuint (n, >, 0);
  g_assert_cmpuint (json_array_get_length (conflicts), ==, 1);
  open_place (fixture, "attention"); /* it has counted, before anything is taken away */
  kith_test_until (kith_context_get_needing (fixture->context) > 0);
  put_rows (fixture, "attention", none);
  put_rows (fixture, "conflicts-open", none);
  put_rows (fixture, "unsendable", none);
  kith_test_until (kith_context_get_needing (fixture->context) == 0);
  open_place (fixture, "clients");
  g_assert_cmpstr (chip_action (fixture), ==, "win.go");
  fake_desktop_set_sync (fixture->desktop, KITH_SYNC_OFFLINE, 0, 0, NOW_MS, NOW_MS);
  g_assert_cmpstr (chip_action (fixture), ==, "win.connection");

  put_rows (fixture, "attention", refused);
  fake_desktop_set_sync (fixture->desktop, KITH_SYNC_OFFLINE, 0, n, NOW_MS, NOW_MS);
  kith_test_until (kith_context_get_needing (fixture->context) > 0);
  g_assert_cmpstr (chip_action (fixture), ==, "win.go");
  put_rows (fixture, "attention", none);
  fake_desktop_set_sync (fixture->desktop, KITH_SYNC_OFFLINE, 0, 0, NOW_MS, NOW_MS);
  kith_test_until (kith_context_get_needing (fixture->context) == 0);
  g_assert_cmpstr (chip_action (fixture), ==, "win.connection");

  put_rows (fixture, "conflicts-open", conflicts); /* the line knows nothing of these */
  kith_test_until (kith_context_get_needing (fixture->context) == 1);
  g_assert_cmpstr (chip_action (fixture), ==, "win.go");
}

static void
name_marcus (Fixture *fixture)
{
  GtkWidget *suggest = in_front (fixture, "staff");

  kith_suggest_type (KITH_SUGGEST (suggest), "mar");
  pump (50);
  g_signal_emit_by_name (find_widget (suggest, "entry"), "entry-activated");
}

/* U6: who of the agency works with the client, added from the record; the form asks nothing that it could know, and keeps what was refused. */
static void
test_care_team (Fixture *fixture, gconstpointer data)
{
  JsonObject *args;

  open_place (fixture, "clients/" MARIA);
  g_assert_true (act (fixture, "client.join-team"));
  g_assert_true (commit_front (fixture));
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 0);
  g_assert_true (gtk_widget_get_visible (in_front (fixture, "problem"))); /* nobody is chosen */
  name_marcus (fixture);
  fake_desktop_refuse_next (fixture->desktop, "Has left the agency.");
  g_assert_true (commit_front (fixture));
  g_assert_true (says (GTK_WIDGET (front_window (fixture)), "Has left the agency."));
  g_assert_cmpstr (kith_suggest_get_text (KITH_SUGGEST (in_front (fixture, "staff"))), ==, "Marcus Reed");
  g_assert_true (commit_front (fixture));
  g_assert_null (front_window (fixture));
  args = last (fixture, "care_team.join");
  g_assert_cmpstr (kith_json_string (args, "client"), ==, MARIA);
  g_assert_cmpstr (kith_json_string (args, "staff"), ==, "50000000-0000-7000-8000-000000000002");
  g_assert_cmpstr (kith_json_string (args, "started_on"), ==, "2026-11-20");
  g_assert_true (says (GTK_WIDGET (fixture->window), "Care team changed: María López")); /* the toast says whom it is about */
}

/* What was begun in a small window is there again after a lock, a pick too; and not once it was done. */
static void
test_ask_draft (Fixture *fixture, gconstpointer data)
{
  open_place (fixture, "clients/" MARIA);
  g_assert_true (act (fixture, "client.join-team"));
  g_assert_false (says (GTK_WIDGET (front_window (fixture)), "Draft from"));
  name_marcus (fixture);
  gtk_editable_set_text (GTK_EDITABLE (in_front (fixture, "role")), "Interpreter");
  kith_window_lock (fixture->window);
  pump (100);
  kith_desktop_unlock_async (fixture->desktop, "right", NULL, NULL, NULL);
  pump (100);
  open_place (fixture, "clients/" MARIA);
  g_assert_true (act (fixture, "client.join-team"));
  g_assert_true (says (GTK_WIDGET (front_window (fixture)), "Draft from"));
  g_assert_cmpstr (kith_suggest_get_text (KITH_SUGGEST (in_front (fixture, "staff"))), ==, "Marcus Reed");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (in_front (fixture, "role"))), ==, "Interpreter");
  g_assert_true (commit_front (fixture));
  last (fixture, "care_team.join");
  open_place (fixture, "clients/" MARIA);
  g_assert_true (act (fixture, "client.join-team"));
  g_assert_false (says (GTK_WIDGET (front_window (fixture)), "Draft from"));
}

/* Words for a partner outlive a lock, with the reason they go with, and are gone once they were said. */
static void
test_reason_draft (Fixture *fixture, gconstpointer data)
{
  open_place (fixture, "inbox/e0000000-0000-7000-8000-000000000001");
  g_assert_true (act (fixture, "referral.decline"));
  gtk_list_box_select_row (GTK_LIST_BOX (in_front (fixture, "list")), gtk_list_box_get_row_at_index (GTK_LIST_BOX (in_front (fixture, "list")), 1));
  gtk_editable_set_text (GTK_EDITABLE (in_front (fixture, "text")), "All beds are taken until Monday");
  kith_window_lock (fixture->window);
  pump (100);
  kith_desktop_unlock_async (fixture->desktop, "right", NULL, NULL, NULL);
  pump (100);
  open_place (fixture, "inbox/e0000000-0000-7000-8000-000000000001");
  g_assert_true (act (fixture, "referral.decline"));
  g_assert_true (says (GTK_WIDGET (front_window (fixture)), "Draft from"));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (in_front (fixture, "text"))), ==, "All beds are taken until Monday");
  g_assert_cmpint (gtk_list_box_row_get_index (gtk_list_box_get_selected_row (GTK_LIST_BOX (in_front (fixture, "list")))), ==, 1);
  g_assert_true (commit_front (fixture));
  g_assert_cmpstr (kith_json_string (last_submitted (fixture, "referral.decline"), "text"), ==, "All beds are taken until Monday");
  g_assert_null (fake_desktop_get_draft (fixture->desktop, "reason:referral.decline:e0000000-0000-7000-8000-000000000001"));
}

/* C2, C3: a refusal says who refused, how, in which language and before whom, not only why. */
static void
test_refusal (Fixture *fixture, gconstpointer data)
{
  JsonObject *args;

  open_place (fixture, "clients/consent:" MARIA);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (find_widget (GTK_WIDGET (fixture->window), "refuses")), TRUE);
  pump (50);
  type_into (fixture, "witness", "Linh Tran");
  type_into (fixture, "language", "Spanish");
  act (fixture, "form.commit");
  args = last (fixture, "consent.refuse");
  g_assert_cmpstr (kith_json_string (args, "client"), ==, MARIA);
  g_assert_cmpstr (kith_json_string (args, "how"), ==, "verbal");
  g_assert_cmpstr (kith_json_string (args, "grantor"), ==, "self");
  g_assert_cmpstr (kith_json_string (args, "witness"), ==, "Linh Tran");
  g_assert_cmpstr (kith_json_string (args, "language"), ==, "Spanish");
}

/* C3, C20: the paper that was scanned is one of the client's files; which one it is stands in the consent. */
static void
test_scan (Fixture *fixture, gconstpointer data)
{
  GtkWidget *how, *scan;
  guint i;

  open_place (fixture, "clients/consent:" MARIA);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (find_widget (GTK_WIDGET (fixture->window), "everyone")), TRUE);
  g_assert_null (find_widget (GTK_WIDGET (fixture->window), "scan"));
  how = find_widget (GTK_WIDGET (fixture->window), "how");
  kith_choice_row_set_code (ADW_COMBO_ROW (how), "scanned");
  pump (50);
  scan = find_widget (GTK_WIDGET (fixture->window), "scan");
  g_assert_nonnull (scan);
  g_assert_true (says (GTK_WIDGET (fixture->window), "Attach the scan afterwards, at the consent itself."));
  i = g_list_model_get_n_items (adw_combo_row_get_model (ADW_COMBO_ROW (scan)));
  g_assert_cmpuint (i, >, 1);
  adw_combo_row_set_selected (ADW_COMBO_ROW (scan), 1);
  g_assert_false (says (GTK_WIDGET (fixture->window), "Attach the scan afterwards, at the consent itself."));
  gtk_editable_set_text (GTK_EDITABLE (find_widget (GTK_WIDGET (fixture->window), "purpose")), "A bed"); /* as the paper says */
  act (fixture, "form.commit");
  g_assert_nonnull (kith_json_string (last (fixture, "consent.record"), "document"));
}

/* C4: a term that has ended shows in the list too, with no hub to say so. */
static void
test_term_ended (Fixture *fixture, gconstpointer data)
{
  JsonArray *clients = fake_desktop_list (fixture->desktop, "clients-all");

  for (guint i = 0; i < json_array_get_length (clients); i++)
    {
      json_object_set_string_member (json_array_get_object_element (clients, i), "consent", "in_force");
      json_object_set_string_member (json_array_get_object_element (clients, i), "consent_until",
                                     i == 0 ? "2026-11-20T14:04:00.000Z" : "2026-11-20T14:06:00.000Z");
    }
  open_place (fixture, "clients");
  g_assert_nonnull (find_widget (GTK_WIDGET (fixture->window), "no_consent"));
  json_object_set_string_member (json_array_get_object_element (clients, 0), "consent_until", "2026-11-20T14:06:00.000Z");
  g_signal_emit_by_name (fixture->desktop, "changed", (const char *[]) { "consent", NULL });
  pump (100);
  g_assert_null (find_widget (GTK_WIDGET (fixture->window), "no_consent"));
}

/* C15: sending without a client record is offered to agencies that have none here, and to no others. */
static void
test_send_without (Fixture *fixture, gconstpointer victim)
{
  JsonArray *terms = fake_desktop_list (fixture->desktop, "agency-terms");

  if (victim)
    json_object_set_int_member (json_array_get_object_element (terms, 0), "victim_service", 1);
  open_place (fixture, "sent");
  g_assert_true ((find_widget (GTK_WIDGET (fixture->window), "send-without") != NULL) == (victim != NULL));
}

/* "Somebody was faster" only of a step whose phase somebody moved on: the hub's own sentence stands of the rest. */
static void
test_attention_race (Fixture *fixture, gconstpointer data)
{
  static const struct { const char *op, *from, *phase; gboolean race; } cases[] = {
    { "referral.accept", "sent", "accepted", TRUE },  { "referral.accept", "sent", "recalled", FALSE }, /* by whoever sent it */
    { "referral.accept", "sent", "sent", FALSE },           { "referral.send", NULL, "sent", FALSE },
    { "queue.move", NULL, NULL, FALSE },              { "queue.set_statuses", NULL, NULL, FALSE },            { "referral.confirm_decline", "sent", "declined", FALSE },
    { "referral.reroute", "sent", "accepted", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonObject) entry = kith_json_new (
        "op_id", "s", "o", "op", "s", cases[i].op, "label", "s", "A step", "st", "s", "rejected", "code", "s", "stale_state", "message", "s", "The hub says so.", "args", "o",
        kith_json_new ("from", "s", cases[i].from, NULL), "now", "o", cases[i].phase ? kith_json_new ("phase", "s", cases[i].phase, "by", "s", "Linh", NULL) : NULL, NULL);
      GtkWidget *card = g_object_ref_sink (kith_attention_card_new_for_operation (fixture->context, entry));

      g_test_message ("%s from %s", cases[i].op, cases[i].from);
      g_assert_true (fake_holds (card, "The hub says so."));
      g_assert_cmpint (fake_holds (card, "was faster"), ==, cases[i].race);
      g_object_unref (card);
    }
}

/* The agency that was faster is named, where the loser may know it. */
static void
test_attention_agency (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonObject) entry = kith_json_new (
    "op_id", "s", "o", "op", "s", "referral.accept", "label", "s", "Accept", "st", "s", "rejected", "code", "s", "stale_state", "message", "s", "This referral is accepted.", "args",
    "o", kith_json_new ("from", "s", "sent", NULL), "now", "o",
    kith_json_new ("phase", "s", "accepted", "by", "s", "Linh Trần", "agency", "s", "Family Health", "at", "s", "2026-11-20T14:03:00.000Z", NULL), NULL);
  GtkWidget *card = g_object_ref_sink (kith_attention_card_new_for_operation (fixture->context, entry));

  g_assert_true (fake_holds (card, "This referral is accepted. Family Health (Linh Trần) was faster ("));
  g_object_unref (card);
}

/* C5: what a revocation had stopped here and had gone out before is told, and not offered to be sent once more. */
static void
test_attention_was_sent (Fixture *fixture, gconstpointer data)
{
  for (guint sent = 0; sent < 2; sent++)
    {
      g_autoptr (JsonObject) entry = kith_json_new ("op_id", "s", "o", "op", "s", "referral.send", "label", "s", "Send referral", "st", "s", sent ? "sent" : "rejected",
                                                    "message", "s", "The hub says so.", NULL);
      GtkWidget *card = g_object_ref_sink (kith_attention_card_new_for_operation (fixture->context, entry));

      g_assert_true (fake_holds (card, "The hub says so."));
      g_assert_cmpint (fake_holds (card, "Was sent"), ==, sent);
      g_assert_cmpint (fake_holds (card, "Try Again"), !=, sent);
      g_assert_cmpint (fake_holds (card, "Got It"), ==, sent);
      g_object_unref (card);
    }
}

/* The row that was declined is gone, and the keys go to the next one: J, 1 and 3 act at once. */
static void
test_keys_go_on (Fixture *fixture, gconstpointer data)
{
  GtkWidget *view, *search, *focus;

  open_place (fixture, "inbox");
  view = find_widget (GTK_WIDGET (fixture->window), "view");
  gtk_widget_child_focus (view, GTK_DIR_TAB_FORWARD);
  g_assert_true (gtk_widget_is_ancestor (gtk_root_get_focus (GTK_ROOT (fixture->window)), view)); /* a row */
  g_assert_true (act (fixture, "referral.decline"));
  search = in_front (fixture, "search");
  gtk_editable_set_text (GTK_EDITABLE (search), "capac");
  pump (50);
  g_signal_emit_by_name (search, "activate");
  pump (300);
  g_assert_null (front_window (fixture));
  focus = gtk_root_get_focus (GTK_ROOT (fixture->window));
  g_assert_nonnull (focus);
  g_assert_true (focus == view || gtk_widget_is_ancestor (focus, view));
}

/* P12, P20: the note, which everybody concerned sees, is put right or taken out before it goes. */
static void
test_refer_edit_note (Fixture *fixture, gconstpointer data)
{
  static const char *const notes[] = { "Call after noon", "" };

  json_object_set_string_member (json_array_get_object_element (fake_desktop_list (fixture->desktop, "unsent"), 0), "note", "Call before noon");
  for (guint i = 0; i < G_N_ELEMENTS (notes); i++)
    {
      open_place (fixture, "sent/e0000000-0000-7000-8000-000000000021");
      g_assert_true (act (fixture, "referral.edit"));
      pump (400);
      g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (find_widget (GTK_WIDGET (fixture->window), "note"))), ==, "Call before noon");
      type_into (fixture, "note", notes[i]);
      g_assert_true (act (fixture, "form.commit"));
      pump (100);
      g_assert_cmpstr (kith_json_string (last_submitted (fixture, "edit"), "note"), ==, *notes[i] ? notes[i] : NULL);
    }
}

/* Who has just been registered is shown before the list knows of them; when it does, it is scrolled to them. */
static void
test_new_in_sight (Fixture *fixture, gconstpointer data)
{
  static const char *const kinds[] = { "client", NULL };
  GtkAdjustment *adjustment;

  open_place (fixture, "clients/c0000000-0000-7000-8000-0000000000fe");
  adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (find_widget (GTK_WIDGET (fixture->window), "view")));
  g_assert_cmpfloat (gtk_adjustment_get_value (adjustment), ==, 0);
  json_array_add_object_element (fake_desktop_list (fixture->desktop, "clients-all"),
                                 kith_json_new ("id", "s", "c0000000-0000-7000-8000-0000000000fe", "given_name", "s", "Zoe", "number", "s", "HA-0999", NULL));
  g_signal_emit_by_name (fixture->desktop, "changed", kinds);
  pump (200);
  g_assert_cmpfloat (gtk_adjustment_get_value (adjustment), >, 0);
}

/* The same where the list has never been on the screen: the form lay over the page from its first moment on. */
static void
test_new_in_sight_at_first (Fixture *fixture, gconstpointer data)
{
  JsonArray *rows = fake_desktop_list (fixture->desktop, "clients-all");
  g_autofree char *last = g_strconcat ("clients/", kith_json_string (json_array_get_object_element (rows, json_array_get_length (rows) - 1), "id"), NULL);
  GtkWidget *view;

  open_place (fixture, "clients/new");
  pump (300);
  open_place (fixture, last);
  pump (300);
  view = find_widget (GTK_WIDGET (fixture->window), "view");
  g_assert_nonnull (view);
  g_assert_cmpfloat (gtk_adjustment_get_value (gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (view))), >, 0);
}

/* Without a network too: the consents of one's clients that end within 30 days stand in My Day, and lead to asking for them again. */
static void
test_expiring (Fixture *fixture, gconstpointer data)
{
  JsonArray *rows = json_array_new ();
  GtkWidget *list;

  json_array_add_object_element (rows, kith_json_new ("id", "s", "f0000000-0000-7000-8000-000000000001", "client", "s", MARIA, "number", "s", "HA-0021", "given_name", "s", "María",
                                                      "family_name", "s", "López", "term", "s", "2026-11-25T10:00:00.000Z", "receiver_names", "s", "Eastlake Family Clinic, network",
                                                      "receiver_list", "s", "[\"Eastlake Family Clinic\",\"network\"]", NULL));
  json_object_set_array_member (fake_desktop_get_data (fixture->desktop), "consents-expiring", rows);
  fake_desktop_set_sync (fixture->desktop, KITH_SYNC_OFFLINE, 0, 0, NOW_MS - 3600 * 1000, NOW_MS - 1800 * 1000);
  open_place (fixture, "clients");
  g_signal_emit_by_name (fixture->desktop, "changed", (const char *[]) { "consent", NULL });
  open_place (fixture, "today");
  pump (100);
  SAYS ("A consent ends soon");
  SAYS ("María López · HA-0021 · Eastlake Family Clinic, network staff"); /* no code */
  list = find_widget (GTK_WIDGET (fixture->window), "list");
  g_assert_nonnull (list);
  for (GtkWidget *line = gtk_widget_get_first_child (list); line; line = gtk_widget_get_next_sibling (line))
    if (says (line, "A consent ends soon"))
      {
        g_signal_emit_by_name (list, "row-activated", line);
        break;
      }
  pump (100);
  g_assert_nonnull (find_widget (GTK_WIDGET (fixture->window), "purpose"));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (find_widget (GTK_WIDGET (fixture->window), "purpose"))), ==, "Referrals and care coordination");
}

/* D2: what 2-1-1 sent itself is among what it sent, from each line of its day. */
static void
test_network_sent (Fixture *fixture, gconstpointer data)
{
  static const char *const kinds[] = { "task", "op", NULL };
  JsonArray *begun = json_array_new (), *tasks = json_array_new ();
  GtkWidget *page;

  fake_desktop_set_network_staff (fixture->desktop);
  json_object_set_array_member (fake_desktop_get_data (fixture->desktop), "drafts-begun", begun);
  json_object_set_array_member (fake_desktop_get_data (fixture->desktop), "tasks-due", tasks);
  json_array_add_object_element (begun, kith_json_new ("id", "s", "private-note:referral:r1", "at", "s", "1795176000000", "scope", "s", "referral_own:r1:network", "about",
                                                       "s", "r1", "agency", "s", "network", NULL));
  json_array_add_object_element (tasks, kith_json_new ("id", "s", "t1", "subject", "s", "Ask how it went", "referral", "s", "r2", "referral_agency", "s", "network",
                                                       "done", "i", (gint64) 0, NULL));
  json_array_add_object_element (tasks, kith_json_new ("id", "s", "t2", "subject", "s", "Answer them", "referral", "s", "r3", "referral_agency", "s",
                                                       "a0000000-0000-7000-8000-000000000001", "done", "i", (gint64) 0, NULL));
  open_place (fixture, "today");
  g_signal_emit_by_name (fixture->desktop, "changed", kinds);
  pump (200);
  page = GTK_WIDGET (kith_window_get_frame (fixture->window));
  g_assert_true (leads_to (page, "sent/r1"));
  g_assert_true (leads_to (page, "sent/r2"));
  g_assert_true (leads_to (page, "inbox/r3"));
}

/* P21, C1: what 2-1-1 put into a queue alone goes on to an agency when the caller agrees: the window that sends it there asks. */
static void
test_queue_to_agency (Fixture *fixture, gconstpointer data)
{
  JsonArray *rows = fake_desktop_list (fixture->desktop, "referral");
  JsonObject *body = NULL, *args;
  const char *op;

  for (guint i = 0; i < json_array_get_length (rows); i++)
    if (g_strcmp0 (kith_json_string (json_array_get_object_element (rows, i), "id"), "e0000000-0000-7000-8000-000000000021") == 0)
      body = kith_json_object (json_array_get_object_element (rows, i), "body");

  json_object_remove_member (body, "client");
  json_object_remove_member (body, "agency_to");
  json_object_set_string_member (body, "contact_record", "cc000000-0000-7000-8000-000000000001");
  open_place (fixture, "sent/e0000000-0000-7000-8000-000000000021");
  g_assert_true (act (fixture, "referral.reroute"));
  g_assert_true (says (GTK_WIDGET (front_window (fixture)), "The agency it goes to is told who called."));
  kith_switch_row_set_active (KITH_SWITCH_ROW (in_front (fixture, "agreed")), TRUE);
  gtk_editable_set_text (GTK_EDITABLE (in_front (fixture, "entry")), "overnight");
  pump (400);
  g_signal_emit_by_name (in_front (fixture, "entry"), "entry-activated");
  pump (50);
  g_assert_true (commit_front (fixture));
  args = fake_desktop_get_submitted (fixture->desktop, fake_desktop_get_n_submitted (fixture->desktop) - 1, &op);
  g_assert_cmpstr (op, ==, "referral.reroute");
  g_assert_cmpstr (kith_json_string (kith_json_object (args, "release"), "basis"), ==, "spoken_release");
  g_assert_nonnull (kith_json_string (args, "service"));
}

/* ux.md My Day: D is of tasks and news. A referral is done by a step of its own: it says so, and goes nowhere. What a colleague cannot do says whose it was. */
static void
test_day_done (Fixture *fixture, gconstpointer data)
{
  GtkWidget *row;
  g_autofree char *place = NULL;

  open_place (fixture, "today");
  pump (100);
  row = GTK_WIDGET (gtk_list_box_get_row_at_index (GTK_LIST_BOX (find_widget (GTK_WIDGET (fixture->window), "referrals")), 0));
  g_assert_true (says (row, "In place of Ben Okafor"));
  row = GTK_WIDGET (gtk_list_box_get_row_at_index (GTK_LIST_BOX (find_widget (GTK_WIDGET (fixture->window), "referrals")), 1));
  g_assert_false (says (row, "In place of"));
  gtk_widget_grab_focus (row);
  g_assert_true (act (fixture, "today.done"));
  pump (100);
  place = kith_frame_get_place (kith_window_get_frame (fixture->window));
  g_assert_cmpstr (place, ==, "today");
  g_assert_true (says (GTK_WIDGET (fixture->window), "Only tasks and news are ticked off here. Enter opens what is to be done."));
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 0);
}

/* What waits to be sent shows what goes along with it, and a file that is taken off leaves with the same Save. */
static void
attach_two (Fixture *fixture)
{
  static const char *const names[] = { "Lease.pdf", "Pay slip.pdf" };
  JsonArray *files = json_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *id = g_strdup_printf ("dc000000-0000-7000-8000-00000000000%u", i);

      json_array_add_object_element (files, kith_json_new ("_arg", "s", UNSENT, "id", "s", id, "t", "s", i ? "referral_health" : "referral_detail", "type", "s", "letter",
                                                           "name", "s", names[i], "media_type", "s", "application/pdf", "size", "i", (gint64) 10, NULL));
    }
  json_object_set_array_member (fake_desktop_get_data (fixture->desktop), "referral-documents", files);
}

static void
test_edit_attached (Fixture *fixture, gconstpointer data)
{
  GtkWidget *attach, *take_off;
  JsonObject *args;
  const char *op;
  guint n;

  attach_two (fixture);
  open_place (fixture, "sent/" UNSENT);
  g_assert_true (act (fixture, "referral.edit"));
  pump (400);
  attach = find_widget (GTK_WIDGET (fixture->window), "attach_place");
  g_assert_true (says (attach, "Lease.pdf"));
  g_assert_true (says (attach, "Pay slip.pdf"));
  take_off = find_button (attach, "Take off");
  g_assert_nonnull (take_off);
  g_signal_emit_by_name (take_off, "clicked");
  pump (50);
  g_assert_false (says (attach, "Lease.pdf"));
  n = fake_desktop_get_n_submitted (fixture->desktop);
  g_assert_true (act (fixture, "form.commit"));
  pump (100);
  args = fake_desktop_get_submitted (fixture->desktop, n, &op);
  g_assert_cmpstr (op, ==, "edit");
  g_assert_true (kith_json_bool (args, "health", FALSE)); /* the other one hangs on it */
  args = fake_desktop_get_submitted (fixture->desktop, n + 1, &op);
  g_assert_cmpstr (op, ==, "withdraw");
  g_assert_cmpstr (kith_json_string (args, "op"), ==, "document.attach");
  g_assert_cmpstr (kith_json_string (args, "id"), ==, "dc000000-0000-7000-8000-000000000000");
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, n + 2);
}

/* A draft of a Kith that did not list them: nobody took them off in it. */
static void
test_edit_attached_before (Fixture *fixture, gconstpointer data)
{
  JsonObject *draft;
  const char *op;
  guint n;

  attach_two (fixture);
  open_place (fixture, "sent/" UNSENT);
  g_assert_true (act (fixture, "referral.edit"));
  pump (400);
  type_into (fixture, "note", "Ask for Rosa");
  kith_window_lock (fixture->window);
  pump (100);
  draft = fake_desktop_get_draft (fixture->desktop, "refer:edit:" UNSENT);
  g_assert_nonnull (draft);
  json_object_remove_member (draft, "knows_attached");
  json_object_set_array_member (draft, "files", json_array_new ());
  kith_desktop_unlock_async (fixture->desktop, "right", NULL, NULL, NULL);
  pump (400);
  n = fake_desktop_get_n_submitted (fixture->desktop);
  g_assert_true (act (fixture, "form.commit"));
  pump (100);
  fake_desktop_get_submitted (fixture->desktop, n, &op);
  g_assert_cmpstr (op, ==, "edit");
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, n + 1);
}

/* P21: what 2-1-1 assigned from a call is changed before it goes out, too: need and person stay the call's. */
static void
test_edit_assigned (Fixture *fixture, gconstpointer data)
{
  const KithOperation *operation = kith_operation_get ("contact.assign");
  JsonArray *unsent = fake_desktop_list (fixture->desktop, "unsent");
  g_autoptr (GError) error = NULL;
  JsonArray *answers;
  JsonObject *args;
  const char *op;
  AdwComboRow *type;
  guint n, before;

  fake_desktop_set_network_staff (fixture->desktop);
  json_object_set_string_member (json_array_get_object_element (fake_desktop_list (fixture->desktop, "referral-target"), 0), "agency", "a0000000-0000-7000-8000-000000000002");
  answers = json_array_ref (kith_json_array (json_array_get_object_element (unsent, 0), "answers"));
  json_array_remove_element (unsent, 0);
  json_array_add_object_element (unsent, kith_json_new ("id", "s", UNSENT, "number", "s", "KK-0051", "contact", "s", "0197c000-0000-7000-8000-0000000000e0", "need", "s",
                                                        "0197c000-0000-7000-8000-0000000000e1", "type", "s", "direct", "service", "s", "d0000000-0000-7000-8000-000000000004",
                                                        "urgency", "s", "soon", "request", "s", "Comes by bus.", "release", "o",
                                                        kith_json_new ("classes", "a", kith_json_strings ("client", NULL), "until", "s", "2027-02-18T14:05:00.000Z", "basis", "s",
                                                                       "spoken_release", NULL), "answers", "a", answers, NULL));
  open_place (fixture, "sent/edit:" UNSENT ":");
  pump (400);
  g_assert_false (gtk_widget_get_sensitive (find_widget (GTK_WIDGET (fixture->window), "need")));
  type = ADW_COMBO_ROW (find_widget (GTK_WIDGET (fixture->window), "type"));
  before = adw_combo_row_get_selected (type);
  adw_combo_row_set_selected (type, g_list_model_get_n_items (adw_combo_row_get_model (type)) - 1); /* only told of it: who has no record has no history */
  pump (100);
  SAYS ("You give the caller the information");
  SAYS ("it is noted with the call.");
  adw_combo_row_set_selected (type, before);
  type_into (fixture, "note", "Ask for Rosa");
  n = fake_desktop_get_n_submitted (fixture->desktop);
  g_assert_true (act (fixture, "form.commit"));
  pump (200);
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, n + 1);
  args = fake_desktop_get_submitted (fixture->desktop, n, &op);
  g_assert_cmpstr (op, ==, "edit");
  g_assert_cmpstr (kith_json_string (args, "contact"), ==, "0197c000-0000-7000-8000-0000000000e0");
  g_assert_cmpstr (kith_json_string (args, "need"), ==, "0197c000-0000-7000-8000-0000000000e1");
  g_assert_cmpstr (kith_json_string (args, "note"), ==, "Ask for Rosa");
  g_assert_cmpstr (kith_json_string (args, "number"), ==, "KK-0051");
  g_assert_cmpstr (kith_json_string (kith_json_object (args, "release"), "basis"), ==, "spoken_release");
  g_assert_false (json_object_has_member (args, "contact_name"));
  g_assert_true (kith_fields_check (operation->args, operation->n_args, args, FALSE, &error)); /* the operation takes them */
  g_assert_no_error (error);
}

#define A_CALL "cc000000-0000-7000-8000-000000000001"
#define CAME_BACK "e0000000-0000-7000-8000-000000000025"

/* 2b: what 2-1-1 assigns for another need of the call leaves the referral that came back waiting: it is not what became of it. */
static void
test_refer_on_other (Fixture *fixture, gconstpointer data)
{
  JsonArray *rows;
  GtkWidget *entry;
  JsonObject *assign;
  const char *op;
  guint before, n = 0;

  fake_desktop_set_network_staff (fixture->desktop);
  rows = fake_desktop_list (fixture->desktop, "referral");
  for (guint i = 0; i < json_array_get_length (rows); i++)
    if (g_strcmp0 (kith_json_string (json_array_get_object_element (rows, i), "id"), CAME_BACK) == 0)
      {
        JsonObject *row = json_array_get_object_element (rows, i), *body = kith_json_object (row, "body");

        json_object_set_string_member (body, "agency", "network");
        json_object_set_string_member (body, "contact_record", A_CALL);
        json_object_set_object_member (row, "detail", kith_json_new ("contact_need", "s", "settled-since", NULL));
      }
  open_place (fixture, "sent/" CAME_BACK);
  pump (200);
  g_assert_true (act (fixture, "referral.go-on"));
  pump (300);
  entry = find_widget (find_widget (GTK_WIDGET (fixture->window), "suggest_place"), "entry");
  gtk_editable_set_text (GTK_EDITABLE (entry), "e");
  pump (400);
  g_signal_emit_by_name (entry, "entry-activated"); /* the first hit, for the first need there is */
  pump (150);
  kith_switch_row_set_active (KITH_SWITCH_ROW (find_widget (GTK_WIDGET (fixture->window), "agreed")), TRUE);
  before = fake_desktop_get_n_submitted (fixture->desktop);
  g_assert_true (act (fixture, "form.commit"));
  pump (200);
  for (guint i = before; i < fake_desktop_get_n_submitted (fixture->desktop); i++)
    {
      assign = fake_desktop_get_submitted (fixture->desktop, i, &op);
      n += g_str_equal (op, "contact.assign");
      g_assert_null (kith_json_string (assign, "previous"));
    }
  g_assert_cmpuint (n, >, 0);
}

/* Opened from elsewhere, the list it stands in is the one shown, whether that was read that far or not. */
static void
test_jump (Fixture *fixture, gconstpointer data)
{
  JsonArray *closed = fake_desktop_list (fixture->desktop, "inbox-closed");
  g_autofree char *place = NULL;

  json_array_remove_element (closed, 0); /* too far down to be read */
  open_place (fixture, "inbox");
  pump (100);
  open_place (fixture, "inbox/e0000000-0000-7000-8000-000000000008");
  pump (300);
  place = kith_frame_get_place (kith_window_get_frame (fixture->window));
  g_assert_true (g_str_has_prefix (place, "inbox/2:e0000000-0000-7000-8000-000000000008"));
}

static guint
n_in_sight (GtkWidget *in)
{
  guint n = GTK_IS_BUTTON (in) && gtk_widget_get_mapped (in);

  for (GtkWidget *child = gtk_widget_get_first_child (in); child && !GTK_IS_BUTTON (in); child = gtk_widget_get_next_sibling (child))
    n += GTK_IS_MENU_BUTTON (child) ? 0 : n_in_sight (child);
  return n;
}

/* The next steps stand above the name, the rest in a menu with their keys. */
static void
test_strip (Fixture *fixture, gconstpointer data)
{
  GtkWidget *more;

  open_place (fixture, "inbox/e0000000-0000-7000-8000-000000000001");
  pump (300);
  more = find_widget (GTK_WIDGET (fixture->window), "more_actions");
  g_assert_nonnull (more);
  g_assert_cmpuint (n_in_sight (gtk_widget_get_parent (more)), >=, 2);
  g_assert_cmpuint (n_in_sight (gtk_widget_get_parent (more)), <=, 4);
  g_assert_cmpint (gtk_widget_get_height (gtk_widget_get_parent (more)), <, 2 * gtk_widget_get_height (more)); /* one line */
  SAYS ("Accept");
  g_assert_false (says (gtk_widget_get_parent (more), "Send Elsewhere…"));
  gtk_menu_button_popup (GTK_MENU_BUTTON (more));
  pump (200);
  g_assert_true (says (GTK_WIDGET (gtk_menu_button_get_popover (GTK_MENU_BUTTON (more))), "Send Elsewhere…"));
  g_assert_false (says (GTK_WIDGET (gtk_menu_button_get_popover (GTK_MENU_BUTTON (more))), "Accept"));
  gtk_menu_button_popdown (GTK_MENU_BUTTON (more));
}

int
main (int argc, char **argv)
{
  fixture_begin (&argc, &argv);
  ADD ("work/hub-moved", NULL, test_moved);
  ADD ("today/done", NULL, test_day_done);
  ADD ("refer/on-for-another-need", NULL, test_refer_on_other);
  ADD ("refer/edit-attached", NULL, test_edit_attached);
  ADD ("refer/edit-attached-before", NULL, test_edit_attached_before);
  ADD ("refer/edit-assigned-P21", NULL, test_edit_assigned);
  ADD ("work/chip-leads", NULL, test_chip_leads);
  ADD ("work/care-team-U6", NULL, test_care_team);
  ADD ("work/reason-draft", NULL, test_reason_draft);
  ADD ("work/ask-draft", NULL, test_ask_draft);
  ADD ("work/refusal-C2-C3", NULL, test_refusal);
  ADD ("work/scan-C20", NULL, test_scan);
  ADD ("work/term-ended-C4", NULL, test_term_ended);
  ADD ("work/send-without/others-C15", NULL, test_send_without);
  g_test_add ("/desk/send-without/victim-service-C15", Fixture, "victim", set_up_open, test_send_without, tear_down);
  ADD ("attention/choices-race", NULL, test_attention_race);
  ADD ("attention/was-sent-C5", NULL, test_attention_was_sent);
  ADD ("attention/faster-agency", NULL, test_attention_agency);
  ADD ("refer/edit-note-P12-P20", NULL, test_refer_edit_note);
  ADD ("inbox/jump", NULL, test_jump);
  ADD ("inbox/strip", NULL, test_strip);
  ADD ("inbox/keys-go-on", NULL, test_keys_go_on);
  ADD ("clients/new-in-sight", NULL, test_new_in_sight);
  ADD ("clients/new-in-sight-at-first", NULL, test_new_in_sight_at_first);
  ADD ("work/network-sent-D2", NULL, test_network_sent);
  ADD ("work/queue-to-agency-P21", NULL, test_queue_to_agency);
  ADD ("work/consents-expiring", NULL, test_expiring);
  return g_test_run ();
}
