/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-kind.h"

G_BEGIN_DECLS

/* Values as other programs write them, made into what a field takes. A reason without a value: refused; a value with a
 * reason: mended (cut to length, say). NULL without a reason: there was nothing. */
JsonNode *kith_value_from_text (const KithField *field, const char *text, char **reason);
JsonNode *kith_value_from_json (const KithField *field, JsonNode *node, char **reason); /* lists and parts pass as they are */
gboolean kith_value_is_yes (const char *text);
gboolean kith_value_is_yes_no (const char *text);

/* A date by a format of %Y, %m, %d and %b (an English month, whole or at least three letters of it) and what stands between them; NULL: it is not one. With partial, a month or
 * day of 00 is unknown and left out. The text may end in a time of day ("1988-04-07 00:00:00"). Two-digit years are never read. */
char *kith_date_from_text (const char *text, const char *format, gboolean partial);
char *kith_date_guess (const char *text, gboolean partial); /* only what can be read in one way: year first, or a named month */

/* Whether it is a format of those: with a year, and nothing in it twice. */
gboolean kith_date_is_format (const char *format);
/* The same with month and day the other way round. */
char *kith_date_swap_format (const char *format);

/* The format that reads most of the samples; *ambiguous when as many could be read with month and day swapped. NULL: none reads any. */
const char *kith_date_guess_format (const char *const *samples, guint n_samples, gboolean *ambiguous);

G_END_DECLS
