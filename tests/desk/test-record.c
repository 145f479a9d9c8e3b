/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A client's record: what each part shows and to whom, and what is read of several records that are one person. */

#include "desk-fixture.h"

#define AALIYAH "e0000000-0000-7000-8000-000000000001"
#include "kith-reading.h"

#include <glib/gstdio.h>

#include "clients/kith-client-view.h"
#include "clients/kith-clients-page.h"
#include "kith-form.h"
#include "documents/kith-document-actions.h"
#include "widgets/kith-choice-row.h"
#include "kith-id.h"
#include "kith-json.h"

#define NOWHERE "c0000000-0000-7000-8000-0000000000fe"
#define LINKED "c0000000-0000-7000-8000-0000000000d3"
#define JIM NO_BILLING /* linked with a record of Eastlake Family Clinic */

static KithClientsPage *
clients_page (Fixture *fixture)
{
  GtkWidget *tabs = find_widget (GTK_WIDGET (fixture->window), "tabs");

  g_assert_nonnull (tabs);
  return KITH_CLIENTS_PAGE (gtk_widget_get_ancestor (tabs, KITH_TYPE_CLIENTS_PAGE));
}

static void
open_tab (Fixture *fixture, const char *place, const char *tab)
{
  open_place (fixture, place);
  kith_client_view_show_tab (kith_clients_page_get_view (clients_page (fixture)), tab);
  pump (100);
}

/* U10, C11: who may see it reads every value, and of a linked record with its source; who may not reads why, and nothing else. */
static void
test_health (Fixture *fixture, gconstpointer data)
{
  open_tab (fixture, "clients/" MARIA, "health");
  SAYS ("Asthma");
  SAYS ("Penicillin");
  SAYS ("Letter of the clinic.pdf");
  g_assert_false (says (GTK_WIDGET (fixture->window), "42 CFR part 2")); /* nobody disclosed it */
  open_tab (fixture, "clients/" MARIA, "documents");
  SAYS ("Benefits letter.pdf");
  g_assert_false (says (GTK_WIDGET (fixture->window), "Letter of the clinic.pdf"));
  open_tab (fixture, "clients/" JIM, "health");
  SAYS ("Nothing recorded yet.");
  SAYS ("EC-0107 of Eastlake Family Clinic");
  SAYS ("Latex");
  SAYS ("Federal rules (42 CFR part 2) protect records"); /* C7: of a linked record */

  open_tab (fixture, "clients/" MARIA, "health");
  fake_desktop_set_health (fixture->desktop, FALSE);
  g_signal_emit_by_name (fixture->context, "actor-changed"); /* U23, while it is shown */
  g_assert_false (says (GTK_WIDGET (fixture->window), "Asthma"));
  open_tab (fixture, "clients/" MARIA, "health");
  SAYS ("Only those who are allowed to see health information read it here");
  g_assert_false (says (GTK_WIDGET (fixture->window), "Asthma"));
  g_assert_false (says (GTK_WIDGET (fixture->window), "Letter of the clinic.pdf"));
  act (fixture, "client.health"); /* leads to the words that say why */
  SAYS ("Only those who are allowed to see health information read it here");
  g_assert_null (find_widget (GTK_WIDGET (fixture->window), "provider"));
}

/* With the flag, of a client another agency shares without its health information: by consent. */
static void
test_health_consent (Fixture *fixture, gconstpointer data)
{
  open_tab (fixture, "clients/" MARIA, "health");
  json_array_remove_element (fake_desktop_list (fixture->desktop, "client-health"), 0);
  g_signal_emit_by_name (fixture->desktop, "changed", (const char *[]) { "client_health", NULL });
  pump (100);
  SAYS ("Not Here Yet"); /* the own agency's client */
  g_assert_false (says (GTK_WIDGET (fixture->window), "Letter of the clinic.pdf"));
  for (guint i = 0; i < json_array_get_length (fake_desktop_list (fixture->desktop, "client")); i++)
    {
      JsonObject *row = json_array_get_object_element (fake_desktop_list (fixture->desktop, "client"), i);

      if (g_str_equal (kith_json_string (row, "id"), MARIA))
        json_object_set_string_member (kith_json_object (row, "body"), "agency", "a0000000-0000-7000-8000-000000000002");
    }
  g_signal_emit_by_name (fixture->desktop, "changed", (const char *[]) { "client", NULL });
  pump (100);
  SAYS ("Hidden by Consent");
}

