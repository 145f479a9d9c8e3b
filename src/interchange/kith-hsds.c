/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-hsds.h"

#include "kith-file-words.h"
#include "kith-hsds-private.h"
#include "kith-json.h"

#include <glib/gi18n.h>

/* Which of the forms a path holds. */

#define MAX_FILE (64 * 1024 * 1024)

static int
compare_paths (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

/* The names in a folder that end so, sorted, as paths. */
static GPtrArray *
list_folder (const char *folder, const char *tail, GError **error)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, error);
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  if (dir == NULL)
    return NULL;
  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, tail))
      g_ptr_array_add (paths, g_build_filename (folder, name, NULL));
  g_ptr_array_sort (paths, compare_paths);
  g_ptr_array_add (paths, NULL);
  return g_steal_pointer (&paths);
}

static KithReader *
open_folder (const char *path, const char *source, GError **error)
{
  g_autoptr (GPtrArray) csv = list_folder (path, ".csv", error);
  g_autoptr (GPtrArray) json = NULL;
  KithReader *reader;

  if (csv == NULL)
    return NULL;
  if (csv->len > 1)
    {
      reader = kith_hsds_tables_new (path, source, error);
      for (guint i = 0; reader != NULL && i + 1 < csv->len; i++)
        kith_reader_add_input (reader, csv->pdata[i]);
      return reader;
    }
  json = list_folder (path, ".json", error);
  if (json == NULL)
    return NULL;
  if (json->len > 1)
    return kith_hsds_json_new ((const char *const *) json->pdata, source, error);
  g_set_error (error, KITH_READER_ERROR, KITH_READER_ERROR_FORMAT, _("“%s” holds neither CSV nor JSON files."), path);
  return NULL;
}

static gboolean
is_table_name (JsonObject *object)
{
  g_autoptr (GList) members = json_object_get_members (object);

  for (GList *l = members; l != NULL; l = l->next)
    if (!g_str_has_suffix (l->data, ".csv"))
      return FALSE;
  return members != NULL;
}

static KithReader *
open_json (const char *path, const char *source, GError **error)
{
  const char *paths[] = { path, NULL };
  KithJsonLimits limits = { .max_bytes = MAX_FILE };
  g_autofree char *data = NULL;
  g_autoptr (JsonNode) root = NULL;
  gsize length;

  if (!g_file_get_contents (path, &data, &length, error))
    return NULL;
  root = kith_json_parse (data, (gssize) length, &limits, NULL);
  if (root != NULL && JSON_NODE_HOLDS_OBJECT (root) && is_table_name (json_node_get_object (root)))
    return kith_hsds_tables_new_for_json (path, json_node_get_object (root), source);
  return kith_hsds_json_new (paths, source, error);
}

KithReader *
kith_hsds_reader_new (const char *path, const char *source, GError **error)
{
  g_autoptr (GError) local = NULL;
  KithReader *reader = NULL;

  g_return_val_if_fail (path != NULL && source != NULL, NULL);

  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    reader = open_folder (path, source, &local);
  else if (g_str_has_suffix (path, ".csv"))
    g_set_error (&local, KITH_READER_ERROR, KITH_READER_ERROR_FORMAT,
                 _("“%s” is one table of several. Name the folder that holds all of them."), path);
  else
    reader = open_json (path, source, &local);

  if (local != NULL && local->domain != KITH_READER_ERROR)
    {
      g_autofree char *words = kith_file_words (path, local);

      g_set_error_literal (error, KITH_READER_ERROR, KITH_READER_ERROR_OPEN, words);
    }
  else if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return reader;
}
