/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "operations/case-common.h"
#include "operations/referral-common.h"

G_BEGIN_DECLS

/* caseload-undo.c, for the table in caseload.c. */
gboolean kith_op_permit_caseload_undo (KithOpContext *cx, JsonObject *args, GError **error);
gboolean kith_op_apply_caseload_undo (KithOpContext *cx, JsonObject *args, GError **error);

G_END_DECLS
