/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk-fixture.h"

#include "widgets/kith-box-layout.h"

/* Boxes share their width without asking anybody how wide it is at a height. */

#define KITH_TYPE_PROBE (kith_probe_get_type ())
G_DECLARE_FINAL_TYPE (KithProbe, kith_probe, KITH, PROBE, GtkWidget)

/* 20 to 200 px wide, and as many lines of 10 px high as 200 px need in its width. */
struct _KithProbe
{
  GtkWidget parent_instance;
  guint searched; /* how often it was asked for a width at a height */
};

G_DEFINE_FINAL_TYPE (KithProbe, kith_probe, GTK_TYPE_WIDGET)

static void
kith_probe_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      KITH_PROBE (widget)->searched += for_size >= 0;
      *minimum = 20;
      *natural = 200;
    }
  else
    *minimum = *natural = 10 * (for_size < 0 ? 1 : (200 + for_size - 1) / MAX (for_size, 20));
}

static GtkSizeRequestMode
kith_probe_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
kith_probe_class_init (KithProbeClass *klass)
{
  GTK_WIDGET_CLASS (klass)->measure = kith_probe_measure;
  GTK_WIDGET_CLASS (klass)->get_request_mode = kith_probe_get_request_mode;
}

static void
kith_probe_init (KithProbe *self)
{
}

typedef struct
{
  GtkWidget *box, *children[3];
} Box;

/* A probe, one that takes what is left over, and one of 40 px; 6 px between two. Never in a window: it is placed by hand. Free with end_box () */
static Box
make_box (void)
{
  Box self = { .box = g_object_ref_sink (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6)) };

  kith_box_layout_install ();
  for (guint i = 0; i < G_N_ELEMENTS (self.children); i++)
    {
      self.children[i] = i == 2 ? gtk_box_new (GTK_ORIENTATION_VERTICAL, 0) : g_object_new (KITH_TYPE_PROBE, NULL);
      gtk_box_append (GTK_BOX (self.box), self.children[i]);
    }
  gtk_widget_set_size_request (self.children[2], 40, 15);
  gtk_widget_set_hexpand (self.children[1], TRUE);
  return self;
}

static void
end_box (Box *self)
{
  g_object_unref (self->box);
}

/* The height that the box needs in this width; it is placed so. */
static int
lay_out (Box *self, int width)
{
  int minimum, natural, height;

  gtk_widget_measure (self->box, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, ==, 20 + 20 + 40 + 12);
  gtk_widget_measure (self->box, GTK_ORIENTATION_VERTICAL, width, &height, &natural, NULL, NULL);
  g_assert_cmpint (natural, ==, height);
  gtk_widget_allocate (self->box, width, height, -1, NULL);
  return height;
}

static int
left_of (GtkWidget *child)
{
  graphene_point_t at;

  g_assert_true (gtk_widget_compute_point (child, gtk_widget_get_parent (child), &GRAPHENE_POINT_INIT (0, 0), &at));
  return (int) at.x;
}

static void
test_share (void)
{
  static const struct { int width, widths[3], height; } cases[] = {
    { 92, { 20, 20, 40 }, 100 },    /* the least */
    { 252, { 100, 100, 40 }, 20 },  /* what is more goes to those that wish for it, alike */
    { 452, { 200, 200, 40 }, 15 },  /* all have what they wish; the tallest says how high */
    { 552, { 200, 300, 40 }, 15 },  /* and what is left goes to whoever takes it */
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (guint turned = 0; turned < 2; turned++)
      {
        Box box = make_box ();
        int x = 0;

        gtk_widget_set_direction (box.box, turned ? GTK_TEXT_DIR_RTL : GTK_TEXT_DIR_LTR);
        g_assert_cmpint (lay_out (&box, cases[i].width), ==, cases[i].height);
        for (guint k = 0; k < 3; k++)
          {
            int width = gtk_widget_get_width (box.children[k]);

            g_assert_cmpint (width, ==, cases[i].widths[k]);
            g_assert_cmpint (gtk_widget_get_height (box.children[k]), ==, cases[i].height);
            g_assert_cmpint (left_of (box.children[k]), ==, turned ? cases[i].width - x - width : x);
            x += width + 6;
          }
        end_box (&box);
      }
}

/* In boxes within boxes, beside others, in the middle of more height than they need: nobody is asked. */
static void
test_unsearched (void)
{
  Box box = make_box ();
  GtkWidget *outer = g_object_ref_sink (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0)), *middle = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_widget_set_valign (middle, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (middle), box.box);
  gtk_box_append (GTK_BOX (outer), middle);
  gtk_widget_measure (outer, GTK_ORIENTATION_HORIZONTAL, -1, NULL, NULL, NULL, NULL);
  gtk_widget_measure (outer, GTK_ORIENTATION_VERTICAL, 252, NULL, NULL, NULL, NULL);
  gtk_widget_allocate (outer, 252, 90, -1, NULL);
  g_assert_cmpint (gtk_widget_get_width (box.children[0]), ==, 100);
  for (guint i = 0; i < 2; i++)
    g_assert_cmpuint (KITH_PROBE (box.children[i])->searched, ==, 0);
  g_object_unref (outer);
  end_box (&box);
}

/* Small words and large ones stand on one line where they are asked to. */
static void
test_baseline (void)
{
  GtkWidget *box = g_object_ref_sink (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6));
  int baselines[2], width, height;

  kith_box_layout_install ();
  for (guint i = 0; i < 2; i++)
    {
      GtkWidget *label = gtk_label_new (NULL);

      gtk_label_set_markup (GTK_LABEL (label), i == 0 ? "<span size='30000'>Large</span>" : "small");
      gtk_widget_set_valign (label, GTK_ALIGN_BASELINE);
      gtk_box_append (GTK_BOX (box), label);
    }
  gtk_widget_measure (box, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &width, NULL, NULL);
  gtk_widget_measure (box, GTK_ORIENTATION_VERTICAL, width, &height, NULL, NULL, NULL);
  gtk_widget_allocate (box, width, height + 30, -1, NULL);
  for (guint i = 0; i < 2; i++)
    {
      GtkWidget *label = i == 0 ? gtk_widget_get_first_child (box) : gtk_widget_get_last_child (box);
      graphene_point_t at;
      int y;

      g_assert_true (gtk_widget_compute_point (label, box, &GRAPHENE_POINT_INIT (0, 0), &at));
      gtk_label_get_layout_offsets (GTK_LABEL (label), NULL, &y);
      baselines[i] = (int) at.y + y + pango_layout_get_baseline (gtk_label_get_layout (GTK_LABEL (label))) / PANGO_SCALE;
    }
  g_assert_cmpint (ABS (baselines[0] - baselines[1]), <=, 1);
  g_object_unref (box);
}

int
main (int argc, char **argv)
{
  fixture_begin (&argc, &argv);
  g_test_add_func ("/desk/box/share", test_share);
  g_test_add_func ("/desk/box/unsearched", test_unsearched);
  g_test_add_func ("/desk/box/baseline", test_baseline);
  return g_test_run ();
}
