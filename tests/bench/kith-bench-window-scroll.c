/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-bench-window.h"

#include <stdio.h>
#include <string.h>

#include "board/kith-board-lane.h"

/* Lists beside each other, each scrolled from its first row to its last in so many frames: no frame shows a row that the one before it did. */

#define HEIGHT 75 /* px: of an empty row, as a card's */
#define PATIENCE_US (60 * G_USEC_PER_SEC)

typedef struct
{
  GtkWidget *window;
  GPtrArray *lists; /* GtkListView */
  GtkAdjustment *sideways; /* brings a list into sight; NULL: all are */
  guint frames, list, frame;
  gboolean begun, done;
  double used;      /* by the main thread, at the frame before */
  gint64 at;
} Scroll;

static void
find_lists (GtkWidget *widget, GPtrArray *lists)
{
  if (GTK_IS_LIST_VIEW (widget) && gtk_widget_get_mapped (widget))
    g_ptr_array_add (lists, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    find_lists (child, lists);
}

/* Before the frame is laid out, as a wheel would do it. */
static gboolean
step_cb (GtkWidget *window, GdkFrameClock *clock, gpointer data)
{
  Scroll *self = data;
  GtkWidget *list = self->lists->pdata[self->list];
  GtkAdjustment *bar = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (list));
  double most = gtk_adjustment_get_upper (bar) - gtk_adjustment_get_page_size (bar), x = 0, y;

  if (self->frame == 0 && self->sideways != NULL && gtk_widget_translate_coordinates (list, self->window, 0, 0, &x, &y))
    gtk_adjustment_set_value (self->sideways, gtk_adjustment_get_value (self->sideways) + x - gtk_widget_get_width (self->window) / 2.0);
  gtk_adjustment_set_value (bar, most * self->frame / (self->frames - 1));
  gtk_widget_queue_draw (list); /* a lane whose rows all fit shows the same again, and is a frame nevertheless */
  return G_SOURCE_CONTINUE;
}

/* Its columns have not come, or it was not made yet. */
static gboolean
is_blank (GtkWidget *row)
{
  for (GtkWidget *at = gtk_widget_get_first_child (row); at != NULL; at = gtk_widget_get_first_child (at))
    if (gtk_widget_get_opacity (at) < 1)
      return TRUE;
  return !bench_has_text (row);
}

static void
count_rows (GtkWidget *list, guint *in_sight, guint *blank)
{
  int height = gtk_widget_get_height (list);

  for (GtkWidget *row = gtk_widget_get_first_child (list); row != NULL; row = gtk_widget_get_next_sibling (row))
    {
      double y = 0, x;

      if (!gtk_widget_get_mapped (row) || !gtk_widget_translate_coordinates (row, list, 0, 0, &x, &y) || y + gtk_widget_get_height (row) <= 0 || y >= height)
        continue;
      (*in_sight)++;
      *blank += is_blank (row);
    }
}

static void
painted_cb (GdkFrameClock *clock, Scroll *self)
{
  double used = bench_thread_ms ();
  gint64 now = g_get_monotonic_time ();
  guint in_sight = 0, blank = 0;

  if (self->done)
    return;
  count_rows (self->lists->pdata[self->list], &in_sight, &blank);
  if (self->begun)
    printf ("%.3f %.3f %u %u\n", used - self->used, (double) (now - self->at) / 1000, in_sight, blank);
  self->begun = TRUE;
  if (++self->frame == self->frames)
    {
      self->frame = 0;
      self->done = ++self->list == self->lists->len;
    }
  self->used = bench_thread_ms (); /* without this counting */
  self->at = now;
}

static int
scroll (GtkWidget *window, GPtrArray *lists, GtkAdjustment *sideways, guint frames)
{
  Scroll self = { .window = window, .lists = lists, .sideways = sideways, .frames = MAX (2, frames) };

  g_signal_connect (gtk_widget_get_frame_clock (window), "after-paint", G_CALLBACK (painted_cb), &self);
  gtk_widget_add_tick_callback (window, step_cb, &self, NULL);
  while (!self.done)
    g_main_context_iteration (NULL, TRUE);
  fflush (stdout);
  return 0;
}

/* All that are mapped have rows, and these their words. */
static gboolean
are_filled (GPtrArray *lists)
{
  for (guint i = 0; i < lists->len; i++)
    {
      GtkSelectionModel *model = gtk_list_view_get_model (lists->pdata[i]);

      if (model == NULL || g_list_model_get_n_items (G_LIST_MODEL (model)) == 0 || !bench_has_text (lists->pdata[i]))
        return FALSE;
    }
  return lists->len > 0;
}

int
bench_window_board (GtkApplication *application, const char *folder, const char *password, guint frames)
{
  GtkWidget *window = bench_window_open (application, folder, password, "board"), *scroller;
  g_autoptr (GPtrArray) lists = g_ptr_array_new ();
  gint64 begun = g_get_monotonic_time ();

  if (window == NULL)
    return 1;
  while (!are_filled (lists))
    {
      g_main_context_iteration (NULL, TRUE);
      g_ptr_array_set_size (lists, 0);
      find_lists (window, lists);
      if (g_get_monotonic_time () - begun > PATIENCE_US)
        {
          fprintf (stderr, "the lanes of the board did not come\n");
          return 1;
        }
    }
  scroller = gtk_widget_get_ancestor (gtk_widget_get_parent (gtk_widget_get_ancestor (lists->pdata[0], KITH_TYPE_BOARD_LANE)), GTK_TYPE_SCROLLED_WINDOW);
  return scroll (window, lists, gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (scroller)), frames);
}

