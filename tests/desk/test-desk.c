/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The windows over the fake desktop: every template is made and goes again, keys have actions, and the pages do what they say. */

#include "capacity/kith-capacity-week.h"
#include "directory/kith-form-window.h"
#include "print/kith-print-window.h"
#include "desk-fixture.h"
#include "attention/kith-attention-card.h"
#include "clients/kith-client-form.h"
#include "clients/kith-consent-fields.h"
#include "clients/kith-client-consents.h"
#include "clients/kith-consent-form.h"
#include "clients/kith-revoke-window.h"
#include "widgets/kith-signature-pad.h"
#include "clients/kith-similar-pane.h"
#include "find/kith-find-window.h"
#include "kith-format.h"
#include "kith-shortcuts.h"
#include "kith-test.h"
#include "referrals/kith-composer.h"
#include "referrals/kith-reason-window.h"
#include "referrals/kith-referral-form.h"
#include "referrals/kith-referral-view.h"
#include "widgets/kith-choice-row.h"
#include "widgets/kith-sync-chip.h"

/* ---- templates ---- */

static void
test_finalised (Fixture *fixture, gconstpointer data)
{
  GtkWidget *widgets[] = {
    kith_client_form_new (fixture->context, NULL, "maria lopez"),
    kith_client_form_new (fixture->context, MARIA, NULL),
    kith_consent_form_new (fixture->context, MARIA, FALSE),
    kith_client_consents_new (fixture->context),
    kith_signature_pad_new (TRUE),
    kith_consent_fields_new (fixture->context),
    kith_similar_pane_new (fixture->context),
    kith_referral_form_new (fixture->context, MARIA, NULL),
    kith_referral_view_new (fixture->context),
    kith_composer_new (fixture->context, WORKED_ON, KITH_COMPOSE_CONTACT),
  };

  for (guint i = 0; i < G_N_ELEMENTS (widgets); i++)
    g_object_ref_sink (widgets[i]);
  pump (100); /* drafts and lists answer, and let go */
  for (guint i = 0; i < G_N_ELEMENTS (widgets); i++)
    {
      g_test_message ("%s", G_OBJECT_TYPE_NAME (widgets[i]));
      g_assert_finalize_object (widgets[i]);
    }
}

/* Every page and form once, then the window goes and with it all of them (tear_down). */
static void
test_pages (Fixture *fixture, gconstpointer data)
{
  static const char *const places[] = { "inbox", "sent", "clients", "clients/" MARIA, "clients/new", "clients/edit:" MARIA, "clients/consent:" MARIA,
                                        "clients/refer:" MARIA, "directory", "cases", "cases/assign:" MARIA, "today", "staff", "staff/balance", "board", "contacts", "contacts/new", "inbox/none", "capacity", "agency", "corrections", "log", "attention", "sent/" WORKED_ON };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    open_place (fixture, places[i]);
}

/* ---- keys ---- */

static void
test_shortcuts (Fixture *fixture, gconstpointer data)
{
  guint n;
  const KithShortcut *table = kith_shortcuts_list (&n);

  for (guint i = 0; i < n; i++)
    {
      g_auto (GStrv) triggers = g_strsplit (table[i].trigger, "|", -1);

      for (guint t = 0; triggers[t]; t++)
        {
          g_autoptr (GtkShortcutTrigger) trigger = gtk_shortcut_trigger_parse_string (triggers[t]);
          guint key;
          GdkModifierType mods;

          g_assert_nonnull (trigger);
          /* An accelerator of the application fires before an entry sees the key: a letter would be swallowed. */
          g_assert_true (gtk_accelerator_parse (triggers[t], &key, &mods));
          if (table[i].keys == KITH_KEYS_WINDOW)
            g_assert_true ((mods & (GDK_CONTROL_MASK | GDK_ALT_MASK)) || (key >= GDK_KEY_F1 && key <= GDK_KEY_F12));
        }
      g_assert_cmpstr (table[i].title, !=, "");
    }
}

static gboolean
class_has_action (GType type, const char *name)
{
  GtkWidgetClass *klass = g_type_class_ref (type);
  GType owner;
  const char *action, *property;
  const GVariantType *parameter;
  gboolean found = FALSE;

  for (guint i = 0; !found && gtk_widget_class_query_action (klass, i, &owner, &action, &parameter, &property); i++)
    found = g_str_equal (action, name);
  g_type_class_unref (klass);
  return found;
}

