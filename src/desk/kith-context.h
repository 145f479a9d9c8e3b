/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "kith-clock.h"
#include "kith-json.h"
#include "kith-random.h"

#include "kith-desktop.h"

G_BEGIN_DECLS

/* What is handed down to every page: the desktop's data, the clock, and the way to change something and to say so.
 * Nothing in a page reaches for a global. Main thread only.
 * Signals: "toast" (text, op_id or NULL): op_id can still be undone; "problem" (title, text): something was refused or failed;
 * "needing-changed": kith_context_get_needing ();
 * "actor-changed": who is signed in is known now, or works for another agency (at the very first sign-in, not before the first fill). */
#define KITH_TYPE_CONTEXT (kith_context_get_type ())
G_DECLARE_FINAL_TYPE (KithContext, kith_context, KITH, CONTEXT, GObject)

#define KITH_IDLE_MOST 30 /* minutes until it locks, where no agency asks for less */
#define KITH_UNDO_MS 8000 /* how long an undo toast shows, and an operation waits for it (design.md 2.2, 8) */

KithContext *kith_context_new (KithDesktop *desktop, KithClock *clock);
KithDesktop *kith_context_get_desktop (KithContext *self);
KithClock *kith_context_get_clock (KithContext *self);
gint64 kith_context_get_now (KithContext *self);          /* wall ms */
const char *kith_context_get_agency (KithContext *self);  /* "" for network staff and before the first fill */
const char *kith_context_get_side (KithContext *self);    /* the same as a referral says it: "network" for network staff */
const char *kith_context_get_user (KithContext *self);    /* staff id, "" before the first fill */
GSettings *kith_context_get_settings (KithContext *self); /* org.kith.Kith: what this person chose on this computer */
gboolean kith_context_has_idle_limit (KithContext *self); /* the agency has set one */
guint kith_context_get_idle_limit (KithContext *self);    /* minutes: the longest time until it locks that the agency allows */
/* How much waits for this person to decide on, as Needs Attention shows it; until that page was filled, what the store counts. */
guint kith_context_get_needing (KithContext *self);
void kith_context_set_needing (KithContext *self, guint n);
char *kith_context_new_id (KithContext *self);            /* for a record this person makes */

KithListModel *kith_context_list (KithContext *self, const char *query, const char *const *kinds, const char *arg);

/* args: transfer full. done: what the toast says, NULL: no toast. With undo the toast offers it and the operation waits.
 * callback may be NULL: then a refusal is told through "problem". */
void kith_context_submit (KithContext *self, const char *op, JsonObject *args, const char *done, gboolean undo,
                          GAsyncReadyCallback callback, gpointer user_data);
void kith_context_submit_draft (KithContext *self, const char *op, JsonObject *args, const char *draft, const char *done, gboolean undo,
                                GAsyncReadyCallback callback, gpointer user_data); /* draft: as below. A window: kith_draft_submit () */
/* What one Save does, all or nothing (kith_store_step_new ()); steps: transfer full; draft: the key of the one that ends with it, NULL: none.
 * kith_context_submit_finish (). A form: kith_form_submit (). */
void kith_context_submit_all (KithContext *self, GPtrArray *steps, const char *draft, const char *done, GAsyncReadyCallback callback, gpointer user_data);
gboolean kith_context_submit_finish (KithContext *self, GAsyncResult *result, GError **error);
JsonObject *kith_context_submit_get_now (KithContext *self, GAsyncResult *result); /* what the hub told with it; NULL: nothing */

void kith_context_toast (KithContext *self, const char *text);
void kith_context_toast_undo (KithContext *self, const char *text, const char *op_id); /* an operation that can still be taken back */
/* Notes that something was read, saved or printed (C13), queued like all else; opening the same within half an hour is one entry.
 * what: of audit_action; the others may be NULL. Its author cannot read it back. */
void kith_context_audit (KithContext *self, const char *what, const char *client, const char *kind, const char *record, const char *detail);
void kith_context_problem (KithContext *self, const char *title, const GError *error);

G_END_DECLS
