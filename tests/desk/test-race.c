/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Two agencies decide about the same referral, one of them on a computer without network. The hub settles it, and whoever came second reads in Needs
 * Attention what became of it, who was faster and that there is nothing to undo. Two real desktops and a real hub; the window is the loser's. */

#include "../lib/keep-names.h"
#include "../sync/desktop-fixture.h"
#include "kith-application.h"
#include "kith-window.h"
#include "strict-log.h"
#include "unpainted.h"

static KithApplication *application;

/* A, where the client is registered, is the fixture's own. */
typedef struct
{
  Fixture a;
  DirectHub to_b; /* B's way to the hub */
  KithTestDir *dir;
  KithDesktop *b;
  char *ben, *client, *referral;
  KithContext *context;
  KithWindow *window;
} Race;

/* GLib says so when nobody on a desktop shows notifications, as here. */
static gboolean
is_fatal (const char *domain, GLogLevelFlags level, const char *message, gpointer data)
{
  return strict_log_is_fatal (domain, level, message, data) && strstr (message, "unable to send notifications") == NULL;
}

static void
pass_over (const char *domain, GLogLevelFlags level, const char *message, gpointer data)
{
  g_test_message ("passed over: %s", message);
}

static void
wait_for_row (KithDesktop *desktop, const char *referral)
{
  static const char *const kinds[] = { "referral", NULL };
  const char *const args[] = { referral, NULL };
  g_autoptr (KithListModel) list = kith_list_model_new (desktop, "referral", kinds, args);

  kith_test_until (g_list_model_get_n_items (G_LIST_MODEL (list)) == 1);
}

static guint
count (KithDesktop *desktop, const char *property)
{
  guint n;

  g_object_get (desktop, property, &n, NULL);
  return n;
}

/* Only then is it settled: that nothing waits on a desktop is said also before what was just submitted is counted. */
static gboolean
hub_has (Race *race, const char *phase)
{
  g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM referral WHERE id = '%s' AND body ->> 'phase' = '%s'", race->referral, phase);
  g_autoptr (KithDbStmt) stmt = NULL;
  g_autoptr (GError) error = NULL;
  gboolean has;

  g_rec_mutex_lock (&race->a.direct.mutex);
  stmt = kith_db_prepare (kith_hub_get_db (race->a.net->hub), sql, &error);
  g_assert_no_error (error);
  g_assert_cmpint (kith_db_step (stmt, &error), ==, KITH_DB_ROW);
  has = kith_db_int (stmt, 0) == 1;
  g_clear_pointer (&stmt, kith_db_reset); /* under the lock */
  g_rec_mutex_unlock (&race->a.direct.mutex);
  return has;
}

static void
sign_in_at_b (Race *race)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  kith_desktop_sign_in_async (race->b, "http://127.0.0.1:1", "ben", PASSWORD, NULL, keep_cb, &result);
  AWAIT (result);
  kith_desktop_finish (race->b, result, &error);
  g_assert_no_error (error);
  kith_test_until (kith_desktop_get_actor (race->b) != NULL);
}

/* A referral of A's that B has not answered yet, on both desktops. */
static void
set_up_race (Race *race, gconstpointer data)
{
  Network *net;
  g_autofree char *consent = NULL;

  g_test_log_set_fatal_handler (is_fatal, NULL);
  g_log_set_handler ("GLib-GIO", G_LOG_LEVEL_WARNING | G_LOG_FLAG_FATAL, pass_over, NULL);
  set_up (&race->a, NULL);
  net = race->a.net;
  race->ben = network_add_staff (net, "ben", net->b, "referral_manager", "supervisor");
  set_password_at (&race->a, net->hub, race->ben, "ben", PASSWORD);
  race->to_b.hub = net->hub;
  race->to_b.beside = &race->a.direct;
  race->dir = kith_test_dir_new ();
  race->b = kith_desktop_new (kith_test_dir_path (race->dir), race->a.clock);
  kith_desktop_set_transport_factory (race->b, direct_transport_factory, &race->to_b, NULL);
  sign_in (&race->a);
  sign_in_at_b (race);
  race->client = network_id (net);
  race->referral = network_id (net);
  consent = network_id (net);
  g_free (submit (&race->a, "client.register",
                  network_json ("{'id':'%s','number':'ZZ-0001','values':{'given_name':'Mara','family_name':'Canary'},'consent':{'id':'%s','permission':'granted',"
                                "'classes':['client','care'],'receivers':['%s'],'how':'verbal','purpose':'Referral','term':'2099-03-01T00:00:00.000Z'}}",
                                race->client, consent, net->b), 0));
  g_free (submit (&race->a, "referral.send", network_json ("{'id':'%s','number':'ZZ-0002','client':'%s','type':'direct','service':'%s','need':'A bed','urgency':'soon'}",
                                                           race->referral, race->client, net->service), 0));
  wait_for_row (race->b, race->referral);
}

static void
show_window (Race *race, KithDesktop *desktop)
{
  race->context = kith_context_new (desktop, race->a.clock);
  race->window = KITH_WINDOW (kith_window_new (GTK_APPLICATION (application), race->context));
  gtk_window_present (GTK_WINDOW (race->window));
  kith_test_until (gtk_widget_get_mapped (GTK_WIDGET (race->window)));
}

