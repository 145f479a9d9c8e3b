/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Consent on the desk: given, signed, renewed; restricted records (C1 to C5, C19), over the fake desktop. */

#include "consent-fixture.h"
#include "print/kith-papers.h"
#include "print/kith-print-window.h"

#include "clients/kith-consent-card.h"
#include "kith-signature.h"
#include "widgets/kith-choice-row.h"
#include "widgets/kith-signature-pad.h"

#define KEPT "e0000000-0000-7000-8000-000000000021"
#define ENDED "c0000000-0000-7000-8000-000000000024" /* this client's consent; and the record is restricted */
#define WITHHELD "c0000000-0000-7000-8000-0000000000e0" /* of whom the own part alone is here */

static void
choose (Fixture *fixture, const char *row, const char *code)
{
  kith_choice_row_set_code (ADW_COMBO_ROW (in_window (fixture, row)), code);
  pump (50);
}

/* Everybody: the group is recorded, to be resolved where it is decided; the agency's own term is left to the operation. */
static void
test_record (Fixture *fixture, gconstpointer data)
{
  JsonObject *args;

  open_place (fixture, "clients/consent:" MARIA);
  gtk_widget_grab_focus (in_window (fixture, "purpose"));
  g_assert_true (act (fixture, "form.commit"));
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 0); /* to nobody is no consent */
  g_assert_true (gtk_root_get_focus (GTK_ROOT (fixture->window)) == in_window (fixture, "everyone")); /* and that is where it is said */
  gtk_check_button_set_active (GTK_CHECK_BUTTON (in_window (fixture, "everyone")), TRUE);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (in_window (fixture, "class_client")), FALSE);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (in_window (fixture, "class_care")), FALSE);
  g_assert_true (act (fixture, "form.commit"));
  g_assert_true (gtk_root_get_focus (GTK_ROOT (fixture->window)) == in_window (fixture, "class_client"));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (in_window (fixture, "class_client")), TRUE);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (in_window (fixture, "class_care")), TRUE);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (in_window (fixture, "everyone")), TRUE);
  pump (50);
  g_assert_true (act (fixture, "form.commit"));
  args = last_submitted (fixture, "consent.record");
  g_assert_cmpstr (kith_json_string (args, "client"), ==, MARIA);
  g_assert_cmpstr (kith_json_string (args, "how"), ==, "verbal");
  g_assert_true (kith_json_array_has (kith_json_array (args, "receiver_classes"), "direct"));
  g_assert_true (kith_json_array_has (kith_json_array (args, "classes"), "client"));
  g_assert_false (kith_json_array_has (kith_json_array (args, "classes"), "client_health"));
  g_assert_false (json_object_has_member (args, "term"));
  g_assert_false (json_object_has_member (args, "signature"));
}

/* C3, C4: what ended is given anew by the person who stands there: for this agency first, and said so; there is nothing to refuse. */
static void
test_given_anew (Fixture *fixture, gconstpointer data)
{
  JsonObject *args;

  open_place (fixture, "clients/consent:" WITHHELD);
  pump (100);
  SAYS ("Harbor House");
  g_assert_false (says (GTK_WIDGET (fixture->window), "Does not agree"));
  g_assert_false (says (GTK_WIDGET (fixture->window), "Every agency of the network"));
  g_assert_false (says (GTK_WIDGET (fixture->window), "Network staff"));
  g_assert_true (act (fixture, "form.commit"));
  args = last_submitted (fixture, "consent.record");
  g_assert_cmpstr (kith_json_string (args, "client"), ==, WITHHELD);
  g_assert_true (kith_json_bool (args, "in_person", FALSE));
  g_assert_cmpuint (json_array_get_length (kith_json_array (args, "receivers")), ==, 1);
  g_assert_true (kith_json_array_has (kith_json_array (args, "receivers"), HARBOR));
  g_assert_false (kith_json_bool (args, "findable", TRUE));
  g_assert_null (kith_json_array (args, "receiver_classes"));
  SAYS ("unless the referral that brought them to your agency was taken back.");
}

/* C3: what each agency will see, as the access function says it, and until when; 180 days is this agency's own. */
static void
test_preview (Fixture *fixture, gconstpointer data)
{
  open_place (fixture, "clients/consent:" MARIA);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (in_window (fixture, "everyone")), TRUE);
  pump (300);
  SAYS ("Eastlake Family Clinic will see at once: Identity, contact and household; History of care.");
  SAYS ("will see, once they help this client");
  SAYS ("Until 19 May 2027.");
  gtk_check_button_set_active (GTK_CHECK_BUTTON (in_window (fixture, "class_care")), FALSE);
  pump (300);
  SAYS ("Eastlake Family Clinic will see at once: Identity, contact and household.\n");
}

