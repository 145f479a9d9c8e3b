/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-actor.h"

G_BEGIN_DECLS

/* What an operation may see and change. The desktop's store, the hub and the in-memory world implement it (design.md 2.2). */
#define KITH_TYPE_WORLD (kith_world_get_type ())
G_DECLARE_INTERFACE (KithWorld, kith_world, KITH, WORLD, GObject)

typedef enum { KITH_SEES_NOTHING, KITH_SEES_ENDED /* once, no longer */, KITH_SEES_NOW } KithSees;

struct _KithWorldInterface
{
  GTypeInterface parent_iface;

  KithRecord *(*get) (KithWorld *self, const KithKind *kind, const char *id, GError **error);
  gboolean (*put) (KithWorld *self, KithRecord *record, GError **error);
  gboolean (*remove) (KithWorld *self, const KithKind *kind, const char *id, GError **error);
  GPtrArray *(*find) (KithWorld *self, const char *scope, const KithKind *kind, const char *field, const char *value,
                      gboolean *complete, GError **error);
  gboolean (*holds) (KithWorld *self, const char *scope);
  gboolean (*begin_scope) (KithWorld *self, const char *scope, GError **error);
  KithSees (*sees) (KithWorld *self, const KithActor *actor, const char *scope);
  gboolean (*number) (KithWorld *self, const KithKind *kind, const char *id, gint64 *number, GError **error); /* may be NULL: no numbers here */
};

/* A copy that is yours to change; NULL without error: not here. On a desk absence proves nothing. */
KithRecord *kith_world_get (KithWorld *self, const char *kind, const char *id, GError **error);

/* Checks the record, then stores it. A record in a scope this side does not hold is left to the hub: TRUE, nothing written (rule 5). */
gboolean kith_world_put (KithWorld *self, KithRecord *record, GError **error);
gboolean kith_world_remove (KithWorld *self, const char *kind, const char *id, GError **error);

/* Records of kind where field equals value, ordered by id; scope NULL: across scopes (complete only at the hub); field NULL: all of that scope.
 * The field must be INDEXED. (element-type KithRecord), copies. */
GPtrArray *kith_world_find (KithWorld *self, const char *scope, const char *kind, const char *field, const char *value,
                            gboolean *complete, GError **error);

gboolean kith_world_holds (KithWorld *self, const char *scope);                        /* the hub: always */
/* This operation begins the scope (client:C of a new client): the author holds it from now on, whole. */
gboolean kith_world_begin_scope (KithWorld *self, const char *scope, GError **error);
KithSees kith_world_sees (KithWorld *self, const KithActor *actor, const char *scope); /* a desk: what it holds; the hub: by its grants */
/* The hub's number (sync.md 2.2) of the record as it stands; 0: none yet, or not here. */
gboolean kith_world_number (KithWorld *self, const char *kind, const char *id, gint64 *number, GError **error);

/* The world in memory: the oracle's, the tests', and an example of the interface. It holds everything; sees answers through a callback (default: all). */
#define KITH_TYPE_MEMORY_WORLD (kith_memory_world_get_type ())
G_DECLARE_FINAL_TYPE (KithMemoryWorld, kith_memory_world, KITH, MEMORY_WORLD, GObject)

typedef KithSees (*KithSeesFunc) (KithWorld *world, const KithActor *actor, const char *scope, gpointer user_data);

KithMemoryWorld *kith_memory_world_new (void);
void kith_memory_world_set_sees (KithMemoryWorld *self, KithSeesFunc func, gpointer user_data);
void kith_memory_world_begin (KithMemoryWorld *self);    /* a savepoint; they nest */
void kith_memory_world_commit (KithMemoryWorld *self);
void kith_memory_world_rollback (KithMemoryWorld *self);
void kith_memory_world_foreach (KithMemoryWorld *self, const char *kind, GFunc func, gpointer user_data); /* func (KithRecord *, user_data) in id order */

G_END_DECLS
