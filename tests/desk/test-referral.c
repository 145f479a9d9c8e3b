/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The window of one referral: what it shows of a long story, and what it goes by while it shows a part. */

#include "desk-fixture.h"
#include "clients/kith-client-list.h"
#include "kith-format.h"
#include "kith-id.h"
#include "kith-list-row.h"
#include "kith-world.h"
#include "referrals/kith-composer.h"
#include "referrals/kith-referral-draft.h"
#include "widgets/kith-status-pill.h"

#define LONG "e0000000-0000-7000-8000-000000000072" /* was in service; ended without help */

static void
add_events (Fixture *fixture, guint from, guint n, const char *type)
{
  for (guint i = from; i < from + n; i++)
    {
      g_autofree char *id = g_strdup_printf ("ev-long-%03u", i), *text = g_strdup_printf ("Word %03u.", i);

      json_array_add_object_element (fake_desktop_list (fixture->desktop, "referral-events"),
                                     kith_json_new ("_arg", "s", LONG, "id", "s", id, "type", "s", type, "at", "s", "2026-11-12T18:00:00.000Z", "actor_name", "s",
                                                    "Dr. Priya Nair", "text", "s", text, NULL));
    }
}

static GtkWidget *
shown (Fixture *fixture, const char *name)
{
  return find_widget (GTK_WIDGET (fixture->window), name);
}

static guint
count_lines (Fixture *fixture)
{
  guint n = 0;

  for (GtkWidget *line = shown (fixture, "timeline") ? gtk_widget_get_first_child (shown (fixture, "timeline")) : NULL; line; line = gtk_widget_get_next_sibling (line))
    n++;
  return n;
}

/* What is read arrives by and by: waits for it, with a bound. words: of the newest line */
static void
await_lines (Fixture *fixture, guint n, guint total, const char *words)
{
  g_autofree char *more = n < total ? g_strdup_printf ("Show More (%u of %u)", n, total) : NULL;
  const char *label = NULL;

  for (guint i = 0; i < 100; i++)
    {
      label = shown (fixture, "more") ? gtk_button_get_label (GTK_BUTTON (shown (fixture, "more"))) : NULL;
      if (count_lines (fixture) == n && g_strcmp0 (label, more) == 0 && says (GTK_WIDGET (fixture->window), words))
        break;
      pump (50);
    }
  g_assert_cmpuint (count_lines (fixture), ==, n);
  g_assert_cmpstr (label, ==, more);
  g_assert_true (says (GTK_WIDGET (fixture->window), words));
}

/* D8: what happened over years is shown by and by, the newest first. How far it came, the note it was sent with and the words of its end stand there all the same, and what
 * happens meanwhile takes nobody back to the beginning. */
static void
test_long (Fixture *fixture, gconstpointer data)
{
  static const char *const kinds[] = { "referral_event", NULL };
  guint before = 4; /* of fake-data.json */

  json_array_add_object_element (fake_desktop_list (fixture->desktop, "referral-events"),
                                 kith_json_new ("_arg", "s", LONG, "id", "s", "ev-long-sent", "type", "s", "sent", "to_phase", "s", "sent", "at", "s", "2026-10-02T15:40:00.000Z",
                                                "text", "s", "Comes with a small dog", NULL));
  add_events (fixture, 0, 195, "note");
  open_place (fixture, "sent/" LONG);
  await_lines (fixture, KITH_CLIENT_STEP, before + 196, "Word 194.");
  g_assert_false (says (GTK_WIDGET (fixture->window), "Word 000."));
  g_assert_false (says (GTK_WIDGET (fixture->window), "Not in service"));
  g_assert_true (says (GTK_WIDGET (fixture->window), "Comes with a small dog"));
  g_signal_emit_by_name (shown (fixture, "more"), "clicked");
  await_lines (fixture, 2 * KITH_CLIENT_STEP, before + 196, "Word 194.");

  add_events (fixture, 195, 1, "note");
  g_signal_emit_by_name (fixture->desktop, "changed", kinds);
  await_lines (fixture, 2 * KITH_CLIENT_STEP, before + 197, "Word 195.");
  for (guint now = 3 * KITH_CLIENT_STEP; now < before + 197 + KITH_CLIENT_STEP; now += KITH_CLIENT_STEP)
    {
      g_signal_emit_by_name (shown (fixture, "more"), "clicked");
      await_lines (fixture, MIN (now, before + 197), before + 197, "Word 195.");
    }
  g_assert_true (says (GTK_WIDGET (fixture->window), "Word 000."));
}

/* ---- drafts (domain.md 2e) ---- */

#define DRAFT "e0000000-0000-7000-8000-000000000021" /* of María, by this agency */
#define BOX "d0000000-0000-7000-8000-000000000001"

