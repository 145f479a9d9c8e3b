/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The forms of a client's record and of a consent: what was typed outlives a lock, in whichever order the record and the draft arrive; what only
 * the program filled in is no draft; names are never split; a consent is renewed, refused and taken back by its own id. */

#include "desk-fixture.h"

#include "kith-split-page.h"
#include "widgets/kith-choice-row.h"

#define EDIT_KEY "edit:client:" MARIA
#define CONSENT_KEY "consent:client:" MARIA
#define IN_FORCE "f0000000-0000-7000-8000-000000000001"
#define OLDER "f0000000-0000-7000-8000-0000000000a1"
#define LINKED "c0000000-0000-7000-8000-0000000000b7"

static const char *
entry (Fixture *fixture, const char *name)
{
  GtkWidget *widget = find_widget (GTK_WIDGET (fixture->window), name);

  if (!widget)
    g_error ("no %s in sight", name);
  return gtk_editable_get_text (GTK_EDITABLE (widget));
}

static void
lock_and_unlock (Fixture *fixture)
{
  kith_window_lock (fixture->window);
  pump (100);
  kith_desktop_unlock_async (fixture->desktop, "right", NULL, NULL, NULL);
  pump (900); /* a draft is written half a second after the last change: by then a wrong one would be, too */
}

/* Opened and not touched it is no draft; typed in, it outlives a lock, and the record does not stand in its place. */
static void
test_edit_draft (Fixture *fixture, gconstpointer data)
{
  JsonObject *set;

  open_place (fixture, "clients/edit:" MARIA);
  pump (800);
  g_assert_null (fake_desktop_get_draft (fixture->desktop, EDIT_KEY));
  type_into (fixture, "given_name", "Mariana");
  lock_and_unlock (fixture);
  SAYS ("Draft from");
  g_assert_cmpstr (entry (fixture, "given_name"), ==, "Mariana");
  g_assert_cmpstr (kith_json_string (fake_desktop_get_draft (fixture->desktop, EDIT_KEY), "given_name"), ==, "Mariana");
  g_assert_true (act (fixture, "form.commit"));
  set = kith_json_object (last_submitted (fixture, "record.patch"), "set");
  g_assert_cmpuint (json_object_get_size (set), ==, 1); /* and nothing else */
  g_assert_cmpstr (kith_json_string (kith_json_object (set, "given_name"), "new"), ==, "Mariana");
  g_assert_null (fake_desktop_get_draft (fixture->desktop, EDIT_KEY));
}

/* I6: what a draft has of the record stands in it as in "was", so that the store can tell it from what was typed when the record is taken away. */
static void
test_edit_draft_own_words (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GList) names = NULL;
  JsonObject *draft, *was;
  guint n = 0;

  open_place (fixture, "clients/edit:" MARIA);
  pump (300);
  type_into (fixture, "pronouns", "she");
  pump (900);
  draft = fake_desktop_get_draft (fixture->desktop, EDIT_KEY);
  was = kith_json_object (draft, "was");
  g_assert_nonnull (was);
  names = json_object_get_members (was);
  for (GList *l = names; l; l = l->next)
    if (json_object_has_member (draft, l->data) && !g_str_equal (l->data, "pronouns"))
      {
        g_test_message ("%s", (char *) l->data);
        g_assert_true (kith_json_equal (json_object_get_member (draft, l->data), json_object_get_member (was, l->data)));
        n++;
      }
  g_assert_cmpuint (n, >, 5);
}

/* C4: while somebody changes it the record is taken away: nothing of it stays on the screen, and what was typed is kept. Back again, only that is told as changed. */
static void
test_edit_taken_away (Fixture *fixture, gconstpointer data)
{
  static const char *const kinds[] = { "client", NULL };
  JsonArray *rows = fake_desktop_list (fixture->desktop, "client");
  JsonObject *row = NULL, *set, *draft;
  g_autoptr (GList) names = NULL;

  open_place (fixture, "clients/edit:" MARIA);
  pump (300);
  type_into (fixture, "pronouns", "they");
  pump (900);
  for (guint i = 0; i < json_array_get_length (rows); i++)
    if (g_strcmp0 (kith_json_string (json_array_get_object_element (rows, i), "id"), MARIA) == 0)
      row = json_array_get_object_element (rows, i);
  g_assert_nonnull (row);
  json_object_set_string_member (row, "held", "care");
  g_signal_emit_by_name (fixture->desktop, "changed", kinds);
  pump (200);
  SAYS ("Your access to this client has ended");
  g_assert_null (find_widget (GTK_WIDGET (fixture->window), "given_name"));

  /* as the store has it then */
  kith_window_lock (fixture->window);
  pump (100);
  draft = fake_desktop_get_draft (fixture->desktop, EDIT_KEY);
  names = json_object_get_members (draft);
  for (GList *l = names; l; l = l->next)
    if (!g_str_equal (l->data, "pronouns"))
      json_object_remove_member (draft, l->data);
  json_object_remove_member (row, "held");
  kith_desktop_unlock_async (fixture->desktop, "right", NULL, NULL, NULL);
  pump (300);
  g_assert_cmpstr (entry (fixture, "pronouns"), ==, "they");
  g_assert_cmpstr (entry (fixture, "given_name"), !=, "");
  g_assert_true (act (fixture, "form.commit"));
  set = kith_json_object (last_submitted (fixture, "record.patch"), "set");
  g_assert_cmpuint (json_object_get_size (set), ==, 1);
  g_assert_true (json_object_has_member (set, "pronouns"));
}

