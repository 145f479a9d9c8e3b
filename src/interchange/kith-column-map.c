/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-column-map.h"

#include "kith-reader.h"
#include "kith-text.h"
#include "kith-value.h"

#include <glib/gi18n.h>
#include <string.h>

#define FEBRL                                                                                                                  \
  "source_id=rec_id,given_name=given_name,family_name=surname,address_1=street_number+address_1,address_2=address_2,"         \
  "city=suburb,postal_code=postcode,state_province=state,date_of_birth=date_of_birth:%Y%m%d"

#define SAMPLE_ROWS 500 /* dates looked at, to find out how they are written; all, where these can be meant either way round */

/* Not a file's to say: what the operations write (client.import would refuse the row), and what columns of their own fill. */
static gboolean
is_own (const KithField *field)
{
  return field->merge == KITH_MERGE_FIXED || g_str_equal (field->name, "phones") || g_str_equal (field->name, "address");
}

/* What columns are called elsewhere, folded to letters and digits: names of HMIS, of FHIR exports, of spreadsheets. */
static const struct
{
  const char *name;
  const char *target;
} synonyms[] = {
  { "id", "source_id" }, { "clientid", "source_id" }, { "personalid", "source_id" }, { "recid", "source_id" }, { "recordid", "source_id" },
  { "first", "given_name" }, { "firstname", "given_name" }, { "forename", "given_name" }, { "givenname", "given_name" },
  { "middle", "middle_name" }, { "middlename", "middle_name" },
  { "last", "family_name" }, { "lastname", "family_name" }, { "surname", "family_name" }, { "familyname", "family_name" },
  { "secondlastname", "second_family_name" }, { "secondfamilyname", "second_family_name" },
  { "alias", "other_names" }, { "aka", "other_names" }, { "nickname", "other_names" }, { "preferredname", "preferred_name" },
  { "dob", "date_of_birth" }, { "birthdate", "date_of_birth" }, { "dateofbirth", "date_of_birth" }, { "birthday", "date_of_birth" },
  { "gender", "sex" }, { "telephone", "phone" }, { "phonenumber", "phone" }, { "mobile", "phone" }, { "cell", "phone" },
  { "mobilephone", "phone" }, { "cellphone", "phone" }, { "homephone", "phone_2" }, { "workphone", "phone_3" },
  { "emailaddress", "email" }, { "street", "address_1" }, { "address", "address_1" }, { "addressline1", "address_1" },
  { "addressline2", "address_2" }, { "town", "city" }, { "suburb", "city" }, { "state", "state_province" }, { "province", "state_province" },
  { "zip", "postal_code" }, { "zipcode", "postal_code" }, { "postcode", "postal_code" }, { "language", "languages" },
  { "preferredlanguage", "languages" }, { "notes", "contact_note" }, { "no", "source_id" }, { "nr", "source_id" }, { "number", "source_id" }, { "num", "source_id" },
  { "clientno", "source_id" }, { "clientnumber", "source_id" }, { "fname", "given_name" }, { "lname", "family_name" }, { "born", "date_of_birth" },
  { "bornon", "date_of_birth" }, { "died", "deceased_on" }, { "dateofdeath", "deceased_on" }, { "birth", "date_of_birth" }, { "tel", "phone" }, { "cellular", "phone" }, { "lang", "languages" }, { "langs", "languages" },
  { "primarylanguage", "languages" },
  /* Spanish, without its accents. */
  { "numero", "source_id" }, { "expediente", "source_id" }, { "nombre", "given_name" }, { "nombres", "given_name" }, { "primernombre", "given_name" },
  { "segundonombre", "middle_name" }, { "apellido", "family_name" }, { "apellidos", "family_name" }, { "primerapellido", "family_name" },
  { "apellidopaterno", "family_name" }, { "segundoapellido", "second_family_name" }, { "apellidomaterno", "second_family_name" }, { "apodo", "other_names" },
  { "otrosnombres", "other_names" }, { "fechadenacimiento", "date_of_birth" }, { "fechanacimiento", "date_of_birth" }, { "fechanac", "date_of_birth" },
  { "nacimiento", "date_of_birth" }, { "nacido", "date_of_birth" }, { "nacida", "date_of_birth" }, { "sexo", "sex" }, { "genero", "sex" }, { "telefono", "phone" },
  { "celular", "phone" }, { "movil", "phone" }, { "correo", "email" }, { "correoelectronico", "email" }, { "direccion", "address_1" }, { "domicilio", "address_1" },
  { "calle", "address_1" }, { "ciudad", "city" }, { "estado", "state_province" }, { "provincia", "state_province" }, { "codigopostal", "postal_code" },
  { "cp", "postal_code" }, { "idioma", "languages" }, { "idiomas", "languages" }, { "lengua", "languages" }, { "notas", "contact_note" },
};

