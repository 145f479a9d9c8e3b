/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-match.h"

G_BEGIN_DECLS

#define KITH_MATCH_VALUES 6 /* of one field that are compared; further ones do not count */

/* Whole values and, for names, the words a value of several words is made of: "de la Cruz" is delacruz, and also cruz. */
struct _KithMatchPerson
{
  char *wholes[KITH_MATCH_N_FIELDS][KITH_MATCH_VALUES];
  char *words[2][KITH_MATCH_VALUES]; /* of GIVEN and FAMILY only */
  guint n_wholes[KITH_MATCH_N_FIELDS], n_words[2];
};

#define KITH_MATCH_FULL_BIRTH 8 /* characters of a whole date of birth; a month has 6, a year 4 */

G_END_DECLS