/* Whoever gave no more than another name is called by it, and their record can be changed (domain.md: a name is never made up). */
static void
test_other_name (Fixture *fixture, gconstpointer data)
{
  JsonArray *rows = fake_desktop_list (fixture->desktop, "client");

  for (guint i = 0; i < json_array_get_length (rows); i++)
    {
      JsonObject *row = json_array_get_object_element (rows, i), *body = kith_json_object (row, "body");

      if (g_strcmp0 (kith_json_string (row, "id"), MARIA) != 0)
        continue;
      json_object_remove_member (body, "given_name");
      json_object_remove_member (body, "middle_name");
      json_object_remove_member (body, "family_name");
      json_object_remove_member (body, "second_family_name");
      json_object_remove_member (body, "preferred_name");
      json_object_remove_member (body, "described_as");
      json_object_set_array_member (body, "other_names", kith_json_strings ("La Güera", NULL));
    }
  open_place (fixture, "clients/" MARIA);
  pump (100);
  SAYS ("La Güera");
  open_place (fixture, "clients/edit:" MARIA);
  pump (200);
  type_into (fixture, "pronouns", "she");
  g_assert_true (act (fixture, "form.commit"));
  last_submitted (fixture, "record.patch");
}

/* What a colleague changed while the draft lay there is not changed back: it is told against what its author had seen. */
static void
test_edit_draft_was (Fixture *fixture, gconstpointer data)
{
  JsonArray *rows = fake_desktop_list (fixture->desktop, "client");
  JsonObject *set, *body = NULL;

  open_place (fixture, "clients/edit:" MARIA);
  pump (200);
  type_into (fixture, "given_name", "Mariana");
  kith_window_lock (fixture->window);
  pump (100);
  for (guint i = 0; i < json_array_get_length (rows); i++)
    if (g_strcmp0 (kith_json_string (json_array_get_object_element (rows, i), "id"), MARIA) == 0)
      body = kith_json_object (json_array_get_object_element (rows, i), "body");
  g_assert_nonnull (body);
  json_object_set_string_member (body, "contact_note", "After six, says her sister");
  kith_desktop_unlock_async (fixture->desktop, "right", NULL, NULL, NULL);
  pump (300);
  g_assert_true (act (fixture, "form.commit"));
  set = kith_json_object (last_submitted (fixture, "record.patch"), "set");
  g_assert_cmpuint (json_object_get_size (set), ==, 1);
  g_assert_true (json_object_has_member (set, "given_name"));
}

/* The record of a list, as the store has it. */
static JsonObject *
row_of (Fixture *fixture, const char *query, const char *client)
{
  JsonArray *rows = fake_desktop_list (fixture->desktop, query);

  for (guint i = 0; i < json_array_get_length (rows); i++)
    if (g_strcmp0 (kith_json_string (json_array_get_object_element (rows, i), "_arg"), client) == 0)
      return json_array_get_object_element (rows, i);
  g_error ("no %s of %s", query, client);
}

/* A draft of the client's record, left before the colleague's insurance and number came. */
static void
draft_without_billing (Fixture *fixture, const char *typed)
{
  JsonObject *row = row_of (fixture, "client-billing", NO_BILLING);

  open_place (fixture, "clients/edit:" NO_BILLING);
  pump (200);
  type_into (fixture, "given_name", "Mariana");
  if (typed)
    type_into (fixture, "insurance_provider", typed);
  kith_window_lock (fixture->window);
  pump (100);
  json_object_set_object_member (row, "body", kith_json_new ("client", "s", NO_BILLING, "insurance_provider", "s", "Medi-Cal", "ssn", "s", "900-12-6789", NULL));
  kith_desktop_unlock_async (fixture->desktop, "right", NULL, NULL, NULL);
  pump (300);
}

static JsonObject *
submitted_of (Fixture *fixture, const char *kind)
{
  for (guint i = 0; i < fake_desktop_get_n_submitted (fixture->desktop); i++)
    {
      JsonObject *args = fake_desktop_get_submitted (fixture->desktop, i, NULL);

      if (g_strcmp0 (kith_json_string (args, "t"), kind) == 0)
        return args;
    }
  return NULL;
}

/* Insurance and a number that a colleague recorded while a draft lay there are not taken away by it: nobody emptied what was not there. */
static void
test_edit_draft_billing (Fixture *fixture, gconstpointer data)
{
  draft_without_billing (fixture, NULL);
  g_assert_cmpstr (entry (fixture, "given_name"), ==, "Mariana");
  g_assert_cmpstr (entry (fixture, "insurance_provider"), ==, "Medi-Cal");
  g_assert_true (act (fixture, "form.commit"));
  g_assert_nonnull (submitted_of (fixture, "client"));
  g_assert_null (submitted_of (fixture, "client_billing"));
}

