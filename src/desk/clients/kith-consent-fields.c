/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-consent-fields.h"

#include <glib/gi18n.h>

#include "kith-format.h"
#include "widgets/kith-choice-row.h"
#include "widgets/kith-suggest.h"

struct _KithConsentFields
{
  AdwBin parent_instance;
  KithContext *context;
  GtkSwitch *network;
  GtkListBox *chosen;   /* a row per receiver */
  AdwBin *suggest_place;
  KithSuggest *suggest;
  GtkCheckButton *class_client, *class_care, *class_billing, *class_health;
  AdwComboRow *how, *term, *grantor;
  AdwEntryRow *witness, *relation, *language;
  GtkSwitch *findable;
  GtkLabel *sentence;
  gboolean restoring;
};

G_DEFINE_FINAL_TYPE (KithConsentFields, kith_consent_fields, ADW_TYPE_BIN)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const struct
{
  int months;
  const char *label;
} terms[] = {
  { 12, N_("One year") },
  { 3, N_("Three months") },
  { 6, N_("Six months") },
  { 24, N_("Two years") },
};

static GDateTime *
end_of_term (KithConsentFields *self)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_utc (kith_context_get_now (self->context) / 1000);
  guint i = adw_combo_row_get_selected (self->term);

  return g_date_time_add_months (now, terms[MIN (i, G_N_ELEMENTS (terms) - 1)].months);
}

static JsonArray *
collect_classes (KithConsentFields *self)
{
  JsonArray *classes = json_array_new ();

  if (gtk_check_button_get_active (self->class_client))
    json_array_add_string_element (classes, "client");
  if (gtk_check_button_get_active (self->class_care))
    json_array_add_string_element (classes, "care");
  if (gtk_check_button_get_active (self->class_billing))
    json_array_add_string_element (classes, "client_billing");
  if (gtk_check_button_get_active (self->class_health))
    json_array_add_string_element (classes, "client_health");
  return classes;
}

char *
kith_consent_fields_sentence (KithConsentFields *self)
{
  g_autoptr (JsonArray) classes = collect_classes (self);
  g_autofree char *what = kith_format_codes ("data_class", classes, ", ");
  g_autoptr (GDateTime) end = end_of_term (self);
  g_autofree char *until = g_date_time_format (end, _("%-d %b %Y"));
  g_autoptr (GString) who = g_string_new (NULL);

  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->chosen)); row; row = gtk_widget_get_next_sibling (row))
    g_string_append_printf (who, "%s%s", who->len ? ", " : "", (const char *) g_object_get_data (G_OBJECT (row), "name"));
  if (gtk_switch_get_active (self->network))
    g_string_append_printf (who, "%s%s", who->len ? ", " : "", _("network staff"));
  if (who->len == 0 || !what)
    return g_strdup (_("Choose who may see what."));
  /* Translators: agencies, then what they will see, then a date */
  return g_strdup_printf (_("%s will see: %s. Until %s."), who->str, what, until);
}

