/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-directory-search.h"

#include "kith-desktop-reads.h"
#include "kith-watch.h"

#define MAX_AGENCIES 3

struct _KithDirectorySearch
{
  GObject parent_instance;
  KithContext *context;
  GCancellable *cancellable;
  char *text;
  char **args; /* of services-found; NULL: of all services */
  guint limit;
  gboolean failed;    /* one of the two questions was not answered: told, and that is all */
  GPtrArray *rows;    /* services found by their own words; NULL: not answered yet */
  GPtrArray *offered; /* services of the agencies found */
  GPtrArray *watches; /* one for each of those agencies; (element-type KithWatch) */
  KithDirectorySearchFunc func; /* NULL: stopped */
  gpointer user_data;
};

G_DEFINE_FINAL_TYPE (KithDirectorySearch, kith_directory_search, G_TYPE_OBJECT)

static void
add_new (GPtrArray *rows,
         KithRow   *row)
{
  for (guint i = 0; i < rows->len; i++)
    if (g_strcmp0 (kith_row_get_id (rows->pdata[i]), kith_row_get_id (row)) == 0)
      return;
  g_ptr_array_add (rows, g_object_ref (row));
}

static gboolean
is_unsure (KithRow *row)
{
  return kith_row_get_int (row, "unsure") > 0;
}

/* What is not known to be near is not near; where nobody asked all are the same. */
static int
compare_distances (gconstpointer a,
                   gconstpointer b)
{
  KithRow *one = *(KithRow *const *) a, *other = *(KithRow *const *) b;
  gint64 near = kith_row_get_int (one, "metres"), far = kith_row_get_int (other, "metres");

  if (is_unsure (one) != is_unsure (other))
    return is_unsure (one) - is_unsure (other);
  return (near < 0) != (far < 0) ? (near < 0) - (far < 0) : (near > far) - (near < far);
}

/* Those that fit, whichever way they were found, before those of which it is not known; the nearest first, where that was asked. */
static void
tell (KithDirectorySearch *self)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (g_object_unref);

  if (!self->func || !self->rows || self->failed)
    return;
  for (int unsure = FALSE; unsure <= TRUE; unsure++)
    {
      for (guint i = 0; i < self->rows->len; i++)
        if (is_unsure (self->rows->pdata[i]) == unsure)
          g_ptr_array_add (all, g_object_ref (self->rows->pdata[i]));
      for (guint i = 0; i < self->offered->len && all->len < self->limit; i++)
        if (is_unsure (self->offered->pdata[i]) == unsure)
          add_new (all, self->offered->pdata[i]);
    }
  g_ptr_array_sort (all, compare_distances); /* keeps the order of equals */
  self->func (self, all, NULL, self->user_data);
}

/* Half of what there is would pass for all. */
static void
fail (KithDirectorySearch *self,
      const GError        *error)
{
  if (!self->func || self->failed || !kith_read_failed (error))
    return;
  self->failed = TRUE;
  self->func (self, NULL, error, self->user_data);
}

static void
agency_cb (GPtrArray *rows,
           gpointer   user_data)
{
  KithDirectorySearch *self = user_data;

  for (guint i = 0; i < rows->len; i++)
    add_new (self->offered, rows->pdata[i]);
  tell (self);
}

static void
agencies_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  static const char *const kinds[] = { "service", NULL };
  g_autoptr (KithDirectorySearch) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = kith_desktop_search_finish (KITH_DESKTOP (source), result, NULL, &error);

  fail (self, error);
  for (guint i = 0; rows && self->func && i < rows->len; i++)
    {
      g_auto (GStrv) args = g_strdupv (self->args);
      const char *id = kith_row_get_id (rows->pdata[i]);

      if (!args)
        {
          g_ptr_array_add (self->watches, kith_watch_new (self->context, "organization-services", kinds, id, agency_cb, self));
          continue;
        }
      g_free (args[0]);
      args[0] = g_strdup (id);
      g_ptr_array_add (self->watches, kith_watch_new_args (self->context, "services-found", kinds, (const char *const *) args, agency_cb, self));
    }
}

static void
services_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (KithDirectorySearch) self = user_data;
  g_autoptr (GError) error = NULL;

  self->rows = kith_desktop_search_finish (KITH_DESKTOP (source), result, NULL, &error);
  if (self->rows)
    tell (self);
  else
    fail (self, error);
}

/* func is not called any more, whatever is still under way. */
void
kith_directory_search_stop (KithDirectorySearch *self)
{
  self->func = NULL;
  g_cancellable_cancel (self->cancellable);
  g_ptr_array_set_size (self->watches, 0);
}

static void
kith_directory_search_finalize (GObject *object)
{
  KithDirectorySearch *self = KITH_DIRECTORY_SEARCH (object);

  g_ptr_array_unref (self->watches);
  g_ptr_array_unref (self->offered);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_object_unref (self->cancellable);
  g_clear_object (&self->context);
  g_free (self->text);
  g_strfreev (self->args);
  G_OBJECT_CLASS (kith_directory_search_parent_class)->finalize (object);
}

static void
kith_directory_search_class_init (KithDirectorySearchClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kith_directory_search_finalize;
}

static void
kith_directory_search_init (KithDirectorySearch *self)
{
  self->cancellable = g_cancellable_new ();
  self->offered = g_ptr_array_new_with_free_func (g_object_unref);
  self->watches = g_ptr_array_new_with_free_func (g_object_unref);
}

KithDirectorySearch *
kith_directory_search_new (KithContext            *context,
                           const char             *text,
                           const char *const      *args,
                           guint                   limit,
                           KithDirectorySearchFunc func,
                           gpointer                user_data)
{
  KithDirectorySearch *self = g_object_new (KITH_TYPE_DIRECTORY_SEARCH, NULL);
  KithDesktop *desktop = kith_context_get_desktop (context);

  self->context = g_object_ref (context);
  self->text = g_strdup (text);
  self->args = g_strdupv ((char **) args);
  self->limit = limit;
  self->func = func;
  self->user_data = user_data;
  kith_desktop_search_in_async (desktop, "service", args ? "services-found" : NULL, args, text, limit, self->cancellable, services_cb, g_object_ref (self));
  kith_desktop_search_async (desktop, "organization", text, MAX_AGENCIES, self->cancellable, agencies_cb, g_object_ref (self));
  return self;
}

/* Returns: (transfer none): what it searches for */
const char *
kith_directory_search_get_text (KithDirectorySearch *self)
{
  return self->text;
}
