/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-reader.h"

G_BEGIN_DECLS

/* Reads a directory in HSDS 3: a folder of CSV tables, a JSON file of the tabular form, an answer of the API (one record, or a
 * page of them, nested as they come), or a folder of such JSON files. Yields directory.put with {t, source, source_id, body},
 * what others refer to first; ids in bodies are Kith's, made from the source's. kith_kinds_register() must have run. */
KithReader *kith_hsds_reader_new (const char *path, const char *source, GError **error);

G_END_DECLS
