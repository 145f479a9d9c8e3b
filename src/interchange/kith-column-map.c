/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-column-map.h"

#include "kith-reader.h"
#include "kith-text.h"
#include "kith-value.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

#define FEBRL                                                                                                                  \
  "source_id=rec_id,given_name=given_name,family_name=surname,address_1=street_number+address_1,address_2=address_2,"         \
  "city=suburb,postal_code=postcode,state_province=state,date_of_birth=date_of_birth:%Y%m%d"

#define FIRST_YEAR "1880"

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
  KithColumn *self = g_new0 (KithColumn, 1);

  if (!kith_column_find (target, &self->place, &self->field, &self->phone))
    {
      g_free (self);
      return NULL;
    }
  self->target = g_strdup (target);
  self->columns = g_array_new (FALSE, FALSE, sizeof (guint));
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

static gboolean
is_one_of (GPtrArray *targets, const char *target)
{
  for (guint i = 0; i < targets->len; i++)
    if (g_strcmp0 (targets->pdata[i], target) == 0)
      return TRUE;
  return FALSE;
}

/* Beside a column of given or of family names there are no whole ones: what says which part it is is that, and "Name" is the one that is missing. Yours */
static char *
part_of (const char *name, GPtrArray *own)
{
  g_autofree char *target = kith_column_guess (name);

  if (target != NULL)
    return g_str_equal (target, "full_name") ? NULL : g_steal_pointer (&target);
  return is_one_of (own, "given_name") ? NULL : g_strdup ("given_name");
}

/**
 * kith_column_guess_all:
 * @names: (element-type utf8): what a file calls its columns
 * @values: (nullable) (element-type GPtrArray): by column, as kith_column_guess_of() takes them; NULL: not known
 *
 * Returns: (transfer full) (element-type utf8): by column, the field it fills as a rule, beside the others; NULL: no idea
 */
GPtrArray *
kith_column_guess_all (GPtrArray *names, GPtrArray *values)
{
  GPtrArray *targets = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) own = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < names->len; i++)
    {
      const char *name = names->pdata[i];

      g_ptr_array_add (targets, values != NULL ? kith_column_guess_of (name, values->pdata[i]) : kith_column_guess (name));
      g_ptr_array_add (own, kith_column_guess (name));
    }
  for (guint i = 0; i < targets->len; i++)
    {
      g_autofree char *target = NULL;
      gboolean beside = FALSE;

      if (g_strcmp0 (targets->pdata[i], "full_name") != 0)
        continue;
      for (guint k = 0; k < own->len; k++)
        beside |= k != i && (g_strcmp0 (own->pdata[k], "given_name") == 0 || g_strcmp0 (own->pdata[k], "family_name") == 0);
      if (!beside)
        continue;
      target = g_steal_pointer (&targets->pdata[i]);
      targets->pdata[i] = part_of (names->pdata[i], own);
    }
  return targets;
}

