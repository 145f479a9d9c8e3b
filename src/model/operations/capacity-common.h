/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "operations/op-common.h"

G_BEGIN_DECLS

/* Free places (sync.md 2.5): the newest count, less the places held after it, plus those given back after it, never below nothing. */

/* Works `free`, `held` and `status` out anew and stores the record. */
gboolean kith_capacity_settle (KithOpContext *cx, KithRecord *capacity, GError **error);

/* A number and a state that cannot both be: full with places free, or open with none. values: free, status, as far as they are said. */
gboolean kith_capacity_contradicts (JsonObject *values);

/* Not given up (capacity.stop): somebody said how many places there are, or whether there are any. */
gboolean kith_capacity_is_counted (KithRecord *capacity);

/* Enters a count; without a number and a state, what is said about the one that stands. values: free, status, maximum, reserved, waiting, assess_first, kind, note, target_group, until, unit_name, period, per_referral, as far as
 * they are said; what is not said stays. An older count than the one that stands is kept and moves nothing. plan: or NULL. */
gboolean kith_capacity_observe (KithOpContext *cx, KithRecord *service, const char *unit, JsonObject *values, const char *observed_at,
                                const char *plan, GError **error);

/* The hub's derive, of a referral that was accepted: holds a place where the service counts them; where none is left the referral goes to
 * the wait list. Already held, or taken up: nothing. */
gboolean kith_capacity_take_place (KithOpContext *cx, KithRecord *referral, gboolean or_wait, GError **error);

/* The hub's derive, of a referral that is in service: it takes up the place it holds, or one that is free. Where none is free people have
 * found room that was not counted: it stays so until the next count. */
gboolean kith_capacity_take_up (KithOpContext *cx, KithRecord *referral, GError **error);

/* The hub's derive: what the referral holds is given back ("released") or taken up ("converted"). Holds none: nothing. */
gboolean kith_capacity_end_hold (KithOpContext *cx, KithRecord *referral, const char *state, GError **error);

/* The hub's derive, of a referral that waits or was a mistake: its place is free again, also one that was taken up. */
gboolean kith_capacity_give_back (KithOpContext *cx, KithRecord *referral, GError **error);

/* The hub's derive, of a referral that is worked on again after it was in service: what it had taken up is kept for it, as before. */
gboolean kith_capacity_keep_again (KithOpContext *cx, KithRecord *referral, GError **error);

/* The hub's derive, of a referral that was closed: what it holds is taken up (met) or given back; what was taken up already is left by now, and the next
 * count is one without it. */
gboolean kith_capacity_close_hold (KithOpContext *cx, KithRecord *referral, gboolean met, GError **error);

/* The hub's derive, of a referral that was closed and is worked on again: what it had taken up is kept for it, as before. Who counted in between counted
 * without it: then it takes a place as one that is accepted does. */
gboolean kith_capacity_come_back (KithOpContext *cx, KithRecord *referral, GError **error);

G_END_DECLS
