/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-referral-form-private.h"

#include <glib/gi18n.h>

#include "clients/kith-client-list.h"
#include "kith-format.h"
#include "kith-page.h"
#include "kith-referral-rules.h"
#include "kith-text.h"
#include "widgets/kith-choice-row.h"
#include "widgets/kith-date-words.h"
#include "widgets/kith-wrap-box.h"

G_DEFINE_FINAL_TYPE (KithReferralForm, kith_referral_form, KITH_TYPE_FORM)

char *
kith_referral_form_read_birth (KithReferralForm *self)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_utc (kith_context_get_now (kith_form_get_context (KITH_FORM (self))) / 1000);

  return kith_date_read (gtk_editable_get_text (GTK_EDITABLE (self->date_of_birth)), g_date_time_get_year (now));
}

char *
kith_referral_form_request (KithReferralForm *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->request);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return g_strstrip (gtk_text_buffer_get_text (buffer, &start, &end, FALSE));
}

/* A service that takes no direct referrals is handed off to its agency (D4, D9), whose people would have to guess which one is meant. */
char *
kith_referral_form_first_words (KithReferralForm *self)
{
  if (!self->service || self->direct || !self->target_name || !g_str_equal (kith_referral_form_type (self), "warm"))
    return NULL;
  /* Translators: a service; the first line of what an agency is asked for */
  return g_strdup_printf (_("For the service “%s”."), self->target_name);
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
  if (self->client)
    kith_consent_fields_set_client (self->consent, self->client);
  g_signal_connect_object (self->consent, "changed", G_CALLBACK (consent_changed_cb), self, G_CONNECT_SWAPPED);
  adw_bin_set_child (self->consent_place, GTK_WIDGET (self->consent));
  kith_referral_form_check (self);
}

static void
picked_cb (KithReferralForm *self,
           KithRow          *row)
{
  kith_referral_form_pick (self, row);
  kith_form_touch (KITH_FORM (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->need));
}

static void
change_service_cb (KithReferralForm *self)
{
  g_autoptr (JsonObject) nothing = json_object_new ();

  kith_referral_form_choose (self, nothing);
  gtk_widget_grab_focus (GTK_WIDGET (self->suggest));
}

/* Who meets whom is what a hand-off is about: its words are asked for. */
void
kith_referral_form_type_changed (KithReferralForm *self)
{
  gboolean warm = kith_referral_form_is_chosen (self) && g_str_equal (kith_referral_form_type (self), "warm");
  g_autofree char *first = kith_referral_form_first_words (self);
  gboolean internal = kith_referral_form_is_internal (self);
  /* Translators: the line in the place of %s is what the agency, or the colleagues, read first */
  g_autofree char *about = first ? g_strdup_printf (internal ? _("What your colleagues read begins with: %s") : _("What the agency reads begins with: %s"), first) : NULL;
  g_autofree char *nobody = kith_referral_form_is_unanswered (self) ? g_strdup_printf (_("Nobody at %s answers referrals in Kith. Give the client the information, or call the agency."), self->agency_name) : NULL;
  g_autofree char *words = g_strjoin ("\n", warm ? _("You introduce the client to a person there. Write below whom, and when.") : nobody ? nobody : "", about, NULL);

  gtk_label_set_text (self->how_words, words);
  gtk_widget_set_visible (GTK_WIDGET (self->how_words), *words != '\0');
  gtk_label_set_label (self->request_title, internal ? _("What your colleagues should _know") : _("What the other agency should _know"));
  kith_referral_form_queue_changed (self);
  gtk_widget_set_visible (GTK_WIDGET (self->attach_place), !kith_referral_form_gives_only (self));
  kith_referral_form_check (self);
  if (kith_form_get_context (KITH_FORM (self)))
    kith_form_touch (KITH_FORM (self));
}

/* The search is done again with what is typed. */
static void
narrowed_cb (KithReferralForm *self)
{
  kith_suggest_search (self->suggest);
}

static void
queue_cb (KithReferralForm *self)
{
  kith_referral_form_queue_changed (self);
  if (kith_form_get_context (KITH_FORM (self)))
    kith_form_touch (KITH_FORM (self));
}

static void
changed_cb (KithReferralForm *self)
{
  if (kith_form_get_context (KITH_FORM (self)))
    kith_form_touch (KITH_FORM (self));
}

