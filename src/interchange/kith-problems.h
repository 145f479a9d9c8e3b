/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What was wrong with an input: where, which field, why, and what became of it. Keeps the first ones and counts all, so that
 * a file of nothing but faults does not fill the memory. The texts are for the person who owns the file. */
typedef struct
{
  const char *file;
  guint64 row;        /* as a spreadsheet counts: the header is 1; 0: the file as a whole */
  const char *field;  /* NULL: the row as a whole */
  const char *reason;
  gboolean taken;     /* the row was taken nevertheless, without this value or mended */
  gboolean here;      /* what the row is of is there already, and was left as it is */
} KithProblem;

typedef struct _KithProblems KithProblems;

KithProblems *kith_problems_new (guint max_kept); /* 0: 1,000 */
KithProblems *kith_problems_ref (KithProblems *self);
void kith_problems_unref (KithProblems *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KithProblems, kith_problems_unref)

void kith_problems_add (KithProblems *self, const char *file, guint64 row, const char *field, gboolean taken, const char *format, ...)
  G_GNUC_PRINTF (6, 7);
/* The list says something else than what is there already, and that is left as it is: no fault of the row's, and not counted as one left out. */
void kith_problems_add_here (KithProblems *self, const char *file, guint64 row, const char *field, const char *reason);
void kith_problems_set_muted (KithProblems *self, gboolean muted); /* while rows seen before are skipped; nests */

guint64 kith_problems_total (KithProblems *self);    /* all there were, kept or not */
guint64 kith_problems_left_out (KithProblems *self); /* rows not taken; what is wrong with one row is told in one go */
guint kith_problems_kept (KithProblems *self);
const KithProblem *kith_problems_get (KithProblems *self, guint i);

/* {"total":n,"left_out":n,"shown":n,"problems":[{"file","row","field","reason","taken","here"}]} */
JsonObject *kith_problems_to_json (KithProblems *self);
char *kith_problems_to_text (KithProblems *self); /* a line each: "clients.csv, row 12, date_of_birth: …" */

G_END_DECLS
