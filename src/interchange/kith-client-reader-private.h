/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-client-reader.h"

#include "kith-column-map.h"

G_BEGIN_DECLS

#define KITH_TYPE_CLIENT_READER (kith_client_reader_get_type ())
G_DECLARE_FINAL_TYPE (KithClientReader, kith_client_reader, KITH, CLIENT_READER, KithReader)

struct _KithClientReader
{
  KithReader parent_instance;

  char *path, *file, *agency, *source, *import, *today;
  guint64 size;
  KithSheet *sheet;
  GPtrArray *map;
  gboolean has_source_id;
  GString *reason;       /* why the row being read cannot be taken */
  GString *remark;       /* what is left out of it, or read in another way */
  guint64 like;          /* the first row of the same names and birth date as the one being read; 0: none */
  GHashTable *seen;   /* set of 64-bit hashes of source ids: a few bytes for each row of a large file */
  GHashTable *people; /* 64-bit hash of names and birth date → the first row of them: as few */
};

/* kith-client-person.c: of the row the sheet is at */
JsonObject *kith_client_reader_read_person (KithClientReader *self); /* arguments of client.import, yours; NULL: self->reason says why it cannot be taken */
char *kith_client_reader_who (KithClientReader *self);               /* NULL: it does not say. Yours */

G_END_DECLS
