/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-cursor.h"
#include "kith-gzip.h"
#include "kith-lines.h"

G_BEGIN_DECLS

/* What desktop and hub must agree on. Paths, limits and codes; the shapes of the lines are described below. */
#define KITH_PROTOCOL_VERSION 1
#define KITH_PROTOCOL_SCHEMA 6 /* one more whenever there is another operation, or one takes another argument (KithField's since); a page's head tells the hub's */
#define KITH_PROTOCOL_SCHEMA_MIN 2 /* as SCHEMA where a field goes away that desks of before read: they stop without it */

#define KITH_PATH_HELLO "/v1/hello"
#define KITH_PATH_SIGN_IN_START "/v1/sign-in/start"
#define KITH_PATH_SIGN_IN "/v1/sign-in"
#define KITH_PATH_TOKEN "/v1/token"
#define KITH_PATH_LANE "/v1/lane"
#define KITH_PATH_PUSH "/v1/sync/push"
#define KITH_PATH_PULL "/v1/sync/pull"
#define KITH_PATH_WAIT "/v1/sync/wait"
#define KITH_PATH_VERIFY "/v1/sync/verify"
#define KITH_PATH_OP "/v1/op"
#define KITH_PATH_SEARCH "/v1/clients/search" /* {"name","birth"?} → {"hits":[{"id","given_name"…,"birth_year","city"}],"more"}: at most 20; more: narrow it */
#define KITH_PATH_BLOB "/v1/blob/"                 /* SHA256?document=ID: the bytes of an attached file, in parts */
#define KITH_PATH_HEALTH "/healthz"
#define KITH_PATH_METRICS "/metrics"

#define KITH_TYPE_JSON_TEXT "application/json"
#define KITH_TYPE_LINES "application/x-ndjson"
#define KITH_TYPE_BYTES "application/octet-stream"

#define KITH_LIMIT_BODY (4 * 1024 * 1024)  /* a request, after decoding */
#define KITH_LIMIT_SMALL_BODY (16 * 1024)  /* sign-in, token, wait, verify: nothing there is long */
#define KITH_LIMIT_PULL_BODY (256 * 1024)  /* it lists what was forgotten */
#define KITH_LIMIT_LINE (1024 * 1024)      /* one line of either side */
#define KITH_LIMIT_OP (64 * 1024)          /* one operation in a push */
#define KITH_LIMIT_DEPTH 32
#define KITH_LIMIT_OPS 50                  /* operations in one transaction of the hub */
#define KITH_LIMIT_PUSH_OPS 200            /* operations in one push: a few transactions for one journey and one answer written down */
#define KITH_LIMIT_PUSH (256 * 1024)       /* bytes of operations in one push */
#define KITH_LIMIT_STAMPED 1000            /* records one transaction may touch */
#define KITH_LIMIT_PAGE_ROWS 2000
#define KITH_LIMIT_PAGE_BYTES (1024 * 1024)
#define KITH_LIMIT_PAGE_ROWS_LEAST 50
#define KITH_LIMIT_BLOB_PART (256 * 1024)  /* what one request carries of an attached file */
#define KITH_LIMIT_REFILL 64               /* scopes a pull may ask for anew; where more differ, everything is fetched anew */
#define KITH_VERIFY_PARTS 256              /* sums of very many scopes are compared in so many parts first: number modulo this */
#define KITH_LIMIT_NONCE 64                /* what a pull wants to hear back in its answer's first line */

