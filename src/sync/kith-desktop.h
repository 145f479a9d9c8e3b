/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-access-preview.h"
#include "kith-store.h"
#include "kith-sync-engine.h"
#include "kith-transport.h"

G_BEGIN_DECLS

/* What the windows hold: the store, the engine and the transport on a worker thread, answers in the main context. Nothing here blocks.
 * Reads run on a second thread with a read-only connection, so a search never waits for a fill. */
#define KITH_TYPE_DESKTOP (kith_desktop_get_type ())
G_DECLARE_FINAL_TYPE (KithDesktop, kith_desktop, KITH, DESKTOP, GObject)

/* Properties, all read-only, notified in the main context: "signed-in", "unlocked", "password-changed" (the hub takes another
 * password than the one this was unlocked with: nothing is sent until somebody signs in with it), "sync-state" (KithSyncState), "waiting", "attention" (uint),
 * "last-contact" (int64 ms), "offline-since" (int64 ms, 0: online), "trouble" (string: why the hub could not be reached last, a sentence; NULL: it was),
 * "tried" (int64 ms: when the hub was asked last, 0: not yet), "user-name", "agency-name".
 * Signals: "changed" (const char *const *kinds): rows of these kinds changed ("op": the outbox or what needs attention; none named: everything); "outcome" (op_id): the hub answered one;
 * "lock-asked" → gboolean: the time without the hub is over. TRUE: the handler saves what is typed and locks; where nobody does, it locks at once. */

KithDesktop *kith_desktop_new (const char *data_dir, KithClock *clock); /* data_dir holds one folder per hub and user */

/* The program hands in kith_http_transport_factory (), tests a hub of the same process. Before sign-in or unlock. */
void kith_desktop_set_transport_factory (KithDesktop *self, KithTransportFactory factory, gpointer user_data, GDestroyNotify destroy);

/* First time: needs the hub. Derives the keys on the worker, makes the store, starts syncing. While the same person is unlocked:
 * with the password that was changed elsewhere; the key file is sealed with it from then on (sync.md 4). */
