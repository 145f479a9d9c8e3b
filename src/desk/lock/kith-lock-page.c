/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-lock-page.h"

#include <glib/gi18n.h>

#include "kith-format.h"
#include "kith-text.h"
#include "widgets/kith-pane.h"

struct _KithLockPage
{
  AdwBin parent_instance;
  KithContext *context;
  AdwStatusPage *status;
  GtkEditable *password;
  GtkButton *button;
  GtkStack *button_stack;
  GtkSpinner *spinner;
  GtkLabel *error_label, *hub_label;
  guint wait_id;
  gint64 wait_until_ms; /* mono */
  gboolean busy;
};

G_DEFINE_FINAL_TYPE (KithLockPage, kith_lock_page, ADW_TYPE_BIN)

enum
{
  SIGNAL_OTHER_PERSON,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
tell (KithLockPage *self,
      const char   *text)
{
  gtk_label_set_text (self->error_label, text ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->error_label), text != NULL);
}

static void
set_busy (KithLockPage *self,
          gboolean      busy)
{
  self->busy = busy;
  gtk_stack_set_visible_child_name (self->button_stack, busy ? "busy" : "ready");
  gtk_spinner_set_spinning (self->spinner, busy); /* hidden it would go on drawing */
  gtk_widget_set_sensitive (GTK_WIDGET (self->button), !busy && self->wait_id == 0);
}

/* Only where it can be seen: the sign-in may stand in its place by now. */
static void
take_focus (KithLockPage *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_widget_grab_focus (GTK_WIDGET (self->password));
}

static gboolean
wait_cb (gpointer user_data)
{
  KithLockPage *self = user_data;
  gint64 left = self->wait_until_ms - kith_clock_mono_ms (kith_context_get_clock (self->context));
  int seconds = (int) ((left + 999) / 1000);
  g_autofree char *text = NULL;

  if (left <= 0)
    {
      self->wait_id = 0;
      set_busy (self, FALSE);
      tell (self, _("You can try again."));
      take_focus (self);
      return G_SOURCE_REMOVE;
    }
  text = g_strdup_printf (ngettext ("Too many wrong passwords. Try again in %d second.", "Too many wrong passwords. Try again in %d seconds.", seconds),
                          seconds);
  tell (self, text);
  return G_SOURCE_CONTINUE;
}

/* After some wrong tries each next one waits twice as long, over a restart too (sync.md 5.3). */
static gboolean
make_wait (KithLockPage *self)
{
  gint64 left = kith_desktop_get_unlock_wait (kith_context_get_desktop (self->context));

  if (left == 0)
    return FALSE;
  self->wait_until_ms = kith_clock_mono_ms (kith_context_get_clock (self->context)) + left;
  if (self->wait_id == 0)
    self->wait_id = g_timeout_add_seconds (1, wait_cb, self);
  set_busy (self, FALSE);
  wait_cb (self);
  return TRUE;
}

static void
unlocked_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (KithLockPage) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean ok = kith_desktop_finish (KITH_DESKTOP (source), result, &error);

  if (!self->context)
    return;
  set_busy (self, FALSE);
  gtk_editable_set_text (self->password, "");
  if (ok)
    return;
  tell (self, error->message);
  if (!make_wait (self))
    take_focus (self);
}

static void
unlock_cb (KithLockPage *self)
{
  if (self->busy || self->wait_id)
    return;
  if (kith_text_blank (gtk_editable_get_text (self->password)))
    {
      tell (self, _("Enter your password."));
      return;
    }
  tell (self, NULL);
  set_busy (self, TRUE);
  kith_desktop_unlock_async (kith_context_get_desktop (self->context), gtk_editable_get_text (self->password), NULL, unlocked_cb,
                             g_object_ref (self));
}

static void
other_person_cb (KithLockPage *self)
{
  g_signal_emit (self, signals[SIGNAL_OTHER_PERSON], 0);
}

static void
kith_lock_page_dispose (GObject *object)
{
  KithLockPage *self = KITH_LOCK_PAGE (object);

  g_clear_handle_id (&self->wait_id, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (self), KITH_TYPE_LOCK_PAGE);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (kith_lock_page_parent_class)->dispose (object);
}

static void
kith_lock_page_class_init (KithLockPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kith_lock_page_dispose;
  signals[SIGNAL_OTHER_PERSON] = g_signal_new ("other-person", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                               G_TYPE_NONE, 0);
  g_type_ensure (KITH_TYPE_PANE);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/kith/Kith/lock/kith-lock-page.ui");
  gtk_widget_class_bind_template_child (widget_class, KithLockPage, status);
  gtk_widget_class_bind_template_child (widget_class, KithLockPage, password);
  gtk_widget_class_bind_template_child (widget_class, KithLockPage, button);
  gtk_widget_class_bind_template_child (widget_class, KithLockPage, button_stack);
  gtk_widget_class_bind_template_child (widget_class, KithLockPage, spinner);
  gtk_widget_class_bind_template_child (widget_class, KithLockPage, error_label);
  gtk_widget_class_bind_template_child (widget_class, KithLockPage, hub_label);
  gtk_widget_class_bind_template_callback (widget_class, unlock_cb);
  gtk_widget_class_bind_template_callback (widget_class, other_person_cb);
}

static void
kith_lock_page_init (KithLockPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * kith_lock_page_set_context:
 * @context: kept; before anything else
 */
void
kith_lock_page_set_context (KithLockPage *self,
                            KithContext  *context)
{
  g_set_object (&self->context, context);
}

/* Until a computer that was just started is unlocked, nobody knows. */
static void
tell_hub (KithLockPage *self)
{
  g_autofree char *when = NULL;
  g_autofree char *text = NULL;
  gint64 last;

  g_object_get (kith_context_get_desktop (self->context), "last-contact", &last, NULL);
  if (last)
    {
      when = kith_format_when (last, kith_context_get_now (self->context));
      /* Translators: a time, "14:04", or a day and a time */
      text = g_strdup_printf (_("Hub last seen: %s"), when);
    }
  gtk_label_set_text (self->hub_label, text ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->hub_label), text != NULL);
}

/**
 * kith_lock_page_ready:
 *
 * Says whose store it is, empties the password, takes the focus. After wrong passwords the wait still to go stays shown.
 */
void
kith_lock_page_ready (KithLockPage *self)
{
  g_autofree char *login = NULL;
  g_autofree char *hub = NULL;
  g_autofree char *text = NULL;

  kith_desktop_has_store (kith_context_get_desktop (self->context), &login, &hub);
  /* Translators: a sign-in name */
  text = login ? g_strdup_printf (_("Signed in as %s. Your work is safe on this computer."), login) : NULL;
  adw_status_page_set_description (self->status, text);
  tell_hub (self);
  if (!self->wait_id)
    tell (self, NULL);
  gtk_editable_set_text (self->password, "");
  gtk_widget_grab_focus (GTK_WIDGET (self->password));
  make_wait (self);
}

/**
 * kith_lock_page_tell:
 * @words: for whoever is about to unlock
 */
void
kith_lock_page_tell (KithLockPage *self,
                     const char   *words)
{
  tell (self, words);
}