static JsonObject *
kith_referral_form_collect (KithForm *form)
{
  KithReferralForm *self = KITH_REFERRAL_FORM (form);
  g_autofree char *request = kith_referral_form_request (self);
  JsonObject *draft = kith_json_new ("search", "s", kith_suggest_get_text (self->suggest), "answers", "a", kith_referral_form_answers (self), "files", "a", kith_referral_attach_draft (self->attach), "need", "s", gtk_editable_get_text (GTK_EDITABLE (self->need)), "urgency", "s", kith_choice_row_get_code (self->urgency),
                        "request", "s", request, "note", "s", gtk_editable_get_text (GTK_EDITABLE (self->note)), "type", "s", kith_referral_form_type (self), "release", "b", kith_referral_form_has_release (self),
                        "basis", "s", kith_choice_row_get_code (self->basis), "until", "i", (gint64) adw_combo_row_get_selected (self->until),
                        "health", "b", kith_switch_row_get_active (self->health), "network", "b", kith_switch_row_get_active (self->network), "contact_name", "s", gtk_editable_get_text (GTK_EDITABLE (self->contact_name)),
                        "date_of_birth", "s", gtk_editable_get_text (GTK_EDITABLE (self->date_of_birth)), "phone", "s",
                        gtk_editable_get_text (GTK_EDITABLE (self->phone)), "consent", "o", self->consent ? kith_consent_fields_draft (self->consent) : NULL, NULL);

  if (self->editing)
    json_object_set_boolean_member (draft, "knows_attached", self->knows_attached);
  kith_referral_form_add_target (self, draft);
  return draft;
}

static void
kith_referral_form_restore (KithForm   *form,
                            JsonObject *draft)
{
  KithReferralForm *self = KITH_REFERRAL_FORM (form);

  kith_suggest_set_text (self->suggest, kith_json_string (draft, "search"));
  g_clear_pointer (&self->answers, json_array_unref);
  if (kith_json_array (draft, "answers"))
    self->answers = json_array_ref (kith_json_array (draft, "answers"));
  kith_referral_attach_restore (self->attach, kith_json_array (draft, "files"));
  self->knows_attached = kith_json_bool (draft, "knows_attached", FALSE); /* a draft of before lists none of them: none was taken off in it */
  kith_referral_form_choose (self, draft);
  kith_referral_form_set_types (self, kith_json_string (draft, "type"));
  kith_entry_set (self->contact_name, kith_json_string (draft, "contact_name"));
  kith_entry_set (self->date_of_birth, kith_json_string (draft, "date_of_birth"));
  kith_entry_set (self->phone, kith_json_string (draft, "phone"));
  kith_choice_row_set_code (self->basis, kith_json_string (draft, "basis"));
  adw_combo_row_set_selected (self->until, kith_json_int (draft, "until", 0));
  kith_switch_row_set_active (self->health, kith_json_bool (draft, "health", FALSE));
  kith_switch_row_set_active (self->network, kith_json_bool (draft, "network", FALSE));
  gtk_widget_set_visible (self->release_group, self->client == NULL);
  kith_entry_fill (GTK_EDITABLE (self->need), kith_json_string (draft, "need"));
  kith_choice_row_set_code (self->urgency, kith_json_string (draft, "urgency"));
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->request), kith_json_string (draft, "request") ? kith_json_string (draft, "request") : "", -1);
  kith_entry_set (self->note, kith_json_string (draft, "note"));
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
  JsonObject *body = rows->len > 0 ? kith_row_body (rows->pdata[0], "body") : NULL, *address = body ? kith_json_object (body, "address") : NULL;
  g_autofree char *name = kith_format_client_name (body);
  g_autofree char *birth = body ? kith_format_birth (kith_json_string (body, "date_of_birth"), kith_context_get_now (kith_form_get_context (KITH_FORM (self)))) : NULL;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->client_row), name);
  adw_action_row_set_subtitle (self->client_row, birth ? birth : "");
  kith_service_narrow_set_birth (self->narrow, body ? kith_json_string (body, "date_of_birth") : NULL);
  kith_service_narrow_set_home (self->narrow, address ? kith_json_string (address, "postal_code") : NULL, address ? kith_json_string (address, "city") : NULL);
}

/* What the own agency agreed with the client (C19) is read before anything goes out: a consent in force says nothing of it. */
static void
kept_cb (GPtrArray *rows,
         gpointer   user_data)
{
  KithReferralForm *self = user_data;
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i < rows->len; i++)
    if (kith_row_get_text (rows->pdata[i], "kept") && kith_row_get_int (rows->pdata[i], "active") != 0)
      {
        g_autofree char *said = kith_client_alert_words (rows->pdata[i]);

        g_string_append_printf (words, "%s%s", words->len > 0 ? "\n" : "", said);
      }
  gtk_label_set_text (self->kept, words->str);
  gtk_widget_set_visible (GTK_WIDGET (self->kept), words->len > 0);
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
  kith_referral_form_check (self);
}

