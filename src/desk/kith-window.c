/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-window-private.h"

#include <glib/gi18n.h>

#include "kith-clipboard.h"
#include "kith-draft.h"
#include "widgets/kith-pane.h"
#include "widgets/kith-stack.h"

G_DEFINE_FINAL_TYPE (KithWindow, kith_window, ADW_TYPE_APPLICATION_WINDOW)

#define LEAST_WIDTH 360 /* px, as the template's and the settings' */
#define LEAST_HEIGHT 480

/* At the very first sign-in who it is is known only once something of theirs has come; they come back to their own place too. */
static void
actor_changed_cb (KithWindow *self)
{
  if (self->frame && *kith_context_get_user (self->context))
    {
      g_free (self->user);
      self->user = g_strdup (kith_context_get_user (self->context));
    }
  kith_window_update_actions (self);
}

static void
take_frame_down (KithWindow *self)
{
  if (!self->frame)
    return;
  if (self->announcer)
    kith_announcer_seen (self->announcer); /* their numbers are no news of whoever unlocks next */
  g_clear_object (&self->announcer);
  g_free (self->place);
  g_free (self->whose);
  self->place = kith_frame_get_place (self->frame);
  self->open = kith_frame_save_open (self->frame);
  self->open_whose = g_strdup (self->user);
  self->whose = g_steal_pointer (&self->user);
  kith_window_forget_cover (self);
  kith_window_close_others (self);
  kith_frame_flush (self->frame);
  kith_drafts_flush (self->context); /* also of what stands in a page and not in a form of its own */
  self->frame = NULL;
  adw_bin_set_child (self->content, NULL);
  kith_clipboard_clear (GTK_WIDGET (self));
}

/* While the first password is typed, the widgets are made that it will open; there is nothing in them. Later they come up without:
 * what is told after a lock must find no frame to be shown in. */
static gboolean
prepare_cb (gpointer user_data)
{
  KithWindow *self = user_data;
  g_autofree char *last_page = g_settings_get_string (kith_context_get_settings (self->context), "last-page");
  GtkWidget *ready = adw_bin_get_child (self->content);

  if (!ready)
    {
      adw_bin_set_child (self->content, kith_frame_new (self->context));
      return G_SOURCE_CONTINUE; /* keys pressed meanwhile are answered in between */
    }
  self->prepare_id = 0;
  kith_frame_prepare (KITH_FRAME (ready), last_page);
  return G_SOURCE_REMOVE;
}

static void
put_frame_up (KithWindow *self)
{
  g_autofree char *last_page = g_settings_get_string (kith_context_get_settings (self->context), "last-page");

  if (self->frame)
    return;
  kith_drafts_save_again (self->context);
  g_clear_handle_id (&self->prepare_id, g_source_remove);
  if (!adw_bin_get_child (self->content))
    adw_bin_set_child (self->content, kith_frame_new (self->context));
  self->frame = KITH_FRAME (adw_bin_get_child (self->content));
  self->user = g_strdup (kith_context_get_user (self->context));
  if (self->open && g_strcmp0 (self->open_whose, self->user) == 0)
    kith_frame_restore_open (self->frame, self->open);
  g_clear_pointer (&self->open, g_variant_unref);
  g_clear_pointer (&self->open_whose, g_free);
  kith_frame_open (self->frame, self->place && (!self->whose || g_str_equal (self->whose, self->user)) ? self->place : last_page);
  g_clear_pointer (&self->place, g_free);
  g_clear_pointer (&self->whose, g_free);
  kith_window_begin_to_announce (self);
}

/* Shows what the desktop's state asks for. */
static gpointer
barrier_job (gpointer      store,
             gpointer      data,
             GCancellable *cancellable,
             GError      **error)
{
  return NULL;
}

static void
closed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (KithWindow) self = user_data;

  kith_desktop_job_finish (KITH_DESKTOP (source), result, NULL);
  if (self->session)
    kith_session_watch_locked (self->session);
}

