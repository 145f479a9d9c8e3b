/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is typed and not saved yet, and how it comes back. */

#include "kith-contact-form-private.h"

#include "widgets/kith-choice-row.h"

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
typed_in (KithFieldRows *rows)
{
  JsonObject *values = json_object_new ();

  kith_field_rows_collect (rows, values, TRUE);
  return values;
}

JsonObject *
kith_contact_form_collect (KithForm *form)
{
  KithContactForm *self = KITH_CONTACT_FORM (form);
  g_autofree char *notes = kith_contact_form_notes (self);
  JsonArray *looked = json_array_new ();
  JsonObject *safe = json_object_new ();

  for (guint i = 0; i < self->resources->len; i++)
    json_array_add_string_element (looked, self->resources->pdata[i]);
  kith_contact_form_keep_answers (self);
  kith_answer_row_put (self->message, safe, "message");
#define TEXT(row) gtk_editable_get_text (GTK_EDITABLE (self->row))
  return kith_json_new ("how", "s", kith_choice_row_get_code (self->how), "caller_kind", "s", kith_choice_row_get_code (self->caller_kind), "caller_name", "s",
                        TEXT (caller_name), "name", "s", TEXT (who), "phone", "s", TEXT (phone), "postal_code", "s", TEXT (postal_code), "city", "s", TEXT (city),
                        "date_of_birth", "s", TEXT (date_of_birth), "email", "s", TEXT (email), "need", "s", TEXT (need), "interpreter", "b",
                        kith_switch_row_get_active (self->interpreter), "safe", "o", safe, "do_not_contact", "b", kith_switch_row_get_active (self->do_not_contact), "agreed", "b",
                        kith_switch_row_get_active (self->agreed), "until", "i", (gint64) adw_combo_row_get_selected (self->until), "queue", "s",
                        self->wanted_queue ? self->wanted_queue : kith_contact_form_queue (self), "notes", "s", notes, "needs", "a", draft_needs (self), "resources", "a",
                        looked, "search", "s", kith_suggest_get_text (self->suggest), "spoken", "o", typed_in (self->languages), "receiver", "o", typed_in (self->receiver), "answers", "a",
                        json_array_ref (self->answers), "answered", "b", self->answered, NULL);
#undef TEXT
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

void
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
  kith_switch_row_set_active (self->interpreter, kith_json_bool (draft, "interpreter", FALSE));
  /* Before there were three answers a draft said yes, or nothing that anybody had answered. */
  kith_answer_row_show (self->message, kith_json_object (draft, "safe") ? kith_json_object (draft, "safe") : kith_json_bool (draft, "message", FALSE) ? draft : NULL,
                        "message");
  kith_switch_row_set_active (self->do_not_contact, kith_json_bool (draft, "do_not_contact", FALSE));
  restore_needs (self, kith_json_array (draft, "needs"));
  kith_entry_set (self->need, kith_json_string (draft, "need"));
  for (guint i = 0; looked && i < json_array_get_length (looked); i++)
    g_ptr_array_add (self->resources, g_strdup (json_array_get_string_element (looked, i)));
  kith_switch_row_set_active (self->agreed, kith_json_bool (draft, "agreed", FALSE));
  adw_combo_row_set_selected (self->until, (guint) kith_json_int (draft, "until", 0));
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->notes), notes ? notes : "", -1);
  kith_suggest_set_text (self->suggest, kith_json_string (draft, "search"));
  if (kith_json_object (draft, "spoken"))
    kith_field_rows_show (self->languages, kith_json_object (draft, "spoken"));
  if (kith_json_object (draft, "receiver"))
    kith_field_rows_show (self->receiver, kith_json_object (draft, "receiver"));
  g_clear_pointer (&self->answers, json_array_unref);
  if (kith_json_array (draft, "answers"))
    self->answers = json_array_ref (kith_json_array (draft, "answers"));
  self->answered = kith_json_bool (draft, "answered", FALSE);
  g_free (self->wanted_queue);
  self->wanted_queue = g_strdup (kith_json_string (draft, "queue"));
  kith_contact_form_choose_queue (self, self->wanted_queue);
  kith_contact_form_changed (self);
}
