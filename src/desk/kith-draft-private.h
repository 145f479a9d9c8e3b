/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-draft.h"

G_BEGIN_DECLS

struct _KithDraft
{
  GObject parent_instance;
  KithContext *context;
  char *key, *scope;
  char *user; /* who types: Kith may be locked by the time it is written */
  KithDraftCollect collect;
  KithDraftRestore restore;
  gpointer owner; /* NULL: closed */
  guint save_id;
  gboolean restoring, restored;
  gboolean held;    /* by its owner */
  gboolean submits; /* what was typed is becoming an operation, or has become one */
  gboolean touched; /* something was typed that is not on its way to the disk */
  gboolean unknown; /* what stands under the key was not shown here: it is being read, or saved by somebody else */
  gboolean waits;   /* for what is being saved under its key */
};

/* kith-draft-kept.c: what is kept of a context's drafts, beside the windows they were typed in */

typedef enum
{
  KITH_DRAFT_WRITE,      /* under its key; NULL is dropped */
  KITH_DRAFT_WRITE_OVER, /* the same; what stands there is put aside first: nobody has seen it */
  KITH_DRAFT_ASIDE,      /* these words themselves: something else stands there, or is on its way */
} KithDraftHow;

/* draft: whose words they are; it is told when they could not be written. Its window may be gone: then key and context are not its own any more. words: transfer full */
void kith_draft_write (KithContext *context, KithDraft *draft, const char *key, const char *scope, JsonObject *words, KithDraftHow how);
void kith_draft_write_unsaved (KithContext *context, const char *key); /* what is not on the disk yet, before it is read there */

/* Of one key and person: whose words are on the disk, and how many times such words are on their way to be saved. */
typedef struct
{
  gconstpointer writer; /* only compared */
  guint saving;
  guint64 newest;       /* of what is to be written */
} KithDraftKept;

KithDraftKept *kith_draft_kept (KithContext *context, const char *user, const char *key);
GHashTable *kith_drafts_open (KithContext *context); /* (KithDraft, not held) */

/* kith-draft.c */
void kith_draft_not_written (KithDraft *self, KithDraftHow how); /* tried again soon */
void kith_draft_load (KithDraft *self);
void kith_draft_keep_aside (KithDraft *self); /* what was not shown here, before its key is dropped */

G_END_DECLS
