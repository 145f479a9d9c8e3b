/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "operations/op-common.h"

G_BEGIN_DECLS

JsonObject *kith_op_find_question (JsonArray *questions, const char *key); /* also an answer among answers; NULL: none (form.c) */

/* What operations that carry answers share (form-answers.c). One entry of answers: {"form","version","answers":[{"key","text","value" or "values"}]}:
 * the form's id, its version as it was answered, the words of each question as they were read. */

/* Are they described as they should be? NULL passes. */
gboolean kith_op_check_answers (JsonArray *entries, GError **error);

/* Puts a form_answer for each entry where `to` lies, whose id and kind it names. Answers about health go where `health` lies, which is put when
 * there are any, and its scope begun: only those with the flag may give them (U10). health NULL: such answers are refused.
 * A form that is not on this computer is left to the hub. Of a form as it is now, what must be answered is asked for, but for questions about
 * health: who may not see them is not asked. An older version is taken as it was answered: the change came too late for who wrote. */
gboolean kith_op_put_answers (KithOpContext *cx, JsonArray *entries, KithRecord *to, KithRecord *health, GError **error);

/* Answers of a call that are put right: what was answered before is kept (field_history), and who corrected it signs. seen: entries as above, of what their
 * author read of the same forms: where something else stands by now it is refused. An answer that stays is not asked to fit the form as it is today, and
 * nothing must be answered that was not answered before: nobody can ask the caller any more. *changed: whether something is another now. */
gboolean kith_op_correct_answers (KithOpContext *cx, JsonArray *entries, JsonArray *seen, KithRecord *to, gboolean *changed, GError **error);

/* The same of what nobody is given yet: what must be answered may be missing still. */
gboolean kith_op_keep_answers (KithOpContext *cx, JsonArray *entries, KithRecord *to, KithRecord *health, GError **error);

/* What the service or the queue `record` asks (NULL: nobody does) and must know: is its form among the entries? How that one is answered
 * kith_op_put_answers() checks. A form that came or changed after the author had last heard of the hub is not held against them, here or at
 * the hub: a van that was away for days asked what it was told to ask, and the client's referral must not wait for its return. The receiver
 * asks what is missing when it takes up contact (D6). */
gboolean kith_op_require_answers (KithOpContext *cx, JsonArray *entries, const char *record, GError **error);

/* Puts the record that health information hangs on, and begins its scope: by those with the flag alone. */
gboolean kith_op_put_health (KithOpContext *cx, KithRecord *health, GError **error);

G_END_DECLS
