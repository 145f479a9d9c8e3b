/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-record.h"

G_BEGIN_DECLS

/* Duplicate matching (domain.md 5). Pure: people in, pairs with what speaks for and against them out. Nothing here joins records:
 * a link is a proposal that a person decides. Normalised texts throughout, see kith_text_fold(). */

/* --- comparators: kith-match-compare.c -------------------------------------------------------------------------------- */

double kith_match_jaro (const char *a, const char *b);            /* 0 to 1 */
double kith_match_jaro_winkler (const char *a, const char *b);    /* 0 to 1; p 0.1, prefix up to 4 */
guint kith_match_damerau (const char *a, const char *b);          /* edits; two neighbours swapped are one */
guint kith_match_levenshtein (const char *a, const char *b);      /* edits; a swap is two */
double kith_match_levenshtein_similarity (const char *a, const char *b); /* 1 - edits / the longer one's length */
#define KITH_MATCH_SOUNDEX_SIZE 5
void kith_match_soundex (const char *folded, char code[KITH_MATCH_SOUNDEX_SIZE]); /* "" for a word without a letter a to z */

/* --- names: kith-match-names.c ---------------------------------------------------------------------------------------- */

const char *kith_match_formal_name (const char *folded_given);    /* "bob" → "robert"; the word itself when it is no short form */
gboolean kith_match_same_nickname (const char *folded_a, const char *folded_b);

/* --- a person as compared: kith-match-person.c ------------------------------------------------------------------------ */

typedef enum
{
  KITH_MATCH_GIVEN,
  KITH_MATCH_FAMILY,
  KITH_MATCH_BIRTH,
  KITH_MATCH_PHONE,
  KITH_MATCH_POSTCODE,
  KITH_MATCH_STREET,  /* with the house number */
  KITH_MATCH_UNIT,    /* second address line */
  KITH_MATCH_CITY,
  KITH_MATCH_STATE,
  KITH_MATCH_NUMBER,  /* a number of an office: social security and the like */
  KITH_MATCH_N_FIELDS,
} KithMatchField;

#define KITH_MATCH_BIT(field) (1u << (field))
#define KITH_MATCH_NAME (KITH_MATCH_BIT (KITH_MATCH_GIVEN) | KITH_MATCH_BIT (KITH_MATCH_FAMILY))
#define KITH_MATCH_ALL (KITH_MATCH_BIT (KITH_MATCH_N_FIELDS) - 1)

typedef struct _KithMatchPerson KithMatchPerson;

KithMatchPerson *kith_match_person_new (void);
void kith_match_person_free (KithMatchPerson *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KithMatchPerson, kith_match_person_free)
/* Any text as it was typed, NULL or "" is missing; a second value of the same field is another one of it (phones, two family names).
 * BIRTH: "1988", "1988-04", "1988-04-07" or 19880407. */
void kith_match_person_add (KithMatchPerson *self, KithMatchField field, const char *text);
void kith_match_person_add_client (KithMatchPerson *self, KithRecord *client); /* a client, or a care record: what it has */
gboolean kith_match_person_has (const KithMatchPerson *self, KithMatchField field);
const char *kith_match_person_get (const KithMatchPerson *self, KithMatchField field); /* the first value, normalised; "" when missing */

/* Blocking: two people are compared only when they share a key. The first letter of a key says which pass it is of. Only of the
 * fields named. (transfer full) (element-type utf8) */
GPtrArray *kith_match_person_keys (const KithMatchPerson *self, guint fields);

/* Words that a store looks clients up by, beside the digits of their phones (kith_record_digits): "sg620", "y1988", "d0407" (the smaller
 * of month and day first). "" when there is none. A date may be a part of one. */
#define KITH_MATCH_WORD_SIZE 6
void kith_match_sound_word (const char *folded_word, char word[KITH_MATCH_WORD_SIZE]);
void kith_match_year_word (const char *date, char word[KITH_MATCH_WORD_SIZE]);
void kith_match_day_word (const char *date, char word[KITH_MATCH_WORD_SIZE]);
char *kith_match_swapped_day (const char *date); /* "1988-04-07" → "1988-07-04"; NULL: it has no such other date (transfer full) */

