/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a person, an administrator and network staff settle: mail, the agency's page, accounts. */

#include "desk-fixture.h"

static GtkWidget *
preferences (Fixture *fixture)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.preferences", NULL));
  pump (100);
  return GTK_WIDGET (front_window (fixture));
}

/* The rows the foot of each mail names: what is on, what is off, where to. An answer that says no puts the switch back and says why. */
static void
test_mail (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window = preferences (fixture);
  JsonObject *args;

  g_assert_false (kith_switch_row_get_active (KITH_SWITCH_ROW (find_widget (window, "notices")))); /* nobody asked for it */
  g_assert_false (kith_switch_row_get_active (KITH_SWITCH_ROW (find_widget (window, "digest"))));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (find_widget (window, "email"))), ==, "ana@harborhouse.example.org");
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 0);
  kith_switch_row_set_active (KITH_SWITCH_ROW (find_widget (window, "notices")), TRUE);
  pump (50);
  args = last_submitted (fixture, "staff.set_notices");
  g_assert_cmpstr (kith_json_string (args, "mail_language"), ==, "en"); /* as the windows */
  g_assert_cmpstr (kith_json_string (args, "staff"), ==, kith_context_get_user (fixture->context));
  g_assert_true (kith_json_bool (args, "mail_notices", FALSE));
  g_assert_false (json_object_has_member (args, "mail_digest"));
  g_assert_false (json_object_has_member (args, "email"));
  fake_desktop_refuse_next (fixture->desktop, "The hub cannot be reached.");
  kith_switch_row_set_active (KITH_SWITCH_ROW (find_widget (window, "digest")), TRUE);
  pump (50);
  g_assert_false (kith_switch_row_get_active (KITH_SWITCH_ROW (find_widget (window, "digest"))));
  g_assert_true (says (window, "The hub cannot be reached."));
  gtk_editable_set_text (GTK_EDITABLE (find_widget (window, "email")), "ana at home");
  g_signal_emit_by_name (find_widget (window, "email"), "apply");
  pump (50);
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 2);
  g_assert_true (says (window, "This is no email address"));
  gtk_editable_set_text (GTK_EDITABLE (find_widget (window, "email")), " ana@example.org ");
  g_signal_emit_by_name (find_widget (window, "email"), "apply");
  pump (50);
  g_assert_cmpstr (kith_json_string (last_submitted (fixture, "staff.set_notices"), "email"), ==, "ana@example.org");
  g_assert_null (find_widget (window, "problem"));
}

/* P15: one switch, and nothing else of the account. */
static void
test_mail_portal (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window;

  fake_desktop_set_level (fixture->desktop, KITH_LEVEL_PORTAL);
  fake_desktop_set_duties (fixture->desktop, 0);
  window = preferences (fixture);
  g_assert_true (says (window, "Resource assigned emails"));
  g_assert_true (says (window, "To ana@harborhouse.example.org"));
  g_assert_null (find_widget (window, "email"));
  g_assert_null (find_widget (window, "digest"));
  kith_switch_row_set_active (KITH_SWITCH_ROW (find_widget (window, "notices")), TRUE);
  pump (50);
  g_assert_true (kith_json_bool (last_submitted (fixture, "staff.set_notices"), "mail_notices", FALSE));
}

static GtkWindow *
last_window (GtkWindow *parent)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l; l = l->next)
    if (gtk_window_get_transient_for (l->data) == parent && gtk_widget_get_mapped (l->data))
      return l->data;
  return NULL;
}

/* One's own password: what is wrong is said where it is typed, and nothing is asked of the hub before it can be right. */
static void
test_password (Fixture *fixture, gconstpointer data)
{
  static const struct { const char *former, *next, *again, *words;
  } tries[] = {
    { "", "a new horse battery", "a new horse battery", "Enter the password you sign in with now." },
    { "the present one", "", "", "Choose a new password." },
    { "the present one", "a new horse battery", "a new horse batter", "The two new passwords differ." },
    { "the present one", "the present one", "the present one", "The new password is the present one." },
    { "the present one", "short", "short", "The password is too short." },
    { "wrong", "a new horse battery", "a new horse battery", "The current password is not right." },
  };
  GtkWidget *window = preferences (fixture), *change;

  g_signal_emit_by_name (find_widget (window, "password"), "activated");
  pump (100);
  change = GTK_WIDGET (last_window (GTK_WINDOW (window)));
  g_assert_nonnull (change);
  for (guint i = 0; i < G_N_ELEMENTS (tries); i++)
    {
      gtk_editable_set_text (GTK_EDITABLE (find_widget (change, "former")), tries[i].former);
      gtk_editable_set_text (GTK_EDITABLE (find_widget (change, "next")), tries[i].next);
      gtk_editable_set_text (GTK_EDITABLE (find_widget (change, "again")), tries[i].again);
      gtk_widget_activate_action (change, "form.commit", NULL);
      pump (50);
      g_test_message ("%s", tries[i].words);
      g_assert_true (says (change, tries[i].words));
      g_assert_null (g_object_get_data (G_OBJECT (fixture->desktop), "password"));
    }
  gtk_editable_set_text (GTK_EDITABLE (find_widget (change, "former")), "the present one");
  gtk_widget_activate_action (change, "form.commit", NULL);
  pump (50);
  g_assert_cmpstr (g_object_get_data (G_OBJECT (fixture->desktop), "password"), ==, "a new horse battery");
  g_assert_null (last_window (GTK_WINDOW (window)));
}