static GtkWidget *
await_shown (Fixture *fixture, const char *name)
{
  for (guint i = 0; i < 100 && !shown (fixture, name); i++)
    pump (50);
  g_assert_nonnull (shown (fixture, name));
  return shown (fixture, name);
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

static void
move_row (Fixture *fixture, const char *from, const char *to, const char *id)
{
  JsonArray *rows = fake_desktop_list (fixture->desktop, from), *moved = json_array_new ();

  for (guint i = json_array_get_length (rows); i-- > 0;)
    if (g_strcmp0 (kith_json_string (json_array_get_object_element (rows, i), "id"), id) == 0)
      {
        json_array_add_element (moved, json_node_copy (json_array_get_element (rows, i)));
        json_array_remove_element (rows, i);
      }
  json_object_set_array_member (fake_desktop_get_data (fixture->desktop), to, moved);
}

/* It stands in Sent as a draft, at the hub already, with what was written of it. */
static void
make_draft (Fixture *fixture)
{
  g_autofree char *detail = kith_id_natural ("referral_detail", DRAFT);
  JsonArray *records = json_array_new ();

  json_object_set_array_member (fake_desktop_get_data (fixture->desktop), "unsent", json_array_new ());
  json_object_set_string_member (kith_json_object (row_of (fixture, "referral", DRAFT), "body"), "phase", "draft");
  move_row (fixture, "sent-open", "sent-drafts", DRAFT);
  json_object_set_string_member (row_of (fixture, "sent-drafts", DRAFT), "phase", "draft");
  json_object_remove_member (kith_json_object (row_of (fixture, "referral", DRAFT), "course"), "sent_at");
  json_array_add_object_element (records, kith_json_new ("kind", "s", "referral_detail", "id", "s", detail, "body", "o",
                                                         kith_json_new ("referral", "s", DRAFT, "client", "s", MARIA, "agency", "s", "a0000000-0000-7000-8000-000000000001", "need", "s",
                                                                        "Food until the first wages", "urgency", "s", "soon", "request", "s", "No cooking gas", NULL),
                                                         NULL));
  json_object_set_array_member (fake_desktop_get_data (fixture->desktop), "records", records);
}

/* What is missing does not matter: no consent, no need; nothing goes anywhere, and no consent is made up. */
static void
test_keep_draft (Fixture *fixture, gconstpointer data)
{
  JsonArray *consents = fake_desktop_list (fixture->desktop, "client-consents");
  JsonObject *args;

  for (guint i = 0; i < json_array_get_length (consents); i++)
    json_object_set_string_member (kith_json_object (json_array_get_object_element (consents, i), "body"), "status", "revoked");
  open_place (fixture, "clients/refer:" MARIA);
  gtk_editable_set_text (GTK_EDITABLE (await_shown (fixture, "entry")), "tenant");
  g_assert_null (shown (fixture, "draft_button")); /* it has to be for somebody */
  pump (400);
  g_signal_emit_by_name (shown (fixture, "entry"), "entry-activated");
  pump (200);
  adw_combo_row_set_selected (ADW_COMBO_ROW (shown (fixture, "type")), 0);
  g_signal_emit_by_name (await_shown (fixture, "draft_button"), "clicked");
  pump (200);
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 1);
  args = last_submitted (fixture, "referral.send");
  g_assert_true (kith_json_bool (args, "draft", FALSE));
  g_assert_false (kith_json_bool (args, "wait", FALSE));
  g_assert_nonnull (kith_json_string (args, "number"));
  g_assert_true (says (GTK_WIDGET (fixture->window), "Kept as a draft: it stands in Sent"));
}

/* C15: no word on a client of a victim service agency goes to the hub without a release, as a draft neither. */
static void
test_no_draft_without_record (Fixture *fixture, gconstpointer data)
{
  open_place (fixture, "sent/new");
  gtk_editable_set_text (GTK_EDITABLE (await_shown (fixture, "contact_name")), "Rosa");
  gtk_editable_set_text (GTK_EDITABLE (await_shown (fixture, "phone")), "619 555 0100");
  gtk_editable_set_text (GTK_EDITABLE (await_shown (fixture, "entry")), "tenant");
  pump (400);
  g_signal_emit_by_name (shown (fixture, "entry"), "entry-activated");
  pump (200);
  adw_combo_row_set_selected (ADW_COMBO_ROW (shown (fixture, "type")), 0);
  pump (200);
  g_assert_null (find_widget (GTK_WIDGET (fixture->window), "draft_button"));
}

/* C15, D3: what is only given to such a client is noted without a word on them: there is no release for it, and it goes to the hub. */
static void
test_given_without_record (Fixture *fixture, gconstpointer data)
{
  static const char *const words[] = { "contact_name", "date_of_birth", "phone", "request", "release" };
  JsonObject *args;

  open_place (fixture, "sent/new");
  gtk_editable_set_text (GTK_EDITABLE (await_shown (fixture, "contact_name")), "Rosa");
  gtk_editable_set_text (GTK_EDITABLE (await_shown (fixture, "phone")), "619 555 0100");
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (await_shown (fixture, "request"))), "Rosa hides from her husband", -1);
  gtk_editable_set_text (GTK_EDITABLE (await_shown (fixture, "entry")), "tenant");
  pump (400);
  g_signal_emit_by_name (shown (fixture, "entry"), "entry-activated");
  pump (200);
  for (guint i = 0; i < 3 && find_widget (GTK_WIDGET (fixture->window), "contact_name"); i++)
    {
      adw_combo_row_set_selected (ADW_COMBO_ROW (shown (fixture, "type")), i);
      pump (100);
    }
  g_assert_null (find_widget (GTK_WIDGET (fixture->window), "contact_name"));
  g_assert_true (act (fixture, "form.commit"));
  pump (200);
  args = last_submitted (fixture, "referral.send");
  g_assert_cmpstr (kith_json_string (args, "type"), ==, "informational");
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_test_message ("%s", words[i]);
      g_assert_false (json_object_has_member (args, words[i]));
    }
  g_assert_true (says (GTK_WIDGET (fixture->window), "Noted that it was given"));
  g_assert_false (says (GTK_WIDGET (fixture->window), "Noted in the client’s history"));
}