/* What the draft itself says of it is told against nothing, as its author had it: the other value stays beside it, for somebody to decide. */
static void
test_edit_draft_billing_typed (Fixture *fixture, gconstpointer data)
{
  JsonObject *set, *change;

  draft_without_billing (fixture, "Kaiser");
  g_assert_cmpstr (entry (fixture, "insurance_provider"), ==, "Kaiser");
  g_assert_true (act (fixture, "form.commit"));
  set = kith_json_object (submitted_of (fixture, "client_billing"), "set");
  g_assert_cmpuint (json_object_get_size (set), ==, 1);
  change = kith_json_object (set, "insurance_provider");
  g_assert_cmpstr (kith_json_string (change, "new"), ==, "Kaiser");
  g_assert_null (kith_json_string (change, "old"));
}

/* Ctrl+N after a search: the unfinished one comes back, and is not overwritten by what was searched for. */
static void
test_new_draft_searched (Fixture *fixture, gconstpointer data)
{
  open_place (fixture, "clients/new");
  type_into (fixture, "given_name", "Zora");
  type_into (fixture, "family_name", "Quill");
  g_assert_true (act (fixture, "form.cancel"));
  pump (100);
  kith_split_page_set_search_text (KITH_SPLIT_PAGE (kith_frame_get_page (kith_window_get_frame (fixture->window))), "nobody of this name");
  pump (300);
  g_assert_true (act (fixture, "win.new-client"));
  pump (900);
  SAYS ("Draft from");
  g_assert_cmpstr (entry (fixture, "given_name"), ==, "Zora");
  g_assert_cmpstr (entry (fixture, "family_name"), ==, "Quill");
  g_assert_cmpstr (kith_json_string (fake_desktop_get_draft (fixture->desktop, "client:new"), "family_name"), ==, "Quill");
}

/* domain.md: which word is the family's name is not guessed; a date is one, a phone number no name; and nobody typed it, so it is no draft. */
static void
test_new_searched (Fixture *fixture, gconstpointer data)
{
  open_place (fixture, "clients");
  kith_split_page_set_search_text (KITH_SPLIT_PAGE (kith_frame_get_page (kith_window_get_frame (fixture->window))), "garcía nobody 1988-04-07");
  pump (300);
  g_assert_true (act (fixture, "win.new-client"));
  pump (900);
  g_assert_cmpstr (entry (fixture, "given_name"), ==, "garcía nobody");
  g_assert_cmpstr (entry (fixture, "family_name"), ==, "");
  g_assert_cmpstr (entry (fixture, "date_of_birth"), !=, "");
  g_assert_null (fake_desktop_get_draft (fixture->desktop, "client:new"));
}

/* Domain 5: "Different" goes with the registration, so that the hub does not ask again; and with the draft. */
static void
test_different (Fixture *fixture, gconstpointer data)
{
  GtkWidget *button;
  JsonArray *different;

  open_place (fixture, "clients/new");
  type_into (fixture, "given_name", "María");
  type_into (fixture, "family_name", "López");
  pump (300);
  button = button_of (GTK_WIDGET (fixture->window), "Different");
  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
  lock_and_unlock (fixture);
  g_assert_true (act (fixture, "form.commit"));
  different = kith_json_array (last_submitted (fixture, "client.register"), "not_same");
  g_assert_cmpuint (json_array_get_length (different), ==, 1);
}

/* "This Is Them" keeps what was typed beyond the name, be it of the consent or of insurance; of a name alone there is nothing to keep. */
static void
test_this_is_them (Fixture *fixture, gconstpointer data)
{
  for (guint more = 0; more < 3; more++)
    {
      open_place (fixture, "clients/new");
      type_into (fixture, "given_name", "María");
      type_into (fixture, "family_name", "López");
      if (more == 1)
        {
          adw_combo_row_set_selected (ADW_COMBO_ROW (find_widget (GTK_WIDGET (fixture->window), "consent_choice")), 2);
          pump (80);
          type_into (fixture, "witness", "Marcus Reed");
        }
      else if (more == 2)
        {
          adw_combo_row_set_selected (ADW_COMBO_ROW (find_widget (GTK_WIDGET (fixture->window), "consent_choice")), 0);
          gtk_expander_set_expanded (GTK_EXPANDER (find_widget (GTK_WIDGET (fixture->window), "billing_group")), TRUE);
          pump (80);
          type_into (fixture, "medicaid_number", "MC-2231");
        }
      pump (300);
      g_signal_emit_by_name (button_of (GTK_WIDGET (fixture->window), "This Is Them"), "clicked");
      pump (300);
      g_assert_true ((fake_desktop_get_draft (fixture->desktop, "client:new") != NULL) == (more > 0));
      if (more > 0)
        SAYS ("What you typed is kept under New Client");
    }
}

