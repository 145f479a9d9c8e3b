/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-operation.h"

#include "kith-json.h"

G_BEGIN_DECLS

/* What a refusal was made of, so that it can be said again in another language: kith_refuse() keeps it, an outcome carries it as "words". */

typedef const char *(*KithRefusalTranslate) (const char *sentence);

/* What is wrong with a record or a value: KITH_MODEL_ERROR_INVALID, which has its words too. */
gboolean kith_invalid (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);
void kith_invalid_value (GError **error, const char *form, const char *label, const GError *inner, const char *what, va_list args);
void kith_refusal_from_invalid (GError **error);
gboolean kith_refusal_mark_words (GError **error, guint index);

JsonObject *kith_refusal_get_words (const GError *error);
char *kith_refusal_say (JsonObject *words, KithRefusalTranslate translate);
char *kith_refusal_told (JsonObject *line);
const char *kith_refusal_ended (void);

G_END_DECLS
