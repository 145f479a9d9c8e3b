/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-db-private.h"

#include <string.h>

/* Named queries. A file of the folder is a row of blocks:
 *
 *   -- name: outbox-drop
 *   -- inputs: n
 *   DELETE FROM outbox WHERE n = :n;
 *
 * With an inputs line the text names its parameters and they are numbered in that order (each engine has its own way to
 * write a numbered parameter); without one the text writes ?1, ?2 itself. Folders are compiled in: what a query is called
 * and where it lies there is looked up once, its text is made when it is first asked for, and both stay for the life of
 * the process. Of some hundreds one start needs a few. */

typedef struct
{
  const char *block, *end; /* in the compiled folder: what follows its name */
  char *sql;               /* NULL: nobody has asked for it */
} Query;

struct _KithDbQueries
{
  GHashTable *by_name; /* name → Query */
  GPtrArray *files;    /* GBytes */
  GMutex mutex;        /* of the texts */
};

static gboolean
is_word (char c)
{
  return g_ascii_isalnum (c) || c == '_';
}

/* Writes :name as ?N outside of quotes. */
static char *
number_inputs (const char *sql, char **inputs, const char *name, GError **error)
{
  GString *out = g_string_new (NULL);
  char quote = '\0';

  for (const char *c = sql; *c != '\0'; c++)
    {
      const char *end = c + 1;
      gboolean found = FALSE;

      if (quote != '\0' || *c != ':' || !is_word (c[1]) || (c > sql && c[-1] == ':'))
        {
          if (quote == '\0' && (*c == '\'' || *c == '"'))
            quote = *c;
          else if (*c == quote)
            quote = '\0';
          g_string_append_c (out, *c);
          continue;
        }

      while (is_word (*end))
        end++;
      for (guint i = 0; inputs[i] != NULL && !found; i++)
        if (strlen (inputs[i]) == (gsize) (end - c - 1) && strncmp (inputs[i], c + 1, end - c - 1) == 0)
          {
            g_string_append_printf (out, "?%u", i + 1);
            found = TRUE;
          }
      if (!found)
        {
          g_set_error (error, KITH_DB_ERROR, KITH_DB_ERROR_NO_QUERY, "query %s: %.*s is not among its inputs", name,
                       (int) (end - c), c);
          g_string_free (out, TRUE);
          return NULL;
        }
      c = end - 1;
    }
  return g_string_free (out, FALSE);
}

/* Its text, from after the line with its name. The line with its inputs is the last of that kind. */
static char *
make_text (const char *name, const char *block, const char *end, GError **error)
{
  g_autofree char *copy = g_strndup (block, end - block);
  g_auto (GStrv) lines = g_strsplit (copy, "\n", -1), inputs = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *sql = NULL;
  gsize length;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      char *line = g_strchomp (lines[i]);

      if (g_str_has_prefix (line, "-- inputs:"))
        {
          g_strfreev (inputs);
          inputs = g_strsplit (line + strlen ("-- inputs:"), ",", -1);
        }
      else if (!g_str_has_prefix (line, "--"))
        g_string_append_printf (text, "%s\n", line);
    }
  sql = g_strstrip (g_strdup (text->str));
  length = strlen (sql);
  if (length > 0 && sql[length - 1] == ';')
    sql[length - 1] = '\0';
  if (*sql == '\0')
    {
      g_set_error (error, KITH_DB_ERROR, KITH_DB_ERROR_NO_QUERY, "query %s is empty", name);
      return NULL;
    }
  if (inputs == NULL)
    return g_steal_pointer (&sql);
  for (guint i = 0; inputs[i] != NULL; i++)
    g_strstrip (inputs[i]);
  return number_inputs (sql, inputs, name, error);
}

/* What is wrong with it is said now; its text goes until somebody asks for it. */
static gboolean
add_query (KithDbQueries *self, const char *name, const char *block, const char *end, GError **error)
{
  g_autofree char *sql = make_text (name, block, end, error);
  Query *query;

  if (sql == NULL)
    return FALSE;
  if (g_hash_table_contains (self->by_name, name))
    {
      g_set_error (error, KITH_DB_ERROR, KITH_DB_ERROR_NO_QUERY, "query %s is there twice", name);
      return FALSE;
    }
  query = g_new0 (Query, 1);
  query->block = block;
  query->end = end;
  g_hash_table_insert (self->by_name, g_strdup (name), query);
  return TRUE;
}