/* C2, C3: who does not agree while being registered is asked how and why as on the page of consents, and it outlives a lock. */
static void
test_refuse_new (Fixture *fixture, gconstpointer data)
{
  JsonObject *consent;

  open_place (fixture, "clients/new");
  type_into (fixture, "given_name", "Zora");
  adw_combo_row_set_selected (ADW_COMBO_ROW (find_widget (GTK_WIDGET (fixture->window), "consent_choice")), 2);
  pump (80);
  type_into (fixture, "witness", "Marcus Reed");
  type_into (fixture, "language", "es");
  lock_and_unlock (fixture);
  g_assert_cmpstr (entry (fixture, "witness"), ==, "Marcus Reed");
  g_assert_true (act (fixture, "form.commit"));
  consent = kith_json_object (last_submitted (fixture, "client.register"), "consent");
  g_assert_cmpstr (kith_json_string (consent, "permission"), ==, "refused");
  g_assert_cmpstr (kith_json_string (consent, "how"), ==, "verbal");
  g_assert_cmpstr (kith_json_string (consent, "witness"), ==, "Marcus Reed");
}

/* U4, C3: a paper that was signed before comes in with the registration, in one Save, as a consent of its own. */
static void
test_signed_before (Fixture *fixture, gconstpointer data)
{
  const char *op;
  JsonObject *args, *registered;

  open_place (fixture, "clients/new");
  type_into (fixture, "given_name", "Rosa");
  adw_combo_row_set_selected (ADW_COMBO_ROW (find_widget (GTK_WIDGET (fixture->window), "consent_choice")), 1);
  pump (50);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (find_widget (GTK_WIDGET (fixture->window), "everyone")), TRUE);
  kith_choice_row_set_code (ADW_COMBO_ROW (find_widget (GTK_WIDGET (fixture->window), "how")), "written");
  pump (50);
  type_into (fixture, "signed_on", "2026-08-03");
  type_into (fixture, "purpose", "A bed"); /* as the paper says */
  g_assert_true (act (fixture, "form.commit"));
  pump (100);
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 2);
  registered = fake_desktop_get_submitted (fixture->desktop, 0, &op);
  g_assert_cmpstr (op, ==, "client.register");
  g_assert_null (kith_json_object (registered, "consent"));
  args = last_submitted (fixture, "consent.record");
  g_assert_cmpstr (kith_json_string (args, "client"), ==, kith_json_string (registered, "id"));
  g_assert_cmpstr (kith_json_string (args, "signed_on"), ==, "2026-08-03");
}

/* C3: what ends it besides the day comes in likewise: an older hub would refuse it with the whole registration. */
static void
test_end_event (Fixture *fixture, gconstpointer data)
{
  const char *op;
  JsonObject *args;

  open_place (fixture, "clients/new");
  type_into (fixture, "given_name", "Rosa");
  adw_combo_row_set_selected (ADW_COMBO_ROW (find_widget (GTK_WIDGET (fixture->window), "consent_choice")), 1);
  pump (50);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (find_widget (GTK_WIDGET (fixture->window), "everyone")), TRUE);
  type_into (fixture, "end_event", "I leave the shelter");
  g_assert_true (act (fixture, "form.commit"));
  pump (100);
  args = fake_desktop_get_submitted (fixture->desktop, 0, &op);
  g_assert_cmpstr (op, ==, "client.register");
  g_assert_null (kith_json_object (args, "consent"));
  g_assert_cmpstr (kith_json_string (last_submitted (fixture, "consent.record"), "end_event"), ==, "I leave the shelter");
}

/* The agency's own term comes after the fields are there: nobody typed that. */
static void
test_consent_draft (Fixture *fixture, gconstpointer data)
{
  open_place (fixture, "clients/consent:" MARIA);
  pump (900);
  g_assert_null (fake_desktop_get_draft (fixture->desktop, CONSENT_KEY));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (find_widget (GTK_WIDGET (fixture->window), "everyone")), TRUE);
  type_into (fixture, "purpose", "Housing");
  lock_and_unlock (fixture);
  SAYS ("Draft from");
  g_assert_cmpstr (entry (fixture, "purpose"), ==, "Housing");
  g_assert_true (act (fixture, "form.commit"));
  g_assert_cmpstr (kith_json_string (last_submitted (fixture, "consent.record"), "purpose"), ==, "Housing");
  g_assert_cmpstr (kith_json_string (last_submitted (fixture, "consent.record"), "wording"), ==, "Kith 2"); /* C3: which words were read out */
  g_assert_null (fake_desktop_get_draft (fixture->desktop, CONSENT_KEY));
}

