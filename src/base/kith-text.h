/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define KITH_FOLD_VERSION 3 /* raise it when kith_text_fold() or what records are looked up by changes: stores rebuild their find columns in the background */

char *kith_text_fold (const char *text);   /* for searching: lower case, no accents (đ ł ø too), hyphens and apostrophes to spaces or nothing, one space between words */
char *kith_text_digits (const char *text); /* only the digits, for phones and numbers */
char *kith_text_reverse (const char *ascii);
gboolean kith_text_blank (const char *text); /* NULL, empty or only white space */
gboolean kith_text_begins (const char *text, const char *typed); /* each word typed begins a word of text, folded; NULL is empty */
void kith_text_sort (GPtrArray *texts);      /* by their bytes: the same order everywhere, whatever the language */

/* A date of birth as people give it: "1988", "1988-04" or "1988-04-07". */
gboolean kith_text_is_partial_date (const char *text);
gboolean kith_text_is_date (const char *text); /* a whole, existing day */
const char *kith_text_told (const char *sentence); /* (nullable): what the hub said, in the words of the windows where they have that sentence */

G_END_DECLS