/* On a busy machine a page comes later than it is looked for. */
static void
wait_for (Fixture *fixture, const char *words)
{
  for (guint i = 0; i < 50 && !says (GTK_WIDGET (fixture->window), words); i++)
    pump (100);
  g_test_message ("%s", words);
  SAYS (words);
}

/* ---- the agency's page ---- */

#define AGENCY "a0000000-0000-7000-8000-000000000001"
#define PAT "50000000-0000-7000-8000-000000000009"
#define LINH "50000000-0000-7000-8000-000000000003"
#define BED "d0000000-0000-7000-8000-000000000011"
#define SHELTER "d0000000-0000-7000-8000-000000000012"

static GtkWidget *
shown (Fixture *fixture, const char *name)
{
  return find_widget (GTK_WIDGET (fixture->window), name);
}

static void
be_admin (Fixture *fixture)
{
  fake_desktop_set_duties (fixture->desktop, KITH_DUTY_ADMIN);
  open_place (fixture, "agency");
  pump (100);
}

/* What was changed is what is sent: the rest stays as it is, and what was emptied goes back to what is usual. */
static void
test_settings (Fixture *fixture, gconstpointer data)
{
  JsonObject *args, *set;

  be_admin (fixture);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (shown (fixture, "response_days"))), ==, "3");
  g_assert_null (shown (fixture, "confirm_declines")); /* the network's to say */
  SAYS ("A supervisor confirms each decline.");
  g_assert_false (gtk_widget_get_sensitive (shown (fixture, "save")));
  type_into (fixture, "grace_days", "1");
  type_into (fixture, "response_days", "");
  g_assert_true (gtk_widget_get_sensitive (shown (fixture, "save")));
  gtk_widget_grab_focus (shown (fixture, "grace_days"));
  g_assert_true (act (fixture, "agency.save"));
  args = last_submitted (fixture, "agency.configure");
  g_assert_cmpstr (kith_json_string (args, "agency"), ==, AGENCY);
  set = kith_json_object (args, "set");
  g_assert_cmpuint (json_object_get_size (set), ==, 2);
  g_assert_cmpint (kith_json_int (set, "grace_days", -1), ==, 1);
  g_assert_true (json_object_get_null_member (set, "response_days"));
  g_assert_false (gtk_widget_get_sensitive (shown (fixture, "save")));
  /* no number, and a refusal: said beside the rows, and nothing typed is lost */
  type_into (fixture, "consent_term_days", "a year");
  act (fixture, "agency.save");
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 1);
  g_assert_nonnull (shown (fixture, "problem"));
  type_into (fixture, "consent_term_days", "9999");
  fake_desktop_refuse_next (fixture->desktop, "This must be between 1 and 3650.");
  act (fixture, "agency.save");
  SAYS ("This must be between 1 and 3650.");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (shown (fixture, "consent_term_days"))), ==, "9999");
}

/* What is typed survives a lock. */
static void
test_settings_draft (Fixture *fixture, gconstpointer data)
{
  be_admin (fixture);
  type_into (fixture, "lock_minutes", "12");
  kith_window_lock (fixture->window);
  pump (100);
  kith_desktop_unlock_async (fixture->desktop, "right", NULL, NULL, NULL);
  pump (200);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (shown (fixture, "lock_minutes"))), ==, "12");
  g_assert_true (gtk_widget_get_sensitive (shown (fixture, "save")));
}

/* Somebody else saves: the record is another one from then on. */
static void
save_elsewhere (Fixture *fixture, const char *query, guint i, const char *kind, JsonObject *body)
{
  const char *kinds[] = { kind, NULL };

  json_object_set_object_member (json_array_get_object_element (fake_desktop_list (fixture->desktop, query), i), "body", body);
  g_signal_emit_by_name (fixture->desktop, "changed", kinds);
  pump (100);
}