/* C7: what another agency shares of a client's health stands under its notice. */
static void
test_health_notice (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < json_array_get_length (fake_desktop_list (fixture->desktop, "client")); i++)
    {
      JsonObject *row = json_array_get_object_element (fake_desktop_list (fixture->desktop, "client"), i);

      if (g_str_equal (kith_json_string (row, "id"), MARIA))
        json_object_set_string_member (kith_json_object (row, "body"), "agency", "a0000000-0000-7000-8000-000000000002");
    }
  open_tab (fixture, "clients/" MARIA, "health");
  SAYS ("Asthma");
  SAYS ("Federal rules (42 CFR part 2) protect records");
}

/* C7: so does what came with a referral, an answer or a file; one without any has none, nor has one's own. */
static void
test_referral_health_notice (Fixture *fixture, gconstpointer data)
{
  JsonArray *answers = fake_desktop_list (fixture->desktop, "referral-answers");
  JsonObject *file = json_array_get_object_element (fake_desktop_list (fixture->desktop, "referral-documents"), 0), *referral = NULL;
  static const char *const kinds[] = { "form_answer", "document", "referral", NULL };

  open_place (fixture, "inbox/" AALIYAH);
  pump (200);
  SAYS ("takes insulin in the morning");
  SAYS ("Federal rules (42 CFR part 2) protect records");
  for (guint i = json_array_get_length (answers); i > 0; i--)
    if (g_strcmp0 (kith_json_string (kith_json_object (json_array_get_object_element (answers, i - 1), "body"), "t"), "referral_health") == 0)
      json_array_remove_element (answers, i - 1);
  for (guint i = 0; i < json_array_get_length (fake_desktop_list (fixture->desktop, "referral-documents")); i++)
    json_object_set_string_member (json_array_get_object_element (fake_desktop_list (fixture->desktop, "referral-documents"), i), "t", "referral_detail");
  g_signal_emit_by_name (fixture->desktop, "changed", kinds);
  pump (200);
  g_assert_false (says (GTK_WIDGET (fixture->window), "takes insulin in the morning"));
  g_assert_false (says (GTK_WIDGET (fixture->window), "42 CFR part 2"));
  json_object_set_string_member (file, "t", "referral_health");
  g_signal_emit_by_name (fixture->desktop, "changed", kinds);
  pump (200);
  SAYS ("Federal rules (42 CFR part 2) protect records");
  for (guint i = 0; i < json_array_get_length (fake_desktop_list (fixture->desktop, "referral")); i++)
    if (g_strcmp0 (kith_json_string (json_array_get_object_element (fake_desktop_list (fixture->desktop, "referral"), i), "id"), AALIYAH) == 0)
      referral = kith_json_object (json_array_get_object_element (fake_desktop_list (fixture->desktop, "referral"), i), "body");
  json_object_set_string_member (referral, "agency", kith_context_get_agency (fixture->context));
  g_signal_emit_by_name (fixture->desktop, "changed", kinds);
  pump (200);
  g_assert_false (says (GTK_WIDGET (fixture->window), "42 CFR part 2"));
}

/* C7: so does what is written about health in a case that another agency leads; to whoever may not see health there is none. */
static void
test_case_health_notice (Fixture *fixture, gconstpointer data)
{
  static const struct { const char *agency; int health; gboolean notice; } cases[] = {
    { "a0000000-0000-7000-8000-000000000002", 1, TRUE }, { "a0000000-0000-7000-8000-000000000002", 0, FALSE }, { NULL, 1, FALSE },
  };
  JsonObject *row = json_array_get_object_element (fake_desktop_list (fixture->desktop, "case"), 0);

  open_place (fixture, "clients/" MARIA);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *place = g_strconcat ("cases/", kith_json_string (row, "id"), NULL);

      json_object_set_string_member (kith_json_object (row, "body"), "agency", cases[i].agency ? cases[i].agency : kith_context_get_agency (fixture->context));
      json_object_set_int_member (row, "health", cases[i].health);
      open_place (fixture, place);
      g_signal_emit_by_name (fixture->desktop, "changed", (const char *[]) { "case", NULL });
      for (guint k = 0; k < 100 && says (GTK_WIDGET (fixture->window), "Federal rules (42 CFR part 2) protect records") != cases[i].notice; k++)
        pump (50);
      g_assert_cmpint (says (GTK_WIDGET (fixture->window), "Federal rules (42 CFR part 2) protect records"), ==, cases[i].notice);
    }
}