typedef struct
{
  GtkWidget *window;
  gint64 begun;
  double used;
  gboolean done;
} Opening;

static gboolean
is_in_sight (GtkWidget *list, GtkWidget *window)
{
  double x = 0, y;

  return gtk_widget_get_ancestor (list, KITH_TYPE_BOARD_LANE) != NULL && gtk_widget_translate_coordinates (list, window, 0, 0, &x, &y) && x < gtk_widget_get_width (window) &&
         x + gtk_widget_get_width (list) > 0;
}

/* Every lane that is in the window: what stands beyond its edge is read as well, and nobody waits for it. */
static gboolean
shows_lanes (GtkWidget *window)
{
  g_autoptr (GPtrArray) lists = g_ptr_array_new ();
  guint in_sight = 0, blank = 0;

  find_lists (window, lists);
  for (guint i = lists->len; i > 0; i--)
    if (!is_in_sight (lists->pdata[i - 1], window))
      g_ptr_array_remove_index (lists, i - 1);
  for (guint i = 0; i < lists->len; i++)
    count_rows (lists->pdata[i], &in_sight, &blank);
  return are_filled (lists) && in_sight > 0 && blank == 0;
}

/* With KITH_BENCH_TRACE what each frame shows, on stderr. */
static void
trace_frame (Opening *self)
{
  g_autoptr (GPtrArray) lists = g_ptr_array_new ();
  guint in_sight = 0, blank = 0;

  if (g_getenv ("KITH_BENCH_TRACE") == NULL)
    return;
  find_lists (self->window, lists);
  for (guint i = 0; i < lists->len; i++)
    if (is_in_sight (lists->pdata[i], self->window))
      count_rows (lists->pdata[i], &in_sight, &blank);
  fprintf (stderr, "  %7.1f ms, %.1f computed: a frame with %u rows in sight, %u of them blank\n", (double) (g_get_monotonic_time () - self->begun) / 1000,
           bench_thread_ms () - self->used, in_sight, blank);
}

static void
opened_cb (GdkFrameClock *clock, Opening *self)
{
  if (self->done)
    return;
  trace_frame (self);
  if (!shows_lanes (self->window))
    return;
  printf ("%.3f %.3f\n", (double) (g_get_monotonic_time () - self->begun) / 1000, bench_thread_ms () - self->used);
  fflush (stdout);
  self->done = TRUE;
}

static gboolean
quiet_cb (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

int
bench_window_board_open (GtkApplication *application, const char *folder, const char *password, const char *from)
{
  GtkWidget *window = bench_window_open (application, folder, password, from);
  Opening self = { .window = window };
  gboolean quiet = FALSE;

  if (window == NULL)
    return 1;
  g_timeout_add_seconds (2, quiet_cb, &quiet); /* by then the page before is there, and nobody waits for it */
  while (!quiet)
    g_main_context_iteration (NULL, TRUE);
  g_signal_connect (gtk_widget_get_frame_clock (window), "after-paint", G_CALLBACK (opened_cb), &self);
  self.begun = g_get_monotonic_time ();
  self.used = bench_thread_ms ();
  gtk_widget_activate_action (window, "win.go", "s", "board"); /* what the key does */
  while (!self.done && g_get_monotonic_time () - self.begun < PATIENCE_US)
    g_main_context_iteration (NULL, TRUE);
  if (!self.done)
    fprintf (stderr, "the lanes of the board did not come\n");
  return self.done ? 0 : 1;
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_widget_set_size_request (row, -1, HEIGHT);
  gtk_list_item_set_child (item, row);
}

static GtkWidget *
lane_new (guint size)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GListStore) rows = g_list_store_new (GTK_TYPE_STRING_OBJECT);
  g_autoptr (GtkStringObject) row = gtk_string_object_new ("");
  g_autofree gpointer *all = g_new (gpointer, size);
  GtkWidget *scrolled = gtk_scrolled_window_new (), *list;

  for (guint i = 0; i < size; i++)
    all[i] = row;
  g_list_store_splice (rows, 0, 0, all, size);
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  list = gtk_list_view_new (GTK_SELECTION_MODEL (gtk_single_selection_new (G_LIST_MODEL (g_steal_pointer (&rows)))), factory);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), list);
  gtk_widget_set_size_request (scrolled, 264, -1);
  gtk_widget_set_vexpand (scrolled, TRUE);
  return scrolled;
}

int
bench_window_lanes (GtkApplication *application, const char *sizes, guint frames)
{
  GtkWidget *window = adw_application_window_new (application), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10), *scroller = gtk_scrolled_window_new ();
  g_auto (GStrv) parts = g_strsplit (sizes, ",", -1);
  g_autoptr (GPtrArray) lists = g_ptr_array_new ();

  for (guint i = 0; parts[i] != NULL; i++)
    gtk_box_append (GTK_BOX (box), lane_new ((guint) g_ascii_strtoull (parts[i], NULL, 10)));
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), box);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), scroller);
  gtk_window_set_default_size (GTK_WINDOW (window), 1100, 720);
  gtk_window_present (GTK_WINDOW (window));
  while (lists->len < g_strv_length (parts))
    {
      g_main_context_iteration (NULL, TRUE);
      g_ptr_array_set_size (lists, 0);
      find_lists (window, lists);
    }
  return scroll (window, lists, gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (scroller)), frames);
}
