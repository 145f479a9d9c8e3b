/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-consent-fields.h"

#include <glib/gi18n.h>

#include "kith-consent-preview.h"
#include "kith-format.h"
#include "kith-watch.h"
#include "widgets/kith-choice-row.h"
#include "widgets/kith-date-words.h"
#include "widgets/kith-signature-pad.h"
#include "widgets/kith-suggest.h"

#define USUAL_DAYS 365 /* where the agency has said nothing else; the operation's own default */
#define DAY_MS (G_GINT64_CONSTANT (24) * 60 * 60 * 1000)

struct _KithConsentFields
{
  AdwBin parent_instance;
  KithContext *context;
  char *client;         /* NULL: not registered yet */
  GtkCheckButton *everyone;
  GtkSwitch *network;
  GtkListBox *chosen;   /* a row per receiver */
  AdwBin *suggest_place;
  KithSuggest *suggest;
  GtkCheckButton *class_client, *class_care, *class_billing, *class_health;
  GtkCheckButton *class_case;
  AdwComboRow *how, *term, *grantor;
  AdwEntryRow *witness, *relation, *language, *purpose, *until, *signer;
  GtkWidget *signing;   /* pad, clear, the signer's name */
  AdwBin *pad_place;
  KithSignaturePad *pad;
  GtkWidget *clear, *scan_hint;
  GtkSwitch *findable;
  GtkLabel *sentence;
  KithConsentPreview *preview;
  KithWatch *settings;
  int usual_days;
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
  { 0, NULL }, /* the agency's own; its label says how long */
  { 3, N_("Three months") },
  { 6, N_("Six months") },
  { 24, N_("Two years") },
  { -1, N_("Until a day…") },
};

static int
chosen_months (KithConsentFields *self)
{
  guint i = adw_combo_row_get_selected (self->term);

  return terms[MIN (i, G_N_ELEMENTS (terms) - 1)].months;
}

/* NULL: no day, or none to come. */
static GDateTime *
end_of_term (KithConsentFields *self)
{
  gint64 now_ms = kith_context_get_now (self->context);
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_utc (now_ms / 1000);
  g_autofree char *day = NULL;
  g_autoptr (GDateTime) end = NULL;
  int months = chosen_months (self), year, month, of_month;

  if (months == 0)
    return g_date_time_add_days (now, self->usual_days);
  if (months > 0)
    return g_date_time_add_months (now, months);
  /* It is written for birth dates, so it takes no year after the one it is given. */
  day = kith_date_read (gtk_editable_get_text (GTK_EDITABLE (self->until)), g_date_time_get_year (now) + 20);
  if (!day || sscanf (day, "%4d-%2d-%2d", &year, &month, &of_month) != 3)
    return NULL;
  end = g_date_time_new_local (year, month, of_month, 23, 59, 0); /* that day still counts */
  return end && g_date_time_compare (end, now) > 0 ? g_steal_pointer (&end) : NULL;
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
  if (gtk_check_button_get_active (self->class_case))
    json_array_add_string_element (classes, "case");
  return classes;
}

static char *
until_words (KithConsentFields *self)
{
  g_autoptr (GDateTime) end = end_of_term (self);

  /* Translators: a date, of the end of a consent */
  return end ? g_date_time_format (end, _("Until %-d %b %Y.")) : NULL;
}

char *
kith_consent_fields_sentence (KithConsentFields *self)
{
  g_autoptr (JsonArray) classes = collect_classes (self);
  g_autofree char *what = kith_format_codes ("data_class", classes, ", ");
  g_autofree char *until = until_words (self);
  g_autoptr (GString) who = g_string_new (NULL);

  if (gtk_check_button_get_active (self->everyone))
    g_string_append (who, kith_format_code ("receiver_class", "direct"));

  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->chosen)); row; row = gtk_widget_get_next_sibling (row))
    g_string_append_printf (who, "%s%s", who->len ? ", " : "", (const char *) g_object_get_data (G_OBJECT (row), "name"));
  if (gtk_switch_get_active (self->network))
    g_string_append_printf (who, "%s%s", who->len ? ", " : "", _("network staff"));
  if (who->len == 0 || !what)
    return g_strdup (_("Choose who may see what."));
  /* Translators: agencies, then what they will see, then "Until 20 Nov 2027." */
  return g_strdup_printf (_("%s will see: %s. %s"), who->str, what, until ? until : _("Until when?"));
}