/* "error" of an answer that is not 2xx: {"error":CODE,"message":SENTENCE,…}. */
#define KITH_ERROR_SIGN_IN "sign_in"               /* 401: token missing, wrong or too old */
#define KITH_ERROR_BAD_SIGN_IN "bad_sign_in"       /* 401: login or password wrong; refresh token gone */
#define KITH_ERROR_DEACTIVATED "deactivated"       /* 401, with "user", "epoch" and "former", the epochs before: that account was closed at that hub */
#define KITH_ERROR_REVOKED "computer_revoked"      /* 401, the same: this computer may not be used for it any more */
#define KITH_ERROR_WRONG_LANE "wrong_lane"         /* 403: the header names another device or person than the token */
#define KITH_ERROR_DENIED "denied"                 /* 403: this account may not */
#define KITH_ERROR_UNKNOWN_PATH "unknown_path"     /* 404 */
#define KITH_ERROR_NOT_FOUND "not_found"           /* 404: there is none, or none for this person */
#define KITH_ERROR_BLOB_PENDING "blob_pending"     /* 404: its author has not sent all of it yet */
#define KITH_ERROR_BLOB_DAMAGED "blob_damaged"     /* 404: the hub's copy of it was damaged or lost; it does not come again by itself */
#define KITH_ERROR_METHOD "method"                 /* 405 */
#define KITH_ERROR_CURSOR_EXPIRED "cursor_expired" /* 410, with "action":"refill" */
#define KITH_ERROR_GAP "gap"                       /* 409, with "expect":N */
#define KITH_ERROR_LANE_FORKED "lane_forked"       /* 409: this n was used for something else; take a new lane (POST /v1/lane {"device":NEW}) */
#define KITH_ERROR_WRONG_EPOCH "wrong_epoch"       /* 409, with "epoch": the hub was restored; pull, then push from the archive what last_n lacks */
#define KITH_ERROR_BLOB_OFFSET "blob_offset"       /* 409, with "have": go on at that byte */
#define KITH_ERROR_BLOB_MISMATCH "blob_mismatch"   /* 409: all of it came and it is not what its SHA-256 says; begin anew */
#define KITH_ERROR_TOO_LARGE "too_large"           /* 413 */
#define KITH_ERROR_CONTENT_TYPE "content_type"     /* 415 */
#define KITH_ERROR_UPDATE "update"                 /* 426, with "epoch" and "last_n": a pull of a Kith older than "min" of hello; its pushes are taken (sync.md 2.10) */
#define KITH_ERROR_BAD_REQUEST "bad_request"       /* 400 */
#define KITH_ERROR_SLOW_DOWN "slow_down"           /* 429, with Retry-After */
#define KITH_ERROR_BLOB_QUOTA "blob_quota"         /* 507: the agency's space for files is used up */
#define KITH_ERROR_FAILED "failed"                 /* 500: nothing was changed */
#define KITH_ERROR_UNAVAILABLE "unavailable"       /* 503, with Retry-After */

/* Shapes beside those of sync.md 2.4 and 2.7:
 *   pull answer, in this order: h · forget · until · op · scope, until, put, gone, kept, filled, mark · end
 *     {"h":{"kith":1,"epoch":E,"origin":FIRST,"H":H,"round":G,"now":ISO,"last_n":N,"schema":S}}  FIRST: the life all its lives come from; rows put in this page belong to generation G
 *     {"forget":[SID,…]}   {"until":{"SID":ISO or null}}   {"scope":SID,"name":"client:…"}
 *     {"op":{outcome as in the push answer}}  outcomes after those the cursor knows of
 *     {"put":{"t","id","s","q","body"}}   {"gone":{"t","id","s","q"}}   {"filled":SID,"g":G}
 *     {"kept":{"t","id","s","q"}}   the hub has this record and cannot read it: what the desktop has of it stays
 *     {"mark":CURSOR}      only inside fills   {"end":{"cursor","ack_n","more"}}
 *   pull request: "cursor" missing or null fills from nothing.
 *   verify request {"cursor":C,"by":"type" or "scope"}: {"q":Q,"behind":true} when there is something to pull first, else
 *     {"q":Q,"behind":false,"rows":N,"sum":HEX,"types":{"client":{"rows":N,"sum":HEX}}} or "scopes":{"SID":{…}}.
 *   PUT /v1/blob/SHA256?document=ID, Content-Range "bytes FIRST-LAST/SIZE", a part of 256 KB or the last one: {"have":BYTES}.
 *     Only for the document's author. The parts come in order; who does not know how far it got sends any and hears "have".
 *   GET /v1/blob/SHA256?document=ID, Range "bytes=FIRST-LAST", FIRST a multiple of 256 KB: 206 with that part and Content-Range,
 *     for whoever sees the document's scope now. To all others it answers as if there were no such document.
 *   POST /v1/lane {"device":NEW}: the token's lane becomes (NEW, user) and the answer is {"lane":{…}} as at sign-in. */

/* One row's part of a verify sum; the sum is plain addition modulo 2^64, printed by kith_protocol_print_sum(). */
guint64 kith_protocol_row_hash (const char *id, gint64 q);
char *kith_protocol_print_sum (guint64 sum);

G_END_DECLS