/* Renewing fills in what was agreed to: no draft either, until something is typed; then it keeps whose place it takes. */
static void
test_renew_draft (Fixture *fixture, gconstpointer data)
{
  open_place (fixture, "clients/renew:" MARIA ":" IN_FORCE);
  pump (900);
  g_assert_null (fake_desktop_get_draft (fixture->desktop, "renew:consent:" IN_FORCE));
  type_into (fixture, "purpose", "Housing");
  lock_and_unlock (fixture);
  g_assert_cmpstr (entry (fixture, "purpose"), ==, "Housing");
  g_assert_true (act (fixture, "form.commit"));
  g_assert_true (kith_json_array_has (kith_json_array (last_submitted (fixture, "consent.record"), "replaces"), IN_FORCE));
}

/* An older consent that runs out in a week, beside the newer one in force. */
static void
add_older (Fixture *fixture)
{
  JsonArray *rows = fake_desktop_list (fixture->desktop, "client-consents");
  JsonObject *row = kith_json_new ("_arg", "s", MARIA, "id", "s", OLDER, "agency_name", "s", "Harbor House", "receiver_names", "s", "South Bay Legal Aid",
                                   "receiver_list", "s", "[\"South Bay Legal Aid\"]", "body", "o",
                                   kith_json_new ("client", "s", MARIA, "permission", "s", "granted", "status", "s", "in_force", "start", "s",
                                                  "2025-11-27T10:00:00.000Z", "term", "s", "2026-11-27T10:00:00.000Z", "how", "s", "scanned", "classes", "a",
                                                  kith_json_strings ("client", NULL), "receivers", "a",
                                                  kith_json_strings ("a0000000-0000-7000-8000-000000000004", NULL), "purpose", "s", "Legal aid", NULL), NULL);

  json_array_add_object_element (rows, row);
}

/* C3: each is renewed by its own button; from My Day, where only the client is known, the one that runs out. */
static void
renew (Fixture *fixture, const char *place, const char *replaced, const char *purpose)
{
  JsonObject *args;

  add_older (fixture);
  open_place (fixture, place);
  pump (100);
  g_assert_true (act (fixture, "form.commit"));
  args = last_submitted (fixture, "consent.record");
  g_assert_cmpuint (json_array_get_length (kith_json_array (args, "replaces")), ==, 1);
  g_assert_true (kith_json_array_has (kith_json_array (args, "replaces"), replaced));
  g_assert_cmpstr (kith_json_string (args, "purpose"), ==, purpose);
}

static void
test_renew_nearest (Fixture *fixture, gconstpointer data)
{
  renew (fixture, "clients/renew:" MARIA, OLDER, "Legal aid");
}

static void
test_renew_this (Fixture *fixture, gconstpointer data)
{
  renew (fixture, "clients/renew:" MARIA ":" IN_FORCE, IN_FORCE, "Referrals and care coordination");
}

/* C3: asked for again it is for the same agencies: a group of another kind than "all of the network" is not widened to that. */
static void
test_renew_group (Fixture *fixture, gconstpointer data)
{
  JsonArray *rows = fake_desktop_list (fixture->desktop, "client-consents");
  JsonObject *args;

  add_older (fixture);
  json_object_set_array_member (kith_json_object (json_array_get_object_element (rows, json_array_get_length (rows) - 1), "body"), "receiver_classes",
                                kith_json_strings ("referred", NULL));
  open_place (fixture, "clients/renew:" MARIA ":" OLDER);
  pump (100);
  g_assert_false (gtk_check_button_get_active (GTK_CHECK_BUTTON (find_widget (GTK_WIDGET (fixture->window), "everyone"))));
  g_assert_true (act (fixture, "form.commit"));
  args = last_submitted (fixture, "consent.record");
  g_assert_false (kith_json_array_has (kith_json_array (args, "receiver_classes"), "direct"));
  g_assert_cmpuint (json_array_get_length (kith_json_array (args, "receivers")), ==, 1);
  g_assert_true (kith_json_array_has (kith_json_array (args, "receivers"), "a0000000-0000-7000-8000-000000000004"));
}

/* C20: a scan that is still to come is attached to the consent itself. */
static void
test_scan_later (Fixture *fixture, gconstpointer data)
{
  GtkWidget *button;

  add_older (fixture);
  open_place (fixture, "clients/" MARIA);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (find_widget (GTK_WIDGET (fixture->window), "consent")), TRUE);
  pump (80);
  button = button_of (GTK_WIDGET (fixture->window), "Attach the Scan…");
  g_assert_nonnull (button);
  g_assert_cmpstr (gtk_actionable_get_action_name (GTK_ACTIONABLE (button)), ==, "client.attach-scan");
  g_assert_cmpstr (g_variant_get_string (gtk_actionable_get_action_target_value (GTK_ACTIONABLE (button)), NULL), ==, OLDER);
}

/* C4: saying no takes nothing back, and that is said before and after. */
static void
test_refuse_in_force (Fixture *fixture, gconstpointer data)
{
  open_place (fixture, "clients/consent:" MARIA);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (find_widget (GTK_WIDGET (fixture->window), "refuses")), TRUE);
  pump (80);
  SAYS ("A consent given before stays in force");
  g_assert_true (act (fixture, "form.commit"));
  last_submitted (fixture, "consent.refuse");
  SAYS ("stays in force until it is revoked");
}