/* What was asked for then, unless something is written here already: a draft of before. */
static void
previous_cb (GPtrArray *rows,
             gpointer   user_data)
{
  KithReferralForm *self = user_data;
  JsonObject *body = rows->len > 0 ? kith_row_body (rows->pdata[0], "body") : NULL, *detail = body ? kith_row_body (rows->pdata[0], "detail") : NULL;
  const char *service = body ? kith_json_string (body, "resource_name") : NULL, *number = body ? kith_json_string (body, "number") : NULL;
  const char *request = detail ? kith_json_string (detail, "request") : NULL;
  g_autofree char *written = kith_referral_form_request (self);
  g_autofree char *need = kith_entry_text (self->need);
  g_autofree char *subtitle = NULL;

  if (!body)
    return;
  subtitle = g_strjoin (" · ", number ? number : "", kith_format_status (kith_json_string (body, "phase"), kith_json_string (body, "status")), NULL);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->previous_row), service ? service : "");
  adw_action_row_set_subtitle (self->previous_row, subtitle);
  gtk_widget_set_visible (GTK_WIDGET (self->previous_row), TRUE);
  if (self->filled || need || *written || !detail)
    return;
  self->filled = TRUE;
  kith_entry_fill (GTK_EDITABLE (self->need), kith_json_string (detail, "need"));
  if (kith_json_string (detail, "urgency"))
    kith_choice_row_set_code (self->urgency, kith_json_string (detail, "urgency"));
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->request), request ? request : "", -1);
  if (!self->client)
    kith_entry_set (self->contact_name, kith_json_string (body, "contact_name"));
}

