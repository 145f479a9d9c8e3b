/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-store.h"

G_BEGIN_DECLS

/* The desk's side of the protocol as a state machine without sockets, clock or random source of its own: it says what to send next
 * and is told what came back. The libsoup transport and the simulator's network both drive it. */
typedef struct _KithSyncEngine KithSyncEngine;

typedef enum
{
  KITH_SYNC_IDLE,        /* waiting for a poke */
  KITH_SYNC_WORKING,
  KITH_SYNC_OFFLINE,     /* the hub does not answer; trying again later */
  KITH_SYNC_SLOW,        /* answers, but no progress at the same cursor */
  KITH_SYNC_SIGN_IN,     /* the token is gone and there is none to refresh: a person must sign in */
} KithSyncState;

typedef enum { KITH_SYNC_HELLO, KITH_SYNC_PUSH, KITH_SYNC_PULL, KITH_SYNC_WAIT, KITH_SYNC_VERIFY, KITH_SYNC_ONLINE_OP, KITH_SYNC_SIGN_IN_REQUEST, KITH_SYNC_TOKEN, KITH_SYNC_LANE, KITH_SYNC_FETCH, KITH_SYNC_SEND_FILE } KithSyncRequestType;

typedef struct
{
  KithSyncRequestType type;
  guint64 serial;
  char *method, *path; /* path with its query */
  char *token;         /* or NULL */
  GBytes *body;        /* or NULL */
  char *range;         /* or NULL: "bytes=0-262143" of a GET, "bytes 0-262143/700000" of a PUT, whose body is bytes then */
  guint timeout_s;
} KithSyncRequest;

KithSyncEngine *kith_sync_engine_new (KithStore *store, KithClock *clock, KithRandom *random);
void kith_sync_engine_free (KithSyncEngine *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KithSyncEngine, kith_sync_engine_free)

void kith_sync_engine_set_token (KithSyncEngine *self, const char *token); /* ends KITH_SYNC_SIGN_IN; the store keeps the refresh token (kith_store_set_refresh) */
/* At most two requests are out at a time: one of the cycle, and the long poll (KITH_SYNC_WAIT). */
KithSyncRequest *kith_sync_engine_next (KithSyncEngine *self, gint64 *wake_ms); /* NULL: nothing to send before wake_ms (mono; -1: not before a nudge) */
void kith_sync_engine_answer (KithSyncEngine *self, guint64 serial, guint status, const char *content_type, GBytes *body, guint retry_after); /* an unknown serial is ignored */
void kith_sync_engine_fail (KithSyncEngine *self, guint64 serial);              /* no answer, or a cut one */
void kith_sync_engine_nudge (KithSyncEngine *self);                             /* something was queued, or the network came back: try now */
void kith_sync_engine_verify_soon (KithSyncEngine *self);
/* An online operation: sent next; done is called with the hub's outcome line, or with an error. */
typedef void (*KithSyncOnlineDone) (JsonObject *outcome, const GError *error, gpointer user_data);
void kith_sync_engine_submit_online (KithSyncEngine *self, const char *op, JsonObject *args, KithSyncOnlineDone done, gpointer user_data);
void kith_sync_engine_submit_online_as (KithSyncEngine *self, const char *op_id, const char *op, JsonObject *args, KithSyncOnlineDone done,
                                        gpointer user_data); /* under an id of the caller's: it may be queued under the same one later */
/* A question that changes nothing here (the network's look-up): sent next, tried once, done is called with the hub's whole answer. path: static. */
void kith_sync_engine_ask (KithSyncEngine *self, const char *path, JsonObject *body, KithSyncOnlineDone done, gpointer user_data);
void kith_sync_engine_forget (KithSyncEngine *self, gpointer user_data); /* that question or operation: not sent any more, or its answer dropped; done hears "cancelled" */

KithSyncState kith_sync_engine_get_state (KithSyncEngine *self);
const char *kith_sync_engine_get_sign_in_reason (KithSyncEngine *self); /* in KITH_SYNC_SIGN_IN: the hub's error code ("deactivated"), or NULL */
const char *kith_sync_engine_get_told (KithSyncEngine *self); /* the hub is there and sends nothing: its sentence why; NULL otherwise */
gboolean kith_sync_engine_is_quiet (KithSyncEngine *self); /* outbox empty, last pull had no more */
void kith_sync_request_free (KithSyncRequest *request);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KithSyncRequest, kith_sync_request_free)

G_END_DECLS
