/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-db-thread.h"
#include "kith-desktop-hits.h"
#include "kith-desktop-reads.h"
#include "kith-json.h"
#include "kith-keyslots.h"
#include "kith-password.h"
#include "kith-store-lease.h"

G_BEGIN_DECLS

/* The parts of KithDesktop. Main side: kith-desktop.c, lists and rows. Worker side: the session (store, engine, transport),
 * which only the worker thread touches; the reader's connection, which only the reader thread touches. */

typedef struct _KithSession KithSession;

/* What the main thread shows, taken together on the worker. */
typedef struct
{
  KithSyncState state;
  guint waiting, attention;
  gint64 last_contact_ms;
  gboolean filling;   /* what the hub has for this person is not all here */
  int refound;        /* percent of what rows are found by that is as it should be */
  char *refind_trouble; /* why that does not go on; NULL: it does */
  gboolean online;    /* the hub answered last */
  char *trouble;      /* why it did not; NULL: it did */
  gint64 tried_ms;    /* wall; when it was asked last */
  gint64 next_ms;     /* wall; when it is asked again; 0: not by itself */
  gboolean password_changed; /* the hub does not take the one this was unlocked with */
  KithClosed closed;  /* then nothing of it is left but what was not sent */
  KithActor *actor;   /* NULL: as before */
} KithDesktopView;

struct _KithDesktop
{
  GObject parent_instance;

  char *data_dir;
  KithClock *clock;
  GMainContext *main;
  KithDbThread *worker, *reader;

  KithTransportFactory factory;
  gpointer factory_data;
  GDestroyNotify factory_destroy;

  /* worker thread only */
  KithSession *session;
  KithPassword *former; /* what somebody unlocked with, where that opened a damaged copy: the hub may take another one by now; NULL: nobody did */
  /* reader thread only */
  KithDb *db;

  /* main thread only */
  gboolean signed_in, unlocked, password_changed;
  guint openings; /* how often a store was opened: what was asked since is of the one that is open */
  KithClosed closed;
  KithSyncState state;
  guint waiting, attention;
  gboolean filling;
  int refound;
  gint64 last_contact_ms, offline_since_ms, tried_ms, next_ms;
  char *trouble, *refind_trouble;
  KithActor *actor;
  KithReads *reads;
  char *damage; /* what is kept here is damaged, and nobody has signed in since; NULL: nothing of the kind */

  char *kept;  /* atomic; written by the worker, taken by the main thread: what became of a damaged copy */
  int first_looks; /* atomic: lists that are to be opened or looked at anew, and the reader has not come to them */
  int locks;   /* atomic; raised by lock in the main thread: what was asked for or told before is of no interest */
  int opened;  /* worker thread only: locks as it was when the session that is open was asked for */
};

/* kith-desktop.c */
gpointer kith_desktop_close_job (gpointer data, GCancellable *cancellable, GError **error); /* of the worker: data is the desktop */

/* kith-desktop-news.c, called on the worker, seen in the main context */
void kith_desktop_post_view (KithDesktop *self, KithDesktopView *view); /* transfer full */
void kith_desktop_post_changed (KithDesktop *self, char **kinds);       /* transfer full */
void kith_desktop_post_outcome (KithDesktop *self, const char *op_id);
void kith_desktop_post_opened (KithDesktop *self, KithDesktopView *view); /* transfer full */
void kith_desktop_post_lease_over (KithDesktop *self); /* locks */

/* kith-desktop-jobs.c */
gboolean kith_desktop_refuse_locked (GError **error); /* always FALSE */
GError *kith_desktop_refusal_of (JsonObject *outcome); /* the hub's no, as the windows tell it */

/* kith-desktop-session.c, worker only */
typedef struct
{
  char *hub, *login, *device;
  char *folder;
} KithSessionPlace;

gboolean kith_session_open (KithDesktop *desktop, const char *hub, const char *login, const char *folder, KithSecret *data_key,
                            KithPassword *password, GError **error); /* password: transfer none; its authenticator is kept for signing in again */
void kith_session_close (KithDesktop *desktop);
KithStore *kith_session_get_store (KithSession *self);
KithSyncEngine *kith_session_get_engine (KithSession *self);
KithTransport *kith_session_get_transport (KithSession *self);
GPtrArray *kith_session_get_asked (KithSession *self);
/* kith-desktop-asked.c: goes on with what the hub is asked first, after every answer and failure */
void kith_session_tell_asked (KithSession *self);
void kith_session_asked_free (gpointer data);
gboolean kith_session_is_for (KithSession *self, const char *hub, const char *login);
gboolean kith_session_rewrap (KithSession *self, const KithKeyslotsInfo *info, KithPassword *password, GError **error);
gboolean kith_session_take_sign_in (KithSession *self, const char *device, JsonObject *answer, GError **error);
void kith_session_post_opened (KithSession *self); /* the windows may show it */
void kith_session_pump (KithSession *self);
void kith_session_take_closed (KithSession *self, JsonObject *answer);
/* Nothing shows before the hub was met: task (transfer full) ends when it was, or when that cannot be. */
void kith_session_show_once_met (KithSession *self, GTask *task);
gboolean kith_session_wants_password (KithSession *self); /* waits for that, and the hub takes another password than it was opened with */
const char *kith_session_get_login (KithSession *self);
KithSecret *kith_session_get_auth (KithSession *self); /* NULL: the hub takes it no more */
void kith_session_move (KithSession *self, const char *hub, KithTransport *transport); /* from now on the hub is asked there */

