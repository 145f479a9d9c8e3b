/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-column-map.h"

#include "kith-text.h"
#include "kith-value.h"

#include <glib/gi18n.h>
#include <string.h>

/* What the values of a column say of it: a heading such as "Insurance" may stand over yes and no, and "Name" over a whole name. */

/* ---- yes and no ---- */

/* Of what should be named: there is one, or there is none. */
static gboolean
is_yes_no (const char *text)
{
  static const char *const words[] = { "s", "none", "ninguno", "ninguna", "n/a", "na", "-", "--", NULL };
  g_autofree char *lower = g_utf8_strdown (text, -1);

  return g_strv_contains (words, g_strstrip (lower)) || kith_value_is_yes_no (lower);
}

static gboolean
is_words (const KithField *field)
{
  return field->type == KITH_FIELD_STRING || field->type == KITH_FIELD_STRINGS || field->type == KITH_FIELD_TEXT;
}

/* A number may well be 1, and an initial Y. */
static gboolean
may_be (const KithField *field, KithColumnPlace place, const char *text)
{
  if (place != KITH_COLUMN_BILLING)
    return g_utf8_strlen (text, -1) < 2;
  return g_ascii_isdigit (*text) && (g_str_equal (field->name, "insurance_number") || g_str_equal (field->name, "insurance_group"));
}

static gboolean
holds_yes_no (const char *target, GPtrArray *values)
{
  KithColumnPlace place;
  const KithField *field;
  guint phone, n = 0;

  if (values->len == 0 || !kith_column_find (target, &place, &field, &phone) || field == NULL || !is_words (field))
    return FALSE;
  for (guint i = 0; i < values->len; i++)
    n += is_yes_no (values->pdata[i]) && !may_be (field, place, values->pdata[i]);
  return n * 10 >= values->len * 9; /* below a table there may be how many say yes */
}

/* A heading that asks yes or no, over words: "Interpreter" over the language, "Veteran" over the service. Whether most can be read, as of dates: a few are
 * wrong in any list, and each is told. Whether somebody may be called, written to or contacted at all is told in any case: it is not to be left behind in silence. */
static gboolean
holds_no_yes_no (const char *target, GPtrArray *values)
{
  KithColumnPlace place;
  const KithField *field;
  guint phone, n = 0;

  if (values->len == 0 || !kith_column_find (target, &place, &field, &phone) || field == NULL ||
      (field->type != KITH_FIELD_BOOL && g_strcmp0 (field->vocabulary, "hmis_no_yes") != 0) || place == KITH_COLUMN_PHONE || g_str_equal (field->name, "do_not_contact"))
    return FALSE;
  for (guint i = 0; i < values->len; i++)
    {
      g_autofree char *lower = g_utf8_strdown (values->pdata[i], -1), *reason = NULL;
      g_autoptr (JsonNode) value = kith_value_is_yes_no (g_strstrip (lower)) ? NULL : kith_value_from_text (field, values->pdata[i], &reason);

      n += value != NULL || kith_value_is_yes_no (lower);
    }
  return n * 2 < values->len;
}

/* A group may well be called N or NA. */
gboolean
kith_column_says_nothing (const KithColumn *self, const char *text)
{
  return self->place == KITH_COLUMN_BILLING && !g_str_equal (self->field->name, "insurance_group") && is_words (self->field) && self->field->type != KITH_FIELD_TEXT && !g_ascii_isdigit (*text) && is_yes_no (text);
}

/* "5.55E+09": what a spreadsheet makes of a long number, and the digits are gone. */
gboolean
kith_column_is_cut (const char *text)
{
  const char *at = text;

  if (!g_ascii_isdigit (*at++))
    return FALSE;
  if ((*at == '.' || *at == ',') && g_ascii_isdigit (at[1]))
    for (at++; g_ascii_isdigit (*at);)
      at++;
  if (g_ascii_toupper (*at) != 'E' || at[1] != '+' || !g_ascii_isdigit (at[2]))
    return FALSE;
  return at[3 + (g_ascii_isdigit (at[3]) ? 1 : 0)] == '\0';
}

/* ---- whole names ---- */

static gboolean
is_suffix (const char *text)
{
  static const char *const suffixes[] = { "jr", "jr.", "sr", "sr.", "ii", "iii", "iv", NULL };
  g_autofree char *lower = g_ascii_strdown (text, -1);

  return g_strv_contains (suffixes, lower);
}

/* What was mended of one part is still told when the next needs nothing. */
static gboolean
put_name (JsonObject *values, const char *name, const char *text, char **reason)
{
  g_autofree char *told = NULL;
  JsonNode *value = kith_value_from_text (kith_kind_get_field (kith_kind_get ("client"), name), text, &told);

  if (told != NULL && (value == NULL || *reason == NULL))
    {
      g_free (*reason);
      *reason = g_steal_pointer (&told);
    }
  if (value != NULL)
    json_object_set_member (values, name, value);
  return value != NULL;
}