/* Told to be locked, the worker closes the store and wipes its key when it comes to it: what is asked behind that is refused when it is done. */
static void
let_sleep (KithWindow *self)
{
  kith_desktop_store_async (kith_context_get_desktop (self->context), barrier_job, NULL, NULL, NULL, closed_cb, g_object_ref (self));
}

/* The store is closed. Words that were typed last and are in no file yet keep the window that was to go: whoever closes it again has read that. */
static void
locked (KithWindow *self)
{
  gboolean closing = self->closing;

  self->closing = FALSE;
  if (kith_drafts_are_unsaved (self->context, self->whose))
    {
      kith_window_tell (self, _("What you typed last could not be written to this computer’s disk: perhaps it is full. Make room and unlock Kith, then it is written. If Kith is closed "
                                "before that, it is lost."));
      if (closing)
        gtk_window_present (GTK_WINDOW (self));
      return;
    }
  if (closing)
    gtk_window_destroy (GTK_WINDOW (self));
}

static void
update_gate (KithWindow *self)
{
  KithDesktop *desktop = kith_context_get_desktop (self->context);
  gboolean unlocked;

  g_object_get (desktop, "unlocked", &unlocked, NULL);
  if (unlocked)
    {
      put_frame_up (self);
      kith_window_show_pages (self);
      kith_window_tell_kept (self);
    }
  else
    {
      take_frame_down (self);
      kith_window_show_locked (self);
    }
  kith_window_note_input (self);
  if (!unlocked)
    let_sleep (self);
  kith_window_update_actions (self);
  if (!unlocked)
    locked (self);
}

/* Drafts were queued before this, so by now they are on the disk. */
static void
drafts_written_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  kith_desktop_job_finish (KITH_DESKTOP (source), result, NULL);
  kith_desktop_lock (KITH_DESKTOP (source));
}

/**
 * kith_window_lock:
 *
 * Takes the pages down at once, takes out of the clipboard what Kith put there, then closes the store once the drafts that were on their way are written.
 */
void
kith_window_lock (KithWindow *self)
{
  if (!self->frame)
    return;
  take_frame_down (self);
  kith_window_show_locked (self);
  kith_window_update_actions (self);
  kith_desktop_store_async (kith_context_get_desktop (self->context), barrier_job, NULL, NULL, NULL, drafts_written_cb, NULL);
}

/* What is kept here is damaged. What is being typed is written where that can be done. */
static void
damage_cb (KithWindow *self)
{
  if (self->frame)
    kith_window_lock (self);
  else
    kith_window_show_locked (self);
}

void
kith_window_check_idle (KithWindow *self)
{
  gint64 now = kith_clock_mono_ms (kith_context_get_clock (self->context));
  guint minutes = self->idle_minutes >= 0 ? (guint) self->idle_minutes
                                          : g_settings_get_uint (kith_context_get_settings (self->context), "idle-lock-minutes");

  /* An agency's limit can only be shortened: not switched off either (--idle 0). */
  if (minutes == 0 && kith_context_has_idle_limit (self->context))
    minutes = kith_context_get_idle_limit (self->context);
  minutes = MIN (minutes, kith_context_get_idle_limit (self->context));
  if (minutes > 0 && now - self->last_input_ms >= (gint64) minutes * 60 * 1000)
    kith_window_lock (self);
}

static gboolean
idle_cb (gpointer user_data)
{
  kith_window_check_idle (user_data);
  return G_SOURCE_CONTINUE;
}

void
kith_window_note_input (KithWindow *self)
{
  self->last_input_ms = kith_clock_mono_ms (kith_context_get_clock (self->context));
}

/* Where nothing is open, nothing has to be waited for. */
static void
session_lock_cb (KithWindow *self)
{
  gboolean unlocked;

  kith_window_lock (self);
  g_object_get (kith_context_get_desktop (self->context), "unlocked", &unlocked, NULL);
  if (!unlocked)
    let_sleep (self);
}

static gboolean
lock_asked_cb (KithWindow *self)
{
  gboolean taken = self->frame != NULL;

  kith_window_lock (self);
  return taken;
}

static void
screensaver_cb (KithWindow *self,
                GParamSpec *pspec,
                GObject    *application)
{
  gboolean active;

  g_object_get (application, "screensaver-active", &active, NULL);
  if (active)
    kith_window_lock (self);
}