/* --- how common a value is: kith-match-common.c ----------------------------------------------------------------------- */

typedef struct _KithMatchCommon KithMatchCommon;

KithMatchCommon *kith_match_common_new (void);
void kith_match_common_free (KithMatchCommon *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KithMatchCommon, kith_match_common_free)
void kith_match_common_count (KithMatchCommon *self, const KithMatchPerson *person);
void kith_match_common_set (KithMatchCommon *self, KithMatchField field, const char *normalised, guint64 n);
void kith_match_common_set_people (KithMatchCommon *self, guint64 n);
double kith_match_common_share (const KithMatchCommon *self, KithMatchField field, const char *normalised); /* 0: not known */

/* --- weighing: kith-match-weigh.c ------------------------------------------------------------------------------------- */

typedef enum
{
  KITH_MATCH_MISSING, /* neutral: no weight at all */
  KITH_MATCH_DIFFERS,
  KITH_MATCH_FAR,
  KITH_MATCH_NEAR,
  KITH_MATCH_EXACT,
} KithMatchLevel;

typedef enum
{
  KITH_MATCH_NO,     /* somebody else */
  KITH_MATCH_REVIEW, /* a person should look */
  KITH_MATCH_LINK,   /* proposed as the same; still a person's to decide */
} KithMatchZone;

typedef struct
{
  KithMatchLevel levels[KITH_MATCH_N_FIELDS];
  gboolean swapped;       /* given and family name stand in each other's place */
  double weight;          /* bits: log2 of how much likelier what is seen is for one person than for two */
  double probability;     /* that it is one person, 0 to 1, see kith_match_weigh() */
  KithMatchZone zone;
} KithMatchResult;

/* common may be NULL. people: how many the other one was picked from; fields: KITH_MATCH_BIT() of those that count. */
void kith_match_weigh (const KithMatchPerson *a, const KithMatchPerson *b, const KithMatchCommon *common, guint64 people, guint fields,
                       KithMatchResult *result);
const char *kith_match_zone_name (KithMatchZone zone); /* "no", "review", "link" */

/* --- for somebody to look at: kith-match-describe.c -------------------------------------------------------------------- */

JsonNode *kith_match_values (KithRecord *client);
void kith_match_set_levels (KithRecord *match, KithRecord *first, KithRecord *second);

/* --- many at once: kith-match-batch.c, kith-match-toolkit.c ----------------------------------------------------------- */

typedef struct
{
  guint a, b; /* places in the list (b: of the second list where there is one); a < b in one list */
  float weight, probability;
  KithMatchZone zone;
} KithMatchPair;

typedef struct
{
  guint64 candidates; /* pairs compared */
  GArray *pairs;      /* KithMatchPair of zone LINK and REVIEW, ordered by a, b */
} KithMatchBatch;

void kith_match_batch_free (KithMatchBatch *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KithMatchBatch, kith_match_batch_free)
/* people, others: (element-type KithMatchPerson); others NULL: duplicates within people. progress may be NULL: called now and then. */
typedef void (*KithMatchProgress) (guint64 done, guint64 of, gpointer user_data);
KithMatchBatch *kith_match_batch (GPtrArray *people, GPtrArray *others, guint fields, KithMatchProgress progress, gpointer user_data);
/* For each of n people the number of the cluster it is in, by LINK pairs of one list. Never merged by anybody but a person. (transfer full) */
guint *kith_match_clusters (guint n, const KithMatchBatch *batch);

/* The published rule of domain.md 5b, over texts as they stand in the file: a measure for the comparators, not what Kith proposes. */
typedef struct
{
  const char *given, *surname, *birth, *suburb, *state, *address; /* borrowed; NULL or "" is missing */
} KithMatchRow;

typedef struct
{
  guint64 blocked; /* pairs with the same given name */
  guint64 links;   /* of a score above 3 */
  guint64 scores[7];
} KithMatchToolkit;

typedef void (*KithMatchToolkitLink) (guint a, guint b, gpointer user_data);
void kith_match_toolkit (const KithMatchRow *rows, guint n, const KithMatchRow *others, guint n_others, KithMatchToolkit *result,
                         KithMatchToolkitLink link, gpointer user_data);

G_END_DECLS
