/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Consent taken back on the desk: one or all, of linked records too, and what becomes of the referrals that rest on it (C4, C5), over the fake desktop. */

#include "consent-fixture.h"
#include "widgets/kith-choice-row.h"

#define WITHHELD "c0000000-0000-7000-8000-0000000000e0" /* of this one only the agency's own record of care is here */
#define RECEIVED "e0000000-0000-7000-8000-000000000006"
#define ASKED "e0000000-0000-7000-8000-000000000021" /* not answered yet; WORKED_ON is */

static void
revoke_everything (Fixture *fixture)
{
  g_signal_emit_by_name (in_window (fixture, "revoke-all"), "clicked");
  pump (80);
}

/* C5: one act, with its reason; who loses what is listed, each open referral is recalled or kept with a legal basis. */
static void
test_revoke (Fixture *fixture, gconstpointer data)
{
  JsonObject *args, *keep;

  open_tab (fixture, MARIA);
  revoke_everything (fixture);
  g_assert_true (says (GTK_WIDGET (front_window (fixture)), "Eastlake Family Clinic"));
  g_assert_true (says (GTK_WIDGET (front_window (fixture)), "History of care; What the referral to it says"));
  commit_front (fixture);
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 0); /* no reason */
  gtk_editable_set_text (GTK_EDITABLE (in_front (fixture, "reason")), "She changed her mind");
  commit_front (fixture);
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 0); /* nothing is chosen for anybody */
  g_assert_true (says (GTK_WIDGET (front_window (fixture)), "Choose what becomes of each referral"));
  adw_combo_row_set_selected (ADW_COMBO_ROW (in_front (fixture, ASKED)), 1);
  adw_combo_row_set_selected (ADW_COMBO_ROW (in_front (fixture, WORKED_ON)), 2);
  pump (20);
  commit_front (fixture);
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 0); /* nor a legal basis */
  kith_choice_row_set_code (ADW_COMBO_ROW (in_front (fixture, "keep-basis")), "written_release");
  g_assert_false (kith_switch_row_get_active (KITH_SWITCH_ROW (in_front (fixture, "keep-network"))));
  kith_switch_row_set_active (KITH_SWITCH_ROW (in_front (fixture, "keep-network")), TRUE);
  commit_front (fixture);
  args = last_submitted (fixture, "consent.revoke");
  g_assert_cmpstr (kith_json_string (args, "client"), ==, MARIA);
  g_assert_cmpstr (kith_json_string (args, "reason"), ==, "She changed her mind");
  g_assert_true (kith_json_array_has (kith_json_array (args, "recall"), ASKED));
  g_assert_cmpuint (json_array_get_length (kith_json_array (args, "recall")), ==, 1);
  keep = json_array_get_object_element (kith_json_array (args, "keep"), 0);
  g_assert_cmpstr (kith_json_string (keep, "referral"), ==, WORKED_ON);
  g_assert_cmpstr (kith_json_string (keep, "basis"), ==, "written_release");
  g_assert_true (kith_json_bool (keep, "network", FALSE));
  SAYS ("Consent revoked. 1 agency loses sight at its next contact. 1 referral recalled. 1 referral kept.");
}

/* C5: one consent alone: only the referrals to whom it names; a refusal is told in the window, and nothing is lost. */
static void
test_revoke_one (Fixture *fixture, gconstpointer data)
{
  JsonObject *args;

  open_tab (fixture, MARIA);
  click (fixture, "Revoke…");
  gtk_editable_set_text (GTK_EDITABLE (in_front (fixture, "reason")), "Asked");
  adw_combo_row_set_selected (ADW_COMBO_ROW (in_front (fixture, ASKED)), 1);
  adw_combo_row_set_selected (ADW_COMBO_ROW (in_front (fixture, WORKED_ON)), 2);
  kith_choice_row_set_code (ADW_COMBO_ROW (in_front (fixture, "keep-basis")), "written_release");
  for (int all = 1; all >= 0; all--) /* what was decided stays decided while one looks what everything would be */
    {
      kith_switch_row_set_active (KITH_SWITCH_ROW (in_front (fixture, "everything")), all);
      pump (50);
      g_assert_cmpuint (adw_combo_row_get_selected (ADW_COMBO_ROW (in_front (fixture, ASKED))), ==, 1);
      g_assert_cmpuint (adw_combo_row_get_selected (ADW_COMBO_ROW (in_front (fixture, WORKED_ON))), ==, 2);
      g_assert_cmpstr (kith_choice_row_get_code (ADW_COMBO_ROW (in_front (fixture, "keep-basis"))), ==, "written_release");
    }
  adw_combo_row_set_selected (ADW_COMBO_ROW (in_front (fixture, WORKED_ON)), 1);
  fake_desktop_refuse_next (fixture->desktop, "Not now.");
  commit_front (fixture);
  g_assert_true (says (GTK_WIDGET (front_window (fixture)), "Not now."));
  commit_front (fixture);
  args = last_submitted (fixture, "consent.revoke");
  g_assert_cmpstr (kith_json_string (args, "consent"), ==, IN_FORCE);
  g_assert_null (front_window (fixture));
}