static void
test_shortcuts_have_actions (Fixture *fixture, gconstpointer data)
{
  guint n;
  const KithShortcut *table = kith_shortcuts_list (&n);
  GType owners[] = {
    [KITH_KEYS_WINDOW] = KITH_TYPE_WINDOW, [KITH_KEYS_CLIENT] = g_type_from_name ("KithClientsPage"),
    [KITH_KEYS_CASE] = g_type_from_name ("KithCasesPage"), [KITH_KEYS_TODAY] = g_type_from_name ("KithTodayPage"), [KITH_KEYS_STAFF] = g_type_from_name ("KithStaffPage"),
    [KITH_KEYS_BOARD] = g_type_from_name ("KithBoardPage"), [KITH_KEYS_CONTACT] = g_type_from_name ("KithContactsPage"), [KITH_KEYS_DIRECTORY] = g_type_from_name ("KithDirectoryPage"), [KITH_KEYS_CAPACITY] = g_type_from_name ("KithCapacityPage"), [KITH_KEYS_AGENCY] = g_type_from_name ("KithAgencyPage"),
    [KITH_KEYS_CORRECTION] = g_type_from_name ("KithAmendmentsPage"), [KITH_KEYS_PRINT] = KITH_TYPE_PRINT_WINDOW, [KITH_KEYS_WEEK] = KITH_TYPE_CAPACITY_WEEK,
    [KITH_KEYS_REFERRAL] = g_type_from_name ("KithInboxPage"), [KITH_KEYS_ATTENTION] = g_type_from_name ("KithAttentionPage"),
    [KITH_KEYS_FORM] = KITH_TYPE_CLIENT_FORM, [KITH_KEYS_ORDER] = KITH_TYPE_FORM_WINDOW,
  };

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = NULL;
      g_autoptr (GVariant) target = NULL;

      g_assert_true (g_action_parse_detailed_name (table[i].action, &name, &target, NULL));
      g_test_message ("%s", name);
      if (g_str_has_prefix (name, "app."))
        g_assert_true (g_action_group_has_action (G_ACTION_GROUP (application), name + strlen ("app.")));
      else
        g_assert_true (class_has_action (owners[table[i].keys], name) || (table[i].keys == KITH_KEYS_FORM && class_has_action (KITH_TYPE_REFERRAL_FORM, name)));
    }
}

static void
test_shortcuts_window (Fixture *fixture, gconstpointer data)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.shortcuts", NULL));
  g_assert_true (says (GTK_WIDGET (front_window (fixture)), "Find anything"));
}

/* ---- accessibility ---- */

static gboolean
says_something (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget) && *gtk_label_get_text (GTK_LABEL (widget)))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    if (says_something (child))
      return TRUE;
  return FALSE;
}

/* A button of an icon alone needs a name for those who do not see it. Buttons inside of GTK's and libadwaita's own widgets are theirs. */
static void
check_labels (GtkWidget *widget)
{
  static const char *const theirs[] = { "GtkSearchEntry", "AdwHeaderBar", "AdwEntryRow", "AdwPasswordEntryRow", "GtkSpinButton", "AdwComboRow", "AdwToastWidget",
                                        "GtkWindowControls", "AdwTabBar", NULL };

  if (!gtk_widget_get_mapped (widget))
    return;
  if (GTK_IS_BUTTON (widget) && !says_something (widget) && gtk_buildable_get_buildable_id (GTK_BUILDABLE (widget))
      && !gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL))
    g_error ("a button without words or a label: %s in %s", gtk_buildable_get_buildable_id (GTK_BUILDABLE (widget)),
             G_OBJECT_TYPE_NAME (gtk_widget_get_parent (widget)));
  if (g_strv_contains (theirs, G_OBJECT_TYPE_NAME (widget)) && !g_str_equal (G_OBJECT_TYPE_NAME (widget), "AdwHeaderBar"))
    return;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    check_labels (child);
}

static void
test_labels (Fixture *fixture, gconstpointer data)
{
  static const char *const places[] = { "inbox", "sent/" WORKED_ON, "clients/" MARIA, "clients/new", "clients/refer:" MARIA, "directory", "attention" };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      open_place (fixture, places[i]);
      check_labels (GTK_WIDGET (fixture->window));
    }
}

/* ---- flows ---- */

static void
test_sign_in (Fixture *fixture, gconstpointer data)
{
  kith_window_preset (fixture->window, "hub.example.org", "ana");
  type_into (fixture, "password", "wrong");
  g_signal_emit_by_name (find_widget (GTK_WIDGET (fixture->window), "button"), "clicked");
  pump (50);
  g_assert_null (kith_window_get_frame (fixture->window));
  g_assert_nonnull (find_widget (GTK_WIDGET (fixture->window), "error_label"));
  type_into (fixture, "password", "right");
  g_signal_emit_by_name (find_widget (GTK_WIDGET (fixture->window), "button"), "clicked");
  pump (50);
  g_assert_nonnull (kith_window_get_frame (fixture->window));
}

