/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-db.h"
#include "kith-id.h"
#include "kith-operation.h"

G_BEGIN_DECLS

/* The desktop's truth: one encrypted file per hub and user. Synchronous, one thread at a time, no clock or random source of its own;
 * KithDesktop (kith-desktop.h) runs it and the sync engine on a worker thread for the windows. */
#define KITH_TYPE_STORE (kith_store_get_type ())
G_DECLARE_FINAL_TYPE (KithStore, kith_store, KITH, STORE, GObject)

#define KITH_STORE_ERROR (kith_store_error_quark ())
GQuark kith_store_error_quark (void);
typedef enum { KITH_STORE_ERROR_FAILED, KITH_STORE_ERROR_NO_STAFF, KITH_STORE_ERROR_PROTOCOL } KithStoreError;

KithStore *kith_store_new (KithDb *db, KithClock *clock, KithRandom *random, GError **error); /* migrates; db: transfer full */
void kith_store_close (KithStore *self);
gboolean kith_store_prepare_reader (KithDb *db, GError **error); /* a second connection, beside the store's, for its named queries */
KithDb *kith_store_get_db (KithStore *self);
KithWorld *kith_store_get_world (KithStore *self);

/* Who this store belongs to, set at sign-in. */
gboolean kith_store_set_identity (KithStore *self, const char *device, const char *user, const char *lane_code, const char *epoch, GError **error);
/* What the sign-in's answer says of the lane: only ever raises the counters. */
gboolean kith_store_set_lane (KithStore *self, gint64 last_n, gint64 next_number, GError **error);
/* The refresh token of sync.md 5.1, kept in the encrypted store; NULL drops it. */
gboolean kith_store_set_refresh (KithStore *self, const char *refresh, GError **error);
char *kith_store_get_refresh (KithStore *self);
gint64 kith_store_get_met (KithStore *self); /* ms since 1970: what the hub said last of the time, however long ago; 0: not met yet */
const char *kith_store_get_user (KithStore *self);
const char *kith_store_get_device (KithStore *self);
const char *kith_store_get_former_device (KithStore *self); /* (nullable) */
const char *kith_store_get_epoch (KithStore *self);
const char *kith_store_get_origin (KithStore *self);
KithActor *kith_store_load_actor (KithStore *self, GError **error); /* the signed-in staff as the store knows it now; NULL with NO_STAFF before the first fill */

/* Applies at once and appends to the outbox, in one transaction. A refusal changes nothing and queues nothing. undo_ms > 0: not pushed before then.
 * An online operation is refused here with ONLINE_ONLY: the engine sends it (kith_sync_engine_submit_online). */
gboolean kith_store_submit (KithStore *self, const char *op, JsonObject *args, gint64 undo_ms, char **op_id, GError **error);
gboolean kith_store_submit_typed (KithStore *self, const char *op, JsonObject *args, gint64 undo_ms, const char *draft, char **op_id, GError **error); /* with the end of its draft */
gboolean kith_store_get_unsent (KithStore *self, const char *op, const char *record, JsonObject **args, GError **error); /* kith-outbox-edit.c */
gboolean kith_store_submit_as (KithStore *self, const char *op_id, const char *op, JsonObject *args, GError **error); /* one the hub was asked under this id, and did not answer */
/* What one Save does, one after the other, in one transaction, with the end of its draft (kith-outbox-all.c). Also a file: kith_store_step_new_file (). */
typedef struct _KithStoreStep KithStoreStep;
KithStoreStep *kith_store_step_new (const char *op, JsonObject *args, gboolean numbered); /* args: transfer full */
KithStoreStep *kith_store_step_new_withdraw (const char *op, const char *record); /* takes what was never put into a push out of the outbox */
KithStoreStep *kith_store_step_new_draft (const char *key, const char *scope, JsonObject *draft); /* what another form goes on with; draft: transfer full */
void kith_store_step_free (KithStoreStep *self);
GPtrArray *kith_store_steps_new (void); /* none yet */
gboolean kith_store_submit_all (KithStore *self, GPtrArray *steps, const char *draft, GError **error);
gboolean kith_store_edit (KithStore *self, const char *op, JsonObject *args, const char *first, JsonObject *first_args, GPtrArray *then, const char *draft,
                          gboolean *edited, GError **error);
