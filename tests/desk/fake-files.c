/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The files of the fake desktop: in a folder of the test's, with the lines in memory. */

#include "fake-desktop.h"
#include "kith-json.h"
#include "kith-store-file.h"

#include <glib/gstdio.h>

typedef struct
{
  KithStoreFile file;
  JsonObject *args;
} Kept;

static GHashTable *kept; /* document → Kept */
static char *folder, *last;

static void
kept_free (gpointer data)
{
  Kept *one = data;

  kith_store_file_clear (&one->file);
  json_object_unref (one->args);
  g_free (one);
}

void
kith_store_file_clear (KithStoreFile *file)
{
  g_clear_pointer (&file->sha256, g_free);
  g_clear_pointer (&file->failed, g_free);
}

char *
kith_store_file_path (KithStore *self, const char *document)
{
  if (folder == NULL)
    folder = g_dir_make_tmp ("kith-fake-XXXXXX", NULL);
  return g_build_filename (folder, document, NULL);
}

gboolean
kith_store_attach (KithStore *self, JsonObject *args, const KithStoreFile *file, gint64 undo_ms, char **op_id, GError **error)
{
  Kept *one = g_new0 (Kept, 1);

  if (kept == NULL)
    kept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, kept_free);
  one->file = *file;
  one->file.sha256 = g_strdup (file->sha256);
  one->file.failed = NULL;
  one->args = json_object_ref (args);
  g_hash_table_replace (kept, g_strdup (kith_json_string (args, "id")), one);
  g_free (last);
  last = g_strdup (kith_json_string (args, "id"));
  *op_id = g_strdup ("op-attach");
  return TRUE;
}

gboolean
kith_store_get_file (KithStore *self, const char *document, KithStoreFile *file, gboolean *found, GError **error)
{
  Kept *one = kept != NULL ? g_hash_table_lookup (kept, document) : NULL;

  *found = one != NULL;
  if (one == NULL)
    return TRUE;
  *file = one->file;
  file->sha256 = g_strdup (one->file.sha256);
  file->failed = NULL;
  file->health = kith_json_string (one->args, "t") != NULL && g_str_has_suffix (kith_json_string (one->args, "t"), "_health");
  return TRUE;
}

gboolean
kith_store_want_file (KithStore *self, const char *document, gboolean *here, GError **error)
{
  *here = kept != NULL && g_hash_table_contains (kept, document);
  return TRUE;
}

const char *
fake_files_last (void)
{
  return last;
}

JsonObject *
fake_files_last_args (void)
{
  return ((Kept *) g_hash_table_lookup (kept, last))->args;
}

/* ---- what was noted */

static GPtrArray *
noted (KithDesktop *self)
{
  GPtrArray *list = g_object_get_data (G_OBJECT (self), "noted");

  if (list == NULL)
    {
      list = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
      g_object_set_data_full (G_OBJECT (self), "noted", list, (GDestroyNotify) g_ptr_array_unref);
    }
  return list;
}

void
fake_desktop_note (KithDesktop *self, JsonObject *args)
{
  g_ptr_array_add (noted (self), json_object_ref (args));
}

guint
fake_desktop_get_n_noted (KithDesktop *self)
{
  return noted (self)->len;
}

JsonObject *
fake_desktop_get_noted (KithDesktop *self, guint i)
{
  g_assert_cmpuint (i, <, noted (self)->len);
  return noted (self)->pdata[i];
}
