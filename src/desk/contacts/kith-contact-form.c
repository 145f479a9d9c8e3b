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

/* Whom the caller is asked about. Yours */
static char *
receivers (KithContactForm *self)
{
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < self->needs->len; i++)
    {
      KithContactNeed *need = self->needs->pdata[i];
      const char *name = need->agency_name ? need->agency_name : need->service_name;

      if (need->direct && name && !strstr (names->str, name))
        g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", name);
    }
  return g_string_free (names, FALSE);
}

void
kith_contact_form_changed (KithContactForm *self)
{
  g_autofree char *names = receivers (self);
  const char *caller = kith_choice_row_get_code (self->caller_kind);

  gtk_widget_set_visible (GTK_WIDGET (self->caller_name), g_strcmp0 (caller, "self") != 0 && g_strcmp0 (caller, "anonymous") != 0);
  gtk_widget_set_visible (self->release_group, kith_contact_form_sends (self));
  adw_action_row_set_subtitle (self->agreed_row, names);
  kith_contact_form_ask (self);
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

/* ---- drafts */

static JsonArray *
draft_needs (KithContactForm *self)
{
  JsonArray *needs = json_array_new ();

  for (guint i = 0; i < self->needs->len; i++)
    {
      KithContactNeed *need = self->needs->pdata[i];

      json_array_add_object_element (needs, kith_json_new ("id", "s", need->id, "words", "s", need->words, "known", "b", need->known, "term", "s", need->term, "term_name", "s",
                                                           need->term_name, "service", "s", need->service,
                                                           "service_name", "s", need->service_name, "agency", "s", need->agency, "agency_name", "s",
                                                           need->agency_name, "direct", "b", need->direct, NULL));
    }
  return needs;
}

static JsonObject *
spoken (KithContactForm *self)
{
  JsonObject *values = json_object_new ();

  kith_field_rows_collect (self->languages, values, TRUE);
  return values;
}

static JsonObject *
kith_contact_form_collect (KithForm *form)
{
  KithContactForm *self = KITH_CONTACT_FORM (form);
  g_autofree char *notes = kith_contact_form_notes (self);
  JsonArray *looked = json_array_new ();

  for (guint i = 0; i < self->resources->len; i++)
    json_array_add_string_element (looked, self->resources->pdata[i]);
  kith_contact_form_keep_answers (self);
#define TEXT(row) gtk_editable_get_text (GTK_EDITABLE (self->row))
  return kith_json_new ("how", "s", kith_choice_row_get_code (self->how), "caller_kind", "s", kith_choice_row_get_code (self->caller_kind), "caller_name", "s",
                        TEXT (caller_name), "name", "s", TEXT (who), "phone", "s", TEXT (phone), "postal_code", "s", TEXT (postal_code), "city", "s", TEXT (city),
                        "date_of_birth", "s", TEXT (date_of_birth), "email", "s", TEXT (email), "need", "s", TEXT (need), "interpreter", "b",
                        gtk_switch_get_active (self->interpreter), "message", "b", gtk_switch_get_active (self->message), "agreed", "b",
                        gtk_switch_get_active (self->agreed), "until", "i", (gint64) adw_combo_row_get_selected (self->until), "queue", "s",
                        self->wanted_queue ? self->wanted_queue : kith_contact_form_queue (self), "notes", "s", notes, "needs", "a", draft_needs (self), "resources", "a",
                        looked, "search", "s", kith_suggest_get_text (self->suggest), "spoken", "o", spoken (self), "answers", "a",
                        json_array_ref (self->answers), "answered", "b", self->answered, NULL);
#undef TEXT
}

static void
choose_queue (KithContactForm *self,
              const char      *queue)
{
  guint i;

  if (queue && g_ptr_array_find_with_equal_func (self->queues, queue, g_str_equal, &i))
    {
      adw_combo_row_set_selected (self->queue, i + 1);
      g_clear_pointer (&self->wanted_queue, g_free);
    }
}

static void
restore_needs (KithContactForm *self,
               JsonArray       *needs)
{
  kith_contact_form_clear_needs (self);
  for (guint i = 0; needs && i < json_array_get_length (needs); i++)
    {
      JsonObject *line = json_array_get_object_element (needs, i);
      KithContactNeed *need = kith_contact_form_add_need (self, kith_json_string (line, "id"), kith_json_string (line, "words"), kith_json_bool (line, "known", FALSE));

      kith_contact_form_choose_term (need, kith_json_string (line, "term"), kith_json_string (line, "term_name"));
      kith_contact_form_choose (self, need, kith_json_string (line, "service"), kith_json_string (line, "service_name"), kith_json_string (line, "agency"),
                                kith_json_string (line, "agency_name"), kith_json_bool (line, "direct", FALSE));
    }
}

static void
kith_contact_form_restore (KithForm   *form,
                           JsonObject *draft)
{
  KithContactForm *self = KITH_CONTACT_FORM (form);
  JsonArray *looked = kith_json_array (draft, "resources");
  const char *notes = kith_json_string (draft, "notes");

  self->filled = TRUE;
  kith_choice_row_set_code (self->how, kith_json_string (draft, "how"));
  kith_choice_row_set_code (self->caller_kind, kith_json_string (draft, "caller_kind"));
  kith_entry_set (self->caller_name, kith_json_string (draft, "caller_name"));
  kith_entry_set (self->who, kith_json_string (draft, "name"));
  kith_entry_set (self->phone, kith_json_string (draft, "phone"));
  kith_entry_set (self->postal_code, kith_json_string (draft, "postal_code"));
  kith_entry_set (self->city, kith_json_string (draft, "city"));
  kith_entry_set (self->date_of_birth, kith_json_string (draft, "date_of_birth"));
  kith_entry_set (self->email, kith_json_string (draft, "email"));
  gtk_switch_set_active (self->interpreter, kith_json_bool (draft, "interpreter", FALSE));
  gtk_switch_set_active (self->message, kith_json_bool (draft, "message", FALSE));
  restore_needs (self, kith_json_array (draft, "needs"));
  kith_entry_set (self->need, kith_json_string (draft, "need"));
  for (guint i = 0; looked && i < json_array_get_length (looked); i++)
    g_ptr_array_add (self->resources, g_strdup (json_array_get_string_element (looked, i)));
  gtk_switch_set_active (self->agreed, kith_json_bool (draft, "agreed", FALSE));
  adw_combo_row_set_selected (self->until, (guint) kith_json_int (draft, "until", 0));
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->notes), notes ? notes : "", -1);
  kith_suggest_set_text (self->suggest, kith_json_string (draft, "search"));
  if (kith_json_object (draft, "spoken"))
    kith_field_rows_show (self->languages, kith_json_object (draft, "spoken"));
  g_clear_pointer (&self->answers, json_array_unref);
  if (kith_json_array (draft, "answers"))
    self->answers = json_array_ref (kith_json_array (draft, "answers"));
  self->answered = kith_json_bool (draft, "answered", FALSE);
  g_free (self->wanted_queue);
  self->wanted_queue = g_strdup (kith_json_string (draft, "queue"));
  choose_queue (self, self->wanted_queue);
  kith_contact_form_changed (self);
}

