/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-consent-fields-private.h"
#include "widgets/kith-choice-row.h"

#include <glib/gi18n.h>

#define USUAL_DAYS 365 /* where the agency has said nothing else; the operation's own default */

G_DEFINE_FINAL_TYPE (KithConsentFields, kith_consent_fields, ADW_TYPE_BIN)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* Of somebody who is not registered yet: who they are changes nothing about who sees what. */
static void
preview_new (KithConsentFields *self,
             JsonObject        *consent, /* transfer full */
             const char        *sentence,
             const char        *until)
{
  g_autofree char *id = kith_context_new_id (self->context);

  json_object_set_string_member (consent, "permission", "granted");
  kith_consent_preview_ask (self->preview, id, "client.register",
                            kith_json_new ("id", "s", id, "number", "s", "AA-0001", "values", "o", kith_json_new ("described_as", "s", "-", NULL), "consent", "o",
                                           consent, NULL),
                            sentence, until);
}

static void
show_preview (KithConsentFields *self)
{
  g_autofree char *sentence = kith_consent_fields_sentence (self);
  g_autofree char *until = kith_consent_fields_until (self);
  g_autofree char *id = NULL;
  g_autoptr (JsonArray) classes = kith_consent_fields_classes (self);
  JsonObject *args;

  if (!until || kith_consent_fields_names_nobody (self) || json_array_get_length (classes) == 0)
    {
      kith_consent_preview_say (self->preview, sentence);
      return;
    }
  args = kith_consent_fields_collect (self);
  json_object_remove_member (args, "signature"); /* says nothing about who sees what */
  id = kith_context_new_id (self->context);
  json_object_set_string_member (args, "id", id);
  if (!self->client)
    {
      preview_new (self, args, sentence, until);
      return;
    }
  json_object_set_string_member (args, "client", self->client);
  kith_consent_preview_ask (self->preview, self->client, "consent.record", args, sentence, until);
}

/* What goes with what is chosen. */
static void
look (KithConsentFields *self)
{
  show_preview (self);
  gtk_widget_set_visible (GTK_WIDGET (self->witness), kith_consent_fields_is_way (self, "verbal"));
  gtk_widget_set_visible (self->signing, kith_consent_fields_is_way (self, "signed"));
  gtk_widget_set_visible (GTK_WIDGET (self->scan), kith_consent_fields_is_way (self, "scanned") && self->scans->len > 1);
  gtk_widget_set_visible (self->scan_hint, kith_consent_fields_is_way (self, "scanned") && adw_combo_row_get_selected (self->scan) == 0);
  gtk_widget_set_visible (GTK_WIDGET (self->until), kith_consent_fields_months (self) < 0);
  gtk_widget_set_visible (GTK_WIDGET (self->relation), g_strcmp0 (kith_choice_row_get_code (self->grantor), "representative") == 0);
  gtk_widget_set_visible (GTK_WIDGET (self->chosen), gtk_widget_get_first_child (GTK_WIDGET (self->chosen)) != NULL);
}

void
kith_consent_fields_changed (KithConsentFields *self)
{
  if (!self->preview || self->restoring)
    return;
  look (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
changed_cb (KithConsentFields *self)
{
  kith_consent_fields_changed (self);
}

static void
clear_cb (KithConsentFields *self)
{
  kith_signature_pad_set_text (self->pad, NULL);
}

static void
remove_cb (KithConsentFields *self, GtkWidget *button)
{
  gtk_list_box_remove (self->chosen, gtk_widget_get_ancestor (button, ADW_TYPE_ACTION_ROW));
  kith_consent_fields_changed (self);
}

/**
 * kith_consent_fields_add_receiver:
 * @id: of an agency; one that is there already is not added again
 * @name: as it is shown
 */
void
kith_consent_fields_add_receiver (KithConsentFields *self, const char *id, const char *name)
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
  kith_consent_fields_changed (self);
}

static void
picked_cb (KithConsentFields *self, KithRow *row)
{
  kith_consent_fields_add_receiver (self, kith_row_get_id (row), kith_row_field (row, "name"));
  kith_suggest_clear (self->suggest);
}

static void
describe_agency (KithContext  *context,
                 gpointer      row,
                 AdwActionRow *line)
{
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (line), kith_row_field (row, "name") ? kith_row_field (row, "name") : "");
  if (kith_row_field (row, "alternate_name"))
    adw_action_row_set_subtitle (line, kith_row_field (row, "alternate_name"));
}

/* Files of the client, the newest first; one that was removed proves nothing. */
static void
files_cb (GPtrArray *rows, gpointer user_data)
{
  KithConsentFields *self = user_data;
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint selected = adw_combo_row_get_selected (self->scan);
  g_autofree char *chosen = g_strdup (self->scan_wanted ? self->scan_wanted : selected < self->scans->len ? self->scans->pdata[selected] : NULL);

  g_ptr_array_set_size (self->scans, 0);
  g_ptr_array_add (self->scans, NULL);
  gtk_string_list_append (names, _("Attached later"));
  for (guint i = 0; i < rows->len; i++)
    if (!kith_row_get_text (rows->pdata[i], "removed_at"))
      {
        const char *name = kith_row_get_text (rows->pdata[i], "name");

        g_ptr_array_add (self->scans, g_strdup (kith_row_get_id (rows->pdata[i])));
        gtk_string_list_append (names, name ? name : _("File"));
      }
  self->restoring = TRUE; /* nobody chose anything */
  kith_choice_row_set_words (self->scan, names);
  kith_consent_fields_choose_scan (self, chosen);
  self->restoring = FALSE;
  look (self);
}

