/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What kith-bench starts to measure starting: a window, from the process's first moment until it can be used.
 *   kith-bench-window empty BEGUN_US             an empty libadwaita window
 *   kith-bench-window kith BEGUN_US DIR PASSWORD ROWS   Kith over the store in DIR, unlocked, until the clients are listed
 * Prints milliseconds since BEGUN_US (monotonic) and the resident memory in KiB.
 *   kith-bench-window record BEGUN_US DIR PASSWORD CLIENT   the services given to a client: shown, and one more recorded
 * Prints what the main thread computed for either, milliseconds.
 *   kith-bench-window board BEGUN_US DIR PASSWORD FRAMES         the lanes of a board, scrolled one after the other, each in so many frames
 *   kith-bench-window open BEGUN_US DIR PASSWORD PAGE            the board opened, by its key, from that page
 * Prints how long that took: see kith-bench-window.h.
 *   kith-bench-window lanes BEGUN_US SIZES FRAMES                the same with lists of so many empty rows ("12,800")
 * Prints a line for each frame: see kith-bench-window.h. */

#include "clients/kith-client-view.h"
#include "clients/kith-clients-page.h"
#include "kith-application.h"
#include "kith-http-transport.h"
#include "kith-bench-window.h"
#include "kith-window.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define PATIENCE_US (600 * G_USEC_PER_SEC) /* under a profiler all takes long */

static gint64 begun;

static glong
kib_of (const char *status, const char *field)
{
  const char *line = strstr (status, field);

  return line != NULL ? atol (line + strlen (field)) : 0;
}

/* Without what is shared with the X server: the picture of a window on its way there, 3 MiB of this one, which happens to be there or not. With GL
 * there is none. */
static glong
resident_kib (void)
{
  g_autofree char *status = NULL;

  if (!g_file_get_contents ("/proc/self/status", &status, NULL, NULL))
    return 0;
  return kib_of (status, "RssAnon:") + kib_of (status, "RssFile:");
}

static void
painted_cb (GdkFrameClock *clock, gboolean *painted)
{
  *painted = TRUE;
}

/* With KITH_BENCH_TRACE where the time went, on stderr. */
static void
trace (const char *what)
{
  if (g_getenv ("KITH_BENCH_TRACE") != NULL)
    fprintf (stderr, "  %7.1f ms %s\n", (double) (g_get_monotonic_time () - begun) / 1000, what);
}

/* The next frame is on the screen. */
static void
wait_for_frame (GtkWindow *window)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (window));
  gboolean painted = FALSE;
  gulong id = g_signal_connect (clock, "after-paint", G_CALLBACK (painted_cb), &painted);

  gtk_widget_queue_draw (GTK_WIDGET (window));
  while (!painted)
    g_main_context_iteration (NULL, TRUE);
  g_signal_handler_disconnect (clock, id);
}

static void
tell (void)
{
  printf ("%.1f %ld\n", (double) (g_get_monotonic_time () - begun) / 1000, resident_kib ());
  fflush (stdout);
}

static int
run_empty (GtkApplication *application)
{
  GtkWidget *window = adw_application_window_new (application);

  gtk_window_set_default_size (GTK_WINDOW (window), 1100, 720);
  gtk_window_present (GTK_WINDOW (window));
  wait_for_frame (GTK_WINDOW (window));
  tell ();
  return 0;
}

static void
unlocked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  int *state = user_data;
  g_autoptr (GError) error = NULL;

  *state = kith_desktop_finish (KITH_DESKTOP (source), result, &error) ? 1 : -1;
  trace ("unlocked");
  if (*state < 0)
    fprintf (stderr, "unlock: %s\n", error->message);
}

/* A shown label that says something. */
gboolean
bench_has_text (GtkWidget *widget)
{
  if (!gtk_widget_get_mapped (widget))
    return FALSE;
  if (GTK_IS_LABEL (widget) && *gtk_label_get_text (GTK_LABEL (widget)) != '\0')
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (bench_has_text (child))
      return TRUE;
  return FALSE;
}

