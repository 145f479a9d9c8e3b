/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-clock.h"
#include "kith-db.h"
#include "kith-operation.h"
#include "kith-random.h"

G_BEGIN_DECLS

/* The hub without sockets: one object, one database, used by one thread at a time. The HTTP server and the simulator
 * both hand it whole requests; nothing else answers for the network. */
typedef struct _KithHub KithHub;

typedef struct
{
  guint64 hash_ops;     /* argon2id cost of stored authenticators; 0: the default (19 MiB, t=2). The simulator takes the least. */
  gsize hash_memory;
  guint page_rows;      /* 0: 2,000 */
  gsize page_bytes;     /* 0: 1 MiB */
  guint verify_scopes;  /* sums of more scopes than this are compared by part first; 0: 2,000 */
  guint token_minutes;  /* 0: 10 */
  guint lookups;        /* searches of the network, a person and minute; 0: 12 */
  guint lookup_most;    /* people that one of them looks at; 0: 1000 */
  guint keep_days;      /* what is kept for desks that were away; 0: 400 */
  const char *files;    /* folder of the attached files; NULL: none are taken */
  gint64 agency_files;  /* bytes of them an agency may keep; 0: 10 GiB */
  gboolean reader;      /* over a connection that only reads: it is looked at and nothing is changed, not even brought up to date */
} KithHubOptions;

/* The folders of the hub's schema and named queries; kith_hub_open_db() hands them to the connection. */
#define KITH_HUB_SQL "/org/kith/sql/hub"
#define KITH_HUB_QUERIES "/org/kith/sql/hub/queries"
KithDb *kith_hub_open_db (const char *path, gboolean memory, const guint8 *key, GError **error);

KithHub *kith_hub_new (KithDb *db, KithClock *clock, KithRandom *random, const KithHubOptions *options, GError **error); /* migrates; db: transfer full */
void kith_hub_free (KithHub *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KithHub, kith_hub_free)

KithDb *kith_hub_get_db (KithHub *self);
const char *kith_hub_get_epoch (KithHub *self);
gint64 kith_hub_get_q (KithHub *self); /* highest committed q */

/* What signing in costs: the hash of a password, a thirtieth of a second that nobody else should have to wait for. Any thread may do it. */
typedef struct _KithHubWork KithHubWork;
void kith_hub_work_do (KithHubWork *self);
void kith_hub_work_free (KithHubWork *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KithHubWork, kith_hub_work_free)

typedef struct
{
  const char *method;    /* "POST" */
  const char *path;      /* "/v1/sync/push" */
  const char *query;     /* "c=AAF&t=55" or NULL */
  const char *token;     /* bearer token or NULL */
  const char *address;   /* where from, for rate limits; may be NULL */
  GBytes *body;          /* may be NULL; decoded (kith_gzip_unpack with KITH_LIMIT_BODY) */
  const char *content_type; /* NULL: checked by whoever brings it */
  const char *range;     /* "bytes=0-262143" of a GET, "bytes 0-262143/700000" of a PUT; NULL: none */
  gboolean apart;        /* work is not done here: the answer holds it, and the same request comes back with it, done */
  const KithHubWork *work;
  guint connections, connections_most; /* open now, and how many there may be: for /metrics; 0: nobody counts them */
} KithHubRequest;

/* How large a body this path takes: for a server that wants to stop before it has read it. */
gsize kith_hub_body_limit (const char *path);

typedef struct
{
  guint status;
  const char *content_type; /* static */
  GBytes *body;
  char *range;              /* "bytes 0-262143/700000" of a part (206); NULL otherwise */
  guint retry_after;        /* seconds, 0: none */
  gboolean wait;            /* /v1/sync/wait with nothing new: the server holds the request and asks again after a commit that concerns user */
  char *user;               /* who waits; NULL otherwise */
  KithHubWork *work;        /* no answer yet: this is to be done first (apart); NULL otherwise */
} KithHubAnswer;

/* Before the body is read: is this worth reading? */
gboolean kith_hub_check_head (const KithHubRequest *head, gsize length, gboolean *needs_token, KithHubAnswer *answer);
gboolean kith_hub_knows_token (KithHub *self, const char *token, gboolean *known, GError **error); /* it opens something now */

