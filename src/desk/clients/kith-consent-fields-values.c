/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the fields of a consent say, to the operation, to a draft and to a person, and what they are told. */

#include "kith-consent-fields-private.h"
#include "kith-context-day.h"
#include "widgets/kith-choice-row.h"
#include "kith-dates.h"

#include "kith-text.h"

#include <glib/gi18n.h>
#include <stdlib.h>
#include <string.h>

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

int
kith_consent_fields_months (KithConsentFields *self)
{
  guint i = adw_combo_row_get_selected (self->term);

  return terms[MIN (i, G_N_ELEMENTS (terms) - 1)].months;
}

/* The words of the first choice: how long the agency's own term is. */
void
kith_consent_fields_name_terms (KithConsentFields *self)
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  guint selected = adw_combo_row_get_selected (self->term);
  g_autofree char *usual = g_strdup_printf (ngettext ("The usual time: %d day", "The usual time: %d days", self->usual_days), self->usual_days);

  for (guint i = 0; i < G_N_ELEMENTS (terms); i++)
    gtk_string_list_append (labels, terms[i].label ? _(terms[i].label) : usual);
  kith_choice_row_set_words (self->term, labels);
  adw_combo_row_set_selected (self->term, selected == GTK_INVALID_LIST_POSITION ? 0 : selected);
}

gboolean
kith_consent_fields_is_paper (KithConsentFields *self)
{
  return kith_consent_fields_is_way (self, "written") || kith_consent_fields_is_way (self, "scanned");
}

/* "3 Mar" on a paper is the last such day, not the nearest. Yours; NULL: it says its year, or is no such day */
static char *
last_such_day (const char *text,
               const char *today,
               int         this_year)
{
  static const char *const joins[] = { " ", "/" };

  for (int year = this_year; year >= this_year - 1; year--)
    for (guint i = 0; i < G_N_ELEMENTS (joins); i++)
      {
        g_autofree char *whole = g_strdup_printf ("%s%s%d", text, joins[i], year), *date = kith_date_read (whole, this_year);

        if (date && kith_text_is_date (date) && strcmp (date, today) <= 0)
          return g_steal_pointer (&date);
      }
  return NULL;
}

char *
kith_consent_fields_signed_on (KithConsentFields *self)
{
  gint64 now_ms = kith_context_get_day_now (self->context);
  g_autofree char *text = kith_consent_fields_is_paper (self) ? kith_entry_text (self->signed_on) : NULL;
  g_autofree char *today = kith_format_today (now_ms), *day = text ? kith_day_read (text, now_ms) : g_strdup ("");

  if (day && strcmp (day, today) > 0)
    {
      g_autofree char *last = last_such_day (text, today, atoi (today));

      return g_steal_pointer (&last);
    }
  return g_steal_pointer (&day);
}

/* From when a paper was signed, else from now. */
static GDateTime *
begin_of_term (KithConsentFields *self)
{
  g_autofree char *day = kith_consent_fields_signed_on (self);
  int year, month, of_month;

  if (day && sscanf (day, "%4d-%2d-%2d", &year, &month, &of_month) == 3)
    return g_date_time_new_local (year, month, of_month, 0, 0, 0);
  return g_date_time_new_from_unix_utc (kith_context_get_now (self->context) / 1000);
}

/* NULL: no day, or none to come. */
static GDateTime *
end_of_term (KithConsentFields *self)
{
  gint64 now_ms = kith_context_get_now (self->context);
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_utc (now_ms / 1000), begin = begin_of_term (self);
  g_autofree char *day = NULL;
  g_autoptr (GDateTime) end = NULL;
  int months = kith_consent_fields_months (self), year, month, of_month;

  if (months >= 0)
    {
      end = months == 0 ? g_date_time_add_days (begin, self->usual_days) : g_date_time_add_months (begin, months);
      return g_date_time_compare (end, now) > 0 ? g_steal_pointer (&end) : NULL;
    }
  day = kith_day_read (gtk_editable_get_text (GTK_EDITABLE (self->until)), now_ms);
  if (!day || sscanf (day, "%4d-%2d-%2d", &year, &month, &of_month) != 3)
    return NULL;
  end = g_date_time_new_local (year, month, of_month, 23, 59, 0); /* that day still counts */
  return end && g_date_time_compare (end, now) > 0 ? g_steal_pointer (&end) : NULL;
}

