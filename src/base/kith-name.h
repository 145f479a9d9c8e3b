/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How many words of a folded name (kith_text_fold()) say something: an initial says next to nothing, while a name may well be one letter of
 * another script. Searching the network asks for two, or for one and when the person was born. */
guint kith_name_count_words (const char *folded);

G_END_DECLS
