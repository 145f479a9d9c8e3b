/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"

G_BEGIN_DECLS

/* That a list or a search may not have all yet: this computer is still being filled from the hub, or what is searched by is made anew after an update.
 * Takes no room otherwise. */
#define KITH_TYPE_COMING (kith_coming_get_type ())
G_DECLARE_FINAL_TYPE (KithComing, kith_coming, KITH, COMING, AdwBin)

void kith_coming_set_context (KithComing *self, KithContext *context); /* kept. Once */
char *kith_coming_words (KithContext *context);                       /* the sentence; NULL: all is here. Yours */
gboolean kith_coming_is_filling (KithContext *context);

G_END_DECLS
