/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-text.h"
#include "kith-value.h"

#include <string.h>

/* Dates as people and programs write them. */

/* In English and in Spanish: no beginning of one is another month in the other language. */
static const char *const months[] = {
  "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
  "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre", "setiembre",
};

/* Those that read in one way only come first; the last ones are a matter of country. */
static const char *const formats[] = {
  "%Y-%m-%d", "%Y%m%d", "%Y/%m/%d", "%Y.%m.%d", "%d-%b-%Y", "%d %b %Y", "%b %d, %Y", "%b %d %Y", "%d de %b de %Y", "%d de %b del %Y",
  "%d.%m.%Y", "%m/%d/%Y", "%d/%m/%Y", "%m-%d-%Y", "%d-%m-%Y",
};
#define N_SAFE 10 /* year first, or a named month: never to be mistaken */

static gboolean
read_number (const char **at, guint min, guint max, int *value)
{
  guint digits = 0;

  *value = 0;
  while (digits < max && g_ascii_isdigit (**at))
    {
      *value = *value * 10 + (**at - '0');
      (*at)++;
      digits++;
    }
  return digits >= min;
}

static gboolean
read_month_name (const char **at, int *value)
{
  gsize length = 0;

  while (g_ascii_isalpha ((*at)[length]))
    length++;
  /* "Apr", "Sept.", "April": the beginning of a name, and of no other word. */
  for (guint i = 0; length >= 3 && i < G_N_ELEMENTS (months); i++)
    if (length <= strlen (months[i]) && g_ascii_strncasecmp (*at, months[i], length) == 0)
      {
        *value = i < 24 ? (int) i % 12 + 1 : 9;
        *at += length;
        if (**at == '.')
          (*at)++;
        return TRUE;
      }
  return FALSE;
}

/* In another time zone it may be another day: of a time that says one, midnight alone is a day's. */
static gboolean
is_midnight (const char *at)
{
  for (; *at != '\0'; at++)
    if (strchr ("0:.Z", *at) == NULL)
      return FALSE;
  return TRUE;
}

/* Spreadsheets and databases put a time of day behind a date: 0:00, 12:00:00 AM, 12:00 p. m. What is written as a moment (2026-02-28T10:00) is none of a day. */
static gboolean
is_time_of_day (const char *at)
{
  static const char *const halves[] = { "", "am", "pm", "a.m.", "p.m.", "a. m.", "p. m.", NULL };
  g_autofree char *half = NULL;
  int hour, minute, second;

  if ((*at != ' ' && *at != 'T') || at[1] == '\0')
    return FALSE;
  if (is_midnight (at + 1))
    return TRUE;
  if (*at++ != ' ' || !read_number (&at, 1, 2, &hour) || hour > 23 || *at++ != ':' || !read_number (&at, 2, 2, &minute) || minute > 59)
    return FALSE;
  if (*at == ':' && (at++, !read_number (&at, 2, 2, &second) || second > 59))
    return FALSE;
  if (*at == '.' && g_ascii_isdigit (at[1]))
    at += 1 + strspn (at + 1, "0123456789");
  half = g_strstrip (g_ascii_strdown (at, -1));
  return g_strv_contains (halves, half);
}

static gboolean
read_date (const char *text, const char *format, int *year, int *month, int *day)
{
  gboolean separated = strpbrk (format, "-/., ") != NULL;
  const char *at = text;

  *year = *month = *day = -1;
  for (; *format != '\0'; format++)
    {
      if (*format != '%')
        {
          if (g_ascii_tolower (*at) != g_ascii_tolower (*format))
            return FALSE;
          at++;
          continue;
        }
      format++;
      if (*format == 'Y' ? !read_number (&at, 4, 4, year)
          : *format == 'm' ? !read_number (&at, separated ? 1 : 2, 2, month)
          : *format == 'd' ? !read_number (&at, separated ? 1 : 2, 2, day)
          : *format == 'b' ? !read_month_name (&at, month)
                           : TRUE)
        return FALSE;
    }
  return *at == '\0' || is_time_of_day (at);
}

char *
kith_date_from_text (const char *text, const char *format, gboolean partial)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (text));
  g_autofree char *date = NULL;
  int year, month, day;

  if (!read_date (trimmed, format, &year, &month, &day) || year < 1)
    return NULL;
  if (partial && month <= 0 && day <= 0)
    date = g_strdup_printf ("%04d", year);
  else if (partial && month > 0 && day <= 0)
    date = g_strdup_printf ("%04d-%02d", year, month);
  else
    date = g_strdup_printf ("%04d-%02d-%02d", year, month, day);

  if (partial ? kith_text_is_partial_date (date) : kith_text_is_date (date))
    return g_steal_pointer (&date);
  return NULL;
}

char *
kith_date_guess (const char *text, gboolean partial)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (text));

  if (partial && kith_text_is_partial_date (trimmed))
    return g_steal_pointer (&trimmed);
  for (guint i = 0; i < N_SAFE; i++)
    {
      char *date = kith_date_from_text (trimmed, formats[i], partial);

      if (date != NULL)
        return date;
    }
  return NULL;
}

gboolean
kith_date_is_format (const char *format)
{
  guint seen[4] = { 0 };
  static const char letters[] = "Ymdb";

  for (; *format != '\0'; format++)
    {
      const char *letter;

      if (*format != '%')
        continue;
      format++;
      letter = *format != '\0' ? strchr (letters, *format) : NULL;
      if (letter == NULL || ++seen[letter - letters] > 1)
        return FALSE;
    }
  return seen[0] == 1 && seen[1] + seen[3] <= 1;
}

char *
kith_date_swap_format (const char *format)
{
  char *swapped = g_strdup (format);

  for (char *at = swapped; *at != '\0'; at++)
    if (*at == '%' && (at[1] == 'm' || at[1] == 'd'))
      at[1] = at[1] == 'm' ? 'd' : 'm';
  return swapped;
}

const char *
kith_date_guess_format (const char *const *samples, guint n_samples, gboolean *ambiguous)
{
  guint counts[G_N_ELEMENTS (formats)] = { 0 };
  g_autofree char *swapped = NULL;
  guint best = 0;

  *ambiguous = FALSE;
  for (guint i = 0; i < n_samples; i++)
    for (guint k = 0; k < G_N_ELEMENTS (formats); k++)
      {
        g_autofree char *date = kith_date_from_text (samples[i], formats[k], TRUE);

        if (date != NULL)
          counts[k]++;
      }
  for (guint k = 1; k < G_N_ELEMENTS (formats); k++)
    if (counts[k] > counts[best] || (counts[k] == counts[best] && best < N_SAFE && k >= N_SAFE)) /* those of the safe ones are read whatever is chosen */
      best = k;
  if (counts[best] == 0)
    return NULL;
  swapped = kith_date_swap_format (formats[best]);
  for (guint k = 0; k < G_N_ELEMENTS (formats); k++)
    *ambiguous |= k != best && counts[k] == counts[best] && g_str_equal (formats[k], swapped);
  return formats[best];
}