static gboolean
is_way (KithConsentFields *self, const char *way)
{
  return g_strcmp0 (kith_choice_row_get_code (self->how), way) == 0;
}

static gboolean
names_nobody (KithConsentFields *self)
{
  return !gtk_switch_get_active (self->network) && !gtk_check_button_get_active (self->everyone) &&
         !gtk_widget_get_first_child (GTK_WIDGET (self->chosen));
}

static void
show_preview (KithConsentFields *self)
{
  g_autofree char *sentence = kith_consent_fields_sentence (self);
  g_autofree char *until = until_words (self);
  g_autofree char *id = NULL;
  g_autoptr (JsonArray) classes = collect_classes (self);
  JsonObject *args;

  if (!self->client || !until || names_nobody (self) || json_array_get_length (classes) == 0)
    {
      kith_consent_preview_say (self->preview, sentence);
      return;
    }
  args = kith_consent_fields_collect (self);
  json_object_remove_member (args, "signature"); /* says nothing about who sees what */
  id = kith_context_new_id (self->context);
  json_object_set_string_member (args, "id", id);
  json_object_set_string_member (args, "client", self->client);
  kith_consent_preview_ask (self->preview, self->client, "consent.record", args, sentence, until);
}

static void
changed (KithConsentFields *self)
{
  if (!self->preview || self->restoring)
    return;
  show_preview (self);
  gtk_widget_set_visible (GTK_WIDGET (self->witness), is_way (self, "verbal"));
  gtk_widget_set_visible (self->signing, is_way (self, "signed"));
  gtk_widget_set_visible (self->scan_hint, is_way (self, "scanned"));
  gtk_widget_set_visible (GTK_WIDGET (self->until), chosen_months (self) < 0);
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
clear_cb (KithConsentFields *self)
{
  kith_signature_pad_set_text (self->pad, NULL);
}

static void
remove_cb (KithConsentFields *self, GtkWidget *button)
{
  gtk_list_box_remove (self->chosen, gtk_widget_get_ancestor (button, ADW_TYPE_ACTION_ROW));
  changed (self);
}

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
  changed (self);
}

static void
picked_cb (KithConsentFields *self, KithRow *row)
{
  kith_consent_fields_add_receiver (self, kith_row_get_id (row), kith_row_field (row, "name"));
  kith_suggest_clear (self->suggest);
}

static void
describe_agency (gpointer row, AdwActionRow *line)
{
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (line), kith_row_field (row, "name") ? kith_row_field (row, "name") : "");
  if (kith_row_field (row, "alternate_name"))
    adw_action_row_set_subtitle (line, kith_row_field (row, "alternate_name"));
}

