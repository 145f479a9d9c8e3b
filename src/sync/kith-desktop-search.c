/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Search for the windows: hits as rows with the columns of the kind's list. */

#include "kith-list-load.h"

#include "kith-search.h"

#define LOOKED_AT 1000 /* hits of which a narrower list may have a few */

typedef struct
{
  char *kind, *text;
  char *list;  /* NULL: all of the kind */
  char **args; /* of the list */
  guint limit;
} Request;

typedef struct
{
  GPtrArray *rows;
  gboolean more;
} Found;

static void
found_free (Found *self)
{
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Found, found_free)

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

/* The list whose columns a kind's hits have; its first argument is the signed-in person. */
static const char *
list_of (const char *kind)
{
  static const struct { const char *kind, *query; } lists[] = {
    { "client", "clients-all" }, { "service", "services-all" }, { "organization", "organizations-all" },
    { "staff", "staff-all" }, { "referral", "referrals-all" }, { "case", "cases-known" },
    { "taxonomy_term", "terms-all" }, { "contact_record", "contacts-all" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    if (g_str_equal (lists[i].kind, kind))
      return lists[i].query;
  return kind;
}

static Found *
read_hits (KithDb *db, Request *request, GError **error)
{
  g_autoptr (Found) found = g_new0 (Found, 1);
  guint most = request->list != NULL ? MAX (LOOKED_AT, request->limit) : request->limit;
  g_autoptr (GPtrArray) ids = kith_search_run (db, request->kind, request->text, most, &found->more, error);
  g_autoptr (GPtrArray) columns = NULL;
  g_autoptr (GPtrArray) values = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  const char *list = request->list != NULL ? request->list : list_of (request->kind);
  g_autofree char *me = NULL;
  char *mine[2] = { NULL };

  if (ids == NULL)
    return NULL;
  me = kith_db_fetch_text (db, NULL, "state-get", "s", "user");
  mine[0] = me != NULL ? me : (char *) "";
  if (!kith_list_read_ids (db, list, request->list != NULL ? request->args : mine, ids, request->limit, &columns, values, error))
    return NULL;
  found->rows = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < values->len; i++)
    g_ptr_array_add (found->rows, kith_row_new (columns, g_ptr_array_ref (values->pdata[i])));
  return g_steal_pointer (&found);
}

/* Hits and their rows from one snapshot: what was found is what is shown. */
static gpointer
search_job (gpointer db, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (Found) found = NULL;

  if (!kith_db_savepoint (db, "hits", error))
    return NULL;
  found = read_hits (db, data, error);
  if (found != NULL && kith_db_release (db, "hits", error))
    return g_steal_pointer (&found);
  kith_db_rollback_to (db, "hits");
  return NULL;
}

void
kith_desktop_search_async (KithDesktop *self, const char *kind, const char *text, guint limit, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer user_data)
{
  kith_desktop_search_in_async (self, kind, NULL, NULL, text, limit, cancellable, callback, user_data);
}

void
kith_desktop_search_in_async (KithDesktop *self, const char *kind, const char *list, const char *const *args, const char *text, guint limit,
                              GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  Request *request = g_new0 (Request, 1);

  request->kind = g_strdup (kind);
  request->list = g_strdup (list);
  request->args = g_strdupv ((char **) args);
  request->text = g_strdup (text);
  request->limit = limit;
  kith_desktop_read_async (self, search_job, request, request_free, cancellable, callback, user_data);
}

/**
 * kith_desktop_search_finish:
 * @more: (out) (optional): there are, or may be, others
 *
 * Returns: (transfer full) (element-type KithRow): best first
 */
GPtrArray *
kith_desktop_search_finish (KithDesktop *self, GAsyncResult *result, gboolean *more, GError **error)
{
  g_autoptr (Found) found = kith_desktop_job_finish (self, result, error);

  if (found == NULL)
    return NULL;
  if (more != NULL)
    *more = found->more;
  return g_steal_pointer (&found->rows);
}