/* What is changed goes with what its author saw; what was left goes on later, and what others changed meanwhile stays. */
static void
test_health_edit (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = kith_id_natural ("client_health", MARIA);
  JsonObject *args, *change, *row;

  open_place (fixture, "clients/" MARIA);
  g_assert_true (act (fixture, "client.health"));
  pump (100);
  SAYS ("Allergy"); /* a line takes one of them */
  g_assert_false (says (GTK_WIDGET (fixture->window), "Allergies"));
  type_into (fixture, "provider", "Dr. Okafor");
  g_assert_true (act (fixture, "form.cancel"));
  pump (600);
  row = json_array_get_object_element (fake_desktop_list (fixture->desktop, "client-health"), 0);
  json_object_set_string_member (kith_json_object (row, "body"), "provider", "Somebody else");
  json_object_set_string_member (kith_json_object (row, "body"), "health_note", "Changed elsewhere");
  g_signal_emit_by_name (fixture->desktop, "changed", (const char *[]) { "client_health", NULL });
  g_assert_true (act (fixture, "client.health"));
  pump (100);
  SAYS ("Draft from");
  g_assert_true (act (fixture, "form.commit"));
  pump (100);
  args = last_submitted (fixture, "record.patch");
  g_assert_cmpstr (kith_json_string (args, "t"), ==, "client_health");
  g_assert_cmpstr (kith_json_string (args, "id"), ==, id);
  g_assert_cmpstr (kith_json_string (args, "client"), ==, MARIA);
  g_assert_cmpuint (json_object_get_size (kith_json_object (args, "set")), ==, 1);
  change = kith_json_object (kith_json_object (args, "set"), "provider");
  g_assert_cmpstr (kith_json_string (change, "old"), ==, "Eastlake Family Clinic, Dr. Nguyễn");
  g_assert_cmpstr (kith_json_string (change, "new"), ==, "Dr. Okafor");
  SAYS ("Health information saved");
}

