/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-lines.h"

#include <glib/gi18n.h>

#include "kith-cards.h"
#include "kith-timeline.h"
#include "kith-watch.h"

#define AT_ONCE 6 /* lines made before the window has its turn again */
#define ROW "kith-line-row"
#define STALE "kith-line-stale"

struct _KithLines
{
  AdwBin parent_instance;
  KithContext *context;
  GtkWidget *place, *more;
  guint step, limit;
  KithLinesMake make;
  KithLinesTold told;
  gpointer user_data;
  KithWatch *watch;
  GPtrArray *rows; /* (element-type KithRow): as they are to stand there */
  guint build_id;
};

G_DEFINE_FINAL_TYPE (KithLines, kith_lines, ADW_TYPE_BIN)

static KithRow *
row_of (GtkWidget *line)
{
  return g_object_get_data (G_OBJECT (line), ROW);
}

static void
put_in_box (GtkBox    *box,
            GtkWidget *line,
            guint      position)
{
  GtkWidget *before = NULL;

  for (guint i = 0; i < position; i++)
    before = before ? gtk_widget_get_next_sibling (before) : gtk_widget_get_first_child (GTK_WIDGET (box));
  gtk_box_insert_child_after (box, line, before);
}

static void
put_line (KithLines *self,
          GtkWidget *line,
          guint      position)
{
  if (KITH_IS_TIMELINE (self->place))
    kith_timeline_insert (KITH_TIMELINE (self->place), line, position);
  else if (GTK_IS_BOX (self->place))
    put_in_box (GTK_BOX (self->place), line, position);
  else
    gtk_list_box_insert (GTK_LIST_BOX (self->place), line, (int) position);
}

static void
take_line (KithLines *self,
           GtkWidget *line)
{
  if (KITH_IS_TIMELINE (self->place))
    kith_timeline_remove (KITH_TIMELINE (self->place), line);
  else if (GTK_IS_BOX (self->place))
    gtk_box_remove (GTK_BOX (self->place), line);
  else
    gtk_list_box_remove (GTK_LIST_BOX (self->place), line);
}

/* The record says something else now: its line is made anew when all that changed has been read. */
static void
stale_cb (GtkWidget *line)
{
  g_object_set_data (G_OBJECT (line), STALE, GINT_TO_POINTER (1));
}

static GtkWidget *
make_line (KithLines *self,
           KithRow   *row)
{
  GtkWidget *line = self->make (row, self->user_data);

  g_object_set_data_full (G_OBJECT (line), ROW, g_object_ref (row), g_object_unref);
  kith_cards_name (line, kith_row_get_id (row));
  g_signal_connect_object (row, "notify::loaded", G_CALLBACK (stale_cb), line, G_CONNECT_SWAPPED);
  return line;
}

static gboolean
is_stale (GtkWidget *line)
{
  return g_object_get_data (G_OBJECT (line), STALE) != NULL;
}

/* The line somebody stands on is made anew where it is and at once: with it would go the focus. */
static void
renew_focused (KithLines  *self,
               GHashTable *kept)
{
  int at = kith_cards_get_focused (self->place);
  GtkWidget *line = gtk_widget_get_first_child (self->place), *made;
  KithCardsPlace *focused;

  for (int i = 0; line && i < at; i++)
    line = gtk_widget_get_next_sibling (line);
  if (at < 0 || !is_stale (line) || !g_hash_table_contains (kept, row_of (line)))
    return;
  focused = kith_cards_leave (self->place);
  made = make_line (self, row_of (line));
  take_line (self, line);
  put_line (self, made, (guint) at);
  kith_cards_return (self->place, focused);
}

/* What is not to be shown any more goes at once. Returns: (transfer full): the others' lines by their rows */
static GHashTable *
take_gone (KithLines *self)
{
  GHashTable *kept = g_hash_table_new (NULL, NULL);
  GtkWidget *next;

  for (guint i = 0; i < self->rows->len; i++)
    g_hash_table_insert (kept, self->rows->pdata[i], NULL);
  renew_focused (self, kept);
  for (GtkWidget *line = gtk_widget_get_first_child (self->place); line; line = next)
    {
      next = gtk_widget_get_next_sibling (line);
      if (g_hash_table_contains (kept, row_of (line)) && !is_stale (line))
        g_hash_table_insert (kept, row_of (line), line);
      else
        take_line (self, line);
    }
  return kept;
}

/* Returns: some are still to be made */
static gboolean
build (KithLines *self)
{
  g_autoptr (GHashTable) kept = take_gone (self);
  GtkWidget *at = gtk_widget_get_first_child (self->place);
  guint made = 0;

  for (guint i = 0; i < self->rows->len; i++)
    {
      KithRow *row = self->rows->pdata[i];
      GtkWidget *elsewhere = g_hash_table_lookup (kept, row);

      if (at && row_of (at) == row)
        {
          at = gtk_widget_get_next_sibling (at);
          continue;
        }
      if (made++ == AT_ONCE)
        return TRUE;
      if (elsewhere)
        take_line (self, elsewhere);
      put_line (self, make_line (self, row), i);
    }
  return FALSE;
}

