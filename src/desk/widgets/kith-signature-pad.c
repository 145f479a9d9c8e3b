/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-signature-pad.h"

#include <glib/gi18n.h>

#include "kith-signature.h"

#define PEN 7.0       /* as wide as this, of KITH_SIGNATURE_WIDTH */
#define NEAR 3        /* nearer points than this add nothing */
#define EDIT_HEIGHT 144  /* pixels: big enough for a finger */
#define SHOWN_HEIGHT 66
#define MOST_POINTS 20000

struct _KithSignaturePad
{
  GtkWidget parent_instance;
  GArray *points; /* (element-type KithSignaturePoint) */
  GtkGesture *drag;
  double start_x, start_y; /* of the drag */
  gboolean editable;
};

G_DEFINE_FINAL_TYPE (KithSignaturePad, kith_signature_pad, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* The field as large as it fits, in the middle: its shape is kept. */
static double
fit (KithSignaturePad *self,
     double           *left,
     double           *top)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self)), height = gtk_widget_get_height (GTK_WIDGET (self));
  double scale = MIN ((double) width / KITH_SIGNATURE_WIDTH, (double) height / KITH_SIGNATURE_HEIGHT);

  *left = (width - scale * KITH_SIGNATURE_WIDTH) / 2;
  *top = (height - scale * KITH_SIGNATURE_HEIGHT) / 2;
  return scale;
}