/* kith-desktop-sign-in.c */
/* answer: the hub's; with error its refusal, or NULL: it gave none */
typedef void (*KithSignInSent) (KithDesktop *desktop, JsonObject *answer, const GError *error, gpointer user_data);
void kith_sign_in_send (KithDesktop *desktop, KithTransport *transport, const char *login, KithSecret *auth, KithSecret *next_auth, const char *device,
                        const char *former_device, KithSignInSent sent, gpointer user_data);
void kith_sign_in_send_start (KithDesktop *desktop, KithTransport *transport, const char *login, KithSignInSent sent, gpointer user_data);
void kith_sign_in_again (KithDesktop *desktop, GTask *task, int locks, const char *hub, const char *login, const char *former, const char *password); /* task: transfer full */
gboolean kith_desktop_check_not_locked (KithDesktop *desktop, int locks, GError **error); /* closes the session when it was */

/* kith-desktop-rescue.c */
gboolean kith_rescue_is_damage (const GError *error);
void kith_rescue_explain (GError *failure, GError **error); /* failure: transfer full */
gboolean kith_rescue_set_aside (const char *folder, const char *hub, const char *login, gint64 hub_n, KithClock *clock, GError **error);
void kith_rescue_clear (KithDesktop *desktop, const char *folder, gboolean closed, gboolean over);
void kith_rescue_note (const char *folder);         /* the next sign-in begins anew */
gboolean kith_rescue_is_noted (const char *folder);
char *kith_rescue_find_device (KithDesktop *desktop, const char *folder);
gboolean kith_rescue_try_former (KithDesktop *desktop, const char *folder, const char *password); /* whether it opens a copy that waits; kept for it then */
const char *kith_rescue_words (void);
void kith_rescue_resume (KithDesktop *desktop, const char *folder, const char *password);

/* kith-desktop-look.c: damage that shows while everything is open, and the weekly look for it */
void kith_desktop_post_damage (KithDesktop *self);   /* any thread but the main one: "damage" is set */
void kith_desktop_reader_met_damage (KithDesktop *self);
gpointer kith_desktop_mend_indexes_job (gpointer desktop, GCancellable *cancellable, GError **error); /* on the worker */
void kith_session_watch_file (KithSession *self);    /* after whatever the store did */
void kith_session_end_look (KithSession *self);

/* kith-desktop-place.c */
char *kith_desktop_fold_address (const char *hub);
char *kith_desktop_place (KithDesktop *self, const char *hub, const char *login); /* the folder of a hub, whatever its address is now, and user */
gboolean kith_desktop_note_last (KithDesktop *self, const char *hub, const char *login, GError **error);
gboolean kith_desktop_last_place (KithDesktop *self, char **hub, char **login);

/* kith-desktop-move.c */
char *kith_desktop_first_address (KithDesktop *self, const char *hub); /* under which the hub was first known here: it names the folder */

#define KITH_DESKTOP_QUERIES "/org/kith/sql/store/queries" /* of both connections */

/* kith-desktop-unlock.c */
KithSecret *kith_desktop_open_slots (KithDesktop *desktop, const char *folder, const char *password, KithPassword **keys, GError **error);

/* kith-desktop-tries.c; folder: of a hub and user */
gint64 kith_desktop_tries_left_ms (const char *folder, KithClock *clock);
void kith_desktop_tries_note_wrong (const char *folder, KithClock *clock);
void kith_desktop_tries_forget (const char *folder);

/* kith-row.c */
KithRow *kith_row_new_placeholder (GPtrArray *columns /* element-type utf8 */);
KithRow *kith_row_new (GPtrArray *columns, GPtrArray *values /* element-type utf8, nullable; transfer full */);
KithRow *kith_row_new_known (GPtrArray *columns, const char *id);
void kith_row_fill (KithRow *self, GPtrArray *values); /* transfer full */
gboolean kith_row_same_id (KithRow *self, GPtrArray *values);
gboolean kith_row_equal (KithRow *self, GPtrArray *values);
GPtrArray *kith_row_read (KithDbStmt *stmt);           /* the values of the row the statement stands on */
GPtrArray *kith_row_read_columns (KithDbStmt *stmt);

G_END_DECLS
