/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who may be the person that is being typed, as rows for the windows: the columns of a client's row, then zone, swapped, and how each
 * field stands. */

#include "kith-list-load.h"

#include "kith-search.h"
#include "kith-similar.h"

typedef struct
{
  JsonObject *values;
  guint limit;
} Request;

static const struct
{
  KithMatchField field;
  const char *column;
} levels[] = {
  { KITH_MATCH_GIVEN, "given_level" }, { KITH_MATCH_FAMILY, "family_level" }, { KITH_MATCH_BIRTH, "birth_level" },
  { KITH_MATCH_PHONE, "phone_level" }, { KITH_MATCH_STREET, "street_level" },
};

static void
request_free (gpointer data)
{
  Request *self = data;

  json_object_unref (self->values);
  g_free (self);
}

static void
add_columns (GPtrArray *columns)
{
  g_ptr_array_add (columns, g_strdup ("zone"));
  g_ptr_array_add (columns, g_strdup ("swapped"));
  for (guint i = 0; i < G_N_ELEMENTS (levels); i++)
    g_ptr_array_add (columns, g_strdup (levels[i].column));
}

static void
add_values (GPtrArray *values, const KithMatchResult *result)
{
  static const char *const names[] = { "missing", "differs", "far", "near", "exact" };

  g_ptr_array_add (values, g_strdup (kith_match_zone_name (result->zone)));
  g_ptr_array_add (values, g_strdup (result->swapped ? "1" : "0"));
  for (guint i = 0; i < G_N_ELEMENTS (levels); i++)
    g_ptr_array_add (values, g_strdup (names[result->levels[levels[i].field]]));
}

/* Who has several records here has one line: that of the one which fits best. */
static gboolean
add_row (KithDb *db, const char *me, const KithSimilar *hit, GHashTable *taken, GPtrArray **columns, GPtrArray *rows, GError **error)
{
  g_autofree char *front = kith_search_front (db, hit->id, me, error);
  g_autoptr (KithDbStmt) stmt = kith_list_prepare_around (db, "clients-all", "SELECT * FROM (", ") WHERE id = ?2", error);
  GPtrArray *values;
  KithDbStep step;

  if (stmt == NULL || front == NULL)
    return FALSE;
  if (!g_hash_table_add (taken, g_strdup (front)))
    return TRUE;
  kith_db_bind_text (stmt, 1, me);
  kith_db_bind_text (stmt, 2, front);
  step = kith_db_step (stmt, error);
  if (step != KITH_DB_ROW)
    return step == KITH_DB_DONE;
  if (*columns == NULL)
    {
      *columns = kith_row_read_columns (stmt);
      add_columns (*columns);
    }
  values = kith_row_read (stmt);
  add_values (values, &hit->result);
  g_ptr_array_add (rows, kith_row_new (*columns, values));
  return TRUE;
}

static gpointer
similar_job (gpointer db, gpointer data, GCancellable *cancellable, GError **error)
{
  Request *request = data;
  g_autoptr (GPtrArray) hits = kith_similar_run (db, request->values, request->limit, error);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) columns = NULL;
  g_autofree char *me = NULL;

  if (hits == NULL)
    return NULL;
  me = kith_db_fetch_text (db, NULL, "state-get", "s", "user");
  for (guint i = 0; i < hits->len; i++)
    if (!add_row (db, me, hits->pdata[i], taken, &columns, rows, error))
      return NULL;
  return g_steal_pointer (&rows);
}

void
kith_desktop_similar_async (KithDesktop *self, JsonObject *values, guint limit, GCancellable *cancellable, GAsyncReadyCallback callback,
                            gpointer user_data)
{
  Request *request = g_new0 (Request, 1);

  request->values = json_object_ref (values);
  request->limit = limit;
  kith_desktop_read_async (self, similar_job, request, request_free, cancellable, callback, user_data);
}

/**
 * kith_desktop_similar_finish:
 *
 * Returns: (transfer full): likeliest first
 */
GPtrArray *
kith_desktop_similar_finish (KithDesktop *self, GAsyncResult *result, GError **error)
{
  return kith_desktop_job_finish (self, result, error);
}