void kith_desktop_sign_in_async (KithDesktop *self, const char *hub_url, const char *login, const char *password, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer user_data);
/* Another password: the hub takes it, then the key file is sealed with it. Online, unlocked; kith_desktop_finish(). */
void kith_desktop_change_password_async (KithDesktop *self, const char *former, const char *next, GAsyncReadyCallback callback, gpointer user_data);
/* Later: no network at all (sync.md 5.3). NULL hub and login: the last one used. */
void kith_desktop_unlock_async (KithDesktop *self, const char *password, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gint64 kith_desktop_get_unlock_wait (KithDesktop *self); /* ms until a password may be tried again, after too many wrong ones */
/* What was kept here was damaged and a sign-in began anew: what was taken over, and where the damaged copy is. Once; NULL: nothing of the kind. */
char *kith_desktop_take_kept (KithDesktop *self);
void kith_desktop_keep_kept (KithDesktop *self, const char *words); /* it was not read */
gboolean kith_desktop_finish (KithDesktop *self, GAsyncResult *result, GError **error); /* for sign_in, unlock and undo */
/* The hub has another address now. Asks there with what this person unlocked with; only the hub that knows them as the same person on the same computer is
 * taken, and everything kept here goes on with it. Unlocked only; else, and when another answers, nothing is changed. kith_desktop_finish(). */
void kith_desktop_move_async (KithDesktop *self, const char *hub_url, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
void kith_desktop_try_now (KithDesktop *self); /* asks the hub at once, however long the wait would be */
void kith_desktop_refind_again (KithDesktop *self); /* brings searching up to date where that failed, "refind-trouble" */
void kith_desktop_close (KithDesktop *self);      /* the same, and it is done when this returns: for the end of the program */
void kith_desktop_lock (KithDesktop *self);       /* closes the store, wipes the key; requests under way are dropped, the outbox is on disk */
gboolean kith_desktop_has_store (KithDesktop *self, char **login, char **hub_url); /* somebody signed in on this computer before */

void kith_desktop_submit_async (KithDesktop *self, const char *op, JsonObject *args, gint64 undo_ms, const char *draft,
                                GAsyncReadyCallback callback, gpointer user_data);
char *kith_desktop_submit_finish (KithDesktop *self, GAsyncResult *result, GError **error); /* op id; a KITH_REFUSAL error when refused */
/* All or nothing, in one transaction, with the end of a draft (its key, or NULL): kith_store_submit_all (). steps: transfer full. Once it is asked for,
 * locking comes after it. */
void kith_desktop_submit_all_async (KithDesktop *self, GPtrArray *steps, const char *draft, GAsyncReadyCallback callback, gpointer user_data);
gboolean kith_desktop_submit_all_finish (KithDesktop *self, GAsyncResult *result, GError **error);
JsonObject *kith_desktop_submit_get_now (KithDesktop *self, GAsyncResult *result); /* what the hub told with an online one; NULL: nothing */
/* The same for what cannot be taken back afterwards (a paper): the hub decides first, once it has heard of what waits here. A refusal is told here
 * alone and leaves nothing that needs attention. told: FALSE: no hub answers; it is queued, and was allowed as far as this computer knows. */
void kith_desktop_submit_asked_async (KithDesktop *self, const char *op, JsonObject *args, GAsyncReadyCallback callback, gpointer user_data);
gboolean kith_desktop_submit_asked_finish (KithDesktop *self, GAsyncResult *result, gboolean *told, GError **error);
void kith_desktop_undo_async (KithDesktop *self, const char *op_id, GAsyncReadyCallback callback, gpointer user_data);
gboolean kith_desktop_undo_finish (KithDesktop *self, GAsyncResult *result, char **draft, GError **error); /* draft: key of what is a draft again; NULL: nothing */

/* Anything else that needs the store: on the store's thread, or (read) on the reader's. job gets the KithStore or the reading KithDb. */
typedef gpointer (*KithDesktopJob) (gpointer store_or_db, gpointer data, GCancellable *cancellable, GError **error);
void kith_desktop_store_async (KithDesktop *self, KithDesktopJob job, gpointer data, GDestroyNotify destroy, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data);
void kith_desktop_read_async (KithDesktop *self, KithDesktopJob job, gpointer data, GDestroyNotify destroy, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data);
gpointer kith_desktop_job_finish (KithDesktop *self, GAsyncResult *result, GError **error);

const KithActor *kith_desktop_get_actor (KithDesktop *self); /* a copy for the main thread, NULL before the first fill */

/* Lists: a paged GListModel of KithRow over a named query of store/queries; reloads itself when a kind it names changes. */
#define KITH_TYPE_ROW (kith_row_get_type ())
G_DECLARE_FINAL_TYPE (KithRow, kith_row, KITH, ROW, GObject)
const char *kith_row_get_id (KithRow *self);                          /* first column; NULL while loading */
const char *kith_row_get_text (KithRow *self, const char *column);    /* by column name; NULL for null or while loading */
gint64 kith_row_get_int (KithRow *self, const char *column);
KithRow *kith_row_freeze (KithRow *self);                             /* what it says now, whatever becomes of it: for another thread to read. Transfer full */
gboolean kith_row_same (KithRow *self, KithRow *other);               /* of one query: the same record, and nothing of it is different */
/* GObject property "loaded"; columns arrive once. */

#define KITH_TYPE_LIST_MODEL (kith_list_model_get_type ())
G_DECLARE_FINAL_TYPE (KithListModel, kith_list_model, KITH, LIST_MODEL, GObject)
/* query: name; kinds: NULL-ended, those whose change reloads it; args: NULL-ended texts bound in order. */
KithListModel *kith_list_model_new (KithDesktop *desktop, const char *query, const char *const *kinds, const char *const *args);
void kith_list_model_set_args (KithListModel *self, const char *const *args);
/* Properties "loading" (boolean), "total" (uint), "unsure" (uint): how many of them it is not sure of, the last ones; told with "total". */

/* Within a job of the reader's: a named query row by row, each while it lasts, for what is written out and not shown. FALSE of func, with error set,
 * ends it. */
typedef gboolean (*KithDesktopRowFunc) (KithRow *row, gpointer data, GError **error);
gboolean kith_desktop_each_row (gpointer db, const char *query, const char *const *args, KithDesktopRowFunc func, gpointer data, GCancellable *cancellable,
                                GError **error);

/* Search as one types: results in order of design.md 2.1; stale answers are dropped by the caller's cancellable. more: there are or may be
 * others that another letter brings (optional). (element-type KithRow) */
void kith_desktop_search_async (KithDesktop *self, const char *kind, const char *text, guint limit, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer user_data);
/* The hits that a narrower list of that kind has too, with its columns; args: of its query. */
void kith_desktop_search_in_async (KithDesktop *self, const char *kind, const char *list, const char *const *args, const char *text, guint limit,
                                   GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/* The same, of a sentence as it was told: where nothing has all of its words, what has some of them. list: nullable */
void kith_desktop_search_told_async (KithDesktop *self, const char *kind, const char *list, const char *const *args, const char *text, guint limit,
                                     GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *kith_desktop_search_finish (KithDesktop *self, GAsyncResult *result, gboolean *more, GError **error);

/* Whom other agencies of the network know and who agreed to be found (U3, C14): asked of the hub, each hit is on record there as disclosed. name: two
 * words, or one and birth (a date or the beginning of one). At most 20 rows with given_name, middle_name, family_name, second_family_name, birth_year,
 * city; they are in memory only. Cancelling gives the question up; locking does. Errors: G_IO_ERROR_NOT_CONNECTED without a hub; else the
 * hub's own words. (element-type KithRow) */
void kith_desktop_ask_network_async (KithDesktop *self, const char *name, const char *birth, GCancellable *cancellable, GAsyncReadyCallback callback,
                                     gpointer user_data);
GPtrArray *kith_desktop_ask_network_finish (KithDesktop *self, GAsyncResult *result, gboolean *more, GError **error); /* more: there are others too */

/* Clients here that may be the person whose values are being typed (domain.md 5), likeliest first. values: a client's fields by name, shared with
 * a thread: not to be changed any more. Rows as of a search, and: "zone" (link: probably the same; review: maybe; no: somewhat alike), "swapped" (1: given and
 * family name stand in each other's place), "given_level", "family_level", "birth_level", "phone_level", "street_level" (exact, near, far, differs,
 * missing). Nobody is joined by it. (element-type KithRow) */
void kith_desktop_similar_async (KithDesktop *self, JsonObject *values, guint limit, GCancellable *cancellable, GAsyncReadyCallback callback,
                                 gpointer user_data);
GPtrArray *kith_desktop_similar_finish (KithDesktop *self, GAsyncResult *result, GError **error);

/* What which agency would see of a client (or no longer) if this were done now, as far as this computer knows (design.md 2.4). args:
 * transfer full. Fails with the refusal the operation would meet. (element-type KithSight) */
void kith_desktop_preview_async (KithDesktop *self, const char *client, const char *op, JsonObject *args, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *kith_desktop_preview_finish (KithDesktop *self, GAsyncResult *result, GError **error);

G_END_DECLS