static void
column_free (gpointer data)
{
  KithColumn *self = data;

  g_free (self->target);
  g_free (self->format);
  g_array_unref (self->columns);
  g_free (self);
}

static KithColumn *
column_new (const char *target)
{
  const KithKind *client = kith_kind_get ("client");
  KithColumn *self = g_new0 (KithColumn, 1);

  self->target = g_strdup (target);
  self->columns = g_array_new (FALSE, FALSE, sizeof (guint));
  if (strcmp (target, "source_id") == 0)
    {
      self->place = KITH_COLUMN_SOURCE_ID;
      return self;
    }
  if (strcmp (target, "phone") == 0 || strcmp (target, "phone_2") == 0 || strcmp (target, "phone_3") == 0)
    {
      self->place = KITH_COLUMN_PHONE;
      self->field = kith_kind_get_field (kith_kind_get ("client_phone"), "number");
      return self;
    }
  self->place = KITH_COLUMN_FIELD;
  self->field = kith_kind_get_field (client, target);
  if (self->field == NULL || is_own (self->field))
    {
      self->place = KITH_COLUMN_ADDRESS;
      self->field = kith_kind_get_field (kith_kind_get ("address"), target);
    }
  if (self->field == NULL)
    g_clear_pointer (&self, column_free);
  return self;
}

/**
 * kith_column_is_date:
 *
 * Returns: whether its column needs to be asked how dates are written
 */
gboolean
kith_column_is_date (const KithColumn *self)
{
  return self->field != NULL && (self->field->type == KITH_FIELD_DATE || self->field->type == KITH_FIELD_PARTIAL_DATE);
}

static gboolean
has_target (GPtrArray *map, const char *target)
{
  for (guint i = 0; i < map->len; i++)
    if (strcmp (((KithColumn *) map->pdata[i])->target, target) == 0)
      return TRUE;
  return FALSE;
}

/* By name, or "#3" for the third: names may hold any sign. */
static int
find_column (KithSheet *sheet, const char *name)
{
  guint64 number;

  if (name[0] == '#' && g_ascii_string_to_unsigned (name + 1, 10, 1, kith_sheet_n_columns (sheet), &number, NULL))
    return (int) number - 1;
  return kith_sheet_find_column (sheet, name);
}

/* For somebody who named one that is not there. */
static char *
list_columns (KithSheet *sheet)
{
  GString *list = g_string_new (NULL);

  for (guint i = 0; i < kith_sheet_n_columns (sheet); i++)
    g_string_append_printf (list, "%s%s", i == 0 ? "" : ", ", kith_sheet_column_name (sheet, i));
  return g_string_free (list, FALSE);
}