JsonArray *
kith_consent_fields_classes (KithConsentFields *self)
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
  if (gtk_check_button_get_active (self->class_case_health))
    json_array_add_string_element (classes, "case_health");
  return classes;
}

char *
kith_consent_fields_until (KithConsentFields *self)
{
  g_autoptr (GDateTime) end = end_of_term (self), here = end ? g_date_time_to_local (end) : NULL; /* the day that the card will say */
  g_autofree char *event = kith_entry_text (self->end_event);
  /* Translators: a date, of the end of a consent */
  g_autofree char *until = here ? kith_dates_format (here, _("Until %-d %b %Y.")) : NULL;

  if (!until || !event)
    return g_steal_pointer (&until);
  /* Translators: "Until 20 Nov 2027.", then what ends a consent before that, in the client's words */
  return g_strdup_printf (_("%s Or when this happens: %s."), until, event);
}

gboolean
kith_consent_fields_names_disclosers (KithConsentFields *self)
{
  return adw_combo_row_get_selected (self->sharing) == 1;
}

/* The agencies that share what they hold, where not all do. Yours; NULL: all */
static char *
held_by (KithConsentFields *self)
{
  g_autoptr (JsonArray) names = kith_agency_picks_names (self->disclosers);

  return kith_consent_fields_names_disclosers (self) ? kith_format_strings (names, ", ") : NULL;
}

char *
kith_consent_fields_sentence (KithConsentFields *self)
{
  g_autoptr (JsonArray) classes = kith_consent_fields_classes (self);
  g_autofree char *what = kith_format_codes ("data_class", classes, ", ");
  g_autofree char *until = kith_consent_fields_until (self);
  g_autoptr (GString) who = g_string_new (NULL);
  g_autoptr (JsonArray) receivers = kith_agency_picks_names (self->receivers);
  g_autofree char *named = kith_format_strings (receivers, ", ");

  g_autofree char *held = NULL;

  if (gtk_check_button_get_active (self->everyone))
    g_string_append (who, kith_format_code ("receiver_class", "direct"));
  if (gtk_check_button_get_active (self->referred))
    g_string_append_printf (who, "%s%s", who->len ? ", " : "", kith_format_code ("receiver_class", "referred"));
  if (named)
    g_string_append_printf (who, "%s%s", who->len ? ", " : "", named);
  if (kith_switch_row_get_active (self->network))
    g_string_append_printf (who, "%s%s", who->len ? ", " : "", _("network staff"));
  if (who->len == 0 || !what)
    return g_strdup (_("Choose who may see what."));
  held = held_by (self);
  if (held)
    /* Translators: agencies, then what they will see, then other agencies, then "Until 20 Nov 2027." */
    return g_strdup_printf (_("%s will see: %s. Only what %s holds. %s"), who->str, what, held, until ? until : _("Until when?"));
  /* Translators: agencies, then what they will see, then "Until 20 Nov 2027." */
  return g_strdup_printf (_("%s will see: %s. %s"), who->str, what, until ? until : _("Until when?"));
}

gboolean
kith_consent_fields_is_way (KithConsentFields *self, const char *way)
{
  return g_strcmp0 (kith_choice_row_get_code (self->how), way) == 0;
}

gboolean
kith_consent_fields_by_another (KithConsentFields *self)
{
  return g_strcmp0 (kith_choice_row_get_code (self->grantor), "representative") == 0;
}

/* Returns: whether no receiver is chosen: neither an agency, nor all of them, nor the network */
gboolean
kith_consent_fields_names_nobody (KithConsentFields *self)
{
  return !kith_switch_row_get_active (self->network) && !gtk_check_button_get_active (self->everyone) && !gtk_check_button_get_active (self->referred) &&
         kith_agency_picks_is_empty (self->receivers);
}

/* NULL: it is attached later, or never was on paper. */
static const char *
chosen_scan (KithConsentFields *self)
{
  guint i = adw_combo_row_get_selected (self->scan);

  return i < self->scans->len ? self->scans->pdata[i] : NULL;
}

