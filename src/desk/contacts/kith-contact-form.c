/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-contact-form-private.h"

#include <glib/gi18n.h>

#include "kith-format.h"
#include "kith-text.h"
#include "widgets/kith-choice-row.h"
#include "widgets/kith-date-words.h"

G_DEFINE_FINAL_TYPE (KithContactForm, kith_contact_form, KITH_TYPE_FORM)

static const char *const terms[] = { N_("30 days"), N_("90 days"), N_("Half a year"), N_("One year") };

char *
kith_contact_form_notes (KithContactForm *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->notes);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return g_strstrip (gtk_text_buffer_get_text (buffer, &start, &end, FALSE));
}

char *
kith_contact_form_read_birth (KithContactForm *self)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_utc (kith_context_get_now (kith_form_get_context (KITH_FORM (self))) / 1000);

  return kith_date_read (gtk_editable_get_text (GTK_EDITABLE (self->date_of_birth)), g_date_time_get_year (now));
}

const char *
kith_contact_form_queue (KithContactForm *self)
{
  guint i = adw_combo_row_get_selected (self->queue);

  return i > 0 && i <= self->queues->len ? self->queues->pdata[i - 1] : NULL;
}

gboolean
kith_contact_form_sends (KithContactForm *self)
{
  for (guint i = 0; i < self->needs->len; i++)
    if (((KithContactNeed *) self->needs->pdata[i])->direct)
      return TRUE;
  return FALSE;
}

/* Whom the caller is asked about, each once. Yours */
static char *
receivers (KithContactForm *self)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < self->needs->len; i++)
    {
      KithContactNeed *need = self->needs->pdata[i];
      const char *name = need->agency_name ? need->agency_name : need->service_name;

      if (need->direct && name && !g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL))
        g_ptr_array_add (names, (gpointer) name);
    }
  g_ptr_array_add (names, NULL);
  return g_strjoinv (", ", (char **) names->pdata);
}

/* What goes with what is chosen is shown and asked; what a person typed goes into the draft. */
void
kith_contact_form_changed (KithContactForm *self)
{
  g_autofree char *names = receivers (self), *services = kith_contact_form_asked (self, NULL);
  const char *caller = kith_choice_row_get_code (self->caller_kind);

  gtk_widget_set_visible (GTK_WIDGET (self->caller_name), g_strcmp0 (caller, "self") != 0 && g_strcmp0 (caller, "anonymous") != 0);
  gtk_widget_set_visible (self->release_group, kith_contact_form_sends (self));
  gtk_widget_set_visible (self->receiver_group, kith_contact_form_sends (self) || kith_contact_form_queue (self));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->agreed), names);
  kith_contact_form_ask (self);
  if (kith_contact_form_queue (self))
    adw_action_row_set_subtitle (ADW_ACTION_ROW (self->queue), ""); /* what became of one chosen before */
  if (self->queues_watch && g_strcmp0 (services, self->queues_of) != 0)
    {
      g_free (self->queues_of);
      self->queues_of = g_steal_pointer (&services);
      kith_watch_set_arg (self->queues_watch, self->queues_of);
    }
  if (!self->contact && kith_form_get_context (KITH_FORM (self)))
    kith_contact_earlier_look (self->earlier, kith_form_get_context (KITH_FORM (self)), gtk_editable_get_text (GTK_EDITABLE (self->phone)));
  if (!self->quiet && kith_form_get_context (KITH_FORM (self)))
    kith_form_touch (KITH_FORM (self));
}

static void
changed_cb (KithContactForm *self)
{
  kith_contact_form_changed (self);
}

static void
need_cb (KithContactForm *self)
{
  kith_contact_form_take_need (self);
}

/* ---- what there is */

void
kith_contact_form_choose_queue (KithContactForm *self,
                                const char      *queue)
{
  guint i;

  if (queue && g_ptr_array_find_with_equal_func (self->queues, queue, g_str_equal, &i))
    {
      adw_combo_row_set_selected (self->queue, i + 1);
      g_clear_pointer (&self->wanted_queue, g_free);
    }
}