static void
configure_elsewhere (Fixture *fixture)
{
  save_elsewhere (fixture, "agency-settings", 0, "agency_settings",
                  kith_json_new ("agency", "s", AGENCY, "response_days", "i", (gint64) 3, "grace_days", "i", (gint64) 5, "time_zone", "s", "America/Denver",
                                 "confirm_declines", "b", TRUE, "victim_service", "b", TRUE, NULL));
}

/* What a colleague saved meanwhile stays, the victim-service switch above all: only what was touched here is sent. */
static void
test_settings_two (Fixture *fixture, gconstpointer data)
{
  JsonObject *set;

  fake_desktop_set_duties (fixture->desktop, 0);
  fake_desktop_set_network_staff (fixture->desktop);
  open_place (fixture, "agency/" AGENCY);
  pump (100);
  type_into (fixture, "lock_minutes", "12");
  configure_elsewhere (fixture);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (shown (fixture, "lock_minutes"))), ==, "12");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (shown (fixture, "grace_days"))), ==, "5");
  g_assert_true (gtk_widget_get_sensitive (shown (fixture, "save")));
  gtk_widget_grab_focus (shown (fixture, "lock_minutes"));
  g_assert_true (act (fixture, "agency.save"));
  set = kith_json_object (last_submitted (fixture, "agency.configure"), "set");
  g_assert_cmpuint (json_object_get_size (set), ==, 1);
  g_assert_cmpint (kith_json_int (set, "lock_minutes", -1), ==, 12);
  g_assert_false (gtk_widget_get_sensitive (shown (fixture, "save")));
}

/* D2: before an agency is chosen network staff have their own days and time zone, and nothing of it is an agency's. */
static void
test_settings_of_network (Fixture *fixture, gconstpointer data)
{
  JsonObject *args;

  fake_desktop_set_duties (fixture->desktop, 0);
  fake_desktop_set_network_staff (fixture->desktop);
  open_place (fixture, "agency");
  pump (100);
  g_assert_null (find_widget (GTK_WIDGET (fixture->window), "lock_minutes"));
  type_into (fixture, "time_zone", "America/Los_Angeles");
  gtk_widget_grab_focus (shown (fixture, "time_zone"));
  g_assert_true (act (fixture, "agency.save"));
  args = last_submitted (fixture, "agency.configure");
  g_assert_cmpstr (kith_json_string (args, "agency"), ==, "network");
  g_assert_cmpstr (kith_json_string (kith_json_object (args, "set"), "time_zone"), ==, "America/Los_Angeles");
}

/* The same of a draft from before a colleague saved. */
static void
test_settings_old_draft (Fixture *fixture, gconstpointer data)
{
  JsonObject *set;

  be_admin (fixture);
  type_into (fixture, "response_days", "");
  type_into (fixture, "lock_minutes", "12");
  kith_window_lock (fixture->window);
  pump (100);
  configure_elsewhere (fixture);
  kith_desktop_unlock_async (fixture->desktop, "right", NULL, NULL, NULL);
  pump (200);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (shown (fixture, "time_zone"))), ==, "America/Denver");
  gtk_widget_grab_focus (shown (fixture, "lock_minutes"));
  g_assert_true (act (fixture, "agency.save"));
  set = kith_json_object (last_submitted (fixture, "agency.configure"), "set");
  g_assert_cmpuint (json_object_get_size (set), ==, 2);
  g_assert_cmpint (kith_json_int (set, "lock_minutes", -1), ==, 12);
  g_assert_true (json_object_get_null_member (set, "response_days"));
}

/* Days of one's own are added and taken off; the network's are there to be read. */
static void
test_holidays (Fixture *fixture, gconstpointer data)
{
  GtkWidget *page;
  JsonObject *args;

  be_admin (fixture);
  SAYS ("Thanksgiving");
  SAYS ("Whole network");
  page = gtk_widget_get_ancestor (shown (fixture, "holidays"), KITH_TYPE_PAGE);
  g_assert_true (act (fixture, "agency.add-holiday"));
  gtk_editable_set_text (GTK_EDITABLE (in_front (fixture, "date")), "2026-12-31");
  gtk_editable_set_text (GTK_EDITABLE (in_front (fixture, "name")), "New Year’s Eve");
  save_front (fixture);
  args = last_submitted (fixture, "calendar.set");
  g_assert_cmpstr (kith_json_string (args, "agency"), ==, AGENCY);
  g_assert_cmpstr (kith_json_string (args, "date"), ==, "2026-12-31");
  g_assert_true (kith_json_bool (args, "closed", FALSE));
  SAYS ("New Year’s Eve");
  gtk_widget_activate_action (page, "agency.remove-holiday", "(ss)", "2026-12-31", "New Year’s Eve");
  pump (100);
  args = last_submitted (fixture, "calendar.set");
  g_assert_false (kith_json_bool (args, "closed", TRUE));
  g_assert_false (says (shown (fixture, "holidays"), "New Year’s Eve"));
  g_assert_nonnull (find_widget (GTK_WIDGET (fixture->window), "accounts"));
}

