/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "widgets/kith-one-stop.h"

struct _KithOneStop
{
  AdwBin parent_instance;
};

G_DEFINE_FINAL_TYPE (KithOneStop, kith_one_stop, ADW_TYPE_BIN)

/* From outside into it, with Tab as with an arrow; within it only with the arrows. */
static gboolean
kith_one_stop_focus (GtkWidget       *widget,
                     GtkDirectionType direction)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root ? gtk_root_get_focus (root) : NULL;

  if ((direction == GTK_DIR_TAB_FORWARD || direction == GTK_DIR_TAB_BACKWARD) && focus && gtk_widget_is_ancestor (focus, widget))
    return GDK_EVENT_PROPAGATE;
  return GTK_WIDGET_CLASS (kith_one_stop_parent_class)->focus (widget, direction);
}

static void
kith_one_stop_class_init (KithOneStopClass *klass)
{
  GTK_WIDGET_CLASS (klass)->focus = kith_one_stop_focus;
}

static void
kith_one_stop_init (KithOneStop *self)
{
}