/* Without a comma: of three words nobody can say which are the family's. */
static gboolean
split_words (const char *text, JsonObject *values, char **reason)
{
  g_auto (GStrv) words = g_strsplit_set (text, " \t", -1);
  const char *found[2] = { NULL };
  guint n = 0;

  for (guint i = 0; words[i] != NULL; i++)
    {
      if (*words[i] == '\0')
        continue;
      if (n < G_N_ELEMENTS (found))
        found[n] = words[i];
      n++;
    }
  if (n > 2)
    {
      *reason = g_strdup_printf (_("which of the names “%s” are the family’s cannot be seen; write them first, with a comma behind them"), text);
      return FALSE;
    }
  return n > 0 && put_name (values, "given_name", found[0], reason) && (n == 1 || put_name (values, "family_name", found[1], reason));
}

/* "Apellidos y nombres", "LastFirst", "Apellidos". */
gboolean
kith_column_is_family_first (const char *name)
{
  static const char *const begins[] = { "last", "surname", "family", "apellido" };
  g_autofree char *ascii = g_str_to_ascii (name, "C"), *lower = g_ascii_strdown (ascii, -1);

  g_strchug (lower);
  for (guint i = 0; i < G_N_ELEMENTS (begins); i++)
    if (g_str_has_prefix (lower, begins[i]))
      return TRUE;
  return FALSE;
}

/* The heading has the family's first; which they are says a comma alone: "Hill," has no other. */
static gboolean
take_family (const char *text, gboolean comma, JsonObject *values, char **reason)
{
  if (comma)
    return put_name (values, "family_name", text, reason);
  *reason = g_strdup_printf (_("the heading has the family name first, and “%s” has no comma behind it"), text);
  return FALSE;
}

gboolean
kith_column_split_name (const char *text, gboolean family_first, JsonObject *values, char **reason)
{
  g_auto (GStrv) parts = g_strsplit (text, ",", -1);
  guint n = g_strv_length (parts);

  *reason = NULL;
  for (guint i = 0; i < n; i++)
    g_strstrip (parts[i]);
  while (n > 1 && *parts[n - 1] == '\0')
    n--;
  if (n == 1 && family_first)
    return take_family (parts[0], strchr (text, ',') != NULL, values, reason);
  if (n == 1)
    return split_words (parts[0], values, reason);
  if (n > 3 || *parts[0] == '\0' || *parts[1] == '\0' || (n == 3 && !is_suffix (parts[2])))
    {
      *reason = g_strdup_printf (_("“%s” is not a family name, a comma and given names"), text);
      return FALSE;
    }
  return put_name (values, "family_name", parts[0], reason) && put_name (values, "given_name", parts[1], reason) &&
         (n == 2 || put_name (values, "name_suffix", parts[2], reason));
}

static guint
count_with (GPtrArray *values, gboolean comma)
{
  guint n = 0;

  for (guint i = 0; i < values->len; i++)
    {
      g_autoptr (JsonObject) names = json_object_new ();
      g_autofree char *reason = NULL;

      n += (!comma || strchr (values->pdata[i], ',') != NULL) && kith_column_split_name (values->pdata[i], FALSE, names, &reason);
    }
  return n;
}

/* A heading of the one name over both, or one that says neither. */
static gboolean
holds_whole_names (const char *name, const char *target, GPtrArray *values)
{
  static const char *const headings[] = { "name", "client", "cliente", "person", "persona", NULL };
  g_autofree char *lower = g_ascii_strdown (name, -1);

  if (target == NULL)
    return g_strv_contains (headings, lower) && values->len > 0 && count_with (values, FALSE) * 2 >= values->len;
  return (g_str_equal (target, "given_name") || g_str_equal (target, "family_name")) && values->len > 0 && count_with (values, TRUE) * 2 > values->len;
}

/* Below a table there is often how many are in it. */
gboolean
kith_column_is_total (JsonObject *values)
{
  static const char *const names[] = { "given_name", "family_name", "preferred_name", "middle_name", "second_family_name" };
  static const char *const beside[] = { "grand", "general", "gran", "of", "de", "clients", "clientes", "people", "personas", "records", "registros", "rows", "filas", NULL };
  static const char *const totals[] = { "total", "totals", "totales", "subtotal", "subtotales", NULL };
  g_autoptr (GString) all = g_string_new (NULL);
  g_autofree char *folded = NULL;
  g_auto (GStrv) words = NULL;
  gboolean found = FALSE;

  if (json_object_has_member (values, "date_of_birth"))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (json_object_has_member (values, names[i]))
      g_string_append_printf (all, "%s ", json_object_get_string_member (values, names[i]));
  folded = kith_text_fold (all->str);
  words = g_strsplit (folded, " ", -1);
  for (guint i = 0; words[i] != NULL; i++)
    {
      gboolean total = g_strv_contains (totals, words[i]), number = words[i][strspn (words[i], "0123456789")] == '\0';

      found |= total;
      if (!total && !number && !g_strv_contains (beside, words[i]))
        return FALSE;
    }
  return found;
}

/**
 * kith_column_guess_of:
 * @name: what a file calls a column
 * @values: (element-type utf8): what its first rows have there, those that have something
 *
 * Returns: (nullable) (transfer full): the field such a column fills as a rule, if it can be filled with what stands in it
 */
char *
kith_column_guess_of (const char *name, GPtrArray *values)
{
  g_autofree char *target = kith_column_guess (name);

  if (holds_whole_names (name, target, values))
    return g_strdup ("full_name");
  if (target != NULL && (holds_yes_no (target, values) || holds_no_yes_no (target, values)))
    return NULL;
  return g_steal_pointer (&target);
}
