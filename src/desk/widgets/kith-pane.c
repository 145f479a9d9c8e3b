/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "widgets/kith-pane.h"

#define ORDINARY_DPI (96 * 1024)

struct _KithPane
{
  AdwBin parent_instance;
  int wanted;
};

G_DEFINE_FINAL_TYPE (KithPane, kith_pane, ADW_TYPE_BIN)

static void
kith_pane_measure (GtkWidget      *widget,
                   GtkOrientation  orientation,
                   int             for_size,
                   int            *minimum,
                   int            *natural,
                   int            *minimum_baseline,
                   int            *natural_baseline)
{
  GtkWidget *child = adw_bin_get_child (ADW_BIN (widget));
  int dpi = 0;

  *minimum = *natural = 0;
  *minimum_baseline = *natural_baseline = -1;
  if (child)
    gtk_widget_measure (child, orientation, orientation == GTK_ORIENTATION_HORIZONTAL ? -1 : for_size, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_VERTICAL || KITH_PANE (widget)->wanted == 0)
    return;
  g_object_get (gtk_widget_get_settings (widget), "gtk-xft-dpi", &dpi, NULL);
  *natural = MAX (*minimum, (int) ((gint64) KITH_PANE (widget)->wanted * MAX (dpi, ORDINARY_DPI) / ORDINARY_DPI));
}

static void
kith_pane_size_allocate (GtkWidget *widget,
                         int        width,
                         int        height,
                         int        baseline)
{
  GtkWidget *child = adw_bin_get_child (ADW_BIN (widget));

  if (child)
    gtk_widget_allocate (child, width, height, baseline, NULL);
}

static GtkSizeRequestMode
kith_pane_get_request_mode (GtkWidget *widget)
{
  GtkWidget *child = adw_bin_get_child (ADW_BIN (widget));

  return child ? gtk_widget_get_request_mode (child) : GTK_SIZE_REQUEST_CONSTANT_SIZE;
}

static void
kith_pane_set_property (GObject      *object,
                        guint         id,
                        const GValue *value,
                        GParamSpec   *pspec)
{
  KITH_PANE (object)->wanted = g_value_get_int (value);
  gtk_widget_queue_resize (GTK_WIDGET (object));
}

static void
kith_pane_class_init (KithPaneClass *klass)
{
  G_OBJECT_CLASS (klass)->set_property = kith_pane_set_property;
  GTK_WIDGET_CLASS (klass)->measure = kith_pane_measure;
  GTK_WIDGET_CLASS (klass)->get_request_mode = kith_pane_get_request_mode;
  GTK_WIDGET_CLASS (klass)->size_allocate = kith_pane_size_allocate;
  g_object_class_install_property (G_OBJECT_CLASS (klass), 1, g_param_spec_int ("wanted", NULL, NULL, 0, G_MAXINT, 0, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS));
}

static void
kith_pane_init (KithPane *self)
{
  gtk_widget_set_layout_manager (GTK_WIDGET (self), NULL); /* that of a bin knows no wish of its own */
}
