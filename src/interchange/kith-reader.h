/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-problems.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* What every format's reader is: something that yields operations one after the other, and says what was wrong with
 * the rest. It knows no hub and no store; whoever submits the operations adds their refusals to the problems.
 *
 *   while (kith_reader_next (reader, &args, &error))
 *     submit (kith_reader_get_operation (reader), args, …); */
#define KITH_READER_ERROR (kith_reader_error_quark ())
GQuark kith_reader_error_quark (void);
typedef enum
{
  KITH_READER_ERROR_OPEN,    /* not there, or not readable */
  KITH_READER_ERROR_FORMAT,  /* not what this reader reads */
  KITH_READER_ERROR_MAPPING, /* a column mapping that makes no sense for this file */
} KithReaderError;

#define KITH_TYPE_READER (kith_reader_get_type ())
G_DECLARE_DERIVABLE_TYPE (KithReader, kith_reader, KITH, READER, GObject)

struct _KithReaderClass
{
  GObjectClass parent_class;

  const char *operation; /* the name all of a reader's operations have */
  gboolean (*next) (KithReader *self, JsonObject **args, GError **error);
  double (*progress) (KithReader *self);
};

const char *kith_reader_get_operation (KithReader *self);

/* FALSE at the end, or with error when nothing more can be read (what came before stands). */
gboolean kith_reader_next (KithReader *self, JsonObject **args, GError **error); /* args: transfer full */
KithProblems *kith_reader_get_problems (KithReader *self);                       /* borrowed */
const char *kith_reader_get_file (KithReader *self); /* where the last operation came from */
guint64 kith_reader_get_row (KithReader *self);
double kith_reader_get_progress (KithReader *self);  /* 0 … 1, of the bytes */
guint64 kith_reader_get_count (KithReader *self);    /* operations yielded */

/* How far a reader came, for a later one of the same input; no space is in it. It holds as long as every byte of the input and all else that
 * decides what is read from it is the same. */
char *kith_reader_get_position (KithReader *self, GError **error);
gboolean kith_reader_find (KithReader *self, const char *position, guint64 *count, GError **error);

/* For readers. */
void kith_reader_set_where (KithReader *self, const char *file, guint64 row);
void kith_reader_add_input (KithReader *self, const char *path);   /* a file it reads */
void kith_reader_add_setting (KithReader *self, const char *text); /* what else decides what it yields; may be NULL */

G_END_DECLS