/* Read out or signed here: these are this program's words. A paper says by itself which it has. */
static const char *
wording (KithConsentFields *self)
{
  return kith_consent_fields_is_way (self, "verbal") || kith_consent_fields_is_way (self, "signed") ? KITH_CONSENT_WORDING : NULL;
}

/* Groups, which become agencies where it is decided. NULL: none */
static JsonArray *
groups_of (KithConsentFields *self)
{
  gboolean everyone = gtk_check_button_get_active (self->everyone), referred = gtk_check_button_get_active (self->referred);

  return !everyone && !referred ? NULL : kith_json_strings (everyone ? "direct" : "referred", everyone && referred ? "referred" : NULL, NULL);
}

static JsonObject *
collect (KithConsentFields *self, gboolean with_names)
{
  g_autoptr (GDateTime) end = end_of_term (self);
  g_autofree char *term = end && kith_consent_fields_months (self) != 0 ? kith_time_format (g_date_time_to_unix (end) * 1000) : NULL;
  g_autofree char *witness = kith_entry_text (self->witness);
  g_autofree char *relation = kith_entry_text (self->relation);
  g_autofree char *language = kith_entry_text (self->language);
  g_autofree char *purpose = with_names ? kith_entry_text (self->purpose) : kith_consent_fields_purpose (self);
  g_autofree char *event = kith_entry_text (self->end_event);
  g_autofree char *signer = kith_entry_text (self->signer);
  g_autofree char *another = kith_entry_text (self->representative);
  g_autofree char *signature = kith_signature_pad_get_text (self->pad);
  g_autofree char *signed_on = kith_consent_fields_signed_on (self);
  gboolean representative = kith_consent_fields_by_another (self);
  gboolean keep = with_names; /* a draft keeps what is hidden just now */
  JsonArray *receivers = kith_agency_picks_ids (self->receivers);
  JsonObject *object;

  if (kith_switch_row_get_active (self->network))
    json_array_add_string_element (receivers, "network");
  object = kith_json_new ("classes", "a", kith_consent_fields_classes (self), "receivers", "a", receivers,
                          "receiver_classes", "a", groups_of (self),
                          "purpose", "s", purpose, "term", "s", term, "end_event", "s", event, "how", "s", kith_choice_row_get_code (self->how),
                          "wording", "s", with_names ? NULL : wording (self),
                          "witness", "s", keep || kith_consent_fields_is_way (self, "verbal") ? witness : NULL,
                          "signature", "s", keep || kith_consent_fields_is_way (self, "signed") ? signature : NULL,
                          "signer", "s", keep || kith_consent_fields_is_way (self, "signed") ? signer : representative ? another : NULL,
                          "signed_on", "s", !keep && signed_on && *signed_on ? signed_on : NULL,
                          "language", "s", language, "grantor", "s", kith_choice_row_get_code (self->grantor),
                          "document", "s", keep || kith_consent_fields_is_way (self, "scanned") ? chosen_scan (self) : NULL,
                          "relation", "s", representative ? relation : NULL, "findable", "b", kith_switch_row_get_active (self->findable),
                          "disclosers", "a", keep || kith_consent_fields_names_disclosers (self) ? kith_agency_picks_ids (self->disclosers) : NULL, NULL);
  if (with_names)
    {
      json_object_set_array_member (object, "names", kith_agency_picks_names (self->receivers));
      json_object_set_array_member (object, "discloser_names", kith_agency_picks_names (self->disclosers));
      json_object_set_boolean_member (object, "names_disclosers", kith_consent_fields_names_disclosers (self));
      json_object_set_int_member (object, "term_choice", adw_combo_row_get_selected (self->term));
      if (another)
        json_object_set_string_member (object, "representative", another);
      json_object_set_string_member (object, "signed_text", gtk_editable_get_text (GTK_EDITABLE (self->signed_on)));
      json_object_set_string_member (object, "until_text", gtk_editable_get_text (GTK_EDITABLE (self->until)));
    }
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
  JsonObject *draft = collect (self, TRUE);

  if (!kith_json_string (draft, "purpose"))
    json_object_set_string_member (draft, "purpose", ""); /* nobody said it: nothing is filled in again */
  return draft;
}

