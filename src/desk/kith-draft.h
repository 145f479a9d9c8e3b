/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"

G_BEGIN_DECLS

/* What somebody is typing, written to the encrypted store half a second after the last key, so that a lock, a crash or a power cut
 * loses nothing. collect gives what is worth keeping (transfer full; NULL: nothing). */
#define KITH_TYPE_DRAFT (kith_draft_get_type ())
G_DECLARE_FINAL_TYPE (KithDraft, kith_draft, KITH, DRAFT, GObject)

#define KITH_DRAFT_CARRIED KITH_STORE_DRAFT_CARRIED /* a member: true where Kith began it with what was said elsewhere, and nobody has written there yet */

typedef JsonObject *(*KithDraftCollect) (gpointer owner);
typedef void (*KithDraftRestore) (gpointer owner, JsonObject *draft, const char *words); /* words: "Draft from 14:02 restored" */

/* scope: where what is typed belongs ("client:ID"), so that a draft goes when access to it goes; NULL: nowhere yet.
 * owner: not held; run the draft's dispose before it goes. An older draft of the same key is given to restore in a later turn. */
KithDraft *kith_draft_new (KithContext *context, const char *key, const char *scope, KithDraftCollect collect, KithDraftRestore restore, gpointer owner);
void kith_draft_touch (KithDraft *self);  /* something was typed */
/* What is there already, shown as a draft would be (words NULL): nobody typed it, so no draft comes of it. A draft that was restored stands. */
void kith_draft_fill (KithDraft *self, JsonObject *content);
/* The same in several steps: between the two nothing counts as typed. FALSE: a draft was restored, and it stands; not to be ended. */
gboolean kith_draft_begin_fill (KithDraft *self);
void kith_draft_end_fill (KithDraft *self);
void kith_draft_flush (KithDraft *self);  /* write it now */
void kith_drafts_flush (KithContext *context); /* all that are open */
/* Words that could not be written when their window went are tried again by themselves; after an unlock, before anything else is read, by this. */
void kith_drafts_save_again (KithContext *context);
gboolean kith_drafts_are_unsaved (KithContext *context, const char *user); /* whether there are any of theirs */
void kith_drafts_read_again (KithContext *context, const char *key); /* what stands there is another: it was undone */
/* While what was typed is being saved nothing of it is written: it would come back after it was saved. It is on the disk when this returns the
 * first time; what is typed meanwhile is written when it is let go. */
void kith_draft_hold (KithDraft *self, gboolean hold);
/* Lets go of a hold during which nobody typed: what was touched is dropped, and the draft stands again as it was kept. */
void kith_draft_again (KithDraft *self);
const char *kith_draft_get_key (KithDraft *self);
/* What was typed is on its way to become an operation (or several): it stays on the disk until that is decided. An older draft that was not shown here by
 * then is put aside, and so is what is typed after it. Each begin has its end; the owner may go meanwhile. */
typedef struct _KithDraftSubmit KithDraftSubmit;
KithDraftSubmit *kith_draft_begin_submit (KithDraft *self);
void kith_draft_end_submit (KithDraftSubmit *submit, gboolean taken);
/* Does op (args: transfer full; done, undo: as kith_context_submit() has them), and forgets what was typed once it was taken: refused, or overtaken by a
 * lock, it stays and is offered again. callback: kith_context_submit_finish(); NULL: a refusal is told as a problem. The owner may go meanwhile. */
void kith_draft_submit (KithDraft *self, const char *op, JsonObject *args, const char *done, gboolean undo, GAsyncReadyCallback callback, gpointer user_data);
void kith_draft_forget (KithDraft *self); /* it became an operation, or was discarded */

G_END_DECLS