/* C3: until a day of their own choice, which still counts; not one that is over. */
static void
test_until (Fixture *fixture, gconstpointer data)
{
  JsonObject *args;

  open_place (fixture, "clients/consent:" MARIA);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (in_window (fixture, "everyone")), TRUE);
  adw_combo_row_set_selected (ADW_COMBO_ROW (in_window (fixture, "term")), 4);
  pump (50);
  type_into (fixture, "until", "2 Nov 2026");
  g_assert_true (act (fixture, "form.commit"));
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 0);
  type_into (fixture, "until", "30 Jun 2027");
  g_assert_true (act (fixture, "form.commit"));
  args = last_submitted (fixture, "consent.record");
  g_assert_true (g_str_has_prefix (kith_json_string (args, "term"), "2027-06-30T"));
}

/* C3: signed on screen. Nothing drawn and no name typed is no signature; what was drawn is kept, and shown again by the record. */
static void
test_sign (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GArray) points = NULL;
  KithSignaturePad *pad;
  JsonObject *args;

  open_place (fixture, "clients/consent:" MARIA);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (in_window (fixture, "everyone")), TRUE);
  choose (fixture, "how", "signed");
  g_assert_true (act (fixture, "form.commit"));
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 0);
  SAYS ("Let the client sign, or type the name of who signs.");

  pad = KITH_SIGNATURE_PAD (gtk_widget_get_first_child (in_window (fixture, "pad_place")));
  kith_signature_pad_stroke (pad, 20, 40, TRUE);
  kith_signature_pad_stroke (pad, 60, 20, FALSE);
  kith_signature_pad_stroke (pad, 61, 20, FALSE); /* too near to add anything */
  kith_signature_pad_stroke (pad, 9999, 20, FALSE); /* off the edge: at the edge */
  kith_signature_pad_stroke (pad, 80, 60, TRUE);
  g_signal_emit_by_name (pad, "changed");
  pump (50);
  g_assert_true (act (fixture, "form.commit"));
  args = last_submitted (fixture, "consent.record");
  points = kith_signature_parse (kith_json_string (args, "signature"));
  g_assert_nonnull (points);
  g_assert_cmpuint (points->len, ==, 4);
  g_assert_cmpint (g_array_index (points, KithSignaturePoint, 2).x, ==, KITH_SIGNATURE_WIDTH);
  g_assert_true (g_array_index (points, KithSignaturePoint, 3).begins);
}

/* Who cannot draw: the name, by keyboard alone; and Clear takes away what was drawn. */
static void
test_sign_by_name (Fixture *fixture, gconstpointer data)
{
  KithSignaturePad *pad;
  JsonObject *args;

  open_place (fixture, "clients/consent:" MARIA);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (in_window (fixture, "everyone")), TRUE);
  choose (fixture, "how", "signed");
  pad = KITH_SIGNATURE_PAD (gtk_widget_get_first_child (in_window (fixture, "pad_place")));
  kith_signature_pad_stroke (pad, 20, 40, TRUE);
  g_signal_emit_by_name (in_window (fixture, "clear"), "clicked");
  g_assert_null (kith_signature_pad_get_text (pad));
  type_into (fixture, "signer", "María López Hernández");
  g_assert_true (act (fixture, "form.commit"));
  args = last_submitted (fixture, "consent.record");
  g_assert_cmpstr (kith_json_string (args, "signer"), ==, "María López Hernández");
  g_assert_false (json_object_has_member (args, "signature"));
}

/* What is recorded is in the record again: who, what, how, the signature; what ended is not said to be in force. The file that proves it is named and
 * opens, and where it was removed that is said and the consent is what it was (C20). */
static void
test_shown (Fixture *fixture, gconstpointer data)
{
  GtkWidget *scan;

  open_tab (fixture, MARIA);
  scan = find_widget (GTK_WIDGET (fixture->window), "scan");
  g_assert_nonnull (scan);
  g_assert_cmpstr (gtk_actionable_get_action_name (GTK_ACTIONABLE (scan)), ==, "client.open-document");
  g_assert_cmpstr (g_variant_get_string (gtk_actionable_get_action_target_value (GTK_ACTIONABLE (scan)), NULL), ==, "d0000000-0000-7000-8000-000000000001");
  SAYS ("Lease agreement, signed by the landlord and by both tenants.pdf");
  SAYS ("The file was removed.");
  SAYS ("Eastlake Family Clinic, Mission Food Bank");
  SAYS ("Signed on screen by María López Hernández");
  SAYS ("Revoked 14 Jun by Ana Delgado: Changed her mind about legal aid");
  open_tab (fixture, NEVER);
  SAYS ("No Consent Recorded");
}

/* C4: ended by its term, though the hub that will say so was not heard since. */
static void
test_ended (Fixture *fixture, gconstpointer data)
{
  fake_desktop_set_sync (fixture->desktop, KITH_SYNC_OFFLINE, 0, 0, NOW_MS - 5 * G_GINT64_CONSTANT (86400000), NOW_MS - 4 * G_GINT64_CONSTANT (86400000));
  open_tab (fixture, ENDED);
  SAYS ("Consent has ended");
  SAYS ("Expired");
  SAYS ("ended 18 Nov");
  g_assert_null (button_of (GTK_WIDGET (fixture->window), "Revoke…"));
}

