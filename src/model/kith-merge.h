/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-kind.h"

G_BEGIN_DECLS

/* One field changed on two sides: what was (old), what is there now (current), what somebody wants (value) (sync.md 2.5). */
typedef enum
{
  KITH_MERGE_SAME,    /* already so */
  KITH_MERGE_APPLY,   /* nobody else touched it */
  KITH_MERGE_UNION,   /* lists: both sides' additions stay, both sides' removals hold, an addition beats a removal */
  KITH_MERGE_MINE,    /* class A: the later one, mine, wins; current goes to field_history */
  KITH_MERGE_THEIRS,  /* class A: the later one, current, stays; mine goes to field_history */
  KITH_MERGE_CONFLICT /* class B: current stays, a conflict waits for a person */
} KithMergeVerdict;

/* Nodes may be NULL or null: missing. The hybrid times may be NULL: earlier than any. merged: set for UNION. */
KithMergeVerdict kith_merge_field (const KithField *field, JsonNode *current, JsonNode *old, JsonNode *value,
                                   const char *current_hlc, const char *hlc, JsonNode **merged);

/* Missing, null, "" and an empty list are the same. */
gboolean kith_merge_equal (JsonNode *a, JsonNode *b);

G_END_DECLS
