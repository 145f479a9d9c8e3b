/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-client-reader-private.h"

#include "kith-json.h"
#include "kith-text.h"

#include <glib/gi18n.h>
#include <string.h>

/* One row of a list: a person, or why it is none. */

typedef struct
{
  JsonObject *values;
  JsonObject *address, *billing;
  JsonArray *phones;
  JsonObject *phone[KITH_COLUMN_PHONES]; /* in phones; NULL: nothing is said of it so far */
  char *source_id;
  guint64 row;
  gboolean bad;
} Person;

static void
person_clear (Person *person)
{
  g_clear_pointer (&person->values, json_object_unref);
  g_clear_pointer (&person->address, json_object_unref);
  g_clear_pointer (&person->billing, json_object_unref);
  g_clear_pointer (&person->phones, json_array_unref);
  g_free (person->source_id);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Person, person_clear)

/* Something is wrong with the row being read. taken: not so that it could not be taken. */
static void
tell (KithClientReader *self, guint64 row, const char *field, gboolean taken, const char *reason)
{
  GString *told = taken ? self->remark : self->reason;

  kith_problems_add (kith_reader_get_problems (KITH_READER (self)), self->file, row, field, taken, "%s", reason);
  if (told->len > 0)
    g_string_append (told, "; ");
  if (field != NULL)
    g_string_append_printf (told, "%s: ", kith_column_label (field));
  g_string_append (told, reason);
}

/* Names all in one. */
static void
read_name (KithClientReader *self, const KithColumn *column, const char *text, Person *person)
{
  g_autofree char *reason = NULL;

  if (!kith_column_split_name (text, column->family_first, person->values, &reason))
    person->bad = TRUE;
  if (reason != NULL)
    tell (self, person->row, column->target, !person->bad, reason);
}

/* Of a number whose digits are gone there is nothing to take. */
static gboolean
check_whole (KithClientReader *self, const KithColumn *column, const char *text, Person *person)
{
  g_autofree char *reason = NULL;

  if ((column->field != NULL && (column->field->type != KITH_FIELD_STRING || column->place == KITH_COLUMN_FIELD)) || !kith_column_is_cut (text))
    return TRUE;
  reason = g_strdup_printf (_("of the number “%s” the spreadsheet shows the beginning alone; let it show all digits there, and save it again"), text);
  tell (self, person->row, column->target, FALSE, reason);
  person->bad = TRUE;
  return FALSE;
}

static gboolean
check_named (KithClientReader *self, const KithColumn *column, const char *text, Person *person)
{
  g_autofree char *reason = NULL;

  if (!kith_column_says_nothing (column, text))
    return TRUE;
  reason = g_strdup_printf (_("“%s” does not say which; nothing is recorded of it"), text);
  tell (self, person->row, column->target, TRUE, reason);
  return FALSE;
}

static void
place_value (Person *person, const KithColumn *column, JsonNode *value)
{
  JsonObject **phone = &person->phone[column->phone];

  switch (column->place)
    {
    case KITH_COLUMN_FIELD:
      json_object_set_member (person->values, column->field->name, value);
      return;
    case KITH_COLUMN_ADDRESS:
      json_object_set_member (person->address, column->field->name, value);
      return;
    case KITH_COLUMN_PHONE:
      if (*phone == NULL)
        json_array_add_object_element (person->phones, *phone = json_object_new ());
      json_object_set_member (*phone, column->field->name, value);
      return;
    case KITH_COLUMN_BILLING:
      json_object_set_member (person->billing, column->field->name, value);
      return;
    case KITH_COLUMN_NAME: /* read_name() places these */
    case KITH_COLUMN_SOURCE_ID:
      json_node_unref (value);
      return;
    }
}

