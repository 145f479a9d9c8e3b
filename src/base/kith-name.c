/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-name.h"

#include <string.h>

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
