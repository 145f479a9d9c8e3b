/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-match.h"

G_BEGIN_DECLS

/* Files in FEBRL's form: made-up people with known duplicates. rec_id says who is who: "rec-223-org" and "rec-223-dup-0" are one person. */
typedef struct
{
  guint n;
  KithMatchRow *rows;   /* as they stand in the file */
  guint64 *persons;     /* the number in rec_id */
  GPtrArray *people;    /* (element-type KithMatchPerson) */
  GStringChunk *texts;
} KithFebrl;

/* An error when it cannot be read, has no such columns, or a rec_id is not one of these. */
KithFebrl *kith_febrl_read (const char *path, GError **error);
void kith_febrl_free (KithFebrl *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KithFebrl, kith_febrl_free)
guint64 kith_febrl_true_pairs (const KithFebrl *self, const KithFebrl *other); /* other NULL: within one file */

typedef struct
{
  guint64 links, correct, truth;
  guint64 review, review_correct; /* left to a person */
  double precision, recall, f;
} KithFebrlScore;

void kith_febrl_score (const KithFebrl *self, const KithFebrl *other, const KithMatchBatch *batch, KithFebrlScore *score);
/* "name,dob,postcode,street,unit,city,state,id" as bits; NULL: all of them; 0 with an error: an unknown name. */
guint kith_febrl_fields (const char *names, GError **error);

G_END_DECLS
