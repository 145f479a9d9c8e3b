/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Languages by their names in the language of the windows: iso-codes' list, its translations through gettext. Records hold codes (ISO 639-1,
 * where that has none 639-3), or words where somebody wrote a language that has no code here. */
char *kith_language_name (const char *code);                                /* "Spanish"; what is no code comes back as it is. Yours */
char *kith_language_names (JsonArray *codes, const char *separator);        /* NULL when none. Yours */

const char *kith_language_english (const char *code);                        /* "Spanish; Castilian", as iso-codes has it; NULL: no code. Borrowed */

/* Names that begin with what was typed come first, and the better known languages before the others; then those with a word that begins so.
 * The first call folds some 7,000 names: not for the main thread. (element-type utf8): codes */
GPtrArray *kith_language_find (const char *text, guint limit);

G_END_DECLS
