/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"
#include "kith-pages.h"

G_BEGIN_DECLS

/* What is printed of a client, from what this computer holds, in the client's language. */
typedef enum { KITH_PAPER_FACE_SHEET, KITH_PAPER_CONSENT, KITH_PAPER_CORRECTIONS, KITH_N_PAPERS } KithPaper;

typedef struct
{
  KithRow *client;                               /* of the query client; NULL: not on this computer, and of the papers only the corrections can be printed */
  GPtrArray *consents, *team, *enrolled, *alerts; /* (element-type KithRow) of the queries of the record; NULL: none */
  const char *printer, *agency;                  /* who prints, at which agency */
  gint64 now;                                    /* wall ms */
  GPtrArray *corrections;                        /* (element-type KithRow) of the query client-amendments; NULL: none */
} KithPaperFacts;

const char *kith_paper_title (KithPaper paper); /* not translated: "Face sheet" */
void kith_paper_add_corrections (KithPages *sheet, GPtrArray *rows, const KithCatalogue *catalogue);
char *kith_paper_moment (const KithCatalogue *catalogue, gint64 ms); /* yours */
char *kith_paper_phones (const KithCatalogue *catalogue, JsonObject *body);    /* with what is safe; a line each; yours; NULL: none */
char *kith_paper_languages (const KithCatalogue *catalogue, JsonObject *body); /* and an interpreter that is needed; yours; NULL: none */
KithPages *kith_paper_new (KithPaper paper, const KithPaperFacts *facts, const KithCatalogue *catalogue);

G_END_DECLS
