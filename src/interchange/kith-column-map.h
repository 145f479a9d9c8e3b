/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-sheet.h"
#include "kith-kind.h"

G_BEGIN_DECLS

typedef enum
{
  KITH_COLUMN_SOURCE_ID,
  KITH_COLUMN_FIELD,   /* of client */
  KITH_COLUMN_ADDRESS, /* of client's address */
  KITH_COLUMN_PHONE,   /* of one of client's phones */
  KITH_COLUMN_BILLING, /* of client_billing */
  KITH_COLUMN_NAME,    /* client's names, all in one: "López Hernández, María" */
} KithColumnPlace;

#define KITH_COLUMN_PHONES 3 /* a list has columns for so many */

typedef enum
{
  KITH_COLUMN_M_OPEN,
  KITH_COLUMN_M_MAN,
  KITH_COLUMN_M_WOMAN,
} KithColumnM;

/* One field and the columns it is read from. */
typedef struct
{
  char *target;
  KithColumnPlace place;
  const KithField *field; /* NULL for source_id and for whole names */
  guint phone;            /* the how manieth of the client's */
  GArray *columns;        /* guint */
  char *format;           /* of a date; NULL: guessed */
  gboolean doubtful;      /* of dates: it is open which of the two numbers is the month */
  guint64 ways[2];        /* of doubtful dates that stand there in both ways: a row that can only be read by format, and one only the other way round; else 0 */
  KithColumnM m;          /* of a person's sex: what M means there */
  gboolean family_first;  /* of whole names: by the heading */
} KithColumn;

/* (element-type KithColumn) for a header that was read; see KithClientReaderOptions for the text. */
GPtrArray *kith_column_map_new (const char *text, KithSheet *sheet, GPtrArray *values, GError **error); /* values: see kith_sheet_read_values() */
char *kith_column_map_print (GPtrArray *map, KithSheet *sheet, const char *set, const char *format);
char *kith_column_map_describe (GPtrArray *map, KithSheet *sheet);
void kith_column_map_look (GPtrArray *map, KithSheet *sheet);
char *kith_column_text (const KithColumn *self, KithSheet *sheet); /* of this row, joined */
JsonNode *kith_column_value (const KithColumn *self, const char *text, const char *today, char **reason);
char *kith_column_date_problem (const char *target, const char *format, const char *text, const char *today); /* NULL: none. g_free() */
gboolean kith_column_find (const char *target, KithColumnPlace *place, const KithField **field, guint *phone);
/* For whoever lets a person map columns to fields. */
char *kith_column_guess (const char *name);        /* NULL: no idea. g_free() */
char *kith_column_guess_of (const char *name, GPtrArray *values); /* the same, when it is known what stands in it */
GPtrArray *kith_column_guess_all (GPtrArray *names, GPtrArray *values); /* (element-type utf8): by column, NULL: no idea; values: see kith_column_guess_of(), or NULL */
GPtrArray *kith_column_targets (void);             /* (element-type utf8) */
const char *kith_column_label (const char *target);
gboolean kith_column_is_date (const KithColumn *self);

/* kith-column-values.c */
gboolean kith_column_says_nothing (const KithColumn *self, const char *text); /* "Yes", where an insurance is to be named */
gboolean kith_column_is_cut (const char *text);                               /* "5.55E+09" */
gboolean kith_column_is_family_first (const char *name);                        /* so a heading has it */
gboolean kith_column_split_name (const char *text, gboolean family_first, JsonObject *values, char **reason); /* FALSE: reason says why it cannot be split */
gboolean kith_column_is_total (JsonObject *values);                           /* of a client: "Total: 30", nobody's name */

G_END_DECLS
