/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-record.h"

G_BEGIN_DECLS

/* Bodies parsed before, for a world over a database: the same record is read many times in one operation. An entry is used only for the very text
 * it was parsed from, so nothing has to be told of changes, rollbacks or other connections. Used by one thread at a time. */
typedef struct _KithRecordCache KithRecordCache;

KithRecordCache *kith_record_cache_new (gsize max_bytes); /* of text; what is parsed takes about five times that */
void kith_record_cache_free (KithRecordCache *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KithRecordCache, kith_record_cache_free)

KithRecord *kith_record_cache_parse (KithRecordCache *self, const KithKind *kind, const char *id, const char *body, GError **error); /* a copy that is yours */

G_END_DECLS
