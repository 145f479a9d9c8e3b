/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-consent-fields-private.h"
#include "kith-dates.h"
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

  if (!until || kith_consent_fields_names_nobody (self) || json_array_get_length (classes) == 0 ||
      (kith_consent_fields_names_disclosers (self) && kith_agency_picks_is_empty (self->disclosers)))
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

static const char *
chosen_words (AdwComboRow *row)
{
  gpointer item = adw_combo_row_get_selected_item (row);

  return GTK_IS_STRING_OBJECT (item) ? gtk_string_object_get_string (item) : "";
}

/* Who may agree for a child, and from which age a child may alone, is the law's of each place: it is asked, and nothing is chosen for anybody. */
static gboolean
is_child_alone (KithConsentFields *self)
{
  return self->birth && kith_format_is_child (self->birth, kith_context_get_now (self->context)) && !kith_consent_fields_by_another (self);
}

/* What is recorded has stood in sight (C3): the form may be recorded with a key, long before anybody has scrolled down to it. */
static void
show_basis (KithConsentFields *self)
{
  const char *witness = kith_consent_fields_is_way (self, "verbal") ? gtk_editable_get_text (GTK_EDITABLE (self->witness)) : "";
  g_autofree char *witnessed = *witness ? g_strdup_printf (_("witness: %s"), witness) : NULL;
  /* Translators: who agreed: "The client, under 18" */
  g_autofree char *grantor = is_child_alone (self) ? g_strdup_printf (_("%s, under 18"), chosen_words (self->grantor)) : g_strdup (chosen_words (self->grantor));
  g_autofree char *day = kith_consent_fields_signed_on (self), *whole = day && *day ? kith_dates_whole (day) : NULL;
  /* Translators: a day: "signed Tue 3 Mar 2026" */
  g_autofree char *dated = whole ? g_strdup_printf (_("signed %s"), whole) : NULL;
  g_autofree char *event = kith_entry_text (self->end_event);
  /* Translators: what ends a consent before its day, in the client's words */
  g_autofree char *sooner = event ? g_strdup_printf (_("or when this happens: %s"), event) : NULL;
  const char *last = dated ? dated : witnessed;
  g_autofree char *words = g_strjoin (" · ", chosen_words (self->how), grantor, chosen_words (self->term), sooner ? sooner : last, sooner ? last : NULL, NULL);
  /* Translators: how a consent was given, by whom, for how long */
  g_autofree char *line = g_strdup_printf (_("Recorded as: %s"), words);

  gtk_label_set_text (GTK_LABEL (self->basis), line);
}

/* What goes with what is chosen. */
static void
look (KithConsentFields *self)
{
  g_autofree char *day = kith_consent_fields_signed_on (self);

  show_basis (self);
  show_preview (self);
  gtk_widget_set_visible (GTK_WIDGET (self->witness), kith_consent_fields_is_way (self, "verbal"));
  gtk_widget_set_visible (GTK_WIDGET (self->signed_on), kith_consent_fields_is_paper (self));
  kith_entry_set_error (self->signed_on, !day);
  gtk_widget_set_visible (self->signing, kith_consent_fields_is_way (self, "signed"));
  gtk_widget_set_visible (GTK_WIDGET (self->scan), kith_consent_fields_is_way (self, "scanned") && self->scans->len > 1);
  gtk_widget_set_visible (self->scan_hint, kith_consent_fields_is_way (self, "scanned") && adw_combo_row_get_selected (self->scan) == 0);
  gtk_widget_set_visible (GTK_WIDGET (self->until), kith_consent_fields_months (self) < 0);
  gtk_widget_set_visible (GTK_WIDGET (self->relation), kith_consent_fields_by_another (self));
  gtk_widget_set_visible (GTK_WIDGET (self->representative), kith_consent_fields_by_another (self) && !kith_consent_fields_is_way (self, "signed"));
  gtk_widget_set_visible (self->child_hint, is_child_alone (self));
  gtk_widget_set_visible (GTK_WIDGET (self->disclosers), kith_consent_fields_names_disclosers (self));
}

