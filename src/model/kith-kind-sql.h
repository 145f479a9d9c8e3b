/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-record.h"

G_BEGIN_DECLS

/* SQL text from the field tables, for the desktop's store and the hub alike. Model runs none of it.
 *
 * A kind's table has id, body and the columns made from it (the desktop's by SQLite, the hub's by what writes a row); the desktop's also scope (a number) and q. A searched kind has a plain column find
 * (kith_record_find_text), one with DIGITS fields another, digits (kith_record_digits): both are columns of one FTS5 table KIND_find, external content,
 * kept by triggers, so that put, remove and a purge by scope need nothing more. A phone's tail is a prefix of its reversed digits:
 * "digits : 2410*"; names are looked for in "find : mar* lop*". Searched tables have a rowid of their own, rid, that VACUUM leaves alone. */

char *kith_sql_name (const char *name); /* of a kind or a field, as it stands in a statement */

/* Parameters: desk ?1 id ?2 scope ?3 q ?4 body ?5 find ?6 digits; hub ?1 id ?2 body ?3 find ?4 digits. find and digits exist only where
 * kith_kind_is_searched () and kith_kind_has_digits () say so; with digits alone, digits takes find's number. */
char *kith_kind_sql_put (const KithKind *kind, gboolean desk);
char *kith_kind_sql_add (const KithKind *kind, gboolean desk);
/* ?1 id ?2 body, at the hub: of a row that is there and is found as before; set_body: and whose columns stay (kith_kind_sql_columns_alike ()) */
char *kith_kind_sql_set_body (const KithKind *kind);
char *kith_kind_sql_set_columns (const KithKind *kind);
gboolean kith_kind_sql_columns_alike (KithRecord *a, KithRecord *b);
char *kith_kind_sql_get (const KithKind *kind, gboolean desk);    /* ?1 id → body [, scope, q] */
char *kith_kind_sql_remove (const KithKind *kind);                /* ?1 id */
/* ?1 the field's value as text (a switch: "1" or "0"), ?2 scope's number when with_scope (desk only; field NULL: it is ?1) → id, body in id order. */
char *kith_kind_sql_find (const KithKind *kind, const char *field, gboolean with_scope);

/* At the hub scopes have no column: an INDEXED field (or "id") and the value it must have for a record to lie in scope; what is found by it is then
 * compared by kith_record_scope (). FALSE: only a scan finds them ("dir"). */
gboolean kith_kind_scope_key (const KithKind *kind, const char *scope, const char **field, char **value);

/* Around the first fill of an empty store: without indexes and search, then both built at once. */
char *kith_kind_sql_fill_begin (const KithKind *kind);
char *kith_kind_sql_fill_end (const KithKind *kind);
/* Whether its search says what its rows say (fails where it does not), and its search made from them; NULL where it has none. */
char *kith_kind_sql_find_proof (const KithKind *kind);
char *kith_kind_sql_find_rebuild (const KithKind *kind);
/* The same of the hub's columns: which records' are not what their body says, and made so; NULL where it has none. */
char *kith_kind_sql_columns_proof (const KithKind *kind);
char *kith_kind_sql_columns_rebuild (const KithKind *kind);
char *kith_kind_sql_set_aside (const KithKind *kind);
/* Run once after migrating; an SQLite before 3.42 refuses it, which is no failure. NULL when the kind is not searched. */
char *kith_kind_sql_secure_delete (const KithKind *kind);

char *kith_kinds_print_schema (gboolean desk); /* every kind's kith_kind_print_ddl (), in order */

G_END_DECLS
