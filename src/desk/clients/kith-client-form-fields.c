/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-client-form-private.h"

#include "kith-format.h"
#include "widgets/kith-choice-row.h"

/* Fields of one line, by the record's own names. */
static const struct
{
  const char *field;
  gsize row;
} lines[] = {
  { "given_name", G_STRUCT_OFFSET (KithClientForm, given_name) },
  { "middle_name", G_STRUCT_OFFSET (KithClientForm, middle_name) },
  { "family_name", G_STRUCT_OFFSET (KithClientForm, family_name) },
  { "second_family_name", G_STRUCT_OFFSET (KithClientForm, second_family_name) },
  { "described_as", G_STRUCT_OFFSET (KithClientForm, described_as) },
  { "pronouns", G_STRUCT_OFFSET (KithClientForm, pronouns) },
  { "email", G_STRUCT_OFFSET (KithClientForm, email) },
  { "contact_note", G_STRUCT_OFFSET (KithClientForm, contact_note) },
};

static AdwEntryRow *
line_row (KithClientForm *self,
          guint           i)
{
  return G_STRUCT_MEMBER (AdwEntryRow *, self, lines[i].row);
}

int
kith_client_form_year (KithClientForm *self)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_utc (kith_context_get_now (kith_form_get_context (KITH_FORM (self))) / 1000);

  return g_date_time_get_year (now);
}

static void
set_line (JsonObject *object,
          const char *name,
          char       *text)
{
  if (text && *text)
    json_object_set_string_member (object, name, text);
  g_free (text);
}

static JsonArray *
split_words (const char *text)
{
  g_auto (GStrv) words = g_strsplit_set (text, ",;", -1);
  JsonArray *array = json_array_new ();

  for (guint i = 0; words[i]; i++)
    if (*g_strstrip (words[i]))
      json_array_add_string_element (array, words[i]);
  return array;
}

/* The first phone is the form's; others stay as they are. */
static void
collect_phone (KithClientForm *self,
               JsonObject     *values)
{
  g_autofree char *number = kith_entry_text (self->phone);
  JsonArray *old = self->before ? kith_json_array (self->before, "phones") : NULL;
  JsonArray *phones = json_array_new ();

  if (number)
    {
      JsonObject *phone = old && json_array_get_length (old) > 0 ? kith_json_copy_object (json_array_get_object_element (old, 0)) : json_object_new ();

      json_object_set_string_member (phone, "number", number);
      json_object_set_boolean_member (phone, "safe_to_call", gtk_switch_get_active (self->safe_to_call));
      json_array_add_object_element (phones, phone);
    }
  for (guint i = 1; old && i < json_array_get_length (old); i++)
    json_array_add_element (phones, json_node_copy (json_array_get_element (old, i)));
  if (json_array_get_length (phones) > 0)
    json_object_set_array_member (values, "phones", phones);
  else
    json_array_unref (phones);
}

static void
collect_address (KithClientForm *self,
                 JsonObject     *values)
{
  JsonObject *old = self->before ? kith_json_object (self->before, "address") : NULL;
  JsonObject *address = old ? kith_json_copy_object (old) : json_object_new ();
  static const char *const names[] = { "address_1", "city", "postal_code" };
  AdwEntryRow *rows[] = { self->address_1, self->city, self->postal_code };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      json_object_remove_member (address, names[i]);
      set_line (address, names[i], kith_entry_text (rows[i]));
    }
  if (json_object_get_size (address) > 0)
    json_object_set_object_member (values, "address", address);
  else
    json_object_unref (address);
}

/* The record's fields as the form says them; blank ones are left out. */
JsonObject *
kith_client_form_values (KithClientForm *self)
{
  JsonObject *values = json_object_new ();
  JsonArray *languages = split_words (gtk_editable_get_text (GTK_EDITABLE (self->languages)));

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    set_line (values, lines[i].field, kith_entry_text (line_row (self, i)));
  set_line (values, "date_of_birth", kith_date_read (gtk_editable_get_text (GTK_EDITABLE (self->date_of_birth)), kith_client_form_year (self)));
  if (kith_choice_row_get_code (self->sex))
    json_object_set_string_member (values, "sex", kith_choice_row_get_code (self->sex));
  collect_phone (self, values);
  collect_address (self, values);
  if (json_array_get_length (languages) > 0)
    json_object_set_array_member (values, "languages", languages);
  else
    json_array_unref (languages);
  if (gtk_switch_get_active (self->interpreter_needed))
    json_object_set_boolean_member (values, "interpreter_needed", TRUE);
  if (gtk_switch_get_active (self->do_not_contact))
    json_object_set_boolean_member (values, "do_not_contact", TRUE);
  return values;
}

void
kith_client_form_show (KithClientForm *self,
             JsonObject     *values)
{
  JsonArray *phones = kith_json_array (values, "phones");
  JsonObject *phone = phones && json_array_get_length (phones) > 0 ? json_array_get_object_element (phones, 0) : NULL;
  JsonObject *address = kith_json_object (values, "address");
  g_autofree char *languages = kith_format_strings (kith_json_array (values, "languages"), ", ");

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    kith_entry_set (line_row (self, i), kith_json_string (values, lines[i].field));
  kith_entry_set (self->date_of_birth, kith_json_string (values, "date_of_birth"));
  kith_choice_row_set_code (self->sex, kith_json_string (values, "sex"));
  kith_entry_set (self->phone, phone ? kith_json_string (phone, "number") : NULL);
  gtk_switch_set_active (self->safe_to_call, phone ? kith_json_bool (phone, "safe_to_call", TRUE) : TRUE);
  kith_entry_set (self->address_1, address ? kith_json_string (address, "address_1") : NULL);
  kith_entry_set (self->city, address ? kith_json_string (address, "city") : NULL);
  kith_entry_set (self->postal_code, address ? kith_json_string (address, "postal_code") : NULL);
  kith_entry_set (self->languages, languages);
  gtk_switch_set_active (self->interpreter_needed, kith_json_bool (values, "interpreter_needed", FALSE));
  gtk_switch_set_active (self->do_not_contact, kith_json_bool (values, "do_not_contact", FALSE));
}

/* Only what was changed, each with what was there: so that two people's changes to two fields both stay. */
JsonObject *
kith_client_form_changes (KithClientForm *self)
{
  g_autoptr (JsonObject) after = kith_client_form_values (self);
  JsonObject *set = json_object_new ();
  static const char *const others[] = { "date_of_birth", "sex", "phones", "address", "languages", "interpreter_needed", "do_not_contact" };

  for (guint i = 0; i < G_N_ELEMENTS (lines) + G_N_ELEMENTS (others); i++)
    {
      const char *field = i < G_N_ELEMENTS (lines) ? lines[i].field : others[i - G_N_ELEMENTS (lines)];
      JsonNode *old = json_object_get_member (self->before, field), *new = json_object_get_member (after, field);
      JsonObject *change;

      if (old == new || (old && new && kith_json_equal (old, new)))
        continue;
      if (!new && old && JSON_NODE_HOLDS_VALUE (old) && json_node_get_value_type (old) == G_TYPE_BOOLEAN && !json_node_get_boolean (old))
        continue;
      change = json_object_new ();
      json_object_set_member (change, "old", old ? json_node_copy (old) : json_node_new (JSON_NODE_NULL));
      json_object_set_member (change, "new", new ? json_node_copy (new) : json_node_new (JSON_NODE_NULL));
      json_object_set_object_member (set, field, change);
    }
  return set;
}
