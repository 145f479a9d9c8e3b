/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whom the network knows (U3, C14, design.md 2.4): asked of the hub through the engine on the worker, never kept on disk. */

#include "kith-access.h"
#include "kith-desktop-private.h"

#include "kith-protocol.h"

#define MAX_HITS 20

typedef struct
{
  gatomicrefcount refs;
  KithDesktop *desktop;
  JsonObject *body;
  GTask *task;
  gulong cancelled; /* main thread only */
  GPtrArray *rows;  /* (element-type KithRow) */
  gboolean more;
  GError *error;
} Ask;

static Ask *
ask_ref (Ask *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

static void
ask_unref (gpointer data)
{
  Ask *self = data;

  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_clear_pointer (&self->body, json_object_unref);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_error (&self->error);
  g_object_unref (self->task);
  g_object_unref (self->desktop);
  g_free (self);
}

/* In the main context: the one place that lets go of the cancellable. */
static gboolean
over_cb (gpointer data)
{
  Ask *self = data;

  if (self->cancelled != 0)
    g_cancellable_disconnect (g_task_get_cancellable (self->task), self->cancelled);
  self->cancelled = 0;
  g_object_set_data (G_OBJECT (self->task), "more", GINT_TO_POINTER (self->more));
  if (self->error != NULL)
    g_task_return_error (self->task, g_steal_pointer (&self->error));
  else
    g_task_return_pointer (self->task, g_steal_pointer (&self->rows), (GDestroyNotify) g_ptr_array_unref);
  return G_SOURCE_REMOVE;
}

static void
end (Ask *self)
{
  g_main_context_invoke_full (self->desktop->main, G_PRIORITY_DEFAULT, over_cb, ask_ref (self), ask_unref);
}

static void
take_hit (GPtrArray *rows, GPtrArray *columns, JsonObject *hit)
{
  GPtrArray *values = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < columns->len; i++)
    g_ptr_array_add (values, g_strdup (kith_json_string (hit, columns->pdata[i])));
  g_ptr_array_add (rows, kith_row_new (columns, values));
}

/* The hub's word, on the worker. */
static void
answered (JsonObject *answer, const GError *error, gpointer user_data)
{
  static const char *const names[] = { "id", "given_name", "middle_name", "family_name", "second_family_name", "birth_year", "city" };
  Ask *self = user_data;
  g_autoptr (GPtrArray) columns = g_ptr_array_new_with_free_func (g_free);
  JsonArray *hits = answer != NULL ? kith_json_array (answer, "hits") : NULL;

  self->error = error != NULL ? g_error_copy (error) : NULL;
  self->rows = g_ptr_array_new_with_free_func (g_object_unref);
  self->more = answer != NULL && kith_json_bool (answer, "more", FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_ptr_array_add (columns, g_strdup (names[i]));
  for (guint i = 0; hits != NULL && i < json_array_get_length (hits) && self->rows->len < MAX_HITS; i++)
    {
      JsonNode *node = json_array_get_element (hits, i);

      if (JSON_NODE_HOLDS_OBJECT (node) && kith_json_string (json_node_get_object (node), "id") != NULL)
        take_hit (self->rows, columns, json_node_get_object (node));
    }
  end (self);
  ask_unref (self);
}

/* The question itself would tell: it does not leave this computer where the hub would not answer it (C15). Who it is, the hub knows better than a
 * store that is not filled yet. */
static gboolean
may_ask (KithStore *store, GError **error)
{
  g_autoptr (KithActor) actor = kith_store_load_actor (store, NULL);

  return actor == NULL || kith_access_may_ask_network (kith_store_get_world (store), actor, error);
}

static gpointer
ask_job (gpointer data, GCancellable *cancellable, GError **error)
{
  Ask *self = data;
  KithSession *session = self->desktop->session;

  if (session == NULL || g_cancellable_is_cancelled (g_task_get_cancellable (self->task)))
    {
      self->error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "cancelled");
      end (self);
      return NULL;
    }
  if (!may_ask (kith_session_get_store (session), &self->error))
    {
      end (self);
      return NULL;
    }
  kith_sync_engine_ask (kith_session_get_engine (session), KITH_PATH_SEARCH, self->body, answered, ask_ref (self));
  kith_sync_engine_nudge (kith_session_get_engine (session));
  kith_session_pump (session);
  return NULL;
}

static gpointer
forget_job (gpointer data, GCancellable *cancellable, GError **error)
{
  Ask *self = data;

  if (self->desktop->session != NULL)
    kith_sync_engine_forget (kith_session_get_engine (self->desktop->session), self);
  return NULL;
}

static void
cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  Ask *self = user_data;

  kith_db_thread_run_async (self->desktop->worker, G_PRIORITY_HIGH, forget_job, ask_ref (self), ask_unref, NULL, NULL, NULL);
}

void
kith_desktop_ask_network_async (KithDesktop *self, const char *name, const char *birth, GCancellable *cancellable, GAsyncReadyCallback callback,
                                gpointer user_data)
{
  Ask *ask = g_new0 (Ask, 1);

  g_atomic_ref_count_init (&ask->refs);
  ask->desktop = g_object_ref (self);
  ask->body = kith_json_new ("name", "s", name, "birth", "s", birth, NULL);
  ask->task = g_task_new (self, cancellable, callback, user_data);
  if (cancellable != NULL)
    ask->cancelled = g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb), ask_ref (ask), ask_unref);
  kith_db_thread_run_async (self->worker, G_PRIORITY_HIGH, ask_job, ask, ask_unref, NULL, NULL, NULL);
}

GPtrArray *
kith_desktop_ask_network_finish (KithDesktop *self, GAsyncResult *result, gboolean *more, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  *more = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (result), "more"));
  return g_task_propagate_pointer (G_TASK (result), error);
}