/**
 * kith_window_flush:
 *
 * What was typed and not left yet is queued for the disk. The session ends, or asks whether it may: whoever signs out need not close the window first. It
 * may go on, so that nothing is closed yet.
 */
void
kith_window_flush (KithWindow *self)
{
  if (self->frame)
    kith_frame_flush (self->frame); /* what was typed and not left yet */
  kith_drafts_flush (self->context);
}

/* Told once; the sync chip asks again. */
static void
password_changed_cb (KithWindow *self)
{
  gboolean changed;

  g_object_get (kith_context_get_desktop (self->context), "password-changed", &changed, NULL);
  if (changed && self->frame)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.password", NULL);
}

/* C22: said in words, since every page is empty from one moment to the next. */
static void
account_closed_cb (KithWindow *self)
{
  GtkWidget *dialog;
  gboolean closed, revoked;

  g_object_get (kith_context_get_desktop (self->context), "account-closed", &closed, "computer-revoked", &revoked, NULL);
  if (!closed || !self->frame)
    return;
  if (revoked) /* I21 */
    dialog = adw_message_dialog_new (GTK_WINDOW (self), _("This Computer May Not Be Used Any More"),
                                     _("It was taken off the list of your computers, so the records were taken off it. What you wrote and did not send is "
                                       "still here, under Needs Attention. On your other computers nothing changes. If this is a mistake, ask whoever runs your network’s hub; your agency’s administrator knows who that is."));
  else
    dialog = adw_message_dialog_new (GTK_WINDOW (self), _("This Account Is Closed"),
                                     _("Your agency closed it, so the records were taken off this computer. What you wrote and did not send is "
                                       "still here, under Needs Attention. If this is a mistake, ask your agency’s administrator."));
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
save_size (KithWindow *self)
{
  GSettings *settings = kith_context_get_settings (self->context);
  int width, height;

  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height); /* as it is when it is not maximized */
  g_settings_set_boolean (settings, "window-maximized", gtk_window_is_maximized (GTK_WINDOW (self)));
  if (width < LEAST_WIDTH || height < LEAST_HEIGHT)
    return;
  g_settings_set_int (settings, "window-width", width);
  g_settings_set_int (settings, "window-height", height);
}

static void
restore_size (KithWindow *self)
{
  GSettings *settings = kith_context_get_settings (self->context);

  gtk_window_set_default_size (GTK_WINDOW (self), g_settings_get_int (settings, "window-width"), g_settings_get_int (settings, "window-height"));
  if (g_settings_get_boolean (settings, "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (self));
}

/* Buttons do not print keys that do nothing. */
static void
update_letters (KithWindow *self)
{
  if (g_settings_get_boolean (kith_context_get_settings (self->context), "letter-keys"))
    gtk_widget_remove_css_class (GTK_WIDGET (self), "no-letters");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self), "no-letters");
}

/* Drafts are written and the store is closed first, as when locking; then the window goes. */
static gboolean
kith_window_close_request (GtkWindow *window)
{
  KithWindow *self = KITH_WINDOW (window);
  gboolean unlocked;

  save_size (self);
  if (!self->frame)
    {
      g_object_get (kith_context_get_desktop (self->context), "unlocked", &unlocked, NULL);
      if (!unlocked)
        return GTK_WINDOW_CLASS (kith_window_parent_class)->close_request (window);
      self->closing = TRUE; /* what was typed is on its way to the disk */
      gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
      return GDK_EVENT_STOP;
    }
  if (!kith_page_leave (kith_frame_get_page (self->frame), "window.close"))
    return GDK_EVENT_STOP;
  self->closing = TRUE;
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  kith_window_lock (self);
  return GDK_EVENT_STOP;
}

/* The toolkit would show all that is in the window, the password that is being typed too, to whoever presses its key: also before the lock. */
static gboolean
kith_window_enable_debugging (GtkWindow *window,
                              gboolean   toggle)
{
  return TRUE;
}

