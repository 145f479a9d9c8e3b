/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A person as compared: each value normalised once, and the keys by which two people come to be compared at all. */

#include "kith-match-private.h"

#include "kith-model-private.h"
#include "kith-text.h"

#include <string.h>

#define PHONE_DIGITS 7 /* the last ones: with or without the country and area */

/**
 * kith_match_person_new:
 *
 * Returns: (transfer full): nobody yet; a value is normalised when it is added
 */
KithMatchPerson *
kith_match_person_new (void)
{
  return g_new0 (KithMatchPerson, 1);
}

/**
 * kith_match_person_free:
 * @self: (transfer full): not NULL
 */
void
kith_match_person_free (KithMatchPerson *self)
{
  for (guint field = 0; field < KITH_MATCH_N_FIELDS; field++)
    for (guint i = 0; i < self->n_wholes[field]; i++)
      g_free (self->wholes[field][i]);
  for (guint name = 0; name < G_N_ELEMENTS (self->words); name++)
    for (guint i = 0; i < self->n_words[name]; i++)
      g_free (self->words[name][i]);
  g_free (self);
}

/**
 * kith_match_person_has:
 *
 * Returns: whether a value of it is known: one that is missing speaks neither for nor against
 */
gboolean
kith_match_person_has (const KithMatchPerson *self, KithMatchField field)
{
  return self->n_wholes[field] > 0;
}

const char *
kith_match_person_get (const KithMatchPerson *self, KithMatchField field)
{
  return self->n_wholes[field] > 0 ? self->wholes[field][0] : "";
}

/* --- normalising ------------------------------------------------------------------------------------------------------ */

static char *
without_spaces (const char *folded)
{
  GString *out = g_string_sized_new (strlen (folded));

  for (; *folded != '\0'; folded++)
    if (*folded != ' ')
      g_string_append_c (out, *folded);
  return g_string_free (out, FALSE);
}

static gboolean
add_whole (KithMatchPerson *self, KithMatchField field, char *value) /* transfer full */
{
  guint n = self->n_wholes[field];
  gboolean taken = *value != '\0' && n < KITH_MATCH_VALUES;

  for (guint i = 0; taken && i < n; i++)
    taken = strcmp (self->wholes[field][i], value) != 0;
  if (!taken)
    {
      g_free (value);
      return FALSE;
    }
  self->wholes[field][n] = value;
  self->n_wholes[field]++;
  return TRUE;
}

/* Particles (de, la, van) and initials say too little by themselves. */
static void
add_words (KithMatchPerson *self, KithMatchField name, const char *folded)
{
  g_auto (GStrv) words = g_strsplit (folded, " ", -1);

  for (guint i = 0; words[i] != NULL && self->n_words[name] < KITH_MATCH_VALUES; i++)
    if (g_utf8_strlen (words[i], -1) > 3)
      self->words[name][self->n_words[name]++] = g_strdup (words[i]);
}

static void
add_name (KithMatchPerson *self, KithMatchField name, const char *text)
{
  g_autofree char *folded = kith_text_fold (text);

  if (add_whole (self, name, without_spaces (folded)) && strchr (folded, ' ') != NULL)
    add_words (self, name, folded);
}

static char *
end_of_phone (const char *digits)
{
  gsize n = strlen (digits);

  return g_strdup (n > PHONE_DIGITS ? digits + n - PHONE_DIGITS : digits);
}

/* Each number of a cell by its own end, as it is found; an extension is none. Where nothing is long enough, all there is is one. */
static void
add_phone (KithMatchPerson *self, const char *text)
{
  g_autoptr (GPtrArray) numbers = kith_phone_numbers (text);
  g_autofree char *all = NULL;
  gboolean whole = FALSE;

  for (guint i = 0; i < numbers->len; i++)
    if (strlen (numbers->pdata[i]) >= PHONE_DIGITS)
      {
        add_whole (self, KITH_MATCH_PHONE, end_of_phone (numbers->pdata[i]));
        whole = TRUE;
      }
  if (whole)
    return;
  all = kith_text_digits (text);
  add_whole (self, KITH_MATCH_PHONE, end_of_phone (all));
}

/* "1988-04-07" and "19880407" are one; a part of a date stays a part. Written any other way it is missing: a guess would be worse.
 * Whether the day exists is not asked: a slip of the pen is compared as it stands. */
static char *
fold_birth (const char *text)
{
  char *digits = kith_text_digits (text);
  gsize n = strlen (digits), year = strspn (text, "0123456789");

  if ((n != 4 && n != 6 && n != KITH_MATCH_FULL_BIRTH) || (year != n && (year != 4 || text[4] != '-')))
    *digits = '\0';
  return digits;
}