/* Changed and kept, then changed and sent: under its id and number, with what it said, and never as a second one. */
static void
test_edit_draft (Fixture *fixture, gconstpointer data)
{
  JsonObject *args;
  guint n;

  make_draft (fixture);
  open_place (fixture, "sent/" DRAFT);
  pump (300);
  g_assert_true (says (GTK_WIDGET (fixture->window), "Draft"));
  g_assert_true (says (GTK_WIDGET (fixture->window), "Finish…"));
  gtk_menu_button_popup (GTK_MENU_BUTTON (find_widget (GTK_WIDGET (fixture->window), "more_actions")));
  pump (200);
  g_assert_true (says (GTK_WIDGET (fixture->window), "Discard"));
  gtk_menu_button_popdown (GTK_MENU_BUTTON (find_widget (GTK_WIDGET (fixture->window), "more_actions")));
  for (int keeps = 1; keeps >= 0; keeps--)
    {
      g_assert_true (act (fixture, "referral.edit"));
      await_shown (fixture, "need");
      for (guint i = 0; i < 100 && !*gtk_editable_get_text (GTK_EDITABLE (shown (fixture, "need"))); i++)
        pump (50);
      g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (shown (fixture, "need"))), ==, "Food until the first wages");
      gtk_editable_set_text (GTK_EDITABLE (shown (fixture, "need")), "Food for two");
      n = fake_desktop_get_n_submitted (fixture->desktop);
      if (keeps)
        g_signal_emit_by_name (await_shown (fixture, "draft_button"), "clicked");
      else
        g_assert_true (act (fixture, "form.commit"));
      pump (200);
      g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, n + 1);
      args = last_submitted (fixture, "referral.send");
      g_assert_cmpstr (kith_json_string (args, "id"), ==, DRAFT);
      g_assert_cmpstr (kith_json_string (args, "number"), ==, "HA-0051");
      g_assert_cmpstr (kith_json_string (args, "need"), ==, "Food for two");
      g_assert_cmpstr (kith_json_string (args, "urgency"), ==, "soon");
      g_assert_cmpstr (kith_json_string (args, "request"), ==, "No cooking gas");
      g_assert_cmpint (kith_json_bool (args, "draft", FALSE), ==, keeps);
      g_assert_false (json_object_has_member (args, "stands"));
      open_place (fixture, "sent/" DRAFT);
      pump (300);
    }
}

/* A file taken off it goes in the act that says so: the hub may refuse that, and then the file is still there. */
static void
test_draft_file (Fixture *fixture, gconstpointer data)
{
  static const char *const files[] = { "dc000000-0000-7000-8000-000000000000", "dc000000-0000-7000-8000-000000000001" };
  JsonArray *attached = json_array_new ();
  JsonObject *args;
  GtkWidget *take_off;
  guint n;

  make_draft (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    json_array_add_object_element (attached, kith_json_new ("_arg", "s", DRAFT, "id", "s", files[i], "t", "s", "referral_detail", "type", "s", "letter", "name", "s", i ? "Pay slip.pdf" : "Lease.pdf",
                                                            "media_type", "s", "application/pdf", "size", "i", (gint64) 10, NULL));
  json_object_set_array_member (fake_desktop_get_data (fixture->desktop), "referral-documents", attached);
  open_place (fixture, "sent/" DRAFT);
  pump (300);
  g_assert_true (act (fixture, "referral.edit"));
  await_shown (fixture, "need");
  for (guint i = 0; i < 100 && !says (shown (fixture, "attach_place"), "Lease.pdf"); i++)
    pump (50);
  take_off = find_button (shown (fixture, "attach_place"), "Take off");
  g_assert_nonnull (take_off);
  g_signal_emit_by_name (take_off, "clicked");
  n = fake_desktop_get_n_submitted (fixture->desktop);
  g_signal_emit_by_name (await_shown (fixture, "draft_button"), "clicked");
  pump (200);
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, n + 1);
  args = last_submitted (fixture, "referral.send");
  g_assert_cmpuint (json_array_get_length (kith_json_array (args, "taken_off")), ==, 1);
  g_assert_cmpstr (json_array_get_string_element (kith_json_array (args, "taken_off"), 0), ==, files[0]);
}

/* Nobody else knows of it: it goes without being asked why, and Undo brings it back. */
static void
test_discard_draft (Fixture *fixture, gconstpointer data)
{
  make_draft (fixture);
  open_place (fixture, "sent/" DRAFT);
  pump (300);
  g_assert_true (act (fixture, "referral.void"));
  pump (100);
  g_assert_null (front_window (fixture));
  g_assert_cmpstr (kith_json_string (last_submitted (fixture, "referral.void"), "from"), ==, "draft");
  g_assert_cmpstr (kith_json_string (last_submitted (fixture, "referral.void"), "referral"), ==, DRAFT);
  g_assert_true (says (GTK_WIDGET (fixture->window), "Draft discarded"));
}

