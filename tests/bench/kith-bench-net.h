/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-bench.h"
#include "kith-sync-engine.h"

G_BEGIN_DECLS

/* A network for the benchmarks: agency A with clients and a supervisor (ann) who sees them all, twenty of them her own caseload, and a referral
 * manager (amy) who sees them too; agency B with a service that takes direct referrals and a referral manager (ben). Made-up people, the same every time. */
#define BENCH_CASELOAD 20

typedef struct
{
  KithClock *clock;
  KithRandom *random;
  KithHub *hub;
  char *agency_a, *agency_b, *service;
  char *ann, *amy, *ben;
} BenchNet;

BenchNet *bench_net_new (const BenchOptions *options, const char *path, guint clients, GError **error); /* path NULL: in memory */
void bench_net_free (BenchNet *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenchNet, bench_net_free)

char *bench_client_id (BenchNet *self, guint i);
JsonObject *bench_client_values (KithRandom *random); /* what a registration holds */
gboolean bench_submit (BenchNet *self, const KithActor *actor, const char *op, JsonObject *args, GError **error); /* args: transfer full */

/* One desk of it, talking to the hub by function calls. */
typedef struct
{
  BenchNet *net;
  KithStore *store;
  char *token;
} BenchDesk;

extern const guint8 bench_key[32];
/* Encrypted; path NULL: in memory, not encrypted. random NULL: the net's own; it is borrowed and belongs to one thread. */
KithStore *bench_store_new (BenchNet *net, KithRandom *random, const char *path, GError **error);
BenchDesk *bench_desk_new (BenchNet *net, const char *login, const char *path, GError **error);
void bench_desk_free (BenchDesk *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenchDesk, bench_desk_free)
GBytes *bench_desk_post (BenchDesk *self, const char *path, GBytes *body, GError **error);
gboolean bench_desk_pull (BenchDesk *self, GPtrArray *pages, GError **error); /* until there is no more; pages (element-type GBytes) or NULL */

/* Further pages of the same round, so that there are copies times as many clients more (kith-bench-pages.c). */
void bench_pages_copy (GPtrArray *pages, guint copies, KithRandom *random);

/* Clients, their care records and ann's caseload, straight into a store's tables. names: some of them, as they would be typed, or NULL. */
gboolean bench_fill_tables (const BenchOptions *options, BenchNet *net, KithDb *db, guint clients, GPtrArray *names, GError **error);
gboolean bench_put_row (KithDb *db, const KithKind *kind, const char *sql, const char *id, guint scope, JsonObject *body, GError **error);

/* A store as kith_desktop_new() finds it in data_dir, opened by this password, with ann's account and nothing else in it. */
#define BENCH_PASSWORD "a bench is not a secret"
KithStore *bench_open_desk (const BenchOptions *options, const char *data_dir, BenchNet **net, GError **error);
/* A queue of n referrals in seven statuses, half of them over; ids (element-type utf8): the statuses are added. */
gboolean bench_fill_board (BenchNet *net, KithDb *db, const char *queue, GPtrArray *ids, guint n, GError **error);

/* Signs in: the token. Sets the store's identity and lane. */
char *bench_sign_in (BenchNet *net, KithStore *store, const char *login, const char *device, GError **error);

G_END_DECLS