/* Network staff: the holidays of all, and any agency's page. */
static void
test_network (Fixture *fixture, gconstpointer data)
{
  JsonObject *args;

  fake_desktop_set_duties (fixture->desktop, 0);
  fake_desktop_set_network_staff (fixture->desktop);
  open_place (fixture, "agency");
  pump (100);
  g_assert_null (shown (fixture, "accounts"));
  g_assert_true (act (fixture, "agency.add-holiday"));
  gtk_editable_set_text (GTK_EDITABLE (in_front (fixture, "date")), "2026-12-31");
  gtk_editable_set_text (GTK_EDITABLE (in_front (fixture, "name")), "New Year’s Eve");
  save_front (fixture);
  args = last_submitted (fixture, "calendar.set");
  g_assert_false (json_object_has_member (args, "agency"));
  open_place (fixture, "agency/" AGENCY);
  pump (100);
  SAYS ("Harbor House");
  g_assert_nonnull (shown (fixture, "confirm_declines"));
  g_assert_nonnull (shown (fixture, "accounts"));
}

static void
test_not_admin (Fixture *fixture, gconstpointer data)
{
  fake_desktop_set_duties (fixture->desktop, KITH_DUTY_LISTINGS);
  open_place (fixture, "agency");
  pump (50);
  SAYS ("For Administrators");
  act (fixture, "agency.add-holiday");
  g_assert_null (front_window (fixture));
}

/* ux.md 2.1: a supervisor keeps the templates of a referral's note, and nothing else of the agency. */
static void
test_supervisor (Fixture *fixture, gconstpointer data)
{
  JsonObject *set;
  JsonArray *templates;

  fake_desktop_set_duties (fixture->desktop, KITH_DUTY_SUPERVISOR);
  open_place (fixture, "agency");
  pump (100);
  g_assert_null (shown (fixture, "response_days"));
  g_assert_null (shown (fixture, "accounts"));
  g_assert_null (shown (fixture, "holidays"));
  act (fixture, "agency.add-holiday");
  g_assert_null (front_window (fixture));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (shown (fixture, "note_templates"))), ==, "Please call before noon.");
  type_into (fixture, "note_templates", "Please call after noon.");
  g_assert_true (act (fixture, "agency.save"));
  set = kith_json_object (last_submitted (fixture, "agency.configure"), "set");
  g_assert_cmpuint (json_object_get_size (set), ==, 1);
  templates = kith_json_array (set, "note_templates");
  g_assert_cmpuint (json_array_get_length (templates), ==, 2);
  g_assert_cmpstr (json_array_get_string_element (templates, 0), ==, "Please call after noon.");
}

/* ---- accounts ---- */

static GtkWidget *
open_account (Fixture *fixture, int line)
{
  gtk_widget_activate (GTK_WIDGET (gtk_list_box_get_row_at_index (GTK_LIST_BOX (shown (fixture, "accounts")), line)));
  pump (100);
  return GTK_WIDGET (front_window (fixture));
}

static GtkListBoxRow *
line_at (GtkWidget *window, int i)
{
  return gtk_list_box_get_row_at_index (GTK_LIST_BOX (find_widget (window, "links")), i);
}

/* The window over the one that is over the main window: what is chosen in it. */
static void
choose_over (Fixture *fixture, GtkWidget *window, const char *id)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l; l = l->next)
    if (gtk_window_get_transient_for (l->data) == GTK_WINDOW (window))
      {
        g_signal_emit_by_name (l->data, "chosen", id, NULL);
        gtk_window_destroy (l->data);
        break;
      }
  pump (50);
}

