/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-db.h"

G_BEGIN_DECLS

/* A worker thread with a main context of its own, on which a connection (or a store, an engine, a transport) lives.
 * Jobs run one at a time, the higher priority first, in order within one; answers come back in the caller's context. */
#define KITH_TYPE_DB_THREAD (kith_db_thread_get_type ())
G_DECLARE_FINAL_TYPE (KithDbThread, kith_db_thread, KITH, DB_THREAD, GObject)

typedef gpointer (*KithDbJob) (gpointer data, GCancellable *cancellable, GError **error);

KithDbThread *kith_db_thread_new (const char *name);
GMainContext *kith_db_thread_get_context (KithDbThread *self);
void kith_db_thread_run_async (KithDbThread *self, int priority, KithDbJob job, gpointer data, GDestroyNotify data_destroy,
                               GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gpointer kith_db_thread_run_finish (KithDbThread *self, GAsyncResult *result, GError **error); /* what the job returned */
gpointer kith_db_thread_run (KithDbThread *self, KithDbJob job, gpointer data, GError **error); /* waits: tests and start-up only */
void kith_db_thread_load_queries (KithDbThread *self, const char *folder);                      /* before somebody waits for them */
void kith_db_thread_stop (KithDbThread *self); /* runs what is queued, then joins */

G_END_DECLS