static void
test_search (Fixture *fixture, gconstpointer data)
{
  GtkWidget *view;

  open_place (fixture, "clients");
  type_into (fixture, "search_entry", "lop");
  pump (100);
  view = find_widget (GTK_WIDGET (fixture->window), "view");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (view)))), ==, 2);
  type_into (fixture, "search_entry", "nobody of that name");
  pump (100);
  g_assert_nonnull (find_widget (GTK_WIDGET (fixture->window), "empty"));
}

static void
test_register (Fixture *fixture, gconstpointer data)
{
  const char *op;
  JsonObject *args, *values;
  guint similar;
  GtkWidget *pane;

  open_place (fixture, "clients/new");
  type_into (fixture, "given_name", "Maria");
  type_into (fixture, "family_name", "Lopez");
  type_into (fixture, "date_of_birth", "4/7/88");
  pump (100);
  pane = gtk_widget_get_first_child (find_widget (GTK_WIDGET (fixture->window), "similar_place"));
  g_object_get (pane, "count", &similar, NULL);
  g_assert_cmpuint (similar, ==, 2); /* María López Hernández: name and birth date; Mary Lopez: ten days later */
  g_assert_true (act (fixture, "form.commit"));
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 1);
  args = fake_desktop_get_submitted (fixture->desktop, 0, &op);
  g_assert_cmpstr (op, ==, "client.register");
  values = kith_json_object (args, "values");
  g_assert_cmpstr (kith_json_string (values, "date_of_birth"), ==, "1988-04-07");
  g_assert_cmpstr (kith_json_string (values, "family_name"), ==, "Lopez");
  g_assert_null (kith_json_object (args, "consent"));
}

static void
test_register_refused (Fixture *fixture, gconstpointer data)
{
  open_place (fixture, "clients/new");
  g_assert_true (act (fixture, "form.commit"));
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 0); /* neither a name nor a description */
  type_into (fixture, "given_name", "Maria");
  type_into (fixture, "date_of_birth", "31/31/88");
  g_assert_true (act (fixture, "form.commit"));
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 0);
  type_into (fixture, "date_of_birth", "");
  fake_desktop_refuse_next (fixture->desktop, "Your account may not register clients.");
  g_assert_true (act (fixture, "form.commit"));
  g_assert_nonnull (find_widget (GTK_WIDGET (fixture->window), "given_name")); /* still there, with what was typed */
}

static void
test_edit (Fixture *fixture, gconstpointer data)
{
  const char *op;
  JsonObject *args, *set, *email;

  open_place (fixture, "clients/edit:" MARIA);
  type_into (fixture, "email", "maria@example.net");
  g_assert_true (act (fixture, "form.commit"));
  args = fake_desktop_get_submitted (fixture->desktop, 0, &op);
  g_assert_cmpstr (op, ==, "record.patch");
  set = kith_json_object (args, "set");
  g_assert_cmpuint (json_object_get_size (set), ==, 1); /* only what was changed */
  email = kith_json_object (set, "email");
  g_assert_cmpstr (kith_json_string (email, "old"), ==, "maria.lopez@example.org");
  g_assert_cmpstr (kith_json_string (email, "new"), ==, "maria@example.net");
}

static void
test_refer (Fixture *fixture, gconstpointer data)
{
  const char *op;
  JsonObject *args;

  open_place (fixture, "clients/refer:" MARIA);
  type_into (fixture, "entry", "prim");
  g_signal_emit_by_name (find_widget (GTK_WIDGET (fixture->window), "entry"), "entry-activated");
  pump (50);
  type_into (fixture, "need", "A family doctor");
  g_assert_true (act (fixture, "form.commit"));
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 1);
  args = fake_desktop_get_submitted (fixture->desktop, 0, &op);
  g_assert_cmpstr (op, ==, "referral.send");
  g_assert_cmpstr (kith_json_string (args, "client"), ==, MARIA);
  g_assert_cmpstr (kith_json_string (args, "type"), ==, "direct");
  g_assert_nonnull (kith_json_string (args, "number"));
}

/* Without a consent that covers the agency nothing is sent; recorded in place, it goes first. */
static void
test_refer_consent (Fixture *fixture, gconstpointer data)
{
  const char *op;
  JsonObject *args;

  open_place (fixture, "clients/refer:" MARIA);
  type_into (fixture, "entry", "tenant");
  g_signal_emit_by_name (find_widget (GTK_WIDGET (fixture->window), "entry"), "entry-activated");
  pump (50);
  type_into (fixture, "need", "Eviction notice");
  g_assert_true (act (fixture, "form.commit"));
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 0);
  g_signal_emit_by_name (find_widget (GTK_WIDGET (fixture->window), "check_button"), "clicked");
  pump (50);
  g_assert_true (act (fixture, "form.commit"));
  pump (50);
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 2);
  args = fake_desktop_get_submitted (fixture->desktop, 0, &op);
  g_assert_cmpstr (op, ==, "consent.record");
  g_assert_true (kith_json_array_has (kith_json_array (args, "receivers"), "a0000000-0000-7000-8000-000000000004"));
  fake_desktop_get_submitted (fixture->desktop, 1, &op);
  g_assert_cmpstr (op, ==, "referral.send");
}