/* U2, U10, U11, U12: staged, and each of what was changed is one operation. */
static void
test_account (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window;
  JsonObject *args;
  JsonArray *services;
  guint n;

  be_admin (fixture);
  window = open_account (fixture, 1);
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (window)), ==, "Linh Trần");
  g_assert_false (gtk_widget_get_sensitive (find_widget (window, "save")));
  g_assert_null (find_widget (window, "changes_status")); /* P7: not an account of the portal */
  gtk_widget_activate_action (window, "account.add", NULL);
  pump (50);
  choose_over (fixture, window, "d0000000-0000-7000-8000-000000000005");
  gtk_drop_down_set_selected (g_object_get_data (G_OBJECT (line_at (window, 1)), "role"), 1);
  adw_combo_row_set_selected (ADW_COMBO_ROW (find_widget (window, "role")), 2); /* after "Choose…": the other role */
  pump (50);
  n = fake_desktop_get_n_submitted (fixture->desktop);
  g_assert_cmpuint (n, ==, 0); /* staged */
  gtk_widget_activate_action (window, "form.commit", NULL);
  pump (150);
  g_assert_null (front_window (fixture));
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 2);
  args = last_submitted (fixture, "staff.set_services");
  g_assert_cmpstr (kith_json_string (args, "staff"), ==, LINH);
  services = kith_json_array (args, "services");
  g_assert_cmpuint (json_array_get_length (services), ==, 2);
  g_assert_cmpstr (kith_json_string (json_array_get_object_element (services, 0), "service"), ==, BED);
  g_assert_cmpstr (kith_json_string (json_array_get_object_element (services, 0), "role"), ==, "referral_manager");
  g_assert_cmpstr (kith_json_string (json_array_get_object_element (services, 1), "role"), ==, "referral_manager");
}

/* What was refused is said, the rest is not tried, and the window stays as it is to save again. */
static void
test_account_refused (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window;

  be_admin (fixture);
  window = open_account (fixture, 1);
  gtk_list_box_remove (GTK_LIST_BOX (find_widget (window, "links")), GTK_WIDGET (line_at (window, 0)));
  adw_combo_row_set_selected (ADW_COMBO_ROW (find_widget (window, "role")), 2);
  pump (50);
  fake_desktop_refuse_next (fixture->desktop, "The hub cannot be reached.");
  gtk_widget_activate_action (window, "form.commit", NULL);
  pump (100);
  g_assert_true (GTK_WIDGET (front_window (fixture)) == window);
  g_assert_true (says (window, "The hub cannot be reached."));
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 1); /* the second was not tried */
  gtk_widget_activate_action (window, "form.commit", NULL);
  pump (150);
  g_assert_null (front_window (fixture));
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 3);
}

/* U21, C22: whoever leaves. Asked once, done at the hub; nobody does it to themselves, and of whoever has left there is nothing more to end. */
static void
test_account_deactivate (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window, *asked;
  JsonObject *args;

  be_admin (fixture);
  window = open_account (fixture, 0); /* one's own */
  g_assert_nonnull (find_widget (window, "role"));
  g_assert_null (find_widget (window, "deactivate"));
  gtk_widget_activate_action (window, "account.deactivate", NULL);
  g_assert_null (last_window (GTK_WINDOW (window)));
  gtk_window_destroy (GTK_WINDOW (window));
  pump (50);

  window = open_account (fixture, 1);
  g_assert_nonnull (find_widget (window, "deactivate"));
  adw_combo_row_set_selected (ADW_COMBO_ROW (find_widget (window, "role")), 2); /* begun, and of no use then */
  pump (50);
  gtk_widget_activate_action (window, "account.deactivate", NULL);
  pump (100);
  asked = GTK_WIDGET (last_window (GTK_WINDOW (window)));
  g_assert_nonnull (asked);
  g_assert_true (says (asked, "Linh Trần"));
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 0); /* nothing at the first touch */
  fake_desktop_refuse_next (fixture->desktop, "The hub cannot be reached.");
  gtk_widget_activate_action (asked, "form.commit", NULL);
  pump (100);
  g_assert_true (says (asked, "The hub cannot be reached."));
  g_assert_true (GTK_WIDGET (last_window (GTK_WINDOW (window))) == asked);
  gtk_widget_activate_action (asked, "form.commit", NULL);
  pump (150);
  args = last_submitted (fixture, "staff.deactivate");
  g_assert_cmpstr (kith_json_string (args, "staff"), ==, LINH);
  g_assert_null (front_window (fixture)); /* both are gone, */
  g_assert_null (fake_desktop_get_draft (fixture->desktop, "account:" LINH)); /* and so is what was begun */

  save_elsewhere (fixture, "account", 1, "staff",
                  kith_json_new ("name", "s", "Linh Trần", "level", "s", "standard", "role", "s", "care_coordinator", "agency", "s", AGENCY, "active", "b", FALSE, "trained", "b", TRUE, NULL));
  window = open_account (fixture, 1);
  g_assert_true (says (window, "Deactivated"));
  g_assert_null (find_widget (window, "deactivate"));
}