/* "target=column+column:format" */
static gboolean
add_item (GPtrArray *map, const char *item, KithSheet *sheet, GError **error)
{
  g_auto (GStrv) sides = g_strsplit (item, "=", 2);
  g_auto (GStrv) names = NULL;
  KithColumn *column;
  char *colon;

  if (g_strv_length (sides) != 2 || kith_text_blank (sides[0]) || kith_text_blank (sides[1]))
    {
      g_set_error (error, KITH_READER_ERROR, KITH_READER_ERROR_MAPPING, _("“%s” is not of the form field=column."), item);
      return FALSE;
    }
  g_strstrip (sides[0]);
  column = column_new (sides[0]);
  if (column == NULL || has_target (map, sides[0]))
    {
      g_clear_pointer (&column, column_free);
      g_set_error (error, KITH_READER_ERROR, KITH_READER_ERROR_MAPPING,
                   has_target (map, sides[0]) ? _("“%s” is named twice.") : _("“%s” is not a field a file can fill."), sides[0]);
      return FALSE;
    }
  g_ptr_array_add (map, column);

  colon = strstr (sides[1], ":%");
  if (colon != NULL)
    {
      column->format = g_strdup (colon + 1);
      *colon = '\0';
    }
  if (column->format != NULL && !kith_column_is_date (column))
    {
      g_set_error (error, KITH_READER_ERROR, KITH_READER_ERROR_MAPPING, _("“%s” is not a date: it takes no format."), sides[0]);
      return FALSE;
    }
  if (column->format != NULL && !kith_date_is_format (column->format))
    {
      g_set_error (error, KITH_READER_ERROR, KITH_READER_ERROR_MAPPING,
                   _("“%s” does not say how dates are written; nothing was read. Use %%Y for the year, %%m, %%d, or %%b for a month’s name: %%d/%%m/%%Y"), column->format);
      return FALSE;
    }
  names = g_strsplit (sides[1], "+", -1);
  for (guint i = 0; names[i] != NULL; i++)
    {
      int at = find_column (sheet, g_strstrip (names[i]));

      if (at < 0)
        {
          g_autofree char *there = list_columns (sheet);

          g_set_error (error, KITH_READER_ERROR, KITH_READER_ERROR_MAPPING, _("The file has no column “%s”; nothing was read. It has: %s"), names[i], there);
          return FALSE;
        }
      g_array_append_val (column->columns, at);
    }
  return TRUE;
}

static char *
fold_header (const char *name)
{
  g_autofree char *plain = g_str_to_ascii (name, "C");
  GString *out = g_string_new (NULL);

  for (const char *at = plain; *at != '\0'; at++)
    if (g_ascii_isalnum (*at))
      g_string_append_c (out, g_ascii_tolower (*at));
  return g_string_free (out, FALSE);
}

static void
recognise (GPtrArray *map, KithSheet *sheet)
{
  for (guint i = 0; i < kith_sheet_n_columns (sheet); i++)
    {
      const char *name = kith_sheet_column_name (sheet, i);
      g_autofree char *target = kith_column_guess (name);
      KithColumn *column = target != NULL && !has_target (map, target) ? column_new (target) : NULL;

      if (column == NULL)
        continue;
      g_array_append_val (column->columns, i);
      g_ptr_array_add (map, column);
    }
}

/* A name that would be read as something else, or is there twice, is given by its number. */
static void
print_name (GString *text, KithSheet *sheet, guint column)
{
  const char *name = kith_sheet_column_name (sheet, column);

  if (kith_text_blank (name) || name[0] == '#' || strpbrk (name, ",+=:") != NULL || find_column (sheet, name) != (int) column)
    g_string_append_printf (text, "#%u", column + 1);
  else
    g_string_append (text, name);
}

/**
 * kith_column_map_print:
 * @map: (element-type KithColumn)
 * @set: the target of dates to be read by @format; the others as they are
 *
 * Returns: (transfer full): what kith_column_map_new() makes the same map of
 */
char *
kith_column_map_print (GPtrArray *map, KithSheet *sheet, const char *set, const char *format)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < map->len; i++)
    {
      const KithColumn *column = map->pdata[i];
      const char *as = strcmp (column->target, set) == 0 ? format : column->format;

      g_string_append_printf (text, "%s%s=", i > 0 ? "," : "", column->target);
      for (guint k = 0; k < column->columns->len; k++)
        {
          if (k > 0)
            g_string_append_c (text, '+');
          print_name (text, sheet, g_array_index (column->columns, guint, k));
        }
      if (as != NULL)
        g_string_append_printf (text, ":%s", as);
    }
  return g_string_free (text, FALSE);
}