static void
changed (KithConsentFields *self)
{
  g_autofree char *sentence = NULL;

  if (!self->context || self->restoring)
    return;
  sentence = kith_consent_fields_sentence (self);
  gtk_label_set_text (self->sentence, sentence);
  gtk_widget_set_visible (GTK_WIDGET (self->witness), g_strcmp0 (kith_choice_row_get_code (self->how), "verbal") == 0);
  gtk_widget_set_visible (GTK_WIDGET (self->relation), g_strcmp0 (kith_choice_row_get_code (self->grantor), "representative") == 0);
  gtk_widget_set_visible (GTK_WIDGET (self->chosen), gtk_widget_get_first_child (GTK_WIDGET (self->chosen)) != NULL);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
changed_cb (KithConsentFields *self)
{
  changed (self);
}

static void
remove_cb (KithConsentFields *self,
           GtkWidget         *button)
{
  gtk_list_box_remove (self->chosen, gtk_widget_get_ancestor (button, ADW_TYPE_ACTION_ROW));
  changed (self);
}

void
kith_consent_fields_add_receiver (KithConsentFields *self,
                                  const char        *id,
                                  const char        *name)
{
  GtkWidget *row, *button;

  for (row = gtk_widget_get_first_child (GTK_WIDGET (self->chosen)); row; row = gtk_widget_get_next_sibling (row))
    if (g_strcmp0 (g_object_get_data (G_OBJECT (row), "id"), id) == 0)
      return;
  row = adw_action_row_new ();
  button = gtk_button_new_from_icon_name ("window-close-symbolic");
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  g_object_set_data_full (G_OBJECT (row), "id", g_strdup (id), g_free);
  g_object_set_data_full (G_OBJECT (row), "name", g_strdup (name), g_free);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "circular");
  gtk_widget_set_tooltip_text (button, _("Take away"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Take away"), -1);
  g_signal_connect_object (button, "clicked", G_CALLBACK (remove_cb), self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  gtk_list_box_append (self->chosen, row);
  changed (self);
}

static void
picked_cb (KithConsentFields *self,
           KithRow           *row)
{
  kith_consent_fields_add_receiver (self, kith_row_get_id (row), kith_row_field (row, "name"));
  kith_suggest_clear (self->suggest);
}

static void
describe_agency (gpointer      row,
                 AdwActionRow *line)
{
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (line), kith_row_field (row, "name") ? kith_row_field (row, "name") : "");
  if (kith_row_field (row, "alternate_name"))
    adw_action_row_set_subtitle (line, kith_row_field (row, "alternate_name"));
}

static JsonObject *
collect (KithConsentFields *self,
         gboolean           with_names)
{
  g_autoptr (GDateTime) end = end_of_term (self);
  g_autofree char *term = kith_time_format (g_date_time_to_unix (end) * 1000);
  g_autofree char *witness = kith_entry_text (self->witness);
  g_autofree char *relation = kith_entry_text (self->relation);
  g_autofree char *language = kith_entry_text (self->language);
  gboolean verbal = g_strcmp0 (kith_choice_row_get_code (self->how), "verbal") == 0;
  gboolean representative = g_strcmp0 (kith_choice_row_get_code (self->grantor), "representative") == 0;
  JsonArray *receivers = json_array_new ();
  JsonArray *names = json_array_new ();
  JsonObject *object;

  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->chosen)); row; row = gtk_widget_get_next_sibling (row))
    {
      json_array_add_string_element (receivers, g_object_get_data (G_OBJECT (row), "id"));
      json_array_add_string_element (names, g_object_get_data (G_OBJECT (row), "name"));
    }
  if (gtk_switch_get_active (self->network))
    json_array_add_string_element (receivers, "network");
  object = kith_json_new ("classes", "a", collect_classes (self), "receivers", "a", receivers,
                          "term", "s", term, "how", "s", kith_choice_row_get_code (self->how), "witness", "s", verbal ? witness : NULL,
                          "language", "s", language, "grantor", "s", kith_choice_row_get_code (self->grantor),
                          "relation", "s", representative ? relation : NULL, "findable", "b", gtk_switch_get_active (self->findable), NULL);
  if (with_names)
    {
      json_object_set_array_member (object, "names", names);
      json_object_set_int_member (object, "term_choice", adw_combo_row_get_selected (self->term));
    }
  else
    json_array_unref (names);
  return object;
}

JsonObject *
kith_consent_fields_collect (KithConsentFields *self)
{
  return collect (self, FALSE);
}

JsonObject *
kith_consent_fields_draft (KithConsentFields *self)
{
  return collect (self, TRUE);
}

void
kith_consent_fields_restore (KithConsentFields *self,
                             JsonObject        *draft)
{
  JsonArray *receivers = kith_json_array (draft, "receivers"), *names = kith_json_array (draft, "names"), *classes = kith_json_array (draft, "classes");

  self->restoring = TRUE;
  gtk_switch_set_active (self->network, kith_json_array_has (receivers, "network"));
  for (guint i = 0; receivers && names && i < json_array_get_length (receivers) && i < json_array_get_length (names); i++)
    kith_consent_fields_add_receiver (self, json_array_get_string_element (receivers, i), json_array_get_string_element (names, i));
  gtk_check_button_set_active (self->class_client, kith_json_array_has (classes, "client"));
  gtk_check_button_set_active (self->class_care, kith_json_array_has (classes, "care"));
  gtk_check_button_set_active (self->class_billing, kith_json_array_has (classes, "client_billing"));
  gtk_check_button_set_active (self->class_health, kith_json_array_has (classes, "client_health"));
  kith_choice_row_set_code (self->how, kith_json_string (draft, "how"));
  kith_choice_row_set_code (self->grantor, kith_json_string (draft, "grantor"));
  adw_combo_row_set_selected (self->term, kith_json_int (draft, "term_choice", 0));
  gtk_editable_set_text (GTK_EDITABLE (self->witness), kith_json_string (draft, "witness") ? kith_json_string (draft, "witness") : "");
  gtk_editable_set_text (GTK_EDITABLE (self->relation), kith_json_string (draft, "relation") ? kith_json_string (draft, "relation") : "");
  gtk_editable_set_text (GTK_EDITABLE (self->language), kith_json_string (draft, "language") ? kith_json_string (draft, "language") : "");
  gtk_switch_set_active (self->findable, kith_json_bool (draft, "findable", FALSE));
  self->restoring = FALSE;
  changed (self);
}