static JsonObject *
collect (KithConsentFields *self, gboolean with_names)
{
  g_autoptr (GDateTime) end = end_of_term (self);
  g_autofree char *term = end && chosen_months (self) != 0 ? kith_time_format (g_date_time_to_unix (end) * 1000) : NULL;
  g_autofree char *witness = kith_entry_text (self->witness);
  g_autofree char *relation = kith_entry_text (self->relation);
  g_autofree char *language = kith_entry_text (self->language);
  g_autofree char *purpose = kith_entry_text (self->purpose);
  g_autofree char *signer = kith_entry_text (self->signer);
  g_autofree char *signature = kith_signature_pad_get_text (self->pad);
  gboolean representative = g_strcmp0 (kith_choice_row_get_code (self->grantor), "representative") == 0;
  gboolean keep = with_names; /* a draft keeps what is hidden just now */
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
                          "receiver_classes", "a", gtk_check_button_get_active (self->everyone) ? kith_json_strings ("direct", NULL) : NULL,
                          "purpose", "s", purpose, "term", "s", term, "how", "s", kith_choice_row_get_code (self->how),
                          "witness", "s", keep || is_way (self, "verbal") ? witness : NULL,
                          "signature", "s", keep || is_way (self, "signed") ? signature : NULL,
                          "signer", "s", keep || is_way (self, "signed") ? signer : NULL,
                          "language", "s", language, "grantor", "s", kith_choice_row_get_code (self->grantor),
                          "relation", "s", representative ? relation : NULL, "findable", "b", gtk_switch_get_active (self->findable), NULL);
  if (with_names)
    {
      json_object_set_array_member (object, "names", names);
      json_object_set_int_member (object, "term_choice", adw_combo_row_get_selected (self->term));
      json_object_set_string_member (object, "until_text", gtk_editable_get_text (GTK_EDITABLE (self->until)));
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
kith_consent_fields_restore (KithConsentFields *self, JsonObject *draft)
{
  JsonArray *receivers = kith_json_array (draft, "receivers"), *names = kith_json_array (draft, "names"), *classes = kith_json_array (draft, "classes");

  self->restoring = TRUE;
  gtk_switch_set_active (self->network, receivers && kith_json_array_has (receivers, "network"));
  gtk_check_button_set_active (self->everyone, kith_json_array (draft, "receiver_classes") != NULL);
  for (guint i = 0; receivers && names && i < json_array_get_length (receivers) && i < json_array_get_length (names); i++)
    kith_consent_fields_add_receiver (self, json_array_get_string_element (receivers, i), json_array_get_string_element (names, i));
  gtk_check_button_set_active (self->class_client, classes && kith_json_array_has (classes, "client"));
  gtk_check_button_set_active (self->class_care, classes && kith_json_array_has (classes, "care"));
  gtk_check_button_set_active (self->class_billing, classes && kith_json_array_has (classes, "client_billing"));
  gtk_check_button_set_active (self->class_health, classes && kith_json_array_has (classes, "client_health"));
  kith_choice_row_set_code (self->how, kith_json_string (draft, "how"));
  kith_choice_row_set_code (self->grantor, kith_json_string (draft, "grantor"));
  adw_combo_row_set_selected (self->term, kith_json_int (draft, "term_choice", 0));
  gtk_check_button_set_active (self->class_case, classes && kith_json_array_has (classes, "case"));
  kith_entry_set (self->witness, kith_json_string (draft, "witness"));
  kith_entry_set (self->relation, kith_json_string (draft, "relation"));
  kith_entry_set (self->language, kith_json_string (draft, "language"));
  kith_entry_set (self->purpose, kith_json_string (draft, "purpose"));
  kith_entry_set (self->signer, kith_json_string (draft, "signer"));
  kith_entry_set (self->until, kith_json_string (draft, "until_text"));
  kith_signature_pad_set_text (self->pad, kith_json_string (draft, "signature"));
  gtk_switch_set_active (self->findable, kith_json_bool (draft, "findable", FALSE));
  self->restoring = FALSE;
  changed (self);
}

void
kith_consent_fields_set_client (KithConsentFields *self, const char *client)
{
  g_free (self->client);
  self->client = g_strdup (client);
  changed (self);
}

GtkWidget *
kith_consent_fields_get_first (KithConsentFields *self)
{
  return GTK_WIDGET (self->everyone);
}

/* Asked for again: to whom, what and what for as before. How it is given, and for how long, is new. */
void
kith_consent_fields_renew (KithConsentFields *self, JsonObject *consent, JsonArray *names)
{
  static const char *const kept[] = { "classes", "receiver_classes", "purpose", "language", "grantor", "relation", "findable", NULL };
  JsonArray *receivers = kith_json_array (consent, "receivers"), *groups = kith_json_array (consent, "receiver_classes");
  gboolean everyone = groups && kith_json_array_has (groups, "direct"); /* it names today's agencies anew */
  g_autoptr (JsonObject) draft = kith_consent_fields_draft (self);

  for (guint i = 0; kept[i]; i++)
    if (json_object_has_member (consent, kept[i]))
      json_object_set_member (draft, kept[i], json_node_copy (json_object_get_member (consent, kept[i])));
  kith_consent_fields_restore (self, draft);
  for (guint i = 0; receivers && i < json_array_get_length (receivers); i++)
    {
      const char *id = json_array_get_string_element (receivers, i);

      if (g_str_equal (id, "network"))
        gtk_switch_set_active (self->network, TRUE);
      else if (!everyone)
        kith_consent_fields_add_receiver (self, id, names && i < json_array_get_length (names) ? json_array_get_string_element (names, i) : id);
    }
}

const char *
kith_consent_fields_problem (KithConsentFields *self)
{
  g_autofree char *relation = kith_entry_text (self->relation);
  g_autofree char *signer = kith_entry_text (self->signer);
  g_autofree char *signature = kith_signature_pad_get_text (self->pad);
  g_autoptr (GDateTime) end = end_of_term (self);
  g_autoptr (JsonArray) classes = collect_classes (self);

  if (names_nobody (self))
    return _("Choose which agencies may see it.");
  if (json_array_get_length (classes) == 0)
    return _("Choose what may be shared.");
  if (gtk_widget_get_visible (GTK_WIDGET (self->relation)) && !relation)
    return _("Say how the representative is related to the client.");
  if (!end)
    return _("Write the day it ends: one that is still to come.");
  if (is_way (self, "signed") && !signature && !signer)
    return _("Let the client sign, or type the name of who signs.");
  return NULL;
}

static void
kith_consent_fields_dispose (GObject *object)
{
  KithConsentFields *self = KITH_CONSENT_FIELDS (object);

  g_clear_object (&self->settings);
  g_clear_object (&self->preview);
  g_clear_object (&self->context);
  g_clear_pointer (&self->client, g_free);
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
  gtk_widget_class_bind_template_child (widget_class, KithConsentFields, everyone);
  gtk_widget_class_bind_template_child (widget_class, KithConsentFields, class_case);
  gtk_widget_class_bind_template_child (widget_class, KithConsentFields, purpose);
  gtk_widget_class_bind_template_child (widget_class, KithConsentFields, until);
  gtk_widget_class_bind_template_child (widget_class, KithConsentFields, signer);
  gtk_widget_class_bind_template_child (widget_class, KithConsentFields, signing);
  gtk_widget_class_bind_template_child (widget_class, KithConsentFields, pad_place);
  gtk_widget_class_bind_template_child (widget_class, KithConsentFields, clear);
  gtk_widget_class_bind_template_child (widget_class, KithConsentFields, scan_hint);
  gtk_widget_class_bind_template_child (widget_class, KithConsentFields, findable);
  gtk_widget_class_bind_template_child (widget_class, KithConsentFields, sentence);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, clear_cb);
}