/* C5: only this record's referrals are decided about, also where a linked one's stand in the same list. */
static void
test_revoke_linked (Fixture *fixture, gconstpointer data)
{
  JsonArray *rows = fake_desktop_list (fixture->desktop, "client-referrals");

  json_array_add_object_element (rows, kith_json_new ("_arg", "s", MARIA, "id", "s", "e0000000-0000-7000-8000-0000000000b7", "client", "s", LINKED, "phase", "s", "sent",
                                                      "agency", "s", "a0000000-0000-7000-8000-000000000001", "agency_to", "s",
                                                      "a0000000-0000-7000-8000-000000000002", "resource_name", "s", "Of the linked record", NULL));
  json_array_add_object_element (rows, kith_json_new ("_arg", "s", MARIA, "id", "s", "e0000000-0000-7000-8000-0000000000b8", "client", "s", MARIA, "phase", "s", "in_service",
                                                      "agency", "s", "a0000000-0000-7000-8000-000000000001", "queue", "s", "q1", "has_health", "i", (gint64) 1,
                                                      "resource_name", "s", "To the queue", NULL));
  open_place (fixture, "clients/" MARIA);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (find_widget (GTK_WIDGET (fixture->window), "consent")), TRUE);
  pump (80);
  g_signal_emit_by_name (find_widget (GTK_WIDGET (fixture->window), "revoke-all"), "clicked");
  pump (100);
  g_assert_null (in_front (fixture, "e0000000-0000-7000-8000-0000000000b7"));
  g_assert_false (says (GTK_WIDGET (front_window (fixture)), "Of the linked record"));
  g_assert_nonnull (in_front (fixture, "e0000000-0000-7000-8000-0000000000b8"));
}

/* C5: a consent that names the network reaches what went to a queue; what is kept of it takes its health information along only when that is said. */
static void
test_revoke_network (Fixture *fixture, gconstpointer data)
{
  JsonArray *rows = fake_desktop_list (fixture->desktop, "client-referrals"), *consents = fake_desktop_list (fixture->desktop, "client-consents");
  JsonObject *keep;

  json_array_add_object_element (rows, kith_json_new ("_arg", "s", MARIA, "id", "s", "e0000000-0000-7000-8000-0000000000b8", "client", "s", MARIA, "phase", "s", "in_service",
                                                      "agency", "s", "a0000000-0000-7000-8000-000000000001", "queue", "s", "q1", "has_health", "i", (gint64) 1,
                                                      "resource_name", "s", "To the queue", NULL));
  for (guint i = 0; i < json_array_get_length (consents); i++)
    if (g_strcmp0 (kith_json_string (json_array_get_object_element (consents, i), "id"), IN_FORCE) == 0)
      json_array_add_string_element (kith_json_array (kith_json_object (json_array_get_object_element (consents, i), "body"), "receivers"), "network");
  open_place (fixture, "clients/" MARIA);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (find_widget (GTK_WIDGET (fixture->window), "consent")), TRUE);
  pump (80);
  g_signal_emit_by_name (button_of (GTK_WIDGET (fixture->window), "Revoke…"), "clicked");
  pump (100);
  gtk_editable_set_text (GTK_EDITABLE (in_front (fixture, "reason")), "Asked");
  adw_combo_row_set_selected (ADW_COMBO_ROW (in_front (fixture, "e0000000-0000-7000-8000-0000000000b8")), 2);
  adw_combo_row_set_selected (ADW_COMBO_ROW (in_front (fixture, "e0000000-0000-7000-8000-000000000021")), 1);
  adw_combo_row_set_selected (ADW_COMBO_ROW (in_front (fixture, WORKED_ON)), 1);
  pump (20);
  kith_choice_row_set_code (ADW_COMBO_ROW (in_front (fixture, "keep-basis")), "written_release");
  g_assert_false (kith_switch_row_get_active (KITH_SWITCH_ROW (in_front (fixture, "keep-health"))));
  kith_switch_row_set_active (KITH_SWITCH_ROW (in_front (fixture, "keep-health")), TRUE);
  commit_front (fixture);
  keep = json_array_get_object_element (kith_json_array (last_submitted (fixture, "consent.revoke"), "keep"), 0);
  g_assert_cmpstr (kith_json_string (keep, "referral"), ==, "e0000000-0000-7000-8000-0000000000b8");
  g_assert_true (kith_json_array_has (kith_json_array (keep, "classes"), "client_health"));
}

/* U4, U10, C11: who may see health information enters it with a new client, as an act on a record of its own; what was typed outlives a lock. Whoever may
 * not is not asked, and what was begun is not sent when the right ends. */
