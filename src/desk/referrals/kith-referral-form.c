/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-referral-form.h"

#include <glib/gi18n.h>

#include "clients/kith-consent-fields.h"
#include "kith-format.h"
#include "kith-text.h"
#include "kith-watch.h"
#include "widgets/kith-choice-row.h"
#include "widgets/kith-status-pill.h"
#include "widgets/kith-suggest.h"

struct _KithReferralForm
{
  KithForm parent_instance;
  char *client;
  char *service, *service_name, *agency, *agency_name; /* chosen; NULL: not yet */
  gboolean direct;
  gboolean covered;     /* a consent in force covers the agency chosen */

  GtkWidget *scroller, *chosen_group;
  AdwBin *suggest_place, *consent_place;
  KithSuggest *suggest;
  AdwActionRow *client_row, *chosen_row;
  KithStatusPill *direct_pill;
  AdwEntryRow *need;
  AdwComboRow *urgency;
  GtkTextView *request;
  GtkWidget *check_card, *check_button;
  GtkImage *check_image;
  GtkLabel *check_title, *check_text;
  KithConsentFields *consent; /* NULL until it is recorded here */

  GPtrArray *consents; /* bodies, (element-type JsonObject) */
  KithWatch *client_watch, *consent_watch;
};

G_DEFINE_FINAL_TYPE (KithReferralForm, kith_referral_form, KITH_TYPE_FORM)

static char *
request_text (KithReferralForm *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->request);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return g_strstrip (gtk_text_buffer_get_text (buffer, &start, &end, FALSE));
}

/* The consent check */

static JsonObject *
covering_consent (KithReferralForm *self)
{
  gint64 now = kith_context_get_now (kith_form_get_context (KITH_FORM (self))), term;

  for (guint i = 0; self->consents && i < self->consents->len; i++)
    {
      JsonObject *consent = self->consents->pdata[i];

      if (g_strcmp0 (kith_json_string (consent, "status"), "in_force") == 0 && kith_json_array_has (kith_json_array (consent, "classes"), "client")
          && kith_json_array_has (kith_json_array (consent, "receivers"), self->agency)
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
  gtk_widget_set_visible (self->check_card, TRUE);
}

static void
update_check (KithReferralForm *self)
{
  KithContext *context = kith_form_get_context (KITH_FORM (self));
  JsonObject *consent;
  g_autofree char *title = NULL;
  g_autofree char *text = NULL;

  gtk_widget_set_visible (self->check_card, FALSE);
  if (!context || !self->service)
    return;
  consent = covering_consent (self);
  self->covered = consent != NULL || g_strcmp0 (self->agency, kith_context_get_agency (context)) == 0;
  if (!self->direct)
    show_check (self, "", "dialog-information-symbolic", _("You give the client the information"),
                _("This service takes no direct referrals. Nothing is sent to it; it is noted in the client’s history."), FALSE);
  else if (consent)
    {
      g_autofree char *classes = kith_format_codes ("data_class", kith_json_array (consent, "classes"), ", ");
      g_autofree char *until = kith_format_time (kith_json_string (consent, "term"), kith_context_get_now (context));

      title = g_strdup_printf (_("The client agreed to share with %s"), self->agency_name);
      text = until ? g_strdup_printf (_("%s. Until %s."), classes, until) : g_strdup (classes);
      show_check (self, "good", "object-select-symbolic", title, text, FALSE);
    }
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

static void
consent_changed_cb (KithReferralForm *self)
{
  kith_form_touch (KITH_FORM (self));
}

static void
record_consent_cb (KithReferralForm *self)
{
  if (self->consent)
    return;
  self->consent = KITH_CONSENT_FIELDS (kith_consent_fields_new (kith_form_get_context (KITH_FORM (self))));
  if (self->agency)
    kith_consent_fields_add_receiver (self->consent, self->agency, self->agency_name);
  g_signal_connect_object (self->consent, "changed", G_CALLBACK (consent_changed_cb), self, G_CONNECT_SWAPPED);
  adw_bin_set_child (self->consent_place, GTK_WIDGET (self->consent));
  update_check (self);
}

/* The service */

static void
describe_service (gpointer      row,
                  AdwActionRow *line)
{
  const char *name = kith_row_field (row, "name"), *agency = kith_row_get_text (row, "organization_name");
  gboolean direct = kith_row_get_int (row, "direct") != 0;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (line), name ? name : "");
  adw_action_row_set_subtitle (line, agency ? agency : kith_row_field (row, "description") ? kith_row_field (row, "description") : "");
  if (direct)
    {
      GtkWidget *pill = kith_status_pill_new ();

      kith_status_pill_set (KITH_STATUS_PILL (pill), "document-send-symbolic", _("Direct"), "accent");
      adw_action_row_add_suffix (line, pill);
    }
}

static void
choose_service (KithReferralForm *self,
                const char       *service,
                const char       *name,
                const char       *agency,
                const char       *agency_name,
                gboolean          direct)
{
  g_free (self->service);
  g_free (self->service_name);
  g_free (self->agency);
  g_free (self->agency_name);
  self->service = g_strdup (service);
  self->service_name = g_strdup (name);
  self->agency = g_strdup (agency);
  self->agency_name = g_strdup (agency_name ? agency_name : _("that agency"));
  self->direct = direct;
  gtk_widget_set_visible (self->chosen_group, service != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->suggest_place), service == NULL);
  if (service)
    {
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->chosen_row), name ? name : "");
      adw_action_row_set_subtitle (self->chosen_row, self->agency_name);
      kith_status_pill_set (self->direct_pill, direct ? "document-send-symbolic" : "document-print-symbolic",
                            direct ? _("Direct referral") : _("Information only"), direct ? "accent" : "");
    }
  if (self->consent && agency)
    kith_consent_fields_add_receiver (self->consent, agency, self->agency_name);
  update_check (self);
}

