/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-db.h"
#include "kith-kind.h"

G_BEGIN_DECLS

/* Search as one types (design.md 2.1): bounded queries (prefixes; where they were cut off exact names, my caseload, recently
 * opened), then scored here. Reads only, on any connection to a store. */

/* What somebody typed, taken apart. Pure. */
typedef struct
{
  GPtrArray *words;  /* (element-type utf8), folded */
  GPtrArray *also;   /* (element-type GPtrArray) for each word other words (utf8, folded; may be several) that say the same; NULL: none are looked for */
  char *digits;      /* the typed digits backwards when they may be the tail of a phone or a number; else NULL */
  char *date_from, *date_to; /* a date of birth or part of one: from ≤ date < to; NULL: none */
} KithSearchText;

KithSearchText *kith_search_text_parse (const char *text);
/* What the index is asked for: "maria" * AND "lop" * for prefixes, whole words without the stars; with each the others that say the same. A
 * single letter is no prefix to ask for. */
char *kith_search_text_match (const KithSearchText *self, gboolean prefixes);
guint kith_search_text_letters (const KithSearchText *self); /* words of one letter, of which the index knows nothing */
gboolean kith_search_text_has_digit (const KithSearchText *self); /* names have none, numbers of cases do */
int kith_search_fit (const char *find, const char *word); /* one typed word in a folded text: 2 a whole word of it, 1 the beginning of one, 0 not at all */
gboolean kith_search_text_has (const KithSearchText *self, guint i, const char *find); /* that word, or another for it, is in a folded text, or begins a word of it */
/* What the index is asked for people whose names sound as the typed words do (issue 3); NULL: a word is too short, or a number. */
char *kith_search_text_sounds (const KithSearchText *self);
/* The sounds of a folded text's words, a space before and behind each: what is in no index is compared with it. Yours */
char *kith_search_sounds (const char *find);
gboolean kith_search_text_sounds_like (const KithSearchText *self, const char *find); /* each typed word sounds as one of its words, or is short for one */
void kith_search_text_free (KithSearchText *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KithSearchText, kith_search_text_free)

/* Of client records that are said to be one person, the one that has a line in the lists: id itself where there is none. */
char *kith_search_front (KithDb *db, const char *id, const char *me, GError **error);

/* Ids of records of kind, best first. Records that are said to be one person are one of them, whichever was found. For clients those known only by their care record here are among them.
 * more: there are or may be others (optional). (transfer full) (element-type utf8) */
GPtrArray *kith_search_run (KithDb *db, const char *kind, const char *text, guint limit, gboolean *more, GError **error);
/* The same, and where each one's row is: whoever reads many of them need not look each up by its id. */
GPtrArray *kith_search_find (KithDb *db, const char *kind, const char *text, guint limit, GArray *rids, gboolean *more, GError **error);
/* Where nothing has all the words: what has some of them. */
GPtrArray *kith_search_any (KithDb *db, const char *kind, const char *text, guint limit, GError **error);

G_END_DECLS
