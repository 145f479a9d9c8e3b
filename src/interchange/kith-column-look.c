/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-column-map.h"

#include "kith-value.h"

#include <string.h>

/* What a row alone does not say: which of two numbers is the month, and whether M is a man or "mujer". The whole file is looked at, for the row that decides,
 * or says otherwise, may be its last one: a birth date read the wrong way round is found by nobody later. */

#define SAMPLE_ROWS 500 /* dates that a format is found by */

/* One column of dates. */
typedef struct
{
  KithColumn *column;
  GPtrArray *samples; /* (element-type utf8): what could be mistaken, until the format is found */
  GPtrArray *safe;    /* (element-type utf8): what nobody mistakes: 1988-04-07 */
  GArray *rows;       /* guint64: of samples */
  char *other;        /* the format the other way round; NULL: not found yet, or there is none */
  guint64 ways[2];    /* a row that can be read by the format alone, and one only the other way round; else 0 */
  gboolean either;    /* there is a row that could be read both ways */
} Dates;

static void
dates_free (gpointer data)
{
  Dates *self = data;

  g_ptr_array_unref (self->samples);
  g_ptr_array_unref (self->safe);
  g_array_unref (self->rows);
  g_free (self->other);
  g_free (self);
}

static Dates *
dates_new (KithColumn *column)
{
  Dates *self = g_new0 (Dates, 1);

  self->column = column;
  self->samples = g_ptr_array_new_with_free_func (g_free);
  self->safe = g_ptr_array_new_with_free_func (g_free);
  self->rows = g_array_new (FALSE, FALSE, sizeof (guint64));
  return self;
}

static gboolean
is_safe (const char *text)
{
  g_autofree char *date = kith_date_guess (text, TRUE);

  return date != NULL;
}

static void
weigh (Dates *self, const char *text, guint64 row)
{
  g_autofree char *one = kith_date_from_text (text, self->column->format, TRUE), *two = kith_date_from_text (text, self->other, TRUE);

  if ((one == NULL) != (two == NULL) && self->ways[one == NULL] == 0)
    self->ways[one == NULL] = row;
  else if (one != NULL && two != NULL && !self->either)
    self->either = strcmp (one, two) != 0 && !is_safe (text);
}

/* What can be read in one way only is read whatever is found: the format is that of the others. */
static void
find_format (Dates *self)
{
  gboolean ambiguous;

  self->column->format = g_strdup (kith_date_guess_format ((const char *const *) self->samples->pdata, self->samples->len, &ambiguous));
  if (self->column->format == NULL)
    return;
  self->other = kith_date_swap_format (self->column->format);
  for (guint i = 0; i < self->samples->len; i++)
    weigh (self, self->samples->pdata[i], g_array_index (self->rows, guint64, i));
}

static void
look_at_date (Dates *self, KithSheet *sheet)
{
  g_autofree char *text = kith_column_text (self->column, sheet);
  guint64 row = kith_sheet_row (sheet);

  if (*text == '\0')
    return;
  if (self->other != NULL)
    weigh (self, text, row);
  else if (is_safe (text))
    {
      if (self->safe->len < SAMPLE_ROWS)
        g_ptr_array_add (self->safe, g_steal_pointer (&text));
    }
  else if (self->samples->len < SAMPLE_ROWS)
    {
      g_ptr_array_add (self->samples, g_steal_pointer (&text));
      g_array_append_val (self->rows, row);
      if (self->samples->len == SAMPLE_ROWS)
        find_format (self);
    }
}

/* That one way is written more often says nothing of the rows that could be either. Where there is none of these, each row says by itself whether it is
 * written as most are, and the others are told one by one. */