static void
picked_cb (KithReferralForm *self,
           KithRow          *row)
{
  choose_service (self, kith_row_get_id (row), kith_row_field (row, "name"),
                  kith_row_get_text (row, "organization") ? kith_row_get_text (row, "organization") : kith_row_field (row, "organization_id"),
                  kith_row_get_text (row, "organization_name"), kith_row_get_int (row, "direct") != 0);
  kith_form_touch (KITH_FORM (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->need));
}

static void
change_service_cb (KithReferralForm *self)
{
  choose_service (self, NULL, NULL, NULL, NULL, FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (self->suggest));
}

static void
changed_cb (KithReferralForm *self)
{
  if (kith_form_get_context (KITH_FORM (self)))
    kith_form_touch (KITH_FORM (self));
}

/* Sending: a consent recorded here goes first, then the referral. */

static void
fail (KithReferralForm *self,
      const GError     *error)
{
  kith_form_set_busy (KITH_FORM (self), FALSE);
  kith_form_tell (KITH_FORM (self), error->message);
}

static void
sent_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (KithReferralForm) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!kith_context_submit_finish (KITH_CONTEXT (source), result, &error))
    {
      fail (self, error);
      return;
    }
  kith_form_drop_draft (KITH_FORM (self));
  kith_form_done (KITH_FORM (self), self->client);
}

static void
number_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (KithReferralForm) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *number = kith_desktop_job_finish (KITH_DESKTOP (source), result, &error);
  KithContext *context = kith_form_get_context (KITH_FORM (self));
  g_autofree char *id = NULL;
  g_autofree char *need = kith_entry_text (self->need);
  g_autofree char *request = request_text (self);

  if (!number)
    {
      fail (self, error);
      return;
    }
  id = kith_context_new_id (context);
  kith_context_submit (context, "referral.send",
                       kith_json_new ("id", "s", id, "number", "s", number, "client", "s", self->client, "type", "s", self->direct ? "direct" : "informational",
                                      "service", "s", self->service, "need", "s", need, "urgency", "s", kith_choice_row_get_code (self->urgency),
                                      "request", "s", *request ? request : NULL, NULL),
                       self->direct ? _("Referral sent") : _("Noted in the client’s history"), FALSE, sent_cb, g_object_ref (self));
}

