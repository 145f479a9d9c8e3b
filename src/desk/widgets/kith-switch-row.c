/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "widgets/kith-switch-row.h"

struct _KithSwitchRow
{
  AdwActionRow parent_instance;
  GtkSwitch *button; /* shows it, and is clicked on; the row has the focus */
};

enum
{
  PROP_0,
  PROP_ACTIVE,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (KithSwitchRow, kith_switch_row, ADW_TYPE_ACTION_ROW)

static void
name_cb (KithSwitchRow *self)
{
  g_autoptr (GString) title = g_string_new (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self)));
  const char *subtitle = adw_action_row_get_subtitle (ADW_ACTION_ROW (self));

  if (adw_preferences_row_get_use_underline (ADW_PREFERENCES_ROW (self)))
    g_string_replace (title, "_", "", 1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title->str, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  subtitle ? subtitle : "", -1);
}

static void
turned_cb (KithSwitchRow *self)
{
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_CHECKED, gtk_switch_get_active (self->button), -1);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ACTIVE]);
}

static void
turn (GtkWidget  *widget,
      const char *name,
      GVariant   *parameter)
{
  adw_action_row_activate (ADW_ACTION_ROW (widget));
}

static void
kith_switch_row_get_property (GObject    *object,
                              guint       id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  if (id == PROP_ACTIVE)
    g_value_set_boolean (value, kith_switch_row_get_active (KITH_SWITCH_ROW (object)));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
kith_switch_row_set_property (GObject      *object,
                              guint         id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  if (id == PROP_ACTIVE)
    kith_switch_row_set_active (KITH_SWITCH_ROW (object), g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
kith_switch_row_class_init (KithSwitchRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->get_property = kith_switch_row_get_property;
  G_OBJECT_CLASS (klass)->set_property = kith_switch_row_set_property;
  props[PROP_ACTIVE] = g_param_spec_boolean ("active", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, props);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_SWITCH);
  gtk_widget_class_install_action (widget_class, "switch-row.turn", NULL, turn); /* what a screen reader offers to do with it */
}

static void
kith_switch_row_init (KithSwitchRow *self)
{
  self->button = g_object_new (GTK_TYPE_SWITCH, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, "valign", GTK_ALIGN_CENTER,
                               "focusable", FALSE, "can-focus", FALSE, NULL);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (self), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (self), 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), GTK_WIDGET (self->button));
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (self), GTK_WIDGET (self->button));
  /* Its labels name an action row, and the title would be heard twice. */
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_RELATION_DESCRIBED_BY);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_CHECKED, FALSE, -1);
  g_signal_connect_object (self->button, "notify::active", G_CALLBACK (turned_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect (self, "notify::title", G_CALLBACK (name_cb), NULL);
  g_signal_connect (self, "notify::use-underline", G_CALLBACK (name_cb), NULL);
  g_signal_connect (self, "notify::subtitle", G_CALLBACK (name_cb), NULL);
}

/**
 * kith_switch_row_new:
 * @title: what is on or off; also its name for a screen reader
 *
 * Returns: (transfer floating): a row that is off
 */
GtkWidget *
kith_switch_row_new (const char *title)
{
  return g_object_new (KITH_TYPE_SWITCH_ROW, "title", title, NULL);
}

gboolean
kith_switch_row_get_active (KithSwitchRow *self)
{
  return gtk_switch_get_active (self->button);
}

/**
 * kith_switch_row_set_active:
 *
 * "notify::active" says so, only where it changes.
 */
void
kith_switch_row_set_active (KithSwitchRow *self,
                            gboolean       active)
{
  gtk_switch_set_active (self->button, active);
}