static void
tear_down_race (Race *race, gconstpointer data)
{
  KithWindow *window = g_object_ref (race->window);

  gtk_window_destroy (GTK_WINDOW (window));
  kith_test_until (G_OBJECT (window)->ref_count == 1);
  g_assert_finalize_object (window);
  kith_test_until (g_atomic_int_get (&G_OBJECT (race->context)->ref_count) == 1); /* what it asked the desktop is answered */
  g_assert_finalize_object (race->context);
  kith_test_until (g_atomic_int_get (&G_OBJECT (race->b)->ref_count) == 1);
  g_clear_object (&race->b);
  tear_down (&race->a, NULL);
  kith_test_dir_free (race->dir);
  g_free (race->ben);
  g_free (race->client);
  g_free (race->referral);
}

static gboolean
says (GtkWidget *widget, const char *words)
{
  if (!gtk_widget_get_mapped (widget))
    return FALSE;
  if (GTK_IS_LABEL (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), words))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    if (says (child, words))
      return TRUE;
  return FALSE;
}

/* Pressed as soon as it may be: what somebody may do is looked up once the referral is here. */
static GtkWidget *
button_for (GtkWidget *widget, const char *action)
{
  GtkWidget *found = NULL;

  if (!gtk_widget_get_mapped (widget))
    return NULL;
  if (GTK_IS_BUTTON (widget) && gtk_widget_is_sensitive (widget) && g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (widget)), action) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child && !found; child = gtk_widget_get_next_sibling (child))
    found = button_for (child, action);
  return found;
}

#define UNTIL_SAYS(words) kith_test_until (says (GTK_WIDGET (race->window), words))

/* B accepts without network what A recalls meanwhile. */
static void
test_recalled (Race *race, gconstpointer data)
{
  g_autofree char *place = g_strconcat ("inbox/", race->referral, NULL);

  show_window (race, race->b);
  kith_frame_open (kith_window_get_frame (race->window), place);
  UNTIL_SAYS ("A bed");
  g_atomic_int_set (&race->to_b.cut, TRUE);
  kith_test_until (button_for (GTK_WIDGET (race->window), "referral.accept"));
  g_signal_emit_by_name (button_for (GTK_WIDGET (race->window), "referral.accept"), "clicked");
  kith_test_until (count (race->b, "waiting") == 1);
  g_free (submit (&race->a, "referral.recall", network_json ("{'referral':'%s','from':'sent','reason':'Found a bed nearer'}", race->referral), 0));
  kith_test_until (hub_has (race, "recalled"));
  g_assert_cmpuint (count (race->b, "attention"), ==, 0);
  g_atomic_int_set (&race->to_b.cut, FALSE);
  kith_desktop_try_now (race->b);
  kith_test_until (count (race->b, "attention") == 1);
  g_assert_cmpuint (count (race->a.desktop, "attention"), ==, 0);
  kith_frame_open (kith_window_get_frame (race->window), "attention");
  UNTIL_SAYS ("The sender recalled this referral. There is nothing to undo.");
  g_assert_true (says (GTK_WIDGET (race->window), "Accept referral"));
  g_assert_true (says (GTK_WIDGET (race->window), "Mara Canary · ZZ-0002"));
}

/* A recalls without network what B accepts meanwhile. */
static void
test_accepted (Race *race, gconstpointer data)
{
  g_autofree char *place = g_strconcat ("sent/", race->referral, NULL);

  show_window (race, race->a.desktop);
  kith_frame_open (kith_window_get_frame (race->window), place);
  UNTIL_SAYS ("A bed");
  g_atomic_int_set (&race->a.direct.cut, TRUE);
  g_free (submit (&race->a, "referral.recall", network_json ("{'referral':'%s','from':'sent','reason':'Found a bed nearer'}", race->referral), 0));
  {
    g_autoptr (JsonObject) args = network_json ("{'referral':'%s','from':'sent'}", race->referral);
    g_autoptr (GAsyncResult) result = NULL;
    g_autoptr (GError) error = NULL;

    kith_desktop_submit_async (race->b, "referral.accept", args, 0, NULL, keep_cb, &result);
    AWAIT (result);
    g_free (kith_desktop_submit_finish (race->b, result, &error));
    g_assert_no_error (error);
  }
  kith_test_until (hub_has (race, "accepted"));
  g_assert_cmpuint (count (race->a.desktop, "attention"), ==, 0);
  g_atomic_int_set (&race->a.direct.cut, FALSE);
  kith_desktop_try_now (race->a.desktop);
  kith_test_until (count (race->a.desktop, "attention") == 1);
  g_assert_cmpuint (count (race->b, "attention"), ==, 0);
  kith_frame_open (kith_window_get_frame (race->window), "attention");
  UNTIL_SAYS ("Birch Clinic (ben) was faster (");
  UNTIL_SAYS ("There is nothing to undo.");
}

int
main (int argc, char *argv[])
{
  g_autoptr (GError) error = NULL;

  keep_names ();
  gtk_test_init (&argc, &argv, NULL);
  strict_log ();
  adw_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, "gtk-cursor-blink", FALSE, NULL);
  paint_nothing ();
  application = kith_application_new (NULL);
  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);
  g_test_add ("/race/recalled", Race, NULL, set_up_race, test_recalled, tear_down_race);
  g_test_add ("/race/accepted", Race, NULL, set_up_race, test_accepted, tear_down_race);
  return g_test_run ();
}
