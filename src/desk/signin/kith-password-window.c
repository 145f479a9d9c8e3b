/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "signin/kith-password-window.h"

#include <glib/gi18n.h>

#include "kith-shortcuts.h"
#include "widgets/kith-fit.h"

struct _KithPasswordWindow
{
  AdwWindow parent_instance;
  KithContext *context;
  GtkEditable *former, *next, *again;
  GtkLabel *problem;
  GtkButton *commit_button;
};

G_DEFINE_FINAL_TYPE (KithPasswordWindow, kith_password_window, ADW_TYPE_WINDOW)

/* from: (nullable): where it is to be put right */
static void
tell (KithPasswordWindow *self,
      const char         *words,
      GtkEditable        *from)
{
  gtk_label_set_text (self->problem, words ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), words != NULL);
  if (from)
    gtk_widget_grab_focus (GTK_WIDGET (from));
}

typedef struct
{
  KithPasswordWindow *window;
  KithContext *context; /* also when the window is gone: whoever closed it has to know which password holds */
} Asked;

static void
changed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  Asked *asked = user_data;
  g_autoptr (KithPasswordWindow) self = asked->window;
  g_autoptr (KithContext) context = asked->context;
  g_autoptr (GError) error = NULL;
  gboolean done = kith_desktop_finish (KITH_DESKTOP (source), result, &error);

  g_free (asked);
  if (done)
    kith_context_toast (context, _("Your password is changed. This computer opens with it from now on; others ask for it."));
  if (!self->context) /* closed meanwhile */
    {
      if (!done)
        kith_context_problem (context, _("Your password was not changed"), error);
      return;
    }
  gtk_widget_set_sensitive (GTK_WIDGET (self->commit_button), TRUE);
  if (done)
    gtk_window_destroy (GTK_WINDOW (self));
  else
    tell (self, error->message, g_error_matches (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT) ? self->next : self->former);
}

static void
commit_cb (KithPasswordWindow *self)
{
  const char *former = gtk_editable_get_text (self->former), *next = gtk_editable_get_text (self->next);

  if (!gtk_widget_get_sensitive (GTK_WIDGET (self->commit_button)))
    return;
  if (*former == '\0')
    tell (self, _("Enter the password you sign in with now."), self->former);
  else if (*next == '\0')
    tell (self, _("Choose a new password."), self->next);
  else if (!g_str_equal (next, gtk_editable_get_text (self->again)))
    tell (self, _("The two new passwords differ. Type the second one again."), self->again);
  else if (g_str_equal (next, former))
    tell (self, _("The new password is the present one. Choose another."), self->next);
  else
    {
      Asked *asked = g_new0 (Asked, 1);

      asked->window = g_object_ref (self);
      asked->context = g_object_ref (self->context);
      tell (self, NULL, NULL);
      gtk_widget_set_sensitive (GTK_WIDGET (self->commit_button), FALSE);
      kith_desktop_change_password_async (kith_context_get_desktop (self->context), former, next, changed_cb, asked);
    }
}

static void
commit_action (GtkWidget  *widget,
               const char *name,
               GVariant   *target)
{
  commit_cb (KITH_PASSWORD_WINDOW (widget));
}

static void
cancel_action (GtkWidget  *widget,
               const char *name,
               GVariant   *target)
{
  gtk_window_destroy (GTK_WINDOW (widget));
}

static void
kith_password_window_dispose (GObject *object)
{
  KithPasswordWindow *self = KITH_PASSWORD_WINDOW (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), KITH_TYPE_PASSWORD_WINDOW);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (kith_password_window_parent_class)->dispose (object);
}

static void
kith_password_window_class_init (KithPasswordWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kith_password_window_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/kith/Kith/signin/kith-password-window.ui");
  gtk_widget_class_bind_template_child (widget_class, KithPasswordWindow, former);
  gtk_widget_class_bind_template_child (widget_class, KithPasswordWindow, next);
  gtk_widget_class_bind_template_child (widget_class, KithPasswordWindow, again);
  gtk_widget_class_bind_template_child (widget_class, KithPasswordWindow, problem);
  gtk_widget_class_bind_template_child (widget_class, KithPasswordWindow, commit_button);
  gtk_widget_class_bind_template_callback (widget_class, commit_cb);
  gtk_widget_class_install_action (widget_class, "form.commit", NULL, commit_action);
  gtk_widget_class_install_action (widget_class, "form.cancel", NULL, cancel_action);
  kith_shortcuts_install_class (widget_class, KITH_KEYS_FORM);
}

static void
kith_password_window_init (KithPasswordWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  kith_fit_to_text (GTK_WINDOW (self));
}

/**
 * kith_password_window_new:
 * @parent: (nullable): the window it belongs to
 *
 * Returns: (transfer none): a window that is not shown yet; GTK keeps it until it is closed
 */
GtkWidget *
kith_password_window_new (KithContext *context,
                          GtkWindow   *parent)
{
  KithPasswordWindow *self = g_object_new (KITH_TYPE_PASSWORD_WINDOW, "transient-for", parent, NULL);

  self->context = g_object_ref (context);
  gtk_widget_grab_focus (GTK_WIDGET (self->former));
  return GTK_WIDGET (self);
}