/* Renewed: to whom, what and what for as it was; it takes the other's place, also where less is agreed to. */
static void
test_renew (Fixture *fixture, gconstpointer data)
{
  JsonObject *args;

  open_tab (fixture, MARIA);
  click (fixture, "Renew");
  pump (100);
  SAYS ("Renew Consent");
  gtk_check_button_set_active (GTK_CHECK_BUTTON (in_window (fixture, "class_care")), FALSE);
  g_assert_true (act (fixture, "form.commit"));
  args = last_submitted (fixture, "consent.record");
  g_assert_true (kith_json_array_has (kith_json_array (args, "receivers"), EASTLAKE));
  g_assert_true (kith_json_array_has (kith_json_array (args, "receivers"), FOOD_BANK));
  g_assert_true (kith_json_array_has (kith_json_array (args, "replaces"), IN_FORCE));
  g_assert_false (kith_json_array_has (kith_json_array (args, "classes"), "care"));
  g_assert_cmpstr (kith_json_string (args, "purpose"), ==, "Referrals and care coordination");
}

/* C3: whose records it opens: everybody's, or those of agencies that are named. Asked for again, it says the same; and the record tells it. */
static void
test_disclosers (Fixture *fixture, gconstpointer data)
{
  JsonObject *args, *body, *draft;
  JsonArray *rows = fake_desktop_list (fixture->desktop, "client-consents");
  GtkWidget *entry;

  for (guint i = 0; i < json_array_get_length (rows); i++)
    if (g_strcmp0 (kith_json_string (json_array_get_object_element (rows, i), "id"), IN_FORCE) == 0)
      {
        body = kith_json_object (json_array_get_object_element (rows, i), "body");
        json_object_set_array_member (body, "disclosers", kith_json_strings (HARBOR, NULL));
        json_object_set_string_member (json_array_get_object_element (rows, i), "discloser_list", "[\"Harbor House\"]");
      }
  open_place (fixture, "clients/consent:" MARIA);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (in_window (fixture, "everyone")), TRUE);
  g_assert_null (find_widget (in_window (fixture, "disclosers_place"), "entry"));
  adw_combo_row_set_selected (ADW_COMBO_ROW (in_window (fixture, "sharing")), 1);
  pump (50);
  g_assert_true (act (fixture, "form.commit"));
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 0);
  SAYS ("Name the agencies that may share it, or choose every agency.");
  entry = find_widget (in_window (fixture, "disclosers_place"), "entry");
  gtk_editable_set_text (GTK_EDITABLE (entry), "eastlake");
  pump (300);
  g_signal_emit_by_name (entry, "entry-activated");
  pump (300);
  kith_window_lock (fixture->window); /* a draft keeps it */
  pump (100);
  kith_desktop_unlock_async (fixture->desktop, "right", NULL, NULL, NULL);
  pump (400);
  g_assert_cmpuint (adw_combo_row_get_selected (ADW_COMBO_ROW (in_window (fixture, "sharing"))), ==, 1);
  kith_window_lock (fixture->window); /* one of before does not say that agencies are named: it opens no more than was agreed to */
  pump (100);
  draft = fake_desktop_get_draft (fixture->desktop, "consent:client:" MARIA);
  g_assert_nonnull (draft);
  json_object_remove_member (draft, "names_disclosers");
  kith_desktop_unlock_async (fixture->desktop, "right", NULL, NULL, NULL);
  pump (400);
  g_assert_cmpuint (adw_combo_row_get_selected (ADW_COMBO_ROW (in_window (fixture, "sharing"))), ==, 1);
  g_assert_true (act (fixture, "form.commit"));
  args = last_submitted (fixture, "consent.record");
  g_assert_cmpuint (json_array_get_length (kith_json_array (args, "disclosers")), ==, 1);
  g_assert_true (kith_json_array_has (kith_json_array (args, "disclosers"), EASTLAKE));
  open_tab (fixture, MARIA);
  SAYS ("Only what is held by: Harbor House");
}

/* The agencies the client was referred to, each named before it is agreed to; they are resolved where it is decided (C3). */
static void
test_referred (Fixture *fixture, gconstpointer data)
{
  JsonObject *args;

  open_place (fixture, "clients/consent:" MARIA);
  pump (100);
  SAYS ("Every agency this client was referred to");
  gtk_check_button_set_active (GTK_CHECK_BUTTON (in_window (fixture, "referred")), TRUE);
  g_assert_true (act (fixture, "form.commit"));
  args = last_submitted (fixture, "consent.record");
  g_assert_cmpuint (json_array_get_length (kith_json_array (args, "receiver_classes")), ==, 1);
  g_assert_true (kith_json_array_has (kith_json_array (args, "receiver_classes"), "referred"));
  g_assert_false (json_object_has_member (args, "disclosers"));
  open_place (fixture, "clients/consent:" NEVER);
  pump (100);
  SAYS ("No referral to another agency was sent yet");
  g_assert_false (gtk_widget_is_sensitive (in_window (fixture, "referred")));
}

