/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-hub-private.h"

#include <sodium.h>

G_BEGIN_DECLS

#define KITH_AUTHENTICATOR_MIN 16
#define KITH_AUTHENTICATOR_MAX 64

/* What a desktop derives from a password for the hub; the rest is 0. */
typedef struct
{
  guint8 bytes[KITH_AUTHENTICATOR_MAX];
  gsize length; /* 0: none */
} KithAuthenticator;

/* What a hash is made with. */
typedef struct
{
  guint64 ops;
  gsize memory;
  guint8 salt[crypto_pwhash_SALTBYTES];
} KithHubCost;

char *kith_hub_hex (const guint8 *bytes, gsize length);
KithHubCost kith_hub_draw_cost (KithHub *self, gboolean low);
char *kith_hub_make_hash (const KithHubCost *cost, const guint8 *auth, gsize length, GError **error);
gboolean kith_hub_check_hash (KithHub *self, const KithHubRequest *request, const char *stored, const KithAuthenticator *auth, const KithAuthenticator *next,
                              gboolean low, KithHubAnswer *answer, gboolean *right, char **next_hash, GError **error);

G_END_DECLS