/* A list of that many rows whose first ones have their text. */
static gboolean
has_list (GtkWidget *widget, guint rows)
{
  if (!gtk_widget_get_mapped (widget))
    return FALSE;
  if (GTK_IS_LIST_VIEW (widget))
    {
      GtkSelectionModel *model = gtk_list_view_get_model (GTK_LIST_VIEW (widget));

      if (model != NULL && g_list_model_get_n_items (G_LIST_MODEL (model)) >= rows && bench_has_text (widget))
        return TRUE;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (has_list (child, rows))
      return TRUE;
  return FALSE;
}

/* What is typed goes into the search. */
static gboolean
takes_keys (GtkWindow *window)
{
  GtkWidget *focus = gtk_window_get_focus (window);

  return focus != NULL && gtk_widget_get_ancestor (focus, GTK_TYPE_SEARCH_ENTRY) != NULL && gtk_widget_is_sensitive (focus);
}

static int
run_kith (GtkApplication *application, const char *folder, const char *password, guint rows)
{
  g_autoptr (KithClock) clock = kith_clock_new_system ();
  g_autoptr (KithDesktop) desktop = kith_desktop_new (folder, clock);
  g_autoptr (KithContext) context = NULL;
  GtkWidget *window;
  gboolean opened = FALSE;
  int state = 0;

  kith_desktop_set_transport_factory (desktop, kith_http_transport_factory, NULL, NULL);
  context = kith_context_new (desktop, clock);
  g_settings_set_string (kith_context_get_settings (context), "last-page", "clients"); /* where this person was last */
  window = kith_window_new (application, context);
  gtk_window_set_default_size (GTK_WINDOW (window), 1100, 720);
  gtk_window_present (GTK_WINDOW (window));
  trace ("window presented");
  kith_desktop_unlock_async (desktop, password, NULL, unlocked_cb, &state);

  while (state >= 0 && g_get_monotonic_time () - begun < PATIENCE_US)
    {
      KithFrame *frame = kith_window_get_frame (KITH_WINDOW (window));

      if (frame != NULL && state == 1 && !opened)
        {
          trace ("frame with the page");
          opened = TRUE;
        }
      if (opened && takes_keys (GTK_WINDOW (window)) && has_list (window, rows))
        {
          trace ("rows");
          wait_for_frame (GTK_WINDOW (window));
          tell ();
          return 0;
        }
      g_main_context_iteration (NULL, TRUE);
    }
  fprintf (stderr, "the list of clients did not come\n");
  return 1;
}

/* --- a record ----------------------------------------------------------------------------------------------------- */

double
bench_thread_ms (void)
{
  struct timespec used = { 0 };

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &used);
  return (double) used.tv_sec * 1000 + (double) used.tv_nsec / 1e6;
}

static GtkWidget *
find_type (GtkWidget *widget, GType type)
{
  GtkWidget *found = NULL;

  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL; child = gtk_widget_get_next_sibling (child))
    found = find_type (child, type);
  return found;
}

static GtkWidget *
find_named (GtkWidget *widget, const char *name)
{
  GtkWidget *found = NULL;

  if (!gtk_widget_get_mapped (widget))
    return NULL;
  if (strcmp (gtk_widget_get_name (widget), name) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL; child = gtk_widget_get_next_sibling (child))
    found = find_named (child, name);
  return found;
}

/* The line on top; NULL: none yet. */
static GtkListBoxRow *
first_line (GtkWidget *window)
{
  GtkWidget *list = find_named (window, "client-services-list");

  return list != NULL ? gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), 0) : NULL;
}

/* Until another line is on top, and then until a tenth of a second has brought nothing more. FALSE: it did not come */
static gboolean
wait_for_line (GtkWidget *window, GtkListBoxRow *before)
{
  gint64 quiet_since = 0;

  while (g_get_monotonic_time () - begun < PATIENCE_US)
    {
      GtkListBoxRow *line = first_line (window);

      if (line == NULL || line == before)
        quiet_since = 0;
      else if (quiet_since == 0)
        quiet_since = g_get_monotonic_time ();
      else if (g_get_monotonic_time () - quiet_since > G_USEC_PER_SEC / 10)
        return TRUE;
      g_main_context_iteration (NULL, TRUE);
    }
  return FALSE;
}

