/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-window-private.h"

#include <glib/gi18n.h>

#include "clients/kith-clients-page.h"
#include "find/kith-find-window.h"
#include "kith-places.h"
#include "kith-shortcuts.h"
#include "preferences/kith-preferences-window.h"
#include "signin/kith-connection-window.h"
#include "signin/kith-password-dialog.h"

static void
go_action (GtkWidget  *widget,
           const char *name,
           GVariant   *target)
{
  KithWindow *self = KITH_WINDOW (widget);

  if (self->frame)
    kith_frame_open (self->frame, g_variant_get_string (target, NULL));
}

static void
find_action (GtkWidget  *widget,
             const char *name,
             GVariant   *target)
{
  KithWindow *self = KITH_WINDOW (widget);

  if (self->frame)
    gtk_window_present (GTK_WINDOW (kith_find_window_new (self->context, GTK_WINDOW (self))));
}

static void
search_action (GtkWidget  *widget,
               const char *name,
               GVariant   *target)
{
  KithWindow *self = KITH_WINDOW (widget);

  if (self->frame)
    kith_page_search (kith_frame_get_page (self->frame));
}

static void
new_client_action (GtkWidget  *widget,
                   const char *name,
                   GVariant   *target)
{
  KithWindow *self = KITH_WINDOW (widget);

  if (self->frame)
    kith_frame_open (self->frame, "clients/new");
}

/* About whom is asked, the clients' page knows: what is searched for, or being registered, there. */
static void
ask_network_action (GtkWidget  *widget,
                    const char *name,
                    GVariant   *target)
{
  KithWindow *self = KITH_WINDOW (widget);

  if (!self->frame)
    return;
  if (!KITH_IS_CLIENTS_PAGE (kith_frame_get_page (self->frame)))
    kith_frame_open (self->frame, "clients");
  if (KITH_IS_CLIENTS_PAGE (kith_frame_get_page (self->frame))) /* what is staged on another page may be asked about first */
    kith_clients_page_ask_network (KITH_CLIENTS_PAGE (kith_frame_get_page (self->frame)));
}

/* Whom a quick search did not find is looked for where they can be registered, or asked about. */
static void
search_clients_action (GtkWidget  *widget,
                       const char *name,
                       GVariant   *target)
{
  KithWindow *self = KITH_WINDOW (widget);
  KithPage *page;

  if (!self->frame)
    return;
  kith_frame_open (self->frame, "clients");
  page = kith_frame_get_page (self->frame);
  if (!KITH_IS_CLIENTS_PAGE (page)) /* what is staged on another page may be asked about first */
    return;
  kith_page_search (page);
  kith_split_page_set_search_text (KITH_SPLIT_PAGE (page), g_variant_get_string (target, NULL));
}

static void
import_action (GtkWidget  *widget,
               const char *name,
               GVariant   *target)
{
  KithWindow *self = KITH_WINDOW (widget);

  if (self->frame)
    kith_frame_open (self->frame, "clients/import");
}

/* From the client or the case that is shown; from anywhere else to the page where one chooses. */
static void
assign_action (GtkWidget  *widget,
               const char *name,
               GVariant   *target)
{
  KithWindow *self = KITH_WINDOW (widget);
  GtkWidget *page = self->frame ? GTK_WIDGET (kith_frame_get_page (self->frame)) : NULL;

  if (page && (gtk_widget_activate_action (page, "client.assign", NULL) || gtk_widget_activate_action (page, "case.assign", NULL)))
    return;
  if (self->frame)
    kith_frame_open (self->frame, "staff");
}

static void
direct_action (GtkWidget  *widget,
               const char *name,
               GVariant   *target)
{
  KithWindow *self = KITH_WINDOW (widget);

  if (!self->frame)
    return;
  if (!g_str_equal (KITH_PAGE_GET_CLASS (kith_frame_get_page (self->frame))->name, "directory"))
    kith_frame_open (self->frame, "directory");
  gtk_widget_activate_action (GTK_WIDGET (kith_frame_get_page (self->frame)), "directory.direct", NULL);
}