static void
test_accept_and_undo (Fixture *fixture, gconstpointer data)
{
  const char *op;

  open_place (fixture, "inbox");
  g_assert_true (act (fixture, "referral.accept"));
  fake_desktop_get_submitted (fixture->desktop, 0, &op);
  g_assert_cmpstr (op, ==, "referral.accept");
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.undo", NULL));
  pump (50);
  g_assert_cmpuint (fake_desktop_get_n_undone (fixture->desktop), ==, 1);
  kith_frame_undo (kith_window_get_frame (fixture->window)); /* once */
  g_assert_cmpuint (fake_desktop_get_n_undone (fixture->desktop), ==, 1);
}

static void
test_decline (Fixture *fixture, gconstpointer data)
{
  const char *op;
  JsonObject *args;
  GtkWindow *window;

  open_place (fixture, "inbox");
  g_assert_true (act (fixture, "referral.decline"));
  window = front_window (fixture);
  g_assert_true (KITH_IS_REASON_WINDOW (window));
  gtk_editable_set_text (GTK_EDITABLE (find_widget (GTK_WIDGET (window), "search")), "capac");
  pump (50);
  g_signal_emit_by_name (find_widget (GTK_WIDGET (window), "search"), "activate");
  pump (50);
  args = fake_desktop_get_submitted (fixture->desktop, 0, &op);
  g_assert_cmpstr (op, ==, "referral.decline");
  g_assert_cmpstr (kith_json_string (args, "reason"), ==, "no_capacity");
  g_assert_cmpstr (kith_json_string (args, "from"), ==, "sent");
}

/* "Other" wants words. */
static void
test_decline_other (Fixture *fixture, gconstpointer data)
{
  GtkWindow *window;

  open_place (fixture, "inbox");
  g_assert_true (act (fixture, "referral.decline"));
  window = front_window (fixture);
  gtk_editable_set_text (GTK_EDITABLE (find_widget (GTK_WIDGET (window), "search")), "other");
  pump (50);
  g_signal_emit_by_name (find_widget (GTK_WIDGET (window), "search"), "activate");
  pump (50);
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 0);
  g_assert_true (front_window (fixture) == window);
}

/* What one typed may be another name than the one in the first line (ux.md 2.0). */
static void
test_also_known (Fixture *fixture, gconstpointer data)
{
  static const char *const kinds[] = { "client", NULL };
  JsonObject *ruth = json_array_get_object_element (fake_desktop_list (fixture->desktop, "clients-all"), 0);

  json_object_set_string_member (ruth, "described_as", "Ruthie");
  g_signal_emit_by_name (fixture->desktop, "changed", kinds);
  open_place (fixture, "clients");
  pump (100);
  g_assert_true (says (find_widget (GTK_WIDGET (fixture->window), "view"), "HA-0044 \u00b7 also known as Ruthie"));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.find", NULL));
  gtk_editable_set_text (GTK_EDITABLE (find_widget (GTK_WIDGET (front_window (fixture)), "entry")), "abramo");
  pump (400);
  g_assert_true (says (GTK_WIDGET (front_window (fixture)), "HA-0044 \u00b7 also known as Ruthie"));
  json_object_remove_member (ruth, "given_name");
  json_object_remove_member (ruth, "family_name");
  g_signal_emit_by_name (fixture->desktop, "changed", kinds);
  pump (400);
  g_assert_false (says (find_widget (GTK_WIDGET (fixture->window), "view"), "also known as")); /* it is the name itself */
}

/* A locked program shows nothing of a client in any window, and what was being typed is there again afterwards. */
static void
test_lock (Fixture *fixture, gconstpointer data)
{
  gboolean unlocked;

  open_place (fixture, "clients/new");
  type_into (fixture, "given_name", "Zora");
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.find", NULL));
  pump (50);
  g_assert_nonnull (front_window (fixture));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.lock", NULL));
  g_assert_null (kith_window_get_frame (fixture->window));
  g_assert_null (front_window (fixture));
  pump (50);
  g_object_get (fixture->desktop, "unlocked", &unlocked, NULL);
  g_assert_false (unlocked);
  g_assert_nonnull (fake_desktop_get_draft (fixture->desktop, "client:new"));
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (fixture->window)), ==, "Kith");

  type_into (fixture, "password", "right");
  g_signal_emit_by_name (find_widget (GTK_WIDGET (fixture->window), "button"), "clicked");
  pump (200);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (find_widget (GTK_WIDGET (fixture->window), "given_name"))), ==, "Zora");
}