static JsonObject *
attach (Fixture *fixture, gboolean on)
{
  g_autofree char *folder = g_dir_make_tmp ("kith-rec-XXXXXX", NULL), *path = g_build_filename (folder, "Result.pdf", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  GtkWidget *health;

  g_assert_true (g_file_set_contents (path, "%PDF-1.4 a result", -1, NULL));
  kith_document_actions_attach (GTK_WIDGET (clients_page (fixture)), file);
  pump (300);
  g_assert_nonnull (front_window (fixture));
  health = in_front (fixture, "health");
  if (health)
    kith_switch_row_set_active (KITH_SWITCH_ROW (health), on);
  g_assert_true (health || !on);
  g_assert_true (commit_front (fixture));
  wait_front_gone (fixture);
  g_unlink (path);
  g_rmdir (folder);
  return fake_files_last_args ();
}

/* U10: a medical letter belongs to the health information, where only those with the flag find it; asked of those who have it. */
static void
test_health_attach (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = kith_id_natural ("client_health", MARIA);
  JsonObject *args;

  open_tab (fixture, "clients/" MARIA, "documents");
  args = attach (fixture, TRUE);
  g_assert_cmpstr (kith_json_string (args, "t"), ==, "client_health");
  g_assert_cmpstr (kith_json_string (args, "record"), ==, id);
  g_assert_cmpstr (kith_json_string (args, "client"), ==, MARIA);
  args = attach (fixture, FALSE);
  g_assert_cmpstr (kith_json_string (args, "t"), ==, "client");
  g_assert_cmpstr (kith_json_string (args, "record"), ==, MARIA);
  g_assert_null (kith_json_string (args, "client"));

  fake_desktop_set_health (fixture->desktop, FALSE);
  open_tab (fixture, "clients/" JIM, "documents");
  args = attach (fixture, FALSE); /* there is nothing to ask */
  g_assert_cmpstr (kith_json_string (args, "t"), ==, "client");
}

/* Full change history per field: what it said, what it says, who, when, where; what a merge set aside is read there too. */
static void
test_changes (Fixture *fixture, gconstpointer data)
{
  open_tab (fixture, "clients/" MARIA, "history");
  SAYS ("About contacting this person"); /* the field */
  SAYS ("From “Call after 17:00.” to “Text only, her phone is often out of credit.”");
  SAYS ("Dr. Minh Trần · Eastlake Family Clinic · earlier entry by Ana Delgado");
  SAYS ("“she” was set aside, “she/her” stayed");
  SAYS ("From “••• 6780” to “••• 6789”");
  SAYS ("From nothing to “Yes”"); /* C16: who said that nobody may contact them */
  SAYS ("Marcus Reed · Harbor House");
}

#define A_CASE "ca000000-0000-7000-8000-000000000001"
#define ALONE "c0000000-0000-7000-8000-000000000015" /* an own client, never asked */
#define ENDED "c0000000-0000-7000-8000-0000000000e0"

static gboolean
is_enabled (Fixture *fixture, const char *action)
{
  guint n = fake_desktop_get_n_submitted (fixture->desktop);
  gboolean done;

  act (fixture, action);
  pump (50);
  done = front_window (fixture) || find_widget (GTK_WIDGET (fixture->window), "form-title") || fake_desktop_get_n_submitted (fixture->desktop) > n;
  if (front_window (fixture))
    gtk_window_destroy (front_window (fixture));
  return done;
}

/* C4: sharing has ended. What is gone says so, in each place; nothing is offered that needs the record; what the agency did itself stays. */
static void
test_withheld (Fixture *fixture, gconstpointer data)
{
  open_place (fixture, "clients/" ENDED);
  pump (100);
  SAYS ("Teresa Vang");
  SAYS ("no consent in force shares this record with your agency any more");
  SAYS ("hidden by consent");
  SAYS ("Hidden by consent."); /* whether there are alerts */
  g_assert_false (says (GTK_WIDGET (fixture->window), "No alerts."));
  g_assert_false (says (GTK_WIDGET (fixture->window), "private to your agency"));
  open_tab (fixture, "clients/" ENDED, "consent");
  SAYS ("Hidden by Consent");
  g_assert_false (says (GTK_WIDGET (fixture->window), "private to your agency"));
  SAYS ("When the person is with you and agrees again, record it");
  act (fixture, "client.consent");
  pump (50);
  g_assert_nonnull (find_widget (GTK_WIDGET (fixture->window), "class_client"));
  act (fixture, "form.cancel");
  pump (50);
  open_tab (fixture, "clients/" ENDED, "health");
  SAYS ("Hidden by Consent");
  g_assert_false (is_enabled (fixture, "client.raise-alert"));
  act (fixture, "client.edit");
  pump (50);
  g_assert_null (find_widget (GTK_WIDGET (fixture->window), "given_name"));
  g_assert_true (is_enabled (fixture, "client.add-task")); /* the agency's own */
  open_place (fixture, "clients/" MARIA);
  pump (100);
  g_assert_true (is_enabled (fixture, "client.raise-alert"));
}

/* A danger is seen from every part, also where a linked record tells of it; and in which language one speaks with the person. */
static void
test_head (Fixture *fixture, gconstpointer data)
{
  static const char *const parts[] = { "cases", "services", "referrals", "consent", "household", "health", "documents", "history" };

  open_place (fixture, "clients/" JIM);
  SAYS ("Has threatened staff with a knife."); /* once: the overview begins with the alerts themselves */
  g_assert_false (says (GTK_WIDGET (fixture->window), "Danger: Has threatened staff with a knife. · linked record EC-0107"));
  kith_client_view_show_tab (kith_clients_page_get_view (clients_page (fixture)), "consent");
  pump (10);
  SAYS ("Danger: Has threatened staff with a knife. · linked record EC-0107");
  open_place (fixture, "clients/" MARIA);
  pump (100);
  SAYS ("Her former partner must not learn where she lives.");
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      kith_client_view_show_tab (kith_clients_page_get_view (clients_page (fixture)), parts[i]);
      pump (10);
      SAYS ("Danger: Her former partner must not learn where she lives.");
      SAYS ("Spanish");
    }
}

