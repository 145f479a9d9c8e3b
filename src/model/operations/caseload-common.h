/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "operations/case-common.h"
#include "operations/referral-common.h"

G_BEGIN_DECLS

/* caseload-check.c. from may be NULL: nobody gives; *name: of whoever gets. */
gboolean kith_op_permit_caseload (KithOpContext *cx, JsonObject *args, GError **error);
gboolean kith_op_check_caseload_people (KithOpContext *cx, const char *from, const char *to, char **name, GError **error);
gboolean kith_op_check_caseload_moves (JsonArray *moves, GError **error);

/* caseload-undo.c, for the table in caseload.c. */
gboolean kith_op_permit_caseload_undo (KithOpContext *cx, JsonObject *args, GError **error);
gboolean kith_op_apply_caseload_undo (KithOpContext *cx, JsonObject *args, GError **error);
gboolean kith_op_derive_caseload_undo (KithOpContext *cx, JsonObject *args, GError **error);

/* caseload-crossed.c: who moved what a colleague had moved meanwhile is told. back: of caseload.undo */
gboolean kith_op_tell_crossed (KithOpContext *cx, JsonObject *args, gboolean back, GError **error);

G_END_DECLS
