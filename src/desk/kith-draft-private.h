/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-draft.h"

G_BEGIN_DECLS

struct _KithDraft
{
  GObject parent_instance;
  KithContext *context;
  char *key, *scope;
  KithDraftCollect collect;
  KithDraftRestore restore;
  gpointer owner; /* NULL: closed */
  guint save_id;
  gboolean restoring, restored, held;
  gboolean touched; /* something was typed that is not on its way to the disk */
  gboolean unknown; /* what stands under the key was not shown here: it is being read, or saved by somebody else */
  gboolean waits;   /* for what is being saved under its key */
};

/* kith-draft-kept.c: what is kept of a context's drafts, beside the windows they were typed in */

/* What is to be written under a key, or dropped. Shared by the threads, not changed. */
typedef struct
{
  char *key, *scope, *user;
  JsonObject *draft; /* NULL: dropped */
  gboolean aside;    /* what stands there is put aside first: nobody has seen it */
} KithDraftJob;

KithDraftJob *kith_draft_job_new (KithContext *context, const char *key, const char *scope, JsonObject *draft, gboolean aside); /* draft: transfer full */
KithDraftJob *kith_draft_job_ref (KithDraftJob *job);
void kith_draft_job_unref (KithDraftJob *job);
/* draft: (nullable): whose words they are; it is told when they could not be written. job: transfer full */
void kith_draft_job_run (KithContext *context, KithDraft *draft, KithDraftJob *job);

/* Of one key: whose words are on the disk, and how many times such words are on their way to be saved. */
typedef struct
{
  gconstpointer writer; /* only compared */
  guint saving;
} KithDraftKept;

KithDraftKept *kith_draft_kept (KithContext *context, const char *key);
GHashTable *kith_drafts_open (KithContext *context); /* (KithDraft, not held) */
/* What became the operation, until it can be taken back no more: put back with it. job: transfer full */
void kith_drafts_note_undo (KithContext *context, const char *op_id, KithDraftJob *job);

/* kith-draft.c */
void kith_draft_not_written (KithDraft *self, gboolean aside); /* tried again soon */
void kith_draft_load (KithDraft *self);
void kith_draft_keep_aside (KithDraft *self); /* what was not shown here, before its key is dropped */

G_END_DECLS
