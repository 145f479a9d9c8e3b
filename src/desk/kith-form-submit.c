/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-form-private.h"

#include <glib/gi18n.h>

/* What a form saves, together with its draft; the form may be left, or locked away, before that is decided. */

typedef struct
{
  KithDraftSubmit *draft;
  GAsyncReadyCallback callback;
  gpointer user_data;
} Submit;

static void
submitted_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  Submit *submit = user_data;

  kith_draft_end_submit (submit->draft, !g_task_had_error (G_TASK (result)));
  submit->callback (source, result, submit->user_data);
  g_free (submit);
}

static Submit *
begin_submit (KithForm           *self,
              GAsyncReadyCallback callback,
              gpointer            user_data)
{
  Submit *submit = g_new0 (Submit, 1);

  submit->draft = kith_draft_begin_submit (kith_form_get_draft (self));
  submit->callback = callback;
  submit->user_data = user_data;
  kith_form_set_busy (self, TRUE);
  return submit;
}

void
kith_form_submit (KithForm           *self,
                  GPtrArray          *steps,
                  const char         *done,
                  GAsyncReadyCallback callback,
                  gpointer            user_data)
{
  kith_context_submit_all (kith_form_get_context (self), steps, kith_form_get_draft_key (self), done, submitted_cb, begin_submit (self, callback, user_data));
}

void
kith_form_submit_one (KithForm           *self,
                      const char         *op,
                      JsonObject         *args,
                      const char         *done,
                      gboolean            undo,
                      GAsyncReadyCallback callback,
                      gpointer            user_data)
{
  kith_context_submit_draft (kith_form_get_context (self), op, args, kith_form_get_draft_key (self), done, undo, submitted_cb, begin_submit (self, callback, user_data));
}

/**
 * kith_form_refused:
 * @context: of the form, which may have it no more
 *
 * What was submitted was not taken: it can be saved once more, and the form says why. Where the form was left before the answer, that is told beside whatever
 * stands there now; the draft is there. After a lock it is the draft alone: somebody else may be who unlocks.
 */
void
kith_form_refused (KithForm     *self,
                   KithContext  *context,
                   const GError *error)
{
  gboolean unlocked;

  if (kith_form_get_context (self))
    {
      kith_form_set_busy (self, FALSE);
      kith_form_tell (self, error->message);
    }
  g_object_get (kith_context_get_desktop (context), "unlocked", &unlocked, NULL);
  if (unlocked && !gtk_widget_get_mapped (GTK_WIDGET (self)))
    kith_context_problem (context, _("That was not saved"), error);
}