/* Leaving by the window's cross or Ctrl+Q keeps what was being typed. */
static void
test_close (Fixture *fixture, gconstpointer data)
{
  gboolean unlocked;

  open_place (fixture, "clients/new");
  type_into (fixture, "given_name", "Zora");
  g_object_ref (fixture->window);
  gtk_window_close (GTK_WINDOW (fixture->window));
  pump (50);
  g_object_get (fixture->desktop, "unlocked", &unlocked, NULL);
  g_assert_false (unlocked);
  g_assert_nonnull (fake_desktop_get_draft (fixture->desktop, "client:new"));
  g_assert_finalize_object (fixture->window);
  fixture->window = KITH_WINDOW (kith_window_new (GTK_APPLICATION (application), fixture->context)); /* for tear_down */
}

static void
test_idle_lock (Fixture *fixture, gconstpointer data)
{
  kith_window_set_idle_minutes (fixture->window, 1);
  kith_manual_clock_advance (KITH_MANUAL_CLOCK (fixture->clock), 59 * 1000);
  kith_window_check_idle (fixture->window);
  g_assert_nonnull (kith_window_get_frame (fixture->window));
  kith_manual_clock_advance (KITH_MANUAL_CLOCK (fixture->clock), 2 * 1000);
  kith_window_check_idle (fixture->window);
  g_assert_null (kith_window_get_frame (fixture->window));
}

/* The settings say when it locks; the agency's policy can only shorten that. */
static void
test_idle_settings (Fixture *fixture, gconstpointer data)
{
  GSettings *settings = kith_context_get_settings (fixture->context);

  g_settings_set_uint (settings, "idle-lock-minutes", 20);
  kith_manual_clock_advance (KITH_MANUAL_CLOCK (fixture->clock), 6 * 60 * 1000);
  kith_window_check_idle (fixture->window);
  g_assert_nonnull (kith_window_get_frame (fixture->window));
  fake_desktop_set_lock_minutes (fixture->desktop, 30);
  g_assert_cmpuint (kith_context_get_idle_limit (fixture->context), ==, 30);
  kith_window_check_idle (fixture->window);
  g_assert_nonnull (kith_window_get_frame (fixture->window));
  kith_window_set_idle_minutes (fixture->window, 0); /* never: not where the agency has a limit (C18) */
  fake_desktop_set_lock_minutes (fixture->desktop, 5);
  kith_window_check_idle (fixture->window);
  g_assert_null (kith_window_get_frame (fixture->window));
}

static void
test_preferences (Fixture *fixture, gconstpointer data)
{
  GSettings *settings = kith_context_get_settings (fixture->context);
  g_autofree char *code = NULL;
  GtkWidget *window, *idle;

  fake_desktop_set_lock_minutes (fixture->desktop, 10);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.preferences", NULL));
  pump (100);
  window = GTK_WIDGET (front_window (fixture));
  g_assert_cmpstr (G_OBJECT_TYPE_NAME (window), ==, "KithPreferencesWindow");
  check_labels (window);
  idle = find_widget (window, "idle");
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (idle), 25);
  g_assert_cmpuint (g_settings_get_uint (settings, "idle-lock-minutes"), ==, 10);
  kith_switch_row_set_active (KITH_SWITCH_ROW (find_widget (window, "letters")), FALSE);
  g_assert_false (g_settings_get_boolean (settings, "letter-keys"));
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (fixture->window), "no-letters"));
  adw_combo_row_set_selected (ADW_COMBO_ROW (find_widget (window, "language")), 2);
  code = g_settings_get_string (settings, "language");
  g_assert_cmpstr (code, ==, "es");
}

/* The page, the size: where one comes back to at the next start. */
static void
test_comes_back (Fixture *fixture, gconstpointer data)
{
  GSettings *settings = kith_context_get_settings (fixture->context);
  g_autofree char *page = NULL;
  g_autofree char *place = NULL;
  int width, height;

  open_place (fixture, "directory");
  page = g_settings_get_string (settings, "last-page");
  g_assert_cmpstr (page, ==, "directory");
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 900, 650);
  pump (50);
  g_object_ref (fixture->window);
  gtk_window_close (GTK_WINDOW (fixture->window));
  pump (50);
  g_assert_finalize_object (fixture->window);
  g_assert_cmpint (g_settings_get_int (settings, "window-width"), ==, 900);
  fixture->window = KITH_WINDOW (kith_window_new (GTK_APPLICATION (application), fixture->context));
  gtk_window_get_default_size (GTK_WINDOW (fixture->window), &width, &height);
  g_assert_cmpint (width, ==, 900);
  g_assert_cmpint (height, ==, 650);
  gtk_window_present (GTK_WINDOW (fixture->window));
  pump (50);
  type_into (fixture, "password", "right");
  g_signal_emit_by_name (find_widget (GTK_WIDGET (fixture->window), "button"), "clicked");
  pump (100);
  place = kith_frame_get_place (kith_window_get_frame (fixture->window));
  g_assert_cmpstr (place, ==, "directory");
}