/* Lists are sent whole: they take in what a colleague saved while the window was open. */
static void
test_account_two (Fixture *fixture, gconstpointer data)
{
  const char *kinds[] = { "staff_service", NULL };
  GtkWidget *window;
  JsonArray *list;

  be_admin (fixture);
  window = open_account (fixture, 1);
  gtk_widget_activate_action (window, "account.add", NULL);
  pump (50);
  choose_over (fixture, window, "d0000000-0000-7000-8000-000000000005");
  save_elsewhere (fixture, "account", 1, "staff",
                  kith_json_new ("name", "s", "Linh Trần", "level", "s", "standard", "role", "s", "referral_manager", "agency", "s", AGENCY, "duties", "a",
                                 kith_json_strings ("supervisor", NULL), "health_access", "b", TRUE, "active", "b", TRUE, "trained", "b", TRUE, NULL));
  list = fake_desktop_list (fixture->desktop, "staff-services");
  json_array_remove_element (list, 2);
  json_array_add_object_element (list, kith_json_new ("_arg", "s", LINH, "id", "s", SHELTER, "name", "s", "Women’s shelter, 30 days", NULL));
  g_signal_emit_by_name (fixture->desktop, "changed", kinds);
  pump (100);
  gtk_widget_activate_action (window, "form.commit", NULL);
  pump (150);
  g_assert_null (front_window (fixture));
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 1); /* not the role, the duties, the health access */
  list = kith_json_array (last_submitted (fixture, "staff.set_services"), "services");
  g_assert_cmpuint (json_array_get_length (list), ==, 2);
  g_assert_cmpstr (kith_json_string (json_array_get_object_element (list, 0), "service"), ==, "d0000000-0000-7000-8000-000000000005");
  g_assert_cmpstr (kith_json_string (json_array_get_object_element (list, 1), "service"), ==, SHELTER);
}

/* What is staged comes back after a lock, over what a colleague saved meanwhile; Discard shows the account as it is. */
static void
test_account_draft (Fixture *fixture, gconstpointer data)
{
  const char *kinds[] = { "staff_service", NULL };
  GtkWidget *window;
  JsonArray *list;

  be_admin (fixture);
  window = open_account (fixture, 1);
  gtk_widget_activate_action (window, "account.add", NULL);
  pump (50);
  choose_over (fixture, window, "d0000000-0000-7000-8000-000000000005");
  adw_combo_row_set_selected (ADW_COMBO_ROW (find_widget (window, "role")), 2);
  pump (50);
  kith_window_lock (fixture->window);
  pump (100);
  g_assert_null (front_window (fixture));
  list = fake_desktop_list (fixture->desktop, "staff-services");
  json_array_add_object_element (list, kith_json_new ("_arg", "s", LINH, "id", "s", SHELTER, "name", "s", "Women’s shelter, 30 days", NULL));
  g_signal_emit_by_name (fixture->desktop, "changed", kinds);
  kith_desktop_unlock_async (fixture->desktop, "right", NULL, NULL, NULL);
  pump (200);
  open_place (fixture, "agency");
  pump (100);
  window = open_account (fixture, 1);
  g_assert_true (says (window, "restored"));
  g_assert_cmpuint (adw_combo_row_get_selected (ADW_COMBO_ROW (find_widget (window, "role"))), ==, 2);
  g_assert_nonnull (line_at (window, 2)); /* the one it had, the one added, the colleague's */
  gtk_widget_activate_action (window, "form.commit", NULL);
  pump (150);
  g_assert_null (front_window (fixture));
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 2);
  list = kith_json_array (last_submitted (fixture, "staff.set_services"), "services");
  g_assert_cmpuint (json_array_get_length (list), ==, 3);
  /* saved: nothing comes back */
  window = open_account (fixture, 1);
  pump (100);
  g_assert_false (says (window, "restored"));
  gtk_widget_activate_action (window, "form.cancel", NULL);
  pump (50);
  window = open_account (fixture, 1);
  adw_combo_row_set_selected (ADW_COMBO_ROW (find_widget (window, "role")), 1);
  pump (50);
  gtk_widget_activate_action (window, "form.cancel", NULL);
  pump (50);
  window = open_account (fixture, 1);
  g_assert_true (says (window, "restored"));
  gtk_widget_activate_action (window, "account.discard", NULL);
  pump (50);
  g_assert_false (says (window, "restored"));
  g_assert_false (gtk_widget_get_sensitive (find_widget (window, "save")));
}