const char *
kith_consent_fields_problem (KithConsentFields *self)
{
  g_autofree char *relation = kith_entry_text (self->relation);
  g_autoptr (JsonArray) classes = collect_classes (self);

  if (!gtk_switch_get_active (self->network) && !gtk_widget_get_first_child (GTK_WIDGET (self->chosen)))
    return _("Choose which agencies may see it.");
  if (json_array_get_length (classes) == 0)
    return _("Choose what may be shared.");
  if (gtk_widget_get_visible (GTK_WIDGET (self->relation)) && !relation)
    return _("Say how the representative is related to the client.");
  return NULL;
}

static void
kith_consent_fields_dispose (GObject *object)
{
  KithConsentFields *self = KITH_CONSENT_FIELDS (object);

  g_clear_object (&self->context);
  gtk_widget_dispose_template (GTK_WIDGET (self), KITH_TYPE_CONSENT_FIELDS);
  G_OBJECT_CLASS (kith_consent_fields_parent_class)->dispose (object);
}

static void
kith_consent_fields_class_init (KithConsentFieldsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kith_consent_fields_dispose;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/kith/Kith/clients/kith-consent-fields.ui");
  gtk_widget_class_bind_template_child (widget_class, KithConsentFields, network);
  gtk_widget_class_bind_template_child (widget_class, KithConsentFields, chosen);
  gtk_widget_class_bind_template_child (widget_class, KithConsentFields, suggest_place);
  gtk_widget_class_bind_template_child (widget_class, KithConsentFields, class_client);
  gtk_widget_class_bind_template_child (widget_class, KithConsentFields, class_care);
  gtk_widget_class_bind_template_child (widget_class, KithConsentFields, class_billing);
  gtk_widget_class_bind_template_child (widget_class, KithConsentFields, class_health);
  gtk_widget_class_bind_template_child (widget_class, KithConsentFields, how);
  gtk_widget_class_bind_template_child (widget_class, KithConsentFields, term);
  gtk_widget_class_bind_template_child (widget_class, KithConsentFields, grantor);
  gtk_widget_class_bind_template_child (widget_class, KithConsentFields, witness);
  gtk_widget_class_bind_template_child (widget_class, KithConsentFields, relation);
  gtk_widget_class_bind_template_child (widget_class, KithConsentFields, language);
  gtk_widget_class_bind_template_child (widget_class, KithConsentFields, findable);
  gtk_widget_class_bind_template_child (widget_class, KithConsentFields, sentence);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
}

static void
kith_consent_fields_init (KithConsentFields *self)
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);

  gtk_widget_init_template (GTK_WIDGET (self));
  kith_choice_row_set_vocabulary (self->how, "consent_how", NULL);
  kith_choice_row_set_vocabulary (self->grantor, "grantor", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (terms); i++)
    gtk_string_list_append (labels, _(terms[i].label));
  adw_combo_row_set_model (self->term, G_LIST_MODEL (labels));
}

GtkWidget *
kith_consent_fields_new (KithContext *context)
{
  KithConsentFields *self = g_object_new (KITH_TYPE_CONSENT_FIELDS, NULL);

  self->context = g_object_ref (context);
  self->suggest = KITH_SUGGEST (kith_suggest_new (context, "organization", _("Add an agency: type its name"), describe_agency));
  g_signal_connect_object (self->suggest, "picked", G_CALLBACK (picked_cb), self, G_CONNECT_SWAPPED);
  adw_bin_set_child (self->suggest_place, GTK_WIDGET (self->suggest));
  changed (self);
  return GTK_WIDGET (self);
}