static void
kith_referral_form_dispose (GObject *object)
{
  KithReferralForm *self = KITH_REFERRAL_FORM (object);

  g_clear_object (&self->client_watch);
  g_clear_object (&self->kept_watch);
  g_clear_object (&self->consent_watch);
  g_clear_object (&self->previous_watch);
  g_clear_object (&self->queues_watch);
  g_clear_object (&self->fitting_watch);
  g_clear_object (&self->service_form_watch);
  g_clear_object (&self->queue_form_watch);
  g_clear_object (&self->editing_watch);
  g_clear_object (&self->attached_watch);
  g_clear_object (&self->template_watch);
  g_clear_object (&self->answers_watch);
  g_clear_pointer (&self->attached, g_ptr_array_unref);
  g_clear_object (&self->editing_row);
  g_clear_pointer (&self->original, json_object_unref);
  g_clear_pointer (&self->editing, g_free);
  self->consent = NULL;
  gtk_widget_dispose_template (GTK_WIDGET (self), KITH_TYPE_REFERRAL_FORM);
  g_clear_pointer (&self->consents, g_ptr_array_unref);
  g_clear_pointer (&self->client, g_free);
  g_clear_pointer (&self->previous, g_free);
  g_clear_pointer (&self->sent, g_free);
  g_clear_pointer (&self->service, g_free);
  g_clear_pointer (&self->queue, g_free);
  g_clear_pointer (&self->target_name, g_free);
  g_clear_pointer (&self->queues, g_ptr_array_unref);
  g_clear_pointer (&self->fitting, g_ptr_array_unref);
  g_clear_pointer (&self->answers, json_array_unref);
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
  g_type_ensure (KITH_TYPE_CAPACITY_BOX);
  g_type_ensure (KITH_TYPE_STATUS_PILL);
  g_type_ensure (KITH_TYPE_WRAP_BOX);
  g_type_ensure (KITH_TYPE_SWITCH_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/kith/Kith/referrals/kith-referral-form.ui");
  BIND (scroller);
  BIND (chosen_group);
  BIND (how_words);
  BIND (request_title);
  BIND (capacity);
  BIND (suggest_place);
  BIND (consent_place);
  BIND (kept);
  BIND (attach_place);
  BIND (service_questions);
  BIND (queue_questions);
  BIND (queue_row);
  BIND (narrow_place);
  BIND (client_row);
  BIND (previous_row);
  BIND (chosen_row);
  BIND (need);
  BIND (urgency);
  BIND (request);
  BIND (request_box);
  BIND (note);
  BIND (template_button);
  BIND (who_group);
  BIND (contact_name);
  BIND (date_of_birth);
  BIND (phone);
  BIND (type);
  BIND (release_group);
  BIND (basis);
  BIND (until);
  BIND (health);
  BIND (network);
  BIND (check_card);
  BIND (check_button);
  BIND (wait_button);
  BIND (draft_button);
  BIND (check_image);
  BIND (check_title);
  BIND (check_text);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback_full (widget_class, "type_changed_cb", G_CALLBACK (kith_referral_form_type_changed));
  gtk_widget_class_bind_template_callback (widget_class, queue_cb);
  gtk_widget_class_bind_template_callback (widget_class, change_service_cb);
  gtk_widget_class_bind_template_callback (widget_class, record_consent_cb);
  gtk_widget_class_bind_template_callback (widget_class, kith_referral_form_keep);
  gtk_widget_class_bind_template_callback (widget_class, kith_referral_form_keep_draft);
  kith_referral_form_note_class_init (widget_class);
}

static void
kith_referral_form_init (KithReferralForm *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  kith_referral_form_fill_release (self);
  kith_choice_row_set_vocabulary (self->urgency, "urgency", NULL);
  kith_form_set_content (KITH_FORM (self), self->scroller);
}

static GtkWidget *
form_new (KithContext *context,
          const char  *client,
          const char  *previous,
          const char  *editing)
{
  static const char *const client_kinds[] = { "client", NULL };
  static const char *const consent_kinds[] = { "consent", NULL };
  static const char *const kept_kinds[] = { "alert", "match", NULL };
  g_autofree char *today = kith_format_today (kith_context_get_now (context));
  const char *kept_args[] = { client, today, NULL };
  KithReferralForm *self = g_object_new (KITH_TYPE_REFERRAL_FORM, NULL);
  static const char *const referral_kinds[] = { "referral", "referral_detail", NULL };
  g_autofree char *place = editing ? g_strdup_printf ("edit:%s:%s", editing, client ? client : "") : previous ? g_strdup_printf ("again:%s:%s", previous, client ? client : "")
                           : client ? g_strconcat ("refer:", client, NULL) : g_strdup ("new");
  g_autofree char *key = editing ? g_strconcat ("refer:edit:", editing, NULL) : previous ? g_strconcat ("refer:again:", previous, NULL) : client ? g_strconcat ("refer:client:", client, NULL) : g_strdup ("refer:new");
  g_autofree char *scope = client ? g_strconcat ("client:", client, NULL) : previous ? g_strconcat ("referral_detail:", previous, NULL) : NULL;

  self->client = g_strdup (client);
  self->previous = g_strdup (previous);
  self->editing = g_strdup (editing);
  self->attach = KITH_REFERRAL_ATTACH (kith_referral_attach_new (context, client));
  g_signal_connect_object (self->attach, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  adw_bin_set_child (self->attach_place, GTK_WIDGET (self->attach));
  self->suggest = KITH_SUGGEST (kith_suggest_new_from (context, &kith_referral_targets, _("Search need, service, agency, queue"),
                                                       kith_referral_form_describe));
  g_signal_connect_object (self->suggest, "picked", G_CALLBACK (picked_cb), self, G_CONNECT_SWAPPED);
  adw_bin_set_child (self->suggest_place, GTK_WIDGET (self->suggest));
  self->narrow = KITH_SERVICE_NARROW (kith_service_narrow_new (context));
  g_signal_connect_object (self->narrow, "changed", G_CALLBACK (narrowed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->suggest, "changed", G_CALLBACK (kith_service_narrow_follow), self->narrow, G_CONNECT_SWAPPED);
  adw_bin_set_child (self->narrow_place, GTK_WIDGET (self->narrow));
  gtk_widget_set_visible (GTK_WIDGET (self->client_row), client != NULL);
  gtk_widget_set_visible (self->who_group, client == NULL);
  gtk_widget_set_visible (self->release_group, client == NULL);
  kith_form_set_up (KITH_FORM (self), context, place, key, scope, editing ? _("Change the Referral") : previous ? _("Refer On") : client ? _("Send Referral") : _("Send Without a Record"), editing ? _("Save") : _("Send"));
  if (previous)
    self->previous_watch = kith_watch_new (context, "referral", referral_kinds, previous, previous_cb, self);
  if (client)
    {
      self->client_watch = kith_watch_new (context, "client", client_kinds, client, client_cb, self);
      self->consent_watch = kith_watch_new (context, "client-consents", consent_kinds, client, consents_cb, self);
      self->kept_watch = kith_watch_new_args (context, "client-alerts", kept_kinds, kept_args, kept_cb, self);
    }
  kith_referral_form_start (self);
  kith_referral_form_offer_templates (self);
  kith_form_set_first (KITH_FORM (self), client || previous ? GTK_WIDGET (self->suggest) : GTK_WIDGET (self->contact_name));
  if (editing)
    kith_referral_form_begin_edit (self);
  return GTK_WIDGET (self);
}

GtkWidget *
kith_referral_form_new (KithContext *context,
                        const char  *client,
                        const char  *previous)
{
  return form_new (context, client, previous, NULL);
}

GtkWidget *
kith_referral_form_new_edit (KithContext *context,
                             const char  *client,
                             const char  *referral)
{
  return form_new (context, client, NULL, referral);
}
