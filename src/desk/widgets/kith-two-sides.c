/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-two-sides.h"

struct _KithTwoSides
{
  GtkLayoutManager parent_instance;
  int readable, gap;
  gboolean even; /* side by side they are all as tall as the tallest */
};

G_DEFINE_FINAL_TYPE (KithTwoSides, kith_two_sides, GTK_TYPE_LAYOUT_MANAGER)

#define GAP 24
#define READABLE 320 /* px of a side, with text of the usual size */

static KithTwoSides *
layout_of (GtkWidget *widget)
{
  return KITH_TWO_SIDES (gtk_widget_get_layout_manager (widget));
}

static int
readable_width (GtkWidget *widget)
{
  int dpi = 96 * 1024;

  g_object_get (gtk_widget_get_settings (widget), "gtk-xft-dpi", &dpi, NULL);
  return layout_of (widget)->readable * MAX (dpi, 96 * 1024) / (96 * 1024);
}

static guint
count (GtkWidget *widget,
       int       *minimum,
       int       *natural)
{
  guint n = 0;

  *minimum = *natural = 0;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    {
      int min, nat;

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &min, &nat, NULL, NULL);
      *minimum = MAX (*minimum, min);
      *natural = MAX (*natural, nat);
      n++;
    }
  return n;
}

static gboolean
is_beside (GtkWidget *widget,
           int        width)
{
  int min, nat;
  int n = (int) count (widget, &min, &nat);

  return n > 1 && width >= n * MAX (min, readable_width (widget)) + (n - 1) * layout_of (widget)->gap;
}

/* Returns the height used; with allocate it also places them, those side by side no less tall than at_least. */
static int
lay_out (GtkWidget *widget,
         int        width,
         gboolean   allocate,
         int        at_least)
{
  gboolean beside = is_beside (widget, width), rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int gap = layout_of (widget)->gap, min, nat, n = (int) count (widget, &min, &nat), side = beside ? (width - (n - 1) * gap) / n : width, x = 0, y = 0, tallest = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    {
      int height;

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, side, &height, NULL, NULL, NULL);
      if (allocate)
        {
          GtkAllocation place = { rtl ? width - x - side : x, y, side, beside ? MAX (height, at_least) : height };

          gtk_widget_size_allocate (child, &place, -1);
        }
      tallest = MAX (tallest, height);
      if (beside)
        x += side + gap;
      else
        y += height + gap;
    }
  return beside ? tallest : MAX (0, y - gap);
}

static void
kith_two_sides_measure (GtkLayoutManager *layout,
                        GtkWidget        *widget,
                        GtkOrientation    orientation,
                        int               for_size,
                        int              *minimum,
                        int              *natural,
                        int              *minimum_baseline,
                        int              *natural_baseline)
{
  int min, nat;
  guint n = count (widget, &min, &nat);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = min;
      *natural = (int) (n * nat + (n > 0 ? n - 1 : 0) * layout_of (widget)->gap);
    }
  else
    *minimum = *natural = lay_out (widget, for_size < 0 ? nat : for_size, FALSE, 0);
}

static void
kith_two_sides_allocate (GtkLayoutManager *layout,
                         GtkWidget        *widget,
                         int               width,
                         int               height,
                         int               baseline)
{
  lay_out (widget, width, TRUE, layout_of (widget)->even ? lay_out (widget, width, FALSE, 0) : 0);
}

static GtkSizeRequestMode
kith_two_sides_get_request_mode (GtkLayoutManager *layout,
                                 GtkWidget        *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
kith_two_sides_class_init (KithTwoSidesClass *klass)
{
  GTK_LAYOUT_MANAGER_CLASS (klass)->measure = kith_two_sides_measure;
  GTK_LAYOUT_MANAGER_CLASS (klass)->allocate = kith_two_sides_allocate;
  GTK_LAYOUT_MANAGER_CLASS (klass)->get_request_mode = kith_two_sides_get_request_mode;
}

static void
kith_two_sides_init (KithTwoSides *self)
{
  self->readable = READABLE;
  self->gap = GAP;
}

/**
 * kith_two_sides_new:
 *
 * Returns: (transfer full): a layout manager; a widget it is given to takes it over
 */
GtkLayoutManager *
kith_two_sides_new (void)
{
  return g_object_new (KITH_TYPE_TWO_SIDES, NULL);
}

/**
 * kith_two_sides_new_of:
 * @readable: px that one child needs to be read, with text of the usual size
 * @gap: px between two of them
 *
 * Returns: (transfer full): the same for more, and smaller, children, which are equally tall too: the days of a week
 */
GtkLayoutManager *
kith_two_sides_new_of (int readable,
                       int gap)
{
  KithTwoSides *self = g_object_new (KITH_TYPE_TWO_SIDES, NULL);

  self->readable = readable;
  self->gap = gap;
  self->even = TRUE;
  return GTK_LAYOUT_MANAGER (self);
}
