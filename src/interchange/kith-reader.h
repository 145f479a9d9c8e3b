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
  guint64 (*input_size) (KithReader *self); /* bytes: a position holds for an input of this size only */
};

const char *kith_reader_get_operation (KithReader *self);

/* FALSE at the end, or with error when nothing more can be read (what came before stands). */
gboolean kith_reader_next (KithReader *self, JsonObject **args, GError **error); /* args: transfer full */
KithProblems *kith_reader_get_problems (KithReader *self);                       /* borrowed */
const char *kith_reader_get_file (KithReader *self); /* where the last operation came from */
guint64 kith_reader_get_row (KithReader *self);
double kith_reader_get_progress (KithReader *self);  /* 0 … 1, of the bytes */
guint64 kith_reader_get_count (KithReader *self);    /* operations yielded, skipped ones too */

/* Where to go on after the last operation yielded. Going on means skipping, without telling again what was wrong before;
 * for another input (another size) it starts from the beginning, which doubles nothing since ids follow from sources. */
char *kith_reader_get_position (KithReader *self);
gboolean kith_reader_continue (KithReader *self, const char *position, GError **error); /* before the first next */

/* For readers. */
void kith_reader_set_where (KithReader *self, const char *file, guint64 row);

G_END_DECLS