/* Linked records read as one, each line with its source; a consent counts for the record it was given for. */
static void
test_linked (Fixture *fixture, gconstpointer data)
{
  KithClientsPage *page;
  JsonObject *args;
  const char *op;

  open_tab (fixture, "clients/" JIM, "overview");
  SAYS ("Call the pharmacy");
  SAYS ("Ana Delgado · linked record EC-0107");
  SAYS ("70001112B · linked record EC-0107 · Eastlake Family Clinic");
  SAYS ("Ana Delgado · linked record EC-0107");
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (clients_page (fixture)), "client.leave-team", "s", "ct7"));
  pump (50);
  gtk_widget_activate_action (GTK_WIDGET (front_window (fixture)), "form.commit", NULL);
  pump (100);
  args = fake_desktop_get_submitted (fixture->desktop, 0, &op);
  g_assert_cmpstr (op, ==, "care_team.leave");
  g_assert_cmpstr (kith_json_string (args, "client"), ==, LINKED);
  g_assert_cmpstr (kith_json_string (args, "staff"), ==, "50000000-0000-7000-8000-000000000001");
  open_tab (fixture, "clients/" JIM, "cases");
  SAYS ("EC-C-0003 · Eastlake Family Clinic");
  SAYS ("· linked record EC-0107");
  open_tab (fixture, "clients/" JIM, "services");
  SAYS ("Eastlake Family Clinic · since 10 Feb 2026 · Sam Osei · linked record EC-0107");
  SAYS ("Harbor House · Ana Delgado · linked record EC-0107");
  open_tab (fixture, "clients/" JIM, "referrals");
  SAYS ("· linked record EC-0107");
  open_tab (fixture, "clients/" JIM, "history");
  SAYS ("Eastlake Family Clinic · Sam Osei · linked record EC-0107");
  open_tab (fixture, "clients/" JIM, "household");
  SAYS ("linked record EC-0107");
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (clients_page (fixture)), "client.leave-household", "s", LINKED));
  args = fake_desktop_get_submitted (fixture->desktop, 1, &op);
  g_assert_cmpstr (op, ==, "household.leave");
  g_assert_cmpstr (kith_json_string (args, "client"), ==, LINKED);
  open_tab (fixture, "clients/" JIM, "consent");
  SAYS ("Of the linked record EC-0107");
  g_assert_false (says (GTK_WIDGET (fixture->window), "Consent in force"));
  SAYS ("No Consent Recorded"); /* for this record */
  /* Renewed for the record it was given for. */
  page = clients_page (fixture);
  gtk_widget_activate_action (GTK_WIDGET (page), "client.renew", "s", "f0000000-0000-7000-8000-0000000000d3");
  pump (100);
  g_assert_cmpstr (kith_form_get_place (KITH_FORM (kith_split_page_get_form (KITH_SPLIT_PAGE (page)))), ==,
                   "renew:c0000000-0000-7000-8000-0000000000d3:f0000000-0000-7000-8000-0000000000d3");
}

/* Who lives with the client and has no record of their own is not forgotten on the page that tells who does. */
static void
test_household_people (Fixture *fixture, gconstpointer data)
{
  open_tab (fixture, "clients/c0000000-0000-7000-8000-000000000024", "household");
  SAYS ("Esther Levin");
  SAYS ("daughter · 1962");
  SAYS ("(619) 555-0188");
  SAYS ("To be called in an emergency");
  SAYS ("Nobody else of the household has a record here.");
  g_assert_false (says (GTK_WIDGET (fixture->window), "Not in a household yet."));
  open_tab (fixture, "clients/c0000000-0000-7000-8000-000000000016", "household"); /* they are not another's */
  SAYS ("Not in a household yet.");
  g_assert_false (says (GTK_WIDGET (fixture->window), "Esther Levin"));
}

/* What was mistyped when a case was opened is put right where it stands, with what its author saw; nothing goes that was not changed, nor a case without title. */
static void
test_case_corrected (Fixture *fixture, gconstpointer data)
{
  static const char *const id = "ca000000-0000-7000-8000-000000000001";
  JsonObject *args, *set;

  open_place (fixture, "cases/ca000000-0000-7000-8000-000000000001");
  g_assert_true (act (fixture, "case.edit"));
  pump (100);
  g_assert_false (says (GTK_WIDGET (front_window (fixture)), "Next step"));
  save_front (fixture);
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 0);
  g_assert_true (act (fixture, "case.edit"));
  pump (100);
  gtk_editable_set_text (GTK_EDITABLE (in_front (fixture, "title")), "");
  commit_front (fixture);
  g_assert_true (says (GTK_WIDGET (front_window (fixture)), "must be filled in"));
  gtk_editable_set_text (GTK_EDITABLE (in_front (fixture, "title")), "A home for four");
  kith_choice_row_set_code (ADW_COMBO_ROW (in_front (fixture, "type")), "food");
  save_front (fixture);
  args = last_submitted (fixture, "record.patch");
  g_assert_cmpstr (kith_json_string (args, "t"), ==, "case");
  g_assert_cmpstr (kith_json_string (args, "id"), ==, id);
  set = kith_json_object (args, "set");
  g_assert_cmpuint (json_object_get_size (set), ==, 2);
  g_assert_cmpstr (kith_json_string (kith_json_object (set, "title"), "old"), ==, "Home for three before the lease ends");
  g_assert_cmpstr (kith_json_string (kith_json_object (set, "title"), "new"), ==, "A home for four");
  g_assert_cmpstr (kith_json_string (kith_json_object (set, "type"), "old"), ==, "housing");
  g_assert_cmpstr (kith_json_string (kith_json_object (set, "type"), "new"), ==, "food");
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.undo", NULL)); /* as whatever is corrected */
  g_assert_cmpuint (fake_desktop_get_n_undone (fixture->desktop), ==, 1);
}