/* The day that is said before is the day that is shown after, wherever the clock stands (C3). */
static void
test_local_day (Fixture *fixture, gconstpointer data)
{
  g_setenv ("TZ", "-08", TRUE);
  kith_manual_clock_advance (KITH_MANUAL_CLOCK (fixture->clock), G_GINT64_CONSTANT (12) * 60 * 60 * 1000); /* the evening of 20 November there */
  open_place (fixture, "clients/consent:" MARIA);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (in_window (fixture, "everyone")), TRUE);
  pump (300);
  SAYS ("Until 19 May 2027."); /* 180 days */
  g_setenv ("TZ", "UTC", TRUE);
}

/* What would be refused is said while it can still be put right, not as if there were an answer. */
static void
test_preview_refused (Fixture *fixture, gconstpointer data)
{
  json_object_set_string_member (fake_desktop_get_data (fixture->desktop), "preview-refused", "The term may be two years at most.");
  open_place (fixture, "clients/consent:" MARIA);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (in_window (fixture, "everyone")), TRUE);
  pump (300);
  SAYS ("The term may be two years at most.");
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
restrict_for (Fixture *fixture, const char *reason)
{
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (text_view_in (GTK_WIDGET (front_window (fixture)))), reason, -1);
  pump (50);
  commit_front (fixture);
}

/* C19: why it is restricted and who sees it all the same is shown; both ways want a reason. */
static void
test_restrict (Fixture *fixture, gconstpointer data)
{
  JsonObject *args;

  open_tab (fixture, ENDED);
  SAYS ("by Ana Delgado: Asked for it: a relative works at another agency");
  SAYS ("Only supervisors and the staff assigned to this client see this record.");
  click (fixture, "Lift…");
  restrict_for (fixture, "The relative left");
  args = last_submitted (fixture, "client.restrict");
  g_assert_false (json_object_get_boolean_member (args, "restricted"));
  g_assert_cmpstr (kith_json_string (args, "client"), ==, ENDED);
  open_tab (fixture, MARIA);
  click (fixture, "Restrict…");
  restrict_for (fixture, "Asked for it");
  args = last_submitted (fixture, "client.restrict");
  g_assert_true (json_object_get_boolean_member (args, "restricted"));
  g_assert_cmpstr (kith_json_string (args, "reason"), ==, "Asked for it");
}

/* C17: told by number, ahead of its end, with the way to renew it; a click takes it away. */
static void
test_notices (Fixture *fixture, gconstpointer data)
{
  GtkWidget *read;
  JsonObject *args;

  open_place (fixture, "today");
  SAYS ("Consent expires soon");
  SAYS ("HA-0042 · 06:00");
  SAYS ("Consent revoked");
  read = find_widget (GTK_WIDGET (fixture->window), "ee000000-0000-7000-8000-000000000002");
  g_assert_nonnull (read);
  g_signal_emit_by_name (read, "clicked");
  args = last_submitted (fixture, "notice.read");
  g_assert_cmpstr (kith_json_string (args, "notice"), ==, "ee000000-0000-7000-8000-000000000002");
  click (fixture, "Renew");
  pump (100);
  SAYS ("Renew Consent");
}

/* C2, C4: after a refusal, a revocation or an end there is a form to sign for whoever agrees now: it is what is printed unless the old one is chosen. */
static void
test_blank_consent (Fixture *fixture, gconstpointer data)
{
  JsonArray *rows = fake_desktop_list (fixture->desktop, "client-consents");
  GtkWidget *combo;

  for (guint i = 0; i < json_array_get_length (rows); i++)
    {
      JsonObject *body = kith_json_object (json_array_get_object_element (rows, i), "body");

      json_object_set_string_member (body, "status", "revoked");
      json_object_set_string_member (body, "revoked_at", "2026-11-01T09:00:00.000Z");
    }
  open_place (fixture, "clients/" MARIA);
  g_assert_true (act (fixture, "client.print"));
  pump (100);
  kith_print_window_choose (KITH_PRINT_WINDOW (front_window (fixture)), KITH_PAPER_CONSENT);
  combo = in_front (fixture, "consent");
  g_assert_nonnull (combo);
  g_assert_cmpuint (adw_combo_row_get_selected (ADW_COMBO_ROW (combo)), ==, 2);
}