static void
put (KithWorld *world, const char *kind, const char *id, JsonObject *body)
{
  g_autoptr (KithRecord) record = kith_record_new_for_body (kith_kind_get (kind), id, body);
  g_autoptr (GError) error = NULL;

  kith_world_put (world, record, &error);
  g_assert_no_error (error);
  json_object_unref (body);
}

/* All that the form asks comes back, answers about health too, which lie apart; what is no draft is none. */
static void
test_draft_args (void)
{
  g_autoptr (KithWorld) world = KITH_WORLD (kith_memory_world_new ());
  static const char *const parts[] = { "referral_detail", "referral_health" };
  static const char *const agency = "a0000000-0000-7000-8000-000000000001", *const previous = "e0000000-0000-7000-8000-000000000022";
  g_autofree char *own = kith_id_natural ("referral_own", DRAFT ":a0000000-0000-7000-8000-000000000001"), *course = kith_id_natural ("referral_course", DRAFT);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) args = NULL;
  JsonObject *entry;

  put (world, "referral", DRAFT, kith_json_new ("number", "s", "HA-0051", "phase", "s", "draft", "client", "s", MARIA, "agency", "s", agency, "agency_to", "s",
                                                "a0000000-0000-7000-8000-000000000003", "service", "s", BOX, "note", "s", "Call before noon", NULL));
  put (world, "referral_course", course, kith_json_new ("referral", "s", DRAFT, "type", "s", "warm", NULL));
  put (world, "referral_own", own, kith_json_new ("referral", "s", DRAFT, "agency", "s", agency, "previous", "s", previous, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *id = kith_id_natural (parts[i], DRAFT), *key = g_strconcat (id, ":f0000000-0000-7000-8000-0000000000a1", NULL), *answer = kith_id_natural ("form_answer", key);
      g_autofree char *scope = g_strconcat (parts[i], ":", DRAFT, NULL);
      JsonArray *answers = json_array_new ();

      json_array_add_object_element (answers, kith_json_new ("key", "s", i ? "meds" : "people", "text", "s", "?", "type", "s", "text", "value", "s", "3", NULL));
      put (world, parts[i], id, kith_json_new ("referral", "s", DRAFT, "client", "s", i ? NULL : MARIA, "agency", "s", agency, "need", "s", i ? NULL : "Food", NULL));
      put (world, "form_answer", answer,
           kith_json_new ("t", "s", parts[i], "record", "s", id, "agency", "s", agency, "form", "s", "f0000000-0000-7000-8000-0000000000a1", "form_name", "s", "Before you come", "version", "i",
                          (gint64) 2, "answers", "a", answers, "at", "s", "2026-11-20T13:30:00.000Z", "scope", "s", scope, NULL));
    }
  args = kith_referral_draft_args (world, DRAFT, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (kith_json_string (args, "number"), ==, "HA-0051");
  g_assert_cmpstr (kith_json_string (args, "type"), ==, "warm");
  g_assert_cmpstr (kith_json_string (args, "service"), ==, BOX);
  g_assert_null (kith_json_string (args, "agency_to"));
  g_assert_cmpstr (kith_json_string (args, "need"), ==, "Food");
  g_assert_cmpstr (kith_json_string (args, "note"), ==, "Call before noon");
  g_assert_cmpstr (kith_json_string (args, "previous"), ==, previous);
  g_assert_cmpuint (json_array_get_length (kith_json_array (args, "answers")), ==, 1);
  entry = json_array_get_object_element (kith_json_array (args, "answers"), 0);
  g_assert_cmpint (kith_json_int (entry, "version", 0), ==, 2);
  g_assert_cmpuint (json_array_get_length (kith_json_array (entry, "answers")), ==, 2);

  put (world, "referral", DRAFT, kith_json_new ("number", "s", "HA-0051", "phase", "s", "sent", "agency", "s", agency, "agency_to", "s", "a0000000-0000-7000-8000-000000000003", NULL));
  g_assert_null (kith_referral_draft_args (world, DRAFT, &error));
  g_assert_no_error (error);
}

/* C4, C5, C15: what a referral without a consent rests on, what that covers, and when sight of it ends, is read where the referral is. */
static void
test_release (Fixture *fixture, gconstpointer data)
{
  JsonArray *list = fake_desktop_list (fixture->desktop, "referral");
  JsonObject *referral = NULL, *detail;

  for (guint i = 0; i < json_array_get_length (list) && !referral; i++)
    if (g_strcmp0 (kith_json_string (json_array_get_object_element (list, i), "id"), LONG) == 0)
      referral = json_array_get_object_element (list, i);
  g_assert_nonnull (referral);
  detail = json_object_get_object_member (referral, "detail");
  json_object_set_string_member (detail, "release_basis", "spoken_release");
  json_object_set_string_member (detail, "release_until", "2027-01-20T13:30:00.000Z");
  json_object_set_boolean_member (detail, "release_network", TRUE);
  json_object_set_array_member (detail, "release_classes", kith_json_strings ("client", "client_health", NULL));
  open_place (fixture, "sent/" LONG);
  pump (50);
  SAYS ("Shared under a release");
  SAYS ("Spoken agreement, noted by whoever took it · Identity, contact and household; Health information · network staff too");
  SAYS ("Shared until");
  SAYS ("20 Jan 2027");
}

/* P20: whose words these stay is said of the side that writes them; 2-1-1 works for no agency. */
static void
test_network_note (Fixture *fixture, gconstpointer data)
{
  for (int network = 0; network < 2; network++)
    {
      GtkWidget *window = gtk_window_new ();

      if (network)
        fake_desktop_set_network_staff (fixture->desktop);
      gtk_window_set_child (GTK_WINDOW (window), kith_composer_new (fixture->context, LONG, KITH_COMPOSE_PRIVATE));
      gtk_window_present (GTK_WINDOW (window));
      pump (100);
      g_assert_true (says (window, network ? "Private note: only 2-1-1 sees it" : "Private note: only your agency sees it"));
      gtk_window_destroy (GTK_WINDOW (window));
    }
}

static const char *
note_of (Fixture *fixture)
{
  return gtk_editable_get_text (GTK_EDITABLE (shown (fixture, "note")));
}

/* ux.md 2.1, P12: a template of the agency's joins what is written of the note; it never takes its place. One is chosen by keys. */
static void
test_note_template (Fixture *fixture, gconstpointer data)
{
  JsonObject *settings = kith_json_object (json_array_get_object_element (fake_desktop_list (fixture->desktop, "agency-settings"), 0), "body");
  GtkMenuButton *button;
  GMenuModel *menu;
  g_autoptr (GVariant) first = NULL;
  g_autofree char *words = NULL;

  json_array_add_string_element (kith_json_array (settings, "note_templates"), "Ask for room_3.");
  open_place (fixture, "clients/refer:" MARIA);
  pump (100);
  g_assert_true (act (fixture, "form.note-template")); /* Ctrl+T */
  pump (100);
  button = GTK_MENU_BUTTON (shown (fixture, "template_button"));
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (gtk_menu_button_get_popover (button))));
  menu = gtk_menu_button_get_menu_model (button);
  g_assert_cmpint (g_menu_model_get_n_items (menu), ==, 3);
  g_assert_true (g_menu_model_get_item_attribute (menu, 1, G_MENU_ATTRIBUTE_LABEL, "s", &words));
  g_assert_cmpstr (words, ==, "Has no phone: leave word at our desk, day or night, and we …");
  g_free (words);
  g_assert_true (g_menu_model_get_item_attribute (menu, 2, G_MENU_ATTRIBUTE_LABEL, "s", &words));
  g_assert_cmpstr (words, ==, "Ask for room__3."); /* no mnemonic */
  first = g_menu_model_get_item_attribute_value (menu, 0, G_MENU_ATTRIBUTE_TARGET, NULL);
  gtk_menu_button_popdown (button);
  g_assert_true (gtk_widget_activate_action_variant (GTK_WIDGET (button), "form.use-template", first));
  g_assert_cmpstr (note_of (fixture), ==, "Please call before noon.");
  type_into (fixture, "note", "Speaks Spanish.");
  g_assert_true (gtk_widget_activate_action_variant (GTK_WIDGET (button), "form.use-template", first));
  g_assert_cmpstr (note_of (fixture), ==, "Speaks Spanish. Please call before noon.");
  json_object_remove_member (settings, "note_templates");
  g_signal_emit_by_name (fixture->desktop, "changed", NULL);
  pump (100);
  g_assert_null (shown (fixture, "template_button")); /* none: nothing is offered */
  g_assert_cmpstr (note_of (fixture), ==, "Speaks Spanish. Please call before noon.");
}