/* So many more of what an agency gives somebody for years. */
static void
add_services (Fixture *fixture, const char *client, guint n)
{
  JsonArray *rows = fake_desktop_list (fixture->desktop, "client-services");

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = g_strdup_printf ("5e000000-0000-7000-8000-%012u", 1000 + i);

      json_array_add_object_element (rows, kith_json_new ("_arg", "s", client, "id", "s", id, "type", "s", "night", "given_on", "s", "2024-03-01", "count", "i", (gint64) 1,
                                                          "service_name", "s", "Emergency overnight bed", "agency_name", "s", "Harbor House", "mine", "i", (gint64) 1, NULL));
    }
}

static guint
n_lines (Fixture *fixture, const char *list)
{
  GtkWidget *box = find_widget (GTK_WIDGET (fixture->window), list);
  guint n = 0;

  g_assert_nonnull (box);
  while (gtk_list_box_get_row_at_index (GTK_LIST_BOX (box), (int) n))
    n++;
  return n;
}

/* design.md 4: a list that grows for years is shown by and by. Of what is not shown nothing was made; the last one shown can be asked for like any other. */
static void
test_long_list (Fixture *fixture, gconstpointer data)
{
  guint total = 0;
  g_autofree char *words = NULL;
  JsonArray *rows = fake_desktop_list (fixture->desktop, "client-services");

  add_services (fixture, MARIA, 2000);
  for (guint i = 0; i < json_array_get_length (rows); i++)
    total += g_strcmp0 (kith_json_string (json_array_get_object_element (rows, i), "_arg"), MARIA) == 0;
  open_tab (fixture, "clients/" MARIA, "services");
  g_assert_cmpuint (n_lines (fixture, "client-services-list"), ==, KITH_CLIENT_STEP);
  words = g_strdup_printf ("Show More (%u of %u)", KITH_CLIENT_STEP, total);
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (find_widget (GTK_WIDGET (fixture->window), "more"))), ==, words);
  g_signal_emit_by_name (find_widget (GTK_WIDGET (fixture->window), "more"), "clicked");
  for (guint still = 0, before = 0; still < 1000 && n_lines (fixture, "client-services-list") < 2 * KITH_CLIENT_STEP; still++) /* they are made a few at a time */
    {
      pump (20);
      if (n_lines (fixture, "client-services-list") > before) /* however long a busy computer takes: as long as it goes on */
        still = 0;
      before = n_lines (fixture, "client-services-list");
    }
  g_assert_cmpuint (n_lines (fixture, "client-services-list"), ==, 2 * KITH_CLIENT_STEP);
  g_signal_emit_by_name (fixture->desktop, "changed", (const char *[]) { "service_event", NULL });
  pump (100);
  g_assert_cmpuint (n_lines (fixture, "client-services-list"), ==, 2 * KITH_CLIENT_STEP);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (clients_page (fixture)), "client.void-service", "s", "5e000000-0000-7000-8000-000000001070"));
  pump (50);
  g_assert_nonnull (front_window (fixture));
}

/* What presses it: the first button in there of that action. */
static GtkWidget *
find_action (GtkWidget *inside, const char *action)
{
  GtkWidget *found = GTK_IS_BUTTON (inside) && g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (inside)), action) == 0 ? inside : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (inside); child && !found; child = gtk_widget_get_next_sibling (child))
    found = find_action (child, action);
  return found;
}

/* Of another agency's client, or one whom others may know too, an empty list does not say that there is nothing; of a case only who sees all of them
 * can (A1, A2). Nobody else knows an own client who never agreed to anything. What the own agency has not done yet for its own client is not called
 * hidden, and each list offers to begin it. */