static const char *
next_line (const char *line)
{
  const char *end = strchr (line, '\n');

  return end != NULL ? end + 1 : line + strlen (line);
}

static gboolean
parse_file (KithDbQueries *self, const char *data, GError **error)
{
  const char *line = data, *block = data;
  g_autofree char *name = NULL;

  for (; *line != '\0'; line = next_line (line))
    {
      if (!g_str_has_prefix (line, "-- name:"))
        continue;
      if (name != NULL && !add_query (self, name, block, line, error))
        return FALSE;
      g_free (name);
      block = next_line (line);
      name = g_strstrip (g_strndup (line + strlen ("-- name:"), block - line - strlen ("-- name:")));
    }
  return name == NULL || add_query (self, name, block, line, error);
}

static void
query_free (gpointer data)
{
  g_free (((Query *) data)->sql);
  g_free (data);
}

static KithDbQueries *
parse_folder (const char *folder, GError **error)
{
  g_auto (GStrv) files = g_resources_enumerate_children (folder, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  KithDbQueries *self;

  if (files == NULL)
    return NULL;

  self = g_new0 (KithDbQueries, 1);
  g_mutex_init (&self->mutex);
  self->by_name = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, query_free);
  self->files = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  for (guint i = 0; files[i] != NULL; i++)
    {
      g_autofree char *path = g_build_path ("/", folder, files[i], NULL);
      GBytes *bytes;

      if (!g_str_has_suffix (files[i], ".sql"))
        continue;
      bytes = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
      if (bytes != NULL)
        g_ptr_array_add (self->files, bytes);
      if (bytes == NULL || !parse_file (self, g_bytes_get_data (bytes, NULL), error))
        {
          g_prefix_error (error, "%s: ", path);
          g_hash_table_unref (self->by_name);
          g_ptr_array_unref (self->files);
          g_mutex_clear (&self->mutex);
          g_free (self);
          return NULL;
        }
    }
  return self;
}

/* Returns the parsed folder: borrowed, for ever. */
KithDbQueries *
kith_db_queries_load (const char *folder, GError **error)
{
  static GMutex mutex;
  static GHashTable *loaded;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&mutex);
  KithDbQueries *self;

  if (loaded == NULL)
    loaded = g_hash_table_new (g_str_hash, g_str_equal);
  self = g_hash_table_lookup (loaded, folder);
  if (self != NULL)
    return self;

  self = parse_folder (folder, error);
  if (self != NULL)
    g_hash_table_insert (loaded, g_strdup (folder), self);
  return self;
}

/**
 * kith_db_queries_find:
 *
 * Returns: (transfer none) (nullable): its SQL with numbered parameters, for the life of the process; NULL when no query has that name
 */
const char *
kith_db_queries_find (KithDbQueries *self, const char *name)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex); /* each connection has a thread of its own */
  Query *query = g_hash_table_lookup (self->by_name, name);

  if (query != NULL && query->sql == NULL)
    query->sql = make_text (name, query->block, query->end, NULL);
  return query != NULL ? query->sql : NULL;
}

/**
 * kith_db_query_names:
 *
 * Returns: (transfer full): the names of all queries this connection knows, sorted; tests prepare each
 */
GStrv
kith_db_query_names (KithDb *self)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autoptr (GList) keys = self->queries != NULL ? g_hash_table_get_keys (self->queries->by_name) : NULL;

  keys = g_list_sort (keys, (GCompareFunc) g_strcmp0);
  for (GList *l = keys; l != NULL; l = l->next)
    g_ptr_array_add (names, g_strdup (l->data));
  g_ptr_array_add (names, NULL);
  return (GStrv) g_ptr_array_free (g_steal_pointer (&names), FALSE);
}

/**
 * kith_db_query_text:
 *
 * Returns: (transfer none) (nullable): as kith_db_queries_find(); NULL also for a connection opened without queries
 */
const char *
kith_db_query_text (KithDb *self, const char *name)
{
  return self->queries != NULL ? kith_db_queries_find (self->queries, name) : NULL;
}
