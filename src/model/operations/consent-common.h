/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "operations/referral-common.h"

G_BEGIN_DECLS

/* What the act that takes a consent back makes of the client's open referrals (consent-keep.c, C5). keeps, recalls, client: nullable. */

/* The form only: it follows from the arguments and the time, so a desk and the hub agree on it. */
gboolean kith_op_check_keeps (KithOpContext *cx, JsonArray *keeps, GError **error);

/* Before the act, and after it. */
GHashTable *kith_op_find_kept (KithOpContext *cx, JsonArray *keeps, const char *client, GError **error);
gboolean kith_op_keep_referrals (KithOpContext *cx, JsonArray *keeps, GHashTable *covered, const char *client, const char *revoked, GError **error);
gboolean kith_op_recall_referrals (KithOpContext *cx, JsonArray *recalls, const char *client, const char *reason, GError **error);
gboolean kith_op_tell_recalled (KithOpContext *cx, JsonArray *recalls, GError **error); /* the hub's derive */

/* Naming a referral; *changed becomes TRUE when that is new. */
gboolean kith_op_take_back (KithOpContext *cx, KithRecord *referral, const char *reason, gboolean *changed, GError **error);

G_END_DECLS
