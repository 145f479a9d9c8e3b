/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-json.h"

G_BEGIN_DECLS

/* Newline-delimited JSON: one object per line. Each line goes through the guarded parser, so a hostile line costs no
 * more than its bytes, and a cut body still gives every whole line before the cut. */
typedef struct _KithLineWriter KithLineWriter;

KithLineWriter *kith_line_writer_new (void);
void kith_line_writer_free (KithLineWriter *self);
void kith_line_writer_add (KithLineWriter *self, JsonObject *line);      /* transfer full; canonical text */
void kith_line_writer_add_text (KithLineWriter *self, const char *json); /* a line made before: stored outcomes go out byte by byte as the first time */
gsize kith_line_writer_get_size (KithLineWriter *self);
GString *kith_line_writer_get_buffer (KithLineWriter *self); /* borrowed: for rows put together from stored text; each ends in '\n' */
GBytes *kith_line_writer_finish (KithLineWriter *self);      /* what was written; the writer is empty again */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KithLineWriter, kith_line_writer_free)

typedef struct _KithLineReader KithLineReader;

KithLineReader *kith_line_reader_new (GBytes *body, gsize max_line); /* 0: 1 MiB; depth as the protocol has it */
void kith_line_reader_free (KithLineReader *self);
/* The next line as it came, without its newline; empty lines are passed over. FALSE at the end. A last line without
 * newline is not given: it may be cut (kith_line_reader_is_cut). */
gboolean kith_line_reader_next (KithLineReader *self, const char **line, gsize *length);
JsonObject *kith_line_reader_parse (KithLineReader *self, const char *line, gsize length, GError **error); /* transfer full; KITH_JSON_ERROR */
/* Both in one. NULL without error: the end. */
JsonObject *kith_line_reader_next_object (KithLineReader *self, GError **error);
gboolean kith_line_reader_is_cut (KithLineReader *self); /* known after the end: bytes without a newline were left */
guint kith_line_reader_get_line (KithLineReader *self);  /* number of the line given last, from 1 */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KithLineReader, kith_line_reader_free)

G_END_DECLS