static void
frame_cb (GdkFrameClock *clock, guint *frames)
{
  *frames += 1;
}

/* One that was shown turning goes on when its page is hidden. */
static void
check_spinners (GtkWidget *widget)
{
  if (GTK_IS_SPINNER (widget) && gtk_spinner_get_spinning (GTK_SPINNER (widget)))
    g_assert_true (gtk_widget_get_mapped (widget));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    check_spinners (child);
}

/* A window in which nothing happens draws nothing: a spinner on a hidden page would keep the processor and the battery busy all day. */
static void
test_idle (Fixture *fixture, gconstpointer data)
{
  static const char *const places[] = { "today", "inbox", "clients", "clients/" MARIA, "cases", "staff", "directory", "capacity", "attention", NULL };
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (fixture->window));
  gulong id;
  guint frames = 0;

  g_object_set (gtk_settings_get_default (), "gtk-cursor-blink", FALSE, NULL);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.lock", NULL));
  pump (50);
  type_into (fixture, "password", "right"); /* its spinner turns, and is hidden with its page */
  g_signal_emit_by_name (find_widget (GTK_WIDGET (fixture->window), "button"), "clicked");
  pump (100);
  id = g_signal_connect (clock, "update", G_CALLBACK (frame_cb), &frames);
  for (guint i = 0; i <= G_N_ELEMENTS (places) - 1; i++)
    {
      guint tries = 0;

      if (places[i])
        open_place (fixture, places[i]);
      else
        g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.lock", NULL));
      do /* what has to be drawn is drawn before long; then it is quiet */
        {
          frames = 0;
          pump (300);
        }
      while (frames > 1 && ++tries < 30);
      g_test_message ("%s: quiet after %u", places[i] ? places[i] : "locked", tries);
      g_assert_cmpuint (frames, <=, 1);
      check_spinners (GTK_WIDGET (fixture->window));
    }
  g_signal_handler_disconnect (clock, id);
}

/* A page that is nothing for this account, remembered of another one's or asked for by its key, is not shown to it. */
static void
test_hidden_page (Fixture *fixture, gconstpointer data)
{
  g_autofree char *place = NULL;

  open_place (fixture, "directory");
  fake_desktop_set_level (fixture->desktop, KITH_LEVEL_PORTAL);
  kith_frame_open (kith_window_get_frame (fixture->window), "clients");
  pump (50);
  place = kith_frame_get_place (kith_window_get_frame (fixture->window));
  fake_desktop_set_level (fixture->desktop, KITH_LEVEL_STANDARD);
  g_assert_true (g_str_has_prefix (place, "inbox"));
}

/* sync.md 5.3: the wait is there at once when the program was started again in it. */
static void
test_unlock_wait (Fixture *fixture, gconstpointer data)
{
  fake_desktop_set_unlock_wait (fixture->desktop, 8000);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.lock", NULL));
  pump (50);
  g_assert_false (gtk_widget_get_sensitive (find_widget (GTK_WIDGET (fixture->window), "button")));
  g_assert_nonnull (strstr (gtk_label_get_text (GTK_LABEL (find_widget (GTK_WIDGET (fixture->window), "error_label"))), "8"));
  fake_desktop_set_unlock_wait (fixture->desktop, 0);
}

static void
test_new_password (Fixture *fixture, gconstpointer data)
{
  GtkWindow *dialog;
  gboolean changed;

  fake_desktop_set_password_changed (fixture->desktop, TRUE);
  pump (50);
  dialog = front_window (fixture);
  g_assert_true (ADW_IS_MESSAGE_DIALOG (dialog));
  g_assert_nonnull (strstr (adw_message_dialog_get_body (ADW_MESSAGE_DIALOG (dialog)), "ask whoever runs")); /* nobody may have changed it elsewhere */
  gtk_editable_set_text (GTK_EDITABLE (gtk_widget_get_first_child (adw_message_dialog_get_extra_child (ADW_MESSAGE_DIALOG (dialog)))), "wrong");
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "sign-in");
  gtk_window_destroy (dialog);
  pump (50);
  dialog = front_window (fixture); /* asked again, with what was wrong */
  g_assert_true (ADW_IS_MESSAGE_DIALOG (dialog));
  g_assert_nonnull (strstr (adw_message_dialog_get_body (ADW_MESSAGE_DIALOG (dialog)), "do not belong together"));
  gtk_editable_set_text (GTK_EDITABLE (gtk_widget_get_first_child (adw_message_dialog_get_extra_child (ADW_MESSAGE_DIALOG (dialog)))), "the new one");
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "sign-in");
  gtk_window_destroy (dialog);
  pump (50);
  g_object_get (fixture->desktop, "password-changed", &changed, NULL);
  g_assert_false (changed);
  g_assert_null (front_window (fixture));
}