/* Those that take each of the services something is sent to: another would be refused at saving, with the whole call (P2). */
static void
queues_cb (GPtrArray *rows,
           gpointer   user_data)
{
  KithContactForm *self = user_data;
  g_autofree char *chosen = g_strdup (self->wanted_queue ? self->wanted_queue : kith_contact_form_queue (self));
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  gboolean quiet = self->quiet;

  self->quiet = TRUE;
  g_ptr_array_set_size (self->queues, 0);
  gtk_string_list_append (names, _("No queue"));
  for (guint i = 0; i < rows->len; i++)
    {
      g_ptr_array_add (self->queues, g_strdup (kith_row_get_id (rows->pdata[i])));
      gtk_string_list_append (names, kith_row_get_text (rows->pdata[i], "name") ? kith_row_get_text (rows->pdata[i], "name") : "");
    }
  /* Nobody chose “No queue”: what is asked for the one chosen is not taken away and put back. */
  g_signal_handlers_block_matched (self->queue, G_SIGNAL_MATCH_DATA, 0, 0, NULL, NULL, self);
  adw_combo_row_set_model (self->queue, G_LIST_MODEL (names));
  kith_contact_form_choose_queue (self, chosen);
  g_signal_handlers_unblock_matched (self->queue, G_SIGNAL_MATCH_DATA, 0, 0, NULL, NULL, self);
  g_clear_pointer (&self->wanted_queue, g_free);
  if (chosen && !kith_contact_form_queue (self))
    adw_action_row_set_subtitle (ADW_ACTION_ROW (self->queue), g_strcmp0 (self->queues_of, "[]") == 0 ? _("The queue chosen before is no longer in use.")
                                                                                                     : _("The queue chosen before does not take this service."));
  kith_contact_form_changed (self);
  self->quiet = quiet;
}

/* What is looked for first: a service for what was not given, else for the first. */
static void
choose_first_need (KithContactForm *self)
{
  KithContactNeed *first = self->needs->len > 0 ? self->needs->pdata[0] : NULL;

  for (guint i = 0; self->previous_need && i < self->needs->len; i++)
    if (g_str_equal (((KithContactNeed *) self->needs->pdata[i])->id, self->previous_need))
      first = self->needs->pdata[i];
  if (first && !first->service)
    gtk_check_button_set_active (first->current, TRUE);
}

/* The needs of the record that are not settled, once: what is chosen for them meanwhile stays. */
static void
needs_cb (GPtrArray *rows,
          gpointer   user_data)
{
  KithContactForm *self = user_data;

  if (self->filled)
    return;
  self->filled = self->quiet = TRUE;
  for (guint i = 0; i < rows->len; i++)
    {
      const char *status = kith_row_get_text (rows->pdata[i], "status");

      if (g_strcmp0 (status, "met") != 0 && g_strcmp0 (status, "withdrawn") != 0)
        kith_contact_form_add_need (self, kith_row_get_id (rows->pdata[i]), kith_row_get_text (rows->pdata[i], "words"), TRUE);
    }
  choose_first_need (self);
  self->quiet = FALSE;
}

static void
previous_cb (GPtrArray *rows,
             gpointer   user_data)
{
  KithContactForm *self = user_data;
  JsonObject *detail = rows->len > 0 ? kith_row_body (rows->pdata[0], "detail") : NULL;

  if (self->previous_need || !detail)
    return;
  self->previous_need = g_strdup (kith_json_string (detail, "contact_need"));
  choose_first_need (self);
}

static void
terms_cb (GPtrArray *rows,
          gpointer   user_data)
{
  KITH_CONTACT_FORM (user_data)->has_terms = rows->len > 0;
}

static void
recorded_cb (GPtrArray *rows,
             gpointer   user_data)
{
  kith_contact_form_take_recorded (user_data, rows);
}

static void
contact_cb (GPtrArray *rows,
            gpointer   user_data)
{
  KithContactForm *self = user_data;
  JsonObject *body = rows->len > 0 ? kith_row_body (rows->pdata[0], "body") : NULL;

  g_free (self->client_of);
  self->client_of = body ? g_strdup (kith_json_string (body, "client")) : NULL;
}

