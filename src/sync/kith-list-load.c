/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-list-load.h"

#include <malloc.h>

#define FAR 300 /* rows: from here on making those before the page costs more than looking up each of the page */

typedef struct
{
  KithDesktop *desktop; /* not owned: the job holds it */
  char *query;
  char **args;
  gboolean count, waits; /* waits: it is one of the desktop's first looks */
  guint from, n;
} Request;

/* Returns: whether it was the last of them */
static gboolean
wait_no_more (Request *self)
{
  gboolean waits = self->waits;

  self->waits = FALSE;
  return waits ? g_atomic_int_dec_and_test (&self->desktop->first_looks) : g_atomic_int_get (&self->desktop->first_looks) == 0;
}

static void
request_free (gpointer data)
{
  Request *self = data;

  wait_no_more (self);
  g_free (self->query);
  g_strfreev (self->args);
  g_free (self);
}

/**
 * kith_list_load_free:
 * @self: (transfer full): not NULL
 */
void
kith_list_load_free (KithListLoad *self)
{
  g_clear_pointer (&self->columns, g_ptr_array_unref);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_free (self);
}

KithDbStmt *
kith_list_prepare_around (KithDb *db, const char *query, const char *before, const char *after, GError **error)
{
  const char *inner = kith_db_query_text (db, query);
  g_autofree char *sql = NULL;

  if (inner == NULL)
    {
      g_set_error (error, KITH_DB_ERROR, KITH_DB_ERROR_NO_QUERY, "no query is called %s", query);
      return NULL;
    }
  sql = g_strconcat (before, inner, after, NULL);
  return kith_db_prepare (db, sql, error);
}

/* The first number that is no input of the query, whether or not a value is given for each. */
static guint
free_number (KithDb *db, Request *request)
{
  const char *text = kith_db_query_text (db, request->query);

  for (guint n = 1;; n++)
    {
      char number[16];

      g_snprintf (number, sizeof number, "?%u", n);
      if (text == NULL || strstr (text, number) == NULL)
        return n;
    }
}

static KithDbStmt *
prepare_around (KithDb *db, Request *request, const char *before, const char *after, GError **error)
{
  KithDbStmt *stmt = kith_list_prepare_around (db, request->query, before, after, error);

  for (int i = 0; stmt != NULL && request->args != NULL && request->args[i] != NULL; i++)
    kith_db_bind_text (stmt, i + 1, request->args[i]);
  return stmt;
}

/* From where and how many are bound: one statement for every page of a list, of up to 200 KiB, and not one for each. */
static KithDbStmt *
prepare_page (KithDb *db, Request *request, const char *before, GError **error)
{
  guint n = free_number (db, request);
  g_autofree char *limit = g_strdup_printf (") LIMIT ?%u OFFSET ?%u", n, n + 1);
  KithDbStmt *stmt = prepare_around (db, request, before, limit, error);

  if (stmt != NULL)
    {
      kith_db_bind_int (stmt, (int) n, request->n);
      kith_db_bind_int (stmt, (int) n + 1, request->from);
    }
  return stmt;
}

#define UNSURE "unsure" /* a column: how little is sure that a row belongs there, 0: it does; the list's own order ends with those */

static gboolean
has_unsure (KithDb *db, const char *query)
{
  const char *text = kith_db_query_text (db, query);

  return text != NULL && strstr (text, " AS " UNSURE "\n") != NULL;
}

/* A long list has a query that only counts, without inputs or with those of the list (numbered by now): over the list itself it would read
 * every row. */
static KithDbStmt *
prepare_count (KithDb *db, Request *request, GError **error)
{
  g_autofree char *own = g_strconcat (request->query, "-count", NULL);

  if (kith_db_query_text (db, own) != NULL)
    {
      KithDbStmt *stmt = kith_db_query (db, own, error);

      for (int i = 0; stmt != NULL && strchr (kith_db_query_text (db, own), '?') != NULL && request->args[i] != NULL; i++)
        kith_db_bind_text (stmt, i + 1, request->args[i]);
      return stmt;
    }
  return prepare_around (db, request, has_unsure (db, request->query) ? "SELECT count(*), count(nullif(" UNSURE ", 0)) FROM (" : "SELECT count(*) FROM (", ")", error);
}