/* A page is built when somebody goes there; those whose number the sidebar shows, soon. */
static void
test_lazy (Fixture *fixture, gconstpointer data)
{
  GtkWidget *pages = find_widget (GTK_WIDGET (fixture->window), "pages");

  pump (500);
  g_assert_nonnull (gtk_stack_get_child_by_name (GTK_STACK (pages), "inbox"));
  g_assert_nonnull (gtk_stack_get_child_by_name (GTK_STACK (pages), "attention"));
  g_assert_null (gtk_stack_get_child_by_name (GTK_STACK (pages), "clients"));
  open_place (fixture, "clients");
  g_assert_nonnull (gtk_stack_get_child_by_name (GTK_STACK (pages), "clients"));
  g_assert_null (gtk_stack_get_child_by_name (GTK_STACK (pages), "directory"));
}

static gboolean
key_of_first (GtkWidget *box, const char *key)
{
  return g_strcmp0 (kith_attention_card_get_key (KITH_ATTENTION_CARD (gtk_widget_get_first_child (box))), key) == 0;
}

static gboolean
leads_there (GtkWidget *widget, const char *place)
{
  GVariant *target = GTK_IS_BUTTON (widget) ? gtk_actionable_get_action_target_value (GTK_ACTIONABLE (widget)) : NULL;
  gboolean found = target && g_variant_is_of_type (target, G_VARIANT_TYPE_STRING) && g_str_equal (g_variant_get_string (target, NULL), place);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child && !found; child = gtk_widget_get_next_sibling (child))
    found = leads_there (child, place);
  return found;
}

static void
test_attention (Fixture *fixture, gconstpointer data)
{
  g_autofree char *needing = NULL;
  const char *op;
  GtkWidget *box;

  open_place (fixture, "attention");
  kith_test_until (kith_page_get_count (kith_frame_get_page (kith_window_get_frame (fixture->window))) > 0);
  pump (300);
  /* One number, in the sidebar and in the header. */
  needing = g_strdup_printf ("%u need you", kith_page_get_count (kith_frame_get_page (kith_window_get_frame (fixture->window))));
  g_assert_true (says (GTK_WIDGET (fixture->window), needing));
  g_assert_true (says (GTK_WIDGET (fixture->window), "Eastlake Family Clinic registered this client and decides")); /* C1 */
  box = find_widget (GTK_WIDGET (fixture->window), "operations");
  kith_attention_card_choose (KITH_ATTENTION_CARD (gtk_widget_get_first_child (box)), 0); /* recalled meanwhile: there is nothing to try again */
  pump (100);
  g_assert_true (key_of_first (box, "op-a1"));
  g_assert_false (says (gtk_widget_get_first_child (box), "was faster")); /* whoever sent it took it back */
  kith_attention_card_choose (KITH_ATTENTION_CARD (gtk_widget_get_first_child (box)), 2); /* Got It, without a question */
  for (guint i = 0; i < 50 && (box = find_widget (GTK_WIDGET (fixture->window), "operations")) && key_of_first (box, "op-a1"); i++)
    pump (50);
  g_assert_nonnull (box);
  g_assert_true (key_of_first (box, "op-a2"));
  g_assert_true (leads_there (gtk_widget_get_first_child (box), "clients/consent:c0000000-0000-7000-8000-000000000005")); /* what the refusal asks for */
  box = find_widget (GTK_WIDGET (fixture->window), "conflicts");
  kith_attention_card_choose (KITH_ATTENTION_CARD (gtk_widget_get_first_child (box)), 1);
  pump (50);
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 1);
  g_assert_cmpstr (kith_json_string (fake_desktop_get_submitted (fixture->desktop, 0, &op), "keep"), ==, "theirs");
  g_assert_cmpstr (op, ==, "conflict.settle");
  g_assert_true (json_object_has_member (fake_desktop_get_submitted (fixture->desktop, 0, &op), "mine")); /* I14: what was shown */
}

/* ---- words ---- */