static void
test_new_health (Fixture *fixture, gconstpointer data)
{
  JsonObject *args, *set;
  const char *op, *id;

  open_place (fixture, "clients/new");
  pump (200);
  gtk_expander_set_expanded (GTK_EXPANDER (find_widget (GTK_WIDGET (fixture->window), "health_group")), TRUE);
  pump (50);
  type_into (fixture, "given_name", "Rosa");
  type_into (fixture, "provider", "Dr. Lim");
  lock_and_unlock (fixture);
  gtk_expander_set_expanded (GTK_EXPANDER (find_widget (GTK_WIDGET (fixture->window), "health_group")), TRUE);
  pump (50);
  g_assert_cmpstr (entry (fixture, "provider"), ==, "Dr. Lim");
  g_assert_true (act (fixture, "form.commit"));
  pump (100);
  args = fake_desktop_get_submitted (fixture->desktop, 0, &op);
  g_assert_cmpstr (op, ==, "client.register");
  id = kith_json_string (args, "id");
  g_assert_false (json_object_has_member (args, "health"));
  g_assert_false (json_object_has_member (kith_json_object (args, "values"), "provider"));
  args = last_submitted (fixture, "record.patch");
  g_assert_cmpstr (kith_json_string (args, "t"), ==, "client_health");
  g_assert_cmpstr (kith_json_string (args, "client"), ==, id);
  set = kith_json_object (args, "set");
  g_assert_cmpuint (json_object_get_size (set), ==, 1);
  g_assert_cmpstr (kith_json_string (kith_json_object (set, "provider"), "new"), ==, "Dr. Lim");

  open_place (fixture, "clients/new");
  pump (200);
  gtk_expander_set_expanded (GTK_EXPANDER (find_widget (GTK_WIDGET (fixture->window), "health_group")), TRUE);
  pump (50);
  type_into (fixture, "given_name", "Luz");
  type_into (fixture, "provider", "Dr. Lim");
  fake_desktop_set_health (fixture->desktop, FALSE);
  g_signal_emit_by_name (fixture->context, "actor-changed");
  pump (20);
  g_assert_null (find_widget (GTK_WIDGET (fixture->window), "health_group"));
  g_assert_true (act (fixture, "form.commit"));
  pump (100);
  g_assert_cmpstr (kith_json_string (kith_json_object (last_submitted (fixture, "client.register"), "values"), "given_name"), ==, "Luz");
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 3);
}

/* U6: being named as one who works with the client gives no access: that somebody is not assigned is seen. */
static void
test_member_not_assigned (Fixture *fixture, gconstpointer data)
{
  open_place (fixture, "clients/" MARIA);
  pump (200);
  SAYS ("Housing navigator");
  g_assert_false (says (GTK_WIDGET (fixture->window), "Not assigned"));
  json_object_set_int_member (json_array_get_object_element (fake_desktop_list (fixture->desktop, "client-care-team"), 0), "assigned", 0);
  fake_desktop_set_empty (fixture->desktop, FALSE);
  pump (200);
  SAYS ("Not assigned");
}

/* The key was pressed on one client, and its answer comes on the next: it names the one it was for, and the other's record stays as it is. */
static void
test_repeat_and_on (Fixture *fixture, gconstpointer data)
{
  open_place (fixture, "clients/" MARIA);
  pump (200);
  fake_desktop_set_unreadable (fixture->desktop, TRUE);
  gtk_widget_activate_action (find_widget (GTK_WIDGET (fixture->window), "services"), "client.repeat-service", NULL);
  open_place (fixture, "clients/" NO_BILLING);
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 0);
  fake_desktop_set_unreadable (fixture->desktop, FALSE);
  pump (300);
  g_assert_cmpstr (kith_json_string (last_submitted (fixture, "service.record"), "client"), ==, MARIA);
  SAYS ("The last service was recorded once more: María");
  g_assert_false (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (find_widget (GTK_WIDGET (fixture->window), "services"))));
}

static GtkWidget *
find_button_of (GtkWidget *widget, const char *action)
{
  if (GTK_IS_BUTTON (widget) && gtk_widget_get_mapped (widget) && g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (widget)), action) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_button_of (child, action);

      if (found)
        return found;
    }
  return NULL;
}

/* What a key does on a client's page, a button does as well. */
static void
test_buttons (Fixture *fixture, gconstpointer data)
{
  static const char *const actions[] = { "client.refer", "client.note", "client.consent", "client.assign", "client.record-service", "client.add-task", "client.attach", "client.print" };
  GtkWidget *window = GTK_WIDGET (fixture->window);

  open_place (fixture, "clients/" MARIA);
  pump (200);
  gtk_menu_button_popup (GTK_MENU_BUTTON (find_widget (window, "more_actions")));
  pump (200);
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    g_assert_nonnull (find_button_of (window, actions[i]));
  gtk_menu_button_popdown (GTK_MENU_BUTTON (find_widget (window, "more_actions")));
  g_signal_emit_by_name (find_button_of (window, "client.note"), "clicked");
  pump (200);
  g_assert_nonnull (in_front (fixture, "case"));
}

/* Two days beside each other have one form: the year is said of both, or of neither. */
static void
test_consent_days (Fixture *fixture, gconstpointer data)
{
  open_place (fixture, "clients/" NO_BILLING);
  pump (200);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (find_widget (GTK_WIDGET (fixture->window), "consent")), TRUE);
  pump (200);
  SAYS ("Given 3 Sep 2026, until 3 Sep 2027");
}

