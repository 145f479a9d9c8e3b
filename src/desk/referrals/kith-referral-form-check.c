/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How a referral may go out: which types the service takes, and what lets this agency share (consent, release, nothing needed). */

#include "kith-referral-form-private.h"

#include <glib/gi18n.h>

#include "kith-consent.h"
#include "kith-format.h"
#include "widgets/kith-choice-row.h"

static const struct
{
  int days;
  const char *label; /* N_() */
} terms[] = {
  { 30, N_("30 days") },
  { 90, N_("90 days") },
  { 183, N_("Half a year") },
  { 365, N_("One year") },
};

/* What may be done with what was chosen, in the order of the drop-down (D1, D3, D4, D9): a service that takes direct referrals, one that does
 * not, an agency as a whole; a queue, behind which 2-1-1 sits (U7). */
static const char *const direct_types[] = { "direct", "warm", "informational", NULL };
static const char *const other_types[] = { "informational", "warm", NULL };
static const char *const agency_types[] = { "warm", "informational", NULL };
static const char *const queue_types[] = { "direct", "warm", NULL };
static const char *const unanswered_types[] = { "informational", NULL };

/* A service that takes no direct referrals is handed to its agency as a whole. */
gboolean
kith_referral_form_is_unanswered (KithReferralForm *self)
{
  return self->unanswered && kith_referral_form_is_chosen (self) && !kith_referral_form_is_queue (self) && !(self->service && self->direct);
}

static const char *const *
types_of (KithReferralForm *self)
{
  if (kith_referral_form_is_queue (self))
    return queue_types;
  if (kith_referral_form_is_unanswered (self))
    return unanswered_types;
  if (kith_referral_form_is_chosen (self) && !self->service)
    return agency_types;
  return self->direct ? direct_types : other_types;
}

/* domain.md 2b: to a service of one's own agency, or to the agency itself. */
gboolean
kith_referral_form_is_internal (KithReferralForm *self)
{
  KithContext *context = kith_form_get_context (KITH_FORM (self));

  return context && !kith_referral_form_is_queue (self) && self->agency && g_str_equal (self->agency, kith_context_get_agency (context));
}

static const char *
type_words (KithReferralForm *self,
            const char       *type)
{
  if (g_str_equal (type, "informational"))
    return _("Information only");
  if (kith_referral_form_is_internal (self))
    return g_str_equal (type, "direct") ? _("Referral within your agency") : _("Warm hand-off to a colleague");
  if (g_str_equal (type, "direct"))
    return kith_referral_form_is_queue (self) ? _("Referral to the queue") : _("Direct referral");
  if (kith_referral_form_is_queue (self))
    return _("Warm referral to 2-1-1");
  return self->direct && self->service ? _("Warm hand-off") : _("Warm hand-off to the agency");
}

const char *
kith_referral_form_type (KithReferralForm *self)
{
  const char *const *types = types_of (self);
  guint i = adw_combo_row_get_selected (self->type), n = g_strv_length ((char **) types);

  return types[MIN (i, n - 1)];
}

/* D3: nothing of the client leaves this agency. */
gboolean
kith_referral_form_gives_only (KithReferralForm *self)
{
  return g_str_equal (kith_referral_form_type (self), "informational");
}

/* Whoever writes without a client record is a victim service agency: no word on its client goes to the hub without their release, and for what is only
 * given to them there is none. */
gboolean
kith_referral_form_says_nothing (KithReferralForm *self)
{
  return !self->client && !self->of_call && kith_referral_form_gives_only (self);
}

void
kith_referral_form_set_types (KithReferralForm *self,
                              const char       *type)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  const char *const *codes = types_of (self);

  for (guint i = 0; codes[i]; i++)
    gtk_string_list_append (list, type_words (self, codes[i]));
  kith_choice_row_set_words (self->type, list);
  for (guint i = 0; type && i < g_list_model_get_n_items (G_LIST_MODEL (list)); i++)
    if (g_str_equal (codes[i], type))
      adw_combo_row_set_selected (self->type, i);
}

/* Without a client record there is always one; with one never: it is the client's consent that counts (design.md 2.4). */
gboolean
kith_referral_form_has_release (KithReferralForm *self)
{
  return gtk_widget_get_visible (self->release_group);
}

/* The consent check */

static JsonObject *
covering_consent (KithReferralForm *self)
{
  gint64 now = kith_context_get_now (kith_form_get_context (KITH_FORM (self))), term;

  for (guint i = 0; self->consents && i < self->consents->len; i++)
    {
      JsonObject *consent = self->consents->pdata[i];

      if (g_strcmp0 (kith_json_string (consent, "status"), "in_force") == 0 && kith_consent_covers (consent, "client", kith_context_get_side (kith_form_get_context (KITH_FORM (self))), self->agency)
          && (!kith_time_parse (kith_json_string (consent, "term") ? kith_json_string (consent, "term") : "", &term) || term > now))
        return consent;
    }
  return NULL;
}

static void
show_check (KithReferralForm *self,
            const char       *tone,
            const char       *icon_name,
            const char       *title,
            const char       *text,
            gboolean          button)
{
  gtk_widget_remove_css_class (self->check_card, "good");
  gtk_widget_remove_css_class (self->check_card, "warn");
  if (*tone)
    gtk_widget_add_css_class (self->check_card, tone);
  gtk_image_set_from_icon_name (self->check_image, icon_name);
  gtk_label_set_text (self->check_title, title);
  gtk_label_set_text (self->check_text, text);
  gtk_widget_set_visible (self->check_button, button);
  gtk_widget_set_visible (self->wait_button, button && !self->of_call);
  gtk_widget_set_visible (self->check_card, TRUE);
}

