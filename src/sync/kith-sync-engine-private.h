/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-protocol.h"
#include "kith-store-file.h"
#include "kith-sync-engine.h"
#include "kith-sync-retry.h"

G_BEGIN_DECLS

typedef struct
{
  const char *path;
  GBytes *body;
  gboolean question;  /* nothing at the hub changes by it, and a person looks on: one try */
  guint tries;
  KithSyncOnlineDone done;
  gpointer user_data;
} KithSyncOnline;

struct _KithSyncEngine
{
  KithStore *store;
  KithClock *clock;
  KithRandom *random;

  char *token;
  gboolean token_proven; /* an answer came to it */
  KithSyncState state;
  char *sign_in_reason;
  char *told;          /* the hub's sentence why it sends nothing; NULL: it does */
  char *new_device;    /* asked for after lane_forked */
  gboolean wrong_lane; /* the token is another computer's for the hub: its lane is asked for before all else */

  guint64 last_serial;
  KithSyncRequestType current_type;
  guint64 current;     /* serial of the cycle's request; 0: none out */
  guint64 waiting;     /* serial of the long poll; 0: none out */

  gboolean want_pull;  /* something may be new, or the round goes on */
  gboolean want_verify;
  gboolean epoch_open; /* the hub has another epoch: pull before the next push */
  gboolean pulled;     /* one pull has come to its end since the start */
  KithRetry push, pull, wait, verify, tokens, lane, online;

  guint page_rows;     /* halved when a page does not come through */
  guint push_ops;      /* the same of a push that is too large */
  guint pushed_ops;    /* in the push that was sent last */
  char *last_cursor;
  gint64 last_first;   /* i of the first unsent operation before the push */
  guint stuck;         /* pulls in a row that left the cursor where it was */
  gint64 verify_asked_ms;  /* mono */
  gint64 busy_ms;      /* mono; when something was last queued or came in */
  KithRetry wipe;

  KithRetry files;
  char *file;          /* the document whose part is under way; NULL: none */
  gint64 file_at;

  GQueue online_ops;   /* KithSyncOnline, operations and questions */
};

gint64 kith_sync_engine_now (KithSyncEngine *self);
void kith_sync_engine_set_sign_in (KithSyncEngine *self, const char *reason);
gboolean kith_sync_engine_is_asking (KithSyncEngine *self); /* an answer is still to come */
void kith_sync_engine_drop_token (KithSyncEngine *self);
/* A refusal of the hub, to a request or when somebody signed in. FALSE: it does not say that this account or this computer is at its end here. */
gboolean kith_sync_engine_take_closed (KithSyncEngine *self, JsonObject *answer);
void kith_sync_engine_came_through (KithSyncEngine *self); /* an answer of the hub */
void kith_sync_engine_went_wrong (KithSyncEngine *self, KithSyncRequestType type, guint retry_after, gboolean offline);
void kith_sync_engine_take_answer (KithSyncEngine *self, KithSyncRequestType type, guint status, const char *content_type, GBytes *body,
                                   guint retry_after);

KithSyncRequest *kith_sync_engine_make_request (KithSyncEngine *self, KithSyncRequestType type, const char *method, const char *path, GBytes *body, guint timeout_s);

void kith_sync_engine_was_met (KithSyncEngine *self); /* the same, to a good token: the lease begins anew */

/* kith-sync-lane.c */
KithSyncRequest *kith_sync_token_request (KithSyncEngine *self); /* NULL: not now, or somebody has to sign in */
KithSyncRequest *kith_sync_lane_request (KithSyncEngine *self);
void kith_sync_token_answer (KithSyncEngine *self, JsonObject *answer);
void kith_sync_lane_answer (KithSyncEngine *self, JsonObject *answer);

/* kith-sync-files.c; NULL: there is nothing to fetch or to send */
KithSyncRequest *kith_sync_files_fetch (KithSyncEngine *self);
KithSyncRequest *kith_sync_files_send (KithSyncEngine *self);
void kith_sync_files_answer (KithSyncEngine *self, KithSyncRequestType type, guint status, GBytes *body, JsonObject *answer);
void kith_sync_files_error (KithSyncEngine *self, KithSyncRequestType type, guint status, const char *error, JsonObject *answer, guint retry_after);

KithSyncRequest *kith_sync_online_request (KithSyncEngine *self);
void kith_sync_online_answer (KithSyncEngine *self, guint status, JsonObject *answer, guint retry_after);
void kith_sync_online_fail (KithSyncEngine *self);
void kith_sync_online_no_token (KithSyncEngine *self);
void kith_sync_online_clear (KithSyncEngine *self);

G_END_DECLS
