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
} KithColumnPlace;

#define KITH_COLUMN_PHONES 3 /* a list has columns for so many */

/* One field and the columns it is read from. */
typedef struct
{
  char *target;
  KithColumnPlace place;
  const KithField *field; /* NULL for source_id */
  guint phone;            /* the how manieth of the client's */
  GArray *columns;        /* guint */
  char *format;           /* of a date; NULL: guessed */
  guint64 ways[2];        /* of dates that stand there in both ways: a row that can only be read by format, and one only the other way round; else 0 */
} KithColumn;

/* (element-type KithColumn) for a header that was read; see KithClientReaderOptions for the text. */
GPtrArray *kith_column_map_new (const char *text, KithSheet *sheet, GError **error);
char *kith_column_map_print (GPtrArray *map, KithSheet *sheet, const char *set, const char *format);
char *kith_column_map_describe (GPtrArray *map, KithSheet *sheet);
gboolean kith_column_guess_format (KithColumn *self, KithSheet *sheet);
char *kith_column_text (const KithColumn *self, KithSheet *sheet); /* of this row, joined */
JsonNode *kith_column_value (const KithColumn *self, const char *text, const char *today, char **reason);
gboolean kith_column_find (const char *target, KithColumnPlace *place, const KithField **field, guint *phone);
/* For whoever lets a person map columns to fields. */
char *kith_column_guess (const char *name);        /* NULL: no idea. g_free() */
GPtrArray *kith_column_targets (void);             /* (element-type utf8) */
const char *kith_column_label (const char *target);
gboolean kith_column_is_date (const KithColumn *self);

G_END_DECLS
