/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-draft-private.h"

#include <glib/gi18n.h>

/* What was typed becomes an operation: until that is decided it stays on the disk, and afterwards it is there once. */

struct _KithDraftSubmit
{
  KithDraft *draft;
  KithContext *context; /* the draft's, also when its window is gone */
  char *key;
  KithDraftKept *kept; /* the context's */
  GAsyncReadyCallback callback;
  gpointer user_data;
};

KithDraftSubmit *
kith_draft_begin_submit (KithDraft *self)
{
  KithDraftSubmit *submit = g_new0 (KithDraftSubmit, 1);

  submit->draft = g_object_ref (self);
  submit->context = g_object_ref (self->context);
  submit->key = g_strdup (self->key);
  kith_draft_flush (self);
  self->submits = TRUE;
  kith_draft_keep_aside (self);
  submit->kept = kith_draft_kept (self->context, self->user, self->key);
  submit->kept->writer = self;
  submit->kept->saving++;
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
                       gboolean         taken)
{
  g_autoptr (KithDraft) self = submit->draft;
  g_autoptr (KithContext) context = submit->context;

  submit->kept->saving--;
  self->submits = taken; /* what is typed from now on is none of it */
  if (!taken && self->touched)
    kith_draft_touch (self);
  else if (taken && submit->kept->writer == self) /* else the next one is being written there by now */
    kith_draft_write (context, self, submit->key, NULL, NULL, KITH_DRAFT_WRITE);
  if (submit->kept->saving == 0)
    tell_waiting (submit, taken);
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

  kith_draft_end_submit (submit, !g_task_had_error (G_TASK (result)));
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
  kith_context_submit_draft (self->context, op, args, self->waits ? NULL : self->key, done, undo, submitted_cb, submit);
}