static gboolean
count_rows (KithDb *db, Request *request, KithListLoad *load, GError **error)
{
  g_autoptr (KithDbStmt) stmt = prepare_count (db, request, error);

  if (stmt == NULL || kith_db_step (stmt, error) != KITH_DB_ROW)
    return FALSE;
  load->total = (guint) kith_db_int (stmt, 0);
  load->unsure = has_unsure (db, request->query) ? (guint) kith_db_int (stmt, 1) : 0;
  return TRUE;
}

/* Far down a list the rows before the page must not be made in full, only counted: the ids of the page first, then each
 * row by its id. */
static GPtrArray *
read_ids (KithDb *db, Request *request, GError **error)
{
  g_autoptr (KithDbStmt) stmt = prepare_page (db, request, "SELECT id FROM (", error);
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  KithDbStep step;

  if (stmt == NULL)
    return NULL;
  while ((step = kith_db_step (stmt, error)) == KITH_DB_ROW)
    g_ptr_array_add (ids, g_strdup (kith_db_text (stmt, 0)));
  return step == KITH_DB_DONE ? g_steal_pointer (&ids) : NULL;
}

static int
column_of (GPtrArray *columns, const char *name)
{
  for (guint i = 0; i < columns->len; i++)
    if (g_str_equal (columns->pdata[i], name))
      return (int) i;
  return -1;
}

#define METRES "metres" /* a column: how far away, where the nearest come first; less than none: not known */

typedef struct
{
  int unsure, metres; /* columns; -1: the list has none */
} Order;

static gint64
number_in (GPtrArray *row, int column)
{
  const char *text = column >= 0 ? row->pdata[column] : NULL;

  return text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0;
}

static int
compare_numbers (gint64 a, gint64 b)
{
  return (a > b) - (a < b);
}

/* What is not known to be near is not near. */
static gint64
distance (GPtrArray *row, const Order *order)
{
  gint64 metres = number_in (row, order->metres);

  return metres >= 0 ? metres : G_MAXINT64;
}

static int
compare_rows (gconstpointer a, gconstpointer b, gpointer data)
{
  const Order *order = data;
  GPtrArray *one = *(GPtrArray *const *) a, *other = *(GPtrArray *const *) b;
  int unsure = compare_numbers (number_in (one, order->unsure), number_in (other, order->unsure));

  return unsure != 0 ? unsure : compare_numbers (distance (one, order), distance (other, order));
}

/**
 * kith_list_read_ids:
 * @args: (nullable) (array zero-terminated=1): of the query
 * @ids: (element-type utf8): in the order in which their rows are wanted; those of which the list itself is not sure that they belong to it come after the others,
 *   and where the list says how far away they are, the nearest come first
 * @most: rows
 * @columns: (inout): made where it is NULL and there is an id
 * @rows: (element-type GPtrArray): takes the values of each; an id that the list does not have gives none
 *
 * Rows of a list by their ids, by one statement for all of them.
 */
gboolean
kith_list_read_ids (KithDb *db, const char *query, char *const *args, GPtrArray *ids, guint most, GPtrArray **columns, GPtrArray *rows, GError **error)
{
  guint n_args = args != NULL ? g_strv_length ((char **) args) : 0;
  g_autofree char *where = g_strdup_printf (") WHERE id = ?%u", n_args + 1);
  g_autoptr (KithDbStmt) stmt = ids->len > 0 ? kith_list_prepare_around (db, query, "SELECT * FROM (", where, error) : NULL;
  guint sure = 0;
  Order order;

  if (stmt == NULL)
    return ids->len == 0;
  for (guint i = 0; i < n_args; i++)
    kith_db_bind_text (stmt, i + 1, args[i]);
  if (*columns == NULL)
    *columns = kith_row_read_columns (stmt);
  order = (Order) { column_of (*columns, UNSURE), column_of (*columns, METRES) };
  for (guint i = 0; i < ids->len && sure < most; i++)
    {
      g_autoptr (GPtrArray) row = NULL;
      KithDbStep step;

      kith_db_bind_text (stmt, n_args + 1, ids->pdata[i]);
      if ((step = kith_db_step (stmt, error)) == KITH_DB_FAILED)
        return FALSE;
      if (step == KITH_DB_ROW)
        row = kith_row_read (stmt);
      if (row != NULL)
        {
          sure += number_in (row, order.unsure) == 0 && (order.metres < 0 || row->pdata[order.metres] == NULL); /* a nearer one may come */
          g_ptr_array_add (rows, g_steal_pointer (&row));
        }
      kith_db_rewind (stmt);
    }
  g_ptr_array_sort_with_data (rows, compare_rows, &order); /* keeps the order of equals */
  g_ptr_array_set_size (rows, (int) MIN (rows->len, most));
  return TRUE;
}