/* ---- what is shown stays, or says what comes next ---- */

#define FIRST "e0000000-0000-7000-8000-000000000001" /* Aaliyah Washington, EC-0031: waits for an answer */
#define SECOND "e0000000-0000-7000-8000-000000000002"
#define SERVED "e0000000-0000-7000-8000-000000000005" /* in service */

static void
come (Fixture *fixture)
{
  static const char *const kinds[] = { "referral", NULL };

  g_signal_emit_by_name (fixture->desktop, "changed", kinds);
  pump (200);
}

static GtkWidget *
find_saying (GtkWidget *inside, const char *words)
{
  GtkWidget *found = GTK_IS_LABEL (inside) && g_str_equal (gtk_label_get_text (GTK_LABEL (inside)), words) ? inside : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (inside); child && !found; child = gtk_widget_get_next_sibling (child))
    found = find_saying (child, words);
  return found;
}

static gboolean
shows (Fixture *fixture, const char *id)
{
  g_autofree char *place = kith_frame_get_place (kith_window_get_frame (fixture->window));

  return strstr (place, id) != NULL;
}

/* ux.md 2.1: decided by key from the list the next one follows, and both are named: who was decided on, and that another one is shown. */
static void
test_next_is_said (Fixture *fixture, gconstpointer data)
{
  open_place (fixture, "inbox");
  gtk_widget_child_focus (shown (fixture, "view"), GTK_DIR_TAB_FORWARD);
  pump (200);
  g_assert_true (shows (fixture, FIRST));
  g_assert_true (act (fixture, "referral.accept"));
  pump (300);
  g_assert_true (says (GTK_WIDGET (fixture->window), "Accepted: Aaliyah Washington, EC-0031"));
  g_assert_true (shows (fixture, SECOND));
  g_assert_true (gtk_widget_get_mapped (shown (fixture, "told")));
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (shown (fixture, "told"))), ==, "Next in the list, after Aaliyah Washington, EC-0031");
  gtk_test_accessible_assert_role (shown (fixture, "told"), GTK_ACCESSIBLE_ROLE_STATUS);
  g_assert_true (act (fixture, "list.next"));
  pump (100);
  g_assert_null (shown (fixture, "told")); /* that one was chosen */
}

