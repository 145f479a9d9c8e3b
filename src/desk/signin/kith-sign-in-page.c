/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-sign-in-page.h"

#include <glib/gi18n.h>

#include "kith-text.h"

struct _KithSignInPage
{
  AdwBin parent_instance;
  KithContext *context;
  GtkEditable *hub, *login, *password;
  GtkButton *button;
  GtkStack *button_stack;
  GtkSpinner *spinner;
  GtkLabel *error_label;
  gboolean busy;
};

G_DEFINE_FINAL_TYPE (KithSignInPage, kith_sign_in_page, ADW_TYPE_BIN)

static void
tell (KithSignInPage *self,
      const char     *text)
{
  gtk_label_set_text (self->error_label, text ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->error_label), text != NULL);
}

static void
set_busy (KithSignInPage *self,
          gboolean        busy)
{
  self->busy = busy;
  gtk_stack_set_visible_child_name (self->button_stack, busy ? "busy" : "ready");
  gtk_spinner_set_spinning (self->spinner, busy); /* hidden it would go on drawing */
  gtk_widget_set_sensitive (GTK_WIDGET (self->button), !busy);
}

static void
signed_in_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (KithSignInPage) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean ok = kith_desktop_finish (KITH_DESKTOP (source), result, &error);

  if (!self->context)
    return;
  set_busy (self, FALSE);
  gtk_editable_set_text (self->password, "");
  if (ok)
    {
      GSettings *settings = kith_context_get_settings (self->context);

      g_settings_set_string (settings, "hub-url", gtk_editable_get_text (self->hub));
      g_settings_set_string (settings, "login", gtk_editable_get_text (self->login));
      return; /* the window follows the desktop's "unlocked" */
    }
  tell (self, error->message);
  gtk_widget_grab_focus (GTK_WIDGET (self->password));
}

/* "hub.example.org" is what people have on their paper. */
static char *
complete_url (const char *text)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (text));

  return strstr (trimmed, "://") ? g_steal_pointer (&trimmed) : g_strconcat ("https://", trimmed, NULL);
}

static void
sign_in_cb (KithSignInPage *self)
{
  g_autofree char *url = complete_url (gtk_editable_get_text (self->hub));
  GtkEditable *entries[] = { self->hub, self->login, self->password };

  if (self->busy)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    if (kith_text_blank (gtk_editable_get_text (entries[i])))
      {
        tell (self, i == 0 ? _("Enter the address of your network’s hub.") : i == 1 ? _("Enter your sign-in name.") : _("Enter your password."));
        gtk_widget_grab_focus (GTK_WIDGET (entries[i]));
        return;
      }
  tell (self, NULL);
  set_busy (self, TRUE);
  kith_desktop_sign_in_async (kith_context_get_desktop (self->context), url, gtk_editable_get_text (self->login),
                              gtk_editable_get_text (self->password), NULL, signed_in_cb, g_object_ref (self));
}

static void
kith_sign_in_page_dispose (GObject *object)
{
  KithSignInPage *self = KITH_SIGN_IN_PAGE (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), KITH_TYPE_SIGN_IN_PAGE);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (kith_sign_in_page_parent_class)->dispose (object);
}

static void
kith_sign_in_page_class_init (KithSignInPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kith_sign_in_page_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/kith/Kith/signin/kith-sign-in-page.ui");
  gtk_widget_class_bind_template_child (widget_class, KithSignInPage, hub);
  gtk_widget_class_bind_template_child (widget_class, KithSignInPage, login);
  gtk_widget_class_bind_template_child (widget_class, KithSignInPage, password);
  gtk_widget_class_bind_template_child (widget_class, KithSignInPage, button);
  gtk_widget_class_bind_template_child (widget_class, KithSignInPage, button_stack);
  gtk_widget_class_bind_template_child (widget_class, KithSignInPage, spinner);
  gtk_widget_class_bind_template_child (widget_class, KithSignInPage, error_label);
  gtk_widget_class_bind_template_callback (widget_class, sign_in_cb);
}

static void
kith_sign_in_page_init (KithSignInPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * kith_sign_in_page_set_context:
 * @context: kept; hub and name that were used last are filled in from its settings
 */
void
kith_sign_in_page_set_context (KithSignInPage *self,
                               KithContext    *context)
{
  g_autofree char *hub = g_settings_get_string (kith_context_get_settings (context), "hub-url");
  g_autofree char *login = g_settings_get_string (kith_context_get_settings (context), "login");

  g_set_object (&self->context, context);
  gtk_editable_set_text (self->hub, hub);
  gtk_editable_set_text (self->login, login);
}

/**
 * kith_sign_in_page_preset:
 * @hub_url: (nullable): NULL: what stands there stays
 * @login: (nullable): NULL: what stands there stays
 *
 * Then the focus goes to the first field that is empty.
 */
void
kith_sign_in_page_preset (KithSignInPage *self,
                          const char     *hub_url,
                          const char     *login)
{
  if (hub_url)
    gtk_editable_set_text (self->hub, hub_url);
  if (login)
    gtk_editable_set_text (self->login, login);
  kith_sign_in_page_ready (self);
}

/**
 * kith_sign_in_page_get_typed:
 * @hub_url: (out) (transfer full): as it stands there
 * @login: (out) (transfer full): as it stands there
 */
void
kith_sign_in_page_get_typed (KithSignInPage *self,
                             char          **hub_url,
                             char          **login)
{
  *hub_url = g_strdup (gtk_editable_get_text (self->hub));
  *login = g_strdup (gtk_editable_get_text (self->login));
}

void
kith_sign_in_page_ready (KithSignInPage *self)
{
  GtkEditable *entries[] = { self->hub, self->login, self->password };

  tell (self, NULL);
  gtk_editable_set_text (self->password, "");
  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    if (kith_text_blank (gtk_editable_get_text (entries[i])))
      {
        gtk_widget_grab_focus (GTK_WIDGET (entries[i]));
        return;
      }
}

/**
 * kith_sign_in_page_tell:
 * @words: why somebody is asked to sign in
 */
void
kith_sign_in_page_tell (KithSignInPage *self,
                        const char     *words)
{
  tell (self, words);
}