static void
test_sight (Fixture *fixture, gconstpointer data)
{
  static const char *const queries[] = { "client-enrollments", "client-services", "client-care-team", "client-cases", "client-referrals" };

  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    json_object_set_array_member (fake_desktop_get_data (fixture->desktop), queries[i], json_array_new ());
  open_tab (fixture, "clients/" MARIA, "services"); /* whose consent lets others know her */
  SAYS ("None yet. What other agencies keep to themselves is not shown.");
  g_assert_false (says (GTK_WIDGET (fixture->window), "Never enrolled"));
  open_tab (fixture, "clients/" MARIA, "referrals");
  SAYS ("None yet. What other agencies keep to themselves is not shown.");
  g_assert_true (gtk_widget_get_sensitive (find_action (find_widget (GTK_WIDGET (fixture->window), "referrals_group"), "client.refer")));
  fake_desktop_set_duties (fixture->desktop, 0);
  open_tab (fixture, "clients/" ENDED, "overview");
  open_tab (fixture, "clients/" MARIA, "cases");
  SAYS ("None that you work on.");
  fake_desktop_set_duties (fixture->desktop, KITH_DUTY_SUPERVISOR);
  open_tab (fixture, "clients/" ENDED, "services");
  SAYS ("None that your agency may see.");
  open_tab (fixture, "clients/" ALONE, "cases");
  SAYS ("No cases yet.");
  open_tab (fixture, "clients/" ALONE, "services");
  SAYS ("Never enrolled in a program.");
  open_tab (fixture, "clients/" ALONE, "referrals");
  SAYS ("No referrals yet.");
}

static JsonObject *
noted (Fixture *fixture, guint n)
{
  for (guint i = 0; i < 500 && fake_desktop_get_n_noted (fixture->desktop) < n; i++)
    pump (20);
  g_assert_cmpuint (fake_desktop_get_n_noted (fixture->desktop), ==, n);
  return fake_desktop_get_noted (fixture->desktop, n - 1);
}

/* C13: a case, which is clinical, and what a referral says are read like a client's record; one that comes late from a slow store is read when it is
 * there. */
static void
test_opened (Fixture *fixture, gconstpointer data)
{
  JsonArray *rows = fake_desktop_list (fixture->desktop, "client");
  JsonObject *args, *row = NULL;

  kith_reading_set_moment (3600 * 1000); /* who only passes by has not read it */
  open_place (fixture, "cases/" A_CASE);
  open_place (fixture, "today");
  g_assert_cmpuint (fake_desktop_get_n_noted (fixture->desktop), ==, 0);
  kith_reading_set_moment (1);
  open_place (fixture, "cases/" A_CASE);
  args = noted (fixture, 1);
  g_assert_cmpstr (kith_json_string (args, "t"), ==, "case");
  g_assert_cmpstr (kith_json_string (args, "record"), ==, A_CASE);
  g_assert_nonnull (kith_json_string (args, "client"));
  open_place (fixture, "inbox/e0000000-0000-7000-8000-000000000006");
  args = noted (fixture, 2);
  g_assert_cmpstr (kith_json_string (args, "t"), ==, "referral");
  g_assert_cmpstr (kith_json_string (args, "what"), ==, "opened");

  for (guint i = 0; i < json_array_get_length (rows); i++)
    if (g_strcmp0 (kith_json_string (json_array_get_object_element (rows, i), "id"), ALONE) == 0)
      {
        row = json_object_ref (json_array_get_object_element (rows, i));
        json_array_remove_element (rows, i);
        break;
      }
  g_assert_nonnull (row);
  open_place (fixture, "clients/" ALONE);
  pump (100);
  noted (fixture, 2);
  json_array_add_object_element (rows, row);
  g_signal_emit_by_name (fixture->desktop, "changed", (const char *[]) { "client", NULL });
  args = noted (fixture, 3);
  g_assert_cmpstr (kith_json_string (args, "client"), ==, ALONE);
  kith_reading_set_moment (0);
}

