/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-desktop-private.h"

G_BEGIN_DECLS

typedef struct _KithLook KithLook;

/* Shared by kith-desktop-session.c, kith-desktop-lease.c and kith-desktop-look.c. */
struct _KithSession
{
  KithDesktop *desktop; /* borrowed: the desktop closes its session before it goes */
  KithStore *store;
  KithSyncEngine *engine;
  KithTransport *transport;
  KithRandom *random;
  GCancellable *cancellable;
  GCancellable *line;   /* of what is under way to the hub's address as it is now */
  char *trouble;        /* why the hub could not be reached last; NULL: it was */
  gint64 tried_ms;      /* wall */
  gint64 next_ms;       /* wall; 0: not by itself */
  GSource *timer;
  char *hub, *login, *folder;
  KithSecret *data_key; /* to seal it anew when the password was changed */
  KithSecret *auth;     /* for signing in again when the refresh token is gone */
  gint64 signed_in_at;  /* mono, last try */
  gboolean signing_in, password_changed;
  char *signing_as;     /* the computer the hub was last asked to sign in */
  gboolean online, pumping;
  gboolean actor_stale;
  GTask *until_met;     /* an unlock that the hub has to be met for; NULL: none */
  gboolean cleared;     /* of damaged copies, the account being closed */
  gboolean damaged;     /* it was met: the next sign-in begins anew */
  KithLook *look;       /* under way; NULL: none */
  GSource *refind;      /* turns of making anew what rows are found by; NULL: none is due */
  char *refind_trouble; /* why the last turn came to nothing; NULL: none did */
  gint64 refind_again;  /* mono, ms: not before that, by itself */
  gboolean lease_over;  /* the windows show nothing of it */
  GPtrArray *asked;     /* what the hub is asked before it is done: kith-desktop-asked.c */
};

void kith_session_post_view (KithSession *self); /* kith-desktop-view.c */

void kith_session_begin_refind (KithSession *self); /* kith-desktop-refind.c: where it is due */
void kith_session_refind_now (KithSession *self);   /* the same, also right after it failed */
void kith_session_end_refind (KithSession *self);   /* before the store is closed */

/* kith-desktop-lease.c */
void kith_session_check_lease (KithSession *self); /* locks when it is over */
void kith_session_check_closed (KithSession *self);
void kith_session_end_wait (KithSession *self);    /* last of all: the session may be gone then */
void kith_session_drop_wait (KithSession *self);
gboolean kith_session_is_spent (KithSession *self); /* the hub closed it, and nobody wants anything of it any more */
void kith_session_erase (const char *folder);       /* the store is closed */

G_END_DECLS