/* 2e: what the client was not asked yet is kept: nothing is sent, and no consent made up for it. */
static void
keep (Fixture *fixture, gboolean others_share)
{
  JsonArray *consents = fake_desktop_list (fixture->desktop, "client-consents");

  for (guint i = 0; i < json_array_get_length (consents); i++)
    if (others_share) /* C1: in force, but another agency's to share */
      json_object_set_array_member (kith_json_object (json_array_get_object_element (consents, i), "body"), "disclosers", kith_json_strings (EASTLAKE, NULL));
    else
      json_object_set_string_member (kith_json_object (json_array_get_object_element (consents, i), "body"), "status", "revoked");
  open_place (fixture, "clients/refer:" MARIA);
  type_into (fixture, "entry", "tenant");
  pump (400);
  g_signal_emit_by_name (find_widget (GTK_WIDGET (fixture->window), "entry"), "entry-activated");
  pump (200);
  adw_combo_row_set_selected (ADW_COMBO_ROW (find_widget (GTK_WIDGET (fixture->window), "type")), 0);
  type_into (fixture, "need", "Advice about a notice");
  g_assert_true (act (fixture, "form.commit"));
  SAYS ("The client’s consent is missing. Record it below, then send.");
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 0);
  g_signal_emit_by_name (find_widget (GTK_WIDGET (fixture->window), "wait_button"), "clicked");
  pump (200);
  g_assert_true (kith_json_bool (last_submitted (fixture, "referral.send"), "wait", FALSE));
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 1);
  SAYS ("Kept until the client agrees");
}

static void
test_keep (Fixture *fixture, gconstpointer data)
{
  keep (fixture, FALSE);
}

static void
test_keep_others_share (Fixture *fixture, gconstpointer data)
{
  keep (fixture, TRUE);
}

/* It says that it waits, and nothing else of how it stands; the client has agreed: one key sends it. */
static void
test_send_kept (Fixture *fixture, gconstpointer data)
{
  JsonArray *rows = fake_desktop_list (fixture->desktop, "referral");
  JsonObject *args;

  for (guint i = 0; i < json_array_get_length (rows); i++)
    if (g_str_equal (kith_json_string (json_array_get_object_element (rows, i), "id"), KEPT))
      {
        json_object_set_string_member (kith_json_object (json_array_get_object_element (rows, i), "body"), "phase", "pending_consent");
        json_object_remove_member (kith_json_object (json_array_get_object_element (rows, i), "course"), "sent_at");
      }
  open_place (fixture, "sent/" KEPT);
  pump (200);
  SAYS ("Waiting for consent");
  g_assert_false (says (GTK_WIDGET (fixture->window), "Answer awaited"));
  act (fixture, "referral.recall"); /* what never went out is not taken back */
  g_assert_null (front_window (fixture));
  g_assert_true (act (fixture, "referral.dispatch"));
  args = last_submitted (fixture, "referral.dispatch");
  g_assert_cmpstr (kith_json_string (args, "from"), ==, "pending_consent");
  g_assert_cmpstr (kith_json_string (args, "referral"), ==, KEPT);
}

/* What is given or taken back while the window stands open is among the choices, and what somebody chose stays chosen. */
static void
test_print_meanwhile (Fixture *fixture, gconstpointer data)
{
  static const char *const kinds[] = { "consent", NULL };
  JsonArray *rows = fake_desktop_list (fixture->desktop, "client-consents");
  AdwComboRow *combo;
  guint before;

  open_place (fixture, "clients/" MARIA);
  g_assert_true (act (fixture, "client.print"));
  pump (100);
  kith_print_window_choose (KITH_PRINT_WINDOW (front_window (fixture)), KITH_PAPER_CONSENT);
  combo = ADW_COMBO_ROW (in_front (fixture, "consent"));
  before = g_list_model_get_n_items (adw_combo_row_get_model (combo));
  g_assert_cmpuint (adw_combo_row_get_selected (combo), ==, 0); /* the one in force */
  for (guint i = 0; i < json_array_get_length (rows); i++)
    if (g_strcmp0 (kith_json_string (json_array_get_object_element (rows, i), "_arg"), MARIA) == 0)
      json_object_set_string_member (kith_json_object (json_array_get_object_element (rows, i), "body"), "status", "revoked");
  g_signal_emit_by_name (fixture->desktop, "changed", kinds);
  pump (200);
  g_assert_cmpuint (adw_combo_row_get_selected (combo), ==, before - 1); /* there is none to print: the blank form */
  add_another (fixture);
  g_signal_emit_by_name (fixture->desktop, "changed", kinds);
  pump (200);
  g_assert_cmpuint (g_list_model_get_n_items (adw_combo_row_get_model (combo)), ==, before + 1);
  g_assert_cmpuint (adw_combo_row_get_selected (combo), ==, before - 1); /* the one that was given */
  adw_combo_row_set_selected (combo, before); /* a blank form all the same */
  g_signal_emit_by_name (fixture->desktop, "changed", kinds);
  pump (200);
  g_assert_cmpuint (adw_combo_row_get_selected (combo), ==, before);
}