/* U7: what the warm referral says of the person, and what they need. */
static void
referral_cb (GPtrArray *rows,
             gpointer   user_data)
{
  KithContactForm *self = user_data;
  JsonObject *body = rows->len > 0 ? kith_row_body (rows->pdata[0], "body") : NULL, *detail = body ? kith_row_body (rows->pdata[0], "detail") : NULL;
  JsonObject *snapshot = detail ? kith_json_object (detail, "snapshot") : NULL;
  JsonArray *phones = snapshot ? kith_json_array (snapshot, "phones") : NULL;
  JsonObject *phone = phones && json_array_get_length (phones) > 0 ? json_array_get_object_element (phones, 0) : NULL;
  JsonObject *address = snapshot ? kith_json_object (snapshot, "address") : NULL;
  g_autofree char *id = NULL;

  if (!body)
    return;
  g_free (self->client_of);
  self->client_of = g_strdup (kith_json_string (body, "client"));
  if (self->filled)
    return;
  self->filled = self->quiet = TRUE;
  kith_choice_row_set_code (self->how, "referral");
  kith_entry_set (self->who, kith_json_string (body, "contact_name"));
  kith_entry_set (self->postal_code, kith_json_string (body, "postal_code"));
  if (snapshot)
    kith_entry_set (self->date_of_birth, kith_json_string (snapshot, "date_of_birth"));
  if (snapshot && kith_json_array (snapshot, "languages"))
    kith_field_rows_show (self->languages, snapshot);
  if (phone)
    kith_entry_set (self->phone, kith_json_string (phone, "number"));
  if (address)
    kith_entry_set (self->city, kith_json_string (address, "city"));
  kith_answer_row_show (self->message, phone, "safe_to_leave_message");
  kith_switch_row_set_active (self->interpreter, snapshot && kith_json_bool (snapshot, "interpreter_needed", FALSE));
  kith_switch_row_set_active (self->do_not_contact, snapshot && kith_json_bool (snapshot, "do_not_contact", FALSE)); /* C16 */
  id = kith_context_new_id (kith_form_get_context (KITH_FORM (self)));
  if (detail && kith_json_string (detail, "need"))
    kith_contact_form_add_need (self, id, kith_json_string (detail, "need"), FALSE);
  kith_contact_form_changed (self);
  self->quiet = FALSE;
}

/* ---- life */

static void
kith_contact_form_dispose (GObject *object)
{
  KithContactForm *self = KITH_CONTACT_FORM (object);

  g_clear_object (&self->queues_watch);
  g_clear_object (&self->needs_watch);
  g_clear_object (&self->contact_watch);
  g_clear_object (&self->referral_watch);
  g_clear_object (&self->previous_watch);
  g_clear_object (&self->forms_watch);
  g_clear_object (&self->answers_watch);
  g_clear_object (&self->terms_watch);
  gtk_widget_dispose_template (GTK_WIDGET (self), KITH_TYPE_CONTACT_FORM);
  g_clear_object (&self->anchor);
  g_clear_pointer (&self->needs, g_ptr_array_unref);
  g_clear_pointer (&self->resources, g_ptr_array_unref);
  g_clear_pointer (&self->queues, g_ptr_array_unref);
  g_clear_pointer (&self->contact, g_free);
  g_clear_pointer (&self->referral, g_free);
  g_clear_pointer (&self->previous, g_free);
  g_clear_pointer (&self->previous_need, g_free);
  g_clear_pointer (&self->client_of, g_free);
  g_clear_pointer (&self->made, g_free);
  g_clear_pointer (&self->asking, g_free);
  g_clear_pointer (&self->queues_of, g_free);
  g_clear_pointer (&self->answers, json_array_unref);
  g_clear_pointer (&self->wanted_queue, g_free);
  G_OBJECT_CLASS (kith_contact_form_parent_class)->dispose (object);
}

#define BIND(name) gtk_widget_class_bind_template_child (widget_class, KithContactForm, name)