/* From the record itself, with the pointer or a key, it stays: what became of it is said, and the list that has it now. */
static void
test_record_stays (Fixture *fixture, gconstpointer data)
{
  open_place (fixture, "inbox/" FIRST);
  pump (200);
  g_assert_true (act (fixture, "referral.accept"));
  pump (300);
  g_assert_true (shows (fixture, FIRST));
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (shown (fixture, "told"))), ==, "Accepted. It is under “In Work” now.");
  g_assert_true (act (fixture, "list.next")); /* from where it was: nobody is passed over */
  pump (100);
  g_assert_true (shows (fixture, SECOND));
}

/* A row that somebody else's decision takes away takes nothing from under the hands; in Sent as in the Inbox. */
static void
test_others_decide (Fixture *fixture, gconstpointer data)
{
  open_place (fixture, "sent");
  pump (200);
  g_assert_true (shows (fixture, DRAFT));
  move_row (fixture, "sent-open", "sent-closed", DRAFT);
  json_object_set_string_member (kith_json_object (row_of (fixture, "referral", DRAFT), "body"), "phase", "declined");
  come (fixture);
  g_assert_true (shows (fixture, DRAFT));
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (shown (fixture, "told"))), ==, "Declined. It is under “Closed” now.");

  open_place (fixture, "inbox");
  pump (200);
  g_assert_true (shows (fixture, FIRST));
  move_row (fixture, "inbox-new", "inbox-closed", FIRST);
  json_object_set_string_member (kith_json_object (row_of (fixture, "referral", FIRST), "body"), "phase", "recalled");
  come (fixture);
  g_assert_true (shows (fixture, FIRST));
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (shown (fixture, "told"))), ==, "Recalled. It is under “Closed” now.");
}

/* ux.md 2.1: 1, 2 and 3 are in sight for one that waits; how it ends for one in service. */
static void
test_acts_in_sight (Fixture *fixture, gconstpointer data)
{
  static const char *const answers[] = { "Accept", "Duplicate…", "Decline…" };
  GtkWidget *strip;

  open_place (fixture, "inbox/" FIRST);
  pump (300);
  strip = gtk_widget_get_parent (shown (fixture, "more_actions"));
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    g_assert_true (says (strip, answers[i]));
  open_place (fixture, "inbox/" SERVED);
  pump (300);
  g_assert_true (says (strip, "Close…"));
  g_assert_true (gtk_widget_has_css_class (gtk_widget_get_ancestor (find_saying (strip, "Close…"), GTK_TYPE_BUTTON), "suggested-action"));
}

/* What is late, of today and later differ by word and glyph. */
static void
test_due (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *day, *words, *icon;
  } days[] = { { "2026-11-18", "Overdue by 2 days", "dialog-error-symbolic" }, { "2026-11-20", "Due today", "alarm-symbolic" }, { "2026-11-22", "2 days left", "document-open-recent-symbolic" } };

  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    {
      gint64 now = kith_context_get_now (fixture->context);
      gboolean late;
      g_autofree char *words = kith_format_due (days[i].day, now, &late);

      g_assert_cmpstr (words, ==, days[i].words);
      g_assert_cmpstr (kith_due_icon (kith_format_due_state (days[i].day, now)), ==, days[i].icon);
      json_object_set_string_member (row_of (fixture, "inbox-new", FIRST), "due_on", days[i].day);
      open_place (fixture, "inbox");
      come (fixture);
      g_assert_true (says (shown (fixture, "view"), days[i].words));
    }
}

/* What is urgent is heard as well as seen, with the day it is due. */
static void
test_urgent_is_heard (Fixture *fixture, gconstpointer data)
{
  JsonObject *row = row_of (fixture, "inbox-new", FIRST);
  g_autofree char *wrong = NULL, *expected = NULL;
  GtkWidget *shown_row;

  json_object_set_string_member (row, "urgency", "urgent");
  json_object_set_string_member (row, "due_on", "2026-11-22");
  open_place (fixture, "inbox");
  come (fixture);
  shown_row = gtk_widget_get_ancestor (find_saying (shown (fixture, "view"), kith_json_string (row, "contact_name")), KITH_TYPE_LIST_ROW);
  expected = g_strdup_printf ("%s, %s, Sent, 13:31 · %s, urgent, 2 days left", kith_json_string (row, "contact_name"), kith_json_string (row, "resource_name"), kith_json_string (row, "agency_name"));
  wrong = gtk_test_accessible_check_property (GTK_ACCESSIBLE (shown_row), GTK_ACCESSIBLE_PROPERTY_LABEL, expected);
  g_assert_cmpstr (wrong, ==, NULL);
}