/* C5: what no consent covers any more is recalled or its sharing ended; there is nothing to keep, and nobody is left in the belief that it is kept. */
static void
test_revoke_uncovered (Fixture *fixture, gconstpointer data)
{
  JsonArray *rows = fake_desktop_list (fixture->desktop, "client-consents");

  for (guint uncovered = 0; uncovered < 2; uncovered++)
    {
      for (guint i = 0; uncovered && i < json_array_get_length (rows); i++)
        if (g_strcmp0 (kith_json_string (json_array_get_object_element (rows, i), "id"), IN_FORCE) == 0)
          json_object_set_array_member (kith_json_object (json_array_get_object_element (rows, i), "body"), "classes", kith_json_strings ("care", NULL));
      open_tab (fixture, MARIA);
      click (fixture, "Revoke…");
      g_assert_cmpuint (g_list_model_get_n_items (adw_combo_row_get_model (ADW_COMBO_ROW (in_front (fixture, WORKED_ON)))), ==, uncovered ? 2 : 3);
      gtk_window_destroy (front_window (fixture));
      pump (50);
    }
}

/* C5: linked records read as one and have consents of their own: of what this does not take back nobody is left in the belief that it does. */
static void
test_revoke_linked (Fixture *fixture, gconstpointer data)
{
  JsonArray *rows = fake_desktop_list (fixture->desktop, "client-consents");

  add_another (fixture);
  json_object_set_string_member (json_array_get_object_element (rows, json_array_get_length (rows) - 1), "source", "KB-0007");
  open_tab (fixture, MARIA);
  revoke_everything (fixture);
  pump (100);
  g_assert_true (says (GTK_WIDGET (front_window (fixture)), "Not what was agreed to in the linked record KB-0007"));
}

/* C5: what another consent in force still covers, or a release of its own, is not asked about and not ended; everything taken back ends the first. */
static void
test_revoke_covered (Fixture *fixture, gconstpointer data)
{
  JsonArray *rows = fake_desktop_list (fixture->desktop, "client-referrals");
  JsonObject *args;

  add_another (fixture);
  open_tab (fixture, MARIA);
  click (fixture, "Revoke…");
  g_assert_true (says (GTK_WIDGET (front_window (fixture)), "Another consent in force covers it"));
  g_assert_null (in_front (fixture, WORKED_ON));
  gtk_editable_set_text (GTK_EDITABLE (in_front (fixture, "reason")), "Asked");
  adw_combo_row_set_selected (ADW_COMBO_ROW (in_front (fixture, ASKED)), 1);
  commit_front (fixture);
  args = last_submitted (fixture, "consent.revoke");
  g_assert_cmpstr (kith_json_string (args, "consent"), ==, IN_FORCE);
  g_assert_cmpuint (json_array_get_length (kith_json_array (args, "recall")), ==, 1);
  g_assert_true (kith_json_array_has (kith_json_array (args, "recall"), ASKED));
  g_assert_false (json_object_has_member (args, "keep"));
  for (guint i = 0; i < json_array_get_length (rows); i++)
    if (g_strcmp0 (kith_json_string (json_array_get_object_element (rows, i), "id"), WORKED_ON) == 0)
      json_object_set_string_member (json_array_get_object_element (rows, i), "released", "2027-01-01T00:00:00.000Z");
  revoke_everything (fixture);
  g_assert_true (says (GTK_WIDGET (front_window (fixture)), "released on a legal basis of its own"));
  g_assert_null (in_front (fixture, WORKED_ON));
  g_assert_nonnull (in_front (fixture, ASKED));
}

/* C4, C5: one referral that is worked on, by either side, whatever covers it; not before it was answered, and not twice. */
static void
take_back (Fixture *fixture, const char *place, const char *referral)
{
  JsonObject *args;

  open_place (fixture, place);
  pump (100);
  g_assert_true (act (fixture, "referral.take-back"));
  gtk_editable_set_text (GTK_EDITABLE (in_front (fixture, "text")), "She wants nothing to do with them");
  commit_front (fixture);
  args = last_submitted (fixture, "consent.revoke");
  g_assert_cmpstr (kith_json_string (args, "referral"), ==, referral);
  g_assert_cmpstr (kith_json_string (args, "reason"), ==, "She wants nothing to do with them");
  g_assert_null (kith_json_string (args, "client"));
  SAYS ("Taken back. The agency it went to loses sight of it"); /* which may be the one that is told */
}

