/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-reader.h"

G_BEGIN_DECLS

/* Reads people from a CSV file with a header row and yields client.import. A row is taken whole or not at all: one with a wrong
 * value is left out and told, so that the mended file can simply be read again.
 *
 * map: "given_name=first,family_name=last,date_of_birth=dob:%d/%m/%Y,address_1=number+street,source_id=ref". Left of the
 * sign a field of client or of client_billing, full_name, a part of its address, phone, phone_2, phone_3 (and what is said of one: phone_2_safe_to_call) or source_id (the other program's own id);
 * right of it the column (or "#3": the third), several joined by a space with +, and for dates how they are written. "febrl" is the layout of the FEBRL test sets.
 * NULL: columns are recognised by their names. Without a source_id rows are told apart by all they contain. */
typedef struct
{
  const char *path;
  const char *agency;
  const char *source;
  const char *import; /* id of the import record, or NULL */
  const char *map;
  const char *today;  /* "2026-11-22": nobody is born later; NULL: not checked */
} KithClientReaderOptions;

KithReader *kith_client_reader_new (const KithClientReaderOptions *options, GError **error);

#define KITH_CLIENT_READER_SAMPLE_ROWS 50 /* so many are looked at, to see what a column holds */

/* One row of the file, good or bad, for whoever keeps both. */
typedef struct
{
  guint64 row;      /* as a spreadsheet counts */
  JsonObject *args; /* of client.import; NULL: the row cannot be taken */
  char *who;        /* whom it is about, as it stands in the file, where it cannot be taken; NULL: it can, or does not say */
  char *reason;     /* why not, "Date of birth: “x” is not a date"; NULL: it can */
  char *remark;     /* what is left out of one that can be taken, or read in another way than it stands there; NULL: nothing */
  guint64 like;     /* an earlier row of the same names and birth date, that can be taken too; 0: none */
  JsonArray *cells; /* as they stand in the file */
} KithClientRow;
gboolean kith_client_reader_next_row (KithReader *self, KithClientRow *row, GError **error); /* FALSE at the end, or with error */
void kith_client_row_clear (KithClientRow *self);

/* How the dates of a field are read: "%m/%d/%Y"; NULL: as each one says. *ambiguous: it is open which of the numbers is the month. */
const char *kith_client_reader_get_date_format (KithReader *self, const char *target, gboolean *ambiguous);

/* The first field whose dates could be; NULL: none. And the map as it is read, that field's dates by another format: what options.map may be. */
const char *kith_client_reader_get_doubtful (KithReader *self, const char **format);
/* Whether they stand there in both ways: ways[0] a row that can be read by that format alone, ways[1] one only the other way round. */
gboolean kith_client_reader_get_ways (KithReader *self, const char *target, guint64 ways[2]);
char *kith_client_reader_print_map (KithReader *self, const char *target, const char *format);

gboolean kith_client_reader_has_ids (KithReader *self); /* a column holds the other program's own ids */

/* What was made of the header: "date_of_birth ← dob, read as %Y%m%d", a line each, and the columns not used. */
char *kith_client_reader_describe (KithReader *self);

G_END_DECLS