static gboolean
read_far_rows (KithDb *db, Request *request, KithListLoad *load, GError **error)
{
  g_autoptr (GPtrArray) ids = read_ids (db, request, error);

  if (ids == NULL)
    return FALSE;
  load->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  return kith_list_read_ids (db, request->query, request->args, ids, ids->len, &load->columns, load->rows, error);
}

static gboolean
read_rows (KithDb *db, Request *request, KithListLoad *load, GError **error)
{
  g_autoptr (KithDbStmt) stmt = prepare_page (db, request, "SELECT * FROM (", error);
  KithDbStep step;

  if (stmt == NULL)
    return FALSE;
  load->columns = kith_row_read_columns (stmt);
  load->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  while ((step = kith_db_step (stmt, error)) == KITH_DB_ROW)
    g_ptr_array_add (load->rows, kith_row_read (stmt));
  return step == KITH_DB_DONE;
}

/* Nearly each row of a long list is on a page of its own, not asked for again: the model keeps the row. Freed they lie below what was made after
 * them, where the allocator keeps them unless it is told: a megabyte or none, as it happens. Not between the lists of one page: what they share, the
 * roots of the indexes and who is named in every row, would be read and deciphered for each anew. */
static void
give_back (KithDb *db)
{
  kith_db_exec (db, "PRAGMA shrink_memory", NULL);
#ifdef M_TRIM_THRESHOLD
  malloc_trim (0);
#endif
}

static gpointer
load_job (gpointer db, gpointer data, GCancellable *cancellable, GError **error)
{
  Request *request = data;
  g_autoptr (KithListLoad) load = g_new0 (KithListLoad, 1);
  gboolean last = wait_no_more (request), ok;

  load->from = request->from;
  if (!kith_db_begin (db, error)) /* count and rows from one state */
    return NULL;
  ok = (!request->count || count_rows (db, request, load, error)) &&
       (request->from >= FAR ? read_far_rows (db, request, load, error) : read_rows (db, request, load, error));
  kith_db_rollback (db);
  if (request->count && last) /* the list is opened, or has changed: a page somebody scrolls to is not held up by it, nor what other threads allocate */
    give_back (db);
  return ok ? g_steal_pointer (&load) : NULL;
}

/**
 * kith_list_load_async:
 * @args: (nullable) (array zero-terminated=1): copied; bound as texts in order
 * @count: whether to count all rows as well: by the query's twin "NAME-count" where it has one
 * @from: the first row, from 0
 * @n: rows at most
 *
 * Rows and count are of one state of the file. @callback runs in the caller's main context.
 */
void
kith_list_load_async (KithDesktop *desktop, const char *query, char **args, gboolean count, guint from, guint n,
                      GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  Request *request = g_new0 (Request, 1);

  request->desktop = desktop;
  request->query = g_strdup (query);
  request->args = g_strdupv (args);
  request->count = request->waits = count;
  if (count)
    g_atomic_int_inc (&desktop->first_looks);
  request->from = from;
  request->n = n;
  kith_desktop_read_async (desktop, load_job, request, request_free, cancellable, callback, user_data);
}

/**
 * kith_list_load_finish:
 *
 * Returns: (transfer full): the rows; columns is NULL when there were none far down the list
 */
KithListLoad *
kith_list_load_finish (KithDesktop *desktop, GAsyncResult *result, GError **error)
{
  return kith_desktop_job_finish (desktop, result, error);
}