static void
test_take_back (Fixture *fixture, gconstpointer data)
{
  JsonArray *rows = fake_desktop_list (fixture->desktop, "referral");
  guint n;

  take_back (fixture, "sent/" WORKED_ON, WORKED_ON);
  take_back (fixture, "inbox/" RECEIVED, RECEIVED);
  n = fake_desktop_get_n_submitted (fixture->desktop);
  open_place (fixture, "sent/" ASKED);
  pump (100);
  act (fixture, "referral.take-back");
  g_assert_null (front_window (fixture));
  for (guint i = 0; i < json_array_get_length (rows); i++)
    json_object_set_boolean_member (kith_json_object (json_array_get_object_element (rows, i), "body"), "revoked", TRUE);
  open_place (fixture, "sent/" WORKED_ON);
  pump (100);
  SAYS ("The client took this back. It is no longer shared"); /* C4: to be seen */
  act (fixture, "referral.take-back");
  g_assert_null (front_window (fixture));
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, n);
}

/* C4: everything is taken back also where no consent is on this computer: it counts for one that comes later; and where sharing has ended. */
static void
test_revoke_unseen (Fixture *fixture, gconstpointer data)
{
  static const char *const clients[] = { NEVER, WITHHELD };

  for (guint i = 0; i < G_N_ELEMENTS (clients); i++)
    {
      open_tab (fixture, clients[i]);
      revoke_everything (fixture);
      gtk_editable_set_text (GTK_EDITABLE (in_front (fixture, "reason")), "Asked");
      commit_front (fixture);
      g_assert_cmpstr (kith_json_string (last_submitted (fixture, "consent.revoke"), "client"), ==, clients[i]);
    }
}

/* Only the sender recalls: another agency's referral is shown, and not decided about. */
static void
test_revoke_theirs (Fixture *fixture, gconstpointer data)
{
  JsonArray *rows = fake_desktop_list (fixture->desktop, "client-referrals");
  JsonObject *args;

  for (guint i = 0; i < json_array_get_length (rows); i++)
    {
      JsonObject *row = json_array_get_object_element (rows, i);

      json_object_set_string_member (row, "agency", FOOD_BANK);
      json_object_set_string_member (row, "sender_name", "Mission Food Bank");
    }
  open_tab (fixture, MARIA);
  revoke_everything (fixture);
  g_assert_true (says (GTK_WIDGET (front_window (fixture)), "Sent by Mission Food Bank, which alone can recall it."));
  gtk_editable_set_text (GTK_EDITABLE (in_front (fixture, "reason")), "Asked");
  commit_front (fixture);
  args = last_submitted (fixture, "consent.revoke");
  g_assert_false (json_object_has_member (args, "recall"));
  g_assert_false (json_object_has_member (args, "keep"));
}

/* C5: what is released stays shared, and it is said by what: as it is offered at the referral, else who can end it. */
static void
test_revoke_released (Fixture *fixture, gconstpointer data)
{
  static const struct { const char *sender, *receiver, *words; } cases[] = {
    { NULL, NULL, "“Consent Withdrawn…” at the referral ends that." },
    { FOOD_BANK, NULL, "Mission Food Bank, which sent it, or Eastlake Family Clinic can end that." },
    { FOOD_BANK, HARBOR, "“Consent Withdrawn…” at the referral ends that." },
  };
  JsonArray *rows = fake_desktop_list (fixture->desktop, "client-referrals");

  for (guint k = 0; k < G_N_ELEMENTS (cases); k++)
    {
      for (guint i = 0; i < json_array_get_length (rows); i++)
        {
          JsonObject *row = json_array_get_object_element (rows, i);

          json_object_set_string_member (row, "released", "");
          if (cases[k].sender)
            {
              json_object_set_string_member (row, "agency", cases[k].sender);
              json_object_set_string_member (row, "sender_name", "Mission Food Bank");
            }
          if (cases[k].receiver)
            json_object_set_string_member (row, "agency_to", cases[k].receiver);
          else if (g_str_equal (kith_json_string (row, "phase"), "sent"))
            json_object_set_string_member (row, "agency_to", EASTLAKE);
        }
      open_tab (fixture, MARIA);
      revoke_everything (fixture);
      g_assert_true (says (GTK_WIDGET (front_window (fixture)), cases[k].words));
      /* The other one waits for its answer: there is no “Consent Withdrawn…”. */
      g_assert_true (says (GTK_WIDGET (front_window (fixture)), cases[k].sender ? "Mission Food Bank, which sent it, can end that." : "“Recall…” at the referral ends that."));
      gtk_window_destroy (front_window (fixture));
    }
}

