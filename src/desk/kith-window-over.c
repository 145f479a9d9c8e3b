/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-window-private.h"

#include "widgets/kith-tooltip.h"

/* Windows over this one: they are separate windows to GTK, which knows nothing there of this one's keys and lets this one know nothing of what is
 * typed there. */

/**
 * kith_window_is_over:
 *
 * A window over a window over this one shows as much as the first.
 *
 * Returns: whether @window stands over @other, however many are between
 */
gboolean
kith_window_is_over (GtkWindow *window,
                     GtkWindow *other)
{
  do
    window = gtk_window_get_transient_for (window);
  while (window && window != other);
  return window != NULL;
}

/**
 * kith_window_close_others:
 *
 * Before a lock: all that stands over this one goes.
 */
void
kith_window_close_others (KithWindow *self)
{
  g_autoptr (GPtrArray) over = g_ptr_array_new_with_free_func (g_object_unref), ours = g_ptr_array_new ();
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l; l = l->next)
    if (kith_window_is_over (l->data, GTK_WINDOW (self)))
      g_ptr_array_add (over, g_object_ref (l->data));
  for (guint i = 0; i < over->len; i++) /* a chooser of files or printers is in the hands of what opened it, which waits for an answer and takes it away then */
    if (GTK_IS_DIALOG (over->pdata[i]))
      gtk_dialog_response (over->pdata[i], GTK_RESPONSE_CANCEL);
    else
      g_ptr_array_add (ours, over->pdata[i]);
  for (guint i = 0; i < ours->len; i++) /* all are known before the first goes, and with it what the others stand over */
    gtk_window_destroy (ours->pdata[i]);
  kith_tooltip_forget (GTK_WIDGET (self));
}

static gboolean
input_cb (KithWindow         *self,
          GdkEvent           *event,
          GtkEventController *controller)
{
  GtkWidget *window = gtk_event_controller_get_widget (controller);

  switch ((int) gdk_event_get_event_type (event))
    {
    case GDK_KEY_PRESS:
    case GDK_BUTTON_PRESS:
    case GDK_MOTION_NOTIFY:
    case GDK_SCROLL:
    case GDK_TOUCH_BEGIN:
      if (window == GTK_WIDGET (self) || kith_window_is_over (GTK_WINDOW (window), GTK_WINDOW (self)))
        kith_window_note_input (self);
      break;
    default:
      break;
    }
  return GDK_EVENT_PROPAGATE;
}

/* Somebody works in it: the idle clock begins anew. */
static void
watch_input (KithWindow *self,
             GtkWidget  *window)
{
  GtkEventController *watcher = gtk_event_controller_legacy_new ();

  gtk_event_controller_set_propagation_phase (watcher, GTK_PHASE_CAPTURE);
  g_signal_connect_object (watcher, "event", G_CALLBACK (input_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (window, watcher);
}

/* What this window's own keys do, done in it. */
static gboolean
below_cb (GtkWidget *window,
          GVariant  *arguments,
          gpointer   action)
{
  GtkWindow *below = GTK_WINDOW (window);

  while (below && !KITH_IS_WINDOW (below))
    below = gtk_window_get_transient_for (below);
  return below && gtk_widget_activate_action (GTK_WIDGET (below), action, NULL);
}

/* Whose window a new one stands over is known only when it is used. */
static void
toplevels_cb (KithWindow *self,
              guint       at,
              guint       removed,
              guint       added,
              GListModel *toplevels)
{
  for (guint i = at; i < at + added; i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (toplevels, i);

      if (KITH_IS_WINDOW (window))
        continue;
      watch_input (self, window);
      g_signal_connect_object (window, "show", G_CALLBACK (kith_window_hide_new), self, G_CONNECT_SWAPPED);
      kith_shortcuts_install_callback (window, "win.lock", below_cb);
      kith_shortcuts_install_callback (window, "win.cover", below_cb);
      kith_shortcuts_install_callback (window, "app.quit", below_cb);
    }
}

/**
 * kith_window_watch_others:
 *
 * From init: the idle clock hears of what is done here and in each window over this one, and the keys that lock, hide and quit work there, too; none
 * comes into sight while this one is hidden.
 */
void
kith_window_watch_others (KithWindow *self)
{
  watch_input (self, GTK_WIDGET (self));
  g_signal_connect_object (gtk_window_get_toplevels (), "items-changed", G_CALLBACK (toplevels_cb), self, G_CONNECT_SWAPPED);
}
