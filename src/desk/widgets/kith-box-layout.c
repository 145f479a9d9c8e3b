/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-box-layout.h"

/* How a horizontal GtkBox shares its width. GTK 4.8 asks each child for its width at one height after another, until the lowest height is found in
 * which all fit; a label that wraps lays out its text a dozen times for each answer, and boxes lie in boxes: of the time that a page took to open,
 * three fifths went there. Here widths come first, between the least and the natural one, and the heights follow from them. Boxes that stand, and
 * those whose children are equally wide, are GTK's own. */

static void (*gtk_measure) (GtkLayoutManager *, GtkWidget *, GtkOrientation, int, int *, int *, int *, int *);
static void (*gtk_allocate) (GtkLayoutManager *, GtkWidget *, int, int, int);

static gboolean
is_own (GtkLayoutManager *layout)
{
  return gtk_orientable_get_orientation (GTK_ORIENTABLE (layout)) == GTK_ORIENTATION_HORIZONTAL && !gtk_box_layout_get_homogeneous (GTK_BOX_LAYOUT (layout));
}

/* Its width is asked for at a height, and it goes by none: one that lies has shared it before, and of one that stands GTK uses the natural width, which
 * is that without a height, unless it is put to one side of more room than it needs. */
static gboolean
is_wide (GtkLayoutManager *layout,
         GtkWidget        *box)
{
  return is_own (layout) || gtk_widget_get_halign (box) == GTK_ALIGN_FILL || gtk_widget_get_valign (box) != GTK_ALIGN_FILL;
}

static guint
count_children (GtkWidget *box)
{
  guint n = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (box); child; child = gtk_widget_get_next_sibling (child))
    n += gtk_widget_should_layout (child);
  return n;
}

/* Into sizes, as minimum_size, how wide each child becomes of so much. Returns the gap between two: the style's is part of what the box says it needs. */
static int
share (GtkLayoutManager *layout,
       GtkWidget        *box,
       int               width,
       GtkRequestedSize *sizes,
       guint             n)
{
  guint n_expand = 0, i = 0;
  int least = 0, needed, natural, baselines[2], gap, rest;

  for (GtkWidget *child = gtk_widget_get_first_child (box); child; child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_should_layout (child))
      {
        sizes[i].data = child;
        gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &sizes[i].minimum_size, &sizes[i].natural_size, NULL, NULL);
        least += sizes[i].minimum_size;
        n_expand += gtk_widget_compute_expand (child, GTK_ORIENTATION_HORIZONTAL);
        i++;
      }
  gtk_measure (layout, box, GTK_ORIENTATION_HORIZONTAL, -1, &needed, &natural, &baselines[0], &baselines[1]);
  gap = n > 1 ? (needed - least) / (int) (n - 1) : 0;

  rest = gtk_distribute_natural_allocation (MAX (0, width - needed), n, sizes);
  for (i = 0; i < n && n_expand > 0; i++)
    if (gtk_widget_compute_expand (sizes[i].data, GTK_ORIENTATION_HORIZONTAL))
      {
        int more = (rest + (int) n_expand - 1) / (int) n_expand; /* what is left over goes to the first */

        sizes[i].minimum_size += more;
        rest -= more;
        n_expand--;
      }
  return gap;
}

/* Children of which each has its height above and below a common line, or stands by itself. */
typedef struct
{
  int alone, above, below;
  gboolean lined;
} Height;

static void
add_height (Height *height,
            int     size,
            int     baseline)
{
  if (baseline < 0)
    {
      height->alone = MAX (height->alone, size);
      return;
    }
  height->above = MAX (height->above, baseline);
  height->below = MAX (height->below, size - baseline);
  height->lined = TRUE;
}

/* Where the common line is in so much; -1: there is none. */
static int
line_of (GtkLayoutManager *layout,
         const Height     *height,
         int               size)
{
  int slack = MAX (0, size - height->above - height->below);

  if (!height->lined)
    return -1;
  switch (gtk_box_layout_get_baseline_position (GTK_BOX_LAYOUT (layout)))
    {
    case GTK_BASELINE_POSITION_TOP:
      return height->above;
    case GTK_BASELINE_POSITION_BOTTOM:
      return height->above + slack;
    case GTK_BASELINE_POSITION_CENTER:
    default:
      return height->above + slack / 2;
    }
}

static void
box_measure (GtkLayoutManager *layout,
             GtkWidget        *box,
             GtkOrientation    orientation,
             int               for_size,
             int              *minimum,
             int              *natural,
             int              *minimum_baseline,
             int              *natural_baseline)
{
  guint n = count_children (box);
  GtkRequestedSize *sizes = g_newa0 (GtkRequestedSize, n);
  Height least = { 0 }, wished = { 0 };

  if (orientation == GTK_ORIENTATION_HORIZONTAL || for_size < 0 || n == 0 || !is_own (layout))
    {
      gtk_measure (layout, box, orientation, orientation == GTK_ORIENTATION_HORIZONTAL && is_wide (layout, box) ? -1 : for_size, minimum, natural,
                   minimum_baseline, natural_baseline);
      return;
    }
  share (layout, box, for_size, sizes, n);
  for (guint i = 0; i < n; i++)
    {
      int low, high, low_line = -1, high_line = -1;

      gtk_widget_measure (sizes[i].data, orientation, sizes[i].minimum_size, &low, &high, &low_line, &high_line);
      add_height (&least, low, low_line);
      add_height (&wished, high, high_line);
    }
  *minimum = MAX (least.alone, least.above + least.below);
  *natural = MAX (*minimum, MAX (wished.alone, wished.above + wished.below));
  *minimum_baseline = line_of (layout, &least, *minimum);
  *natural_baseline = line_of (layout, &wished, *natural);
}

static void
box_allocate (GtkLayoutManager *layout,
              GtkWidget        *box,
              int               width,
              int               height,
              int               baseline)
{
  guint n = count_children (box);
  GtkRequestedSize *sizes = g_newa0 (GtkRequestedSize, n);
  Height lined = { 0 };
  int x = 0, gap;

  if (n == 0 || !is_own (layout))
    {
      gtk_allocate (layout, box, width, height, baseline);
      return;
    }
  gap = share (layout, box, width, sizes, n);
  for (guint i = 0; i < n && baseline < 0; i++)
    if (gtk_widget_get_valign (sizes[i].data) == GTK_ALIGN_BASELINE)
      {
        int low, line = -1;

        gtk_widget_measure (sizes[i].data, GTK_ORIENTATION_VERTICAL, sizes[i].minimum_size, &low, NULL, &line, NULL);
        if (line >= 0)
          add_height (&lined, low, line);
      }
  if (baseline < 0)
    baseline = line_of (layout, &lined, height);
  for (guint i = 0; i < n; i++)
    {
      gboolean turned = gtk_widget_get_direction (box) == GTK_TEXT_DIR_RTL;

      gtk_widget_size_allocate (sizes[i].data, &(GtkAllocation) { turned ? width - x - sizes[i].minimum_size : x, 0, sizes[i].minimum_size, height }, baseline);
      x += sizes[i].minimum_size + gap;
    }
}

/* GtkBox makes its layout itself, and so do the rows of libadwaita: what is not there to be derived from is given other functions. */
void
kith_box_layout_install (void)
{
  GtkLayoutManagerClass *klass = g_type_class_ref (GTK_TYPE_BOX_LAYOUT);

  if (klass->measure == box_measure)
    return;
  gtk_measure = klass->measure;
  gtk_allocate = klass->allocate;
  klass->measure = box_measure;
  klass->allocate = box_allocate;
}
