/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-day-order.h"

#include "kith-text.h"

#include <langinfo.h>
#include <string.h>

static const char *written_as; /* NULL: as the computer is set up */

/**
 * kith_day_order_of:
 * @format: how a date is written, as strftime: "%d/%m/%y"
 *
 * Returns: whether the day stands before the month; what names neither is as in the United States
 */
gboolean
kith_day_order_of (const char *format)
{
  for (const char *at = strchr (format, '%'); at != NULL && at[1] != '\0'; at = strchr (at + 2, '%'))
    {
      at += strspn (at + 1, "EO-_^#0"); /* ahead of the letter, as in "%-d" */
      if (at[1] == '\0')
        return FALSE;
      if (strchr ("de", at[1]) != NULL)
        return TRUE;
      if (strchr ("mbBhD", at[1]) != NULL) /* %D: %m/%d/%y */
        return FALSE;
    }
  return FALSE;
}

/**
 * kith_day_is_first:
 *
 * Returns: whether whoever sits here writes the day before the month: by the locale of dates (LC_TIME). Not before setlocale()
 */
gboolean
kith_day_is_first (void)
{
  return kith_day_order_of (written_as != NULL ? written_as : nl_langinfo (D_FMT));
}

static gboolean
is_digits (const char *text)
{
  return *text != '\0' && strspn (text, "0123456789") == strlen (text);
}

static char *
day_of (guint64 year, guint64 month, guint64 day)
{
  g_autofree char *date = g_strdup_printf ("%04u-%02u-%02u", (guint) year, (guint) month, (guint) day);

  return kith_text_is_date (date) ? g_steal_pointer (&date) : NULL;
}

/**
 * kith_day_read_slashes:
 * @word: "4/7/88"
 *
 * In the order in which dates are written here; what is no day so is read the other way. Two digits above 30 are of the last century.
 *
 * Returns: (transfer full) (nullable): ISO; %NULL: no day
 */
char *
kith_day_read_slashes (const char *word)
{
  g_auto (GStrv) parts = g_strsplit (word, "/", -1);
  guint64 first, second, year;
  gboolean day_first = kith_day_is_first ();
  char *date;

  if (g_strv_length (parts) != 3 || !is_digits (parts[0]) || !is_digits (parts[1]) || !is_digits (parts[2]))
    return NULL;
  first = g_ascii_strtoull (parts[0], NULL, 10);
  second = g_ascii_strtoull (parts[1], NULL, 10);
  year = g_ascii_strtoull (parts[2], NULL, 10);
  if (strlen (parts[2]) == 2)
    year += year > 30 ? 1900 : 2000;
  date = day_of (year, day_first ? second : first, day_first ? first : second);
  return date != NULL ? date : day_of (year, day_first ? first : second, day_first ? second : first);
}

/**
 * kith_day_write_as:
 * @format: (nullable): as for kith_day_order_of(), kept; %NULL: as the computer is set up again
 *
 * For tests, which run on computers that know one locale. Before there are threads.
 */
void
kith_day_write_as (const char *format)
{
  written_as = format;
}
