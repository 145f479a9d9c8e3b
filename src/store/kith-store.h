/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-db.h"
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
KithDb *kith_store_get_db (KithStore *self);
KithWorld *kith_store_get_world (KithStore *self);

/* Who this store belongs to, set at sign-in. */
gboolean kith_store_set_identity (KithStore *self, const char *device, const char *user, const char *lane_code, const char *epoch, GError **error);
const char *kith_store_get_user (KithStore *self);
KithActor *kith_store_load_actor (KithStore *self, GError **error); /* the signed-in staff as the store knows it now; NULL with NO_STAFF before the first fill */

/* Applies at once and appends to the outbox, in one transaction. A refusal changes nothing and queues nothing. undo_ms > 0: not pushed before then.
 * An online operation is refused here with ONLINE_ONLY: the engine sends it (kith_sync_engine_submit_online). */
gboolean kith_store_submit (KithStore *self, const char *op, JsonObject *args, gint64 undo_ms, char **op_id, GError **error);
gboolean kith_store_undo (KithStore *self, const char *op_id, gboolean *undone, GError **error); /* only while it was never put into a push */
gboolean kith_store_may (KithStore *self, const char *op, JsonObject *args, GError **error);     /* would it be allowed, as far as this computer knows */
char *kith_store_next_number (KithStore *self, GError **error); /* "KA-0042": lane code and counter (design.md 2.2, 4) */
char *kith_store_new_id (KithStore *self);

/* The outbox and what became of each. One row per operation: {"op_id","op","label","args","st","code","message","now","at","n","records":["client/ID",…]}
 * st: waiting, sending, sent (acknowledged by the hub), will_not_apply, rejected, merged, parked. */
typedef struct
{
  guint waiting;      /* not acknowledged */
  guint attention;    /* refused, merged or parked, not yet dealt with */
  gint64 last_contact_ms; /* 0: never */
} KithStoreStatus;
gboolean kith_store_get_status (KithStore *self, KithStoreStatus *status, GError **error);
GPtrArray *kith_store_list_outbox (KithStore *self, GError **error);     /* (element-type JsonObject), oldest first */
GPtrArray *kith_store_list_attention (KithStore *self, GError **error);
gboolean kith_store_settle (KithStore *self, const char *op_id, gboolean redo, char **new_op_id, GError **error); /* Redo on current state, or discard */

/* Used by the sync engine. */
GBytes *kith_store_next_push (KithStore *self, guint max_ops, gsize max_bytes, guint *n_ops, GError **error);      /* NULL without error: nothing to push */
gboolean kith_store_apply_push_answer (KithStore *self, GBytes *body, GError **error);
GBytes *kith_store_next_pull (KithStore *self, guint max_rows, GError **error);
gboolean kith_store_apply_page (KithStore *self, GBytes *body, gboolean *more, GError **error);                    /* forget, put, gone, filled, marks, cursor, rebase: one transaction per mark or page */
gboolean kith_store_refill (KithStore *self, GError **error);                                                      /* after 410: cursor to zero, mark and sweep; the outbox untouched */
gboolean kith_store_hide_ended (KithStore *self, GError **error);                                                  /* scopes whose not_after is past by the ratchet clock */

G_END_DECLS