static gboolean
build_cb (gpointer data)
{
  KithLines *self = data;

  if (build (self))
    return G_SOURCE_CONTINUE;
  self->build_id = 0;
  return G_SOURCE_REMOVE;
}

static void
show_more_button (KithLines *self,
                  guint      total)
{
  /* Translators: how many are shown, of how many */
  g_autofree char *words = g_strdup_printf (_("Show More (%u of %u)"), self->rows->len, total);

  gtk_button_set_label (GTK_BUTTON (self->more), words);
  gtk_widget_set_visible (self->more, self->rows->len < total);
}

static void
show (KithLines *self,
      GPtrArray *rows,
      guint      total)
{
  KithCardsPlace *focused = kith_cards_leave (self->place);

  g_ptr_array_ref (rows);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  self->rows = rows;
  g_clear_handle_id (&self->build_id, g_source_remove);
  if (build (self))
    self->build_id = g_idle_add (build_cb, self);
  gtk_widget_set_visible (self->place, total > 0);
  show_more_button (self, total);
  kith_cards_return (self->place, focused);
}

static void
rows_cb (GPtrArray *rows,
         gpointer   user_data)
{
  KithLines *self = user_data;
  guint total = self->watch ? kith_watch_get_total (self->watch) : rows->len; /* NULL: it tells while it is being made */

  show (self, rows, total);
  if (self->told)
    self->told (total, self->user_data);
}

static void
more_cb (KithLines *self)
{
  self->limit += self->step;
  if (self->watch)
    kith_watch_set_limit (self->watch, self->limit);
}

static void
kith_lines_dispose (GObject *object)
{
  KithLines *self = KITH_LINES (object);

  g_clear_handle_id (&self->build_id, g_source_remove);
  g_clear_object (&self->watch);
  g_clear_object (&self->context);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  G_OBJECT_CLASS (kith_lines_parent_class)->dispose (object);
}

static void
kith_lines_class_init (KithLinesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kith_lines_dispose;
}

static void
kith_lines_init (KithLines *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->rows = g_ptr_array_new ();
  self->more = gtk_button_new ();
  gtk_widget_add_css_class (self->more, "flat");
  gtk_widget_set_halign (self->more, GTK_ALIGN_CENTER);
  gtk_widget_set_name (self->more, "more");
  gtk_widget_set_visible (self->more, FALSE);
  g_signal_connect_swapped (self->more, "clicked", G_CALLBACK (more_cb), self);
  gtk_box_append (GTK_BOX (box), self->more);
  adw_bin_set_child (ADW_BIN (self), box);
}

/**
 * kith_lines_new:
 * @place: (transfer floating): a GtkListBox, a GtkBox or a KithTimeline, empty
 * @step: rows shown at first, and added when more is asked for; 0: all
 * @told: (nullable)
 *
 * Returns: (transfer floating): no lines before kith_lines_set_query()
 */
GtkWidget *
kith_lines_new (KithContext  *context,
                GtkWidget    *place,
                guint         step,
                KithLinesMake make,
                KithLinesTold told,
                gpointer      user_data)
{
  KithLines *self = g_object_new (KITH_TYPE_LINES, NULL);

  self->context = g_object_ref (context);
  self->place = place;
  self->step = step;
  self->make = make;
  self->told = told;
  self->user_data = user_data;
  gtk_widget_set_visible (place, FALSE);
  gtk_box_prepend (GTK_BOX (adw_bin_get_child (ADW_BIN (self))), place);
  return GTK_WIDGET (self);
}

/**
 * kith_lines_set_query:
 * @query: (nullable): of data/sql/store/queries; NULL: no lines
 * @kinds: (array zero-terminated=1) (nullable): whose changes are followed
 * @args: (array zero-terminated=1) (nullable): its inputs
 *
 * Nothing of what was shown before stays.
 */
void
kith_lines_set_query (KithLines         *self,
                      const char        *query,
                      const char *const *kinds,
                      const char *const *args)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();

  g_clear_object (&self->watch);
  show (self, none, 0);
  self->limit = self->step;
  if (!query)
    return;
  self->watch = kith_watch_new_args (self->context, query, kinds, args, rows_cb, self);
  kith_watch_set_limit (self->watch, self->limit);
}

KithRow *
kith_lines_find (KithLines  *self,
                 const char *id)
{
  for (guint i = 0; i < self->rows->len; i++)
    if (g_strcmp0 (kith_row_get_id (self->rows->pdata[i]), id) == 0)
      return self->rows->pdata[i];
  return NULL;
}