/* Where a decline waits for a supervisor the referral stays in its list: a later answer of somebody else takes nothing from under the hands. */
static void
test_proposed_stays (Fixture *fixture, gconstpointer data)
{
  json_object_set_int_member (row_of (fixture, "referral", FIRST), "confirm_declines", 1);
  fake_desktop_set_duties (fixture->desktop, 0);
  open_place (fixture, "inbox");
  come (fixture);
  gtk_widget_child_focus (shown (fixture, "view"), GTK_DIR_TAB_FORWARD);
  pump (200);
  g_assert_true (shows (fixture, FIRST));
  g_assert_true (act (fixture, "referral.decline"));
  pump (100);
  g_assert_true (says (GTK_WIDGET (front_window (fixture)), "A supervisor confirms it."));
  g_signal_emit_by_name (front_window (fixture), "chosen", "no_capacity", NULL);
  gtk_window_destroy (front_window (fixture));
  pump (200);
  g_assert_true (shows (fixture, FIRST));
  move_row (fixture, "inbox-new", "inbox-closed", FIRST);
  json_object_set_string_member (kith_json_object (row_of (fixture, "referral", FIRST), "body"), "phase", "declined");
  come (fixture);
  g_assert_true (shows (fixture, FIRST));
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (shown (fixture, "told"))), ==, "Declined. It is under “Closed” now.");
}

/* P1: a status has one name wherever it is read: what its queue calls it. */
static void
test_one_status (Fixture *fixture, gconstpointer data)
{
  JsonObject *body = kith_json_object (row_of (fixture, "referral", SERVED), "body");

  json_object_set_string_member (row_of (fixture, "inbox-work", SERVED), "status", "Sleeping here");
  json_object_set_string_member (body, "status", "Sleeping here");
  come (fixture);
  open_place (fixture, "inbox/1:" SERVED ":-1");
  pump (300);
  g_assert_true (says (shown (fixture, "view"), "Sleeping here"));
  g_assert_cmpstr (kith_format_status ("in_service", "Sleeping here"), ==, "Sleeping here");
  g_assert_cmpstr (kith_format_status ("in_service", "in_service"), ==, "In service");
  g_assert_cmpstr (kith_format_status ("in_service", NULL), ==, "In service");
  g_assert_cmpstr (kith_format_status ("paused", "accepted"), ==, "Paused"); /* a code is nobody's word */
  g_assert_true (says (shown (fixture, "pill"), "Sleeping here"));
  g_assert_true (says (GTK_WIDGET (fixture->window), "Phase")); /* and what every agency understands by it */
}

/* domain.md 2b: what stays within the agency is called so: its kind, its story, and what is said of a decline. */
static void
test_internal (Fixture *fixture, gconstpointer data)
{
  JsonObject *body = kith_json_object (row_of (fixture, "referral", FIRST), "body");

  json_object_set_string_member (body, "agency", "a0000000-0000-7000-8000-000000000001");
  json_object_set_string_member (body, "agency_to", "a0000000-0000-7000-8000-000000000001");
  json_array_add_object_element (fake_desktop_list (fixture->desktop, "referral-events"),
                                 kith_json_new ("_arg", "s", FIRST, "id", "s", "ev-sent-within", "type", "s", "sent", "to_phase", "s", "sent", "at", "s", "2026-11-20T13:31:00.000Z", NULL));
  come (fixture);
  open_place (fixture, "inbox/" FIRST);
  pump (300);
  g_assert_true (says (GTK_WIDGET (fixture->window), "Within the agency"));
  g_assert_true (says (GTK_WIDGET (fixture->window), "Sent within the agency"));
  g_assert_true (act (fixture, "referral.decline"));
  g_assert_true (says (GTK_WIDGET (front_window (fixture)), "Your colleague who sent it sees the reason"));
  gtk_window_destroy (front_window (fixture));
}

/* Assigning proposes who fits: first whom the client can talk to, with as little in hand as may be; the name may be typed at once (issue 4: A). */
static void
test_assign_fits (Fixture *fixture, gconstpointer data)
{
  JsonObject *detail = kith_json_object (row_of (fixture, "referral", SERVED), "detail");
  JsonArray *languages = kith_json_array (kith_json_object (detail, "snapshot"), "languages");
  GtkWidget *first;

  json_array_remove_element (languages, 0);
  json_array_add_string_element (languages, "es");
  come (fixture);
  open_place (fixture, "inbox/" SERVED);
  pump (300);
  g_assert_true (act (fixture, "referral.assign"));
  pump (100);
  first = gtk_widget_get_first_child (find_widget (GTK_WIDGET (front_window (fixture)), "list"));
  g_assert_true (says (first, "Ana Delgado")); /* Linh has less in hand */
  g_assert_true (says (gtk_widget_get_next_sibling (first), "Linh Tr\u1ea7n"));
  g_assert_true (says (gtk_widget_get_next_sibling (first), "does not speak Spanish"));
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (front_window (fixture)), find_widget (GTK_WIDGET (front_window (fixture)), "search")));
  g_signal_emit_by_name (front_window (fixture), "chosen", "50000000-0000-7000-8000-000000000003", NULL);
  pump (100);
  g_assert_cmpstr (kith_json_string (last_submitted (fixture, "referral.assign"), "staff"), ==, "50000000-0000-7000-8000-000000000003");
}

/* ---- do not contact (C16) ---- */

#define NO_CONTACT "Do not contact this person. Ask the agency that sent them."
#define TAKEN "e0000000-0000-7000-8000-000000000006" /* worked on here */