/* To record a consent comes first and to take everything back last; who never agreed to anything, and is known here alone, has nothing to take back. */
static void
test_revoke_last (Fixture *fixture, gconstpointer data)
{
  static const char *const kinds[] = { "consent", NULL };
  JsonArray *rows = fake_desktop_list (fixture->desktop, "client-consents");
  graphene_point_t record, revoke;

  open_tab (fixture, NEVER); /* a linked record was agreed to */
  g_assert_true (gtk_widget_compute_point (button_of (GTK_WIDGET (fixture->window), "Record Consent"), GTK_WIDGET (fixture->window), &GRAPHENE_POINT_INIT (0, 0), &record));
  g_assert_true (gtk_widget_compute_point (in_window (fixture, "revoke-all"), GTK_WIDGET (fixture->window), &GRAPHENE_POINT_INIT (0, 0), &revoke));
  g_assert_cmpfloat (record.y, <, revoke.y);
  for (guint i = json_array_get_length (rows); i-- > 0;)
    if (g_strcmp0 (kith_json_string (json_array_get_object_element (rows, i), "_arg"), NEVER) == 0)
      json_array_remove_element (rows, i);
  g_signal_emit_by_name (fixture->desktop, "changed", kinds);
  pump (100);
  SAYS ("No Consent Recorded");
  g_assert_null (find_widget (GTK_WIDGET (fixture->window), "revoke-all"));
  g_assert_nonnull (button_of (GTK_WIDGET (fixture->window), "Restrict…"));
}

/* C3: what was to end it has happened: the card says what that is, and ends it with that reason in one step. */
static void
test_end_event (Fixture *fixture, gconstpointer data)
{
  JsonArray *rows = fake_desktop_list (fixture->desktop, "client-consents");
  JsonObject *args;

  for (guint i = 0; i < json_array_get_length (rows); i++)
    if (g_str_equal (kith_json_string (json_array_get_object_element (rows, i), "id"), IN_FORCE))
      json_object_set_string_member (kith_json_object (json_array_get_object_element (rows, i), "body"), "end_event", "I leave the shelter");
  open_tab (fixture, MARIA);
  SAYS ("Or when this happens: I leave the shelter");
  SAYS ("When it has happened, end the consent here");
  g_signal_emit_by_name (button_of (GTK_WIDGET (fixture->window), "It Has Happened…"), "clicked");
  pump (100);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (in_front (fixture, "reason"))), ==, "It ended as agreed: I leave the shelter");
  gtk_window_destroy (front_window (fixture));
  pump (50);
  click (fixture, "Revoke…");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (in_front (fixture, "reason"))), ==, ""); /* for another reason */
  gtk_window_destroy (front_window (fixture));
  pump (50);
  click (fixture, "It Has Happened…");
  adw_combo_row_set_selected (ADW_COMBO_ROW (in_front (fixture, ASKED)), 1);
  adw_combo_row_set_selected (ADW_COMBO_ROW (in_front (fixture, WORKED_ON)), 1);
  commit_front (fixture);
  args = last_submitted (fixture, "consent.revoke");
  g_assert_cmpstr (kith_json_string (args, "consent"), ==, IN_FORCE);
  g_assert_null (kith_json_string (args, "client")); /* no other one ends by it */
  g_assert_cmpstr (kith_json_string (args, "reason"), ==, "It ended as agreed: I leave the shelter");
  g_assert_cmpuint (json_array_get_length (kith_json_array (args, "recall")), ==, 2);
  g_assert_null (front_window (fixture));
}

int
main (int argc, char **argv)
{
  fixture_begin (&argc, &argv);
  ADD ("consent-revoke/C5-revoke", NULL, test_revoke);
  ADD ("consent-revoke/C5-revoke-one", NULL, test_revoke_one);
  ADD ("consent-revoke/C5-covered-by-another", NULL, test_revoke_covered);
  ADD ("consent-revoke/C5-take-back", NULL, test_take_back);
  ADD ("consent-revoke/C4-revoke-unseen", NULL, test_revoke_unseen);
  ADD ("consent-revoke/C4-last", NULL, test_revoke_last);
  ADD ("consent-revoke/C5-sender-recalls", NULL, test_revoke_theirs);
  ADD ("consent-revoke/C5-revoke-released", NULL, test_revoke_released);
  ADD ("consent-revoke/revoke-uncovered-C5", NULL, test_revoke_uncovered);
  ADD ("consent-revoke/revoke-linked-C5", NULL, test_revoke_linked);
  ADD ("consent-revoke/end-event-C3", NULL, test_end_event);
  return g_test_run ();
}