/* Until it is unlocked and shows that place; NULL: it could not be. Clock, desktop and context are let go with the process. */
GtkWidget *
bench_window_open (GtkApplication *application, const char *folder, const char *password, const char *place)
{
  KithClock *clock = kith_clock_new_system ();
  KithDesktop *desktop = kith_desktop_new (folder, clock);
  KithContext *context = kith_context_new (desktop, clock);
  GtkWidget *window = kith_window_new (application, context);
  int state = 0;

  kith_desktop_set_transport_factory (desktop, kith_http_transport_factory, NULL, NULL);
  gtk_window_set_default_size (GTK_WINDOW (window), 1100, 720);
  gtk_window_present (GTK_WINDOW (window));
  kith_desktop_unlock_async (desktop, password, NULL, unlocked_cb, &state);
  while (state == 0 || (state > 0 && kith_window_get_frame (KITH_WINDOW (window)) == NULL))
    g_main_context_iteration (NULL, TRUE);
  if (state < 0)
    return NULL;
  kith_frame_open (kith_window_get_frame (KITH_WINDOW (window)), place);
  return window;
}

static int
run_record (GtkApplication *application, const char *folder, const char *password, const char *client)
{
  g_autofree char *place = g_strconcat ("clients/", client, NULL);
  GtkWidget *window = bench_window_open (application, folder, password, place), *view = NULL;
  double used, shown;

  if (window == NULL)
    return 1;
  while (view == NULL || kith_client_view_get_name (KITH_CLIENT_VIEW (view)) == NULL)
    {
      g_main_context_iteration (NULL, TRUE);
      view = find_type (window, KITH_TYPE_CLIENT_VIEW);
      if (g_get_monotonic_time () - begun > PATIENCE_US)
        return 1;
    }
  trace ("record");
  used = bench_thread_ms ();
  kith_client_view_show_tab (KITH_CLIENT_VIEW (view), "services");
  if (!wait_for_line (window, NULL))
    return 1;
  shown = bench_thread_ms () - used;
  trace ("services");
  used = bench_thread_ms ();
  gtk_widget_activate_action (view, "client.repeat-service", NULL);
  if (!wait_for_line (window, first_line (window)))
    return 1;
  printf ("%.2f %.2f\n", shown, bench_thread_ms () - used);
  fflush (stdout);
  return 0;
}

/* Nothing may wait for ever in a loop that only wakes for events. */
static gboolean
tick_cb (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

int
main (int argc, char **argv)
{
  g_autoptr (GApplication) application = NULL;
  static const char *const modes[] = { "kith", "record", "board", "open", NULL };
  gboolean empty = argc == 3 && strcmp (argv[1], "empty") == 0, plain;

  plain = empty || (argc == 5 && strcmp (argv[1], "lanes") == 0);
  if (!plain && !(argc == 6 && g_strv_contains (modes, argv[1])))
    return 2;
  if (!plain)
    kith_desk_begin ();
  begun = g_ascii_strtoll (argv[2], NULL, 10);
  if (!gtk_init_check ())
    {
      fprintf (stderr, "no display\n");
      return 77;
    }
  adw_init ();
  trace ("toolkit");
  application = plain ? G_APPLICATION (adw_application_new (NULL, G_APPLICATION_NON_UNIQUE)) : G_APPLICATION (kith_application_new (kith_http_transport_factory));
  if (!g_application_register (application, NULL, NULL)) /* starts up: with Kith's styles and keys */
    return 1;
  g_timeout_add (2, tick_cb, NULL);
  if (strcmp (argv[1], "lanes") == 0)
    _exit (bench_window_lanes (GTK_APPLICATION (application), argv[3], (guint) atoi (argv[4])));
  if (strcmp (argv[1], "board") == 0)
    _exit (bench_window_board (GTK_APPLICATION (application), argv[3], argv[4], (guint) atoi (argv[5])));
  if (strcmp (argv[1], "open") == 0)
    _exit (bench_window_board_open (GTK_APPLICATION (application), argv[3], argv[4], argv[5]));
  if (!empty && strcmp (argv[1], "record") == 0)
    _exit (run_record (GTK_APPLICATION (application), argv[3], argv[4], argv[5]));
  /* The kernel takes the rest back: closing is not what is measured. */
  _exit (empty ? run_empty (GTK_APPLICATION (application))
               : run_kith (GTK_APPLICATION (application), argv[3], argv[4], (guint) g_ascii_strtoull (argv[5], NULL, 10)));
}
