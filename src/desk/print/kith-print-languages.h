/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "kith-json.h"

G_BEGIN_DECLS

/* In which languages a paper can be printed: the client's own first, as far as there are translations; then English, then what else there is.
 * client: its body, or NULL. codes: (element-type utf8), emptied before; names: the same in words. */
void kith_print_languages_fill (JsonObject *client, GPtrArray *codes, GtkStringList *names);

/* That the client's language is one Kith does not write: paper: what it is printed in instead. NULL: it does, or nobody said which it is. Yours */
char *kith_print_languages_missing (JsonObject *client, const char *paper);

G_END_DECLS