static void
test_sync_words (void)
{
  const char *icon, *tone;
  g_autofree char *up = kith_sync_words (KITH_SYNC_IDLE, 0, 0, FALSE, NOW_MS - 60000, 0, NOW_MS, &icon, &tone);
  g_autofree char *waits = NULL, *offline = NULL, *needs = NULL, *long_ago = NULL, *filling = NULL, *in_seconds = NULL, *in_minutes = NULL;

  g_assert_cmpstr (up, ==, "Up to date 14:04");
  g_assert_cmpstr (tone, ==, "good");
  waits = kith_sync_words (KITH_SYNC_WORKING, 3, 0, FALSE, NOW_MS, 0, NOW_MS, &icon, &tone);
  g_assert_cmpstr (waits, ==, "Sending 3…");
  g_assert_cmpstr (tone, !=, "good"); /* green only when the hub has it all */
  offline = kith_sync_words (KITH_SYNC_OFFLINE, 7, 0, FALSE, NOW_MS, NOW_MS, NOW_MS, &icon, &tone);
  g_assert_cmpstr (offline, ==, "Offline since 14:05, 7 waiting");
  g_assert_cmpstr (tone, !=, "good");
  long_ago = kith_sync_words (KITH_SYNC_OFFLINE, 0, 0, FALSE, NOW_MS, NOW_MS - 24 * 3600 * 1000, NOW_MS, &icon, &tone);
  g_assert_cmpstr (long_ago, ==, "Offline since yesterday");
  filling = kith_sync_words (KITH_SYNC_WORKING, 0, 0, TRUE, NOW_MS, 0, NOW_MS, &icon, &tone);
  g_assert_cmpstr (filling, ==, "Being filled…"); /* ux.md 2: not “up to date” as soon as the first page has come */
  g_assert_cmpstr (tone, !=, "good");
  needs = kith_sync_words (KITH_SYNC_OFFLINE, 7, 2, FALSE, NOW_MS, NOW_MS, NOW_MS, &icon, &tone);
  g_assert_cmpstr (needs, ==, "2 need you");
  in_seconds = kith_sync_next_words (NOW_MS + 39500, NOW_MS);
  g_assert_cmpstr (in_seconds, ==, "Next try in 40 s; Ctrl+R asks the hub now.");
  in_minutes = kith_sync_next_words (NOW_MS + 180000, NOW_MS);
  g_assert_cmpstr (in_minutes, ==, "Next try in 3 min; Ctrl+R asks the hub now.");
}

/* What GTK says of a surface that has gone says nothing of Kith, and whoever reads the results takes no test for failed by it (strict-log.h). */
static void
test_passed_over (Fixture *fixture, gconstpointer data)
{
  double x, y;

  g_assert_false (gdk_surface_get_device_position (NULL, NULL, &x, &y, NULL));
}

int
main (int argc, char **argv)
{
  fixture_begin (&argc, &argv);

  ADD ("template/finalised", NULL, test_finalised);
  ADD ("template/pages", NULL, test_pages);
  ADD ("keys/table", NULL, test_shortcuts);
  ADD ("keys/actions", NULL, test_shortcuts_have_actions);
  ADD ("keys/window", NULL, test_shortcuts_window);
  ADD ("labels", NULL, test_labels);
  ADD ("sign-in", "no-store", test_sign_in);
  ADD ("clients/search", NULL, test_search);
  ADD ("clients/register", NULL, test_register);
  ADD ("clients/register-refused", NULL, test_register_refused);
  ADD ("clients/edit", NULL, test_edit);
  ADD ("refer/covered", NULL, test_refer);
  ADD ("refer/consent-missing", NULL, test_refer_consent);
  ADD ("inbox/accept-and-undo", NULL, test_accept_and_undo);
  ADD ("inbox/decline", NULL, test_decline);
  ADD ("inbox/decline-other-wants-words", NULL, test_decline_other);
  ADD ("find/also-known", NULL, test_also_known);
  ADD ("lock/drafts", NULL, test_lock);
  ADD ("lock/close", NULL, test_close);
  ADD ("lock/idle", NULL, test_idle_lock);
  ADD ("lock/idle-settings", NULL, test_idle_settings);
  ADD ("lock/wait", NULL, test_unlock_wait);
  ADD ("lock/new-password", NULL, test_new_password);
  ADD ("settings/preferences", NULL, test_preferences);
  ADD ("settings/comes-back", NULL, test_comes_back);
  ADD ("settings/hidden-page", NULL, test_hidden_page);
  ADD ("idle", NULL, test_idle);
  ADD ("pages/lazy", NULL, test_lazy);
  ADD ("attention/choices", NULL, test_attention);
  ADD ("log/passed-over", NULL, test_passed_over);
  g_test_add_func ("/desk/words/sync", test_sync_words);
  return g_test_run ();
}
