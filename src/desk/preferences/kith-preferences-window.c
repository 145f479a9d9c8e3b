/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-preferences-window.h"
#include "preferences/kith-mail-rows.h"
#include "signin/kith-password-window.h"
#include "widgets/kith-choice-row.h"
#include "widgets/kith-fit.h"
#include "widgets/kith-switch-row.h"

#include <glib/gi18n.h>

struct _KithPreferencesWindow
{
  AdwPreferencesWindow parent_instance;
  GSettings *settings;
  KithContext *context;
  AdwActionRow *idle_row;
  GtkAdjustment *idle_range;
  GtkWidget *idle;
  KithSwitchRow *letters, *sidebar;
  AdwComboRow *language;
  GtkWidget *again, *again_row; /* there when the language chosen is not the one that is spoken */
  KithMailRows *mail;
};

G_DEFINE_FINAL_TYPE (KithPreferencesWindow, kith_preferences_window, ADW_TYPE_PREFERENCES_WINDOW)

/* Each language by its own name, so that it is found by who reads no other. The first is the system's. */
static const struct
{
  const char *code, *name;
} languages[] = {
  { "", N_("As the system") },
  { "en", "English" },
  { "es", "Español" },
};

static void
language_cb (KithPreferencesWindow *self)
{
  guint i = adw_combo_row_get_selected (self->language);

  if (self->settings && i < G_N_ELEMENTS (languages))
    g_settings_set_string (self->settings, "language", languages[i].code);
}

static void
fill_languages (KithPreferencesWindow *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  g_autofree char *code = g_settings_get_string (self->settings, "language");
  guint selected = 0;

  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      gtk_string_list_append (names, i == 0 ? _(languages[i].name) : languages[i].name);
      if (g_str_equal (languages[i].code, code))
        selected = i;
    }
  g_signal_handlers_block_by_func (self->language, language_cb, self);
  kith_choice_row_set_words (self->language, names);
  adw_combo_row_set_selected (self->language, selected);
  g_signal_handlers_unblock_by_func (self->language, language_cb, self);
}

/* The agency's policy can only shorten it (ux.md 2.0): what lies above is not offered. */
static void
limit_idle (KithPreferencesWindow *self,
            KithContext           *context)
{
  guint most = kith_context_get_idle_limit (context);
  g_autofree char *text = NULL;

  if (most >= KITH_IDLE_MOST)
    return;
  text = g_strdup_printf (ngettext ("Your agency asks for %u minute at most.", "Your agency asks for %u minutes at most.", most), most);
  adw_action_row_set_subtitle (self->idle_row, text);
  gtk_adjustment_set_upper (self->idle_range, most);
}

static void
password_cb (KithPreferencesWindow *self)
{
  gtk_window_present (GTK_WINDOW (kith_password_window_new (self->context, GTK_WINDOW (self))));
}

static void
kith_preferences_window_dispose (GObject *object)
{
  KithPreferencesWindow *self = KITH_PREFERENCES_WINDOW (object);

  g_clear_object (&self->settings);
  g_clear_object (&self->context);
  gtk_widget_dispose_template (GTK_WIDGET (self), KITH_TYPE_PREFERENCES_WINDOW);
  G_OBJECT_CLASS (kith_preferences_window_parent_class)->dispose (object);
}

static void
kith_preferences_window_class_init (KithPreferencesWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kith_preferences_window_dispose;
  g_type_ensure (KITH_TYPE_MAIL_ROWS);
  g_type_ensure (KITH_TYPE_SWITCH_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/kith/Kith/preferences/kith-preferences-window.ui");
  gtk_widget_class_bind_template_child (widget_class, KithPreferencesWindow, idle_row);
  gtk_widget_class_bind_template_child (widget_class, KithPreferencesWindow, idle_range);
  gtk_widget_class_bind_template_child (widget_class, KithPreferencesWindow, idle);
  gtk_widget_class_bind_template_child (widget_class, KithPreferencesWindow, letters);
  gtk_widget_class_bind_template_child (widget_class, KithPreferencesWindow, sidebar);
  gtk_widget_class_bind_template_child (widget_class, KithPreferencesWindow, language);
  gtk_widget_class_bind_template_child (widget_class, KithPreferencesWindow, again);
  gtk_widget_class_bind_template_child (widget_class, KithPreferencesWindow, again_row);
  gtk_widget_class_bind_template_child (widget_class, KithPreferencesWindow, mail);
  gtk_widget_class_bind_template_callback (widget_class, language_cb);
  gtk_widget_class_bind_template_callback (widget_class, password_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
kith_preferences_window_init (KithPreferencesWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_object_bind_property (self->again, "sensitive", self->again_row, "visible", G_BINDING_SYNC_CREATE);
  kith_fit_to_text (GTK_WINDOW (self));
}

/**
 * kith_preferences_window_new:
 * @parent: (nullable): the window it belongs to
 *
 * Returns: (transfer none): a window that is not shown yet; GTK keeps it until it is closed
 */
GtkWidget *
kith_preferences_window_new (KithContext *context,
                             GtkWindow   *parent)
{
  KithPreferencesWindow *self = g_object_new (KITH_TYPE_PREFERENCES_WINDOW, "transient-for", parent, NULL);

  self->settings = g_object_ref (kith_context_get_settings (context));
  self->context = g_object_ref (context);
  if (parent) /* a window that is not the application's own knows none of its actions */
    gtk_widget_insert_action_group (GTK_WIDGET (self), "app", G_ACTION_GROUP (gtk_window_get_application (parent)));
  limit_idle (self, context);
  /* A longer time chosen before the policy came stays as it was, until somebody chooses anew. */
  gtk_adjustment_set_value (self->idle_range, g_settings_get_uint (self->settings, "idle-lock-minutes"));
  g_settings_bind (self->settings, "idle-lock-minutes", self->idle_range, "value",
                   G_SETTINGS_BIND_SET | G_SETTINGS_BIND_NO_SENSITIVITY);
  g_settings_bind (self->settings, "letter-keys", self->letters, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "show-sidebar", self->sidebar, "active", G_SETTINGS_BIND_DEFAULT);
  fill_languages (self);
  kith_mail_rows_set_context (self->mail, context);
  return GTK_WIDGET (self);
}