static void
undo_action (GtkWidget  *widget,
             const char *name,
             GVariant   *target)
{
  KithWindow *self = KITH_WINDOW (widget);

  if (self->frame)
    kith_frame_undo (self->frame);
}

/* The action is off where there is nothing to undo, so that a text undoes what was typed in it; what no text took comes to the window. */
static gboolean
undo_key_cb (GtkWidget *widget,
             GVariant  *arguments,
             gpointer   data)
{
  KithWindow *self = KITH_WINDOW (widget);

  if (!self->frame || self->covered)
    return GDK_EVENT_PROPAGATE;
  kith_frame_undo_key (self->frame);
  return GDK_EVENT_STOP;
}

static void
lock_action (GtkWidget  *widget,
             const char *name,
             GVariant   *target)
{
  kith_window_lock (KITH_WINDOW (widget));
}

static void
cover_action (GtkWidget  *widget,
              const char *name,
              GVariant   *target)
{
  kith_window_cover (KITH_WINDOW (widget));
}

static void
back_action (GtkWidget  *widget,
             const char *name,
             GVariant   *target)
{
  KithWindow *self = KITH_WINDOW (widget);

  if (self->frame)
    kith_frame_back (self->frame);
}

static void
sidebar_action (GtkWidget  *widget,
                const char *name,
                GVariant   *target)
{
  KithWindow *self = KITH_WINDOW (widget);

  if (self->frame)
    kith_frame_toggle_sidebar (self->frame);
}

static void
menu_action (GtkWidget  *widget,
             const char *name,
             GVariant   *target)
{
  KithWindow *self = KITH_WINDOW (widget);

  if (self->frame)
    kith_frame_popup_menu (self->frame);
}

static void
shortcuts_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *target)
{
  KithWindow *self = KITH_WINDOW (widget);
  KithPage *page = self->frame ? kith_frame_get_page (self->frame) : NULL;
  GtkWidget *window = kith_shortcuts_window_new (kith_shortcuts_keys_of (page ? KITH_PAGE_GET_CLASS (page)->name : NULL));

  gtk_window_set_transient_for (GTK_WINDOW (window), GTK_WINDOW (widget));
  gtk_window_present (GTK_WINDOW (window));
}

static void
password_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *target)
{
  if (KITH_WINDOW (widget)->frame)
    kith_password_dialog_present (KITH_WINDOW (widget)->context, GTK_WINDOW (widget));
}

static void
connection_action (GtkWidget  *widget,
                   const char *name,
                   GVariant   *target)
{
  if (KITH_WINDOW (widget)->frame)
    gtk_window_present (GTK_WINDOW (kith_connection_window_new (KITH_WINDOW (widget)->context, GTK_WINDOW (widget))));
}

/* However long the wait before the next try would be. */
static void
try_now_action (GtkWidget  *widget,
                const char *name,
                GVariant   *target)
{
  KithWindow *self = KITH_WINDOW (widget);
  gint64 since = 0;

  if (!self->frame)
    return;
  kith_desktop_try_now (kith_context_get_desktop (self->context));
  g_object_get (kith_context_get_desktop (self->context), "offline-since", &since, NULL);
  if (since > 0)
    kith_context_toast (self->context, _("Asking the hub…"));
}

static void
preferences_action (GtkWidget  *widget,
                    const char *name,
                    GVariant   *target)
{
  gtk_window_present (GTK_WINDOW (kith_preferences_window_new (KITH_WINDOW (widget)->context, GTK_WINDOW (widget))));
}

static void
about_action (GtkWidget  *widget,
              const char *name,
              GVariant   *target)
{
  adw_show_about_window (GTK_WINDOW (widget), "application-name", _("Kith"), "application-icon", "org.kith.Kith",
                         "license-type", GTK_LICENSE_GPL_3_0, "comments", _("Look after the same people, together."), NULL);
}

static const char *const while_in_sight[] = { "win.go", "win.find", "win.search", "win.ask-network", "win.search-clients", "win.new-client", "win.import", "win.assign", "win.direct", "win.back", "win.sidebar",
                                              "win.menu", "win.connection", "win.try-now", "win.preferences" };
