/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "widgets/kith-correction.h"

#include <glib/gi18n.h>

/* What is asked: the fields as they are now, which ones these are, and of which record. */
typedef struct
{
  const KithCorrected *what;
  JsonObject *before;
  char *id, *done;
} Correction;

static void
correction_free (gpointer data)
{
  Correction *self = data;

  json_object_unref (self->before);
  g_free (self->id);
  g_free (self->done);
  g_free (self);
}

static void
add_change (JsonObject *set,
            const char *field,
            const char *old,
            const char *new)
{
  JsonObject *change = kith_json_new ("old", "s", old, "new", "s", new, NULL);

  if (!old)
    json_object_set_null_member (change, "old");
  if (!new)
    json_object_set_null_member (change, "new");
  json_object_set_object_member (set, field, change);
}

static void
submit_correction (KithContext        *context,
                   JsonObject         *args,
                   gpointer            data,
                   GAsyncReadyCallback callback,
                   gpointer            user_data)
{
  g_autoptr (JsonObject) given = args, set = json_object_new ();
  const Correction *self = data;
  const char *const *fields = self->what->fields;

  for (guint i = 0; i < G_N_ELEMENTS (self->what->fields) && fields[i]; i++)
    {
      const char *old = kith_json_string (self->before, fields[i]), *new = kith_json_string (args, fields[i]);

      if (g_strcmp0 (old, new) != 0 && (new || g_strcmp0 (fields[i], self->what->kept) != 0))
        add_change (set, fields[i], old, new);
    }
  if (self->what->missing && !kith_json_string (args, fields[0]))
    {
      g_task_report_new_error (context, callback, user_data, submit_correction, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "%s", _(self->what->missing));
      return;
    }
  if (json_object_get_size (set) == 0) /* left as it was */
    {
      GTask *task = g_task_new (context, NULL, callback, user_data);

      g_task_return_boolean (task, TRUE);
      g_object_unref (task);
      return;
    }
  kith_context_submit (context, "record.patch", kith_json_new ("t", "s", self->what->kind, "id", "s", self->id, "set", "o", g_steal_pointer (&set), NULL), self->done, TRUE,
                       callback, user_data);
}

KithAskWindow *
kith_correction_ask (GtkWindow           *parent,
                     KithContext         *context,
                     const KithCorrected *what,
                     const char          *op,
                     const char          *title,
                     const char          *done,
                     const char          *id,
                     const char          *scope,
                     JsonObject          *given,
                     JsonObject          *before)
{
  Correction *self = g_new0 (Correction, 1);
  KithAskWindow *window = KITH_ASK_WINDOW (kith_ask_window_new (parent, context, op, title, NULL, _("Save"), NULL, given, kith_json_copy_object (before)));

  self->what = what;
  self->before = before;
  self->id = g_strdup (id);
  self->done = g_strdup (done);
  kith_ask_window_set_submit (window, submit_correction, self, correction_free);
  kith_ask_window_begin_at (window, what->fields[0]);
  kith_ask_window_keep_was (window);
  kith_ask_window_keep_draft (window, scope, id);
  return window;
}
