/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-operation.h"

G_BEGIN_DECLS

/* Inside model only: the tables that registration draws together. */

const KithKind *const *kith_kinds_tables (guint *n); /* kinds/kith-kinds.c: kinds with a table, in the order they are synced */
const KithKind *const *kith_kinds_parts (guint *n);  /* kinds/kith-kinds.c: nested parts */

GType kith_record_register_type (const KithKind *kind); /* kith-record-properties.c */
JsonObject *kith_record_peek_body (KithRecord *self);   /* for reading at once: unlike get_body it promises nothing to who keeps it */

GPtrArray *kith_phone_numbers (const char *text);        /* kith-record-find.c: those of a cell, as their digits */

extern const KithOperation kith_operations_record_patch[]; /* kith-record-patch.c; ended by an entry without a name */

G_END_DECLS