static GtkTextBuffer *
text_in (GtkWidget *widget)
{
  GtkTextBuffer *found = GTK_IS_TEXT_VIEW (widget) ? gtk_text_view_get_buffer (GTK_TEXT_VIEW (widget)) : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child && !found; child = gtk_widget_get_next_sibling (child))
    found = text_in (child);
  return found;
}

/* Where there is no case to write in, that is said before anything is typed; the case is opened from there, and what was written meanwhile goes on. */
static void
test_note_without_case (Fixture *fixture, gconstpointer data)
{
  JsonArray *open = fake_desktop_list (fixture->desktop, "client-cases-open");
  static const char *const kinds[] = { "case", NULL };

  open_place (fixture, "clients/" MARIA);
  g_assert_true (act (fixture, "client.note"));
  pump (100);
  g_assert_null (in_front (fixture, "client.case-for-note")); /* she has one */
  gtk_window_close (front_window (fixture));
  open_place (fixture, "clients/" NO_BILLING);
  g_assert_true (act (fixture, "client.note"));
  pump (100);
  g_assert_true (says (GTK_WIDGET (front_window (fixture)), "no open case"));
  gtk_text_buffer_set_text (text_in (in_front (fixture, "text")), "She came by herself.", -1);
  g_assert_true (commit_front (fixture));
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 0);
  g_assert_false (says (GTK_WIDGET (front_window (fixture)), "must be filled in"));
  g_signal_emit_by_name (in_front (fixture, "client.case-for-note"), "clicked");
  pump (200);
  gtk_editable_set_text (GTK_EDITABLE (in_front (fixture, "title")), "A home");
  json_array_add_object_element (open, kith_json_new ("id", "s", "ca000000-0000-7000-8000-0000000000f1", "name", "s", "A home", "_arg", "s", NO_BILLING, NULL));
  g_assert_true (commit_front (fixture));
  g_signal_emit_by_name (fixture->desktop, "changed", kinds);
  pump (300);
  last_submitted (fixture, "case.open");
  g_assert_null (in_front (fixture, "client.case-for-note"));
  save_front (fixture);
  g_assert_cmpstr (kith_json_string (last_submitted (fixture, "note.add"), "case"), ==, "ca000000-0000-7000-8000-0000000000f1");
  g_assert_cmpstr (kith_json_string (last_submitted (fixture, "note.add"), "text"), ==, "She came by herself.");
}

int
main (int argc, char **argv)
{
  fixture_begin (&argc, &argv);
  ADD ("client-forms/U4-C3-signed-before", NULL, test_signed_before);
  ADD ("client-forms/C3-end-event", NULL, test_end_event);
  ADD ("client-forms/edit-draft", NULL, test_edit_draft);
  ADD ("client-forms/I6-edit-draft-own-words", NULL, test_edit_draft_own_words);
  ADD ("client-forms/C4-edit-taken-away", NULL, test_edit_taken_away);
  ADD ("client-forms/edit-draft-was", NULL, test_edit_draft_was);
  ADD ("client-forms/edit-draft-billing", NULL, test_edit_draft_billing);
  ADD ("client-forms/edit-draft-billing-typed", NULL, test_edit_draft_billing_typed);
  ADD ("client-forms/new-draft-searched", NULL, test_new_draft_searched);
  ADD ("client-forms/new-searched", NULL, test_new_searched);
  ADD ("client-forms/different-5", NULL, test_different);
  ADD ("client-forms/this-is-them", NULL, test_this_is_them);
  ADD ("client-forms/refuse-new-C2-C3", NULL, test_refuse_new);
  ADD ("client-forms/consent-draft", NULL, test_consent_draft);
  ADD ("client-forms/renew-draft", NULL, test_renew_draft);
  ADD ("client-forms/C3-renew-nearest", NULL, test_renew_nearest);
  ADD ("client-forms/C3-renew-this", NULL, test_renew_this);
  ADD ("client-forms/C3-renew-group", NULL, test_renew_group);
  ADD ("client-forms/C20-scan-later", NULL, test_scan_later);
  ADD ("client-forms/C4-refuse-in-force", NULL, test_refuse_in_force);
  ADD ("client-forms/C5-revoke-linked", NULL, test_revoke_linked);
  ADD ("client-forms/C5-revoke-network", NULL, test_revoke_network);
  ADD ("client-forms/other-name", NULL, test_other_name);
  ADD ("client-forms/U4-U10-health-of-new", NULL, test_new_health);
  ADD ("client-forms/member-not-assigned-U6", NULL, test_member_not_assigned);
  ADD ("client-forms/buttons", NULL, test_buttons);
  ADD ("client-forms/consent-days", NULL, test_consent_days);
  ADD ("client-forms/repeat-and-on", NULL, test_repeat_and_on);
  ADD ("client-forms/note-without-case", NULL, test_note_without_case);
  return g_test_run ();
}