/**
 * kith_match_person_add:
 * @self: a person
 * @field: which field
 * @text: (nullable): its value as somebody typed it; blank is missing, which speaks neither for nor against
 *
 * Adds a value. Of one field up to six count.
 */
void
kith_match_person_add (KithMatchPerson *self, KithMatchField field, const char *text)
{
  if (kith_text_blank (text))
    return;
  switch (field)
    {
    case KITH_MATCH_GIVEN:
    case KITH_MATCH_FAMILY:
      add_name (self, field, text);
      break;
    case KITH_MATCH_BIRTH:
      add_whole (self, field, fold_birth (text));
      break;
    case KITH_MATCH_PHONE:
      add_phone (self, text);
      break;
    default:
      add_whole (self, field, kith_text_fold (text));
      break;
    }
}

static void
add_phones (KithMatchPerson *self, JsonArray *phones)
{
  for (guint i = 0; phones != NULL && i < json_array_get_length (phones); i++)
    {
      JsonNode *node = json_array_get_element (phones, i);

      if (JSON_NODE_HOLDS_OBJECT (node))
        kith_match_person_add (self, KITH_MATCH_PHONE, json_object_get_string_member_with_default (json_node_get_object (node), "number", NULL));
    }
}

static void
add_address (KithMatchPerson *self, JsonObject *address)
{
  static const struct { KithMatchField field; const char *name; } parts[] = {
    { KITH_MATCH_STREET, "address_1" }, { KITH_MATCH_UNIT, "address_2" }, { KITH_MATCH_CITY, "city" },
    { KITH_MATCH_STATE, "state_province" }, { KITH_MATCH_POSTCODE, "postal_code" },
  };

  for (guint i = 0; address != NULL && i < G_N_ELEMENTS (parts); i++)
    kith_match_person_add (self, parts[i].field, json_object_get_string_member_with_default (address, parts[i].name, NULL));
}

/* A middle name or another name may be what the other record has for the name: as one word of several it can be alike, not the same. */
static void
add_other_names (KithMatchPerson *self, KithRecord *client)
{
  JsonArray *others = kith_record_array (client, "other_names");
  g_autofree char *middle = kith_text_fold (kith_record_string (client, "middle_name"));
  g_autofree char *preferred = kith_text_fold (kith_record_string (client, "preferred_name"));

  add_words (self, KITH_MATCH_GIVEN, middle);
  add_words (self, KITH_MATCH_GIVEN, preferred);
  for (guint i = 0; others != NULL && i < json_array_get_length (others); i++)
    {
      g_autofree char *folded = kith_text_fold (json_array_get_string_element (others, i));

      add_words (self, KITH_MATCH_GIVEN, folded);
      add_words (self, KITH_MATCH_FAMILY, folded);
    }
}

/**
 * kith_match_person_add_client:
 * @self: a person
 * @client: a record of kind client, or another with some of its fields (care)
 *
 * Adds what the record says of who the person is.
 */
void
kith_match_person_add_client (KithMatchPerson *self, KithRecord *client)
{
  kith_match_person_add (self, KITH_MATCH_GIVEN, kith_record_string (client, "given_name"));
  kith_match_person_add (self, KITH_MATCH_FAMILY, kith_record_string (client, "family_name"));
  kith_match_person_add (self, KITH_MATCH_FAMILY, kith_record_string (client, "second_family_name"));
  kith_match_person_add (self, KITH_MATCH_BIRTH, kith_record_string (client, "date_of_birth"));
  add_phones (self, kith_record_array (client, "phones"));
  add_address (self, kith_record_object (client, "address"));
  add_other_names (self, client);
}

/* --- blocking --------------------------------------------------------------------------------------------------------- */

typedef struct
{
  GPtrArray *keys;
  const char *given, *formal, *family, *birth, *postcode;
  char given_sound[KITH_MATCH_WORD_SIZE], family_sound[KITH_MATCH_WORD_SIZE];
  char month_day[5]; /* the smaller of both first, as they are swapped so often; "" when not known */
} Keys;

static void
read_month_day (Keys *self)
{
  const char *month = self->birth + 4, *day = self->birth + 6;

  if (strlen (self->birth) != KITH_MATCH_FULL_BIRTH)
    return;
  if (memcmp (month, day, 2) > 0)
    {
      const char *other = month;
      month = day;
      day = other;
    }
  memcpy (self->month_day, month, 2);
  memcpy (self->month_day + 2, day, 2);
}

static void
add_key (Keys *self, gboolean known, const char *format, ...) G_GNUC_PRINTF (3, 4);