static void
kith_contact_form_class_init (KithContactFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kith_contact_form_dispose;
  KITH_FORM_CLASS (klass)->commit = kith_contact_form_commit;
  g_type_ensure (KITH_TYPE_CONTACT_EARLIER);
  KITH_FORM_CLASS (klass)->collect = kith_contact_form_collect;
  KITH_FORM_CLASS (klass)->restore = kith_contact_form_restore;
  g_type_ensure (KITH_TYPE_SWITCH_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/kith/Kith/contacts/kith-contact-form.ui");
  BIND (scroller);
  BIND (who_group);
  BIND (earlier);
  BIND (more_group);
  BIND (languages_place);
  BIND (notes_group);
  BIND (release_group);
  BIND (needs_group);
  BIND (suggest_place);
  BIND (narrow_place);
  BIND (how);
  BIND (caller_kind);
  BIND (caller_name);
  BIND (who);
  BIND (phone);
  BIND (message);
  BIND (postal_code);
  BIND (city);
  BIND (date_of_birth);
  BIND (email);
  BIND (interpreter);
  BIND (do_not_contact);
  BIND (receiver_group);
  BIND (receiver_place);
  BIND (need);
  BIND (queue);
  BIND (questions);
  BIND (agreed);
  BIND (until);
  BIND (notes);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, need_cb);
}