static void
read_column (KithClientReader *self, const KithColumn *column, Person *person)
{
  g_autofree char *text = kith_column_text (column, self->sheet);
  g_autofree char *reason = NULL;
  g_autoptr (GError) error = NULL;
  JsonNode *value;

  if (*text == '\0' || !check_whole (self, column, text, person) || !check_named (self, column, text, person))
    return;
  if (column->place == KITH_COLUMN_NAME)
    {
      read_name (self, column, text, person);
      return;
    }
  if (column->place == KITH_COLUMN_SOURCE_ID)
    {
      person->source_id = g_steal_pointer (&text);
      return;
    }

  value = kith_column_value (column, text, self->today, &reason);
  if (value != NULL && !kith_field_check (column->field, value, &error))
    {
      g_clear_pointer (&value, json_node_unref);
      reason = (g_free (reason), g_strdup (error->message));
    }
  if (reason != NULL)
    tell (self, person->row, column->target, value != NULL, reason);
  if (value != NULL)
    place_value (person, column, value);
  else if (reason != NULL)
    person->bad = TRUE;
}

static gboolean
has_identity (JsonObject *values)
{
  static const char *const names[] = { "given_name", "middle_name", "family_name", "second_family_name", "preferred_name", "other_names", "described_as" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (json_object_has_member (values, names[i]))
      return TRUE;
  return FALSE;
}

/* FALSE: the row as such cannot be read. */
static gboolean
check_row (KithClientReader *self, guint64 row)
{
  g_autofree char *problem = kith_sheet_row_problem (self->sheet);
  const char *remark = kith_sheet_row_remark (self->sheet);

  if (problem != NULL)
    tell (self, row, NULL, FALSE, problem);
  else if (remark != NULL)
    tell (self, row, NULL, TRUE, remark);
  return problem == NULL;
}

static gpointer
hash_of (const char *text)
{
  guint64 hash = G_GUINT64_CONSTANT (14695981039346656037);

  for (const guchar *c = (const guchar *) text; *c != '\0'; c++)
    hash = (hash ^ *c) * G_GUINT64_CONSTANT (1099511628211);
  return GSIZE_TO_POINTER ((gsize) hash);
}

/* TRUE the second time an id comes. */
static gboolean
is_repeated (KithClientReader *self, const char *id)
{
  return !g_hash_table_add (self->seen, hash_of (id));
}

/* Given and family names, so or exchanged, and the day of birth, as they are compared; NULL: it does not say both. Yours */
static char *
print_key (JsonObject *values)
{
  const char *given = kith_json_string (values, "given_name"), *family = kith_json_string (values, "family_name");
  const char *born = kith_json_string (values, "date_of_birth");
  g_autofree char *one = kith_text_fold (given != NULL ? given : ""), *two = kith_text_fold (family != NULL ? family : "");
  gboolean swapped = strcmp (one, two) > 0;

  if (born == NULL || !kith_text_is_date (born) || (*one == '\0' && *two == '\0'))
    return NULL;
  return g_strdup_printf ("%s|%s|%s", swapped ? two : one, swapped ? one : two, born);
}

/* An id of its own, and all else the same as a row before: whoever takes the list decides. */
static void
find_like (KithClientReader *self, Person *person)
{
  g_autofree char *key = print_key (person->values);
  gpointer first = key != NULL ? g_hash_table_lookup (self->people, hash_of (key)) : NULL;
  g_autofree char *number = NULL;

  if (key != NULL && first == NULL)
    g_hash_table_insert (self->people, hash_of (key), GSIZE_TO_POINTER ((gsize) person->row));
  if (first == NULL)
    return;
  self->like = GPOINTER_TO_SIZE (first);
  number = g_strdup_printf ("%" G_GUINT64_FORMAT, self->like);
  /* Translators: the number of a row */
  kith_problems_add (kith_reader_get_problems (KITH_READER (self)), self->file, person->row, NULL, TRUE, _("the same names and birth date as row %s"), number);
}

/* What is said of a number that is not there says nothing. */
static void
drop_empty_phones (Person *person)
{
  for (guint i = json_array_get_length (person->phones); i-- > 0;)
    if (!json_object_has_member (json_array_get_object_element (person->phones, i), "number"))
      json_array_remove_element (person->phones, i);
  memset (person->phone, 0, sizeof person->phone);
}

static gboolean
finish_person (KithClientReader *self, Person *person)
{
  if (json_object_get_size (person->address) > 0)
    json_object_set_object_member (person->values, "address", g_steal_pointer (&person->address));
  drop_empty_phones (person);
  if (json_array_get_length (person->phones) > 0)
    json_object_set_array_member (person->values, "phones", g_steal_pointer (&person->phones));
  if (person->bad)
    return FALSE;
  if (!has_identity (person->values))
    {
      tell (self, person->row, NULL, FALSE, _("no name"));
      return FALSE;
    }
  if (kith_column_is_total (person->values))
    {
      tell (self, person->row, NULL, FALSE, _("this is a total, nobody’s name"));
      return FALSE;
    }

  if (person->source_id == NULL && self->has_source_id)
    {
      tell (self, person->row, "source_id", FALSE, _("this must be filled in"));
      return FALSE;
    }
  if (person->source_id == NULL)
    {
      /* Not by what is said of insurance: a list that came before such columns were read would bring everybody a second time. */
      g_autofree char *text = kith_json_print_object (person->values);
      person->source_id = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
    }
  if (is_repeated (self, person->source_id))
    {
      g_autofree char *shown = g_utf8_substring (person->source_id, 0, MIN (g_utf8_strlen (person->source_id, -1), 60));
      g_autofree char *twice = g_strdup_printf (_("the id %s is used a second time"), shown);

      if (self->has_source_id)
        tell (self, person->row, "source_id", FALSE, twice);
      else
        tell (self, person->row, NULL, FALSE, _("the same as a row before"));
      return FALSE;
    }
  find_like (self, person);
  return TRUE;
}

JsonObject *
kith_client_reader_read_person (KithClientReader *self)
{
  g_auto (Person) person = {
    .values = json_object_new (), .address = json_object_new (), .billing = json_object_new (), .phones = json_array_new (), .row = kith_sheet_row (self->sheet),
  };

  if (!check_row (self, person.row))
    return NULL;
  for (guint i = 0; i < self->map->len; i++)
    read_column (self, self->map->pdata[i], &person);
  if (!finish_person (self, &person))
    return NULL;
  return kith_json_new ("agency", "s", self->agency, "source", "s", self->source, "source_id", "s", person.source_id, "values", "o",
                        g_steal_pointer (&person.values), "import", "s", self->import, "billing", "o",
                        json_object_get_size (person.billing) > 0 ? g_steal_pointer (&person.billing) : NULL, NULL);
}

static gboolean
add_text (KithClientReader *self, const KithColumn *column, GString *who)
{
  g_autofree char *text = kith_column_text (column, self->sheet);

  if (*text != '\0')
    g_string_append_printf (who, "%s%s", who->len > 0 ? " " : "", text);
  return *text != '\0';
}

/* Of whom a row is, as it stands in the file: their names; where there is none, what else it begins with, and nothing secret. NULL: it says nothing */
char *
kith_client_reader_who (KithClientReader *self)
{
  static const char *const names[] = { "full_name", "given_name", "middle_name", "family_name", "second_family_name", "preferred_name", "described_as" };
  g_autoptr (GString) who = g_string_new (NULL);

  for (guint k = 0; k < G_N_ELEMENTS (names); k++)
    for (guint i = 0; i < self->map->len && (k < 5 || who->len == 0); i++)
      if (strcmp (((KithColumn *) self->map->pdata[i])->target, names[k]) == 0)
        add_text (self, self->map->pdata[i], who);
  for (guint i = 0, n = 0; i < self->map->len && who->len < 40 && n < 2; i++)
    {
      const KithColumn *column = self->map->pdata[i];

      if ((n > 0 || who->len == 0) && (column->field == NULL || (column->field->flags & KITH_FIELD_SECRET) == 0) && add_text (self, column, who))
        n++;
    }
  return who->len > 0 ? g_utf8_substring (who->str, 0, MIN (g_utf8_strlen (who->str, -1), 80)) : NULL;
}