/* C2, C3: who was agreed to as a group can be read one by one, by a key, and what is being read stays open when something arrives. */
static void
test_group_named (Fixture *fixture, gconstpointer data)
{
  static const char *const kinds[] = { "consent", NULL };
  JsonArray *rows = fake_desktop_list (fixture->desktop, "client-consents");

  for (guint i = 0; i < json_array_get_length (rows); i++)
    if (g_strcmp0 (kith_json_string (json_array_get_object_element (rows, i), "id"), IN_FORCE) == 0)
      json_object_set_array_member (kith_json_object (json_array_get_object_element (rows, i), "body"), "receiver_classes", kith_json_strings ("direct", NULL));
  open_tab (fixture, MARIA);
  SAYS ("(2)");
  g_assert_false (says (GTK_WIDGET (fixture->window), "Eastlake Family Clinic\nMission Food Bank"));
  g_assert_true (gtk_widget_grab_focus (in_window (fixture, KITH_CONSENT_CARD_AGENCIES)));
  g_assert_true (gtk_widget_activate (gtk_root_get_focus (GTK_ROOT (fixture->window))));
  pump (50);
  SAYS ("Eastlake Family Clinic\nMission Food Bank");
  g_signal_emit_by_name (fixture->desktop, "changed", kinds);
  pump (200);
  SAYS ("Eastlake Family Clinic\nMission Food Bank");
}

static JsonObject *
body_of (Fixture *fixture, const char *query, const char *id)
{
  JsonArray *rows = fake_desktop_list (fixture->desktop, query);

  for (guint i = 0; i < json_array_get_length (rows); i++)
    if (g_strcmp0 (kith_json_string (json_array_get_object_element (rows, i), "id"), id) == 0)
      return kith_json_object (json_array_get_object_element (rows, i), "body");
  g_assert_not_reached ();
}

/* Of a child it is said that somebody may have to agree for them; who did is named, however it was given, and the record and the next question keep it (C3). */
static void
test_child (Fixture *fixture, gconstpointer data)
{
  static const char *const kinds[] = { "client", "consent", NULL };
  JsonObject *args, *body;

  open_place (fixture, "clients/consent:" MARIA);
  pump (100);
  g_assert_null (find_widget (GTK_WIDGET (fixture->window), "child_hint")); /* of age */
  g_assert_null (find_widget (GTK_WIDGET (fixture->window), "representative"));
  json_object_set_string_member (body_of (fixture, "client", MARIA), "date_of_birth", "2015-03");
  g_signal_emit_by_name (fixture->desktop, "changed", kinds);
  pump (200);
  SAYS ("The client is under 18.");
  SAYS ("Recorded as: Spoken \u00b7 The client, under 18 \u00b7 "); /* far above it, where it is in sight */
  gtk_check_button_set_active (GTK_CHECK_BUTTON (in_window (fixture, "everyone")), TRUE);
  choose (fixture, "grantor", "representative");
  SAYS ("Recorded as: Spoken \u00b7 A representative \u00b7 ");
  g_assert_null (find_widget (GTK_WIDGET (fixture->window), "child_hint"));
  type_into (fixture, "representative", "Elena L\u00f3pez");
  type_into (fixture, "relation", "Mother");
  choose (fixture, "how", "signed"); /* whoever signs is asked once */
  g_assert_null (find_widget (GTK_WIDGET (fixture->window), "representative"));
  choose (fixture, "how", "verbal");
  kith_window_lock (fixture->window); /* a draft keeps it */
  pump (100);
  kith_desktop_unlock_async (fixture->desktop, "right", NULL, NULL, NULL);
  pump (400);
  g_assert_true (act (fixture, "form.commit"));
  args = last_submitted (fixture, "consent.record");
  g_assert_cmpstr (kith_json_string (args, "grantor"), ==, "representative");
  g_assert_cmpstr (kith_json_string (args, "signer"), ==, "Elena L\u00f3pez");
  g_assert_cmpstr (kith_json_string (args, "relation"), ==, "Mother");

  body = body_of (fixture, "client-consents", IN_FORCE);
  json_object_set_string_member (body, "how", "verbal");
  json_object_set_string_member (body, "grantor", "representative");
  json_object_set_string_member (body, "signer", "Elena L\u00f3pez");
  json_object_set_string_member (body, "relation", "Mother");
  g_signal_emit_by_name (fixture->desktop, "changed", kinds);
  open_tab (fixture, MARIA);
  SAYS ("by Elena L\u00f3pez");
  SAYS (", for the client: Mother");
  click (fixture, "Renew");
  pump (100);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (in_window (fixture, "representative"))), ==, "Elena L\u00f3pez");
}

/* C3: what was signed on paper has the day of the paper: the usual time goes from it, and it is read in the record. It is neither to come nor over, and a
 * draft keeps it; what is said or signed here has no other day than today. */