/* What a link leads to and is not here: what it is, why as far as it is known, and what to do; gone again with the next record that is here. */
static void
test_absent (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *place, *title, *unknown, *how, *words;
  } places[] = {
    { "clients/" NOWHERE, "This Person Is Not on This Computer", "The record was never here, or it was taken away", "left", "You worked with this person, and that has ended" },
    { "cases/" NOWHERE, "This Case Is Not on This Computer", "The case was never here, or it was taken away", "over", "The time for which the case was shared with you is over" },
    { "directory/" NOWHERE, "This Service Is Not on This Computer", "never in the directory here, or its agency has taken it out", "named", "A referral names this service" },
  };
  static const char *const kinds[] = { "notice", NULL };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      JsonArray *rows = json_array_new ();

      json_object_set_array_member (fake_desktop_get_data (fixture->desktop), "absent", rows);
      g_test_message ("%s", places[i].place);
      open_place (fixture, places[i].place);
      pump (200);
      SAYS (places[i].title);
      SAYS (places[i].unknown);
      json_array_add_object_element (rows, kith_json_new ("id", "s", NOWHERE, "how", "s", places[i].how, NULL));
      g_signal_emit_by_name (fixture->desktop, "changed", kinds);
      pump (200);
      SAYS (places[i].words);
    }
  open_place (fixture, "clients/" MARIA);
  pump (200);
  g_assert_false (says (GTK_WIDGET (fixture->window), places[0].title));
}

/* What has not come yet is not told as taken away; when the hub was heard it is looked at again. */
static void
test_absent_yet (Fixture *fixture, gconstpointer data)
{
  JsonArray *rows = json_array_new ();
  JsonObject *row = kith_json_new ("id", "s", NOWHERE, "how", "s", "coming", NULL);

  json_array_add_object_element (rows, row);
  json_object_set_array_member (fake_desktop_get_data (fixture->desktop), "absent", rows);
  open_place (fixture, "clients/" NOWHERE);
  pump (200);
  SAYS ("It may not be here yet: this computer is still being filled from the hub.");
  g_assert_false (says (GTK_WIDGET (fixture->window), "taken away"));
  json_object_set_string_member (row, "how", "left");
  fake_desktop_set_sync (fixture->desktop, KITH_SYNC_WORKING, 0, 0, NOW_MS, 0);
  pump (200);
  SAYS ("You worked with this person, and that has ended");
}

/* C4: a term ends while the record is open, and no hub says so: the record says it by itself. */
static void
test_term_ends (Fixture *fixture, gconstpointer data)
{
  JsonArray *rows = fake_desktop_list (fixture->desktop, "client-consents");
  g_autofree char *term = kith_time_format (NOW_MS + 500);

  for (guint i = 0; i < json_array_get_length (rows); i++)
    {
      JsonObject *body = kith_json_object (json_array_get_object_element (rows, i), "body");

      if (g_strcmp0 (kith_json_string (body, "status"), "in_force") == 0)
        json_object_set_string_member (body, "term", term);
    }
  open_tab (fixture, "clients/" MARIA, "consent");
  SAYS ("Consent in force");
  kith_manual_clock_advance (KITH_MANUAL_CLOCK (fixture->clock), 1000);
  for (guint i = 0; i < 300 && !says (GTK_WIDGET (fixture->window), "Consent has ended"); i++)
    pump (20);
  SAYS ("Consent has ended");
  SAYS ("Expired");
  g_assert_false (says (GTK_WIDGET (fixture->window), "Consent in force"));
}

int
main (int argc, char **argv)
{
  fixture_begin (&argc, &argv);
  ADD ("record/health-U10", NULL, test_health);
  ADD ("record/health-consent-C11", NULL, test_health_consent);
  ADD ("record/health-notice-C7", NULL, test_health_notice);
  ADD ("referral/health-notice-C7", NULL, test_referral_health_notice);
  ADD ("case/health-notice-C7", NULL, test_case_health_notice);
  ADD ("record/health-edit", NULL, test_health_edit);
  ADD ("record/health-attach-U10", NULL, test_health_attach);
  ADD ("record/changes", NULL, test_changes);
  ADD ("record/withheld-C4", NULL, test_withheld);
  ADD ("record/head", NULL, test_head);
  ADD ("record/sight-A1-C1", NULL, test_sight);
  ADD ("record/opened-C13", NULL, test_opened);
  ADD ("record/absent", NULL, test_absent);
  ADD ("record/absent-yet", NULL, test_absent_yet);
  ADD ("record/C4-term-ends", NULL, test_term_ends);
  ADD ("record/long-list", NULL, test_long_list);
  ADD ("record/linked", NULL, test_linked);
  ADD ("record/household-people", NULL, test_household_people);
  ADD ("record/case-corrected", NULL, test_case_corrected);
  return g_test_run ();
}