/**
 * kith_consent_fields_restore:
 * @draft: (transfer none): what kith_consent_fields_draft() gave; what is missing in it stays empty
 *
 * "changed" is emitted once, at the end.
 */
void
kith_consent_fields_restore (KithConsentFields *self, JsonObject *draft)
{
  JsonArray *receivers = kith_json_array (draft, "receivers"), *names = kith_json_array (draft, "names"), *classes = kith_json_array (draft, "classes");
  JsonArray *groups = kith_json_array (draft, "receiver_classes"), *disclosers = kith_json_array (draft, "disclosers");
  const char *purpose = kith_json_string (draft, "purpose");

  self->restoring = TRUE;
  kith_switch_row_set_active (self->network, receivers && kith_json_array_has (receivers, "network"));
  gtk_check_button_set_active (self->everyone, groups && kith_json_array_has (groups, "direct"));
  gtk_check_button_set_active (self->referred, groups && kith_json_array_has (groups, "referred"));
  kith_agency_picks_restore (self->receivers, receivers, names);
  kith_agency_picks_restore (self->disclosers, disclosers, kith_json_array (draft, "discloser_names"));
  /* A draft of before does not say; it never shares more than was agreed to. */
  adw_combo_row_set_selected (self->sharing, kith_json_bool (draft, "names_disclosers", disclosers && json_array_get_length (disclosers) > 0) ? 1 : 0);
  gtk_check_button_set_active (self->class_client, classes && kith_json_array_has (classes, "client"));
  gtk_check_button_set_active (self->class_care, classes && kith_json_array_has (classes, "care"));
  gtk_check_button_set_active (self->class_billing, classes && kith_json_array_has (classes, "client_billing"));
  gtk_check_button_set_active (self->class_health, classes && kith_json_array_has (classes, "client_health"));
  kith_choice_row_set_code (self->how, kith_json_string (draft, "how"));
  kith_choice_row_set_code (self->grantor, kith_json_string (draft, "grantor"));
  adw_combo_row_set_selected (self->term, kith_json_int (draft, "term_choice", 0));
  gtk_check_button_set_active (self->class_case, classes && kith_json_array_has (classes, "case"));
  gtk_check_button_set_active (self->class_case_health, classes && kith_json_array_has (classes, "case_health"));
  kith_entry_set (self->witness, kith_json_string (draft, "witness"));
  kith_entry_set (self->relation, kith_json_string (draft, "relation"));
  kith_entry_set (self->representative, kith_json_string (draft, "representative"));
  kith_entry_set (self->language, kith_json_string (draft, "language"));
  self->paper = kith_consent_fields_is_paper (self);
  if (purpose || self->paper) /* one of before that does not say has the usual one, unless it is of a paper */
    kith_entry_set (self->purpose, purpose && *purpose ? kith_format_code ("consent_purpose", purpose) : NULL);
  kith_entry_set (self->end_event, kith_json_string (draft, "end_event"));
  kith_entry_set (self->signer, kith_json_string (draft, "signer"));
  kith_entry_set (self->until, kith_json_string (draft, "until_text"));
  kith_entry_set (self->signed_on, kith_json_string (draft, "signed_text"));
  kith_signature_pad_set_text (self->pad, kith_json_string (draft, "signature"));
  kith_consent_fields_choose_scan (self, kith_json_string (draft, "document"));
  kith_switch_row_set_active (self->findable, kith_json_bool (draft, "findable", FALSE));
  kith_consent_fields_keep_only (self);
  self->restoring = FALSE;
  kith_consent_fields_changed (self);
}

/**
 * kith_consent_fields_renew:
 * @consent: the body of one that was given
 * @names: (nullable): of its receivers, in their order
 * @disclosers: (nullable): names of those who may share it, in their order
 *
 * Asked for again: to whom, what, what for and what else ends it as before. How it is given, and until which day, is new.
 */