static void
assert_no_contact (Fixture *fixture, gboolean expected)
{
  g_signal_emit_by_name (fixture->desktop, "changed", NULL);
  for (guint i = 0; i < 100 && says (GTK_WIDGET (fixture->window), NO_CONTACT) != expected; i++)
    pump (50);
  g_assert_cmpint (says (GTK_WIDGET (fixture->window), NO_CONTACT), ==, expected);
}

/* C16: it shows to every receiver, as it was sent and as the client's record says since, also where a contact is written down; of the eight fields it is none (P12). */
static void
test_no_contact (Fixture *fixture, gconstpointer data)
{
  JsonObject *row = row_of (fixture, "referral", TAKEN), *detail = kith_json_object (row, "detail"), *snapshot = json_object_new ();

  json_object_set_object_member (detail, "snapshot", snapshot);
  open_place (fixture, "inbox/" TAKEN);
  pump (200);
  assert_no_contact (fixture, FALSE);
  json_object_set_boolean_member (snapshot, "do_not_contact", TRUE);
  assert_no_contact (fixture, TRUE);
  json_object_remove_member (snapshot, "do_not_contact");
  assert_no_contact (fixture, FALSE);
  json_object_set_int_member (row, "no_contact", 1); /* the record that is here, or one linked to it */
  assert_no_contact (fixture, TRUE);

  g_assert_true (act (fixture, "referral.contact"));
  pump (200);
  g_assert_true (says (shown (fixture, "composer_place"), NO_CONTACT));
  json_object_set_int_member (row, "no_contact", 0); /* while it stands open */
  assert_no_contact (fixture, FALSE);
  json_object_set_int_member (row, "no_contact", 1);
  assert_no_contact (fixture, TRUE);
  g_assert_true (says (shown (fixture, "composer_place"), NO_CONTACT));
  g_assert_true (act (fixture, "form.cancel"));
  g_assert_true (act (fixture, "referral.note")); /* a message goes to the other agency */
  pump (200);
  g_assert_false (says (shown (fixture, "composer_place"), NO_CONTACT));
  g_assert_true (act (fixture, "form.cancel"));

  fake_desktop_set_level (fixture->desktop, KITH_LEVEL_PORTAL);
  fake_desktop_set_duties (fixture->desktop, 0);
  kith_window_lock (fixture->window);
  pump (100);
  kith_desktop_unlock_async (fixture->desktop, "right", NULL, NULL, NULL);
  pump (200);
  open_place (fixture, "inbox/" TAKEN);
  pump (300);
  g_assert_nonnull (shown (fixture, "loop"));
  assert_no_contact (fixture, FALSE);
}

int
main (int argc, char **argv)
{
  fixture_begin (&argc, &argv);
  g_test_add ("/referral/long-D8", Fixture, NULL, set_up, test_long, tear_down);
  g_test_add ("/referral/no-contact-C16", Fixture, NULL, set_up, test_no_contact, tear_down);
  g_test_add ("/referral/release-C5-C15", Fixture, NULL, set_up, test_release, tear_down);
  g_test_add ("/referral/keep-draft-2e", Fixture, NULL, set_up, test_keep_draft, tear_down);
  g_test_add ("/referral/given-without-record-C15-D3", Fixture, NULL, set_up, test_given_without_record, tear_down);
  g_test_add ("/referral/no-draft-without-record-2e-C15", Fixture, NULL, set_up, test_no_draft_without_record, tear_down);
  g_test_add ("/referral/edit-draft-2e", Fixture, NULL, set_up, test_edit_draft, tear_down);
  g_test_add ("/referral/draft-file-2e", Fixture, NULL, set_up, test_draft_file, tear_down);
  g_test_add ("/referral/discard-draft-2e", Fixture, NULL, set_up, test_discard_draft, tear_down);
  g_test_add_func ("/referral/draft-args-2e", test_draft_args);
  g_test_add ("/referral/note-template-P12", Fixture, NULL, set_up, test_note_template, tear_down);
  g_test_add ("/referral/network-note-P20", Fixture, NULL, set_up, test_network_note, tear_down);
  g_test_add ("/referral/next-is-said", Fixture, NULL, set_up, test_next_is_said, tear_down);
  g_test_add ("/referral/record-stays", Fixture, NULL, set_up, test_record_stays, tear_down);
  g_test_add ("/referral/others-decide-D8", Fixture, NULL, set_up, test_others_decide, tear_down);
  g_test_add ("/referral/acts-in-sight", Fixture, NULL, set_up, test_acts_in_sight, tear_down);
  g_test_add ("/referral/internal-2b", Fixture, NULL, set_up, test_internal, tear_down);
  g_test_add ("/referral/assign-fits", Fixture, NULL, set_up, test_assign_fits, tear_down);
  g_test_add ("/referral/urgent-is-heard", Fixture, NULL, set_up, test_urgent_is_heard, tear_down);
  g_test_add ("/referral/proposed-stays", Fixture, NULL, set_up, test_proposed_stays, tear_down);
  g_test_add ("/referral/due", Fixture, NULL, set_up, test_due, tear_down);
  g_test_add ("/referral/one-status-P1", Fixture, NULL, set_up, test_one_status, tear_down);
  return g_test_run ();
}