static void
kith_contact_form_init (KithContactForm *self)
{
  g_autoptr (GtkStringList) days = gtk_string_list_new (NULL);

  self->anchor = GTK_CHECK_BUTTON (g_object_ref_sink (gtk_check_button_new ()));
  self->needs = g_ptr_array_new_with_free_func (kith_contact_need_free);
  self->resources = g_ptr_array_new_with_free_func (g_free);
  self->queues = g_ptr_array_new_with_free_func (g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
  kith_choice_row_set_vocabulary (self->how, "contact_channel", NULL);
  kith_choice_row_set_vocabulary (self->caller_kind, "caller_kind", NULL);
  kith_answer_row_set_up (self->message);
  for (guint i = 0; i < G_N_ELEMENTS (terms); i++)
    gtk_string_list_append (days, _(terms[i]));
  adw_combo_row_set_model (self->until, G_LIST_MODEL (days));
  kith_form_set_content (KITH_FORM (self), self->scroller);
}

static void
begin (KithContactForm *self)
{
  self->quiet = TRUE;
  kith_contact_form_changed (self);
  self->quiet = FALSE;
}

static KithContactForm *
form_new (KithContext *context,
          const char  *place,
          const char  *draft_key,
          const char  *scope,
          const char  *title,
          const char  *verb)
{
  static const char *const queue_kinds[] = { "queue", "queue_resource", NULL }, *const term_kinds[] = { "taxonomy_term", NULL };
  static const KithFieldChoice fields[] = { { "languages", NULL } };
  /* What goes along with each that is asked: as contact.assign takes it. */
  static const KithField urgency = { "urgency", KITH_FIELD_CODE, N_("Urgency"), .vocabulary = "urgency" };
  static const KithField request = { "request", KITH_FIELD_TEXT, N_("What they should know") };
  static const KithField note = { "note", KITH_FIELD_STRING, N_("Short note for all concerned"), .max_length = 4000 };
  static const KithField *const for_receivers[] = { &urgency, &request, &note };
  KithContactForm *self = g_object_new (KITH_TYPE_CONTACT_FORM, NULL);

  self->languages = KITH_FIELD_ROWS (kith_field_rows_new (context, kith_kind_get ("contact_record"), fields, G_N_ELEMENTS (fields)));
  g_signal_connect_object (self->languages, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  adw_bin_set_child (self->languages_place, GTK_WIDGET (self->languages));

  self->receiver = KITH_FIELD_ROWS (kith_field_rows_new_fields (context, for_receivers, G_N_ELEMENTS (for_receivers)));
  g_signal_connect_object (self->receiver, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  adw_bin_set_child (self->receiver_place, GTK_WIDGET (self->receiver));

  self->suggest = KITH_SUGGEST (kith_suggest_new_from (context, &kith_contact_services, _("Search services by name or need"), kith_service_narrow_describe));
  g_signal_connect_object (self->suggest, "picked", G_CALLBACK (kith_contact_form_picked), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->suggest, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  adw_bin_set_child (self->suggest_place, GTK_WIDGET (self->suggest));
  self->narrow = KITH_SERVICE_NARROW (kith_service_narrow_new (context));
  g_signal_connect_object (self->narrow, "changed", G_CALLBACK (kith_suggest_search), self->suggest, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->suggest, "changed", G_CALLBACK (kith_service_narrow_follow), self->narrow, G_CONNECT_SWAPPED);
  adw_bin_set_child (self->narrow_place, GTK_WIDGET (self->narrow));
  kith_form_set_up (KITH_FORM (self), context, place, draft_key, scope, title, verb);
  self->queues_of = g_strdup ("[]");
  self->queues_watch = kith_watch_new (context, "queues-for", queue_kinds, self->queues_of, queues_cb, self);
  self->terms_watch = kith_watch_new (context, "terms-any", term_kinds, NULL, terms_cb, self);
  return self;
}

/* Returns: (transfer floating): an empty call; what was typed and not saved before is restored */
GtkWidget *
kith_contact_form_new (KithContext *context)
{
  KithContactForm *self = form_new (context, "new", "contact:new", NULL, _("Take a Call"), _("Save"));

  kith_form_set_first (KITH_FORM (self), GTK_WIDGET (self->who));
  begin (self);
  return GTK_WIDGET (self);
}

GtkWidget *
kith_contact_form_new_for_referral (KithContext *context,
                                    const char  *referral)
{
  static const char *const kinds[] = { "referral", "referral_detail", NULL };
  g_autofree char *place = g_strconcat ("new:", referral, NULL), *key = g_strconcat ("call:referral:", referral, NULL);
  g_autofree char *scope = g_strconcat ("referral_detail:", referral, NULL);
  KithContactForm *self = form_new (context, place, key, scope, _("Take a Call"), _("Save"));

  self->referral = g_strdup (referral);
  self->referral_watch = kith_watch_new (context, "referral", kinds, referral, referral_cb, self);
  kith_form_set_first (KITH_FORM (self), GTK_WIDGET (self->who));
  begin (self);
  return GTK_WIDGET (self);
}

static KithContactForm *
assign_new (KithContext *context,
            const char  *contact,
            const char  *place,
            const char  *draft_key,
            const char  *title)
{
  static const char *const kinds[] = { "contact_record", "contact_need", NULL }, *const answer_kinds[] = { "form_answer", NULL };
  g_autofree char *scope = g_strconcat ("contact:", contact, NULL);
  KithContactForm *self = form_new (context, place, draft_key, scope, title, _("Assign"));

  self->contact = g_strdup (contact);
  gtk_widget_set_visible (self->who_group, FALSE);
  gtk_widget_set_visible (self->more_group, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->languages_place), FALSE);
  gtk_widget_set_visible (self->notes_group, FALSE);
  self->contact_watch = kith_watch_new (context, "contact", kinds, contact, contact_cb, self);
  self->needs_watch = kith_watch_new (context, "contact-needs", kinds, contact, needs_cb, self);
  self->answers_watch = kith_watch_new (context, "contact-answers", answer_kinds, contact, recorded_cb, self);
  kith_form_set_first (KITH_FORM (self), GTK_WIDGET (self->suggest));
  begin (self);
  return self;
}

/**
 * kith_contact_form_new_assign:
 * @contact: id of the contact record
 *
 * Returns: (transfer floating): the form with what the record still needs, filled when it is read
 */
GtkWidget *
kith_contact_form_new_assign (KithContext *context,
                              const char  *contact)
{
  g_autofree char *place = g_strconcat ("assign:", contact, NULL), *key = g_strconcat ("contact:assign:", contact, NULL);

  return GTK_WIDGET (assign_new (context, contact, place, key, _("Find Services")));
}

/**
 * kith_contact_form_new_again:
 * @contact: id of the contact record
 * @previous: id of a referral made from it that was declined, taken back, or came to nothing otherwise
 *
 * Returns: (transfer floating): the same form; the first that is assigned for the same need goes on from @previous
 */
GtkWidget *
kith_contact_form_new_again (KithContext *context,
                             const char  *contact,
                             const char  *previous)
{
  static const char *const kinds[] = { "referral", "referral_detail", NULL };
  g_autofree char *place = g_strjoin (":", "again", contact, previous, NULL), *key = g_strconcat ("contact:again:", previous, NULL);
  KithContactForm *self = assign_new (context, contact, place, key, _("Refer On"));

  self->previous = g_strdup (previous);
  self->previous_watch = kith_watch_new (context, "referral", kinds, previous, previous_cb, self);
  return GTK_WIDGET (self);
}