void
kith_consent_fields_choose_scan (KithConsentFields *self, const char *document)
{
  g_autofree char *wanted = g_strdup (document);

  g_clear_pointer (&self->scan_wanted, g_free);
  adw_combo_row_set_selected (self->scan, 0);
  for (guint i = 1; wanted && i < self->scans->len; i++)
    if (g_str_equal (self->scans->pdata[i], wanted))
      {
        adw_combo_row_set_selected (self->scan, i);
        return;
      }
  self->scan_wanted = g_steal_pointer (&wanted);
}

void
kith_consent_fields_set_client (KithConsentFields *self, const char *client)
{
  static const char *const kinds[] = { "document", NULL };

  g_free (self->client);
  self->client = g_strdup (client);
  g_clear_object (&self->files);
  if (client)
    self->files = kith_watch_new (self->context, "client-documents", kinds, client, files_cb, self);
  look (self);
}

GtkWidget *
kith_consent_fields_get_first (KithConsentFields *self)
{
  return GTK_WIDGET (self->everyone);
}

static void
kith_consent_fields_dispose (GObject *object)
{
  KithConsentFields *self = KITH_CONSENT_FIELDS (object);

  g_clear_object (&self->files);
  g_clear_object (&self->settings);
  g_clear_object (&self->preview);
  g_clear_object (&self->context);
  g_clear_pointer (&self->client, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), KITH_TYPE_CONSENT_FIELDS);
  G_OBJECT_CLASS (kith_consent_fields_parent_class)->dispose (object);
}

static void
kith_consent_fields_finalize (GObject *object)
{
  KithConsentFields *self = KITH_CONSENT_FIELDS (object);

  g_ptr_array_unref (self->scans);
  g_free (self->scan_wanted);
  g_clear_pointer (&self->disclosers, json_array_unref);
  G_OBJECT_CLASS (kith_consent_fields_parent_class)->finalize (object);
}

static void
kith_consent_fields_class_init (KithConsentFieldsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kith_consent_fields_dispose;
  G_OBJECT_CLASS (klass)->finalize = kith_consent_fields_finalize;
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
  gtk_widget_class_bind_template_child (widget_class, KithConsentFields, everyone);
  gtk_widget_class_bind_template_child (widget_class, KithConsentFields, class_case);
  gtk_widget_class_bind_template_child (widget_class, KithConsentFields, class_case_health);
  gtk_widget_class_bind_template_child (widget_class, KithConsentFields, purpose);
  gtk_widget_class_bind_template_child (widget_class, KithConsentFields, until);
  gtk_widget_class_bind_template_child (widget_class, KithConsentFields, signer);
  gtk_widget_class_bind_template_child (widget_class, KithConsentFields, signing);
  gtk_widget_class_bind_template_child (widget_class, KithConsentFields, pad_place);
  gtk_widget_class_bind_template_child (widget_class, KithConsentFields, clear);
  gtk_widget_class_bind_template_child (widget_class, KithConsentFields, scan);
  gtk_widget_class_bind_template_child (widget_class, KithConsentFields, scan_hint);
  gtk_widget_class_bind_template_child (widget_class, KithConsentFields, findable);
  gtk_widget_class_bind_template_child (widget_class, KithConsentFields, sentence);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, clear_cb);
}

static void
settings_cb (GPtrArray *rows, gpointer user_data)
{
  KithConsentFields *self = user_data;
  gint64 days = rows->len > 0 ? kith_row_get_int (rows->pdata[0], "consent_term_days") : 0;

  if (days == self->usual_days || days <= 0)
    return;
  self->usual_days = (int) days;
  self->restoring = TRUE; /* nobody chose anything */
  kith_consent_fields_name_terms (self);
  self->restoring = FALSE;
  look (self);
}

static void
kith_consent_fields_init (KithConsentFields *self)
{
  self->scans = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->scans, NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
  kith_choice_row_set_vocabulary (self->how, "consent_how", NULL);
  kith_choice_row_set_vocabulary (self->grantor, "grantor", NULL);
  self->usual_days = USUAL_DAYS;
  kith_consent_fields_name_terms (self);
  self->pad = KITH_SIGNATURE_PAD (kith_signature_pad_new (TRUE));
  g_signal_connect_object (self->pad, "changed", G_CALLBACK (kith_consent_fields_changed), self, G_CONNECT_SWAPPED);
  adw_bin_set_child (self->pad_place, GTK_WIDGET (self->pad));
}

/**
 * kith_consent_fields_new:
 *
 * Returns: (transfer floating): nothing is agreed to yet; the term is the agency's own once its settings are read
 */
GtkWidget *
kith_consent_fields_new (KithContext *context)
{
  static const char *const kinds[] = { "agency_settings", NULL };
  KithConsentFields *self = g_object_new (KITH_TYPE_CONSENT_FIELDS, NULL);

  self->context = g_object_ref (context);
  self->preview = kith_consent_preview_new (context, self->sentence);
  self->settings = kith_watch_new (context, "agency-terms", kinds, kith_context_get_agency (context), settings_cb, self);
  self->suggest = KITH_SUGGEST (kith_suggest_new (context, "organization", _("Add an agency: type its name"), describe_agency));
  g_signal_connect_object (self->suggest, "picked", G_CALLBACK (picked_cb), self, G_CONNECT_SWAPPED);
  adw_bin_set_child (self->suggest_place, GTK_WIDGET (self->suggest));
  kith_consent_fields_changed (self);
  return GTK_WIDGET (self);
}