static void
test_signed_on (Fixture *fixture, gconstpointer data)
{
  static const char *const kinds[] = { "client", "consent", NULL };
  JsonObject *args, *body;

  open_place (fixture, "clients/consent:" MARIA);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (in_window (fixture, "everyone")), TRUE);
  pump (50);
  g_assert_null (find_widget (GTK_WIDGET (fixture->window), "signed_on"));
  choose (fixture, "how", "signed");
  g_assert_null (find_widget (GTK_WIDGET (fixture->window), "signed_on"));
  choose (fixture, "how", "written");
  g_assert_cmpstr (gtk_string_object_get_string (adw_combo_row_get_selected_item (ADW_COMBO_ROW (find_widget (GTK_WIDGET (fixture->window), "how")))), ==, "Signed on paper");
  type_into (fixture, "signed_on", "tomorrow");
  g_assert_true (act (fixture, "form.commit"));
  SAYS ("today, or a day in the past");
  type_into (fixture, "signed_on", "1 Feb 2026"); /* its 180 days are over */
  g_assert_true (act (fixture, "form.commit"));
  SAYS ("signed so long ago");
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 0);
  type_into (fixture, "signed_on", "3 Aug"); /* nobody writes the year of the day before yesterday */
  SAYS ("signed Mon 3 Aug 2026");
  kith_window_lock (fixture->window);
  pump (100);
  kith_desktop_unlock_async (fixture->desktop, "right", NULL, NULL, NULL);
  pump (400);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (in_window (fixture, "signed_on"))), ==, "3 Aug");
  type_into (fixture, "purpose", "A bed"); /* as the paper says */
  g_assert_true (act (fixture, "form.commit"));
  args = last_submitted (fixture, "consent.record");
  g_assert_cmpstr (kith_json_string (args, "how"), ==, "written");
  g_assert_cmpstr (kith_json_string (args, "signed_on"), ==, "2026-08-03");
  g_assert_false (json_object_has_member (args, "term")); /* the operation counts it */

  body = body_of (fixture, "client-consents", IN_FORCE);
  json_object_set_string_member (body, "how", "scanned");
  json_object_set_string_member (body, "signed_on", "2026-08-03");
  g_signal_emit_by_name (fixture->desktop, "changed", kinds);
  open_tab (fixture, MARIA);
  SAYS ("Given 3 Aug 2026, until");
  SAYS (", recorded ");
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

/* Mapped or not */
static GtkWidget *
find_label (GtkWidget *widget, const char *words)
{
  GtkWidget *found = GTK_IS_LABEL (widget) && g_str_equal (gtk_label_get_text (GTK_LABEL (widget)), words) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child && !found; child = gtk_widget_get_next_sibling (child))
    found = find_label (child, words);
  return found;
}

static GtkWidget *
offered (Fixture *fixture, const char *client, const char *action)
{
  g_autofree char *place = g_strconcat ("clients/", client, NULL);
  GtkWidget *window = GTK_WIDGET (fixture->window), *found;

  open_place (fixture, place);
  pump (200);
  gtk_menu_button_popup (GTK_MENU_BUTTON (find_widget (window, "more_actions")));
  pump (200);
  found = find_button_of (find_widget (window, "more_actions"), action);
  gtk_menu_button_popdown (GTK_MENU_BUTTON (find_widget (window, "more_actions")));
  return found;
}

/* C19: what a client asks to be kept, and the restriction itself, stand under More: the one for everybody, the other for those who may. */
static void
test_restrict_offered (Fixture *fixture, gconstpointer data)
{
  static const char *const restricted = "c0000000-0000-7000-8000-000000000024";
  GtkWidget *button = offered (fixture, MARIA, "client.restrict");

  g_assert_nonnull (button);
  g_assert_nonnull (find_label (button, "Restrict the Record…"));
  button = offered (fixture, restricted, "client.restrict");
  g_assert_nonnull (button);
  g_assert_nonnull (find_label (button, "Lift the Restriction of the Record…"));
  g_assert_nonnull (offered (fixture, MARIA, "client.ask-restriction"));
  fake_desktop_set_duties (fixture->desktop, 0);
  open_place (fixture, "clients");
  pump (50);
  open_place (fixture, "clients/c0000000-0000-7000-8000-000000000003");
  pump (200);
  g_assert_null (offered (fixture, MARIA, "client.restrict"));
  g_assert_nonnull (offered (fixture, MARIA, "client.ask-restriction"));
}

/* C3, 42 CFR 2.31(a)(5), (7): each consent says what it is for, one of the usual purposes or words of one's own; and what ends it before its day. Both are
 * in sight before it is recorded, in the preview and above the fields. */
static void
test_end_event (Fixture *fixture, gconstpointer data)
{
  GtkWidget *fields;
  JsonObject *args;

  open_place (fixture, "clients/consent:" MARIA);
  fields = gtk_widget_get_ancestor (in_window (fixture, "purpose"), g_type_from_name ("KithConsentFields"));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (in_window (fixture, "everyone")), TRUE);
  type_into (fixture, "end_event", "I leave the shelter");
  type_into (fixture, "purpose", " ");
  pump (300);
  SAYS ("Or when this happens: I leave the shelter.");
  SAYS ("or when this happens: I leave the shelter");
  g_assert_true (act (fixture, "form.commit"));
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 0);
  SAYS ("Say what it is for");
  g_assert_true (gtk_widget_activate_action (fields, "consent.purpose", "s", "Treatment and health care"));
  pump (50);
  g_assert_true (act (fixture, "form.commit"));
  args = last_submitted (fixture, "consent.record");
  g_assert_cmpstr (kith_json_string (args, "end_event"), ==, "I leave the shelter");
  g_assert_cmpstr (kith_json_string (args, "purpose"), ==, "Treatment and health care");
}

