/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "signin/kith-connection-window.h"

#include <glib/gi18n.h>

#include "kith-format.h"
#include "kith-shortcuts.h"
#include "kith-text.h"
#include "widgets/kith-choice-row.h"
#include "widgets/kith-fit.h"

struct _KithConnectionWindow
{
  AdwWindow parent_instance;
  KithContext *context;
  GtkImage *image;
  GtkLabel *title, *tried, *safe, *problem;
  AdwEntryRow *address;
  GtkButton *move_button;
};

G_DEFINE_FINAL_TYPE (KithConnectionWindow, kith_connection_window, ADW_TYPE_WINDOW)

static void
tell (KithConnectionWindow *self,
      const char           *words)
{
  gtk_label_set_text (self->problem, words ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), words != NULL);
}

/* Where it was asked, when, and what came of it. */
static char *
tried_words (KithConnectionWindow *self,
             const char           *hub,
             gint64                tried,
             const char           *trouble)
{
  g_autofree char *when = tried ? kith_format_when (tried, kith_context_get_now (self->context)) : NULL;

  if (!when)
    return NULL;
  if (!trouble)
    /* Translators: an address, then a time */
    return g_strdup_printf (_("%s answered at %s."), hub, when);
  /* Translators: an address, a time, and a sentence that says what went wrong */
  return g_strdup_printf (_("%s was asked at %s. %s"), hub, when, trouble);
}

static char *
safe_words (guint    waiting,
            gboolean offline)
{
  if (waiting > 0)
    return g_strdup_printf (ngettext ("%u change is kept on this computer, encrypted. It is sent by itself as soon as the hub answers.",
                                      "%u changes are kept on this computer, encrypted. They are sent by themselves as soon as the hub answers.", waiting), waiting);
  return g_strdup (offline ? _("Everything you saved is with the hub. What you save meanwhile is kept on this computer, and sent as soon as the hub answers.")
                           : _("Everything you saved is with the hub."));
}

static void
update (KithConnectionWindow *self)
{
  KithDesktop *desktop = kith_context_get_desktop (self->context);
  gint64 now = kith_context_get_now (self->context), since, last, tried;
  g_autofree char *trouble = NULL, *hub = NULL, *title = NULL, *tried_text = NULL, *safe = NULL;
  guint waiting;

  g_object_get (desktop, "offline-since", &since, "last-contact", &last, "trouble", &trouble, "tried", &tried, "waiting", &waiting, NULL);
  kith_desktop_has_store (desktop, NULL, &hub);
  if (since)
    {
      g_autofree char *when = kith_format_when (last ? last : since, now);

      title = last ? g_strdup_printf (_("Offline: the hub answered last at %s"), when) : g_strdup (_("Offline: the hub has not answered yet"));
    }
  else
    title = g_strdup (_("Connected to the hub"));
  gtk_image_set_from_icon_name (self->image, since ? "network-offline-symbolic" : "object-select-symbolic");
  gtk_label_set_text (self->title, title);
  tried_text = tried_words (self, hub ? hub : "", tried, trouble);
  gtk_label_set_text (self->tried, tried_text ? tried_text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->tried), tried_text != NULL);
  safe = safe_words (waiting, since != 0);
  gtk_label_set_text (self->safe, safe);
}

static void
moved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (KithConnectionWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = kith_desktop_finish (KITH_DESKTOP (source), result, &error);

  if (!self->context) /* closed meanwhile */
    return;
  gtk_widget_set_sensitive (GTK_WIDGET (self->move_button), TRUE);
  if (!done)
    {
      tell (self, error->message);
      return;
    }
  kith_context_toast (self->context, _("The hub answers at its new address. Everything goes on as it was."));
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
commit_cb (KithConnectionWindow *self)
{
  g_autofree char *address = kith_entry_text (self->address);

  if (!gtk_widget_get_sensitive (GTK_WIDGET (self->move_button)))
    return;
  if (!address)
    {
      tell (self, _("Enter the address of your network’s hub."));
      return;
    }
  tell (self, NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->move_button), FALSE);
  kith_desktop_move_async (kith_context_get_desktop (self->context), address, NULL, moved_cb, g_object_ref (self));
}

static void
commit_action (GtkWidget  *widget,
               const char *name,
               GVariant   *target)
{
  commit_cb (KITH_CONNECTION_WINDOW (widget));
}

static void
cancel_action (GtkWidget  *widget,
               const char *name,
               GVariant   *target)
{
  gtk_window_destroy (GTK_WINDOW (widget));
}

static void
try_cb (KithConnectionWindow *self)
{
  kith_desktop_try_now (kith_context_get_desktop (self->context));
}

static void
kith_connection_window_dispose (GObject *object)
{
  KithConnectionWindow *self = KITH_CONNECTION_WINDOW (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), KITH_TYPE_CONNECTION_WINDOW);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (kith_connection_window_parent_class)->dispose (object);
}

static void
kith_connection_window_class_init (KithConnectionWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kith_connection_window_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/kith/Kith/signin/kith-connection-window.ui");
  gtk_widget_class_bind_template_child (widget_class, KithConnectionWindow, image);
  gtk_widget_class_bind_template_child (widget_class, KithConnectionWindow, title);
  gtk_widget_class_bind_template_child (widget_class, KithConnectionWindow, tried);
  gtk_widget_class_bind_template_child (widget_class, KithConnectionWindow, safe);
  gtk_widget_class_bind_template_child (widget_class, KithConnectionWindow, problem);
  gtk_widget_class_bind_template_child (widget_class, KithConnectionWindow, address);
  gtk_widget_class_bind_template_child (widget_class, KithConnectionWindow, move_button);
  gtk_widget_class_bind_template_callback (widget_class, try_cb);
  gtk_widget_class_bind_template_callback (widget_class, commit_cb);
  gtk_widget_class_install_action (widget_class, "form.commit", NULL, commit_action);
  gtk_widget_class_install_action (widget_class, "form.cancel", NULL, cancel_action);
  kith_shortcuts_install_class (widget_class, KITH_KEYS_FORM);
}

static void
kith_connection_window_init (KithConnectionWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  kith_fit_to_text (GTK_WINDOW (self));
}

/**
 * kith_connection_window_new:
 * @parent: (nullable): the window it belongs to
 *
 * Returns: (transfer none): a window that is not shown yet and follows how it stands; GTK keeps it until it is closed
 */
GtkWidget *
kith_connection_window_new (KithContext *context,
                            GtkWindow   *parent)
{
  static const char *const watched[] = { "notify::offline-since", "notify::last-contact", "notify::trouble", "notify::tried", "notify::waiting" };
  KithConnectionWindow *self = g_object_new (KITH_TYPE_CONNECTION_WINDOW, "transient-for", parent, NULL);
  KithDesktop *desktop = kith_context_get_desktop (context);
  g_autofree char *hub = NULL;

  self->context = g_object_ref (context);
  kith_desktop_has_store (desktop, NULL, &hub);
  kith_entry_set (self->address, hub);
  for (guint i = 0; i < G_N_ELEMENTS (watched); i++)
    g_signal_connect_object (desktop, watched[i], G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->address));
  return GTK_WIDGET (self);
}