/* P8 to P11: found by name, added, removed, saved; three switches. */
static void
test_account_portal (Fixture *fixture, gconstpointer data)
{
  static const char *const expected[] = { "portal.assign", "portal.remove", "portal.set_permissions" };
  GtkWidget *window;
  JsonObject *args;
  const char *op;

  be_admin (fixture);
  window = open_account (fixture, 2);
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (window)), ==, "Pat Okafor");
  g_assert_null (find_widget (window, "role"));
  g_assert_true (says (window, "Emergency overnight bed"));
  gtk_widget_activate_action (window, "account.add", NULL);
  pump (50);
  choose_over (fixture, window, SHELTER);
  g_signal_emit_by_name (g_object_get_data (G_OBJECT (line_at (window, 0)), "remove"), "clicked");
  pump (50);
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 0);
  adw_action_row_activate (ADW_ACTION_ROW (find_widget (window, "sees_details")));
  pump (50);
  gtk_widget_activate_action (window, "form.commit", NULL);
  pump (150);
  g_assert_null (front_window (fixture));
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      args = fake_desktop_get_submitted (fixture->desktop, i, &op);
      g_assert_cmpstr (op, ==, expected[i]);
      g_assert_cmpstr (kith_json_string (args, "staff"), ==, PAT);
    }
  g_assert_cmpstr (kith_json_string (fake_desktop_get_submitted (fixture->desktop, 0, NULL), "resource"), ==, SHELTER);
  g_assert_cmpstr (kith_json_string (fake_desktop_get_submitted (fixture->desktop, 1, NULL), "resource"), ==, BED);
  args = fake_desktop_get_submitted (fixture->desktop, 2, NULL);
  g_assert_true (kith_json_bool (args, "sees_details", FALSE));
  g_assert_false (json_object_has_member (args, "changes_status"));
}

/* Who gives out work reads it on the card; who may change it has the window from there too. */
static void
test_card (Fixture *fixture, gconstpointer data)
{
  open_place (fixture, "staff/50000000-0000-7000-8000-000000000001");
  wait_for (fixture, "Women’s shelter, 30 days (Care Coordinator)");
  SAYS ("May not see it");
  act (fixture, "staff.account");
  g_assert_null (front_window (fixture));
  fake_desktop_set_duties (fixture->desktop, KITH_DUTY_ADMIN);
  open_place (fixture, "staff/" LINH);
  pump (100);
  g_assert_true (act (fixture, "staff.account"));
  pump (100);
  g_assert_cmpstr (gtk_window_get_title (front_window (fixture)), ==, "Linh Trần");
}

/* ---- the portal's window ---- */

static void
be_portal (Fixture *fixture, gboolean details)
{
  fake_desktop_set_level (fixture->desktop, KITH_LEVEL_PORTAL);
  fake_desktop_set_duties (fixture->desktop, 0);
  ((KithActor *) kith_desktop_get_actor (fixture->desktop))->sees_details = details;
  /* What was built for the account before goes, as it does when somebody else unlocks. */
  kith_window_lock (fixture->window);
  pump (100);
  kith_desktop_unlock_async (fixture->desktop, "right", NULL, NULL, NULL);
  pump (200);
}

/* P12: of a referral the eight fields, and nothing else that may be on this computer: not what is asked for, not the sender, no other day. */
static void
test_eight_fields (Fixture *fixture, gconstpointer data)
{
  static const char *const eight[] = { "Aaliyah Washington", "Women’s shelter, 30 days", "EC-0031", "92113", "Sent", "Contact record", "Status", "Postal code" };
  static const char *const others[] = { "A place to sleep from tonight", "Left an unsafe home", "14 Feb 2001", "(619) 555-0150 (Mobile", "Eastlake Family Clinic", "Urgent",
                                        "days left", "Staying with a friend", "Due today", "Overdue" };
  JsonObject *body = NULL;

  be_portal (fixture, FALSE);
  open_place (fixture, "inbox/e0000000-0000-7000-8000-000000000001");
  pump (200);
  body = kith_json_object (json_array_get_object_element (fake_desktop_list (fixture->desktop, "referral"), 0), "body");
  g_assert_nonnull (body);
  for (guint i = 0; i < G_N_ELEMENTS (eight); i++)
    wait_for (fixture, eight[i]);
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_test_message ("%s", others[i]);
      g_assert_false (says (GTK_WIDGET (fixture->window), others[i]));
    }
  open_place (fixture, "board");
  wait_for (fixture, "Attempting contact");
  wait_for (fixture, "Aaliyah Washington");
  g_assert_false (says (GTK_WIDGET (fixture->window), "not assigned yet"));
  g_assert_false (says (GTK_WIDGET (fixture->window), "11 days"));
}

/* P11: with the switch, what was sent with it. */
static void
test_with_details (Fixture *fixture, gconstpointer data)
{
  be_portal (fixture, TRUE);
  open_place (fixture, "inbox/e0000000-0000-7000-8000-000000000001");
  wait_for (fixture, "A place to sleep from tonight");
}

