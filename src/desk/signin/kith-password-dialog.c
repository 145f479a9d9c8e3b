/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-password-dialog.h"

#include <glib/gi18n.h>

typedef struct
{
  KithContext *context;
  GtkWindow *parent; /* weak */
} Asking;

static void present (KithContext *context, GtkWindow *parent, const char *body);

static Asking *
asking_new (KithContext *context,
            GtkWindow   *parent)
{
  Asking *asking = g_new0 (Asking, 1);

  asking->context = g_object_ref (context);
  g_set_weak_pointer (&asking->parent, parent);
  return asking;
}

static void
asking_free (Asking *asking)
{
  g_clear_weak_pointer (&asking->parent);
  g_object_unref (asking->context);
  g_free (asking);
}

static void
signed_in_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  Asking *asking = user_data;
  g_autoptr (GError) error = NULL;

  if (kith_desktop_finish (KITH_DESKTOP (source), result, &error))
    kith_context_toast (asking->context, _("Signed in. This computer opens with the new password from now on."));
  else if (asking->parent && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    present (asking->context, asking->parent, error->message);
  asking_free (asking);
}

/* GTK 4.8 tells an entry that is gone already that it lost the focus, also when the dialog goes with its window. */
static void
let_go_cb (GtkWindow *dialog)
{
  gtk_window_set_focus (dialog, NULL);
}

static void
response_cb (AdwMessageDialog *dialog,
             const char       *response,
             GtkEditable      *entry)
{
  KithContext *context = g_object_get_data (G_OBJECT (dialog), "context");
  KithDesktop *desktop = kith_context_get_desktop (context);
  g_autofree char *login = NULL;
  g_autofree char *hub = NULL;

  if (!g_str_equal (response, "sign-in") || *gtk_editable_get_text (entry) == '\0' || !kith_desktop_has_store (desktop, &login, &hub))
    return;
  kith_desktop_sign_in_async (desktop, hub, login, gtk_editable_get_text (entry), NULL, signed_in_cb,
                              asking_new (context, gtk_window_get_transient_for (GTK_WINDOW (dialog))));
  gtk_editable_set_text (entry, "");
}

static void
present (KithContext *context,
         GtkWindow   *parent,
         const char  *body)
{
  GtkWidget *dialog = adw_message_dialog_new (parent, _("The Hub Takes Another Password"), body);
  GtkWidget *list = gtk_list_box_new (), *entry = adw_password_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (entry), _("New password"));
  adw_entry_row_set_activates_default (ADW_ENTRY_ROW (entry), TRUE);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_list_box_append (GTK_LIST_BOX (list), entry);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), list);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "later", _("_Later"), "sign-in", _("_Sign In"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "sign-in", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "sign-in");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "later");
  g_object_set_data_full (G_OBJECT (dialog), "context", g_object_ref (context), g_object_unref);
  g_signal_connect (dialog, "response", G_CALLBACK (response_cb), entry);
  g_signal_connect (dialog, "unmap", G_CALLBACK (let_go_cb), NULL);
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_widget_grab_focus (entry);
}

void
kith_password_dialog_present (KithContext *context,
                              GtkWindow   *parent)
{
  present (context, parent,
           _("The hub does not take the password any more that this computer was opened with. If you changed it elsewhere or were given another, enter that "
             "one; if not, ask whoever runs your network’s hub. What you do here is kept on this computer, and is sent as soon as you are signed in."));
}
