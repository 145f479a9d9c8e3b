/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What whoever is signed in may do with the case shown: asked on the store's thread. */

#include "kith-case-view-private.h"

#include "kith-desktop-reads.h"

static gpointer
may_job (gpointer store, gpointer data, GCancellable *cancellable, GError **error)
{
  static const char *const of_case[] = { "note.add", "goal.set", "assessment.record", "task.add", "case.close", "case.reopen" }; /* the first three are for some eyes only */
  char **ids = data; /* the case, its client */
  g_autoptr (JsonObject) client = kith_json_new ("client", "s", ids[1], NULL), record = kith_json_new ("t", "s", "case", "id", "s", ids[0], NULL);
  JsonObject *may = json_object_new ();

  for (guint i = 0; i < G_N_ELEMENTS (of_case); i++)
    {
      g_autoptr (JsonObject) args = kith_json_new ("case", "s", ids[0], i < 3 ? "sensitivity" : NULL, "s", "general", NULL);

      json_object_set_boolean_member (may, of_case[i], kith_store_may (store, of_case[i], args, NULL));
    }
  json_object_set_boolean_member (may, "service.record", kith_store_may (store, "service.record", client, NULL));
  json_object_set_boolean_member (may, "assignment.apply", kith_store_may (store, "assignment.apply", client, NULL));
  json_object_set_boolean_member (may, "record.patch", kith_store_may (store, "record.patch", record, NULL));
  return may;
}

static void
may_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr (KithCaseView) self = user_data;
  g_autoptr (GError) error = NULL;
  JsonObject *may = kith_desktop_job_finish (KITH_DESKTOP (source), result, &error);

  if (self->context)
    kith_desktop_tell_read (KITH_DESKTOP (source), self, error, (KithReadAgain) kith_case_view_ask_may);
  if (!self->context || !may || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_clear_pointer (&may, json_object_unref);
      return;
    }
  g_clear_pointer (&self->may, json_object_unref);
  self->may = may;
  g_signal_emit_by_name (self, "may-changed");
}

void
kith_case_view_ask_may (KithCaseView *self)
{
  const char *ids[] = { self->id, self->client, NULL };

  g_cancellable_cancel (self->may_job);
  g_clear_object (&self->may_job);
  self->may_job = g_cancellable_new ();
  kith_desktop_store_async (kith_context_get_desktop (self->context), may_job, g_strdupv ((char **) ids), (GDestroyNotify) g_strfreev,
                            self->may_job, may_cb, g_object_ref (self));
}

gboolean
kith_case_view_may (KithCaseView *self,
                    const char   *operation)
{
  const char *phase = self->body ? kith_json_string (self->body, "phase") : NULL;
  gboolean open = g_strcmp0 (phase, "open") == 0;

  if (!phase || !self->may || (g_str_equal (operation, "case.close") && !open) || (g_str_equal (operation, "case.reopen") && open))
    return FALSE;
  return kith_json_bool (self->may, operation, FALSE);
}