/* Whom commits concern, so that the others who wait need not be asked (sync.md 2.11). */
typedef struct _KithHubPokes KithHubPokes;
KithHubPokes *kith_hub_take_pokes (KithHub *self);
gint64 kith_hub_get_moment (KithHub *self);
gboolean kith_hub_pokes_concern (KithHubPokes *self, const char *user); /* user NULL: nobody knows, so it does */
void kith_hub_pokes_free (KithHubPokes *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KithHubPokes, kith_hub_pokes_free)

/* Answers every path of the protocol. Never fails: what goes wrong is an answer. */
void kith_hub_handle (KithHub *self, const KithHubRequest *request, KithHubAnswer *answer);
void kith_hub_answer_clear (KithHubAnswer *answer);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KithHubAnswer, kith_hub_answer_clear)

/* Operations from the console, the importers and the clock: they go through the same code as a desk's, by the hub's own
 * actor or in a staff member's name. */
gboolean kith_hub_submit (KithHub *self, const KithActor *actor, const char *op, JsonObject *args, KithOpContext *result, GError **error);
gboolean kith_hub_submit_batch (KithHub *self, const KithActor *actor, GPtrArray *ops /* JsonObject {"op","a","id"?,"at"?} */,
                                GPtrArray *outcomes /* JsonObject {"st","code","message"} */, GError **error); /* a savepoint each, as few transactions as can be */
gboolean kith_hub_submit_guarded (KithHub *self, const KithActor *actor, const char *mark, GPtrArray *ops, GPtrArray *outcomes, GError **error);
gboolean kith_hub_guard_over (KithHub *self, const char *mark, GError **error);
gboolean kith_hub_run_clock (KithHub *self, guint *n_done, GError **error); /* a turn of what is due now (consent.expire, referral.expire …) and of the matching */
gboolean kith_hub_is_behind (KithHub *self);                                /* there is more than one turn does: run the clock again soon */
gboolean kith_hub_accept_clock (KithHub *self, GError **error);             /* somebody says that the clock is right, however far from the time the hub has seen */
KithActor *kith_hub_load_actor (KithHub *self, const char *user, GError **error);
gboolean kith_hub_mend_indexes (KithHub *self, guint *n_mended, GError **error); /* what records are found by, where it is not as it should be */
gboolean kith_hub_check (KithHub *self, GString *report, guint *n_problems, GError **error); /* integrity; all grants and members recomputed from the facts and compared */

/* A copy of the database behind from and of the folder of files, ready to serve: while the hub goes on, or when it is stopped. from may be a
 * reader. to and to_files are not there yet. The report names files that are missing or damaged already; the rest is copied. */
typedef struct
{
  KithDb *from;
  const guint8 *key;     /* of both; NULL: not encrypted */
  const char *files;
  const char *to, *to_files;
  KithClock *clock;
} KithHubBackup;
gboolean kith_hub_back_up (const KithHubBackup *backup, guint *n_files, GString *report, guint *n_problems, GError **error);

/* For the simulator and tests: may this person see that scope by the grants as they stand now? */
gboolean kith_hub_user_sees (KithHub *self, const char *user, const char *scope, gboolean *sees, GError **error);
KithWorld *kith_hub_get_world (KithHub *self); /* borrowed; read only outside operations */

/* Accounts: authenticator is what the desk derives from the password; the hub keeps only argon2id of it (sync.md 5.1). */
/* The salt is made from the login and the hub's secret, for logins that do not exist too, so that asking tells nothing. */
void kith_hub_get_salt (KithHub *self, const char *login, guint8 salt[16]);
gboolean kith_hub_find_account (KithHub *self, const char *login, char **staff, GError **error); /* *staff NULL: nobody signs in so */
/* Whoever signs in by this name exists in a made-up network alone: both sides derive at the least cost (kith-hub demo). FALSE, as it is without this: at
 * that of real accounts. Before the account is made. */
gboolean kith_hub_set_low_cost (KithHub *self, const char *login, gboolean low, GError **error);
/* A computer of that person that was lost or goes to somebody else (I21); device NULL: all they have. n: how many that ends. What such a computer holds
 * it keeps, closed by the password alone: a hub cannot reach into it. */
gboolean kith_hub_revoke_computer (KithHub *self, const char *staff, const char *device, guint *n, GError **error);
gboolean kith_hub_set_account (KithHub *self, const char *login, const char *staff, const guint8 *authenticator, gsize length, GError **error);

G_END_DECLS
