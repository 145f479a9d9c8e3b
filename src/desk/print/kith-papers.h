/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"
#include "kith-kind.h"
#include "kith-pages.h"

G_BEGIN_DECLS

/* What is printed of a client, from what this computer holds, in the client's language. */
typedef enum { KITH_PAPER_FACE_SHEET, KITH_PAPER_CONSENT, KITH_PAPER_CORRECTIONS, KITH_PAPER_RECORD, KITH_N_PAPERS } KithPaper;

/* What only the whole record says (C19): of queries of their own, which may have thousands of rows. */
typedef enum
{
  KITH_PART_HOUSEHOLD,
  KITH_PART_BILLING,
  KITH_PART_HEALTH,
  KITH_PART_CASES,
  KITH_PART_GOALS, /* what was written in the cases: asked for by itself */
  KITH_PART_ASSESSMENTS,
  KITH_PART_NOTES,
  KITH_PART_PROGRAMS,
  KITH_PART_TASKS,
  KITH_PART_DOCUMENTS,
  KITH_PART_SERVICES,
  KITH_PART_REFERRALS,
  KITH_N_PARTS
} KithPaperPart;

typedef struct
{
  KithRow *client;                               /* of the query client; NULL: not on this computer, and of the papers only the corrections can be printed */
  GPtrArray *consents, *team, *enrolled, *alerts; /* (element-type KithRow) of the queries of the record; NULL: none */
  const char *printer, *agency;                  /* who prints, at which agency */
  gint64 now;                                    /* wall ms */
  GPtrArray *corrections;                        /* (element-type KithRow) of the query client-amendments; NULL: none */
  GPtrArray *const *parts;                       /* [KITH_N_PARTS] (element-type KithRow) of the whole record, each NULL where it was not asked for (the face sheet has the household alone); NULL: none was */
  gboolean without_health;                       /* who prints may not see health information (U10): the whole record says that there is none of it */
  const char *agency_id;                         /* of the one at which is printed; NULL: of none */
  const char *consent;                           /* which of them its form says; "": none, it is blank; NULL: the newest in force, else the newest */
} KithPaperFacts;

const char *kith_paper_title (KithPaper paper); /* not translated: "Face sheet" */
void kith_paper_add_corrections (KithPages *sheet, GPtrArray *rows, const KithCatalogue *catalogue);
char *kith_paper_moment (const KithCatalogue *catalogue, gint64 ms); /* yours */
void kith_paper_add_fields (KithPages *sheet, const KithKind *kind, const char *const *shown, JsonObject *body, const char *heading, const KithCatalogue *catalogue);
/* kith-papers-reach.c */
char *kith_paper_phones (const KithCatalogue *catalogue, JsonObject *body);    /* with what is safe; a line each; yours; NULL: none */
char *kith_paper_email (const KithCatalogue *catalogue, JsonObject *body);     /* with whether it is safe; yours; NULL: none */
char *kith_paper_home (const KithCatalogue *catalogue, JsonObject *address);   /* a person's, with its use and whether a letter is safe; yours; NULL: none */
char *kith_paper_languages (const KithCatalogue *catalogue, JsonObject *body); /* and an interpreter that is needed; yours; NULL: none */
/* kith-papers-whole.c */
const char *kith_paper_part_query (KithPaperPart part);
gboolean kith_paper_part_is_of_cases (KithPaperPart part); /* what was written in a case: its notes, assessments and goals */
void kith_paper_add_part (KithPages *sheet, const KithPaperFacts *facts, const KithCatalogue *catalogue, KithPaperPart part);
void kith_paper_add_parts (KithPages *sheet, const KithPaperFacts *facts, const KithCatalogue *catalogue);
gboolean kith_paper_says_health (const KithPaperFacts *facts);
/* kith-papers-consent.c */
KithRow *kith_paper_consent (const KithPaperFacts *facts);
void kith_paper_add_scope (KithPages *sheet, KithRow *row, const KithCatalogue *catalogue);
char *kith_paper_receivers (KithRow *row, const KithCatalogue *catalogue);
char *kith_paper_basis (const KithPaperFacts *facts, const KithCatalogue *catalogue);
gboolean kith_paper_shares_health (const KithPaperFacts *facts);
char *kith_paper_words_for_classes (JsonArray *classes, const KithCatalogue *catalogue); /* yours; NULL: none */
char *kith_paper_consent_basis (KithRow *row, const KithCatalogue *catalogue); /* of one consent; yours */
char *kith_paper_consent_words (KithRow *row, gint64 now);
KithPages *kith_paper_new (KithPaper paper, const KithPaperFacts *facts, const KithCatalogue *catalogue);

G_END_DECLS
