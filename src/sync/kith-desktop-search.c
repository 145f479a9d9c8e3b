/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Search for the windows: hits as rows with the columns of the kind's list. */

#include "kith-hits.h"

typedef struct
{
  char *kind, *text;
  char *list;  /* NULL: all of the kind */
  char **args; /* of the list */
  guint limit, at_once;
  gboolean told;
} Request;

static void
request_free (gpointer data)
{
  Request *self = data;

  g_free (self->kind);
  g_free (self->text);
  g_free (self->list);
  g_strfreev (self->args);
  g_free (self);
}

static gpointer
search_job (gpointer db, gpointer data, GCancellable *cancellable, GError **error)
{
  Request *request = data;

  if (request->told)
    return kith_hits_read_told (db, request->kind, request->list, request->args, request->text, request->limit, error);
  return request->list != NULL ? kith_hits_read_in (db, request->kind, request->list, request->args, request->text, request->limit, error)
                               : kith_hits_read (db, request->kind, request->text, request->limit, request->at_once, error);
}

void
kith_desktop_search_async (KithDesktop *self, const char *kind, const char *text, guint limit, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer user_data)
{
  kith_desktop_search_seen_async (self, kind, text, limit, limit, cancellable, callback, user_data);
}

static void
search (KithDesktop *self, Request *request, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  kith_desktop_read_async (self, search_job, request, request_free, cancellable, callback, user_data);
}

void
kith_desktop_search_seen_async (KithDesktop *self, const char *kind, const char *text, guint limit, guint at_once, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer user_data)
{
  Request *request = g_new0 (Request, 1);

  request->kind = g_strdup (kind);
  request->text = g_strdup (text);
  request->limit = limit;
  request->at_once = at_once;
  search (self, request, cancellable, callback, user_data);
}

static Request *
request_in (const char *kind, const char *list, const char *const *args, const char *text, guint limit)
{
  Request *request = g_new0 (Request, 1);

  request->kind = g_strdup (kind);
  request->list = g_strdup (list);
  request->args = g_strdupv ((char **) args);
  request->text = g_strdup (text);
  request->limit = request->at_once = limit;
  return request;
}

void
kith_desktop_search_in_async (KithDesktop *self, const char *kind, const char *list, const char *const *args, const char *text, guint limit,
                              GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  search (self, request_in (kind, list, args, text, limit), cancellable, callback, user_data);
}

void
kith_desktop_search_told_async (KithDesktop *self, const char *kind, const char *list, const char *const *args, const char *text, guint limit,
                                GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  Request *request = request_in (kind, list, args, text, limit);

  request->told = TRUE;
  search (self, request, cancellable, callback, user_data);
}

/**
 * kith_desktop_search_finish:
 * @more: (out) (optional): there are, or may be, others
 *
 * What was given up is G_IO_ERROR_CANCELLED, also where it had been read by then: it answers what nobody asks any more.
 *
 * Returns: (transfer full) (element-type KithRow): best first
 */
GPtrArray *
kith_desktop_search_finish (KithDesktop *self, GAsyncResult *result, gboolean *more, GError **error)
{
  g_autoptr (KithHits) hits = kith_desktop_job_finish (self, result, error);
  GPtrArray *rows;

  if (hits == NULL || g_cancellable_set_error_if_cancelled (g_task_get_cancellable (G_TASK (result)), error))
    return NULL;
  if (more != NULL)
    *more = hits->more;
  rows = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < hits->rows->len; i++)
    g_ptr_array_add (rows, hits->rows->pdata[i] != NULL ? kith_row_new (hits->columns, g_ptr_array_ref (hits->rows->pdata[i]))
                                                        : kith_row_new_known (hits->columns, hits->ids->pdata[i]));
  return rows;
}

/* --- those that were not in sight ------------------------------------------------------------------------------- */

typedef struct
{
  char *kind;
  GPtrArray *ids;
} Rest;

static void
rest_free (gpointer data)
{
  Rest *self = data;

  g_free (self->kind);
  g_ptr_array_unref (self->ids);
  g_free (self);
}

static gpointer
rest_job (gpointer db, gpointer data, GCancellable *cancellable, GError **error)
{
  Rest *rest = data;
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);

  return kith_hits_read_rows (db, rest->kind, rest->ids, rows, error) ? g_steal_pointer (&rows) : NULL;
}

/* In the same order; what is gone from the list meanwhile is passed over: its kind has changed, and whoever shows it searches again. */
static void
fill_rows (GPtrArray *rows, GPtrArray *read)
{
  guint next = 0;

  for (guint i = 0; i < rows->len && next < read->len; i++)
    {
      GPtrArray *values = read->pdata[next];

      if (g_strcmp0 (kith_row_get_id (rows->pdata[i]), values->pdata[0]) != 0)
        continue;
      kith_row_fill (rows->pdata[i], g_ptr_array_ref (values));
      next++;
    }
}

static void
rest_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (GPtrArray) read = kith_desktop_job_finish (KITH_DESKTOP (source), result, &error);

  if (read == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (!g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    fill_rows (g_task_get_task_data (task), read);
  g_task_return_boolean (task, TRUE);
}

/**
 * kith_desktop_search_rest_async:
 * @kind: that was searched
 * @rows: (element-type KithRow): as they were found
 *
 * Fills the rows that were not read at once; each tells by its property "loaded". Nothing is left to do where there is none, and @callback is
 * called all the same. kith_desktop_search_rest_finish()
 */
void
kith_desktop_search_rest_async (KithDesktop *self, const char *kind, GPtrArray *rows, GCancellable *cancellable, GAsyncReadyCallback callback,
                                gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  GPtrArray *blank = g_ptr_array_new_with_free_func (g_object_unref);
  Rest *rest = g_new0 (Rest, 1);

  g_task_set_task_data (task, blank, (GDestroyNotify) g_ptr_array_unref);
  rest->kind = g_strdup (kind);
  rest->ids = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < rows->len; i++)
    if (!kith_row_is_loaded (rows->pdata[i]))
      {
        g_ptr_array_add (blank, g_object_ref (rows->pdata[i]));
        g_ptr_array_add (rest->ids, g_strdup (kith_row_get_id (rows->pdata[i])));
      }
  if (blank->len > 0)
    {
      kith_desktop_read_async (self, rest_job, rest, rest_free, cancellable, rest_cb, task);
      return;
    }
  rest_free (rest);
  g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

gboolean
kith_desktop_search_rest_finish (KithDesktop *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