static void
kith_window_dispose (GObject *object)
{
  KithWindow *self = KITH_WINDOW (object);

  g_clear_object (&self->session);
  g_clear_handle_id (&self->idle_id, g_source_remove);
  g_clear_handle_id (&self->prepare_id, g_source_remove);
  self->frame = NULL;
  kith_window_forget_cover (self);
  g_clear_object (&self->announcer);
  gtk_widget_dispose_template (GTK_WIDGET (self), KITH_TYPE_WINDOW);
  g_clear_object (&self->context);
  g_clear_pointer (&self->open, g_variant_unref);
  g_clear_pointer (&self->open_whose, g_free);
  g_clear_pointer (&self->place, g_free);
  g_clear_pointer (&self->whose, g_free);
  g_clear_pointer (&self->user, g_free);
  G_OBJECT_CLASS (kith_window_parent_class)->dispose (object);
}

static void
kith_window_class_init (KithWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kith_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = kith_window_close_request;
  GTK_WINDOW_CLASS (klass)->enable_debugging = kith_window_enable_debugging;
  g_type_ensure (KITH_TYPE_PANE);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/kith/Kith/kith-window.ui");
  gtk_widget_class_bind_template_child (widget_class, KithWindow, gate);
  gtk_widget_class_bind_template_child (widget_class, KithWindow, content);
  kith_window_class_install_actions (widget_class);
}

static void
kith_window_init (KithWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  kith_stack_tell_readers (self->gate);
  self->idle_minutes = -1;
  kith_window_watch_others (self);
}

/**
 * kith_window_new:
 * @application: (nullable): NULL in tests
 * @context: kept
 *
 * Returns: (transfer none): the gate, not shown yet: sign-in, lock or pages, whatever the store's state asks for; GTK keeps it until it is closed
 */
GtkWidget *
kith_window_new (GtkApplication *application,
                 KithContext    *context)
{
  KithWindow *self = g_object_new (KITH_TYPE_WINDOW, "application", application, NULL);
  KithDesktop *desktop = kith_context_get_desktop (context);

  self->context = g_object_ref (context);
  restore_size (self);
  update_letters (self);
  g_signal_connect_object (kith_context_get_settings (context), "changed::letter-keys", G_CALLBACK (update_letters), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (context, "actor-changed", G_CALLBACK (actor_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desktop, "notify::unlocked", G_CALLBACK (update_gate), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desktop, "lock-asked", G_CALLBACK (lock_asked_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desktop, "notify::damage", G_CALLBACK (damage_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desktop, "notify::account-closed", G_CALLBACK (account_closed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desktop, "notify::password-changed", G_CALLBACK (password_changed_cb), self, G_CONNECT_SWAPPED);
  if (application)
    {
      g_signal_connect_object (application, "notify::screensaver-active", G_CALLBACK (screensaver_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (application, "query-end", G_CALLBACK (kith_window_flush), self, G_CONNECT_SWAPPED);
    }
  self->idle_id = g_timeout_add_seconds (10, idle_cb, self);
  self->session = kith_session_watch_new (NULL);
  g_signal_connect_object (self->session, "lock", G_CALLBACK (session_lock_cb), self, G_CONNECT_SWAPPED);
  update_gate (self);
  if (!self->frame)
    self->prepare_id = g_idle_add_full (G_PRIORITY_LOW, prepare_cb, self, NULL); /* behind the first frame on the screen */
  return GTK_WIDGET (self);
}

void
kith_window_set_idle_minutes (KithWindow *self,
                              guint       minutes)
{
  self->idle_minutes = (int) MIN (minutes, KITH_IDLE_MOST);
}

void
kith_window_open_place (KithWindow *self,
                        const char *place)
{
  if (self->frame && !self->covered)
    {
      kith_frame_open (self->frame, place);
      return;
    }
  g_free (self->place);
  self->place = g_strdup (place);
  g_clear_pointer (&self->whose, g_free);
}

KithAnnouncer *
kith_window_get_announcer (KithWindow *self)
{
  return self->announcer;
}

KithFrame *
kith_window_get_frame (KithWindow *self)
{
  return self->frame;
}
