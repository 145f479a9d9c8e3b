/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Notifications: what happens while nobody looks. */

#include "kith-window-private.h"

static gboolean
shows_cb (gpointer    user_data,
          const char *page)
{
  KithWindow *self = user_data;
  const char *here = self->frame && kith_frame_get_page (self->frame) ? KITH_PAGE_GET_CLASS (kith_frame_get_page (self->frame))->name : "";

  return gtk_window_is_active (GTK_WINDOW (self)) && !self->covered && (g_str_equal (here, "today") || g_str_equal (here, page));
}

/* Where nobody shows notifications, this says nothing. */
static void
announce_cb (KithWindow *self,
             const char *group,
             const char *title,
             const char *body,
             const char *place)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));
  g_autoptr (GNotification) notification = g_notification_new (title);
  g_autoptr (GIcon) icon = g_themed_icon_new ("org.kith.Kith");

  if (!application || !g_application_get_is_registered (G_APPLICATION (application)))
    return;
  if (body)
    g_notification_set_body (notification, body);
  g_notification_set_icon (notification, icon);
  g_notification_set_default_action_and_target (notification, "app.open", "s", place);
  g_application_send_notification (G_APPLICATION (application), group, notification);
}

static void
withdraw_cb (KithWindow *self,
             const char *group)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));

  if (application && g_application_get_is_registered (G_APPLICATION (application)))
    g_application_withdraw_notification (G_APPLICATION (application), group);
}

/* The window came to the front, or left it. */
static void
active_cb (KithWindow *self)
{
  if (self->announcer && gtk_window_is_active (GTK_WINDOW (self)) && !self->covered)
    kith_announcer_seen (self->announcer);
}

void
kith_window_begin_to_announce (KithWindow *self)
{
  if (!self->announces)
    g_signal_connect (self, "notify::is-active", G_CALLBACK (active_cb), NULL);
  self->announces = TRUE;
  self->announcer = kith_announcer_new (self->context, shows_cb, self);
  g_signal_connect_object (self->announcer, "announce", G_CALLBACK (announce_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->announcer, "withdraw", G_CALLBACK (withdraw_cb), self, G_CONNECT_SWAPPED);
}
