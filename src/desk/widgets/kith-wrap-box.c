/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-wrap-box.h"

struct _KithWrapBox
{
  GtkWidget parent_instance;
};

static void kith_wrap_box_buildable_init (GtkBuildableIface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (KithWrapBox, kith_wrap_box, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE, kith_wrap_box_buildable_init))

#define GAP 6

/* A line is as high as its highest child; the others stand in its middle, as words beside a pill do. */
static void
place_line (GtkWidget *first,
            GtkWidget *end, /* the first that is not of it; NULL: the line is the last */
            int        width,
            int        y,
            int        height,
            gboolean   rtl)
{
  int x = 0;

  for (GtkWidget *child = first; child != end; child = gtk_widget_get_next_sibling (child))
    {
      GtkAllocation place = { 0, 0, 0, 0 };
      int min;

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &min, &place.width, NULL, NULL);
      place.width = MAX (min, MIN (place.width, width));
      gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, place.width, NULL, &place.height, NULL, NULL);
      place.x = rtl ? width - x - place.width : x;
      place.y = y + (height - place.height) / 2;
      gtk_widget_size_allocate (child, &place, -1);
      x += place.width + GAP;
    }
}

/* Lays the children out in lines of the given width; with allocate it also places them. Returns the height used. */
static int
lay_out (KithWrapBox *self,
         int          width,
         gboolean     allocate)
{
  GtkWidget *first = gtk_widget_get_first_child (GTK_WIDGET (self)); /* of the line */
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  int x = 0, y = 0, line = 0;

  for (GtkWidget *child = first; child; child = gtk_widget_get_next_sibling (child))
    {
      int min, w, h;

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &min, &w, NULL, NULL);
      w = MAX (min, MIN (w, width));
      gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, w, NULL, &h, NULL, NULL);
      if (x > 0 && x + w > width)
        {
          if (allocate)
            place_line (first, child, width, y, line, rtl);
          first = child;
          y += line + GAP;
          x = line = 0;
        }
      x += w + GAP;
      line = MAX (line, h);
    }
  if (allocate)
    place_line (first, NULL, width, y, line, rtl);
  return y + line;
}

static void
kith_wrap_box_measure (GtkWidget      *widget,
                       GtkOrientation  orientation,
                       int             for_size,
                       int            *minimum,
                       int            *natural,
                       int            *minimum_baseline,
                       int            *natural_baseline)
{
  int widest = 0, all = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    {
      int min, nat;

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &min, &nat, NULL, NULL);
      widest = MAX (widest, min);
      all += nat + (all ? GAP : 0);
    }
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = widest;
      *natural = all;
    }
  else
    *minimum = *natural = lay_out (KITH_WRAP_BOX (widget), for_size < 0 ? all : for_size, FALSE);
}

static void
kith_wrap_box_size_allocate (GtkWidget *widget,
                             int        width,
                             int        height,
                             int        baseline)
{
  lay_out (KITH_WRAP_BOX (widget), width, TRUE);
}

static GtkSizeRequestMode
kith_wrap_box_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
kith_wrap_box_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))))
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (kith_wrap_box_parent_class)->dispose (object);
}

static void
kith_wrap_box_class_init (KithWrapBoxClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kith_wrap_box_dispose;
  widget_class->measure = kith_wrap_box_measure;
  widget_class->size_allocate = kith_wrap_box_size_allocate;
  widget_class->get_request_mode = kith_wrap_box_get_request_mode;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
kith_wrap_box_init (KithWrapBox *self)
{
}

static GtkBuildableIface *parent_buildable;

static void
kith_wrap_box_add_child (GtkBuildable *buildable,
                         GtkBuilder   *builder,
                         GObject      *child,
                         const char   *type)
{
  if (GTK_IS_WIDGET (child))
    kith_wrap_box_append (KITH_WRAP_BOX (buildable), GTK_WIDGET (child));
  else
    parent_buildable->add_child (buildable, builder, child, type);
}

static void
kith_wrap_box_buildable_init (GtkBuildableIface *iface)
{
  parent_buildable = g_type_interface_peek_parent (iface);
  iface->add_child = kith_wrap_box_add_child;
}

/**
 * kith_wrap_box_new:
 *
 * Returns: (transfer floating): an empty box
 */
GtkWidget *
kith_wrap_box_new (void)
{
  return g_object_new (KITH_TYPE_WRAP_BOX, NULL);
}

/**
 * kith_wrap_box_append:
 * @child: (transfer floating): the box is its parent from now on
 */
void
kith_wrap_box_append (KithWrapBox *self,
                      GtkWidget   *child)
{
  gtk_widget_set_parent (child, GTK_WIDGET (self));
}
