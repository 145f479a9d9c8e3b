/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A CSV file as spreadsheets open it: UTF-8 with a byte order mark, CR LF, quotes where needed. A text that a spreadsheet would run as a
 * formula gets a ' in front. */
typedef struct _KithCsvWriter KithCsvWriter;

KithCsvWriter *kith_csv_writer_new (GOutputStream *stream);
void kith_csv_writer_free (KithCsvWriter *self); /* does not close the stream */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KithCsvWriter, kith_csv_writer_free)

void kith_csv_writer_add (KithCsvWriter *self, const char *text);      /* the next field; NULL: an empty one */
void kith_csv_writer_add_list (KithCsvWriter *self, const char *json); /* fields of a JSON list of texts; NULL: none */
gboolean kith_csv_writer_end_row (KithCsvWriter *self, GError **error);

G_END_DECLS
