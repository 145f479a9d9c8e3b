/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-operation.h"

#include "kith-json.h"

G_BEGIN_DECLS

/* What a refusal was made of, so that it can be said again in another language: kith_refuse() keeps it, an outcome carries it as "words". */

typedef const char *(*KithRefusalTranslate) (const char *sentence);

JsonObject *kith_refusal_get_words (const GError *error);
char *kith_refusal_say (JsonObject *words, KithRefusalTranslate translate);
char *kith_refusal_told (JsonObject *line);

G_END_DECLS