void
kith_consent_fields_changed (KithConsentFields *self)
{
  if (!self->disclosers || self->restoring)
    return;
  kith_consent_fields_fit_purpose (self);
  look (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
changed_cb (KithConsentFields *self)
{
  kith_consent_fields_changed (self);
}

static void
purpose_action (GtkWidget *widget, const char *name, GVariant *target)
{
  KithConsentFields *self = KITH_CONSENT_FIELDS (widget);

  gtk_editable_set_text (GTK_EDITABLE (self->purpose), kith_format_code ("consent_purpose", g_variant_get_string (target, NULL)));
  gtk_widget_grab_focus (GTK_WIDGET (self->purpose));
}

static void
clear_cb (KithConsentFields *self)
{
  kith_signature_pad_set_text (self->pad, NULL);
}

/**
 * kith_consent_fields_add_receiver:
 * @id: of an agency; one that is there already is not added again
 * @name: as it is shown
 */
void
kith_consent_fields_add_receiver (KithConsentFields *self, const char *id, const char *name)
{
  kith_agency_picks_add (self->receivers, id, name);
}

void
kith_consent_fields_keep_only (KithConsentFields *self)
{
  g_autoptr (JsonArray) ids = self->only ? kith_json_strings (self->only, NULL) : NULL;
  g_autoptr (JsonArray) names = self->only ? kith_json_strings (self->only_name, NULL) : NULL;

  if (!self->only)
    return;
  gtk_check_button_set_active (self->everyone, FALSE);
  gtk_check_button_set_active (self->referred, FALSE);
  kith_switch_row_set_active (self->network, FALSE);
  kith_switch_row_set_active (self->findable, FALSE);
  kith_agency_picks_restore (self->receivers, ids, names);
}

/**
 * kith_consent_fields_set_only:
 * @id: (nullable): of the agency; NULL: whoever is chosen
 * @name: as it is shown
 */
void
kith_consent_fields_set_only (KithConsentFields *self, const char *id, const char *name)
{
  GtkWidget *const others[] = { GTK_WIDGET (self->everyone), GTK_WIDGET (self->network), GTK_WIDGET (self->findable) };

  g_free (self->only);
  g_free (self->only_name);
  self->only = g_strdup (id);
  self->only_name = g_strdup (name);
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    gtk_widget_set_visible (gtk_widget_get_ancestor (others[i], ADW_TYPE_ACTION_ROW), !id);
  gtk_widget_set_visible (GTK_WIDGET (self->referred_row), !id && self->client);
  gtk_widget_set_sensitive (GTK_WIDGET (self->receivers_place), !id);
  self->restoring = TRUE;
  kith_consent_fields_keep_only (self);
  self->restoring = FALSE;
  kith_consent_fields_changed (self);
}

/* Which they are is said: who is referred to later was not agreed to (C3). An agency's own service is no other receiver. */
static void
referrals_cb (GPtrArray *rows, gpointer user_data)
{
  KithConsentFields *self = user_data;
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < rows->len; i++)
    {
      const char *to = kith_row_get_text (rows->pdata[i], "agency_to"), *name = kith_row_get_text (rows->pdata[i], "agency_name");

      if (to && kith_row_get_text (rows->pdata[i], "sent_at") && g_strcmp0 (kith_row_get_text (rows->pdata[i], "client"), self->client) == 0 &&
          g_strcmp0 (to, kith_row_get_text (rows->pdata[i], "agency")) != 0 && g_hash_table_add (seen, (gpointer) to))
        g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", name ? name : _("An agency of the network"));
    }
  adw_action_row_set_subtitle (self->referred_row, names->len > 0 ? names->str : _("No referral to another agency was sent yet"));
  gtk_widget_set_sensitive (GTK_WIDGET (self->referred_row), names->len > 0 || gtk_check_button_get_active (self->referred));
  gtk_widget_set_visible (GTK_WIDGET (self->referred_row), !self->only);
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
kith_consent_fields_set_birth (KithConsentFields *self, const char *partial)
{
  g_free (self->birth);
  self->birth = g_strdup (partial);
  gtk_widget_set_visible (self->child_hint, is_child_alone (self));
  show_basis (self);
}

static void
person_cb (GPtrArray *rows, gpointer user_data)
{
  JsonObject *body = rows->len > 0 ? kith_row_body (rows->pdata[0], "body") : NULL;

  kith_consent_fields_set_birth (user_data, body ? kith_json_string (body, "date_of_birth") : NULL);
}

void
kith_consent_fields_set_client (KithConsentFields *self, const char *client)
{
  static const char *const kinds[] = { "document", NULL }, *const referral_kinds[] = { "referral", "referral_course", NULL }, *const person_kinds[] = { "client", NULL };

  g_free (self->client);
  self->client = g_strdup (client);
  g_clear_object (&self->files);
  g_clear_object (&self->referrals);
  g_clear_object (&self->person);
  if (client)
    {
      self->person = kith_watch_new (self->context, "client", person_kinds, client, person_cb, self);
      self->files = kith_watch_new (self->context, "client-documents", kinds, client, files_cb, self);
      self->referrals = kith_watch_new (self->context, "client-referrals", referral_kinds, client, referrals_cb, self);
    }
  look (self);
}

GtkWidget *
kith_consent_fields_get_basis (KithConsentFields *self)
{
  return self->basis;
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
  g_clear_object (&self->referrals);
  g_clear_object (&self->person);
  g_clear_object (&self->settings);
  g_clear_object (&self->preview);
  self->disclosers = NULL; /* what changes as the rest is taken apart is told nobody */
  g_clear_object (&self->basis);
  g_clear_object (&self->context);
  g_clear_pointer (&self->client, g_free);
  g_clear_pointer (&self->birth, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), KITH_TYPE_CONSENT_FIELDS);
  G_OBJECT_CLASS (kith_consent_fields_parent_class)->dispose (object);
}

static void
kith_consent_fields_finalize (GObject *object)
{
  KithConsentFields *self = KITH_CONSENT_FIELDS (object);

  g_ptr_array_unref (self->scans);
  g_free (self->scan_wanted);
  g_free (self->only);
  g_free (self->only_name);
  G_OBJECT_CLASS (kith_consent_fields_parent_class)->finalize (object);
}

static void
kith_consent_fields_class_init (KithConsentFieldsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kith_consent_fields_dispose;
  G_OBJECT_CLASS (klass)->finalize = kith_consent_fields_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (KITH_TYPE_SWITCH_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/kith/Kith/clients/kith-consent-fields.ui");
  gtk_widget_class_bind_template_child (widget_class, KithConsentFields, network);
  gtk_widget_class_bind_template_child (widget_class, KithConsentFields, receivers_place);
  gtk_widget_class_bind_template_child (widget_class, KithConsentFields, referred_row);
  gtk_widget_class_bind_template_child (widget_class, KithConsentFields, referred);
  gtk_widget_class_bind_template_child (widget_class, KithConsentFields, sharing);
  gtk_widget_class_bind_template_child (widget_class, KithConsentFields, disclosers_place);
  gtk_widget_class_bind_template_child (widget_class, KithConsentFields, class_client);
  gtk_widget_class_bind_template_child (widget_class, KithConsentFields, class_care);
  gtk_widget_class_bind_template_child (widget_class, KithConsentFields, class_billing);
  gtk_widget_class_bind_template_child (widget_class, KithConsentFields, class_health);
  gtk_widget_class_bind_template_child (widget_class, KithConsentFields, how);
  gtk_widget_class_bind_template_child (widget_class, KithConsentFields, term);
  gtk_widget_class_bind_template_child (widget_class, KithConsentFields, grantor);
  gtk_widget_class_bind_template_child (widget_class, KithConsentFields, witness);
  gtk_widget_class_bind_template_child (widget_class, KithConsentFields, relation);
  gtk_widget_class_bind_template_child (widget_class, KithConsentFields, representative);
  gtk_widget_class_bind_template_child (widget_class, KithConsentFields, signed_on);
  gtk_widget_class_bind_template_child (widget_class, KithConsentFields, child_hint);
  gtk_widget_class_bind_template_child (widget_class, KithConsentFields, language);
  gtk_widget_class_bind_template_child (widget_class, KithConsentFields, everyone);
  gtk_widget_class_bind_template_child (widget_class, KithConsentFields, class_case);
  gtk_widget_class_bind_template_child (widget_class, KithConsentFields, class_case_health);
  gtk_widget_class_bind_template_child (widget_class, KithConsentFields, purpose);
  gtk_widget_class_bind_template_child (widget_class, KithConsentFields, until);
  gtk_widget_class_bind_template_child (widget_class, KithConsentFields, end_event);
  gtk_widget_class_bind_template_child (widget_class, KithConsentFields, purposes);
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
  gtk_widget_class_install_action (widget_class, "consent.purpose", "s", purpose_action);
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

/* As it is agreed to most often, first. */
static void
name_sharing (KithConsentFields *self)
{
  const char *const choices[] = { _("Every agency that works with the client"), _("Only these agencies"), NULL };
  g_autoptr (GtkStringList) words = gtk_string_list_new (choices);

  kith_choice_row_set_words (self->sharing, words);
}

static void
kith_consent_fields_init (KithConsentFields *self)
{
  self->scans = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->scans, NULL);
  self->basis = g_object_ref_sink (gtk_label_new (NULL));
  gtk_widget_set_name (self->basis, "basis");
  gtk_label_set_wrap (GTK_LABEL (self->basis), TRUE);
  gtk_label_set_justify (GTK_LABEL (self->basis), GTK_JUSTIFY_CENTER);
  gtk_widget_set_margin_start (self->basis, 12);
  gtk_widget_set_margin_end (self->basis, 12);
  gtk_widget_set_margin_top (self->basis, 6);
  gtk_widget_set_margin_bottom (self->basis, 6);
  gtk_widget_init_template (GTK_WIDGET (self));
  kith_choice_row_set_vocabulary (self->how, "consent_how", NULL);
  kith_choice_row_set_vocabulary (self->grantor, "grantor", NULL);
  self->usual_days = USUAL_DAYS;
  kith_consent_fields_name_terms (self);
  kith_consent_fields_offer_purposes (self);
  name_sharing (self);
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
  self->receivers = KITH_AGENCY_PICKS (kith_agency_picks_new (context, _("Agencies that may see it"), _("Add an agency: type its name")));
  g_signal_connect_object (self->receivers, "changed", G_CALLBACK (kith_consent_fields_changed), self, G_CONNECT_SWAPPED);
  adw_bin_set_child (self->receivers_place, GTK_WIDGET (self->receivers));
  self->disclosers = KITH_AGENCY_PICKS (kith_agency_picks_new (context, _("Agencies that may share it"), _("Add an agency that may share it: type its name")));
  g_signal_connect_object (self->disclosers, "changed", G_CALLBACK (kith_consent_fields_changed), self, G_CONNECT_SWAPPED);
  adw_bin_set_child (self->disclosers_place, GTK_WIDGET (self->disclosers));
  self->settings = kith_watch_new (context, "agency-terms", kinds, kith_context_get_agency (context), settings_cb, self);
  kith_consent_fields_changed (self);
  return GTK_WIDGET (self);
}
