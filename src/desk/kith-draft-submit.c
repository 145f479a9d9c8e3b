/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-draft-private.h"

#include <glib/gi18n.h>

/* What was typed becomes an operation: until that is decided it stays on the disk, and afterwards it is there once. */

struct _KithDraftSubmit
{
  KithDraft *draft;
  KithContext *context; /* the draft's, also when its window is gone */
  char *key;
  KithDraftJob *typed; /* what goes with it, and comes back if it is undone; NULL: nothing that somebody typed */
  GAsyncReadyCallback callback;
  gpointer user_data;
};

KithDraftSubmit *
kith_draft_begin_submit (KithDraft *self)
{
  KithDraftSubmit *submit = g_new0 (KithDraftSubmit, 1);
  JsonObject *typed = self->owner ? self->collect (self->owner) : NULL;

  submit->draft = g_object_ref (self);
  submit->context = g_object_ref (self->context);
  submit->key = g_strdup (self->key);
  submit->typed = typed ? kith_draft_job_new (self->context, self->key, self->scope, typed, FALSE) : NULL;
  kith_draft_hold (self, TRUE);
  kith_draft_keep_aside (self);
  kith_draft_kept (self->context, self->key)->writer = self;
  kith_draft_kept (self->context, self->key)->saving++;
  return submit;
}

/* Those of the key that were begun meanwhile and did not know what becomes of the words there. */
static void
tell_waiting (KithDraftSubmit *submit,
              gboolean         taken)
{
  GHashTableIter iter;
  gpointer draft;

  g_hash_table_iter_init (&iter, kith_drafts_open (submit->context));
  while (g_hash_table_iter_next (&iter, &draft, NULL))
    {
      KithDraft *other = draft;

      if (!other->waits || !g_str_equal (other->key, submit->key))
        continue;
      if (!taken)
        {
          kith_draft_load (other);
          continue;
        }
      other->waits = other->unknown = FALSE;
    }
}

void
kith_draft_end_submit (KithDraftSubmit *submit,
                       gboolean         taken,
                       const char      *undo)
{
  g_autoptr (KithDraft) self = submit->draft;
  g_autoptr (KithContext) context = submit->context;
  KithDraftKept *kept = kith_draft_kept (context, submit->key);

  kept->saving--;
  if (!taken)
    kith_draft_hold (self, FALSE);
  else if (kept->writer == self) /* else the next one is being written there by now */
    kith_draft_job_run (context, NULL, kith_draft_job_new (context, submit->key, NULL, NULL, FALSE));
  if (kept->saving == 0)
    tell_waiting (submit, taken);
  if (taken && undo && submit->typed)
    kith_drafts_note_undo (context, undo, g_steal_pointer (&submit->typed));
  g_clear_pointer (&submit->typed, kith_draft_job_unref);
  g_free (submit->key);
  g_free (submit);
}

static void
submitted_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  KithDraftSubmit *submit = user_data;
  KithContext *context = KITH_CONTEXT (source);
  GAsyncReadyCallback callback = submit->callback;
  gpointer data = submit->user_data;
  g_autoptr (GError) error = NULL;

  kith_draft_end_submit (submit, !g_task_had_error (G_TASK (result)), kith_context_submit_get_undo (context, result));
  if (callback)
    callback (source, result, data);
  else if (!kith_context_submit_finish (context, result, &error))
    kith_context_problem (context, _("That was not saved"), error);
}

void
kith_draft_submit (KithDraft          *self,
                   const char         *op,
                   JsonObject         *args,
                   const char         *done,
                   gboolean            undo,
                   GAsyncReadyCallback callback,
                   gpointer            user_data)
{
  KithDraftSubmit *submit = kith_draft_begin_submit (self);

  submit->callback = callback;
  submit->user_data = user_data;
  kith_context_submit_draft (self->context, op, args, self->key, done, undo, submitted_cb, submit);
}
