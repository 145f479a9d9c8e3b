/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib/gi18n.h>

#include "kith-kind.h"

G_BEGIN_DECLS

/* Shared by the kith-vocabulary*.c files only: one file of lists per part of the domain, each ended by a list without a name. */

typedef struct
{
  const char *code;
  const char *label;
  const char *context; /* of its translation, NC_(): one English word that is said of several nouns; NULL: none */
} KithTerm;

struct _KithVocabulary
{
  const char *name;
  const KithTerm *terms;
  guint n_terms;
};

#define VOCABULARY(name, terms) { name, terms, G_N_ELEMENTS (terms) }

extern const KithVocabulary kith_vocabularies_client[];
extern const KithVocabulary kith_vocabularies_capacity[];
extern const KithVocabulary kith_vocabularies_contact[];
extern const KithVocabulary kith_vocabularies_reason[];

G_END_DECLS