void
kith_consent_fields_renew (KithConsentFields *self, JsonObject *consent, JsonArray *names, JsonArray *disclosers)
{
  static const char *const kept[] = { "classes", "purpose", "end_event", "language", "grantor", "relation", "findable", "disclosers", NULL };
  JsonArray *receivers = kith_json_array (consent, "receivers"), *groups = kith_json_array (consent, "receiver_classes");
  gboolean everyone = groups && kith_json_array_has (groups, "direct"); /* it names today's agencies anew */
  g_autoptr (JsonObject) draft = kith_consent_fields_draft (self);

  json_object_set_string_member (draft, "purpose", ""); /* where the one before did not say, nobody says it for the client */
  for (guint i = 0; kept[i]; i++)
    if (json_object_has_member (consent, kept[i]))
      json_object_set_member (draft, kept[i], json_node_copy (json_object_get_member (consent, kept[i])));
  if (g_strcmp0 (kith_json_string (consent, "grantor"), "representative") == 0 && kith_json_string (consent, "signer"))
    json_object_set_string_member (draft, "representative", kith_json_string (consent, "signer"));
  /* Those of another group are named one by one: who was referred to since was not agreed to. */
  json_object_set_array_member (draft, "receiver_classes", everyone ? kith_json_strings ("direct", NULL) : json_array_new ());
  json_object_set_boolean_member (draft, "names_disclosers", kith_json_array (consent, "disclosers") != NULL);
  if (disclosers)
    json_object_set_array_member (draft, "discloser_names", json_array_ref (disclosers));
  else
    json_object_remove_member (draft, "discloser_names");
  kith_consent_fields_restore (self, draft);
  for (guint i = 0; receivers && i < json_array_get_length (receivers); i++)
    {
      const char *id = json_array_get_string_element (receivers, i);

      if (g_str_equal (id, "network"))
        kith_switch_row_set_active (self->network, TRUE);
      else if (!everyone)
        kith_consent_fields_add_receiver (self, id, names && i < json_array_get_length (names) ? json_array_get_string_element (names, i) : id);
    }
}

/* where: (out) (nullable): the field it is about */
static const char *
problem_at (KithConsentFields *self,
            GtkWidget        **where)
{
  g_autofree char *relation = kith_entry_text (self->relation);
  g_autofree char *signer = kith_entry_text (self->signer);
  g_autofree char *purpose = kith_entry_text (self->purpose);
  g_autofree char *signature = kith_signature_pad_get_text (self->pad);
  g_autofree char *signed_on = kith_consent_fields_signed_on (self);
  g_autoptr (GDateTime) end = end_of_term (self);
  g_autoptr (JsonArray) classes = kith_consent_fields_classes (self);

  *where = GTK_WIDGET (self->everyone);
  if (kith_consent_fields_names_nobody (self))
    return _("Choose which agencies may see it.");
  *where = GTK_WIDGET (self->class_client);
  if (json_array_get_length (classes) == 0)
    return _("Choose what may be shared.");
  *where = GTK_WIDGET (self->disclosers);
  if (kith_consent_fields_names_disclosers (self) && kith_agency_picks_is_empty (self->disclosers))
    return _("Name the agencies that may share it, or choose every agency.");
  *where = GTK_WIDGET (self->relation);
  if (gtk_widget_get_visible (GTK_WIDGET (self->relation)) && !relation)
    return _("Say how the representative is related to the client.");
  *where = GTK_WIDGET (self->signed_on);
  if (!signed_on)
    return _("Write the day on the paper: today, or a day in the past.");
  *where = GTK_WIDGET (self->term);
  if (!end && kith_consent_fields_months (self) >= 0)
    return _("This was signed so long ago that it is over by then. Choose for how long it holds, or ask the client anew.");
  *where = GTK_WIDGET (self->until);
  if (!end)
    return _("Write the day it ends: one that is still to come.");
  *where = GTK_WIDGET (self->purpose);
  if (!purpose)
    return _("Say what it is for: it is told to the client and printed.");
  *where = GTK_WIDGET (self->signer);
  if (kith_consent_fields_is_way (self, "signed") && !signature && !signer)
    return _("Let the client sign, or type the name of who signs.");
  *where = NULL;
  return NULL;
}

const char *
kith_consent_fields_problem (KithConsentFields *self)
{
  GtkWidget *where;

  return problem_at (self, &where);
}

gboolean
kith_consent_fields_focus_problem (KithConsentFields *self)
{
  GtkWidget *where;

  return problem_at (self, &where) && (gtk_widget_grab_focus (where) || gtk_widget_child_focus (where, GTK_DIR_TAB_FORWARD));
}