static void
settle_dates (Dates *self)
{
  KithColumn *column = self->column;
  gboolean ambiguous;

  if (self->other == NULL && self->samples->len < SAMPLE_ROWS)
    find_format (self);
  if (column->format == NULL)
    column->format = g_strdup (kith_date_guess_format ((const char *const *) self->safe->pdata, self->safe->len, &ambiguous));
  if (self->other == NULL)
    return;
  column->doubtful = self->either && (self->ways[0] > 0) == (self->ways[1] > 0);
  if (column->doubtful)
    memcpy (column->ways, self->ways, sizeof self->ways);
  else if (self->ways[0] == 0 && self->ways[1] > 0)
    {
      g_free (column->format);
      column->format = g_steal_pointer (&self->other);
    }
}

static gboolean
is_settled (const Dates *self)
{
  return self->either && self->ways[0] > 0 && self->ways[1] > 0;
}

/* ---- men and women ---- */

static gboolean
is_sex (const KithColumn *column)
{
  return column->field != NULL && g_strcmp0 (column->field->vocabulary, "hmis_sex") == 0;
}

/* One column of them. */
typedef struct
{
  KithColumn *column;
  gboolean h, f; /* it has such a row */
} Sexes;

static void
look_at_sex (Sexes *self, KithSheet *sheet)
{
  g_autofree char *text = kith_column_text (self->column, sheet);

  g_strstrip (text);
  self->h |= g_ascii_strcasecmp (text, "h") == 0;
  self->f |= g_ascii_strcasecmp (text, "f") == 0;
}

/* H and M are hombre and mujer, M and F are male and female, masculino and femenino; with both beside it M stays open. Where neither is there: no English
 * list means a woman. */
static void
settle_sex (Sexes *self, KithSheet *sheet)
{
  KithColumn *column = self->column;
  g_autofree char *name = g_str_to_ascii (kith_sheet_column_name (sheet, g_array_index (column->columns, guint, 0)), "C");

  if (self->h != self->f)
    column->m = self->h ? KITH_COLUMN_M_WOMAN : KITH_COLUMN_M_MAN;
  else if (!self->h && g_ascii_strncasecmp (name, "sexo", 4) != 0 && g_ascii_strncasecmp (name, "genero", 6) != 0)
    column->m = KITH_COLUMN_M_MAN;
}

/**
 * kith_column_map_look:
 * @map: (element-type KithColumn)
 * @sheet: before its first row; its rows are read
 *
 * Gives each column of dates that has no format the one that reads what stands in it, says whether it is open which of the two numbers is the month, and
 * two rows that say so where both ways occur. Gives M its meaning.
 */
void
kith_column_map_look (GPtrArray *map, KithSheet *sheet)
{
  g_autoptr (GPtrArray) dates = g_ptr_array_new_with_free_func (dates_free), sexes = g_ptr_array_new_with_free_func (g_free);
  guint open;

  for (guint i = 0; i < map->len; i++)
    if (kith_column_is_date (map->pdata[i]) && ((KithColumn *) map->pdata[i])->format == NULL)
      g_ptr_array_add (dates, dates_new (map->pdata[i]));
    else if (is_sex (map->pdata[i]))
      {
        Sexes *sex = g_new0 (Sexes, 1);

        sex->column = map->pdata[i];
        g_ptr_array_add (sexes, sex);
      }
  open = dates->len + sexes->len;
  while (open > 0 && kith_sheet_next (sheet, NULL))
    {
      open = 0;
      for (guint i = 0; i < dates->len; i++)
        if (!is_settled (dates->pdata[i]))
          {
            look_at_date (dates->pdata[i], sheet);
            open++;
          }
      for (guint i = 0; i < sexes->len; i++)
        if (!((Sexes *) sexes->pdata[i])->h || !((Sexes *) sexes->pdata[i])->f)
          {
            look_at_sex (sexes->pdata[i], sheet);
            open++;
          }
    }
  for (guint i = 0; i < dates->len; i++)
    settle_dates (dates->pdata[i]);
  for (guint i = 0; i < sexes->len; i++)
    settle_sex (sexes->pdata[i], sheet);
}
