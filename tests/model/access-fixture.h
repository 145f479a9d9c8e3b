/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-access.h"
#include "kith-clock.h"
#include "kith-oracle.h"

G_BEGIN_DECLS

/* A world in memory with rows and memberships kept the way the hub keeps them: recomputed for what kith_access_subjects() and
 * kith_access_people() name, and only for that. The same facts go to the oracle. */
typedef struct
{
  KithMemoryWorld *world;
  KithOracle *oracle;
  GHashTable *grants;  /* subject → (element-type KithGrant) */
  GHashTable *members; /* user → (element-type utf8) */
  gint64 now;
} AccessFixture;

AccessFixture *access_fixture_new (void);
void access_fixture_free (AccessFixture *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AccessFixture, access_fixture_free)

const char *access_id (const char *name); /* the id that stands for a short name; interned */

/* Sets fields of the record called name, which comes into being with the defaults of its kind. json is read with ' for " and
 * every text "@name" becomes that name's id; null removes a field. */
void access_put (AccessFixture *self, const char *kind, const char *name, const char *json_format, ...) G_GNUC_PRINTF (4, 5);
void access_remove (AccessFixture *self, const char *kind, const char *name);
void access_sweep (AccessFixture *self); /* recomputes subjects with rows that have ended */

gboolean access_sees (AccessFixture *self, const char *user_id, const char *scope);
char *access_explain (AccessFixture *self, const char *user_id, const char *scope); /* the person, and every row of the scope */
char *access_scope (const char *text); /* "care:@c:@A" with ids in place of names */

G_END_DECLS