/**
 * kith_column_guess:
 * @name: what a file calls a column
 *
 * Returns: (nullable) (transfer full): the field such a column fills as a rule
 */
char *
kith_column_guess (const char *name)
{
  g_autofree char *lower = g_ascii_strdown (name, -1);
  g_autofree char *folded = fold_header (name);
  KithColumn *column = column_new (g_strdelimit (lower, " -", '_'));
  char *target;

  for (guint k = 0; column == NULL && k < G_N_ELEMENTS (synonyms); k++)
    if (strcmp (folded, synonyms[k].name) == 0)
      column = column_new (synonyms[k].target);
  if (column == NULL)
    return NULL;
  target = g_steal_pointer (&column->target);
  column_free (column);
  return target;
}

/**
 * kith_column_targets:
 *
 * Returns: (transfer container) (element-type utf8): every field that a column can fill
 */
GPtrArray *
kith_column_targets (void)
{
  static const char *const others[] = { "source_id", "phone", "phone_2", "phone_3" };
  GPtrArray *targets = g_ptr_array_new ();
  const KithKind *kinds[] = { kith_kind_get ("client"), kith_kind_get ("address") };

  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
    for (guint i = 0; i < kinds[k]->n_fields; i++)
      {
        const KithField *field = &kinds[k]->fields[i];

        if (field->type != KITH_FIELD_PART && field->type != KITH_FIELD_PARTS && field->type != KITH_FIELD_REF && field->type != KITH_FIELD_REFS &&
            field->type != KITH_FIELD_JSON && (k > 0 || !is_own (field)))
          g_ptr_array_add (targets, (gpointer) field->name);
      }
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    g_ptr_array_add (targets, (gpointer) others[i]);
  return targets;
}

/**
 * kith_column_label:
 *
 * Returns: what a person calls the field, translated
 */
const char *
kith_column_label (const char *target)
{
  const KithField *field;

  if (strcmp (target, "source_id") == 0)
    return _("Number in the list");
  if (strcmp (target, "phone") == 0)
    return _("Phone");
  if (strcmp (target, "phone_2") == 0)
    return _("Second phone");
  if (strcmp (target, "phone_3") == 0)
    return _("Third phone");
  field = kith_kind_get_field (kith_kind_get ("client"), target);
  if (field == NULL)
    field = kith_kind_get_field (kith_kind_get ("address"), target);
  return field != NULL ? _(field->label) : target;
}

GPtrArray *
kith_column_map_new (const char *text, KithSheet *sheet, GError **error)
{
  g_autoptr (GPtrArray) map = g_ptr_array_new_with_free_func (column_free);
  g_auto (GStrv) items = NULL;

  if (text == NULL)
    {
      recognise (map, sheet);
      for (guint i = 0; i < map->len; i++)
        if (((KithColumn *) map->pdata[i])->place == KITH_COLUMN_FIELD)
          return g_steal_pointer (&map);
      g_set_error_literal (error, KITH_READER_ERROR, KITH_READER_ERROR_MAPPING,
                           _("No column has a name that says what it holds. Say it with a mapping: given_name=…,family_name=…"));
      return NULL;
    }

  items = g_strsplit (strcmp (text, "febrl") == 0 ? FEBRL : text, ",", -1);
  for (guint i = 0; items[i] != NULL; i++)
    if (!kith_text_blank (items[i]) && !add_item (map, items[i], sheet, error))
      return NULL;
  return g_steal_pointer (&map);
}

char *
kith_column_text (const KithColumn *self, KithSheet *sheet)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < self->columns->len; i++)
    {
      const char *part = kith_sheet_get (sheet, g_array_index (self->columns, guint, i));

      if (kith_text_blank (part))
        continue;
      if (text->len > 0)
        g_string_append_c (text, ' ');
      g_string_append (text, part);
    }
  return g_string_free (text, FALSE);
}