/* ---- what there is */

static void
queues_cb (GPtrArray *rows,
           gpointer   user_data)
{
  KithContactForm *self = user_data;
  g_autofree char *chosen = g_strdup (self->wanted_queue ? self->wanted_queue : kith_contact_form_queue (self));
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  self->quiet = TRUE;
  g_ptr_array_set_size (self->queues, 0);
  gtk_string_list_append (names, _("No queue"));
  for (guint i = 0; i < rows->len; i++)
    {
      g_ptr_array_add (self->queues, g_strdup (kith_row_get_id (rows->pdata[i])));
      gtk_string_list_append (names, kith_row_get_text (rows->pdata[i], "name") ? kith_row_get_text (rows->pdata[i], "name") : "");
    }
  adw_combo_row_set_model (self->queue, G_LIST_MODEL (names));
  choose_queue (self, chosen);
  self->quiet = FALSE;
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
  if (self->needs->len > 0)
    gtk_check_button_set_active (((KithContactNeed *) self->needs->pdata[0])->current, TRUE);
  self->quiet = FALSE;
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
  if (phones && json_array_get_length (phones) > 0)
    kith_entry_set (self->phone, kith_json_string (json_array_get_object_element (phones, 0), "number"));
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
  g_clear_pointer (&self->client_of, g_free);
  g_clear_pointer (&self->made, g_free);
  g_clear_pointer (&self->asking, g_free);
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
  KITH_FORM_CLASS (klass)->collect = kith_contact_form_collect;
  KITH_FORM_CLASS (klass)->restore = kith_contact_form_restore;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/kith/Kith/contacts/kith-contact-form.ui");
  BIND (scroller);
  BIND (who_group);
  BIND (more_group);
  BIND (languages_place);
  BIND (notes_group);
  BIND (release_group);
  BIND (needs_group);
  BIND (suggest_place);
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
  BIND (need);
  BIND (queue);
  BIND (questions);
  BIND (agreed);
  BIND (agreed_row);
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
  static const char *const queue_kinds[] = { "queue", NULL }, *const term_kinds[] = { "taxonomy_term", NULL };
  static const KithFieldChoice fields[] = { { "languages", NULL } };
  KithContactForm *self = g_object_new (KITH_TYPE_CONTACT_FORM, NULL);

  self->languages = KITH_FIELD_ROWS (kith_field_rows_new (context, kith_kind_get ("contact_record"), fields, G_N_ELEMENTS (fields)));
  g_signal_connect_object (self->languages, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  adw_bin_set_child (self->languages_place, GTK_WIDGET (self->languages));

  self->suggest = KITH_SUGGEST (kith_suggest_new (context, "service", _("Search services by need, name or agency"), kith_contact_form_describe));
  g_signal_connect_object (self->suggest, "picked", G_CALLBACK (kith_contact_form_picked), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->suggest, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  adw_bin_set_child (self->suggest_place, GTK_WIDGET (self->suggest));
  kith_form_set_up (KITH_FORM (self), context, place, draft_key, scope, title, verb);
  self->queues_watch = kith_watch_new (context, "queues", queue_kinds, "0", queues_cb, self);
  self->terms_watch = kith_watch_new (context, "terms-any", term_kinds, NULL, terms_cb, self);
  return self;
}

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
  g_autofree char *place = g_strconcat ("new:", referral, NULL), *key = g_strconcat ("contact:referral:", referral, NULL);
  g_autofree char *scope = g_strconcat ("referral_detail:", referral, NULL);
  KithContactForm *self = form_new (context, place, key, scope, _("Take a Call"), _("Save"));

  self->referral = g_strdup (referral);
  self->referral_watch = kith_watch_new (context, "referral", kinds, referral, referral_cb, self);
  kith_form_set_first (KITH_FORM (self), GTK_WIDGET (self->who));
  begin (self);
  return GTK_WIDGET (self);
}

GtkWidget *
kith_contact_form_new_assign (KithContext *context,
                              const char  *contact)
{
  static const char *const kinds[] = { "contact_record", "contact_need", NULL }, *const answer_kinds[] = { "form_answer", NULL };
  g_autofree char *place = g_strconcat ("assign:", contact, NULL), *key = g_strconcat ("contact:assign:", contact, NULL), *scope = g_strconcat ("contact:", contact, NULL);
  KithContactForm *self = form_new (context, place, key, scope, _("Find Services"), _("Assign"));

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
  return GTK_WIDGET (self);
}
