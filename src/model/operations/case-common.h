/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "operations/op-common.h"

G_BEGIN_DECLS

/* What the operations on cases share: who may, one line of the timeline, and who is on a client and its cases (A3 to A7, A11). */

/* Permission of an operation on the case that args name: working staff of the agency that runs it, who see it (A2). */
gboolean kith_op_permit_case (KithOpContext *cx, JsonObject *args, GError **error);
gboolean kith_op_check_case_agency (KithOpContext *cx, KithRecord *record, GError **error);

/* The case named in args; TRUE with NULL: not on this computer, left to the hub. */
gboolean kith_op_case (KithOpContext *cx, JsonObject *args, KithRecord **record, GError **error);

/* What is not general goes where the flag is needed to look (U10): refused unless the actor sees that part of the case. */
gboolean kith_op_check_sensitivity (KithOpContext *cx, const char *case_id, const char *sensitivity, GError **error);

/* One line of the timeline (case_event). values: members beside who, when and the type, or NULL (transfer full). */
gboolean kith_op_add_case_event (KithOpContext *cx, const char *case_id, const char *type, JsonObject *values, GError **error);

/* ---- who is on it; *changed becomes TRUE when something did ---- */
/* A3: on the client and on every case of the agency that is active now. */
gboolean kith_op_join_client (KithOpContext *cx, const char *client, const char *agency, const char *staff, gboolean *changed, GError **error);
/* A6: off the client and off all its cases of the agency, closed ones too. */
gboolean kith_op_leave_client (KithOpContext *cx, const char *client, const char *agency, const char *staff, gboolean *changed, GError **error);
/* A4: on the case and on its client. */
gboolean kith_op_join_case (KithOpContext *cx, const char *client, const char *case_id, const char *agency, const char *staff, gboolean *changed,
                            GError **error);
/* A7: off the case, not off the client. */
gboolean kith_op_leave_case (KithOpContext *cx, const char *case_id, const char *agency, const char *staff, gboolean *changed, GError **error);

/* Whose client a task is about; *client NULL: nobody's, or its case or referral is not on this computer. */
gboolean kith_op_client_of_task (KithOpContext *cx, KithRecord *task, char **client, GError **error);
gboolean kith_op_is_own_task (KithRecord *task); /* about nothing but what its person has to do: it lies where only that person sees it */
/* To somebody else, with what it said before; not of a person's own, whose history the next one never gets. The record is not put. */
gboolean kith_op_give_task (KithOpContext *cx, KithRecord *task, const char *to, GError **error);
/* What somebody taken off the client (case_id NULL), or off one case, still had to do about it is nobody's: it lies where they see it no more.
 * Not what is about a referral, which they have with the referral. */
gboolean kith_op_free_tasks (KithOpContext *cx, const char *client, const char *case_id, const char *agency, const char *staff, GError **error);

#define KITH_ARG_CASE { "case", KITH_FIELD_REF, N_("Case"), KITH_FIELD_REQUIRED, .target = "case" }

G_END_DECLS
