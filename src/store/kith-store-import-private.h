/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-store-import.h"
#include "kith-store-private.h"

G_BEGIN_DECLS

#define KITH_IMPORT_BILLING "billing" /* in a row's body, and in what was filled in: what it says of the insurance, of the other form than the rest */

/* kith-store-import.c */
gboolean kith_import_load_job (KithStore *self, const char *id, char **source, char **state, char **started, GError **error);
gboolean kith_import_refuse_missing (GError **error);
gboolean kith_import_note_state (KithStore *self, const char *id, const char *state, GError **error); /* the record that others of the agency see */

/* kith-store-import-same.c */
gboolean kith_import_tell_same (KithStore *self, const char *id, const char *agency, gint64 first, gint64 last, GError **error); /* of the rows that are new */

/* kith-store-import-known.c */
gboolean kith_import_know (KithStore *self, const char *id, gint64 first, gboolean *known, GError **error);

/* kith-store-import-maybe.c */
/* Of the rows that are new. known: as kith_import_know() says, or FALSE */
gboolean kith_import_tell_maybes (KithStore *self, const char *id, gint64 first, gint64 last, gboolean known, GError **error);
char *kith_import_undecided (const char *number, gint64 like); /* why such a row was not taken; number of who may be meant, or NULL, or an earlier row. Yours */

/* kith-store-import-join.c */
JsonObject *kith_import_missing_of (JsonObject *values, JsonObject *form, JsonObject *client); /* what a form of that client lacks, as record.patch takes it. Yours */
/* The same of all a row says; of the insurance, which is another form, within it. Only a client of the own agency gets anything: what another agency
 * knows is theirs to write. Yours; empty: nothing */
JsonObject *kith_import_missing (JsonObject *values, JsonObject *client, JsonObject *billing, const char *agency);
/* Out of that goes what somebody took away on purpose: for rows on which nobody decides one by one. */
gboolean kith_import_leave_emptied (KithStore *self, const char *client, JsonObject *set, GError **error);
/* Yours; *client: NULL: not here any more; *billing: empty: nothing is known */
gboolean kith_import_load_client (KithStore *self, const char *id, JsonObject **client, JsonObject **billing, GError **error);
/* Some of those said to be here already: what is missing there is filled in. n: how many rows */
gboolean kith_import_join (KithStore *self, const char *id, guint limit, guint *n, GError **error);
/* Some of those again: what is as it was filled in goes. */
gboolean kith_import_part (KithStore *self, const char *id, guint limit, guint *n, GError **error);

/* kith-store-import-twice.c */
gboolean kith_import_tell_twice (KithStore *self, const char *id, gint64 first, gint64 last, GError **error); /* of the rows that are new */
/* What the rows said to be the same person as this one say beside it goes into it; *billing may be NULL before. */
gboolean kith_import_merge_twice (KithStore *self, const char *id, const char *client, JsonObject *values, JsonObject **billing, GError **error);
gboolean kith_import_settle_twice (KithStore *self, const char *id, GError **error); /* nothing is on its way any more */

G_END_DECLS