#define OWN "d0000000-0000-7000-8000-000000000004"
#define UNANSWERED "d0000000-0000-7000-8000-000000000006"

static GtkWidget *
direct_switch (Fixture *fixture, const char *service)
{
  g_autofree char *where = g_strconcat ("directory/", service, NULL);

  open_place (fixture, where);
  for (int i = 0; i < 40 && !find_widget (GTK_WIDGET (fixture->window), "direct-switch"); i++)
    pump (25);
  return find_widget (GTK_WIDGET (fixture->window), "direct-switch");
}

static gboolean
stands_above (GtkWidget *one, GtkWidget *other)
{
  graphene_point_t a, b, zero = GRAPHENE_POINT_INIT (0, 0);
  GtkWidget *root = GTK_WIDGET (gtk_widget_get_root (one));

  return gtk_widget_compute_point (one, root, &zero, &a) && gtk_widget_compute_point (other, root, &zero, &b) && a.y < b.y;
}

/* D4: whoever may say it finds the switch with the service: what it means, who is told (D2), and what is missing when nobody would be. */
static void
test_direct (Fixture *fixture, gconstpointer data)
{
  GtkWidget *on;
  JsonObject *args;

  fake_desktop_set_duties (fixture->desktop, KITH_DUTY_LISTINGS);
  g_assert_null (direct_switch (fixture, OWN));
  fake_desktop_set_duties (fixture->desktop, KITH_DUTY_ADMIN);
  on = direct_switch (fixture, UNANSWERED);
  g_assert_nonnull (on);
  g_assert_false (kith_switch_row_get_active (KITH_SWITCH_ROW (on)));
  wait_for (fixture, "Others can only give clients the information");
  wait_for (fixture, "Nobody here would be told of one");
  fake_desktop_refuse_next (fixture->desktop, "Nobody would be told of a referral.");
  kith_switch_row_set_active (KITH_SWITCH_ROW (on), TRUE);
  wait_for (fixture, "Nobody would be told of a referral.");
  g_assert_false (kith_switch_row_get_active (KITH_SWITCH_ROW (on)));

  on = direct_switch (fixture, OWN);
  g_assert_true (kith_switch_row_get_active (KITH_SWITCH_ROW (on)));
  g_assert_true (stands_above (on, find_widget (GTK_WIDGET (fixture->window), "reach"))); /* in sight when the page is opened */
  g_assert_true (act (fixture, "win.direct"));
  g_assert_true (gtk_root_get_focus (GTK_ROOT (fixture->window)) == on);
  wait_for (fixture, "Told of each: Ana Delgado, Marcus Reed.");
  kith_switch_row_set_active (KITH_SWITCH_ROW (on), FALSE);
  pump (100);
  args = last_submitted (fixture, "service.set_direct");
  g_assert_cmpstr (kith_json_string (args, "service"), ==, OWN);
  g_assert_true (json_object_has_member (args, "direct"));
  g_assert_false (kith_json_bool (args, "direct", TRUE));
}

int
main (int argc, char **argv)
{
  fixture_begin (&argc, &argv);
  ADD ("agency/mail", NULL, test_mail);
  ADD ("agency/mail-portal-P15", NULL, test_mail_portal);
  ADD ("agency/password", NULL, test_password);
  ADD ("agency/settings", NULL, test_settings);
  ADD ("agency/settings-draft", NULL, test_settings_draft);
  ADD ("agency/settings-two", NULL, test_settings_two);
  ADD ("settings-of-network-D2", NULL, test_settings_of_network);
  ADD ("agency/settings-old-draft", NULL, test_settings_old_draft);
  ADD ("agency/holidays", NULL, test_holidays);
  ADD ("agency/network", NULL, test_network);
  ADD ("agency/not-admin", NULL, test_not_admin);
  ADD ("agency/supervisor-P12", NULL, test_supervisor);
  ADD ("agency/account-U2-U10-U11-U12", NULL, test_account);
  ADD ("agency/account-refused", NULL, test_account_refused);
  ADD ("agency/account-deactivate-U21-C22", NULL, test_account_deactivate);
  ADD ("agency/account-two", NULL, test_account_two);
  ADD ("agency/account-draft", NULL, test_account_draft);
  ADD ("agency/account-portal-P7-P8-P9-P10-P11", NULL, test_account_portal);
  ADD ("agency/staff-card-U10-U11-U12", NULL, test_card);
  ADD ("agency/direct-D4", NULL, test_direct);
  ADD ("portal/eight-fields-P12", NULL, test_eight_fields);
  ADD ("portal/details-P11", NULL, test_with_details);
  return g_test_run ();
}