gboolean kith_store_undo (KithStore *self, const char *op_id, gboolean *undone, char **draft, GError **error); /* only while it was never put into a push */
gboolean kith_store_may (KithStore *self, const char *op, JsonObject *args, GError **error);     /* would it be allowed, as far as this computer knows */
char *kith_store_next_number (KithStore *self, GError **error); /* "KA-0042": lane code and counter (design.md 2.2, 4) */
char *kith_store_new_id (KithStore *self);

/* Signals, on the store's thread, after the commit: "changed" (const char *const *kinds): rows of these kinds changed ("op": the outbox);
 * "outcome" (const char *op_id): the hub answered one. */

/* The outbox and what became of each. One row per operation: {"op_id","op","label","args","st","code","message","now","at","n","records":["client/ID",…]}
 * st: waiting, sending, sent (acknowledged by the hub), will_not_apply, rejected, merged, parked. "older_hub": it waits for a newer hub, and can be taken
 * back. "chain": what goes with it, the first of them itself: [{"op_id","op","label","args"}] */
typedef struct
{
  guint waiting;      /* not acknowledged */
  guint attention;    /* refused, merged or parked, not yet dealt with */
  gint64 last_contact_ms; /* 0: never */
  gboolean filling;   /* what the hub has for this person is not all here yet: the first round, or a long one, is under way */
} KithStoreStatus;
gboolean kith_store_get_status (KithStore *self, KithStoreStatus *status, GError **error);
GPtrArray *kith_store_list_outbox (KithStore *self, gboolean held, guint most, guint *n_all, GError **error); /* (element-type JsonObject), oldest first */
GPtrArray *kith_store_list_attention (KithStore *self, guint most, guint *n_all, GError **error);
gboolean kith_store_settle (KithStore *self, const char *op_id, gboolean redo, char **new_op_id, GError **error); /* Redo on current state, or discard */

/* Used by the sync engine. */
GBytes *kith_store_next_push (KithStore *self, guint max_ops, gsize max_bytes, guint *n_ops, GError **error);      /* NULL without error: nothing to push */
gboolean kith_store_apply_push_answer (KithStore *self, GBytes *body, GError **error);
GBytes *kith_store_next_pull (KithStore *self, guint max_rows, GError **error);
gboolean kith_store_apply_page (KithStore *self, GBytes *body, gboolean *more, GError **error);                    /* forget, put, gone, filled, marks, cursor, rebase: one transaction per mark or page */
gboolean kith_store_refill (KithStore *self, GError **error);                                                      /* after 410: cursor to zero, mark and sweep; the outbox untouched */
gboolean kith_store_mend_indexes (KithStore *self, GError **error);
gboolean kith_store_refind (KithStore *self, gboolean *more, GError **error); /* a turn of making anew, after an update, what rows are found by */
double kith_store_get_refound (KithStore *self);                             /* 0 to 1: all */
gboolean kith_store_begin_life (KithStore *self, const char *epoch, gint64 last_n, GError **error);                 /* the hub has another epoch and sends no page */
gboolean kith_store_hide_ended (KithStore *self, GError **error);                                                  /* scopes whose not_after is past by the ratchet clock */
gint64 kith_store_next_end_ms (KithStore *self);                                                                   /* wall time of the next such end; G_MAXINT64: none */
gboolean kith_store_resend_from (KithStore *self, gint64 n, GError **error);                                       /* after 409 gap: the archive's operations from n on go out again, with their numbers */
gboolean kith_store_fork_lane (KithStore *self, GError **error);                                                   /* after 409 lane_forked: forgets the device; the next set_identity renumbers what is unsent */
gboolean kith_store_has_unsent (KithStore *self, gint64 *hold_ms);                                                 /* anything to push; hold_ms: not before this many ms (an undo toast), 0: now */
gint64 kith_store_get_cursor_q (KithStore *self);                                                                  /* everything up to this q is applied */
const char *kith_store_get_cursor (KithStore *self);                                                               /* "" before the first page */
gboolean kith_store_note_contact (KithStore *self, gint64 hub_now_ms, GError **error);                             /* an authenticated answer came; hub_now_ms 0: it told no time */
/* The verify sums of what the hub sent (pending operations left out): by type, and where these differ by scope. */
typedef enum
{
  KITH_VERIFY_DONE,  /* nothing differs, or nothing can be said now */
  KITH_VERIFY_AGAIN, /* something differs: the next question is narrower */
  KITH_VERIFY_FETCH, /* what differs is asked for with the next pull */
} KithVerify;
GBytes *kith_store_next_verify (KithStore *self, GError **error);                                                  /* NULL without error: not now (in mid-round) */
gboolean kith_store_awaits_rows (KithStore *self);
gboolean kith_store_check_due (KithStore *self);
gboolean kith_store_is_mended (KithStore *self);                                                                   /* what differed has come: the sums are to be compared again */
gboolean kith_store_apply_verify (KithStore *self, GBytes *body, KithVerify *result, GError **error);

