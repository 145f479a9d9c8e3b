/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Toasts, and the undo one of them offers. */

#include "kith-frame-private.h"

#include <glib/gi18n.h>

#include "widgets/kith-toast.h"

static void
set_undo (KithFrame  *self,
          AdwToast   *toast,
          const char *op_id)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  g_set_object (&self->undo_toast, toast);
  g_free (self->undo_op);
  self->undo_op = g_strdup (op_id);
  if (root) /* not while the frame is being taken down */
    gtk_widget_action_set_enabled (GTK_WIDGET (root), "win.undo", op_id != NULL);
}

static void
toast_dismissed_cb (KithFrame *self,
                    AdwToast  *toast)
{
  if (toast == self->undo_toast)
    set_undo (self, NULL, NULL);
}

static void
toast_cb (KithFrame  *self,
          const char *text,
          const char *op_id)
{
  AdwToast *toast = kith_toast_new (text);

  adw_toast_set_timeout (toast, op_id ? KITH_UNDO_MS / 1000 : 4);
  if (op_id)
    {
      if (self->undo_toast)
        adw_toast_dismiss (self->undo_toast);
      adw_toast_set_button_label (toast, _("Undo"));
      adw_toast_set_action_name (toast, "win.undo");
      g_signal_connect_object (toast, "dismissed", G_CALLBACK (toast_dismissed_cb), self, G_CONNECT_SWAPPED);
      set_undo (self, toast, op_id);
    }
  adw_toast_overlay_add_toast (self->toasts, toast);
}

/* Returns: whether a toast offers Undo now */
gboolean
kith_frame_can_undo (KithFrame *self)
{
  return self->undo_op != NULL;
}

static void
undone_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (KithFrame) self = user_data;
  g_autoptr (GError) error = NULL;

  if (kith_desktop_finish (KITH_DESKTOP (source), result, &error))
    kith_context_toast (self->context, _("Undone"));
  else
    kith_context_problem (self->context, _("Too late to undo: it has been sent"), error);
}

/* Takes the operation of the undo toast back, or says that it has been sent. Nothing without such a toast. */
void
kith_frame_undo (KithFrame *self)
{
  g_autofree char *op_id = g_strdup (self->undo_op);

  if (!op_id)
    return;
  if (self->undo_toast)
    adw_toast_dismiss (self->undo_toast);
  set_undo (self, NULL, NULL);
  kith_desktop_undo_async (kith_context_get_desktop (self->context), op_id, undone_cb, g_object_ref (self));
}

void
kith_frame_show_toasts (KithFrame *self)
{
  g_signal_connect_object (self->context, "toast", G_CALLBACK (toast_cb), self, G_CONNECT_SWAPPED);
}