static const char *const unless_covered[] = { "win.shortcuts", "win.about" };

/**
 * kith_window_update_actions:
 *
 * Enables what goes only while the frame is there and in sight, and for this account; and Undo while there is something to undo.
 */
void
kith_window_update_actions (KithWindow *self)
{
  const KithActor *actor = kith_desktop_get_actor (kith_context_get_desktop (self->context));
  gboolean in_sight = self->frame && !self->covered;

  for (guint i = 0; i < G_N_ELEMENTS (while_in_sight); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), while_in_sight[i], in_sight && kith_action_is_of (actor, while_in_sight[i]));
  for (guint i = 0; i < G_N_ELEMENTS (unless_covered); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), unless_covered[i], !self->covered);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.undo", in_sight && kith_frame_can_undo (self->frame));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.lock", self->frame != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.cover", self->frame != NULL);
}

/**
 * kith_window_class_install_actions:
 *
 * From class_init: all actions named "win.…".
 */
void
kith_window_class_install_actions (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "win.go", "s", go_action);
  gtk_widget_class_install_action (klass, "win.find", NULL, find_action);
  gtk_widget_class_install_action (klass, "win.search", NULL, search_action);
  gtk_widget_class_install_action (klass, "win.ask-network", NULL, ask_network_action);
  gtk_widget_class_install_action (klass, "win.search-clients", "s", search_clients_action);
  gtk_widget_class_install_action (klass, "win.new-client", NULL, new_client_action);
  gtk_widget_class_install_action (klass, "win.import", NULL, import_action);
  gtk_widget_class_install_action (klass, "win.assign", NULL, assign_action);
  gtk_widget_class_install_action (klass, "win.direct", NULL, direct_action);
  gtk_widget_class_install_action (klass, "win.undo", NULL, undo_action);
  gtk_widget_class_add_binding (klass, GDK_KEY_z, GDK_CONTROL_MASK, undo_key_cb, NULL);
  gtk_widget_class_install_action (klass, "win.lock", NULL, lock_action);
  gtk_widget_class_install_action (klass, "win.cover", NULL, cover_action);
  gtk_widget_class_install_action (klass, "win.back", NULL, back_action);
  gtk_widget_class_install_action (klass, "win.sidebar", NULL, sidebar_action);
  gtk_widget_class_install_action (klass, "win.menu", NULL, menu_action);
  gtk_widget_class_install_action (klass, "win.shortcuts", NULL, shortcuts_action);
  gtk_widget_class_install_action (klass, "win.password", NULL, password_action);
  gtk_widget_class_install_action (klass, "win.connection", NULL, connection_action);
  gtk_widget_class_install_action (klass, "win.try-now", NULL, try_now_action);
  gtk_widget_class_install_action (klass, "win.preferences", NULL, preferences_action);
  gtk_widget_class_install_action (klass, "win.about", NULL, about_action);
}

static void
kept_read_cb (GtkWidget *dialog)
{
  g_object_set_data (G_OBJECT (dialog), "words", NULL);
}

/* It went with a lock, unread: told again. */
static void
kept_gone_cb (GtkWidget   *dialog,
              KithContext *context)
{
  const char *words = g_object_get_data (G_OBJECT (dialog), "words");

  if (words)
    kith_desktop_keep_kept (kith_context_get_desktop (context), words);
}

/* After the sign-in that began a new copy, until it was read: what was taken over, and where the damaged one is. */
void
kith_window_tell_kept (KithWindow *self)
{
  g_autofree char *words = kith_desktop_take_kept (kith_context_get_desktop (self->context));
  GtkWidget *dialog;

  if (!words)
    return;
  dialog = adw_message_dialog_new (GTK_WINDOW (self), _("A New Copy Has Begun"), words);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _("_Close"));
  g_object_set_data_full (G_OBJECT (dialog), "words", g_strdup (words), g_free);
  g_signal_connect (dialog, "response", G_CALLBACK (kept_read_cb), NULL);
  g_signal_connect_object (dialog, "destroy", G_CALLBACK (kept_gone_cb), self->context, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}