/* Nobody has to think of it: the usual purpose stands there. */
static void
test_usual_purpose (Fixture *fixture, gconstpointer data)
{
  JsonObject *args;

  open_place (fixture, "clients/consent:" MARIA);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (in_window (fixture, "everyone")), TRUE);
  pump (50);
  g_assert_true (act (fixture, "form.commit"));
  args = last_submitted (fixture, "consent.record");
  g_assert_cmpstr (kith_json_string (args, "purpose"), ==, "Referrals and care coordination");
  g_assert_false (json_object_has_member (args, "end_event"));
}

static const char *
purpose (Fixture *fixture)
{
  return gtk_editable_get_text (GTK_EDITABLE (in_window (fixture, "purpose")));
}

/* A paper says what it says, and so does one that is renewed: what they are for is not filled in for them. */
static void
test_purpose_of_paper (Fixture *fixture, gconstpointer data)
{
  JsonArray *rows = fake_desktop_list (fixture->desktop, "client-consents");
  GtkWidget *how;

  open_place (fixture, "clients/consent:" MARIA);
  how = in_window (fixture, "how");
  g_assert_cmpstr (purpose (fixture), ==, "Referrals and care coordination");
  kith_choice_row_set_code (ADW_COMBO_ROW (how), "scanned");
  pump (50);
  g_assert_cmpstr (purpose (fixture), ==, "");
  kith_choice_row_set_code (ADW_COMBO_ROW (how), "verbal");
  pump (50);
  g_assert_cmpstr (purpose (fixture), ==, "Referrals and care coordination");
  type_into (fixture, "purpose", "A bed");
  kith_choice_row_set_code (ADW_COMBO_ROW (how), "scanned"); /* in somebody's own words: they have read it */
  pump (50);
  g_assert_cmpstr (purpose (fixture), ==, "A bed");
  type_into (fixture, "purpose", "");
  kith_window_lock (fixture->window);
  pump (100);
  kith_desktop_unlock_async (fixture->desktop, "right", NULL, NULL, NULL);
  pump (400);
  g_assert_cmpstr (purpose (fixture), ==, "");
  for (guint i = 0; i < json_array_get_length (rows); i++)
    if (g_str_equal (kith_json_string (json_array_get_object_element (rows, i), "id"), "f0000000-0000-7000-8000-000000000001"))
      json_object_remove_member (kith_json_object (json_array_get_object_element (rows, i), "body"), "purpose");
  open_place (fixture, "clients/renew:" MARIA ":f0000000-0000-7000-8000-000000000001");
  pump (200);
  g_assert_cmpstr (purpose (fixture), ==, "");
}

int
main (int argc, char **argv)
{
  fixture_begin (&argc, &argv);
  ADD ("consent/2e-keep-until-then", NULL, test_keep);
  ADD ("consent/2e-C1-keep-others-share", NULL, test_keep_others_share);
  ADD ("consent/2e-send-kept", NULL, test_send_kept);
  ADD ("consent/record", NULL, test_record);
  ADD ("consent/C3-C4-given-anew", NULL, test_given_anew);
  ADD ("consent/C3-preview", NULL, test_preview);
  ADD ("consent/C3-until", NULL, test_until);
  ADD ("consent/C3-sign", NULL, test_sign);
  ADD ("consent/C3-sign-by-name", NULL, test_sign_by_name);
  ADD ("consent/C20-shown", NULL, test_shown);
  ADD ("consent/C2-group-named", NULL, test_group_named);
  ADD ("consent/C4-ended-offline", NULL, test_ended);
  ADD ("consent/C3-child", NULL, test_child);
  ADD ("consent/C3-signed-on", NULL, test_signed_on);
  ADD ("consent/renew", NULL, test_renew);
  ADD ("consent/C3-disclosers", NULL, test_disclosers);
  ADD ("consent/C3-referred", NULL, test_referred);
  ADD ("consent/C19-restrict", NULL, test_restrict);
  ADD ("client/C19-restrict-offered", NULL, test_restrict_offered);
  ADD ("consent/C17-notices", NULL, test_notices);
  ADD ("consent/blank-form-C2-C4", NULL, test_blank_consent);
  ADD ("consent/print-meanwhile-C4", NULL, test_print_meanwhile);
  ADD ("consent/local-day-C3", NULL, test_local_day);
  ADD ("consent/preview-refused", NULL, test_preview_refused);
  ADD ("consent/end-event-C3", NULL, test_end_event);
  ADD ("consent/usual-purpose-C3", NULL, test_usual_purpose);
  ADD ("consent/purpose-of-paper-C3", NULL, test_purpose_of_paper);
  return g_test_run ();
}