/* Whether both ways occur: then no further row decides for the others. */
static gboolean
note_ways (KithColumn *self, GPtrArray *samples, GArray *rows)
{
  g_autofree char *other = kith_date_swap_format (self->format);
  guint64 ways[2] = { 0 };

  for (guint i = 0; i < samples->len && (ways[0] == 0 || ways[1] == 0); i++)
    {
      g_autofree char *one = kith_date_from_text (samples->pdata[i], self->format, TRUE), *two = kith_date_from_text (samples->pdata[i], other, TRUE);

      if ((one == NULL) != (two == NULL) && ways[one == NULL] == 0)
        ways[one == NULL] = g_array_index (rows, guint64, i);
    }
  if (ways[0] == 0 || ways[1] == 0)
    return FALSE;
  memcpy (self->ways, ways, sizeof ways);
  return TRUE;
}

/* Every row so far can be read in two ways: the first one that cannot decides for all. */
static void
settle (KithColumn *self, KithSheet *sheet, gboolean *ambiguous)
{
  g_autofree char *other = kith_date_swap_format (self->format);

  while (*ambiguous && kith_sheet_next (sheet, NULL))
    {
      g_autofree char *text = kith_column_text (self, sheet);
      g_autofree char *one = kith_date_from_text (text, self->format, TRUE), *two = kith_date_from_text (text, other, TRUE);

      *ambiguous = (one == NULL) == (two == NULL);
      if (one == NULL && two != NULL)
        {
          g_free (self->format);
          self->format = g_steal_pointer (&other);
        }
    }
}

/**
 * kith_column_guess_format:
 * @self: of dates
 * @sheet: before its first row; some or all of its rows are read
 *
 * Sets the column's format, where one reads what stands in it, and its ways where both occur.
 *
 * Returns: whether it is open which of the two numbers is the month
 */
gboolean
kith_column_guess_format (KithColumn *self, KithSheet *sheet)
{
  g_autoptr (GPtrArray) samples = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (guint64));
  gboolean ambiguous = FALSE;

  while (samples->len < SAMPLE_ROWS && kith_sheet_next (sheet, NULL))
    {
      g_autofree char *text = kith_column_text (self, sheet);

      guint64 row = kith_sheet_row (sheet);

      if (*text == '\0')
        continue;
      g_ptr_array_add (samples, g_steal_pointer (&text));
      g_array_append_val (rows, row);
    }
  self->format = g_strdup (kith_date_guess_format ((const char *const *) samples->pdata, samples->len, &ambiguous));
  if (self->format != NULL && ambiguous && !note_ways (self, samples, rows))
    settle (self, sheet, &ambiguous);
  return self->format != NULL && ambiguous;
}

static gboolean
uses_column (GPtrArray *map, guint column)
{
  for (guint i = 0; i < map->len; i++)
    {
      const KithColumn *entry = map->pdata[i];

      for (guint k = 0; k < entry->columns->len; k++)
        if (g_array_index (entry->columns, guint, k) == column)
          return TRUE;
    }
  return FALSE;
}

char *
kith_column_map_describe (GPtrArray *map, KithSheet *sheet)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < map->len; i++)
    {
      const KithColumn *entry = map->pdata[i];
      g_autoptr (GString) columns = g_string_new (NULL);

      for (guint k = 0; k < entry->columns->len; k++)
        g_string_append_printf (columns, "%s%s", k > 0 ? " + " : "", kith_sheet_column_name (sheet, g_array_index (entry->columns, guint, k)));
      if (entry->format != NULL) /* Translators: a field, the columns it is taken from, how their dates are written */
        g_string_append_printf (text, _("%s ← %s, read as %s\n"), entry->target, columns->str, entry->format);
      else
        g_string_append_printf (text, "%s ← %s\n", entry->target, columns->str);
    }
  for (guint i = 0; i < kith_sheet_n_columns (sheet); i++)
    if (!uses_column (map, i))
      g_string_append_printf (text, _("not used: %s\n"), kith_sheet_column_name (sheet, i));
  if (!has_target (map, "source_id"))
    g_string_append (text, _("no column holds the other program’s id: people are told apart by all their row contains\n"));
  return g_string_free (text, FALSE);
}