void
kith_signature_pad_stroke (KithSignaturePad *self,
                           double            x,
                           double            y,
                           gboolean          begins)
{
  double left, top, scale = fit (self, &left, &top);
  KithSignaturePoint point = { .begins = begins || self->points->len == 0 };

  if (scale <= 0 || self->points->len >= MOST_POINTS)
    return;
  point.x = (int) CLAMP ((x - left) / scale, 0, KITH_SIGNATURE_WIDTH);
  point.y = (int) CLAMP ((y - top) / scale, 0, KITH_SIGNATURE_HEIGHT);
  if (!point.begins)
    {
      const KithSignaturePoint *last = &g_array_index (self->points, KithSignaturePoint, self->points->len - 1);

      if (ABS (point.x - last->x) < NEAR && ABS (point.y - last->y) < NEAR)
        return;
    }
  g_array_append_val (self->points, point);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
finished (KithSignaturePad *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* Mouse and finger. A pen comes through its own gesture, with what it did between two frames. */
static gboolean
is_pen (GtkGesture *gesture)
{
  GdkEvent *event = gtk_gesture_get_last_event (gesture, gtk_gesture_single_get_current_sequence (GTK_GESTURE_SINGLE (gesture)));

  return event && gdk_event_get_device_tool (event) != NULL;
}

static void
drag_begin_cb (KithSignaturePad *self,
               double            x,
               double            y)
{
  if (is_pen (self->drag))
    return;
  gtk_gesture_set_state (self->drag, GTK_EVENT_SEQUENCE_CLAIMED); /* or the page would scroll */
  self->start_x = x;
  self->start_y = y;
  kith_signature_pad_stroke (self, x, y, TRUE);
}

static void
drag_update_cb (KithSignaturePad *self,
                double            dx,
                double            dy)
{
  if (!is_pen (self->drag))
    kith_signature_pad_stroke (self, self->start_x + dx, self->start_y + dy, FALSE);
}

static void
drag_end_cb (KithSignaturePad *self,
             double            dx,
             double            dy)
{
  if (!is_pen (self->drag))
    finished (self);
}

static void
pen_down_cb (KithSignaturePad *self,
             double            x,
             double            y,
             GtkGesture       *pen)
{
  gtk_gesture_set_state (pen, GTK_EVENT_SEQUENCE_CLAIMED);
  kith_signature_pad_stroke (self, x, y, TRUE);
}

static void
pen_motion_cb (KithSignaturePad *self,
               double            x,
               double            y,
               GtkGesture       *pen)
{
  g_autofree GdkTimeCoord *between = NULL;
  guint n = 0;

  if (gtk_gesture_stylus_get_backlog (GTK_GESTURE_STYLUS (pen), &between, &n))
    for (guint i = 0; i < n; i++)
      kith_signature_pad_stroke (self, between[i].axes[GDK_AXIS_X], between[i].axes[GDK_AXIS_Y], FALSE);
  kith_signature_pad_stroke (self, x, y, FALSE);
}

static void
pen_up_cb (KithSignaturePad *self,
           double            x,
           double            y,
           GtkGesture       *pen)
{
  kith_signature_pad_stroke (self, x, y, FALSE);
  finished (self);
}

/* ---- how it looks ---- */

static void
kith_signature_pad_snapshot (GtkWidget   *widget,
                             GtkSnapshot *snapshot)
{
  KithSignaturePad *self = KITH_SIGNATURE_PAD (widget);
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  double left, top, scale = fit (self, &left, &top);
  GdkRGBA ink;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &ink);
  cairo_translate (cr, left, top);
  cairo_scale (cr, scale, scale);
  cairo_set_source_rgba (cr, ink.red, ink.green, ink.blue, 0.35 * ink.alpha);
  cairo_set_line_width (cr, 2);
  cairo_move_to (cr, 40, KITH_SIGNATURE_HEIGHT * 0.8);
  cairo_line_to (cr, KITH_SIGNATURE_WIDTH - 40, KITH_SIGNATURE_HEIGHT * 0.8);
  cairo_stroke (cr);
  gdk_cairo_set_source_rgba (cr, &ink);
  cairo_set_line_width (cr, PEN);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  for (guint i = 0; i < self->points->len; i++)
    {
      const KithSignaturePoint *point = &g_array_index (self->points, KithSignaturePoint, i);

      if (point->begins)
        cairo_move_to (cr, point->x, point->y);
      cairo_line_to (cr, point->x, point->y); /* a stroke of one point is a dot */
    }
  cairo_stroke (cr);
  cairo_destroy (cr);
}

static void
kith_signature_pad_measure (GtkWidget     *widget,
                            GtkOrientation orientation,
                            int            for_size,
                            int           *minimum,
                            int           *natural,
                            int           *minimum_baseline,
                            int           *natural_baseline)
{
  int height = KITH_SIGNATURE_PAD (widget)->editable ? EDIT_HEIGHT : SHOWN_HEIGHT;

  if (orientation == GTK_ORIENTATION_VERTICAL)
    *minimum = *natural = height;
  else
    {
      *minimum = 120;
      *natural = height * KITH_SIGNATURE_WIDTH / KITH_SIGNATURE_HEIGHT;
    }
}

static void
kith_signature_pad_finalize (GObject *object)
{
  g_array_unref (KITH_SIGNATURE_PAD (object)->points);
  G_OBJECT_CLASS (kith_signature_pad_parent_class)->finalize (object);
}

static void
kith_signature_pad_class_init (KithSignaturePadClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = kith_signature_pad_finalize;
  widget_class->snapshot = kith_signature_pad_snapshot;
  widget_class->measure = kith_signature_pad_measure;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_css_name (widget_class, "signature");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
kith_signature_pad_init (KithSignaturePad *self)
{
  self->points = g_array_new (FALSE, FALSE, sizeof (KithSignaturePoint));
}

static void
add_gestures (KithSignaturePad *self)
{
  GtkGesture *pen = gtk_gesture_stylus_new ();

  self->drag = gtk_gesture_drag_new ();
  g_signal_connect_object (self->drag, "drag-begin", G_CALLBACK (drag_begin_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->drag, "drag-update", G_CALLBACK (drag_update_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->drag, "drag-end", G_CALLBACK (drag_end_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (pen, "down", G_CALLBACK (pen_down_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (pen, "motion", G_CALLBACK (pen_motion_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (pen, "up", G_CALLBACK (pen_up_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (self->drag));
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (pen));
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "crosshair");
}

/**
 * kith_signature_pad_new:
 * @editable: FALSE: a signature is shown, nothing can be drawn
 *
 * Returns: (transfer floating): an empty pad
 */
GtkWidget *
kith_signature_pad_new (gboolean editable)
{
  KithSignaturePad *self = g_object_new (KITH_TYPE_SIGNATURE_PAD, NULL);

  self->editable = editable;
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  if (editable)
    add_gestures (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  editable ? _("Sign here with a pen, a finger or the mouse, or type the name below") : _("Signature"), -1);
  return GTK_WIDGET (self);
}

void
kith_signature_pad_set_text (KithSignaturePad *self,
                             const char       *text)
{
  g_autoptr (GArray) points = kith_signature_parse (text);

  g_array_set_size (self->points, 0);
  if (points)
    g_array_append_vals (self->points, points->data, points->len);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  finished (self);
}

char *
kith_signature_pad_get_text (KithSignaturePad *self)
{
  return kith_signature_format (self->points);
}
