/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-hub.h"
#include "kith-json.h"
#include "kith-sync-engine.h"
#include "kith-test.h"

G_BEGIN_DECLS

/* A real hub core and real desktop cores in one thread, on one clock that stands still between steps. */
typedef struct
{
  KithManualClock *clock;
  KithRandom *random;
  KithHub *hub;
  char *files; /* folder of attached files */
  char *backup, *backup_files; /* NULL: none */
  guint n_restored;
  GRecMutex *guard; /* (nullable): held while the hub is worked with, where desks do so on threads of their own (direct-transport.h) */
  char *a, *b, *c, *service; /* three agencies, a service of B that takes direct referrals */
} Network;

typedef struct
{
  Network *net;
  KithStore *store;
  KithSyncEngine *engine;
  char *user, *login;
  gboolean cut;         /* no network */
  guint requests;       /* so many more, then the network is cut; 0: no limit */
  char *files;          /* folder of attached files */
  KithSyncRequest *held; /* a long poll the hub has not answered */
  GString *seen;        /* every byte the hub ever sent here */
  GString *sent;        /* every byte that was sent to the hub */
  gboolean old;         /* of a Kith that the hub sends nothing to any more */
  gboolean old_hub;     /* it does not say which schema it knows, as one of the first */
} Desk;

Network *network_new (void);
void network_free (Network *self);
void network_back_up (Network *self);
void network_set_aside (Network *self); /* the bare database, as cp makes a copy while the hub is stopped */
void network_restore (Network *self); /* the hub is what the copy was; what came since is not known there. The copy stays as it is. */
char *network_id (Network *self);
char *network_add_staff (Network *self, const char *login, const char *agency, const char *role, const char *duty); /* agency NULL: of the network's staff */
void network_do (Network *self, const char *op, const char *args); /* as the hub; must be applied; ' for " */
JsonObject *network_json (const char *format, ...) G_GNUC_PRINTF (1, 2); /* ' for " */

Desk *desk_new (Network *net, const char *login);
void desk_free (Desk *self);
void desk_sign_in (Desk *self); /* once more, at this computer */
void desk_run (Desk *self);  /* steps until it only waits; time moves when it asks to wait for a retry */
char *desk_submit (Desk *self, const char *op, JsonObject *args); /* transfer full args; must be taken */
char *desk_field (Desk *self, const char *kind, const char *id, const char *field); /* NULL: no such record here */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Network, network_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Desk, desk_free)

G_END_DECLS