static void
add_key (Keys *self, gboolean known, const char *format, ...)
{
  va_list args;

  if (!known)
    return;
  va_start (args, format);
  g_ptr_array_add (self->keys, g_strdup_vprintf (format, args));
  va_end (args);
}

static int
letters (const char *text, guint n) /* how many bytes the first n letters are */
{
  return (int) (g_utf8_offset_to_pointer (text, MIN (g_utf8_strlen (text, -1), (glong) n)) - text);
}

static void
add_name_keys (Keys *self)
{
  gboolean both = *self->given_sound != '\0' && *self->family_sound != '\0';
  gboolean in_order = strcmp (self->given_sound, self->family_sound) <= 0;

  add_key (self, both, "b%s%s", in_order ? self->given_sound : self->family_sound, in_order ? self->family_sound : self->given_sound);
  add_key (self, *self->given && *self->family, "g%s %.*s", self->formal, letters (self->family, 1), self->family);
  add_key (self, *self->given && *self->family, "k%s %.*s", self->family, letters (self->given, 1), self->given);
}

static void
add_birth_keys (Keys *self)
{
  gboolean year = strlen (self->birth) >= 4, day = *self->month_day != '\0';

  add_key (self, year && *self->family_sound, "a%s%.4s", self->family_sound, self->birth);
  add_key (self, year && *self->given_sound, "a%s%.4s", self->given_sound, self->birth); /* one pass: the names may be swapped */
  add_key (self, day, "c%.4s%s", self->birth, self->month_day);
  add_key (self, day && *self->given_sound, "h%s%s", self->given_sound, self->month_day);
  add_key (self, day && *self->family_sound, "h%s%s", self->family_sound, self->month_day);
}

/* Never the street alone: a shelter is the address of hundreds. One pass for both names, as they may be swapped. */
static void
add_street_keys (Keys *self, const char *street)
{
  add_key (self, *street && *self->family, "s%s %.*s", street, letters (self->family, 1), self->family);
  add_key (self, *street && *self->given, "s%s %.*s", street, letters (self->given, 1), self->given);
}

/* Where a postcode and a street were both mistyped. In a town of one name these blocks are too large and fall out. */
static void
add_city_keys (Keys *self, const char *city)
{
  add_key (self, *city && *self->family_sound, "t%s %s", city, self->family_sound);
  add_key (self, *city && *self->given_sound, "t%s %s", city, self->given_sound);
}

static const char *
value_of (const KithMatchPerson *person, guint fields, KithMatchField field)
{
  return fields & KITH_MATCH_BIT (field) ? kith_match_person_get (person, field) : "";
}

/**
 * kith_match_person_keys:
 * @person: a person
 * @fields: which fields may be used
 *
 * The union of these passes (domain.md 5c and more): one name's sound and the year of birth; both names' sounds in any order; the date of
 * birth; one name's sound and the day; a name and the first letter of the other; postcode or street and the
 * beginning of a name; city and one name's sound; number; phone.
 *
 * Returns: (transfer full) (element-type utf8): keys; two people without one in common are not compared
 */
GPtrArray *
kith_match_person_keys (const KithMatchPerson *person, guint fields)
{
  Keys self = { .keys = g_ptr_array_new_with_free_func (g_free) };

  self.given = value_of (person, fields, KITH_MATCH_GIVEN);
  self.formal = kith_match_formal_name (self.given);
  self.family = value_of (person, fields, KITH_MATCH_FAMILY);
  self.birth = value_of (person, fields, KITH_MATCH_BIRTH);
  self.postcode = value_of (person, fields, KITH_MATCH_POSTCODE);
  kith_match_sound_word (self.given, self.given_sound); /* as written: it may be the other's family name */
  kith_match_sound_word (self.family, self.family_sound);
  read_month_day (&self);

  add_name_keys (&self);
  add_birth_keys (&self);
  add_key (&self, *self.postcode && *self.family, "e%s %.*s", self.postcode, letters (self.family, 2), self.family);
  add_key (&self, *self.postcode && *self.given, "e%s %.*s", self.postcode, letters (self.given, 2), self.given);
  add_street_keys (&self, value_of (person, fields, KITH_MATCH_STREET));
  add_city_keys (&self, value_of (person, fields, KITH_MATCH_CITY));
  add_key (&self, *value_of (person, fields, KITH_MATCH_NUMBER), "d%s", value_of (person, fields, KITH_MATCH_NUMBER));
  for (guint i = 0; (fields & KITH_MATCH_BIT (KITH_MATCH_PHONE)) && i < person->n_wholes[KITH_MATCH_PHONE]; i++)
    add_key (&self, TRUE, "p%s", person->wholes[KITH_MATCH_PHONE][i]);
  return self.keys;
}
