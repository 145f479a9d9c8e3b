/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-kind.h"
#include "kith-messages.h"

G_BEGIN_DECLS

/* As kith_vocabulary_label(), in another language than the windows': for what is printed, and mailed. */
const char *kith_vocabulary_told (const KithVocabulary *self, const char *code, const KithMessages *messages);

G_END_DECLS