static gpointer
number_job (gpointer      store,
            gpointer      data,
            GCancellable *cancellable,
            GError      **error)
{
  return kith_store_next_number (store, error);
}

static void
send (KithReferralForm *self)
{
  kith_desktop_store_async (kith_context_get_desktop (kith_form_get_context (KITH_FORM (self))), number_job, NULL, NULL, NULL, number_cb, g_object_ref (self));
}

static void
consent_recorded_cb (GObject      *source,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr (KithReferralForm) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!kith_context_submit_finish (KITH_CONTEXT (source), result, &error))
    {
      fail (self, error);
      return;
    }
  adw_bin_set_child (self->consent_place, NULL);
  self->consent = NULL;
  send (self);
}

static const char *
problem (KithReferralForm *self)
{
  g_autofree char *need = kith_entry_text (self->need);

  if (!self->service)
    return _("Choose the service this goes to.");
  if (self->direct && !need)
    return _("Say in a few words what the client needs.");
  if (self->direct && !self->covered && !self->consent)
    return _("The client’s consent is missing. Record it below, then send.");
  if (self->direct && !self->covered)
    return kith_consent_fields_problem (self->consent);
  return NULL;
}

static void
kith_referral_form_commit (KithForm *form)
{
  KithReferralForm *self = KITH_REFERRAL_FORM (form);
  KithContext *context = kith_form_get_context (form);
  const char *wrong = problem (self);

  if (wrong)
    {
      kith_form_tell (form, wrong);
      gtk_widget_grab_focus (!self->service ? GTK_WIDGET (self->suggest) : GTK_WIDGET (self->need));
      return;
    }
  kith_form_set_busy (form, TRUE);
  if (self->direct && !self->covered)
    {
      JsonObject *args = kith_consent_fields_collect (self->consent);
      g_autofree char *id = kith_context_new_id (context);

      json_object_set_string_member (args, "id", id);
      json_object_set_string_member (args, "client", self->client);
      kith_context_submit (context, "consent.record", args, NULL, FALSE, consent_recorded_cb, g_object_ref (self));
    }
  else
    send (self);
}

static JsonObject *
kith_referral_form_collect (KithForm *form)
{
  KithReferralForm *self = KITH_REFERRAL_FORM (form);
  g_autofree char *request = request_text (self);

  return kith_json_new ("service", "s", self->service, "service_name", "s", self->service_name, "agency", "s", self->agency,
                        "agency_name", "s", self->agency_name, "direct", "b", self->direct, "search", "s", kith_suggest_get_text (self->suggest),
                        "need", "s", gtk_editable_get_text (GTK_EDITABLE (self->need)), "urgency", "s", kith_choice_row_get_code (self->urgency),
                        "request", "s", request, "consent", "o", self->consent ? kith_consent_fields_draft (self->consent) : NULL, NULL);
}

static void
kith_referral_form_restore (KithForm   *form,
                            JsonObject *draft)
{
  KithReferralForm *self = KITH_REFERRAL_FORM (form);

  kith_suggest_set_text (self->suggest, kith_json_string (draft, "search"));
  choose_service (self, kith_json_string (draft, "service"), kith_json_string (draft, "service_name"), kith_json_string (draft, "agency"),
                  kith_json_string (draft, "agency_name"), kith_json_bool (draft, "direct", FALSE));
  gtk_editable_set_text (GTK_EDITABLE (self->need), kith_json_string (draft, "need") ? kith_json_string (draft, "need") : "");
  kith_choice_row_set_code (self->urgency, kith_json_string (draft, "urgency"));
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->request), kith_json_string (draft, "request") ? kith_json_string (draft, "request") : "", -1);
  if (kith_json_object (draft, "consent"))
    {
      record_consent_cb (self);
      kith_consent_fields_restore (self->consent, kith_json_object (draft, "consent"));
    }
}

static void
client_cb (GPtrArray *rows,
           gpointer   user_data)
{
  KithReferralForm *self = user_data;
  JsonObject *body = rows->len > 0 ? kith_row_body (rows->pdata[0], "body") : NULL;
  g_autofree char *name = kith_format_client_name (body);
  g_autofree char *birth = body ? kith_format_birth (kith_json_string (body, "date_of_birth"), kith_context_get_now (kith_form_get_context (KITH_FORM (self)))) : NULL;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->client_row), name);
  adw_action_row_set_subtitle (self->client_row, birth ? birth : "");
}