static void
recognise (GPtrArray *map, KithSheet *sheet, GPtrArray *values)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new (), targets = NULL;

  for (guint i = 0; i < kith_sheet_n_columns (sheet); i++)
    g_ptr_array_add (names, (gpointer) kith_sheet_column_name (sheet, i));
  targets = kith_column_guess_all (names, values);
  for (guint i = 0; i < targets->len; i++)
    {
      const char *target = targets->pdata[i];
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

/* What stands in a column of whole names goes by its heading. FALSE: their parts are named beside them. */
static gboolean
settle_names (GPtrArray *map, KithSheet *sheet, GError **error)
{
  gboolean whole = has_target (map, "full_name");

  for (guint i = 0; i < map->len; i++)
    {
      KithColumn *column = map->pdata[i];

      if (column->place == KITH_COLUMN_NAME)
        column->family_first = kith_column_is_family_first (kith_sheet_column_name (sheet, g_array_index (column->columns, guint, 0)));
    }
  if (!whole || (!has_target (map, "given_name") && !has_target (map, "family_name")))
    return TRUE;
  g_set_error_literal (error, KITH_READER_ERROR, KITH_READER_ERROR_MAPPING,
                       _("Names come from one column of whole names, or from those of given and family names, not from both. Nothing was read."));
  return FALSE;
}

GPtrArray *
kith_column_map_new (const char *text, KithSheet *sheet, GPtrArray *values, GError **error)
{
  g_autoptr (GPtrArray) map = g_ptr_array_new_with_free_func (column_free);
  g_auto (GStrv) items = NULL;

  if (text == NULL)
    {
      recognise (map, sheet, values);
      for (guint i = 0; i < map->len; i++)
        if (((KithColumn *) map->pdata[i])->place == KITH_COLUMN_FIELD || ((KithColumn *) map->pdata[i])->place == KITH_COLUMN_NAME)
          return settle_names (map, sheet, error) ? g_steal_pointer (&map) : NULL;
      g_set_error_literal (error, KITH_READER_ERROR, KITH_READER_ERROR_MAPPING,
                           _("No column has a name that says what it holds. Say it with a mapping: given_name=…,family_name=…"));
      return NULL;
    }

  items = g_strsplit (strcmp (text, "febrl") == 0 ? FEBRL : text, ",", -1);
  for (guint i = 0; items[i] != NULL; i++)
    if (!kith_text_blank (items[i]) && !add_item (map, items[i], sheet, error))
      return NULL;
  return settle_names (map, sheet, error) ? g_steal_pointer (&map) : NULL;
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

/* Why it is none: written the other way round than it is read here, or without its century. Yours */
static char *
no_date (const KithColumn *column, const char *text, gboolean partial)
{
  g_autofree char *shown = g_utf8_substring (text, 0, MIN (g_utf8_strlen (text, -1), 40));
  g_autofree char *other = column->format != NULL ? kith_date_swap_format (column->format) : NULL;
  g_autofree char *swapped = other != NULL ? kith_date_from_text (text, other, partial) : NULL;
  int a, b, year, end = 0;

  if (swapped != NULL && column->format[1] != 'Y') /* with the year first nobody puts the day before the month */
    return g_strdup_printf (strstr (column->format, "%m") < strstr (column->format, "%d") ? _("“%s” is not a date with the month first, as the others are read")
                                                                                         : _("“%s” is not a date with the day first, as the others are read"),
                            shown);
  if (sscanf (text, "%2d%*1[-/.]%2d%*1[-/.]%2d%n", &a, &b, &year, &end) == 3 && end > 0 && (text[end] == '\0' || text[end] == ' '))
    return g_strdup_printf (_("the year of “%s” needs all its four digits"), shown);
  return g_strdup_printf (_("“%s” is not a date"), shown);
}

static JsonNode *
read_date (const KithColumn *column, const char *text, const char *today, char **reason)
{
  gboolean partial = column->field->type == KITH_FIELD_PARTIAL_DATE;
  g_autofree char *date = NULL;

  if (column->format != NULL)
    date = kith_date_from_text (text, column->format, partial);
  if (date == NULL)
    date = kith_date_guess (text, partial);
  if (date == NULL)
    *reason = no_date (column, text, partial);
  else if (strcmp (date, FIRST_YEAR) < 0)
    *reason = g_strdup_printf (_("%s is too long ago"), date);
  else if (today != NULL && strcmp (date, today) > 0 && column->place != KITH_COLUMN_BILLING) /* an insurance ends then, or begins */
    *reason = g_strdup_printf (_("%s is in the future"), date);
  else
    return json_node_init_string (json_node_alloc (), date);
  return NULL;
}

/**
 * kith_column_date_problem:
 * @target: a field that is a date
 * @format: (nullable): how it is written; NULL: each in one way only
 * @today: (nullable): see #KithClientReaderOptions
 *
 * Returns: (transfer full) (nullable): why a cell's @text will not be taken; NULL: it will
 */
char *
kith_column_date_problem (const char *target, const char *format, const char *text, const char *today)
{
  KithColumn column = { .target = (char *) target, .format = (char *) format };
  g_autoptr (JsonNode) value = NULL;
  g_autofree char *reason = NULL;

  if (!kith_column_find (target, &column.place, &column.field, &column.phone) || !kith_column_is_date (&column))
    return NULL;
  value = read_date (&column, text, today, &reason);
  return value == NULL ? g_steal_pointer (&reason) : NULL;
}

/* What lists call the codes of a vocabulary. */
static JsonNode *
read_word (const KithColumn *self, const char *text)
{
  static const struct { const char *word, *code; } phone_types[] = {
    { "cell", "mobile" }, { "cellphone", "mobile" }, { "cellular", "mobile" }, { "cel", "mobile" }, { "celular", "mobile" }, { "móvil", "mobile" }, { "movil", "mobile" },
    { "landline", "home" }, { "casa", "home" }, { "fijo", "home" }, { "trabajo", "work" }, { "office", "work" }, { "oficina", "work" },
    { "friend", "relative" }, { "familiar", "relative" }, { "otro", "other" },
  };
  static const struct { const char *word, *code; } sexes[] = {
    { "f", "0" }, { "femenino", "0" }, { "femenina", "0" }, { "mujer", "0" }, { "woman", "0" },
    { "h", "1" }, { "masculino", "1" }, { "masculina", "1" }, { "hombre", "1" }, { "varón", "1" }, { "varon", "1" }, { "man", "1" },
  };
  g_autofree char *lower = g_strstrip (g_utf8_strdown (text, -1));

  if (g_strcmp0 (self->field->vocabulary, "phone_type") == 0)
    for (guint i = 0; i < G_N_ELEMENTS (phone_types); i++)
      if (strcmp (lower, phone_types[i].word) == 0)
        return json_node_init_string (json_node_alloc (), phone_types[i].code);
  if (g_strcmp0 (self->field->vocabulary, "hmis_sex") == 0)
    for (guint i = 0; i < G_N_ELEMENTS (sexes); i++)
      if (strcmp (lower, sexes[i].word) == 0)
        return json_node_init_string (json_node_alloc (), sexes[i].code);
  if (g_strcmp0 (self->field->vocabulary, "hmis_sex") == 0 && strcmp (lower, "m") == 0 && self->m != KITH_COLUMN_M_OPEN)
    return json_node_init_string (json_node_alloc (), self->m == KITH_COLUMN_M_WOMAN ? "0" : "1");
  if (g_strcmp0 (self->field->vocabulary, "hmis_no_yes") == 0 && kith_value_is_yes_no (lower))
    return json_node_init_string (json_node_alloc (), kith_value_is_yes (lower) ? "1" : "0");
  return NULL;
}

/**
 * kith_column_value:
 * @self: not of source_id, nor of whole names
 * @today: (nullable): see #KithClientReaderOptions
 * @reason: (out): what is wrong with it; with a value: what was mended
 *
 * Returns: (transfer full) (nullable): what a cell says, as the field takes it
 */
JsonNode *
kith_column_value (const KithColumn *self, const char *text, const char *today, char **reason)
{
  gboolean phone_type = self->place == KITH_COLUMN_PHONE && self->field->type == KITH_FIELD_CODE; /* one that is of none is "other", and told */
  JsonNode *value;

  if (kith_column_is_date (self))
    return read_date (self, text, today, reason);
  value = self->field->type == KITH_FIELD_CODE ? read_word (self, text) : NULL;
  if (value == NULL && g_strcmp0 (self->field->vocabulary, "hmis_sex") == 0 && g_ascii_strcasecmp (text, "m") == 0)
    {
      *reason = g_strdup (_("“M” may be a man or “mujer”; write the whole word"));
      return NULL;
    }
  if (value == NULL)
    value = kith_value_from_text (self->field, text, reason);
  if (value == NULL && phone_type && *reason != NULL)
    value = json_node_init_string (json_node_alloc (), "other");
  return value;
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
