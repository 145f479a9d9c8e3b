/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-day-order.h"

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
      if (strchr ("de", at[1]) != NULL)
        return TRUE;
      if (strchr ("mbBhD", at[1]) != NULL) /* %D: %m/%d/%y */
        return FALSE;
      if (at[1] == '\0')
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