static void
consents_cb (GPtrArray *rows,
             gpointer   user_data)
{
  KithReferralForm *self = user_data;

  g_clear_pointer (&self->consents, g_ptr_array_unref);
  self->consents = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  for (guint i = 0; i < rows->len; i++)
    if (kith_row_body (rows->pdata[i], "body"))
      g_ptr_array_add (self->consents, json_object_ref (kith_row_body (rows->pdata[i], "body")));
  update_check (self);
}

static void
kith_referral_form_dispose (GObject *object)
{
  KithReferralForm *self = KITH_REFERRAL_FORM (object);

  g_clear_object (&self->client_watch);
  g_clear_object (&self->consent_watch);
  self->consent = NULL;
  gtk_widget_dispose_template (GTK_WIDGET (self), KITH_TYPE_REFERRAL_FORM);
  g_clear_pointer (&self->consents, g_ptr_array_unref);
  g_clear_pointer (&self->client, g_free);
  g_clear_pointer (&self->service, g_free);
  g_clear_pointer (&self->service_name, g_free);
  g_clear_pointer (&self->agency, g_free);
  g_clear_pointer (&self->agency_name, g_free);
  G_OBJECT_CLASS (kith_referral_form_parent_class)->dispose (object);
}

#define BIND(name) gtk_widget_class_bind_template_child (widget_class, KithReferralForm, name)

static void
kith_referral_form_class_init (KithReferralFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kith_referral_form_dispose;
  KITH_FORM_CLASS (klass)->commit = kith_referral_form_commit;
  KITH_FORM_CLASS (klass)->collect = kith_referral_form_collect;
  KITH_FORM_CLASS (klass)->restore = kith_referral_form_restore;
  g_type_ensure (KITH_TYPE_STATUS_PILL);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/kith/Kith/referrals/kith-referral-form.ui");
  BIND (scroller);
  BIND (chosen_group);
  BIND (suggest_place);
  BIND (consent_place);
  BIND (client_row);
  BIND (chosen_row);
  BIND (direct_pill);
  BIND (need);
  BIND (urgency);
  BIND (request);
  BIND (check_card);
  BIND (check_button);
  BIND (check_image);
  BIND (check_title);
  BIND (check_text);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, change_service_cb);
  gtk_widget_class_bind_template_callback (widget_class, record_consent_cb);
}

static void
kith_referral_form_init (KithReferralForm *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  kith_choice_row_set_vocabulary (self->urgency, "urgency", NULL);
  kith_form_set_content (KITH_FORM (self), self->scroller);
}

GtkWidget *
kith_referral_form_new (KithContext *context,
                        const char  *client)
{
  static const char *const client_kinds[] = { "client", NULL };
  static const char *const consent_kinds[] = { "consent", NULL };
  KithReferralForm *self = g_object_new (KITH_TYPE_REFERRAL_FORM, NULL);
  g_autofree char *place = g_strconcat ("refer:", client, NULL);
  g_autofree char *key = g_strconcat ("refer:client:", client, NULL);
  g_autofree char *scope = g_strconcat ("client:", client, NULL);

  self->client = g_strdup (client);
  self->suggest = KITH_SUGGEST (kith_suggest_new (context, "service", _("What does the client need? Search services"), describe_service));
  g_signal_connect_object (self->suggest, "picked", G_CALLBACK (picked_cb), self, G_CONNECT_SWAPPED);
  adw_bin_set_child (self->suggest_place, GTK_WIDGET (self->suggest));
  kith_form_set_up (KITH_FORM (self), context, place, key, scope, _("Send Referral"), _("Send"));
  self->client_watch = kith_watch_new (context, "client", client_kinds, client, client_cb, self);
  self->consent_watch = kith_watch_new (context, "client-consents", consent_kinds, client, consents_cb, self);
  gtk_widget_grab_focus (GTK_WIDGET (self->suggest));
  return GTK_WIDGET (self);
}