/* Drafts: what somebody is typing, kept in the encrypted store. key: "note:referral:0197…". */
gboolean kith_store_save_draft (KithStore *self, const char *key, const char *scope, JsonObject *draft, GError **error); /* NULL draft: drops it */
JsonObject *kith_store_load_draft (KithStore *self, const char *key, gint64 *saved_ms, GError **error);                 /* transfer full; NULL without error: none */
#define KITH_STORE_DRAFT_CARRIED "carried" /* a member of one that Kith began, and nobody wrote in yet */
#define KITH_STORE_DRAFT_ASIDE "aside:"    /* begins the key of one that was put aside; when it was written ("…:"; where one of that time is there, a little later) and its key follow */
#define KITH_STORE_DRAFT_OF "aside_of"     /* a member of such a one: the scope it was kept with, which the access log tells the record by (C13) */
/* aside: (out) (optional): whether anything was */
gboolean kith_store_put_draft_aside (KithStore *self, const char *key, gboolean *aside, GError **error); /* nobody was shown it, and something else comes there */
gboolean kith_store_put_words_aside (KithStore *self, const char *key, const char *scope, JsonObject *draft, GError **error); /* the same of what was never there */
/* Drafts whose record was taken away, and those put aside: {"key","draft","at","expires"}; kept 7 days for their author to hand over or discard (sync.md 2.3).
 * Changes to a referral that takes none any more too, without an end (expires 0); sent: it went out, if without them. */
GPtrArray *kith_store_list_unsendable (KithStore *self, GError **error);
gboolean kith_store_discard_draft (KithStore *self, const char *key, const char *op, GError **error); /* one of these (kith-outbox-settle.c) */
gboolean kith_store_note_opened (KithStore *self, const char *kind, const char *id, GError **error);                    /* for the search's "recent" */
gboolean kith_store_tidy (KithStore *self, GError **error); /* nightly: the archive past 30 days, unsendable past 7 */

/* After something was taken away for good: its bytes may still stand in a page of the file until all pages were rewritten (I6). */
typedef enum
{
  KITH_WIPE_NONE,  /* nothing was taken away since */
  KITH_WIPE_SHORT, /* due; the file is small */
  KITH_WIPE_LONG,  /* due; takes seconds, on the store's thread */
} KithWipe;
KithWipe kith_store_get_wipe (KithStore *self);
gboolean kith_store_wipe (KithStore *self, GError **error);

G_END_DECLS