static void
check_given (KithReferralForm *self)
{
  const char *words;

  if (kith_referral_form_says_nothing (self))
    words = _("Nothing about the client is sent or noted, only that it was given.");
  else if (!self->client) /* of a call: who has no record has no history */
    words = self->direct || !self->service ? _("Nothing is sent to the agency; it is noted with the call.") : _("This service takes no direct referrals. Nothing is sent to it; it is noted with the call.");
  else
    words = self->direct || !self->service ? _("Nothing is sent to the agency; it is noted in the client’s history.")
                         : _("This service takes no direct referrals. Nothing is sent to it; it is noted in the client’s history.");
  show_check (self, "", "dialog-information-symbolic", self->client || !self->of_call ? _("You give the client the information") : _("You give the caller the information"), words, FALSE);
}

static void
check_consent (KithReferralForm *self,
               JsonObject       *consent)
{
  KithContext *context = kith_form_get_context (KITH_FORM (self));
  g_autofree char *classes = kith_format_codes ("data_class", kith_json_array (consent, "classes"), ", ");
  g_autofree char *until = kith_format_time (kith_json_string (consent, "term"), kith_context_get_now (context));
  g_autofree char *title = g_strdup_printf (_("The client agreed to share with %s"), self->agency_name);
  g_autofree char *text = until ? g_strdup_printf (_("%s. Until %s."), classes, until) : g_strdup (classes);

  show_check (self, "good", "object-select-symbolic", title, text, FALSE);
}

/* Of what has not gone out. Who writes without a client record is a victim service agency: no word of that leaves this computer without the client's
 * release (C15), a draft goes to the hub. What is typed stays here all the same. */
static void
show_draft_button (KithReferralForm *self)
{
  gtk_widget_set_visible (self->draft_button, self->client && !self->of_call && !kith_referral_form_gives_only (self) && kith_referral_form_is_chosen (self) &&
                                                (!self->editing || kith_referral_form_edits_draft (self)));
}

void
kith_referral_form_check (KithReferralForm *self)
{
  KithContext *context = kith_form_get_context (KITH_FORM (self));
  JsonObject *consent;
  g_autofree char *title = NULL;

  gtk_widget_set_visible (self->check_card, FALSE);
  show_draft_button (self);
  if (!self->client && !self->of_call)
    {
      gtk_widget_set_visible (self->who_group, !kith_referral_form_says_nothing (self));
      gtk_widget_set_visible (self->release_group, !kith_referral_form_says_nothing (self));
      gtk_widget_set_visible (self->request_box, !kith_referral_form_says_nothing (self));
    }
  if (self->of_call && !self->client) /* into a queue alone it stays with 2-1-1: the caller was asked nothing */
    gtk_widget_set_visible (self->release_group, kith_referral_form_is_chosen (self) && !kith_referral_form_is_queue (self));
  if (!context || !kith_referral_form_is_chosen (self))
    return;
  consent = self->client ? covering_consent (self) : NULL;
  self->covered = consent != NULL || g_strcmp0 (self->agency, kith_context_get_agency (context)) == 0;
  if (kith_referral_form_gives_only (self))
    check_given (self);
  else if (self->of_call && kith_referral_form_is_queue (self))
    show_check (self, "good", "object-select-symbolic", _("It stays with 2-1-1"), _("Nothing of the caller goes to an agency."), FALSE);
  else if (!self->client)
    show_check (self, "", "changes-allow-symbolic", _("Only what the release names is sent"),
                _("No client record is made. The other agency sees the name you write here, until the release ends."), FALSE);
  else if (consent)
    check_consent (self, consent);
  else if (self->covered)
    show_check (self, "good", "object-select-symbolic", _("A service of your own agency"), _("No consent is needed."), FALSE);
  else
    {
      title = g_strdup_printf (_("The client has not agreed to share with %s"), self->agency_name);
      show_check (self, "warn", "changes-prevent-symbolic", title,
                  self->consent ? _("What you record below is saved together with the referral.") : _("Ask them, and record it here. What you typed stays."),
                  self->consent == NULL);
    }
}

JsonObject *
kith_referral_form_release (KithReferralForm *self)
{
  gint64 now = kith_context_get_now (kith_form_get_context (KITH_FORM (self)));
  guint term = MIN (adw_combo_row_get_selected (self->until), G_N_ELEMENTS (terms) - 1);
  g_autofree char *until = kith_time_format (now + (gint64) terms[term].days * 24 * 3600 * 1000);

  return kith_json_new ("classes", "a", kith_json_strings ("client", kith_switch_row_get_active (self->health) ? "client_health" : NULL, NULL),
                        "until", "s", until, "basis", "s", kith_choice_row_get_code (self->basis), "network", "b", kith_switch_row_get_active (self->network), NULL);
}

int
kith_referral_form_term (int days)
{
  int best = 0;

  for (int i = 1; i < (int) G_N_ELEMENTS (terms); i++)
    if (ABS (terms[i].days - days) < ABS (terms[best].days - days))
      best = i;
  return best;
}

/* The choices of the release. */
void
kith_referral_form_fill_release (KithReferralForm *self)
{
  g_autoptr (GtkStringList) days = gtk_string_list_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (terms); i++)
    gtk_string_list_append (days, _(terms[i].label));
  kith_choice_row_set_words (self->until, days);
  kith_choice_row_set_vocabulary (self->basis, "legal_basis", NULL);
}
