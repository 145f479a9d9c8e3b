/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-name.h"

#include <string.h>

/**
 * kith_name_count_words:
 * @folded: what kith_text_fold() returned
 *
 * Returns: words of more than one byte: a single letter a to z or digit does not count, one of another script does
 */
guint
kith_name_count_words (const char *folded)
{
  guint n = 0;

  for (gsize length; *folded; folded += length)
    {
      folded += strspn (folded, " ");
      length = strcspn (folded, " ");
      n += length > 1; /* bytes */
    }
  return n;
}