/* The words of the first choice: how long the agency's own term is. */
static void
name_terms (KithConsentFields *self)
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  guint selected = adw_combo_row_get_selected (self->term);
  g_autofree char *usual = g_strdup_printf (ngettext ("The usual time: %d day", "The usual time: %d days", self->usual_days), self->usual_days);

  for (guint i = 0; i < G_N_ELEMENTS (terms); i++)
    gtk_string_list_append (labels, terms[i].label ? _(terms[i].label) : usual);
  adw_combo_row_set_model (self->term, G_LIST_MODEL (labels));
  adw_combo_row_set_selected (self->term, selected == GTK_INVALID_LIST_POSITION ? 0 : selected);
}

static void
settings_cb (GPtrArray *rows, gpointer user_data)
{
  KithConsentFields *self = user_data;
  gint64 days = rows->len > 0 ? kith_row_get_int (rows->pdata[0], "consent_term_days") : 0;

  if (days == self->usual_days || days <= 0)
    return;
  self->usual_days = (int) days;
  name_terms (self);
  changed (self);
}

static void
kith_consent_fields_init (KithConsentFields *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  kith_choice_row_set_vocabulary (self->how, "consent_how", NULL);
  kith_choice_row_set_vocabulary (self->grantor, "grantor", NULL);
  self->usual_days = USUAL_DAYS;
  name_terms (self);
  self->pad = KITH_SIGNATURE_PAD (kith_signature_pad_new (TRUE));
  g_signal_connect_object (self->pad, "changed", G_CALLBACK (changed), self, G_CONNECT_SWAPPED);
  adw_bin_set_child (self->pad_place, GTK_WIDGET (self->pad));
}

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
  changed (self);
  return GTK_WIDGET (self);
}
